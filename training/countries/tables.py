"""The terms of the gazetteer while it is made, a table for each language or script, and the form in which they are written.

A kind is a letter: those of terms.tsv, o for a company, t for a town, s for a town that is a family name too. Behind that of a
capital or town stands its size, a digit.
"""

from __future__ import annotations

import collections
import json
import unicodedata
import zlib

from newsdesk.countries.words import UNSPACED_RUN, fold, fold_term, script_of
from training.countries.lookalikes import COMPANIES

Kinds = dict[str, dict[str, str]]  # folded term -> country -> kind and size


class Table:
    """The terms of one language or script: `proper` need a capital, `lower` don't, `stems` stand for all that begins so."""

    def __init__(self) -> None:
        self.proper: Kinds = collections.defaultdict(dict)
        self.lower: Kinds = collections.defaultdict(dict)
        self.stems: Kinds = collections.defaultdict(dict)

    def put(self, kinds: Kinds, key: str, code: str, kind: str, order: str = "xnacdrfipoqtl") -> None:
        """The stronger of two kinds of evidence for one country is kept."""
        before = kinds[key].get(code)
        if before is None or order.index(kind[0]) < order.index(before[0]) or (kind[0] == before[0] and kind > before):
            kinds[key][code] = kind


def add_term(table: Table, kind: str, code: str, term: str, lower: bool) -> None:
    term = unicodedata.normalize("NFC", term.strip().strip(","))
    if not term:
        return
    if UNSPACED_RUN.match(term):
        table.put(table.proper, term.strip("*"), code, kind)
        return
    if term.endswith("*"):
        key = fold_stem(term[:-1])
        if " " not in key and len(key) >= 3:
            table.put(table.stems, key, code, kind)
        return
    key = fold_term(term)
    if kind[0] in "aq" and " " not in term:  # exact case: kept apart by a mark that no folded word has
        key = "=" + term.replace(".", "")
    if kind == "i" and key in COMPANIES:
        kind = "o"
    if key:
        table.put(table.lower if lower else table.proper, key, code, kind)


def fold_stem(stem: str) -> str:
    """As `fold`, but without taking an ending off: the stem is one already."""
    return fold(stem + "бббб")[:-4] if script_of(stem) == "cyrl" else fold(stem)


def block(kinds: Kinds) -> str:
    """Terms by what they stand for: a line for each value, the value first."""
    by_value: dict[str, list[str]] = collections.defaultdict(list)
    for key, codes in kinds.items():
        if len(codes) > 8:
            great_first = sorted(codes.items(), key=lambda pair: (pair[1][0] not in "ts", pair[1][1:]), reverse=True)
            codes = dict(great_first[:8])
        by_value[",".join(sorted(f"{kind[0]}{code}{kind[1:]}" for code, kind in codes.items()))].append(key)
    return "\n".join("\t".join([value, *sorted(keys)]) for value, keys in sorted(by_value.items()))


def starts(*tables: Kinds) -> str:
    """The first two words of terms of several words, by how many words the longest has."""
    longest: dict[str, int] = {}
    for kinds in tables:
        for key in kinds:
            words = key.split(" ")
            if len(words) > 1:
                pair = " ".join(words[:2])
                longest[pair] = min(8, max(longest.get(pair, 2), len(words)))
    by_length: dict[int, list[str]] = collections.defaultdict(list)
    for pair, length in longest.items():
        by_length[length].append(pair)
    return "\n".join("\t".join([str(length), *sorted(pairs)]) for length, pairs in sorted(by_length.items()))


def pack(sections: dict[str, str]) -> bytes:
    """One line of JSON (section -> offset, length), then the sections, each packed by zlib."""
    index, parts, offset = {}, [], 0
    for name, text in sorted(sections.items()):
        data = zlib.compress(text.encode(), 9)
        index[name] = [offset, len(data)]
        parts.append(data)
        offset += len(data)
    return json.dumps(index, separators=(",", ":")).encode() + b"\n" + b"".join(parts)
