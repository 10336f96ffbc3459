"""What narrows the list: one topic, one country, a follow, a search and unread only. They combine."""

from __future__ import annotations

from dataclasses import dataclass, replace


@dataclass(frozen=True, slots=True)
class Look:
    """A look at the follow of this id: how many stories had come in, and when that was (UTC, ``Z``, or "": not known)."""

    follow: str
    arrivals: int
    moment: str


@dataclass(frozen=True, slots=True)
class Narrowing:
    """None is "all"; an empty id is "unknown". `follow` is a follow's query, `follow_name` what it is called, `look` the look
    at it before this one (None where it tells nothing of what is new)."""

    topic: str | None = None
    topic_name: str = ""
    country: str | None = None
    country_name: str = ""
    follow: str | None = None
    follow_name: str = ""
    look: Look | None = None
    search: str = ""
    unread_only: bool = False
    since_left: bool = False
    muted_only: bool = False

    @property
    def shows_muted(self) -> bool:
        """Whether stories of muted sources may be in the list."""
        return self.muted_only or "is:muted" in self.search.casefold()

    @property
    def since(self) -> int | None:
        """The arrival number from which on the stories of the follow are new."""
        return self.look.arrivals if self.look else None

    @property
    def empty(self) -> bool:
        return self.query() == ""

    def query(self) -> str:
        """The whole as one query of the query language."""
        parts = []
        if self.topic is not None:
            parts.append(f"topic:{self.topic or 'unknown'}")
        if self.country is not None:
            parts.append(f"country:{self.country or 'unknown'}")
        if self.follow:
            parts.append(f"({self.follow})")
        if self.unread_only:
            parts.append("is:unread")
        if self.since_left:
            parts.append("since:last-visit")
        if self.muted_only:
            parts.append("is:muted")
        if self.search:
            parts.append(f"({self.search})" if parts else self.search)
        return " ".join(parts)

    def words(self) -> list[tuple[str, str]]:
        """What narrows, as (kind, name) for the filter line."""
        words = []
        if self.follow:
            words.append(("following", self.follow_name))
        if self.topic is not None:
            words.append(("topic", self.topic_name or "unknown"))
        if self.country is not None:
            words.append(("country", self.country_name or "unknown"))
        if self.search:
            words.append(("search", self.search))
        if self.unread_only:
            words.append(("", "unread only"))
        if self.since_left:
            words.append(("", "since you left"))
        if self.muted_only:
            words.append(("", "muted sources"))
        return words

    def with_section(self, kind: str, section_id: str | None, name: str) -> Narrowing:
        """Choose a topic or country; choosing the same again takes it away; None takes both and the follow away."""
        if section_id is None:
            return replace(self, topic=None, country=None, follow=None, look=None)
        if kind == "topic":
            return replace(self, topic=None if self.topic == section_id else section_id, topic_name=name)
        return replace(self, country=None if self.country == section_id else section_id, country_name=name)

    def with_follow(self, query: str, name: str, look: Look | None) -> Narrowing:
        """Show a follow's stories: it replaces sections and search. What is new in the one that is shown already stays so."""
        if look and self.look and self.look.follow == look.follow:
            look = self.look
        return Narrowing(follow=query, follow_name=name, look=look, unread_only=self.unread_only, since_left=self.since_left)

    def loosened(self) -> Narrowing:
        """One step less narrow: the search goes first, then the sections, then the rest."""
        if self.search:
            return replace(self, search="")
        if self.topic is not None or self.country is not None:
            return replace(self, topic=None, country=None)
        return Narrowing()
