"""What the reader of page dumps makes of what comes again in a thread, and of what stands around a story's text."""

from __future__ import annotations

from collections.abc import Sequence

import pytest

from fetchers.seeds.page_text.credits.datelines import read_slug
from fetchers.seeds.page_text.credits.informants import names_informant
from fetchers.seeds.page_text.credits.sources import (
    read_copyright_below,
    read_outlet_in_place,
    read_paper_below,
    read_source,
)
from fetchers.seeds.page_text.labels.captions import is_caption
from fetchers.seeds.page_text.labels.mending import mend_page
from fetchers.seeds.page_text.labels.openings import lift_standfirsts
from fetchers.seeds.page_text.labels.tails import cut_signature
from fetchers.seeds.page_text.lines.lines import Line
from fetchers.seeds.page_text.lines.looks import Look, look_at
from fetchers.seeds.page_text.stories.division import Part, divide
from fetchers.seeds.page_text.thread.authors import read_author
from fetchers.seeds.page_text.thread.frames import Draft, read_frames
from fetchers.seeds.page_text.thread.repeats import (
    begin_below_heading,
    drop_headless,
    end_texts,
    number_posts,
    set_buttons_apart,
    unify_signs,
)
from fetchers.seeds.page_text.thread.replies import resolve_replies

SNOW = "Snow fell on the harbour all night, and the ferries waited for the ploughs until noon on Sunday."
ICE = "Ice lay on the river all week, and the barges waited for the breaker until the evening of Friday."
FOG = "Fog came down from the hills at dawn, and the pilots stayed at home until the horn fell silent."

Rows = Sequence[tuple[str, str]]


def looks_of(rows: Rows) -> list[Look]:
    return [look_at(Line(text)) for _, text in rows]


def labels_of(rows: Rows) -> list[str]:
    return [label for label, _ in rows]


def mended(rows: Rows) -> list[str]:
    return list(mend_page(looks_of(rows), labels_of(rows)))


def test_names_with_a_time_sign_what_stands_above_each_of_them() -> None:
    rows = [("author", "Write to us"), ("comment", "At last."), ("author", "5 May 2020 10:01, Ann")]
    rows += [
        ("comment", "Too late."),
        ("author", "5 May 2020 10:09, Bob"),
        ("comment", "Never."),
        ("comment", "5 May 2020 11:00, Cy R."),
    ]
    rows += [("comment", "Soon."), ("aside", "6 May 2020 08:15, Dina")]
    assert unify_signs(looks_of(rows), labels_of(rows))[::2] == ["meta", "author", "author", "author", "author"]


def test_numbers_that_rise_head_comments_without_names() -> None:
    rows = [("aside", "Opiniones (3)")]
    for n, text in enumerate(("Nieve otra vez.", "#1 Y mañana más.", "Bah"), 1):
        rows += [
            ("body", f"#{n}"),
            ("meta", f"0{n}.02.2021 | 10:0{n}"),
            ("aside", text),
            ("comment", f"Votos: {n}"),
            ("comment", "Responder"),
        ]
    said = number_posts(looks_of(rows), labels_of(rows))
    assert list(said[1:6]) == ["author", "meta", "comment", "meta", "meta"]
    assert said[11:14] == ["author", "meta", "comment"]


def test_what_ends_every_comment_ends_the_last_one() -> None:
    rows: list[tuple[str, str]] = []
    for name in ("Ann", "Bo", "Cy"):
        rows += [("author", name), ("comment", f"{name} says that it snows."), ("meta", "12")]
    rows += [("comment", "Please be kind to each other here"), ("aside", "Imprint")]
    assert end_texts(looks_of(rows), labels_of(rows))[-2:] == ["aside", "aside"]


def test_a_name_and_a_word_below_the_last_foot_are_a_comment() -> None:
    rows: list[tuple[str, str]] = []
    for name in ("Ann Lee", "Bo Ek", "Cy Roe"):
        rows += [("author", name), ("comment", f"{name} says that it snows."), ("meta", "Like · Reply · 3 · 2y")]
    rows += [("aside", "Di Fox"), ("meta", "free snow"), ("meta", "Like · Reply · 1 · 2y")]
    assert end_texts(looks_of(rows), labels_of(rows))[-3:] == ["author", "comment", "meta"]


def test_a_word_below_every_text_is_a_button() -> None:
    rows: list[tuple[str, str]] = []
    for n, name in enumerate(("Ann", "Bob", "Cyd", "Dina"), 1):
        rows += [
            ("meta", name),
            ("author", f"« Reply #{n} on: July 0{n}, 2013, 09:40:02 PM »"),
            ("comment", "Snow."),
            ("author", "Logged"),
        ]
    said = set_buttons_apart(looks_of(rows), labels_of(rows))
    assert [said[i] for i in (3, 4, 7, 8)] == ["meta", "author", "meta", "author"]
    assert read_author(looks_of(rows)[1]) is None


@pytest.mark.parametrize("form", ["{n}. {name} (27/07/2021 11h1{n})", "{name} (27/07/2021 11h1{n})"])
def test_a_word_below_every_button_is_one_too(form: str) -> None:
    rows: list[tuple[str, str]] = []
    for n, name in enumerate(("Ann Lee", "Bob Ek", "Cyd Moe", "Dina Roy"), 1):
        rows += [("meta", form.format(n=n, name=name)), ("comment", f"Snow {n}."), ("meta", "Responda"), ("author", "Xyzzy")]
    said = set_buttons_apart(looks_of(rows), labels_of(rows))
    assert [said[i] for i in (3, 4, 7, 8)] == ["meta", "author", "meta", "author"]


def test_readers_of_one_name_are_no_button() -> None:
    rows: list[tuple[str, str]] = []
    for n in range(4):
        rows += [("author", "Guest"), ("meta", f"27/07/2021 11:1{n}"), ("comment", f"Snow {n}."), ("meta", "Reply")]
    assert list(set_buttons_apart(looks_of(rows), labels_of(rows))) == labels_of(rows)


def test_lines_above_a_heading_that_counts_comments_are_links() -> None:
    rows = [("body", SNOW), ("author", "Bergen"), ("comment", "Ice closes the river"), ("aside", "3 comments")]
    rows += [("author", "Ann"), ("comment", "Yes."), ("author", "Bo"), ("comment", "No.")]
    assert begin_below_heading(looks_of(rows), labels_of(rows))[1:3] == ["aside", "aside"]


def test_a_few_words_above_the_first_author_are_no_comment() -> None:
    rows = [("comment", "Show all of them"), ("author", "Ann, 5 May 2020"), ("comment", "Yes."), ("meta", "Reply")]
    rows += [("author", "Bo, 5 May 2020"), ("comment", "No."), ("meta", "Reply")]
    assert drop_headless(looks_of(rows), labels_of(rows))[0] == "aside"
    signed = [("comment", "Show me"), ("author", "Ann, 5 May 2020"), ("comment", "Yes."), ("author", "Bo, 5 May 2020")]
    assert drop_headless(looks_of(signed), labels_of(signed))[0] == "comment"


def drafts_of(frames: Sequence[Sequence[str]]) -> list[Draft]:
    drafts = []
    for frame in frames:
        looks = [look_at(Line(text)) for text in frame]
        drafts.append(Draft(header=looks[0], frame=looks, paragraphs=[look_at(Line("Snow again."))]))
    read_frames(drafts, "dmy")
    return drafts


def test_two_bare_numbers_are_votes_for_and_against() -> None:
    assert [draft.votes for draft in drafts_of([["Ann", "Reply", "12", "3"], ["Bo", "Reply", "0", "5"]])] == [9, -5]
    assert [draft.votes for draft in drafts_of([["Ann", "(7)", "(2)"], ["Bo", "(1)", "(1)"]])] == [5, 0]


@pytest.mark.parametrize(("line", "votes"), [("Oceniono 10 razy -4", -4), ("Bewertet 3 mal 2", 2), ("14 Reply Flag", 14)])
def test_scores_among_other_numbers(line: str, votes: int) -> None:
    assert drafts_of([["Ann", line]])[0].votes == votes


def test_who_is_quoted_with_a_time_is_answered() -> None:
    drafts = drafts_of(
        [["Ann", "4 July 2013 21:40"], ["Bo", "4 July 2013 22:15", "Quote from: Ann on July 04, 2013, 09:40:02 PM"]]
    )
    assert resolve_replies(drafts, None) == [None, 0]
    assert drafts[1].when == "2013-07-04T22:15"


def test_comments_above_the_only_story_are_its_own() -> None:
    rows = [
        ("author", "Ann"),
        ("comment", "Yes."),
        ("aside", "Post a comment"),
        ("title", "Snow closes the harbour"),
        ("body", SNOW),
    ]
    assert [part.comments for part in divide(looks_of(rows), labels_of(rows))] == [[0, 1]]


def test_a_second_story_begins_with_its_writer_and_date() -> None:
    rows = [("title", "Snow closes the harbour"), ("body", SNOW), ("body", FOG), ("aside", "Ice keeps barges on the river")]
    rows += [("byline", "Bo Ek, Hill Mail"), ("date", "5 May 2020"), ("body", ICE), ("body", FOG)]
    assert mended(rows)[3] == "title"


def test_a_headline_may_stand_above_what_was_taken_for_it() -> None:
    rows = [("furniture", "Home"), ("furniture", "Ferries wait for the ploughs as snow falls on the harbour")]
    rows += [("title", "Nobody had ordered any salt, the mayor says"), ("byline", "By Ann Lee"), ("body", SNOW), ("body", ICE)]
    looks = [look_at(Line(text, blanks=int(i == 1))) for i, (_, text) in enumerate(rows)]
    assert list(mend_page(looks, labels_of(rows)))[1:3] == ["title", "highlight"]


def test_speakers_on_lines_of_their_own_are_text_and_stage_directions_are_not() -> None:
    rows = [("title", "Snow"), ("furniture", "ANN BYRD, HOST:"), ("body", SNOW), ("body", f"BO EK: {ICE}")]
    rows += [("body", f"CY ROE: {FOG}"), ("title", "(SOUND OF A PLOUGH)")]
    assert mended(rows)[1] == "body"
    assert mended(rows)[-1] == "aside"


def test_labels_of_live_entries_and_lists_of_links_are_furniture() -> None:
    rows = [
        ("title", "Snow"),
        ("furniture", "06:10: Newsroom"),
        ("body", SNOW),
        ("body", "08:48: Ann Lee, Bergen"),
        ("body", ICE),
    ]
    rows += [("aside", "12:30: Newsroom"), ("body", FOG)]
    assert mended(rows)[3] == "aside"
    links = [
        ("title", "Snow"),
        ("furniture", "Related links"),
        ("highlight", "Ice closes the river"),
        ("body", SNOW),
        ("body", ICE),
    ]
    looks = [look_at(Line(text, bullet="•" if label == "highlight" else "")) for label, text in links]
    assert list(mend_page(looks, labels_of(links)))[2] == "furniture"


def standfirsts(rows: Rows, titles: int = 0) -> list[str]:
    looks = looks_of(rows)
    part = Part(titles=[titles], credits=[i for i, (label, _) in enumerate(rows) if label in ("date", "byline")])
    part.body = [i for i, (label, _) in enumerate(rows) if label == "body"]
    lift_standfirsts(part, looks, labels_of(rows))
    return [looks[i].text for i in part.highlights]


def test_a_first_paragraph_parted_from_the_text_is_a_standfirst() -> None:
    lead = "Nobody had ordered salt. The mayor walked to work on skis."
    lead += " It took her an hour."
    below = [("body", SNOW), ("body", ICE), ("body", FOG)]
    dated = [("title", "Ferries wait for noon"), ("date", "5 May 2020"), ("body", lead)]
    assert standfirsts([*dated, ("aside", "The quay on Sunday. Photo: Ann Lee"), *below]) == [lead]
    assert standfirsts([*dated, ("aside", "Advertisement"), ("body", ICE), ("body", FOG)]) == []


def test_a_text_that_begins_with_the_words_of_the_headline_has_a_standfirst_above() -> None:
    lead = "Nobody had ordered any salt at all. The mayor walked to work on skis."
    rows = [
        ("title", "Ferries wait until noon for harbour ploughs"),
        ("date", "5 May 2020"),
        ("body", lead),
        ("body", SNOW),
        ("body", ICE),
    ]
    assert standfirsts(rows) == [lead]
    assert standfirsts([rows[0], rows[1], rows[3], rows[4], ("body", FOG)]) == []


def test_an_outlets_own_sign_is_no_dateline() -> None:
    slug = read_slug("(Báo Cảng) - Tuyết rơi suốt đêm trên cảng, các chuyến phà phải chờ đến trưa.")
    assert slug is not None
    assert slug.place is None
    assert slug.rest.startswith("Tuyết")


@pytest.mark.parametrize(
    "text",
    [
        "Un muelle cubierto de nieve, el pasado domingo. ANA REIS",
        "A ferry waits in Bergen. — AFP",
        "Bến phà sáng chủ nhật (Ảnh: Lê Nam).",
        "The ferry's horn has had 12 keepers since 1984 ANN LEE AFP",
    ],
)
def test_captions_that_end_with_a_name(text: str) -> None:
    rows = [("title", "Snow"), ("highlight", text), ("body", SNOW), ("body", text), ("body", ICE)]
    caption = is_caption(look_at(Line(text)), None)
    assert caption or mended(rows)[3] == "aside"


def test_signatures_below_a_text() -> None:
    assert cut_signature("Auch am Montag soll es weiter schneien. (Anna Lie)") == (
        "Auch am Montag soll es weiter schneien.",
        "Anna Lie",
    )
    assert cut_signature("月曜日も雪が降る見込みで、市は塩を買い足すことにした。(藤田花子)")[1] == "藤田花子"
    assert cut_signature("It will snow on Monday as well, they say. (see page 4)")[1] is None


def test_outlets_of_writers_and_owners() -> None:
    assert read_source(look_at(Line("By Anna Lie, Hill County Ledger")), "byline") == "Hill County Ledger"
    assert read_source(look_at(Line("Anna Lie, Omroep Noordkust")), "byline") == "Omroep Noordkust"
    assert read_source(look_at(Line("By ANNA LIE FOR THE HILL MAIL")), "byline") == "THE HILL MAIL"
    assert read_copyright_below(look_at(Line("Copyright (c) 2019. Hill Wire. No copies, please."))) == "Hill Wire"
    assert read_paper_below(look_at(Line("北海新報社"))) == "北海新報"
    assert read_paper_below(look_at(Line("相關新聞"))) is None
    assert read_outlet_in_place("Colaboração para o Correio, em Joinville (SC)") == ("Correio", "Joinville (SC)")
    assert names_informant(look_at(Line("La Voix du port avec AFP")))
    assert read_source(look_at(Line("Deel via")), "credit") is None
