"""The lines of a comment, of which no tier sees the ends: quoted ones are left out, and a stop ends the others."""

from __future__ import annotations

import re

from newsdesk.sentiment.features import trim
from newsdesk.sentiment.reading import has_words
from newsdesk.threads.quoted_lines import is_quoted

# The end of a line that has no stop, before an empty one or one that doesn't go on in small letters.
_UNENDED = re.compile(r"(?<=[^\W_])([\"')\]”’]*)[^\S\n]*\n(?=\n|\s*[^\sa-z])")
_PARTING = re.compile(r"\W+")
_FEWEST_WORDS, _FEWEST_SIGNS = 4, 12  # in a line that is taken from what it answers: "I agree." may stand in both


def own_words(text: str, parent: str | None = None) -> str:
    """`text` without the lines that stand behind ">", or word for word in `parent`, which it answers, unless nothing else is
    left to read; with a stop where a line has none. Else "Absolutely not" above "Great article" would deny that it is great."""
    if "\n" not in text:
        return text
    lines = trim(text).split("\n")
    said = _bare(trim(parent)) if parent else ""
    own = [line for line in lines if not (is_quoted(line) or _is_of(said, line))]
    left = "\n".join(own)
    return _UNENDED.sub(r"\1.\n", left if len(own) < len(lines) and has_words(left) else text)


def _is_of(said: str, line: str) -> bool:
    words = _bare(line)
    many = words.count(" ") > _FEWEST_WORDS if words.isascii() else len(words) > _FEWEST_SIGNS
    return many and words in said


def _bare(text: str) -> str:
    """The words in small letters, a space before and behind each."""
    return f" {_PARTING.sub(' ', text.lower()).strip()} "
