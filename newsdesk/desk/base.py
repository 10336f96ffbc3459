"""What every part of the desk stands on: the three stores, the clock, and what a query means to this person now."""

from __future__ import annotations

import sqlite3
import threading
from collections.abc import Callable, Mapping
from dataclasses import replace
from datetime import datetime
from typing import TYPE_CHECKING, NamedTuple

from newsdesk.archive.compile import Context
from newsdesk.archive.memory import GroupingMemory, SourceNames
from newsdesk.archive.rows import Follow, FollowState
from newsdesk.archive.store import Store
from newsdesk.clock import stamp
from newsdesk.errors import StorageError, UsageError
from newsdesk.following.follows import from_doc, query_of
from newsdesk.model import Json
from newsdesk.person.judgements import Docs, by_story
from newsdesk.person.marks import Marks
from newsdesk.person.notebook import Notebook
from newsdesk.query import Query, parse
from newsdesk.query.moments import to_minute
from newsdesk.query.terms import Or, Term, asks, asks_follows

if TYPE_CHECKING:  # writing's parts, which someone who reads must not wait for
    from newsdesk.archive.profiles import SittingProfiles
    from newsdesk.storylines import Corrections


class Sight(NamedTuple):
    """How many stories had come in, and when that was (UTC, ``Z``)."""

    arrivals: int
    moment: str


class DeskBase:
    def __init__(self, store: Store, marks: Marks | None, notebook: Notebook, now: Callable[[], datetime]) -> None:
        self.store, self._marks, self.notebook, self.now = store, marks, notebook, now
        self.sitting = 0
        self.looking: tuple[str, int] | None = None  # the follow that a person has before them, and the look before that
        self.sitting_profiles: dict[int, SittingProfiles] = {}
        self.grouping_memory = GroupingMemory()
        self.source_names = SourceNames()
        self.unlabelled: dict[str, str] = {}  # story to why the taggers failed on it, since the last run began
        self._lock = threading.Lock()
        self._book_state: object = notebook.version()
        self._book_changes = 0
        self._followed: tuple[tuple[object, int], list[tuple[Follow, Term]]] | None = None
        self._totals: dict[Follow, tuple[object, FollowState]] = {}  # each with what its counts depended on
        self._judged: tuple[object, dict[str, Docs]] | None = None
        self._labelled: tuple[object, dict[str, Mapping[str, Json]]] | None = None

    @property
    def marks(self) -> Marks:
        """The marks, for writing. StorageError where the desk was opened for reading only."""
        if self._marks is None:
            raise StorageError(f"{self.store.marks}: it was opened for reading only")
        return self._marks

    def stop_reading(self, thread: int) -> None:
        """Stop what another thread (its ident) is reading through this desk; it gets StorageError."""
        self.store.interrupt(thread)

    def moment(self) -> str:
        return stamp(self.now())

    def query(self, query: Query | str) -> Query:
        return parse(query, self.now()) if isinstance(query, str) else query

    def term(self, query: Query | str) -> Term | None:
        if query == "":  # everything: the parser is not even loaded
            return None
        return self.query(query).term

    def context(self, connection: sqlite3.Connection) -> Context:
        """What a query refers to beside the stories, as of the caller's snapshot. See also :func:`showing_muted`."""
        run_start, arrivals = connection.execute("SELECT run_start, arrivals FROM state").fetchone()
        stars = tuple(str(doc["id"]) for doc in self.notebook.docs("stars"))
        visit = self.last_visit()
        arrived = visit.arrivals if visit else 0
        followed = self._followed_terms()
        terms = tuple(term for _, term in followed)
        return Context(
            stars,
            Or(terms) if len(terms) > 1 else terms[0] if terms else None,
            run_start,
            arrivals,
            self.sitting,
            self.pins(),
            visit=arrived,
            muted=self.muted(),
            looks=tuple((term, self._looked(follow)) for follow, term in followed if not follow.paused),
        )

    def _looked(self, follow: Follow) -> int:
        """The arrival number of the last look at a follow; while a person looks at it, of the one before: what is new stays."""
        return self.looking[1] if self.looking and self.looking[0] == follow.id else follow.looked

    def last_visit(self) -> Sight | None:
        """What the dashboard could see when it was closed last; None where it never was."""
        return next((Sight(int(doc["arrivals"]), str(doc["at"])) for doc in self.notebook.docs("visits")), None)

    def muted(self) -> tuple[str, ...]:
        """The names of sources and outlets whose stories are kept out of every list."""
        return tuple(str(doc["id"]) for doc in self.notebook.docs("muted"))

    def pins(self) -> frozenset[str]:
        """Ids of the storylines that the person pinned."""
        return frozenset(str(doc["id"]) for doc in self.notebook.docs("pins"))

    def all_follows(self) -> list[Follow]:
        return [from_doc(doc) for doc in self.notebook.docs("follows")]

    def _followed_terms(self) -> list[tuple[Follow, Term]]:
        """The follows with what they match. With every minute their ages mean another time."""
        state = self.notebook.version(), to_minute(self.now())
        if self._followed is None or self._followed[0] != state:
            follows = self.all_follows()
            self._followed = state, [(follow, term) for follow in follows if (term := self.follow_term(follow)) is not None]
        return self._followed[1]

    def follow_term(self, follow: Follow) -> Term | None:
        """The term of a follow; None where its query can't be read (any more) or would ask for follows itself."""
        return self.readable_term(query_of(follow))

    def readable_term(self, query: str) -> Term | None:
        """The term of a query; None where it can't be read, or would ask for follows."""
        try:
            term = self.term(query)
        except UsageError:
            return None
        return None if term is None or asks_follows(term) else term

    def judgements(self) -> Mapping[str, Docs]:
        """What the person said of the moods of comments, as the notebook has it, by the ids of their stories."""
        state = self.notebook.version()
        if self._judged is None or self._judged[0] != state:
            self._judged = (state, by_story(self.notebook.docs("moods")))
        return self._judged[1]

    def judgements_of(self, story_id: str) -> Docs:
        """The same of one story."""
        return self.judgements().get(story_id, ())

    def labels(self) -> Mapping[str, Mapping[str, Json]]:
        """What the person said of stories' topics and countries (:mod:`newsdesk.person.labelling`), by their ids."""
        state = self.notebook.version()
        if self._labelled is None or self._labelled[0] != state:
            self._labelled = (state, {str(doc["id"]): doc for doc in self.notebook.docs("labels")})
        return self._labelled[1]

    def corrections(self) -> Corrections:
        """What the person said about the grouping."""
        from newsdesk.storylines import Corrections

        book = self.notebook
        return Corrections(
            apart=frozenset(frozenset((doc["one"], doc["other"])) for doc in book.docs("apart")),
            together=tuple((doc["one"], doc["other"]) for doc in book.docs("together")),
            titles={doc["id"]: doc["title"] for doc in book.docs("titles")},
            pinned=self.pins(),
        )


def showing_muted(context: Context, term: Term | None) -> Context:
    """The context in which `term` matches stories of muted sources too: as if none were muted, unless it asks for that."""
    return context if asks(term, "muted") else replace(context, muted=())
