"""Threads without times, votes or buttons, a name above each text: who speaks is told by the names that come again."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence

from fetchers.seeds.page_text.lines.looks import Look
from fetchers.seeds.page_text.lines.positions import lines_of

NAME = 30  # columns of a name at most
AUTHORS = 4  # from so many on a thread shows how it is printed


_HANDLE = re.compile(r"@[\w.-]{2,40}(?:@[\w-]+(?:\.[\w-]+)+)?")  # "@ann", "@ann@example.social"


def set_handles_apart(looks: Sequence[Look], labels: Sequence[str]) -> Sequence[str]:
    """A handle and nothing else between a name and what is said is what the author is called too, where others have one."""
    handles = [i for i in lines_of(labels, "author") if _HANDLE.fullmatch(looks[i + 1].text if i + 1 < len(looks) else "")]
    if len(handles) < 2:
        return labels
    below = {i + 1 for i in handles if labels[i + 1 : i + 3] == ["comment", "comment"]}
    return ["meta" if i in below else label for i, label in enumerate(labels)]


def name_speakers(looks: Sequence[Look], labels: Sequence[str]) -> Sequence[str]:
    """Labels of such a thread: a name that comes again heads a text wherever a text stands above it, and is words of the
    comment right below another name, whom it then speaks to."""
    authors = lines_of(labels, "author")
    if len(authors) < AUTHORS or "meta" in labels or any(looks[i].dates or looks[i].ago for i in authors):
        return labels
    if all(looks[i].starts == "-" for i in authors):
        return labels  # signed below, with a dash
    if _are_signed(looks, labels, authors):
        first = authors[0] - 1
        lost = labels[first] == "aside" and looks[first].ends == "." and looks[first].width >= NAME
        return [*labels[:first], "comment", *labels[first + 1 :]] if lost else labels
    end = _last_line(looks, labels, authors)
    thread = range(authors[0], end)
    if any(looks[i].line.blanks for i in thread[1:]) or any(labels[i] not in ("author", "comment", "aside") for i in thread):
        return labels
    names = _names(looks, labels, thread)
    mended, said = list(labels), True
    for i in thread:
        heads = said and i + 1 < end and (labels[i] == "author" or looks[i].lower in names)
        mended[i], said = ("author", False) if heads else ("comment", True)
    return mended


def _are_signed(looks: Sequence[Look], labels: Sequence[str], authors: Sequence[int]) -> bool:
    """True if names with a town ("Ann Lee, Leeds") stand below what they wrote: a text above the first, none below the last."""
    placed = sum(", " in looks[i].text for i in authors) * 3 >= len(authors) * 2
    return placed and labels[authors[0] - 1] in ("comment", "aside") and "comment" not in labels[authors[-1] :]


def _last_line(looks: Sequence[Look], labels: Sequence[str], authors: Sequence[int]) -> int:
    """Where the thread ends: below its last comment, or below one line more if that is what its last author says."""
    last = max(i for i, label in enumerate(labels) if label in ("author", "comment"))
    ended = last == authors[-1] and last + 1 < len(looks) and labels[last + 1] == "aside" and looks[last + 1].ends == "."
    return last + 1 + ended


def _names(looks: Sequence[Look], labels: Sequence[str], thread: range) -> set[str]:
    """The thread's names that come twice: as an author's, spoken to with "@", or always below a text and above another."""
    short = [i for i in thread if looks[i].width <= NAME and looks[i].ends in "a0" and looks[i].starts not in ("q", ">", "@")]
    counts = Counter(looks[i].lower for i in short)
    called = {looks[i].lower for i in short if labels[i] == "author"}
    spoken = {name for i in thread if "@" in looks[i].text for name in _spoken_to(looks[i].lower)}
    below = Counter(looks[i].lower for i in short if i > thread.start and labels[i - 1] == "comment" and labels[i] == "comment")
    again = {name for name, count in counts.items() if count >= 2 and (name in called or below[name] == count)}
    return again | (spoken & counts.keys())


def _spoken_to(text: str) -> list[str]:
    """What may be the name behind the first "@" of a line: its first word, its first two, and so on."""
    words = text.partition("@")[2][: NAME + 1].rstrip(" ,.:;!?").split(" ")
    return [" ".join(words[:count]).rstrip(",.:;!?") for count in range(1, len(words) + 1)]
