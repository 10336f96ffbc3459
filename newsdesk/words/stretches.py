"""A text cut at its white space, in one go: as the bytes of its UTF-8, where a byte of white space is beside one that is none.

Each stretch between has a hash of 64 bits, of its size and its bytes: up to sixteen in one go for all stretches, and the few
that are longer have Python's own. The factors are drawn anew in each process, so no text can be made to have another's hash.
"""

from __future__ import annotations

import os
from collections.abc import Iterator

import numpy as np
import numpy.typing as npt

from newsdesk.words.hashes import Hashes

Places = npt.NDArray[np.intp]

_WHOLE = (1 << 64) - 1
_FACTORS = tuple(int.from_bytes(os.urandom(8), "little") | 1 for _ in range(4))
_FIRST, _SECOND, _SIZE, _LAST = (np.uint64(factor) for factor in _FACTORS)
_HALF = np.uint64(32)
_WORD = 8  # bytes of a stretch that are read at once, twice; a longer stretch has Python's hash
LONGEST = 2 * _WORD
_MASKS = np.array([(1 << 8 * size) - 1 for size in range(_WORD + 1)], np.uint64)  # what of them a stretch of a size has
# White space beyond ASCII, as three bytes of UTF-8, the third of which is not looked at where its bounds are wide.
_WIDE_SPACES = tuple(
    (np.uint8(lead), np.uint8(second), np.uint8(least), np.uint8(most), size)
    for lead, second, least, most, size in (
        (0xC2, 0x85, 0x00, 0xFF, 2),
        (0xC2, 0xA0, 0x00, 0xFF, 2),
        (0xE1, 0x9A, 0x80, 0x80, 3),
        (0xE2, 0x80, 0x80, 0x8A, 3),
        (0xE2, 0x80, 0xA8, 0xA9, 3),
        (0xE2, 0x80, 0xAF, 0xAF, 3),
        (0xE2, 0x81, 0x9F, 0x9F, 3),
        (0xE3, 0x80, 0x80, 0x80, 3),
    )
)


def spans(starts: npt.NDArray[np.integer], sizes: npt.NDArray[np.integer]) -> Places:
    """The places of stretches of an array, one stretch after the other: each begins at a start and has so many places."""
    ends = sizes.cumsum()
    found = np.arange(int(ends[-1]) if len(ends) else 0)
    found += (starts - ends + sizes).repeat(sizes)
    return found


def words_at_any_byte(codes: npt.NDArray[np.uint8]) -> Hashes:
    """Of bytes those that begin at each, eight as one number."""
    return np.ndarray((len(codes) - _WORD + 1,), "<u8", codes.data, strides=(1,))


def first_bytes(
    codes: npt.NDArray[np.uint8], starts: npt.NDArray[np.integer], sizes: npt.NDArray[np.integer], bits: np.uint64
) -> tuple[Hashes, Hashes]:
    """The first eight bytes of pieces as one number each, and the next eight, with `bits` set in both; zeros where a piece has
    no more bytes."""
    words = words_at_any_byte(codes)
    first, second = (cut_to(words[starts + at] | bits, sizes - at) for at in (0, _WORD))
    return first, second


def cut_to(words: Hashes, sizes: npt.NDArray[np.integer]) -> Hashes:
    """Of words of bytes the first bytes, none for less than 0 and all for more than there are."""
    cut: Hashes = words & _MASKS.take(sizes, mode="clip")
    return cut


def hash_bytes(first: Hashes, second: Hashes, sizes: npt.NDArray[np.integer]) -> Hashes:
    """As :meth:`Pieces.hashes`, of pieces that have no more bytes than those."""
    return _stir(first * _FIRST + second * _SECOND + sizes.astype(np.uint64) * _SIZE)


def _stir(found: Hashes) -> Hashes:
    found ^= found >> _HALF
    stirred: Hashes = found * _LAST
    return stirred


class Pieces:
    """What stands between white space in the bytes of a text, which are in UTF-8; of white space only that of ASCII counts.
    `starts` and `ends`: of each piece, in bytes; who moves them moves them before :meth:`hashes`."""

    def __init__(self, text: bytes) -> None:
        # A space at both ends, and room to read whole words of bytes beyond the last piece.
        self.data = b"\n%b\n" % text + bytes(LONGEST)
        self.codes = np.frombuffer(self.data, np.uint8)
        edges = self._edges()
        self.starts, self.ends = edges[:-1:2], edges[1::2]

    def _edges(self) -> Places:
        blank = self._blank()
        edges: Places = (blank[1:] != blank[:-1]).nonzero()[0] + 1
        return edges

    def _blank(self) -> npt.NDArray[np.bool_]:
        blank: npt.NDArray[np.bool_] = (self.codes - 9 < 5) | (self.codes - 28 < 5)
        return blank

    def hashes(self) -> Hashes:
        sizes = self.ends - self.starts
        words = words_at_any_byte(self.codes)
        found = (words[self.starts] & _MASKS.take(sizes, mode="clip")) * _FIRST + sizes.astype(np.uint64) * _SIZE
        long = (sizes > _WORD).nonzero()[0]
        found[long] += (words[self.starts[long] + _WORD] & _MASKS.take(sizes[long] - _WORD, mode="clip")) * _SECOND
        longest = (sizes > LONGEST).nonzero()[0]
        if len(longest):
            found[longest] = [hash(piece) & _WHOLE for piece in self._some(longest)]
        return _stir(found)

    def read(self, some: Places) -> tuple[npt.NDArray[np.uint8], Places]:
        """Some of the pieces: their bytes, one piece after the other, and how many each has."""
        sizes = self.ends[some] - self.starts[some]
        return self.codes.take(spans(self.starts[some], sizes)), sizes

    def _some(self, some: Places) -> Iterator[bytes]:
        bounds = zip(self.starts[some].tolist(), self.ends[some].tolist(), strict=True)
        return (self.data[start:end] for start, end in bounds)


class Stretches(Pieces):
    """A text cut at its white space, as :meth:`str.split` does. `last`: where each stretch ends in it, in characters."""

    def __init__(self, text: str) -> None:
        self._ascii = text.isascii()
        super().__init__(text.encode("utf-8", "surrogatepass"))
        self.last = (self.ends - 1).astype(np.int32)
        if not self._ascii:
            self._more = ((self.codes & 0xC0) == 0x80).cumsum(dtype=np.int32)  # bytes that are no character's first
            self.last -= self._more[self.ends - 1]

    def chars(self) -> Places:
        """How many characters each stretch has."""
        sizes: Places = self.ends - self.starts
        return sizes if self._ascii else sizes - (self._more[self.ends - 1] - self._more[self.starts])

    def _blank(self) -> npt.NDArray[np.bool_]:
        blank = super()._blank()
        if not self._ascii:
            _blank_wide(blank, self.codes)
        return blank


def _blank_wide(blank: npt.NDArray[np.bool_], codes: npt.NDArray[np.uint8]) -> None:
    """Marks the white space beyond ASCII, too."""
    for leads in (0xC2, 0xE1, 0xE2, 0xE3):
        at = (codes == leads).nonzero()[0]
        for lead, second, least, most, size in _WIDE_SPACES:
            if lead == leads and len(at):
                own = at[(codes[at + 1] == second) & (codes[at + 2] >= least) & (codes[at + 2] <= most)]
                for offset in range(size):
                    blank[own + offset] = True


def hash_one(piece: bytes) -> int:
    """As :meth:`Pieces.hashes`, of one."""
    if len(piece) > LONGEST:
        found = hash(piece) & _WHOLE
    else:
        first, second = (int.from_bytes(piece[at : at + _WORD], "little") for at in (0, _WORD))
        found = first * _FACTORS[0] + second * _FACTORS[1] + len(piece) * _FACTORS[2] & _WHOLE
    return (found ^ found >> 32) * _FACTORS[3] & _WHOLE
