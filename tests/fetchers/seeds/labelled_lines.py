"""Lines of a page with their labels, as the rules around the page model are given them."""

from __future__ import annotations

from collections.abc import Sequence

from fetchers.seeds.page_text.labels.mending import mend_page
from fetchers.seeds.page_text.lines.lines import Line
from fetchers.seeds.page_text.lines.looks import Look, look_at
from fetchers.seeds.page_text.thread.comments import split_comments
from fetchers.seeds.page_text.thread.frames import Draft, read_frames

SNOW = "Snow fell on the harbour all night, and the ferries waited for the ploughs until noon on Sunday."
ICE = "Ice lay on the river all week, and the barges waited for the breaker until the evening of Friday."


def look(*lines: str) -> list[Look]:
    return [look_at(Line(text)) for text in lines]


def looks_of(rows: Sequence[tuple[str, str]]) -> list[Look]:
    return look(*(text for _, text in rows))


def mended(rows: Sequence[tuple[str, str]]) -> list[str]:
    return list(mend_page(looks_of(rows), [label for label, _ in rows]))


def drafts_of(rows: Sequence[tuple[str, str]]) -> list[Draft]:
    drafts = split_comments(looks_of(rows), [label for label, _ in rows])
    read_frames(drafts, "dmy")
    return drafts
