"""What the frame of a comment says: its author, time, votes, number, and whom it answers."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field

from fetchers.seeds.page_text.lexicon import lexicon, split_words
from fetchers.seeds.page_text.looks import AGO, Look
from newsdesk.dates import Order, PrintedDate, find_dates, fold_digits


@dataclass(slots=True)
class Draft:
    """A comment under construction. `frame` are the lines about it, `header` the one that names its author.

    `target` is the name, `target_number` the number that its frame says it answers; `subject` its subject line; `children`
    how many answers its frame counts; `depth` its indentation in columns; `quoted` names a quote marker inside it gives.
    """

    header: Look | None = None
    frame: list[Look] = field(default_factory=list)
    paragraphs: list[Look] = field(default_factory=list)
    author: str | None = None
    when: str | None = None
    votes: int | None = None
    number: int | None = None
    target: str | None = None
    target_number: int | None = None
    subject: str | None = None
    children: int | None = None
    depth: int = 0
    nested: str | None = None

    @property
    def text(self) -> str:
        return "\n".join(look.text for look in self.paragraphs)


_NUMBER = r"[+\-−–]?\d[\d.,]*\s?[kKmM]?(?![\w])"
_UPDOWN = re.compile(r"(?:👍|▲|⬆|↑)\s?(\d+)\s*[|/·]?\s*(?:👎|▼|⬇|↓)\s?(\d+)")
_SIGNED = re.compile(
    r"(?:👍|▲|⬆|↑|♥|❤️?|♡|★|⭐|🔼)\s?[(\s]?(\d[\d.,]*[kK]?)|(\d[\d.,]*[kK]?)\s?(?:👍|▲|⬆|↑|♥|❤|♡|★|⭐)(?!\s?\d)"
)
_BEFORE = re.compile(rf"([^\W\d_][^\s\d:\uff1a()\uff08\uff09|•·,]*)\s?[:\uff1a]?\s?[(\uff08\[]?\s?({_NUMBER})")
_AFTER = re.compile(rf"(?<![\d/.:#-])({_NUMBER})\s?[)\uff09]?\s?((?:[^\W\d_][^\s\d:|•·,\[\]()]*\s?){{1,3}})")
_LEADING = re.compile(rf"({_NUMBER})\s*(?:[•·|]|\s{{2,}}|$|\()")
_COUNTED = re.compile(
    r"[(\[]?\s?(\d+)\s(?:child(?:ren)?|repl(?:y|ies)|r[ée]ponses?|respuestas?|antworten|ответ(?:а|ов)?|"
    r"回复|返信|답글)\b|(?:replies|返信|回复|답글)\s?[:(\uff1a]?\s?(\d+)",
    re.IGNORECASE,
)
_ORDINAL = re.compile(
    r"(?:^|\s)(?:#|№\s?|no\.\s?)(\d{1,5})\b(?!\.\d)|^(\d{1,5})[.):\uff1a]?\s(?=\D)|^(\d{1,5})(?:楼|樓|\.)?$", re.IGNORECASE
)
_BELOW = re.compile(r"(?:^|\s)#(\d{1,5})\.\d{1,4}\b")  # "#2.1" answers #2
SUBJECT = re.compile(r"^(?:(?:post\s)?subject|betreff|sujet|asunto|oggetto|тема|title)\s?:\s?(.*)$", re.IGNORECASE)
_RE = re.compile(r"^\s*(?:(?:re|aw|sv|rv|antw|odp)\s?:\s?)+", re.IGNORECASE)
_ANSWERS = re.compile(
    r"^(?:↳|↪|→|>|@)?\s?(?:(?:in\s)?(?:reply|response|replying)\s?to|replied to|responding to|en réponse "
    r"à|répond à|en respuesta a|em resposta a|antwort auf|als antwort auf|antwortet|in risposta a|"
    r"als reactie op|odpowiedź do|w odpowiedzi(?: do)?|в ответ(?: на)?|ответ(?: для)?|yanıt olarak|membalas|"
    r"balasan untuk|kwa kujibu|ردا على|ردًا على|के जवाब में|返信先|回复|回覆|trả lời)\s?[:\uff1a]?\s?@?(?P<who>.+?)\s?[:\uff1a]?"
    r"$"
    r"|^(?P<who2>.+?)\s?(?:への返信|さんへの返信|님에게 답글|के जवाब में)$",
    re.IGNORECASE,
)
WROTE = re.compile(
    r"^(?:originally posted by\s)?(?P<who>.{2,40}?)\s(?:wrote|said|writes|says|a écrit|a dit|schrieb|schreibt|"
    r"escribió|dijo|escreveu|disse|ha scritto|skrev|schreef|написал(?:а)?|пишет|napisał(?:a)?|yazdı)\s?:$|"
    r"^(?:originally posted by|quote from|quoting|quote|zitat von|citation de|cita de|citazione di|цитата)\s?:?\s"
    r"(?P<who2>.{2,40}?)(?:\s?[:»]|$)",
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


def _blank(text: str, spans: Sequence[tuple[int, int]]) -> str:
    for start, end in spans:
        text = text[:start] + " " * (end - start) + text[end:]
    return text


def _vote_words(word: str) -> set[str]:
    found = lexicon().look(split_words(word))
    return set(found.classes) if found.first and ("vote" in found.first or "downvote" in found.first) else set()


def _count_votes(text: str) -> int | None:
    """The net score that a frame line prints; `text` has its dates blanked out."""
    both = _UPDOWN.search(text)
    if both:
        return int(both[1]) - int(both[2])
    up = down = None
    for pattern, number, word in ((_BEFORE, 2, 1), (_AFTER, 1, 2)):
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


def _read_votes(draft: Draft, blanked: Sequence[str]) -> int | None:
    for text in blanked:
        if len(text) <= 120:
            votes = _count_votes(text)
            if votes is not None:
                return votes
    for look, text in zip(draft.frame, blanked, strict=True):
        bare = text.strip(" ()[]")
        found = _LEADING.match(bare)
        if found and not look.dates and (look is not draft.header or not look.words):
            lone = found.end() == len(bare)
            buttons = "reply" in look.found.classes or "share" in look.found.classes or "(" in bare
            if (lone and (bare[0] in "+-−–" or len(bare) <= 5)) or buttons:
                return _parse_count(found[1])
    return None


_CLOCK = re.compile(r"(?<!\d)\d{1,2}[:.]\d\d(?::\d\d)?\s?(?:[ap]\.?m\.?)?(?!\d)", re.IGNORECASE)
_POSTED = re.compile(
    r"^\s*(?:posted by|comment by|written by|submitted by|commented by|by|von|par|por|от|oleh)\s+(?=\S)|"
    r"^\s*(?:posted by|by|from|author|name|user|username|autor|auteur|autore|автор|"
    r"投稿者|名前|用户|作者|작성자)\s?[:\uff1a]\s?",
    re.IGNORECASE,
)
_CUT = re.compile(
    r"\s+(?:says|said|wrote|writes|commented|replied|posted|a écrit|a dit|dit|schreibt|schrieb|sagt|meint|"
    r"escribió|dice|dijo|escreveu|disse|diz|ha scritto|scrive|пишет|написал|написала|dedi ki|menulis|berkata|"
    r"在|wrote on)(?:\s(?:on|at|am|le|el))?\s?(?:[:\uff1a]|\.{3}|…)?\s*$"
    r"|\s?[:\uff1a]\s*$|\s*\((?:profile|author|op|guest|verified|staff|mod|moderator|subscriber|auteur|"
    r"autor|редактор)\)\s*$|\s+(?:at|on|am|le|el|um|в|a las|às|@)\s*[,.:]?\s*$|\s+from:.*$|\s+de:\s.*$"
    r"|\s?(?:さん|님)$|\s*[\[(]\s*[\])]?\s*$|(?<=\w)\s+(?:\[op\]|op|author|verified|staff|moderator|top contributor|premium)$",
    re.IGNORECASE,
)
_SPLIT = re.compile(r"\s*[|•·│‣]\s*|\s+[-–—]\s+|\s+[-–—]$|^[-–—]\s?|\s{3,}|\s*[\[(](?=\s{2,}|[\s\])])")
_EDGE = " \t,;|•·-–—:\uff1a()[]/@~*»>«<"


# "2 名前:X 投稿日:…", "Name: X Date: …"
_LABELLED = re.compile(
    r"(?:^|\W|\d)(?:名前|name|author|user|nom|nombre|имя|автор)\s?[:\uff1a]\s?(?P<name>[^:\uff1a|]{1,40}?)\s+"
    r"(?:投稿日|date|posted|posté le|fecha|дата)\s?[:\uff1a]",
    re.IGNORECASE,
)


def _without_counts(text: str) -> str:
    """A header without its votes, counts and buttons."""
    text = _COUNTED.sub("  |  ", text)
    for pattern, word in ((_BEFORE, 1), (_AFTER, 2)):
        text = pattern.sub(lambda m, at=word: "  |  " if _vote_words(m[at]) else m[0], text)  # type: ignore[misc]
    return _SIGNED.sub("  |  ", text)


def is_rank(look: Look) -> bool:
    return "rank" in look.found.classes and look.found.cover >= 0.99


def is_button(text: str) -> bool:
    found = lexicon().look(split_words(text))
    return found.cover >= 0.99 and bool({"reply", "share", "ago", "vote", "sort", "deleted", "pubword"} & set(found.classes))


def read_author(look: Look) -> str | None:
    """The name in a comment's header: what is left when time, votes, buttons and the words around a name are taken away."""
    if not look.words and not re.search(r"[^\W\d]", look.text):
        return None
    labelled = _LABELLED.search(look.text)
    if labelled:
        return labelled["name"].strip()
    text = look.text
    spans = [(one.start, one.end) for one in find_dates(fold_digits(text))]
    text = _blank(text, spans)
    text = re.sub(r"\s{2,}", "   ", AGO.sub("   ", text))
    text = _CLOCK.sub("   ", text) if not spans or re.search(r"\s(?:at|um|à|@)\s*\d", text) else text
    subject = re.match(r"^.*\sby\s+(\S.*)$", text) if not _POSTED.match(text) else None
    if subject and ("score" in look.lower or _RE.match(text) or look.separators >= 2):
        text = subject[1]
    text = _without_counts(text)
    if look.starts == "-":
        text = text.split(",")[0]  # a letter's signature: name, place
    text = re.sub(r"^\s*(?:#\s?)?\d{1,5}[.):\uff1a]\s+|^\s*#\d+\s+", "", text)
    parts = [part for part in _SPLIT.split(text) if part and part.strip(_EDGE)]
    parts = [part for part in parts if not is_button(part) and not part.strip(_EDGE).isdigit()] or parts
    for part in parts:
        name = _trim_name(part)
        if any(map(str.isalnum, name)) and not (name.isascii() and name.isdigit()) and not is_button(name):
            return name
    return None


_HANDLE = re.compile(r"@[\w.-]{2,40}")  # printed with its sign


def _trim_name(text: str) -> str:
    text = _POSTED.sub("", text.strip())
    before = None
    while before != text:
        before = text
        text = _CUT.sub("", text).strip(" \t,;|•·–—:\uff1a/~»>«<").lstrip("*")
        text = text if text.endswith("**") else text.rstrip("*")  # "kjh8****" is how a name was masked
        text = re.sub(r"\[[A-Z]{1,3}\]$", "", text).lstrip("-[]").rstrip("-[")
        text = text if _HANDLE.fullmatch(text) else text.lstrip("@")
    if text.endswith(")") and "(" not in text:
        text = text[:-1]
    return text.strip() if len(text) <= 60 else ""


def _read_target(draft: Draft) -> None:
    """Whom the frame says that the comment answers."""
    for look in draft.frame:
        if look is draft.header and len(draft.frame) > 1 and not _ANSWERS.match(look.text):
            continue
        wrote = WROTE.match(look.text)
        if wrote and look is not draft.header:
            draft.nested = wrote["who"] or wrote["who2"]
            continue
        found = _ANSWERS.match(look.text) if look.width <= 80 else None
        if found:
            who = (found["who"] or found["who2"]).strip()
            number = re.fullmatch(r"(?:#|№|no\.?\s?|comment\s)?\s?(\d{1,5})", who, re.IGNORECASE)
            if number:
                draft.target_number = int(number[1])
            elif not is_button(who):
                draft.target = who.lstrip("@")


def _read_subject(draft: Draft) -> str | None:
    for look in draft.frame:
        named = SUBJECT.match(look.text)
        if named:
            return named[1].strip()
        if look.starts == "re":
            return look.text
    return None


def head_by_date(drafts: Sequence[Draft]) -> None:
    """Where numbered subjects stand above the lines of author and time, the latter are the heads."""
    numbered = [draft for draft in drafts if draft.header and draft.header.starts == "num." and not draft.header.dates]
    if len(numbered) * 3 < len(drafts):
        return
    for draft in numbered:
        dated = next((look for look in draft.frame if look.dates and look is not draft.header), None)
        if dated and read_author(dated):
            draft.subject = re.sub(r"^\d+[.)]\s+", "", draft.header.text) if draft.header else None
            draft.header = dated


def _cut_columns(drafts: Sequence[Draft]) -> None:
    """Where every author is followed by a comma and a place ("Bob, Leeds, UK"), the name is what stands before it."""
    named = [draft for draft in drafts if draft.author]
    if len(named) >= 3 and all("," in (draft.author or "") for draft in named) and len({d.author for d in named}) > 1:
        for draft in named:
            draft.author = (draft.author or "").partition(",")[0].strip()


def read_frames(drafts: Sequence[Draft], order: Order) -> None:
    """Fill in what the frames of a thread say."""
    for draft in drafts:
        _read_frame(draft, order)
    _cut_columns(drafts)


def _read_frame(draft: Draft, order: Order) -> None:
    """Fill in what the frame of a comment says."""
    dates: list[PrintedDate] = []
    blanked = []
    for look in draft.frame:
        here = find_dates(fold_digits(look.text), order) if look.dates else []
        dates += here
        text = _blank(fold_digits(look.text), [(one.start, one.end) for one in here])
        blanked.append(AGO.sub(" ", text))
    best = next((one for one in dates if one.hour is not None), dates[0] if dates else None)
    draft.when = best.minute_iso if best else None
    draft.votes = _read_votes(draft, blanked)
    draft.author = read_author(draft.header) if draft.header else None
    for text in blanked:
        counted = _COUNTED.search(text)
        if counted:
            draft.children = int(counted[1] or counted[2])
    numbered = next((found for look in draft.frame[:3] if (found := _ORDINAL.search(look.text))), None)
    draft.number = int(next(filter(None, numbered.groups()), 0)) if numbered else None
    below = next((found for look in draft.frame[:3] if (found := _BELOW.search(look.text))), None)
    draft.target_number = int(below[1]) if below else None
    draft.depth = (draft.header or draft.paragraphs[0]).line.indent
    draft.subject = draft.subject or _read_subject(draft)
    _read_target(draft)
