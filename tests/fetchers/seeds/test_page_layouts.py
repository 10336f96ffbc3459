"""Rules of layouts that text browsers, boards and agencies have in common."""

from __future__ import annotations

from collections.abc import Sequence

import pytest

from fetchers.seeds.page_text.credits.bylines import read_byline
from fetchers.seeds.page_text.credits.datelines import read_slug
from fetchers.seeds.page_text.credits.sources import read_source
from fetchers.seeds.page_text.labels.live import head_entries
from fetchers.seeds.page_text.labels.mending import mend_page
from fetchers.seeds.page_text.labels.tails import cut_tail
from fetchers.seeds.page_text.lines.lines import Line, split_page
from fetchers.seeds.page_text.lines.looks import look_at
from fetchers.seeds.page_text.lines.pictures import without_pictures
from fetchers.seeds.page_text.reading import read_page
from newsdesk.model import Comment
from tests.fetchers.seeds.labelled_lines import ICE, SNOW, drafts_of, looks_of, mended


def test_addresses_that_a_text_browser_lists_below_a_page_are_none_of_it() -> None:
    page = "Snow fell.\n\nReferences\n\n   1. http://snow.example/\n   2. http://snow.example/ice\n"
    assert [line.text for line in split_page(page).lines] == ["Snow fell."]
    kept = "Snow fell.\n\nReferences\n\n   1. Lee, A.: Snow\n   2. http://snow.example/ice\n"
    assert len(split_page(kept).lines) == 4


def test_a_line_below_the_name_of_a_picture_is_its_caption() -> None:
    rows = [
        ("title", "Sheep on the line hold up the sleeper"),
        ("furniture", "[11][train.jpg]"),
        ("title", "The train at the viaduct on Friday"),
        ("body", SNOW),
        ("body", ICE),
    ]
    assert mended(rows)[2] == "furniture"


def test_who_reports_an_entry_of_a_live_page_is_no_text() -> None:
    rows = [("title", "Storm over the valley, live"), ("highlight", "Trains have stopped")]
    for at, who in (("13:20", "Por Lucía Ferrer"), ("12:45", "Por Pau Gil, desde Pego"), ("11:30", "By Ann Lee")):
        rows += [("furniture", at), ("body", who), ("body", SNOW)]
    labels = head_entries(looks_of(rows), [label for label, _ in rows])
    assert [label for label, (_, text) in zip(labels, rows, strict=True) if text.startswith(("Por", "By"))] == ["aside"] * 3
    assert list(labels).count("body") == 3


@pytest.mark.parametrize(
    ("printed", "title"),
    [
        ("UPDATE 2-Smelter to restart after three-week power cut", "Smelter to restart after three-week power cut"),
        ("WRAPUP 1-Floods cut three roads in the north", "Floods cut three roads in the north"),
        ("Update 2-year plan, says the mayor of the old town", "Update 2-year plan, says the mayor of the old town"),
    ],
)
def test_what_an_agency_sets_before_a_headline_is_none_of_it(printed: str, title: str) -> None:
    page = f"{printed}\n\nBy Ann Lee\n\nLUSAKA, July 22 (Reuters) - {SNOW}\n\n{ICE}\n"
    (story,) = read_page(page)[0]
    assert story.title == title


def test_a_newspaper_page_of_two_texts_is_two_stories() -> None:
    page = (
        "Gazeta Rzeczna\nŚroda, 14 marca 2012\n\n"
        f"Kładka dla jeży połączy dwa parki\n\nELŻBIETA SOWA\n\nSIERADZ. {SNOW}\n{ICE}\n\n"
        f"Pani Zofia po latach oddaje klucze\n\nMAREK DĄBEK\n\nWIELUŃ. {ICE}\n{SNOW}\n"
    )
    assert [(one.title, one.byline, one.dateline) for one in read_page(page)[0]] == [
        ("Kładka dla jeży połączy dwa parki", "ELŻBIETA SOWA", "SIERADZ"),
        ("Pani Zofia po latach oddaje klucze", "MAREK DĄBEK", "WIELUŃ"),
    ]


BOARD = f"""Mahalle Forumu
Vapur saatleri değişti, bilen var mı?
Ulaşım
denizyıldızı 1 Şubat 2021, 08:12 #1
{SNOW}
{ICE}
3 Beğeni

martı 1 Şubat 2021, 08:40 #2
Snow is what we had on Monday as well, and nobody wrote a word of it.
5 Beğeni

kaptan 1 Şubat 2021, 08:55 #3
martı:
nobody wrote a word of it.
I did, and nobody read it.
11 Beğeni

emekli 2 Şubat 2021, 19:20 #4
In our day the ferries waited for nothing at all.
"""


def comments_of(page: str) -> Sequence[Comment]:
    (story,) = read_page(page)[0]
    return story.comments


def test_votes_right_below_a_text_are_that_texts() -> None:
    assert [one.votes for one in comments_of(BOARD)] == [5, 11, None]


def test_a_name_above_the_text_in_the_form_of_those_below_began_the_thread() -> None:
    assert read_page(BOARD)[0][0].byline == "denizyıldızı"


def test_down_votes_are_no_count_of_answers() -> None:
    rows = [
        ("author", "Ramesh Jangid"), ("comment", SNOW), ("meta", "Up Vote 4 Down Vote 1 Reply"),
        ("author", "Sunita Rao"), ("comment", ICE), ("meta", "Up Vote 9 Down Vote 0 Reply"),
    ]  # fmt: skip
    assert [(one.votes, one.children) for one in drafts_of(rows)] == [(3, None), (9, None)]


def test_numbers_before_texts_count_them() -> None:
    rows = [
        ("comment", f"1. {SNOW}"), ("author", "Ann, Leeds | 08.10.20 08:10"),
        ("comment", f"2. {ICE}"), ("author", "Bo, Hull | 08.10.20 08:31"),
    ]  # fmt: skip
    assert [one.text for one in drafts_of(rows)] == [SNOW, ICE]
    rows[2] = ("comment", f"4. {ICE}")
    assert [one.text for one in drafts_of(rows)] == [f"1. {SNOW}", f"4. {ICE}"]


@pytest.mark.parametrize("marker", ["Kolibri сказал(а):", "Kolibri schrieb:", "Kolibri dedi:", "Kolibri zei:", "Kolibri είπε:"])
def test_whose_words_follow_is_no_text(marker: str) -> None:
    rows = [
        ("author", "Kolibri"), ("meta", "12 May 2019"), ("comment", SNOW),
        ("author", "Stepan"), ("meta", "13 May 2019"), ("comment", marker), ("comment", SNOW), ("comment", ICE),
        ("author", "Anna"), ("meta", "14 May 2019"), ("comment", ICE),
    ]  # fmt: skip
    assert [one.text for one in drafts_of(rows)] == [SNOW, f"{SNOW}\n{ICE}", ICE]


def test_whom_a_reader_answers_stands_below_his_name() -> None:
    rows = [
        ("author", "Νίκος Π. 19/07/2023 14:02"), ("comment", SNOW), ("meta", "ΑΠΑΝΤΗΣΗ"),
        ("meta", "Ανώνυμος 19/07/2023 15:30"), ("author", "Σε απάντηση του Νίκος Π."), ("comment", ICE), ("meta", "ΑΠΑΝΤΗΣΗ"),
    ]  # fmt: skip
    assert [(one.author, one.target) for one in drafts_of(rows)] == [("Νίκος Π.", None), ("Ανώνυμος", "Νίκος Π.")]


def test_an_outlet_may_stand_between_a_writer_and_a_time() -> None:
    def source(text: str) -> str | None:
        return read_source(look_at(Line(text)), "byline")

    assert source("Curated by Ann Lee | Harbour Times | Updated: 14 Dec 2020, 06:10:00 PM") == "Harbour Times"
    assert source("By Ann Lee | Bo Ek | Updated: 14 Dec 2020, 06:10:00 PM") is None


def test_the_first_words_of_a_masthead_are_no_writer() -> None:
    head = "El Faro de Levante\nLos vecinos vuelven a casa tras el incendio\n\nEl Faro\nAlicante - 17 AGO 2022 - 09:10\n\n"
    page = f"{head}{SNOW}\n\n{ICE}\n"
    (story,) = read_page(page)[0]
    assert (story.byline, story.source) == (None, "El Faro")


def test_times_before_entries_are_cut_in_every_script() -> None:
    entries = "".join(
        f"\n{at} {text}\n" for at, text in (("16:40", "Тепло вернули. " + SNOW), ("14:15", "«Трубы не было». " + ICE))
    )
    (story,) = read_page(
        f"Прорыв трубы: онлайн-трансляция\n6 декабря 2016\n{entries}\n12:05 В бане открыли пункт обогрева. {SNOW}\n"
    )[0]
    assert not any(paragraph[0].isdigit() for paragraph in story.body)


def test_small_pictures_stand_before_the_headlines_of_a_letter() -> None:
    items = "".join(
        f"{sign} {title}\n{text}\n\n" for sign, title, text in zip("🐢🚲🥭", TITLES, (SNOW, ICE, SNOW + " Twice."), strict=True)
    )
    assert (
        tuple(one.title for one in read_page(f"Café com Notícia\n4 de maio de 2023\n\n{items}Cancelar inscrição\n")[0])
        == TITLES
    )


TITLES = ("Tartarugas voltam a desovar na praia", "Recife multa ciclista na descida", "Manga do vale chega à Coreia")


def test_scores_stand_behind_the_subjects_of_a_board() -> None:
    posted = "Posted by brindle on Thursday June 11, 2015 @10:22AM"
    head = f"Town Runs Traffic Lights on Old Computer\n{posted}\n{SNOW}\nComments Filter:\n\n"
    posts = (
        f"Closets are underrated (Score:5, Odd)\nby tarbaby (61120) on Thursday June 11, 2015 @10:31AM (#49890121)\n{ICE}\n\n"
        f"Re:Closets are underrated (Score:3)\nby ohm (88) on Thursday June 11, 2015 @10:44AM (#49890177)\nAnd in {SNOW}\n\n"
    )
    (story,) = read_page(f"{head}{posts}Related Links\n")[0]
    assert [(one.author, one.votes, one.reply_to) for one in story.comments] == [("tarbaby", 5, None), ("ohm", 3, 0)]


@pytest.mark.parametrize(
    ("printed", "who"),
    [
        ("Opublikowano 9 kwietnia 2014 przez hanka", "hanka"),
        ("Pubblicato il 9 aprile 2014 da hanka", "hanka"),
        ("Birte Lohse im Gespräch mit Jan Feddersen | 24.07.2018", "Jan Feddersen"),
    ],
)
def test_who_published_stands_behind_the_day(printed: str, who: str) -> None:
    assert read_byline(look_at(Line(printed)), "byline") == who


@pytest.mark.parametrize(
    ("text", "place", "agency"),
    [
        ("จาการ์ตา 19 ส.ค.- เกิดแผ่นดินไหวขนาด 5.9 นอกชายฝั่งเกาะซุมบาเมื่อเช้าวันนี้", "จาการ์ตา", None),
        ("(서울=한빛뉴스) 코스피가 미국의 금리 인상 우려로 하루 만에 하락해 장을 마쳤다.", "서울", "한빛뉴스"),
    ],
)
def test_datelines_of_asian_agencies(text: str, place: str, agency: str | None) -> None:
    slug = read_slug(text)
    assert slug is not None
    assert (slug.place, slug.agency) == (place, agency)


def test_an_agency_of_thailand_signs_the_last_sentence() -> None:
    assert cut_tail("เกิดแผ่นดินไหวขนาด 5.2 ในบริเวณเดียวกัน.- สำนักข่าวกลาง") == ("เกิดแผ่นดินไหวขนาด 5.2 ในบริเวณเดียวกัน", "สำนักข่าวกลาง")


def test_who_led_a_match_is_the_last_line_of_its_report() -> None:
    rows = [
        ("title", "Laguna cae"),
        ("body", SNOW),
        ("body", "Goles: Ojeda (12'), Cabral (66')."),
        ("aside", "Árbitro: Hugo Salinas."),
    ]
    assert mended(rows)[-1] == "body"


def test_a_company_above_its_release_is_no_headline() -> None:
    body = (
        "株式会社さざなみ製作所は、海水で冷却する小型サーバーの試験運転を7月10日から始めます。"
        "深さ6メートルからくみ上げた海水で冷やします。"
    )
    head = "ニュースルーム\n2019年7月3日\n株式会社さざなみ製作所\n\n海水で冷やす小型サーバーを尾道で試験運転\n\n"
    page = f"{head}{body}\n\n{body}データを公開します。\n"
    (story,) = read_page(page)[0]
    assert (story.title, story.source) == ("海水で冷やす小型サーバーを尾道で試験運転", "株式会社さざなみ製作所")


@pytest.mark.parametrize(
    ("text", "slug"),
    [
        ("الخرطوم- بدأت جمعية لرعاة الإبل باستخدام ثلاث طائرات صغيرة للبحث عن الحيوانات الضائعة.", ("الخرطوم", None)),
        ("蓉城晚报讯（记者 何小满）一座只在分贝超标时才敲响的铜钟，近日挂进了百年茶馆。", (None, "蓉城晚报")),
    ],
)
def test_datelines_without_a_space_before_the_dash_and_papers_of_their_own(
    text: str, slug: tuple[str | None, str | None]
) -> None:
    found = read_slug(text)
    assert found is not None
    assert (found.place, found.agency) == slug


LIVE = f"""LIVE
Derailment Live Updates: Officials Lift Order
March 4, 2023, 3:12 p.m. ET

Residents were told on Saturday that they could go home, five days after eleven cars left the rails beside the river.
March 4, 2023, 2:40 p.m. ET
32 minutes ago
Luis Ortega
Reporting from Harlan Mills, Ohio
{SNOW}
March 4, 2023, 1:05 p.m. ET
2 hours ago
Priya Nair
{ICE}
March 4, 2023, 11:30 a.m. ET
4 hours ago
Luis Ortega
Reporting from Harlan Mills, Ohio
{SNOW} It fell until noon.
Show more
"""


def test_entries_below_dates_and_names_of_a_live_page_are_text() -> None:
    (story,) = read_page(LIVE)[0]
    assert not story.comments
    assert story.body[-3:] == (SNOW, ICE, f"{SNOW} It fell until noon.")


def test_subjects_with_numbers_say_whom_they_are_for() -> None:
    rows = [
        ("meta", "Seite 1"), ("comment", "1. Endlich"), ("author", "kueste77 30.12.2016, 12:51 Uhr"), ("comment", SNOW),
        ("comment", "2. Zwanzig Meter?"), ("author", "dr.watt 30.12.2016, 13:20 Uhr"), ("comment", ICE),
        ("comment", "3. @dr.watt"), ("author", "o.wessels 30.12.2016, 14:08 Uhr"), ("comment", SNOW),
    ]  # fmt: skip
    drafts = drafts_of(rows)
    assert [(one.author, one.text, one.target) for one in drafts] == [
        ("kueste77", SNOW, None), ("dr.watt", ICE, None), ("o.wessels", SNOW, "dr.watt"),
    ]  # fmt: skip


def test_remarks_on_a_post_are_cut_from_who_made_them() -> None:
    page = split_page("Is it in a box? – Ann Commented Mar 2, 2015 at 18:44\nBo's user avatar\nAnn's user avatar\nBo")
    assert [line.text for line in page.lines][:2] == ["Is it in a box?", "Ann Commented Mar 2, 2015 at 18:44"]
    assert [line.text for line in without_pictures(page).lines][-1] == "Bo"
    assert len(without_pictures(page).lines) == 3


def test_an_outlet_stands_behind_a_writers_role() -> None:
    signed = "Autor, Juan Pérez Gil\nTítulo del autor, BBC News Mundo\n2 March 2022"
    page = f"The bridge at the mill is closed after the river rises\n\n{signed}\n\n{SNOW}\n\n{ICE}\n"
    (story,) = read_page(page)[0]
    assert (story.byline, story.source) == ("Juan Pérez Gil", "BBC News Mundo")


def test_a_heading_without_capitals_apart_from_its_text_is_text() -> None:
    long = "بدأت جمعية لرعاة الإبل باستخدام ثلاث طائرات صغيرة للبحث عن الحيوانات الضائعة، بعد موسم جفاف قاس."
    rows = [("title", "رعاة الإبل"), ("body", long), ("aside", "end of list"), ("aside", "خوف من الضجيج"), ("body", long)]
    looks = [look_at(Line(text, blanks=1)) for _, text in rows]
    assert list(mend_page(looks, [label for label, _ in rows]))[3] == "body"


def test_posts_of_a_printed_board_stand_below_title_and_sender() -> None:
    def head(title: str, who: str, at: str) -> str:
        return f"Title: {title}\nPost by: {who} on August 02, 2008, {at} AM\n"

    page = (
        f"Allotment Talk\n\n{head('Hosepipe ban from Monday', 'Marrow', '09:14:20')}{SNOW}\n\n"
        f"{head('Re: Hosepipe ban from Monday', 'Chard King', '09:50:02')}{ICE}\n\n"
        f"{head('Re: Hosepipe ban from Monday', 'Marrow', '10:31:44')}Quote from: Chard King on August 02, 2008, 09:50:02 AM\n"
        f"{ICE}\nThink of it as a gym.\n\nPowered by SMF 1.1.5 | SMF © 2006-2008, Simple Machines LLC\n"
    )
    (story,) = read_page(page)[0]
    assert (story.title, story.byline, story.body) == ("Hosepipe ban from Monday", "Marrow", (SNOW,))
    assert [(one.author, one.text, one.reply_to) for one in story.comments] == [
        ("Chard King", ICE, None),
        ("Marrow", f"{ICE}\nThink of it as a gym.", 0),
    ]


def test_a_reporter_of_an_agency_names_it_and_the_town() -> None:
    signed = "Publicado em 19/10/2023 - 15:20 Por Jussara Melo - Repórter da Agência Sertão - Brasília"
    (story,) = read_page(f"Peixe come larva de mosquito na cisterna da escola\n\n{signed}\n\n{SNOW}\n\n{ICE}\n")[0]
    assert (story.byline, story.source, story.dateline) == ("Jussara Melo", "Agência Sertão", "Brasília")


def test_the_paper_that_a_release_is_about_is_none_of_it() -> None:
    rows = [
        ("title", "Ants count their steps on snow"), ("body", SNOW), ("body", ICE), ("body", f"So {SNOW.lower()}"),
        ("aside", "Bibliographie"), ("body", "Step counting on snow. A. Morin, J. Ek. Current Insects, 16 janvier 2019."),
    ]  # fmt: skip
    assert mended(rows)[-1] == "aside"


def test_a_last_sentence_with_its_editor_is_text() -> None:
    rows = [
        ("title", "黑面琵鷺度冬數創新高"),
        ("body", SNOW),
        ("body", ICE),
        ("aside", "漁民說，「牠們比我阿公還早來」。（編輯：李錫璋）1091228"),
    ]
    assert mended(rows)[-1] == "body"
