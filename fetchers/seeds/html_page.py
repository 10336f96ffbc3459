"""Saved web pages (HTML): the article by what the page declares of itself, its readers' comments by the lines of the elements
that call themselves so. A front page, which has no article, gives no story."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace
from pathlib import PurePath
from typing import TYPE_CHECKING

from fetchers.articles.encoding import decode_page
from fetchers.seeds.detect import Format, Head, Source
from fetchers.seeds.xml_document import COMMENT
from newsdesk.errors import Problem
from newsdesk.model import Story

if TYPE_CHECKING:
    from fetchers.articles.extract import Article

NAME = "html"

HEAD_MOST = 8  # paragraphs above the text: headline, standfirst, writer, day
_READ = ("title", "published", "updated", "source", "byline", "dateline", "highlights")

_SUFFIXES = (".html", ".htm", ".xhtml")
_START = re.compile(rf"\s*(?:<\?xml[^>]*\?>\s*|{COMMENT}\s*)*<(?:!doctype\s+html|html|head|body)[\s>]", re.IGNORECASE)
_TAG = re.compile(r"<(?:html|head|body|div|p|article|meta|title)[\s>]", re.IGNORECASE)


def sniff(head: Head) -> float:
    """A page's first element, or the suffix of one and tags in it."""
    start = (head.text or "")[:8000].lstrip("\ufeff")
    if _START.match(start):
        return 1.0
    return 0.9 if PurePath(head.path).suffix.lower() in _SUFFIXES and _TAG.search(start) else 0.0


def parse(source: Source) -> Iterator[Story | Problem]:
    """The page's article."""
    try:
        markup = decode_page(source.read_whole())
    except ValueError as error:
        yield Problem(source.path, str(error))
        return
    if markup is None:
        yield Problem(source.path, "binary data, not text")
        return
    article = _read_article(markup)
    if isinstance(article, Problem):
        yield replace(article, what=source.path)
        return
    yield _story(article)


def _read_article(markup: str) -> Article | Problem:
    from fetchers.articles.extract import Article
    from fetchers.blocking import shared_parser
    from fetchers.worker import ParsingError

    try:
        data = markup.encode("utf-8", "replace")
        return Article.from_json(shared_parser().ask("article", data, url="", charset="utf-8", with_thread=True))
    except ParsingError as error:
        return Problem("", str(error), whole=False, harmless=True)


def _story(article: Article) -> Story:
    from fetchers.articles.page_thread import read_page_thread

    story = Story(
        title=_headline(article),
        body=article.paragraphs,
        published=article.published,
        updated=article.updated if article.updated != article.published else None,
        byline=article.byline,
        outlet=article.site,
        language=article.language,
        url=article.canonical or None,
        comments=tuple(read_page_thread(article)),
    )
    return story if story.published or story.byline else _read_undeclared(story)


def _read_undeclared(story: Story) -> Story:
    """A story whose page declares neither day nor writer, as older ones do, with what stands above its text read as a dump's.

    A day must be among it: without one, what stands there is as often a caption.
    """
    from fetchers.seeds.page_text.reading import read_page

    for above in ((), (story.title or "",)):
        found, _ = read_page("\n\n".join((*above, *story.body)))
        read = found[0] if found else None
        if not read or not read.title or not read.body or not read.published:
            continue
        first = next((i for i, text in enumerate(story.body[:HEAD_MOST]) if text.endswith(read.body[0])), None)
        if first is not None and (first or above):
            body = (read.body[0], *story.body[first + 1 :])
            return replace(story, body=body, **{name: getattr(read, name) for name in _READ})
    return story


def _headline(article: Article) -> str | None:
    """A page's title often ends in the name of its site; the headline that it shows does not."""
    title = article.title
    if title and article.site and title.endswith(article.site):
        return title.removesuffix(article.site).rstrip(" -–—|·:»") or title
    return title


FORMAT = Format(NAME, sniff, parse)
