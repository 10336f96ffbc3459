"""What a search looked for in comments is marked in their thread, and gone to by a key."""

from __future__ import annotations

from dataclasses import replace

import pytest

from newsdesk.model import Comment
from tests.tui.conftest import Open
from tests.tui.driving import Room
from tests.tui.fake_desk import FakeDesk
from tests.tui.morning import morning
from tui.drawing.found import INK, author_in_thread, sought_in_thread, words_in_thread
from tui.drawing.render import UNICODE
from tui.panes.thread import Thread, comment_lines


def marked_in(comment: Comment, query: str) -> list[str]:
    sought = sought_in_thread(query)
    lines = comment_lines(comment, 1, Thread(40, UNICODE, why=True), 0)
    lines = sought.mark(comment, lines) if sought else lines
    return [text for line in lines for text, ink in line if ink == INK]


@pytest.mark.parametrize(
    ("query", "found"),
    [
        ("comment:march", ["March", "march"]),
        ("commenter:march", ["March"]),
        ("comment:mar* -comment:away", ["March", "march"]),
        ('comment:"march away" OR commenter:nobody', ["march", "away"]),
        ("march", []),
        ("-comment:march", []),
        ("country:CL", []),
        ("(", []),
    ],
)
def test_what_is_sought_is_marked_where_it_was_sought(query: str, found: list[str]) -> None:
    comment = Comment("March on; we march away from it all, and far away it is.", "March Hare", "2026-03-12T10:00")
    assert marked_in(comment, query) == found


def test_an_endless_comment_is_marked_at_its_beginning() -> None:
    assert 300 < len(marked_in(Comment("march " * 20_000, "x"), "comment:march")) < 3_000


def test_words_and_authors() -> None:
    comment = Comment("Well said", "Zoë Klein")
    assert words_in_thread("zoe").is_in(comment)
    assert words_in_thread("sai").is_in(comment)
    assert author_in_thread("Zoë Klein").is_in(comment)
    assert not author_in_thread("Klein").terms[0].prefix
    assert not author_in_thread("!!").is_in(comment)


def long_thread() -> FakeDesk:
    first, second, *others = morning()
    said = tuple(Comment(f"Nothing of it {n}." + (" Oleander!" if n % 50 == 49 else ""), f"writer {n % 7}") for n in range(400))
    return FakeDesk([replace(first, comments=said), replace(second, comments=said[:3]), *others])


def in_sight(room: Room) -> list[str]:
    pane = room.screen.comments_pane
    top = pane.scroll_offset.y
    return [text for line in pane.lines[top : top + pane.inner_height] for text, ink in line if ink == INK]


async def test_the_list_finds_stories_by_comments_and_the_thread_shows_where(newsroom: Open) -> None:
    async with newsroom(120, 40, desk=long_thread()) as room:
        await room.press("slash")
        await room.type("comment:oleander")
        await room.press("enter", "4")
        pane = room.screen.comments_pane
        assert pane.story is not None
        assert not in_sight(room)
        for at in range(8):
            await room.press("full_stop")
            assert "Oleander" in in_sight(room)
            assert pane.talk.index(pane.at) == 50 * at + 49
        await room.press("full_stop")
        assert pane.talk.index(pane.at) == 49
        await room.press("escape", "escape")
        assert not any(ink == INK for line in pane.lines for _, ink in line)


async def test_what_is_found_in_one_thread_is_marked(newsroom: Open) -> None:
    async with newsroom(120, 40, desk=long_thread()) as room:
        await room.press("t", "4", "comma")
        await room.type("olean")
        await room.press("enter")
        assert in_sight(room) == ["Oleander"]
        await room.press("at")
        await room.type("writer 3")
        await room.press("enter")
        assert in_sight(room)
        assert set(in_sight(room)) <= {"writer", "3"}
        await room.press("2", "j", "4", "full_stop")  # in another thread nothing was looked for yet
        assert "Find in the thread" in room.text


async def test_the_next_story_of_the_search_has_it_marked_too(newsroom: Open) -> None:
    first, second, *others = morning()
    stories = [replace(story, comments=(Comment("Just oleander", "ada"),)) for story in (first, second)]
    async with newsroom(120, 40, desk=FakeDesk([*stories, *others])) as room:
        await room.press("slash")
        await room.type("comment:oleander")
        await room.press("enter", "t", "j")
        assert in_sight(room) == ["oleander"]
        await room.press("k")
        assert in_sight(room) == ["oleander"]
