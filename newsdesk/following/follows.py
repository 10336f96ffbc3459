"""What a person follows: the query that a follow stands for, and how it is kept. Pure."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import asdict, replace

from newsdesk.archive.rows import Follow, FollowKind
from newsdesk.config import Config
from newsdesk.config.lines import Lines
from newsdesk.errors import UsageError
from newsdesk.model import Json
from newsdesk.person.notebook import Change
from newsdesk.query.terms import CountryIs, StorylineIs, Term, TopicIs, asks_follows


def follow_id(kind: FollowKind, target: str) -> str:
    """The id of a follow: the same for the same thing followed again."""
    import base64
    import hashlib

    digest = hashlib.blake2b(f"{kind}\n{target}".encode("utf-8", "surrogatepass"), digest_size=5).digest()
    return "f" + base64.b32encode(digest).decode("ascii").lower()


def query_of(follow: Follow) -> str:
    """What a follow matches, in the query language."""
    prefixes: Mapping[FollowKind, str] = {"storyline": "storyline:", "topic": "topic:", "country": "country:", "query": ""}
    return f"{prefixes[follow.kind]}{follow.target}"


def kind_of(term: Term | None) -> FollowKind:
    """What a query follows: a topic or a country where it says no more than that."""
    if isinstance(term, TopicIs) and term.topics != ("",):
        return "topic"
    if isinstance(term, CountryIs) and term.code:
        return "country"
    if isinstance(term, StorylineIs) and len(term.prefix) == len("t") + 10:
        return "storyline"
    return "query"


def followable(text: str, term: Term | None) -> Term:
    """What the query `text` means, `term`. Raises UsageError where it can't be followed."""
    if term is None:
        raise UsageError("there is nothing to follow; name a storyline, a topic, a country or a query")
    if asks_follows(term):
        raise UsageError(f"'{text}' can't be followed: it would follow itself; leave out is:followed and since:last-look")
    return term


def to_doc(follow: Follow) -> dict[str, Json]:
    return {**asdict(follow), "alerts": list(follow.alerts)}


def from_doc(doc: Mapping[str, Json]) -> Follow:
    """A follow from the notebook; keys that a later version may add are passed over."""
    known = {name: doc[name] for name in Follow.__dataclass_fields__ if name in doc}
    return Follow(**{**known, "alerts": tuple(known.get("alerts", ()))})


def onto(changes: Sequence[Change], now: Iterable[Mapping[str, Json]]) -> list[Change]:
    """Changes of which one that puts a follow in the place of another keeps all that they have in common as it is `now`."""
    stands = {doc["id"]: doc for doc in now}
    gone = {change.doc["id"]: change.doc for change in changes if (change.op, change.table) == ("drop", "follows")}

    def fitted(change: Change) -> Change:
        own = change.doc.get("id")
        if (change.op, change.table) != ("put", "follows") or own not in gone or own not in stands:
            return change
        told = {name: value for name, value in change.doc.items() if gone[own].get(name) != value}
        return replace(change, doc={**stands[own], **told})

    return [fitted(change) for change in changes]


def wrong_queries(config: Config, lines: Lines) -> Iterator[str]:
    """The queries that can't be read or followed, among what the settings follow and raise alerts for: where, and why."""
    from newsdesk.query import parse

    for number, entry in zip(config.numbers.get("follows", ()), config.follows, strict=True):
        keywords = (alert.removeprefix("keyword:") for alert in entry.alerts if alert.startswith("keyword:"))
        for key, query in (("query", entry.query), *(("alerts", keyword) for keyword in keywords)):
            try:
                term = parse(query).term
                if key == "query":
                    followable(query, term)
            except UsageError as error:
                yield f"{lines.at('follows', key, number)}: [[follows]] {number}: {error}"
