"""The service and timer for systemd, and the line for cron: they parse, and what they start is a command that is there."""

from __future__ import annotations

import configparser
import re
import shlex
import shutil
import signal
import subprocess
import sys
from pathlib import Path

import pytest

from newsdesk.errors import Exit
from tests.cli.conftest import Run

ROOT = Path(__file__).parents[2]
UNITS = ROOT / "packaging" / "systemd"
WORST_EXPOSURE = 20  # tenths, as systemd-analyze counts


def unit(name: str) -> configparser.ConfigParser:
    found = configparser.ConfigParser(strict=False, interpolation=None, delimiters=("=",), comment_prefixes=("#",))
    found.optionxform = str  # type: ignore[assignment, method-assign]
    found.read_string((UNITS / name).read_text("utf-8"))
    return found


def test_what_the_service_and_cron_start_is_a_command(newsdesk: Run, tmp_path: Path) -> None:
    program, *words = unit("newsdesk@.service")["Service"]["ExecStart"].split()
    assert program == "/home/%i/.local/bin/newsdesk"
    line = re.search(r"^\*/15 \* \* \* \*\s+(?:\S*/)?newsdesk (.+)$", (ROOT / "README.md").read_text("utf-8"), re.MULTILINE)
    assert line is not None
    for command in (words, line[1].split()):
        done = newsdesk(*command, "--data", str(tmp_path / "data"))
        assert (done.code, done.out) == (0, b""), command


def test_the_service_takes_the_exit_codes_for_what_they_are() -> None:
    service = unit("newsdesk@.service")["Service"]
    asked_to_stop = 128 + signal.SIGTERM
    assert {int(code) for code in service["SuccessExitStatus"].split()} == {Exit.PARTIAL, Exit.LOCKED, asked_to_stop}
    assert service["Type"] == "oneshot"


def test_the_folders_that_it_writes_in_are_made_by_the_person_where_they_are_missing(tmp_path: Path) -> None:
    service = unit("newsdesk@.service")["Service"]
    program, *words = shlex.split(
        service["ExecStartPre"].replace("$$", "$").replace("%i", "ada").replace("/home/", f"{tmp_path}/")
    )
    assert program.removeprefix("+") == "/bin/sh"
    runuser = tmp_path / "runuser"
    runuser.write_text('#!/bin/sh\necho "$2" >> "$0.asked"\nshift 3\nexec "$@"\n')
    runuser.chmod(0o755)
    for _ in range(2):
        subprocess.run(["/bin/sh", *words], check=True, timeout=60, env={"PATH": f"{tmp_path}:/usr/bin:/bin"})
    folders = service["ReadWritePaths"].replace("-/home/%i", f"{tmp_path}/ada").split()
    assert all(Path(folder).stat().st_mode & 0o777 == 0o700 for folder in folders)
    assert (tmp_path / "runuser.asked").read_text() == "ada\nada\n"


def test_the_timer_starts_the_service_of_its_name() -> None:
    timer = unit("newsdesk@.timer")
    assert (UNITS / "newsdesk@.service").is_file()
    assert "Unit" not in timer["Timer"]
    assert timer["Install"]["WantedBy"] == "timers.target"


@pytest.mark.skipif(shutil.which("systemd-analyze") is None, reason="there is no systemd here")
def test_systemd_has_nothing_to_say_against_them(tmp_path: Path) -> None:
    for name in ("newsdesk@.service", "newsdesk@.timer"):
        text = (UNITS / name).read_text("utf-8").replace("/home/%i/.local/bin/newsdesk", sys.executable)
        (tmp_path / name).write_text(text, "utf-8")
    files = [str(tmp_path / name) for name in ("newsdesk@.service", "newsdesk@.timer")]
    done = subprocess.run(["systemd-analyze", "verify", *files], capture_output=True, text=True, check=False, timeout=60)
    assert (done.returncode, done.stderr) == (0, "")
    command = ["systemd-analyze", "security", "--offline=true", f"--threshold={WORST_EXPOSURE}", files[0]]
    done = subprocess.run(command, capture_output=True, text=True, check=False, timeout=60)
    assert done.returncode == 0, done.stdout[-200:]
