"""Rows of `feeds` in the format that was asked for, and the exit code of many things done."""

from __future__ import annotations

import argparse
from collections.abc import Callable, Sequence

from newsdesk.commands.layout import columns
from newsdesk.commands.session import Session
from newsdesk.commands.stories import print_json_list
from newsdesk.errors import Exit
from newsdesk.jsontext import dump_json
from newsdesk.model import Json


def print_rows(
    session: Session,
    flags: argparse.Namespace,
    name: str,
    rows: Sequence[dict[str, Json]],
    to_columns: Callable[[dict[str, Json]], tuple[str, ...]],
    grow: int,
) -> None:
    """Rows in the format that was asked for; text, where none was. An address is never cut where nobody sees it."""
    console = session.console
    if flags.format == "json":
        print_json_list(session, name, rows)
    elif flags.format == "ndjson":
        for row in rows:
            console.write(dump_json(row) + "\n")
    else:
        cells = console.width if console.out_is_terminal else 10_000
        console.lines(columns(map(to_columns, rows), cells, grow))


def exit_code(well: int, of: int) -> Exit:
    """How many went `well`, `of` how many, as an exit code."""
    return Exit.OK if well == of else Exit.PARTIAL if well else Exit.FAILED
