"""Threads whose posts are signed below by a line that says who posted them, and when."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from itertools import pairwise

from fetchers.seeds.page_text.credits.partial_dates import without_dates
from fetchers.seeds.page_text.lines.looks import Look
from fetchers.seeds.page_text.lines.positions import lines_of

_POSTED = re.compile(
    r"(?:posted|commented|submitted|written|added|comment|publicado|enviado|escrito|postado|posté|publié|écrit|geschrieben|verfasst|"
    r"scritto|inviato|pubblicato|geplaatst|geschreven)\s(?:by|por|par|von|da|door)\b:?\s?\S",
    re.IGNORECASE,
)


TEXT = 80  # columns from which a line above the first signature is the story's text
SIGNED_BY = 120  # columns of a signature at most


def set_signatures_apart(looks: Sequence[Look], labels: Sequence[str]) -> Sequence[str]:
    """The same last line below two posts or more that say something else above it is a signature."""
    ends = [
        i
        for i in range(1, len(looks))
        if labels[i] in ("comment", "body", "aside", "title", "furniture")
        and labels[i - 1] in ("comment", "body")
        and labels[i + 1 : i + 2] not in (["comment"], ["body"])
        and looks[i].width <= SIGNED_BY
    ]
    alike = Counter(looks[i].lower for i in ends)
    signed = {i for i in ends if alike[looks[i].lower] >= 2 and labels[i] != "aside"}
    if not any(labels[i] == "comment" for i in signed):
        return labels
    return [("meta" if label == "comment" else "aside") if i in signed else label for i, label in enumerate(labels)]


def _links_on(look: Look) -> bool:
    """True for a line of a page's own words, or one that leads to the threads before and after: "« Older … | … Newer »"."""
    return look.text.startswith(("«", "←", "‹")) or look.text.endswith(("»", "→", "›")) or look.found.cover >= 0.5


def sign_posts(looks: Sequence[Look], labels: Sequence[str]) -> Sequence[str]:
    """Dated "posted by …" lines below four texts or more sign them: the first the story, the others what readers say."""
    signs = [i for i, look in enumerate(looks) if look.width <= 110 and _POSTED.match(look.text) and look.clock]
    first = next((i for i, look in enumerate(looks) if look.width <= 110 and _POSTED.match(look.text)), 0)
    texts = [i for i in range(signs[0]) if looks[i].width >= TEXT or looks[i].ends == "."] if signs else []
    last = signs[-1] if signs else 0
    said = (i for i in range(last, len(looks)) if labels[i] == "body" or (labels[i] == "comment" and not _links_on(looks[i])))
    signed = len(signs) >= 4 and next(said, None) is None
    if not signed or not texts or any(b - a > 12 or b - a < 2 for a, b in pairwise(signs)):
        return labels
    mended = list(labels)
    if first < signs[0]:
        for i in texts:
            if i < first and labels[i] in ("furniture", "aside") and looks[i].width >= TEXT:
                mended[i] = "body"
        mended[first] = "byline"
    begin = (first if first < signs[0] else signs[0]) + 1
    for i in range(begin, last + 1):
        if i in signs:
            mended[i] = "author"
        elif mended[i] in ("body", "byline", "date", "credit", "title", "highlight") or (
            mended[i] in ("aside", "furniture") and (i + 1 in signs or looks[i].ends == ".") and looks[i].found.cover < 0.6
        ):
            mended[i] = "comment"
    mended[last + 1 :] = ["aside" if label == "comment" else label for label in mended[last + 1 :]]
    return mended if first < signs[0] else _take_first_signed(looks, mended, signs[0])


def _take_first_signed(looks: Sequence[Look], labels: list[str], sign: int) -> list[str]:
    """Where the story's own byline stands above the first sign, that one signs the text right above it, and what lies between
    is neither's."""
    bylines = lines_of(labels[:sign], "byline")
    if not bylines or labels[sign - 1] not in ("body", "comment", "aside"):
        return labels
    start = sign - 1
    while (
        start - 1 > bylines[-1] and not looks[start].line.blanks and looks[start - 1].ends == "." and looks[start].line.indent
    ):
        start -= 1
    labels[sign] = "author"
    labels[start:sign] = ["comment"] * (sign - start)
    if "body" in labels[: bylines[-1]]:
        for i in range(bylines[-1] + 1, start):
            labels[i] = "aside" if labels[i] == "body" else labels[i]
    return labels


_DASHED = re.compile(r"(?:[—–―~]|--?)\s?[^\W\d_][^\s!?]*(?:\s[^\s!?]{1,20}){0,4}")  # "— Ann of Hythe"
DASHED = 3  # posts that are signed so, at least


def sign_dashed(looks: Sequence[Look], labels: Sequence[str]) -> Sequence[str]:
    """Below a thread's heading, where a time and nobody's name head each post and a dash and a name end it, those sign them."""
    dated = {i: _beside_time(look) for i, look in enumerate(looks) if look.clock and look.dates and look.width <= 60}
    usual = Counter(dated.values()).most_common(1)
    timed = [i for i, beside in dated.items() if beside == usual[0][0]]
    posts = [(head, _dashed(looks, head, end)) for head, end in pairwise([*timed, len(looks)])]
    first = next((n for n, (_, sign) in enumerate(posts) if sign), len(posts))
    signed = [(head, sign) for head, sign in posts[first:] if sign]
    headed = signed and any("commenthead" in look.found.classes for look in looks[max(0, signed[0][0] - 3) : signed[0][0]])
    if len(signed) < DASHED or len(signed) < len(posts) - first or not headed:
        return labels
    mended = list(labels)
    for (head, sign), end in zip(signed, [*(head for head, _ in signed[1:]), len(looks)], strict=True):
        mended[head : sign + 1] = ["meta", *["comment"] * (sign - head - 1), "author"]
        mended[sign + 1 : end] = ["aside" if end == len(looks) else "meta"] * (end - sign - 1)
    return mended


def _beside_time(look: Look) -> str:
    """What a line says beside its time and its numbers."""
    return re.sub(r"\d+", "", without_dates(look.text)).strip()


def _dashed(looks: Sequence[Look], head: int, end: int) -> int | None:
    """The line of a dash and a name that ends the post below line `head`: the first one with some text above it."""
    return next((i for i in range(head + 2, end) if looks[i].width <= 44 and _DASHED.fullmatch(looks[i].text)), None)
