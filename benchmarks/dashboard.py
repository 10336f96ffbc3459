"""What the dashboard costs a person, in a real terminal, beside a bare Textual app in the same run.

    python -m benchmarks.dashboard [--stories 100000] [--folder DIR] [--runs 5] [--keys 60]

First paint is from the start of the process until the rows of the list stand on the screen; the floor is an app with one
line of text, until that stands there. Key to paint is from writing a key until the bytes that answer it arrive; the floor's
key changes its one line. Bytes of a cursor move are what comes before the cursor rests; the article that follows is counted
apart. Starts are interleaved, so that a busy moment falls on both.
"""

from __future__ import annotations

import argparse
import fcntl
import os
import pty
import select
import signal
import statistics
import struct
import sys
import tempfile
import termios
import time
from pathlib import Path
from types import TracebackType
from typing import Self

from benchmarks.archive import Press, fill
from newsdesk.desk import Desk
from newsdesk.paths import Paths

WIDTH, HEIGHT = 160, 50
REST_S = 0.6  # until nothing that a key started is still to come
MOVE_S = 0.08  # less than the cursor's rest before the article follows it

FLOOR = """
from textual.app import App
from textual.widgets import Static
class Floor(App):
    def compose(self):
        self.line = Static("the floor is painted", markup=False)
        yield self.line
    def on_key(self, event):
        self.line.update(f"key {event.key} at {id(event)}")
Floor().run()
"""
OURS = """
import sys
from pathlib import Path
from newsdesk.paths import Paths
from tui.door import run
folder = Path(sys.argv[1])
run(Paths(folder / "config.toml", folder / "data", folder / "fresh-state"))
"""


class Pane:
    """A process in a pty, with the bytes that it wrote."""

    def __init__(self, script: str, *arguments: str) -> None:
        self.began = time.perf_counter()
        self.pid, self.fd = pty.fork()
        if self.pid == 0:
            world = dict(os.environ) | {"TERM": "xterm-256color", "COLORTERM": "truecolor", "LANG": "C.UTF-8"}
            fcntl.ioctl(0, termios.TIOCSWINSZ, struct.pack("HHHH", HEIGHT, WIDTH, 0, 0))
            os.execve(sys.executable, [sys.executable, "-c", script, *arguments], world)
        fcntl.ioctl(self.fd, termios.TIOCSWINSZ, struct.pack("HHHH", HEIGHT, WIDTH, 0, 0))

    def __enter__(self) -> Self:
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None) -> None:
        os.kill(self.pid, signal.SIGKILL)
        os.waitpid(self.pid, 0)
        os.close(self.fd)

    def until(self, mark: bytes) -> float:
        """Seconds from the start until `mark` was written."""
        seen = b""
        while mark not in seen:
            seen += os.read(self.fd, 65536)
        return time.perf_counter() - self.began

    def drain(self, seconds: float) -> int:
        """Bytes written until nothing came for `seconds`."""
        total = 0
        while select.select([self.fd], [], [], seconds)[0]:
            total += len(os.read(self.fd, 65536))
        return total

    def strike(self, key: bytes) -> tuple[float, int, int]:
        """Seconds until the answer begins, its bytes, and the bytes that followed once the cursor rested."""
        began = time.perf_counter()
        os.write(self.fd, key)
        select.select([self.fd], [], [], 5.0)
        took = time.perf_counter() - began
        soon = 0
        while (left := began + MOVE_S - time.perf_counter()) > 0 and select.select([self.fd], [], [], left)[0]:
            soon += len(os.read(self.fd, 65536))
        return took, soon, self.drain(REST_S)

    def memory_mb(self) -> tuple[float, float]:
        """The process's own memory, and the part of files (the archive above all) that the system keeps mapped for it."""
        lines = Path(f"/proc/{self.pid}/status").read_text().splitlines()
        kept = {line.split(":")[0]: int(line.split()[1]) / 1024 for line in lines if line.startswith("Rss")}
        return kept["RssAnon"], kept["RssFile"]


def measure_starts(folder: Path, runs: int) -> tuple[float, float]:
    """The fastest first paint of floor and dashboard, in seconds."""
    floor, ours = [], []
    for _ in range(runs):
        with Pane(FLOOR) as pane:
            floor.append(pane.until(b"the floor is painted"))
        with Pane(OURS, str(folder)) as pane:
            ours.append(pane.until("●".encode()))
    return min(floor), min(ours)


def measure_keys(pane: Pane, keys: list[bytes]) -> tuple[list[float], list[int], list[int]]:
    answers = [pane.strike(key) for key in keys]
    return [took * 1000 for took, _, _ in answers], [soon for _, soon, _ in answers], [later for _, _, later in answers]


def percentile(values: list[float], share: float) -> float:
    return sorted(values)[min(len(values) - 1, int(share * len(values)))]


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--stories", type=int, default=100_000)
    parser.add_argument("--folder", type=Path)
    parser.add_argument("--runs", type=int, default=5)
    parser.add_argument("--keys", type=int, default=60)
    flags = parser.parse_args()
    folder = flags.folder or Path(tempfile.mkdtemp(prefix="newsdesk-"))
    with Desk.open(Paths(folder / "config.toml", folder / "data", folder / "state"), tag=lambda story: story) as desk:
        if desk.count() == 0:
            fill(desk, Press(), flags.stories)
        print(f"{desk.count():,} stories, {WIDTH}x{HEIGHT}, load {os.getloadavg()[0]:.1f} on {os.cpu_count()} cores")
    floor, ours = measure_starts(folder, flags.runs)
    print(f"first paint   {ours * 1000:7.0f} ms   floor {floor * 1000:7.0f} ms   ratio {ours / floor:.2f}")
    with Pane(FLOOR) as pane:
        pane.until(b"the floor is painted")
        pane.drain(REST_S)
        least, _, _ = measure_keys(pane, [b"j"] * flags.keys)
    with Pane(OURS, str(folder)) as pane:
        pane.until("●".encode())
        pane.drain(1.5)
        took, soon, later = measure_keys(pane, [b"j"] * flags.keys)
        within = [bytes_ for bytes_ in soon if bytes_ < 2 * statistics.median(soon)]
        print(
            f"key to paint  {statistics.median(took):7.1f} ms median {percentile(took, 0.95):7.1f} ms p95   "
            f"floor {statistics.median(least):.1f} / {percentile(least, 0.95):.1f}"
        )
        print(f"cursor move   {statistics.median(within):7.0f} bytes in view, {statistics.mean(soon):.0f} on average")
        print(f"article       {statistics.median(later):7.0f} bytes when the cursor rests")
        own, mapped = pane.memory_mb()
        print(f"memory        {own:7.0f} MB of its own, {mapped:.0f} MB of files mapped")


if __name__ == "__main__":
    main()
