"""Threads of boards whose posts are headed by a number, a name and a time, and of boards that print an answer a line."""

from __future__ import annotations

import re
from collections.abc import Sequence
from itertools import pairwise

from fetchers.seeds.page_text.lines.lines import PUSHED
from fetchers.seeds.page_text.lines.looks import Look
from fetchers.seeds.page_text.thread.frames import QUOTED_FROM, WROTE

_POST = re.compile(r"(?P<number>\d{1,4})\s?[:\uff1a]\s?\S.{0,40}?[:\uff1a]\s?(?:\d{4}/\d{1,2}/\d{1,2}|\D{2,8}$)")


def head_post(looks: Sequence[Look], labels: Sequence[str]) -> Sequence[str]:
    """Lines like a comment's frame above a text, with no comment between, are of the post that the text is: its author's."""
    begun = next((i for i, label in enumerate(labels) if label in ("body", "comment")), 0)
    frame = [i for i in range(begun) if labels[i] in ("author", "meta")]
    authors = [i for i in frame if labels[i] == "author"]
    if not begun or labels[begun] != "body" or not authors or "title" not in labels[:begun] or "author" not in labels[begun:]:
        return labels
    mended = ["furniture" if i in frame else label for i, label in enumerate(labels)]
    for i in frame:
        if looks[i].dates and "profile" not in looks[i].found.classes and "profile" not in looks[i - 1].found.first:
            mended[i] = "date"
    if "byline" not in labels[:begun]:
        mended[authors[0]] = "byline"
    return mended


def mark_boards(looks: Sequence[Look], labels: Sequence[str]) -> Sequence[str]:
    """Labels of such threads: the first post is the story, the others are comments."""
    labels = [
        "meta" if label == "author" and _QUOTED.fullmatch(look.text) else label
        for look, label in zip(looks, labels, strict=True)
    ]
    labels = _mark_listed(looks, _mark_scored(looks, _mark_scored_heads(looks, labels)))
    return _mark_answers(looks, _mark_posts(looks, _mark_pushes(looks, _mark_speakers(looks, labels))))


_SCORED = re.compile(r"\S.*\(\s?(?:Score|score)\s?:\s?-?\d[^()]{0,30}\)")


def _mark_scored(looks: Sequence[Look], labels: Sequence[str]) -> list[str]:
    """A subject and a score ("At last (Score:5, Funny)") right above who wrote and when belong to the comment below."""
    mended = list(labels)
    heads = [
        i for i, look in enumerate(looks[:-1]) if look.width <= 100 and _SCORED.fullmatch(look.text) and _sign_below(looks, i)
    ]
    if len(heads) < 2:
        return mended
    for i, end in pairwise([*heads, len(looks)]):
        dated = _sign_below(looks, i)
        mended[i : i + dated + 1] = ["meta", "author", *["meta"] * (dated - 1)]
        if "comment" not in mended[i + dated + 1 : end]:  # none was taken for one: what stands below the name is
            _label_scored(looks, mended, range(i + dated + 1, end))
    return mended


# "1. Re:At last by ann_lee · · Score: 4, Funny": subject, author and score on one line.
_SCORED_HEAD = re.compile(r"\S.*\sby\s\S.{0,40}?[\s·|,(–-]+score\s?:\s?-?\d.{0,30}", re.IGNORECASE)


def _mark_scored_heads(looks: Sequence[Look], labels: Sequence[str]) -> Sequence[str]:
    """Where lines of subject, author and score stand above texts again and again, those are comments, the first one too, and
    the long text above them all is the story's."""
    heads = [i for i, look in enumerate(looks[:-1]) if look.width <= 160 and _SCORED_HEAD.fullmatch(look.text)]
    if len(heads) < 3 or "title" not in labels[: heads[0]]:
        return labels
    mended = list(labels)
    first = labels.index("title") + 1
    if "body" not in labels[first : heads[0]]:
        mended[first : heads[0]] = ["body" if look.long else "furniture" for look in looks[first : heads[0]]]
    for head, end in pairwise([*heads, len(looks)]):
        signed = next((i for i in range(head + 2, end) if re.fullmatch(r"-{2,3}|_{2,}", looks[i].text)), end)
        mended[head] = "author"
        for i in range(head + 1, end):
            if i >= signed or (end == len(looks) and looks[i].found.cover >= 0.6):
                mended[i] = "meta" if end < len(looks) else "aside"
            else:
                mended[i] = "comment"
    return mended


def _sign_below(looks: Sequence[Look], i: int) -> int:
    """How many lines below line `i` say who wrote and when: one, or two of which the first names him; 0 if none do."""
    named, *dated = looks[i + 1 : i + 3]
    if _is_signed(named):
        return 1
    split = named.ends == ":" and "byword" in named.found.first and bool(dated) and dated[0].clock and bool(dated[0].dates)
    return 2 if split and named.width <= 90 else 0


def _label_scored(looks: Sequence[Look], labels: list[str], lines: range) -> None:
    """Label the text of a scored post: to the first line of the page's own words, or to one apart without a stop."""
    for i in lines:
        look = looks[i]
        apart = i > lines.start and look.line.blanks > 0 and look.ends not in ".q?"
        if look.found.cover >= 0.6 or apart:
            break
        labels[i] = "comment"


_SUBJECT = re.compile(
    r"(?:title|subject|titel|betreff|titre|sujet|título|asunto|oggetto|titolo|тема|tytuł|konu)\s?:\s?\S", re.IGNORECASE
)
_POST_BY = re.compile(
    r"(?:post by|posted by|beitrag von|geschrieben von|message par|posté par|mensaje de|publicado por|mensagem de|postado por|"
    r"messaggio di|inviato da|bericht van|geplaatst door|сообщение от|отправлено|wiadomość wysłana przez|gönderen)\s?:\s?\S",
    re.IGNORECASE,
)


def _mark_listed(looks: Sequence[Look], labels: Sequence[str]) -> Sequence[str]:
    """Where "Title: …" stands above "Post by: Ann on 2 August 2008, 09:14" again and again, the posts are below those."""
    heads = [i for i in range(1, len(looks)) if looks[i].dates and _POST_BY.match(looks[i].text)]
    heads = [i for i in heads if looks[i - 1].width <= 160 and _SUBJECT.match(looks[i - 1].text)]
    if len(heads) < 2:
        return labels
    mended = ["furniture" if label in ("author", "meta", "comment") else label for label in labels]
    for head, following in pairwise([*heads, len(looks) + 1]):
        first = head == heads[0]
        mended[head - 1 : head + 1] = ["title", "byline"] if first else ["meta", "author"]
        _label_listed(looks, mended, range(head + 1, following - 1), first)
    return mended


def _label_listed(looks: Sequence[Look], labels: list[str], lines: range, first: bool) -> None:
    """Label a post's lines: text but for who is quoted, to the page's own words below the last."""
    ended = False
    for i in lines:
        look = looks[i]
        closing = "legal" in look.found.first or "©" in look.text or (look.found.cover >= 0.4 and look.ends not in ".q?")
        ended = ended or (lines.stop == len(looks) and closing and i > lines.start)
        quoting = look.width <= 110 and bool(QUOTED_FROM.match(look.text) or WROTE.match(look.text))
        labels[i] = "aside" if ended else "meta" if quoting else "body" if first else "comment"


_SAYS = re.compile(r"\S.{1,40}\s(?:says|said|wrote|writes|schrieb|sagt|a dit|dice|dijo|disse|diz|ha scritto)\s?(?:\.{3}|…)")


def _mark_speakers(looks: Sequence[Look], labels: Sequence[str]) -> Sequence[str]:
    """Where "Ann says..." stands between a time and a text again and again, those are the authors and the times stand above."""
    heads = [
        i
        for i in range(1, len(looks) - 1)
        if looks[i].width <= 50 and _SAYS.fullmatch(looks[i].text) and labels[i] in ("comment", "author", "meta")
    ]
    heads = [i for i in heads if looks[i - 1].clock and looks[i - 1].width <= 40]
    if len(heads) < 2:
        return labels
    mended = list(labels)
    for i in range(heads[0] - 1, len(looks)):
        mended[i] = "author" if i in heads else "meta" if mended[i] == "author" else mended[i]
    return mended


_QUOTED = re.compile(r"\S.{0,28}, on .{0,12}\d.{6,24}, (?:said|wrote)\s?:")  # "Ann, on 12 March 2014 - 10:40 AM, said:"
_ANSWER = re.compile(r"(?:(?:re|aw|sv|rv|odp)\s?:\s?)+", re.IGNORECASE)


def _mark_answers(looks: Sequence[Look], labels: Sequence[str]) -> Sequence[str]:
    """Where "Re: …" and a headline from further up stand above who wrote and when, a comment is below each."""
    titles = {look.lower for look, label in zip(looks, labels, strict=True) if label == "title"}
    heads = [
        i for i, look in enumerate(looks[:-2]) if (found := _ANSWER.match(look.lower)) and look.lower[found.end() :] in titles
    ]
    heads = [i for i in heads if any(_is_signed(look) for look in looks[i + 1 : i + 3]) and "body" in labels[:i]]
    if not heads or any(looks[i - 1].line.text.endswith(":") for i in heads):
        return labels
    mended = list(labels)
    for head, end in pairwise([*heads, len(looks)]):
        sign = next(i for i in (head + 1, head + 2) if _is_signed(looks[i]))
        mended[head : sign + 1] = [*["meta"] * (sign - head), "author"]
        for i in range(sign + 1, end):
            if looks[i].ends == ":" and looks[i].width <= 50 and "wrote" in looks[i].found.classes:
                mended[i] = "meta"
                continue
            if labels[i] in ("aside", "furniture") or (head == heads[-1] and looks[i].found.cover >= 0.6):
                break
            mended[i] = "comment" if labels[i] in ("body", "highlight", "title") else mended[i]
    return mended


def _is_signed(look: Look) -> bool:
    """True for a line of a name and a full date with its time."""
    return bool(look.dates) and look.clock and look.rest > 2 and look.width <= 90


def _mark_pushes(looks: Sequence[Look], labels: Sequence[str]) -> Sequence[str]:
    mended = list(labels)
    for i, look in enumerate(looks[:-1]):
        if look.line.bullet == PUSHED:
            mended[i : i + 2] = ["author", "comment"]
    return mended


def _mark_posts(looks: Sequence[Look], labels: Sequence[str]) -> Sequence[str]:
    posts = {i: int(found["number"]) for i, look in enumerate(looks) if look.width <= 90 and (found := _POST.match(look.text))}
    heads = sorted(posts)
    rising = all(posts[a] < posts[b] for a, b in pairwise(heads))
    if len(heads) < 3 or not rising:
        return labels
    mended = list(labels)
    for head, end in pairwise([*heads, len(looks)]):
        first = posts[head] == 1
        gone = "deleted" in looks[head].found.classes
        mended[head] = "byline" if first else "meta" if gone else "author"
        for i in range(head + 1, end):
            look = looks[i]
            if (look.found.cover >= 0.6 and head == heads[-1]) or look.url or look.line.blanks > 2:
                break
            kept = "deleted" not in look.found.classes and not look.dates
            if first:
                mended[i] = "body" if kept and look.width >= 20 else mended[i]
            else:
                mended[i] = "comment" if kept and not gone else "meta"
    return mended
