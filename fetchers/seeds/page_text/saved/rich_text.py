"""Rich Text Format, as word processors save it: its text, by the words that break lines and stand for characters.

After the Rich Text Format Specification 1.9.1 (Microsoft, 2008); what it says of fonts, looks and pictures is passed over.
"""

from __future__ import annotations

import re

from newsdesk.text import decode_declared

DEPTH_LIMIT = 10_000  # groups inside groups; deeper ones are read as if they ended

_START = re.compile(r"\s*\{\\rtf\d?(?=[\\\s{])")
_PIECE = re.compile(
    r"\\'(?P<byte>[\da-fA-F]{2})|\\u(?P<code>-?\d{1,6}) ?|\\(?P<word>[a-zA-Z]{1,32})(?P<number>-?\d{1,10})? ?"
    r"|\\(?P<sign>[^a-zA-Z])|(?P<brace>[{}])|(?P<run>[^\\{}\r\n]+)|[\r\n]+|.",
    re.DOTALL,
)
_PAGE = re.compile(r"\\ansicpg(\d{3,5})")
_SIGNS = {
    "par": "\n\n",
    "line": "\n",
    "row": "\n",
    "sect": "\n\n",
    "page": "\n\n",
    "tab": "\t",
    "cell": "\t",
    "emdash": "—",
    "endash": "–",
    "lquote": "‘",
    "rquote": "’",
    "ldblquote": "“",
    "rdblquote": "”",
    "bullet": "•",
}
_UNREAD = frozenset(
    "fonttbl colortbl expandedcolortbl stylesheet info pict header headerl headerr headerf footer footerl footerr footerf "
    "listtable listoverridetable rsidtbl generator xmlnstbl themedata colorschememapping latentstyles datastore fldinst object "
    "ftnsep ftnsepc aftnsep aftnsepc bkmkstart bkmkend".split()
)


def is_rich_text(text: str) -> bool:
    return bool(_START.match(text))


def read_rich_text(text: str) -> str:
    """The plain text. Takes time in proportion to its length; what is not well formed costs what it says alone."""
    reading = _Reading(_PAGE.search(text[:2000]))
    for piece in _PIECE.finditer(text):
        reading.take(piece)
    return reading.finish()


class _Reading:
    """Where the reading is: whether its group is read, and how many characters stand in for one that old readers lack."""

    def __init__(self, code_page: re.Match[str] | None) -> None:
        self._encoding = f"cp{code_page[1]}" if code_page else "cp1252"
        self._outer: list[tuple[bool, int]] = []
        self._unread, self._stand_ins = False, 1
        self._passed_over = 0
        self._bytes = bytearray()
        self._runs: list[str] = []

    def take(self, piece: re.Match[str]) -> None:
        kind, value = piece.lastgroup, piece[piece.lastgroup or 0]
        if kind == "brace":
            self._move(value)
        elif kind == "sign" and value == "*":
            self._unread = True
        elif kind == "number" or kind == "word":
            self._follow(piece["word"], piece["number"])
        elif not self._unread:
            self._write(kind, value)

    def _move(self, brace: str) -> None:
        self._passed_over = 0
        if brace == "{" and len(self._outer) < DEPTH_LIMIT:
            self._outer.append((self._unread, self._stand_ins))
        elif brace == "}" and self._outer:
            self._unread, self._stand_ins = self._outer.pop()

    def _follow(self, word: str, number: str | None) -> None:
        if word == "uc":
            self._stand_ins = int(number or 1)
        elif word in _UNREAD:
            self._unread = True
        elif word in _SIGNS and not self._unread:
            self._add(_SIGNS[word])

    def _write(self, kind: str | None, value: str) -> None:
        if kind == "code":
            self._add(chr(int(value) % 0x10000))
            self._passed_over = self._stand_ins
        elif kind == "byte" and self._passed_over > 0:
            self._passed_over -= 1
        elif kind == "byte":
            self._bytes.append(int(value, 16))
        elif kind == "sign":
            self._add({"~": " ", "_": "-", "\n": "\n\n", "\r": "\n\n"}.get(value, value if value in "\\{}" else ""))
        elif kind == "run":
            self._add(value[self._passed_over :])
            self._passed_over = 0

    def _add(self, text: str) -> None:
        self._flush()
        self._runs.append(text)

    def _flush(self) -> None:
        """Bytes that stand in a row: a character of the East is two of them."""
        if self._bytes:
            self._runs.append(
                decode_declared(bytes(self._bytes), self._encoding, "replace") or self._bytes.decode("cp1252", "replace")
            )
            self._bytes.clear()

    def finish(self) -> str:
        self._flush()
        return "".join(self._runs).encode("utf-16-le", "surrogatepass").decode("utf-16-le", "replace")
