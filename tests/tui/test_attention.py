"""The bell and the notices of terminals: which, when, and that foreign text stays text in them."""

from __future__ import annotations

import re
from datetime import UTC, datetime

import pytest

from newsdesk.config import AlertSettings
from tui.outside.attention import call, kind_of_notice, notice

NOON = datetime(2026, 2, 3, 12, tzinfo=UTC)
REPORT = {
    "follows": [{"name": "Japan", "alerts": ["new-country: FR"]}, {"name": "Dam", "alerts": []}, {"name": "X", "alerts": ["y"]}]
}


@pytest.mark.parametrize(
    ("env", "kind"),
    [
        ({"TERM": "xterm-kitty"}, "osc99"),
        ({"TERM": "foot"}, "osc777"),
        ({"TERM": "xterm-256color", "TERM_PROGRAM": "iTerm.app"}, "osc9"),
        ({"TERM": "xterm-kitty", "TMUX": "/tmp/x"}, "off"),
        ({"TERM": "screen-256color", "TERM_PROGRAM": "WezTerm"}, "off"),
        ({"TERM": "xterm-256color"}, "off"),
        ({}, "off"),
    ],
)
def test_auto_is_where_it_is_known_to_work(env: dict[str, str], kind: str) -> None:
    assert kind_of_notice("auto", env) == kind
    assert kind_of_notice("osc777", env) == "osc777"


@pytest.mark.parametrize("kind", ["osc9", "osc777", "osc99"])
def test_hostile_text_neither_ends_nor_begins_a_sequence(kind: str) -> None:
    sent = notice(kind, "a;b\x1b]52;c;eA==\x07", "c\x9c\x1b\\\x1b[2J\nd" * 500)
    assert re.fullmatch(r"(?:\x1b\][0-9]+;[^\x00-\x1f\x7f-\x9f]*\x1b\\)+", sent)
    assert len(sent) < 900


def test_an_alert_rings_and_says_the_first() -> None:
    settings = AlertSettings(bell=True, notice="osc9")
    assert call(REPORT, settings, NOON, {}) == "\x07\x1b]9;Japan: new-country: FR (and 1 more)\x1b\\"
    assert call(REPORT, AlertSettings(), NOON, {}) == ""
    assert call({"follows": []}, settings, NOON, {}) == ""
    assert call(REPORT, AlertSettings(quiet="00:00-23:59", bell=True), NOON, {}) == ""
