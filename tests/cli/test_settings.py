"""`config`, `doctor`, and opening the dashboard."""

from __future__ import annotations

import argparse
import json
import os
import sys
from collections.abc import Callable, Sequence
from datetime import datetime
from pathlib import Path
from typing import Any

import pytest

from newsdesk import config as settings
from newsdesk.cli import Outside
from newsdesk.commands import dashboard
from newsdesk.commands.console import Console
from newsdesk.commands.session import Session
from newsdesk.config import Config
from newsdesk.errors import UsageError
from newsdesk.first_start import FirstStart, Next
from newsdesk.paths import Paths
from tests.cli.conftest import Run, write_jsonl


def test_config_example_is_a_file_that_can_be_used(newsdesk: Run, tmp_path: Path) -> None:
    example = newsdesk("config", "example")
    assert example.text == settings.example()
    path = tmp_path / "config.toml"
    path.write_bytes(example.out)
    done = newsdesk("config", "check", "--config", str(path))
    assert (done.code, done.text) == (0, f"{path}: can be used\n")


def test_config_check_names_every_mistake(newsdesk: Run, tmp_path: Path) -> None:
    path = tmp_path / "config.toml"
    path.write_text('sead = 1\n[display]\ntheme = 3\n"\\u001b[31m" = 1\n')
    done = newsdesk("config", "check", "--config", str(path))
    assert (done.code, done.out) == (2, b"")
    assert done.told.splitlines()[0] == f"{path}:1: unknown key 'sead': did you mean 'seeds'?"
    assert len(done.told.splitlines()) == 3
    assert b"\x1b" not in done.err
    checks = json.loads(newsdesk("config", "check", "--config", str(path), "--format", "json").out)
    assert checks["version"] == 1
    assert [check["well"] for check in checks["checks"]] == [False, False, False]
    assert newsdesk("refresh", "--config", str(path)).code == 2


def _editor(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, does: str) -> None:
    """An editor with an argument of its own, and a blank in its name."""
    program = tmp_path / "my editor"
    program.write_text(f'#!/bin/sh\n[ "$1" = --wait ] || exit 9\n{does}\n')
    program.chmod(0o755)
    monkeypatch.setenv("EDITOR", f"'{program}' --wait")
    monkeypatch.delenv("VISUAL", raising=False)


def test_config_edit_opens_a_whole_file_and_checks_what_was_made_of_it(
    newsdesk: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = tmp_path / "new" / "config.toml"
    words = ("config", "edit", "--config", str(path))
    _editor(tmp_path, monkeypatch, f"cp \"$2\" '{tmp_path}/seen'")
    done = newsdesk(*words)
    assert (done.code, (tmp_path / "seen").read_text("utf-8")) == (0, settings.example())
    assert not path.exists(), "nothing was set in it"
    _editor(tmp_path, monkeypatch, "echo 'sead = 1' > \"$2\"; exit 3")
    done = newsdesk(*words)
    assert (done.code, done.out) == (2, b"")
    assert "my editor ended with 3" in done.told
    assert f"{path}:1: unknown key 'sead': did you mean 'seeds'?" in done.told
    _editor(tmp_path, monkeypatch, "echo 'seeds = []' > \"$2\"")
    done = newsdesk(*words)
    assert (done.code, done.text) == (0, f"{path}: can be used\n")
    assert path.read_text() == "seeds = []\n"


@pytest.mark.parametrize(
    ("editor", "told"), [("", "EDITOR is not set: EDITOR=nano"), ("'", "EDITOR=nano"), ("/no/such -w", "/no/such could not be")]
)
def test_config_edit_says_which_editor_is_wanted(
    newsdesk: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, editor: str, told: str
) -> None:
    monkeypatch.delenv("VISUAL", raising=False)
    monkeypatch.setenv("EDITOR", editor)
    done = newsdesk("config", "edit", "--config", str(tmp_path / "config.toml"))
    assert (done.code, told in done.told) == (2, True)
    assert not (tmp_path / "config.toml").exists()


def test_config_check_knows_countries_and_names_a_feed_that_stands_there_twice(newsdesk: Run, tmp_path: Path) -> None:
    path = tmp_path / "config.toml"
    feed = '[[feeds]]\nurl = "https://one.example/rss"\noutlet_country = "UK"\n'
    path.write_text(feed + feed, "utf-8")
    done = newsdesk("config", "check", "--config", str(path))
    assert (done.code, done.text) == (0, f"{path}: can be used\n")
    assert f"{path}:5: [[feeds]] 2: the same address as [[feeds]] 1" in done.told
    assert 'outlet_country = "GB"' in newsdesk("config", "show", "--config", str(path)).text
    path.write_text(feed.replace("UK", "QQ"), "utf-8")
    done = newsdesk("config", "check", "--config", str(path))
    assert (done.code, 'must be a country\'s two letters, like GB, not "QQ"' in done.told) == (2, True)


def test_config_check_looks_at_keys_queries_and_theme_too(
    newsdesk: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = tmp_path / "config.toml"
    path.write_text(
        '[display]\ntheme = "nrod"\n[keys]\nfolow = "b"\nstar = "ctrl+i"\nsearch = "j"\nwhy = "j"\n'
        '[[follows]]\nquery = "country:"\nalerts = ["keyword:(quay"]\n'
    )
    done = newsdesk("config", "check", "--config", str(path))
    assert done.code == 2
    for at, says in (
        (9, "[[follows]] 1: query, column 1: country: needs a value"),
        (10, "[[follows]] 1: query, column 1: this parenthesis is never closed"),
        (3, "keys: no command is called 'folow'; did you mean 'follow'?"),
        (3, "keys: star: 'ctrl+i' can't be told from tab"),
        (3, "'j' is the key of both 'why' (Why these labels) and 'search' (Search)"),
        (3, "keys: 'j' is yours; 'cursor-down' (Down) is left with Down"),
        (2, "display.theme: no theme is called 'nrod'"),
    ):
        assert sum(says in line and line.startswith(f"{path}:{at}: ") for line in done.told.splitlines()) == 1, says
    monkeypatch.setenv("NEWSDESK_DISPLAY_THEME", "mornign")
    told = newsdesk("config", "check", "--config", str(path)).told
    assert "\nNEWSDESK_DISPLAY_THEME: display.theme: no theme is called 'mornign'" in told
    monkeypatch.delenv("NEWSDESK_DISPLAY_THEME")
    (tmp_path / "themes").mkdir()
    (tmp_path / "themes" / "nrod.toml").write_text('[inks]\nmuted = "#202830"\n')
    path.write_text('[display]\ntheme = "nrod"\n')
    done = newsdesk("config", "check", "--config", str(path))
    assert (done.code, done.text) == (0, f"{path}: can be used\n")
    assert "nrod.toml:2: muted #202830 on pane #12161c is hard to read" in done.told
    checks = json.loads(newsdesk("config", "check", "--config", str(path), "--format", "json").out)["checks"]
    assert {(check["what"], check["well"]) for check in checks} == {("theme", True)}


def test_config_check_counts_tables_that_can_not_be_used_too(newsdesk: Run, tmp_path: Path) -> None:
    path = tmp_path / "config.toml"
    queries = ("3", '"country:"', '""', '"is:followed"')
    path.write_text("".join(f"[[follows]]\nquery = {query}\n" for query in queries))
    told = newsdesk("config", "check", "--config", str(path)).told
    assert f"{path}:2: [[follows]] 1: query: " in told
    assert f"{path}:4: [[follows]] 2: query, column 1: country: needs a value" in told
    assert f"{path}:6: [[follows]] 3: there is nothing to follow" in told
    assert f"{path}:8: [[follows]] 4: 'is:followed' can't be followed" in told


def test_config_theme_prints_one_to_begin_with(newsdesk: Run, tmp_path: Path) -> None:
    path = tmp_path / "config.toml"
    done = newsdesk("config", "theme", "light", "--config", str(path))
    assert done.text.splitlines()[3] == 'from = "light"'
    assert newsdesk("config", "theme", "--config", str(path)).text.splitlines()[3] == 'from = "dark"'
    assert newsdesk("config", "theme", "lihgt", "--config", str(path)).told.startswith(
        "newsdesk: no theme is called 'lihgt'; did you"
    )
    assert newsdesk("config", "show", "light").code == 2


def test_config_show_says_what_set_it(newsdesk: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("NEWSDESK_SEEDS", "/x:/y")
    assert newsdesk("config", "show").text.startswith('seeds = ["/x", "/y"]  # NEWSDESK_SEEDS\n')


def test_config_paths_follow_flag_then_environment(newsdesk: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("NEWSDESK_DATA", str(tmp_path / "env"))
    assert f"archive     {tmp_path / 'env' / 'archive.sqlite3'}\n" in newsdesk("config", "paths").text
    told = json.loads(newsdesk("config", "paths", "--data", str(tmp_path / "flag"), "--format", "json").out)
    assert told["paths"]["archive"] == str(tmp_path / "flag" / "archive.sqlite3")


def test_doctor_where_all_is_well(newsdesk: Run, archive: Path) -> None:
    done = newsdesk("doctor")
    assert done.code == 0
    assert "✗" not in done.text
    checks = json.loads(newsdesk("doctor", "--format", "json").out)["checks"]
    assert {"newsdesk", "settings", "data folder", "archive", "terminal"} <= {check["what"] for check in checks}


def test_doctor_names_what_is_not(newsdesk: Run, archive: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = tmp_path / "config.toml"
    path.write_text('seeds = ["gone"]\ntypo = 1\n')
    (archive / "archive.sqlite3").write_bytes(b"this is no database" * 100)
    done = newsdesk("doctor", "--config", str(path))
    assert done.code == 3
    bad = {
        check["what"]
        for check in json.loads(newsdesk("doctor", "--config", str(path), "--format", "json").out)["checks"]
        if not check["well"]
    }
    assert {"settings", "seeds", "archive"} <= bad


def test_doctor_goes_on_where_the_data_folder_is_closed(newsdesk: Run, archive: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    real_lstat, real_stat = os.lstat, os.stat

    def closed(path: Any) -> None:
        if not isinstance(path, int) and archive in Path(os.fsdecode(path)).parents:
            raise PermissionError(13, "Permission denied", path)

    def lstat(path: Any, **named: Any) -> os.stat_result:
        closed(path)
        return real_lstat(path, **named)

    def stat(path: Any, **named: Any) -> os.stat_result:
        closed(path)
        return real_stat(path, **named)

    monkeypatch.setattr(os, "lstat", lstat)
    monkeypatch.setattr(os, "stat", stat)
    done = newsdesk("doctor", "--format", "json")
    checks = {check["what"]: check for check in json.loads(done.out)["checks"]}
    assert (done.code, done.told) == (3, "")
    assert checks["archive"]["says"].startswith(f"{archive}/archive.sqlite3: it can't be ")
    assert checks["terminal"]["well"]


class FakeOutside(Outside):
    """Remembers how the dashboard was opened, and what was there then."""

    opened: list[dict[str, object]]

    def __init__(self) -> None:
        self.opened = []

    def run_dashboard(
        self,
        paths: Paths,
        config: Config,
        now: Callable[[], datetime] | None,
        refresh_command: Sequence[str],
        seeds: Sequence[str],
        demo: bool,
        sitting: bool,
        *,
        first: FirstStart | None = None,
    ) -> int:
        self.opened.append(
            {"paths": paths, "config": config, "now": now, "command": list(refresh_command), "seeds": list(seeds), "demo": demo}
            | {"folder": paths.data.is_dir(), "sitting": sitting, "first": first}
        )
        return 0


def open_dashboard(monkeypatch: pytest.MonkeyPatch, *paths: str, **flags: object) -> tuple[FakeOutside, int]:
    class Terminal:
        def isatty(self) -> bool:
            return True

    monkeypatch.setattr("sys.stdin", Terminal())
    console = Console(os.environ)
    console.out_is_terminal = True
    outside = FakeOutside()
    told = {
        "paths": list(paths),
        "keep": False,
        "demo": False,
        "plain": False,
        "config": None,
        "data": None,
        "now": None,
        **flags,
    }
    session = Session(console, os.environ, argparse.Namespace(**told), outside)
    return outside, dashboard.run(session, session.flags)


def test_the_demo_is_thrown_away(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    outside, code = open_dashboard(monkeypatch, demo=True)
    (opened,) = outside.opened
    assert code == 0
    assert opened["demo"] is True
    assert opened["folder"] is True
    paths = opened["paths"]
    assert isinstance(paths, Paths)
    assert not paths.data.exists()
    assert "--only" in opened["command"]  # type: ignore[operator]
    assert len(list(Path(dashboard.sample_seeds()).glob("*.txt"))) >= 12


def test_a_first_start_opens_the_samples_and_says_so(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    outside, _ = open_dashboard(monkeypatch)
    assert outside.opened[0]["demo"] is True
    assert "first start" in capsys.readouterr().err


def test_what_was_set_in_the_welcome_is_opened_next(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    pages = str(write_jsonl(tmp_path / "wire.jsonl"))
    codes = iter([Next.DESK, Next.DEMO, 0])

    class Chooses(FakeOutside):
        def run_dashboard(self, *given: object, **more: object) -> int:
            super().run_dashboard(*given, **more)  # type: ignore[arg-type]
            first = self.opened[-1]["first"]
            assert isinstance(first, FirstStart)
            first.config.parent.mkdir(parents=True, exist_ok=True)
            first.config.write_text(f"seeds = ['{pages}']\n")
            return int(next(codes))

    monkeypatch.setattr(sys.modules[__name__], "FakeOutside", Chooses)
    outside, code = open_dashboard(monkeypatch)
    assert code == 0
    assert [(opened["demo"], opened["seeds"] == [pages]) for opened in outside.opened] == [
        (True, False),
        (False, True),
        (True, False),
    ]
    assert [getattr(opened["first"], "welcome", None) for opened in outside.opened] == [True, False, False]


def test_with_an_archive_settings_or_a_path_it_is_no_first_start(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path, archive: Path
) -> None:
    outside, _ = open_dashboard(monkeypatch)
    assert outside.opened[0]["demo"] is False
    seeds = str(write_jsonl(tmp_path / "wire.jsonl"))
    outside, _ = open_dashboard(monkeypatch, seeds, data=str(tmp_path / "other"), now="2026-03-01")
    opened = outside.opened[0]
    assert opened["demo"] is False
    assert opened["seeds"] == [seeds]
    assert opened["sitting"] is True
    command = opened["command"]
    assert isinstance(command, list)
    assert command[command.index("--seeds") + 1] == seeds
    assert command[command.index("--data") + 1] == str(tmp_path / "other")
    assert command[command.index("--now") + 1] == "2026-03-01"


def test_keep_makes_sources_of_paths(monkeypatch: pytest.MonkeyPatch, tmp_path: Path, archive: Path) -> None:
    seeds = str(write_jsonl(tmp_path / "wire.jsonl"))
    outside, _ = open_dashboard(monkeypatch, seeds, keep=True)
    assert "--seeds" not in outside.opened[0]["command"]  # type: ignore[operator]
    assert outside.opened[0]["sitting"] is False
    outside, _ = open_dashboard(monkeypatch)
    assert outside.opened[0]["seeds"] == [seeds]


def test_what_cannot_be_opened_is_said_before_the_screen(
    monkeypatch: pytest.MonkeyPatch, newsdesk: Run, tmp_path: Path
) -> None:
    with pytest.raises(UsageError, match="no such file or folder"):
        open_dashboard(monkeypatch, str(tmp_path / "gone"))
    with pytest.raises(UsageError, match="--demo shows only the sample stories"):
        open_dashboard(monkeypatch, str(tmp_path), demo=True)
    with pytest.raises(UsageError, match="--keep makes the PATHs sources"):
        open_dashboard(monkeypatch, keep=True)
    monkeypatch.undo()
    done = newsdesk()
    assert done.code == 2
    assert "needs a terminal" in done.told


@pytest.mark.parametrize(
    ("name", "what"), [("notebook.json", "notebook"), ("marks.sqlite3", "marks"), ("archive.sqlite3", "archive")]
)
def test_doctor_names_what_is_damaged(newsdesk: Run, archive: Path, name: str, what: str) -> None:
    for left in archive.glob(f"{name}-*"):
        left.unlink()
    (archive / name).write_bytes(b"{ no more than this" * 400)
    wrong = [check for check in json.loads(newsdesk("doctor", "--format", "json").text)["checks"] if not check["well"]]
    assert [check["what"] for check in wrong] == [what]
    assert wrong[0]["says"].startswith(f"{archive / name}: ")
