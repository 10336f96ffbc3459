"""Opening the dashboard: on the archive, on files beside it, or on the sample stories in a desk that is thrown away."""

from __future__ import annotations

import os
import sys

TYPE_CHECKING = False
if TYPE_CHECKING:  # the help prints FLAGS, and must not wait for argparse
    import argparse
    from collections.abc import Callable, Sequence

    from newsdesk.clock import Clock
    from newsdesk.commands.session import Session
    from newsdesk.first_start import FirstStart

SAMPLE_MORNING = "2026-03-12T11:40Z"

# Its own flags: name, what it does.
FLAGS: tuple[tuple[str, str], ...] = (
    ("--keep", "make the PATHs sources, read again at every refresh"),
    ("--demo", "open the sample stories; nothing is kept"),
    ("--plain", "no screen: numbered lists and commands by word (screen readers)"),
)


def configure(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("paths", nargs="*", metavar="PATH")
    for flag, text in FLAGS:
        parser.add_argument(flag, action="store_true", help=text)


def run(session: Session, flags: argparse.Namespace) -> int:
    from newsdesk.errors import UsageError
    from newsdesk.paths import check_there
    from newsdesk.signs import places_text

    check_there(flags.paths)
    if flags.demo and (flags.paths or flags.keep):
        raise UsageError("--demo shows only the sample stories: leave out PATH and --keep")
    if flags.keep and not flags.paths:
        raise UsageError("--keep makes the PATHs sources: name at least one")
    served = "TEXTUAL_DRIVER" in os.environ  # newsdesk serve: a browser is the terminal
    if not (flags.plain or served or (sys.stdin and sys.stdin.isatty() and session.console.out_is_terminal)):
        raise UsageError("the dashboard needs a terminal; newsdesk list prints the stories, newsdesk inspect PATH reads files")
    if not places_text(os.environ) and not (flags.plain or served):
        raise UsageError(
            f"TERM is '{os.environ['TERM']}', a terminal that can't position text; newsdesk --plain works line by line there"
        )
    if flags.demo or is_first_start(session, flags.paths):
        code = _run_demo(session, first=not flags.demo)
    else:
        code = _run_desk(session, flags.paths, flags.keep)
    return _go_on(session, code)


def _go_on(session: Session, code: int) -> int:
    """Open what the dashboard was left for, with the settings as they are by then; at last its exit code."""
    from newsdesk.commands.session import Session as NewSession

    while code < 0:
        from newsdesk.first_start import Next

        session = NewSession(session.console, session.env, session.flags, session.outside)
        flags = session.flags
        code = _run_demo(session, first=False) if code == Next.DEMO else _run_desk(session, flags.paths, flags.keep)
    return code


def is_first_start(session: Session, asked: Sequence[str]) -> bool:
    """No settings, no archive, no sources, no PATH: there would be nothing to see."""
    paths = session.paths
    return not (
        asked
        or session.config_named
        or session.config.seeds
        or any(path.exists() for path in (paths.config, paths.archive, paths.kept_seeds))
    )


def sample_seeds() -> str:
    """The folder of sample stories that the package ships."""
    from importlib.resources import files

    return str(files("newsdesk") / "data" / "samples")


def _sample_clock() -> Clock:
    """A clock that starts on the samples' own morning and goes on from there, so that their ages read as they did then."""
    from newsdesk.clock import parse_moment, utc_now

    ahead = parse_moment(SAMPLE_MORNING) - utc_now()
    return lambda: utc_now() + ahead


def _run_demo(session: Session, first: bool) -> int:
    """The sample stories in a desk of their own, removed afterwards."""
    import tempfile
    from dataclasses import replace
    from pathlib import Path

    from newsdesk.config import Config

    told = "this is a first start, with no settings and no stories yet" if first else "--demo"
    session.console.note(f"newsdesk: {told}: opening the sample stories; nothing is kept")
    samples = sample_seeds()
    with tempfile.TemporaryDirectory(prefix="newsdesk-demo-", ignore_cleanup_errors=True) as folder:
        paths = replace(session.paths, config=Path(os.devnull), data=Path(folder))
        more = ["--seeds", samples, "--only", samples]
        if session.flags.now is None:
            more += ["--now", SAMPLE_MORNING]
        command = refresh_command(session, os.devnull, folder, more)
        config = Config(seeds=(samples,), theme=session.config.theme, keymap=session.config.keymap, keys=session.config.keys)
        clock = session.fixed_clock or _sample_clock()
        begin = _first_start(session, first)
        return _show(session)(paths, config, clock, command, [samples], True, False, first=begin)


def _first_start(session: Session, welcome: bool) -> FirstStart:
    """What it takes to begin a desk of one's own."""
    from newsdesk.first_start import FirstStart

    config = str(session.paths.config) if session.config_named else None
    command = refresh_command(session, config, os.path.abspath(session.paths.data), ())  # noqa: PTH100 - links stay
    return FirstStart(session.paths.config, tuple(command), welcome)


def _run_desk(session: Session, asked: Sequence[str], keep: bool) -> int:
    """The archive, with the files that were asked for beside it: kept as sources, or for this sitting."""
    from newsdesk.refresh.sources import keep_seeds

    if keep:
        keep_seeds(session.paths.kept_seeds, asked)
        asked = ()
    sources = session.sources(asked)
    seeds = [source.path for source in sources.seeds]
    config = str(session.paths.config) if session.config_named else None
    flags = [word for path in asked for word in ("--seeds", os.path.abspath(path))]  # noqa: PTH100 - links stay
    command = refresh_command(session, config, str(session.paths.data), flags)
    sitting = bool(asked)
    first = _first_start(session, not (sources.seeds or sources.feeds))
    return _show(session)(session.paths, session.config, session.fixed_clock, command, seeds, False, sitting, first=first)


def _show(session: Session) -> Callable[..., int]:
    """What shows the desk: the screen, or with --plain lines."""
    if not session.flags.plain:
        return session.outside.run_dashboard
    from functools import partial

    from newsdesk.commands.plain_sitting import run_plain

    return partial(run_plain, session.console)


def refresh_command(session: Session, config: str | None, data: str, more: Sequence[str]) -> list[str]:
    """The argument list of a headless refresh into the same desk, for the dashboard to run as its child.

    -P keeps modules that happen to lie in the folder where it runs out of it.
    """
    command = [sys.executable, "-P", "-m", "newsdesk", "refresh", "--events", "--data", data]
    command += ["--config", config] if config else []
    command += ["--now", session.flags.now] if session.flags.now else []
    return [*command, *more]
