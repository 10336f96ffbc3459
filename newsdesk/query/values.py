"""What may stand after a prefix: a person's words for a topic, a country, a date, a number, into a term."""

from __future__ import annotations

import difflib
import re
from collections.abc import Callable, Iterable, Mapping
from datetime import datetime
from typing import cast, get_args

from newsdesk.errors import UsageError
from newsdesk.query.moments import end_of_day_before, read_moment
from newsdesk.query.terms import (
    And,
    Between,
    CommentHas,
    CommentPart,
    Comments,
    CountryIs,
    Field,
    Flag,
    Is,
    LanguageIs,
    MoodIs,
    MoodWord,
    Not,
    Or,
    PublishedIn,
    SinceLastLook,
    SinceLastRun,
    SinceLastVisit,
    SourceIs,
    StorylineIs,
    Term,
    TopicIs,
    Words,
)
from newsdesk.query.words import fold, search_words, split_words

_UNKNOWN = frozenset({"unknown", "none", "?"})
_MANY = re.compile(r"\w\w\ws$")
_TOPIC_ID = re.compile(r"(?:medtop:)?(\d{8})")
_ID = re.compile(r"[st](?=.*[2-7])[a-z2-7]{4,10}|[st][a-z]{7,10}")
_COUNT = re.compile(r"(>=|<=|>|<|=)?(\d{1,9})|(\d{1,9})\.\.(\d{1,9})")


# What else a prefix may be called.
_MEANT: Mapping[str, str] = {
    **dict.fromkeys(("after", "from"), "newer"),
    **dict.fromkeys(("before", "until", "to"), "older"),
    **dict.fromkeys(("feed", "tag", "outlet"), "source"),
    **dict.fromkeys(("section", "category"), "topic"),
    "sentiment": "mood",
    "lang": "language",
    "headline": "title",
    "text": "body",
    "place": "country",
}


def nearest_prefix(name: str) -> str:
    """A mend for a prefix that there is none of: the one that may be meant, else the nearest, else all."""
    if name in ("date", "day", "published"):
        return "write newer:2026-01-31 older:2026-02-07"
    return f"did you mean '{_MEANT[name]}'?" if name in _MEANT else nearest(name, READERS)


def nearest(word: str, choices: Iterable[str], shown: Iterable[str] = ()) -> str:
    """A mend for an unknown word: the nearest of `choices`, else all of them, or those of them to be `shown`."""
    choices = list(choices)
    close = difflib.get_close_matches(word.casefold(), choices, n=1, cutoff=0.6)
    return f"did you mean '{close[0]}'?" if close else f"it can be {', '.join(shown or choices)}"


def may_be_id(text: str) -> bool:
    """Whether a word that may be an id of a story or storyline, or the start of one, is likely meant as it: it has a digit, or
    is so long that it is none by chance. Of a hundred thousand ids three begin with "shoe", and at times one with "storm"."""
    return _ID.fullmatch(text) is not None


def find_topic(text: str) -> tuple[str, ...]:
    """The id of the topic that a person means by its id, its name, or the start of the name or of a word in it. UsageError.

    A top-level topic comes before a narrower one of the like name: ``topic:crime`` is all of crime, law and justice. What
    goes by no name in the plural is looked for in the singular: ``topic:sports`` is sport.
    """
    from newsdesk.topics.names import TOPICS
    from newsdesk.topics.narrower import names as narrower_names

    if text.casefold() in _UNKNOWN:
        return ("",)
    levels = (TOPICS, narrower_names())
    code = _TOPIC_ID.fullmatch(text)
    if code and any(f"medtop:{code[1]}" in level for level in levels):
        return (f"medtop:{code[1]}",)
    words = " ".join(split_words(text))
    for level in levels if words else ():
        found = _named(words, level) or (_named(words[:-1], level) if _MANY.search(words) else [])
        if len(found) == 1:
            return (found[0],)
        if found:
            raise UsageError(f"'{text}' may be any of: {', '.join(level[topic] for topic in found)}; write more of the name")
    words_of_names = {word for level in levels for name in level.values() for word in split_words(name) if len(word) > 3}
    top = [split_words(name)[0] for name in TOPICS.values()]
    raise UsageError(f"no topic is called '{text}'; {nearest(text, sorted(words_of_names), [*top, 'or a narrower one'])}")


def _named(words: str, level: Mapping[str, str]) -> list[str]:
    """The topics of the very name, else of one that begins so, else of one with a word that begins so."""
    names = {topic: " ".join(split_words(name)) for topic, name in level.items()}
    tests: tuple[Callable[[str], bool], ...] = (
        lambda name: name == words,
        lambda name: name.startswith(words),
        lambda name: f" {words}" in name,
    )
    return next((found for test in tests if (found := [topic for topic, name in names.items() if test(name)])), [])


def find_country(text: str) -> str:
    """The code of the country that a person means, "" for unknown. UsageError if there is none."""
    from newsdesk.countries import country_names
    from newsdesk.countries import find_country as look_up

    if text.casefold() in _UNKNOWN:
        return ""
    code = look_up(text)
    if code is None:
        names = {name.casefold(): name for name in country_names().values()}
        near = difflib.get_close_matches(text.casefold(), names, 1, 0.8)
        mend = f"did you mean '{names[near[0]]}'?" if near else "write its English name or its two-letter code (JP)"
        raise UsageError(f"no country is called '{text}'; {mend}")
    return code


def find_language(text: str) -> str:
    """The code of a language, "" for unknown. UsageError if it is none."""
    from newsdesk.language_codes import language_code

    code = language_code(text)
    if code is None and text.casefold() not in _UNKNOWN:
        raise UsageError(f"language:{text} is no language's code (ISO 639-1); write its two letters, as in language:fr")
    return code or ""


def read_words(text: str, field: Field = "any") -> Words:
    """A word or phrase; a star at its end makes its last word the start of one."""
    tokens, open_end = search_words(text.rstrip("*"))
    if not tokens:
        raise UsageError(f"'{text}' holds no word to search for; for signs use a pattern: /{re.escape(text)}/")
    return Words(tokens, open_end or text.endswith("*"), field)


def _source(text: str, _: datetime) -> Term:
    words = read_words(text)
    return SourceIs(words.tokens, words.prefix)


def _storyline(text: str, _: datetime) -> Term:
    prefix = text if text[0] == "t" and may_be_id(text) else ""
    words = read_words(text)
    return StorylineIs(prefix, words.tokens, words.prefix)


def _flag(text: str, _: datetime) -> Term:
    flag = text.casefold()
    if flag not in get_args(Flag):
        raise UsageError(f"is:{text} is not known; {nearest(text, get_args(Flag))}")
    return Is(cast(Flag, flag))


def _mood(text: str, _: datetime) -> Term:
    mood = text.casefold()
    if mood not in get_args(MoodWord):
        raise UsageError(f"mood:{text} is not known; {nearest(text, get_args(MoodWord))}")
    return MoodIs(cast(MoodWord, mood))


def _comments(text: str, _: datetime) -> Term:
    found = _COUNT.fullmatch(text)
    if not found:
        raise UsageError(
            f"comments:{text} is not a number; write comments:10, comments:>10, comments:<=3 or comments:5..20;"
            f" to look for words in comments write comment:{text}"
        )
    sign, number, low, high = found.groups()
    if number is None:
        return Comments(int(low), int(high))
    at = int(number)
    bounds: dict[str | None, tuple[int, int | None]] = {
        ">": (at + 1, None),
        ">=": (at, None),
        "<": (0, at - 1),
        "<=": (0, at),
    }
    return Comments(*bounds.get(sign, (at, at)))


def _comment_has(part: CommentPart) -> Callable[[str, datetime], Term]:
    def read(text: str, _: datetime) -> Term:
        if part == "text" and text[0] in "<>=":
            raise UsageError(f"comment:{text} looks for words; for the number of comments write comments:{text}")
        words = read_words(text)
        return CommentHas(part, words.tokens, words.prefix)

    return read


def _minute(prefix: str, text: str, now: datetime) -> int:
    minute = read_moment(text, now)
    if minute is None:
        raise UsageError(
            f"{prefix}:{text} is neither an age nor a date; write {prefix}:2d, {prefix}:6h, {prefix}:yesterday"
            f" or {prefix}:2026-01-31"
        )
    return max(minute, 0)


def _newer(text: str, now: datetime) -> Term:
    low = _minute("newer", text, now)
    before = end_of_day_before(text, now)
    newer = Between(low, None)
    return newer if before is None or before < low else And((newer, Not(Between(before, before + 1))))


def _older(text: str, now: datetime) -> Term:
    high = _minute("older", text, now)
    before = end_of_day_before(text, now)
    older = Between(None, high)
    return older if before is None or before < high else Or((older, Between(before, before + 1)))


_SINCE: Mapping[str, Term] = {"last-run": SinceLastRun(), "last-visit": SinceLastVisit(), "last-look": SinceLastLook()}


def _since(text: str, _: datetime) -> Term:
    found = _SINCE.get(fold(text))
    if found is None:
        *some, last = (f"since:{name}" for name in _SINCE)
        names = f"{', '.join(some)} or {last}"
        raise UsageError(f"since:{text} is not known; write {names}, or newer: with an age or a date, as newer:yesterday")
    return found


READERS: Mapping[str, Callable[[str, datetime], Term]] = {
    "title": lambda text, _: read_words(text, "title"),
    "body": lambda text, _: read_words(text, "body"),
    "source": _source,
    "topic": lambda text, _: TopicIs(find_topic(text)),
    "country": lambda text, _: CountryIs(find_country(text)),
    "published-in": lambda text, _: PublishedIn(find_country(text)),
    "language": lambda text, _: LanguageIs(find_language(text)),
    "storyline": _storyline,
    "is": _flag,
    "comments": _comments,
    "comment": _comment_has("text"),
    "commenter": _comment_has("author"),
    "mood": _mood,
    "newer": _newer,
    "older": _older,
    "since": _since,
}
"""A reader for each prefix."""
