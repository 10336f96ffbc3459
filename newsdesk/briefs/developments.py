"""The story so far: of everything that a storyline's stories say, the first report and each sentence that was new.

Method: novelty by new words, the measure that stood best on its own in the novelty tracks of TREC (Allan, Wade and Bolivar,
"Retrieval and novelty detection at the sentence level", SIGIR 2003), with the words weighted by how rare they are in the news
and names and numbers above the others. Nothing is written here: every sentence is one that a story has, and says which.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import pairwise
from typing import Literal, TypeAlias

from newsdesk.briefs.sentences import split_sentences
from newsdesk.model import Json, Story
from newsdesk.storylines.words import WORD, resolve, tokens

Kind: TypeAlias = Literal["first", "language", "new", "headline", "correction"]

_SENTENCES = 14  # of a story: what is new stands above the background paragraphs
_CHARS = 6000
_LONGEST = 420
_FEWEST_WORDS = 5
_NAMED = 1.4  # a name or a number says more of what happened than another word
_SHARE = 0.45  # of a sentence's weight that has to be new
_WEIGHT = 12.0  # of it that has to be new: about three rare words
_FADE = 0.06  # lost with each sentence further down


@dataclass(frozen=True, slots=True)
class Development:
    """One step of a storyline. `kind`: ``first`` report, first report in a ``language``, something ``new``, a changed
    ``headline`` (then `text` is the new one and `before` the old) or a ``correction`` (likewise).

    `when` is as printed, or when newsdesk first saw it. `also` names other outlets that brought the same text. `url` is the
    story's link.
    """

    kind: Kind
    text: str
    story: str
    when: str
    source: str | None = None
    before: str | None = None
    also: tuple[str, ...] = ()
    url: str | None = None

    def to_json(self) -> dict[str, Json]:
        return {
            "kind": self.kind,
            "text": self.text,
            "story": self.story,
            "when": self.when,
            "source": self.source,
            "before": self.before,
            "also": list(self.also),
            "url": self.url,
        }


@dataclass(frozen=True, slots=True)
class Told:
    """A story in the order in which it came, `seen` when newsdesk first saw it (UTC, ``Z``), with its earlier revisions."""

    story: Story
    seen: str
    earlier: tuple[Story, ...] = ()

    @property
    def when(self) -> str:
        return self.story.published or self.seen

    @property
    def source(self) -> str | None:
        return self.story.source or self.story.outlet


_Weights: TypeAlias = dict[str, float]


def find_developments(told: Sequence[Told]) -> tuple[Development, ...]:
    """What happened, step by step, from a storyline's stories (oldest first)."""
    copies = _copies(told)
    known: dict[str | None, set[str]] = {}
    found: list[Development] = []
    for one in told:
        found += _changes(one)
        if one.story.id in copies:
            continue
        step = _step(one, known)
        if step is not None:
            also = (other.source for other in told if copies.get(other.story.id) == one.story.id)
            found.append(_with_also(step, also))
    return tuple(sorted(found, key=lambda step: step.kind != "first"))


def _copies(told: Sequence[Told]) -> dict[str, str]:
    """Stories that are wire copies of another that is there."""
    there = {one.story.id for one in told}
    pairs = ((one.story.id, one.story.wire_copy_of) for one in told)
    return {story: of for story, of in pairs if of is not None and of in there and of != story}


def _with_also(step: Development, sources: Iterable[str | None]) -> Development:
    also = tuple(dict.fromkeys(source for source in sources if source and source != step.source))
    return replace(step, also=also)


def _step(one: Told, known: dict[str | None, set[str]]) -> Development | None:
    """The step that a story makes, if it makes one; its words are known from here on."""
    language = one.story.language
    sentences = list(_sentences(one.story))
    if not sentences:
        return None
    weighed = [(sentence, _weigh(sentence)) for sentence in sentences]
    heading = _weigh(one.story.title or "")
    if language not in known:
        kind: Kind = "language" if known else "first"
        chosen: str | None = sentences[0]
    else:
        kind, chosen = "new", _newest(weighed, known[language])
    words = known.setdefault(language, set())
    words.update(heading)
    for _, weights in weighed:
        words.update(weights)
    return Development(kind, chosen, one.story.id, one.when, one.source, url=one.story.url) if chosen else None


def _newest(weighed: Iterable[tuple[str, _Weights]], known: set[str]) -> str | None:
    """The sentence that says most that is not known, none where no sentence says enough."""
    best, chosen = 0.0, None
    for place, (sentence, weights) in enumerate(weighed):
        total = sum(weights.values())
        new = sum(weight for term, weight in weights.items() if term not in known)
        if new < _WEIGHT or new < _SHARE * total:
            continue
        worth = new * max(0.2, 1.0 - _FADE * place)
        if worth > best:
            best, chosen = worth, sentence
    return chosen


def _sentences(story: Story) -> Iterator[str]:
    """The sentences at the beginning of a story that are long enough to tell something; its title where it has no text."""
    left, chars = _SENTENCES, _CHARS
    for paragraph in story.body or story.highlights or ((story.title,) if story.title else ()):
        for sentence in split_sentences(paragraph[:chars]):
            if len(sentence) <= _LONGEST and len(tokens(sentence)) >= _FEWEST_WORDS:
                yield sentence
                left -= 1
            if left == 0:
                return
        chars -= len(paragraph)
        if chars <= 0:
            return


def _weigh(text: str) -> _Weights:
    """term -> weight of what a text says."""
    weights: _Weights = {}
    for token in tokens(text):
        word = resolve(token)
        if word is not None:
            weights[word.term] = word.weight * (1.0 if word.kind == WORD else _NAMED)
    return weights


def _changes(one: Told) -> Iterator[Development]:
    """Headlines that an outlet changed, and corrections that it made, from one revision to the next."""
    versions, url = (*one.earlier, one.story), one.story.url
    for before, after in pairwise(versions):
        when = after.updated or one.when
        if before.title and after.title and before.title != after.title:
            yield Development("headline", after.title, one.story.id, when, one.source, before.title, url=url)
        if before.status != after.status:
            yield Development("correction", after.status, one.story.id, when, one.source, before.status, url=url)
