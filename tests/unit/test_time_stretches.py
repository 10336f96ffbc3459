"""Words are looked for along the stretches where stories stand: always with the answer that looking at each story gives."""

from __future__ import annotations

import random
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from newsdesk.archive import read, time_stretches
from newsdesk.archive.compile import Context, clause_of, match_of
from newsdesk.archive.time_stretches import stretches_of
from newsdesk.desk import Desk
from newsdesk.errors import UsageError
from newsdesk.query.terms import And, CountryIs, Is, Or, SourceIs, TopicIs, Words
from tests.unit.desks import make_story, open_desk

WORDS = ("harbour", "crane", "strike", "ferry", "tide")
QUERIES = (
    "harbour",
    "-harbour",
    "harbour OR ferry",
    "har*",
    "title:crane",
    "source:wire -tide",
    "strike ferry",
    "(crane tide) OR -har*",
)


def fill(desk: Desk) -> None:
    chance = random.Random(3)
    desk.keep(
        [
            make_story(
                str(at),
                f"{chance.choice(WORDS)} in town {at % 7}",
                f"The {' and the '.join(chance.sample(WORDS, 2))} of town {at % 7}.",
                published=f"20{chance.randint(10, 25)}-0{chance.randint(1, 9)}-1{chance.randint(0, 9)}",
                source=chance.choice(("Test Wire", "Harbour Post")),
            )
            for at in range(120)
        ]
    )


def test_a_stretch_ends_where_the_next_story_is_far() -> None:
    assert stretches_of([1, 2, 3, 50, 51, 90], 10) == ((1, 3), (50, 51), (90, 90))
    assert stretches_of([1, 2, 3, 50, 51, 90], 100) == ((1, 90),)
    assert stretches_of([7], 0) == ((7, 7),)
    first, last = stretches_of([], 10)[0]
    assert first > last


def test_there_are_never_more_stretches_than_a_query_takes() -> None:
    docs = sorted(random.Random(1).sample(range(10**9), 5000))
    found = stretches_of(docs, 0)
    assert len(found) == 60
    assert all(any(first <= doc <= last for first, last in found) for doc in docs)


def test_the_more_words_are_asked_for_the_fewer_stretches_there_are(tmp_path: Path) -> None:
    docs = [at * 10**9 for at in range(100)]
    with open_desk(tmp_path) as desk, desk.store.reading() as connection:
        for number, most in ((1, 60), (8, 30), (100, 2), (1000, 1)):
            follows = [And((TopicIs(("medtop:15000000",)), Words((f"word{at}",)))) for at in range(number)]
            context = Context(followed=Or(tuple(follows)))
            stretches = time_stretches.within(connection, Is("followed"), context, docs).stretches
            assert len(stretches) == most
            assert all(any(first <= doc <= last for first, last in stretches) for doc in docs)


def test_the_search_index_is_asked_once_for_all_words_and_after_what_is_cheaper() -> None:
    words = [Words((f"word{at}",)) for at in range(3)]
    follows = Or((words[0], TopicIs(("medtop:15000000",)), words[1], And((words[2], CountryIs("JP"))), SourceIs(("wire",))))
    clause, values = clause_of(follows, Context(stretches=((1, 2), (5, 9))))
    assert values[0] == 15000000
    assert [value for value in values if isinstance(value, str)] == [
        "JP",
        *['"word2"'] * 2,
        *[match_of(_words_of(follows))] * 2,
    ]
    assert clause.index("story_topic") < clause.index("words")


def _words_of(term: Or) -> Or:
    return Or(tuple(part for part in term.terms if isinstance(part, Words | SourceIs)))


@pytest.mark.parametrize("worth", [0, 1, 300])
def test_storylines_count_the_stories_that_match(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, worth: int) -> None:
    monkeypatch.setattr(time_stretches, "_WORTH", worth)
    with open_desk(tmp_path) as desk:
        fill(desk)
        for query in QUERIES:
            ids = desk.ids(query)
            wanted: dict[str, int] = {}
            for row in desk.rows_of(ids):
                assert row.storyline is not None
                wanted[row.storyline] = wanted.get(row.storyline, 0) + 1
            rows = desk.storyline_rows(query)
            assert {row.id: row.stories for row in rows} == wanted, query
            assert [row.id for row in desk.storyline_rows(query, "oldest")] == [row.id for row in reversed(rows)]
            assert all(row.newest and row.newest.id == desk.storyline_stories(row.id, query)[0].id for row in rows)


@pytest.mark.parametrize("newest", [0, 50, 4000])
def test_the_newest_are_looked_through_first_and_none_is_lost(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, newest: int
) -> None:
    monkeypatch.setattr(read, "_NEWEST", newest)
    with open_desk(tmp_path) as desk:
        fill(desk)
        for query in (*QUERIES, "-harbour -tide", "is:unread -crane", "(topic:unknown OR ferry) -tide"):
            every = [row.id for row in reversed(desk.rows(query, "oldest"))]
            assert desk.ids(query) == every
            assert [one for at in range(0, 130, 10) for one in desk.ids(query, limit=10, offset=at)] == every, query
            lines = desk.storyline_ids(query)
            assert [one for at in range(0, 130, 10) for one in desk.storyline_ids(query, "newest", 10, at)] == lines
            assert lines == list(reversed(desk.storyline_ids(query, "oldest")))


@pytest.mark.parametrize("texts", [0, 8, 1000])
@pytest.mark.parametrize("query", QUERIES)
def test_rows_say_which_stories_a_follow_matches(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, query: str, texts: int
) -> None:
    monkeypatch.setattr(time_stretches, "_TEXTS", texts)
    with open_desk(tmp_path) as desk:
        fill(desk)
        desk.follow(query)
        followed = set(desk.ids(query))
        assert {row.id for row in desk.rows() if row.followed} == followed
        assert {row.id for row in desk.rows(limit=9, offset=20) if row.followed} <= followed


def test_a_page_of_stories_is_read_and_not_looked_up_for_each_of_many_follows(tmp_path: Path) -> None:
    with open_desk(tmp_path) as desk:
        fill(desk)
        follows = [desk.follow(query) for query in (*QUERIES, *(f"ferry town {at}" for at in range(40)))]
        followed = {story_id for follow in follows for story_id in desk.ids(desk.follow_query(follow))}
        statements: list[str] = []
        with desk.store.reading() as connection:
            connection.set_trace_callback(statements.append)
            rows = desk.rows()
        assert {row.id for row in rows if row.followed} == followed
        assert statements
        assert not [sql for sql in statements if "words MATCH" in sql]


HARD = (
    *("Wałęsa in Tromsø", "ISTANBUL, İstanbul, Diyarbakır", "café — naïve cœur", "cease-fire in a mother-in-law's U-turn"),
    *(
        "10,000 of 3.14 and 007",
        "½ of 50% for $5 #tag",
        "😀 🚀 ❤️ rise",
        "👩‍👩‍👧 🇯🇵",
        "日本銀行、金利を引き上げ",
        "ｶﾀｶﾅ カタカナ 地",
    ),
    *("한국은행 금리", "กรุงเทพ น้ำท่วม", "مُحَمَّد الـحرب", "וְירושלים שלום", "हिन्दी में", "தமிழ் நாடு", "don’t «stop» x_y"),
)


def hard_queries(chance: random.Random, number: int) -> Iterator[str]:
    """Queries of any part of :data:`HARD`, also across the end of one: most of them stand in some story."""

    def part() -> str:
        text = " ".join(chance.sample(HARD, 2))
        at, size = chance.randrange(len(text)), chance.choice((1, 2, 3, 5, 9, 20))
        found = chance.choice((str, str.upper, str.title))(text[at : at + size])
        return f'{chance.choice(("", "", "title:", "body:", "source:"))}"{found}"{chance.choice(("", "*"))}'

    for _ in range(number):
        one, other = part(), part()
        yield chance.choice((one, f"-{one}", f"{one} {other}", f"{one} OR {other}", f"{one} -({other} OR {part()})"))


def test_texts_that_are_read_have_what_the_index_has_of_them_in_any_writing(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    chance, asked, found = random.Random(8), 0, 0
    with open_desk(tmp_path) as desk:
        desk.keep(
            [
                make_story(
                    str(at),
                    chance.choice((*HARD, None)),
                    *chance.sample(HARD, 3),
                    published=f"2026-01-{at % 28 + 1:02}",
                    source=chance.choice(HARD),
                    byline=chance.choice((*HARD, None)),
                )
                for at in range(60)
            ]
        )
        with desk.store.reading() as connection:
            keys = [key for (key,) in connection.execute("SELECT key FROM story")]
            for query in hard_queries(chance, 200):
                try:
                    term = desk.term(query)
                except UsageError:  # signs alone
                    continue
                context = replace(desk.context(connection), followed=term)
                matching = set(read.keys(connection, term, context, "newest", None, 0))
                for texts in (0, 1000):
                    monkeypatch.setattr(time_stretches, "_TEXTS", texts)
                    assert read._followed(connection, keys, context) == matching, query
                asked, found = asked + 1, found + bool(matching)
    assert min(found, asked - found) > asked // 5, "there are enough of both"
