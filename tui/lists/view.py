"""What the list is asked for, which storylines stand open in it, and reading it from the desk. Knows no screen."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field, replace
from typing import Literal

from newsdesk.archive.rows import Sections, StorylineRow, StorylineSort, StoryRow
from newsdesk.desk import Desk, Sight
from newsdesk.model import Story
from newsdesk.query import Query, parse
from newsdesk.query.terms import ArrivedAfter
from tui.lists.listing import PAGE, Head, Listing
from tui.lists.narrowing import Narrowing
from tui.panes.section_rows import Within

FURTHER = 40  # a storyline may cost that much more from the oldest on: whether it has a newer story is looked up
FURTHEST = 5_000  # heads that a refresh may have put above what is read until it is not looked for any more
OPEN_UP_TO = 60  # storylines in a list up to which all of them stand open
MOST_NEWS = 5_000  # stories since the last visit up to which they are counted: that costs what they are
AT_FIRST = 24  # heads of a search that are shown before the others are read


@dataclass(frozen=True, slots=True)
class View:
    """What the list is asked for. `largest`: not the newest come first but the storylines of which most stories are in the
    list, or the stories with most comments."""

    narrowing: Narrowing = field(default_factory=Narrowing)
    grouped: bool = True
    largest: bool = False

    def heads(self, desk: Desk, page: int, most: int = PAGE, known: int = 0) -> Sequence[Head]:
        """The first `most` heads of a page; from the other end where that is much nearer; `known`: how many there are."""
        before = page * PAGE
        behind = known - before - most
        if self.largest or not before or known <= before or behind * FURTHER > before:
            return self._read(desk, "newest", most, before)
        return self._read(desk, "oldest", most + min(behind, 0), max(behind, 0))[::-1]

    def _read(self, desk: Desk, sort: Literal["newest", "oldest"], limit: int, offset: int) -> Sequence[Head]:
        query = self.narrowing.query()
        if self.grouped:
            order: StorylineSort = "stories" if self.largest else sort
            return desk.storyline_rows(query, order, limit, offset, self.narrowing.since)
        return desk.rows(query, "comments" if self.largest else sort, limit, offset)

    def ids(self, desk: Desk, limit: int, offset: int) -> Sequence[str]:
        """Ids of heads in the order of the list."""
        query = self.narrowing.query()
        if self.grouped:
            return desk.storyline_ids(query, "stories" if self.largest else "newest", limit, offset)
        return desk.ids(query, "comments" if self.largest else "newest", limit, offset)

    @property
    def first(self) -> str:
        """What comes first, in words."""
        if not self.largest:
            return "newest first"
        return "largest first" if self.grouped else "most comments first"

    def count_heads(self, desk: Desk) -> int:
        query = self.narrowing.query()
        return desk.storyline_count(query) if self.grouped else desk.count(query)


@dataclass(frozen=True, slots=True)
class Folding:
    """Which storylines stand open: those opened by hand, and in a short list all that were not closed by hand."""

    opened: frozenset[str] = frozenset()
    closed: frozenset[str] = frozenset()

    def wants(self, head: Head, short: bool) -> bool:
        return is_several(head) and (head.id in self.opened or (short and head.id not in self.closed))

    def turn(self, storyline_id: str, open_it: bool) -> Folding:
        if open_it:
            return Folding(self.opened | {storyline_id}, self.closed - {storyline_id})
        return Folding(self.opened - {storyline_id}, self.closed | {storyline_id})

    def as_shown(self, listing: Listing) -> Folding:
        """With every loaded storyline as it stands, so that a list that grows doesn't fold by itself."""
        several = {head.id: listing.is_open(index) for index, head in listing.loaded() if is_several(head)}
        opened = frozenset(head_id for head_id, is_open in several.items() if is_open)
        closed = frozenset(several) - opened
        return Folding((self.opened - closed) | opened, (self.closed - opened) | closed)


def is_several(head: Head) -> bool:
    """Whether a row stands for more than one story, and so can be opened."""
    return isinstance(head, StorylineRow) and head.stories > 1


@dataclass(frozen=True, slots=True)
class Counts:
    """What the back lane counts: heads and stories of the list, stories of the desk, sections. `left`: what
    there was when the dashboard was closed last (None: never), `news`: stories that came in since then, up to MOST_NEWS.
    `muted`: stories of muted sources, which are in no other number. `choices`: the sections that narrow the list, with muted
    stories where such may be in it. `fresh`: stories of the list that are new in the follow that narrows it."""

    heads: int
    stories: int
    sections: Sections
    version: int
    left: Sight | None = None
    news: int = 0
    muted: int = 0
    choices: Sections | None = None
    fresh: int = 0

    @property
    def empty(self) -> bool:
        """Whether there is no story at all."""
        return not (self.sections.total or self.muted)

    def hidden(self, shown: int, narrowing: Narrowing) -> int:
        """How many stories there are beside those that are shown; muted ones only where such may be shown."""
        return max(0, self.sections.total - shown + (self.muted if narrowing.shows_muted else 0))


def read_listing(desk: Desk, view: View, pages: Iterable[int], folding: Folding, heads: int | None, known: int = 0) -> Listing:
    """A listing with the given pages, and with the storylines open that `folding` wants open. `known`: how many heads there
    are, where that was counted in this state of the desk."""
    if view.narrowing.search:
        parse(view.narrowing.search)  # alone first, so that a mistake's column is the one that was typed
    listing = Listing(heads)
    for page in pages:
        read_page(desk, view, page, folding, listing, known=known)
    return listing


@dataclass(frozen=True, slots=True)
class Anchor:
    """What stays on its line while the list is read anew: a head, its index in the list as it was, and the indexes in sight."""

    head: str
    index: int
    sight: range

    def pages(self, shift: int = 0) -> frozenset[int]:
        """The pages of all that, `shift` heads further down."""
        ends = (self.index, self.sight.start, max(self.sight.start, self.sight.stop - 1))
        here, first, last = (max(0, index + shift) // PAGE for index in ends)
        return frozenset((here, *range(first, last + 1)))


def read_around(desk: Desk, view: View, anchor: Anchor, folding: Folding, heads: int | None) -> Listing:
    """A listing with its top and with all that is in sight around the anchor, wherever that has got to."""
    listing = read_listing(desk, view, sorted({0} | anchor.pages()), folding, heads)
    now = next((index for index, head in listing.loaded() if head.id == anchor.head), None)
    if now is None:
        first = max(0, anchor.index - PAGE)
        ids = view.ids(desk, FURTHEST, first)
        now = first + ids.index(anchor.head) if anchor.head in ids else anchor.index
    for page in sorted(anchor.pages(now - anchor.index).difference(listing.pages)):
        read_page(desk, view, page, folding, listing)
    return listing


def read_page(desk: Desk, view: View, page: int, folding: Folding, listing: Listing, most: int = PAGE, known: int = 0) -> None:
    """Put a page into the listing, or its first `most` heads, with the storylines that are to stand open."""
    rows = view.heads(desk, page, most, known)
    short = page == 0 and len(rows) <= OPEN_UP_TO and len(rows) < most
    _put(desk, view, page, rows, folding, short, listing)


def read_first(desk: Desk, view: View, folding: Folding) -> Listing:
    """A listing of the first :data:`AT_FIRST` heads that a search finds: they can be seen while the others are looked up."""
    parse(view.narrowing.search)
    listing, short = Listing(), False
    if view.grouped:
        ids = view.ids(desk, OPEN_UP_TO + 1, 0)
        rows: Sequence[Head] = desk.storyline_rows_of(ids[:AT_FIRST], view.narrowing.query(), view.narrowing.since)
        short = len(ids) <= OPEN_UP_TO
    else:
        rows = view.heads(desk, 0, AT_FIRST)
    _put(desk, view, 0, rows, folding, short, listing)
    return listing


def _put(desk: Desk, view: View, page: int, rows: Sequence[Head], folding: Folding, short: bool, listing: Listing) -> None:
    listing.put(page, rows)
    for place, head in enumerate(rows):
        if folding.wants(head, short):
            assert isinstance(head, StorylineRow)
            listing.open(page * PAGE + place, desk.storyline_stories(head.id, view.narrowing.query()))


def read_within(desk: Desk, view: View, total: int) -> Within:
    """What is left of each section: of a topic by all that narrows but the topic, of a country by all but the country."""
    topics = desk.sections(replace(view.narrowing, topic=None).query())
    countries = desk.sections(replace(view.narrowing, country=None).query())
    of_topics = {section.id: section.total for section in (*topics.topics, topics.unknown_topic)}
    of_countries = {section.id: section.total for section in (*countries.countries, countries.unknown_country)}
    return Within(total, of_topics, of_countries)


def read_counts(desk: Desk, view: View) -> Counts:
    version = desk.version()
    heads = view.count_heads(desk)
    stories = desk.count(view.narrowing.query())
    since = view.narrowing.since
    fresh = 0 if since is None else desk.count(desk.query(view.narrowing.query()) & Query("", ArrivedAfter(since)))
    left = desk.last_visit()
    few = left is not None and desk.sight().arrivals - left.arrivals <= MOST_NEWS
    news = desk.count("since:last-visit") if few else 0
    muted = desk.count("is:muted") if desk.muted() else 0
    sections = desk.sections()
    choices = desk.sections(with_muted=True) if muted and view.narrowing.shows_muted else sections
    return Counts(heads, stories, sections, version, left, news, muted, choices, fresh)


def read_one(desk: Desk, story_id: str) -> tuple[Story | None, StoryRow | None]:
    """A story, and what it is a copy of, if it is one and that is there."""
    story = desk.story(story_id)
    originals = desk.rows_of([story.wire_copy_of]) if story and story.wire_copy_of else []
    return story, originals[0] if originals else None
