"""A refresh of feeds, killed with -9 at random moments, loses no stored story or comment, raises no alert twice and tells each.

NEWSDESK_REFRESH_KILLS sets how many (8; the full count is 200).
"""

from __future__ import annotations

import json
import os
import random
import signal
import subprocess
import sys
from collections import Counter
from dataclasses import dataclass, field
from pathlib import Path

import pytest

from newsdesk.archive.late_sketches import complete, find_late, has_late
from newsdesk.desk import Desk
from newsdesk.paths import Paths
from tests.durability.feed_server import COUNTRIES, FEEDS, Site, moment, serving
from tests.unit.desks import whole_stories

KILLS = int(os.environ.get("NEWSDESK_REFRESH_KILLS", "8"))
ROOT = Path(__file__).parents[2]
LINES = 7  # about as many events as a refresh tells here
PAUSE_S = 0.3
LONGEST_S = 120  # a guard against hanging, not a measure


@dataclass(slots=True)
class Told:
    """What a refresh said before its end: stories stored, and alerts."""

    code: int
    stored: int = 0
    alerts: list[str] = field(default_factory=list)
    finished: bool = False


def settings(folder: Path, site: Site) -> Paths:
    feeds = "".join(f'[[feeds]]\nurl = "{site.url(f"/feed{i}")}"\nallow_private = true\nevery = "1h"\n' for i in range(FEEDS))
    follows = '[[follows]]\nquery = "harbour"\nname = "Harbour"\nalerts = ["new-country", "velocity"]\n'
    config = folder / "config.toml"
    config.write_text(f'[alerts]\nfile = "{folder / "alerts"}"\n{feeds}{follows}', "utf-8")
    return Paths(config, folder / "data", folder / "state")


# However few stories there are, a process beside tags them.
BESIDE = "from newsdesk import cli; from newsdesk.refresh import run; run.WORTH_PROCESSES = 1; raise SystemExit(cli.main())"


# It gets no further than to stories that can be read.
HELD = (
    "import time; from newsdesk import cli; from newsdesk.refresh.run import Refresh; "
    f"Refresh._finish = lambda _: time.sleep({LONGEST_S}); cli.main()"
)


def start(folder: Path, site: Site, program: str | None = None) -> subprocess.Popen[bytes]:
    """A refresh; every other one has its stories tagged in a process of its own."""
    if program is None and site.number % 2 == 0:
        program = BESIDE
    run = ["-m", "newsdesk"] if program is None else ["-c", program]
    command = [sys.executable, *run, "refresh", "--events", "--now", moment(site.number).isoformat()]
    command += ["--config", str(folder / "config.toml"), "--data", str(folder / "data")]
    env = {**os.environ, "HOME": str(folder), "PYTHONPATH": str(ROOT)}
    return subprocess.Popen(command, cwd=folder, env=env, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, bufsize=0)


def finish(child: subprocess.Popen[bytes], after: int | None = None, within_s: float = 0.0) -> Told:
    """Let it run to its end, or kill it `within_s` seconds after it told `after` events: a moment that no commit decides."""
    assert child.stdout is not None
    first = b"".join(child.stdout.readline() for _ in range(after or 0))
    try:
        out, _ = child.communicate(timeout=LONGEST_S if after is None else within_s)
    except subprocess.TimeoutExpired:
        child.send_signal(signal.SIGKILL)
        out, _ = child.communicate(timeout=LONGEST_S)
    told = Told(child.returncode)
    for line in (first + out).splitlines(keepends=True):
        if not line.endswith(b"\n"):
            break
        event = json.loads(line)
        told.stored += event["new"] if event["event"] == "stored" else 0
        if event["event"] == "finished":
            told.finished = True
            told.alerts += [alert for follow in event["report"]["follows"] for alert in follow["alerts"]]
    return told


def test_a_refresh_that_is_killed_loses_nothing_and_repeats_no_alert(tmp_path: Path) -> None:
    chance = random.Random(2028)
    alerts: list[str] = []
    ids: set[str] = set()
    comments = 0
    killed = halfway = 0
    with serving(Site(each=max(1, KILLS // len(COUNTRIES)))) as site:
        paths = settings(tmp_path, site)
        assert finish(start(tmp_path, site)).code == 0
        with Desk.open(paths) as desk:
            desk.look()
        for site.number in range(1, KILLS + 1):
            done = finish(start(tmp_path, site), chance.randrange(LINES), chance.random() * PAUSE_S)
            killed += done.code == -signal.SIGKILL
            halfway += done.code == -signal.SIGKILL and done.stored > 0
            assert done.code in (0, -signal.SIGKILL), "no lock is left, and nothing that can't be read"
            alerts += done.alerts
            with Desk.open(paths, readonly=True) as desk:
                now = set(desk.ids())
                assert ids <= now
                assert len(now) >= len(ids) + done.stored, "what it said was stored is stored"
                assert [health.says for health in desk.check() if not health.well] == []
                said = max((len(story.comments) for story in whole_stories(desk, "comments:>0")), default=0)
                assert said >= comments
                ids, comments = now, said
        last = finish(start(tmp_path, site))
        alerts += last.alerts
        carried = {line.split("\t")[2] for line in (tmp_path / "alerts").read_text("utf-8").splitlines()}
        assert set(alerts) <= carried, "also those of a refresh that was killed before it could"
        assert (last.code, last.finished) == (0, True)
        with Desk.open(paths, readonly=True) as desk:
            kept = {origin.item_id for story in whole_stories(desk) for origin in story.origins}
            assert {name for feed in range(FEEDS) for name in site.items(feed)} <= kept
            assert len(kept) == desk.count(), "no story is there twice"
    countries = [
        code for alert in alerts if alert.startswith("new-country: ") for code in alert[13:].split(" for ")[0].split(", ")
    ]
    assert [code for code, times in Counter(countries).items() if times > 1] == []
    assert sum(alert.startswith("velocity") for alert in alerts) <= 1
    told = f"{killed} of {KILLS} killed before their end, {halfway} of them after they had stored something; "
    sys.stdout.write(f"{told}{len(ids)} stories, {comments} comments, {len(alerts)} alerts\n")


def told_apart_by(paths: Paths) -> list[tuple[int, int]]:
    """The keys by which stories are found again, with the story of each."""
    with Desk.open(paths) as desk, desk.store.writing() as connection:
        sources = [row[0] for row in connection.execute("SELECT DISTINCT source FROM late_sketch")]
        complete(connection, find_late(connection, sources))
        assert not has_late(connection)
        return sorted(connection.execute("SELECT key, story FROM identity"))


def test_a_first_refresh_that_is_killed_as_soon_as_it_has_stored_leaves_nothing_undone(tmp_path: Path) -> None:
    """Stories of new feeds are there before what tells them from others is: the next refresh makes it."""
    kept = []
    with serving(Site(each=1)) as site:
        for name in ("killed", "whole"):
            folder = tmp_path / name
            folder.mkdir()
            paths = settings(folder, site)
            if name == "killed":
                with start(folder, site, HELD) as child:
                    assert child.stdout is not None
                    while b'"stored"' not in child.stdout.readline():
                        assert child.poll() is None
                    child.kill()
                with Desk.open(paths, readonly=True) as desk, desk.store.reading() as connection:
                    assert has_late(connection)
            assert finish(start(folder, site)).code == 0
            kept.append(told_apart_by(paths))
    assert kept[0] == kept[1]


# As a file of hundreds of thousands of stories is read, of hundreds.
IN_PARTS = "from fetchers import seeds; from newsdesk import cli; seeds.PART_STORIES = 100; raise SystemExit(cli.main())"


def start_long(folder: Path) -> subprocess.Popen[bytes]:
    """A refresh that reads `folder`/long.jsonl in parts of 100 stories."""
    command = [sys.executable, "-c", IN_PARTS, "refresh", "--events", "--seeds", str(folder / "long.jsonl")]
    command += ["--config", str(folder / "config.toml"), "--data", str(folder / "data")]
    env = {**os.environ, "HOME": str(folder), "PYTHONPATH": str(ROOT)}
    return subprocess.Popen(command, cwd=folder, env=env, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, bufsize=0)


@pytest.mark.parametrize(("how", "code"), [(signal.SIGKILL, -signal.SIGKILL), (signal.SIGINT, 128 + signal.SIGINT)])
def test_a_long_file_that_is_cut_off_between_its_parts_is_read_again_and_doubles_nothing(
    tmp_path: Path, how: signal.Signals, code: int
) -> None:
    chance = random.Random(2029)
    of = 900
    stories = (
        {
            "id": at,
            "title": f"Berth {at} closes",
            "body": " ".join(chance.choices("quay crane tide rope barge fog".split(), k=40)),
        }
        for at in range(of)
    )
    (tmp_path / "long.jsonl").write_text("".join(json.dumps(one) + "\n" for one in stories), "utf-8")
    (tmp_path / "config.toml").touch()
    paths = Paths(tmp_path / "config.toml", tmp_path / "data", tmp_path / "state")
    stored = 0
    for cut in (1, 2):
        with start_long(tmp_path) as child:
            assert child.stdout is not None
            seen = 0
            while seen < cut:
                event = json.loads(child.stdout.readline())
                if event["event"] == "stored":
                    seen += 1
                    stored += event["new"]
            child.send_signal(how)
            child.stdout.read()
        assert child.returncode == code
        with Desk.open(paths, readonly=True) as desk:
            assert stored <= desk.count() < of
            assert desk.count() % 100 == 0, "whole batches, or nothing of them"
            assert desk.file_states() == []
            assert [health.says for health in desk.check() if not health.well] == []
            stored = desk.count()
    last = finish(start_long(tmp_path))
    assert (last.code, last.finished, last.stored) == (0, True, of - stored)
    with Desk.open(paths, readonly=True) as desk:
        assert sorted(origin.item_id or "" for one in whole_stories(desk) for origin in one.origins) == sorted(
            map(str, range(of))
        )
        assert len(desk.file_states()) == 1
    assert finish(start_long(tmp_path)).stored == 0
