"""Make `newsdesk/data/storylines/calibration.json`: what the evidence for a merge weighs, for headlines and for full texts.

    python -m training.storylines.calibrate --shared DIR [--check]

Fits a logistic regression to the merges that the clusterer considers on labelled sets (is most of the one cluster the same
storyline as most of the other?), a few rounds, as the clusters depend on the weights. Sets: UCI headlines, whole and thinned;
ECB+, whole and cut to title and lead; HuffPost headlines, nearly all on different things, so that strangers stay apart. The
background is built without UCI and ECB+, so that their words are as new as those of tomorrow. The weights of dates and
countries are set by hand (no shippable set has dates, and the countries of a headline are a guess themselves), looked at on the
page set and BASIL, from which nothing is fitted. `--check` writes nothing: it fits on one half of the storylines and scores the
other, and the reverse, and tells how often a merge of so much chance is right there.
"""

from __future__ import annotations

import argparse
import collections
import hashlib
import json
import pathlib
import random
import tempfile
import zlib
from collections.abc import Callable, Sequence
from typing import Any
from unittest import mock

import numpy as np
from sklearn.linear_model import LogisticRegression

from newsdesk.countries import tag_countries
from newsdesk.model import Story
from newsdesk.storylines import Grouper, NoProfiles, compare, consolidate, gather, index, words
from newsdesk.storylines.greedy import FAR
from newsdesk.storylines.lexis import Numbers
from newsdesk.storylines.vectors import Doubles
from training.storylines import MADE
from training.storylines.background import build, read
from training.sums import write_sums

OUTPUT = pathlib.Path(__file__).parents[2] / "newsdesk" / "data" / "storylines" / "calibration.json"
ARRIVAL = (0.3, 0.2)
BY_HAND = {"near": (1.0, 0.0), "gap": (-0.6, 0.0), "elsewhere": (-0.4, 0.0)}
CAUTION = (-0.4, 0.3)  # on the bias: two strange headlines in one storyline annoy more than one storyline in two pieces
SHARE = {"huffpost": 1.0, "uci": 3.0}  # of a set in the fit; 1 for the others
ROUNDS, PURE = 3, 0.7
STEPS = (-4, -2, -1, 0, 1, 2, 4)  # of log odds
LENGTH = len(compare.WEIGHED)
SIMILARITY = compare.WEIGHED.index("similarity")
START = compare.Calibration((0.0, 0.0), ((0.0, 0.0),) * len(compare.WEIGHED), ARRIVAL)
Labelled = tuple[list[Story], list[str]]


def story_of(line: dict[str, Any], lead_only: bool = False) -> Story:
    body = [part for part in (line["body"] or "").split("\n") if part.strip()]
    if lead_only:
        body = [" ".join(body)[:250]]
    story_id = "s" + hashlib.md5(line["id"].encode(), usedforsecurity=False).hexdigest()[:10]
    story = Story(line["title"] or None, tuple(body), story_id, line["published"], language="en")
    return story.with_(countries=tag_countries(story, "en"))


def load_sets(shared: pathlib.Path) -> dict[str, Labelled]:
    grouping = {name: list(read(shared / "datasets" / "grouping" / f"{name}-dev.jsonl.gz")) for name in ("uci", "ecb", "basil")}
    lines = {"ecb-lead": grouping["ecb"], **grouping}
    sets = {
        name: ([story_of(line, name == "ecb-lead") for line in found], [line["gold"]["storyline"] for line in found])
        for name, found in lines.items()
    }
    chosen = random.Random(5).sample(list(read(shared / "datasets" / "topics" / "huffpost-dev.jsonl.gz")), 1000)
    sets["huffpost"] = ([story_of(line) for line in chosen], [line["id"] for line in chosen])
    return sets


def half(labelled: Labelled, which: int) -> Labelled:
    """The stories of every other storyline; ECB+ pairs of look-alikes ("1", "1plus") stay in one half."""
    kept = [i for i, gold in enumerate(labelled[1]) if zlib.crc32(gold.replace("plus", "").encode()) % 2 == which]
    return [labelled[0][i] for i in kept], [labelled[1][i] for i in kept]


def thinned(labelled: Labelled, count: int) -> Labelled:
    kept = random.Random(1).sample(range(len(labelled[0])), min(count, len(labelled[0])))
    return [labelled[0][i] for i in kept], [labelled[1][i] for i in kept]


def expand(evidence: Sequence[float]) -> list[float]:
    """What is learnt from of one pair: `evidence` in the order of its fields, the length last."""
    *values, length = evidence
    return [*values, length, *(length * value for value in values)]


def collect(
    labelled: Labelled, judge: Callable[[compare.Evidence], Doubles]
) -> tuple[list[list[float]], list[bool], list[float]]:
    """Evidence, truth and weight of each merge considered while grouping with `judge`; impure clusters are left out."""
    gold = {story.id: line for story, line in zip(*labelled, strict=True)}
    rows: tuple[list[list[float]], list[bool], list[float]] = ([], [], [])

    def main_line(cluster: Any) -> str | None:
        line, count = collections.Counter(gold[story_id] for story_id in cluster.story_ids).most_common(1)[0]
        return line if count >= PURE * cluster.size else None

    def weigh(gathering: gather.Gathering, one: Numbers, other: Numbers) -> consolidate.Edges:
        products = gathering.table.dots(one, other)
        evidence = compare.weigh_up(gathering.table, one, other, products)
        for i, j, own in zip(one.tolist(), other.tolist(), np.array(evidence).T.tolist(), strict=True):
            note(gathering.objects[i], gathering.objects[j], own)
        odds = judge(evidence)
        return consolidate.Edges(one, other, odds, products.total).pick((odds > FAR).nonzero()[0])

    def note(a: Any, b: Any, evidence: Sequence[float]) -> None:
        one, other = main_line(a), main_line(b)
        if one is not None and other is not None and evidence[SIMILARITY] > -4.5:
            rows[0].append(expand(evidence))
            rows[1].append(one == other)
            rows[2].append((a.size * b.size) ** 0.25)

    with (
        mock.patch.object(consolidate, "weigh", weigh),
        mock.patch.object(gather, "calibration", return_value=START),
        # More is looked at than in use: plain strangers are to be learnt from too.
        mock.patch.multiple(gather, LEAST_SHARED=0.001, LEAST_LONGER=0.0, KEYS_ON_MERGE=24),
        mock.patch.object(index, "LATEST", 32),
    ):
        Grouper(NoProfiles()).group(labelled[0])
    return rows


def first_guess(e: compare.Evidence) -> Doubles:
    odds: Doubles = np.exp(e.fit) - 0.22 - 0.5 * e.length - np.where(e.least < 1.0, 0.2, 0.0)
    return odds


def fit(sets: dict[str, Labelled]) -> compare.Calibration:
    model = compare.Calibration((0.0, 0.0), START.weights, ARRIVAL)
    for turn in range(ROUNDS):
        judge = first_guess if turn == 0 else lambda e, m=model: m.log_odds(e[:-1], e.length)
        features, truth, weight = [], [], []
        for name, labelled in sets.items():
            rows, same, weights = collect(labelled, judge)
            known, balance = np.array(same), np.array(weights)
            for side in (False, True):
                balance[known == side] /= max(balance[known == side].sum(), 1e-9)
            features.append(np.array(rows))
            truth.append(known)
            weight.append(balance * SHARE.get(name.rstrip("01"), 1.0))
        x, y, w = np.concatenate(features), np.concatenate(truth), np.concatenate(weight)
        fitted = LogisticRegression(C=1.0, max_iter=3000).fit(x, y, sample_weight=w * len(w) / w.sum())
        model = read_off(fitted.coef_[0], float(fitted.intercept_[0]))
    pairs = zip(compare.WEIGHED, model.weights, strict=True)
    bias = (round(model.bias[0] + CAUTION[0], 2), round(model.bias[1] + CAUTION[1], 2))
    return model._replace(bias=bias, weights=tuple(BY_HAND.get(name, pair) for name, pair in pairs))


def read_off(coefficients: Sequence[float], intercept: float) -> compare.Calibration:
    count = len(compare.WEIGHED)
    short, length, longer = coefficients[:count], coefficients[count], coefficients[count + 1 :]
    weights = tuple((round(float(a), 2), round(float(b), 2)) for a, b in zip(short, longer, strict=True))
    return compare.Calibration((round(intercept, 2), round(float(length), 2)), weights, ARRIVAL)


def bcubed(said: Sequence[str], gold: Sequence[str]) -> tuple[float, float, float]:
    """F1, precision and recall, of one clustering against another (Bagga and Baldwin, 1998)."""
    by_said, by_gold, joint = (
        collections.Counter(said),
        collections.Counter(gold),
        collections.Counter(zip(said, gold, strict=True)),
    )
    precision = sum(v * v / by_said[s] for (s, _), v in joint.items()) / len(gold)
    recall = sum(v * v / by_gold[g] for (_, g), v in joint.items()) / len(gold)
    return 2 * precision * recall / (precision + recall), precision, recall


def show(model: compare.Calibration, sets: dict[str, Labelled]) -> None:
    arrival = mock.patch.object(gather, "calibration", return_value=model)
    with arrival, mock.patch.object(compare, "calibration", return_value=model):
        for name, (stories, gold) in sets.items():
            said = [a.storyline_id for a in Grouper(NoProfiles()).group(stories).assignments]
            print(f"  {name:16} {len(stories):5} stories  BCubed F1 {bcubed(said, gold)[0]:.4f}")


def show_reliability(model: compare.Calibration, sets: dict[str, Labelled]) -> None:
    """By log odds: how many merges considered, what chance is said, how many are right. Look-alikes, which are kept apart
    whatever their odds, are among them."""
    for name, labelled in sets.items():
        rows, same, _ = collect(labelled, lambda e: model.log_odds(e[:-1], e.length))
        columns, right = np.array(rows).T, np.array(same)
        odds = model.log_odds(list(columns[:LENGTH]), columns[LENGTH])
        said, which = 1 / (1 + np.exp(-odds)), np.digitize(odds, STEPS)
        told = [(which == step).nonzero()[0] for step in range(len(STEPS) + 1)]
        parts = [f"{len(some)}: {said[some].mean():.2f} {right[some].mean():.2f}" for some in told if len(some)]
        off = sum(abs(float((said[some] - right[some]).sum())) for some in told) / len(said)
        print(f"  {name:16} off by {off:.3f} on average; merges: chance, right: {' | '.join(parts)}")


def fit_sets(sets: dict[str, Labelled]) -> dict[str, Labelled]:
    kept = {name: labelled for name, labelled in sets.items() if name != "basil"}
    return {**kept, "uci-thin": thinned(sets["uci"], 200)}


def with_background(shared: pathlib.Path) -> None:
    """Use the background without UCI and ECB+ in this process."""
    with tempfile.TemporaryDirectory() as folder:
        path = pathlib.Path(folder, "background.txt")
        path.write_text(build(shared, ("uci", "ecb")), "utf-8")
        words.load_background(path)


def show_halves(sets: dict[str, Labelled]) -> None:
    for which in (0, 1):
        print(f"fitted on half {which}, scored on the other:")
        model = fit(fit_sets({name: half(labelled, which) for name, labelled in sets.items()}))
        others = {name: half(labelled, 1 - which) for name, labelled in sets.items()}
        show(model, others)
        show_reliability(model, others)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--shared", type=pathlib.Path, required=True)
    parser.add_argument("--check", action="store_true", help="fit on one half and score the other; write nothing")
    args = parser.parse_args()
    with_background(args.shared)
    sets = load_sets(args.shared)
    if args.check:
        show_halves(sets)
        return
    halves = {f"{name}{which}": half(labelled, which) for name, labelled in sets.items() for which in (0, 1) if name != "basil"}
    halves |= {f"uci-thin{which}": thinned(half(sets["uci"], which), 200) for which in (0, 1)}
    model = fit(halves)
    data = {"bias": model.bias, "weights": dict(zip(compare.WEIGHED, model.weights, strict=True)), "arrival": model.arrival}
    OUTPUT.write_text(json.dumps(data, indent=1) + "\n", "utf-8")
    write_sums(OUTPUT.parent, MADE)
    print("fitted on all:")
    show(model, sets)


if __name__ == "__main__":
    main()
