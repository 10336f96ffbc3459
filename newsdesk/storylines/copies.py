"""Near-identical texts: the same wire story in several outlets.

A text is sketched by the hashes of word sequences that begin at certain words (SpotSigs: Theobald et al., 2008, with words
of five characters as the spots, so that it works in any spaced language); two sketches that mostly agree are copies. Only
the smallest hashes are kept, which keeps the estimate of the resemblance unbiased (Broder, 1997).
"""

from __future__ import annotations

import heapq
import zlib
from collections import Counter
from collections.abc import Collection, Iterable

from newsdesk.model import Story
from newsdesk.storylines.signature import parts

SPOT, CHAIN = 5, 4
KEPT = 32
FEW = 6
SAME = 0.5
LIKE_COPIES = 0.5  # cosine that two near-identical texts have at the least

Sketch = frozenset[int]


def sketch(story: Story) -> Sketch:
    """At most `KEPT` hashes. Texts of a few words are sketched whole. Empty for a story without text."""
    title, lead, tail = parts(story)
    text = (lead + tail or title).lower()
    words = text.split()
    if len(words) * 15 < len(text):  # a script without spaces
        spots = [text[at : at + 12] for at in range(len(text) - 11) if not ord(text[at]) % 6]
    else:
        spots = [" ".join(words[at : at + CHAIN]) for at, size in enumerate(map(len, words)) if size == SPOT]
    if len(spots) < FEW:
        whole = " ".join(f"{title} {text}".lower().split())
        return frozenset((zlib.crc32(_bytes(whole)),)) if whole else frozenset()
    hashes = {zlib.crc32(spot.encode("utf-8", "surrogatepass")) for spot in spots}
    return frozenset(hashes if len(hashes) <= KEPT else heapq.nsmallest(KEPT, hashes))


def _bytes(text: str) -> bytes:
    return text.encode("utf-8", "surrogatepass")


def resemblance(a: Sketch, b: Sketch) -> float:
    """Estimated Jaccard coefficient of the two texts' word sequences, 0 to 1."""
    if not a or not b:
        return 0.0
    least = heapq.nsmallest(max(len(a), len(b)), a | b)
    return sum(value in a and value in b for value in least) / len(least)


class Originals:
    """The texts of a storyline that are no copies of earlier ones, found by the hashes that they share with a new one."""

    def __init__(self, known: Iterable[tuple[str, Collection[int]]]) -> None:
        self._sketches: dict[str, Sketch] = {}
        self._by_hash: dict[int, str] = {}
        for story_id, old in known:
            self._keep(story_id, frozenset(old))

    def _keep(self, story_id: str, new: Sketch) -> None:
        self._sketches[story_id] = new
        for value in new:
            self._by_hash.setdefault(value, story_id)

    def earlier(self, story_id: str, new: Sketch) -> str | None:
        """The story that `new` is a copy of; a text that is none is kept as an original."""
        if story_id in self._sketches or not new:
            return None
        shared = Counter(self._by_hash[value] for value in new if value in self._by_hash)
        for other, _ in shared.most_common(3):
            if resemblance(new, self._sketches[other]) >= SAME:
                return other
        self._keep(story_id, new)
        return None

    def latest(self, most: int) -> list[tuple[str, Sketch]]:
        return list(self._sketches.items())[-most:]
