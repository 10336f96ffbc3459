"""What stands first in a story's text and is none of it: its headline, its standfirsts."""

from __future__ import annotations

import re
from collections.abc import Sequence

from fetchers.seeds.page_text.credits.agencies import is_known_agency
from fetchers.seeds.page_text.credits.bylines import presents_writer
from fetchers.seeds.page_text.credits.datelines import read_slug
from fetchers.seeds.page_text.labels.captions import credits_picture, is_caption, is_credit_alone
from fetchers.seeds.page_text.lines.features import is_prose, speaks_to_reader
from fetchers.seeds.page_text.lines.looks import Look
from fetchers.seeds.page_text.lines.stems import stems_of
from fetchers.seeds.page_text.stories.division import Part
from fetchers.seeds.page_text.stories.title_text import LINKED, SELF_POST
from newsdesk.countries.gazetteer import is_place

OWN_WORDS, TOLD_WORDS = 0.12, 0.4  # shares of a headline's words
FIRST_SHORT = 240  # columns: a longer first paragraph is no standfirst
_ENGLISH = frozenset("the and of to was were said that with for".split())


def lift_title(part: Part, looks: Sequence[Look]) -> None:
    """A story without a headline whose text begins with a line like one has that for its headline."""
    first_line = looks[part.body[0]].text if part.body else ""
    if not part.titles and (LINKED.search(first_line) or SELF_POST.search(first_line)):
        part.titles = [part.body.pop(0)]
    if part.titles or len(part.body) < 2:
        return
    first, second = looks[part.body[0]], looks[part.body[1]]
    headed = first.kind == "headline" and first.ends in "aq0" and first.width >= 30
    if (headed or _heads_page(part, looks)) and second.width > 1.3 * first.width:
        part.titles = [part.body.pop(0)]


# What a headline may end with that ends no sentence: "… after 5 p.m.", "… in the U.S.", "… sues Hythe Boats Inc."
_SHORTENED = re.compile(r"(?:\b[^\W\d_]\.\s?){2,}$|\b(?:Inc|Ltd|Corp|Co|Bros|Jr|Sr|Mio|Mrd)\.$")
HEADING, REPEATED = 100, 0.4  # columns of a page's first line that is a headline, stop or not; share of its words in the text


def _heads_page(part: Part, looks: Sequence[Look]) -> bool:
    """True for a short first line of a page above a long paragraph, if it ends with what is shortened or is repeated there."""
    first, second = looks[part.body[0]], looks[part.body[1]]
    alone = part.body[:2] == [0, 1] and first.kind in ("sent", "shortsent") and first.starts != "q"
    if not alone or not 20 <= first.width <= HEADING or not second.long or read_slug(first.text):
        return False
    said = stems_of(first)
    repeated = len(said & stems_of(*(looks[i] for i in part.body[1:3])))
    return bool(_SHORTENED.search(first.text)) or (len(said) >= 3 and repeated >= REPEATED * len(said))


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


def _opens_below(part: Part, looks: Sequence[Look]) -> bool:
    """True if the second paragraph begins with a dateline and the first, a short one, with none: that is a standfirst."""
    first, second = looks[part.body[0]], looks[part.body[1]]
    slug = read_slug(second.text) if first.width <= 220 and second.long and part.body[1] - part.body[0] <= 8 else None
    return bool(slug and slug.place and (slug.agency or slug.place.isupper() or is_place(slug.place))) and not read_slug(
        first.text
    )
