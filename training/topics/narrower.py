"""How many of the narrower topics that newsdesk says are right: ``python -m training.topics.narrower --shared ../shared``.

``narrower.tsv`` holds what was judged by reading, on the half of topics/gold-dev that chose no word of the list. What is said
now and was not judged is counted apart, so that a change of the list cannot pass unread.
"""

from __future__ import annotations

import argparse
from pathlib import Path
from zlib import crc32

from newsdesk.model import Story
from newsdesk.tagging.tagger import tag_many
from training.topics.sets import read_rows

JUDGED = Path(__file__).parent / "narrower.tsv"


def said(shared: Path) -> set[tuple[str, str]]:
    """Story id and code of each narrower topic said now of the judged half."""
    rows = [row for row in read_rows(shared, "topics/gold-dev") if crc32(row["id"].encode()) % 2]
    stories = [Story(title=row["title"], body=tuple((row["body"] or "").split("\n"))) for row in rows]
    return {
        (row["id"], concept.id.removeprefix("medtop:"))
        for row, story in zip(rows, tag_many(stories), strict=True)
        for topic in story.topics
        for concept in topic.narrower
    }


def read_judged() -> dict[tuple[str, str], bool]:
    """Whether it is right, by story id and code."""
    lines = [line.split("\t") for line in JUDGED.read_text("utf-8").split("\n") if line and not line.startswith("#")]
    return {(story, code): right == "1" for story, code, right in lines}


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--shared", type=Path, required=True)
    now, judged = said(parser.parse_args().shared), read_judged()
    right = sum(judged[pair] for pair in now & judged.keys())
    print(f"{len(now)} said · {right} of {len(now & judged.keys())} judged are right: {right / len(now & judged.keys()):.3f}")
    for story, code in sorted(now - judged.keys()):
        print(f"not judged: {story}\t{code}")


if __name__ == "__main__":
    main()
