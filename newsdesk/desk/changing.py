"""The desk's changes by a person: marks, stars, corrections of the grouping, and undo and redo over all of them and over a
person's word on stories (:mod:`newsdesk.desk.judging`)."""

from __future__ import annotations

import contextlib
from collections.abc import Iterator, Sequence
from sqlite3 import Connection

from newsdesk.archive import lines, read, regroup
from newsdesk.archive.ids import to_key
from newsdesk.desk.base import Sight
from newsdesk.desk.judging import Judging
from newsdesk.desk.steps import step_ahead
from newsdesk.errors import StorageError, UsageError
from newsdesk.model import Json, Storyline
from newsdesk.person.marks import Step
from newsdesk.person.notebook import Change, Table
from newsdesk.query import Query
from newsdesk.query.terms import ArrivedAfter, Not, both
from newsdesk.text import strip_unsafe
from newsdesk.wording import counted, line_title, stories

_REGROUPED = ("merge", "split", "move", "rename")  # kinds of steps that are also carried out in the archive
_OF_STORIES = ("mood", "label")  # those of what is said of stories
_HOWS = ("read", "unread", "star", "unstar")
# Said apart from each of so many of the storyline's latest stories: enough to keep a story out of it.
_MOST_APART = 60


class Changing(Judging):
    def mark(self, what: Query | str | Sequence[str], how: str, sight: Sight | None = None) -> int:
        """Mark stories ``read``, ``unread``, ``star`` or ``unstar``; `what` is a query (or its text) or a list of ids. What a
        query finds is marked read or unread only if it was there at `sight`, where one is given.

        Returns how many changed. One call is one step for :meth:`undo`.
        """
        if how not in _HOWS:
            raise UsageError(f"stories can be marked {', '.join(_HOWS)}, not '{how}'")
        if how in ("star", "unstar"):
            return self._star(what, how)
        with self.store.reading() as connection:
            context = self.context(connection)
        if isinstance(what, str | Query):
            term = self.term(what)
            if sight is not None and sight.arrivals < context.arrivals:
                term = both(term, Not(ArrivedAfter(sight.arrivals)))
            return self.marks.mark(term, how == "read", context)
        return self.marks.mark([to_key(story_id) for story_id in what], how == "read", context)

    def _star(self, what: Query | str | Sequence[str], how: str) -> int:
        ids = self.ids(what) if isinstance(what, str | Query) else [row.id for row in self.rows_of(what)]
        changes = [Change("put" if how == "star" else "drop", "stars", {"id": one}) for one in ids]
        did = "starred" if how == "star" else "took the star from"
        with step_ahead(self.marks, self.notebook) as step:
            return len(step.write("notebook", lambda made: f"{did} {stories(len(made))}", changes))

    # Feeds

    def pause(self, feeds: Sequence[str], *, resume: bool = False) -> list[str]:
        """Ask feeds no more until they are resumed, or (`resume`) again; `feeds` are their ids.

        Returns those for which that was news. One call is one step for :meth:`undo`.
        """
        return self._list("paused", feeds, "resumed" if resume else "paused", "feed", off=resume)

    def paused(self) -> frozenset[str]:
        """The ids of feeds that are not asked."""
        return frozenset(doc["id"] for doc in self.notebook.docs("paused"))

    # Sources

    def mute(self, names: Sequence[str], *, back: bool = False) -> list[str]:
        """Keep the stories whose source or outlet has one of these names out of every list, digest and count but those that a
        query with ``is:muted`` asks for; or (`back`) let them in again. They are kept, and read as before.

        Returns those for which that was news. One call is one step for :meth:`undo`. UsageError where a name is no name.
        """
        wanted = [strip_unsafe(name).strip() for name in names]
        if not all(wanted):
            raise UsageError("the name of a source is needed, as its stories have it")
        with self.notebook.held():
            known = {name.casefold(): name for name in self.muted()}
            told = dict.fromkeys(known.get(name.casefold(), name) for name in wanted)
            return self._list("muted", tuple(told), "unmuted" if back else "muted", "source", off=back)

    def _list(self, table: Table, ids: Sequence[str], did: str, thing: str, *, off: bool) -> list[str]:
        """Put ids on one of the person's lists, or (`off`) take them off it: one step, which says that it `did` so to a `thing`
        or several. Returns those for which that was news."""
        changes = [Change("drop" if off else "put", table, {"id": name}) for name in ids]

        def says(made: list[Change]) -> str:
            return f"{did} “{made[0].doc['id']}”" if len(made) == 1 else f"{did} {counted(len(made), thing)}"

        with step_ahead(self.marks, self.notebook) as step:
            return [str(change.doc["id"]) for change in step.write("notebook", says, changes)]

    # Corrections

    def _line(self, storyline_id: str) -> str:
        found = self.find(storyline_id)
        if not found.startswith("t"):
            raise UsageError(f"'{storyline_id}' is no storyline; a storyline's id begins with t")
        return found

    def _changed_line(self, line_id: str) -> Storyline:
        line = self.storyline(line_id)
        if line is None:
            raise UsageError(f"there is no storyline {line_id}")
        return line

    def merge(self, into: str, other: str) -> Storyline:
        """Make one storyline of two. `into` keeps its id; the other's id leads to it from now on."""
        into, other = self._line(into), self._line(other)
        if into == other:
            raise UsageError(f"{into} is one storyline already; name two")
        with step_ahead(self.marks, self.notebook) as step, self.store.writing() as connection:
            ours, theirs = regroup.members(connection, into), regroup.members(connection, other)
            if not ours or not theirs:
                raise UsageError("a storyline of this session only can't be merged; keep its file as a source first")
            titles = regroup.title_of(connection, into), regroup.title_of(connection, other)
            changes = [Change("put", "together", {"one": ours[-1], "other": theirs[-1]})]
            pairs = {frozenset((one, two)) for one in ours for two in theirs} if len(ours) * len(theirs) < 10_000 else set()
            changes += [
                Change("drop", "apart", doc)
                for doc in self.notebook.docs("apart")
                if frozenset((doc["one"], doc["other"])) in pairs
            ]
            if other in self.pins():
                changes += [Change("drop", "pins", {"id": other}), Change("put", "pins", {"id": into})]
            detail = {"into": into, "other": other, "moved": theirs, "title": titles[1]}
            step.write("merge", f"merged “{titles[1]}” into “{titles[0]}”", changes, detail, always=True)
            regroup.merge(connection, into, other, self.corrections())
        return self._changed_line(into)

    def split(self, storyline_id: str, story_id: str) -> Storyline:
        """Take a story out of its storyline; returns the storyline that it has now."""
        line_id, story_id = self._line(storyline_id), self.find(story_id)
        with step_ahead(self.marks, self.notebook) as step, self.store.writing() as connection:
            story = read.story(connection, story_id) if story_id.startswith("s") else None
            members = regroup.members(connection, line_id)
            if not members:
                raise UsageError("a storyline of this session only can't be split; keep its file as a source first")
            if story is None or story_id not in members:
                raise UsageError(f"{story_id} is not in storyline {line_id}")
            if len(members) == 1:
                raise UsageError(f"{story_id} is the only story of its storyline; there is nothing to split")
            title, new = regroup.title_of(connection, line_id), regroup.free_line_id(connection, story_id)
            why = regroup.why(connection, story_id)
            called = regroup.title_without(connection, line_id, story_id)
            detail = {"line": line_id, "story": story_id, "new": new, "title": title, "called": called, "why": why}
            says = f"took “{line_title(story.heading())}” out of “{title}”"
            step.write("split", says, self._taken_out(story_id, members), detail, always=True)
            regroup.split(connection, line_id, story, self.corrections(), new)
        return self._changed_line(new)

    def _taken_out(self, story_id: str, members: Sequence[str]) -> list[Change]:
        """The changes by which a story is kept apart from the other members of the storyline it was in."""
        others = [one for one in members if one != story_id][:_MOST_APART]
        changes = [Change("put", "apart", {"one": story_id, "other": one}) for one in others]
        tied = [doc for doc in self.notebook.docs("together") if story_id in (doc["one"], doc["other"])]
        return [*changes, *(Change("drop", "together", doc) for doc in tied if {doc["one"], doc["other"]} <= set(members))]

    def move(self, story_id: str, storyline_id: str) -> Storyline:
        """Put a story into another storyline; returns that one. A storyline that it was alone in leads there from now on."""
        line_id, story_id = self._line(storyline_id), self.find(story_id)
        with step_ahead(self.marks, self.notebook) as step, self.store.writing() as connection:
            story = read.story(connection, story_id) if story_id.startswith("s") else None
            if story is None or story.storyline is None:
                raise UsageError(f"'{story_id}' is no story; a story's id begins with s")
            old = story.storyline.id
            ours, theirs = regroup.members(connection, line_id), regroup.members(connection, old)
            if old == line_id:
                raise UsageError(f"{story_id} is in storyline {line_id} already")
            if not ours or story_id not in theirs:
                raise UsageError("what is there for this session only can't be moved; keep its file as a source first")
            titles = regroup.title_of(connection, line_id), regroup.title_of(connection, old)
            apart = [doc for doc in self.notebook.docs("apart") if story_id in (doc["one"], doc["other"])]
            changes = [Change("drop", "apart", doc) for doc in apart if not set(ours).isdisjoint((doc["one"], doc["other"]))]
            changes += [*self._taken_out(story_id, theirs), Change("put", "together", {"one": ours[-1], "other": story_id})]
            why = regroup.why(connection, story_id)
            called = regroup.title_without(connection, old, story_id)
            detail = {"line": old, "story": story_id, "new": line_id, "title": titles[1], "called": called, "why": why}
            step.write("move", f"moved “{line_title(story.heading())}” into “{titles[0]}”", changes, detail, always=True)
            regroup.move_one(connection, story_id, old, line_id, self.corrections())
        return self._changed_line(line_id)

    def pin(self, storyline_id: str, pinned: bool = True) -> Storyline:
        """Keep a storyline as it is, or (`pinned` false) let it go again: a later run never merges a pinned one with another
        stored one and never takes a story out of it; new stories may still join it."""
        line_id = self._line(storyline_id)
        with self.store.reading() as connection:
            title = regroup.title_of(connection, line_id)
        change = Change("put" if pinned else "drop", "pins", {"id": line_id})
        self._change([change], "notebook", f"{'pinned' if pinned else 'unpinned'} “{title}”")
        return self._changed_line(line_id)

    def rename(self, storyline_id: str, title: str) -> Storyline:
        """Give a storyline a title that stays."""
        from newsdesk.text import clean_field

        line_id, wanted = self._line(storyline_id), clean_field(title)
        if not wanted:
            raise UsageError("a storyline needs a title that can be read")
        with step_ahead(self.marks, self.notebook) as step, self.store.writing() as connection:
            before = regroup.title_of(connection, line_id)
            changes = [Change("drop", "titles", doc) for doc in self.notebook.docs("titles") if doc["id"] == line_id]
            changes.append(Change("put", "titles", {"id": line_id, "title": wanted}))
            detail = {"line": line_id, "title": before}
            step.write("rename", f"renamed “{before}” to “{wanted}”", changes, detail, always=True)
            lines.put_line(connection, line_id, wanted)
        return self._changed_line(line_id)

    # Undo

    def undo(self) -> str | None:
        """Take back the last change a person made; says what was undone, None if there is nothing left."""
        while (step := self.marks.last_step()) is not None:
            if step.detail and not self._take_back(step):
                continue  # another process has just changed something
            # Now: who is killed before the journal says so takes it back once more.
            if not self.marks.take_back(step):
                continue  # another process has just taken it back
            return step.says
        return None

    def redo(self) -> str | None:
        """Do again what was taken back last; says what, None if nothing was taken back since the last change. UsageError if it
        can't be done any more, since what it was about has gone meanwhile."""
        while (step := self.marks.last_undone()) is not None:
            if not self.marks.do_again(step):
                continue  # another process has just done it
            try:
                if step.detail:
                    self._do_again(step)
            except UsageError as error:
                self.marks.drop_steps((step,))
                raise UsageError(f"it can't be done again ({step.says}): {error}") from error
            except StorageError:
                with contextlib.suppress(StorageError):  # else it counts as done, and undo leads to what was before
                    self._take_back(step)
                    self.marks.take_back(step)
                raise
            return step.says
        return None

    @contextlib.contextmanager
    def _at(self, step: Step) -> Iterator[tuple[Connection | None, bool]]:
        """The archive for writing, where a step is of it too, and whether it is the last step still: no other process makes
        one meanwhile."""
        of_archive = step.kind in (*_REGROUPED, *_OF_STORIES)
        with self.store.writing() if of_archive else contextlib.nullcontext() as connection, self.notebook.held():
            last = self.marks.last_step()
            yield connection, last is not None and last.number == step.number

    def _do_again(self, step: Step) -> None:
        changes, detail = [Change.from_json(change) for change in step.detail.get("changes", [])], step.detail
        with self._at(step) as (connection, is_last):
            if not is_last:
                raise UsageError("something else was changed meanwhile")
            if connection is None:
                self._change_again(changes)
                return
            if step.kind in _OF_STORIES:
                self._say_of_stories(connection, detail, changes)
                return
            self._check_members(connection, step)
            self.notebook.apply(changes)
            corrections = self.corrections()
            if step.kind == "rename":
                lines.put_line(connection, detail["line"], str(changes[-1].doc["title"]))
            elif step.kind == "merge":
                regroup.merge(connection, detail["into"], detail["other"], corrections)
            elif step.kind == "move":
                regroup.move_one(connection, detail["story"], detail["line"], detail["new"], corrections)
            elif (story := read.story(connection, detail["story"])) is not None:
                regroup.split(connection, detail["line"], story, corrections, detail["new"])

    @staticmethod
    def _check_members(connection: Connection, step: Step) -> None:
        """That the storylines which a correction is about are there, with the story that it moves."""
        lines_named = {"merge": ("into", "other"), "move": ("line", "new")}.get(step.kind, ("line",))
        for name in lines_named:
            members = regroup.members(connection, step.detail[name])
            if not members or (name == "line" and step.detail.get("story", members[0]) not in members):
                raise UsageError("its storyline has changed meanwhile")

    def _take_back(self, step: Step) -> bool:
        """False where it is not the last step any more."""
        changes = [Change.from_json(change).inverse() for change in reversed(step.detail.get("changes", []))]
        with self._at(step) as (connection, is_last):
            if not is_last:
                return False
            if connection is None:
                self._change_again(changes)
            elif step.kind in _OF_STORIES:
                self._say_of_stories(connection, step.detail, changes)
            else:
                self.notebook.apply(changes)
                self._regroup_back(connection, step.kind, step.detail)
        return True

    def _regroup_back(self, connection: Connection, kind: str, detail: Json) -> None:
        corrections = self.corrections()
        if kind == "rename":
            if lines.line_number(connection, detail["line"]) is not None:
                lines.put_line(connection, detail["line"], detail["title"])
            return
        moved, back, left = _way_back(kind, detail)
        left, now = lines.resolve(connection, left), lines.resolve(connection, back)
        if kind != "merge" and now not in (back, left) and lines.line_number(connection, now) is not None:
            back = now  # a refresh has found the others to be part of it since
        regroup.move_back(connection, moved, back, detail["title"], detail.get("called"))
        for story_id in moved:
            regroup.say_why(connection, story_id, detail.get("why", regroup.why_before_merge(connection, story_id)))
        for line_id in (back, left):
            regroup.profile(connection, line_id, corrections)


def _way_back(kind: str, detail: Json) -> tuple[list[str], str, str]:
    """The stories that a merge, split or move put elsewhere, where they were before, and where they are now."""
    if kind == "merge":
        return detail["moved"], detail["other"], detail["into"]
    return [detail["story"]], detail["line"], detail["new"]
