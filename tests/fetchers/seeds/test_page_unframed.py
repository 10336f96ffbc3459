"""What looks like a thread and is none: charts and code inside a story, lists of headlines below it; text browsers' marks."""

from __future__ import annotations

import pytest

from fetchers.seeds.page_text.labels.unframed import undo_inside, undo_outside
from fetchers.seeds.page_text.lines.lines import Line, split_page
from fetchers.seeds.page_text.lines.looks import look_at
from fetchers.seeds.page_text.reading import read_page

SNOW = (
    "The harbour was closed for a third day on Friday after snow drifted over both slipways and the crane froze to its rails."
)
ICE = (
    "Nobody could say when the ice would let the ferries out again, and the baker had no flour left to sell at noon on Sunday."
)


def relabelled(rows: list[tuple[str, str]], inside: bool = True) -> list[str]:
    looks = [look_at(Line(text)) for _, text in rows]
    return list((undo_inside if inside else undo_outside)(looks, [label for label, _ in rows]))


def test_the_figures_of_a_chart_are_no_comments() -> None:
    chart = [("author", "$40"), ("comment", "tonnes"), ("meta", "20"), ("author", "’17"), ("comment", "Snow in the harbour")]
    rows = [("title", "Snow"), ("body", SNOW), *chart, ("body", ICE)]
    assert relabelled(rows) == ["title", "body", *["aside"] * 5, "body"]


def test_a_paragraph_between_two_programs_is_the_storys() -> None:
    program = [("author", "(func $plough"), ("comment", "(nop)"), ("author", "return 0;")]
    rows = [("title", "Snow"), ("body", SNOW), *program, ("comment", ICE), *program, ("body", SNOW + " It thawed.")]
    assert relabelled(rows) == ["title", "body", *["aside"] * 3, "body", *["aside"] * 3, "body"]


@pytest.mark.parametrize(
    "frame", [("author", "Ann Moss says:"), ("meta", "Reply"), ("meta", "5 May 2024")], ids=["says", "button", "time"]
)
def test_what_is_framed_as_comments_stays(frame: tuple[str, str]) -> None:
    thread = [frame, ("comment", "I saw it too."), frame, ("comment", "So did I.")]
    rows = [("title", "Snow"), ("body", SNOW), *thread, ("body", ICE)]
    assert relabelled(rows)[2:6] == [label for label, _ in thread]


def test_a_thread_above_the_next_headline_is_the_first_storys() -> None:
    thread = [("author", "Ann Moss"), ("comment", "I saw it too."), ("author", "bo_ek"), ("comment", "So did I.")]
    rows = [("title", "Snow"), ("body", SNOW), *thread, ("title", "Ice"), ("body", ICE)]
    assert relabelled(rows) == [label for label, _ in rows]


def test_other_headlines_below_a_story_are_no_comments() -> None:
    listed = [("author", "Harbour News"), ("comment", "Why the baker of Bergen has no flour"), ("author", "Undo")] * 6
    rows = [("title", "Snow"), ("body", SNOW), ("body", ICE), *listed]
    assert relabelled(rows, inside=False)[3:] == ["aside"] * len(listed)


def test_they_are_none_below_a_heading_either() -> None:
    listed = [("author", "Harbour News"), ("comment", "Why the baker of Bergen has no flour")] * 6
    rows = [("title", "Snow"), ("body", SNOW), ("body", ICE), ("aside", "Comments"), *listed]
    assert set(relabelled(rows, inside=False)[4:]) == {"aside"}


@pytest.mark.parametrize("heading", ["Comments", "Harbour"])
def test_names_and_sentences_in_turn_are_a_thread(heading: str) -> None:
    said = ["I saw it too.", "So did I.", "Nonsense", "Who paid for the crane?", "We all did.", "ok"]
    thread = [row for text in said for row in (("author", "Ann Moss"), ("comment", text))]
    rows = [("title", "Snow"), ("body", SNOW), ("body", ICE), ("aside", heading), *thread]
    assert relabelled(rows, inside=False) == [label for label, _ in rows]


@pytest.mark.parametrize("frame", [("meta", "Reply"), ("author", "How to keep warm in the harbour")], ids=["buttons", "nobody"])
def test_a_list_between_buttons_or_without_names_is_no_thread(frame: tuple[str, str]) -> None:
    headlines = ["Why the baker has no flour", "Ten boats to see", "A crane for sale", "Ice on the quay"]
    said = "Nobody knows where the plough is."
    texts = [*headlines, said] if frame[0] == "meta" else [said, said, headlines[0]]
    listed = [row for text in texts for row in (frame, ("comment", text))]
    rows = [("title", "Snow"), ("body", SNOW), ("body", ICE), *listed]
    assert set(relabelled(rows, inside=False)[3:]) == {"aside"}


def test_a_text_that_a_chart_parts_is_one_story() -> None:
    """A page as a browser gives it: the scale of a chart took the rest of the text for a second story."""
    chart = [
        "$915",
        "billion",
        "Snow in the harbour",
        "$900",
        "billion",
        "600",
        "300",
        "’17",
        "’18",
        "’19",
        "’20",
        "’21",
        "’22",
    ]
    text = [f"{SNOW} Day {n} of it was the worst." for n in range(1, 5)]
    page = [
        "Snow closes the harbour of Bergen",
        "By Ann Moss",
        "Sept. 25, 2018",
        *text,
        *chart,
        "By Harbour News",
        ICE,
        *text[:2],
    ]
    stories = read_page("\n\n".join(page))[0]
    assert [story.title for story in stories] == ["Snow closes the harbour of Bergen"]
    assert ICE in stories[0].body
    assert not stories[0].comments


WRAPPED = """\
The harbour was closed for a third day on Friday after snow drifted over both
slipways and the crane was frozen to its rails, and nobody could say for how
long it would be.

  • Ferries leave from the fish quay, where there is room for two of them if the
    boats make way, or three if they do not.
  • The baker of the lower town has flour again, which came over the hill on the
    plough.

 1. Ships that are frozen in may stay without paying, as they have done in all
    winters.
 2. Ships that are not must leave.
"""


def test_the_items_of_a_wrapped_list_are_a_line_each() -> None:
    assert [line.text for line in split_page(WRAPPED).lines][1:] == [
        "Ferries leave from the fish quay, where there is room for two of them if the boats make way, or three if they do not.",
        "The baker of the lower town has flour again, which came over the hill on the plough.",
        "1. Ships that are frozen in may stay without paying, as they have done in all winters.",
        "2. Ships that are not must leave.",
    ]


def test_marks_of_text_browsers_are_no_text() -> None:
    rows = (
        "(BUTTON) Search",
        "[_____________]",
        "[harbour-12]",
        "[snow_2-med]",
        "[INS: Snow :INS] closes [INS: it :INS]",
        "[ ] Mail",
    )
    assert [line.text for line in split_page("\n".join(rows)).lines] == ["Search", "Snow closes it", "Mail"]


BROKEN = """   IFRAME:
   https://ads.example.org/frame.html?place=top&page=3&key=8d9f0a1b2c3d4e5
   f6a7b8c9d0

   [scaled.jpg?width=640&height=480&source=8d9f0a1b2c3d4e5f6a7b8c9d0e1f2a3
   b4c5d6.jpg]

   [snow.jpg?w=90] [snow.jpg]

     * [a7edbb0f-8] Snow closes the harbour
   [098bc] Ann Moss
     *
   [BUTTON Input] (not implemented)_____
   ____________________ [BUTTON Input] (not
   [INS: :INS] [INS: :INS] [INS:
   :INS] :INS]
   [                    ] Go
   The king [sic] came [2017-12] with [Hol14] and [then-president] Moe.
   [254] people saw it.
"""


def test_pictures_and_fields_of_text_browsers_are_no_text_however_long_they_are() -> None:
    assert [line.text for line in split_page(BROKEN).lines] == [
        "Snow closes the harbour",
        "Ann Moss",
        "____________________",
        "Go",
        "The king [sic] came [2017-12] with [Hol14] and [then-president] Moe.",
        "[254] people saw it.",
    ]


def test_words_in_brackets_are_text() -> None:
    page = "[deleted]\n[removed]\n[Video]\nSnow [ice] closes the harbour (again)"
    assert [line.text for line in split_page(page).lines] == page.split("\n")


@pytest.mark.parametrize(("lines", "said"), [(10, 0), (9, 6)])
def test_a_list_some_way_below_a_thread_is_none(lines: int, said: int) -> None:
    """Buttons and times show that the first is one; what else looks like it is judged by itself."""
    thread = [("author", "Ann Moss"), ("comment", ICE), ("meta", "2 hours ago"), ("meta", "Reply")] * 4
    between = [("aside", f"Snow number {n}") for n in range(lines)]
    listed = [(label, f"Harbours ({n})") for n in range(6) for label in ("author", "comment")]
    labels = relabelled([("title", "Snow"), ("body", SNOW), *thread, *between, *listed], inside=False)
    assert labels[2:18] == [label for label, _ in thread]
    assert labels[-len(listed) :].count("comment") == said
