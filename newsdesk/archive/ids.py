"""Story ids as the 50-bit numbers that the archive keys its tables by, and back. The text is "s" and ten base32 characters."""

from __future__ import annotations

from functools import lru_cache

from newsdesk.errors import UsageError

_ALPHABET = "abcdefghijklmnopqrstuvwxyz234567"
_AS_PYTHON_COUNTS = str.maketrans(_ALPHABET, "0123456789abcdefghijklmnopqrstuv")
_PAIRS = tuple(high + low for high in _ALPHABET for low in _ALPHABET)
DIGITS = 10


def is_story_id(text: str) -> bool:
    """Whether this is a full story id."""
    return len(text) == 1 + DIGITS and text[0] == "s" and not text[1:].strip(_ALPHABET)


@lru_cache(maxsize=4096)  # a story that is kept is asked about several times
def to_key(story_id: str) -> int:
    """The number of a full story id. UsageError if `story_id` is none."""
    if is_story_id(story_id):
        return int(story_id[1:].translate(_AS_PYTHON_COUNTS), 32)
    low, high = key_range(story_id)
    if high - low != 1:
        raise UsageError(f"'{story_id}' is no full story id (an s and {DIGITS} letters or digits)")
    return low


def key_range(prefix: str) -> tuple[int, int]:
    """The numbers of the ids that start with `prefix`, from the first to the one after the last."""
    digits = prefix[1:]
    if not prefix.startswith("s") or len(digits) > DIGITS or digits.strip(_ALPHABET):
        raise UsageError(f"'{prefix}' is no story id (an s and {DIGITS} letters or digits)")
    number = int(digits.translate(_AS_PYTHON_COUNTS), 32) if digits else 0
    rest = 32 ** (DIGITS - len(digits))
    return number * rest, (number + 1) * rest


def to_id(key: int) -> str:
    """The story id of a number."""
    return (
        "s"
        + _PAIRS[key >> 40]
        + _PAIRS[key >> 30 & 1023]
        + _PAIRS[key >> 20 & 1023]
        + _PAIRS[key >> 10 & 1023]
        + _PAIRS[key & 1023]
    )
