"""Page text: plain-text dumps of news pages, one or more stories a page, with their readers' comments.

What a text was saved in comes off first (saved/), and what stands above a message that was passed on. A page is then read in
three steps: lines, and the best labelling of the whole page by a learnt linear-chain model (lines/); what the page as a whole
puts right of it (labels/, thread/); and the stories that the labelled lines make (stories/, and for single fields credits/ and
thread/). reading.py is the three in a row. No step knows any outlet.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import PurePath

from fetchers.seeds.decode import decode
from fetchers.seeds.detect import Format, Head, Source
from fetchers.seeds.page_text.saved.saved_forms import cut_run_together, is_fragment, page_text
from newsdesk.errors import Problem
from newsdesk.model import Story

NAME = "page-text"
BYTES_LIMIT = 4_000_000  # a dump that is longer is no page; what lies beyond is reported and left

_TEXT_SUFFIXES = ("", ".txt", ".text", ".page", ".dump")
# Text that is no page, and that a later format module may claim.
_OTHER_SUFFIXES = frozenset(
    ".md .rst .json .jsonl .ndjson .csv .tsv .xml .html .htm .xhtml .rss .atom .opml .toml .yaml .yml "
    ".ini .cfg .conf .log .py .js .ts .css "
    ".sh .c .h .cpp .rs .go .java .sql .tex .bib .srt .vtt .mbox .warc .svg .po .lock .mk .ics .vcf".split()
)
# A tag, not "<Back to the list"; an object or code, not "{* MENU *}"; a list, not "[10:15] Ann: ".
_MARKUP = re.compile(
    r"\s*(?:<[!?]|<[a-zA-Z][\w:.-]*(?:\s+[\w:.-]+\s*=|\s*/?>)|\{\s*(?:[\"'{}\[\w]|$)|\[\s*(?:[\[{\"]|\d+\s*[,\]]))"
)


def sniff(head: Head) -> float:
    """How likely the file is a page dump, 0..1: text that is neither data nor code, nor markup but a fragment of a page's."""
    if head.text is None or not head.text.strip():
        return 0.0
    if is_fragment(head.text):
        return 0.3
    suffix = PurePath(head.path).suffix.lower()
    if suffix in _OTHER_SUFFIXES or _MARKUP.match(head.text):
        return 0.05
    return 0.6 if suffix in _TEXT_SUFFIXES else 0.3


def parse(source: Source) -> Iterator[Story | Problem]:
    """The stories of one dump."""
    from fetchers.seeds.page_text.reading import read_page  # numpy and the weights, which --help must not load

    data = source.stream.read(BYTES_LIMIT + 1)
    if len(data) > BYTES_LIMIT:
        data = data[:BYTES_LIMIT]
        yield Problem(source.path, f"longer than {BYTES_LIMIT // 1_000_000} MB; the rest is left unread", whole=False)
    decoded = decode(data)
    if decoded is None:
        yield Problem(source.path, "binary data, not text")
        return
    if decoded.damaged:
        yield Problem(source.path, f"not clean {decoded.encoding}: some characters are lost", whole=False, harmless=True)
    try:
        text = page_text(data, decoded.text)
    except RecursionError:  # of a message, whose parts may have parts
        yield Problem(source.path, "nested too deeply")
        return
    stories, unread = read_page(text)
    if not stories and (cut := cut_run_together(text)):
        stories, unread = read_page(cut)
    if unread:
        yield Problem(source.path, f"{unread} lines too many for a page; they are left unread", whole=False)
    if not stories:
        yield Problem(source.path, "no story in it", harmless=True)
    yield from stories


FORMAT = Format(NAME, sniff, parse)
