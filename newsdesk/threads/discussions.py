"""A story's comments as its thread is read again and again: what is known stays, what is new is known as new. Pure."""

from __future__ import annotations

from collections.abc import Callable, Hashable, Sequence
from dataclasses import replace

from newsdesk.model import Comment
from newsdesk.threads.quoted_lines import without_marks

MOST_COMMENTS = 20_000


def merge(known: Sequence[Comment], read: Sequence[Comment], seen: str, *, whole: bool) -> tuple[tuple[Comment, ...], int]:
    """The comments after the thread was read at `seen` (UTC, ``Z``), and how many of them are new.

    `whole`: `read` is the whole thread, so what an earlier reading had and this one has not was deleted there and goes.
    Else it holds only the latest comments, and earlier ones stay. What came with the story stays always. A comment that was
    edited, or that got votes, is the same one.
    """
    match = _match(known, read)
    came = {at: known[place] for place, at in match.items()}
    stays = [place for place, comment in enumerate(known) if place not in match and not (whole and comment.seen)]
    if whole:
        order = [*((0, place) for place in stays), *((1, at) for at in range(len(read)))]
    else:
        order = [(1, match[place]) if place in match else (0, place) for place in range(len(known))]
        order += [(1, at) for at in range(len(read)) if at not in came]
    order = order[:MOST_COMMENTS]
    where = {source: place for place, source in enumerate(order)}
    where |= {(0, place): where[1, at] for place, at in match.items() if (1, at) in where}
    merged = tuple(
        _placed(known[at], 0, where) if side == 0 else _placed(_again(read[at], came.get(at), seen), 1, where)
        for side, at in order
    )
    return merged, sum(1 for side, at in order if side == 1 and at not in came)


def _again(comment: Comment, before: Comment | None, seen: str) -> Comment:
    """A comment as it is now, with what was known of it."""
    if before is None:
        return replace(comment, seen=seen)
    votes = before.votes if comment.votes is None else comment.votes
    known = before if before.text == comment.text else comment
    return replace(
        comment,
        seen=before.seen,
        votes=votes,
        sentiment=known.sentiment,
        judged=known.judged,
        answers=comment.answers or before.answers,
    )


def _placed(comment: Comment, side: int, where: dict[tuple[int, int], int]) -> Comment:
    reply_to = where.get((side, comment.reply_to)) if comment.reply_to is not None else None
    return replace(comment, reply_to=reply_to)


def _match(known: Sequence[Comment], read: Sequence[Comment]) -> dict[int, int]:
    """Which of `known` is which of `read`: by all that they say, else by author and moment where those name one in each."""
    found: dict[int, int] = {}
    for key in (_said, _signed):
        left = _places(known, key, found)
        right = _places(read, key, set(found.values()))
        for name, places in left.items():
            others = right.get(name, [])
            if key is _said or len(places) == len(others) == 1:
                found.update(zip(places, others, strict=False))
    return found


def _said(comment: Comment) -> Hashable:
    return comment.author, comment.when, without_marks(comment.text)  # which threads that were read earlier do not have


def _signed(comment: Comment) -> Hashable | None:
    return (comment.author, comment.when) if comment.author and comment.when else None


def _places(
    comments: Sequence[Comment], key: Callable[[Comment], Hashable | None], taken: set[int] | dict[int, int]
) -> dict[Hashable, list[int]]:
    """The places of the comments that are not taken yet, by their key."""
    places: dict[Hashable, list[int]] = {}
    for place, comment in enumerate(comments):
        if place not in taken and (name := key(comment)) is not None:
            places.setdefault(name, []).append(place)
    return places
