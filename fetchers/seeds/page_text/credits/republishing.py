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


# That a text came from an agency and nobody worked on it: "(This story has not been edited by our staff …)".
_UNEDITED = re.compile(
    r"[(\[*]{0,2}\s?(?:"
    r"(?:this|the) (?:story|article|report|copy|news|item)\b.{0,60}\b(?:edited by|syndicated|auto-?generated|news agency feed)|"
    r"(?:यह|ये|इस) (?:खबर|ख़बर|समाचार|लेख|स्टोरी|आर्टिकल)(?!\w).{0,90}(?:एजेंसी|फीड|फ़ीड|संपादि|सम्पादि|शीर्षक)|"
    r"bu (?:haber|içerik)\b.{0,60}\bajans\w* taraf\w+|"
    r"diese[rs]? (?:meldung|beitrag|artikel|text)\b.{0,60}\b(?:agentur|automatisch|redaktion)\w*\s.{0,40}(?:bearbeitet|"
    r"übernommen)|"
    r"(?:cette dépêche|cet article|ce contenu)\b.{0,60}\b(?:pas été modifié|automatiquement|agence)|"
    r"est[ae] (?:nota|noticia|artículo|información|notícia|artigo|conteúdo)\b.{0,60}\b(?:no ha sido editad|não foi editad|"
    r"agencia|agência|automátic)|"
    r"এই (?:খবর|প্রতিবেদন)(?!\w).{0,90}(?:সম্পাদ|এজেন্সি|ফিড)|(?:یہ|اس) خبر\s.{0,60}ایجنسی)",
    re.IGNORECASE,
)


def tells_unedited(text: str) -> bool:
    """True for a sentence that says that a text stands as an agency sent it."""
    return len(text) <= 260 and _UNEDITED.match(text) is not None
