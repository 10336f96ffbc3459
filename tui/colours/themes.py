"""Themes as the framework and the panes take them: variables for the style sheet, ready styles for every ink."""

from __future__ import annotations

import re
from collections.abc import Collection, Mapping
from typing import TYPE_CHECKING, Final

from rich.color import Color, ColorSystem
from rich.style import Style

from tui.colours.few_colours import ENOUGH, contrast_shown, shown
from tui.colours.schemes import INKS, Scheme

if TYPE_CHECKING:
    from textual.theme import Theme

# What the framework's own style sheets ask of a theme that has the terminal's colours.
_ANSI: Final = {"ansi-background": "ansi_default", "ansi-foreground": "ansi_default", "border-blurred": "ansi_default"}
ALL_UNSEEN: Final = frozenset({"cursor", "cursor-off"})
_SEEN_BY: Final = ("background", "ink-text", "ink-cursor", "ink-cursor-off")
_CONSOLE_GROUNDS: Final = 8  # that the Linux console has: it shows the bright ones as these (console_codes(4))
_BOLD: Final = {"title", "accent", "error", "line"}


def theme_of(scheme: Scheme) -> Theme:
    """The scheme as the framework wants it."""
    from textual.theme import Theme

    background, panel, _, _ = scheme.grounds
    inks = scheme.inks
    return Theme(
        name=re.sub(r"[^\w-]", "-", scheme.name, flags=re.ASCII),  # it becomes a class of the style sheet
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
        ansi=scheme.ansi,
        text_alpha=1.0,
        variables={name: colour for name, colour in {**_ANSI, **scheme.variables}.items() if name != "background"},
    )


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
        if ink == "faint" and ground.startswith("cursor"):  # which is lighter than the pane: it could not be read there
            ink = "muted"
        key = (ink, ground)
        style = self._made.get(key)
        if style is None:
            base = self._styles.get("", Style())
            under = base + self._styles[ground] if ground else base
            over = self._styles.get(ink, Style()) if ink else Style()
            if under.reverse:  # one even bar, not a patchwork of greys
                over = Style(bold=over.bold, italic=over.italic, underline=over.underline)
            style = self._made[key] = under + over
        return style


def unseen_grounds(variables: Mapping[str, str], colours: ColorSystem, env: Mapping[str, str]) -> frozenset[str]:
    """Which of `cursor` and `cursor-off` look like the pane's own ground on a terminal with `colours`, or leave text on them
    with less contrast than it needs and than the theme gives it."""
    given = {name: Color.parse(variables[name].removeprefix("ansi_")) for name in _SEEN_BY}

    def seen(name: str) -> object:
        colour = shown(given[name], colours)
        if colour.number is None:
            return colour.triplet
        return colour.number % _CONSOLE_GROUNDS if env.get("TERM") == "linux" else colour.number

    def is_read(name: str) -> bool:
        text, behind = given["ink-text"], given[name]
        least = min(ENOUGH, contrast_shown(text, behind))
        return contrast_shown(shown(text, colours, behind), shown(behind, colours)) >= least

    pane = seen("background")
    return frozenset(ground for ground in ALL_UNSEEN if seen(f"ink-{ground}") == pane or not is_read(f"ink-{ground}"))


def inks_of(variables: Mapping[str, str], *, unseen: Collection[str] = (), dim: Collection[str] = ()) -> dict[str, Style]:
    """Rich styles by ink name from a theme's variables, with `` `` for the ground, `cursor` and `cursor-off` for the row
    under the cursor. Those of the two that are `unseen`, as both are where colours don't reach the screen (mono, NO_COLOR),
    are reversed and underlined. `dim` are inks that the terminal draws faint.
    """
    variables = {name: colour.removeprefix("ansi_") for name, colour in variables.items()}  # what Rich calls them
    styles = {ink: Style(color=variables[f"ink-{ink}"], bold=ink in _BOLD or None, dim=ink in dim or None) for ink in INKS}
    styles[""] = Style(color=variables["ink-text"], bgcolor=variables["background"])
    styles["line-read"] = Style(color=variables["ink-line"])
    styles["lead"] = Style(color=variables["ink-text"], italic=True)
    styles["lead-unread"] = Style(color=variables["ink-title"], italic=True, bold=True)
    styles["found"] = Style(color=variables["ink-accent"], bold=True, underline=True)
    styles["link"] = Style(color=variables["ink-muted"], underline=True)
    styles["edge"] = Style(color=variables["edge"], dim="edge" in dim or None)
    styles["edge-focus"] = Style(color=variables["edge-focus"])
    styles["bar"] = Style(color=variables["ink-muted"], bgcolor=variables["bar"])
    ground = variables["background"]  # the terminal's own can't be an ink: there the sign is reversed
    brand = Style(color=variables["ink-accent"], reverse=True) if ground == "default" else Style(color=ground)
    styles["brand"] = brand + Style(bgcolor=None if ground == "default" else variables["ink-accent"], bold=True)
    styles["cursor"] = Style(reverse=True) if "cursor" in unseen else Style(bgcolor=variables["ink-cursor"])
    styles["cursor-off"] = Style(underline=True) if "cursor-off" in unseen else Style(bgcolor=variables["ink-cursor-off"])
    return styles
