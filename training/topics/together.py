"""Make newsdesk/data/topics/together.txt, how often a topic stands beside another, and print what a second topic's chance is.

    python -m training.topics.together --shared DIR [--pages DIR ...]

The table is counted in stories whose topics we gave ourselves. The chance (see `newsdesk.topics.choosing`) is a logistic
function that learns from one half of pages/dev and of the sources of topics/gold-dev that the model never learnt from; the
other halves measure. It learns from more labelled pages, too: those of the folders given. Its numbers and thresholds stand in
that module.
"""

from __future__ import annotations

import argparse
import hashlib
import json
from collections.abc import Sequence
from pathlib import Path

import numpy as np
from sklearn.linear_model import LogisticRegression

from newsdesk.model import Story
from newsdesk.tagging.tagger import detect_languages
from newsdesk.topics import TOPICS, choosing, tag_topics_many
from newsdesk.words.cutting import cut
from training.sums import write_sums
from training.topics import MADE
from training.topics.sets import CODES, SHIP_PREFIXES, Example, briefs, gold, huffpost, labelled_here
from training.topics.student import Array

OUT = Path(__file__).parents[2] / "newsdesk" / "data" / "topics" / "together.txt"
HEADER = (
    "# Log-odds, in tenths, that a story mainly on one topic (a line each, by code) is on each of the others too."
    "\n# Counted in the labelled stories of this project. Made by: python -m training.topics.together --shared DIR\n"
)
SMOOTHING, RAREST = 20.0, 0.002  # stories added to each line, as all together are; the least share
OWN_SCALE = 0.3  # of the column of each topic, so that its constant leaves the common one by little


def write_table(shared: Path) -> int:
    """Count, write, and give the number of stories."""
    read = [one for one in huffpost(shared) if one.source == "huffpost-read"]
    counts, mains = np.zeros((len(CODES), len(CODES))), np.zeros(len(CODES))
    for one in briefs() + labelled_here(shared) + read:
        for main, *others in [one.topics] if one.topics else []:
            mains[main] += 1
            counts[main, others] += 1
    usual = counts.sum(axis=0) / mains.sum()
    shares = np.maximum((counts + SMOOTHING * usual) / (mains[:, None] + SMOOTHING), RAREST)
    odds = (10 * np.log(shares / (1 - shares))).round().astype(int)
    OUT.write_text(HEADER + "".join(" ".join(map(str, row)) + "\n" for row in odds.tolist()), "ascii")
    write_sums(OUT.parent, MADE)
    return int(mains.sum())


def pages(folder: Path) -> list[Example]:
    """The stories of labelled pages, as their labels have them."""
    names = list(TOPICS.values())
    return [
        Example(row["title"] or "", "\n".join(row["body"]), tuple(map(names.index, row["topics"])), "pages", path.stem + ".txt")
        for path in sorted(folder.glob("*.json"))
        for row in json.loads(path.read_text("utf-8"))["stories"]
    ]


def is_held(example: Example) -> bool:
    return hashlib.sha1(example.id.encode()).digest()[-1] % 2 == 1


def said_of(examples: Sequence[Example]) -> tuple[Array, list[set[int]]]:
    """The chances of the 17 of each, and the topics that are said of it."""
    stories = [Story(title=one.title, body=tuple(one.body.split("\n"))) for one in examples]
    cuts = cut(stories)
    languages = detect_languages(stories, cuts)
    said = [{CODES.index(topic.id) for topic in topics} for topics in tag_topics_many(stories, languages, cuts)]
    return choosing.main_chances(stories, languages, cuts), said


def rows_of(chances: Array, examples: Sequence[Example]) -> tuple[Array, Array]:
    """What a second topic's chance is a function of, for each other topic of each story, and whether it is right: the features,
    then a column for each topic."""
    first = chances.argmax(axis=1)
    others = np.arange(len(CODES)) != first[:, None]
    right = np.array([[topic in one.topics for topic in range(len(CODES))] for one in examples])
    own = np.broadcast_to(OWN_SCALE * np.eye(len(CODES)), (len(chances), len(CODES), len(CODES)))
    return np.concatenate((choosing.second_features(chances, first), own), axis=2)[others], right[others]


def f1(said: Sequence[set[int]], examples: Sequence[Example]) -> float:
    hit = sum(len(one & set(example.topics)) for one, example in zip(said, examples, strict=True))
    return 2 * hit / sum(len(one) + len(example.topics) for one, example in zip(said, examples, strict=True))


def main() -> None:
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("--shared", type=Path, required=True)
    parser.add_argument("--pages", type=Path, nargs="*", default=[], help="folders of labelled pages to learn from")
    args = parser.parse_args()
    print(write_table(args.shared), "stories")
    sets = {
        "pages": pages(args.shared / "pages" / "dev"),
        "gold": [one for one in gold(args.shared) if not one.id.startswith(SHIP_PREFIXES)],
    }
    learnt = []
    for name, examples in sets.items():
        chances, said = said_of(examples)
        for held in (False, True):
            own = [i for i, one in enumerate(examples) if is_held(one) is held]
            some = [examples[i] for i in own]
            print(f"{name} {'held' if held else 'tuning'} {len(own)} all topics F1 {f1([said[i] for i in own], some):.3f}")
            if not held:
                learnt.append(rows_of(chances[own], some))
    for folder in args.pages:
        more = pages(folder)
        learnt.append(rows_of(said_of(more)[0], more))
    features, right = (np.concatenate(parts) for parts in zip(*learnt, strict=True))
    fit = LogisticRegression(C=0.3, max_iter=1000).fit(features, right)
    shared, own = fit.coef_[0][: -len(CODES)], fit.coef_[0][-len(CODES) :]
    print("chance of a second:", shared.round(2), "constants:", (fit.intercept_ + OWN_SCALE * own).round(2).tolist())


if __name__ == "__main__":
    main()
