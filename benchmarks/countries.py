"""How fast countries are tagged, and how long the first story takes.

python -m benchmarks.countries [STORIES]

Stories of about 400 words are put together from a fixed list of plain words and place names; figures are per CPU second.
"""

from __future__ import annotations

import random
import sys
import time

from newsdesk.countries import tag_countries
from newsdesk.model import Story

WORDS = "the officials said that a new plan would bring water to farms before winter while all asked for more".split()
PLACES = "London Ohio Kenya Japanese Parliament Berlin Moscow Senate Lyon Jordan Texas Brazil Officials Monday Minister".split()


def make_story(rng: random.Random) -> Story:
    words = [rng.choice(PLACES) if rng.random() < 0.12 else rng.choice(WORDS) for _ in range(400)]
    body = tuple(" ".join(words[n : n + 50]) + "." for n in range(0, 400, 50))
    return Story(title=f"{rng.choice(PLACES)} plan moves ahead", body=body)


def main() -> None:
    count = int(sys.argv[1]) if len(sys.argv) > 1 else 2000
    rng = random.Random(7)
    stories = [make_story(rng) for _ in range(count)]
    start = time.process_time()
    tag_countries(stories[0], "en")
    first = time.process_time()
    for story in stories:
        tag_countries(story, "en")
    done = time.process_time()
    print(f"first story {1000 * (first - start):.0f} ms, then {count / (done - first):,.0f} stories of 400 words a CPU second")


if __name__ == "__main__":
    main()
