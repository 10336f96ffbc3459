"""The words of page furniture (newsdesk/data/page_text/lexicon.txt), looked up in a line."""

from __future__ import annotations

import re
from collections.abc import Iterator
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
    """Phrases by first word (spaced scripts) or first character (unspaced ones); `leading` words count only as the first."""

    def __init__(self, entries: Iterator[tuple[str, str]]) -> None:
        phrases: dict[str, list[str]] = {}
        for kind, phrase in entries:
            kinds = phrases.setdefault(phrase, [])
            if kind not in kinds:
                kinds.append(kind)
        leading = {phrase for phrase, kinds in phrases.items() if all(kind.endswith("^") for kind in kinds)}
        self.leading = {words[0] for phrase in leading if len(words := split_words(phrase)) == 1}
        self.by_word: dict[str, list[tuple[list[str], tuple[str, ...]]]] = {}
        self.by_character: dict[str, list[tuple[str, tuple[str, ...]]]] = {}
        for phrase in sorted(phrases, key=lambda p: (-len(p), p)):
            kinds_of = tuple(dict.fromkeys(kind.rstrip("^") for kind in phrases[phrase]))
            if _UNSPACED.match(phrase) and " " not in phrase:
                self.by_character.setdefault(phrase[0], []).append((phrase, kinds_of))
            else:
                words = split_words(phrase)
                if words:
                    self.by_word.setdefault(words[0], []).append((words, kinds_of))
        for entry in self.by_word.values():
            entry.sort(key=lambda item: -len(item[0]))

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
            if _UNSPACED.match(words[at]):
                share, inner, begins = self._look_inside(words[at][:60])
                classes.update(dict.fromkeys(inner))
                if at == 0:
                    first = begins
                covered += share
            at += 1
        return Found(tuple(classes), first, covered / count)

    def _phrase_at(self, words: list[str], at: int) -> tuple[int, tuple[str, ...]]:
        for phrase, kinds in self.by_word.get(words[at], ()):
            if at and len(phrase) == 1 and phrase[0] in self.leading:
                continue
            if len(phrase) == 1 or words[at : at + len(phrase)] == phrase:
                return len(phrase), kinds
        return 0, ()

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
def lexicon() -> Lexicon:
    return Lexicon(_entries())
