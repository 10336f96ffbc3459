"""Sources for the tests of the feeds screen: settings with feeds, and what a few refreshes have left behind."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from newsdesk.archive.rows import SourceState
from tests.tui.fake_desk import FakeDesk

HERALD, WIRE, GONE, NEVER = (f"https://{name}.example/feed" for name in ("herald", "wire", "gone", "never"))
PROGRAM = "exec: tail -n 40 /var/spool/wire"
SEEDS = ("/home/ada/news", "/home/ada/wire.jsonl")
CONFIG = f"""
[[feeds]]
url = "{HERALD}"
title = "Coastal Herald"
tags = ["coast", "wires"]

[[feeds]]
url = "{WIRE}"

[[feeds]]
url = "{GONE}"
title = "The Evening Lamp"

[[feeds]]
url = "{NEVER}"
title = "Neverland Times"

[[feeds]]
url = ["exec:", "tail", "-n", "40", "/var/spool/wire"]
"""


def with_sources(desk: FakeDesk) -> FakeDesk:
    """`desk` after some refreshes: one feed is well, one fails, one is gone, one was never asked; a file is broken."""
    well: dict[str, Any] = {"succeeded": "2026-03-04T08:02:00Z", "detail": {"due": "2026-03-04T09:00:00Z", "http": 200}}
    why = "the server answered 503: it is overloaded and asks to be left alone until tomorrow morning"
    states = [
        SourceState(HERALD, **well),
        SourceState(
            WIRE,
            succeeded="2026-03-02T20:15:00Z",
            failed="2026-03-04T07:55:00Z",
            error=why,
            detail={"due": "2026-03-05T06:00:00Z", "failures": 4, "http": 503, "title": "Meridian Wire"},
        ),
        SourceState(GONE, failed="2026-02-20T10:00:00Z", error="it is gone for good (410)", detail={"gone": True, "http": 410}),
        SourceState("/home/ada/news/a.txt", succeeded="2026-03-04T08:02:00Z"),
        SourceState("/home/ada/news/b/c.txt", failed="2026-03-04T08:02:00Z", error="/home/ada/news/b/c.txt: not a text file"),
        SourceState("/home/ada/wire.jsonl", succeeded="2026-03-03T21:00:00Z"),
    ]
    desk.states = {state.id: state for state in states}
    desk.given = {HERALD: 1204, WIRE: 310, GONE: 12}
    return desk


def write_config(folder: Path, text: str = CONFIG) -> Path:
    file = folder / "config.toml"
    file.write_text(text, "utf-8")
    return file
