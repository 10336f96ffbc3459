"""Labels of a page put right by what the whole page tells: its form (a live blog, a digest, a press release), its notices."""

from __future__ import annotations

import re
from collections.abc import Sequence

from fetchers.seeds.page_text.boards import mark_boards
from fetchers.seeds.page_text.bylines import is_person, names_writer, presents_writer, split_place
from fetchers.seeds.page_text.captions import (
    is_caption,
    set_captions_apart,
    set_counted_apart,
    set_credited_apart,
    set_doubled_apart,
    set_glued_captions_apart,
)
from fetchers.seeds.page_text.datelines import read_slug
from fetchers.seeds.page_text.features import speaks_to_reader
from fetchers.seeds.page_text.fields import mark_fields
from fetchers.seeds.page_text.headlines import begin_second, head_items, raise_titles
from fetchers.seeds.page_text.live import continue_live, head_entries, keep_entries, set_labels_apart
from fetchers.seeds.page_text.looks import Look
from fetchers.seeds.page_text.notices import set_lists_apart, set_prompts_apart
from fetchers.seeds.page_text.resuming import (
    end_headings,
    keep_between,
    keep_datelined,
    keep_figures,
    keep_headings,
    keep_last,
    keep_rates,
    resume,
    resume_below_link,
    resume_by_words,
)
from fetchers.seeds.page_text.sources import names_informant, written_by_outlet
from fetchers.seeds.page_text.systems import mark_systems
from fetchers.seeds.page_text.threads import mend_threads

NOTE_LETTERS = 45  # beside a date: "Published … at …, modified … at … · 2 min."


def _mark_dates(looks: Sequence[Look], labels: Sequence[str]) -> Sequence[str]:
    """A line that begins with "Published" and its like and holds a full date is one of dates, however long it is; on a page
    without a comment so is a dated line that was taken for an author's."""
    silent = "comment" not in labels

    def dates(look: Look, label: str) -> bool:
        told = label in ("body", "highlight", "furniture") and "pubword" in look.found.first
        inside = label == "furniture" and "pubword" in look.found.classes and look.width <= 90 and bool(look.separators)
        posted = label in ("body", "highlight", "furniture") and look.width <= 110 and bool(_POSTED.search(look.text))
        if posted and look.dates and not silent and look.ends != "q":
            return True
        brief = look.ends != "." or look.rest <= NOTE_LETTERS
        return bool(look.dates) and (((told or inside) and brief) or (silent and label == "author"))

    return ["date" if dates(look, label) else label for look, label in zip(looks, labels, strict=True)]


_POSTED = re.compile(r"(?:posted|submitted) by \S+(?: \S+)? on ", re.IGNORECASE)
LIFE = 366  # days between two dates of one line, which then tells of a life and not of a text


def _lift_lives(looks: Sequence[Look], labels: Sequence[str]) -> Sequence[str]:
    """A line of two dates far apart below a headline ("Born August 4, 1931; died June 28, 2018") is a standfirst."""
    return [
        "highlight"
        if label == "date"
        and (labels[i - 1] == "title" or labels[max(0, i - 2) : i] == ["title", "date"])
        and len(look.dates) == 2
        and abs(look.dates[0].day_number - look.dates[1].day_number) > LIFE
        and look.rest >= 12
        else label
        for i, (look, label) in enumerate(zip(looks, labels, strict=True))
    ]


_MAIL = re.compile(r"[\w.+-]+@[\w-]+(?:\.[\w-]+)+$")


_WORDED = re.compile(
    r"(?:Words|Haber|Metin|Text|Texte|Texto|Testo|Tekst|Story|Ord)\s?:\s(?P<who>[^\d,;:|]{4,40})"
)  # "Words: Ann Lee"
_KOREAN = re.compile(r"[가-힣]{2,4} (?:기자|특파원)")  # a name and "reporter"
_HANDLED = re.compile(r"(?P<who>[^@\d]{5,40}) @[\w.]{3,30}")  # "Ann Lee @annlee"
# "By our newsroom and …", as it stands between a standfirst and the text.
_BY_WHOM = re.compile(r"(?:By|Von|Par|Por|Di|Door|Av|Af|Od|Oleh)\s(?=[^\W\d_])(?!the\s)")


def _mark_writers(looks: Sequence[Look], labels: Sequence[str]) -> Sequence[str]:
    """A person's name above the text, right above an address of mail or below "Author", is who wrote it."""
    first = next((i for i, label in enumerate(labels) if label == "title"), -1)
    texts = [i for i in range(first + 1, len(looks)) if labels[i] == "body"]
    text = next((i for i in texts if looks[i].long), texts[0] if texts else 0)
    mended = list(labels)
    for i in range(first + 1, min(text + 4, len(looks) - 1)):
        above = looks[i - 1]
        headed = "byword" in above.found.first and above.found.cover >= 0.99 and above.width <= 20
        told = headed or bool(_MAIL.match(looks[i + 1].text))
        named = told and labels[i] != "highlight" and is_person(looks[i].text)
        handled = _HANDLED.fullmatch(looks[i].text) if labels[i] == "furniture" else None
        worded = _WORDED.fullmatch(looks[i].text) if i < text and labels[i] != "title" else None
        named = named or bool(i < text and labels[i] == "furniture" and _KOREAN.fullmatch(looks[i].text))
        named = (
            named or (worded is not None and is_person(worded["who"])) or (handled is not None and is_person(handled["who"]))
        )
        presented = i < text and (
            presents_writer(looks[i].text) or bool(written_by_outlet(looks[i].text)) or _writes_from(looks[i])
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


_KANJI_PAIR = re.compile("[\u3400-\u9fff]{1,4}[ \u3000][\u3400-\u9fff\u3040-\u30ff]{1,4}")  # surname and name


def _mark_signed(looks: Sequence[Look], labels: Sequence[str]) -> Sequence[str]:
    """A person's name right below the text and right above an address of mail or a page's buttons is who wrote it."""
    last = max((i for i, label in enumerate(labels) if label == "body"), default=len(looks))
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
    return mended if "byline" not in labels else labels


def _writes_from(look: Look) -> bool:
    """True for a line that is nothing but a town and a person: "Bergen - Anna Lie"."""
    placed = split_place(look.text) if look.width <= 50 and not look.found.cover else None
    return placed is not None and (is_person(placed[1]) or look.case == "none")


def _drop_credited_titles(looks: Sequence[Look], labels: Sequence[str]) -> Sequence[str]:
    """A line that credits a picture ("Credit: Ann Lee for …") is no headline where another line is one."""
    titles = [i for i, label in enumerate(labels) if label == "title"]
    credited = [i for i in titles if "photo" in looks[i].found.first and is_caption(looks[i], None)]
    if not credited or len(credited) == len(titles):
        return labels
    return ["furniture" if i in credited else label for i, label in enumerate(labels)]


_STAGE = re.compile(r"[(\[][^a-z()\[\]]{4,60}[)\]]")  # "(LAUGHTER)"
_SPEAKER = re.compile(r"[^\W\d_a-z][^a-z:\d]{2,40}:\s?(?=\S|$)")  # "ROSE BYRD, HOST:"


def _keep_speakers(looks: Sequence[Look], labels: Sequence[str]) -> Sequence[str]:
    """In a transcript a speaker's name on a line of its own, right above what he says, is part of the text."""
    spoken = [i for i, label in enumerate(labels) if label == "body" and _SPEAKER.match(looks[i].text)]
    if len(spoken) < 2:
        return labels
    names = {speaker[0].split(",")[0].split(" ")[-1].rstrip(": ") for i in spoken if (speaker := _SPEAKER.match(looks[i].text))}
    labels = [
        "aside"
        if label == "title" and _STAGE.fullmatch(look.text)
        else "body"
        if label == "aside" and spoken[0] < i < spoken[-1] + 4 and look.text.partition(":")[0] in names and look.ends == "."
        else label
        for i, (look, label) in enumerate(zip(looks, labels, strict=True))
    ]
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


_NOTICE = re.compile(r"(?:^|[.\s])(?:copyright\s(?:©|\(c\)|\d{4})|©\s?\d{4}|\(c\)\s\d{4})", re.IGNORECASE)


def _set_notices_apart(looks: Sequence[Look], labels: Sequence[str]) -> Sequence[str]:
    """A paragraph that claims copyright is a credit line, however long it is."""
    return [
        "credit" if label == "body" and _NOTICE.search(look.text) else label for look, label in zip(looks, labels, strict=True)
    ]


def _number_items(looks: Sequence[Look], labels: Sequence[str]) -> Sequence[str]:
    """In a digest, headlines numbered from 1 with one running paragraph below each are stories of their own.

    A list inside one article is told by its byline, or by more than one paragraph under a number.
    """
    heads = [
        i
        for i, look in enumerate(looks[:-1])
        if look.starts == "num." and look.ends != "." and looks[i + 1].width >= 60 and looks[i + 1].ends == "."
    ]
    numbers = [int(looks[i].text.split(".")[0].split(")")[0]) for i in heads]
    if len(heads) < 3 or numbers != list(range(1, len(heads) + 1)) or "author" in labels[heads[0] :]:
        return labels
    if any(label == "byline" and names_writer(look) for look, label in zip(looks, labels, strict=True)):
        return labels
    ends = [*heads[1:], len(looks)]
    if any(sum(look.long for look in looks[i + 1 : end]) > 1 for i, end in zip(heads[:-1], ends[:-1], strict=True)):
        return labels
    mended = list(labels)
    for i in heads:
        mended[i], mended[i + 1] = "title", "body"
    return mended


def _is_told(look: Look) -> bool:
    """True for a sentence that holds no word of a page's furniture but articles and the like, and speaks to nobody."""
    worded = (look.case == "Sentence" and len(look.words) >= 5) or (look.case == "none" and look.width >= 80)
    told = look.ends == "." and worded and not look.dates
    plain = set(look.found.classes) <= {"placetitle"} or (look.case == "none" and look.found.cover < 0.15)
    return told and plain and not speaks_to_reader(look)


def _keep_below_captions(looks: Sequence[Look], labels: Sequence[str]) -> Sequence[str]:
    """Prose right below a caption that stands between paragraphs, or below "Picture" and a caption, is the story's."""
    mended = list(labels)
    last = max((i for i, label in enumerate(labels) if label == "body"), default=0)
    for i in range(2, min(len(looks), last + 4)):
        headed = labels[i - 3 : i - 1] == ["body", "aside"] and "photo" in looks[i - 2].found.first
        between = labels[i] == labels[i - 1] == "aside" and (headed or (i < last and labels[i - 2] == "body"))
        credited = labels[i] == "aside" and i < last and _credits_picture(looks[i - 1]) and "body" in labels[i - 4 : i]
        if credited and looks[i].long and looks[i].found.cover <= 0.1 and not speaks_to_reader(looks[i]):
            mended[i] = mended[i] if is_caption(looks[i], None) or looks[i].found.first else "body"
        if between and _is_told(looks[i]) and looks[i].width >= 40 and looks[i - 1].width >= 30:
            pictured = any("photo" in look.found.first for look in looks[i - 2 : i])
            mended[i] = "body" if pictured and not is_caption(looks[i], None) else "aside"
    return mended


def _credits_picture(look: Look) -> bool:
    """True for a line that is nothing but a picture's credit: "Credit: Eastpix", "Photo: Ann Lee"."""
    return "photo" in look.found.first and look.width <= 50 and ":" in look.text and look.ends != "."


_ABOUT = re.compile(
    r"(?:About(?: the)?|Über|À propos (?:de |d['’])|Acerca de|Sobre|Informazioni su|О компании|Over)\s?(?P<who>\S.{1,50})$"
)


def _set_company_apart(looks: Sequence[Look], labels: Sequence[str]) -> Sequence[str]:
    """What a press release says about its company ("About Example Ltd") is furniture, to the next headline or comments."""
    seen = 0
    for i, look in enumerate(looks):
        seen += labels[i] == "body"
        found = _ABOUT.match(look.text) if seen >= 2 and look.width <= 60 and look.ends != "." else None
        if found and found["who"][0].isupper() and i + 1 < len(looks) and looks[i + 1].width >= 60:
            break
    else:
        return labels
    mended = list(labels)
    for j in range(i, len(looks)):
        if labels[j] == "title" or "commenthead" in looks[j].found.first:
            break
        if labels[j] in ("body", "author", "meta", "comment"):
            mended[j] = "aside"
    return mended


_RESULT = re.compile(
    r"[^\W\d_][^\d:]{1,28} \d{1,3}\s?[-–:]\s?\d{1,3} [^\W\d_][^\d:]{1,28}(?: \([^()]{2,24}\))?$"
)  # "Leeds 2-1 Hull"


def _lift_standfirsts(looks: Sequence[Look], labels: Sequence[str]) -> Sequence[str]:
    """A line between headline and credits that holds no word of a page's furniture is a standfirst."""
    return [
        "highlight"
        if label == "furniture"
        and labels[max(0, i - 1)] == "title"
        and (_is_result(look) or (labels[i + 1 : i + 2] in (["byline"], ["date"], ["credit"]) and _may_stand(look)))
        else label
        for i, (look, label) in enumerate(zip(looks, labels, strict=True))
    ]


def _lift_bullets(looks: Sequence[Look], labels: Sequence[str]) -> Sequence[str]:
    """A list of two bullets or more right below a headline, none of them a page's words, is one of highlights."""
    mended = list(labels)
    for head in (i for i, label in enumerate(labels) if label == "title"):
        end = head + 1
        while end < len(looks) and looks[end].line.bullet and labels[end] == "furniture" and looks[end].found.cover < 0.5:
            end += 1
        plain = all(look.width >= 12 and not (look.url or look.dates or look.clock) for look in looks[head + 1 : end])
        for i in range(head + 2, min(head + 8, len(looks))):
            headed = "standfirst" in looks[i - 1].found.first and looks[i - 1].found.cover >= 0.99
            if headed and labels[i] == "furniture" and looks[i].width >= 25 and not looks[i].clock and "body" in labels[i:]:
                mended[i] = "highlight"
        if end - head > 2 and plain and "body" in labels[end : end + 8]:
            mended[head + 1 : end] = ["highlight"] * (end - head - 1)
    return mended


def _may_stand(look: Look) -> bool:
    """True for a line of words that hardly holds one of a page's furniture."""
    plain = not look.found.cover or (look.found.cover <= 0.15 and len(look.words) >= 7 and not look.found.first)
    bare = not (look.dates or look.clock or look.ago or look.url or look.separators or speaks_to_reader(look))
    return look.width >= 20 and len(look.words) >= 4 and plain and bare and not is_caption(look, None)


def _is_result(look: Look) -> bool:
    return bool(_RESULT.match(look.text)) and look.found.cover < 0.5


def _begin_text(looks: Sequence[Look], labels: Sequence[str]) -> Sequence[str]:
    """Where no line was taken for text, "highlights" from one with a dateline on are the text."""
    if "body" in labels:
        return labels
    for i, look in enumerate(looks):
        slug = read_slug(look.text) if labels[i] == "highlight" and look.long and look.ends == "." else None
        if slug and slug.place and not look.line.bullet:
            return [*labels[:i], *("body" if label == "highlight" else label for label in labels[i:])]
    return labels


def _set_links_apart(looks: Sequence[Look], labels: Sequence[str]) -> Sequence[str]:
    """A bullet list below "Related links" and its like is none of highlights."""
    mended = list(labels)
    listed = False
    for i in range(1, len(looks)):
        headed = "related" in looks[i - 1].found.first and looks[i - 1].found.cover >= 0.6
        listed = bool(looks[i].line.bullet) and (listed or headed)
        if listed and labels[i] in ("highlight", "title"):
            mended[i] = "furniture"
    return mended


def _lift_summary(looks: Sequence[Look], labels: Sequence[str]) -> Sequence[str]:
    """The first sentence of a text below "Summary" and its like is no paragraph of it, if another heading or text follows."""
    first = next((i for i, label in enumerate(labels) if label == "body"), 0)
    if first < 2 or first + 2 >= len(looks) or "title" not in labels[:first]:
        return labels
    head = looks[first - 1]
    headed = "standfirst" in head.found.first and head.found.cover >= 0.99
    apart = headed and labels[first + 1] != "body" and "body" in labels[first + 2 :]
    return [*labels[:first], "highlight", *labels[first + 1 :]] if apart else labels


def mend_page(looks: Sequence[Look], labels: Sequence[str]) -> Sequence[str]:
    """The labels of a whole page, put right."""
    for mend in (
        mark_fields,
        mark_boards,
        mark_systems,
        _set_notices_apart,
        _mark_dates,
        _drop_credited_titles,
        _mark_writers,
        _mark_signed,
        _keep_speakers,
        _begin_text,
        _set_links_apart,
        _lift_lives,
        set_glued_captions_apart,
        set_counted_apart,
        set_credited_apart,
        set_captions_apart,
        set_doubled_apart,
        _lift_standfirsts,
        _lift_bullets,
        _lift_summary,
        keep_last,
        keep_datelined,
        keep_headings,
        keep_last,
        keep_rates,
        keep_figures,
        resume,
        resume_below_link,
        resume_by_words,
        keep_between,
        _keep_below_captions,
        _set_company_apart,
        keep_entries,
        head_entries,
        continue_live,
        set_labels_apart,
        _number_items,
        head_items,
        begin_second,
        raise_titles,
        mend_threads,
        set_lists_apart,
        set_prompts_apart,
        end_headings,
    ):
        labels = mend(looks, labels)
    return labels
