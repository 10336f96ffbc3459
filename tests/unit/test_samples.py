"""The sample seeds: what a newcomer sees first is read whole, in many layouts, and looks like a morning in a newsroom."""

from __future__ import annotations

from collections import Counter
from pathlib import Path

import pytest

import newsdesk
from fetchers.seeds import Reader, whole
from newsdesk.ingest import identify
from newsdesk.model import Story
from newsdesk.storylines import Grouper, MemoryProfiles, refs
from newsdesk.tagging.tagger import tag

SAMPLES = Path(newsdesk.__file__).parent / "data" / "samples"


@pytest.fixture(scope="module")
def stories() -> list[Story]:
    reader = Reader()
    seeds = [whole(reader.read(path)) for path in reader.find([str(SAMPLES)]) if isinstance(path, Path)]
    assert [str(problem) for seed in seeds for problem in seed.problems] == []
    tagged = [tag(story) for story in identify([story for seed in seeds for story in seed.stories])]
    return refs(tagged, Grouper(MemoryProfiles()).group(tagged))


def test_there_is_enough_of_everything(stories: list[Story]) -> None:
    lines = Counter(story.storyline.id for story in stories if story.storyline)
    assert len(list(SAMPLES.iterdir())) >= 12
    assert len(stories) >= 20
    assert sum(size > 1 for size in lines.values()) >= 6
    assert len({country.code for story in stories for country in story.countries}) >= 15
    assert len({topic.id for story in stories for topic in story.topics}) >= 12
    assert sum(len(story.comments) for story in stories) >= 90
    assert len({story.language for story in stories}) >= 4


def test_nothing_of_a_page_is_taken_for_news(stories: list[Story]) -> None:
    text = "\n".join(paragraph for story in stories for paragraph in story.body)
    for furniture in (
        "Short Url",
        "Follow\n",
        "All rights reserved",
        "Unsubscribe",
        "Tags:",
        "Comparte esta",
        "À lire aussi",
        "▲",
    ):
        assert furniture not in text


def test_the_long_affairs_are_one_storyline_each(stories: list[Story]) -> None:
    for word in ("Iquique", "Rotterdam", "Hibari", "Moyale"):
        about = [story for story in stories if word in " ".join([story.title or "", *story.body[:2]])]
        lines = Counter(story.storyline.id for story in about if story.storyline)
        assert len(about) >= 2
        assert lines.most_common(1)[0][1] >= len(about) - 1, word
