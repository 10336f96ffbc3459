"""Lines of a comment that are somebody else's words: they stand behind ">", as mail, Markdown and many forums have it."""

from __future__ import annotations

import re
from collections.abc import Iterator

MARK = "> "
DEEPEST = 4  # quotations in each other that are told apart

# ">:(" and ">50 %" are the writer's own.
_QUOTED = re.compile(r"\s*[>＞]+(?:\s+\S|[^\W\d]|[\"'“«])")
_MARKS = re.compile(r"[\s>＞]*")
_SPACE = re.compile(r"\s+")


def is_quoted(line: str) -> bool:
    return _QUOTED.match(line) is not None


def split_lines(text: str) -> Iterator[tuple[str, str]]:
    """Each line as its mark, "> " for each quotation that it is out of, "" where it is the writer's own, and what it says."""
    for line in text.split("\n"):
        marks = _MARKS.match(line) if is_quoted(line) else None
        if marks is None:
            yield "", line
        else:
            yield MARK * min(len(_SPACE.sub("", marks[0])), DEEPEST), line[marks.end() :]


def without_marks(text: str) -> str:
    """`text` as if nothing in it were quoted."""
    return "\n".join(said for _, said in split_lines(text)) if ">" in text else text
