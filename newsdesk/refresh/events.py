"""The events of a refresh, as `refresh --events` prints them (NDJSON) and the dashboard reads them."""

from __future__ import annotations

from dataclasses import dataclass, fields
from typing import ClassVar

from newsdesk.model import Json

INTERRUPTED = "interrupted"  # why a source was not read, or not to its end, in a report of a refresh that was stopped


@dataclass(frozen=True, slots=True)
class Event:
    name: ClassVar[str] = ""

    def to_json(self) -> dict[str, Json]:
        # asdict would copy all that is in them, field by field: a refresh prints an event a source.
        return {"event": self.name, **{one.name: getattr(self, one.name) for one in fields(self)}}


@dataclass(frozen=True, slots=True)
class Started(Event):
    """`sources` will be looked at."""

    name: ClassVar[str] = "started"
    started: str
    sources: int


@dataclass(frozen=True, slots=True)
class SourceDone(Event):
    """A source is finished; the fields are those of the refresh report's `sources`."""

    name: ClassVar[str] = "source"
    done: int
    of: int
    source: dict[str, Json]


@dataclass(frozen=True, slots=True)
class FilesRead(Event):
    """So many files of a source that has many were looked at."""

    name: ClassVar[str] = "files"
    done: int
    of: int


@dataclass(frozen=True, slots=True)
class Stored(Event):
    """Stories were committed to the archive: they can be read now."""

    name: ClassVar[str] = "stored"
    new: int
    changed: int


@dataclass(frozen=True, slots=True)
class StoriesKept(Event):
    """So many stories of the files at hand are in the archive, as they were or new; told where they are many. `of` is judged by
    its bytes while a file is not read to its end."""

    name: ClassVar[str] = "stories"
    done: int
    of: int


@dataclass(frozen=True, slots=True)
class Tagged(Event):
    """So many of the stories that were stored have their topics, countries and storylines."""

    name: ClassVar[str] = "tagged"
    done: int
    of: int


@dataclass(frozen=True, slots=True)
class CommentsRead(Event):
    """The larger model has read so many comments: of the stories that are kept next, or (`again`) of those that are kept, and
    that another model read before."""

    name: ClassVar[str] = "comments"
    done: int
    of: int
    again: bool = False


@dataclass(frozen=True, slots=True)
class WordsFilled(Event):
    """So many stories are in the search index that is filled anew, as a newer newsdesk makes words of text in another way."""

    name: ClassVar[str] = "words"
    done: int
    of: int


@dataclass(frozen=True, slots=True)
class Finished(Event):
    """The whole report, as `refresh --json` prints it."""

    name: ClassVar[str] = "finished"
    report: dict[str, Json]
