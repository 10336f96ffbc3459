"""All that is found out about a story, at what price: language, topics, countries and storylines together.

    python -m benchmarks.tagging [--most 20000] [--rich] [--memory | --stream 1000000]

Stories of about 400 words are generated, the same ones in every run: words of the news as often as they are there, names of
countries, and the affairs' own names and numbers. What was never printed before costs most, so that there is as much of it as
in real news: 2,000 stories of the BBC (380 words each) have 62,100 different stretches between spaces, which are 34,500 words,
and where the stories double these grow by factors of 1.46 and 1.37, which gives some 217,000 and 97,000 at 20,000. Generated
are 63,000 and 27,600 at 2,000, and 241,000 and 94,900 at 20,000. `--rich` generates twice as many new words, and a few Hindi
ones among the English, as this benchmark did at first.

Printed: the slope in stories a CPU second between a tenth of `--most` and all of it, part by part, and its ratio to a floor
that is measured on the same texts in the same run, cutting them into words with a pattern and counting these; and the peak of
memory, without the generated texts but with all tags. `--memory` prints instead the peak of memory of the same stories tagged,
told apart and grouped as `inspect` does it, where a story that is tagged waits on a shelf. `--stream` prints instead what a
story costs while an archive grows to so many, refresh after refresh: see :mod:`benchmarks.stream`.
"""

from __future__ import annotations

import argparse
import math
import random
import re
import resource
import time
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from importlib import resources
from itertools import accumulate
from typing import TypeVar

from newsdesk.countries import country_name, tag_countries_many
from newsdesk.model import Story
from newsdesk.processes.collecting import collector_at_rest
from newsdesk.storylines import Signed, group_call
from newsdesk.storylines.words import read_background
from newsdesk.tagging.one_call import TOGETHER, OneCall
from newsdesk.tagging.story_shelf import Shelf
from newsdesk.tagging.tagger import detect_languages
from newsdesk.topics import tag_topics_many
from newsdesk.words.cutting import cut

T = TypeVar("T")
WORDS, PARAGRAPHS = 400, 8
NAMES, KNOWN_NAMES = 6, 10_000  # of an affair, and those that many affairs have
CODES = "FR DE GB US CN JP RU IN BR KE NG EG TR UA PL ES IT MX AU CA KR IR IL ZA SE".split()
_SYLLABLES = [a + b for a in "bdfgklmnprstvz" for b in "aeiou"]
_WORD = re.compile(r"\w+")


class Press:
    """Makes stories, the same ones for the same seed; `rich` ones with more words that were never seen."""

    def __init__(self, seed: int = 7, rich: bool = False) -> None:
        self.chance = random.Random(seed)
        self.fresh = (6, 4) if rich else (3, 1)  # names of an affair and words of a story that are made for it
        path = resources.files("newsdesk").joinpath("data", "storylines", "background.txt")
        table, _ = read_background(path.read_text("utf-8"))
        terms = sorted(term for term in table if rich or term.isascii())
        self.common = [term.title() if (table[term][1] or 0.0) > 0.5 else term for term in terms]
        self.weights = list(accumulate(math.exp(-table[term][0]) for term in terms))
        self.names = [self.word(4).title() for _ in range(KNOWN_NAMES)]
        self.places = [country_name(code) for code in CODES]

    def word(self, syllables: int) -> str:
        return "".join(self.chance.choices(_SYLLABLES, k=syllables))

    def stories(self, count: int) -> Iterator[Story]:
        """`count` stories, a storyline of them after the other."""
        made, chance = 0, self.chance
        while made < count:
            own = self.affair()
            day = chance.randint(1, 28)
            for _ in range(min(chance.choice((1, 1, 1, 2, 3, 6)), count - made)):
                yield self._story(own, day, made)
                made += 1

    def affair(self) -> list[str]:
        """The names, numbers and countries of an affair."""
        chance, (fresh, _) = self.chance, self.fresh
        own = [self.word(4).title() for _ in range(fresh)] + chance.choices(self.names, k=NAMES - fresh)
        own += [str(chance.randint(100, 99_999)) for _ in range(3)]
        return own + chance.choices(self.places, k=2)

    def _story(self, own: Sequence[str], day: int, number: int) -> Story:
        chance = self.chance
        body = self.paragraphs(own, chance.choices(self.common, cum_weights=self.weights, k=WORDS))
        title = " ".join([*chance.sample(own, 3), *chance.choices(self.common, cum_weights=self.weights, k=5)])
        return Story(title, body, f"s{number:08d}", f"2024-03-{day:02d}")

    def paragraphs(self, own: Sequence[str], text: list[str]) -> tuple[str, ...]:
        """A body of the words `text`, in which those of an affair and new ones take some places."""
        chance = self.chance
        places = chance.sample(range(WORDS), 48)
        for at in places:
            text[at] = chance.choice(own)
        for at in places[: self.fresh[1]]:
            text[at] = self.word(3)
        for at in range(chance.randint(5, 20), WORDS, chance.randint(9, 22)):
            text[at - 1], text[at] = text[at - 1] + ".", text[at].capitalize()
            text[at - 4] += ","
        step = WORDS // PARAGRAPHS
        return tuple(" ".join(text[at : at + step]).capitalize() + "." for at in range(0, WORDS, step))


def floor(batch: Sequence[Story]) -> None:
    for story in batch:
        Counter(_WORD.findall("\n".join((story.title or "", *story.body))))


def cpu(work: Callable[[], object]) -> float:
    start = time.process_time()
    work()
    return time.process_time() - start


def parts(batch: Sequence[Story]) -> dict[str, float]:
    """CPU seconds of each part over the batch, a few stories at a time, as `inspect` and a refresh have them."""
    spent = {"floor": cpu(lambda: floor(batch))} | dict.fromkeys(
        ("cutting", "language", "topics", "countries", "storylines"), 0.0
    )
    tagged: list[Story] = []
    signed = Signed()
    with collector_at_rest():  # as in newsdesk.tagging.tagger and in a grouper
        for at in range(0, len(batch), TOGETHER):
            tagged += _tag(batch[at : at + TOGETHER], signed, spent)
        ids = [story.id for story in tagged]
        spent["storylines"] += cpu(lambda: _group(tagged, signed, ids))
    return spent


def _tag(stories: Sequence[Story], signed: Signed, spent: dict[str, float]) -> list[Story]:
    def timed(part: str, work: Callable[[], T]) -> T:
        start = time.process_time()
        made = work()
        spent[part] += time.process_time() - start
        return made

    cuts = timed("cutting", lambda: cut(stories))
    languages = timed("language", lambda: detect_languages(stories, cuts))
    topics = timed("topics", lambda: tag_topics_many(stories, languages, cuts))
    countries = timed("countries", lambda: tag_countries_many(stories, languages, cuts))
    known = zip(stories, languages, topics, countries, strict=True)
    tagged = [story.with_(language=tongue, topics=about, countries=where) for story, tongue, about, where in known]
    timed("storylines", lambda: signed.add(tagged, cuts))
    return tagged


def _group(tagged: Sequence[Story], signed: Signed, ids: Sequence[str]) -> None:
    """Everything that is said of each story's storyline, as it is given out."""
    lines = group_call(tagged, signed, ids)
    for place, story in enumerate(tagged):
        lines.of(place, story)


def memory_mb() -> float:
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024


def slope(most: int, rich: bool) -> None:
    few = list(Press(1, rich).stories(most // 10))
    many = list(Press(2, rich).stories(most))
    texts = memory_mb()
    parts(few[:50])
    short, long = parts(few), parts(many)
    count = len(many) - len(few)
    spent = {name: long[name] - short[name] for name in long}
    least = spent.pop("floor")
    for name, seconds in spent.items():
        print(f"{name:12}{1e6 * seconds / count:8.0f} us a story {seconds / least:6.1f} x floor")
    whole = sum(spent.values())
    print(f"{'all':12}{1e6 * whole / count:8.0f} us a story {whole / least:6.1f} x floor   {count / whole:,.0f} a CPU second")
    print(f"memory for {len(many)} stories: {memory_mb() - texts:.0f} MB beside the texts ({texts:.0f} MB)")


def shelved(most: int, rich: bool) -> None:
    """The memory that a call takes beside the texts that it is given."""
    stories = list(Press(2, rich).stories(most))
    texts = memory_mb()
    with Shelf() as shelf:
        call = OneCall(shelf)
        for story in stories:
            call.take(story)
        call.close()
        call.identify()
        for _ in call.group():
            pass
    print(f"memory for {most} stories: {memory_mb() - texts:.0f} MB beside the texts ({texts:.0f} MB)")


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--most", type=int, default=20_000)
    parser.add_argument("--rich", action="store_true", help="more words that were never seen than news has")
    parser.add_argument("--memory", action="store_true", help="only the memory that a call of so many stories takes")
    parser.add_argument("--stream", type=int, help="only what a story costs while an archive grows to so many")
    flags = parser.parse_args()
    if flags.stream:
        from benchmarks.stream import stream

        stream(flags.stream)
        return
    if flags.memory:
        shelved(flags.most, flags.rich)
        return
    slope(flags.most, flags.rich)


if __name__ == "__main__":
    main()
