"""Threads of mailing lists and newsgroups: each message headed by its sender and the time, quotes and signatures inside."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from itertools import pairwise

from fetchers.seeds.page_text.lines.lexicon import split_words
from fetchers.seeds.page_text.lines.looks import Look
from fetchers.seeds.page_text.thread.frames import WROTE

HEAD_LINES = 8  # lines of a message's head at most
ZONE_LETTERS = 8  # beside a time: "GMT", "CEST", "Uhr"
SIGN_OFF = 34  # columns of "Best wishes," and a name at most

# What the fields of a head are called.
FIELDS = {
    "from": "from|von|de|da|van|från|fra|od|lähettäjä|от|від|από|kimden|gönderen|寄件者|发件人|差出人|보낸 ?사람|من|प्रेषक",
    "subject": "subject|betreff|sujet|objet|asunto|assunto|oggetto|onderwerp|ämne|emne|aihe|temat|předmět|тема|θέμα|konu|件名|"
    "主题|主旨|제목|الموضوع|विषय",
    "date": "date|sent|datum|gesendet|envoyé(?: le)?|fecha|enviado(?: el)?|data|enviad[ao](?: em)?|inviato|verzonden|skickat|"
    "sendt|lähetetty|wysłano|odesláno|дата|отправлено|надіслано|ημερομηνία|tarih|gönderilme tarihi|gönderildi|日付|日時|"
    "送信日時|日期|发送时间|傳送日期|날짜|보낸 날짜|التاريخ|तारीख|दिनांक",
}

# "Ann Lee ann at example.org", "Ann Lee <ann@example.org>".
_ADDRESSED = re.compile(
    r"(?P<who>[^\s:>@][^:@<>]{1,40}?)\s+[<(]?[\w.+-]+(?:@|\s?(?:\(at\)|\[at\]|\bat\b)\s?)[\w-]+"
    r"(?:\s?(?:\.|\(dot\)|\[dot\])\s?[\w-]+)+[>)]?$"
)
_FROM = re.compile(rf"(?:{FIELDS['from']})\s?[:\uff1a]\s?\S", re.IGNORECASE)
_FIELD = re.compile(
    rf"(?:{'|'.join(FIELDS.values())}|to|an|à|para|cc|"
    r"newsgroups|message-id|reply-to|in-reply-to|references|organization|lines|x-[\w-]+)\s?[:\uff1a]",
    re.IGNORECASE,
)
_SUBJECT = re.compile(rf"(?:{FIELDS['subject']})\s?:")
_UNREAD = re.compile(
    r"(?:unread|ungelesen|non lus?|no leíd[oa]s?|não lid[ao]s?|non lett[oi]|nieprzeczytane|непрочитанные),?$", re.IGNORECASE
)
# "On Tue, 9 Nov 2004, Ann Lee wrote:", "Am 6. Mai 2009 09:30 schrieb Ann Lee <ann@example.org>:"
_QUOTES = re.compile(
    r"(?:on|am|le|el|em|il|op|den|dnia|w dniu)\s.*\d.*(?:wrote|writes|schrieb|a écrit|escribió|escreveu|ha scritto|schreef|"
    r"skrev|napisał[ao]?)\b.{0,60}:$|.*\d.*(?:пишет|написала?|yazdı|έγραψε)\s?:$",
    re.IGNORECASE,
)
_SIGNATURE = re.compile(r"--|_{3,}|-{3,}")
_LIST = re.compile(
    r"\bmailing[- ]?list|liste de diffusion|lista de correo|lista di discussione|lista de discussão", re.IGNORECASE
)


def mark_mail(looks: Sequence[Look], labels: Sequence[str]) -> Sequence[str]:
    """Labels of such a thread: the first message is the story, the others are comments."""
    heads = list(_heads(looks))
    if len(heads) < 2:
        return labels
    exact = Counter(look.lower for look in looks)
    mended = ["furniture" if label in ("author", "meta", "comment", "body", "byline", "date") else label for label in labels]
    mended = [*mended[: heads[0].start], *["meta"] * (len(looks) - heads[0].start)]
    if "title" not in mended[: heads[0].start]:
        _find_subject(looks, mended, heads[0])
    ends = [head.start for head in heads[1:]]
    for head, end in zip(heads, [*ends, len(looks)], strict=True):
        _label_message(looks, mended, (head, end), exact, head is heads[0])
    return mended


def _heads(looks: Sequence[Look]) -> Iterator[range]:
    """The heads of the page's messages: the sender's line first, the time among the others."""
    for find in (_addressed, _listed, _unread):
        heads = [head for i in range(len(looks) - 1) if (head := find(looks, i))]
        if len(heads) >= 2:
            yield from (b for a, b in pairwise([range(0), *heads]) if b.start >= a.stop)
            return


def _is_time(look: Look) -> bool:
    return bool(look.dates) and look.clock and look.rest <= ZONE_LETTERS


def _addressed(looks: Sequence[Look], i: int) -> range | None:
    if not looks[i + 1].dates or looks[i].width > 100:
        return None
    return range(i, i + 2) if _is_time(looks[i + 1]) and _ADDRESSED.match(looks[i].text) else None


def _listed(looks: Sequence[Look], i: int) -> range | None:
    """A block of fields, the sender's and a time's among them."""
    if looks[i].width > 100 or not _FROM.match(looks[i].text):
        return None
    end = i
    while end < min(len(looks), i + HEAD_LINES) and _FIELD.match(looks[end].text):
        end += 1
    return range(i, end) if any(look.dates and look.clock for look in looks[i:end]) else None


def _unread(looks: Sequence[Look], i: int) -> range | None:
    """A name, "unread,", a time and "to", as Google prints groups."""
    if i + 2 >= len(looks) or not _is_time(looks[i + 2]) or not _UNREAD.fullmatch(looks[i + 1].text):
        return None
    addressee = i + 3 < len(looks) and looks[i + 3].width <= 40 and looks[i + 3].text[:1].islower()
    return range(i, i + 3 + addressee)


def _find_subject(looks: Sequence[Look], labels: list[str], head: range) -> None:
    """The headline, where no line was taken for one: the nearest line of words above the first message."""
    for i in reversed(range(head.start)):
        if len(looks[i].words) >= 2 and not looks[i].line.bullet and looks[i].found.cover < 0.5 and looks[i].width >= 15:
            labels[i] = "title"
            return


def _label_message(
    looks: Sequence[Look], labels: list[str], message: tuple[range, int], exact: Counter[str], first: bool
) -> None:
    """Label one message: its head, and what stands below that up to where it ends."""
    head, end = message
    labels[head.start] = "byline" if first else "author"
    for i in head[1:]:
        if first:
            subject = _SUBJECT.match(looks[i].lower)
            labels[i] = "date" if looks[i].dates else "title" if subject and "title" not in labels[:i] else "furniture"
    text = [i for i in range(head.stop, _text_end(looks, head.stop, end, exact)) if not _is_frame(looks[i], exact)]
    for i in text[: len(text) - _sign_off(looks, text, looks[head.start])]:
        labels[i] = "body" if first else "comment"
    if first or end == len(looks):
        labels[head.stop : end] = ["aside" if label == "meta" else label for label in labels[head.stop : end]]


def _is_frame(look: Look, exact: Counter[str]) -> bool:
    """True for what says whose words follow, and for links around messages, which come again."""
    quoting = look.width <= 160 and (_QUOTES.match(look.text) or (look.ends == ":" and WROTE.match(look.text)))
    again = exact[look.lower] >= 2 and not look.text.startswith(">") and look.width >= 12
    return bool(quoting) or again or (bool(look.line.bullet) and look.found.cover >= 0.3)


def _text_end(looks: Sequence[Look], start: int, end: int, exact: Counter[str]) -> int:
    """Where a message's text ends: at its signature, or at the page's own lines below the last."""
    begun = next((i for i in range(start, end) if not _is_frame(looks[i], exact)), end)
    for i in range(begun + 1, end):
        look = looks[i]
        closing = end == len(looks) and look.ends not in ".q?" and (look.found.cover >= 0.6 or _LIST.search(look.text))
        if _SIGNATURE.fullmatch(look.text) or closing or (look.line.bullet and _is_frame(look, exact)):
            return i
    return end


def _sign_off(looks: Sequence[Look], text: Sequence[int], sender: Look) -> int:
    """How many of a message's last lines are the sender's name and what stands above it."""
    name = set(sender.words)
    last = looks[text[-1]] if len(text) > 1 else None
    words = set(split_words(last.text)) if last else set()
    if last is None or not words or last.width > SIGN_OFF or not words <= name:
        return 0
    above = looks[text[-2]] if len(text) > 2 else None
    greeted = above is not None and above.width <= SIGN_OFF and above.ends not in ".q?" and len(above.words) <= 4
    return 1 + greeted
