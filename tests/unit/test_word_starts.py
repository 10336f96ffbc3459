"""The start of a word is looked for in the newest stories' texts, in the index after them: always with the same answer."""

from __future__ import annotations

import random
from pathlib import Path

import pytest

from newsdesk.archive import lines, read, word_starts
from newsdesk.archive.word_starts import has_words, needle_of
from newsdesk.desk import Desk
from newsdesk.query.match import matches
from newsdesk.query.terms import Field, Words
from newsdesk.query.words import split_words
from newsdesk.tagging.drafts import dump_story
from tests.unit.desks import make_story, open_desk

TOWNS = ("harbour", "hard rain", "Wien", "Wörgl", "wide water", "日本海", "1984", "west-end")
QUERIES = (
    *("w*", "ha*", "title:w*", "body:w*", "wi*", '"wide wat*"', "日", "日本", "source:po*", "w* ha*", "w* -hard"),
    *(
        "-w*",
        "w* OR 日*",
        "(w* harbour) OR ha*",
        "is:unread w*",
        "topic:sport w*",
        "country:JP w*",
        "xyz*",
        "by*",
        "older:2026-01-12 w*",
    ),
)


def fill(desk: Desk) -> None:
    chance = random.Random(5)
    desk.keep(
        [
            make_story(
                str(at),
                f"{chance.choice(TOWNS)} {at % 9}",
                f"Of {chance.choice(TOWNS)} and the {chance.choice(TOWNS)} in {at % 7}.",
                "A second paragraph.",
                published=f"2026-01-{chance.randint(10, 28)}",
                byline="By Wilma" if at % 11 == 0 else None,
                source=chance.choice(("Test Wire", "Harbour Post")),
                hints=(("sport",), ("JP",), ())[at % 3],
                extra={"tags": ["wires"]} if at % 5 == 0 else {},
            )
            for at in range(150)
        ]
    )


@pytest.mark.parametrize(
    ("looked_through", "common", "named"), [(0, 1, 0), (1, 1, 400), (40, 1, 400), (1000, 1, 3), (1000, 41, 400)]
)
def test_texts_and_index_give_the_same(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, looked_through: int, common: int, named: int
) -> None:
    monkeypatch.setattr(read, "LOOKED_THROUGH", looked_through)
    monkeypatch.setattr(lines, "MOST_NAMED", named)
    monkeypatch.setattr(word_starts, "_COMMON", common)
    with open_desk(tmp_path) as desk:
        fill(desk)
        for query in QUERIES:
            every = [row.id for row in reversed(desk.rows(query, "oldest"))]  # by the index alone
            pages = [one.id for at in range(0, 160, 20) for one in desk.rows(query, limit=20, offset=at)]
            assert pages == every, query
            told = {row.id: (row.stories, row.unread) for row in desk.storyline_rows(query)}
            assert {row.id: (row.stories, row.unread) for row in desk.storyline_rows(query, "oldest")} == told
            assert sum(stories for stories, _ in told.values()) == len(every)
        assert desk.rows("w*", limit=5)


def test_what_few_stories_have_is_left_to_the_index(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    asked: list[str] = []

    def told(needle: str, field: Field, text: str) -> bool:
        asked.append(needle)
        return has_words(needle, field, text)

    monkeypatch.setattr(read, "LOOKED_THROUGH", 100)
    monkeypatch.setattr(read, "has_words", told)
    with open_desk(tmp_path) as desk:
        fill(desk)
        desk.rows("by*", limit=20)
        assert asked == []
        desk.rows("w*", limit=20)
        assert set(asked) == {" w"}
        assert len(asked) < 60, "no more is read than what fills the page"


def test_a_text_has_the_words_that_a_story_in_memory_has() -> None:
    story = make_story("1", "Wide «Wasser» day", "First para", "graph ends", byline="By Me", source="The Wire", outlet="Post 7")
    story = story.with_(extra={"tags": ["north", 7]})
    text = dump_story(story)
    for words in (
        "wide",
        "north",
        "7 north",
        "wasser day",
        "para graph",
        "paragraph",
        "me",
        "wire",
        "post 7",
        "first",
        "day first",
        "wire post",
    ):
        for field in ("any", "title", "body"):
            for prefix in (True, False):
                term = Words(tuple(split_words(words)), prefix, field)
                assert has_words(needle_of(term), field, text) == matches(term, story), (words, field, prefix)
