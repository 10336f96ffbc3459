"""Captions of pictures, which are no text: lines that credit a picture, and lines beside those that say what it shows."""

from __future__ import annotations

import re
from collections.abc import Sequence

from fetchers.seeds.page_text.credits.agencies import is_known_agency
from fetchers.seeds.page_text.lines.lexicon import lexicon, split_words
from fetchers.seeds.page_text.lines.looks import Look
from fetchers.seeds.page_text.lines.positions import first_of

_PHOTO_CREDIT = re.compile(r"[:/©(\uff1a،]|\b(?:[Bb]y|BY)\b(?! [a-z])|\b[Vv](?:ia|IA)\b")
_PAIR = re.compile(
    r"(?:[A-Z]{2}|\w Images?)/[A-Z]|\[[A-Z]{2,}\]$|\[[^\[\]]{3,40}/[A-Z][^\[\]]{1,20}\]$"
    r"|(?:\s[A-ZÀ-Þ][A-ZÀ-Þ'-]+){2,3}\s?/\s?[A-Z]{2,}$|\([A-Z][\w ]{1,30}: [A-Z][\w.'-]+(?: [A-Z][\w.'-]+){1,3}\)$"
    r"|\([A-Z][\w .]{1,30}/[A-Z][\w .'-]{1,30}\)$"
    r"|[—–]\s?[A-Z][A-Z ]{2,20}(?:PHOTO|IMAGES?)$|\([A-Z][\w ]{1,30} (?:pic|photo|image)s?\)$"
    r"|[.!?][\"”»]?\s?[/|]\s?[A-ZÀ-Þ][\w'’.-]+(?:\s[A-ZÀ-Þ][\w'’.-]+){0,3}$"
)


_STOPPED_PAIR = re.compile(
    r"[.!?][\"”]? \([A-Z][\w ]{1,30}: @?[A-ZÀ-Þ][\w.'’-]+(?: [A-ZÀ-Þ][\w.'’-]+){0,3}\)$|"
    r"[.!?)] \([A-Z]{2,}/[A-Z][\w .'’-]{2,30}\)$|"
    r"[—–]\s?[A-Z][A-Z ]{2,20}(?:PHOTO|IMAGES?)$|\([A-Z][\w ]{1,30} (?:pic|photo|image)s?\)$|"
    r"\([A-Z][\w ]{0,20} (?:[Pp]hoto|[Ii]mages?|[Pp]ool)/[A-Z][\w .'’-]{2,30}\)$|[.!?] [A-Z][A-Z ]{3,24}/[A-Z][\w .'’-]{2,30}$|"
    r"[.!?][\"”]? \([A-ZÀ-Þ][\w'’-]+(?: [A-ZÀ-Þ][\w.'’-]+){1,2}\s?/\s?[A-ZÀ-Þ][\w &.'’-]{1,30}\)$"
)


# "… near the river © Ann Lee/dpa", "… (file photo) | A. Lee / BNS photo", "… — Foto: Ann Lee"
_PHOTO_WORD = (
    r"(?:Photos?|Photograph(?:s|y|ie|ies)?|Fotos?|Fotograf(?:ie|ía|ia|i|ija)?|Fotografering|Fotoğraf|Φωτ\w*|Ảnh|Bild|Bilde|"
    r"Billede|Beeld|Kuva|Valokuva|Фото|Фотография|Снимка|Fot\.|Zdjęcie|Gambar|Imagen|Imagem|Immagine|Image|Picture|Pic|"
    r"Illustration|Kép|Slika|写真|사진|图)"
)
_CREDITED_END = re.compile(
    r"\((?:[A-Z][\w.'’-]+ ){2,3}for (?:The )?[A-Z][\w .'’-]{1,30}\)$|"
    r"\((?:Submitted|Provided|Supplied|Contributed) by [^()]{3,40}\)$|"
    rf"[(\[]\s?{_PHOTO_WORD}[^()]{{0,12}}:\s?[^()]{{2,50}}[)\]]\.?$|[—–.-]\s{_PHOTO_WORD}\s?:\s?[^.:]{{2,50}}$|"
    r"(?<=[^\s.])\s(?:©|\(c\))\s?[^\W\d_][^.©]{2,50}$|\|\s[^\W\d_][^|.]{0,3}\.?[^|]{2,40}\s/\s[A-ZÀ-Ž]{2,}[^|]{0,10}$"
    r"|[(\uff08][^()\uff08\uff09]{1,12}(?:攝|摄|摄影|攝影|提供|供图|供圖)[)\uff09]$"
    r"|\s[—–-]\s(?:Foto|Photo|Fotos|Reprodução|Imagem)\s?:\s?[^.]{2,50}$|\((?:Photo|Foto|Fotoğraf|Φωτ)[^()]{0,3}:?\s[^()]{2,50}\)$"
)
_PHOTO_END = re.compile(rf"[.!?—–-]\s{_PHOTO_WORD}\s?:\s?[^.:]{{2,50}}$")  # "The old ferry at its pier. Foto: Ann Lee"
# A sentence and a name in capitals, or an agency behind a dash: "The crossing on Thursday. ANN LEE", "… in Quito. — AFP".
_NAMED_END = re.compile(
    r"[^\W\d_][.!?](?:\s?[^\W\d_a-zß-ÿ][^\W\d_a-zß-ÿ'’.-]+(?:\s[^\W\d_a-zß-ÿ'’.-]{2,}){1,3}|"
    r"\s[—–]\s(?P<agency>[A-Z][\w ]{1,20}))$"
    r"|[a-zß-ÿ\d]\s[A-ZÀ-Þ]{2,}(?:\s[A-ZÀ-Þ]{2,}){1,3}$"
)
# "並ぶ人たち=札幌市": how Japanese papers say where a picture was taken.
_PLACED = re.compile(
    r"[^。=\uff1d]{5,60}[=\uff1d](?:(?:\d{1,2}月)?\d{1,2}日(?:午[前後](?:\d{1,2}時(?:\d{1,2}分)?)?)?、)?[\u3400-\u9fff\u30a0-\u30ff、・]{2,20}$"
)


# "FILE - A plough near Kotzebue, Alaska, … (Ann Lee via AP, File)", "FILE PHOTO: …"
_FROM_FILE = re.compile(r"(?:FILE|ARCHIVE|ARCHIVO|ARCHIV|ARCHIVES)(?: (?:PHOTO|IMAGE|PICTURE))?\s?[-–—:]\s")
# "A camel at rest (Representational)", "… (File photo)"
_SAMPLE_END = re.compile(
    r"\((?:[Ff]ile|[Rr]epresent\w{3,8}|[Ss]upplied|[Hh]andout|[Aa]rchive|[Cc]ourtesy)"
    r"(?: (?:[Pp]hoto|[Ii]mage|[Pp]icture|[Pp]ic))?\)$|"
    r"(?:\(|[-–—|/.] ?)(?:[Aa]rchiv(?:o|io|e|es|bild|foto)?|[Aa]rchief(?:foto|beeld)?|[Aa]rchivní foto|[Aa]rchiwum|[Aa]rquivo|"
    r"[Zz]djęcie (?:archiwalne|ilustracyjne)|[Aa]rkiv(?:foto|bild)?|[Аа]рхив(?:ное фото)?|[Ss]ymbolbild|[Ii]llustration|"
    r"(?:صورة )?[أا]رشيف(?:ية)?|آرشیو|资料图|資料圖|資料写真|자료사진)\)?$|"
    r"\b(?:imagen|foto|imagem|immagine|photo|image) d(?:e |i |['’])(?:archivo|arquivo|archivio|archives?|repertorio)$"
)
# "… at 8.50. • © M.L / France Rives"
_OWNED_END = re.compile(r"\S\s(?:[•|·]\s)?©\s?[^\W\d_][^©]{2,50}$")
_PIPED = re.compile(r"[^|]{25,}\s\|\s[A-ZÀ-Þ][A-ZÀ-Þ .'’/-]{3,40}$")  # "The seal in the small pool. | HARBOUR MAIL"
_SHOT = re.compile("(?:記者|记者)[\u3400-\u9fff]{2,4}(?:攝|摄)")  # "… 中央社記者黃國芳攝 110年9月14日"
_OUTLET_END = re.compile(r"[a-zß-ÿ]\s\([A-Z][A-Z0-9]{1,7}\)$")  # "A goat stands in the lobby (KQVR)"


# "The east pier after the storm.(Ann Lee)", "… at noon(Source: KQVR)": whose picture it is, with no space before the bracket.
_GLUED_SIGN = re.compile(r"[a-zß-ÿ.!?”\"’]\((?P<who>[A-ZÀ-Þ][^()\d]{2,40})\)$")
_COMMA = re.compile("[,:،\uff0c\uff1a]")


def is_caption(look: Look, above: Look | None) -> bool:
    """True for a line that credits a picture, or that stands below the words that head a caption ("Image caption,")."""
    if look.line.bullet:
        return False
    headed = above is not None and "photo" in above.found.first and above.found.cover >= 0.99 and above.text[-1:] in ",:"
    credited = "photo" in look.found.classes and _PHOTO_CREDIT.search(look.text)
    signed = look.width <= 90 and _OUTLET_END.search(look.text[-12:])
    named = (
        look.case not in ("upper", "none") and look.width <= 220 and _NAMED_END.search(look.text, max(0, len(look.text) - 50))
    )
    owned = look.width <= 220 and (_SAMPLE_END.search(look.text[-30:]) or _OWNED_END.search(look.text[-70:]))
    owned = owned or (look.width <= 160 and _SHOT.search(look.text))
    glued = look.width <= DOUBLED and look.text[-1] == ")" and _GLUED_SIGN.search(look.text[-50:])
    if headed or credited or named or signed or owned or _says_caption(look) or (glued and not is_known_agency(glued["who"])):
        return True
    return bool(_PAIR.search(look.text) or _PLACED.match(look.text))


def is_credit_alone(look: Look) -> bool:
    """True for a line that is nothing but a picture's credit: "Photo: Ann Lee", "© Ann Lee / Hill Wire"."""
    return look.width <= 60 and ("photo" in look.found.first or look.starts == "©") and look.ends != "."


def credits_picture(look: Look) -> bool:
    """True for a picture's credit, alone or behind what the picture shows."""
    return is_credit_alone(look) or is_caption(look, None)


def heads_picture(looks: Sequence[Look], i: int) -> bool:
    """True if what stands right below line `i` is nothing but words for pictures: "Scroll down for video"."""
    below = looks[i + 1] if i + 1 < len(looks) else None
    return below is not None and "photo" in below.found.first and below.found.cover >= 0.99 and len(below.words) >= 2


def _says_caption(look: Look) -> bool:
    """True for a line that begins with "FILE - ", or with "Image caption," and its like in any language, or that ends with
    the outlet's name in capitals behind a bar."""
    if _FROM_FILE.match(look.text) or ("|" in look.text and _PIPED.match(look.text)):
        return True
    if "photo" not in look.found.first or look.width > DOUBLED or not _COMMA.search(look.text[:40]):
        return False
    head = _COMMA.split(look.text, maxsplit=1)[0]
    found = lexicon().look(split_words(head))
    return len(head.split()) >= 2 and found.cover >= 0.99 and "photo" in found.first


_CAPITALS_END = re.compile(r"[.!?]\s(?P<who>[A-ZÀ-Þ]{4,24})$")


OWNER = 8  # letters of an outlet's name that the page's top need not say


def _describes(look: Look) -> bool:
    """True for a picture's credit with what it shows, for those who can't see it, behind it and no stop at its end."""
    return "photo" in look.found.first and look.width >= 50 and look.ends not in ".:" and len(look.words) >= 8


def _ends_owned(look: Look, looks: Sequence[Look]) -> bool:
    """True for a sentence behind which the outlet's name stands in capitals: one of the page's first words, or a long one."""
    found = _CAPITALS_END.search(look.text[-30:])
    if found is None or is_known_agency(found["who"]):
        return False
    return len(found["who"]) >= OWNER or any(re.match(rf"{found['who'].lower()}\b", head.lower) for head in looks[:3])


def _is_credited_first(looks: Sequence[Look], labels: Sequence[str], i: int) -> bool:
    """True for a first line that ends with an agency in brackets as the text's last one does: a picture's, as theirs is."""
    found = _AGENCY_END.search(looks[i].text) if looks[i].width <= 160 and labels[i + 1 : i + 2] == ["body"] else None
    last = max(j for j, label in enumerate(labels) if label == "body")
    return found is not None and last > i + 1 and is_known_agency(found[1]) and looks[last].text.endswith(found[0])


_AGENCY_END = re.compile(r"[.!?][\"”]? \(([^()]{2,24})\)$")


# "A section of the road at Reed Bay yesterday.": what a picture shows and when, without a verb.
_SHOWN = re.compile(
    r"(?=.{12,90}$)[^\W\d_a-zß-ÿ]\w*\s"
    r"(?!.*\b(?:was|were|had|has|have|is|are|said|says|will|would|can|could|may|did|do|does|\w{3,}ed)\b)[^\"“”!?]+"
    r"\b(?:yesterday|today|this (?:week|morning|month)|(?:last|on) (?:week|month|night|\w+day(?: \w+)?)|in (?:19|20)\d\d)\."
)


def _leads(looks: Sequence[Look], labels: Sequence[str], i: int) -> bool:
    """True for the first line of a text that ends with a name, or above "Ann Lee/Harbour Radio": a caption above the text."""
    if "body" in labels[i + 1 : i + 3] and looks[i].width <= 160 and _NAMED_END.search(looks[i].text):
        return True
    below = labels[i - 1 : i + 2] in (["byline", "body", "body"], ["date", "body", "body"])
    if below and _SHOWN.fullmatch(looks[i].text) and not looks[i + 1].text.startswith(looks[i].text):
        return True
    return "body" in labels[i + 2 : i + 9] and bool(_NAME_AND_OUTLET.match(looks[i + 1].text))


# "Image caption The crane at dusk", "Bildunterschrift Der Kran": the words that are read out, and the caption behind them.
TOLD_CAPTION = re.compile(
    r"(?:(?:image|media|picture|photo|video) (?:caption|copyright|source)|bildunterschrift|bildquelle|légende|pie de foto|"
    r"fuente de la imagen|legenda|didascalia|bildtext|подпись к фото|автор фото)[,:]?\s\S",
    re.IGNORECASE,
)


def set_captions_apart(looks: Sequence[Look], labels: Sequence[str]) -> Sequence[str]:
    """A line above the text that credits a picture is its caption and no highlight, and what says what it shows is none."""
    mended = list(labels)
    first = first_of(mended, "body", -1)
    for i, (look, label) in enumerate(zip(looks, labels, strict=True)):
        lead = i == first and look.width <= DOUBLED
        lead = lead and (_leads(looks, labels, i) or _is_credited_first(looks, labels, i))
        if label == "title":
            told = mended.index("title") < i < first
            told = told and (_ends_owned(look, looks) or _says_caption(look) or _describes(looks[i - 1]))
            told = told or (mended.index("title") < i and bool(_PHOTO_END.search(look.text[-70:])))
            inside = i > first >= 0 and labels[i - 2] == "body" and bool(TOLD_CAPTION.match(look.text))
            inside = inside or (labels[i - 1] == "body" and bool(TOLD_CAPTION.match(look.text)))
            mended[i] = "aside" if inside else "furniture" if told else label
        elif label == "body" and _FROM_FILE.match(look.text):
            mended[i] = "furniture" if i == first else "aside"
        elif (label == "highlight" and (is_caption(look, looks[i - 1] if i else None) or _ends_owned(look, looks))) or lead:
            mended[i] = "furniture"
            shown = i > 1 and labels[i - 1] == "highlight" and labels[i - 2] not in ("title", "highlight")
            if shown and not looks[i - 1].line.bullet:
                mended[i - 1] = "furniture"
        elif (
            label == "body" and look.width <= 200 and (_CREDITED_END.search(end := look.text[-70:]) or _SAMPLE_END.search(end))
        ) or (
            label == "body"
            and look.width <= 200
            and (look.ends != "." or _STOPPED_PAIR.search(look.text))
            and _PAIR.search(look.text[-60:])
        ):
            mended[i] = "aside"
            if labels[i - 1] == "body" and _SHOWN_TO_NONE.fullmatch(looks[i - 1].text):
                mended[i - 1] = "aside"
    return mended


# "A woman in a yellow coat points at a map.": what a picture shows, for those who can't see it, as it stands above the caption.
_SHOWN_TO_NONE = re.compile(
    r"(?:An?|Two|Three|Four|Several|People|Men|Women)\s(?!.*\b(?:was|were|had|has|have|said|will|would|\w+ed)\b)[^\"“”]{10,90}"
)


# "[train.jpg]", "[12][image]": what text browsers print in a picture's place.
_FILE = re.compile(
    r"(?:\[\d{1,4}\])?\[?(?:[\w.%-]+\.(?:jpe?g|png|gif|webp|svg)|image|img|inline|bild|foto|photo)\]$", re.IGNORECASE
)


_IN_BRACKETS = re.compile(r"\(([^\s()]{4,20})(?:\s[^\s()]{1,12})?\)$")


def set_owned_apart(looks: Sequence[Look], labels: Sequence[str]) -> Sequence[str]:
    """A line below the headline that ends with the outlet's name in brackets, which is credited elsewhere, is a caption."""
    told = (look for look, label in zip(looks, labels, strict=True) if label == "credit" or "srcword" in look.found.first)
    credited = " ".join(look.text for look in told if look.width <= 60)
    mended = list(labels)
    begun = first_of(labels, "body", 0)
    for i in range(1, len(looks)):
        found = _IN_BRACKETS.search(looks[i].text) if labels[i] == "highlight" and labels[i - 1] == "title" else None
        if found and found[1] in credited:
            mended[i] = "furniture"
        stood = labels[i] in ("highlight", "body") or (labels[i] == "title" and "title" in labels[:i])
        above = stood and i <= begun and labels[i + 1 : i + 2] in (["body"], ["highlight"]) and looks[i + 1].long
        behind = _NAME_BEHIND.search(looks[i].text) if above and looks[i].width <= 160 else None
        if behind and _is_outlets(behind["who"], looks, i):
            mended[i] = "furniture"
    return mended


_NAME_BEHIND = re.compile(r"[^\W\d_][।.!?]\s(?P<who>[^\s।.!?|]+(?: [^\s।.!?|]+){1,2})$")  # "The lane at noon. Harbour Times"


def _is_outlets(name: str, looks: Sequence[Look], i: int) -> bool:
    """True if the text below line `i` begins with the name, one of the page's first lines is it or a notice's end holds it."""
    heads = {look.text for look in looks[:4]}
    noticed = any(look.starts == "©" and name in look.text for look in looks)
    return looks[i + 1].text.startswith(f"{name} ") or name in heads or noticed


def _shows(look: Look) -> bool:
    """True for what stands in a picture's place, or for an agency alone on a line, whose picture it is."""
    return bool(_FILE.match(look.text)) or ("agency" in look.found.first and look.found.cover >= 0.99 and look.width <= 12)


def set_filed_apart(looks: Sequence[Look], labels: Sequence[str]) -> Sequence[str]:
    """A short line without a stop right below a picture's file is its caption, and so is one above a credit in square brackets
    that was glued to the text."""
    headed = first_of(labels, "title", len(labels))
    glued = {i - 2 for i in range(2, len(looks)) if looks[i].line.glued and looks[i - 1].starts == "["}
    return [
        "furniture"
        if (label == "highlight" or (label == "title" and i > headed))
        and i
        and look.ends != "."
        and ((not look.line.blanks and _shows(looks[i - 1])) or (i in glued and not looks[i + 1].line.blanks))
        else label
        for i, (look, label) in enumerate(zip(looks, labels, strict=True))
    ]


_COUNTER = re.compile(r"\(?\d{1,3}\s?(?:/|of|von|de|sur|di|van|av|из|z)\s?\d{1,3}\)?$", re.IGNORECASE)


def set_counted_apart(looks: Sequence[Look], labels: Sequence[str]) -> Sequence[str]:
    """What stands right below a gallery's counter ("1/4") above the text is a caption, and a list under "Related" is links."""
    first = next((i for i, look in enumerate(looks) if labels[i] == "body" and look.long), 0)
    mended = list(labels)
    linked = False
    for i in range(1, first):
        linked = looks[i].ends != "." and (linked or "related" in looks[i].found.first) and mended[i] not in ("title", "byline")
        if mended[i] == "body" and re.fullmatch(r"\d{1,3}\s[^\W\d_]{2,10}\.?", looks[i].text):
            mended[i] = "furniture"  # "2 min"
        if (
            mended[i] == "body"
            and looks[i].ends == ":"
            and looks[i].width <= 24
            and looks[i].case == "none"
            and "body" not in mended[:i]
        ):
            mended[i] = "furniture"
        counted = bool(_COUNTER.fullmatch(looks[i - 1].text))
        if mended[i] in ("body", "highlight") and (counted or (linked and mended[i] == "body" and "body" not in mended[:i])):
            mended[i] = "furniture"
    return mended


# "Ann Lee/Harbour Mail" alone on a line credits a picture.
_NAME_AND_OUTLET = re.compile(
    r"[A-ZÀ-Þ][\w'’.-]+(?: [A-ZÀ-Þ][\w'’.-]+){1,3}\s?/\s?[A-ZÀ-Þ][\w&'’.-]*(?: [A-ZÀ-Þ][\w&'’.-]*){0,3}$"
)
_AGENCY_AND_NAME = re.compile(r"[A-Z]{3,12}\s?/\s?[A-ZÀ-Þ][\w'’.-]+(?: [A-ZÀ-Þ][\w'’.-]+){1,2}$")  # "KEYSTONE/Ann Lee"


SHOWN = 50  # columns that a sentence below a picture's credit has at most, if it says what the picture shows


def set_credited_apart(looks: Sequence[Look], labels: Sequence[str]) -> Sequence[str]:
    """A line above the text that is nothing but "name/outlet" credits a picture; one sentence beside it says what it shows."""
    texts = [i for i, look in enumerate(looks) if labels[i] == "body" and look.long]
    texts = texts[1:] if texts and labels[texts[0] + 1 : texts[0] + 2] == ["byline"] else texts  # the first is a standfirst
    first = texts[0] if texts else 0
    mended = list(labels)
    for i in range(1, first):
        below = looks[i + 1]
        shows = (below.width <= SHOWN and below.ends == ".") or (looks[i].starts == "©" and below.width <= 2 * SHOWN)
        if (
            is_credit_alone(looks[i])
            and (mended[i + 1] in ("body", "highlight") or (mended[i + 1] == "title" and "title" in mended[:i]))
            and shows
            and i + 1 < first
            and not below.line.bullet
        ):
            mended[i + 1] = "furniture"
        written = labels[i] == "byline" and "byword" in looks[i].found.classes
        above = labels[i - 1] in ("body", "furniture") and looks[i - 1].ends == "." and not looks[i - 1].long
        owned = _NAME_AND_OUTLET.match(looks[i].text) or (above and _AGENCY_AND_NAME.match(looks[i].text))
        if labels[i] == "title" or written or not owned or looks[i].width > 60:
            continue
        mended[i] = "furniture"
        shown = mended[i - 1] == "furniture" and looks[i - 1].ends == "." and looks[i - 1].width >= 25
        for j in () if shown else (i - 1, i + 1):
            second = mended[j] == "title" and "title" in mended[:j] and "byline" in mended[mended.index("title") : j]
            told = second or mended[j] in ("body", "highlight")
            if told and j < first and not looks[j].long and not looks[j].line.bullet:
                mended[j] = "furniture"
                break
    return mended


DOUBLED = 220  # columns of a caption at most


def set_doubled_apart(looks: Sequence[Look], labels: Sequence[str]) -> Sequence[str]:
    """A line of the text that is printed twice in a row is a caption: once for the picture, once for those who can't see it.
    So is one that was taken for a headline or a standfirst, below a headline and its credits."""
    mended = list(labels)
    first = first_of(mended, "body", 0)
    head = first_of(mended, "title", first)
    for i, (look, label) in enumerate(zip(looks, labels, strict=True)):
        below = i < first and label in ("title", "highlight") and bool({"byline", "date"} & set(labels[head:i]))
        if (label == "body" or below) and look.width <= DOUBLED and look.lower in {near.lower for near in _beside(looks, i)}:
            mended[i] = "aside" if label == "body" else "furniture"
    return mended


def _beside(looks: Sequence[Look], i: int) -> list[Look]:
    """The lines next to line `i`, and those behind a picture's credit there ("Ann Lee/Harbour Mail")."""
    near = [*looks[max(0, i - 1) : i], *looks[i + 1 : i + 2]]
    if i > 1 and "/" in looks[i - 1].text and _NAME_AND_OUTLET.match(looks[i - 1].text):
        near.append(looks[i - 2])
    return near


def set_glued_captions_apart(looks: Sequence[Look], labels: Sequence[str]) -> Sequence[str]:
    """A line above the text to whose end "© name" is glued is a picture's."""
    mended = list(labels)
    for i, look in enumerate(looks[1:], 1):
        first = labels[i - 1] == "body" and "body" not in labels[: i - 1] and "body" in labels[i + 1 : i + 5]
        if first and look.line.glued and look.starts == "©":
            mended[i - 1 : i + 1] = ["furniture", "furniture"]
    return mended
