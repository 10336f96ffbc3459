"""Labels of a transcript and of an interview put right: who speaks, who asks, what is stage direction."""

from __future__ import annotations

import re
from collections.abc import Sequence

from fetchers.seeds.page_text.labels.captions import is_caption
from fetchers.seeds.page_text.lines.looks import Look
from fetchers.seeds.page_text.lines.positions import lines_of

_STAGE = re.compile(r"[(\[][^a-z()\[\]]{4,60}[)\]]")  # "(LAUGHTER)"
_DIRECTION = re.compile(r"[(\[][^()\[\]]{3,60}[)\]]")  # "(Sound of a bell)", between what is spoken
_SPEAKER = re.compile(r"[^\W\d_a-z][^a-z:\d]{2,40}:\s?(?=\S|$)")  # "ROSE BYRD, HOST:"
_ASKED = re.compile(r"(?:Q|A|F|R|P|Question|Answer|Frage|Antwort)\s?[:.]\s\S")  # "Q: Why by hand?"
_SPEAKER_ALONE = re.compile(r"[^\W\d_a-z][^a-z:\d]{2,40}, [A-Z ]{4,20}:")


def _drop_directions(looks: Sequence[Look], labels: Sequence[str], first: int) -> list[str]:
    """What stands in brackets below the first line that is spoken tells of sounds and is no text."""
    return [
        "aside" if label in ("title", "highlight", "body") and i > first and _DIRECTION.fullmatch(look.text) else label
        for i, (look, label) in enumerate(zip(looks, labels, strict=True))
    ]


_TALKS = re.compile(r"(?P<who>[^\W\d_a-z][^:.?!]{1,24}): \S")  # "Lohse: Wenn der Wind dreht."


def _keep_talking(looks: Sequence[Look], labels: Sequence[str]) -> Sequence[str]:
    """Where two people or more speak by turns in a text, what else begins with one's name right below it is the text's."""
    spoken = {i: _TALKS.match(look.text) for i, look in enumerate(looks) if ": " in look.text[:28]}
    said = {i: found["who"].split(" ")[-1] for i, found in spoken.items() if found}
    names = {who for i, who in said.items() if labels[i] == "body"}
    mended = list(labels)
    turns = [i for i in said if labels[i] == "body"] if len(names) >= 2 else []
    if len(turns) >= TURNS:
        mended = _drop_directions(looks, mended, turns[0])
    for i, who in said.items() if len(names) >= 2 else ():
        parted = mended[i - 2 : i] == ["body", "aside"] and is_caption(looks[i - 1], None)  # by a picture
        if who in names and mended[i] in ("aside", "title") and (mended[i - 1] == "body" or parted):
            mended[i] = "body"
    return mended


TURNS = 4  # lines of question and answer that are an interview, whatever was thought of the last of them


def _keep_asked(looks: Sequence[Look], labels: Sequence[str]) -> Sequence[str]:
    """What stands between questions and answers ("Q: …", "A: …") of a text and begins as they do is the text's; so is what
    follows them in an interview, which is no thread of comments."""
    told = [i for i in lines_of(labels, "body") if _ASKED.match(looks[i].text)]
    if len(told) < 2:
        return labels
    asked = [i for i, look in enumerate(looks) if _ASKED.match(look.text)]
    turns = len(asked) >= TURNS and len({looks[i].text[0] for i in asked}) == 2
    kept = {i for i in asked if told[0] < i < told[-1] or (turns and i > told[0])}
    return ["body" if i in kept else label for i, label in enumerate(labels)]


def keep_speakers(looks: Sequence[Look], labels: Sequence[str]) -> Sequence[str]:
    """In a transcript a speaker's name on a line of its own, right above what he says, is part of the text."""
    labels = _keep_asked(looks, _keep_talking(looks, labels))
    spoken = [i for i in lines_of(labels, "body") if _SPEAKER.match(looks[i].text)]
    if len(spoken) < 2:
        return labels
    heads = [*spoken, *(i for i, look in enumerate(looks) if labels[i] != "body" and _SPEAKER_ALONE.fullmatch(look.text))]
    names = {speaker[0].split(",")[0].split(" ")[-1].rstrip(": ") for i in heads if (speaker := _SPEAKER.match(looks[i].text))}
    labels = [
        "aside"
        if label == "title" and _STAGE.fullmatch(look.text)
        else "body"
        if label == "aside" and spoken[0] < i < spoken[-1] + 4 and look.text.partition(":")[0] in names and look.ends == "."
        else label
        for i, (look, label) in enumerate(zip(looks, labels, strict=True))
    ]
    labels = _drop_directions(looks, labels, spoken[0])
    return [
        "body"
        if label in ("furniture", "aside", "title", "highlight", "byline")
        and labels[i + 1 : i + 2] == ["body"]
        and looks[i + 1].long
        and (named := _SPEAKER.match(look.text)) is not None
        and named.end() == len(look.text)
        else label
        for i, (look, label) in enumerate(zip(looks, labels, strict=True))
    ]
