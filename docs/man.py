"""Write the manual page packaging/newsdesk.1 from the tables of commands, flags and keys. `--check` only says whether it is so.

python docs/man.py [--check]
"""

from __future__ import annotations

import argparse
import sys
from collections.abc import Iterable, Iterator
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
sys.path.insert(0, str(ROOT))

from newsdesk import __version__  # noqa: E402
from newsdesk.commands import SHARED_FLAGS, TABLE  # noqa: E402
from newsdesk.commands.arguments import make_parser  # noqa: E402
from newsdesk.commands.dashboard import FLAGS  # noqa: E402
from tui.keys.commands import grouped, show_keys  # noqa: E402

PAGE = ROOT / "packaging" / "newsdesk.1"
ABOUT = (
    "newsdesk reads saved pages, seed files and feeds, groups stories by topic, country and storyline, and shows stories, "
    "article, readers' comments with their mood, and what is followed. Without a command it opens the dashboard on the "
    "archive; a PATH is opened beside it for one sitting. With a command it does one thing: data goes to standard output, "
    "what there is to say to standard error."
)
CODES = (
    ("0", "all well"),
    ("1", "internal error"),
    ("2", "usage or settings; a PATH that is not there"),
    ("3", "some files, lines or sources failed, the rest is done"),
    ("4", "every one failed"),
    ("5", "another refresh holds the lock"),
    ("6", "an alert fired, with --fail-on alert"),
    ("130", "interrupted; 128 + n for another signal n"),
)
ENVIRONMENT = (
    ("NEWSDESK_CONFIG, NEWSDESK_DATA", "the settings file and the data folder"),
    ("NEWSDESK_SECTION_KEY", "a setting, over what the file says"),
    ("XDG_CONFIG_HOME, XDG_DATA_HOME, XDG_STATE_HOME", "where settings, archive and the state of the dashboard are kept"),
    ("NO_COLOR, TERM, LANG", "colours, the terminal and its signs"),
    ("BROWSER", "what opens a link"),
    ("PAGER", "what shows a text that is longer than the terminal"),
    ("VISUAL, EDITOR", "what config edit opens the settings in"),
    ("http_proxy, https_proxy, no_proxy", "how feeds are reached"),
)


def roff(text: str) -> str:
    """`text` so that roff prints it as it is."""
    text = text.replace("\\", "\\e").replace("-", "\\-").replace("'", "\\(aq").replace("^", "\\(ha").replace("`", "\\(ga")
    text = text.replace("~", "\\(ti").replace('"', "\\(dq")
    return f"\\&{text}" if text.startswith(".") else text


def items(rows: Iterable[tuple[str, str]]) -> Iterator[str]:
    """A list of terms and what they mean."""
    for term, says in rows:
        yield from (".TP", f"\\fB{roff(term)}\\fR", roff(says))


def flags_of(parser: argparse.ArgumentParser) -> Iterator[tuple[str, str]]:
    """A command's own arguments and flags."""
    shared = {flag for flag, _, _ in SHARED_FLAGS} | {"--version", "--help"}
    for action in parser._actions:
        if shared.intersection(action.option_strings) or action.help == argparse.SUPPRESS:
            continue
        name = ", ".join(action.option_strings) or str(action.metavar or action.dest.upper())
        value = "" if action.nargs == 0 or not action.option_strings else f" {_value(action)}"
        yield name + value, (action.help or "").replace("%%", "%")


def _value(action: argparse.Action) -> str:
    if action.metavar:
        return action.metavar if isinstance(action.metavar, str) else " ".join(action.metavar)
    return "|".join(map(str, action.choices)) if action.choices else action.dest.upper()


def page() -> str:
    """The whole page."""
    lines = [
        f'.TH NEWSDESK 1 "" "newsdesk {__version__}" "User Commands"',
        ".nh",
        *(".SH NAME", "newsdesk \\- a newsroom dashboard in the terminal"),
        *(".SH SYNOPSIS", "\\fBnewsdesk\\fR [\\fIPATH\\fR...]", ".br", "\\fBnewsdesk\\fR \\fICOMMAND\\fR ..."),
        *(".SH DESCRIPTION", roff(ABOUT)),
        *(".SH OPTIONS OF THE DASHBOARD", *items((flag, text) for flag, text in FLAGS)),
        *(".SH OPTIONS EVERYWHERE", *items((f"{flag} {value}", text) for flag, value, text in SHARED_FLAGS)),
        *items([("--version", "print the version"), ("--help", "print what the program or a command takes")]),
        ".SH COMMANDS",
    ]
    for name, (_, summary) in TABLE.items():
        lines += [f".SS {name}", roff(f"{summary[0].upper()}{summary[1:]}."), *items(flags_of(make_parser(name)))]
    lines += [".SH KEYS", "Every key can be changed by its name under [keys] in the settings."]
    for group, commands in grouped():
        lines += [f".SS {roff(group)}"]
        lines += items((show_keys(command.keys), f"{command.help} ({command.id})") for command in commands)
    lines += [".SH EXIT STATUS", *items(CODES), ".SH ENVIRONMENT", *items(ENVIRONMENT)]
    return "\n".join(lines) + "\n"


if __name__ == "__main__":
    fresh = page()
    if "--check" in sys.argv:
        sys.exit(int(not PAGE.exists() or PAGE.read_text("utf-8") != fresh))
    PAGE.write_text(fresh, "utf-8")
