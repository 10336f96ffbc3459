"""Where an outlet is published."""

from __future__ import annotations


def outlet_country(outlet: str | None, url: str | None) -> str | None:
    return None
