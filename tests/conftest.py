"""What all tests share: the labelled sets, where they are there, and a world without the person's own folders."""

from __future__ import annotations

import gc
import itertools
import os
import re
import signal
from collections.abc import Iterator
from pathlib import Path

import pytest

from newsdesk.tagging import tiers

SHARED = os.environ.get("NEWSDESK_SHARED")
FOR_TESTS = ("SHARED", "KILLS", "REFRESH_KILLS", "WALK", "WALK_SEED")  # variables that are no settings of the program


def _forget_the_person() -> None:
    """What a person has set for this program or for the terminal counts in no test, nor in what is made once for all tests."""
    kept = {f"NEWSDESK_{name}" for name in FOR_TESTS}
    outer = "NO_COLOR FORCE_COLOR BROWSER PAGER EDITOR VISUAL COLUMNS LINES DISPLAY WAYLAND_DISPLAY TMUX STY".split()
    outer += [f"{name}_proxy" for name in ("http", "https", "all", "no")]
    for name in set(os.environ) - kept:
        if name.startswith(("NEWSDESK_", "TEXTUAL", "SSH_")) or name in outer or name.lower() in outer:
            del os.environ[name]


_forget_the_person()
gc.set_threshold(20_000, 5, 5)  # the modules and models of all tests stay: Python's own would go over them all the time
# Which model reads comments: the same on every machine, and the faster one; for what is made once for all tests, too.
TIER = os.environ["NEWSDESK_MOOD_TIER"] = "base"


@pytest.fixture(scope="session")
def shared() -> Path:
    """The folder of labelled sets that NEWSDESK_SHARED names; tests that need it are skipped without it."""
    if not SHARED or not Path(SHARED).is_dir():
        pytest.skip("NEWSDESK_SHARED names no folder with the labelled sets")
    return Path(SHARED)


@pytest.fixture(scope="session")
def numbers() -> Iterator[int]:
    """No two are the same."""
    return itertools.count()


@pytest.fixture
def tmp_path(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory, numbers: Iterator[int]) -> Path:
    """As pytest's own, which looks through the folders of all tests before for a name that is free."""
    name = re.sub(r"\W", "_", request.node.name)[:25]  # with the number no longer than that of pytest: it stands on screens
    return tmp_path_factory.mktemp(f"{name}_{next(numbers)}", numbered=False)


@pytest.fixture(autouse=True)
def own_world(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """No test reads or writes the person's configuration, archive or state."""
    for name in ("CONFIG", "DATA", "STATE", "CACHE"):
        monkeypatch.setenv(f"XDG_{name}_HOME", str(tmp_path / "xdg" / name.lower()))
    for name in [name for name in os.environ if name.startswith("NEWSDESK_") and name != "NEWSDESK_SHARED"]:
        monkeypatch.delenv(name)
    monkeypatch.setenv("NEWSDESK_MOOD_TIER", TIER)
    monkeypatch.setattr(tiers, "_wanted", [])


@pytest.fixture(autouse=True)
def signals_as_usual() -> Iterator[None]:
    """Whoever started the tests in the background or under nohup left some signals ignored or held back, and every process
    that a test starts would have it from there."""
    usual = dict.fromkeys((signal.SIGHUP, signal.SIGTERM, signal.SIGQUIT, signal.SIGCHLD), signal.SIG_DFL)
    ignored = [number for number in (*usual, signal.SIGINT) if signal.getsignal(number) is signal.SIG_IGN]
    for number in ignored:
        signal.signal(number, usual.get(number, signal.default_int_handler))
    held = signal.pthread_sigmask(signal.SIG_SETMASK, ())
    yield
    signal.pthread_sigmask(signal.SIG_SETMASK, held)
    for number in ignored:
        signal.signal(number, signal.SIG_IGN)
