"""Ids for the stories of one call, beside which nothing is known."""

from __future__ import annotations

from collections.abc import Iterable

from newsdesk.ingest.register import sort_out
from newsdesk.model import Origin, Story


def identify(stories: Iterable[Story]) -> list[Story]:
    """Ids for a closed batch (`inspect`): every position is kept; stories that are the same share id and all origins."""
    batch = list(stories)
    decisions = sort_out(batch)
    origins: dict[str, dict[Origin, None]] = {}
    for story, decision in zip(batch, decisions, strict=True):
        origins.setdefault(decision.id, {}).update(dict.fromkeys(story.origins))
    return [
        story.with_(id=decision.id, origins=_own_first(story, origins[decision.id]))
        for story, decision in zip(batch, decisions, strict=True)
    ]


def _own_first(story: Story, origins: Iterable[Origin]) -> tuple[Origin, ...]:
    """All origins of the story, with the one that this position came from first."""
    return (*story.origins, *(origin for origin in origins if origin not in story.origins))
