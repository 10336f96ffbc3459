"""Makes the mood models that the package ships, and prints how good both are: ``python -m training.mood --shared ../shared``.

With ``--encoders LARGE SMALL`` teachers and the shipped encoder are taught anew (:mod:`training.mood.teaching`); else what the
teachers say of texts without a label (``teacher.npz``) and the encoder stay. With ``--pack FILE`` all that the teaching needs
is written to one file and nothing else is done, and ``--taught DIR`` takes what it wrote, so that another machine with a GPU
can do it. The base tier and the settings of both are made anew in any case. The Fox figures are of stories that neither
teachers nor the measured students saw, each story judged with settings chosen without it. Of Globe and Mail comments (tune
only) and of pages' comments one half chooses settings and the other half is measured. NYT sentences are only measured.
"""

from __future__ import annotations

import argparse
import tempfile
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from newsdesk.sentiment import score_many
from newsdesk.sentiment.encoder import load_encoder
from newsdesk.sentiment.phrases import FIRST_WORD
from newsdesk.sentiment.reading import read
from newsdesk.sentiment.weights import FOLDER, load, read_lexicon
from newsdesk.tagging.tiers import Tier
from training.arrays import write_arrays
from training.mood import abroad, sources
from training.mood.encoder import ask
from training.mood.measure import Array, auc, calibration_error, macro_f1
from training.mood.pool import read_taught
from training.mood.settle import Evidence, Held, cover, figures, settle
from training.mood.sources import Example
from training.mood.store import store, store_settings
from training.mood.student import (
    LABELLED,
    TAUGHT,
    Table,
    learn,
    learn_toxic,
    read_vectors,
    tabulate,
)

Figures = Mapping[str, Mapping[str, float]]

TEACHER = Path(__file__).parent / "teacher.npz"
TOXIC_ABOVE = 0.0
MADE = "2026-11-26"  # what the screen tells as the day of the models: renewed with them


def ask_base(examples: list[Example]) -> Array:
    """The logits of the stored weights of the base tier, as a user's machine has them."""
    weights = load()
    read_all = [
        read([e.text for e in part], [e.title for e in part], [e.parent for e in part], weights) for part in _as_asked(examples)
    ]
    return np.vstack([reading.logits for reading in read_all])[:, :4]


def _as_asked(examples: list[Example]) -> list[list[Example]]:
    """As many together as :func:`newsdesk.sentiment.score_many` reads."""
    return [examples[begin : begin + 256] for begin in range(0, len(examples), 256)]


def read_tables(shared: Path, taught: Mapping[str, NDArray[Any]]) -> dict[str, Table]:
    """Every set, by name; those that the toxic head learns from keep their publishers' labels."""
    sets = {name: sources.read_comments(shared, name) for name in ("fox", "civil", "reddit", "ucc")}
    for one in (*sources.read_judged(shared), *sources.read_authored(), *read_taught(shared, taught)):
        sets.setdefault(one.source, []).append(one)
    sets["pages"] = [one for one in sources.read_pages(shared) if one.language == "en"]
    sets["isarcasm"] = sources.read_isarcasm(shared)
    sets["goemotions"] = sources.read_goemotions(shared, sets["reddit"] + sets["judged goemotions"])
    sets["newsmtsc"] = sources.read_newsmtsc(shared)[::2]
    sets["toxic_spans"] = sources.read_toxic(shared)
    assert {*LABELLED, *TAUGHT} <= sets.keys()
    lexicon = read_lexicon(FOLDER / "lexicon.tsv")
    vocabulary = {word: FIRST_WORD + at for at, word in enumerate(read_vectors(taught)[0])}
    return {name: tabulate(examples, lexicon, vocabulary) for name, examples in sets.items()}


def make_base(tables: Mapping[str, Table], taught: Mapping[str, NDArray[Any]]) -> Evidence:
    """Learn and store the base tier's weights; what it says of held-out comments, Fox's by a student that didn't see them."""
    words, vectors = read_vectors(taught)
    fox = tables["fox"]
    unseen = np.array([sources.is_held_out(one) for one in fox.examples])
    student = learn({**tables, "fox": fox[~unseen]}, vectors)
    store(learn(tables, vectors), learn_toxic(tables), words, FOLDER)
    held = {name: Held(tables[name], ask_base(tables[name].examples)) for name in ("ucc", "pages")}
    return Evidence(Held(fox[unseen], student.logits(fox[unseen])), **held)


def read_by_encoder(base: Evidence, taught: Mapping[str, NDArray[Any]]) -> Evidence:
    """What the encoder says of what the base tier was asked: of Fox comments the one that did not see them."""
    others = (Held(part.table, ask(load_encoder(), part.table.examples)) for part in (base.ucc, base.pages))
    return Evidence(Held(base.fox.table, taught["fox_logits"].astype(np.float64)), *others)


def settle_both(base: Evidence, taught: Mapping[str, NDArray[Any]]) -> dict[str, Any]:
    """The settings of both tiers, with their measures beside them, and how their intervals do (``covered``)."""
    tiers = {"base": base, "model": read_by_encoder(base, taught).beside(base)}
    settings, measured, covered = {}, {}, {}
    for name, evidence in tiers.items():
        settings[name] = {**settle(evidence.choosing()), "toxic": TOXIC_ABOVE}
        measured[name] = figures(evidence, settings[name])
        covered[name] = cover(evidence)
    return {**settings["base"], "model": settings["model"], "measured": measured, "covered": covered}


def main() -> None:
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("--shared", type=Path, required=True, help="the folder of the labelled sets")
    parser.add_argument("--encoders", type=Path, nargs=2, metavar=("LARGE", "SMALL"), help="the folders of the encoders' files")
    parser.add_argument("--pack", type=Path, help="write what the teaching needs to this file, and stop; needs --encoders")
    parser.add_argument("--taught", type=Path, help="the folder of what the teaching wrote; needs --encoders")
    arguments = parser.parse_args()
    with np.load(TEACHER, allow_pickle=False) as stored:
        taught: dict[str, Any] = {name: stored[name] for name in stored.files}
    if arguments.encoders:
        from training.mood import encoder, pack, teaching

        large, small = arguments.encoders
        with tempfile.TemporaryDirectory() as folder:
            path, made = arguments.pack or Path(folder) / "pack.npz", arguments.taught or Path(folder)
            packed = pack.make_pack(arguments.shared, taught, *(read_vocabulary(one) for one in (large, small)))
            pack.save(packed, path)
            if arguments.pack:
                return
            if not arguments.taught:
                place = teaching.Place(path, large / "model.safetensors", small / "model.safetensors", made)
                teaching.teach(place, at_once=1)
            pieces = [read_vocabulary(small)[row] for row in packed.small_rows.tolist()]
            taught = encoder.take(made, arguments.shared, pieces, taught)
        write_arrays(TEACHER, taught)
    tables = read_tables(arguments.shared, taught)
    settings = settle_both(make_base(tables, taught), taught)
    settings["foreign"] = abroad.learn_signs()
    measured, covered = settings["measured"], settings.pop("covered")
    settings["measured"] = {
        name: {
            "macro-F1": round(own["Globe and Mail"]["macro-F1"], 3),
            "set": "Globe and Mail comments that it did not see",
            "date": MADE,
            "figures": {group: {key: round(value, 3) for key, value in row.items()} for group, row in own.items()},
        }
        for name, own in measured.items()
    }
    store_settings(settings, FOLDER)
    report(measured, covered, arguments.shared)


def read_vocabulary(folder: Path) -> list[str]:
    """The pieces of an encoder, in the order of its table."""
    return (folder / "vocab.txt").read_text("utf-8").rstrip("\n").split("\n")


def report(measured: Mapping[Tier, Figures], covered: Mapping[Tier, Figures], shared: Path) -> None:
    """The table: a line a measure, a column a tier."""
    unseen = {name: measure_unseen(shared, name) for name in measured}
    print(f"{'':<58}{'base':>8}{'model':>8}")
    for table in (measured, unseen, covered):
        for group, figures_of in table["base"].items():
            for figure, value in figures_of.items():
                print(f"{group + ': ' + figure:<58}{value:8.3f}{table['model'][group][figure]:8.3f}")


def measure_unseen(shared: Path, by: Tier) -> dict[str, dict[str, float]]:
    """The shipped tier, as a user's machine has it, on what it was never trained on."""
    texts, ratings = zip(*sources.read_ratings(shared), strict=True)
    said = [mood.score if mood else 0.0 for mood in score_many(texts, by=by)]
    return {
        "NYT editorials": {"rating r": float(np.corrcoef(said, ratings)[0, 1])},
        "all pages": measure_pages(shared, by),
    }


def measure_pages(shared: Path, by: Tier) -> dict[str, float]:
    """The comments of labelled pages, English and not."""
    found = {}
    comments = sources.read_pages(shared)
    for name, wanted in (("English", True), ("other languages", False)):
        part = [one for one in comments if (one.language == "en") == wanted]
        moods = score_many(
            [one.text for one in part],
            [one.title for one in part],
            [one.parent for one in part],
            [one.language for one in part],
            by,
        )
        said = np.array([sources.CLASSES.index(mood.label) if mood else -1 for mood in moods])
        gold = np.array([one.label for one in part])
        value = np.array([mood.score if mood else 0.0 for mood in moods])
        sure = np.array([mood.confidence if mood else 0.0 for mood in moods])
        found[f"{name}, comments"] = float(len(part))
        found[f"{name}, scored"] = float((said >= 0).mean())
        found[f"{name}, macro-F1"] = macro_f1(gold, said)
        found[f"{name}, AUC negative"] = auc(gold == 0, -value)
        found[f"{name}, calibration error"] = calibration_error(sure, gold == said)
    return found


if __name__ == "__main__":
    main()
