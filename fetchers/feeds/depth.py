"""How deep a document nests, told before a parser that takes its time over each level is let at it."""

from __future__ import annotations

import re

DEEPEST = 5_000
_TAG = re.compile(rb"<(?:(!\[CDATA\[|!--)|(/?)([a-zA-Z][^\s<>/]*)[^<>]*>)")
_ENDS = {b"![CDATA[": b"]]>", b"!--": b"-->"}
_EMPTY = frozenset(b"area base br col embed hr img input link meta param source track wbr".split())


def is_too_deep(data: bytes) -> bool:
    """Whether more than :data:`DEEPEST` elements are open at once somewhere. An end closes whatever was left open inside, as in
    HTML; what is in CDATA and comments is text. Linear in the document; one of two bytes a sign is not looked at."""
    names: list[bytes] = []
    count: dict[bytes, int] = {}
    at = 0
    while found := _TAG.search(data, at):
        at = found.end()
        if found[1]:
            end = data.find(_ENDS[found[1]], at)
            if end < 0:
                return False
            at = end
        elif found[2]:
            _close(found[3], names, count)
        elif found[3].lower() not in _EMPTY and not found[0].endswith(b"/>"):
            names.append(found[3])
            count[found[3]] = count.get(found[3], 0) + 1
            if len(names) > DEEPEST:
                return True
    return False


def _close(name: bytes, names: list[bytes], count: dict[bytes, int]) -> None:
    """The element `name`, and what was opened in it, is no longer open."""
    while count.get(name):
        last = names.pop()
        count[last] -= 1
        if last == name:
            return
