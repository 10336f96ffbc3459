"""Feeds in the settings file: what is added can be read, what is removed leaves all else byte for byte."""

from __future__ import annotations

from pathlib import Path

import pytest

from newsdesk.config import Feed, load_config
from newsdesk.errors import ConfigError, StorageError, UsageError
from newsdesk.feeds.settings import add_feeds, remove_feed

FILE = """# mine
seeds = ["~/news"]  # here

[display]
theme = "nord"

# the wire
[[feeds]]   # first
url = "https://one.example/rss"
tags = [
  "a",
  "b",
]
# after one

[[feeds]]
url = "https://two.example/rss"
title = '''
[[feeds]]
# no comment'''

[[follows]]
query = "country:JP"

[[feeds]]
url = ["exec:", "cat", "x"]
# the end
"""
FULL = Feed("https://n.example/rss", 'N "n" \\ ü', ("x", "y"), "GB", True, False, True, "2h")


def test_added_feeds_are_read_as_they_were(tmp_path: Path) -> None:
    path = tmp_path / "deep" / "config.toml"
    add_feeds(path, [FULL])
    add_feeds(path, [Feed("https://m.example/rss"), Feed("https://o.example/rss")])
    assert load_config(path, {}).feeds == (FULL, Feed("https://m.example/rss"), Feed("https://o.example/rss"))
    assert path.stat().st_mode & 0o777 == 0o600
    assert path.read_text().endswith(
        '\n\n[[feeds]]\nurl = "https://m.example/rss"\n\n[[feeds]]\nurl = "https://o.example/rss"\n'
    )
    assert list(path.parent.iterdir()) == [path]


@pytest.mark.parametrize("text", [FILE, FILE.replace("\n", "\r\n"), "\ufeff" + FILE])
def test_adding_and_removing_gives_the_file_back(tmp_path: Path, text: str) -> None:
    path = tmp_path / "config.toml"
    path.write_bytes(text.encode())
    path.chmod(0o640)
    add_feeds(path, [FULL])
    assert path.read_bytes().startswith(text.encode())
    assert b"\n" not in path.read_bytes().replace(b"\r\n", b"") or "\r" not in text
    remove_feed(path, 3)
    assert path.read_bytes() == text.encode()
    assert path.stat().st_mode & 0o777 == 0o640


def test_removing_takes_a_table_and_leaves_every_comment(tmp_path: Path) -> None:
    path = tmp_path / "config.toml"
    tables = (
        '[[feeds]]   # first\nurl = "https://one.example/rss"\ntags = [\n  "a",\n  "b",\n]\n',
        "[[feeds]]\nurl = \"https://two.example/rss\"\ntitle = '''\n[[feeds]]\n# no comment'''\n\n",
        '[[feeds]]\nurl = ["exec:", "cat", "x"]\n',
    )
    for index, table in enumerate(tables):
        path.write_text(FILE)
        before = load_config(path, {})
        remove_feed(path, index)
        assert path.read_text() == FILE.replace(table, "").replace("after one\n\n\n", "after one\n\n")
        assert load_config(path, {}).feeds == before.feeds[:index] + before.feeds[index + 1 :]


def test_what_cannot_be_done_safely_is_told_and_not_done(tmp_path: Path) -> None:
    path = tmp_path / "config.toml"
    text = 'seeds = []\nfeeds = [\n  { url = "https://one.example/rss" },\n  { url = "https://two.example/rss" },\n]\n'
    path.write_text(text)
    with pytest.raises(UsageError, match=r"take this one out yourself, line 4$"):
        remove_feed(path, 1)
    with pytest.raises(ConfigError, match=r"add by hand: \[\[feeds\]\]; url = "):
        add_feeds(path, [FULL])
    assert path.read_text() == text
    path.write_text(quoted := f"note = '''\n{FILE[FILE.index('[[feeds]]') : FILE.index('# after')]}'''\n{text}")
    with pytest.raises(UsageError, match=r"take this one out yourself, line 3, 11$"):
        remove_feed(path, 0)
    assert path.read_text() == quoted


def test_a_link_stays_a_link_and_a_folder_that_is_read_only_is_said(tmp_path: Path) -> None:
    real = tmp_path / "dotfiles" / "newsdesk.toml"
    real.parent.mkdir()
    real.write_text(FILE)
    path = tmp_path / "config.toml"
    path.symlink_to(real)
    add_feeds(path, [FULL])
    assert path.is_symlink()
    assert FULL in load_config(real, {}).feeds
    with pytest.raises((StorageError, ConfigError)):
        add_feeds(Path("/proc/none/config.toml"), [FULL])
    with pytest.raises(ConfigError):
        add_feeds(tmp_path, [FULL])


def test_a_broken_file_is_left_alone(tmp_path: Path) -> None:
    path = tmp_path / "config.toml"
    for data in (b"feeds = 3\n", b"[[feeds\n", b"\xff\n"):
        path.write_bytes(data)
        with pytest.raises(ConfigError):
            add_feeds(path, [FULL])
        assert path.read_bytes() == data
