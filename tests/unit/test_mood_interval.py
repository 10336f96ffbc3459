"""What the interval of a share is made with, and how it is measured, on comments that are made up."""

from __future__ import annotations

import numpy as np
import pytest

pytest.importorskip("scipy", reason="comes with the extra training")

from training.mood.interval import LENGTHS, Outlet, draw_threads, fit_interval, measure_intervals
from training.mood.measure import Answers


@pytest.fixture(autouse=True)
def fewer_threads(monkeypatch: pytest.MonkeyPatch) -> None:
    """What is asserted here can be told from a quarter of them."""
    monkeypatch.setattr("training.mood.interval.THREADS", 250)


def outlet(off: float = 0.0, size: int = 2000, source: str = "fox", missed: float = 0.8) -> Outlet:
    """Comments whose chances are `off` by so much, in stories of forty."""
    draw = np.random.default_rng(8)
    said = draw.random(size) < 0.85
    confidence = draw.uniform(0.6, 0.95, size)
    chance = np.where(said, confidence, missed * (1 - confidence)) + off
    return Outlet(source, draw.random(size) < chance, said, confidence, np.arange(size) // 40)


def test_drift_is_how_far_the_chances_of_an_outlet_are_off() -> None:
    alike = fit_interval([outlet()], [1.0])
    apart = fit_interval([outlet(), outlet(-0.2)], [1.0, 1.0])
    assert alike["missed"] == pytest.approx(0.8, abs=0.15)
    assert alike["drift"] <= 0.1
    assert apart["drift"] > alike["drift"] + 0.03


def test_an_outlet_counts_for_what_is_missed_as_it_weighs() -> None:
    more, less = outlet(missed=1.2), outlet(missed=0.2)
    found = [fit_interval([more, less], weights)["missed"] for weights in ([1.0, 0.0], [1.0, 1.0], [0.0, 1.0])]
    assert found[0] > found[1] > found[2]


def test_intervals_that_were_fitted_cover_and_those_without_drift_do_not() -> None:
    settings = fit_interval([outlet()], [1.0])
    fitted = measure_intervals([(outlet(), settings)])
    bare = measure_intervals([(outlet(-0.15), {**settings, "drift": 0.0})])
    for length in LENGTHS:
        assert fitted[f"interval of {length} covers"] >= 0.95
        assert bare[f"interval of {length} covers"] < fitted[f"interval of {length} covers"]
    assert fitted["interval of 200, width"] < fitted["interval of 10, width"]
    assert bare["interval of 200 covers"] < 0.1


def test_threads_are_no_longer_than_half_of_what_there_is() -> None:
    assert {one.length for one in draw_threads(outlet(size=90), 0.8)} == {10, 20, 40}
    small = outlet(size=45, source="pages")
    assert [one.length for one in draw_threads(small, 0.8)] == [10, 10, 20, 20]  # no shares are asked of pages


def test_parts_are_measured_together_by_the_mean_of_their_settings() -> None:
    parts = [(outlet(size=90), {"missed": 0.6, "drift": 0.0}), (outlet(size=2000), {"missed": 1.0, "drift": 0.2})]
    whole = Outlet.together([one for one, _ in parts])
    assert len(set(whole.story.tolist())) == 3 + 50
    assert measure_intervals(parts) == measure_intervals([(whole, {"missed": 0.8, "drift": 0.1})])


def test_unsure_comments_are_left_out() -> None:
    answers = Answers(
        np.array([0, 1, 2, 0]),
        np.zeros(4, bool),
        np.array([0, 0, 2, 1]),
        np.zeros(4),
        np.array([0.9, 0.4, 0.7, 0.6]),
        np.zeros(4, bool),
    )
    found = Outlet.of("fox", answers, ["b", "a", "c", "b"], 0.5)
    assert found.negative.tolist() == [True, False, True]
    assert found.said.tolist() == [True, False, False]
    assert found.story.tolist() == [0, 1, 0]
