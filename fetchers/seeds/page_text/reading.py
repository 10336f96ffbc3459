"""The stories of one page dump: lines, labels, stories."""

from __future__ import annotations

from fetchers.seeds.page_text.credits.told_outlets import told_outlets
from fetchers.seeds.page_text.lines.features import PageView, features_of, view_page
from fetchers.seeds.page_text.lines.labelling import LABELS, Model, Scores, shipped_model
from fetchers.seeds.page_text.lines.lexicon import knowing
from fetchers.seeds.page_text.lines.lines import Page, split_page
from fetchers.seeds.page_text.lines.listings import without_listings
from fetchers.seeds.page_text.lines.looks import look_at
from fetchers.seeds.page_text.lines.pictures import without_pictures
from fetchers.seeds.page_text.lines.slug_lines import with_slug_lines
from fetchers.seeds.page_text.saved.forwards import without_forwarding
from fetchers.seeds.page_text.stories.assemble import assemble
from newsdesk.model import Story

_TITLE = LABELS.index("title")
TIE = 0.3
FREE_KINDS = ("sent", "shortsent", "headline", "short", "longish", "long")  # text: like shapes mean nothing there


def read_page(text: str, model: Model | None = None) -> tuple[list[Story], int]:
    """(stories of one page dump, untagged; lines that were too many to be read)."""
    page = split_page(text)
    with knowing(told_outlets(page)):
        return read_lines(page, model or shipped_model()), page.cut


def tie_alike(emitted: Scores, view: PageView) -> Scores:
    """Let short lines of the same shape speak with one voice: `TIE` of a line's scores is the mean of its kind's.

    What frames comments repeats, and one odd neighbour must not turn one of twenty time lines into text. After the skip-chain
    models of Sutton and McCallum (2004), without their loopy inference.
    """
    groups: dict[tuple[str, str], list[int]] = {}
    for i, look in enumerate(view.looks):
        if look.width <= 90 and look.kind not in FREE_KINDS:
            groups.setdefault((look.shape, look.kind), []).append(i)
    tied = emitted.copy()
    for lines in groups.values():
        if len(lines) >= 3:
            tied[lines] = (1 - TIE) * emitted[lines] + TIE * emitted[lines].mean(axis=0)
    return tied


def read_lines(page: Page, model: Model) -> list[Story]:
    page = with_slug_lines(without_listings(without_pictures(without_forwarding(page))))
    looks = [look_at(line) for line in page.lines]
    if not looks:
        return []
    view = view_page(looks)
    emitted = tie_alike(model.emit(features_of(view)), view)
    labels = [LABELS[i] for i in model.decode(emitted)]
    margins = [float(scores[_TITLE] - scores.max()) for scores in emitted]
    return assemble(page, looks, labels, margins)
