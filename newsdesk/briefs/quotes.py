"""What people are quoted with, and the words beside it that say who spoke. Found by the marks alone, in any language."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from newsdesk.model import Json, Story

_QUOTED = re.compile(r"“([^“”]{12,600})”|„([^„“”]{12,600})[“”]|«([^«»]{12,600})»|「([^「」]{8,600})」|\"([^\"]{12,600})\"")
# A full stop after these, or after a single capital, ends no sentence.
_END = r"(?:(?<!\b[A-Z])(?<!\b(?:Dr|Mr|Ms|St))(?<!\b(?:Mrs|Gen|Sen|Gov|Rep|Col|Rev))(?<!\bProf)\.|[。!?])"
_SPEAKER = re.compile(rf"\s*[,，、]?\s*(?:と)?([^“”„«»「」\"\n]{{3,160}}?)(?:{_END}|$|,\s*(?=[“„«\"]))")
_BEFORE = re.compile(rf"{_END}\s+|[“”«»\"]")
_REACH = 160
_FEWEST_WORDS = 5
_UNSPACED = re.compile("[\u3040-\u30ff\u3400-\u9fff]")


@dataclass(frozen=True, slots=True)
class Quote:
    """`text` without its marks; `said` the words around it that name the speaker, "" where there are none beside it."""

    text: str
    said: str
    story: str
    source: str | None

    def to_json(self) -> dict[str, Json]:
        return {"text": self.text, "said": self.said, "story": self.story, "source": self.source}


def find_quotes(story: Story) -> Iterator[Quote]:
    """The quotes of a story that are long enough to mean something, in order."""
    for paragraph in story.body:
        for found in _QUOTED.finditer(paragraph):
            text = next(group for group in found.groups() if group).strip().rstrip(",，、")
            if len(text.split()) < _FEWEST_WORDS and not _UNSPACED.search(text):
                continue
            yield Quote(text, _said(paragraph, found), story.id, story.source or story.outlet)


def _said(paragraph: str, quote: re.Match[str]) -> str:
    """The clause after a quote, else the one before it."""
    after = _SPEAKER.match(paragraph, quote.end())
    if after and any(char.isupper() or _UNSPACED.match(char) for char in after[1]):
        return after[1].strip(" ,")
    reach = paragraph[max(0, quote.start() - _REACH) : quote.start()]
    before = _BEFORE.split(reach)[-1]
    if len(before) == _REACH:
        before = f"… {before.partition(' ')[2]}"
    before, goes_on = before.strip(" ,:：、，"), quote[0][1].islower() and before.rstrip()[-1:].isalnum()
    if not any(map(str.isupper, before)) and not _UNSPACED.search(before):
        return ""
    return f"{before} …" if goes_on else before  # the quote ends the sentence that the words begin
