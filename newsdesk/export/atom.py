"""Atom 1.0 (RFC 4287): stories as a feed. Dates there are moments; a printed date without a zone is taken as UTC."""

from __future__ import annotations

import html
import re
from collections.abc import Iterable, Iterator
from datetime import UTC, datetime
from xml.sax.saxutils import escape, quoteattr

from newsdesk.clock import stamp
from newsdesk.model import Story
from newsdesk.urls import web_link
from newsdesk.wording import NO_TITLE

# XML 1.0 has no place for these even as references: noncharacters and lone surrogates.
_NOT_XML = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")


def to_atom(stories: Iterable[Story], now: datetime) -> Iterator[str]:
    """A feed, `now` its time. Entries have the whole text as escaped HTML, topics and countries as categories."""
    yield (
        '<?xml version="1.0" encoding="utf-8"?>\n<feed xmlns="http://www.w3.org/2005/Atom">\n'
        "<title>newsdesk</title>\n<id>urn:newsdesk:export</id>\n<generator>newsdesk</generator>\n"
        f"<updated>{stamp(now)}</updated>\n<author><name>newsdesk</name></author>\n"
    )
    for story in stories:
        yield "<entry>\n" + "\n".join(_parts(story, now)) + "\n</entry>\n"
    yield "</feed>\n"


def _text(value: str) -> str:
    return escape(_NOT_XML.sub("\ufffd", value))


def _attribute(value: str) -> str:
    return quoteattr(_NOT_XML.sub("\ufffd", value))


def _parts(story: Story, now: datetime) -> Iterator[str]:
    yield f"<id>urn:newsdesk:{_text(story.id)}</id>"
    yield f"<title>{_text(story.title or story.lead() or NO_TITLE)}</title>"
    published = moment(story.published)
    yield f"<updated>{moment(story.updated) or published or stamp(now)}</updated>"
    if published:
        yield f"<published>{published}</published>"
    if story.byline or story.source or story.outlet:
        yield f"<author><name>{_text(story.byline or story.source or story.outlet or '')}</name></author>"
    if url := web_link(story.url):
        yield f'<link rel="alternate" href={_attribute(url)}/>'
    for topic in story.all_topics():
        yield f'<category term={_attribute(topic.id)} label={_attribute(topic.name)} scheme="http://cv.iptc.org/newscodes/mediatopic/"/>'
    for country in story.countries:
        yield f'<category term={_attribute(country.code)} label={_attribute(country.name)} scheme="urn:iso:std:iso:3166:-1"/>'
    if story.highlights:
        yield f"<summary>{_text(' '.join(story.highlights))}</summary>"
    if story.body:
        markup = "".join(f"<p>{html.escape(paragraph, quote=False)}</p>" for paragraph in story.body)
        yield f'<content type="html"{_language(story)}>{_text(markup)}</content>'


def _language(story: Story) -> str:
    return f" xml:lang={_attribute(story.language)}" if story.language else ""


def moment(printed: str | None) -> str | None:
    """A printed date as RFC 3339; midnight where no time is printed, UTC where no zone is."""
    if not printed:
        return None
    try:
        when = datetime.fromisoformat(printed)
    except ValueError:
        return None
    if when.tzinfo is None:
        when = when.replace(tzinfo=UTC)
    return when.isoformat(timespec="seconds").replace("+00:00", "Z")
