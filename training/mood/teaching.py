"""Teaching both encoders from a pack (:mod:`training.mood.pack`), on a GPU if there is one.

Several teachers are fine-tuned on the labelled comments, each with other lots drawn. They say what they think of every text
that nobody labelled and of several hundred thousand turned ones; the mean of their logits, softened (Hinton et al. 2015),
teaches the small encoder, labels beside it. The first teacher's states are a guide too, cut to the directions in which they
differ most (Romero et al. 2015, "hints"). Towards the end the encoder rounds as the shipped graph does, and what comes out is
the mean over the last steps. Two encoders are taught: one from all labels, and one that never saw the Fox stories which are
kept aside, to be measured there; no teacher saw them. :mod:`training.mood.encoder` ships the mean of both.

    python -m training.mood.teaching PACK LARGE SMALL OUT

LARGE and SMALL are the encoders' model.safetensors. It needs the extra ``teacher`` and six minutes of a large GPU; a CPU needs
days.
"""

from __future__ import annotations

import argparse
import math
import multiprocessing
import time
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
import torch
from numpy.typing import NDArray
from torch import Tensor, nn
from torch.nn import functional

from newsdesk.sentiment.pieces import HEAD_PIECES, TEXT_PIECES
from training.mood.nets import ANSWERS, LARGE, SMALL, Encoder, Shape, fill
from training.mood.pack import HEAD, TAIL, Ints, Pack, Rows, cut, load
from training.mood.turns import together, turned

Array = NDArray[np.float32]

# How many pieces are read at the beginning and at the end.
LARGE_CUT, SMALL_CUT = (HEAD, TAIL), (HEAD_PIECES, TEXT_PIECES - HEAD_PIECES)
# What begins and ends a text, and what stands where there is nothing: rows of the two encoders' tables.
LARGE_ENDS, LARGE_NOTHING = (0, 2), 1
SMALL_ENDS, SMALL_NOTHING = (101, 102), 0
SMOOTHING = 0.05
SARCASM_WEIGHT, SARCASM_RARE = 0.5, 2.0
# The teacher's last round: comments under news and sentences of them above all, of the other sets a part, so that they aren't
# forgotten.
LAST = {"judged spans": 1.0, "fox": 1.0, "civil": 0.7, "authored": 0.7, "judged toxic_spans": 0.6, "editorial": 0.5}
_LAST = 0.25
SOFTNESS, SAID_WEIGHT, GUIDE_WEIGHT, GUIDE_SIZE = 2.0, 2.0, 0.5, 64
LABELS_AGAIN = 3  # how often a round of the encoder goes over the labels
ROUNDED_FROM, MEAN_FROM, MEAN_OVER = 0.7, 0.8, 0.998


@dataclass(frozen=True, slots=True)
class Manner:
    """`rate`: the pace of the uppermost layer, each one below at `slower` of that, the heads at `heads` times it; a step has
    `pieces` pieces; `drop`: how much is dropped at random."""

    rate: float
    slower: float
    heads: float
    pieces: int
    rounds: int
    drop: float


TEACHER = Manner(rate=6e-5, slower=0.92, heads=6.0, pieces=6_000, rounds=3, drop=0.1)
STUDENT = Manner(rate=5e-4, slower=0.9, heads=2.0, pieces=40_000, rounds=5, drop=0.0)
TEACHERS, TURNED = 4, 480_000


class Texts:
    """Rows of pieces on the device."""

    def __init__(self, rows: Rows, nothing: int, device: torch.device) -> None:
        self.counts, self.nothing, self.device = rows.counts, nothing, device
        self._flat = torch.from_numpy(rows.flat).to(device)
        self._begins = torch.from_numpy(rows.begins).to(device)
        self._counts = torch.from_numpy(rows.counts).to(device)

    def of(self, rows: NDArray[np.int64]) -> tuple[Tensor, Tensor]:
        """Numbers and which are there [rows, places]; places are a multiple of eight."""
        places = -(-int(self.counts[rows].max()) // 8) * 8
        index = torch.from_numpy(rows).to(self.device, non_blocking=True)
        at = torch.arange(places, device=self.device)
        there = at < self._counts[index, None]
        place = (self._begins[index, None] + at).clamp_max(len(self._flat) - 1)
        return self._flat[place].long().masked_fill(~there, self.nothing), there


def batches(counts: Ints, rows: NDArray[np.int64], pieces: int, draw: np.random.Generator) -> list[NDArray[np.int64]]:
    """Rows of like length together, in a random order, about so many pieces at a time."""
    rows = draw.permutation(rows)
    made: list[NDArray[np.int64]] = []
    reach = max(1, 40 * pieces // max(1, int(counts[rows].mean())))
    for begin in range(0, len(rows), reach):
        part = rows[begin : begin + reach]
        part = part[np.argsort(counts[part], kind="stable")]
        places = (-(-counts[part] // 8) * 8).tolist()
        first = 0
        while first < len(part):
            last = first + 1
            while last < len(part) and places[last] * (last + 1 - first) <= pieces:
                last += 1
            made.append(part[first:last])
            first = last
    return [made[at] for at in draw.permutation(len(made))]


def groups_of(net: Encoder, manner: Manner, others: Sequence[nn.Module]) -> list[dict[str, Any]]:
    """Every layer at its own pace, the lower ones slower."""
    rate = manner.rate
    groups = [
        {"params": list(layer.parameters()), "lr": rate * manner.slower**at} for at, layer in enumerate(reversed(net.layers))
    ]
    lowest = rate * manner.slower**net.shape.layers
    groups.append({"params": [*net.words.parameters(), *net.places.parameters(), *net.norm.parameters()], "lr": lowest})
    heads = [net.answer, *others]
    groups.append({"params": [one for head in heads for one in head.parameters()], "lr": rate * manner.heads})
    return groups


def go(
    net: Encoder,
    manner: Manner,
    work: list[NDArray[np.int64]],
    loss_of: Callable[[NDArray[np.int64]], Tensor],
    others: Sequence[nn.Module] = (),
    name: str = "",
) -> Iterator[float]:
    """A step for each batch of `work`, the pace rising, then falling to nothing along a cosine; yields how much is done."""
    groups = groups_of(net, manner, others)
    rates = [group["lr"] for group in groups]
    moving = [parameter for group in groups for parameter in group["params"]]
    steps = torch.optim.AdamW(groups, betas=(0.9, 0.98), weight_decay=0.01, fused=True)
    net.train()
    began, count = time.monotonic(), len(work)
    for at, rows in enumerate(work):
        done = at / count
        pace = min(1.0, (at + 1) / (0.05 * count + 1)) * (0.01 + 0.99 * (1 + math.cos(math.pi * done)) / 2)
        for group, full in zip(steps.param_groups, rates, strict=True):
            group["lr"] = full * pace
        loss = loss_of(rows)
        loss.backward()
        nn.utils.clip_grad_norm_(moving, 1.0)
        steps.step()
        steps.zero_grad()
        if at % max(1, count // 12) == 0:
            print(f"{name} {at} of {count}: {loss.item():.3f}, {time.monotonic() - began:.0f} s", flush=True)
        yield done
    net.eval()


def known_loss(logits: Tensor, target: Tensor, sarcastic: Tensor) -> Tensor:
    """Of each row what the labels say; `sarcastic` is below nothing where nobody said."""
    each = functional.cross_entropy(logits[:, :3], target, reduction="none", label_smoothing=SMOOTHING)
    rare = torch.tensor(SARCASM_RARE, device=logits.device)
    mocks = functional.binary_cross_entropy_with_logits(logits[:, 3], sarcastic.clamp_min(0), reduction="none", pos_weight=rare)
    return each + SARCASM_WEIGHT * mocks * (sarcastic >= 0)


def said_loss(logits: Tensor, said: Tensor) -> Tensor:
    """Of each row how far it is from what the teachers say."""
    soft = functional.softmax(said[:, :3] / SOFTNESS, 1)
    each = functional.cross_entropy(logits[:, :3] / SOFTNESS, soft, reduction="none")
    mocks = functional.binary_cross_entropy_with_logits(logits[:, 3], torch.sigmoid(said[:, 3]), reduction="none")
    return SAID_WEIGHT * each + SARCASM_WEIGHT * mocks


@dataclass(frozen=True, slots=True)
class Place:
    """Where everything is: the pack, the encoders' weights, the folder of what comes out; and how much is done."""

    pack: Path
    large: Path
    small: Path
    out: Path
    teacher: Manner = TEACHER
    student: Manner = STUDENT
    teachers: int = TEACHERS
    turned: int = TURNED

    @property
    def device(self) -> torch.device:
        return torch.device("cuda" if torch.cuda.is_available() else "cpu")

    def start(self, shape: Shape, path: Path, rows: Ints, drop: float, seed: int) -> Encoder:
        from safetensors.torch import load_file

        torch.manual_seed(seed)
        net = Encoder(shape, len(rows), 96, drop)
        fill(net, load_file(path), torch.from_numpy(rows).long())
        net.to(self.device)
        return net

    def texts(self, words: Rows, pack: Pack, shape: Shape) -> Texts:
        """Cut for the encoder of that shape."""
        if shape.width == LARGE.width:
            return Texts(cut(words, pack.large, LARGE_ENDS, LARGE_CUT), LARGE_NOTHING, self.device)
        number = {int(row): at for at, row in enumerate(pack.small_rows)}
        begin, end = (number[row] for row in SMALL_ENDS)
        return Texts(cut(words, pack.small, (begin, end), SMALL_CUT), number[SMALL_NOTHING], self.device)


def heard(net: Encoder, texts: Texts, rows: NDArray[np.int64]) -> Tensor:
    numbers, there = texts.of(rows)
    with torch.autocast(texts.device.type, dtype=torch.bfloat16):
        states: Tensor = net(numbers, there)
    return states.float()


def ask(net: Encoder, texts: Texts, guide: Callable[[Tensor], Tensor] | None = None) -> tuple[Array, Array]:
    """The logits of all texts, and their states as `guide` sees them."""
    net.eval()
    rows = np.arange(len(texts.counts))
    logits = torch.empty(len(rows), ANSWERS, dtype=torch.float16, device=texts.device)
    states = torch.empty(len(rows), GUIDE_SIZE, dtype=torch.float16, device=texts.device) if guide else logits
    with torch.no_grad():
        for part in batches(texts.counts, rows, 60_000, np.random.default_rng(0)):
            seen, index = heard(net, texts, part), torch.from_numpy(part).to(texts.device)
            logits[index] = net.answer(seen).half()
            if guide:
                states[index] = guide(seen).half()
    return logits.float().cpu().numpy(), states.float().cpu().numpy()


def find_guide(net: Encoder, texts: Texts) -> Callable[[Tensor], Tensor]:
    """The directions in which the states differ most; so seen, a state is 1 from the mean on average."""
    rows = np.random.default_rng(0).permutation(len(texts.counts))[:8000]
    with torch.no_grad():
        states = torch.cat([heard(net, texts, part) for part in batches(texts.counts, rows, 60_000, np.random.default_rng(0))])
        mean = states.mean(0)
        _, _, directions = torch.linalg.svd(states - mean, full_matrices=False)
        few = directions[:GUIDE_SIZE]
        size = (((states - mean) @ few.T) ** 2).sum(1).mean().sqrt()
    return lambda own: (own - mean) @ few.T / size


def teach_teacher(place: Place, seed: int) -> None:
    """Fine-tune one teacher, and write what it says of everything."""
    pack = load(place.pack)
    own, draw = pack.labelled, np.random.default_rng(seed)
    net = place.start(LARGE, place.large, pack.large_rows, place.teacher.drop, seed)
    texts = place.texts(own.words, pack, LARGE)
    target, sarcastic, weight = (torch.from_numpy(one).to(place.device) for one in (own.target, own.sarcastic, own.weight))
    open_rows = np.flatnonzero(~own.held)
    chance = np.array([LAST.get(name, _LAST) for name in own.names])[own.source[open_rows]]
    rounds = [open_rows] * (place.teacher.rounds - 1) + [open_rows[draw.random(len(open_rows)) < chance]]
    work = [part for rows in rounds for part in batches(texts.counts, rows, place.teacher.pieces, draw)]

    def loss_of(rows: NDArray[np.int64]) -> Tensor:
        index = torch.from_numpy(rows).to(place.device)
        states = heard(net, texts, rows)
        twice = [known_loss(net.answer(functional.dropout(states, 0.1)), target[index], sarcastic[index]) for _ in range(2)]
        return (weight[index] * (twice[0] + twice[1]) / 2).mean()

    for _ in go(net, place.teacher, work, loss_of, name=f"teacher {seed}"):
        pass
    texts = place.texts(all_words(place, pack), pack, LARGE)
    guide = find_guide(net, texts) if seed == 1 else None
    began = time.monotonic()
    logits, states = ask(net, texts, guide)
    np.save(place.out / f"teacher-{seed}-said.npy", logits.astype(np.float16))
    if guide:
        np.save(place.out / "guide.npy", states.astype(np.float16))
    print(f"teacher {seed} asked {len(logits)} in {time.monotonic() - began:.0f} s", flush=True)


def all_words(place: Place, pack: Pack) -> Rows:
    """The pool, then the turned rows."""
    parts = [np.load(path) for path in sorted(place.out.glob("turned-*.npz"))]
    return together([pack.pool, *(Rows(part["flat"], part["counts"]) for part in parts)])


def teach_student(place: Place, name: str, seed: int) -> None:
    """Teach one encoder; "model" from all labels, "measured" without what is kept aside."""
    pack, draw, shape = load(place.pack), np.random.default_rng(seed), SMALL
    own = pack.labelled
    words = all_words(place, pack)
    told = len(words)
    paths = sorted(place.out.glob("teacher-*-said.npy"))
    said = torch.from_numpy(np.mean([np.load(path).astype(np.float32) for path in paths], axis=0)).to(place.device)
    states = torch.from_numpy(np.load(place.out / "guide.npy")).to(place.device).float()
    texts = place.texts(together([words, own.words]), pack, shape)
    target, sarcastic, weight = (torch.from_numpy(one).to(place.device) for one in (own.target, own.sarcastic, own.weight))
    net = place.start(shape, place.small, pack.small_rows, place.student.drop, seed)
    guide = nn.Linear(2 * shape.width, GUIDE_SIZE).to(place.device)
    labelled = told + np.flatnonzero(~own.held if name == "measured" else np.ones(len(own.held), bool))
    rows = np.concatenate([np.arange(told), *[labelled] * LABELS_AGAIN])
    work = [part for _ in range(place.student.rounds) for part in batches(texts.counts, rows, place.student.pieces, draw)]

    def loss_of(rows: NDArray[np.int64]) -> Tensor:
        states_seen = heard(net, texts, rows)
        logits = net.answer(states_seen)
        index = torch.from_numpy(rows).to(place.device)
        is_told = index < told
        at_said, at_label = index.clamp_max(told - 1), (index - told).clamp_min(0)
        gap = ((guide(states_seen) - states[at_said]) ** 2).sum(1)
        from_said = said_loss(logits, said[at_said]) + GUIDE_WEIGHT * gap
        from_label = weight[at_label] * known_loss(logits, target[at_label], sarcastic[at_label])
        return torch.where(is_told, from_said, from_label).mean()

    mean: list[Tensor] = []
    parameters = list(net.parameters())
    for done in go(net, place.student, work, loss_of, [guide], name):
        net.round_as_shipped(done >= ROUNDED_FROM)
        if done >= MEAN_FROM:
            if not mean:
                mean = [one.detach().clone() for one in parameters]
            torch._foreach_lerp_(mean, [one.detach() for one in parameters], 1 - MEAN_OVER)
    with torch.no_grad():
        for parameter, better in zip(parameters, mean or parameters, strict=True):
            parameter.copy_(better)
    stored = {key: value.detach().cpu().half().numpy() for key, value in net.state_dict().items()}
    np.savez(place.out / f"{name}.npz", **stored)


def turn_some(place: Place, part: int, count: int) -> None:
    found = turned(load(place.pack), count, 100 + part)
    np.savez(place.out / f"turned-{part:02}.npz", flat=found.flat, counts=found.counts)


def teach(place: Place, at_once: int) -> None:
    """All of it, `at_once` processes beside each other. Writes ``model.npz`` and ``measured.npz``, and ``said.npy``: the mean
    of what the teachers say of the pool."""
    place.out.mkdir(parents=True, exist_ok=True)
    parts = max(1, min(12, multiprocessing.cpu_count() - 2))
    with ProcessPoolExecutor(parts, multiprocessing.get_context("spawn")) as pool:
        list(pool.map(turn_some, [place] * parts, range(parts), [place.turned // parts] * parts))
    with ProcessPoolExecutor(at_once, multiprocessing.get_context("spawn")) as pool:
        list(pool.map(teach_teacher, [place] * place.teachers, range(1, place.teachers + 1)))
    pooled = len(load(place.pack).pool)
    said = [np.load(path)[:pooled].astype(np.float32) for path in sorted(place.out.glob("teacher-*-said.npy"))]
    np.save(place.out / "said.npy", np.mean(said, axis=0).astype(np.float16))
    with ProcessPoolExecutor(at_once, multiprocessing.get_context("spawn")) as pool:
        list(pool.map(teach_student, [place] * 2, ["model", "measured"], (1, 2)))


def main() -> None:
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    for name in ("pack", "large", "small", "out"):
        parser.add_argument(name, type=Path)
    parser.add_argument("--at-once", type=int, default=TEACHERS if torch.cuda.is_available() else 1)
    own = parser.parse_args()
    teach(Place(own.pack, own.large, own.small, own.out), own.at_once)


if __name__ == "__main__":
    main()
