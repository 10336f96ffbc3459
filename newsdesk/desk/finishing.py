"""The desk's work on stories that are in the archive: their tags and storylines, their comments, their whole text."""

from __future__ import annotations

from collections import deque
from collections.abc import Callable, Generator, Iterable, Iterator, Mapping, Sequence
from typing import TYPE_CHECKING

from newsdesk.archive.ids import to_id
from newsdesk.archive.rows import Kept
from newsdesk.desk.changing import Changing
from newsdesk.model import Json, Story
from newsdesk.person.judgements import Docs, as_read, put_over
from newsdesk.person.labelling import as_read as without_labels
from newsdesk.person.labelling import put_over as put_labels_over
from newsdesk.processes.collecting import trim

if TYPE_CHECKING:
    from newsdesk.archive.amend import Amender
    from newsdesk.archive.finish import Finisher
    from newsdesk.ports import Discussion
    from newsdesk.tagging.processes import Answer, TaggingProcesses
    from newsdesk.tagging.tagged import Tagged

FINISHED_AT_ONCE = 250  # stories that are tagged and grouped in one
# The same where processes beside tag: each transaction writes pages all over the archive, so fewer of them write less. They
# are handed over in so many portions, which wait for each other in memory.
FINISHED_BESIDE, PORTIONS, AHEAD = 400, 2, 4
_NOTHING_SAID = (None, ())  # of a story, by a person
READ_AGAIN = 10_000  # comments that a refresh reads anew, which takes the larger model less than half a minute


class Finishing(Changing):
    """A desk with what gives stories their tags (:func:`newsdesk.tagging.tagger.tag`, unless `tag` is set)."""

    tag: Callable[[Story], Story] | None = None

    def _tag_one(self, story: Story) -> Story:
        """A story's tags, with what the person said of them, and of its comments' moods, over them."""
        return self._as_said(self._noted((self.tag or _tagger())(as_read(story))))

    def _noted(self, story: Story) -> Story:
        """A story as the taggers gave it; where they failed on it, that is remembered until the next run."""
        if story.unlabelled:
            self.unlabelled[story.id] = story.unlabelled
        else:
            self.unlabelled.pop(story.id, None)
        return story

    def _said(self, story_ids: Iterable[str]) -> list[tuple[Mapping[str, Json] | None, Docs]]:
        """What the person says of stories' labels, and of their comments' moods."""
        labels, judged = self.labels(), self.judgements()
        return [(labels.get(story_id), judged.get(story_id, ())) for story_id in story_ids]

    def _as_said(self, story: Story) -> Story:
        [(labels, moods)] = self._said([story.id])
        return put_labels_over(put_over(story, moods), labels)

    def _say(self, story: Story) -> Story:
        """A story with its tags, and what the person says now in place of what they said before."""
        return self._as_said(without_labels(story))

    def _tag_many(self, stories: Sequence[Story]) -> Iterable[Story]:
        if self.tag:
            return map(self._tag_one, stories)
        from newsdesk.tagging.tagger import tag_many

        return [self._as_said(self._noted(story)) for story in tag_many([as_read(story) for story in stories])]

    def waiting(self) -> int:
        """How many stories are neither tagged nor grouped yet."""
        with self.store.reading() as connection:
            return int(connection.execute("SELECT count(*) FROM story WHERE tagged = 0").fetchone()[0])

    def finish(self, limit: int = FINISHED_AT_ONCE) -> Kept:
        """Tag and group stories that :meth:`taking_in` took in, the earliest first, `limit` at most, in one transaction; those
        that the taggers failed on go on waiting, and are tried again in the next run. `Kept.unchanged` says how many it was."""
        return self._finisher().finish(limit)

    def _finisher(self) -> Finisher:
        from newsdesk.archive.finish import Finisher

        parts = (self.store, self._tag_many, self.corrections(), self.moment(), self.grouping_memory, self._said)
        return Finisher(*parts, self.unlabelled)

    def finish_beside(self, processes: TaggingProcesses, limit: int = FINISHED_BESIDE) -> Generator[Kept, None, None]:
        """As :meth:`finish`, again and again until nothing waits but stories with comments, while `processes` tag what is next.
        Ends early where one of them does."""
        from newsdesk.archive.finish import Waiting, read_silent

        self.store.shrink()
        trim()  # once: what a batch takes the next one takes again, and to give it back each time cost a twentieth of all
        portions = read_silent(self.store, limit // PORTIONS)
        ahead: deque[tuple[list[Waiting], Answer]] = deque()
        while True:
            while len(ahead) < AHEAD + processes.size and (waiting := next(portions, None)):
                if labels := self.labels():  # what a person said is put over by who finishes the rest
                    waiting = [one for one in waiting if to_id(one.key) not in labels]
                if waiting:
                    ahead.append(([one.told() for one in waiting], processes.tag([one.row() for one in waiting])))
            if not ahead:
                return
            some: list[Waiting] = []
            tagged: list[Tagged] = []
            for _ in range(min(PORTIONS, len(ahead))):
                waiting, said = ahead.popleft()
                try:
                    tagged += said.result()
                except OSError:
                    return
                some += waiting
            yield self._finisher().keep(some, tagged, [_NOTHING_SAID] * len(some))

    def add_comments(self, source_id: str, said: Discussion) -> tuple[str | None, int]:
        """Merge a thread into the story that a source gave, or whose id `source_id` is. The story's id (None where it isn't
        there), and how many of the comments are new."""
        return self._amender().add_comments(source_id, said)

    def put_text(self, story_id: str, change: Callable[[Story], Story]) -> bool:
        """Keep what `change` makes of a story as a new version of it. False where it changes nothing, or there is none."""
        return self._amender().put_text(story_id, change)

    def _amender(self) -> Amender:
        from newsdesk.archive.amend import Amender

        return Amender(self.store, self._tag_one, self.moment())

    def read_thread_ahead(self, source_id: str, said: Discussion) -> Iterator[tuple[int, int]]:
        """As :meth:`read_ahead`, before :meth:`add_comments`."""
        from newsdesk.tagging.read_ahead import AT_ONCE, read_ahead

        if self.tag is None and len(said.comments) > AT_ONCE:
            joined = self._amender().joined(source_id, said)
            yield from read_ahead([joined] if joined else [])

    def read_again(self, most: int = READ_AGAIN) -> Iterator[tuple[int, int]]:
        """Read comments anew that another model read than the one that reads now, `most` of the newest stories, a story in a
        transaction. After each bit how many are done, and of how many; whoever stops loses nothing."""
        from newsdesk.archive.rereading import find_outdated, without_moods
        from newsdesk.tagging.tiers import reader

        if self.tag is not None:
            return
        with self.store.reading() as connection:
            outdated = find_outdated(connection, reader(), most)
        if not outdated:  # mostly; what changes stories takes time to load
            return
        from newsdesk.archive.amend import latest
        from newsdesk.tagging.read_ahead import read_ahead

        with self.store.reading() as connection:
            known = [latest(connection, story_id) for story_id in outdated]
        stories = [without_moods(story) for story in known if story is not None]
        amender = self._amender()
        done, of = 0, sum(len(story.comments) for story in stories)
        for story in stories:
            for heard, _ in read_ahead([story]):
                yield done + heard, of
            amender.read_again(story.id)
            done += len(story.comments)
            yield done, of


def _tagger() -> Callable[[Story], Story]:
    """The real tagger, with models that someone who only reads never pays for."""
    from newsdesk.tagging.tagger import tag

    return tag
