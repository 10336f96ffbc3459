"""The page behind a link, fetched politely: robots.txt is asked once a host, and its word is taken."""

from __future__ import annotations

import asyncio
from dataclasses import dataclass
from urllib.parse import urlsplit

from fetchers.articles import robots
from fetchers.articles.extract import Article
from fetchers.articles.robots import Robots
from fetchers.http import Answer, Failure, Fetcher, Why
from fetchers.worker import Parser, ParsingError
from newsdesk.text import charset_of
from newsdesk.urls import host_of

ACCEPT = "text/html, application/xhtml+xml;q=0.9"
ROBOTS = "the site's robots.txt asks programs not to read this page"


@dataclass(frozen=True, slots=True)
class Refusal:
    """Why there is no article to show, in one sentence; `final` if asking again would bring the same. `status` is that of the
    server at `url`, if it answered, and `retry_after` its word on when to come back."""

    sentence: str
    final: bool = False
    status: int | None = None
    retry_after: str | None = None
    url: str = ""


class ArticleReader:
    """Reads articles with the fetcher and the parser process that it is given."""

    def __init__(self, fetcher: Fetcher, parser: Parser) -> None:
        self._fetcher = fetcher
        self._parser = parser
        self._robots: dict[tuple[str, bool], asyncio.Task[Robots | str]] = {}

    async def read(self, url: str, *, allow_private: bool = False, with_thread: bool = False) -> Article | Refusal:
        """The article at `url`, `with_thread` also the lines of its readers' comments; or why there is none to show."""
        if (refused := await self._refused(url, allow_private)) is not None:
            return refused

        async def object_to(further: str) -> str | None:
            allowed = allow_private and host_of(further) == host_of(url)
            refused = await self._refused(further, allowed)
            return refused.sentence if refused else None

        got = await self._fetcher.get(url, {"accept": ACCEPT}, allow_private=allow_private, objection=object_to)
        if isinstance(got, Failure):
            return Refusal(got.sentence, got.why in (Why.ADDRESS, Why.URL) or got.sentence == ROBOTS)
        if got.status != 200:
            final, retry_after = _is_final(got.status), got.headers.get("retry-after")
            return Refusal(f"the server answered {got.status}", final, got.status, retry_after, got.url)
        kind = got.headers.get("content-type", "text/html")
        if "html" not in kind.lower():
            return Refusal(f"this is not a web page but {kind.partition(';')[0][:40]}", final=True)
        return await self._extract(got, kind, with_thread)

    async def _extract(self, got: Answer, kind: str, with_thread: bool) -> Article | Refusal:
        try:
            said = await self._parser.ask("article", got.body, url=got.url, charset=charset_of(kind), with_thread=with_thread)
        except ParsingError as error:
            return Refusal(str(error), final=True)
        article = Article.from_json(said)
        return Refusal("the article is behind a paywall", final=True) if article.paywalled else article

    async def _refused(self, url: str, allow_private: bool) -> Refusal | None:
        """RFC 9309: no robots.txt allows all, a server that can't be reached allows nothing for now."""
        try:
            parts = urlsplit(url)
        except ValueError:
            return Refusal("the address is not a valid URL", final=True)
        site = f"{parts.scheme}://{parts.netloc}"
        asked = site, allow_private  # that it may not be private is no word of the site
        if asked not in self._robots:
            self._robots[asked] = asyncio.create_task(self._ask_robots(site, allow_private))
        rules = await asyncio.shield(self._robots[asked])  # whoever else waits for it still gets it
        if isinstance(rules, str):
            return Refusal(f"the site's pages are left alone, as its robots.txt can't be read now: {rules}")
        return None if rules.allow(url) else Refusal(ROBOTS, final=True)

    async def _ask_robots(self, site: str, allow_private: bool) -> Robots | str:
        """The rules, or one sentence why they can't be read now."""
        got = await self._fetcher.get(f"{site}/robots.txt", allow_private=allow_private)
        if isinstance(got, Failure):
            return got.sentence
        if got.status >= 500 or got.status == 429:
            return f"the server answered {got.status}"
        return robots.read(got.body, "newsdesk") if got.status == 200 else Robots()


def _is_final(status: int) -> bool:
    return 400 <= status < 500 and status not in (408, 425, 429)
