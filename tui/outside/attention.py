"""Calling for attention by way of the terminal: its bell, and the desktop notices that some terminals can pass on.

OSC 9 (iTerm2, WezTerm, Ghostty, Windows' ConEmu), OSC 777 (foot, urxvt, Ghostty) and OSC 99 (kitty) are told apart by what the
terminal says of itself; inside tmux or screen nothing is sent, as they pass none of these on unless they are told to.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime

from newsdesk.config import AlertSettings
from newsdesk.following.notices import is_quiet
from newsdesk.model import Json
from newsdesk.text import strip_unsafe

_BY_PROGRAM = {"iterm.app": "osc9", "wezterm": "osc9", "ghostty": "osc9"}
_BY_TERM = {"xterm-kitty": "osc99", "foot": "osc777", "foot-extra": "osc777", "xterm-ghostty": "osc9", "rxvt-unicode": "osc777"}
_LONGEST = 200


def kind_of_notice(wanted: str, env: Mapping[str, str]) -> str:
    """``osc9``, ``osc777``, ``osc99`` or ``off`` for what the settings say, ``auto`` resolved by the terminal."""
    if wanted != "auto":
        return wanted
    if env.get("TMUX") or env.get("STY") or env.get("TERM", "").startswith(("screen", "tmux")):
        return "off"
    program = _BY_PROGRAM.get(env.get("TERM_PROGRAM", "").casefold())
    return program or _BY_TERM.get(env.get("TERM", ""), "off")


def notice(kind: str, title: str, text: str) -> str:
    """The bytes of a notice; "" for ``off``. Both texts are cleaned: neither can end the sequence or begin another."""
    told, body = (" ".join(strip_unsafe(part).split())[:_LONGEST] for part in (title, text))
    if kind == "osc9":
        return f"\x1b]9;{told}: {body}\x1b\\"
    if kind == "osc777":
        return f"\x1b]777;notify;{told.replace(';', ',')};{body}\x1b\\"
    if kind == "osc99":
        return f"\x1b]99;i=newsdesk:d=0;{told}\x1b\\\x1b]99;i=newsdesk:d=1:p=body;{body}\x1b\\"
    return ""


def call(report: Mapping[str, Json], settings: AlertSettings, now: datetime, env: Mapping[str, str]) -> str:
    """What to write to the terminal for the alerts of a refresh's report: nothing without one, and nothing in quiet hours."""
    raised: Sequence[tuple[str, str]] = [
        (str(follow["name"]), str(text)) for follow in report.get("follows", ()) for text in follow["alerts"]
    ]
    if not raised or is_quiet(settings.quiet, now):
        return ""
    name, text = raised[0]
    more = f" (and {len(raised) - 1} more)" if len(raised) > 1 else ""
    bell = "\x07" if settings.bell else ""
    return bell + notice(kind_of_notice(settings.notice, env), name, text + more)
