"""Where commands write: data to stdout, narration to stderr, always UTF-8, never a control byte that isn't ours."""

from __future__ import annotations

import contextlib
import errno
import os
import re
import sys
from collections.abc import Iterable, Iterator, Mapping
from typing import IO

from newsdesk.commands.layout import STYLE_END, STYLE_MARKS, STYLES
from newsdesk.errors import NewsdeskError
from newsdesk.signs import IN_ASCII, places_text, speaks_unicode
from newsdesk.text import strip_unsafe

_STYLE_MARK = re.compile("[\ufdd0-\ufdef]")
_SEQUENCES = {STYLE_MARKS[name]: f"\x1b[{code}m" for name, code in STYLES.items()} | {STYLE_END: "\x1b[0m"}
_FLUSH_AT = 1 << 16
_FAILED = (1, 126, 127)  # how a pager ends that could not begin: who quits one, or stops it, ends it otherwise


class OutputClosed(Exception):  # noqa: N818 - the end of a pipe is no error
    """The reader of stdout went away (`| head`): stop, quietly."""


class OutputError(NewsdeskError):
    """Stdout can't be written: a full disk, mostly."""


def one_line(text: str) -> str:
    """Text from outside, safe for one line of a terminal: a file name, a title, a message with either in it."""
    return " ".join(strip_unsafe(text).split())


def why_not_written(error: OSError | ValueError) -> str:
    """Why output ends before its end, and what mends it where there is no room."""
    why = (error.strerror if isinstance(error, OSError) else None) or str(error)
    return f"{why}; what was written is incomplete: free some space, or write to another place" if is_for_room(error) else why


def is_for_room(error: OSError | ValueError) -> bool:
    """Whether it is that the disk has no room for what is written, or the person's share of it none."""
    return isinstance(error, OSError) and error.errno in (errno.ENOSPC, errno.EDQUOT, errno.EFBIG)


class Console:
    """stdout and stderr of one command. `colour` and `width` are of stdout."""

    def __init__(self, env: Mapping[str, str]) -> None:
        self.env = env
        self._out: IO[bytes] | None = getattr(sys.stdout, "buffer", None)
        self._pending: list[bytes] = []
        self._size = 0
        self._gathered: list[str] | None = None
        self._paging = False
        self._progress = ""
        self.out_is_terminal = _is_terminal(sys.stdout)
        self.err_is_terminal = _is_terminal(sys.stderr)
        plain = bool(env.get("NO_COLOR")) or not places_text(env)
        self.colour = self.out_is_terminal and not plain
        self._ascii_signs = self.out_is_terminal and not speaks_unicode(env)
        self.quiet = False
        self._fixed_width = False

    def fix_appearance(self) -> None:
        """From here on the same bytes come out whatever stdout is: no colours, COLUMNS or 80 cells."""
        self.colour = self._ascii_signs = False
        self._fixed_width = True

    @property
    def width(self) -> int:
        """Columns of the terminal: COLUMNS, else what stdout says, else 80."""
        told = self.env.get("COLUMNS", "")[:9]
        if told.isdecimal() and int(told) > 0:
            return max(20, int(told))
        if self._fixed_width:
            return 80
        try:
            return max(20, os.get_terminal_size(sys.stdout.fileno()).columns)
        except (OSError, ValueError, AttributeError):
            return 80

    def write(self, text: str) -> None:
        """Data for stdout, gathered into blocks. A surrogate (a file name that is no UTF-8) becomes U+FFFD."""
        if self._gathered is not None:
            self._gathered.append(text)
            return
        if self._out is None:
            return
        data = _encode(text)
        self._pending.append(data)
        self._size += len(data)
        if self._size >= _FLUSH_AT:
            self.flush()

    @contextlib.contextmanager
    def gathering(self) -> Iterator[list[str]]:
        """What is written meanwhile is gathered in the list, and none of it goes to stdout or through a pager."""
        gathered: list[str] = []
        self._gathered = gathered
        try:
            yield gathered
        finally:
            self._gathered = None

    def line(self, text: str = "") -> None:
        """One line for a person: cleaned once more, then its styles as colours where the terminal shows them."""
        text = strip_unsafe(text).replace("\n", " ")
        if not text.isascii():
            text = text.translate(IN_ASCII) if self._ascii_signs else text
            cut_open = text.rfind(STYLE_END) < max(map(text.rfind, STYLE_MARKS.values()))
            text = _STYLE_MARK.sub(self._sequence, text + STYLE_END * cut_open)
        self.write(text + "\n")

    def _sequence(self, mark: re.Match[str]) -> str:
        return _SEQUENCES.get(mark[0], "") if self.colour else ""

    def lines(self, texts: Iterable[str]) -> None:
        for text in texts:
            self.line(text)

    def page(self, texts: Iterable[str]) -> None:
        """Lines to read: through PAGER where that is set, stdout is a terminal, and they don't fit on it; else as they are."""
        lines = list(texts)
        pager = self.env.get("PAGER", "").strip()
        is_read_here = self.out_is_terminal and self._gathered is None
        if not pager or pager == "cat" or not is_read_here or len(lines) < self._height():
            self.lines(lines)
            return
        import signal

        self.flush()
        before = signal.signal(signal.SIGINT, lambda *_: None)  # it is the pager's, which starts with the usual one again
        try:
            self._page_through(pager, lines)
        finally:
            signal.signal(signal.SIGINT, before)

    def _page_through(self, pager: str, lines: list[str]) -> None:
        import shlex
        import subprocess

        kept, self._out = self._out, None
        try:
            process = subprocess.Popen(shlex.split(pager), stdin=subprocess.PIPE, env={"LESS": "FRX", **self.env})
        except (OSError, ValueError):
            self._out = kept
            self.lines(lines)
            return
        self._out, self._paging = process.stdin, True
        with contextlib.suppress(OutputClosed):  # it reads no further
            self.lines(lines)
            self.flush()
        process.communicate()
        self._out, self._paging = kept, False
        if process.returncode in _FAILED:  # and has shown nothing
            self.note(f"PAGER ({pager}) failed; this is the text without it")
            self.lines(lines)

    def _height(self) -> int:
        try:
            return os.get_terminal_size(sys.stdout.fileno()).lines
        except (OSError, ValueError, AttributeError):
            return 24

    def flush(self) -> None:
        """Hand everything to the system. Raises OutputClosed where nobody reads any more, OutputError where it fails."""
        data = b"".join(self._pending)
        self._pending.clear()
        self._size = 0
        if self._out is None:
            return
        try:
            _write_all(self._out, data)
            self._out.flush()
        except (BrokenPipeError, ConnectionResetError) as error:
            self._drop_output()
            raise OutputClosed from error
        except (OSError, ValueError) as error:
            self._drop_output()
            raise OutputError(f"stdout: {why_not_written(error)}") from error

    def _drop_output(self) -> None:
        """Send what Python still holds for stdout nowhere, so that its own flush at exit says nothing."""
        self._out = None
        if self._paging:  # stdout itself is well
            return
        try:
            nowhere = os.open(os.devnull, os.O_WRONLY)
            os.dup2(nowhere, sys.stdout.fileno())
            os.close(nowhere)
        except (OSError, ValueError, AttributeError):
            return

    def note(self, text: str) -> None:
        """One line of narration on stderr."""
        if not self.quiet:
            self.complain(text)

    def complain(self, text: str) -> None:
        """One line on stderr that `--quiet` doesn't silence."""
        self._say(one_line(text) + "\n")

    def progress(self, text: str) -> None:
        """A passing line on stderr, where that is a terminal: the next one, or a note, takes its place."""
        if self.err_is_terminal and not self.quiet and text != self._progress:
            self._say("")
            self._progress = one_line(text)
            self._raw(self._progress)

    def end_progress(self) -> None:
        self._say("")

    def _say(self, text: str) -> None:
        wipe = "\r\x1b[K" if self._progress else ""
        self._progress = ""
        if wipe or text:
            self._raw(wipe + text)

    def _raw(self, text: str) -> None:
        stream = getattr(sys.stderr, "buffer", None)
        if stream is None:
            return
        stream = getattr(stream, "raw", stream)  # what a buffer holds back Python tries once more at its end: exit code 120
        try:
            _write_all(stream, _encode(text))
            stream.flush()
        except (OSError, ValueError):
            return  # nobody hears: the exit code still says it


def _write_all(stream: IO[bytes], data: bytes) -> None:
    """All of `data`. With PYTHONUNBUFFERED a stream is bare: it takes what there is room for, and says how much that was."""
    rest = memoryview(data)
    while rest:
        taken: int | None = stream.write(rest)
        if taken is None:  # a pipe that others made non-blocking, and that is full
            import select

            select.select([], [stream], [])
        rest = rest[taken or 0 :]


def _encode(text: str) -> bytes:
    """UTF-8; a lone surrogate becomes U+FFFD."""
    try:
        return text.encode()
    except UnicodeEncodeError:
        return text.encode("utf-16", "surrogatepass").decode("utf-16", "replace").encode()


def _is_terminal(stream: IO[str] | None) -> bool:
    try:
        return stream is not None and stream.isatty()
    except (ValueError, OSError):
        return False
