"""Which labelled lines belong to which story of a page."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field

from fetchers.seeds.page_text.credits.agencies import find_signed, is_known_agency
from fetchers.seeds.page_text.credits.datelines import read_slug, read_town
from fetchers.seeds.page_text.labels.resuming import is_sub_heading
from fetchers.seeds.page_text.lines.looks import Look
from fetchers.seeds.page_text.stories.fields import FIELD

LISTED_HEAD = 8  # lines at most above a document's headline in an export
CREDITS = ("byline", "date", "credit")
_FRAME = ("author", "meta", "comment")


_RULE = re.compile(r"(?:[*#~_=·•–—-]\s?){3,}")


def is_below_rule(looks: Sequence[Look], i: int) -> bool:
    """True if a line drawn across the page, or one of a few signs ("* * *"), stands right above line `i`."""
    above = looks[i - 1].line if i else None
    return looks[i].line.ruled or (above is not None and bool(_RULE.fullmatch(f"{above.bullet}{above.text}")))


# "1 big thing: …", above "2. …", as letters number their stories.
FIRST_THING = re.compile(r"1(?:\s[^\W\d_]+){1,3}\s?:\s+(?=\S.{8})")
_NUMBER = re.compile(r"(\d{1,2})[.)]\s+\S")


def number_of(text: str) -> int | None:
    """The number that a headline of a list begins with: 2 of "2. Owls vote", 1 of "1 big thing: Owls vote"."""
    found = _NUMBER.match(text)
    return int(found[1]) if found else 1 if FIRST_THING.match(text) else None


@dataclass(slots=True)
class Part:
    """The lines of one story, by index."""

    titles: list[int] = field(default_factory=list)
    credits: list[int] = field(default_factory=list)
    highlights: list[int] = field(default_factory=list)
    body: list[int] = field(default_factory=list)
    comments: list[int] = field(default_factory=list)

    @property
    def has_text(self) -> bool:
        return bool(self.body or self.comments)


def lines_between(part: Part, looks: Sequence[Look]) -> Sequence[Look]:
    """The lines between a story's headline and its text; none where it has not both."""
    return looks[part.titles[-1] + 1 : part.body[0]] if part.titles and part.body else ()


def plain_words(text: str) -> str:
    return _NO_WORD.sub(" ", text).strip().lower()


_NO_WORD = re.compile(r"[\W_]+")


def _same_title(part: Part, look: Look, looks: Sequence[Look]) -> bool:
    """True if the line prints a title of `part` again, alone or inside a heading."""
    plain = plain_words(look.text)
    return any((own := plain_words(looks[i].text)) and (own == plain or own in plain) for i in part.titles)


def divide(looks: Sequence[Look], labels: Sequence[str]) -> list[Part]:
    """Cut the page into stories: a headline after text begins the next one."""
    parts = [Part()]
    loose: list[int] = []  # credit lines after text: the next story's if its headline follows at once
    for i, label in enumerate(labels):
        part = parts[-1]
        if label == "title":
            _take_title(parts, i, looks, loose)
            loose = []
        elif label in CREDITS:
            part.credits.append(i)
            nearer = i + 1 < len(looks) and looks[i].line.blanks < looks[i + 1].line.blanks
            signs = label == "credit" and part.body[-1:] == [i - 1] and not looks[i].line.blanks
            nearer = nearer and (signs or is_known_agency(looks[i].text))
            nearer = nearer or (signs and find_signed(looks[i].text) is not None)  # "AFP/kb" right below a text
            sourced = part.credits[-2:-1] == [i - 1] and "srcword" in looks[i - 1].found.first
            nearer = nearer or (label == "date" and sourced and not looks[i].line.blanks)
            nearer = nearer or (label == "credit" and bool(looks[i].dates) and part.credits == [i])
            loose += [i] if part.has_text and not _closes(looks[i]) and not nearer else []
        elif label == "highlight":
            part.highlights += [i] if not part.has_text or _sums_up(part, looks, labels, i) else []
        elif label == "body":
            _take_body(parts, i, looks, labels)
        elif label in _FRAME and (part.body or part.titles or label != "meta"):
            part.comments.append(i)
    if not _are_numbered(parts, looks):
        parts = _rejoin(_leave_out_slight(parts, looks), looks)
    whole = _join_thread_above(parts, looks)
    return [part for part in whole if part.has_text or (part.titles and part.highlights)]


NUMBERED = 3  # stories of a letter at least


def _are_numbered(parts: Sequence[Part], looks: Sequence[Look]) -> bool:
    """True if the headlines of all parts count them from 1."""
    told = [part for part in parts if part.body]
    numbers = [number_of(looks[part.titles[-1]].text) if part.titles else None for part in told]
    counted = len(told) >= NUMBERED and numbers == list(range(1, len(told) + 1))
    return counted and not any(part.comments for part in parts)


LEAD = 3  # paragraphs above "Key points" at most


def heads_points(look: Look) -> bool:
    """True for a line that says nothing but "Key points"."""
    return look.found.cover >= 0.99 and "standfirst" in look.found.first


def _sums_up(part: Part, looks: Sequence[Look], labels: Sequence[str], i: int) -> bool:
    """True for one of the points that stand below a text's first paragraph and "Key points"."""
    if labels[i - 1] == "highlight":
        return part.highlights[-1:] == [i - 1]
    return part.body[-1:] == [i - 2] and len(part.body) <= LEAD and heads_points(looks[i - 1])


def _closes(look: Look) -> bool:
    """True if a credit ends the text above it ("Source: …", "© …", "(AFP)", "Ann Lee | Read more") and heads none below."""
    leads = "|" in look.text and "related" in look.found.classes
    return leads or "srcword" in look.found.first or look.starts in ("©", "(", "-") or look.text.startswith("SOURCE ")


def _take_title(parts: list[Part], i: int, looks: Sequence[Look], loose: Sequence[int]) -> None:
    part = parts[-1]
    if part.has_text and not _same_title(part, looks[i], looks):
        reach = LISTED_HEAD if FIELD.match(looks[i].text) else 3
        near = [j for j in loose if j > max([*part.body, *part.comments]) and i - j <= reach]
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


def _join_thread_above(parts: list[Part], looks: Sequence[Look]) -> list[Part]:
    """A thread printed above the only text of a page is what its readers said, if no other headline heads it."""
    told = [part for part in parts if part.body]
    first = parts[0] if parts else Part()
    if len(told) != 1 or told[0] is first or not first.comments or told[0].comments or not told[0].titles:
        return parts
    headed = min(first.titles, default=len(looks)) < first.comments[0]
    if headed and not any(_same_title(told[0], looks[i], looks) for i in first.titles):
        return parts
    told[0].comments = first.comments
    return [part for part in parts if part is not first]


def _rejoin(parts: Sequence[Part], looks: Sequence[Look]) -> list[Part]:
    """Undo cuts that nothing but one line that looked like a headline speaks for."""
    items = sum(
        bool(part.titles) and 0 < len(part.body) <= _room(looks[part.titles[0]]) and (not part.comments or part is parts[-1])
        for part in parts
    )
    kept = list(parts[:1])
    for part in parts[1:]:
        last = kept[-1]
        goes_on = not part.titles and not part.credits and not _is_told_of(part, looks)
        if part.body and not goes_on and (items >= 3 or not part.titles or not last.body or _stands_alone(part, looks)):
            kept.append(part)
            continue
        last.credits += part.credits
        ended = last.comments and max(last.comments) > max(last.body, default=0)
        if ended and not goes_on and sum(looks[i].long for i in part.body) < AGAIN:
            last.comments += part.comments
        else:
            _join(last, part, looks)
    return kept


AGAIN = 3  # long paragraphs below what looked like a thread, at least, by which the text goes on


HEARD = 40  # paragraphs above a sub-heading that may say its words


def _join(last: Part, part: Part, looks: Sequence[Look]) -> None:
    """Put a section below the text that it belongs to, with its heading."""
    head = part.titles[0] if len(part.titles) == 1 and _continues(last, part) else 0
    below = sorted([*part.highlights, *part.body])
    between = [head - 1, head + 1] == [*last.body[-1:], *below[:1]]
    if head and is_sub_heading(looks, head, [*last.titles, *last.body[-HEARD:]], between):
        last.body += [head, *below]
    else:
        last.body += part.body
    last.comments += part.comments


SLIGHT = 5  # times a slight text goes into the longest of the page, at least
WHOLE = 1_500  # letters of that, at least
NEAR = 3  # lines from a text to the headline below it, and from that to its own text, at most


def _leave_out_slight(parts: Sequence[Part], looks: Sequence[Look]) -> list[Part]:
    """Beside one long text a slight one, without place, day or writer of its own, is a section of the text that it stands
    next to, and else points to another page. What readers say below that is said of the long text."""
    letters = [_letters(part, looks) for part in parts]
    longest = max(letters, default=0)
    least = longest // SLIGHT
    items = [i for i, size in enumerate(letters) if 0 < size < least]
    digest = all(len(parts[i].body) <= 2 for i in items) and sum(letters[i] for i in items) > longest
    if longest < WHOLE or digest:
        return list(parts)
    whole: list[Part] = []
    for part in _join_sections(parts, looks, least):
        if not part.body or _letters(part, looks) >= least or _is_own_story(part, looks):
            whole.append(part)
        elif whole and whole[-1].body:
            whole[-1].comments += part.comments
    return whole


def _join_sections(parts: Sequence[Part], looks: Sequence[Look], least: int) -> list[Part]:
    """Texts that stand right below each other are one if either has fewer than `least` letters."""
    kept: list[Part] = []
    above = 0
    for part in parts:
        letters = _letters(part, looks)
        slight = letters < least or (above < least and kept and kept[-1].titles)
        if kept and slight and _continues(kept[-1], part) and not _is_own_story(part, looks):
            _join(kept[-1], part, looks)
            above += letters
        else:
            kept.append(part)
            above = letters
    return kept


def _letters(part: Part, looks: Sequence[Look]) -> int:
    return sum(looks[i].width for i in part.body)


def _continues(last: Part, part: Part) -> bool:
    """True for a headline with text right below it that stands right below a text."""
    begin = min([*part.titles, *part.body], default=0)
    below = last.body and part.body and not last.comments and 0 < begin - last.body[-1] <= NEAR
    return bool(below) and part.body[0] - begin <= NEAR


def _is_told_of(part: Part, looks: Sequence[Look]) -> bool:
    """True for a text with a dateline or a full date of its own."""
    slug = read_slug(looks[part.body[0]].text) if part.body else None
    return bool(slug and slug.place) or any(looks[i].dates for i in part.credits if i < part.body[0])


OWN = 3  # long paragraphs of a text that its headline's credit, or the line above it, makes a story, at least


def _is_own_story(part: Part, looks: Sequence[Look]) -> bool:
    """True for a text that is told of, or of some length with a headline that is credited or below a line across the page."""
    if _is_told_of(part, looks):
        return True
    if not part.titles or sum(looks[i].long for i in part.body) < OWN:
        return False
    return _is_credited(part, looks, part.titles[-1]) or is_below_rule(looks, part.titles[0])


def _is_credited(part: Part, looks: Sequence[Look], above: int = -1) -> bool:
    """True if a credit that is no picture's or chart's stands before the text, below line `above`."""
    told = [i for i in part.credits if above < i < part.body[0] and not _is_charted(looks, i)]
    return any("photo" not in looks[i].found.classes for i in told)


def _is_charted(looks: Sequence[Look], i: int) -> bool:
    """True for "Source: …" right below a figure, as charts end."""
    return i > 0 and "srcword" in looks[i].found.classes and looks[i - 1].kind == "num"


def _room(head: Look) -> int:
    """How many paragraphs an item of a digest has at most: more where its headline is numbered or a bullet."""
    return 4 if head.starts == "num." or head.line.bullet else 2


def _stands_alone(part: Part, looks: Sequence[Look]) -> bool:
    """True if more than its headline makes a part a story: printed twice, credited, datelined, or set well apart."""
    first = part.body[0]
    if len(part.titles) > 1 or _is_credited(part, looks):
        return any(looks[i].long for i in part.body)
    slug = read_slug(looks[first].text) or read_town(looks[first].text, looks)
    apart = looks[part.titles[0]].line.blanks >= 2 or is_below_rule(looks, part.titles[0])
    return bool(slug and slug.place) or apart
