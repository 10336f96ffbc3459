"""Count the invented pairs of look-alikes that are merged, and those of one event told twice that are parted.

    python -m training.storylines.look_alikes

Of each half of `look_alikes.tsv` (by the names of the pairs; 0 is the one that the thresholds were set on), with texts and as
bare headlines. A pair is grouped alone, both stories in one call.
"""

from __future__ import annotations

import collections
import zlib
from pathlib import Path

from newsdesk.model import Story
from newsdesk.storylines import Grouper, NoProfiles
from newsdesk.tagging.tagger import tag_many

PAIRS = Path(__file__).with_suffix(".tsv")


def read(bare: bool) -> dict[tuple[str, str], list[Story]]:
    """The tagged stories of each pair, by its label (`one` event or `two`) and name; `bare`: without their texts."""
    rows = [line.split("\t") for line in PAIRS.read_text("utf-8").splitlines() if not line.startswith("#")]
    stories = tag_many(
        [Story(title, () if bare else (lead,), f"s{at}", day) for at, (_, _, day, title, lead) in enumerate(rows)]
    )
    pairs: dict[tuple[str, str], list[Story]] = collections.defaultdict(list)
    for (label, pair, *_), story in zip(rows, stories, strict=True):
        pairs[label, pair].append(story)
    return pairs


def wrong(pairs: dict[tuple[str, str], list[Story]], half: int) -> tuple[str, str]:
    """Look-alikes merged, and events parted, of how many in a half."""
    counts = {"one": [0, 0], "two": [0, 0]}
    for (label, pair), stories in pairs.items():
        if zlib.crc32(pair.encode()) % 2 == half:
            found = {own.storyline_id for own in Grouper(NoProfiles()).group(stories).assignments}
            counts[label][0] += (len(found) == 2) != (label == "two")
            counts[label][1] += 1
    return "{} of {}".format(*counts["two"]), "{} of {}".format(*counts["one"])


def main() -> None:
    for bare in (False, True):
        pairs = read(bare)
        for half in (0, 1):
            merged, parted = wrong(pairs, half)
            print(f"half {half}, {'headlines' if bare else 'texts'}: look-alikes merged {merged}, events parted {parted}")


if __name__ == "__main__":
    main()
