"""The following screen: what is new in each follow, the story so far, and what a person does about it."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from newsdesk.archive.rows import Follow, FollowState, StoryRow
from newsdesk.briefs.developments import Development
from newsdesk.errors import StorageError
from newsdesk.following.news import FollowNews
from newsdesk.model import StorylineRef
from tests.tui.conftest import Open
from tests.tui.driving import Room
from tests.tui.fake_desk import FakeDesk
from tests.tui.hostile import HOSTILE
from tests.tui.morning import NOW, morning
from tests.tui.test_goldens import told
from tests.tui.test_hostile import assert_harmless, hostile_stories
from tui.drawing.render import ASCII, UNICODE, Line, line_width
from tui.keys.commands import BY_ID
from tui.panes.follow_words import NewsView, news_rows
from tui.panes.following import follow_line
from tui.screens.following import FollowingScreen
from tui.screens.packing import free_path, slug, write_new


def _screen(room: Room) -> FollowingScreen:
    screen = room.app.screen
    assert isinstance(screen, FollowingScreen)
    return screen


def _words(line: Line) -> str:
    return "".join(text for text, _ in line)


@pytest.fixture
def busy() -> FakeDesk:
    return told()


async def test_what_is_new_and_the_story_so_far(newsroom: Open, busy: FakeDesk) -> None:
    async with newsroom(120, 40, desk=busy) as room:
        await room.press("0")
        assert "3 follows  2 with news" in room.text
        for words in ("Japan", "SINCE THE LAST LOOK", "no alert rules"):
            assert words in room.text
        pane = _screen(room).follows_pane
        pane.go(next(at for at, entry in enumerate(pane.entries) if getattr(entry, "query", "").startswith("storyline:")))
        await room.settle()
        assert "THE STORY SO FAR" in room.text
        assert "the first report" in room.text
        await room.press("tab", "G", "enter")
        assert room.app.screen is room.screen
        assert room.screen.focused_pane == "article"
        assert any(call[0] == "mark" for call in busy.calls)


async def test_the_cursor_stays_on_its_story_when_others_come_in(newsroom: Open, busy: FakeDesk) -> None:
    async with newsroom(120, 40, desk=busy) as room:
        await room.press("0", "tab")
        pane = _screen(room).news_pane
        assert pane.view is not None
        while pane.current is None or pane.current.story != pane.view.news.rows[0].id:
            await room.press("j")
        here, news = pane.current, pane.view.news
        new = replace(news.rows[0], id="s9", heading="Another one")
        pane.show(replace(pane.view, news=replace(news, rows=(new, *news.rows))))
        assert pane.current == here


async def test_the_stories_of_a_follow_and_the_way_back(newsroom: Open, busy: FakeDesk) -> None:
    async with newsroom(120, 40, desk=busy) as room:
        await room.press("0", "enter")
        assert room.app.screen is room.screen
        assert room.screen.view.narrowing.follow
        await room.press("0", "0", "escape")
        assert room.app.screen is room.screen


async def test_catching_up_and_taking_it_back(newsroom: Open, busy: FakeDesk) -> None:
    async with newsroom(120, 40, desk=busy) as room:
        await room.press("0", "m")
        assert "caught up with “Japan”; u takes it back" in _screen(room).status_bar.text
        assert "1 with news" in room.text
        await room.press("A")
        assert "with news" not in room.text
        assert "caught up with 1 follow;" in _screen(room).status_bar.text
        await room.press("A")
        assert "there was nothing new anywhere" in _screen(room).status_bar.text
        await room.press("u", "u")
        assert "2 with news" in room.text


async def test_alert_rules_are_chosen_in_the_pane_of_follows_too(newsroom: Open, busy: FakeDesk) -> None:
    async with newsroom(120, 40, desk=busy) as room:
        await room.press("a")
        assert "does nothing here; in the pane of follows: Alert rules" in room.status
        await room.press("5")
        follow = room.screen.following_pane.current
        assert follow is not None
        assert not follow.follow.alerts
        await room.press("a", *"velocity", "enter")
        assert "alerts: velocity; u takes it back" in room.status
        assert [one.follow.alerts for one in busy.follows() if one.follow.id == follow.follow.id] == [("velocity",)]
        await room.press("u")
        assert not any(one.follow.alerts for one in busy.follows())


async def test_the_line_of_keys_in_the_pane_of_follows_names_alert_rules_and_a_press_asks(
    newsroom: Open, busy: FakeDesk
) -> None:
    async with newsroom(160, 40, desk=busy) as room:
        assert "a alerts" not in room.status
        await room.press("5")
        assert "a alerts" in room.status
        room.screen.run_command(BY_ID["follow-alerts"])
        await room.settle()
        assert "Alert rules, with ; between them" in room.text


async def test_keys_of_a_follow_work_in_the_pane_of_follows_too(newsroom: Open, busy: FakeDesk) -> None:
    async with newsroom(120, 40, desk=busy) as room:
        await room.press("5", "x")
        follow = room.screen.following_pane.current
        assert follow is not None
        name = follow.follow.name
        assert f"“{name}” muted: it raises no alert; u takes it back" in room.status
        assert "muted" in room.text
        await room.press("p")
        assert f"“{name}” paused: neither counted nor told; u takes it back" in room.status
        await room.press("u", "u")
        assert not any(one.follow.muted or one.follow.paused for one in busy.follows())
        await room.press("E", *"ese", "enter")
        assert f"“{name}” renamed; u takes it back" in room.status
        assert f"{name}ese" in room.text
        await room.press("m")
        assert f"caught up with “{name}ese”; u takes it back" in room.status


async def test_marking_all_in_the_pane_of_follows_catches_up_and_leaves_the_stories(newsroom: Open, busy: FakeDesk) -> None:
    async with newsroom(120, 40, desk=busy) as room:
        read = set(busy.read)
        await room.press("5", "A")
        assert "caught up with 2 follows; u takes it back" in room.status
        assert busy.read == read
        assert not any(one.new for one in busy.follows())


async def test_the_line_of_keys_names_what_is_done_to_a_follow_only_where_there_is_one(newsroom: Open, busy: FakeDesk) -> None:
    async with newsroom(160, 40, desk=busy) as room:
        await room.press("5")
        assert "m catch up" in room.status
        for _ in room.screen.following_pane.follows:
            await room.press("f")
        await room.press("j")
        room.screen.hush()
        assert "You follow nothing yet." in room.text
        assert not any(word in room.status for word in ("catch up", "alerts", "open", "f follow"))
        await room.press("x")
        assert "you follow nothing yet" in room.status


async def test_unfollowing_muting_and_pausing_can_be_undone(newsroom: Open, busy: FakeDesk) -> None:
    async with newsroom(120, 40, desk=busy) as room:
        await room.press("0", "x")
        assert "“Japan” muted: it raises no alert" in _screen(room).status_bar.text
        await room.press("x", "p")
        assert "paused: neither counted nor told" in room.text
        assert sum("paused" in line for line in room.text.split("\n")) > 1
        await room.press("u")
        pane = _screen(room).follows_pane
        pane.go(0)
        await room.settle()
        before = pane.current
        assert before is not None
        await room.press("f")
        assert "no longer following" in _screen(room).status_bar.text
        assert "2 follows" in room.text
        await room.press("u")
        assert before.follow.id in {state.follow.id for state in _screen(room).states}


async def test_name_folder_and_rules_are_asked(newsroom: Open, busy: FakeDesk) -> None:
    async with newsroom(120, 40, desk=busy) as room:
        await room.press("0", "E", "ctrl+u")
        await room.type("Nippon")
        await room.press("enter")
        assert "Nippon" in room.text
        await room.press("F")
        await room.type("Asia")
        await room.press("enter")
        assert _screen(room).follows_pane.entries.index("Asia") > 0
        assert "in Asia" in room.text
        await room.press("F", "ctrl+u")
        await room.type("none")
        await room.press("enter")
        assert "Asia" not in _screen(room).follows_pane.entries
        await room.press("a")
        await room.type("velocity; sources:4")
        await room.press("enter")
        assert "alerts: velocity; sources:4" in room.text
        await room.press("a", "ctrl+u")
        await room.type("sources:all")
        await room.press("enter")
        assert "write how many sources there must be" in room.text
        assert "sources:all" in room.text, "what was written is there to be mended"
        await room.press("enter", "escape")
        assert "alerts: velocity; sources:4" in room.text
        await room.press("a", "ctrl+u", "enter")
        assert "alerts: velocity; sources:4" in room.text, "an empty line changes nothing"
        await room.press("a", "ctrl+u")
        await room.type("none")
        await room.press("enter")
        assert "no alert rules" in room.text


async def test_nothing_followed_says_how_to_follow(newsroom: Open) -> None:
    async with newsroom() as room:
        await room.press("0")
        assert "You follow nothing yet." in room.text
        assert "newsdesk follow QUERY" in room.text
        await room.press("m", "f", "x", "p", "E", "a", "H", "enter", "tab", "j", "enter", "A", "u")
        await room.press("escape")
        assert room.app.screen is room.screen


async def test_a_handover_is_written_and_nothing_written_over(
    newsroom: Open, busy: FakeDesk, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    async with newsroom(160, 40, desk=busy) as room:
        await room.press("H")
        assert "Handover of" in room.text
        await room.press("enter")
        (file,) = tmp_path.iterdir()
        assert file.name.startswith("handover-")
        assert "written: " in room.status
        assert file.read_text("utf-8").startswith("# ")
        await room.press("H", "ctrl+u")
        await room.type(file.name)
        before = file.read_text("utf-8")
        await room.press("enter")
        assert "is there already and stays as it is" in room.text
        assert file.read_text("utf-8") == before
        await room.press("ctrl+u")  # what was written stands there to be mended
        await room.type("none/x.md")
        await room.press("enter")
        assert "there is no folder" in room.text
        await room.press("ctrl+u")
        await room.type(".")
        await room.press("enter")
        assert "is a folder; write the file's name behind it" in room.text
        await room.press("escape", "D")
        assert "Digest of what came with the last refresh: 22 stories" in room.text
        await room.press("enter")
        assert "digest-2026-03-04" in room.status
        assert len(list(tmp_path.iterdir())) == 2


async def test_a_digest_tells_what_came_in_since_the_dashboard_was_closed(
    newsroom: Open, busy: FakeDesk, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Not only what the last refresh brought: that one may have been by itself, and have brought nothing."""
    monkeypatch.chdir(tmp_path)
    busy.leave()
    busy.add(replace(morning()[0], id="snew", title="Ferry turns back", storyline=StorylineRef("tnew", "Ferry turns back", 1)))
    async with newsroom(160, 40, desk=busy) as room:
        await room.press("D")
        assert "Digest of what came in since you left: 1 story" in room.text
        await room.press("enter")
    (file,) = tmp_path.iterdir()
    written = file.read_text("utf-8")
    assert "1 story since the dashboard was closed last" in written
    assert "Ferry turns back" in written


async def test_no_empty_digest_is_written_and_its_time_can_be_said(
    newsroom: Open, busy: FakeDesk, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    busy.leave()
    async with newsroom(120, 40, desk=busy) as room:
        await room.press("D")
        assert "nothing came in since you left; : digest 6h tells of the last six hours, 2d of two days" in room.status
        await room.press("colon")
        await room.type("digest 30d")
        await room.press("enter")
        assert "Digest of what is newer than 30d: 22 stories" in room.text
        await room.press("enter", "colon")
        await room.type("digest soon")
        await room.press("enter")
        assert "neither an age nor a date" in room.status
    (file,) = tmp_path.iterdir()
    assert "22 stories" in file.read_text("utf-8")


def test_where_a_pack_is_written(tmp_path: Path) -> None:
    assert slug("Quake off Iquique: 3 dead/../") == "quake-off-iquique-3-dead"
    assert slug("\x1b[31m…") == "31m"
    assert free_path(tmp_path, "a.md").name == "a.md"
    write_new(tmp_path / "a.md", ["one"])
    assert free_path(tmp_path, "a.md").name == "a-2.md"
    with pytest.raises(StorageError, match="already"):
        write_new(tmp_path / "a.md", ["two"])
    assert (tmp_path / "a.md").read_text() == "one"

    def stopped() -> Iterator[str]:
        yield "three"
        raise StorageError("the archive is busy")

    with pytest.raises(StorageError, match="busy"):
        write_new(tmp_path / "b.md", stopped())
    assert not (tmp_path / "b.md").exists(), "whole or not at all"


async def test_hostile_names_stories_and_folders(newsroom: Open) -> None:
    desk = FakeDesk(hostile_stories(HOSTILE[::4]))
    for number, text in enumerate(HOSTILE[:12]):
        follow = desk.follow(f"word{number} OR -word{number}", text)
        desk.edit_follow(follow.id, folder=text)
    for size in ((120, 40), (30, 12)):
        async with newsroom(*size, desk=desk) as room:
            await room.press("0")
            for _ in range(3):
                await room.press("j", "j")
                assert_harmless(room.text)
            await room.press("tab", "G")
            assert_harmless(room.text)


def _row(heading: str) -> StoryRow:
    from tests.tui.morning import morning

    desk = FakeDesk(morning())
    return FakeDesk._row(desk, morning()[0]).__class__(
        **{name: getattr(desk.rows()[0], name) for name in StoryRow.__dataclass_fields__ if name != "heading"}, heading=heading
    )


def test_every_width_and_both_kinds_of_signs() -> None:
    state = FollowState(
        Follow("f1", "storyline", "t1", "A long name " * 8, ("velocity",), muted=True, folder="Night"), "storyline:t1", 12, 3, 2
    )
    steps = [
        Development("first", "The first sentence of it all. " * 6, "s1", "2026-03-04T08:40Z", "Wire"),
        Development("headline", "New", "s2", "2026-03-05", None, "Old", ("Other",)),
    ]
    news = FollowNews(
        state, "2026-03-04T08:00:00Z", (_row("A heading " * 9),), ("CL",), (), ("mood: more negative",),
        (("2026-03-01", 2), ("2026-03-04", 1)), "2026-03-04",
    )  # fmt: skip
    for glyphs in (UNICODE, ASCII):
        for width in (10, 30, 60, 120):
            rows = news_rows(NewsView(news, steps, {"CL": "Chile"}), width, NOW, glyphs)
            assert max(line_width(row.line) for row in rows) <= width
            assert line_width(follow_line(state, width, glyphs)) <= width
    text = "\n".join(_words(row.line) for row in news_rows(NewsView(news, steps, {"CL": "Chile"}), 120, NOW, UNICODE))
    for words in (
        "muted: raises no alert",
        "in Night",
        "About Chile for the first time",
        "mood: more negative",
        "and 2 more",
        "Gone quiet: the last story is from 4 March 2026",
        "STORIES BY DAY",
        "the first report",
        "New, previously Old",
        "no source named, Other, headline changed",
    ):
        assert words in text
    waiting = news_rows(NewsView(news, None), 60, NOW, UNICODE)
    assert "Reading its stories." in "\n".join(_words(row.line) for row in waiting)


async def test_folders_are_made_and_shown_in_the_newsrooms_pane_and_the_palette_has_its_commands(
    newsroom: Open, desk: FakeDesk
) -> None:
    desk.follow("country:CL")
    desk.follow("country:JP")
    async with newsroom(120, 40) as room:
        await room.press("5", "F")
        await room.type("desk two")
        await room.press("enter")
        (inside,) = [state.follow.name for state in desk.follows() if state.follow.folder == "desk two"]
        assert f"“{inside}” put into desk two" in room.text
        assert room.screen.following_pane.entries[1] == "desk two"
        assert room.screen.following_pane.current is not None
        assert room.screen.following_pane.current.follow.name == inside
        await room.press("2", "colon")
        await room.type("follow-pause")
        await room.press("enter")
        assert room.screen.focused_pane == "following"
        assert [state.follow.name for state in desk.follows() if state.follow.paused] == [inside]


async def test_what_is_not_counted_yet_has_no_number_and_the_cursor_stays_at_the_top_meanwhile(newsroom: Open) -> None:
    def state(name: str, total: int | None, new: int = 0) -> FollowState:
        return FollowState(Follow(name, "query", name, name), name, total or 0, new, 0, counted=total is not None)

    async with newsroom(120, 40) as room:
        pane = room.screen.following_pane
        pane.put([state("apples", None), state("pears", None), state("plums", None)])
        assert _words(follow_line(pane.follows[0], 20, UNICODE)).endswith("     … ")
        pane.put([state("apples", 1), state("pears", None), state("plums", 3, 2)])
        assert (pane.follows[0].follow.name, pane.cursor) == ("plums", 0)
        assert "+2     3" in _words(follow_line(pane.follows[0], 20, UNICODE))
        pane.go(1)
        pane.put([state("apples", 1), state("pears", 2, 1), state("plums", 3, 2)])
        assert [one.follow.name for one in pane.follows] == ["pears", "plums", "apples"]
        assert pane.current == state("apples", 1), "who went to a follow stays on it"
        pane.go(0)
        pane.put([state("apples", 9, 9), state("pears", 2, 1), state("plums", 3, 2)])
        assert pane.current == state("pears", 2, 1)
