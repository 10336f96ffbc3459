"""`newsdesk export`: stories out of the archive."""

from __future__ import annotations

import argparse

from newsdesk.commands.arguments import Command
from newsdesk.commands.browse import NO_STORIES, NONE_MATCH, add_query, each_story, meant_ids
from newsdesk.commands.output import add_output, output_format, put_out
from newsdesk.commands.session import Session
from newsdesk.errors import Exit
from newsdesk.export import FORMATS, export_stories


def _configure(parser: argparse.ArgumentParser) -> None:
    add_query(parser)
    add_output(parser, FORMATS)


def _run(session: Session, flags: argparse.Namespace) -> int:
    with session.open_desk(readonly=True) as desk:
        ids = meant_ids(desk, flags.query)
        if not ids:
            session.console.note(NONE_MATCH if flags.query or desk.count(with_muted=True) else NO_STORIES)
        stories = each_story(desk, ids)
        pieces = export_stories(stories, output_format(session, flags, FORMATS), session.clock())
        put_out(session, flags.output, pieces)
    return Exit.OK


COMMANDS = {"export": Command(_configure, _run)}
