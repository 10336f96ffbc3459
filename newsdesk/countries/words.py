"""Words as the gazetteer keeps them: one way to cut and to fold a text, shared by the program and by the script that makes
the gazetteer, so that both always agree.

A word is a run of letters, digits and the marks that belong to them. Apostrophes and hyphens part words, so that the French
*l'Ukraine*, the Turkish *Ankara'da* and *Russian-American* need no rules of their own. Folding takes away what a printer or
a case ending adds: accents in Latin and Greek, endings in Cyrillic and Greek, article and short vowels in Arabic.
"""

from __future__ import annotations

import re
import unicodedata
from collections import Counter

from newsdesk.printed import PARTING

# Combining marks that Python's \w leaves out: Hebrew and Arabic points, the vowel signs of the Indic scripts, of Thai and its
# neighbours, and the joiners that their spelling needs.
_MARKS = (
    "\u0300-\u036f\u0483-\u0487\u0591-\u05c7\u0610-\u061a\u064b-\u065f"
    "\u0670\u0900-\u0dff\u0e31-\u0e4e\u0eb1-\u0ece"
    "\u102b-\u109d\u1712-\u17d3\u200c\u200d"
)
_INITIALS = r"[^\W\d_](?:\.[^\W\d_])+\b\.?|[A-Z]\.(?=\s*\w)"
_STOPS = r"[.,:;!?()<>\"“”„«»।؟،\n/]"
WORD_WITH_MARKS = re.compile(rf"[\w{_MARKS}]{{2,}}|{_INITIALS}|[\w{_MARKS}]|{_STOPS}")
_MARKED = {"arab", "hebr", "deva", "beng", "indi", "thai"}

# Scripts written without spaces: names are found in them as substrings.
UNSPACED = "\u0e00-\u0eff\u1000-\u109f\u1780-\u17ff\u3040-\u30ff\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff"
UNSPACED_RUN = re.compile(f"[{UNSPACED}]+")

_LATIN = str.maketrans(
    {
        "ß": "ss",
        "ø": "o",
        "ł": "l",
        "đ": "d",
        "ð": "d",
        "þ": "th",
        "ı": "i",
        "æ": "ae",
        "œ": "oe",
        "ə": "a",
        "ħ": "h",
        "ʻ": None,
        "ʼ": None,
    }
)
_ARABIC = str.maketrans(
    {
        "أ": "ا",
        "إ": "ا",
        "آ": "ا",
        "ٱ": "ا",
        "ة": "ه",
        "ى": "ي",
        "ی": "ي",
        "ک": "ك",
        "ہ": "ه",
        "ۀ": "ه",
        "ھ": "ه",
        "ـ": None,
        "\u200c": None,
    }
)
_POINTS = re.compile("[\u0591-\u05c7\u064b-\u065f\u0670]")

# Endings of nouns and adjectives, longest first, and the shortest stem that may be left.
_CYRILLIC_ENDINGS = re.compile(
    "(?<=.{3})(?:иями|ями|ами|ого|ему|ому|ыми|ими|ої|ою|ею|ием|ией|иях|ах|ях|ам|ям|ов|ев|ей|ой|ий|ый|ая|яя|ое|ее|ые|ие|ую"
    "|юю|ых|их|ым|им|ом|ем|ём|ия|ию|ии|ів|їв|ій|ія|ії|ію|а|я|у|ю|е|и|і|ї|ы|о|ь|й)$"
)
_GREEK_ENDINGS = re.compile("(?<=.{3})(?:ους|ων|ας|ης|ος|ου|ες|οι|εις|α|η|ο|ι|ς|υ)$")


def strip_accents(text: str) -> str:
    return "".join(c for c in unicodedata.normalize("NFKD", text) if not unicodedata.combining(c))


# For scripts that need no marks, cutting at spaces after setting stops apart is three times as fast as a pattern.
_APART = tuple((stop, f" {stop} ") for stop in ',:;!?()<>/"“”„«»…\n')
# Dots first, which are looked for fastest.
_SHORT_DOT = re.compile(r"\.(?!\S)(?:(?<=\b[SMF]t\.)|(?<=\b[MD]r\.)|(?<=\bMs\.)|(?<=\.[A-Z]\.))")
_DOT_OF_INITIAL = re.compile(r"\.(?!\S)(?<=\b[A-Z]\.)")
INITIAL = "\x02"  # the dot of "J. Smith", which is no stop: a sign no cleaned text has, of one byte; folding takes it away


def is_marked(script: str) -> bool:
    """Whether marks that are no letters belong to the words of a script, so that a pattern has to find them."""
    return script in _MARKED


def split(text: str, script: str = "latn") -> list[str]:
    """The words and stops of a text, in order. The dots of "U.S.", "St. Louis" and "Mr. Jordan" belong to their words."""
    if script in _MARKED:
        return WORD_WITH_MARKS.findall(text)
    text = _DOT_OF_INITIAL.sub(INITIAL, _SHORT_DOT.sub("", text))
    for stop, apart in _APART:
        text = text.replace(stop, apart)
    for stop in PARTING:
        text = text.replace(stop, " ")
    return (text + " ").replace(". ", " . ").split()


class _Folds(dict[str, str]):
    """Folded forms of words seen, forgotten all at once when they grow too many."""

    def __missing__(self, word: str) -> str:
        if len(self) >= _REMEMBERED:
            self.clear()
        folded = self[word] = fold(word)
        return folded


_REMEMBERED = 60_000


def fold(word: str) -> str:
    """The form a word is looked up by. Pure; a word of any length costs time in proportion to it."""
    if word.isascii():
        return word.lower().replace(".", "").replace(INITIAL, "")
    first = word[0]
    if "\u0400" <= first <= "\u052f":
        return _CYRILLIC_ENDINGS.sub("", word.lower().replace("ё", "е"))
    if "\u0590" <= first <= "\u06ff":
        folded = _POINTS.sub("", word).translate(_ARABIC)
        return folded[2:] if folded.startswith("ال") and len(folded) > 4 else folded
    if "\u0370" <= first <= "\u03ff" or "\u1f00" <= first <= "\u1fff":
        return _GREEK_ENDINGS.sub("", strip_accents(word.lower()))
    if first >= "\u0900" and not "\u1e00" <= first <= "\u1eff":
        return unicodedata.normalize("NFC", word).lower()
    return strip_accents(word.lower()).translate(_LATIN).replace(".", "").replace(INITIAL, "")


def fold_term(term: str) -> str:
    """A name of several words, folded: its words, parted by single spaces."""
    return " ".join(fold(word) for word in split(term, script_of(term)) if word[0].isalnum())


FOLDED = _Folds()


def script_of(text: str) -> str:
    """The script of the first letter that tells one: which table of towns a text needs. ISO 15924, lower case."""
    for char in text:
        for end, name in _SCRIPTS:
            if char <= end:
                if name and char.isalpha():
                    return name
                break
    return "latn"


def main_script(text: str, own: str) -> str:
    """The script that a text is in which is said to be in `own`: a headline may begin with a name in another ("NASA", "美")."""
    counts = Counter(script_of(char) for char in text if char.isalpha())
    least = counts.total() * (0.5 if own == "latn" else _SHARE_BESIDE_LATIN)
    return own if counts[own] > least else counts.most_common(1)[0][0] if counts else own


# Of the letters; names in Latin ones are often longer than all that stands around them.
_SHARE_BESIDE_LATIN = 0.2
_SCRIPTS = (
    ("\u02ff", "latn"), ("\u036f", ""), ("\u03ff", "grek"), ("\u052f", "cyrl"), ("\u058f", "armn"), ("\u05ff", "hebr"),
    ("\u08ff", "arab"), ("\u097f", "deva"), ("\u09ff", "beng"), ("\u0dff", "indi"), ("\u0eff", "thai"), ("\u0fff", ""),
    ("\u109f", "thai"), ("\u10ff", "geor"), ("\u11ff", "hang"), ("\u137f", "ethi"), ("\u177f", ""), ("\u17ff", "thai"),
    ("\u1dff", ""), ("\u1eff", "latn"), ("\u1fff", "grek"), ("\u303f", ""), ("\u30ff", "hani"), ("\u33ff", ""),
    ("\u9fff", "hani"), ("\uabff", ""), ("\ud7af", "hang"), ("\U0010ffff", ""),
)  # fmt: skip
