"""Stories one below another under heads of one form: a headline and, beside it, whom and when the story is from.

What readers of feeds, searches for news, alerts and press reviews print. A head that comes again and again, with a text below
each, tells more than what any of its lines looks like by itself.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, replace
from itertools import pairwise
from typing import TypeAlias

from fetchers.seeds.page_text.credits.agencies import find_agency, names_paper
from fetchers.seeds.page_text.credits.bylines import is_person, names_writer
from fetchers.seeds.page_text.credits.partial_dates import without_dates
from fetchers.seeds.page_text.credits.sources import CJK_OUTLET
from fetchers.seeds.page_text.credits.uncased import is_uncased_name
from fetchers.seeds.page_text.credits.writer_lines import strip_words
from fetchers.seeds.page_text.lines.lexicon import lexicon, split_words
from fetchers.seeds.page_text.lines.looks import AGO, Look, width_of
from fetchers.seeds.page_text.stories.dated_titles import split_day, tells
from fetchers.seeds.page_text.stories.division import Part, is_below_rule
from fetchers.seeds.page_text.stories.fields import field_kind
from newsdesk.countries.gazetteer import is_place
from newsdesk.dates import find_dates, month_names
from newsdesk.model import Story

ITEMS, PAIR = 3, 2  # items that are a list; those of papers and a date
HEAD_LEAST, HEAD_MOST = 16, 180  # columns of a headline
RUNNING, SENTENCE = 60, 20  # columns of a line that is text however it ends, and of one that ends a sentence, at least
SIGN_MOST, ALONE_MOST = 100, 40  # columns of a line with a name and a time, and of a name alone, at most
NAME_MOST = 45  # characters of an outlet's or a writer's name at most
LINES = 6  # of a text with its outlet below it, at most
OUTSIDE = 3  # items for each long line outside them, at least
BARE_DATE = 8  # letters beside a date that is nothing else: "Sat", "Uhr", "GMT"
BETWEEN = 2  # lines at most between a head and its text: a writer, an address
_ANSWER = re.compile(r"(?:re|aw|sv|rv|tr)\s?:", re.IGNORECASE)
_PAGE = re.compile(r"[,|]?\s(?:pp?|page|S|Seite|pág|pag|с|стр)\.?\s?\d{1,3}(?:[-–]\d{1,3})?\b")
_NO_NAME = re.compile(r"[|:\uff1a@•·,;/\uff0f»›→]|\s[-–—]\s")
_TIMES = frozenset(("Uhr", "UTC", "GMT"))
_ARTICLE = re.compile(r"(?:[EI]l|L[aeo]s?|Die|Der|Das|De|Het|The)\s|L['’]")


@dataclass(frozen=True, slots=True)
class Item:
    """The lines of an item: its first, its headline, what names its outlet or writer, its text's first."""

    begin: int
    title: int
    sign: int
    text: int


_Finder: TypeAlias = Callable[[Sequence[Look], Sequence[str | None], int], Item | None]


def name_beside_time(look: Look) -> str | None:
    """The name that a line with a time is nothing else but: "Harbour Times" of "Harbour Times - Sat, 4 May 2024 07:12 GMT"."""
    if look.width > SIGN_MOST or not (look.dates or look.ago):
        return None
    text = look.text[1:-1] if look.starts in "([" else look.text
    name = strip_words(_PAGE.sub("", without_dates(AGO.sub(" | ", _LABELLED.sub(_without_label, text)))))
    return name if len(name) <= NAME_MOST and _could_name(name) else None


# "Source: Harbour Times | Date: 4 May 2024", "Quelle: Hafenblatt, 4. Mai 2024".
_LABELLED = re.compile(r"(?:^|\s?[|•·;,]\s?|\s[-–—]\s)(?P<label>[^\W\d_]\S*(?:\s[^\s\d:]+){0,2}?)\s?[:\uff1a]\s?(?=\S)")


def _without_label(found: re.Match[str]) -> str:
    """A bar in place of a word that says what follows it: an outlet or a date."""
    return " | " if _names_field(found["label"]) else found[0]


def _names_field(label: str) -> bool:
    """True for "Source", "Date" and their like, alone."""
    found = lexicon().look(split_words(label))
    worded = found.cover >= 0.99 and bool({"srcword", "pubword"} & set(found.classes))
    return worded or field_kind(label) in ("credit", "date")


def _could_name(name: str) -> bool:
    """False for words of a page's own, a time's ("Uhr"), a place's name, and several parts of a line."""
    words = split_words(name)
    if not words or len(name) < 2 or words[-1] in month_names() or name in _TIMES or _NO_NAME.search(name):
        return False
    if find_agency(name) or names_paper(name) or _ARTICLE.match(name):
        return True
    return lexicon().look(words).cover < 0.6 and not name[0].islower() and not is_place(name)


def outlet_in_head(part: Part, looks: Sequence[Look], labels: Sequence[str]) -> str | None:
    """The outlet that a credit of the story names beside the time: one that is labelled so, or is called like one."""
    above = part.body[0] if part.body else len(looks)
    for i in part.credits:
        told = names_writer(looks[i]) and not _ARTICLE.match(looks[i].text)
        name = None if told else name_beside_time(looks[i])
        if name and (labels[i] == "credit" or (i < above and _is_paper(name))):
            return name
    alone = [i for i, label in enumerate(labels) if label == "credit" and _is_alone(looks[i])]
    if len(alone) < ITEMS or _kind_of_names([looks[i].text for i in alone]) != "credit":
        return None
    return next((looks[i].text for i in part.credits if i in alone), None)


def _is_paper(name: str) -> bool:
    """True for a name like an outlet's with a capital to every longer word."""
    *inner, last = name.split()
    words = split_words(name)
    told = (lexicon().look(words).cover >= 0.5 and not find_agency(name)) or lexicon().holds(words[-1:], "byword")
    return names_paper(name) and not told and last[0].isupper() and all(word[0].isupper() or len(word) <= 3 for word in inner)


# Where a headline's own line names the outlet: "Owls vote - Harbour Times", "Owls vote (Harbour Times)", and so on.
_IN_TITLE = tuple(
    re.compile(form)
    for form in (
        r"(?P<title>.{16,})\s[-–—]\s(?P<who>\S.{1,44})",
        r"(?P<title>.{16,})\s[|·]\s(?P<who>\S.{1,44})",
        r"(?P<title>.{16,})\s[(\[](?P<who>[^()\[\]]{2,70})[)\]]",
        r"\[(?P<who>[^\[\]]{2,45})\]\s(?P<title>.{16,})",
        r"(?P<who>[^:]{2,45}):\s(?P<title>.{16,})",
    )
)


def _split_titles(titles: Sequence[str]) -> list[re.Match[str] | None]:
    """Headline and outlet of each of a page's headlines, where two thirds hold both in one form and half of the names are such
    as only papers have, or all hold what could be an outlet; None for other ones."""
    for form in _IN_TITLE:
        found = [form.fullmatch(title) if len(title) <= HEAD_MOST else None for title in titles]
        pairs = [one if one and _could_name(_outlet_of(one)) else None for one in found]
        names = [_outlet_of(pair) for pair in pairs if pair]
        papers = sum(map(names_paper, names)) * 2 >= len(names) and len(names) * 3 >= len(titles) * 2
        all_name = form is not _IN_TITLE[-1] and len(names) == len(titles) and _kind_of_names(names) == "credit"
        if len(names) >= ITEMS and (papers or all_name):
            return pairs
    return [None] * len(titles)


def _outlet_of(pair: re.Match[str]) -> str:
    return strip_words(without_dates(pair["who"]))


def credit_titles(stories: Sequence[Story]) -> list[Story]:
    """A page's stories; those whose headlines name an outlet each without its name there, which is their source."""
    return [_credit(*both) for both in zip(stories, _split_titles([story.title or "" for story in stories]), strict=True)]


def _credit(story: Story, pair: re.Match[str] | None) -> Story:
    if pair is None:
        return story
    date = next((one.iso for one in find_dates(pair["who"])), None)
    return replace(story, title=pair["title"], source=story.source or _outlet_of(pair), published=story.published or date)


def head_alike(looks: Sequence[Look], labels: Sequence[str]) -> Sequence[str]:
    """On a page of three such items, or two of papers and dates, each headline is one, and the text below is that story's.

    Without dates, half of the names are such as only papers have.
    """
    days = _days_in_titles(looks)
    items = _items(looks, days, (_within,))
    told = sum(tells(days[item.title] or "") for item in items)
    if len(items) >= PAIR and told * 2 >= len(items) and _are_page(items, looks, days, False):
        return _label_items(items, looks, labels, "date")
    beside = (_below, _foot, _above)
    ways = ((_names_beside_times, beside), (_names_stated, beside), (_names_in_titles, (_within,)), (_names_alone, beside))
    for name, finders in ways:
        names = name(looks)
        items = _items(looks, names, finders)
        if items and (kind := _kind_of(items, looks, names)):
            return _label_items(items, looks, labels, kind)
    dates = _dates_alone(looks)
    items = _items(looks, dates, (_below, _above))
    return _label_items(items, looks, labels, "date") if _are_dated(items, looks, dates) else labels


def _are_dated(items: Sequence[Item], looks: Sequence[Look], dates: Sequence[str | None]) -> bool:
    """True if items with only a date beside each headline are what the page is: all of it is headlines that are no names,
    dates and texts. A thread has what readers call themselves there, a head of its own or what they answer above it."""
    if len(items) < ITEMS or not all(tells(looks[item.title].text) for item in items):
        return False
    close = all(item.text == max(item.sign, item.title) + 1 for item in items)
    between = (i for item, later in pairwise(items) for i in range(item.text, later.begin))
    above, below = looks[: items[0].begin], looks[_end_of_last(items, looks) :]
    thread = any(map(_is_text, above)) or any("commenthead" in look.found.classes for look in (*above, *below))
    return close and not thread and all(_is_text(looks[i]) for i in between) and _are_page(items, looks, dates, False)


def _kind_of(items: Sequence[Item], looks: Sequence[Look], names: Sequence[str | None]) -> str | None:
    """The label of the lines with the names, if the items are what the page is."""
    said = [names[item.sign] or "" for item in items]
    if len(items) >= PAIR and all("srcword" in looks[item.sign].found.classes for item in items):
        return "credit" if _are_page(items, looks, names, True) else None
    papers = sum(map(_is_called_so, said))
    dated = all(looks[item.sign].dates or item.sign == item.title for item in items)
    share = 3 if all(tells(looks[item.title].text) for item in items) else 2
    if len(items) < (PAIR if papers and dated else ITEMS) or (not dated and papers * share < len(items)):
        return None
    return _kind_of_names(said) if _are_page(items, looks, names, papers * 3 >= len(items)) else None


def _label_items(items: Sequence[Item], looks: Sequence[Look], labels: Sequence[str], kind: str) -> list[str]:
    begin, end = items[0].begin, _end_of_last(items, looks)
    mended = ["furniture" if label in ("title", "body", "highlight", "byline", "credit") else label for label in labels[:begin]]
    mended += labels[begin:]
    again = _come_again(looks[begin:end], len(items))
    for item, stop in zip(items, [*(item.begin for item in items[1:]), end], strict=True):
        for i in range(item.begin, stop):
            mended[i] = "aside" if looks[i].lower in again else _label_line(looks[i], mended[i], i < item.text)
        mended[item.sign], mended[item.title], mended[item.text] = kind, "title", "body"
    mended[end:] = ["aside" if label in ("title", "body", "highlight", "author") else label for label in mended[end:]]
    return mended


def _come_again(looks: Sequence[Look], items: int) -> frozenset[str]:
    """Lines that stand in most of a page's items and name nobody: links to the whole stories."""
    links = (
        look for look in looks if not (_is_text(look) or look.dates or names_writer(look) or "srcword" in look.found.first)
    )
    counts = Counter(look.lower for look in links if not (is_person(look.text) or names_paper(look.text)))
    return frozenset(line for line, count in counts.items() if count >= PAIR and count * 2 > items)


def _names_beside_times(looks: Sequence[Look]) -> list[str | None]:
    return [name_beside_time(look) for look in looks]


def _dates_alone(looks: Sequence[Look]) -> list[str | None]:
    return [look.text if look.dates and look.rest <= BARE_DATE else None for look in looks]


def _days_in_titles(looks: Sequence[Look]) -> list[str | None]:
    """Headlines without the day in their line, for each line that is both."""
    brief = (look.width <= HEAD_MOST and "srcword" not in look.found.first for look in looks)
    pairs = (split_day(look.text, look.dates) if on else None for look, on in zip(looks, brief, strict=True))
    return [pair.title if pair and (tells(pair.title) or not _is_called_so(pair.title)) else None for pair in pairs]


def _names_in_titles(looks: Sequence[Look]) -> list[str | None]:
    """Names of outlets, for each line, in those that could be headlines of one form with a text below each."""
    marked = (
        i for i, look in enumerate(looks) if look.separators or look.text[-1] in ")]" or look.text[0] == "[" or ":" in look.text
    )
    heads = [i for i in marked if _could_head(looks, i) and _text_below(looks, (), i) is not None]
    pairs = _split_titles([looks[i].text for i in heads])
    names = {i: _outlet_of(pair) for i, pair in zip(heads, pairs, strict=True) if pair}
    return [names.get(i) for i in range(len(looks))]


def _names_stated(looks: Sequence[Look]) -> list[str | None]:
    """Names on lines that say "Source: " before them and no more."""
    return [_stated(look) if "srcword" in look.found.first and look.width <= SIGN_MOST else None for look in looks]


def _stated(look: Look) -> str | None:
    labelled = _LABELLED.match(look.text)
    name = strip_words(look.text[labelled.end() :]) if labelled else ""
    return name if len(name) <= NAME_MOST and _could_name(name) else None


def _is_alone(look: Look) -> bool:
    """True for a line that could be nothing but an outlet's name."""
    return look.name and look.width <= ALONE_MOST and _could_name(look.text)


def _names_alone(looks: Sequence[Look]) -> list[str | None]:
    """Names on lines of their own, for each line, where one in three is a paper's."""
    alone = list(map(_is_alone, looks))
    papers = sum(_is_called_so(look.text) for look, named in zip(looks, alone, strict=True) if named)
    if papers * 3 < sum(alone):
        return [None] * len(looks)
    return [look.text if named else None for look, named in zip(looks, alone, strict=True)]


def _items(looks: Sequence[Look], names: Sequence[str | None], finders: Iterable[_Finder]) -> list[Item]:
    """The page's items that one of `finders` finds by the names: the most."""
    found = (filter(None, (find(looks, names, i) for i, name in enumerate(names) if name)) for find in finders)
    return max((_apart(items) for items in found), key=len)


def _apart(items: Iterable[Item]) -> list[Item]:
    """Those of items that begin below the one before."""
    apart: list[Item] = []
    for item in items:
        if not apart or item.begin > max(apart[-1].text, apart[-1].sign):
            apart.append(item)
    return apart


def _below(looks: Sequence[Look], names: Sequence[str | None], i: int) -> Item | None:
    """The item whose name is line `i`, right below its headline, or the line of its writer or day."""
    title = i - 2 if i > 1 and (names_writer(looks[i - 1]) or looks[i - 1].dates) and looks[i - 1].width <= RUNNING else i - 1
    text = _text_below(looks, names, i)
    return Item(title, title, i, text) if text and title >= 0 and not names[title] and _could_head(looks, title) else None


def _above(looks: Sequence[Look], names: Sequence[str | None], i: int) -> Item | None:
    """The item whose name is line `i`, right above its headline."""
    text = _text_below(looks, names, i + 1)
    return Item(i, i + 1, i, text) if text and not names[i + 1] and _could_head(looks, i + 1) else None


def _foot(looks: Sequence[Look], names: Sequence[str | None], i: int) -> Item | None:
    """The item whose name is line `i`, right below its text."""
    begun = next((j for j in range(i - 1, max(-1, i - 1 - LINES), -1) if not _is_text(looks[j])), -1)
    headed = 0 <= begun < i - 1 and not names[begun] and _could_head(looks, begun)
    return Item(begun, begun, i, begun + 1) if headed else None


def _within(looks: Sequence[Look], names: Sequence[str | None], i: int) -> Item | None:
    """The item whose name is in the line of its headline, line `i`."""
    text = _text_below(looks, names, i)
    return Item(i, i, i, text) if text and _could_head(looks, i) else None


def _text_below(looks: Sequence[Look], names: Sequence[str | None], i: int) -> int | None:
    """The first line of text below line `i`, nothing but a writer or an address between."""
    for j in range(i + 1, min(i + 2 + BETWEEN, len(looks))):
        if names and names[j]:
            return None
        if _is_text(looks[j]):
            return j
    return None


def _could_head(looks: Sequence[Look], i: int) -> bool:
    look = looks[i]
    plain = HEAD_LEAST <= look.width <= HEAD_MOST and look.text[-1] not in ".:;," and not (look.url or look.number)
    dated = bool(look.dates) and width_of(without_dates(look.text)) < HEAD_LEAST
    return plain and look.found.cover < 0.6 and not dated and not _ANSWER.match(look.text)


def _is_text(look: Look) -> bool:
    return look.width >= RUNNING or (look.ends in ".q" and look.width >= SENTENCE)


def _kind_of_names(names: Sequence[str]) -> str | None:
    """What stands in the same place on a whole page: outlets, if a third of the names are no person's, or writers."""
    outlets = sum(map(_could_be_outlet, names))
    people = sum(is_person(name) or is_uncased_name(name) for name in names)
    return "credit" if outlets * 3 >= len(names) else "byline" if people * 2 >= len(names) else None


def _is_called_so(name: str) -> bool:
    """True for a name with an outlet's word or an article."""
    return names_paper(name) or bool(_ARTICLE.match(name) or CJK_OUTLET.fullmatch(name))


def _could_be_outlet(name: str) -> bool:
    """True for a name with an outlet's word or an article, for one word with a capital, and for several if not all have one."""
    single = name[:1].isupper() and not any(map(str.isdigit, name)) and not is_person(name)
    return single or _is_called_so(name)


def _are_page(items: Sequence[Item], looks: Sequence[Look], names: Sequence[str | None], papers: bool) -> bool:
    """True if the items are what the page is: no two headlines are the same, most such names stand in items, and little text
    stands outside them; none above those of other names than papers', since readers could have answered it with such heads."""
    begin, end = items[0].begin, _end_of_last(items, looks)
    titles = {looks[item.title].lower for item in items}
    signs = sum(name is not None for name in names[begin:])
    outside = sum(look.long for look in (*looks[:begin], *looks[end:]))
    answered = not papers and any(look.long for look in looks[:begin])
    return len(titles) == len(items) and signs * 2 <= len(items) * 3 and outside * OUTSIDE <= len(items) and not answered


def _label_line(look: Look, label: str, heads: bool) -> str:
    if _is_foot(look):
        return "date" if look.dates and look.rest <= BARE_DATE else "credit"
    if label in ("byline", "date", "credit") or (label == "title" and not heads):
        return label
    if heads:
        return "byline" if names_writer(look) else "date" if look.dates else "furniture"
    return "body" if _is_text(look) else "aside"


def _is_foot(look: Look) -> bool:
    """True for "Source: …" and a date alone, as they stand below a text."""
    sourced = "srcword" in look.found.first and look.width <= SIGN_MOST
    return sourced or (bool(look.dates) and look.rest <= BARE_DATE)


def _end_of_last(items: Sequence[Item], looks: Sequence[Look]) -> int:
    """Where the last item's text ends: at the first line that is none, or that a rule or an empty line parts from it where no
    paragraphs of the others are parted so."""
    inner = [range(above.text + 1, below.begin) for above, below in pairwise(items)]
    ruled = all(any(is_below_rule(looks, i) for i in (*lines, lines.stop)) for lines in inner)
    close = not any(_is_text(looks[i]) and looks[i].line.blanks for lines in inner for i in lines)
    for i in range(items[-1].text + 1, len(looks)):
        if _is_foot(looks[i]) and not looks[i].line.blanks:
            continue
        if not _is_text(looks[i]) or (ruled and is_below_rule(looks, i)) or (close and looks[i].line.blanks):
            return i
    return len(looks)
