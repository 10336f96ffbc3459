"""Makes the mood model that the package ships, and prints how good it is: ``python -m training.mood --shared ../shared``.

The Fox figures are by cross-validation over stories; Globe and Mail comments (tune only) choose thresholds on the odd stories
and are measured on the even ones; NYT sentences are only measured.
"""

from __future__ import annotations

import argparse
import hashlib
import json
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from scipy.sparse import csr_matrix, vstack

from newsdesk.sentiment import score_many
from newsdesk.sentiment.features import BUCKETS, hash_features
from newsdesk.sentiment.foreign import SIGNS, load_seeds, read_signs
from newsdesk.sentiment.judging import chances, choose, confide, lean, mockery, rate
from newsdesk.sentiment.marks import mark_names
from newsdesk.sentiment.reading import look_at
from newsdesk.sentiment.weights import FOLDER, load, read_lexicon
from training.mood import sources
from training.mood.calibrate import Settings, fit_chances, fit_confidence, fit_offsets, fit_threshold
from training.mood.fit import Linear, Penalty, balance, fit
from training.mood.measure import Answers, Array, Flags, Ints, auc, calibration_error, macro_f1
from training.mood.sources import Example

SENTIMENT_WEIGHT = {"fox": 1.0, "civil": 0.5, "reddit": 1.0}
GENERAL_WEIGHT = {"goemotions": 1.0, "vader": 1.0, "newsmtsc": 0.5}
SIGNS_WEIGHT = {"fox": 1.0, "civil": 0.3, "reddit": 1.0}
SARCASM_WEIGHT = {"fox": 1.0, "civil": 1.0, "reddit": 1.0, "isarcasm": 0.3}
BALANCE = 0.5
FOLDS = 4
UNSURE_BELOW = 0.5
GLOBE_WEIGHT = 2.0
TOXIC_ABOVE = 0.0


@dataclass(frozen=True, slots=True)
class Table:
    """A set of examples and what is looked at in them."""

    examples: list[Example]
    hashed: csr_matrix
    marks: Array

    def __getitem__(self, rows: Flags) -> Table:
        return Table(
            [one for one, wanted in zip(self.examples, rows, strict=True) if wanted], self.hashed[rows], self.marks[rows]
        )

    @property
    def gold(self) -> Ints:
        return np.array([one.label for one in self.examples])

    @property
    def sarcastic(self) -> Flags:
        return np.array([bool(one.sarcastic) for one in self.examples])


def tabulate(examples: list[Example], lexicon: dict[str, float]) -> Table:
    """Look at all examples, a few thousand at a time."""
    hashed, marks = [], []
    for begin in range(0, len(examples), 4000):
        part = examples[begin : begin + 4000]
        tokens, _, manner = look_at([e.text for e in part], [e.title for e in part], [e.parent for e in part], lexicon)
        found = hash_features(tokens)
        place = (tokens.owner[found.token], found.bucket)
        hashed.append(csr_matrix((found.weight, place), shape=(len(part), BUCKETS)))
        marks.append(manner)
    return Table(examples, vstack(hashed).tocsr(), np.vstack(marks).astype(np.float64))


def join(tables: Sequence[Table]) -> Table:
    return Table(
        [one for table in tables for one in table.examples],
        vstack([table.hashed for table in tables]).tocsr(),
        np.vstack([table.marks for table in tables]),
    )


def learn(table: Table, targets: Array, weight: dict[str, float], penalty: Penalty, outlet: str = "fox") -> Linear:
    """Fit one head. Each source has a level of its own, so that the outlet's habits aren't learnt as the comment's mood;
    what is kept is the level of `outlet`, the one news outlet among them."""
    names = list(weight)
    group = np.array([names.index(one.source) for one in table.examples])
    weights = balance(targets, np.array([weight[one.source] for one in table.examples]), group, BALANCE)
    found = fit(table.hashed, np.hstack([table.marks, np.eye(len(names))[group]]), targets, weights, penalty)
    level = found.dense[len(mark_names()) + names.index(outlet)]
    return Linear(found.hashed, found.dense[: len(mark_names())], found.bias + level)


def learn_sentiment(tables: dict[str, Table], general: Linear) -> Linear:
    """The sentiment head: what comments under the guideline teach, on top of what all of opinionated English does."""
    table = join([tables[name] for name in SENTIMENT_WEIGHT])
    own = learn(table, targets_of(table), SENTIMENT_WEIGHT, Penalty(1e-4, 1e-4))
    return Linear(own.hashed + general.hashed, own.dense + general.dense, own.bias + general.bias)


def learn_general(tables: dict[str, Table]) -> Linear:
    """A sentiment head from tweets, reviews, news sentences and emotions, none of it labelled under the guideline."""
    table = join([tables[name] for name in GENERAL_WEIGHT])
    return learn(table, targets_of(table), GENERAL_WEIGHT, Penalty(3e-5, 1e-5, 50), "goemotions")


def targets_of(table: Table) -> Array:
    return np.array([one.target for one in table.examples])


def learn_flag(tables: dict[str, Table], weight: dict[str, float], flags: Array) -> Linear:
    """One head for a yes or no: the log-odds."""
    table = join([tables[name] for name in weight])
    both = learn(table, np.stack([1 - flags, flags], axis=1), weight, Penalty(1e-4, 1e-4))
    return Linear(*(part[..., 1:] - part[..., :1] for part in (both.hashed, both.dense, both.bias)))


def learn_sarcasm(tables: dict[str, Table]) -> Linear:
    flags = np.array([one.sarcastic for name in SARCASM_WEIGHT for one in tables[name].examples], dtype=float)
    return learn_flag(tables, SARCASM_WEIGHT, flags)


def learn_toxic(tables: dict[str, Table]) -> Linear:
    """Toxic or not, from texts that are clearly one or the other (no set at hand has both)."""
    known = join([tables["toxic_spans"], tables["goemotions"], tables["newsmtsc"]])
    known = known[np.array([one.toxic is not None for one in known.examples])]
    flags = np.array([one.toxic for one in known.examples])
    targets = np.stack([1 - flags, flags], axis=1)
    found = fit(
        known.hashed,
        known.marks,
        targets,
        balance(targets, np.ones(len(flags)), np.zeros(len(flags), int), 1.0),
        Penalty(3e-4, 1e-4, 30),
    )
    return Linear(*(part[..., 1:] - part[..., :1] for part in (found.hashed, found.dense, found.bias)))


def heads(parts: Sequence[Linear]) -> Linear:
    return Linear(
        np.hstack([part.hashed for part in parts]),
        np.hstack([part.dense for part in parts]),
        np.concatenate([part.bias for part in parts]),
    )


def cross_validate(tables: dict[str, Table], general: Linear) -> Array:
    """Logits (sentiment and sarcasm) of the Fox comments from models that didn't see their story."""
    fox = tables["fox"]
    stories = sorted({one.group for one in fox.examples})
    fold = np.array([stories.index(one.group) % FOLDS for one in fox.examples])
    logits = np.zeros((len(fold), 4))
    for held_out in range(FOLDS):
        rest = {**tables, "fox": fox[fold != held_out]}
        model = heads([learn_sentiment(rest, general), learn_sarcasm(rest)])
        out = fox[fold == held_out]
        logits[fold == held_out] = model.logits(out.hashed, out.marks)
    return logits


def settle(parts: list[tuple[Table, Array]]) -> Settings:
    """Everything that is chosen on held-out comments; the sets in `parts` count alike."""
    logits = np.vstack([part for table, part in parts])
    gold = np.concatenate([table.gold for table, _ in parts])
    sarcastic = np.concatenate([table.sarcastic for table, _ in parts])
    share = [GLOBE_WEIGHT if table.examples[0].source == "ucc" else 1.0 for table, _ in parts]
    weights = np.concatenate([np.full(len(part), 1000 * own / len(part)) for own, (_, part) in zip(share, parts, strict=True)])
    settings: Settings = fit_chances(logits, gold, weights)
    settings["sarcasm"] = fit_threshold(mockery(logits, chances(logits, settings)), sarcastic)
    cut = [(*hear(part, settings), table.gold) for table, part in parts]
    settings["offset"] = fit_offsets(cut, settings)
    chance, mocked = hear(logits, settings)
    label = choose(chance, mocked, settings)
    settings["confidence"] = fit_confidence(chance, label, gold, weights)
    settings["span"] = float(np.quantile(np.abs(lean(logits, settings)), 0.98))
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


def store(model: Linear, settings: Settings, folder: Path) -> None:
    """Write the weights as bytes with a scale a head, and the settings."""
    scale = np.quantile(np.abs(model.hashed), 0.99999, axis=0) / 127
    hashed = np.clip(np.rint(model.hashed / scale), -127, 127).astype(np.int8)
    arrays = {
        "hashed": hashed,
        "scale": scale.astype(np.float32),
        "dense": model.dense.astype(np.float32),
        "bias": model.bias.astype(np.float32),
    }
    np.savez_compressed(folder / "base.npz", **arrays)
    (folder / "settings.json").write_text(json.dumps(settings, indent=1, sort_keys=True) + "\n", "utf-8")
    names = ("base.npz", "settings.json", "lexicon.tsv", "seeds.txt", "turns.txt")
    load.cache_clear()
    sums = "".join(f"{hashlib.sha256((folder / name).read_bytes()).hexdigest()}  {name}\n" for name in names)
    (folder / "SHA256SUMS").write_text(sums, "utf-8")


def read_tables(shared: Path) -> dict[str, Table]:
    lexicon = read_lexicon(FOLDER / "lexicon.tsv")
    sets = {name: sources.read_comments(shared, name) for name in ("fox", "civil", "reddit", "ucc")}
    sets["isarcasm"] = sources.read_isarcasm(shared)
    sets["goemotions"] = sources.read_goemotions(shared, sets["reddit"])
    sets["vader"] = sources.read_vader(shared)[::3]
    sets["newsmtsc"] = sources.read_newsmtsc(shared)[::2]
    sets["toxic_spans"] = sources.read_toxic(shared)
    return {name: tabulate(examples, lexicon) for name, examples in sets.items()}


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
    tables = read_tables(arguments.shared)
    general = learn_general(tables)
    model = heads([learn_sentiment(tables, general), learn_sarcasm(tables), learn_toxic(tables)])
    fox, ucc = tables["fox"], tables["ucc"]
    fox_logits, ucc_logits = cross_validate(tables, general), model.logits(ucc.hashed, ucc.marks)[:, :4]
    odd = np.array([int(one.group[-3:]) % 2 == 1 for one in ucc.examples])
    settings = {**settle([(fox, fox_logits), (ucc[odd], ucc_logits[odd])]), "toxic": TOXIC_ABOVE}
    settings["foreign"] = learn_signs([one for name in SIGNS_WEIGHT for one in tables[name].examples])
    store(model, settings, FOLDER)
    report("Fox, by cross-validation over stories", answer(fox, fox_logits, settings).figures())
    report("Globe and Mail, the stories that chose nothing", answer(ucc[~odd], ucc_logits[~odd], settings).figures())
    report("NYT sentences, never trained on", measure_ratings(arguments.shared))
    report("Pages, never trained on", measure_pages(arguments.shared))


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
