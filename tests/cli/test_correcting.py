"""Commands that correct the grouping: move, rename, pin."""

from __future__ import annotations

from typing import Any

import pytest

from tests.cli.conftest import Run

pytestmark = pytest.mark.usefixtures("archive")


def line_of(newsdesk: Run, query: str) -> Any:
    return newsdesk("storylines", query).lines()[0]


def test_move_a_story_and_back(newsdesk: Run) -> None:
    docks, kyoto = line_of(newsdesk, "Rotterdam")["id"], line_of(newsdesk, "Kyoto")["id"]
    story = newsdesk("list", "title:deal").lines()[0]["id"]
    assert newsdesk("move", story, kyoto).text.startswith(f"{kyoto}  2 stories")
    assert newsdesk("move", story, kyoto).code == 2
    assert newsdesk("list", "title:deal").lines()[0]["storyline"]["id"] == kyoto
    assert newsdesk("undo").text.startswith("undone: moved “Rotterdam dockers end strike")
    assert line_of(newsdesk, "Rotterdam")["stories"] == 2
    assert newsdesk("move", docks, story).code == 2


def test_pin_rename_and_let_go(newsdesk: Run) -> None:
    docks = line_of(newsdesk, "Rotterdam")["id"]
    assert newsdesk("pin", docks).text.endswith("(pinned)\n")
    assert {line["id"]: line["pinned"] for line in newsdesk("storylines").lines()}[docks] is True
    assert newsdesk("rename", docks, "The", "docks").text.startswith(f"{docks}  2 stories  The docks")
    assert newsdesk("unpin", docks).text == f"{docks}  2 stories  The docks\n"
    assert newsdesk("undo").text == "undone: unpinned “The docks”\n"
    assert newsdesk("undo").text.startswith("undone: renamed")
    assert newsdesk("undo").text.startswith("undone: pinned")
    assert newsdesk("redo").text.startswith("done again: pinned “Rotterdam")
    assert newsdesk("redo").text.startswith("done again: renamed")
    assert newsdesk("undo").text.startswith("undone: renamed")
    assert newsdesk("undo").text.startswith("undone: pinned")
    assert line_of(newsdesk, "Rotterdam")["pinned"] is False
    assert newsdesk("pin", "tnosuchline").code == 2


def test_a_storyline_names_no_muted_source(newsdesk: Run) -> None:
    docks, both = line_of(newsdesk, "Rotterdam")["id"], {"Harbour Wire", "Kansai Evening"}
    newsdesk("move", newsdesk("list", "Kyoto").lines()[0]["id"], docks)

    def shown() -> set[str]:
        return set(newsdesk("show", docks).lines()[0]["sources"])

    assert set(line_of(newsdesk, "Rotterdam")["sources"]) == shown() == both
    newsdesk("mute", "kansai evening")
    assert set(line_of(newsdesk, "Rotterdam")["sources"]) == shown() == {"Harbour Wire"}
    assert set(line_of(newsdesk, "is:muted")["sources"]) == both, "who asks for muted stories sees them named"
    newsdesk("mute", "Harbour Wire")
    assert shown() == both, "so does who asks for a storyline that is muted as a whole"


def test_a_source_is_muted_and_let_in_again(newsdesk: Run) -> None:
    every = newsdesk("list").lines()
    name = next(story["source"] for story in every if story["source"])
    hidden = {story["id"] for story in every if name in (story["source"], story["outlet"])}
    assert newsdesk("mute").text == ""
    assert newsdesk("mute", name.lower()).text == f"muted {name.lower()}\n"
    assert newsdesk("mute", name).text == ""  # it is muted already
    assert newsdesk("mute").text == f"{name.lower()}\n"
    assert {story["id"] for story in newsdesk("list").lines()} == {story["id"] for story in every} - hidden
    assert {story["id"] for story in newsdesk("list", "is:muted").lines()} == hidden
    digest = newsdesk("digest", "--format", "json").text
    assert not any(story in digest for story in hidden)
    assert newsdesk("show", next(iter(hidden))).code == 0
    assert newsdesk("forget", "--dry-run", "newer:9000d").text.startswith(str(len(every)))
    assert newsdesk("undo").text == f"undone: muted “{name.lower()}”\n"
    assert newsdesk("list").lines() == every
    assert newsdesk("redo").code == 0
    assert newsdesk("unmute", name).text == f"unmuted {name.lower()}\n"
    assert newsdesk("unmute", name).text == ""
    assert newsdesk("list").lines() == every
    assert newsdesk("mute", " ").code == 2
    assert newsdesk("mute", "Harbor Wire").told == "there is no story of that name yet\n"
    newsdesk("undo")
    for name in {story["source"] for story in every}:
        newsdesk("mute", name)
    for command in ("list", "export"):
        assert "no stories yet" not in newsdesk(command).told
