"""What the rules around the page model make of lines that few pages have."""

from __future__ import annotations

import pytest

from fetchers.seeds.page_text.credits.agencies import find_signed
from fetchers.seeds.page_text.credits.bylines import presents_writer, read_byline
from fetchers.seeds.page_text.credits.credits import read_credits
from fetchers.seeds.page_text.credits.datelines import read_slug
from fetchers.seeds.page_text.credits.informants import read_notice
from fetchers.seeds.page_text.credits.sources import read_commissioned, read_source
from fetchers.seeds.page_text.credits.towns import place_behind_date
from fetchers.seeds.page_text.credits.writer_lines import split_acronym, split_place
from fetchers.seeds.page_text.labels.tails import cut_tail
from fetchers.seeds.page_text.lines.lexicon import lexicon, split_words
from fetchers.seeds.page_text.lines.lines import Line, split_page
from fetchers.seeds.page_text.lines.looks import look_at
from fetchers.seeds.page_text.stories.division import Part
from fetchers.seeds.page_text.thread.authors import read_author
from fetchers.seeds.page_text.thread.replies import resolve_replies
from tests.fetchers.seeds.labelled_lines import ICE, SNOW, drafts_of, looks_of, mended


def test_words_that_mean_something_only_first_are_nothing_inside_a_line() -> None:
    assert lexicon().look(split_words("Von Anna Lie")).first == ("byword", "placetitle")
    assert lexicon().look(split_words("Anna Lie von Bergen")).classes == ()


def test_initials_above_a_name_are_a_picture() -> None:
    assert [line.text for line in split_page("AL\nAnna Lie\n2 days ago\nSnow.").lines] == ["Anna Lie", "2 days ago", "Snow."]
    assert [line.text for line in split_page("XY\nAnna Lie\nSnow.").lines] == ["XY", "Anna Lie", "Snow."]


def test_answers_of_one_line_each_are_two_lines() -> None:
    page = "\n".join(f"推 reader{n}: 下雪了 05/20 08:1{n}" for n in range(3))
    assert [line.text for line in split_page(page).lines][:2] == ["reader0", "下雪了"]
    assert len(split_page("推 reader: 下雪了 05/20 08:14").lines) == 1


def test_what_is_read_out_at_links_and_dates_printed_twice_are_cut() -> None:
    assert split_page("The fund (FND.OL), opens new tab sold its ships.").lines[0].text == "The fund (FND.OL) sold its ships."
    assert split_page("Published On 30 Nov 202330 Nov 2023").lines[0].text == "Published On 30 Nov 2023 30 Nov 2023"


@pytest.mark.parametrize(
    ("text", "place", "agency"),
    [
        ("OAKMERE, IL — Snow fell on Tuesday.", "OAKMERE, IL", None),
        ("Füssen (dpa/lby) – Es hat geschneit.", "Füssen", "dpa"),
        ("【高松】昨夜から雪が降り、住民が早朝から雪かきに追われた。", "高松", None),
        ("АСТАНА. СеверИнформ – Выпал снег.", "АСТАНА", "СеверИнформ"),
        ("TTO - Đêm qua tuyết rơi trên cảng.", None, "TTO"),
        ("பெர்கன்: நேற்று இரவு துறைமுகத்தில் பனி பெய்தது; படகுகள் மதியம் வரை காத்திருந்தன என்று கூறினர்.", "பெர்கன்", None),
    ],
)
def test_datelines(text: str, place: str | None, agency: str | None) -> None:
    slug = read_slug(text)
    assert slug is not None
    assert (slug.place, slug.agency) == (place, agency)


def test_a_town_behind_a_date() -> None:
    look = look_at(Line("May 18th 2013 | WELLINGTON | From the print edition"))
    assert place_behind_date(look.text, look.dates[0].end) == "WELLINGTON"


@pytest.mark.parametrize(
    ("line", "name"),
    [
        ("Rédaction en ligne (avec Belga)", None),
        ("Unlock the digest of the editor for free", None),
        ("Oluşturulma Tarihi: 21.08.2023 11:06", None),
        ("BY ANNA LIE Courier staff reporter lie@example.org", "ANNA LIE"),
        ("Anna Lie Transport correspondent", "Anna Lie"),
        ("@Bas van Dongen | 24-07-2018 | 14:05", "Bas van Dongen"),
        ("Дневник & БТА", None),
        ("Published by: Anna Lie", None),
        ("Words Anna Lie", "Anna Lie"),
        ("Text Machine", "Text Machine"),
        ("本文来源：钱江晚报 作者：吴晓晴", "吴晓晴"),
    ],
)
def test_bylines(line: str, name: str | None) -> None:
    assert read_byline(look_at(Line(line)), "byline") == name


@pytest.mark.parametrize(
    ("text", "byline"),
    [
        ("tin_roof writes: “The old library lends tools from Monday on, and asks for nothing but the name.”", "tin_roof"),
        ("marlene99 schreibt: „Die alte Bibliothek verleiht ab Montag Werkzeug und fragt nur nach dem Namen.“", "marlene99"),
        ("The mayor writes: “The old library lends tools from Monday on, and asks for nothing but the name.”", None),
    ],
)
def test_who_sent_a_story_in_to_a_board(text: str, byline: str | None) -> None:
    looks = looks_of([("title", "Library lends tools"), ("body", text)])
    part = Part(titles=[0], body=[1])
    assert read_credits(part, looks, ["title", "body"], None, None) == (byline, None)


def test_writers_without_a_word_that_says_so() -> None:
    assert presents_writer("Anna Lie and Bo Ek in Bergen")
    assert presents_writer("ANNA LIE and BO EK, staff writers")
    assert presents_writer("Anna Lie - cityNorth")
    assert not presents_writer("Anna Lie - harbour")
    assert not presents_writer("Snow and ice in Bergen")
    assert split_acronym("Eeva Lahti HS") == ("Eeva Lahti", "HS")
    assert split_acronym("By KAREN ODDIE") is None
    assert split_place("Text: Anna Lie/BERGEN, (NTB)") == ("BERGEN", "Anna Lie")


def test_sources() -> None:
    assert find_signed("(rbü/sda)") == "sda"
    assert find_signed("(snow, ice)") is None
    assert read_commissioned("PARA EL DIARIO DEL NORTE") == "EL DIARIO DEL NORTE"
    assert read_commissioned("For the first time") is None
    assert read_source(look_at(Line("Source: Harbour Watch/YouTube")), "credit") is None
    assert read_source(look_at(Line("Source: Harbour Network and Reuters")), "credit") == "Reuters"
    assert read_notice(look_at(Line("With files from The Canadian Press"))) == "The Canadian Press"
    assert read_notice(look_at(Line("Με πληροφορίες από ΑΠΕ-ΜΠΕ"))) == "ΑΠΕ-ΜΠΕ"
    assert cut_tail("Der Schnee bleibt liegen. (Anna Lie) / (mit Material der dpa)") == ("Der Schnee bleibt liegen.", "dpa")


@pytest.mark.parametrize(
    ("line", "name"),
    [
        ("Macca #1 07:41 am Mar 21 2012", "Macca"),
        ("2 :名無し@広場:2021/02/03(水) 09:14:55.12 ID:aB3xQ1", "名無し@広場"),
        ("(Anna, 5. jun 2013 15:02)", "Anna"),
        ("上海市网友 [雪人] 2014-03-11 09:40:22 发表", "雪人"),
        ("雪人 [上海市网友]", "雪人"),
        ("└ Anna", "Anna"),
        ("Posté par Anna Lie, 21 septembre 2016, 12:15 | Signaler", "Anna Lie"),
        ("Anna [utilizator], 06.09.2023, 11:00 în replică la Bo", "Anna"),
    ],
)
def test_authors(line: str, name: str) -> None:
    assert read_author(look_at(Line(line))) == name


def test_a_word_before_every_name_is_a_button() -> None:
    rows = [
        row for name in ("Anna", "Bo", "Cato") for row in (("author", f"Favourite {name} Lie"), ("comment", "Snow at last."))
    ]
    assert [draft.author for draft in drafts_of(rows)] == ["Anna Lie", "Bo Lie", "Cato Lie"]


@pytest.mark.parametrize(
    ("foot", "votes"),
    [
        ("Preporuke: +18", 18),
        ("+22 (24 voturi)", 22),
        ("+14 -1", 13),
        ("Daumen hoch 51 Daumen runter 3", 48),
        ("56 2 respostas Denunciar", 56),
        ("⇧ 17", 17),
        ("ocena: +9 | odpowiedz -1 +1", 9),
        ("Like · Reply · 44 · 3 y.", 44),
    ],
)
def test_votes(foot: str, votes: int) -> None:
    assert drafts_of([("author", "Anna"), ("comment", "Snow at last."), ("meta", foot)])[0].votes == votes


def test_numbers_that_rise_are_no_votes() -> None:
    rows = [
        row
        for n in (1, 2, 3)
        for row in (("meta", str(n)), ("author", f"Anna{n}x"), ("comment", "Snow."), ("meta", f"{n * 7}"))
    ]
    assert [draft.votes for draft in drafts_of(rows)] == [7, 14, 21]


@pytest.mark.parametrize(
    ("header", "line"),
    [
        ("Bo", "↪ Anna"),
        ("Bo", "Vastaus käyttäjälle Anna"),
        ("Bo", "@Anna kullanıcısına yanıt"),
        ("Bo", "(Anna, 17. avgust 2022 10:15)"),
        ("Bo ➤ Anna", "2 h ago"),
        ("Bo, 06.09.2023, 11:00 în replică la Anna", "2 h ago"),
    ],
)
def test_whom_a_frame_answers(header: str, line: str) -> None:
    drafts = drafts_of([("author", "Anna"), ("comment", "Snow."), ("author", header), ("meta", line), ("comment", "Ice.")])
    assert resolve_replies(drafts, None) == [None, 0]
    assert drafts[1].author == "Bo"


def test_towns_work_and_buttons_in_a_thread_are_no_text() -> None:
    rows = [("author", "Anna"), ("comment", "Bergen"), ("comment", "Snow at last."), ("comment", "# Link"), ("meta", "Reply")]
    rows += [
        ("author", "Bo"),
        ("comment", "Works at Harbour"),
        ("comment", "Ice too."),
        ("comment", "# Link"),
        ("meta", "Reply"),
    ]
    rows += [("author", "Cato"), ("comment", "So cold."), ("comment", "# Link"), ("meta", "Reply")]
    assert [draft.text for draft in drafts_of(rows)] == ["Snow at last.", "Ice too.", "So cold."]


def test_a_posts_number_name_and_time_head_it() -> None:
    rows = [("title", "Snow"), ("byline", "1 :anna:2021/02/03(水) 09:10:00"), ("body", SNOW)]
    rows += [("aside", "2 :bo:2021/02/03(水) 09:14:55"), ("title", "At last"), ("aside", "3 :cato:2021/02/03(水) 09:16:20")]
    assert mended([*rows, ("body", "Too cold")])[1:] == ["byline", "body", "author", "comment", "author", "comment"]


def test_lines_below_a_live_entrys_time_are_heading_reporter_and_text() -> None:
    entry = [("aside", "Snow in the harbour"), ("credit", "Anna Lie"), ("byline", "Reporting from Bergen"), ("body", SNOW)]
    rows = [("title", "Storm: as it happened")]
    for stamp in ("13:32 GMT 19 January", "12:47", "11:58 GMT"):
        rows += [("aside", stamp), *entry]
    assert mended(rows)[2:6] == ["body", "aside", "aside", "body"]


def test_a_sentence_cut_off_by_an_offer_is_the_storys() -> None:
    rows = [("title", "Snow"), ("body", SNOW), ("aside", "Advertisement"), ("aside", ICE), ("aside", "Most read")]
    assert mended(rows)[3] == "body"
    rows[2] = ("aside", "Read more: The plough that would not start")
    assert mended(rows)[3] == "body"
    rows[2] = ("aside", "Related stories")
    assert mended(rows)[3] == "aside"


def test_short_lines_between_paragraphs_head_what_is_below() -> None:
    rows = [("title", "Snow"), ("body", SNOW), ("aside", "A name is a promise"), ("body", ICE), ("aside", "A last word")]
    assert mended(rows)[2:] == ["body", "body", "aside"]


def test_captions_bios_and_corrections_are_no_text() -> None:
    told = [("title", "Snow"), ("body", SNOW), ("body", ICE)]
    assert mended([*told, ("body", "Anna Lie covers city hall for the paper. Reach her at lie@example.org.")])[-1] == "aside"
    assert mended([*told, ("body", "Correction, May 5: An earlier version named the wrong ferry.")])[-1] == "aside"
    assert mended([("title", "Snow"), ("body", "Ein Schiff im Eis © Anna Lie/dpa"), ("body", SNOW)])[1] == "aside"
    rows = [
        ("title", "Snow"),
        ("furniture", "Anna Lie/Harbour Mail"),
        ("body", "COLD START: A plough at noon."),
        ("body", SNOW),
    ]
    assert mended(rows) == ["title", "furniture", "furniture", "body"]


def test_a_thread_is_followed_by_the_next_story() -> None:
    rows = [
        ("title", "Snow"),
        ("body", SNOW),
        ("author", "Anna Lie says:"),
        ("comment", "At last."),
        ("aside", "Comments closed"),
    ]
    rows += [
        ("comment", "Ice closes the river for a week"),
        ("aside", "By Bo Ek on March 1, 2021, Monday"),
        ("aside", f"BERGEN: {ICE}"),
    ]
    assert mended(rows)[-3:] == ["title", "byline", "body"]
