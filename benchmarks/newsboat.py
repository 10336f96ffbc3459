"""newsboat with the same headlines, in the same terminal: the peer that the dashboard is measured beside."""

from __future__ import annotations

import html
import shutil
import statistics
import subprocess
import tempfile
from collections.abc import Sequence
from pathlib import Path

from benchmarks.pane import REST_S, Pane, Strikes

READ_WITHIN_S = 180


def write_feed(path: Path, headlines: Sequence[str]) -> None:
    items = (
        f"<item><title>{html.escape(text)}</title><guid>g{at}</guid><link>https://news.example/{at}</link>"
        f"<description>{html.escape(text)}</description></item>"
        for at, text in enumerate(headlines)
    )
    path.write_text(
        f'<?xml version="1.0"?><rss version="2.0"><channel><title>The items</title><link>https://news.example/</link>'
        f"<description>x</description>{''.join(items)}</channel></rss>",
        "utf-8",
    )


def measure_newsboat(headlines: Sequence[str], keys: int) -> None:
    """Its start with the items in its cache, and keys in the list of them. Nothing where it is not installed."""
    if shutil.which("newsboat") is None:
        print("newsboat      is not installed")
        return
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        write_feed(folder / "feed.xml", headlines)
        (folder / "urls").write_text(f"file://{folder}/feed.xml\n", "utf-8")
        (folder / "config").write_text("max-items 0\nbind-key j down\nbind-key k up\n", "utf-8")
        world = {"HOME": name, "XDG_CONFIG_HOME": name, "XDG_DATA_HOME": name}
        command = ["newsboat", "-u", f"{folder}/urls", "-c", f"{folder}/cache.db", "-C", f"{folder}/config"]
        try:
            subprocess.run([*command, "-x", "reload"], check=True, timeout=READ_WITHIN_S, capture_output=True)
        except (subprocess.TimeoutExpired, subprocess.CalledProcessError) as error:
            print(f"newsboat      could not read {len(headlines):,} items: {error}")
            return
        with Pane(command, world) as pane:
            start = pane.until(b"The items")
            pane.drain(REST_S)
            pane.press(b"\r")
            pane.drain(2 * REST_S)
            moves = Strikes.of(pane, [b"j"] * keys, rest_s=0.1)
            print(f"newsboat      {start * 1000:7.0f} ms start with {len(headlines):,} items; a key {moves.times.strip()}")
            print(f"              {statistics.median(moves.soon):7.0f} bytes a move; {pane.memory_mb():.0f} MB resident")
