"""Storyline profiles in the archive, by which the clusterer finds where a story belongs."""

from __future__ import annotations

import hashlib
import heapq
import json
import sqlite3
from collections import Counter
from collections.abc import Iterable, Sequence

from newsdesk.archive.lines import resolve
from newsdesk.ports import Profile, ProfileStore

# How many storylines a key finds: a key that many more share tells little, and would cost as much as they are. Those that
# grew last before a story or about its day come first, so that old stories are found a home in an archive of newer ones.
_POSTINGS, _LATER = 40, 8
_ABOUT_DAYS = 21
_LAST_DAY = 1 << 40
_EQUALS = 60  # of equally good candidates, so many are told apart


def _term(key: str) -> int:
    return int.from_bytes(hashlib.blake2b(key.encode("utf-8", "surrogatepass"), digest_size=8).digest(), "big") >> 1


class ArchiveProfiles:
    """:class:`newsdesk.ports.ProfileStore` over the archive, inside a write transaction."""

    def __init__(self, connection: sqlite3.Connection) -> None:
        self.connection = connection

    def candidates(self, keys: Sequence[str], limit: int, least: int = 1, day: int | None = None) -> Iterable[Profile]:
        shared: Counter[int] = Counter()
        for term in {_term(key) for key in keys}:
            shared.update(self._postings(term, day))
        enough = [(-count, -number) for number, count in shared.items() if count >= least]
        numbers = [-number for _, number in heapq.nsmallest(limit + _EQUALS, enough)]
        rows = self.connection.execute(f"SELECT n, id FROM profile WHERE n IN ({','.join(map(str, numbers))})")  # noqa: S608
        best = sorted(rows, key=lambda row: (-shared[row[0]], row[1]))[:limit]
        return [self._read(number) for number, _ in best]

    def _postings(self, term: int, day: int | None) -> Iterable[int]:
        """The storylines that have a key."""
        until = _LAST_DAY if day is None else day + _ABOUT_DAYS
        before = "SELECT profile FROM profile_key WHERE term = ? AND day <= ? ORDER BY day DESC, profile DESC LIMIT ?"
        yield from (row[0] for row in self.connection.execute(before, (term, until, _POSTINGS)))
        if until < _LAST_DAY:
            after = "SELECT profile FROM profile_key WHERE term = ? AND day > ? ORDER BY day, profile LIMIT ?"
            yield from (row[0] for row in self.connection.execute(after, (term, until, _LATER)))

    def get(self, storyline_id: str) -> Profile | None:
        row = self.connection.execute(
            "SELECT n FROM profile WHERE id = ?", (resolve(self.connection, storyline_id),)
        ).fetchone()
        return self._read(row[0]) if row else None

    def _read(self, number: int) -> Profile:
        row = self.connection.execute("SELECT id, keys, day, blob FROM profile WHERE n = ?", (number,)).fetchone()
        return Profile(row[0], tuple(json.loads(row[1])), row[2], row[3])

    def put(self, profile: Profile) -> None:
        row = self.connection.execute("SELECT n, day, keys FROM profile WHERE id = ?", (profile.id,)).fetchone()
        keys = json.dumps(profile.keys, ensure_ascii=False)
        before: set[tuple[int, int]] = set()
        if row is None:
            self.connection.execute("DELETE FROM forward WHERE old = ?", (profile.id,))
            values = (profile.id, profile.day, profile.blob, keys)
            cursor = self.connection.execute("INSERT INTO profile (id, day, blob, keys) VALUES (?, ?, ?, ?)", values)
            number = int(cursor.lastrowid or 0)
        else:
            number, before = int(row[0]), {(_term(key), row[1]) for key in json.loads(row[2])}
            self.connection.execute(
                "UPDATE profile SET day = ?, blob = ?, keys = ? WHERE n = ?", (profile.day, profile.blob, keys, number)
            )
        after = {(_term(key), profile.day) for key in profile.keys}
        self._drop_keys(number, before - after)
        self.connection.executemany(
            "INSERT OR IGNORE INTO profile_key VALUES (?, ?, ?)", [(*key, number) for key in sorted(after - before)]
        )

    def _drop_keys(self, number: int, keys: Iterable[tuple[int, int]]) -> None:
        self.connection.executemany(
            "DELETE FROM profile_key WHERE term = ? AND day = ? AND profile = ?", [(*key, number) for key in keys]
        )

    def forward(self, old_id: str, new_id: str) -> None:
        if resolve(self.connection, old_id) != resolve(self.connection, new_id):
            self.drop(old_id)
            self.connection.execute("INSERT OR REPLACE INTO forward VALUES (?, ?)", (old_id, new_id))

    def drop(self, line_id: str) -> None:
        """Forget the profile of a storyline."""
        row = self.connection.execute("SELECT n, day, keys FROM profile WHERE id = ?", (line_id,)).fetchone()
        if row is not None:
            self._drop_keys(row[0], {(_term(key), row[1]) for key in json.loads(row[2])})
            self.connection.execute("DELETE FROM profile WHERE n = ?", (row[0],))


class SittingProfiles:
    """The archive's profiles as one sitting sees them: what it changes stays in memory, and goes with it."""

    def __init__(self) -> None:
        self.below: ProfileStore | None = None
        self.own: dict[str, Profile] = {}
        self.forwards: dict[str, str] = {}

    def _base(self) -> ProfileStore:
        if self.below is None:
            raise RuntimeError("no archive to look into")
        return self.below

    def candidates(self, keys: Sequence[str], limit: int, least: int = 1, day: int | None = None) -> Iterable[Profile]:
        wanted = set(keys)
        below = self._base().candidates(keys, limit + len(self.forwards), least, day)
        pool = {found.id: found for found in below if found.id not in self.forwards} | self.own
        ranked = sorted((-len(wanted.intersection(found.keys)), found.id) for found in pool.values())
        return [pool[line_id] for shared, line_id in ranked[:limit] if -shared >= least]

    def get(self, storyline_id: str) -> Profile | None:
        seen: set[str] = set()
        while storyline_id in self.forwards and storyline_id not in seen:
            seen.add(storyline_id)
            storyline_id = self.forwards[storyline_id]
        return self.own.get(storyline_id) or self._base().get(storyline_id)

    def put(self, profile: Profile) -> None:
        self.forwards.pop(profile.id, None)
        self.own[profile.id] = profile

    def forward(self, old_id: str, new_id: str) -> None:
        if old_id != new_id:
            self.own.pop(old_id, None)
            self.forwards[old_id] = new_id
