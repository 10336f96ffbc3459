"""What is read right on its own page is read right beside another page's parts: comments, offers, captions, dates."""

from __future__ import annotations

from fetchers.seeds.page_text.labels.captions import set_captions_apart
from fetchers.seeds.page_text.labels.mending import mend_page
from fetchers.seeds.page_text.labels.resuming import resume, resume_by_words
from fetchers.seeds.page_text.lines.lines import Line
from fetchers.seeds.page_text.lines.looks import look_at
from fetchers.seeds.page_text.thread.closing import close_thread, end_heads
from fetchers.seeds.page_text.thread.firsts import lift_first
from fetchers.seeds.page_text.thread.repeats import set_counts_apart, unify_signs
from newsdesk.dates import choose_order, find_dates
from tests.fetchers.seeds.labelled_lines import drafts_of, look


def test_a_line_of_name_and_age_right_above_the_first_text_names_its_author() -> None:
    thread = (
        "Salty • 6 years ago",
        "It rang twice, I think.",
        "Reply",
        "Roe • 6 years ago",
        "Once.",
        "Moe • 5 years ago",
        "No.",
    )
    labels = ["meta", "comment", "meta", "author", "comment", "author", "comment"]
    assert lift_first(look(*thread), labels) == ["author", *labels[1:]]
    assert lift_first(look("− ⚑", *thread[1:]), labels) == labels


def test_numbers_above_two_authors_that_tell_their_places_are_no_votes() -> None:
    first = [("author", "ann_k"), ("meta", "3 May 2021"), ("comment", "It rang.")]
    second = [("author", "bob_k"), ("meta", "4 May 2021"), ("comment", "Twice.")]
    third = [("author", "cy_k"), ("meta", "5 May 2021"), ("comment", "Thrice.")]
    counted = drafts_of([*first, ("meta", "2"), *second, ("meta", "3"), *third])
    assert [(draft.votes, draft.number) for draft in counted] == [(None, 1), (None, 2), (None, 3)]
    scored = drafts_of([*first, ("meta", "12"), *second, ("meta", "3"), *third])
    assert [draft.number for draft in scored] != [1, 2, 3]


def test_a_name_below_one_comment_whose_time_stands_above_it_is_none() -> None:
    thread = ("Dédé", "17 octobre 2019 à 19h11", "Ils savent tout.", "Infolettre du Rivage", "Inscrivez-vous")
    labels = ["author", "meta", "comment", "author", "aside"]
    assert end_heads(look(*thread), labels) == ["author", "meta", "comment", "aside", "aside"]
    untimed = look("READERS' LETTERS", "Ils savent tout.", "Posted by Ann on May 4, 2019")
    assert end_heads(untimed, ["author", "comment", "author"]) == ["author", "comment", "author"]


def test_the_second_of_two_comments_ends_as_the_first_does() -> None:
    thread = ("Гость", "Дайте мотор!", "Ответить", "5", "Кижанин", "Мост чинили.", "Ответить", "-1", "Новости СМИ2")
    labels = ["author", "comment", "meta", "meta", "author", "comment", "meta", "aside", "aside"]
    assert close_thread(look(*thread), labels) == [*labels[:7], "meta", "aside"]


def test_words_that_come_again_with_other_figures_are_no_comment() -> None:
    thread = ("ann_k", "hm", "Oceniono 18 razy 16", "Odpowiedz", "bob_k", "Bardzo", "Oceniono 3 razy -3", "Odpowiedz")
    labels = ["author", "comment", "comment", "meta", "author", "comment", "author", "meta"]
    last = ("cy_k", "Tak.", "Oceniono 0 razy 0", "Odpowiedz")
    mended = set_counts_apart(look(*thread, *last), [*labels, "author", "comment", "meta", "meta"])
    assert mended == ["author", "comment", "meta", "meta"] * 3


def test_one_word_between_two_names_with_times_is_said_where_the_others_say_more() -> None:
    signs = [f"Posted by {name} on November 2{n}, 2011 at 9:15 AM" for n, name in enumerate(("Dray", "Lee", "Jo", "Merrow"))]
    thread = ("She set hens by it.", signs[0], "Stop it, please.", signs[1], "It is late.", signs[2], "No.", signs[3])
    labels = [*["comment", "author"] * 3, "aside", "author"]
    assert unify_signs(look(*thread), labels) == ["comment", "author"] * 4
    listed = ("Gulls", signs[0], "Crane", signs[1], "Hall", signs[2], "Bus", signs[3])
    assert "comment" not in unify_signs(look(*listed), ["aside", "author"] * 4)


def test_a_text_goes_on_below_a_box_of_offers_and_above_its_source() -> None:
    told = "Die Haltestelle steht seit Dienstag wieder am alten Platz, den sie vor drei Jahren verlor."
    box = ("Newsletter", "Was jetzt?", "Vielen Dank! Wir haben Ihnen eine E-Mail geschickt.")
    last = "Der Rat will die Haltestelle nun auf Dauer an diesem Platz lassen, sagte ein Sprecher."
    assert resume(look(told, told, *box, last), ["body", "body", *["aside"] * 4])[-1] == "body"
    links = ("Lesen Sie auch", "Bus fährt rückwärts", "Kreisel ohne Ausfahrt")
    end = "Niemand hat den Schaden gemeldet."
    labels = ["body", "body", *["aside"] * 4]
    assert resume_by_words(look(told, told, *links, end, "Quelle: dpa"), [*labels, "credit"])[-2] == "body"
    assert resume_by_words(look(told, told, *links, end, "Impressum"), [*labels, "aside"])[-2] == "aside"


def test_a_german_quote_ends_a_sentence() -> None:
    assert look_at(Line("„Ich rate nichts“, sagt sie. „Ich schneide Brot.“")).ends == "."


def test_whose_text_is_used_by_permission_is_a_credit_and_no_paragraph() -> None:
    page = look(
        "Goat coaches",
        "A team won the title on Saturday with a borrowed goat as its coach, it said.",
        "Content from Lakes News. Used with permission.",
    )
    assert mend_page(page, ["title", "body", "body"])[-1] == "credit"


def test_a_long_name_in_capitals_behind_a_sentence_below_the_headline_is_a_pictures() -> None:
    page = look(
        "Penguins cross", "They have started to use the crossing. COASTLINES", "The town has closed a street at dusk since May."
    )
    assert set_captions_apart(page, ["title", "title", "body"])[1] == "furniture"
    agency = look("Penguins cross", "They have started to use the crossing. REUTERS", "The town has closed a street at dusk.")
    assert set_captions_apart(agency, ["title", "highlight", "body"])[1] == "highlight"


def test_days_with_stops_begin_with_the_day_whatever_else_the_page_dates() -> None:
    dates = [*find_dates("04.06.2024, 12.30 Uhr"), *find_dates("3. April 2024"), *find_dates("5. April 2024")]
    assert choose_order(dates, "de") == "dmy"
