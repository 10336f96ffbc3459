"""A story that the archive keeps is read in parts: with the same result as when it is read whole."""

from __future__ import annotations

import json
from dataclasses import replace

import pytest

from newsdesk.model import Comment, Judgement, Mood, Sentiment, Story
from newsdesk.tagging.drafts import dump_story, dump_tags, load_story
from newsdesk.threads import kept_text
from newsdesk.threads.kept_text import KeptComments, authors_of, changes, cut_thread, replies_of, without_comments

GLAD = Sentiment("positive", 0.5, 0.9, why=('so "author":', "thanks"))
CROSS = Sentiment("negative", -0.5, 0.8, sarcasm=True)
COMMENTS = (
    Comment('"comments":[{"a":1}],"mood":null', '"}],"mood":{"author":', "2026-01-02", 0, None),
    Comment('{"author":"x","reply_to":7}', None, None, None, 0, answers='}],"mood":', seen="2026-01-02T10:00:00Z"),
    Comment("line one\nline two", "Ünal", None, -3, 1),
    Comment("last", "b", reply_to=99),
)
STORY = Story(
    title='"comments":[{"author":',
    body=('}],"mood":', "two"),
    comments=COMMENTS,
    mood=Mood(4, 2, 1, 0, 1, 0, None, None),
    extra={"comments": [{"author": 1}], "mood": 2},
)


@pytest.fixture(autouse=True)
def _every_thread_is_long(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(kept_text, "LONG", 2)


def told() -> Story:
    """With moods, and a person's word on one of them."""
    moods = (GLAD, None, CROSS, None)
    judged = (None, None, Judgement("negative", GLAD), None)
    comments = zip(COMMENTS, moods, judged, strict=True)
    return STORY.with_(comments=tuple(replace(one, sentiment=mood, judged=word) for one, mood, word in comments))


def read_in_parts(text: str, tags: str | None) -> Story:
    cut = cut_thread(text, tags)
    assert cut is not None
    text, tags, comments = cut
    assert json.loads(text)["comments"] == []
    return load_story(text, tags, comments=comments)


def test_comments_are_left_out_and_nothing_else() -> None:
    bare = dump_story(STORY.with_(comments=()))
    assert without_comments(dump_story(STORY)) == bare
    assert without_comments(bare) == bare
    assert without_comments(dump_story(STORY, ['"own"'])) == dump_story(STORY.with_(comments=()), ['"own"'])


@pytest.mark.parametrize("tagged_apart", [False, True])
def test_a_long_thread_is_the_same_however_it_is_read(tagged_apart: bool) -> None:
    text, tags = (dump_story(STORY), dump_tags(told())) if tagged_apart else (dump_story(told()), None)
    whole, parts = load_story(text, tags), read_in_parts(text, tags)
    assert isinstance(parts.comments, KeptComments)
    assert parts == whole
    assert whole == parts
    assert parts.comments[-1] == whole.comments[-1]
    assert parts.comments[1:3] == tuple(whole.comments[1:3])
    assert parts.comments[0] is parts.comments[0]
    assert [*parts.comments] == [*whole.comments]
    assert replies_of(parts.comments) == replies_of(whole.comments) == [None, 0, 1, 99]
    assert authors_of(parts.comments) == authors_of(whole.comments) == [comment.author for comment in whole.comments]
    with pytest.raises(IndexError):
        parts.comments[4]
    assert parts.comments != whole.comments[:-1]
    assert dump_story(parts) == dump_story(whole)


def test_what_changed_in_a_thread_is_known_without_making_it() -> None:
    first, then = read_in_parts(dump_story(STORY), None), read_in_parts(dump_story(STORY), dump_tags(told()))
    assert changes(first.comments, then.comments) == [0, 2]
    assert changes(first.comments, first.comments) == []
    assert changes(first.comments, told().comments) == [0, 2]
    assert changes(first.comments, STORY.comments[:3]) is None
    moved = tuple(replace(one, reply_to=0) for one in COMMENTS)
    assert changes(first.comments, moved) is None
    cut = read_in_parts(dump_story(STORY.with_(comments=COMMENTS[::-1])), None)
    assert changes(first.comments, cut.comments) is None


def test_what_was_kept_another_way_is_read_whole() -> None:
    text = dump_story(STORY)
    assert cut_thread(json.dumps(json.loads(text)), None) is None
    assert cut_thread(text, '{"language":null}') is None
    assert cut_thread(dump_story(STORY.with_(comments=COMMENTS[:1])), None) is None
    assert cut_thread(dump_story(STORY.with_(comments=())), None) is None
