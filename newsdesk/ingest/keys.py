"""Under which keys a story may be known, and the id of a new one."""

from __future__ import annotations

import hashlib
import json
import struct
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

from newsdesk.archive.ids import to_id
from newsdesk.ingest.sketch import pack_sketch, sketch_text, sketch_words
from newsdesk.model import Origin, Story
from newsdesk.query.words import fold, join_words
from newsdesk.urls import canonical, names_a_story

quote = json.encoder.encode_basestring  # a text as JSON, as the encoder of a digest writes it
NEAR_KEYS = 6
_NUMBERS = tuple(struct.Struct(f">{count}Q") for count in range(NEAR_KEYS + 1))
_blake2b = hashlib.blake2b


def listed(parts: Iterable[str | None]) -> str:
    """What stands between the brackets of a list, as JSON."""
    return ", ".join([quote(part) if part is not None else "null" for part in parts])


def hash_json(text: str) -> int:
    """63 bits over `text`, a list as JSON: null and empty differ in it."""
    return hash_bytes(text.encode("utf-8", "surrogatepass"))


def hash_bytes(data: bytes) -> int:
    return int.from_bytes(_blake2b(data, digest_size=8).digest(), "big") >> 1


def keys_near(source: str, sketch: Sequence[int]) -> tuple[int, ...]:
    """The keys under which a source's text is found by each value of its sketch."""
    if not sketch:
        return ()
    # As hash_json does it, without a call for each, and with what they begin with hashed once.
    start = _blake2b(f'["near", {quote(source)}, "'.encode("utf-8", "surrogatepass"), digest_size=8)
    hashed = []
    for value in sketch[:NEAR_KEYS]:
        whole = start.copy()
        whole.update(b'%d"]' % value)
        hashed.append(whole.digest())
    return tuple([value >> 1 for value in _NUMBERS[len(hashed)].unpack(b"".join(hashed))])


def story_id(story: Story, salt: int = 0) -> str:
    """The id of a new story, from what it is and not where it lies: its canonical URL where it came without an item id,
    else item id, title, date and lead. `salt` counts up where another story has that id."""
    return make_id(name_of(story), salt)


def name_of(story: Story) -> tuple[str | None, ...]:
    """What the id of a new story is made from."""
    item = story.origin.item_id if story.origin else None
    url = canonical(story.url) if item is None else None
    return (url,) if url and names_a_story(url) else (item, story.title, story.published, story.lead())


def make_id(parts: Sequence[str | None], salt: int = 0) -> str:
    """The id that is made from `parts`."""
    return to_id(number_of(parts, salt))


def number_of(parts: Sequence[str | None], salt: int = 0) -> int:
    """The number of :func:`make_id`'s id."""
    name = f"[{listed(parts)}, {salt or 'null'}]" if parts else f"[{salt or 'null'}]"
    return _number(name.encode("utf-8", "surrogatepass"))


def own_id(name: Sequence[str | None], lead: bytes) -> str:
    """The id that is made from a story's `name`, of which `lead` is the last part, as JSON."""
    return to_id(_number(b"[%b, %b, null]" % (listed(name[:-1]).encode("utf-8", "surrogatepass"), lead)))


def _number(name: bytes) -> int:
    digest = _blake2b(name).digest()
    return int.from_bytes(digest[:7], "big") >> 6


def place_of(origin: Origin | None) -> str:
    """The feed or file that a story came from."""
    return (origin.feed or origin.path or "") if origin else ""


def _day(published: str | None) -> str | None:
    return published[:10] if published else None


def source_of(story: Story) -> str:
    return fold(story.source or story.outlet or "")


@dataclass(slots=True)
class Keys:
    """The hashes under which a story may be known, strongest first; `sketch` is packed. `late`: that one and `near` are still
    to be made. Not frozen: they are made by the ten thousand."""

    item: int | None
    url: int | None
    title: int | None
    title_here: int | None
    near: tuple[int, ...]
    sketch: bytes
    late: bool = False
    _all: tuple[int, ...] | None = field(default=None, compare=False, repr=False)

    def all(self) -> tuple[int, ...]:
        if self._all is None:
            keys = (self.item, self.url, self.title, self.title_here, *self.near)
            self._all = tuple([key for key in keys if key is not None])
        return self._all


def keys_of(
    story: Story, tokens: Sequence[str] | None = None, sketch: tuple[int, ...] | None = None, *, late: bool = False
) -> Keys:
    """The keys of a story; the archive stores them and is asked with them. `tokens` are its body's words and `sketch` is
    theirs, where they are known; `late` leaves the sketch for later."""
    origin, place = story.origin, place_of(story.origin)
    url = canonical(story.url)
    title = join_words(story.title) if story.title else ""
    day = _day(story.published)
    if late:
        sketch = ()
    elif sketch is None:
        sketch = sketch_text(story) if tokens is None else sketch_words(tokens)
    source = source_of(story)
    item = hash_json(f'["item", {quote(place)}, {quote(origin.item_id)}]') if origin and origin.item_id is not None else None
    address = hash_json(f'["url", {quote(url)}]') if url and names_a_story(url) else None
    if title or item or address:
        dated = hash_json(f'["title", {quote(title)}, {quote(day)}]') if title and day else None
        here = hash_json(f'["title here", {quote(title)}, {quote(place)}]') if title else None
    else:
        dated, here = _keys_of_words(story, place, day)
    return Keys(
        item=item,
        url=address,
        title=dated,
        title_here=here,
        near=keys_near(source, sketch),
        sketch=pack_sketch(sketch),
        late=late,
    )


def _keys_of_words(story: Story, place: str, day: str | None) -> tuple[int | None, int]:
    """What stands for the keys of a title where there is neither that nor an id or address: all words in this place, or else
    where it stands there. Without them each reading would find another story."""
    said = "\n".join(filter(None, (story.title, *story.highlights, *story.body))) or (story.comments and story.comments[0].text)
    words = quote(said) if said else str(story.origin.index if story.origin else 0)
    dated = hash_json(f'["words", {words}, {quote(day)}, {quote(place)}]') if day else None
    return dated, hash_json(f'["words here", {words}, {quote(place)}]')
