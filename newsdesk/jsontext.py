"""JSON as newsdesk prints it: UTF-8, one value a line, and no character that could drive a terminal or split a line."""

from __future__ import annotations

import json
import re
from typing import Any, TypeAlias

Json: TypeAlias = Any

# json.dumps escapes C0. These it would print raw: DEL, C1, direction marks, line separators, BOM, tags, lone surrogates.
_RAW = re.compile(
    "[\x7f-\x9f\u00ad\u061c\u180e\u200b\u200e\u200f\u2028-\u202e\u2060-\u206f\ufeff\ufff9-\ufffb\ud800-\udfff\U000e0000-\U000e007f]"
)


def _escape(found: re.Match[str]) -> str:
    """The JSON escape of one character, a surrogate pair beyond the basic plane: the value stays what it was."""
    code = ord(found[0])
    if code < 0x10000:
        return f"\\u{code:04x}"
    code -= 0x10000
    return f"\\u{0xD800 + (code >> 10):04x}\\u{0xDC00 + (code & 0x3FF):04x}"


def dump_json(value: Json, indent: int | None = None) -> str:
    """`value` as JSON text without a line end at its end. Reading it gives `value` again, file names that are no UTF-8 too."""
    return _RAW.sub(_escape, json.dumps(value, ensure_ascii=False, indent=indent))
