"""What a story is about: topics and countries, each with the words that speak for it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from newsdesk.jsontext import Json


@dataclass(frozen=True, slots=True)
class Concept:
    """An IPTC Media Topic below the top level (``medtop:20000574``, election) and the words that speak for it."""

    id: str
    name: str
    why: tuple[str, ...] = ()

    def to_json(self) -> dict[str, Json]:
        return {"id": self.id, "name": self.name, "why": list(self.why)}

    @classmethod
    def from_json(cls, data: Mapping[str, Json]) -> Concept:
        return cls(data["id"], data["name"], tuple(data["why"]))


@dataclass(frozen=True, slots=True)
class Topic:
    """A top-level IPTC Media Topic (``medtop:11000000``) with a score from 0 to 1 and the words that speak for it.

    `narrower` are concepts below it, at most two, the clearest first; without any the topic is all that is known.
    """

    id: str
    name: str
    score: float
    why: tuple[str, ...] = ()
    narrower: tuple[Concept, ...] = ()

    def family(self) -> tuple[Topic | Concept, ...]:
        """Itself, and behind it the narrower ones."""
        return (self, *self.narrower)

    def full_name(self) -> str:
        """Its name with the narrower ones behind it: ``politics and government (election)``."""
        narrower = ", ".join(concept.name for concept in self.narrower)
        return f"{self.name} ({narrower})" if narrower else self.name

    def to_json(self) -> dict[str, Json]:
        narrower = [concept.to_json() for concept in self.narrower]
        return {"id": self.id, "name": self.name, "score": round(self.score, 3), "why": list(self.why), "narrower": narrower}

    @classmethod
    def from_json(cls, data: Mapping[str, Json]) -> Topic:
        narrower = tuple(map(Concept.from_json, data.get("narrower", ())))
        return cls(data["id"], data["name"], data["score"], tuple(data["why"]), narrower)


@dataclass(frozen=True, slots=True)
class Country:
    """A country a story is about: ISO 3166-1 alpha-2 code, name, score from 0 to 1 and the words that speak for it."""

    code: str
    name: str
    score: float
    why: tuple[str, ...] = ()

    def to_json(self) -> dict[str, Json]:
        return {"code": self.code, "name": self.name, "score": round(self.score, 3), "why": list(self.why)}

    @classmethod
    def from_json(cls, data: Mapping[str, Json]) -> Country:
        return cls(data["code"], data["name"], data["score"], tuple(data["why"]))


@dataclass(frozen=True, slots=True)
class Labelling:
    """A person's correction of a story's labels: what newsdesk had found. None of what they left to it."""

    topics: tuple[Topic, ...] | None = None
    countries: tuple[Country, ...] | None = None

    def to_json(self) -> dict[str, Json]:
        return {
            "topics": None if self.topics is None else [topic.to_json() for topic in self.topics],
            "countries": None if self.countries is None else [country.to_json() for country in self.countries],
        }

    @classmethod
    def from_json(cls, data: Mapping[str, Json]) -> Labelling:
        topics, countries = data["topics"], data["countries"]
        return cls(
            None if topics is None else tuple(map(Topic.from_json, topics)),
            None if countries is None else tuple(map(Country.from_json, countries)),
        )
