"""Near-identical texts: the same wire story in several outlets.

A text is sketched by the hashes of word sequences that begin at certain words (SpotSigs: Theobald et al., 2008, with words
of five characters as the spots, so that it works in any spaced language); two sketches that mostly agree are copies. Only
the smallest hashes are kept, which keeps the estimate of the resemblance unbiased (Broder, 1997).
"""

from __future__ import annotations

import contextlib
import heapq
import math
import zlib
from collections import Counter
from collections.abc import Collection, Iterable, Iterator, Sequence
from datetime import UTC, datetime
from itertools import pairwise

import numpy as np

from newsdesk.model import Story
from newsdesk.storylines.signature import READ_CHARS, read_parts
from newsdesk.words.cutting import body_of
from newsdesk.words.stretches import Places, Stretches

SPOT, CHAIN = 5, 4
LONG_WORD = 15  # characters; words are longer on average only in scripts that put no spaces between
KEPT = 32
FEW = 6
_MOST_UNREAD = 16  # sketches that a new one is held against one by one
SAME = 0.5
LIKE_COPIES = 0.5  # cosine that two near-identical texts have at the least

Sketch = frozenset[int]


def sketch(story: Story) -> Sketch:
    """As :func:`sketch_all`, of one story."""
    return next(sketch_stories((story,)))


def sketch_stories(stories: Iterable[Story]) -> Iterator[Sketch]:
    """As :func:`sketch_all`, of stories."""
    return sketch_all([read_parts(story.title or "", body_of(story, READ_CHARS)) for story in stories])


def sketch_all(texts: Sequence[tuple[str, str]]) -> Iterator[Sketch]:
    """Of each text, given by its title and the beginning of its body, at most `KEPT` hashes. Texts of a few words are sketched
    whole. Empty for one without any."""
    return map(frozenset, hash_all(texts))


def hash_all(texts: Sequence[tuple[str, str]]) -> Iterator[Sequence[int]]:
    """As :func:`sketch_all`, the hashes in order."""
    small = [(text or title).lower() for title, text in texts]
    for (title, _), text, (words, hashes, spelt) in zip(texts, small, _chains(small), strict=True):
        if words * LONG_WORD < len(text):  # a script without spaces
            hashes = [zlib.crc32(_bytes(text[at : at + 12])) for at in range(len(text) - 11) if not ord(text[at]) % 6]
        if len(hashes) < FEW:
            whole = b" ".join(filter(None, (_spell(title.lower()), spelt)))
            yield (zlib.crc32(whole),) if whole else ()
            continue
        yield sorted(set(hashes))[:KEPT]


def _chains(texts: Sequence[str]) -> Iterator[tuple[int, list[int], bytes]]:
    """Of each text how many words it has, the hashes of its chains, and all words, a space between two."""
    pieces = Stretches("\n".join(texts))
    bounds = pieces.last.searchsorted(np.array([0, *(len(text) + 1 for text in texts)]).cumsum())
    spots = (pieces.chars() == SPOT).nonzero()[0]
    edges = spots.searchsorted(bounds)
    ends = np.minimum(spots + CHAIN, bounds[1:].repeat(np.diff(edges)))
    hashes = list(map(zlib.crc32, _spelt(pieces, spots, ends)))
    for words, (start, end), spelt in zip(
        np.diff(bounds).tolist(), pairwise(edges.tolist()), _spelt(pieces, bounds[:-1], bounds[1:]), strict=True
    ):
        yield words, hashes[start:end], spelt


def _spelt(pieces: Stretches, firsts: Places, ends: Places) -> list[bytes]:
    """Words that stand side by side, from each of some to before another, a space between two."""
    if not len(pieces.starts):
        return [b""] * len(firsts)
    # Of each word how many up to it have more than one byte of white space before them.
    gaps = np.append(0, (pieces.starts[1:] - pieces.ends[:-1] > 1).cumsum())
    some, firsts = ends > firsts, np.minimum(firsts, len(gaps) - 1)
    lasts = np.where(some, ends - 1, firsts)
    data, starts, stops = pieces.data.translate(_SPACED), pieces.starts[firsts], pieces.ends[lasts] * some
    found = [data[start:stop] for start, stop in zip(starts.tolist(), stops.tolist(), strict=True)]
    for at in (gaps[lasts] != gaps[firsts]).nonzero()[0].tolist():
        found[at] = _spell(found[at].decode("utf-8", "surrogatepass"))
    return found


def _spell(text: str) -> bytes:
    """The words of a text, a space between two."""
    return " ".join(text.split()).encode("utf-8", "surrogatepass")


def _bytes(text: str) -> bytes:
    return text.encode("utf-8", "surrogatepass")


_SPACED = bytes(32 if chr(code).isspace() and code < 128 else code for code in range(256))


def resemblance(a: Sketch, b: Sketch) -> float:
    """Estimated Jaccard coefficient of the two texts' word sequences, 0 to 1."""
    if not a or not b:
        return 0.0
    least = heapq.nsmallest(max(len(a), len(b)), a | b)
    return sum(value in a and value in b for value in least) / len(least)


def in_turn(told: Sequence[tuple[int, int | None, str | None]]) -> list[int]:
    """The first fields of (place, day, when it says it was published), which are given by date, with those of one day by the
    time that is printed on them: the earliest text is the one that others copy."""
    return [place for place, _, _ in sorted(told, key=_moment)] if len(told) > 1 else [place for place, _, _ in told]


def _moment(one: tuple[int, int | None, str | None]) -> tuple[float, float]:
    _, day, published = one
    time = math.inf
    if published is not None and len(published) > len("2026-01-10"):
        with contextlib.suppress(ValueError):
            moment = datetime.fromisoformat(published)
            time = (moment if moment.tzinfo else moment.replace(tzinfo=UTC)).timestamp()
    return math.inf if day is None else day, time


class Originals:
    """The texts of a storyline that are no copies of earlier ones, found by the hashes that they share with a new one."""

    def __init__(self, known: Iterable[tuple[str, Collection[int]]]) -> None:
        self._sketches = dict(known)
        self._by_hash: dict[int, str] = {}
        self._unread = list(self._sketches)  # whose hashes are not in `_by_hash`: most texts share none with any other

    def earlier(self, story_id: str, sketch: Collection[int]) -> str | None:
        """The story that a text with this sketch is a copy of; one that is none is kept as an original."""
        if story_id in self._sketches or not sketch:
            return None
        if self._sketches and (found := self._find(frozenset(sketch))):
            return found
        self._sketches[story_id] = sketch
        self._unread.append(story_id)
        return None

    def _find(self, new: Sketch) -> str | None:
        if len(self._unread) > _MOST_UNREAD or not all(new.isdisjoint(self._sketches[other]) for other in self._unread):
            self._read()
        # Sorted, so that of two that share as much it is the same one however the set came to be.
        shared = (
            Counter(self._by_hash[value] for value in sorted(new) if value in self._by_hash)
            if self._by_hash
            else Counter[str]()
        )
        for other, _ in shared.most_common(3):
            if resemblance(new, frozenset(self._sketches[other])) >= SAME:
                return other
        return None

    def _read(self) -> None:
        for story_id in self._unread:
            for value in self._sketches[story_id]:
                self._by_hash.setdefault(value, story_id)
        self._unread.clear()

    def latest(self, most: int) -> list[tuple[str, Collection[int]]]:
        return list(self._sketches.items())[-most:]
