"""A match that a page tells by its minutes."""

from __future__ import annotations

from tests.fetchers.seeds.labelled_lines import SNOW, mended

MATCH = [
    ("title", "Hythe 2-3 Lydd: the final, live"),
    ("byline", "By Ann Lee"),
    ("body", SNOW),
    ("body", "90+4 min:"),
    ("body", "GOAL! Lydd have it, and the keeper of Hythe lies in the snow with his hat over his eyes and will not get up."),
    ("aside", "88 min"),
    ("body", "The keeper asks for his hat, and two stewards and a dog are looking for it behind the stand by the river."),
    ("body", "71 min:"),
    ("body", "Level! Roe heads in from a throw that should have been a corner."),
    ("body", "HT: Hythe 2-1 Lydd"),
    ("aside", "Kick-off"),
    ("aside", "Off we go, in a wind that has had the linesman's hat already."),
    ("aside", "Teams"),
    ("aside", "Hythe: Gow; Petrie, Deans, Laird, Orr; Ness, Bain, Sime A.; Keddie, Watt."),
    ("aside", "Share"),
]


def test_minutes_and_whistles_label_the_entries_of_a_match() -> None:
    labels = mended(MATCH)
    assert [labels[i] for i in (3, 5, 7, 9, 10, 14)] == ["aside"] * 6
    assert [labels[i] for i in (4, 6, 8, 11, 12, 13)] == ["body"] * 6


def test_two_minutes_tell_no_match() -> None:
    assert mended([*MATCH[:7], *MATCH[8:]])[-3] != "body"
