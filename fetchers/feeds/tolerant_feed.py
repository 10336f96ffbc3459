"""All that the strict reader refuses, read with feedparser: broken XML, odd encodings, old formats. Slow, and forgiving."""

from __future__ import annotations

import html
import re
from collections import deque
from collections.abc import Callable
from functools import cache, wraps
from typing import Any

from fetchers.feeds.depth import is_too_deep
from fetchers.feeds.document import in_utf_8, without_leftovers
from fetchers.feeds.wire import MAX_ITEMS, WEEK, Feed, Item, NotAFeedError
from fetchers.feeds.xml_feed import is_feed

_ITEM = re.compile(rb"<(/?)(?:[\w.-]{1,40}:)?(?:item|entry)[\s/>]", re.IGNORECASE)
_END = re.compile(rb"</(?:[\w.-]{1,40}:)?(?:rss|rdf|channel|feed)\s*>", re.IGNORECASE)
_TAIL = 4096  # what some servers write after a feed
_ODD_DECLARATION = re.compile(rb"\A\s*<\?xml[^<>]{0,200}[\x80-\xff][^<>]*>")
_HOURS = re.compile(rb"<skipHours>(.{,2000}?)</skipHours>", re.IGNORECASE | re.DOTALL)
_DAYS = re.compile(rb"<skipDays>(.{,1000}?)</skipDays>", re.IGNORECASE | re.DOTALL)
_HOUR = re.compile(rb">\s*([0-9]{1,2})\s*<")
_TRIPS = (LookupError, TypeError, ValueError, AttributeError)
_DAY = re.compile(rb">\s*(mon|tue|wed|thu|fri|sat|sun)[a-z]*\s*<", re.IGNORECASE)


def read(data: bytes, content_type: str | None = None) -> Feed:
    """The feed in `data`. Raises :class:`NotAFeedError` if feedparser finds neither items nor a kind of feed, and
    before it looks for a document that nests absurdly, or ends within its first item."""
    data, content_type = in_utf_8(data, content_type)
    # NULs are no signs of XML. feedparser looks up whatever encoding is declared, and trips over names that can be none.
    data = _ODD_DECLARATION.sub(b"", without_leftovers(data).replace(b"\0", b""))
    if is_too_deep(data):
        raise NotAFeedError("its elements are nested too deeply for a feed")
    data, cut = _whole_items(data)
    headers = {"content-type": content_type} if content_type else {}
    # The sanitiser is feedparser's slowest part, and what we keep is text: fetchers.feeds.adapt drops all markup.
    parsed = _feedparser()(data, response_headers=headers, sanitize_html=False, resolve_relative_uris=False)
    if cut and not parsed.entries:
        raise NotAFeedError("the feed is cut off in its first story")
    if not parsed.version and not parsed.entries:
        reason = parsed.get("bozo_exception")
        raise NotAFeedError(f"this is not a feed{f' ({type(reason).__name__})' if reason else ''}")
    head = parsed.feed
    return Feed(
        title=_plain(head, "title"),
        author=head.get("author") if parsed.version.startswith("atom") else None,  # of others it is who answers for them
        link=head.get("link"),
        language=head.get("language"),
        items=tuple(_item(entry) for entry in parsed.entries[:MAX_ITEMS]),
        every_s=int(head["ttl"]) * 60 if str(head.get("ttl", "")).isdecimal() and len(str(head["ttl"])) < 7 else None,
        skip_hours=frozenset(int(hour) % 24 for hour in _HOUR.findall(_inside(_HOURS, data)) if int(hour) <= 24),
        skip_days=frozenset(WEEK.index(day.decode().lower()) // 3 for day in _DAY.findall(_inside(_DAYS, data))),
        hub=_link(head, "hub"),
        topic=_link(head, "self"),
        cut=cut,
    )


@cache
def _feedparser() -> Callable[..., Any]:
    """feedparser's `parse`, for which an element that it trips over isn't there: an empty licence, a width without a picture,
    a position without a place, a namespace with a tab. It would raise, and the feed have no story."""
    import feedparser  # 100 ms that well-formed feeds never pay
    from feedparser.mixin import _FeedParserMixin
    from feedparser.parsers.strict import _StrictFeedParser

    tags = {_FeedParserMixin: ("unknown_starttag", "unknown_endtag"), _StrictFeedParser: ("startElementNS", "endElementNS")}
    for parser, names in tags.items():
        for name in names:
            setattr(parser, name, _unless_it_trips(getattr(parser, name)))
    return feedparser.parse  # type: ignore[no-any-return]


def _unless_it_trips(read_tag: Callable[..., None]) -> Callable[..., None]:
    @wraps(read_tag)
    def read(*told: Any) -> None:
        try:
            read_tag(*told)
        except _TRIPS:
            return

    return read


def is_closed(data: bytes) -> bool:
    """Whether the document comes to the end of the feed."""
    return _END.search(data[-_TAIL:]) is not None


def _whole_items(data: bytes) -> tuple[bytes, bool]:
    """`data` up to the item that it ends in, and whether it ends in one. Who has closed the feed meant it to end there."""
    if is_closed(data):
        return data, False
    last = deque(_ITEM.finditer(data), 1)
    return (data[: last[0].start()], True) if last and not last[0][1] else (data, False)


def _inside(element: re.Pattern[bytes], data: bytes) -> bytes:
    """What stands in an element that feedparser passes over; nothing where there is none."""
    found = element.search(data)
    return found[1] if found else b""


def _link(head: Any, rel: str) -> str | None:
    return next((link.get("href") for link in head.get("links", ()) if link.get("rel") == rel), None)


def _plain(fields: Any, name: str) -> str | None:
    """A text construct as markup: what feedparser calls plain is escaped."""
    value = fields.get(name)
    kind = (fields.get(f"{name}_detail") or {}).get("type")
    return html.escape(value, quote=False) if value and kind == "text/plain" else value


def _item(entry: Any) -> Item:
    contents = [
        html.escape(part.get("value", ""), quote=False) if part.get("type") == "text/plain" else part.get("value", "")
        for part in entry.get("content", ())
    ]
    replies = [link for link in entry.get("links", ()) if link.get("rel") == "replies"]
    told = (entry.get("slash_comments"), *(link.get("thr:count") for link in replies), entry.get("thr_total"))
    counts = str(next(filter(None, told), ""))
    return Item(
        id=entry.get("id"),
        title=_plain(entry, "title"),
        link=entry.get("feedburner_origlink") or entry.get("link"),
        published=entry.get("published") or entry.get("updated"),
        updated=entry.get("updated"),
        author=entry.get("author"),
        markup=next(filter(None, contents), "") or _plain(entry, "summary") or "",
        categories=tuple(
            tag.get("label") or tag.get("term") for tag in entry.get("tags", ()) if tag.get("label") or tag.get("term")
        ),
        comment_feed=entry.get("wfw_commentrss")
        or next((link.get("href") for link in replies if is_feed(link.get("type"))), None),
        comments_page=entry.get("comments"),
        reply_to=(entry.get("thr_in-reply-to") or {}).get("ref"),
        comment_count=int(counts) if counts.isascii() and counts.isdigit() and len(counts) < 8 else None,
        credit=(entry.get("source") or {}).get("title"),
    )
