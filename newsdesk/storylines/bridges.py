"""What a word is in every language: a number, a matter of the news, or the skeleton of a name.

A name keeps its consonants from script to script, more or less: Kamikawa is カミカワ and Камикава. Letters are brought to Latin
by tables (Cyrillic, Greek, Arabic, Hebrew, Devanagari, katakana; hangul by its arithmetic), then to classes of like
consonants; vowels go, for Arabic and Hebrew do not write them. Method: consonant skeletons as in Soundex, over classes that
the scripts can tell apart (Pouliquen et al., 2006, on names across scripts).
"""

from __future__ import annotations

from functools import cache
from importlib import resources
from itertools import chain

SHORTEST = 3
_HEAD = 2  # letters: the shortest beginning of a word that has a concept

# Sound -> letters that have it. Vowels and breathings are in no table: they are dropped anyway.
_SOUNDS = {
    "p": "бпвфўβπφبپفڤבפףपफबभव",
    "t": "дтδθτتثدذطضظדטתटठडढतथदध",
    "k": "гґкхγκχجخغقكکگגחכךקकखगघ",
    "s": "жзсцчшщζξσςψزژسشصچזסצץשचछजझशषस",
    "m": "мμمםמम",
    "n": "нνنנןनणञङ",
    "r": "лрλρلرלרलर",
}
_KATAKANA_ROWS = {
    "k": "カキクケコガギグゲゴ",
    "s": "サシスセソザジズゼゾチヂツヅ",
    "t": "タテトダデド",
    "n": "ナニヌネノン",
    "p": "パピプペポバビブベボヴフワ",
    "m": "マミムメモ",
    "r": "ラリルレロ",
}
_KATAKANA = {letter: row for row, letters in _KATAKANA_ROWS.items() for letter in letters}
_HANGUL_INITIAL = "kkntt" + "rmpps" + "s_sss" + "ktp_"
_HANGUL_FINAL = "_kkknnntrkmpltprmpps" + "snssktp_"
_LETTERS = {**_KATAKANA, **{letter: sound for sound, letters in _SOUNDS.items() for letter in letters}}
_CLASSES = {
    letter: group
    for group, letters in {"P": "bpvfw", "T": "dt", "K": "kgqc", "S": "szjx", "M": "m", "N": "n", "R": "rl"}.items()
    for letter in letters
}
_DIGRAPHS = (
    ("sch", "s"),
    ("tch", "s"),
    ("sh", "s"),
    ("ch", "s"),
    ("th", "t"),
    ("ph", "f"),
    ("kh", "k"),
    ("gh", "g"),
    ("zh", "s"),
)
_ACCENTS = str.maketrans("áàâäãåéèêëíìîïóòôöõøúùûüýçñšžčćńłşğđ", "aaaaaaeeeeiiiioooooouuuuycnszscnlsgd")


def _latin(word: str) -> str:
    out = []
    for letter in word:
        code = ord(letter)
        if 0xAC00 <= code < 0xD7A4:
            code -= 0xAC00
            out += [_HANGUL_INITIAL[code // 588], "a", _HANGUL_FINAL[code % 28]]
        else:
            out.append(_LETTERS.get(letter, letter))
    return "".join(out).translate(_ACCENTS)


class _Bones(dict[int, str | None]):
    """The class of each letter; none of what has none."""

    def __missing__(self, code: int) -> None:
        return None


_BONES = _Bones(dict.fromkeys(range(128)) | {ord(letter): group for letter, group in _CLASSES.items()})
_TWICE = tuple((group, 2 * group) for group in dict.fromkeys(_CLASSES.values()))


def skeleton(word: str) -> str | None:
    """The consonant classes of a lower-case word in any script of the tables; None where too few are left to tell."""
    latin = word if word.isascii() else _latin(word[2:] if word.startswith("ال") and len(word) > 4 else word)
    if "h" in latin:
        for digraph, letter in _DIGRAPHS:
            latin = latin.replace(digraph, letter)
    bones = latin.translate(_BONES)
    for once, twice in _TWICE:
        while twice in bones:
            bones = bones.replace(twice, once)
    return bones.replace("NP", "MP") if len(bones) >= SHORTEST else None


@cache
def _concepts() -> tuple[dict[str, str], dict[str, str], dict[str, str]]:
    """Whole words, beginnings of words, and characters of scripts without spaces, each to its concept."""
    whole: dict[str, str] = {}
    begin: dict[str, str] = {}
    inside: dict[str, str] = {}
    text = resources.files("newsdesk").joinpath("data", "storylines", "concepts.txt").read_text("utf-8")
    for line in text.splitlines():
        if line.startswith("#"):
            continue
        concept, *words = line.split(" ")
        for word in words:
            if "\u3040" <= word[0] <= "\u9fff":
                inside[word] = concept
            elif word.endswith("."):
                whole[word[:-1]] = concept
            else:
                begin[word] = concept
    return whole, begin, inside


def concept(word: str) -> str | None:
    """The matter that a lower-case word, or pair of Han characters, names."""
    whole, begin, inside = _concepts()
    if "\u3040" <= word[0] <= "\u9fff":
        return (
            inside.get(word[:2]) or next((inside[letter] for letter in word[:4] if letter in inside), None) or inside.get(word)
        )
    found = whole.get(word)
    if found:
        return found
    if word[:_HEAD] not in heads():
        return None
    return next((begin[word[:size]] for size in range(min(len(word), 14), 1, -1) if word[:size] in begin), None)


@cache
def heads() -> frozenset[str]:
    """How words begin that have a concept, two letters of each."""
    whole, begin, _ = _concepts()
    return frozenset(key[:_HEAD] for key in chain(whole, begin))


def bridge(lower: str, term: str, is_number: bool, is_name: bool) -> str | None:
    """The key of a word in every language: ``%tax``, ``#3000``, ``~KMK``; None for a word that does not travel."""
    if is_number:
        return "#" + term if len(term) > 1 else None
    matter = concept(lower)
    if matter:
        return "%" + matter
    if not is_name and lower.isascii():
        return None
    bones = skeleton(lower)
    return "~" + bones if bones else None
