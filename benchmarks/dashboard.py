"""What the dashboard costs a person, in a real terminal, beside a bare Textual app and newsboat in the same run.

    python -m benchmarks.dashboard [--stories 100000] [--folder DIR] [--runs 5] [--keys 60]

First paint is from the start of the process until the rows of the list stand on the screen; "whole" until all panes do, with
the sections and the text of the first story; "ready" until keys are answered. The floor is an app with one line of text, until
that stands there. What Python compiles is kept in a folder of the run's own, and each program is started once before. Key to
paint is from writing a key until the bytes that answer it arrive, less what others kept the processor from the two; the floor's
key changes its one line. Bytes of a cursor move
are what comes before the cursor rests; the article that follows is counted apart. Starts are interleaved, so that a busy moment
falls on all alike, and processor time is given beside the wall. newsboat, where it is installed, reads the newest of the same
items (at most 20,000) from one feed.

With `--folder` the archive is kept there, and made only where it is not there yet (a million stories: `benchmarks.multiply`).
Seeds and a thread of 20,000 comments are read into that archive while it is measured.
"""

from __future__ import annotations

import argparse
import json
import os
import shutil
import statistics
import sys
import tempfile
import time
from pathlib import Path

from benchmarks.archive import Press, fill
from benchmarks.frame_gaps import measure_gaps
from benchmarks.newsboat import measure_newsboat
from benchmarks.pane import HEIGHT, HELD_S, REST_S, WIDTH, Pane, Strikes, percentile
from newsdesk.desk import Desk
from newsdesk.model import Comment, Origin, Story
from newsdesk.paths import Paths

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
FLOOR_COMMAND = [sys.executable, "-c", FLOOR]
ROWS = "●".encode()
WHOLE = (ROWS, b"3 Article", b"1 Sections", b"Everything")
READY = (*WHOLE, b"quit")  # the line of keys is the framework's: from here on they are answered
THREAD = 20_000
FOUND_BYTES = 800  # far more than a letter in the box takes: rows
SEEDS = 6_000  # stories that a refresh reads meanwhile


def dashboard_of(folder: Path) -> list[str]:
    return [sys.executable, "-P", "-m", "newsdesk", "--config", str(folder / "config.toml"), "--data", str(folder / "data")]


def start_env(folder: Path) -> dict[str, str]:
    return {"XDG_STATE_HOME": str(folder / "state"), "XDG_CONFIG_HOME": str(folder), "XDG_DATA_HOME": str(folder)}


def measure_starts(folder: Path, runs: int, text: bytes) -> None:
    """Floor, an empty desk and this one in turn: the fastest of each, by the clock and by the processor. `text` stands in the
    first story."""
    with tempfile.TemporaryDirectory() as name:
        empty = Path(name)
        (empty / "config.toml").touch()
        compiled = {"PYTHONPYCACHEPREFIX": f"{name}/compiled", "PYTHONDONTWRITEBYTECODE": ""}
        walls: dict[str, list[float]] = {}
        loads: dict[str, list[float]] = {}
        for run in range(runs + 1):
            for what, command, world, marks in (
                ("floor", FLOOR_COMMAND, {}, (b"the floor is painted",)),
                ("empty", dashboard_of(empty), start_env(empty), (b"newsdesk",)),
                ("first", dashboard_of(folder), start_env(folder), (ROWS,)),
                ("whole", dashboard_of(folder), start_env(folder), (*WHOLE, text)),
                ("ready", dashboard_of(folder), start_env(folder), READY),
            ):
                with Pane(command, {**world, **compiled}) as pane:
                    took, load = pane.until(*marks), pane.cpu_s()
                if run:
                    walls.setdefault(what, []).append(took)
                    loads.setdefault(what, []).append(load)
    floor, least = min(walls["floor"]), min(loads["floor"])
    print(f"floor         {floor * 1000:7.0f} ms   {least * 1000:5.0f} ms of processor")
    for what, words in (("empty", "empty archive"), ("first", "first paint"), ("whole", "whole screen"), ("ready", "ready")):
        wall, own = min(walls[what]), min(loads[what])
        print(f"{words:<13} {wall * 1000:7.0f} ms   {own * 1000:5.0f} ms   ratio {wall / floor:.2f}   {own / least:.2f}")


def first_words(desk: Desk) -> bytes:
    """The beginning of the text of the story that the list begins with."""
    row = desk.storyline_rows(limit=1)[0].newest
    story = desk.story(row.id) if row else None
    return " ".join(story.body[0].split()[:2]).encode() if story and story.body else b""


def measure_keys(folder: Path, keys: int) -> None:
    with Pane(FLOOR_COMMAND) as pane:
        pane.until(b"the floor is painted")
        pane.drain(REST_S)
        print(f"floor's key   {Strikes.of(pane, [b'j'] * keys).times}")
    with Pane(dashboard_of(folder), start_env(folder)) as pane:
        pane.until(*READY)
        pane.drain(2.0)
        before = pane.cpu_s()
        moves = Strikes.of(pane, [b"j"] * keys)
        spent = (pane.cpu_s() - before) * 1000 / keys
        within = [size for size in moves.soon if size < 2 * statistics.median(moves.soon)]
        print(f"key to paint  {moves.times}   {spent:.1f} ms of processor a key, the article too")
        print(f"cursor move   {statistics.median(within):7.0f} bytes in view, {statistics.mean(moves.soon):.0f} on average")
        print(f"article       {statistics.median(moves.later):7.0f} bytes when the cursor rests")
        held = Strikes.of(pane, [b"j"] * (5 * keys), rest_s=0.0, move_s=HELD_S)
        print(f"long scroll   {statistics.mean(held.soon):7.0f} bytes a key, {held.times}")
        measure_search(pane)
        print(f"memory        {pane.memory_mb():7.0f} MB resident")
    with Pane(dashboard_of(folder), {**start_env(folder), "COLORTERM": ""}) as pane:  # an SSH line doesn't pass it on
        pane.until(*READY)
        pane.drain(2.0)
        moves = Strikes.of(pane, [b"j"] * keys)
        print(f"in 256 colours {statistics.mean(moves.soon):6.0f} bytes a cursor move on average, as over SSH")
    measure_beside_refresh(folder, keys)
    measure_thread(folder)


def type_search(pane: Pane, text: bytes) -> None:
    """Open the search and type, with a rest after the key that opens it, as a hand has."""
    pane.press(b"/")
    pane.drain(REST_S)
    for letter in text:
        pane.press(bytes([letter]))
        pane.drain(0.1)
    pane.drain(2.0)


def measure_search(pane: Pane) -> None:
    """From the last letter of a word that every story has, and of a rarer one, until what is found stands in the list."""
    for word in (b"wire", b"source:7"):
        type_search(pane, word[:-1])
        before = pane.cpu_s()
        took, own = pane.wait_after(word[-1:], size=FOUND_BYTES)
        spent = (pane.cpu_s() - before) * 1000
        told = f"({took:.1f}; {spent:.0f} of processor)"
        print(f"search        {own:6.1f} ms {told} from the last letter of {word.decode()} until its first stories stand there")
        pane.press(b"\x1b")
        pane.drain(2.0)


def measure_beside_refresh(folder: Path, keys: int) -> None:
    """Keys while the dashboard's own refresh reads new seeds into the archive, without a rest between them."""
    press, seeds = Press(), folder / "seeds"
    shutil.rmtree(seeds, ignore_errors=True)
    seeds.mkdir()
    (folder / "config.toml").write_text(f"seeds = [{json.dumps(str(seeds))}]\n")
    with Pane(dashboard_of(folder), start_env(folder)) as pane:
        pane.until(*READY, b"refreshed: ")
        pane.drain(2.0)
        idle = Strikes.of(pane, [b"j"] * keys, rest_s=0.15)
        number = int.from_bytes(os.urandom(4), "big")
        with (seeds / f"{number}.jsonl").open("w", encoding="utf-8") as file:
            for at in range(SEEDS):
                story = press.story(number + at)
                file.write(json.dumps({"id": f"{number}-{at}", "title": story.title, "body": list(story.body)}) + "\n")
        pane.press(b"R")
        pane.drain(1.0)
        began, before = time.perf_counter(), len(pane.seen)
        busy = Strikes.of(pane, [b"j"] * keys, rest_s=0.15)
        ended = b"refreshed: " in pane.seen[before:]
        later = len(pane.seen)
        pane.drain(0.5)
        quiet_s = 4.0
        pane.read_for(quiet_s)
        flow = (len(pane.seen) - later) / quiet_s
    (folder / "config.toml").write_text("", "utf-8")
    ratio = percentile(busy.own_ms, 0.95) / percentile(idle.own_ms, 0.95)
    print(f"idle          {idle.times}")
    note = f" (it ended within {time.perf_counter() - began:.0f} s)" if ended else f"; then {flow:.0f} bytes a second untouched"
    print(f"refreshing    {busy.times}   p95 {ratio:.2f} of idle{note}")


def measure_thread(folder: Path) -> None:
    """From going into a story with a thread of 20,000 comments until the first of them stand on the screen."""
    paths = Paths(folder / "config.toml", folder / "data", folder / "state")
    comments = tuple(
        Comment(f"the {at}th word on this", f"reader{at}", reply_to=at // 3 if at else None) for at in range(THREAD)
    )
    stories = [
        Story(
            title=f"a headline of {name}",
            body=("One paragraph.",),
            source="Thread",
            comments=comments if name == "a thread" else (),
            published="1999-01-01",  # not at the top of the list that is measured next time
            origins=(Origin("jsonl", 0, path="thread.jsonl", item_id=name),),
        )
        for name in ("a thread", "nothing else")
    ]
    with Desk.open(paths, tag=lambda given: given) as desk:
        desk.keep(stories)
    with Pane(dashboard_of(folder), start_env(folder)) as pane:
        pane.until(*READY)
        pane.drain(2.0)
        pane.press(b"t")  # newest first, no storylines
        pane.drain(2.0)
        type_search(pane, b"source:thread")  # the two alone
        pane.press(b"\r")
        pane.drain(2.0)
        there = b"j"
        if b"reader2" in pane.seen:  # the cursor is on it: go to the other one first
            there = b"k"
            pane.press(b"j")
            pane.drain(1.0)
        before = pane.cpu_s()
        took, own = pane.wait_after(there + b"\r", b"reader2")
        spent = (pane.cpu_s() - before) * 1000
    told = f"({took:.1f}; {spent:.0f} of processor)"
    print(f"long thread   {own:6.1f} ms {told} from a key that goes into it until {THREAD:,} comments can be read")


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--stories", type=int, default=100_000)
    parser.add_argument("--folder", type=Path)
    parser.add_argument("--runs", type=int, default=5)
    parser.add_argument("--keys", type=int, default=60)
    flags = parser.parse_args()
    folder = flags.folder or Path(tempfile.mkdtemp(prefix="newsdesk-"))
    folder.mkdir(parents=True, exist_ok=True)
    (folder / "config.toml").touch()
    with Desk.open(Paths(folder / "config.toml", folder / "data", folder / "state"), tag=lambda story: story) as desk:
        if desk.count() == 0:
            fill(desk, Press(), flags.stories)
        print(f"{desk.count():,} stories, {WIDTH}x{HEIGHT}, load {os.getloadavg()[0]:.1f} on {os.cpu_count()} cores")
        text = first_words(desk)
        headlines = [row.heading for row in desk.rows(limit=20_000)]
    try:
        measure_starts(folder, flags.runs, text)
        measure_keys(folder, flags.keys)
        measure_gaps(folder, dashboard_of(folder), start_env(folder), FLOOR_COMMAND, READY)
        measure_newsboat(headlines, flags.keys)
    finally:
        if flags.folder is None:
            shutil.rmtree(folder)


if __name__ == "__main__":
    main()
