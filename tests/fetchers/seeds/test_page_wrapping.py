"""Text that was broken at a column, as text browsers, mail and printers break it, is made whole again in every script."""

from __future__ import annotations

import textwrap
import unicodedata

import pytest

from fetchers.seeds.page_text.lines.lines import split_page
from fetchers.seeds.page_text.reading import read_page

COLUMN = 60
TEXTS = 30  # so many that a row of a table is one of few lines that go on
CHINESE = (
    "港口的灯塔昨天重新刷了漆，渔民们聚在码头上看了一整个上午，谁也没有说话。市长说红色最好看，可是老船长觉得白色在雾里更容易"
    "看见。最后大家决定下个月再开一次会，把颜色定下来。灯塔是一百年前建的，今年春天第一次重新刷漆，村里的人都很高兴。"
)
KOREAN = (
    "어제 항구에서 열린 모임에는 스무 명 남짓한 주민이 모여 새 등대의 색을 두고 세 시간 동안 이야기를 나누었다. "
    "시장은 빨간색을 원했지만 어부들은 흰색이 낫다고 말했다. "
    "등대는 백 년 전에 지어졌고 이번 봄에 처음으로 칠을 새로 한다고 마을 사람들은 전했다."
)
ARABIC = (
    "قال أهل القرية إن المنارة القديمة طليت أمس باللون الأبيض بعد نقاش طويل بين الصيادين والعمدة الذي كان يريدها حمراء. "
    "وأضاف القبطان العجوز أن الأبيض يرى في الضباب من بعيد، "
    "وأن الأطفال رسموا صورا كثيرة للمنارة وعلقوها في المدرسة القريبة من الميناء."
)
ENGLISH = (
    "The lighthouse was painted white on Monday after the Harbour Guild, Captain Edna Marsh, Mayor Tom Wicker and Father "
    "Paul Loom had argued for a year. White is seen from further off in fog, Captain Marsh said, and Mayor Wicker agreed."
)
TABLE_ROW = "Lighthouse   built 1921   painted 1954, 1987 and then not before this spring   red, white and red"


def columns(text: str) -> int:
    return sum(2 if unicodedata.east_asian_width(letter) in "WF" else 1 for letter in text)


def broken(words: list[str], space: str) -> str:
    rows = [""]
    for word in words:
        longer = rows[-1] + space * bool(rows[-1]) + word
        rows[-1:] = [longer] if columns(longer) <= COLUMN else [rows[-1], word]
    return "\n".join(rows)


@pytest.mark.parametrize(
    ("text", "wrapped"),
    [
        (CHINESE, broken(list(CHINESE), "")),
        (CHINESE * 2, "\n".join(textwrap.wrap(CHINESE * 2, COLUMN))),  # as Lynx does, of letters that take two columns each
        (KOREAN, broken(KOREAN.split(" "), " ")),
        (ARABIC, broken(ARABIC.split(" "), " ")),
    ],
    ids=["Chinese, by columns", "Chinese, by letters", "Korean", "Arabic"],
)
def test_a_script_without_capitals_is_joined(text: str, wrapped: str) -> None:
    assert [line.text for line in split_page(f"{text[:8]}\n\n{wrapped}\n\n{wrapped}").lines][1:] == [text, text]


def test_the_wide_spaces_that_a_paragraph_begins_with_take_two_columns_each() -> None:
    wrapped = broken(["　　", *CHINESE], "")
    assert [line.text for line in split_page("\n\n".join((CHINESE[:8], wrapped, wrapped))).lines][1:] == [CHINESE] * 2


def test_lynx_parts_chinese_at_spaces_where_there_are_some() -> None:
    """What stands between two spaces and does not fit into a line begins one."""
    text = CHINESE.replace("市长说", "市长说 ") * 2
    at = text.index(" ")
    rows = [text[:at], *textwrap.wrap(text[at + 1 :], COLUMN)]
    lines = split_page("\n\n".join((CHINESE[:8], *["\n".join(rows)] * 4))).lines
    assert [line.text for line in lines[1:]] == [text.replace(" ", "", 1)] * 4


def test_sentences_that_are_broken_somewhere_in_a_page_are_joined() -> None:
    """A page of long lines was not wrapped; what stands below a headline in small letters, and ends no sentence, is a line."""
    told = ["The lighthouse is painted by sailors who are", "paid."]
    rows = ["Snow closes the harbour for the winter", "by Ann Moss", *[" ".join([ENGLISH] * 2)] * 3, *told * 3]
    assert [line.text for line in split_page("\n".join(rows)).lines] == [*rows[:5], *[" ".join(told)] * 3]


def test_lines_that_nobody_broke_stay_apart() -> None:
    said = (CHINESE[:13], CHINESE[13:28], CHINESE[36:52], CHINESE[75:90], CHINESE[90:105])
    heads = [f"{at} ：{KOREAN[:5]}＠灯台守：2026/03/04(水) 10:1{at}:22.31 ID:aK3f9x0" for at in range(len(said))]
    thread = "\n".join(f"{head}\n{text}" for head, text in zip(heads, said, strict=True))
    assert len(split_page(thread).lines) == 2 * len(said)


def test_one_wide_row_of_a_table_hides_no_column() -> None:
    wrapped = broken(ENGLISH.split(" "), " ")
    lines = split_page("\n\n".join((*[wrapped] * TEXTS, f"{TABLE_ROW}\nall by hand"))).lines
    assert [line.text for line in lines[:TEXTS]] == [ENGLISH] * TEXTS


def test_the_sign_that_links_to_a_heading_is_no_part_of_it() -> None:
    rows = ["Two winters #", "What it cost ¶", "Ferries¶", "Song in C#", "#"]
    assert [line.text for line in split_page("\n".join(rows)).lines] == [*(row.rstrip("¶# ") for row in rows[:3]), *rows[3:]]


LOCOMOTIVE = """DER DEICHBOTE
Textausgabe, 7. August 2017

Alte Dampflok springt auf der Brücke aus dem Gleis

Von ANNA BROK

    Auf einer alten Steinbrücke bei Hythe ist am Samstag eine
Dampflokomotive entgleist, und ihre 140 Gäste mussten am
Rand entlang zu Fuß ans Ufer gehen, sagte die Polizei.

    Die Räder der Lok sprangen kurz nach Mittag vom
Gleis, als sie die Brücke bei der Mühle überquerte, etwa
30 Meter über dem Fluss.

    Freiwillige standen an der niedrigen Mauer und reichten
Kinder von Hand zu Hand weiter.
"""
FERRY = """HILL COUNTY NEWS
Monday, August 7, 2017

Old ferry runs aground on a bank that everybody knew

By ANN LEE

  HYTHE -- The old ferry ran aground on Saturday on a bank
which stands on every chart, and its 90 passengers had to
wade ashore with their shoes in their hands, police said.

  The ferry had left the pier at nine o'clock with
Mayor Roe and her brass band on board, who were to play at
the Reed Bay fair.

  Nobody was hurt, and the tuba was found the next morning
by a boy with a dog.
"""


@pytest.mark.parametrize(
    ("page", "second"),
    [
        (
            LOCOMOTIVE,
            "Die Räder der Lok sprangen kurz nach Mittag vom Gleis, als sie die Brücke bei der Mühle überquerte, etwa",
        ),
        (FERRY, "The ferry had left the pier at nine o'clock with Mayor Roe and her brass band on board, who were to play at"),
    ],
)
def test_a_paragraph_that_begins_further_in_goes_on_where_a_word_would_have_fitted(page: str, second: str) -> None:
    (story,) = read_page(page)[0]
    assert len(story.body) == 3
    assert story.body[1].startswith(second)
