"""Hosts that asked to be left alone (429 or 503 with `Retry-After`): what one address of a host asks for, all of them get."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import UTC, datetime, timedelta

from newsdesk.urls import host_of

BUSY = (429, 503)  # what who wants that answers
LONGEST = timedelta(days=7)  # that a host can wish for; what is further off was said when the clock was wrong


class RestingHosts:
    """When hosts may be asked again, for as long as a refresh lasts; what asked them remembers it over restarts."""

    def __init__(self) -> None:
        self._until: dict[str, datetime] = {}

    def rest(self, host: str, until: datetime) -> None:
        if host and until > self._until.get(host, datetime.min.replace(tzinfo=UTC)):
            self._until[host] = until

    def of(self, urls: Iterable[str], now: datetime) -> list[tuple[str, datetime]]:
        """The hosts of `urls` that want to rest, and until when."""
        hosts = dict.fromkeys(map(host_of, urls))
        return [(host, until) for host in hosts if (until := self._until.get(host)) and now < until]

    def until(self, url: str, now: datetime) -> datetime | None:
        """Until when the host of `url` wants to rest; None if it may be asked."""
        until = self._until.get(host_of(url)) if self._until else None
        return until if until and now < until <= now + LONGEST else None
