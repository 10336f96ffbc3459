"""Labels of a page put right by what the whole page tells: its form (a live blog, a digest, a press release), its notices."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence

from fetchers.seeds.page_text.credits.bylines import COMPANY, is_person, read_byline
from fetchers.seeds.page_text.credits.sources import PASSED_ON
from fetchers.seeds.page_text.credits.writers import (
    drop_subjects,
    mark_poster,
    mark_presented,
    mark_signed,
    mark_sources,
    mark_writers,
    set_presented_apart,
)
from fetchers.seeds.page_text.labels.beginnings import begin_below_bar, begin_text
from fetchers.seeds.page_text.labels.captions import (
    is_caption,
    set_captions_apart,
    set_counted_apart,
    set_credited_apart,
    set_doubled_apart,
    set_filed_apart,
    set_glued_captions_apart,
    set_owned_apart,
)
from fetchers.seeds.page_text.labels.endings import drop_far, keep_last, keep_to_end
from fetchers.seeds.page_text.labels.headlines import (
    begin_below_rules,
    begin_second,
    drop_lead_ins,
    head_credited,
    head_unlike,
    head_written,
    raise_titles,
)
from fetchers.seeds.page_text.labels.inside import keep_between, keep_lead_ins, keep_lists
from fetchers.seeds.page_text.labels.live import (
    continue_live,
    enter_live,
    enter_minutes,
    head_entries,
    keep_entries,
    set_labels_apart,
)
from fetchers.seeds.page_text.labels.mastheads import drop_slogan, head_enclosed
from fetchers.seeds.page_text.labels.notices import drop_notice_titles, set_lists_apart, set_prompts_apart, set_works_apart
from fetchers.seeds.page_text.labels.resuming import (
    drop_pointed,
    end_headings,
    keep_datelined,
    keep_figures,
    keep_headings,
    keep_rates,
    resume,
    resume_below_link,
    resume_by_words,
)
from fetchers.seeds.page_text.labels.speakers import keep_speakers
from fetchers.seeds.page_text.labels.standfirsts import (
    drop_pointers,
    drop_sentences,
    end_points,
    keep_above_points,
    lift_apart,
    lift_boxed,
    lift_bullets,
    lift_linked,
    lift_points,
    lift_standfirsts,
    lift_summary,
    set_links_apart,
)
from fetchers.seeds.page_text.labels.teasers import set_items_apart, set_read_also_apart, set_teasers_apart
from fetchers.seeds.page_text.labels.unframed import undo_inside, undo_outside
from fetchers.seeds.page_text.lines.features import speaks_to_reader
from fetchers.seeds.page_text.lines.looks import Look
from fetchers.seeds.page_text.lines.pictures import set_pictures_apart
from fetchers.seeds.page_text.lines.positions import last_of
from fetchers.seeds.page_text.stories.fields import mark_fields
from fetchers.seeds.page_text.stories.headed_items import head_alike
from fetchers.seeds.page_text.stories.items import (
    end_letter,
    head_closed,
    head_greeted,
    head_items,
    head_linked,
    head_signed,
    number_items,
)
from fetchers.seeds.page_text.thread.boards import head_post, mark_boards
from fetchers.seeds.page_text.thread.mail import mark_mail
from fetchers.seeds.page_text.thread.systems import mark_systems
from fetchers.seeds.page_text.thread.threads import mend_threads

NOTE_LETTERS = 45  # beside a date: "Published … at …, modified … at … · 2 min."


def _mark_dates(looks: Sequence[Look], labels: Sequence[str]) -> Sequence[str]:
    """A line that begins with "Published" and its like and holds a full date is one of dates, however long it is; on a page
    without a comment so is a dated line that was taken for an author's."""
    silent = "comment" not in labels
    begun = next((i for i, look in enumerate(looks) if labels[i] == "body" and look.long), 0)
    filed = {i for i in range(begun) if labels[i] in ("furniture", "highlight", "title", "body") and _is_filed(looks[i])}

    def dates(look: Look, label: str) -> bool:
        told = label in ("body", "highlight", "furniture", "title") and "pubword" in look.found.first
        inside = label == "furniture" and "pubword" in look.found.classes and look.width <= 90 and bool(look.separators)
        inside = inside or (label in ("body", "highlight") and "pubword" in look.found.classes and look.separators >= 2)
        if label == "byline" and look.dates and {"pubword", "updword"} & set(look.found.first):
            return not is_person(read_byline(look, label) or "")  # "Last updated 4 May 2024 + show all updates"
        if look.dates and _SUBMITTED.match(look.text):
            return True  # below a thread too
        posted = label in ("body", "highlight", "furniture") and look.width <= 110 and bool(_POSTED.search(look.text))
        if posted and look.dates and not silent and look.ends != "q":
            return True
        brief = look.ends != "." or look.rest <= NOTE_LETTERS
        return bool(look.dates) and (((told or inside) and brief) or (silent and label == "author"))

    pairs = zip(looks, labels, strict=True)
    return ["date" if i in filed or dates(look, label) else label for i, (look, label) in enumerate(pairs)]


FILED, WEEKDAY = 110, 12  # columns of a line that says when and under what a text was filed; letters before its date


def _is_filed(look: Look) -> bool:
    """True for a full date and behind it what the text is filed under: "May 9, 2016 in Council | Tags: pool"."""
    begun = bool(look.dates) and look.dates[0].start <= WEEKDAY and look.width <= FILED and look.ends not in ".q?"
    return begun and ("tags" in look.found.classes or "|" in look.text or "·" in look.text)


_SUBMITTED = re.compile(r"this (?:post|link|thread|topic) was (?:posted|submitted) on ", re.IGNORECASE)
_POSTED = re.compile(r"(?:posted|submitted) by \S+(?: \S+)? on ", re.IGNORECASE)


_NOTICE = re.compile(
    r"(?:^|[.\s])(?:copyrights?\s(?:©|\(c\)|\d{4})|©\s?\d{4}|\(c\)\s\d{4})|^©\s?[^\W\d_][^.©]{1,50}\s\d{4}\.?$", re.IGNORECASE
)


def _set_notices_apart(looks: Sequence[Look], labels: Sequence[str]) -> Sequence[str]:
    """A paragraph that claims copyright, or names whose text is used by permission, is a credit line, however long it is."""
    return [
        "credit" if label == "body" and (_NOTICE.search(look.text) or _is_passed_on(look)) else label
        for look, label in zip(looks, labels, strict=True)
    ]


def _is_passed_on(look: Look) -> bool:
    return look.text.endswith("permission.") and PASSED_ON.match(look.text) is not None


def _is_told(look: Look) -> bool:
    """True for a sentence that holds no word of a page's furniture but articles and the like, and speaks to nobody."""
    worded = (look.case == "Sentence" and len(look.words) >= 5) or (look.case == "none" and look.width >= 80)
    told = look.ends == "." and worded and not look.dates
    plain = set(look.found.classes) <= {"placetitle"} or (look.case == "none" and look.found.cover < 0.15)
    return told and plain and not speaks_to_reader(look)


def _keep_below_captions(looks: Sequence[Look], labels: Sequence[str]) -> Sequence[str]:
    """Prose right below a caption that stands between paragraphs, or below "Picture" and a caption, is the story's."""
    mended = list(labels)
    last = last_of(labels, "body", 0)
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
    heads = {i for i in range(len(looks) - 1) if dated[i + 1] and told[i] and not dated[i]}
    run = [i for i in heads if i - 2 in heads or i + 2 in heads]
    return ["furniture"] * len(labels) if len(run) >= LISTED else labels


DATED_LETTERS = 6  # beside a date that is nothing else


# What puts labels right, in this order: each goes by what those before it have done.
_MENDS: Sequence[Callable[[Sequence[Look], Sequence[str]], Sequence[str]]] = (
    _drop_listing,
    drop_lead_ins,
    undo_inside,
    mark_fields,
    mark_mail,
    mark_boards,
    mark_systems,
    head_post,
    _set_notices_apart,
    _mark_dates,
    drop_slogan,
    head_enclosed,
    drop_notice_titles,
    mark_writers,
    mark_presented,
    mark_sources,
    drop_subjects,
    set_presented_apart,
    mark_signed,
    mark_poster,
    keep_speakers,
    begin_text,
    begin_below_bar,
    keep_lead_ins,
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
    drop_pointers,
    end_points,
    keep_above_points,
    lift_points,
    lift_boxed,
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
    resume,
    resume_below_link,
    resume_by_words,
    keep_between,
    keep_lists,
    _keep_below_captions,
    drop_far,
    _set_company_apart,
    keep_entries,
    enter_live,
    head_entries,
    continue_live,
    set_labels_apart,
    enter_minutes,
    number_items,
    head_items,
    head_linked,
    head_signed,
    head_closed,
    head_alike,
    head_greeted,
    end_letter,
    set_teasers_apart,
    set_items_apart,
    set_read_also_apart,
    begin_below_rules,
    begin_second,
    head_credited,
    head_written,
    head_unlike,
    raise_titles,
    undo_outside,
    mend_threads,
    set_lists_apart,
    set_prompts_apart,
    set_works_apart,
    end_headings,
)


def mend_page(looks: Sequence[Look], labels: Sequence[str]) -> Sequence[str]:
    """The labels of a whole page, put right."""
    for mend in _MENDS:
        labels = mend(looks, labels)
    return labels
