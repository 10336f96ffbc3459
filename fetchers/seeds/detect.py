"""Which format a seed file is in. Every format module offers a :class:`Format`: a sniff score and a parser.

A new format is a module with a `FORMAT` and its name in `MODULES`; the highest score above `DOUBT` wins.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import cache
from importlib import import_module
from typing import BinaryIO

from fetchers.seeds.decode import decode_head
from newsdesk.errors import Problem
from newsdesk.model import Story

HEAD_BYTES = 65_536
DOUBT = 0.2
DOCUMENT_LIMIT = 15_000_000  # bytes of a document that is parsed as a whole, as of a live feed
# The more particular first: of two that are as sure it is taken.
MODULES = ("feed_file", "newsml_g2", "nitf", "ninjs", "json_document", "html_page", "page_text", "jsonl")


@dataclass(frozen=True, slots=True)
class Head:
    """The start of a file, as sniffers see it. `text` is None for binary data; its last line may be cut if not `complete`."""

    path: str
    data: bytes
    text: str | None
    complete: bool


@dataclass(frozen=True, slots=True)
class Source:
    """What a parser reads from: a stream at its beginning."""

    path: str
    stream: BinaryIO

    def read_whole(self, limit: int = DOCUMENT_LIMIT) -> bytes:
        """All bytes. Raises ValueError, in a few words, for more than `limit` of them."""
        data = self.stream.read(limit + 1)
        if len(data) > limit:
            raise ValueError(f"longer than {limit // 1_000_000} MB, too long for one document")
        return data


@dataclass(frozen=True, slots=True)
class Format:
    """`sniff` scores a head from 0 (can't be) to 1; `parse` yields stories and problems, and never raises for what it reads.

    A story's origin is filled in by the reader; a parser gives one only to carry the id that the story came with.
    """

    name: str
    sniff: Callable[[Head], float]
    parse: Callable[[Source], Iterator[Story | Problem]]


@cache
def formats() -> dict[str, Format]:
    """Every format by name."""
    every: list[Format] = [import_module(f"fetchers.seeds.{module}").FORMAT for module in MODULES]
    return {one.name: one for one in every}


def look_at_head(path: str, data: bytes, complete: bool) -> Head:
    decoded = decode_head(data, complete)
    return Head(path, data, decoded.text if decoded else None, complete)


def detect(head: Head) -> Format | None:
    """The format that claims the file most surely; None if none does."""
    sure, best = max(((one.sniff(head), one) for one in formats().values()), key=lambda pair: pair[0])
    return best if sure > DOUBT else None
