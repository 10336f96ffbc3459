"""What newsdesk compiles: `digest` and `handover`."""

from __future__ import annotations

import argparse
from collections.abc import Iterable, Iterator

from newsdesk.commands.arguments import Command, whole_number
from newsdesk.commands.browse import add_query, each_story
from newsdesk.commands.layout import style, wrap
from newsdesk.commands.output import add_output, is_stdout, output_format, put_lines, put_out
from newsdesk.commands.render import MEASURE, measure
from newsdesk.commands.session import Session
from newsdesk.errors import Exit
from newsdesk.export import export_stories
from newsdesk.export.blocks import Block, to_html, to_markdown
from newsdesk.jsontext import dump_json
from newsdesk.model import Json

_OF_STORIES = ("ninjs", "atom", "csv")  # formats that know stories alone, with no words between them
DIGEST_FORMATS = ("text", "md", "html", "json", *_OF_STORIES)
HANDOVER_FORMATS = ("md", "text", "html", "json", *_OF_STORIES)


def _configure_digest(parser: argparse.ArgumentParser) -> None:
    add_query(parser)
    since = "last-run (the default), last-visit to the dashboard, 2d, 6h, yesterday, or a date"
    parser.add_argument("--since", default="last-run", metavar="WHEN", help=since)
    parser.add_argument("--most", type=whole_number(1), default=12, metavar="N", help="at most this many storylines (12)")
    add_output(parser, DIGEST_FORMATS)


def _digest(session: Session, flags: argparse.Namespace) -> int:
    from newsdesk.briefs.briefing import make_digest
    from newsdesk.export.briefing import digest_blocks

    with session.open_desk(readonly=True) as desk:
        chosen = output_format(session, flags, DIGEST_FORMATS)
        session.console.fix_appearance()
        digest = make_digest(desk, flags.since, flags.most, " ".join(flags.query).strip())
        if chosen in _OF_STORIES:
            pieces = export_stories(each_story(desk, desk.ids(digest.query)), chosen, session.clock())
            put_out(session, flags.output, pieces)
            return Exit.OK
    _write(session, flags.output, chosen, digest_blocks(digest), {"digest": digest.to_json()})
    return Exit.OK


def _configure_handover(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("id", metavar="STORYLINE", help="a storyline's id, or a story's, or the start of one")
    add_output(parser, HANDOVER_FORMATS)


def _handover(session: Session, flags: argparse.Namespace) -> int:
    from newsdesk.briefs.briefing import make_handover
    from newsdesk.export.briefing import handover_blocks

    with session.open_desk(readonly=True) as desk:
        handover = make_handover(desk, flags.id)
    chosen = output_format(session, flags, HANDOVER_FORMATS)
    session.console.fix_appearance()
    if chosen in _OF_STORIES:
        put_out(session, flags.output, export_stories((told.story for told in handover.stories), chosen, session.clock()))
    else:
        _write(session, flags.output, chosen, handover_blocks(handover), {"handover": handover.to_json()})
    return Exit.OK


def _write(session: Session, output: str | None, chosen: str, blocks: Iterable[Block], data: dict[str, Json]) -> None:
    if chosen == "json":
        put_out(session, output, (dump_json({"version": 1, **data}) + "\n",))
    elif chosen == "md":
        put_out(session, output, to_markdown(blocks))
    elif chosen == "html":
        put_out(session, output, to_html(blocks, session.clock()))
    else:
        put_lines(session, output, text_lines(blocks, session.console.width if is_stdout(output) else MEASURE))


def text_lines(blocks: Iterable[Block], cells: int) -> Iterator[str]:
    """Blocks as lines with style marks, for a terminal."""
    cells = measure(cells)
    before = None
    for block in blocks:
        if before is not None and not (before == block.kind == "item" or before == "heading"):
            yield ""
        before = block.kind
        head = {"item": "• ", "quote": "  "}.get(block.kind, "")
        look = {"heading": "heading" if block.level < 3 else "bold", "note": "dim"}.get(block.kind, "plain")
        text = f"“{block.text}”" if block.kind == "quote" else block.text
        yield from (style(line, look) for line in wrap(text, cells, head))
        if block.by:
            yield from (style(line, "dim") for line in wrap(block.by, cells, " " * len(head)))


COMMANDS = {
    "digest": Command(_configure_digest, _digest),
    "handover": Command(_configure_handover, _handover),
}
