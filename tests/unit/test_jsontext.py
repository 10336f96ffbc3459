"""JSON text that drives no terminal and loses nothing."""

from __future__ import annotations

import json
import unicodedata

from newsdesk.jsontext import dump_json


def test_nothing_that_a_terminal_obeys_is_printed_raw_and_nothing_is_lost() -> None:
    nasty = "".join(map(chr, [*range(0x20), *range(0x7F, 0xA0), 0x85, 0x2028, 0x202E, 0x2066, 0xFEFF, 0xE0041, 0xDC80, 0xAD]))
    text = dump_json({"path": nasty, "plain": "Ünïcode 日本 🙂"})
    assert json.loads(text) == {"path": nasty, "plain": "Ünïcode 日本 🙂"}
    assert not [char for char in text if unicodedata.category(char) in ("Cc", "Cf", "Cs", "Zl", "Zp")]
    assert "日本 🙂" in text
    text.encode("utf-8")
