"""The parts of a query as frozen values: a tree of :class:`And`, :class:`Or`, :class:`Not` over terms."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal, TypeAlias

Field: TypeAlias = Literal["any", "title", "body"]
Flag: TypeAlias = Literal["unread", "read", "starred", "followed", "changed", "muted"]
MoodWord: TypeAlias = Literal["negative", "neutral", "positive", "mixed", "none"]
CommentPart: TypeAlias = Literal["text", "author"]


@dataclass(frozen=True, slots=True)
class Words:
    """Consecutive word tokens (see :mod:`newsdesk.query.words`); with `prefix` the last one is the start of a word."""

    tokens: tuple[str, ...]
    prefix: bool = False
    field: Field = "any"


@dataclass(frozen=True, slots=True)
class Regex:
    """A pattern found to be safe (see :mod:`newsdesk.query.patterns`); case doesn't count, matched paragraph by paragraph."""

    pattern: str
    field: Field = "any"


@dataclass(frozen=True, slots=True)
class SourceIs:
    """The source or the outlet holds these tokens."""

    tokens: tuple[str, ...]
    prefix: bool = False


@dataclass(frozen=True, slots=True)
class TopicIs:
    """One of these topic ids; "" is unknown."""

    topics: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class CountryIs:
    """About the country of this code; "" is unknown."""

    code: str


@dataclass(frozen=True, slots=True)
class PublishedIn:
    """Published by an outlet of this country; "" is unknown."""

    code: str


@dataclass(frozen=True, slots=True)
class LanguageIs:
    """Written in the language of this code; "" is unknown."""

    code: str


@dataclass(frozen=True, slots=True)
class StorylineIs:
    """In the storyline whose id starts with `prefix`, or whose title holds the tokens, the last of them as the start of a word
    if `open_end`."""

    prefix: str
    tokens: tuple[str, ...]
    open_end: bool = False


@dataclass(frozen=True, slots=True)
class Is:
    flag: Flag


@dataclass(frozen=True, slots=True)
class Comments:
    """`low` to `high` comments, both included; no `high` is no bound."""

    low: int
    high: int | None


@dataclass(frozen=True, slots=True)
class CommentHas:
    """One of the comments has these tokens, consecutively, in its text or in its author's name."""

    part: CommentPart
    tokens: tuple[str, ...]
    prefix: bool = False


@dataclass(frozen=True, slots=True)
class MoodIs:
    """The largest share of the scored comments; ``mixed`` where none leads, ``none`` where nothing is scored."""

    mood: MoodWord


@dataclass(frozen=True, slots=True)
class Between:
    """The story's date (printed, else when it was first seen) in minutes since 0001-01-01 UTC: `low` <= date < `high`."""

    low: int | None
    high: int | None


@dataclass(frozen=True, slots=True)
class SinceLastRun:
    """Came in with the latest refresh."""


@dataclass(frozen=True, slots=True)
class SinceLastVisit:
    """Came in since the dashboard was closed last; everything, where it never was."""


@dataclass(frozen=True, slots=True)
class SinceLastLook:
    """New in a follow: came in since the person looked at it last."""


@dataclass(frozen=True, slots=True)
class ArrivedAfter:
    """Came in after this arrival number (not typed by people: it is how follows tell what is new)."""

    number: int


@dataclass(frozen=True, slots=True)
class And:
    terms: tuple[Term, ...]


@dataclass(frozen=True, slots=True)
class Or:
    terms: tuple[Term, ...]


@dataclass(frozen=True, slots=True)
class Not:
    term: Term


Leaf: TypeAlias = (
    Words
    | Regex
    | SourceIs
    | TopicIs
    | CountryIs
    | PublishedIn
    | LanguageIs
    | StorylineIs
    | Is
    | Comments
    | CommentHas
    | MoodIs
    | Between
    | SinceLastRun
    | SinceLastVisit
    | SinceLastLook
    | ArrivedAfter
)
Term: TypeAlias = Leaf | And | Or | Not


def asks(term: Term | None, flag: Flag) -> bool:
    """Whether a term holds ``is:`` with this flag."""
    return _holds(term, Is(flag))


def asks_follows(term: Term | None) -> bool:
    """Whether a term depends on what is followed."""
    return asks(term, "followed") or _holds(term, SinceLastLook())


def _holds(term: Term | None, leaf: Leaf) -> bool:
    if isinstance(term, And | Or):
        return any(_holds(part, leaf) for part in term.terms)
    return _holds(term.term, leaf) if isinstance(term, Not) else term == leaf


def both(one: Term | None, other: Term) -> Term:
    """A term that matches what both match, flat, so that either can be where reading starts."""
    terms = one.terms if isinstance(one, And) else (one,) if one is not None else ()
    return And((*terms, other))
