"""The taggers together: every tag filled, replies seen, nothing that a source knew overwritten."""

from __future__ import annotations

import gc
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import pytest

from newsdesk.model import Comment, Story
from newsdesk.tagging.tagger import answered, comment_language, detect_language, tag, tag_many
from newsdesk.topics import tag_topics_many

STORY = Story(
    title="Japan raises interest rates as inflation slows",
    body=(
        "TOKYO - The Bank of Japan raised its interest rate on Friday, the governor said, as inflation in Japan slowed.",
        "Economists had expected the central bank to wait. Shares of Japanese banks rose.",
    ),
    outlet="Example Times",
    comments=(
        Comment("At last a sensible decision. Well done, and thank you!", author="A"),
        Comment("You are an idiot if you believe this helps anyone.", author="B", reply_to=0),
        Comment("12 345", author="C"),
    ),
)


def test_every_tag_is_filled() -> None:
    tagged = tag(STORY)
    assert tagged.language == "en"
    assert tagged.topics
    assert tagged.topics[0].id == "medtop:04000000"
    assert tagged.countries
    assert tagged.countries[0].code == "JP"
    assert [one.sentiment.label if one.sentiment else None for one in tagged.comments] == ["positive", "negative", None]
    assert tagged.mood
    assert (tagged.mood.comments, tagged.mood.scored) == (3, 2)
    assert tagged.mood.tier == "base"


def test_what_was_printed_stays() -> None:
    tagged = tag(STORY)
    assert (tagged.title, tagged.body, tagged.outlet) == (STORY.title, STORY.body, STORY.outlet)
    assert [(one.text, one.author, one.reply_to) for one in tagged.comments] == [
        (one.text, one.author, one.reply_to) for one in STORY.comments
    ]


def test_what_the_source_knew_stays() -> None:
    tagged = tag(STORY.with_(language="fr", published_in="CA"))
    assert (tagged.language, tagged.published_in) == ("fr", "CA")


def test_tagging_twice_changes_nothing() -> None:
    once = tag(STORY)
    assert tag(once) == once


def test_many_stories_get_the_tags_of_each() -> None:
    other = Story(title="Le ministre de la santé veut soigner les hôpitaux", body=("Les médecins sont en grève à Paris.",))
    texts = [one.with_(title=f"{one.title} {number}") for number in range(45) for one in (STORY, other, Story())]
    plain = [one.with_(comments=()) for one in texts]
    apart = [tag(one) for one in plain]
    assert [_labels(one) for one in tag_many(plain)] == [_labels(one) for one in apart]
    assert [_labels(one) for one in tag_many(plain[::-1])] == [_labels(one) for one in apart[::-1]]
    assert len({one.topics[0].id for one in apart if one.topics}) > 1
    assert tag_many([]) == []


def _labels(story: Story) -> object:
    """What is said of it, with the last digits of the chances left out: they depend on what a story is worked out beside."""
    topics = [(one.id, round(one.score, 5), one.why) for one in story.topics]
    return (story.title, story.language, topics, story.countries, story.published_in)


def test_the_collector_is_as_it_was_after_tagging(monkeypatch: pytest.MonkeyPatch) -> None:
    tag_many([STORY])
    assert gc.isenabled()
    monkeypatch.setattr("newsdesk.tagging.tagger.tag_topics_many", lambda *_: 1 / 0)
    with pytest.raises(ZeroDivisionError):
        tag_many([STORY])
    assert gc.isenabled()


def test_a_story_that_the_taggers_fail_on_costs_no_other_its_tags(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    poison = Story(title="Poison", comments=(Comment("@maria"),), topics=tag(STORY).topics)
    stories = [STORY.with_(title=f"{STORY.title} {number}") for number in range(5)]

    def fail(stories: Sequence[Story], *rest: Any) -> Any:
        return 1 / 0 if poison in stories else tag_topics_many(stories, *rest)

    monkeypatch.setattr("newsdesk.tagging.tagger.tag_topics_many", fail)
    monkeypatch.setenv("XDG_STATE_HOME", str(tmp_path))
    *before, left, after = tag_many([*stories[:4], poison, stories[4]])
    assert [_labels(one) for one in (*before, after)] == [_labels(tag(one)) for one in stories]
    assert (left.title, left.topics, left.countries) == ("Poison", (), ())
    assert left.mood
    assert (left.mood.comments, left.mood.scored) == (1, 0)
    assert "ZeroDivisionError" in (tmp_path / "newsdesk" / "newsdesk.log").read_text("utf-8")


def test_taggers_that_do_not_work_at_all_leave_no_story_without_tags(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("newsdesk.tagging.tagger.tag_countries_many", lambda *_: 1 / 0)
    with pytest.raises(ZeroDivisionError):
        tag_many([STORY, STORY])


def test_an_empty_story_is_tagged() -> None:
    tagged = tag(Story())
    assert (tagged.language, tagged.comments, tagged.mood) == (None, (), None)


def test_a_story_of_comments_alone_has_their_language() -> None:
    comments = (Comment("C'est scandaleux, ils ne pensent jamais aux habitants de la ville et de ses quartiers."),)
    assert detect_language(Story(comments=comments)) == "fr"


def test_the_text_answered() -> None:
    comments = (Comment("first"), Comment("second", reply_to=0), Comment("third", answers="before"), Comment("x", reply_to=9))
    assert [answered(comments, at) for at in range(4)] == [None, "first", "before", None]


def test_a_short_comment_has_the_language_of_its_story() -> None:
    assert comment_language(Comment("ok"), "de") == "de"
    assert comment_language(Comment("Das ist eine Schande, und niemand will dafür die Verantwortung tragen."), "en") == "de"
