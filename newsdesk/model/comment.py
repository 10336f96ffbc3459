"""A reader's comment, its mood, and the mood of all comments on a story."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Literal, TypeAlias

from newsdesk.jsontext import Json

MoodLabel: TypeAlias = Literal["negative", "neutral", "positive"]

FEWEST_FOR_SHARE = 10  # sure comments: of fewer no percentage is given


@dataclass(frozen=True, slots=True)
class Sentiment:
    """A comment's mood. `score` runs from -1 (most negative) to +1; `confidence` is the chance that `label` is right."""

    label: MoodLabel
    score: float
    confidence: float
    unsure: bool = False
    sarcasm: bool = False
    toxic: bool = False
    why: tuple[str, ...] = ()

    def to_json(self) -> dict[str, Json]:
        return {
            "label": self.label,
            "score": round(self.score, 3),
            "confidence": round(self.confidence, 3),
            "unsure": self.unsure,
            "sarcasm": self.sarcasm,
            "toxic": self.toxic,
            "why": list(self.why),
        }

    @classmethod
    def from_json(cls, data: Mapping[str, Json]) -> Sentiment:
        told = data["label"], data["score"], data["confidence"], data["unsure"], data["sarcasm"], data["toxic"]
        return cls(*told, tuple(data["why"]))


@dataclass(frozen=True, slots=True)
class Judgement:
    """A person's correction of a comment's mood: `label`, None where it is not to be scored; `read`: what a model said."""

    label: MoodLabel | None
    read: Sentiment | None = None

    def to_json(self) -> dict[str, Json]:
        return {"label": self.label, "read": self.read.to_json() if self.read else None}

    @classmethod
    def from_json(cls, data: Mapping[str, Json]) -> Judgement:
        return cls(data["label"], Sentiment.from_json(data["read"]) if data["read"] else None)


@dataclass(frozen=True, slots=True)
class Comment:
    """One reader's comment. `text` joins its paragraphs with newlines; `reply_to` is an index into the story's comments.

    `answers` is the text of the comment replied to, where a source gives it without giving the comment itself. `seen` is when
    newsdesk first read it in its thread (UTC, ``Z``); None where it came with the story. `judged` is a person's word on its
    mood; where there is one, `sentiment` is that.
    """

    text: str
    author: str | None = None
    when: str | None = None
    votes: int | None = None
    reply_to: int | None = None
    answers: str | None = None
    sentiment: Sentiment | None = None
    seen: str | None = None
    judged: Judgement | None = None

    def to_json(self) -> dict[str, Json]:
        return {
            "author": self.author,
            "text": self.text,
            "when": self.when,
            "votes": self.votes,
            "reply_to": self.reply_to,
            "sentiment": self.sentiment.to_json() if self.sentiment else None,
            "seen": self.seen,
            "judged": self.judged.to_json() if self.judged else None,
        }

    @classmethod
    def from_json(cls, data: Mapping[str, Json]) -> Comment:
        mood, judged = data.get("sentiment"), data.get("judged")
        return cls(  # by place: a thread may have 20,000, and names cost a fifth of the time
            data["text"],
            data["author"],
            data["when"],
            data["votes"],
            data["reply_to"],
            data.get("answers"),
            Sentiment.from_json(mood) if mood else None,
            data.get("seen"),
            Judgement.from_json(judged) if judged else None,
        )


@dataclass(frozen=True, slots=True)
class Mood:
    """Counts over a story's comments; negative + neutral + positive + unsure = scored. `share`: negative ones among the sure,
    from 0 to 1; `interval`: its bounds at 95 %.

    `reader` is the mark of the model that read them (:func:`newsdesk.tagging.tiers.reader`), "" where not known; only kept.
    """

    comments: int
    scored: int
    negative: int
    neutral: int
    positive: int
    unsure: int
    share: float | None
    interval: tuple[float, float] | None
    tier: Literal["base", "model"] = "base"
    reader: str = ""

    @property
    def sure(self) -> int:
        """How many are scored and not unsure: what `share` is of."""
        return self.negative + self.neutral + self.positive

    def counts(self) -> dict[str, int]:
        """How many there are of each label, and of unsure ones, in the order in which they are told."""
        return {"negative": self.negative, "neutral": self.neutral, "positive": self.positive, "unsure": self.unsure}

    def share_to_tell(self) -> tuple[float, float, float] | None:
        """`share` and its interval, for percentages; None for a few comments, of which they would say more than is known."""
        if self.share is None or self.interval is None or self.sure < FEWEST_FOR_SHARE:
            return None
        return (self.share, *self.interval)

    def to_json(self) -> dict[str, Json]:
        return {
            "comments": self.comments,
            "scored": self.scored,
            "negative": self.negative,
            "neutral": self.neutral,
            "positive": self.positive,
            "unsure": self.unsure,
            "share": None if self.share is None else round(self.share, 3),
            "interval": None if self.interval is None else [round(x, 3) for x in self.interval],
            "tier": self.tier,
        }

    @classmethod
    def from_json(cls, data: Mapping[str, Json]) -> Mood:
        interval = data["interval"]
        return cls(**{**data, "interval": tuple(interval) if interval else None})
