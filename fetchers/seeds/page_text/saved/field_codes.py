"""Rows of codes that Dow Jones sets before the parts of a document ("HD   Tea is listened to")."""

from __future__ import annotations

import re
from collections.abc import Sequence

CODE = "(?:HD|BY|CR|WC|PD|ET|SN|SC|ED|PG|LA|CY|VOL|LP|TD|CLM|ART|CO|IN|NS|RE|IPC|IPD|PUB|AN|SE|RF|CT)"
LEAST_CODES = 6
_CODE_ROW = re.compile(rf"\s{{0,8}}({CODE})(?:\t|\s\s)\s*(\S.*)$")


def cut_codes(rows: Sequence[str]) -> Sequence[str]:
    """Such rows cut behind the code."""
    found = [_CODE_ROW.match(row) for row in rows]
    if sum(match is not None for match in found) < LEAST_CODES:
        return rows
    return [part for row, match in zip(rows, found, strict=True) for part in (match.groups() if match else (row,))]
