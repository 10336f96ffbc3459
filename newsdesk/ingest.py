"""Which story is which: fetched stories and known ones -> new, changed, unchanged. Pure: nothing is read or written here.

*The same story*: the same item id from the same place, else the same canonical URL, else the same title and date, else
near-identical text from the same source. But two items that one place gives under two ids are two stories, whatever they
share. A version is taken as a change only from the place that gave the story before, or from another one if it is newer or
fuller: so two places that word a story differently don't overwrite each other on every refresh.
"""

from __future__ import annotations

import base64
import hashlib
import json
import zlib
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from typing import Literal, TypeAlias

from newsdesk.model import Origin, Story
from newsdesk.query.words import fold, split_words
from newsdesk.urls import canonical, names_a_story

Verdict: TypeAlias = Literal["new", "changed", "unchanged"]

_SHINGLE_WORDS = 4
_SKETCH_SIZE = 48
_NEAR_KEYS = 6
_MOST_WORDS = 2000
_FEWEST_WORDS = 5
_NEAR = 0.75  # share of common shingles from which two texts are versions of one another
_SAME_PLACE_NEAR = 0.95  # two texts that one file holds at the same time are versions only if they hardly differ
_UNLIKE = 0.2
_FULLER = 1.1
_MOST_CANDIDATES = 40


def _hash(*parts: str | None) -> int:
    """63 bits over `parts`; null and empty differ."""
    data = json.dumps(parts, ensure_ascii=False).encode("utf-8", "surrogatepass")
    return int.from_bytes(hashlib.blake2b(data, digest_size=8).digest(), "big") >> 1


def story_id(story: Story, salt: int = 0) -> str:
    """The id of a new story, from what it is and not where it lies: its canonical URL where it came without an item id,
    else item id, title, date and lead. `salt` counts up where another story has that id."""
    item = story.origin.item_id if story.origin else None
    url = canonical(story.url) if item is None else None
    parts = (url,) if url and names_a_story(url) else (item, story.title, story.published, story.lead())
    digest = hashlib.blake2b(json.dumps([*parts, salt or None], ensure_ascii=False).encode("utf-8", "surrogatepass"))
    return "s" + base64.b32encode(digest.digest()[:10]).decode("ascii").lower()[:10]


def digest(story: Story) -> int:
    """63 bits over everything printed of a story: it changes when the story does."""
    comments = [[c.author, c.text, c.when, c.votes, c.reply_to, c.answers] for c in story.comments]
    printed = [
        [story.title, story.published, story.updated, story.source, story.outlet, story.byline, story.dateline, story.url],
        [story.status, list(story.highlights), list(story.body), comments],
    ]
    return _hash(json.dumps(printed, ensure_ascii=False))


def place_of(origin: Origin | None) -> str:
    """The feed or file that a story came from."""
    return (origin.feed or origin.path or "") if origin else ""


def sketch_text(story: Story) -> tuple[int, ...]:
    """The smallest hashes of the body's word shingles, sorted (method: bottom-k sketch, Cohen and Kaplan 2007)."""
    words = split_words("\n".join(story.body))[:_MOST_WORDS]
    if len(words) < _FEWEST_WORDS:
        return ()
    spans = range(max(1, len(words) - _SHINGLE_WORDS + 1))
    hashes = {zlib.crc32(" ".join(words[at : at + _SHINGLE_WORDS]).encode("utf-8", "surrogatepass")) for at in spans}
    return tuple(sorted(hashes)[:_SKETCH_SIZE])


def likeness(one: Sequence[int], other: Sequence[int]) -> float:
    """The share of shingles that two texts have in common (Jaccard), estimated from their sketches."""
    if not one or not other:
        return 0.0
    left, right = set(one), set(other)
    sample = sorted(left | right)[: max(len(left), len(right))]
    return sum(1 for value in sample if value in left and value in right) / len(sample)


@dataclass(slots=True)
class Place:
    """What a place gave last: which of its items, and the digest of that version."""

    item_id: str | None
    digest: int


@dataclass(slots=True, eq=False)
class Entry:
    """A known story as far as telling it apart needs it. `places` is by (place, item id or "", how many times before)."""

    id: str
    title: str | None
    published: str | None
    updated: str | None
    source: str | None
    digest: int
    chars: int
    comments: int
    sketch: tuple[int, ...]
    keys: tuple[int, ...]
    places: dict[tuple[str, str, int], Place] = field(default_factory=dict)
    fresh: bool = False


@dataclass(frozen=True, slots=True)
class Decision:
    """What to do with one fetched story. `story` has its id; `place` is the key under which its origin is remembered."""

    story: Story
    verdict: Verdict
    entry: Entry
    place: tuple[str, str, int]
    digest: int
    keys: Keys


def _day(published: str | None) -> str | None:
    return published[:10] if published else None


def source_of(story: Story) -> str:
    return fold(story.source or story.outlet or "")


@dataclass(frozen=True, slots=True)
class Keys:
    """The hashes under which a story may be known, strongest first."""

    item: int | None
    url: int | None
    title: int | None
    title_here: int | None
    near: tuple[int, ...]
    sketch: tuple[int, ...]

    def all(self) -> tuple[int, ...]:
        return tuple(key for key in (self.item, self.url, self.title, self.title_here, *self.near) if key is not None)


def keys_of(story: Story) -> Keys:
    """The keys of a story; the archive stores them and is asked with them."""
    origin, place = story.origin, place_of(story.origin)
    url = canonical(story.url)
    title = " ".join(split_words(story.title)) if story.title else ""
    day = _day(story.published)
    sketch = sketch_text(story)
    source = source_of(story)
    return Keys(
        item=_hash("item", place, origin.item_id) if origin and origin.item_id is not None else None,
        url=_hash("url", url) if url and names_a_story(url) else None,
        title=_hash("title", title, day) if title and day else None,
        title_here=_hash("title here", title, place) if title else None,
        near=tuple(_hash("near", source, str(value)) for value in sketch[:_NEAR_KEYS]),
        sketch=sketch,
    )


class _Register:
    """Known stories by their keys, and the decisions over a batch."""

    def __init__(self, known: Iterable[Entry], is_taken: Callable[[str], bool]) -> None:
        self.by_key: dict[int, list[Entry]] = {}
        self.ids: set[str] = set()
        self.is_taken = is_taken
        self.claimed: dict[tuple[str, str], set[str | None]] = {}
        self.given: dict[tuple[str, str, str], int] = {}
        for entry in known:
            self.add(entry)

    def add(self, entry: Entry) -> None:
        self.ids.add(entry.id)
        for key in entry.keys:
            self.by_key.setdefault(key, []).append(entry)

    def find(self, key: int | None) -> list[Entry]:
        return self.by_key.get(key, [])[:_MOST_CANDIDATES] if key is not None else []

    def is_other(self, entry: Entry, story: Story) -> bool:
        """Whether the place that `story` comes from gives `entry` under another item id: then they are two stories."""
        item = story.origin.item_id if story.origin else None
        if item is None:
            return False
        place = place_of(story.origin)
        known = {there.item_id for (where, _, _), there in entry.places.items() if where == place}
        known |= self.claimed.get((entry.id, place), set())
        return any(other is not None and other != item for other in known) and item not in known

    def here_now(self, entry: Entry, story: Story) -> bool:
        """Whether this batch has already found `entry` in the place that `story` comes from."""
        return (entry.id, place_of(story.origin)) in self.claimed

    def candidates(self, story: Story, keys: Keys) -> Iterator[Entry]:
        """Known stories that may be this one, by the order of the keys."""
        yield from self.find(keys.item)
        yield from (entry for entry in self.find(keys.url) if self.same_address(entry, story, keys))
        yield from (entry for entry in self.find(keys.title) if self.same_title(entry, story, keys))
        yield from (entry for entry in self.find(keys.title_here) if not (entry.published and story.published))
        near = {entry.id: entry for key in keys.near for entry in self.find(key)}
        yield from (entry for entry in near.values() if self.same_text(entry, story, keys))

    def same_address(self, entry: Entry, story: Story, keys: Keys) -> bool:
        """One address may stand on every item of a list: then the items are told apart by title and text."""
        if not self.here_now(entry, story):
            return True
        return entry.title == story.title or likeness(entry.sketch, keys.sketch) >= _SAME_PLACE_NEAR

    def same_title(self, entry: Entry, story: Story, keys: Keys) -> bool:
        """Two sources that word a story in their own way under one headline have two stories."""
        source = source_of(story)
        if not source or not entry.source or source == entry.source:
            return True
        return not (entry.sketch and keys.sketch) or likeness(entry.sketch, keys.sketch) > _UNLIKE

    def same_text(self, entry: Entry, story: Story, keys: Keys) -> bool:
        if (entry.source or "") != source_of(story):
            return False
        alike = likeness(entry.sketch, keys.sketch)
        if self.here_now(entry, story):
            return alike >= _SAME_PLACE_NEAR and entry.title == story.title
        return alike >= _NEAR

    def find_by_item(self, story: Story, keys: Keys) -> Entry | None:
        """The known story that came with this item id: from this place, or (a renamed file) from another one."""
        item = story.origin.item_id if story.origin else None
        if item is None:
            return None
        for entry in self.candidates(story, keys):
            if entry in self.find(keys.item) or any(there.item_id == item for there in entry.places.values()):
                return entry
        return None

    def find_any(self, story: Story, keys: Keys) -> Entry | None:
        for entry in self.candidates(story, keys):
            if entry in self.find(keys.item) or not self.is_other(entry, story):
                return entry
        return None

    def new_entry(self, story: Story, keys: Keys, mark: int) -> Entry:
        salt = 0
        while (identity := story_id(story, salt)) in self.ids or self.is_taken(identity):
            salt += 1
        entry = Entry(id=identity, keys=keys.all(), fresh=True, **_facts(story, keys, mark))  # type: ignore[arg-type]
        self.add(entry)
        return entry

    def decide(self, story: Story, keys: Keys, entry: Entry | None) -> Decision:
        verdict: Verdict = "unchanged"
        mark = digest(story)
        if entry is None:
            entry, verdict = self.new_entry(story, keys, mark), "new"
        origin = story.origin
        item = origin.item_id if origin else None
        where = (place_of(origin), item or "")
        times = self.given.get((entry.id, *where), 0)
        self.given[(entry.id, *where)] = times + 1
        place = (*where, times)
        if verdict != "new" and self.is_change(entry, story, place, mark):
            verdict = "changed"
            for name, value in _facts(story, keys, mark).items():
                setattr(entry, name, value)
        entry.places[place] = Place(item, mark)
        self.claimed.setdefault((entry.id, where[0]), set()).add(item)
        return Decision(story.with_(id=entry.id), verdict, entry, place, mark, keys)

    @staticmethod
    def is_change(entry: Entry, story: Story, place: tuple[str, str, int], mark: int) -> bool:
        before = entry.places.get(place)
        if before is not None:
            return before.digest != mark
        if mark == entry.digest or any(there.digest == mark for there in entry.places.values()) or place[2]:
            return False
        stamp, known = story.updated or story.published or "", entry.updated or entry.published or ""
        if stamp[:10] != known[:10] and stamp and known:
            return stamp > known
        return _chars(story) > entry.chars * _FULLER or len(story.comments) > entry.comments


def _chars(story: Story) -> int:
    return sum(map(len, story.body))


def _facts(story: Story, keys: Keys, mark: int) -> dict[str, object]:
    """The fields of an :class:`Entry` that follow the latest version."""
    return {
        "title": story.title,
        "published": story.published,
        "updated": story.updated,
        "source": source_of(story),
        "digest": mark,
        "chars": _chars(story),
        "comments": len(story.comments),
        "sketch": keys.sketch,
    }


def sort_out(
    stories: Sequence[Story],
    known: Iterable[Entry] = (),
    is_taken: Callable[[str], bool] = lambda _: False,
    keys: Sequence[Keys] | None = None,
) -> list[Decision]:
    """A decision for each story, in order. `known` are the entries that share a key (:func:`keys_of`) with one of them.

    `is_taken` says whether an id belongs to a story that is not among `known`; `keys` are those of the stories, where the
    caller has them already.
    """
    register = _Register(known, is_taken)
    keys = keys if keys is not None else [keys_of(story) for story in stories]
    # Items that keep their id are settled first, so that a namesake that comes before them can't take their place.
    settled = [register.find_by_item(story, key) for story, key in zip(stories, keys, strict=True)]
    for story, entry in zip(stories, settled, strict=True):
        if entry is not None and story.origin:
            register.claimed.setdefault((entry.id, place_of(story.origin)), set()).add(story.origin.item_id)
    decisions = []
    for story, key, entry in zip(stories, keys, settled, strict=True):
        decisions.append(register.decide(story, key, entry or register.find_any(story, key)))
    return decisions


def identify(stories: Iterable[Story]) -> list[Story]:
    """Ids for a closed batch (`inspect`): every position is kept; stories that are the same share id and all origins."""
    batch = list(stories)
    decisions = sort_out(batch)
    origins: dict[str, dict[Origin, None]] = {}
    for decision in decisions:
        origins.setdefault(decision.entry.id, {}).update(dict.fromkeys(decision.story.origins))
    return [decision.story.with_(origins=_own_first(decision.story, origins[decision.entry.id])) for decision in decisions]


def _own_first(story: Story, origins: Iterable[Origin]) -> tuple[Origin, ...]:
    """All origins of the story, with the one that this position came from first."""
    return (*story.origins, *(origin for origin in origins if origin not in story.origins))
