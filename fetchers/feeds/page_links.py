"""The feeds that a web page links to as such."""

from __future__ import annotations

from lxml import etree, html

from fetchers.feeds.adapt import read_link
from newsdesk.markup import read_line
from newsdesk.ports import FoundFeed

KINDS = {
    "application/rss+xml": "rss",
    "application/atom+xml": "atom",
    "application/rdf+xml": "rdf",
    "application/feed+json": "json",
}
MOST_FOUND = 100
_READ_BYTES = 2**20  # links to feeds stand in the head of a page


def read_links(data: bytes, url: str, charset: str | None) -> tuple[FoundFeed, ...]:
    """The feeds that the page `data` from `url` names in ``<link rel=alternate>``, each once, in the page's order."""
    root = _parse(data[:_READ_BYTES], charset)
    if root is None:
        return ()
    named = next((base.get("href") for base in root.iter("base") if base.get("href")), None)
    base = read_link(named, url) or url
    found: dict[str, FoundFeed] = {}
    for link in root.iter("link", "a"):
        kind = KINDS.get((link.get("type") or "").partition(";")[0].strip().lower())
        if kind is None or "alternate" not in (link.get("rel") or "").lower().split():
            continue
        address = read_link(link.get("href"), base)
        if address and len(found) < MOST_FOUND:
            found.setdefault(address, FoundFeed(address, read_line(link.get("title")), kind))
    return tuple(found.values())


def _parse(data: bytes, charset: str | None) -> html.HtmlElement | None:
    for encoding in dict.fromkeys((charset, None)):
        try:
            parser = html.HTMLParser(encoding=encoding, remove_comments=True, huge_tree=False, no_network=True)
            return html.document_fromstring(data, parser=parser)
        except (etree.LxmlError, LookupError, ValueError):
            continue
    return None
