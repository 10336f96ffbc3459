"""Bytes to text: byte order marks, UTF-8, UTF-16, else the legacy encoding under which the text reads most like a language."""

from __future__ import annotations

import codecs
import re
from collections import Counter
from dataclasses import dataclass

from fetchers.seeds.unmarked import find_switched, find_wide

SAMPLE = 65_536
_MAGIC = (
    b"\x89PNG",
    b"GIF8",
    b"\xff\xd8\xff",
    b"%PDF-",
    b"PK\x03\x04",
    b"\x1f\x8b",
    b"BZh",
    b"\xfd7zXZ",
    b"\x7fELF",
    b"MZ\x90",
    b"RIFF",
    b"OggS",
    b"ID3",
    b"SQLite format 3",
    b"\x28\xb5\x2f\xfd",
    b"\xca\xfe\xba\xbe",
    b"\xd0\xcf\x11\xe0",
    b"wOFF",
    b"wOF2",
    b"\x00\x00\x01\x00",
)
_BOMS = (
    (codecs.BOM_UTF32_LE, "utf-32-le"),
    (codecs.BOM_UTF32_BE, "utf-32-be"),
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
    (b"\x84\x31\x95\x33", "gb18030"),
)
_CONTROL = bytes(set(range(32)) - {0x08, 0x09, 0x0A, 0x0C, 0x0D, 0x1B}) + b"\x7f"

_CYRILLIC = "оеаинтсрвлкмдпуяыьгзбчйхжшюцщэОВНПСАМ"
# The commonest characters beyond ASCII of what is written in each encoding: a decoding under which they abound is right.
_COMMON = {
    "cp932": "のにはをたがでてとしれさいるなかっすまこらもりあよくき\u3001\u3002「」ーンスルトアイラリ日年人国大",
    "euc_jp": "のにはをたがでてとしれさいるなかっすまこらもりあよくき\u3001\u3002「」ーンスルトアイラリ日年人国大",
    "gb18030": "的一是在不了有和人这中大为上个国我以要他时来用们生到作地于出就分对成会可主发年动同"
    "工也能下过子说产种面而方后多定行学法所\uff0c\u3002\u3001“”《》",
    "big5": "的一是在不了有和人這中大為上個國我以要他時來用們生到作地於出就分對成會可主發年動"
    "同工也能下過子說產種面而方後多定行學法所\uff0c\u3002\u3001「」",
    "cp949": "이다의는을에가를하고은한로지서도기사자인대정으시해어나과수일그리부니있전장제주공아",
    "cp1251": f"{_CYRILLIC}–—«»№",
    "koi8_r": _CYRILLIC,
    "iso8859_5": _CYRILLIC,
    "cp866": _CYRILLIC,
    "mac_cyrillic": _CYRILLIC,
    "cp1256": "اليومنرتبةعدسفهكقحجشطصخذءأإآىئؤثضظغز\u060c\u061b\u061f",
    "cp1253": "αοειντσηρπκυλμςάόίέήύώθφδγχβξζΑΤΟΗΣ",
    "cp1255": "יוהלאתרבשמנםחדעקפטגכצןסזךףץ",
    "cp874": "านรกอเงมยวลดทตสปพะ\u0e31\u0e35\u0e48\u0e49\u0e34\u0e36\u0e37\u0e38\u0e39\u0e47ไแโใค",
    "cp1254": "ıİşŞğĞüÜöÖçÇâîû’“”",
    "cp1250": "ąćęłńóśźżĄĆĘŁŃÓŚŹŻáčďéěíňřšťúůýžÁČŠŽőűŐŰăâîșțşţŢ„”–",
    "cp1252": "éèàùâêîôûëïüçœöäßñáíóúãõåæøÉÈÀÇÖÄÜÑ’‘“”–—…«»¿¡°€£§·©®",
}
# Texts of these hold hardly anything beyond ASCII but letters of their script: two-byte characters that are read by them are
# mixed up with signs and with letters of the West.
_SCRIPTS = dict.fromkeys(("cp1251", "koi8_r", "iso8859_5", "cp866", "mac_cyrillic"), re.compile("[\u0400-\u04ff]")) | {
    "cp1256": re.compile("[\u0600-\u06ff]"),
    "cp1253": re.compile("[\u0370-\u03ff]"),
    "cp1255": re.compile("[\u0590-\u05ff]"),
    "cp874": re.compile("[\u0e00-\u0e7f]"),
}
_SELDOM = frozenset(("iso8859_5", "cp866", "mac_cyrillic"))  # not for a few accents among letters of ASCII
_SHARE = {"cp1252": 0.02}  # a tie goes to the commonest encoding of the West
_WIDE_RANGES = {
    "cp949": re.compile("[\uac00-\ud7a3]"),
    "cp932": re.compile("[\u3040-\u30ff\u4e00-\u9fff]"),
    "euc_jp": re.compile("[\u3040-\u30ff\u4e00-\u9fff]"),
    "gb18030": re.compile("[\u4e00-\u9fff]"),
    "big5": re.compile("[\u4e00-\u9fff]"),
}


@dataclass(frozen=True, slots=True)
class Decoded:
    """`damaged` tells that bytes were met that the encoding has no character for; they are U+FFFD in `text`."""

    text: str
    encoding: str
    damaged: bool = False


def _is_binary(sample: bytes) -> bool:
    if sample.startswith(_MAGIC):
        return True
    return _controls(sample) > 0.1


def _controls(sample: bytes) -> float:
    """The share of control bytes that no text has."""
    window = sample[:8192]
    return (len(window) - len(window.translate(None, _CONTROL))) / len(window) if window else 0.0


def _decode_as(data: bytes, encoding: str) -> Decoded:
    text = data.decode(encoding, "replace")
    return Decoded(text, encoding, "\ufffd" in text and b"\xef\xbf\xbd" not in data)


_BROKEN = re.compile("\ufffd+")


def _nearly_utf8(data: bytes) -> Decoded | None:
    """UTF-8 with a few bad bytes: sound sequences must outnumber the damaged places by far."""
    text = data.decode("utf-8", "replace")
    wrong = len(_BROKEN.findall(text))
    sound = sum(1 for char in text[:200_000] if char > "\x7f" and char != "\ufffd")
    return Decoded(text, "utf-8", True) if sound >= 8 * wrong else None


def _likeness(sample: bytes, encoding: str) -> float:
    """The share of the characters beyond ASCII that are common in what `encoding` is for."""
    text = sample.decode(encoding, "replace")
    beyond = Counter(char for char in text if char > "\x7f")
    total = sum(beyond.values())
    if not total:
        return 0.0
    common: float = sum(count for char, count in beyond.items() if char in _COMMON[encoding])
    if script := _SCRIPTS.get(encoding):
        if encoding in _SELDOM and total < 0.3 * sum(map(text.count, "aeinorst")):
            return 0.0
        common -= sum(count for char, count in beyond.items() if char not in _COMMON[encoding] and not script.match(char))
    elif wide := _WIDE_RANGES.get(encoding):
        cyrillic = sum(count for char, count in beyond.items() if char in _CYRILLIC)  # JIS and GB have these too
        common += 0.35 * (len(wide.findall(text)) - common) if cyrillic < total / 2 else 1.05 * cyrillic - common
    lost = beyond["\ufffd"] + sum(count for char, count in beyond.items() if "\x80" <= char <= "\x9f")
    return (common - 4 * lost) / total + _SHARE.get(encoding, 0.0)


def _legacy(data: bytes) -> Decoded:
    sample = data[:SAMPLE]
    if len(data) > SAMPLE:
        sample = sample[: sample.rfind(b"\n") + 1] or sample
    encoding = max(_COMMON, key=lambda name: _likeness(sample, name))
    if encoding == "cp1252" and re.search(rb"[\x81\x8d\x8f\x90\x9d]", data):
        encoding = "latin-1"
    return _decode_as(data, encoding)


def decode(data: bytes) -> Decoded | None:
    """The text of `data`; None if it is binary. Never raises."""
    for mark, encoding in _BOMS:
        if data.startswith(mark):
            return _decode_as(data[len(mark) :], encoding)
    sample = data[:SAMPLE]
    unmarked = find_wide(sample) if b"\0" in sample else find_switched(sample)
    if unmarked and not sample.startswith(_MAGIC):
        return _decode_as(data, unmarked)
    if _is_binary(sample):
        return None
    try:
        return Decoded(data.decode("utf-8"), "utf-8")
    except UnicodeDecodeError:
        # What is no UTF-8 is told from noise, of which 10.5 % are controls, by having next to none.
        return _nearly_utf8(data) or (_legacy(data) if _controls(sample) < 0.03 else None)


def decode_head(data: bytes, complete: bool) -> Decoded | None:
    """As :func:`decode`, for the start of a file that may end in mid-character: a cut last line is left out."""
    cut = -1 if complete else data.rfind(b"\n")
    return decode(data if cut < 0 else data[: cut + 1])
