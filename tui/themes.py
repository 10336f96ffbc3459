"""Colours by name. A theme is a set of variables; the panes ask for inks, so a new theme is data and nothing else.

The dark default is a newsroom before sunrise: warm paper text on slate, one lamp-amber accent, muted signal colours for mood.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from rich.style import Style

if TYPE_CHECKING:
    from textual.theme import Theme

# ink -> what it is for; each theme gives every one a colour, the text styles are the same everywhere but in mono
INKS: Final = (
    "text",  # body and titles of read stories
    "title",  # titles of unread stories, headings
    "muted",  # sources, ages, counts
    "faint",  # hints, rules, what is not known
    "accent",  # unread marks, keys, the chosen section
    "follow",  # followed marks
    "line",  # storyline headers
    "place",  # countries
    "negative",
    "neutral",
    "positive",
    "unsure",
    "error",
)
_BOLD: Final = {"title", "accent", "error", "line"}


@dataclass(frozen=True, slots=True)
class Scheme:
    """A theme of ours. `grounds`: of the panes, of bars, of the row under the cursor, of that row in a pane without focus."""

    name: str
    dark: bool
    grounds: tuple[str, str, str, str]
    inks: Mapping[str, str]

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
            "input-cursor-foreground": background,
            "input-cursor-text-style": "none",
            "input-selection-background": cursor,
            "block-cursor-blurred-background": cursor_off,
        }


def theme_of(scheme: Scheme) -> Theme:
    """The scheme as the framework wants it."""
    from textual.theme import Theme

    background, panel, _, _ = scheme.grounds
    inks = scheme.inks
    return Theme(
        name=scheme.name,
        primary=inks["accent"],
        secondary=inks["line"],
        accent=inks["accent"],
        foreground=inks["text"],
        background=background,
        surface=background,
        panel=panel,
        error=inks["error"],
        warning=inks["accent"],
        success=inks["positive"],
        dark=scheme.dark,
        text_alpha=1.0,
        variables={name: colour for name, colour in scheme.variables.items() if name != "background"},
    )


DARK: Final = Scheme(
    "newsdesk-dark",
    True,
    ("#12161c", "#1a2029", "#2a3646", "#1f2732"),
    {
        "text": "#c9c6bd",
        "title": "#f3eee1",
        "muted": "#8b93a0",
        "faint": "#596271",
        "accent": "#e6b455",
        "follow": "#e08f62",
        "line": "#8fb8de",
        "place": "#9db59a",
        "negative": "#dd6e66",
        "neutral": "#8f9aa8",
        "positive": "#7fb685",
        "unsure": "#6b6f86",
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
        "muted": "#65635c",
        "faint": "#918c80",
        "accent": "#9a5b00",
        "follow": "#a8421f",
        "line": "#1f4f80",
        "place": "#3d6639",
        "negative": "#a8322c",
        "neutral": "#6c7178",
        "positive": "#2f7040",
        "unsure": "#84809a",
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
        "error": "#ff6060",
        "edge": "#808080",
    },
)
MONO: Final = Scheme(
    "newsdesk-mono",
    True,
    ("#000000", "#000000", "#000000", "#000000"),
    dict.fromkeys((*INKS, "edge"), "#d0d0d0") | {"faint": "#909090", "muted": "#a8a8a8", "edge": "#707070", "title": "#ffffff"},
)
SCHEMES: Final = (DARK, LIGHT, CONTRAST, MONO)
SHORT_NAMES: Final = {scheme.name.removeprefix("newsdesk-"): scheme.name for scheme in SCHEMES}


def missing_variables(theme: Theme) -> dict[str, str]:
    """Our variables for a theme that is not ours (one of Textual's, by name in the settings), from the colours it has."""
    accent = theme.accent or theme.primary
    text = theme.foreground or ("#e0e0e0" if theme.dark else "#202020")
    ground = theme.background or ("#121212" if theme.dark else "#f0f0f0")
    panel = theme.panel or theme.surface or ground
    inks = dict.fromkeys(INKS, text)
    inks |= {"accent": accent, "follow": theme.secondary or accent, "line": theme.primary, "place": theme.success or text}
    inks |= {"negative": theme.error or accent, "positive": theme.success or accent, "error": theme.error or accent}
    quiet = "#8a8a8a" if theme.dark else "#6a6a6a"
    inks |= {"muted": quiet, "faint": quiet, "unsure": quiet, "neutral": quiet}
    names = {f"ink-{ink}": colour for ink, colour in inks.items()}
    return names | {"ink-cursor": panel, "ink-cursor-off": panel, "bar": panel, "edge": quiet, "edge-focus": accent}


class Inks:
    """Ready styles for every ink on every ground, made once a theme."""

    def __init__(self, styles: Mapping[str, Style]) -> None:
        self._styles = styles
        self._made: dict[tuple[str, str], Style] = {}

    def get(self, ink: str, ground: str = "") -> Style:
        """The style of `ink` on `ground`: `` `` for the pane, `bar`, `cursor` or `cursor-off`."""
        key = (ink, ground)
        style = self._made.get(key)
        if style is None:
            base = self._styles.get("", Style())
            under = base + self._styles[ground] if ground else base
            over = self._styles.get(ink, Style()) if ink else Style()
            if under.reverse:  # one even bar, not a patchwork of greys
                over = over.without_color
            style = self._made[key] = under + over
        return style


def inks_of(variables: Mapping[str, str], *, reverse_cursor: bool) -> dict[str, Style]:
    """Rich styles by ink name from a theme's variables, with `` `` for the ground, `cursor` and `cursor-off` for the row
    under the cursor. Where colours don't reach the screen (mono, NO_COLOR) the cursor is reversed, to be seen without them.
    """
    styles = {ink: Style(color=variables[f"ink-{ink}"], bold=True if ink in _BOLD else None) for ink in INKS}
    styles[""] = Style(color=variables["ink-text"], bgcolor=variables["background"])
    styles["line-read"] = Style(color=variables["ink-line"])
    styles["lead"] = Style(color=variables["ink-text"], italic=True)
    styles["lead-unread"] = Style(color=variables["ink-title"], italic=True, bold=True)
    styles["link"] = Style(color=variables["ink-muted"], underline=True)
    styles["edge"] = Style(color=variables["edge"])
    styles["bar"] = Style(color=variables["ink-muted"], bgcolor=variables["bar"])
    styles["brand"] = Style(color=variables["background"], bgcolor=variables["ink-accent"], bold=True)
    styles["cursor"] = Style(reverse=True) if reverse_cursor else Style(bgcolor=variables["ink-cursor"])
    styles["cursor-off"] = Style(underline=True) if reverse_cursor else Style(bgcolor=variables["ink-cursor-off"])
    return styles
