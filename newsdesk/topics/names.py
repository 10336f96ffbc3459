"""The 17 top-level IPTC Media Topics by id, named as the outside contract names them."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType

TOPICS: Mapping[str, str] = MappingProxyType(
    {
        "medtop:01000000": "arts, culture, entertainment and media",
        "medtop:02000000": "crime, law and justice",
        "medtop:03000000": "disaster, accident and emergency incident",
        "medtop:04000000": "economy, business and finance",
        "medtop:05000000": "education",
        "medtop:06000000": "environment",
        "medtop:07000000": "health",
        "medtop:08000000": "human interest",
        "medtop:09000000": "labour",
        "medtop:10000000": "lifestyle and leisure",
        "medtop:11000000": "politics and government",
        "medtop:12000000": "religion",
        "medtop:13000000": "science and technology",
        "medtop:14000000": "society",
        "medtop:15000000": "sport",
        "medtop:16000000": "conflict, war and peace",
        "medtop:17000000": "weather",
    }
)
# By the two digits of an id.
ORDER: Mapping[str, int] = MappingProxyType({topic_id[7:9]: i for i, topic_id in enumerate(TOPICS)})


def topic_name(topic_id: str) -> str:
    """The name of a topic, top-level or narrower; the id itself where it has none here."""
    if topic_id in TOPICS:
        return TOPICS[topic_id]
    from newsdesk.topics.narrower import names

    return names().get(topic_id, topic_id)
