"""The stories of one page dump: lines, labels, stories."""

from __future__ import annotations

from fetchers.seeds.page_text.assemble import assemble
from fetchers.seeds.page_text.features import features_of, view_page
from fetchers.seeds.page_text.labelling import LABELS, Model, shipped_model
from fetchers.seeds.page_text.lines import Page, split_page
from fetchers.seeds.page_text.looks import look_at
from newsdesk.model import Story

_TITLE = LABELS.index("title")


def read_page(text: str, model: Model | None = None) -> tuple[list[Story], int]:
    """(stories of one page dump, untagged; lines that were too many to be read)."""
    page = split_page(text)
    return read_lines(page, model or shipped_model()), page.cut


def read_lines(page: Page, model: Model) -> list[Story]:
    looks = [look_at(line) for line in page.lines]
    if not looks:
        return []
    emitted = model.emit(features_of(view_page(looks)))
    labels = [LABELS[i] for i in model.decode(emitted)]
    margins = [float(scores[_TITLE] - scores.max()) for scores in emitted]
    return assemble(page, looks, labels, margins)
