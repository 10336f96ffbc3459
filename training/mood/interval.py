"""What the interval of the share of negative comments is made with, and whether it covers what it should: on threads drawn from
labelled comments, of each length in :data:`LENGTHS`.

Three kinds of thread are drawn: of an outlet's comments as they come; of as few of its stories as have so many comments; and of
so many negative and other comments that the true share is one of :data:`SHARES`. What is to be covered is the true share among
the comments of the thread that are not unsure.
"""

from __future__ import annotations

import itertools
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import numpy as np

from newsdesk.sentiment.summary import Told, around
from training.mood.calibrate import Settings
from training.mood.measure import Answers, Array, Flags, Ints

LENGTHS = (10, 20, 40, 100, 200)
# The true shares of the labelled stories of Fox and of Globe and Mail, in tenths (.57 to .93): any outlet may have any of them.
SHARES = (0.6, 0.7, 0.8, 0.9)
COVERED = 0.96  # a point more than is told: the same comments chose the chances
STEP = 0.005
THREADS = 1000  # of each kind and length


@dataclass(frozen=True, slots=True)
class Outlet:
    """The comments of a labelled set of which a tier is not unsure: whether they are negative, whether they were said to be,
    with what confidence, and the numbers of their stories."""

    source: str
    negative: Flags
    said: Flags
    confidence: Array
    story: Ints

    @classmethod
    def of(cls, source: str, answers: Answers, stories: Sequence[str], unsure: float) -> Outlet:
        confidence = answers.confidence.round(3)  # as it is kept
        sure = confidence >= unsure
        numbers = np.unique(np.asarray(stories)[sure], return_inverse=True)[1]
        return cls(source, answers.gold[sure] == 0, answers.label[sure] == 0, confidence[sure], numbers)

    @classmethod
    def together(cls, parts: Sequence[Outlet]) -> Outlet:
        """Several parts of one, which share no story."""
        before = itertools.accumulate((int(one.story.max()) + 1 for one in parts), initial=0)
        story = np.concatenate([one.story + start for one, start in zip(parts, before, strict=False)])
        negative, said = (np.concatenate([getattr(one, name) for one in parts]) for name in ("negative", "said"))
        return cls(parts[0].source, negative, said, np.concatenate([one.confidence for one in parts]), story)

    def threads(self) -> Iterator[tuple[int, Ints]]:
        """The length of each kind of thread, and threads of it: rows of comments [threads, length]. None is longer than half of
        what there is."""
        draw = np.random.default_rng(5)
        size = len(self.story)
        for length in LENGTHS:
            if length <= size // 2:
                yield length, draw.integers(size, size=(THREADS, length))
                yield length, np.array([self._stories(length, draw) for _ in range(THREADS)])
                for share in SHARES if self.source != "pages" else ():
                    wanted = np.arange(length) < round(share * length)
                    own, others = (
                        draw.choice(np.flatnonzero(one), (THREADS, length)) for one in (self.negative, ~self.negative)
                    )
                    yield length, np.where(wanted, own, others)

    def _stories(self, length: int, draw: np.random.Generator) -> Ints:
        """So many comments of as few stories as have them, drawn."""
        order = draw.permutation(self.story.max() + 1)
        rows = [np.flatnonzero(self.story == one) for one in order]
        enough = next(at for at, got in enumerate(itertools.accumulate(map(len, rows)), 1) if got >= length)
        return draw.choice(np.concatenate(rows[:enough]), length, replace=False)


@dataclass(frozen=True, slots=True)
class Threads:
    """What is told of threads of one kind, and their true shares."""

    length: int
    told: list[Told]
    true: Array

    def cover(self, drift: float) -> tuple[float, float]:
        """The part of them whose interval holds the true share, and the intervals' mean width."""
        low, high = np.array([around(one, drift) for one in self.told]).T
        return float(((low - 1e-9 <= self.true) & (self.true <= high + 1e-9)).mean()), float((high - low).mean())


def draw_threads(outlet: Outlet, missed: float) -> Iterator[Threads]:
    chance = np.where(outlet.said, outlet.confidence, missed * (1 - outlet.confidence))
    for length, rows in outlet.threads():
        shares = (outlet.said[rows], chance[rows], (chance * (1 - chance))[rows] / length)
        told = [Told(*one) for one in zip(*(each.mean(axis=1).tolist() for each in shares), strict=True)]
        yield Threads(length, told, outlet.negative[rows].mean(axis=1))


def fit_interval(outlets: Sequence[Outlet], weights: Sequence[float]) -> Settings:
    """`missed`: where a label that is not negative is wrong, how often it should be negative; an outlet counts as its weight
    says. `drift`: the least that lets :data:`COVERED` of each kind of thread be covered. Pages don't choose it: of their few
    comments one page more or less would decide."""
    counts = np.array([_missed(one) for one in outlets]) / np.array([[len(one.said)] for one in outlets])
    found, expected = np.asarray(weights) @ counts
    missed = round(float(found / expected), 2)
    threads = [one for outlet in outlets if outlet.source != "pages" for one in draw_threads(outlet, missed)]
    steps = (STEP * step for step in itertools.count())
    drift = next(step for step in steps if all(one.cover(step)[0] >= COVERED for one in threads))
    return {"missed": missed, "drift": round(drift, 3)}


def _missed(outlet: Outlet) -> tuple[float, float]:
    """How many are negative of those that were said not to be, and how many of these labels should be wrong."""
    return float((outlet.negative & ~outlet.said).sum()), float((1 - outlet.confidence)[~outlet.said].sum())


def measure_intervals(judged: Sequence[tuple[Outlet, Settings]]) -> dict[str, float]:
    """For each length the least part of threads of a kind whose interval holds the true share, and the mean width. The threads
    are of all these comments together; `missed` and `drift` are the means of the settings."""
    missed, drift = (float(np.mean([settings[name] for _, settings in judged])) for name in ("missed", "drift"))
    found: dict[int, list[tuple[float, float]]] = {}
    for threads in draw_threads(Outlet.together([one for one, _ in judged]), missed):
        found.setdefault(threads.length, []).append(threads.cover(drift))
    figures = {}
    for length, kinds in found.items():
        covered, width = zip(*kinds, strict=True)
        figures[f"interval of {length} covers"] = min(covered)
        figures[f"interval of {length}, width"] = sum(width) / len(width)
    return figures
