"""How fast comments are scored: ``python -m benchmarks.mood [--tier model]``.

Prints comments a CPU second as the slope between 1,000 and 20,000 comments (for the larger model between 1,000 and 3,000,
once), so that starting up doesn't count, beside a floor in the same process: cutting the same comments into lower-case words
and counting them, which any word model has to do. Also the time to load the model. The comments are made up from a fixed seed,
with the length of real ones (25 words); no two are alike, since what was read before is remembered.
"""

from __future__ import annotations

import argparse
import random
import re
import time
from collections import Counter
from collections.abc import Callable, Sequence

from newsdesk.sentiment import score, score_many
from newsdesk.sentiment.weights import FOLDER, read_lexicon
from newsdesk.tagging.tiers import INSTALL, Tier, can_model

SMALL = 1_000
LARGE: dict[Tier, int] = {"base": 20_000, "model": 3_000}
ROUNDS: dict[Tier, int] = {"base": 3, "model": 1}
_PLAIN = (
    "the of to and a in is that it for they you was on are with as be this have not but he at by we from or all who will would "
    "there their what about if people government country money years city tax minister vote plan news law school water"
).split()


def make_comments(count: int, seed: int = 20) -> list[str]:
    """Made-up comments: common words, one in eight from the lexicon, sentences that end in one of several ways."""
    draw = random.Random(seed)
    loaded = sorted(read_lexicon(FOLDER / "lexicon.tsv"))
    return [" ".join(_sentence(draw, loaded) for _ in range(draw.choice((1, 1, 2, 3, 4)))) for _ in range(count)]


def _sentence(draw: random.Random, loaded: Sequence[str]) -> str:
    words = [draw.choice(loaded) if draw.random() < 0.125 else draw.choice(_PLAIN) for _ in range(draw.randint(4, 18))]
    return " ".join(words).capitalize() + draw.choice((".", ".", ".", "!", "?", "...", "!!"))


def count_words(texts: Sequence[str]) -> int:
    """The floor."""
    total: Counter[str] = Counter()
    for text in texts:
        total.update(re.findall(r"\w+", text.lower()))
    return len(total)


def slope(work: Callable[[Sequence[str]], object], large: int, rounds: int) -> float:
    """Comments a CPU second between the two sizes, best of a few rounds."""
    speeds = []
    for at in range(rounds):
        many, few = make_comments(large, 20 + 2 * at), make_comments(SMALL, 21 + 2 * at)
        speeds.append((large - SMALL) / (cpu(work, many) - cpu(work, few)))
    return max(speeds)


def cpu(work: Callable[[Sequence[str]], object], texts: Sequence[str]) -> float:
    begin = time.process_time()
    work(texts)
    return time.process_time() - begin


def main() -> None:
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("--tier", choices=("base", "model"), default="base")
    tier: Tier = parser.parse_args().tier
    if tier == "model" and not can_model():
        parser.error(f"the larger model comes with {INSTALL}")
    begin = time.process_time()
    score("A first one.", by=tier)
    print(f"loading                       {(time.process_time() - begin) * 1000:9.1f} ms of CPU")
    texts = make_comments(LARGE[tier])
    print(f"mean length                   {sum(map(len, texts)) / len(texts):9.1f} characters")
    speed = slope(lambda some: score_many(some, by=tier), LARGE[tier], ROUNDS[tier])
    floor = slope(count_words, LARGE["base"], ROUNDS["base"])
    print(f"comments scored               {speed:9.0f} a CPU second, slope between {SMALL:,} and {LARGE[tier]:,}")
    print(
        f"comments cut into words       {floor:9.0f} a CPU second (the floor); scoring takes {floor / speed:.1f} times as long"
    )


if __name__ == "__main__":
    main()
