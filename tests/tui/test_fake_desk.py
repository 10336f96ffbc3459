"""The desk in memory is asked as the real one is: what a test of the dashboard calls on it can be called there."""

from __future__ import annotations

import inspect

import pytest

from newsdesk.desk import Desk
from tests.tui.fake_desk import FakeDesk

METHODS = sorted(name for name, _ in inspect.getmembers(FakeDesk, inspect.isfunction) if name[0] != "_" and name != "add")


def parameters(method: object) -> list[tuple[str, object, object]]:
    assert callable(method)
    every = inspect.signature(method).parameters.values()
    return [(one.name, one.kind, one.default) for one in every if one.kind is not one.VAR_KEYWORD]


@pytest.mark.parametrize("name", METHODS)
def test_it_takes_what_the_desk_takes(name: str) -> None:
    fake, real = parameters(getattr(FakeDesk, name)), parameters(getattr(Desk, name))
    assert fake == real[: len(fake)]
    assert all(kind is inspect.Parameter.KEYWORD_ONLY for _, kind, _ in real[len(fake) :])
