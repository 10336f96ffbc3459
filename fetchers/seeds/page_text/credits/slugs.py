"""What a dateline says, and those of Chinese, Japanese and Korean papers, which stand in brackets or end with a day."""

from __future__ import annotations

import re
from dataclasses import dataclass

from fetchers.seeds.page_text.credits.agencies import find_agency, is_agency, is_known_agency
from fetchers.seeds.page_text.credits.partial_dates import is_partial_date
from fetchers.seeds.page_text.credits.towns import could_be_place
from fetchers.seeds.page_text.lines.lexicon import lexicon, split_words
from newsdesk.countries.gazetteer import is_place
from newsdesk.dates import month_names

_CJK_SLUG = re.compile(
    r"^[【(\uff08\[]?\s?(?P<agency>[^\s\d,、。【】()]{0,8}?(?:社|通讯|网|報|报|共同|時事))?\s?(?P<place>[\u3400-\u9fff\u30a0-\u30ff・]{2,10}?)"
    r"(?:\d{1,2}月)?\d{1,2}日(?:电|電|讯|訊|=)\s?[】)\uff09\]]?\s?(?:[(\uff08](?:记者|記者)?\s?(?P<byline>[^()\uff08\uff09]{2,"
    r"24})[)\uff09])?\s?[\uff1a:]?\s?"
)
_BRACKET_SLUG = re.compile(
    r"^[【(\uff08\[](?P<place>[^=\uff1d()【】]{1,16})\s?[=\uff1d]\s?(?P<who>[^=()【】\uff08\uff09]{1,20})[】)\uff09\]]\s?"
    r"(?:(?P<name>[^\s=]{2,12}(?:\s[^\s=]{2,6})?)\s?(?:기자|특파원|記者)\s?=\s?)?"
)


@dataclass(frozen=True, slots=True)
class Slug:
    """What stood before the first paragraph's text: `rest` is the text without it."""

    rest: str
    place: str | None = None
    agency: str | None = None
    byline: str | None = None
    date: str | None = None


_KOREAN_OUTLET = re.compile("[가-힣A-Z]{1,8}(?:뉴스|신문|일보|통신|방송|경제|타임스|투데이|저널|미디어)")
_REPORTED_SLUG = re.compile(
    r"[【(\uff08](?P<agency>[^\s\d記记]{2,6}?)[記记]者(?P<byline>[\u3400-\u9fff]{3})(?P<place>[\u3400-\u9fff]{2,8}?)\d{1,2}日[^)\uff09]{0,4}[電电][)\uff09】]\s?"
)
_KYODO_SLUG = re.compile(
    r"^【(?P<place>[\u3400-\u9fff\u30a0-\u30ff・]{2,12}?)\s?(?P<agency>(?:AFP)?(?:共同|時事|ロイター)(?:通信)?)】\s?"
)
_TAIWAN_SLUG = re.compile(
    r"^[〔【\[(\uff08]?記者(?P<byline>[\u3400-\u9fff]{2,4})\s?[／/]\s?(?P<place>[\u3400-\u9fff]{2,6})(?:報導|電)[〕】\])\uff09]?\s?"
)
_OWN_SLUG = re.compile(
    r"^(?:本(?:报|網|网|台|刊|報)|(?P<paper>[\u3400-\u9fff]{2,8}(?:报|報|网|網|客户端|新闻))(?=[讯訊][(\uff08]))(?:讯|訊)?\s?(?:[(\uff08](?:记者|"
    r"記者|通讯员)\s?(?P<in>[\u3400-\u9fff]{2,4})(?:报道|報導)?[)\uff09]"
    r"|(?:记者|記者)\s?(?P<bare>[\u3400-\u9fff]{2,3}?)\s?(?:报道|報導))[\uff1a:]?\s?"
)
# "（槟城讯）", "(吉隆坡5日讯)": how Chinese papers of South-East Asia say where a story is from.
_NEWS_SLUG = re.compile(r"^[(\uff08](?P<place>[\u3400-\u9fff]{2,6}?)(?:\d{1,2}日)?[讯訊][)\uff09]\s?")


# "จาการ์ตา 19 ส.ค.- …": town, day and month, as Thailand's agency prints them.
_THAI_SLUG = re.compile(
    r"(?P<place>[\u0e00-\u0e7f]{2,20}) \d{1,2} [\u0e00-\u0e7f]{1,3}\.[\u0e00-\u0e7f]{1,2}\.\s?[-–—]+\s?(?=.{20})"
)


# "[남해뉴스 김나래 기자] …": who wrote it, in brackets before the text.
_KOREAN_SIGN = re.compile(
    "[\\[【](?P<agency>[가-힣A-Za-z]{2,12}) (?P<byline>[가-힣]{2,4}) ?(?:기자|특파원|인턴기자)[\\]】] ?(?=.{10})"
)


def _could_be_town(text: str) -> bool:
    return bool(re.fullmatch(r"[\u3400-\u9fff]{2,3}", text)) and not lexicon().look(split_words(text)).classes


# "(CNN)A robot …", "London (CNN)A robot …": an acronym in brackets that the first word is glued to.
_GLUED = re.compile(
    r"(?:(?P<place>[A-ZÀ-Þ][\w.'’-]{2,20}(?:,? [A-ZÀ-Þ][\w.'’-]{1,20}){0,3}) )?\((?P<agency>[A-Z]{2,5}(?: [A-Z][a-z]{3,9})?)\)"
    r"(?=[“\"]?[A-ZÀ-Þ][\w'’]*\s)"
)


def glued_slug(text: str) -> Slug | None:
    """The slug that a paragraph's first word is glued to."""
    found = _GLUED.match(text) if text[:1] == "(" or "(" in text[:80] else None
    return Slug(text[found.end() :], found["place"], found["agency"], None, None) if found else None


def unspaced_slug(text: str) -> Slug | None:
    """Datelines of Chinese, Japanese and Korean agencies, which stand in brackets or end with a day and 电."""
    placed = re.match(r"【(?P<place>[^】\d]{1,8})】\s?(?=.{20})", text)
    if placed and (is_place(placed["place"]) or _could_be_town(placed["place"])):
        return Slug(text[placed.end() :], placed["place"])
    thai = _THAI_SLUG.match(text)
    if thai:
        return Slug(text[thai.end() :], thai["place"])
    news = _NEWS_SLUG.match(text)
    if news:
        return Slug(text[news.end() :], news["place"])
    local = _TAIWAN_SLUG.match(text)
    if local and len(text) - local.end() > 10:
        return Slug(text[local.end() :], local["place"], None, local["byline"])
    reported = _REPORTED_SLUG.match(text) or _KOREAN_SIGN.match(text)
    if reported:
        place = reported.groupdict().get("place")
        return Slug(text[reported.end() :], place, reported["agency"], reported["byline"])
    own = _OWN_SLUG.match(text)
    if own and len(text) - own.end() > 10:
        return Slug(text[own.end() :], agency=own["paper"], byline=own["in"] or own["bare"])
    kyodo = _KYODO_SLUG.match(text)
    if kyodo:
        return Slug(text[kyodo.end() :], kyodo["place"], kyodo["agency"])
    found = _CJK_SLUG.match(text)
    if found:
        return Slug(text[found.end() :], found["place"], found["agency"], found["byline"])
    found = _BRACKET_SLUG.match(text)
    if found and len(text) - found.end() > 10:
        agency = find_agency(found["who"]) or (found["who"] if _KOREAN_OUTLET.fullmatch(found["who"]) else None)
        byline = found["name"] or (None if agency else found["who"])
        return Slug(text[found.end() :], found["place"].strip(), agency, byline)
    return None


# "الكويت - 19 - 2 (كونا) -- …": day and month in figures between place and agency.
_DAY_AND_MONTH = re.compile(
    r"(?P<place>[^\W\d_][^\d()-]{1,24}?)\s?[-–]\s?\d{1,2}\s?[-–/]\s?\d{1,2}\s?\((?P<agency>[^()\d]{2,14})\)\s?[-–—]{1,2}\s?(?=\S)"
)
# "الخليل 9-11-2020 وفا- …": the whole date in figures between place and agency.
_DATE_AND_AGENCY = re.compile(
    r"(?P<place>[^\W\d_][^\d()-]{1,24}?)\s[-–]?\s?\d{1,2}[-/]\d{1,2}[-/]\d{4}\s(?P<agency>[\u0600-\u06ff]{2,12})\s?[-–—]{1,2}\s?(?=\S)"
)


# "MADRID, 9 (EUROPA PRESS) …": the day of the month alone.
_DAY_ALONE = re.compile(
    r"(?P<place>[A-ZÀ-Þ][^\d(),.]{2,30}?),? \d{1,2} \((?P<agency>[^()\d]{2,20})\)\s?[.–—-]{0,2}\s?(?=[^\W_a-zß-ÿ]|[«“\"¿])"
)


# "بغداد - واع: …": the town, a dash, one word and a colon, as Arab papers print whose text it is.
_ARABIC_PAIR = re.compile(
    r"(?P<place>[\u0600-\u06ff]{3,12}(?: [\u0600-\u06ff]{3,12})?)\s?[-–—]\s?"
    r"[«\"(]?(?P<agency>[\u0600-\u06ff]{2,12})[»\")]?\s?:\s?(?=.{40})"
)
# "Gurnau (red). Die …": the town and the sign of those who worked on the text, and a stop.
_HAND = re.compile(
    r"(?P<place>[^\W\d_a-z][\w'’.-]{2,24}(?: [^\W\d_a-z][\w'’-]{2,24})?) \((?P<agency>[a-zäöü]{2,5}(?:/[a-zäöü]{2,5})?)\)\.\s"
    r"(?=[«„“\"]?[^\W_a-zß-ÿ].{40})"
)


# "کراچی (اسٹاف رپورٹر) …": the town and what the writer is, as Urdu papers begin.
_UNCASED_AND_ROLE = re.compile(
    r"(?P<place>[\u0590-\u0dff]{2,14}(?: [\u0590-\u0dff]{2,14})?),? ?\((?P<role>[\u0590-\u0dff ]{4,30})\)[ :।۔-]{0,3}(?=.{40})"
)
# "الرياض 27 سبتمبر 2017 واس …": town, date and agency with nothing between them.
_ARABIC_ROW = re.compile(
    r"(?P<place>[\u0600-\u06ff]{3,12}(?: [\u0600-\u06ff]{3,12})?)،? (?:في )?"
    r"\d{1,2} [\u0600-\u06ff]{3,9}(?: [\u0600-\u06ff]{3,9})? "
    r"(?:\d{4} ?م? )?(?P<agency>[\u0600-\u06ff]{2,8}) (?=.{40})"
)


def paired_slug(text: str) -> Slug | None:
    """The town and whose text it is, with a colon or in brackets and with a stop."""
    pair = _ARABIC_PAIR.match(text)
    if pair:
        return Slug(text[pair.end() :], pair["place"], pair["agency"])
    row = _ARABIC_ROW.match(text)
    if row and is_known_agency(row["agency"]):
        return Slug(text[row.end() :], row["place"], row["agency"])
    written = _UNCASED_AND_ROLE.match(text)
    told = lexicon().look(split_words(written["role"])) if written else None
    if written and told and told.cover >= 0.6 and "byword" in told.first:
        return Slug(text[written.end() :], written["place"])
    hand = _HAND.match(text)
    if not hand or lexicon().look(split_words(hand["place"])).cover:
        return None
    agencies = [part for part in hand["agency"].split("/") if is_known_agency(part)]
    return Slug(text[hand.end() :], hand["place"], agencies[0] if agencies else None)


def numbered_slug(text: str) -> Slug | None:
    """A dateline that holds its day in figures, or the whole date."""
    alone = _DAY_ALONE.match(text)
    dayless = alone is not None and alone["place"].split()[-1].lower() not in month_names()  # not "Dublin May 2 (PA)"
    if alone and dayless and is_known_agency(alone["agency"]) and could_be_place(alone["place"]):
        return Slug(text[alone.end() :], alone["place"], alone["agency"])
    found = _DAY_AND_MONTH.match(text) or _DATE_AND_AGENCY.match(text)
    return Slug(text[found.end() :], found["place"], found["agency"]) if found else None


# "Киев. 27 сентября. УНН. …", "Rīga, 27. sept., LETA. …": town, day and agency, and a stop
_FILED = re.compile(
    r"(?P<place>[^\W\d_][^.,()]{2,30})[.,]\s(?P<day>[^()]{3,24}?)[.,]{1,2}\s(?:[Kk]orr?\.\s)?(?P<agency>[^\W\d_][\w-]{1,14}(?:\.[A-Za-z]{2,3})?"
    r"(?: [^\W\d_]\w{2,12})?)(?:\.|\s?[-–—])\s+(?=[«„“\"(]?[^\W_a-zа-яёіїєß-ÿ])"
)


def filed_slug(text: str) -> Slug | None:
    """The dateline that has nothing but stops between town, day and agency."""
    found = _FILED.match(text)
    if not found or not is_partial_date(found["day"]) or not could_be_place(found["place"]):
        return None
    return Slug(text[found.end() :], found["place"], found["agency"]) if is_agency(found["agency"]) else None


_FIRST_AGENCY = re.compile(r"(?P<agency>[^\s/]{2,14})\s?/\s?(?P<place>[^/\s\d-]{2,20}(?:\s[^/\s\d-]{2,20})?)\s?[-–—:]\s?(?=\S)")
_FIRST_UNCASED = re.compile(r"(?P<agency>[\u0590-\u06ff]{2,14})/(?P<place>[\u0590-\u06ff]{2,14}) (?=.{40})")


def agency_first_slug(text: str) -> Slug | None:
    """The agency, a slash and the place, as Iran's agencies print them: "ایسنا/یزد - …", or with no dash."""
    found = _FIRST_AGENCY.match(text)
    if found and is_known_agency(found["agency"]) and could_be_place(found["place"]):
        return Slug(text[found.end() :], found["place"], found["agency"])
    found = _FIRST_UNCASED.match(text)
    if found and is_known_agency(found["agency"]):
        return Slug(text[found.end() :], found["place"], found["agency"])
    return None


# "JINJA, Uganda | URN | …"
_BARRED = re.compile(r"(?P<place>[^|.]{3,40}?) \| (?P<agency>[A-ZÀ-Þ][^|.]{1,24}?) \| (?=.{40})")


def barred_slug(text: str) -> Slug | None:
    """The town, whose text it is, and upright strokes behind both."""
    found = _BARRED.match(text)
    placed = found is not None and could_be_place(found["place"]) and is_place(found["place"].partition(",")[0])
    return Slug(text[found.end() :], found["place"], found["agency"]) if found and placed else None


# "भोपाल। …": the town and a stop, as Hindi papers begin.
_DANDA = re.compile("(?P<place>[\u0900-\u0963]{2,14}(?: [\u0900-\u0963]{2,14})?)। ?(?=.{40})")


# "जागृति संवाददाता, बलिया। …", "संवाद सूत्र, मऊ: …": a paper's own reporter and the town.
_OWN_REPORTER = re.compile(
    "(?:[\u0900-\u0963]{2,14} ){0,2}(?:संवाददाता|संवाद सूत्र|संवाद सहयोगी|प्रतिनिधि|ब्यूरो), "
    "(?P<place>[\u0900-\u0963]{2,14}(?: [\u0900-\u0963]{2,14})?)(?:।|:| :) ?(?=.{40})"
)


def danda_slug(text: str) -> Slug | None:
    """The town and a stop, or a paper's own reporter before both, as Hindi papers begin."""
    own = _OWN_REPORTER.match(text)
    if own:
        return Slug(text[own.end() :], own["place"])
    found = _DANDA.match(text)
    if not found or lexicon().look(split_words(found["place"])).cover:
        return None
    return Slug(text[found.end() :], found["place"]) if " " not in found["place"] or is_place(found["place"]) else None
