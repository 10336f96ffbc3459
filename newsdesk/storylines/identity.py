"""What a storyline is called by: an id that its first story gives it."""

from __future__ import annotations

import hashlib

_LETTERS = "abcdefghijklmnopqrstuvwxyz234567"
_PAIRS = tuple(first + second for first in _LETTERS for second in _LETTERS)


def storyline_id(story_id: str, attempt: int = 0) -> str:
    """The id of a storyline that begins with this story: "t" and ten base-32 characters."""
    seed = f"{story_id}\0{attempt}" if attempt else story_id
    digest = hashlib.blake2b(seed.encode("utf-8", "surrogatepass"), digest_size=7, person=b"storyline").digest()
    key = int.from_bytes(digest) >> 6  # ten letters have room for 50 of the 56 bits
    first, second, third = _PAIRS[key >> 40], _PAIRS[key >> 30 & 1023], _PAIRS[key >> 20 & 1023]
    return f"t{first}{second}{third}{_PAIRS[key >> 10 & 1023]}{_PAIRS[key & 1023]}"
