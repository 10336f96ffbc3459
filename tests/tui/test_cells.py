"""Widths: no letter of a script whose vowel signs take room of their own is written over, whatever the terminal counts."""

from __future__ import annotations

import os
import shlex
import shutil
import subprocess
import unicodedata
from pathlib import Path

import pyte
import pytest
from rich.color import ColorSystem
from rich.segment import Segment
from textual.strip import Strip
from wcwidth import wcwidth

from newsdesk.commands import layout
from tui.drawing.cells import chop, head, width_of
from tui.drawing.render import fit, wrap
from tui.terminal.paper import Paper, cells_of

INDIC = {
    "hindi": "हिन्दी में समाचार",
    "bengali": "বাংলাদেশের রাজধানী",
    "tamil": "தமிழ்நாட்டில் கோயில்",
    "telugu": "తెలుగు వార్తలు",
    "malayalam": "കേരളത്തിൽ മഴയും",
    "sinhala": "ශ්‍රී ලංකාව",
    "burmese": "မြန်မာနိုင်ငံ",
    "khmer": "កម្ពុជា និងថៃ",
}
SPACING = [chr(point) for point in range(0x300, 0x20000) if unicodedata.category(chr(point)) == "Mc"]


def _counts_spacing_marks(char: str) -> int:
    """As the C library's wcwidth, which tmux, xterm and VTE follow."""
    return 1 if unicodedata.category(char) == "Mc" else wcwidth(char)


def _without_marks(text: str) -> str:
    """`text` without what has no cell."""
    return "".join(char for char in text if unicodedata.category(char) not in ("Mn", "Cf"))


class _Screen(pyte.Screen):
    """pyte leaves out what follows a mark without a combining class, up to the next control; here only the mark."""

    def draw(self, data: str) -> None:
        for char in data:
            super().draw(char)


def _shown(text: str, before: str) -> str:
    """What stands on a terminal of one line that shows `text` in place of `before`."""
    screen = _Screen(60, 1)
    stream = pyte.ByteStream(screen)
    paper = Paper(ColorSystem.TRUECOLOR)
    paper.resize(60, 1)
    for line in (before, text):
        stream.feed(paper.show([(0, 0, [Segment(fit(line, 60))])]).encode())
    return "".join(screen.buffer[0][x].data for x in range(60))


@pytest.mark.parametrize("text", INDIC.values(), ids=INDIC)
def test_no_letter_is_lost_where_a_vowel_sign_is_a_cell(text: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("pyte.screens.wcwidth", _counts_spacing_marks)
    line = f"{text}│{text}│end"
    assert _without_marks(_shown(line, "x" * 60)).rstrip() == _without_marks(line)


@pytest.mark.parametrize("text", INDIC.values(), ids=INDIC)
def test_nothing_old_is_left_where_it_is_none(text: str) -> None:
    shown = _without_marks(_shown(f"{text}│end", "x" * 60))
    assert "x" not in shown
    assert shown.rstrip().index("end") == width_of(text) + 1
    letters = "".join(char for char in _without_marks(text) if char not in SPACING)
    assert shown.replace(" ", "").startswith(f"{letters.replace(' ', '')}│end")


@pytest.mark.skipif(shutil.which("tmux") is None, reason="needs tmux")
def test_no_letter_is_lost_in_tmux(tmp_path: Path) -> None:
    paper = Paper(ColorSystem.TRUECOLOR)
    paper.resize(60, len(INDIC))
    lines = [(y, 0, [Segment(fit(f"{text}│end", 60))]) for y, text in enumerate(INDIC.values())]
    (tmp_path / "frame").write_bytes(b"\x1b[2J" + paper.show(lines).encode())
    env = {"PATH": os.environ["PATH"], "LC_ALL": "C.UTF-8", "TERM": "xterm-256color", "HOME": str(tmp_path)}
    tmux = ("tmux", "-u", "-S", str(tmp_path / "tmux"), "-f", "/dev/null")
    said = shlex.join([*tmux, "wait-for", "-S", "shown"])
    run = f"stty -echo -onlcr; cat {shlex.quote(str(tmp_path / 'frame'))}; {said}; exec cat"
    subprocess.run([*tmux, "new-session", "-d", "-x", "60", "-y", "20", run], env=env, check=True, timeout=60)
    try:
        subprocess.run([*tmux, "wait-for", "shown"], env=env, check=True, timeout=60)
        shown = subprocess.run([*tmux, "capture-pane", "-p"], env=env, check=True, timeout=60, capture_output=True).stdout
    finally:
        subprocess.run([*tmux, "kill-server"], env=env, check=False, timeout=60)
    told = unicodedata.normalize("NFC", shown.decode())
    for text in INDIC.values():
        for word in text.split():
            assert word in told
    assert told.count("│end") == len(INDIC)


def test_one_width_for_the_screen_the_framework_and_the_plain_commands() -> None:
    for char in SPACING:
        assert width_of(f"क{char}") == layout.width(f"क{char}") == Strip([Segment(f"क{char}")]).cell_length
    for text in INDIC.values():
        assert width_of(text) == layout.width(text) == len(cells_of(text)) == Strip([Segment(text)]).cell_length


def test_a_letter_is_cut_with_its_signs_or_not_at_all() -> None:
    assert head("हिन्दी", 4) == "हिन्"
    assert fit("हिन्दी", 4) == "हिन्…"
    assert fit("हिन्दी", 3) == "हि…"
    assert fit("हिन्दी से", 5) == "हिन्… "
    assert chop("हिन्दी" * 2, 4) == ["हिन्", "दीहि", "न्दी"]
    for text in INDIC.values():
        for width in range(4, 12):
            lines = wrap(text, width)
            assert all(width_of(line) <= width for line in lines)
            assert not any(line and unicodedata.category(line[0]).startswith("M") for line in lines)
            assert "".join(lines).replace(" ", "") == text.replace(" ", "")


def test_a_tower_of_signs_is_wrapped_and_cut_all_the_same() -> None:
    tower = "क" + "ि" * 1000
    assert all(width_of(line) <= 3 for line in wrap(tower, 3))
    assert width_of(fit(tower, 20)) == 20
