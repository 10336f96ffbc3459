"""Python's collector of reference cycles, told to wait while many stories are worked on.

What tagging and grouping make holds no cycles, but is so much that the collector would go through the models and all stories
again and again: a tenth of the time.
"""

from __future__ import annotations

import gc
from collections.abc import Iterator
from contextlib import contextmanager, suppress

_SELDOM = 100_000  # objects, more than a refresh has under way at a time; Python's own is 700


@contextmanager
def collector_at_rest() -> Iterator[None]:
    """No cycles are collected inside; afterwards it is as it was before, also after an error."""
    was_on = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if was_on:
            gc.enable()


@contextmanager
def collector_seldom() -> Iterator[None]:
    """Inside, cycles are looked for after many more new objects than usual, and not among those that are there already: for
    work that makes few cycles and goes on for minutes."""
    before = gc.get_threshold()
    gc.freeze()
    gc.set_threshold(_SELDOM, *before[1:])
    try:
        yield
    finally:
        gc.set_threshold(*before)
        gc.unfreeze()


def give_back() -> None:
    """Hand memory that is free again to the system: glibc keeps it otherwise, and other processes have to do without."""
    gc.collect()
    trim()


def trim() -> None:
    """As :func:`give_back`, where there are no cycles to look for."""
    import ctypes

    with suppress(OSError, AttributeError):
        ctypes.CDLL(None).malloc_trim(0)
