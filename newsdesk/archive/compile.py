"""A query as SQL. User's words are only ever parameters, and only ever as tokens inside quotes of the search index.

Lists are read along an index in the order of time: of the term that narrows most (`Plan.start`), and the others filter.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import chain
from typing import Any

from newsdesk.archive.ids import to_key
from newsdesk.archive.tags import topic_number
from newsdesk.archive.word_starts import LATEST, clause_of_text, docs_with, has_start, needle_of
from newsdesk.query.terms import (
    And,
    ArrivedAfter,
    Between,
    CommentHas,
    Comments,
    CountryIs,
    Is,
    LanguageIs,
    MoodIs,
    Not,
    Or,
    PublishedIn,
    Regex,
    SinceLastLook,
    SinceLastRun,
    SinceLastVisit,
    SourceIs,
    StorylineIs,
    Term,
    TopicIs,
    Words,
    asks,
    both,
)
from newsdesk.query.words import index_words

A_MINUTE = 256
"""Places of `doc` in a minute: stories of one minute are told apart by the low bits."""
_ID_CHARS = 11
_FEW_ARRIVALS = 5000
_A_ROW = 50  # clauses that stand one after the other


@dataclass(frozen=True, slots=True)
class Context:
    """What a query means depends on: the person's stars and follows, the state of the archive, and the sitting.

    `pinned` are the storylines that the person pinned: shown, never asked for. `stretches`, where there are some, hold every
    story that the query is over: from one `doc` to another, in order (:mod:`newsdesk.archive.time_stretches`). `in_texts`: the
    start of a word is looked for in the text of each story, and not in the index (:mod:`.word_starts`). `texts`,
    where it is there, has the words of every story that the query is over (:func:`.word_starts.read_words`). Stories
    whose source or outlet has one of the names `muted` match only a query that asks whether they are muted; with `muted_known`
    the connection's table ``temp.muted`` has their `doc` (:func:`newsdesk.archive.read.knowing_muted`). `looks` has what each
    follow matches, and the arrival number of the last look at it.
    """

    stars: tuple[str, ...] = ()
    followed: Term | None = None
    run_start: int = 0
    arrivals: int = 0
    sitting: int = 0
    pinned: frozenset[str] = frozenset()
    stretches: tuple[tuple[int, int], ...] = ()
    in_texts: bool = False
    texts: Mapping[int, Mapping[str, str]] | None = None
    visit: int = 0
    muted: tuple[str, ...] = ()
    muted_known: bool = False
    looks: tuple[tuple[Term, int], ...] = ()


@dataclass(slots=True)
class Plan:
    """``FROM`` and ``WHERE`` of a query. `story` is always in it, as ``s``; `doc` is the column to sort by time with."""

    start: str = "story s"
    doc: str = "s.doc"
    where: list[str] = field(default_factory=list)
    values: list[Any] = field(default_factory=list)

    def add(self, clause: str, *values: Any) -> None:
        self.where.append(clause)
        self.values.extend(values)

    @property
    def body(self) -> str:
        return f"FROM {self.start} WHERE {' AND '.join(self.where) or '1'}"

    @property
    def body_with_marks(self) -> str:
        """The same with ``r.story``, which is NULL for a story that is not read."""
        return f"FROM {self.start} LEFT JOIN read_mark r ON r.story = s.key WHERE {' AND '.join(self.where) or '1'}"


Clause = tuple[str, list[Any]]


def match_text(term: Words | SourceIs) -> str:
    """The search index's own language for a term. Tokens are letters and digits only (see :mod:`newsdesk.query.words`)."""
    column = "source" if isinstance(term, SourceIs) else term.field
    phrase = f'"{" ".join(term.tokens)}"' + (" *" if term.prefix else "")
    return phrase if column == "any" else f"{column} : {phrase}"


def match_of(term: Term) -> str | None:
    """The search index's own language for a term that it answers alone; None for any other."""
    if isinstance(term, Words | SourceIs):
        return match_text(term)
    if not isinstance(term, And | Or):
        return None
    parts = [part for part in map(match_of, term.terms) if part is not None]
    word = " AND " if isinstance(term, And) else " OR "
    return f"({word.join(parts)})" if len(parts) == len(term.terms) else None


def _match_alone(term: Term, context: Context) -> str | None:
    """As :func:`match_of`, for what is left to the index."""
    return None if context.texts is not None or (context.in_texts and has_start(term)) else match_of(term)


def _words(term: Term, context: Context) -> Clause:
    if context.texts is not None and isinstance(term, Words | SourceIs):
        docs = docs_with(term, context.texts)
        return ("s.doc IN (SELECT value FROM json_each(?))", [json.dumps(docs)]) if docs else ("0", [])
    if context.in_texts and isinstance(term, Words) and term.prefix:
        return clause_of_text(term)
    match = match_of(term)
    if not context.stretches:
        return "s.doc IN (SELECT rowid FROM words WHERE words MATCH ?)", [match]
    parts = context.stretches
    if has_start(term):  # the start of a word costs as much for one stretch as for all
        parts = ((parts[0][0], parts[-1][1]),)
    found = " UNION ALL ".join(["SELECT rowid FROM words WHERE words MATCH ? AND rowid BETWEEN ? AND ?"] * len(parts))
    # The sign keeps it from being read along the index, once for each story that has the word.
    return f"+s.doc IN ({found})", [value for part in parts for value in (match, *part)]


def _regex(term: Regex, _: Context) -> Clause:
    return f"has_pattern(?, ?, {LATEST})", [term.pattern, term.field]


def _comment_has(term: CommentHas, _: Context) -> Clause:
    # The sign keeps the stories in the order of time: the first ones that have it are there before all are looked through.
    return f"(+s.comments > 0 AND has_comment(?, ?, {LATEST}))", [needle_of(term), term.part]


def _topic(term: TopicIs, _: Context) -> Clause:
    holes = ", ".join("?" * len(term.topics))
    clause = f"EXISTS (SELECT 1 FROM story_topic x WHERE x.topic IN ({holes}) AND x.doc = s.doc)"  # noqa: S608
    return clause, [topic_number(topic) for topic in term.topics]


def _country(term: CountryIs, _: Context) -> Clause:
    return "EXISTS (SELECT 1 FROM story_country x WHERE x.country = ? AND x.doc = s.doc)", [term.code]


def _storyline(term: StorylineIs, _: Context) -> Clause:
    named = "SELECT storyline FROM storyline_word WHERE word "
    tokens = list(dict.fromkeys(term.tokens[:-1] if term.open_end else term.tokens))
    conditions = ["= ?"] * len(tokens)
    if term.open_end:
        tokens += [term.tokens[-1]] * 2
        conditions.append("BETWEEN ? AND ? || char(0x10ffff)")
    lines = " INTERSECT ".join([named + condition for condition in conditions])
    if not term.prefix:
        return f"s.storyline IN ({lines})", tokens
    by_id = "SELECT n FROM storyline WHERE id >= ? AND id < ? || '~'"
    forwarded = "SELECT n FROM storyline JOIN forward ON id = new WHERE old >= ? AND old < ? || '~'"
    ids = [term.prefix] * 4
    every = f"{by_id} UNION {forwarded} UNION SELECT * FROM ({lines})"  # noqa: S608
    return f"s.storyline IN ({every})", [*ids, *tokens]


def _is(term: Is, context: Context) -> Clause:
    read = "EXISTS (SELECT 1 FROM read_mark WHERE story = s.key)"
    if term.flag == "read":
        return read, []
    if term.flag == "unread":
        return f"NOT {read}", []
    if term.flag == "changed":
        return "s.key IN (SELECT story FROM revision WHERE n > 1)", []  # an index tells: 100,000 stories take 3 ms, not 80
    if term.flag == "muted":
        if not context.muted:
            return "0", []
        if context.muted_known:
            return "s.doc IN (SELECT doc FROM temp.muted)", []
        named = "(SELECT value COLLATE NOCASE FROM json_each(?))"
        return f"(ifnull(s.source, '') IN {named} OR ifnull(s.outlet, '') IN {named})", [json.dumps(context.muted)] * 2
    if term.flag == "starred":
        return "s.key IN (SELECT value FROM json_each(?))", [json.dumps([to_key(star) for star in context.stars])]
    return clause_of(context.followed, context) if context.followed is not None else ("0", [])


def _since_look(_: SinceLastLook, context: Context) -> Clause:
    parts = tuple(both(term, ArrivedAfter(number)) for term, number in context.looks)
    return clause_of(Or(parts), context) if parts else ("0", [])


def _comments(term: Comments, _: Context) -> Clause:
    if term.high is None:
        return "s.comments >= ?", [term.low]
    return "s.comments BETWEEN ? AND ?", [term.low, term.high]


def _between(term: Between, _: Context, doc: str = "s.doc") -> Clause:
    clauses, values = ["1"], []
    if term.low is not None:
        clauses.append(f"{doc} >= ?")
        values.append(term.low * A_MINUTE)
    if term.high is not None:
        clauses.append(f"{doc} < ?")
        values.append(term.high * A_MINUTE)
    return f"({' AND '.join(clauses)})", values


def _joined(word: str) -> Callable[[And | Or, Context], Clause]:
    def join(term: And | Or, context: Context) -> Clause:
        if _match_alone(term, context) is not None:
            return _words(term, context)
        parts = [clause_of(part, context) for part in sorted(_with_words_as_one(term, context), key=cost_of)]
        return _balanced([part[0] for part in parts], word), [value for part in parts for value in part[1]]

    return join


def _with_words_as_one(term: And | Or, context: Context) -> Sequence[Term]:
    """The parts of a term, those that the search index answers as one of them: a question costs it more than a word."""
    words, others = list[Term](), list[Term]()
    for part in term.terms:
        (others if _match_alone(part, context) is None or has_start(part) else words).append(part)
    return [*others, type(term)(tuple(words))] if len(words) > 1 else term.terms


def _balanced(clauses: Sequence[str], word: str) -> str:
    """The clauses joined so that they nest no deeper than they must: SQLite takes a thousand levels, and there may be more."""
    if len(clauses) <= _A_ROW:
        return f"({word.join(clauses)})"
    step = -(-len(clauses) // _A_ROW)
    return _balanced([_balanced(clauses[at : at + step], word) for at in range(0, len(clauses), step)], word)


def _not(term: Not, context: Context) -> Clause:
    clause, values = clause_of(term.term, context)
    return f"NOT ({clause})", values


_CLAUSES: Mapping[type, Callable[[Any, Context], Clause]] = {
    Words: _words,
    SourceIs: _words,
    Regex: _regex,
    TopicIs: _topic,
    CountryIs: _country,
    LanguageIs: lambda term, _: ("s.language IS ?", [term.code or None]),
    PublishedIn: lambda term, _: ("s.published_in = ?", [term.code]),
    StorylineIs: _storyline,
    Is: _is,
    Comments: _comments,
    CommentHas: _comment_has,
    MoodIs: lambda term, _: ("s.mood = ?", [term.mood]),
    Between: _between,
    SinceLastRun: lambda _, context: ("s.arrived > ?", [context.run_start]),
    SinceLastVisit: lambda _, context: ("s.arrived > ?", [context.visit]),
    SinceLastLook: _since_look,
    ArrivedAfter: lambda term, _: ("s.arrived > ?", [term.number]),
    And: _joined(" AND "),
    Or: _joined(" OR "),
    Not: _not,
}


def clause_of(term: Term, context: Context) -> Clause:
    """A condition on ``story s``, and its values."""
    clause, values = _CLAUSES[type(term)](term, context)
    return clause, values


def cost_of(term: Term) -> int:
    """Patterns, comments and starts of words last: they read whole stories. Before them what asks the search index, which need
    not be asked where something else tells."""
    if isinstance(term, And | Or):
        return max(map(cost_of, term.terms))
    if isinstance(term, Not):
        return cost_of(term.term)
    return 2 if isinstance(term, Regex | CommentHas) or has_start(term) else int(isinstance(term, Words | SourceIs))


def _take_words(terms: list[Term], context: Context) -> str:
    """What the search index can say to all of `terms` at once, which are taken out; nothing where it would only exclude."""
    wanted = {at: match for at, term in enumerate(terms) if (match := _match_alone(term, context))}
    if not wanted:
        return ""
    excluded = {at: term.term for at, term in enumerate(terms) if isinstance(term, Not)}
    others = {at: match for at, term in excluded.items() if (match := _match_alone(term, context))}
    terms[:] = [term for at, term in enumerate(terms) if at not in wanted and at not in others]
    found = " AND ".join(wanted.values())
    return f"({found}) NOT ({' OR '.join(others.values())})" if others else found


def _match_muted(context: Context) -> str:
    """What finds the stories of the muted names, and a few others, in the search index; nothing where it can't tell."""
    names = [tuple(index_words(name)) for name in context.muted]
    return " OR ".join(match_text(SourceIs(name)) for name in names) if names and all(names) else ""


def _after(term: Term, context: Context) -> int | None:
    """The arrival number after which a term's stories came in, if that is what it asks."""
    if isinstance(term, SinceLastRun):
        return context.run_start
    if isinstance(term, SinceLastVisit):
        return context.visit
    if isinstance(term, SinceLastLook):
        return min((number for _, number in context.looks), default=context.arrivals)
    return term.number if isinstance(term, ArrivedAfter) else None


def _start_of(terms: list[Term], context: Context) -> tuple[Term | None, Plan]:
    """The term to start from, and a plan that does. Words narrow most, then storylines, what is new, country, topic."""
    match = _take_words(terms, context) or (_match_muted(context) if Is("muted") in terms else "")
    if match:
        plan = Plan("words w CROSS JOIN story s ON s.doc = w.rowid", "w.rowid")
        plan.add("words MATCH ?", match)
        return None, plan
    for term in terms:
        if isinstance(term, StorylineIs) and len(term.prefix) == _ID_CHARS:
            return None, Plan("story s INDEXED BY story_storyline")
    for term in terms:
        number = _after(term, context)
        if number is not None and context.arrivals - number <= _FEW_ARRIVALS:
            return None, Plan("story s INDEXED BY story_arrived")
    for term in terms:
        if isinstance(term, CountryIs):
            plan = Plan("story_country t CROSS JOIN story s ON s.doc = t.doc", "t.doc")
            plan.add("t.country = ?", term.code)
            return term, plan
    for term in terms:
        if isinstance(term, TopicIs) and len(term.topics) == 1:
            plan = Plan("story_topic t CROSS JOIN story s ON s.doc = t.doc", "t.doc")
            plan.add("t.topic = ?", topic_number(term.topics[0]))
            return term, plan
    return None, Plan()


def _side_by_side(term: Term) -> Iterator[Term]:
    """The terms that must all match, whatever parentheses are around some."""
    if isinstance(term, And):
        yield from chain.from_iterable(map(_side_by_side, term.terms))
    else:
        yield term


def make_plan(term: Term | None, context: Context, plan: Plan | None = None) -> Plan:
    """The SQL of a query; with a `plan`, conditions are added to that one, and it decides from where to start.

    What is muted is left out here, as whatever belongs to other sittings is, unless the query asks for it.
    """
    terms = list(_side_by_side(term)) if term is not None else []
    start: Term | None = None
    if plan is None:
        start, plan = _start_of(terms, context)
    if context.muted and not asks(term, "muted"):
        terms.append(Not(Is("muted")))
    for part in sorted((part for part in terms if part is not start), key=cost_of):
        # The search index is told of its own column, or it gives all stories that have the words.
        clause, values = _between(part, context, plan.doc) if isinstance(part, Between) else clause_of(part, context)
        plan.add(clause, *values)
    plan.where.append(f"s.sitting IN (0, {context.sitting:d})" if context.sitting else "s.sitting = 0")
    return plan
