"""A person's change as one step that can be taken back, whatever becomes of the process or of the room on the disk meanwhile.

Up to three files hold it: the journal how it is taken back, the notebook what was said, the archive what came of that. They are
written in this order, each whole before the next: who is killed in between finds a step, and taking back what was done in
part, or not at all, leads to what was before. Where the power fails, the journal may lack the last steps: nobody waits until
they are on the disk.
"""

from __future__ import annotations

import contextlib
from collections.abc import Callable, Iterator, Mapping, Sequence, Set
from types import MappingProxyType

from newsdesk.errors import StorageError
from newsdesk.model import Json
from newsdesk.person.marks import Marks, Step
from newsdesk.person.notebook import Change, Notebook


class StepAhead:
    """Writes a step, then the notebook's part of it."""

    def __init__(self, marks: Marks, notebook: Notebook) -> None:
        self._marks, self._notebook = marks, notebook
        self._step: Step | None = None
        self._made: list[Change] = []

    def write(
        self,
        kind: str,
        says: str | Callable[[list[Change]], str],
        changes: Sequence[Change],
        detail: Mapping[str, Json] = MappingProxyType({}),
        *,
        always: bool = False,
    ) -> list[Change]:
        """Make those of the changes that change anything, and return them. `says` may depend on them; `detail` is what taking
        the step back needs beside them. `always`: there is a step, even if the notebook stays as it is."""

        def note(made: list[Change]) -> None:
            if made or always:
                told = says if isinstance(says, str) else says(made)
                whole = {**detail, "changes": [change.to_json() for change in made]}
                self._step, self._made = Step(self._marks.write_step(kind, told, whole), kind, told, whole), made

        return self._notebook.apply(changes, note)

    def give_up(self) -> None:
        """Strike the step, with the notebook as before. Where that can't be written the step stays, and can be taken back."""
        if self._step is not None:
            with contextlib.suppress(StorageError):
                self._notebook.apply([change.inverse() for change in reversed(self._made)])
                self._marks.drop_steps((self._step,))


@contextlib.contextmanager
def step_ahead(marks: Marks, notebook: Notebook) -> Iterator[StepAhead]:
    """Around a change, and the archive's transaction in it: if that fails there is no step."""
    step = StepAhead(marks, notebook)
    try:
        yield step
    except Exception:
        step.give_up()
        raise


def told_of(step: Step) -> set[str]:
    """Ids of the story and the storylines that a step tells of by their words."""
    detail = step.detail or {}
    named = {change.doc["id"] for change in _changes(step) if change.table in ("pins", "titles")}
    return named.union(named_in(detail), (detail[name] for name in ("line", "into", "other") if name in detail))


def follows_of(step: Step) -> set[str]:
    """Ids of the follows that a step changes."""
    return {str(change.doc["id"]) for change in _changes(step) if change.table == "follows"}


def named_in(detail: Mapping[str, Json]) -> list[str]:
    """Ids of the stories that a step is about."""
    return [detail["story"]] if "story" in detail else detail.get("stories", [])


def says_any(step: Step, titles: Set[str]) -> bool:
    """Whether a step holds one of these titles: as it says it, or as what a storyline or a follow was called."""
    detail = step.detail or {}
    called = {detail.get("title"), detail.get("called")}
    called |= {change.doc.get(name) for change in _changes(step) for name in ("title", "name")}
    # Straight quotes are those of older versions.
    return not called.isdisjoint(titles) or any(f"“{title}”" in step.says or f"'{title}'" in step.says for title in titles)


def _changes(step: Step) -> list[Change]:
    return [Change.from_json(change) for change in (step.detail or {}).get("changes", ())]
