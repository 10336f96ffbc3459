"""Wire to model: what a feed says, cleaned, as stories."""

from __future__ import annotations

import re
from calendar import monthrange
from collections.abc import Sequence
from dataclasses import dataclass
from urllib.parse import urljoin, urlsplit

from fetchers.feeds.wire import LONGEST_URL, Feed, Item
from newsdesk.language_codes import language_code
from newsdesk.markup import read_line, read_paragraphs
from newsdesk.model import Json, Origin, Story
from newsdesk.text import clean_field

LONGEST_NAME = 300  # characters

_HOURS = r"(?:0\d|1[0-4])"  # of an offset
_ISO = re.compile(rf"(\d{{4}}-\d\d-\d\d)(?:[T ](\d\d:[0-5]\d)(?::\d\d(?:\.\d+)?)?\s?(Z|[+-]{_HOURS}:?[0-5]\d)?)?", re.ASCII)
_MONTHS = {name: i for i, name in enumerate("Jan Feb Mar Apr May Jun Jul Aug Sep Oct Nov Dec".split(), 1)}
_RFC822 = re.compile(
    rf"(?:[A-Z][a-z]{{2}}, )?(\d{{1,2}}) ({'|'.join(_MONTHS)}) (\d{{4}}) (\d\d:[0-5]\d)(?::\d\d)? "
    rf"([+-]{_HOURS}[0-5]\d|GMT|UTC?|Z)",
    re.ASCII,
)
_MAIL_AND_NAME = re.compile(r"[^\s@()]+@[^\s@()]+\s*\((.+)\)")
_MAIL = re.compile(r"<?[^\s@()<>]{1,64}@[^\s@()<>]+>?")  # no more stands before the sign (RFC 5321)
# Whole and clean as it stands, whatever it is joined to.
_PLAIN_URL = re.compile(
    r"https?://[a-z0-9][a-z0-9.-]*(?::[0-9]{1,4})?/[A-Za-z0-9/_~-]*(?:\.[A-Za-z0-9/_~-]+)*(?:\?[A-Za-z0-9=&_~.-]+)?"
)


def _is_day(year: int, month: int, day: int) -> bool:
    """Whether that is a day, of a year that nobody doubts: the first of year 1 is what programs write that know no date."""
    return 1 <= month <= 12 and 1970 <= year < 2100 and 1 <= day <= monthrange(year, month)[1]


def read_date(text: str | None) -> str | None:
    """A feed's date as the contract prints it, offset only where one is given. The common two forms take a short way."""
    if not text:
        return None
    if found := _RFC822.fullmatch(text):
        day, month, year, clock, zone = found.groups()
        if _is_day(int(year), _MONTHS[month], int(day)) and clock < "24":
            offset = f"{zone[:3]}:{zone[3:]}" if zone[0] in "+-" else "+00:00"
            return f"{year}-{_MONTHS[month]:02d}-{int(day):02d}T{clock}{offset}"
    elif (found := _ISO.fullmatch(text)) and _is_day(int(text[:4]), int(text[5:7]), int(text[8:10])):
        day, clock, zone = found.groups()
        if clock is None or clock < "24":
            offset = "+00:00" if zone == "Z" else f"{zone[:3]}:{zone[-2:]}" if zone else ""
            return f"{day}T{clock}{offset}" if clock else day
    from newsdesk.dates import parse_printed  # with patterns for many languages, which few feeds need

    return parse_printed(text[:200])


def read_link(text: str | None, base: str) -> str | None:
    """An absolute http(s) URL, clean, its spaces written as a browser sends them; None for anything else."""
    if not text or len(text) > LONGEST_URL:
        return None
    if _PLAIN_URL.fullmatch(text):
        return text
    try:
        url = urljoin(base, (clean_field(text) or "").replace(" ", "%20"))
        parts = urlsplit(url)
    except ValueError:
        return None
    return url if parts.scheme in ("http", "https") and parts.hostname and "%20" not in parts.netloc else None


def read_author(text: str | None) -> str | None:
    """The name in ``mail@example.org (Name)``; a bare mail address is nobody's byline."""
    name = read_line(text)
    if name and len(name) > 3 and name[:3].lower() == "by ":
        name = name[3:]
    if name is None or "@" not in name:
        return name.removesuffix("()").strip() or None if name else None
    if found := _MAIL_AND_NAME.fullmatch(name):
        name = found[1]
    return _MAIL.sub("", name).removesuffix("()").strip() or None


def adapt(
    feed: Feed, source: str, *, base: str, title: str | None = None, tags: tuple[str, ...] = (), country: str | None = None
) -> tuple[Story, ...]:
    """The stories of a feed. `source` is its id in the configuration and `base` the address that it was read from; `title`,
    `tags` and `country` are what the configuration says of it."""
    base = read_link(feed.link, base) or base
    shared = _shared_ids(feed.items)
    outlet = title or _name(read_line(feed.title))
    same = _Same(source, base, outlet, _writer(feed, outlet), tags, country, language_code(feed.language), shared)
    return tuple(_story(item, i, same) for i, item in enumerate(feed.items))


@dataclass(frozen=True, slots=True)
class _Same:
    """What all stories of a feed share."""

    source: str
    base: str
    outlet: str | None
    byline: str | None
    tags: tuple[str, ...]
    country: str | None
    language: str | None
    no_ids: frozenset[str]


def _name(text: str | None) -> str | None:
    """A name that all stories of a feed get: one of a megabyte would make two thousand of it."""
    return text[:LONGEST_NAME].rstrip() if text else None


def _writer(feed: Feed, outlet: str | None) -> str | None:
    """Who wrote what names nobody (RFC 4287, 4.2.1; JSON Feed 1.1). A feed's own name there is no writer's."""
    name, known = _name(read_author(feed.author)), (outlet or "").casefold()
    return None if name and known and (name.casefold() in known or known in name.casefold()) else name


def _shared_ids(items: Sequence[Item]) -> frozenset[str]:
    """Ids that items of other headlines and other addresses have too. Some servers give all of their items the same: taken for
    what it claims to be, it would make one story of all."""
    first: dict[str, Item] = {}
    shared = set()
    for item in items:
        if item.id is None or (known := first.setdefault(item.id, item)) is item:
            continue
        elsewhere = known.link is None or known.link != item.link
        if elsewhere and (known.title or known.markup) != (item.title or item.markup):
            shared.add(item.id)
    return frozenset(shared)


def _story(item: Item, index: int, same: _Same) -> Story:
    published = read_date(item.published)
    item_id = None if item.id in same.no_ids else clean_field(item.id)
    updated = read_date(item.updated) if item.updated != item.published else published
    hints = (clean_field(category) for category in item.categories[:20])
    extra: dict[str, Json] = {}
    if item.comment_count is not None:
        extra["comment_count"] = item.comment_count
    if comment_feed := read_link(item.comment_feed, same.base):
        extra["comment_feed"] = comment_feed
    if comments_page := read_link(item.comments_page, same.base):
        extra["comments_page"] = comments_page
    if same.tags:
        extra["tags"] = list(same.tags)
    return Story(
        title=read_line(item.title),
        body=read_paragraphs(item.markup),
        published=published,
        updated=updated if updated != published else None,
        source=read_line(item.credit),
        outlet=same.outlet,
        byline=read_author(item.author) or same.byline,
        language=language_code(item.language) if item.language else same.language,
        url=read_link(item.link, same.base),
        published_in=same.country,
        origins=(Origin("feed", index, feed=same.source, item_id=item_id),),
        hints=tuple(hint for hint in hints if hint),
        extra=extra,
    )
