"""Alerts on their way to the file and the program of the settings: none is lost where that fails or the refresh is killed."""

from __future__ import annotations

import fcntl
import signal
import subprocess
import sys
from collections.abc import Sequence
from pathlib import Path

import pytest

from newsdesk.desk import Desk
from newsdesk.paths import Paths
from tests.cli.conftest import STORIES, Run, write_jsonl

AT = "2026-03-01T{:02d}:00Z"
FOLLOW = '[[follows]]\nquery = "temple OR dockers"\nname = "Quays"\nalerts = ["keyword:deal", "keyword:scroll"]\n'
BOTH = ["Quays|keyword deal", "Quays|keyword scroll"]
# Writes the alert down, where the file of its first argument is there.
PROGRAM_OF_A_PERSON = """
import pathlib, sys
if pathlib.Path(sys.argv[1]).exists():
    with open(sys.argv[2], "a") as told:
        told.write("|".join(sys.argv[3:]) + "\\n")
else:
    raise SystemExit(7)
"""


@pytest.fixture
def folder(tmp_path: Path, news: Path, data: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Settings whose alerts go to a file in a folder `out`, and to a program that fails until there is a file `up`."""
    script = tmp_path / "told.py"
    script.write_text(PROGRAM_OF_A_PERSON)
    words = [sys.executable, "-S", str(script), str(tmp_path / "up"), str(tmp_path / "told"), "{follow}", "{alert}"]
    alerts = f'[alerts]\nfile = "{tmp_path / "out" / "alerts"}"\ncommand = {words}\n'
    config = tmp_path / "config.toml"
    config.write_text(f'seeds = ["{news}"]\n{alerts}{FOLLOW}', "utf-8")
    monkeypatch.setenv("NEWSDESK_CONFIG", str(config))
    write_jsonl(news / "wire.jsonl", STORIES)
    return tmp_path


def by_program(folder: Path) -> list[str]:
    told = folder / "told"
    return [line.partition(":")[0] for line in told.read_text("utf-8").splitlines()] if told.exists() else []


def by_file(folder: Path) -> list[tuple[str, str]]:
    """The moment and the rule of each line."""
    told = folder / "out" / "alerts"
    lines = [line.split("\t") for line in told.read_text("utf-8").splitlines()] if told.exists() else []
    return [(moment, f"{follow}|{alert.partition(':')[0]}") for moment, follow, alert in lines]


def test_what_could_not_be_carried_is_tried_again_each_way_until_it_is_and_never_after(newsdesk: Run, folder: Path) -> None:
    done = newsdesk("refresh", "--quiet", "--now", AT.format(9))
    assert done.code == 0
    assert done.told.count("ended with 7; the next refresh tries again") == 2
    assert "alerts could not be written: No such file or directory; the next refresh tries again" in done.told
    (folder / "up").touch()
    done = newsdesk("refresh", "--quiet", "--now", AT.format(10))
    assert "ended with" not in done.told
    assert (by_program(folder), by_file(folder)) == (BOTH, [])
    (folder / "out").mkdir()
    assert newsdesk("refresh", "--quiet", "--now", AT.format(11)).told == ""
    assert newsdesk("refresh", "--quiet", "--now", AT.format(12)).told == ""
    assert by_program(folder) == BOTH
    assert by_file(folder) == [("2026-03-01T09:00:00Z", alert) for alert in BOTH], "the moment is that when it was raised"


def test_doctor_tells_what_waits_to_be_carried(newsdesk: Run, folder: Path) -> None:
    """The dashboard's own refresh has nobody who reads what it says of that."""
    newsdesk("refresh", "--quiet", "--now", AT.format(9))
    told = " ".join(newsdesk("doctor", "--now", AT.format(10)).text.split())
    assert "✗ alerts 2 alerts could not be carried yet, raised since 2026-03-01T09:00:00Z; newsdesk refresh tries" in told
    (folder / "up").touch()
    (folder / "out").mkdir()
    newsdesk("refresh", "--quiet", "--now", AT.format(11))
    assert "could not be carried" not in newsdesk("doctor", "--now", AT.format(12)).text


def test_what_is_a_day_old_is_tried_once_more_told_and_given_up(newsdesk: Run, folder: Path) -> None:
    newsdesk("refresh", "--quiet", "--now", AT.format(9))
    (folder / "out").mkdir()
    done = newsdesk("refresh", "--quiet", "--now", "2026-03-02T09:01Z")
    assert "tries again" not in done.told
    assert "alerts.command: given up, as it was raised over a day ago: Quays: keyword deal: " in done.told
    assert done.told.count("given up") == 2
    assert len(by_file(folder)) == 2, "the other way it had not been tried yet"
    (folder / "up").touch()
    assert newsdesk("refresh", "--quiet", "--now", "2026-03-02T09:02Z").told == ""
    assert by_program(folder) == []


@pytest.mark.parametrize("day", ["0001-01-01", "9999-12-31"])
def test_at_the_ends_of_the_calendar_too(newsdesk: Run, folder: Path, day: str) -> None:
    for _ in range(2):
        done = newsdesk("refresh", "--quiet", "--now", day)
        assert (done.code, done.told.count("the next refresh tries again")) == (0, 3)


# Ends outright where the words say: as soon as alerts are raised, or when one was told and that is not written down yet.
KILLED = """
import os, signal, sys
from newsdesk import cli
from newsdesk.desk import Desk

where = sys.argv.pop(1)
before = getattr(Desk, where)

def killed(*words):
    told = before(*words) if where == "fire_alerts" else None
    os.kill(os.getpid(), signal.SIGKILL)

setattr(Desk, where, killed)
raise SystemExit(cli.main())
"""


@pytest.mark.parametrize(("where", "told"), [("fire_alerts", BOTH), ("settle_alerts", [BOTH[0], *BOTH])])
def test_killed_between_raising_and_telling_an_alert_is_told_by_the_next_refresh(
    newsdesk: Run, folder: Path, where: str, told: Sequence[str]
) -> None:
    """Who is killed in the moment after it was told has it told twice: a glance more costs less than an alert that is lost."""
    (folder / "up").touch()
    config = folder / "config.toml"
    config.write_text("".join(line for line in config.read_text().splitlines(True) if not line.startswith("file")))
    command = [sys.executable, "-P", "-c", KILLED, where, "refresh", "--quiet"]
    assert subprocess.run(command, check=False, timeout=120).returncode == -signal.SIGKILL
    assert newsdesk("refresh", "--quiet").told == ""
    assert newsdesk("refresh", "--quiet").told == ""
    assert by_program(folder) == list(told)


def test_settings_that_name_no_place_any_more_let_go_of_what_waited(newsdesk: Run, folder: Path, data: Path) -> None:
    newsdesk("refresh", "--quiet")
    (folder / "config.toml").write_text(FOLLOW, "utf-8")
    assert newsdesk("refresh", "--quiet").told == ""
    with Desk.open(Paths(folder / "config.toml", data, folder), readonly=True) as desk:
        assert desk.waiting_alerts() == []


def test_one_refresh_at_a_time_carries_alerts_and_nobody_waits_for_it(newsdesk: Run, folder: Path, data: Path) -> None:
    """One that was put to sleep while it carried alerts would have every later refresh wait, one more each quarter hour."""
    newsdesk("refresh", "--quiet")
    (folder / "up").touch()
    with (data / "alerts.lock").open("ab") as held:
        fcntl.flock(held, fcntl.LOCK_EX)
        done = newsdesk("refresh", "--quiet")
        assert (done.code, done.told, by_program(folder)) == (0, "", [])
    newsdesk("refresh", "--quiet")
    assert by_program(folder) == BOTH


# Writes the alert down; with the first one another refresh begins and ends, which brings a story.
MEANWHILE = """
import os, pathlib, subprocess, sys
told, more, *alert = sys.argv[1:]
first = not os.path.exists(told)
with open(told, "a") as file:
    file.write("|".join(alert) + "\\n")
if first:
    story = '{"id": "k8", "title": "A scroll of the temple is read", "body": "It tells of dockers. A deal."}\\n'
    pathlib.Path(more).write_text(story)
    subprocess.run([sys.executable, "-P", "-m", "newsdesk", "refresh", "--quiet"], check=True)
"""


def test_who_carries_alerts_takes_those_that_another_refresh_raised_meanwhile(newsdesk: Run, folder: Path, news: Path) -> None:
    (folder / "told.py").write_text(MEANWHILE)
    words = [sys.executable, str(folder / "told.py"), str(folder / "told"), str(news / "more.jsonl"), "{follow}", "{alert}"]
    (folder / "config.toml").write_text(f'seeds = ["{news}"]\n[alerts]\ncommand = {words}\n{FOLLOW}', "utf-8")
    assert newsdesk("refresh", "--quiet").told == ""
    assert len(by_program(folder)) > len(BOTH)
    lines = (folder / "told").read_text().splitlines()
    assert len(set(lines)) == len(lines)
    assert any("A scroll of the temple is read" in line for line in lines)


# Carries alerts; when it has asked for the last time whether there are more, another refresh begins and ends, which brings one.
AT_THE_LAST_MOMENT = """
import pathlib, subprocess, sys
from newsdesk import cli
from newsdesk.desk import Desk

more = pathlib.Path(sys.argv.pop(1))
before = Desk.waiting_alerts

def asked(desk):
    waiting = before(desk)
    if not waiting and not more.exists():
        more.write_text('{"id": "k8", "title": "A scroll of the temple is read", "body": "It tells of dockers. A deal."}\\n')
        subprocess.run([sys.executable, "-P", "-m", "newsdesk", "refresh", "--quiet"], check=True)
    return waiting

Desk.waiting_alerts = asked
raise SystemExit(cli.main())
"""


def test_an_alert_that_is_raised_when_the_last_one_was_just_carried_waits_for_no_later_refresh(
    newsdesk: Run, folder: Path, news: Path
) -> None:
    """Who raised it found the lock held, and who held it had asked already."""
    (folder / "up").touch()
    (folder / "out").mkdir()
    command = [sys.executable, "-P", "-c", AT_THE_LAST_MOMENT, str(news / "more.jsonl"), "refresh", "--quiet"]
    assert subprocess.run(command, check=False, timeout=120).returncode == 0
    assert (news / "more.jsonl").exists()
    told = by_program(folder)
    assert len(told) > len(BOTH)
    assert [alert for _, alert in by_file(folder)] == told
