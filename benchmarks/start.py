"""How long a command takes to start, beside Python itself in the same run.

    python -m benchmarks.start [--runs N]

Runs are interleaved, so that a busy moment falls on all alike, and the fastest of each is compared: what a start costs when
nothing is in its way. Ends with 1 where `--help` takes more than 4 times as long as `python -c pass`.
"""

from __future__ import annotations

import argparse
import subprocess
import sys
import time

LIMIT = 4.0

COMMANDS = {
    "python -c pass": ["-c", "pass"],
    "newsdesk --help": ["-P", "-m", "newsdesk", "--help"],
    "newsdesk --version": ["-P", "-m", "newsdesk", "--version"],
    "newsdesk list --help": ["-P", "-m", "newsdesk", "list", "--help"],
    "newsdesk config paths": ["-P", "-m", "newsdesk", "config", "paths"],
    "python -c 'import textual.app'": ["-c", "import textual.app"],
}


def measure(words: list[str]) -> float:
    """Seconds from start to end of a Python process."""
    began = time.perf_counter()
    subprocess.run([sys.executable, *words], check=True, stdout=subprocess.DEVNULL)
    return time.perf_counter() - began


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--runs", type=int, default=30, help="runs of each command (30)")
    runs = parser.parse_args().runs
    seconds: dict[str, list[float]] = {name: [] for name in COMMANDS}
    for _ in range(runs):
        for name, words in COMMANDS.items():
            seconds[name].append(measure(words))
    bare = min(seconds["python -c pass"])
    for name, times in seconds.items():
        middle = sorted(times)[len(times) // 2]
        print(
            f"{name:<32} {min(times) * 1000:7.1f} ms at best {middle * 1000:7.1f} ms median {min(times) / bare:6.2f} x Python"
        )
    ratio = min(seconds["newsdesk --help"]) / bare
    print(f"--help: {ratio:.2f} times bare Python, {LIMIT:g} allowed")
    return 0 if ratio <= LIMIT else 1


if __name__ == "__main__":
    sys.exit(main())
