"""``/patterns/`` that can't run away. Python's matcher backtracks and can't be stopped from outside, so a pattern is taken only
if its cost is bounded by its shape, and it is matched on stretches of text whose length that bound allows.

The bound: let n be the length of a stretch, k the number of open-ended repeats (``*``, ``+``) and c the product of all other
choices (alternatives, optional parts). A search takes at most c * n^(k+1) steps, some seconds' worth: the more choices, the
shorter the stretches. Repeats of something that itself varies (``(a+)+``), back references and look-around have no such bound
and are refused.
"""

from __future__ import annotations

import importlib
import re
import time
import unicodedata
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

from newsdesk.errors import UsageError

_MOST_CHOICES = 3000
_OPEN_ENDED = 40  # a bounded repeat longer than this counts as open-ended
# By the number of open-ended repeats: characters, and up to how many choices it is so many.
_STRETCH, _CHOICES_IN_FULL = (100_000, 4000, 500), (3000, 40, 20)
_LONGEST_PATTERN = 300


@dataclass(slots=True)
class _Cost:
    open_ended: int = 0
    choices: int = 1

    def stretch(self) -> int:
        """The length of the stretches that a pattern of this cost is matched on, in characters."""
        fewer = min(1.0, _CHOICES_IN_FULL[self.open_ended] / self.choices)
        return int(_STRETCH[self.open_ended] * fewer ** (1 / (self.open_ended + 1)))


def _walk(items: Any, cost: _Cost, repeated: bool) -> None:
    """Add up the cost of a parsed pattern (the tree of the standard library's own parser)."""
    for operator, argument in items:
        name = str(operator)
        if name in ("LITERAL", "NOT_LITERAL", "ANY", "IN", "AT", "CATEGORY"):
            continue
        if name == "SUBPATTERN":
            _walk(argument[3], cost, repeated)
        elif name == "BRANCH" and not repeated:
            cost.choices *= len(argument[1])
            for branch in argument[1]:
                _walk(branch, cost, repeated)
        elif name in ("MAX_REPEAT", "MIN_REPEAT", "POSSESSIVE_REPEAT"):
            _repeat(argument, cost, repeated)
        else:
            raise UsageError(_refusal(name))


def _refusal(name: str) -> str:
    reasons = {
        "BRANCH": "alternatives inside a repeat, as in (a|b)+",
        "GROUPREF": "back references",
        "ASSERT": "look-around",
        "ASSERT_NOT": "look-around",
    }
    return f"a pattern with {reasons.get(name, 'this construct')} could take forever; write it without"


def _repeat(argument: Any, cost: _Cost, repeated: bool) -> None:
    low, high, inner = argument
    if low == high and high <= _OPEN_ENDED:  # {3}: no choice of its own, but each time all of those inside
        once = _Cost()
        _walk(inner, once, repeated)
        cost.open_ended += high * once.open_ended
        cost.choices = min(cost.choices * min(once.choices, _MOST_CHOICES + 1) ** high, _MOST_CHOICES + 1)
        return
    if repeated:
        raise UsageError("a pattern with a repeat inside a repeat, as in (a+)+, could take forever; write it without")
    if high > _OPEN_ENDED:
        cost.open_ended += 1
    else:
        cost.choices *= high - low + 1
    _walk(inner, cost, repeated=True)


@lru_cache(maxsize=64)
def measure(pattern: str) -> _Cost:
    """What a search for `pattern` costs at most. UsageError where that has no bound, or is no pattern."""
    if len(pattern) > _LONGEST_PATTERN:
        raise UsageError(f"this pattern is longer than {_LONGEST_PATTERN} characters; make it shorter")
    try:
        compiled = re.compile(pattern, re.IGNORECASE)
        tree = importlib.import_module("re._parser").parse(pattern, re.IGNORECASE)
    except (re.error, RecursionError, OverflowError) as error:
        raise UsageError(f"this is not a pattern: {error}") from None
    if compiled.flags & (re.LOCALE | re.VERBOSE):
        raise UsageError("inline flags are not for patterns here; write it without")
    cost = _Cost()
    _walk(tree, cost, repeated=False)
    if cost.open_ended >= len(_STRETCH) or cost.choices > _MOST_CHOICES:
        raise UsageError(
            f"this pattern leaves too much open; use at most {len(_STRETCH) - 1} of * and +, and fewer alternatives"
        )
    return cost


def read_pattern(pattern: str) -> str:
    """`pattern` in the form that stories are kept in, if its cost is bounded. UsageError says what is wrong with it."""
    if not pattern:
        raise UsageError("there is nothing between the slashes")
    pattern = unicodedata.normalize("NFC", pattern)
    measure(pattern)
    return pattern


def _stretches(text: str, size: int) -> Iterator[tuple[int, int]]:
    """Where stretches of `size` that overlap by half begin and end in `text`: a match of up to half a stretch lies in one of
    them. They end at a space, where there is one, since to the matcher the text ends there."""
    if len(text) <= size:
        yield 0, len(text)
        return
    for at in range(0, len(text) - size // 2, size // 2):
        space = text.find(" ", at + size, at + size + size // 8)
        yield at, at + size if space < 0 else space


def _to_the_end(pattern: str) -> bool:
    """Whether a match of `pattern` may have to end where the paragraph does, and not where a stretch of it does."""
    return "$" in pattern or r"\Z" in pattern


class PatternTooSlowError(UsageError):
    """A search by pattern ran out of its time; narrow it by other terms."""


def pattern_found(pattern: str, paragraphs: Iterable[str], deadline: float | None = None) -> bool:
    """Whether a paragraph holds the pattern. `deadline` is a moment of :func:`time.monotonic`; past it PatternTooSlowError."""
    compiled = re.compile(pattern, re.IGNORECASE)
    size = measure(pattern).stretch()
    for paragraph in paragraphs:
        for start, end in _stretches(paragraph, size):
            found = compiled.search(paragraph, start, end)
            if found and (found.end() < end or end >= len(paragraph) or not _to_the_end(pattern)):
                return True
            if deadline is not None and time.monotonic() > deadline:
                raise PatternTooSlowError(f"/{pattern}/ takes too long on so many stories; add words or a prefix beside it")
    return False
