"""Running a command: its session, its exit code, and one line on stderr for whatever ends it."""

from __future__ import annotations

import os
import re
import signal
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager, suppress
from typing import TYPE_CHECKING

from newsdesk.commands.arguments import load, make_parser, parse, split_command
from newsdesk.commands.console import Console, OutputClosed
from newsdesk.commands.session import Session, Stopped
from newsdesk.errors import Exit, NewsdeskError

if TYPE_CHECKING:
    from newsdesk.commands.outside import Outside

# Paths and addresses stay whole, save for those that no one reads to their end.
_LONG_WORD = re.compile(r"(\S{160})\S{20,}(\S{40})")
_LONGEST = 1200


def run_guarded(words: list[str], outside: Outside) -> int:
    """Run a command line and give whatever ends it its exit code."""
    _open_standard_streams()
    # The arrays are small: more threads of the algebra behind numpy would only spin beside the one that works.
    os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")
    console = Console(os.environ)
    with _signals_raise():
        code = _guard(lambda: run(words, console, os.environ, outside), console)
    console.end_progress()
    return int(code)


def run(words: list[str], console: Console, env: Mapping[str, str], outside: Outside) -> int:
    """Find the command of a command line and run it. Raises NewsdeskError, OutputClosed, Stopped, KeyboardInterrupt."""
    name, rest = split_command(words)
    parser = make_parser(name)
    try:
        flags = parse(parser, rest)
    except SystemExit as ended:  # --help and --version
        console.write(parser.said)
        return int(ended.code or 0)
    session = Session(console, env, flags, outside)
    if name is None:
        from newsdesk.commands.dashboard import run as open_dashboard

        return open_dashboard(session, flags)
    return load(name).run(session, flags)


def _guard(work: Callable[[], int], console: Console) -> int:
    try:
        code = work()
        console.flush()
        return code
    except OutputClosed:
        return Exit.OK
    except NewsdeskError as error:
        return _complain(console, str(error), error.exit_code)
    except (KeyboardInterrupt, Stopped) as ended:
        return _signal_code(ended)
    except MemoryError as error:
        with suppress(MemoryError):
            _describe(error)  # for the log: where it was
        return _complain(console, "there is not enough memory for this; ulimit -v shows whether it is limited", Exit.INTERNAL)
    except Exception as error:
        if isinstance(cause := error.__cause__, (KeyboardInterrupt, Stopped)):  # it came while Python 3.11 made a class
            return _signal_code(cause)
        return _complain(console, _describe(error), Exit.INTERNAL)


def _signal_code(ended: KeyboardInterrupt | Stopped) -> int:
    return 128 + ended.number if isinstance(ended, Stopped) else Exit.INTERRUPTED


def _complain(console: Console, message: str, code: int) -> int:
    """Say why it ends, after what was printed before has reached stdout as far as it goes."""
    try:
        console.flush()
    except (OutputClosed, NewsdeskError):
        console.end_progress()
    console.complain(f"newsdesk: {_shorten(message)}")
    return code


def _shorten(message: str) -> str:
    """A message that repeats what was typed, however long that is: its words as far as they tell which is meant."""
    message = _LONG_WORD.sub(r"\1…\2", message)
    return message if len(message) <= _LONGEST else f"{message[: _LONGEST // 2]}…{message[-_LONGEST // 2 :]}"


def _describe(error: Exception) -> str:
    """An error nobody foresaw, in one line; one from the system names its file."""
    if isinstance(error, OSError) and error.strerror:
        return f"{os.fsdecode(error.filename)}: {error.strerror}" if error.filename else error.strerror
    from newsdesk.log import record_crash

    return record_crash(error, os.environ)


def _open_standard_streams() -> None:
    """Where a standard stream is closed, open nothing in its place, so that no file gets its number."""
    for number in (0, 1, 2):
        try:
            os.fstat(number)
        except OSError:
            os.open(os.devnull, os.O_RDWR)


@contextmanager
def _signals_raise() -> Iterator[None]:
    """TERM and HUP end a command the way INT does, with everything closed; one that the parent ignores stays ignored."""

    def stop(number: int, _frame: object) -> None:
        raise Stopped(number)

    before = {}
    for number in (signal.SIGTERM, signal.SIGHUP):
        try:
            if signal.getsignal(number) is signal.SIG_DFL:
                before[number] = signal.signal(number, stop)
        except ValueError:  # not the main thread
            break
    try:
        yield
    finally:
        for number, handler in before.items():
            signal.signal(number, handler)
