"""Everything of a story that tells it from others."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from functools import partial
from typing import NamedTuple

from newsdesk.ingest.keys import Keys, hash_bytes, keys_of, listed, make_id, name_of, own_id, place_of, quote, source_of
from newsdesk.model import Json, Origin, Story

_encode = json.JSONEncoder(ensure_ascii=False).encode  # json.dumps would make an encoder for each call


class Printed(NamedTuple):
    """The paragraphs of a body as JSON in UTF-8: `once` with a comma between two; `twice` with a comma and a space, and as JSON
    once more. `lead` is the first of them, None where there is none."""

    once: bytes
    twice: bytes
    lead: bytes | None

    @classmethod
    def of(cls, body: Sequence[str]) -> Printed:
        joined = _BETWEEN.join(body).encode("utf-8", "surrogatepass")
        if body and joined.translate(None, _BARE) == _BETWEEN.encode() * (len(body) - 1):  # nothing is to be escaped
            bare = joined.split(_BETWEEN.encode())
            return cls(b'"%b"' % b'","'.join(bare), b'\\"%b\\"' % b'\\", \\"'.join(bare), b'"%b"' % bare[0])
        quoted = [quote(paragraph).encode("utf-8", "surrogatepass") for paragraph in body]
        once = ",".join(map(quote, body)).encode("utf-8", "replace")  # half a character, which nothing clean has, is none
        return cls(once, _escape(b", ".join(quoted)), quoted[0] if quoted else None)


_BETWEEN = "\x1e"  # no text that needs no escapes has a control
_BARE = bytes(byte for byte in range(256) if byte >= 32 and byte not in b'"\\\xed')  # surrogates begin with the last


def _escape(printed: bytes) -> bytes:
    """JSON as JSON once more, of which nothing is left to escape but these."""
    return printed.replace(b"\\", b"\\\\").replace(b'"', b'\\"')


def digest(story: Story, body: Printed | None = None) -> int:
    """63 bits over everything printed of a story: it changes when the story does. `body` is its body, where that is known."""
    return _digest(story, (story.published, story.updated), body)


def version_digest(story: Story, body: Printed | None) -> int:
    """What tells a version of a story from the one that its place gave before: :func:`digest`, but for a feed's items. Some
    feeds date all of them anew whenever they are asked, so that a date there counts only as given or not."""
    if not story.origin or not story.origin.feed:
        return digest(story, body)
    return _digest(story, [date and "" for date in (story.published, story.updated)], body)


def _digest(story: Story, dates: Iterable[str | None], body: Printed | None) -> int:
    said_of_it = [[c.author, c.text, c.when, c.votes, c.reply_to, c.answers] for c in story.comments]
    comments = _encode(said_of_it) if said_of_it else "[]"
    said = listed((story.title, *dates, story.source, story.outlet, story.byline, story.dateline, story.url))
    head = f"[[{said}], [{quote(story.status)}, [{listed(story.highlights)}], [".encode("utf-8", "surrogatepass")
    tail = f"], {comments}]]".encode("utf-8", "surrogatepass")
    body = body or Printed.of(story.body)
    return hash_bytes(b'["%b%b%b"]' % (_escape(head), body.twice, _escape(tail)))


@dataclass(slots=True, eq=False)
class Facts:
    """Everything of a story that tells it from others. `source` is folded, `name` is what a new id is made from, `own_id`
    is that id as long as no other story has it, `chars` and `comments` are sizes; `digest` is :func:`version_digest`, `dated`
    gives :func:`digest`, for which is asked only where a story has changed."""

    title: str | None
    published: str | None
    updated: str | None
    source: str
    digest: int
    dated: Callable[[], int]
    chars: int
    comments: int
    name: tuple[str | None, ...]
    own_id: str
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
            *(self.title, self.published, self.updated, self.source, self.digest, self.chars, self.comments),
            *(self.name, self.own_id),
            [origin.format, origin.index, origin.path, origin.feed, origin.item_id] if origin else None,
            [keys.item, keys.url, keys.title, keys.title_here, keys.near, keys.sketch, keys.late],
        ]

    @classmethod
    def from_row(cls, row: Sequence[Json], dated: Callable[[], int]) -> Facts:
        title, published, updated, source, mark, chars, comments, name, own_id, origin, known = row
        item, url, headed, here, near, sketch, late = known
        keys = Keys(item, url, headed, here, tuple(near), sketch, late)
        where = Origin(*origin) if origin else None
        return cls(title, published, updated, source, mark, dated, chars, comments, tuple(name), own_id, where, keys)


def facts_of(story: Story, keys: Keys | None = None, body: Printed | None = None) -> Facts:
    """The facts of a story. `body` is its body, where that is known."""
    name = name_of(story)
    return Facts(
        title=story.title,
        published=story.published,
        updated=story.updated,
        source=source_of(story),
        digest=version_digest(story, body),
        dated=partial(digest, story, body),
        chars=sum(map(len, story.body)),
        comments=len(story.comments),
        name=name,
        own_id=own_id(name, body.lead) if body and body.lead is not None and len(name) > 1 else make_id(name),
        origin=story.origin,
        keys=keys or keys_of(story),
    )
