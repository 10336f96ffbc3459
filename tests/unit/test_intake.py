"""Stories that are taken in first, and tagged and grouped afterwards; and archives of an older format."""

from __future__ import annotations

import gzip
import json
import random
import sqlite3
from dataclasses import replace
from pathlib import Path

import pytest

from newsdesk.archive import schema, sections
from newsdesk.archive.entries import keys_of_story
from newsdesk.archive.ids import to_key
from newsdesk.commands.render import explanation
from newsdesk.desk import Desk
from newsdesk.errors import StorageError
from newsdesk.ingest import Printed
from newsdesk.jsontext import dump_json
from newsdesk.model import Json, Origin, Story
from newsdesk.query import parse
from newsdesk.query.match import matches
from newsdesk.tagging.drafts import Draft, Drafted, dump_printed, dump_story, load_story
from tests.unit.desks import assert_well, comments, make_story, open_desk, paths, whole_stories

FEED = "https://example.org/rss"
OLD = Path(__file__).parents[1] / "data" / "archive" / "format-1.sqlite3.gz"
STORIES = [
    make_story("1", "Quake off Chile", "A quake shook the coast.", "Nobody was hurt.", feed=FEED, hints=("disaster", "CL")),
    make_story("2", "Vote in Paris", "The vote was close.", feed=FEED, index=1, hints=("politics", "FR")),
    make_story("3", "Cup final", "It is tonight.", feed=FEED, index=2, hints=("sport", "FR", "CL"), comments=comments("bad")),
]


def take(desk: Desk, stories: list[Story]) -> tuple[list[str], list[str]]:
    """Take them in as a feed's reader hands them over: packed."""
    with desk.taking_in() as intake:
        kept = intake.take(Drafted.of(map(Draft.of, stories)))
    return list(kept.new), list(kept.changed)


def told(desk: Desk) -> list[str]:
    """Everything that the archive says of its stories."""
    return [dump_json(story.to_json()) for one in desk.ids() if (story := desk.story(one)) is not None]


def test_a_draft_is_the_story(tmp_path: Path) -> None:
    for story in STORIES:
        assert Drafted.of([Draft.of(story)])[0] == story
    drafted = Drafted.of(map(Draft.of, STORIES))
    assert (len(drafted), list(drafted), list(drafted[1:])) == (len(STORIES), STORIES, STORIES[1:])
    assert [one.url for one in drafted.outlines([2, 0])] == [STORIES[2].url, STORIES[0].url]


@pytest.mark.parametrize("title", [None, 'Said "no"', "line\u2028end \\ \x07", ""])
@pytest.mark.parametrize("extra", [{}, {"comment_count": 3, "tags": ["a", 'b"']}])
def test_a_story_that_only_its_source_told_of_is_written_as_any_other(title: str | None, extra: dict[str, Json]) -> None:
    story = STORIES[0].with_(title=title, body=("One \u201cquoted\u201d.", 'Two "more".'), extra=extra, language="en")
    plain, whole = dump_printed(story, Printed.of(story.body)), dump_story(story)
    assert load_story(plain) == load_story(whole) == story.with_(origins=(), id="")
    in_order = [name for name in json.loads(whole) if name != "body"]
    assert list(json.loads(plain)) == [*in_order, "body"]


def test_what_is_taken_in_can_be_read_and_searched_before_it_is_tagged(tmp_path: Path) -> None:
    with open_desk(tmp_path) as desk:
        new, changed = take(desk, STORIES)
        assert (len(new), changed) == (3, [])
        assert [row.heading for row in desk.rows("quake")] == ["Quake off Chile"]
        assert {row.storyline for row in desk.rows()} == {None}
        story = desk.story(new[0])
        assert story is not None
        assert (story.topics, story.storyline) == ((), None)
        sections = desk.sections()
        assert (sections.unknown_topic.total, sections.unknown_topic.name) == (3, "no label yet")
        assert sections.unknown_country.name == "no label yet"
        assert desk.coverage().unlabelled
        assert "no label yet" in "\n".join(explanation(story, 80))
        assert (desk.storyline_count(), desk.storyline_rows(), desk.storyline_count("quake")) == (0, [], 0)
        assert desk.waiting() == 3
        assert_well(desk)


def test_tagged_afterwards_they_are_as_if_they_had_been_kept_at_once(tmp_path: Path) -> None:
    with open_desk(tmp_path / "one") as desk, open_desk(tmp_path / "other") as other:
        take(desk, STORIES)
        lines: set[str] = set()
        while desk.waiting():
            kept = desk.finish(2)
            assert kept.unchanged
            lines.update(kept.storylines_new)
        other.keep(STORIES)
        assert told(desk) == told(other)
        assert desk.sections() == other.sections()
        assert len(lines) == desk.storyline_count() == other.storyline_count() == 3
        assert take(desk, STORIES) == ([], [])
        assert desk.waiting() == 0
        assert not desk.coverage().unlabelled
        assert all("no label yet" not in "\n".join(explanation(story, 80)) for one in desk.ids() if (story := desk.story(one)))
        assert_well(desk)


def test_a_run_that_was_killed_in_between_leaves_the_tagging_to_the_next(tmp_path: Path) -> None:
    with open_desk(tmp_path) as desk:
        take(desk, STORIES)
        desk.finish(1)
    with open_desk(tmp_path) as desk:
        assert desk.waiting() == 2
        desk.finish()
        assert desk.count("topic:unknown") == 0
        assert desk.finish().unchanged == 0
        assert_well(desk)


def test_what_is_not_committed_is_not_there(tmp_path: Path) -> None:
    with open_desk(tmp_path) as desk:
        with pytest.raises(AttributeError), desk.taking_in() as intake:
            intake.take(STORIES) and intake.take([None])  # type: ignore[list-item]
        assert desk.count() == 0
        assert_well(desk)


def test_a_changed_story_keeps_tags_storyline_and_comments_until_it_is_tagged_again(tmp_path: Path) -> None:
    with open_desk(tmp_path) as desk:
        desk.keep(STORIES)
        fuller = STORIES[2].with_(body=("It is tonight, at eight.",), comments=(), hints=("politics",))
        new, changed = take(desk, [fuller])
        assert new == []
        before = desk.rows("eight")[0]
        assert (before.topics, before.countries, before.revision) == (("medtop:15000000",), ("FR", "CL"), 2)
        assert before.storyline is not None
        assert desk.count("tonight") == 1
        desk.finish()
        after = desk.rows("eight")[0]
        assert (after.topics, after.countries, after.storyline) == (("medtop:11000000",), (), before.storyline)
        story = desk.story(changed[0])
        assert story is not None
        assert [comment.text for comment in story.comments] == ["bad"]
        assert_well(desk)


def test_a_story_that_changes_twice_in_one_transaction(tmp_path: Path) -> None:
    with open_desk(tmp_path) as desk:
        with desk.taking_in() as intake:
            for word in ("one", "two", "three"):
                intake.take([STORIES[0].with_(title=f"Quake {word}", body=(f"A quake, number {word}.",))])
        assert [desk.count(word) for word in ("one", "two", "three")] == [0, 0, 1]
        assert desk.rows()[0].revision == 3
        with desk.store.reading() as connection:
            found_by = {key for (key,) in connection.execute("SELECT key FROM identity")}
            assert set(keys_of_story(connection, to_key(desk.ids()[0]))) == found_by, "so that it is forgotten whole"
        desk.finish()
        assert_well(desk)


def test_two_places_that_give_one_story_in_one_transaction_give_one(tmp_path: Path) -> None:
    other = STORIES[0].with_(origins=(Origin("feed", feed="https://example.org/all", item_id="77"),), url=None)
    with open_desk(tmp_path) as desk:
        with desk.taking_in() as intake:
            first = intake.take(STORIES)
            again = intake.take([other])
            fuller = intake.take([other.with_(body=(*other.body, "The sea was calm again at noon, and the boats went out."))])
        assert (len(first.new), again.new, again.unchanged, fuller.changed) == (3, (), 1, (first.new[0],))
        (story,) = [story for story in whole_stories(desk) if story.id == first.new[0]]
        assert [origin.feed for origin in story.origins] == [FEED, "https://example.org/all"]
        assert (desk.count(), desk.count("calm"), desk.rows("calm")[0].revision) == (3, 1, 2)
        assert take(desk, [other]) == ([], [first.new[0]])
        desk.finish()
        assert_well(desk)


def carriers() -> tuple[Story, Story, Story]:
    """One story as three feeds give it; the third has more of it."""
    url, day = "https://example.org/quake", "https://day.example/rss"
    first = STORIES[0].with_(source=None, outlet="The Morning Post", url=url)
    second = first.with_(outlet="Night Desk", extra={"tags": ["wires"]}, origins=(Origin("feed", feed=day, item_id="77"),))
    fuller = (*first.body, "The sea was calm again at noon, and the boats went out for the first time.")
    third = first.with_(outlet="Harbour Gazette", body=fuller, origins=(Origin("feed", feed="https://sea.example/rss"),))
    return first, second, third


NAMES = (
    "source:morning",
    "source:night",
    "source:wires",
    "source:harbour",
    'source:"night desk" quake',
    "source:nig*",
    "night",
)


@pytest.mark.parametrize("way", ["taken in at once", "taken in one by one", "kept", "kept in one batch"])
def test_a_story_is_found_under_each_source_that_carried_it(tmp_path: Path, way: str) -> None:
    """It was found under the first alone, and under the last that had more of it alone."""
    first, second, third = carriers()
    with open_desk(tmp_path) as desk:
        follow = desk.follow("source:night")
        if way == "kept in one batch":
            desk.keep([STORIES[1], first, second, third])
        elif way == "taken in at once":
            with desk.taking_in() as intake:
                for story in (STORIES[1], first, second, third, second):
                    intake.take(Drafted.of([Draft.of(story)]))
        else:
            for story in (
                STORIES[1],
                first,
                second,
                second.with_(origins=(replace(second.origins[0], index=3),)),
                third,
                second,
            ):
                if way == "kept":
                    desk.keep([story])
                else:
                    take(desk, [story])
        desk.finish()
        (story_id,) = desk.ids("quake")
        assert {query: (desk.ids(query), desk.count(query)) for query in NAMES} == {query: ([story_id], 1) for query in NAMES}
        assert desk.count("-source:night") == 1
        assert [state.total for state in desk.follows() if state.follow.id == follow.id] == [1]
        kept = desk.story(story_id)
        assert kept is not None
        assert [matches(parse(query).term, kept) for query in NAMES] == [True] * len(NAMES)
        assert (kept.outlet, kept.revision) == ("Harbour Gazette", 2)
        assert_well(desk)
        desk.forget([story_id])
        assert [desk.count(query) for query in NAMES] == [0] * len(NAMES)
        assert_well(desk)


def test_an_index_that_is_to_be_filled_anew_is_told_nothing_more(tmp_path: Path) -> None:
    """What stands in it is another version's words: they could not be taken out again."""
    first, second, _ = carriers()
    with open_desk(tmp_path) as desk:
        desk.keep([first])
        with desk.store.writing() as connection:
            connection.execute("UPDATE state SET words_version = 0")
        desk.keep([second])
    with open_desk(tmp_path) as desk:
        for _ in desk.refill_words():
            pass
        assert (desk.count("source:morning"), desk.count("source:night")) == (1, 0)
        desk.forget(desk.ids("quake"))
        assert_well(desk)


def test_more_stories_of_one_minute_than_it_has_places(tmp_path: Path) -> None:
    many = [make_story(str(at), f"Note {at}", f"Word{at} and more.", feed=FEED, index=at) for at in range(600)]
    with open_desk(tmp_path) as desk:
        new, _ = take(desk, many)
        assert (len(new), desk.count("word599"), len(desk.ids())) == (600, 1, 600)
        take(desk, [many[0].with_(published="2026-01-11")])
        assert_well(desk)


def test_a_forgotten_story_does_not_come_back_beside_new_ones(tmp_path: Path) -> None:
    with open_desk(tmp_path) as desk:
        new, _ = take(desk, STORIES[:1])
        desk.forget(new)
        with desk.taking_in() as intake:
            assert len(intake.take(STORIES[:2]).new) == 1
            assert intake.take(STORIES[:1]).new == ()
            assert len(intake.take(STORIES).new) == 1
        assert desk.count() == 2
        assert_well(desk)


def test_marks_made_before_the_tags_are_counted_under_them(tmp_path: Path) -> None:
    with open_desk(tmp_path) as desk:
        take(desk, STORIES)
        desk.mark("quake", "read")
        desk.finish()
        assert (desk.sections().unread, desk.sections("topic:disaster").unread) == (2, 0)
        assert_well(desk)


def test_sections_within_a_section_are_those_that_counting_gives(tmp_path: Path) -> None:
    chance = random.Random(4)
    words = ("politics", "sport", "disaster", "FR", "CL", "JP", "PL")
    batch = [
        make_story(str(at), f"Story {at} {chance.random()}", f"Text {chance.random()}", hints=tuple(chance.sample(words, 3)))
        for at in range(60)
    ]
    with open_desk(tmp_path) as desk:
        desk.keep(batch)
        desk.mark(desk.ids()[::3], "read")
        desk.undo()
        desk.mark(desk.ids()[::4], "read")
        desk.keep([story.with_(hints=words[:2], body=("Other.",)) for story in batch[:9]])
        for query in ("topic:politics", "topic:sport", "country:FR", "country:JP", "topic:unknown", "country:unknown"):
            term = desk.term(query)
            section = sections.section_of(term)
            assert section is not None
            with desk.store.reading() as connection:
                context = desk.context(connection)
                counted = sections.query_tally(connection, term, context)
                assert sections.section_tally(connection, section, 0) == counted
        assert_well(desk)


def old_archive(root: Path) -> Path:
    archive = paths(root).archive
    archive.parent.mkdir(parents=True)
    archive.write_bytes(gzip.decompress(OLD.read_bytes()))
    archive.chmod(0o600)
    return archive


def test_an_archive_of_the_first_format_gets_the_tables_and_indexes_of_a_new_one(tmp_path: Path) -> None:
    def shape(root: Path) -> set[tuple[object, ...]]:
        found: set[tuple[object, ...]] = set()
        with open_desk(root) as desk, desk.store.reading() as connection:
            tables = connection.execute("SELECT name FROM main.sqlite_master WHERE type = 'table' AND name NOT LIKE 'sqlite%'")
            for (table,) in tables.fetchall():
                found.update((table, *row[1:4], row[5]) for row in connection.execute(f"PRAGMA main.table_info({table})"))
                for _, name, unique, origin, _ in connection.execute(f"PRAGMA main.index_list({table})").fetchall():
                    columns = [row[2] for row in connection.execute(f"PRAGMA main.index_info('{name}')")]
                    found.add((table, name if origin == "c" else origin, unique, *columns))
        return found

    old_archive(tmp_path / "old")
    assert shape(tmp_path / "old") == shape(tmp_path / "new")


def test_an_archive_of_the_first_format_is_brought_up_to_date(tmp_path: Path) -> None:
    old_archive(tmp_path)
    with open_desk(tmp_path) as desk:
        assert_well(desk)
        assert desk.count() == 4
        assert desk.storyline_count() == len(desk.storyline_rows())
        assert [row.heading for row in desk.rows("count is over")] == ["Vote in Paris"]
        assert desk.sections("country:CL").topics == desk.sections("country:CL quake").topics
        assert desk.waiting() == 0
        with desk.store.reading() as connection:
            settings = connection.execute("SELECT k, v FROM words_config ORDER BY k").fetchall()
        with open_desk(tmp_path / "new") as new, new.store.reading() as connection:
            assert connection.execute("SELECT k, v FROM words_config ORDER BY k").fetchall() == settings
        assert dict(settings)["crisismerge"] == 4 * dict(settings)["automerge"] == 64
        # What was known is known again, by its keys of old.
        vote = make_story("3", "Vote in Paris", "The vote was close; the count is over.", index=2, hints=("politics", "FR"))
        assert desk.keep([vote]).unchanged == 1
        desk.mark("topic:disaster", "read")
        assert desk.sections("topic:disaster").unread == 0
        assert_well(desk)


def test_a_step_that_fails_leaves_the_file_as_it_was(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    archive = old_archive(tmp_path)

    def fail(connection: sqlite3.Connection) -> None:
        connection.execute("CREATE TABLE half (done)")
        raise sqlite3.OperationalError("database or disk is full")

    with monkeypatch.context() as patch:
        patch.setattr(schema, "MIGRATIONS", {1: fail})
        with pytest.raises(StorageError, match="disk is full"):
            open_desk(tmp_path)
    with sqlite3.connect(archive) as connection:
        assert connection.execute("PRAGMA user_version").fetchone()[0] == 1
        assert connection.execute("SELECT count(*) FROM sqlite_master WHERE name = 'half'").fetchone()[0] == 0
    connection.close()
    with open_desk(tmp_path) as desk:
        assert_well(desk)


def test_a_reader_asks_for_an_older_archive_to_be_brought_up_to_date(tmp_path: Path) -> None:
    old_archive(tmp_path)
    with pytest.raises(StorageError, match="older newsdesk"):
        open_desk(tmp_path, readonly=True)
