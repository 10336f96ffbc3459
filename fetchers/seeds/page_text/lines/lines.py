"""A page dump as lines: cleaned, wrapped lines joined, glued fragments cut apart. What a line means is decided elsewhere."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from itertools import pairwise, zip_longest

from fetchers.seeds.page_text.lines.columns import UNSPACED, WIDER, Measure, first_word, measure_of
from fetchers.seeds.page_text.lines.headline_lines import (
    NARROW,
    SENTENCE_END,
    WRAP_MAX,
    WRAP_MIN,
    find_openings,
    stands_below_headline,
)
from fetchers.seeds.page_text.lines.margins import set_close, set_left
from fetchers.seeds.page_text.saved.field_codes import cut_codes
from fetchers.seeds.page_text.saved.text_browsers import without_marks, without_references
from fetchers.seeds.page_text.stories.link_ends import text_ends
from newsdesk.text import clean_block

# Beyond this a page dump is no page: the rest is left unread (and reported), so that time stays bounded.
LINES_LIMIT = 20_000
NAMED_MAX, NAME_MAX = 160, 40  # characters of a line that says a name twice, and of the name
DASHED_MAX = 140  # columns of a list's line at most
COLUMN_MIN = 20  # of a printed page that is set in columns
COLUMN_FLOWS, COLUMN_SHARE = 6, 0.25  # lines, and of all lines, that go on in the next one there
CASELESS_FLOWS, PACKED = 4, 12  # lines that go on in a script without case, and how much narrower than the column most are


@dataclass(frozen=True, slots=True)
class Line:
    """One line of a page. `text` has its white space folded and its bullet cut off.

    `indent` is in columns, `blanks` counts the empty lines before it, `gaps` the runs of two or more spaces and tabs inside,
    `bullet` is the mark that stood before the text, `glued` tells that the line was cut from the end or start of another,
    `ruled` that a line drawn across the page stands above it, `listing` are the lines of code below it (listings.py).
    """

    text: str
    indent: int = 0
    blanks: int = 0
    gaps: int = 0
    bullet: str = ""
    glued: bool = False
    ruled: bool = False
    listing: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Page:
    """The lines of a dump. `dumped` is the date that some dumps begin with; `cut` counts the lines that were left unread."""

    lines: tuple[Line, ...]
    dumped: str | None = None
    cut: int = 0


_DUMPED = re.compile(r"\A\s*date (\d{4}-\d{2}(?:-\d{2})?)[ \t]+(?=\S)")
_BULLET = re.compile(r"([•・·▪◦‣●○■□◆◇►▶]|[*+](?= ))\s*(?=\S)")
_GAP = re.compile(r"\S(?: {2,}|\t)(?=\S)")
_SPACE = re.compile(r"\s+")
_NEW_TAB = re.compile(r",?\s\(?opens (?:in )?(?:a )?new (?:tab|window)\)?", re.IGNORECASE)  # what is read out at links
_ANCHOR = re.compile(r"(?<=\S)(?:\s#|\s?¶)$")  # the sign that links to a heading
_GLUED_TIME = re.compile(r"(?<=\b(?:19|20)\d\d)(?=\d{1,2}(?::\d\d|\s[A-Z][a-z]{2}))")  # "5 May 20244:12 PM"
# "Harbour PressMay 4, 2024": an outlet and a date that lost what stood between them.
_MONTHS = "January|February|March|April|May|June|July|August|September|October|November|December"
_GLUED_DAY = re.compile(rf"(?<=[a-z])(?=(?:{_MONTHS}) \d{{1,2}}, (?:19|20)\d\d)")
_GLUED_NAME = re.compile(r"(?:(?<=\b(?:19|20)\d\d)|(?<=\d:\d\d))(?=[^\W\d_].)")  # where one may begin behind a time
# A credit that lost the line end before it ("… be updated.© KYODO"), and a photo credit that lost the one after it.
_TAIL = re.compile(
    r"(?<=[.!?。\uff01\uff1f…”\"'’»)\]])\s{0,2}(?=(?:©|\([cC]\)\s|Copyright\s(?:©|\(c\)|\d{4}))[^.]{0,80}\.?(?:\sAll "
    r"rights reserved\.?(?:\s(?:This|No) [^.]{10,140}\.?)?)?$)"
)
_HEAD = re.compile(r"(\([^()]{2,80}\)|\[[^\[\]]{1,40} 제공\]|\[[^\[\]]{2,40}\](?=\[|\([^()/#:]{2,30}\)))(?=[^\W\d_]|[(\[])")


# A line drawn across the page, as letters in plain text have them; shorter ones stand above signatures.
_DRAWN = re.compile(r"\s*(?:[-=*~#━─═—–]{24,}|_{60,})\s*$")


def _measure(raw: str, blanks: int, columns: Measure) -> Line:
    body = raw.lstrip()
    indent = columns(raw[: len(raw) - len(body)])
    body = _NEW_TAB.sub("", body.rstrip()) if "opens" in body else body.rstrip()
    body = _ANCHOR.sub("", body) if body[-1:] in ("#", "¶") else body
    bullet = _BULLET.match(body)
    mark = ""
    if bullet:
        mark, body = bullet[1], body[bullet.end() :]
    gaps = len(_GAP.findall(body))
    text = _GLUED_TIME.sub(" ", _SPACE.sub(" ", body))
    text = _GLUED_DAY.sub(" ", text) if ", 20" in text or ", 19" in text else text
    return Line(text, indent, blanks, gaps, mark)


def _cut_glued(line: Line) -> list[Line]:
    """The line, with a credit at its end or a bracketed one at its start as lines of their own."""
    parts = [line]
    head = _HEAD.match(line.text)
    if head and (head[1][0] == "[" or any(sign in head[1] for sign in ":/©\uff1a")):
        parts = [replace(line, text=head[1]), replace(line, text=line.text[head.end() :], blanks=0, glued=True)]
    last = parts[-1]
    # The credit stands at the very end, so only the end is searched.
    at = max(0, len(last.text) - 300)
    tail = _TAIL.search(last.text, at)
    if tail and tail.start() > 20:
        text = last.text
        parts[-1:] = [replace(last, text=text[: tail.start()]), Line(text[tail.end() :], last.indent, glued=True)]
    return parts


def _is_small(text: str) -> bool:
    return text[:1].islower()


def _has_no_case(text: str) -> bool:
    return text[:1].isalpha() and text[:1].lower() == text[:1].upper()


def _flows(
    lines: Sequence[Line], widths: Sequence[int], least: int = WRAP_MIN, goes_on: Callable[[str], bool] = _is_small
) -> list[int]:
    """The lines that the next one continues in mid-sentence: the sign of a text that was broken at a column."""
    return [
        i
        for i, (line, following) in enumerate(pairwise(lines))
        if not following.blanks
        and not following.bullet
        and goes_on(following.text)
        and least <= widths[i] <= WRAP_MAX
        and not SENTENCE_END.search(line.text)
    ]


def _wrap_column(lines: Sequence[Line], widths: Sequence[int]) -> int:
    """The column at which the page was wrapped; 0 if it was not."""
    flows = _flows(lines, widths)
    few = len(flows) == 2 and all("|" not in lines[i].text and " " in lines[i + 1].text for i in flows)
    openings = find_openings(lines, widths) if len(flows) < 3 else []
    if openings:
        return max(widths[i] for i in openings)
    if len(flows) < 3 and not few:
        return _printed_column(lines, widths) or _caseless_column(lines, widths)
    column = _nth_widest(widths, flows)
    too_long = len(_sentences_beyond(column, lines, widths))
    # Two lines that go on tell of wrapping where no sentence is longer.
    return column if too_long * 3 <= len(flows) and not (few and too_long) else 0


def _nth_widest(widths: Sequence[int], flows: Sequence[int]) -> int:
    return sorted((widths[i] for i in flows), reverse=True)[len(flows) // WIDER]


def _sentences_beyond(column: int, lines: Sequence[Line], widths: Sequence[int]) -> list[Line]:
    beyond = (line for line, width in zip(lines, widths, strict=True) if width > column + 8)
    return [line for line in beyond if SENTENCE_END.search(line.text)]


def _caseless_column(lines: Sequence[Line], widths: Sequence[int]) -> int:
    """The column of a page in a script without case: most lines that go on are nearly as wide, no sentence is wider, and a
    paragraph has three of them (each head of a thread goes on in one line alone); else 0."""
    flows = _flows(lines, widths, goes_on=_has_no_case)
    if len(flows) < CASELESS_FLOWS or all(below - above > 1 for above, below in pairwise(flows)):
        return 0
    column = _nth_widest(widths, flows)
    packed = sum(widths[i] > column - PACKED for i in flows)
    return column if packed * 2 > len(flows) and not _sentences_beyond(column, lines, widths) else 0


def _printed_column(lines: Sequence[Line], widths: Sequence[int]) -> int:
    """The column of a page set in narrow ones, where lines that go on are many and nothing is wider; else 0."""
    flows = _flows(lines, widths, COLUMN_MIN)
    if len(flows) < max(COLUMN_FLOWS, COLUMN_SHARE * len(lines)):
        return 0
    column = max(widths[i] for i in flows)
    return 0 if _sentences_beyond(column, lines, widths) else column


_HYPHENATED = re.compile(r"[^\W\d_]{2,}-$")
HYPHENS_LEAST, HYPHENS_SHARE = 3, 0.03
PRINTED_MAX = 46  # columns of what is narrow enough to be print: a single word that is parted tells there


def _is_hyphenated(lines: Sequence[Line], widths: Sequence[int], column: int) -> bool:
    """Whether words are parted at line ends, as in print: elsewhere a hyphen there belongs to the word."""
    parted = sum(bool(_HYPHENATED.search(lines[i].text)) for i in _flows(lines, widths, COLUMN_MIN))
    return parted >= max(1 if column <= PRINTED_MAX else HYPHENS_LEAST, HYPHENS_SHARE * len(lines))


_NUMBERED = re.compile(r"\d{1,3}[.)] ")
_FIELD = re.compile(r"[^\W\d_a-z][^:.,]{2,22}: \S")  # "Previous message: …", above another such line
HANGING = 4  # columns at most by which the other lines of a list's item stand further in than its bullet or number


def _hanging(line: Line) -> int:
    """The furthest column at which the next line of a paragraph may begin."""
    return line.indent + (HANGING if line.bullet or _NUMBERED.match(line.text) else 0)


WIRED = 3  # paragraphs of a wire's text that begin further in, at least


def _openings_between(lines: Sequence[Line]) -> set[int]:
    """The lines that stand further in than both of their neighbours at the margin, below a sentence's end: paragraphs of a
    wire's text, where empty lines part fewer."""
    found = {
        i
        for i in range(1, len(lines) - 1)
        if lines[i - 1].indent == lines[i + 1].indent == 0 < lines[i].indent
        and not (lines[i].blanks or lines[i + 1].blanks or lines[i].bullet or lines[i - 1].bullet)
        and SENTENCE_END.search(lines[i - 1].text)
    }
    return found if len(found) >= max(WIRED, sum(line.blanks > 0 for line in lines)) else set()


def _join_wrapped(lines: Sequence[Line], widths: Sequence[int], column: int, columns: Measure) -> list[Line]:
    """Undo wrapping: a line goes on where the next word would not have fitted into it, or in mid-sentence."""
    joined: list[Line] = []
    least = min(WRAP_MIN, column * 2 // 3)
    hyphenated = _is_hyphenated(lines, widths, column)
    texts, blanks = [line.text for line in lines], [line.blanks for line in lines]
    opened = bool(find_openings(lines, widths))
    further_in = _openings_between(lines)
    room = last_indent = 0  # what was left of the column after the last physical line; where that began
    for i, (line, end) in enumerate(zip(lines, widths, strict=True)):
        width, small = end + 2 * bool(line.bullet), _is_small(line.text)
        goes_on = (
            joined
            and not (column <= NARROW and stands_below_headline(texts, blanks, i))
            and room
            and not line.blanks
            and not line.bullet
            and not line.text.startswith(">")
            and not (_FIELD.match(line.text) and any(_FIELD.match(text) for text in texts[i + 1 : i + 2]))
            and i not in further_in
            and line.indent <= _hanging(joined[-1])
            and not (line.indent < last_indent and _NUMBERED.match(line.text))
            and (
                first_word(line.text, joined[-1].text, columns) >= room
                or (
                    (small or (line.indent < joined[-1].indent and (opened or line.indent == last_indent)))
                    and not SENTENCE_END.search(joined[-1].text)
                )
            )
        )
        if goes_on:
            last = joined[-1]
            parted = last.text.endswith("-")
            kept = last.text[:-1] if parted and hyphenated and line.text[:1].islower() else last.text
            spaced = not (parted or UNSPACED.match(last.text[-1:]) or UNSPACED.match(line.text))
            joined[-1] = replace(last, text=kept + " " * spaced + line.text)
        else:
            joined.append(line)
        room = max(1, column - width) if width >= least else 0
        last_indent = line.indent
    return joined


BROKEN = 3  # sentences that are broken somewhere else than at one column, before they are joined


def _join_broken(lines: Sequence[Line], widths: Sequence[int]) -> list[Line]:
    """Undo line ends inside sentences, of paragraphs whose page was not wrapped as a whole."""
    flows: set[int] = set()
    for i in reversed(_flows(lines, widths)):
        if i + 1 in flows or SENTENCE_END.search(lines[i + 1].text):
            flows.add(i)
    begins = [i for i in range(len(lines)) if i - 1 not in flows or len(flows) < BROKEN]
    runs = pairwise([*begins, len(lines)])
    return [replace(lines[a], text=" ".join(line.text for line in lines[a:b])) for a, b in runs]


PUSHED = "推"
# "推 name: what is said 05/20 08:14": how a board of Taiwan prints what readers say.
_PUSH = re.compile(r"(?:推|噓|→)\s?(?P<who>[\w.-]{2,20})\s?:\s?(?P<said>\S.{0,200}?)\s+\d\d/\d\d\s\d\d:\d\d$")


# "Is it in a box? – Ann Commented Mar 2, 2015 at 18:44": how question sites print what is said of a post.
_REMARK = re.compile(r"(?P<said>\S.{8,}) – (?P<sign>\S.{0,40}? Commented .{6,24} at \d{1,2}:\d\d)$")


def _cut_remarks(line: Line) -> list[Line]:
    found = _REMARK.match(line.text) if "Commented" in line.text[-60:] else None
    return [replace(line, text=found["said"]), Line(found["sign"], line.indent)] if found else [line]


def _cut_names(line: Line) -> list[Line]:
    """ "Posted by Ann, at 09:14 2 Nov 2021Ann" as two lines: a name said again where the line end before it was lost."""
    text = line.text
    if len(text) > NAMED_MAX or " " not in text:
        return [line]
    for found in _GLUED_NAME.finditer(text, max(0, len(text) - NAME_MAX)):
        head, name = text[: found.start()], text[found.start() :]
        if f" {name}, " in head or f" {name} " in head:
            return [replace(line, text=head), Line(name, line.indent)]
    return [line]


_ARROW = re.compile(r"[↪↳⤷]")  # above whom a comment answers


def _join_arrows(lines: Sequence[Line]) -> list[Line]:
    """Arrows that stand on lines of their own, before the name that they point to."""
    joined: list[Line] = []
    for line in lines:
        if joined and _ARROW.fullmatch(joined[-1].text) and not line.blanks:
            joined[-1] = replace(joined[-1], text=f"{joined[-1].text} {line.text}")
        else:
            joined.append(line)
    return joined


def _cut_pushes(lines: list[Line]) -> list[Line]:
    """Such lines as two, name and text, where there are several."""
    found = {i: match for i, line in enumerate(lines) if (match := _PUSH.match(line.text))}
    if len(found) < 3:
        return lines
    cut = []
    for i, line in enumerate(lines):
        push = found.get(i)
        cut += [Line(push["who"], blanks=line.blanks, bullet=PUSHED), Line(push["said"])] if push else [line]
    return cut


def _cut_links(lines: list[Line]) -> list[Line]:
    """The lines with the links that their paragraphs end with as lines of their own."""
    ends = text_ends([line.text for line in lines])
    cut = []
    for line, end in zip(lines, ends, strict=True):
        cut += [replace(line, text=line.text[:end]), Line(line.text[end:].lstrip(), line.indent, glued=True)] if end else [line]
    return cut


_DASHED = re.compile(r"- (?=[^\W_].{14})")


def _mark_dashes(lines: list[Line]) -> list[Line]:
    """Two short lines or more in a row that begin with a hyphen are a list, the hyphens its bullets."""
    dashed = [bool(_DASHED.match(line.text)) and not line.bullet and len(line.text) <= DASHED_MAX for line in lines]
    listed = [on and any(dashed[max(0, i - 1) : i] + dashed[i + 1 : i + 2]) for i, on in enumerate(dashed)]
    return [replace(line, text=line.text[2:], bullet="-") if on else line for line, on in zip(lines, listed, strict=True)]


def _without_avatars(lines: list[Line]) -> list[Line]:
    """Without the lines of one or two letters that stand for a picture: the initials of the name right below."""
    kept = []
    for line, below in zip_longest(lines, lines[1:]):
        letters = line.text
        if (
            below is not None
            and 1 <= len(letters) <= 2
            and letters.isalpha()
            and letters == letters.upper()
            and len(below.text) >= 2
        ):
            words = below.text.lstrip("@").split(" ")
            initials = "".join(word[:1] for word in (words[0], words[-1])) if len(words) > 1 else words[0][:2]
            if len(below.text) <= 40 and (initials.upper() == letters or words[0][:1].upper() == letters):
                continue
        kept.append(line)
    return kept


def split_page(text: str) -> Page:
    """The page of one dump. Takes time in proportion to its length, whatever it holds."""
    text = clean_block(text)
    dumped = _DUMPED.match(text)
    date = None
    if dumped:
        date, text = dumped[1], text[dumped.end() :]
    lines: list[Line] = []
    blanks = 0
    ruled = False
    rows = text.split("\n")
    shown = set_close(set_left(cut_codes(without_marks(without_references(rows[:LINES_LIMIT])))))
    columns = measure_of(shown)
    for raw in shown:
        drawn = bool(_DRAWN.match(raw))
        if drawn or not raw or raw.isspace():
            blanks += 1
            ruled = ruled or drawn
            continue
        line = _measure(raw, blanks, columns)
        if line.text:
            lines.append(replace(line, ruled=True) if ruled else line)
            blanks, ruled = 0, False
    lines = _mark_dashes(_cut_pushes(_without_avatars(_join_arrows(lines))))
    widths = [columns(line.text) + line.indent for line in lines]
    column = _wrap_column(lines, widths)
    lines = _join_wrapped(lines, widths, column, columns) if column else _join_broken(lines, widths)
    lines = _cut_links(lines)
    parts = [part for line in lines for cut in _cut_remarks(line) for named in _cut_names(cut) for part in _cut_glued(named)]
    return Page(tuple(parts), date if date and len(date) == 10 else None, max(0, len(rows) - LINES_LIMIT))
