"""OPML, the format that feed readers exchange their lists of feeds in (opml.org/spec2.opml). Text in, feeds out, and back.

Reading is a scan for `outline` tags and not a parse: it gives the same for well-formed files, goes on behind what is broken,
takes linear time on any input, and knows no entities but the character ones. A document type is refused, since nothing but an
attack needs one here. A feed's folders, and its `category`, become its tags; addresses that are no web address (programs, of
newsboat say) are never taken.
"""

from __future__ import annotations

import codecs
import html
import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field, replace
from typing import TypeAlias
from xml.sax.saxutils import quoteattr

from newsdesk.config import Feed
from newsdesk.text import clean_field, decode_declared
from newsdesk.urls import canonical

MOST_FEEDS = 20_000
MOST_TAGS = 12
_LONGEST_FIELD = 300
_HEAD = 10_000  # characters in which a file says that it is OPML

# A "<" can't stand in an attribute: each attempt ends at the next one, so that all of them together are linear.
_SCAN = re.compile(r"<(?:!--|!\[CDATA\[|!DOCTYPE|!ENTITY|\?|/outline\s*>|outline(?=[\s/>]))", re.IGNORECASE)
# No group is possessive here: those match wrongly in Python 3.11.2, which is Debian's.
_REST = re.compile(r"[^<>\"']*(?:(?:\"[^\"<]*\"|'[^'<]*')[^<>\"']*)*>")
_ATTRIBUTE = re.compile(r"(?<![\w:.-])([\w:.-]+)\s*=\s*(?:\"([^\"]*)\"|'([^']*)')")
_DECLARED = re.compile(rb"<\?xml[^>]{0,200}?encoding\s*=\s*[\"']([\w.:-]{1,40})")
_END = re.compile(r"</opml|<opml[^<>]*/>", re.IGNORECASE)
_STARTS = {
    codecs.BOM_UTF8: "utf-8",
    **dict.fromkeys((codecs.BOM_UTF16_LE, b"<\0"), "utf-16-le"),
    **dict.fromkeys((codecs.BOM_UTF16_BE, b"\0<"), "utf-16-be"),
}
_CLOSERS = {"<!--": "-->", "<![cdata[": "]]>", "<?": "?>"}


@dataclass(frozen=True, slots=True)
class Entry:
    """A feed as OPML lists it: its web address, a name for it, and its folders, the outer one first, and categories."""

    url: str
    title: str | None = None
    tags: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Listing:
    """What an OPML file held: feeds, each once, and a sentence for each thing in it that can't be used, with its line."""

    entries: tuple[Entry, ...] = ()
    problems: tuple[str, ...] = ()


class _RefusedError(Exception):
    """The file is not one to be read at all; the text says why."""


def read(data: bytes) -> Listing:
    """The feeds of an OPML file. Never raises: what is wrong with it is among the problems."""
    text = _decode(data)
    reading = _Reading(text)
    try:
        reading.run()
    except _RefusedError as error:
        return Listing(problems=(str(error),))
    if not reading.seen and "<opml" not in text[:_HEAD].lower():
        return Listing(problems=("this is not an OPML file",))
    return Listing(tuple(reading.found.values()), tuple(reading.problems))


def _decode(data: bytes) -> str:
    """Text by how it begins, else as declared, else UTF-8, or Windows-1252 where none of that is in it; what can't be decoded
    becomes U+FFFD. Programs that had the text in UTF-16 declare that and write UTF-8, as .NET's do."""
    for start, name in _STARTS.items():
        if data.startswith(start):
            return data.decode(name, "replace").removeprefix("\ufeff")
    declared = _DECLARED.search(data[:300])
    text = decode_declared(data, declared[1].decode("ascii"), "replace") if declared else None
    if text and "<" in text:
        return text
    text = data.decode("utf-8", "replace")
    return data.decode("cp1252", "replace") if text.replace("\ufffd", "").isascii() else text


_Folders: TypeAlias = tuple[str, ...]


@dataclass(slots=True)
class _Reading:
    """One pass over a file. `folders` has, for each outline that is open, the names of the folders down to it."""

    text: str
    found: dict[tuple[str, str], Entry] = field(default_factory=dict)
    problems: list[str] = field(default_factory=list)
    folders: list[_Folders] = field(default_factory=list)
    seen: bool = False
    _line: int = 1
    _counted_to: int = 0

    def run(self) -> None:
        at = 0
        while mark := _SCAN.search(self.text, at):
            at = self._take(mark[0].lower(), mark.start(), mark.end())
        # By its end alone: what stands between may be broken, and a list of outlines without more is read as well.
        if "<opml" in self.text[:_HEAD].lower() and not _END.search(self.text):
            self._note(len(self.text), "the file is cut off here: feeds behind it are not in it")

    def _take(self, sign: str, start: int, at: int) -> int:
        """What a tag means; returns where to read on."""
        if sign in ("<!doctype", "<!entity"):
            raise _RefusedError(f"line {self._line_of(start)}: it declares a document type or entities, which is refused")
        if sign in _CLOSERS:
            end = self.text.find(_CLOSERS[sign], at)
            return end + len(_CLOSERS[sign]) if end >= 0 else len(self.text)
        self.seen = True
        if sign.startswith("</"):
            if self.folders:
                self.folders.pop()
            return at
        tag = _REST.match(self.text, at)
        if tag is None:
            return self._skip_broken(start, at)
        self._outline(tag[0], start)
        return tag.end()

    def _skip_broken(self, start: int, at: int) -> int:
        """An outline that nobody can read: it counts as open if its end says so, so that the folders stay right."""
        self._note(start, "an outline is broken and was left out")
        following = self.text.find("<", at)
        end = following if following >= 0 else len(self.text)
        if self.text.rfind(">", at, end) >= 0 and self.text.rfind("/>", at, end) < 0:
            self.folders.append(self.folders[-1] if self.folders else ())
        return end

    def _outline(self, tag: str, start: int) -> None:
        told = {name.lower(): html.unescape(quoted or single) for name, quoted, single in _ATTRIBUTE.findall(tag)}
        inside = self.folders[-1] if self.folders else ()
        name = _short(told.get("text")) or _short(told.get("title"))
        address = told.get("xmlurl", "").strip()
        if address:
            self._add(address, name, told, inside, start)
        if not tag.endswith("/>"):
            self.folders.append((*inside, name) if name and not address and len(inside) < MOST_TAGS else inside)

    def _add(self, address: str, name: str | None, told: dict[str, str], inside: _Folders, start: int) -> None:
        url = web_address(address)
        place = canonical(url)
        if url is None or place is None:
            self._note(start, f"not a web address: {(clean_field(address) or '')[:80]}")
            return
        categories = (_short(part.strip().strip("/")) for part in told.get("category", "").split(",", MOST_TAGS)[:MOST_TAGS])
        tags = (*inside, *(category for category in categories if category))
        key = place, Feed(url).login
        known = self.found.get(key)
        if known is None and len(self.found) >= MOST_FEEDS:
            self._note(start, f"more than {MOST_FEEDS} feeds: this one was left out")
            return
        entry = known or Entry(url, _short(told.get("title")) or name)
        self.found[key] = replace(entry, tags=tuple(dict.fromkeys([*entry.tags, *tags]))[:MOST_TAGS])

    def _note(self, start: int, why: str) -> None:
        if len(self.problems) < 1000:
            self.problems.append(f"line {self._line_of(start)}: {why}")

    def _line_of(self, at: int) -> int:
        self._line += self.text.count("\n", self._counted_to, at)
        self._counted_to = at
        return self._line


def web_address(text: str) -> str | None:
    """`text` as an http(s) address that can be written down: `feed:` before it is taken off. None for anything else."""
    text = re.sub(r"^feed:(?://)?(?=https?://)", "", text, flags=re.IGNORECASE)
    text = re.sub(r"^feed://", "http://", text, flags=re.IGNORECASE)
    clean = clean_field(text)
    if clean != text or not re.fullmatch(r"https?://[^\s/\"<>][^\s\"<>]*", text, re.IGNORECASE):
        return None
    return text[: text.index(":")].lower() + text[text.index(":") :]


def _short(text: str | None) -> str | None:
    return (clean_field(text[: _LONGEST_FIELD * 4]) or "")[:_LONGEST_FIELD].strip() or None if text else None


def write(entries: Iterable[Entry], title: str) -> Iterator[str]:
    """An OPML 2.0 file in pieces: a feed's tags are folders, one inside the other, as reading takes them."""
    yield '<?xml version="1.0" encoding="UTF-8"?>\n<opml version="2.0">\n  <head>\n'
    yield f"    <title>{html.escape(title, quote=False)}</title>\n  </head>\n  <body>\n"
    open_folders: _Folders = ()
    # Feeds of a folder stand together, folders where their first feed stood.
    order: dict[_Folders, int] = {}

    def rank(entry: Entry) -> tuple[int, ...]:
        return tuple(order.setdefault(entry.tags[: depth + 1], len(order)) for depth in range(len(entry.tags)))

    for entry in sorted(entries, key=rank):
        shared = _common(open_folders, entry.tags)
        yield from (f"{_indent(depth)}</outline>\n" for depth in range(len(open_folders) - 1, shared - 1, -1))
        for depth in range(shared, len(entry.tags)):
            yield f"{_indent(depth)}<outline text={_quote(entry.tags[depth])}>\n"
        open_folders = entry.tags
        name = _quote(entry.title or entry.url)
        yield f'{_indent(len(entry.tags))}<outline type="rss" text={name} title={name} xmlUrl={_quote(entry.url)}/>\n'
    yield from (f"{_indent(depth)}</outline>\n" for depth in range(len(open_folders) - 1, -1, -1))
    yield "  </body>\n</opml>\n"


def _common(one: _Folders, other: _Folders) -> int:
    pairs = zip(one, other, strict=False)
    return next((depth for depth, (left, right) in enumerate(pairs) if left != right), min(len(one), len(other)))


def _indent(depth: int) -> str:
    return "  " * (depth + 2)


def _quote(text: str) -> str:
    return quoteattr(clean_field(text) or "")
