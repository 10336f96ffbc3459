"""What a page's own lines tell of a line: what stands around it, what it shares with the text, how it is written."""

from __future__ import annotations

import pytest

from fetchers.seeds.page_text.credits.bylines import read_byline
from fetchers.seeds.page_text.credits.credits import read_credits
from fetchers.seeds.page_text.credits.datelines import read_slug
from fetchers.seeds.page_text.credits.republishing import read_first_published
from fetchers.seeds.page_text.credits.sources import read_source
from fetchers.seeds.page_text.labels.captions import is_caption
from fetchers.seeds.page_text.labels.headings import Labelling, choose_title
from fetchers.seeds.page_text.labels.openings import lift_standfirsts
from fetchers.seeds.page_text.labels.resuming import is_sub_heading
from fetchers.seeds.page_text.labels.tails import cut_signature
from fetchers.seeds.page_text.lines.lines import Line
from fetchers.seeds.page_text.lines.looks import look_at
from fetchers.seeds.page_text.stories.division import Part
from fetchers.seeds.page_text.thread.replies import resolve_replies
from tests.fetchers.seeds.labelled_lines import ICE, SNOW, drafts_of, looks_of, mended


def _headline(rows: list[tuple[str, str]], margins: list[float]) -> str:
    labels = [label for label, _ in rows]
    part = Part(
        titles=[i for i, label in enumerate(labels) if label == "title"],
        credits=[i for i, label in enumerate(labels) if label in ("byline", "date")],
        body=[i for i, label in enumerate(labels) if label == "body"],
    )
    looks = looks_of(rows)
    choose_title(part, 0, Labelling(looks, labels, margins))
    return looks[part.titles[0]].text


def test_the_numbers_of_notes_end_no_sentence_otherwise() -> None:
    looks = [look_at(Line(f"{SNOW}{notes}")) for notes in ("[12]", "[63][n 4]", "[live]", " [Photo]")]
    assert [look.ends for look in looks] == [".", ".", ")", ")"]


def test_a_menu_above_the_headline_speaks_of_nothing_that_the_text_does() -> None:
    rows = [
        ("furniture", "Home News Sport"),
        ("furniture", "Log in"),
        ("title", "Garden Shop Our Boats Prize Draw My Page"),
        ("highlight", "Ferries wait as snow covers the harbour"),
        ("byline", "By Ann Lee"),
        ("body", SNOW),
        ("body", ICE),
    ]
    assert _headline(rows, [-9.0, -9.0, 0.0, -2.5, -9.0, -9.0, -9.0]) == "Ferries wait as snow covers the harbour"


def test_a_picture_s_words_below_the_credits_are_no_headline() -> None:
    rows = [
        ("title", "Ferries wait as snow covers the harbour"),
        ("byline", "Story by Ann Lee"),
        ("furniture", "Two ploughs and the ferries in the harbour snow"),
        ("body", SNOW),
        ("body", ICE),
    ]
    assert _headline(rows, [-1.5, -9.0, -0.1, -9.0, -9.0]) == "Ferries wait as snow covers the harbour"


def test_a_headline_in_other_words_than_the_text_s_stays_one() -> None:
    rows = [("furniture", "Home News Sport"), ("furniture", "Log in"), ("title", "I was a professional queuer for one winter")]
    rows += [("highlight", "What waits on the snow of the harbour"), ("byline", "By Ann Lee"), ("body", SNOW), ("body", ICE)]
    assert _headline(rows, [-9.0, -9.0, 0.0, -0.5, -9.0, -9.0, -9.0]) == "I was a professional queuer for one winter"


def test_what_stands_below_the_copyright_is_the_page_s() -> None:
    rows = [("title", "Heron votes"), ("body", SNOW), ("body", ICE), ("body", "The mayor and the heron wait for the ploughs.")]
    rows += [("aside", "Copyright © 2021 Harbour Radio. All rights reserved.")]
    told = "Harbour Radio sends out some 600 reports a day from more than 100 rooms on two floors."
    assert mended([*rows, ("body", told)])[-1] == "aside"


def test_a_sentence_far_below_a_text_that_has_ended_is_the_page_s() -> None:
    rows = [("title", "Heron votes"), ("body", SNOW), ("body", ICE), ("body", "The mayor and the heron wait for the ploughs.")]
    rows += [("aside", "Share this page"), ("date", "Published 17 June 2021"), ("aside", "Report a problem with this page")]
    own = "This website and its newspapers adhere to the code of the press council of the islands."
    assert mended([*rows, ("body", own)])[-1] == "aside"
    again = "The ferries and the ploughs will be back in the harbour on Sunday, the mayor said on Friday night."
    assert mended([*rows, ("body", again)])[-1] == "body"


def test_a_text_goes_on_below_a_box_of_links() -> None:
    rows = [("title", "Heron votes"), ("body", SNOW), ("body", ICE), ("body", "The mayor and the heron wait for the ploughs.")]
    rows += [("aside", "Read more"), ("aside", "Crab wins seat"), ("aside", "Old pier sold"), ("aside", "Eel in lift")]
    assert mended([*rows, ("body", "Both parties have asked for a recount of the votes, one by one.")])[-1] == "body"


def test_that_a_talk_was_edited_is_none_of_it() -> None:
    rows = [
        ("title", "Heron votes"),
        ("body", SNOW),
        ("body", ICE),
        ("body", "This conversation was lightly edited for clarity."),
    ]
    assert mended(rows)[-1] == "aside"


def test_a_last_paragraph_below_a_short_one_is_the_text_s() -> None:
    rows = [("title", "Heron votes"), ("body", SNOW), ("body", "Nobody has counted the votes so far, and few will.")]
    told = "Mayor Ann Ekman commended the work of the town's chief officer of winter roads and of his three clerks."
    rows += [("aside", told), ("aside", "Public Affairs Officer"), ("aside", "802-555-0188"), ("aside", "Related Content")]
    assert mended(rows)[3:5] == ["body", "aside"]


def test_a_writer_beside_a_handle_and_a_role() -> None:
    rows = [
        ("title", "Heron votes"),
        ("furniture", "By Ann Ekman @annekman_says Senior Reporter"),
        ("body", SNOW),
        ("body", ICE),
    ]
    assert mended(rows)[1] == "byline"
    rows[1] = ("furniture", "Ask Ann Ekman @annekman_says about herons")
    assert mended(rows)[1] == "furniture"


@pytest.mark.parametrize(
    "text",
    [
        "La maestra Ana Reis, con sus alumnos en el puerto de Lugo.CARLA VIDAL",
        "ゴンドラの新しい椅子=7日午後、函館市元町",
        "ゴンドラの新しい椅子=7日午後3時、函館市元町",
    ],
)
def test_a_caption_whose_credit_is_glued_or_whose_hour_is_left_out(text: str) -> None:
    assert is_caption(look_at(Line(text)), None)


def test_a_japanese_first_name_in_kana_signs_a_text() -> None:
    text = "運賃は据え置き、来月からは夜も走る予定だという。"
    assert cut_signature(f"{text}（田中さくら）") == (text, "田中さくら")
    assert cut_signature(f"{text}（続く）") == (f"{text}（続く）", None)


def test_a_number_counts_comments_where_none_is_printed() -> None:
    rows = [("author", "Ann"), ("comment", "Snow again."), ("author", "Bob"), ("comment", "Ice again.")]
    rows += [("author", "Cyd"), ("comment", ">>2 Only on the river."), ("author", "Dan"), ("comment", ">>9 Who?")]
    assert resolve_replies(drafts_of(rows), None) == [None, None, 1, None]


def test_a_wide_colon_ends_the_name_of_whom_a_comment_answers() -> None:
    rows = [("author", "山里人"), ("comment", "下雪了。"), ("author", "老茶客88"), ("comment", "回复 山里人：河上只有冰。")]
    assert resolve_replies(drafts_of(rows), None) == [None, 0]


def _credits(rows: list[tuple[str, str]]) -> tuple[str | None, str | None]:
    """(byline, source) of a page of one story."""
    labels = [label for label, _ in rows]
    part = Part(
        titles=[labels.index("title")],
        credits=[i for i, label in enumerate(labels) if label in ("byline", "date", "credit")],
        body=[i for i, label in enumerate(labels) if label == "body"],
    )
    return read_credits(part, looks_of(rows), labels, None, None)


def test_a_source_that_is_called_one_comes_before_a_name_alone() -> None:
    rows = [("furniture", "Menu"), ("credit", "CNA"), ("title", "Heron votes"), ("body", SNOW), ("credit", "Source: AFP/rc")]
    assert _credits(rows) == (None, "AFP")


def test_a_service_below_the_writer_is_the_source() -> None:
    rows = [("title", "Heron votes"), ("byline", "Ann Ekman"), ("furniture", "Harbour Reporting Service"), ("body", SNOW)]
    assert _credits(rows) == ("Ann Ekman", "Harbour Reporting Service")
    rows[2] = ("furniture", "Senior News Reporter")
    assert _credits(rows) == ("Ann Ekman", None)


def test_a_portal_names_the_paper_above_the_headline_and_below_the_text() -> None:
    rows = [("furniture", word) for word in ("Portal", "Search", "Mail", "News", "US", "World")]
    rows += [("furniture", "Island Shore Herald"), ("title", "Heron votes"), ("body", SNOW)]
    assert _credits([*rows, ("aside", "Read more from Island Shore Herald")]) == (None, "Island Shore Herald")
    assert _credits([*rows, ("aside", "Island Shore Herald")]) == (None, None)


def test_a_writer_with_the_role_in_brackets() -> None:
    rows = [("title", "Heron votes"), ("furniture", "Ann Ekman (correspondent)"), ("body", SNOW)]
    assert _credits(rows) == ("Ann Ekman", None)


def test_where_a_text_first_appeared() -> None:
    text = "This article originally appeared on Island Shore Herald: Heron votes in the harbour ward"
    assert read_first_published(text) == "Island Shore Herald"


def test_a_company_of_any_country_owns_a_site() -> None:
    assert read_source(look_at(Line("© Il Molo SpA - P.Iva 00000000000")), "credit") is None


def test_a_region_before_a_role_and_what_joins_a_writer_to_an_agency_are_no_name() -> None:
    assert read_byline(look_at(Line("Ann Ekman North Coast correspondent")), "byline") == "Ann Ekman"
    assert read_byline(look_at(Line("Ana Reis e")), "byline") == "Ana Reis"


def test_a_place_keeps_the_space_behind_its_comma() -> None:
    slug = read_slug("ROSEAU, Dominica, May 17, CMC – A boat with 600 boxes of bananas was pulled off a reef on Tuesday.")
    assert (slug.place if slug else None) == "ROSEAU, Dominica"


def test_writer_outlet_and_times_on_one_line_are_no_paragraph() -> None:
    line = "Ann Ekman · Shore News · Posted: Jan 16, 2020 6:00 AM AST | Last Updated: January 16, 2020"
    assert mended([("title", "Heron votes"), ("body", line), ("body", SNOW), ("body", ICE)])[1] == "date"
    updated = ("byline", "Last updated 7 March 2022 + show all updates")
    assert mended([("title", "Heron votes"), ("body", SNOW), ("body", ICE), updated])[3] == "date"


def test_what_stands_below_provided_by_wrote_nothing() -> None:
    rows = [("title", "Heron votes"), ("furniture", "News provided by"), ("byline", "Larkspur Pencil Company"), ("body", SNOW)]
    assert mended(rows)[2] == "credit"
    assert mended([rows[0], ("furniture", "From"), ("byline", "Prairie Sound Network"), ("body", SNOW)])[2] == "credit"


def test_the_text_begins_behind_a_long_dash() -> None:
    rows = [("title", "Heron votes"), ("byline", "By Ann Ekman, QNN"), ("body", f"QNN — {SNOW}"), ("body", ICE), ("body", SNOW)]
    part = Part(titles=[0], credits=[1], body=[2, 3, 4])
    lift_standfirsts(part, looks_of(rows), [label for label, _ in rows])
    assert part.body == [2, 3, 4]


def test_the_index_of_a_live_blog_is_no_standfirst() -> None:
    rows = [("title", "Bridge closed – as it happened"), ("furniture", "17.32 GMT Closing summary")]
    rows += [("highlight", "13.10 GMT Crack confirmed"), ("highlight", "07.05 GMT Bridge closed"), ("body", SNOW)]
    assert mended(rows)[1:4] == ["furniture"] * 3


def test_who_began_a_thread_is_told_from_its_section() -> None:
    began = ("byline", "ann_ek November 30, 2021, 6:12am 1")
    rows = [("title", "Heron votes"), ("byline", "Birds & Policy"), began, ("body", SNOW)]
    for name in ("bo", "cyd"):
        rows += [("author", f"{name} November 30, 2021, 7:05am"), ("comment", "Snow again."), ("meta", "2 Likes")]
    assert mended(rows)[1:3] == ["furniture", "byline"]


def test_an_outlet_before_the_writer() -> None:
    line = look_at(Line("Shore Radio West / By Ann Ekman"))
    assert (read_byline(line, "byline"), read_source(line, "byline")) == ("Ann Ekman", "Shore Radio West")


def test_an_agency_that_no_list_knows_behind_a_place_and_a_day() -> None:
    rows = [("title", "Арбузом заплатили"), ("body", f"АСТРАХАНЬ, 17 авг - РИА Север. {SNOW}"), ("body", ICE)]
    slug = read_slug(rows[1][1])
    assert slug is not None
    assert (slug.place, slug.agency, slug.rest) == ("АСТРАХАНЬ", "РИА Север", SNOW)
    part = Part(titles=[0], body=[1, 2])
    assert read_credits(part, looks_of(rows), [label for label, _ in rows], slug, None) == (None, "РИА Север")


def test_where_a_writer_works_is_no_headline() -> None:
    rows = [
        ("furniture", "The Colloquy"),
        ("furniture", "How herons find halls"),
        ("date", "May 4, 2023"),
        ("byline", "Ann Ekman"),
    ]
    rows += [("furniture", "Lecturer in Birds, University of Bergen"), ("body", SNOW), ("body", ICE)]
    assert _headline(rows, [-9.0, -4.0, -9.0, -9.0, -1.0, -9.0, -9.0]) == "How herons find halls"


def test_a_score_below_nought_keeps_its_sign() -> None:
    rows = [("author", "Ann"), ("comment", "Snow."), ("meta", "-4 △ ▽ • Reply • Share ›")]
    assert [draft.votes for draft in drafts_of(rows)] == [-4]


@pytest.mark.parametrize(
    "notice",
    [
        "The Harbour Desk is a nonprofit newsroom that looks into ferries. Sign up to receive our biggest stories.",
        "This story was co-published with the Hythe Register.",
        "May Roe contributed research.",
    ],
)
def test_who_publishes_a_text_and_who_helped_is_said_to_its_readers(notice: str) -> None:
    rows = [("title", "Heron votes"), ("body", notice), ("body", SNOW), ("body", ICE)]
    assert mended(rows)[1:] == ["aside", "body", "body"]


@pytest.mark.parametrize(
    ("line", "label"), [("OWL RETURNS BOOK TO LIBRARY AFTER YEARS", "aside"), ("THE FERRIES AND THE SNOW", "body")]
)
def test_a_line_in_capitals_that_says_nothing_of_the_text_is_a_link(line: str, label: str) -> None:
    assert mended([("title", "Heron votes"), ("body", SNOW), ("aside", line), ("body", ICE)])[2] == label


def test_a_sub_heading_of_short_words_is_the_text_s_if_it_says_them_all() -> None:
    rows = [
        ("title", "Heron votes"),
        ("body", SNOW),
        ("title", "A short wait, a full night of it"),
        ("body", ICE),
        ("body", SNOW),
    ]
    assert is_sub_heading(looks_of(rows), 2, [0, 1]) is False
    rows[2] = ("title", "A long wait, a full night of it")
    assert is_sub_heading(looks_of(rows), 2, [0, 1]) is True


def test_a_writer_s_name_ends_before_the_agency_that_helped() -> None:
    rows = [("title", "Heron votes"), ("byline", "Rita Ekman avec AFP"), ("body", SNOW), ("body", ICE)]
    assert _credits(rows) == ("Rita Ekman", "AFP")


def test_what_was_taken_for_the_headline_is_one_below_a_motto_if_it_speaks_of_the_text() -> None:
    rows = [
        ("furniture", "News for sailors, cooks that count"),
        ("title", "Ferries wait in line"),
        ("body", SNOW),
        ("body", ICE),
    ]
    assert _headline(rows, [0.5, 0.0, -9.0, -9.0]) == "Ferries wait in line"
