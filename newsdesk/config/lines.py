"""Which line of a settings file says what: for errors, which must lead to where the mend is made."""

from __future__ import annotations

import re
from dataclasses import dataclass
from pathlib import Path

_HEADER = re.compile(r"\s*(\[\[?)\s*([\w.\"'-]+)\s*\]\]?")
_KEY = re.compile(r"\s*[\"']?([\w-]+)[\"']?(?:\s*\.\s*[\"']?([\w-]+)[\"']?)?\s*=")


def find_line(text: str, section: str, name: str = "", number: int = 0) -> int | None:
    """The line, from 1, that gives the key `name` of a section a value; None where none is found.

    `section` is "" for what stands above all of them; `number` counts the tables of a list, from 1. Without a name, or where
    the key is not found, it is the section's own line.
    """
    here, counted, own = "", 0, None
    for index, line in enumerate(text.split("\n"), 1):
        if header := _HEADER.match(line):
            here = header[2].strip("\"'")
            if here == section:
                counted += 1
                if not number or counted == number:
                    own = own or index
        elif (key := _KEY.match(line)) and name and (not number or counted == number):
            at = (here, key[1]) if key[2] is None else (f"{here}.{key[1]}".lstrip("."), key[2])
            if at == (section, name):
                return index
    return own


@dataclass(frozen=True, slots=True)
class Lines:
    """A settings file, or a theme's, by its name and text, for saying where in it something stands."""

    file: str
    text: str

    @classmethod
    def of(cls, path: Path) -> Lines:
        """Those of a file; of one that can't be read nothing is found."""
        try:
            return cls(str(path), path.read_text("utf-8-sig", "replace"))
        except OSError:
            return cls(str(path), "")

    def at(self, section: str, name: str = "", number: int = 0) -> str:
        """The file, and the line of a key where that is found, as :func:`find_line`, else that of a section of its name."""
        line = find_line(self.text, section, name, number) or find_line(self.text, name)
        return f"{self.file}:{line}" if line else self.file
