"""What a page says of its pictures in lines that credit nobody: the words for those who can't see one, beside its caption."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from fetchers.seeds.page_text.credits.agencies import is_known_agency
from fetchers.seeds.page_text.labels.captions import is_caption
from fetchers.seeds.page_text.lines.lines import Page
from fetchers.seeds.page_text.lines.looks import Look
from fetchers.seeds.page_text.lines.positions import first_of
from fetchers.seeds.page_text.lines.stems import FEWER, stems_of

CAPTION = 400  # columns of a caption at most
SHOWN = 110  # columns of what a picture shows, without its credit
SHARE = 0.7  # of a line's longer words, that its caption has too
_TEXT = ("body", "highlight")
# "Ann Lee for Harbour Radio", alone on a line or behind a sentence
_FOR_OUTLET = r"(?:[A-ZÀ-Þ][\w'’-]+ ){2,3}for (?:[Tt]he )?[A-ZÀ-Þ][\w'’-]+(?: [A-ZÀ-Þ][\w'’-]+){0,4}"
_TAKEN_FOR = re.compile(rf"{_FOR_OUTLET}$")
_SHOWN_FOR = re.compile(rf"[.!?] {_FOR_OUTLET}$")
_OWNED = re.compile(r"[.!?][\"”]? \((?P<who>[A-ZÀ-Þ][\w'’&.-]+(?: (?:of|de|of the)? ?[A-ZÀ-Þ][\w'’&.-]+){1,5})\)$")
_SLASHED = re.compile(r"[^/]{3,24} / \S")
_MARKER = re.compile(r"\[[\w-]{1,40}\.(?:jpe?g|png|gif|webp|avif)\]", re.IGNORECASE)


# What stands for a reader's picture where pictures are not shown.
_AVATAR = re.compile(
    r"(?:(?:user|default|profile)\s)?avatar|profile (?:picture|photo|image)|profilbild|photo de profil|foto (?:de|del) perfil|"
    r"[^\s].{0,40}['’]s user avatar",
    re.IGNORECASE,
)


def without_pictures(page: Page) -> Page:
    """The page without the lines that stand for pictures of its readers: "Avatar" above each name."""
    pictures = [len(line.text) <= 60 and bool(_AVATAR.fullmatch(line.text)) for line in page.lines]
    if sum(pictures) < 2:
        return page
    return replace(page, lines=tuple(line for line, shown in zip(page.lines, pictures, strict=True) if not shown))


def set_pictures_apart(looks: Sequence[Look], labels: Sequence[str]) -> Sequence[str]:
    """What a picture shows, in words that stand beside its caption or credit, is none of the story's."""
    mended = list(labels)
    head = first_of(mended, "title", len(mended))
    first = first_of(mended, "body", len(mended))
    for i, look in enumerate(looks):
        label = labels[i]
        if label not in (*_TEXT, "title") or (label == "title" and i <= head) or look.width > CAPTION or look.line.bullet:
            continue
        beside = _is_twin(looks, labels, i) or _is_above_credit(looks, labels, i, head, first)
        shown = label == "body" and (_credits(look) or _is_shown(looks, i))
        if beside or shown:
            mended[i] = "aside" if i > first else "furniture"
    return mended


def is_captioned(looks: Sequence[Look], i: int) -> bool:
    """True for a line without a stop half of whose words the caption right below it has too, in front of its credit."""
    if looks[i].ends not in "a0" or i + 1 >= len(looks) or "photo" not in looks[i + 1].found.classes:
        return False
    own, below = stems_of(looks[i], letters=FEWER), stems_of(looks[i + 1], letters=FEWER)  # "älgar" and "älgarna" are short
    return 2 * len(own & below) >= len(own) > 1 and is_caption(looks[i + 1], None)


def _is_twin(looks: Sequence[Look], labels: Sequence[str], i: int) -> bool:
    """True for a line that the line next to it says again: with a credit behind it, or in the words of a caption."""
    look = looks[i]
    if 16 <= look.width <= SHOWN and i + 1 < len(looks):
        below = looks[i + 2 if i + 2 < len(looks) and _is_button(looks[i + 1]) else i + 1]
        longer = below.lower.startswith(look.lower.rstrip(".")) and len(below.text) >= len(look.text) + 3
        if (longer and labels[i + 1] != "title") or _is_in_caption(look, below):
            return True
    above = looks[max(0, i - 1)]
    return 16 <= above.width <= SHOWN and look.lower.startswith(above.lower.rstrip(".")) and above.text != look.text


def _is_button(look: Look) -> bool:
    """True for a few words that enlarge a picture: "View image in fullscreen"."""
    return "photo" in look.found.classes and look.found.cover >= 0.25 and look.width <= 40 and look.ends not in ".:"


def _is_in_caption(look: Look, below: Look) -> bool:
    """True for a line whose words the caption below it has too."""
    own = {word for word in look.words if len(word) > 3}
    return len(own) >= 3 and len(own.intersection(below.words)) >= SHARE * len(own) and is_caption(below, look)


def _is_above_credit(looks: Sequence[Look], labels: Sequence[str], i: int, head: int, first: int) -> bool:
    """True for a line right above a credited caption, parted from the headline by what is no standfirst."""
    if not head < i - 1 or i + 1 >= len(looks) or labels[i - 1] in ("title", "highlight", "body"):
        return False
    look, below = looks[i], looks[i + 1]
    piped = "photo" in below.found.classes and below.width <= 60 and "|" in below.text
    credited = (piped or is_caption(below, None)) and not below.line.bullet and labels[i + 1] != "title"
    brief = look.width <= 120 and (look.ends != "." or labels[i] != "body" or "byline" in labels[i + 2 : i + 4])
    return credited and brief and i <= first and "body" not in labels[head:i]


def _credits(look: Look) -> bool:
    """True for a paragraph that a picture's credit ends or begins."""
    owned = _OWNED.search(look.text) if look.width <= 160 and look.text.endswith(")") else None
    shown = look.width <= 220 and " for " in look.text and bool(_TAKEN_FOR.match(look.text) or _SHOWN_FOR.search(look.text))
    slashed = "photo" in look.found.first and bool(_SLASHED.match(look.text))
    return shown or slashed or bool(_MARKER.fullmatch(look.text)) or (owned is not None and not is_known_agency(owned["who"]))


def _is_shown(looks: Sequence[Look], i: int) -> bool:
    """True for a line between words for a picture and the name of who took it."""
    above, below = looks[max(0, i - 1)], looks[i + 1] if i + 1 < len(looks) else None
    headed = "photo" in above.found.classes and above.found.cover >= 0.3 and above.width <= 40
    return headed and below is not None and below.width <= 60 and bool(_TAKEN_FOR.match(below.text))
