"""How strongly a text leans, beyond what its class says: a head of the encoder, linear in its states.

It learns from ratings by many people, VADER's of tweets and reviews, NewsMTSC's of what news say of people, and those of
``editorial.tsv``: how much further they are from 0 than the chances of the classes. Of labelled comments it learns to add
nothing, so that what is called negative there stays so. A ridge regression; the encoder is as it was.
"""

from __future__ import annotations

import random
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from training.mood import sources
from training.mood.pool import read_editorial
from training.mood.sources import Example

Array = NDArray[np.float64]
Floats = NDArray[np.float32]

RATED = {"tweets": 3900, "amazonReviewSnippets": 3600, "movieReviewSnippets": 3600}
NEWS = 3900  # of the sentences of NewsMTSC
COMMENTS = {"judged spans": 4400, "authored": 2600, "judged toxic_spans": 1000, "reddit": 1000}
_COMMENT_WEIGHT = 3.0
_PENALTY = 0.03  # for each lesson, of states with a spread of 1
_MOST = 2.0  # a rating of that size is as strong as a chance of 1


@dataclass(frozen=True, slots=True)
class Lessons:
    """Rated texts with their `ratings`, -4 to 4; and labelled `comments`."""

    rated: list[Example]
    ratings: Array
    comments: list[Example]


def read_lessons(shared: Path) -> Lessons:
    """A part of each set, drawn by lot, and the Fox comments that aren't kept aside."""
    draw = random.Random(5)
    pairs = [pair for part, count in RATED.items() for pair in draw.sample(sources.read_vader_ratings(shared, part), count)]
    pairs += draw.sample(sources.read_newsmtsc_ratings(shared), NEWS) + read_editorial()
    labelled = sources.read_labelled(shared)
    comments = [one for one in labelled["fox"] if not sources.is_held_out(one)]
    comments += [one for name, count in COMMENTS.items() for one in draw.sample(labelled[name], count)]
    return Lessons([Example(text, "rated") for text, _ in pairs], np.array([rating for _, rating in pairs]), comments)


def learn_strength(
    states_of: Callable[[Sequence[Example]], Array], answer: Floats, bias: Floats, lessons: Lessons
) -> tuple[Floats, Floats]:
    """The head's weights [states] and level [1]. `answer` [heads, states], `bias`: the heads that there are, the three classes
    first."""
    rated, comments = states_of(lessons.rated), states_of(lessons.comments)
    odds = np.exp(rated @ answer[:3].T + bias[:3])
    chance = odds / odds.sum(1, keepdims=True)
    wanted = np.concatenate([lessons.ratings / _MOST - (chance[:, 2] - chance[:, 0]), np.zeros(len(comments))])
    weight = np.concatenate([np.ones(len(rated)), np.full(len(comments), _COMMENT_WEIGHT)])
    mean, spread = rated.mean(0), rated.std(0)
    seen, level = (np.vstack([rated, comments]) - mean) / spread, np.average(wanted, weights=weight)
    squares = (seen * weight[:, None]).T @ seen + _PENALTY * len(wanted) * np.eye(len(mean))
    slope = np.linalg.solve(squares, (seen * weight[:, None]).T @ (wanted - level)) / spread
    return slope.astype(np.float32), np.array([level - mean @ slope], np.float32)
