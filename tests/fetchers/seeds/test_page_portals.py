"""What local portals print around a text: a row of writer and dates, a second print, entries' times, whose text it is."""

from __future__ import annotations

import pytest

from fetchers.seeds.page_text.credits.bylines import read_byline
from fetchers.seeds.page_text.credits.informants import read_delivered, read_notice
from fetchers.seeds.page_text.lines.lines import Line
from fetchers.seeds.page_text.lines.looks import look_at
from fetchers.seeds.page_text.reading import read_page

TEXT = "The province will lift two of the five gates of the causeway next spring and let the tide back into the lake."
MORE = "The minister said the gates are rusted to the point where they would open themselves and not ask anyone."
LAST = "A public meeting is set for the fire hall, and the owners of the cottages have retained counsel for it."
PAGE = f"""The Harbour Tribune
Local | Sports | Opinion | Obituaries

Province to open causeway gates for first time since 1968
Heather MacKinnon • Published Oct 05, 2021 • Last updated Oct 06, 2021 • 3 minute read

{TEXT}
{MORE}
People are also reading…
Ferry fares to rise in May
{LAST}
"""


@pytest.mark.parametrize(
    "row",
    [
        "Heather MacKinnon • Published Oct 05, 2021 • Last updated Oct 06, 2021 • 3 minute read",
        "Heather MacKinnon • Publié le 5 octobre 2021 • Mis à jour le 6 octobre 2021",
        "Heather MacKinnon · Oct 05, 2021 · 3 min read",
    ],
)
def test_a_row_of_writer_and_dates_names_the_writer_whatever_it_is_taken_for(row: str) -> None:
    assert [read_byline(look_at(Line(row)), label) for label in ("byline", "date")] == ["Heather MacKinnon"] * 2


def test_what_others_read_stands_between_paragraphs_and_is_none() -> None:
    (story,) = read_page(PAGE)[0]
    assert (story.byline, story.body) == ("Heather MacKinnon", (TEXT, MORE, LAST))


def test_a_text_that_is_printed_again_below_itself_is_told_once() -> None:
    title = "Province to open causeway gates for first time since 1968"
    text = f"PICTOU, N.S. - {TEXT}\n{MORE}\n{LAST}\n"
    page = f"The Harbour Tribune\nLocal | Sports\n\n{title}\nOct 5, 2021\n\n{text}Text version:\n{title}\n{text}"
    (story,) = read_page(page)[0]
    assert (story.dateline, story.body) == ("PICTOU, N.S.", (TEXT, MORE, LAST))


def test_times_with_a_zone_and_a_day_without_its_year_stamp_the_entries_of_a_live_page() -> None:
    said = (TEXT, MORE, LAST, "No deaths are reported, and a night bus stopped thirty metres short of the edge of the road.")
    entries = "\n".join(f"{20 - i}:10 (IST) Jun 19\n{entry}" for i, entry in enumerate(said))
    head = "The Hill Telegraph\nKohima\nLIVE\nLandslide LIVE Updates: road shut\nUpdated: June 19, 2024 20:10 IST\n"
    (story,) = read_page(f"{head}{entries}\nLatest Comment\nPost Comment\n")[0]
    assert (story.body, story.comments) == (said, ())


def test_a_desk_that_is_credited_below_a_text_is_the_source_and_a_name_is_not() -> None:
    lines = ("Credit: Shoreline Business Desk", "Crédito: Agencia Andina", "Credit: Ann Lee")
    assert [read_notice(look_at(Line(text))) for text in lines] == ["Shoreline Business Desk", "Agencia Andina", None]


def test_outlet_day_and_time_alone_say_whose_text_a_post_prints() -> None:
    lines = ("時事通信 11/7(水) 11:48", "東都放送 10/2(日) 18:05配信", "集合場所 11/7(水) 11:48")
    assert [read_delivered(text) for text in lines] == ["時事通信", "東都放送", None]


WIRED = """ZCZC COF118 GOR
BC-PNG-COFFEE (UPDATE 1)
UPDATE 1-Beetle found in coffee, exports of beans halted

* Berry borer seen for first time, in two gardens near the town
* Buyers say stocks will last until May
    (Adds exporter's comment, paragraph 4)
    By Alois Kumbak
    GOROKA, Papua New Guinea, March 22 (Reuters) - The coffee
berry borer, a beetle that has spread to nearly every country
that grows the crop, has been found for the first time in Papua
New Guinea, the Coffee Industry Corporation said on Tuesday.
    Shipments of unroasted beans were stopped at the port of Lae
for 14 days while inspectors looked through 3,200 bags.
    Some 2.5 million people live from coffee in the Highlands.
Most grow fewer than 500 trees and cannot pay for traps.
    (Editing by Miriam Stokes)
NNNN
"""


def test_a_paragraph_of_a_wire_begins_where_a_line_stands_further_in_and_what_editors_are_told_is_none() -> None:
    (story,) = read_page(WIRED)[0]
    assert len(story.body) == 3
    assert len(story.highlights) == 2
    assert story.body[1].startswith("Shipments of unroasted beans")


PAID = """De Zilte Courant
Voor abonnees
Menu Zoeken Inloggen
Net binnen Regio Sport Puzzels
Nieuwe flat neemt molen van Dokkersdijk de wind uit de zeilen
Molenaars meten 30 procent minder wind sinds het complex vier verdiepingen telt
Sjoerd Hiemstra
15 februari 2023, 06:30
Leestijd 4 min
{}
De molen wil nog wel, zegt de molenaar, maar een molen zonder wind is een dure bezem. De gemeente belooft onderzoek, maar de
Verder lezen?
Kies een abonnement en lees direct verder
Digitaal € 1,99 per week de eerste 8 weken
Al abonnee? Log dan in
"""


def test_a_paragraph_that_an_offer_cuts_off_is_text_and_the_offer_is_not() -> None:
    first = "Sinds de vierde verdieping erop zit draait de molen op goede dagen nog maar een paar rondjes. Dat is geteld."
    (story,) = read_page(PAID.format(first))[0]
    assert story.title == "Nieuwe flat neemt molen van Dokkersdijk de wind uit de zeilen"
    assert [text[-9:] for text in story.body] == ["s geteld.", ", maar de"]


@pytest.mark.parametrize(
    ("row", "writer"),
    [
        ("Af Lars Berg", "Lars Berg"),
        ("Nga Arben Hoxha", "Arben Hoxha"),
        ("Deur Pieter Botha", "Pieter Botha"),
        ("Scris de Ion Popescu", "Ion Popescu"),
        ("Autora: María López", "María López"),
        ("Redacteur: Jan de Vries", "Jan de Vries"),
        ("Napisał: Jan Kowalski", "Jan Kowalski"),
        ("Připravil: Jan Novák", "Jan Novák"),
        ("Аутор: Петар Петровић", "Петар Петровић"),
        ("Avtor: Janez Novak", "Janez Novak"),
        ("Teksts: Jānis Bērziņš", "Jānis Bērziņš"),
        ("Parengė Jonas Petraitis", "Jonas Petraitis"),
        ("Toimetaja: Mari Tamm", "Mari Tamm"),
        ("文=山田太郎", "山田太郎"),
        ("山田太郎記者", "山田太郎"),
        ("글 김철수", "김철수"),
    ],
)
def test_the_word_before_a_writer_is_known_in_many_languages(row: str, writer: str) -> None:
    assert read_byline(look_at(Line(row)), "byline") == writer
