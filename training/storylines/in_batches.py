"""How well stories are grouped that come in batches, as to a refresh, and not in one call.

    python -m training.storylines.in_batches --shared SHARED [--sizes 10 200]

Stories come by date, those without one by id, into an archive of their own. Printed for each set and size of a batch, all at
once last: BCubed F1, precision and recall of where the stories are in the end.
"""

from __future__ import annotations

import argparse
import pathlib
from collections.abc import Sequence

from benchmarks.stream import Refreshes, opened
from newsdesk.archive.lines import resolve_all
from newsdesk.model import Story
from training.storylines.background import read
from training.storylines.calibrate import Labelled, bcubed, story_of

SETS = ("ecb", "uci", "basil")


def load(shared: pathlib.Path, name: str) -> Labelled:
    lines = list(read(shared / "datasets" / "grouping" / f"{name}-dev.jsonl.gz"))
    lines.sort(key=lambda line: (line["published"] or "", line["id"]))
    return [story_of(line) for line in lines], [line["gold"]["storyline"] for line in lines]


def group(stories: Sequence[Story], size: int) -> list[str]:
    """The storyline of each story, after batches of that size."""
    found: dict[str, str] = {}
    with opened() as store:
        refreshes = Refreshes(store)
        for at in range(0, len(stories), size):
            grouping = refreshes.take(stories[at : at + size])
            found |= {own.story_id: own.storyline_id for own in grouping.assignments}
        with store.reading() as connection:
            return resolve_all(connection, [found[story.id] for story in stories])


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--shared", type=pathlib.Path, required=True)
    parser.add_argument("--sizes", type=int, nargs="*", default=(10, 200))
    flags = parser.parse_args()
    for name in SETS:
        stories, gold = load(flags.shared, name)
        for size in (*flags.sizes, len(stories)):
            told = " · ".join(f"{figure:.3f}" for figure in bcubed(group(stories, size), gold))
            print(f"{name:6} in batches of {size:5}: {told}", flush=True)


if __name__ == "__main__":
    main()
