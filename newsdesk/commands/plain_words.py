"""What `newsdesk --plain` says of stories, lists and comments: sentences, without a sign that stands for something."""

from __future__ import annotations

from collections.abc import Iterable

from newsdesk.archive.rows import FollowState, Section, StorylineRow, StoryRow
from newsdesk.model import Comment, Mood, Story
from newsdesk.wording import NO_TITLE, counted


def _joined(parts: Iterable[str | None]) -> str:
    return ", ".join(part for part in parts if part)


def _ended(sentence: str) -> str:
    return sentence if sentence.endswith((".", "?", "!")) else f"{sentence}."


def tell_story(row: StoryRow) -> str:
    """A story of a list, in a line."""
    state = _joined(
        ["unread" if row.unread else None, "starred" if row.starred else None, "followed" if row.followed else None]
    )
    comments = counted(row.comments, "comment", "comments") if row.comments else None
    when = row.published[:10] if row.published else f"no date, came in {row.seen[:10]}"
    facts = _joined([row.source or row.outlet, when, " ".join(row.countries), comments, state])
    return f"{_ended(row.heading or NO_TITLE)} {facts}."


def tell_storyline(row: StorylineRow) -> str:
    """A storyline of a list, in a line."""
    line = row.storyline
    facts = _joined([counted(row.stories, "story", "stories"), f"{row.unread} unread", " ".join(line.countries[:4])])
    return f"{_ended(line.title or NO_TITLE)} {facts}{', followed' if row.followed else ''}."


def tell_section(section: Section) -> str:
    """A topic or a country of a list, in a line."""
    return f"{section.name}. {counted(section.total, 'story', 'stories')}, {section.unread} unread."


def tell_follow(state: FollowState) -> str:
    """What is followed, in a line."""
    alerts = "".join(f" Alert: {alert}." for alert in state.alerts)
    return f"{state.follow.name}. {counted(state.total, 'story', 'stories')}, {state.new} new.{alerts}"


def tell_facts(story: Story) -> str:
    """Where a story is from, when and by whom, in a line."""
    labelled = (("From", story.source or story.outlet), ("By", story.byline), ("Date", story.published))
    facts = [f"{label} {value}" for label, value in labelled if value]
    facts += filter(None, (story.dateline, story.status if story.status != "usable" else None))
    return ". ".join([*facts, f"Id {story.id}"]) + "."


def tell_mood(mood: Mood | None) -> str:
    """The readers' mood in a sentence."""
    if mood is None:
        return "No comments."
    from newsdesk.export.briefing import mood_sentence

    return f"{mood_sentence(mood)}."


def tell_comment(comment: Comment, depth: int) -> str:
    """A comment with its author and mood; `depth`: of how many it is a reply."""
    mood = comment.sentiment
    label: str | None = None if mood is None else "mood unsure" if mood.unsure else mood.label
    label = f"{label or 'not scored'}, you said" if comment.judged else label
    votes = counted(comment.votes, "vote", "votes") if comment.votes is not None else None
    reply = f"reply, level {depth}" if depth else None
    head = _joined([comment.author or "no name", comment.when, votes, label, reply])
    return f"{head}: {comment.text.replace(chr(10), ' ')}"
