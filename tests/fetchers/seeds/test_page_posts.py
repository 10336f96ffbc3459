"""Rules of what stands around posts and between paragraphs: ranks, reactions, quotes in boxes, lists, boxes of points."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import TypeAlias

from fetchers.seeds.page_text.credits.datelines import read_slug
from fetchers.seeds.page_text.credits.writers import drop_subjects
from fetchers.seeds.page_text.labels.inside import keep_lists
from fetchers.seeds.page_text.labels.standfirsts import end_points
from fetchers.seeds.page_text.lines.looks import Look
from fetchers.seeds.page_text.stories.items import head_linked
from fetchers.seeds.page_text.thread.posts import set_around_apart
from tests.fetchers.seeds.labelled_lines import ICE, SNOW, drafts_of, looks_of, mended

DAY = "Oct 3, 2024"
LATE = "October 3, 2024 at 6:20 pm"


Rule: TypeAlias = Callable[[Sequence[Look], Sequence[str]], Sequence[str]]


def labels_by(rule: Rule, rows: Sequence[tuple[str, str]]) -> list[str]:
    looks = looks_of(rows)
    return list(rule(looks, [label for label, _ in rows]))


def test_what_a_box_quotes_is_the_posts_and_so_is_the_answer_below_it() -> None:
    rows = [
        ("author", "Ann"),
        ("meta", LATE),
        ("comment", "The ferry is late again."),
        ("author", "Bo"),
        ("meta", LATE),
        ("byline", "Ann said:"),
        ("aside", "The ferry is late again."),
        ("aside", "Click to expand..."),
        ("body", "It waits for the tide, and always did."),
    ]
    assert labels_by(set_around_apart, rows)[5:] == ["meta", "comment", "meta", "comment"]


def test_the_bare_name_below_a_line_that_holds_it_is_the_author() -> None:
    rows = [
        ("author", f"Comment posted by Ann, at 10:12 {DAY}"),
        ("comment", "Ann"),
        ("comment", "Late again."),
        ("author", f"Comment posted by Bo, at 10:15 {DAY}"),
        ("meta", "Bo"),
        ("comment", "As ever."),
    ]
    assert labels_by(set_around_apart, rows) == ["meta", "author", "comment"] * 2


def test_lines_of_one_first_word_below_names_are_ranks() -> None:
    rows = [
        ("aside", "ferry_ann"),
        ("author", "Harbour Legate"),
        ("meta", LATE),
        ("comment", "Late again."),
        ("meta", "tide_bo"),
        ("author", "Harbour Scribe"),
        ("meta", LATE),
        ("comment", "As ever."),
    ]
    assert labels_by(set_around_apart, rows) == ["author", "meta", "meta", "comment"] * 2


def test_a_word_between_an_author_and_a_number_is_a_rank_but_not_below_a_dated_line() -> None:
    rows = [("author", "Ann"), ("comment", "Astronomer"), ("meta", "3"), ("comment", "Late again.")]
    assert labels_by(set_around_apart, rows)[1] == "meta"
    dated = [("author", f"Updated {DAY}"), ("comment", "seadog"), ("meta", LATE), ("comment", "Late again.")]
    assert labels_by(set_around_apart, dated)[1] == "comment"


def test_a_word_that_comes_again_above_a_number_is_no_author() -> None:
    rows = [
        ("author", "Ann"),
        ("comment", "Late again."),
        ("author", "Hmm"),
        ("meta", "5"),
        ("author", "Bo"),
        ("comment", "As ever."),
        ("author", "Hmm"),
        ("meta", "1"),
    ]
    assert [i for i, label in enumerate(labels_by(set_around_apart, rows)) if label == "author"] == [0, 4]


def test_a_count_below_the_heading_of_a_thread_is_nobody() -> None:
    rows = [("aside", "Guest Book"), ("author", "3 entries"), ("comment", "She taught me."), ("author", "Ann")]
    assert labels_by(set_around_apart, rows)[1] == "aside"


def test_a_sign_or_word_and_an_earlier_author_above_a_text_say_whom_it_answers() -> None:
    rows = [
        ("author", "Ann"),
        ("comment", "Late again."),
        ("author", "Bo"),
        ("comment", "→ Ann"),
        ("comment", "As ever."),
        ("author", "Cy"),
        ("comment", "do Bo"),
        ("comment", "Not on Sundays."),
        ("author", "Dee"),
        ("comment", "to arms"),
        ("comment", "I say."),
    ]
    drafts = drafts_of(rows)
    assert [draft.target for draft in drafts] == [None, "Ann", "Bo", None]
    assert [draft.text for draft in drafts][1:] == ["As ever.", "Not on Sundays.", "to arms\nI say."]


def test_a_score_with_those_for_and_against_behind_it() -> None:
    rows = [("author", "Ann"), ("comment", "Late again."), ("meta", "Upvoted"), ("meta", "42 (44 / -2)")]
    assert drafts_of(rows)[0].votes == 42


def test_dates_above_texts_that_are_signed_below_are_those_texts() -> None:
    rows = [
        ("meta", "March 1, 2018"),
        ("comment", "She taught me to drive."),
        ("author", "Ann Lee"),
        ("meta", "Ft. Myers, FL"),
        ("meta", "March 2, 2018"),
        ("comment", "And me."),
        ("author", "Bo Ek"),
    ]
    assert [draft.when for draft in drafts_of(rows)] == ["2018-03-01", "2018-03-02"]


def test_a_list_between_paragraphs_is_text_if_it_is_announced_or_of_amounts() -> None:
    recipe = [
        ("body", SNOW),
        ("aside", "Fruitcake"),
        ("aside", "2 pounds fruit"),
        ("aside", "4 cups flour"),
        ("aside", "6 eggs"),
    ]
    assert labels_by(keep_lists, [*recipe, ("body", ICE)]) == ["body"] * 6
    links = [("aside", "Ferry sinks"), ("aside", "Harbour freezes"), ("body", ICE)]
    assert labels_by(keep_lists, [("body", SNOW), *links])[1:3] == ["aside", "aside"]
    told = SNOW.rstrip(".") + ", and it said:"
    assert labels_by(keep_lists, [("body", told), *links])[1:3] == ["body", "body"]
    asked = [("body", "Then he asked them all:"), ("aside", "Why should anybody paint it red"), ("body", ICE)]
    assert labels_by(keep_lists, asked)[1] == "body"
    picture = ("aside", "Ann Lee at the slip. Photo: Bo Ek")
    assert labels_by(keep_lists, [asked[0], picture, asked[2]])[1] == "aside"


def test_points_end_at_the_picture_above_the_text() -> None:
    rows = [
        ("title", "Sock maker soars"),
        ("furniture", "KEY POINTS"),
        ("highlight", "Shares of the company jumped on Friday."),
        ("body", "Revenue rose by a tenth, more than anybody had expected."),
        ("body", "A store in Ohio, where single socks are on trial."),
        ("body", "Fourteen Inc."),
        ("body", SNOW),
    ]
    assert labels_by(end_points, rows)[2:] == ["highlight", "highlight", "furniture", "furniture", "body"]
    assert labels_by(end_points, [*rows[:5], rows[6]]) == [label for label, _ in [*rows[:5], rows[6]]]


def test_items_of_a_letter_that_end_with_links_are_stories() -> None:
    item = SNOW + " The harbour master said so."
    rows = [
        ("furniture", "NEED TO KNOW"),
        ("title", "Longest Bridge Opens"),
        ("body", f"{item} See photos here."),
        ("aside", "A Bee Returns"),
        ("body", f"{item} (more)"),
        ("aside", "Islands Count On"),
        ("body", f"{item} Read more here."),
        ("body", "Try our oats today."),
    ]
    assert labels_by(head_linked, rows) == ["furniture", *["title", "body"] * 3, "aside"]
    plain = [(label, text.replace(" (more)", "").replace(" Read more here.", "")) for label, text in rows]
    assert labels_by(head_linked, plain) == [label for label, _ in rows]


def test_whom_a_headline_is_about_and_the_outlet_beside_a_name_wrote_nothing() -> None:
    rows = [("title", "Esther Louise Kettering, 1924-2018"), ("byline", "Esther Kettering"), ("body", SNOW)]
    assert labels_by(drop_subjects, rows)[1] == "furniture"
    rows = [
        ("furniture", "Delphi Mercury"),
        ("title", "The cake that won a ribbon"),
        ("furniture", "Bev Stanhope"),
        ("byline", "Delphi Mercury"),
        ("body", SNOW),
    ]
    assert labels_by(drop_subjects, rows)[2:4] == ["byline", "credit"]


def test_offers_captions_and_notices_of_closed_pages_are_none_of_a_text() -> None:
    offer = "Fast and written just for locals. Get our newsletter in your inbox every weekday morning, with the tides."
    caption = "Walt Brennan with part of his collection of gloves in Arlington. (Kay Lin for The Courier)"
    watched = SNOW.replace("Snow", "Hail")
    rows = [
        ("title", "The man with the gloves"),
        ("highlight", "This live blog is now closed"),
        ("body", SNOW),
        ("body", caption),
        ("body", ICE),
        ("aside", watched),
        ("aside", "Scroll down for video"),
        ("body", ICE.replace("Ice", "Mud")),
        ("body", offer),
        ("body", SNOW.replace("Snow", "Ash")),
    ]
    labels = mended(rows)
    assert [labels[i] for i in (1, 3, 5, 8)] == ["furniture", "aside", "aside", "aside"]


def test_a_line_that_is_printed_again_with_the_owner_of_a_picture_is_no_headline() -> None:
    rows = [
        ("title", "Couple married in a lift get stuck again"),
        ("title", "Brian and Jill in the lift"),
        ("furniture", "Brian and Jill in the lift © Exeter Mercury"),
        ("body", SNOW),
    ]
    assert mended(rows)[:3] == ["title", "furniture", "furniture"]


def test_what_a_page_says_of_its_age_or_owner_is_no_headline() -> None:
    for notice in ("This article is more than 4 years old", "An official website of the United States government"):
        rows = [("title", notice), ("highlight", "Beavers dam the wrong stream"), ("byline", "By Ann Lee"), ("body", SNOW)]
        assert mended(rows)[:2] == ["furniture", "title"]
        assert mended([("title", "Beavers dam the wrong stream"), *rows[:1], ("body", SNOW)])[:2] == ["title", "furniture"]


def test_an_acronym_that_the_first_word_is_glued_to_is_a_slug() -> None:
    slug = read_slug("(CNN)A robot put the books in order.")
    assert slug
    assert (slug.agency, slug.place, slug.rest) == ("CNN", None, "A robot put the books in order.")
    slug = read_slug('Hong Kong (CNN Business)"We saw it," she said.')
    assert slug
    assert (slug.agency, slug.place) == ("CNN Business", "Hong Kong")
    assert read_slug("The head (CEO) said that nothing had happened.") is None


def test_notices_of_aggregators_and_house_rules_are_no_text() -> None:
    notices = (
        "Read the original article on Harbour Mail.",
        "The Daily Tide newsletter has all the news of the harbour. Sign up here.",
        "Be respectful. This is a space for friendly talk of the harbour.",
    )
    for notice in notices:
        rows = [("title", "Snow on the harbour"), ("body", SNOW), ("body", ICE), ("body", notice)]
        assert mended(rows)[3] == "aside"


def test_a_badge_is_a_rank_and_a_deactivated_comment_is_none() -> None:
    assert "rank" in looks_of([("meta", "Silver badge")])[0].found.classes
    rows = [("author", "Ann"), ("comment", "Late again."), ("author", "Bo"), ("comment", "Content Deactivated")]
    assert [draft.author for draft in drafts_of(rows)] == ["Ann"]
