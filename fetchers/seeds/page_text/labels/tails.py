"""What a paragraph ends with that is not its text: an agency's credit, an editor's, a pointer to another page."""

from __future__ import annotations

import re

from fetchers.seeds.page_text.credits.agencies import find_agency, find_signed, is_agency, is_known_agency, is_outlet_sign
from fetchers.seeds.page_text.credits.bylines import is_person
from fetchers.seeds.page_text.credits.partial_dates import is_partial_date
from fetchers.seeds.page_text.lines.lexicon import lexicon, split_words

_TAIL = re.compile(
    r"(?<=[.!?。\uff01\uff1f।۔…”\"'’»)])\s*(?:[(\uff08\[](?P<in>[^()\[\]\uff08\uff09]{2,40})[)\uff09\]]\.?|"
    r"[—–-]{1,2}\s?(?P<dash>[^\W\d_][^.!?,;:]{1,38})|/(?P<slashed>[^\W\d_][^/.!?,;:]{1,20})/?|(?P<bare>[^\W\d_][^\s.,。]*"
    r"(?:\s[^\W\d_][^\s.,。]*){0,2}|[A-Z]{2,6}(?:\s[A-Z]{2,4}){3}))\.?$"
)


# "(編輯:…)1100905", "(责任编辑:…)": who edited the text, at its end.
EDITED = re.compile(
    r"[(\uff08\[](?:責任|责任)?(?:編輯|编辑|編譯|编译|責編|责编)\s?[:\uff1a/][^()\uff08\uff09]{2,20}[)\uff09\]]\s?\d{0,8}$"
)


# What agencies set behind a text's last sentence: "(完)", "ENDS".
ENDED = re.compile(
    r"(?<=[。.!?」』”\"»])\s?(?:[(\uff08](?:完|终|終|了|끝|النهاية|انتهى|END|ENDS|Ends|FIN|Fin|FIM|Fim|Ende|Koniec|Konec)[)\uff09]|"
    r"ENDS|انتهای پیام)/?$"
)
# "AA/rg", "ZNS/EC/KM/ENDS", "mar/ jow/", "/e.k./a.j./": an agency's letters before those who worked on a text, or theirs
_HANDS = re.compile(
    r"(?<=[.!?…”\"'’»)])\s+(?:(?P<agency>[A-ZČĆŠŽ]{2,8}|Lusa|dpa|epd|kna|sda)(?:/[A-Za-z.-]{1,6}){1,5}/?|"
    r"(?:[a-ząćęłńóśźż]{2,4}/\s?){2,4}|/(?:(?:[a-zë]\.){1,4}/){1,3}|[A-Z]{2,5} // [A-Z]{2,5}\.?)$"
)
# "(red, 3.4.2017)", "(ham/APA, 3.4.2017)": who worked on a text, and when.
_DATED_SIGN = re.compile(r"(?<=[.!?”“\"»])\s?\((?:[a-zäöü]{2,5}[,/] ?){1,3}\d{1,2}\.\s?\d{1,2}\.\s?\d{4}\)$")
# "(Ann Lee) / (mit Material der dpa)", as German sites end a text.
_WRITER_AND_AGENCY = re.compile(r"\s*\([^()]{2,40}\) / \(mit Material (?:der|von) (?P<agency>[^()]{2,20})\)$")


_THAI_SIGN = re.compile("\\s?\\.?[-–—]+\\s?(?P<agency>สำนักข่าว[\u0e00-\u0e7f]{2,24})$")  # "….- สำนักข่าวไทย"


def cut_tail(paragraph: str) -> tuple[str, str | None]:
    """The paragraph without an agency's credit at its end, and that agency."""
    both = _WRITER_AND_AGENCY.search(paragraph, max(0, len(paragraph) - 90))
    if both and both.start() >= 12:
        return paragraph[: both.start()].rstrip(), both["agency"]
    thai = _THAI_SIGN.search(paragraph, max(0, len(paragraph) - 50))
    if thai:
        return paragraph[: thai.start()].rstrip(), thai["agency"]
    paragraph = _DATED_SIGN.sub("", ENDED.sub("", paragraph))
    hands = _HANDS.search(paragraph, max(0, len(paragraph) - 40))
    if hands and hands.start() >= 12:
        rest, agency = paragraph[: hands.start()].rstrip(), hands["agency"]
        return (rest, agency if is_known_agency(agency) else None) if agency else cut_tail(rest)
    at = max(0, len(paragraph) - 60)
    edited = EDITED.search(paragraph, at)
    if edited and edited.start() >= 12:
        paragraph = paragraph[: edited.start()].rstrip()
        at = max(0, len(paragraph) - 60)
    found = _TAIL.search(paragraph, at)
    if not found or found.start() < 12:
        return _cut_pointer(paragraph), None
    text = (found["in"] or found["dash"] or found["slashed"] or found["bare"]).lstrip("© ")
    signed = find_signed(f"({found['in']})") if found["in"] and not found["in"].isupper() else None
    signed = signed or (find_agency(text) if _INPUTS.match(text) else None)
    if signed:
        return paragraph[: found.start()].rstrip(), signed
    names = [part.strip() for part in text.split(",")]
    others = [name for name in names[1:] if not re.fullmatch(r"[a-zäöü]{2,4}", name)]  # "(APA, red, 3.10.2023)"
    worked = _WITH_HANDS.fullmatch(names[0]) if found["bare"] else None
    names[0] = worked["agency"] if worked else names[0]
    known = is_known_agency(names[0]) if found["bare"] else is_agency(names[0]) or is_outlet_sign(names[0])
    known = known and (not others or is_partial_date(",".join(others)))
    if found["bare"] and not (known and (names[0].isupper() or len(names[0]) > 4)):
        return paragraph, None
    if not known:
        return _cut_pointer(paragraph), None
    return paragraph[: found.start()].rstrip(), names[0]


_INPUTS = re.compile(r"(?:with )?(?:additional )?inputs? from |with (?:\w+ )?inputs?", re.IGNORECASE)
# "PTI KGT SS", "ANSA GBR": the agency and those who worked on the text.
_WITH_HANDS = re.compile(r"(?P<agency>[A-Z]{2,6})(?:\s(?:[A-Z]{2,4}|[a-z]{2,3}/[a-z]{2,3})){1,3}")
_SIGNATURE = re.compile(r"(?<=[.!?。\uff01\uff1f…\"”'’»」])\s*[(\uff08](?P<who>[^()\uff08\uff09\d/,:]{3,40})[)\uff09]$")


_EASTERN_NAME = re.compile("[\u3400-\u9fff]{3,5}|[\u3400-\u9fff]{2,4}[\u3040-\u309f]{2,4}")  # Japanese first names in kana too


def cut_signature(paragraph: str) -> tuple[str, str | None]:
    """A text's last paragraph without its writer's name in brackets, and that name: "… in spring. (Ann Lee)"."""
    found = _SIGNATURE.search(paragraph, max(0, len(paragraph) - 50))
    if not found or found.start() < 20:
        return paragraph, None
    who = found["who"].strip()
    written = _EASTERN_NAME.fullmatch(who) or (is_person(who) and len(who.split()) <= 3)
    return (paragraph[: found.start()].rstrip(), who) if written and not is_agency(who) else (paragraph, None)


_LAST_SENTENCE = re.compile(r"(?<=[.!?。\uff01\uff1f।…\"”'’»)])\s+([^.!?]{4,45}[.!?…]?)$")


def _cut_pointer(paragraph: str) -> str:
    """The paragraph without a last sentence that only points elsewhere ("Read more in …")."""
    found = _LAST_SENTENCE.search(paragraph, max(0, len(paragraph) - 60))
    if found and found.start() > 40:
        words = split_words(found[1])
        known = lexicon().look(words)
        if "related" in known.first and len(words) <= 6:
            return paragraph[: found.start()].rstrip()
    return paragraph
