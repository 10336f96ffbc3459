"""A text's last lines, which stand where pages print their own: below the text, and at the end of a page."""

from __future__ import annotations

import re
from collections.abc import Sequence
from itertools import pairwise

from fetchers.seeds.page_text.labels.captions import heads_picture, is_caption
from fetchers.seeds.page_text.labels.tails import EDITED, ENDED, cut_tail
from fetchers.seeds.page_text.lines.features import speaks_to_reader
from fetchers.seeds.page_text.lines.looks import Look
from fetchers.seeds.page_text.lines.positions import last_of, lines_of
from fetchers.seeds.page_text.lines.stems import stems_of

# Classes of words that a text's own sentence does not hold.
FURNISHED = frozenset(("legal", "letter", "login", "byword", "agency", "tags", "srcword", "closed", "ad"))


def keep_last(looks: Sequence[Look], labels: Sequence[str]) -> Sequence[str]:
    """Running text right below a story's is the story's, if it speaks to nobody and holds no word of a page's furniture."""
    mended = list(labels)
    for i in range(1, len(looks)):
        look = looks[i]
        plain = look.long and look.ends == "." and look.found.cover < 0.5 and not FURNISHED & set(look.found.classes)
        plain = plain and not heads_picture(looks, i) and not speaks_to_reader(look) and _runs_above(looks[i - 1], look)
        quoted = mended[i] == "credit" and plain and look.starts == "q" and not look.dates
        if mended[i - 1] == "body" and (quoted or (mended[i] == "aside" and (plain or _ends_text(looks, i)))):
            mended[i] = "body"
        if mended[i - 1 : i + 1] == ["body", "aside"] and _is_cut_off(looks, i):
            mended[i] = "body"
    return mended


def _is_cut_off(looks: Sequence[Look], i: int) -> bool:
    """True for a paragraph that ends inside a sentence, below a long one, right above what asks the reader to subscribe."""
    look, above = looks[i], looks[i - 1]
    asked = i + 1 < len(looks) and "login" in looks[i + 1].found.first and looks[i + 1].found.cover >= 0.5
    plain = look.width >= CUT_OFF and look.ends in "a,x" and look.found.cover < 0.3 and not look.dates
    return asked and plain and above.long and not heads_picture(looks, i) and not speaks_to_reader(look)


CUT_OFF = 60  # columns of it at least


def _runs_above(above: Look, look: Look) -> bool:
    """True for a long line, and for a shorter sentence where the one below hardly holds a page's words."""
    return above.long or (above.ends in ".q" and above.width >= 40 and look.found.cover < 0.15)


FAR = 3  # lines between a text and what no longer is one, at least
_CLOSING = frozenset(("legal", "closed", "commenthead"))
STRAY = 2  # paragraphs at most that stand so
_CLAIMS = re.compile(r"(?:^|[.\s])(?:copyright\b|©|\(c\)\s(?:19|20)\d\d)", re.IGNORECASE)


def drop_far(looks: Sequence[Look], labels: Sequence[str]) -> Sequence[str]:
    """A sentence or two below a text's end and the page's own lines there are the page's too, if they speak of something
    else: so are those below the line that claims the copyright."""
    texts = lines_of(labels, "body")
    gaps = [(a, b) for a, b in pairwise(texts) if b - a > 1]
    if len(texts) < FAR or not gaps or {"title", "author"} & set(labels[gaps[-1][0] : gaps[-1][1]]):
        return labels
    end, begin = gaps[-1]
    between = range(end + 1, begin)
    claimed = any(_CLAIMS.search(looks[i].text[:80]) and looks[i].width >= 12 for i in between)
    boxed = any({"login", "letter"} & set(looks[i].found.first) and looks[i].found.cover >= 0.6 for i in between)
    closing = _CLOSING - {"legal"} if boxed else _CLOSING
    ended = any(labels[i] == "byline" or _closes(looks[i], closing) for i in between)
    apart = len(between) >= FAR and ended
    stray = [i for i in texts if i >= begin]
    said = stems_of(*(looks[i] for i in texts if i <= end))
    other = all(len(stems_of(looks[i]) & said) < SHARED for i in stray)
    if len(stray) > STRAY or end < texts[1] or not (claimed or apart) or not (claimed or other):
        return labels
    return ["aside" if i in stray else label for i, label in enumerate(labels)]


def _closes(look: Look, closing: frozenset[str]) -> bool:
    """True for a line that is mostly what stands below texts: a notice, a heading of comments."""
    dated = bool(look.dates) and "pubword" in look.found.first
    return dated or (look.found.cover >= 0.5 and bool(closing & set(look.found.first)))


SHARED = 2  # words that a text's last sentence has in common with it, at least
END = 6  # lines at a page's end that may all be the text's


def keep_to_end(looks: Sequence[Look], labels: Sequence[str]) -> Sequence[str]:
    """Where a page ends with its text, plain sentences right below the text, to the last line of the page, are the text's."""
    last = last_of(labels, "body", len(labels))
    tail = range(last + 1, len(labels))
    if not tail or len(tail) > END or any(labels[i] != "aside" for i in tail):
        return labels
    named = {
        word for look, label in zip(looks, labels, strict=True) if label == "byline" for word in look.words if len(word) > 3
    }
    asked = [looks[i].text.endswith("?") and looks[i + 1].ends in ".q" for i in tail[:-1]]
    told = [_is_said(looks[i], named) or (i + 1 in tail and asked[i - tail[0]]) for i in tail]
    return [*labels[: last + 1], *["body"] * len(tail)] if all(told) and looks[last].ends in ".q?:" else labels


_NOTICE = re.compile(
    r"\b(?:reproduc|permission|subscri|newsletter|copyright|responsib|publishes|owned by|delayed by)", re.IGNORECASE
)
_OF_TEXT = re.compile(
    r"(?-i:[^\W\d_a-z]\S+ [^\W\d_a-z]\S+ (?:is|covers|writes|reports|ist|est|es|è|jest|är|er) )|"
    r"(?:this|the|our) (?:writer|author|report|reporter|article|story|interview|page|post|piece|column)\b|"
    r"(?:translated|compiled|edited|reporting|photos?|with) (?:by|from|reporting)\b|read the (?:original|full|whole)\b",
    re.IGNORECASE,
)


def _is_said(look: Look, named: set[str]) -> bool:
    """True for a sentence that neither speaks to the reader nor of the text or of who wrote it, whom `named` names."""
    few = len(look.words) >= 7 and look.found.cover * len(look.words) <= 2 and not FURNISHED & set(look.found.first)
    plain = look.found.cover < 0.3 and (few or not FURNISHED & set(look.found.classes))
    plain = plain and not (look.dates or look.url or look.separators)
    about = bool(named & set(look.words[:2])) or bool(_OF_TEXT.match(look.text) or _NOTICE.search(look.text))
    about = about or is_caption(look, None)
    ended = look.ends == "." or (look.ends == "q" and look.text[-2:-1] in ".!?,…")
    return ended and look.width >= 12 and plain and not about and not look.line.bullet and not speaks_to_reader(look)


def _answers(looks: Sequence[Look], i: int) -> bool:
    """True for a sentence right below a sub-heading that asks something, if it speaks to nobody."""
    look, head = looks[i], looks[i - 1]
    asked = head.text.endswith("?") and head.width <= 60 and not speaks_to_reader(head) and not head.found.cover
    told = look.ends == "." and look.width >= 40 and look.found.cover < 0.35 and not FURNISHED & set(look.found.classes)
    return asked and told and not (speaks_to_reader(look) or look.url or look.line.bullet)


def _ends_text(looks: Sequence[Look], i: int) -> bool:
    """True for a last sentence with an agency behind it, and for what else only ends a text or answers its last question."""
    return bool(looks[i].width >= 40 and cut_tail(looks[i].text)[1]) or _is_tail(looks, i) or _answers(looks, i)


def _is_tail(looks: Sequence[Look], i: int) -> bool:
    """True for a line that only ends a text: with an agency's sign for that, with who edited it."""
    text = looks[i].text
    below = looks[i + 1].text if i + 1 < len(looks) else ""
    signed = bool(_REPORTER_SIGN.fullmatch(below)) and looks[i].text.endswith("다.") and looks[i].found.cover < 0.3
    marked = bool(_END_MARK.fullmatch(below)) and looks[i].ends == "." and looks[i].width >= 40 and looks[i].found.cover < 0.3
    return signed or marked or _is_unstopped(looks, i) or bool(ENDED.search(text) or (len(text) > 24 and EDITED.search(text)))


_END_MARK = re.compile(r"[(\[]?(?:END|ENDS|ENDE|FIN|FINE)[)\]]?|# ?# ?#|- ?30 ?-")  # what agencies set below a text
_REPORTER_SIGN = re.compile(
    r"(?:[가-힣]{2,4}\s?=\s?)?[가-힣]{2,4}\s?(?:기자|특파원)(?:\s\S+@\S+)?"
)  # "문가람 기자 garam@example.org"
_UNSTOPPED = re.compile("[\u0e00-\u0eff\u1780-\u17ff]")  # Thai, Lao and Khmer end no sentence with a stop


def _is_unstopped(looks: Sequence[Look], i: int) -> bool:
    """True for a line of such a script right below a long one, a page's own words below it."""
    look, below = looks[i], looks[i + 1] if i + 1 < len(looks) else None
    closed = below is None or (below.found.cover >= 0.5 and below.width <= 60)
    closed = closed or (below is not None and below.width >= 36 and bool(_UNSTOPPED.search(below.text[:3])))
    told = bool(_UNSTOPPED.search(look.text[:3])) and look.width >= 36 and looks[i - 1].width >= 45 and not look.line.bullet
    return told and closed and look.found.cover < 0.2 and not (look.dates or look.clock or look.url)
