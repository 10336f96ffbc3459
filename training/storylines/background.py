"""Make `newsdesk/data/storylines/background.txt`: how rare a word is in the news, and how often it is a name.

    python -m training.storylines.background --shared DIR [--without uci --without ecb] [--output FILE]

Inputs, all under DIR/datasets and all marked as shippable there: `open-news` (Wikinews, CC BY 2.5; Wikipedia current events,
CC BY-SA, word counts only), `topics/huffpost-dev` (CC BY 4.0), `grouping/uci-dev` (CC BY 4.0), `grouping/ecb-dev` (CC BY 3.0,
word counts). The last two hold many texts on one event, so a word counts once an event there, not once a text: an event's own
words stay rare. Elsewhere it counts once a headline or sentence, pieces of about one length. `--without` leaves a set out, to
measure on it words that it did not give.
"""

from __future__ import annotations

import argparse
import collections
import gzip
import json
import pathlib
import re
from collections.abc import Iterable, Iterator
from typing import Any

from newsdesk.storylines.words import idf_of, number, stem, tokens
from training.storylines import MADE
from training.sums import write_sums

OPEN_NEWS = (
    "gum-gum_wikinews",
    "wikinews_vanatteveldt-wikinews_en_2019_2020",
    "wikinews_wikinewssum-wikinews_en_categories",
    "wikipedia_current_events-cep_en",
)
OUTPUT = pathlib.Path(__file__).parents[2] / "newsdesk" / "data" / "storylines" / "background.txt"
STEP = 0.5  # idf is kept in steps, so that words of a level share a line
LEAST = 2  # a word in one document only is as good as unseen
_SENTENCE_END = re.compile(r"(?<=[.!?])\s+|\n")
_INSIDE = re.compile(r"(?<=[a-z,;] )[^\W\d_][^\W_]*(?:[’'][^\W_]+)*")


def read(path: pathlib.Path) -> Iterator[dict[str, Any]]:
    with gzip.open(path, "rt", encoding="utf-8", newline="\n") as file:
        for line in file:
            yield json.loads(line)


def text_of(story: dict[str, Any]) -> tuple[str, str]:
    body = story["body"] or ""
    return story["title"] or "", body if isinstance(body, str) else "\n".join(body)


def terms_of(text: str) -> set[str]:
    return {number(token) if token[0].isdecimal() else stem(token.lower()) for token in tokens(text)}


def documents(shared: pathlib.Path, without: Iterable[str]) -> Iterator[tuple[list[str], str]]:
    """(pieces that count once each, running text) of each document; an event of a grouping set is one document and piece."""
    paths = [shared / "datasets" / "open-news" / f"{name}.jsonl.gz" for name in OPEN_NEWS]
    for path in (*paths, shared / "datasets" / "topics" / "huffpost-dev.jsonl.gz"):
        for title, body in map(text_of, read(path)):
            yield [piece for piece in (title, *_SENTENCE_END.split(body)) if piece.strip()], body
    for name in sorted({"uci", "ecb"} - set(without)):
        events: dict[str, list[tuple[str, str]]] = collections.defaultdict(list)
        for story in read(shared / "datasets" / "grouping" / f"{name}-dev.jsonl.gz"):
            events[story["gold"]["storyline"]].append(text_of(story))
        for texts in events.values():
            body = "\n".join(body for _, body in texts)
            yield ["\n".join([*(title for title, _ in texts), body])], body


def build(shared: pathlib.Path, without: Iterable[str] = ()) -> str:
    """The file's text."""
    seen: collections.Counter[str] = collections.Counter()
    inside: collections.Counter[str] = collections.Counter()
    capital: collections.Counter[str] = collections.Counter()
    count = 0
    for pieces, body in documents(shared, without):
        count += len(pieces)
        for piece in pieces:
            seen.update(terms_of(piece))
        for word in _INSIDE.findall(body):
            term = stem(word.lower())
            inside[term] += 1
            capital[term] += word[0].isupper()
    lines: dict[str, list[str]] = collections.defaultdict(list)
    for term, times in seen.items():
        if times >= LEAST and len(term) > 1 and len(term) <= 40:
            level = round(round(idf_of(count, times) / STEP) * STEP, 1)
            share = str(round(10 * capital[term] / inside[term])) if inside[term] >= LEAST else "?"
            lines[f"{level}/{share}"].append(term)
    head = (
        "# Words of the news by rarity: idf/tenths of uses with a capital inside a sentence, then the words.\n"
        "# Sources: Wikinews (CC BY 2.5), Wikipedia current events (CC BY-SA; counts), HuffPost headlines, UCI News\n"
        "# Aggregator (CC BY 4.0), ECB+ (CC BY 3.0; counts). Made by: python -m training.storylines.background --shared DIR\n"
    )
    body = "".join(f"{key} {' '.join(sorted(words))}\n" for key, words in sorted(lines.items()))
    return f"{head}{round(idf_of(count, 1), 1)}\n{body}"


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--shared", type=pathlib.Path, required=True)
    parser.add_argument("--without", action="append", default=[], choices=["uci", "ecb"])
    parser.add_argument("--output", type=pathlib.Path, default=OUTPUT)
    args = parser.parse_args()
    text = build(args.shared, args.without)
    args.output.write_text(text, "utf-8")
    write_sums(args.output.parent, MADE)
    print(f"{args.output}: {len(text.encode())} bytes, {sum(len(line.split()) - 1 for line in text.splitlines()[4:])} words")


if __name__ == "__main__":
    main()
