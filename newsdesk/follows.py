"""What a person follows: the query that a follow stands for, what is new in it, and what is worth an alert. Pure.

Alerts compare what came in since the last look with what was there before:

*new-country*  a story of the follow is about a country that none before was about.
*velocity*     stories come in faster than usual: at least :data:`BURST` in the last day, and three times as many as on
               an average day of the four weeks before (a ratio test with a floor, as simple as it can be explained).
"""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import asdict, dataclass, replace

from newsdesk.archive.rows import Follow, FollowKind
from newsdesk.errors import UsageError
from newsdesk.model import Json
from newsdesk.query.terms import CountryIs, StorylineIs, Term, TopicIs

ALERTS: tuple[str, ...] = ("new-country", "velocity")
BURST = 4
FASTER = 3
USUAL_DAYS = 28


def follow_id(kind: FollowKind, target: str) -> str:
    """The id of a follow: the same for the same thing followed again."""
    import base64
    import hashlib

    digest = hashlib.blake2b(f"{kind}\n{target}".encode("utf-8", "surrogatepass"), digest_size=5).digest()
    return "f" + base64.b32encode(digest).decode("ascii").lower()


def check_alerts(alerts: Sequence[str]) -> tuple[str, ...]:
    """The alerts, if they are known. UsageError names the nearest."""
    from newsdesk.query.values import nearest

    for alert in alerts:
        if alert not in ALERTS:
            raise UsageError(f"there is no alert '{alert}'; {nearest(alert, ALERTS)}")
    return tuple(dict.fromkeys(alerts))


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


def to_doc(follow: Follow) -> dict[str, Json]:
    return {**asdict(follow), "alerts": list(follow.alerts)}


def from_doc(doc: Mapping[str, Json]) -> Follow:
    """A follow from the notebook; keys that a later version may add are passed over."""
    known = {name: doc[name] for name in Follow.__dataclass_fields__ if name in doc}
    return Follow(**{**known, "alerts": tuple(known.get("alerts", ()))})


@dataclass(frozen=True, slots=True)
class Reasons:
    """What calls for an alert of a follow: countries that are new in it, and whether stories come faster than usual (then how
    many in the last day, and how many in the :data:`USUAL_DAYS` before)."""

    countries: tuple[str, ...] = ()
    fast: bool = False
    last_day: int = 0
    usual: int = 0

    def texts(self) -> tuple[str, ...]:
        """A sentence for each alert."""
        said = [f"new-country: {', '.join(self.countries)} for the first time"] if self.countries else []
        if self.fast:
            said.append(f"velocity: {self.last_day} stories in a day, {self.usual / USUAL_DAYS:.1f} a day before")
        return tuple(said)


def find_reasons(
    follow: Follow, new_countries: Collection[str], before_countries: Collection[str], last_day: int, usual: int
) -> Reasons:
    """What calls for an alert, of those that the follow asks for.

    `new_countries` and `before_countries`: codes of stories since the last look, and before it. `last_day`: stories of the
    last 24 hours; `usual`: stories of the :data:`USUAL_DAYS` days before that.
    """
    fresh: set[str] = set()
    if "new-country" in follow.alerts and before_countries:
        fresh = set(new_countries) - set(before_countries)
    fast = "velocity" in follow.alerts and last_day >= BURST and last_day * USUAL_DAYS >= FASTER * usual
    return Reasons(tuple(sorted(fresh)), fast, last_day, usual)


def untold(reasons: Reasons, told: Mapping[str, Json]) -> tuple[Reasons, dict[str, Json]]:
    """The reasons that no alert was raised for yet, and what is told from here on. `told` is what this returned before.

    A country is told once. A burst is told once, and again only after the stories came slower in between.
    """
    known = {code for code in told.get("countries", ()) if isinstance(code, str)}
    fresh = tuple(code for code in reasons.countries if code not in known)
    after: dict[str, Json] = {"countries": sorted(known | set(fresh)), "fast": reasons.fast}
    return replace(reasons, countries=fresh, fast=reasons.fast and not told.get("fast")), after
