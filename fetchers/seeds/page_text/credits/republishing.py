"""Whose text a page prints again: what its last line says of where the text was published first."""

from __future__ import annotations

import re

_WHAT = r"This (?:report|story|article|piece|post|column|essay)"
_FIRST_PUBLISHED = re.compile(
    rf"{_WHAT} (?:by|from) (?P<who>[^.,;]{{2,40}}?) was (?:first|originally) published\b.{{0,60}}$|"
    r"(?:First|Originally) published (?:in|by) (?P<paper>[^.,;]{3,40})(?:,.{0,40})?$|"
    rf"{_WHAT} (?:first|originally) (?:appeared|ran) (?:on|in|at) (?P<first>[^.,;:]{{3,40}})(?:[:.].{{0,160}})?$|"
    rf"{_WHAT} (?:was|is|has been) (?:(?:first|originally) published|(?:re)?published|reproduced) (?:by|from|courtesy of) "
    r"(?P<by>[^\W\d_a-z][^.,;:]{1,40}?)(?: (?:and|with|under|as part of|here|on)\b.{0,120})?\.?$"
)
# "Este artículo fue publicado originalmente por Agencia Lagunar.", "Dieser Artikel erschien zuerst bei …"
_FIRST_ABROAD = re.compile(
    r"(?:(?:Este|Esta|Cet|Cette|Questo|Questa|Dieser?|Dieses|Dit|Deze|Denne|Dette|Den här) "
    r"(?:artículo|historia|nota|texto|reportaje|artigo|reportagem|matéria|article|texte|reportage|Artikel|Text|Beitrag|Bericht|"
    r"articolo|testo|artikel|verhaal|stuk|artikkelen|saken|artiklen|artikeln|texten)|Artikkelen|Artikeln|Artiklen) "
    r"(?:fue|ha sido|foi|a été|a d['’]abord été|è stato|è stata|ist|wurde|werd|is|erschien|verscheen|ble|blev)?\s?"
    r"(?:(?:publicad[oa]|publiée?|pubblicat[oa]|originalmente|initialement|originariamente|"
    r"inicialmente|primeiro|zuerst|ursprünglich|erstmals|eerder|oorspronkelijk|eerst|först|først|publicerades|publisert|"
    r"publiceret|gepubliceerd|veröffentlicht|erschienen)\s){1,3}"
    r"(?:por|pela|pelo|par|da|dalla|dal|von|bei|im|in|en|em|no|na|su|sur|dans|auf|door|op|av|af|i|på|hos) (?:der |dem |de )?"
    r"(?P<who>[^\W\d_][^.,;:]{1,40}?)(?: (?:publicad[oa]|veröffentlicht|gepubliceerd|erschienen)|"
    r" (?:y|et|e|und|en|og|och)\s.{0,120})?\.?$"
)


def read_first_published(text: str) -> str | None:
    """The agency of "This report by … was first published May 4, 2024."."""
    found = _FIRST_PUBLISHED.match(text.strip())
    abroad = None if found else _FIRST_ABROAD.match(text.strip())
    if abroad:
        return abroad["who"]
    return next(filter(None, found.groups()), None) if found else None
