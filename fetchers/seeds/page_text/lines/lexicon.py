"""The words of page furniture (newsdesk/data/page_text/lexicon.txt), looked up in a line."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from contextvars import ContextVar
from copy import copy
from dataclasses import dataclass
from functools import cache
from importlib import resources
from unicodedata import normalize

# What separates words: white space, figures, ASCII and general punctuation. Not \W, which would cut Indic words at vowel signs.
_WORDS = re.compile(
    r"[^\s\d\x00-\x40\[-`{-~¡-¿×÷‐-‧‰-⁞←-⯿、。〈-】〔-〟〰\uff01-\uff0f\uff1a-\uff20\uff3b-\uff40\uff5b-\uff65・『-』\U0001f000-\U0001faff"
    r"\ufe0f]+"
)
_UNSPACED = re.compile("[\u0e00-\u0eff\u3040-\u30ff\u3400-\u9fff\uac00-\ud7a3\uf900-\ufaff]")
_GREEK = re.compile("[ά-ώΐΰ]")
WORDS_LIMIT = 40  # a line longer than this is judged by its start alone


def split_words(text: str) -> list[str]:
    """The words of `text` in lower case, without figures and punctuation."""
    return _WORDS.findall(text.lower().replace("i̇", "i"))


@dataclass(frozen=True, slots=True)
class Found:
    """What a line holds of the lexicon: `classes` anywhere, `first` at its start, `cover` the share of its words (0..1)."""

    classes: tuple[str, ...] = ()
    first: tuple[str, ...] = ()
    cover: float = 0.0


class Lexicon:
    """Phrases by first words (spaced scripts) or first character (unspaced ones); `leading` words count only as the first."""

    def __init__(self, entries: Iterator[tuple[str, str]]) -> None:
        phrases: dict[str, list[str]] = {}
        for kind, phrase in entries:
            kinds = phrases.setdefault(phrase, [])
            if kind not in kinds:
                kinds.append(kind)
        leading = {phrase for phrase, kinds in phrases.items() if all(kind.endswith("^") for kind in kinds)}
        self.leading = {words[0] for phrase in leading if len(words := split_words(phrase)) == 1}
        self.single: dict[str, tuple[str, ...]] = {}
        self.by_words: dict[tuple[str, str], list[tuple[list[str], tuple[str, ...]]]] = {}  # by the first two
        self.by_character: dict[str, list[tuple[str, tuple[str, ...]]]] = {}
        for phrase in sorted(phrases, key=lambda p: (-len(p), p)):
            kinds_of = tuple(dict.fromkeys(kind.rstrip("^") for kind in phrases[phrase]))
            if _UNSPACED.match(phrase) and " " not in phrase:
                self.by_character.setdefault(phrase[0], []).append((phrase, kinds_of))
            else:
                words = split_words(phrase)
                if len(words) == 1:
                    self.single.setdefault(words[0], kinds_of)
                elif words:
                    self.by_words.setdefault((words[0], words[1]), []).append((words, kinds_of))
        self.firsts = frozenset(first for first, _ in self.by_words)
        for entry in self.by_words.values():
            entry.sort(key=lambda item: -len(item[0]))

    def with_agencies(self, names: Sequence[str]) -> Lexicon:
        """The same words and `names` as agencies' too, but for those that mean something else on pages."""
        more = copy(self)
        more.single, more.by_words = dict(self.single), dict(self.by_words)
        for words in map(split_words, names):
            if len(words) == 1:
                more.single.setdefault(words[0], ("agency",))
            elif words:
                key = (words[0], words[1])
                entry = [*self.by_words.get(key, ()), (words, ("agency",))]
                more.by_words[key] = sorted(entry, key=lambda item: -len(item[0]))
        more.firsts = self.firsts | {first for first, _ in more.by_words}
        return more

    def look(self, words: list[str]) -> Found:
        """What `words` hold, longest phrases first, each word used once."""
        if not words:
            return Found()
        classes: dict[str, None] = {}
        first: tuple[str, ...] = ()
        covered = 0.0
        at = 0
        count = min(len(words), WORDS_LIMIT)
        while at < count:
            length, kinds = self._phrase_at(words, at)
            if length:
                classes.update(dict.fromkeys(kinds))
                if at == 0:
                    first = kinds
                covered += length
                at += length
                continue
            if not words[at].isascii() and _UNSPACED.match(words[at]):
                share, inner, begins = self._look_inside(words[at][:60])
                classes.update(dict.fromkeys(inner))
                if at == 0:
                    first = begins
                covered += share
            at += 1
        return Found(tuple(classes), first, covered / count)

    def _phrase_at(self, words: list[str], at: int) -> tuple[int, tuple[str, ...]]:
        word = words[at]
        if word in self.firsts and at + 1 < len(words):
            for phrase, kinds in self.by_words.get((word, words[at + 1]), ()):
                if words[at : at + len(phrase)] == phrase:
                    return len(phrase), kinds
        alone = self.single.get(word)
        return (0, ()) if alone is None or (at and word in self.leading) else (1, alone)

    def _look_inside(self, run: str) -> tuple[float, list[str], tuple[str, ...]]:
        """The phrases inside a run of an unspaced script: (share covered, classes, classes at its start)."""
        kinds: list[str] = []
        begins: tuple[str, ...] = ()
        covered = at = 0
        while at < len(run):
            for phrase, these in self.by_character.get(run[at], ()):
                if run.startswith(phrase, at) and (len(phrase) > 1 or len(run) <= 2):
                    kinds.extend(these)
                    if at == 0:
                        begins = these
                    covered += len(phrase)
                    at += len(phrase)
                    break
            else:
                at += 1
        return covered / len(run), kinds, begins

    def opening(self, words: list[str], kind: str) -> int:
        """How many words the phrase of `kind` takes that `words` begin with; 0 if they begin with none."""
        length, kinds = self._phrase_at(words, 0) if words else (0, ())
        return length if kind in kinds else 0

    def phrases(self, kind: str) -> tuple[list[str], list[str]]:
        """All phrases of a kind, in order: (of spaced scripts, of unspaced ones)."""
        single = {word for word, kinds in self.single.items() if kind in kinds}
        longer = {" ".join(words) for entries in self.by_words.values() for words, kinds in entries if kind in kinds}
        unspaced = {run for entries in self.by_character.values() for run, kinds in entries if kind in kinds}
        return sorted(single | longer), sorted(unspaced)

    def holds(self, words: list[str], kind: str) -> bool:
        return kind in self.look(words).classes


def _entries() -> Iterator[tuple[str, str]]:
    source = resources.files("newsdesk") / "data" / "page_text" / "lexicon.txt"
    for row in source.read_text("utf-8").splitlines():
        if row and not row.startswith("#"):
            kind, _, phrases = row.partition(": ")
            for phrase in phrases.strip().lower().split(" | "):
                yield kind, phrase.strip()
                if _GREEK.search(phrase):  # printed in capitals Greek has no accents
                    yield kind, normalize("NFC", normalize("NFD", phrase.strip()).replace("\u0301", ""))


@cache
def _shipped() -> Lexicon:
    return Lexicon(_entries())


_told: ContextVar[tuple[tuple[str, ...], Lexicon | None]] = ContextVar("told", default=((), None))


def lexicon() -> Lexicon:
    return _told.get()[1] or _shipped()


def told_agencies() -> tuple[str, ...]:
    """The agencies and outlets that no list knows, of the page that is read."""
    return _told.get()[0]


@contextmanager
def knowing(agencies: Sequence[str]) -> Iterator[None]:
    """Have `agencies` known, as those of the lists are, while one page is read."""
    token = _told.set((tuple(agencies), _shipped().with_agencies(agencies) if agencies else None))
    try:
        yield
    finally:
        _told.reset(token)
