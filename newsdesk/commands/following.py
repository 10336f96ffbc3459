"""The follow list: `follow`, `unfollow`, `follows`."""

from __future__ import annotations

import argparse
from collections.abc import Sequence
from typing import TYPE_CHECKING

from newsdesk.archive.rows import Follow, FollowState
from newsdesk.commands.arguments import Command
from newsdesk.commands.browse import story_lines
from newsdesk.commands.layout import columns, style
from newsdesk.commands.session import Session
from newsdesk.commands.stories import add_format, print_items
from newsdesk.errors import Exit
from newsdesk.following.follows import query_of
from newsdesk.model import Json

if TYPE_CHECKING:
    from newsdesk.desk import Desk

FORMATS = ("text", "ndjson", "json")
NO_FOLLOWS = "nothing is followed yet: newsdesk follow ID or QUERY"


def _configure_follow(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("target", nargs="+", metavar="ID|QUERY", help="a storyline's id, a topic, a country, or a query")
    parser.add_argument("--name", help="a name for it")
    parser.add_argument(
        "--alert",
        action="append",
        default=[],
        metavar="RULE",
        help="when to raise an alert (may be repeated): new-country, velocity, sources:N, keyword:QUERY, mood, correction",
    )
    switch = argparse.BooleanOptionalAction
    parser.add_argument("--mute", action=switch, help="count it, but raise no alert; --no-mute takes that back")
    parser.add_argument("--pause", action=switch, help="neither count it nor raise alerts; --no-pause takes that back")
    parser.add_argument("--folder", help="what it stands under in the dashboard; an empty one takes it out")


def _follow(session: Session, flags: argparse.Namespace) -> int:
    target = " ".join(flags.target)
    with session.open_desk() as desk:
        follow = _kept_otherwise(desk, target, flags) or desk.follow(target, flags.name, flags.alert)
        is_known = follow.kind == "storyline" or follow.paused or desk.count(query_of(follow), with_muted=True)
    session.console.line(f"{follow.id}  {follow.kind}  {follow.name}")
    if not is_known:
        session.console.note("no story matches it yet")
    return Exit.OK


def _kept_otherwise(desk: Desk, target: str, flags: argparse.Namespace) -> Follow | None:
    """The follow with what the flags say of how it is kept, followed first if it isn't yet; None where they say nothing."""
    if flags.mute is None and flags.pause is None and flags.folder is None:
        return None
    if not desk.is_followed(target):
        target = desk.follow(target, flags.name, flags.alert).id
    return desk.edit_follow(
        target, name=flags.name, alerts=flags.alert or None, folder=flags.folder, muted=flags.mute, paused=flags.pause
    )


def _configure_unfollow(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("target", nargs="+", metavar="ID|NAME|QUERY", help="the follow's id or name, or what it follows")


def _unfollow(session: Session, flags: argparse.Namespace) -> int:
    with session.open_desk() as desk:
        follow = desk.unfollow(" ".join(flags.target))
    session.console.line(f"{follow.id}  {follow.kind}  {follow.name}")
    return Exit.OK


def _configure_follows(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--new", action="store_true", help="only what is new since the last look, which this then is")
    parser.add_argument("--peek", action="store_true", help="with --new: don't count this as a look")
    add_format(parser, FORMATS)


def _follows(session: Session, flags: argparse.Namespace) -> int:
    chosen = session.choose_format()
    looks = flags.new and not flags.peek
    with session.open_desk(readonly=not looks) as desk:
        sight = desk.sight()
        states = desk.follows(new_only=flags.new)
        if chosen == "text":
            _print_text(session, desk, states, flags.new)
            if not states:
                session.console.note("nothing new" if flags.new and desk.all_follows() else NO_FOLLOWS)
        else:
            print_items(session, chosen, "follows", [_to_json(desk, state, flags.new) for state in states])
        if looks:
            session.console.flush()  # what nobody got to see stays new
            desk.look_at((state.follow for state in states), sight)
    return Exit.OK


def _to_json(desk: Desk, state: FollowState, with_stories: bool) -> dict[str, Json]:
    told = state.to_json()
    if with_stories:
        told["stories"] = desk.ids(desk.follow_query(state.follow, new_only=True))
    return told


def _print_text(session: Session, desk: Desk, states: Sequence[FollowState], with_stories: bool) -> None:
    console = session.console
    if not with_stories:
        console.lines(columns(map(_columns, states), console.width, grow=4, right=frozenset({2, 3})))
        return
    for state in states:
        alerts = f" ({'; '.join(state.alerts)})" if state.alerts else ""
        console.line(f"{style(state.follow.name, 'heading')}: {state.new} new{alerts}")
        rows = desk.rows(desk.follow_query(state.follow, new_only=True))
        console.lines(f"  {line}" for line in story_lines(rows, console.width - 2, session.clock()))


def _columns(state: FollowState) -> tuple[str, ...]:
    new = style(f"{state.new} new", "cyan") if state.new else ""
    if state.follow.paused:
        new = style("paused", "dim")
    told = f"{state.follow.name}  {style('; '.join(state.alerts), 'yellow')}" if state.alerts else state.follow.name
    return style(state.follow.id, "dim"), state.follow.kind, f"{state.total}", new, told, style(_kept(state.follow), "dim")


def _kept(follow: Follow) -> str:
    """Folder and alert rules of a follow; nothing where it has none."""
    rules = ", ".join(follow.alerts)
    rules = f"muted: {rules}" if follow.muted and rules else "muted" if follow.muted else f"alerts: {rules}" if rules else ""
    return "; ".join(part for part in (f"in {follow.folder}" if follow.folder else "", rules) if part)


COMMANDS = {
    "follow": Command(_configure_follow, _follow),
    "unfollow": Command(_configure_unfollow, _unfollow),
    "follows": Command(_configure_follows, _follows),
}
