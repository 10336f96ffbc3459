"""The settings themselves: every key with its type, default, meaning and example, at the field that holds its value.

From here come the checks, the environment's overrides (``NEWSDESK_<SECTION>_<KEY>``), `config show`, `config example`, the
example file in the repository, and the dashboard's screen of settings.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, fields, replace
from typing import Final

from newsdesk.config.declare import Key, keys_of, required, section_of, setting
from newsdesk.tagging.tiers import WANTED

NOTICES: Final = ("auto", "osc9", "osc777", "osc99", "off")
KEYMAPS: Final = ("vim", "newsboat", "emacs")
LISTS: Final = ("feeds", "follows")
_UNITS_S = {"s": 1, "m": 60, "h": 3600, "d": 86_400, "w": 604_800}
_LOGIN = re.compile(r"([^/?#]*//)([^/?#]*)@")


@dataclass(frozen=True, slots=True)
class Feed:
    """A configured feed. `url` is an address, or a program with its arguments after the word ``exec:``."""

    url: str | tuple[str, ...] = field(
        metadata=required(
            "address",
            'The feed\'s address, or a program: ["exec:", "name", "argument"].',
            "https://example.org/rss",
        )
    )
    title: str | None = setting(None, "text", "A name for it; by default the feed's own.", "Example")
    tags: tuple[str, ...] = setting((), "texts", "Words to find its stories by, as in source:wires.", ["wires"])
    outlet_country: str | None = setting(None, "country", "Where the outlet is at home (ISO 3166-1, two letters).", "GB")
    full_text: bool = setting(False, "flag", "Fetch the linked page too.", False)
    comments: bool = setting(True, "flag", "Fetch the readers' comments where there are any.", True)
    allow_private: bool = setting(False, "flag", "Allow an address inside a private network.", False)
    every: str | None = setting(None, "age", "How often (30m, 1h, 2d); by default as often as the feed changes.", "1h")

    nth: int = 1  # of those whose addresses differ in nothing but a secret, see told_apart

    @property
    def id(self) -> str:
        """What reports and the archive name it by: its address without the password, or the program with its arguments."""
        return self._name if self.nth == 1 else f"{self._name} ({self.nth})"

    @property
    def _name(self) -> str:
        if not isinstance(self.url, str):
            return " ".join(self.url)
        if "@" not in self.url:  # mostly; a refresh asks a dozen times for each
            return self.url
        scheme, login, rest = _part(self.url)
        name, colon, _ = login.partition(":")
        return f"{scheme}{f'{name}@' if colon else ''}{rest}"

    @property
    def login(self) -> str:
        """The name beside the password in its address, or what stands there alone, which is a secret; "" for none."""
        return _part(self.url)[1].partition(":")[0] if isinstance(self.url, str) else ""

    @property
    def every_s(self) -> int | None:
        """Seconds from one time it is asked to the next, as a person wants it; None for as often as it changes."""
        return _seconds(self.every) if self.every else None

    @property
    def has_secret(self) -> bool:
        """Whether its address holds a password."""
        return isinstance(self.url, str) and bool(_part(self.url)[1])


def _seconds(age: str) -> int:
    return int(age[:-1]) * _UNITS_S[age[-1]]


def told_apart(feeds: Sequence[Feed]) -> Iterator[Feed]:
    """The feeds, of which those that would have one name and are not the same are numbered, in their order: one without a
    secret, or else the first, keeps the name."""
    plain = {feed.url for feed in feeds}
    urls: dict[str, list[str | tuple[str, ...]]] = {}
    for feed in feeds:
        known = urls.setdefault(feed.id, [feed.id] if feed.id in plain else [])
        if feed.url not in known:
            known.append(feed.url)
        nth = known.index(feed.url) + 1
        yield feed if nth == 1 else replace(feed, nth=nth)


def _part(url: str) -> tuple[str, str, str]:
    """What comes before an address's login, the login and what comes behind its "@" (RFC 3986, 3.2)."""
    found = _LOGIN.match(url)
    return (found[1], found[2], url[found.end() :]) if found else ("", "", url)


@dataclass(frozen=True, slots=True)
class FollowEntry:
    """A follow that the settings ask for: made by the next refresh."""

    query: str = field(metadata=required("text", "What to follow, in the query language.", "country:JP topic:politics"))
    name: str | None = setting(None, "text", "A name for it; by default the query.", "Tokyo politics")
    alerts: tuple[str, ...] = setting(
        (),
        "alerts",
        "When to raise an alert: new-country, velocity, sources:N, keyword:QUERY, mood, correction.",
        ["new-country", "sources:5"],
    )


@dataclass(frozen=True, slots=True)
class AlertSettings:
    """How alerts are carried further. `quiet` is ``HH:MM-HH:MM``, local time; `notice` one of :data:`NOTICES`."""

    quiet: str | None = setting(
        None,
        "hours",
        "Hours, local time, when no alert makes a noise or starts a program.",
        "22:00-07:00",
        effect="now",
    )
    bell: bool = setting(False, "flag", "Ring the terminal's bell when the dashboard learns of an alert.", True, effect="now")
    notice: str = setting(
        "off",
        "text",
        f"A desktop notice through the terminal ({', '.join(NOTICES)}); auto: where it is known to work.",
        "auto",
        choices=NOTICES,
        effect="now",
    )
    command: tuple[str, ...] = setting(
        (),
        "texts",
        "A program that is started for each alert, without a shell; {follow} and {alert} are filled in.",
        ["notify-send", "{follow}", "{alert}"],
    )
    file: str = setting("", "text", "A file to which each alert is appended, one line each.", "~/newsdesk-alerts.log")


@dataclass(frozen=True, slots=True)
class Threads:
    """Servers whose threads are read as comments, by kind."""

    discourse: tuple[str, ...] = setting(
        (), "texts", "Discourse forums whose threads are read as comments.", ["https://forum.example.org"]
    )
    lemmy: tuple[str, ...] = setting((), "texts", "Lemmy servers, likewise.", ["https://lemmy.example.org"])
    mastodon: tuple[str, ...] = setting((), "texts", "Mastodon servers, likewise.", ["https://social.example.org"])
    wordpress: tuple[str, ...] = setting(
        (), "texts", "WordPress blogs whose whole threads are read.", ["https://blog.example.org"]
    )
    hacker_news: tuple[str, ...] = setting((), "texts", "Another Hacker News search interface.", ["https://hn.example.org"])
    reddit: tuple[str, ...] = setting((), "texts", "Another address with Reddit's interface.", ["https://reddit.example.org"])


@dataclass(frozen=True, slots=True)
class Config:
    """Settings in force. `seeds` are paths with ``~`` expanded, relative ones taken from the file's own folder.

    `set_by` says for each key that isn't at its default what set it: the file's name or the environment variable. `numbers`
    says of each list of tables which of the file's tables its entries are, from 1: those with a fault are left out.
    """

    seeds: tuple[str, ...] = setting((), "paths", "Files and folders with stories, read again when they change.", ["~/news"])
    theme: str = setting(
        "",
        "text",
        "The dashboard's colours: dark, light, contrast, mono, terminal (its own 16 colours), NAME for themes/NAME.toml beside "
        "this file (newsdesk config theme prints one), or one of Textual's; empty for the one used last.",
        "light",
        section="display",
        effect="now",
        unset="the one used last, dark at first",
    )
    keymap: str = setting(
        "vim",
        "text",
        f"The keymap to start from ({', '.join(KEYMAPS)}); keys under [keys] override it.",
        "newsboat",
        section="display",
        choices=KEYMAPS,
        effect="now",
    )
    refresh_every: str | None = setting(
        None,
        "age",
        "How often the open dashboard reads every source (5m, 1h); else when it opens, when a seed changes and on its key.",
        "15m",
        section="display",
        effect="now",
    )
    alerts: AlertSettings = field(default=AlertSettings(), metadata=section_of("alerts", AlertSettings))
    keys: Mapping[str, str] = setting(
        {},
        "map",
        "Other keys for the dashboard's commands: command = key or keys.",
        {"follow": "f"},
        section="keys",
        effect="now",
    )
    keep: str | None = setting(
        None,
        "age",
        "How long stories are kept (90d, 52w). Older ones are forgotten after each refresh, never more than half of all at "
        "once; what you worked on stays: stories that you starred or follow, those in storylines that you merged, split, "
        "renamed or pinned, and those with a comment whose mood you judged.",
        "365d",
        section="archive",
    )
    tier: str = setting(
        "auto",
        "text",
        f"Which model reads comments ({', '.join(WANTED)}); auto is the larger one where newsdesk[mood] is installed.",
        "base",
        section="mood",
        choices=WANTED,
    )
    contact: str = setting(
        "",
        "text",
        "A mail or web address, told to feeds' servers so that they can reach you.",
        "desk@example.org",
        section="fetch",
    )
    servers: Threads = field(default=Threads(), metadata=section_of("threads", Threads))
    feeds: tuple[Feed, ...] = field(default=(), metadata=section_of("feeds", Feed))
    follows: tuple[FollowEntry, ...] = field(default=(), metadata=section_of("follows", FollowEntry))
    set_by: Mapping[str, str] = field(default_factory=dict)
    numbers: Mapping[str, Sequence[int]] = field(default_factory=dict)

    @property
    def threads(self) -> dict[str, tuple[str, ...]]:
        """The servers of comments by kind, those kinds alone that have any."""
        return {one.name: bases for one in fields(Threads) if (bases := getattr(self.servers, one.name))}

    @property
    def refresh_every_s(self) -> float | None:
        """Seconds, a minute at least, between the refreshes that the open dashboard starts by itself; None for none."""
        return min(max(60, _seconds(self.refresh_every)), 10**9) if self.refresh_every else None


KEYS: Final[tuple[Key, ...]] = tuple(keys_of(Config))


def user_agent(config: Config) -> str:
    """What servers are told of us: name, version and, where the settings give one, a contact."""
    from newsdesk import __version__

    contact = re.sub(r"[\0- \x7f]+", " ", config.contact).strip()  # a header has one line
    return f"newsdesk/{__version__} (+{contact})" if contact else f"newsdesk/{__version__}"
