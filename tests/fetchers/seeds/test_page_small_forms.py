"""Small forms of pages: floors of a board, places and captions between headline and text, paragraphs told by their indent."""

from __future__ import annotations

import pytest

from fetchers.seeds.page_text.credits.partial_dates import find_days
from fetchers.seeds.page_text.reading import read_page

HEAD = "Mill Lane to close to cars for a year\nBy Owen Price\n9 January 2026\n\n"
TEXT = (
    "The council will close Mill Lane to cars for a year from May, it decided on Tuesday evening after a long debate.",
    "Shopkeepers had collected 1,200 signatures against the trial, and parents spoke for it until midnight came.",
)
BOARD = """江城论坛 » 城市交通

[讨论] 地铁9号线又推迟了，说是明年底通车
浏览：3281 | 回复：3

楼主：江边老周
发表于 2026-02-06 09:12
今天市交通局的通报出来了，9号线因为穿江段遇到溶洞，通车时间从今年6月推迟到明年底。
我在南岸住了六年，买房时售楼处说“两年通地铁”。
2楼
小虎牙
发表于 2026-02-06 09:30
恭喜楼主，房子升值空间还在。
回复
3楼
工地李工
发表于 2026-02-06 10:02
溶洞这事真不能赶，上个月掌子面涌水我就在现场。安全第一。
回复
4楼
南岸妈妈
发表于 2026-02-06 11:45
{answer} 辛苦了，慢一点没关系，大家平安就好。
回复

返回列表
"""


@pytest.mark.parametrize("answer", ["回复 3楼：", "@3楼", "引用 3楼", "回3#"])
def test_floors_of_a_board_tell_who_answers_whom(answer: str) -> None:
    (story,) = read_page(BOARD.format(answer=answer))[0]
    assert (story.title, story.byline) == ("地铁9号线又推迟了，说是明年底通车", "江边老周")
    assert [comment.author for comment in story.comments] == ["小虎牙", "工地李工", "南岸妈妈"]
    assert [comment.reply_to for comment in story.comments] == [None, None, 1]


@pytest.mark.parametrize(("town", "text"), [("Elazığ", "Elazığ'da"), ("MALATYA", "Malatya'da"), ("Bursa", "Bursa'da")])
def test_a_town_alone_above_the_text_that_names_it_is_where_it_was_written(town: str, text: str) -> None:
    head = f"Deprem sabah saatlerinde hissedildi\nZehra Kaplan |15.02.2026 - Güncelleme : 15.02.2026\n{town}\n"
    said = "Valilik ekiplerin köylerde tarama yaptığını ve şu ana kadar bir ihbar gelmediğini akşam saatlerinde açıkladı."
    (story,) = read_page(f"{head}{text} 4,8 büyüklüğünde bir deprem oldu ve çevre illerde de hissedildi.\n{said}\n")[0]
    assert (story.dateline, len(story.body)) == (town, 2)


@pytest.mark.parametrize("sign", [" / Migue Salas", " / EFE", " | Ann Lee", " / MIGUE SALAS"])
def test_a_sentence_with_a_name_behind_a_stroke_below_the_headline_is_a_caption(sign: str) -> None:
    head = "El metro llegará al hospital dos años más tarde\nLa Junta lo atribuye a los restos hallados en la calle Hilera\n"
    caption = f"Obras del metro en la calle Hilera, este martes.{sign}\nLucía Barrionuevo\n21/01/2026 00:12\n"
    said = (
        "La ampliación del metro no entrará en servicio antes de la primavera de 2028, según el calendario presentado ayer.",
        "El proyecto debía estar terminado este verano. La aparición de un tramo de acueducto obligó a detener las máquinas.",
    )
    (story,) = read_page(head + caption + "\n".join(said) + "\n")[0]
    assert (story.highlights, story.body) == (("La Junta lo atribuye a los restos hallados en la calle Hilera",), said)


def test_a_paragraph_told_by_its_indent_goes_on_below_a_short_line() -> None:
    page = """Etna: fontana di lava al cratere di Sud-Est
   (ANSA) - CATANIA, 25 GEN - L'aeroporto di Catania è stato
chiuso stamattina per la cenere emessa dall'Etna, dove nella
notte si è formata una fontana di lava alta circa 600 metri.
   La nube, spinta dal vento di maestrale, ha raggiunto i 7.000
metri di quota. Cenere e lapilli sono caduti a Giarre,
Riposto e Fiumefreddo.
   Lo scalo dovrebbe riaprire alle 18. Diciannove voli sono
stati dirottati su Comiso e Palermo.
"""
    (story,) = read_page(page)[0]
    assert [paragraph.split()[0] for paragraph in story.body] == ["L'aeroporto", "La", "Lo"]


@pytest.mark.parametrize("names", [("~krakus", "~basia", "~kierowca", "~anonim"), ("Marlin", "Kit", "Oldsalt", "Moderator")])
def test_a_name_that_is_a_rank_elsewhere_is_one_where_all_stand_above_the_time(names: tuple[str, ...]) -> None:
    posts = (f"{name}\n1{i} January 2026 10:0{i}\nNobody asked us about number {i}.\nReply" for i, name in enumerate(names))
    (story,) = read_page(HEAD + "\n".join(TEXT) + "\n\nComments (4)\n" + "\n".join(posts) + "\nLeave a comment\n")[0]
    assert [comment.author for comment in story.comments] == list(names)


@pytest.mark.parametrize(
    "sign", ["Door: ANP", "By: Reuters", "Von dpa", "Autor: PAP", "By The Associated Press", "Автор: ТАСС"]
)
def test_an_agency_in_a_writers_place_is_where_the_text_is_from(sign: str) -> None:
    (story,) = read_page("\n".join(("Mill Lane to close to cars for a year", "9 January 2026", sign, "", *TEXT)))[0]
    assert (story.source, story.byline) == (sign.partition(" ")[2], None)


@pytest.mark.parametrize("end", [" - أرشيفية", " (أرشيفية)", " - صورة أرشيفية"])
def test_what_a_picture_from_the_archive_shows_is_no_standfirst(end: str) -> None:
    head = (
        f"مصر ترفع أسعار تذاكر المترو اعتبارا من السبت\nكتبت: منى عبد الحميد\n2 مارس 2026\nمحطة مترو العتبة في القاهرة{end}\n"
    )
    text = "أعلنت وزارة النقل المصرية اليوم رفع أسعار تذاكر مترو الأنفاق بنسبة 20 في المئة اعتبارا من السبت المقبل.\n"
    said = "وقال المتحدث باسم الوزارة إن الزيادة تهدف إلى تغطية تكاليف الصيانة وشراء 55 قطارا جديدا للخطين الأول والثاني.\n"
    more = "وتستثنى من الزيادة اشتراكات الطلاب وكبار السن، بحسب البيان.\n"
    (story,) = read_page(head + text + said + more)[0]
    assert not any("محطة" in line for line in (*story.highlights, *story.body))


@pytest.mark.parametrize(
    ("slug", "place"),
    [
        ("صلالة في 7 نوفمبر /العمانية/ ", "صلالة"),
        ("BERLIN, am 7. Februar (dpa) - ", "BERLIN"),
        ("Tunis, le 7 février (TAP) — ", "Tunis"),
    ],
)
def test_the_word_before_a_datelines_day_is_no_part_of_the_place(slug: str, place: str) -> None:
    (story,) = read_page(HEAD + slug + "\n".join(TEXT))[0]
    assert (story.dateline, story.body[0]) == (place, TEXT[0])


@pytest.mark.parametrize("own", ["दोआब जागरण संवाददाता", "अमर उजाला ब्यूरो", "जागरण संवाददाता"])
def test_a_papers_own_reporter_stands_before_the_town(own: str) -> None:
    said = "गन्ना मूल्य का भुगतान न होने से नाराज किसानों ने बुधवार को दिल्ली-मेरठ हाईवे पर ट्रैक्टर खड़े कर दिए।"
    (story,) = read_page(f"किसानों ने रोका हाईवे, चार घंटे जाम\n14 जनवरी 2026\n\n{own}, मेरठ। {said}\n{said[:-1]} और लौटे।\n")[0]
    assert (story.dateline, story.body[0]) == ("मेरठ", said)


@pytest.mark.parametrize(
    "life", ["Teacher, born November 11, 1924; died February 9, 2016", "Teacher born 11 November 1924, died 9 February 2016"]
)
def test_two_dates_of_a_life_below_the_headline_are_a_standfirst(life: str) -> None:
    page = f"Ivy Lindo, who taught a parish to waltz\n\n{life}\n\nOwen Price\nSunday, February 21, 2016\n\n" + "\n".join(TEXT)
    (story,) = read_page(page)[0]
    assert (story.highlights, (story.published or "")[:10]) == ((life,), "2016-02-21")


@pytest.mark.parametrize("sign", ["Odile Brandt\nMar 12, 2026", "Mar 12, 2026 • Odile Brandt"])
def test_who_signs_a_letter_below_its_own_title_wrote_all_its_items(sign: str) -> None:
    said = (*TEXT, "Walkers will have the lane to themselves on Sundays, and the bakery opens an hour earlier for them.")
    items = (
        f"{n}. A {word} in the lane\n{text}\n\n"
        for n, word, text in zip((1, 2, 3), ("year", "vote", "walk"), said, strict=True)
    )
    head = f"The Platform Edge\nA weekly letter about lanes and who walks in them\n\n{sign}\nShare\n\n"
    stories = read_page(head + "".join(items))[0]
    assert [story.byline for story in stories] == ["Odile Brandt"] * 3


BOX = """Graziers count dead cattle as floodwaters drop
By Kirra Maddock
Posted Fri 20 Feb 2026 at 6:12am
In short:
Graziers near Normanton believe at least 40,000 head have been lost.
Helicopters have dropped 600 bales of hay to stranded animals.
{after}
The state will decide next week whether to pay for replacement fencing.
"""


@pytest.mark.parametrize("after", ["What's next?", "What’s next?", "What happens next?", "WHAT'S NEXT?"])
def test_the_sentences_of_a_box_above_a_text_are_its_highlights(after: str) -> None:
    more = "\nWalkers will have the lane to themselves on Sundays, and the bakery opens an hour earlier for them.\n"
    (story,) = read_page(BOX.format(after=after) + "\n".join(TEXT) + more)[0]
    assert (len(story.highlights), len(story.body)) == (3, 3)


@pytest.mark.parametrize("seen", ["A woman in a yellow raincoat points at a map.", "Two men on horses stand at a gate."])
@pytest.mark.parametrize("credit", ["(Station North: Tom Weir)", "(Supplied: Tom Weir)"])
def test_a_caption_that_ends_with_whose_picture_it_is_ends_no_text(seen: str, credit: str) -> None:
    page = [HEAD + TEXT[0], TEXT[1], seen, f"Sian Holloway has coordinated the fodder drops. {credit}"]
    (story,) = read_page("\n".join([*page, "Posted 20 Feb 2026", "Share"]))[0]
    assert story.body == TEXT


def test_a_sentence_with_the_outlets_name_behind_it_is_a_caption() -> None:
    said = "गन्ना मूल्य का भुगतान न होने से नाराज किसानों ने बुधवार को दिल्ली-मेरठ हाईवे पर ट्रैक्टर खड़े कर दिए।"
    head = "किसानों ने रोका दिल्ली-मेरठ हाईवे, चार घंटे लगा जाम\nलेखक: राकेश त्यागी, मेरठ\nPublished: Wed, 14 Jan 2026 07:35 PM (IST)\n"
    shown = "हाईवे पर ट्रैक्टर खड़े कर धरना देते किसान। दोआब जागरण"
    page = f"{head}{shown}\nदोआब जागरण संवाददाता, मेरठ। {said}\n{said[:-1]} और लौटे।\n"
    (story,) = read_page(page)[0]
    assert shown not in (*story.highlights, *story.body)


def test_a_comments_number_is_no_day_of_the_month_that_a_name_begins_with() -> None:
    assert [find_days(text) for text in ("#7 Jun Hao", "#12 May Lin", "#7 Ann, 7 Jun")] == [[], [], [(8, 13)]]
