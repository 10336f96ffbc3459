"""The log, and what a person sees of an error nobody foresaw."""

from __future__ import annotations

from pathlib import Path

from newsdesk.log import append_log, record_crash


def test_entries_are_added_and_a_large_log_starts_anew(tmp_path: Path) -> None:
    log = tmp_path / "state" / "newsdesk.log"
    assert append_log(log, "one")
    assert append_log(log, "two \udc80")
    assert [line.split(" ", 2)[2] for line in log.read_text().splitlines()] == ["one", "two \\udc80"]
    log.write_text("x" * 600_000)
    assert append_log(log, "three")
    assert log.stat().st_size < 100
    assert (tmp_path / "state" / "newsdesk.old.log").stat().st_size == 600_000


def test_a_crash_is_one_line_here_and_the_whole_there(tmp_path: Path) -> None:
    env = {"XDG_STATE_HOME": str(tmp_path)}
    nothing: dict[str, str] = {}
    try:
        nothing["x"]
    except KeyError as error:
        line = record_crash(error, env)
    assert line.startswith("internal error: KeyError: 'x' at test_log.py:")
    assert "Traceback" in (tmp_path / "newsdesk" / "newsdesk.log").read_text()
    assert str(tmp_path) in line


def test_where_nothing_can_be_written_the_line_is_still_told(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("")
    line = record_crash(ValueError("odd"), {"XDG_STATE_HOME": str(tmp_path / "file")})
    assert line.startswith("internal error: ValueError: odd")
    assert "details" not in line
