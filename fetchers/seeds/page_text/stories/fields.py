"""Lists of named fields around a text, as databases of papers print them: "HEADLINE: …", "Author: …", one document or more."""

from __future__ import annotations

import re
from collections.abc import Sequence
from itertools import pairwise

from fetchers.seeds.page_text.lines.looks import Look
from fetchers.seeds.page_text.lines.positions import first_of
from fetchers.seeds.page_text.saved.field_codes import CODE, LEAST_CODES

_FIELDS = {
    "credit": "source|publication|publication title|journal|newspaper|quelle|fuente|título de (?:la )?publicación|"
    "título da publicação|titre de la publication|titel der publikation|publikationstitel|zeitung|testata|tytuł publikacji|"
    "источник|издание|掲載紙|新聞名|報紙名稱",
    "title": "title|headline|titel|titre|título|titolo|tytuł|заголовок|標題|题名|見出し",
    "byline": "byline|authors?|by-line|autor(?:es|\\(es\\))?|auteurs?|autore|autori|verfasser|автор|作者|著者",
    "date": "date|publication date|published|date of publication|datum|fecha|data|fecha de publicación|data de publicação|"
    "date de publication|veröffentlichungsdatum|erscheinungsdatum|data di pubblicazione|data publikacji|"
    "dato|tarih|дата|التاريخ|تاريخ|दिनांक|तारीख|日付|日期",
    "furniture": "section|edition|page|pages|length|document type|language|dateline|body|full text|article text|text|load-date|"
    "graphic|subject|word count|place|copyright|record number|issn|estimated printed pages|caption|classification|"
    "publication-type|publication type|abstract|geographic|organization|industry|journal-code|database|publisher|"
    "last updated|resumen|resumo|résumé|zusammenfassung|materia|assunto|sujet|schlagwörter|lugar|páginas|sección|seção|"
    "rubrik|ressort|seite|editorial|lugar de publicación|país de publicación|año de publicación|tipo de fuente|"
    "idioma(?: de la publicación)?|última actualización|base de datos|texto completo|texte intégral|volltext|testo completo|"
    "pełny tekst|полный текст|全文|本文",
}
FIELD = re.compile(
    "(?:" + "|".join(f"(?P<{kind}>{names})" for kind, names in _FIELDS.items()) + r")\s?[:\uff1a]\s*(?P<value>.*)$",
    re.IGNORECASE,
)
LEAST = 4  # fields that make a list
PLACE_LINE = re.compile(r"dateline\s?:\s*(?P<place>\S.{1,40})$", re.IGNORECASE)
_TEXT = re.compile(
    r"(?:body|full text|article text|text|texto completo|texte intégral|volltext|testo completo|pełny tekst|полный текст|全文|"
    r"本文)\s?[:\uff1a]?$",
    re.IGNORECASE,
)
# What parts the documents of one export.
_BOUNDARY = re.compile(
    r"(?:end of document|(?:document|dokument|documento)\s\d+\s(?:of|von|de|sur|di)\s\d+|\d+\sof\s\d+\sdocuments?)$",
    re.IGNORECASE,
)
# Codes that Dow Jones sets before the parts of a document.
_CODES = {"HD": "title", "BY": "byline", "CR": "credit", "SN": "credit", "PD": "date", "LP": "body", "TD": "body"}
_CODE = re.compile(CODE + "$")


def mark_fields(looks: Sequence[Look], labels: Sequence[str]) -> Sequence[str]:
    """On a page of such lists the lines of fields are what they say, and what a document calls its text is that."""
    codes = {i: look.text for i, look in enumerate(looks) if look.width <= 3 and _CODE.match(look.text)}
    if len(codes) >= LEAST_CODES and {"HD", "LP"} <= set(codes.values()):
        return _mark_codes(looks, codes)
    if not _is_exported(looks):
        return labels
    mended = list(labels)
    for i, look in enumerate(looks):
        found = _field_of(look)
        kind = _kind(found) if found else None
        if not found or not kind or labels[i] in ("author", "meta", "comment"):
            continue
        mended[i] = kind if found["value"] else "furniture"
        if kind == "furniture" and "body" in mended[:i]:
            mended[i] = "aside"
    texts = [i for i, look in enumerate(looks) if _TEXT.match(look.text)]
    parted = any(_BOUNDARY.match(look.text) for look in looks)
    return _mark_documents(looks, mended, texts) if texts and (parted or len(texts) > 1) else mended


def _field_of(look: Look) -> re.Match[str] | None:
    named = look.width <= 160 and (":" in look.text or "\uff1a" in look.text)
    return FIELD.match(look.text) if named else None


def _is_exported(looks: Sequence[Look]) -> bool:
    """True for a page with as many lines of named fields as no other page has, several of them what only databases name."""
    found = [match for look in looks if (match := _field_of(look))]
    kinds = {_kind(match) for match in found}
    return len(found) >= LEAST and bool({"title", "byline"} & kinds) and sum(_kind(one) == "furniture" for one in found) >= 2


def _kind(match: re.Match[str]) -> str:
    return next(kind for kind in _FIELDS if match[kind])


def _mark_codes(looks: Sequence[Look], codes: dict[int, str]) -> list[str]:
    mended = ["furniture"] * len(looks)
    for i, end in pairwise([*codes, len(looks)]):
        kind = _CODES.get(codes[i], "furniture")
        last = end == len(looks)
        mended[i + 1 : end] = ["furniture" if last else kind] * (end - i - 1)
    begun = first_of(mended, "body", len(mended))
    return ["aside" if label == "furniture" and i > begun else label for i, label in enumerate(mended)]


def _mark_documents(looks: Sequence[Look], labels: list[str], texts: Sequence[int]) -> list[str]:
    """Label what stands between the lists of several documents: texts below "Body", headlines and papers above it."""
    begin = 0
    for text, following in pairwise([*texts, len(looks)]):
        begin = next((i + 1 for i in range(text, begin, -1) if _BOUNDARY.match(looks[i].text)), begin)
        end = next((i for i in range(text + 1, following) if _ends_text(looks[i])), following)
        _mark_head(looks, labels, range(begin, text))
        labels[text] = "furniture"
        labels[text + 1 : end] = ["body"] * (end - text - 1)
        begin = end
        for i in range(end, following):
            labels[i] = labels[i] if labels[i] in _FIELDS and labels[i] != "furniture" and _field_of(looks[i]) else "aside"
    return labels


def _ends_text(look: Look) -> bool:
    return bool(_BOUNDARY.match(look.text) or (_field_of(look) and look.width <= 120) or look.lower == "classification")


def _mark_head(looks: Sequence[Look], labels: list[str], lines: range) -> None:
    """Label the lines above a document's text that are no fields: a headline, a paper, a date, whose copyright it is."""
    headed = any((found := _field_of(looks[i])) is not None and _kind(found) == "title" for i in lines)
    for i in lines:
        found, look = _field_of(looks[i]), looks[i]
        if found:
            labels[i] = _kind(found) if found["value"] else "furniture"
        elif look.dates and look.rest <= 30:
            labels[i] = "date"
        elif look.lower.startswith(("copyright", "©", "(c)")):
            labels[i] = "credit"
        elif not headed and len(look.words) >= 3:
            labels[i], headed = "title", True
        else:
            labels[i] = "credit" if labels[i - 1 : i] in (["title"], ["credit"]) and look.width <= 60 else "furniture"


def field_kind(name: str) -> str | None:
    """What a field of that name holds: "date" of "Datum"; None if no field is called so."""
    found = FIELD.match(f"{name}:")
    return _kind(found) if found else None


def without_field(text: str) -> str:
    """What a line of a named field says."""
    found = FIELD.match(text)
    named = found is not None and bool(found["value"]) and _kind(found) != "furniture"
    other = text.lower().startswith(("source", "quelle", "fuente", "dat", "fecha", "источник"))
    return found["value"].strip() if found and named and not other else text


# "Lee, Ann": as catalogues name a writer.
_SURNAME_FIRST = re.compile(r"[^\W\d_a-z][^\d,;:|()]*[^\W\d_A-Z], [^\W\d_a-z][^\d,;:|()]*[^\W\d_A-Z.]\.?")


def writer_of_field(text: str) -> str | None:
    """The writer that a field names, as printed, if the surname stands first: "Author: Lee, Ann"."""
    found = FIELD.match(text) if "," in text else None
    value = found["value"].strip() if found and _kind(found) == "byline" else ""
    return value if _SURNAME_FIRST.fullmatch(value) else None


_PICTURES = (
    r"(?:pictures?|photos?|photographs?|photography|images?|fotos?|fotografie|fotografía|bilder|billeder|photographies|"
    r"zdjęcia|фото|video|illustrations?)"
)
_BY = r"(?:\s?:|\s(?:by|von|par|por|di|de|door|av|af))\s+"
_WORDS = re.compile(
    rf"(?:{_PICTURES}{_BY}[^:|\d]{{2,40}}?\s?[.,;|/·–-]?\s+)?"
    r"(?:words|haber|metin|text|texte|textes|texto|testo|tekst|story|report|written|reported|ord|текст)"
    rf"(?:\s(?:and|und|et|y|e|og|och|en|&|и)\s{_PICTURES})?{_BY}"
    r"(?P<who>(?-i:[^\W\d_a-z])[\w'’.-]*(?:\s[^\W\d_][\w'’.-]*){1,3}?)"
    rf"(?:\s?[.,;|/·–-]?\s+{_PICTURES}{_BY}.{{2,60}})?",
    re.IGNORECASE,
)


def writer_of_words(text: str) -> str | None:
    """Who wrote, in a line that also tells who took the pictures, or might: "Words: Ann Lee. Pictures: Harbour Board"."""
    found = _WORDS.fullmatch(text) if len(text) <= 160 else None
    return found["who"].rstrip(".") if found else None
