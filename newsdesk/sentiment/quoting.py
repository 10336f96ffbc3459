"""What of a comment its writer says: lines that are quoted from others have a mood of theirs."""

from __future__ import annotations

import re

from newsdesk.sentiment.features import trim
from newsdesk.sentiment.reading import has_words

# As mail, Markdown and many forums quote; ">:(" and ">50 %" are the writer's own.
_QUOTED = re.compile(r"\s*[>＞]+(?:\s+\S|[^\W\d]|[\"'“«])")
_PARTING = re.compile(r"\W+")
_FEWEST_WORDS, _FEWEST_SIGNS = 4, 12  # in a line that is taken from what it answers: "I agree." may stand in both


def own_words(text: str, parent: str | None = None) -> str:
    """`text` without the lines that stand behind ">", or word for word in `parent`, which it answers; as it is where nothing
    else is left to read."""
    if ">" not in text and "＞" not in text and (not parent or "\n" not in text):
        return text
    lines = trim(text).split("\n")
    said = _bare(trim(parent)) if parent and len(lines) > 1 else ""
    own = [line for line in lines if not (_QUOTED.match(line) or _is_of(said, line))]
    left = "\n".join(own)
    return left if len(own) < len(lines) and has_words(left) else text


def _is_of(said: str, line: str) -> bool:
    words = _bare(line)
    many = words.count(" ") > _FEWEST_WORDS if words.isascii() else len(words) > _FEWEST_SIGNS
    return many and words in said


def _bare(text: str) -> str:
    """The words in small letters, a space before and behind each."""
    return f" {_PARTING.sub(' ', text.lower()).strip()} "
