"""Retention: `forget`, by hand, and after each refresh where the settings say how long stories are kept."""

from __future__ import annotations

import argparse
import sys
from collections.abc import Set
from typing import TYPE_CHECKING

from newsdesk.commands.arguments import Command
from newsdesk.commands.browse import known_id
from newsdesk.commands.session import Session
from newsdesk.errors import Exit, StorageError, UsageError
from newsdesk.wording import stories

if TYPE_CHECKING:
    from newsdesk.desk import Desk


def _configure(parser: argparse.ArgumentParser) -> None:
    parser.add_argument(
        "query",
        nargs="*",
        metavar="ID|QUERY",
        help="ids, or a query such as older:90d; else what is older than archive.keep. What you worked on stays: starred and "
        "followed stories, those in storylines that you corrected or pinned, those with a label that you corrected or a "
        "comment that you judged",
    )
    parser.add_argument("--all", action="store_true", help="what you worked on, too")
    parser.add_argument("--dry-run", action="store_true", help="only say how many there are")
    parser.add_argument("--yes", action="store_true", help="don't ask; required where stdin is not a terminal")
    parser.add_argument("--let-back", action="store_true", help="let sources bring back whatever was forgotten")


def _run(session: Session, flags: argparse.Namespace) -> int:
    if flags.let_back:
        if flags.query:
            raise UsageError("--let-back applies to all that was forgotten: leave the query out")
        with session.open_desk() as desk:
            desk.let_back()
        session.console.note("what was forgotten comes back with the next refresh, where a source still has it")
        return Exit.OK
    with session.open_desk(readonly=flags.dry_run) as desk:
        ids, spared = _chosen(session, desk, flags)
        if flags.dry_run or not ids:
            session.console.line(f"{stories(len(ids))} would be forgotten")
            return Exit.OK
        if not (flags.yes or _agrees(len(ids))):
            session.console.note("nothing was forgotten")
            return Exit.OK
        gone = _forget(session, desk, ids, spared)
    session.console.end_progress()
    session.console.line(f"{stories(gone)} forgotten")
    _give_room_back(session)
    return Exit.OK


def _forget(session: Session, desk: Desk, ids: list[str], spared: Set[str]) -> int:
    """How many are gone; whoever stops it learns how many are gone, which nothing takes back."""
    gone = 0

    def tell(done: int) -> None:
        nonlocal gone
        gone = done
        session.console.progress(f"{done} of {len(ids)} forgotten")

    try:
        return desk.forget(ids, tell, spared=spared)
    except BaseException:
        session.console.note(f"{stories(gone)} of {len(ids)} forgotten when it was stopped")
        raise


def _give_room_back(session: Session) -> None:
    """By hand one forgets for the disk's sake, too. What a refresh forgets makes room for what comes."""
    from newsdesk.archive.files import compact

    try:
        room = compact(session.paths.archive)
    except StorageError as error:
        session.console.note(f"its room is kept for stories to come: {error}")
        return
    if room >= 2**20:
        session.console.note(f"{room // 2**20} MB given back to the disk")


def _chosen(session: Session, desk: Desk, flags: argparse.Namespace) -> tuple[list[str], Set[str]]:
    """Ids of the stories to forget: those that were named, and of what a query or a storyline finds what nobody works on. Which
    of them are spared if somebody does by then."""
    named = [known_id(desk, word) for word in flags.query]
    ids = [one for one in named if one is not None] if None not in named else []
    query = " OR ".join(f"storyline:{one}" for one in ids if one.startswith("t")) if ids else _query(session, flags)
    chosen, spared = dict.fromkeys(one for one in ids if one.startswith("s")), set[str]()
    if query:
        found = dict.fromkeys(desk.ids(query, with_muted=True) if flags.all else desk.stale(query))
        spared = set() if flags.all else found.keys() - chosen.keys()
        chosen |= found
        stay = len(set(desk.ids(query, with_muted=True)).difference(chosen))
        if stay:
            session.console.note(
                f"{stories(stay)} that you starred, follow, corrected or judged {'stays' if stay == 1 else 'stay'}: "
                "--all takes in such stories too"
            )
    return list(chosen), spared


def _query(session: Session, flags: argparse.Namespace) -> str:
    query = " ".join(flags.query).strip()
    if flags.query and not query:  # a script's empty variable is not meant to be every story
        raise UsageError("forget takes ids or a query, and this one is empty; older:90d means what is older than 90 days")
    if not query and session.config.keep:
        query = f"older:{session.config.keep}"
    if not query:
        raise UsageError("say what to forget, as in newsdesk forget older:90d, or set keep under [archive]")
    return query


def _agrees(number: int) -> bool:
    """Ask on the terminal. Raises UsageError where there is none."""
    if sys.stdin is None or not sys.stdin.isatty():
        raise UsageError(f"{stories(number)} would be forgotten for good: confirm with --yes")
    sys.stderr.write(f"forget {stories(number)} for good? This can't be undone. [y/N] ")
    sys.stderr.flush()
    return sys.stdin.readline().strip().casefold() in ("y", "yes")


def forget_old(session: Session, desk: Desk) -> None:
    """After a refresh: what the settings no longer keep. If that is more than half of the archive, as it is by a clock that is
    years ahead, a person is asked to do it."""
    old = desk.stale(f"older:{session.config.keep}")
    total = desk.count(with_muted=True)
    if 2 * len(old) > total:
        session.console.complain(
            f"archive.keep: {len(old)} of {stories(total)} would be older than {session.config.keep}, most of the archive: "
            "nothing is forgotten; if the clock is right, newsdesk forget does it"
        )
        return
    gone = desk.forget(old, spared=set(old))
    if gone:
        session.console.note(f"{stories(gone)} older than {session.config.keep} forgotten")


COMMANDS = {"forget": Command(_configure, _run)}
