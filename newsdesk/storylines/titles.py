"""What a storyline is called: after its newest typical story, in one language."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping

from newsdesk.model import Story
from newsdesk.storylines.batch import Batch
from newsdesk.storylines.cluster import Cluster, Spread
from newsdesk.storylines.explain import name
from newsdesk.storylines.signature import Signature
from newsdesk.storylines.table import UNDATED

# One is typical that is no less central than this share of what the stories of its storyline are on average.
TYPICAL = 0.85
CENTRAL_DIGITS = 4  # two stories alone are as central as each other but for the last digits: then the first is
_OF_ONE, _PLAINLY = 0.9, 1.1
_ZONES = 1  # days: elsewhere it may be tomorrow


def call_after_newest(batch: Batch, cluster: Cluster, spread: Spread, stories: Mapping[int, Story], today: int) -> None:
    """Give a cluster the title of its newest typical story; of those of one day it is the most central. The one that it has
    gives way to a newer typical one in its language, and to one of its own day that is plainly more central.

    `stories`: its members in the batch, by place; `spread` holds a cluster of several; `today` (days since 1970-01-01, 0 if
    not known): a later date tells nothing, else who prints one would have the title from then on.
    """
    if cluster.size == 1:
        _call(cluster, stories[cluster.members[0]], batch.sign(cluster.members[0]), _OF_ONE)
        return
    length = cluster.square**0.5 or 1.0
    least, tongue = TYPICAL * length / cluster.size, _tongue(batch, cluster)
    last = today + _ZONES if today else UNDATED
    best, chosen = (False, 0, -1.0), None
    if cluster.title:
        best = (True, _since(cluster.title_day, last), cluster.centrality * _PLAINLY)
    for place in cluster.members:
        sign, story = batch.sign(place), stories[place]
        central = round(spread.dot(sign.terms, sign.values) / length, CENTRAL_DIGITS)
        central *= 1.0 if story.title else 0.5
        typical = central >= least and (tongue is None or sign.language in (None, tongue))
        own = (typical, _since(sign.day, last) if typical else 0, central)
        if own > best and (story.title or story.lead()):
            best, chosen = own, place
    if chosen is not None:
        _call(cluster, stories[chosen], batch.sign(chosen), best[2])
    elif not cluster.title:
        cluster.title = name(stories[cluster.members[0]])


def _call(cluster: Cluster, story: Story, sign: Signature, centrality: float) -> None:
    cluster.title, cluster.centrality = name(story), centrality
    cluster.title_day, cluster.title_language = sign.day, sign.language


def _tongue(batch: Batch, cluster: Cluster) -> str | None:
    """The language that a cluster in several is called in: that of its title, else of most of its stories."""
    if len(cluster.languages) < 2:
        return None
    return cluster.title_language if cluster.title else main_language(batch.sign(place).language for place in cluster.members)


def main_language(languages: Iterable[str | None]) -> str | None:
    """The language of most stories, of as frequent ones the first; those whose language is not known don't count."""
    told = Counter(language for language in languages if language is not None)
    return told.most_common(1)[0][0] if told else None


def _since(day: int | None, last: int) -> int:
    """A day as a number to compare by: no date is before all, and so is one after the `last`."""
    return -UNDATED if day is None or day > last else day
