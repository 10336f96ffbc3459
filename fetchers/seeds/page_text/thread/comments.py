"""Comments from labelled lines: where each begins and ends."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import replace
from itertools import pairwise

from fetchers.seeds.page_text.lines.looks import Look, look_at
from fetchers.seeds.page_text.lines.positions import first_of, lines_of
from fetchers.seeds.page_text.thread.comment_labels import is_deleted, mend_labels
from fetchers.seeds.page_text.thread.frames import Draft, answers_whom, head_by_date


def _footers(looks: Sequence[Look], labels: Sequence[str]) -> bool:
    """True if authors stand below what they wrote: nearer to the text above than to that below, else by which is first."""
    authors = lines_of(labels, "author")
    texts = lines_of(labels, "comment")
    if not authors or not texts:
        return False
    if sum(looks[i].kind in ("num", "vote") for i in authors) * 2 > len(authors):
        return texts[0] < authors[0]  # no score stands above what it is given for
    above = below = widest = 0
    for i in authors:
        following = next((j for j in range(i + 1, min(i + 6, len(labels))) if labels[j] == "comment"), None)
        if i and following is not None:
            above += max(min(looks[j].line.blanks, 2) for j in _frame_above(labels, i))
            gaps = [min(looks[j].line.blanks, 2) for j in range(i + 1, following + 1)]
            below, widest = below + sum(gaps), widest + max(gaps)
    # One stray empty line decides nothing, nor do lines that all stand apart.
    if above != widest and max(above, below) >= max(2 * min(above, below), len(authors) / 2, 1) and above != below:
        return above < below
    if texts[0] > authors[0] and texts[-1] > authors[-1]:
        return False
    # An author at either end without a text of its own: the one above is rather the story's byline.
    return texts[-1] < authors[-1]


def _frame_above(labels: Sequence[str], i: int) -> range:
    """An author's line and the frame lines right above it: a subject, a number, what follows the comment before."""
    first = i
    while first > 0 and labels[first - 1] == "meta":
        first -= 1
    return range(first, i + 1)


def _lead(looks: Sequence[Look], labels: Sequence[str]) -> int:
    """How many frame lines stand above every author line (a number, a date) and belong to the comment below."""
    authors = lines_of(labels, "author")
    kinds = Counter(looks[i - 1].kind for i in authors if i)
    if not authors or not authors[0] or kinds.most_common(1)[0][0] != looks[authors[0] - 1].kind:
        return 0  # what stands above the first is no part of its frame
    if all(looks[i].line.blanks > looks[i - 1].line.blanks for i in authors if labels[i - 1] == "meta"):
        return 0  # each stands right below a text and apart from the next author
    leads = []
    for i in authors:
        count = 0
        while i - count - 1 >= 0 and labels[i - count - 1] == "meta":
            count += 1
        leads.append(count)
    return min(leads) if leads and leads[0] == min(leads) else 0


_FLOOR = re.compile(r"(?:#|№\s?)?(\d{1,4})(?:[.#楼樓]?$|\.\s\S)")


def _numbered_lead(looks: Sequence[Look], labels: Sequence[str]) -> int:
    """1 where a lone number that rises or falls by one stands above every author line but perhaps the first."""
    above = [looks[i - 1].text for i, label in enumerate(labels) if label == "author" and i and labels[i - 1] == "meta"]
    numbers = [int(found[1]) for text in above if (found := _FLOOR.match(text))]
    steps = {b - a for a, b in pairwise(numbers)}
    return int(len(numbers) >= 2 and len(numbers) + 1 >= labels.count("author") and steps in ({1}, {-1}))


def split_comments(looks: Sequence[Look], labels: Sequence[str]) -> list[Draft]:
    """Cut a run of comment lines into comments."""
    labels = mend_labels(looks, labels)
    if "author" not in labels:
        labels = _mark_heads(looks, labels)
    starts = (
        _lead_votes(looks, labels, _starts_by_footer(labels)) if _footers(looks, labels) else _starts_by_header(looks, labels)
    )
    drafts = []
    for begin, end in pairwise([*starts, len(labels)]):
        draft = Draft()
        for look, label in zip(looks[begin:end], labels[begin:end], strict=True):
            if label == "comment":
                draft.paragraphs.append(look)
            else:
                draft.frame.append(look)
                if label == "author" and draft.header is None:
                    draft.header = look
        if draft.paragraphs and not _is_placeholder(draft):
            drafts.append(draft)
    head_by_date(drafts)
    _cut_subjects(drafts)
    _cut_numbers(drafts)
    return drafts


_COUNTED = re.compile(r"(\d{1,3})[.)]\s+(?=\D)")


def _cut_numbers(drafts: Sequence[Draft]) -> None:
    """Where texts begin with numbers that rise by one from 1, those count the comments."""
    found = [(draft, match) for draft in drafts if (match := _COUNTED.match(draft.paragraphs[0].text))]
    numbers = [int(match[1]) for _, match in found]
    if len(found) < 2 or len(found) * 2 < len(drafts) or numbers != list(range(1, len(found) + 1)):
        return
    for draft, match in found:
        line = draft.paragraphs[0].line
        draft.paragraphs[0] = look_at(replace(line, text=line.text[match.end() :]))


def _cut_subjects(drafts: Sequence[Draft]) -> None:
    """Where every comment begins with a few words on a line of their own, those are subjects."""
    headed = [
        draft
        for draft in drafts
        if len(draft.paragraphs) >= 2
        and draft.paragraphs[0].width <= 50
        and draft.paragraphs[0].ends in "aq0"
        and draft.paragraphs[1].width > draft.paragraphs[0].width
    ]
    answers = [draft for draft in drafts if any(look.starts == "re" for look in draft.frame)]
    if len(drafts) >= 3 and len(headed) >= 2 and len(headed) + len(answers) >= len(drafts):
        for draft in headed:
            draft.subject = draft.paragraphs.pop(0).text


def _starts_by_header(looks: Sequence[Look], labels: Sequence[str]) -> list[int]:
    lead = _lead(looks, labels) or _numbered_lead(looks, labels)
    authors = lines_of(labels, "author")
    starts = [i - lead if i >= lead and all(label == "meta" for label in labels[i - lead : i]) else i for i in authors]
    told = [i for i in authors if i and not lead and labels[i - 1] == "meta" and answers_whom(looks[i - 1].text)]
    # "In reply to Ann" above the name; below every comment it is a button
    heads = [i for i in authors if i and not lead and labels[i - 1] == "meta" and _presents(looks[i - 1], looks[i])]
    starts = [i - 1 if i in heads else i for i in starts]
    starts = [i - 1 if i in told and len(told) * 2 <= len(authors) else i for i in starts]
    if not starts or "comment" in labels[: starts[0]]:
        starts.insert(0, 0)
    return starts


def _presents(above: Look, name: Look) -> bool:
    """True for a line that names the author below it, and when he wrote: "Comment posted by Ann, at 10:12 3 Oct 2024"."""
    return bool(above.dates) and not name.dates and name.lower in above.lower


def _starts_by_footer(labels: Sequence[str]) -> list[int]:
    end = first_of(labels, "author", 0)
    first = max((i for i in range(1, end) if labels[i - 1 : i + 1] == ["meta", "comment"]), default=0)
    starts, ended = [first], False
    for i, label in enumerate(labels):
        if label == "comment" and ended:
            starts.append(i)
            ended = False
        ended = ended or label == "author"
    return starts


def _lead_votes(looks: Sequence[Look], labels: Sequence[str], starts: list[int]) -> list[int]:
    """Where a lone number or date stands above every text that is signed below, the first too, it belongs to that text."""
    led = [i > 0 and labels[i - 1] == "meta" and (looks[i - 1].kind == "num" or _is_day_alone(looks[i - 1])) for i in starts]
    return [i - 1 for i in starts] if led and all(led) else starts


BESIDE_DAY = 8  # letters beside a date that name nobody: "Uhr Link"


def _is_day_alone(look: Look) -> bool:
    return bool(look.dates) and look.rest <= BESIDE_DAY


def _mark_heads(looks: Sequence[Look], labels: Sequence[str]) -> list[str]:
    """Where no line names an author, what heads the first comment heads them all; else what ends them does."""
    marked = list(labels)
    frames = lines_of(labels, "meta")
    if not frames:
        return marked
    if labels[0] == "meta":
        heads = [i for i in frames if looks[i].shape == looks[0].shape]
    else:
        heads = [i for i in frames if i and labels[i - 1] == "comment"]
    for i in heads:
        marked[i] = "author"
    return marked


def _is_placeholder(draft: Draft) -> bool:
    first = draft.paragraphs[0]
    return len(draft.paragraphs) == 1 and (is_deleted(first) or "closed" in first.found.first)
