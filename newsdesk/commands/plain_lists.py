"""The lists of `newsdesk --plain`: numbered lines in parts, and what a number means."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from typing import TYPE_CHECKING, Literal, Protocol, TypeAlias

from newsdesk.archive.rows import Section
from newsdesk.commands.plain_words import tell_feed, tell_follow, tell_section, tell_story, tell_storyline
from newsdesk.errors import UsageError
from newsdesk.model import Comment, Story

if TYPE_CHECKING:
    from newsdesk.desk import Desk
    from newsdesk.feeds.health import FeedHealth

PAGE = 15
Say: TypeAlias = Callable[[str], None]
ListKind: TypeAlias = Literal["stories", "storylines", "sections", "follows", "searches", "feeds"]

_EMPTY: Mapping[ListKind, str] = {
    "follows": "You follow nothing yet: open a story and say follow.",
    "searches": "No search is saved yet: search for something, then say save and a name.",
    "feeds": "No feeds yet: feeds add ADDRESS adds one.",
}
_GONE = "No longer there."


class Beside(Protocol):
    """What is done by other processes of newsdesk into the same desk."""

    def refresh(self, say: Say, only: str | None = None) -> None:
        """Read the sources, or `only` one of them, and say what came of it."""

    def run(self, say: Say, words: Sequence[str]) -> None:
        """Run another command, and say what it prints."""

    def feeds_health(self) -> Sequence[FeedHealth]:
        """The feeds of the settings as they stand in the file now."""


def _by_query(field: str, sections: Sequence[Section]) -> dict[str, Section]:
    """Sections by the query that finds what is in them."""
    return {f"{field}:{section.id or 'unknown'}": section for section in sections}


class Lists:
    """What is listed, and how far it has been read out. No sign stands for anything in what is said."""

    def __init__(self, desk: Desk, say: Say, beside: Beside) -> None:
        self.desk, self.beside = desk, beside
        self.say: Say = lambda text: say(text.replace(" · ", ", "))
        self.kind: ListKind = "stories"
        self.query = ""
        self.targets: list[str] = []  # ids, queries or names of the whole list, in order
        self.shown = 0  # how many of them have been read out
        self.start = 0  # the first of the part that was read out last
        self.since: int | None = None  # in a follow: the arrival number up to which its stories were known
        self.story: Story | None = None
        self.thread: Sequence[Comment] = ()  # of the open story, as it was read out
        self._rest: list[str] = []  # of what was not read out to its end: comments, a digest

    def do_list(self, query: str) -> None:
        self._begin("stories", query, self.desk.ids(query))

    def do_search(self, query: str) -> None:
        if not query:
            raise UsageError("say what to search for, as in search quake topic:disaster")
        self.do_list(query)

    def do_storylines(self, query: str) -> None:
        self._begin("storylines", query, self.desk.storyline_ids(query))

    def do_topics(self) -> None:
        self._list_sections("topic", self._topics())

    def do_countries(self) -> None:
        self._list_sections("country", self._countries())

    def _topics(self) -> dict[str, Section]:
        sections = self.desk.sections()
        return _by_query("topic", [*sections.topics, sections.unknown_topic])

    def _countries(self) -> dict[str, Section]:
        sections = self.desk.sections()
        return _by_query("country", [*sections.countries, sections.unknown_country])

    def _list_sections(self, field: str, sections: Mapping[str, Section]) -> None:
        self._begin("sections", field, [query for query, section in sections.items() if section.total])

    def do_follows(self) -> None:
        self._begin("follows", "", [follow.id for follow in self.desk.all_follows()])

    def do_saved(self) -> None:
        self._begin("searches", "", sorted(self.desk.saved_queries()))

    def _list_feeds(self) -> None:
        self._begin("feeds", "", [health.id for health in self.beside.feeds_health()])

    def _begin(self, kind: ListKind, query: str, targets: list[str], *, since: int | None = None) -> None:
        self.kind, self.query, self.targets, self.shown, self.since = kind, query, targets, 0, since
        self._rest = []
        if not targets:
            self.say(self._emptiness())
            return
        self.do_more()

    def _emptiness(self) -> str:
        if self.kind in _EMPTY:
            return _EMPTY[self.kind]
        if self.query and self.kind != "sections":
            return f"No story matches {self.query}: list shows all."
        return "There are no stories yet: refresh reads the sources; newsdesk feeds add URL adds one."

    def do_more(self) -> None:
        if self._rest:
            self._tell_in_parts(self._rest)
            return
        if self.shown >= len(self.targets):
            self.say("That is the end of the list." if self.targets else "Nothing is listed: say list.")
            return
        self.start = self.shown
        self.shown = min(self.start + PAGE, len(self.targets))
        for number, line in enumerate(self._lines(self.targets[self.start : self.shown]), self.start + 1):
            self.say(f"{number}. {line}")
        self._say_left(len(self.targets) - self.shown)

    def _tell_in_parts(self, lines: Sequence[str]) -> None:
        """Say the first part of `lines`, and keep the others for when more is asked for."""
        self._rest = list(lines[PAGE:])
        for line in lines[:PAGE]:
            self.say(line)
        self._say_left(len(self._rest))

    def _say_left(self, left: int) -> None:
        self.say(f"{left} more: press Enter." if left else "That is all.")

    def do_previous(self) -> None:
        if self.start == 0:
            self.say("That is the start of the list.")
            return
        self._rest = []
        self.shown = max(0, self.start - PAGE)
        self.do_more()

    def _lines(self, targets: Sequence[str]) -> Iterator[str]:
        """A line for each of them, also for what has gone since: a number must mean what was read out with it."""
        told: Mapping[str, str]
        gone = _GONE
        if self.kind == "stories":
            told = {row.id: tell_story(row, self.since) for row in self.desk.rows_of(targets)}
        elif self.kind == "storylines":
            told = {row.storyline.id: tell_storyline(row) for row in self.desk.storyline_rows_of(targets)}
        elif self.kind == "follows":
            told, gone = {state.follow.id: tell_follow(state) for state in self.desk.follows()}, "No longer followed."
        elif self.kind == "searches":
            told = {name: f"{name}: {query}." for name, query in self.desk.saved_queries().items()}
        elif self.kind == "feeds":
            told = {health.id: tell_feed(health) for health in self.beside.feeds_health()}
        else:
            sections = self._topics() if self.query == "topic" else self._countries()
            told = {query: tell_section(section) for query, section in sections.items()}
        return (told.get(target, gone) for target in targets)

    # What a number means

    def _target(self, number: str) -> str:
        if not number.isdecimal() or not 1 <= int(number) <= len(self.targets):
            size = len(self.targets)
            raise UsageError(f"the list has numbers 1 to {size}" if size else "nothing is listed: say list")
        return self.targets[int(number) - 1]

    def _open_story(self) -> Story:
        if self.story is None:
            raise UsageError("no story is open; say the number of one in the list")
        return self.story

    def _meant(self, number: str) -> str:
        """The id of the story with that number, without one of the story that is open."""
        if not number:
            return self._open_story().id
        self._check_listed("stories")
        return self._target(number)

    def _meant_story(self, number: str) -> Story:
        return self._there(self._meant(number))

    def _there(self, story_id: str) -> Story:
        story = self.desk.story(story_id)
        if story is None:
            raise UsageError("that story is gone; say list")
        return story

    def _line_of(self, number: str) -> str:
        """The id of the storyline with that number, or of that of the story with it."""
        if number and self.kind == "storylines":
            return self._target(number)
        story = self._meant_story(number)
        if story.storyline is None:
            raise UsageError("the story has no storyline yet; say refresh")
        return story.storyline.id

    def _check_listed(self, *kinds: ListKind) -> None:
        if self.kind not in kinds:
            raise UsageError("the list is not one of stories; say list")

    def _each(self, ids: Iterable[str]) -> Iterator[Story]:
        return (story for one in ids if (story := self.desk.story(one)) is not None)
