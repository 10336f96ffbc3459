"""A person's own themes: TOML files beside the settings (``themes/NAME.toml``) or anywhere, each checked whole.

    from = "dark"               # where what is not said here is taken from: dark, light, contrast, mono, terminal
    dark = true                 # whether the ground is dark

    [grounds]
    pane = "#12161c"            # "#rrggbb", or one of the terminal's own: default, red, bright_blue, ...
    bar = "#1a2029"             # the lines at the top and the bottom
    cursor = "#2a3646"          # the row under the cursor
    cursor_off = "#1f2732"      # that row in a pane without the focus

    [inks]
    text = "#c9c6bd"            # `tui.colours.schemes.INKS` says what each is for

`newsdesk config theme NAME` prints one of ours in this form, to begin with.
"""

from __future__ import annotations

import os
import re
from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final

from newsdesk.config.lines import Lines
from newsdesk.errors import ConfigError
from newsdesk.paths import expand
from tui.colours.schemes import DARK, EDGE, GROUNDS, INKS, SCHEMES, TERMINAL_COLOURS, Scheme

_KEYS: Final = ("from", "dark", "grounds", "inks")
_INKS: Final = {**INKS, **EDGE}
_LARGEST_BYTES = 64 * 1024
_HEX = re.compile(r"#(?:[0-9a-fA-F]{3}|[0-9a-fA-F]{6})")
# WCAG 2.2: 4.5 for text (1.4.3), 3 for signs and large text (1.4.11); less for what only stands beside a text that says it too.
_LEAST: Final = {"text": 4.5, "title": 4.5, "faint": 2.0, "unsure": 2.0, "edge": 1.2}
_LEAST_ELSE = 3.0


@dataclass(frozen=True, slots=True)
class ThemeFile:
    """What a file says: a theme, and what is hard to read in it. With faults there is no theme."""

    scheme: Scheme | None
    faults: tuple[str, ...] = ()
    warnings: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Themes:
    """The themes there are: ours, and those of the folder `themes` beside the settings file (None: none)."""

    config: Path | None = None

    @property
    def folder(self) -> Path | None:
        return self.config.parent / "themes" if self.config is not None else None

    def names(self) -> tuple[str, ...]:
        """Every theme's short name, the person's own last."""
        ours = [scheme.short_name for scheme in SCHEMES]
        return tuple(dict.fromkeys([*ours, *(file.stem for file in self._files())]))

    def _files(self) -> list[Path]:
        if self.folder is None:
            return []
        try:
            return sorted(file for file in self.folder.iterdir() if file.suffix == ".toml")
        except OSError:
            return []

    def file_of(self, name: str) -> Path | None:
        """The file that a name means: a path, or one in the folder; None where there is none."""
        if not name or self.config is None:
            return None
        if name.endswith(".toml") or "/" in name:
            return self.config.parent / expand(name)
        file = self.config.parent / "themes" / f"{name}.toml"
        return file if os.path.lexists(file) else None  # also of a name that no file can have

    def find(self, name: str) -> Scheme | None:
        """The theme of that name: a person's own before ours. None where none is called that. Raises ConfigError for a file
        that can't be used."""
        file = self.file_of(name)
        if file is None:
            return next((scheme for scheme in SCHEMES if name in (scheme.name, scheme.short_name)), None)
        read = read_theme(file, file.stem)
        if read.scheme is None:
            more = f" (and {len(read.faults) - 1} more: newsdesk config check)" if len(read.faults) > 1 else ""
            raise ConfigError(read.faults[0] + more)
        return read.scheme

    def unknown(self, name: str) -> str:
        """What to say where no theme has that name."""
        where = f"; a file of yours is kept as {self.folder / name}.toml" if self.folder is not None else ""
        return f"no theme is called '{name}'; {_mend(name, self.names())}{where if '/' not in name else ''}"


def read_theme(file: Path, name: str) -> ThemeFile:
    """Read a theme's file; `name` is what the theme will be called. Everything that is wrong is found at once."""
    import tomllib

    try:
        with file.open("rb") as stream:
            data = stream.read(_LARGEST_BYTES + 1)
        if len(data) > _LARGEST_BYTES:
            return ThemeFile(None, (f"{file}: larger than {_LARGEST_BYTES // 1024} KiB, which no theme is",))
        text = data.decode("utf-8-sig")
        told = tomllib.loads(text)
    except OSError as error:
        return ThemeFile(None, (f"{file}: {error.strerror}",))
    except (UnicodeDecodeError, RecursionError):
        return ThemeFile(None, (f"{file}: not a TOML file in UTF-8",))
    except ValueError as error:  # of TOML, or a number of more than 4,300 digits
        return ThemeFile(None, (f"{file}: {error}",))
    lines = Lines(str(file), text)
    base, faults = _base(told, lines)
    grounds = dict(zip(GROUNDS, base.grounds, strict=True)) | _colours(
        "grounds", told.get("grounds", {}), GROUNDS, lines, faults
    )
    inks = {**base.inks} | _colours("inks", told.get("inks", {}), _INKS, lines, faults)
    if faults:
        return ThemeFile(None, tuple(faults))
    same = len({grounds["pane"], grounds["cursor"]}) == 1
    whole = tuple(grounds[part] for part in GROUNDS)
    dim = base.dim if not told.get("inks") else frozenset(ink for ink in base.dim if ink not in told["inks"])
    scheme = Scheme(name, bool(told.get("dark", base.dark)), (whole[0], whole[1], whole[2], whole[3]), inks, same, dim)
    return ThemeFile(scheme, (), tuple(f"{lines.at(*place)}: {says}" for place, says in hard_to_read(scheme)))


def _base(told: Mapping[str, Any], lines: Lines) -> tuple[Scheme, list[str]]:
    faults = [f"{lines.at('', name)}: unknown key {name!r}; {_mend(name, _KEYS)}" for name in told if name not in _KEYS]
    if not isinstance(told.get("dark", True), bool):
        faults.append(f"{lines.at('', 'dark')}: dark: must be true or false")
    wanted = told.get("from")
    if wanted is None:
        dark = told.get("dark", True)
        return (DARK if dark else next(scheme for scheme in SCHEMES if not scheme.dark)), faults
    found = next((scheme for scheme in SCHEMES if scheme.short_name == wanted), None)
    if found is None:
        names = tuple(scheme.short_name for scheme in SCHEMES)
        faults.append(f"{lines.at('', 'from')}: from: there is no theme {wanted!r}; {_mend(str(wanted), names)}")
    return found or DARK, faults


def _colours(section: str, table: Any, known: Collection[str], lines: Lines, faults: list[str]) -> dict[str, str]:
    if not isinstance(table, dict):
        faults.append(f"{lines.at('', section)}: {section}: must be a table, [{section}]")
        return {}
    colours: dict[str, str] = {}
    for name, told in table.items():
        if name not in known:
            faults.append(f"{lines.at(section, name)}: {section}: there is no {name!r}; {_mend(name, known)}")
        elif (colour := _colour(told)) is None:
            near = _mend(str(told), ("default", *TERMINAL_COLOURS))
            faults.append(
                f"{lines.at(section, name)}: {section}.{name}: {told!r} is no colour: #rrggbb, or the terminal's; {near}"
            )
        else:
            colours[name] = colour
    return colours


def _colour(told: Any) -> str | None:
    if not isinstance(told, str):
        return None
    if _HEX.fullmatch(told):
        return told.lower() if len(told) == 7 else "#" + "".join(2 * sign for sign in told[1:].lower())
    return f"ansi_{told}" if told == "default" or told in TERMINAL_COLOURS else None


def _mend(name: str, known: Collection[str]) -> str:
    import difflib

    near = difflib.get_close_matches(name, known, 1, 0.5)
    return f"did you mean {near[0]!r}?" if near else f"there are {', '.join(known)}"


# --- contrast


def hard_to_read(scheme: Scheme) -> Iterator[tuple[tuple[str, str], str]]:
    """Inks that can't be told well from the ground of the panes or of the row under the cursor: where they are said, and what.

    The terminal's own colours are not measured: only it knows them.
    """
    pane, bar, cursor, _ = scheme.grounds
    grounds = {"pane": pane} if scheme.reverse else {"pane": pane, "cursor": cursor}
    for ink, colour in scheme.inks.items():
        for ground in ("pane",) if ink in ("edge", "faint", "unsure") else grounds:
            ratio, least = contrast(colour, grounds[ground]), _LEAST.get(ink, _LEAST_ELSE)
            if ratio is not None and ratio < (least if ground == "pane" else min(least, _LEAST_ELSE)):
                yield (
                    ("inks", ink),
                    f"{ink} {colour} on {ground} {grounds[ground]} is hard to read: contrast {ratio:.1f}, {least} is enough",
                )
                break
    ratio = contrast(scheme.inks["muted"], bar)
    if ratio is not None and ratio < _LEAST_ELSE:
        yield (
            ("grounds", "bar"),
            f"muted {scheme.inks['muted']} on bar {bar} is hard to read: contrast {ratio:.1f}, {_LEAST_ELSE} is enough",
        )


def contrast(one: str, other: str) -> float | None:
    """The contrast of two colours, 1 to 21, by WCAG 2.2; None where one is the terminal's own."""
    if one.startswith("ansi_") or other.startswith("ansi_"):
        return None
    lighter, darker = sorted((_luminance(one), _luminance(other)), reverse=True)
    return (lighter + 0.05) / (darker + 0.05)


def _luminance(colour: str) -> float:
    parts = (int(colour[place : place + 2], 16) / 255 for place in (1, 3, 5))
    red, green, blue = (part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


# --- one to begin with


def theme_text(scheme: Scheme) -> str:
    """A theme as a file of its own."""
    lines = [
        '# A theme for newsdesk. Kept as themes/NAME.toml beside the settings, it is chosen by theme = "NAME" under [display].',
        '# A colour is "#rrggbb", or one of the terminal\'s own: default, ' + ", ".join(TERMINAL_COLOURS[:8]) + ",",
        "# each of these but default also with bright_ before it. What is left out is taken from the theme that `from` names.",
        f'from = "{scheme.short_name}"',
        f"dark = {str(scheme.dark).lower()}",
        "",
        "[grounds]",
    ]
    lines += [_told(name, colour) for name, colour in zip(GROUNDS, scheme.grounds, strict=True)]
    lines += ["", "[inks]", *(_told(ink, scheme.inks[ink]) for ink in _INKS)]
    return "\n".join(lines) + "\n"


def _told(name: str, colour: str) -> str:
    text = f'{name} = "{colour.removeprefix("ansi_")}"'
    return f"{text:<26}# {({**_INKS, **GROUNDS})[name]}"
