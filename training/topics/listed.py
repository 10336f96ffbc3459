"""Put the English word list into the shipped model anew, after words were added to lexicon/en.txt: nothing is learnt.

python -m training.topics.listed
"""

from __future__ import annotations

import numpy as np

from training.arrays import write_arrays
from training.sums import write_sums
from training.topics import MADE
from training.topics.__main__ import OUT
from training.topics.student import listed_topics


def main() -> None:
    path = OUT / "model.npz"
    with np.load(path, allow_pickle=False) as arrays:
        packed = {name: arrays[name] for name in arrays.files}
    words = packed["words"].tobytes().decode().split("\n")
    packed["listed"] = listed_topics(words)
    write_arrays(path, packed)
    write_sums(OUT, MADE)
    print(int((packed["listed"] < packed["listed"].max()).sum()), "of", len(words), "words are listed")


if __name__ == "__main__":
    main()
