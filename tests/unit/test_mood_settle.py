"""What is chosen for the mood model on held-out comments: what the score is made of."""

from __future__ import annotations

import numpy as np
import pytest

from newsdesk.sentiment.judging import SARCASM, lean, rate


def test_the_score_hears_as_much_of_mockery_as_its_settings_say() -> None:
    logits = np.array([[0.0, 0.0, 2.0, -2.0], [0.0, 0.0, 2.0, 3.0]])
    plain, heard = ({"lean": {"mocking": share, "scale": [1.0] * 3, "shift": [0.0] * 3}} for share in (0.0, 0.5))
    assert lean(logits, plain)[0] == lean(logits, plain)[1] > 0
    assert lean(logits, heard)[0] > lean(logits, plain)[0] > lean(logits, heard)[1]
    assert rate(logits, np.array([0, 0]), plain).tolist() == [0.0, 0.0]


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
