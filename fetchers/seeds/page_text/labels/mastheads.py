"""A page's masthead: what an outlet says of itself below its name."""

from __future__ import annotations

import re
from collections.abc import Sequence

from fetchers.seeds.page_text.credits.bylines import names_writer
from fetchers.seeds.page_text.lines.looks import Look
from fetchers.seeds.page_text.lines.positions import first_of
from fetchers.seeds.page_text.lines.stems import stems_of

# "Serving Brill since 1871", "News you can trust", "Periodismo independiente": what a masthead says of itself.
_SLOGAN = re.compile(
    r"(?:proudly )?(?:serving|your (?:local|daily|weekly|trusted|best)|telling (?:the|your)|(?:all )?the news)\b|"
    r"(?:.{0,30}\b)?(?:you can trust|journalism|newspaper|journalismus|journalistik|journalistiek|journalisme|periodismo|"
    r"jornalismo|giornalismo|dziennikarstwo|журналистика|"
    r"(?:independent|trusted|unabhängige|indépendante?|independiente|independente|indipendente|onafhankelijke|uafhængige?|"
    r"oberoende) (?:voice|news|stimme|voix|voz|voce|stem|røst|röst)|(?:stimme|voix|voz|voce|voice) (?:der|des|de|del|di|of)|"
    r"(?:since|seit|depuis|desde|dal|sinds|siden|sedan|od|с) (?:1[6-9]|20)\d\d$)|toute l['’](?:actualité|info)\b",
    re.IGNORECASE,
)
_QUOTED = re.compile("[\"“”„«»‘'「『].{10,}[\"“”»«’'」』]")  # a headline that is somebody's words
_FORM = re.compile(  # what kind of text stands below
    r"live|as it happened|interview|q ?& ?a|(?:im )?gespräch|live-?ticker|entretien|direct|entrevista|en vivo|directo|ao vivo|"
    r"intervista|diretta|wywiad|na żywo|rozhovor|intervju|haastattelu|интервью|онлайн|röportaj|canlı",
    re.IGNORECASE,
)
ASKED = 90  # columns of a headline that asks something
SLOGAN_LINES = 5  # at a page's top among which a masthead's slogan stands


def drop_slogan(looks: Sequence[Look], labels: Sequence[str]) -> Sequence[str]:
    """A masthead's slogan is no headline, if the line below it may be one that says words of the text: it is told by its
    words, or stands in the masthead's block and says none of the text's."""
    first = first_of(labels, "body", 0)
    i = labels.index("title") if "title" in labels[1:SLOGAN_LINES] else 0
    below = next((j for j in range(i + 1, first) if _may_head(looks[j], labels[j])), None)
    if not i or below is None or any(label not in ("furniture", "aside") for label in labels[:i]):
        return labels
    said = stems_of(*looks[first : first + 4])
    own, other = len(said & stems_of(looks[i])), len(said & stems_of(looks[below]))
    joined = not looks[i].line.blanks and looks[below].line.blanks > 0 and not is_headed(looks, i)
    boasts = (bool(_SLOGAN.match(looks[i].text)) and own <= other + 1) or (joined and not own)
    if not boasts or not other:
        return labels
    return ["furniture" if j == i else "title" if j == below else label for j, label in enumerate(labels)]


def head_enclosed(looks: Sequence[Look], labels: Sequence[str]) -> Sequence[str]:
    """A line right between a date and "By …" is the headline, where none was told or one was taken from the masthead's block,
    and the page's own words ("Search this blog") part them."""
    first = first_of(labels, "body", 0)
    i = first_of(labels[:first], "title", 0)
    dates = [j for j in range(i + 1, first - 2) if labels[j] == "date" and looks[j].dates]
    head = next((j + 1 for j in dates if labels[j + 2] == "byline" and names_writer(looks[j + 2])), None)
    if head is None or not _may_head(looks[head], labels[head]):
        return labels
    owned = any({"nav", "login"} & set(looks[j].found.first) and looks[j].width <= 40 for j in range(i + 1, head - 1))
    joined = i < SLOGAN_LINES and not looks[i].line.blanks and not is_headed(looks, i)
    if labels[i] == "title" and not (owned and joined and all(label in ("furniture", "aside") for label in labels[:i])):
        return labels
    other = {"title", "highlight", "byline"}
    mended = ["furniture" if j in range(i, head) and label in other else label for j, label in enumerate(labels)]
    mended[head] = "title"
    return mended


def is_headed(looks: Sequence[Look], i: int) -> bool:
    """True for a headline that is somebody's words in quotation marks, or that "Live", "Interview" or the like stands above."""
    above = looks[i - 1] if i else None
    told = above is not None and (_FORM.fullmatch(above.text) or (above.found.cover >= 0.99 and "kicker" in above.found.first))
    return bool(told or _QUOTED.fullmatch(looks[i].text))


def _may_head(look: Look, label: str) -> bool:
    plain = label in ("title", "highlight", "furniture") and look.found.cover < 0.34 and not (look.dates or look.line.bullet)
    asked = look.text.endswith("?") and look.width <= ASKED
    return plain and len(look.words) >= 3 and (asked or (look.kind in ("headline", "short") and look.ends in "aq0"))
