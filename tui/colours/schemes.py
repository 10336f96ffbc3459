"""The themes that come with newsdesk, as data: grounds and inks.

The dark default is a newsroom before sunrise: warm paper text on slate, one lamp-amber accent, muted signal colours for mood.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final

# what each ink is for; every theme gives every one a colour, the text styles are the same everywhere but in mono
INKS: Final[Mapping[str, str]] = {
    "text": "body, and titles of read stories",
    "title": "titles of unread stories, headings",
    "muted": "sources, ages, counts",
    "faint": "hints, rules, what is not known",
    "accent": "unread marks, keys, the chosen section",
    "follow": "followed marks",
    "line": "storyline headers",
    "place": "countries",
    "negative": "mood",
    "neutral": "mood",
    "positive": "mood",
    "unsure": "what the reader of moods is not sure of",
    "error": "what went wrong",
}
EDGE: Final[Mapping[str, str]] = {"edge": "lines between panes"}
GROUNDS: Final[Mapping[str, str]] = {
    "pane": "behind all text",
    "bar": "the lines at the top and the bottom",
    "cursor": "the row under the cursor",
    "cursor_off": "that row in a pane without the focus",
}
TERMINAL_COLOURS: Final = tuple(
    f"{bright}{name}"
    for bright in ("", "bright_")
    for name in ("black", "red", "green", "yellow", "blue", "magenta", "cyan", "white")
)  # the terminal's own 16, besides `default`


@dataclass(frozen=True, slots=True)
class Scheme:
    """A theme. `grounds` are those of :data:`GROUNDS` in order, `inks` those of :data:`INKS` and :data:`EDGE`.

    A colour is ``#rrggbb``, or with ``ansi_`` before it one of the terminal's own. `reverse`: the cursor is shown by reversed
    colours, since no ground can be told from the others. `dim`: inks that are drawn faint by the terminal.
    """

    name: str
    dark: bool
    grounds: tuple[str, str, str, str]
    inks: Mapping[str, str]
    reverse: bool = False
    dim: frozenset[str] = frozenset()

    @property
    def short_name(self) -> str:
        return self.name.removeprefix("newsdesk-")

    @property
    def ansi(self) -> bool:
        """Whether any of its colours is the terminal's own."""
        return any(colour.startswith("ansi_") for colour in (*self.grounds, *self.inks.values()))

    @property
    def variables(self) -> dict[str, str]:
        """What the style sheet and the inks are made from."""
        background, panel, cursor, cursor_off = self.grounds
        accent, edge = self.inks["accent"], self.inks["edge"]
        return {f"ink-{ink}": self.inks[ink] for ink in INKS} | {
            "background": background,
            "ink-cursor": cursor,
            "ink-cursor-off": cursor_off,
            "bar": panel,
            "edge": edge,
            "edge-focus": accent,
            "scrollbar": edge,
            "scrollbar-hover": self.inks["muted"],
            "scrollbar-active": accent,
            "scrollbar-background": background,
            "scrollbar-background-hover": background,
            "scrollbar-background-active": background,
            "scrollbar-corner-color": background,
            "input-cursor-background": accent,
            "input-cursor-foreground": "ansi_black" if background == "ansi_default" else background,
            "input-cursor-text-style": "none",
            "input-selection-background": cursor,
            "block-cursor-blurred-background": cursor_off,
        }


DARK: Final = Scheme(
    "newsdesk-dark",
    True,
    ("#12161c", "#1a2029", "#2a3646", "#1f2732"),
    {
        "text": "#c9c6bd",
        "title": "#f3eee1",
        "muted": "#979eaa",
        "faint": "#7d8799",
        "accent": "#e6b455",
        "follow": "#e08f62",
        "line": "#8fb8de",
        "place": "#9db59a",
        "negative": "#dd6e66",
        "neutral": "#8f9aa8",
        "positive": "#7fb685",
        "unsure": "#797d94",
        "error": "#ff7b72",
        "edge": "#2c3542",
    },
)
LIGHT: Final = Scheme(
    "newsdesk-light",
    False,
    ("#f7f4ec", "#ece7da", "#dcd3bd", "#e9e3d3"),
    {
        "text": "#3a3a38",
        "title": "#121212",
        "muted": "#5c5b54",
        "faint": "#6c685e",
        "accent": "#864f00",
        "follow": "#a8421f",
        "line": "#1f4f80",
        "place": "#3c6538",
        "negative": "#a8322c",
        "neutral": "#63686e",
        "positive": "#2f7040",
        "unsure": "#77728f",
        "error": "#b00020",
        "edge": "#cfc7b4",
    },
)
CONTRAST: Final = Scheme(
    "newsdesk-contrast",
    True,
    ("#000000", "#101010", "#0040a0", "#303030"),
    {
        "text": "#ffffff",
        "title": "#ffffff",
        "muted": "#d0d0d0",
        "faint": "#b0b0b0",
        "accent": "#ffdd00",
        "follow": "#ffa500",
        "line": "#66ccff",
        "place": "#9cff9c",
        "negative": "#ff8080",
        "neutral": "#d0d0d0",
        "positive": "#80ff80",
        "unsure": "#c0b0ff",
        "error": "#ff9797",
        "edge": "#808080",
    },
)
MONO: Final = Scheme(
    "newsdesk-mono",
    True,
    ("#000000", "#000000", "#000000", "#000000"),
    dict.fromkeys((*INKS, "edge"), "#d0d0d0") | {"faint": "#909090", "muted": "#a8a8a8", "edge": "#707070", "title": "#ffffff"},
    reverse=True,
)
# Readable on a dark ground and on a light one, since the terminal's may be either: its yellow, cyan and bright colours are not.
TERMINAL: Final = Scheme(
    "newsdesk-terminal",
    True,
    ("ansi_default", "ansi_default", "ansi_default", "ansi_default"),
    dict.fromkeys((*INKS, "edge"), "ansi_default")
    | {"accent": "ansi_magenta", "follow": "ansi_magenta", "line": "ansi_blue", "place": "ansi_green"}
    | {"negative": "ansi_red", "positive": "ansi_green", "error": "ansi_red"},
    reverse=True,
    dim=frozenset({"faint", "unsure", "edge"}),
)
SCHEMES: Final = (DARK, LIGHT, CONTRAST, MONO, TERMINAL)
