"""A story's headline and standfirsts: which line is which."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from collections.abc import Set as AbstractSet
from dataclasses import dataclass

from fetchers.seeds.page_text.credits.bylines import is_person, names_institution
from fetchers.seeds.page_text.labels.captions import is_caption
from fetchers.seeds.page_text.labels.mastheads import is_headed
from fetchers.seeds.page_text.labels.notices import tells_of_page
from fetchers.seeds.page_text.lines.features import speaks_to_reader
from fetchers.seeds.page_text.lines.looks import Look
from fetchers.seeds.page_text.lines.pictures import is_captioned
from fetchers.seeds.page_text.lines.stems import stems_of
from fetchers.seeds.page_text.stories.division import CREDITS, Part, plain_words

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
STEMMED = 12  # paragraphs in which a headline's words are looked for
STEMS = 4  # longer words that a line needs to tell of the text by half of them
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
    looks = page.looks
    first = min([*part.body[:1], *part.comments[:1]], default=0)
    choice = _Choice.of(part, page, range(max(floor, first - NEAR), first), digest)
    if not choice.chosen:
        return
    best = max(choice.chosen, key=lambda i: (choice.worth(i), -i))
    best = next((i for i in choice.chosen if i > best and _ends_path(looks[best].text, looks[i].text)), best)
    plain = plain_words(looks[best].text)
    others = [i for i in part.titles if plain_words(looks[i].text) != plain and not _ends_path(looks[i].text, looks[best].text)]
    part.titles = sorted({best, *(i for i in part.titles if i not in others)})
    # What looked like a headline below the headline stands first of all for the story.
    below = (i for i in others if best < i < first and _is_standfirst(looks[i]))
    told = {i for i in below if not is_caption(looks[i], looks[i - 1]) and not _SCORERS.match(looks[i].text)}
    part.highlights = sorted(told.union(part.highlights) - {best})
    _complete_list(part, page, first)


def _spare_lines(part: Part, page: Labelling, near: range, digest: bool, credited: AbstractSet[int]) -> Iterator[int]:
    """The lines `near` above the text that were nearly taken for a headline."""
    looks, labels = page.looks, page.labels
    if digest and near.stop - 1 in part.titles:
        return
    least = RESCUE if part.titles or sum(looks[i].long for i in part.body) < 2 else NO_OTHER
    credit_lines = [looks[j].lower for j in part.credits if labels[j] == "credit"]
    for i in near:
        look = looks[i]
        if labels[i] not in _SPARE or page.margins[i] <= least:
            continue
        plain = look.width >= 18 and look.kind in TITLE_KINDS
        brief = _heads_credits(looks, labels, i) or (i in credited and look.kind == "shortsent")
        if not (plain or (brief and not part.titles)):
            continue
        is_part = look.line.bullet or _is_link(looks, i) or _is_pointer(look) or _SECTIONS.fullmatch(look.text)
        if not (is_part or _asks(look) or tells_of_page(look) or any(look.lower in line for line in credit_lines)):
            yield i


@dataclass(frozen=True, slots=True)
class _Choice:
    """The lines that a story's headline is chosen among, and what of the page says how good a one each is.

    `titles`: those that were taken for headlines, `headlines`: of these the ones that look so; `strange` speak of nothing that
    the text does; `said` are the text's longer words; `counts`: how often the words of a line are printed.
    """

    part: Part
    page: Labelling
    near: range
    digest: bool
    chosen: Sequence[int]
    titles: AbstractSet[int]
    headlines: AbstractSet[int]
    strange: AbstractSet[int]
    said: AbstractSet[str]
    counts: Mapping[str, int]

    @classmethod
    def of(cls, part: Part, page: Labelling, near: range, digest: bool) -> _Choice:
        """`near`: the lines above the text."""
        looks, labels = page.looks, page.labels
        credited = {i for i in near if _is_credited(looks, labels, i) and not set(range(i - NEAR, i)) & set(part.titles)}
        chosen = sorted({*part.titles, *_spare_lines(part, page, near, digest, credited)})
        return cls(
            *(part, page, near, digest, chosen, frozenset(part.titles)),
            headlines={i for i in part.titles if looks[i].kind in ("headline", "longish", "sent", "long")},
            strange=_strangers(looks, chosen, part, credited),
            said={word for i in part.body[:6] for word in looks[i].words if len(word) > 3},
            counts=Counter(plain_words(looks[i].text) for i in {*chosen, *near}),
        )

    def worth(self, i: int) -> float:
        """How good a headline a line is."""
        margin = self.page.margins[i]
        return (max(margin, MENDED) if i in self.titles else margin) + self._speaks_for(i) - self._speaks_against(i)

    def _speaks_for(self, i: int) -> float:
        looks, labels, look = self.page.looks, self.page.labels, self.page.looks[i]
        worth = SHARED_WORDS * _shared_words(look, self.said)
        if not self.headlines or not _is_brief_name(look):
            worth += PRINTED_TWICE * (self.counts[plain_words(look.text)] - 1)
        if i in self.titles and labels[i + 1] == "byline" and looks[i + 1].dates:
            worth += SIGNED
        if i in self.titles and self.page.margins[i] < 0 and labels[i - 1 : i + 2] == ["date", "title", "byline"]:
            worth += ENCLOSED
        return worth + (ADJOINING if self.digest and i == self.near.stop - 1 else 0.0)

    def _speaks_against(self, i: int) -> float:
        looks, labels, look = self.page.looks, self.page.labels, self.page.looks[i]
        worth = LATER * min(self.chosen.index(i), RANKS) + NO_HEADLINE * self._counter_signs(i)
        below_headline = i - 1 in self.headlines - self.strange
        if labels[i] == "highlight" and below_headline and not _PATH.search(looks[i - 1].text):
            worth += BELOW_HEADED if is_headed(looks, i - 1) else DOUBTED
        if below_headline and not look.line.blanks:
            worth += BELOW_ANOTHER
        if i < 2 and i not in self.titles and self.headlines:
            worth += 2 * LATER
        return worth

    def _counter_signs(self, i: int) -> int:
        """What a line has that headlines have not, by how much each tells."""
        looks, labels, look = self.page.looks, self.page.labels, self.page.looks[i]
        spare, text = i not in self.titles, look.text
        menu = _heads_menu(looks, i) or _names_blog(self.page, self.chosen, i, self.near.stop)
        signs = {
            1: (i < max(self.chosen) and menu, self.headlines and i not in self.headlines and look.width < 28),
            2: (
                spare and look.found.cover >= 0.5,
                spare and is_captioned(looks, i),
                i in self.strange or (spare and _is_below_credits(self.page, self.part, i)),
                "photo" in look.found.first or _PERSON_AND.match(text),
                look.line.bullet or _is_link(looks, i),
                "legal" in look.found.classes and look.ends == ".",
                _PATH.search(text) and "«" not in text,
            ),
            3: (
                _asks(look),
                labels[i - 1] == "byline" and names_institution(text),
                _names_person(look) or _SECTIONS.fullmatch(text),
                len(_GLUED.findall(text)) >= 2,
                _SCORERS.match(text),
            ),
            4: (_WEATHER.search(text) or _is_offer(look), _BOARD.match(text), JAPANESE_COMPANY.fullmatch(text)),
        }
        return sum(weight * sum(map(bool, some)) for weight, some in signs.items())


def _asks(look: Look) -> bool:
    """True for a sentence to the reader."""
    return look.ends == "." and speaks_to_reader(look)


def _shared_words(look: Look, said: AbstractSet[str]) -> float:
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
