"""Threads of systems that print the same lines around every post: what frames them is told by its words, not by its looks."""

from __future__ import annotations

import re
from collections.abc import Sequence
from itertools import pairwise

from fetchers.seeds.page_text.credits.bylines import is_person
from fetchers.seeds.page_text.lines.looks import Look
from fetchers.seeds.page_text.thread.authors import is_rank
from fetchers.seeds.page_text.thread.frames import QUOTED_FROM, WROTE

FRAME = 8  # lines at most between a post's head and its text
_SAID = re.compile(
    r"\S.{0,40}\s(?:said|says|wrote|dijo|ha dicho|disse|a dit|dit|hat gesagt|sagte|schrieb|ha detto|zei|сказал|сказала)\s?"
    r"(?:\.{3}|…)"
)
_POST = re.compile(r"#(\d{1,4})$")
_PROFILE = re.compile(
    r"(?:join(?:ed)?(?: date)?|registered|registriert(?: seit)?|mitglied seit|dabei seit|inscrit(?: le)?|date d'inscription|"
    r"fecha de ingreso|registrato|geregistreerd|location|ort|wohnort|lieu|ubicación|localité|località|posts|beiträge|messages|"
    r"mensajes|messaggi|berichten)\s?:\s?\S",
    re.IGNORECASE,
)
_ASKED = re.compile(
    r"(?:asked|gefragt|formulada|preguntad[ao]|perguntad[ao]|posée|domandat[ao]|задан|gesteld)\b", re.IGNORECASE
)
_ANSWERED = re.compile(
    r"(?:answered|beantwortet|respondid[ao]|contestad[ao]|répondu|risposto|ответ дан|beantwoord)\b", re.IGNORECASE
)


_REMARKED = re.compile(r"\S Commented \S.* at \d{1,2}:\d\d$")  # below what is said of a post


def mark_systems(looks: Sequence[Look], labels: Sequence[str]) -> Sequence[str]:
    """Labels of such threads put right, where their lines come twice or more."""
    for mark in (_mark_said, _mark_postbits, _mark_bracketed, _mark_rated, _mark_question, _mark_answers, _mark_letters):
        labels = mark(looks, labels)
    return labels


def _is_bare(look: Look) -> bool:
    """True for a date with its time and nothing else."""
    return bool(look.dates) and look.clock and look.rest <= 4


def _mark_said(looks: Sequence[Look], labels: Sequence[str]) -> Sequence[str]:
    """ "Ann said..." above a text and a time below it, as blogs print them."""
    heads = [i for i, look in enumerate(looks) if look.width <= 60 and _SAID.fullmatch(look.text) and "body" in labels[:i]]
    ends = {}
    for head, following in pairwise([*heads, len(looks)]):
        timed = next((j for j in range(head + 2, following) if _is_bare(looks[j])), None)
        if timed is not None:
            ends[head] = timed
    if len(ends) < 2 or len(ends) < len(heads):
        return labels
    mended = list(labels)
    for head, following in pairwise([*heads, len(looks)]):
        mended[head : ends[head] + 1] = ["author", *["comment"] * (ends[head] - head - 1), "meta"]
        rest = "aside" if head == heads[-1] else "meta"
        mended[ends[head] + 1 : following] = [rest] * (following - ends[head] - 1)
    return mended


def _mark_postbits(looks: Sequence[Look], labels: Sequence[str]) -> Sequence[str]:
    """Posts headed by a time and a number that rises by one, the author and what is known of him below."""
    found = [(i, int(match[1])) for i, look in enumerate(looks[:-2]) if look.dates and (match := _POST.search(look.text))]
    rising = all(b[1] - a[1] == 1 for a, b in pairwise(found))
    known = sum(bool(_PROFILE.match(look.text)) for look in looks)
    if len(found) < 3 or not rising or known < len(found):
        return labels
    mended = list(labels)
    heads = [i for i, _ in found]
    for (head, number), end in zip(found, [*heads[1:], len(looks)], strict=True):
        first = number == 1 and "body" not in mended[:head]
        mended[head : head + 2] = ["date", "byline"] if first else ["meta", "author"]
        text = max((j for j in range(head + 2, min(head + FRAME, end)) if _PROFILE.match(looks[j].text)), default=head + 1) + 1
        mended[head + 2 : text] = ["furniture" if first else "meta"] * (text - head - 2)
        _label_post(looks, mended, range(text, end), first)
    for i in range(heads[0]):
        mended[i] = "furniture" if mended[i] in ("author", "comment", "meta", "byline") else mended[i]
    return mended


# "« on: May 04, 2013, 07:12:08 PM »", "« Reply #1 on: … »"
_BRACKETED = re.compile(
    r"«\s?(?:[^«»#\d]{0,20}#\s?(?P<number>\d{1,5})\s)?[^«»#\d]{0,12}\d[^«»#]{8,40}\d\d(?:\s?[ap]m)?\s?»", re.IGNORECASE
)


def _mark_bracketed(looks: Sequence[Look], labels: Sequence[str]) -> Sequence[str]:
    """Posts whose times stand in angle brackets, a number before it in answers; above it the subject, above that who wrote and
    what is known of him."""
    found = {i: match for i, look in enumerate(looks) if look.dates and (match := _BRACKETED.fullmatch(look.text))}
    answers = [i for i, match in found.items() if match["number"]]
    first = next((i for i, match in found.items() if not match["number"]), len(looks))
    numbers = [int(found[i]["number"]) for i in answers]
    if not answers or first > answers[0] or numbers != sorted(set(numbers)):
        return labels
    times = [first, *answers]
    closing = _closing(looks, times)
    heads = [_head_of_post(looks, time, closing) for time in times]
    mended = ["furniture" if i < heads[0] else label for i, label in enumerate(labels)]
    for head, time, end in zip(heads, times, [*heads[1:], len(looks)], strict=True):
        opens = time == first
        mended[head : time + 1] = (["byline"] if opens else ["author"]) + (["furniture"] if opens else ["meta"]) * (time - head)
        mended[time - 1 : time + 1] = ["title", "date"] if opens else mended[time - 1 : time + 1]
        text = next((i for i in range(time + 1, end) if looks[i].lower == closing), end)
        _label_post(looks, mended, range(time + 1, text), opens)
        mended[text:end] = ["aside" if end == len(looks) else "meta"] * (end - text)
    return mended


def _closing(looks: Sequence[Look], times: Sequence[int]) -> str:
    """The short line that ends every post: the first one that stands once below each time; "" where there is none."""
    spans = [[look.lower for look in looks[begin:end] if look.width <= 24] for begin, end in pairwise([*times, len(looks)])]
    return next((line for line in spans[0] if all(span.count(line) == 1 for span in spans)), "")


def _head_of_post(looks: Sequence[Look], time: int, closing: str) -> int:
    """The line that names who wrote the post whose time is line `time`: the first below an empty line or what ends a post; else
    the one above what is known of him."""
    lines = range(time - 2, max(0, time - FRAME), -1)
    parted = next((i for i in lines if looks[i].line.blanks or looks[i - 1].lower == closing), None)
    known = [i for i in lines if is_rank(looks[i]) or _PROFILE.match(looks[i].text)]
    return parted if parted is not None else known[-1] - 1 if known else max(time - 2, 0)


# "by ann · Score: 5, Funny", "von ann (Bewertung: 4)", and the subject above, numbered or not: "1. Re: Roofs"
_RATED = re.compile(r"[^·|()\[\]—–]{4,50}\s?[·|(\[—–-]\s?(?:[^\W\d]+\s?:\s?)?[+-]?\d{1,4}(?!\d)[^.]{0,24}")
_ANSWER = re.compile(r"(?:\d{1,3}[.)]\s)?(?:re|aw|sv|rv|tr)\s?:", re.IGNORECASE)


def _mark_rated(looks: Sequence[Look], labels: Sequence[str]) -> Sequence[str]:
    """Below a story, subjects with a name and a score under each, answers to them among those."""
    heads = [i for i in range(2, len(looks) - 1) if _is_rated(looks, i)]
    if len(heads) < 3 or not any(_ANSWER.match(looks[i - 1].text) for i in heads) or _ANSWER.match(looks[heads[0] - 1].text):
        return labels
    first = heads[0] - 1
    mended = ["aside" if label in ("author", "meta", "comment") else label for label in labels]
    text = max((i for i in range(first) if looks[i].long), default=first)
    if text < first:
        mended[text:first] = [mended[text] if "body" in labels[:first] else "body", *["aside"] * (first - text - 1)]
    for head, end in zip(heads, [*(i - 1 for i in heads[1:]), len(looks)], strict=True):
        mended[head - 1 : head + 1] = ["meta", "author"]
        left = looks[head - 1].line.indent
        stop = next((i for i in range(head + 1, end) if looks[i].line.indent < left), end)
        _label_post(looks, mended, range(head + 1, stop), False)
        mended[stop:end] = ["aside"] * (end - stop)
    return mended


def _is_rated(looks: Sequence[Look], i: int) -> bool:
    """True for such a line below a subject that stands apart from what is above it."""
    look, subject = looks[i], looks[i - 1]
    signed = look.width <= 90 and "byword" in look.found.first and bool(_RATED.fullmatch(look.text))
    return signed and not look.line.blanks and subject.line.blanks > 0 and subject.width <= 100 and looks[i + 1].line.blanks > 0


_QUOTE = re.compile(r"(?:quote|zitat|citation|cita|citat|citaat|цитата)\s?:?", re.IGNORECASE)


def _label_post(looks: Sequence[Look], labels: list[str], lines: range, first: bool) -> None:
    """Label a post's lines: text to its signature, or to what the page prints below the last."""
    signed = ended = False
    for i in lines:
        look = looks[i]
        signed = signed or bool(re.fullmatch(r"[_-]{2,}", look.text))
        quoting = look.width <= 60 and bool(WROTE.match(look.text) or _QUOTE.fullmatch(look.text))
        quoting = quoting or (look.width <= 110 and bool(QUOTED_FROM.match(look.text)))
        quoting = quoting or (look.text[0] == "«" and look.text[-1] == "»" and bool(look.dates))  # when it was edited
        furnished = look.found.cover >= 0.5 and look.ends not in ".q" and not quoting
        closing = i > lines.start and (furnished or look.text.startswith("«"))
        ended = ended or (lines.stop == len(looks) and closing)
        if signed or ended or quoting:
            labels[i] = "aside" if first or ended else "meta"
        else:
            labels[i] = "body" if first else "comment"


def _mark_question(looks: Sequence[Look], labels: Sequence[str]) -> Sequence[str]:
    """A question and its answers, each signed below by "asked …", "answered …" and a name."""
    signs = [i for i, look in enumerate(looks[:-1]) if look.dates and look.width <= 60 and not looks[i + 1].dates]
    asked = next((i for i in signs if _ASKED.match(looks[i].text)), None)
    answers = [i for i in signs if asked is not None and i > asked and _ANSWERED.match(looks[i].text)]
    if asked is None or not answers:
        return labels
    mended = list(labels)
    mended[asked : asked + 2] = ["date", "byline"]
    for i in range(asked):
        mended[i] = "aside" if mended[i] in ("author", "meta", "comment") else mended[i]
    for begin, sign in pairwise([asked, *answers]):
        mended[sign : sign + 2] = ["meta", "author"]
        for i in range(begin + 2, sign):
            if _REMARKED.search(looks[i].text):
                mended[i - 1 : i + 1] = ["comment", "author"]
                continue
            mended[i] = "comment" if _is_text(looks[i]) else "meta" if looks[i].kind == "num" or begin != asked else "aside"
    last = answers[-1] + 2
    mended[last:] = ["aside" if label in ("author", "meta", "comment") else label for label in mended[last:]]
    return mended


_SIGNED = re.compile(r".{0,50}\b(?:by|von|por|par|da|door|av|af)\s\S.{0,40}$")


def _mark_answers(looks: Sequence[Look], labels: Sequence[str]) -> Sequence[str]:
    """A question signed above, "asked … by Ann", and its answers, each signed below, "answered … by Bo", votes above it."""
    signs = [i for i, look in enumerate(looks) if look.dates and look.width <= 80 and _SIGNED.match(look.text)]
    asked = next((i for i in signs if _ASKED.match(looks[i].text)), None)
    answers = [i for i in signs if asked is not None and i > asked and _ANSWERED.match(looks[i].text)]
    if asked is None or len(answers) < 2:
        return labels
    mended = list(labels)
    mended[asked] = "byline"
    numbered = [i for i in range(asked + 1, answers[0]) if looks[i].kind == "num"]
    start = numbered[-1] if numbered else max(asked + 1, answers[0] - 1)
    for i in range(asked + 1, start):
        mended[i] = "body" if _is_text(looks[i]) else "aside" if mended[i] != "body" else "furniture"
    for begin, sign in pairwise([start - 1, *answers]):
        for i in range(begin + 1, sign):
            mended[i] = "meta" if looks[i].kind == "num" else "comment"
        mended[sign] = "author"
    last = answers[-1] + 1
    mended[last:] = ["aside" if label in ("author", "meta", "comment", "body") else label for label in mended[last:]]
    return mended


def _is_writer(look: Look) -> bool:
    """True for a line that is nothing but a letter writer's name: a person's, or in capitals."""
    name = look.text.rstrip(" ,.")
    shouted = look.case == "upper" and 2 <= len(look.words) <= 4 and not look.found.cover >= 0.5
    return look.width <= 40 and not look.dates and (shouted or is_person(name))


def _is_town(look: Look) -> bool:
    """True for the short line below such a name."""
    plain = (
        look.width <= 28 and 1 <= len(look.words) <= 3 and look.text[:1].isupper() and not look.dates and look.case != "upper"
    )
    return plain and look.found.cover < 0.5 and not is_person(look.text.rstrip("."))


def _mark_letters(looks: Sequence[Look], labels: Sequence[str]) -> Sequence[str]:
    """Below "Letters", texts each followed by a name and a town on lines of their own."""
    start = next((i for i, look in enumerate(looks) if _heads_letters(look) and "body" in labels[:i]), None)
    names = [
        i
        for i in range((start or 0) + 2, len(looks) - 1)
        if start is not None and _is_writer(looks[i]) and _is_town(looks[i + 1]) and looks[i - 1].width >= 30
    ]
    if start is None or len(names) < 2:
        return labels
    named = (i for i in range(names[0], len(looks) - 1) if looks[i - 1].ends == "." and looks[i - 1].width >= 30)
    names = sorted({*names, *(i for i in named if looks[i].kind in ("name", "short") and _is_town(looks[i + 1]))})
    mended = list(labels)
    ends = [start - 1, *names]
    for begin, name in pairwise(ends):
        for i in range(begin + 2, name):
            text = looks[i].width >= 30 and looks[i].found.cover < 0.5 and not looks[i].url
            mended[i] = "comment" if text else "aside" if begin < start else "meta"
        mended[name : name + 2] = ["author", "meta"]
    last = names[-1] + 2
    mended[last:] = ["aside" if label in ("author", "meta", "comment", "body") else label for label in mended[last:]]
    return mended


def _heads_letters(look: Look) -> bool:
    return "commenthead" in look.found.classes and look.width <= 40 and look.found.cover >= 0.5


def _is_text(look: Look) -> bool:
    """True for a sentence, or a line long enough to be one."""
    return (look.ends in ".q" and look.width >= 18) or (look.width >= 60 and look.found.cover < 0.4)
