"""Makes the feeds of the benchmark, the same ones for the same number: seven in ten RSS, the others Atom.

An item has about 2 KB of HTML, as escaped text or CDATA, a summary, author, categories and dates. Words are those of the
sample stories, as often as they are there, with places and a long tail of invented names, so that tagging and grouping have
the work that they have with news.
"""

from __future__ import annotations

import html
import itertools
import json
import random
import re
from collections import Counter
from datetime import UTC, datetime, timedelta
from email.utils import format_datetime
from pathlib import Path

import newsdesk

ITEMS = 30
HTML_CHARS = 1950
NEWEST = datetime(2026, 5, 31, 18, tzinfo=UTC)
_SAMPLES = Path(newsdesk.__file__).parent / "data" / "samples"
_SYLLABLES = tuple(
    "ba be bi bo da de di do fa fe ka ke ki ko la le li lo ma me mi mo na ne ni no pa pe ra re ri ro sa se ta te to va".split()
)
_PLACES = tuple(
    "London Paris Berlin Madrid Rome Tokyo Lima Nairobi Delhi Cairo Ankara Seoul Jakarta Oslo Vienna Warsaw Kyiv Lagos".split()
)
_TOPICS = ("Politics", "World", "Business", "Sport", "Science", "Health", "Culture", "Weather")


class Press:
    """Writes feeds. A feed's items are of the weeks before :data:`NEWEST`, its newest first."""

    def __init__(self) -> None:
        chance = random.Random(11)
        counts = Counter(re.findall(r"[A-Za-z]{2,}", _sample_text()))
        most = max(counts.values())
        invented = ["".join(chance.choices(_SYLLABLES, k=chance.randint(2, 4))).title() for _ in range(20_000)]
        for rank, name in enumerate(invented):
            counts[name] += max(1, most // (rank + 20))
        for place in _PLACES:
            counts[place] += most // 40
        self._words = list(counts)
        self._weights = list(itertools.accumulate(counts.values()))

    def feed(self, number: int) -> bytes:
        """The document of a feed, in UTF-8."""
        chance = random.Random(number)
        items = [self._item(chance, number, at) for at in range(ITEMS)]
        write = _write_rss if number % 10 < 7 else _write_atom
        return write(number, items).encode()

    def _pick(self, chance: random.Random, count: int) -> list[str]:
        return chance.choices(self._words, cum_weights=self._weights, k=count)

    def _item(self, chance: random.Random, number: int, at: int) -> dict[str, str]:
        paragraphs, size = [], 0
        while size < HTML_CHARS:
            paragraphs.append(self._paragraph(chance))
            size += len(paragraphs[-1])
        return {
            "url": f"https://news{number}.example/2026/{at}-{chance.randrange(10**6)}",
            "title": " ".join(self._pick(chance, 9)).capitalize(),
            "summary": " ".join(self._pick(chance, 24)),
            "html": "\n".join(paragraphs),
            "author": " ".join(self._pick(chance, 2)).title(),
            "category": chance.choice(_TOPICS),
            "moment": (NEWEST - timedelta(minutes=at * 300 + chance.randrange(300))).isoformat(),
        }

    def _paragraph(self, chance: random.Random) -> str:
        words = self._pick(chance, chance.randint(35, 75))
        words[7] = f'<a href="https://example.org/{chance.randrange(10**5)}?a=1&amp;b=2">{words[7]}</a>'
        words[15] = f"<strong>{words[15]}</strong>"
        words[20] += "&nbsp;&mdash;"
        sentence = 12 + chance.randrange(8)
        words[sentence - 1] += "."
        words[sentence] = words[sentence].capitalize()
        return f"<p>{' '.join(words)}.</p>"


def _sample_text() -> str:
    """The text of the sample stories that the package ships."""
    texts = []
    for path in sorted(_SAMPLES.rglob("*")):
        if path.suffix == ".txt":
            texts.append(path.read_text("utf-8"))
        elif path.suffix == ".jsonl":
            rows = map(json.loads, path.read_text("utf-8").splitlines())
            texts += [json.dumps(row.get("body") or "") for row in rows]
    return "\n".join(texts)


def _write_rss(number: int, items: list[dict[str, str]]) -> str:
    rows = []
    for item in items:
        body = item["html"]
        content = f"<![CDATA[{body}]]>" if number % 2 else html.escape(body, quote=False)
        rows.append(
            f'<item><title>{item["title"]}</title><link>{item["url"]}</link><guid isPermaLink="true">{item["url"]}</guid>'
            f"<pubDate>{format_datetime(datetime.fromisoformat(item['moment']))}</pubDate><dc:creator>{item['author']}</dc:creator>"
            f"<category>{item['category']}</category><description>{item['summary']}</description>"
            f"<content:encoded>{content}</content:encoded></item>"
        )
    return (
        '<?xml version="1.0" encoding="UTF-8"?>\n<rss version="2.0" xmlns:content="http://purl.org/rss/1.0/modules/content/"'
        ' xmlns:dc="http://purl.org/dc/elements/1.1/"><channel>'
        f"<title>News {number}</title><link>https://news{number}.example/</link><description>Feed {number}</description>"
        f"<language>en</language>\n{chr(10).join(rows)}\n</channel></rss>\n"
    )


def _write_atom(number: int, items: list[dict[str, str]]) -> str:
    rows = [
        f"<entry><id>tag:news{number}.example,2026:{item['url'].rpartition('/')[2]}</id><title>{item['title']}</title>"
        f'<link rel="alternate" href="{item["url"]}"/><published>{item["moment"]}</published>'
        f"<updated>{item['moment']}</updated><author><name>{item['author']}</name></author>"
        f'<category term="{item["category"]}"/><summary>{item["summary"]}</summary>'
        f'<content type="html">{html.escape(item["html"], quote=False)}</content></entry>'
        for item in items
    ]
    return (
        '<?xml version="1.0" encoding="UTF-8"?>\n<feed xmlns="http://www.w3.org/2005/Atom" xml:lang="en">'
        f"<id>tag:news{number}.example,2026:feed</id><title>News {number}</title>"
        f'<link href="https://news{number}.example/"/><updated>{items[0]["moment"]}</updated>\n'
        f"{chr(10).join(rows)}\n</feed>\n"
    )
