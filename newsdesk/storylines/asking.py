"""What a store is asked for: the stored storylines that a story may belong to.

Two keys of a dozen are shared by chance ever more often as an archive grows, up to what a store looks at of a key. So keys are
weighed, by the squares of their weights in the story: what they would add to its cosine with a storyline that has them as it
has. Where that is less than a cosine that is weighed up at all, nothing would come of reading the storyline.
"""

from __future__ import annotations

from collections.abc import Sequence
from itertools import islice

import numpy as np

from newsdesk.ports import Asked
from newsdesk.storylines.cluster import Cluster
from newsdesk.storylines.compare import LEAST, LEAST_LONGER
from newsdesk.storylines.gather import KEYS
from newsdesk.storylines.lexis import Lexis
from newsdesk.storylines.table import length_of

FEWEST = 2  # shared keys, where a story has all that it can have: one of many tells nothing
_WEIGHT = 1_000_000  # what keys tell is counted in such parts of a cosine: whole numbers add up to the same in any order
_WORTH = 0.75  # of the cosine from which two clusters are weighed up: other words than the keys add to it, too


def questions(atoms: Sequence[Cluster], words: Lexis) -> list[Asked]:
    """By the heaviest terms of each of some clusters; and for storylines in other languages by what these have in common."""
    asked: list[Asked] = []
    if not atoms:
        return asked
    heaviest = [slice(KEYS) if atom.size == 1 else atom.heaviest(KEYS) for atom in atoms]
    numbers = [atom.terms[own] for atom, own in zip(atoms, heaviest, strict=True)]
    terms = iter(words.terms.read(np.concatenate(numbers)))
    values = np.concatenate([atom.values[own] for atom, own in zip(atoms, heaviest, strict=True)]).astype(np.float64)
    counts = list(map(len, numbers))
    squares = np.square(values / np.array([atom.size for atom in atoms]).repeat(counts))
    told = iter(np.rint(squares * _WEIGHT).astype(np.int64).tolist())
    for atom, count, enough in zip(atoms, counts, _enough(atoms), strict=True):
        keys, weights = tuple(islice(terms, count)), tuple(islice(told, count))
        if keys:
            asked.append(Asked(keys, FEWEST if len(keys) >= KEYS else 1, atom.last, weights, enough))
        if atom.crossings and atom.languages:
            asked.append(Asked(atom.crossings, FEWEST, atom.last, foreign_to=atom.languages))
    return asked


def _enough(atoms: Sequence[Cluster]) -> list[int]:
    """What shared keys tell at the least, of each."""
    lengths = length_of(np.array([atom.mass / atom.size for atom in atoms])).tolist()
    return [round(_WEIGHT * _WORTH * (LEAST + LEAST_LONGER * length)) for length in lengths]
