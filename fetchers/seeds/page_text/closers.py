"""Lines of one form that end a thread's comments, and what they tell of the lines beside them."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence

from fetchers.seeds.page_text.looks import Look


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
