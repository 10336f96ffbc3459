"""Which language a text is in.

First the script: most scripts belong to one language, or nearly. Among the languages of a shared script (Latin, Cyrillic,
Arabic, Devanagari, Bengali) each one's trigrams, function words and telling letters are weighed, a naive Bayes classifier whose
weights are data (training/language makes them; trigram counts after N. Shuyo's language-detection). Unclear is None.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field
from functools import cache
from importlib import resources

import numpy as np
import numpy.typing as npt

from newsdesk.words.hashes import HashTable
from newsdesk.words.letters import hash_words, table_of

_NONE, _LATIN, _CYRILLIC, _ARABIC, _DEVANAGARI, _BENGALI, _HAN, _KANA, _HANGUL, _OWN = range(10)
_LETTERED = (_LATIN, _CYRILLIC, _ARABIC, _DEVANAGARI, _BENGALI)
# First and last code point of the blocks of 128, their script.
_RANGES = (
    (0x0080, 0x02FF, _LATIN),
    (0x1E00, 0x1EFF, _LATIN),
    (0x0400, 0x052F, _CYRILLIC),
    (0x0600, 0x06FF, _ARABIC),
    (0x0750, 0x077F, _ARABIC),
    (0xFB80, 0xFEFF, _ARABIC),
    (0x0900, 0x097F, _DEVANAGARI),
    (0x0980, 0x09FF, _BENGALI),
    (0x3400, 0x4DBF, _HAN),
    (0x4E00, 0x9FFF, _HAN),
    (0xF900, 0xFAFF, _HAN),
    (0x20000, 0x323AF, _HAN),
    (0x1100, 0x11FF, _HANGUL),
    (0xAC00, 0xD7A3, _HANGUL),
)
# Scripts of one language, by the block of 128 that holds them (Hebrew shares its block with nothing else in use).
_ONE_LANGUAGE = (
    (0x0370, 0x03FF, "el"),
    (0x0530, 0x057F, "hy"),
    (0x0580, 0x05FF, "he"),
    (0x0A00, 0x0A7F, "pa"),
    (0x0A80, 0x0AFF, "gu"),
    (0x0B00, 0x0B7F, "or"),
    (0x0B80, 0x0BFF, "ta"),
    (0x0C00, 0x0C7F, "te"),
    (0x0C80, 0x0CFF, "kn"),
    (0x0D00, 0x0D7F, "ml"),
    (0x0D80, 0x0DFF, "si"),
    (0x0E00, 0x0E7F, "th"),
    (0x0E80, 0x0EFF, "lo"),
    (0x0F00, 0x0FFF, "bo"),
    (0x1000, 0x109F, "my"),
    (0x10A0, 0x10FF, "ka"),
    (0x1200, 0x139F, "am"),
    (0x1780, 0x17FF, "km"),
)
_SAMPLE_CHARS, _WEIGHED_CHARS = 900, 300
_FEWEST_LETTERS = 6  # of an alphabet; a text with fewer is too short to tell
_FEWEST_SIGNS = 2  # of Chinese, Japanese and Korean
_CLEAR = 2.5  # nats that the best language must lead by
_ALIKE = (frozenset(("hr", "bs", "sr")), frozenset(("id", "ms")))  # which of them is of less weight than that it is one of them
_GLIMPSE, _PLAIN = (300, 400), 25.0  # what is looked at first, and the lead that makes looking further needless
_NOT_LATIN = re.compile("[^\x00-\u024f]")
_FEW_OTHERS = 0.1
_LOOK_CHARS = 700  # of a text, in which function words alone may tell
_ONES = np.ones(4 * _SAMPLE_CHARS, dtype=np.float32)
_STEP = 0.1  # nats a step of the stored weights
_WORD = re.compile(r"[^\W\d_](?:[\w\u0300-\u036f\u0900-\u0dff\u064b-\u065f'’‘-]*[\w\u0900-\u0dff])?")
_LINK = re.compile(r"https?://\S*|\S*@\S*|&\w+;|[#$]\w+")


def _blocks() -> npt.NDArray[np.uint8]:
    table = np.zeros(0x110000 >> 7, dtype=np.uint8)
    for first, last, script in _RANGES:
        table[first >> 7 : (last >> 7) + 1] = script
    for i, (first, last, _) in enumerate(_ONE_LANGUAGE):
        table[first >> 7 : (last >> 7) + 1] = _OWN + i
    table[0x3040 >> 7] = _KANA
    table[0x3080 >> 7] = _KANA
    table[0] = _LATIN
    return table


SCRIPT_OF_BLOCK = _blocks()


@dataclass(frozen=True, slots=True)
class _Profiles:
    """`weights`: a row a feature (trigram, "=word", "#letter"), a column a language; `scripts` are bits."""

    features: dict[str, int]
    languages: tuple[str, ...]
    scripts: npt.NDArray[np.int64]
    weights: npt.NDArray[np.int8]
    _others: dict[int, npt.NDArray[np.bool_]] = field(default_factory=dict)

    def rows(self, words: Sequence[str], others: Sequence[str] = ()) -> list[int]:
        """The rows of words, of their trigrams and of other features; of each as often as it stands there."""
        line = f" {' '.join(words)} "
        names = [*others, *(f"={word}" for word in words), *map("".join, zip(line, line[1:], line[2:], strict=False))]
        return [row for row in map(self.features.get, names) if row is not None]

    def others(self, script: int) -> npt.NDArray[np.bool_]:
        """Which languages are not written in a script."""
        found = self._others.get(script)
        if found is None:
            found = self._others[script] = (self.scripts & (1 << script)) == 0
        return found


@cache
def _profiles() -> _Profiles:
    path = resources.files("newsdesk") / "data" / "language" / "profiles.npz"
    with path.open("rb") as file, np.load(file, allow_pickle=False) as arrays:
        names = arrays["features"].tobytes().decode("utf-8").split("\n")
        features = {name: i for i, name in enumerate(names)}
        languages = tuple(str(code) for code in arrays["languages"])
        return _Profiles(features, languages, arrays["scripts"], np.ascontiguousarray(arrays["weights"]))


def detect(text: str) -> str | None:
    """The language of `text` as ISO 639-1; None where it is too short or unclear. Reads the first part of it only."""
    sample = text[: 2 * _SAMPLE_CHARS]
    if "http" in sample or "@" in sample:
        sample = _LINK.sub(" ", sample)
    sample = sample[:_SAMPLE_CHARS].lower()
    script, signs = _script(sample)
    if script >= _OWN:
        return _ONE_LANGUAGE[script - _OWN][2] if signs >= _FEWEST_LETTERS else None
    if script in _LETTERED:
        return _weigh(sample, script) if signs >= _FEWEST_LETTERS else None
    if signs < _FEWEST_SIGNS:
        return None
    return {_HAN: "zh", _KANA: "ja", _HANGUL: "ko"}.get(script)


def detect_plain(texts: Sequence[str]) -> list[str | None]:
    """The language of each text where the function words of its beginning tell it plainly and its letters are Latin, most of
    them; None where :func:`detect` has to look at it. Many texts take hardly longer than one."""
    found: list[str | None] = [None] * len(texts)
    samples = {place: text[:_LOOK_CHARS] for place, text in enumerate(texts)}
    samples = {place: sample for place, sample in samples.items() if _is_latin(sample)}
    if not samples:
        return found
    profiles, (table, weights) = _profiles(), _words()
    hashes, counts = hash_words(list(samples.values()))
    numbers = table.find(hashes)
    bounds = np.append(0, counts.cumsum())
    known = numbers.nonzero()[0]
    bounds = known.searchsorted(bounds)
    # A row of nothing stands behind the words of each text, so that there is a sum of none, too.
    rows = np.insert(numbers[known], bounds[1:], 0)
    sums = np.add.reduceat(weights[rows], bounds[:-1] + np.arange(len(samples)), axis=0, dtype=np.int32)
    scores = np.where(profiles.others(_LATIN), -np.inf, sums * _STEP)
    best = scores.argmax(axis=1)
    second, first = np.partition(scores, -2, axis=1)[:, -2:].T
    for place, language, lead in zip(samples, best.tolist(), (first - second).tolist(), strict=True):
        if lead >= _PLAIN:
            found[place] = profiles.languages[language] or None
    return found


@cache
def _words() -> tuple[HashTable, npt.NDArray[np.int8]]:
    """Function words that are letters alone, by number from 1 on, and what each says for each language, a row each."""
    profiles = _profiles()
    rows = {name[1:].encode(): row for name, row in profiles.features.items() if name[0] == "=" and name[1:].isalpha()}
    return table_of(rows), profiles.weights[[0, *rows.values()]] * np.array([[0], *[[1]] * len(rows)], np.int8)


def _is_latin(sample: str) -> bool:
    """Whether a text is in Latin letters, but for a few signs."""
    return sample.isascii() or len(_NOT_LATIN.findall(sample)) <= _FEW_OTHERS * len(sample)


def _script(sample: str) -> tuple[int, int]:
    """(the script that most of the sample is in, its signs). A sign of Chinese or Korean counts as three letters."""
    if sample.isascii():
        return _LATIN, sum(map(str.isalpha, sample)) if len(sample) < 40 else 40
    codes = np.frombuffer(sample.encode("utf-32-le", "replace"), dtype=np.uint32)
    letters = codes[(codes > 0xBF) | ((codes >= 97) & (codes <= 122))]
    counts = np.bincount(SCRIPT_OF_BLOCK[np.minimum(letters, 0x10FFFF) >> 7], minlength=_OWN + len(_ONE_LANGUAGE))
    counts[_NONE] = 0
    # Japanese is any Han text with a share of kana.
    if counts[_KANA] * 8 > counts[_HAN] and counts[_KANA] > 1:
        counts[_KANA] += counts[_HAN]
        counts[_HAN] = 0
    counts[[_HAN, _KANA, _HANGUL]] *= 3
    script = int(counts.argmax())
    return script, int(counts[script]) // (3 if script in (_HAN, _KANA, _HANGUL) else 1)


def _weigh(sample: str, script: int) -> str | None:
    """The likeliest of the languages written in `script`. Where a line of running text is plain, no more is looked at: not the
    beginning, which is often names."""
    if len(sample) > _GLIMPSE[1]:
        language = _weigh_whole(sample[slice(*_GLIMPSE)], script, _PLAIN)
        if language:
            return language
    return _weigh_whole(sample[:_WEIGHED_CHARS], script, _CLEAR)


def _weigh_whole(sample: str, script: int, lead: float) -> str | None:
    """As :func:`_weigh`, of all of the sample; None where no language leads by so many nats."""
    profiles = _profiles()
    words = _WORD.findall(sample)
    letters = [] if sample.isascii() else [f"#{letter}" for letter in set(sample) if letter > "\x7f"]
    rows = profiles.rows(words, letters)
    if not rows:
        return None
    scores = (_ONES[: len(rows)] @ profiles.weights.take(rows, axis=0).astype(np.float32)).astype(np.float64) * _STEP
    scores[profiles.others(script)] = -np.inf
    first = int(scores.argmax())
    best, scores[first] = scores[first], -np.inf
    for alike in _ALIKE:
        if profiles.languages[first] in alike:
            scores[np.isin(profiles.languages, list(alike))] = -np.inf
    if best - scores.max() < lead:
        return None
    return profiles.languages[first] or None
