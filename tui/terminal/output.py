"""The terminal as the dashboard writes to it: what the framework composed, as stretches of lines for :mod:`.paper`."""

from __future__ import annotations

import contextlib
import os
import select
import signal
from codecs import getincrementaldecoder
from collections.abc import Iterable, Iterator
from queue import Full
from time import monotonic
from typing import TYPE_CHECKING, TextIO, cast

from textual import events
from textual._compositor import ChopsUpdate, LayoutUpdate
from textual.drivers import linux_driver
from textual.drivers._writer_thread import WriterThread
from textual.drivers.linux_driver import LinuxDriver
from textual.geometry import Size
from textual.message import Message

from tui.keys.key_bytes import KeyParser
from tui.opening import ENTER_ALTERNATE
from tui.terminal.paper import Stretch

if TYPE_CHECKING:
    from tui.app import NewsdeskApp

CLEAN = "\x1b[m\x1b[r\x1b[?25l\x1b[?7l\x1b[2J"  # no colour, no part that scrolls by itself, no cursor, nothing on it
SHORT_CHARS = 2_000  # what a terminal shows at once even without being told where a frame ends
LOOK_S = 0.1  # how soon it is seen that a terminal is lost
STUCK_S = 3.0  # whoever is told to end waits so long for a terminal that takes in nothing
_PIECE_BYTES = 1024
_READ_BYTES = 4096


def stretches_of(update: LayoutUpdate | ChopsUpdate) -> Iterator[Stretch]:
    """What an update of the framework's compositor shows. A piece of a widget is given whole where some of it changed: cut,
    a wide character could lose a half; what is on the terminal already isn't written again."""
    if isinstance(update, LayoutUpdate):
        for y, strips in enumerate(update.strips, update.region.y):
            x = update.region.x
            for strip in strips:
                yield y, x, strip._segments
                x += strip.cell_length
        return
    for y, x1, x2 in update.spans:
        for end, (start, chop) in zip(update.chop_ends[y], update.chops[y].items(), strict=False):
            if chop is not None and start < x2 and end > x1:
                yield y, start, chop._segments


def has_shell() -> bool:
    """Whether a shell can bring us to the front again: the group of processes that leads the session is nobody's job."""
    return os.getpgrp() != os.getsid(0)


class Writer(WriterThread):
    """Writes on the terminal. Nobody waits for one that is lost: gone, or stuck while the dashboard is told to end. It is
    written to by its number: a file object would be locked for as long as nothing is taken in."""

    _file: TextIO

    def __init__(self, file: TextIO) -> None:
        super().__init__(file)
        self.told_to_end = False
        self._gone = False
        self._since: float | None = None  # when what is being written now began to be

    @property
    def is_lost(self) -> bool:
        since = self._since
        return self._gone or (self.told_to_end and since is not None and monotonic() - since > STUCK_S)

    def write(self, text: str) -> None:
        self._put(text)

    def stop(self) -> None:
        self._put(None)
        while self.is_alive() and not self.is_lost:
            self.join(LOOK_S)

    def _put(self, text: str | None) -> None:
        while not self.is_lost:
            with contextlib.suppress(Full):
                self._queue.put(text, timeout=LOOK_S)
                return

    def run(self) -> None:
        encoding, errors = self._file.encoding, self._file.errors or "strict"
        try:
            while (text := self._queue.get()) is not None:
                self._write_all(text.encode(encoding, errors))
        except OSError:
            self._gone = True

    def _write_all(self, data: bytes) -> None:
        number = self._file.fileno()
        self._since = monotonic()
        while data:
            try:
                data = data[os.write(number, data[:_PIECE_BYTES]) :]
                self._since = monotonic()
            except BlockingIOError:  # who shares the terminal with us has made it so
                select.select([], [number], [])
        self._since = None


vars(linux_driver).update(WriterThread=Writer)  # the driver takes what its module has under this name, and no other


class DeskDriver(LinuxDriver):
    """Takes over a terminal that the opening has already made its own."""

    _skips = False

    def give_back(self) -> None:
        """The terminal, until we are brought to the front again."""
        self.suspend_application_mode()
        self._must_signal_resume = True

    def told_to_end(self) -> None:
        """Wait no longer for a terminal that takes nothing in. For a signal's handler."""
        if isinstance(self._writer_thread, Writer):
            self._writer_thread.told_to_end = True

    def _sigtstp_application(self, *_: object) -> None:
        """Stop with the terminal given back: at once where it is, else in the loop's next turn. A handler comes between any two
        steps, and what it would wait for could be held by the one that waits for it."""
        if self._must_signal_resume:
            os.kill(os.getpid(), signal.SIGSTOP)
        else:
            self._loop.call_soon_threadsafe(self._stop)

    def _stop(self) -> None:
        if not self._must_signal_resume:
            self.give_back()
        os.kill(os.getpid(), signal.SIGSTOP)

    def _sigcont_application(self, *_: object) -> None:
        """Take the terminal over again where it was given back: who is only told to go on has it still."""
        if self._must_signal_resume:
            super()._sigcont_application()

    def run_input_thread(self) -> None:
        """Hand on what is typed, until told to end. The framework's own ended the dashboard for a byte that is no UTF-8, and
        read a terminal that had gone without a word for ever, as fast as it could."""
        parser, decode = KeyParser(self._debug), getincrementaldecoder("utf-8")("replace").decode
        ends = False
        while not ends:
            ends = self.exit_event.is_set()  # what was typed by then is still taken
            if select.select([self.fileno], [], [], LOOK_S)[0]:
                data = self._read()
                if data == b"":
                    os.kill(os.getpid(), signal.SIGHUP)
                    return
                if data and (text := decode(data)):  # not in the middle of a character
                    self._hand_on(parser.feed(text))
            self._hand_on(parser.tick())

    def _read(self) -> bytes | None:
        """What was typed: nothing where the terminal is gone, None where another program took it."""
        try:
            return os.read(self.fileno, _READ_BYTES)
        except BlockingIOError:
            return None
        except OSError:
            return b""

    def _hand_on(self, messages: Iterable[Message]) -> None:
        for message in messages:
            self.process_message(message)

    def start_application_mode(self) -> None:
        app = cast("NewsdeskApp", self._app)
        opening = app.take_opening()
        if opening is None:
            app.paper.forget()
        self._skips = opening is not None
        super().start_application_mode()  # type: ignore[no-untyped-call]
        if opening is not None and opening.attrs:
            self.attrs_before = opening.attrs

    def measured(self, event: events.Resize) -> events.Resize:
        """With the size that the terminal has now. A signal that comes while a handler has just read a size tells the newer
        one first, and the older one would stay: of a window whose edge is dragged, or one brought to the front."""
        if self._in_band_window_resize:  # the terminal tells it itself, one after the other
            return event
        size = Size(*self._get_terminal_size())
        return events.Resize(size, size)

    def write(self, data: str) -> None:
        if self._skips and data == ENTER_ALTERNATE:  # again, it would clear what stands there
            self._skips = False
            return
        super().write(data)
