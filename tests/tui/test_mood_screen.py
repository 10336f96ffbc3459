"""The mood screen: figures with their interval, who writes most, days, and comments to look at."""

from __future__ import annotations

import re
from dataclasses import replace

from newsdesk.model import Comment, Sentiment
from newsdesk.sentiment.overview import survey
from newsdesk.threads.readers import Level, Readers
from tests.tui.conftest import Open
from tests.tui.driving import Room
from tests.tui.fake_desk import FakeDesk
from tests.tui.hostile import HOSTILE
from tests.tui.morning import morning
from tests.tui.test_hostile import assert_harmless, hostile_stories
from tui.drawing.render import ASCII, UNICODE, line_width
from tui.lists.narrowing import Narrowing
from tui.panes.mood import MoodView, figures
from tui.screens.mood import MoodScreen


def _screen(room: Room) -> MoodScreen:
    screen = room.app.screen
    assert isinstance(screen, MoodScreen)
    return screen


async def test_a_storyline_its_story_and_the_way_to_a_thread(newsroom: Open) -> None:
    async with newsroom(120, 40) as room:
        await room.press("8")
        assert "the whole storyline" in room.text
        assert "Quake off Iquique" in room.text
        assert "17 comments on 2 of its stories" in room.text
        assert "other comments" in room.text
        assert "OVER TIME" in room.text or "NEGATIVE" in room.text
        await room.press("t")
        assert "open it from a story" in _screen(room).status_bar.text
        await room.press("escape", "j", "8")
        assert "one story" in room.text
        assert "14 comments" in room.text
        await room.press("t")
        assert "17 comments on 2 of its stories" in room.text
        await room.press("enter")
        assert room.app.screen is room.screen
        assert room.screen.focused_pane == "comments"


async def test_readers_of_all_that_the_list_is_narrowed_to(newsroom: Open) -> None:
    async with newsroom(120, 40) as room:
        await room.press("slash")
        await room.type("country:CL newer:30d")
        await room.press("enter", "8", "t")
        assert "all stories of the list" in room.text
        assert "search country:CL newer:30d" in room.text
        assert re.search(r"\d+ comments on \d+ stories", room.text)
        here = _screen(room)
        assert here.figures.view is not None
        desk = FakeDesk(morning())
        found = [desk.story(one) for one in desk.ids("(country:CL newer:30d) comments:>0")]
        told = here.figures.view.readers.overview
        assert told.stories == len(found) > 1
        assert told.mood is not None
        assert told.mood.comments == sum(len(story.comments) for story in found if story)
        await room.press("t")
        assert "the whole storyline" in room.text


async def test_the_list_below_goes_on_while_the_readers_of_what_it_was_narrowed_to_are_read(newsroom: Open) -> None:
    """As where Esc has just taken a search away and what is left is still being read."""
    async with newsroom(120, 40) as room:
        await room.press("slash")
        await room.type("country:CL newer:30d")
        await room.press("enter", "8", "t")
        here = _screen(room)
        here.newsroom.narrow(Narrowing())
        await room.settle()
        here.reload()
        await room.settle()
        assert re.search(r"\d+ comments on \d+ stories", room.text)
        await room.press("t")
        assert (here.extent, here.desk_app.faults) == ("storyline", [])


async def test_a_comment_is_shown_where_it_stands_in_its_thread(newsroom: Open) -> None:
    first, *others = morning()
    said = [
        replace(first.comments[0], text=f"Point {n}" + " and so on" * (n == 300), when=None, reply_to=None) for n in range(400)
    ]
    async with newsroom(120, 40, desk=FakeDesk([replace(first, comments=tuple(said)), *others])) as room:
        await room.press("t", "8")
        picks = _screen(room).picks
        while picks.current is None or picks.current.index != 300:
            await room.press("j")
        await room.press("enter")
        pane = room.screen.comments_pane
        assert pane.talk.index(pane.at) == 300
        assert "Point 300 and so on" in room.text


async def test_the_cursor_stays_on_its_comment_when_others_come_in(newsroom: Open) -> None:
    async with newsroom(120, 40) as room:
        await room.press("8", "j")
        pane, view = _screen(room).picks, _screen(room).figures.view
        here = pane.current
        assert here is not None
        assert view is not None
        new = replace(here, index=400, comment=replace(here.comment, text="Another one"))
        overview = view.readers.overview
        pane.show(replace(overview, picks=tuple((name, (new, *found)) for name, found in overview.picks)))
        assert pane.current == here


async def test_no_comments_and_no_story(newsroom: Open) -> None:
    desk = FakeDesk([replace(morning()[1], comments=(), mood=None)])
    async with newsroom(80, 24, desk=desk) as room:
        await room.press("8")
        assert "No reader has commented yet." in room.text
        assert "No comment stands out." in room.text
        await room.press("enter", "t", "tab", "G", "escape")
    async with newsroom(80, 24, desk=FakeDesk([])) as room:
        await room.press("8")
        assert "put the list's cursor on a story first" in room.status


async def test_a_story_without_comments_leads_to_those_of_its_storyline(newsroom: Open) -> None:
    async with newsroom(120, 40) as room:
        await room.press("j", "j", "8")
        assert "No reader has commented yet." in room.text
        assert "t tells of the whole storyline." in room.text
        for key in ("x mood", "v each", "Enter"):
            assert key not in _screen(room).status_bar.text
        await room.press("t")
        assert "17 comments on 2 of its stories" in room.text
        for key in ("x mood", "v each", "Enter"):
            assert key in _screen(room).status_bar.text


async def test_hostile_comments(newsroom: Open) -> None:
    async with newsroom(30, 12, desk=FakeDesk(hostile_stories(HOSTILE[::4]))) as room:
        await room.press("8")
        assert_harmless(room.text)
        await room.press("G", "tab", "G")
        assert_harmless(room.text)


def test_each_writer_once_and_what_is_disputed() -> None:
    angry = Sentiment("negative", -0.8, 0.9, toxic=True)
    said = [Comment(f"No, and again no: {n}", "ada", f"2026-03-0{1 + n % 3}T10:00", 12, sentiment=angry) for n in range(12)]
    story = replace(morning()[0], comments=tuple(said))
    view = MoodView(
        "A title", "story", Readers(survey([story]), (Level("A Wire", 480, 1200, 0.4), Level(None, 600, 2000, 0.3)))
    )
    for glyphs in (UNICODE, ASCII):
        for width in (12, 40, 90):
            lines = figures(view, width, glyphs)
            assert max(map(line_width, lines)) <= width
    text = "\n".join("".join(part for part, _ in line) for line in figures(view, 90, UNICODE))
    for words in (
        "12 comments",
        "each of 1 writers counts once",
        "usual for A Wire: 40% negative, of 1,200 other comments",
        "usual here: 30% negative, of 2,000 other comments",
        "OVER TIME, BY 3 HOURS",
        "likely 91% negative, 6% neutral, 3% positive, misreadings allowed for",
        "12 toxic",
        "WHO WRITES MOST",
        "ada",
    ):
        assert words in text


def test_what_is_usual_is_told_once_where_one_outlet_is_all_there_is() -> None:
    own, other = Level("A Wire", 6, 30, 0.2), Level(None, 9, 40, 0.2)
    overview = survey([morning()[0]])
    assert Readers(overview, (own, replace(own, outlet=None))).levels_told == (own,)
    assert Readers(overview, (own, other)).levels_told == (own, other)
    assert Readers(overview, (other,)).levels_told == (other,)
    assert Readers(overview, ()).levels_told == ()


async def test_who_read_the_comments_and_how_well_is_told_whole_in_80_cells(newsroom: Open) -> None:
    async with newsroom(80, 24) as room:
        await room.press("8")
        footer = room.text.splitlines()[-2]
        assert re.fullmatch(
            r" Read by the base tier \(20\d\d-\d\d-\d\d\): macro-F1 0\.\d\d on news comments +\? figures *", footer
        )


async def test_a_mood_is_judged_from_the_mood_screen_and_each_writer_counts_once(newsroom: Open) -> None:
    desk = FakeDesk(morning())
    async with newsroom(160, 48, desk=desk) as room:
        await room.press("8")
        assert "Read by the base tier" in room.text
        await room.press("x", "2")
        assert "neutral, you say" in _screen(room).status_bar.text
        assert "1 as you judged" in room.text
        assert desk.calls[-1][::2] == ("judge", "neutral")
        await room.press("u")
        assert "as you judged" not in room.text
        all_first = room.text.index("every comment counts") < room.text.index("writers counts once")
        await room.press("v")
        assert all_first
        assert room.text.index("every comment counts") > room.text.index("writers counts once")
        await room.press("question_mark")
        assert "How well moods are read" in room.text
        assert "the mean of the three" in room.text
        assert "macro-F1" in room.text
        await room.press("question_mark", "escape")
        assert room.app.screen is room.screen
