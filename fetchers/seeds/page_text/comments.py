"""Comments from labelled lines: where each begins and ends."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from itertools import pairwise

from fetchers.seeds.page_text.frames import SUBJECT, WROTE, Draft, answers_whom, head_by_date, is_button, is_rank
from fetchers.seeds.page_text.looks import Look


def _footers(looks: Sequence[Look], labels: Sequence[str]) -> bool:
    """True if authors stand below what they wrote: nearer to the text above than to that below, else by which is first."""
    authors = [i for i, label in enumerate(labels) if label == "author"]
    texts = [i for i, label in enumerate(labels) if label == "comment"]
    if not authors or not texts:
        return False
    above = below = 0
    for i in authors:
        following = next((j for j in range(i + 1, min(i + 6, len(labels))) if labels[j] == "comment"), None)
        if i and following is not None:
            above += min(looks[i].line.blanks, 2)
            below += sum(min(looks[j].line.blanks, 2) for j in range(i + 1, following + 1))
    # One stray empty line decides nothing.
    if max(above, below) >= max(2 * min(above, below), len(authors) / 2, 1) and above != below:
        return above < below
    if texts[0] > authors[0] and texts[-1] > authors[-1]:
        return False
    # An author at either end without a text of its own: the one above is rather the story's byline.
    return texts[-1] < authors[-1]


def _lead(looks: Sequence[Look], labels: Sequence[str]) -> int:
    """How many frame lines stand above every author line (a number, a date) and belong to the comment below."""
    authors = [i for i, label in enumerate(labels) if label == "author"]
    kinds = Counter(looks[i - 1].kind for i in authors if i)
    if not authors or not authors[0] or kinds.most_common(1)[0][0] != looks[authors[0] - 1].kind:
        return 0  # what stands above the first is no part of its frame
    leads = []
    for i in authors:
        count = 0
        while i - count - 1 >= 0 and labels[i - count - 1] == "meta":
            count += 1
        leads.append(count)
    return min(leads) if leads and leads[0] == min(leads) else 0


REACH = 200  # lines above a quote in which its author is looked for, so that long threads stay fast
_RE = re.compile(r"^(?:(?:re|aw|sv|rv)\s?:\s?)+", re.IGNORECASE)
_PINGBACK = re.compile(r"(?:pingback|trackback)\s?:", re.IGNORECASE)
_SIGNATURE = re.compile(r"(?:--|_{2,}|-{3,})\s*$")


def mend_labels(looks: Sequence[Look], labels: Sequence[str]) -> list[str]:
    """Labels of a run of comment lines, put right where the run as a whole tells more than one line and its neighbours."""
    mended = list(labels)
    _mend_subjects(looks, mended)
    _mend_quoters(looks, mended)
    _mend_addresses(looks, mended)
    _mend_ranks(looks, mended)
    _mend_second_names(looks, mended)
    _mend_answers(looks, mended)
    _mend_empty_heads(looks, mended)
    _mend_numbers(looks, mended)
    for i, look in enumerate(looks):
        if mended[i] == "comment" and (_PINGBACK.match(look.text) or (i and mended[i - 1] == "comment" and _is_deleted(look))):
            mended[i] = "meta"
        if _SIGNATURE.fullmatch(look.text) and i and mended[i - 1] == "comment":
            mended[i] = "meta"
            if i + 1 < len(looks) and mended[i + 1] == "comment" and "comment" not in mended[i + 2 : i + 3]:
                mended[i + 1] = "meta"
    return mended


def _mend_subjects(looks: Sequence[Look], labels: list[str]) -> None:
    """Subject lines ("Re: …") that come again and again are frames."""
    subjects = [
        i
        for i, look in enumerate(looks)
        if labels[i] in ("comment", "meta") and (look.starts == "re" or SUBJECT.match(look.text))
    ]
    answered = {_RE.sub("", looks[i].lower) for i in subjects if labels[i] == "meta" and looks[i].starts == "re"}
    for i in range(1, len(looks) - 1):
        if (
            labels[i - 1 : i + 2] in (["author", "comment", "comment"], ["meta", "comment", "comment"])
            and looks[i].lower in answered
        ):
            labels[i] = "meta"  # what "Re: …" further down repeats
    alike = Counter(looks[i].lower for i in subjects)
    for i in subjects:
        if len(subjects) >= 3 and (alike[looks[i].lower] >= 2 or labels.count("meta") > len(subjects)):
            labels[i] = "meta"


def _heads_before(looks: Sequence[Look], labels: Sequence[str], at: int, name: str) -> bool:
    """True if a frame line not far above holds the name."""
    near = range(max(0, at - REACH), at)
    return any(labels[i] in ("author", "meta") and name in looks[i].lower for i in near)


def _mend_quoters(looks: Sequence[Look], labels: list[str]) -> None:
    """ "X wrote:" heads comments where most heads are so, and quotes inside comments where few are."""
    authors = [i for i, label in enumerate(labels) if label == "author"]
    for i in range(1, len(looks) - 1):
        quoted = WROTE.match(looks[i].text) if labels[i - 1] != "comment" and labels[i : i + 2] == ["comment"] * 2 else None
        if quoted and quoted["who2"] and _heads_before(looks, labels, i, quoted["who2"].lower()):
            labels[i] = "meta"
    writes = [
        i for i, look in enumerate(looks) if labels[i] in ("author", "meta") and look.ends == ":" and WROTE.match(look.text)
    ]
    heads = sum(labels[i] == "author" for i in writes)
    if not authors or not writes:
        return
    for i in writes:
        labels[i] = "author" if heads * 2 > len(authors) else "meta"


_NUMBERED_LINE = re.compile(r"(?:>>|＞＞|@#)\s?\d{1,5}")


def _mend_addresses(looks: Sequence[Look], labels: list[str]) -> None:
    """ "@name" or ">name" alone under a frame is the comment's first line, if another comment is by that name."""
    heads = [looks[i].lower for i, label in enumerate(labels) if label == "author"]
    for i in range(1, len(looks) - 1):
        if labels[i] == "meta" and labels[i + 1] == "comment" and _NUMBERED_LINE.fullmatch(looks[i].text):
            labels[i] = "comment"
        if (
            labels[i] == "comment"
            or looks[i].starts not in ("@", ">")
            or labels[i + 1] != "comment"
            or labels[i - 1] == "comment"
        ):
            continue
        name = re.sub(r"さん$", "", looks[i].lower.strip("@> \uff1e"))
        if name and any(head.startswith(name) for head in heads):
            labels[i] = "comment"


DATE_LETTERS = 6  # beside a date, "Uhr", "at", "GMT": no name is as short


def _mend_ranks(looks: Sequence[Look], labels: list[str]) -> None:
    """A forum's rank ("Senior Member", "Regular") below a name is not the name."""
    for i in range(1, len(looks)):
        above = looks[i - 1]
        if (
            labels[i] == "author"
            and is_rank(looks[i])
            and labels[i - 1] == "meta"
            and above.kind in ("name", "user", "short")
            and not above.dates
            and not is_rank(above)
        ):
            labels[i - 1], labels[i] = "author", "meta"
    _mend_bare_dates(looks, labels)
    _mend_handles(looks, labels)


def _mend_handles(looks: Sequence[Look], labels: list[str]) -> None:
    """Of a name and its handle the name is the author; so is the name below the picture that is called by it."""
    for i, look in enumerate(looks):
        if labels[i] != "author":
            continue
        above, below = looks[i - 1] if i else None, looks[i + 1] if i + 1 < len(looks) else None
        if above is not None and labels[i - 1] == "meta" and look.text.startswith("@") and _may_name(above):
            labels[i - 1], labels[i] = "author", "meta"
        elif below is not None and labels[i + 1] == "meta" and _may_name(below) and _pictures(look, below):
            labels[i], labels[i + 1] = "meta", "author"


_PICTURED = re.compile(r"\b(?:avatar|profile|photo|picture|image|user)\b", re.IGNORECASE)


def _pictures(look: Look, name: Look) -> bool:
    """True for "Avatar for Bob" above "Bob"."""
    return bool(_PICTURED.search(look.text)) and name.lower in look.lower and name.lower != look.lower


def _may_name(look: Look) -> bool:
    named = look.kind in ("name", "user", "short") and not look.dates and not look.text.startswith("@")
    return named and look.found.cover < 0.99 and not is_rank(look) and len(look.text) >= 2


def _mend_answers(looks: Sequence[Look], labels: list[str]) -> None:
    """A line between a frame and a text that says whom the comment answers, an earlier author, is no text."""
    for i in range(1, len(looks) - 1):
        if labels[i] == "comment" and labels[i - 1] != "comment" and labels[i + 1] == "comment" and looks[i].width <= 80:
            whom = answers_whom(looks[i].text)
            if whom and _heads_before(looks, labels, i, whom.lower()):
                labels[i] = "meta"


def _mend_second_names(looks: Sequence[Look], labels: list[str]) -> None:
    """Of two names in a row the second may be whom the first answers: an earlier author's, below one that is not."""
    alike = Counter(look.lower for look in looks)
    seen: set[str] = set()
    for i, look in enumerate(looks):
        if labels[i] != "author":
            continue
        above = looks[i - 1] if i else None
        if (
            above is not None
            and look.lower in seen
            and labels[i - 1] == "meta"
            and above.kind in ("name", "user", "short")
            and above.lower != look.lower
            and alike[above.lower] < 3
            and not (is_rank(above) or is_button(above.text) or above.found.cover >= 0.99)
        ):
            labels[i - 1], labels[i] = "author", "meta"
            look = above
        seen.add(look.lower)


def _mend_bare_dates(looks: Sequence[Look], labels: list[str]) -> None:
    """An author line that is nothing but a time gives way to the name right above it."""
    for i in range(1, len(looks)):
        look, above = looks[i], looks[i - 1]
        bare = bool(look.dates) and look.rest <= DATE_LETTERS
        named = above.kind in ("name", "user", "short") and not above.dates and not is_rank(above)
        if labels[i] == "author" and bare and labels[i - 1] == "meta" and named and not is_button(above.text):
            labels[i - 1], labels[i] = "author", "meta"


_LONE_NUMBER = re.compile(r"(?:#|№|no\.?)\s?(\d{1,4})[.:]?$|(\d{1,4})[.):]$", re.IGNORECASE)


def _mend_numbers(looks: Sequence[Look], labels: list[str]) -> None:
    """Numbers from line to line that rise by one head the comments of a thread that names hardly anybody."""
    found = [(i, match) for i, look in enumerate(looks) if labels[i] != "comment" and (match := _LONE_NUMBER.match(look.text))]
    numbers = [int(match[1] or match[2]) for _, match in found]
    rising = len(numbers) >= 3 and all(b - a == 1 for a, b in pairwise(numbers))
    if not rising or labels.count("author") * 2 > len(numbers):
        return
    heads = {i for i, _ in found}
    for i, label in enumerate(labels):
        labels[i] = "author" if i in heads else "meta" if label == "author" else label


def _mend_empty_heads(looks: Sequence[Look], labels: list[str]) -> None:
    """Of two author lines with no text between them one is another part of the frame: a button, a subject."""
    alike = Counter(look.lower for look in looks)

    def worth(i: int) -> int:
        look = looks[i]
        dated = bool(look.dates) or look.ago
        named = look.kind in ("name", "user") or (dated and look.rest > 2)
        return 2 * dated + named - 2 * (alike[look.lower] >= 3 and not dated) - (look.starts == "num.") - 2 * is_rank(look)

    last: int | None = None
    for i, label in enumerate(labels):
        if label == "comment":
            last = None
        elif label == "author":
            if last is not None and worth(last) != worth(i):
                weaker = min(last, i, key=worth)
                labels[weaker] = "meta"
                last = i if weaker == last else last
            else:
                last = i


def split_comments(looks: Sequence[Look], labels: Sequence[str]) -> list[Draft]:
    """Cut a run of comment lines into comments."""
    labels = mend_labels(looks, labels)
    if "author" not in labels:
        labels = _mark_heads(looks, labels)
    starts = _starts_by_footer(labels) if _footers(looks, labels) else _starts_by_header(looks, labels)
    drafts = []
    for begin, end in pairwise([*starts, len(labels)]):
        draft = Draft()
        for look, label in zip(looks[begin:end], labels[begin:end], strict=True):
            if label == "comment":
                draft.paragraphs.append(look)
            else:
                draft.frame.append(look)
                if label == "author" and draft.header is None:
                    draft.header = look
        if draft.paragraphs and not _is_placeholder(draft):
            drafts.append(draft)
    head_by_date(drafts)
    return drafts


def _starts_by_header(looks: Sequence[Look], labels: Sequence[str]) -> list[int]:
    lead = _lead(looks, labels)
    starts = [i - lead for i, label in enumerate(labels) if label == "author"]
    if not starts or "comment" in labels[: starts[0]]:
        starts.insert(0, 0)
    return starts


def _starts_by_footer(labels: Sequence[str]) -> list[int]:
    starts, ended = [0], False
    for i, label in enumerate(labels):
        if label == "comment" and ended:
            starts.append(i)
            ended = False
        ended = ended or label == "author"
    return starts


def _mark_heads(looks: Sequence[Look], labels: Sequence[str]) -> list[str]:
    """Where no line names an author, what heads the first comment heads them all; else what ends them does."""
    marked = list(labels)
    frames = [i for i, label in enumerate(labels) if label == "meta"]
    if not frames:
        return marked
    if labels[0] == "meta":
        heads = [i for i in frames if looks[i].shape == looks[0].shape]
    else:
        heads = [i for i in frames if i and labels[i - 1] == "comment"]
    for i in heads:
        marked[i] = "author"
    return marked


def _is_deleted(look: Look) -> bool:
    said = "commenthead" in look.found.classes and look.width <= 50 and "?" not in look.text[-2:]
    return "deleted" in look.found.classes and (look.found.cover >= 0.6 or said)


def _is_placeholder(draft: Draft) -> bool:
    first = draft.paragraphs[0]
    return len(draft.paragraphs) == 1 and (_is_deleted(first) or "closed" in first.found.first)
