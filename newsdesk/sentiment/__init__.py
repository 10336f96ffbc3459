"""The mood of reader comments: negative, neutral or positive, with sarcasm and toxicity apart, and the words that say so.

What is meant counts, not what is said: contempt, mockery and accusing questions are negative. There are two tiers, of the same
labels: the base one, always there, is linear over hashed words and pieces of words and named marks of manner, with a small net
over the words in their order; the other is an encoder, where it is installed (:mod:`newsdesk.tagging.tiers`), with the base
tier's word beside it. Both were trained on labelled reader comments (``training/mood``); their confidence is calibrated on
comments that they did not learn from. Comments in other languages are read by a seed of words alone.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

import numpy as np

from newsdesk.model import Sentiment
from newsdesk.sentiment.emoji import read_aloud
from newsdesk.sentiment.foreign import score_foreign
from newsdesk.sentiment.judging import TOXIC, add_beside, judge
from newsdesk.sentiment.lines import own_words
from newsdesk.sentiment.marks import has_context
from newsdesk.sentiment.reading import Reading, has_words, read
from newsdesk.sentiment.summary import summarise, wilson
from newsdesk.sentiment.weights import load, read_settings
from newsdesk.tagging.tiers import Tier, tier

__all__ = ["has_words", "measured", "score", "score_many", "summarise", "wilson"]

# So many comments are read at once: enough to make numpy pay, few enough to stay in the processor's cache.
_BATCH = 256


def score(
    text: str, title: str | None = None, parent: str | None = None, language: str | None = None, by: Tier | None = None
) -> Sentiment | None:
    """The mood of one comment, under the headline `title`, in answer to `parent`; None if it can't be scored.

    `language` is ISO 639-1; None is taken for English. `by` is the tier that reads it, else the one that :func:`tier` says.
    """
    return score_many([text], [title], [parent], [language], by)[0]


def score_many(
    texts: Sequence[str],
    titles: Sequence[str | None] | None = None,
    parents: Sequence[str | None] | None = None,
    languages: Sequence[str | None] | None = None,
    by: Tier | None = None,
) -> list[Sentiment | None]:
    """As :func:`score`, for many comments at once, which is many times faster. The lists are as long as `texts`."""
    none = [None] * len(texts)
    titles, parents, languages = titles or none, parents or none, languages or none
    texts = [own_words(text, parent) for text, parent in zip(texts, parents, strict=True)]
    by = by or tier()
    result: list[Sentiment | None] = list(none)
    english = []
    for at, text in enumerate(texts):
        language = languages[at] or "en"
        if not has_words(text):
            continue
        if language == "en":
            english.append(at)
        else:
            result[at] = score_foreign(text, language, load().settings["foreign"])
    for begin in range(0, len(english), _BATCH):
        part = english[begin : begin + _BATCH]
        asked = [texts[at] for at in part], [titles[at] for at in part], [parents[at] for at in part]
        for at, sentiment in zip(part, _judge(*asked, by), strict=True):
            result[at] = sentiment
    return result


def _judge(texts: Sequence[str], titles: Sequence[str | None], parents: Sequence[str | None], by: Tier) -> list[Sentiment]:
    weights = load()
    spoken = [read_aloud(text) for text in texts]
    reading = read(spoken, titles, parents, weights)
    changed = [at for at, (text, own) in enumerate(zip(texts, spoken, strict=True)) if text != own]
    if changed:  # what a feeling is called harms nobody
        plain = read([texts[at] for at in changed], [titles[at] for at in changed], [parents[at] for at in changed], weights)
        reading.logits[changed, TOXIC] = plain.logits[:, TOXIC]
    if by == "model":
        return judge(read_by_model(reading, spoken), weights, weights.settings["model"])
    return judge(reading, weights, weights.settings)


def read_by_model(base: Reading, texts: Sequence[str]) -> Reading:
    """`base` with the encoder's logits, and a share of its own; which words did it is what the base tier says of them."""
    from newsdesk.sentiment.encoder import load_encoder

    said, heads = load_encoder().read(texts), base.logits[:, :TOXIC]
    both = add_beside(said, heads, has_context(base.marks), load().settings["model"])
    return replace(base, logits=np.hstack([both[:, :TOXIC], base.logits[:, TOXIC:], both[:, TOXIC:]]))


def measured(tier: Tier) -> str:
    """How good a tier is, in a sentence part, as its training measured it."""
    found = read_settings()["measured"][tier]
    return f"macro-F1 {found['macro-F1']:.2f} on {found['set']}"
