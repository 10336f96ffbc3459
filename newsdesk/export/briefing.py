"""Digest and handover as blocks, for Markdown, HTML and the terminal."""

from __future__ import annotations

import shlex
from collections.abc import Iterator

from newsdesk.archive.rows import StoryRow
from newsdesk.briefs.briefing import Digest, DigestFollow, DigestLine, Handover
from newsdesk.briefs.developments import Development, Told
from newsdesk.export.blocks import Block
from newsdesk.model import Comment, Mood
from newsdesk.query.moments import read_age
from newsdesk.wording import NO_TITLE, counted, stories


def since_words(digest: Digest) -> str:
    """A digest's beginning in words: an age is no moment."""
    told = digest.since
    if told == "last-run":
        return "since the last run"
    if told == "last-visit":
        return "since the dashboard was closed last" if digest.closed else "in all: nobody has closed the dashboard yet"
    return f"in the last {told}" if read_age(told) is not None else f"since {told}"


def digest_blocks(digest: Digest) -> Iterator[Block]:
    """What came in: the follows first, then storylines with what happened in them."""
    since = since_words(digest) + (f", of {digest.asked}" if digest.asked else "")
    yield Block("heading", "Digest", level=1)
    left_out = f"{stories(digest.muted)} of muted sources left out" if digest.muted else ""
    if not digest.new:
        yield Block("note", f"Nothing new {since}{f'; {left_out}' if left_out else ''}.")
        return
    yield Block("note", " · ".join(part for part in (f"{stories(digest.new)} {since}", left_out) if part))
    if digest.follows:
        yield Block("heading", "What you follow", level=2)
        for follow in digest.follows:
            yield from _follow_blocks(follow)
    yield Block("heading", "Storylines", level=2)
    for line in digest.lines:
        yield from _line_blocks(line)
    if digest.more:
        yield Block("note", f"and {counted(digest.more, 'more storyline')}: newsdesk storylines {shlex.quote(digest.query)}")


def _follow_blocks(follow: DigestFollow) -> Iterator[Block]:
    yield Block("heading", f"{follow.state.follow.name}: {follow.new:,} new", level=3)
    for alert in follow.state.alerts:
        yield Block("note", alert)
    for row, url in zip(follow.rows, follow.urls, strict=True):
        yield Block("item", row.heading or NO_TITLE, _row_facts(row), url)
    if left := follow.new - len(follow.rows):
        yield Block("note", f"and {counted(left, 'more story', 'more stories')}")


def _row_facts(row: StoryRow) -> str:
    return " · ".join(part for part in (row.source or row.outlet, row.published or f"seen {row.seen[:10]}", row.id) if part)


def _line_blocks(line: DigestLine) -> Iterator[Block]:
    storyline = line.row.storyline
    yield Block("heading", storyline.title or NO_TITLE, level=3)
    facts = [f"{line.row.stories:,} new of {stories(storyline.stories)}", _left_out(line.muted)]
    facts += [", ".join(storyline.countries[:4]), counted(line.sources, "source") if line.sources else "", storyline.id]
    yield Block("note", " · ".join(fact for fact in facts if fact))
    for step in line.steps:
        yield Block("item", step_words(step), _step_facts(step), step.url)


def _left_out(muted: int) -> str:
    """Of a storyline's stories, which are counted beside it."""
    return f"{muted:,} of muted sources left out" if muted else ""


def step_words(step: Development) -> str:
    """What is new in a step, in a sentence."""
    if step.kind == "headline":
        return f"Headline changed to “{step.text}” from “{step.before}”"
    if step.kind == "correction":
        return f"Now {step.text}, previously {step.before}"
    return step.text


def _step_facts(step: Development) -> str:
    also = f"also {', '.join(step.also[:4])}" if step.also else None
    return " · ".join(part for part in (step.when, step.source, also, step.story) if part)


def handover_blocks(handover: Handover) -> Iterator[Block]:
    """The story so far, timeline, sources, quotes and mood of a storyline."""
    line = handover.storyline
    yield Block("heading", line.title or NO_TITLE, level=1)
    days = " to ".join(dict.fromkeys(day[:10] for day in (line.first_seen, line.last_seen) if day))
    facts = [stories(line.stories), _left_out(handover.muted), days, ", ".join(line.countries), line.id]
    yield Block("note", " · ".join(fact for fact in facts if fact))
    yield Block("heading", "The story so far", level=2)
    for step in handover.developments:
        yield Block("item", step_words(step), _step_facts(step), step.url)
    yield Block("heading", "Timeline", level=2)
    for told in handover.stories:
        yield Block("item", told.story.heading()[:300] or NO_TITLE, _told_facts(told), told.story.url)
    yield Block("heading", "Sources", level=2)
    for source in handover.sources:
        copies = source.stories - source.originals
        told_copies = f", {counted(copies, 'copy', 'copies')} of wire text" if copies else ""
        yield Block("item", f"{source.name}: {stories(source.stories)}{told_copies}")
    if handover.quotes:
        yield Block("heading", "Quotes", level=2)
        for quote in handover.quotes:
            yield Block("quote", quote.text, " · ".join(part for part in (quote.said, quote.source, quote.story) if part))
    if handover.mood:
        yield Block("heading", "Readers", level=2)
        yield Block("paragraph", mood_sentence(handover.mood))
        for story, comment in handover.comments:
            yield Block("quote", comment.text.replace("\n", " "), _comment_facts(story, comment))


def _told_facts(told: Told) -> str:
    copy = f"copy of {told.story.wire_copy_of}" if told.story.wire_copy_of else None
    return " · ".join(part for part in (told.when, told.source, copy, told.story.id) if part)


def _comment_facts(story: str, comment: Comment) -> str:
    label = comment.sentiment.label if comment.sentiment else None
    return " · ".join(part for part in (comment.author or "(no name)", label, story) if part)


def mood_sentence(mood: Mood) -> str:
    """Counts, and the share with its interval where there are comments enough for one."""
    counts = ", ".join(f"{number:,} {label}" for label, number in mood.counts().items())
    told = f"{counted(mood.comments, 'comment')}: {counts}"
    if (known := mood.share_to_tell()) is None:
        return told
    share, low, high = known
    return f"{told}; {share:.0%} negative ({low:.0%} to {high:.0%})"
