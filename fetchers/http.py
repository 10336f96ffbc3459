"""The only HTTP client. One deadline a request, bounded bodies, few redirects, no private address, failures as values.

Requests go over connections of our own (:mod:`fetchers.exchange`) with our own network backend, kept in a table of our own:
httpcore's pool cost as much as the requests themselves. Only a proxy's connections are in one.
"""

from __future__ import annotations

import asyncio
import enum
import ssl
import time
from collections.abc import Awaitable, Callable, Mapping, Sequence
from contextlib import AsyncExitStack
from dataclasses import dataclass, field
from types import TracebackType
from typing import Any, Self, TypeAlias
from urllib.parse import urljoin
from urllib.request import getproxies_environment

import httpcore

from fetchers.addresses import GuardedBackend, PrivateAddressError
from fetchers.connections import CONNECT_S, Connections, Reply, Server
from fetchers.decoding import BoundedDecoder, DecodingError
from fetchers.exchange import IDLE_S, READ_S
from fetchers.lean_httpx import ascii_host, httpx
from fetchers.places import Places, Turn, in_turn
from fetchers.proxies import check_target, open_pool, proxy_for
from fetchers.streams import CutError
from newsdesk.text import clean_paragraph

KEPT_ALIVE = 4  # idle connections to a proxy
LONGEST_VALUE = 8_000  # characters of a header: a mark (ETag) is remembered, and said again with each request
REDIRECTS = (301, 302, 303, 307, 308)
PERMANENT = (301, 308)
_NETWORK = (httpcore.NetworkError, httpcore.ProtocolError, httpcore.ProxyError, httpcore.TimeoutException)


Objection: TypeAlias = Callable[[str], Awaitable[str | None]]


@dataclass(frozen=True, slots=True)
class Limits:
    """What one request may cost. Times in seconds, sizes in bytes."""

    deadline_s: float = 30.0
    wire: int = 5 * 2**20
    decoded: int = 15 * 2**20
    redirects: int = 5
    per_host: int = 2
    connections: int = 32
    aside: int = 96  # more of them, whose servers let us wait


class Why(enum.Enum):
    """The kinds of failure that a caller treats differently."""

    ADDRESS = "address"
    DEADLINE = "deadline"
    NETWORK = "network"
    TLS = "tls"
    REDIRECT = "redirect"
    SIZE = "size"
    UNWANTED = "unwanted"
    URL = "url"


@dataclass(frozen=True, slots=True)
class Failure:
    """No answer that can be used; `sentence` is for a person, without secrets."""

    why: Why
    sentence: str
    seconds: float = 0.0


@dataclass(frozen=True, slots=True)
class Answer:
    """A complete answer. `headers` have lower-case names; `moved_to` is where permanent redirects alone led, or None. `cut`:
    the body ends before its coding does, or TLS without a farewell, as with servers that never say one."""

    status: int
    url: str
    headers: Mapping[str, str]
    body: bytes
    moved_to: str | None = None
    cut: bool = False
    seconds: float = 0.0


@dataclass(slots=True)
class _Hop:
    """Where a request stands in its chain of redirects."""

    url: httpx.URL
    headers: dict[str, str]
    permanent: bool = True
    moved: bool = False
    authorization: str | None = None
    keeps_cut: bool = False
    is_wanted: Callable[[], bool] | None = None  # of the first alone


class Transport:
    """Connections by way of the guarded network backend, or a pool of those through a proxy."""

    def __init__(
        self, context: Callable[[], ssl.SSLContext], *, guarded: bool, connections: int, proxy: str | None = None
    ) -> None:
        backend = GuardedBackend(guarded=guarded and proxy is None)
        self._pool: httpcore.AsyncHTTPProxy | Connections
        if proxy is None:
            self._pool = Connections(context, backend)
        else:
            self._pool = open_pool(
                proxy,
                ssl_context=context(),
                max_connections=connections,
                max_keepalive_connections=KEPT_ALIVE,
                keepalive_expiry=IDLE_S,
                network_backend=backend,
            )
        self._checks_target = guarded and proxy is not None

    async def ask(self, url: httpx.URL, headers: Mapping[str, str]) -> httpcore.Response | Reply:
        """The answer to GET, its body not yet read; it has to be closed."""
        rows = [(b"Host", url.netloc), *[(name.encode("ascii"), value.encode("utf-8")) for name, value in headers.items()]]
        if isinstance(self._pool, Connections):
            return await self._pool.get(Server(url.raw_scheme, url.raw_host, url.port), url.raw_path, rows)
        if self._checks_target:
            await check_target(ascii_host(url), url.port or 80)
        return await self._pool.handle_async_request(
            httpcore.Request(
                method=b"GET",
                url=httpcore.URL(scheme=url.raw_scheme, host=url.raw_host, port=url.port, target=url.raw_path),
                headers=rows,
                extensions={"timeout": {"connect": CONNECT_S, "read": READ_S}},
            )
        )

    async def aclose(self) -> None:
        await self._pool.aclose()


@dataclass(slots=True)
class Fetcher:
    """An async context manager that fetches URLs. `user_agent` should hold a contact; `extra_trust` is for tests' own CA."""

    user_agent: str
    limits: Limits = field(default_factory=Limits)
    extra_trust: str | None = None
    _context: ssl.SSLContext | None = None
    _transports: dict[tuple[bool, str | None], Transport] = field(default_factory=dict)
    _gates: dict[str, asyncio.Semaphore] = field(default_factory=dict)
    _places: Places | None = None
    _proxied: bool = False  # whether the environment names any proxy: looked up once, it has many words
    _stack: AsyncExitStack = field(default_factory=AsyncExitStack)

    async def __aenter__(self) -> Self:
        self._places = Places(self.limits.connections, self.limits.aside)
        self._proxied = bool(getproxies_environment())
        return self

    async def __aexit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        await self._stack.aclose()
        self._transports.clear()

    @property
    def aside(self) -> int:
        """How many requests stand aside because their servers let us wait: as many more can be made."""
        return self._places.aside if self._places else 0

    async def get(
        self,
        url: str,
        headers: Mapping[str, str] | None = None,
        *,
        allow_private: bool = False,
        keeps_cut: bool = False,
        objection: Objection | None = None,
        is_wanted: Callable[[], bool] | None = None,
    ) -> Answer | Failure:
        """Fetch `url`, following redirects. `allow_private` lets the host that `url` names, and no other, be a private one.
        `keeps_cut`: whoever asks looks whether an answer that was cut off is whole; else that is a failure. `objection`
        says of each address that a redirect leads to why it is not to be asked, None if it may be. `is_wanted` says when the
        turn at the host of `url` has come whether it is still to be asked; else that is a failure that is unwanted.

        Never raises for what the network does; cancellation passes through.
        """
        began = time.monotonic()
        try:
            first = _first_hop(url, {**(headers or {}), "user-agent": self.user_agent})
            first.keeps_cut, first.is_wanted = keeps_cut, is_wanted
            async with asyncio.timeout(self.limits.deadline_s) as deadline:
                answer = await self._follow(first, ascii_host(first.url) if allow_private else None, deadline, objection)
        except TimeoutError:
            return Failure(
                Why.DEADLINE, f"no complete answer within {self.limits.deadline_s:g} seconds", time.monotonic() - began
            )
        except _Refused as error:
            return Failure(error.why, error.sentence, time.monotonic() - began)
        except (*_NETWORK, OSError, ssl.SSLError) as error:
            why, sentence = _explain(error)
            return Failure(why, sentence, time.monotonic() - began)
        return Answer(*answer, seconds=time.monotonic() - began)

    async def _follow(
        self, hop: _Hop, private_host: str | None, deadline: asyncio.Timeout, objection: Objection | None
    ) -> tuple[int, str, Mapping[str, str], bytes, str | None, bool]:
        for _ in range(self.limits.redirects + 1):
            try:
                status, headers, body, cut = await self._one(hop, deadline, guarded=ascii_host(hop.url) != private_host)
            except PrivateAddressError as error:
                if not hop.moved:
                    raise
                raise _private_hop(hop) from error
            if status not in REDIRECTS or "location" not in headers:
                moved_to = str(hop.url) if hop.moved and hop.permanent else None
                return status, str(hop.url), headers, body, moved_to, cut
            hop = _next_hop(hop, status, headers["location"])
            if objection is not None and (sentence := await objection(str(hop.url))):
                raise _Refused(Why.UNWANTED, sentence)
        raise _Refused(Why.REDIRECT, f"more than {self.limits.redirects} redirects")

    async def _one(self, hop: _Hop, deadline: asyncio.Timeout, *, guarded: bool) -> tuple[int, Mapping[str, str], bytes, bool]:
        headers = {**hop.headers, "authorization": hop.authorization} if hop.authorization else hop.headers
        if self._places is None:
            raise RuntimeError("a Fetcher is used as an async context manager")
        gate = self._gates.setdefault(hop.url.netloc.decode("ascii"), asyncio.Semaphore(self.limits.per_host))
        async with in_turn(gate, self._places, deadline) as turn:
            if hop.is_wanted is not None and not hop.is_wanted():
                raise _Refused(Why.UNWANTED, "it is not to be asked any more")
            with turn.waiting():
                answer = await self._transport(hop.url, guarded=guarded).ask(hop.url, headers)
                try:
                    told = _read_headers(answer.headers)
                    bare = answer.status in REDIRECTS
                    body, cut = (b"", False) if bare else await self._read(answer, told, turn, keeps_cut=hop.keeps_cut)
                finally:
                    await answer.aclose()
        kept = {name: clean_paragraph(value) for name, value in told.items() if len(value) <= LONGEST_VALUE}
        return answer.status, kept, body, cut

    async def _read(
        self, answer: httpcore.Response | Reply, headers: Mapping[str, str], turn: Turn, *, keeps_cut: bool
    ) -> tuple[bytes, bool]:
        try:
            coding = "" if answer.status == 304 else headers.get("content-encoding", "")  # there is no body to be coded
            decoder = BoundedDecoder(coding, self.limits.decoded)
            parts: list[bytes] = []
            wire = 0

            def take(chunk: bytes) -> None:
                nonlocal wire
                wire += len(chunk)
                if wire > self.limits.wire:
                    raise DecodingError(f"the answer is larger than {self.limits.wire // 2**20} MiB")
                parts.append(decoder.feed(chunk))

            coming = answer.aiter_stream()
            early, cut = await turn.begin(coming)
            for chunk in early:
                take(chunk)
            try:
                async for chunk in coming:
                    take(chunk)
            except CutError:
                cut = True
            cut = cut or decoder.is_cut
            if cut and not keeps_cut:
                raise DecodingError("the answer was cut off")
        except DecodingError as error:
            raise _Refused(Why.SIZE, str(error)) from error
        return b"".join(parts), cut

    def _transport(self, url: httpx.URL, *, guarded: bool) -> Transport:
        proxy = proxy_for(url) if self._proxied else None
        key = guarded, proxy
        if key not in self._transports:
            most = self.limits.connections + self.limits.aside
            self._transports[key] = Transport(self._trust, guarded=guarded, connections=most, proxy=proxy)
            self._stack.push_async_callback(self._transports[key].aclose)
        return self._transports[key]

    def _trust(self) -> ssl.SSLContext:
        """Which servers are believed to be who they say."""
        if self._context is None:
            self._context = httpx.create_ssl_context()
            self._context.hostname_checks_common_name = False  # names are elsewhere in a certificate (RFC 9110, 4.3.4)
            if self.extra_trust:
                self._context.load_verify_locations(self.extra_trust)
        return self._context


def _read_headers(raw: Sequence[tuple[bytes, bytes]]) -> dict[str, str]:
    """Headers by their names in lower case; those of one name are joined by commas. They are UTF-8, or else Latin-1."""
    try:
        rows = [(name.decode("utf-8"), value.decode("utf-8")) for name, value in raw]
    except UnicodeDecodeError:
        rows = [(name.decode("latin-1"), value.decode("latin-1")) for name, value in raw]
    told: dict[str, str] = {}
    for name, value in rows:
        key = name.lower()
        told[key] = f"{told[key]}, {value}" if key in told else value
    return told


class _Refused(Exception):  # noqa: N818 - not an error of ours: an answer that we don't take
    def __init__(self, why: Why, sentence: str) -> None:
        super().__init__(sentence)
        self.why, self.sentence = why, sentence


def _first_hop(url: str, headers: dict[str, str]) -> _Hop:
    parsed = _parse(url)
    authorization = None
    if parsed.userinfo:
        basic = httpx.BasicAuth(parsed.username, parsed.password)
        authorization = next(basic.auth_flow(httpx.Request("GET", parsed))).headers["authorization"]
        parsed = parsed.copy_with(userinfo=b"")
    return _Hop(parsed, {"accept-encoding": "gzip, deflate", **headers}, authorization=authorization)


def _parse(url: str) -> httpx.URL:
    try:
        parsed = httpx.URL(url)
        host = ascii_host(parsed)
        host.encode("idna")  # which every name is that is looked up, or is told to a server by TLS
    except (httpx.InvalidURL, ValueError, UnicodeError) as error:
        raise _Refused(Why.URL, "the address is not a valid URL") from error
    if parsed.scheme not in ("http", "https") or not host:
        raise _Refused(
            Why.URL, f"only http and https addresses are fetched, not {clean_paragraph(parsed.scheme)[:20] or 'this'}"
        )
    # A zone, which is of this machine's own network, or a name that a proxy might decode; httpx lets any port be.
    if "%" in host or (parsed.port or 0) not in range(2**16):
        raise _Refused(Why.URL, "the address is not a valid URL")
    return parsed


def _next_hop(hop: _Hop, status: int, location: str) -> _Hop:
    try:
        url = _parse(urljoin(str(hop.url), location))
    except ValueError as error:
        raise _Refused(Why.URL, "the server redirects to something that is not a URL") from error
    if hop.url.scheme == "https" and url.scheme == "http":
        raise _Refused(Why.REDIRECT, "the server redirects from https to http")
    same_host = (url.scheme, url.netloc) == (hop.url.scheme, hop.url.netloc)
    headers = (
        hop.headers if same_host else {k: v for k, v in hop.headers.items() if k in ("user-agent", "accept", "accept-encoding")}
    )
    return _Hop(
        url.copy_with(userinfo=b""),
        headers,
        permanent=hop.permanent and status in PERMANENT,
        moved=True,
        authorization=hop.authorization if same_host else None,
        keeps_cut=hop.keeps_cut,
    )


def _private_hop(hop: _Hop) -> _Refused:
    """No setting allows what a server points to: a person has to name it."""
    where = ascii_host(hop.url)[:80]
    return _Refused(Why.ADDRESS, f"the server redirects to {where}, a private address; if that is meant, name it as the feed")


def _explain(error: Exception) -> tuple[Why, str]:
    """The kind and one sentence of a network failure."""
    cause: Any = error
    while cause is not None and not isinstance(cause, ssl.SSLError):
        cause = cause.__cause__ or cause.__context__
    if isinstance(error, PrivateAddressError):
        return Why.ADDRESS, str(error)
    if isinstance(cause, ssl.SSLCertVerificationError):
        return Why.TLS, f"the server's certificate is not valid: {clean_paragraph(cause.verify_message)}"
    if isinstance(cause, ssl.SSLError):
        return Why.TLS, f"no TLS connection: {clean_paragraph(cause.reason or str(cause))}"
    if isinstance(error, httpcore.TimeoutException):
        return Why.DEADLINE, "the server did not answer in time"
    if isinstance(error, httpcore.ProxyError):
        return Why.NETWORK, f"the proxy that the environment names does not do its part: {clean_paragraph(str(error))[:120]}"
    if isinstance(error, httpcore.ProtocolError):
        rule = str(error).partition(": bytearray(")[0]  # behind it stands what was sent, as Python writes bytes
        return Why.NETWORK, f"the server broke the HTTP protocol: {clean_paragraph(rule)[:120]}"
    return Why.NETWORK, clean_paragraph(str(error))[:160] or "the connection failed"
