"""Learn the page-text model and measure it.

    python -m training.page_text.train --shared ../shared
        writes newsdesk/data/page_text/weights.json.gz, the mean of three models, and prints plain figures
    python -m training.page_text.train --shared ../shared --shipped
        plain figures of the weights as they are, after a change of the rules around the model
    python -m training.page_text.train --shared ../shared --leave-one-out [--folds 9] [--made-up 500] [--models 3]
        figures with every page of pages/dev read by a model that never saw it, the mean of as many as the shipped one
    python -m training.page_text.train --shared ../shared --leave-one-out --own [--folds 6] [--made-up 500]
        the same for the pages beside this file

Learnt from pages/dev and seeds of the shared folder, from the pages beside this file (pages/), from the fixtures in
tests/data/pages (those in unseen_pages and unseen_pages_fresh are never learnt from) and from made-up layouts (render.py);
of a page that is left out, nothing made from it is learnt from either. Deterministic.
"""

from __future__ import annotations

import argparse
import gzip
import hashlib
import json
from collections.abc import Sequence
from multiprocessing import Pool
from pathlib import Path
from typing import Any

from fetchers.seeds.page_text.lines.labelling import Model
from fetchers.seeds.page_text.reading import read_page
from newsdesk.model import Story
from training.page_text.align import read_folder
from training.page_text.crf import Featured, average, featured, learn
from training.page_text.render import render_pages, tagged_pages
from training.page_text.score import score

HERE = Path(__file__).parent
FIXTURES = HERE.parent.parent / "tests" / "data" / "pages"
TARGET = HERE.parent.parent / "newsdesk" / "data" / "page_text" / "weights.json.gz"
SKIPPED = ("topics", "first", "countries", "sentiment", "sarcasm", "storyline")
PENALTY = 1.0
MADE_UP_WEIGHT = 0.25

_pages: list[Featured] = []


def _gather(shared: Path, made_up: int, draw: int = 0) -> list[Featured]:
    """Every page that is learnt from; `draw` chooses the made-up ones."""
    pages = featured([*read_folder(shared / "pages" / "dev"), *read_folder(shared / "seeds")])
    pages += featured([*tagged_pages(HERE / "pages"), *read_folder(HERE / "pages"), *read_folder(FIXTURES)])
    return pages + featured(render_pages(shared, made_up, draw), MADE_UP_WEIGHT)


def _learn(pages: Sequence[Featured], iterations: int) -> dict[str, Any]:
    return learn(pages, PENALTY, iterations=iterations).export()


def _learn_draw(job: tuple[Path, int, int, int]) -> dict[str, Any]:
    shared, made_up, draw, iterations = job
    return _learn(_gather(shared, made_up, draw), iterations)


def _learn_average(args: argparse.Namespace) -> dict[str, Any]:
    """The mean of models that were learnt with other made-up pages each: what hangs on one draw evens out (Breiman 1996)."""
    jobs = [(args.shared, args.made_up, draw, args.iterations) for draw in range(args.models)]
    with Pool(args.processes) as pool:
        return average(pool.map(_learn_draw, jobs, chunksize=1))


def _write(data: dict[str, Any]) -> None:
    text = json.dumps(data, ensure_ascii=False, sort_keys=True, separators=(",", ":"))
    TARGET.write_bytes(gzip.compress(text.encode(), 9, mtime=0))


def _learn_without(job: tuple[list[Path], int]) -> dict[str, Any]:
    """A model that is learnt without some pages and all that is made from them."""
    paths, iterations = job
    stems = {path.stem for path in paths}
    return _learn([page for page in _pages if page.page.source not in stems], iterations)


def leave_out(args: argparse.Namespace, folder: Path) -> dict[str, Any]:
    """The scorer's figures with each page read by the mean of `args.models` models that were learnt without its fold."""
    global _pages
    paths = sorted(folder.glob("*.txt"))
    folds = min(args.folds or len(paths), len(paths))
    learnt: list[list[dict[str, Any]]] = [[] for _ in range(folds)]
    for draw in range(args.models):
        _pages = _gather(args.shared, args.made_up, draw)
        print(f"draw {draw}: {len(_pages)} pages, {sum(len(page.features) for page in _pages)} lines", flush=True)
        with Pool(args.processes) as pool:
            found = pool.imap(_learn_without, [(paths[i::folds], args.iterations) for i in range(folds)], chunksize=1)
            for models, own in zip(learnt, found, strict=True):
                models.append(own)
    stories: dict[str, list[Story]] = {}
    for i, models in enumerate(learnt):
        model = Model.from_json(average(models))
        stories |= {path.name: read_page(path.read_text("utf-8"), model)[0] for path in paths[i::folds]}
    return score(args.shared, folder, dict(sorted(stories.items())), args.each)


def _print(figures: dict[str, Any]) -> dict[str, Any]:
    kept = {name: round(value, 4) for name, value in figures.items() if name.split()[0] not in SKIPPED}
    for name, value in kept.items():
        print(f"{name:26} {value:.3f}")
    return kept


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--shared", type=Path, required=True)
    parser.add_argument("--leave-one-out", action="store_true")
    parser.add_argument(
        "--folds",
        type=int,
        default=0,
        help="with --leave-one-out: leave a fold of pages out at a time, which is faster and no kinder",
    )
    parser.add_argument("--shipped", action="store_true", help="learn nothing: measure the weights as they are")
    parser.add_argument("--own", action="store_true", help="with --leave-one-out: measure on the pages beside this file")
    parser.add_argument("--each", action="store_true", help="say for each page what was not right")
    parser.add_argument("--made-up", type=int, default=1000, help="how many made-up layouts a model learns from")
    parser.add_argument("--models", type=int, default=3, help="how many models the shipped one, or a fold's, is the mean of")
    parser.add_argument("--processes", type=int, default=2)
    parser.add_argument("--iterations", type=int, default=80)
    args = parser.parse_args()
    folder = HERE / "pages" if args.own else args.shared / "pages" / "dev"
    report = json.loads((HERE / "report.json").read_text("utf-8")) if (HERE / "report.json").exists() else {}
    if args.leave_one_out:
        name = "leave one own page out" if args.own else "leave one page out"
        report[name] = _print(leave_out(args, folder))
        report |= {f"{name} folds": args.folds, f"{name} made up": args.made_up, f"{name} models": args.models}
    else:
        if not args.shipped:
            _write(_learn_average(args))
        data = json.loads(gzip.decompress(TARGET.read_bytes()))
        model = Model.from_json(data)
        stories = {path.name: read_page(path.read_text("utf-8"), model)[0] for path in sorted(folder.glob("*.txt"))}
        report["plain"] = _print(score(args.shared, folder, stories, args.each))
        report["sha256"] = hashlib.sha256(TARGET.read_bytes()).hexdigest()
        print(f"{len(data['features'])} features, {TARGET.stat().st_size} bytes, sha256 {report['sha256']}")
    (HERE / "report.json").write_text(json.dumps(report, indent=1, sort_keys=True) + "\n", "utf-8")


if __name__ == "__main__":
    main()
