"""Threads told by what comes again: dated names of one form, numbers that rise from line to line, what ends every comment."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from itertools import pairwise

from fetchers.seeds.page_text.lines.looks import Look
from fetchers.seeds.page_text.lines.positions import comments_of, first_of, last_of, lines_of
from fetchers.seeds.page_text.thread.authors import read_author

FRAMED = 90  # columns: a longer line is text and no part of a frame
FRAMED_LINES = 12  # lines of a thread's last comment at most
NAME_LETTERS = 45
_FREE = ("comment", "meta", "aside", "author", "furniture")


_ACTED = re.compile(
    r"(?:answered|asked|edited|modified|beantwortet|gefragt|bearbeitet|ответ дан|задан)\s[^\W\d_]{0,9}\.?\s?\d", re.IGNORECASE
)


def _sign_of(look: Look) -> tuple[bool, bool, str] | None:
    """What names of one thread with their times have in common; None for a line that is no such name."""
    told = look.ends == "." and look.rest > NAME_LETTERS  # "July 3, 2018 4:02 PM, Ada B." ends with an initial
    if (
        not look.dates
        or look.rest <= 2
        or look.width > FRAMED
        or told
        or _ACTED.match(look.text)
        or (" #" in look.text and read_author(look) is None)
    ):
        return None
    one = look.dates[0]
    return one.start < 3, one.hour is not None, look.starts if one.start >= 3 and look.starts in "-([#" else ""


def unify_signs(looks: Sequence[Look], labels: Sequence[str]) -> Sequence[str]:
    """Where names with a time head or sign most comments, all lines of that form do, and no other line."""
    authors = lines_of(labels, "author")
    forms = Counter(sign for i in authors if (sign := _sign_of(looks[i])))
    form, count = forms.most_common(1)[0] if forms else (None, 0)
    begun = next((i for i in authors if _sign_of(looks[i]) == form), 0)
    every = [i for i in range(begun, len(looks)) if labels[i] in _FREE and _sign_of(looks[i]) == form]
    texts = len(comments_of(labels))
    if count < 2 or len(every) < 3 or count * 2 < len(authors) or len(every) * 3 < texts * 2:
        return labels
    mended = list(labels)
    for i in every:
        if "author" not in mended[i - 1 : i] or labels[i] == "author":
            mended[i] = "author"
    _fill_between(looks, mended, every)
    _mend_brief(looks, mended, every)
    for i in authors:
        if i not in every and not looks[i].dates and not looks[i].ago:
            spoken = looks[i].starts == "@" and labels[i + 1 : i + 2] == ["comment"]
            head = i < begun and "comment" in mended[i + 1 : begun]
            mended[i] = "comment" if spoken else "meta" if head else "author"
    return mended


def _mend_brief(looks: Sequence[Look], labels: list[str], signs: Sequence[int]) -> None:
    """Where a number stands above most names with a time, it is no author above the others, and one word between such a name
    and the next number is what is said."""
    leads = Counter(looks[i - 1].starts for i in signs if i and looks[i - 1].starts in _NUMBERS and not looks[i - 1].dates)
    lead, count = leads.most_common(1)[0] if leads else ("", 0)
    if count * 2 <= len(signs):
        return
    for i in signs:
        if labels[i - 1] != "author" or looks[i - 1].starts != lead or looks[i - 1].dates:
            continue
        labels[i - 1 : i + 1] = ["meta", "author"]
        ended = i + 2 >= len(looks) or looks[i + 2].starts == lead
        if ended and labels[i + 1 : i + 2] == ["author"] and i + 1 not in signs:
            labels[i + 1] = "comment"
            labels[i + 2 : i + 3] = ["meta" if label in ("comment", "author") else label for label in labels[i + 2 : i + 3]]


def _fill_between(looks: Sequence[Look], labels: list[str], signs: Sequence[int]) -> None:
    """Where texts stand between names with their times, what stands alone between two and nowhere else is one too: "No."."""
    alike = Counter(look.lower for look in looks)
    gaps = [(a, b) for a, b in pairwise(signs) if labels[a] == labels[b] == "author"]
    alone = [a + 1 for a, b in gaps if b - a == 2 and labels[a + 1] in ("aside", "meta") and _is_word(looks[a + 1])]
    said = sum("comment" in labels[a:b] for a, b in gaps)
    for i in alone if len(alone) * 2 <= len(gaps) == len(alone) + said else ():
        labels[i] = "comment" if alike[looks[i].lower] == 1 else labels[i]


def _is_word(look: Look) -> bool:
    """True for what may be a comment of a word or two: no button, time or number."""
    return look.ends == "." and not ({"reply", "vote", "deleted"} & set(look.found.classes) or look.dates or look.ago)


_NUMBERS = ("#", "num.", "d")  # what a line with a post's number begins with
_NUMBER = re.compile(r"(?:#|№\s?|n[.º°]\s?)(\d{1,4})$", re.IGNORECASE)


def number_posts(looks: Sequence[Look], labels: Sequence[str]) -> Sequence[str]:
    """Numbers on lines of their own that rise by one, a time below each, head the comments of a thread without names."""
    found = {i: int(match[1]) for i, look in enumerate(looks) if (match := _NUMBER.match(look.text))}
    heads = [i for i in found if i + 2 < len(looks) and looks[i + 1].dates and looks[i + 1].rest <= 6]
    numbers = [found[i] for i in heads]
    if len(heads) < 3 or len(heads) < len(found) or any(b - a != 1 for a, b in pairwise(numbers)):
        return labels
    alike = Counter(look.shape if any(map(str.isdigit, look.text)) else look.lower for look in looks)
    mended = list(labels)
    for head, end in pairwise([*heads, len(looks)]):
        mended[head : head + 2] = ["author", "meta"]
        ended = False
        for i in range(head + 2, end):
            look = looks[i]
            again = alike[look.shape if any(map(str.isdigit, look.text)) else look.lower] >= 3
            framed = look.width <= 40 and (again or look.found.cover >= 0.99) and i > head + 2
            if ended and not framed:
                mended[i] = "aside" if head == heads[-1] else "meta"
                continue
            mended[i], ended = ("meta", True) if framed else ("comment", ended)
    return mended


_NUMBERED_NAME = re.compile(r"(?:#|№\s?|n[.º°]\s?)(\d{1,4})[.:]?\s+[^\W\d]\S*(?:\s\S+){0,2}$", re.IGNORECASE)
TOLD = 3  # comments with a number and a name above them, at least


def number_names(looks: Sequence[Look], labels: Sequence[str]) -> Sequence[str]:
    """Names behind numbers that rise by one from 1 ("#3 owl_ann"), a time below each, head the comments of a thread; the number
    of another comment, which a text may begin with, does not."""
    heads: list[int] = []
    for i, look in enumerate(looks):
        match = _NUMBERED_NAME.match(look.text) if look.width <= NAME_LETTERS and look.ends in "a0" else None
        if match and int(match[1]) == len(heads) + 1:
            heads.append(i)
    ends = [*heads[1:], min(heads[-1] + FRAMED_LINES, len(looks))] if heads else []
    feet = [next((j for j in range(i + 1, end) if looks[j].dates), i) for i, end in zip(heads, ends, strict=True)]
    named = sum(labels[i] == "author" for i in heads)
    if len(heads) < TOLD or named * 2 < len(heads) or any(foot == i for foot, i in zip(feet, heads, strict=True)):
        return labels
    mended = list(labels)
    for head, foot, end in zip(heads, feet, ends, strict=True):
        mended[head], mended[foot] = "author", "meta"
        for i in range(head + 1, foot):
            mended[i] = "meta" if looks[i].found.cover >= 0.99 else "comment"
        for i in range(foot + 1, end):
            mended[i] = "meta" if mended[i] == "author" else mended[i]
    return mended


NAMED = 3  # comments with a name right above the time, at least


def name_above_times(looks: Sequence[Look], labels: Sequence[str]) -> Sequence[str]:
    """Where every author stands right above a time, what stands there without one, whatever word it is ("guest"), is one too,
    and a sentence below the time is a comment."""
    authors = [i for i, label in enumerate(labels) if label == "author"]
    timed = [i for i in authors if i + 1 < len(looks) and labels[i + 1] == "meta" and _is_time_alone(looks[i + 1])]
    if len(timed) < NAMED or len(timed) < len(authors):
        return labels
    mended = list(labels)
    for i in range(authors[0] + 2, len(looks) - 2):
        free = labels[i] in ("meta", "aside") and labels[i - 1] == "meta" and labels[i + 1] in ("meta", "aside")
        named = looks[i].width <= NAME_LETTERS and not ({"reply", "vote"} & set(looks[i].found.classes) or looks[i].number)
        if free and named and not looks[i].dates and _is_time_alone(looks[i + 1]) and _is_said(looks[i + 2]):
            mended[i : i + 3] = ["author", "meta", "comment"]
    return mended


def _is_said(look: Look) -> bool:
    return look.kind in ("sent", "shortsent", "long") and look.found.cover < 0.6


def _is_time_alone(look: Look) -> bool:
    return bool(look.dates) and look.rest <= 4


def _foot(look: Look) -> str:
    """What feet of comments have in common: a button's words, the form of a line with figures."""
    if look.kind == "num" or not any(map(str.isdigit, look.text)):
        return look.kind if look.kind == "num" else look.lower
    return re.sub(r"[+\-−–](?=0)", "", look.shape)


AGAIN = 3  # lines that begin with the same word


def _first_letters(look: Look) -> str:
    return next((word for word in look.words if word.isalpha()), "")


def begin_below_heading(looks: Sequence[Look], labels: Sequence[str]) -> Sequence[str]:
    """Above a line that heads comments and counts them, two lines or fewer that look like comments are links."""
    told = [i for i, look in enumerate(looks) if "commenthead" in look.found.first and look.width <= 40]
    alike = Counter(_first_letters(looks[i]) for i in told)  # "101 posts", "Comment by Ann." frame each comment
    heads = [
        i
        for i in told
        if looks[i].found.cover >= 0.6 and re.search(r"\d", looks[i].text) and alike[_first_letters(looks[i])] < AGAIN
    ]
    authors = lines_of(labels, "author")
    head = next((i for i in heads if authors[2:] and authors[0] < i < authors[-2]), None)
    texts = lines_of(labels[:head], "comment") if head is not None else []
    if (
        head is None
        or not 1 <= len(texts) <= 2
        or "body" not in labels[: texts[0]]
        or {"body", "title"} & set(labels[texts[0] : head])
    ):
        return labels
    return ["aside" if i < head and label in ("author", "meta", "comment") else label for i, label in enumerate(labels)]


def drop_headless(looks: Sequence[Look], labels: Sequence[str]) -> Sequence[str]:
    """A few words above the first author of a thread whose texts all stand below their authors are no comment."""
    first = first_of(labels, "comment", 0)
    authors = lines_of(labels, "author")
    if len(authors) < 2 or first > authors[0] or "comment" in labels[first + 1 : authors[0]]:
        return labels
    look = looks[first]
    ends = [i for i in range(authors[0], len(labels) - 1) if labels[i] == "comment" != labels[i + 1]]
    signed = any(labels[i + 1] == "author" for i in ends) or len(ends) < 2  # then authors may stand below what they wrote
    headed = sum("comment" in labels[a + 1 : b] for a, b in pairwise([*authors, len(labels)]))
    plain = look.width < 60 and look.ends != "." and headed + 1 >= len(authors)
    plain = plain or (look.width <= 160 and labels[first - 1] in ("aside", "meta") and headed == len(authors))
    return [*labels[:first], "aside", *labels[first + 1 :]] if plain and not signed else labels


def _usual_foot(looks: Sequence[Look], labels: Sequence[str]) -> str | None:
    """What stands right below the texts of a thread whose authors stand above them; None if nothing always does."""
    alike = Counter(look.lower for look in looks)
    texts = (i for i in lines_of(labels, "comment") if alike[looks[i].lower] < 3)
    ends = [i for i in texts if labels[i + 1 : i + 2] == ["meta"]]
    begun = first_of(labels, "author", len(labels))
    ends = [i for i in ends if begun < i and "author" in labels[i + 1 : i + 8] and looks[i + 1].width <= FRAMED]
    feet = Counter(_foot(looks[i + 1]) for i in ends)
    foot, count = feet.most_common(1)[0] if feet else ("", 0)
    runs = len(comments_of(labels))
    return foot if count >= 2 and count + 1 >= min(runs, labels.count("author")) * 0.6 else None


def _drop_feet(looks: Sequence[Look], labels: Sequence[str]) -> Sequence[str]:
    """A short line that ends most comments and is none of them ends the others too: "Logged" below one word."""
    below = [i for i in lines_of(labels, "comment") if labels[i + 1 : i + 2] == ["meta"]]
    feet = Counter(looks[i + 1].lower for i in below if looks[i + 1].width <= NAME_LETTERS)
    usual = {text for text, count in feet.items() if count >= TOLD}
    return [
        "meta" if label == "comment" and labels[i - 1] == "comment" and looks[i].lower in usual else label
        for i, label in enumerate(labels)
    ]


def end_texts(looks: Sequence[Look], labels: Sequence[str]) -> Sequence[str]:
    """Where every comment ends with the same kind of line, nothing below that is a comment's up to the next author."""
    labels = _drop_feet(looks, labels)
    foot = _usual_foot(looks, labels)
    if foot is None:
        return labels
    alike = Counter(look.lower for look in looks)
    mended = list(labels)
    last = lines_of(labels, "author")[-1]
    said = closed = False
    for i, label in enumerate(labels):
        if label == "author":
            said = closed = False
        elif label == "comment" and (closed or (said and "0" in foot and _foot(looks[i]) == foot)):
            mended[i] = "meta" if i < last or not closed else "aside"
            closed = True
        elif said and label != "comment" and _foot(looks[i]) == foot:
            closed = True
        said = said or (label == "comment" and alike[looks[i].lower] < 3)
    return _fill_last(looks, mended, foot)


def _fill_last(looks: Sequence[Look], labels: list[str], foot: str) -> list[str]:
    """Below the last text's foot a name, a line or two and one more foot are a comment too."""
    last = last_of(labels, "comment", len(labels))
    near = range(last + 1, min(last + 12, len(looks)))
    feet = [i for i in near if _foot(looks[i]) == foot or (i == last + 1 and labels[i] == "meta")]
    for a, b in pairwise(feet):
        name = next((i for i in range(a + 1, b) if looks[i].kind in ("name", "user")), None)
        told = looks[b - 1].found.cover < 0.6 and not looks[b - 1].dates and not looks[b - 1].ago
        if name is not None and 1 <= b - 1 - name <= 2 and told:
            labels[name : b + 1] = ["author", *["meta"] * (b - 2 - name), "comment", "meta"]
    return labels


def set_counts_apart(looks: Sequence[Look], labels: Sequence[str]) -> Sequence[str]:
    """Words that come again with other figures, a button or the next author below them, count something and are no comment:
    "Rated 18 times 16", "Rated 3 times 3"."""
    first, last = first_of(labels, "author", len(labels)), last_of(labels, "meta", -1)
    inside = [i for i in range(first + 1, last) if labels[i] in ("author", "meta", "comment") and _is_count(looks[i])]
    forms = Counter(_FIGURES.sub("0", looks[i].lower) for i in inside)
    usual = {form for form, count in forms.items() if count >= AGAIN}
    mended = list(labels)
    for i in inside:
        following = next((j for j in range(i + 1, len(labels)) if labels[j] == "author"), len(labels))
        told = labels[i] == "comment" or "comment" not in labels[i:following]
        if (
            _FIGURES.sub("0", looks[i].lower) in usual
            and told
            and labels[i - 1] == "comment"
            and labels[i + 1] in ("meta", "author")
        ):
            mended[i] = "meta"
    return mended


_FIGURES = re.compile(r"[+\-−–]?\d+")


def _is_count(look: Look) -> bool:
    """True for a short line of words and figures that tells no time."""
    plain = look.width <= NAME_LETTERS and look.ends not in ".q?" and not (look.dates or look.ago or look.clock)
    return plain and any(map(str.isdigit, look.text)) and any(map(str.isalpha, look.text)) and look.text[0] not in "@#>"


def set_buttons_apart(looks: Sequence[Look], labels: Sequence[str]) -> Sequence[str]:
    """One word that stands below most texts or their other buttons, right above the next author's name, is a button and no
    author."""
    first = first_of(labels, "comment", len(labels))
    below = [i for i in lines_of(labels, "author") if i > first and labels[i - 1] in ("comment", "meta")]
    alike = Counter(looks[i].lower for i in below if not looks[i].dates and not looks[i].ago)
    word, count = alike.most_common(1)[0] if alike else ("", 0)
    above = any(look.lower == word for look in looks[:first])  # "Guest" is an author's name, the first one's too
    if count < 3 or count * 2 < len(comments_of(labels)):
        return labels
    these = [i for i in below if looks[i].lower == word]
    heads = [i + 1 for i in these if i + 1 < len(looks) and _heads_next(looks, i + 1, labels[i - 1] == "comment" or above)]
    if len(heads) * 4 < len(these) * 3 or len({looks[i].lower for i in heads}) < 2:
        return labels
    mended = list(labels)
    for i in these:
        mended[i] = "meta"
        if labels[i + 1 : i + 2] == ["meta"] and (looks[i + 1].kind in ("name", "user") or i + 1 in heads):
            mended[i + 1] = "author"
    return mended


def _heads_next(looks: Sequence[Look], i: int, bare: bool) -> bool:
    """True for a line that may name the next author: a name alone where it is `bare`, else with a time beside or below it."""
    named = looks[i].kind in ("name", "user", "short")
    timed = looks[i].rest > 2 and read_author(looks[i]) is not None if looks[i].dates else False
    headed = i + 1 < len(looks) and _is_time_alone(looks[i + 1]) and not looks[i].dates and looks[i].width <= NAME_LETTERS
    return named if bare else timed or headed
