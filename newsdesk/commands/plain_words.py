"""What `newsdesk --plain` says of stories, lists and comments: sentences, without a sign that stands for something; and the
words that it takes."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

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


@dataclass(frozen=True, slots=True)
class Word:
    """A command: its word, what may follow it, and what it does."""

    name: str
    takes: str
    help: str


WORDS: tuple[Word, ...] = (
    Word("list", "QUERY", "stories, newest first; with a query those that match"),
    Word("search", "QUERY", "the stories that match; words and the query language"),
    Word("storylines", "QUERY", "storylines; with a query those with a story that matches"),
    Word("topics", "", "topics, with what is unread"),
    Word("countries", "", "countries, with what is unread"),
    Word("follows", "", "what you follow, and what is new in it"),
    Word("more", "", "the next part of the list (an empty line does the same)"),
    Word("previous", "", "the previous part of the list"),
    Word("open", "NUMBER", "what has that number in the list; the number alone does the same"),
    Word("next", "", "read the next unread story of the list"),
    Word("comments", "", "what readers wrote below the story, and their mood"),
    Word("why", "", "why the story has its labels"),
    Word("changes", "", "what its outlet changed in the story"),
    Word("label", "LABELS", "say what the story is about: topic:sport country:FI, or machine"),
    Word("link", "", "the story's address"),
    Word("read", "NUMBER", "mark a story read; without a number the one that is open"),
    Word("unread", "NUMBER", "mark it unread"),
    Word("star", "NUMBER", "give it a star"),
    Word("unstar", "NUMBER", "remove its star"),
    Word("catchup", "", "mark every story of the list read"),
    Word("follow", "NUMBER or QUERY", "follow the storyline of a story, or a query"),
    Word("unfollow", "NUMBER or NAME", "stop following"),
    Word("mute", "SOURCE", "keep a source's stories out of the lists, or let them in again; without a name: which are muted"),
    Word("digest", "", "what came in with the last refresh"),
    Word("refresh", "", "read the sources now"),
    Word("undo", "", "undo the last mark, follow or correction"),
    Word("redo", "", "do again what was undone last"),
    Word("help", "", "these commands"),
    Word("quit", "", "quit; everything is saved"),
)
