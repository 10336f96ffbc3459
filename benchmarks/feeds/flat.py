"""Whether unchanged feeds cost the same however much is stored: the same refresh in a small and in a large archive."""

from __future__ import annotations

from pathlib import Path

from benchmarks.archive import Press, fill
from benchmarks.feeds.programs import Newsdesk
from benchmarks.multiply import multiply
from newsdesk.desk import Desk
from newsdesk.paths import Paths
from newsdesk.tagging.tiers import reader

SMALL = 10_000
WRITTEN = 50_000  # a larger archive is made of copies of so many stories at most
ROUNDS = 5


def compare_archives(folder: Path, urls: list[str], large: int) -> None:
    """Print what unchanged feeds cost in an archive of :data:`SMALL` and in one of `large` stories; `folder` keeps both."""
    desks = {stories: _filled(folder / f"flat-{stories}", urls, stories) for stories in (SMALL, large)}
    wall: dict[int, list[float]] = {stories: [] for stories in desks}
    cpu: dict[int, list[float]] = {stories: [] for stories in desks}
    for _ in range(ROUNDS):
        for stories, desk in desks.items():
            run = desk.reload()
            wall[stories].append(run.wall_s)
            cpu[stories].append(run.cpu_s)
    for stories in desks:
        print(f"{f'unchanged, {stories} stories stored':34}{min(wall[stories]):8.2f} s   ({min(cpu[stories]):.2f} s of CPU)")
    print(
        f"{'':34}{min(wall[large]) / min(wall[SMALL]):8.2f} times, by CPU {min(cpu[large]) / min(cpu[SMALL]):.2f}", flush=True
    )


def _filled(folder: Path, urls: list[str], stories: int) -> Newsdesk:
    """A desk whose archive holds so many stories, and the feeds, read once. One that is there already is used as it is."""
    found = Newsdesk(folder, urls)
    paths = Paths(folder / "config.toml", found.data, folder / "state")
    if not paths.archive.exists():
        with Desk.open(paths, tag=lambda story: story) as desk:
            times = -(-stories // WRITTEN)
            fill(desk, Press(), stories // times)
        if times > 1:
            multiply(paths.archive, times)
        settle(paths)
    found.reload()
    return found


def settle(paths: Paths) -> None:
    """Comments of made stories were read by no model: a refresh would read them in the background, ten thousand at a time."""
    with Desk.open(paths, tag=lambda story: story) as desk, desk.store.writing() as connection:
        connection.execute("UPDATE story SET reader = ? WHERE comments > 0", (reader(),))
