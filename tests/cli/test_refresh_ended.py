"""A refresh that is kept from going on: by another one, a signal, a full disk, a home that can't be written."""

from __future__ import annotations

import fcntl
import json
import os
import resource
import signal
import subprocess
import sys
from pathlib import Path

import pytest

from tests.cli.conftest import PROGRAM, Run, write_jsonl


def test_another_refresh_that_runs_is_5_and_a_crash_leaves_no_lock(newsdesk: Run, data: Path, news: Path) -> None:
    data.mkdir()
    with (data / "refresh.lock").open("w+") as held:
        held.write("process 1234, since this morning")
        held.flush()
        fcntl.flock(held, fcntl.LOCK_EX)
        done = newsdesk("refresh", "--seeds", str(news))
        assert (done.code, done.out) == (5, b"")
        assert "another refresh is running (process 1234, since this morning)" in done.told
        done = newsdesk("refresh", "--quiet", "--seeds", str(news))
        assert (done.code, done.told) == (5, ""), "from cron: there is nothing to be done about it"
        os.utime(held.name, (0, 0))
        assert "another refresh is running" in newsdesk("refresh", "--quiet", "--seeds", str(news)).told
    assert newsdesk("refresh", "--quiet", "--seeds", str(news)).code == 0


# Sends itself a signal once it has told its second event, however late another process would come to send one.
SIGNALLED = """
import os, sys
from newsdesk import cli
from newsdesk.commands.console import Console

number, told, flush = int(sys.argv.pop(1)), [], Console.flush

def flush_and_be_told_to_end(console):
    flush(console)
    told.append(console)
    if len(told) == 2:
        os.kill(os.getpid(), number)

Console.flush = flush_and_be_told_to_end
raise SystemExit(cli.main())
"""


def signalled(news: Path, number: signal.Signals) -> list[str]:
    """The command that reads 400 stories and gets a signal after the first of them."""
    many = [{"id": str(index), "title": f"Report {index}", "body": f"Text {index * 7919} of the day."} for index in range(400)]
    write_jsonl(news / "wire.jsonl", many)
    return [sys.executable, "-P", "-c", SIGNALLED, str(int(number)), "refresh", "--events", "--seeds", str(news)]


@pytest.mark.parametrize(("number", "code"), [(signal.SIGINT, 130), (signal.SIGTERM, 143)])
def test_a_signal_keeps_what_is_done_and_the_rest_comes_later(
    data: Path, news: Path, newsdesk: Run, number: signal.Signals, code: int
) -> None:
    command = signalled(news, number)
    done = subprocess.run(command, capture_output=True, check=False, timeout=120)
    assert (done.returncode, done.stderr) == (code, b"")
    events = [json.loads(line) for line in done.stdout.splitlines()]
    assert [event["event"] for event in events[:2]] == ["started", "stored"]
    report = events[-1]["report"]
    kept = report["stories"]["new"]
    assert 100 <= kept < 400
    assert report["sources"][0]["status"] == "skipped"
    rest = json.loads(newsdesk("refresh", "--json", "--seeds", str(news)).out)
    assert rest["stories"] == {"new": 400 - kept, "changed": 0, "total": 400}


def test_a_hangup_that_is_ignored_as_under_nohup_stops_nothing(data: Path, news: Path) -> None:
    ignoring = ["sh", "-c", "trap '' HUP; exec \"$@\"", "sh", *signalled(news, signal.SIGHUP)]
    done = subprocess.run(ignoring, capture_output=True, check=False, timeout=120)
    assert (done.returncode, done.stderr) == (0, b"")
    assert json.loads(done.stdout.splitlines()[-1])["report"]["stories"]["new"] == 400


def test_killed_outright_it_leaves_a_desk_that_goes_on(data: Path, news: Path, newsdesk: Run) -> None:
    process = subprocess.Popen([*PROGRAM, "refresh", "--events", "--seeds", str(news)], stdout=subprocess.PIPE, bufsize=0)
    assert process.stdout is not None
    process.stdout.readline()
    process.kill()
    process.communicate()
    assert newsdesk("refresh", "--quiet", "--seeds", str(news)).code == 0
    assert len(newsdesk("list").lines()) == 3


def test_a_full_disk_is_one_line_and_1(program: Run, data: Path, news: Path) -> None:
    many = [{"id": str(index), "title": f"Report {index}", "body": "Text " * 2000} for index in range(40)]
    write_jsonl(news / "wire.jsonl", many)

    def allow_little() -> None:
        signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
        resource.setrlimit(resource.RLIMIT_FSIZE, (200_000, 200_000))

    done = program("refresh", "--quiet", "--seeds", str(news), preexec_fn=allow_little)
    assert done.code == 1
    assert done.told.count("\n") == 1
    assert str(data) in done.told
    assert "internal error" not in done.told
    assert program("refresh", "--quiet", "--seeds", str(news)).code == 0


def test_a_home_that_cannot_be_written_is_one_line(program: Run, tmp_path: Path, news: Path) -> None:
    """Exit code 2 where the path can be no folder at all, 1 where the system refuses to make it."""
    (tmp_path / "file").write_text("")
    for data, code in ((str(tmp_path / "file" / "data"), 2), ("/proc/newsdesk", 1)):
        done = program("refresh", "--seeds", str(news), "--data", data)
        assert (done.code, done.out) == (code, b"")
        assert done.told.count("\n") == 1
        assert data in done.told
        assert "internal error" not in done.told
        assert program("list", "--data", data).code in (0, code)
    env = {"HOME": "/proc/none"} | {f"XDG_{name}_HOME": "" for name in ("CONFIG", "DATA", "STATE", "CACHE")}
    assert program("inspect", str(news), env=env).code == 0
