"""Marks and corrections: `mark`; of the grouping `merge`, `split`, `move`, `rename`, `pin`, `unpin`; of labels `label`; of
sources `mute`, `unmute`; and `undo` and `redo`."""

from __future__ import annotations

import argparse
from collections.abc import Sequence

from newsdesk.commands.arguments import Command
from newsdesk.commands.browse import known_id, meant_ids, whole_story
from newsdesk.commands.session import Session
from newsdesk.errors import Exit, UsageError
from newsdesk.model import Storyline
from newsdesk.wording import stories

# What is said of stories that were marked so.
MARKS = {"read": "marked read", "unread": "marked unread", "star": "starred", "unstar": "no longer starred"}


def _configure_mark(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("how", choices=MARKS, metavar="|".join(MARKS), help="what to mark the stories")
    parser.add_argument("query", nargs="+", metavar="ID|QUERY", help="which: ids of stories and storylines, or a query")


def _mark(session: Session, flags: argparse.Namespace) -> int:
    if not "".join(flags.query).strip():  # a script's empty variable is not meant to be every story
        raise UsageError("mark takes ids or a query, and this one is empty; is:unread means every unread story")
    with session.open_desk() as desk:
        named = known_id(desk, flags.query[0]) is not None
        changed = desk.mark(meant_ids(desk, flags.query) if named else " ".join(flags.query), flags.how)
    session.console.line(f"{stories(changed)} {MARKS[flags.how]}")
    return Exit.OK


def _configure_merge(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("into", metavar="ID", help="the storyline that stays")
    parser.add_argument("other", metavar="ID", help="the storyline that goes into it")


def _merge(session: Session, flags: argparse.Namespace) -> int:
    with session.open_desk() as desk:
        return _say(session, desk.merge(desk.find(flags.into), desk.find(flags.other)))


def _say(session: Session, storyline: Storyline) -> int:
    many = stories(storyline.stories)
    session.console.line(f"{storyline.id}  {many}  {storyline.title}{'  (pinned)' if storyline.pinned else ''}")
    return Exit.OK


def _configure_split(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("storyline", metavar="ID", help="the storyline")
    parser.add_argument("story", metavar="STORY", help="the story to take out of it")


def _split(session: Session, flags: argparse.Namespace) -> int:
    with session.open_desk() as desk:
        return _say(session, desk.split(desk.find(flags.storyline), desk.find(flags.story)))


def _configure_move(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("story", metavar="STORY", help="the story")
    parser.add_argument("storyline", metavar="ID", help="the storyline that it belongs to")


def _move(session: Session, flags: argparse.Namespace) -> int:
    with session.open_desk() as desk:
        return _say(session, desk.move(desk.find(flags.story), desk.find(flags.storyline)))


def _configure_rename(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("storyline", metavar="ID", help="the storyline")
    parser.add_argument("title", nargs="+", metavar="TITLE", help="its new title")


def _rename(session: Session, flags: argparse.Namespace) -> int:
    with session.open_desk() as desk:
        return _say(session, desk.rename(desk.find(flags.storyline), " ".join(flags.title)))


def _configure_pin(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("storyline", metavar="ID", help="the storyline")


def _pin(session: Session, flags: argparse.Namespace) -> int:
    with session.open_desk() as desk:
        return _say(session, desk.pin(desk.find(flags.storyline), True))


def _unpin(session: Session, flags: argparse.Namespace) -> int:
    with session.open_desk() as desk:
        return _say(session, desk.pin(desk.find(flags.storyline), False))


def _configure_mute(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("name", nargs="*", metavar="SOURCE", help="the source's or outlet's name, as its stories have it")


def _mute(session: Session, flags: argparse.Namespace) -> int:
    if flags.name:
        return _told_of_muted(session, flags.name, back=False)
    with session.open_desk(readonly=True) as desk:
        for name in desk.muted():
            session.console.line(name)
        if desk.muted():
            session.console.note(f"{stories(desk.count('is:muted'))} muted; newsdesk list is:muted shows them")
    return Exit.OK


def _configure_unmute(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("name", nargs="+", metavar="SOURCE", help="the name, as newsdesk mute lists it")


def _unmute(session: Session, flags: argparse.Namespace) -> int:
    return _told_of_muted(session, flags.name, back=True)


def _told_of_muted(session: Session, names: Sequence[str], *, back: bool) -> int:
    with session.open_desk() as desk:
        before = desk.count("is:muted")
        made = desk.mute(names, back=back)
        is_for_later = not back and desk.count("is:muted") == before
    for name in made:
        session.console.line(f"{'unmuted' if back else 'muted'} {name}")
    if not made:
        session.console.note("it is not muted" if back else "it is muted already")
    elif is_for_later:
        session.console.note("there is no story of that name yet")
    return Exit.OK


def _configure_label(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("story", metavar="STORY", help="a story's id")
    parser.add_argument(
        "said",
        nargs="+",
        metavar="LABEL",
        help="what it is about, all of it: topic:NAME, up to three, and country:NAME, the main one first; topic:none,"
        " country:none; machine: what newsdesk finds counts again",
    )


def _label(session: Session, flags: argparse.Namespace) -> int:
    from newsdesk.person.labelling import says

    topics, countries = read_labels(flags.said)
    with session.open_desk() as desk:
        labelled = desk.label(whole_story(desk, flags.story).id, topics, countries)
    session.console.line(f"{labelled.id}  {says(labelled)}")
    return Exit.OK


def read_labels(words: Sequence[str]) -> tuple[list[str] | None, list[str] | None]:
    """Topics and countries as :meth:`newsdesk.desk.Desk.label` takes them. UsageError."""
    from newsdesk.query.values import find_country, find_topic

    if not words:
        raise UsageError("say what it is about: topic:NAME, country:NAME, or machine alone")
    if list(words) == ["machine"]:
        return None, None
    topics: list[str] | None = None
    countries: list[str] | None = None
    for word in words:
        kind, _, name = word.partition(":")
        if kind == "topic" and name:
            topics = [*(topics or ()), *filter(None, find_topic(name))]
        elif kind == "country" and name:
            countries = [*(countries or ()), *filter(None, [find_country(name)])]
        else:
            raise UsageError(f"'{word}' is no label: write topic:NAME, country:NAME, or machine alone")
    return topics, countries


def _configure_undo(_parser: argparse.ArgumentParser) -> None:
    """`undo` and `redo` have no flags of their own."""


def _undo(session: Session, _flags: argparse.Namespace) -> int:
    with session.open_desk() as desk:
        return _told(session, desk.undo(), "undone", "undo")


def _redo(session: Session, _flags: argparse.Namespace) -> int:
    with session.open_desk() as desk:
        return _told(session, desk.redo(), "done again", "redo")


def _told(session: Session, change: str | None, done: str, verb: str) -> int:
    if change is None:
        session.console.note(f"there is nothing to {verb}")
    else:
        session.console.line(f"{done}: {change}")
    return Exit.OK


COMMANDS = {
    "mark": Command(_configure_mark, _mark),
    "merge": Command(_configure_merge, _merge),
    "split": Command(_configure_split, _split),
    "move": Command(_configure_move, _move),
    "rename": Command(_configure_rename, _rename),
    "pin": Command(_configure_pin, _pin),
    "unpin": Command(_configure_pin, _unpin),
    "mute": Command(_configure_mute, _mute),
    "unmute": Command(_configure_unmute, _unmute),
    "label": Command(_configure_label, _label),
    "undo": Command(_configure_undo, _undo),
    "redo": Command(_configure_undo, _redo),
}
