"""Python's collector of reference cycles, told to wait while many stories are worked on.

What tagging and grouping make holds no cycles, but is so much that the collector would go through the models and all stories
again and again: a tenth of the time.
"""

from __future__ import annotations

import gc
from collections.abc import Iterator
from contextlib import contextmanager, suppress


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


def give_back() -> None:
    """Hand memory that is free again to the system: glibc keeps it otherwise, and other processes have to do without."""
    import ctypes

    gc.collect()
    with suppress(OSError, AttributeError):
        ctypes.CDLL(None).malloc_trim(0)
