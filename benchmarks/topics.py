"""How many stories a CPU second the topic tagger does, beside the least that any word-based tagger must do.

    python benchmarks/topics.py [STORIES]

The figure is a slope: the CPU time of STORIES stories of about 400 words less that of a tenth of them, so that loading the
model does not count. The floor lower-cases and splits the same text and does nothing with it.
"""

from __future__ import annotations

import random
import sys
import time
from collections.abc import Callable

from newsdesk.language import detect
from newsdesk.model import Story
from newsdesk.topics import model, tag_topics
from newsdesk.words.letters import words_of

PARAGRAPHS, WORDS_A_PARAGRAPH = 10, 40


def make_stories(count: int, seed: int = 1) -> list[Story]:
    """Stories of words drawn from the model's own by Zipf's law: they stand in order of their frequency in news."""
    names = [word.decode() for word in model.load().names]
    pick = random.Random(seed)

    def text(words: int) -> str:
        return " ".join(names[int(len(names) ** pick.random()) - 1] for _ in range(words)).capitalize() + "."

    return [Story(title=text(9), body=tuple(text(WORDS_A_PARAGRAPH) for _ in range(PARAGRAPHS))) for _ in range(count)]


def slope(work: Callable[[Story], object], stories: list[Story]) -> float:
    """Stories a CPU second, between a tenth of `stories` and all of them; the best of three."""
    few, best = len(stories) // 10, 0.0
    for _ in range(3):
        start = time.process_time()
        for story in stories[:few]:
            work(story)
        middle = time.process_time()
        for story in stories:
            work(story)
        spent = (time.process_time() - middle) - (middle - start)
        best = max(best, (len(stories) - few) / spent)
    return best


def floor(story: Story) -> list[bytes]:
    return words_of("\n".join((story.title or "", *story.body)))


def main() -> None:
    count = int(sys.argv[1]) if len(sys.argv) > 1 else 2000
    started = time.process_time()
    model.load()
    loading = time.process_time() - started
    stories = make_stories(count)
    texts = {id(story): "\n".join((story.title or "", *story.body))[:2000] for story in stories}
    tagged, least = slope(lambda story: tag_topics(story, "en"), stories), slope(floor, stories)
    detected = slope(lambda story: detect(texts[id(story)]), stories)
    print(f"model loaded in             {loading * 1000:8.1f} ms CPU")
    print(f"topics                      {tagged:8.0f} stories a CPU second")
    print(f"floor (lower, tokenise)     {least:8.0f} stories a CPU second, {least / tagged:.1f} times as many")
    print(f"language of 2,000 characters{1e6 / detected:8.0f} µs")


if __name__ == "__main__":
    main()
