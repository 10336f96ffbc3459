"""Known stories by their keys, and the decisions over a batch of fetched ones."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from types import MappingProxyType
from typing import Literal, TypeAlias

from newsdesk.ingest.facts import Facts
from newsdesk.ingest.keys import make_id
from newsdesk.ingest.sketch import alike
from newsdesk.model import Json
from newsdesk.urls import canonical

Verdict: TypeAlias = Literal["new", "changed", "unchanged"]
# What earlier batches of one reading found: (id, place), (id, place, item id or "") with how often, and the same with
# :data:`REWRITTEN` where the item had changed.
Earlier: TypeAlias = Mapping[tuple[str, ...], int]
NOTHING: Earlier = MappingProxyType({})
REWRITTEN = "rewritten"

_NEAR = 0.75  # share of common shingles from which two texts are versions of one another
_SAME_PLACE_NEAR = 0.95  # two texts that one file holds at the same time are versions only if they hardly differ
_UNLIKE = 0.2
_FULLER = 1.1
_MOST_CANDIDATES = 40


@dataclass(slots=True)
class Place:
    """What a place gave last: which of its items, and the digest of that version."""

    item_id: str | None
    digest: int


@dataclass(slots=True, eq=False)
class Entry:
    """A known story as far as telling it apart needs it. `sketch` is packed; `places` is by (place, item id or "", how many
    times before)."""

    id: str
    title: str | None
    published: str | None
    updated: str | None
    source: str | None
    digest: int
    chars: int
    comments: int
    sketch: bytes
    keys: tuple[int, ...]
    places: dict[tuple[str, str, int], Place] = field(default_factory=dict)
    fresh: bool = False


@dataclass(slots=True)
class Decision:
    """What to do with one fetched story: `entry` has its id; `place` is the key under which its origin is remembered. Not
    frozen, as there are many."""

    facts: Facts
    verdict: Verdict
    entry: Entry
    place: tuple[str, str, int]

    @property
    def id(self) -> str:
        return self.entry.id


class Register:
    """Known stories by their keys, and the decisions over a batch."""

    def __init__(
        self,
        known: Iterable[Entry] = (),
        is_taken: Callable[[str], bool] = lambda _: False,
        earlier: Earlier = NOTHING,
    ) -> None:
        self.by_key: dict[int, list[Entry]] = {}
        self.ids: set[str] = set()
        self.salts: dict[str, int] = {}  # the next to try, by the id that has none
        self.is_taken = is_taken
        self.earlier = earlier
        self.claimed: dict[tuple[str, str], set[str | None]] = {}
        self.given: dict[tuple[str, str, str], int] = {}
        self.rewritten: set[tuple[str, str, str]] = set()
        for entry in known:
            self.add(entry)

    def add(self, entry: Entry) -> None:
        self.ids.add(entry.id)
        for key in entry.keys:
            self.by_key.setdefault(key, []).append(entry)

    def find(self, key: int | None) -> Sequence[Entry]:
        found = self.by_key.get(key) if key is not None else None
        return found[:_MOST_CANDIDATES] if found else ()

    def is_other(self, entry: Entry, facts: Facts) -> bool:
        """Whether the place that a story comes from gives `entry` under another item id: then they are two stories."""
        item, place = facts.item, facts.place
        if item is None:
            return False
        known = {there.item_id for (where, _, _), there in entry.places.items() if where == place}
        known |= self.claimed.get((entry.id, place), set())
        others = {other for other in known if other is not None and other != item}
        return bool(others) and item not in known and not self.is_renamed(entry, facts, others)

    def is_renamed(self, entry: Entry, facts: Facts, others: Iterable[str]) -> bool:
        """Whether a feed gives an item another id than before: because it says https now, is made by another program, or counts
        the versions of an article in its ids (``.../c1234#2``). Two that it holds at the same time are two stories."""
        if not (facts.origin and facts.origin.feed) or facts.keys.url is None or facts.keys.url not in entry.keys:
            return False
        if self.here_now(entry, facts):
            return False
        if entry.title == facts.title and entry.published == facts.published:
            return True
        address = canonical(facts.item)
        if address is None or all(canonical(other) != address for other in others):
            return False
        return alike(entry.sketch, facts.keys.sketch) > _UNLIKE

    def here_now(self, entry: Entry, facts: Facts) -> bool:
        """Whether this batch, or an earlier one of the same reading, has already found `entry` where a story comes from."""
        return (entry.id, facts.place) in self.claimed or (entry.id, facts.place) in self.earlier

    def candidates(self, facts: Facts) -> Iterator[Entry]:
        """Known stories that may be this one, by the order of the keys."""
        keys = facts.keys
        if self.by_key.keys().isdisjoint(keys.all()):  # as with most of what is new
            return
        yield from self.find(keys.item)
        yield from (entry for entry in self.find(keys.url) if self.same_address(entry, facts))
        yield from (entry for entry in self.find(keys.title) if self.same_title(entry, facts))
        yield from (entry for entry in self.find(keys.title_here) if not (entry.published and facts.published))
        near = {entry.id: entry for key in keys.near for entry in self.find(key)}
        yield from (entry for entry in near.values() if self.same_text(entry, facts))

    def same_address(self, entry: Entry, facts: Facts) -> bool:
        """One address may stand on every item of a list: then the items are told apart by title and text."""
        if not self.here_now(entry, facts):
            return True
        return entry.title == facts.title or alike(entry.sketch, facts.keys.sketch) >= _SAME_PLACE_NEAR

    def same_title(self, entry: Entry, facts: Facts) -> bool:
        """Two sources that word a story in their own way under one headline have two stories."""
        if not facts.source or not entry.source or facts.source == entry.source:
            return True
        sketch = facts.keys.sketch
        return not (entry.sketch and sketch) or alike(entry.sketch, sketch) > _UNLIKE

    def same_text(self, entry: Entry, facts: Facts) -> bool:
        if (entry.source or "") != facts.source:
            return False
        least = _NEAR
        if self.here_now(entry, facts):
            if entry.title != facts.title:  # a file may hold thousands of texts from one mould
                return False
            least = _SAME_PLACE_NEAR
        return alike(entry.sketch, facts.keys.sketch) >= least

    def find_by_item(self, facts: Facts) -> Entry | None:
        """The known story that came with this item id: from this place, or (a renamed file) from another one."""
        if facts.item is None or not self.by_key:
            return None
        for entry in self.candidates(facts):
            if entry in self.find(facts.keys.item) or any(there.item_id == facts.item for there in entry.places.values()):
                return entry
        return None

    def find_any(self, facts: Facts) -> Entry | None:
        for entry in self.candidates(facts):
            if entry in self.find(facts.keys.item) or not self.is_other(entry, facts):
                return entry
        return None

    def new_id(self, name: Sequence[str | None]) -> str:
        """An id that no story has, for one whose id is made from `name`."""
        own = make_id(name)
        salt = self.salts.get(own, 0)  # thousands may have one name, as those of which nothing is known
        while not self.claim(identity := make_id(name, salt)):
            salt += 1
        self.salts[own] = salt + 1
        return identity

    def id_of(self, facts: Facts) -> str:
        """As :meth:`new_id`, of a story whose facts are known."""
        return facts.own_id if self.claim(facts.own_id) else self.new_id(facts.name)

    def claim(self, identity: str) -> bool:
        """Make an id a story's, if none has it yet."""
        if identity in self.ids or self.is_taken(identity):
            return False
        self.ids.add(identity)
        return True

    def new_entry(self, facts: Facts) -> Entry:
        entry = _entry_of(self.id_of(facts), facts)
        self.add(entry)
        return entry

    def meet(self, facts: Facts) -> Decision:
        """The decision about a story of which it is known that it shares no key with any other."""
        entry = _entry_of(self.id_of(facts), facts)
        place = (facts.place, facts.item or "", 0)
        entry.places[place] = Place(facts.item, facts.digest)
        return Decision(facts, "new", entry, place)

    def decide(self, facts: Facts, entry: Entry | None, outdated: bool = False) -> Decision:
        """`outdated`: a later line of the same file, under the same id, is in the batch too."""
        verdict: Verdict = "unchanged"
        if entry is None:
            entry, verdict = self.new_entry(facts), "new"
        where = (facts.place, facts.item or "")
        own = (entry.id, *where)
        times = self.given.get(own) or self.earlier.get(own, 0)
        self.given[own] = times + 1
        place = (*where, times)
        if verdict != "new" and not (outdated and place in entry.places) and self.is_change(entry, facts, place):
            verdict = "changed"
            self.rewritten.add(own)
            for name, value in _latest(facts).items():
                setattr(entry, name, value)
        entry.places[place] = Place(facts.item, facts.digest)
        self.claimed.setdefault((entry.id, where[0]), set()).add(facts.item)
        return Decision(facts, verdict, entry, place)

    def is_change(self, entry: Entry, facts: Facts, place: tuple[str, str, int]) -> bool:
        before, mark = entry.places.get(place), facts.digest
        if mark == entry.digest:  # known, if only from elsewhere: a page that two files hold changes in both
            return False
        own = (entry.id, *place[:2])
        if place[2] and _is_appended(facts) and (own in self.rewritten or (*own, REWRITTEN) in self.earlier):
            return True  # the line above it was rewritten, and is outdated all the same
        if before is not None:
            # An older archive's may have the dates of a feed in it.
            return before.digest != mark and before.digest != facts.dated()
        if any(there.digest == mark for there in entry.places.values()):
            return False
        if place[2] and not _is_appended(facts):  # in a feed the item that stands first is the newest
            return False
        stamp, known = facts.updated or facts.published or "", entry.updated or entry.published or ""
        if stamp[:10] != known[:10] and stamp and known:
            return stamp > known
        if place[2]:
            return True
        return facts.chars > entry.chars * _FULLER or facts.comments > entry.comments


def _is_appended(facts: Facts) -> bool:
    """Whether a story is a line of a file that grows at its end, under an id: such a line outdates those above it."""
    return facts.item is not None and facts.origin is not None and facts.origin.format == "jsonl"


def _entry_of(story_id: str, facts: Facts) -> Entry:
    """A story that was not known, as it is told apart from now on."""
    keys = facts.keys
    told = facts.title, facts.published, facts.updated, facts.source, facts.digest, facts.chars, facts.comments
    return Entry(story_id, *told, keys.sketch, keys.all(), fresh=True)


def _latest(facts: Facts) -> dict[str, Json]:
    """The fields of an :class:`Entry` that follow the latest version."""
    return {
        "title": facts.title,
        "published": facts.published,
        "updated": facts.updated,
        "source": facts.source,
        "digest": facts.digest,
        "chars": facts.chars,
        "comments": facts.comments,
        "sketch": facts.keys.sketch,
    }


def new_version(facts: Facts, story_id: str) -> Decision:
    """The decision that a known story has a new version that came from no place of its own."""
    entry = Entry(id=story_id, keys=facts.keys.all(), **_latest(facts))
    return Decision(facts, "changed", entry, ("", "", 0))


def decide(
    batch: Sequence[Facts],
    known: Iterable[Entry] = (),
    is_taken: Callable[[str], bool] = lambda _: False,
    earlier: Earlier = NOTHING,
) -> list[Decision]:
    """A decision for each story, in order. `known` are the entries that share a key with one of them; `is_taken` says whether
    an id belongs to a story that is not among `known`; `earlier` is what earlier batches of the same reading of that place have
    found there."""
    register = Register(known, is_taken, earlier)
    keys = [key for facts in batch for key in facts.keys.all()]
    if not register.by_key and len(set(keys)) == len(keys):  # as with most of what is new
        return [register.meet(facts) for facts in batch]
    # Items that keep their id are settled first, so that a namesake that comes before them can't take their place.
    settled = [register.find_by_item(facts) for facts in batch]
    for facts, entry in zip(batch, settled, strict=True):
        if entry is not None and facts.origin:
            register.claimed.setdefault((entry.id, facts.place), set()).add(facts.item)
    last = {(facts.place, facts.item): at for at, facts in enumerate(batch) if _is_appended(facts)}
    return [
        register.decide(facts, entry or register.find_any(facts), at < last.get((facts.place, facts.item), 0))
        for at, (facts, entry) in enumerate(zip(batch, settled, strict=True))
    ]
