"""Figures of tools/score_pages.py for stories in memory, so that a model can be measured on pages it has not learnt from."""

from __future__ import annotations

import importlib.util
import json
import os
import sys
import tempfile
from collections.abc import Mapping, Sequence
from dataclasses import replace
from pathlib import Path
from types import ModuleType
from typing import Any

from newsdesk.model import Origin, Story


def load_scorer(shared: Path) -> ModuleType:
    spec = importlib.util.spec_from_file_location("score_pages", shared / "tools" / "score_pages.py")
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def to_line(story: Story, path: str, index: int) -> str:
    origin = Origin(format="page-text", index=index, path=path)
    return json.dumps(replace(story, origins=(origin,)).to_json(), ensure_ascii=False)


def score(shared: Path, folder: Path, stories: Mapping[str, Sequence[Story]], each: bool = False) -> dict[str, Any]:
    """The scorer's figures for `stories` by file name (NN-slug.txt)."""
    with tempfile.NamedTemporaryFile("w", encoding="utf-8", suffix=".ndjson", delete=False) as out:
        for name, found in stories.items():
            for i, story in enumerate(found):
                out.write(to_line(story, name, i) + "\n")
    # The scorer runs a command with the paths behind it: print the file and leave the paths alone.
    command = [sys.executable, "-c", f"import sys; sys.stdout.write(open({out.name!r}, encoding='utf-8').read())"]
    os.environ["PYTHONUTF8"] = "1"
    figures: dict[str, Any] = load_scorer(shared).score(folder, command, each)
    Path(out.name).unlink()
    return figures
