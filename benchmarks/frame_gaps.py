"""The longest that the dashboard leaves a person without an answer while five of the worst feeds are read.

A key is pressed as soon as the one before it is answered, from the start of the refresh to its end. What others kept the
processor from it is given apart: on a machine of one's own it is nothing. Beside it stands a bare Textual app while the same
refresh runs without a dashboard.
"""

from __future__ import annotations

import os
import subprocess
import time
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path

from benchmarks.feeds.worst import served
from benchmarks.pane import Pane, percentile

PAUSE_S = 0.02
LONGEST_S = 300.0
REFRESH_NICE = 10  # as the dashboard starts its own


def strike_while(pane: Pane, goes_on: Callable[[], bool]) -> list[tuple[float, float]]:
    """Milliseconds until each key was answered, and of these the app's own, while `goes_on`. Always down: at the top of a list
    up has no answer."""
    took: list[tuple[float, float]] = []
    ends = time.perf_counter() + LONGEST_S
    while goes_on() and time.perf_counter() < ends:
        before = pane.kept_waiting_s()
        whole = pane.strike(b"j", 0.0, PAUSE_S)[0]
        took.append((whole * 1000, max(0.0, whole - (pane.kept_waiting_s() - before)) * 1000))
    return took


def told(name: str, took: Sequence[tuple[float, float]]) -> str:
    whole, own = zip(*took, strict=True)
    return (
        f"{name:<13} {max(own):6.1f} ms the longest, {percentile(own, 0.95):.1f} ms p95 of {len(took)} keys meanwhile"
        f" ({max(whole):.1f} and {percentile(whole, 0.95):.1f} ms with the waits for the processor)"
    )


def measure_gaps(
    folder: Path, dashboard: Sequence[str], env: Mapping[str, str], floor: Sequence[str], marks: Sequence[bytes]
) -> None:
    """Of `dashboard`, whose desk is in `folder`, and of the `floor` app; `marks` say that the dashboard stands there."""
    settings, token = folder / "config.toml", os.urandom(4).hex()
    with served(token) as feeds:
        settings.write_text(feeds)
        with Pane(dashboard, env) as pane:
            pane.until(*marks)
            before = len(pane.seen)
            ours = strike_while(pane, lambda: b"refreshed: " not in pane.seen[before:])
    with served(f"{token}again") as feeds, Pane(floor) as pane:
        settings.write_text(feeds)
        pane.until(b"the floor is painted")
        command = ["nice", "-n", str(REFRESH_NICE), *dashboard[:4], "refresh", "--quiet", *dashboard[4:]]
        with subprocess.Popen(command, env={**os.environ, **env}) as child:
            theirs = strike_while(pane, lambda: child.poll() is None)
    settings.write_text("")
    print(told("frame gaps", ours))
    print(told("the floor's", theirs))
