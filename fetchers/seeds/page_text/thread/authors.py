"""The name in a comment's header, without the words, times and votes around it."""

from __future__ import annotations

import re
from collections.abc import Sequence

from fetchers.seeds.page_text.credits.partial_dates import find_days
from fetchers.seeds.page_text.lines.lexicon import lexicon, split_words
from fetchers.seeds.page_text.lines.looks import AGO, Look
from fetchers.seeds.page_text.thread.votes import HEADER_LIMIT, without_counts
from newsdesk.countries.gazetteer import is_place
from newsdesk.dates import find_dates

_RE = re.compile(r"^\s*(?:(?:re|aw|sv|rv|antw|odp)\s?:\s?)+", re.IGNORECASE)
ANSWERS_INSIDE = re.compile(
    r"(?<=\S)\s(?:in (?:reply|response) to|(?:as a )?reply to|replying to|responding to|en réponse à|en respuesta a|"
    r"respondiendo a|"
    r"em resposta a|respondendo a|in risposta a|als antwort (?:auf|an)|als reactie op|in reactie op|in antwoord op|som svar på|"
    r"som svar til|svar (?:på|til|till)|vastauksena|vastaus käyttäjälle|w odpowiedzi (?:na|do)|odpowiedź (?:na|do)|"
    r"(?:v |jako )?(?:odpov[eě]ď|reakc[ei]|reakcia) na|v odgovor na|(?:kao )?odgovor na|u odgovoru na|као одговор на|"
    r"одговор на|"
    r"în replică la|(?:ca )?răspuns (?:la|pentru)|en resposta a|в ответ(?: на)?|(?:ответ|відповідь) (?:на|для)|"
    r"у відповідь(?: на)?|"
    r"в отговор на|отговор на|(?:σε|ως) απάντηση (?:σε|στον|στην|του|της|στο)|vastuseks|vastus kasutajale|atbilde uz|"
    r"atsakymas į|"
    r"sebagai balasan(?: untuk| kepada)?|balasan (?:untuk|kepada)|trả lời|kwa kujibu|bilang tugon kay|ردا على|ردًا على|"
    r"رداً على|"
    r"در پاسخ به|کے جواب میں|בתגובה ל-?|בתשובה ל-?)\s+(?P<who>\S.{1,40})$",
    re.IGNORECASE,
)


def blank_out(text: str, spans: Sequence[tuple[int, int]]) -> str:
    """The text with spaces where `spans` are."""
    for start, end in spans:
        text = text[:start] + " " * (end - start) + text[end:]
    return text


_CLOCK = re.compile(r"(?<!\d)\d{1,2}[:.]\d\d(?::\d\d)?\s?(?:[ap]\.?m\.?)?(?!\d)", re.IGNORECASE)
_POSTED = re.compile(
    r"^\s*(?:(?:posted|post|comment|written|submitted|commented|answered|asked|answer|reply|review) by|"
    r"(?:posté|publié|écrit|rédigé|envoyé|message|commentaire) (?:par|de)|"
    r"(?:publicado|enviado|escrito|postado|comentado|mensaje|mensagem|comentario|comentário) (?:por|de)|"
    r"(?:scritto|inviato|postato|pubblicato|messaggio|commento) (?:da|di)|"
    r"(?:geschrieben|verfasst|eingestellt|beitrag|kommentar|gefragt) von|(?:geplaatst|geschreven|bericht) door|"
    r"by|von|par|por|от|oleh)\s?:?\s+(?=\S)|"
    r"^\s*(?:posted by|by|from|author|name|user|username|autor|auteur|autore|автор|"
    r"投稿者|回答者|質問者|名前|用户|作者|提问者|작성자)\s?[:\uff1a]\s?",
    re.IGNORECASE,
)
_CUT = re.compile(
    r"\s+(?:says|said|wrote|writes|commented|replied|posted|answered|asked|a écrit|a dit|dit|schreibt|schrieb|sagt|meint|"
    r"sagte|escribió|dice|dijo|ha dicho|escreveu|disse|diz|ha scritto|ha detto|scrive|zegt|zei|schreef|skriver|skrev|säger|"
    r"sier|siger|"
    r"sanoo|kirjoitti|pisze|napisał|napisała|mówi|píše|napsal|napsala|говорит|сказал|каже|diyor ki|"
    r"пишет|написал|написала|dedi ki|menulis|berkata|"
    r"在|wrote on)(?:\s(?:on|at|am|le|el|il|den|op|em|o))?\s?(?:[:\uff1a]|\.{3}|…)?\s*$"
    r"|\s?[:\uff1a]\s*$|\s*\((?:m|f|profile|author|op|guest|verified|staff|mod|moderator|subscriber|auteur|"
    r"autor|редактор|\d{2,9})\)\s*$|\s+(?:at|on|am|le|el|um|a las|às|(?-i:в|a|em|op|il|den)|@)\s*[,.:]?\s*$|"
    r"\s+<?[\w.+-]+(?:\s(?:at|\(at\))\s|@)[\w-]+(?:\.[\w-]+)+>?$|\s+from:.*$|\s+de:\s.*$"
    r"|\s?(?:(?<!名無し)さん|님)$|\s*\[[^\[\]]{3,16}\]\s*$|\s*[\[(]\s*(?:(?:le|am|el|il|on|at|den|em|op)\s*)?[\])]?\s*$"
    r"|(?<=\w)\s+(?:\[op\]|op|(?-i:Mod|MOD)|\d{1,3}p|(?:post )?author|verified|staff|moderator|top contributor|premium|"
    r"asker|fragesteller(?:in)?|\[?score hidden\]?)$",
    re.IGNORECASE,
)
_SPLIT = re.compile(r"\s*[|•·│‣]\s*|\s+[-–—]\s+|\s+[-–—]$|^[-–—]\s?|\s{3,}|\s*[\[(](?=\s{2,}|[\s\])])")
_EDGE = " _\t,;|•·-–—:\uff1a()[]/@~*»>«<"
# "2 名前:X 投稿日:…", "Name: X Date: …"
_LABELLED = re.compile(
    r"(?:^|\W|\d)(?:名前|name|author|user|nom|nombre|имя|автор)\s?[:\uff1a]\s?(?P<name>[^:\uff1a|]{1,40}?)\s+"
    r"(?:投稿日|date|posted|posté le|fecha|дата)\s?[:\uff1a]",
    re.IGNORECASE,
)
# "上海市网友 [name]": where a reader of a Chinese portal writes from.
_NETIZEN = re.compile(r"[^\s\d\[]{2,16}(?:网友|網友)\s?[\[\uff1a:(\uff08]\s?(?P<name>[^\]\uff1a:)\uff09]{1,30}?)\s?[\])\uff09]")
_FROM_PLACE = re.compile(r"(?P<name>[^\[\]]{1,30}?)\s?\[[^\[\]]{0,16}(?:网友|網友)\]")


def is_rank(look: Look) -> bool:
    """True for a line that is nothing but a reader's rank on a board."""
    return "rank" in look.found.classes and look.found.cover >= 0.99


def is_button(text: str) -> bool:
    """True for words that stand on buttons and beside times, and for nothing else."""
    found = lexicon().look(split_words(text))
    return found.cover >= 0.99 and bool({"reply", "share", "ago", "vote", "sort", "deleted", "pubword"} & set(found.classes))


_HOME_BEHIND = re.compile(r"(?P<who>\S.{0,38}?)\s?\((?P<home>[^\W\d_a-z][^()\d]{2,20})\)")  # "Ramesh K (Pune)"


# "茶客 安徽", "茶客 来自广东深圳", "茶客 IP属地：北京": the province that Chinese sites print behind a name.
_PROVINCE_BEHIND = re.compile(
    r"(?P<who>\S.{0,38}?)(?:\s?[·•(\uff08\[]\s?|\s)(?:来自|來自|IP\s?属地\s?[:\uff1a]?\s?)?"
    r"(?:北京|上海|天津|重庆|河北|山西|辽宁|吉林|黑龙江|江苏|浙江|安徽|福建|江西|山东|河南|湖北|湖南|广东|海南|四川|贵州|云南|陕西|"
    r"甘肃|青海|内蒙古|广西|西藏|宁夏|新疆|(?:中国)?(?:香港|澳门|台湾)|海外|美国|日本|英国|加拿大|澳大利亚|新加坡|马来西亚|韩国|德国|法国)"
    r"(?:省|市)?[\u3400-\u9fff]{0,4}[)\uff09\]]?"
)


def without_home_behind(name: str) -> str:
    """The name without the town that stands in brackets behind it, or the province."""
    province = _PROVINCE_BEHIND.fullmatch(name)
    if province:
        return province["who"]
    found = _HOME_BEHIND.fullmatch(name)
    return found["who"] if found and is_place(found["home"]) else name


def _without_home(name: str, header: str) -> str:
    """The name without the town and country behind it, "Ex plumber, Hull, United Kingdom", or without the town that stands in a
    row with the time: "Ann, Hull, 3 years ago"."""
    name = without_home_behind(name)
    first, *homes = name.split(", ")
    least = 1 if f"{name}, " in header else 2
    return first if least <= len(homes) <= 2 and any(map(is_place, homes)) else name


# "answered 12 June 2018 by Ann"
_ANSWERED = re.compile(
    r"(?:answered|beantwortet|respondid[ao]|contestad[ao]|répondu|risposto|beantwoord)\b[^|]{4,40}\d\s"
    r"(?:by|von|por|par|da|door)\s(?P<name>\S.{0,39})$",
    re.IGNORECASE,
)


def read_author(look: Look) -> str | None:
    """The name in a comment's header: what is left when time, votes, buttons and the words around a name are taken away."""
    if len(look.text) > HEADER_LIMIT:
        return None
    if not look.words and not re.search(r"[^\W\d]", look.text):
        return None
    labelled = _LABELLED.search(look.text) or _NETIZEN.match(look.text) or _FROM_PLACE.match(look.text)
    labelled = labelled or (_ANSWERED.match(look.text) if look.dates else None)
    if labelled:
        return labelled["name"].strip()
    text = look.text.lstrip("└↳⤷↩ ")
    if text.startswith("(") and text.endswith(")") and look.dates:
        text = text[1:-1]  # "(Ann, 5 June 2013 15:02)"
    dates = look.dates if text == look.text else find_dates(text) if look.dates else []
    spans = [(one.start, one.end) for one in dates]
    if spans and spans[0][0] and text[spans[0][0] - 1] == "_":
        spans = [(spans[0][0] - 1, spans[0][1]), *spans[1:]]  # "ann_05.06.2013 15:02"
    text = blank_out(text, spans or (find_days(text) if look.ago else []))
    inside = ANSWERS_INSIDE.search(text)
    text = text[: inside.start()] if inside else text
    text = re.sub(r"\s{2,}", "   ", AGO.sub("   ", text))
    text = _CLOCK.sub("   ", text) if not spans or re.search(r"\s(?:at|um|à|@)\s*\d", text) else text
    subject = re.match(r"^.*\sby\s+(\S.*)$", text) if not _POSTED.match(text) else None
    if subject and ("score" in look.lower or _RE.match(text) or look.separators >= 2):
        text = subject[1]
    text = re.sub(r"\b(?:reply|antwort|respuesta|réponse|post) #\d{1,5} (?:on|am|el|le)\s?:?", "   ", text, flags=re.IGNORECASE)
    text = re.sub(r"(?<=\S)\s#\d{1,5}(?=\s|$)", "   ", without_counts(text))
    if look.starts == "-":
        text = text.split(",")[0]  # a letter's signature: name, place
    text = re.sub(r"^\s*(?:#\s?)?\d{1,5}(?:(?:\.\d{1,4}){1,5}\.?\s+|\s?[.):]\s+|\s:(?=\S)|\s?\uff1a\s*)|^\s*#\d+\s+", "", text)
    parts = [part for part in _SPLIT.split(text) if part and part.strip(_EDGE)]
    parts = [part for part in parts if not is_button(part) and not part.strip(_EDGE).isdigit()] or parts
    for part in parts:
        name = _without_home(trim_name(part), look.text)
        if any(map(str.isalnum, name)) and not (name.isascii() and name.isdigit()) and not is_button(name):
            return name
    return None


_STOPPED = re.compile(r"\w{3}\.$")
_TITLED_STAFF = re.compile(r"[A-ZÀ-Þ][a-zß-ÿ]{3,} (?:Staff|Moderator|Team)")  # a house's; a badge follows names
_HANDLE = re.compile(r"@[\w.-]{2,40}")  # printed with its sign


def trim_name(text: str) -> str:
    """A name without the words, signs and badges beside it; "" where it is too long for one."""
    text, posted = _POSTED.subn("", text.strip(" ,;"))
    text = text[:-1] if posted and _STOPPED.search(text) else text  # "Comment by Ann Lee."
    before = None
    while before != text:
        before = text
        cut = text if _TITLED_STAFF.fullmatch(text) else _CUT.sub("", text)
        text = cut if any(map(str.isalnum, cut)) else text  # "ann@board.example" is a name where nothing else is one
        text = re.sub(r"\s_$", "", text.strip(" \t,;|•·–—:\uff1a/»>«<").lstrip("*").rstrip("~"))
        text = text if text.endswith("**") else text.rstrip("*")  # "kjh8****" is how a name was masked
        text = re.sub(r"\[[A-Z]{1,3}\]$", "", text).lstrip("-[]").rstrip("-[")
        text = text if _HANDLE.fullmatch(text) else text.lstrip("@")
    if text.endswith(")") and "(" not in text:
        text = text[:-1]
    return text.strip() if len(text) <= 60 else ""
