"""A message of e-mail as it was saved, with its header and its parts encoded (RFC 5322, RFC 2045): the text that it shows."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from fetchers.seeds.decode import decode
from newsdesk.markup import read_paragraphs
from newsdesk.text import decode_declared

if TYPE_CHECKING:
    from email.message import Message

SHOWN = ("Date", "Subject")  # what a program prints above a message and a page may lack

# Fields from the first line on, one of them that of a message in parts, and the empty line that ends them.
_FIELD = rb"[A-Za-z][\w-]{0,60}:[^\n]*\n(?:[ \t][^\n]*\n)*"
_HEADER = re.compile(rb"(?:From [^\n]*\n)?((?:" + _FIELD + rb"){2,200})\r?\n")
_ENCODED = re.compile(rb"^(?:mime-version|content-type|content-transfer-encoding):", re.IGNORECASE | re.MULTILINE)


def is_message(data: bytes) -> bool:
    header = _HEADER.match(data[:65_536])
    return bool(header and _ENCODED.search(header[1]))


def read_message(data: bytes) -> str:
    """Date, subject and the text; of a message in two forms the plain one, else the paragraphs of the other.

    A browser saves a page as a message from itself, of the time of saving, which says nothing of the page.
    """
    from email import message_from_bytes  # it is needed seldom, and every file is looked at

    message = message_from_bytes(data)
    if str(message["From"]).startswith("<Saved by"):
        return _shown(message)
    fields = [f"{name}: {_field(str(message[name]))}" for name in SHOWN if message[name]]
    return "\n".join([*fields, "", _shown(message)])


def _field(value: str) -> str:
    from email.errors import HeaderParseError
    from email.header import decode_header, make_header

    try:
        return " ".join(str(make_header(decode_header(value))).split())
    except (HeaderParseError, LookupError, ValueError):
        return " ".join(value.split())


def _shown(message: Message) -> str:
    parts = {part.get_content_type(): part for part in reversed(list(message.walk())) if not part.is_multipart()}
    if plain := _text(parts.get("text/plain")):
        return plain
    return "\n\n".join(read_paragraphs(_text(parts.get("text/html"))))


def _text(part: Message | None) -> str:
    data = part.get_payload(decode=True) if part else None
    if not part or not isinstance(data, bytes):
        return ""
    charset = part.get_content_charset() or ""
    declared = decode_declared(data, charset)
    if declared is not None:
        return declared
    decoded = decode(data)
    if decoded and not (decoded.damaged or charset.startswith("iso-2022")):  # 7-bit text with a fault reads as ASCII
        return decoded.text
    return decode_declared(data, charset, "replace") or (decoded.text if decoded else "")
