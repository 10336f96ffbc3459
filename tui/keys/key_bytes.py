"""What the terminal's bytes mean where Esc and another key come together: typed one soon after the other, over a line that
gathers them, or with Alt, which most terminals send as the same bytes.

The framework takes such a pair for other keys (Esc 7 is a pilcrow, Esc and a slash a slash alone). Here every pair is the key
with Alt, as it may be bound; where nothing is bound to that, it is Esc and then the key.

Over a slow line what one key or click sent comes in parts, and the framework takes what is not whole after a tenth of a second
for typed keys; so it does with the Esc in a pasted text and all that follows it. Neither is typed here.
"""

from __future__ import annotations

import re
from collections.abc import Container, Generator, Iterable, Sequence
from time import monotonic

from textual import events
from textual._ansi_sequences import ANSI_SEQUENCES_KEYS
from textual._xterm_parser import BRACKETED_PASTE_END, BRACKETED_PASTE_START, XTermParser
from textual.keys import _character_to_key
from textual.message import Message

ESCAPE = "\x1b"
_WORDS = {"alt+b": "ctrl+left", "alt+f": "ctrl+right"}  # from word to word in a line of text, as shells have it


LATE_S = 3.0  # how long after its beginning the rest of a sequence may come
_ONLY_SENT = re.compile(r"\x1b\[[<?\d]")  # nobody types this within a tenth of a second
_WITH_REST = re.compile(  # a key's sequence, a click's or an answer's, or more of one's beginning
    r"\x1b\[(?:<[\d;]+(?:$|[Mm])|\??[\d;:]+(?:\$?$|\$y|[A-HPQRStu~])|[A-DFHIOZ])|\x1bO[P-S]"
)


class KeyParser(XTermParser):
    """Names a key that came right after Esc ``alt+`` and the key, and keeps what it is alone. Puts together what comes in
    parts, and lets no Esc of a pasted text be one that was pressed."""

    def __init__(self, debug: bool = False) -> None:
        self._begun = ""  # of a sequence, so far
        self._cut, self._cut_at = "", 0.0  # what was begun when the framework would wait no longer, and when
        self._pasting = False
        self._held = ""  # of a pasted text: what may be the beginning of its end
        super().__init__(debug)

    def feed(self, data: str) -> Iterable[Message]:
        if not data:
            yield from super().feed(data)
        elif self._cut and monotonic() < self._cut_at + LATE_S and _WITH_REST.match(self._cut + data):
            data = self._cut + data
        self._cut = ""
        while data:
            data = yield from self._pasted(data) if self._pasting else self._typed(data)

    def tick(self) -> Iterable[Message]:
        if self._begun and self._timeout_time is not None and monotonic() >= self._timeout_time:
            self._cut, self._cut_at, self._begun = self._begun, monotonic(), ""
            keys = list(super().tick())
            if not _ONLY_SENT.match(self._cut):
                yield from keys

    def _typed(self, data: str) -> Generator[Message, None, str]:
        """Take `data` in up to a pasted text; returns what follows."""
        text = self._begun + data
        at = text.find(BRACKETED_PASTE_START)
        self._pasting = at >= 0
        end = at + len(BRACKETED_PASTE_START) - len(self._begun) if self._pasting else len(data)
        yield from super().feed(data[:end])
        self._begun = text[text.rfind(ESCAPE) :] if self._awaiting.timeout is not None else ""
        return data[end:]

    def _pasted(self, data: str) -> Generator[Message, None, str]:
        """Take `data` in up to the end of the pasted text; returns what follows."""
        text = self._held + data
        at = text.find(BRACKETED_PASTE_END)
        self._pasting = at < 0
        if self._pasting:
            held = next(n for n in range(len(BRACKETED_PASTE_END) - 1, -1, -1) if text.endswith(BRACKETED_PASTE_END[:n]))
            end, self._held = len(text) - held, text[len(text) - held :]
            if text[:end]:
                yield from super().feed(text[:end].replace(ESCAPE, ""))
            return ""
        self._held = ""
        yield from super().feed(text[:at].replace(ESCAPE, "") + BRACKETED_PASTE_END)
        return text[at + len(BRACKETED_PASTE_END) :]

    def _sequence_to_key_events(self, sequence: str, alt: bool = False) -> Iterable[events.Key]:
        sign = sequence if alt else sequence.removeprefix(ESCAPE) if len(sequence) == 2 else ""
        if len(sign) == 1 and sign.isprintable() and sign != " " and (alt or sequence in ANSI_SEQUENCES_KEYS):
            yield events.Key(f"alt+{_name_of(sign)}", sign)
            return
        if alt:
            yield events.Key("escape", ESCAPE)
        yield from super()._sequence_to_key_events(sequence)


def _name_of(sign: str) -> str:
    if not sign.isalnum():
        return _character_to_key(sign)
    return f"shift+{sign.lower()}" if sign.isupper() else sign


def told_apart(event: events.Key, bound: Container[str], *, writing: bool) -> Sequence[events.Key]:
    """The keys that an event stands for: itself, unless it came right after Esc and nothing is `bound` to it with Alt.
    `writing`: a line of text has the focus."""
    if not event.key.startswith("alt+") or not event.character or event.key in bound:
        return (event,)
    if writing and event.key in _WORDS:
        return (events.Key(_WORDS[event.key], None),)
    sign = event.character
    return events.Key("escape", ESCAPE), events.Key(sign if sign.isalnum() else _character_to_key(sign), sign)
