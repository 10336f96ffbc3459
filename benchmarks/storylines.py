"""How fast stories are grouped, against tokenising the same text: python -m benchmarks.storylines [--most N]

Stories of about 400 words are generated: each of a storyline of a few, with names and numbers of its own, over words of the
news as often as they are there.
Printed: CPU seconds at each size, the slope in stories a CPU second, the ratio to the floor, and the peak of memory. Below,
the same in batches against a store that has grown: the time a story must not grow with it.
"""

from __future__ import annotations

import argparse
import math
import random
import resource
import time
from collections.abc import Iterator
from importlib import resources
from itertools import accumulate

from newsdesk.model import Country, Story
from newsdesk.storylines import Grouper, MemoryProfiles, NoProfiles
from newsdesk.storylines.words import read_background, tokens

BACKGROUND = resources.files("newsdesk").joinpath("data", "storylines", "background.txt")
WORDS, PARAGRAPHS = 400, 8
_SYLLABLES = [a + b for a in "bdfgklmnprstvz" for b in "aeiou"]


def word(rng: random.Random, syllables: int) -> str:
    return "".join(rng.choice(_SYLLABLES) for _ in range(syllables))


def stories(count: int, seed: int = 7) -> Iterator[Story]:
    rng = random.Random(seed)
    table, _ = read_background(BACKGROUND.read_text("utf-8"))
    common = sorted(table)
    weights = list(accumulate(math.exp(-table[term][0]) for term in common))
    made = 0
    while made < count:
        own = [word(rng, 4).title() for _ in range(6)] + [str(rng.randint(100, 99_999)) for _ in range(3)]
        day, size = rng.randint(1, 28), min(rng.choice((1, 1, 1, 2, 3, 6)), count - made)
        for _ in range(size):
            text = rng.choices(common, cum_weights=weights, k=WORDS)
            for at in rng.sample(range(WORDS), 40):
                text[at] = rng.choice(own)
            step = WORDS // PARAGRAPHS
            body = tuple(" ".join(text[at : at + step]).capitalize() + "." for at in range(0, WORDS, step))
            title = " ".join([*rng.sample(own, 3), *rng.choices(common, cum_weights=weights, k=5)])
            countries = (Country("FR", "France", 0.9), Country("DE", "Germany", 0.4))
            yield Story(title, body, f"s{made:08d}", f"2024-03-{day:02d}", language="en", countries=countries)
            made += 1


def cpu(batch: list[Story]) -> tuple[float, float]:
    """CPU seconds of grouping, and of only tokenising all of the text."""
    start = time.process_time()
    for story in batch:
        tokens(story.title or "")
        for paragraph in story.body:
            tokens(paragraph)
    floor = time.process_time() - start
    start = time.process_time()
    Grouper(NoProfiles()).group(batch)
    return time.process_time() - start, floor


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--most", type=int, default=20_000)
    most = parser.parse_args().most
    few = most // 10
    cpu(list(stories(200)))
    (short, short_floor), (long, long_floor) = cpu(list(stories(few))), cpu(list(stories(most)))
    print(f"{few} stories {short:.2f} s, {most} stories {long:.2f} s of CPU")
    speed = (most - few) / (long - short)
    ratio = (long - short) / (long_floor - short_floor)
    print(f"slope {speed:.0f} stories a CPU second, {ratio:.1f} x tokenising")
    profiles, batch, size = MemoryProfiles(), list(stories(most, seed=8)), max(most // 20, 1)
    for at in range(0, most, size):
        start = time.process_time()
        Grouper(profiles).group(batch[at : at + size])
        if at % (size * 5) == 0:
            spent = time.process_time() - start
            print(f"batch of {size} onto {len(profiles):6} storylines: {1e6 * spent / size:.0f} us of CPU a story")
    print(f"peak memory {resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024:.0f} MB, generated stories included")


if __name__ == "__main__":
    main()
