"""The small net of the mood model: what it reads, that its parts add up, that its teaching follows the slope of the loss."""

from __future__ import annotations

import itertools
from dataclasses import replace

import numpy as np
import pytest

from newsdesk.sentiment.features import fold, tokenise
from newsdesk.sentiment.phrases import FIRST_WORD, REACH, Net, hear, make_ready, number_words
from newsdesk.sentiment.reading import split_tokens
from newsdesk.sentiment.weights import load
from training.mood import teach_net
from training.mood.sources import AUTHORED, CLASSES, LABELS, read_authored
from training.mood.teach_net import Lessons, start, teach


def small_net() -> Net:
    draw = np.random.default_rng(1)
    vectors = draw.standard_normal((FIRST_WORD + 8, 4)).astype(np.float32)
    return start(vectors, 6, 3, 2, draw).net


def test_words_signs_and_strangers_have_numbers() -> None:
    numbers = number_words(["tax", "xyzzy", "12", "!", "!!", "?", "?!", "??", "...", "…", ".", "☀"], {"tax": FIRST_WORD})
    assert numbers.tolist() == [FIRST_WORD, 1, 12, 4, 14, 5, 13, 15, 11, 11, 2, 16]


def test_what_words_add_is_told_word_by_word() -> None:
    ear = replace(load().ear, most=np.zeros_like(load().ear.most))
    tokens = tokenise([fold("They never once told voters about this secret plan"), "", fold("Thanks")])
    cuts, _, _ = split_tokens(tokens)
    heard = hear(number_words(tokens.words, load().vocabulary), cuts, ear)
    for comment, (begin, end) in enumerate(itertools.pairwise(cuts)):
        assert heard.by_token[begin:end].sum(axis=0) + ear.bias == pytest.approx(heard.logits[comment], abs=1e-3)


def test_neighbours_of_another_comment_are_not_heard() -> None:
    net, words = make_ready(small_net()), np.array([33, 34, 35])
    alone = hear(words, [0, 3], net).logits[0]
    among = hear(np.concatenate([[36, 37], words, [38]]), [0, 2, 2, 5, 6], net).logits
    assert among[2] == pytest.approx(alone, abs=1e-5)
    assert among[1] == pytest.approx(net.bias)
    assert hear(np.zeros(0, dtype=int), [0, 0], net).logits.shape == (1, 4)


def test_a_long_comment_is_heard_to_its_reach() -> None:
    net = make_ready(small_net())
    words = np.full(REACH + 50, 33)
    longer, reached = hear(words, [0, len(words)], net), hear(words[:REACH], [0, REACH], net)
    assert longer.logits == pytest.approx(reached.logits, abs=1e-4)
    assert not longer.by_token[REACH:].any()


def lessons() -> Lessons:
    draw = np.random.default_rng(2)
    words = [draw.integers(1, 40, size) for size in (3, 1, 7, 4)]
    one_hot = np.eye(3, dtype=np.float32)
    return Lessons(
        words,
        draw.random((4, 3)).astype(np.float32),
        one_hot[[0, 1, 2, 0]],
        np.array([1, 0, 0, 0.3], np.float32),
        np.array([1, 2, 0.5, 1], np.float32),
        np.array([0, 1, 0, 1]),
    )


def loss(made: Lessons, weights: dict[str, np.ndarray]) -> float:
    net = Net(*(weights[name] for name in ("vectors", "window", "window_bias", "attention", "mean", "most", "bias")))
    cuts = np.concatenate([[0], np.cumsum([len(words) for words in made.words])]).tolist()
    logits = (
        hear(np.concatenate(made.words), cuts, make_ready(net)).logits
        + made.marks @ weights["marks"]
        + weights["sources"][made.source]
    )
    chance = np.exp(logits[:, :3]) / np.exp(logits[:, :3]).sum(1, keepdims=True)
    mood = -(made.sentiment * np.log(chance)).sum(1)
    mocks = np.log1p(np.exp(logits[:, 3])) - made.sarcasm * logits[:, 3]
    return float((made.weight * (mood + teach_net.SARCASM_WEIGHT * mocks)).mean())


@pytest.mark.parametrize("name", ["vectors", "window", "window_bias", "attention", "mean", "most", "bias", "marks", "sources"])
def test_the_slope_is_the_slope_of_the_loss(name: str, monkeypatch: pytest.MonkeyPatch) -> None:
    for what in ("DROP_WORD", "DROP_SIGN", "DECAY"):
        monkeypatch.setattr(teach_net, what, 0.0)
    net, made = small_net(), lessons()
    draw = np.random.default_rng(3)
    weights = {part: np.array(getattr(net, part), dtype=np.float64) for part in Net.__dataclass_fields__}
    weights |= {"marks": draw.standard_normal((3, 4)), "sources": draw.standard_normal((2, 4))}
    slope = teach_net._slopes(made, np.arange(4), {part: value.astype(np.float32) for part, value in weights.items()}, draw)[
        name
    ]
    way = draw.standard_normal(weights[name].shape)
    if name == "vectors":
        way[0] = 0
    ahead, behind = ({**weights, name: weights[name] + step * way} for step in (1e-4, -1e-4))
    assert (loss(made, ahead) - loss(made, behind)) / 2e-4 == pytest.approx(float((slope * way).sum()), rel=0.02, abs=2e-4)


def test_teaching_lowers_the_loss_and_comes_out_the_same() -> None:
    made = lessons()
    draw = np.random.default_rng(1)
    before = start(draw.standard_normal((40, 4)).astype(np.float32), 6, 3, 2, draw)

    def of(taught: teach_net.Taught) -> float:
        weights = {part: getattr(taught.net, part) for part in Net.__dataclass_fields__}
        return loss(made, {**weights, "marks": taught.marks, "sources": taught.sources})

    after, again = teach(made, before, 200), teach(made, before, 200)
    assert of(after) < 0.8 * of(before)
    assert of(after) == of(again)


def test_labels_and_written_comments_are_well_formed() -> None:
    rows = [line.split("\t") for line in LABELS.read_text("utf-8").splitlines()]
    assert len({tuple(row[:2]) for row in rows}) == len(rows) >= 4000
    assert all(row[2] in CLASSES and row[3] in "01" for row in rows)
    written = read_authored()
    assert len(written) == sum(line[:1] in "nmup" and bool(line) for line in AUTHORED.read_text("utf-8").split("\n"))
    assert {one.label for one in written} == {0, 1, 2}
    assert any(one.parent for one in written)
