"""The paper: what is written, and nothing more, makes the terminal show what it should, whatever was there before."""

from __future__ import annotations

import random
import re

import pyte
import pytest
from rich.color import ColorSystem
from rich.segment import Segment
from rich.style import Style

from tui.terminal.paper import Paper, cells_of, is_sure, look_of
from tui.terminal.pen import PLAIN, turn

WIDTH, HEIGHT = 40, 12
GROUND = Style(color="#c9c6bd", bgcolor="#12161c")
STYLES = (
    GROUND,
    Style(color="#8b93a0", bgcolor="#12161c"),
    Style(color="#f3eee1", bgcolor="#2a3646", bold=True),
    Style(color="#f3eee1", bgcolor="#2a3646", italic=True),
    Style(reverse=True),
    Style(underline=True, color="red"),
    Style(),
)
WORDS = ("plain words ", "   ", "                 ", "né à Łódź ", "東京で地震 ", "●▸│…", "x", "한국어", "Привет ")


def _terminal() -> tuple[pyte.Screen, pyte.ByteStream]:
    screen = pyte.Screen(WIDTH, HEIGHT)
    return screen, pyte.ByteStream(screen)


def _line(chance: random.Random, width: int) -> list[Segment]:
    """Segments of exactly `width` cells."""
    segments: list[Segment] = []
    while width > 0:
        text = chance.choice(WORDS)
        cells = cells_of(text)[:width]
        if cells and len(cells) == width and cells_of("".join(cells)) != cells:  # half a wide character
            cells = [" "] * width
        segments.append(Segment("".join(cells), chance.choice(STYLES)))
        width -= len(cells)
    return segments


def _seen(screen: pyte.Screen) -> list[list[tuple[object, ...]]]:
    """Every cell as the eye has it: the ink of a blank is not seen."""
    lines = []
    for y in range(HEIGHT):
        row = [screen.buffer[y][x] for x in range(WIDTH)]
        lines.append(
            [
                (c.data, c.bg, c.reverse, c.underscore, *(() if c.data == " " else (c.fg, c.bold, c.italics)))
                if c.data != " " or c.reverse or c.underscore
                else (" ", c.bg)
                for c in row
            ]
        )
    return lines


@pytest.mark.parametrize("erases", [False, True])
def test_what_is_written_over_another_frame_is_what_a_new_terminal_would_show(erases: bool) -> None:
    chance = random.Random(11)
    paper = Paper(erases=erases)
    paper.resize(WIDTH, HEIGHT)
    screen, stream = _terminal()
    shown = [_line(chance, WIDTH) for _ in range(HEIGHT)]
    stream.feed(paper.show((y, 0, line) for y, line in enumerate(shown)).encode())
    for _ in range(150):
        changed = {}
        for y in chance.sample(range(HEIGHT), chance.randrange(1, HEIGHT)):
            begin = chance.randrange(len(shown[y]) + 1)
            kept = shown[y][:begin]
            x = sum(segment.cell_length for segment in kept)
            changed[y] = (x, [*kept, *_line(chance, WIDTH - x)])
        stream.feed(paper.show((y, x, line[-_after(line, x) :]) for y, (x, line) in changed.items() if x < WIDTH).encode())
        for y, (_, line) in changed.items():
            shown[y] = line
        fresh, whole = _terminal()
        new = Paper()
        new.resize(WIDTH, HEIGHT)
        whole.feed(new.show((y, 0, line) for y, line in enumerate(shown)).encode())
        assert _seen(screen) == _seen(fresh)
    assert paper.show((y, 0, line) for y, line in enumerate(shown)) == ""


def _after(line: list[Segment], x: int) -> int:
    """How many segments stand from column `x` on."""
    number = 0
    at = sum(segment.cell_length for segment in line)
    for segment in reversed(line):
        if at <= x:
            break
        at -= segment.cell_length
        number += 1
    return number


@pytest.mark.parametrize("erases", [False, True])
def test_lines_that_only_moved_are_moved_by_the_terminal_and_nothing_else_is(erases: bool) -> None:
    chance = random.Random(23)
    paper = Paper(erases=erases)
    paper.resize(WIDTH, HEIGHT)
    screen, stream = _terminal()
    shown = [_line(chance, WIDTH) for _ in range(HEIGHT)]
    stream.feed(paper.show((y, 0, line) for y, line in enumerate(shown)).encode())
    moved = 0
    for _ in range(300):
        top = chance.randrange(HEIGHT - 3)
        bottom = chance.randrange(top + 2, HEIGHT)
        by = chance.choice((-3, -2, -1, 1, 1, 2))
        part = shown[top : bottom + 1]
        fresh = [_line(chance, WIDTH) for _ in range(min(abs(by), len(part)))]
        part = [*part[by:], *fresh] if by > 0 else [*fresh, *part[:by]]
        for at in chance.sample(range(len(part)), chance.choice((0, 0, 1, 2))):
            part[at] = chance.choice((_line(chance, WIDTH), [Segment(" " * WIDTH, GROUND)]))
        shown[top : bottom + 1] = part[: bottom + 1 - top]
        given = range(top, bottom + 1) if chance.random() < 0.7 else range(HEIGHT)
        written = paper.show((y, 0, shown[y]) for y in given)
        moved += bool(re.search(r"\x1b\[\d+;\d+r\x1b\[\d+;1H\x1b\[\d+[ML]\x1b\[r", written))
        stream.feed(written.encode())
        whole, seen = _terminal()
        new = Paper()
        new.resize(WIDTH, HEIGHT)
        seen.feed(new.show((y, 0, line) for y, line in enumerate(shown)).encode())
        assert _seen(screen) == _seen(whole)
    assert moved > 100
    assert paper.show((y, 0, line) for y, line in enumerate(shown)) == ""


def test_a_list_that_scrolls_by_a_line_costs_little() -> None:
    paper = Paper()
    paper.resize(WIDTH, HEIGHT)
    lines = [[Segment(f"{chr(97 + at) * 20} {at}".ljust(WIDTH), GROUND)] for at in range(HEIGHT + 1)]
    paper.show((y, 0, line) for y, line in enumerate(lines[:HEIGHT]))
    up = paper.show((y, 0, line) for y, line in enumerate(lines[1:]))
    assert up.startswith("\x1b[1;12r\x1b[1;1H\x1b[1M\x1b[r")
    assert len(up) < 120
    down = paper.show((y, 0, line) for y, line in enumerate(lines[:HEIGHT]))
    assert down.startswith("\x1b[1;12r\x1b[1;1H\x1b[1L\x1b[r")
    assert len(down) < 120


def test_two_panes_one_below_the_other_that_scroll_together_are_moved_each() -> None:
    """The border between them stands still, and is not written: both panes were written whole."""
    paper = Paper()
    paper.resize(WIDTH, HEIGHT)
    upper, lower = (
        [[Segment(f"{chr(start + at) * 20} {at}".ljust(WIDTH), GROUND)] for at in range(HEIGHT)] for start in (97, 65)
    )
    border = [Segment("-" * WIDTH, GROUND)]
    half = HEIGHT // 2

    def panes(at: int) -> dict[int, list[Segment]]:
        return dict(enumerate([*upper[at : at + half], border, *lower[at : at + HEIGHT - half - 1]]))

    paper.show((y, 0, line) for y, line in panes(0).items())
    moved = paper.show((y, 0, line) for y, line in panes(1).items() if y != half)
    assert moved.count("\x1b[1M") == 2
    assert len(moved) < 200


def test_what_stands_beside_lines_that_move_is_left_alone() -> None:
    paper = Paper()
    paper.resize(WIDTH, HEIGHT)
    beside = WIDTH - 10
    texts = [f"{chr(97 + at) * 20} {at}".ljust(beside) for at in range(HEIGHT + 1)]
    paper.show((y, 0, [Segment(text + "here still", GROUND)]) for y, text in enumerate(texts[:HEIGHT]))
    assert "\x1b[r" not in paper.show((y, 0, [Segment(text, GROUND)]) for y, text in enumerate(texts[1:]))


@pytest.mark.parametrize("erases", [False, True])
def test_what_is_shown_over_something_else_in_one_go_stands_over_it(erases: bool) -> None:
    chance = random.Random(5)
    for _ in range(60):
        paper = Paper(erases=erases)
        paper.resize(WIDTH, HEIGHT)
        screen, stream = _terminal()
        given = [(y, 0, _line(chance, WIDTH)) for y in range(HEIGHT)]
        over = [(y, x, _line(chance, 9)) for y in chance.sample(range(HEIGHT), 5) for x in (3, chance.randrange(WIDTH - 9))]
        stream.feed(paper.show([*given, *over]).encode())
        whole, one_by_one = _terminal()
        new = Paper(erases=erases)
        new.resize(WIDTH, HEIGHT)
        for stretch in (*given, *over):
            one_by_one.feed(new.show([stretch]).encode())
        assert _seen(screen) == _seen(whole)


def test_only_what_differs_is_written() -> None:
    paper = Paper()
    paper.resize(WIDTH, HEIGHT)
    text = "a line of text that is there already"
    paper.show([(3, 0, [Segment(text, GROUND)])])
    again = paper.show([(3, 0, [Segment(text[:20], GROUND), Segment("X", GROUND), Segment(text[21:], GROUND)])])
    assert again.startswith("\x1b[4;21H")
    assert again.endswith("X\x1b[m")
    assert text[22:] not in again
    paper.forget()
    assert text in paper.show([(3, 0, [Segment(text, GROUND)])])


@pytest.mark.parametrize("sign", ["👩‍🚀", "e\u0301", "☎\ufe0f", "\U0001f1e9\U0001f1ea", "\u0e33"])
def test_the_cursor_is_placed_anew_after_a_sign_of_doubtful_width(sign: str) -> None:
    paper = Paper()
    paper.resize(WIDTH, HEIGHT)
    text = f"ab{sign}cd"
    assert not is_sure(sign)
    column = len(cells_of(f"ab{sign}"))
    written = paper.show([(0, 0, [Segment(text)])])
    assert f"{sign}\x1b[1;{column + 1}Hcd" in written
    assert f"\x1b[1;1Hab{sign}" in paper.show([(0, 0, [Segment(f"ab{sign}cX")])]), "the stretch is written whole"


@pytest.mark.parametrize("text", ["✈️☎️ in", "a ❤️‍🔥 b", "1️⃣2️⃣ ©️", "👩🏽‍🤝‍👨🏿 meet", "日本✈️東京"])
def test_no_letter_shows_through_where_the_terminal_has_fewer_cells_for_a_sign(text: str) -> None:
    paper = Paper()
    paper.resize(WIDTH, HEIGHT)
    screen, stream = _terminal()
    stream.feed(paper.show([(0, 0, [Segment("#" * WIDTH, GROUND)])]).encode())
    stream.feed(
        paper.show([(0, 0, [Segment("".join([*cells_of(text), *" " * (WIDTH - len(cells_of(text)))]), GROUND)])]).encode()
    )
    assert "#" not in "".join(screen.buffer[0][x].data for x in range(WIDTH))


def test_each_emoji_of_a_run_begins_where_it_was_placed() -> None:
    paper = Paper()
    paper.resize(WIDTH, HEIGHT)
    written = paper.show([(0, 0, [Segment("👍🏽👍🏿👋🏻 hands")])])
    assert "👍🏽\x1b[1;3H👍🏿\x1b[1;5H👋🏻\x1b[1;7H hands" in written
    assert "❤️\u200d🔥" in paper.show([(1, 0, [Segment("❤️‍🔥")])]), "a joined sign stays together"


def test_nothing_is_written_beyond_the_edges() -> None:
    paper = Paper()
    paper.resize(4, 2)
    assert "five" not in paper.show([(0, 0, [Segment("four five")])])
    assert paper.show([(2, 0, [Segment("below")]), (-1, 0, [Segment("above")]), (0, 9, [Segment("right")])]) == ""


def test_turning_from_one_look_to_another_names_only_what_changes() -> None:
    bold = look_of(Style(bold=True, color="#010203", bgcolor="#040506"), ColorSystem.TRUECOLOR)
    dim_bold = look_of(Style(bold=True, dim=True, color="#010203", bgcolor="#040506"), ColorSystem.TRUECOLOR)
    other = look_of(Style(bold=True, color="#0a0b0c", bgcolor="#040506"), ColorSystem.TRUECOLOR)
    assert turn(bold, other) == "\x1b[38;2;10;11;12m"
    assert turn(bold, PLAIN) == "\x1b[m"
    assert turn(dim_bold, bold) == "\x1b[22;1m"
    assert look_of(Style(color="default"), ColorSystem.TRUECOLOR) == PLAIN


def test_of_a_map_only_the_dots_that_change_are_written() -> None:
    paper = Paper()
    paper.resize(WIDTH, HEIGHT)
    land = "⢕⢕▓▓⢕⢕" * 6
    paper.show([(2, 0, [Segment(land, GROUND)])])
    assert paper.show([(2, 0, [Segment(land[:9] + "█" + land[10:], GROUND)])]).count("⢕") <= 2
