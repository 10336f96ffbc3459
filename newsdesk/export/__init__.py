"""Stories in the formats that other programs read. One module a format; each is a function from stories to pieces of text."""

from __future__ import annotations

import importlib
from collections.abc import Callable, Iterable, Iterator
from datetime import datetime
from typing import TypeAlias

from newsdesk.errors import UsageError
from newsdesk.model import Story

Exporter: TypeAlias = Callable[[Iterable[Story], datetime], Iterator[str]]

# format: (module of this folder, its function)
_EXPORTERS = {
    "md": ("markdown", "to_markdown"),
    "json": ("lines", "to_json"),
    "ndjson": ("lines", "to_ndjson"),
    "ninjs": ("ninjs", "to_ninjs"),
    "atom": ("atom", "to_atom"),
    "csv": ("tables", "to_csv"),
    "tsv": ("tables", "to_tsv"),
    "html": ("page", "to_html"),
}
FORMATS = tuple(_EXPORTERS)


def export_stories(stories: Iterable[Story], name: str, now: datetime) -> Iterator[str]:
    """`stories` in a format of FORMATS, piece by piece; `now` dates what must be dated. Raises UsageError for another name."""
    if name not in _EXPORTERS:
        raise UsageError(f"no export format '{name}'; there are {', '.join(FORMATS)}")
    module, function = _EXPORTERS[name]
    exporter: Exporter = getattr(importlib.import_module(f"newsdesk.export.{module}"), function)
    return exporter(stories, now)
