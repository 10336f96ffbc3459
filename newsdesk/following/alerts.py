"""Alerts: what in a follow calls for one, and which were raised before. Pure; the archive gathers the facts.

Rules, as they are written in the settings and after `--alert`:

*new-country*    a story of the follow is about a country that none before was about
*velocity*       stories come in faster than usual: at least :data:`BURST` in the last day, and three times as many as on an
                 average day of the four weeks before (a ratio test with a floor, as simple as it can be explained)
*sources:N*      a storyline is told by N outlets or agencies
*keyword:QUERY*  a new story matches a query of its own
*mood*           the comments of a storyline's new stories are of another mood than those before, or the new comments on a
                 story than its earlier ones: both shares of negative ones are sure enough (Wilson's intervals at 95 %,
                 widened by the model's errors, do not meet), with ten comments a side that the same model read
*correction*     an outlet changed a headline, withdrew a story or took that back

Each is raised once: a country, source count, mood or keyword once a storyline, a correction once a revision, a burst once
until the stories came slower in between.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import chain
from typing import Literal, TypeAlias, get_args

from newsdesk.errors import UsageError
from newsdesk.model import FEWEST_FOR_SHARE, Json

RULES: tuple[str, ...] = ("new-country", "velocity", "sources:N", "keyword:QUERY", "mood", "correction")
BURST = 4
FASTER = 3
USUAL_DAYS = 28
_MOST_TOLD = 2000
_OF_KNOWN_STORIES = ("correction:", "thread:")
_RIGHT = 0.75  # the chance that the label of a sure comment is right, about: only counts are known here


Way: TypeAlias = Literal["file", "command"]  # how an alert is carried out of newsdesk
WAYS: tuple[Way, ...] = get_args(Way)


@dataclass(frozen=True, slots=True)
class Raised:
    """An alert that was raised: the follow's name, its text, when that was (UTC, ``Z``; "" is now) and in what ways it has yet
    to be carried. `key` is what the archive keeps it under until it was."""

    follow: str
    text: str
    at: str = ""
    ways: tuple[Way, ...] = WAYS
    key: str = ""


@dataclass(frozen=True, slots=True)
class Rule:
    """One alert rule. `argument` is the number of ``sources:N`` or the query of ``keyword:QUERY``."""

    name: str
    argument: str = ""

    @property
    def text(self) -> str:
        return f"{self.name}:{self.argument}" if self.argument else self.name


def read_rule(text: str) -> Rule:
    """A rule as a person writes it. Raises UsageError that names the nearest, or what is missing."""
    name, _, argument = text.strip().partition(":")
    argument = argument.strip()
    if name in ("new-country", "velocity", "mood", "correction") and not argument:
        return Rule(name)
    if name == "sources":
        if not re.fullmatch(r"[1-9]\d{0,3}", argument) or int(argument) < 2:
            raise UsageError(f"'{text}': write how many sources there must be, 2 or more, as in sources:5")
        return Rule(name, argument)
    if name == "keyword":
        if not argument:
            raise UsageError(f"'{text}': write what a story must match, as in keyword:evacuation")
        return Rule(name, argument)
    from newsdesk.query.values import nearest

    raise UsageError(f"there is no alert '{text}'; {nearest(name, RULES)}")


def read_rules(texts: Iterable[str]) -> tuple[str, ...]:
    """The rules, each once, as they are kept. Raises UsageError."""
    return tuple(dict.fromkeys(read_rule(text).text for text in texts))


def tell_of_known_stories(rules: Iterable[str]) -> bool:
    """Whether any of the rules may call for an alert where no story is new."""
    return not {"correction", "mood"}.isdisjoint(rules)


@dataclass(frozen=True, slots=True)
class LineFacts:
    """A storyline that a new story of the follow belongs to, or a story whose thread went on. `before` and `after` the last
    look: comments that are negative, and all that are not unsure."""

    id: str
    title: str
    sources: int
    before: tuple[int, int] = (0, 0)
    after: tuple[int, int] = (0, 0)


@dataclass(frozen=True, slots=True)
class Match:
    """A new story that a keyword's query matches."""

    rule: str
    line: str
    heading: str


@dataclass(frozen=True, slots=True)
class Correction:
    """A story that was changed after it was known: its latest revision, and what it says of itself now."""

    story: str
    revision: int
    before: str
    after: str


@dataclass(frozen=True, slots=True)
class Facts:
    """What the rules look at. `new_countries` are codes of stories since the last look, and of none before; `last_day` and
    `usual` are stories of the last 24 hours and of the :data:`USUAL_DAYS` days before. `threads` are stories whose readers
    wrote on."""

    new_countries: frozenset[str] = frozenset()
    last_day: int = 0
    usual: int = 0
    lines: tuple[LineFacts, ...] = ()
    threads: tuple[LineFacts, ...] = ()
    matches: tuple[Match, ...] = ()
    corrections: tuple[Correction, ...] = ()


@dataclass(frozen=True, slots=True)
class Alert:
    """An alert that stands. `key` is what it is told once by, `text` what a person reads."""

    key: str
    text: str

    @property
    def is_of_known_story(self) -> bool:
        """Whether it stands where no story is new."""
        return self.key.startswith(_OF_KNOWN_STORIES)


def find_alerts(rules: Sequence[str], facts: Facts) -> tuple[Alert, ...]:
    """The alerts that the rules call for."""
    found = ((rule := read_rule(text), _FINDERS[rule.name]) for text in rules)
    return tuple(alert for rule, find in found for alert in find(rule, facts))


def _new_countries(_: Rule, facts: Facts) -> Iterator[Alert]:
    yield from (Alert(f"new-country:{code}", f"new-country: {code} for the first time") for code in sorted(facts.new_countries))


def _burst(_: Rule, facts: Facts) -> Iterator[Alert]:
    if facts.last_day >= BURST and facts.last_day * USUAL_DAYS >= FASTER * facts.usual:
        usual = facts.usual / USUAL_DAYS
        yield Alert("velocity", f"velocity: {facts.last_day} stories in a day, {usual:.1f} a day before")


def _enough_sources(rule: Rule, facts: Facts) -> Iterator[Alert]:
    for line in facts.lines:
        if line.sources >= int(rule.argument):
            yield Alert(f"{rule.text}:{line.id}", f"sources: {line.sources} carry “{line.title}”")


def _keyword(rule: Rule, facts: Facts) -> Iterator[Alert]:
    for match in facts.matches:
        if match.rule == rule.text:
            yield Alert(f"{rule.text}:{match.line}", f"keyword {rule.argument}: “{match.heading}”")


def _swings(_: Rule, facts: Facts) -> Iterator[Alert]:
    sides = (("mood", line) for line in facts.lines), (("thread", thread) for thread in facts.threads)
    yield from (alert for kind, line in chain(*sides) if (alert := _swing(kind, line)) is not None)


def _corrections(_: Rule, facts: Facts) -> Iterator[Alert]:
    for change in facts.corrections:
        yield Alert(f"correction:{change.story}:{change.revision}", f"correction: {change.after}, previously {change.before}")


_FINDERS: Mapping[str, Callable[[Rule, Facts], Iterator[Alert]]] = {
    "new-country": _new_countries,
    "velocity": _burst,
    "sources": _enough_sources,
    "keyword": _keyword,
    "mood": _swings,
    "correction": _corrections,
}


def _swing(kind: str, line: LineFacts) -> Alert | None:
    (was, of), (now, among) = line.before, line.after
    if min(of, among) < FEWEST_FOR_SHARE:
        return None
    (low, high), (new_low, new_high) = _interval(was, of), _interval(now, among)
    if new_low <= high and low <= new_high:
        return None
    way = "more negative" if new_low > high else "less negative"
    return Alert(
        f"{kind}:{line.id}:{way}", f"mood: comments on “{line.title}” {now / among:.0%} negative, {was / of:.0%} before"
    )


def _interval(negative: int, sure: int) -> tuple[float, float]:
    from newsdesk.sentiment.summary import widened

    return widened([_RIGHT] * negative, [_RIGHT] * (sure - negative))


def untold(alerts: Sequence[Alert], told: Mapping[str, Json]) -> tuple[tuple[Alert, ...], dict[str, Json]]:
    """The alerts that were not raised yet, each key once, and what is told from here on; `told` is what that was before."""
    known = _known(told)
    standing = {alert.key: alert for alert in reversed(alerts)}
    fresh = tuple(
        alert for key in dict.fromkeys(alert.key for alert in alerts) if key not in known and (alert := standing[key])
    )
    kept = [key for key in known if key != "velocity" or key in standing]
    return fresh, {"keys": [*kept, *(alert.key for alert in fresh)][-_MOST_TOLD:]}


def _known(told: Mapping[str, Json]) -> dict[str, None]:
    """The keys that were told; what an earlier version wrote (countries, and whether stories came fast) is read too."""
    keys = [key for key in told.get("keys", ()) if isinstance(key, str)]
    keys += [f"new-country:{code}" for code in told.get("countries", ()) if isinstance(code, str)]
    keys += ["velocity"] if told.get("fast") else []
    return dict.fromkeys(keys)
