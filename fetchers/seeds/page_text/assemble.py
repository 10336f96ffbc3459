"""Stories from labelled lines: which lines belong to which story, and what each field says."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field

from fetchers.seeds.page_text.comments import Draft, read_frame, split_comments
from fetchers.seeds.page_text.credits import Slug, cut_tail, outlet_of, read_byline, read_slug, read_source
from fetchers.seeds.page_text.lexicon import lexicon, split_words
from fetchers.seeds.page_text.lines import Page
from fetchers.seeds.page_text.looks import Look
from fetchers.seeds.page_text.replies import resolve_replies
from newsdesk.dates import Order, PrintedDate, choose_order, find_dates, fold_digits
from newsdesk.model import Comment, Story

TITLE_KINDS = ("headline", "longish", "sent", "name", "long")
RESCUE = -4.0  # how far behind its label a line's score as a headline may lie

_CREDITS = ("byline", "date", "credit")
_FRAME = ("author", "meta", "comment")


@dataclass(slots=True)
class Part:
    """The lines of one story, by index. `before` marks how many of `credits` stand before its text."""

    titles: list[int] = field(default_factory=list)
    credits: list[int] = field(default_factory=list)
    highlights: list[int] = field(default_factory=list)
    body: list[int] = field(default_factory=list)
    comments: list[int] = field(default_factory=list)

    @property
    def has_text(self) -> bool:
        return bool(self.body or self.comments)


# --- which lines belong to which story --------------------------------------------------------------------------------


def _plain(text: str) -> str:
    return re.sub(r"[\W_]+", " ", text).strip().lower()


def _same_title(part: Part, look: Look, looks: Sequence[Look]) -> bool:
    """True if the line prints a title of `part` again, alone or inside a heading."""
    plain = _plain(look.text)
    return any((own := _plain(looks[i].text)) and (own == plain or own in plain) for i in part.titles)


def divide(looks: Sequence[Look], labels: Sequence[str]) -> list[Part]:
    """Cut the page into stories: a headline after text begins the next one."""
    parts = [Part()]
    loose: list[int] = []  # credit lines after text: the next story's if its headline follows at once
    for i, label in enumerate(labels):
        part = parts[-1]
        if label == "title":
            if part.has_text and not _same_title(part, looks[i], looks):
                near = [j for j in loose if j > max([*part.body, *part.comments]) and i - j <= 3]
                part.credits = [j for j in part.credits if j not in near]
                part = Part(credits=near)
                parts.append(part)
            if not part.has_text:
                part.titles.append(i)
            loose = []
        elif label in _CREDITS:
            part.credits.append(i)
            if part.has_text:
                loose.append(i)
        elif label == "highlight":
            if not part.has_text:
                part.highlights.append(i)
        elif label == "body":
            if not part.comments or _resumes(i, looks, labels):
                if part.comments:
                    part = Part()
                    parts.append(part)
                part.body.append(i)
        elif label in _FRAME and (part.body or part.titles or label != "meta"):
            part.comments.append(i)
    return [part for part in _rejoin(parts, looks) if part.has_text or (part.titles and part.highlights)]


def _rejoin(parts: Sequence[Part], looks: Sequence[Look]) -> list[Part]:
    """Undo cuts that nothing but one line that looked like a headline speaks for."""
    items = sum(bool(part.titles) and 0 < len(part.body) <= 2 and not part.comments for part in parts)
    kept = list(parts[:1])
    for part in parts[1:]:
        last = kept[-1]
        if part.body and (items >= 3 or not part.titles or not last.body or _stands_alone(part, looks)):
            kept.append(part)
            continue
        last.credits += part.credits
        if not last.comments:
            last.body += part.body
        last.comments += part.comments
    return kept


def _stands_alone(part: Part, looks: Sequence[Look]) -> bool:
    """True if more than its headline makes a part a story: printed twice, credited, datelined, or set well apart."""
    first = part.body[0]
    if len(part.titles) > 1 or any(i < first for i in part.credits):
        return any(looks[i].long for i in part.body)
    slug = read_slug(looks[first].text)
    return bool(slug and slug.place) or looks[part.titles[0]].line.blanks >= 2


def _rescue_title(part: Part, floor: int, looks: Sequence[Look], labels: Sequence[str], margins: Sequence[float]) -> None:
    """Give a story without a headline the line above its text that was nearest to being one."""
    first = min([*part.body[:1], *part.comments[:1]], default=0)
    names = ("furniture", "aside", "highlight")
    open_ = [i for i in range(max(floor, first - 12), first) if labels[i] in names and looks[i].width >= 18 and looks[i].kind in TITLE_KINDS]
    best = max(open_, key=lambda i: margins[i], default=None)
    if best is not None and margins[best] > RESCUE:
        part.titles.append(best)
        part.highlights = [i for i in part.highlights if i != best]


def _resumes(i: int, looks: Sequence[Look], labels: Sequence[str]) -> bool:
    """True if body text after comments is a story of its own: a run of two or more long lines."""
    run = [look for look, label in zip(looks[i : i + 6], labels[i : i + 6], strict=True) if label == "body"]
    return sum(look.long for look in run) >= 2


# --- fields -----------------------------------------------------------------------------------------------------------

_NUMBERING = re.compile(r"^(?:\d{1,2}[.)]|#\d{1,2}|\d{1,2}\s?[|:])\s+(?=\D)")
_LIVE_TIME = re.compile(
    r"^(?:\[?\d{1,2}[.:hH]\d\d(?::\d\d)?\s?(?:[ap]\.?m\.?)?\s?(?:GMT|BST|ET|CET|UTC|IST|EST|EDT|Uhr|WIB|MSK)?\]?)\s?(?:[-–—:|\uff1a]\s?|\s(?=[A-Z\"“]))", re.IGNORECASE
)
_SITE = re.compile(r"\s+[|–—-]\s+([^|]{2,40})$")


def _read_title(part: Part, looks: Sequence[Look], margins: Sequence[float], page_words: Counter[str]) -> str | None:
    if not part.titles:
        return None
    counts = Counter(_plain(looks[i].text) for i in part.titles)
    best = max(part.titles, key=lambda i: (counts[_plain(looks[i].text)], margins[i], -i))
    title = _NUMBERING.sub("", looks[best].text)
    label, colon, rest = title.partition(":")
    known = lexicon().look(split_words(label))
    if colon and len(rest) > 8 and known.cover >= 0.99 and {"wrote", "pda"} & set(known.classes):
        title = rest.strip()
    elif colon and len(rest) > 8 and known.cover >= 0.99 and {"view"} & set(split_words(label)):
        title = rest.strip()
    kicker, bar, rest = title.partition(" | ")
    if bar and len(rest) > 20 and lexicon().look(split_words(kicker)).cover >= 0.99:
        title = rest.strip()
    site = _SITE.search(title)
    if site and len(title) - len(site[0]) >= 15 and (page_words[site[1].lower()] or " | " in site[0]):
        title = title[: site.start()].strip()
    return title or None


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
        end = 0
        for one in find_dates(text, order):
            late = _is_update(text[end : one.start])
            end = one.end
            if late:
                updated = updated or one.iso
            rank = ((late << 1) + (i < after), place)
            if published is None or rank < published[0]:
                published = (rank, one.iso)
    return (published[1] if published else None), updated


def _clean_body(part: Part, looks: Sequence[Look]) -> tuple[list[str], Slug | None, str | None]:
    """(paragraphs, dateline, agency at the end)."""
    texts = [looks[i].text for i in part.body]
    timed = sum(bool(_LIVE_TIME.match(text)) for text in texts) >= 2
    speakers = sum(bool(re.match(r"[^a-z:]{3,40}:\s?(?:\S|$)", text)) for text in texts) >= 2
    slug = None
    agency = None
    paragraphs = []
    for n, text in enumerate(texts):
        if timed:
            text = _LIVE_TIME.sub("", text)
        if n == 0 or (n == 1 and slug is None and len(texts[0]) < 60):
            slug = read_slug(text, speakers)
            text = slug.rest if slug else text
        if n >= len(texts) - 2:
            text, found = cut_tail(text)
            agency = found or agency
        if text:
            paragraphs.append(text)
    return paragraphs, slug, agency


_WRITES = re.compile(r"^([\w.-]{2,30}) writes:? [\"“]")


def _read_credits(part: Part, looks: Sequence[Look], labels: Sequence[str], slug: Slug | None, tail: str | None) -> tuple[str | None, str | None]:
    """(byline, source)."""
    byline = slug.byline if slug else None
    order = sorted(part.credits, key=lambda i: ("byline", "date", "credit").index(labels[i]))
    for i in order:
        byline = byline or read_byline(looks[i], labels[i])
    source = (slug.agency if slug else None) or tail
    named = [(i, read_source(looks[i], labels[i])) for i in sorted(part.credits, key=lambda i: (labels[i] != "credit", i))]
    known = [(i, name) for i, name in named if name]
    agencies = [name for i, name in known if "agency" in looks[i].found.classes]
    source = source or next(iter(agencies), None) or _plainest([name for _, name in known])
    if byline is None and part.body:
        writes = _WRITES.match(looks[part.body[0]].text)
        byline = writes[1] if writes else None
    if source and byline and source == byline:
        byline = None
    return byline, source


def _plainest(names: Sequence[str]) -> str | None:
    """The first name, or the shorter one that it only adds a word to."""
    first = next(iter(names), None)
    return first and min((name for name in names if name in first), key=len)


def _read_comments(part: Part, looks: Sequence[Look], labels: Sequence[str], order: Order, title: str | None) -> tuple[Comment, ...]:
    drafts: list[Draft] = split_comments([looks[i] for i in part.comments], [labels[i] for i in part.comments])
    for draft in drafts:
        read_frame(draft, order)
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
    every = _page_dates(looks)
    order = choose_order(every, _language_hint(looks))
    page_words = Counter(look.lower for look in looks)
    outlet = outlet_of(looks, labels)
    parts = divide(looks, labels)
    first_title = min((i for part in parts for i in part.titles), default=len(looks))
    heads = [i for i, label in enumerate(labels) if label in _CREDITS and i < first_title]
    stories: list[Story] = []
    floor = 0
    for part in parts:
        if not part.titles:
            _rescue_title(part, floor, looks, labels, margins)
        floor = max([*part.body, *part.comments], default=floor)
        title = _read_title(part, looks, margins, page_words)
        body, slug, tail = _clean_body(part, looks)
        after = part.titles[0] if part.titles else 0
        published, updated = _read_dates(part.credits, looks, order, after)
        byline, source = _read_credits(part, looks, labels, slug, tail)
        if published is None:
            published, updated = _read_dates(heads, looks, order, 0)
        in_title = find_dates(title or "", order)
        published = published or page.dumped or (slug.date if slug else None) or (in_title[0].iso if in_title else None)
        highlights = [looks[i].text for i in part.highlights if looks[i].text != title]
        story = Story(
            title=title,
            body=tuple(body),
            published=published,
            updated=updated,
            source=source,
            outlet=outlet,
            byline=byline,
            dateline=slug.place if slug else None,
            highlights=tuple(dict.fromkeys(highlights)),
            comments=_read_comments(part, looks, labels, order, title),
        )
        if not _is_repeat(story, stories):
            stories.append(story)
    return stories


def _is_repeat(story: Story, stories: Sequence[Story]) -> bool:
    """True if the story is printed a second time: same headline, same text."""
    return any(story.body and story.body == other.body and not story.comments for other in stories)
