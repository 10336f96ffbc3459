"""Lines that name who wrote a story, taken for something else: names above the text, above an address, below it."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence

from fetchers.seeds.page_text.credits.agencies import OUTLET_WORD, is_known_agency, names_paper
from fetchers.seeds.page_text.credits.bylines import (
    are_people,
    is_person,
    names_writer,
    presents_writer,
    read_byline,
)
from fetchers.seeds.page_text.credits.informants import names_informant
from fetchers.seeds.page_text.credits.sources import written_by_outlet
from fetchers.seeds.page_text.credits.writer_lines import split_place, who_reported
from fetchers.seeds.page_text.labels.captions import (
    is_caption,
)
from fetchers.seeds.page_text.labels.notices import tells_of_writer
from fetchers.seeds.page_text.lines.lexicon import lexicon, split_words
from fetchers.seeds.page_text.lines.looks import Look
from fetchers.seeds.page_text.lines.positions import first_of, last_of, lines_of
from fetchers.seeds.page_text.stories.fields import writer_of_words
from fetchers.seeds.page_text.thread.authors import read_author

_MAIL = re.compile(r"[\w.+-]+@[\w-]+(?:\.[\w-]+)+$")
_MAILED = re.compile(
    r"(?P<who>[^@\d,|:<(]{5,40}?)\s?(?:[-–—|•·]\s?|\s)[<(]?[\w.+-]+(?:@|\s?(?:\bat\b|\(at\)|\[at\])\s?)[\w-]+"
    r"(?:\s?(?:\.|\bdot\b|\(dot\)|\[dot\])\s?[\w-]+)+[>)]?"
)  # "Ann Lee - annlee@example.org", "Ann Lee ann at example.org"
_SHIFTS = re.compile(r"[^\d,|:]{5,60}\((?:now|earlier)\)")  # "Ann Lee (now) and Bo Ek (earlier)"
_KOREAN = re.compile(r"[가-힣]{2,4} (?:기자|특파원)")  # a name and "reporter"
# "Ann Lee @annlee", "By Ann Lee @annlee Senior Reporter"
_HANDLED = re.compile(r"(?:(?:By|Von|Par|Por|Di|Door|Av|Af) )?(?P<who>[^@\d]{5,40}) @[\w.]{3,30}(?P<role> [^@\d|:]{4,30})?")
# "By our newsroom and …", as it stands between a standfirst and the text.
_BY_WHOM = re.compile(r"(?:By|Von|Par|Por|Di|Door|Av|Af|Od|Oleh)\s(?=[^\W\d_])(?!the\s)")


_POSTED_USER = re.compile(r"(?:Posted|Submitted) by u/\S", re.IGNORECASE)
ABOVE = 60  # lines of a page's head at most


def _is_member(looks: Sequence[Look], i: int, title: int) -> bool:
    """True for a name below the headline that a board tells the joining of within three lines: who began the thread."""
    below = looks[i + 1 : i + 4]
    return (
        i > title >= 0
        and looks[i].kind in ("user", "name")
        and any("profile" in look.found.first and look.dates for look in below)
    )


_REPORTED = re.compile(r"[（(](?:记者|記者|本报记者)[ \u3000:：]?[\u3400-\u9fff]{2,4}[）)]")  # "(reporter …)" below a text


def mark_writers(looks: Sequence[Look], labels: Sequence[str]) -> Sequence[str]:
    """A person's name above the text, right above an address of mail or below "Author", is who wrote it."""
    first = first_of(labels, "title", -1)
    texts = [i for i in range(first + 1, len(looks)) if labels[i] == "body"]
    text = next((i for i in texts if looks[i].long), texts[0] if texts else 0)
    mended = list(labels)
    for i in range(min(text, ABOVE) if "byline" not in labels[:text] else 0):
        if labels[i] == "furniture" and (_POSTED_USER.match(looks[i].text) or _is_member(looks, i, first)):
            mended[i] = "byline"
    for i in texts:
        if labels[i + 1 : i + 2] == ["aside"] and looks[i + 1].text[0] in "（(" and _REPORTED.fullmatch(looks[i + 1].text):
            mended[i + 1] = "byline"
    for i in range(first + 1, min(text + 4, len(looks) - 1)):
        above = looks[i - 1]
        headed = "byword" in above.found.first and above.found.cover >= 0.99 and above.width <= 20
        told = headed or bool(_MAIL.match(looks[i + 1].text))
        named = told and labels[i] != "highlight" and is_person(looks[i].text)
        handled = _HANDLED.fullmatch(looks[i].text) if labels[i] == "furniture" else None
        if handled and handled["role"] and "byword" not in lexicon().look(split_words(handled["role"])).classes:
            handled = None
        handled = handled or (_MAILED.fullmatch(looks[i].text) if i < text and looks[i].width <= 80 else None)
        named = named or bool(i < text and _SHIFTS.fullmatch(looks[i].text))
        worded = writer_of_words(looks[i].text) if i < text and labels[i] != "title" else None
        named = named or bool(i < text and labels[i] == "furniture" and _KOREAN.fullmatch(looks[i].text))
        named = named or (worded is not None and is_person(worded)) or (handled is not None and is_person(handled["who"]))
        presented = i < text and (
            _is_written(looks[i])
            or presents_writer(looks[i].text)
            or bool(written_by_outlet(looks[i].text))
            or _writes_from(looks[i])
            or _is_introduced(looks[i])
            or (labels[i] == "furniture" and _is_of_outlet(looks, labels, i))
            or (labels[i + 1] == "date" and labels[i] == "furniture" and _is_headed(looks[i]))
        )
        below = (
            text < i
            and labels[i] == "aside"
            and looks[i].width <= 60
            and looks[i].ends != "."
            and _BY_WHOM.match(looks[i].text)
        )
        if (labels[i] in ("furniture", "aside", "highlight", "title") and (named or presented)) or below:
            mended[i] = "byline"
        elif i < text and labels[i] == "highlight" and names_informant(looks[i]):
            mended[i] = "credit"
    return mended


def mark_presented(looks: Sequence[Look], labels: Sequence[str]) -> Sequence[str]:
    """A sentence on who wrote a text ("By Ann Lee, a reporter who …"), right above a full date near its beginning, and the
    date are no text."""
    first = first_of(labels, "body", len(labels))
    for i in range(first, min(first + 3, len(looks) - 1)):
        dated = looks[i + 1].dates and looks[i + 1].rest <= DATED and labels[i + 1] in ("aside", "furniture", "date")
        if (
            labels[i] == "body"
            and dated
            and _PRESENTED.match(looks[i].text)
            and is_person(read_byline(looks[i], "byline") or "")
        ):
            return [*labels[:i], "byline", "date", *labels[i + 2 :]]
    return labels


_PRESENTED = re.compile(r"By [^,]{5,40}, (?:an?|the) ")
DATED = 12  # letters beside a date that is nothing else: "May 4, 2021, 8:54 PM UTC|"


# What kind of release it is, as a service of universities prints above who sent it.
_RELEASES = frozenset(
    ("peer-reviewed publication", "reports and proceedings", "business announcement", "grant and award announcement")
)


def mark_sources(looks: Sequence[Look], labels: Sequence[str]) -> Sequence[str]:
    """What stands right below "From" or "News provided by" alone on a line is where a text is from, and no writer's name."""
    text = last_of(labels, "body", 0)
    head, begun = first_of(labels, "title", len(looks)), first_of(labels, "body", 0)
    mended = list(labels)
    for i in range(1, len(looks)):
        above = looks[i - 1]
        stated = above.width <= 24 and above.found.cover >= 0.99 and "srcword" in above.found.first
        sent = bool(_FROM_ALONE.fullmatch(above.text)) and not is_person(looks[i].text)
        filed = stated and labels[i] == "furniture" and head < i < begun and _could_be_outlet(looks[i])
        if filed:  # a list of fields, whose other words are no names
            names = [j for j in range(head + 1, i - 1) if labels[j] == "byline" and not names_writer(looks[j])]
            fields = [j for j in names if not is_person(looks[j].text)]
            mended = ["furniture" if j in fields else label for j, label in enumerate(mended)]
        if filed or (labels[i] == "byline" and (stated or sent) and not names_writer(looks[i])):
            mended[i] = "credit"
        released = above.lower in _RELEASES and head < i <= begun and _could_be_outlet(looks[i])
        if released and labels[i] in ("furniture", "byline", "highlight", "title"):
            mended[i] = "credit"
        passed = _BY_AGENCY.fullmatch(looks[i].text) if i < text and labels[i] in ("furniture", "byline") else None
        if passed and is_known_agency(passed["who"]) and not is_person(passed["who"]):
            mended[i] = "credit"
        beside = labels[i - 1] == "byline" and labels[i] == "furniture" and looks[i].kind == "name" and i < text
        if beside and OUTLET_WORD.search(looks[i].text) and is_person(above.text):
            mended[i] = "credit"
    return mended


def _could_be_outlet(look: Look) -> bool:
    """True for a few words with a capital that are no time and no other word of a page's."""
    plain = look.width <= 60 and len(look.words) <= 8 and not (look.dates or look.ago or look.url)
    known = look.found.cover < 0.6 or "agency" in look.found.classes
    return plain and known and not look.text[0].islower() and any(map(str.isalpha, look.text))


# "Door: ANP", "By Reuters"
_BY_AGENCY = re.compile(
    r"(?:By|Von|Par|Por|Di|Da|Door|Van|Av|Af|Od|Oleh|Autor|Author|Auteur|Autore|Text|Автор)(?:\s?:\s?|\s)(?P<who>[^\d|:,]{2,30})"
)
_FROM_ALONE = re.compile(r"(?:From|Von|De|Da|Van|Från|Fra)\s?:?")


def drop_subjects(looks: Sequence[Look], labels: Sequence[str]) -> Sequence[str]:
    """A bare name that the headline is about ("Ann Lee, 1924-2018"), or the outlet's where a person's stands beside it, is no
    writer's."""
    title = first_of(labels, "title", None)
    if title is None:
        return labels
    mended = list(labels)
    told = set(looks[title].words)
    heads = {look.lower for look in looks[:title]}
    for i, look in enumerate(looks):
        if labels[i] != "byline" or "byword" in look.found.first or look.dates or len(look.words) < 2:
            continue
        headed = looks[title].lower.startswith(f"{look.lower}:")
        if look.kind == "name" and set(look.words) <= told and not headed and any(map(str.isdigit, looks[title].text)):
            mended[i] = "furniture"
        beside = [j for j in (i - 1, i + 1) if 0 <= j < len(looks) and labels[j] == "furniture" and is_person(looks[j].text)]
        if i > title and look.lower in heads and beside:
            mended[i], mended[beside[0]] = "credit", "byline"
    return mended


_HEAD_SHAPE = re.compile(r"[^\W\d_]+")


def set_presented_apart(looks: Sequence[Look], labels: Sequence[str]) -> Sequence[str]:
    """A sentence below "By Ann Lee …" and above the text that begins with her name says who she is, or where she was."""
    named = [look.text for look, label in zip(looks, labels, strict=True) if label == "byline"]
    first = first_of(labels, "body", 0)
    begun = first_of(labels, "byline", first)
    return [
        "furniture" if label == "highlight" and begun < i < first and tells_of_writer(look, named) else label
        for i, (look, label) in enumerate(zip(looks, labels, strict=True))
    ]


def _time_shape(look: Look) -> str:
    """The form of what a line of name and time says behind the name."""
    text = _POST_NUMBER.sub("", look.text[look.dates[0].start :])
    return _HEAD_SHAPE.sub("a", re.sub(r"\d+", "0", text)).strip()


_POST_NUMBER = re.compile(r"(?<=[^\W\d_])\s#?\d{1,4}$")  # "Ann May 4, 2024, 9:05am 1"


def mark_poster(looks: Sequence[Look], labels: Sequence[str]) -> Sequence[str]:
    """A name and a time above the text, in the form of the names that answer below it, is who began the thread."""
    signs = [i for i in lines_of(labels, "author") if looks[i].dates and looks[i].dates[0].start >= 3]
    shapes = Counter(_time_shape(looks[i]) for i in signs)
    first = first_of(labels, "body", 0)
    if len(signs) < 2 or not first or signs[0] < first or labels[first - 1] not in ("date", "furniture", "byline"):
        return labels
    look = looks[first - 1]
    if labels[first - 1] == "byline" and look.starts not in "Aac@":
        return labels
    named = look.dates and look.dates[0].start >= 3 and look.width <= 90 and "pubword" not in look.found.first
    if (
        not named
        or not read_author(look)
        or shapes[_time_shape(look)] < 2
        or not any(char in _time_shape(look) for char in ":#")
    ):
        return labels
    mended = ["furniture" if label == "byline" and i < first else label for i, label in enumerate(labels)]
    mended[first - 1] = "byline"
    return mended


_KANJI_PAIR = re.compile("[\u3400-\u9fff]{1,4}[ \u3000][\u3400-\u9fff\u3040-\u30ff]{1,4}")  # surname and name


def mark_signed(looks: Sequence[Look], labels: Sequence[str]) -> Sequence[str]:
    """A person's name right below the text and right above an address of mail or a page's buttons is who wrote it."""
    last = last_of(labels, "body", len(looks))
    mended = list(labels)
    for i in range(last + 1, min(last + 3, len(looks) - 1)):
        following = looks[i + 1 : i + 3]
        closed = (
            looks[i + 1].found.cover >= 0.6
            or is_caption(looks[i + 1], None)
            or (looks[i + 1].kind == "name" and len(following) == 2 and "commenthead" in following[1].found.first)
        )
        ended = i == last + 1 and looks[i].line.blanks <= looks[last].line.blanks + 1 and closed
        named = is_person(looks[i].text) or _KANJI_PAIR.fullmatch(looks[i].text)
        if labels[i] == "aside" and named and (ended or _MAIL.match(looks[i + 1].text)):
            mended[i] = "byline"
            if closed and looks[i + 1].found.cover < 0.6 and looks[i + 1].kind == "name":
                mended[i + 1] = "credit"
    below = (i for i in range(2, len(looks) - 1) if labels[i - 1] == "body" and labels[i] == "aside")
    mailed = (i for i in below if is_person(looks[i].text))  # below other lines it is whom the press may ask
    above_mail = next((i for i in mailed if _MAIL.fullmatch(looks[i + 1].text)), None)
    if above_mail is not None and "byline" not in mended:
        mended[above_mail] = "byline"
    return mended if "byline" not in labels else labels


def _is_introduced(look: Look) -> bool:
    """True for a line that is nothing but "By" and names of persons."""
    by = _BY_WHOM.match(look.text) if look.width <= 50 else None
    return by is not None and are_people(look.text[by.end() :])


def _is_of_outlet(looks: Sequence[Look], labels: Sequence[str], i: int) -> bool:
    """True for "Ann Lee, Harbour Wire": a person, and an outlet by its words or because a credit line names it again."""
    who, comma, outlet = looks[i].text.partition(", ")
    if not comma or looks[i].width > 60 or looks[i].dates or not is_person(who):
        return False
    credited = any(label == "credit" and look.text.lstrip("-–— ") == outlet for look, label in zip(looks, labels, strict=True))
    return credited or (names_paper(outlet) and len(outlet.split()) <= 4 and outlet[:1].isupper())


_WRITTEN = re.compile(
    r"(?:Écrit|Rédigé|Publié) par |(?:Written|Reported|Posted) by |(?:Escrito|Publicado) por |(?:Geschrieben|Verfasst) von |"
    r"Scritto da |Geschreven door ",
    re.IGNORECASE,
)


def _is_headed(look: Look) -> bool:
    """True for "By Ann Lee, …" with more behind it, as it stands above a date."""
    by = _BY_WHOM.match(look.text) if look.width <= 90 and look.ends != "." else None
    return by is not None and is_person(look.text[by.end() :].partition(",")[0])


def _is_written(look: Look) -> bool:
    """True for a short line that says by whom the text was written: "Écrit par Ann Lee avec AFP"."""
    reported = who_reported(look.text)
    if reported and is_person(reported):
        return True
    named = look.width <= 80 and look.ends != "." and _WRITTEN.match(look.text) is not None
    return named and is_person(read_byline(look, "byline") or "")


def _writes_from(look: Look) -> bool:
    """True for a line that is nothing but a town and a person: "Bergen - Anna Lie"."""
    placed = split_place(look.text) if look.width <= 50 and not look.found.cover else None
    return placed is not None and (is_person(placed[1]) or look.case == "none")
