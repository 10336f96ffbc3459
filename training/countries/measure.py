"""Score the country tagger on labelled sets, by the formulas of the shared score_tags.py.

python -m training.countries.measure --shared DIR [--errors SET] [--half 0|1] [--bare]
"""

from __future__ import annotations

import argparse
import gzip
import json
import time
from collections.abc import Iterator
from pathlib import Path

from newsdesk.countries import tag_countries
from newsdesk.model import Story
from newsdesk.tagging.tagger import detect_language

ABROAD = Path(__file__).with_name("abroad.tsv")
SETS = ("reuters-dev", "cliff-nyt-dev", "cliff-huffpo-dev", "lgl-dev")
Labelled = tuple[Story, str | None, list[str]]


def read_set(shared: Path, name: str) -> Iterator[Labelled]:
    if name == "pages-dev":
        yield from read_pages(sorted((shared / "pages" / "dev").glob("*.json")))
        return
    if name == "seeds":
        yield from read_pages(sorted((shared / "seeds").glob("*.json")))
        return
    if name == "abroad":
        yield from read_abroad()
        return
    with gzip.open(shared / "datasets" / "countries" / f"{name}.jsonl.gz", "rt", encoding="utf-8", newline="\n") as file:
        for line in file:
            row = json.loads(line)
            body = row["body"] if isinstance(row["body"], list) else [row["body"] or ""]
            yield (
                Story(title=row["title"], body=tuple(body), source=row["source"], id=row["id"]),
                "en",
                row["gold"]["countries"],
            )


def read_abroad() -> Iterator[Labelled]:
    """Invented headlines and leads in 38 languages; the language is told from the words, as of a story that comes in."""
    for line in ABROAD.read_text("utf-8").splitlines():
        if not line.startswith("#"):
            _, codes, title, lead = line.split("\t")
            story = Story(title=title, body=(lead,), id=title)
            yield story, detect_language(story), codes.split(",")


def read_pages(paths: list[Path]) -> Iterator[Labelled]:
    for path in paths:
        page = json.loads(path.read_text("utf-8"))
        for n, row in enumerate(page["stories"]):
            story = Story(
                title=row["title"],
                body=tuple(row["body"]),
                highlights=tuple(row["highlights"]),
                dateline=row["dateline"],
                source=row["source"],
                id=f"{path.stem}#{n}",
            )
            yield story, page.get("language"), row["countries"]


def bare(story: Story) -> Story:
    """Its title alone."""
    return story.with_(body=(), highlights=(), dateline=None)


def score(rows: list[Labelled], errors: bool = False) -> dict[str, float]:
    hit = said = gold_n = top = 0
    abroad: list[bool] = []
    start = time.process_time()
    answers = [tag_countries(story, language) for story, language, _ in rows]
    cpu = time.process_time() - start
    for (story, _, gold), answer in zip(rows, answers, strict=True):
        codes = [country.code for country in answer]
        hit += len(set(codes) & set(gold))
        said += len(codes)
        gold_n += len(set(gold))
        right = bool(codes) and codes[0] in gold
        top += right
        if "US" not in gold:
            abroad.append(right)
        if errors and (not right or set(codes) != set(gold)):
            said_why = [(country.code, country.score, country.why) for country in answer]
            print(story.id, "gold", gold, "said", said_why, "|", story.title, "|", story.dateline, "|", story.lead()[:300])
    return {
        "stories": len(rows),
        "micro-F1": 2 * hit / max(1, said + gold_n),
        "P": hit / max(1, said),
        "R": hit / max(1, gold_n),
        "top-1": top / max(1, len(rows)),
        "top-1 not US": sum(abroad) / max(1, len(abroad)),
        "per CPU s": len(rows) / cpu,
    }


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--shared", type=Path, required=True)
    parser.add_argument("--errors", metavar="SET")
    parser.add_argument("--half", type=int, choices=(0, 1))
    parser.add_argument("--bare", action="store_true", help="the titles alone, of stories that have one")
    args = parser.parse_args()
    for name in [args.errors] if args.errors else ["seeds", "pages-dev", *SETS, "abroad"]:
        rows = [row for n, row in enumerate(read_set(args.shared, name)) if args.half is None or n % 2 == args.half]
        if args.bare:
            rows = [(bare(story), language, gold) for story, language, gold in rows if story.title]
        figures = score(rows, bool(args.errors))
        print(
            f"{name:18}",
            "  ".join(f"{key} {value:.3f}" if isinstance(value, float) else f"{key} {value}" for key, value in figures.items()),
        )


if __name__ == "__main__":
    main()
