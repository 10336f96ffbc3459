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

from newsdesk.sentiment.features import BUCKETS, hash_features
from newsdesk.sentiment.judging import SARCASM, chances, choose, confide
from newsdesk.sentiment.marks import MARK_NAMES
from newsdesk.sentiment.reading import look_at
from newsdesk.sentiment.weights import FOLDER, read_lexicon
from training.mood import sources
from training.mood.calibrate import Settings, fit_chances, fit_confidence, fit_offsets, fit_threshold
from training.mood.fit import Linear, Penalty, balance, fit
from training.mood.measure import Answers, Array, Flags, Ints
from training.mood.sources import Example

SENTIMENT_WEIGHT = {"fox": 1.0, "civil": 0.5, "reddit": 1.0}
SARCASM_WEIGHT = {"fox": 1.0, "civil": 1.0, "reddit": 1.0, "isarcasm": 0.3}
BALANCE = 0.5
FOLDS = 4
UNSURE_BELOW = 0.5


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
    level = found.dense[len(MARK_NAMES) + names.index(outlet)]
    return Linear(found.hashed, found.dense[: len(MARK_NAMES)], found.bias + level)


def learn_sentiment(tables: dict[str, Table]) -> Linear:
    table = join([tables[name] for name in SENTIMENT_WEIGHT])
    targets = np.array([one.target for one in table.examples])
    return learn(table, targets, SENTIMENT_WEIGHT, Penalty(1e-4, 1e-4))


def learn_flag(tables: dict[str, Table], weight: dict[str, float], flags: Array) -> Linear:
    """One head for a yes or no: the log-odds."""
    table = join([tables[name] for name in weight])
    both = learn(table, np.stack([1 - flags, flags], axis=1), weight, Penalty(1e-4, 1e-4))
    return Linear(*(part[..., 1:] - part[..., :1] for part in (both.hashed, both.dense, both.bias)))


def learn_sarcasm(tables: dict[str, Table]) -> Linear:
    flags = np.array([one.sarcastic for name in SARCASM_WEIGHT for one in tables[name].examples], dtype=float)
    return learn_flag(tables, SARCASM_WEIGHT, flags)


def learn_toxic(tables: dict[str, Table]) -> Linear:
    """Toxic or not. Only texts that are clearly one or the other are used; the sets that say so differ, and so does their talk."""
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


def cross_validate(tables: dict[str, Table]) -> Array:
    """Logits (sentiment and sarcasm) of the Fox comments from models that didn't see their story."""
    fox = tables["fox"]
    stories = sorted({one.group for one in fox.examples})
    fold = np.array([stories.index(one.group) % FOLDS for one in fox.examples])
    logits = np.zeros((len(fold), 4))
    for held_out in range(FOLDS):
        rest = {**tables, "fox": fox[fold != held_out]}
        model = heads([learn_sentiment(rest), learn_sarcasm(rest)])
        out = fox[fold == held_out]
        logits[fold == held_out] = model.logits(out.hashed, out.marks)
    return logits


def settle(parts: list[tuple[Table, Array]]) -> Settings:
    """Everything that is chosen on held-out comments; the sets in `parts` count alike."""
    logits = np.vstack([part for _, part in parts])
    gold = np.concatenate([table.gold for table, _ in parts])
    sarcastic = np.concatenate([table.sarcastic for table, _ in parts])
    weights = np.concatenate([np.full(len(part), 1000 / len(part)) for _, part in parts])
    settings: Settings = fit_chances(logits, gold, weights)
    settings["sarcasm"] = fit_threshold(logits[:, SARCASM], sarcastic)
    cut = [(chances(part, settings), table.gold, part[:, SARCASM] > settings["sarcasm"]) for table, part in parts]
    settings["offset"] = fit_offsets(cut, settings)
    chance, mocked = chances(logits, settings), logits[:, SARCASM] > settings["sarcasm"]
    label = choose(chance, mocked, settings)
    settings["confidence"] = fit_confidence(chance, label, gold, weights)
    settings["unsure"] = UNSURE_BELOW
    return settings


def answer(table: Table, logits: Array, settings: Settings) -> Answers:
    chance, mocked = chances(logits, settings), logits[:, SARCASM] > settings["sarcasm"]
    label = choose(chance, mocked, settings)
    return Answers(table.gold, table.sarcastic, label, chance[:, 2] - chance[:, 0], confide(chance, label, settings), mocked)


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
    names = ("base.npz", "settings.json", "lexicon.tsv")
    sums = "".join(f"{hashlib.sha256((folder / name).read_bytes()).hexdigest()}  {name}\n" for name in names)
    (folder / "SHA256SUMS").write_text(sums, "utf-8")


def read_tables(shared: Path) -> dict[str, Table]:
    lexicon = read_lexicon(FOLDER / "lexicon.tsv")
    sets = {name: sources.read_comments(shared, name) for name in ("fox", "civil", "reddit", "ucc")}
    sets["isarcasm"] = sources.read_isarcasm(shared)
    sets["goemotions"] = sources.read_goemotions(shared)
    sets["newsmtsc"] = sources.read_newsmtsc(shared)
    sets["toxic_spans"] = sources.read_toxic(shared)
    return {name: tabulate(examples, lexicon) for name, examples in sets.items()}


def main() -> None:
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("--shared", type=Path, required=True, help="the folder of the labelled sets")
    parser.add_argument("--output", type=Path, default=FOLDER)
    arguments = parser.parse_args()
    tables = read_tables(arguments.shared)
    model = heads([learn_sentiment(tables), learn_sarcasm(tables), learn_toxic(tables)])
    fox, ucc = tables["fox"], tables["ucc"]
    fox_logits, ucc_logits = cross_validate(tables), model.logits(ucc.hashed, ucc.marks)[:, :4]
    odd = np.array([int(one.group[-3:]) % 2 == 1 for one in ucc.examples])
    settings = {**settle([(fox, fox_logits), (ucc[odd], ucc_logits[odd])]), "toxic": 0.0}
    store(model, settings, arguments.output)
    for name, table, logits in (
        ("Fox, by cross-validation", fox, fox_logits),
        ("Globe and Mail, even stories", ucc[~odd], ucc_logits[~odd]),
    ):
        print(name)
        for figure, value in answer(table, logits, settings).figures().items():
            print(f"  {figure:24}{value:7.3f}")
    texts, ratings = zip(*sources.read_ratings(arguments.shared), strict=True)
    nyt = tabulate([Example(text, "nyt") for text in texts], read_lexicon(FOLDER / "lexicon.tsv"))
    chance = chances(model.logits(nyt.hashed, nyt.marks), settings)
    print(f"NYT sentences, never trained on\n  {'rating r':24}{np.corrcoef(chance[:, 2] - chance[:, 0], ratings)[0, 1]:7.3f}")


if __name__ == "__main__":
    main()
