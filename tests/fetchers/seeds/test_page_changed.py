"""The changes that the reader's steadiness is measured by change a page and its labels alike."""

from __future__ import annotations

from random import Random

from training.page_text.variants import LabelledPage, buttons_as, byline_below, frame_rows, other_outlets, rename

BODY = "The harbour board voted on Tuesday to keep the old crane for another ten years."
TEXT = f"Crane stays\nBy Ann Lee\nOSLO (NTB) — {BODY}\nNTB\nBo Ek\nPaint it, NTB.\nReply"
COMMENT = {"author": "Bo Ek", "text": "Paint it, NTB."}
STORY = {"title": "Crane stays", "source": "NTB", "byline": "Ann Lee", "dateline": "OSLO", "highlights": [], "body": [BODY]}
PAGE = LabelledPage(TEXT, {"stories": [{**STORY, "comments": [COMMENT]}], "dropped": ["By Ann Lee", "NTB", "Reply"]})


def test_a_name_changes_in_the_text_the_labels_and_what_is_dropped() -> None:
    changed = other_outlets(PAGE, Random(1))
    assert changed is not None
    name = changed.stories[0]["source"]
    assert name != "NTB"
    assert changed.text == TEXT.replace("NTB", name)
    assert changed.stories[0]["comments"][0]["text"] == f"Paint it, {name}."
    assert changed.label["dropped"] == ["By Ann Lee", name, "Reply"]
    assert PAGE.stories[0]["source"] == "NTB"
    assert rename(PAGE, {"Cy Orr": "Di Poe"}) is None


def test_only_rows_without_labelled_text_are_reworded_and_the_byline_moves_whole() -> None:
    assert list(frame_rows(PAGE)) == [1, 4, 6]
    reworded = buttons_as("Reply", "Antworti")(PAGE, Random(1))
    assert reworded is not None
    assert (reworded.text.split("\n")[-1], reworded.label["dropped"][-1]) == ("Antworti", "Antworti")
    moved = byline_below(PAGE, Random(1))
    assert moved is not None
    assert moved.text.split("\n")[1:3] == [f"OSLO (NTB) — {BODY}", "By Ann Lee"]
