"""What changed from one version of a story to the next."""

from __future__ import annotations

from time import process_time

from newsdesk.edits import Edit, changed_part, find_edits, told
from newsdesk.model import Story

LONG = "Ten people died when the ferry turned over in the narrows on Friday evening the coast guard said, and two are missing."


def test_what_changed_is_told_in_the_order_of_the_text() -> None:
    first = Story("Ferry sinks", (LONG, "It was new.", "The captain was not named."), highlights=("Ten dead",))
    second = first.with_(
        title="Ferry turns over", body=(LONG.replace("Ten", "Twelve"), "The captain was not named."), revision=2
    )
    third = second.with_(body=(*second.body, "A court will hear him."), highlights=(), status="withheld", revision=3)
    assert find_edits([first, second, third]) == [
        Edit(2, "headline", "Ferry sinks", "Ferry turns over"),
        Edit(2, "paragraph", LONG, LONG.replace("Ten", "Twelve")),
        Edit(2, "paragraph", "It was new.", None),
        Edit(3, "status", "usable", "withheld"),
        Edit(3, "point", "Ten dead", None),
        Edit(3, "paragraph", None, "A court will hear him."),
    ]
    assert find_edits([first]) == []


def test_a_writer_place_or_date_that_was_wrong_is_told() -> None:
    first = Story("Quake", byline="Ann Ito", dateline="KOBE", published="2026-03-01")
    second = first.with_(byline="Ana Ito", dateline=None, published="2026-03-02", revision=2)
    assert find_edits([first, second]) == [
        Edit(2, "byline", "Ann Ito", "Ana Ito"),
        Edit(2, "dateline", "KOBE", None),
        Edit(2, "date", "2026-03-01", "2026-03-02"),
    ]


def test_of_a_long_text_the_part_that_changed_is_told() -> None:
    after = LONG.replace("on Friday", "on Thursday")
    assert changed_part(LONG, after) == (
        "… turned over in the narrows on Friday evening the coast guard said, and …",
        "… turned over in the narrows on Thursday evening the coast guard said, and …",
    )
    assert changed_part("one two", "one two three") == ("one two", "one two three")
    assert changed_part("a b a", "a b a b a") == ("a b a", "a b a b a")
    assert told(Edit(2, "paragraph", LONG, after)) == changed_part(LONG, after)
    assert told(Edit(2, "paragraph", None, LONG)) == (None, LONG)
    assert told(Edit(2, "headline", LONG, after)) == (LONG, after)


def test_thousands_of_paragraphs_that_are_alike_take_no_time() -> None:
    before = Story("A", tuple(["same", "other"] * 20_000))
    start = process_time()
    assert find_edits([before, before.with_(body=(*before.body, "new"), revision=2)]) == [Edit(2, "paragraph", None, "new")]
    assert process_time() - start < 1
