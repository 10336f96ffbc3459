"""The page behind a link, fetched politely: robots.txt is asked once a host, and its word is taken."""

from __future__ import annotations

import re
from urllib.parse import urlsplit
from urllib.robotparser import RobotFileParser

from fetchers.articles.extract import Article
from fetchers.http import Failure, Fetcher
from fetchers.worker import ParserProcess, ParsingError

ACCEPT = "text/html, application/xhtml+xml;q=0.9"
_CHARSET = re.compile(r"charset\s*=\s*[\"']?([\w.:-]{1,40})", re.IGNORECASE)


class ArticleReader:
    """Reads articles with the fetcher and the parser process that it is given."""

    def __init__(self, fetcher: Fetcher, parser: ParserProcess) -> None:
        self._fetcher = fetcher
        self._parser = parser
        self._robots: dict[str, RobotFileParser | None] = {}

    async def read(self, url: str, *, allow_private: bool = False) -> Article | str:
        """The article at `url`, or one sentence why there is none to show."""
        if not await self._allowed(url, allow_private):
            return "the site's robots.txt asks programs not to read this page"
        got = await self._fetcher.get(url, {"accept": ACCEPT}, allow_private=allow_private)
        if isinstance(got, Failure):
            return got.sentence
        if got.status != 200:
            return f"the server answered {got.status}"
        kind = got.headers.get("content-type", "text/html")
        if "html" not in kind.lower():
            return f"this is no web page but {kind.partition(';')[0][:40]}"
        found = _CHARSET.search(kind)
        try:
            said = await self._parser.ask("article", got.body, url=got.url, charset=found[1] if found else None)
        except ParsingError as error:
            return str(error)
        article = Article.from_json(said)
        return "the article is behind a paywall" if article.paywalled else article

    async def _allowed(self, url: str, allow_private: bool) -> bool:
        """RFC 9309: no robots.txt allows all, a server that can't be reached allows nothing for now."""
        parts = urlsplit(url)
        site = f"{parts.scheme}://{parts.netloc}"
        if site not in self._robots:
            self._robots[site] = await self._ask_robots(site, allow_private)
        rules = self._robots[site]
        return rules is not None and rules.can_fetch("newsdesk", url)

    async def _ask_robots(self, site: str, allow_private: bool) -> RobotFileParser | None:
        got = await self._fetcher.get(f"{site}/robots.txt", allow_private=allow_private)
        if isinstance(got, Failure) or got.status >= 500:
            return None
        rules = RobotFileParser()
        rules.parse(got.body.decode("utf-8", "replace").splitlines()[:5000] if got.status == 200 else [])
        return rules
