"""Program code and drawn tables between a text's paragraphs: no line of them says what a page's lines are."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from fetchers.seeds.page_text.lines.lines import Line, Page

# What ends or is a line of code, what begins one, and what stands inside one.
_ENDS = re.compile(r"(?:[;{]|[)\]}\w\"'],?;|\(|=>|\}[),;\]]*|[\])}][,;)\]}]+|\w\(\)|\*/)$|^(?!\*$)[\](){}\[;,*]+$")
_BEGINS = re.compile(
    r"(?://|/\*|#include\b|#!/|-- |\$ (?=[a-z./])|>>> |[\w-]*[=#]# |</?[a-zA-Z][\w-]*(?:\s[^>]*)?/?>|@\w+\(|[.#]?[\w-]+\s\{$|"
    r"(?:SELECT|FROM|WHERE|GROUP BY|ORDER BY|LIMIT|(?:LEFT |INNER |OUTER )?JOIN|VALUES|WITH|INSERT INTO|CREATE TABLE|UNION)\b"
    r"(?=$|[ (*]+\S)|"
    r"(?:var|let|const|def|class|import|from|return|if|elif|else|for|while|try|except|function|public|private|static|void|int)"
    r"\b.*[=({:;)]$)"
)
_HOLDS = re.compile(
    r"[A-Za-z_]\w*\.[A-Za-z_]\w*\(|\b[A-Za-z_]\w*\(.*\)[;,{]$|[│┃┼├┤╋║╬]|[─━═]{3,}|\w=[\"'][^\"']*[\"']|"
    r"(?:^|\s)[\w.\[\]\"']+ (?:=|==|\+=|:=|=>|->|!=|&&|\|\|) ?\S"
)
_PART = re.compile(r"[\w.\"'\[\]*-]{1,40}(?: (?:AS|as) \w+)?,?$|[\"'\w-]+\s?: .{1,60},?$")  # "series_mean,", "method: \"GET\","
_PROSE = re.compile(r"(?:[^\W\d_]+[,;:]? ){6,}")  # words in a row, as code has them only in its remarks
_REMARK = re.compile(r"\s*(?://|/?\*|#|--|<!--)")
LONG = 100  # columns of a line that parts two listings, whatever it holds
WIDEST = 300  # columns of a line of code
LEAST = 3  # lines of a listing that nothing but code looks like
SHARE = 0.5  # of a block's lines that are such
PAGE = 6  # such lines on a page, before a listing of one or two lines is one


def _is_code(text: str) -> bool:
    if len(text) > WIDEST or not (_ENDS.search(text) or _BEGINS.match(text) or _HOLDS.search(text)):
        return False
    return bool(_REMARK.match(text)) or not _PROSE.search(text)


def _blocks(lines: Sequence[Line]) -> list[range]:
    """The lines of a page, as empty lines part them."""
    begins = [i for i, line in enumerate(lines) if not i or line.blanks]
    return [range(a, b) for a, b in zip(begins, [*begins[1:], len(lines)], strict=True)]


def without_listings(page: Page) -> Page:
    """The page without the lines of its listings; each is kept with the line above it (`Line.listing`)."""
    code = [_is_code(line.text) for line in page.lines]
    if sum(code) < LEAST:
        return page
    found = [run for block in _blocks(page.lines) for run in _listings(page.lines, code, block)]
    whole = [run for run in found if sum(code[i] for i in run) >= LEAST]
    many = sum(code[i] for run in whole for i in run) >= PAGE
    listed = {i for run in (found if many else whole) for i in run}
    kept: list[Line] = []
    below: list[list[str]] = []
    for i, line in enumerate(page.lines):
        if i in listed and kept:
            below[-1].append(line.text)
        else:
            kept.append(line)
            below.append([])
    told = (replace(line, listing=tuple(rows)) if rows else line for line, rows in zip(kept, below, strict=True))
    return replace(page, lines=tuple(told))


def _listings(lines: Sequence[Line], code: Sequence[bool], block: range) -> list[list[int]]:
    """The listings of a block: its lines of code and what stands between them, as prose parts them, if those are most of it."""
    runs: list[list[int]] = [[]]
    for i in block:
        if code[i] or (runs[-1] and not _is_said(lines[i])):
            runs[-1].append(i)
        elif runs[-1]:
            runs.append([])
    return [run for run in runs if run and sum(code[i] or bool(_PART.match(lines[i].text)) for i in run) >= SHARE * len(run)]


def _is_said(line: Line) -> bool:
    return len(line.text) > LONG or bool(_PROSE.search(line.text))
