"""httpx without its command line, which comes with rich, click and pygments where these are installed: 100 ms and megabytes
that no fetch needs."""

from __future__ import annotations

import sys

sys.modules.setdefault("httpx._main", None)  # type: ignore[arg-type]  # httpx takes it for not installed

import httpx  # noqa: E402

__all__ = ["ascii_host", "httpx"]


def ascii_host(url: httpx.URL) -> str:
    """The host of `url` as it is looked up. httpx's own decodes a name that is not ASCII, and raises for many that exist."""
    return url.raw_host.decode("ascii")
