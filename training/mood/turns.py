"""Rows of words with a turn: words give way to others of like use, or are dropped; a denial comes or goes; clauses are cut out,
sentences of several comments put together. The teacher then says what has become of the comment, so no label has to hold
(data augmentation for distillation, Jiao et al. 2020, "TinyBERT").

Of the pool some are turned as texts (:mod:`training.mood.pool`), capitals and all, for the base tier reads these; here it is
words that both encoders read, as many as one likes."""

from __future__ import annotations

import random
from collections.abc import Sequence

import numpy as np

from training.mood.pack import Pack, Rows

_SWAPPED, _DROPPED = 0.3, 0.12
_MOST_WORDS = 80
Row = list[int]


class Turner:
    """Turns rows of a pack. `ends`: the numbers of the signs that end a sentence or a clause."""

    def __init__(self, pack: Pack, seed: int) -> None:
        self.draw = random.Random(seed)
        self.near: dict[int, Row] = dict(zip(pack.near_of.tolist(), pack.near.tolist(), strict=True))
        self.links, self.denial, self.ends = set(pack.not_after.tolist()), pack.denial, set(pack.ends.tolist())
        self.stop = int(pack.ends[0])

    def swap(self, row: Row) -> Row:
        draw, near = self.draw, self.near
        return [draw.choice(near[word]) if word in near and draw.random() < _SWAPPED else word for word in row]

    def drop(self, row: Row) -> Row:
        return [word for word in row if self.draw.random() > _DROPPED]

    def deny(self, row: Row) -> Row:
        """With one denial more, or one less."""
        denied = [at for at, word in enumerate(row) if word == self.denial]
        if denied and self.draw.random() < 0.7:
            at = self.draw.choice(denied)
            return row[:at] + row[at + 1 :]
        links = [at for at, word in enumerate(row) if word in self.links and row[at + 1 : at + 2] != [self.denial]]
        if not links:
            return row
        at = self.draw.choice(links) + 1
        return [*row[:at], self.denial, *row[at:]]

    def parts(self, row: Row) -> list[Row]:
        """The clauses and sentences of three words and more, each with the sign that ends it."""
        found, begin = [], 0
        for at, word in enumerate(row):
            if word in self.ends:
                found.append(row[begin : at + 1])
                begin = at + 1
        found.append(row[begin:])
        return [part for part in found if len(part) > 3]

    def cut(self, row: Row) -> Row:
        """A run of its parts."""
        parts = self.parts(row)
        if len(parts) < 2:
            return row
        begin = self.draw.randrange(len(parts))
        end = self.draw.randint(begin + 1, len(parts))
        return [word for part in parts[begin:end] for word in part]

    def join(self, rows: Sequence[Row]) -> Row:
        found: Row = []
        for row in rows:
            found += row if not row or row[-1] in self.ends else [*row, self.stop]
        return found

    def turn(self, rows: Sequence[Row]) -> Row:
        """One new row out of `rows`, drawn by lot."""
        draw = self.draw
        row, chance = draw.choice(rows), draw.random()
        if chance < 0.2:
            row = self.join([row, draw.choice(rows)])
        elif chance < 0.4:
            row = self.join([self.cut(draw.choice(rows)) for _ in range(draw.choice((2, 2, 3)))])
        elif chance < 0.55:
            row = self.cut(row)
        if draw.random() < 0.6:
            row = self.swap(row)
        if draw.random() < 0.2:
            row = self.deny(row)
        if draw.random() < 0.25:
            row = self.drop(row)
        return row[:_MOST_WORDS]


def turned(pack: Pack, count: int, seed: int) -> Rows:
    """So many turned rows of the pool and of the labelled comments, less what is kept aside."""
    labelled = [row for row, held in zip(pack.labelled.words.lists(), pack.labelled.held.tolist(), strict=True) if not held]
    rows = [row for row in pack.pool.lists() + labelled * 2 if row]
    turner = Turner(pack, seed)
    return Rows.of([turner.turn(rows) or [turner.stop] for _ in range(count)])


def together(parts: Sequence[Rows]) -> Rows:
    """Several in a row."""
    return Rows(np.concatenate([part.flat for part in parts]), np.concatenate([part.counts for part in parts]))
