"""The second course of the small encoder: what the teacher says, and how it sees it, of comments under news above all.

The labels stay in it. What nobody labelled is learnt from the teacher's logits, softened (Hinton et al. 2015); of what it was
asked last, its states are a guide too, cut to the directions in which they differ most (as in Romero et al. 2015, "hints").
A comment's headline and what it answers are mostly left out: where headlines are few, an encoder learns them by heart.

A third course (:data:`FURTHER`) goes over more texts that nobody labelled (:mod:`training.mood.more`) beside those; in it the
pieces' own vectors move too.
"""

from __future__ import annotations

import math
import random
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
import torch
from numpy.typing import NDArray
from torch import Tensor, nn
from torch.nn import functional

from newsdesk.sentiment.pieces import Pieces
from training.mood import sources
from training.mood.lessons import SARCASM_RARE, SARCASM_WEIGHT, SMOOTHING, Item, Net, batches, weighed
from training.mood.more import read_editorial, read_taught_more, target_of
from training.mood.sources import Example, Target
from training.mood.spans import read_spans, read_taught_spans
from training.mood.teacher import unmask

PIECES_AT_ONCE = 1600
SLOWER, HEADS_RATE, GUIDE_RATE = 0.9, 3.0, 6.0
WARMING, LEAST_PACE = 60, 0.02
SOFTNESS = 2.0
SAID_WEIGHT, GUIDE_WEIGHT = 2.0, 0.5
IN_CONTEXT = 0.4
# What a comment of a set counts on which the teacher spoke, and how much of that is the teacher's word; the rest is the rating.
TAUGHT = {
    "taught goemotions": (1.0, 1.0),
    "taught toxic_spans": (1.5, 1.0),
    "taught spans": (1.2, 1.0),
    "taught vader": (0.8, 0.6),
    "taught newsmtsc": (0.8, 0.6),
}
# How many of a set's comments are gone over in a round; of the others half.
KEPT = {
    "reddit": 0.25,
    "judged goemotions": 0.25,
    "taught goemotions": 0.175,
    "taught vader": 0.25,
    "taught newsmtsc": 0.25,
}
_KEPT = 0.5
# The same of the texts of the third course.
MORE = {
    "more runs": (1.2, 1.0),
    "more civil": (1.2, 1.0),
    "more vader": (0.8, 1.0),
    "more newsmtsc": (0.8, 1.0),
    "more wikinews": (0.8, 1.0),
    "more headlines": (0.6, 1.0),
    "more reddit": (0.8, 1.0),
    "more turned": (0.8, 1.0),
    "more joined": (0.8, 1.0),
    "editorial": (1.0, 0.5),
}
_MORE_KEPT = 0.3


@dataclass(frozen=True, slots=True)
class Course:
    """How long one goes over the lessons and at which pace. `words`: the pace of the pieces' vectors beside the layers';
    `earlier`: which part of the usual is gone over of the lessons of the course before; `after`: how much of the mean is the
    encoder after the course."""

    steps: int
    rate: float
    words: float
    earlier: float
    after: float


SECOND = Course(steps=3000, rate=1.5e-4, words=0.0, earlier=1.0, after=0.75)
FURTHER = Course(steps=1100, rate=1.2e-4, words=0.75, earlier=0.35, after=2 / 3)


@dataclass(frozen=True, slots=True)
class Heard(Item):
    """An item with the teacher's logits of it, if any, how much is heeded of them beside the target, and its states."""

    said: tuple[float, ...] = ()
    heed: float = 0.0
    guide: tuple[float, ...] = ()
    labelled: bool = False


@dataclass(frozen=True, slots=True)
class Lesson:
    """A comment before it is cut: what :class:`Heard` says of it."""

    example: Example
    weight: float
    target: Target | None
    said: tuple[float, ...] = ()
    heed: float = 0.0
    guide: tuple[float, ...] = ()

    def cut(self, pieces: Pieces, *, in_context: bool) -> Heard:
        one = self.example
        context = (one.title, one.parent) if in_context else (None, None)
        look = pieces.look(unmask(one.text), *context)
        mocks = one.sarcastic or 0.0 if self.labelled else 0.0
        return Heard(*look, "", self.target or (), mocks, self.weight, self.said, self.heed, self.guide, self.labelled)

    @property
    def labelled(self) -> bool:
        return not self.said


def gather(shared: Path, taught: Mapping[str, NDArray[Any]]) -> list[Lesson]:
    """Everything that is gone over: labelled comments, and those that the teacher was asked about."""
    sets = sources.read_labelled(shared)
    sets["fox"] = [one for one in sets["fox"] if not sources.is_held_out(one)]
    found = [Lesson(one, weight, one.target) for one, weight in weighed(sets)]
    ratings = sources.read_own_ratings(shared)
    told = sources.read_taught(shared, taught) + read_taught_spans(read_spans(shared), taught)
    names = [one.source.removeprefix("taught ") for one in told]
    logits = np.vstack([sources.logits_of(taught, name) for name in dict.fromkeys(names)]).tolist()
    guides = [guide for name in dict.fromkeys(names) for guide in _guides(taught, name)]
    for one, said, guide in zip(told, logits, guides, strict=True):
        weight, heed = TAUGHT[one.source]
        rating = ratings.get((one.source, one.text)) if heed < 1 else None
        found.append(Lesson(one, weight, rating, tuple(said), heed if rating else 1.0, guide))
    return found


def gather_more(shared: Path, taught: Mapping[str, NDArray[Any]]) -> list[Lesson]:
    """The texts of the third course, with what the teacher says of them, and the ratings of what was written for newsdesk."""
    guides = taught["more_guide"].astype(np.float64) * float(taught["guide_scale"])
    rows = zip(read_taught_more(shared, taught), sources.logits_of(taught, "more").tolist(), guides.tolist(), strict=True)
    found = [Lesson(one, MORE[one.source][0], None, tuple(said), 1.0, tuple(guide)) for one, said, guide in rows]
    weight, heed = MORE["editorial"]
    for (text, rating), said in zip(read_editorial(), sources.logits_of(taught, "editorial").tolist(), strict=True):
        found.append(Lesson(Example(text, "editorial"), weight, target_of(rating), tuple(said), heed))
    return found


def _guides(taught: Mapping[str, NDArray[Any]], name: str) -> list[tuple[float, ...]]:
    """The teacher's states of the rows of a set; nothing where they weren't kept."""
    rows: list[int] = taught[f"{name}_rows"].tolist()
    if f"{name}_guide" not in taught:
        return [()] * len(rows)
    states = taught[f"{name}_guide"].astype(np.float64) * float(taught["guide_scale"])
    known = dict(zip(taught[f"{name}_guide_rows"].tolist(), map(tuple, states.tolist()), strict=True))
    return [known.get(row, ()) for row in rows]


def rounds(lessons: Sequence[Lesson], pieces: Pieces, draw: random.Random, earlier: float) -> Iterator[list[Heard]]:
    """Batches without end; each round goes over a part of the lessons, few of them in their context."""
    part = {name: earlier * KEPT.get(name, _KEPT) for name in {one.example.source for one in lessons}}
    part |= dict.fromkeys(MORE, _MORE_KEPT)
    while True:
        kept = [one for one in lessons if draw.random() < part[one.example.source]]
        yield from batches([one.cut(pieces, in_context=draw.random() < IN_CONTEXT) for one in kept], draw, PIECES_AT_ONCE)


def loss_of(logits: Tensor, items: Sequence[Heard]) -> Tensor:
    """The mean loss of a batch: what is known, and what the teacher says. `logits` [items, 4]."""
    weight = torch.tensor([item.weight for item in items])
    total = logits.sum() * 0
    known = [row for row, item in enumerate(items) if item.target]
    if known:
        share = weight[known] * torch.tensor([1 - items[row].heed for row in known])
        target = torch.tensor([items[row].target for row in known])
        each = functional.cross_entropy(logits[known, :3], target, reduction="none", label_smoothing=SMOOTHING)
        total = total + (share * each).sum()
    labelled = [row for row, item in enumerate(items) if item.labelled]
    if labelled:
        mocks = torch.tensor([items[row].sarcastic for row in labelled])
        rare = torch.tensor(SARCASM_RARE)
        each = functional.binary_cross_entropy_with_logits(logits[labelled, 3], mocks, reduction="none", pos_weight=rare)
        total = total + SARCASM_WEIGHT * (weight[labelled] * each).sum()
    told = [row for row, item in enumerate(items) if item.said]
    if told:
        said = torch.tensor([items[row].said for row in told])
        share = weight[told] * torch.tensor([items[row].heed for row in told])
        soft = functional.softmax(said[:, :3] / SOFTNESS, 1)
        each = functional.cross_entropy(logits[told, :3] / SOFTNESS, soft, reduction="none")
        mocks = functional.binary_cross_entropy_with_logits(logits[told, 3], torch.sigmoid(said[:, 3]), reduction="none")
        alone = torch.tensor([not items[row].target for row in told]).float()
        total = total + (share * (SAID_WEIGHT * each + SARCASM_WEIGHT * alone * mocks)).sum()
    return total / len(items)


def guide_loss(guide: nn.Module, states: Tensor, items: Sequence[Heard]) -> Tensor:
    """How far the states, seen through `guide`, are from the teacher's."""
    rows = [row for row, item in enumerate(items) if item.guide]
    if not rows:
        return states.sum() * 0
    gap = guide(states[rows]) - torch.tensor([items[row].guide for row in rows])
    return (gap**2).sum() / len(items)


def refine(net: Net, pieces: Pieces, lessons: Sequence[Lesson], course: Course, seed: int) -> None:
    """Go over the lessons, the pace rising, then falling to nothing along a cosine. Nothing in the encoder is dropped at
    random: the lessons are many. What comes out is the mean of the encoder before and after, most of it after: the teacher is
    shy of sarcasm, and what the first course knew of it is kept in part (Wortsman et al. 2022)."""
    for module in net.encoder.modules():
        if isinstance(module, nn.Dropout):
            module.p = 0.0
    guide = nn.Linear(net.width, next(len(one.guide) for one in lessons if one.guide))
    net.encoder.embeddings.word_embeddings.requires_grad_(course.words > 0)
    steps = _steps(net, guide, course)
    rates = [group["lr"] for group in steps.param_groups]
    moving = [parameter for group in steps.param_groups for parameter in group["params"]]
    before = [parameter.detach().clone() for parameter in moving]
    net.train()
    for at, batch in zip(range(course.steps), rounds(lessons, pieces, random.Random(seed), course.earlier), strict=False):
        falling = (1 + math.cos(math.pi * at / course.steps)) / 2
        pace = min(1.0, (at + 1) / WARMING) * (LEAST_PACE + (1 - LEAST_PACE) * falling)
        for group, full in zip(steps.param_groups, rates, strict=True):
            group["lr"] = full * pace
        states = net(batch)
        twice = [loss_of(net.answer(net.dropout(states)), batch) for _ in range(2)]
        loss = (twice[0] + twice[1]) / 2 + GUIDE_WEIGHT * guide_loss(guide, states, batch)
        loss.backward()
        nn.utils.clip_grad_norm_(moving, 1.0)
        steps.step()
        steps.zero_grad()
        if at % 50 == 0:
            print(f"  {at} of {course.steps}: {loss.item():.3f}", flush=True)
    net.eval()
    with torch.no_grad():
        for parameter, was in zip(moving, before, strict=True):
            parameter.lerp_(was, 1 - course.after)


def _steps(net: Net, guide: nn.Module, course: Course) -> torch.optim.Optimizer:
    """Every layer at its own pace, the lower ones slower."""
    layers, rate = list(net.encoder.encoder.layer), course.rate
    groups = [{"params": list(one.parameters()), "lr": rate * SLOWER**at} for at, one in enumerate(reversed(layers))]
    groups.append({"params": list(net.heads.parameters()), "lr": rate * HEADS_RATE})
    groups.append({"params": list(guide.parameters()), "lr": SECOND.rate * GUIDE_RATE})
    if course.words:
        words = list(net.encoder.embeddings.word_embeddings.parameters())
        groups.append({"params": words, "lr": rate * course.words, "weight_decay": 0.0})
    return torch.optim.AdamW(groups, betas=(0.9, 0.98), weight_decay=0.01, fused=True)
