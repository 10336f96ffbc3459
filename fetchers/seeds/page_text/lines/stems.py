"""What lines speak of: the beginnings of their longer words, which most forms of a word share."""

from __future__ import annotations

from fetchers.seeds.page_text.lines.looks import Look

LETTERS, FEWER = 6, 4  # of a stem at most; where a picture's words are compared
SHORTEST, LONGER = 4, 5  # letters of a word: fewer have articles and most prepositions; and "with", "from" and the like, too


def stems_of(*looks: Look, shortest: int = SHORTEST, letters: int = LETTERS) -> set[str]:
    return {word[:letters] for look in looks for word in look.words if len(word) >= shortest}
