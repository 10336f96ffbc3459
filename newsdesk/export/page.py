"""HTML: one page that needs nothing else, runs no script and loads nothing, to read or print."""

from __future__ import annotations

import html
from collections.abc import Iterable, Iterator
from datetime import datetime

from newsdesk.clock import stamp
from newsdesk.model import Comment, Story
from newsdesk.urls import web_link
from newsdesk.wording import NO_TITLE, label_words

_HEAD = """<!DOCTYPE html>
<html lang="en"><head><meta charset="utf-8"><title>newsdesk</title>
<meta name="viewport" content="width=device-width">
<meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src 'unsafe-inline'">
<style>
body { max-width: 42rem; margin: 2rem auto; padding: 0 1rem; font: 1.05rem/1.55 Georgia, serif; color: #222; background: #fff }
h1 { line-height: 1.2 } .facts, .tags, footer { color: #666; font-size: .9rem }
article + article { border-top: 1px solid #bbb; margin-top: 3rem; padding-top: 1rem }
.comment { border-left: 3px solid #ccc; padding-left: .8rem; margin: 1rem 0 }
.negative { border-color: #b33 } .positive { border-color: #383 }
@media (prefers-color-scheme: dark) { body { color: #ddd; background: #181818 } }
</style></head><body>
"""


def to_html(stories: Iterable[Story], now: datetime) -> Iterator[str]:
    """A page with an article a story."""
    return page(("\n".join(_parts(story)) for story in stories), now)


def page(pieces: Iterable[str], now: datetime) -> Iterator[str]:
    """A whole page around pieces of HTML."""
    yield _HEAD
    for piece in pieces:
        yield piece + "\n"
    yield f"<footer>newsdesk, {stamp(now)}</footer>\n</body></html>\n"


def _text(value: str) -> str:
    return html.escape(value)


def _parts(story: Story) -> Iterator[str]:
    language = f' lang="{_text(story.language)}"' if story.language else ""
    yield f'<article id="{_text(story.id)}"{language}>'
    title = _text(story.title or story.lead() or NO_TITLE)
    url = web_link(story.url)
    yield f'<h1><a href="{_text(url)}" rel="noreferrer">{title}</a></h1>' if url else f"<h1>{title}</h1>"
    facts = [story.source or story.outlet, story.byline, story.published or story.updated, story.dateline]
    yield f'<p class="facts">{_text(" · ".join(fact for fact in facts if fact))}</p>'
    if story.highlights:
        yield "<ul>" + "".join(f"<li>{_text(highlight)}</li>" for highlight in story.highlights) + "</ul>"
    yield from (f"<p>{_text(paragraph)}</p>" for paragraph in story.body)
    topics, countries = label_words(story)
    yield f'<p class="tags">Topics: {_text(topics)}<br>Countries: {_text(countries)}</p>'
    if story.comments:
        yield f"<h2>Comments ({len(story.comments)})</h2>"
        yield from map(_comment, story.comments)
    yield "</article>"


def _comment(comment: Comment) -> str:
    mood = comment.sentiment
    label = "" if mood is None or mood.unsure else mood.label
    votes = f"{comment.votes:+d}" if comment.votes is not None else None
    facts = " · ".join(part for part in (comment.when, votes, label or None) if part)
    text = "".join(f"<p>{_text(line)}</p>" for line in comment.text.split("\n"))
    head = f'<b>{_text(comment.author or "(no name)")}</b> <span class="facts">{_text(facts)}</span>'
    return f'<div class="comment {label}">{head}{text}</div>'
