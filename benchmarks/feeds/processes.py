"""Runs a command and watches it: how long it took, what it used, when it said what, and the most memory of its whole tree."""

from __future__ import annotations

import json
import resource
import subprocess
import threading
import time
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path

SAMPLE_S = 0.05


@dataclass(slots=True)
class Run:
    """Seconds by the clock and of CPU (with children that it waited for), the peak of summed memory in bytes, and by name of
    an event the seconds from the start until it was printed for the last time."""

    wall_s: float = 0.0
    cpu_s: float = 0.0
    peak: int = 0
    code: int = 0
    marks: dict[str, float] = field(default_factory=dict)
    report: dict[str, object] = field(default_factory=dict)


def watch(command: Sequence[str], env: Mapping[str, str], *, memory: bool = False) -> Run:
    """Run `command` to its end. Lines of NDJSON that it prints are taken as events. Only with `memory` is that sampled, since
    it costs time."""
    run = Run()
    before = resource.getrusage(resource.RUSAGE_CHILDREN)
    began = time.perf_counter()
    process = subprocess.Popen(command, env=dict(env), stdout=subprocess.PIPE, stderr=subprocess.DEVNULL)
    ended = threading.Event()
    sampler = threading.Thread(target=_sample, args=(process.pid, run, ended))
    if memory:
        sampler.start()
    assert process.stdout is not None
    for line in process.stdout:
        if line.startswith(b'{"event"'):
            _note(run, line, time.perf_counter() - began)
    run.code = process.wait()
    run.wall_s = time.perf_counter() - began
    ended.set()
    if memory:
        sampler.join()
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    run.cpu_s = after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime
    return run


def _note(run: Run, line: bytes, moment: float) -> None:
    name = line[10:40].split(b'"')[1].decode()
    run.marks[name] = moment
    if name == "finished":
        run.report = json.loads(line)["report"]


def _sample(root: int, run: Run, ended: threading.Event) -> None:
    while not ended.wait(SAMPLE_S):
        run.peak = max(run.peak, sum(map(_proportional, _tree(root))))


def _tree(root: int) -> list[int]:
    """A process and all its descendants."""
    found = [root]
    for pid in found:
        for children in Path(f"/proc/{pid}/task").glob("*/children"):
            try:
                found += map(int, children.read_text().split())
            except OSError:
                continue
    return found


def _proportional(pid: int) -> int:
    """Resident bytes of a process, pages that several share by their part; 0 for one that has gone."""
    try:
        text = Path(f"/proc/{pid}/smaps_rollup").read_text("ascii", "replace")
    except OSError:
        return 0
    return next((int(line.split()[1]) * 1024 for line in text.splitlines() if line.startswith("Pss:")), 0)
