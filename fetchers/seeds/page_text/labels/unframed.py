"""What looks like a thread and is none: lists of headlines, charts and code, which nothing frames as what readers said."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Sequence

from fetchers.seeds.page_text.lines.features import speaks_to_reader
from fetchers.seeds.page_text.lines.looks import Look
from fetchers.seeds.page_text.lines.positions import lines_of
from fetchers.seeds.page_text.thread.rhythm import COUNTED, counted_names

FRAME = ("author", "meta", "comment")
SAID = ("sent", "shortsent", "long")
HEADING = 0.6  # of the words of a line that heads comments
ABOVE = 6  # lines above a thread in which its heading stands
BUTTON = 0.5  # of the words of a line of buttons
# Of a thread's texts that are sentences, at least: where names frame it, where buttons or times do, below a heading.
BARE_SAID, FRAMED_SAID, HEADED_SAID = 0.5, 0.3, 0.2
FEW = 5  # texts that a heading, or a time for each, shows to be comments, whatever they are
LISTED = ("num", "sign", "nav", "menu", "share", "related", "date")
APART = 10  # lines that part what readers say from what else looks like it
PROSE = 60  # columns of a line that is a paragraph of the story's between two others


def _runs(labels: Sequence[str]) -> list[list[int]]:
    """The lines of each thread, as body text and headlines part them."""
    runs: list[list[int]] = [[]]
    for i, label in enumerate(labels):
        if label in FRAME:
            runs[-1].append(i)
        elif label in ("body", "title") and runs[-1]:
            runs.append([])
    return [run for run in runs if run]


def _is_said(look: Look) -> bool:
    return (look.kind in SAID and look.ends in ".q") or (look.case == "none" and look.kind not in LISTED)


def _says_who(look: Look) -> bool:
    """True for "Ann wrote:", and for a name or number, a time and a sign as a board's posts have them."""
    return "wrote" in look.found.classes and (look.ends == ":" or bool(look.dates))


def _is_button(look: Look) -> bool:
    return bool({"vote", "reply"} & set(look.found.classes)) and (look.found.cover >= BUTTON or bool(look.dates) or look.ago)


def _is_headed(heads: Sequence[Look]) -> bool:
    """True if one of the lines says nothing but "Comments" and its like."""
    return any("commenthead" in look.found.classes and look.width <= 60 and look.found.cover >= HEADING for look in heads)


def _is_thread(run: Sequence[int], looks: Sequence[Look], labels: Sequence[str], between: bool) -> bool:
    """True if "Ann wrote:" or "Re: …" frames the lines, or texts are sentences: half below names, fewer below heading, buttons,
    times."""
    frame = [looks[i] for i in run if labels[i] != "comment"]
    texts = [looks[i] for i in run if labels[i] == "comment"]
    said = sum(map(_is_said, texts))
    if any(_says_who(look) or look.starts == "re" for look in frame):
        return True
    if sum(map(_is_button, frame)) >= 2 and (len(texts) < FEW or said >= FRAMED_SAID * len(texts)):
        return True
    if _is_headed(looks[max(0, run[0] - ABOVE) : run[-1]]):
        return len(texts) < FEW or said > HEADED_SAID * len(texts)
    if not between and len(counted_names(frame)) >= COUNTED and said >= HEADED_SAID * len(texts):
        return True
    times = sum(bool(look.dates) or look.ago for look in frame)
    if not between and len(texts) < FEW and times >= len(texts):
        return True
    if times >= 2:
        return bool(texts) and said >= FRAMED_SAID * len(texts)
    signed = sum(look.name or look.user for look in frame) * 2 > len(frame) or times * FEW >= len(texts)
    return not between and signed and bool(texts) and said >= BARE_SAID * len(texts)


def undo_inside(looks: Sequence[Look], labels: Sequence[str]) -> Sequence[str]:
    """Such lines between a story's paragraphs are furniture, and long sentences among them the story's."""
    mended = list(labels)
    bodies = [i for i in lines_of(labels, "body") if looks[i].long]
    titles = lines_of(labels, "title")
    for run in _runs(labels):
        if _is_between(run, bodies, titles) and not _is_thread(run, looks, labels, True):
            for i in run:
                prose = looks[i].width >= PROSE and _is_said(looks[i]) and not speaks_to_reader(looks[i])
                mended[i] = "body" if prose else "aside"
    return mended


def undo_outside(looks: Sequence[Look], labels: Sequence[str]) -> Sequence[str]:
    """Such lines above or below a story are furniture, also some way below a thread; what holds no comment may head a
    board's first post."""
    mended = list(labels)
    bodies = [i for i in lines_of(labels, "body") if looks[i].long]
    titles = lines_of(labels, "title")
    for run in _runs(labels):
        if not _tells(run, labels) or _is_between(run, bodies, titles):
            continue
        whole = _is_thread(run, looks, labels, False)
        for part in _stretches(run):
            if not whole or (_tells(part, labels) and not _is_thread(part, looks, labels, False)):
                for i in part:
                    mended[i] = "aside"
    return mended


def _tells(run: Sequence[int], labels: Sequence[str]) -> bool:
    return any(labels[i] == "comment" for i in run)


def _stretches(run: Sequence[int]) -> list[list[int]]:
    """The lines of a run, as a page's own lines between them part them."""
    stretches: list[list[int]] = [[]]
    for above, i in zip([run[0], *run], run, strict=False):
        if i - above > APART:
            stretches.append([])
        stretches[-1].append(i)
    return stretches


def _is_between(run: Sequence[int], bodies: Sequence[int], titles: Sequence[int]) -> bool:
    """True if a text that began above the lines goes on below them, under no headline of its own."""
    after, titled = bisect_right(bodies, run[-1]), bisect_right(titles, run[-1])
    if after in (0, len(bodies)) or bodies[0] > run[0]:
        return False
    return titled == len(titles) or titles[titled] > bodies[after]
