"""The storyline screen: one affair in full, its stories to read, corrections by key and undone."""

from __future__ import annotations

import sys
from dataclasses import replace
from datetime import date, timedelta
from pathlib import Path

import pytest

from newsdesk.desk import Desk, Headline, StorylineDetail, Tally
from newsdesk.model import Storyline
from tests.tui.conftest import Open
from tests.tui.driving import Room, strike
from tests.tui.fake_desk import FakeDesk
from tests.tui.hostile import HOSTILE
from tests.tui.morning import morning
from tests.tui.test_hostile import assert_harmless, hostile_stories
from tests.tui.test_real_desk import _fetched, _open
from tui.drawing.charts import bar_lines, column_words, timeline, timeline_lines
from tui.drawing.render import ASCII, UNICODE, line_width
from tui.panes.storyline_words import StorylineView, storyline_lines, unnamed_lines
from tui.screens.storyline import StorylineScreen


def _screen(room: Room) -> StorylineScreen:
    screen = room.app.screen
    assert isinstance(screen, StorylineScreen)
    return screen


def _text(lines: list[tuple[tuple[str, str], ...]]) -> str:
    return "\n".join("".join(text for text, _ in line).rstrip() for line in lines)


@pytest.mark.parametrize(("columns", "lines"), [(80, 24), (100, 30), (60, 30)])
async def test_the_list_takes_no_more_lines_than_it_has_and_the_story_the_rest(
    newsroom: Open, columns: int, lines: int
) -> None:
    async with newsroom(columns, lines) as room:
        await room.press("6")
        pane = _screen(room).stories_pane
        assert pane.rows > 1
        assert pane.inner_height == max(3, pane.rows * pane.row_height)
        await room.press("enter")
        assert _screen(room).article_pane.size.height > lines - 6, "who reads has the whole screen"


@pytest.fixture
def copied() -> FakeDesk:
    """The quake's second story is a copy of the first one."""
    stories = morning()
    stories[1] = replace(stories[1], wire_copy_of="s0000000001")
    return FakeDesk(stories)


async def test_the_article_says_whose_text_it_is_a_copy_of(newsroom: Open, copied: FakeDesk) -> None:
    first, second = morning()[:2]
    async with newsroom(120, 60, desk=copied) as room:
        await room.press("t", "g")
        assert "A copy of" not in room.text
        await room.press("j")
        assert room.screen.article_pane.story is not None
        assert room.screen.article_pane.story.id == second.id
        told = f"A copy of what {first.source} had first, 4 March 2026, 07:55 +00:00."
        assert told in " ".join("".join(text for text, _ in line) for line in room.screen.article_pane.lay_out(200))
        await room.press("6", "j", "enter")
        lines = _screen(room).article_pane.lay_out(200)
        assert told in " ".join("".join(text for text, _ in line) for line in lines)


async def test_a_copy_of_what_names_no_source_says_no_more_than_that(newsroom: Open, copied: FakeDesk) -> None:
    first, *others = copied._stories.values()
    async with newsroom(120, 60, desk=FakeDesk([replace(first, source=None, outlet=None), *others])) as room:
        await room.press("t", "g", "j")
        lines = room.screen.article_pane.lay_out(200)
        assert "A copy of an earlier text in the archive." in " ".join("".join(text for text, _ in line) for line in lines)


async def test_the_next_unread_is_gone_to_and_read_where_the_last_one_was(newsroom: Open, desk: FakeDesk) -> None:
    async with newsroom(80, 24, desk=desk) as room:
        await room.press("6")
        screen = _screen(room)
        ids = [row.id for row in screen.rows]
        assert len(ids) == 3
        await room.press("n", "n")
        assert screen.stories_pane.cursor == 2
        assert desk.read == set(), "in the list it is only gone to"
        await room.press("N", "enter")
        assert desk.read == {ids[1]}
        await room.press("n")
        assert screen.article_pane.story is not None
        assert screen.article_pane.story.id == ids[2]
        assert desk.read == set(ids[1:])
        await room.press("n")
        assert desk.read == set(ids), "round the end"
        await room.press("n")
        assert "everything here is read" in room.text
        assert screen.stories_pane.cursor == 0


async def test_one_storyline_in_full(newsroom: Open, copied: FakeDesk) -> None:
    async with newsroom(120, 40, desk=copied) as room:
        await room.press("6")
        for words in (
            "Quake off Iquique",
            "3 outlets, 2 originals",
            "1 wire copy",
            "3 unread",
            "3 March 2026 to 4 March 2026",
            "STORIES BY HOUR",
            "1 without an hour",
            "WHO TELLS IT",
            "Diario Norte",
            "Chile",
            "4 Mar 07:55  Coastal Herald: Aftershocks keep Iquique",
            "(copy)",
        ):
            assert words in room.text, words
        assert _screen(room).stories_pane.rows == 3
        assert "Two berths of the port took ships" in room.text, "the story under the cursor is shown where there is room"


async def test_enter_reads_a_story_and_esc_goes_back_step_by_step(newsroom: Open, desk: FakeDesk) -> None:
    async with newsroom(80, 24) as room:
        await room.press("6", "j", "enter")
        assert desk.calls == [("mark", ("s0000000002",), "read")]
        assert "Three carriers have diverted" in room.text
        assert "HEADLINES" not in room.text, "where it is narrow the story has the whole screen"
        await room.press("escape")
        assert _screen(room).stories_pane.has_focus
        await room.press("tab", "shift+tab", "escape")
        assert room.app.screen is room.screen


async def test_the_mood_is_that_of_what_is_on_the_screen(newsroom: Open) -> None:
    """`8` told the mood of what the newsroom's cursor was on; so did `6` from there with the storyline."""
    async with newsroom(120, 40) as room:
        await room.press("6", "j", "j", "8")
        assert "one story" in room.text
        assert "Sismo frente a Iquique" in room.text
        await room.press("6")
        assert "Quake off Iquique" in room.text
        await room.press("1", "2", "G", "6", "shift+tab", "8")
        assert "the whole storyline" in room.text


async def test_the_list_goes_to_the_story_that_was_read_here_also_into_a_storyline_that_is_folded(newsroom: Open) -> None:
    """Its head had the cursor: `s` and `m` were about another story than the one beside."""
    async with newsroom(80, 24) as room:
        await room.press("h", "6", "j", "enter", "4")
        assert room.screen.comments_pane.story is not None
        assert room.screen.comments_pane.story.id == "s0000000002"
        item = room.screen.stories_pane.current
        assert item is not None
        assert item.story is not None
        assert item.story.id == "s0000000002"


async def test_the_list_shows_the_storyline_of_a_story_that_was_read_here_and_is_not_in_it(
    newsroom: Open, desk: FakeDesk
) -> None:
    async with newsroom(80, 24) as room:
        await room.press("slash")
        await room.type("copper")
        await room.press("enter", "6", "g", "enter", "3")
        assert room.screen.article_pane.story is not None
        assert room.screen.article_pane.story.id == "s0000000001"
        assert "the list did not have this story: now it is that of its storyline" in room.status
        await room.press("s")
        assert desk.starred == {"s0000000001"}


async def test_what_was_read_here_is_gone_to_also_where_reading_took_it_out_of_the_list(newsroom: Open, desk: FakeDesk) -> None:
    """With unread ones alone in the list the one below took its place, and `m` marked that."""
    async with newsroom(80, 24, desk=desk) as room:
        await room.press("U", "6", "j", "enter", "3")
        assert desk.calls == [("mark", ("s0000000002",), "read")]
        await room.screen.look_for_changes()
        await room.settle()
        assert room.screen.article_pane.story is not None
        assert room.screen.article_pane.story.id == "s0000000002"
        await room.press("m")
        assert desk.calls[-1] == ("mark", ("s0000000002",), "unread")


async def test_marks_and_follow(newsroom: Open, desk: FakeDesk) -> None:
    async with newsroom() as room:
        await room.press("6", "s", "m", "f")
        assert desk.starred == {"s0000000001"}
        assert desk.read == {"s0000000001"}
        assert desk.calls[-1] == ("follow", "tquakeaaaaa")
        assert "◆ followed" in room.text
        await room.press("f")
        assert "no longer following “Quake off Iquique”; u takes it back" in _screen(room).status_bar.text


async def test_pin_and_rename_and_undo(newsroom: Open, desk: FakeDesk) -> None:
    async with newsroom() as room:
        await room.press("6", "P")
        assert desk.pinned == {"tquakeaaaaa"}
        assert "pinned: never merged unasked" in room.text
        await room.press("P")
        assert desk.pinned == set()
        await room.press("E")
        assert "Another title for the storyline" in room.text
        await room.type(" and after")
        await room.press("enter")
        assert desk.titles == {"tquakeaaaaa": "Quake off Iquique and after"}
        assert "Quake off Iquique and after" in room.text
        await room.press("u")
        assert "undone: renamed" in _screen(room).status_bar.text
        assert desk.titles == {}


async def test_a_long_title_is_never_cut_without_a_mark(newsroom: Open, desk: FakeDesk) -> None:
    title = "A title that is longer than sixty letters and ends with these last words"
    async with newsroom() as room:
        await room.press("6", "E", "ctrl+u")
        await room.type(title)
        await room.press("enter")
        assert f"renamed to “{title}”" in _screen(room).status_bar.text
        await room.press("P", "escape")
        assert "3, pinned" in room.text, "the list says it too"
        await room.resize(80, 24)
        await room.press("6", "P")
        assert "is no longer pinned; u takes it back" in _screen(room).status_bar.text
        assert "…”" in _screen(room).status_bar.text


async def test_split_takes_the_story_out(newsroom: Open, desk: FakeDesk) -> None:
    async with newsroom() as room:
        await room.press("6", "j", "X")
        assert desk.calls[-1] == ("split", "tquakeaaaaa", "s0000000002")
        assert _screen(room).stories_pane.rows == 2
        await room.press("u")
        assert _screen(room).stories_pane.rows == 3


async def test_move_asks_where_to(newsroom: Open, desk: FakeDesk) -> None:
    async with newsroom() as room:
        await room.press("6", "j", "V")
        assert "Move “Copper shippers count the days” into which storyline?" in room.text
        await room.press("escape", "V")
        strike(room.app, *"rotterdam", "enter")  # Enter before the answer: what was asked for is waited for
        await room.settle()
        assert desk.calls == [("move", "s0000000002", "ttrialaaaaa")]
        assert "moved into “Rotterdam port trial”; u takes it back" in _screen(room).status_bar.text


async def test_a_storyline_is_found_by_its_title_before_newer_ones_that_speak_of_it(newsroom: Open) -> None:
    """Enter on what was typed took the newest storyline that had the word in any text: a wrong one."""
    stories = morning()
    stories[0] = replace(stories[0], body=("Ships that were bound for Rotterdam wait.", "A port trial."))
    told = FakeDesk(stories)
    for typed in ("rotterdam", "rott", "trial rotter"):
        async with newsroom(desk=told) as room:
            await room.press("slash")
            await room.type("turkana")
            await room.press("enter", "V")
            await room.type(typed)
            await room.press("enter")
            assert told.calls[-1][::2] == ("move", "ttrialaaaaa")
            await room.press("u")


async def test_merge_goes_on_with_the_storyline_that_it_went_into(newsroom: Open, desk: FakeDesk) -> None:
    async with newsroom() as room:
        await room.press("6", "M")
        assert "belongs to which storyline?" in room.text
        await room.type("hibari")
        await room.press("enter")
        assert desk.calls[-1] == ("merge", "tlanderaaaa", "tquakeaaaaa")
        assert "Hibari lander on the Moon" in room.text
        assert _screen(room).stories_pane.rows == 6


async def test_the_story_so_far_is_told_anew_when_one_story_took_the_place_of_another(
    newsroom: Open, desk: FakeDesk, monkeypatch: pytest.MonkeyPatch
) -> None:
    told: list[str] = []

    def tell(_: Desk, line_id: str) -> tuple[()]:
        told.append(line_id)
        return ()

    monkeypatch.setattr("tui.screens.storyline.read_steps", tell)
    async with newsroom() as room:
        await room.press("6")
        assert told == ["tquakeaaaaa"]
        desk.move("s0000000001", "ttrialaaaaa")
        desk.add(replace(morning()[0], id="s0000000099", title="Port closes again"))
        await _screen(room).look_for_changes()
        await room.settle()
        assert told == ["tquakeaaaaa", "tquakeaaaaa"]


async def test_a_storyline_that_is_empty_now_says_what_to_do(newsroom: Open, desk: FakeDesk) -> None:
    async with newsroom() as room:
        await room.press("6")
        for number in (1, 2, 3):
            desk.move(f"s{number:010d}", "ttrialaaaaa")
        await _screen(room).look_for_changes()
        await room.settle()
        assert "Its stories were all moved or forgotten." in room.text
        strike(room.app, "j", "enter", "m", "s", "f", "X", "M", "V", "P", "E", "w", "o", "y", "e", "G", "u")
        await room.settle()


async def test_what_another_process_stores_appears_with_the_cursor_where_it_was(newsroom: Open, desk: FakeDesk) -> None:
    async with newsroom() as room:
        await room.press("6", "j")
        fresh = replace(morning()[0], id="s0000000099", title="Port closes again")
        desk.add(fresh)
        await _screen(room).look_for_changes()
        await room.settle()
        item = _screen(room).stories_pane.current
        assert item is not None
        assert item.story_id == "s0000000002"
        assert "Port closes again" in room.text


async def test_no_story_no_storyline(newsroom: Open) -> None:
    async with newsroom(desk=FakeDesk([])) as room:
        await room.press("6", "V", "P", "E", "e")
        assert room.app.screen is room.screen


async def test_corrections_of_the_newsroom(newsroom: Open, desk: FakeDesk) -> None:
    async with newsroom() as room:
        await room.press("V")
        assert "put the cursor on the story that is to move" in room.status
        await room.press("P", "j", "V")
        assert desk.pinned == {"tquakeaaaaa"}
        await room.type("trial")
        await room.press("enter")
        assert desk.calls[-1] == ("move", "s0000000001", "ttrialaaaaa")
        assert "moved into “Rotterdam port trial”" in room.status


async def test_the_whole_page_is_fetched_on_a_key(newsroom: Open, desk: FakeDesk, tmp_path: Path) -> None:
    args = tmp_path / "args"
    script = f"import sys;open({str(args)!r},'a').write(' '.join(sys.argv[1:])+chr(10))"
    command = [sys.executable, "-c", script, "refresh", "--data", "d"]
    async with newsroom() as room:
        room.screen.setup = replace(room.screen.setup, refresh_command=command)
        await room.press("j", "e")
        assert args.read_text().splitlines() == ["show --data d --fetch --format json s0000000001"]
        assert "the page has no more than is here already" in room.status
        await room.press("6", "e")
        assert len(args.read_text().splitlines()) == 2
        room.screen.setup = replace(
            room.screen.setup, refresh_command=[*command[:2], "import sys;sys.exit('no robots')", "refresh"]
        )
        await room.press("escape", "e")
        assert "no robots" in room.status


async def test_on_the_desk_that_people_use(newsroom: Open, tmp_path: Path) -> None:
    with _open(tmp_path) as real:
        real.keep(_fetched())
        async with newsroom(80, 24, desk=real) as room:
            lines = real.storylines(limit=2)
            await room.press("6", "M", "down", "enter")
            assert len(real.storylines()) == len({story.storyline for story in real.rows()})
            await room.press("P", "V", "enter", "u", "u")
            assert lines
            assert "internal error" not in _screen(room).status_bar.text


async def test_hostile_storylines(newsroom: Open) -> None:
    async with newsroom(120, 40, desk=FakeDesk(hostile_stories(HOSTILE[::2]))) as room:
        room.screen.stories_pane.go(room.screen.stories_pane.rows // 2)
        await room.press("6")
        assert_harmless(room.text)
        await room.press("M")
        assert_harmless(room.text)
        await room.press("escape", "enter")
        assert_harmless(room.text)


# The page and its charts


def _detail(**changes: object) -> StorylineDetail:
    days = (Tally("2026-03-01", 12, 3), Tally("2026-03-04", 4, 4))
    headlines = (
        Headline("2026-03-01T08:00", "First word", "s1", "Wire", 1, False),
        Headline("2026-03-01T09:00", "First word, mended", "s1", "Wire", 2, False),
        Headline("2026-03-02", "First word", "s2", None, 1, True),
    )
    line = Storyline("t1", "An affair", 16, ("Wire",), ("CL",), "2026-03-01", "2026-03-04", ("iquique",))
    detail = StorylineDetail(line, 12, 3, 13, days, (), (Tally("Wire", 12, 3),), (Tally("CL", 16, 7),), headlines)
    return replace(detail, **changes)  # type: ignore[arg-type]


def test_outlets_originals_days_and_changed_headlines() -> None:
    text = _text(storyline_lines(StorylineView(_detail(), False, 0, {"CL": "Chile"}), 80, UNICODE))
    assert "12 outlets, 3 originals · 13 wire copies" in text
    assert "STORIES BY DAY  most: 1 March, 12" in text
    assert "changed: First word, mended" in text
    assert "12 3 original" in text
    assert text.index("2 Mar ") < text.index("1 Mar 09:00") < text.index("1 Mar 08:00"), "the latest first"


def test_what_came_in_one_hour_is_told_by_the_hour_and_countries_that_are_left_out_are_counted() -> None:
    hours, countries = (
        (Tally("2026-03-01T08", 12, 3),),
        tuple(Tally(code, 1, 1) for code in "CL PE BO AR BR UY PY EC CO VE".split()),
    )
    detail = _detail(days=(Tally("2026-03-01", 12, 3),), hours=hours, countries=countries)
    text = _text(storyline_lines(StorylineView(detail, False, 0, {}), 80, UNICODE))
    assert "STORIES BY HOUR" in text
    assert "all of them in one hour" in text
    assert "and 2 more countries" in text


def test_stories_without_a_date_are_said_to_stand_where_they_came_in() -> None:
    def text(undated: int) -> str:
        return _text(storyline_lines(StorylineView(_detail(undated=undated), False, 0, {}), 120, UNICODE))

    assert "without a date" not in text(0)
    assert "1 without a date, placed where it came in" in text(1)
    assert "2 without a date, placed where they came in" in text(2)


def test_stories_of_no_source_are_counted_beside_named_ones_alone() -> None:
    assert _text(unnamed_lines(3, 2)) == " and 1 more that names no source"
    assert _text(unnamed_lines(5, 2)) == " and 3 more that name no source"
    assert unnamed_lines(2, 2) == unnamed_lines(1, 0) == []  # nothing more than what stands above: no outlet named


@pytest.mark.parametrize("width", [12, 24, 38, 80, 200])
def test_the_page_fits_any_width(width: int) -> None:
    for glyphs in (UNICODE, ASCII):
        lines = storyline_lines(StorylineView(_detail(), True, 3, {}), width, glyphs)
        assert max(map(line_width, lines)) <= width


def test_a_timeline_has_no_gaps_and_fits() -> None:
    line = timeline({"2026-03-01": (4, 1), "2026-03-03": (1, 1), "rubbish": (9, 9)}, 60)
    assert line is not None
    assert [(column.stories, column.originals) for column in line.columns] == [(4, 1), (0, 0), (1, 1)]
    assert column_words(line) == "most: 1 March, 4"
    lines = timeline_lines(line, 60, 4, UNICODE)
    assert [text.rstrip() for text in _text(lines).split("\n")] == ["▒▒▒", "▒▒▒", "▒▒▒", "███     ███", "1 Mar 3 Mar"]
    assert "███" not in _text(timeline_lines(line, 60, 4, ASCII))
    long = timeline({"2020-01-01": (1, 1), "2026-03-03": (1, 1)}, 50)
    assert long is not None
    assert len(long.columns) <= 50
    assert long.step > timedelta(days=30)
    end = date(2020, 1, 1) + long.step - timedelta(days=1)
    assert column_words(long) == f"most: 1 January 2020 to {end.day} {end:%B} 2020, 1"
    axis = "".join(text for text, _ in timeline_lines(long, 50, 1, UNICODE)[-1])
    assert axis.startswith("1 Jan 2020 ")
    assert axis.endswith(" 3 Mar 2026")
    assert (line.unit, long.unit) == ("DAY", f"{long.step.days} DAYS")
    hours = timeline({"2026-03-01T08": (2, 2), "2026-03-01T11": (1, 0)}, 60)
    assert hours is not None
    assert len(hours.columns) == 4
    assert column_words(hours) == "most: 1 March, 08h, 2"
    few = timeline({"2026-03-01T08": (2, 2), "2026-03-01T15": (1, 0)}, 4)
    assert few is not None
    assert column_words(few) == "most: 1 March, 08h to 1 March, 09h, 2"
    assert timeline({}, 10) is None
    assert timeline({"2026-03-01": (1, 1)}, 0) is None


def test_a_column_of_many_days_is_not_called_after_its_first() -> None:
    line = timeline({"2025-12-01": (1, 1), "2026-01-17": (1, 1), "2026-03-12": (2, 1)}, 2)
    assert line is not None
    assert len(line.columns) == 2
    assert _text(timeline_lines(line, 60, 1, UNICODE)[-1:]) == "1 Dec 2025 12 Mar 2026"
    assert column_words(line) == "most: 1 December 2025 to 20 January 2026, 2"
    one = timeline({"2026-03-01": (1, 1), "2026-03-12": (2, 1)}, 1)
    assert one is not None
    assert _text(timeline_lines(one, 60, 1, UNICODE)[-1:]) == "1 Mar 12 Mar"
    assert column_words(one) == "most: 1 March to 12 March, 3"


def test_bars_hold_the_longest_name_and_any_number() -> None:
    rows = [("A long name of an outlet that goes on", 1_200_000, "3 original"), ("B", 0, "")]
    assert all(line_width(line) <= 60 for line in bar_lines(rows, 60, UNICODE))
    assert bar_lines([], 60, UNICODE) == []


async def test_the_line_of_keys_says_what_enter_does_where_the_focus_is(newsroom: Open) -> None:
    async with newsroom(120, 40) as room:
        assert "Enter fold" in room.status
        await room.press("3")
        assert "Enter" not in room.status, "a text has nothing to open"
        await room.press("2", "6")
        assert "Enter read" in _screen(room).status_bar.text
        await room.press("tab")
        assert "Enter" not in _screen(room).status_bar.text
