"""Which way imports may point, and what a headless command must not load."""

from __future__ import annotations

import ast
import functools
import json
import re
import subprocess
import sys
from pathlib import Path

import pytest

from tests.cli.conftest import write_jsonl

ROOT = Path(__file__).parents[2]

_LOADED = """
import json, sys
from newsdesk.cli import main
code = main(sys.argv[1:])
sys.stdout.flush()
print(json.dumps([code, sorted(sys.modules)]), file=sys.stderr)
"""


def test_import_contracts_hold() -> None:
    lint = Path(sys.executable).with_name("lint-imports")
    if not lint.exists():
        pytest.skip("import-linter is not installed (it comes with the dev extra)")
    done = subprocess.run([str(lint), "--no-cache"], cwd=ROOT, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stdout + done.stderr


def loaded_by(*words: str, tmp_path: Path) -> tuple[int, set[str]]:
    done = subprocess.run(
        [sys.executable, "-P", "-c", _LOADED, *words], capture_output=True, text=True, check=False, cwd=tmp_path
    )
    code, modules = json.loads(done.stderr.splitlines()[-1])
    return code, set(modules)


def test_no_headless_command_loads_the_screen_or_the_network(tmp_path: Path) -> None:
    seeds = str(write_jsonl(tmp_path / "wire.jsonl"))
    data = ["--data", str(tmp_path / "data")]
    runs = [
        ["inspect", seeds],
        ["refresh", "--seeds", seeds, *data],
        *([word, *data] for word in ("list", "storylines", "follows", "export", "doctor")),
        ["mark", "read", "Kyoto", *data],
        ["mood", "Kyoto", *data],
        ["follow", "country:NL", *data],
        ["config", "show"],
    ]
    for words in runs:
        code, modules = loaded_by(*words, tmp_path=tmp_path)
        assert code == 0, words
        tops = {name.partition(".")[0] for name in modules}
        assert not tops & {"textual", "rich", "tui", "httpx", "feedparser", "pytest", "sklearn"}, words


def test_a_refresh_that_brings_nothing_loads_only_what_asks(tmp_path: Path) -> None:
    (tmp_path / "config.toml").write_text('[[feeds]]\nurl = "http://127.0.0.1:9/feed"\n', "utf-8")
    words = ["refresh", "--config", str(tmp_path / "config.toml"), "--data", str(tmp_path / "data"), "--quiet"]
    code, modules = loaded_by(*words, "--fail-on", "none", tmp_path=tmp_path)
    assert code == 0
    assert "fetchers.feeds.reader" in modules
    readers = {"fetchers.articles.reader", "fetchers.comments.reader", "fetchers.feeds.tolerant_feed", "fetchers.seeds"}
    keepers = {"newsdesk.archive.intake", "newsdesk.archive.amend", "newsdesk.ingest", "newsdesk.tagging.drafts"}
    others = {"fetchers.feeds.websub", "newsdesk.commands.forget", "newsdesk.markup", "newsdesk.dates", "lxml", "numpy"}
    assert not modules & (readers | keepers | others)


@pytest.mark.parametrize("words", [["--help"], ["list", "--help"], ["--version"], ["config", "paths"]])
def test_help_waits_for_nothing_large(tmp_path: Path, words: list[str]) -> None:
    _, modules = loaded_by(*words, tmp_path=tmp_path)
    tops = {name.partition(".")[0] for name in modules}
    assert not tops & {"textual", "httpx", "numpy", "ftfy", "tinydb", "sqlite3", "asyncio", "fetchers", "tui"}
    if words == ["--help"]:
        assert not tops & {"argparse", "dataclasses", "tomllib"}


@pytest.mark.parametrize("words", [["list", "topic:disaster country:NL Kyoto"], ["storylines"], ["follows"]])
def test_reading_the_archive_never_loads_what_only_tagging_needs(tmp_path: Path, words: list[str]) -> None:
    data = ["--data", str(tmp_path / "data")]
    assert loaded_by("refresh", "--seeds", str(write_jsonl(tmp_path / "wire.jsonl")), *data, tmp_path=tmp_path)[0] == 0
    _, modules = loaded_by(words[0], *data, *words[1:2], tmp_path=tmp_path)
    assert not {name.partition(".")[0] for name in modules} & {"numpy", "ftfy", "lxml"}


@functools.cache
def imports_of(path: Path) -> set[str]:
    found: set[str] = set()
    for node in ast.walk(ast.parse(path.read_text("utf-8"))):
        if isinstance(node, ast.Import):
            found |= {alias.name for alias in node.names}
        elif isinstance(node, ast.ImportFrom) and node.module:
            found.add(node.module)
    return found


def importers(module: str) -> set[str]:
    packages = ("newsdesk", "fetchers", "tui")
    files = [path for package in packages for path in (ROOT / package).rglob("*.py")]
    return {
        str(path.relative_to(ROOT))
        for path in files
        if any(name == module or name.startswith(f"{module}.") for name in imports_of(path))
    }


def test_each_library_has_its_one_place() -> None:
    assert importers("tinydb") <= {"newsdesk/person/notebook.py"}
    stores = ("newsdesk/archive/", "newsdesk/desk/")
    assert {path for path in importers("sqlite3") if not path.startswith(stores)} <= {"newsdesk/person/marks.py"}
    assert all(path.startswith("fetchers/") for path in importers("httpx") | importers("feedparser"))
    assert all(path.startswith("tui/") for path in importers("textual") | importers("rich"))
    assert importers("tui") - {path for path in importers("tui") if path.startswith("tui/")} <= {"newsdesk/cli.py"}
    assert {path for path in importers("fetchers") if not path.startswith("fetchers/")} <= {"newsdesk/cli.py"}


def test_nobody_prints() -> None:
    for package in ("newsdesk", "fetchers", "tui"):
        for path in (ROOT / package).rglob("*.py"):
            calls = [node for node in ast.walk(ast.parse(path.read_text("utf-8"))) if isinstance(node, ast.Call)]
            names = {call.func.id for call in calls if isinstance(call.func, ast.Name)}
            assert "print" not in names, path


def test_no_group_of_a_pattern_is_possessive() -> None:
    """Python 3.11.2, which is Debian's, matches them wrongly: it takes ` a="b" c=">` for a whole tag."""
    for package in ("newsdesk", "fetchers", "tui"):
        for path in (ROOT / package).rglob("*.py"):
            texts = (node.value for node in ast.walk(ast.parse(path.read_text("utf-8"))) if isinstance(node, ast.Constant))
            found = [
                text
                for text in texts
                if isinstance(text, str) and "(?" in text and re.search(r"\)(?:[*+?]|\{\d*,?\d*\})\+", text)
            ]
            assert not found, (path, found)
