"""A bounded decoder of HTTP content codings: what comes out never passes a limit, however little goes in."""

from __future__ import annotations

import zlib
from typing import Protocol

CODINGS = ("gzip", "x-gzip", "deflate", "identity")
GZIP = 0x1F  # the first byte
LAYERS = 2  # some servers gzip what a proxy gzips again; a third layer is nobody's accident


class DecodingError(Exception):
    """The body can't be decoded, or would grow past the limit; the text says which."""


class _Inflater(Protocol):
    def decompress(self, data: bytes, /, max_length: int = 0) -> bytes: ...

    @property
    def eof(self) -> bool: ...

    @property
    def unused_data(self) -> bytes: ...


class _Layer:
    """One coding. `deflate` is zlib by the standard and raw by habit: the first byte tells. Nor is all gzip that is said to be
    so, which the first byte tells as well, since no text begins with it: then it is taken as it comes."""

    def __init__(self, coding: str) -> None:
        self._coding = coding
        self._begun = self._is_over = False
        self._inflater: _Inflater | None = None

    def _begin(self, data: bytes) -> None:
        self._begun = True
        if self._coding.endswith("gzip"):
            self._inflater = zlib.decompressobj(31) if data[0] == GZIP else None
        else:
            zlib_header = data[0] & 0x0F == 8 and (len(data) < 2 or int.from_bytes(data[:2]) % 31 == 0)
            self._inflater = zlib.decompressobj(15 if zlib_header else -15)

    def feed(self, data: bytes, room: int) -> bytes:
        """Decode `data` (one byte or more), at most `room` bytes of it and one more, so that the caller sees that the limit was
        passed."""
        if not self._begun:
            self._begin(data)
        if self._inflater is None:
            return data
        parts: list[bytes] = []
        while data and room >= 0:
            if self._inflater.eof and not self._goes_on(data):
                break
            parts.append(self._decompress(data, room + 1))
            room -= len(parts[-1])
            data = self._inflater.unused_data
        return b"".join(parts)

    def _goes_on(self, data: bytes) -> bool:
        """Behind the end of gzip there may be more of it (RFC 1952, 2.2); anything else is padding, and so is what follows."""
        self._is_over = self._is_over or not self._coding.endswith("gzip") or data[0] != GZIP
        if not self._is_over:
            self._inflater = zlib.decompressobj(31)
        return not self._is_over

    def _decompress(self, data: bytes, most: int) -> bytes:
        try:
            return self._inflater.decompress(data, most) if self._inflater else b""
        except zlib.error as error:
            raise DecodingError(f"the {self._coding} body is damaged ({error})") from error

    @property
    def is_cut(self) -> bool:
        """Whether a body was begun and not ended. A raw deflate stream need not say where it ends."""
        return self._coding != "deflate" and self._begun and self._inflater is not None and not self._inflater.eof


class BoundedDecoder:
    """Feeds a body through its codings, and through gzip once more where it is that without being said so, as a compressed file
    is that stands on a server. `limit` bounds every layer's output, in bytes."""

    def __init__(self, content_encoding: str, limit: int) -> None:
        codings = [name.strip().lower() for name in content_encoding.split(",")]
        codings = [name for name in codings if name not in ("", "identity")]
        for name in codings:
            if name not in CODINGS:
                raise DecodingError(f"the server sent the coding {name[:40]!r}, which was not asked for")
        if len(codings) > LAYERS:
            raise DecodingError(f"the body is coded {len(codings)} times over")
        if len(codings) < LAYERS:
            codings.insert(0, "gzip")
        self._limit = limit
        self._layers = [_Layer(name) for name in reversed(codings)]
        self._sizes = [0] * len(self._layers)
        self._size = 0

    def feed(self, data: bytes) -> bytes:
        """The decoded bytes of one chunk. Raises :class:`DecodingError` when the sum passes the limit."""
        for i, layer in enumerate(self._layers):
            if not data:
                break
            data = layer.feed(data, self._limit - self._sizes[i])
            self._sizes[i] += len(data)
            if self._sizes[i] > self._limit:
                raise DecodingError(f"the body is larger than {self._limit // 2**20} MiB when decoded")
        self._size += len(data)
        if self._size > self._limit:
            raise DecodingError(f"the body is larger than {self._limit // 2**20} MiB")
        return data

    @property
    def is_cut(self) -> bool:
        """To be asked at the end of a body: whether it ended before its coding did."""
        return any(layer.is_cut for layer in self._layers)
