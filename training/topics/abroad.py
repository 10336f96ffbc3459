"""Print how often the first topic of invented stories in other languages is right.

    python -m training.topics.abroad [--misses] [LANGUAGE ...]

training/topics/abroad/LANGUAGE.tsv holds a story or two a topic: by the first of them the word lists are tuned, the second is
held and only measures. They are read as `newsdesk inspect` reads a story, its language found by itself.
"""

from __future__ import annotations

import argparse
import math
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from newsdesk.model import Story, Topic
from newsdesk.tagging.tagger import detect_languages
from newsdesk.topics import tag_topics_many
from newsdesk.words.cutting import cut
from training.topics.sets import CODES, LETTERS

STORIES = Path(__file__).parent / "abroad"


@dataclass(frozen=True, slots=True)
class Written:
    """A story with the topics that it was written on (indexes into CODES, main first), and whether it only measures."""

    story: Story
    topics: tuple[int, ...]
    held: bool


def stories(language: str) -> tuple[Written, ...]:
    """The invented stories in a language (ISO 639-1)."""
    found = []
    seen: Counter[int] = Counter()
    for line in (STORIES / f"{language}.tsv").read_text("utf-8").splitlines():
        if not line.startswith("#"):
            letters, title, text = line.split("\t")
            topics = tuple(LETTERS[letter] for letter in letters)
            found.append(Written(Story(title=title, body=(text,)), topics, seen[topics[0]] > 0))
            seen[topics[0]] += 1
    return tuple(found)


@dataclass(frozen=True, slots=True)
class Answer:
    """What is said of a story, and whether the first topic is one of those that it was written on."""

    written: Written
    language: str | None
    topics: tuple[Topic, ...]

    @property
    def right(self) -> bool:
        return bool(self.topics) and self.topics[0].id in {CODES[topic] for topic in self.written.topics}


def read(written: Sequence[Written]) -> list[Answer]:
    """The answer to each."""
    plain = [one.story for one in written]
    cuts = cut(plain)
    languages = detect_languages(plain, cuts)
    topics = tag_topics_many(plain, languages, cuts)
    return [Answer(*known) for known in zip(written, languages, topics, strict=True)]


def share(answers: Sequence[Answer], held: bool) -> float:
    """First topic right, among the stories for tuning or the held ones; not a number where there are none."""
    right = [one.right for one in answers if one.written.held is held]
    return sum(right) / len(right) if right else math.nan


def _tell_misses(answers: Sequence[Answer]) -> None:
    """Those of the tuning part alone: the held ones are not looked at."""
    for one in answers:
        if not one.right and not one.written.held:
            said = "; ".join(f"{topic.name} {topic.score:.2f} {', '.join(topic.why)}" for topic in one.topics)
            print(f"    {CODES[one.written.topics[0]][7:9]} {one.written.story.title} ({one.language}): {said or 'nothing'}")


def main() -> None:
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("languages", nargs="*")
    parser.add_argument("--misses", action="store_true", help="also what is said of the tuning stories that are read wrong")
    args = parser.parse_args()
    languages = args.languages or sorted(path.stem for path in STORIES.glob("*.tsv"))
    every: list[Answer] = []
    for language in languages:
        answers = read(stories(language))
        print(f"{language}  tuning {share(answers, False):.3f}  held {share(answers, True):.3f}")
        if args.misses:
            _tell_misses(answers)
        every += answers
    print(f"all {len(every)}  tuning {share(every, False):.3f}  held {share(every, True):.3f}")


if __name__ == "__main__":
    main()
