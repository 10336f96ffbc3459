"""What local portals print around a text: a row of writer and dates, a second print, entries' times, whose text it is."""

from __future__ import annotations

import pytest

from fetchers.seeds.page_text.bylines import read_byline
from fetchers.seeds.page_text.informants import read_delivered, read_notice
from fetchers.seeds.page_text.lines import Line
from fetchers.seeds.page_text.looks import look_at
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
