"""The longest that the dashboard leaves a person without an answer while five of the worst feeds are read.

A key is pressed as soon as the one before it is answered, from the start of the refresh to its end. What others kept the
processor from it is given apart: on a machine of one's own it is nothing. Beside it stands a bare Textual app while the same
refresh runs without a dashboard.
"""

from __future__ import annotations

import os
import subprocess
import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from pathlib import Path

from benchmarks.feeds.worst import served
from benchmarks.pane import Pane, Strikes

PAUSE_S = 0.02
LONGEST_S = 300.0
REFRESH_NICE = 10  # as the dashboard starts its own


def strike_while(pane: Pane, goes_on: Callable[[], bool]) -> Strikes:
    """Keys one after the other while `goes_on`. Always down: at the top of a list up has no answer."""

    def keys() -> Iterator[bytes]:
        ends = time.perf_counter() + LONGEST_S
        while goes_on() and time.perf_counter() < ends:
            yield b"j"

    return Strikes.of(pane, keys(), 0.0, PAUSE_S)


def told(name: str, keys: Strikes) -> str:
    return f"{name:<13} {max(keys.own_ms):6.1f} ms the longest ({max(keys.took_ms):.1f}), {keys.times} of {len(keys.soon)} keys"


def measure_gaps(
    folder: Path, dashboard: Sequence[str], env: Mapping[str, str], floor: Sequence[str], marks: Sequence[bytes]
) -> None:
    """Of `dashboard`, whose desk is in `folder`, and of the `floor` app; `marks` say that the dashboard stands there."""
    settings, token = folder / "config.toml", os.urandom(4).hex()
    with served(token) as feeds:
        settings.write_text(feeds, "utf-8")
        with Pane(dashboard, env) as pane:
            pane.until(*marks)
            before = len(pane.seen)
            ours = strike_while(pane, lambda: b"refreshed: " not in pane.seen[before:])
    with served(f"{token}again") as feeds, Pane(floor) as pane:
        settings.write_text(feeds, "utf-8")
        pane.until(b"the floor is painted")
        command = ["nice", "-n", str(REFRESH_NICE), *dashboard[:4], "refresh", "--quiet", *dashboard[4:]]
        with subprocess.Popen(command, env={**os.environ, **env}) as child:
            theirs = strike_while(pane, lambda: child.poll() is None)
    settings.write_text("", "utf-8")
    print(told("frame gaps", ours))
    print(told("the floor's", theirs))
