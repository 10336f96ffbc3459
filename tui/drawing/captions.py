"""Short captions for the 17 topics, for a narrow column. The full names are the contract's and stand in the article."""

from __future__ import annotations

from typing import Final

SHORT_TOPICS: Final = {
    "medtop:01000000": "Culture",
    "medtop:02000000": "Crime and law",
    "medtop:03000000": "Disasters",
    "medtop:04000000": "Economy",
    "medtop:05000000": "Education",
    "medtop:06000000": "Environment",
    "medtop:07000000": "Health",
    "medtop:08000000": "Human interest",
    "medtop:09000000": "Labour",
    "medtop:10000000": "Leisure",
    "medtop:11000000": "Politics",
    "medtop:12000000": "Religion",
    "medtop:13000000": "Science",
    "medtop:14000000": "Society",
    "medtop:15000000": "Sport",
    "medtop:16000000": "Conflict",
    "medtop:17000000": "Weather",
}


def caption(topic_id: str, name: str) -> str:
    """The topic's short caption, else its name."""
    return SHORT_TOPICS.get(topic_id, name)
