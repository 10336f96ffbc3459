"""Parts of a document that a program writes: what stands between two comments that name the part."""

from __future__ import annotations

import re
import sys
from collections.abc import Callable
from pathlib import Path


def keep(path: Path, name: str, make: Callable[[str], str]) -> int:
    """Write the part `name` of `path` anew; `make` is given the part as it stands. Returns an exit code.

    With `--check` on the command line nothing is written: the code says whether the part is up to date.
    """
    part = re.compile(rf"(<!-- {name}: [^\n]*-->\n)(.*?)(<!-- {name} end -->)", re.DOTALL)
    text = path.read_text("utf-8")
    fresh = part.sub(lambda found: found[1] + make(found[2]) + found[3], text)
    if "--check" in sys.argv:
        return int(fresh != text)
    path.write_text(fresh, "utf-8")
    return 0
