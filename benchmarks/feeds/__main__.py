"""Feeds, refreshed: newsdesk beside newsboat on the same work in the same run.

    python -m benchmarks.feeds [--feeds 1000] [--rounds 2] [--hosts N] [--latency 0.1] [--flat STORIES] [--folder DIR]

The work: generated feeds (seven in ten RSS, the others Atom) of 30 items with about 2 KB of HTML each, 88 MB for a thousand,
served on loopback by a process of its own, with ETag and Last-Modified. Both programs read them cold, and then again with
nothing changed, in turns; the best of the rounds is compared. newsboat runs with 8 threads and its cache analysed.

*stored* is the time until every story can be listed, read and searched by any process; *all* the time until the report is
printed, with topics, countries, storylines and alerts in it. Further: the same with an answer time of `--latency` on 32
connections, against feeds x latency / connections; the peak memory of all our processes together; with `--flat`, what
unchanged feeds cost in an archive of 10,000 and of so many stories. Python's bytecode is made before, as an installer makes it.
"""

from __future__ import annotations

import argparse
import compileall
import contextlib
import subprocess
import sys
import tempfile
from collections.abc import Callable, Iterator
from pathlib import Path

from benchmarks.feeds.flat import compare_archives
from benchmarks.feeds.press import ITEMS
from benchmarks.feeds.processes import Run
from benchmarks.feeds.programs import THREADS, Newsboat, Newsdesk, address

CONNECTIONS = 32


@contextlib.contextmanager
def serving(feeds: int, latency_s: float) -> Iterator[tuple[int, int, int]]:
    """The two ports of a server, and the bytes of its feeds."""
    command = [sys.executable, "-m", "benchmarks.feeds.server", str(feeds), str(latency_s)]
    process = subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True)
    assert process.stdin is not None
    assert process.stdout is not None
    try:
        port, late, size = map(int, process.stdout.readline().split())
        yield port, late, size
    finally:
        process.stdin.close()
        process.wait()
        process.stdout.close()


def best(runs: list[Run], read: Callable[[Run], float] = lambda run: run.wall_s) -> float:
    return min(map(read, runs))


def stored(run: Run) -> float:
    """Seconds until every story could be read and searched."""
    return run.marks.get("stored", run.wall_s)


def check(run: Run, feeds: int, status: str) -> None:
    """A run that left something out is no measurement."""
    sources = run.report.get("sources")
    told = [source["status"] for source in sources] if isinstance(sources, list) else []
    if run.code or told.count(status) != feeds:
        raise SystemExit(f"a refresh ended with {run.code}, {told.count(status)} of {feeds} feeds {status}")


def race(ours: Newsdesk, peer: Newsboat | None, feeds: int, rounds: int) -> tuple[dict[str, list[Run]], dict[str, list[Run]]]:
    """Runs by name (`cold`, `unchanged`) of both, in turns."""
    mine: dict[str, list[Run]] = {"cold": [], "unchanged": []}
    theirs: dict[str, list[Run]] = {"cold": [], "unchanged": []}
    for _ in range(rounds):
        ours.forget()
        mine["cold"].append(ours.reload())
        check(mine["cold"][-1], feeds, "updated")
        if peer:
            peer.forget()
            theirs["cold"].append(peer.reload())
            peer.analyse()
        for _ in range(2):
            mine["unchanged"].append(ours.reload())
            check(mine["unchanged"][-1], feeds, "unchanged")
            if peer:
                theirs["unchanged"].append(peer.reload())
        if peer and peer.count() != feeds * ITEMS:
            raise SystemExit(f"newsboat has {peer.count()} of {feeds * ITEMS} stories")
    return mine, theirs


def tell(name: str, runs: list[Run], peers: list[Run], read: Callable[[Run], float] = lambda run: run.wall_s) -> None:
    mine, cpu = best(runs, read), best(runs, lambda run: run.cpu_s)
    line = f"{name:34}{mine:8.2f} s   ({cpu:.2f} s of CPU in all)"
    if peers:
        theirs = best(peers)
        line += f"   newsboat {theirs:.2f} s ({best(peers, lambda run: run.cpu_s):.2f})   ratio {mine / theirs:.2f}"
    print(line, flush=True)


def measure_latency(folder: Path, urls: list[str], latency_s: float) -> None:
    floor = len(urls) * latency_s / CONNECTIONS
    desk = Newsdesk(folder / "late", urls)
    desk.forget()
    for name, status in (("cold", "updated"), ("unchanged", "unchanged")):
        run = desk.reload()
        check(run, len(urls), status)
        took = stored(run) if name == "cold" else run.wall_s
        print(
            f"{f'{latency_s * 1000:.0f} ms late, {name}':34}{took:8.2f} s   floor {floor:.2f} s   ratio {took / floor:.2f}",
            flush=True,
        )


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--feeds", type=int, default=1000)
    parser.add_argument("--rounds", type=int, default=2)
    parser.add_argument("--hosts", type=int, help="how many hosts the feeds are on (one each)")
    parser.add_argument("--latency", type=float, default=0.1, metavar="SECONDS", help="0 leaves that run out")
    parser.add_argument("--flat", type=int, metavar="STORIES", help="the larger archive, 1000000 say")
    parser.add_argument("--no-peer", action="store_true", help="newsdesk alone")
    parser.add_argument("--folder", type=Path)
    flags = parser.parse_args()
    with contextlib.ExitStack() as stack:
        folder = flags.folder or Path(stack.enter_context(tempfile.TemporaryDirectory(prefix="newsdesk-")))
        measure(folder, flags)


def measure(folder: Path, flags: argparse.Namespace) -> None:
    """Everything that the flags ask for, printed as it comes; `folder` is worked in."""
    for package in ("newsdesk", "fetchers"):
        compileall.compile_dir(Path(__file__).parents[2] / package, quiet=2)
    with serving(flags.feeds, flags.latency) as (port, late, size):
        urls = [address(number, port, flags.hosts or flags.feeds) for number in range(flags.feeds)]
        peer = Newsboat(folder / "newsboat", urls) if Newsboat.find() and not flags.no_peer else None
        alone = "no peer" if flags.no_peer else "newsboat is not installed: no peer"
        print(f"{flags.feeds} feeds, {flags.feeds * ITEMS} stories, {size / 1e6:.0f} MB; ", end="")
        print(f"beside {peer.version()}, {THREADS} threads" if peer else alone, flush=True)
        ours = Newsdesk(folder / "newsdesk", urls)
        mine, theirs = race(ours, peer, flags.feeds, flags.rounds)
        tell("cold, stored", mine["cold"], theirs["cold"], stored)
        tell("cold, all", mine["cold"], theirs["cold"])
        tell("unchanged", mine["unchanged"], theirs["unchanged"])
        ours.forget()
        peak = ours.reload(memory=True).peak
        print(f"{'most memory, all processes, cold':34}{peak / 1e6:8.0f} MB", flush=True)
        if flags.latency:
            measure_latency(folder, [url.replace(f":{port}/", f":{late}/") for url in urls], flags.latency)
        if flags.flat:
            compare_archives(folder, urls, flags.flat)


if __name__ == "__main__":
    main()
