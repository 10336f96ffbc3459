"""What a profile holds and hardly anybody looks at, as it is stored until somebody does."""

from __future__ import annotations

import struct
from array import array
from binascii import a2b_base64
from collections.abc import Collection, Iterator, Mapping, Sequence


class KeptSketch(Collection[int]):
    """A sketch as it is stored. Few are read: most texts are like no other one."""

    __slots__ = ("packed",)

    def __init__(self, packed: str) -> None:
        self.packed = packed

    def _all(self) -> tuple[int, ...]:
        data = a2b_base64(self.packed)
        return struct.unpack(f"<{len(data) // 4}I", data)

    def __contains__(self, value: object) -> bool:
        return value in self._all()

    def __iter__(self) -> Iterator[int]:
        return iter(self._all())

    def __len__(self) -> int:
        return len(self.packed) * 3 // 16  # four signs for three bytes, four bytes for a number


class KeptBridge(Mapping[str, float]):
    """A bridge, given by its keys with a space between and their weights. Few look at it: it is small until then."""

    __slots__ = ("_keys", "_known", "_weights")

    def __init__(self, keys: str, weights: Sequence[float] | bytes) -> None:
        self._keys, self._weights = keys, array("d", weights)
        self._known: dict[str, float] | None = None

    def whole(self) -> dict[str, float]:
        """All of it, not to be changed."""
        if self._known is None:
            self._known = dict(zip(self._keys.split(" "), self._weights, strict=True))
        return self._known

    def __getitem__(self, key: str) -> float:
        return self.whole()[key]

    def __iter__(self) -> Iterator[str]:
        return iter(self.whole())

    def __len__(self) -> int:
        return len(self._weights)
