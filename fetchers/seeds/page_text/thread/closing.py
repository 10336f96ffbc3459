"""Where a thread ends: what belongs to its last comment, and what below it is none."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from itertools import pairwise

from fetchers.seeds.page_text.lines.looks import Look
from fetchers.seeds.page_text.lines.positions import comments_of, first_of, last_of, lines_of
from fetchers.seeds.page_text.thread.forms import FRAME_LINES, WORDS, form_of, head_of, is_remark

_SENTENCES = ("sent", "shortsent", "longish", "long")


# Stems: what a page says it closes, and that it does, as both stand in one short sentence ("Die Kommentare sind geschlossen.").
_TALK = re.compile(
    r"(?<!\w)(?:comment|discussion|conversation|thread|kommentar|kommentoi|komentar|komentář|komentow|commenti|coment[aá]ri|"
    r"reacti|reageer|réaction|hozzászól|diskus|dyskus|yorum|коммент|комент|обсужд|σχόλι|bình luận)|"
    r"التعليق|תגוב|टिप्पणि|コメント|评论|評論|留言|댓글",
    re.IGNORECASE,
)
_SHUT = re.compile(
    r"(?<!\w)(?:closed|locked|disabled|turned off|switched off|no longer|any ?more|geschlossen|gesperrt|deaktiviert|"
    r"kein\w* .*mehr|fermé|clos|désactivé|cerrad|desactivad|desativad|encerrad|fechad|chius|disattivat|gesloten|"
    r"niet (?:meer|langer)|(?:av)?stängd|lukket|stengt|suljettu|zamknięt|wyłączon|закры|отключ|закрит|вимкнен|uzavřen|uzamčen|"
    r"vypnut|lezár|kapalı|kapatıl|ditutup|κλειστ|đã đóng)|مغلق|סגור|बंद|締め切|終了|关闭|關閉|닫혔|닫혀|종료|마감",
    re.IGNORECASE,
)
NOTICE = 90  # columns of such a sentence at most


def says_closed(look: Look) -> bool:
    """True for a page's own sentence that nobody can comment any more; a reader may ask why."""
    said = look.width <= NOTICE and "?" not in look.text and look.starts not in ("@", ">")
    return said and bool(_TALK.search(look.text) and _SHUT.search(look.text)) and not _PERSONAL.search(look.text)


_PERSONAL = re.compile(r"\b(?:I|me|my|we|our|they|he|she|ich|wir|je|yo|eu|io)\b", re.IGNORECASE)


def drop_closed(looks: Sequence[Look], labels: Sequence[str]) -> Sequence[str]:
    """What a page says below the last comment of a thread, that it is closed, is none."""
    last = last_of(labels, "comment", 0)
    if not says_closed(looks[last]) or "author" in labels[last:] or "comment" not in labels[:last]:
        return labels
    return [*labels[:last], *["aside"] * (len(labels) - last)]


def _speaks(look: Look) -> bool:
    """True for a sentence that is not of a page's own words: "The comments to this entry are closed."."""
    return look.kind in _SENTENCES and not says_closed(look)


def finish_last(looks: Sequence[Look], labels: Sequence[str]) -> Sequence[str]:
    """A sentence below the last author and time of a thread is that author's comment, if every one above is framed so."""
    texts = comments_of(labels)
    if len(texts) > 2 and texts[0] and labels[texts[0] - 1] == "body":
        texts = texts[1:]  # a paragraph of the story that was taken for a comment
    heads = [head_of(labels, text) for text in texts]
    forms = {form_of(looks, head, text) if head is not None else () for head, text in zip(heads, texts, strict=True)}
    last = last_of(labels, "author", 0)
    if len(texts) < 2 or last < texts[-1] or len(forms) != 1:
        return labels
    form = forms.pop()
    alike = sum(looks[head].kind == looks[last].kind for head in heads if head is not None)
    dated = all(head is not None and looks[head].dates for head in heads) and bool(looks[last].dates)
    if not dated and not {"ago", "date"} & set(form) and (form or alike * 2 < len(heads) or looks[last].kind in WORDS):
        return labels
    text = next((i for i in range(last + 1, min(last + FRAME_LINES, len(looks))) if _speaks(looks[i])), None)
    if text is None or form_of(looks, last, text) != form:
        text = last + 1 + len(form)  # where the others have theirs: a word or two
        brief = len(form) >= 1 and text < len(looks) and form_of(looks, last, text) == form and is_remark(looks[text])
        text = text if brief and not looks[text].line.blanks else None
    if text is None or labels[text] not in ("aside", "body"):
        return labels
    return [*labels[:text], "comment", *labels[text + 1 :]]


_FORM = frozenset(("related", "legal", "nav", "commenthead", "login", "letter", "ad", "share", "sort", "closed"))


def drop_form(looks: Sequence[Look], labels: Sequence[str]) -> Sequence[str]:
    """Below a thread of which every author is dated, an author without a time is a prompt, and what stands below him too."""
    authors = lines_of(labels, "author")
    if len(authors) < 3 or all(labels[i - 1] == "comment" for i in authors):  # signed below
        return labels
    ends = [*authors[1:], len(labels)]
    *dated, last = [is_timed(looks, labels, i, end) for i, end in zip(authors, ends, strict=True)]
    said = looks[authors[-1]]
    texts = [looks[i] for i in range(authors[-1], len(labels)) if labels[i] == "comment"]
    prompts = any(_FORM & set(look.found.classes) and look.found.cover >= 0.1 for look in (said, *texts))
    brief = len(texts) == 1 and texts[0].width <= 24 and texts[0].ends not in ".q" and said.kind in ("user", "short")
    again = Counter(looks[i - 1].lower for i in authors[1:])
    feet = [
        labels[i - 1] == "meta" and (looks[i - 1].found.cover >= 0.5 or again[looks[i - 1].lower] >= 3) for i in authors[1:]
    ]
    footless = all(feet) and bool(texts) and labels[-1] != "meta" and all(look.ends not in ".q?" for look in texts)
    if last or not all(dated) or len(texts) > 2 or (texts and not (prompts or brief or footless)):
        return labels
    if any({"reply", "vote"} & set(look.found.classes) for look in looks[authors[-1] + 1 : authors[-1] + FRAME_LINES] if texts):
        return labels
    kept = ("author", "meta", "comment")
    return [*labels[: authors[-1]], *("aside" if label in kept else label for label in labels[authors[-1] :])]


def end_at_blank(looks: Sequence[Look], labels: Sequence[str]) -> Sequence[str]:
    """Where an empty line parts every comment from the next and none is inside one, the thread ends with the last one's."""
    heads = [i for i in lines_of(labels, "author") if looks[i].line.blanks]
    first = first_of(labels, "author", 0)
    regions = [range(a + 1, b) for a, b in pairwise([first, *heads])] if len(heads) >= 3 else []
    if not regions or any(looks[i].line.blanks for region in regions for i in region):
        return labels
    end = next((i for i in range(heads[-1] + 1, len(looks)) if looks[i].line.blanks), len(looks))
    if "comment" not in labels[heads[-1] : end] or (end < len(looks) and _speaks(looks[end])):
        return labels
    kept = ("author", "meta", "comment")
    return [*labels[:end], *("aside" if label in kept else label for label in labels[end:])]


def is_timed(looks: Sequence[Look], labels: Sequence[str], head: int, end: int) -> bool:
    """True if an author's own line or one of the frame below it, above the text, tells a time."""
    frame = [looks[head]]
    for i in range(head + 1, end):
        if labels[i] == "comment":
            break
        frame.append(looks[i])
    return any(look.dates or look.ago for look in frame)


def end_heads(looks: Sequence[Look], labels: Sequence[str]) -> Sequence[str]:
    """Where authors stand above their texts, an author below the last text is none; with the times above one or two as well."""
    texts = comments_of(labels)
    heads = [head_of(labels, text) for text in texts]
    if not texts or None in heads:
        return labels
    timed = all(head is not None and is_timed(looks, labels, head, text) for head, text in zip(heads, texts, strict=True))
    sign = next((i for i in range(texts[-1], len(labels)) if labels[i] == "author"), len(labels))
    signed = is_timed(looks, labels, sign, len(labels)) if sign < len(labels) else False
    if len(texts) < 3 and (not timed or (signed and "aside" not in labels[texts[-1] : sign])):
        return labels  # where times stand above and below, those below may sign
    end = texts[-1]
    return [*labels[:end], *("aside" if label == "author" else label for label in labels[end:])]


def _foot(look: Look) -> str:
    return look.kind if look.kind in ("num", "date", "ago") else f"{look.kind} {re.sub('[+−–-](?=0)', '', look.shape)}"


def keep_feet(looks: Sequence[Look], labels: Sequence[str]) -> Sequence[str]:
    """Votes and buttons right below a comment, another comment's author near below them, are its own."""
    mended = list(labels)
    for i in range(1, len(looks)):
        look = looks[i]
        foot = look.found.cover >= 0.99 and bool({"vote", "reply"} & set(look.found.first)) and look.width <= 30
        if mended[i] == "aside" and foot and mended[i - 1] in ("comment", "meta") and "author" in labels[i + 1 : i + 5]:
            mended[i] = "meta"
    return _keep_number(looks, mended)


def _keep_number(looks: Sequence[Look], labels: list[str]) -> list[str]:
    """A number right below a thread's last text is its votes where one stands below every other text."""
    ends = [i for i in lines_of(labels, "comment") if labels[i + 1 : i + 2] not in (["comment"], [])]
    if len(ends) < 2 or labels[ends[-1] + 1] != "aside" or any(looks[i + 1].kind != "num" for i in ends):
        return labels
    return [*labels[: ends[-1] + 1], "meta", *labels[ends[-1] + 2 :]]


def _close_short(looks: Sequence[Look], labels: Sequence[str]) -> Sequence[str]:
    """Votes and buttons right below the last of one comment or two are its own."""
    mended = list(labels)
    for i in range(lines_of(labels, "comment")[-1] + 1, len(looks)):
        if labels[i] != "aside" or not {"vote", "reply"} & set(looks[i].found.first) or looks[i].found.cover < 0.5:
            break
        mended[i] = "meta"
    return mended


def _close_like(looks: Sequence[Look], labels: Sequence[str], text: int, foot: Sequence[str]) -> Sequence[str]:
    """What stands below the last of two comments as it does below the first, line by line, is its own."""
    below = range(text + 1, min(text + 1 + len(foot), len(looks)))
    alike = len(below) == len(foot) and all(_foot(looks[i]) == kind for i, kind in zip(below, foot, strict=True))
    if not alike or any(labels[i] not in ("aside", "meta") for i in below):
        return labels
    return [*labels[: text + 1], *["meta"] * len(foot), *labels[text + 1 + len(foot) :]]


def close_thread(looks: Sequence[Look], labels: Sequence[str]) -> Sequence[str]:
    """What follows every comment of a thread follows the last one too: its votes, its buttons."""
    texts = [i for i in lines_of(labels, "comment") if labels[i + 1 : i + 2] != ["comment"]]
    feet: list[list[str]] = []
    for i in texts[:-1]:
        end = next((j for j in range(i + 1, len(labels)) if labels[j] in ("author", "comment")), i)
        feet.append([_foot(look) for look in looks[i + 1 : end]])
    if len(feet) < 2:
        return _close_short(looks, _close_like(looks, labels, texts[-1], feet[0] if feet else []))
    counts = Counter(kind for foot in feet for kind in set(foot))
    usual = {kind for kind, count in counts.items() if count * 2 > len(feet)}
    mended = list(labels)
    for i in range(texts[-1] + 1, min(texts[-1] + 1 + max(map(len, feet)), len(looks))):
        if _foot(looks[i]) not in usual or mended[i] not in ("aside", "meta", "furniture"):
            break
        mended[i] = "meta"
    return mended
