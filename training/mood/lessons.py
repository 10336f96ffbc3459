"""Fine-tuning an encoder: heads over its states, and lessons of labelled comments, one after the other.

Both encoders learn in the same way: the large one, which teaches, and the small one, which is shipped.
"""

from __future__ import annotations

import random
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import TypeVar

import numpy as np
import torch
from numpy.typing import NDArray
from torch import Tensor, nn
from torch.nn import functional

from newsdesk.sentiment.pieces import in_rows
from training.mood.fit import balance
from training.mood.sources import Example

HEADS = {"sentiment": 3, "sarcasm": 1, "polarity": 3}
SMOOTHING = 0.05
SARCASM_WEIGHT, SARCASM_RARE = 0.5, 2.0
# How much a set counts. Civil comments are nearly all negative: of those a quarter is enough.
WEIGHT = {"fox": 1.5, "civil": 0.6, "reddit": 1.0, "authored": 1.0}
WEIGHT |= {"judged toxic_spans": 0.7, "judged spans": 1.2, "judged goemotions": 0.7}
_CIVIL_KEPT = 0.25


@dataclass(frozen=True, slots=True)
class Item:
    """Numbers of pieces, how many of them are the comment's own, and what is known: a head's name, its target and weight."""

    pieces: list[int]
    own: int
    head: str = ""
    target: tuple[float, ...] = ()
    sarcastic: float = 0.0
    weight: float = 1.0


One = TypeVar("One", bound=Item)


@dataclass(frozen=True, slots=True)
class Manner:
    """How an encoder is fine-tuned. Its upper layers learn at `rate`, each one below at `slower` of that, the heads at `heads`
    times it, embeddings and the `frozen` lowest layers not at all; a batch has `pieces` pieces."""

    rate: float
    slower: float
    heads: float
    frozen: int
    pieces: int


class Net(nn.Module):
    """An encoder with heads over the first and the mean state of the comment's own pieces. `padding` is the number that it
    takes for nothing; `two_parts`: whether it is told which pieces are of the context."""

    def __init__(self, encoder: nn.Module, width: int, padding: int, *, two_parts: bool) -> None:
        super().__init__()
        self.encoder = encoder
        self.heads = nn.ModuleDict({name: nn.Linear(2 * width, size) for name, size in HEADS.items()})
        self.dropout = nn.Dropout(0.1)
        self.padding, self.two_parts = padding, two_parts
        self.width = 2 * width

    def forward(self, items: Sequence[Item]) -> Tensor:
        """States [items, 2 * width]."""
        rows = in_rows([(item.pieces, item.own) for item in items])
        numbers, there, behind = (torch.tensor(part) for part in rows)
        parts = {"token_type_ids": behind} if self.two_parts else {}
        with torch.autocast("cpu", dtype=torch.bfloat16):
            found = self.encoder(input_ids=numbers.masked_fill(there == 0, self.padding), attention_mask=there, **parts)
        states = found.last_hidden_state.float()
        own = (there - behind)[..., None].float()
        return torch.cat([states[:, 0], (states * own).sum(1) / own.sum(1)], 1)

    def answer(self, states: Tensor) -> Tensor:
        """Logits [items, 4]: negative, neutral, positive, sarcasm."""
        return torch.cat([self.heads["sentiment"](states), self.heads["sarcasm"](states)], 1)


def batches(items: Sequence[One], draw: random.Random, pieces: int) -> Iterator[list[One]]:
    """Items of like length together, in a random order, so many pieces at a time."""
    order = list(items)
    draw.shuffle(order)
    made: list[list[One]] = []
    for begin in range(0, len(order), 1500):
        part: list[One] = []
        for item in sorted(order[begin : begin + 1500], key=lambda one: len(one.pieces)):
            if part and len(item.pieces) * (len(part) + 1) > pieces:
                made.append(part)
                part = []
            part.append(item)
        made.append(part)
    draw.shuffle(made)
    yield from made


def loss_of(net: Net, states: Tensor, items: Sequence[Item]) -> Tensor:
    """The mean loss of a batch, each item by its own head."""
    total = states.sum() * 0
    for name in sorted({item.head for item in items}):
        rows = [row for row, item in enumerate(items) if item.head == name]
        part = [items[row] for row in rows]
        weight = torch.tensor([item.weight for item in part])
        total = total + (weight * _losses(net.heads, name, states[rows], part)).sum()
    return total / len(items)


def _losses(heads: nn.ModuleDict, name: str, states: Tensor, items: Sequence[Item]) -> Tensor:
    target = torch.tensor([item.target for item in items])
    each = functional.cross_entropy(heads[name](states), target, reduction="none", label_smoothing=SMOOTHING)
    if name == "sentiment":
        flags = torch.tensor([[item.sarcastic] for item in items])
        mocks = functional.binary_cross_entropy_with_logits(
            heads["sarcasm"](states), flags, reduction="none", pos_weight=torch.tensor(SARCASM_RARE)
        )
        each = each + SARCASM_WEIGHT * mocks.sum(1)
    return each


def tune(net: Net, layers: Sequence[nn.Module], lessons: Sequence[Sequence[Item]], manner: Manner, seed: int) -> None:
    """Fine-tune on the lessons, one after the other, the pace falling to nothing at the end. `layers` from the lowest on."""
    for parameter in net.encoder.parameters():
        parameter.requires_grad_(False)
    moving = layers[manner.frozen :]
    groups = []
    for at, layer in enumerate(moving):
        layer.requires_grad_(True)
        groups.append({"params": list(layer.parameters()), "lr": manner.rate * manner.slower ** (len(moving) - 1 - at)})
    groups.append({"params": list(net.heads.parameters()), "lr": manner.rate * manner.heads})
    steps = torch.optim.AdamW(groups, betas=(0.9, 0.98), weight_decay=0.01, fused=True)
    rates = [group["lr"] for group in steps.param_groups]
    draw = random.Random(seed)
    work = [batch for items in lessons for batch in batches(items, draw, manner.pieces)]
    net.train()
    for at, batch in enumerate(work):
        pace = min(1.0, (at + 1) / (0.08 * len(work))) * max(0.02, 1 - at / len(work))
        for group, full in zip(steps.param_groups, rates, strict=True):
            group["lr"] = full * pace
        states = net(batch)
        # Two draws of what is dropped cost next to nothing, and steady the heads.
        loss = (loss_of(net, net.dropout(states), batch) + loss_of(net, net.dropout(states), batch)) / 2
        loss.backward()
        nn.utils.clip_grad_norm_([one for one in net.parameters() if one.requires_grad], 1.0)
        steps.step()
        steps.zero_grad()
        if at % 50 == 0:
            print(f"  {at} of {len(work)}: {loss.item():.3f}", flush=True)
    net.eval()


@torch.no_grad()
def ask(net: Net, items: Sequence[Item], *, states: bool = False) -> NDArray[np.float32]:
    """The net's answer to each item, or its states, in the items' order."""
    order = sorted(range(len(items)), key=lambda at: len(items[at].pieces))
    found: dict[int, NDArray[np.float32]] = {}
    for begin in range(0, len(order), 64):
        part = order[begin : begin + 64]
        seen = net([items[at] for at in part])
        found.update(zip(part, (seen if states else net.answer(seen)).numpy(), strict=True))
    return np.stack([found[at] for at in range(len(items))])


def weighed(sets: dict[str, list[Example]]) -> Iterator[tuple[Example, float]]:
    """The labelled comments with what each counts: classes evened out within a set, a part of the many negative ones."""
    draw = random.Random(4)
    for name, weight in WEIGHT.items():
        kept = [one for one in sets[name] if name != "civil" or one.label or draw.random() < _CIVIL_KEPT]
        targets = np.array([one.target for one in kept])
        weights = balance(targets, np.full(len(kept), weight), np.zeros(len(kept), int), 0.5)
        yield from zip(kept, weights.tolist(), strict=True)
