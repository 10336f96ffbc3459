"""The larger model of mood: how comments are cut for it, which tier speaks, and what both have in common."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path
from typing import get_args

import numpy as np
import pytest

from newsdesk.model import Comment, Story
from newsdesk.sentiment import measured, score, score_many
from newsdesk.sentiment.judging import add_beside
from newsdesk.sentiment.pieces import HEAD_PIECES, TEXT_PIECES, Pieces, in_rows
from newsdesk.sentiment.weights import FOLDER
from newsdesk.tagging import tiers
from newsdesk.tagging.tagger import tag
from training.mood.runs import cut_spans

VOCABULARY = ["[PAD]", "[UNK]", "[CLS]", "[SEP]", "|", "!", "tax", "##es", "##e", "un", "##fair", "cafe", "link", "a"]


@pytest.fixture
def pieces() -> Pieces:
    return Pieces({piece: at for at, piece in enumerate(VOCABULARY)})


def told(pieces: Pieces, text: str) -> list[str]:
    return [VOCABULARY[number] for number in pieces.cut(text)]


def test_words_are_cut_into_the_longest_known_pieces(pieces: Pieces) -> None:
    assert told(pieces, "Taxes! UNFAIR, Café") == ["tax", "##es", "!", "un", "##fair", "[UNK]", "cafe"]
    assert told(pieces, "taxez") == ["[UNK]"]
    assert told(pieces, "a" * 50) == ["[UNK]"]
    assert told(pieces, "un\u200bfair") == ["un", "##fair"]
    assert told(pieces, "see https://example.org/a?b") == ["[UNK]", "link"]
    assert told(pieces, " \n ") == []


def test_a_word_that_was_cut_before_is_cut_alike(pieces: Pieces) -> None:
    assert told(pieces, "unfair") == told(pieces, "unfair")
    assert pieces.known["unfair"]


def test_a_comment_is_read_between_two_signs(pieces: Pieces) -> None:
    assert [VOCABULARY[number] for number in pieces.look("unfair tax")] == ["[CLS]", "un", "##fair", "tax", "[SEP]"]


def test_a_long_comment_is_read_by_beginning_and_end(pieces: Pieces) -> None:
    numbers = pieces.look("tax " * 100 + "a " * 30)
    assert numbers == [2] + [6] * HEAD_PIECES + [13] * (TEXT_PIECES - HEAD_PIECES) + [3]


def test_rows_have_one_length(pieces: Pieces) -> None:
    numbers, there = in_rows([pieces.look("tax"), pieces.look("tax tax tax")])
    assert numbers == [[2, 6, 3, 0, 0], [2, 6, 6, 6, 3]]
    assert there == [[1, 1, 1, 0, 0], [1] * 5]


def test_the_base_tier_counts_as_much_beside_the_encoder_as_the_settings_say() -> None:
    settings = {"known": {"share": [0.5, 0.5, 0.5, 1.0]}, "alone": {"share": [0.0, 0.0, 0.0, 2.0]}}
    said, beside = np.ones((2, 4)), np.full((2, 4), 4.0)
    found = add_beside(said, beside, np.array([True, False]), settings)
    assert found.tolist() == [[3.0, 3.0, 3.0, 5.0], [1.0, 1.0, 1.0, 9.0]]
    stronger = add_beside(np.ones((2, 5)), beside, np.array([True, False]), settings)
    assert stronger[:, 4].tolist() == [1.0, 1.0]  # the base tier knows no strength
    assert (stronger[:, :4] == found).all()


def test_runs_of_sentences_are_parts_of_longer_comments_and_cut_alike_each_time() -> None:
    texts = [
        "Only one sentence here.",
        'They lied to us! Who pays for it now? "Nobody does." We will see in May. So be it then.',
    ]
    spans = cut_spans(texts, 7)
    assert spans == cut_spans(texts, 7)
    assert all(span.text in texts[1] and span.text != texts[1] for span in spans)
    assert {span.number // 1000 for span in spans} == {1}
    assert len({span.number for span in spans}) == len(spans) >= 2


@pytest.fixture
def nothing_wanted(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(tiers, "_wanted", [])
    monkeypatch.delenv("NEWSDESK_MOOD_TIER")


@pytest.mark.usefixtures("nothing_wanted")
@pytest.mark.parametrize(
    ("said", "there", "speaks"),
    [
        ("auto", True, "model"),
        ("auto", False, "base"),
        ("model", True, "model"),
        ("model", False, "base"),
        ("base", True, "base"),
        ("nonsense", True, "model"),
    ],
)
def test_which_tier_speaks(said: str, there: bool, speaks: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(tiers, "can_model", lambda: there)
    monkeypatch.setenv("NEWSDESK_MOOD_TIER", said)
    assert tiers.tier() == speaks
    monkeypatch.setenv("NEWSDESK_MOOD_TIER", "auto")
    tiers.want(said)
    assert tiers.tier() == speaks


def test_each_tier_says_how_good_it_is() -> None:
    assert all("macro-F1 0." in measured(one) for one in get_args(tiers.Tier))


def test_a_tier_that_is_not_there_is_not_asked(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(tiers, "can_model", lambda: False)
    monkeypatch.setattr(tiers, "_wanted", ["model"])
    story = tag(Story(title="Council votes", body=("The council votes on Monday.",), comments=(Comment("What a shame."),)))
    assert story.mood
    assert story.mood.tier == "base"


model = pytest.mark.skipif(not tiers.can_model(), reason=f"the larger model comes with {tiers.INSTALL}")

PLAIN = [
    ("Thank you, this is wonderful news for the whole town.", "positive"),
    ("They lie to us and pocket the money. Disgusting.", "negative"),
    ("The meeting is at seven in the town hall.", "neutral"),
]


@model
@pytest.mark.parametrize(("text", "label"), PLAIN)
def test_plain_comments_are_read_as_they_are_meant(text: str, label: str) -> None:
    mood = score(text, "Town gets a new library", by="model")
    assert mood
    assert mood.label == label


@model
def test_what_runs_the_model_leaves_nothing_in_the_home_folder(tmp_path: Path) -> None:
    env = {"PATH": os.defpath, "HOME": str(tmp_path)}
    read = "from newsdesk.sentiment import score; print(score('What a shame.', 'Council votes', by='model').label)"
    done = subprocess.run([sys.executable, "-P", "-c", read], env=env, capture_output=True, text=True, check=False, timeout=120)
    assert (done.returncode, done.stdout, done.stderr) == (0, "negative\n", "")
    assert list(tmp_path.rglob("*")) == []


@model
def test_many_at_once_say_the_same_as_one_by_one() -> None:
    texts = [text for text, _ in PLAIN] + ["No.", "a " * 700, "\ud800 \u200b x", "Danke", "!"]
    together = score_many(texts, by="model")
    for text, mood in zip(texts, together, strict=True):
        alone = score(text, by="model")
        assert (alone is None) == (mood is None), text
        if alone and mood:
            assert alone.score == pytest.approx(mood.score, abs=0.08), text


@model
def test_what_was_read_before_is_remembered_by_its_words(monkeypatch: pytest.MonkeyPatch) -> None:
    from newsdesk.sentiment.encoder import load_encoder

    encoder = load_encoder()
    first = encoder.read(["Remember this one."])
    monkeypatch.setattr(encoder, "_session", None)
    assert (encoder.read(["Remember this one."] * 2) == first).all()
    with pytest.raises(AttributeError):
        encoder.read(["Another one."])


@model
def test_a_story_says_which_tier_spoke_and_a_thread_is_read_once(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(tiers, "_wanted", ["model"])
    comments = (Comment("They should all resign, the liars."), Comment("Well done to the team that got this through."))
    story = tag(Story(title="Council votes", body=("The council votes on Monday.",), language="en", comments=comments))
    assert story.mood
    assert story.mood.tier == "model"
    assert [comment.sentiment.label for comment in story.comments if comment.sentiment] == ["negative", "positive"]
    assert all(comment.sentiment.why for comment in story.comments if comment.sentiment)
    monkeypatch.setattr("newsdesk.tagging.tagger.score_many", lambda texts, *_, **__: [None] * len(texts))
    again = tag(story.with_(comments=(*story.comments, Comment("A new one."))))
    assert [comment.sentiment for comment in again.comments] == [*(one.sentiment for one in story.comments), None]


@model
def test_the_shipped_encoder_is_small_and_has_all_its_pieces() -> None:
    assert tiers.ENCODER.stat().st_size <= 13_000_000
    pieces = Pieces.read(FOLDER / "pieces.txt")
    assert pieces.cut("unbelievable!")
    assert not {pieces.number["[UNK]"]} & set(pieces.cut("They never tell us; why? (ask them)"))


def test_the_model_is_not_part_of_a_checkout_without_its_pieces() -> None:
    assert (FOLDER / "pieces.txt").exists() == Path(tiers.ENCODER).exists()
