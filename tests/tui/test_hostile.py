"""Hostile text as everything a person can see: no control byte, no markup action, no crash, the text shown."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path

import pytest
from rich.segment import Segment
from textual import events
from textual.color import Color

from newsdesk.model import Comment, Origin, Story, StorylineRef
from tests.tui.conftest import Open
from tests.tui.fake_desk import FakeDesk
from tests.tui.hostile import HOSTILE
from tests.tui.morning import TOPICS, mood_of, morning
from tui.widgets.paint import DrawFilter


def hostile_stories(texts: Iterable[str]) -> list[Story]:
    """A story for each text, the text in every field, as if nothing had cleaned it on the way in."""
    made = []
    sentiment = morning()[0].comments[0].sentiment
    for number, text in enumerate(texts):
        thread = (Comment(text, text, text, -3, None, sentiment=sentiment), Comment(text, None, None, None, 0))
        topic = morning()[0].topics[0]
        letters = "".join("abcdefghij"[int(digit)] for digit in f"{number:04d}")
        made.append(
            Story(
                title=text if number % 3 else None,
                id=f"saaaaaa{letters}",
                body=(text, f"after {text}"),
                published=text if number % 2 else "2026-03-04",
                updated=text,
                source=text,
                outlet=text,
                byline=text,
                dateline=text,
                url=f"https://news.example/{text}" if number % 2 else text,
                origins=(Origin("page-text", path=text, item_id=text),),
                highlights=(text,),
                comments=thread,
                mood=mood_of(thread[:1]),
                topics=(type(topic)(TOPICS["crime"][0], text, 0.5, (text,)),),
                countries=tuple(type(c)(c.code, text, 0.4, (text,)) for c in morning()[0].countries),
                storyline=StorylineRef(f"taaaaaa{letters[:3]}{'abcde'[number % 5]}", text, 2, (text,)),
            )
        )
    return made


def assert_harmless(text: str) -> None:
    bad = {char for char in text if not char.isprintable() and char not in "\n\u200c\u200d"}
    assert not bad


async def walk_through(newsroom: Open, texts: tuple[str, ...], size: tuple[int, int]) -> None:
    desk = FakeDesk(hostile_stories(texts))
    desk.follow(morning()[0].topics[0].id, name=texts[0])
    async with newsroom(*size, desk=desk) as room:
        await room.press("f", "w", "O", "g")
        pane = room.screen.stories_pane
        for row in range(0, pane.rows, max(1, pane.rows // 15)):
            pane.go(row)
            await room.settle()
            assert_harmless(room.text)
        await room.press("3")
        assert_harmless(room.text)
        await room.press("4", "G", "5", "enter", "M", "question_mark", "escape", "y")
        assert_harmless(room.text)
        assert_harmless(room.status)
        assert room.app.is_running


@pytest.mark.parametrize("size", [(120, 40), (30, 9)])
async def test_our_own_set_in_every_field(newsroom: Open, size: tuple[int, int]) -> None:
    await walk_through(newsroom, HOSTILE, size)


async def test_searching_for_hostile_text(newsroom: Open) -> None:
    async with newsroom() as room:
        await room.press("slash")
        for text in (*HOSTILE[:12:2], *HOSTILE[12::3]):
            room.screen.search_box.value = ""
            room.screen.search_box.post_message(events.Paste(text))
            await room.settle()
            assert_harmless(room.text)
            assert_harmless(room.screen.search_box.value)
        await room.press("escape")


async def test_hostile_text_in_the_palette(newsroom: Open) -> None:
    async with newsroom() as room:
        await room.press("colon")
        for text in ("\x1b]0;x\x07", "[/x]", "[@click=app.quit]x"):
            focused = room.app.screen.focused
            assert focused is not None
            focused.post_message(events.Paste(text))
            await room.settle()
            assert_harmless(room.text)


def test_the_last_filter_cleans_what_a_widget_forgot() -> None:
    dirty = [Segment("fine"), Segment("\x1b[2J\x9b31m\tx"), Segment("\x1b[2J", None, [])]
    drawn = DrawFilter().apply(dirty, Color(0, 0, 0))
    assert [segment.text for segment in drawn[:2]] == ["fine", "[2J31m x"]


@pytest.mark.shared
async def test_shared_sets_in_every_field(newsroom: Open, shared: Path) -> None:
    texts: list[str] = []
    for folder in ("terminal-hostile", "blns"):
        for path in sorted((shared / "corpora" / folder).rglob("*")):
            if path.is_file() and path.suffix in (".txt", ".json"):
                texts += [line for line in path.read_text("utf-8", "replace").split("\n") if line.strip()][:400]
    assert len(texts) > 200
    await walk_through(newsroom, tuple(texts), (120, 40))
