"""What a line of a page says of who wrote a story, where and for whom: datelines, bylines, sources, outlets."""

from __future__ import annotations

import pytest

from fetchers.seeds.page_text.credits.bylines import read_byline
from fetchers.seeds.page_text.credits.datelines import read_slug
from fetchers.seeds.page_text.credits.republishing import read_first_published
from fetchers.seeds.page_text.credits.sources import read_outlet, read_outlet_and_place, read_source
from fetchers.seeds.page_text.credits.towns import place_beside_date
from fetchers.seeds.page_text.credits.writer_lines import split_place
from fetchers.seeds.page_text.labels.tails import cut_tail
from fetchers.seeds.page_text.lines.lines import Line
from fetchers.seeds.page_text.lines.looks import look_at
from tests.fetchers.seeds.labelled_lines import SNOW


@pytest.mark.parametrize(
    ("text", "place", "agency", "rest"),
    [
        ("OSLO, Jan 3 (Reuters) - Snow fell.", "OSLO", "Reuters", "Snow fell."),
        ("LIMA (AP) — Snow fell.", "LIMA", "AP", "Snow fell."),
        ("LIMA (AP) Snow fell in the night.", "LIMA", "AP", "Snow fell in the night."),
        ("(ANSA) - BARI, 3 MAG - Neve in città.", "BARI", "ANSA", "Neve in città."),
        ("Lyon (AFP) - La neige est tombée.", "Lyon", "AFP", "La neige est tombée."),
        ("КАЗАНЬ, 5 мар — ТАСС. Выпал снег.", "КАЗАНЬ", "ТАСС", "Выпал снег."),
        ("新华社巴黎3月5日电 法国北部下雪。", "巴黎", "新华社", "法国北部下雪。"),
        ("Bern – Es hat geschneit.", "Bern", None, "Es hat geschneit."),
        ("NAIROBI, Kenya: Snow fell.", "NAIROBI, Kenya", None, "Snow fell."),
        ("WARSAW (Vistula Wire) - Snow fell.", "WARSAW", "Vistula Wire", "Snow fell."),
        ("TULSA, Okla. — Snow fell.", "TULSA, Okla.", None, "Snow fell."),
        ("BODØ, Norway, June 11, 2024 – Snow fell.", "BODØ, Norway", None, "Snow fell."),
        ("Кострома. 14 июня. ИНТЕРФАКС - Выпал снег.", "Кострома", "ИНТЕРФАКС", "Выпал снег."),
        ("غزة - وكالات: تساقط الثلج صباح اليوم.", "غزة", "وكالات", "تساقط الثلج صباح اليوم."),
        ("【ワシントン共同】昨夜、雪が降った。", "ワシントン", "共同", "昨夜、雪が降った。"),
        ("Cuxhaven (ots) - Der Wind bleibt aus.", "Cuxhaven", None, "Der Wind bleibt aus."),
        ("ایسنا/یزد – برف بارید.", "یزد", "ایسنا", "برف بارید."),
        (f"Bergen. {SNOW}", "Bergen", None, SNOW),
        ("Bragança, 04 jun 2024 (Lusa) – Nevou na serra.", "Bragança", "Lusa", "Nevou na serra."),
        ("（槟城讯）昨夜下雪，居民清晨醒来。", "槟城", None, "昨夜下雪，居民清晨醒来。"),
        ("(吉隆坡5日讯)昨夜下雪，居民清晨醒来。", "吉隆坡", None, "昨夜下雪，居民清晨醒来。"),
        ("(中央社記者林佩真彰化縣5日電)昨天下雪,居民清晨醒來。", "彰化縣", "中央社", "昨天下雪,居民清晨醒來。"),
    ],
)
def test_datelines(text: str, place: str, agency: str | None, rest: str) -> None:
    slug = read_slug(text)
    assert slug is not None
    assert (slug.place, slug.agency, slug.rest) == (place, agency, rest)


@pytest.mark.parametrize(
    "text",
    [
        "He said - and meant it - that snow fell.",
        "Update: snow fell.",
        "MARY DALE, HOST:",
        "Snow.",
        f"Silence. {SNOW}",
        f"Reading. {SNOW}",
        "REPORTAGE - Snow fell on the old harbour.",
        "The World Weather Organization (WWO) said that snow would fall.",
        "The World Weather Organization (WWO) – which counts flakes – said that snow would fall.",
        "Die Deutsche Schneebahn (DSB) hat am Montag geräumt.",
        "世界気象機関（WWO）は12日、雪が降ると発表した。",
        "세계기상기구(WWO)는 12일 눈이 온다고 발표했다.",
        "The Associated Snowmen (AP) said that snow would fall.",
        "Sir – Snow fell on the new bench.",
    ],
)
def test_what_is_no_dateline(text: str) -> None:
    assert read_slug(text) is None


def test_an_agency_glued_to_the_end_is_cut() -> None:
    assert cut_tail("The snow is expected to melt by Friday. EFE") == ("The snow is expected to melt by Friday.", "EFE")
    assert cut_tail("The snow is expected to melt. (He hoped.)")[1] is None


@pytest.mark.parametrize(
    ("line", "name"),
    [
        ("Courts reporter: Owen Tarrant", "Owen Tarrant"),
        ("By Sally Bright For Weekly Mirror", "Sally Bright"),
        ("142 points by orrery 3 hours ago | hide | past", "orrery"),
        ("From: Ewan Stroud <ewan@stroud.example>", "Ewan Stroud"),
        ("by northbank » Sun Mar 05, 2017 4:11 pm", "northbank"),
        ("Photo: Ann Lee", None),
        ("Penulis Rina Marlina | Editor Budi Santosa", "Rina Marlina"),
        ("Das Gespräch führte Ruth Kessel", "Ruth Kessel"),
        ("ČTK, Jana Malá", "Jana Malá"),
        ("by brunhilde to urbanism", "brunhilde"),
        ("By Craig Lennox Senior Reporter", "Craig Lennox"),
        ("Reporter · Harbour Light", None),
        ("Author of the article:", None),
        ("Scritto da Carla Neri il 3 giugno 2024", "Carla Neri"),
        ("Category: Courts", None),
        ("Catégorie : Justice", None),
        ("تصنيف: محليات", None),
        ("دسته‌بندی: کرمان", None),
        ("Haber Kaynağı: Anadolu Ajansı", None),
        ("Sastavila: Mira Horvat", "Mira Horvat"),
        ("Raportoi: Matti Virtanen", "Matti Virtanen"),
        ("Vết bút: Nguyễn Văn An", "Nguyễn Văn An"),
        ("تحقيق: نادر سالم", "نادر سالم"),
        ("گزارش: علی رضایی", "علی رضایی"),
        ("كتب/ نادر سالم", "نادر سالم"),
        ("كتب: محرر المحليات", None),
        ("المحرر السياسي", None),
        ("Kirjutas Jaan Tamm", "Jaan Tamm"),
        ("Zpracovala Eva Malá", "Eva Malá"),
        ("Rašo Jonas Petraitis", "Jonas Petraitis"),
        ("Sagatavoja Ilze Kalniņa", "Ilze Kalniņa"),
        ("Подготовила Анна Белова", "Анна Белова"),
        ("Підготував Іван Гай", "Іван Гай"),
        ("Scrie Ion Albu", "Ion Albu"),
        ("Laporan Budi Santosa", "Budi Santosa"),
        ("Της Μαρίας Δελή", "Μαρίας Δελή"),
        ("به قلم علی رضایی", "علی رضایی"),
        ("লিখেছেন রহিম উদ্দিন", "রহিম উদ্দিন"),
        ("โดย สมชาย ใจดี", "สมชาย ใจดี"),
        ("Von unserem Redakteur Karl Meier", "Karl Meier"),
        ("De notre envoyé spécial Jean Petit", "Jean Petit"),
        ("Un reportage de Jean Petit", "Jean Petit"),
        ("Una crónica de Ana Sosa", "Ana Sosa"),
    ],
)
def test_bylines(line: str, name: str | None) -> None:
    assert read_byline(look_at(Line(line)), "byline") == name


@pytest.mark.parametrize(
    ("line", "label", "name"),
    [
        ("hhe/dpa", "credit", "dpa"),
        ("es/rm (dpa, AFP)", "credit", "dpa"),
        ("Quelle: Abendbote, dpa, mkl", "credit", "dpa"),
        ("Джерело: Укрінформ", "credit", "Укрінформ"),
        ("© Provided by The Millford Echo", "credit", "The Millford Echo"),
        ("Ngọc Anh (Theo AFP)", "credit", "AFP"),
        ("By Gavin Strand, CNN", "byline", "CNN"),
        ("By Ann Lee, MD", "byline", None),
        ("by Harbour Sentinel", "byline", "Harbour Sentinel"),
        ("Lusa", "credit", "Lusa"),
        ("Darla Friesen · Metro News · Posted: Jun 04, 2024", "date", "Metro News"),
    ],
)
def test_sources(line: str, label: str, name: str | None) -> None:
    assert read_source(look_at(Line(line)), label) == name


@pytest.mark.parametrize(
    ("line", "place"),
    [
        ("Teruel - 04 jun 2024 - 06:00", "Teruel"),
        ("Bergen, June 4, 2024", "Bergen"),
        ("Carla - June 4, 2024", None),
        ("Sport - June 4, 2024", None),
        ("Published - June 4, 2024", None),
    ],
)
def test_a_town_beside_a_date_is_where_the_story_is_from(line: str, place: str | None) -> None:
    look = look_at(Line(line))
    assert place_beside_date(look.text, look.dates[0].start) == place


@pytest.mark.parametrize(
    ("line", "found"),
    [
        ("Bergen - Anna Lie", ("Bergen", "Anna Lie")),
        ("Anna Lie — Bergen", ("Bergen", "Anna Lie")),
        ("الفجيرة - سالم الكعبي", ("الفجيرة", "سالم الكعبي")),
        ("Anna Lie - Harbour News", None),
        ("Sport - Anna Lie", None),
    ],
)
def test_a_writer_and_a_town_share_a_line(line: str, found: tuple[str, str] | None) -> None:
    assert split_place(line) == found


def test_who_first_published_a_report_is_its_source() -> None:
    assert read_first_published("This report by The Canadian Press was first published June 5, 2024.") == "The Canadian Press"
    assert read_first_published("This report by the clerk was read aloud.") is None


@pytest.mark.parametrize(
    ("line", "who"),
    [
        ("This story was originally published by Brae Radio and is republished with permission.", "Brae Radio"),
        ("This article is republished from The Skerry under a Creative Commons license.", "The Skerry"),
        ("Este artículo fue publicado originalmente por Agencia Lagunar.", "Agencia Lagunar"),
        ("Cet article a d’abord été publié par Le Phare.", "Le Phare"),
        ("Dieser Beitrag wurde zuerst im Hafenkurier veröffentlicht.", "Hafenkurier"),
        ("Questo articolo è stato pubblicato originariamente da La Laguna.", "La Laguna"),
        ("Dit artikel verscheen eerder in De Kade.", "De Kade"),
        ("This story was published by mistake on Monday and withdrawn.", None),
        ("Dieser Brief wurde zuerst von der Gemeinde abgelehnt.", None),
    ],
)
def test_whose_text_a_page_prints_again_is_its_source(line: str, who: str | None) -> None:
    assert read_first_published(line) == who


def test_an_outlet_stands_with_the_date_or_its_place() -> None:
    assert read_outlet(look_at(Line("Harbour Monitor / 05:32 AM June 06, 2024"))) == "Harbour Monitor"
    assert read_outlet(look_at(Line("Published June 06, 2024"))) is None
    assert read_outlet_and_place("The Harbour Courier (Bergen)") == ("The Harbour Courier", "Bergen")
    assert read_outlet_and_place("Carla Neri (Bergen)") is None
