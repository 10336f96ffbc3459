"""A story as the archive keeps it (:func:`newsdesk.tagging.drafts.dump_story`), read in parts: a long thread takes longest.

The parts are found by marks that no text in it holds: inside a text each quotation mark has a backslash before it.
"""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Iterator, Sequence
from operator import eq
from typing import overload

from newsdesk.model import Comment, Json

LONG = 1000  # comments from which each is only made when it is asked for
_COMMENTS, _AFTER = '"comments":[', '}],"mood":'
_FIRST = '{"author":'
_REPLY = re.compile(r'"reply_to":(null|[0-9]+)')
_SEEN = re.compile(r'"seen":(?:null|"([0-9TZ:.+-]*)")')
_SENTIMENTS = ',"sentiments":['
_decode = json.JSONDecoder().raw_decode


def _place(text: str) -> tuple[int, int]:
    """From and to where the comments stand, without the brackets of their list; the same twice where there are none."""
    start = text.find(_COMMENTS) + len(_COMMENTS)
    end = text.find(_AFTER, start) + 1 if text.startswith("{", start) else 0
    return (start, end) if end else (0, 0)


def without_comments(text: str) -> str:
    """The story that was kept as `text`, its comments left out."""
    start, end = _place(text)
    return text[:start] + text[end:]


def comments_with(text: str, may_have: Callable[[str], bool]) -> Iterator[dict[str, Json]]:
    """The comments of the story that was kept as `text`, as they were kept, of which `may_have` is true; it is asked of all of
    them together first."""
    start, end = _place(text)
    thread = text[start:end]
    if thread and may_have(thread):
        yield from (_decode(_FIRST + piece)[0] for piece in thread.split(_FIRST)[1:] if may_have(piece))


def first_and_last_seen(text: str) -> tuple[str, str] | None:
    """When the first and the last comment came in of the story that was kept as `text`, "" of one that came with it; None where
    no moment is known."""
    moments = _SEEN.findall(text, *_place(text))
    return (min(moments), max(moments)) if any(moments) else None


class KeptComments(Sequence[Comment]):
    """The comments of a long thread. `parts` is each as it was kept, from its first value on, and `replies` what each replies
    to; `moods` and `judged` are put over them (:func:`newsdesk.tagging.drafts.dump_tags`), where there are any."""

    def __init__(
        self,
        parts: Sequence[str],
        replies: Sequence[int | None],
        moods: Sequence[Json] = (),
        judged: Sequence[Json] = (),
    ) -> None:
        self.replies = replies
        self._parts = parts
        self._moods = moods
        self._judged = judged
        self._made: dict[int, Comment] = {}

    def __len__(self) -> int:
        return len(self._parts)

    @overload
    def __getitem__(self, at: int) -> Comment: ...
    @overload
    def __getitem__(self, at: slice) -> tuple[Comment, ...]: ...
    def __getitem__(self, at: int | slice) -> Comment | tuple[Comment, ...]:
        if isinstance(at, slice):
            return tuple(self[one] for one in range(*at.indices(len(self))))
        place = range(len(self))[at]
        if place not in self._made:
            self._made[place] = self._make(place)
        return self._made[place]

    def _make(self, place: int) -> Comment:
        row, _ = _decode(_FIRST + self._parts[place])
        if place < len(self._moods):
            row["sentiment"] = self._moods[place]
            row["judged"] = self._judged[place] if place < len(self._judged) else None
        return Comment.from_json(row)

    def __eq__(self, other: object) -> bool:
        if isinstance(other, KeptComments):
            return (self._parts, self._moods, self._judged) == (other._parts, other._moods, other._judged)
        return isinstance(other, Sequence) and len(other) == len(self) and all(map(eq, self, other))

    __hash__ = None  # type: ignore[assignment]

    def authors(self) -> list[str | None]:
        """Who wrote each."""
        return [_decode(part)[0] for part in self._parts]

    def told(self, place: int) -> tuple[Json, ...]:
        """What a comment is made of: where that is the same, the comments are."""
        mood = self._moods[place] if place < len(self._moods) else None
        return self._parts[place].rstrip(","), mood, self._judged[place] if place < len(self._judged) else None


def replies_of(comments: Sequence[Comment]) -> Sequence[int | None]:
    """What each of the comments replies to."""
    return comments.replies if isinstance(comments, KeptComments) else [comment.reply_to for comment in comments]


def authors_of(comments: Sequence[Comment]) -> Sequence[str | None]:
    """Who wrote each of the comments."""
    return comments.authors() if isinstance(comments, KeptComments) else [comment.author for comment in comments]


def thread_order(comments: Sequence[Comment]) -> Iterator[tuple[int, int]]:
    """(index, depth) of every comment, each below what it replies to. Links out of range or in a ring are roots.

    Found as they are asked for: of a long thread only the first are seen at first.
    """
    replies: dict[int, list[int]] = {}
    roots: list[int] = []
    for index, parent in enumerate(replies_of(comments)):
        if parent is None or not 0 <= parent < len(comments) or parent == index:
            roots.append(index)
        else:
            replies.setdefault(parent, []).append(index)
    seen: set[int] = set()
    for root in (*roots, *range(len(comments))):
        stack = [(root, 0)] if root not in seen else []
        while stack:
            index, depth = stack.pop()
            if index in seen:
                continue
            seen.add(index)
            yield index, depth
            stack += [(reply, depth + 1) for reply in reversed(replies.get(index, ()))]


def changes(before: Sequence[Comment], after: Sequence[Comment]) -> list[int] | None:
    """Which comments are others than before; None where the thread is: other ones are there, or reply to others."""
    if len(before) != len(after) or replies_of(before) != replies_of(after):
        return None
    if isinstance(before, KeptComments) and isinstance(after, KeptComments):
        return [at for at in range(len(after)) if before.told(at) != after.told(at)]
    return [at for at, (one, other) in enumerate(zip(before, after, strict=True)) if one != other]


def cut_thread(text: str, tags: str | None) -> tuple[str, str | None, KeptComments] | None:
    """A story and its tags without what they hold of its comments, and these; None where it is short, or was kept another way.

    20,000 comments take 10 ms so, and 45 to make them all.
    """
    start, end = _place(text)
    if not text.startswith(_FIRST, start):
        return None
    parts = text[start + len(_FIRST) : end].split(_FIRST)
    replies = [None if told == "null" else int(told) for told in _REPLY.findall(text, start, end)]
    if len(parts) < LONG or len(parts) != len(replies):
        return None
    found: dict[str, Json] = {}
    if tags is not None:
        moods = tags.find(_SENTIMENTS)
        if moods < 0:
            return None
        found = json.loads("{" + tags[moods + 1 :])
        tags = f"{tags[:moods]}{_SENTIMENTS}]}}"
    return text[:start] + text[end:], tags, KeptComments(parts, replies, found.get("sentiments", ()), found.get("judged", ()))
