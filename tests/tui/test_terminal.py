"""The dashboard in a real pty: it boots, answers, resizes, and gives the terminal back however it ends."""

from __future__ import annotations

import os
import re
import signal
import sys
from pathlib import Path

import pytest

from tests.tui.boot import NARROWER
from tests.tui.terminal import Terminal
from tui.session import load_session
from tui.terminal.output import DeskDriver

# What the framework writes: CSI sequences, the alternate screen, mouse and focus modes, the palette reset on leaving.
_SEQUENCES = re.compile(rb"\x1b\[[0-9;:?<>=]*[ -/]*[@-~]|\x1b\][0-9;]*(?:default|\?)?\x07|\x1b[78=>]|\x1b\]22;[a-z-]*\x1b\\")


def assert_given_back(raw: bytes) -> None:
    """The alternate screen left, the cursor shown, mouse and paste modes off."""
    for on, off in ((b"\x1b[?1049h", b"\x1b[?1049l"), (b"\x1b[?25l", b"\x1b[?25h"), (b"\x1b[?2004h", b"\x1b[?2004l")):
        assert raw.rfind(off) > raw.rfind(on) >= 0, off
    for mode in (b"1000", b"1003", b"1006"):
        assert raw.rfind(b"\x1b[?" + mode + b"l") > raw.rfind(b"\x1b[?" + mode + b"h")


def test_boot_keys_resize_and_quit(tmp_path: Path) -> None:
    with Terminal("morning", tmp_path / "s.json") as terminal:
        terminal.wait_for("22 unread")
        terminal.wait_for("Aftershocks keep Iquique awake as port")
        terminal.press("j\r")
        terminal.wait_for("21 unread")
        terminal.resize(80, 24)
        terminal.wait_for(lambda: "2 Stories" not in terminal.text and "3 Article" in terminal.text)
        terminal.press("?")
        terminal.wait_for("Keys")
        terminal.press("?q")
        assert terminal.end() == 0
        assert_given_back(terminal.raw)


def test_the_last_size_of_a_window_that_is_dragged_stays(tmp_path: Path) -> None:
    with Terminal("dragged", tmp_path / "s.json") as terminal:
        terminal.wait_for("22 unread")
        terminal.resize(120, NARROWER[1])
        terminal.wait_for(lambda: "22 unread" in terminal.text.partition("\n")[0][: NARROWER[0]])


@pytest.mark.parametrize("number", [signal.SIGTERM, signal.SIGHUP, signal.SIGINT])
def test_signals_keep_the_session_and_give_the_terminal_back(tmp_path: Path, number: signal.Signals) -> None:
    with Terminal("morning", tmp_path / "s.json") as terminal:
        terminal.wait_for("22 unread")
        terminal.press("T")
        terminal.wait_for("theme: light")
        os.kill(terminal.pid, number)
        assert terminal.end() == 128 + number
        assert_given_back(terminal.raw)
    assert load_session(tmp_path / "s.json").theme == "newsdesk-light"


def hang_up_in_light(terminal: Terminal) -> None:
    terminal.wait_for("22 unread")
    terminal.press("T")
    terminal.wait_for("theme: light")
    terminal.hang_up()


def test_a_dropped_line_ends_it_with_the_session_kept(tmp_path: Path) -> None:
    with Terminal("morning", tmp_path / "s.json") as terminal:
        hang_up_in_light(terminal)
        assert terminal.end() == 128 + signal.SIGHUP
    assert load_session(tmp_path / "s.json").theme == "newsdesk-light"


def test_a_terminal_that_goes_without_a_signal_ends_it_too(tmp_path: Path) -> None:
    """Only who leads the session is told that the line dropped; the dashboard has a session of its own here."""
    boot = [sys.executable, "-m", "tests.tui.boot", "morning", str(tmp_path / "s.json")]
    lead = f"import signal as s, subprocess as p, sys; s.signal(1, s.SIG_IGN); sys.exit(p.call({boot}, start_new_session=1))"
    with Terminal("", tmp_path, run=("-c", lead)) as terminal:
        hang_up_in_light(terminal)
        assert terminal.ended() == 128 + signal.SIGHUP
    assert load_session(tmp_path / "s.json").theme == "newsdesk-light"


def test_a_byte_of_another_encoding_is_a_key_that_does_nothing(tmp_path: Path) -> None:
    with Terminal("morning", tmp_path / "s.json") as terminal:
        terminal.wait_for("22 unread")
        os.write(terminal.fd, "é".encode("latin-1") + b"T")
        terminal.wait_for("theme: light")
        terminal.press("/")
        os.write(terminal.fd, "é".encode()[:1])
        os.write(terminal.fd, "é".encode()[1:] + b"t")
        terminal.wait_for("ét")
        terminal.press("\x03")
        assert terminal.end() == 0


def test_what_another_program_took_from_the_terminal_is_no_end_of_it() -> None:
    driver = object.__new__(DeskDriver)
    driver.fileno, other = os.pipe()
    os.set_blocking(driver.fileno, False)
    try:
        assert driver._read() is None
        os.write(other, b"j")
        assert driver._read() == b"j"
        os.close(other)
        assert driver._read() == b""
    finally:
        os.close(driver.fileno)


@pytest.mark.parametrize("number", [signal.SIGHUP, signal.SIGTERM])
def test_it_ends_though_the_terminal_takes_nothing_in(tmp_path: Path, number: signal.Signals) -> None:
    with Terminal("talkative", tmp_path / "s.json") as terminal:
        terminal.wait_for("22 unread")
        terminal.press("T")
        terminal.wait_for(lambda: b"theme: " in terminal.raw)
        if number == signal.SIGHUP:
            terminal.hang_up()
        else:
            os.kill(terminal.pid, number)
        assert terminal.ended() == 128 + number


def test_no_colour_is_written_where_none_is_wanted(tmp_path: Path) -> None:
    with Terminal("morning", tmp_path / "s.json", NO_COLOR="1") as terminal:
        terminal.wait_for("22 unread")
        terminal.wait_for("Aftershocks keep Iquique awake as port")
        terminal.press("q")
        terminal.end()
        colours = re.findall(rb"\x1b\[[0-9;]*[34]8;[25];", terminal.raw)
        assert colours == []
        assert b"\x1b[7m" in terminal.raw or re.search(rb"\x1b\[[0-9;]*\b7;?[0-9;]*m", terminal.raw), "the cursor is reversed"


def test_hostile_text_reaches_the_terminal_as_text_only(tmp_path: Path) -> None:
    with Terminal("hostile", tmp_path / "s.json") as terminal:
        terminal.wait_for("unread")
        for keys, title in (("wf3", "━3 Article"), ("G4", "━4 Comments"), ("G5", "━5 Following"), ("1", "━1 Sections")):
            terminal.press(keys)
            terminal.wait_for(title)
        terminal.press("2/")
        terminal.wait_for("source:reuters")
        terminal.press("\x1b[200~\x1b]0;own\x07[/x] \x9b2J\x1b[201~\r")
        terminal.press("\x1b?")
        terminal.wait_for("Keys")
        terminal.press("?q")
        assert terminal.end() == 0
        left = _SEQUENCES.sub(b"", terminal.raw).replace(b"\r\n", b"").replace(b"\n", b"")
        text = left.decode("utf-8", "replace")
        assert {char for char in text if ord(char) < 32 or 0x7F <= ord(char) < 0xA0} == set()
        assert b"\x1b]52" not in terminal.raw
        assert b"\x1b]0;own" not in terminal.raw
        assert_given_back(terminal.raw)


def test_the_first_frame_becomes_the_dashboard_and_keys_typed_meanwhile_are_not_lost(tmp_path: Path) -> None:
    with Terminal("opened", tmp_path / "s.json") as terminal:
        terminal.wait_for("Aftershocks keep Iquique")
        terminal.wait_for("3 Article")
        assert "q quit" not in terminal.text, "the dashboard itself is not there yet"
        terminal.press("j\r3")
        terminal.wait_for("━3 Article")
        terminal.wait_for("Esc list")
        terminal.wait_for("21 unread")
        assert "Aftershocks keep Iquique" in terminal.text
        assert terminal.raw.count(b"\x1b[?1049h") == 1, "a second one would clear what stands there"
        terminal.press("T")
        terminal.wait_for("theme: light")
        terminal.press("q")
        assert terminal.end() == 0
        assert_given_back(terminal.raw)


def test_an_end_before_the_dashboard_is_there_gives_the_terminal_back(tmp_path: Path) -> None:
    with Terminal("fallen", tmp_path / "s.json") as terminal:
        assert terminal.end() == 3
        assert b"Aftershocks" in terminal.raw
        for on, off in ((b"\x1b[?1049h", b"\x1b[?1049l"), (b"\x1b[?25l", b"\x1b[?25h"), (b"\x1b[?7l", b"\x1b[?7h")):
            assert terminal.raw.rfind(off) > terminal.raw.rfind(on) >= 0, off


@pytest.mark.parametrize("sheet", ["", ":"])
def test_what_something_else_wrote_on_the_screen_is_drawn_over(tmp_path: Path, sheet: str) -> None:
    with Terminal("morning", tmp_path / "s.json") as terminal:
        terminal.wait_for("22 unread")
        terminal.wait_for("Aftershocks keep Iquique awake as port")
        terminal.press(sheet)
        terminal.wait_for("a command, or" if sheet else "22 unread")
        terminal.scribble(b"\x1b[3;9r\x1b[5;5HBroadcast message\r\n\n\n\n\n\n\nfrom root")
        terminal.press("\x0c")
        terminal.wait_for(lambda: "Broadcast" not in terminal.text and "from root" not in terminal.text)
        terminal.wait_for("2 Stories")
        terminal.wait_for("q quit")


def test_the_mouse_chooses_turns_the_wheel_and_drags_the_bar(tmp_path: Path) -> None:
    with Terminal("morning", tmp_path / "s.json") as terminal:
        terminal.wait_for("22 unread")
        terminal.wait_for("Aftershocks keep Iquique awake as port")
        terminal.wait_for("q quit")
        line = next(at for at, text in enumerate(terminal.screen.display, 1) if "Economy" in text)
        top = next(at for at, text in enumerate(terminal.screen.display, 1) if "Aftershocks" in text)
        column, bar = terminal.screen.display[1].index("2 Stories"), terminal.screen.display[1].index("3 Article") - 2
        terminal.click(5, line)
        terminal.wait_for("topic Economy")
        terminal.click(5, line)
        terminal.wait_for(lambda: "topic Economy" not in terminal.text)
        terminal.press(f"\x1b[<65;{column + 4};{top}M")
        terminal.wait_for(lambda: "Aftershocks" not in terminal.screen.display[top - 1][: column + 30])
        terminal.press(f"\x1b[<0;{bar};4M\x1b[<32;{bar};39M\x1b[<0;{bar};39m")
        terminal.wait_for("Storm fells the oldest linden")  # the last one
        terminal.press("q")
        assert terminal.end() == 0


def _bring_back(terminal: Terminal) -> None:
    """To the front again, once it has stopped."""
    terminal.wait_for(lambda: b"stopped; a line brings it back" in terminal.raw)
    assert_given_back(terminal.raw)
    terminal.press("hello\n")
    terminal.wait_for(lambda: terminal.raw.count(b"\x1b[?1049h") == 2)


def test_all_of_a_job_stops_with_the_terminal_given_back(tmp_path: Path) -> None:
    """What started the dashboard stops at once, and the shell takes the terminal."""
    session = tmp_path / "s.json"
    run = f"[sys.executable, '-m', 'tests.tui.boot', 'morning', {str(session)!r}]"
    boot = f"import subprocess, sys; sys.exit(subprocess.call({run}))"
    with Terminal("morning", session, run=("-m", "tests.tui.shell", "-c", boot)) as terminal:
        terminal.wait_for("Aftershocks keep Iquique awake as port")
        terminal.press("\x1a")
        _bring_back(terminal)
        terminal.wait_for("━2 Stories━━")
        terminal.press("q")
        assert terminal.end() == 0


def test_another_program_may_stop_it_in_the_middle_of_a_write(tmp_path: Path) -> None:
    session = tmp_path / "s.json"
    job = ("-m", "tests.tui.shell", "-m", "tests.tui.boot", "stopped", str(session))
    with Terminal("stopped", session, run=job) as terminal:
        terminal.wait_for("22 unread")
        terminal.press("T")
        _bring_back(terminal)
        terminal.press("T")
        terminal.wait_for("theme: contrast")
        terminal.press("q")
        assert terminal.end() == 0


@pytest.mark.parametrize("where", ["", "/", "?", "6"], ids=["the list", "the search box", "a sheet", "a screen beside"])
def test_the_shell_has_the_terminal_while_the_dashboard_is_stopped(tmp_path: Path, where: str) -> None:
    session = tmp_path / "s.json"
    job = ("-m", "tests.tui.shell", "-m", "tests.tui.boot", "morning", str(session))
    with Terminal("morning", session, run=job) as terminal:
        terminal.wait_for("Aftershocks keep Iquique awake as port")
        terminal.press(f"T{where}\x1a")
        terminal.wait_for(lambda: b"stopped; a line brings it back" in terminal.raw)  # wherever the cursor was left
        assert_given_back(terminal.raw)
        terminal.press("hello\n")  # as lines, and shown as they are typed
        terminal.wait_for(lambda: b"heard hello" in terminal.raw)
        terminal.resize(100, 30)
        terminal.wait_for(lambda: terminal.raw.count(b"\x1b[?1049h") == 2)
        terminal.wait_for(lambda: terminal.text.startswith("  newsdesk") and "heard" not in terminal.text)
        if where:
            terminal.press("\x1b")
        terminal.wait_for("━2 Stories━━")
        terminal.press("T")
        terminal.wait_for("theme: contrast")
        terminal.press("q")
        assert terminal.end() == 0
        assert_given_back(terminal.raw)
    assert load_session(session).theme == "newsdesk-contrast"


def test_without_a_shell_it_says_so_and_goes_on(tmp_path: Path) -> None:
    with Terminal("morning", tmp_path / "s.json") as terminal:
        terminal.wait_for("22 unread")
        terminal.press("\x1a")
        terminal.wait_for("no shell started this")
        os.kill(terminal.pid, signal.SIGSTOP)  # from outside: the terminal is not given back, and not taken twice
        os.kill(terminal.pid, signal.SIGCONT)
        terminal.press("T")
        terminal.wait_for("theme: light")
        terminal.press("q")
        assert terminal.end() == 0
        assert terminal.raw.count(b"\x1b[?1049h") == 1
        assert_given_back(terminal.raw)
