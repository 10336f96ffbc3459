"""Write the table of docs/keys.md from the dashboard's table of commands. `--check` only says whether it is up to date.

python docs/keys.py [--check]
"""

from __future__ import annotations

import sys
from itertools import groupby
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
sys.path.insert(0, str(ROOT))

from docs.blocks import keep  # noqa: E402
from tui.keys.commands import COMMANDS, show_keys  # noqa: E402
from tui.keys.keymaps import KEYMAPS, differences  # noqa: E402

PAGE = ROOT / "docs" / "keys.md"


def table() -> str:
    """The commands as a Markdown table, by group."""
    rows = ["| | keys | what | name |", "|---|---|---|---|"]
    for group, commands in groupby(COMMANDS, lambda command: command.group):
        for i, command in enumerate(commands):
            keys = " ".join(f"`{key}`" for key in show_keys(command.keys).split(" ")).replace("|", r"\|")
            rows.append(f"| {group if i == 0 else ''} | {keys} | {command.help} | `{command.id}` |")
    rows += ["", 'Another keymap is set with `keymap = "newsboat"` (or `"emacs"`) under `[display]`. What they change:', ""]
    for name in KEYMAPS:
        changed = [f"`{command.id}` {' '.join(f'`{key}`' for key in keys.split(' '))}" for command, keys in differences(name)]
        rows += [f"- **{name}**: {', '.join(changed)}"] if changed else []
    return "\n".join(rows) + "\n"


if __name__ == "__main__":
    sys.exit(keep(PAGE, "keys", lambda _: table()))
