"""Why a story is in a storyline, and what the storyline is called, in words for a reader."""

from __future__ import annotations

from newsdesk.model import Story
from newsdesk.storylines.cluster import Cluster
from newsdesk.storylines.signature import Signature, parts

SHARED = 5
TITLE_CHARS = 160


def name(story: Story) -> str:
    """What a storyline is called after this story: its title, else the first words of its text."""
    text = " ".join(story.heading().split())
    if len(text) <= TITLE_CHARS:
        return text
    cut = text.rfind(" ", 0, TITLE_CHARS)
    return text[: cut if cut > TITLE_CHARS // 2 else TITLE_CHARS].rstrip(" ,;:") + "…"


def reasons(story: Story, sign: Signature, cluster: Cluster) -> tuple[str, ...]:
    """The names and words that the story shares with the others, heaviest first, and how far their dates are apart."""
    if cluster.size < 2:
        return ()
    total = cluster.vector
    shared = [(own * (total[term] - own), term) for term, own in sign.vector.items() if total.get(term, 0.0) - own > 1e-6]
    shared.sort(key=lambda pair: (-pair[0], pair[1]))
    text = " ".join(parts(story))
    lower = text.lower()
    words = [_as_printed(text, lower, term) for _, term in shared[:SHARED]]
    out = [f"shares {', '.join(dict.fromkeys(words))}"] if words else []
    distance = _distance(sign.day, cluster)
    return (*out, distance) if distance else tuple(out)


def _as_printed(text: str, lower: str, term: str) -> str:
    """A term as the story spells it; a stem is grown to the whole word."""
    at = lower.find(term) if len(lower) == len(text) else -1
    while at > 0 and lower[at - 1].isalnum():
        at = lower.find(term, at + 1)
    if at < 0:
        return term
    end = at + len(term)
    return text[at:end]


def _distance(day: int | None, cluster: Cluster) -> str | None:
    days = sorted(cluster.days)
    if day is None or len(days) < 2:
        return None
    days.remove(day) if day in days else None
    gap = min(abs(day - other) for other in days)
    if gap == 0:
        return "on the same day as another of its stories"
    return f"{gap} day{'s' if gap > 1 else ''} from the nearest of its stories"
