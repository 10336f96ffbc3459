"""The one door for foreign text. Everything that comes from outside passes here before it becomes part of the model.

What leaves is NFC and free of control, bidirectional and invisible characters, so that it can't drive a terminal, reorder a
line or hide in one. Encoding faults (mojibake) are repaired with ftfy; quotes, widths and ligatures stay as they were.
"""

from __future__ import annotations

import codecs
import re
import unicodedata
from collections.abc import Sequence

# Removed wherever they stand: C0 but newline and tab, DEL, C1, soft hyphen, Arabic letter mark, Mongolian vowel separator,
# zero-width space, marks and overrides of direction, line and paragraph separators (turned into newlines first), word joiner
# and its deprecated kin, BOM, interlinear annotation, tag characters.
_REMOVE = re.compile(
    "[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\u00ad\u061c\u180e\u200b\u200e\u200f\u202a-\u202e"
    "\u2060-\u206f\ufeff\ufff9-\ufffb\U000e0000-\U000e007f]"
)
_LINE_END = re.compile("\r\n?|[\x0b\x0c\x85\u2028\u2029]")
_SURROGATE = re.compile("[\ud800-\udfff]")
_HIGH = "\u0080-\u00bf\u0152\u0153\u0160\u0161\u0178\u017d\u017e\u0192\u02c6\u02dc\u2013-\u2122"  # what bytes 80-BF read as
_MOJIBAKE = re.compile(f"[\u00c2-\u00f4][{_HIGH}]")
_LONE_C1 = re.compile(f"(?<![\u00c2-\u00f4{_HIGH}])[\x80-\x9f]")
_MOST_MARKS = 30
_MARKS = re.compile(r"[^\w\s]{31,}")  # no mark is a word character
_JOINER = re.compile("[\u200c\u200d]+")
_REMOVED_SPACES = "\x1c\x1d\x1e\x1f"
# What most of otherwise plain text has beside ASCII.
COMMON_SIGNS = "\u2019\u2018\u201c\u201d\u2013\u2014\u2026\u00a0\u00ab\u00bb"
PARAGRAPH_END = "\x1e"  # a record separator can't be in cleaned text, so one of ours is told from one of the source's
_FOLDED_ASCII = bytes(range(32, 127)) + b"\n" + PARAGRAPH_END.encode()  # what folding can make clean
_SPACE_IN_LINE = re.compile(r"[^\S\n]+")

# Scripts whose spelling needs ZWJ or ZWNJ (Unicode 16, chapter 23.2): Arabic and its extensions, Syriac, NKo, Mandaic, the
# Indic scripts, Myanmar, Khmer and Mongolian.
_JOINING_SCRIPTS = re.compile(
    "[\u0600-\u08ff\u0900-\u0dff\u1000-\u109f\u1780-\u18af\ua840-\ua8ff\uaa60-\uaa7f\ufb50-\ufdff\ufe70-\ufefc]"
)
_CHARSET = re.compile(r"charset\s*=\s*[\"']?([\w.:-]{1,40})", re.IGNORECASE)
_NO_ENCODING_OF_TEXTS = frozenset(("idna", "punycode", "raw-unicode-escape", "unicode-escape", "undefined", "utf-7"))
_EMOJI = re.compile("[\u00a9\u00ae\u203c-\u3299\ufe0f\U0001f000-\U0001faff]")


def charset_of(content_type: str) -> str | None:
    """The encoding that a content type names."""
    found = _CHARSET.search(content_type)
    return found[1] if found else None


def decode_declared(data: bytes, name: str, errors: str = "strict") -> str | None:
    """`data` in the encoding that it says it is in; None where there is none of that name, or it is in another one.

    What Python has beside those that texts are written in is passed over: of some, decoding takes quadratic time.
    """
    try:
        known = codecs.lookup(name).name
        return None if known in _NO_ENCODING_OF_TEXTS else data.decode(known, errors)
    except (LookupError, ValueError):
        return None


def repair_encoding(text: str) -> str:
    """Undo UTF-8 that was read as a one-byte encoding; anything else stays as it is. Method: ftfy 6, encoding faults only.

    A C1 control that stands alone goes: it is as likely an attack on a terminal as a lost quotation mark.
    """
    if not _MOJIBAKE.search(text):
        return text
    import ftfy  # 40 ms of import that clean text never pays

    return "\n".join(ftfy.fix_encoding(line) for line in _LONE_C1.sub("", text).split("\n"))


def compose(text: str) -> str:
    """`text` in NFC. Of marks on one letter only the first 30 are kept (the Stream-Safe Text Format, Unicode Annex 15): to
    sort a run of them takes quadratic time, and no language has so many.
    """
    return unicodedata.normalize("NFC", _MARKS.sub(_first_marks, text))


def _first_marks(found: re.Match[str]) -> str:
    kept, marks = [], 0
    for char in found[0]:
        marks = marks + 1 if unicodedata.combining(char) else 0
        if marks <= _MOST_MARKS:
            kept.append(char)
    return "".join(kept)


def _joiner(found: re.Match[str]) -> str:
    """Keep one joiner where script or emoji need it, drop it elsewhere."""
    text, start, end = found.string, found.start(), found.end()
    before, after, joiner = text[start - 1 : start], text[end : end + 1], found[0][0]
    if _JOINING_SCRIPTS.match(before) and (not after or after.isspace() or _JOINING_SCRIPTS.match(after)):
        return joiner
    if joiner == "\u200d" and _EMOJI.match(before) and _EMOJI.match(after):
        return joiner
    return ""


def strip_unsafe(text: str) -> str:
    """`text` without the characters that the contract bars. Newlines and tabs stay; other line ends become newlines."""
    if text.isprintable():  # no control, format character, surrogate or line end is
        return text
    text = _SURROGATE.sub("\ufffd", _LINE_END.sub("\n", text))
    text = _REMOVE.sub("", text)
    return _JOINER.sub(_joiner, text) if _JOINER.search(text) else text


def clean_block(text: str) -> str:
    """Clean a text of several lines: repaired, NFC, safe; spaces and tabs are kept, for a parser that reads indentation."""
    if text.isascii():
        return strip_unsafe(text)
    return strip_unsafe(compose(repair_encoding(_LINE_END.sub("\n", text))))


def _needs_no_repair(text: str, plain: str) -> bool:
    bare = text
    for sign in COMMON_SIGNS:
        bare = bare.replace(sign, "")
    if bare.isascii():
        return True
    try:
        bare.encode("latin-1")
    except UnicodeEncodeError:
        return not (_MARKS.search(plain) or _MOJIBAKE.search(text)) and unicodedata.is_normalized("NFC", plain)
    return not _MOJIBAKE.search(text)  # no mark is among these, and none of them is composed


def _fold_spaces(text: str) -> str:
    """Every run of spaces as one, newlines and no-break spaces being some."""
    plain = text.replace("\n", " ").replace("\u00a0", " ")
    while "  " in plain:
        plain = plain.replace("  ", " ")
    return plain


def clean_paragraph(text: str) -> str:
    """Clean one paragraph: as :func:`clean_block`, with every run of white space, newlines too, folded to a space."""
    # Most text needs no more than folding. What `split` takes for space and is to be removed, though, would part words, and
    # mojibake is looked for where its bytes still are: a no-break space may be one of them.
    if not any(map(text.__contains__, _REMOVED_SPACES)):
        plain = " ".join(text.split())
        if plain.isprintable() and (plain.isascii() or _needs_no_repair(text, plain)):
            return plain
    return " ".join(clean_block(text).split())


def clean_paragraphs(texts: Sequence[str]) -> tuple[str, ...]:
    """Each text as :func:`clean_paragraph` cleans it, without empty ones."""
    whole = PARAGRAPH_END.join(texts)
    if whole.count(PARAGRAPH_END) < len(texts):
        return clean_parted(whole)
    return tuple(filter(None, map(clean_paragraph, texts)))


def clean_parted(text: str) -> tuple[str, ...]:
    """The paragraphs of a text that :data:`PARAGRAPH_END` parts, each as :func:`clean_paragraph` cleans it, without empty ones.
    Where all of them need no more than folding, that is seen by one look at them together."""
    # All characters but those of plain ASCII text.
    others = text.encode("utf-8", "surrogatepass").translate(None, _FOLDED_ASCII).decode("utf-8", "surrogatepass")
    uncommon = others.strip(COMMON_SIGNS)
    if not uncommon or not uncommon.encode("ascii", "ignore"):
        folded = _fold_spaces(text)
        if not uncommon or _is_folded(text, folded):
            return tuple([plain for part in folded.split(PARAGRAPH_END) if (plain := part.strip(" "))])
    return tuple(filter(None, map(clean_paragraph, text.split(PARAGRAPH_END))))


def _is_folded(text: str, folded: str) -> bool:
    """Whether nothing is to be done any more to a parted text that is folded."""
    plain = folded.replace(PARAGRAPH_END, " ")
    return plain.isprintable() and _needs_no_repair(text, plain)


def clean_lines(text: str) -> str:
    """Clean a text whose line ends mean something (a comment): white space folded inside lines, empty lines dropped."""
    lines = (_SPACE_IN_LINE.sub(" ", line).strip() for line in clean_block(text).split("\n"))
    return "\n".join(line for line in lines if line)


def clean_field(text: str | None) -> str | None:
    """Clean a one-line field; None if nothing is left of it."""
    return (clean_paragraph(text) or None) if text else None
