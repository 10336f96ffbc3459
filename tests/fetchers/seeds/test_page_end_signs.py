"""What agencies set behind a text's last sentence: their name, the hands that worked on it, that it has ended."""

from __future__ import annotations

import pytest

from fetchers.seeds.page_text.labels.tails import cut_tail
from fetchers.seeds.page_text.reading import read_page
from tests.fetchers.seeds.labelled_lines import mended

LATE = "The ferry was late again."
WIRE = """Antilles Daily Brief
Home Regional Business Sport

Boat refloated with 600 boxes on board

Tuesday, 17 May 2022

A boat carrying 600 boxes of bananas was pulled off a reef on Monday, two days after squalls drove it ashore at the point.
The harbour master said no fuel had been spilled and thanked the fishermen of the village for their help with the ropes.
AFP/kb

Pupils to be examined in steelpan

Monday, 16 May 2022
By Kellon Phillip

Pupils will be able to sit a certificate in steelpan from September, the ministry announced at a concert that overran.
Forty teachers have been trained. Each of 24 schools gets a set of tenor pans, made from new drums and not from old ones.
"""


@pytest.mark.parametrize(
    ("sign", "agency"),
    [
        ("AFP/rg", "AFP"),
        ("ZWX/EC/KM/ENDS", None),
        ("Lusa/Fim", "Lusa"),
        ("dpa/lno", "dpa"),
        ("(PAP) ab/ cd/", "PAP"),
        ("mar/ jow/", None),
        ("JGA // MAG", None),
        ("/e.k./a.j./", None),
        ("/d.s./", None),
        ("(with inputs from ANI)", "ANI"),
        ("ENDS", None),
        ("(Ende)", None),
        ("(끝)", None),
    ],
)
def test_signs_behind_the_last_sentence_are_none_of_it(sign: str, agency: str | None) -> None:
    assert cut_tail(f"{LATE} {sign}") == (LATE, agency)


@pytest.mark.parametrize("sign", ["He paid and/or left", "See the A/B line", "It cost 3/4 of it"])
def test_words_with_a_stroke_stay(sign: str) -> None:
    assert cut_tail(f"{LATE} {sign}") == (f"{LATE} {sign}", None)


def test_an_agency_behind_several_sentences_without_spaces_is_seen() -> None:
    said = "港は来年から料金を取る。船は四隻。港が発表した。"
    assert cut_tail(f"{said}(共同)") == (said, "共同")
    assert cut_tail("کشتی پھر دیر سے آئی، بندرگاہ نے کہا۔ (اے پی پی)") == ("کشتی پھر دیر سے آئی، بندرگاہ نے کہا۔", "اے پی پی")


def test_an_agency_in_brackets_ends_any_paragraph() -> None:
    text = "港は来年から夜の船に料金を取ると発表した。四隻が対象になる。"
    page = "港の新聞\nトップ 速報 国内\n夜の船に料金、四隻が対象に\n2023年10月3日 19時12分\n"
    page += f"{text}(共同)\n{text}\n漁師は反対した。{text}\n話し合いは続く。\n"
    (story,) = read_page(page)[0]
    assert (story.source, story.body[0]) == ("共同", text)


def test_a_sign_right_below_a_text_is_not_of_the_next_story() -> None:
    assert [story.source for story in read_page(WIRE)[0]] == ["AFP", None]


@pytest.mark.parametrize(
    "notice",
    [
        "(यह समाचार एजेंसी से प्राप्त हुआ है, शीर्षक बदला गया है।)",
        "इस खबर को हमारी टीम ने संपादित नहीं किया है, यह सिंडिकेट फीड से प्रकाशित है।",
        "(This story has not been edited by our staff and is published from a syndicated feed.)",
        "Bu haber ajans tarafından servis edilmiş, editörlerimiz hiçbir müdahalede bulunmamıştır.",
        "Diese Meldung wurde von einer Agentur übernommen und nicht von der Redaktion bearbeitet.",
    ],
)
def test_a_notice_that_a_text_came_unedited_from_an_agency_is_no_text(notice: str) -> None:
    page = WIRE.partition("AFP/kb")[0].rstrip() + f"\n{notice}\n\nMost read\nShare\n"
    (story,) = read_page(page)[0]
    assert story.body[-1].startswith("The harbour master")


@pytest.mark.parametrize("mark", ["###", "# # #", "-30-"])
def test_a_sentence_right_above_the_sign_of_an_end_is_the_text_s(mark: str) -> None:
    said = "The next step is a winch that fits into a suitcase, so that smaller boats can have one, too."
    rows = [("title", "Boat refloated"), ("body", f"{LATE} {LATE} {LATE} {LATE}"), ("aside", said), ("aside", mark)]
    assert mended(rows)[2] == "body"
