"""Real pages as they were saved, with the article that is expected of each: the test pages of Mozilla's Readability.

The archive is a tar of folders, one a page: `source.html`, `expected.html` (the article alone, its captions and lists of links
with it) and `expected-metadata.json`. Small ones, which test one rule of that program, are left out.
"""

from __future__ import annotations

import json
import re
import shutil
import subprocess
import tarfile
from collections.abc import Iterator
from dataclasses import dataclass
from hashlib import sha256
from pathlib import Path

from lxml import html

ARCHIVE = Path("corpora", "readability-test-pages", "readability-test-pages.tar.gz")
SOURCE_LEAST, TEXT_LEAST = 10_000, 1_000  # bytes of a whole page, characters of its article
PARAGRAPH = 25  # letters of a paragraph that counts
DUMP_SECONDS = 60
BROWSERS = {
    "w3m": ("w3m", "-dump", "-T", "text/html", "-I", "UTF-8", "-O", "UTF-8", "-cols", "80"),
    "lynx": ("lynx", "-dump", "-nolist", "-force_html", "-assume_charset=utf-8", "-display_charset=utf-8", "-stdin"),
}

_BLOCKS = frozenset(
    "address article aside blockquote body center dd details div dl dt fieldset figcaption figure footer form h1 h2 h3 h4 h5 "
    "h6 header hr html legend li main nav ol p pre section summary table tbody tfoot thead tr ul caption".split()
)
_UNSHOWN = frozenset(
    "script style noscript template svg iframe select textarea head title meta link object embed video audio canvas".split()
)
_HIDDEN = re.compile(r"display\s*:\s*none|visibility\s*:\s*hidden", re.IGNORECASE)
_COMMENTED = re.compile(r"comment|disqus|respon[sd]|repl(?:y|ies)|forum|thread", re.IGNORECASE)
_SPACE = re.compile(r"[ \t\r\n\f]+")


@dataclass(frozen=True, slots=True)
class SavedPage:
    """A page and what is expected of it. `half` is `open` (read for mending) or `closed`; `comments` is all text of elements
    that are named as comments; `published` is YYYY-MM-DD."""

    name: str
    half: str
    source: bytes
    paragraphs: tuple[str, ...]
    text: str
    titles: tuple[str, ...]
    byline: str | None
    published: str | None
    comments: str


def letters(text: str) -> str:
    """What two printings of a text have in common: letters and digits."""
    return "".join(c for c in text.casefold() if c.isalnum())


class _Rendering:
    """The lines of a page as a browser copies them: an element that is a block begins one, a paragraph an empty line before."""

    def __init__(self) -> None:
        self.parts: list[str] = []
        self._line = ""
        self._breaks = 0

    def end_line(self, breaks: int) -> None:
        if self._line.strip():
            self.parts += ["\n" * max(1, self._breaks) if self.parts else "", self._line.strip()]
            self._breaks = 0
        self._line = ""
        self._breaks = max(self._breaks, breaks)

    def add(self, text: str | None, kept: bool) -> None:
        for i, row in enumerate((text or "").split("\n") if kept else [_SPACE.sub(" ", text or "")]):
            if i:
                self.end_line(1)
            self._line += row if kept or self._line[-1:] not in ("", " ") else row.lstrip(" ")

    def walk(self, element: html.HtmlElement, kept: bool = False) -> None:
        tag = element.tag
        if not isinstance(tag, str) or tag in _UNSHOWN or _is_hidden(element):
            return
        if tag == "br":
            self.end_line(1)
            return
        breaks = 2 if tag == "p" else 1
        if tag in _BLOCKS:
            self.end_line(breaks)
        self.add(element.text, kept or tag == "pre")
        for child in element:
            self.walk(child, kept or tag == "pre")
            self.add(child.tail, kept or tag == "pre")
        if tag in _BLOCKS:
            self.end_line(breaks)
        elif tag in ("td", "th"):
            self._line += "\t"


def _is_hidden(element: html.HtmlElement) -> bool:
    return element.get("hidden") is not None or bool(_HIDDEN.search(element.get("style") or ""))


def inner_text(element: html.HtmlElement) -> str:
    """The text of an element much as a browser's `innerText` has it; style sheets are not read."""
    rendering = _Rendering()
    rendering.walk(element)
    rendering.end_line(0)
    return "".join(rendering.parts) + "\n"


def text_browser_dump(command: tuple[str, ...], source: bytes) -> str | None:
    """What a text browser prints of the page; None where it is not installed or does not end."""
    if shutil.which(command[0]) is None:
        return None
    try:
        return subprocess.run(command, input=source, capture_output=True, timeout=DUMP_SECONDS).stdout.decode(errors="replace")
    except subprocess.TimeoutExpired:
        return None


def dumps_of(page: SavedPage) -> dict[str, str]:
    """The page's text by form: `inner`, and `w3m` and `lynx` where these are installed."""
    dumps = {"inner": inner_text(parse(page.source))}
    for form, command in BROWSERS.items():
        dump = text_browser_dump(command, page.source)
        if dump is not None:
            dumps[form] = dump
    return dumps


def parse(source: bytes) -> html.HtmlElement:
    return html.document_fromstring(source, parser=html.HTMLParser(encoding="utf-8"))


def read_page(name: str, source: bytes, expected: bytes, metadata: bytes) -> SavedPage:
    """One page of the archive."""
    root, article, facts = parse(source), parse(expected), json.loads(metadata)
    declared = {
        (meta.get("property") or meta.get("name") or "").lower(): meta.get("content") or "" for meta in root.iter("meta")
    }
    titles = [facts.get("title"), declared.get("og:title"), *(element.text_content() for element in root.iter("h1"))]
    published = facts.get("publishedTime") or declared.get("article:published_time") or ""
    byline = re.sub(r"^(?:by|par|written by)\s+", "", (facts.get("byline") or "").strip(), flags=re.IGNORECASE)
    told = inner_text(article)
    return SavedPage(
        name=name,
        half="open" if int(sha256(name.encode()).hexdigest(), 16) % 2 == 0 else "closed",
        source=source,
        paragraphs=tuple(row for row in told.split("\n") if len(letters(row)) >= PARAGRAPH),
        text=told,
        titles=tuple(" ".join(title.split()) for title in titles if title and title.strip()),
        byline=re.split(r"\n|\(", byline)[0].strip() or None,
        published=published[:10] if re.match(r"\d{4}-\d\d-\d\d", published) else None,
        comments="\n".join(
            element.text_content()
            for element in root.iter()
            if isinstance(element.tag, str)
            and element.tag not in ("body", "html")
            and _COMMENTED.search(f"{element.get('class') or ''} {element.get('id') or ''}")
        ),
    )


def read_archive(path: Path) -> Iterator[SavedPage]:
    """The larger pages of the archive, by name. Nothing is unpacked to a disk."""
    with tarfile.open(path) as archive:
        files: dict[str, dict[str, bytes]] = {}
        for member in archive:
            found = archive.extractfile(member) if member.isfile() and "/test-pages/" in member.name else None
            if found is not None:
                folder, name = member.name.rsplit("/", 2)[-2:]
                files.setdefault(folder, {})[name] = found.read()
    for folder, parts in sorted(files.items()):
        names = ("source.html", "expected.html", "expected-metadata.json")
        if all(name in parts for name in names) and len(parts["source.html"]) >= SOURCE_LEAST:
            page = read_page(folder, *(parts[name] for name in names))
            if len(page.text) >= TEXT_LEAST:
                yield page
