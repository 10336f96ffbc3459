"""Storyline profiles kept in memory: for a closed batch, and for tests."""

from __future__ import annotations

import heapq
from collections import defaultdict
from collections.abc import Iterable, Sequence

from newsdesk.ports import Asked, Profile

_POSTINGS = 100  # the latest storylines that a key finds; a key of more than that tells little


class MemoryProfiles:
    """Implements :class:`newsdesk.ports.ProfileStore`. A look-up costs as much as its keys have storylines, capped."""

    def __init__(self) -> None:
        self._profiles: dict[str, Profile] = {}
        self._forwards: dict[str, str] = {}
        self._postings: defaultdict[str, dict[str, None]] = defaultdict(dict)

    def __len__(self) -> int:
        return len(self._profiles)

    def candidates(self, keys: Sequence[str], limit: int, least: int = 1, day: int | None = None) -> Iterable[Profile]:
        shared: dict[str, int] = {}
        for key in keys:
            posting = self._postings.get(key)
            if not posting:
                continue
            for back, line_id in enumerate(reversed(posting)):
                if back >= _POSTINGS:
                    break
                shared[line_id] = shared.get(line_id, 0) + 1
        enough = (line_id for line_id, count in shared.items() if count >= least)
        best = heapq.nsmallest(limit, enough, key=lambda line_id: (-shared[line_id], line_id))
        return [self._profiles[line_id] for line_id in best]

    def find(self, asked: Sequence[Asked], limit: int) -> list[list[str]]:
        return [[found.id for found in self.candidates(one.keys, limit, one.least, one.day)] for one in asked]

    def read(self, ids: Sequence[str]) -> Iterable[Profile]:
        return [self._profiles[line_id] for line_id in ids if line_id in self._profiles]

    def resolve(self, storyline_id: str) -> str:
        """The id that `storyline_id` has become by merges."""
        seen = {storyline_id}
        while (onward := self._forwards.get(storyline_id)) is not None and onward not in seen:
            storyline_id = onward
            seen.add(onward)
        return storyline_id

    def get(self, storyline_id: str) -> Profile | None:
        return self._profiles.get(self.resolve(storyline_id))

    def known(self, ids: Sequence[str]) -> set[str]:
        return {line_id for line_id in ids if self.get(line_id) is not None}

    def put(self, profile: Profile) -> None:
        self.drop(profile.id)
        self._forwards.pop(profile.id, None)
        self._profiles[profile.id] = profile
        for key in profile.keys:
            self._postings[key][profile.id] = None

    def put_all(self, profiles: Sequence[Profile]) -> None:
        for profile in profiles:
            self.put(profile)

    def forward(self, old_id: str, new_id: str) -> None:
        if self.resolve(old_id) != self.resolve(new_id):
            self.drop(old_id)
            self._forwards[old_id] = new_id

    def drop(self, storyline_id: str) -> None:
        """Forget the profile of a storyline."""
        old = self._profiles.pop(storyline_id, None)
        for key in old.keys if old else ():
            posting = self._postings[key]
            posting.pop(storyline_id, None)
            if not posting:
                del self._postings[key]


class NoProfiles:
    """Implements :class:`newsdesk.ports.ProfileStore` for a closed batch, after which nothing comes: it holds nothing."""

    def candidates(self, keys: Sequence[str], limit: int, least: int = 1, day: int | None = None) -> Iterable[Profile]:
        return ()

    def find(self, asked: Sequence[Asked], limit: int) -> list[list[str]]:
        return [[] for _ in asked]

    def read(self, ids: Sequence[str]) -> Iterable[Profile]:
        return ()

    def get(self, storyline_id: str) -> Profile | None:
        return None

    def known(self, ids: Sequence[str]) -> set[str]:
        return set()

    def put(self, profile: Profile) -> None:
        """Nothing is kept."""

    def put_all(self, profiles: Sequence[Profile]) -> None:
        """Nothing is kept."""

    def forward(self, old_id: str, new_id: str) -> None:
        """Nothing is kept."""
