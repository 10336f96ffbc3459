"""newsdesk and newsboat, each with the same feeds in a folder of its own, ready to be run cold or with nothing changed."""

from __future__ import annotations

import os
import shutil
import sqlite3
import subprocess
import sys
from collections.abc import Sequence
from datetime import UTC, datetime, timedelta
from pathlib import Path

from benchmarks.feeds.processes import Run, watch

THREADS = 8
NOW = datetime(2026, 6, 1, 8, tzinfo=UTC)


def address(number: int, port: int, hosts: int) -> str:
    """The address of feed `number`: loopback's net has room for a host each."""
    host = number % hosts
    return f"http://127.1.{host // 250}.{host % 250 + 1}:{port}/{number}"


class Newsdesk:
    """`newsdesk refresh`, headless, as it is installed: child of this Python."""

    name = "newsdesk"

    def __init__(self, folder: Path, urls: Sequence[str]) -> None:
        self._folder, self._turn = folder, 0
        folder.mkdir(parents=True, exist_ok=True)
        feeds = (f'[[feeds]]\nurl = "{url}"\nallow_private = true\n' for url in urls)
        (folder / "config.toml").write_text("\n".join(feeds), "utf-8")

    @property
    def data(self) -> Path:
        return self._folder / "data"

    def forget(self) -> None:
        """Everything that was stored."""
        shutil.rmtree(self.data, ignore_errors=True)

    def reload(self, *, memory: bool = False) -> Run:
        """One refresh, two days after the one before, so that every feed is due."""
        self._turn += 1
        now = (NOW + timedelta(days=2 * self._turn)).isoformat()
        places = ["--config", str(self._folder / "config.toml"), "--data", str(self.data), "--now", now]
        return watch([sys.executable, "-P", "-m", "newsdesk", "refresh", "--events", *places], self._env(), memory=memory)

    def _env(self) -> dict[str, str]:
        return {**os.environ, "XDG_STATE_HOME": str(self._folder / "state"), "HOME": str(self._folder)}


class Newsboat:
    """`newsboat -x reload` with eight threads. Its queries are quadratic until its cache was analysed once: so it is, on a
    cache that a few feeds have filled and that is emptied then."""

    name = "newsboat"

    def __init__(self, folder: Path, urls: Sequence[str]) -> None:
        self._folder, self._urls = folder, urls
        folder.mkdir(parents=True, exist_ok=True)
        (folder / "config").write_text(f"reload-threads {THREADS}\n", "utf-8")
        self._cache = folder / "cache.db"

    @staticmethod
    def find() -> str | None:
        return shutil.which("newsboat")

    def forget(self) -> None:
        self._cache.unlink(missing_ok=True)
        self._write(self._urls[:20])
        self.reload()
        self.analyse()
        with sqlite3.connect(self._cache) as cache:
            cache.execute("DELETE FROM rss_item")
            cache.execute("DELETE FROM rss_feed")
        cache.close()
        self._write(self._urls)

    def analyse(self) -> None:
        with sqlite3.connect(self._cache) as cache:
            cache.execute("ANALYZE")
        cache.close()

    def count(self) -> int:
        """Stories in its cache."""
        with sqlite3.connect(self._cache) as cache:
            return int(cache.execute("SELECT count(*) FROM rss_item").fetchone()[0])

    def version(self) -> str:
        said = subprocess.run(["newsboat", "--version"], capture_output=True, text=True, check=False).stdout
        return said.splitlines()[0].split(" - ")[0] if said else "newsboat"

    def reload(self, *, memory: bool = False) -> Run:
        files = ["-u", "urls", "-c", "cache.db", "-C", "config"]
        named = [str(self._folder / word) if at % 2 else word for at, word in enumerate(files)]
        env = {**os.environ, "HOME": str(self._folder)}
        return watch(["newsboat", *named, "-x", "reload"], env, memory=memory)

    def _write(self, urls: Sequence[str]) -> None:
        (self._folder / "urls").write_text("\n".join(urls) + "\n", "utf-8")
