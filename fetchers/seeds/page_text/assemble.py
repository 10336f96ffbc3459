"""Stories from labelled lines: which lines belong to which story, and what each field says."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field

from fetchers.seeds.page_text.comments import split_comments
from fetchers.seeds.page_text.credits import (
    Slug,
    cut_tail,
    names_writer,
    outlet_of,
    read_byline,
    read_notice,
    read_slug,
    read_source,
)
from fetchers.seeds.page_text.frames import Draft, read_frames
from fetchers.seeds.page_text.lexicon import lexicon, split_words
from fetchers.seeds.page_text.lines import Page
from fetchers.seeds.page_text.looks import Look
from fetchers.seeds.page_text.mending import LIVE_TIME, mend_page
from fetchers.seeds.page_text.replies import resolve_replies
from newsdesk.dates import Order, PrintedDate, choose_order, find_dates, fold_digits
from newsdesk.model import Comment, Story

TITLE_KINDS = ("headline", "longish", "sent", "name", "long")
_SPARE = ("furniture", "aside", "highlight")
SHARED_WORDS, PRINTED_TWICE, LATER, ADJOINING = 2.0, 2.0, 0.6, 3.0  # what these are worth beside a margin
RESCUE = -3.0  # how far behind its label a line's score as a headline may lie

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


@dataclass(frozen=True, slots=True)
class Labelling:
    """A page's lines with their labels, and for each how far its score as a headline lies behind its best one (0 or less)."""

    looks: Sequence[Look]
    labels: Sequence[str]
    margins: Sequence[float]


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
            _take_title(parts, i, looks, loose)
            loose = []
        elif label in _CREDITS:
            part.credits.append(i)
            loose += [i] if part.has_text and not _closes(looks[i]) else []
        elif label == "highlight":
            part.highlights += [] if part.has_text else [i]
        elif label == "body":
            _take_body(parts, i, looks, labels)
        elif label in _FRAME and (part.body or part.titles or label != "meta"):
            part.comments.append(i)
    return [part for part in _rejoin(parts, looks) if part.has_text or (part.titles and part.highlights)]


def _closes(look: Look) -> bool:
    """True if a credit ends the text above it ("Source: …", "© …", "(AFP)") and cannot head the one below."""
    return "srcword" in look.found.first or look.starts in ("©", "(", "-") or look.text.startswith("SOURCE ")


def _take_title(parts: list[Part], i: int, looks: Sequence[Look], loose: Sequence[int]) -> None:
    part = parts[-1]
    if part.has_text and not _same_title(part, looks[i], looks):
        near = [j for j in loose if j > max([*part.body, *part.comments]) and i - j <= 3]
        part.credits = [j for j in part.credits if j not in near]
        parts.append(Part(titles=[i], credits=near))
    elif not part.has_text:
        part.titles.append(i)


def _take_body(parts: list[Part], i: int, looks: Sequence[Look], labels: Sequence[str]) -> None:
    if not parts[-1].comments:
        parts[-1].body.append(i)
    elif _resumes(i, looks, labels):
        parts.append(Part(body=[i]))


def _resumes(i: int, looks: Sequence[Look], labels: Sequence[str]) -> bool:
    """True if body text after comments is a story of its own: a run of two or more long lines."""
    run = [look for look, label in zip(looks[i : i + 6], labels[i : i + 6], strict=True) if label == "body"]
    return sum(look.long for look in run) >= 2


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
    if len(part.titles) > 1 or any(i < first and "photo" not in looks[i].found.classes for i in part.credits):
        return any(looks[i].long for i in part.body)
    slug = read_slug(looks[first].text)
    return bool(slug and slug.place) or looks[part.titles[0]].line.blanks >= 2


def _choose_title(part: Part, floor: int, page: Labelling, digest: bool = False) -> None:
    """Keep of a story's headlines the likeliest, a line above its text that was nearly taken for one among them.

    What speaks for a line: how clearly it was labelled, that it is printed twice, that the text uses its words; in a digest,
    where what stands above the first item is no headline, that the text follows at once.
    """
    looks, labels = page.looks, page.labels
    first = min([*part.body[:1], *part.comments[:1]], default=0)
    near = range(max(floor, first - 14), first)
    spare = [
        i
        for i in near
        if labels[i] in _SPARE
        and looks[i].width >= 18
        and looks[i].kind in TITLE_KINDS
        and page.margins[i] > RESCUE
        and not looks[i].line.bullet
    ]
    chosen = sorted({*part.titles, *spare})
    if not chosen:
        return
    said = {word for i in part.body[:6] for word in looks[i].words if len(word) > 3}
    counts = Counter(_plain(looks[i].text) for i in chosen)

    def worth(i: int) -> float:
        words = {word for word in looks[i].words if len(word) > 3}
        shared = len(words & said) / max(2, len(words))
        return (
            page.margins[i]
            + SHARED_WORDS * shared
            + PRINTED_TWICE * (counts[_plain(looks[i].text)] - 1)
            - LATER * chosen.index(i)
            + (ADJOINING if digest and i == first - 1 else 0.0)
        )

    best = max(chosen, key=lambda i: (worth(i), -i))
    plain = _plain(looks[best].text)
    others = [i for i in part.titles if _plain(looks[i].text) != plain]
    part.titles = sorted({best, *(i for i in part.titles if i not in others)})
    # What looked like a headline below the headline stands first of all for the story.
    part.highlights = sorted({*(i for i in part.highlights if i != best), *(i for i in others if best < i < first)})
    _complete_list(part, page, first)


def _lift_title(part: Part, looks: Sequence[Look]) -> None:
    """A story without a headline whose text begins with a line like one has that for its headline."""
    if part.titles or len(part.body) < 2:
        return
    first, second = looks[part.body[0]], looks[part.body[1]]
    if first.kind == "headline" and first.ends in "aq0" and first.width >= 30 and second.width > 1.3 * first.width:
        part.titles = [part.body.pop(0)]


def _lift_standfirsts(part: Part, looks: Sequence[Look], labels: Sequence[str]) -> None:
    """Text between headline and credits is a standfirst, and so is a line without a stop right below another of that kind."""
    if not part.titles or len(part.body) < 3:
        return
    head = min(part.titles)
    marks = [i for i in part.credits if labels[i] in ("byline", "date") and head < i < part.body[-1]]
    lead = [i for i in part.body if marks and head < i < marks[0]]
    text = part.body[len(lead) :]
    apart = 1 <= len(lead) <= 3 and len(text) >= 2 and text[0] - lead[-1] <= 12
    if apart and all(read_slug(looks[i].text) is None for i in lead):
        part.highlights, part.body = sorted({*part.highlights, *lead}), text
    while len(part.body) > 2 and part.highlights and part.body[0] == max(part.highlights) + 1:
        above, line, below = (looks[i] for i in (part.body[0] - 1, part.body[0], part.body[1]))
        if not (above.kind == line.kind == "headline" and above.ends != "." and line.width >= 30 and below.width > line.width):
            return
        part.highlights.append(part.body.pop(0))


def _complete_list(part: Part, page: Labelling, first: int) -> None:
    """A bullet list above the text of which one line is a highlight is one of highlights."""
    for i in list(part.highlights):
        if not page.looks[i].line.bullet:
            continue
        for step in (-1, 1):
            j = i + step
            while 0 <= j < first and page.looks[j].line.bullet and page.looks[j].width >= 18 and j not in part.titles:
                part.highlights.append(j)
                j += step
    part.highlights = sorted(set(part.highlights))


# --- fields -----------------------------------------------------------------------------------------------------------

_NUMBERING = re.compile(r"^(?:\d{1,2}[.)]|#\d{1,2}|\d{1,2}\s?[|:])\s+(?=\D)")
_STAGE = re.compile(r"[(\[][A-Z][A-Z\s,'.-]{3,60}[)\]]")  # "(LAUGHTER)", "(SOUNDBITE OF RAIN)"
_LINKED = re.compile(r"\s\((?P<site>(?:[\w-]+\.)+[a-z]{2,})\)$")  # the site of a link, in brackets behind it
_SITE = re.compile(r"\s+[|–—-]\s+([^|]{2,40})$")


def _read_title(part: Part, looks: Sequence[Look], page_words: Counter[str]) -> str | None:
    """The headline without numbering, kicker and site name."""
    if not part.titles:
        return None
    title = _NUMBERING.sub("", min((looks[i].text for i in part.titles), key=len))
    label, colon, rest = title.partition(":")
    known = lexicon().look(split_words(label))
    before_colon = {"wrote", "kicker"} & set(known.classes)
    if colon and len(rest) > 8 and known.cover >= 0.99 and (before_colon or "version" in label.lower()):
        title = rest.strip()  # "Post subject: …", "View Full Version : …"
    kicker, bar, rest = title.partition(" | ")
    if bar and len(rest) > 20 and lexicon().look(split_words(kicker)).cover >= 0.99:
        title = rest.strip()
    title = _LINKED.sub("", title)
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
    speakers = sum(bool(re.match(r"[^a-z:]{3,40}:\s?(?:\S|$)", text)) for text in texts) >= 2
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
        if n >= len(texts) - 2:
            text, found = cut_tail(text)
            agency = found or agency
        if text:
            paragraphs.append(text)
    return paragraphs, slug, agency


_WRITES = re.compile(r"^([\w.-]{2,30}) writes:? [\"“]")


def _read_credits(
    part: Part, looks: Sequence[Look], labels: Sequence[str], slug: Slug | None, tail: str | None
) -> tuple[str | None, str | None]:
    """(byline, source)."""
    byline = slug.byline if slug else None
    head = min(part.titles, default=0)
    order = sorted(
        part.credits, key=lambda i: (("byline", "date", "credit").index(labels[i]), not names_writer(looks[i]), i < head)
    )
    for i in order:
        byline = byline or read_byline(looks[i], labels[i])
    source = (slug.agency if slug else None) or tail
    written = [i for i in part.credits if "photo" not in looks[i].found.first]
    named = [(i, read_source(looks[i], labels[i])) for i in sorted(written, key=lambda i: (labels[i] != "credit", i))]
    known = [(i, name) for i, name in named if name]
    agencies = [name for i, name in known if "agency" in looks[i].found.classes]
    source = source or next(iter(agencies), None) or _plainest([name for _, name in known])
    linked = next((found["site"] for i in part.titles if (found := _LINKED.search(looks[i].text))), None)
    source = source or linked or next((name for look in _below(part, looks, labels) if (name := read_notice(look))), None)
    byline = byline or _bare_name(part, looks, labels)
    if byline is None and part.body:
        writes = _WRITES.match(looks[part.body[0]].text)
        byline = writes[1] if writes else None
    if source and byline and source == byline:
        byline = None
    return byline, source


def _below(part: Part, looks: Sequence[Look], labels: Sequence[str]) -> list[Look]:
    """The lines right below a story's text, up to the next headline or comment."""
    if not part.body:
        return []
    start = part.body[-1] + 1
    end = next((i for i in range(start, len(looks)) if labels[i] in ("title", "author", "comment")), len(looks))
    return list(looks[start : min(end, start + 8)])


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
            and any(j in known for j in (i - 1, i + 1, i - 2))
            and all(word[0].isupper() for word in words)
        ):
            names.append(look)
    return next((look.text for look in names if look.case == "Title"), names[0].text if names else None)


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
    heads = [i for i, label in enumerate(labels) if label in _CREDITS and i < first_title]
    stories: list[Story] = []
    floor = 0
    for part in parts:
        _choose_title(part, floor, Labelling(looks, labels, margins), len(parts) >= 3)
        _lift_title(part, looks)
        _lift_standfirsts(part, looks, labels)
        floor = max([*part.body, *part.comments], default=floor)
        title = _read_title(part, looks, page_words)
        body, slug, tail = _clean_body(part, looks)
        after = part.titles[0] if part.titles else 0
        published, updated = _read_dates(part.credits, looks, order, after)
        byline, source = _read_credits(part, looks, labels, slug, tail)
        if published is None:
            published, updated = _read_dates(heads, looks, order, 0)
        in_title = find_dates(title or "", order)
        published = published or page.dumped or (slug.date if slug else None) or (in_title[0].iso if in_title else None)
        plain = _plain(title or "\n")
        highlights = [looks[i].text for i in part.highlights if not _plain(looks[i].text).endswith(plain)]
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
        if not _is_repeat(story, stories) and (
            title or story.comments or story.dateline or sum(looks[i].long for i in part.body) >= 2
        ):
            stories.append(story)
    return stories


def _is_repeat(story: Story, stories: Sequence[Story]) -> bool:
    """True if the story is printed a second time: same headline, same text."""
    return any(story.body and story.body == other.body and not story.comments for other in stories)
