"""What the dashboard's tests share."""

from __future__ import annotations

import time
from collections.abc import AsyncIterator, Callable, Iterator
from contextlib import AbstractAsyncContextManager, asynccontextmanager
from typing import Any, TypeAlias, cast

import pytest
from textual._styles_cache import StylesCache
from textual.pilot import Pilot

from tests.tui.driving import Room, settle
from tests.tui.fake_desk import FakeDesk
from tests.tui.morning import NOW, morning
from tui.app import NewsdeskApp, Setup

Open: TypeAlias = Callable[..., AbstractAsyncContextManager[Room]]


@pytest.fixture(autouse=True)
def zone() -> Iterator[None]:
    """The clock of the title line is that of the person's own zone: wherever the tests run, the same."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("TZ", "UTC")
        time.tzset()
        yield
    time.tzset()


@pytest.fixture(autouse=True)
def own_folder(tmp_path_factory: pytest.TempPathFactory, numbers: Iterator[int], monkeypatch: pytest.MonkeyPatch) -> None:
    """What a key writes to the folder that the dashboard was started in is not written among the project's files."""
    monkeypatch.chdir(tmp_path_factory.mktemp(f"started_in_{next(numbers)}", numbered=False))


@pytest.fixture(autouse=True)
def nothing_drawn_stays() -> Iterator[None]:
    """The framework remembers a thousand widgets with every line that they drew, for collections to go over again and again."""
    yield
    StylesCache.get_inner_outer.cache_clear()


@pytest.fixture
def desk() -> FakeDesk:
    return FakeDesk(morning())


@pytest.fixture
def newsroom(desk: FakeDesk, monkeypatch: pytest.MonkeyPatch) -> Open:
    """Opens the dashboard on `desk`: ``async with newsroom(120, 40) as room``. No fault may be left when it closes.

    What ends by the clock, for the sake of a person who waits, does not end before a slow machine has come to look at it.
    """
    monkeypatch.setattr("tui.screens.base.SAID_FOR_S", 3600.0)
    monkeypatch.setattr("tui.screens.base.BRIEFLY_S", 3600.0)
    monkeypatch.setattr("tui.screens.base.LEAST_SAID_S", 3600.0)
    monkeypatch.setattr("tui.keys.turns.LONGEST_S", 300.0)
    monkeypatch.setattr(Pilot._wait_for_screen, "__defaults__", (300.0,))

    @asynccontextmanager
    async def open_room(width: int = 120, height: int = 40, **setup: Any) -> AsyncIterator[Room]:
        given: dict[str, Any] = {"desk": desk, "now": lambda: NOW, "polls": False, "env": {"LANG": "C.UTF-8"}}
        app = NewsdeskApp(Setup(**(given | setup)))
        try:
            async with app.run_test(size=(width, height)) as pilot:
                await settle(cast("Pilot[Any]", pilot))
                yield Room(app, cast("Pilot[Any]", pilot))
                await settle(cast("Pilot[Any]", pilot))
        finally:
            app.finish()
        assert app.faults == []

    return open_room
