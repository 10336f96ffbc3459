"""Commands, arrangement, links, sessions, narrowing: the parts that need no screen."""

from __future__ import annotations

import os
import random
import stat
import subprocess
import sys
from collections import Counter
from dataclasses import replace
from pathlib import Path
from time import monotonic

import pytest

from newsdesk.errors import UsageError
from newsdesk.query import parse
from newsdesk.threads.kept_text import thread_order
from tests.tui.hostile import HOSTILE
from tests.tui.morning import comments
from tui.arrangement import PANES, arrange
from tui.keys.commands import COMMANDS, keys_of, read_keymap
from tui.lists.narrowing import Narrowing
from tui.outside import links
from tui.screens.coverage import CoverageScreen
from tui.screens.feeds import FeedsScreen
from tui.screens.following import FollowingScreen
from tui.screens.mood import MoodScreen
from tui.screens.newsroom import Newsroom
from tui.screens.settings import SettingsScreen
from tui.screens.storyline import StorylineScreen
from tui.screens.welcome import WelcomeScreen
from tui.session import Session, load_session, save_session
from tui.widgets.line_view import LineView


def test_every_command_has_one_id_and_at_its_place_its_own_keys_and_something_that_does_it() -> None:
    assert max(Counter(command.id for command in COMMANDS).values()) == 1
    screens: dict[str, type] = {
        "screen": Newsroom,
        "storyline": StorylineScreen,
        "coverage": CoverageScreen,
        "mood": MoodScreen,
        "feeds": FeedsScreen,
        "follows": FollowingScreen,
        "settings": SettingsScreen,
        "welcome": WelcomeScreen,
    }
    for place, screen in screens.items():
        here = [command for command in COMMANDS if command.is_at("pane") or command.is_at(place)]  # type: ignore[arg-type]
        keys = Counter(key for command in here for key in command.keys.split(","))
        assert [key for key, number in keys.items() if number > 1] == []
        for command in here:
            owner = LineView if command.is_at("pane") else screen
            assert callable(getattr(owner, f"action_{command.action}", None)), (place, command.id)
            assert command.help
            assert keys_of(command, {})


def test_keys_for_a_command_that_is_not_there_name_the_nearest() -> None:
    assert read_keymap({"follow": "b"}) == ({"follow": "b"}, [])
    for name, mend in (("next-unred", "did you mean 'next-unread'"), ("qqqqqq", "see ? in the dashboard")):
        keys, (fault,) = read_keymap({name: "b"})
        assert keys == {}
        assert mend in fault


def test_every_size_and_focus_shows_the_pane_in_focus() -> None:
    for width in range(1, 240, 7):
        for height in range(1, 70, 3):
            for focus in PANES:
                for zoomed in (False, True):
                    shown = arrange(width, height, focus, zoomed)
                    assert focus in shown.visible
                    assert not zoomed or len(shown.visible) == 1


@pytest.mark.parametrize(
    "url",
    [None, "", "javascript:alert(1)", "file:///etc/passwd", "mailto:a@b", "http:///x", "//x", "news.example", "http://[::1"],
)
def test_only_web_addresses_are_opened(url: str | None) -> None:
    with pytest.raises(UsageError):
        links.safe_link(url)


@pytest.mark.parametrize("text", HOSTILE)
def test_addresses_are_made_plain(text: str) -> None:
    try:
        url = links.safe_link("https://news.example/" + text)
    except (UsageError, UnicodeEncodeError):
        return
    assert url.isascii()
    assert url.isprintable()
    assert " " not in url


def test_browser_is_called_by_argument_array() -> None:
    url = "https://news.example/$(id);x"
    assert links.browser_command(url, {"BROWSER": "w3m -o a=b"}) == ["w3m", "-o", "a=b", url]
    assert links.browser_command(url, {"BROWSER": "my-open --url=%s:other"}) == ["my-open", f"--url={url}"]
    assert not links.open_link(url, {"BROWSER": "w3m", "SSH_TTY": "/dev/pts/0"}), "over SSH it is copied"
    assert not links.open_link(url, {})
    with pytest.raises(UsageError, match="set BROWSER"):
        links.open_link(url, {"BROWSER": "/nonexistent/browser"})


def test_browser_gets_the_address_and_no_shell(tmp_path: Path) -> None:
    script, out = tmp_path / "browser", tmp_path / "out"
    script.write_text(f'#!/bin/sh\nprintf "%s" "$1" > {out}.part && mv {out}.part {out}\n')
    script.chmod(0o755)
    assert links.open_link("https://news.example/$(touch x);", {"BROWSER": str(script)})
    until = monotonic() + 60
    while not out.exists() and monotonic() < until:
        os.sched_yield()
    assert out.read_text() == "https://news.example/$(touch x);"


def test_session_survives_and_damage_is_ignored(tmp_path: Path) -> None:
    path = tmp_path / "deep" / "dashboard.json"
    assert load_session(path) == Session()
    session = Session("newsdesk-light", False, "saaa", "tbbb")
    save_session(path, session)
    assert load_session(path) == session
    assert [p.name for p in path.parent.iterdir()] == ["dashboard.json"]
    path.chmod(0o644)  # as older versions made it: others could read what was searched for
    save_session(path, session)
    assert [stat.S_IMODE(place.stat().st_mode) for place in (path, path.parent)] == [0o600, 0o700]
    for damage in ("", "[]", "{", '{"theme": 3, "grouped": "no"}', "[" * 10_000, "\x00" * 70_000):
        path.write_text(damage)
        assert load_session(path) == Session()
    save_session(Path("/dev/null/x/dashboard.json"), session)


def test_narrowing_is_one_query_and_loosens_step_by_step() -> None:
    narrowing = Narrowing().with_section("topic", "medtop:04000000", "Economy").with_section("country", "", "unknown")
    narrowing = replace(narrowing, search="bank OR rates", unread_only=True)
    query = narrowing.query()
    assert query == "topic:medtop:04000000 country:unknown is:unread (bank OR rates)"
    parse(query)
    assert narrowing.loosened().search == ""
    assert narrowing.loosened().loosened().query() == "is:unread"
    assert narrowing.loosened().loosened().loosened().empty
    assert narrowing.with_section("topic", "medtop:04000000", "Economy").topic is None
    parse(Narrowing(follow="a OR b", search="-c").query())


def test_threads_hold_every_comment_once_even_in_rings() -> None:
    chance = random.Random(9)
    for _ in range(200):
        thread = tuple(
            type(c)(c.text, reply_to=chance.choice((None, -1, 0, 1, 2, 5, 11, 99))) for c in comments(chance.randrange(12))
        )
        assert sorted(index for index, _ in thread_order(thread)) == list(range(len(thread)))
    deep = tuple(type(c)(c.text, reply_to=n - 1 if n else None) for n, c in enumerate(comments(20) * 1000))
    assert list(thread_order(deep))[-1] == (19_999, 19_999)


def test_no_screen_loads_what_only_the_desk_needs() -> None:
    """Whatever a screen imports when it is first opened is loaded while a key waits."""
    script = (
        "import importlib, pkgutil, sys, tui\n"
        "for found in pkgutil.walk_packages(tui.__path__, 'tui.'):\n"
        "    found.name == 'tui.serve' or importlib.import_module(found.name)\n"
        "heavy = {'numpy', 'newsdesk.storylines', 'newsdesk.sentiment', 'newsdesk.topics', 'lxml', 'httpx'}\n"
        "sys.exit(' '.join(sorted(heavy & {*sys.modules})) or 0)\n"
    )
    done = subprocess.run([sys.executable, "-c", script], capture_output=True, text=True, check=False)
    assert (done.stderr, done.returncode) == ("", 0)
