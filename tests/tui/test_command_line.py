"""The command line, what was typed before, and searches under a name."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from newsdesk.model import Comment
from tests.tui.conftest import Open
from tests.tui.driving import Room
from tests.tui.fake_desk import FakeDesk
from tests.tui.hostile import HOSTILE
from tests.tui.morning import morning
from tests.tui.sources import GONE, HERALD, WIRE, with_sources, write_config
from tests.tui.test_hostile import assert_harmless
from tui.history import MOST, History
from tui.keys.commands import BY_ID, COMMANDS, Where
from tui.keys.other_words import OTHER_WORDS
from tui.outside.links import links_of
from tui.palette import complete, find_commands, read_line
from tui.screens.base import DeskScreen
from tui.screens.following import FollowingScreen
from tui.screens.newsroom import Newsroom
from tui.session import Session, load_session, save_session
from tui.widgets.search_box import SearchBox


def _said(room: Room) -> str:
    screen = room.app.screen
    assert isinstance(screen, DeskScreen)
    return screen.status_bar.text


async def _enter(room: Room, line: str) -> None:
    await room.press("colon")
    await room.type(line)
    await room.press("enter")


async def test_a_command_with_what_it_takes(newsroom: Open, desk: FakeDesk) -> None:
    async with newsroom(120, 40) as room:
        await _enter(room, "search country:JP")
        assert room.screen.view.narrowing.search == "country:JP"
        await _enter(room, "theme light")
        assert room.app.theme == "newsdesk-light"
        await _enter(room, "theme pink")
        assert "no theme is called 'pink'; there are dark, light" in _said(room)
        await _enter(room, "follow quake")
        assert "following “quake”; u takes it back" in _said(room)
        assert desk.calls[-1] == ("follow", "quake")
        await _enter(room, "follow country:")
        assert "country" in _said(room), "a slip in the query is told"
        await _enter(room, "unread only")
        assert room.screen.view.narrowing.unread_only, "a command by words of its name, as before"


async def test_a_source_is_muted_and_let_in_by_its_name(newsroom: Open, desk: FakeDesk) -> None:
    async with newsroom(160, 48) as room:
        await room.press("colon")
        await room.type("mute-source merid")
        await room.press("tab")
        assert "mute-source Meridian Wire" in room.text
        await room.press("enter")
        assert desk.muted() == ("Meridian Wire",)
        assert "“Meridian Wire” muted; " in _said(room)
        await _enter(room, "mute-source MERIDIAN")
        assert desk.muted() == ()
        await _enter(room, "mute-source no such")
        assert "no source is called 'no such'" in _said(room)
        await _enter(room, "mute-source e")
        assert "'e' may be " in _said(room)
        await room.press("9")
        await _enter(room, "mute-source meridian wire")
        assert desk.muted() == ("Meridian Wire",)
        assert "“Meridian Wire” muted; " in _said(room)


async def test_from_another_screen(newsroom: Open, desk: FakeDesk) -> None:
    async with newsroom(120, 40) as room:
        await room.press("0")
        await _enter(room, "follow quake")
        assert isinstance(room.app.screen, FollowingScreen)
        assert "following “quake”" in _said(room)
        assert "1 follow" in room.text
        await _enter(room, "search quake")
        assert room.is_bare()
        assert room.screen.view.narrowing.search == "quake"


async def test_a_source_by_a_part_of_its_name(newsroom: Open, desk: FakeDesk, tmp_path: Path) -> None:
    async with newsroom(120, 40, desk=with_sources(desk), config_file=write_config(tmp_path)) as room:
        asked: list[str | None] = []
        room.screen.refresh_sources = asked.append  # type: ignore[method-assign, assignment]
        await _enter(room, f"refresh {HERALD.removeprefix('https://')}")
        assert asked == [HERALD]
        await _enter(room, "refresh example")
        assert "write more of it" in _said(room)
        await _enter(room, "refresh nobody")
        assert "no source is called 'nobody'; 9 shows what there is" in _said(room)
        await _enter(room, "refresh evening lamp")
        await _enter(room, "refresh meridian")
        await _enter(room, "refresh coastal")
        assert asked[1:] == [GONE, WIRE, HERALD], "a title is a name too, also one that the feed gives itself"
        await _enter(room, "refresh herald")
        assert asked[4:] == [HERALD], "its title and its address are one source"
        await room.press("colon")
        await room.type("refresh Neverl")
        await room.press("tab")
        assert room.app.screen.query_one(SearchBox).value == "refresh Neverland Times"


async def test_a_title_that_several_feeds_have_is_told_apart_by_the_address(
    newsroom: Open, desk: FakeDesk, tmp_path: Path
) -> None:
    twice = "".join(f'[[feeds]]\nurl = "https://{name}.example/x"\ntitle = "The Lamp"\n' for name in ("a", "b"))
    async with newsroom(120, 40, desk=desk, config_file=write_config(tmp_path, twice)) as room:
        await _enter(room, "refresh lamp")
        assert "'lamp' may be The Lamp https://a.example/x, The Lamp https://b.example/x; write more of it" in _said(room)


async def test_history_and_completion_and_both_are_kept(newsroom: Open, tmp_path: Path) -> None:
    file = tmp_path / "dashboard.json"
    async with newsroom(120, 40, session_file=file) as room:
        await _enter(room, "theme light")
        await _enter(room, "search quake")
        await room.press("slash", "ctrl+u")
        await room.type("storm")
        await room.press("enter")
    async with newsroom(120, 40, session_file=file) as room:
        await room.press("colon", "up", "up", "enter")
        assert room.app.theme == "newsdesk-light"
        await room.press("colon", "up", "up", "down", "escape")
        await room.press("slash", "up")
        assert room.screen.search_box.value == "storm"
        await room.press("up")
        assert room.screen.search_box.value == "quake"
        await room.press("up", "down", "down")
        assert room.screen.search_box.value == ""
        await room.press("down")
        assert room.screen.focused_pane == "stories"
        await room.press("colon")
        await room.type("them")
        await room.press("tab")
        await room.type("lig")
        await room.press("tab")
        assert room.app.screen.query_one(SearchBox).value == "theme light"
        await room.press("escape")


async def test_a_search_is_saved_listed_shown_and_dropped(newsroom: Open, desk: FakeDesk) -> None:
    async with newsroom(120, 40) as room:
        await room.press("S")
        assert "search (/) or choose a section" in _said(room)
        await room.press("L")
        assert "no search is saved yet; S saves" in _said(room)
        await _enter(room, "search country:JP")
        await room.press("S", "ctrl+u")
        await room.type("Japan desk")
        await room.press("enter")
        assert desk.saved == {"Japan desk": "country:JP"}
        assert "saved as Japan desk; L lists what is saved" in _said(room)
        await room.press("backspace", "L")
        assert "Japan desk" in room.text
        await room.press("enter")
        assert room.screen.view.narrowing.search == "country:JP"
        await room.press("backspace")
        await _enter(room, "saved-searches Japan desk")
        assert room.screen.view.narrowing.search == "country:JP"
        await _enter(room, "saved-searches Mars desk")
        assert "no search is saved as 'Mars desk'" in _said(room)
        await room.press("L", "d")
        assert desk.saved == {}
        assert "dropped Japan desk; u takes it back" in _said(room)
        await room.press("u")
        assert desk.saved == {"Japan desk": "country:JP"}


async def test_hostile_names_and_lines(newsroom: Open, desk: FakeDesk) -> None:
    desk.saved = dict.fromkeys(HOSTILE[::3], "quake")
    async with newsroom(80, 24) as room:
        room.screen.entered.lines = list(HOSTILE[::3])
        await room.press("L")
        assert_harmless(room.text)
        await room.press("escape", "colon", "up", "up")
        assert_harmless(room.text)
        await room.press("enter")
        assert_harmless(room.text)


async def test_links_by_number(newsroom: Open) -> None:
    told = replace(
        morning()[0],
        url="https://herald.example/1",
        body=("See https://a.example/x. And (http://b.example/y), or https://a.example/x again.", *HOSTILE[:9]),
        comments=(Comment("ftp://no.example https://c.example/(z)", "ada"),),
    )
    found = links_of(told)
    assert all(url.isprintable() for url, _ in found)
    assert [*found[:3], found[-1]] == [
        ("https://herald.example/1", "the story"),
        ("https://a.example/x", "text"),
        ("http://b.example/y", "text"),
        ("https://c.example/(z)", "comment of ada"),
    ]
    env = {"LANG": "C.UTF-8", "SSH_TTY": "/dev/pts/1"}
    async with newsroom(120, 40, desk=FakeDesk([told]), env=env) as room:
        await room.press("i")
        assert " 2  https://a.example/x  text" in room.text
        await room.press("3")
        assert "link copied: http://b.example/y" in _said(room)
        await room.press("i", "9", "escape")
    async with newsroom(120, 40, desk=FakeDesk([replace(told, url=None, body=("no address",), comments=())])) as room:
        await room.press("i")
        assert "no web address stands in this story" in _said(room)


def test_lines_that_are_commands_with_something_behind() -> None:
    assert read_line(":search country:JP  ") == (BY_ID["search"], "country:JP")
    assert [read_line(text) for text in ("search", "search ", "quit now", "nothing here", "")] == [None] * 5
    for command in COMMANDS:
        assert bool(command.takes) == hasattr(Newsroom, f"do_{command.action}"), command.id


@pytest.mark.parametrize(
    ("text", "completed"),
    [
        ("the", "theme "),
        ("zo", "zoom"),
        ("theme l", "theme light"),
        ("theme x", "theme x"),
        ("search quake cou", "search quake country:"),
        ("search (to", "search (to"),
        ("saved-searches jap", "saved-searches Japan "),
        ("saved-searches Japan d", "saved-searches Japan desk"),
        ("quit no", "theme "),
    ],
)
def test_completion(text: str, completed: str) -> None:
    offers = {"theme": ("dark", "light"), "search": ("country:", "topic:"), "saved-searches": ("Japan desk", "Japan sport")}
    assert complete(text, BY_ID["theme"], offers) == completed
    assert complete("x", None, {}) == "x"


def test_a_history_keeps_each_line_once_and_the_latest() -> None:
    history = History(["a", "b"])
    for line in ("c", "a", ""):
        history.add(line)
    assert history.lines == ["b", "c", "a"]
    assert [history.older("ty"), history.older("a"), history.older("c"), history.older("b")] == ["a", "c", "b", None]
    assert [history.newer(), history.newer(), history.newer(), history.newer()] == ["c", "a", "ty", None]
    assert len(History([str(number) for number in range(200)]).lines) == MOST


def test_what_was_typed_is_kept_and_damage_ignored(tmp_path: Path) -> None:
    file = tmp_path / "dashboard.json"
    session = Session(searches=("a", "b"), commands=("theme light",))
    save_session(file, session)
    assert load_session(file) == session
    file.write_text('{"searches": [1, "a", null], "commands": "x"}')
    assert load_session(file) == Session(searches=("a",))


@pytest.mark.parametrize(
    ("words", "place", "first"),
    [("th", "screen", "theme"), ("set", "screen", "settings"), ("und", "feeds", "undo"), ("parent", "thread", "thread-parent")],
)
def test_what_is_called_so_comes_first(words: str, place: Where, first: str) -> None:
    assert find_commands(words, place)[0].id == first


async def test_a_command_says_what_may_stand_behind_it(newsroom: Open) -> None:
    """That `digest` takes a time, and `theme` a name, was told nowhere."""
    async with newsroom(100, 30) as room:
        await room.press("colon")
        await room.type("digest")
        assert "Digest                 digest 6h  write what came in since you left to a file" in room.text
        await room.type(" 7d")
        assert "digest 6h  write" in room.text


@pytest.mark.parametrize(
    ("word", "ids"),
    [
        ("export", {"save-story", "save-list", "handover", "digest"}),
        ("unfollow", {"follow"}),
        ("sort", {"order"}),
        ("bookmark", {"star"}),
        ("hide sto", {"unread-only", "mute-source", "fold"}),
        ("reload", {"refresh", "refresh-all"}),
        ("exit", {"quit"}),
    ],
)
def test_a_command_is_found_by_what_other_programs_call_it(word: str, ids: set[str]) -> None:
    assert {command.id for command in find_commands(word, "screen")} == ids


def test_other_words_are_of_commands_that_are_there_and_say_what_their_own_do_not() -> None:
    assert OTHER_WORDS.keys() <= BY_ID.keys()
    for one, words in OTHER_WORDS.items():
        own = f"{BY_ID[one].name} {BY_ID[one].help} {one}".casefold()
        assert [word for word in words.split() if word in own] == [], one


def test_what_was_used_last_comes_first() -> None:
    used = ("theme light", "undo", "theme dark", "no-such-thing", "thread-find x", "star")
    assert [command.id for command in find_commands("", "screen", used)][:5] == [
        "star",
        "thread-find",
        "theme",
        "undo",
        "pane-sections",
    ]
    assert [command.id for command in find_commands("", "feeds", used)][:2] == ["theme", "undo"]
    assert [command.id for command in find_commands("st", "screen", used)][:2] == ["star", "pane-stories"]
    assert [command.id for command in find_commands("s", "screen", ("save-list",))][:2] == ["save-list", "pane-sections"]
    assert find_commands("find words", "screen", ("thread-find",))[0].id == "thread-find"


async def test_the_command_line_shows_first_what_was_entered_last(newsroom: Open) -> None:
    async with newsroom(120, 40) as room:
        await _enter(room, "theme light")
        await room.press("colon")
        rows = [line for line in room.text.splitlines() if "│ " in line]
        assert "Next theme" in next(line for line in rows if "put letters" in line or "Next theme" in line)
        await room.press("escape")


async def test_names_of_feeds_are_offered_before_any_of_their_stories_is_there(newsroom: Open, tmp_path: Path) -> None:
    async with newsroom(120, 40, desk=FakeDesk([]), config_file=write_config(tmp_path)) as room:
        for typed, whole in (
            ("mute-source Neverl", "mute-source Neverland Times"),
            ("search quake source:neverl", "search quake source:Neverland-Times"),
            ("search topic:spo", "search topic:sport"),
            ("follow mood:neg", "follow mood:negative"),
        ):
            await room.press("colon")
            await room.type(typed)
            await room.press("tab")
            assert room.app.screen.query_one(SearchBox).value == whole
            await room.press("escape")
        await _enter(room, "mute-source neverland")
        assert room.screen.setup.desk.muted() == ("Neverland Times",)
