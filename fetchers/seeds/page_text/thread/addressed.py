"""Whom a comment's text speaks to: the name that it begins with, that it thanks, or that its first sentence ends with."""

from __future__ import annotations

import re

from fetchers.seeds.page_text.lines.lexicon import lexicon, split_words

_AT = re.compile(r"(?:^|[\s\uff1a:回复覆])(?:[@\uff20]|/?u/)")
_ARTICLES = frozenset("the der die das les los von van mac big old".split())  # what a name of several words is not called by


class Names:
    """The authors so far, and who a text means by a name."""

    def __init__(self) -> None:
        self.latest: dict[str, int] = {}
        self.parts: dict[str, str] = {}

    def add(self, author: str, index: int) -> None:
        name = author.lower().removeprefix("u/").removeprefix("@")
        self.latest[name] = index
        words = [word for word in re.split(r"[\s._-]+", name) if len(word) >= 3]
        for word in words:
            if word not in _ARTICLES and not lexicon().holds([word], "placetitle"):
                self.parts[word] = name

    def at_start(self, text: str) -> tuple[str, int] | None:
        """The longest author name that `text` begins with, and its length."""
        lower = text[:80].lower()
        if len(self.latest) <= len(lower):
            best = max((name for name in self.latest if lower.startswith(name)), key=len, default=None)
        else:  # in a long thread the text has fewer beginnings than there are names
            best = next((lower[:end] for end in range(len(lower), 0, -1) if lower[:end] in self.latest), None)
        after = lower[len(best) : len(best) + 1] if best else ""
        if best and (
            not after.isalnum() or (after.isascii() is False and not best.isascii() and after.lower() == after.upper())
        ):
            return best, len(best)
        word = re.match(r"[^\s,.:;!?]{3,30}", lower)
        if word and word[0] in self.parts:
            return self.parts[word[0]], len(word[0])
        return None


def by_mention(text: str, names: Names, own: str | None) -> int | None:
    """ "@name" near the start, or a name alone on the first line."""
    if text.lower() in names.latest and text.lower() != own:
        return names.latest[text.lower()]
    for found in _AT.finditer(text[:60]):
        who = names.at_start(text[found.end() :])
        if who and who[0] != own:
            return names.latest[who[0]]
    mark = re.match(
        r"[>\uff1e]{1,2}\s?|(?:to|an|à|a|al|para|pour|do|til|till|aan|für|إلى|الى|до|для|к|در پاسخ به|in reply to|"
        r"رد على|ردا على|ردًا على|پاسخ به|جواب به|відповідь для|ответ для|svar til|svar till|svar på|antwoord aan|"
        r"antwoord op|odpowiedź do|odpowiedź dla|odpověď na|réponse à|respuesta a|resposta a|risposta a|antwort an|yanıt|cevap|"
        r"en réponse à|en respuesta a|em resposta a|in risposta a|als antwort auf|reply to|回复|回覆|回應)"
        r"\s(?=[^:,\uff1a\uff0c]{2,40}(?:[:,\uff1a\uff0c]|\s(?:رقم|no\.?|nr\.?|#|№)\s?\d))",
        text,
        re.I,
    )
    if mark:
        who = names.at_start(text[mark.end() :])
        if who and who[0] != own:
            return names.latest[who[0]]
    return None


def by_address(text: str, names: Names, own: str | None) -> int | None:
    """ "Name, …", "Hi name, …", "… , name." in the first sentence."""
    words = split_words(text[:40])
    greeting = lexicon().look(words).first
    text = text[1:] if text[:1] == "ל" and names.at_start(text[1:]) else text  # Hebrew: "to", one word with the name
    start = 0
    if "greeting" in greeting:
        found = re.match(r"(?:thank you|thanks|[^\s,]+)(?:\s(?:so much|very much|to))?,?\s+", text, re.IGNORECASE)
        start = found.end() if found else 0
    who = names.at_start(text[start:])
    if who and who[0] != own:
        after = text[start + who[1] : start + who[1] + 2]
        whole = who[1] == len(who[0])
        distinct = whole and (" " in who[0] or len(who[0]) > 6 or any(c in who[0] for c in "_.0123456789"))
        if (
            after[:1] in (",", ":", "\uff1a", "\uff0c", "、")
            or (start and after[:1] in ".!?")
            or (distinct and not start and after[:1] == " ")
        ):
            return names.latest[who[0]]
    thanked = _by_thanks(text, names, own)
    return thanked if thanked is not None else _addressed_later(text, names, own)


_THANKS = re.compile(
    r"(?:^|[\s,.!])(?:thanks|thank you|cheers|danke|merci|gracias|obrigad[oa]|grazie|спасибо|дякую|bedankt|dank je|tack|"
    r"takk|tak|kiitos|dzięki|dziękuję|díky|děkuji|teşekkürler|köszönöm|mulțumesc|terima kasih)"
    r"(?: so much| very much| again| a lot)?,?\s+"
    r"(?:(?:mr|mrs|ms|dr|madam|ma'am|sir|miss|herr|frau|m|mme|monsieur|madame|sr|sra|señor|señora|signor|signora|пан|пані|pan|"
    r"pani|bapak|ibu|pak|bu)\.?\s)?",
    re.IGNORECASE,
)


def _by_thanks(text: str, names: Names, own: str | None) -> int | None:
    """ "Ha, thanks name." anywhere in the first lines."""
    for found in _THANKS.finditer(text[:160]):
        who = names.at_start(text[found.end() :])
        if who and who[0] != own and text[found.end() + who[1] :][:1] in (*",.:;!?", ""):
            return names.latest[who[0]]
    return None


def _addressed_later(text: str, names: Names, own: str | None) -> int | None:
    sentence = re.split(r"(?<=[.!?])\s", text[:160], maxsplit=1)[0]
    # "Who knew, Ann?", "There is, ann, but not here."
    for found in (re.search(r",\s([^,.!?]{3,30})[.!?]*$", sentence), re.match(r"[^,.!?]{2,40},\s([^,.!?]{3,30}),\s", sentence)):
        if found is None:
            continue
        name = found[1].strip().lower()
        name = name if name in names.latest else names.parts.get(name, "")
        if name and name != own:
            return names.latest[name]
    within = re.match(r"[^.!?]{2,120}?,\s(?P<name>[^,.!?]{3,30}),\s", sentence)
    name = within["name"].strip().lower() if within else ""
    distinct = len(name) > 6 and name in names.latest and name != own  # further in, no part of a name
    return names.latest[name] if distinct else None
