"""The terminal as the dashboard writes to it: what the framework composed, as stretches of lines for :mod:`tui.paper`."""

from __future__ import annotations

import os
from collections.abc import Iterator
from typing import TYPE_CHECKING, cast

from textual import events
from textual._compositor import ChopsUpdate, LayoutUpdate
from textual.drivers import linux_driver
from textual.drivers.linux_driver import LinuxDriver
from textual.geometry import Size

from tui.opening import ENTER_ALTERNATE
from tui.paper import Stretch
from tui.struck import KeyParser

if TYPE_CHECKING:
    from tui.app import NewsdeskApp

vars(linux_driver)["XTermParser"] = KeyParser  # the driver takes what its module has under that name, and no other

CLEAN = "\x1b[m\x1b[r\x1b[?25l\x1b[?7l\x1b[2J"  # no colour, no part that scrolls by itself, no cursor, nothing on it
SHORT_CHARS = 2_000  # what a terminal shows at once even without being told where a frame ends


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


class DeskDriver(LinuxDriver):
    """Takes over a terminal that the opening has already made its own."""

    _skips = False

    def _sigcont_application(self, *_: object) -> None:
        """Take the terminal over again where it was given back: who is only told to go on has it still."""
        if self._must_signal_resume:
            super()._sigcont_application()

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
