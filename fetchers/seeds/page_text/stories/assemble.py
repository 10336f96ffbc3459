"""Stories from labelled lines: which lines belong to which story, and what each field says."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence, Set
from dataclasses import replace

from fetchers.seeds.page_text.credits.agencies import find_signed, is_known_agency
from fetchers.seeds.page_text.credits.bylines import read_byline
from fetchers.seeds.page_text.credits.credits import read_credits
from fetchers.seeds.page_text.credits.datelines import read_slug, read_town
from fetchers.seeds.page_text.credits.informants import read_delivered
from fetchers.seeds.page_text.credits.placing import dated_place
from fetchers.seeds.page_text.credits.republishing import read_first_published
from fetchers.seeds.page_text.credits.slugs import Slug
from fetchers.seeds.page_text.credits.sources import CJK_OUTLET, outlet_of
from fetchers.seeds.page_text.labels.headings import Labelling, choose_title
from fetchers.seeds.page_text.labels.live import LIVE_TIME
from fetchers.seeds.page_text.labels.mending import mend_page
from fetchers.seeds.page_text.labels.openings import lift_standfirsts, lift_title
from fetchers.seeds.page_text.labels.tails import cut_signature, cut_tail
from fetchers.seeds.page_text.lines.features import count_readers
from fetchers.seeds.page_text.lines.lexicon import lexicon, split_words
from fetchers.seeds.page_text.lines.lines import Page
from fetchers.seeds.page_text.lines.looks import Look
from fetchers.seeds.page_text.stories.dated_titles import date_stories
from fetchers.seeds.page_text.stories.division import CREDITS, Part, divide, lines_between, plain_words
from fetchers.seeds.page_text.stories.headed_items import credit_titles
from fetchers.seeds.page_text.stories.sections import sections_of
from fetchers.seeds.page_text.stories.title_text import read_title
from fetchers.seeds.page_text.thread.comments import split_comments
from fetchers.seeds.page_text.thread.frames import Draft, read_frames
from fetchers.seeds.page_text.thread.replies import resolve_replies
from newsdesk.countries.gazetteer import is_place
from newsdesk.dates import Order, PrintedDate, choose_order, find_dates, fold_digits
from newsdesk.model import Comment, Story

# Paragraphs that keep readers out, at most, columns of one, and lines of a page that has nothing else.
TURNED, NOTICE_WIDTH, TURNED_LINES = 2, 300, 60
LETTER = 3  # stories of a letter at least
FAR_BELOW, BARE_DATE = 10, 8  # lines below a text; letters beside a date that is nothing else: "24. März 2023, 11:02 Uhr"
_SPEAKER = re.compile(r"[^a-z:]{3,40}:\s?(?:\S|$)|[^\W\d_][\w.'-]{1,20}(?:\s[^\W\d_][\w.'-]{1,20})?:\s")
_STAGE_INSIDE = re.compile(
    r"\s?[(\[](?:laugh(?:s|ter|ing)|chuckl(?:es|ing)|applause|sighs|crosstalk|lacht|applaus|rires?|rit|applaudissements|"
    r"risas|ríe|"
    r"se ríe|aplausos|risos|ri|ride|risate|applausi|skratt(?:ar)?|ler|lach(?:en)?|śmiech|śmieje się|смеётся|смеется|смех)[)\]]",
    re.IGNORECASE,
)  # what a speaker does while speaking
_STAGE = re.compile(r"[(\[][A-Z][A-Z\s,'.-]{2,60}[)\]]")  # "(LAUGHTER)", "(SOUNDBITE OF RAIN)", "(END)"


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
        found = [one.swapped() for one in looks[i].dates] if order == "mdy" else looks[i].dates
        told = "photo" in looks[i].found.first and "srcword" not in looks[i].found.first and looks[i].rest > 10
        found = [] if told or "profile" in looks[i].found.first else found
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


PRINTED_TWICE = 40  # characters of a paragraph, at least, that a text says once


def _clean_body(part: Part, looks: Sequence[Look]) -> tuple[list[str], Slug | None, str | None, str | None]:
    """(paragraphs, dateline, agency at the end, writer at the end)."""
    texts = [looks[i].text for i in part.body]
    timed = sum(bool(LIVE_TIME.match(text)) for text in texts) >= 2
    speakers = sum(bool(_SPEAKER.match(text)) for text in texts) >= 2
    slug = None
    agency = None
    paragraphs = []
    for n, (i, text) in enumerate(zip(part.body, texts, strict=True)):
        twice = len(text) >= PRINTED_TWICE and text in texts[:n]  # the text is printed again below itself
        if twice or _STAGE.fullmatch(text):
            continue
        text = _STAGE_INSIDE.sub("", text) if speakers else text
        if timed:
            text = LIVE_TIME.sub("", text)
        if n == 0 or (n == 1 and slug is None and len(texts[0]) < 60):
            slug = read_slug(text, speakers) or (None if n else read_town(text, looks))
            slug = _without_outlet(slug, looks) if slug else None
            text = slug.rest if slug else text
        signed = (find_signed(text) or read_first_published(text) or _named_paper(text) or read_delivered(text)) if n else None
        if signed:
            agency = agency or signed
            continue
        cut, found = cut_tail(text)
        if n >= len(texts) - 2 or (found and text[-1] in ")\uff09" and is_known_agency(found)):
            text, agency = cut, found or agency
        if text:
            paragraphs.append(text)
        paragraphs += looks[i].line.listing
    writer = None
    if len(paragraphs) >= 2:
        paragraphs[-1], writer = cut_signature(paragraphs[-1])
    return paragraphs, slug, agency, writer


def _without_outlet(slug: Slug, looks: Sequence[Look]) -> Slug:
    """The slug, what stands in the place's stead told for an outlet where a line at the page's top has it behind a writer's
    name: "Shore Business — …" below "By Ann Lee, Shore Business"."""
    place = slug.place or ""
    writes = " " in place and not is_place(place) and any(look.text.endswith(f", {place}") for look in looks[:CREDITED])
    return replace(slug, place=None, agency=slug.agency or place) if writes else slug


CREDITED = 30  # lines at a page's top that may name its writer


def _named_paper(text: str) -> str | None:
    """A paragraph that is nothing but a Chinese, Japanese or Korean paper's name."""
    return text if CJK_OUTLET.fullmatch(text) else None


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
    told = {i for part in parts for i in part.credits if looks[i].dates and i < min(part.body, default=0)}
    heads = _heads_of_all(parts, looks, labels, told)
    stories: list[Story] = []
    writer = _writer_of_all(parts, looks, labels)
    floor, end = 0, -1
    for part in parts:
        choose_title(part, floor, Labelling(looks, labels, margins), len(parts) >= LETTER)
        lift_title(part, looks)
        lift_standfirsts(part, looks, labels)
        hints = sections_of(part, end, looks, labels)
        floor = end = max([*part.body, *part.comments], default=floor)
        title = read_title(part, looks, page_words)
        body, slug, tail, signature = _clean_body(part, looks)
        if title and len(body) > 1 and plain_words(body[0]) == plain_words(title):
            body = body[1:]  # a board's first post, headed by its subject
        after = part.titles[0] if part.titles else 0
        published, updated = _read_dates(part.credits, looks, order, after)
        byline, source = read_credits(part, looks, labels, slug, tail)
        if published is None:
            published, updated = _read_dates(heads, looks, order, 0)
        theirs = told.difference(part.credits)
        if published is None:
            between = range(max(0, part.titles[0] - 2), part.body[0]) if part.titles and part.body else range(0)
            published, updated = _read_dates([i for i in between if i not in theirs and _could_date(looks[i])], looks, order, 0)
        if published is None and part.body:
            below = range(part.body[-1] + 1, min(part.body[-1] + FAR_BELOW, len(looks)))
            dated = [i for i in below if i not in theirs and _could_date(looks[i]) and labels[i] in ("aside", "date")]
            after_text = [i for i in dated if i < part.body[-1] + 4 or looks[i].rest <= BARE_DATE]
            published, updated = _read_dates(after_text, looks, order, 0)
        in_title = find_dates(title or "", order)
        published = published or page.dumped or (slug.date if slug else None) or (in_title[0].iso if in_title else None)
        plain = plain_words(title or "\n")
        highlights = [
            _without_sign(looks[i].text) for i in part.highlights if not _says_title(plain_words(looks[i].text), plain)
        ]
        comments = _read_comments(part, looks, labels, order, title)
        byline = byline or signature or _first_poster(part, looks, comments) or writer
        story = Story(
            title=title,
            body=tuple(body),
            published=published,
            updated=updated,
            source=source,
            outlet=outlet,
            byline=byline,
            dateline=(slug.place if slug else None) or dated_place(part, looks, labels),
            highlights=tuple(dict.fromkeys(highlights)),
            comments=comments,
            hints=hints,
        )
        story = _begin_topic(story, part, looks)
        if not (_is_repeat(story, stories) or _turns_away(story, part, looks)) and (
            title or story.comments or story.dateline or sum(looks[i].long for i in part.body) >= 2
        ):
            stories.append(story)
    return date_stories(credit_titles(stories), order)


def _heads_of_all(parts: Sequence[Part], looks: Sequence[Look], labels: Sequence[str], told: Set[int]) -> list[int]:
    """The lines above a page's stories that date those without a date of their own. `told` date one story each."""
    above = min((i for part in parts for i in part.titles), default=len(looks))
    others = parts[1:]
    if len(parts) >= LETTER and sum(not told.isdisjoint(part.credits) for part in others) * 2 < len(others):
        # A letter: the date above its first text is that of all, below a headline too.
        above = min((i for part in parts for i in part.body), default=above)
    heads = [i for i, label in enumerate(labels) if label in CREDITS and i < above]
    if len(parts) >= LETTER and not any(looks[i].dates for i in heads):
        heads = [i for i in range(min(above, len(looks))) if labels[i] == "furniture" and _could_date(looks[i])]
    return heads


def _begin_topic(story: Story, part: Part, looks: Sequence[Look]) -> Story:
    """A forum's topic: where nothing heads what looks like comments below a headline, the first post is the story."""
    if story.body or not part.titles or len(story.comments) < 3:
        return story
    first, *others = story.comments
    between = looks[part.titles[-1] + 1 : part.comments[0]]
    headed = any("commenthead" in look.found.classes and (look.width <= 60 or look.separators >= 2) for look in between)
    if headed or first.reply_to is not None or not first.when or part.comments[0] < part.titles[-1]:
        return story
    answers = [replace(one, reply_to=one.reply_to - 1 if one.reply_to else None) for one in others]
    return replace(
        story,
        body=tuple(first.text.split("\n")),
        byline=story.byline or first.author,
        published=story.published or first.when[:10],
        comments=tuple(answers),
    )


def _first_poster(part: Part, looks: Sequence[Look], comments: Sequence[Comment]) -> str | None:
    """Who began a thread: a name alone between its title and its first post, by which somebody answers below."""
    names = {comment.author.lower() for comment in comments if comment.author}
    between = lines_between(part, looks)
    return next((look.text for look in between if look.lower in names and look.kind in ("name", "user")), None)


def _writer_of_all(parts: Sequence[Part], looks: Sequence[Look], labels: Sequence[str]) -> str | None:
    """Who wrote all stories of a letter: whom the byline above its first headline names, where no other story has one."""
    if any(labels[i] == "byline" for part in parts[1:] for i in part.credits):
        return None
    if len(parts) < LETTER:
        return None
    first = max((i for i in parts[0].titles if i < min(parts[0].body, default=0)), default=0)  # below the letter's own title
    above = max(first, min((i for part in parts for i in part.titles), default=0))
    named = (read_byline(looks[i], labels[i]) for i in range(above) if labels[i] in ("byline", "date"))
    return next(filter(None, named), None)


def _without_sign(text: str) -> str:
    """A standfirst without the outlet's sign or the dateline that it begins with: "(Harbour News) - …"."""
    slug = read_slug(text) if re.match(r"\(|[A-Z]{2,5}\s?[-–]\s", text) else None
    return slug.rest if slug and not slug.place else text


def _says_title(line: str, title: str) -> bool:
    """True for a line that ends with the headline, or adds a word or two to it ("… on x")."""
    return line.endswith(title) or (line.startswith(title) and len(line) - len(title) <= 14)


def _could_date(look: Look) -> bool:
    """True for a short line with a full date that points to no other text."""
    told = bool(look.dates) and look.width <= 90 and look.ends != "." and "related" not in look.found.first
    return told and look.rest <= 30 and "photo" not in look.found.classes


def _turns_away(story: Story, part: Part, looks: Sequence[Look]) -> bool:
    """True for a paragraph or two that only speak to the reader, by nobody and of no day: what stands where a page is kept
    back ("We cannot grant you access at this time.")."""
    told = story.published or story.byline or story.source or story.dateline or story.comments
    return (
        len(looks) <= TURNED_LINES
        and not told
        and 1 <= len(part.body) <= TURNED
        and all(_addresses(looks[i]) for i in part.body)
    )


def _addresses(look: Look) -> bool:
    """True for a paragraph that is no longer than a notice and says "you" and the like twice or more."""
    return look.width <= NOTICE_WIDTH and count_readers(look) >= 2


def _is_repeat(story: Story, stories: Sequence[Story]) -> bool:
    """True if the story is printed a second time: same headline, same text."""
    return any(story.body and story.body == other.body and not story.comments for other in stories)
