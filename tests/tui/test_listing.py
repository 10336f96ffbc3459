"""The listing: display rows to heads and stories, whatever is open, at any size."""

from __future__ import annotations

import random
from typing import cast

from newsdesk.archive.rows import StorylineRow, StoryRow
from newsdesk.desk import Desk
from tests.tui.fake_desk import FakeDesk
from tests.tui.morning import morning
from tui.lists.listing import PAGE, Item, Listing
from tui.lists.view import View


def _rows(number: int) -> list[StorylineRow]:
    row = FakeDesk(morning()).storyline_rows("", limit=1)[0]
    assert row.newest
    return [row for _ in range(number)]


def _stories(number: int) -> list[StoryRow]:
    newest = _rows(1)[0].newest
    assert newest
    return [newest] * number


def test_rows_and_places_are_inverse_whatever_is_open() -> None:
    chance = random.Random(5)
    for _ in range(15):
        heads = chance.randrange(1, 300)
        listing = Listing(heads)
        for page in range(heads // PAGE + 1):
            listing.put(page, _rows(min(PAGE, heads - page * PAGE)))
        for _ in range(chance.randrange(0, 40)):
            head = chance.randrange(heads)
            if chance.random() < 0.3:
                listing.close(head)
            else:
                listing.open(head, _stories(chance.randrange(1, 9)))
        below = sum(len(listing.opened(head)) for head in range(heads))
        assert len(listing) == heads + below
        for row in range(len(listing)):
            head, inside = listing.locate(row)
            assert listing.row_of(head, inside) == row
            item = listing.item(row)
            assert item is not None
            assert item.inside == bool(inside)


def test_a_million_heads_cost_nothing_until_they_are_seen() -> None:
    listing = Listing(1_000_000)
    for row in (0, 999_999, 500_000):
        assert listing.item(row) is None
        assert listing.missing(range(row, row + 1)) == (row // PAGE,)
    listing.put(5000, _rows(PAGE))
    listing.open(500_010, _stories(3))
    for _ in range(1000):
        assert listing.item(500_012) is not None
    assert len(listing) == 1_000_003
    assert listing.missing(range(500_000, 500_050)) == ()


class LongDesk:
    """Numbers in place of rows; `asked` is which end was read."""

    def __init__(self, heads: int) -> None:
        self._heads = list(range(heads))
        self.asked = ""

    def rows(self, query: str, sort: str, limit: int, offset: int) -> list[int]:
        self.asked = sort
        return self._heads[:: -1 if sort == "oldest" else 1][offset : offset + limit]


def test_the_last_pages_are_read_from_the_other_end() -> None:
    desk, view = LongDesk(10_030), View(grouped=False)
    for page, sort in ((0, "newest"), (50, "newest"), (99, "oldest"), (100, "oldest"), (101, "newest")):
        rows = view.heads(cast(Desk, desk), page, known=10_030)
        assert desk.asked == sort
        assert [*rows] == [*view.heads(cast(Desk, desk), page)]
        assert len(rows) == max(0, min(PAGE, 10_030 - page * PAGE))


def test_pages_far_away_are_forgotten() -> None:
    listing = Listing(1_000_000)
    for page in range(200):
        listing.put(page, _rows(PAGE))
    assert len(listing.pages) < 60
    assert 199 in listing.pages


def test_a_list_that_is_not_counted_yet_is_as_long_as_what_was_read() -> None:
    listing = Listing()
    listing.put(0, _rows(7))
    assert len(listing) == 7
    listing.set_heads(9)
    assert len(listing) == 9
    assert listing.item(8) is None


def test_marks_reach_rows_and_counts_of_storylines() -> None:
    desk = FakeDesk(morning())
    listing = Listing(desk.storyline_count())
    listing.put(0, desk.storyline_rows())
    listing.open(0, desk.storyline_stories("tquakeaaaaa"))
    listing.mark(["s0000000001", "s0000000004"], "read")
    head, second = listing.head(0), listing.head(1)
    assert isinstance(head, StorylineRow)
    assert isinstance(second, StorylineRow)
    assert (head.unread, second.unread) == (2, 2)
    assert not listing.opened(0)[0].unread
    listing.mark(["s0000000001"], "unread")
    again = listing.head(0)
    assert isinstance(again, StorylineRow)
    assert again.unread == 3


def test_finding_prefers_the_story_and_falls_back_to_its_storyline() -> None:
    desk = FakeDesk(morning())
    listing = Listing(desk.storyline_count())
    listing.put(0, desk.storyline_rows())
    assert listing.find("s0000000003", "tquakeaaaaa") == 0
    listing.open(0, desk.storyline_stories("tquakeaaaaa"))
    assert listing.find("s0000000003", "tquakeaaaaa") == 3
    assert listing.find(None, "tlanderaaaa") == 4
    assert listing.find("s9999999999", None) is None
    item = listing.item(3)
    assert isinstance(item, Item)
    assert item.story_id == "s0000000003"
