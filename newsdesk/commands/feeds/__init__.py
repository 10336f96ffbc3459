"""`feeds`: the feeds of the settings; adding, removing, pausing, health, asking them now, OPML, and those of a page."""

from __future__ import annotations

import argparse
from collections.abc import Callable
from typing import NamedTuple

from newsdesk.commands.arguments import Command
from newsdesk.commands.feeds.asking import check, discover
from newsdesk.commands.feeds.keeping import add, pause, remove
from newsdesk.commands.feeds.listing import export_opml, import_opml, list_health
from newsdesk.commands.session import Session
from newsdesk.errors import UsageError

FORMATS = ("text", "ndjson", "json")


class Action(NamedTuple):
    """One thing that `feeds` does: `targets` is how many it takes at least and at most, `flags` those that go with it."""

    run: Callable[[Session, argparse.Namespace], int]
    targets: tuple[int, int]
    flags: frozenset[str]
    summary: str


def configure(parser: argparse.ArgumentParser) -> None:
    parser.add_argument(
        "action", choices=ACTIONS, metavar="ACTION", help="; ".join(f"{name}: {a.summary}" for name, a in ACTIONS.items())
    )
    parser.add_argument(
        "targets", nargs="*", default=[], metavar="URL|FILE", help="the feed's or page's address; the OPML file (- is stdin)"
    )
    add = parser.add_argument_group("add")
    add.add_argument("--title", metavar="TEXT", help="a name for it; by default the feed's own")
    add.add_argument(
        "--tag", action="append", metavar="WORD", help="a word to find its stories by, as in source:WORD (may be repeated)"
    )
    add.add_argument("--every", metavar="AGE", help="how often to ask (30m, 1h, 2d); by default as often as it changes")
    add.add_argument("--outlet-country", metavar="CODE", help="where the outlet is at home (ISO 3166-1, two letters)")
    add.add_argument("--full-text", action="store_true", help="fetch the linked pages too")
    add.add_argument("--no-comments", action="store_true", help="don't fetch the readers' comments")
    add.add_argument("--check", action="store_true", help="ask it first, and add it only if it answers")
    more = parser.add_argument_group("add, check, discover, list")
    more.add_argument("--allow-private", action="store_true", help="add, check, discover: it may be inside a private network")
    more.add_argument("--guess", action="store_true", help="discover: also try the addresses where feeds often are")
    more.add_argument(
        "--format", choices=FORMATS, default=None, help="list, check, discover: text (the default), ndjson or json"
    )


def run(session: Session, flags: argparse.Namespace) -> int:
    action = ACTIONS[flags.action]
    least, most = action.targets
    if not least <= len(flags.targets) <= most:
        wants = "nothing more" if most == 0 else "one address or file" if most == 1 else "at least one address"
        raise UsageError(f"feeds {flags.action} takes {wants} (see newsdesk feeds --help)")
    for name in _FLAGS - action.flags:
        if getattr(flags, name):
            raise UsageError(f"--{name.replace('_', '-')} does not go with feeds {flags.action}")
    session.makes_config = action.run in (add, import_opml)
    return action.run(session, flags)


def _flags(*names: str) -> frozenset[str]:
    return frozenset(names)


_MANY = 10_000
ACTIONS: dict[str, Action] = {
    "add": Action(
        add,
        (1, 1),
        _flags("title", "tag", "every", "outlet_country", "full_text", "no_comments", "check", "allow_private"),
        "write a feed into the settings",
    ),
    "remove": Action(remove, (1, _MANY), _flags(), "take feeds out of the settings"),
    "pause": Action(pause, (1, _MANY), _flags(), "stop asking feeds, keeping their stories; undo takes it back"),
    "resume": Action(pause, (1, _MANY), _flags(), "ask paused feeds again"),
    "list": Action(list_health, (0, 0), _flags("format"), "the feeds with their health: last success, last error, next try"),
    "check": Action(check, (0, _MANY), _flags("format", "allow_private"), "ask feeds now, keeping nothing (else all)"),
    "import": Action(import_opml, (1, 1), _flags(), "add the feeds of an OPML file, folders as tags"),
    "export": Action(export_opml, (0, 0), _flags(), "OPML to stdout"),
    "discover": Action(discover, (1, 1), _flags("format", "allow_private", "guess"), "the feeds of a web page"),
}
_FLAGS = frozenset[str]().union(*(action.flags for action in ACTIONS.values()))

COMMANDS = {"feeds": Command(configure, run)}
