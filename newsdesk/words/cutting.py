"""Texts cut at their white space, once for all that read them: the taggers and the clusterer.

A stretch of text without a space has a number in a :class:`Vocabulary`; what a reader makes of a stretch (a word, none,
several) it keeps in a :class:`Table` by that number. So a word that was met before costs one look-up for all readers together.
Texts are cut and looked up many at a time, as the bytes of their UTF-8: where a byte of white space is beside one that is none,
a stretch begins or ends, and its bytes give its hash.
"""

from __future__ import annotations

import threading
from collections.abc import Callable, Hashable, Iterable, Sequence
from itertools import chain
from typing import Any, NamedTuple, TypeVar

import numpy as np
import numpy.typing as npt

from newsdesk.model import Story
from newsdesk.words.hashes import HashTable, Numbers, first_met
from newsdesk.words.packed import PackedTexts
from newsdesk.words.stretches import Stretches, hash_one, spans

T = TypeVar("T")

READ_CHARS = 24_000  # of a body: what stands after some 4,000 words no longer changes what a story is about
_MOST = 100_000  # stretches, above which a new batch begins a new vocabulary
_MOST_TABLES = 16  # languages have their own
_FIRST_SIZE = 1 << 13
_FEW = 6  # stretches, of which each is looked up by itself
_UNREAD = -1


class Vocabulary:
    """Stretch of text -> number, from 1 on; it grows by being asked. By number: `names`, the stretch itself."""

    def __init__(self) -> None:
        self.names = PackedTexts()
        self.names.append_text("")
        self._known = HashTable()
        self._tables: dict[Hashable, Any] = {}

    def __len__(self) -> int:
        return len(self.names) - 1

    def number_all(self, stretches: Sequence[str]) -> Numbers:
        """The numbers of stretches, none of which has white space in it."""
        if len(stretches) <= _FEW:
            return np.fromiter(map(self._number_one, stretches), np.int32, len(stretches))
        return self.number_text(Stretches(" ".join(stretches)))

    def number_text(self, text: Stretches) -> Numbers:
        """The number of each stretch of a text."""
        hashes = text.hashes()
        numbers = self._known.find(hashes)
        missing = (numbers == 0).nonzero()[0]
        if len(missing):
            fresh, last = hashes[missing], np.int32(len(self.names))
            firsts, which = first_met(fresh)  # numbers are given in the order of the text
            numbers[missing] = which + last
            self._known.add(fresh[firsts], np.arange(last, last + len(firsts), dtype=np.int32))
            self.names.append(*text.read(missing[firsts]))
        return numbers

    def _number_one(self, stretch: str) -> int:
        own = hash_one(stretch.encode("utf-8", "surrogatepass"))
        number = self._known.find_one(own)
        if not number:
            self._known.add(np.array([own], np.uint64), np.array([len(self.names)], np.int32))
            self.names.append_text(stretch)
        return number or len(self)

    def table(self, reader: Hashable, make: Callable[[PackedTexts], T]) -> T:
        """The table of a reader, made of `names` where it has none yet. Those that were not asked for longest go."""
        found: T | None = self._tables.pop(reader, None)
        if found is None:
            if len(self._tables) >= _MOST_TABLES:
                del self._tables[next(iter(self._tables))]
            found = make(self.names)
        self._tables[reader] = found
        return found

    def drop_tables(self) -> None:
        """Tables hold the vocabulary that holds them: without this it would wait for the collector, which is rare here."""
        self._tables.clear()


class Table:
    """What a reader makes of the stretches of a vocabulary, worked out when they are first met.

    `make` says what it makes of some, each without a space in it: for each one numbers of its own. It is also asked for the
    empty stretch, which is number 0 and stands in no text.
    """

    def __init__(
        self,
        names: PackedTexts,
        make: Callable[[list[str]], Iterable[Sequence[int]]] | None = None,
    ) -> None:
        self.names, self._given = names, make
        # By number of a stretch: how many numbers it has, or `_UNREAD`; and its only number, or where in the pool they begin.
        self._counts: Numbers = np.full(_FIRST_SIZE, _UNREAD, np.int32)
        self._values: Numbers = np.zeros(_FIRST_SIZE, np.int32)
        self._pool: Numbers = np.zeros(_FIRST_SIZE, np.int32)
        self._pooled = 0

    def make(self, stretches: Numbers) -> tuple[Numbers, Numbers]:
        """The numbers of all stretches, one after the other, and how many each has. By what was given; a table that does it
        itself has a method of its own, for one that held itself would not go at once."""
        found = list(self._given(self.names.read(stretches))) if self._given else []
        counts = np.fromiter(map(len, found), np.int32, len(found))
        return np.fromiter(chain.from_iterable(found), np.int32, int(counts.sum())), counts

    def read(self, numbers: Numbers) -> tuple[Numbers, Numbers | None]:
        """The reader's own numbers of stretches, in order; and how many each stretch gives, None where it is one each."""
        if len(self._counts) < len(self.names):
            self._grow()
        places = numbers.astype(np.intp)  # else each look-up would do that
        counts = self._counts.take(places)
        if counts.min(initial=0) == _UNREAD:
            self._learn(np.unique(numbers[counts == _UNREAD]))
            counts = self._counts.take(places)
        values = self._values.take(places)
        if counts.min(initial=1) == counts.max(initial=1) == 1:
            return values, None
        ends = counts.cumsum()
        starts, count = ends - counts, int(ends[-1])
        # What gives none is written where the next one begins, before that is: of several values the last one stays.
        found: Numbers = np.zeros(count + 1, np.int32)
        found[starts] = values
        several = (counts > 1).nonzero()[0]
        if len(several):
            many = counts.take(several)
            found[spans(starts.take(several), many)] = self._pool.take(spans(values.take(several), many))
        return found[:count], counts

    def _grow(self) -> None:
        more = max(len(self.names) - len(self._counts), len(self._counts))
        self._counts = np.concatenate([self._counts, np.full(more, _UNREAD, np.int32)])
        self._values = np.concatenate([self._values, np.zeros(more, np.int32)])

    def _learn(self, fresh: Numbers) -> None:
        found, counts = self.make(fresh)
        end = self._pooled + len(found)
        while end > len(self._pool):
            self._pool = doubled(self._pool)
        self._pool[self._pooled : end] = found
        starts = counts.cumsum(dtype=np.int32) - counts + np.int32(self._pooled)
        # Where a stretch of none stands at the end, there is no number yet.
        firsts = self._pool[np.minimum(starts, len(self._pool) - 1)]
        self._counts[fresh], self._values[fresh] = counts, np.where(counts == 1, firsts, starts)
        self._pooled = end


def doubled(values: npt.NDArray[Any]) -> npt.NDArray[Any]:
    """`values` and as many zeros, which take up no memory before they are written to."""
    found = np.zeros((2 * len(values), *values.shape[1:]), values.dtype)
    found[: len(values)] = values
    return found


class Cut(NamedTuple):
    """A story's words in a `vocabulary`: of its `title`, and of its `body`, the first :data:`READ_CHARS` of highlights and
    paragraphs. `ends`: where each stretch of the body ends in it, in characters."""

    vocabulary: Vocabulary
    title: str
    body: str
    title_numbers: Numbers
    body_numbers: Numbers
    ends: Numbers

    def starts_after(self, chars: int) -> Numbers:
        """The stretches of the body after its first `chars`, which end a stretch or stand before one."""
        return self.body_numbers[int(self.ends.searchsorted(chars, "right")) :]

    def between(self, start: int, end: int) -> Numbers:
        """The stretches of the body between two of its characters; of the first and the last what of it stands there."""
        if self._parts(start) and self._parts(end):
            first, last = self.ends.searchsorted((start, end), "right").tolist()
            return self.body_numbers[first:last]
        pieces = self.body[start:end].split()
        return self.vocabulary.number_all(pieces)

    def parted(self, middle: int, end: int) -> tuple[Numbers, Numbers]:
        """As :meth:`between`, from the beginning to a character, and from there to another one."""
        if self._parts(middle) and self._parts(end):
            first, last = self.ends.searchsorted((middle, end), "right").tolist()
            return self.body_numbers[:first], self.body_numbers[first:last]
        return self.between(0, middle), self.between(middle, end)

    def _parts(self, chars: int) -> bool:
        """Whether no stretch of the body stands on both sides of a place in it."""
        return not 0 < chars < len(self.body) or self.body[chars].isspace() or self.body[chars - 1].isspace()


def cut(stories: Sequence[Story], chars: int = READ_CHARS) -> list[Cut]:
    """The words of each story; `chars` of its body are enough."""
    words, texts = vocabulary(), [(story.title or "", body_of(story, chars)) for story in stories]
    every = list(chain.from_iterable(texts))
    stretches = Stretches("\n".join(every))
    numbers = words.number_text(stretches)
    starts = np.array([0, *(len(text) + 1 for text in every)]).cumsum()
    bounds = stretches.last.searchsorted(starts).tolist()
    found = []
    for place, (title, body) in enumerate(texts):
        first, second, end = bounds[2 * place : 2 * place + 3]
        ends = stretches.last[second:end] - np.int32(starts[2 * place + 1])
        found.append(Cut(words, title, body, numbers[first:second], numbers[second:end], ends))
    return found


def body_of(story: Story, chars: int) -> str:
    """The first `chars` of highlights and paragraphs, a line each."""
    pieces, left = [], chars
    for paragraph in chain(story.highlights, story.body):
        pieces.append(paragraph if len(paragraph) <= left else paragraph[:left])
        left -= len(paragraph) + 1
        if left <= 0:
            break
    return "\n".join(pieces)


_of_thread = threading.local()


def vocabulary() -> Vocabulary:
    """The vocabulary of this thread; a new one where the last has grown large."""
    found: Vocabulary | None = getattr(_of_thread, "vocabulary", None)
    if found is None or len(found) > _MOST:
        forget()
        found = _of_thread.vocabulary = Vocabulary()
    return found


def forget() -> None:
    """Let go of this thread's vocabulary, which is large: no more texts are to be cut for now."""
    found: Vocabulary | None = getattr(_of_thread, "vocabulary", None)
    if found is not None:
        found.drop_tables()
    _of_thread.vocabulary = None
