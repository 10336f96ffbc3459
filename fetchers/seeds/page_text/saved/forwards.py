"""Messages that somebody passed on: the page is the message inside, not the few words and the heads of mail above it."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace

from fetchers.seeds.page_text.lines.lines import Line, Page
from fetchers.seeds.page_text.thread.mail import FIELDS
from newsdesk.dates import find_dates

HEAD_LEAST, HEAD_MOST = 3, 9  # fields of a message's head
NOTED = 3  # long lines above a passed-on message, at most: more are a text of their own
RUNNING = 80  # characters of a long line
TOLD = 2  # long lines of a message with something to tell, at least
ABOVE = 2  # lines between "Forwarded message" and the head, at most
HEADED = 5  # lines below a head in which the subject may stand again as the headline

_FIELD = re.compile(
    r"[*_>\s]{0,4}(?:" + "|".join(f"(?P<{kind}>{names})" for kind, names in FIELDS.items()) + r"|[^\W\d_][^:\uff1a\s]{0,18}"
    r"(?:\s[^:\uff1a\s]{1,12})?)[*_]{0,2}\s?[:\uff1a][*_]{0,2}\s?(?P<value>\S.*)$",
    re.IGNORECASE,
)
_PASSED_ON = re.compile(
    r"forwarded|weitergeleitet|transf[eé]r[eé]|réexpédié|reenviad|encaminhad|inoltrat|doorgestuur|vidarebefor|videresen|välitet|przekazan|"
    r"přeposlan|пересыла|пересл|προωθ|iletil|転送|转发|轉寄|전달|محول|إعادة توجيه|अग्रेषित",
    re.IGNORECASE,
)
_PREFIX = re.compile(
    r"(?:(?:fwd?|wg|tr|rv|enc|res|vs|vb|pd|vl|i|ilt|re|aw|sv|rép|odp|antw|转发|轉寄|転送|回复)\s?[:\uff1a]\s?)+", re.IGNORECASE
)
_FORWARD = re.compile(r"(?:\w{2,4}\s?:\s?)*(?:fwd?|wg|tr|rv|enc|vs|vb|pd|vl|i|ilt|转发|轉寄|転送)\s?[:\uff1a]", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class _Head:
    """The lines of a message's head: from `start` to before `stop`; what it says of the subject and the time."""

    start: int
    stop: int
    subject: str
    date: Line


def without_forwarding(page: Page) -> Page:
    """The message that a page passes on, under its subject and its time; another page as it is."""
    heads = _heads(page.lines)
    first = next((n for n, head in enumerate(heads) if _FORWARD.match(head.subject)), len(heads))
    forwarded = [n for n, head in enumerate(heads) if n > first or _is_marked(page.lines, head)]
    if not forwarded and len(heads) == 1 and heads[0].start < ABOVE:
        forwarded = [0]  # a message that was copied as it came
    if not forwarded:
        return page
    ends = [*(head.start for head in heads[1:]), len(page.lines)]
    told = (n for n in forwarded if _long(page.lines[heads[n].stop : ends[n]]) >= TOLD)
    head = heads[next(told, forwarded[-1])]
    fields = {i for one in heads for i in range(one.start, one.stop)}
    noted = [line for i, line in enumerate(page.lines[: head.start]) if i not in fields]
    return page if _long(noted) > NOTED else replace(page, lines=_message(page.lines, head))


def _heads(lines: Sequence[Line]) -> list[_Head]:
    heads: list[_Head] = []
    for i, line in enumerate(lines):
        if heads and i < heads[-1].stop:
            continue
        head = _head_at(lines, i) if _FIELD.match(line.text) else None
        heads += [head] if head else []
    return heads


def _head_at(lines: Sequence[Line], start: int) -> _Head | None:
    """The head that begins at line `start`: fields in a row that name sender, subject and time."""
    said: dict[str, tuple[str, Line]] = {}
    stop = start
    while stop < min(len(lines), start + HEAD_MOST) and (stop == start or not lines[stop].blanks):
        found = _FIELD.match(lines[stop].text)
        if not found:
            break
        kind = next((kind for kind in FIELDS if found[kind]), None)
        said.setdefault(kind, (found["value"], lines[stop])) if kind else None
        stop += 1
    if stop - start < HEAD_LEAST or len(said) < len(FIELDS) or not find_dates(said["date"][0]):
        return None
    return _Head(start, stop, said["subject"][0], said["date"][1])


def _is_marked(lines: Sequence[Line], head: _Head) -> bool:
    """True if a line above the head says that what follows was passed on."""
    said = lines[max(0, head.start - ABOVE) : head.start]
    return any(_PASSED_ON.search(line.text) and len(line.text) <= RUNNING for line in said)


def _long(lines: Sequence[Line]) -> int:
    return sum(len(line.text) >= RUNNING for line in lines)


def _message(lines: Sequence[Line], head: _Head) -> tuple[Line, ...]:
    below = [_unquoted(line) for line in lines[head.stop :]]
    subject = _PREFIX.sub("", head.subject).strip()
    again = any(subject.lower() in line.text.lower() for line in below[:HEADED])
    date = _FIELD.match(head.date.text)
    named = Line(date["value"] if date else head.date.text, blanks=1)
    return (
        *([] if again else [Line(subject)]),
        named,
        *(replace(line, blanks=max(1, line.blanks)) for line in below[:1]),
        *below[1:],
    )


def _unquoted(line: Line) -> Line:
    return replace(line, text=line.text[1:].lstrip()) if line.text.startswith("> ") else line
