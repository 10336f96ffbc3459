"""The encoder that is fine-tuned: all-MiniLM-L6-v2 (Apache-2.0) with two exits, of which the earlier one is shipped.

Each exit has its own heads. The earlier exit learns from the labels and from the later one, whose states are the better ones.
"""

from __future__ import annotations

import random
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import torch
from numpy.typing import NDArray
from torch import Tensor, nn
from torch.nn import functional

from newsdesk.sentiment.pieces import Pieces, in_rows

SHIPPED_LAYERS, LAYERS = 4, 6
BATCH_PIECES = 1600
RATE = 1.5e-4
HEADS = {"sentiment": 3, "sarcasm": 1, "emotions": 28, "polarity": 3}


@dataclass(frozen=True, slots=True)
class Item:
    """Numbers of pieces, how many of them are the comment's own, and what is known: a head's name, its target and weight."""

    pieces: list[int]
    own: int
    head: str = ""
    target: tuple[float, ...] = ()
    sarcastic: float = 0.0
    weight: float = 1.0


class Encoder(nn.Module):
    """Layers of attention with heads at both exits, over the first and the mean state of the comment's own pieces."""

    def __init__(self, folder: Path, pieces: Pieces, rows: Sequence[int]) -> None:
        super().__init__()
        from transformers import AutoModel

        self.encoder = AutoModel.from_pretrained(folder, attn_implementation="eager")
        table = self.encoder.embeddings.word_embeddings.weight.detach()[torch.tensor(rows)]
        self.encoder.embeddings.word_embeddings = nn.Embedding.from_pretrained(table.clone(), freeze=True)
        self.pieces = pieces
        size = 2 * self.encoder.config.hidden_size
        self.exits = nn.ModuleList(
            nn.ModuleDict({name: nn.Linear(size, width) for name, width in HEADS.items()}) for _ in range(2)
        )
        self.dropout = nn.Dropout(0.1)

    def forward(self, items: Sequence[Item]) -> tuple[Tensor, Tensor]:
        """States [items, size] at the earlier and the later exit."""
        rows = in_rows([(item.pieces, item.own) for item in items])
        numbers, there, behind = (torch.tensor(part) for part in rows)
        with torch.autocast("cpu", dtype=torch.bfloat16):
            found = self.encoder(
                input_ids=numbers, attention_mask=there, token_type_ids=behind, output_hidden_states=True
            ).hidden_states
        own = (there - behind)[..., None].float()

        def pooled(states: Tensor) -> Tensor:
            states = states.float()
            return torch.cat([states[:, 0], (states * own).sum(1) / own.sum(1)], 1)

        return pooled(found[SHIPPED_LAYERS]), pooled(found[LAYERS])


def batches(items: Sequence[Item], draw: random.Random) -> Iterator[list[Item]]:
    """Items of like length together, in a random order, so many pieces at a time."""
    order = list(items)
    draw.shuffle(order)
    made: list[list[Item]] = []
    for begin in range(0, len(order), 1500):
        part: list[Item] = []
        for item in sorted(order[begin : begin + 1500], key=lambda one: len(one.pieces)):
            if part and len(item.pieces) * (len(part) + 1) > BATCH_PIECES:
                made.append(part)
                part = []
            part.append(item)
        made.append(part)
    draw.shuffle(made)
    yield from made


def loss_of(net: Encoder, states: tuple[Tensor, Tensor], items: Sequence[Item]) -> Tensor:
    """The mean loss of a batch, each item by its own head, at both exits; the earlier one is told what the later one says."""
    total = states[0].sum() * 0
    for name in {item.head for item in items}:
        rows = [row for row, item in enumerate(items) if item.head == name]
        part = [items[row] for row in rows]
        early, late = (_head_losses(heads, name, own[rows], part) for heads, own in zip(net.exits, states, strict=True))
        weight = torch.tensor([item.weight for item in part])
        total = total + (weight * (early + late)).sum()
        if name == "sentiment":
            said = net.exits[1][name](states[1][rows]).detach().softmax(1)
            total = (
                total + (weight * functional.cross_entropy(net.exits[0][name](states[0][rows]), said, reduction="none")).sum()
            )
    return total / len(items)


def _head_losses(heads: nn.ModuleDict, name: str, own: Tensor, items: Sequence[Item]) -> Tensor:
    target = torch.tensor([item.target for item in items])
    if name in ("emotions", "sarcasm"):
        return functional.binary_cross_entropy_with_logits(heads[name](own), target, reduction="none").sum(1)
    each = functional.cross_entropy(heads[name](own), target, reduction="none", label_smoothing=0.05)
    if name == "sentiment":
        flags = torch.tensor([[item.sarcastic] for item in items])
        mocks = functional.binary_cross_entropy_with_logits(
            heads["sarcasm"](own), flags, reduction="none", pos_weight=torch.tensor(2.0)
        )
        each = each + 0.5 * mocks.sum(1)
    return each


def tune(net: Encoder, items: Sequence[Item], epochs: int, frozen: int, seed: int, rate: float = RATE) -> None:
    """Fine-tune: upper layers faster than lower ones, heads fastest, embeddings and the `frozen` lowest layers not at all."""
    layers = net.encoder.encoder.layer
    for part in (net.encoder.embeddings, *layers[:frozen]):
        part.requires_grad_(False)
    moving = layers[frozen:]
    groups = [
        {"params": list(layer.parameters()), "lr": rate * 0.9 ** (len(moving) - 1 - at)} for at, layer in enumerate(moving)
    ]
    groups.append({"params": list(net.exits.parameters()), "lr": rate * 8})
    steps = torch.optim.AdamW(groups, betas=(0.9, 0.98), weight_decay=0.01)
    rates = [group["lr"] for group in steps.param_groups]
    draw = random.Random(seed)
    work = [batch for _ in range(epochs) for batch in batches(items, draw)]
    net.train()
    for at, batch in enumerate(work):
        pace = min(1.0, (at + 1) / (0.08 * len(work))) * max(0.02, 1 - at / len(work))
        for group, full in zip(steps.param_groups, rates, strict=True):
            group["lr"] = full * pace
        early, late = net(batch)
        loss = loss_of(net, (net.dropout(early), net.dropout(late)), batch)
        loss.backward()
        nn.utils.clip_grad_norm_([one for one in net.parameters() if one.requires_grad], 1.0)
        steps.step()
        steps.zero_grad()
        if at % 50 == 0:
            print(f"  {at} of {len(work)}: {loss.item():.3f}", flush=True)
    net.eval()


@torch.no_grad()
def ask(net: Encoder, items: Sequence[Item], answer: Callable[[Tensor, Tensor], Tensor]) -> NDArray[np.float32]:
    """What `answer` makes of each item's states at both exits, in the items' order."""
    order = sorted(range(len(items)), key=lambda at: len(items[at].pieces))
    found: dict[int, NDArray[np.float32]] = {}
    for begin in range(0, len(order), 64):
        part = order[begin : begin + 64]
        found.update(zip(part, answer(*net([items[at] for at in part])).numpy(), strict=True))
    return np.stack([found[at] for at in range(len(items))])
