"""Make newsdesk/data/topics/concepts.tsv: every IPTC Media Topic's code, top-level topic and English name."""

from __future__ import annotations

import gzip
import json
from pathlib import Path

from training.topics.sets import top_concept

HEADER = (
    "# IPTC Media Topics: code, its top-level topic (two digits), name. Source: IPTC NewsCodes, www.iptc.org, CC BY 4.0,"
    " cut down and re-arranged. Made by: python -m training.topics --shared DIR\n"
)


def write_concepts(shared: Path, out: Path) -> int:
    """Write the table, in order of code; gives the number of concepts."""
    with gzip.open(shared / "reference" / "iptc" / "cptall-en-US.json.gz", "rt", encoding="utf-8") as file:
        concepts = {concept["qcode"]: concept for concept in json.load(file)["conceptSet"]}
    lines = []
    for code in sorted(concepts):
        name = concepts[code]["prefLabel"].get("en-US", "")
        lines.append(f"{code[7:]}\t{top_concept(code, concepts)[7:9]}\t{name}\n")
    out.write_text(HEADER + "".join(lines), "utf-8")
    return len(lines)
