"""Which lines a comment's mood is read from: its writer's, not those that it quotes, each to its end."""

from __future__ import annotations

import pytest

from newsdesk.model import MoodLabel
from newsdesk.sentiment import score
from newsdesk.sentiment.lines import own_words
from newsdesk.tagging.tiers import INSTALL, Tier, can_model

KIND = "Thank you, a very clear and helpful explanation, great work."
UNKIND = "You are a disgusting liar and a fraud, and this is a shameful disgrace!"


@pytest.mark.parametrize("tier", ["base", "model"])
@pytest.mark.parametrize(("quoted", "own", "label"), [(UNKIND, KIND, "positive"), (KIND, UNKIND, "negative")])
def test_the_mood_is_the_writers_and_not_that_of_whom_they_quote(quoted: str, own: str, label: MoodLabel, tier: Tier) -> None:
    if tier == "model" and not can_model():
        pytest.skip(INSTALL)
    marked, taken = score(f"> {quoted}\n\n{own}", by=tier), score(f"{quoted}\n{own}", parent=f"Well. {quoted}", by=tier)
    alone = score(own, by=tier)
    assert alone is not None
    assert alone.label == label
    assert marked == alone
    assert taken is not None
    assert (taken.label, taken.toxic) == (label, alone.toxic)


@pytest.mark.parametrize(
    ("text", "parent", "own"),
    [
        ("> a lie\n>> a fraud\nI agree.", None, "I agree."),
        (">a lie\n\n👍", None, "\n👍"),
        ("No.\n＞ 嘘だ", None, "No."),
        ("He says: You have to plan it.\nSo a form.", "You have\nto plan it", None),
        ("You have to plan it\nSo a form.", "First, you have to plan it, and pay.", "So a form."),
        ("県の収穫ボランティアを募集しています。\nいいね", "はい。県の収穫ボランティアを募集しています。", "いいね"),
        ("Thank you!\nThey lied.", "No, thank you! They will.", None),  # too few words to be quoted
        ("> all of it is quoted", None, None),
        ("> quoted.\n...", None, None),
        (">:( so sad.\n>50 % are", None, None),
        ("a > b\nc -> d", None, None),
        ("You have to plan it", "You have to plan it", None),
        ("You have to plan it.\nSo a form.", None, None),
    ],
)
def test_lines_of_others_are_left_out(text: str, parent: str | None, own: str | None) -> None:
    assert own_words(text, parent) == (text if own is None else own)


@pytest.mark.parametrize("tier", ["base", "model"])
@pytest.mark.parametrize(
    ("text", "denied"), [("Absolutely not\n\nGreat article, thanks", False), ("That is not\ngood", True), ("Not\ngreat", True)]
)
def test_a_negation_ends_with_its_line_but_where_that_goes_on(text: str, denied: bool, tier: Tier) -> None:
    if tier == "model" and not can_model():
        pytest.skip(INSTALL)
    found = score(text, by=tier)
    assert found is not None
    assert (found.label == "positive") == (not denied)
    assert own_words(text) == (text if denied else text.replace("not\n", "not.\n"))


@pytest.mark.parametrize(
    ("text", "ended"),
    [
        ('He said "no"  \nWell.', 'He said "no".\nWell.'),
        ("one\n\n\ntwo", "one.\n\n\ntwo"),
        ("What?\nNo!\n- a\n- b", "What?\nNo!\n- a.\n- b"),
        ("wrapped by\nhand at\n  forty", "wrapped by\nhand at\n  forty"),
    ],
)
def test_lines_without_a_stop_get_one(text: str, ended: str) -> None:
    assert own_words(text) == ended


def test_a_quote_is_found_in_hostile_length() -> None:
    lines = "\n".join(["> a" * 3] * 40_000)
    assert own_words(f"No.\n{lines}\nYes.", "a b c d e f " * 40_000).replace("\n", " ").split() == ["No.", "Yes."]


def test_a_link_is_no_word_that_decides() -> None:
    found = score("https://example.org/a-terrible-day")
    assert found is not None
    assert "urlhere" not in found.why
