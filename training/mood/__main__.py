"""Makes the mood model that the package ships, and prints how good it is: ``python -m training.mood --shared ../shared``.

The Fox figures are by cross-validation over stories (the teacher, whose word the student learns from on other texts, has seen
all of them). Of Globe and Mail comments (tune only) and of pages' comments one half chooses thresholds and the other half is
measured. NYT sentences are only measured.
"""

from __future__ import annotations

import argparse
import hashlib
import json
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray
from scipy.sparse import csr_matrix

from newsdesk.sentiment import score_many
from newsdesk.sentiment.foreign import SIGNS, load_seeds, read_signs
from newsdesk.sentiment.judging import chances, choose, confide, mockery, rate
from newsdesk.sentiment.phrases import FIRST_WORD
from newsdesk.sentiment.reading import read
from newsdesk.sentiment.weights import FOLDER, NET_PARTS, load, read_lexicon
from training.mood import sources
from training.mood.calibrate import Settings, fit_chances, fit_confidence, fit_offsets, fit_threshold
from training.mood.fit import Linear, Penalty, balance, fit
from training.mood.measure import Answers, Array, Flags, auc, calibration_error, macro_f1
from training.mood.sources import Example
from training.mood.student import (
    BALANCE,
    LABELLED,
    TAUGHT,
    Student,
    Table,
    learn,
    learn_toxic,
    read_vectors,
    side_by_side,
    tabulate,
)

TEACHER = Path(__file__).parent / "teacher.npz"
SIGNS_WEIGHT = {"fox": 1.0, "civil": 0.3, "reddit": 1.0}
FOLDS = 3
UNSURE_BELOW = 0.5
CHOOSING_WEIGHT = {"fox": 1.0, "ucc": 2.0, "pages": 0.3}
TOXIC_ABOVE = 0.0


def cross_validate(tables: Mapping[str, Table], vectors: NDArray[np.float32]) -> Array:
    """Logits (sentiment and sarcasm) of the Fox comments from students that didn't see their story."""
    fox = tables["fox"]
    stories = sorted({one.group for one in fox.examples})
    fold = np.array([stories.index(one.group) % FOLDS for one in fox.examples])
    logits = np.zeros((len(fold), 4))
    for held_out in range(FOLDS):
        student = learn({**tables, "fox": fox[fold != held_out]}, vectors)
        logits[fold == held_out] = student.logits(fox[fold == held_out])
    return logits


def settle(parts: list[tuple[Table, Array]]) -> Settings:
    """Everything that is chosen on held-out comments; :data:`CHOOSING_WEIGHT` says how much a set counts in the calibration."""
    logits = np.vstack([part for table, part in parts])
    gold = np.concatenate([table.gold for table, _ in parts])
    share = [1000 * CHOOSING_WEIGHT[table.examples[0].source] / len(part) for table, part in parts]
    weights = np.concatenate([np.full(len(part), own) for own, (_, part) in zip(share, parts, strict=True)])
    settings: Settings = fit_chances(logits, gold, weights)
    mocking = [(mockery(part, chances(part, settings)), table.sarcastic) for table, part in parts if table.sarcastic.any()]
    settings["sarcasm"] = fit_threshold(mocking)
    cut = [(*hear(part, settings), table.gold) for table, part in parts]
    settings["offset"] = fit_offsets(cut, settings)
    chance, mocked = hear(logits, settings)
    label = choose(chance, mocked, settings)
    settings["confidence"] = fit_confidence(chance, label, gold, weights)
    settings["unsure"] = UNSURE_BELOW
    return settings


def hear(logits: Array, settings: Settings) -> tuple[Array, Flags]:
    """Chances of the classes, and which comments are taken for mockery."""
    chance = chances(logits, settings)
    return chance, mockery(logits, chance) > settings["sarcasm"]


def answer(table: Table, logits: Array, settings: Settings) -> Answers:
    chance, mocked = hear(logits, settings)
    label = choose(chance, mocked, settings)
    return Answers(table.gold, table.sarcastic, label, rate(logits, label, settings), confide(chance, label, settings), mocked)


def store(student: Student, toxic: Linear, words: list[str], folder: Path) -> None:
    """Write the weights, the many of them as bytes with a scale."""
    model, net = side_by_side([student.linear, toxic]), student.net
    scale = np.quantile(np.abs(model.hashed), 0.99999, axis=0) / 127
    width = np.abs(net.vectors).max(axis=0) / 127
    arrays = {
        "hashed": _in_bytes(model.hashed, scale),
        "scale": scale.astype(np.float32),
        "dense": model.dense.astype(np.float32),
        "bias": model.bias.astype(np.float32),
        "words": np.frombuffer("\n".join(words).encode(), dtype=np.uint8),
        "vectors": _in_bytes(net.vectors, width),
        "vectors_scale": width.astype(np.float32),
        **{f"net_{name}": getattr(net, name) for name in NET_PARTS},
    }
    np.savez_compressed(folder / "base.npz", **arrays)
    load.cache_clear()


def store_settings(settings: Settings, folder: Path) -> None:
    """Write the settings, and the sums of all files."""
    (folder / "settings.json").write_text(json.dumps(settings, indent=1, sort_keys=True) + "\n", "utf-8")
    names = ("base.npz", "settings.json", "lexicon.tsv", "seeds.txt", "turns.txt")
    load.cache_clear()
    sums = "".join(f"{hashlib.sha256((folder / name).read_bytes()).hexdigest()}  {name}\n" for name in names)
    (folder / "SHA256SUMS").write_text(sums, "utf-8")


def ask_shipped(examples: list[Example]) -> Array:
    """The logits of the stored weights, as a user's machine has them."""
    parts = [examples[begin : begin + 256] for begin in range(0, len(examples), 256)]
    weights = load()
    read_all = [read([e.text for e in part], [e.title for e in part], [e.parent for e in part], weights) for part in parts]
    return np.vstack([reading.logits for reading in read_all])[:, :4]


def _in_bytes(values: Array | NDArray[np.float32], scale: Array | NDArray[np.float32]) -> NDArray[np.int8]:
    return np.clip(np.rint(values / scale), -127, 127).astype(np.int8)


def read_tables(shared: Path, taught: Mapping[str, NDArray[Any]], words: list[str]) -> dict[str, Table]:
    """Every set, by name; those that the toxic head learns from keep their publishers' labels."""
    sets = {name: sources.read_comments(shared, name) for name in ("fox", "civil", "reddit", "ucc")}
    for one in (*sources.read_judged(shared), *sources.read_authored(), *sources.read_taught(shared, taught)):
        sets.setdefault(one.source, []).append(one)
    sets["pages"] = [one for one in sources.read_pages(shared) if one.language == "en"]
    sets["isarcasm"] = sources.read_isarcasm(shared)
    sets["goemotions"] = sources.read_goemotions(shared, sets["reddit"] + sets["judged goemotions"])
    sets["newsmtsc"] = sources.read_newsmtsc(shared)[::2]
    sets["toxic_spans"] = sources.read_toxic(shared)
    assert {*LABELLED, *TAUGHT} <= sets.keys()
    lexicon = read_lexicon(FOLDER / "lexicon.tsv")
    vocabulary = {word: FIRST_WORD + at for at, word in enumerate(words)}
    return {name: tabulate(examples, lexicon, vocabulary) for name, examples in sets.items()}


def learn_signs(examples: list[Example]) -> Settings:
    """The weights of the signs that any language has, learnt on English comments read by the English seed alone. The level is
    midway between an outlet where nearly all is negative and a forum where little is."""
    names = list(SIGNS_WEIGHT)
    seed = load_seeds()["en"]
    signs = np.array([read_signs(one.text, seed)[0] for one in examples])
    group = np.array([names.index(one.source) for one in examples])
    targets = np.array([one.target for one in examples])
    weights = balance(targets, np.array([SIGNS_WEIGHT[one.source] for one in examples]), group, BALANCE)
    nothing = csr_matrix((len(examples), 1))
    found = fit(nothing, np.hstack([signs, np.eye(len(names))[group]]), targets, weights, Penalty(1.0, 1e-3, 100))
    level = (found.dense[len(SIGNS) + names.index("fox")] + found.dense[len(SIGNS) + names.index("reddit")]) / 2
    return {
        "weights": found.dense[: len(SIGNS)].round(4).tolist(),
        "bias": (found.bias + level).round(4).tolist(),
        "unsure": UNSURE_BELOW,
    }


def main() -> None:
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("--shared", type=Path, required=True, help="the folder of the labelled sets")
    arguments = parser.parse_args()
    with np.load(TEACHER, allow_pickle=False) as stored:
        taught = {name: stored[name] for name in stored.files}
    words, vectors = read_vectors(taught)
    tables = read_tables(arguments.shared, taught, words)
    store(learn(tables, vectors), learn_toxic(tables), words, FOLDER)
    settle_and_report(tables, cross_validate(tables, vectors), arguments.shared)


def settle_and_report(tables: Mapping[str, Table], fox_logits: Array, shared: Path) -> None:
    """Choose the settings for the stored weights, store them, and print the table."""
    fox, ucc, pages = tables["fox"], tables["ucc"], tables["pages"]
    ucc_logits, page_logits = ask_shipped(ucc.examples), ask_shipped(pages.examples)
    odd = np.array([int(one.group[-3:]) % 2 == 1 for one in ucc.examples])
    names = sorted({one.group for one in pages.examples})
    choosing = np.array([names.index(one.group) % 2 == 1 for one in pages.examples])
    parts = [(fox, fox_logits), (ucc[odd], ucc_logits[odd]), (pages[choosing], page_logits[choosing])]
    settings = {**settle(parts), "toxic": TOXIC_ABOVE}
    settings["foreign"] = learn_signs([one for name in SIGNS_WEIGHT for one in tables[name].examples])
    globe = answer(ucc[~odd], ucc_logits[~odd], settings).figures()
    settings["measured"] = {
        "base": {"macro-F1": round(globe["macro-F1"], 3), "set": "Globe and Mail comments that it did not see"}
    }
    store_settings(settings, FOLDER)
    report("Fox, by cross-validation over stories", answer(fox, fox_logits, settings).figures())
    report("Globe and Mail, the stories that chose nothing", globe)
    report("Globe and Mail, all", answer(ucc, ucc_logits, settings).figures())
    report("NYT sentences, never trained on", measure_ratings(shared))
    report(
        "Pages in English, the half that chose nothing", answer(pages[~choosing], page_logits[~choosing], settings).figures()
    )
    report("Pages, never trained on, all", measure_pages(shared))


def report(name: str, figures: dict[str, float]) -> None:
    print(name)
    for figure, value in figures.items():
        print(f"  {figure:40}{value:7.3f}")


def measure_ratings(shared: Path) -> dict[str, float]:
    """The shipped model against the ratings of NYT sentences."""
    texts, ratings = zip(*sources.read_ratings(shared), strict=True)
    said = [mood.score if mood else 0.0 for mood in score_many(texts)]
    return {"rating r": float(np.corrcoef(said, ratings)[0, 1])}


def measure_pages(shared: Path) -> dict[str, float]:
    """The shipped model on the comments of labelled pages, English and not."""
    figures = {}
    comments = sources.read_pages(shared)
    for name, wanted in (("English", True), ("other languages", False)):
        part = [one for one in comments if (one.language == "en") == wanted]
        moods = score_many(
            [one.text for one in part],
            [one.title for one in part],
            [one.parent for one in part],
            [one.language for one in part],
        )
        said = np.array([sources.CLASSES.index(mood.label) if mood else -1 for mood in moods])
        gold = np.array([one.label for one in part])
        value = np.array([mood.score if mood else 0.0 for mood in moods])
        sure = np.array([mood.confidence if mood else 0.0 for mood in moods])
        figures[f"{name}: comments"] = float(len(part))
        figures[f"{name}: scored"] = float((said >= 0).mean())
        figures[f"{name}: macro-F1"] = macro_f1(gold, said)
        figures[f"{name}: AUC negative"] = auc(gold == 0, -value)
        figures[f"{name}: calibration error"] = calibration_error(sure, gold == said)
    return figures


if __name__ == "__main__":
    main()
