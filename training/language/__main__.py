"""Make newsdesk/data/language/profiles.npz.

    python -m training.language [--profiles DIR] [--out FILE]

Input: words.txt beside this file, and the trigram counts that the package langdetect ships (Apache-2.0, counted over Wikipedia
abstracts; DIR is its folder ``profiles``, by default that of the installed package). For each language of words.txt a column of
log-probabilities of frequent trigrams, plus what a function word or a telling letter adds to it.
"""

from __future__ import annotations

import argparse
import importlib.util
import json
import math
from collections import Counter
from pathlib import Path

import numpy as np

from training.arrays import write_arrays
from training.sums import write_sums

HERE = Path(__file__).parent
OUT = HERE.parents[1] / "newsdesk" / "data" / "language" / "profiles.npz"
TRIGRAMS = 600  # of each language
FLOOR, FLAT, GARBAGE = -11.5, -8.6, -8.1
WORD_GAIN, LETTER_GAIN = 4.5, 6.0  # nats that a word or letter of one language alone is worth
SCALE = 0.1  # nats a step of the int8 weights


def read_words() -> list[tuple[str, list[str], list[str], list[str]]]:
    """(code, profiles to start from, words, letters) of each line of words.txt."""
    found = []
    for line in (HERE / "words.txt").read_text("utf-8").splitlines():
        if line and not line.startswith("#"):
            words, _, letters = line.partition("|")
            code, start, *rest = words.split()
            found.append((code, start.split(","), sorted(set(rest)), sorted(set(letters.split()))))
    return found


def read_trigrams(folder: Path, code: str) -> tuple[Counter[str], int]:
    counts: Counter[str] = Counter()
    data = json.loads((folder / code).read_text("utf-8"))
    for gram, count in data["freq"].items():
        if len(gram) == 3:
            counts[gram.lower()] += count
    return counts, data["n_words"][2]


def columns(folder: Path) -> tuple[list[str], list[str], np.ndarray]:
    """(features, languages, weights in nats). The last language, "", is no language: what none explains well falls to it."""
    lines = read_words()
    codes = [code for code, *_ in lines] + [""]
    counted = {code: read_trigrams(folder, code) for code, start, *_ in lines if start == ["own"]}
    grams = sorted({gram for counts, _ in counted.values() for gram, _ in counts.most_common(TRIGRAMS)})
    logs = {
        code: np.array([max(FLOOR, math.log((counts[gram] + 0.2) / total)) for gram in grams])
        for code, (counts, total) in counted.items()
    }
    base = [_start(start, code, logs, len(grams)) for code, start, *_ in lines] + [np.full(len(grams), GARBAGE)]
    extra: dict[str, np.ndarray] = {}
    for mark, part, gain in (("=", 2, WORD_GAIN), ("#", 3, LETTER_GAIN)):
        owners: dict[str, list[int]] = {}
        for i, line in enumerate(lines):
            for item in line[part]:
                owners.setdefault(mark + item, []).append(i)
        for item, which in owners.items():
            extra[item] = np.zeros(len(codes))
            extra[item][which] = gain * math.log(len(codes) / len(which)) / math.log(len(codes))
    features = [*grams, *sorted(extra)]
    weights = np.vstack([np.array(base).T, *(extra[name] for name in sorted(extra))])
    return features, codes, weights


def _start(start: list[str], code: str, logs: dict[str, np.ndarray], size: int) -> np.ndarray:
    if start == ["own"]:
        return logs[code]
    if start == ["flat"]:
        return np.full(size, FLAT)
    if "+" in start[0]:  # a language of two scripts: the profile of a relative in each
        either: np.ndarray = np.max([logs[name] for name in start[0].split("+")], axis=0)
        return either - 0.05
    between: np.ndarray = np.mean([logs[name] for name in start], axis=0)
    return between - 0.05 * len(start)


def scripts_of(words: list[str]) -> int:
    """Bits of the scripts that a language's words are written in, as newsdesk.language numbers them."""
    from newsdesk.language import SCRIPT_OF_BLOCK

    bits = 0
    for word in words:
        bits |= 1 << int(SCRIPT_OF_BLOCK[ord(word[-1]) >> 7])
    return bits


def main() -> None:
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("--profiles", type=Path)
    parser.add_argument("--out", type=Path, default=OUT)
    args = parser.parse_args()
    folder = args.profiles
    if folder is None:
        spec = importlib.util.find_spec("langdetect")
        if spec is None or spec.origin is None:
            parser.error("give --profiles DIR, or install langdetect 1.0.9")
        folder = Path(spec.origin).parent / "profiles"
    features, codes, weights = columns(folder)
    scripts = [scripts_of(words) for _, _, words, _ in read_words()] + [(1 << 31) - 1]
    arrays = {
        "features": np.frombuffer("\n".join(features).encode(), dtype=np.uint8),
        "languages": np.array(codes),
        "scripts": np.array(scripts, dtype=np.int64),
        "weights": np.clip(np.round(weights / SCALE), -127, 127).astype(np.int8),
    }
    write_arrays(args.out, arrays)
    write_sums(args.out.parent, [args.out.name])
    print(f"{len(features)} features, {len(codes) - 1} languages, {args.out.stat().st_size} bytes")


if __name__ == "__main__":
    main()
