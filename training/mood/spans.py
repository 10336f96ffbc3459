"""Sentences of Civil comments by themselves: what readers write under news, in more moods than their whole comments have.

Whole comments of that set are nearly all negative; one to three sentences of them are as often plain, and tell what is not
negative under news. Nobody labelled them: the teacher says of a part what they are, the encoder of the rest.
"""

from __future__ import annotations

import random
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

from numpy.typing import NDArray

from training.mood import sources
from training.mood.sources import Example

_CUT = re.compile(r"(?<=[.!?])[\"')]*\s+|\n+")
_LENGTHS = (1, 1, 2, 2, 3)
_LEAST_WORDS, _MOST_CHARS = 3, 320
_EVERY_TITLE, _EVERY_PARENT = 3, 6


@dataclass(frozen=True, slots=True)
class Span:
    """`number` says which row of the set it is of, and which sentences; some stand under a headline and answer another."""

    number: int
    text: str
    title: str | None = None
    parent: str | None = None


def cut_spans(texts: Sequence[str], seed: int) -> list[Span]:
    """Runs of sentences of the `texts` that have more than the run has."""
    draw = random.Random(seed)
    found = []
    for row, text in enumerate(texts):
        parts = [part.strip() for part in _CUT.split(text) if part.strip()]
        at = 0
        while at < len(parts):
            length = draw.choice(_LENGTHS)
            run = " ".join(parts[at : at + length])
            if len(parts) > length and len(run.split()) >= _LEAST_WORDS and len(run) <= _MOST_CHARS:
                found.append(Span(row * 1000 + at * 10 + length, run))
            at += length
    return found


def read_spans(shared: Path) -> list[Span]:
    """Every span, in the order in which the teacher is asked, some of them with a headline and an answered comment drawn from
    what is learnt from, so that it is seen how little these change. What is, word for word, a comment that is kept aside is
    left out."""
    draw = random.Random(11)
    sets = sources.read_labelled(shared)
    held = {_bare(one.text) for one in (*sources.read_comments(shared, "ucc"), *filter(sources.is_held_out, sets["fox"]))}
    spans = [one for one in cut_spans([one.text for one in sources.read_toxic(shared)], 7) if _bare(one.text) not in held]
    draw.shuffle(spans)
    under = [one for one in sets["fox"] if not sources.is_held_out(one)] + sets["authored"]
    titles = sorted({one.title for one in under if one.title})
    found = []
    for at, span in enumerate(spans):
        title = draw.choice(titles) if at % _EVERY_TITLE == 0 else None
        parent = spans[draw.randrange(len(spans))].text if at % _EVERY_PARENT == 0 else None
        found.append(Span(span.number, span.text, title, parent))
    return found


def read_taught_spans(spans: Sequence[Span], taught: Mapping[str, NDArray[Any]]) -> list[Example]:
    """Those that the teacher was asked about, with what it says of them."""
    known = {span.number: span for span in spans}
    asked = [known[number] for number in taught["spans_rows"].tolist()]
    said = sources.as_said([span.text for span in asked], "taught spans", sources.logits_of(taught, "spans"))
    return [replace(one, title=span.title, parent=span.parent) for one, span in zip(said, asked, strict=True)]


def read_other_spans(spans: Sequence[Span], taught: Mapping[str, NDArray[Any]]) -> list[Example]:
    """Those that the teacher wasn't asked about."""
    asked = set(taught["spans_rows"].tolist())
    return [Example(span.text, "heard spans") for span in spans if span.number not in asked]


def _bare(text: str) -> str:
    return re.sub(r"\W+", " ", text.lower()).strip()
