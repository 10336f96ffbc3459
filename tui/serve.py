"""The dashboard in a browser: textual-serve, with a key, so that no other page and no other machine's browser gets in.

textual-serve gives whoever reaches its port a terminal. A page of any site may open a WebSocket to this machine, and a name may
be made to point to it (DNS rebinding), so that listening on loopback alone guards nothing: every request must name this host,
and stories are shown only to a browser that was given the key once.
"""

from __future__ import annotations

import hmac
import ipaddress
import secrets
import shlex
import socket
from collections.abc import Callable, Sequence
from urllib.parse import urlsplit

from aiohttp import web
from aiohttp.typedefs import Handler, Middleware
from textual_serve.server import Server

KEY = "key"
_COOKIE = "newsdesk_key"
_OPEN = ("/static/",)  # scripts and fonts: the same for everybody
_HEADERS = {
    "Content-Security-Policy": "default-src 'self' data: 'unsafe-inline'; connect-src 'self' ws: wss:; frame-ancestors 'none'",
    "Referrer-Policy": "no-referrer",
    "X-Content-Type-Options": "nosniff",
    "Cache-Control": "no-store",
}


class DeskServer(Server):
    """Serves the dashboard that `command` opens; each browser tab has a dashboard of its own, on the same desk."""

    def __init__(self, command: Sequence[str], sock: socket.socket, public_url: str | None, say: Callable[[str], None]) -> None:
        host, port = sock.getsockname()[:2]
        public_url = public_url or (f"http://[{host}]:{port}" if ":" in host else f"http://{host}:{port}")
        super().__init__(shlex.join(command), host=host, port=port, title="newsdesk", public_url=public_url)
        self.sock = sock
        self.key = secrets.token_urlsafe(18)
        self.say = say

    @property
    def address(self) -> str:
        """What to open in the browser: the key is in it."""
        return f"{self.public_url}/?{KEY}={self.key}"

    def listen(self) -> None:
        """Serve until INT or TERM."""
        web.run_app(self._make_app(), sock=self.sock, print=lambda *_: None)

    async def on_startup(self, app: web.Application) -> None:
        for warning in warnings_for(self.host, self.public_url):
            self.say(f"warning: {warning}")
        self.say(f"open {self.address}")
        self.say("Ctrl+C ends it")

    async def _make_app(self) -> web.Application:
        app = await super()._make_app()
        app.middlewares.append(self._guard())
        return app

    def _guard(self) -> Middleware:
        @web.middleware
        async def guard(request: web.Request, handler: Handler) -> web.StreamResponse:
            if not self._is_for_us(request):
                raise web.HTTPForbidden(text="newsdesk: this request names another host than the one that is served")
            given = request.query.get(KEY) or request.cookies.get(_COOKIE, "")
            if not request.path.startswith(_OPEN) and not hmac.compare_digest(given.encode(), self.key.encode()):
                raise web.HTTPForbidden(text="newsdesk: open the address that newsdesk serve printed, with its key")
            if KEY in request.query:
                return self._let_in(request)
            response = await handler(request)
            if not response.prepared:
                response.headers.update(_HEADERS)
            return response

        return guard

    def _is_for_us(self, request: web.Request) -> bool:
        """Whether the request names the host that is served, and comes from a page of it, if from a page."""
        served = urlsplit(self.public_url)
        names = {served.netloc, f"{served.hostname}:{served.port or self.port}"}
        return request.host in names and _place_of(request.headers.get("Origin")) in (None, *names)

    def _let_in(self, request: web.Request) -> web.StreamResponse:
        """Keep the key in a cookie and out of the address, where it would stay in the history."""
        kept = "&".join(f"{name}={value}" for name, value in request.query.items() if name == "fontsize" and value.isdecimal())
        there = f"{self.public_url}/{'?' + kept if kept else ''}"
        response = web.Response(status=302, headers={**_HEADERS, "Location": there})
        secure = self.public_url.startswith("https:")
        response.set_cookie(_COOKIE, self.key, httponly=True, samesite="Strict", secure=secure, path="/")
        return response


def _place_of(origin: str | None) -> str | None:
    """The host and port of a page's origin; None without one, "" for what is none."""
    try:
        return urlsplit(origin).netloc if origin is not None else None
    except ValueError:
        return ""


def warnings_for(host: str, public_url: str) -> list[str]:
    """What the person who serves has to know of where it can be reached."""
    told: list[str] = []
    try:
        local = host == "localhost" or ipaddress.ip_address(host).is_loopback
    except ValueError:
        local = False
    if not local:
        told.append(f"{host} can be reached by other machines: whoever has the address with its key uses this desk as you do")
        if not public_url.startswith("https:"):
            told.append(
                "the key and the stories go over the network unencrypted: put a proxy with TLS before it, or tunnel by SSH"
            )
    return told


def run(command: Sequence[str], host: str, port: int, public_url: str | None, say: Callable[[str], None]) -> int:
    """Serve until it is told to end; port 0 is one that is free. Raises OSError where the port can't be had."""
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    with socket.create_server((host, port), family=family) as sock:
        DeskServer(command, sock, public_url, say).listen()
    return 0
