"""One setting changed in the file: everything else stays byte for byte, and what can't be done so is not done."""

from __future__ import annotations

import errno
import fcntl
import os
import random
import tomllib
from pathlib import Path

import pytest

from newsdesk import config
from newsdesk.config.editing import Place, change_setting, value_at, with_value
from newsdesk.config.file import read_file
from newsdesk.errors import ConfigError, StorageError
from newsdesk.model import Json

FILE = """# my desk
seeds = [
  "~/news",   # saved pages
  "~/wire"    # the agency
]

# colours
[ display ]   # of the screen
theme = "nord"  # not "dark"
#keymap = "newsboat"

[keys]
follow = "f"

[[feeds]]
url = "https://example.org/rss"
"""
THEME: Place = ("display", "theme")


def changed(tmp_path: Path, text: str, place: Place, value: Json | None) -> str:
    path = tmp_path / "config.toml"
    path.write_bytes(text.encode())
    file = read_file(path)
    change_setting(path, place, value, value_at(file.document, place))
    return path.read_bytes().decode()


@pytest.mark.parametrize(
    ("place", "value", "old", "new"),
    [
        (THEME, "light", 'theme = "nord"  # not', 'theme = "light"  # not'),
        (THEME, None, 'theme = "nord"  # not "dark"\n', ""),
        (("display", "keymap"), "emacs", '#keymap = "newsboat"\n', '#keymap = "newsboat"\nkeymap = "emacs"\n'),
        (("display", "refresh_every"), "5m", '# not "dark"\n', '# not "dark"\nrefresh_every = "5m"\n'),
        (("keys", "star"), "b", 'follow = "f"\n', 'follow = "f"\nstar = "b"\n'),
        (("seeds",), ["~/news"], '  "~/wire"    # the agency\n', ""),
        (("seeds",), ["~/wire"], '  "~/news",   # saved pages\n', ""),
        (
            ("seeds",),
            ["~/news", "~/wire", "/srv"],
            '  "~/wire"    # the agency\n',
            '  "~/wire",    # the agency\n  "/srv",\n',
        ),
    ],
)
def test_a_change_touches_its_own_line_alone(tmp_path: Path, place: Place, value: Json, old: str, new: str) -> None:
    assert old in FILE
    assert changed(tmp_path, FILE, place, value) == FILE.replace(old, new, 1)
    assert changed(tmp_path, FILE.replace("\n", "\r\n"), place, value) == FILE.replace(old, new, 1).replace("\n", "\r\n")


def test_a_section_that_is_not_there_comes_to_the_end(tmp_path: Path) -> None:
    assert changed(tmp_path, FILE, ("archive", "keep"), "90d") == FILE + '\n[archive]\nkeep = "90d"\n'
    assert changed(tmp_path, "", THEME, "dark") == '[display]\ntheme = "dark"\n'
    assert changed(tmp_path, "# mine", ("seeds",), ["/a"]) == 'seeds = ["/a"]\n\n# mine'
    assert changed(tmp_path, "[display]\ntheme = 'x'", ("seeds",), ["/a"]) == "seeds = [\"/a\"]\n\n[display]\ntheme = 'x'"
    assert changed(tmp_path, "[display]\ntheme = 'x'", ("display", "keymap"), "vim").endswith("'x'\nkeymap = \"vim\"\n")


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("display.theme = 'x' # c\n", 'display.theme = "dark" # c\n'),
        ("display.keymap = 'vim'\n", "display.keymap = 'vim'\ndisplay.theme = \"dark\"\n"),
        ("display = { keymap = 'vim' } # c\n", 'display = { keymap = "vim", theme = "dark" } # c\n'),
        ("['display']\n\"theme\" = '''a\ntheme = 'b'\n'''\n", '[\'display\']\n"theme" = "dark"\n'),
        ("[x]\ntheme = 1\n[display]\ntheme='q'\n", '[x]\ntheme = 1\n[display]\ntheme="dark"\n'),
    ],
)
def test_however_it_is_written(tmp_path: Path, text: str, expected: str) -> None:
    assert changed(tmp_path, text, THEME, "dark") == expected


def test_in_the_example_file_the_value_stands_below_its_own_words(tmp_path: Path) -> None:
    text = changed(tmp_path, config.example(), THEME, "light")
    assert "\n[display]\n\n# The dashboard's colours" in text
    assert text.count("\n") == config.example().count("\n") + 1
    lines = text.split("\n")
    assert lines[lines.index('theme = "light"') - 1].startswith("#theme = ")
    text = changed(tmp_path, text, ("seeds",), ["/a"])
    text = changed(tmp_path, text, ("alerts", "bell"), True)
    assert tomllib.loads(text) == {"seeds": ["/a"], "display": {"theme": "light"}, "alerts": {"bell": True}}
    for place in (THEME, ("seeds",), ("alerts", "bell")):
        text = changed(tmp_path, text, place, None)
    assert config.load_config(tmp_path / "config.toml", {}) == config.Config()


def test_a_comment_inside_a_list_is_never_lost(tmp_path: Path) -> None:
    text = 'seeds = ["a", # one\n "b", "c"]\n'
    with pytest.raises(ConfigError, match=r'by hand: seeds = \["z"\]'):
        changed(tmp_path, text, ("seeds",), ["z"])
    assert (tmp_path / "config.toml").read_text() == text
    assert changed(tmp_path, 'seeds = ["a#",\n "b"]\n', ("seeds",), ["z"]) == 'seeds = ["z"]\n'


def test_what_somebody_else_changed_is_not_written_over(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = tmp_path / "config.toml"
    path.write_text(FILE)
    with pytest.raises(ConfigError, match=r"display\.theme was changed there in the meantime"):
        change_setting(path, THEME, "light", "dark")
    fsync = os.fsync

    def meanwhile(number: int) -> None:
        fsync(number)
        path.write_text("# theirs\n")

    monkeypatch.setattr("os.fsync", meanwhile)
    with pytest.raises(StorageError, match="somebody else changed it"):
        change_setting(path, THEME, "light", "nord")
    assert [file.name for file in tmp_path.iterdir()] == ["config.toml"]
    assert path.read_text() == "# theirs\n"


def test_two_who_write_at_once_do_so_one_after_the_other(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = tmp_path / "config.toml"
    path.write_text(FILE)
    lock = fcntl.flock

    def other_comes_first(number: int, how: int) -> None:
        path.write_text("# theirs\n")
        lock(number, how)
        second = os.open(tmp_path, os.O_RDONLY)
        with pytest.raises(BlockingIOError):
            lock(second, fcntl.LOCK_EX | fcntl.LOCK_NB)
        os.close(second)

    monkeypatch.setattr("fcntl.flock", other_comes_first)
    with pytest.raises(StorageError, match="somebody else changed it"):
        change_setting(path, THEME, "light", "nord")
    assert path.read_text() == "# theirs\n"


def test_what_a_writer_that_was_killed_has_left_is_written_over(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path, left = tmp_path / "config.toml", tmp_path / ".config.toml.new"
    path.write_text(FILE)
    left.write_text("half a li" * 1000)
    change_setting(path, THEME, "light", "nord")
    assert [file.name for file in tmp_path.iterdir()] == ["config.toml"]
    assert path.read_text() == FILE.replace('theme = "nord"', 'theme = "light"')

    def no_locks(_: int, __: int) -> None:
        raise OSError(errno.ENOLCK, "no locks available")

    monkeypatch.setattr("fcntl.flock", no_locks)
    change_setting(path, THEME, "dark", "light")
    assert [file.name for file in tmp_path.iterdir()] == ["config.toml"]
    assert value_at(read_file(path).document, THEME) == "dark"


def test_a_link_stays_a_link_and_rights_stay(tmp_path: Path) -> None:
    real, link = tmp_path / "dotfiles.toml", tmp_path / "config.toml"
    real.write_text(FILE)
    real.chmod(0o640)
    link.symlink_to(real)
    change_setting(link, THEME, "light", "nord")
    assert link.is_symlink()
    assert real.stat().st_mode & 0o777 == 0o640
    assert "light" in real.read_text()


@pytest.mark.parametrize("text", ["[", "seeds = 3\nseeds = 4\n", "seeds = " + "4" * 5_000])
def test_a_broken_file_is_left_alone(tmp_path: Path, text: str) -> None:
    path = tmp_path / "config.toml"
    path.write_text(text)
    with pytest.raises(ConfigError, match="can't be read as it is"):
        change_setting(path, THEME, "light", None)
    assert path.read_text() == text


def test_a_link_that_leads_in_a_circle_is_no_missing_file(tmp_path: Path) -> None:
    path = tmp_path / "config.toml"
    path.symlink_to(path)
    with pytest.raises(ConfigError, match=r"(?i)loop|symbolic links"):
        read_file(path)
    assert path.is_symlink()


def test_a_walk_of_changes_says_what_was_meant_and_keeps_every_comment(tmp_path: Path) -> None:
    chance = random.Random(7)
    path = tmp_path / "config.toml"
    path.write_text(FILE + "# the end\n")
    values: dict[Place, list[Json | None]] = {
        THEME: ["light", "a # b", 'quote"', None],
        ("display", "keymap"): ["vim", "emacs", None],
        ("alerts", "bell"): [True, False, None],
        ("alerts", "command"): [["a", "{alert}"], ["#"], None],
        ("keys", "star"): ["b", "ctrl+f", None],
        ("keys", "x y"): ["b", None],
        ("seeds",): [["~/news"], ["~/news", "/srv"], ["~/news", "/srv", "/x"]],
    }
    comments = ("# my desk", "# saved pages", "# colours", "# of the screen", "# the end")
    for _ in range(150):
        place = chance.choice(list(values))
        value = chance.choice(values[place])
        before = value_at(read_file(path).document, place)
        change_setting(path, place, value, before)
        assert value_at(tomllib.loads(path.read_text()), place) == value
        assert all(comment in path.read_text() for comment in comments)


def test_nothing_changes_where_nothing_is_meant(tmp_path: Path) -> None:
    path = tmp_path / "config.toml"
    path.write_text(FILE)
    assert with_value(read_file(path), THEME, "nord") == FILE
