"""Stories on stdout, in the formats that several commands share."""

from __future__ import annotations

import argparse
from collections.abc import Iterable, Sequence

from newsdesk.commands.session import Session
from newsdesk.jsontext import dump_json
from newsdesk.model import Story

FORMATS = ("text", "ndjson", "json", "md", "csv", "tsv")


def add_format(parser: argparse.ArgumentParser, formats: Sequence[str]) -> None:
    parser.add_argument(
        "--format",
        choices=formats,
        metavar="NAME",
        help=f"{', '.join(formats)}; by default text on a terminal and ndjson elsewhere",
    )


def print_stories(session: Session, chosen: str, stories: Iterable[Story]) -> None:
    """Print whole stories, one after the other: cards for `text`, else as `export` writes that format."""
    console = session.console
    if chosen == "text":
        from newsdesk.commands.render import story_card

        for number, story in enumerate(stories):
            console.lines(["", *story_card(story, console.width)] if number else story_card(story, console.width))
        return
    from newsdesk.export import export_stories

    for piece in export_stories(stories, chosen, session.clock()):
        console.write(piece)


def print_items(session: Session, chosen: str, name: str, items: Iterable[dict[str, object]]) -> None:
    """What is no story: for ``ndjson`` an item a line, for ``json`` as :func:`print_json_list`."""
    if chosen == "json":
        print_json_list(session, name, items)
        return
    for item in items:
        session.console.write(dump_json(item) + "\n")


def print_json_list(session: Session, name: str, items: Iterable[dict[str, object]]) -> None:
    """One JSON object, version 1, with the items as a list under `name`; an item a line, so that it can be diffed."""
    console = session.console
    console.write(f'{{"version": 1, "{name}": [')
    separator = "\n"
    for item in items:
        console.write(separator + dump_json(item))
        separator = ",\n"
    console.write("\n]}\n" if separator != "\n" else "]}\n")
