"""What a search looked for is marked in the text, and gone to by a key."""

from __future__ import annotations

import itertools
from dataclasses import replace

import pytest

from newsdesk.query.words import index_words, words_with_places
from tests.tui.conftest import Open
from tests.tui.driving import Room
from tests.tui.fake_desk import FakeDesk
from tests.tui.morning import morning
from tui.drawing.found import INK, Sought, found_lines, mark, sought_by, sought_words
from tui.drawing.render import Line, wrap
from tui.panes.article import ArticlePane


def marked(lines: list[Line]) -> list[str]:
    return [text for line in lines for text, ink in line if ink == INK]


def lines_of(text: str, width: int = 30) -> list[Line]:
    return [((" ", ""), (line, "text")) for line in wrap(text, width)]


@pytest.mark.parametrize(
    ("query", "text", "found"),
    [
        ("marwick", "Isla Marwick said. Marwicks did not.", ["Marwick"]),
        ("marw*", "Isla Marwick said. Marwicks did not.", ["Marwick", "Marwicks"]),
        ("SACO", "nadie sacó el auto", ["sacó"]),
        ('"strong quake"', "A quake, a strong aftershock, then a strong quake in the north", ["strong", "quake"]),
        ("quake OR title:fire -flood", "fire, flood and quake", ["fire", "quake"]),
        ("-(quake fire)", "fire and quake", []),
        ("/qu.k/ country:CL", "quake", ["quak"]),
        ("地震", "昨日の地震は大きい", ["地震"]),
        ("震", "昨日の地震は大きい", ["震は"]),
        ("cote", "Côte d’Ivoire", ["Côte"]),
        ("country:CL is:unread", "Chile", []),
        ("(", "what can't be read", []),
        ("שלום", "אמר שָׁלוֹם לכולם", ["שָׁלוֹם"]),
    ],
)
def test_what_is_sought_is_marked_as_the_search_finds_it(query: str, text: str, found: list[str]) -> None:
    sought = sought_by(query)
    lines = mark(lines_of(text), sought) if sought else lines_of(text)
    assert marked(lines) == found
    plain = ["".join(part for part, _ in line) for line in lines]
    assert plain == ["".join(part for part, _ in line) for line in lines_of(text)]


def test_a_phrase_that_goes_on_in_the_next_line_is_marked_in_both() -> None:
    sought = sought_by('"north of the town"')
    assert sought
    lines = mark(lines_of("It struck north of the town", 20), sought)
    assert marked(lines) == ["north", "of", "the", "town"]
    assert found_lines(lines) == [0, 1]


def test_patterns_that_take_too_long_leave_the_words_marked(monkeypatch: pytest.MonkeyPatch) -> None:
    sought, lines = Sought(((("ships",), False),), ("p.rt",)), [(("Ships in port", ""),)]
    assert [text for text, ink in mark(lines, sought)[0] if ink == INK] == ["Ships", "port"]
    monkeypatch.setattr("tui.drawing.found.MOST_S", 0.0)
    assert [text for text, ink in mark(lines, sought)[0] if ink == INK] == ["Ships"]


def test_marks_do_not_hang_on_how_busy_the_machine_is(monkeypatch: pytest.MonkeyPatch) -> None:
    lines = [((f"A port {at}", ""),) for at in range(3)]
    with monkeypatch.context() as patch:  # between any two steps others had the processor for a minute
        patch.setattr("time.monotonic", itertools.count(0, 60).__next__)
        marked_lines = found_lines(mark(lines, Sought((), ("p.rt",))))
    assert marked_lines == [0, 1, 2]


def test_words_with_places_are_the_words_that_are_searched() -> None:
    texts = (
        "Isla Marwick, 34, said: “Côte d’Ivoire”",
        "昨日の地震、M7",
        "हिन्दी में",
        "naïve café",
        "Wałęsa",
        "x" * 70,
        "a_b 😀 c",
    )
    for text in texts:
        assert [token for *_, token in words_with_places(text)] == index_words(text)
        assert all(index_words(text[start:end])[0] == token for start, end, token in words_with_places(text))


def long_text() -> FakeDesk:
    first, *others = morning()
    body = tuple(f"Paragraph {n} says nothing of it at all." + (" But Oleander does." if n % 9 == 8 else "") for n in range(36))
    return FakeDesk([replace(first, body=body), *others])


def in_sight(room: Room) -> list[str]:
    pane = room.screen.article_pane
    top = pane.scroll_offset.y
    return marked(pane.lines[top : top + pane.inner_height])


async def test_what_the_search_found_is_marked_and_gone_to(newsroom: Open) -> None:
    async with newsroom(120, 40, desk=long_text()) as room:
        await room.press("slash")
        await room.type("oleander")
        await room.press("enter", "enter")
        pane = room.screen.article_pane
        assert marked(pane.lines) == ["Oleander"] * 4
        assert not in_sight(room)
        places = []
        for at in range(1, 5):
            await room.press("full_stop")
            assert in_sight(room)
            assert f"found in line {at} of 4" in room.status
            places.append(pane.scroll_offset.y)
        assert places == sorted(places)
        await room.press("full_stop")
        assert "found in line 1 of 4" in room.status
        await room.press("escape", "escape")
        assert marked(pane.lines) == []


async def test_words_are_found_in_the_article(newsroom: Open) -> None:
    async with newsroom(120, 40, desk=long_text()) as room:
        await room.press("3", "full_stop")  # nothing was looked for yet: it asks
        await room.type("olean")
        await room.press("enter")
        assert in_sight(room)
        await room.press("comma")
        await room.type("nowhere")
        await room.press("enter")
        assert "no word of this text" in room.status
        assert marked(room.screen.article_pane.lines) == []


async def test_words_are_found_on_the_storyline_screen(newsroom: Open) -> None:
    async with newsroom(160, 48) as room:
        await room.press("6", "tab", "comma")
        await room.type("the")
        await room.press("enter")
        assert marked(room.app.screen.query_one(ArticlePane).lines)


def test_nothing_to_look_for_is_nothing_sought() -> None:
    assert sought_words(" … ") is None
    assert sought_by("") is None
