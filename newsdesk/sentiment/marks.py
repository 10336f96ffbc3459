"""The marks of manner in a comment: how it is written, turns of phrase that tell mockery, praise or a plain question, emoji.

Each mark is a number between about 0 and 1 with a name, so that a mark that decides a comment can be named to the reader. The
turns of phrase are authored (``data/mood/turns.txt``); what all of this weighs is learnt (``training/mood``).
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from itertools import chain, pairwise
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

Matrix = NDArray[np.float32]
Phrase = str | tuple[str, ...]

_TURNS_FILE = Path(__file__).parent.parent / "data" / "mood" / "turns.txt"

# As the marks are learnt. The plainest of what is asked don't come here: they are read aloud (:mod:`newsdesk.sentiment.emoji`).
HAPPY = frozenset("😀😃😄😁😊🙂☺😍🥰😘👍👏🙏❤♥💕💖💗💙💚💛🧡💜🎉🎊🥳🤗😇💪🙌✨🌹🌟⭐👌💐🌈🫶😻")
ANGRY = frozenset("😠😡🤬👎💩🤮🤢😤😒🙄🤡🖕😞😢😭😔😩😫😱💔😂🤣🤦🤷😏🤥🤨")

# A question that expects no answer, at the beginning of a comment or of its last sentence.
_ACCUSES = re.compile(
    r"(?:so |and |but |oh |then )?(?:"
    r"why (?:don't|doesn't|didn't|do|does|did|is|are|was|isn't|aren't|can't|would|should|not|on earth|the hell)"
    r"|how (?:dare|can|could|come|many more|much more|long)|who (?:cares|needs|in their|would|do they|does|the)|since when"
    r"|what (?:the|kind of|about|happened|a |else|do you expect|did you|is wrong|makes)|when (?:will|are|did|is)"
    r"|where (?:is|are|was|were) (?:the|all|their|our|your|his)|isn't|aren't|don't|doesn't|didn't|really|seriously"
    r"|do you (?:really|even|honestly|think)|are you|have you"
    r"|is (?:this|that|he|she|it) (?:really|the same|supposed))\b[^?]{0,400}\?"
)
# Praise at the beginning, cut off from what follows, as mockery likes it: "Brilliant. ..."
_MOCK_PRAISE = re.compile(
    r"(?:(?:oh|ah|well|yes|yeah|wow) )?(?:brilliant|genius|bravo|great(?: job| work| idea| plan| news)?|wonderful|fantastic"
    r"|terrific|lovely|charming|perfect|excellent|amazing|awesome|nice(?: job| try| work)?|good (?:job|luck|one|for)|well done"
    r"|congrat\w+|how (?:nice|lovely|convenient|generous|thoughtful|sweet|noble|quaint))\s?(?:[.!,;:]|$)"
)
_KIND = re.compile(r"\b(?:thank|love|proud|glad|happy|hope|congrat|bless|great|good|well|best|wish|deserve|amazing|beautiful)")
_MOCK_ASSENT = re.compile(r"(?:sure|yeah|yea|yep|right|ok|okay|oh|yes|of course|naturally|obviously|ah|because|riight)\b")
_SCARE = re.compile(r'"[^"\s]{2,20}(?: [^"\s]{2,15})?"')
_SMILEY = re.compile(r"[:;=]-?[)d]")
_FROWNY = re.compile(r":'?-?[(/|]")
_SHOUTED = re.compile(r"\b[A-Z]{3,}\b")
_ASKING = frozenset(
    "why how who what when where which is are do does did can could will would should has have isn't aren't don't doesn't "
    "didn't can't won't wouldn't shouldn't so and but if anyone".split()
)

_MANNER = (
    "question that accuses",
    "praise with nothing kind after it",
    "opens with assent",
    "short",
    "fairly short",
    "long",
    "exclamation",
    "!! or more",
    "question",
    "ends in a question",
    "?? or ?!",
    "trails off",
    "quotes",
    "word in quotes",
    "capitals",
    "all capitals",
    "link",
    "numbers",
    "bracket",
    "opens with a question word",
    "happy emoji",
    "laughing or wry emoji",
    "smiley",
    "frowny",
)
_CONTEXT = ("answers someone", "repeats what it answers", "repeats the headline")
# Where neither headline nor parent is known: what is usual where they are.
_UNKNOWN_CONTEXT = (0.5, 0.03, 0.04)
_LEXICON = ("good words", "bad words", "denied good words", "denied bad words", "good on balance", "bad on balance")


@dataclass(frozen=True, slots=True)
class Turns:
    """The authored turns of phrase: their `names` in order, and which of them a word or a row of words belongs to."""

    names: tuple[str, ...]
    words: Mapping[Phrase, tuple[int, ...]]
    pairs: Mapping[Phrase, tuple[int, ...]]
    triples: Mapping[Phrase, tuple[int, ...]]


@cache
def load_turns() -> Turns:
    """Read the turns of phrase."""
    names: dict[str, int] = {}
    found: tuple[dict[Phrase, tuple[int, ...]], ...] = ({}, {}, {})
    for line in _TURNS_FILE.read_text("utf-8").split("\n"):
        if line and not line.startswith("#"):
            name, phrases = line.split(": ", 1)
            number = names.setdefault(name, len(names))
            for words in (phrase.split() for phrase in phrases.split(", ")):
                key: Phrase = words[0] if len(words) == 1 else tuple(words)
                table = found[len(words) - 1]
                table[key] = (*table.get(key, ()), number)
    return Turns(tuple(names), *found)


@cache
def mark_names() -> tuple[str, ...]:
    """What the columns of :func:`read_marks` are called."""
    return (*load_turns().names, *_MANNER, *_CONTEXT, *_LEXICON)


def read_turns(words: Sequence[str], turns: Turns) -> list[float]:
    """1 for each kind of turn that occurs in a comment, in the order of their names."""
    values = [0.0] * len(turns.names)
    singles = turns.words.keys() & set(words)
    pairs = turns.pairs.keys() & set(pairwise(words))
    triples = turns.triples.keys() & set(zip(words, words[1:], words[2:], strict=False))
    for number in chain.from_iterable(
        chain(
            map(turns.words.__getitem__, singles), map(turns.pairs.__getitem__, pairs), map(turns.triples.__getitem__, triples)
        )
    ):
        values[number] = 1.0
    return values


def read_manner(raw: str, folded: str, words: Sequence[str]) -> list[float]:
    """How one comment is written, in the order of the names of manner. `raw` has its capitals, `folded` is what was cut."""
    count, size = raw.count, len(words)
    questions, shouts = count("?"), count("!")
    opening = folded.lstrip('" ')
    emoji = not raw.isascii()
    return [
        1.0 if questions and _accuses(opening) else 0.0,
        1.0 if _mocks(opening) else 0.0,
        1.0 if _MOCK_ASSENT.match(opening) else 0.0,
        1.0 if size <= 4 else 0.0,
        1.0 if 4 < size <= 12 else 0.0,
        min(size / 120, 1.5),
        min(shouts, 3) / 3,
        1.0 if shouts > 1 and "!!" in raw else 0.0,
        min(questions, 3) / 3,
        1.0 if questions and raw.rstrip("\" ')").endswith("?") else 0.0,
        1.0 if questions and ("??" in raw or "?!" in raw or "!?" in raw) else 0.0,
        1.0 if ".." in raw or "…" in raw else 0.0,
        min(folded.count('"'), 4) / 4,
        1.0 if '"' in folded and _SCARE.search(folded) else 0.0,
        min(len(_SHOUTED.findall(raw)), 6) / 6,
        1.0 if size > 2 and raw.isupper() else 0.0,
        1.0 if "urlhere" in folded else 0.0,
        min(sum(map(str.isdigit, words)) / 4, 1.0),
        1.0 if "(" in raw else 0.0,
        1.0 if words and words[0] in _ASKING else 0.0,
        min(sum(map(count, HAPPY)), 3) / 3 if emoji else 0.0,
        min(sum(map(count, ANGRY)), 3) / 3 if emoji else 0.0,
        1.0 if _SMILEY.search(folded) else 0.0,
        1.0 if _FROWNY.search(folded) else 0.0,
    ]


def _accuses(opening: str) -> bool:
    """Whether the first or the last sentence is a question that expects no answer."""
    if _ACCUSES.match(opening):
        return True
    tail = opening[-300:].rstrip()
    begin = max(tail.rfind(end, 0, -2) for end in (". ", "! ", "? ", ".. "))
    return begin >= 0 and bool(_ACCUSES.match(tail[begin:].lstrip(".!? ")))


def _mocks(opening: str) -> bool:
    """Whether praise stands alone at the beginning and what follows, of three words or more, has nothing kind in it."""
    found = _MOCK_PRAISE.match(opening)
    if not found:
        return False
    rest = opening[found.end() : found.end() + 400]
    return rest.count(" ") >= 3 and not _KIND.search(rest)


def read_context(words: Sequence[str], title: str | None, parent: str | None) -> list[float]:
    """How a comment stands to what it answers and to the headline: whether it answers, and the share of its words they hold."""
    if not title and not parent:
        return list(_UNKNOWN_CONTEXT)
    own = {word for word in words if len(word) > 3}
    return [1.0 if parent else 0.0, _shared(own, parent), _shared(own, title)]


def has_context(marks: NDArray[np.floating]) -> NDArray[np.bool_]:
    """Whether headline or parent of each comment was known."""
    known: NDArray[np.bool_] = marks[:, mark_names().index(_CONTEXT[0])] != _UNKNOWN_CONTEXT[0]
    return known


def _shared(own: set[str], other: str | None) -> float:
    if not other or not own:
        return 0.0
    return len(own.intersection(other[:2000].lower().split())) / len(own)


def read_lexicon(words: Sequence[str], denied: Sequence[bool], lexicon: Mapping[str, float]) -> list[float]:
    """Sums of the lexicon's valences (-4..+4) over a comment, good and bad, said and denied, squashed to 0..1."""
    good = bad = no_good = no_bad = 0.0
    known = [(lexicon[word], is_denied) for word, is_denied in zip(words, denied, strict=True) if word in lexicon]
    for valence, is_denied in known:
        if valence > 0:
            if is_denied:
                no_good += valence
            else:
                good += valence
        elif is_denied:
            no_bad -= valence
        else:
            bad -= valence
    balance = (good + 0.5 * no_bad - bad - 0.7 * no_good) / (4 + len(words)) ** 0.5
    squash = (good / (good + 3), bad / (bad + 3), no_good / (no_good + 3), no_bad / (no_bad + 3))
    return [*squash, min(max(balance, 0.0), 3.0) / 3, min(max(-balance, 0.0), 3.0) / 3]


def read_marks(
    raws: Sequence[str],
    folded: Sequence[str],
    words: Sequence[Sequence[str]],
    denied: Sequence[Sequence[bool]],
    titles: Sequence[str | None],
    parents: Sequence[str | None],
    lexicon: Mapping[str, float],
) -> Matrix:
    """One row of marks a comment, one column a name of :func:`mark_names`."""
    turns = load_turns()
    rows = [
        read_turns(own, turns) + read_manner(raw, fold, own) + read_context(own, title, parent) + read_lexicon(own, no, lexicon)
        for raw, fold, own, no, title, parent in zip(raws, folded, words, denied, titles, parents, strict=True)
    ]
    return np.array(rows, dtype=np.float32).reshape(len(rows), len(mark_names()))
