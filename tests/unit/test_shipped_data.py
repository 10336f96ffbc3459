"""What is shipped is what the commands made: in each folder SHA256SUMS was written when the files were."""

from __future__ import annotations

import hashlib
from pathlib import Path

import pytest

DATA = Path(__file__).parents[2] / "newsdesk" / "data"
MADE = {
    "countries": "gazetteer.bin",
    "dates": "months.json",
    "language": "profiles.npz",
    "map": "world.txt",
    "mood": "base.npz lexicon.tsv model.onnx pieces.txt seeds.txt settings.json turns.txt",
    "storylines": "background.txt calibration.json concepts.txt function_words.txt",
    "topics": "concepts.tsv model.npz together.txt",
}


@pytest.mark.parametrize("folder", MADE)
def test_what_is_shipped_is_what_was_recorded(folder: str) -> None:
    recorded = dict(line.split("  ")[::-1] for line in (DATA / folder / "SHA256SUMS").read_text("ascii").splitlines())
    assert recorded == {name: hashlib.sha256((DATA / folder / name).read_bytes()).hexdigest() for name in MADE[folder].split()}
