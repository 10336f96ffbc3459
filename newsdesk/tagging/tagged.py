"""A story's tags, made ready for the archive: everything that finishing a story needs and that can be told from it alone.

Making it takes most of the time that a story takes after it is stored, and needs nothing but the story: so processes beside
can do it (:mod:`newsdesk.tagging.processes`), and hand it over as plain data.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import TYPE_CHECKING, NamedTuple

from newsdesk.model import Json, Story
from newsdesk.storylines.prepared import Prepared, prepare_all
from newsdesk.tagging.drafts import COLUMNS, TAGGED, columns_of, dump_tags, load_story

if TYPE_CHECKING:
    from newsdesk.words.cutting import Cut

_TOGETHER = 200  # stories that are tagged in one step, all that a process is given: more take more memory
_AT = tuple(COLUMNS.index(name) for name in TAGGED)


class Tagged(NamedTuple):
    """`columns` are those of :data:`newsdesk.tagging.drafts.TAGGED`, `text` the tags as JSON
    (:func:`newsdesk.tagging.drafts.dump_tags`), `prepared` is for grouping, `unlabelled` the story's."""

    columns: tuple[Json, ...]
    text: str
    prepared: Prepared
    unlabelled: str | None = None

    @property
    def topics(self) -> str:
        """As the archive's column."""
        return str(self.columns[1])

    @property
    def countries(self) -> str:
        """As the archive's column."""
        return str(self.columns[2])

    def to_row(self) -> tuple[Json, ...]:
        return self.columns, self.text, tuple(self.prepared), self.unlabelled

    @classmethod
    def from_row(cls, row: Sequence[Json]) -> Tagged:
        return cls(row[0], row[1], Prepared._make(row[2]), row[3])


def of_all(stories: Iterable[Story], cuts: Sequence[Cut] | None = None) -> list[Tagged]:
    """What is to be kept of stories that are tagged. `cuts` are their texts, where they are cut already."""
    stories = list(stories)
    return [_of(story, prepared) for story, prepared in zip(stories, prepare_all(stories, cuts), strict=True)]


def _of(story: Story, prepared: Prepared) -> Tagged:
    values = columns_of(story)
    return Tagged(tuple([values[at] for at in _AT]), dump_tags(story), prepared, story.unlabelled)


def tag_rows(rows: Sequence[tuple[str, str, str | None]]) -> list[Tagged]:
    """Tag stories that come as the archive has them: id, text and tags so far."""
    from newsdesk.tagging.tagger import tag_many
    from newsdesk.words.cutting import cut

    found: list[Tagged] = []
    for at in range(0, len(rows), _TOGETHER):
        stories = [load_story(text, tags, id=story_id) for story_id, text, tags in rows[at : at + _TOGETHER]]
        cuts = cut(stories)
        found += of_all(tag_many(stories, cuts), cuts)
    return found
