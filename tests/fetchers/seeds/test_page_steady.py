"""What a line is told by its own form and place, whichever of two near labels the page model gives it."""

from __future__ import annotations

import pytest

from fetchers.seeds.page_text.credits.bylines import read_byline
from fetchers.seeds.page_text.credits.sources import read_source
from fetchers.seeds.page_text.lines.lines import Line
from fetchers.seeds.page_text.lines.looks import look_at
from fetchers.seeds.page_text.reading import read_page
from tests.fetchers.seeds.labelled_lines import ICE, SNOW, mended
from training.page_text.align import label_page

HEAD = [("title", "Heron casts a vote in the harbour ward")]


def test_the_end_of_an_interview_is_no_thread() -> None:
    talk = [("body", "Q: Why by hand?"), ("body", "A: It is slower, and the saw is heard by nobody.")]
    rows = [*HEAD, ("body", SNOW), *talk, ("aside", "Advertisement"), ("author", "Q: What can it not do?")]
    rows += [("comment", "A: It is bad at being fair, which is what people ask of it.")]
    assert mended(rows)[-2:] == ["body", "body"]


def test_a_sub_heading_below_an_advertisement_is_the_texts() -> None:
    rows = [*HEAD, ("body", SNOW), ("aside", "Advertisement"), ("aside", "Clerk praised the heron"), ("body", ICE)]
    assert mended([*rows, ("body", SNOW)])[3] == "body"


def test_a_sentence_below_the_buttons_begins_the_text() -> None:
    rows = [*HEAD, ("furniture", "Share"), ("furniture", "The heron cannot walk past a glove."), ("body", SNOW), ("body", ICE)]
    assert mended(rows)[2] == "body"


def test_a_paragraph_above_a_matchs_figures_is_the_texts() -> None:
    told = (
        "Bergen meet Oslo in the final on Sunday, as the photo gallery on the home page shows, and Moss meet Molde for bronze."
    )
    figures = [("aside", "Quarter scores: 12-15, 12-16, 16-12, 14-11"), ("aside", "Attendance: 1,140. Umpires: L. Lie, M. Ek")]
    rows = [*HEAD, ("body", SNOW), ("body", "“I did not see the clock. I saw only the ring,” she said."), ("aside", told)]
    assert mended([*rows, *figures, ("aside", "Comments (6)")])[3:6] == ["body"] * 3


def test_what_points_to_other_stories_is_no_standfirst() -> None:
    rows = [*HEAD, ("highlight", "The clerk counted it twice, and it was right")]
    rows += [("highlight", "More stories like this on our front page"), ("body", SNOW), ("body", ICE)]
    assert mended(rows)[1:3] == ["highlight", "furniture"]


def test_a_caption_that_is_printed_twice_above_its_owner_is_no_headline() -> None:
    shown = "A heron carries a ballot through the harbour ward of Bergen"
    rows = [*HEAD, ("title", shown), ("highlight", f"{shown}."), ("credit", "© Anna Lie, AFP"), ("body", SNOW), ("body", ICE)]
    assert mended(rows)[:3] == ["title", "furniture", "furniture"]


@pytest.mark.parametrize(
    ("line", "below"),
    [
        ("Por Ludmila Prates, g8 Zona da Mata", ("date", "06/10/2021 11h32")),
        ("Posted by u/clayandchalk 3 years ago", ("furniture", "412 points")),
        ("heatherhoney", ("furniture", "Joined: Tue Apr 10, 2012 9:14 am")),
    ],
)
def test_who_wrote_is_told_by_the_lines_form(line: str, below: tuple[str, str]) -> None:
    assert mended([*HEAD, ("furniture", line), below, ("body", SNOW), ("body", ICE)])[1] == "byline"


def test_a_reporter_in_brackets_below_a_text_wrote_it() -> None:
    text = "目前，隔壁单元的居民已提交申请，希望也能有同等待遇，物业表示会研究。"
    rows = [("title", "电梯里多了一面黑板"), *[("body", text)] * 7, ("aside", "（记者 沈佳禾）"), ("aside", "本文来源")]
    assert mended(rows)[-2] == "byline"


def test_a_paper_right_below_a_writer_is_where_the_text_is_from() -> None:
    rows = [*HEAD, ("byline", "Bev Stanhope"), ("furniture", "Delphi Courier-Journal"), ("body", SNOW), ("body", ICE)]
    assert mended(rows)[2] == "credit"


def test_a_name_before_a_time_is_read_from_a_byline_too() -> None:
    assert read_byline(look_at(Line("nightwarden @ 2005-12-04 23:40:00")), "byline") == "nightwarden"


def test_a_bureau_is_no_part_of_a_name() -> None:
    assert read_byline(look_at(Line("海峡新聞青森総局 成田みちる")), "byline") == "成田みちる"


def test_an_editors_initials_are_no_part_of_an_agency() -> None:
    assert read_source(look_at(Line("(rbü/sda)")), "credit") == "sda"


def test_a_number_below_the_last_comment_is_its_votes_as_above() -> None:
    rows = [*HEAD, ("body", SNOW), ("aside", "Comments (2)")]
    rows += [("author", "fishwife59"), ("meta", "3 October 2023, 15:01"), ("comment", "It voted before I did."), ("meta", "+7")]
    rows += [
        ("author", "Anna L."),
        ("meta", "3 October 2023, 15:33"),
        ("comment", "Write about fares instead."),
        ("aside", "-2"),
    ]
    assert mended([*rows, ("aside", "Loading")])[-2] == "meta"


def test_a_list_of_links_without_a_time_or_a_button_is_no_thread() -> None:
    rows = [*HEAD, ("body", SNOW), ("body", ICE), ("author", "More Must-Reads From Harbour"), ("comment", "The Patient Crab")]
    rows += [("meta", "How to Sit"), ("aside", "Contact us at letters@harbour.example.")]
    assert not {"author", "meta", "comment"} & set(mended(rows))


def test_when_a_writer_joined_a_board_is_no_date_of_a_text() -> None:
    page = f"Heron casts a vote in the harbour ward\nBy Anna Lie\nJoined: Tue Apr 10, 2012 9:14 am\n\n{SNOW}\n\n{ICE}\n"
    assert [story.published for story in read_page(page)[0]] == [None]


def test_lines_that_are_learnt_from_are_those_that_are_read() -> None:
    page = f"Heron casts a vote\n\n{SNOW}\n\nComments\nAvatar\nbo_ek\nIt voted.\nAvatar\nanna\nWho counted it?\n"
    empty = {"title": None, "published": None, "source": None, "byline": None, "highlights": [], "body": [SNOW], "comments": []}
    assert "Avatar" not in [look.text for look in label_page(page, {"stories": [empty]}, "made up").looks]
