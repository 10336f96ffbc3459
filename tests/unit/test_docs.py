"""What the README says is what the program does."""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import sys
import tomllib
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
README = (ROOT / "README.md").read_text("utf-8")


def test_the_key_table_is_that_of_the_dashboard() -> None:
    assert subprocess.run([sys.executable, ROOT / "docs" / "keys.py", "--check"], check=False).returncode == 0


def test_the_manual_page_is_made_from_the_tables_and_renders() -> None:
    assert subprocess.run([sys.executable, ROOT / "docs" / "man.py", "--check"], check=False).returncode == 0
    page = (ROOT / "packaging" / "newsdesk.1").read_text("utf-8")
    assert page.startswith(".TH NEWSDESK 1")
    strange = [line for line in page.splitlines() if line[:1] in (".", "'") and not re.match(r"\.(TH|SH|SS|TP|br|nh)\b", line)]
    assert strange == [], "a sentence that begins with a point would be taken for a request"
    if _has_man():
        command = ["man", "--warnings", "-l", str(ROOT / "packaging" / "newsdesk.1")]
        # Of a locale that is not there, man complains.
        world = {"PATH": os.environ["PATH"], "LC_ALL": "C.UTF-8", "MANWIDTH": "80"}
        shown = subprocess.run(command, capture_output=True, text=True, check=True, env=world)
        assert shown.stderr == ""
        for section in ("SYNOPSIS", "COMMANDS", "KEYS", "EXIT STATUS", "ENVIRONMENT"):
            assert f"\n{section}\n" in shown.stdout


def _has_man() -> bool:
    """Whether manual pages can be shown here: a minimal system has a note in the place of the program."""
    if shutil.which("man") is None:
        return False
    told = subprocess.run(["man", "--version"], capture_output=True, text=True, check=False)
    return told.returncode == 0 and told.stdout.startswith("man ")


def test_every_command_is_in_the_readme() -> None:
    shown = subprocess.run(
        [sys.executable, "-m", "newsdesk", "--help"], capture_output=True, text=True, check=True, cwd=ROOT
    ).stdout
    commands = re.findall(r"^  ([a-z]+)\s{2,}", shown, re.MULTILINE)
    assert len(commands) > 10
    assert [name for name in commands if not re.search(rf"`[^`\n]*\b{name}\b", README)] == []


def test_every_file_that_the_readme_links_to_is_there() -> None:
    for target in re.findall(r"\]\(([^)#:]+)\)", README):
        assert (ROOT / target).exists(), target


def test_the_licence_of_every_library_is_named() -> None:
    project = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))["project"]
    extras = project["optional-dependencies"]
    names = [re.split(r"[<>=]", one)[0] for one in (*project["dependencies"], *extras["serve"], *extras["mood"])]
    said = re.findall(r"[\w-]+", README.rpartition("Libraries: ")[2])
    assert [name for name in names if name not in said] == []


def test_the_map_has_each_folder_and_each_module_beside_them_in_one_place() -> None:
    rows = re.findall(r"^## (\w+)/$|^\| (`.*?) \|", (ROOT / "docs" / "map.md").read_text("utf-8"), re.MULTILINE)
    named: dict[str, list[str]] = {}
    for heading, cell in rows:
        if heading:
            named[heading] = []
        else:
            named[next(reversed(named))] += re.findall(r"`([^`]+?)/?`", cell)
    assert set(named) >= {"newsdesk", "fetchers", "tui"}
    for folder, names in named.items():
        there = {path.name for path in (ROOT / folder).iterdir() if path.suffix == ".py" or path.is_dir()} - {"conftest.py"}
        assert sorted(names) == sorted(name for name in there if name[0] not in "_."), f"docs/map.md, {folder}"


def test_every_place_that_the_map_speaks_of_is_there() -> None:
    told = (ROOT / "docs" / "map.md").read_text("utf-8").partition("\n## newsdesk/")[0]
    places = re.findall(r"`((?:newsdesk|fetchers|tui|tests)/[\w/.]*)`", told)
    assert len(places) >= 15
    assert [place for place in places if not (ROOT / place).exists()] == []
