"""A person's own themes: read whole, every fault with its line and mend, contrast measured."""

from __future__ import annotations

from pathlib import Path

import pytest
from rich.color import Color, ColorSystem
from textual.theme import BUILTIN_THEMES
from textual.widgets import Input

from newsdesk.errors import ConfigError
from tests.tui.conftest import Open
from tui.app import NewsdeskApp
from tui.colours.few_colours import contrast_shown, shown
from tui.colours.schemes import CONTRAST, DARK, GROUNDS, INKS, LIGHT, MONO, SCHEMES, TERMINAL, Scheme
from tui.colours.theme_files import Themes, contrast, hard_to_read, read_theme, theme_text
from tui.colours.themes import Inks, inks_of, unseen_grounds
from tui.opening import scheme_of
from tui.session import Session, load_session
from tui.terminal.paper import look_of

OCEAN = """from = "dark"
[grounds]
pane = "#001020"
cursor = "#003050"
[inks]
accent = "#7df"
line = "bright_blue"
"""


def write(tmp_path: Path, text: str = OCEAN, name: str = "ocean") -> Themes:
    (tmp_path / "themes").mkdir(exist_ok=True)
    (tmp_path / "themes" / f"{name}.toml").write_text(text, "utf-8")
    return Themes(tmp_path / "config.toml")


def test_what_is_not_said_is_taken_from_one_of_ours(tmp_path: Path) -> None:
    themes = write(tmp_path)
    ocean = themes.find("ocean")
    assert ocean is not None
    assert ocean.grounds == ("#001020", DARK.grounds[1], "#003050", DARK.grounds[3])
    assert (ocean.inks["accent"], ocean.inks["line"], ocean.inks["text"]) == ("#77ddff", "ansi_bright_blue", DARK.inks["text"])
    assert (ocean.name, ocean.dark, ocean.ansi, ocean.reverse) == ("ocean", True, True, False)
    assert themes.names()[-1] == "ocean"
    assert themes.find("light") is LIGHT
    assert themes.find("newsdesk-mono") is MONO
    assert themes.find("nobody") is None
    assert themes.find(str(tmp_path / "themes" / "ocean.toml")) is not None
    assert themes.find("themes/ocean.toml") is not None
    assert "did you mean 'ocean'?" in themes.unknown("oceam")


@pytest.mark.parametrize("scheme", [DARK, LIGHT, CONTRAST, MONO], ids=lambda scheme: scheme.short_name)
def test_every_text_of_ours_has_the_contrast_of_a_text_on_every_ground_and_every_sign_that_of_a_sign(scheme: Scheme) -> None:
    """WCAG 2.2, 1.4.3 and 1.4.11. On the row under the cursor what is faint is drawn as what is muted."""
    grounds, signs = dict(zip(GROUNDS, scheme.grounds, strict=True)), ("follow", "negative", "neutral", "positive")
    for ink in INKS:
        for ground, behind in grounds.items():
            if ink == "faint" and ground.startswith("cursor"):
                continue
            least = 3 if ink == "unsure" or (ink in signs and ground.startswith("cursor")) else 4.5
            ratio = contrast(scheme.inks[ink], behind)
            assert ratio is not None
            assert ratio >= least, f"{ink} on {ground}: {ratio:.2f}"
    assert (contrast(scheme.grounds[0], scheme.inks["accent"]) or 0) >= 4.5, "the name at the top, and letters to jump to"


@pytest.mark.parametrize("scheme", SCHEMES, ids=lambda scheme: scheme.short_name)
def test_ours_are_easy_to_read_and_come_back_from_a_file_as_they_are(scheme: object, tmp_path: Path) -> None:
    assert isinstance(scheme, type(DARK))
    assert list(hard_to_read(scheme)) == []
    (tmp_path / "x.toml").write_text(theme_text(scheme))
    again = read_theme(tmp_path / "x.toml", scheme.name)
    assert again.scheme is not None
    assert (again.scheme.grounds, dict(again.scheme.inks), again.scheme.dark) == (
        scheme.grounds,
        dict(scheme.inks),
        scheme.dark,
    )
    assert again.warnings == again.faults == ()


def test_every_fault_is_told_with_its_line_and_mend(tmp_path: Path) -> None:
    text = 'from = "drak"\ndark = 3\n[ground]\nx = 1\n[inks]\ntxet = "#fff"\nline = "blu"\ntext = 5\n[grounds]\npane = "#12"\n'
    themes = write(tmp_path, text)
    told = read_theme(tmp_path / "themes" / "ocean.toml", "ocean")
    assert told.scheme is None
    file = tmp_path / "themes" / "ocean.toml"
    for line, says in (
        (3, "unknown key 'ground'; did you mean 'grounds'?"),
        (2, "dark: must be true or false"),
        (1, "from: there is no theme 'drak'; did you mean 'dark'?"),
        (6, "inks: there is no 'txet'; did you mean 'text'?"),
        (7, "inks.line: 'blu' is no colour: #rrggbb, or the terminal's; did you mean 'blue'?"),
        (8, "inks.text: 5 is no colour"),
        (10, "grounds.pane: '#12' is no colour"),
    ):
        assert any(fault.startswith(f"{file}:{line}: ") and says in fault for fault in told.faults), (line, says, told.faults)
    with pytest.raises(ConfigError, match="and 6 more: newsdesk config check"):
        themes.find("ocean")


@pytest.mark.parametrize("text", ["[", "inks = 3", "\x00", "dark = " + "1" * 5_000])
def test_a_file_that_is_no_theme_is_said_to_be_none(tmp_path: Path, text: str) -> None:
    with pytest.raises(ConfigError, match=r"ocean\.toml"):
        write(tmp_path, text).find("ocean")
    with pytest.raises(ConfigError, match="No such file"):
        Themes(tmp_path / "config.toml").find("gone.toml")


def test_a_file_that_is_too_large_is_refused_whole(tmp_path: Path) -> None:
    file = tmp_path / "huge.toml"
    file.write_text(f'from = "light"\n#{"-" * 2**16}\n[inks]\nerror = "#ff0000"\n', "utf-8")
    read = read_theme(file, "huge")
    assert (read.scheme, read.faults) == (None, (f"{file}: larger than 64 KiB, which no theme is",))


def test_what_is_hard_to_read_is_told_with_the_figure(tmp_path: Path) -> None:
    write(tmp_path, '[inks]\nmuted = "#202830"\n')
    told = read_theme(tmp_path / "themes" / "ocean.toml", "ocean")
    assert told.scheme is not None
    assert told.warnings[0].startswith(
        f"{tmp_path / 'themes' / 'ocean.toml'}:2: muted #202830 on pane #12161c is hard to read: "
    )
    assert round(contrast("#000000", "#ffffff") or 0, 3) == 21
    assert contrast("#777777", "#777777") == 1
    assert contrast("ansi_red", "#000000") is None


def test_the_first_frame_has_the_theme_that_the_dashboard_will_have(tmp_path: Path) -> None:
    themes = write(tmp_path)
    ocean = themes.find("ocean")
    assert scheme_of("ocean", Session(), {}, themes) == ocean
    assert scheme_of("", Session(theme="ocean"), {}, themes) == ocean
    assert scheme_of("terminal", Session(), {}, themes) is TERMINAL
    assert scheme_of("ocean", Session(), {"NO_COLOR": "1"}, themes) is MONO
    write(tmp_path, "[")
    assert scheme_of("ocean", Session(), {}, themes) is DARK


@pytest.mark.parametrize(
    ("term", "colours"),
    [
        ("linux", ColorSystem.STANDARD),
        ("xterm-16color", ColorSystem.STANDARD),
        ("xterm-256color", ColorSystem.EIGHT_BIT),
        ("xterm-direct", ColorSystem.TRUECOLOR),
    ],
)
@pytest.mark.parametrize("scheme", SCHEMES, ids=lambda scheme: scheme.name)
def test_the_row_under_the_cursor_is_told_from_the_others_with_few_colours(
    scheme: Scheme, term: str, colours: ColorSystem
) -> None:
    unseen = unseen_grounds(scheme.variables, colours, {"TERM": term})
    inks = Inks(inks_of(scheme.variables, unseen=unseen))

    def seen(ground: str) -> tuple[str, bool, bool]:
        look = look_of(inks.get("text", ground), colours)
        shown = look.ground.replace("10", "4", 1) if term == "linux" and look.ground.startswith("10") else look.ground
        return shown, "7" in look.on, "4" in look.on

    assert len({seen(""), seen("cursor"), seen("cursor-off")}) == 3


@pytest.mark.parametrize("theme", ["dark", "light", "contrast", "mono"])
async def test_what_an_empty_line_asks_for_can_be_read(newsroom: Open, theme: str) -> None:
    async with newsroom(100, 30, theme=theme) as room:
        for key in ("colon", "escape", "slash"):
            await room.press(key)
            for line in room.app.screen.query(Input):
                style = line.get_component_rich_style("input--placeholder")
                assert style.color is not None
                assert style.bgcolor is not None
                assert style.color.triplet is not None
                assert style.bgcolor.triplet is not None
                assert (contrast(style.color.triplet.hex, style.bgcolor.triplet.hex) or 0) >= 4.5


async def test_a_theme_of_ones_own_is_used_and_comes_round_with_the_key(newsroom: Open, tmp_path: Path) -> None:
    themes = write(tmp_path)
    async with newsroom(60, 12, theme="ocean", themes=themes) as room:
        assert room.app.inks["accent"].color is not None
        assert room.app.inks["accent"].color.name == "#77ddff"
        assert room.app.inks["line"].color is not None
        assert room.app.inks["line"].color.name == "bright_blue"
        seen = [room.app.next_theme() for _ in range(6)]
        assert seen == ["dark", "light", "contrast", "mono", "terminal", "ocean"]
        room.screen.do_theme("ocaen")
        assert "did you mean 'ocean'?" in room.status
        for name in ("ansi-dark", "nord"):
            assert name in BUILTIN_THEMES
            room.app.use_theme(name)
        write(tmp_path, OCEAN, "a b.c")
        room.app.use_theme("themes/a b.c.toml")
        assert room.app.scheme is not None
        assert room.app.scheme.name == "a b.c"
        room.app.use_theme("contrast")
        assert room.app.scheme is CONTRAST
        await room.settle()


async def test_a_broken_theme_is_said_and_the_dark_one_is_used(newsroom: Open, tmp_path: Path) -> None:
    async with newsroom(120, 12, theme="ocean", themes=write(tmp_path, "[inks]\ntext = 1\n")) as room:
        assert room.app.scheme is DARK
        assert "inks.text: 1 is no colour" in room.status


async def test_without_colours_every_theme_is_the_monochrome_one(
    newsroom: Open, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("NO_COLOR", "1")
    left = tmp_path / "dashboard.json"
    left.write_text('{"theme": "newsdesk-light"}')
    async with newsroom(60, 12, theme="ocean", themes=write(tmp_path), session_file=left) as room:
        app: NewsdeskApp = room.app
        assert app.scheme is MONO
        assert app.inks["cursor"].reverse
    assert load_session(left).theme == "newsdesk-light", "whoever starts it once without colours finds their theme again"


async def test_a_theme_whose_name_is_no_word_is_there_again_at_the_next_start(newsroom: Open, tmp_path: Path) -> None:
    themes, left = write(tmp_path, OCEAN, "déjà vu"), tmp_path / "dashboard.json"
    async with newsroom(60, 12, themes=themes, session_file=left) as room:
        room.screen.do_theme("déjà vu")
    async with newsroom(60, 12, themes=themes, session_file=left) as room:
        assert room.app.scheme is not None
        assert room.app.scheme.name == "déjà vu"


@pytest.mark.parametrize("name", ["~nobody-of-that-name/ocean.toml", "n" * 300, "no/" + "n" * 300])
async def test_a_name_that_no_file_can_have_is_said_to_be_no_theme(newsroom: Open, tmp_path: Path, name: str) -> None:
    async with newsroom(theme=name, themes=write(tmp_path)) as room:
        assert room.app.scheme is DARK
        assert name[:30] in room.status
        room.app.use_theme("ocean")
        room.screen.do_theme(name)
        assert name[:30] in room.status


@pytest.mark.parametrize("colours", [ColorSystem.STANDARD, ColorSystem.EIGHT_BIT], ids=["16", "256"])
@pytest.mark.parametrize("scheme", [DARK, LIGHT, CONTRAST, MONO], ids=lambda scheme: scheme.short_name)
def test_with_few_colours_every_ink_keeps_the_contrast_that_it_has_with_all(scheme: Scheme, colours: ColorSystem) -> None:
    """16 are taken as the Linux console and as xterm have them."""
    inks = Inks(inks_of(scheme.variables, unseen=unseen_grounds(scheme.variables, colours, {}), dim=scheme.dim))
    for ink in (*INKS, "found", "link", "edge"):
        for ground in ("", "bar", "cursor", "cursor-off"):
            style = inks.get(ink, ground)
            assert style.color is not None
            assert style.bgcolor is not None
            meant = contrast(style.color.get_truecolor().hex, style.bgcolor.get_truecolor().hex) or 0
            there = contrast_shown(shown(style.color, colours, style.bgcolor), shown(style.bgcolor, colours))
            assert there >= min(4.5, meant), f"{ink} on {ground or 'pane'}: {there:.2f} of {meant:.2f}"


def test_few_colours_are_the_nearest_and_the_terminals_own_stay() -> None:
    slate = Color.parse(DARK.grounds[2])
    assert shown(slate, ColorSystem.EIGHT_BIT).number == 237, "a grey, and no teal"
    assert shown(slate, ColorSystem.TRUECOLOR) == slate
    assert shown(Color.parse("red"), ColorSystem.EIGHT_BIT, slate) == Color.parse("red")
    assert shown(Color.parse("default"), ColorSystem.STANDARD) == Color.parse("default")
