"""kill -9 at random moments loses nothing that was acknowledged. NEWSDESK_KILLS sets how many (15; the full count is 100)."""

from __future__ import annotations

import os
import random
import signal
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from newsdesk.desk import Desk
from tests.durability.writers import make_story, paths, tag
from tests.unit.desks import assert_well

KILLS = int(os.environ.get("NEWSDESK_KILLS", "15"))
ROOT = Path(__file__).parents[2]


def start(*arguments: str) -> subprocess.Popen[str]:
    command = [sys.executable, "-m", "tests.durability.writers", *arguments]
    return subprocess.Popen(command, cwd=ROOT, stdout=subprocess.PIPE, text=True)


def lines_until_killed(child: subprocess.Popen[str], after: int, spin: int) -> Iterator[list[str]]:
    """The acknowledged lines. The child is killed while it is busy with the one after `after`; what it said by then counts."""
    assert child.stdout is not None
    assert child.stdout.readline() == "ready\n"
    for number, line in enumerate(child.stdout):
        if number == after:
            for _ in range(spin):  # a moment that no commit decides
                os.getppid()
            child.send_signal(signal.SIGKILL)
        if line.endswith("\n"):
            yield line.split()
    child.wait(timeout=120)
    child.stdout.close()


def test_load_survives_kill(tmp_path: Path) -> None:
    chance = random.Random(2026)
    acknowledged: set[str] = set()
    for kill in range(KILLS):
        child = start("load", str(tmp_path), f"w{kill}", "200", "3")
        for ids in lines_until_killed(child, chance.randrange(6), chance.randrange(60_000)):
            acknowledged.update(ids)
        with Desk.open(paths(str(tmp_path)), tag=tag) as desk:
            assert acknowledged <= set(desk.ids())
            assert_well(desk)
            # Whole batches, or nothing of them.
            assert desk.count() % 3 == 0
            # What was being written when it was killed can be written now, and what is there is known again.
            again = desk.keep([make_story(f"w{kill}", at) for at in range(3)])
            assert len(again.new) + again.unchanged == 3
            acknowledged.update(again.new)
    assert len(acknowledged) >= KILLS


def test_marking_survives_kill(tmp_path: Path) -> None:
    chance = random.Random(2027)
    with Desk.open(paths(str(tmp_path)), tag=tag) as desk:
        desk.keep([make_story("m", number) for number in range(60 * KILLS // 2)])
    read: set[str] = set()
    starred: set[str] = set()
    for _ in range(KILLS):
        child = start("mark", str(tmp_path), "25")
        for story_id, *star in lines_until_killed(child, chance.randrange(8), chance.randrange(30_000)):
            read.add(story_id)
            starred.update([story_id] if star else [])
        with Desk.open(paths(str(tmp_path)), tag=tag) as desk:
            assert read <= set(desk.ids("is:read"))
            assert starred <= set(desk.ids("is:starred"))
            assert_well(desk)
            assert desk.sections().unread == desk.count("is:unread")
    assert len(read) >= KILLS


@pytest.mark.parametrize("writers", [2, 3])
def test_writers_at_once_all_survive(tmp_path: Path, writers: int) -> None:
    with Desk.open(paths(str(tmp_path)), tag=tag):
        pass
    children = [start("load", str(tmp_path), f"c{number}", "20", "4") for number in range(writers)]
    said = [child.communicate(timeout=120)[0] for child in children]
    assert [child.returncode for child in children] == [0] * writers
    acknowledged = {story_id for text in said for line in text.splitlines()[1:] for story_id in line.split()}
    with Desk.open(paths(str(tmp_path)), tag=tag) as desk:
        assert len(acknowledged) == writers * 80
        assert set(desk.ids()) == acknowledged
        assert_well(desk)


def test_two_loads_of_the_same_make_one_of_each(tmp_path: Path) -> None:
    with Desk.open(paths(str(tmp_path)), tag=tag):
        pass
    children = [start("load", str(tmp_path), "same", "15", "4") for _ in range(2)]
    for child in children:
        child.communicate(timeout=120)
    with Desk.open(paths(str(tmp_path)), tag=tag) as desk:
        assert desk.count() == 60
        assert_well(desk)
