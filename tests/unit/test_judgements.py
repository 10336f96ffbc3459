"""A person's word on a comment's mood: kept with its comment, counted, undone, and given out as labels."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from newsdesk.desk import Desk
from newsdesk.errors import UsageError
from newsdesk.model import Comment, Mood, MoodLabel, Sentiment, Story
from newsdesk.person.judgements import as_read, labels, note_of, put_over
from newsdesk.ports import Discussion
from newsdesk.sentiment import summarise
from tests.unit.desks import NOW, assert_well, make_story, paths, whole_stories

LATER = "An engineer added that the sluice would be looked at on Monday."


def tag(story: Story) -> Story:
    """A mood by a word of each comment."""

    def read(comment: Comment) -> Sentiment:
        label: MoodLabel = "negative" if "bad" in comment.text else "positive" if "good" in comment.text else "neutral"
        return Sentiment(label, 0.0, 0.8, sarcasm="sure" in comment.text, why=("a word",))

    said = tuple(replace(comment, sentiment=read(comment)) for comment in story.comments)
    return story.with_(comments=said, mood=summarise(said))


def open_desk(root: Path) -> Desk:
    return Desk.open(paths(root), now=lambda: NOW, tag=tag)


THREAD = (
    Comment("oh good, sure", "ada", "2026-01-10T10:00", 4),
    Comment("bad, and bad again", "ben"),
    Comment("what time is it"),
)
STORY = make_story("1", "A sluice jams", "The sluice jammed.", comments=THREAD)


def only(desk: Desk) -> Story:
    (story,) = whole_stories(desk)
    return story


def counts(desk: Desk) -> tuple[int, int, int, str]:
    (row,) = desk.rows()
    words = [word for word in ("negative", "neutral", "positive", "mixed", "none") if desk.count(f"mood:{word}")]
    return row.mood.negative, row.mood.neutral, row.mood.positive, " ".join(words)


def moods(story: Story) -> list[str | None]:
    return [comment.sentiment.label if comment.sentiment else None for comment in story.comments]


def test_a_judgement_is_counted_and_taken_back(tmp_path: Path) -> None:
    with open_desk(tmp_path) as desk:
        desk.keep([STORY])
        before = only(desk)
        assert counts(desk) == (1, 1, 1, "mixed")
        desk.judge(before.id, before.comments[0], "negative")
        after = only(desk)
        assert counts(desk) == (2, 1, 0, "negative")
        assert after.mood is not None
        assert after.mood.share == 0.667
        first = after.comments[0]
        assert first.judged is not None
        assert (first.judged.label, first.judged.read) == ("negative", before.comments[0].sentiment)
        assert first.sentiment == Sentiment("negative", -1.0, 1.0, False, True, False, ("a person said so",))
        desk.judge(before.id, first, "none")
        assert moods(only(desk)) == [None, "negative", "neutral"]
        assert only(desk).comments[0].judged == replace(first.judged, label=None)
        assert "called a comment not scored: “oh good, sure”" in str(desk.undo())
        assert counts(desk) == (2, 1, 0, "negative")
        assert "called a comment negative" in str(desk.undo())
        assert only(desk) == before
        assert desk.notebook.docs("moods") == []
        assert_well(desk)


def test_undo_tells_a_long_heading_whole_and_shows_where_a_longer_text_was_cut(tmp_path: Path) -> None:
    title = "City council votes to close Harbour Road to private cars from spring on, shops object"
    with open_desk(tmp_path) as desk:
        desk.keep([STORY.with_(title=title, comments=(replace(STORY.comments[0], text="so it goes " * 40),))])
        story = only(desk)
        desk.judge(story.id, story.comments[0], "neutral")
        assert str(desk.undo()).endswith(" so it…”")
        desk.label(story.id, countries=("CL",))
        assert f"labelled “{title}”" in str(desk.undo())


def test_the_same_again_is_no_step_and_the_models_can_speak_again(tmp_path: Path) -> None:
    with open_desk(tmp_path) as desk:
        desk.keep([STORY])
        before = only(desk)
        desk.judge(before.id, before.comments[1], "neutral")
        desk.judge(before.id, only(desk).comments[1], "neutral")
        assert len(desk.notebook.docs("moods")) == 1
        desk.judge(before.id, only(desk).comments[1], "machine")
        assert only(desk) == before
        desk.undo()
        assert moods(only(desk))[1] == "neutral"
        assert "called a comment neutral" in str(desk.undo())
        assert desk.undo() is None
        with pytest.raises(UsageError, match="not in its thread"):
            desk.judge(before.id, Comment("never said", "eve"), "neutral")
        with pytest.raises(UsageError, match="can be said to be"):
            desk.judge(before.id, before.comments[0], "angry")  # type: ignore[arg-type]


def test_a_comment_that_is_edited_while_its_story_is_tagged_is_read_as_it_is(tmp_path: Path) -> None:
    edited = Discussion(None, None, "x", (replace(THREAD[0], text="bad after all"),), whole=False)

    def slow(story: Story) -> Story:
        if story.comments[0] == THREAD[0]:
            with open_desk(tmp_path) as other:
                other.add_comments(story.id, edited)
        return tag(story)

    with Desk.open(paths(tmp_path), now=lambda: NOW, tag=slow) as desk:
        with desk.taking_in() as intake:
            intake.take([STORY])
        while desk.waiting():
            desk.finish()
        assert only(desk).comments[0].text == "bad after all"
        assert moods(only(desk)) == ["negative", "negative", "neutral"]
        assert counts(desk)[:3] == (2, 1, 0)
        assert_well(desk)


def test_it_stays_with_its_comment_over_refreshes_and_revisions(tmp_path: Path) -> None:
    with open_desk(tmp_path) as desk:
        desk.keep([STORY])
        story = only(desk)
        desk.judge(story.id, story.comments[1], "positive")
        newcomer = Comment("good day", "zoe")
        desk.keep([STORY.with_(body=("The sluice jammed.", LATER), comments=(newcomer, *THREAD))])
        assert (only(desk).revision, moods(only(desk))) == (2, ["positive", "positive", "positive", "neutral"])
        assert [bool(comment.judged) for comment in only(desk).comments] == [False, False, True, False]
    with open_desk(tmp_path) as desk:
        thread = Discussion(None, None, "x", (THREAD[1], replace(THREAD[0], votes=9)), whole=False)
        desk.add_comments(story.id, thread)
        assert only(desk).comments[2].judged is not None
        assert counts(desk)[:3] == (0, 1, 3)


def test_it_survives_a_new_archive_and_goes_with_its_story(tmp_path: Path) -> None:
    with open_desk(tmp_path) as desk:
        desk.keep([STORY])
        story = only(desk)
        desk.judge(story.id, story.comments[2], "negative")
    for file in (tmp_path / "data").glob("archive*"):
        file.unlink()
    with open_desk(tmp_path) as desk:
        with desk.taking_in() as intake:
            intake.take([STORY])
        desk.finish()
        assert moods(only(desk)) == ["positive", "negative", "negative"]
        assert only(desk).comments[2].judged is not None
        assert desk.judged_stories() == [story.id]
        desk.forget([story.id])
        assert desk.notebook.docs("moods") == []


def test_an_edited_comment_is_the_same_where_author_and_moment_name_one() -> None:
    story = tag(STORY.with_(id="s1"))
    note = note_of("s1", story.comments[0], "neutral")
    edited = tag(story.with_(comments=(replace(THREAD[0], text="oh good, sure (edited)"), *THREAD[1:])))
    assert moods(put_over(edited, [note])) == ["neutral", "negative", "neutral"]
    twice = tag(story.with_(comments=(replace(THREAD[0], text="one"), replace(THREAD[0], text="two"))))
    assert put_over(twice, [note]) == twice
    assert as_read(put_over(story, [note])).comments == story.comments
    assert Story.from_json({**put_over(story, [note]).to_json(), "origins": []}).comments == put_over(story, [note]).comments


def test_a_judged_thread_keeps_the_interval_of_the_tier_that_read_it() -> None:
    story = tag(STORY.with_(id="s1"))
    read = story.with_(mood=summarise(story.comments, "model"))
    judged = put_over(read, [note_of("s1", story.comments[0], "positive")])
    assert judged.mood
    assert judged.mood.interval == getattr(summarise(judged.comments, "model"), "interval", None)
    assert judged.mood.interval != getattr(summarise(judged.comments, "base"), "interval", None)


def test_labels_say_what_was_meant_and_what_was_read() -> None:
    story = tag(STORY.with_(id="s1", comments=(*THREAD, Comment("no", "ben", reply_to=0))))
    notes = [note_of("s1", story.comments[3], "negative"), note_of("s1", story.comments[1], "none")]
    first, second = labels([put_over(story, notes)])
    assert (first["index"], first["label"], first["text"], first["parent"]) == (1, None, "bad, and bad again", None)
    assert (second["label"], second["parent"], second["title"]) == ("negative", "oh good, sure", "A sluice jams")
    assert second["read"]["label"] == "neutral"
    assert isinstance(put_over(story, notes).mood, Mood)


def test_a_word_on_a_comment_whose_quotation_had_no_mark_yet_stays_with_it() -> None:
    before, now = Comment("Good.\nIs it?", "ben"), Comment("> Good.\nIs it?", "ben")
    said = put_over(STORY.with_(comments=(now,)), [note_of(STORY.id, before, "negative")])
    assert [comment.sentiment and comment.sentiment.label for comment in said.comments] == ["negative"]
