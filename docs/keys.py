"""Write the README's key table from the dashboard's table of commands. `--check` only says whether it is up to date.

python docs/keys.py [--check]
"""

from __future__ import annotations

import re
import sys
from itertools import groupby
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
sys.path.insert(0, str(ROOT))

from tui.commands import COMMANDS, show_keys  # noqa: E402

README = ROOT / "README.md"
_BLOCK = re.compile(r"(<!-- keys: [^\n]*-->\n).*?(<!-- keys end -->)", re.DOTALL)


def table() -> str:
    """The commands as a Markdown table, by group."""
    rows = ["| | keys | what | name |", "|---|---|---|---|"]
    for group, commands in groupby(COMMANDS, lambda command: command.group):
        for i, command in enumerate(commands):
            keys = " ".join(f"`{key}`" for key in show_keys(command.keys).split(" "))
            rows.append(f"| {group if i == 0 else ''} | {keys} | {command.help} | `{command.id}` |")
    return "\n".join(rows) + "\n"


def main() -> int:
    text = README.read_text("utf-8")
    fresh = _BLOCK.sub(lambda found: found[1] + table() + found[2], text)
    if "--check" in sys.argv:
        return int(fresh != text)
    README.write_text(fresh, "utf-8")
    return 0


if __name__ == "__main__":
    sys.exit(main())
