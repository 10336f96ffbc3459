"""Choose the weights of newsdesk.countries.weigh by logistic regression on one half of the labelled sets; report both halves.

python -m training.countries.fit --shared DIR
"""

from __future__ import annotations

import argparse
from pathlib import Path

import numpy as np
from scipy.optimize import minimize_scalar
from sklearn.linear_model import LogisticRegression

from newsdesk.countries import weigh
from newsdesk.countries.tagger import find_evidence
from training.countries.measure import SETS, Labelled, bare, read_set

WORTH = {"pages-dev": 7.0, "seeds": 4.0, "reuters-dev": 1.0, "cliff-nyt-dev": 2.0, "cliff-huffpo-dev": 2.0, "lgl-dev": 0.5}
BARE = weigh.FEATURES.index("bare")
CAP = 60.0  # a set counts in all as much as so many stories times its worth, times the root of its size


def examples(rows: list[Labelled]) -> tuple[list[tuple[float, ...]], list[bool], list[list[tuple[str, tuple[float, ...]]]]]:
    numbers, right, stories = [], [], []
    for story, language, gold in rows:
        heard = find_evidence(story, language)
        each = list(zip(heard.evidence, map(tuple, weigh.features([heard]).tolist()), strict=True)) if heard.evidence else []
        stories.append(each)
        for code, row in each:
            numbers.append(row)
            right.append(code in gold)
    return numbers, right, stories


def figures(
    stories: list[list[tuple[str, tuple[float, ...]]]], rows: list[Labelled], weights: list[float], threshold: float
) -> tuple[float, float]:
    hit = said = gold_n = top = 0
    for each, (_, _, gold) in zip(stories, rows, strict=True):
        scores = weigh.likelihoods(np.array([row for _, row in each]), weights) if each else []
        scored = sorted(zip(scores, (code for code, _ in each), strict=True), reverse=True)
        codes = [code for p, code in scored if p >= threshold][:5]
        hit += len(set(codes) & set(gold))
        said += len(codes)
        gold_n += len(set(gold))
        top += bool(codes) and codes[0] in gold
    return 2 * hit / max(1, said + gold_n), top / max(1, len(rows))


def fit_bare(rows: list[Labelled], weights: list[float]) -> float:
    """What the likelihood of a country that a headline names without a text needs added, beside the other weights."""
    titles = [(bare(story), language, gold) for story, language, gold in rows if story.title]
    numbers, right, _ = examples(titles)
    odds = np.array(numbers) @ np.array([*weights[:BARE], 0.0])
    signs = np.where(right, 1.0, -1.0)

    def surprise(more: float) -> float:
        return float(np.logaddexp(0.0, -signs * (odds + more)).sum())

    return round(float(minimize_scalar(surprise, bounds=(-5, 5), method="bounded").x), 2)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--shared", type=Path, required=True)
    args = parser.parse_args()
    sets = {name: list(read_set(args.shared, name)) for name in ("pages-dev", "seeds", *SETS)}
    table, labels, weights = [], [], []
    held = {}
    for name, rows in sets.items():
        chosen, other = rows[1::2], rows[0::2]
        numbers, right, stories = examples(chosen)
        held[name] = (examples(other)[2], other, stories, chosen)
        table += numbers
        labels += right
        weights += [WORTH[name] * CAP / max(1, len(chosen)) ** 0.5 / 10] * len(right)
    model = LogisticRegression(C=3.0, fit_intercept=False, max_iter=2000)
    model.fit(np.array(table), np.array(labels), sample_weight=np.array(weights))
    fitted = [round(float(w), 2) for w in model.coef_[0]]
    every = [row for rows in sets.values() for row in rows[1::2]]
    fitted[BARE] = fit_bare(every, fitted)
    print("WEIGHTS =", tuple(fitted))
    print("bare, beside the weights in use:", fit_bare(every, list(weigh.WEIGHTS)))
    print(dict(zip(weigh.FEATURES, fitted, strict=True)))
    for threshold in (0.3, 0.35, 0.4, 0.45, 0.5):
        print(f"threshold {threshold}: micro-F1 and top-1 of the half that chose the weights | of the other")
        for name, (other_stories, other, stories, chosen) in held.items():
            here, there = figures(stories, chosen, fitted, threshold), figures(other_stories, other, fitted, threshold)
            print(f"  {name:18} {here[0]:.3f} {here[1]:.3f} | {there[0]:.3f} {there[1]:.3f}")


if __name__ == "__main__":
    main()
