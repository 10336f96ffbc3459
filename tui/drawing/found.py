"""What a search looked for, in the text that it found: where it stands, and marked there.

Words are told as the search tells them (:mod:`newsdesk.query.words`): whole or by their start, whatever their case and accents.
"""

from __future__ import annotations

import re
import time
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise

from newsdesk.errors import UsageError
from newsdesk.model import Comment
from newsdesk.query import parse
from newsdesk.query.match import comment_has
from newsdesk.query.terms import And, CommentHas, CommentPart, Or, Regex, Term, Words
from newsdesk.query.words import index_words, words_with_places
from tui.drawing.render import Line, Span

INK = "found"
NAME, TEXT = "line-read", ("text", "muted")  # the inks of a comment's author and of its text
MOST_PHRASES = 50
MOST_LINES = 300  # of one comment: in the rest of a longer one nothing is marked
MOST_S = 0.05  # for patterns, which are matched while a person waits; what is not reached is not marked


@dataclass(frozen=True, slots=True)
class Sought:
    """`phrases`: words that follow each other, and whether the last is only the start of one. `patterns` are looked for in each
    line by itself."""

    phrases: tuple[tuple[tuple[str, ...], bool], ...] = ()
    patterns: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class SoughtInThread:
    """What is looked for in comments: any of the `terms`."""

    terms: tuple[CommentHas, ...]

    def is_in(self, comment: Comment) -> bool:
        return any(comment_has(term, comment) for term in self.terms)

    def mark(self, comment: Comment, lines: Sequence[Line]) -> list[Line]:
        """The lines of a comment (:func:`tui.panes.thread.comment_lines`) with what is sought in its text or author."""
        if not self.is_in(comment):
            return list(lines)
        head, *below = lines
        name = next((at for at, (_, ink) in enumerate(head) if ink == NAME), len(head))
        named = self._marked("author", [head[name : name + 1]])[0]
        text = [at for at, line in enumerate(below[:MOST_LINES]) if line and line[-1][1] in TEXT]
        for at, line in zip(text, self._marked("text", [below[at] for at in text]), strict=True):
            below[at] = line
        return [(*head[:name], *named, *head[name + 1 :]), *below]

    def _marked(self, part: CommentPart, lines: Sequence[Line]) -> Sequence[Line]:
        phrases = tuple((term.tokens, term.prefix) for term in self.terms if term.part == part)
        return mark(lines, Sought(phrases)) if phrases else lines


def sought_by(query: str) -> Sought | None:
    """What a query wants to stand in a text; None where that is nothing, or the query can't be read."""
    terms = _terms_of(query)
    phrases = [(term.tokens, term.prefix) for term in terms if isinstance(term, Words) and term.tokens]
    patterns = [term.pattern for term in terms if isinstance(term, Regex)]
    return Sought(tuple(phrases[:MOST_PHRASES]), tuple(patterns[:MOST_PHRASES])) if phrases or patterns else None


def sought_words(text: str) -> Sought | None:
    """Each word of `text`, or the start of one."""
    phrases = tuple(((token,), True) for token in dict.fromkeys(index_words(text)))
    return Sought(phrases[:MOST_PHRASES]) if phrases else None


def sought_in_thread(query: str) -> SoughtInThread | None:
    """What a query wants to stand in comments; None where that is nothing, or the query can't be read."""
    terms = tuple(term for term in _terms_of(query) if isinstance(term, CommentHas))[:MOST_PHRASES]
    return SoughtInThread(terms) if terms else None


def words_in_thread(text: str) -> SoughtInThread:
    """Each word of `text`, or the start of one, in a comment or in its author's name."""
    parts: tuple[CommentPart, ...] = ("text", "author")
    words = list(dict.fromkeys(index_words(text)))[:MOST_PHRASES]
    return SoughtInThread(tuple(CommentHas(part, (word,), True) for part in parts for word in words))


def author_in_thread(name: str) -> SoughtInThread:
    """An author's whole name."""
    tokens = tuple(index_words(name))
    return SoughtInThread((CommentHas("author", tokens),) if tokens else ())


def _terms_of(query: str) -> list[Term]:
    try:
        return list(_wanted(parse(query).term))
    except UsageError:
        return []


def _wanted(term: Term | None) -> Iterator[Term]:
    """The terms that speak for a story, not against it."""
    if isinstance(term, And | Or):
        for part in term.terms:
            yield from _wanted(part)
    elif isinstance(term, Words | Regex | CommentHas):
        yield term


def mark(lines: Sequence[Line], sought: Sought) -> list[Line]:
    """The lines with what is sought in the ink :data:`INK`, also where a phrase goes on in the next line."""
    texts = ["".join(text for text, _ in line) for line in lines]
    words = [(y, *place) for y, text in enumerate(texts) for place in words_with_places(text)]
    tokens = [token for *_, token in words]
    marks: dict[int, list[tuple[int, int]]] = {}
    for phrase, prefix in sought.phrases:
        for at in _places(tokens, phrase, prefix):
            for y, start, end, _ in words[at : at + len(phrase)]:
                marks.setdefault(y, []).append((start, end))
    deadline = time.thread_time() + MOST_S  # not by the clock: a busy machine would leave marks out
    for y, text in enumerate(texts if sought.patterns else ()):
        if time.thread_time() >= deadline:
            break
        for pattern in sought.patterns:
            marks.setdefault(y, []).extend(match.span() for match in re.finditer(pattern, text, re.IGNORECASE) if match[0])
    return [_inked(line, marks[y]) if marks.get(y) else line for y, line in enumerate(lines)]


def _places(tokens: Sequence[str], phrase: tuple[str, ...], prefix: bool) -> Iterator[int]:
    *whole, last = phrase
    for end in range(len(whole), len(tokens)):
        token = tokens[end]
        if (token.startswith(last) if prefix else token == last) and tokens[end - len(whole) : end] == whole:
            yield end - len(whole)


def _inked(line: Line, marks: Sequence[tuple[int, int]]) -> Line:
    spans: list[Span] = []
    at = 0
    for text, ink in line:
        cuts = {0, len(text)} | {cut - at for mark in marks for cut in mark if 0 < cut - at < len(text)}
        for start, end in pairwise(sorted(cuts)):
            inside = any(first <= at + start and at + end <= last for first, last in marks)
            spans.append((text[start:end], INK if inside else ink))
        at += len(text)
    return tuple(spans)


def found_lines(lines: Sequence[Line]) -> list[int]:
    """The lines in which something was found."""
    return [y for y, line in enumerate(lines) if any(ink == INK for _, ink in line)]
