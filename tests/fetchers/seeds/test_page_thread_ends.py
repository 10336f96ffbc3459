"""Where a thread of a dump begins and ends, and lines inside it that only look like an author's."""

from __future__ import annotations

import pytest

from fetchers.seeds.page_text.credits.datelines import read_slug
from fetchers.seeds.page_text.credits.informants import names_informant
from fetchers.seeds.page_text.labels.mending import mend_page
from fetchers.seeds.page_text.labels.resuming import is_sub_heading
from fetchers.seeds.page_text.lines.lines import Line
from fetchers.seeds.page_text.lines.looks import Look, look_at
from fetchers.seeds.page_text.thread.comment_labels import mend_labels
from fetchers.seeds.page_text.thread.forms import align_heads
from tests.fetchers.seeds.labelled_lines import ICE, SNOW, drafts_of, look, looks_of, mended

TOLD = [("title", "Heron votes"), ("body", SNOW), ("body", ICE), ("aside", "3 Comments")]


def _thread(foot: bool = False) -> list[tuple[str, str]]:
    rows: list[tuple[str, str]] = []
    for n, name in enumerate(("Ann", "Bob", "Cyd")):
        rows += [("author", name), ("meta", f"5 May 2023 10:1{n}"), ("comment", f"Snow again, for the {n} time this year.")]
        rows += [("meta", "Reply Report")] if foot else []
    return rows


def test_links_below_a_thread_have_neither_time_nor_buttons() -> None:
    rows = [
        *TOLD,
        *_thread(foot=True),
        ("author", "Chosen for you"),
        ("comment", "Loquats by the hall"),
        ("comment", "Sea opens"),
    ]
    assert mended(rows)[-3:] == ["aside"] * 3


def test_a_link_above_a_comment_is_not_who_wrote_it() -> None:
    rows = [*TOLD, ("furniture", "Read more"), ("furniture", "5 May 2023 10:09"), ("comment", "Ice, too."), *_thread()]
    labels = [label for label, _ in rows]
    assert list(align_heads(looks_of(rows), labels))[4:7] == ["furniture", "furniture", "comment"]
    rows[4] = ("furniture", "Dan")
    assert list(align_heads(looks_of(rows), labels))[4:7] == ["author", "meta", "comment"]


def test_a_sub_heading_may_begin_like_a_time() -> None:
    assert is_sub_heading(look(SNOW, ICE, "Weeks on the river"), 2, [0, 1])
    assert not is_sub_heading(look(SNOW, ICE, "Weeks 2 and 3 ago"), 2, [0, 1])


def test_an_empty_line_ends_a_thread_that_has_none_inside() -> None:
    rows = [*TOLD, *_thread(), ("author", "Dan"), ("meta", "5 May 2023 10:19"), ("comment", "Ice, too.")]
    rows += [("comment", "Edition of the day"), ("author", "Services"), ("comment", "Spelling lessons")]

    def parted(text: str) -> Look:
        return look_at(Line(text, blanks=1))

    looks = [parted(text) if text in ("Ann", "Bob", "Cyd", "Dan", "Edition of the day") else look(text)[0] for _, text in rows]
    assert mend_page(looks, [label for label, _ in rows])[-4:] == ["comment", "aside", "aside", "aside"]
    looks[-3] = parted("Nobody has told the harbour office of it so far, and nobody will.")
    assert mend_page(looks, [label for label, _ in rows])[-3] == "comment"


def test_an_offer_above_the_first_author_is_no_comment() -> None:
    offer = "Get more local news delivered straight to your inbox. Sign up for free newsletters and alerts."
    assert mended([*TOLD, ("comment", offer), *_thread()])[4] == "aside"


def test_whose_words_are_quoted_with_an_arrow_and_a_time_is_no_author() -> None:
    rows = [("author", "ann_ek"), ("meta", "Mon Mar 05, 2018 7:15 pm"), ("comment", "Look up the list.")]
    rows += [("author", "heather"), ("meta", "Mon Mar 05, 2018 8:02 pm"), ("author", "ann_ek wrote: ↑Mon Mar 05, 2018 7:15 pm")]
    rows += [("comment", "Look up the list."), ("comment", "Never heard of it, thank you!")]
    assert mend_labels(looks_of(rows), [label for label, _ in rows])[5] == "meta"
    assert [draft.author for draft in drafts_of(rows)] == ["ann_ek", "heather"]


def test_two_numbers_before_buttons_are_votes() -> None:
    rows = [("author", "Ann"), ("comment", "Snow."), ("meta", "11 0 • Reply • Flag")]
    rows += [("author", "Bob"), ("comment", "Ice."), ("meta", "4 6 • Reply • Flag")]
    assert [draft.votes for draft in drafts_of(rows)] == [11, -2]


def test_a_frame_above_the_post_names_who_began_the_thread() -> None:
    rows = [("furniture", "Board"), ("author", "heather"), ("meta", "Posts: 412"), ("title", "Heron votes")]
    rows += [("meta", "Mon Mar 05, 2018 6:22 pm"), ("body", SNOW), ("body", ICE), *_thread()]
    assert mended(rows)[1:6] == ["byline", "furniture", "title", "date", "body"]
    rows[2:3] = [("meta", "Joined:"), ("meta", "5 May 2016")]  # which is no day of the post's
    assert mended(rows)[1:5] == ["byline", "furniture", "furniture", "title"]


def test_a_state_s_sign_is_no_day_of_the_week() -> None:
    slugs = [read_slug(f"{place} — {SNOW}") for place in ("ARLINGTON, MA", "BROOKS LANDING, Mo. (KDRW)")]
    assert [slug.place if slug else None for slug in slugs] == ["ARLINGTON, MA", "BROOKS LANDING, Mo."]


def test_a_text_goes_on_below_a_box_in_which_one_signs_up() -> None:
    rows = [("title", "Heron votes"), ("body", SNOW), ("body", ICE), ("body", "The mayor waits.")]
    rows += [("aside", "Get tips on how to grow"), ("aside", "Sign up"), ("aside", "Privacy policy and terms of use apply.")]
    assert mended([*rows, ("body", "Both parties have asked for a recount, one by one.")])[-1] == "body"


def test_a_paper_and_the_agency_that_it_used_may_end_with_a_stop() -> None:
    assert names_informant(look_at(Line("Ouest-Large avec AFP.")))
    assert not names_informant(look_at(Line("The mayor of the harbour town was seen in the hall with AFP.")))


@pytest.mark.parametrize(
    ("head", "said", "label"),
    [
        ("Comments", "Nice clock", "comment"),
        ("The harbour", "Snow is better than ice, as every cook in the harbour knows.", "comment"),
        ("The harbour", "Nice clock for a harbour in the snow", "aside"),
    ],
)
def test_what_nothing_heads_or_frames_is_a_thread_if_it_says_something(head: str, said: str, label: str) -> None:
    assert mended([*TOLD[:3], ("furniture", head), ("author", "Ann Lee"), ("comment", said)])[-1] == label


def test_a_line_below_a_thread_says_when_the_post_was_submitted() -> None:
    rows = [*TOLD, *_thread(foot=True), ("aside", "this post was submitted on 14 Feb 2018"), ("aside", "203 points")]
    assert mended(rows)[-2:] == ["date", "aside"]
    assert mended([*rows[:-2], ("aside", "this pond was submitted to on 14 Feb 2018")])[-1] == "aside"


@pytest.mark.parametrize(
    "notice",
    [
        "The comments to this entry are closed.",
        "This discussion is now closed.",
        "Die Kommentare sind geschlossen.",
        "Os comentários estão encerrados.",
        "De reacties zijn gesloten.",
        "Komentarze są zamknięte.",
        "コメントの受付は終了しました。",
        "댓글이 닫혔습니다.",
    ],
)
def test_that_a_thread_is_closed_is_no_comment_of_it(notice: str) -> None:
    rows = [*TOLD]
    for n, name in enumerate(("Ann", "Bob", "Cyd")):
        rows += [
            ("comment", f"Snow again, for the {n} time this year."),
            ("author", f"Posted by: {name} | May 17, 2024 2:3{n} PM"),
        ]
    assert mended([*rows, ("comment", notice)])[-3:] == ["comment", "author", "aside"]


@pytest.mark.parametrize("said", ["Why are the comments closed again?", "I closed the comments page at once."])
def test_a_reader_may_speak_of_what_is_closed(said: str) -> None:
    assert mended([*TOLD, *_thread(), ("author", "Dan"), ("meta", "5 May 2023 10:19"), ("comment", said)])[-1] == "comment"
