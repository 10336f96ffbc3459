"""A reader of seed files that aren't there: what it finds and reads is told to it."""

from __future__ import annotations

import random
from collections.abc import Iterator, Sequence
from dataclasses import replace
from pathlib import Path

from newsdesk.errors import Problem
from newsdesk.model import Comment, Origin, Story
from newsdesk.ports import SeedFile


class FakeReader:
    """Holds seed files by path. A path that isn't held is a problem; a folder is the paths that begin with it."""

    def __init__(self) -> None:
        self.files: dict[str, SeedFile] = {}
        self.reads: list[str] = []
        self.part = 1_000_000  # stories of a file that are read at once
        self._marks: dict[str, int] = {}

    def hold(
        self, path: str, *stories: Story, problems: Sequence[Problem] = (), seed_format: str | None = "jsonl"
    ) -> FakeReader:
        placed = tuple(
            story.with_(origins=(Origin("jsonl", index, path=path, item_id=f"{path!a}#{index}"),))
            for index, story in enumerate(stories)
        )
        self.files[path] = SeedFile(path, seed_format, placed, tuple(problems))
        self._marks[path] = self._marks.get(path, 0) + 1
        return self

    def find(self, paths: Sequence[str]) -> Iterator[Path | Problem]:
        for path in paths:
            found = [held for held in sorted(self.files) if held == path or held.startswith(path.rstrip("/") + "/")]
            yield from map(Path, found) if found else iter([Problem(path, "no such file")])

    def fingerprint(self, path: Path) -> str | None:
        return str(self._marks.get(str(path), "")) or None

    def read(self, path: Path, seed_format: str | None = None) -> Iterator[SeedFile]:
        self.reads.append(str(path))
        held = self.files[str(path)]
        last = max(0, len(held.stories) - 1) // self.part * self.part
        for start in range(0, last, self.part):
            end = start + self.part
            yield replace(held, stories=held.stories[start:end], problems=(), ahead=len(held.stories) - end)
        yield replace(held, stories=held.stories[last:])

    def read_bytes(self, data: bytes, path: str, seed_format: str | None = None) -> SeedFile:
        title = data.decode("utf-8", "replace").strip()
        stories = (Story(title=title, origins=(Origin("jsonl", path=path),)),) if title else ()
        return SeedFile(path, seed_format or "jsonl", stories)


_WORDS = (
    "ship crane quay storm pilot tide rope barge mayor price fire vote school nurse train bridge match field snow rain".split()
)


def _sentence(title: str) -> str:
    """Words that are another title's only by chance, so that no two stories are near-identical."""
    order = random.Random(title)
    return " ".join(order.choice(_WORDS) + order.choice(_WORDS) for _ in range(40)).capitalize() + "."


def make_story(title: str = "Harbour reopens after the storm", **fields: object) -> Story:
    """A story with enough in it to be tagged."""
    whole = {
        "body": (f"{title}. So the port of Rotterdam in the Netherlands said.", _sentence(title)),
        "published": "2026-02-27",
        "source": "Harbour Wire",
        "comments": (
            Comment("Good news at last, well done!", "joe"),
            Comment("A disgrace that it took so long.", "ann", reply_to=0),
        ),
    }
    return Story(title=title, **{**whole, **fields})  # type: ignore[arg-type]
