"""Jump mode: short letters stand on everything that can be gone to on the screen, and typing them goes there.

The letters are drawn into a copy of what the screen shows, cell for cell: nothing moves, and only their cells are written.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final, cast

from rich.segment import Segment
from rich.style import Style
from textual import events
from textual.app import ComposeResult
from textual.strip import Strip
from textual.widget import Widget

from tui.colours.themes import Inks
from tui.drawing.cells import width_of
from tui.drawing.render import Line
from tui.screens.sheet import Sheet
from tui.widgets.line_view import LineView
from tui.widgets.paint import paint

if TYPE_CHECKING:
    from tui.app import NewsdeskApp
    from tui.screens.base import DeskScreen

HOME: Final = "asdfghjkl"
MORE: Final = "qwertyuiopzxcvbnm"  # where there are more places than two letters of the home row can name
MOST: Final = len(HOME + MORE) ** 2


@dataclass(frozen=True, slots=True)
class Spot:
    """A place on the screen, in cells, and what going there does."""

    x: int
    y: int
    go: Callable[[], None]


def labels(number: int) -> list[str]:
    """`number` words of one or two letters, the shortest first, none the beginning of another."""
    alphabet = HOME
    while len(alphabet) ** 2 < number and len(alphabet) < len(HOME + MORE):
        alphabet = (HOME + MORE)[: len(alphabet) + 1]
    size = len(alphabet)
    begin = next((p for p in range(size + 1) if size - p + p * size >= number), size)
    pairs = [first + second for first in alphabet[size - begin :] for second in alphabet]
    return [*alphabet[: size - begin], *pairs][:number]


def spots_of(screen: DeskScreen) -> list[Spot]:
    """Every place that can be gone to: the panes first, then what is in the pane with the focus, then the rest."""
    there = screen._compositor.visible_widgets
    views = [view for view in screen.query(LineView) if view in there and view.can_focus]
    views.sort(key=lambda view: not view.has_focus)
    panes = [_title_spot(screen, view) for view in views if not view.has_focus]
    return [*panes, *(spot for view in views for spot in _within(screen, view))][:MOST]


def _title_spot(screen: DeskScreen, view: LineView) -> Spot:
    """Behind the title, on the rule: the title itself stays to be read."""
    title = str(view.border_title or "")
    x = min(2 + width_of(title), view.region.width - 3)
    return Spot(view.region.x + max(0, x), view.region.y, lambda: screen.go_to_view(view))


def _within(screen: DeskScreen, view: LineView) -> Iterator[Spot]:
    inner = view.content_region
    for landing in view.landings():
        if 0 <= landing.y < inner.height and 0 <= landing.x < inner.width:

            def go(land: Callable[[], None] = landing.go) -> None:
                screen.go_to_view(view)
                land()

            yield Spot(inner.x + landing.x, inner.y + landing.y, go)


class Copy(Widget):
    """What stood on the screen, with the letters on it."""

    DEFAULT_CSS = "Copy { width: 100%; height: 100%; }"

    def __init__(self, lines: Sequence[Strip]) -> None:
        super().__init__()
        self._lines = lines
        self._labels: dict[int, list[tuple[int, str]]] = {}
        self._foot: Line = ()

    def show(self, labelled: Sequence[tuple[Spot, str]], foot: Line) -> None:
        self._labels = {}
        for spot, label in labelled:
            self._labels.setdefault(spot.y, []).append((spot.x, label))
        self._foot = foot
        self.refresh()

    def render_line(self, y: int) -> Strip:
        app = cast("NewsdeskApp", self.app)
        width = self.size.width
        if y == self.size.height - 1:
            return paint(((" ", ""), *self._foot), width, Inks(app.inks), "bar")
        if y >= len(self._lines):
            return Strip.blank(width)
        return with_labels(self._lines[y], sorted(self._labels.get(y, ())), width, _label_style(app))


def _label_style(app: NewsdeskApp) -> Style:
    """The accent turned round: seen in every theme, without colours too."""
    return app.inks["accent"] + Style(reverse=True, bold=True)


def with_labels(strip: Strip, labelled: Sequence[tuple[int, str]], width: int, style: Style) -> Strip:
    """`strip` with labels over its cells from the given columns on; of two that would overlap the later gives way."""
    parts: list[Strip] = []
    at = 0
    for x, label in labelled:
        if x < at or x + len(label) > width:
            continue
        parts += [strip.crop(at, x), Strip([Segment(label, style)], len(label))]
        at = x + len(label)
    return Strip.join([*parts, strip.crop(at, width)]) if parts else strip


class JumpScreen(Sheet):
    """Takes the letters. Esc, a click, or a key that begins no label leaves everything as it is."""

    CSS = "JumpScreen { background: transparent; }"

    def __init__(self, below: DeskScreen, spots: Sequence[Spot]) -> None:
        super().__init__()
        self._copy = Copy(below._compositor.render_strips())
        self._spots = list(zip(spots, labels(len(spots)), strict=True))
        self._typed = ""
        self._size = below.size

    def compose(self) -> ComposeResult:
        yield self._copy

    def on_mount(self) -> None:
        self._show()

    def _show(self) -> None:
        waiting = [(spot, label.removeprefix(self._typed)) for spot, label in self._spots if label.startswith(self._typed)]
        foot = ("jump: ", "accent"), ("type the letters of where to go; ", "text"), ("Esc ", "accent"), ("stays here", "text")
        self._copy.show(waiting, foot)

    def on_resize(self) -> None:
        if self.size != self._size:
            self.leave()

    def on_click(self, event: events.Click) -> None:
        event.stop()
        self.leave()

    def on_key(self, event: events.Key) -> None:
        event.stop()
        event.prevent_default()
        if event.key == "backspace" and self._typed:
            self._typed = ""
            self._show()
            return
        typed = self._typed + (event.character or "").lower()
        found = next((spot for spot, label in self._spots if label == typed), None)
        if found is not None:
            self.leave()
            self.app.call_later(found.go)
        elif typed != self._typed and any(label.startswith(typed) for _, label in self._spots):
            self._typed = typed
            self._show()
        else:
            self.leave()
