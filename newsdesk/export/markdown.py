"""Markdown (CommonMark): stories to paste into a note, a wiki or a mail. What a story says is text there, never markup."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from datetime import datetime

from newsdesk.model import Comment, Story
from newsdesk.urls import web_link
from newsdesk.wording import NO_TITLE, label_words

_SIGNS = re.compile(r"([\\`*_\[\]<>#|~&])")
_BLOCK_START = re.compile(r"^(\s*)([-+](?=\s|$)|[-=]+(?=\s*$)|\d{1,9}[.)](?=\s|$))", re.MULTILINE)


def escape(text: str) -> str:
    """`text` so that CommonMark shows it as it is: signs escaped, also a dash or number that would begin a list."""
    text = _SIGNS.sub(r"\\\1", text)
    return _BLOCK_START.sub(lambda found: f"{found[1]}{found[2][:-1]}\\{found[2][-1]}", text)


def to_markdown(stories: Iterable[Story], _now: datetime) -> Iterator[str]:
    """A section a story, a rule between them."""
    for number, story in enumerate(stories):
        yield ("\n---\n\n" if number else "") + "\n\n".join(_blocks(story)) + "\n"


def _blocks(story: Story) -> Iterator[str]:
    yield f"# {escape(story.title or story.lead() or NO_TITLE)}"
    facts = [story.source or story.outlet, story.byline, story.published or story.updated, story.dateline]
    told = " · ".join(escape(fact) for fact in facts if fact)
    if told:
        yield f"*{told}*"
    if url := web_link(story.url):
        yield f"<{url}>"
    if story.highlights:
        yield "\n".join(f"- {escape(highlight)}" for highlight in story.highlights)
    yield from (escape(paragraph) for paragraph in story.body)
    yield _tags(story)
    if story.comments:
        yield f"## Comments ({len(story.comments)})"
        yield from map(_comment, story.comments)


def _tags(story: Story) -> str:
    topics, countries = label_words(story)
    lines = [f"- Topics: {escape(topics)}", f"- Countries: {escape(countries)}"]
    if story.storyline:
        lines.append(f"- Storyline: {escape(story.storyline.title)} ({story.storyline.id})")
    lines.append(f"- newsdesk: {story.id}")
    return "\n".join(lines)


def _comment(comment: Comment) -> str:
    votes = f"{comment.votes:+d}" if comment.votes is not None else None
    mood = comment.sentiment
    label = None if mood is None else "unsure" if mood.unsure else mood.label
    head = " · ".join(escape(part) for part in (comment.when, votes, label) if part)
    first = f"**{escape(comment.author or '(no name)')}**{f' · {head}' if head else ''}"
    return "\n>\n".join(f"> {line}" for line in (first, *map(escape, comment.text.split("\n"))))
