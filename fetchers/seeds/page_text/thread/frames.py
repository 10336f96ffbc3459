"""What the frame of a comment says: its author, time, votes, number, and whom it answers."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field
from itertools import pairwise

from fetchers.seeds.page_text.lines.looks import AGO, Look
from fetchers.seeds.page_text.thread.authors import ANSWERS_INSIDE, blank_out, is_button, read_author, without_home_behind
from fetchers.seeds.page_text.thread.votes import COUNTED, read_pair, read_votes
from newsdesk.dates import Order, PrintedDate, fold_digits


@dataclass(slots=True)
class Draft:
    """A comment under construction. `frame` are the lines about it, `header` the one that names its author.

    `target` is the name, `target_number` the number that its frame says it answers; `subject` its subject line; `children`
    how many answers its frame counts; `depth` its indentation in columns; `nested` whom a quote marker inside it names;
    `headed` the author as `header` alone tells it.
    """

    header: Look | None = None
    frame: list[Look] = field(default_factory=list)
    paragraphs: list[Look] = field(default_factory=list)
    author: str | None = None
    headed: str | None = None
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
        return "\n".join(text for look in self.paragraphs for text in (look.text, *look.line.listing))


_ORDINAL = re.compile(
    r"(?:^|\s)(?:#|№\s?|no\.\s?)(\d{1,5})\b(?!\.\d)|^(\d{1,5})[.):\uff1a]?\s(?=\D)|^(\d{1,5})(?:楼|樓|\.)?$", re.IGNORECASE
)
_BELOW = re.compile(r"(?:^|\s)#(\d{1,5})\.\d{1,4}\b")  # "#2.1" answers #2
SUBJECT = re.compile(r"^(?:(?:post\s)?subject|betreff|sujet|asunto|oggetto|тема|title)\s?:\s?(.*)$", re.IGNORECASE)
# "the comment of", between the words for an answer and the name
_COMMENT_OF = (
    r"(?:(?:the|le|el|il|o|den|de|het)\s)?(?:comment(?:aire|ario|o)?|comentari[ou]|comentário|kommentar(?:en|ti)?|commento|"
    r"reactie|"
    r"beitrag|message|mensaje|mensagem|messaggio|post|komentarz|komentář|komentár|комментарий|коментар|сообщение|bình luận|"
    r"ý kiến)\s"
    r"(?:(?:by|from|de|del|di|da|do|von|van|från|av|af|fra|użytkownika|uživatele|пользователя|користувача|của)\s)?"
)
_ANSWERS = re.compile(
    r"^(?:↳|↪|→|>|@)?\s?(?:(?:in\s)?(?:reply|response|replying)\s?to|replied to|responding to|(?:en )?réponse (?:à|au)|"
    r"répond à|"
    r"(?:en )?respuesta al?|responde al?|respondiendo al?|contestando al?|(?:em )?resposta (?:a|ao|à)|respondendo (?:a|ao|à)|"
    r"(?:in )?risposta al?|en resposta a|(?:als )?antwort (?:auf|an)|antwortet|(?:(?:als|in) )?reactie op|"
    r"(?:in )?antwoord (?:op|aan)|"
    r"(?:som )?svar ti?ll?|(?:som )?svar på|svara[rd]e?|svare[rd]e?|(?:vastaus|vastauksena)(?: käyttäjälle)?|vastuseks|"
    r"vastus(?: kasutajale|:)|odpowiedź (?:na|do|dla)|w odpowiedzi(?: do| na)?|reakcja na|(?:v )?reak[cč]i? na|reakce na|"
    r"reakcia na|"
    r"(?:v |jako )?odpov[eě]ď (?:na|pre|pro)|odpovídá na|(?:в ответ|ответ) пользователю|до коментар|в ответ(?: на)?|"
    r"ответ(?: для| на)?|"
    r"відповідь(?: для| на)?|у відповідь(?: на)?|(?:в )?отговор на|(?:као )?одговор на|"
    r"(?:kao )?odgovor (?:na|korisniku)|u odgovoru na|v odgovor(?: na)?|válasz(?: neki)?|előzmény:|"
    r"(?:σε )?απάντηση (?:σε|στον|στην|στο|του|της|προς)|(?:yanıt|cevap):|yanıt olarak|membalas(?: kepada)?|"
    r"balasan (?:untuk|kepada)|kwa kujibu|(?:bilang )?tugon kay|atbilde(?: uz| lietotājam)?|atsakymas (?:į|vartotojui)|"
    r"(?:ال)?ردا على|ردًا على|رداً على|(?:ال)?رد على|(?:در )?پاسخ به|جواب (?:به|بنام)|(?:ב?תגובה|בתשובה) ל-?:?|জবাবে|"
    r"(?:în|ca) (?:replică|răspuns) la|răspuns (?:la|pentru|lui)|के जवाब में|返信先|回[复覆](?:给|給)?|回應|trả lời|phản hồi|"
    r"ตอบกลับ(?:ถึง)?(?=\s))"
    rf"\s?[:\uff1a]?\s?(?:{_COMMENT_OF})?@?(?P<who>.+?)\s?[:\uff1a]?$"
    r"|^[↪↳⤷]\s?(?P<who3>[^\s].+)$"
    r"|^@?(?P<who2>.+?)\s?(?:adlı\s)?(?:への返信|さんへの返信|(?:さん)?に返信|님(?:에게|께) 답[글장]|에게 답글|"
    r"के जवाब में|को जवाब|-?এর জবাবে|کے جواب میں|kullanıcı(?:sın|y)a (?:yanıt|cevap)|['’]y?[ae] (?:yanıt|cevap)|üçün cavab)$",
    re.IGNORECASE,
)
WROTE = re.compile(
    r"^(?:originally posted by\s)?(?P<who>.{2,40}?)\s(?:wrote|said|writes|says|a écrit|a dit|schrieb|schreibt|hat geschrieben|"
    r"escribió|dijo|escreveu|disse|ha scritto|skrev|schreef|написал(?:а|\(а\))?|сказал(?:а|\(а\))?|пише|написав|сказав|пишет|"
    r"napisał(?:a)?|yazdı|dedi|zei|sagde|sa|sier|kirjoitti|"
    r"napsala?|řekla?|a spus|a scris|mondta|írta|είπε|έγραψε|menulis|berkata|viết|đã viết|さんが書きました|说|說)"
    r"\s?[:\uff1a](?:\s?↑.{4,40})?$|"
    r"^(?:originally posted by|quote from|quoting|quote|zitat von|citation de|cita de|citazione di|цитата)\s?:?\s"
    r"(?P<who2>.{2,40}?)(?:\s?[:»]|$)",
    re.IGNORECASE,
)
# "Quote from: Ann on July 04, 2013, 09:40:02 PM"
QUOTED_FROM = re.compile(
    r"(?:quote from|quoting|zitat von|citation de|cita de|citazione di|цитата)\s?:?\s(?P<who>\S.{1,38}?)\s"
    r"(?:on|am|le|el|il|от)\s.*\d",
    re.IGNORECASE,
)


def answers_whom(text: str) -> str | None:
    """The name in a line that says whom a comment answers ("Antwort auf Bob"); None if it says nothing of the kind."""
    found = _match_answer(text)
    return (found["who"] or found["who2"] or found["who3"]).strip().lstrip("@") if found else None


def _match_answer(text: str) -> re.Match[str] | None:
    """The match of "Antwort auf Bob" and its like; none where the word only goes on ("Ответить")."""
    found = _ANSWERS.match(text)
    at = found.start("who") if found and found["who"] else 0
    joined = at and text[at - 1].isalpha() and text[at].isalpha() and text[at - 1].upper() != text[at - 1].lower()
    return None if joined else found


_ANSWERING_NETIZEN = re.compile(r"(?:网友|網友)\]\s?回[复覆]\s?@?(?P<who>[^\s\[\]]{1,30})")
CITED = re.compile(r"\((?P<who>[^,()]{2,30}),\s.{6,40}\)$")  # "(Ann, 17 May 2022 10:15)" above words of hers


def _read_header_target(header: Look, draft: Draft) -> None:
    """Whom the line of the author says that he answers: "Ann, 10:15 in reply to Bob"."""
    found = ANSWERS_INSIDE.search(header.text) or _ANSWERING_NETIZEN.search(header.text)
    if found:
        draft.target = found["who"].strip()


def _named_by_marker(look: Look) -> str | None:
    """The name that a quote's marker gives: "(Ann, 17 May 2022 10:15)", "Ann:"."""
    cited = CITED.match(look.text) if look.dates else None
    if cited:
        return cited["who"]
    named = (look.ends == ":" or look.text.endswith(",")) and look.width <= 32 and not look.dates
    return look.text[:-1].strip() if named else None


def _read_target(draft: Draft) -> None:
    """Whom the frame says that the comment answers."""
    if draft.header:
        _read_header_target(draft.header, draft)
    dated = (ANSWERS_INSIDE.search(look.text) for look in draft.frame if look.dates)  # "03/11/2022 in reply to Bob"
    draft.target = draft.target or next((found["who"].strip(" @:") for found in dated if found), None)
    for look in draft.frame:
        if look is draft.header and len(draft.frame) > 1 and not _match_answer(look.text):
            continue
        cited = QUOTED_FROM.match(look.text)
        wrote = WROTE.match(look.text) if look is not draft.header and not cited else None
        if wrote or cited:
            draft.nested = cited["who"] if cited else wrote["who"] or wrote["who2"] if wrote else None
            continue
        if look is not draft.header:
            draft.nested = draft.nested or _named_by_marker(look)
        found = _match_answer(look.text) if look.width <= 80 else None
        if found:
            who = (found["who"] or found["who2"] or found["who3"]).strip()
            number = re.fullmatch(
                r"\[?(?:#|№|no\.?\s?|comment\s)?\s?(\d{1,5})\]?(?:\s(?:by|von|de|par|di|van|от)\s.+)?", who, re.IGNORECASE
            )
            below = _BELOW_OF.fullmatch(who)
            if below:
                draft.target, draft.target_number = below["who"], None
            elif number:
                draft.target_number = int(number[1])
            elif not is_button(who):
                draft.target = without_home_behind(who.lstrip("@"))


def _read_subject(draft: Draft) -> str | None:
    for look in draft.frame:
        named = SUBJECT.match(look.text)
        if named:
            return named[1].strip()
        scored = _SCORE_BEHIND.search(look.text) if look is not draft.header else None
        if look.starts == "re" or scored:
            return look.text[: scored.start()] if scored else look.text
    headed = draft.header is not None and "byword" in draft.header.found.first and draft.frame[1:2] == [draft.header]
    return _NUMBER.sub("", draft.frame[0].text) if headed else None  # what stands above "by ann"


_NUMBER = re.compile(r"^\d{1,3}[.)]\s+")


CLOCK_LETTERS = 4  # "Uhr", "hrs", beside a time


def head_by_date(drafts: Sequence[Draft]) -> None:
    """Where numbered subjects stand above the lines of author and time, the latter are the heads."""
    numbered = [draft for draft in drafts if draft.header and draft.header.starts == "num." and not draft.header.dates]
    if len(numbered) * 3 < len(drafts):
        return
    told = [next((look for look in draft.frame if look.dates and look is not draft.header), None) for draft in numbered]
    if len({read_author(look) for look in told if look}) == 1 and all(look.rest <= CLOCK_LETTERS for look in told if look):
        return  # "3. August 2022 um 11:40 Uhr" below "1. Ann": a word of the clock's is no name
    for draft, dated in zip(numbered, told, strict=True):
        if dated and read_author(dated):
            draft.subject = _NUMBER.sub("", draft.header.text) if draft.header else None
            draft.header = dated


def _cut_columns(drafts: Sequence[Draft]) -> None:
    """Where every author is followed by a comma and a place ("Bob, Leeds, UK"), the name is what stands before it."""
    named = [draft for draft in drafts if draft.author]
    if len(named) >= 3 and all("," in (draft.author or "") for draft in named) and len({d.author for d in named}) > 1:
        for draft in named:
            draft.author = (draft.author or "").partition(",")[0].strip()
    cut = sum(draft.header is not None and draft.header.text.startswith(f"{draft.author}, ") for draft in named)
    for draft in named if cut >= 2 else ():
        name, *homes = (draft.author or "").split(", ")
        if len(homes) == 2 and all(home[:1].isupper() for home in homes):
            draft.author = name


def read_frames(drafts: Sequence[Draft], order: Order) -> None:
    """Fill in what the frames of a thread say."""
    for draft in drafts:
        _read_frame(draft, order)
    _cut_columns(drafts)
    _cut_addresses(drafts)
    _cut_ordinals(drafts)
    _cut_shared(drafts)
    _cut_scores(drafts)
    _read_pairs(drafts)
    _clear_numbers(drafts)


# "→ Ann", "do ~Ann": whom a comment answers, on a line above its text.
_MARKED = re.compile(
    r"(?:[→➜➔►▸↪↳⤷»]|do|dla|an|auf|zu|à|a|al|to|ke|till|til|aan|per|para|pour|für|на|для|к|til)\s(?P<who>\S.{1,40})",
    re.IGNORECASE,
)


def _cut_addresses(drafts: Sequence[Draft]) -> None:
    """A first line that is nothing but a sign or a word and the name of an earlier author says whom the comment answers."""
    known: set[str] = set()
    for draft in drafts:
        found = _MARKED.fullmatch(draft.paragraphs[0].text) if len(draft.paragraphs) > 1 else None
        if found and found["who"].lower() in known:
            draft.target = draft.target or found["who"]
            draft.paragraphs.pop(0)
        known |= {draft.author.lower()} if draft.author else set()


def _cut_ordinals(drafts: Sequence[Draft]) -> None:
    """Where every author begins with a number and the numbers rise, by one or past what is gone, those count the comments."""
    found = [_COUNTED.match(draft.author or "") for draft in drafts]
    numbers = [int(match[1]) for match in found if match]
    steps = [b - a for a, b in pairwise(numbers)]
    if len(numbers) < 3 or len(numbers) < len(drafts) or min(steps) < 1 or steps.count(1) * 2 < len(steps):
        return
    for draft, match in zip(drafts, found, strict=True):
        draft.author = match[2] if match else draft.author


_SCORE_BEHIND = re.compile(r"\s*\(\s?score\s?:\s?-?\d[^()]{0,30}\)$", re.IGNORECASE)  # "At last (Score:5, Funny)"
_BELOW_OF = re.compile(r"#?\d{1,5}\.\d{1,4}\s(?:by|von|de|par|di|van|от)\s(?P<who>\S.{1,40})", re.IGNORECASE)  # "#1.1 von Ann"
_ADDRESSED = re.compile(r"\d{1,4}\.\s@(?P<who>\S.{0,40})$")  # "3. @ann", a subject that says whom it is for
_LEVEL = re.compile(r"level (\d{1,2})")  # how deep a comment is nested
# "1 Ann", "No.1 Ann", "1番 Ann"
_COUNTED = re.compile(r"(?:no\.\s?)?(\d{1,4})(?:\s|\s?[.:)\]番楼樓-]\s?)(\S.*)", re.IGNORECASE)


def _read_pairs(drafts: Sequence[Draft]) -> None:
    """Where most comments have two bare numbers in their frames, those are the votes for and against."""
    pairs = [read_pair(draft.frame, draft.header) for draft in drafts]
    told = [pair for pair in pairs if pair is not None]
    if len(told) < 2 or len(told) * 3 < len(drafts) * 2 or all(pair < 0 for pair in told):
        return  # answers and likes, if nobody is liked
    for draft, pair in zip(drafts, pairs, strict=True):
        draft.votes = draft.votes if pair is None else pair


_RATED = re.compile(r"(?:рейтинг|rating|score|оценка|оцінка|karma)\s?:\s?[+-]?\d{1,3}$", re.IGNORECASE)


def _is_profile(frame: Sequence[Look], i: int) -> bool:
    """True for a line that says something of the author and not of the comment: "Joined: 2011", "902" below "Messages"."""
    look, above = frame[i], frame[i - 1] if i else None
    if _RATED.match(look.text):
        return False
    if "profile" in look.found.first and look.width <= 50 and not look.ago:
        return True
    return (
        above is not None and "profile" in above.found.first and above.found.cover >= 0.99 and not re.search(r"\d", above.text)
    )


def _cut_shared(drafts: Sequence[Draft]) -> None:
    """Where every author begins with the same word ("Favourite Ann Lee"), it is a button's."""
    named = [draft for draft in drafts if draft.author]
    firsts = {(draft.author or "").partition(" ")[0] for draft in named}
    if len(named) >= 3 and len(firsts) == 1 and len({draft.author for draft in named}) > 1:
        word = firsts.pop()
        if all(" " in (draft.author or "") for draft in named):
            for draft in named:
                draft.author = (draft.author or "").removeprefix(word).strip()


_SCORED = re.compile(r"(?P<who>\S.{0,40}?)\s?[(\[](?P<word>[^\W\d_]{2,20})\s?:\s?(?P<score>[+-]?\d{1,5})\b[^()\[\]]{0,30}[)\]]")


def _cut_scores(drafts: Sequence[Draft]) -> None:
    """Where a word and a number stand behind every author, the same word ("ann (Bewertung: 4)"), they score the comment."""
    found = [_SCORED.fullmatch(draft.author or "") for draft in drafts]
    if len(drafts) < 3 or len({match["word"].lower() if match else "" for match in found}) > 1 or None in found:
        return
    for draft, match in zip(drafts, found, strict=True):
        if match:
            draft.author = match["who"]
            draft.votes = int(match["score"]) if draft.votes is None else draft.votes


def _clear_numbers(drafts: Sequence[Draft]) -> None:
    """Numbers that rise or fall by one from comment to comment are no votes."""
    numbered = [draft for draft in drafts if draft.number is not None]
    steps = {(b.number or 0) - (a.number or 0) for a, b in pairwise(numbered)}
    counted = len(numbered) >= 2 and all(
        _counts_above(draft, n) for n, draft in enumerate(drafts, 1) if draft.number is not None
    )
    if not counted and len(numbered) < 3:
        return
    if len(numbered) + 1 < len(drafts) or steps not in ({1}, {-1}):
        return
    if counted:
        for place, draft in enumerate(drafts, 1):
            draft.number = place  # the first one's is easily lost to what stands above the thread
    for draft in numbered:
        if draft.votes == draft.number:
            rest = [look for look in draft.frame if look.text.strip(".#") != str(draft.number)]
            rest = [look for look in rest if not look.dates or (look is not draft.header and "vote" in look.found.first)]
            texts = [blank_out(fold_digits(look.text), [(one.start, one.end) for one in look.dates]) for look in rest]
            draft.votes = read_votes(rest, draft.header, [AGO.sub(" ", text) for text in texts])


def _counts_above(draft: Draft, place: int) -> bool:
    """True if the frame's number stands alone above the author's line and is the comment's place in the thread."""
    at = next((i for i, look in enumerate(draft.frame) if look is draft.header), 0)
    return draft.number == place and any(look.text == str(place) for look in draft.frame[:at])


AGE_LIMIT = 160  # characters: a longer line is not known to tell an age or not


def _read_frame(draft: Draft, order: Order) -> None:
    """Fill in what the frame of a comment says."""
    said = [look for i, look in enumerate(draft.frame) if look is draft.header or not _is_profile(draft.frame, i)]
    draft.frame = said or draft.frame
    dates: list[PrintedDate] = []
    blanked = []
    for look in draft.frame:
        if QUOTED_FROM.match(look.text):
            blanked.append("")
            continue
        here = [one.swapped() for one in look.dates] if order == "mdy" else look.dates
        dates += here
        text = blank_out(fold_digits(look.text), [(one.start, one.end) for one in here])
        blanked.append(AGO.sub(" ", text) if look.ago or here or len(text) > AGE_LIMIT else text)
    best = next((one for one in dates if one.hour is not None), dates[0] if dates else None)
    draft.when = best.minute_iso if best else None
    draft.votes = read_votes(draft.frame, draft.header, blanked)
    draft.author = draft.headed = read_author(draft.header) if draft.header else None
    for text in blanked:
        counted = COUNTED.search(text)
        if counted:
            draft.children = int(counted[1] or counted[2])
    dateless = (blank_out(look.text, [(one.start, one.end) for one in look.dates]) for look in draft.frame[:3])
    counts = ((text, _ORDINAL.search(text)) for text in dateless)
    numbered = next((found for text, found in counts if found and not _match_answer(text)), None)
    draft.number = int(next(filter(None, numbered.groups()), 0)) if numbered else None
    below = next((found for look in draft.frame[:3] if (found := _BELOW.search(look.text))), None)
    draft.target_number = int(below[1]) if below else None
    draft.depth = (draft.header or draft.paragraphs[0]).line.indent
    level = next((found for look in draft.frame if (found := _LEVEL.fullmatch(look.lower))), None)
    draft.depth = int(level[1]) if level else draft.depth
    addressed = next((found for look in draft.frame if (found := _ADDRESSED.match(look.text))), None)
    draft.target = addressed["who"] if addressed else draft.target
    draft.subject = draft.subject or _read_subject(draft)
    _read_target(draft)
