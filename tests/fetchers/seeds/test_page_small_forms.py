"""Small forms of pages: floors of a board, places and captions between headline and text, paragraphs told by their indent."""

from __future__ import annotations

import pytest

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
