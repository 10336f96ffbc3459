"""One connection to a server, and one exchange at a time on it: a GET and its answer, HTTP/1.1 alone, by h11's state machine.

As httpcore's connection does it, which has two locks, a log and three models for each request besides: a fifth of what asking
an unchanged feed cost. Errors are httpcore's.
"""

from __future__ import annotations

import contextlib
import time
from collections.abc import AsyncIterator, Iterator
from typing import TypeAlias

import h11
import httpcore

MOST_HEAD = 100 * 2**10  # bytes of an answer's head, as httpcore has it
MOST_FRAMING = 2**20  # bytes around an answer's body: heads, those of answers before it (1xx), and what parts its chunks
READ = 2**16
READ_S = 20.0
IDLE_S = 15.0

Headers: TypeAlias = list[tuple[bytes, bytes]]


@contextlib.contextmanager
def _as_httpcore() -> Iterator[None]:
    try:
        yield
    except h11.RemoteProtocolError as error:
        raise httpcore.RemoteProtocolError(error) from error
    except h11.LocalProtocolError as error:
        raise httpcore.LocalProtocolError(error) from error


class Exchange:
    """A connection over `stream`."""

    def __init__(self, stream: httpcore.AsyncNetworkStream) -> None:
        self._stream = stream
        self._state = h11.Connection(our_role=h11.CLIENT, max_incomplete_event_size=MOST_HEAD)
        self._until = 0.0
        self._framing = 0
        self.is_idle = False

    async def ask(self, target: bytes, headers: Headers) -> tuple[int, Headers]:
        """Status and headers of the answer to GET; its body is then to be read with :meth:`body`, and the exchange finished.
        Raises httpcore's exceptions, and is closed then."""
        self.is_idle = False
        self._framing = 0
        try:
            with _as_httpcore():
                request = self._state.send(h11.Request(method=b"GET", target=target, headers=headers)) or b""
                request += self._state.send(h11.EndOfMessage()) or b""
            with contextlib.suppress(httpcore.WriteError):  # who closes early may have answered before
                await self._stream.write(request)
            while not isinstance(event := await self._next(), h11.Response):
                pass
        except BaseException:
            await self.aclose()
            raise
        return event.status_code, event.headers.raw_items()

    @property
    def has_heard(self) -> bool:
        """Whether anything came on it since it was asked last."""
        return self._framing > 0

    async def body(self) -> AsyncIterator[bytes]:
        """The body as it comes. Raises httpcore's exceptions."""
        while isinstance(event := await self._next(), h11.Data):
            self._framing -= len(event.data)
            yield bytes(event.data)

    async def _next(self) -> h11.Event | type[h11.PAUSED]:
        while True:
            with _as_httpcore():
                event = self._state.next_event()
            if event is not h11.NEED_DATA:
                return event  # type: ignore[return-value]  # the other sentinel
            data = await self._stream.read(READ, timeout=READ_S)
            if not data and self._state.their_state == h11.SEND_RESPONSE:
                raise httpcore.RemoteProtocolError("Server disconnected without sending a response.")
            self._framing += len(data)
            if self._framing > MOST_FRAMING:
                raise httpcore.RemoteProtocolError("more around the answer than in it")
            self._state.receive_data(data)

    async def finish(self) -> None:
        """The answer is done with: where it was read to its end, and nothing came behind it, the next may be asked for."""
        over = self._state.our_state is h11.DONE and self._state.their_state is h11.DONE
        if not over or self._state.trailing_data[0]:
            await self.aclose()
            return
        self._state.start_next_cycle()
        self._until, self.is_idle = time.monotonic() + IDLE_S, True

    def has_expired(self) -> bool:
        """Whether it has waited too long, or the server has closed it or said something unasked."""
        return time.monotonic() > self._until or bool(self._stream.get_extra_info("is_readable"))

    async def aclose(self) -> None:
        self.is_idle = False
        await self._stream.aclose()
