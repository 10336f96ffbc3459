"""Query text to a tree of terms, by recursive descent. Each error says where it is and how to mend it."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import datetime
from itertools import pairwise
from typing import Literal, NoReturn, TypeAlias

from newsdesk.errors import QueryError, UsageError
from newsdesk.query.patterns import read_pattern
from newsdesk.query.terms import And, Field, Not, Or, Regex, Term
from newsdesk.query.values import READERS, nearest_prefix, read_words

_MOST_CHARS = 4000
_MOST_TERMS = 200
_DEEPEST = 40
# SQLite nests an OR of many terms; FTS5 allows a depth of 256.

Kind: TypeAlias = Literal["open", "close", "or", "not", "term", "sign", "end"]

# As they stand alone in a pasted headline. A minus does not: who leaves a space behind it would find what they exclude.
_LONE_SIGN = "[–—−&|+·•…:,;]"
# Terms side by side must all match, with AND between them or without.
_PASSED_OVER = re.compile(r"(?:\s+|AND(?=[\s()]|$))*")
_BETWEEN = re.compile(rf"(?:\s+(?:AND|{_LONE_SIGN}))*\s*$")
_OPERATOR = re.compile(r"(OR|NOT)(?=[\s()]|$)")
_TERM_END = re.compile(r"[\s)]|$")
_PREFIX = re.compile(r"([A-Za-z][A-Za-z-]*):")
_QUOTED = re.compile(r'"([^"]*)"(\*?)')
# As they come with a pasted headline, or from a keyboard that helps: a dash right before a word is a minus, too.
_QUOTED_IN_PRINT = re.compile(r'[“„«»]([^“”„«»"]*)[”“»«](\*?)')
_DASH = re.compile(r"[–−](?=\S)")
_SIGN = re.compile(rf"{_LONE_SIGN}(?=[\s)]|$)")
_SLASHED = re.compile(r"/((?:[^/\\]|\\.)*)/")
_BARE = re.compile(r'[^\s()"]+')


@dataclass(frozen=True, slots=True)
class _Token:
    kind: Kind
    at: int
    term: Term | None = None


class _Scanner:
    """Cuts the text into tokens; a term is read whole, with its prefix."""

    def __init__(self, text: str, now: datetime) -> None:
        self.text, self.now, self.at = text, now, 0

    def fail(self, why: str, at: int | None = None) -> NoReturn:
        raise QueryError(self.text, self.at if at is None else at, why)

    def scan(self) -> list[_Token]:
        tokens: list[_Token] = []
        while (token := self._next()).kind != "end":
            tokens.append(token)
            if len(tokens) > _MOST_TERMS * 3:
                self.fail(f"more than {_MOST_TERMS} terms; make it shorter")
        return [*tokens, token]

    def _next(self) -> _Token:
        self.at = _PASSED_OVER.match(self.text, self.at).end()  # type: ignore[union-attr]
        at, rest = self.at, self.text[self.at : self.at + 1]
        if not rest:
            return _Token("end", at)
        if rest in "()":
            self.at += 1
            return _Token("open" if rest == "(" else "close", at)
        if rest == "-" or _DASH.match(self.text, at):
            self.at += 1
            if not self.text[self.at : self.at + 1].strip():
                self.fail("a minus has to stand right before what it excludes, as in -sport", at)
            return _Token("not", at)
        if operator := _OPERATOR.match(self.text, at):
            self.at = operator.end()
            return _Token("or" if operator[1] == "OR" else "not", at)
        if _SIGN.match(self.text, at):
            self.at += 1
            return _Token("sign", at)
        return _Token("term", at, self._term())

    def _term(self) -> Term:
        at = self.at
        prefix = _PREFIX.match(self.text, at)
        name = prefix[1].casefold() if prefix else ""
        if prefix:
            self._check_prefix(name, prefix.end(), at)
            self.at = prefix.end()
        if self.text[self.at : self.at + 1] == "/" and (pattern := self._pattern(name)):
            return pattern
        value = self._value(name)
        try:
            return READERS[name](value, self.now) if prefix else read_words(value)
        except UsageError as error:
            self.fail(str(error), at)

    def _check_prefix(self, name: str, end: int, at: int) -> None:
        if name not in READERS:
            word = self.text[at:end]
            self.fail(f'there is no prefix {word} ({nearest_prefix(name)}); to search for the word itself write "{word}"', at)
        if not self.text[end : end + 1].strip(" \t\n()"):
            self.fail(f"{name}: needs a value right after the colon", at)

    def _value(self, name: str) -> str:
        quoted = _QUOTED_IN_PRINT.match(self.text, self.at) or _QUOTED.match(self.text, self.at)
        if self.text[self.at] == '"' and not quoted:
            self.fail("this quotation mark is never closed")
        if quoted:
            self.at = quoted.end()
            if not quoted[1].strip():
                self.fail("there is nothing between the quotation marks", quoted.start())
            return quoted[1] + quoted[2]
        bare = _BARE.match(self.text, self.at)
        if not bare:
            self.fail(f"{name}: needs a value right after the colon")
        self.at = bare.end()
        return bare[0]

    def _pattern(self, name: str) -> Regex | None:
        """The ``/pattern/`` here; None where it is a word that begins with a slash (a path)."""
        found = _SLASHED.match(self.text, self.at)
        if not found:
            self.fail("this pattern has no closing slash")
        if not _TERM_END.match(self.text, found.end()):
            return None
        fields: dict[str, Field] = {"": "any", "title": "title", "body": "body"}
        if name not in fields:
            self.fail("a /pattern/ can stand alone or after title: or body:")
        try:
            pattern = read_pattern(found[1])
        except UsageError as error:
            self.fail(str(error))
        self.at = found.end()
        return Regex(pattern, fields[name])


class _Parser:
    def __init__(self, scanner: _Scanner) -> None:
        self.scanner = scanner
        self.tokens = scanner.scan()
        self.place = 0

    @property
    def token(self) -> _Token:
        return self.tokens[self.place]

    def parse(self) -> Term | None:
        if self.token.kind == "end" and not self.scanner.text.strip():
            return None
        term = self._either(0)
        if self.token.kind == "close":
            self.scanner.fail("this parenthesis was never opened", self.token.at)
        return term

    def _either(self, depth: int) -> Term:
        terms = [self._all(depth)]
        while self.token.kind == "or":
            self.place += 1
            terms.append(self._all(depth))
        return terms[0] if len(terms) == 1 else Or(tuple(terms))

    def _all(self, depth: int) -> Term:
        terms: list[Term] = []
        while self.token.kind in ("term", "not", "open", "sign"):
            if self.token.kind == "sign":
                self.place += 1
            else:
                terms.append(self._one(depth))
        if not terms:
            where = {"or": "before OR", "close": "inside the parentheses", "end": "at the end"}[self.token.kind]
            self.scanner.fail(f"a term is missing {where}", self.token.at)
        return terms[0] if len(terms) == 1 else And(tuple(terms))

    def _one(self, depth: int) -> Term:
        token = self.token
        self.place += 1
        if depth > _DEEPEST:
            self.scanner.fail("too many parentheses inside each other", token.at)
        if token.term is not None:
            return token.term
        if token.kind == "not":
            if self.token.kind not in ("term", "not", "open"):
                self.scanner.fail("a term is missing after the minus", self.token.at)
            return Not(self._one(depth + 1))
        term = self._either(depth + 1)
        if self.token.kind != "close":
            self.scanner.fail("this parenthesis is never closed", token.at)
        self.place += 1
        return term


def parse_term(text: str, now: datetime) -> Term | None:
    """The tree of `text`, None for an empty query. UsageError names the mistake, its column (from 1) and the mend."""
    if len(text) > _MOST_CHARS:
        raise UsageError(f"query: longer than {_MOST_CHARS} characters; make it shorter")
    return _Parser(_Scanner(text, now)).parse()


def parts_of(text: str, now: datetime) -> list[str]:
    """The parts of a query all of which must match, as they are typed; one that is not such is its only part. UsageError."""
    starts, depth, negated = [], 0, False
    for token in _Scanner(text, now).scan():
        if not depth and token.kind == "or":
            return [text.strip()]
        if not depth and not negated and token.kind in ("term", "not", "open"):
            starts.append(token.at)
        depth += {"open": 1, "close": -1}.get(token.kind, 0)
        negated = token.kind == "not"
    return [_BETWEEN.sub("", text[at:end]) for at, end in pairwise([*starts, len(text)])]
