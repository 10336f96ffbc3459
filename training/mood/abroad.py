"""What the signs weigh that comments in other languages than English are read by: ``python -m training.mood.abroad``.

They are learnt on the comments that were written for newsdesk, in English and in other languages, each read by the seed of its
language, and stored in ``settings.json`` (:mod:`training.mood` does so too). Printed is how well each language is read with
weights that saw none of its comments, and, with ``--shared``, how well the comments of labelled pages are, which nothing was
learnt from. The seeds are by who wrote the comments, which makes the first figures too kind.
"""

from __future__ import annotations

import argparse
from collections.abc import Sequence
from pathlib import Path

import numpy as np
from numpy.typing import NDArray
from scipy.sparse import csr_matrix

from newsdesk.sentiment.foreign import load_seeds, read_signs
from newsdesk.sentiment.lines import own_words
from newsdesk.sentiment.weights import FOLDER, read_settings
from training.mood import sources
from training.mood.calibrate import Settings
from training.mood.fit import Linear, Penalty, fit
from training.mood.measure import binary_f1, macro_f1
from training.mood.settle import UNSURE_BELOW
from training.mood.sources import Example
from training.mood.store import store_settings

ABROAD_WEIGHT = 6.0  # of a comment in another language beside an English one, which are fifteen times as many
PENALTY = Penalty(dense=1e-4, iterations=200)


def read_written() -> list[Example]:
    return [*sources.read_authored(), *sources.read_authored(sources.ABROAD)]


def read_rows(examples: Sequence[Example]) -> tuple[NDArray[np.float64], NDArray[np.bool_]]:
    """The signs [comments, signs] of each, and which have words of mockery."""
    read = [read_signs(own_words(one.text, one.parent), load_seeds()[one.language]) for one in examples]
    return np.array([signs for signs, _ in read]), np.array([bool(found.mock) for _, found in read])


def learn(examples: Sequence[Example], signs: NDArray[np.float64]) -> Linear:
    targets = np.array([one.target for one in examples])
    weights = np.array([1.0 if one.language == "en" else ABROAD_WEIGHT for one in examples])
    return fit(csr_matrix((len(examples), 1)), signs, targets, weights, PENALTY)


def learn_signs() -> Settings:
    """The weights of the signs that any language has."""
    examples = read_written()
    found = learn(examples, read_rows(examples)[0])
    return {"weights": found.dense.round(4).tolist(), "bias": found.bias.round(4).tolist(), "unsure": UNSURE_BELOW}


def say(linear: Linear, signs: NDArray[np.float64], mocking: NDArray[np.bool_]) -> tuple[NDArray[np.int64], NDArray[np.bool_]]:
    """The label of each comment, and whether it is taken for mockery."""
    label = (signs @ linear.dense + linear.bias).argmax(axis=1)
    return label, mocking & (label == 0)


def report(shared: Path | None) -> None:
    """A line a language."""
    examples = read_written()
    signs, mocking = read_rows(examples)
    language = np.array([one.language for one in examples])
    for name in dict.fromkeys(language.tolist()):
        if name != "en":
            others = language != name
            linear = learn([one for one, kept in zip(examples, others, strict=True) if kept], signs[others])
            own = [one for one in examples if one.language == name]
            label, mocks = say(linear, signs[~others], mocking[~others])
            said = binary_f1(np.array([bool(one.sarcastic) for one in own]), mocks)
            print(f"{_figure(f'written, {name}', own, label)}  sarcasm F1 {said:.3f}")
    if shared:
        pages = sources.read_pages(shared)
        linear = learn(examples, signs)
        for title, wanted in (("pages, other languages", False), ("pages, English by its seed alone", True)):
            part = [one for one in pages if (one.language == "en") == wanted]
            print(_figure(title, part, say(linear, *read_rows(part))[0]))


def _figure(title: str, examples: Sequence[Example], label: NDArray[np.int64]) -> str:
    gold = np.array([one.label for one in examples])
    return f"{title:<36}{len(examples):>4}  macro-F1 {macro_f1(gold, label):.3f}"


def main() -> None:
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("--shared", type=Path, help="the folder of labelled sets: pages are measured, too")
    arguments = parser.parse_args()
    store_settings({**read_settings(), "foreign": learn_signs()}, FOLDER)
    report(arguments.shared)


if __name__ == "__main__":
    main()
