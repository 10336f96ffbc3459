"""A page of a sorted list is the same as that part of the whole list, whichever way it is found."""

from __future__ import annotations

import random
from pathlib import Path

import pytest

from newsdesk.archive import read
from newsdesk.archive.rows import SORTS
from newsdesk.desk import Desk
from tests.unit.desks import comments, make_story, open_desk

QUERIES = ("", "harbour", "topic:sport", "-harbour", "har*", "is:unread harbour", "comments:>0", "/ferr(y|ies)/", "nothing")


def fill(desk: Desk) -> None:
    chance = random.Random(8)
    desk.keep(
        [
            make_story(
                str(at),
                f"{chance.choice(('Harbour', 'ferry', 'tide'))} {chance.random()}",
                f"Of {chance.choice(('the ferry', 'harbour', 'town'))} {at}.",
                published=f"2026-01-{chance.randint(10, 28)}",
                source=chance.choice(("Test Wire", "Harbour Post", None)),
                hints=(("sport",), ())[at % 2],
                comments=comments(*(f"word {n}" for n in range(chance.choice((0, 0, 1, 2, 9))))),
            )
            for at in range(90)
        ]
    )


@pytest.mark.parametrize("looked_through", [1, 12, 4000])
def test_a_page_is_a_part_of_the_whole(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, looked_through: int) -> None:
    monkeypatch.setattr(read, "_NEWEST", looked_through)
    with open_desk(tmp_path) as desk:
        fill(desk)
        assert len(desk.ids("")) == 90
        for query in QUERIES:
            for sort in SORTS:
                every = desk.ids(query, sort)
                for offset, limit in ((0, 5), (3, 20), (40, 10), (0, 200), (85, 20), (0, 0)):
                    assert desk.ids(query, sort, limit, offset) == every[offset : offset + limit], (query, sort, offset, limit)
