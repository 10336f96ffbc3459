from __future__ import annotations

from pathlib import Path

import pytest

from newsdesk.errors import Exit, LockedError, StorageError
from newsdesk.refresh.lock import hold


def test_only_one_holds_it_and_the_holder_is_named(tmp_path: Path) -> None:
    file = tmp_path / "data" / "refresh.lock"
    with hold(file, "process 7"):
        with pytest.raises(LockedError, match="process 7") as caught, hold(file, "process 8"):
            pass
        assert caught.value.exit_code == Exit.LOCKED
    with hold(file, "process 8"):
        pass


def test_it_is_let_go_of_when_its_holder_fails(tmp_path: Path) -> None:
    file = tmp_path / "refresh.lock"
    with pytest.raises(RuntimeError), hold(file, "one"):
        raise RuntimeError
    with hold(file, "two"):
        pass


def test_where_it_cannot_be_made(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("")
    with pytest.raises(StorageError, match=r"refresh\.lock"), hold(tmp_path / "file" / "refresh.lock", ""):
        pass
