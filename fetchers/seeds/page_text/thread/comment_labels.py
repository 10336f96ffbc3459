"""Labels of a run of comment lines, put right where the run as a whole tells more than one line and its neighbours."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from itertools import pairwise

from fetchers.seeds.page_text.lines.looks import Look
from fetchers.seeds.page_text.lines.positions import lines_of
from fetchers.seeds.page_text.thread.authors import is_button, is_rank, read_author
from fetchers.seeds.page_text.thread.citing import REACH, cites, heads_before, mend_quoters
from fetchers.seeds.page_text.thread.closers import counted, mend_buttons, mend_closers
from fetchers.seeds.page_text.thread.frames import CITED, SUBJECT, answers_whom
from fetchers.seeds.page_text.thread.placeholders import is_placeholder
from newsdesk.countries.gazetteer import is_place

_RE = re.compile(r"^(?:(?:re|aw|sv|rv)\s?:\s?)+", re.IGNORECASE)
_PINGBACK = re.compile(r"(?:pingback|trackback)\s?:", re.IGNORECASE)
_ADDRESS = re.compile(
    r"IP\s?[:\uff1a]\s?[\d.*x:a-f-]{3,40}$|(?:IP\s?[属屬]地|[来來]自)\s?[:\uff1a]?\s?[\u3400-\u9fff]{2,8}$"
)  # whence a comment was sent
_BUTTONS = re.compile(r"(?:[(\[]\s?[^()\[\]]{2,30}[)\]]\s*){1,5}")  # "(Reply to this) (Thread)"
_SIGNATURE = re.compile(r"(?:--|_{2,}|-{3,})\s*$")
_SIGNED = re.compile(r"-- \S.{0,58}[^.!?…,]")  # "-- 73 de CX2"


def mend_labels(looks: Sequence[Look], labels: Sequence[str]) -> list[str]:
    """Labels of a run of comment lines, put right where the run as a whole tells more than one line and its neighbours."""
    mended = list(labels)
    mend_closers(looks, mended)
    mend_buttons(looks, mended)
    _mend_profiles(looks, mended)
    _mend_repeated(looks, mended)
    _mend_addresses(looks, mended)
    _mend_odd_first(looks, mended)
    _mend_subjects(looks, mended)
    mend_quoters(looks, mended)
    _mend_ranks(looks, mended)
    _mend_second_names(looks, mended)
    _mend_addressed(looks, mended)
    _mend_answers(looks, mended)
    _mend_empty_heads(looks, mended)
    _mend_numbers(looks, mended)
    _mend_talkbacks(looks, mended)
    _mend_signed(looks, mended)
    _mend_counted(looks, mended)
    for i, look in enumerate(looks):
        if mended[i] == "comment" and (
            _ADDRESS.match(look.text) or ("reply" in look.found.first and _BUTTONS.fullmatch(look.text))
        ):
            mended[i] = "meta"
        if mended[i] == "comment" and (_PINGBACK.match(look.text) or (i and mended[i - 1] == "comment" and is_deleted(look))):
            mended[i] = "meta"
        if _SIGNATURE.fullmatch(look.text) and i and mended[i - 1] == "comment":
            mended[i] = "meta"
            if i + 1 < len(looks) and mended[i + 1] == "comment" and "comment" not in mended[i + 2 : i + 3]:
                mended[i + 1] = "meta"
        if mended[i - 1 : i + 1] == ["comment"] * 2 and "comment" not in mended[i + 1 : i + 2] and _SIGNED.fullmatch(look.text):
            mended[i] = "meta"
    return mended


def _mend_profiles(looks: Sequence[Look], labels: list[str]) -> None:
    """A town or a place of work between an author and what he says is none of it."""
    for i in range(1, len(looks) - 1):
        if labels[i - 1 : i + 2] == ["author", "comment", "comment"] and looks[i].width <= 40:
            told = "profile" in looks[i].found.first or (_is_home(looks[i]) and looks[i].ends in "a)")
            labels[i] = "meta" if told else "comment"


def _mend_repeated(looks: Sequence[Look], labels: list[str]) -> None:
    """A line that most comments of a thread have beside other text of theirs is a button."""

    def form(look: Look) -> str:
        if any(map(str.isdigit, look.text)) and look.width <= 24:
            return counted(look) if "vote" in look.found.first else look.shape
        return look.lower

    alike = Counter(form(look) for look, label in zip(looks, labels, strict=True) if label == "comment")
    authors = labels.count("author")
    for i, look in enumerate(looks):
        if labels[i] != "comment" or alike[form(look)] < 3 or alike[form(look)] * 2 < authors or look.width > 40:
            continue
        near = range(max(0, i - 3), min(i + 4, len(looks)))
        if any(labels[j] == "comment" and alike[form(looks[j])] < 3 for j in near):
            labels[i] = "meta"


def _mend_odd_first(looks: Sequence[Look], labels: list[str]) -> None:
    """Where every author line but the first or two is dated and stands below a text, those are headings."""
    authors = lines_of(labels, "author")
    dated = [i for i in authors if i and (looks[i].dates or looks[i].ago) and labels[i - 1] == "comment"]
    others = [i for i in authors if i not in dated]
    if len(dated) >= 3 and len(others) <= 2 and others and others[-1] < dated[0] and "comment" not in labels[dated[-1] :]:
        for i in others:
            labels[i] = "meta"


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


_NUMBERED_LINE = re.compile(r"(?:>>|＞＞|@#)\s?\d{1,5}")


def _mend_addresses(looks: Sequence[Look], labels: list[str]) -> None:
    """ "@name" or ">name" alone under a frame is the comment's first line, if another comment is by that name."""
    heads = [looks[i].lower.lstrip("( ") for i in lines_of(labels, "author")]
    for i in range(1, len(looks) - 1):
        quoting = (looks[i].starts == ">" and len(looks[i].words) >= 3) or cites(looks, i)
        if labels[i] == "meta" and labels[i + 1] == "comment" and (quoting or _NUMBERED_LINE.fullmatch(looks[i].text)):
            labels[i] = "comment"
        if looks[i].starts not in ("@", ">") or "comment" in labels[i - 1 : i + 1] or labels[i + 1] != "comment":
            continue
        name = re.sub(r"さん$", "", looks[i].lower.strip("@> \uff1e"))
        if name and any(head.startswith(name) for head in heads):
            labels[i] = "comment"


PUBLISHED_LETTERS, DATE_LETTERS = 12, 6  # "Posted on"; beside a date, "Uhr", "GMT": no name is as short


def _mend_ranks(looks: Sequence[Look], labels: list[str]) -> None:
    """A forum's rank ("Senior Member", "Regular") below a name is not the name."""
    for i in range(1, len(looks)):
        above = looks[i - 1]
        if (
            labels[i] == "author"
            and labels[i - 1] == "meta"
            and above.kind in ("name", "user", "short")
            and not above.dates
            and not is_rank(above)
            and (is_rank(looks[i]) or looks[i].text[0] in "↪↳⤷" or _is_home(looks[i]))
        ):
            labels[i - 1], labels[i] = "author", "meta"
    _mend_bare_dates(looks, labels)
    _mend_handles(looks, labels)


def _is_home(look: Look) -> bool:
    """True for a town below a name, or for anything that ends with the letters of a state ("Ft. Myers, FL")."""
    town, _, region = look.text.partition(", ")
    place = look.text[0].isupper() and (is_place(town) or is_place(region) or bool(_STATE_END.search(look.text)))
    return look.kind in ("name", "user", "short") and place


_STATE_END = re.compile(r"\w, [A-Z]{2}$")


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
            whom = answers_whom(looks[i].text) or _quoted_name(looks[i])
            if whom and heads_before(looks, labels, i, whom.lower()):
                labels[i] = "meta"
        headed = labels[i - 1 : i + 2] == ["meta", "author", "comment"] and bool(looks[i - 1].dates) and looks[i - 1].rest > 2
        if headed and not looks[i].dates and looks[i].width <= 80 and answers_whom(looks[i].text) and read_author(looks[i - 1]):
            labels[i - 1 : i + 1] = ["author", "meta"]


def _quoted_name(look: Look) -> str | None:
    """The name in a line that is nothing but it and a colon, as forums print above words that are quoted."""
    cited = CITED.match(look.text)
    if cited and look.dates:
        return cited["who"]
    name = look.text[:-1].strip()
    return name if look.ends == ":" and 2 <= len(name) <= 30 and not look.found.cover >= 0.5 else None


def _mend_second_names(looks: Sequence[Look], labels: list[str]) -> None:
    """Of two names in a row the second may be whom the first answers: an earlier author's, below one that is not."""
    alike = Counter(look.lower for look in looks)
    heads = {looks[i].lower for i in lines_of(labels, "author")}
    seen = {
        looks[i].lower
        for i in range(1, len(looks))
        if labels[i - 1 : i + 1] == ["author", "meta"] and looks[i].kind in ("name", "user") and not is_rank(looks[i])
    }
    for i, look in enumerate(looks):
        spoken = labels[i - 1 : i + 2] == ["author", "comment", "meta"] and bool(looks[i + 1].dates or looks[i + 1].ago)
        if spoken and look.lower in seen:
            labels[i] = "meta"  # whom the comment answers, above its time
        if labels[i] != "author":
            continue
        above = looks[i - 1] if i else None
        if (
            above is not None
            and look.lower in seen
            and labels[i - 1] == "meta"
            and look.line.blanks <= above.line.blanks
            and above.kind in ("name", "user", "short")
            and above.lower != look.lower
            and (alike[above.lower] < 3 or above.lower in heads)
            and not (is_rank(above) or is_button(above.text) or above.found.cover >= 0.99)
        ):
            labels[i - 1], labels[i] = "author", "meta"
            look = above
        seen.add(look.lower)


def _mend_addressed(looks: Sequence[Look], labels: list[str]) -> None:
    """ "Ann:" right below the frame of a dated comment, Ann an earlier author, is whom that comment speaks to."""
    for i in (i for i, look in enumerate(looks) if labels[i] == "author" and look.ends == ":" and not look.dates):
        above = next((j for j in range(i - 1, max(-1, i - 4), -1) if labels[j] == "author"), None)
        if above is None or not looks[above].dates or any(_is_said(looks[j]) for j in range(above + 1, i)):
            continue
        name = looks[i].text.rstrip(" :").lower()
        if any(labels[j] == "author" and looks[j].lower.startswith(name) for j in range(max(0, i - REACH), above)):
            labels[i] = "comment"


def _is_said(look: Look) -> bool:
    return not _ADDRESS.match(look.text) and look.kind not in ("reply", "vote", "num", "date")


def _mend_bare_dates(looks: Sequence[Look], labels: list[str]) -> None:
    """An author line that is nothing but a time gives way to the name right above it."""
    heads = [looks[i] for i in lines_of(labels, "author")]
    if sum(_names_beside_date(look) for look in heads) * 2 > len(heads):
        return
    for i in range(1, len(looks)):
        look, above = looks[i], looks[i - 1]
        told = "pubword" in look.found.first and look.rest <= DATE_LETTERS + PUBLISHED_LETTERS
        bare = bool(look.dates) and (look.rest <= DATE_LETTERS or told)
        named = above.kind in ("name", "user", "short") and not above.dates and not is_rank(above)
        named = named and not {"reply", "vote"} & set(above.found.classes)  # "👍12 返信0件", which ends the comment before
        if labels[i] == "author" and bare and labels[i - 1] == "meta" and named and not is_button(above.text):
            labels[i - 1], labels[i] = "author", "meta"


def _names_beside_date(look: Look) -> bool:
    """True for a line of a name and a date, be it "保守一筋 2022年2月8日": names that are written in signs have few."""
    letters = look.rest * 2 if look.case == "none" else look.rest
    return bool(look.dates) and look.dates[0].start >= 2 and letters > DATE_LETTERS and "pubword" not in look.found.first


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


def _mend_talkbacks(looks: Sequence[Look], labels: list[str]) -> None:
    """A number and a subject above author and time are no text: "2.", "At last", "Ann, Leeds | 5 May 2013"."""
    numbered = [i for i in range(len(looks) - 3) if labels[i] != "comment" and _LONE_NUMBER.match(looks[i].text)]
    named = [bool(look.dates) and look.rest > DATE_LETTERS for look in looks]  # a name beside a time
    bare = [bool(look.dates) and look.rest <= DATE_LETTERS for look in looks]
    heads = [i for i in numbered if (named[i + 2] or bare[i + 3]) and not (bare[i + 2] or looks[i + 1].dates)]
    heads = [i for i in heads if labels[i + 2] in ("author", "meta") and not _ends_frame(labels, i)]
    for i in heads if len(heads) >= 2 else ():
        labels[i : i + 3] = ["meta", "meta", "author"]
        if labels[i + 3] == "author":
            labels[i + 3] = "meta"


def _ends_frame(labels: Sequence[str], i: int) -> bool:
    """True if line `i` and the frame's others above it stand below an author, the text right below."""
    above = next((labels[j] for j in range(i - 1, -1, -1) if labels[j] != "meta"), "")
    return above == "author" and labels[i] == labels[i - 1] == "meta" and labels[i + 1] == "comment"


_COUNTED = re.compile(r"(\d{1,4})\.\s\S.{0,70}$")


def _mend_counted(looks: Sequence[Look], labels: list[str]) -> None:
    """Subjects with numbers that rise by one, right above names with their times, are no text."""
    found = {
        i: int(match[1])
        for i in range(len(looks) - 1)
        if labels[i] in ("comment", "meta")
        and labels[i + 1] in ("author", "meta")
        and looks[i + 1].dates
        and looks[i + 1].rest > 2
        and (match := _COUNTED.match(looks[i].text))
    }
    if len(found) < 2 or list(found.values()) != list(range(1, len(found) + 1)) or len(found) < labels.count("author"):
        return
    for i in found:
        labels[i : i + 2] = ["meta", "author"]


def _mend_signed(looks: Sequence[Look], labels: list[str]) -> None:
    """Where names with their times stand right below texts, a line above such a name is a text too."""
    signs = [i for i in lines_of(labels, "author") if looks[i].dates and looks[i].rest > 2]
    below = sum(labels[i - 1 : i] == ["comment"] for i in signs)
    if below < 2 or below * 3 < len(signs) * 2 or len(signs) < labels.count("author"):
        return
    for i in signs:
        plain = looks[i - 1].width >= 20 and looks[i - 1].found.cover < 0.3 and not looks[i - 1].dates
        if i >= 2 and labels[i - 2 : i] == ["meta", "meta"] and plain:
            labels[i - 1] = "comment"


def _mend_empty_heads(looks: Sequence[Look], labels: list[str]) -> None:
    """Of two author lines with no text between them one is another part of the frame: a button, a subject."""
    alike = Counter(look.lower for look in looks)

    def worth(i: int) -> int:
        look = looks[i]
        dated = bool(look.dates) or look.ago
        if dated and look.rest > 2 and " #" in look.text and read_author(look) is None:
            return 0  # "Reply #2 on: 4 July 2013"
        named = look.kind in ("name", "user") or (dated and look.rest > 2)
        if look.dates and look.rest <= 2:
            return 0  # a time and nothing else
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


# "[flagged]", "[flagged] [dead]": what a site says of a comment that it shows no more
_HIDDEN = re.compile(
    r"(?:[\[(]\s?(?:flagged|dead|hidden|collapsed|blocked|spam|ausgeblendet|gesperrt|masqué|oculto|nascosto|verborgen|dold|"
    r"skjult|ukryty|скрыто?)\s?[\])]\s?){1,2}",
    re.IGNORECASE,
)


def is_deleted(look: Look) -> bool:
    if _HIDDEN.fullmatch(look.text) or is_placeholder(look.text):
        return True
    said = "commenthead" in look.found.classes and look.width <= 50 and "?" not in look.text[-2:]
    return "deleted" in look.found.classes and (look.found.cover >= 0.6 or said)
