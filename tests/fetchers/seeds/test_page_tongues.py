"""What pages say beside a text, known by its form and in many languages."""

from __future__ import annotations

from collections import Counter

import pytest

from fetchers.seeds.page_text.credits.datelines import read_slug, read_town
from fetchers.seeds.page_text.credits.informants import read_notice
from fetchers.seeds.page_text.credits.placing import dated_place
from fetchers.seeds.page_text.labels.live import head_entries
from fetchers.seeds.page_text.labels.notices import set_prompts_apart
from fetchers.seeds.page_text.labels.tails import cut_tail
from fetchers.seeds.page_text.lines.lines import Line
from fetchers.seeds.page_text.lines.looks import Look, look_at
from fetchers.seeds.page_text.reading import read_page
from fetchers.seeds.page_text.stories.division import Part
from fetchers.seeds.page_text.stories.title_text import read_title
from fetchers.seeds.page_text.thread.forms import align_heads
from tests.fetchers.seeds.labelled_lines import ICE, SNOW, looks_of, mended


def apart(text: str) -> Look:
    """A line with an empty line above it."""
    return look_at(Line(text, blanks=1))


def joined(text: str) -> Look:
    return look_at(Line(text))


def test_the_button_for_a_vote_is_no_part_of_a_headline() -> None:
    looks = looks_of([("title", "▲ Harbour clock strikes thirteen again"), ("body", SNOW)])
    assert read_title(Part(titles=[0], body=[1]), looks, Counter()) == "Harbour clock strikes thirteen again"


@pytest.mark.parametrize(
    ("end", "agency"),
    [("/ritzau/", "ritzau"), ("/TASR/", "TASR"), ("(©NTB)", "NTB"), ("/TT", "TT"), ("/ben/", None), ("24/7", None)],
)
def test_an_agency_between_strokes_or_behind_a_sign_ends_a_text(end: str, agency: str | None) -> None:
    assert cut_tail(f"{SNOW} {end}") == ((SNOW, agency) if agency else (f"{SNOW} {end}", None))


@pytest.mark.parametrize("words", ["Met medewerking van ANP", "Con la collaborazione di ANSA", "Unter Mitarbeit von AFP"])
def test_a_line_below_a_text_names_an_agency_that_helped(words: str) -> None:
    assert read_notice(joined(words)) == words.split()[-1]


@pytest.mark.parametrize(
    "told", ["Måsen bor i Kvistvåg.", "Lossen bor nära hamnen i Kvistvåg och sover.", "Måken kom fra Kvistvåg i går."]
)
def test_a_town_that_another_line_names_in_any_language(told: str) -> None:
    text = f"Kvistvåg. {SNOW}"
    slug = read_town(text, [joined(told), joined(text)])
    assert slug is not None
    assert (slug.place, slug.rest) == ("Kvistvåg", SNOW)
    assert read_town(text, [joined(told.replace("Kvistvåg", "Kvistvågen")), joined(text)]) is None


@pytest.mark.parametrize(
    ("line", "place"),
    [
        ("Por Ana Lima — Rio de Janeiro", "Rio de Janeiro"),
        ("Von Ana Lima — Bergen", "Bergen"),
        ("Por Ana Lima — Repórter", None),
    ],
)
def test_where_a_writer_was_stands_beside_the_name(line: str, place: str | None) -> None:
    rows = [("title", "Heron votes"), ("byline", line), ("body", SNOW)]
    part = Part(titles=[0], credits=[1], body=[2])
    assert dated_place(part, looks_of(rows), [label for label, _ in rows]) == place


def test_the_word_for_by_is_no_part_of_a_name_before_a_place() -> None:
    page = (
        f"Garça vota no porto e espera uma hora na fila\n\nPor Ana Lima — Rio de Janeiro\n12/08/2022 10h41\n\n{SNOW}\n\n{ICE}\n"
    )
    [story] = read_page(page)[0]
    assert (story.byline, story.dateline) == ("Ana Lima", "Rio de Janeiro")


def test_what_ends_with_a_pictures_credit_is_no_second_headline() -> None:
    rows = [("title", "Heron votes"), ("body", ICE), ("title", "A heron in the old hall. Foto: Ann Ek"), ("body", SNOW)]
    assert mended(rows)[2] == "furniture"
    assert mended([*rows[:2], ("title", "Crab sells foto: bids open"), rows[3]])[2] == "title"


@pytest.mark.parametrize(
    "note",
    [
        "Een versie van dit artikel verscheen ook in de krant van 3 mei 2021.",
        "Una versión de este artículo apareció en la edición impresa del 3 de mayo.",
        "Eine Version dieses Artikels erschien in der gedruckten Ausgabe vom 3. Mai.",
        "Ann Lee reported from Bergen, and Bo Ek from Oslo.",
    ],
)
def test_where_else_a_text_was_printed_and_where_its_writers_were(note: str) -> None:
    rows = [("title", "Heron votes"), ("body", SNOW), ("body", ICE), ("body", note)]
    assert mended(rows) == ["title", "body", "body", "aside"]


def test_a_box_of_facts_ends_at_an_empty_line() -> None:
    looks = [joined("Måsar röstar"), apart(SNOW), apart("Fakta: Måsar"), joined("De lever i trettio år."), apart(ICE)]
    labels = ["title", "body", "body", "body", "body"]
    assert list(set_prompts_apart(looks, labels)) == ["title", "body", "aside", "aside", "body"]
    looks[3] = apart("De lever i trettio år.")
    assert list(set_prompts_apart(looks, labels)) == labels


def test_dates_below_the_headlines_of_a_digest_are_no_times_of_a_live_blog() -> None:
    looks = [joined("Harbour news")]
    labels = ["furniture"]
    for day in (3, 2, 1):
        looks += [apart(f"Heron votes in ward {day}"), joined(f"{day} May 2017, 10:14"), joined(SNOW)]
        labels += ["title", "date", "body"]
    assert head_entries(looks, labels) == labels


def test_a_badge_below_a_comments_buttons_is_not_the_next_author() -> None:
    looks, labels = [], []
    for who in ("Carol", "Hans", "Lucille"):
        looks += [apart(who), joined("May 3, 2022"), joined(SNOW), joined("Reply 14 Share Flag"), joined("Mercury Pick")]
        labels += ["author", "meta", "comment", "meta", "author"]
    assert labels_at(align_heads(looks, labels), "Mercury Pick", looks) == ["meta", "meta", "author"]


def labels_at(labels: object, text: str, looks: list[Look]) -> list[str]:
    assert isinstance(labels, list)
    return [label for label, look in zip(labels, looks, strict=True) if look.text == text]


def test_that_a_comment_was_changed_parts_no_author_from_it() -> None:
    looks, labels = [], []
    for who in ("Carol Ek", "Hans Lie", "Lucille Roe"):
        changed = who == "Lucille Roe"
        looks += [apart(who), joined("14 February"), *([joined("(Edited)")] if changed else []), joined(SNOW)]
        labels += ["author", "meta", *(["meta"] if changed else []), "comment"]
    assert align_heads(looks, labels) == labels


@pytest.mark.parametrize(
    "button", ["Kuuntele artikkeli", "Lyssna på artikeln", "Posłuchaj artykułu", "Otevřít galerii: 6 fotografií"]
)
def test_buttons_that_read_a_text_aloud_or_show_its_pictures_are_known(button: str) -> None:
    assert {"readtime", "photo"} & set(joined(button).found.first)


def test_a_button_parts_what_a_picture_shows_from_its_caption() -> None:
    shown = "A heron waits in line at the harbour hall."
    rows = [("title", "Heron votes"), ("body", SNOW), ("body", shown), ("aside", "View image in fullscreen")]
    rows += [("aside", f"{shown} Photograph: Ann Ek/Harbour Pictures"), ("body", ICE)]
    assert mended(rows)[1:4] == ["body", "aside", "aside"]
    assert mended([*rows[:3], ("aside", "View all our routes today"), *rows[4:]])[2] == "body"


@pytest.mark.parametrize("place", ["Leh (Ladakh) [India]", "Kathmandu [Nepal]", "Abu Dhabi [United Arab Emirates]"])
def test_a_country_in_square_brackets_belongs_to_the_place(place: str) -> None:
    slug = read_slug(f"{place}, July 11 (ANI): {SNOW}")
    assert slug is not None
    assert (slug.place, slug.agency, slug.rest) == (place, "ANI", SNOW)


@pytest.mark.parametrize(("place", "told"), [("ST. ANTHONY, N.L.", True), ("Ottawa", True), ("Reporter", False)])
def test_a_town_alone_between_writer_and_agency_is_the_dateline(place: str, told: bool) -> None:
    rows = [("title", "Ice is dear"), ("byline", "Ann Lee"), ("furniture", place), ("credit", "The Canadian Press")]
    looks = looks_of([*rows, ("body", SNOW)])
    part = Part(titles=[0], credits=[1, 3], body=[4])
    assert dated_place(part, looks, ["title", "byline", "furniture", "credit", "body"]) == (place if told else None)


def test_an_agency_in_brackets_behind_the_writer_is_the_source() -> None:
    page = f"Ice on the harbour\n\nAnn Lee (avec ATS)\nPublié: 4.5.2021, 10h12\n\n{SNOW}\n\n{ICE}\n"
    [story], _ = read_page(page)
    assert (story.byline, story.source) == ("Ann Lee", "ATS")


UNSTOPPED = {
    "zh": (
        "港口日报\n布里尔渡轮因发动机故障冬季停航\n2022年3月12日 09:30\n",
        "港务局昨日表示,连接布里尔与大陆的渡轮将于周五停航\n渡轮的发动机一周内两度发生故障\n每天约有四百人乘坐渡轮上班\n"
        "港务局尚未说明春季之前他们将如何过海\n他说,没有其他船只能够停靠这座码头",
    ),
    "ja": (
        "港新聞\nブリル航路のフェリー、エンジン故障で冬季運休\n2022年3月12日 9時30分\n",
        "ブリルと本土を結ぶフェリーが金曜日から運休する\n港湾局が12日、明らかにした\nエンジンが1週間に2度も故障したためだ\n"
        "毎日およそ400人が通勤に利用している\n「桟橋に着けられる船はほかにない」とも述べた",
    ),
}


@pytest.mark.parametrize(("head", "text"), UNSTOPPED.values(), ids=UNSTOPPED)
def test_lines_without_stops_below_headline_and_date_are_a_text(head: str, text: str) -> None:
    [story], _ = read_page(f"{head}{text}\n")
    assert list(story.body) == text.split("\n")


@pytest.mark.parametrize(
    "head", ["今日要闻与本周最受读者欢迎的文章\n2022年3月12日", "布里尔渡轮因发动机故障冬季停航\n2022年3月12日\n相关新闻"]
)
def test_headlines_below_headline_and_date_are_no_text(head: str) -> None:
    listed = "布里尔渡轮公司宣布涨价两成引发争议\n发动机厂商称故障原因仍在调查之中\n冬季渔业收成创下十年以来最高记录"
    assert not any(story.body for story in read_page(f"港口日报\n{head}\n{listed}\n冬季渔业收成创下十年以来最高记录\n")[0])
