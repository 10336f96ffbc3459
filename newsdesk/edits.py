"""What changed in a story from one of its versions to the next: headline, writer, status, points, paragraphs. Pure."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher
from itertools import pairwise, zip_longest
from typing import Final

from newsdesk.model import Json, Story

# Paragraphs of a version that are compared in their order: the time goes with their square where many are alike.
MOST_COMPARED = 300
# What is told of a story's fields, and under which names.
FIELDS: Final[Mapping[str, str]] = {
    "headline": "title",
    **{name: name for name in ("source", "byline", "dateline", "status")},
    "date": "published",
}
CONTEXT = 6  # words of an unchanged beginning or end that are shown


@dataclass(frozen=True, slots=True)
class Edit:
    """`version` is the one that came of it, `what` is one of :data:`FIELDS`, ``point`` or ``paragraph``; `before` is None where
    that was added, `after` where it was taken out."""

    version: int
    what: str
    before: str | None
    after: str | None

    def to_json(self) -> dict[str, Json]:
        return {"version": self.version, "what": self.what, "before": self.before, "after": self.after}


def find_edits(versions: Sequence[Story]) -> list[Edit]:
    """The changes between the versions of a story, which come the earliest first."""
    return [edit for before, after in pairwise(versions) for edit in _between(before, after)]


def _between(before: Story, after: Story) -> Iterator[Edit]:
    number = after.revision
    for what, name in FIELDS.items():
        was, now = getattr(before, name), getattr(after, name)
        if was != now:
            yield Edit(number, what, was, now)
    yield from (Edit(number, "point", *pair) for pair in _moved(before.highlights, after.highlights))
    yield from (Edit(number, "paragraph", *pair) for pair in _moved(before.body, after.body))


def _moved(before: Sequence[str], after: Sequence[str]) -> Iterator[tuple[str | None, str | None]]:
    """What stands otherwise, and what was added or taken out, in the order of the text."""
    if max(len(before), len(after)) > MOST_COMPARED:
        had, has = set(before), set(after)
        yield from ((one, None) for one in before if one not in has)
        yield from ((None, one) for one in after if one not in had)
        return
    for step, a, b, c, d in SequenceMatcher(None, before, after, autojunk=False).get_opcodes():
        if step != "equal":
            yield from zip_longest(before[a:b], after[c:d])


def changed_part(before: str, after: str) -> tuple[str, str]:
    """Of two texts what differs, with a few words around it; an ellipsis stands for what is the same and left out."""
    old, new = before.split(), after.split()
    shorter = min(len(old), len(new))
    start = next((at for at in range(shorter) if old[at] != new[at]), shorter)
    end = next((at for at in range(shorter - start) if old[-1 - at] != new[-1 - at]), shorter - start)
    return _excerpt(old, start, end), _excerpt(new, start, end)


def _excerpt(words: Sequence[str], start: int, end: int) -> str:
    first, last = max(0, start - CONTEXT), min(len(words), len(words) - end + CONTEXT)
    cut = " ".join(words[first:last])
    return f"{'… ' if first else ''}{cut}{' …' if last < len(words) else ''}"


def told(edit: Edit) -> tuple[str | None, str | None]:
    """What it was and what it is, of paragraphs only the part that changed."""
    if edit.what == "paragraph" and edit.before is not None and edit.after is not None:
        return changed_part(edit.before, edit.after)
    return edit.before, edit.after
