"""How one line looks by itself: its shape, what dates and furniture words it holds, whether it could be a name."""

from __future__ import annotations

import re
from dataclasses import dataclass

from fetchers.seeds.page_text.credits.partial_dates import find_days
from fetchers.seeds.page_text.lines.lexicon import Found, lexicon, split_words
from fetchers.seeds.page_text.lines.lines import Line
from newsdesk.dates import PrintedDate, find_dates, fold_digits

LONG = 95  # columns from which a line that ends a sentence is taken for running text
DATED_LIMIT = 170  # a longer line is text, whatever dates it names

_WIDE = re.compile("[\u1100-\u115f\u2e80-\ua4cf\uac00-\ud7a3\uf900-\ufaff\ufe30-\ufe4f\uff00-\uff60]")
_END = re.compile(r"([.!?。\uff01\uff1f।۔։။።؟…]|\.\.\.)[\"'”’“‘»«)\]」』›]*$")
# One of these, or a figure, is in whatever AGO finds: looked for first, as it is most lines' only cost.
_AGO_WORDS = (
    "ago", "fa", "atrás", "geleden", "sedan", "siden", "sitten", "temu", "назад", "önce", "lalu", "iliyopita", "पहले", "trước",
    "vor", "il y a", "hace", "há", "منذ", "yesterday", "just now", "gestern", "hier", "ayer", "ieri", "вчера", "昨日", "어제",
)  # fmt: skip
_DIGIT = re.compile(r"\d")


def _tells_ago(head: str, lower: str) -> bool:
    """True if the line says how long ago something was."""
    possible = _DIGIT.search(head) or any(word in lower for word in _AGO_WORDS)
    return bool(possible and AGO.search(head))


_YEARLIKE = re.compile(r"\d{4}|\d[./-]\d{1,2}[./-]\d\d|令和|平成|民[國国]|-\d\d(?!\d)|['’]\d\d|\d\d,?\s(?:\d{1,2}:\d\d|[/|])")
_CLOCK = re.compile(
    r"(?<![\d.,])\d{1,2}\s?[:.hH時时點点시]\s?\d\d(?!\d)|(?<!\d)\d{1,2}\s?[ap]\.?\s?m\b|\d{1,2}\s?(?:Uhr|時|时)", re.IGNORECASE
)
AGO = re.compile(
    r"(?<!\w)(?:(?:about|over|almost|vor|il y a|hace|há|منذ)\s)?(?:\d+|an?|one|un[ae]?|eine[rm]?)\s?(?:s|"
    r"sec|m|min|h|hr|d|w|mo|y|yr|[^\W\d_]{2,9})\.?s?\s(?:ago|fa|atrás|geleden|sedan|siden|sitten|temu|назад|"
    r"тому назад|önce|yang lalu|lalu|iliyopita|पहले|trước)(?!\w)"
    r"|(?<!\w)(?:vor|il y a|hace|há|منذ)\s(?:\d+|un[ae]?|eine[rm]?|einigen)\s[^\W\d_]+|(?<!\d)\d{1,9}\s?(?:분|시간|일|"
    r"주|개월|년)\s?전|(?<!\d)\d{1,9}\s?(?:分|分鐘|分钟|小时|小時|時間|日|天|か月|個月|年|ヶ月)前"
    r"|(?:[·•|]\s?|^)\d{1,3}\s?(?:s|m|min|h|hr|hrs|d|w|mo|y)\.?(?=$|\s?[·•|])|(?<!\w)\d{1,3}\s?(?:h|d|mo)(?=$|"
    r"\s?[·•|])|^(?:yesterday|just now|gestern|hier|ayer|ieri|вчера|昨日|어제)(?!\w)|[·•|]\s?(?:yesterday|just "
    r"now)(?!\w)",
    re.IGNORECASE,
)
_SEPARATORS = re.compile(r"\s?[|•·/»›>]\s?|\s[-–—]\s")
_NAME_WORD = re.compile(
    r"(?:[^\W\d_a-z][^\s\d]*|(?:de|da|di|du|del|della|dos|das|van|von|der|den|bin|ibn|al|el|la|le|of|the|"
    r"and|y|e|und|et|ter|ten|zu)$)"
)
_USER = re.compile(r"[@u/]{0,2}[^\s@|•·:,;!?()\[\]{}\"“”«»<>]{2,28}$")
_LETTER_RUN = re.compile(r"[^\W\d_]+")
_URL = re.compile(r"https?://|www\.|[\w.]+@[\w-]+\.\w")
_NUMBER_ONLY = re.compile(r"[+\-−–]?\d[\d.,kKmM\s()+/\-−–]*$")
_STARTS = (
    ("@", re.compile(r"@\w")),
    ("#", re.compile(r"#\d|№\s?\d|>>\d")),
    (">", re.compile(r">|›")),
    ("re", re.compile(r"re:|aw:|sv:|rv:|tr:", re.IGNORECASE)),
    ("q", re.compile(r"[\"'“‘«„「『‹]")),
    ("num.", re.compile(r"\d{1,3}[.)]\s")),
    ("num|", re.compile(r"\d{1,3}\s?\|")),
    ("d", re.compile(r"\d")),
    ("(", re.compile(r"[(\uff08]")),
    ("[", re.compile(r"\[|【|〔")),
    ("-", re.compile(r"[-–—]{1,2}\s?(?=[^\W\d_])")),
    ("--", re.compile(r"[-–—_*=~#]{2,}")),
    ("©", re.compile(r"©|\(c\)|copyright", re.IGNORECASE)),
    ("arrow", re.compile(r"[←→↑↓▲▼«»‹›<>^]|\+")),
)
_STARTING_LETTERS = frozenset("rRaAsStTcC")  # what "re:", "aw:" and "copyright" begin with


@dataclass(slots=True)
class Look:
    """What features and assembly both ask of a line. `width` counts wide characters twice."""

    line: Line
    text: str
    lower: str
    words: list[str]
    found: Found
    dates: list[PrintedDate]
    width: int
    ends: str
    starts: str
    case: str
    clock: bool
    ago: bool
    separators: int
    shape: str
    name: bool
    user: bool
    number: bool
    url: bool
    rest: int
    kind: str = ""

    @property
    def long(self) -> bool:
        return self.kind == "long"


def width_of(text: str) -> int:
    return len(text) if text.isascii() else len(text) + len(_WIDE.findall(text))


_UNSTOPPED = 90  # characters from which a line of Thai or Lao, which write no full stop, is running text


# A sentence whose stop a credit follows, in brackets or behind a dash: "… before the rains. (PNA)", "… Wednesday. — Bernama";
# or the numbers of notes: "… to live.[12][n 3]".
_BRACKETED_END = re.compile(
    r"[.!?。][\"'”’»]*\s?(?:(?:\[(?:[a-z]{1,4}\s?)?\d{1,3}\])+|[(\uff08][^()\uff08\uff09]{2,30}[)\uff09]|[—–-]{1,2}\s?[A-ZА-Я][^\s.!?]{1,20}(?:\s[A-Z][^\s.!?]{1,20})?)$"
)


def _ending(text: str) -> str:
    if _END.search(text) or _BRACKETED_END.search(text, max(0, len(text) - 40)):
        return "."
    last = text[-1]
    if "\u0e00" <= last <= "\u0eff" and len(text) >= _UNSTOPPED:
        return "."
    if last in ":\uff1a":
        return ":"
    if last in ",;、\uff0c،":
        return ","
    if last in "\"'”’»」』":
        return "q"
    if last in ")\uff09]】":
        return ")"
    return "0" if last.isdigit() else "a" if last.isalnum() else "x"


def _starting(text: str) -> str:
    first = text[0]
    if first.isalpha() and first not in _STARTING_LETTERS:
        return "A" if first.isupper() else "a" if first.islower() else "c"
    for name, pattern in _STARTS:
        if pattern.match(text):
            return name
    if first.isupper():
        return "A"
    return "a" if first.islower() else "c" if first.isalpha() else "x"


def _casing(text: str) -> str:
    """upper, Title, Sentence, lower, or none for a script without case."""
    runs = _LETTER_RUN.findall(text[:200])
    if not runs:
        return "nil"
    cased = [run for run in runs if run[0].isupper() or run[0].islower()]
    if len(cased) * 2 < len(runs):
        return "none"
    if text[:200].isupper() and (len(cased) > 1 or len(cased[0]) > 3):
        return "upper"
    capital = sum(run[0].isupper() for run in cased if len(run) > 3 or run[0].isupper())
    counted = sum(1 for run in cased if len(run) > 3 or run[0].isupper())
    if counted and capital >= 0.75 * counted:
        return "Title"
    return "Sentence" if cased[0][0].isupper() else "lower"


WIDE_NAME = 12  # characters: what is longer in Chinese, Japanese or Korean is a headline and no name


def _is_name(text: str, words: int, case: str, end: str) -> bool:
    """True if the line could be nothing but a person's name."""
    if not text or len(text) > 40 or end in (":", ",") or any(c.isdigit() for c in text):
        return False
    if case == "none":
        return len(text) <= (WIDE_NAME if _WIDE.search(text) else 24) and end == "a" and words <= 4
    parts = text.split(" ")
    if len(parts) > 5 or not parts[0][:1].isalpha():
        return False
    if end == "." and not re.search(r"(?:^|[\s.-])[^\W\d_]{1,3}\.$", text):
        return False
    return case in ("Title", "upper") and all(_NAME_WORD.match(part) or not part[:1].isalnum() for part in parts)


def _shape(text: str) -> str:
    """The line with its figures and words reduced to one sign each: what lines of one kind share."""
    return _LETTERS.sub("a+", _LETTER_RUN.sub("a", _FIGURES.sub("0", text[:80])))


_FIGURES = re.compile(r"\d+")
_LETTERS = re.compile(r"a(?:\s?a)+")  # words in a row, each reduced to one sign


def _dates_in(text: str) -> list[PrintedDate]:
    return find_dates(text) if len(text) <= DATED_LIMIT and _YEARLIKE.search(text) else []


DAY_LETTERS = 14  # what a line of a day without its year may hold beside it: a name, "at", a zone


def _is_day(text: str, dates: list[PrintedDate], end: str) -> bool:
    """True for a short line that dates something by day and month alone: as good as "2 days ago"."""
    if dates or len(text) > 60 or end == "." or not any(map(str.isdigit, text)):
        return False
    days = find_days(text)
    return bool(days) and sum(map(str.isalpha, text)) - sum(b - a for a, b in days) <= DAY_LETTERS


def _remainder(text: str, dates: list[PrintedDate]) -> int:
    """How many letters are left when dates are taken away."""
    for one in reversed(dates):
        text = text[: one.start] + text[one.end :]
    return sum(map(str.isalpha, text))


def _kind_of(look: Look) -> str:
    """The coarse class that neighbours are told."""
    if look.width >= LONG:
        return "long" if look.ends in ".q):" or look.width > 180 else "longish"
    if look.dates and look.rest <= 24:
        return "date"
    if look.number or not look.words:
        return "num" if any(c.isdigit() for c in look.text) else "sign"
    if look.ago and look.rest <= 40:
        return "ago"
    classes = look.found.classes
    if classes and look.found.cover >= 0.6:
        return classes[0] if look.separators < 2 or "reply" in classes or "vote" in classes else "menu"
    if look.separators >= 2 and look.ends != ".":
        return "menu"
    return _kind_of_words(look)


def _kind_of_words(look: Look) -> str:
    if look.ends == ".":
        return "sent" if look.width >= 25 else "shortsent"
    if look.clock and look.rest <= 30:
        return "clock"
    if look.name:
        return "name"
    if look.user:
        return "user"
    return "headline" if look.width >= 28 else "short"


_GLUED = re.compile(r"(?:[A-Z][a-z]{1,9}){2,5}")


def _split_glued(text: str) -> list[str] | None:
    """The words of buttons that lost the space between them ("ReplyShare"); None if the line is none of that."""
    text = text.lstrip("0123456789 ") if text[:1].isdigit() else text
    if len(text) > 40 or not _GLUED.fullmatch(text):
        return None
    words = [word.lower() for word in re.findall("[A-Z][a-z]+", text)]
    words = [word for word in words if word != "delete"] or words  # a button only beside others: "ReplyDelete"
    found = lexicon().look(words)
    return words if found.cover >= 0.99 and _BUTTONS & set(found.classes) else None


_BUTTONS = frozenset(("reply", "share", "vote"))


def look_at(line: Line) -> Look:
    """Everything that is known of a line without its neighbours. Work is bounded for a line of any length."""
    text = line.text
    head = fold_digits(text[:400])
    words = _split_glued(text) or split_words(head)
    end, case = _ending(text), _casing(head)
    lower = head.lower()
    dates = _dates_in(text)
    brief = len(text) <= 160
    look = Look(
        line=line,
        text=text,
        lower=lower,
        words=words,
        found=lexicon().look(words),
        dates=dates,
        width=width_of(text),
        ends=end,
        starts=_starting(text),
        case=case,
        clock=brief and bool(_CLOCK.search(head)),
        ago=brief and (_tells_ago(head, lower) or _is_day(head, dates, end)),
        separators=len(_SEPARATORS.findall(head)) + line.gaps if brief else 0,
        shape=_shape(head),
        name=_is_name(text, len(words), case, end),
        user=brief and bool(_USER.match(text)) and end != "." and not (len(text) > WIDE_NAME and _WIDE.search(text)),
        number=bool(_NUMBER_ONLY.match(head)) and brief,
        url=brief and bool(_URL.search(head)),
        rest=_remainder(head, dates) if dates else len(head),
    )
    look.kind = _kind_of(look)
    return look
