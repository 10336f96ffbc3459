"""Readers' comments as a thread of lines: who, when, votes, mood mark, text, indented by reply. Pure."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from newsdesk.model import Comment, Mood, Sentiment
from newsdesk.threads.quoted_lines import split_lines
from tui.drawing.render import Glyphs, Line, Span, crop, line_width, mood_bar, mood_words, printed_time, spread, wrap

MEASURE = 78  # the text stands two cells in: as wide as an article
DEEPEST = 6  # levels of indentation; deeper replies stand at the last


@dataclass(frozen=True, slots=True)
class Thread:
    """How comments are shown: `why` adds what speaks for each mood."""

    width: int
    glyphs: Glyphs
    why: bool = False

    @property
    def measure(self) -> int:
        return max(12, min(MEASURE, self.width - 2))


def mood_lines(mood: Mood | None, thread: Thread) -> list[Line]:
    """The bar with counts and interval, in one line where there is room, else in two or three."""
    if mood is None or not mood.scored:
        return []
    room = thread.width - 2
    words = mood_words(mood, thread.glyphs, room)
    beside = room - line_width(words[0]) - 2
    if beside >= 12 and len(words) == 1:
        return [((" ", ""), *mood_bar(mood, min(30, beside), thread.glyphs), ("  ", ""), *words[0]), ()]
    return [*(((" ", ""), *line) for line in (mood_bar(mood, room, thread.glyphs), *words)), ()]


def comment_lines(comment: Comment, depth: int, thread: Thread, hidden: int) -> list[Line]:
    """One comment: a line of facts, its text, an empty line. Of one that `hidden` others are folded into the text is cut."""
    level = min(depth, DEEPEST, max(0, (thread.measure - 24) // 2))
    bars = (thread.glyphs.thread + " ") * level
    lead: Span = (" " + bars, "faint")
    room = thread.measure - 2 * level
    lines: list[Line] = [(lead, *spread(_who(comment, thread), _votes(comment), room, thread.glyphs.ellipsis))]
    if hidden:
        told = f"{thread.glyphs.closed} {hidden:,} {'reply' if hidden == 1 else 'replies'}  "
        beginning = comment.text[: 4 * room].replace("\n", " ")
        lines.append((lead, *crop((("  " + told, "accent"), (beginning, "muted")), room, thread.glyphs.ellipsis)))
        return [*lines, (lead,) if level else ()]
    lines += [(lead, ("  " + text, ink)) for text, ink in _said(comment.text, room - 2)]
    if thread.why and comment.sentiment:
        lines += [(lead, ("  " + text, "faint")) for text in wrap(_reasons(comment.sentiment), room - 2)]
    lines.append((lead,) if level else ())
    return lines


def _said(text: str, room: int) -> Iterator[Span]:
    """The lines of a comment's text; all of what is quoted in it have their mark before them."""
    for mark, said in split_lines(text):
        for line in wrap(said, room - len(mark)):
            yield mark + line, "muted" if mark else "text"


def mood_mark(sentiment: Sentiment | None, glyphs: Glyphs) -> Span:
    if sentiment is None:
        return " ", ""
    if sentiment.unsure:
        return glyphs.unsure, "unsure"
    sign = {"negative": glyphs.negative, "neutral": glyphs.neutral, "positive": glyphs.positive}[sentiment.label]
    return sign, sentiment.label


def mood_told(comment: Comment) -> str:
    """A comment's mood in a few words, and whose word that is."""
    mood = comment.sentiment
    told = "not scored" if mood is None else f"unsure, perhaps {mood.label}" if mood.unsure else mood.label
    return f"{told}, you said" if comment.judged else f"Read as {told}"


def _who(comment: Comment, thread: Thread) -> Line:
    spans: list[Span] = [mood_mark(comment.sentiment, thread.glyphs), (" ", "")]
    spans.append((comment.author, "line-read") if comment.author else ("no name", "faint"))
    if comment.when:
        spans.append((f"  {printed_time(comment.when)}", "faint"))
    if comment.judged:
        spans.append((f"  you: {comment.judged.label or 'not scored'}", "accent"))
    return tuple(spans)


def _votes(comment: Comment) -> Line:
    if comment.votes is None:
        return ()
    return ((f"{comment.votes:+,}" if comment.votes else "0", "muted"),)


def _reasons(sentiment: Sentiment) -> str:
    flags = [name for name, on in (("sarcasm", sentiment.sarcasm), ("toxic", sentiment.toxic)) if on]
    sure = "unsure" if sentiment.unsure else f"{sentiment.confidence:.0%} sure"
    facts = ", ".join([f"{sentiment.label} {sentiment.score:+.2f}", sure, *flags])
    return f"{facts}; because of: {', '.join(sentiment.why)}" if sentiment.why else facts
