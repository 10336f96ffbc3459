"""The proxy that the environment names (`http_proxy`, `https_proxy`, `all_proxy`, `no_proxy`), as other programs take it.

A proxy looks names up for itself, so that the address of a connection can't be checked here. What can be is: an address that is
written out, and what the name means on this machine. The rest is the proxy's to refuse.
"""

from __future__ import annotations

import ipaddress
from urllib.request import getproxies_environment, proxy_bypass_environment  # type: ignore[attr-defined]

import httpcore

from fetchers.addresses import PrivateAddressError, is_public, resolve
from fetchers.lean_httpx import ascii_host, httpx


def proxy_for(url: httpx.URL) -> str | None:
    """The address of the proxy for `url`, None where none is named. This machine itself is never asked through one."""
    proxies = getproxies_environment()
    proxy = proxies.get(url.scheme) or proxies.get("all")
    if not proxy or _is_here(ascii_host(url)) or proxy_bypass_environment(url.netloc.decode("ascii"), proxies):
        return None
    return proxy if "://" in proxy else f"http://{proxy}"


def _is_here(host: str) -> bool:
    try:
        return ipaddress.ip_address(host).is_loopback
    except ValueError:
        name = host.rstrip(".").lower()
        return name == "localhost" or name.endswith(".localhost")


def open_pool(proxy: str, **options: object) -> httpcore.AsyncHTTPProxy:
    """A pool of connections through `proxy`; `options` are those of httpcore's pools. Raises httpcore.ProxyError for a proxy of
    another kind than HTTP's."""
    try:
        url = httpx.URL(proxy)
    except (httpx.InvalidURL, ValueError):
        raise httpcore.ProxyError("its address is not a valid URL") from None
    if url.scheme not in ("http", "https") or not url.raw_host:
        raise httpcore.ProxyError(f"the proxy must begin with http:// or https://, not {url.scheme}://")
    auth = (url.username, url.password) if url.userinfo else None
    return httpcore.AsyncHTTPProxy(str(url.copy_with(userinfo=b"")), proxy_auth=auth, **options)  # type: ignore[arg-type]


async def check_target(host: str, port: int) -> None:
    """Refuse what is known not to be public before a proxy is asked for it. Raises PrivateAddressError."""
    try:
        addresses = await resolve(host, port)
    except httpcore.ConnectError:
        return  # behind a proxy there may be no DNS here
    if not all(map(is_public, addresses)):
        raise PrivateAddressError(host)
