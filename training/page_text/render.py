"""Made-up layouts: stories and comments set in random frames, every line with its label.

A page is a random order of random parts (menus, headline, standfirst, credits, captions, text, asides, notices, comments in
one of very many frames), so that the model learns what a line is from its kind and place and not from a handful of outlets.
Texts: Wikinews and labelled comments of the shared sets marked *ship* (English), and texts.py. Deterministic.
"""

from __future__ import annotations

import gzip
import json
import random
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from fetchers.seeds.page_text.lexicon import lexicon
from fetchers.seeds.page_text.lines import split_page
from fetchers.seeds.page_text.looks import look_at
from training.page_text.align import INDEX, Labelled
from training.page_text.frames import FRAMES, random_frame
from training.page_text.prompts import prompt
from training.page_text.texts import TEXTS

SEED = 20260101
LONGEST = 80  # lines; the longest page sets the cost of a batch
Row = tuple[str, str]  # text, label; an empty text is an empty line

FIRST = (
    "Ann Bob Carla David Elif Farid Grace Hugo Ines Jonas Kofi Lena Mara Nikos Olga Pedro Quinn Rosa Samir Tove Uma Zoe".split()
)
LAST = (
    "Abbott Barros Conti Dahl Ekman Ferris Gupta Hale Ivanov Jansen Keller Lund Moreau Nair Okoye Park Rossi Sato Tran".split()
)
NICKS = (
    "redkite|owl_22|BigAl|sunny.side|JT|Flatfoot|norwegian_wood|Traveler99|the-baker|Grumpy "
    "Old Man|Just Saying|m0nty|Citizen K|"
    "happycamper|Zed|Anonymous|Guest|vox populi|Dr. No|SteelCity1|annie_b"
).split("|")
MONTHS = ("January February March April May June July August September October November December").split()
AGENCIES = ("Reuters AFP AP dpa EFE ANSA Xinhua Kyodo TASS Bernama IANS PTI Yonhap APA Lusa").split()
PLACES = ["LONDON", "NAIROBI", "New York", "Oslo", "KARACHI", "Cape Town", "SEOUL", "Lagos, Nigeria", "QUITO, Ecuador", "Perth"]
SUBTITLES = ["What happens next", "A long wait", "Background", "Who pays", "The numbers", "Mixed reactions", "Looking ahead"]


@dataclass
class Content:
    """What a page is made of: one language's headlines, paragraphs, comments, names and places."""

    titles: list[str]
    stories: list[list[str]]
    comments: list[str]
    names: list[str]
    places: list[str]
    cased: bool = True
    language: str = "en"


def _read(path: Path) -> list[dict[str, object]]:
    with gzip.open(path, "rt", encoding="utf-8") as rows:
        return [json.loads(row) for row in rows]


def load_english(shared: Path) -> Content:
    stories, titles = [], []
    for path in sorted((shared / "datasets" / "open-news").glob("*wikinews*.jsonl.gz")):
        for item in _read(path)[:150]:
            body = item.get("body") or []
            parts = body.split("\n") if isinstance(body, str) else body
            paragraphs = [" ".join(str(part).split()) for part in parts if len(str(part)) > 60]  # type: ignore[union-attr]
            if len(paragraphs) >= 3 and item.get("title"):
                stories.append(paragraphs[:9])
                titles.append(str(item["title"]))
    comments = []
    for name in ("fox-dev", "civil-dev", "reddit-dev"):
        for item in _read(shared / "datasets" / "comments" / f"{name}.jsonl.gz")[:400]:
            for comment in item.get("comments") or []:  # type: ignore[union-attr]
                text = str(comment.get("text") if isinstance(comment, dict) else comment).strip()
                if 2 <= len(text) <= 400:
                    comments.append(text)
    names = [f"{first} {last}" for first in FIRST for last in LAST[:4]] + NICKS * 4
    return Content(titles, stories, comments or ["Good."], names, PLACES)


def load_contents(shared: Path) -> list[Content]:
    contents = [load_english(shared)] * 6
    for language, (titles, paragraphs, comments, names, places) in TEXTS.items():
        cased = language not in ("ja", "zh", "ko", "ar", "hi")
        contents.append(Content(titles, [paragraphs], comments, names, places, cased, language))
    return contents


@dataclass
class Setting:
    """The random choices that hold for a whole page."""

    rng: random.Random
    content: Content
    blank: float  # how often an empty line stands between parts
    date: Callable[[], str]
    rows: list[Row] = field(default_factory=list)

    def put(self, text: str, label: str) -> None:
        if text.strip():
            self.rows.append((text, label))

    def gap(self, chance: float | None = None) -> None:
        if self.rng.random() < (self.blank if chance is None else chance):
            self.rows.append(("", ""))


# --- words ------------------------------------------------------------------------------------------------------------


def _phrases(kind: str) -> list[str]:
    spaced = [
        " ".join(words)
        for entries in lexicon().by_word.values()
        for words, kinds in entries
        if kind in kinds and len(words[0]) > 2
    ]
    unspaced = [run for entries in lexicon().by_character.values() for run, kinds in entries if kind in kinds and len(run) > 1]
    return sorted(set(spaced)) + sorted(set(unspaced))


_POOLS: dict[str, list[str]] = {}


def phrase(rng: random.Random, kind: str) -> str:
    pool = _POOLS.setdefault(kind, _phrases(kind))
    words = rng.choice(pool)
    style = rng.random()
    return words.title() if style < 0.35 else words.upper() if style < 0.45 else words.capitalize() if style < 0.9 else words


def unknown(setting: Setting, most: int = 3) -> str:
    """A short line that no lexicon knows."""
    words = [w.strip(",.;:\"“”()'") for w in setting.rng.choice(setting.rng.choice(setting.content.stories)).split()]
    start = setting.rng.randrange(max(1, len(words) - most))
    picked = " ".join(words[start : start + setting.rng.randint(1, most)])
    return picked.title() if setting.rng.random() < 0.7 else picked


def a_name(setting: Setting) -> str:
    return setting.rng.choice(setting.content.names)


def writer(setting: Setting) -> str:
    name = (
        f"{setting.rng.choice(FIRST)} {setting.rng.choice(LAST)}"
        if setting.content.cased
        else setting.rng.choice(setting.content.names)
    )
    return name.upper() if setting.rng.random() < 0.15 else name


def date_maker(rng: random.Random) -> Callable[[], str]:
    """One way to print dates and times for a whole page."""
    year, month = rng.randint(2006, 2026), rng.randint(1, 12)
    day0 = rng.randint(1, 24)
    style = rng.randrange(16)

    def make() -> str:
        day, hour, minute = day0 + rng.randint(0, 3), rng.randint(0, 23), rng.randint(0, 59)
        name = MONTHS[month - 1]
        half = f"{hour % 12 or 12}:{minute:02} {'pm' if hour > 11 else 'am'}"
        forms = (
            f"{name} {day}, {year} at {half}",
            f"{day} {name} {year} {hour:02}:{minute:02}",
            f"{name[:3]} {day}, {year} {half.upper()}",
            f"{year}-{month:02}-{day:02} {hour:02}:{minute:02}",
            f"{day:02}/{month:02}/{year} {hour:02}:{minute:02}",
            f"{day:02}.{month:02}.{year}, {hour:02}:{minute:02}",
            f"{month:02}/{day:02}/{year} {half}",
            f"{year}年{month}月{day}日 {hour}:{minute:02}",
            f"{year}. {month}. {day}. {hour:02}:{minute:02}",
            f"{day} {name[:3]} {year}",
            f"{name} {day}, {year}",
            f"{hour:02}:{minute:02}, {day} {name[:3]} {year}",
            f"{day}.{month}.{year} {hour}h{minute:02}",
            f"le {day:02}/{month:02}/{year} à {hour:02}h{minute:02}",
            f"{year}/{month:02}/{day:02} {hour:02}:{minute:02}:{rng.randint(10, 59)}",
            f"{day:02}-{month:02}-{year}",
        )
        return forms[style]

    return make


def ago(rng: random.Random) -> str:
    n = rng.randint(2, 23)
    forms = (
        f"{n} hours ago",
        f"{n}h",
        f"{n} days ago",
        f"{n} h ago",
        f"{n}d",
        f"vor {n} Stunden",
        f"il y a {n} heures",
        f"hace {n} horas",
        f"{n}時間前",
        f"{n}小时前",
        f"{n}시간 전",
        f"{n} часов назад",
        f"{n} saat önce",
        f"{n} jam yang lalu",
        "1 year ago",
        f"{n} minutes ago",
    )
    return rng.choice(forms)


# --- furniture --------------------------------------------------------------------------------------------------------


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


def masthead(rng: random.Random) -> str:
    region = rng.choice(("Northern", "Valley", "Harbour", "Evening", "Daily", "New", "Metro", "Capital"))
    kind = rng.choice(("Herald", "Post", "Courier", "Mirror", "Tribune", "Wire", "Observer", "News 24", "Gazette", "Online"))
    return f"{rng.choice(('The ', '', ''))}{region} {kind}"


# --- story ------------------------------------------------------------------------------------------------------------


BYLINES = (
    *("By ", "by ", "BY ", "By: ", "Written by ", "Author: ", "Courts reporter: ", "Words by ", "", "", "", ""),
    *("Par ", "Von ", "Por ", "Di ", "Oleh ", "Автор: ", "Yazan: "),
)


def credit_lines(setting: Setting) -> list[Row]:
    """Byline, date and credit in one of many arrangements."""
    rng = setting.rng
    name, date, agency = writer(setting), setting.date(), rng.choice(AGENCIES)
    place = rng.choice(setting.content.places).title()
    by = rng.choice(BYLINES)
    said = rng.choice(
        (
            "",
            "",
            "Published ",
            "Updated ",
            "Posted on ",
            "Publié le ",
            "Veröffentlicht: ",
            "Опубликовано ",
            "公開 ",
            "Published: ",
            "Last updated ",
        )
    )
    lines: list[Row] = []
    pick = rng.random()
    if pick < 0.05:
        return posted_lines(setting)
    if pick < 0.15:
        return [(f"{by}{name}{rng.choice((' | ', ' - ', ', ', ' · '))}{said}{date}", "byline")]
    if pick < 0.22:
        return [(f"{said}{date} {rng.choice(('by', 'von', 'par', '-', '|'))} {name}", "byline")]
    if pick < 0.25:
        late = f"{rng.choice(('Last updated ', 'Updated: ', 'and last updated ', 'Last modified on '))}{setting.date()}"
        return [(f"{by}{name}", "byline"), (f"{said}{date}", "date"), (late, "date")]
    if pick < 0.3:
        return [(f"{said}{date}{rng.choice((' | ', '  Source: ', ' - '))}{agency}", "credit")]
    if rng.random() < 0.65:
        outlet = masthead(rng)
        after = rng.choice(("", "", "", f", {agency}", ", Staff Writer", f" in {place}", f" for {outlet}", f" · {outlet}"))
        lines.append((f"{by}{name}{after}", "byline"))
    if rng.random() < 0.3:
        lines.append(
            (rng.choice((agency, f"Source: {agency}", f"{agency} News", f"{phrase(rng, 'srcword')}: {agency}")), "credit")
        )
    if rng.random() < 0.85:
        second = (
            f"{rng.choice((' | Updated ', ' / Updated ', ' - mis à jour ', ' · Aktualisiert '))}{setting.date()}"
            if rng.random() < 0.2
            else ""
        )
        lines.append((f"{said}{date}{second}", "date"))
    if rng.random() < 0.2:
        rng.shuffle(lines)
    return lines


def posted_lines(setting: Setting) -> list[Row]:
    """Who submitted a post, and how long ago."""
    rng = setting.rng
    nick, when = a_name(setting), ago(rng)
    forms: tuple[list[Row], ...] = (
        [(f"submitted {when} by {nick}", "byline")],
        [(f"Posted by u/{nick} • {when}", "byline")],
        [(when, "furniture"), (nick, "byline")],
        [(nick, "byline"), (when, "furniture")],
        [(f"{nick} · {when}", "byline")],
        [(f"by {nick} | {when}", "byline")],
        [(f"{rng.randint(2, 400)} points by {nick} {when} | hide | past | favorite | {rng.randint(2, 90)} comments", "byline")],
    )
    return rng.choice(forms)


def slugged(setting: Setting, text: str) -> str:
    rng = setting.rng
    place, agency = rng.choice(setting.content.places), rng.choice(AGENCIES)
    return (
        rng.choice(
            (
                f"{place} ({agency}) - ",
                f"{place} — ",
                f"{place.upper()}: ",
                f"{place}, {rng.choice(MONTHS)[:3]} {rng.randint(1, 28)} ({agency}) -- ",
                f"({agency}) - {place.upper()}, {rng.randint(1, 28)} GEN - ",
                f"{place} – ",
            )
        )
        + text
    )


def headline(setting: Setting, title: str) -> None:
    setting.put(title, "title")


# T headline, H standfirsts, C credits, K kicker, P caption, S a heading over standfirsts, X furniture
ORDERS = "THC THC TCH CTH TC TXCTHX TXCH KTHXC TCXH KTCPSH TCPSH TCSH TSHC TPCH KTHCP THCXP KKTHCX PTC TPC".split()


def standfirsts(body: Sequence[str], count: int) -> list[str]:
    return [part.split(". ")[0].strip(" .") for part in body[1:] if len(part.split(". ")[0]) < 200][:count]


def put_standfirsts(setting: Setting, body: Sequence[str]) -> None:
    """One or two lines, or a list of up to four with or without marks."""
    rng = setting.rng
    stand = standfirsts(body, rng.choice((0, 0, 1, 1, 1, 2, 3, 4)))
    bullet = rng.choice(("", "", "", "  • ", "- ", "• ")) if len(stand) > 1 else ""
    stop = "." if rng.random() < 0.3 else ""
    for part in stand:
        short = " ".join(part.split()[: rng.randint(7, 14)]).strip(",;:") if len(stand) > 1 and setting.content.cased else part
        setting.put(bullet + short + stop, "highlight")


def head_block(setting: Setting, title: str, body: Sequence[str]) -> None:
    """Everything between the menus and the text, the headline once or twice in it."""
    rng = setting.rng
    lines = credit_lines(setting)
    for step in rng.choice(ORDERS):
        if step == "T":
            headline(setting, title)
        elif step == "H":
            put_standfirsts(setting, body)
        elif step == "C":
            for text, label in lines:
                setting.put(text, label)
        else:
            _above_text(setting, step)
        setting.gap()


def _above_text(setting: Setting, step: str) -> None:
    rng = setting.rng
    if step == "K":
        setting.put(phrase(rng, "nav") if rng.random() < 0.6 else unknown(setting, 2) + rng.choice(("", ":")), "furniture")
    elif step == "P":
        put_caption(setting, "furniture")
    elif step == "S":
        for _ in range(rng.randint(1, 2)):
            setting.put(phrase(rng, "standfirst") + rng.choice(("", "", ":")), "furniture")
    else:
        for _ in range(rng.randint(1, 3)):
            furniture(setting, "furniture", "top")


def _stamp(setting: Setting, text: str, form: str, heads: bool, first: bool) -> str:
    """The time of a live blog's entry, on a line of its own or before the text; the entry's text."""
    rng = setting.rng
    stamp = f"{rng.randint(0, 23):02}:{rng.randint(0, 59):02}"
    label = "furniture" if first else "aside"
    if form != "glued":
        setting.put(form.replace("{}", stamp), label)
        if heads and rng.random() < 0.8:
            setting.put(unknown(setting, 6 if setting.content.cased else 2), "body")
    elif rng.random() < 0.5:
        forms = (stamp, f"{stamp} GMT", f"{unknown(setting, 3)} {stamp}:", f"{stamp} - {writer(setting)}")
        setting.put(rng.choice(forms), label)
    else:
        return f"{stamp}: {text}"
    return text


def body_block(setting: Setting, body: Sequence[str]) -> None:
    rng = setting.rng
    kind, spaced, heads = rng.random(), rng.random() < 0.6, rng.random() < 0.6
    form = rng.choice(("glued", "glued", "{}", "{}", "{} GMT", "Posted at {}", "{} Uhr", "{}:"))
    for n, text in enumerate(body):
        if n == 0 and rng.random() < 0.5:
            text = slugged(setting, text)
        if kind < 0.07:
            text = _stamp(setting, text, form, heads, n == 0)
        elif kind < 0.12:
            if rng.random() < 0.5:
                text = f"{a_name(setting).upper()}: {text}"
            elif n:
                setting.put(f"{unknown(setting, 3)} {rng.choice(('then', 'now', 'there'))}?", "body")
        elif kind > 0.96 and n:
            setting.put(f"{n}. {unknown(setting, 6 if setting.content.cased else 2)}", "body")
        elif n and rng.random() < 0.07:
            setting.put(rng.choice(SUBTITLES) if setting.content.cased else unknown(setting, 2), "body")
        setting.put(text, "body")
        setting.gap(0.95 if spaced else 0.02)
        if n + 1 < len(body) and rng.random() < 0.16:
            furniture(setting, "aside", "mid")
            setting.gap()


def tail_block(setting: Setting, name: str) -> None:
    rng = setting.rng
    agency = rng.choice(AGENCIES)
    if rng.random() < 0.35:
        setting.put(
            rng.choice(
                (
                    f"© {agency}",
                    f"© {rng.randint(2008, 2026)} {agency}",
                    f"- {agency}",
                    f"({agency})",
                    f"Copyright {rng.randint(2008, 2026)} {agency}. All rights reserved.",
                    f"Source: {agency}",
                    f"Additional reporting by {agency}",
                    f"{agency}/{rng.choice(AGENCIES)}",
                )
            ),
            "credit",
        )
    if rng.random() < 0.06:
        company = f"{rng.choice(LAST)} {rng.choice(('Group', 'Labs', 'Energy', 'Foods'))}"
        setting.put(f"About {company}", "aside")
        setting.put(
            f"Founded in {rng.randint(1950, 2020)}, {company} serves customers in {rng.randint(2, 60)} countries "
            f"and employs {rng.randint(20, 9000)} people around the world.",
            "aside",
        )
        setting.put(f"Media contact: {writer(setting)}, press@{company.split()[0].lower()}.example", "aside")
        setting.put(rng.choice((f"SOURCE {company}", f"Source: {company}")), "credit")
    if rng.random() < 0.12:
        setting.put(f"Reporting by {writer(setting)}; Editing by {writer(setting)}", "byline")
    walled = rng.random() < 0.08
    for _ in range(rng.randint(2, 5) if walled else rng.randint(0, 4)):
        furniture(setting, "aside", "mid" if walled else "end")
        setting.gap()


# --- comments ---------------------------------------------------------------------------------------------------------


def fill(setting: Setting, pattern: str, number: int, author: str, title: str) -> str:
    rng = setting.rng
    values = {
        "a": author,
        "d": setting.date(),
        "g": ago(rng),
        "v": str(rng.choice((0, 1, 2, 5, 12, 48, 130))),
        "n": str(number),
        "p": a_name(setting),
        "s": rng.choice(setting.content.places).title(),
        "u": author.replace(" ", "").lower(),
        "h": f"@{author.replace(' ', '').lower()}",
        "T": phrase(rng, "rank"),
        "X": unknown(setting, 4),
        "t": title,
        "R": phrase(rng, "reply"),
        "V": phrase(rng, "vote"),
    }
    for key, value in values.items():
        pattern = pattern.replace("{" + key + "}", value)
    return pattern


def comment_block(setting: Setting, title: str) -> None:  # noqa: C901 - a comment from top to bottom
    rng = setting.rng
    frame = random_frame(rng) if rng.random() < 0.35 else rng.choice(FRAMES)
    buttons = (phrase(rng, "reply"), phrase(rng, "reply"), phrase(rng, "vote"), phrase(rng, "vote"))
    for key, value in zip(("{R}", "{R}", "{V}", "{V}"), buttons, strict=True):
        frame = frame.replace(key, value, 1)
    count = rng.randint(3, 12)
    for _ in range(rng.choice((0, 1, 1, 2, 4))):
        setting.put(
            rng.choice(
                (
                    f"{count} {phrase(rng, 'commenthead')}",
                    phrase(rng, "commenthead"),
                    f"{phrase(rng, 'commenthead')} ({count})",
                    phrase(rng, "sort"),
                    phrase(rng, "login"),
                    f"{phrase(rng, 'sort')}: {phrase(rng, 'sort')}",
                    prompt(rng, setting.content.language, "talk", slots_of(setting)),
                    prompt(rng, setting.content.language, "talk", slots_of(setting)),
                )
            ),
            "aside",
        )
    head, _, foot = frame.partition("/")
    authors = [a_name(setting) for _ in range(max(2, count * 2 // 3))]
    nested, blank = rng.random() < 0.12, rng.random() < setting.blank
    inner, signed, quoted = rng.random(), rng.random() < 0.08, 0.4 if rng.random() < 0.15 else 0.06
    for number in range(1, count + 1):
        author = rng.choice(authors)
        indent = "    " * (rng.randint(0, 2) if nested and number > 1 else 0)
        rows = [(fill(setting, line.strip(), number, author, title), "{a}" in line) for line in head.split("|") if line.strip()]
        tails = [
            (fill(setting, line.strip(), number, author, title), "{a}" in line) for line in foot.split("|") if line.strip()
        ]
        if not any(named for _, named in rows + tails):
            target = rows if rows else tails
            if target:
                target[0] = (target[0][0], True)
        if rng.random() < 0.06 and number > 1:
            setting.put(
                indent + rng.choice((phrase(rng, "deleted"), f"[{phrase(rng, 'deleted')}]")) + rng.choice(("", ".")), "meta"
            )
            setting.gap(0.9 if blank else 0.05)
        for line, named in rows:
            setting.put(indent + line, "author" if named else "meta")
            setting.gap(0.25 if inner < 0.15 else 0.0)
        if rng.random() < quoted and number > 2:
            setting.put(
                indent
                + rng.choice(
                    (
                        f"Reply to {rng.choice(authors)}",
                        f"In reply to {rng.choice(authors)}",
                        f"Replying to {rng.choice(authors)}",
                        f"{rng.choice(authors)} wrote:",
                        f"Antwort auf {rng.choice(authors)}",
                    )
                ),
                "meta" if rows else "comment",
            )
        text = rng.choice(setting.content.comments)
        if rng.random() < 0.12:
            text = rng.choice(("@{p} ", "{p}, ", "> ", "#2 ")).replace("{p}", rng.choice(authors)) + text
        for n, paragraph in enumerate(part for part in text.split("\n") if part.strip()):
            if n:
                setting.gap(0.5 if blank else 0.05)
            setting.put(indent + " ".join(paragraph.split()), "comment")
        if rng.random() < 0.2:
            setting.gap(0.6 if blank else 0.0)
            setting.put(indent + " ".join(rng.choice(setting.content.comments).split()), "comment")
        if signed and rng.random() < 0.4:
            setting.put(indent + rng.choice(("--", "__________", "-- ")), "meta")
            setting.put(indent + unknown(setting, 3) + rng.choice((".", "!", "")), "meta")
        setting.gap(0.3 if inner < 0.4 else 0.0)
        for line, named in tails:
            setting.put(indent + line, "author" if named else "meta")
        setting.gap(0.97 if blank else 0.03)
    for _ in range(rng.choice((0, 0, 1, 2))):
        setting.put(
            rng.choice(
                (
                    phrase(rng, "closed"),
                    phrase(rng, "commenthead"),
                    f"{phrase(rng, 'related')}",
                    phrase(rng, "legal") + ".",
                    prompt(rng, setting.content.language, "talk", slots_of(setting)),
                )
            ),
            "aside",
        )


# --- pages ------------------------------------------------------------------------------------------------------------


def _story(setting: Setting, short: bool = False) -> tuple[str, list[str]]:
    rng, content = setting.rng, setting.content
    at = rng.randrange(len(content.stories))
    title = content.titles[at] if len(content.titles) == len(content.stories) else rng.choice(content.titles)
    body = content.stories[at]
    if len(content.stories) == 1:
        body = rng.sample(body, rng.randint(2, len(body)))
    return title, body[:1] if short else body[: rng.randint(2, len(body))]


def _digest(setting: Setting) -> None:
    rng = setting.rng
    headings = rng.random()
    if rng.random() < 0.4:
        setting.put(prompt(rng, setting.content.language, "mid", slots_of(setting)), "furniture")
    for number in range(1, rng.randint(3, 6)):
        title, body = _story(setting, short=True)
        if headings < 0.25:
            setting.put(f"{number} |", "furniture" if number == 1 else "aside")
        setting.put(f"{number}. {title}" if 0.25 <= headings < 0.6 else title, "title")
        setting.gap(0.4)
        setting.put(slugged(setting, body[0]) if rng.random() < 0.3 else body[0], "body")
        if rng.random() < 0.4:
            setting.put(phrase(rng, "related"), "aside")
        setting.gap(0.9)


def _empty(setting: Setting) -> None:
    for _ in range(setting.rng.randint(4, 16)):
        if setting.rng.random() < 0.25:
            menu(setting, "furniture", 12)
        else:
            furniture(setting, "furniture")
        setting.gap()


def _forum(setting: Setting) -> None:
    """A thread: the first post is the story, the others answer it."""
    title, body = _story(setting)
    menu(setting, "furniture")
    setting.put(title, "title")
    setting.gap()
    before = len(setting.rows)
    comment_block(setting, title)
    thread = setting.rows[before:]
    del setting.rows[before:]
    first = next((i for i, (_, label) in enumerate(thread) if label == "author"), None)
    if first is None or not any(label == "comment" for _, label in thread[first:]):
        setting.rows += thread
        return
    begun = False
    for i, (text, label) in enumerate(thread):
        later = begun and label == "author" and i > first + 1
        if later:
            setting.rows += thread[i:]
            return
        if label == "comment":
            for part in [] if begun else body[:2]:
                setting.put(part, "body")
            begun = True
        elif label in ("author", "meta"):
            setting.rows.append(
                (
                    text,
                    ("byline" if label == "author" else "date" if any(c.isdigit() for c in text) else "furniture")
                    if not begun
                    else "aside",
                )
            )
        else:
            setting.rows.append((text, "furniture" if label else ""))


def make_page(rng: random.Random, contents: Sequence[Content]) -> list[Row]:  # noqa: C901 - a page from top to bottom
    setting = Setting(rng, rng.choice(contents), rng.choice((0.0, 0.2, 0.6, 0.95)), date_maker(rng))
    kind = rng.random()
    name = masthead(rng)
    if rng.random() < 0.6:
        setting.put(name, "furniture")
    if kind < 0.06:
        _empty(setting)
        return setting.rows
    if kind < 0.13:
        _forum(setting)
        return setting.rows
    for _ in range(rng.choice((0, 0, 1, 1, 2))):
        menu(setting, "furniture")
        setting.gap()
    if kind < 0.22:
        if rng.random() < 0.7:
            setting.put(setting.date(), "date")
        if rng.random() < 0.7:
            furniture(setting, "furniture")
        _digest(setting)
        tail_block(setting, name)
        return setting.rows
    stories = 2 if rng.random() < 0.12 else 1
    untitled = rng.random() < 0.08
    for _ in range(stories):
        title, body = _story(setting)
        if not untitled:
            head_block(setting, title, body)
        body_block(setting, body)
        tail_block(setting, name)
        if rng.random() < 0.62:
            comment_block(setting, title)
            setting.gap()
    for _ in range(rng.choice((0, 1, 2))):
        furniture(setting, "aside")
    if rng.random() < 0.5:
        setting.put(f"© {rng.randint(2005, 2026)} {name}{rng.choice(('', '. All rights reserved.', ' Ltd.'))}", "aside")
    return setting.rows


def label_rows(rows: Sequence[Row], name: str) -> Labelled | None:
    """The rows as the reader would see them; null if it cuts them into other lines."""
    page = split_page("\n".join(text for text, _ in rows))
    labels: list[int] = []
    wanted = [(" ".join(text.split()), label) for text, label in rows if text]
    at = 0
    for line in page.lines:
        if at and line.glued and line.text in wanted[at - 1][0]:
            labels.append(INDEX["credit"])
            continue
        if at >= len(wanted) or line.text not in wanted[at][0]:
            return None
        labels.append(INDEX[wanted[at][1]])
        at += 1
    return Labelled(name, [look_at(line) for line in page.lines], labels, name)


def render_pages(shared: Path, count: int) -> list[Labelled]:
    """`count` made-up pages."""
    contents = load_contents(shared)
    rng = random.Random(SEED)
    pages = []
    for number in range(count):
        page = label_rows(make_page(rng, contents), f"made-up-{number}")
        if page is not None and 0 < len(page.looks) <= LONGEST:
            pages.append(page)
    return pages


def tagged_pages(folder: Path) -> list[Labelled]:
    """Pages written with a label before every line ("title|A headline"); an empty line is an empty line."""
    pages = []
    for path in sorted(folder.glob("*.tagged")):
        rows = [tuple(row.partition("|")[::2]) if row else ("", "") for row in path.read_text("utf-8").splitlines()]
        page = label_rows([(text, label) for label, text in rows], path.stem)
        if page is None:
            raise ValueError(f"{path}: lines are cut apart when they are read")
        pages.append(page)
    return pages
