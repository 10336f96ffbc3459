"""Lines of one form that end a thread's comments, and what they tell of the lines beside them."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence

from fetchers.seeds.page_text.lines.looks import Look
from fetchers.seeds.page_text.lines.positions import lines_of
from fetchers.seeds.page_text.thread.authors import is_rank, read_author


def counted(look: Look) -> str:
    """A line's words with each number of it, below nought too, as 0."""
    return re.sub(r"[+\-−–]?\d+", "0", look.lower)


CLOSERS = 3  # lines of one form that end comments, at least
SHORT = 40  # columns of a count at most
WIDE = 60  # and of a line that says who liked a comment
_LIKED = re.compile(
    r"(?:[❤♥👍]\ufe0f?\s?)?(?:(?:liked|loved|hearted|upvoted|recommended) by|gefällt|aimé par|les? gusta a|curtido por|"
    r"piace a|polubione przez|gillas av|likt av|leuk gevonden door|нравится|понравилось)\s\S",
    re.IGNORECASE,
)


def mend_closers(looks: Sequence[Look], labels: list[str]) -> None:
    """Where comments end with lines of one form ("12 likes · Reply"), no such line names an author, and a line between one and
    the next author is what the page says of a comment that is gone."""
    for i in range(1, len(looks) - 1):
        short = looks[i].width <= WIDE and looks[i].ends not in ".q"
        if short and labels[i - 1 : i + 2] == ["comment", "comment", "meta"] and _LIKED.match(looks[i].text):
            labels[i] = "meta"
    form = [counted(look) for look in looks]
    framing = Counter(form[i] for i, look in enumerate(looks) if labels[i] == "meta" and "0" in form[i] and look.width <= SHORT)
    for i, look in enumerate(looks):  # "Votes: -6" beside a text, where others have "Votes: 9"
        beside = labels[max(0, i - 1) : i + 2].count("comment") >= 2
        if labels[i] == "comment" and beside and look.width <= SHORT and framing[form[i]] >= CLOSERS:
            labels[i] = "meta"
    closes = [
        look.width <= 60 and not look.dates and not look.ago and bool({"reply", "vote"} & set(look.found.classes))
        for look in looks
    ]
    ends = Counter(form[i] for i in range(1, len(looks)) if closes[i] and labels[i - 1 : i + 1] == ["comment", "meta"])
    for i in range(1, len(looks)):
        if not closes[i] or ends[form[i]] < CLOSERS or labels[i] == "comment":
            continue
        labels[i] = "meta"
        if labels[i + 1 : i + 3] == ["comment", "author"] and looks[i + 1].width <= 100 and "comment" in labels[:i]:
            labels[i + 1] = "meta"


def mend_buttons(looks: Sequence[Look], labels: list[str]) -> None:
    """What most of a thread's author lines are word for word, each above another name and its time, is a button that no list
    knows: the names are below it."""
    authors = lines_of(labels, "author")
    alike = Counter(looks[i].lower for i in authors if not looks[i].dates and looks[i].width <= SHORT)
    word, count = next(iter(alike.most_common(1)), ("", 0))
    lines = [i for i in authors if looks[i].lower == word and i > 0]
    below = [i + 1 for i in lines if _heads(looks, labels, i + 1)]
    if count < CLOSERS or count * 2 < len(authors) or len(below) < max(1, len(lines) - 1):
        return
    if len({looks[i].lower for i in below}) * 2 <= len(below):
        return
    for i in lines:
        labels[i] = "meta"
    for i in below:
        labels[i] = "author"


def _heads(looks: Sequence[Look], labels: Sequence[str], i: int) -> bool:
    """True for what could be a name with its time, beside it or on the line below."""
    if i + 1 >= len(looks) or labels[i] not in ("meta", "author"):
        return False
    look, below = looks[i], looks[i + 1]
    named = bool(read_author(look)) and not is_rank(look) and any(map(str.isalpha, look.text))
    return named and bool(look.dates or look.ago or below.dates or below.ago)
