"""Bytes to stories that are ready for the archive: parse, adapt and draft in one go. Runs in the parser process.

The answer is plain data: `feed` is the document without its items, `drafts` are so many `stories`, packed as
:class:`newsdesk.tagging.drafts.Drafted` has them, and `leads` a story's url, item id and `extra` each: these tell whether more
of it is somewhere, without unpacking it. Who asks needs none of this module, so that it never pays for the parsers.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from fetchers.feeds import tolerant_feed
from fetchers.feeds.adapt import adapt
from fetchers.feeds.parse import read_strictly
from fetchers.feeds.wire import NotAFeedError
from newsdesk.model import Json, Story
from newsdesk.processes.own_modules import pack
from newsdesk.tagging.drafts import Draft

ENOUGH_FOR_NUMPY = 500  # stories of this process; loading it takes as long as the sketches of 700 without it


def read(
    data: bytes,
    *,
    content_type: str | None,
    source: str,
    base: str,
    title: str | None,
    tags: Sequence[str],
    country: str | None,
    cut: bool = False,
    first: bool = False,
) -> dict[str, Json]:
    """The feed in `data` and the drafts of its stories; the options are those of :func:`fetchers.feeds.adapt.adapt`.

    `cut`: it was cut off. A document that is well-formed, or has its end, came whole all the same: some servers leave out the
    last bytes of a gzip stream, or TLS's farewell. One that ends within a story gives those before it. Any other may be half a
    feed, which would hide the other half until the feed changes. `first`: nothing was ever read from there, and the sketches of
    its stories may wait where each has an id.
    Raises :class:`fetchers.feeds.wire.NotAFeedError`.
    """
    feed = read_strictly(data, source)
    if feed is None:
        feed = tolerant_feed.read(data, content_type)
        if cut and not feed.cut and not tolerant_feed.is_closed(data):
            raise NotAFeedError("the answer was cut off")
    stories = adapt(feed, source, base=base, title=title, tags=tuple(tags), country=country)
    late = first and all(story.origins[0].item_id is not None for story in stories)
    return {
        "feed": replace(feed, items=()).to_json(),
        "stories": len(stories),
        "drafts": pack([draft.to_row() for draft in _drafts.of(stories, late=late)]),
        "leads": [(story.url, story.origins[0].item_id, dict(story.extra)) for story in stories],
    }


class _Drafts:
    """Makes the drafts of many stories. From some hundreds on it is worth the time that numpy takes to load."""

    def __init__(self) -> None:
        self._made = 0

    def of(self, stories: Sequence[Story], *, late: bool) -> list[Draft]:
        """`late` leaves their sketches for later."""
        self._made += len(stories)
        if self._made < ENOUGH_FOR_NUMPY:
            return [Draft.of(story, late=late) for story in stories]
        from newsdesk.query.joined import join_all

        bodies = join_all(["\n".join(story.body) for story in stories])
        if late:
            return [Draft.of(story, body=body, late=True) for story, body in zip(stories, bodies, strict=True)]
        from newsdesk.words.sketches import sketch_all

        found = zip(stories, bodies, sketch_all(bodies), strict=True)
        return [Draft.of(story, body=body, sketch=sketch) for story, body, sketch in found]


_drafts = _Drafts()
