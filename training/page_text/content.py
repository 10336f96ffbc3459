"""What made-up pages are filled with: headlines, paragraphs, comments, names, dates, words of furniture."""

from __future__ import annotations

import gzip
import json
import random
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from fetchers.seeds.page_text.lines.lexicon import lexicon
from training.page_text.texts import TEXTS

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


def _read(path: Path) -> list[dict[str, Any]]:
    with gzip.open(path, "rt", encoding="utf-8") as rows:
        return [json.loads(row) for row in rows]


def load_english(shared: Path) -> Content:
    stories, titles = [], []
    for path in sorted((shared / "datasets" / "open-news").glob("*wikinews*.jsonl.gz")):
        for item in _read(path)[:150]:
            body = item.get("body") or []
            parts = body.split("\n") if isinstance(body, str) else body
            paragraphs = [" ".join(str(part).split()) for part in parts if len(str(part)) > 60]
            if len(paragraphs) >= 3 and item.get("title"):
                stories.append(paragraphs[:9])
                titles.append(str(item["title"]))
    comments = []
    for name in ("fox-dev", "civil-dev", "reddit-dev"):
        for item in _read(shared / "datasets" / "comments" / f"{name}.jsonl.gz")[:400]:
            for comment in item.get("comments") or []:
                text = str(comment.get("text") if isinstance(comment, dict) else comment).strip()
                if 2 <= len(text) <= 400:
                    comments.append(text)
    names = [f"{first} {last}" for first in FIRST for last in LAST[:4]] + NICKS * 4
    names += [f"{first} {last[0]}." for first in FIRST for last in LAST[4:6]] + [f"{first[0]}. {first}son" for first in FIRST]
    names += [f"{first.lower()}{number}" for number, first in enumerate(FIRST, 60)] + FIRST
    names += [f"@{first.lower()}.{last.lower()}" for first, last in zip(FIRST, LAST[6:], strict=False)]
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
    sentences: bool = False  # one sentence a paragraph, as wire copy is set
    crowded: float = 0.16  # how often something else stands between two paragraphs
    rows: list[Row] = field(default_factory=list)

    def put(self, text: str, label: str) -> None:
        if text.strip():
            self.rows.append((text, label))

    def gap(self, chance: float | None = None) -> None:
        if self.rng.random() < (self.blank if chance is None else chance):
            self.rows.append(("", ""))


def _phrases(kind: str) -> list[str]:
    spaced, unspaced = lexicon().phrases(kind)
    return [name for name in spaced if len(name.split(" ")[0]) > 2] + [run for run in unspaced if len(run) > 1]


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


def masthead(rng: random.Random) -> str:
    region = rng.choice(("Northern", "Valley", "Harbour", "Evening", "Daily", "New", "Metro", "Capital"))
    kind = rng.choice(("Herald", "Post", "Courier", "Mirror", "Tribune", "Wire", "Observer", "News 24", "Gazette", "Online"))
    return f"{rng.choice(('The ', '', ''))}{region} {kind}"
