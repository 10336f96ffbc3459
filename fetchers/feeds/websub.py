"""WebSub (W3C Recommendation, 2018): what a feed says of who could push its changes. It is kept and shown; nobody subscribes.

Links in the answer's headers outrank those in the document (section 4 of the Recommendation).
"""

from __future__ import annotations

import re
from collections.abc import Mapping

from fetchers.feeds.adapt import read_link
from fetchers.feeds.wire import Feed

_LINK = re.compile(r"<([^<>]{1,2000})>([^<]{0,500})")
_REL = re.compile(r";\s*rel\s*=\s*(?:\"([^\"]*)\"|([^\s;,\"]+))", re.IGNORECASE)


def find_hub(headers: Mapping[str, str], feed: Feed, base: str) -> tuple[str | None, str | None]:
    """The hub and the topic (the feed's own address, to be subscribed to there) as absolute web addresses.

    Both are None where there is no hub: a topic alone is of no use.
    """
    told = _links(headers.get("link", ""))
    hub = read_link(told.get("hub") or feed.hub, base)
    return (hub, read_link(told.get("self") or feed.topic, base) or base) if hub else (None, None)


def _links(header: str) -> dict[str, str]:
    """The first address for each relation that a `Link` header (RFC 8288) names."""
    found: dict[str, str] = {}
    for address, parameters in _LINK.findall(header[:10_000]):
        if said := _REL.search(parameters):
            for relation in (said[1] or said[2] or "").lower().split():
                found.setdefault(relation, address)
    return found
