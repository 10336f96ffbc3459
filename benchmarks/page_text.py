"""CPU time to read a page dump, against the floor of splitting and repairing the same text.

    NEWSDESK_SHARED=../shared python benchmarks/page_text.py

Prints the median and the 95th percentile over the pages, in milliseconds, after start, and the ratio to the floor.
"""

from __future__ import annotations

import os
import statistics
import time
from collections.abc import Callable
from pathlib import Path

import ftfy

from fetchers.seeds.page_text.reading import read_page

ROUNDS = 7


def measure(texts: list[str], work: Callable[[str], object]) -> list[float]:
    """The best of ROUNDS runs for each text, milliseconds of CPU."""
    best = []
    for text in texts:
        times = []
        for _ in range(ROUNDS):
            begin = time.process_time()
            work(text)
            times.append((time.process_time() - begin) * 1000)
        best.append(min(times))
    return best


def split_and_repair(text: str) -> list[str]:
    return [" ".join(ftfy.fix_encoding(line).split()) for line in text.split("\n")]


def main() -> None:
    shared = os.environ.get("NEWSDESK_SHARED")
    folder = Path(shared) / "pages" / "dev" if shared else Path(__file__).parent.parent / "tests" / "data" / "pages"
    texts = [path.read_text("utf-8") for path in sorted(folder.glob("*.txt"))]
    read_page(texts[0])  # start: weights and word tables
    for name, times in (("read", measure(texts, read_page)), ("floor", measure(texts, split_and_repair))):
        print(f"{name:6} median {statistics.median(times):6.2f} ms   p95 {statistics.quantiles(times, n=20)[-1]:6.2f} ms")
        if name == "read":
            reading = statistics.median(times)
    print(f"ratio to the floor: {reading / statistics.median(times):.1f}   ({len(texts)} pages of {folder.name})")


if __name__ == "__main__":
    main()
