"""Corrections: how they are made and told; what the story before a person is about, and what changed in it."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from functools import partial
from typing import TYPE_CHECKING

from newsdesk.archive.rows import StoryRow
from newsdesk.desk import Desk
from newsdesk.wording import stories
from tui.screens.base import NO_STORY, DeskScreen

if TYPE_CHECKING:
    from tui.screens.labelling import Label, LabelPicker


class CorrectingScreen(DeskScreen):
    """The screen says how a change is made and shown."""

    async def change(self, work: Callable[[Desk], object]) -> None:
        """Do a change in the desk."""
        raise NotImplementedError

    def corrected(self) -> None:
        """Show what has become of it, where :meth:`change` does not."""

    async def correct(self, work: Callable[[Desk], object], done: str) -> None:
        """Do a correction, show what has become of it, and say what was done and how it is taken back."""
        await self.change(work)
        self.say_done(done)
        self.corrected()


class StoryAtHand(CorrectingScreen):
    """The screen says which story is before a person."""

    def row_here(self) -> StoryRow | None:
        """The story that is meant; None where there is none."""
        raise NotImplementedError

    def action_changes(self) -> None:
        row = self.row_here()
        if row is not None:
            self.work("changes", self._show_changes, row, exclusive=True)
        else:
            self.say(NO_STORY, "muted")

    async def _show_changes(self, row: StoryRow) -> None:
        edits = await self.lanes.back(lambda desk: desk.edits(row.id))
        if edits:
            from tui.screens.edits import EditsSheet

            self.app.push_screen(EditsSheet(row.heading, edits))
        elif row.revision > 1:
            self.say("its versions differ in nothing that is shown here", "muted")
        else:
            self.say("nothing changed in this story: it is its first version", "muted")

    def action_label(self) -> None:
        row = self.row_here()
        if row is not None:
            self.work("label", self._ask_labels, row.id, exclusive=True)
        else:
            self.say(NO_STORY, "muted")

    async def _ask_labels(self, story_id: str) -> None:
        from tui.screens.labelling import Labelled, LabelPicker, read_labelled

        def read(desk: Desk) -> tuple[Labelled | None, Mapping[str, str], Mapping[str, str]]:
            from newsdesk.countries import country_names, find_country
            from newsdesk.topics.names import TOPICS

            find_country("?")  # the first reads the names, which the first letter that is typed had to wait for
            return read_labelled(desk, story_id), TOPICS, country_names()

        labelled, topics, countries = await self.lanes.front(read)
        if labelled is not None:
            one, every = partial(self._label, story_id), lambda *change: self.work("correct", self._label_all, *change)
            self.app.push_screen(LabelPicker(self.lanes, labelled, topics, countries, one, every))

    def _label(self, story_id: str, topics: list[str] | None, countries: list[str] | None, told: str) -> None:
        self.work("correct", self.correct, lambda desk: desk.label(story_id, topics, countries), f"{told}, you say")

    async def _label_all(self, sheet: LabelPicker, ids: Sequence[str], label: Label, away: bool) -> None:
        number: list[int] = []
        await self.change(lambda desk: number.append(desk.label_all(ids, label.kind, label.id, away=away)))
        self.say_done(f"{label.name} {'taken from' if away else 'said of'} {stories(number[0])}")
        self.corrected()
        await sheet.know_again()
