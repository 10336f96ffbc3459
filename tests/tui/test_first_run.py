"""A first start of the real program in a real terminal: the welcome, a folder of one's own, and the desk with what came in."""

from __future__ import annotations

import tomllib
from pathlib import Path

from tests.cli.conftest import write_jsonl
from tests.tui.terminal import Terminal


def test_a_first_start_leads_to_a_desk_of_ones_own_and_never_asks_again(tmp_path: Path) -> None:
    write_jsonl(tmp_path / "pages" / "wire.jsonl")
    with Terminal("", tmp_path, 80, 24, ("-P", "-m", "newsdesk"), HOME=str(tmp_path)) as terminal:
        terminal.wait_for("What should newsdesk read?")
        terminal.press("d")
        terminal.wait_for("Tab completes")
        terminal.press("~/pages\r")
        terminal.wait_for("Kyoto temple finds a lost scroll")
        terminal.wait_for("3 stories")
        terminal.press("q")
        assert terminal.end() == 0
    assert tomllib.loads((tmp_path / ".config" / "newsdesk" / "config.toml").read_text()) == {"seeds": ["~/pages"]}
    with Terminal("", tmp_path, 80, 24, ("-P", "-m", "newsdesk"), HOME=str(tmp_path)) as terminal:
        terminal.wait_for("nothing new")
        assert "What should newsdesk read?" not in terminal.text
        terminal.press("q")
        assert terminal.end() == 0
