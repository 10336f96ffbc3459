"""Where things are kept, and that nothing is made by asking."""

from __future__ import annotations

from pathlib import Path

from newsdesk.paths import expand, find_paths, path_text

HOME = {"HOME": "/home/ann"}


def test_xdg_folders_and_their_defaults() -> None:
    paths = find_paths(HOME)
    assert paths.config == Path("/home/ann/.config/newsdesk/config.toml")
    assert paths.archive == Path("/home/ann/.local/share/newsdesk/archive.sqlite3")
    assert paths.log == Path("/home/ann/.local/state/newsdesk/newsdesk.log")
    moved = find_paths({**HOME, "XDG_DATA_HOME": "/big", "XDG_CONFIG_HOME": "relative"})
    assert moved.data == Path("/big/newsdesk")
    assert moved.config == paths.config, "the specification says that a relative base is ignored"


def test_a_flag_outranks_the_environment() -> None:
    env = {**HOME, "NEWSDESK_DATA": "/env", "NEWSDESK_CONFIG": "~/env.toml"}
    assert find_paths(env).data == Path("/env")
    assert find_paths(env).config == Path("/home/ann/env.toml")
    assert find_paths(env, config="/flag.toml", data="/flag").data == Path("/flag")
    assert find_paths(env, config="/flag.toml").config == Path("/flag.toml")


def test_nothing_is_made(tmp_path: Path) -> None:
    find_paths({"HOME": str(tmp_path)})
    assert list(tmp_path.iterdir()) == []


def test_only_a_tilde_of_its_own_is_home() -> None:
    assert expand("~/news", HOME) == "/home/ann/news"
    assert expand("~news", HOME) == "~news"
    assert expand("a/~/b", HOME) == "a/~/b"


def test_a_path_becomes_text_that_can_be_stored() -> None:
    assert path_text("/news/é.txt") == "/news/é.txt"
    assert path_text("/news/\udcff\udcfe") == "/news/\\xff\\xfe"
    assert path_text("odd \ud83d \udcc3") == "odd \ufffd \\xc3"


def test_an_empty_home_is_none_at_all() -> None:
    assert find_paths({"HOME": ""}) == find_paths({})
    assert not find_paths({"HOME": ""}).data.is_relative_to("/.local")
