"""Running commands: in this process for what they say, as the real program for what a process does."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest

from newsdesk.cli import main

PROGRAM = [sys.executable, "-P", "-m", "newsdesk"]

STORIES: Sequence[dict[str, Any]] = (
    {
        "id": "k1",
        "title": "Rotterdam dockers walk out over night shifts",
        "body": [
            "Dockers at the port of Rotterdam went on strike on Monday over pay for night shifts, their union said.",
            "The Netherlands' largest union said 4,000 dockers had stopped work and that talks with employers had failed.",
        ],
        "published": "2026-02-23",
        "source": "Harbour Wire",
        "language": "en",
        "comments": [
            {"author": "joe", "text": "Well done, they deserve every cent!", "votes": 4},
            {"author": "ann", "text": "A disgrace. This strike ruins small firms.", "reply_to": 0},
        ],
    },
    {
        "id": "k2",
        "title": "Rotterdam dockers end strike after deal on night shifts",
        "body": [
            "Dockers at the port of Rotterdam ended their strike on Thursday after union and employers agreed on night shifts.",
            "The union in the Netherlands said its 4,000 dockers would vote on the deal next week.",
        ],
        "published": "2026-02-26",
        "source": "Harbour Wire",
        "language": "en",
    },
    {
        "id": "k3",
        "title": "Kyoto temple finds a lost scroll",
        "body": [
            "Monks at a temple in Kyoto, Japan, have found a scroll from the 12th century behind a wall, the museum said."
        ],
        "published": "2026-02-25T09:30+09:00",
        "source": "Kansai Evening",
        "language": "en",
    },
)


@dataclass(frozen=True)
class Ran:
    code: int
    out: bytes
    err: bytes

    @property
    def text(self) -> str:
        return self.out.decode("utf-8")

    @property
    def told(self) -> str:
        return self.err.decode("utf-8")

    def lines(self) -> list[Any]:
        return [json.loads(line) for line in self.out.split(b"\n")[:-1]]


Run = Callable[..., Ran]


@pytest.fixture
def newsdesk(capsysbinary: pytest.CaptureFixture[bytes]) -> Run:
    """A command run in this process."""

    def run(*words: str) -> Ran:
        capsysbinary.readouterr()
        code = main(list(words))
        out, err = capsysbinary.readouterr()
        return Ran(code, out, err)

    return run


@pytest.fixture
def program() -> Run:
    """A command run as a process of its own."""

    def run(*words: str | bytes, stdin: bytes = b"", env: Mapping[str, str] | None = None, **more: Any) -> Ran:
        done = subprocess.run(
            [*PROGRAM, *words],
            input=stdin,
            capture_output=True,
            env={**os.environ, **(env or {})},
            check=False,
            timeout=120,
            **more,
        )
        return Ran(done.returncode, done.stdout, done.stderr)

    return run


def write_jsonl(path: Path, stories: Sequence[dict[str, Any]] = STORIES) -> Path:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text("".join(json.dumps(story, ensure_ascii=False) + "\n" for story in stories), "utf-8")
    return path


@pytest.fixture(scope="session")
def filled_folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A data folder with the three stories in it; copied for each test that changes it."""
    place = tmp_path_factory.mktemp("filled")
    seeds = write_jsonl(place / "news" / "wire.jsonl")
    before = dict(os.environ)
    os.environ |= {f"XDG_{name}_HOME": str(place / name) for name in ("CONFIG", "DATA", "STATE")}
    try:
        assert main(["refresh", "--quiet", "--data", str(place / "data"), "--seeds", str(seeds), "--now", "2026-03-01"]) == 0
    finally:
        os.environ.clear()
        os.environ.update(before)
    return place / "data"


@pytest.fixture
def archive(filled_folder: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A data folder of this test's own with the three stories; commands find it by NEWSDESK_DATA."""
    data = tmp_path / "data"
    shutil.copytree(filled_folder, data)
    monkeypatch.setenv("NEWSDESK_DATA", str(data))
    return data


@pytest.fixture
def data(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """An empty data folder; commands find it by NEWSDESK_DATA."""
    monkeypatch.setenv("NEWSDESK_DATA", str(tmp_path / "data"))
    return tmp_path / "data"


@pytest.fixture
def news(tmp_path: Path) -> Path:
    """A folder with the three stories in a file."""
    return write_jsonl(tmp_path / "news" / "wire.jsonl").parent
