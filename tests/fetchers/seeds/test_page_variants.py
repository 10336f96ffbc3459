"""Pages of known kinds that print one thing otherwise than most: what is read of them stays the same."""

from __future__ import annotations

import pytest

from fetchers.seeds.page_text.credits.bylines import read_byline
from fetchers.seeds.page_text.credits.datelines import read_slug
from fetchers.seeds.page_text.credits.sources import read_paper_below, read_source
from fetchers.seeds.page_text.lines.lines import Line, split_page
from fetchers.seeds.page_text.lines.looks import look_at
from fetchers.seeds.page_text.reading import read_page
from newsdesk.model import Story
from tests.fetchers.seeds.test_page_threads import thread_of

TEXT = (
    "The harbour board voted on Tuesday to keep the old crane, which has lifted nothing since 1988, for another ten years.\n"
    "A survey found that the crane needs paint, two bolts and a new flag, at a cost of about 4,000 pounds in all.\n"
    "Children at the school had written 212 letters to ask that the board should not sell it for scrap.\n"
)


def only_story(page: str) -> Story:
    stories, _ = read_page(page)
    assert len(stories) == 1
    return stories[0]


@pytest.mark.parametrize("credit", ["© KYODO", "(C) YONHAP", "(c) Hill Wire"])
def test_a_credit_that_is_glued_to_the_text_is_cut_off_however_it_is_written(credit: str) -> None:
    assert [line.text for line in split_page(f"The board will vote in May.{credit}\nann").lines][:2] == [
        "The board will vote in May.",
        credit,
    ]


@pytest.mark.parametrize("link", ["Full story", "Weiterlesen", "Lire la suite", "続きを読む"])
def test_a_link_that_every_item_of_a_letter_ends_with_is_no_text(link: str) -> None:
    heads = ("Owls vote for the crane", "A bridge hums again", "Snow comes before the leaves go")
    items = "\n\n".join(
        f"{n}. {head}\n\n{text} {link}" for n, (head, text) in enumerate(zip(heads, TEXT.splitlines(), strict=True), 1)
    )
    stories, _ = read_page(
        f"The Small Hours\nA letter for five mornings\nNov. 9, 2021, 6:02 AM EST\nHello, Tuesday:\n\n{items}\n\nUnsubscribe"
    )
    assert [story.body for story in stories] == [(text,) for text in TEXT.splitlines()]
    assert [story.title for story in stories] == list(heads)


def test_words_that_two_paragraphs_end_with_are_text() -> None:
    page = f"Crane stays\n\n{TEXT}{TEXT.splitlines()[0]} Good night\n{TEXT.splitlines()[1]} Good night"
    assert all(not line.glued for line in split_page(page).lines)


def test_the_town_behind_an_agency_s_sign_keeps_its_province() -> None:
    slug = read_slug(
        "(ANSA) - CHIOGGIA (VENEZIA), 18 DIC - Il mercato ittico resta chiuso fino a venerdì per la marea di stamani."
    )
    assert slug is not None
    assert (slug.place, slug.agency, slug.byline) == ("CHIOGGIA (VENEZIA)", "ANSA", None)


@pytest.mark.parametrize(
    ("line", "writer"),
    [
        ("Redazione ANSA CHIOGGIA 18 dicembre 2019 12:05", None),
        ("Business News of Tuesday, 5 October 2021", None),
        ("Petra Hallam", "Petra Hallam"),
    ],
)
def test_a_newsroom_s_sign_and_a_section_s_day_are_no_writer_s_name(line: str, writer: str | None) -> None:
    assert read_byline(look_at(Line(line)), "byline") == writer


@pytest.mark.parametrize(
    ("line", "outlet"),
    [
        ("Straits Public Radio | By Joel Amund", "Straits Public Radio"),
        ("KXYZ | By Joel Amund", "KXYZ"),
        ("Politics | By Joel Amund", None),
    ],
)
def test_the_station_before_a_writer_is_the_source(line: str, outlet: str | None) -> None:
    assert read_source(look_at(Line(line)), "byline") == outlet


@pytest.mark.parametrize("line", ["南海道新聞社", "(南海道新聞社)", "【南海道新聞】"])
def test_a_paper_below_the_text_is_the_source_in_brackets_too(line: str) -> None:
    assert read_paper_below(look_at(Line(line))) == "南海道新聞"


def test_in_narrow_text_a_standfirst_below_a_headline_does_not_go_on_with_it() -> None:
    rows = (
        "Cronaca",
        "Acqua alta, mercato del pesce di Chioggia chiuso due giorni",
        "Allagate le celle frigorifere, danni per 600 mila euro",
        "",
        "Il mercato ittico all'ingrosso di Chioggia resta chiuso",
        "fino a venerdì dopo che la marea, salita stamani a quota",
        "centotrentanove, ha allagato le celle frigorifere e gli",
        "uffici della cooperativa.",
    )
    assert [line.text for line in split_page("\n".join(rows)).lines][1:3] == list(rows[1:3])


def test_comments_by_subject_author_and_score_are_all_found() -> None:
    heads = ("1. At last by ann+lee · · Score: 5, Insightful", "2. Yawn by Anonymous Coward · · Score: 0, Troll")
    texts = ("It should have been painted in 1990.", "Cranes are for children.", "Mine would like to know which.")
    answer = "    1. Re:Yawn by bo_ek · · Score: 3, Funny"
    summary = f'kestrel writes "{" ".join(TEXT.splitlines())}"'
    page = (
        f"Mirror\n\nHarbour Keeps Its Crane\n\n{summary}\n\n9 of 340 comments (threshold 0)\n\n"
        f"  {heads[0]}\n\n    {texts[0]}\n\n    --\n    Pipes do not leak.\n\n"
        f"  {heads[1]}\n\n    {texts[1]}\n\n{answer}\n\n       {texts[2]}\n"
    )
    story = only_story(page)
    assert [(one.author, one.text, one.votes) for one in story.comments] == [
        ("ann+lee", texts[0], 5),
        ("Anonymous Coward", texts[1], 0),
        ("bo_ek", texts[2], 3),
    ]
    assert len(story.body) == 1


@pytest.mark.parametrize(
    "gone", ["このコメントは非表示になっています。", "Zmazané správcom diskusie", "Withdrawn at the reader's wish"]
)
def test_a_line_between_two_comments_closed_alike_is_of_neither(gone: str) -> None:
    rows = [
        ("author", "Ann Lee 2022年2月8日 13:05"), ("comment", "It rang twice."), ("meta", "👍3 返信0件"),
        ("author", "Bodil 2022年2月8日 13:22"), ("comment", "Once, I think."), ("meta", "👍28 返信0件"),
        ("author", "Cyprian 2022年2月8日 13:40"), ("comment", "Who counts?"), ("author", "👍15 返信0件"),
        ("comment", gone),
        ("author", "Diana K 2022年2月8日 14:02"), ("comment", "Nobody does."), ("meta", "👍44 返信0件"),
    ]  # fmt: skip
    comments, _ = thread_of(*rows)
    assert comments == [
        ("Ann Lee", "It rang twice.", 3),
        ("Bodil", "Once, I think.", 28),
        ("Cyprian", "Who counts?", 15),
        ("Diana K", "Nobody does.", 44),
    ]


@pytest.mark.parametrize(
    "thanks", ["Ha, thanks bell_ringer. Then I stand.", "Sehr gut, danke bell_ringer!", "Ah oui, merci bell_ringer"]
)
def test_who_is_thanked_is_answered(thanks: str) -> None:
    rows = [
        ("author", "bell_ringer"),
        ("comment", "Only if you sit."),
        ("author", "ann"),
        ("comment", "I sat."),
        ("author", "cy"),
        ("comment", thanks),
    ]
    assert thread_of(*rows)[1] == [None, None, 0]


def test_a_moderator_s_badge_before_whom_he_answers_is_no_name() -> None:
    rows = [
        ("author", "bog cotton • 8 years ago"), ("comment", "Delighted."), ("author", "Ann Lee Mod ➜ bog cotton • 8 years ago"),
        ("comment", "It was a contractor."), ("author", "Guest ➜ Ann Lee • 8 years ago"), ("comment", "Of course it was"),
    ]  # fmt: skip
    comments, targets = thread_of(*rows)
    assert [author for author, _, _ in comments] == ["bog cotton", "Ann Lee", "Guest"]
    assert targets == [None, 0, 1]


def test_a_writer_stands_below_the_source_too() -> None:
    head = "Business News of Tuesday, 5 October 2021\nSource: NAN\n\nBy Danjuma Bitrus"
    story = only_story(f"Crane stays where it is in harbour\n\n{head}\n\n{TEXT}")
    assert (story.byline, story.source) == ("Danjuma Bitrus", "NAN")


def test_a_person_and_the_outlet_that_signs_the_text_are_a_byline() -> None:
    page = (
        f"Magistrate sends the crane to a school in the harbour\n\nAug 19 2015 12:58\nChantel Adonis, Kaap24Wire\n\n"
        f"Cape Town - {TEXT}\n- Kaap24Wire\nRead more on: cranes | schools\n"
    )
    assert only_story(page).byline == "Chantel Adonis"


def test_what_a_picture_of_a_live_page_shows_names_no_writer() -> None:
    first, second, third = TEXT.splitlines()
    page = (
        f"Harbour strike: how Monday 8 November 2021 unfolded\n\nHave your say\n\n    05:45: Night desk\n\n"
        f"    {first}\n\n    Depot closed 06:10:\n\n    {second}\n\n"
        f"    Empty tracks at Ruski Pametnik\n    City hall answers 08:30:\n\n"
        f"    {third}\n\n    17:00: Night desk\n\n    We are closing this page for today.\n"
    )
    story = only_story(page)
    assert story.byline is None
    assert story.body[:3] == (first, second, third)
