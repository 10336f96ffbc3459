"""Reading a command line: which command, its flags, and the words of a query that begin with a dash."""

from __future__ import annotations

import argparse
import os
import re
from collections.abc import Callable, Mapping, Sequence
from typing import TYPE_CHECKING, NamedTuple, NoReturn

from newsdesk.commands import SHARED_FLAGS, TABLE
from newsdesk.errors import UsageError
from newsdesk.paths import is_missing, told_missing

if TYPE_CHECKING:
    from newsdesk.commands.session import Session

# An argument that begins with one dash is a word of a query ("-country:JP"), not a flag: argparse is shown it behind this.
_SHIELD = "\x00"
_LARGEST = 10**18
_VALUED = frozenset(flag for flag, _, _ in SHARED_FLAGS)
_OF_DASHBOARD = frozenset({"--keep", "--demo", "--plain"})
_FORMATS = frozenset({"text", "json", "ndjson", "csv", "tsv", "md", "html", "atom", "ninjs"})
# Flags that name a file or folder. A script's empty variable means none, and least of all the usual one.
_PLACES = ("config", "data", "output", "file")


class Command(NamedTuple):
    """How a command is told what to do, and how it does it. `run` returns an exit code."""

    configure: Callable[[argparse.ArgumentParser], None]
    run: Callable[[Session, argparse.Namespace], int]


class Parser(argparse.ArgumentParser):
    """argparse that complains with one line, and leaves the exit and what is `said` (by --help, --version) to its caller."""

    said = ""

    def _print_message(self, message: str, file: object = None) -> None:
        self.said += message

    def error(self, message: str) -> NoReturn:
        message = message.replace(_SHIELD, "")
        raise UsageError(f"{message}{self._nearest_flag(message)} (see {self.prog} --help)")

    def _check_value(self, action: argparse.Action, value: object) -> None:
        """As argparse does, with the nearest of what there is to choose from."""
        if action.choices is None or value in action.choices:
            return
        import difflib

        given, choices = str(value).removeprefix(_SHIELD), list(map(str, action.choices))
        near = difflib.get_close_matches(given.casefold(), choices, 1, 0.5)
        mend = f"did you mean {near[0]}?" if near else f"it can be {', '.join(choices)}"
        raise argparse.ArgumentError(action, f"invalid choice: '{given}'; {mend}")

    def options(self) -> Mapping[str, argparse.Action]:
        """The flags, by each of their spellings."""
        return self._option_string_actions

    def positionals(self) -> list[argparse.Action]:
        """What stands without a flag, in order."""
        return self._get_positional_actions()

    def check_flags(self, words: Sequence[str]) -> None:
        """Complain of a flag that there is not before whatever else is missing."""
        for word in words[: words.index("--") if "--" in words else None]:
            if word.startswith("--") and word.partition("=")[0] not in self._option_string_actions:
                self.error(f"unrecognized arguments: {word}")

    def _nearest_flag(self, message: str) -> str:
        """For a flag that there is not: the one that may have been meant."""
        unknown = re.match(r"unrecognized arguments: (--[\w-]+)", message)
        if unknown is None:
            return ""
        of_format = self._option_string_actions.get("--format")
        if of_format and unknown[1].removeprefix("--") in _FORMATS:
            return f"; did you mean --format {unknown[1].removeprefix('--')}?"
        import difflib

        near = difflib.get_close_matches(unknown[1], self._option_string_actions, 1, 0.6)
        return f"; did you mean {near[0]}?" if near else ""


def whole_number(least: int, most: int | None = None) -> Callable[[str], int]:
    """For a flag's `type`: reads a whole number from `least` on, up to `most`; without it whatever is larger than there can
    be stories is as good as that."""

    def read(text: str) -> int:
        text = text.removeprefix(_SHIELD)
        number = min(int(text.lstrip("0")[:20] or "0"), _LARGEST) if re.fullmatch("[0-9]+", text) else -1
        if not least <= number <= (_LARGEST if most is None else most):
            wanted = f"of {least} or more" if most is None else f"from {least} to {most}"
            raise argparse.ArgumentTypeError(f"'{text}' is not a whole number {wanted}")
        return number

    return read


def load(name: str) -> Command:
    """The command of that name, its module imported."""
    import importlib

    module = importlib.import_module(f"newsdesk.commands.{TABLE[name][0]}")
    found: Command = module.COMMANDS[name]
    return found


def split_command(words: Sequence[str]) -> tuple[str | None, list[str]]:
    """The command's name, None for the dashboard, and the other words. Raises UsageError for a name that is nothing."""
    position = first_word(words)
    if position is None:
        return None, list(words)
    word = words[position]
    if word in TABLE:
        return word, [*words[:position], *words[position + 1 :]]
    if is_missing(os.path.expanduser(word)):  # noqa: PTH111 - a Path would fold "./list" into "list"
        flag, command = words[position - 1] if position else "", next((word for word in words[position:] if word in TABLE), "")
        if command and flag.startswith("--") and flag not in _OF_DASHBOARD:
            raise UsageError(f"{flag} goes behind the command: newsdesk {command} {flag} {word}")
        raise UsageError(_unknown(word))
    return None, list(words)


def first_word(words: Sequence[str]) -> int | None:
    """Where the first word stands that is no flag and no shared flag's value."""
    skip = False
    for position, word in enumerate(words):
        if word == "--":
            return None
        if skip:
            skip = False
        elif word in _VALUED:
            skip = True
        elif not word.startswith("-"):
            return position
    return None


# Words that other programs have, and what does that here.
ELSEWHERE = {
    "search": "list QUERY",
    "find": "list QUERY",
    "grep": "list QUERY",
    "ls": "list",
    "read": "show ID",
    "open": "show ID",
    "cat": "show ID",
    "why": "explain ID",
    "sources": "feeds list",
    "subscribe": "feeds add URL",
    "import": "feeds import FILE",
    "discover": "feeds discover URL",
    "fetch": "refresh",
    "update": "refresh",
    "sync": "refresh",
    "alerts": "follows --new",
    "settings": "config show",
    "status": "doctor",
    "check": "doctor",
    "star": "mark star QUERY",
    "delete": "forget QUERY",
    "rm": "forget QUERY",
    "demo": "--demo",
    "help": "--help",
    "version": "--version",
}


def _unknown(word: str) -> str:
    import difflib

    if word in ELSEWHERE:
        return f"no command and no file is called '{word}': did you mean 'newsdesk {ELSEWHERE[word]}'?"
    near = difflib.get_close_matches(word, TABLE, 1, 0.6)
    if near and not any(sign in word for sign in "/."):
        return f"no command and no file is called '{word}': did you mean '{near[0]}'?"
    return f"{told_missing(word)} (and no command, see newsdesk --help)"


def parse(parser: Parser, words: Sequence[str]) -> argparse.Namespace:
    """Flags and words in any order. Raises UsageError; `--help` and `--version` raise SystemExit."""
    parser.check_flags(words)
    end = words.index("--") if "--" in words else len(words)
    # What stands behind "--" is no flag; argparse would read it a second time, without the "--".
    behind = [_SHIELD + word if word.startswith("-") else word for word in words[end + 1 :]]
    flags = parser.parse_intermixed_args([*map(_shield, words[:end]), *behind])
    for name, value in vars(flags).items():
        if isinstance(value, list):
            setattr(flags, name, [word.removeprefix(_SHIELD) if isinstance(word, str) else word for word in value])
        elif isinstance(value, str):
            setattr(flags, name, value.removeprefix(_SHIELD))
    for name in _PLACES:
        if getattr(flags, name, None) == "":
            parser.error(f"{'FILE' if name == 'file' else f'--{name}'} names a file or folder, and here its name is empty")
    return flags


def _shield(word: str) -> str:
    return _SHIELD + word if len(word) > 1 and word[0] == "-" and word[1] != "-" and word != "-h" else word


def make_parser(name: str | None) -> Parser:
    """The parser of one command, or of the dashboard (None)."""
    if name is None:
        from newsdesk.commands.dashboard import configure

        parser = Parser(prog="newsdesk", allow_abbrev=False)
        configure(parser)
    else:
        summary = TABLE[name][1]
        parser = Parser(prog=f"newsdesk {name}", description=f"{summary[0].upper()}{summary[1:]}.", allow_abbrev=False)
        load(name).configure(parser)
    shared = parser.add_argument_group("everywhere")
    for flag, placeholder, text in SHARED_FLAGS:
        shared.add_argument(flag, metavar=placeholder, help=text)
    from newsdesk import __version__

    shared.add_argument("--version", action="version", version=f"newsdesk {__version__}", help="print the version")
    return parser
