"""A story made ready for the archive: everything that keeping it needs and that can be told from the story alone.

Making one takes most of the time that keeping a story takes, and needs nothing but the story: so a parser process can do it,
and hand drafts over as rows of plain data (:meth:`Draft.to_row`).
"""

from __future__ import annotations

import json
import marshal
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import partial
from typing import overload

from newsdesk.ingest import Facts, Keys, Printed, digest, facts_of, keys_near, keys_of, pack_sketch, sketch_text
from newsdesk.model import Json, Mood, Story
from newsdesk.processes.own_modules import pack
from newsdesk.query.match import body_parts, mood_of, source_parts
from newsdesk.query.words import as_typed, join_words, split_words

HEADING_CHARS = 300
_quote = json.encoder.encode_basestring  # a text as JSON, as the encoder below writes it
_encode = json.JSONEncoder(ensure_ascii=False, separators=(",", ":")).encode  # json.dumps would make an encoder for each

_NO_MOOD = Mood(0, 0, 0, 0, 0, 0, None, None)

# The columns of the archive's `story` that follow the latest version, in the order of `Draft.columns`.
COLUMNS = (
    *("heading", "titled", "source", "outlet", "published", "language", "topics", "countries", "published_in"),
    *("comments", "negative", "neutral", "positive", "unsure", "mood", "status", "reader"),
)
# Those of them that tagging gives.
TAGGED = ("language", "topics", "countries", "published_in", "negative", "neutral", "positive", "unsure", "mood", "reader")


@dataclass(slots=True, eq=False)
class Draft:
    """`facts` tell it from other stories, `columns` are what lists show, `words` the search index's tokens of title, body and
    source, and `text` is the whole story (:func:`dump_story`) in UTF-8, without its id; `url` and `extra` are also the story's.
    Not frozen: they are made by the ten thousand.
    """

    facts: Facts
    columns: tuple[Json, ...]
    words: tuple[str, str, str]
    text: bytes
    url: str | None
    extra: Mapping[str, Json]

    @classmethod
    def of(
        cls,
        story: Story,
        facts: Facts | None = None,
        *,
        body: str | None = None,
        sketch: tuple[int, ...] | None = None,
        late: bool = False,
    ) -> Draft:
        """Its draft. `body` are the words of its paragraphs, a space between two, and `sketch` theirs, where they are known;
        `late` leaves the sketch for later (:meth:`complete`)."""
        if body is None:
            words = split_words("\n".join(story.body))
            body, keys = " ".join(words), keys_of(story, words, sketch, late=late)
        else:
            keys = keys_of(story, sketch=sketch, late=late)
        printed = Printed.of(story.body)
        facts = facts or facts_of(story, keys, printed)
        return cls(facts, columns_of(story), words_of(story, body), dump_printed(story, printed), story.url, story.extra)

    def to_row(self) -> tuple[Json, ...]:
        return self.facts.to_row(), self.columns, self.words, self.text, self.url, dict(self.extra)

    @classmethod
    def from_row(cls, row: Sequence[Json]) -> Draft:
        return cls(Facts.from_row(row[0], partial(_digest_of, row[3])), tuple(row[1]), tuple(row[2]), *row[3:])

    def complete(self) -> None:
        """Make the sketch that was left for later, if it was."""
        keys = self.facts.keys
        if keys.late:
            sketch = sketch_text(self.story())
            near = keys_near(self.facts.source, sketch)
            self.facts.keys = Keys(keys.item, keys.url, keys.title, keys.title_here, near, pack_sketch(sketch))

    def story(self) -> Story:
        """The story that it was made of."""
        origin = self.facts.origin
        return load_story(self.text, origins=(origin,) if origin else ())

    def outline(self) -> Story:
        """Of the story what tells where more of it is: a tenth of the price of all."""
        origin = self.facts.origin
        return Story(
            title=self.facts.title,
            published=self.facts.published,
            url=self.url,
            origins=(origin,) if origin else (),
            extra=self.extra,
        )


class Drafted(Sequence[Story]):
    """Stories that came as drafts, packed: as one string of bytes thousands can wait in half the memory, and cost nothing to
    move. Drafts are unpacked whenever they are asked for, all together."""

    def __init__(self, packed: bytes, count: int) -> None:
        """`packed` are the rows of so many drafts in a list (:func:`newsdesk.processes.own_modules.pack`)."""
        self._packed, self._count = packed, count

    @classmethod
    def of(cls, drafts: Iterable[Draft]) -> Drafted:
        rows = [draft.to_row() for draft in drafts]
        return cls(pack(rows), len(rows))

    @property
    def drafts(self) -> list[Draft]:
        return list(map(Draft.from_row, marshal.loads(self._packed)))  # noqa: S302 - from this process or a parser of ours

    def __len__(self) -> int:
        return self._count

    def __iter__(self) -> Iterator[Story]:
        return (draft.story() for draft in self.drafts)

    @overload
    def __getitem__(self, at: int) -> Story: ...
    @overload
    def __getitem__(self, at: slice) -> Drafted: ...
    def __getitem__(self, at: int | slice) -> Story | Drafted:
        return Drafted.of(self.drafts[at]) if isinstance(at, slice) else self.drafts[at].story()

    def outlines(self, places: Iterable[int]) -> list[Story]:
        """The outlines of those at `places`."""
        wanted = list(places)
        drafts = self.drafts if wanted else []
        return [drafts[at].outline() for at in wanted]


def drafts_of(stories: Sequence[Story]) -> Sequence[Draft]:
    """The drafts of `stories`; those that there are already are not made again."""
    return stories.drafts if isinstance(stories, Drafted) else [Draft.of(story) for story in stories]


def columns_of(story: Story) -> tuple[Json, ...]:
    """The values of :data:`COLUMNS`."""
    mood = story.mood or _NO_MOOD
    return (
        story.heading()[:HEADING_CHARS],
        int(story.title is not None),
        story.source,
        story.outlet,
        story.published,
        story.language,
        " ".join(dict.fromkeys(story.topic_ids())),
        " ".join(dict.fromkeys(country.code for country in story.countries)),
        story.published_in or "",
        len(story.comments),
        mood.negative,
        mood.neutral,
        mood.positive,
        mood.unsure,
        mood_of(story.mood),
        story.status,
        mood.reader,
    )


def words_of(story: Story, body: str | None = None) -> tuple[str, str, str]:
    """What the index has of title, body and source: their words, a space between two; `body` are those of the paragraphs as
    :func:`split_words` has them, if known."""
    if body is not None and not story.highlights:
        beside = [join_words(part) for part in (story.byline, story.dateline) if part]
        words = " ".join(filter(None, (body, *beside)))
    else:
        words = join_words("\n".join(body_parts(story)))
    return as_typed(join_words(story.title or "")), as_typed(words), as_typed(join_words("\n".join(source_parts(story))))


def dump_story(story: Story, paragraphs: Sequence[str] | None = None) -> str:
    """The whole story as JSON: the contract's fields, and those that the contract keeps aside. `paragraphs` are those of its
    body as JSON, where they are known."""
    data = story.to_json()
    del data["id"], data["storyline"], data["origins"], data["origin"], data["revision"], data["wire_copy_of"]
    data["hints"], data["extra"], data["mood"] = list(story.hints), dict(story.extra), _mood_of(story)
    data |= _labelled(story)
    for comment, row in zip(story.comments, data["comments"], strict=True):
        if comment.answers is not None:
            row["answers"] = comment.answers
    if paragraphs is None:
        return _encode(data)
    del data["body"]
    return f'{_encode(data)[:-1]},"body":[{",".join(paragraphs)}]}}'


def dump_printed(story: Story, body: Printed) -> bytes:
    """As :func:`dump_story`, in UTF-8. One that nothing but its source has said anything of takes a third of the time."""
    if story.comments or story.highlights or story.mood or story.topics or story.countries or story.labelled:
        return dump_story(story, [body.once.decode("utf-8", "surrogatepass")] if story.body else []).encode()
    said = (story.title, story.published, story.updated, story.source, story.outlet, story.byline, story.dateline)
    title, published, updated, source, outlet, byline, dateline, language, url, published_in = [
        _quote(one) if one is not None else "null" for one in (*said, story.language, story.url, story.published_in)
    ]
    hints = ",".join(map(_quote, story.hints))
    text = (
        f'{{"title":{title},"published":{published},"updated":{updated},"source":{source},"outlet":{outlet},"byline":{byline},'
        f'"dateline":{dateline},"language":{language},"url":{url},"highlights":[],"comments":[],"mood":null,"topics":[],'
        f'"countries":[],"published_in":{published_in},"status":{_quote(story.status)},"hints":[{hints}],'
        f'"extra":{_encode(dict(story.extra)) if story.extra else "{}"},"body":['
    )
    return b"%b%b]}" % (text.encode(), body.once)


def dump_tags(story: Story) -> str:
    """What tagging finds out about a story, as JSON: kept beside its text, so that this need not be written twice."""
    data = {
        "language": story.language,
        "topics": [topic.to_json() for topic in story.topics],
        "countries": [country.to_json() for country in story.countries],
        "published_in": story.published_in,
        "mood": _mood_of(story),
        **_labelled(story),
        "sentiments": [comment.sentiment.to_json() if comment.sentiment else None for comment in story.comments],
    }
    if any(comment.judged for comment in story.comments):
        data["judged"] = [comment.judged.to_json() if comment.judged else None for comment in story.comments]
    return _encode(data)


def _labelled(story: Story) -> dict[str, Json]:
    return {"labelled": story.labelled.to_json()} if story.labelled else {}


def _mood_of(story: Story) -> Json:
    """The mood as it is kept: with who read it, if that is known."""
    if story.mood is None:
        return None
    known = {"reader": story.mood.reader} if story.mood.reader else {}
    return story.mood.to_json() | known


def _digest_of(text: bytes) -> int:
    return digest(load_story(text))


def load_story(text: str | bytes, tags: str | None = None, **kept_apart: Json) -> Story:
    """The inverse of :func:`dump_story`, with `tags` put over it; `kept_apart` are fields that the archive keeps in columns."""
    data = json.loads(text)
    data.update({"id": kept_apart.pop("id", ""), "storyline": None, "origins": (), "revision": 1, "wire_copy_of": None})
    if tags is not None:
        found = json.loads(tags)
        sentiments = found.pop("sentiments")
        judged = found.pop("judged", [None] * len(sentiments))
        for comment, sentiment, said in zip(data["comments"], sentiments, judged, strict=False):
            comment["sentiment"], comment["judged"] = sentiment, said
        data.update({"labelled": None} | found)
    story = Story.from_json(data)
    return story.with_(**kept_apart) if kept_apart else story
