"""The start of a word that most stories have (``w*``): looked for in the newest stories' texts, where it is soon found.

The search index puts together all that begins so before it gives the first story: of a million that takes as long as there
are stories that have it. To cut one story into words takes a twentieth of a millisecond, so what is common is found sooner
by looking at stories, and what is rare by asking the index. Which it is, a few of the newest stories tell.
"""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Mapping, Sequence

from newsdesk.model import Json
from newsdesk.query.terms import And, CommentHas, Field, Not, Or, SourceIs, Term, Words
from newsdesk.query.words import index_words
from newsdesk.threads.kept_text import without_comments

LOOKED_THROUGH = 1000  # of the newest stories; after them the index is asked
MOST_NAMED = 400  # given stories up to which their texts are looked through
_SAMPLE = 40
_COMMON = 10  # of the sample: then a page of stories is found sooner than the index begins
LATEST = "(SELECT json FROM revision WHERE story = s.key AND n = s.revision)"


def has_start(term: Term | None) -> bool:
    """Whether the index is asked for the start of a word."""
    if isinstance(term, And | Or):
        return any(map(has_start, term.terms))
    if isinstance(term, Not):
        return has_start(term.term)
    return isinstance(term, Words | SourceIs) and term.prefix


def needle_of(term: Words | SourceIs | CommentHas) -> str:
    """What stands in the words of a text, each between two spaces, that has `term`."""
    return f" {' '.join(term.tokens)}{'' if term.prefix else ' '}"


def clause_of_text(term: Words) -> tuple[str, list[str]]:
    """The condition on ``story s`` that its text has `term`."""
    return f"has_words(?, ?, {LATEST})", [needle_of(term), term.field]


def has_words(needle: str, field: Field, text: str) -> bool:
    """Whether the words of a field (title, body, source or any of them) of the story that is kept as `text` have `needle`."""
    from newsdesk.query.match import columns_of

    story = json.loads(without_comments(text))
    return any(needle in _words_of(story, column) for column in columns_of(field))


def read_words(connection: sqlite3.Connection, docs: Sequence[int]) -> dict[int, dict[str, str]]:
    """The words, each between two spaces, of each story at these `docs`, by field."""
    sql = f"SELECT s.doc, {LATEST} FROM story s WHERE s.doc IN (SELECT value FROM json_each(?))"  # noqa: S608
    rows = connection.execute(sql, (json.dumps(list(docs)),))
    return {doc: _fields_of(json.loads(without_comments(text))) for doc, text in rows}


def _fields_of(story: Mapping[str, Json]) -> dict[str, str]:
    words = {column: _words_of(story, column) for column in ("title", "body", "source")}
    return {**words, "any": "|".join(words.values())}  # no phrase goes from one column into the next


def docs_with(term: Words | SourceIs, texts: Mapping[int, Mapping[str, str]]) -> list[int]:
    """Of `texts`, as :func:`read_words` gives them, those that have `term`."""
    needle, field = needle_of(term), "source" if isinstance(term, SourceIs) else term.field
    return [doc for doc, words in texts.items() if needle in words[field]]


def _words_of(story: Mapping[str, Json], column: str) -> str:
    return f" {' '.join(index_words(_column(story, column)))} "


def _column(story: Mapping[str, Json], column: str) -> str:
    """The text that the index was given for a column: see :mod:`newsdesk.query.match`."""
    from newsdesk.query.match import names_in

    if column == "title":
        return story["title"] or ""
    if column == "body":
        parts = [*story["highlights"], *story["body"], story["byline"], story["dateline"]]
    else:
        parts = [story["source"], story["outlet"], *names_in(story["extra"])]
    return "\n".join(filter(None, parts))


def is_common(connection: sqlite3.Connection, term: Term | None) -> bool:
    """Whether many stories have all the starts of words that `term` asks for, side by side with whatever else."""
    wanted = _starts(term)
    if not wanted:
        return False
    rows = connection.execute(f"SELECT {LATEST} FROM story s ORDER BY doc DESC LIMIT ?", (_SAMPLE,))  # noqa: S608
    found = 0
    for at, (text,) in enumerate(rows):
        if found + _SAMPLE - at < _COMMON:
            break
        found += all(has_words(needle_of(start), start.field, text) for start in wanted)
        if found >= _COMMON:
            return True
    return False


def _starts(term: Term | None) -> Sequence[Words]:
    terms = term.terms if isinstance(term, And) else (term,)
    return [part for part in terms if isinstance(part, Words) and part.prefix]
