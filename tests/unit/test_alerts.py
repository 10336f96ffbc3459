"""Alerts: what calls for one, that each is raised once, and how they are carried further."""

from __future__ import annotations

import errno
import os
import resource
import signal
import sys
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

import pytest

from newsdesk.config import AlertSettings
from newsdesk.errors import UsageError
from newsdesk.following.alerts import Alert, Correction, Facts, LineFacts, Match, Raised, find_alerts, read_rules, untold
from newsdesk.following.notices import carry, is_quiet

NOON = datetime(2026, 2, 3, 12, tzinfo=UTC)


def texts(rule: str, facts: Facts) -> list[str]:
    return [alert.text for alert in find_alerts([rule], facts)]


def test_rules_are_read_and_slips_named() -> None:
    assert read_rules(["mood", "sources: 5", "keyword:dam OR dyke", "mood"]) == ("mood", "sources:5", "keyword:dam OR dyke")
    for slip, mend in (
        ("new-county", "new-country"),
        ("sources", "sources:5"),
        ("sources:1", "2 or more"),
        ("keyword:", "keyword:"),
    ):
        with pytest.raises(UsageError, match=mend):
            read_rules([slip])


def test_new_countries_are_named() -> None:
    assert texts("new-country", Facts(frozenset({"JP"}))) == ["new-country: JP for the first time"]


def test_a_burst_is_three_times_the_usual_and_four_at_least() -> None:
    assert texts("velocity", Facts(last_day=9, usual=28)) == ["velocity: 9 stories in a day, 1.0 a day before"]
    assert texts("velocity", Facts(last_day=3, usual=0)) == []
    assert texts("velocity", Facts(last_day=9, usual=100)) == []
    assert texts("velocity", Facts(last_day=4, usual=0)) == ["velocity: 4 stories in a day, 0.0 a day before"]
    assert texts("velocity", Facts(last_day=6, usual=56)) == ["velocity: 6 stories in a day, 2.0 a day before"]
    assert texts("velocity", Facts(last_day=6, usual=57)) == []


def test_sources_are_counted_a_storyline() -> None:
    facts = Facts(lines=(LineFacts("t1", "Dam leaks", 5), LineFacts("t2", "Vote", 4)))
    assert texts("sources:5", facts) == ["sources: 5 carry “Dam leaks”"]


def test_a_mood_swings_only_when_both_sides_are_sure() -> None:
    swing = LineFacts("t1", "Dam leaks", 2, before=(2, 40), after=(35, 40))
    assert texts("mood", Facts(lines=(swing,))) == ["mood: comments on “Dam leaks” 88% negative, 5% before"]
    (worse,) = find_alerts(["mood"], Facts(lines=(swing,)))
    (better,) = find_alerts(["mood"], Facts(lines=(replace(swing, before=swing.after, after=swing.before),)))
    assert (worse.key, better.key) == ("mood:t1:more negative", "mood:t1:less negative")
    few = LineFacts("t1", "Dam leaks", 2, before=(0, 9), after=(9, 9))
    close = LineFacts("t1", "Dam leaks", 2, before=(20, 40), after=(24, 40))
    assert texts("mood", Facts(lines=(few, close))) == []


def test_keywords_and_corrections_say_what_they_found() -> None:
    facts = Facts(
        matches=(Match("keyword:dam", "t1", "Dam leaks"), Match("keyword:other", "t1", "No")),
        corrections=(Correction("s1", 2, "“Dam breaks”", "“Dam leaks”"),),
    )
    assert texts("keyword:dam", facts) == ["keyword dam: “Dam leaks”"]
    assert texts("correction", facts) == ["correction: “Dam leaks”, previously “Dam breaks”"]


def test_each_is_raised_once_and_a_burst_again_after_a_lull() -> None:
    country, burst = Alert("new-country:FR", "FR"), Alert("velocity", "fast")
    fresh, told = untold([country, burst, country], {})
    assert fresh == (country, burst)
    fresh, told = untold([country, burst], told)
    assert fresh == ()
    fresh, told = untold([country], told)
    assert untold([country, burst], told)[0] == (burst,)


def test_what_an_earlier_version_remembered_is_known() -> None:
    country, burst = Alert("new-country:FR", "FR"), Alert("velocity", "fast")
    assert untold([country, burst], {"countries": ["FR", 3, None], "fast": True})[0] == ()
    assert untold([country], {"keys": [None, 7]})[0] == (country,)


@pytest.mark.parametrize(
    ("hours", "quiet"), [("11:00-13:00", True), ("22:00-07:00", False), ("12:01-12:00", False), (None, False)]
)
def test_quiet_hours_are_local_and_may_span_midnight(hours: str | None, quiet: bool) -> None:
    assert is_quiet(hours, NOON.astimezone().replace(hour=12, minute=0)) is quiet


def test_alerts_reach_the_file_and_the_program_as_they_are(tmp_path: Path) -> None:
    out, log = tmp_path / "out", tmp_path / "alerts.log"
    script = "import sys, pathlib; pathlib.Path(sys.argv[1]).write_text('|'.join(sys.argv[2:]))"
    settings = AlertSettings(command=(sys.executable, "-c", script, str(out), "{follow}", "x{alert}"), file=str(log))
    raised = [Raised("-rf; $(touch evil) \x1b[2J", "new-country: JP\nand {follow}")]
    assert list(carry(raised, settings, NOON, {})) == []
    assert out.read_text() == "rf; $(touch evil) [2J|xnew-country: JP and {follow}"
    assert log.read_text("utf-8") == "2026-02-03T12:00:00Z\t-rf; $(touch evil) [2J\tnew-country: JP and {follow}\n"


def test_in_quiet_hours_the_file_alone(tmp_path: Path) -> None:
    log = tmp_path / "alerts.log"
    settings = AlertSettings(quiet="00:00-23:59", command=("/no/such/program",), file=str(log))
    assert list(carry([Raised("a", "b")], settings, NOON, {})) == []
    assert log.exists()


def test_what_fails_is_said(tmp_path: Path) -> None:
    settings = AlertSettings(command=("/no/such/program",), file=str(tmp_path / "no" / "folder"))
    faults = list(carry([Raised("a", "b")], settings, NOON, {}))
    assert ["could not be written" in faults[0], "could not be started" in faults[1]] == [True, True]
    failing = AlertSettings(command=(sys.executable, "-c", "raise SystemExit(3)"))
    assert "ended with 3" in next(carry([Raised("a", "b")], failing, NOON, {}))


def test_a_file_on_a_disk_that_fills_up_has_all_lines_or_none(tmp_path: Path) -> None:
    """What was cut off is written again by the next refresh, and must not be there twice."""
    log = tmp_path / "alerts.log"
    log.write_bytes(b"x" * 4000 + b"\n")
    settings, raised = AlertSettings(file=str(log)), [Raised("a", "b" * 90)] * 40
    before = resource.getrlimit(resource.RLIMIT_FSIZE), signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
    resource.setrlimit(resource.RLIMIT_FSIZE, (5000, before[0][1]))
    try:
        (fault,) = carry(raised, settings, NOON, {})
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, before[0])
        signal.signal(signal.SIGXFSZ, before[1])
    assert "alerts could not be written: File too large" in fault
    assert log.read_bytes() == b"x" * 4000 + b"\n"
    assert list(carry(raised, settings, NOON, {})) == []
    assert log.read_bytes().count(b"\n") == 41


def test_a_pipe_that_nobody_reads_holds_nobody_up(tmp_path: Path) -> None:
    pipe = tmp_path / "alerts"
    os.mkfifo(pipe)
    (fault,) = carry([Raised("a", "b")], AlertSettings(file=str(pipe)), NOON, {})
    assert "alerts could not be written: No such device or address" in fault
    reader = os.open(pipe, os.O_RDONLY | os.O_NONBLOCK)
    assert list(carry([Raised("a", "b")], AlertSettings(file=str(pipe)), NOON, {})) == []
    assert os.read(reader, 100) == b"2026-02-03T12:00:00Z\ta\tb\n"
    os.close(reader)


def test_what_a_disk_does_not_take_in_the_end_is_not_written(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """As one in a network that is full: it takes the bytes, and says so when it is asked to keep them."""

    def full(number: int) -> None:
        raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))

    file = tmp_path / "alerts"
    file.write_text("before\n")
    settled: list[tuple[str, object]] = []
    with monkeypatch.context() as disk:
        disk.setattr(os, "fsync", full)
        told = list(carry([Raised("a", "b")], AlertSettings(file=str(file)), NOON, {}, lambda *done: settled.append(done)))
    assert told == [f"{file}: alerts could not be written: No space left on device; the next refresh tries again"]
    assert [way for way, _ in settled] == ["command"], "the settings name no program"
    assert file.read_text() == "before\n"


def test_with_a_program_that_hangs_ends_what_it_has_started(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """It is started again by the next refresh: what the first one left would be there as often."""
    monkeypatch.setattr("newsdesk.following.notices.PATIENCE_S", 0.5)
    pipe = tmp_path / "pipe"
    os.mkfifo(pipe)
    reader = os.open(pipe, os.O_RDONLY | os.O_NONBLOCK)
    hangs = AlertSettings(command=("sh", "-c", f"(sleep 4; echo alive) > '{pipe}' & sleep 600"))
    (fault,) = carry([Raised("a", "b")], hangs, NOON, {})
    assert "was ended" in fault
    os.set_blocking(reader, True)
    assert os.read(reader, 10) == b"", "the pipe's other end is closed by its end alone"
    os.close(reader)


def test_a_program_that_hangs_or_is_not_there_is_not_tried_for_every_alert(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("newsdesk.following.notices.PATIENCE_S", 0.3)
    raised, out = [Raised("a", str(number)) for number in range(3)], tmp_path / "started"
    script = "import sys, time; open(sys.argv[1], 'a').write(sys.argv[2]); time.sleep(600)"
    hangs = AlertSettings(command=(sys.executable, "-S", "-c", script, str(out), "{alert}"))
    (fault,) = carry(raised, hangs, NOON, {})
    assert fault.endswith("took over 0 s and was ended; it was not started for 2 more alerts; the next refresh tries again")
    assert not out.exists() or out.read_text() == "0"
    (fault,) = carry(raised, AlertSettings(command=("/no/such/program",)), NOON, {})
    assert fault.endswith(
        "could not be started: No such file or directory; it was not started for 2 more alerts; the next refresh tries again"
    )
