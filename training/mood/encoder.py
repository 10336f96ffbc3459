"""The model tier's files, from what :mod:`training.mood.teaching` wrote: four layers of all-MiniLM-L6-v2 (Apache-2.0)."""

from __future__ import annotations

import tempfile
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from newsdesk.sentiment.encoder import Encoder, load_encoder
from newsdesk.sentiment.weights import FOLDER
from newsdesk.whole_file import write_whole
from training.mood import sources
from training.mood.sources import Example
from training.mood.strength import Lessons, learn_strength, read_lessons

# What the shipped encoder is like, as it is taught and as it is written: MiniLM's layers, the lowest ones, in 7 bits.
LAYERS, ATTENTION_HEADS, EPSILON, WEIGHT_STEPS = 4, 12, 1e-12, 63
LOGITS_SCALE = 0.06


def write(weights: Sequence[Path], pieces: Sequence[str], lessons: Lessons, folder: Path) -> None:
    """Write ``model.onnx`` and ``pieces.txt`` to `folder`. `weights` are npz files with the parts of a
    :class:`training.mood.nets.Encoder` by name: what is written is their mean, part by part. Taught from the same beginning,
    they err less so than each by itself (Wortsman et al. 2022). The head of strength is learnt from the states of what is
    written (:mod:`training.mood.strength`)."""
    from training.mood.graph import write_graph  # needs onnx, which only the teaching has

    stored = [np.load(one, allow_pickle=False) for one in weights]
    mean = {name: np.mean([one[name].astype(np.float32) for one in stored], axis=0) for name in stored[0].files}
    answer, bias = mean["answer.weight"], mean["answer.bias"]
    width = answer.shape[1]
    with tempfile.TemporaryDirectory() as other:
        bare = {**mean, "answer.weight": np.eye(width, dtype=np.float32), "answer.bias": np.zeros(width, np.float32)}
        write_graph(bare, LAYERS, Path(other) / "model.onnx")
        write_pieces(pieces, Path(other))
        states = Encoder(Path(other) / "model.onnx")
        slope, level = learn_strength(lambda texts: ask(states, texts), answer, bias, lessons)
    heads = {"answer.weight": np.vstack([answer, slope]), "answer.bias": np.append(bias, level)}
    write_graph({**mean, **heads}, LAYERS, folder / "model.onnx")
    write_pieces(pieces, folder)


def write_pieces(pieces: Sequence[str], folder: Path) -> None:
    write_whole(folder / "pieces.txt", ["\n".join([*pieces, ""]).encode()])


def ask(encoder: Encoder, examples: Sequence[Example]) -> NDArray[np.float64]:
    """Logits [n, 5] of what an encoder is asked as :func:`newsdesk.sentiment.score_many` asks: 256 comments together, for what
    is read together shares its rounding."""
    texts = [one.text for one in examples]
    return np.vstack([encoder.read(texts[begin : begin + 256]) for begin in range(0, len(texts), 256)])


def as_said_by(one: Encoder, other: Encoder, logits: NDArray[np.float64], texts: Sequence[Example]) -> NDArray[np.float64]:
    """The `other`'s logits as `one` would have said them, which is surer or less sure of itself: with the mean and spread of
    each that both have on `texts`, which neither has seen."""
    own, theirs = ask(one, texts), ask(other, texts)
    found: NDArray[np.float64] = (logits - theirs.mean(0)) / theirs.std(0) * own.std(0) + own.mean(0)
    return found


def take(folder: Path, shared: Path, pieces: Sequence[str], taught: dict[str, NDArray[Any]]) -> dict[str, Any]:
    """Write the encoder that is shipped, the mean of both, and give `taught` anew: the words' vectors as they were, what the
    teachers say of the pool, and what the encoder that did not see the Fox stories which are kept aside says of them."""
    measured, held = folder / "measured.npz", [one for one in sources.read_comments(shared, "fox") if sources.is_held_out(one)]
    lessons = read_lessons(shared)
    write([folder / "model.npz", measured], pieces, lessons, FOLDER)
    with tempfile.TemporaryDirectory() as other:
        write([measured], pieces, lessons, Path(other))
        alone = Encoder(Path(other) / "model.onnx")
        fox = as_said_by(load_encoder(), alone, ask(alone, held), sources.read_comments(shared, "ucc"))
    said = np.load(folder / "said.npy").astype(np.float64)
    return {
        **{name: taught[name] for name in ("words", "vectors", "vectors_scale")},
        "logits_scale": np.array(LOGITS_SCALE, dtype=np.float32),
        "pool_logits": np.clip(np.rint(said / LOGITS_SCALE), -127, 127).astype(np.int8),
        "fox_logits": fox.astype(np.float32),
    }
