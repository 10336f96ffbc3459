"""Sketches that are made after a feed's stories are stored: nothing comes out otherwise than with them from the start."""

from __future__ import annotations

import random
from collections.abc import Iterator, Sequence
from dataclasses import replace
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest

from newsdesk.archive import late_sketches
from newsdesk.archive.intake import Intake
from newsdesk.archive.memory import SourceNames
from newsdesk.desk import Desk
from newsdesk.model import Story
from newsdesk.query.words import fold
from newsdesk.tagging.drafts import Draft, Drafted
from tests.unit.desks import assert_well, make_story, open_desk, whole_stories

WORDS = "harbour council vote quake coast minister school bridge market river night report crowd storm talks border".split()
SOURCES = ("Le Monde", "LE MONDÉ", "Test Wire", "~", None)


def take(desk: Desk, *batches: Sequence[Story], late: bool = True) -> list[tuple[object, ...]]:
    """What came of each batch; all are of one transaction."""
    with desk.taking_in() as intake:
        kept = [intake.take(Drafted.of(Draft.of(story, late=late) for story in batch)) for batch in batches]
    return [(one.new, one.changed, one.unchanged) for one in kept]


def known(desk: Desk) -> list[object]:
    """Everything by which stories are told apart, after all sketches were made."""
    with desk.store.writing() as connection:
        sources = [row[0] for row in connection.execute("SELECT DISTINCT source FROM late_sketch")]
        late_sketches.complete(connection, late_sketches.find_late(connection, sources))
    with desk.store.reading() as connection:
        assert not late_sketches.has_late(connection)
        tables = ("identity", "likeness", "origin")
        return [sorted(map(repr, connection.execute(f"SELECT * FROM {table}"))) for table in tables]


def waiting(desk: Desk) -> int:
    """How many stories lack their sketch."""
    with desk.store.reading() as connection:
        return int(connection.execute("SELECT count(*) FROM likeness WHERE sketch = x''").fetchone()[0])


def text(number: int, words: int = 40) -> str:
    return " ".join(random.Random(number).choices(WORDS, k=words))


def feed_story(feed: str, item: str | None, number: int, **fields: Any) -> Story:
    return make_story(item, f"Headline {feed} {item} {number}", text(number), feed=f"https://{feed}.example/rss", **fields)


def test_stories_of_a_new_source_are_stored_and_tagged_without_sketches(tmp_path: Path) -> None:
    with open_desk(tmp_path / "late") as desk, open_desk(tmp_path / "whole") as whole:
        batch = [feed_story("a", str(at), at, index=at) for at in range(5)]
        assert take(desk, batch) == take(whole, batch, late=False)
        assert (waiting(desk), waiting(whole)) == (5, 0)
        assert desk.finish().unchanged == 5
        assert waiting(desk) == 5
        assert known(desk) == known(whole)
        assert_well(desk)


def test_only_sketches_that_a_decision_could_depend_on_are_made(tmp_path: Path) -> None:
    """Those of its sources, and of the stories that share a headline and day with one of its own."""
    with open_desk(tmp_path) as desk:
        for feed in ("alpha", "beta", "gamma"):
            take(desk, [feed_story(feed, str(at), at, index=at, source=feed) for at in range(3)])
        assert waiting(desk) == 9
        take(desk, [feed_story("alpha", "new", 11, source="Alpha")], late=False)
        assert waiting(desk) == 6
        headline = feed_story("beta", "1", 1).title
        desk.keep([make_story("f", headline, text(1), url="https://other.example/1", source="Other")])
        assert waiting(desk) == 5
        with desk.store.reading() as connection:
            late = connection.execute("SELECT source, count(*) FROM late_sketch GROUP BY 1").fetchall()
        assert late == [("beta", 2), ("gamma", 3)]


def test_what_one_feed_has_is_not_said_again_by_another_of_its_source(tmp_path: Path) -> None:
    """In one transaction, in another one, after a run that was killed in between, and from a file."""
    told = feed_story("a", "1", 7)
    again = feed_story("b", "x", 7)
    for at, how in enumerate(("together", "apart", "killed", "file")):
        with open_desk(tmp_path / str(at)) as desk:
            if how == "together":
                assert [len(new) for new, _, _ in take(desk, [told], [again])] == [1, 0]  # type: ignore[arg-type]
                continue
            take(desk, [told])
            assert waiting(desk) == 1
        with open_desk(tmp_path / str(at)) as desk:
            if how == "file":
                assert not desk.keep([make_story("f", "Another headline", text(7), url="https://other.example/1")]).new
            else:
                assert [len(new) for new, _, _ in take(desk, [again], late=how == "apart")] == [0]  # type: ignore[arg-type]
            assert (desk.count(), waiting(desk)) == (1, 0)


@pytest.mark.parametrize("numpy", [False, True])
def test_sketches_are_the_same_with_and_without_numpy(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, numpy: bool) -> None:
    if not numpy:
        monkeypatch.setattr(late_sketches, "_ENOUGH_FOR_NUMPY", 1 << 30)
        monkeypatch.setattr(late_sketches, "sys", SimpleNamespace(modules={}))
    with open_desk(tmp_path / "late") as desk, open_desk(tmp_path / "whole") as whole:
        batch = [feed_story("a", str(at), at, index=at) for at in range(250)]
        batch[3] = batch[3].with_(body=("Too short.",))
        take(desk, batch)
        take(whole, batch, late=False)
        with desk.store.writing() as connection:
            late_sketches.complete(connection, late_sketches.find_late(connection, ("test wire",))[:20])
        assert waiting(desk) == 230
        assert known(desk) == known(whole)


@pytest.mark.parametrize("how", ["new version", "forgotten"])
def test_a_new_version_or_a_farewell_keeps_what_the_first_was_known_by(tmp_path: Path, how: str) -> None:
    seen = []
    for late in (True, False):
        with open_desk(tmp_path / str(late)) as desk:
            take(desk, [feed_story("a", "1", 1), feed_story("a", "2", 2, index=1)], late=late)
            first = desk.ids()[0]
            if how == "forgotten":
                desk.forget([first])
            else:
                desk.put_text(first, lambda story: replace(story, body=(text(3),)))
            told = known(desk)
            with desk.store.reading() as connection:
                seen.append((told, sorted(connection.execute("SELECT key FROM forgotten"))))
    assert seen[0] == seen[1]


def test_items_without_ids_that_hardly_differ_are_one_story(tmp_path: Path) -> None:
    """Only their texts say so: with neither headline nor address there is nothing else."""
    with open_desk(tmp_path) as desk:
        pair = [
            make_story(None, None, text(5), feed="https://a.example/rss", index=at, published=f"2026-01-1{at}")
            for at in range(2)
        ]
        assert [len(new) for new, _, _ in take(desk, pair)] == [1]  # type: ignore[arg-type]


def test_names_of_sources_are_those_of_all_stories_whoever_wrote_them(tmp_path: Path) -> None:
    with open_desk(tmp_path) as desk, open_desk(tmp_path) as other:
        names = SourceNames()
        for at, source in enumerate(("Älpha", "älpha", "Beta", "BETA", None, "~", "gamma")):
            other.keep([make_story(str(at), f"Title {at}", text(at), source=source, index=at)])
            with desk.store.writing() as connection:
                names.meet(connection)
                assert fold(source or "") in names.names
            with desk.store.writing() as connection:
                names.meet(connection)
        assert names.sure
        assert names.names >= {"alpha", "beta", "", "gamma"}
        with desk.store.reading() as connection:
            plan = " ".join(row[-1] for row in connection.execute(f"EXPLAIN QUERY PLAN {_next_source()}", ("x",)))
        assert "story_source (<expr>>?)" in plan
        assert "TEMP" not in plan


def test_an_older_archive_says_from_which_arrival_on_sketches_are_missing(tmp_path: Path) -> None:
    with open_desk(tmp_path / "late") as desk, open_desk(tmp_path / "whole") as whole:
        for one in (desk, whole):
            take(one, [feed_story("a", "short", 0, source="A").with_(body=("Too short.",))], late=False)
            take(one, [feed_story("b", str(at), at, index=at, source="B") for at in range(3)], late=one is desk)
        with desk.store.writing() as connection:
            connection.execute("ALTER TABLE state ADD COLUMN unsketched INTEGER NOT NULL DEFAULT 0")
            connection.execute("UPDATE state SET unsketched = 2")
            connection.execute("DROP TABLE late_sketch")
            connection.execute("PRAGMA user_version = 15")
    with open_desk(tmp_path / "late") as desk, open_desk(tmp_path / "whole") as whole:
        with desk.store.reading() as connection:
            assert [source for source, _ in connection.execute("SELECT * FROM late_sketch")] == ["b"] * 3
        assert known(desk) == known(whole)


def _next_source() -> str:
    from newsdesk.archive import memory

    return memory._NEXT_SOURCE


def some_story(chance: random.Random, feed: int, at: int) -> Story:
    """One that shares its id, address, headline, day, source or text with some others, each now and then."""
    number = chance.randrange(12)
    body = text(number).split()
    for _ in range(chance.choice((0, 0, 1, 6))):
        body[chance.randrange(len(body))] = chance.choice(WORDS)
    fresh = chance.randrange(10**6)
    return make_story(
        chance.choice((None, f"i{number}", f"i{fresh}", f"i{fresh}", f"https://x.example/{number}#{chance.randrange(3)}")),
        chance.choice((None, "Weather", f"Headline {number}", f"Headline {fresh}", f"Headline {fresh}")),
        " ".join(body[: chance.choice((3, 40, 40, 40))]),
        feed=f"https://feed{feed}.example/rss",
        index=at,
        url=chance.choice((None, f"https://x.example/news/{number}", f"https://x.example/news/{fresh}")),
        published=chance.choice((None, "2026-01-10", "2026-01-11")),
        source=chance.choice(SOURCES) if chance.random() < 0.2 else f"Source {feed // 2}",
    )


def some_steps(chance: random.Random, desk: Desk, *, late: bool) -> Iterator[object]:
    """What comes of feeds' batches, of stories from files, and of what else changes them."""
    for _ in range(14):
        some = [some_story(chance, feed, at) for feed in chance.choices(range(8), k=1) for at in range(3)]
        ids = sorted(desk.ids())  # those of one minute have the order in which they were written
        one = ids[chance.randrange(len(ids))] if ids else ""
        kinds = {"feeds": 10, "files": 2, "failed": 1, "opened": 1, "forgotten": 1, "rewritten": 1, "tagged": 1}
        (what,) = chance.choices(list(kinds), list(kinds.values()))
        if what == "feeds":
            yield from some_feeds(chance, desk, late=late)
        elif what == "failed":
            with pytest.raises(RuntimeError), desk.taking_in() as intake:
                _take_and_fail(intake)
        elif what == "files":
            with open_desk(desk.store.path.parents[1]) as other:
                kept = other.keep(some)
            yield kept.new, kept.changed, kept.unchanged
        elif what == "opened":
            yield desk.keep(some, sitting=desk.begin_sitting()).new
        elif what == "forgotten":
            yield desk.forget([one] if one else [])
        elif what == "rewritten":
            body = (text(chance.randrange(12)),)
            yield desk.put_text(one, lambda story, body=body: replace(story, body=body)) if one else None  # type: ignore[misc]
        else:
            yield desk.finish(20).unchanged


def some_feeds(chance: random.Random, desk: Desk, *, late: bool) -> Iterator[object]:
    batches = [
        [some_story(chance, feed, at) for at in range(chance.randint(1, 5))]
        for feed in chance.choices(range(8), k=chance.randint(1, 6))
    ]
    marks = [chance.random() < 0.8 and late for _ in batches]
    with desk.taking_in() as intake:
        for batch, mark in zip(batches, marks, strict=True):
            kept = intake.take(Drafted.of(Draft.of(story, late=mark) for story in batch))
            yield kept.new, kept.changed, kept.unchanged


@pytest.mark.parametrize("seed", range(8))
def test_every_decision_is_the_one_with_sketches(tmp_path: Path, seed: int) -> None:
    with open_desk(tmp_path / "late") as desk, open_desk(tmp_path / "whole") as whole:
        steps = some_steps(random.Random(seed), desk, late=True)
        assert list(steps) == list(some_steps(random.Random(seed), whole, late=False))
        assert known(desk) == known(whole)
        assert_well(desk)


@pytest.mark.parametrize("title", ["Weather", "Sport", "Fog", "Rain"])  # by which the stories' ids are in other orders
def test_of_several_that_a_story_may_be_it_is_the_first_that_came(tmp_path: Path, title: str) -> None:
    def feed(name: str, at: int, source: str | None, headline: str) -> list[Story]:
        return [make_story(name, headline, text(at, 10), feed=f"https://{name}.example", index=at, source=source)]

    batches = [feed(name, at, name, title) for at, name in enumerate(("alpha", "beta", "gamma", "delta"))]
    batches += [feed(name, at, "epsilon", f"Other {at}") for at, name in enumerate(("one", "two"), 10)]
    batches.append(feed("last", 0, None, title))
    with open_desk(tmp_path / "late") as desk, open_desk(tmp_path / "whole") as whole:
        assert take(desk, *batches) == take(whole, *batches, late=False)
        assert known(desk) == known(whole)
        told = {story.source: [origin.feed for origin in story.origins] for story in whole_stories(desk)}
        assert told["alpha"] == ["https://alpha.example", "https://last.example"]
        assert [len(told[name]) for name in ("beta", "gamma", "delta")] == [1, 1, 1]


def test_what_another_process_brings_after_a_failed_transaction_is_seen(tmp_path: Path) -> None:
    with open_desk(tmp_path) as desk, open_desk(tmp_path) as other:
        with pytest.raises(RuntimeError), desk.taking_in() as intake:
            _take_and_fail(intake)
        other.keep([make_story("f", "Another headline", text(7), url="https://other.example/1", source="Other")])
        assert [len(new) for new, _, _ in take(desk, [feed_story("b", "x", 7, source="Other")])] == [0]  # type: ignore[arg-type]


def test_a_forgotten_story_is_known_again_by_one_like_it_that_waits_for_its_sketch(tmp_path: Path) -> None:
    seen = []
    told = make_story("f", "Another headline", text(7), url="https://other.example/1")
    for late in (True, False):
        with open_desk(tmp_path / str(late)) as desk:
            desk.forget(desk.keep([told]).new)
            take(desk, [feed_story("b", "x", 7)], late=late)
            assert waiting(desk) == late
            kept = desk.keep([told])
            seen.append((kept.new, kept.unchanged, known(desk)))
    assert seen[0] == seen[1]


def _take_and_fail(intake: Intake) -> None:
    intake.take(Drafted.of([Draft.of(feed_story("a", "1", 1), late=True)]))
    intake.flush()
    raise RuntimeError


def test_a_failed_transaction_leaves_no_trace(tmp_path: Path) -> None:
    with open_desk(tmp_path) as desk:
        with pytest.raises(RuntimeError), desk.taking_in() as intake:
            _take_and_fail(intake)
        assert desk.count() == 0
        with desk.store.reading() as connection:
            assert not late_sketches.has_late(connection)
        assert [len(new) for new, _, _ in take(desk, [feed_story("a", "1", 1)])] == [1]  # type: ignore[arg-type]
