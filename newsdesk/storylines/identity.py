"""What a storyline is called by: an id that its first story gives it."""

from __future__ import annotations

import base64
import hashlib


def storyline_id(story_id: str, attempt: int = 0) -> str:
    """The id of a storyline that begins with this story: "t" and ten base-32 characters."""
    seed = f"{story_id}\0{attempt}" if attempt else story_id
    digest = hashlib.blake2b(seed.encode("utf-8", "surrogatepass"), digest_size=7, person=b"storyline").digest()
    return "t" + base64.b32encode(digest).decode("ascii").lower()[:10]
