"""What the parts of the dashboard tell each other. Facts go up as messages; data goes down by method calls of the screen."""

from __future__ import annotations

from dataclasses import dataclass

from textual.message import Message

from newsdesk.model import Json


@dataclass
class RowReached(Message):
    """The cursor of the stories pane is on another row: a story, or a storyline and its newest story."""

    story_id: str | None
    storyline_id: str | None


@dataclass
class StoryChosen(Message):
    """A story was gone into: it is to be read, and marked so."""

    story_id: str


@dataclass
class StorylineTurned(Message):
    """A storyline is to be opened; its stories are wanted."""

    storyline_id: str


@dataclass
class PagesWanted(Message):
    """Pages of the list (by number) have come into sight that are not loaded. `listing` is the list that asks."""

    pages: tuple[int, ...]
    listing: int


@dataclass
class SectionChosen(Message):
    """A section is to narrow the list, or no longer to. An id of None is the whole desk; ``unknown`` is a section."""

    kind: str
    section_id: str | None


@dataclass
class FollowChosen(Message):
    """The stories of a follow are to be shown."""

    follow_id: str


@dataclass
class LinkChosen(Message):
    """A web address in a text was gone to."""

    url: str


@dataclass
class SearchTyped(Message):
    """The search text changed while typing."""

    text: str


@dataclass
class SearchEntered(Message):
    text: str


@dataclass
class SearchCompleting(Message):
    """What was typed is to be completed."""

    text: str


@dataclass
class SearchLeft(Message):
    """The search box was left without a search."""


@dataclass
class PaneEntered(Message):
    """A pane got the focus."""

    pane_id: str


@dataclass
class Said(Message):
    """A pane has something to say: why a key does nothing here."""

    text: str


@dataclass
class RefreshStarted(Message):
    sources: int


@dataclass
class RefreshMoved(Message):
    """`done` of `of` sources are finished, `what` was the last; `error` is its failure, if it failed.

    `status`, `new`, `changed` and `title` are those of the refresh report; "" is no title.
    """

    done: int
    of: int
    what: str
    error: str | None
    status: str = ""
    new: int = 0
    changed: int = 0
    title: str = ""


@dataclass
class StepMoved(Message):
    """The child process is at something else than sources, which takes a while: so many of `what` are done. `changes`: stories
    that are on screen already may look otherwise now."""

    done: int
    of: int
    what: str
    changes: bool = False


@dataclass
class StoriesStored(Message):
    """The child process committed stories: they can be read now."""

    new: int
    changed: int


@dataclass
class RefreshFinished(Message):
    report: dict[str, Json]


@dataclass
class RefreshFailed(Message):
    """The refresh ended without a report. `why` is a sentence; an empty one means that a person stopped it. `elsewhere`: there
    is nothing to mend, another process is refreshing."""

    why: str
    elsewhere: bool = False
