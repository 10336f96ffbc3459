"""Stored storylines that were loaded for a batch, kept for the next one: most batches of a refresh meet the same ones."""

from __future__ import annotations

from collections.abc import Iterable

from newsdesk.storylines.cluster import Cluster
from newsdesk.storylines.lexis import Lexis

MOST = 1_200


class Standing:
    """Clusters by the storylines that they are of, as they were loaded: one that a batch has changed is to be dropped.

    Their terms are numbers of one lexis; with another one, nothing is known.
    """

    def __init__(self, most: int = MOST) -> None:
        self._most = most
        self._words: Lexis | None = None
        self._clusters: dict[str, Cluster] = {}

    def find(self, line_id: str, words: Lexis) -> Cluster | None:
        """The cluster of a storyline, if it is here."""
        if words is not self._words:
            self.clear()
            self._words = words
        found = self._clusters.pop(line_id, None)
        if found is not None:
            self._clusters[line_id] = found  # those that were not asked for longest stand first
        return found

    def add(self, line_id: str, cluster: Cluster) -> None:
        """A cluster that was just loaded with the words of the last :meth:`find`."""
        if len(self._clusters) >= self._most:
            del self._clusters[next(iter(self._clusters))]
        self._clusters[line_id] = cluster

    def drop(self, line_ids: Iterable[str]) -> None:
        for line_id in line_ids:
            self._clusters.pop(line_id, None)

    def clear(self) -> None:
        self._clusters.clear()
