"""A story's headline and standfirsts: which line is which."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from collections.abc import Set as AbstractSet
from dataclasses import dataclass

from fetchers.seeds.page_text.agencies import is_known_agency
from fetchers.seeds.page_text.bylines import is_person, names_institution, presents_writer
from fetchers.seeds.page_text.captions import credits_picture, is_caption, is_credit_alone
from fetchers.seeds.page_text.datelines import read_slug
from fetchers.seeds.page_text.division import CREDITS, Part, plain_words
from fetchers.seeds.page_text.features import is_prose, speaks_to_reader
from fetchers.seeds.page_text.looks import Look
from fetchers.seeds.page_text.mastheads import is_headed
from fetchers.seeds.page_text.notices import tells_of_page
from fetchers.seeds.page_text.pictures import is_captioned
from fetchers.seeds.page_text.stems import stems_of
from fetchers.seeds.page_text.title_text import LINKED, SELF_POST
from newsdesk.countries.gazetteer import is_place

TITLE_KINDS = ("headline", "longish", "sent", "name", "long")
_SPARE = ("furniture", "aside", "highlight")
SHARED_WORDS, PRINTED_TWICE, LATER, ADJOINING = 2.0, 2.0, 0.6, 3.0  # what these are worth beside a margin
BELOW_ANOTHER, NO_HEADLINE = 1.2, 1.5
DOUBTED, BELOW_HEADED = 0.2, 2.0  # that a line right below another, or below one that is_headed, was taken for a standfirst
SIGNED = 1.5  # that a writer and a date stand on the line below
ENCLOSED = 3.0  # that the page as a whole shows the line between its date and its writer to be the headline
CREDITED_BELOW = 3  # lines at most from a headline to its credits
NEAR = 14  # lines above a text in which its headline is looked for
RANKS = 2  # lines above another that tell against it: more of them are a menu
MENDED = -1.0  # the least that a line's score lies behind which the page as a whole shows to be a headline
NO_OTHER = -8.0  # the same where no line was taken for a headline
RESCUE = -3.0  # how far behind its label a line's score as a headline may lie


@dataclass(frozen=True, slots=True)
class Labelling:
    """A page's lines with their labels, and for each how far its score as a headline lies behind its best one (0 or less)."""

    looks: Sequence[Look]
    labels: Sequence[str]
    margins: Sequence[float]


def choose_title(part: Part, floor: int, page: Labelling, digest: bool = False) -> None:
    """Keep of a story's headlines the likeliest, a line above its text that was nearly taken for one among them.

    What speaks for a line: how clearly it was labelled, that it is printed twice, that the text uses its words; in a digest,
    where what stands above the first item is no headline, that the text follows at once. Against it: that another headline
    stands right above it, which makes it a standfirst, or that it is a word or two beside real headlines, as sections are.
    """
    looks, labels = page.looks, page.labels
    first = min([*part.body[:1], *part.comments[:1]], default=0)
    near = range(max(floor, first - NEAR), first)
    credited = {i for i in near if _is_credited(looks, labels, i) and not set(range(i - NEAR, i)) & set(part.titles)}
    rescue = RESCUE if part.titles or sum(looks[i].long for i in part.body) < 2 else NO_OTHER
    spare = [
        i
        for i in near
        if labels[i] in _SPARE
        and not (digest and first - 1 in part.titles)
        and (
            (looks[i].width >= 18 and looks[i].kind in TITLE_KINDS)
            or (not part.titles and (_heads_credits(looks, labels, i) or (i in credited and looks[i].kind == "shortsent")))
        )
        and page.margins[i] > rescue
        and not (looks[i].ends == "." and speaks_to_reader(looks[i]))
        and not looks[i].line.bullet
        and not _is_link(looks, i)
        and not _is_pointer(looks[i])
        and not _SECTIONS.fullmatch(looks[i].text)
        and not tells_of_page(looks[i])
        and not any(looks[i].lower in looks[j].lower for j in part.credits if labels[j] == "credit")
    ]
    chosen = sorted({*part.titles, *spare})
    if not chosen:
        return
    said = {word for i in part.body[:6] for word in looks[i].words if len(word) > 3}
    counts = Counter(plain_words(looks[i].text) for i in {*chosen, *near})
    titles = frozenset(part.titles)
    headlines = {i for i in part.titles if looks[i].kind in ("headline", "longish", "sent", "long")}

    told = {i: _shared_words(looks[i], said) for i in chosen}
    strange = _strangers(looks, chosen, part, credited)

    def worth(i: int) -> float:
        return (
            (max(page.margins[i], MENDED) if i in titles else page.margins[i])
            + SHARED_WORDS * told[i]
            + PRINTED_TWICE * (counts[plain_words(looks[i].text)] - 1) * (not headlines or not _is_brief_name(looks[i]))
            + (SIGNED if i in titles and labels[i + 1] == "byline" and looks[i + 1].dates else 0.0)
            + (
                ENCLOSED
                if i in titles and page.margins[i] < 0 and labels[i - 1 : i + 2] == ["date", "title", "byline"]
                else 0.0
            )
            - LATER * min(chosen.index(i), RANKS)
            - (
                (BELOW_HEADED if is_headed(looks, i - 1) else DOUBTED)
                if labels[i] == "highlight" and i - 1 in headlines - strange and not _PATH.search(looks[i - 1].text)
                else 0
            )
            + (ADJOINING if digest and i == first - 1 else 0.0)
            - (NO_HEADLINE * 3 if looks[i].ends == "." and speaks_to_reader(looks[i]) else 0.0)
            - (NO_HEADLINE if i < max(chosen) and (_heads_menu(looks, i) or _names_blog(page, chosen, i, first)) else 0.0)
            - (NO_HEADLINE * 2 if i not in titles and looks[i].found.cover >= 0.5 else 0.0)
            - (LATER * 2 if i < 2 and i not in titles and headlines else 0.0)
            - (NO_HEADLINE * 2 if "photo" in looks[i].found.first or _PERSON_AND.match(looks[i].text) else 0.0)
            - (NO_HEADLINE * 2 if looks[i].line.bullet or _is_link(looks, i) else 0.0)
            - (NO_HEADLINE * 4 if _WEATHER.search(looks[i].text) or _is_offer(looks[i]) else 0.0)
            - (NO_HEADLINE * 2 if "legal" in looks[i].found.classes and looks[i].ends == "." else 0.0)
            - (NO_HEADLINE * 2 if _PATH.search(looks[i].text) and "«" not in looks[i].text else 0.0)
            - (NO_HEADLINE * 3 if labels[i - 1] == "byline" and names_institution(looks[i].text) else 0.0)
            - (NO_HEADLINE * 3 if _names_person(looks[i]) or _SECTIONS.fullmatch(looks[i].text) else 0.0)
            - (NO_HEADLINE * 3 if len(_GLUED.findall(looks[i].text)) >= 2 else 0.0)
            - (NO_HEADLINE * 4 if _BOARD.match(looks[i].text) else 0.0)
            - (NO_HEADLINE * 4 if JAPANESE_COMPANY.fullmatch(looks[i].text) else 0.0)
            - (NO_HEADLINE * 3 if _SCORERS.match(looks[i].text) else 0.0)
            - (NO_HEADLINE * 2 if i in strange or (i not in titles and _is_below_credits(page, part, i)) else 0.0)
            - (NO_HEADLINE * 2 if i not in titles and is_captioned(looks, i) else 0.0)
            - (BELOW_ANOTHER if i - 1 in headlines - strange and not looks[i].line.blanks else 0.0)
            - (NO_HEADLINE if headlines and i not in headlines and looks[i].width < 28 else 0.0)
        )

    best = max(chosen, key=lambda i: (worth(i), -i))
    best = next((i for i in chosen if i > best and _ends_path(looks[best].text, looks[i].text)), best)
    plain = plain_words(looks[best].text)
    others = [i for i in part.titles if plain_words(looks[i].text) != plain and not _ends_path(looks[i].text, looks[best].text)]
    part.titles = sorted({best, *(i for i in part.titles if i not in others)})
    # What looked like a headline below the headline stands first of all for the story.
    part.highlights = sorted(
        {
            *(i for i in part.highlights if i != best),
            *(
                i
                for i in others
                if best < i < first
                and _is_standfirst(looks[i])
                and not is_caption(looks[i], looks[i - 1])
                and not _SCORERS.match(looks[i].text)
            ),
        }
    )
    _complete_list(part, page, first)


def _shared_words(look: Look, said: set[str]) -> float:
    """The share of a line's longer words that are among `said`."""
    words = {word for word in look.words if len(word) > 3}
    return len(words & said) / max(2, len(words))


def _strangers(looks: Sequence[Look], chosen: Sequence[int], part: Part, credited: AbstractSet[int]) -> set[int]:
    """Those of several lines that speak of nothing that the text does, above one that does: menus, mottoes, prompts.

    That one was taken for a headline, or stands above the credits; or, below a line with a capital to every word, half of its
    words are the text's.
    """
    if len(chosen) < 2:
        return set()
    said = stems_of(*(looks[i] for i in part.body[:STEMMED]))
    stems = {i: stems_of(looks[i]) for i in chosen}
    strange = {i for i in chosen if looks[i].case != "none" and len(looks[i].words) >= 3 and not stems[i] & said}
    menu = all(looks[i].case == "Title" for i in strange)
    told = {i for i in chosen if menu and len(stems[i]) >= STEMS and 2 * len(stems[i] & said) >= len(stems[i])}
    told |= {i for i in (*part.titles, *(credited & set(chosen))) if i not in strange and not is_caption(looks[i], None)}
    return {i for i in strange if i < max(told, default=0)}


def _is_brief_name(look: Look) -> bool:
    """True for a word or two that a page prints again and again as its own name or a section's."""
    return look.kind in ("name", "short") and look.width < 20


def _is_credited(looks: Sequence[Look], labels: Sequence[str], i: int) -> bool:
    """True for a line with a byline or a full date at most three lines below it, and neither text nor a headline between."""
    for j in range(i + 1, min(i + 1 + CREDITED_BELOW, len(looks))):
        if labels[j] in ("byline", "date") and (labels[j] == "byline" or looks[j].dates):
            return labels[i] not in CREDITS
        if labels[j] in ("body", "title", *CREDITS):
            return False
    return False


def _is_below_credits(page: Labelling, part: Part, i: int) -> bool:
    """True for a line below the credits that stand right below a line that was taken for the headline."""
    return any(head < i - 1 and page.labels[head + 1] in CREDITS for head in part.titles)


_GLUED = re.compile(r"[^\W\d_A-Z]{3}[A-ZÀ-Þ][a-zß-ÿ]{2}")  # a menu whose parts run into each other: "NewsPoliticsSport"
# "晚報 即時 政治 社會 生活": sections in a row, as no headline is printed.
_SECTIONS = re.compile("[\u3040-\u30ff\u3400-\u9fff]{1,6}(?: [\u3040-\u30ff\u3400-\u9fff]{1,5}){4,}|(?:ログイン|登录|登入).*")


def _names_person(look: Look) -> bool:
    """True for a line that begins with "By" and a name: "Par Ann Lee envoyée spéciale"."""
    found = _BY_NAME.match(look.text)
    return found is not None and is_person(found["who"])


_BY_NAME = re.compile(r"(?:By|Par|Von|Por|Di|Door|Av|Af) (?P<who>[^\W\d_a-z][\w'’-]+ [^\W\d_a-z][\w'’-]+)\b")


def _is_link(looks: Sequence[Look], i: int) -> bool:
    """True for a line right below "You may also like" and its like, which is none at the end of a menu."""
    if i < 1 or "related" not in looks[i - 1].found.first or looks[i - 1].found.cover < 0.6:
        return False
    return not (i > 1 and looks[i].line.blanks and "nav" in looks[i - 2].found.first and not looks[i - 1].line.blanks)


def _is_pointer(look: Look) -> bool:
    """True for "Next message: …" and its like."""
    return "related" in look.found.first and ":" in look.text[:40]


def _heads_credits(looks: Sequence[Look], labels: Sequence[str], i: int) -> bool:
    """True for a few words right above a line of credits: "Why bells hum" above a date."""
    look = looks[i]
    sited = any(_SITE.fullmatch(below.text) for below in looks[i + 1 : i + 3])  # a link's site, between it and who sent it
    credited = bool({"date", "byline", "credit"} & set(labels[i + 1 : i + 3 + sited]))
    return look.kind == "short" and look.width >= 10 and len(look.words) >= 3 and not look.found.cover and credited


_SITE = re.compile(r"\(?(?:[\w-]+\.)+[a-z]{2,}\)?")


def _ends_path(path: str, title: str) -> bool:
    """True if a line is a headline behind what it is filed under: "Leeds: Bridge closed" above "Bridge closed"."""
    above, filed = plain_words(path), plain_words(title)
    return len(filed) >= 20 and above != filed and above.endswith(f" {filed}") and len(above) - len(filed) <= 40


def _is_offer(look: Look) -> bool:
    """True for a line that is mostly what pages ask of their readers: "Discover more from the Harbour Letter"."""
    return bool({"letter", "login"} & set(look.found.first)) and look.found.cover >= 0.5


def _heads_menu(looks: Sequence[Look], i: int) -> bool:
    """True for a line above a menu, as a page's motto stands."""
    below = looks[i + 1 : i + 7]
    return sum(bool({"nav", "login"} & set(look.found.classes)) and look.width <= 30 for look in below) >= 3


JAPANESE_COMPANY = re.compile(r"(?:(?:株式会社|有限会社|一般社団法人|国立大学法人)\S{1,20}|\S{1,20}(?:株式会社|有限会社))")
_BOARD = re.compile(r"(?:[^\W\d_]{2,8} ){0,3}r/\w{2,24}$")  # "Go to r/news"
_PATH = re.compile(r"\S\s[›»>→]\s\S")  # "Columns › Monday's coffee"
# What match reports list above the text.
_SCORERS = re.compile(r"(?:Goals?|Scorers?|Goles|Tore|Buts?|Gols|Marcatori|Reti|Gole|Bramki|Mål|Attendance|Referee)\s?:\s")


def _names_blog(page: Labelling, chosen: Sequence[int], i: int, first: int) -> bool:
    """True for a few words above credits where another line stands between those and the text: a blog's name."""
    below = first - 1
    named = page.looks[i].kind in ("short", "name") and below in chosen and page.looks[below].ends != "."
    return named and any(page.labels[j] in ("byline", "date") for j in range(i + 1, below))


# "Ana Reis - detalhePE": who writes, and for whom.
_PERSON_AND = re.compile(r"[^\W\d_][\w.'’-]+(?: [^\W\d_][\w.'’-]+){1,2} [-–—|] [^\s]{3,20}$")
_WEATHER = re.compile(r"\d\s?°|[,\s][−–+-]\d{1,2}(?:\s?[CF])?$")


def _is_standfirst(look: Look) -> bool:
    return look.width >= 20 or len(look.words) >= 4


def lift_title(part: Part, looks: Sequence[Look]) -> None:
    """A story without a headline whose text begins with a line like one has that for its headline."""
    first_line = looks[part.body[0]].text if part.body else ""
    if not part.titles and (LINKED.search(first_line) or SELF_POST.search(first_line)):
        part.titles = [part.body.pop(0)]
    if part.titles or len(part.body) < 2:
        return
    first, second = looks[part.body[0]], looks[part.body[1]]
    if first.kind == "headline" and first.ends in "aq0" and first.width >= 30 and second.width > 1.3 * first.width:
        part.titles = [part.body.pop(0)]


def lift_standfirsts(part: Part, looks: Sequence[Look], labels: Sequence[str]) -> None:
    """Text between headline and credits is a standfirst, and so is a line without a stop right below another of that kind."""
    if not part.titles or len(part.body) < 3:
        return
    head = min(part.titles)
    below = max(part.titles) + 1
    if below < part.body[0] and labels[below] == "furniture" and not part.highlights:
        part.highlights = [below] if _stands_below(looks, below) else []
    last = part.body[0] - 1
    if last > below and labels[last] == "furniture" and not part.highlights and credits_picture(looks[last - 1]):
        part.highlights = [last] if _stands_below(looks, last) else []
    marks = [i for i in part.credits if labels[i] in ("byline", "date") and head < i < part.body[-1]]
    lead = [i for i in part.body if marks and head < i < marks[0]]
    text = part.body[len(lead) :]
    apart = 1 <= len(lead) <= 3 and len(text) >= 2 and text[0] - lead[-1] <= 12
    if apart and all(read_slug(looks[i].text) is None for i in lead):
        part.highlights, part.body = sorted({*part.highlights, *lead}), text
    slug = read_slug(looks[part.body[0]].text)
    told = slug is not None and is_known_agency(slug.agency or "")  # behind an agency's sign stands text
    if (
        len(part.body) > 2
        and not told
        and (
            _opens_below(part, looks) or _parted_from_text(part, looks) or _is_signed(part, looks) or _begins_anew(part, looks)
        )
    ):
        part.highlights, part.body = sorted({*part.highlights, part.body[0]}), part.body[1:]
    while len(part.body) > 2 and part.highlights and part.body[0] == max(part.highlights) + 1:
        above, line, below_it = (looks[i] for i in (part.body[0] - 1, part.body[0], part.body[1]))
        if not (
            above.kind == line.kind == "headline" and above.ends != "." and line.width >= 30 and below_it.width > line.width
        ):
            return
        part.highlights.append(part.body.pop(0))


def _stands_below(looks: Sequence[Look], i: int) -> bool:
    """True for a line of plain words, with a stop or without, that credits no picture and has no picture's credit below it."""
    look, following = looks[i], looks[i + 1]
    plain = is_prose(look) or (look.kind in ("headline", "sent") and len(look.words) >= 4 and look.ends in "a.q0")
    bare = not (look.dates or look.clock or look.ago or look.url or look.separators or look.line.bullet)
    own = set(look.found.classes) <= {"placetitle"} or look.found.cover < 0.08  # one word in so many may be a menu's
    told = plain and bare and own and look.width >= 30 and not speaks_to_reader(look)
    return told and not is_caption(look, looks[i - 1]) and not is_credit_alone(following) and not presents_writer(look.text)


STEMMED = 12  # paragraphs in which a headline's words are looked for
STEMS = 4  # longer words that a line needs to tell of the text by half of them
OWN_WORDS, TOLD_WORDS = 0.12, 0.4  # shares of a headline's words


def _begins_anew(part: Part, looks: Sequence[Look]) -> bool:
    """True if a short first paragraph has no word of the headline and the longer second one many: the text begins there."""
    first, second = looks[part.body[0]], looks[part.body[1]]
    title = stems_of(looks[part.titles[-1]])
    if part.highlights or first.case == "none" or len(title) < 3 or not 60 <= first.width <= FIRST_SHORT:
        return False
    if first.ends != "." or second.width < 1.1 * first.width or read_slug(first.text) or read_slug(second.text):
        return False
    return len(title & stems_of(first)) <= OWN_WORDS * len(title) and len(title & stems_of(second)) >= TOLD_WORDS * len(title)


def _is_signed(part: Part, looks: Sequence[Look]) -> bool:
    """True if a short first paragraph, and no other, begins with the outlet's own sign: "(Harbour News) - …"."""
    first = looks[part.body[0]]
    slug = read_slug(first.text) if len(part.body) >= 3 and first.width <= FIRST_SHORT and not part.highlights else None
    return (
        slug is not None
        and "—" not in first.text[: len(first.text) - len(slug.rest)]
        and not slug.place
        and not slug.byline
        and not is_known_agency(first.text[: len(first.text) - len(slug.rest)].strip(" (-–—)"))
    )


FIRST_SHORT = 240  # columns: a longer first paragraph is no standfirst


def _parted_from_text(part: Part, looks: Sequence[Look]) -> bool:
    """True if a short first paragraph is parted from the others by a picture or by who wrote them: that is a standfirst."""
    first, second = part.body[0], part.body[1]
    between = range(first + 1, second)
    if part.highlights or len(part.body) < 4 or not between or len(between) > 8 or looks[first].width > FIRST_SHORT:
        return False
    if looks[first].width < 60 or looks[first].ends != "." or looks[first].starts == "q":
        return False
    slug = read_slug(looks[first].text)
    if slug and (slug.place or slug.agency):
        return False
    if any(looks[i].clock and not looks[i].dates for i in (first - 1, *between)):
        return False  # the first entry of a live blog
    written = any(i in part.credits for i in between)
    pictured = any("photo" in looks[i].found.classes or looks[i].starts == "©" or is_caption(looks[i], None) for i in between)
    # English papers set a picture below the first paragraph too, and standfirsts above the writer.
    told = len(_ENGLISH & set(looks[first].words)) >= 2 and any(part.titles[-1] < i < first for i in part.credits)
    return written or (pictured and not told and part.titles[-1] < first and looks[second].width >= 60)


_ENGLISH = frozenset("the and of to was were said that with for".split())


def _opens_below(part: Part, looks: Sequence[Look]) -> bool:
    """True if the second paragraph begins with a dateline and the first, a short one, with none: that is a standfirst."""
    first, second = looks[part.body[0]], looks[part.body[1]]
    slug = read_slug(second.text) if first.width <= 220 and second.long and part.body[1] - part.body[0] <= 8 else None
    return bool(slug and slug.place and (slug.agency or slug.place.isupper() or is_place(slug.place))) and not read_slug(
        first.text
    )


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
