"""Sentences of comments by themselves: runs of one to three, of comments that have more.

Whole comments of a toxic set are nearly all negative; one to three sentences of them are as often plain, and tell what is not
negative under news.
"""

from __future__ import annotations

import random
import re
from collections.abc import Sequence
from dataclasses import dataclass

SEED = 7  # of the runs that labels and the teacher's answers are of
CUT = re.compile(r"(?<=[.!?])[\"')]*\s+|\n+")
_LENGTHS = (1, 1, 2, 2, 3)
_LEAST_WORDS, _MOST_CHARS = 3, 320


@dataclass(frozen=True, slots=True)
class Span:
    """`number` says which row of the set it is of, and which sentences."""

    number: int
    text: str


def cut_spans(texts: Sequence[str], seed: int = SEED) -> list[Span]:
    """Runs of sentences of the `texts` that have more than the run has."""
    draw = random.Random(seed)
    found = []
    for row, text in enumerate(texts):
        parts = [part.strip() for part in CUT.split(text) if part.strip()]
        at = 0
        while at < len(parts):
            length = draw.choice(_LENGTHS)
            run = " ".join(parts[at : at + length])
            if len(parts) > length and len(run.split()) >= _LEAST_WORDS and len(run) <= _MOST_CHARS:
                found.append(Span(row * 1000 + at * 10 + length, run))
            at += length
    return found
