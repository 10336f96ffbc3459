"""The furniture of made-up pages: menus, share bars, prompts, captions, lists of other stories."""

from __future__ import annotations

from collections.abc import Callable

from training.page_text.content import AGENCIES, Setting, ago, masthead, phrase, unknown, writer
from training.page_text.prompts import prompt


def menu(setting: Setting, label: str, size: int = 7) -> None:
    rng = setting.rng
    items = [phrase(rng, "nav") if rng.random() < 0.75 else unknown(setting, 2) for _ in range(rng.randint(3, size))]
    style = rng.random()
    if style < 0.45:
        for item in items:
            setting.put(("  • " if style < 0.1 else "") + item, label)
    else:
        setting.put(rng.choice((" | ", "  ", " / ", " · ", " > ", " » ", "\t")).join(items), label)


def slots_of(setting: Setting) -> dict[str, Callable[[], str]]:
    """What fills the slots of prompts.py."""
    rng = setting.rng
    return {
        "o": lambda: masthead(rng),
        "w": lambda: writer(setting),
        "t": lambda: rng.choice(setting.content.titles) if rng.random() < 0.5 else unknown(setting, 3),
        "p": lambda: rng.choice(setting.content.places).title(),
        "n": lambda: str(rng.randint(2, 9)),
    }


FURNITURE = "share share related login letter ad legal tags readtime photo unknown sentence nav".split()


def furniture(setting: Setting, label: str, place: str = "end") -> None:
    """One piece of what is on every page; `place` is a kind of prompts.py."""
    rng = setting.rng
    if rng.random() < 0.5:
        setting.put(prompt(rng, setting.content.language, place, slots_of(setting)), label)
        return
    kind = rng.choice(FURNITURE)
    if kind == "share":
        items = [phrase(rng, "share") for _ in range(rng.randint(1, 4))]
        for item in items if rng.random() < 0.5 else [rng.choice(("  ", " ", " | ")).join(items)]:
            setting.put(item, label)
    elif kind == "related":
        setting.put(phrase(rng, "related") + rng.choice(("", ":")), label)
        for _ in range(rng.randint(0, 3)):
            mark = rng.choice(("", "", "• ", "- ", f"{rng.randint(1, 9)}. "))
            setting.put(mark + rng.choice(setting.content.titles), label)
    else:
        setting.put(_piece(setting, kind), label)


def _piece(setting: Setting, kind: str) -> str:
    rng = setting.rng
    if kind == "tags":
        return f"{phrase(rng, 'tags')}: {', '.join(unknown(setting, 2) for _ in range(rng.randint(1, 4)))}"
    if kind == "photo":
        return caption(setting)
    if kind == "unknown":
        return unknown(setting)
    if kind == "sentence":
        words = [phrase(rng, rng.choice(("letter", "legal", "login"))).lower() for _ in range(rng.randint(2, 3))]
        return " ".join(words).capitalize() + "."
    if kind == "readtime":
        return f"{rng.randint(1, 9)} {phrase(rng, 'readtime').lower()}"
    return phrase(rng, kind)


def caption(setting: Setting) -> str:
    rng = setting.rng
    text = rng.choice(rng.choice(setting.content.stories)).split(". ")[0][:110].strip(' .,"“')
    credit = rng.choice(
        (
            f"({phrase(rng, 'photo')}: {writer(setting)}/{rng.choice(AGENCIES)})",
            f"{phrase(rng, 'photo')}: {writer(setting)}",
            f"[{rng.choice(AGENCIES)}]",
            f"{writer(setting)} / {rng.choice(AGENCIES)}",
            f"Credit...{writer(setting)} for {masthead(rng)}",
            f"({phrase(rng, 'photo')})",
            "",
        )
    )
    lead = rng.choice(("", "", "", f"{phrase(rng, 'photo')}: ", "1 of 3 | ", f"{rng.choice(AGENCIES).upper()}: "))
    return f"{lead}{text}{rng.choice(('.', ''))} {credit}".strip()


def put_caption(setting: Setting, label: str) -> None:
    """A caption on one line, or its credit on a line of its own above or below."""
    rng = setting.rng
    if rng.random() < 0.6:
        setting.put(caption(setting), label)
        return
    text = rng.choice(rng.choice(setting.content.stories)).split(". ")[0][:130].strip(' .,"“') + rng.choice((".", ""))
    who = rng.choice((writer(setting), rng.choice(AGENCIES), f"{writer(setting)}/{rng.choice(AGENCIES)}"))
    credit = f"{phrase(rng, 'photo')}{rng.choice((': ', ' ', ' by ', ': '))}{who}"
    for row in (text, credit) if rng.random() < 0.5 else (credit, text):
        setting.put(row, label)


def between(setting: Setting) -> None:
    """What stands between two paragraphs: a prompt, a picture, a list of other stories, a bare number."""
    rng = setting.rng
    kind = rng.random()
    if kind < 0.5:
        furniture(setting, "aside", "mid")
    elif kind < 0.68:
        put_caption(setting, "aside")
    elif kind < 0.9:
        setting.put(phrase(rng, "related") + rng.choice(("", ":", "")), "aside")
        marks = rng.choice(("", "", "• ", "- ", "list {} of 3"))
        for number in range(1, rng.randint(2, 4)):
            title = rng.choice(setting.content.titles)
            setting.put(marks.replace("{}", str(number)) + title, "aside")
            if rng.random() < 0.2:
                setting.put(
                    rng.choice((ago(rng), f"{rng.randint(0, 9)}:{rng.randint(10, 59)}", f"By {writer(setting)}")), "aside"
                )
    else:
        setting.put(rng.choice((str(rng.randint(1, 90)), f"0:{rng.randint(10, 59)}", "1 / 12", writer(setting))), "aside")
