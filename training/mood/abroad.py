"""What the signs weigh that comments in other languages than English are read by: ``python -m training.mood.abroad``.

They are learnt on the comments that were written for newsdesk, in English and in other languages, each read by the seed of its
language, and stored in ``settings.json`` (:mod:`training.mood` does so too). Printed is how well each language is read with
weights that saw none of its comments: the seeds are by who wrote them, which makes these figures too kind. Then, how well the
comments of another author are, who had not seen the seeds, and which no weight was learnt from: words were added to the seeds
after one half of these, every other headline, was read. With ``--shared`` the comments of labelled pages are measured, too.
"""

from __future__ import annotations

import argparse
from collections.abc import Sequence
from pathlib import Path

import numpy as np
from numpy.typing import NDArray
from scipy.sparse import csr_matrix
from scipy.special import softmax

from newsdesk.sentiment.foreign import load_seeds, read_signs
from newsdesk.sentiment.lines import own_words
from newsdesk.sentiment.weights import FOLDER, read_settings
from training.mood import sources
from training.mood.calibrate import Settings
from training.mood.fit import Linear, Penalty, fit
from training.mood.measure import auc, binary_f1, calibration_error, macro_f1
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


def report(shared: Path | None) -> None:
    """A line a set, and a line a language of those that something was learnt from."""
    examples = read_written()
    signs, _ = read_rows(examples)
    language = np.array([one.language for one in examples])
    for name in dict.fromkeys(language.tolist()):
        if name != "en":
            own = language == name
            linear = learn([one for one, kept in zip(examples, ~own, strict=True) if kept], signs[~own])
            _tell(f"written, {name}", [one for one in examples if one.language == name], linear)
    linear = learn(examples, signs)
    measured = sources.read_authored(sources.ABROAD_MEASURED)
    place = {group: at for at, group in enumerate(dict.fromkeys((one.language, one.group) for one in measured))}
    halves = np.array([place[one.language, one.group] % 2 for one in measured])
    learnt = np.isin([one.language for one in measured], language)
    for title, rows in (("14 languages", learnt), ("23 others", ~learnt)):
        for half, name in enumerate(("the half read", "the other")):
            _tell(f"measured, {title}, {name}", [measured[at] for at in np.flatnonzero(rows & (halves == half))], linear)
    if shared:
        pages = sources.read_pages(shared)
        _tell("pages, other languages", [one for one in pages if one.language != "en"], linear)
        _tell("pages, English by its seed alone", [one for one in pages if one.language == "en"], linear)


def _tell(title: str, examples: Sequence[Example], linear: Linear) -> None:
    signs, mocking = read_rows(examples)
    chance = softmax(signs @ linear.dense + linear.bias, axis=1)
    gold, label = np.array([one.label for one in examples]), chance.argmax(axis=1)
    figures = {
        "macro-F1": macro_f1(gold, label),
        "AUC negative": auc(gold == 0, chance[:, 0] - chance[:, 2]),
        "calibration error": calibration_error(chance.max(axis=1), gold == label),
    }
    if any(one.sarcastic is not None for one in examples):
        figures["sarcasm F1"] = binary_f1(np.array([bool(one.sarcastic) for one in examples]), mocking & (label == 0))
    print(f"{title:<36}{len(examples):>5}", *(f"  {name} {value:.3f}" for name, value in figures.items()), sep="")


def main() -> None:
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("--shared", type=Path, help="the folder of labelled sets: pages are measured, too")
    arguments = parser.parse_args()
    store_settings({**read_settings(), "foreign": learn_signs()}, FOLDER)
    report(arguments.shared)


if __name__ == "__main__":
    main()
