"""A query gives the same stories by the archive's SQL as by looking at each, whatever it says."""

from __future__ import annotations

import random
from pathlib import Path

import pytest

from newsdesk.archive import lines, read
from newsdesk.archive.read import count_unread, knowing_muted
from newsdesk.errors import UsageError
from newsdesk.model import Comment, Story
from newsdesk.query import Facts, parse
from tests.unit.desks import ALL, NOW, make_story, open_desk


def make_many(chance: random.Random, number: int) -> list[Story]:
    words = "bridge harbour strike 日本 金利 élan covid-19 vote".split()
    return [
        make_story(
            str(at),
            " ".join(chance.sample(words, 2)) if at % 7 else None,
            " ".join(chance.sample(words, 4)) + f" n{at}",
            index=at,
            hints=tuple(chance.sample(("politics", "sport", "disaster", "JP", "RU", "FR"), chance.randint(0, 3))),
            published=chance.choice(["2026-01-05", "2026-01-31T10:00", None, "2025-02-03T10:00-05:00"]),
            source=chance.choice(["Test Wire", None, "Harbour Radio"]),
            language=chance.choice(["en", "ja", None]),
            comments=tuple(
                Comment(text, chance.choice(["Zoë K.", "loud larry", None]))
                for text in chance.choices(
                    ["bad", "Good — “so” naïve", 'so\nbad, "bad"', "全くひどい", ""], k=chance.randint(0, 4)
                )
            ),
        )
        for at in range(number)
    ]


def random_query(chance: random.Random, depth: int = 0) -> str:
    leaves = [
        *(
            "bridge",
            "harbour*",
            '"bridge strike"',
            "日本",
            "利",
            "elan",
            "covid",
            "title:vote",
            "body:n1*",
            "source:wire",
            "/br.dge/",
        ),
        *("topic:sport", "topic:unknown", "country:JP", "country:unknown", "is:unread", "is:read", "is:starred", "is:followed"),
        "is:changed",
        *(
            "comments:>1",
            "comments:0",
            "mood:negative",
            "mood:none",
            "mood:mixed",
            "newer:3d",
            "older:2026-01-06",
            "since:last-run",
            "since:last-visit",
            "since:last-look",
        ),
        *(
            "published-in:unknown",
            "storyline:bridge",
            "storyline:bri*",
            "storyline:利",
            "language:ja",
            "language:EN",
            "language:unknown",
        ),
        *(
            "comment:bad",
            'comment:"so naive"',
            "comment:goo*",
            "comment:ひどい",
            "comment:nbad",
            "commenter:zoe",
            "commenter:larry",
        ),
    ]
    kind = chance.random()
    if depth > 2 or kind < 0.5:
        return chance.choice(leaves)
    if kind < 0.65:
        return f"-{random_query(chance, 3)}"
    parts = [random_query(chance, depth + 1) for _ in range(2)]
    return " ".join(parts) if kind < 0.85 else f"({' OR '.join(parts)})"


def test_sql_and_memory_agree(tmp_path: Path) -> None:
    chance = random.Random(11)
    with open_desk(tmp_path) as desk:
        batch = make_many(chance, 60)
        desk.keep(batch[:40])
        desk.keep([one.with_(body=(*one.body, "More is known.")) for one in batch[:40:4]])
        assert desk.count("is:changed") == 10
        desk.follow("country:FR")
        desk.begin_run()
        desk.keep(batch[40:])
        ids = desk.ids(sort="arrived")[::-1]
        read, starred = set(ids[::3]), set(ids[::5])
        desk.mark(sorted(read), "read")
        desk.mark(sorted(starred), "star")
        desk.follow("bridge strike")
        french = set(desk.ids("country:FR"))
        followed = set(desk.ids("country:FR OR (bridge strike)"))
        stories = {one: desk.story(one) for one in ids}
        facts = {
            one: Facts(
                *(one in read, one in starred, one in followed, "2026-02-01T12:00:00Z", at + 1, 40),
                fresh=one in french and at >= 40,
            )
            for at, one in enumerate(ids)
        }
        assert 0 < desk.count("since:last-look") < len(french)
        for _ in range(400):
            text = random_query(chance)
            query = parse(text, NOW)
            wanted = {one for one, story in stories.items() if story and query.matches(story, facts[one])}
            assert set(desk.ids(text)) == wanted, text
            assert desk.count(text) == len(wanted), text
            sections = desk.sections(text)
            assert (sections.total, sections.unread) == (len(wanted), len(wanted - read)), text


def test_sql_and_memory_agree_about_what_is_muted(tmp_path: Path) -> None:
    chance = random.Random(12)
    with open_desk(tmp_path) as desk:
        desk.keep(make_many(chance, 60))
        stories = {one: desk.story(one) for one in desk.ids(sort="arrived")[::-1]}
        name = next(story.source for story in stories.values() if story and story.source)
        desk.mark("comments:>0", "read")
        read = set(desk.ids("is:read"))
        desk.mute([name.upper(), "nobody"])
        muted = {one for one, story in stories.items() if story and name in (story.source, story.outlet)}
        assert 0 < len(muted) < len(stories)
        assert desk.sections(with_muted=True).total == len(stories)
        facts = {
            one: Facts(one in read, seen="2026-02-01T12:00:00Z", arrived=at + 1, muted=one in muted)
            for at, one in enumerate(stories)
        }
        for text in ("", "is:muted", "-is:muted", "country:FR", "topic:sport", *(random_query(chance) for _ in range(200))):
            query = parse(text, NOW)
            wanted = {one for one, story in stories.items() if story and query.matches(story, facts[one])}
            assert set(desk.ids(text)) == wanted, text
            assert {row.id for row in desk.rows(text, "arrived", 100)} == wanted, text
            assert desk.count(text) == len(wanted), text
            sections = desk.sections(text)
            assert (sections.total, sections.unread) == (len(wanted), len(wanted - read)), text
            held = {story.storyline.id for one in wanted if (story := stories[one]) and story.storyline}
            assert set(desk.storyline_ids(text)) == set(desk.storyline_ids(text, "stories")) == held, text
            assert desk.storyline_count(text) == len(held), text
            assert desk.coverage(text).total == len(wanted), text
            with desk.store.reading() as connection:
                known = knowing_muted(connection, desk.context(connection))
                assert count_unread(connection, query.term, known) == (len(wanted), len(wanted - read)), text


def _by(at: int, source: str | None, outlet: str | None) -> Story:
    return make_story(str(at), f"Strike {at}", f"A strike, number {at}.", index=at, source=source, outlet=outlet)


def test_what_is_muted_is_looked_up_whole_and_anew_each_time(tmp_path: Path) -> None:
    """By source or outlet, in any case, under a name without letters, and under the sign that stands for no name."""
    names = [("Test Wire", "Harbour Radio"), (None, "harbour radio"), ("★", None), (None, None), ("~", None), ("Élan", "★")]
    with open_desk(tmp_path) as desk:
        desk.keep([_by(at, source, outlet) for at, (source, outlet) in enumerate(names)])
        desk.follow("strike")
        for muted, left in ((["HARBOUR RADIO"], 4), (["★"], 4), (["~"], 5), (["test wire", "~", "★"], 2), (["nobody"], 6)):
            desk.mute(muted)
            assert [state.total for state in desk.follows()] == [desk.count("strike")] == [left], muted
            desk.mute(muted, back=True)
        assert [state.total for state in desk.follows()] == [6]
        desk.mute(["~"])
        assert [state.total for state in desk.follows()] == [5]
        desk.keep([_by(7, "~", None), _by(8, "?", None)])
        assert [state.total for state in desk.follows()] == [desk.count("strike")] == [6]


def test_search_text_never_becomes_syntax(tmp_path: Path) -> None:
    with open_desk(tmp_path) as desk:
        desk.keep(ALL)
        for text in (
            "NEAR",
            '"a" NEAR "b',
            "title",
            "kamikawa*",
            "col:umn",
            "^kamikawa",
            "a;b",
            "'",
            "x' OR 1=1 --",
            "{title}",
            "+",
            "\x00a",
        ):
            try:
                desk.rows(text)
            except UsageError:
                continue


def test_far_down_what_is_muted_is_left_out_as_at_the_top(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    chance = random.Random(13)
    with open_desk(tmp_path) as desk:
        desk.keep(make_many(chance, 60))
        names = {row.source or row.outlet for row in desk.rows()} - {None}
        assert sorted(desk.named_sources(), key=str) == sorted(map(str, names))
        for muted in (["nobody"], *([name] for name in sorted(map(str, names)))):
            desk.mute(desk.muted(), back=True) if desk.muted() else None
            desk.mute(muted)
            for sort in ("newest", "oldest"):
                stories, held = desk.ids("", sort), desk.storyline_ids("", sort)
                with monkeypatch.context() as patch:
                    patch.setattr(read, "FAR", 1)
                    patch.setattr(lines, "FAR", 1)
                    for offset in range(1, 60, 7):
                        assert desk.ids("", sort, 9, offset) == stories[offset : offset + 9]
                        assert desk.storyline_ids("", sort, 9, offset) == held[offset : offset + 9]
