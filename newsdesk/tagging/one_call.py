"""The stories of one call, beside which nothing is known: tagged as they come, told apart and grouped when all are there.

Until then a story is a row of numbers here, and its text waits on a :class:`newsdesk.tagging.story_shelf.Shelf`: so that a call
may have more stories than the memory holds.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator

from newsdesk.countries import tagger
from newsdesk.ingest.call_ids import ClosedBatch, Identities
from newsdesk.model import Story
from newsdesk.processes.collecting import give_back
from newsdesk.storylines import Signed, group_call
from newsdesk.tagging.read_ahead import read_ahead
from newsdesk.tagging.story_shelf import Shelf
from newsdesk.tagging.tagger import tag_many
from newsdesk.words.cutting import cut, forget

_MANY = 20_000  # stories
TOGETHER = 100  # stories that are tagged in one step


class OneCall:
    """Takes stories (:meth:`take`) and gives them back with ids, tags and storylines, in their order (:meth:`group`).

    `told` is given the number of stories that are tagged after each step, `told_comments` how many of how many comments of the
    stories of a step are read, where that takes long.
    """

    def __init__(
        self,
        shelf: Shelf,
        told: Callable[[int], None] = lambda _: None,
        told_comments: Callable[[int, int], None] = lambda _, of: None,
    ) -> None:
        self._shelf, self._told, self._told_comments = shelf, told, told_comments
        self._batch, self._signed = ClosedBatch(), Signed()
        self._known = Identities((), {})
        self._waiting: list[Story] = []
        self.unlabelled: list[str] = []  # why the taggers failed, for each story that they failed on

    def take(self, story: Story) -> None:
        """The next story."""
        self._waiting.append(story)
        if len(self._waiting) == TOGETHER:
            self._tag()

    def _tag(self) -> None:
        for done, of in read_ahead(self._waiting):
            self._told_comments(done, of)
        texts = cut(self._waiting)
        tagged = tag_many(self._waiting, texts)
        self.unlabelled += [story.unlabelled for story in tagged if story.unlabelled]
        self._batch.add(tagged)
        self._signed.add(tagged, texts)
        self._shelf.extend(tagged)
        self._waiting.clear()
        self._told(len(self._shelf))

    def close(self) -> int:
        """No more stories come. How many there are."""
        if self._waiting:
            self._tag()
        forget()
        if len(self._shelf) >= _MANY:  # then grouping them needs the room
            tagger.forget()
            give_back()
        return len(self._shelf)

    def identify(self) -> None:
        """Tell the stories apart, after :meth:`close`."""
        self._known = self._batch.identify(self._shelf)
        del self._batch

    def group(self) -> Iterator[Story]:
        """All stories, grouped, after :meth:`identify`."""
        shelf, known = self._shelf, self._known
        lines = group_call(shelf, self._signed, known.ids)
        del self._signed
        for place, story in enumerate(shelf):
            line, copied = lines.of(place, story)
            yield story.with_(**known.changes(place, story), storyline=line, wire_copy_of=copied)
