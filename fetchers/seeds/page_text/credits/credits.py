"""Who wrote a story, for whom and where: what its credit lines say, those below its text, and bare names."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import replace

from fetchers.seeds.page_text.credits.agencies import OUTLET_WORD, find_agency, is_agency, is_known_agency, names_paper
from fetchers.seeds.page_text.credits.bylines import (
    BROADCASTER,
    COMPANY,
    LINKED_BY,
    are_people,
    is_person,
    names_institution,
    names_writer,
    read_byline,
    split_outlet,
)
from fetchers.seeds.page_text.credits.informants import read_notice
from fetchers.seeds.page_text.credits.placing import WIRE_PLACE, dated_place, placed_outlet
from fetchers.seeds.page_text.credits.signatures import (
    lines_below,
    named_below,
    posted_below,
    presented_below,
    signed_below,
    written_below,
)
from fetchers.seeds.page_text.credits.slugs import Slug
from fetchers.seeds.page_text.credits.sources import (
    CJK_OUTLET,
    PASSED_ON,
    read_acronym,
    read_commissioned,
    read_copyright_below,
    read_outlet,
    read_paper_below,
    read_role,
    read_source,
    written_by_outlet,
)
from fetchers.seeds.page_text.credits.towns import BRAZILIAN_STATES
from fetchers.seeds.page_text.credits.uncased import is_uncased_name
from fetchers.seeds.page_text.credits.writer_lines import split_acronym, split_place, who_sent
from fetchers.seeds.page_text.labels.headings import JAPANESE_COMPANY
from fetchers.seeds.page_text.lines.lexicon import lexicon, split_words
from fetchers.seeds.page_text.lines.looks import Look
from fetchers.seeds.page_text.stories.division import CREDITS, Part, lines_between
from fetchers.seeds.page_text.stories.headed_items import name_beside_time, outlet_in_head
from fetchers.seeds.page_text.stories.title_text import LINKED
from newsdesk.countries.gazetteer import is_place
from newsdesk.dates import find_dates


def read_credits(
    part: Part, looks: Sequence[Look], labels: Sequence[str], slug: Slug | None, tail: str | None
) -> tuple[str | None, str | None]:
    """(byline, source)."""
    headed = outlet_in_head(part, looks, labels)
    if headed:
        part = replace(part, credits=[i for i in part.credits if name_beside_time(looks[i]) != headed])
    byline, acronym = _credited(part, looks, labels, slug)
    if byline and _only_helped(byline, part, looks):
        byline = _bare_name(part, looks, labels) or byline
    source = _find_source(part, looks, labels, (slug.agency if slug else None) or tail or acronym)
    byline = _find_writer(part, looks, labels, byline)
    signature = signed_below(part, looks, labels) if byline is None else None
    if signature:
        byline, source = signature[0], source or signature[1]
    sent = who_sent([look.text for look in looks[max(0, part.body[0] - 1) : part.body[0] + 1]]) if part.body else None
    if sent and (byline is None or len(part.body) == 1 or sent[1]):
        byline = sent[0]  # "posted by" tells then who let it in
    if byline and (_heads_page(byline, looks) or _shows_pictures(byline, looks)):
        byline, source = None, source or byline
    if headed:
        source = source if source and find_agency(source) and source not in headed else headed
        outlets = {look.text for look, label in zip(looks, labels, strict=True) if label == "credit"}
        return (None if byline == headed or byline in outlets else byline), source
    if source and any("srcword" in looks[i].found.first and source in looks[i].text for i in part.credits):
        return (None if byline == source else byline), source  # "Source: " says that it is no writer, whatever it is called
    return _tell_apart(byline, source, dated_place(part, looks, labels))


def _only_helped(byline: str, part: Part, looks: Sequence[Look]) -> bool:
    """True for a name that only a line on who helped gives."""
    named = [looks[i].lower for i in part.credits if byline.lower() in looks[i].lower]
    return bool(named) and all(line.startswith(("additional ", "with reporting ", "with additional ")) for line in named)


_ARTICLE = re.compile(r"(?:El|La|Los|Las|Le|Les|Il|Lo|Die|Der|Das|De|Het|O|A|The)\s|L['’]")


def _heads_page(byline: str, looks: Sequence[Look]) -> bool:
    """True if what stands in a writer's place is the first words of the page's masthead: "El Faro", "EL FARO DE LEVANTE"."""
    named = _ARTICLE.match(byline) and len(byline.split()) <= 4
    return bool(named) and any(look.width <= 40 and f"{look.lower} ".startswith(f"{byline.lower()} ") for look in looks[:4])


def _shows_pictures(byline: str, looks: Sequence[Look]) -> bool:
    """True for one word that a picture is credited to in capitals, as papers credit their own: "… at noon. | HARBOURMAIL"."""
    sign = f"| {byline.upper()}"
    return " " not in byline and len(byline) >= 4 and any(look.text.endswith(sign) for look in looks)


def _credited(part: Part, looks: Sequence[Look], labels: Sequence[str], slug: Slug | None) -> tuple[str | None, str | None]:
    """(byline, acronym of an agency behind it) of the lines that are labelled as credits."""
    byline, signed = slug.byline if slug else None, None
    head = min(part.titles, default=0)
    order = sorted(
        part.credits,
        key=lambda i: (
            looks[i].lower.startswith("additional "),  # who helped is named last
            CREDITS.index(labels[i]),
            not names_writer(looks[i]),
            looks[i].case == "upper",
            i < head,
        ),
    )
    for i in order:
        text, named = looks[i].text, labels[i] == "byline"
        if named and not byline and (placed_writer := split_place(text)):
            byline = placed_writer[1]
        if named and not (byline and signed) and (own := split_acronym(text)):
            who = None if own[0].split(" ")[-1].islower() else own[0]  # "Ann Lee avec AFP": read_byline ends the name
            byline, signed = byline or who, signed or own[1]
        if named and not byline and (behind := split_outlet(text)):
            byline = behind[0]
        byline = byline or (None if written_by_outlet(text) else read_byline(looks[i], labels[i]))
    return (None if byline and COMPANY.search(byline) else byline), signed


def _find_source(part: Part, looks: Sequence[Look], labels: Sequence[str], source: str | None) -> str | None:
    """The source: `source` if it is known, else an agency before an outlet; a notice below the text that names an agency
    outranks an outlet."""
    named = _named_source(part, looks, labels)
    source = named if named and source and not source.isascii() and named.startswith(source) else source or named  # "共同"
    linked = next((found["site"] for i in part.titles if (found := LINKED.search(looks[i].text))), None)
    brought = (LINKED_BY.search(looks[i].text) for i in part.credits if labels[i] == "byline" and names_writer(looks[i]))
    linked = linked or next((found["site"] for found in brought if found), None)
    led = (_SITE_LEADS.match(_text_at(looks, i + 1)) for i in part.titles) if not part.body else ()
    linked = linked or next((found["site"] for found in led if found), None)
    linked = linked or next(
        (found["site"] for i in part.titles if (found := _SITE_ALONE.fullmatch(_text_at(looks, i + 1)))), None
    )
    placed = placed_outlet(part, looks)
    source = source or linked or (placed[0] if placed else None)
    noticed = next((name for look in lines_below(part, looks, labels) if (name := read_notice(look))), None)
    source = noticed if noticed and source and find_agency(noticed) and not find_agency(source) else source or noticed
    source = (
        source
        or _named_again(part, looks)
        or _outlet_between(part, looks)
        or _wire_between(part, looks)
        or _agency_between(part, looks)
    )
    return source or _claimed_below(part, looks, labels)


# A link's site on a line of its own, below its headline.
_SITE_ALONE = re.compile(r"\((?P<site>(?!self\.)(?:[\w-]+\.)+[a-z]{2,})\)")
_SITE_LEADS = re.compile(r"(?P<site>(?:[\w-]+\.)+[a-z]{2,}) [—–-] ")  # "example.com — 412 diggs, submitted by …"


ABOVE, BELOW = 4, 20  # lines above a headline where a portal names whose text it prints, and below a text where again


def _named_again(part: Part, looks: Sequence[Look]) -> str | None:
    """An outlet's name alone above the headline, no line of the masthead, that a line below the text has among other words."""
    head, last = min(part.titles, default=0), part.body[-1] if part.body else len(looks)
    near = [look.text for look in looks[max(MASTHEAD, head - ABOVE) : head] if look.name and 2 <= len(look.words) <= 5]
    below = [look.text for look in looks[last + 1 : last + 1 + BELOW]]
    named = (name for name in near if names_paper(name) and not find_agency(name))
    return next((name for name in named if any(f" {name}" in text for text in below)), None)


def _text_at(looks: Sequence[Look], i: int) -> str:
    return looks[i].text if i < len(looks) else ""


_TURKISH = frozenset("ğışĞİŞ")  # elsewhere a lone "AA" is a button for the size of the letters


def _named_source(part: Part, looks: Sequence[Look], labels: Sequence[str]) -> str | None:
    """An agency that the credits name, else the plainest name of an outlet in them."""
    written = [i for i in part.credits if "photo" not in looks[i].found.first or "srcword" in looks[i].found.first]
    written = [i for i in written if looks[i].text != "AA" or _TURKISH & set(" ".join(looks[j].text for j in part.body))]
    last = part.body[-1] if part.body else len(looks)
    written = [i for i in written if labels[i] != "credit" or i <= last + BELOW or _claims_text(looks[i])]
    stated = sorted(written, key=lambda i: (labels[i] != "credit", "srcword" not in looks[i].found.first, i))
    named = [(i, read_source(looks[i], labels[i])) for i in stated]
    known = [(i, name) for i, name in named if name]
    known += [(i, name) for i in written if labels[i - 1] == "byline" and (name := read_outlet(looks[i]))]
    dated = [i for i in written if looks[i].dates and looks[i].width <= 60]
    below = [i + 1 for i in written if labels[i] == "byline" and i + 1 < len(looks)]
    known += [(i, name) for i in below if (name := read_commissioned(looks[i].text) or _outlet_alone(looks[i], labels[i]))]
    heads = {look.lower: look.text for look in looks[:MASTHEAD]}
    known += [(i, name) for i in written if labels[i] == "byline" and (name := _own_paper(looks[i], heads))]
    known += [(i, name) for i in dated if i >= MASTHEAD // 2 and (name := _own_paper(looks[i], heads))]
    known = [(i, name) for i, name in known if i > 0 or find_agency(name)]  # a page's first line is its masthead
    first = min(part.body, default=0)
    known += [(i, name) for i in written if i < first and labels[i] == "byline" and (name := read_acronym(looks[i].text))]
    agencies = [name for _, name in known if find_agency(name)]
    return next(iter(agencies), None) or _plainest([name for _, name in known])


def _claims_text(look: Look) -> bool:
    """True for a line that says whose a text is wherever it stands: "Source: …", "© …", an agency's name alone."""
    told = "srcword" in look.found.first or "©" in look.text or "copyright" in look.lower
    return told or find_agency(look.text) == look.text or look.starts == "("


MASTHEAD = 6  # lines at a page's top among which its name stands


def _outlet_alone(look: Look, label: str) -> str | None:
    """The broadcaster or service that the line right below a writer's name is nothing but: "BBC News"."""
    if label not in ("furniture", "credit") or look.width > 45:
        return None
    return look.text if BROADCASTER.fullmatch(look.text) or _SERVICE.fullmatch(look.text) else None


# "Harbour Reporting Service": what such a name ends with is no writer's role.
_SERVICE = re.compile(r"(?:[A-ZÀ-Þ][\w'’-]+ ){2,4}(?:Service|Agency|Network|Bureau|Wire)")


def _own_paper(look: Look, heads: Mapping[str, str]) -> str | None:
    """The page's own paper behind a writer or a date and a comma: "Par Ann Lee, Le Rivage", "May 4 2024, The Shore"."""
    first, dash, _ = look.text.partition(" - ")
    who = first if dash and first.lower() in heads else look.text.rpartition(", ")[2]
    named = 5 <= len(who) < len(look.text) and who.lower() in heads and not find_dates(who)
    return who if named and not is_place(who) else None


def _find_writer(part: Part, looks: Sequence[Look], labels: Sequence[str], byline: str | None) -> str | None:
    """The byline: `byline` if it is known, else a bare name above the text, or who a line below it names."""
    doubtful = byline is None or byline.isupper() or names_institution(byline) or byline.isalpha()
    bare = _bare_name(part, looks, labels) if doubtful else None
    other = byline is not None and is_person(byline.title()) and bare is not None and bare.lower() != byline.lower()
    byline = bare if bare and not other and (byline is None or not bare.isupper()) else byline
    byline = byline or posted_below(part, looks, labels) or written_below(part, looks, labels)
    byline = byline or _board_author(part, looks) or _office_writer(part, looks) or presented_below(part, looks, labels)
    return byline or named_below(part, looks, labels)


def _tell_apart(byline: str | None, source: str | None, place: str | None) -> tuple[str | None, str | None]:
    """(byline, source), where one name was taken for both, a person for a source, or a place for a person."""
    if byline and " " in byline and names_institution(byline):
        source = source or (None if byline.endswith("Time") else byline)
        byline = None
    person = source is not None and len(source.split()) == 2 and is_person(source) and not find_agency(source)
    if source and (names_paper(source) or (source.split()[0].isupper() and not source.isupper())):  # "РИА Север"
        person = False
    if person and source == byline:
        source = None
    elif person and byline is None:
        byline, source = source, None
    if byline and (byline == place or (" " not in byline and is_place(byline))):
        byline = None
    if source and byline and source.rstrip(".") == byline.rstrip("."):
        byline = None
    return byline, source


_OUTLET_AND_REPORTER = re.compile("[\\[【](?P<who>[가-힣A-Za-z]{2,12}) [가-힣]{2,4} ?(?:기자|특파원)[\\]】]")


def _outlet_between(part: Part, looks: Sequence[Look]) -> str | None:
    """A Chinese, Japanese or Korean outlet alone on a line between headline and text."""
    between = lines_between(part, looks)
    above = looks[max(0, part.titles[0] - 3) : part.titles[0]] if between else ()
    company = next((look.text for look in (*above, *between) if JAPANESE_COMPANY.fullmatch(look.text)), None)
    company = company or next((name for look in between if (name := read_role(look))), None)
    company = company or next((found["who"] for look in between if (found := _OUTLET_AND_REPORTER.fullmatch(look.text))), None)
    return company or next((look.text for look in between if CJK_OUTLET.fullmatch(look.text)), None)


def _claimed_below(part: Part, looks: Sequence[Look], labels: Sequence[str]) -> str | None:
    """The outlet that one of the two lines right below the text names: alone, or as the owner of the copyright."""
    below = lines_below(part, looks, labels)[:2] if part.body else []
    passed = next((found["who"] for look in lines_below(part, looks, labels) if (found := PASSED_ON.match(look.text))), None)
    heads = [look.text for look in looks[:MASTHEAD]]
    return next((name for look in below if (name := read_paper_below(look) or read_copyright_below(look, heads))), passed)


def _wire_between(part: Part, looks: Sequence[Look]) -> str | None:
    """The agency of a dateline on a line of its own: "Dakar (AFP) –"."""
    between = lines_between(part, looks)
    found = (WIRE_PLACE.fullmatch(look.text) for look in between)
    agencies = (wire["agency"] for wire in found if wire and is_agency(wire["agency"]))
    return next((agency for agency in agencies if agency not in BRAZILIAN_STATES), None)


def _agency_between(part: Part, looks: Sequence[Look]) -> str | None:
    """A known agency beside an outlet on a short line between headline and text: "Atlas Press - AFP"."""
    between = lines_between(part, looks)
    lines = [look for look in between if look.width <= 40 and "photo" not in look.found.classes and look.ends != "."]
    alone = next((look.text for look in lines if is_known_agency(look.text) and look.found.cover >= 0.99), None)
    if alone:
        return alone
    pairs = [parts for look in lines if len(parts := re.split(r"\s[-–—/|]\s", look.text)) == 2]
    return next((name for parts in pairs for name in parts if is_known_agency(name)), None)


# "海峡新聞青森総局 成田みちる": a paper's office and the reporter.
_OFFICE_AND_NAME = re.compile(
    "[\u3040-\u30ff\u3400-\u9fff]{2,14}(?:局|支局|総局|支社|本社|部|室|編集委員|論説委員|特派員|記者)[ \u3000]"
    "(?P<who>[\u3400-\u9fff][\u3040-\u30ff\u3400-\u9fff]{1,6})"
)


def _office_writer(part: Part, looks: Sequence[Look]) -> str | None:
    """The reporter that a Japanese line between headline and text names behind an office."""
    between = lines_between(part, looks)
    return next((found["who"] for look in between if (found := _OFFICE_AND_NAME.fullmatch(look.text))), None)


_BOARD_AUTHOR = re.compile(r"作者\s?[:\uff1a]?\s?(?P<who>[\w.-]{3,20})(?:\s?[(\uff08].{1,30})?")


def _board_author(part: Part, looks: Sequence[Look]) -> str | None:
    """Who a board says wrote the post, above its title."""
    above = looks[max(0, min(part.titles, default=0) - 4) : min([*part.body[:1], *part.comments[:1]], default=0)]
    return next((found["who"] for look in above if (found := _BOARD_AUTHOR.fullmatch(look.text))), None)


def _bare_name(part: Part, looks: Sequence[Look], labels: Sequence[str]) -> str | None:
    """A line between headline and text that is nothing but a person's name, beside the date or the headline."""
    if not part.titles or not part.body:
        return None
    known = {*part.titles, *part.highlights, *(i for i in part.credits if labels[i] in ("date", "credit"))}
    names = []
    for i in range(_first_print(part.titles[-1], looks) + 1, part.body[0]):
        look = looks[i]
        words = look.text.split()
        plain = (
            labels[i] in ("furniture", "credit")
            and look.name
            and "/" not in look.text
            and 2 <= len(words) <= 4
            and not look.found.cover
        )
        if (
            plain
            and look.ends == "a"
            and words[0].lower() != "the"
            and (any(j in known for j in (i - 1, i + 1, i - 2)) or _is_role(looks[i + 1]) or "@" in looks[i + 1].text)
            and (all(word[0].isupper() for word in words) or is_person(look.text))
            and any(len(word.strip(".+-")) > 1 for word in words)
        ):
            names.append(look)
        elif labels[i] == "furniture" and known & {i - 1, i + 1, i + 2} and _names_alone(look.text):
            return look.text
        elif labels[i] == "furniture" and (named := _NAME_AND_ROLE.fullmatch(look.text)) and is_person(named["who"]):
            if "byword" in lexicon().look(split_words(named["role"])).first:
                return named["who"]
        elif labels[i] == "furniture" and ((names_writer(look) and _may_credit(look)) or (look.ago and look.width <= TIMED)):
            writer = read_byline(look, "byline")
            if writer and is_person(writer):
                return writer
    return next((look.text for look in names if look.case == "Title"), names[0].text if names else None)


def _names_alone(text: str) -> bool:
    """True for a name in a script without capitals, and for two people's."""
    return is_uncased_name(text) or (len(text.split()) > 4 and are_people(text))


_NAME_AND_ROLE = re.compile(r"(?P<who>[^()\d,:]{5,40}) \((?P<role>[^()\d]{4,30})\)")  # "Ann Lee (correspondent)"
TIMED = 50  # columns of a name and "2 days ago" at most
REPRINT = 12  # lines at most between a headline and its second print


def _first_print(title: int, looks: Sequence[Look]) -> int:
    """Where the headline of line `title` is printed first: the same words stand above the credits and again below them."""
    return next((i for i in range(max(0, title - REPRINT), title) if looks[i].lower == looks[title].lower), title)


def _may_credit(look: Look) -> bool:
    """True for a short line, and for a longer one that tells the time or ends with an institution: "By Ann Lee May 4 at 3:57
    PM Follow @annlee", "by Ann Lee, University of Oslo"."""
    where = look.text.rpartition(", ")[2]
    timed = look.width <= 90 and (look.clock or bool(look.dates)) and look.ends != "."
    brief = timed or look.width <= 40 or (look.width <= 90 and where != look.text and names_institution(where))
    return brief and look.words[:2] != ["by", "the"]


def _is_role(look: Look) -> bool:
    """True for the line below a name that says whose reporter it is: "BBC News, Powys", "Staff writer"."""
    return look.width <= 50 and look.ends != "." and ("byword" in look.found.classes or bool(OUTLET_WORD.search(look.text)))


def _plainest(names: Sequence[str]) -> str | None:
    """The first name, or the shorter one that it only adds a word to."""
    first = next(iter(names), None)
    return first and min((name for name in names if name in first), key=len)
