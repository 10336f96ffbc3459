"""Labels of a page put right by what the whole page tells: its form (a live blog, a digest, a press release), its notices."""

from __future__ import annotations

import re
from collections.abc import Sequence

from fetchers.seeds.page_text.beginnings import begin_text
from fetchers.seeds.page_text.boards import head_post, mark_boards
from fetchers.seeds.page_text.bylines import COMPANY, is_person, names_writer, read_byline
from fetchers.seeds.page_text.captions import (
    is_caption,
    set_captions_apart,
    set_counted_apart,
    set_credited_apart,
    set_doubled_apart,
    set_filed_apart,
    set_glued_captions_apart,
    set_owned_apart,
)
from fetchers.seeds.page_text.endings import drop_far, keep_last, keep_to_end
from fetchers.seeds.page_text.features import speaks_to_reader
from fetchers.seeds.page_text.fields import mark_fields
from fetchers.seeds.page_text.headlines import begin_below_rules, begin_second, head_items, head_linked, raise_titles
from fetchers.seeds.page_text.live import continue_live, enter_live, head_entries, keep_entries, set_labels_apart
from fetchers.seeds.page_text.looks import Look
from fetchers.seeds.page_text.mail import mark_mail
from fetchers.seeds.page_text.notices import drop_notice_titles, set_lists_apart, set_prompts_apart, set_works_apart
from fetchers.seeds.page_text.pictures import set_pictures_apart
from fetchers.seeds.page_text.resuming import (
    drop_pointed,
    end_headings,
    keep_between,
    keep_datelined,
    keep_figures,
    keep_headings,
    keep_lists,
    keep_rates,
    resume,
    resume_below_link,
    resume_by_words,
)
from fetchers.seeds.page_text.standfirsts import (
    drop_sentences,
    end_points,
    keep_above_points,
    lift_apart,
    lift_bullets,
    lift_linked,
    lift_points,
    lift_standfirsts,
    lift_summary,
    set_links_apart,
)
from fetchers.seeds.page_text.systems import mark_systems
from fetchers.seeds.page_text.threads import mend_threads
from fetchers.seeds.page_text.writers import (
    drop_subjects,
    mark_poster,
    mark_signed,
    mark_sources,
    mark_writers,
    set_presented_apart,
)

NOTE_LETTERS = 45  # beside a date: "Published … at …, modified … at … · 2 min."


def _mark_dates(looks: Sequence[Look], labels: Sequence[str]) -> Sequence[str]:
    """A line that begins with "Published" and its like and holds a full date is one of dates, however long it is; on a page
    without a comment so is a dated line that was taken for an author's."""
    silent = "comment" not in labels

    def dates(look: Look, label: str) -> bool:
        told = label in ("body", "highlight", "furniture") and "pubword" in look.found.first
        inside = label == "furniture" and "pubword" in look.found.classes and look.width <= 90 and bool(look.separators)
        inside = inside or (label in ("body", "highlight") and "pubword" in look.found.classes and look.separators >= 2)
        if label == "byline" and look.dates and {"pubword", "updword"} & set(look.found.first):
            return not is_person(read_byline(look, label) or "")  # "Last updated 4 May 2024 + show all updates"
        posted = label in ("body", "highlight", "furniture") and look.width <= 110 and bool(_POSTED.search(look.text))
        if posted and look.dates and not silent and look.ends != "q":
            return True
        brief = look.ends != "." or look.rest <= NOTE_LETTERS
        return bool(look.dates) and (((told or inside) and brief) or (silent and label == "author"))

    return ["date" if dates(look, label) else label for look, label in zip(looks, labels, strict=True)]


_POSTED = re.compile(r"(?:posted|submitted) by \S+(?: \S+)? on ", re.IGNORECASE)


_STAGE = re.compile(r"[(\[][^a-z()\[\]]{4,60}[)\]]")  # "(LAUGHTER)"
_SPEAKER = re.compile(r"[^\W\d_a-z][^a-z:\d]{2,40}:\s?(?=\S|$)")  # "ROSE BYRD, HOST:"
_ASKED = re.compile(r"(?:Q|A|F|R|P|Question|Answer|Frage|Antwort)\s?[:.]\s\S")  # "Q: Why by hand?"
_SPEAKER_ALONE = re.compile(r"[^\W\d_a-z][^a-z:\d]{2,40}, [A-Z ]{4,20}:")


_TALKS = re.compile(r"(?P<who>[^\W\d_a-z][^:.?!]{1,24}): \S")  # "Lohse: Wenn der Wind dreht."


def _keep_talking(looks: Sequence[Look], labels: Sequence[str]) -> Sequence[str]:
    """Where two people or more speak by turns in a text, what else begins with one's name right below it is the text's."""
    spoken = {i: _TALKS.match(look.text) for i, look in enumerate(looks) if ": " in look.text[:28]}
    said = {i: found["who"].split(" ")[-1] for i, found in spoken.items() if found}
    names = {who for i, who in said.items() if labels[i] == "body"}
    mended = list(labels)
    for i, who in said.items() if len(names) >= 2 else ():
        if who in names and mended[i] in ("aside", "title") and mended[i - 1] == "body":
            mended[i] = "body"
    return mended


def _keep_speakers(looks: Sequence[Look], labels: Sequence[str]) -> Sequence[str]:
    """In a transcript a speaker's name on a line of its own, right above what he says, is part of the text."""
    labels = _keep_talking(looks, labels)
    asked = [i for i, label in enumerate(labels) if label == "body" and _ASKED.match(looks[i].text)]
    if len(asked) >= 2:
        inner = range(asked[0], asked[-1])
        labels = ["body" if i in inner and _ASKED.match(looks[i].text) else label for i, label in enumerate(labels)]
    spoken = [i for i, label in enumerate(labels) if label == "body" and _SPEAKER.match(looks[i].text)]
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
    pictured = _picture_items(looks, labels)
    if pictured:
        return pictured
    bulleted = _bullet_items(looks, labels)
    if bulleted:
        return bulleted
    heads = [
        i
        for i, look in enumerate(looks[:-1])
        if look.starts == "num."
        and (look.ends != "." or look.width <= 80)
        and looks[i + 1].width >= 60
        and looks[i + 1].ends == "."
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
    if "title" not in labels[: heads[0]]:  # what greets the reader is no story
        mended[: heads[0]] = ["furniture" if label == "body" else label for label in labels[: heads[0]]]
    for i in heads:
        mended[i], mended[i + 1] = "title", "body"
    return mended


def _bullet_items(looks: Sequence[Look], labels: Sequence[str]) -> Sequence[str] | None:
    """In a letter, three bullets or more with one paragraph below each, nothing else between them, are headlines."""
    heads = [
        i
        for i, look in enumerate(looks[:-1])
        if look.line.bullet and 12 <= look.width <= 100 and look.ends not in ".:" and _runs(looks[i + 1])
    ]
    if len(heads) < 3 or "author" in labels or any(label == "byline" for label in labels):
        return None
    inner = [i for i in range(heads[0], heads[-1] + 2) if i not in heads and i - 1 not in heads]
    if any(looks[i].line.bullet or looks[i].long for i in inner):
        return None
    mended = ["furniture" if label in ("body", "title", "highlight") else label for label in labels[: heads[0]]]
    mended += labels[heads[0] :]
    for i in heads:
        mended[i], mended[i + 1] = "title", "body"
    return mended


def _runs(look: Look) -> bool:
    return look.width >= 60 and look.ends in ".q" and not look.line.bullet


_PICTURED = re.compile("[\U0001f300-\U0001faff\u2600-\u27bf\u2b50]\ufe0f?\\s?\\w.{10}")


def _picture_items(looks: Sequence[Look], labels: Sequence[str]) -> Sequence[str] | None:
    """In a letter, three lines or more that begin with a small picture, a paragraph below each, are headlines."""
    heads = [
        i
        for i, look in enumerate(looks[:-1])
        if _PICTURED.match(look.text) and look.width <= 100 and look.ends != "." and looks[i + 1].width >= 60
    ]
    if len(heads) < 3 or "author" in labels[heads[0] :] or any(looks[i + 1].ends not in ".q?" for i in heads):
        return None
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
        named = look.width <= 60 and (look.ends != "." or COMPANY.search(look.text))
        found = _ABOUT.match(look.text) if seen >= 2 and named else None
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


LISTED = 3  # headlines with their dates, at least


def _drop_listing(looks: Sequence[Look], labels: Sequence[str]) -> Sequence[str]:
    """Headlines in a row with a date below each, on a page without a paragraph, are what a search found, and no story."""
    if labels.count("body") > 1 or any(look.long for look in looks):
        return labels
    dated = [look.kind == "date" and look.rest <= DATED_LETTERS for look in looks]
    told = [look.width >= 12 and (look.ends != "." or look.text.endswith("?")) for look in looks]
    heads = [i for i in range(len(looks) - 1) if dated[i + 1] and told[i] and not dated[i]]
    run = [i for i in heads if i - 2 in heads or i + 2 in heads]
    return ["furniture"] * len(labels) if len(run) >= LISTED else labels


DATED_LETTERS = 6  # beside a date that is nothing else


def mend_page(looks: Sequence[Look], labels: Sequence[str]) -> Sequence[str]:
    """The labels of a whole page, put right."""
    for mend in (
        _drop_listing,
        mark_fields,
        mark_mail,
        mark_boards,
        mark_systems,
        head_post,
        _set_notices_apart,
        _mark_dates,
        drop_notice_titles,
        mark_writers,
        mark_sources,
        drop_subjects,
        set_presented_apart,
        mark_signed,
        mark_poster,
        _keep_speakers,
        begin_text,
        set_links_apart,
        set_glued_captions_apart,
        set_counted_apart,
        set_credited_apart,
        set_filed_apart,
        set_captions_apart,
        set_doubled_apart,
        set_pictures_apart,
        lift_standfirsts,
        set_owned_apart,
        lift_bullets,
        lift_summary,
        end_points,
        keep_above_points,
        lift_points,
        lift_linked,
        lift_apart,
        drop_sentences,
        keep_last,
        keep_datelined,
        keep_headings,
        drop_pointed,
        keep_last,
        keep_to_end,
        keep_rates,
        keep_figures,
        keep_lists,
        resume,
        resume_below_link,
        resume_by_words,
        keep_between,
        _keep_below_captions,
        drop_far,
        _set_company_apart,
        keep_entries,
        enter_live,
        head_entries,
        continue_live,
        set_labels_apart,
        _number_items,
        head_items,
        head_linked,
        begin_below_rules,
        begin_second,
        raise_titles,
        mend_threads,
        set_lists_apart,
        set_prompts_apart,
        set_works_apart,
        end_headings,
    ):
        labels = mend(looks, labels)
    return labels
