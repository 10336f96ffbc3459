"""What is told of the readers of a story, a storyline or any stories: their mood, what is usual, and how good the reading is.

The screen and the command tell the same, and both have it from here.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from newsdesk.model import FEWEST_FOR_SHARE, Json, Story

if TYPE_CHECKING:
    from newsdesk.desk import Desk
    from newsdesk.sentiment.overview import Overview
    from newsdesk.tagging.tiers import Tier

USUAL_STORIES = 2_000  # stories with comments, the latest ones, that make the usual level
MOST_OF_ONE = 100  # comments: what is usual is told by many threads, not by one giant


@dataclass(frozen=True, slots=True)
class Level:
    """How negative comments on other stories are: `negative` of `sure` ones. `outlet` is whose, None for all that are kept.
    `share` is of them all, but no story's comments weigh more than :data:`MOST_OF_ONE`."""

    outlet: str | None
    negative: int
    sure: int
    share: float

    @classmethod
    def of(cls, outlet: str | None, counts: Sequence[tuple[int, int]]) -> Level:
        """`counts`: of each story how many comments are negative, and how many are sure."""
        weighed = [(negative / sure, min(sure, MOST_OF_ONE)) for negative, sure in counts if sure]
        whole = sum(weight for _, weight in weighed)
        share = sum(own * weight for own, weight in weighed) / whole if whole else 0.0
        return cls(outlet, sum(negative for negative, _ in counts), sum(sure for _, sure in counts), share)

    def to_json(self) -> dict[str, Json]:
        return {"outlet": self.outlet, "negative": self.negative, "sure": self.sure, "share": round(self.share, 3)}


@dataclass(frozen=True, slots=True)
class Readers:
    """`levels`: of the outlet where it is one, and of all, as far as other stories have comments enough."""

    overview: Overview
    levels: tuple[Level, ...]

    @property
    def levels_told(self) -> tuple[Level, ...]:
        """The levels without that of all where it is the outlet's own: only that outlet is kept."""
        return self.levels[:1] if len({(level.negative, level.sure) for level in self.levels}) == 1 else self.levels


def tell_readers(desk: Desk, stories: Sequence[Story]) -> Readers:
    """Everything that is told of the comments of `stories`."""
    from newsdesk.sentiment.overview import survey

    levels = tuple(level for level in _levels(desk, stories) if level.sure >= FEWEST_FOR_SHARE)
    return Readers(survey(stories), levels)


def likely_words(shares: tuple[float, float, float]) -> str:
    """The likely shares of negative, neutral and positive comments."""
    told = ", ".join(f"{share:.0%} {label}" for share, label in zip(shares, ("negative", "neutral", "positive"), strict=True))
    return f"{told}, misreadings allowed for"


def _levels(desk: Desk, stories: Sequence[Story]) -> list[Level]:
    told = {story.id for story in stories}
    rows = [row for row in desk.rows("comments:>0", "newest", USUAL_STORIES) if row.id not in told]
    outlets = {story.outlet or story.source for story in stories if story.comments}
    groups: list[tuple[str | None, list[int]]] = [(None, list(range(len(rows))))]
    if len(outlets) == 1 and (outlet := outlets.pop()):
        groups.insert(0, (outlet, [at for at, row in enumerate(rows) if outlet in (row.outlet, row.source)]))
    return [Level.of(name, [(rows[at].mood.negative, rows[at].mood.sure) for at in own]) for name, own in groups]


# --- how good the reading is


@dataclass(frozen=True, slots=True)
class Measured:
    """What was measured of the tiers: on which set, what, and a figure for each tier, None where it has none."""

    of: str
    what: str
    base: float | None
    model: float | None


def tier_words(tier: Tier) -> str:
    """Which tier reads, of when, and its macro-F1 on news comments that it did not see."""
    from newsdesk.sentiment import measured
    from newsdesk.sentiment.weights import read_settings

    name = {"base": "the base tier (words)", "model": "the model tier (encoder)"}[tier]
    return f"{name} of {read_settings()['measured'][tier]['date']}: {measured(tier)}"


def tier_briefly(tier: Tier) -> str:
    """The same in a line of 80 cells that holds something else too; :func:`figures` tell of which comments."""
    from newsdesk.sentiment.weights import read_settings

    found = read_settings()["measured"][tier]
    return f"the {tier} tier ({found['date']}): macro-F1 {found['macro-F1']:.2f} on news comments"


def figures() -> list[Measured]:
    """Every measure of both tiers, by set."""
    from newsdesk.sentiment.weights import read_settings

    tables: dict[str, dict[tuple[str, str], float]] = {
        tier: {(of, what): value for of, row in found["figures"].items() for what, value in row.items()}
        for tier, found in read_settings()["measured"].items()
    }
    keys = dict.fromkeys(key for table in tables.values() for key in table)
    return [Measured(*key, tables["base"].get(key), tables["model"].get(key)) for key in keys]
