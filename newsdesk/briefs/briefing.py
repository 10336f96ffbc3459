"""What newsdesk compiles for a person: the story so far of a storyline, a handover of one, a digest of what came in.

Everything in them is a fact of the archive or a sentence of a story, with the story that it is from.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import chain
from typing import TYPE_CHECKING

from newsdesk.archive.rows import Follow, FollowState, StorylineRow, StoryRow
from newsdesk.briefs.developments import Development, Told, find_developments
from newsdesk.briefs.quotes import Quote, find_quotes
from newsdesk.clock import utc_now
from newsdesk.errors import UsageError
from newsdesk.model import Comment, Json, Mood, Storyline
from newsdesk.query import Query, parse
from newsdesk.query.moments import read_moment
from newsdesk.query.terms import asks

if TYPE_CHECKING:
    from newsdesk.desk import Desk

MOST_TOLD = 300  # of a storyline's stories, the latest: enough for weeks of an affair
_MOST_QUOTES = 12
_MOST_COMMENTS = 3
_MOST_ROWS = 5
_MOST_STEPS = 3


@dataclass(frozen=True, slots=True)
class SourceCount:
    """An outlet or agency with its stories in a storyline; `originals` are those that copy no other one."""

    name: str
    stories: int
    originals: int


@dataclass(frozen=True, slots=True)
class Handover:
    """All that someone who takes a storyline over has to know. `stories` are oldest first, `comments` the most telling; `muted`
    are stories of muted sources, which are in nothing here but the storyline's count."""

    storyline: Storyline
    developments: tuple[Development, ...]
    sources: tuple[SourceCount, ...]
    stories: tuple[Told, ...]
    quotes: tuple[Quote, ...]
    mood: Mood | None
    comments: tuple[tuple[str, Comment], ...]
    muted: int = 0

    def to_json(self) -> dict[str, Json]:
        return {
            "storyline": self.storyline.to_json(),
            "developments": [step.to_json() for step in self.developments],
            "sources": [{"name": one.name, "stories": one.stories, "originals": one.originals} for one in self.sources],
            "stories": [told.story.to_json() for told in self.stories],
            "quotes": [quote.to_json() for quote in self.quotes],
            "mood": self.mood.to_json() if self.mood else None,
            "comments": [{"story": story, **comment.to_json()} for story, comment in self.comments],
            "muted": self.muted,
        }


@dataclass(frozen=True, slots=True)
class DigestLine:
    """A storyline in which something came in: `row` counts that, `steps` are its latest developments, `sources` counts who
    tells it. `muted` are its stories of muted sources, old ones too, which are in nothing here but the storyline's count."""

    row: StorylineRow
    steps: tuple[Development, ...]
    sources: int
    muted: int = 0

    def to_json(self) -> dict[str, Json]:
        return {
            **self.row.storyline.to_json(),
            "new": self.row.stories,
            "unread": self.row.unread,
            "followed": self.row.followed,
            "developments": [step.to_json() for step in self.steps],
            "muted": self.muted,
        }


@dataclass(frozen=True, slots=True)
class DigestFollow:
    """A follow with what came in for it: how many, and the first of them with their links."""

    state: FollowState
    new: int
    rows: tuple[StoryRow, ...]
    urls: tuple[str | None, ...]

    def to_json(self) -> dict[str, Json]:
        return {**self.state.to_json(), "new": self.new, "stories": [row.id for row in self.rows]}


@dataclass(frozen=True, slots=True)
class Digest:
    """What came in since `since` of what `asked` finds, of all if that is empty; `query` lists it.

    `more` counts storylines that are not told here, `muted` what came in of muted sources, which is not told either. `closed`:
    whether the dashboard ever was; before that all is new since then.
    """

    since: str
    query: str
    new: int
    follows: tuple[DigestFollow, ...]
    lines: tuple[DigestLine, ...]
    more: int
    asked: str = ""
    muted: int = 0
    closed: bool = True

    def to_json(self) -> dict[str, Json]:
        return {
            "since": self.since,
            "query": self.query,
            "new": self.new,
            "follows": [follow.to_json() for follow in self.follows],
            "storylines": [line.to_json() for line in self.lines],
            "more": self.more,
            "muted": self.muted,
        }


def tell(desk: Desk, storyline_id: str) -> list[Told]:
    """The latest stories of a storyline, oldest first, each with its earlier revisions."""
    rows = desk.storyline_stories(storyline_id)[:MOST_TOLD]
    return [told for row in reversed(rows) if (told := _told(desk, row)) is not None]


def story_so_far(desk: Desk, storyline_id: str) -> tuple[Development, ...]:
    """The developments of a storyline, the first report first; empty for one that is not there."""
    return find_developments(tell(desk, storyline_id))


def _told(desk: Desk, row: StoryRow) -> Told | None:
    story = desk.story(row.id)
    if story is None:
        return None
    earlier = tuple(desk.revisions(row.id)[:-1]) if row.revision > 1 else ()
    return Told(story, row.seen, earlier)


def make_handover(desk: Desk, storyline_id: str) -> Handover:
    """The handover of a storyline (its id, or that of a story in it). Raises UsageError for what is neither."""
    from newsdesk.sentiment.summary import summarise, tier_of

    found = desk.find(storyline_id)
    story = desk.story(found)
    line = desk.storyline(story.storyline.id if story and story.storyline else found)
    if line is None:
        raise UsageError(f"'{storyline_id}' is no storyline; `newsdesk storylines` lists them")
    told, detail = tell(desk, line.id), desk.storyline_detail(line.id)
    comments = [(one.story.id, comment) for one in told for comment in one.story.comments]
    return Handover(
        storyline=line,
        developments=find_developments(told),
        sources=_count_sources(told),
        stories=tuple(told),
        quotes=_choose_quotes(told),
        mood=summarise([comment for _, comment in comments], tier_of(one.story for one in told)),
        comments=tuple(_most_telling(comments)),
        muted=detail.muted if detail else 0,
    )


def _count_sources(told: Sequence[Told]) -> tuple[SourceCount, ...]:
    there = {one.story.id for one in told}
    stories = Counter(one.source or "unknown" for one in told)
    originals = Counter(one.source or "unknown" for one in told if one.story.wire_copy_of not in there)
    return tuple(SourceCount(name, count, originals[name]) for name, count in stories.most_common())


def _choose_quotes(told: Sequence[Told]) -> tuple[Quote, ...]:
    """The latest quotes whose speaker is named, each text and each speaker's clause once; oldest first."""
    chosen: list[Quote] = []
    seen: set[str] = set()
    for one in reversed(told):
        for quote in find_quotes(one.story):
            keys = {quote.text.casefold(), quote.said.casefold()}
            if quote.said and not keys & seen and len(chosen) < _MOST_QUOTES:
                chosen.append(quote)
                seen |= keys
    return tuple(reversed(chosen))


def _most_telling(comments: Sequence[tuple[str, Comment]]) -> Iterator[tuple[str, Comment]]:
    """The comments of which it is surest that they are negative, and positive."""
    for label in ("negative", "positive"):
        sure = [
            (mood.confidence, story, comment)
            for story, comment in comments
            if (mood := comment.sentiment) and mood.label == label and not mood.unsure
        ]
        sure.sort(key=lambda found: -found[0])
        yield from ((story, comment) for _, story, comment in sure[:_MOST_COMMENTS])


def window_of(since: str) -> str:
    """The query of what a digest is of, by what :func:`make_digest` takes. Raises UsageError."""
    named = since in ("last-run", "last-visit")
    if not named and read_moment(since, utc_now()) is None:
        choices = "last-run, last-visit, 2d, 6h, yesterday or 2026-01-31"
        raise UsageError(f"--since {since}: neither an age nor a date; write {choices}")
    return f"since:{since}" if named else f"newer:{since}"


def make_digest(desk: Desk, since: str = "last-run", most: int = 12, asked: str = "") -> Digest:
    """What came in since the last run (``last-run``), since the dashboard was closed (``last-visit``), within an age
    (``2d``) or after a date; of the stories alone that the query `asked` finds. Raises UsageError.

    `most` storylines are told, those with most that is new first.
    """
    window = window_of(since)  # a slip is named before anything is read
    if parse(asked, utc_now()).term is not None:
        window = f"{window} ({asked})"
    rows = desk.storyline_rows(window, "stories", most)
    more = max(0, desk.storyline_count(window) - len(rows))
    follows = tuple(_digest_follows(desk, window))
    left_out = bool(desk.muted()) and not asks(parse(asked, utc_now()).term, "muted")
    lines = tuple(_digest_line(desk, row, window, left_out) for row in rows)
    muted = desk.count(f"is:muted {window}") if left_out else 0
    closed = desk.last_visit() is not None
    return Digest(since, window, desk.count(window), follows, lines, more, asked, muted, closed)


def _digest_follows(desk: Desk, window: str) -> Iterator[DigestFollow]:
    """The follows for which something came in. All that each has is counted of those alone."""
    asked = {
        follow.id: query for follow in desk.all_follows() if not follow.paused and (query := _within(desk, follow, window))
    }
    found = {follow: (query, new) for follow, query in asked.items() if (new := desk.count(query))}
    ids = {follow: desk.ids(query, limit=_MOST_ROWS) for follow, (query, _) in found.items()}
    # At once: each time, all that is followed is made a query to tell which of the stories are.
    told = {row.id: row for row in desk.rows_of(list(dict.fromkeys(chain.from_iterable(ids.values()))))}
    for state in desk.follows(among=found):
        _, new = found[state.follow.id]
        rows = tuple(told[one] for one in ids[state.follow.id] if one in told)
        yield DigestFollow(state, new, rows, tuple(story.url if (story := desk.story(row.id)) else None for row in rows))


def _within(desk: Desk, follow: Follow, window: str) -> Query | None:
    """What lists a follow's stories of the window; None where its query can't be read any more, which matches nothing."""
    try:
        return desk.follow_query(follow) & desk.query(window)
    except UsageError:
        return None


def _digest_line(desk: Desk, row: StorylineRow, window: str, left_out: bool) -> DigestLine:
    """`left_out`: what is of muted sources is not told."""
    fresh = {story.id for story in desk.storyline_stories(row.id, window)}
    steps = [step for step in find_developments(tell(desk, row.id)) if step.story in fresh]
    # How it began, where that is new too, and what happened last.
    begun = steps[:1] if steps and steps[0].kind == "first" and len(steps) > _MOST_STEPS else []
    told = (*begun, *steps[len(begun) - _MOST_STEPS :])
    if left_out and (detail := desk.storyline_detail(row.id)):
        return DigestLine(row, told, len(detail.sources), detail.muted)
    return DigestLine(row, told, len(row.storyline.sources))
