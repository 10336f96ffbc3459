"""Which addresses a fetch may connect to. Checked when the connection is made, on the address that DNS gave, so that neither
a redirect nor a DNS answer that changes can point into the private network.
"""

from __future__ import annotations

import asyncio
import contextlib
import ipaddress
import socket
import threading
from collections.abc import Iterable
from typing import Any, TypeAlias

import httpcore

from fetchers import streams
from newsdesk.wording import ALLOWS_PRIVATE

OTHER_S = 3.0  # for a connection to an address that is not the last of its host

_MEND = f"; {ALLOWS_PRIVATE} allows it"

Address: TypeAlias = ipaddress.IPv4Address | ipaddress.IPv6Address
Found: TypeAlias = tuple[Any, ...]  # a row of socket.getaddrinfo

# Prefixes that carry an IPv4 address in the last 32 bits, and nothing in those before it: NAT64 (RFC 6052, RFC 8215) and
# IPv4-compatible addresses (RFC 4291). Of the second a network may use a part that carries it elsewhere: that is special.
_CARRIES_V4 = tuple(map(ipaddress.IPv6Network, ("64:ff9b::/96", "64:ff9b:1::/48", "::/96")))
# Not for the public internet by IANA's registries of special addresses, and not known as such to every Python: protocol
# assignments, 6to4's relays, benchmarking, translation within a network, documentation, site-local addresses, segment routing.
_SPECIAL = tuple(
    map(
        ipaddress.ip_network,
        (
            *("192.0.0.0/24", "192.88.99.0/24", "198.18.0.0/15", "64:ff9b:1::/48", "100::/64", "2001:2::/48", "3fff::/20"),
            *("5f00::/16", "fec0::/10"),
        ),
    )
)


class PrivateAddressError(httpcore.ConnectError):
    """The name of the host resolved to an address that is not public."""

    def __init__(self, host: str) -> None:
        super().__init__(f"{host} is a private address{_MEND}")


def without_mend(said: str) -> str:
    """What is said of a private host, where no setting allows it: the feed itself does not name the host."""
    return said.removesuffix(_MEND)


def carried(address: Address) -> Address:
    """The IPv4 address that an IPv6 address maps, tunnels or translates to; else the address itself."""
    if isinstance(address, ipaddress.IPv4Address):
        return address
    inner = address.ipv4_mapped or address.sixtofour or (address.teredo[1] if address.teredo else None)
    bare = not int(address) >> 32 & 0xFFFFFFFF
    if inner is None and bare and any(address in network for network in _CARRIES_V4) and int(address) > 1:
        inner = ipaddress.IPv4Address(int(address) & 0xFFFFFFFF)
    return inner or address


def is_public(text: str) -> bool:
    """True for a unicast address of the public internet, `text` being a numeric address, with or without a zone."""
    try:
        address = carried(ipaddress.ip_address(text.partition("%")[0]))
    except ValueError:
        return False
    special = address.is_multicast or address.is_reserved or any(address in network for network in _SPECIAL)
    return address.is_global and not special


async def look_up(host: str, port: int) -> list[Found]:
    """What the system's resolver says of `host`, asked in a thread of its own, which no end of the program waits for.

    asyncio asks in a few threads for all: names whose servers are silent would keep the others waiting there, until their own
    deadlines were over.
    """
    loop = asyncio.get_running_loop()
    said: asyncio.Future[list[Found]] = loop.create_future()

    def tell(found: list[Found] | Exception) -> None:
        if said.done():  # nobody waits for it any more
            return
        if isinstance(found, Exception):
            said.set_exception(found)
        else:
            said.set_result(found)

    def ask() -> None:
        found: list[Found] | Exception
        try:
            found = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)
        except Exception as error:  # told where it is waited for
            found = error
        with contextlib.suppress(RuntimeError):  # the loop is closed
            loop.call_soon_threadsafe(tell, found)

    threading.Thread(target=ask, name="look up", daemon=True).start()
    return await said


async def resolve(host: str, port: int) -> list[str]:
    """The numeric addresses of `host`, in the resolver's order. Raises :class:`httpcore.ConnectError` if it has none."""
    host = host.rstrip(".").lower()
    if host == "localhost" or host.endswith(".localhost"):  # RFC 6761: never a question for DNS
        host = "localhost"
    with contextlib.suppress(ValueError):  # an address needs no resolver, which is asked in a thread of its own
        return [str(ipaddress.IPv4Address(host))]
    try:
        answers = await look_up(host, port)
    except (OSError, UnicodeError, RuntimeError) as error:  # the last: there can be no more threads
        raise httpcore.ConnectError(f"the name {host} can't be resolved") from error
    return list(dict.fromkeys(str(answer[4][0]) for answer in answers))


class GuardedBackend(httpcore.AsyncNetworkBackend):
    """httpcore's network backend, with the address check between DNS and connect. `guarded` false lets private ones pass."""

    def __init__(self, *, guarded: bool = True) -> None:
        self._guarded = guarded

    async def connect_tcp(
        self,
        host: str,
        port: int,
        timeout: float | None = None,
        local_address: str | None = None,
        socket_options: Iterable[httpcore.SOCKET_OPTION] | None = None,
    ) -> httpcore.AsyncNetworkStream:
        addresses = await resolve(host, port)
        # One private answer among public ones is refused too: a mixed answer is how DNS rebinding looks.
        if self._guarded and not all(map(is_public, addresses)):
            raise PrivateAddressError(host)
        failure: Exception = httpcore.ConnectError(f"{host} has no address")
        for address in addresses:
            # Where IPv6 leads nowhere, each request would wait for all of that before it takes the other address.
            wait = timeout if address == addresses[-1] else min(timeout or OTHER_S, OTHER_S)
            try:
                return await streams.connect(address, port, wait, socket_options or ())
            except (httpcore.ConnectError, httpcore.ConnectTimeout) as error:
                failure = error
        raise failure

    async def connect_unix_socket(
        self,
        path: str,
        timeout: float | None = None,
        socket_options: Iterable[httpcore.SOCKET_OPTION] | None = None,
    ) -> httpcore.AsyncNetworkStream:
        raise httpcore.ConnectError("a feed is never read from a socket file")

    async def sleep(self, seconds: float) -> None:
        await asyncio.sleep(seconds)
