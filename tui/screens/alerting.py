"""Asking for the alert rules of a follow, from the following screen and from the pane of follows."""

from __future__ import annotations

from collections.abc import Callable

from newsdesk.archive.rows import FollowState
from newsdesk.errors import UsageError
from tui.screens.entry import Entry

NOTHING = "none"


def alerts_entry(state: FollowState, set_rules: Callable[[tuple[str, ...]], None]) -> Entry:
    """The question; `set_rules` takes rules that can be kept and aren't those that the follow has."""
    from newsdesk.following.alerts import RULES

    def answered(text: str) -> None:
        rules = rules_in(text)
        if text and rules != tuple(state.follow.alerts):
            set_rules(rules)

    words = (
        ("Alert rules, with ; between them", "title"),
        (f"There are {', '.join(RULES)}. '{NOTHING}' takes all away.", "muted"),
    )
    return Entry(words, answered, text="; ".join(state.follow.alerts), example="new-country; sources:5", check=fault_of_rules)


def alerts_words(rules: tuple[str, ...]) -> str:
    """What is said when `rules` are kept."""
    return f"alerts: {'; '.join(rules)}" if rules else "no alert rules any more"


def rules_in(text: str) -> tuple[str, ...]:
    """Alert rules as a person writes them, with semicolons between them."""
    return () if text == NOTHING else tuple(part.strip() for part in text.split(";") if part.strip())


def fault_of_rules(text: str) -> str:
    """What is wrong with alert rules, and the mend; empty where nothing is."""
    from newsdesk.following.alerts import read_rules

    try:
        read_rules(rules_in(text))
    except UsageError as error:
        return str(error)
    return ""
