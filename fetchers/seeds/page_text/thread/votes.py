"""How a comment was voted on, in the lines of its frame: a net score, counts of its own, numbers beside buttons."""

from __future__ import annotations

import re
from collections.abc import Sequence

from fetchers.seeds.page_text.lines.lexicon import lexicon, split_words
from fetchers.seeds.page_text.lines.looks import Look

_NUMBER = r"[+\-−–]?\d[\d.,]*\s?[kKmM]?(?![\w])"
_UPDOWN = re.compile(r"(?:👍|▲|⬆|↑|⇧)\s?(\d+)\s*[|/·]?\s*(?:👎|▼|⬇|↓)\s?(\d+)")
_SIGNED = re.compile(
    r"(?:👍|▲|⬆|↑|⇧|△|♥|❤️?|♡|★|⭐|🔼)\s?[(\s]?([+\-−–]?\d[\d.,]*[kK]?)|(?<![\w.])([+\-−–]?\d[\d.,]*[kK]?)\s?(?:👍|▲|⬆|↑|⇧|△|♥|"
    r"❤|♡|★|⭐)(?!\s?\d)"
)
_BEFORE = re.compile(
    rf"((?:[^\W\d_][^\s\d:\uff1a()\uff08\uff09|•·,]*\s){{0,3}}[^\W\d_][^\s\d:\uff1a()\uff08\uff09|"
    rf"•·,]*)\s?[:\uff1a]?\s?[(\uff08\[]?\s?({_NUMBER})"
)
_AFTER = re.compile(rf"(?<![\d/.:#-])({_NUMBER})\s?[)\uff09]?\s?((?:[^\W\d_][^\s\d:|•·,\[\]()]*\s?){{1,4}})")
_NUMBERS_FIRST = re.compile(r"\d[\d.,]*\s?[kKmM]?\s[^\W\d_].*\s\d[\d.,]*\s?[kKmM]?\s[^\W\d_][^\d]*")  # "34 Likes 3 Dislikes"
_LEADING = re.compile(rf"({_NUMBER})\s*(?:[•·|]|\s{{2,}}|$|\()")
COUNTED = re.compile(
    r"(?<!vote)(?<!vote )[(\[]?\s?(?<!\d)(\d{1,9})\s"
    r"(?:child(?:ren)?|repl(?:y|ies)|r[ée]ponses?|respuestas?|respostas?|rispost[ae]|antworten|"
    r"svar|"
    r"vastausta|reacties|odpowiedzi|yanıt|ответ(?:а|ов)?|"
    r"回复|返信|답글)\b|(?:replies|返信|回复|답글)\s?[:(\uff1a]?\s?(\d{1,9})",
    re.IGNORECASE,
)


def _parse_count(text: str) -> int:
    """ "1.3k" is 1300, "1,204" is 1204, "−4" is -4."""
    text = text.strip().lower().replace("−", "-").replace("–", "-").replace(" ", "")
    factor = {"k": 1000, "m": 1_000_000}.get(text[-1], 1)
    if factor > 1:
        return round(float(text[:-1].replace(",", ".").rstrip(".") or 0) * factor)
    digits = re.sub(r"\D", "", text)[:9]
    return (-1 if text.startswith("-") else 1) * int(digits or 0)


def _vote_words(text: str) -> set[str]:
    """The classes of the words right beside a number, if they name votes: all of them, or the last alone."""
    words = split_words(text)
    for tail in (words, words[-3:], words[-2:], words[-1:]):
        found = lexicon().look(tail)
        if found.first and ("vote" in found.first or "downvote" in found.first):
            return set(found.classes)
    return set()


def _count_votes(text: str) -> int | None:
    """The net score that a frame line prints; `text` has its dates blanked out."""
    if not any(map(str.isdigit, text)):
        return None
    both = _UPDOWN.search(text)
    if both:
        return int(both[1]) - int(both[2])
    up = down = None
    ways = ((_BEFORE, 2, 1), (_AFTER, 1, 2))
    for pattern, number, word in ways[::-1] if _NUMBERS_FIRST.fullmatch(text.strip()) else ways:
        for found in pattern.finditer(text):
            kinds = _vote_words(found[word])
            if not kinds:
                continue
            if "downvote" in kinds:
                down = _parse_count(found[number]) if down is None else down
            elif up is None:
                up = _parse_count(found[number])
        if up is not None:
            break
    if up is not None:
        return up - abs(down or 0)
    signed = _SIGNED.search(text)
    return _parse_count(signed[1] or signed[2]) if signed else None


def _net(votes: int, later: Sequence[str]) -> int:
    """The score less what a line of its own further down counts against it ("공감 9", then "비공감 1")."""
    for text in later:
        for pattern, number, word in ((_BEFORE, 2, 1), (_AFTER, 1, 2)):
            found = pattern.search(text) if len(text) <= 40 else None
            if found and "downvote" in _vote_words(found[word]) and votes >= 0:
                return votes - abs(_parse_count(found[number]))
    return votes


_RATED = re.compile(
    r"(?:(?:рейтинг|rating|(?:net )?score|оценка|оцінка|karma|ocena|ocjena|hodnocení|hodnotenie|értékelés|punktacja|puntuación|"
    r"valoración|pontuação|avaliação|punteggio|valutazione|voto|bewertung|évaluation|note|waardering|betyg|vurdering|arvio|"
    r"puan|"
    r"βαθμολογία|оценка|评分|評価|평점|skor|hinnang|vērtējums|įvertinimas|التقييم|امتیاز|דירוג|रेटिंग)\s?[:\uff1a]|"
    r"click to rate:?)\s?"
    r"([+\-−–]?\d{1,5})",
    re.IGNORECASE,
)
# "Oceniono 18 razy 16": how often it was voted on, and the score.
_TIMES_RATED = re.compile(
    r"[^\W\d_]{4,12}\s\d{1,5}\s(?:razy|raz|times|fois|veces|volte|vezes|Mal|mal|keer|раз|раза)\s([+\-−–]?\d{1,5})$"
)
_TIME_BEHIND = re.compile(  # "· 3 y.", "· 7 años", "· 7年"
    r"\s?[·•]\s?\d{1,3}(?:\s(?P<unit>[^\W\d_]{1,8})|(?P<sign>[^\W\d_a-zA-Z]{1,3}))\.?(?:\s?[·•]\s?[^\W\d_]+)?$"
)
_FOR_AND_AGAINST = re.compile(r"\+(\d{1,5})\s?[/|]?\s?[-−–](\d{1,5})(?:\s[^\W\d_]{3,12})?")  # "+14 -1"
_VOTING = re.compile(r"[-−–]1\s?/?\s?\+1(?!\d)|\+1\s?/?\s?[-−–]1(?!\d)")  # two buttons
_OF_VOTES = re.compile(  # "+22 (24 votes)", "42 (44 / -2)"
    r"([+\-−–]?\d{1,5})\s\(\+?\d{1,5}(?:\s[^\W\d_]+|\s?/\s?[-−–]?\d{1,5})\)$"
)
_NAMED_SIGNED = re.compile(r"[^\W\d_][^\d:]{2,20}:\s?([+\-−–]\d{1,5})")  # "Preporuke: +18", whatever the word
_SIGNED_END = re.compile(r"\s\(([+\-−–]\d{1,5})\)$")  # "ann on 18 April 2010 (+14)"
_LONE_SIGNED = re.compile(r"[+\-−–]\d{1,5}")
_ORDINAL = re.compile(r"\d{1,5}\.")  # "12." numbers a comment
_BEFORE_BUTTON = re.compile(r"([+\-−–]?\d{1,5})\s{1,3}[^\W\d_]")  # "56 Report"
_BESIDE_BUTTON = re.compile(r"(?:^|[^\d\W]\s|[•·|]\s*)(\d{1,5}(?:[.,]\d)?[kK]?)(?=\s*(?:[•·|]|$)|\s\d{1,5}\s*$|\s[^\W\d_])")


def _read_stated(blanked: Sequence[str]) -> int | None:
    """The net score that a frame states: with a word for votes, a sign, or how many voted."""
    counted = next(
        (found for text in blanked if (found := _OF_VOTES.match(text.strip()) or _TIMES_RATED.match(text.strip()))), None
    )
    if counted:
        return _parse_count(counted[1])
    parts = [part.strip() for text in blanked for part in text.split("|")]
    named = next((found for part in parts if (found := _NAMED_SIGNED.fullmatch(part) or _RATED.fullmatch(part))), None)
    if named:
        return _parse_count(named[1])
    both = next((found for part in parts if (found := _FOR_AND_AGAINST.fullmatch(part))), None)
    if both:
        return int(both[1]) - int(both[2])
    blanked = [_VOTING.sub(" ", text) for text in blanked]
    for i, text in enumerate(blanked):
        votes = _count_votes(text) if len(text) <= 120 else None
        if votes is not None:
            return _net(votes, blanked[i + 1 :])
    signed = [_parse_count(bare) for part in parts if _LONE_SIGNED.fullmatch(bare := part.strip(" ()[]"))]
    signed = signed or [_parse_count(found[1]) for text in blanked if (found := _SIGNED_END.search(text))]
    return sum(signed[:2]) if signed else None


def _without_age(text: str) -> str:
    """A row of buttons without how long ago it was that stands behind them."""
    aged = _TIME_BEHIND.search(text)
    return text[: aged.start()] if aged and not _vote_words(aged["unit"] or aged["sign"]) else text


def read_votes(frame: Sequence[Look], header: Look | None, blanked: Sequence[str]) -> int | None:
    """The net score that a frame prints; `blanked` are its lines without their dates."""
    blanked = [_without_age(text) if "reply" in look.found.classes else text for look, text in zip(frame, blanked, strict=True)]
    stated = _read_stated(blanked)
    if stated is not None:
        return stated
    for look, text in zip(frame, blanked, strict=True):
        bare = COUNTED.sub("  ", text).strip(" ()[]") if "reply" in look.found.classes else text.strip(" ()[]")
        if "reply" in look.found.classes and look is not header and (led := _BEFORE_BUTTON.match(bare)):
            return _parse_count(led[1])
        found = None if _ORDINAL.fullmatch(bare) else _LEADING.match(bare)
        if found and not look.dates and (look is not header or not look.words):
            lone = found.end() == len(bare)
            buttons = "reply" in look.found.classes or "share" in look.found.classes or "(" in bare
            if (lone and (bare[0] in "+-−–" or len(bare) <= 5)) or buttons:
                return _parse_count(found[1])
        beside = _BESIDE_BUTTON.search(bare) if "reply" in look.found.classes and look is not header else None
        if beside and not COUNTED.search(bare) and len(bare) <= 60:
            return _parse_count(beside[1])
    replies = (None if look is header else _BESIDE_REPLY.match(look.text) for look in frame)
    return next((_parse_count(count[1]) for count in replies if count and count[1] != "1"), None)


# "14 Reply Flag": one answer is "1 reply", more are "replies".
_BESIDE_REPLY = re.compile(r"(\d{1,5})\s(?:Reply|REPLY|Répondre|Responder|Rispondi|Antworten)\s[^\W\d_]{3,12}$")
_BARE = re.compile(r"\(?(\d{1,5})\)?")
_BARE_PAIR = re.compile(r"(\d{1,5})\s{1,3}(\d{1,5})(?:(?:\s?[•·|]\s?[^\W\d_]+){1,4}|\s{1,3}(?P<word>[^\W\d_]{3,12}))?")
# "Yanıtla (1) 9 0": two bare numbers behind a button's word, with a count of answers or without.
_BUTTON_PAIR = re.compile(r"[^\W\d_][^\d()]{1,24}\s(?:\(\d{1,3}\)\s)?(\d{1,5})\s(\d{1,5})")


def read_pair(frame: Sequence[Look], header: Look | None) -> int | None:
    """What two bare numbers, one below the other, leave: those for a comment less those against it."""
    for look in frame:
        beside = _BUTTON_PAIR.fullmatch(look.text) if look is not header and {"reply", "vote"} & set(look.found.first) else None
        if beside:
            return int(beside[1]) - int(beside[2])
        both = _BARE_PAIR.fullmatch(look.text) if look is not header else None
        if both and (not both["word"] or "reply" in look.found.first):  # "27 0 Reply"
            return int(both[1]) - int(both[2])
    found = [None if look is header else _BARE.fullmatch(look.text) for look in frame]
    pairs = [i for i in range(len(found) - 1) if found[i] and found[i + 1]]
    if len(pairs) != 1:
        return None
    up, down = found[pairs[0]], found[pairs[0] + 1]
    return int(up[1]) - int(down[1]) if up and down else None


HEADER_LIMIT = 400  # characters: a longer line is no header


def without_counts(text: str) -> str:
    """A header without its votes, counts and buttons."""
    if len(text) > HEADER_LIMIT or not any(map(str.isdigit, text)):
        return text
    text = COUNTED.sub("  |  ", text)
    for pattern, word in ((_BEFORE, 1), (_AFTER, 2)):
        text = pattern.sub(lambda m, at=word: "  |  " if _vote_words(m[at]) else m[0], text)  # type: ignore[misc]
    return _SIGNED.sub("  |  ", text)
