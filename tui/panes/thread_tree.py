"""A thread of comments as a tree to walk: who stands below whom, what is folded, and what comes next. Pure.

Places are positions in reading order (:func:`newsdesk.threads.kept_text.thread_order`), which is found as far as somebody asks:
of a long thread only the first comments are seen at first.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from collections.abc import Set as AbstractSet

from newsdesk.model import Comment
from newsdesk.threads.kept_text import authors_of, thread_order


class ThreadTree:
    """The places of `comments`. A folded one hides all that answers it."""

    def __init__(self, comments: Sequence[Comment]) -> None:
        self.comments = comments
        self.folded: set[int] = set()  # places
        self._indexes: list[int] = []
        self._depths: list[int] = []
        self._rest = thread_order(comments)

    def __len__(self) -> int:
        return len(self.comments)

    def _find(self, place: int) -> bool:
        """Go on as far as `place`; whether there is one."""
        while place >= len(self._indexes):
            entry = next(self._rest, None)
            if entry is None:
                return False
            self._indexes.append(entry[0])
            self._depths.append(entry[1])
        return place >= 0

    def index(self, place: int) -> int:
        """The comment at a place, by its index in the story."""
        self._find(place)
        return self._indexes[place]

    def comment(self, place: int) -> Comment:
        return self.comments[self.index(place)]

    def depth(self, place: int) -> int:
        self._find(place)
        return self._depths[place]

    def place_of(self, index: int) -> int | None:
        """Where the comment of that index stands."""
        place = 0
        while self._find(place):
            if self._indexes[place] == index:
                return place
            place += 1
        return None

    # --- folding

    def end(self, place: int) -> int:
        """The place after all that answers the comment at `place`, at any remove."""
        depth, after = self.depth(place), place + 1
        while self._find(after) and self._depths[after] > depth:
            after += 1
        return after

    def has_replies(self, place: int) -> bool:
        return self._find(place + 1) and self._depths[place + 1] > self._depths[place]

    def hidden(self, place: int) -> int:
        """How many comments a folded one hides."""
        return self.end(place) - place - 1 if place in self.folded else 0

    def after(self, place: int) -> int | None:
        """The next place that is not hidden."""
        following = self.end(place) if place in self.folded else place + 1
        return following if self._find(following) else None

    def turn(self, place: int) -> bool:
        """Fold or open; false where nothing answers."""
        if not self.has_replies(place):
            return False
        self.folded ^= {place}
        return True

    def fold_all(self) -> bool:
        """Fold every comment that stands at the top and has answers, or open all; whether they are folded now."""
        if self.folded:
            self.folded.clear()
            return False
        self._find(len(self.comments))
        self.folded = {place for place, depth in enumerate(self._depths) if depth == 0 and self.has_replies(place)}
        return bool(self.folded)

    def uncover(self, place: int) -> int | None:
        """Open what hides `place`; the topmost one that was folded, None where none was."""
        hiding = [place_above for place_above in self.above(place) if place_above in self.folded]
        self.folded.difference_update(hiding)
        return hiding[-1] if hiding else None

    # --- ways to go

    def above(self, place: int) -> Iterator[int]:
        """What the comment at `place` answers, what that answers, and so on."""
        depth = self.depth(place)
        for before in range(place - 1, -1, -1):
            if self._depths[before] < depth:
                depth = self._depths[before]
                yield before
            if depth == 0:
                return

    def parent(self, place: int) -> int | None:
        return next(self.above(place), None)

    def beside(self, place: int, step: int) -> int | None:
        """The next (`step` 1) or previous (-1) answer to the same comment, or of those at the top; None at the end."""
        depth = self.depth(place)
        if step > 0:
            after = self.end(place)
            return after if self._find(after) and self._depths[after] == depth else None
        for before in range(place - 1, -1, -1):
            if self._depths[before] <= depth:
                return before if self._depths[before] == depth else None
        return None

    def next_of(self, indexes: AbstractSet[int], start: int) -> int | None:
        """The first place from `start` on of a comment with one of these indexes, round the end once."""
        number = len(self.comments)
        places = ((start + distance) % number for distance in range(number if indexes else 0))
        return next((place for place in places if self.index(place) in indexes), None)

    def writers(self) -> list[tuple[str, int]]:
        """Who writes, with how many comments: most first."""
        return sorted(Counter(author for author in authors_of(self.comments) if author).items(), key=_most_first)


def _most_first(entry: tuple[str, int]) -> tuple[int, str]:
    return -entry[1], entry[0].casefold()
