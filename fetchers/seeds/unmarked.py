"""Text whose encoding neither a mark at its start nor its bytes beyond ASCII give away: UTF-16 and UTF-32 without a byte order
mark, and the 7-bit encodings that switch between character sets (ISO 2022)."""

from __future__ import annotations

import codecs
import unicodedata

_WINDOW = 4096  # bytes
_WIDE = ("utf-32-le", "utf-32-be", "utf-16-le", "utf-16-be")
# No text has them: controls, what is not assigned, and what means something to its writer alone.
_NEVER = frozenset({"Cc", "Cn", "Co", "Cs"})
_SPACES = frozenset(" \t\r\n\f\x1b\u3000\ufeff")
_STOPS = frozenset(".,:;!?-–—\"'()«»“”、。，．「」：0123456789")
# What a text of the encoding has before its first character beyond ASCII.
_SWITCHES = (
    (b"\x1b$)C", "iso2022_kr"),
    (b"\x1b$B", "iso2022_jp_2"),
    (b"\x1b$@", "iso2022_jp_2"),
    (b"\x1b$A", "iso2022_jp_2"),
    (b"\x1b$(D", "iso2022_jp_2"),
)


def find_wide(sample: bytes) -> str | None:
    """The encoding under which a sample with zeros in it reads as text; None for none: then it is binary.

    With the bytes of a unit the wrong way round Russian reads as rare signs and Japanese as many scripts, but neither has
    spaces, line ends and stops any more, which every text has.
    """
    window = sample[:_WINDOW]
    if found := _ascii_among_zeros(window):
        return found
    scores = {encoding: _spaced(window, encoding) for encoding in _WIDE}
    best = max(_WIDE, key=lambda encoding: scores[encoding])
    return best if scores[best] >= 0.01 else None


def _ascii_among_zeros(window: bytes) -> str | None:
    """UTF-16 of which enough is ASCII: it leaves zeros on one side."""
    pairs = len(window) // 2
    if pairs < 2:
        return None
    even, odd = window[0 : 2 * pairs : 2].count(0), window[1::2].count(0)
    if odd > 0.3 * pairs and even < 0.05 * pairs:
        return "utf-16-le"
    return "utf-16-be" if even > 0.3 * pairs and odd < 0.05 * pairs else None


def _spaced(window: bytes, encoding: str) -> float:
    """The share of spaces and stops in a decoding; 0 where it is none of a text."""
    unit = 4 if "32" in encoding else 2
    try:
        text = codecs.getincrementaldecoder(encoding)().decode(window[: len(window) // unit * unit])
    except UnicodeDecodeError:
        return 0.0
    kinds = [unicodedata.category(char) for char in text if char not in _SPACES]
    letters = sum(kind[0] in "LM" for kind in kinds)
    if len(kinds) < 2 or letters < len(kinds) / 2 or sum(kind in _NEVER for kind in kinds) > len(kinds) / 200:
        return 0.0
    return sum(char in _SPACES or char in _STOPS for char in text) / len(text)


def find_switched(sample: bytes) -> str | None:
    """The ISO 2022 encoding that a sample of 7-bit text switches sets by; None for none."""
    if b"\x1b$" not in sample or not sample.isascii():
        return None
    for switch, encoding in _SWITCHES:
        if switch in sample:
            try:
                codecs.getincrementaldecoder(encoding)().decode(sample)
            except UnicodeDecodeError:
                continue
            return encoding
    return None
