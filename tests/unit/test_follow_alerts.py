"""An alert is raised once: a country for good, a burst until the stories came slower in between."""

from __future__ import annotations

from newsdesk.archive.rows import Follow
from newsdesk.follows import Reasons, find_reasons, untold

BOTH = Follow("f1", "query", "x", "X", ("new-country", "velocity"))


def test_a_country_is_told_once() -> None:
    fresh, told = untold(Reasons(("FR", "JP")), {})
    assert fresh.texts() == ("new-country: FR, JP for the first time",)
    again, told = untold(Reasons(("FR", "JP", "PE")), told)
    assert again.texts() == ("new-country: PE for the first time",)
    assert untold(Reasons(("FR",)), told)[0].texts() == ()


def test_a_burst_is_told_again_only_after_a_lull() -> None:
    fast, slow = Reasons(fast=True, last_day=9, usual=2), Reasons()
    fresh, told = untold(fast, {})
    assert fresh.texts() == ("velocity: 9 stories in a day, 0.1 a day before",)
    silent, told = untold(fast, told)
    assert silent.texts() == ()
    _, told = untold(slow, told)
    assert untold(fast, told)[0].texts() == fresh.texts()


def test_what_the_follow_does_not_ask_for_is_no_reason() -> None:
    assert find_reasons(BOTH, {"JP"}, {"FR"}, 9, 0) == Reasons(("JP",), True, 9, 0)
    assert find_reasons(BOTH, {"JP"}, set(), 3, 0).texts() == ()
    assert find_reasons(Follow("f2", "query", "x", "X"), {"JP"}, {"FR"}, 9, 0).texts() == ()


def test_odd_memory_is_none() -> None:
    assert untold(Reasons(("FR",)), {"countries": [3, None], "fast": 0})[0].countries == ("FR",)
