"""Datelines as agencies of many countries print them: what stands around the town, the day and the agency."""

from __future__ import annotations

import pytest

from fetchers.seeds.page_text.credits.datelines import read_slug
from fetchers.seeds.page_text.reading import read_page

LATIN = "The harbour board voted on Monday to let the old ice plant stand for another ten years, at a cost of four million."
CYRILLIC = "Совет гавани решил в понедельник оставить старый завод льда ещё на десять лет, за четыре миллиона крон."
URDU = "مارچ کی غیر معمولی گرمی کے باعث اس سال جنوبی پنجاب میں آم کی پیداوار میں پچاس فیصد کمی ہوئی ہے۔"
PERSIAN = "شورای بندر روز دوشنبه تصویب کرد که کارخانه قدیمی یخ ده سال دیگر با هزینه چهار میلیون کرون بماند و بازسازی شود"
ARABIC = "صوت مجلس الميناء يوم الاثنين على إبقاء مصنع الثلج القديم عشر سنوات أخرى بكلفة أربعة ملايين كورونة"


@pytest.mark.parametrize(
    ("head", "place", "agency", "text"),
    [
        ("RAROTONGA, Sept 27 AAP - ", "RAROTONGA", "AAP", LATIN),
        ("BRISBANE AAP - ", "BRISBANE", "AAP", LATIN),
        ("ROMA, 27 SET - ", "ROMA", None, LATIN),
        ("Vilnius, rugsėjo 27 d. (BNS). ", "Vilnius", "BNS", LATIN),
        ("Rīga, 27. sept., LETA. ", "Rīga", "LETA", LATIN),
        ("HÀ NỘI, 27/9 (TTXVN) - ", "HÀ NỘI", "TTXVN", LATIN),
        ("Киев. 27 сентября. УНН. ", "Киев", "УНН", CYRILLIC),
        ("МОСКВА, 27 сен — РИА Новости. ", "МОСКВА", "РИА Новости", CYRILLIC),
        ("БЕОГРАД, 27. септембра (Танјуг) - ", "БЕОГРАД", "Танјуг", CYRILLIC),
        ("ملتان۔30جون (اے پی پی):", "ملتان", "اے پی پی", URDU),
        ("اسلام آباد: ", "اسلام آباد", None, URDU),
        ("کراچی (اسٹاف رپورٹر) ", "کراچی", None, URDU),
        ("الرياض 27 سبتمبر 2017 واس ", "الرياض", "واس", ARABIC),
        ("JINJA, Uganda | URN | ", "JINJA, Uganda", "URN", LATIN),
        ("Nakuru | The Lake Post | ", "Nakuru", "The Lake Post", LATIN),
        ("AGI - Ancona, 14 nov. - ", "Ancona", "AGI", LATIN),
        ("ANSA - ", None, "ANSA", LATIN),
        ("ایسنا/کرمان ", "کرمان", "ایسنا", PERSIAN),
        ("REGINA, SK, Jan. 16, 2024 /PrairieWire/ -- ", "REGINA, SK", "PrairieWire", LATIN),
    ],
)
def test_a_dateline_is_read_whatever_stands_between_its_parts(
    head: str, place: str | None, agency: str | None, text: str
) -> None:
    slug = read_slug(head + text)
    assert slug is not None
    assert (slug.place, slug.agency, slug.rest) == (place, agency, text)


def test_a_writer_in_capitals_behind_the_agency_wrote_it() -> None:
    slug = read_slug(
        "TİFLİS (AA) - DERYA KIRIŞ ÖZ - Gürcistan'ın Batum kentinde pazar günü duran teleferik yeniden çalışmaya başladı."
    )
    assert slug is not None
    assert (slug.place, slug.agency, slug.byline) == ("TİFLİS", "AA", "DERYA KIRIŞ ÖZ")
    assert slug.rest.startswith("Gürcistan'ın")


PAGE = """{masthead}
News Sport Weather

{title}

{byline}
4 May 2021

{text}
“We were asked to count the gulls,” the chairman said. “Nobody has asked us to count the money that they cost us.”
"""


def test_an_outlet_before_the_dash_is_no_town() -> None:
    text = f"Shore Business — {LATIN}"
    page = PAGE.format(masthead="Shore", title="Old ice plant stands on", byline="By Ann Lee, Shore Business", text=text)
    (story,) = read_page(page)[0]
    assert (story.dateline, story.source, story.byline, story.body[0]) == (None, "Shore Business", "Ann Lee", LATIN)


def test_a_town_in_capitals_that_no_list_knows_is_one_where_the_page_says_that_something_is_there() -> None:
    said = "Het bestuur van de haven laat de oude ijsfabriek nog tien jaar staan, tegen een prijs van vier miljoen gulden."
    title = "IJsfabriek van Oosterwijkum blijft staan"
    page = PAGE.format(masthead="De Kustbode", title=title, byline="Sjoerd Hiemstra", text=f"OOSTERWIJKUM {said}")
    (story,) = read_page(page)[0]
    assert (story.dateline, story.body[0]) == ("OOSTERWIJKUM", said)
    page = PAGE.format(masthead="De Kustbode", title=title, byline="Sjoerd Hiemstra", text=f"GELUKKIG {said}")
    assert read_page(page)[0][0].dateline is None


def test_who_contributed_is_an_agency_behind_a_dash_too() -> None:
    end = "-- Dow Jones Newswires contributed to this report\n"
    page = PAGE.format(masthead="The Shore", title="Old ice plant stands on", byline="By Ann Lee", text=LATIN)
    assert [story.source for story in read_page(page + end)[0]] == ["Dow Jones Newswires"]
