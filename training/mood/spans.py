"""Sentences of Civil comments that nobody labelled: the teacher says of a part what they are, the encoder of the rest."""

from __future__ import annotations

import random
import re
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

from numpy.typing import NDArray

from training.mood import sources
from training.mood.runs import Span, cut_spans
from training.mood.sources import Example


def read_spans(shared: Path) -> list[Span]:
    """Every span, in the order in which the teacher is asked. What is, word for word, a comment that is kept aside is left
    out."""
    fox = sources.read_comments(shared, "fox")
    held = {bare(one.text) for one in (*sources.read_comments(shared, "ucc"), *filter(sources.is_held_out, fox))}
    spans = [one for one in cut_spans(sources.toxic_texts(shared)) if bare(one.text) not in held]
    random.Random(11).shuffle(spans)
    return spans


def read_taught_spans(spans: Sequence[Span], taught: Mapping[str, NDArray[Any]]) -> list[Example]:
    """Those that the teacher was asked about, with what it says of them."""
    known = {span.number: span for span in spans}
    asked = [known[number] for number in taught["spans_rows"].tolist()]
    return sources.as_said([span.text for span in asked], "taught spans", sources.logits_of(taught, "spans"))


def read_other_spans(spans: Sequence[Span], taught: Mapping[str, NDArray[Any]]) -> list[Example]:
    """Those that the teacher wasn't asked about."""
    asked = set(taught["spans_rows"].tolist())
    return [Example(span.text, "heard spans") for span in spans if span.number not in asked]


def bare(text: str) -> str:
    return re.sub(r"\W+", " ", text.lower()).strip()
