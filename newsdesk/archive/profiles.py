"""Storyline profiles in the archive, by which the clusterer finds where a story belongs."""

from __future__ import annotations

import hashlib
import json
import sqlite3
from collections.abc import Iterable, Sequence
from functools import lru_cache
from typing import TYPE_CHECKING

from newsdesk.archive.line_keys import BITS, Row, move_rows
from newsdesk.archive.lines import resolve, resolve_all
from newsdesk.ports import Asked, Profile, ProfileStore

if TYPE_CHECKING:  # it comes with numpy, which whoever only forgets a story never pays
    from newsdesk.archive.postings import Postings

_encode = json.JSONEncoder(ensure_ascii=False).encode

_KNOWN = "SELECT n, id, day, keys FROM profile WHERE id IN (SELECT value FROM json_each(?))"


@lru_cache(maxsize=1 << 14)
def term_of(key: str) -> int:
    """The number under which the archive has a key."""
    return int.from_bytes(hashlib.blake2b(key.encode("utf-8", "surrogatepass"), digest_size=8).digest(), "big") >> 1


def rounded(day: int) -> int:
    """The day under which a storyline's keys stand: the last one of eight, so that they stay where they are while it grows."""
    return day | 7


_TONGUES = '"l":['  # in a profile, before its languages: nothing that is quoted has this in it
LANGUAGES = f"substr(blob, instr(blob, '{_TONGUES}'), 200)"
"""In SQL, of a profile the part that :func:`languages_of` needs."""


def languages_of(blob: str) -> frozenset[str]:
    """The languages of a storyline's stories, by its profile."""
    start = blob.find(_TONGUES)
    return _languages(blob[start + len(_TONGUES) : blob.find("]", start)]) if start >= 0 else frozenset()


@lru_cache(maxsize=1 << 10)
def _languages(quoted: str) -> frozenset[str]:
    return frozenset(quoted.replace('"', "").split(",")) - {""}


class ArchiveProfiles:
    """:class:`newsdesk.ports.ProfileStore` over the archive, inside a write transaction."""

    def __init__(self, connection: sqlite3.Connection, postings: Postings | None = None) -> None:
        """`postings`: what is known of the archive's from batches before, where nothing has changed them since."""
        self.connection = connection
        self._postings = postings

    def candidates(self, keys: Sequence[str], limit: int, least: int = 1, day: int | None = None) -> Iterable[Profile]:
        (found,) = self.find([Asked(tuple(keys), least, day)], limit)
        known = {profile.id: profile for profile in self.read(found)}
        return [known[line_id] for line_id in found]

    def find(self, asked: Sequence[Asked], limit: int) -> list[list[str]]:
        if self._postings is None:
            from newsdesk.archive.postings import Postings

            self._postings = Postings()
        return self._postings.best(self.connection, asked, limit)

    def read(self, ids: Sequence[str]) -> Iterable[Profile]:
        sql = "SELECT id, keys, day, blob FROM profile WHERE id IN (SELECT value FROM json_each(?))"
        rows = self.connection.execute(sql, (json.dumps(ids),))
        return (Profile(line_id, tuple(json.loads(keys)), day, blob) for line_id, keys, day, blob in rows)

    def get(self, storyline_id: str) -> Profile | None:
        row = self.connection.execute(
            "SELECT id, keys, day, blob FROM profile WHERE id = ?", (resolve(self.connection, storyline_id),)
        ).fetchone()
        return Profile(row[0], tuple(json.loads(row[1])), row[2], row[3]) if row else None

    def known(self, ids: Sequence[str]) -> set[str]:
        now = resolve_all(self.connection, ids)
        rows = self.connection.execute(
            "SELECT id FROM profile WHERE id IN (SELECT value FROM json_each(?))", (json.dumps(now),)
        )
        there = {row[0] for row in rows}
        return {line_id for line_id, onward in zip(ids, now, strict=True) if onward in there}

    def put(self, profile: Profile) -> None:
        self.put_all((profile,))

    def put_all(self, profiles: Sequence[Profile]) -> None:
        names = json.dumps([profile.id for profile in profiles])
        rows = self.connection.execute(_KNOWN, (names,))
        known = {line_id: (number, day, keys) for number, line_id, day, keys in rows}
        last = self.connection.execute("SELECT coalesce(max(n), 0) FROM profile").fetchone()[0]
        new: list[tuple[int, str, int, str, str]] = []
        changed: list[tuple[int, str, str, int]] = []
        gone: list[Row] = []
        come: list[Row] = []
        for profile in profiles:
            own, before, stood = set(profile.keys), set[str](), 0
            keys, day = _encode(profile.keys), rounded(profile.day)
            if profile.id in known:
                number, stood, old = known[profile.id]
                before, stood = set(json.loads(old)), rounded(stood)
                changed.append((profile.day, profile.blob, keys, number))
                same = own & before if stood == day else set[str]()
                own, before = own - same, before - same
            else:
                last = number = last + 1
                new.append((number, profile.id, profile.day, profile.blob, keys))
            left, right = (stood << BITS) + number, (day << BITS) + number
            went, came = set(map(term_of, before)), set(map(term_of, own))
            gone += [(term, left) for term in went]
            come += [(term, right) for term in came]
            if self._postings is not None:
                self._postings.move(went, left, came, right)
                self._postings.name(number, profile)
        self.connection.executemany("INSERT INTO profile (n, id, day, blob, keys) VALUES (?, ?, ?, ?, ?)", new)
        self.connection.executemany("UPDATE profile SET day = ?, blob = ?, keys = ? WHERE n = ?", changed)
        self.connection.execute("DELETE FROM forward WHERE old IN (SELECT value FROM json_each(?))", (names,))
        move_rows(self.connection, gone, come)
        languages = {(language,) for profile in profiles for language in languages_of(profile.blob)}
        self.connection.executemany("INSERT OR IGNORE INTO profile_language VALUES (?)", sorted(languages))

    def forward(self, old_id: str, new_id: str) -> None:
        if resolve(self.connection, old_id) != resolve(self.connection, new_id):
            self.drop(old_id)
            self.connection.execute("INSERT OR REPLACE INTO forward VALUES (?, ?)", (old_id, new_id))

    def drop(self, line_id: str) -> None:
        """Forget the profile of a storyline."""
        row = self.connection.execute("SELECT n, day, keys FROM profile WHERE id = ?", (line_id,)).fetchone()
        if row is not None:
            went, stood = set(map(term_of, json.loads(row[2]))), (rounded(row[1]) << BITS) + row[0]
            move_rows(self.connection, [(term, stood) for term in went], ())
            if self._postings is not None:
                self._postings.move(went, stood)
                self._postings.name(row[0], None)
            self.connection.execute("DELETE FROM profile WHERE n = ?", (row[0],))


class SittingProfiles:
    """The archive's profiles as one sitting sees them: what it changes stays in memory, and goes with it."""

    def __init__(self) -> None:
        from newsdesk.storylines.memory import MemoryProfiles

        self.below: ProfileStore | None = None
        self.own = MemoryProfiles()
        self.forwards: dict[str, str] = {}

    def _base(self) -> ProfileStore:
        if self.below is None:
            raise RuntimeError("no archive to look into")
        return self.below

    def candidates(self, keys: Sequence[str], limit: int, least: int = 1, day: int | None = None) -> Iterable[Profile]:
        wanted = set(keys)
        below = self._base().candidates(keys, limit + len(self.forwards), least, day)
        pool = {found.id: found for found in below if found.id not in self.forwards and self.own.get(found.id) is None}
        pool |= {found.id: found for found in self.own.candidates(keys, limit, least, day)}
        ranked = sorted((-len(wanted.intersection(found.keys)), found.id) for found in pool.values())
        return [pool[line_id] for shared, line_id in ranked[:limit] if -shared >= least]

    def find(self, asked: Sequence[Asked], limit: int) -> list[list[str]]:
        return [[found.id for found in self.candidates(one.keys, limit, one.least, one.day)] for one in asked]

    def read(self, ids: Sequence[str]) -> Iterable[Profile]:
        own = {found.id: found for found in self.own.read(ids)}
        yield from own.values()
        yield from self._base().read([line_id for line_id in ids if line_id not in own and line_id not in self.forwards])

    def get(self, storyline_id: str) -> Profile | None:
        seen: set[str] = set()
        while storyline_id in self.forwards and storyline_id not in seen:
            seen.add(storyline_id)
            storyline_id = self.forwards[storyline_id]
        return self.own.get(storyline_id) or self._base().get(storyline_id)

    def known(self, ids: Sequence[str]) -> set[str]:
        here = self.own.known(ids).union(line_id for line_id in ids if line_id in self.forwards)
        below = self._base().known([line_id for line_id in ids if line_id not in here])
        return below | {line_id for line_id in here if self.get(line_id) is not None}

    def put(self, profile: Profile) -> None:
        self.forwards.pop(profile.id, None)
        self.own.put(profile)

    def put_all(self, profiles: Sequence[Profile]) -> None:
        for profile in profiles:
            self.put(profile)

    def forward(self, old_id: str, new_id: str) -> None:
        if old_id != new_id:
            self.own.drop(old_id)
            self.forwards[old_id] = new_id
