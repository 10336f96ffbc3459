"""What a feed only points to: the whole text behind its links, and the readers' comments. Politely, and only what is new."""

from __future__ import annotations

import asyncio
import hashlib
import time
from collections import Counter
from collections.abc import AsyncIterator, Mapping, Sequence
from contextlib import asynccontextmanager
from dataclasses import dataclass, field, replace
from datetime import datetime

from fetchers.addresses import without_mend
from fetchers.articles.extract import Article
from fetchers.articles.page_thread import read_page_thread
from fetchers.articles.reader import ArticleReader, Refusal
from fetchers.comments import watch
from fetchers.comments.reader import CommentReader, Thread, find_thread, names_a_thread
from fetchers.comments.watch import Watch
from fetchers.feeds.schedule import Followed, Memory, Page, read_rest, read_retry_after
from fetchers.resting import RestingHosts
from newsdesk.config import Feed
from newsdesk.model import Json, Story
from newsdesk.ports import Discussion, FeedPart, StoryAnswer
from newsdesk.urls import host_of

PAGES_AT_MOST = 30  # a feed and refresh; the rest comes with the next ones
PAGE_TRIES = 3
THREADS_AT_MOST, THREADS_IN_ALL = 10, 200
AT_ONCE = 2  # of a host: the next one hears what these were told


@dataclass(slots=True)
class Enricher:
    """Fetches pages and threads for the stories of feeds, for one refresh. `bases` are addresses of thread servers by kind."""

    articles: ArticleReader
    comments: CommentReader
    bases: Mapping[str, Sequence[str]]
    resting: RestingHosts = field(default_factory=RestingHosts)
    _threads_left: int = THREADS_IN_ALL
    _gates: dict[str, asyncio.Semaphore] = field(default_factory=dict)

    def _may_be_private(self, feed: Feed, url: str) -> bool:
        return feed.allow_private and self._is_named(feed, url)

    def _told(self, feed: Feed, url: str, error: str) -> str:
        return error if self._is_named(feed, url) else without_mend(error)

    def _is_named(self, feed: Feed, url: str) -> bool:
        """`allow_private` is for the feed's own host and the person's thread servers: not for all that a feed points to."""
        if not isinstance(feed.url, str):
            return True
        named = [feed.url, *(base for bases in self.bases.values() for base in bases)]
        return host_of(url) in map(host_of, named)

    # Pages

    async def fill(
        self, feed: Feed, memory: Memory, now: datetime, stories: Sequence[Story]
    ) -> tuple[Sequence[Story], Memory, tuple[FeedPart, ...]]:
        """The stories with the text of their pages, if the feed asks for it, and the memory of which were read.

        A story whose page was read before and that the feed has not changed is left out: its short text is no new version.
        """
        if not feed.full_text:
            return stories, memory, ()
        stories = tuple(stories)
        known = {page.item: page for page in memory.pages}
        said = [Page(_key(story.origin.item_id if story.origin else None, story.url), _said(story)) for story in stories]
        before = [known.get(page.item) for page in said]
        fresh = [old is None or old.said != page.said for old, page in zip(before, said, strict=True)]
        wanted = [
            i
            for i, old in enumerate(before)
            if (link := stories[i].url)
            and (old is None or fresh[i] or (not old.done and old.tries < PAGE_TRIES))
            and not self.resting.until(link, now)
        ][:PAGES_AT_MOST]
        parts: list[FeedPart] = []
        read = await asyncio.gather(*(self._page_in_turn(feed, stories[i].url or "", now, parts) for i in wanted))
        got = dict(zip(wanted, read, strict=True))
        filled: list[Story] = []
        pages: list[Page] = []
        for i, story in enumerate(stories):
            page, old = got.get(i), before[i]
            if not (old is not None and old.done and (not fresh[i] or _may_come(page))):
                filled.append(_fill(story, page) if isinstance(page, Article) else story)
            pages += _noted(said[i], None if fresh[i] else old, page)
        return _with_addresses_apart(filled, stories), replace(memory, pages=tuple(pages)), tuple(parts)

    @asynccontextmanager
    async def _turn(self, url: str, now: datetime) -> AsyncIterator[bool]:
        """A turn at the host of `url`: whether it may be asked, or asked to be left alone while this waited."""
        async with self._gates.setdefault(host_of(url), asyncio.Semaphore(AT_ONCE)):
            yield self.resting.until(url, now) is None

    async def _page_in_turn(self, feed: Feed, link: str, now: datetime, parts: list[FeedPart]) -> Article | Refusal | None:
        async with self._turn(link, now) as may_be_asked:
            return await self._page(feed, link, now, parts) if may_be_asked else None

    async def _page(
        self, feed: Feed, link: str, now: datetime, parts: list[FeedPart], *, with_thread: bool = False
    ) -> Article | Refusal:
        began = time.monotonic()
        got = await self.articles.read(link, allow_private=self._may_be_private(feed, link), with_thread=with_thread)
        if isinstance(got, Refusal):
            got = replace(got, sentence=self._told(feed, link, got.sentence))
        error = got.sentence if isinstance(got, Refusal) else None
        if isinstance(got, Refusal) and (until := read_rest(got.status, got.retry_after, now)):
            self.resting.rest(host_of(got.url), until)
        parts.append(FeedPart("article", link, error, round(time.monotonic() - began, 3)))
        return got

    async def follow_story(self, feed: Feed, story: Story, now: datetime) -> StoryAnswer:
        """The story with its page's text, and its thread, on a person's word: whatever the feed's settings say."""
        thread, read = find_thread(story, self.bases), None
        got = await self._page(feed, story.url or "", now, [], with_thread=thread is None)
        if thread is not None:
            read = await self.comments.read(thread, allow_private=self._may_be_private(feed, thread.url))
        said = None
        if thread is not None and read is not None and read.comments is not None:
            said = Discussion(None, story.url, thread.url, read.comments, whole=read.whole)
        if isinstance(got, Refusal):
            return StoryAnswer(discussion=said, error=got.sentence)
        if got.thread and (shown := await asyncio.to_thread(read_page_thread, got)):
            said = Discussion(None, story.url, got.canonical or story.url or "", tuple(shown))
        return StoryAnswer(_fill(story, got), said)

    # Threads

    def that_may_have_threads(self, leads: Sequence[tuple[str | None, str | None, Mapping[str, Json]]]) -> list[int]:
        """Which stories may have a thread, by the little that costs nothing to look at, url, item id and `extra` of each: most
        feeds have none, which is seen by one look at all of them."""
        told = "\n".join([f"{url}\n{item_id}" for url, item_id, _ in leads])
        if not (self.bases or names_a_thread(told) or any(extra for _, _, extra in leads)):
            return []
        return [
            at
            for at, (url, item_id, extra) in enumerate(leads)
            if extra or self.bases or names_a_thread(url) or names_a_thread(item_id)
        ]

    async def follow(
        self, feed: Feed, memory: Memory, now: datetime, stories: Sequence[Story] | None = None, *, force: bool = False
    ) -> Followed:
        """Read the threads that are due, of `stories` (those that the feed holds now and that may have one) or, without, of
        those that are remembered."""
        if not feed.comments:
            return Followed(replace(memory, threads=()))
        watches = memory.threads
        counts: dict[str, int] = {}
        if stories is not None:
            found = [(story, find_thread(story, self.bases)) for story in stories]
            watches = watch.update(watches, found, now)
            counts = {t.url: s.extra["comment_count"] for s, t in found if t is not None and "comment_count" in s.extra}
        wanted = [w for w in watch.due(watches, now, force=force) if not self.resting.until(w.url, now)]
        wanted = wanted[: min(THREADS_AT_MOST, self._threads_left)]
        self._threads_left -= len(wanted)
        followed = Followed(memory)
        read = await asyncio.gather(*(self._thread_in_turn(feed, one, counts.get(one.url), now, followed) for one in wanted))
        after = {one.url: one for one in read}
        followed.memory = replace(memory, threads=tuple(after.get(one.url, one) for one in watches))
        return followed

    async def _thread_in_turn(self, feed: Feed, one: Watch, count: int | None, now: datetime, followed: Followed) -> Watch:
        async with self._turn(one.url, now) as may_be_asked:
            return await self._thread(feed, one, count, now, followed) if may_be_asked else one

    async def _thread(self, feed: Feed, one: Watch, count: int | None, now: datetime, followed: Followed) -> Watch:
        began = time.monotonic()
        thread = Thread(one.kind, one.url)
        got = await self.comments.read(thread, one.conditions(), allow_private=self._may_be_private(feed, one.url))
        error = self._told(feed, one.url, got.error) if got.error else None
        followed.parts += (FeedPart("comments", one.url, error, round(time.monotonic() - began, 3)),)
        retry_after = read_retry_after(got.headers.get("retry-after"), now)
        if until := read_rest(got.status, got.headers.get("retry-after"), now):
            self.resting.rest(host_of(got.url), until)
            self.resting.rest(host_of(one.url), until)
        if got.error is not None:
            return watch.after_failure(one, got.status, retry_after, now)
        if got.comments is not None:
            said = Discussion(one.item_id, one.story, one.url, got.comments, whole=got.whole)
            followed.discussions += (said,)
        return watch.after_reading(one, got, now, count=count)


def _key(*parts: str | None) -> str:
    """12 characters that stand for `parts`."""
    return hashlib.blake2b("\n".join(part or "" for part in parts).encode("utf-8", "replace"), digest_size=6).hexdigest()


def _said(story: Story) -> str:
    """What the feed says of a story: it changes when the feed changes the story."""
    return _key(story.url, story.title, story.updated, *story.body)


def _may_come(page: Article | Refusal | None) -> bool:
    """Whether a page could not be read now and may be later: then what was read of it before stays."""
    return page is None or (isinstance(page, Refusal) and not page.final)


def _noted(said: Page, old: Page | None, page: Article | Refusal | None) -> list[Page]:
    """What to remember of a page after this refresh; nothing of one that was never asked for."""
    if page is None:
        return [old] if old is not None else []
    done = isinstance(page, Article) or page.final
    return [replace(said, done=done, tries=(old.tries if old else 0) + 1)]


def _fill(story: Story, article: Article) -> Story:
    """The story with the page's text, if it has more of it, and what the page says where the feed is silent."""
    longer = sum(map(len, article.paragraphs)) > sum(map(len, story.body))
    return story.with_(
        body=article.paragraphs if longer else story.body,
        title=story.title or article.title,
        byline=story.byline or article.byline,
        published=story.published or article.published,
        updated=story.updated or article.updated,
        language=story.language or article.language,
        url=article.canonical or story.url,
    )


def _with_addresses_apart(filled: Sequence[Story], stories: Sequence[Story]) -> tuple[Story, ...]:
    """Pages of two stories that name one address as theirs (a wall of consent, a front page) are not believed."""
    links = {story.origin: story.url for story in stories}
    named = Counter(story.url for story in filled)
    return tuple(story if named[story.url] == 1 else story.with_(url=links.get(story.origin, story.url)) for story in filled)
