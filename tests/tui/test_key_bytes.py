"""Keys, clicks and pasted text that come in parts over a slow line."""

from __future__ import annotations

from collections.abc import Iterable

import pytest
from textual import events
from textual.message import Message

from tui.keys.key_bytes import KeyParser

PASTE = "\x1b[200~two words\x1b[201~"


def _told(messages: Iterable[Message]) -> list[str]:
    return [
        f"paste {one.text}" if isinstance(one, events.Paste) else one.key if isinstance(one, events.Key) else type(one).__name__
        for one in messages
    ]


def _late(*parts: str) -> list[str]:
    """What is told of `parts`, each of which comes when the one before is no longer waited for."""
    parser = KeyParser()
    told = []
    for part in parts:
        told += _told(parser.feed(part))
        if parser._timeout_time is not None:
            parser._timeout_time = 0.0
        told += _told(parser.tick())
    return told + _told(parser.feed(""))


@pytest.mark.parametrize(
    ("parts", "keys"),
    [
        (("\x1b[<0;40;", "10M"), ["MouseDown"]),
        (("\x1b[<0;", "40;", "10", "M\x1b[<0;40;10m"), ["MouseDown", "MouseUp"]),
        (("\x1b[<65;4", "0;10Mj"), ["MouseScrollDown", "j"]),
        (("\x1b[6", "~"), ["pagedown"]),
        (("\x1b[1;5", "C"), ["ctrl+right"]),
        (("\x1b[<0;40;", "j"), ["j"]),  # the rest is lost
        (("\x1b", "[B"), ["escape", "down"]),
        (("\x1b", "[<0;40;", "10M"), ["escape", "MouseDown"]),
        (("\x1b", "j"), ["escape", "j"]),
        (("\x1b", "[", "B"), ["escape", "left_square_bracket", "B"]),
        (("\x1b", "\x1b[B"), ["escape", "down"]),
        (("j", "[B"), ["j", "left_square_bracket", "B"]),
    ],
)
def test_the_rest_of_a_key_or_click_that_comes_late_is_not_typed(parts: tuple[str, ...], keys: list[str]) -> None:
    assert _late(*parts) == keys


@pytest.mark.parametrize("at", range(1, len(PASTE)))
def test_a_pasted_text_that_comes_in_two_parts_is_one_and_ends(at: int) -> None:
    told = _late(PASTE[:at], PASTE[at:], "j")
    assert told[-2:] == ["paste two words", "j"]
    assert set(told[:-2]) <= ({"escape"} if at == 1 else {"alt+left_square_bracket"} if at == 2 else set())


def test_what_is_pasted_presses_no_key() -> None:
    text = "a\x1bq\x1b[B and so on, for more than thirty-two signs \x1b"
    assert _told(KeyParser().feed(f"\x1b[200~{text}\x1b[201~j")) == [f"paste {text.replace(chr(27), '')}", "j"]


def test_two_pasted_texts_and_keys_between_them() -> None:
    assert _told(KeyParser().feed(f"j{PASTE}k{PASTE}\x1b[A")) == ["j", "paste two words", "k", "paste two words", "up"]
