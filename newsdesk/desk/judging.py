"""A person's word on stories, over what the models say: their comments' moods, their topics and countries."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from sqlite3 import Connection
from typing import Literal

from newsdesk.desk.steps import named_in, step_ahead
from newsdesk.desk.watching import Watching
from newsdesk.errors import UsageError
from newsdesk.model import Comment, Json, Story
from newsdesk.person.judgements import SAID, SAYS, Said, by_story, is_there, note_of, standing
from newsdesk.person.labelling import MOST_TOPICS
from newsdesk.person.notebook import Change
from newsdesk.wording import line_title, stories


class Judging(Watching):
    def judge(self, story_id: str, comment: Comment, said: Said) -> None:
        """What the person says of the mood of one of a story's comments (``none``: it is not to be scored) stands from now on
        over what the models say; ``machine`` lets them speak again. Kept over refreshes and revisions; undone by :meth:`undo`.
        """
        if said not in SAID:
            raise UsageError(f"a comment's mood can be said to be {', '.join(SAID)}, not '{said}'")
        from newsdesk.archive import amend

        with step_ahead(self.marks, self.notebook) as step, self.store.writing() as connection:
            story = amend.latest(connection, story_id)
            wanted = note_of(story_id, comment, said)
            if story is None or not is_there(story, wanted):
                raise UsageError("this comment is not in its thread any more; read the story again")
            old = standing(story, wanted, self.judgements_of(story_id))
            changes = [Change("drop", "moods", old)] if old and (said == "machine" or dict(old) != wanted) else []
            changes += [Change("put", "moods", wanted)] if said != "machine" else []
            says = f"called a comment {SAYS[said]}: “{line_title(comment.text)}”"
            step.write("mood", says, changes, {"story": story_id})
            amend.put_judgements(connection, story_id, self.judgements_of(story_id))

    def judged_stories(self) -> list[str]:
        """Ids of the stories with a comment whose mood the person judged, in the order in which that was done."""
        return list(by_story(self.notebook.docs("moods")))

    def label(self, story_id: str, topics: Sequence[str] | None = None, countries: Sequence[str] | None = None) -> Story:
        """What the person says a story is about stands from now on over what newsdesk finds: exactly these `topics` (top-level
        ids) and `countries` (codes), the main one first, or none. None leaves one of the two as it is; both None lets newsdesk
        speak again. Kept over refreshes and revisions; undone by :meth:`undo`. Returns the story as it is labelled now."""
        from newsdesk.archive import amend
        from newsdesk.person import labelling

        _check_labels(topics or (), countries or ())
        with step_ahead(self.marks, self.notebook) as step, self.store.writing() as connection:
            story = amend.latest(connection, story_id)
            if story is None:
                raise UsageError(f"there is no story {story_id}")
            note, changes = _noted(story, self.labels().get(story_id), topics, countries)
            labelled = labelling.put_over(labelling.as_read(story), note)
            says = f"labelled “{line_title(story.heading())}”: {labelling.says(labelled)}"
            step.write("label", says, changes, {"story": story_id})
            amend.put_labels(connection, story_id, note)
        return labelled

    def label_all(self, story_ids: Sequence[str], kind: Literal["topic", "country"], label: str, *, away: bool = False) -> int:
        """Say of each of these stories that it is about a topic (top-level id) or country (code), as its main one, or (`away`)
        that it is not; whatever else it is about stays. One step for :meth:`undo`. Returns how many it changes."""
        from newsdesk.archive import amend

        _check_labels(*([label] if kind == one else () for one in ("topic", "country")))
        before, notes, changes = self.labels(), dict[str, Mapping[str, Json] | None](), list[Change]()
        with step_ahead(self.marks, self.notebook) as step, self.store.writing() as connection:
            for story_id in story_ids:
                story = amend.latest(connection, story_id)
                had = [] if story is None else _labels_of(story, kind)
                if story is None or (label in had) != away:
                    continue
                said = [one for one in had if one != label] if away else [label, *had]
                topics, countries = (said[:MOST_TOPICS], None) if kind == "topic" else (None, said)
                notes[story_id], made = _noted(story, before.get(story_id), topics, countries)
                changes += made
            says = f"labelled {stories(len(notes))} {'without' if away else 'with'} {_name_of(kind, label)}"
            step.write("label", says, changes, {"stories": list(notes)})
            for story_id, note in notes.items():
                amend.put_labels(connection, story_id, note)
        return len(notes)

    def _say_of_stories(self, connection: Connection, detail: Mapping[str, Json], changes: Sequence[Change]) -> None:
        """Make changes to what is said of labels or moods, and what comes of it in the archive for the stories that a step
        names."""
        from newsdesk.archive import amend

        tables = {change.table for change in changes}
        self.notebook.apply(changes)
        labels = self.labels()
        for story_id in named_in(detail):
            if "moods" in tables:
                amend.put_judgements(connection, story_id, self.judgements_of(story_id))
            if "labels" in tables:
                amend.put_labels(connection, story_id, labels.get(story_id))


def _noted(
    story: Story, old: Mapping[str, Json] | None, topics: Sequence[str] | None, countries: Sequence[str] | None
) -> tuple[Mapping[str, Json] | None, list[Change]]:
    """What is said of a story's labels where these topics or countries (None: what was said before) are said now, `old` was
    before; and how the notebook changes."""
    from newsdesk.person import labelling

    note = None
    if topics is not None or countries is not None:
        said = (old or {}).get("topics"), (old or {}).get("countries")
        read = labelling.as_read(story)
        note = labelling.note_of(read, said[0] if topics is None else topics, said[1] if countries is None else countries)
    changes = [Change("drop", "labels", old)] if old and old != note else []
    return note, changes + ([Change("put", "labels", note)] if note else [])


def _labels_of(story: Story, kind: str) -> list[str]:
    return [topic.id for topic in story.topics] if kind == "topic" else [country.code for country in story.countries]


def _name_of(kind: str, label: str) -> str:
    from newsdesk.countries import country_name
    from newsdesk.topics.names import topic_name

    return topic_name(label) if kind == "topic" else country_name(label)


def _check_labels(topics: Sequence[str], countries: Sequence[str]) -> None:
    from newsdesk.countries import country_names
    from newsdesk.topics.names import TOPICS, topic_name
    from newsdesk.topics.narrower import topic_above

    for known, named, what in ((TOPICS, topics, "top-level topic"), (country_names(), countries, "country")):
        for one in named:
            if one not in known:
                above = TOPICS.get(topic_above(one) or "")
                raise UsageError(f"{topic_name(one)} is no {what}{f'; it is part of {above}' if above else ''}")
        if len(set(named)) < len(named):
            raise UsageError(f"the same {what} is named twice")
    if len(topics) > MOST_TOPICS:
        raise UsageError(f"a story has at most {MOST_TOPICS} topics; name the main ones")
