"""Rows of `feeds` in the format that was asked for, and the exit code of many things done."""

from __future__ import annotations

import argparse
from collections.abc import Callable, Sequence

from newsdesk.commands.layout import columns
from newsdesk.commands.session import Session
from newsdesk.commands.stories import print_items
from newsdesk.errors import Exit
from newsdesk.model import Json


def print_rows(
    session: Session,
    flags: argparse.Namespace,
    name: str,
    rows: Sequence[dict[str, Json]],
    to_columns: Callable[[dict[str, Json]], tuple[str, ...]],
    grow: int,
) -> None:
    """Rows in the format that was asked for; text, where none was. Where nobody sees it no address is cut, and nothing is
    padded: one long fault would push all else far to the right."""
    console, chosen = session.console, session.format_or("text")
    if chosen in ("json", "ndjson"):
        print_items(session, chosen, name, rows)
    elif console.out_is_terminal and flags.format is None:
        console.lines(columns(map(to_columns, rows), console.width, grow))
    else:
        console.lines("  ".join(filter(None, to_columns(row))) for row in rows)


def exit_code(well: int, of: int) -> Exit:
    """How many went `well`, `of` how many, as an exit code."""
    return Exit.OK if well == of else Exit.PARTIAL if well else Exit.FAILED
