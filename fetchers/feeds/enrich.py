"""What a feed only points to: the whole text behind its links, and the readers' comments. Only what is new is fetched."""

from __future__ import annotations

import asyncio
import hashlib
import time
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

from fetchers.articles.extract import Article
from fetchers.articles.reader import ArticleReader
from fetchers.comments.reader import CommentReader, find_thread
from fetchers.feeds.schedule import Memory
from newsdesk.config import Feed
from newsdesk.model import Story
from newsdesk.ports import FeedPart

AT_MOST = 30  # pages and threads each, a refresh: the rest comes with the next ones


@dataclass(slots=True)
class Enricher:
    """Fetches pages and threads for the stories of a feed. `bases` are addresses of thread servers by kind."""

    articles: ArticleReader
    comments: CommentReader
    bases: Mapping[str, Sequence[str]]

    async def enrich(
        self, feed: Feed, memory: Memory, stories: Sequence[Story]
    ) -> tuple[tuple[Story, ...], Memory, tuple[FeedPart, ...]]:
        """The stories with what was fetched for them, the memory of what was, and a line for the report on each fetch."""
        parts: list[FeedPart] = []
        if feed.full_text:
            stories, memory = await self._read_pages(feed, memory, stories, parts)
        if feed.comments:
            stories, memory = await self._read_threads(feed, memory, stories, parts)
        return tuple(stories), memory, tuple(parts)

    async def _read_pages(
        self, feed: Feed, memory: Memory, stories: Sequence[Story], parts: list[FeedPart]
    ) -> tuple[list[Story], Memory]:
        keys = [_key(story) for story in stories]
        known = set(memory.pages)
        wanted = [i for i, story in enumerate(stories) if story.url and keys[i] not in known][:AT_MOST]
        read = await asyncio.gather(*(self._page(feed, stories[i].url or "", parts) for i in wanted))
        pages = dict(zip(wanted, read, strict=True))
        done = {keys[i] for i, article in pages.items() if article is not None}
        # A story whose page was read before and that the feed has not changed is left out: its short text is no new version.
        filled = [_fill(story, pages.get(i)) for i, story in enumerate(stories) if keys[i] not in known]
        return filled, replace(memory, pages=tuple(key for key in keys if key in known or key in done))

    async def _page(self, feed: Feed, link: str, parts: list[FeedPart]) -> Article | None:
        began = time.monotonic()
        got = await self.articles.read(link, allow_private=feed.allow_private)
        error = got if isinstance(got, str) else None
        parts.append(FeedPart("article", link, error, round(time.monotonic() - began, 3)))
        return None if isinstance(got, str) else got

    async def _read_threads(
        self, feed: Feed, memory: Memory, stories: Sequence[Story], parts: list[FeedPart]
    ) -> tuple[list[Story], Memory]:
        known = dict(memory.threads)
        found = [find_thread(story, self.bases) for story in stories]
        counts = [int(story.extra.get("comment_count", -1)) for story in stories]
        # Without a count every thread of the feed is looked at; with one, those that grew.
        wanted = [
            i
            for i, thread in enumerate(found)
            if thread is not None and counts[i] != 0 and (counts[i] < 0 or counts[i] != known.get(thread.url))
        ][:AT_MOST]
        filled = list(stories)

        async def read(i: int) -> None:
            thread, began = found[i], time.monotonic()
            if thread is None:
                return
            got = await self.comments.read(thread, allow_private=feed.allow_private)
            error = got if isinstance(got, str) else None
            parts.append(FeedPart("comments", thread.url, error, round(time.monotonic() - began, 3)))
            if not isinstance(got, str):
                filled[i] = filled[i].with_(comments=got)
                known[thread.url] = counts[i] if counts[i] >= 0 else len(got)

        await asyncio.gather(*map(read, wanted))
        urls = {thread.url for thread in found if thread is not None}
        return filled, replace(memory, threads=tuple((url, count) for url, count in known.items() if url in urls))


def _key(story: Story) -> str:
    """What the feed says of a story, in 12 characters: it changes when the feed changes the story."""
    said = "\n".join([story.url or "", story.title or "", story.updated or "", *story.body])
    return hashlib.blake2b(said.encode("utf-8", "replace"), digest_size=6).hexdigest()


def _fill(story: Story, article: Article | None) -> Story:
    """The story with the page's text, if it has more of it, and what the page says where the feed is silent."""
    if article is None:
        return story
    longer = sum(map(len, article.paragraphs)) > sum(map(len, story.body))
    return story.with_(
        body=article.paragraphs if longer else story.body,
        title=story.title or article.title,
        byline=story.byline or article.byline,
        published=story.published or article.published,
        updated=story.updated or article.updated,
        language=story.language or article.language,
    )
