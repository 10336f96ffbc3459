"""Narrower IPTC Media Topics below a story's own (an election, an earthquake, a merger), by the words that speak for them.

A narrower topic is said only below its top-level topic, and only where a word that speaks strongly is among its words: a reader
who filters by it wants no strangers. `data/topics/narrower.txt` has the words; ``python -m training.topics.narrower`` prints
how many of those that are said are right.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from importlib import resources
from types import MappingProxyType
from typing import TYPE_CHECKING, NamedTuple, TypeVar

from newsdesk.model import Concept
from newsdesk.topics.names import TOPICS

if TYPE_CHECKING:  # they come with numpy, which whoever only asks for names never pays
    import numpy as np
    import numpy.typing as npt

    from newsdesk.topics.features import Words
    from newsdesk.words.hashes import Numbers

    _T = TypeVar("_T", int, npt.NDArray[np.int64])

_PLAIN = re.compile(r"[^\W\d_]+(?: [^\W\d_]+)*")
_OPENING_WORDS, _OPENING_CHARS = 150, 1200
# What a word adds in a title and in the opening, and again where it is repeated; a strong word adds twice that.
_IN_TITLE, _IN_OPENING, _AGAIN, _STRONG = 2.0, 1.0, 0.25, 2.0
_LEAST = 5.0
_BITS = {topic: 1 << place for place, topic in enumerate(TOPICS)}
_MOST, _NEAR_FIRST = 2, 0.7  # so many below one topic, the second with this share of the first's strength


class _Term(NamedTuple):
    """A word or phrase as the list has it, the numbers of the words after its second, the code that it speaks for and how
    strongly. `marked`: how a term with signs or digits in it stands in a text, whose words are letters alone."""

    text: str
    rest: tuple[int, ...]
    code: str
    weight: float
    marked: str


class _Part(NamedTuple):
    """Title or opening of a story: `begun`, the places of words that begin a term, each with the keys of the word and of it and
    the next; the `numbers` of all words, `end`, where the part's own end, and what a word is worth."""

    text: str
    begun: Sequence[tuple[int, int, int]]
    numbers: Numbers
    end: int
    worth: float


@dataclass(frozen=True, slots=True)
class _Lists:
    """`terms`: by top-level topic, then by the number of a word or, of a phrase, by a key of its first two. By number: `opens`,
    whether the word begins a term; `begins`, the top-level topics of these, a bit each; `strong`, those of words that are
    strong terms themselves. `phrases`: the keys of strong phrases, sorted, and the topics of each."""

    terms: Mapping[str, Mapping[int, tuple[_Term, ...]]]
    opens: npt.NDArray[np.bool_]
    begins: Numbers
    strong: Numbers
    phrases: tuple[npt.NDArray[np.int64], Numbers]

    def strongly(self, words: Numbers, keys: npt.NDArray[np.int64]) -> Numbers:
        """The topics that strong terms may speak for which begin with words; `keys` are those of each and the next one."""
        phrases, topics = self.phrases
        at = phrases.searchsorted(keys)
        found: Numbers = self.strong.take(words) | topics.take(at, mode="clip") * (phrases.take(at, mode="clip") == keys)
        return found


def names() -> Mapping[str, str]:
    """The name of each narrower topic that can be said, by id (``medtop:20000574``)."""
    return MappingProxyType({f"medtop:{code}": name for code, (_, name) in _concepts().items() if code in _listed()})


def topic_above(topic_id: str) -> str | None:
    """The id of the top-level topic that a narrower one stands under, None for what is none."""
    top, _ = _concepts().get(topic_id.removeprefix("medtop:"), (None, ""))
    return top if top != topic_id else None


def find_narrower(
    texts: Sequence[tuple[str, str]], words: Words, asked: Mapping[int, Sequence[str]]
) -> dict[int, dict[str, tuple[Concept, ...]]]:
    """The narrower topics of English texts, each a title and a body, by place of the text and the top-level id that they stand
    under, the strongest first, at most two each.

    `words` are those of the texts, by the numbers of the model's table; `asked`: by place, the top-level ids that a text has.
    """
    import numpy as np

    known, numbers = _load(), words.numbers
    topics = np.zeros(len(texts), np.int32)
    for place, own in asked.items():
        topics[place] = sum(map(_BITS.__getitem__, own))
    hits = known.opens.take(numbers).nonzero()[0]
    firsts = numbers.take(hits)
    parts = words.ends.searchsorted(hits, "right") - 1
    owners = parts >> 1
    telling = (known.begins.take(firsts) & topics.take(owners) != 0) & (hits - words.ends.take(parts) < _OPENING_WORDS)
    hits, firsts, parts, owners = hits[telling], firsts[telling], parts[telling], owners[telling]
    keys = _key(firsts.astype(np.int64), numbers.take(hits + 1, mode="clip"))
    clear = np.zeros(len(texts), np.int32)  # topics that a strong term may speak for
    np.bitwise_or.at(clear, owners, known.strongly(firsts, keys))
    clear &= topics
    telling = known.begins.take(firsts) & clear.take(owners) != 0
    hits, firsts, parts, pairs = hits[telling], firsts[telling], parts[telling], keys[telling].tolist()
    edges, ends = parts.searchsorted(np.arange(2 * len(texts) + 1)).tolist(), words.ends.tolist()
    begun, found = list(zip(hits.tolist(), firsts.tolist(), pairs, strict=True)), {}
    for place, own in asked.items():
        if not (bits := clear.item(place)):
            continue
        own = [topic for topic in own if _BITS[topic] & bits]
        title, body = texts[place]
        first, second, last = edges[2 * place : 2 * place + 3]
        _, middle, end = ends[2 * place : 2 * place + 3]
        stands = (
            _Part(title, begun[first:second], numbers, middle, _IN_TITLE),
            _Part(body, begun[second:last], numbers, min(middle + _OPENING_WORDS, end), _IN_OPENING),
        )
        weighed = ((topic, _choose(_weigh(known.terms[topic], stands))) for topic in own)
        found[place] = {topic: concepts for topic, concepts in weighed if concepts}
    return found


def _key(first: _T, second: _T) -> _T:
    """Of a phrase, by the numbers of its first two words, which end far below; numbers of words themselves are smaller."""
    return first + 1 << 24 | second


def _weigh(terms: Mapping[int, tuple[_Term, ...]], parts: Iterable[_Part]) -> dict[str, dict[str, float]]:
    """How strongly each term speaks, by code and term; only codes that a strong term speaks for."""
    weights: defaultdict[str, dict[str, float]] = defaultdict(dict)
    strong: set[str] = set()
    for part in parts:
        for at, word, pair in part.begun:
            found = terms.get(word, ())
            if (phrases := terms.get(pair)) and at + 1 < part.end:
                found += phrases
            for text, rest, code, weight, marked in found:
                if (rest or marked) and not _stands(rest, marked, part, at + 2):
                    continue
                own = weights[code]
                own[text] = own[text] + _AGAIN * weight if text in own else part.worth * weight
                if weight == _STRONG:
                    strong.add(code)
    return {code: own for code, own in weights.items() if code in strong}


def _stands(rest: tuple[int, ...], marked: str, part: _Part, at: int) -> bool:
    """Whether the rest of a term is there, and the signs that it has are."""
    end = at + len(rest)
    if rest and (end > part.end or tuple(part.numbers[at:end].tolist()) != rest):
        return False
    return not marked or marked in part.text[:_OPENING_CHARS].lower()


def _choose(weights: Mapping[str, Mapping[str, float]]) -> tuple[Concept, ...]:
    if not weights:
        return ()
    totals = {code: sum(own.values()) for code, own in weights.items()}
    least = max(_LEAST, _NEAR_FIRST * max(totals.values()))
    said = sorted((code for code, total in totals.items() if total >= least), key=lambda code: (-totals[code], code))
    return tuple(Concept(f"medtop:{code}", _concepts()[code][1], tuple(weights[code])) for code in said[:_MOST])


@cache
def _listed() -> dict[str, str]:
    """The words of each narrower topic that can be said, by code."""
    text = resources.files("newsdesk").joinpath("data/topics/narrower.txt").read_text("utf-8")
    return dict(line.split(" ", 1) for line in _lines(text))


@cache
def _concepts() -> dict[str, tuple[str, str]]:
    """The top-level id and the name of every concept, by code."""
    text = resources.files("newsdesk").joinpath("data/topics/concepts.tsv").read_text("utf-8")
    rows = (line.split("\t") for line in _lines(text))
    return {code: (f"medtop:{top}000000", name) for code, top, name in rows}


@cache
def _load() -> _Lists:
    import numpy as np

    from newsdesk.topics import model
    from newsdesk.words.letters import hash_words

    listed = [(code, *term) for code in _concepts() if code in _listed() for term in _read_terms(_listed()[code])]
    table, ordered = model.load().words, sorted({word for _, _, form, _ in listed for word in form})
    known = table.find(hash_words(ordered)[0]).tolist()
    numbers = dict(zip(ordered, known, strict=True))
    begins, strong = np.zeros((2, max(len(model.load().names), *known) + 1), np.int32)
    phrases: dict[int, int] = {}
    terms: dict[str, dict[int, tuple[_Term, ...]]] = defaultdict(dict)
    for code, text, form, weight in listed:
        top, (first, *rest) = _concepts()[code][0], [numbers[word] for word in form]
        key, own = _key(first, rest[0]) if rest else first, terms[top]
        begins[first] |= _BITS[top]
        if weight == _STRONG and rest:
            phrases[key] = phrases.get(key, 0) | _BITS[top]
        elif weight == _STRONG:
            strong[first] |= _BITS[top]
        marked = "" if _PLAIN.fullmatch(text) else text
        own[key] = (*own.get(key, ()), _Term(text, tuple(rest[1:]), code, weight, marked))
    keys = sorted(phrases)
    of_keys = np.array(keys, np.int64), np.array([phrases[key] for key in keys], np.int32)
    return _Lists(dict(terms), begins != 0, begins, strong, of_keys)


def words() -> frozenset[bytes]:
    """All words of the list, which the model's table has to know."""
    return frozenset(word.encode() for listed in _listed().values() for _, form, _ in _read_terms(listed) for word in form)


def _read_terms(listed: str) -> Iterator[tuple[str, tuple[str, ...], float]]:
    """The terms of a line, each as it is written, the words of one of its forms and its weight. Each form comes once: where one
    is listed twice, the first counts."""
    from newsdesk.words.letters import words_of

    seen: set[tuple[str, ...]] = set()
    for written in listed.split(", "):
        text = written.lstrip("*")
        for form in _forms(tuple(word.decode() for word in words_of(text))):
            if form not in seen or not _PLAIN.fullmatch(text):
                seen.add(form)
                yield text, form, _STRONG if written.startswith("*") else 1.0


def _lines(text: str) -> list[str]:
    return [line for line in text.split("\n") if line and not line.startswith("#")]


def _forms(words: tuple[str, ...]) -> tuple[tuple[str, ...], ...]:
    """A term, and the same with its last word in the other number where an -s makes it."""
    last = words[-1]
    if last.endswith("s"):
        return (words,) if last.endswith("ss") or len(last) <= 3 else (words, (*words[:-1], last[:-1]))
    return (words, (*words[:-1], f"{last}s"))
