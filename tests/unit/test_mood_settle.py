"""What is chosen for the mood model on held-out comments: what the score is made of."""

from __future__ import annotations

import numpy as np
import pytest

from newsdesk.sentiment.judging import SARCASM, lean, rate
from training.mood.measure import Answers


def test_the_score_hears_as_much_of_mockery_as_its_settings_say() -> None:
    logits = np.array([[0.0, 0.0, 2.0, -2.0], [0.0, 0.0, 2.0, 3.0]])
    plain, heard = ({"lean": {"mocking": share, "scale": [1.0] * 3, "shift": [0.0] * 3}} for share in (0.0, 0.5))
    assert lean(logits, plain)[0] == lean(logits, plain)[1] > 0
    assert lean(logits, heard)[0] > lean(logits, plain)[0] > lean(logits, heard)[1]
    assert rate(logits, np.array([0, 0]), plain).tolist() == [0.0, 0.0]


def test_the_score_hears_as_much_of_the_strength_as_its_settings_say() -> None:
    logits = np.array([[1.0, 0.0, 0.0, 0.0, -0.4], [1.0, 0.0, 0.0, 0.0, 0.0], [0.0, 0.0, 9.0, 0.0, 0.6]])
    settings = {"mocking": 0.0, "scale": [1.0] * 3, "shift": [0.0] * 3}
    plain, strong = lean(logits, {"lean": settings}), lean(logits, {"lean": {**settings, "strength": 0.5}})
    assert plain[0] == plain[1] == strong[1]
    assert strong[0] == pytest.approx(plain[0] - 0.2)
    assert strong[2] == 1.0  # no score is above that


def test_strength_is_what_ratings_say_beyond_the_chances_and_nothing_in_comments() -> None:
    from training.mood.sources import Example
    from training.mood.strength import Lessons, learn_strength

    draw = np.random.default_rng(3)
    states = {kind: draw.standard_normal((900, 6)) for kind in ("rated", "authored")}
    states["authored"][:, 4] = 0.0  # comments are alike in what ratings go by
    answer, bias = draw.standard_normal((4, 6)).astype(np.float32) * [1, 1, 1, 1, 0, 0], np.zeros(4, np.float32)
    odds = np.exp(states["rated"] @ answer[:3].T)
    chance = odds / odds.sum(1, keepdims=True)
    lessons = Lessons(
        [Example(str(at), "rated") for at in range(900)],
        2 * (chance[:, 2] - chance[:, 0] + 0.3 * states["rated"][:, 4]),
        [Example(str(at), "authored") for at in range(900)],
    )
    slope, level = learn_strength(lambda asked: states[asked[0].source], answer.astype(np.float32), bias, lessons)
    assert states["rated"] @ slope + level == pytest.approx(0.3 * states["rated"][:, 4], abs=0.15)
    assert states["authored"] @ slope + level == pytest.approx(np.zeros(900), abs=0.02)


def test_mockery_counts_in_the_chances_that_are_fitted_with_it() -> None:
    pytest.importorskip("scipy", reason="comes with the extra training")
    from training.mood.calibrate import fit_chances

    draw = np.random.default_rng(2)
    logits = draw.standard_normal((600, 4))
    logits[:, SARCASM] *= 4
    gold = np.where(logits[:, SARCASM] > 0, 0, draw.integers(1, 3, 600))
    fitted = {share: fit_chances(logits, gold, np.ones(600), share) for share in (0.0, 0.3)}
    assert [one["mocking"] for one in fitted.values()] == [0.0, 0.3]
    assert fitted[0.3]["scale"][0] > fitted[0.0]["scale"][0]


def test_of_sarcasm_nothing_is_told_where_no_comment_is_labelled_so() -> None:
    gold, unknown = np.array([0] * 11 + [1] * 5 + [2] * 4), np.zeros(20, dtype=bool)
    told = Answers(gold, unknown, gold, 1.0 - gold, np.full(20, 0.9), gold == 0).figures()
    assert told["macro-F1"] == 1.0
    assert "sarcasm F1" not in told
    assert Answers(gold, gold == 0, gold, 1.0 - gold, np.full(20, 0.9), gold == 0).figures()["sarcasm F1"] == 1.0


def test_likely_shares_are_fitted_to_what_is_right_where_labels_are_wrong() -> None:
    pytest.importorskip("scipy", reason="comes with the extra training")
    from training.mood.likely import fit_likely, likely_error

    draw = np.random.default_rng(4)
    gold = draw.choice(3, 6000, p=[0.7, 0.2, 0.1])
    label = np.where(draw.random(6000) < 0.7, gold, 0)  # of the rarer classes many are called negative
    confidence = np.array([(gold[label == one] == one).mean() for one in range(3)])[label]
    own = Answers(gold, gold < 0, label, 1.0 - label, np.clip(confidence, 0.01, 0.99), gold < 0)
    found = fit_likely([own], [1.0])
    assert found["usual"] == pytest.approx([0.7, 0.2, 0.1], abs=0.02)
    assert found["wrong"][0] == pytest.approx([0.0, 2 / 3, 1 / 3], abs=0.03)
    assert likely_error([(own, found)]) < own.figures()["net share error of 20"] - 0.03
    other = Answers(np.full(100, 1), gold[:100] < 0, np.zeros(100, int), np.zeros(100), np.full(100, 0.5), gold[:100] < 0)
    both = [fit_likely([own, other], weights)["usual"][1] for weights in ([1.0, 0.0], [1.0, 1.0])]
    assert both[1] > both[0] + 0.3
