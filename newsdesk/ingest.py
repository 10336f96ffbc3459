"""Which story is which: fetched stories and known ones -> new, changed, unchanged. Pure: nothing is read or written here.

*The same story*: the same item id from the same place, else the same canonical URL, else the same title and date, else
near-identical text from the same source. But two items that one place gives under two ids are two stories, whatever they
share. A version is taken as a change only from the place that gave the story before, or from another one if it is newer or
fuller: so two places that word a story differently don't overwrite each other on every refresh.
"""

from __future__ import annotations

import hashlib
import json
import zlib
from collections.abc import Callable, Container, Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from itertools import accumulate, chain
from typing import Literal, TypeAlias

from newsdesk.archive.ids import to_id
from newsdesk.model import Json, Origin, Story
from newsdesk.query.words import fold, split_words
from newsdesk.urls import canonical, names_a_story

Verdict: TypeAlias = Literal["new", "changed", "unchanged"]

_encode = json.JSONEncoder(ensure_ascii=False).encode  # json.dumps would make an encoder for each call
_quote = json.encoder.encode_basestring  # a text as JSON, as the encoder above writes it
SHINGLE_WORDS = 4
SKETCH_SIZE = 48
_NEAR_KEYS = 6
MOST_WORDS = 2000
FEWEST_WORDS = 5
_NEAR = 0.75  # share of common shingles from which two texts are versions of one another
_SAME_PLACE_NEAR = 0.95  # two texts that one file holds at the same time are versions only if they hardly differ
_UNLIKE = 0.2
_FULLER = 1.1
_MOST_CANDIDATES = 40


def _hash(*parts: str | None) -> int:
    """63 bits over `parts`; null and empty differ."""
    return _hash_json(f"[{_listed(parts)}]")


def _listed(parts: Iterable[str | None]) -> str:
    """What stands between the brackets of a list, as JSON."""
    return ", ".join([_quote(part) if part is not None else "null" for part in parts])


def _hash_json(text: str) -> int:
    return int.from_bytes(hashlib.blake2b(text.encode("utf-8", "surrogatepass"), digest_size=8).digest(), "big") >> 1


def _hashes_near(source: str, sketch: Sequence[int]) -> tuple[int, ...]:
    """The keys under which a source's text is found by each value of its sketch."""
    start = f'["near", {_quote(source)}, "'
    return tuple([_hash_json(f'{start}{value}"]') for value in sketch[:_NEAR_KEYS]])


def story_id(story: Story, salt: int = 0) -> str:
    """The id of a new story, from what it is and not where it lies: its canonical URL where it came without an item id,
    else item id, title, date and lead. `salt` counts up where another story has that id."""
    return make_id(_name_of(story), salt)


def _name_of(story: Story) -> tuple[str | None, ...]:
    """What the id of a new story is made from."""
    item = story.origin.item_id if story.origin else None
    url = canonical(story.url) if item is None else None
    return (url,) if url and names_a_story(url) else (item, story.title, story.published, story.lead())


def make_id(parts: Sequence[str | None], salt: int = 0) -> str:
    name = f"[{_listed(parts)}, {salt or 'null'}]" if parts else f"[{salt or 'null'}]"
    digest = hashlib.blake2b(name.encode("utf-8", "surrogatepass")).digest()
    return to_id(int.from_bytes(digest[:7], "big") >> 6)


def digest(story: Story, paragraphs: Sequence[str] | None = None) -> int:
    """63 bits over everything printed of a story: it changes when the story does. `paragraphs` are those of its body as JSON,
    where they are known."""
    said = (story.title, story.published, story.updated, story.source, story.outlet, story.byline, story.dateline, story.url)
    body = ", ".join(map(_quote, story.body) if paragraphs is None else paragraphs)
    comments = _encode([[c.author, c.text, c.when, c.votes, c.reply_to, c.answers] for c in story.comments])
    printed = f"[[{_listed(said)}], [{_quote(story.status)}, [{_listed(story.highlights)}], [{body}], {comments}]]"
    # As JSON once more, of which nothing is left to escape but these.
    escaped = printed.replace("\\", "\\\\").replace('"', '\\"')
    return _hash_json(f'["{escaped}"]')


def place_of(origin: Origin | None) -> str:
    """The feed or file that a story came from."""
    return (origin.feed or origin.path or "") if origin else ""


def sketch_text(story: Story) -> tuple[int, ...]:
    """The smallest hashes of the body's word shingles, sorted (method: bottom-k sketch, Cohen and Kaplan 2007)."""
    return sketch_words(split_words("\n".join(story.body)))


def sketch_words(tokens: Sequence[str]) -> tuple[int, ...]:
    """The sketch of a body's tokens."""
    tokens = tokens[:MOST_WORDS]
    if len(tokens) < FEWEST_WORDS:
        return ()
    # A shingle is a stretch of the whole: cutting it out of the bytes spares joining and encoding each.
    whole = " ".join(tokens).encode("utf-8", "surrogatepass")
    sizes: Iterable[int] = map(len, tokens)
    if len(whole) != sum(map(len, tokens)) + len(tokens) - 1:
        sizes = (len(token.encode("utf-8", "surrogatepass")) for token in tokens)
    after = list(accumulate(map((1).__add__, sizes)))  # where the word after each begins
    ends = map((-1).__add__, after[min(SHINGLE_WORDS, len(tokens)) - 1 :])
    hashes = set(map(zlib.crc32, map(whole.__getitem__, map(slice, chain((0,), after), ends))))
    return tuple(sorted(hashes)[:SKETCH_SIZE])


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
        keys = (self.item, self.url, self.title, self.title_here, *self.near)
        return keys if None not in keys else tuple([key for key in keys if key is not None])  # type: ignore[return-value]


def keys_of(story: Story, tokens: Sequence[str] | None = None, sketch: tuple[int, ...] | None = None) -> Keys:
    """The keys of a story; the archive stores them and is asked with them. `tokens` are its body's words and `sketch` is
    theirs, where they are known."""
    origin, place = story.origin, place_of(story.origin)
    url = canonical(story.url)
    title = " ".join(split_words(story.title)) if story.title else ""
    day = _day(story.published)
    if sketch is None:
        sketch = sketch_text(story) if tokens is None else sketch_words(tokens)
    source = source_of(story)
    return Keys(
        item=_hash("item", place, origin.item_id) if origin and origin.item_id is not None else None,
        url=_hash("url", url) if url and names_a_story(url) else None,
        title=_hash("title", title, day) if title and day else None,
        title_here=_hash("title here", title, place) if title else None,
        near=_hashes_near(source, sketch),
        sketch=sketch,
    )


@dataclass(slots=True, eq=False)
class Facts:
    """Everything of a story that tells it from others. `source` is folded, `name` is what a new id is made from, `chars` and
    `comments` are sizes."""

    title: str | None
    published: str | None
    updated: str | None
    source: str
    digest: int
    chars: int
    comments: int
    name: tuple[str | None, ...]
    origin: Origin | None
    keys: Keys

    @property
    def item(self) -> str | None:
        """The id that it came with."""
        return self.origin.item_id if self.origin else None

    @property
    def place(self) -> str:
        return place_of(self.origin)

    def to_row(self) -> list[Json]:
        """Itself as plain JSON."""
        origin, keys = self.origin, self.keys
        return [
            *(self.title, self.published, self.updated, self.source, self.digest, self.chars, self.comments, self.name),
            [origin.format, origin.index, origin.path, origin.feed, origin.item_id] if origin else None,
            [keys.item, keys.url, keys.title, keys.title_here, keys.near, keys.sketch],
        ]

    @classmethod
    def from_row(cls, row: Sequence[Json]) -> Facts:
        title, published, updated, source, mark, chars, comments, name, origin, (item, url, headed, here, near, sketch) = row
        keys = Keys(item, url, headed, here, tuple(near), tuple(sketch))
        where = Origin(*origin) if origin else None
        return cls(title, published, updated, source, mark, chars, comments, tuple(name), where, keys)


def facts_of(story: Story, keys: Keys | None = None, paragraphs: Sequence[str] | None = None) -> Facts:
    """The facts of a story. `paragraphs` are those of its body as JSON, where they are known."""
    return Facts(
        title=story.title,
        published=story.published,
        updated=story.updated,
        source=source_of(story),
        digest=digest(story, paragraphs),
        chars=sum(map(len, story.body)),
        comments=len(story.comments),
        name=_name_of(story),
        origin=story.origin,
        keys=keys or keys_of(story),
    )


@dataclass(frozen=True, slots=True)
class Decision:
    """What to do with one fetched story: `entry` has its id; `place` is the key under which its origin is remembered."""

    facts: Facts
    verdict: Verdict
    entry: Entry
    place: tuple[str, str, int]

    @property
    def id(self) -> str:
        return self.entry.id


class _Register:
    """Known stories by their keys, and the decisions over a batch."""

    def __init__(
        self, known: Iterable[Entry], is_taken: Callable[[str], bool], earlier: Container[tuple[str, str]] = ()
    ) -> None:
        self.by_key: dict[int, list[Entry]] = {}
        self.ids: set[str] = set()
        self.is_taken = is_taken
        self.earlier = earlier
        self.claimed: dict[tuple[str, str], set[str | None]] = {}
        self.given: dict[tuple[str, str, str], int] = {}
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
        return any(other is not None and other != item for other in known) and item not in known

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
        return entry.title == facts.title or likeness(entry.sketch, facts.keys.sketch) >= _SAME_PLACE_NEAR

    def same_title(self, entry: Entry, facts: Facts) -> bool:
        """Two sources that word a story in their own way under one headline have two stories."""
        if not facts.source or not entry.source or facts.source == entry.source:
            return True
        sketch = facts.keys.sketch
        return not (entry.sketch and sketch) or likeness(entry.sketch, sketch) > _UNLIKE

    def same_text(self, entry: Entry, facts: Facts) -> bool:
        if (entry.source or "") != facts.source:
            return False
        alike = likeness(entry.sketch, facts.keys.sketch)
        if self.here_now(entry, facts):
            return alike >= _SAME_PLACE_NEAR and entry.title == facts.title
        return alike >= _NEAR

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

    def new_entry(self, facts: Facts) -> Entry:
        salt = 0
        while (identity := make_id(facts.name, salt)) in self.ids or self.is_taken(identity):
            salt += 1
        entry = Entry(id=identity, keys=facts.keys.all(), fresh=True, **_latest(facts))  # type: ignore[arg-type]
        self.add(entry)
        return entry

    def decide(self, facts: Facts, entry: Entry | None) -> Decision:
        verdict: Verdict = "unchanged"
        if entry is None:
            entry, verdict = self.new_entry(facts), "new"
        where = (facts.place, facts.item or "")
        times = self.given.get((entry.id, *where), 0)
        self.given[(entry.id, *where)] = times + 1
        place = (*where, times)
        if verdict != "new" and self.is_change(entry, facts, place):
            verdict = "changed"
            for name, value in _latest(facts).items():
                setattr(entry, name, value)
        entry.places[place] = Place(facts.item, facts.digest)
        self.claimed.setdefault((entry.id, where[0]), set()).add(facts.item)
        return Decision(facts, verdict, entry, place)

    @staticmethod
    def is_change(entry: Entry, facts: Facts, place: tuple[str, str, int]) -> bool:
        before, mark = entry.places.get(place), facts.digest
        if before is not None:
            return before.digest != mark
        if mark == entry.digest or any(there.digest == mark for there in entry.places.values()) or place[2]:
            return False
        stamp, known = facts.updated or facts.published or "", entry.updated or entry.published or ""
        if stamp[:10] != known[:10] and stamp and known:
            return stamp > known
        return facts.chars > entry.chars * _FULLER or facts.comments > entry.comments


def _latest(facts: Facts) -> dict[str, object]:
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
    entry = Entry(id=story_id, keys=facts.keys.all(), **_latest(facts))  # type: ignore[arg-type]
    return Decision(facts, "changed", entry, ("", "", 0))


def decide(
    batch: Sequence[Facts],
    known: Iterable[Entry] = (),
    is_taken: Callable[[str], bool] = lambda _: False,
    earlier: Container[tuple[str, str]] = (),
) -> list[Decision]:
    """A decision for each story, in order. `known` are the entries that share a key with one of them; `is_taken` says whether
    an id belongs to a story that is not among `known`; `earlier` are the (id, place) of what earlier batches of the same
    reading of that place have found there."""
    register = _Register(known, is_taken, earlier)
    # Items that keep their id are settled first, so that a namesake that comes before them can't take their place.
    settled = [register.find_by_item(facts) for facts in batch]
    for facts, entry in zip(batch, settled, strict=True):
        if entry is not None and facts.origin:
            register.claimed.setdefault((entry.id, facts.place), set()).add(facts.item)
    return [register.decide(facts, entry or register.find_any(facts)) for facts, entry in zip(batch, settled, strict=True)]


def sort_out(stories: Iterable[Story], known: Iterable[Entry] = ()) -> list[Decision]:
    """A decision for each of `stories`, as :func:`decide` makes it."""
    return decide([facts_of(story) for story in stories], known)


def identify(stories: Iterable[Story]) -> list[Story]:
    """Ids for a closed batch (`inspect`): every position is kept; stories that are the same share id and all origins."""
    batch = list(stories)
    decisions = sort_out(batch)
    origins: dict[str, dict[Origin, None]] = {}
    for story, decision in zip(batch, decisions, strict=True):
        origins.setdefault(decision.id, {}).update(dict.fromkeys(story.origins))
    return [
        story.with_(id=decision.id, origins=_own_first(story, origins[decision.id]))
        for story, decision in zip(batch, decisions, strict=True)
    ]


def _own_first(story: Story, origins: Iterable[Origin]) -> tuple[Origin, ...]:
    """All origins of the story, with the one that this position came from first."""
    return (*story.origins, *(origin for origin in origins if origin not in story.origins))
