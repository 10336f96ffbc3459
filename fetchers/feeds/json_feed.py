"""JSON Feed 1.0 and 1.1 (jsonfeed.org)."""

from __future__ import annotations

import html
import json
from typing import Any

from fetchers.feeds.wire import MAX_ITEMS, Feed, Item, NotAFeedError


def read(data: bytes) -> Feed:
    """The feed in `data`. Raises :class:`NotAFeedError` for JSON that is none."""
    try:
        document = _load(data)
    except (ValueError, RecursionError) as error:
        raise NotAFeedError("the JSON is broken") from error
    if not isinstance(document, dict) or not isinstance(document.get("items"), list):
        raise NotAFeedError("the JSON is not a feed: it has no list of items")
    hubs = document.get("hubs")
    hub = hubs[0].get("url") if isinstance(hubs, list) and hubs and isinstance(hubs[0], dict) else None
    return Feed(
        title=_string(document, "title"),
        author=_authors(document),
        link=_string(document, "home_page_url"),
        language=_string(document, "language"),
        items=tuple(_item(item) for item in document["items"][:MAX_ITEMS] if isinstance(item, dict)),
        hub=hub if isinstance(hub, str) else None,
        topic=_string(document, "feed_url"),
    )


def _load(data: bytes) -> Any:
    """The JSON in `data`: in UTF-8, which may have bad bytes (a text cut in the middle of a letter), or in another encoding."""
    try:
        return json.loads(data, strict=False)  # line ends as they are inside of texts
    except UnicodeDecodeError:
        from fetchers.seeds.decode import decode  # with tables of languages, which sound feeds never pay

        decoded = decode(data)
        return json.loads(decoded.text if decoded else "", strict=False)


def _string(fields: dict[str, Any], name: str) -> str | None:
    value = fields.get(name)
    if isinstance(value, bool) or not isinstance(value, str | int):
        return None
    return str(value).strip() or None if not isinstance(value, int) or abs(value) < 10**18 else None


def _authors(fields: dict[str, Any]) -> str | None:
    """The names of 1.1, or else the one of 1.0."""
    authors = fields.get("authors") if isinstance(fields.get("authors"), list) else None
    names = [_string(author, "name") for author in authors or [fields.get("author")] if isinstance(author, dict)]
    return ", ".join(name for name in names if name) or None


def _item(fields: dict[str, Any]) -> Item:
    plain = _string(fields, "content_text") or _string(fields, "summary")
    title = _string(fields, "title")
    tags = fields.get("tags")
    return Item(
        id=_string(fields, "id"),
        title=html.escape(title, quote=False) if title else None,
        link=_string(fields, "url") or _string(fields, "external_url"),
        published=_string(fields, "date_published"),
        updated=_string(fields, "date_modified"),
        author=_authors(fields),
        markup=_string(fields, "content_html") or html.escape(plain or "", quote=False),
        language=_string(fields, "language"),
        categories=tuple(tag for tag in tags if isinstance(tag, str)) if isinstance(tags, list) else (),
    )
