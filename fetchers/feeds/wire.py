"""What a feed says, before it means anything: the document's strings, not yet cleaned. Parsers make it, `adapt` reads it."""

from __future__ import annotations

from dataclasses import asdict, dataclass
from typing import Any

from fetchers.worker import ParsingError

CUT = "the feed is cut off in the middle of a story; those before it were taken"
WEEK = "montuewedthufrisatsun"
MAX_ITEMS = 2000  # a feed of more is an archive; its newest are first by all conventions

LONGEST_URL = 8_000  # characters of an address: servers take no longer ones, and a feed could put one in all of its stories


@dataclass(slots=True)
class Item:
    """An entry; not frozen, as there are many. `markup` is its longest text, HTML or plain; `comment_feed` the URL of a feed of
    its comments, `comments_page` that of a page with them; `reply_to` is the id of the item that this one answers."""

    id: str | None = None
    title: str | None = None
    link: str | None = None
    published: str | None = None
    updated: str | None = None
    author: str | None = None
    markup: str = ""
    categories: tuple[str, ...] = ()
    comment_feed: str | None = None
    comment_count: int | None = None
    comments_page: str | None = None
    reply_to: str | None = None
    credit: str | None = None
    language: str | None = None


@dataclass(frozen=True, slots=True)
class Feed:
    """A feed document. `author` is who wrote the items that name nobody. `every_s` is the publisher's wish (`ttl`,
    `sy:updatePeriod`) in seconds, `skip_hours` are hours of UTC and `skip_days` days of the week (0 is Monday). `hub` and
    `topic` are WebSub's: who could push, and what to subscribe to. `cut`: the document ends within an item, which is not among
    `items`."""

    title: str | None = None
    author: str | None = None
    link: str | None = None
    language: str | None = None
    items: tuple[Item, ...] = ()
    every_s: int | None = None
    skip_hours: frozenset[int] = frozenset()
    skip_days: frozenset[int] = frozenset()
    hub: str | None = None
    topic: str | None = None
    cut: bool = False

    def to_json(self) -> dict[str, Any]:
        return {**asdict(self), "skip_hours": sorted(self.skip_hours), "skip_days": sorted(self.skip_days)}

    @classmethod
    def from_json(cls, data: dict[str, Any]) -> Feed:
        items = tuple(Item(**{**item, "categories": tuple(item["categories"])}) for item in data["items"])
        skips = {name: frozenset(data[name]) for name in ("skip_hours", "skip_days")}
        return cls(**{**data, "items": items, **skips})


class NotAFeedError(ParsingError):
    """The document is no feed that can be read; the text says why in a few words."""
