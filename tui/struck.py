"""What the terminal's bytes mean where Esc and another key come together: typed one soon after the other, over a line that
gathers them, or with Alt, which most terminals send as the same bytes.

The framework takes such a pair for other keys (Esc 7 is a pilcrow, Esc and a slash a slash alone). Here every pair is the key
with Alt, as it may be bound; where nothing is bound to that, it is Esc and then the key.
"""

from __future__ import annotations

from collections.abc import Container, Iterable, Sequence

from textual import events
from textual._ansi_sequences import ANSI_SEQUENCES_KEYS
from textual._xterm_parser import XTermParser
from textual.keys import _character_to_key

ESCAPE = "\x1b"
_WORDS = {"alt+b": "ctrl+left", "alt+f": "ctrl+right"}  # from word to word in a line of text, as shells have it


class KeyParser(XTermParser):
    """Names a key that came right after Esc ``alt+`` and the key, and keeps what it is alone."""

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
