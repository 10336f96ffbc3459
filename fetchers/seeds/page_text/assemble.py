"""Stories from labelled lines: which lines belong to which story, and what each field says."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence

from fetchers.seeds.page_text.agencies import OUTLET_WORD, find_agency
from fetchers.seeds.page_text.bylines import COMPANY, is_person, names_writer, read_byline, split_place
from fetchers.seeds.page_text.comments import split_comments
from fetchers.seeds.page_text.datelines import Slug, place_beside_date, read_slug
from fetchers.seeds.page_text.division import CREDITS, Part, divide, plain_words
from fetchers.seeds.page_text.frames import Draft, read_frames
from fetchers.seeds.page_text.headings import LINKED, Labelling, choose_title, lift_standfirsts, lift_title, read_title
from fetchers.seeds.page_text.lexicon import lexicon, split_words
from fetchers.seeds.page_text.lines import Page
from fetchers.seeds.page_text.looks import Look
from fetchers.seeds.page_text.mending import LIVE_TIME, mend_page
from fetchers.seeds.page_text.replies import resolve_replies
from fetchers.seeds.page_text.sources import (
    outlet_of,
    read_acronym,
    read_first_published,
    read_initials,
    read_notice,
    read_outlet,
    read_outlet_and_place,
    read_source,
    written_by_outlet,
)
from fetchers.seeds.page_text.tails import cut_tail
from newsdesk.dates import Order, PrintedDate, choose_order, find_dates, fold_digits
from newsdesk.model import Comment, Story

_SPEAKER = re.compile(r"[^a-z:]{3,40}:\s?(?:\S|$)|[^\W\d_][\w.'-]{1,20}(?:\s[^\W\d_][\w.'-]{1,20})?:\s")
_STAGE = re.compile(r"[(\[][A-Z][A-Z\s,'.-]{3,60}[)\]]")  # "(LAUGHTER)", "(SOUNDBITE OF RAIN)"


def _page_dates(looks: Sequence[Look]) -> list[PrintedDate]:
    return [one for look in looks for one in look.dates]


def _is_update(text: str) -> bool:
    """True if what stands before a date says that it is an update's."""
    found = lexicon().look(split_words(text[-40:])[-3:])
    return "updword" in found.classes


def _read_dates(indices: Sequence[int], looks: Sequence[Look], order: Order, after: int) -> tuple[str | None, str | None]:
    """(published, updated) of the lines: what is not called an update comes first, then what stands below the headline."""
    published: tuple[tuple[int, int], str] | None = None
    updated: str | None = None
    for place, i in enumerate(indices):
        text = fold_digits(looks[i].text)
        found = find_dates(text, order)
        if len(found) > 1 and abs(found[0].day_number - found[-1].day_number) > 366:
            continue  # a life, a season, a term of office
        end = 0
        for one in found:
            late = _is_update(text[end : one.start])
            end = one.end
            if late:
                updated = updated or one.iso
            rank = ((late << 2) + (looks[i].rest > 30) * 2 + (i < after), place)
            if published is None or rank < published[0]:
                published = (rank, one.iso)
    return (published[1] if published else None), updated


def _clean_body(part: Part, looks: Sequence[Look]) -> tuple[list[str], Slug | None, str | None]:
    """(paragraphs, dateline, agency at the end)."""
    texts = [looks[i].text for i in part.body]
    timed = sum(bool(LIVE_TIME.match(text)) for text in texts) >= 2
    speakers = sum(bool(_SPEAKER.match(text)) for text in texts) >= 2
    slug = None
    agency = None
    paragraphs = []
    for n, text in enumerate(texts):
        if _STAGE.fullmatch(text):
            continue
        if timed:
            text = LIVE_TIME.sub("", text)
        if n == 0 or (n == 1 and slug is None and len(texts[0]) < 60):
            slug = read_slug(text, speakers)
            text = slug.rest if slug else text
        signed = (read_initials(text) or read_first_published(text)) if n else None
        if signed:
            agency = agency or signed
            continue
        if n >= len(texts) - 2:
            text, found = cut_tail(text)
            agency = found or agency
        if text:
            paragraphs.append(text)
    return paragraphs, slug, agency


def _placed_outlet(part: Part, looks: Sequence[Look]) -> tuple[str, str] | None:
    """Outlet and place that a line between headline and text names: "The Harbour Courier (Bergen)"."""
    between = looks[part.titles[-1] + 1 : part.body[0]] if part.titles and part.body else ()
    return next((found for look in between if (found := read_outlet_and_place(look.text))), None)


def _dated_place(part: Part, looks: Sequence[Look], labels: Sequence[str]) -> str | None:
    """The place that the date line between headline and text begins with, or that stands behind the outlet's name."""
    if not part.titles or not part.body:
        return None
    placed = _placed_outlet(part, looks)
    if placed:
        return placed[1]
    written = [i for i in part.credits if labels[i] == "byline" and part.titles[0] < i < part.body[0]]
    for i in written:
        with_writer = split_place(looks[i].text)
        if with_writer:
            return with_writer[0]
    dated = [i for i in part.credits if labels[i] == "date" and part.titles[0] < i < part.body[0] and looks[i].dates]
    return next((place for i in dated if (place := place_beside_date(looks[i].text, looks[i].dates[0].start))), None)


_WRITES = re.compile(r"^([\w.-]{2,30}) writes:? [\"“]")


def _read_credits(
    part: Part, looks: Sequence[Look], labels: Sequence[str], slug: Slug | None, tail: str | None
) -> tuple[str | None, str | None]:
    """(byline, source)."""
    byline = slug.byline if slug else None
    head = min(part.titles, default=0)
    order = sorted(
        part.credits, key=lambda i: (CREDITS.index(labels[i]), not names_writer(looks[i]), looks[i].case == "upper", i < head)
    )
    for i in order:
        placed_writer = split_place(looks[i].text) if labels[i] == "byline" else None
        byline = byline or (placed_writer[1] if placed_writer else None)
        byline = byline or (None if written_by_outlet(looks[i].text) else read_byline(looks[i], labels[i]))
    if byline and COMPANY.search(byline):
        byline = None
    source = (slug.agency if slug else None) or tail
    written = [i for i in part.credits if "photo" not in looks[i].found.first or "srcword" in looks[i].found.first]
    named = [(i, read_source(looks[i], labels[i])) for i in sorted(written, key=lambda i: (labels[i] != "credit", i))]
    known = [(i, name) for i, name in named if name]
    known += [(i, name) for i in written if labels[i - 1] == "byline" and (name := read_outlet(looks[i]))]
    known = [(i, name) for i, name in known if i > 0 or find_agency(name)]  # a page's first line is its masthead
    first = min(part.body, default=0)
    known += [(i, name) for i in written if i < first and labels[i] == "byline" and (name := read_acronym(looks[i].text))]
    agencies = [name for _, name in known if find_agency(name)]
    source = source or next(iter(agencies), None) or _plainest([name for _, name in known])
    linked = next((found["site"] for i in part.titles if (found := LINKED.search(looks[i].text))), None)
    placed = _placed_outlet(part, looks)
    source = source or linked or (placed[0] if placed else None)
    source = source or next((name for look in _below(part, looks, labels) if (name := read_notice(look))), None)
    bare = _bare_name(part, looks, labels) if byline is None or byline.isupper() else None
    byline = bare if bare and (byline is None or not bare.isupper()) else byline
    byline = byline or _posted_below(part, looks, labels)
    if byline is None and part.body:
        writes = _WRITES.match(looks[part.body[0]].text)
        byline = writes[1] if writes else None
    if source and byline and source.rstrip(".") == byline.rstrip("."):
        byline = None
    return byline, source


def _below(part: Part, looks: Sequence[Look], labels: Sequence[str]) -> list[Look]:
    """The lines right below a story's text, up to the next headline or comment."""
    if not part.body:
        return []
    start = part.body[-1] + 1
    end = next((i for i in range(start, len(looks)) if labels[i] in ("title", "author", "comment")), len(looks))
    return list(looks[start : min(end, start + 8)])


_POSTED_AT = re.compile(
    r"(?:Posted by|Publicad[oa] por|Publié par|Eingestellt von|Pubblicato da|Gepost door|Postado por|Автор:)\s"
    r"(?P<who>\S.{0,38}?)\s(?:at|en|à|um|a las|alle|às|op|на)\s\d"
)


def _posted_below(part: Part, looks: Sequence[Look], labels: Sequence[str]) -> str | None:
    """The writer in a blog's line right below the text: "Posted by Anna at 19:40"."""
    found = next((found for look in _below(part, looks, labels)[:2] if (found := _POSTED_AT.match(look.text))), None)
    return found["who"] if found else None


def _bare_name(part: Part, looks: Sequence[Look], labels: Sequence[str]) -> str | None:
    """A line between headline and text that is nothing but a person's name, beside the date or the headline."""
    if not part.titles or not part.body:
        return None
    known = {*part.titles, *part.highlights, *(i for i in part.credits if labels[i] in ("date", "credit"))}
    names = []
    for i in range(part.titles[-1] + 1, part.body[0]):
        look = looks[i]
        words = look.text.split()
        plain = labels[i] == "furniture" and look.name and 2 <= len(words) <= 4 and not look.found.cover
        if (
            plain
            and look.ends == "a"
            and (any(j in known for j in (i - 1, i + 1, i - 2)) or _is_role(looks[i + 1]))
            and all(word[0].isupper() for word in words)
            and any(len(word.strip(".+-")) > 1 for word in words)
        ):
            names.append(look)
        elif labels[i] == "furniture" and names_writer(look) and look.width <= 40 and look.words[:2] != ["by", "the"]:
            writer = read_byline(look, "byline")
            if writer and is_person(writer):
                return writer
    return next((look.text for look in names if look.case == "Title"), names[0].text if names else None)


def _is_role(look: Look) -> bool:
    """True for the line below a name that says whose reporter it is: "BBC News, Powys", "Staff writer"."""
    return look.width <= 50 and look.ends != "." and ("byword" in look.found.classes or bool(OUTLET_WORD.search(look.text)))


def _plainest(names: Sequence[str]) -> str | None:
    """The first name, or the shorter one that it only adds a word to."""
    first = next(iter(names), None)
    return first and min((name for name in names if name in first), key=len)


def _read_comments(
    part: Part, looks: Sequence[Look], labels: Sequence[str], order: Order, title: str | None
) -> tuple[Comment, ...]:
    drafts: list[Draft] = split_comments([looks[i] for i in part.comments], [labels[i] for i in part.comments])
    read_frames(drafts, order)
    targets = resolve_replies(drafts, title)
    return tuple(
        Comment(text=draft.text, author=draft.author, when=draft.when, votes=draft.votes, reply_to=target)
        for draft, target in zip(drafts, targets, strict=True)
    )


def _language_hint(looks: Sequence[Look]) -> str | None:
    """`en` for a page whose words are English, as far as the reading of `06-09-2015` needs to know."""
    common = Counter(word for look in looks if look.width > 60 for word in look.words)
    return "en" if common["the"] + common["and"] >= 2 else "other"


def assemble(page: Page, looks: Sequence[Look], labels: Sequence[str], margins: Sequence[float]) -> list[Story]:
    """The stories of a page. `margins` tell for each line how clearly it is a title."""
    labels = mend_page(looks, labels)
    every = _page_dates(looks)
    order = choose_order(every, _language_hint(looks))
    page_words = Counter(look.lower for look in looks)
    outlet = outlet_of(looks, labels)
    parts = divide(looks, labels)
    first_title = min((i for part in parts for i in part.titles), default=len(looks))
    if len(parts) >= 3:  # a digest: what is dated above the first text is all of it
        first_title = min((i for part in parts for i in part.body), default=first_title)
    heads = [i for i, label in enumerate(labels) if label in CREDITS and i < first_title]
    stories: list[Story] = []
    floor = 0
    for part in parts:
        choose_title(part, floor, Labelling(looks, labels, margins), len(parts) >= 3)
        lift_title(part, looks)
        lift_standfirsts(part, looks, labels)
        floor = max([*part.body, *part.comments], default=floor)
        title = read_title(part, looks, page_words)
        body, slug, tail = _clean_body(part, looks)
        after = part.titles[0] if part.titles else 0
        published, updated = _read_dates(part.credits, looks, order, after)
        byline, source = _read_credits(part, looks, labels, slug, tail)
        if published is None:
            published, updated = _read_dates(heads, looks, order, 0)
        in_title = find_dates(title or "", order)
        published = published or page.dumped or (slug.date if slug else None) or (in_title[0].iso if in_title else None)
        plain = plain_words(title or "\n")
        highlights = [looks[i].text for i in part.highlights if not plain_words(looks[i].text).endswith(plain)]
        story = Story(
            title=title,
            body=tuple(body),
            published=published,
            updated=updated,
            source=source,
            outlet=outlet,
            byline=byline,
            dateline=(slug.place if slug else None) or _dated_place(part, looks, labels),
            highlights=tuple(dict.fromkeys(highlights)),
            comments=_read_comments(part, looks, labels, order, title),
        )
        if not _is_repeat(story, stories) and (
            title or story.comments or story.dateline or sum(looks[i].long for i in part.body) >= 2
        ):
            stories.append(story)
    return stories


def _is_repeat(story: Story, stories: Sequence[Story]) -> bool:
    """True if the story is printed a second time: same headline, same text."""
    return any(story.body and story.body == other.body and not story.comments for other in stories)
