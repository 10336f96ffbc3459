"""Page text: plain-text dumps of news pages, one or more stories a page, with their readers' comments.

A page is read in three steps: lines (lines.py), the best labelling of the whole page by a learnt linear-chain model
(looks.py, features.py, labelling.py), and the stories that the labelled lines make (assemble.py, credits.py, comments.py,
replies.py). No step knows any outlet.
"""

from __future__ import annotations

from fetchers.seeds.page_text.assemble import assemble
from fetchers.seeds.page_text.features import features_of, view_page
from fetchers.seeds.page_text.labelling import LABELS, Model, shipped_model
from fetchers.seeds.page_text.lines import Page, split_page
from fetchers.seeds.page_text.looks import look_at
from newsdesk.model import Story

_TITLE = LABELS.index("title")


def read_page(text: str, model: Model | None = None) -> list[Story]:
    """The stories of one page dump, untagged; empty if it holds none."""
    return read_lines(split_page(text), model or shipped_model())


def read_lines(page: Page, model: Model) -> list[Story]:
    looks = [look_at(line) for line in page.lines]
    if not looks:
        return []
    emitted = model.emit(features_of(view_page(looks)))
    labels = [LABELS[i] for i in model.decode(emitted)]
    margins = [float(scores[_TITLE] - scores.max()) for scores in emitted]
    return assemble(page, looks, labels, margins)
