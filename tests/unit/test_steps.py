"""A change is on the disk in the order in which it can be taken back: whatever stops it, undo leads to what was before."""

from __future__ import annotations

import errno
import os
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from newsdesk.archive import regroup
from newsdesk.desk import Desk
from newsdesk.errors import StorageError
from tests.unit.desks import assert_well, make_story, open_desk

ROOT = Path(__file__).parents[2]
QUAKES = [
    make_story(str(at), "Quake shakes Iquique", f"Senapred counted cracked houses in Iquique. {'Again. ' * at}", index=at)
    for at in range(3)
]
SCROLL = make_story("7", "Kyoto temple finds a scroll", "Monks in Kyoto found a scroll.", index=7, source="D")


def merge(desk: Desk) -> object:
    return desk.merge(*_lines(desk))


def split(desk: Desk) -> object:
    return desk.split(_lines(desk)[0], desk.ids("quake")[0])


def move(desk: Desk) -> object:
    return desk.move(desk.ids("quake")[0], _lines(desk)[1])


def rename(desk: Desk) -> object:
    return desk.rename(_lines(desk)[0], "Another title")


def star(desk: Desk) -> object:
    return desk.mark("quake", "star")


def label(desk: Desk) -> object:
    return desk.label(desk.ids("quake")[0], countries=["FI"])


CHANGES = {change.__name__: change for change in (merge, split, move, rename, star, label)}


def _lines(desk: Desk) -> tuple[str, str]:
    first, second = (desk.rows(query)[0].storyline for query in ("quake", "scroll"))
    assert first is not None
    assert second is not None
    return first, second


def filled(root: Path) -> Desk:
    desk = open_desk(root)
    desk.keep([*QUAKES, SCROLL])
    desk.mark("scroll", "read")  # the step before, which a lost step would have undo take back
    return desk


def standing(desk: Desk) -> list[object]:
    """The grouping, why it is so, the countries, and what the notebook says of them."""
    corrections = desk.corrections()
    told = [(story.storyline, story.countries, story.labelled) for one in desk.ids() if (story := desk.story(one)) is not None]
    stars = [row.starred for row in desk.rows()]
    said = [corrections.apart, corrections.together, corrections.titles, dict(desk.labels())]
    return [told, stars, said, desk.count("is:unread")]


KILLED = """
import os, signal, sys
from pathlib import Path
from newsdesk.person import marks
from newsdesk.person import notebook
from newsdesk import whole_file
from newsdesk.archive import amend
from tests.unit import test_steps
from tests.unit.desks import open_desk

def end(*_, **__):
    os.kill(os.getpid(), signal.SIGKILL)

what, when, root = sys.argv[1:]
desk = open_desk(Path(root))
if when == "the step is written":
    notebook.Notebook._write = end
elif when == "the notebook is written":
    whole_file._sync_folder = end
elif when == "the archive is written":
    desk.corrections = amend.put_labels = end
elif when == "half undone":
    test_steps.CHANGES[what](desk)
    desk.corrections = amend.put_labels = end
    desk.undo()
else:
    marks.Marks.take_back = end
    test_steps.CHANGES[what](desk)
    desk.undo()
test_steps.CHANGES[what](desk)
"""


@pytest.mark.parametrize(
    ("what", "when"),
    [
        *(("merge", when) for when in ("the step is written", "the notebook is written", "the archive is written", "undone")),
        *((what, "the archive is written") for what in ("split", "move")),
        *((what, "the notebook is written") for what in ("rename", "star")),
        *(("label", when) for when in ("the step is written", "the notebook is written", "the archive is written", "undone")),
        *((what, "half undone") for what in ("merge", "label")),
    ],
)
def test_who_is_killed_can_take_the_change_back(tmp_path: Path, what: str, when: str) -> None:
    with filled(tmp_path) as desk:
        before = standing(desk)
    killed = subprocess.run([sys.executable, "-c", KILLED, what, when, str(tmp_path)], cwd=ROOT, timeout=60)
    assert killed.returncode == -9
    with open_desk(tmp_path) as desk:
        says = desk.undo()
        assert says is not None
        assert "read" not in says
        assert standing(desk) == before
        assert_well(desk)
        CHANGES[what](desk)
        assert standing(desk) != before


def full(*_: object, **__: object) -> None:
    raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))


def full_archive(*_: object, **__: object) -> None:
    raise StorageError("the disk is full")


def _fill_notebook(patch: pytest.MonkeyPatch) -> None:
    patch.setattr(Path, "replace", full)


def _fill_archive(patch: pytest.MonkeyPatch) -> None:
    patch.setattr(regroup, "profile", full_archive)


@pytest.mark.parametrize("what", ["merge", "split", "move"])
@pytest.mark.parametrize("fill", [_fill_notebook, _fill_archive])
def test_on_a_full_disk_nothing_is_changed_and_nothing_is_to_be_undone(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, what: str, fill: Callable[[pytest.MonkeyPatch], None]
) -> None:
    with filled(tmp_path) as desk:
        before = standing(desk)
        with monkeypatch.context() as patch:
            fill(patch)
            with pytest.raises(StorageError, match="full"):
                CHANGES[what](desk)
        assert standing(desk) == before
        assert desk.undo() == "marked 1 story read"
        assert_well(desk)


def test_a_change_that_fails_while_it_is_taken_back_can_be_taken_back_later(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    with filled(tmp_path) as desk:
        before = standing(desk)
        merge(desk)
        with monkeypatch.context() as patch:
            _fill_archive(patch)
            with pytest.raises(StorageError, match="full"):
                desk.undo()
        assert (desk.undo() or "").startswith("merged")
        assert standing(desk) == before


def test_what_fails_while_it_is_done_again_can_be_done_again_later(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    with filled(tmp_path) as desk:
        before = standing(desk)
        merge(desk)
        after = standing(desk)
        desk.undo()
        with monkeypatch.context() as patch:
            patch.setattr(regroup, "merge", full_archive)
            with pytest.raises(StorageError, match="full"):
                desk.redo()
        assert standing(desk) == before
        assert (desk.redo() or "").startswith("merged")
        assert standing(desk) == after
        assert_well(desk)
