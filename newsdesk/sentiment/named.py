"""Who and what readers name, and the mood of the comments that do: people, places, parties. Pure.

A name is known from the story (capitals within a sentence) or from the comments themselves, where it is written with a capital
more often than without. What is told is the mood of whole comments that name somebody, not that it is meant for them, and
nothing is told of a name that fewer than :data:`FEWEST` scored comments mention.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Literal, TypeAlias

from newsdesk.model import Comment, Mood, Sentiment, Story
from newsdesk.sentiment.summary import summarise, widened
from newsdesk.tagging.tiers import Tier

FEWEST = 5
MOST = 12
_READ_CHARS = 4000  # of a comment
_LONGEST = 4  # words of a name

Lean: TypeAlias = Literal["blamed", "praised", ""]

_WORD = re.compile(r"[^\W\d_](?:[\w’'-]*\w)?|[.!?:;\n“”\"()…]")
_ENDS = frozenset('.!?:;\n“”"()…')
_NO_NAMES = frozenset(
    "monday tuesday wednesday thursday friday saturday sunday mondays tuesdays wednesdays thursdays fridays saturdays "
    "sundays january february march april may june july august september october november december mr mrs ms dr sir lord "
    "the a an and or but if when what who why how this that these those there here he she it we you they his her its our "
    "your their my in on at to of for from by with as is are was were be been do does did not no yes so all any more most "
    "one two lol omg wow god ok okay thanks thank please hey oh ah well now then just edit imo imho also only even some "
    "many such than too very let lets mayor president minister prime senator governor judge king queen prince princess "
    "chancellor secretary justice general captain officer professor coach pope".split()
)
_NOUNS_HAVE_CAPITALS = frozenset({"de", "lb"})


@dataclass(frozen=True, slots=True)
class Named:
    """A name, and the mood of the comments that mention it. `lean`: they are surely more negative (``blamed``) or more positive
    (``praised``) than the other comments, by an interval at 95 % that owns up to the model's errors."""

    name: str
    mood: Mood
    lean: Lean


def find_named(stories: Sequence[Story], tier: Tier = "base") -> tuple[Named, ...]:
    """Names that enough comments of `stories` mention, the most mentioned first."""
    comments = [comment for story in stories for comment in story.comments if comment.sentiment]
    if len(comments) < FEWEST:
        return ()
    known = _names_of(stories)
    runs = [list(_runs(comment.text[:_READ_CHARS])) for comment in comments]
    if not any(story.language in _NOUNS_HAVE_CAPITALS for story in stories):
        known = _names_of_comments(comments, runs, known) | known
    by_name: dict[str, list[int]] = {}
    for at, own in enumerate(runs):
        for name in {name for run, _ in own for name in _meant(run, known)}:
            by_name.setdefault(name, []).append(at)
    ranked = sorted(
        ((name, at) for name, at in by_name.items() if len(at) >= FEWEST), key=lambda pair: (-len(pair[1]), pair[0])
    )
    return tuple(_told(name, at, comments, tier) for name, at in ranked[:MOST])


def _told(name: str, places: Sequence[int], comments: Sequence[Comment], tier: Tier) -> Named:
    those = set(places)
    own = [comments[at] for at in places]
    mood = summarise(own, tier)
    assert mood is not None
    return Named(name, mood, _lean(own, [comment for at, comment in enumerate(comments) if at not in those]))


def _lean(own: Sequence[Comment], others: Sequence[Comment]) -> Lean:
    sure, rest = ([mood for comment in some if (mood := comment.sentiment) and not mood.unsure] for some in (own, others))
    if len(sure) < FEWEST or len(rest) < FEWEST:
        return ""
    leans: tuple[tuple[Lean, str], ...] = (("blamed", "negative"), ("praised", "positive"))
    for lean, label in leans:
        if _interval(sure, label)[0] > _interval(rest, label)[1]:
            return lean
    return ""


def _interval(moods: Sequence[Sentiment], label: str) -> tuple[float, float]:
    return widened(*([mood.confidence for mood in moods if (mood.label == label) == wanted] for wanted in (True, False)))


# --- names


def _runs(text: str) -> Iterator[tuple[tuple[str, ...], bool]]:
    """The runs of words with a capital, and whether each begins a sentence."""
    run: list[str] = []
    began = begins = True
    for match in _WORD.finditer(text):
        word = match[0]
        if word in _ENDS or not word[0].isupper():
            if run:
                yield tuple(run), began
                run = []
            begins = word in _ENDS
            continue
        if not run:
            began = begins
        run.append(word.removesuffix("’s").removesuffix("'s"))
        begins = False
    if run:
        yield tuple(run), began


def _trimmed(run: tuple[str, ...]) -> tuple[str, ...]:
    """A run without the words at its beginning that are no name's."""
    while run and (run[0].casefold() in _NO_NAMES or len(run[0]) < 2 or run[0][:2] in ("I'", "I’")):
        run = run[1:]
    return run if len(run) <= _LONGEST else ()


def _names_of(stories: Iterable[Story]) -> dict[str, str]:
    """What stories call people and places: a name's words, and of a person the last one alone, to the whole name."""
    whole: dict[str, str] = {}
    last: dict[str, set[str]] = {}
    for story in stories:
        for paragraph in story.body:
            for run, begins in _runs(paragraph):
                name = _trimmed(run)
                single = len(name) == 1
                if not name or (single and (begins or story.language in _NOUNS_HAVE_CAPITALS)):
                    continue
                whole[" ".join(name)] = " ".join(name)
                if not single and len(name[-1]) > 2:
                    last.setdefault(name[-1], set()).add(" ".join(name))
    ends = {word: next(iter(names)) for word, names in last.items() if len(names) == 1}
    return {**whole, **ends}


def _names_of_comments(
    comments: Sequence[Comment], runs: Sequence[Sequence[tuple[tuple[str, ...], bool]]], known: Mapping[str, str]
) -> dict[str, str]:
    """Names that the comments bring: with a capital within a sentence in enough of them, and not oftener without one."""
    counts: Counter[str] = Counter()
    for own in runs:
        names = {" ".join(name) for run, begins in own if not begins and (name := _trimmed(run)) and not _shouts(name)}
        counts.update(names - known.keys())
    found = {name: name for name, number in counts.items() if number >= FEWEST}
    if not found:
        return {}
    small = Counter(word for comment in comments for word in comment.text[:_READ_CHARS].split() if word.islower())
    return {name: name for name in found if small[name.lower()] < counts[name]}


def _shouts(name: tuple[str, ...]) -> bool:
    return all(word.isupper() and len(word) > 5 for word in name)


def _meant(run: tuple[str, ...], known: Mapping[str, str]) -> Iterator[str]:
    """The names within a run of capitals, the longest first, none within another."""
    at = 0
    while at < len(run):
        for size in range(min(_LONGEST, len(run) - at), 0, -1):
            name = known.get(" ".join(run[at : at + size]))
            if name is not None:
                yield name
                at += size
                break
        else:
            at += 1
