"""Write the page figures into docs/figures.md from training/page_text/report.json. `--check` only says whether they are there.

python docs/page_figures.py [--check]
"""

from __future__ import annotations

import json
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
sys.path.insert(0, str(ROOT))

from docs.blocks import keep  # noqa: E402

FIGURES = ROOT / "docs" / "figures.md"
REPORT = ROOT / "training" / "page_text" / "report.json"
ROWS = (
    "stories",
    "title",
    "published",
    "body",
    "comments",
    "comment author",
    "highlights",
    "dateline printed",
    "source printed",
    "byline printed",
    "comment when printed",
    "comment votes printed",
    "comment reply_to printed",
    "leaks",
)


def table() -> str:
    report = json.loads(REPORT.read_text("utf-8"))
    plain, left_out = report["plain"], report["leave one page out"]
    folds = report["leave one page out folds"]
    lines = [f"| field | plain | unseen, {folds} folds |", "|---|---|---|"]
    lines += [f"| {name} | {show(plain[name])} | {show(left_out[name])} |" for name in ROWS]
    return "\n".join(lines) + "\n"


def show(value: float) -> str:
    return f"{value:.3f}" if isinstance(value, float) else str(value)


if __name__ == "__main__":
    sys.exit(keep(FIGURES, "pages", lambda _: table()))
