"""What a query asks of stories' texts as they are kept: functions that SQL calls for each story, until their time is up.

A comment is looked for in the stories that have some, without an index of comments: that would cost each comment as much as
it takes to store it, and is asked for now and then. What can't hold the words is left after a look at the whole thread.
"""

from __future__ import annotations

import json
import time

from newsdesk.errors import UsageError
from newsdesk.query.patterns import PatternTooSlowError, pattern_found
from newsdesk.query.words import index_words, loosely_folded
from newsdesk.threads.kept_text import comments_with, without_comments

MOST_S = 10.0


class _Search:
    """A function of SQL, and why it gave up, which SQLite doesn't pass on."""

    def __init__(self) -> None:
        self.deadline = time.monotonic() + MOST_S
        self.failure: UsageError | None = None


class PatternSearch(_Search):
    """``has_pattern(pattern, field, story)``."""

    NAME = "has_pattern"

    def __call__(self, pattern: str, field: str, text: str) -> bool:
        from newsdesk.query.match import columns_of

        story = json.loads(without_comments(text))
        parts: list[str] = []
        for column in columns_of(field):  # type: ignore[arg-type]
            if column == "title":
                parts.append(story["title"] or "")
            elif column == "body":
                parts += [*story["highlights"], *story["body"], story["byline"] or "", story["dateline"] or ""]
        try:
            return pattern_found(pattern, parts, self.deadline)
        except PatternTooSlowError as error:
            self.failure = error
            raise


class CommentSearch(_Search):
    """``has_comment(needle, part, story)``: whether the words of a comment's text or author, each between two spaces, have the
    needle."""

    NAME = "has_comment"

    def __call__(self, needle: str, part: str, text: str) -> bool:
        if time.monotonic() > self.deadline:
            self.failure = UsageError(
                f"comments with “{needle.strip()}” take too long to find among so many; add newer:30d or another term beside it"
            )
            raise self.failure
        words = needle.split()
        found = comments_with(text, lambda piece: all(map(loosely_folded(piece).__contains__, words)))
        return any(needle in f" {' '.join(index_words(comment[part] or ''))} " for comment in found)


SEARCHES: tuple[type[PatternSearch] | type[CommentSearch], ...] = (PatternSearch, CommentSearch)


def asked_in(sql: str) -> list[PatternSearch | CommentSearch]:
    """The functions that a statement calls: what reads whole stories."""
    return [search() for search in SEARCHES if f"{search.NAME}(" in sql]
