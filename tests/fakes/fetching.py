"""One request by the real client, within limits that a test can reach."""

from __future__ import annotations

from fetchers.http import Answer, Failure, Fetcher, Limits

SMALL = Limits(deadline_s=60, wire=200_000, decoded=500_000)


async def fetch(
    url: str, *, private: bool = True, limits: Limits = SMALL, trust: str | None = None, keeps_cut: bool = False
) -> Answer | Failure:
    async with Fetcher("newsdesk/test (+mailto:desk@example.org)", limits, trust) as fetcher:
        return await fetcher.get(url, allow_private=private, keeps_cut=keeps_cut)
