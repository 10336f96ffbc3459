"""`config` and `doctor`: what is set, where things are, and whether all is well."""

from __future__ import annotations

import argparse
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path

from newsdesk import doctor
from newsdesk.archive.rows import Health
from newsdesk.commands.arguments import Command
from newsdesk.commands.layout import style, wrap
from newsdesk.commands.session import Session
from newsdesk.commands.stories import print_json_list
from newsdesk.config import Config, example, read_config, show
from newsdesk.config.lines import Lines
from newsdesk.errors import Exit, NewsdeskError, UsageError
from newsdesk.following.follows import wrong_queries
from newsdesk.jsontext import dump_json
from newsdesk.paths import is_missing
from newsdesk.tagging.tiers import want

ACTIONS = {
    "show": "the settings in force, each with what set it",
    "check": "whether the settings file can be used; what is wrong with it, if not",
    "paths": "where settings, archive and log are",
    "example": "a whole settings file, every key explained",
    "edit": "open the settings file in EDITOR, a whole one where there is none yet, and check it afterwards",
    "theme": "a theme as a file, to make your own from",
}
_FORMATTED = ("check", "paths")


def _configure_config(parser: argparse.ArgumentParser) -> None:
    parser.add_argument(
        "action", choices=ACTIONS, metavar="ACTION", help="; ".join(f"{name}: {text}" for name, text in ACTIONS.items())
    )
    parser.add_argument("theme", nargs="?", default="", metavar="THEME", help="for theme: which one (dark, light, ...)")
    parser.add_argument("--format", choices=("text", "json"), help="for check and paths: text (the default) or json")


def _config(session: Session, flags: argparse.Namespace) -> int:
    if flags.theme and flags.action != "theme":
        raise UsageError("a theme's name goes with config theme")
    if flags.format and flags.action not in _FORMATTED:
        raise UsageError(f"--format does not go with config {flags.action}: it is for {' and '.join(_FORMATTED)}")
    if flags.action == "example":
        session.console.write(example())
    elif flags.action == "theme":
        session.console.write(session.outside.theme_text(flags.theme, session.paths.config))
    elif flags.action == "show":
        session.console.write(show(session.config))
    elif flags.action == "paths":
        _print_paths(session, session.format_or("text"))
    elif flags.action == "edit":
        return _edit(session)
    else:
        return _check(session, session.format_or("text"))
    return Exit.OK


def _print_paths(session: Session, chosen: str) -> None:
    paths = session.paths
    names = ("config", "data", "archive", "marks", "notebook", "kept_seeds", "lock", "log")
    told = {name: str(getattr(paths, name)) for name in names}
    if chosen == "json":
        session.console.write(dump_json({"version": 1, "paths": told}) + "\n")
        return
    for name, path in told.items():
        session.console.line(f"{name:<10}  {path}")


def _edit(session: Session) -> int:
    """Whatever the file holds, also one that can't be used: mending that is what it is opened for. Raises UsageError."""
    import shlex
    import subprocess

    from newsdesk.config.file import read_file, write_file

    session.makes_config = True
    chosen, file = session.env.get("VISUAL") or session.env.get("EDITOR") or "", session.paths.config
    try:
        editor = shlex.split(chosen)
    except ValueError:
        editor = []
    if not editor:
        fault = f"EDITOR names no editor ({chosen})" if chosen else "EDITOR is not set"
        raise UsageError(f"{fault}: EDITOR=nano newsdesk config edit")
    is_new = not file.exists()
    if is_new:
        write_file(read_file(file), example())
    try:
        with _interrupts_ignored():  # they are the editor's
            ended = subprocess.run([*editor, str(file)], check=False).returncode
    except OSError as error:
        raise UsageError(f"{editor[0]} could not be started ({error.strerror}); set EDITOR to an editor") from None
    finally:
        if is_new and file.exists() and file.read_bytes() == example().encode():
            file.unlink()  # nothing was set: whoever only looked has no settings file
    if ended:
        session.console.note(f"{editor[0]} ended with {ended}")
    return _check(session, "text")


@contextmanager
def _interrupts_ignored() -> Iterator[None]:
    """By a handler of ours, not SIG_IGN: a program that is started meanwhile begins with the usual one."""
    import signal

    before = signal.signal(signal.SIGINT, lambda *_: None)
    try:
        yield
    finally:
        signal.signal(signal.SIGINT, before)


def _check(session: Session, chosen: str) -> int:
    """Everything that is wrong at once: the file, the queries in it, and the dashboard's keys and theme."""
    file = session.paths.config
    config, faults = read_config(file, session.env, session.config_named)
    lines = Lines.of(file)
    wrong, hard_to_read = session.outside.check_dashboard(config, lines)
    faults = [*faults, *wrong_queries(config, lines), *wrong]
    twice = list(_said_twice(config, lines))
    if chosen == "json":
        checks = [Health("settings", False, fault) for fault in faults]
        checks += [Health("feeds", True, words) for words in twice]
        checks += [Health("theme", True, words) for words in hard_to_read]
        print_json_list(session, "checks", map(_to_json, checks or [Health("settings", True, _where(file))]))
        return Exit.USAGE if faults else Exit.OK
    for words in (*faults, *twice, *hard_to_read):
        session.console.complain(words)
    if not faults:
        there = file.exists()
        session.console.line(f"{file}: {'can be used' if there else 'none yet, defaults are in force'}")
    return Exit.USAGE if faults else Exit.OK


def _where(file: Path) -> str:
    return f"{file}{'' if file.exists() else ': none yet, defaults are in force'}"


def _said_twice(config: Config, lines: Lines) -> Iterator[str]:
    """Feeds that stand there twice: the later one counts."""
    places: dict[str, int] = {}
    for number, feed in zip(config.numbers.get("feeds", ()), config.feeds, strict=True):
        before = places.setdefault(feed.id, number)
        if before != number:
            where = lines.at("feeds", "url", number)
            yield f"{where}: [[feeds]] {number}: the same address as [[feeds]] {before}; the later one counts, remove one"


def _configure_doctor(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--format", choices=("text", "json"), help="text (the default) or json")


def _doctor(session: Session, flags: argparse.Namespace) -> int:
    checks = list(_every_check(session))
    if session.format_or("text") == "json":
        print_json_list(session, "checks", map(_to_json, checks))
    else:
        session.console.lines(_lines(checks, session.console.width))
    return Exit.OK if all(check.well for check in checks) else Exit.PARTIAL


def _every_check(session: Session) -> Iterator[Health]:
    yield from doctor.check_program()
    yield from doctor.check_settings(session.paths, session.env, session.config_named)
    yield from doctor.check_folders(session.paths)
    yield from doctor.check_sources(session.paths, session.env)
    yield from _desk_checks(session)
    want(read_config(session.paths.config, session.env)[0].tier)
    yield from doctor.check_mood()
    yield from doctor.check_terminal(session.env)


def _desk_checks(session: Session) -> Iterator[Health]:
    """The desk's own check, where there is one: looking must not make an archive."""
    if is_missing(str(session.paths.archive)):
        yield Health("archive", True, f"{session.paths.archive}: none yet, the first refresh creates it")
        return
    try:
        with session.open_desk(readonly=True) as desk:
            yield from desk.check()
            yield from doctor.check_feeds(desk.feeds_health(read_config(session.paths.config, session.env)[0].feeds))
    except NewsdeskError as error:
        files = {"marks": session.paths.marks, "notebook": session.paths.notebook}
        yield Health(
            next((what for what, file in files.items() if str(error).startswith(f"{file}:")), "archive"), False, str(error)
        )


def _to_json(check: Health) -> dict[str, object]:
    return {"what": check.what, "well": check.well, "says": check.says}


def _lines(checks: Sequence[Health], cells: int) -> Iterator[str]:
    for check in checks:
        sign = style("✓", "green") if check.well else style("✗", "red")
        yield from wrap(check.says, max(cells, 60), f"{sign} {check.what:<13} ")


COMMANDS = {
    "config": Command(_configure_config, _config),
    "doctor": Command(_configure_doctor, _doctor),
}
