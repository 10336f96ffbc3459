"""What a terminal can show beyond ASCII."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

# Signs of ours, and those that typesetting has put into texts; each is one cell wide and stays so.
IN_ASCII: Final = str.maketrans(
    "‘’‚‹›“”„«»…–—‐‑−·•●★◆━─═│✓✗▾▸",
    "'''''\"\"\"\"\"~------**!+-.=|+xv>",
)


def places_text(env: Mapping[str, str]) -> bool:
    """Whether the terminal can show text at a place, and in colours. One that nobody named is trusted to."""
    return env.get("TERM") not in ("", "dumb", "unknown")


def speaks_unicode(env: Mapping[str, str]) -> bool:
    """Whether the terminal can be trusted with signs beyond ASCII: not the Linux console, not a locale without UTF-8."""
    if env.get("NEWSDESK_ASCII") or env.get("TERM") in ("linux", "vt100", "vt220"):
        return False
    locale = (env.get("LC_ALL") or env.get("LC_CTYPE") or env.get("LANG") or "").upper()
    return "UTF" in locale or locale in ("", "C")
