"""Bytes to text: byte order marks, UTF-8, UTF-16 without a mark, and else the likeliest of the old encodings."""

from __future__ import annotations

import codecs
import re

_MARKS = (
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF32_LE, "utf-32"),
    (codecs.BOM_UTF32_BE, "utf-32"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
_SAMPLE = 65_536
_CONTROLS = re.compile(rb"[\x00-\x08\x0e-\x1a\x1c-\x1f]")
_MOST_BROKEN = 0.02  # share of bytes that may be no UTF-8 in a text that is UTF-8 for the rest

# Which characters are frequent in texts of each old encoding: what decodes by chance decodes to rare ones.
_LIKELY = {
    "shift_jis": re.compile("[\u3040-\u30ff\u3001\u3002]"),
    "euc_jp": re.compile("[\u3040-\u30ff\u3001\u3002]"),
    "euc_kr": re.compile("[\uac00-\ud7a3]"),
    "gb18030": re.compile("[的一是不了在人有我他这中大来上国个到说们\u3001\u3002，]"),
    "big5": re.compile("[的一是不了在人有我他這中大來上國個到說們\u3001\u3002，]"),
    "cp1251": re.compile("[а-яё]"),
    "koi8_r": re.compile("[а-яё]"),
    "cp1253": re.compile("[α-ωάέήίόύώς]"),
    "cp1255": re.compile("[א-ת]"),
    "cp1256": re.compile("[ء-ي]"),
    "cp1254": re.compile("[ğışİçöüŞĞ]"),
    "cp1250": re.compile("[ąćęłńóśźżčěřšžůáéíýőű]"),
    "cp1252": re.compile("[àâäáãåæçéèêëíìîïñóòôöõøúùûüßœ“”‘’–—…€°·«»]"),
}


def decode(data: bytes) -> str | None:
    """The text in `data`, or null if it is no text. Never raises; a byte that means nothing becomes U+FFFD."""
    for mark, encoding in _MARKS:
        if data.startswith(mark):
            return data.decode(encoding, "replace")
    sample = data[:_SAMPLE]
    if b"\x00" in sample:
        return _decode_wide(data, sample)
    if len(_CONTROLS.findall(sample)) > len(sample) / 50:
        return None
    try:
        return data.decode("utf-8")
    except UnicodeDecodeError:
        return _decode_old(data, sample)


def _decode_wide(data: bytes, sample: bytes) -> str | None:
    """UTF-16 without a mark shows its zero bytes all on one side; other zero bytes are no text."""
    even, odd = sample[::2].count(0), sample[1::2].count(0)
    if max(even, odd) < len(sample) / 8 or min(even, odd) > max(even, odd) / 10:
        return data.decode("utf-8", "replace") if max(even, odd) <= len(sample) / 1000 else None
    return data.decode("utf-16-be" if even > odd else "utf-16-le", "replace")


def _decode_old(data: bytes, sample: bytes) -> str:
    high = sum(byte >= 0x80 for byte in sample)
    mended = sample.decode("utf-8", "replace")
    if mended.count("\ufffd") <= _MOST_BROKEN * len(sample) and mended.count("\ufffd") < high / 4:
        return data.decode("utf-8", "replace")
    best = max(_LIKELY, key=lambda name: _score(sample, name, high))
    return data.decode(best, "replace")


def _score(sample: bytes, encoding: str, high: int) -> float:
    """How much of what is not ASCII reads as frequent characters of the encoding's languages."""
    text = sample.decode(encoding, "replace")
    foreign = sum(character > "\x7f" for character in text)
    wide = encoding in ("shift_jis", "euc_jp", "euc_kr", "gb18030", "big5")
    likely = len(_LIKELY[encoding].findall(text)) * (2 if wide else 1)
    return (likely - 3 * text.count("\ufffd") - 0.1 * (foreign - likely / (2 if wide else 1))) / max(1, high)
