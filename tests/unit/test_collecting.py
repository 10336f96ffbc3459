"""Python's collector is as it was before when work that told it to wait is over."""

from __future__ import annotations

import gc

import pytest

from newsdesk.processes.collecting import collector_seldom


def _fail() -> None:
    with collector_seldom():
        raise LookupError(gc.get_threshold())


def test_the_collector_waits_longer_inside_and_is_as_before_afterwards() -> None:
    before = gc.get_threshold()
    with pytest.raises(LookupError) as inside:
        _fail()
    assert inside.value.args[0] > before
    assert gc.get_threshold() == before
