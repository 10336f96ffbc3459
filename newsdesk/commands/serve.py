"""`newsdesk serve`: the dashboard in a browser."""

from __future__ import annotations

import argparse
import importlib.util
import os
import sys
from urllib.parse import urlsplit

from newsdesk.commands.arguments import Command, whole_number
from newsdesk.commands.session import Session
from newsdesk.errors import UsageError
from newsdesk.paths import check_there


def _configure(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("paths", nargs="*", metavar="PATH", help="seed files or folders to open beside the configured ones")
    parser.add_argument("--demo", action="store_true", help="serve the sample stories")
    parser.add_argument("--host", default="127.0.0.1", help="where to listen; 127.0.0.1, this machine only, is the default")
    parser.add_argument(
        "--port", type=whole_number(0, 65535), default=8000, metavar="N", help="8000 is the default; 0 picks a free one"
    )
    parser.add_argument(
        "--public-url", metavar="URL", help="the address that browsers use, where a proxy stands in front of it"
    )


def _run(session: Session, flags: argparse.Namespace) -> int:
    check_there(flags.paths)
    if importlib.util.find_spec("textual_serve") is None:
        raise UsageError("newsdesk serve needs textual-serve: pip install 'newsdesk[serve]'")
    if flags.host in ("0.0.0.0", "::") and flags.public_url is None:  # noqa: S104
        raise UsageError(f"{flags.host} is not an address that a browser can open: give one with --public-url")
    public_url = _checked(flags.public_url) if flags.public_url is not None else None
    try:
        return session.outside.run_server(_command(session, flags), flags.host, flags.port, public_url, session.console.note)
    except OSError as error:
        raise UsageError(f"{flags.host} port {flags.port}: {error.strerror or error}; choose another with --port") from None


def _checked(public_url: str) -> str:
    """The address without a slash at its end. Raises UsageError for one that no request could name: all would be refused."""
    try:
        parts = urlsplit(public_url)
        rest = parts.query or parts.fragment or parts.username
        named = parts.scheme in ("http", "https") and parts.hostname and parts.port != 0 and not rest
    except ValueError:  # of a port, or an address of IPv6
        named = False
    if not named:
        raise UsageError(f"--public-url {public_url}: write an address as browsers open it, like https://desk.example.org")
    return public_url.rstrip("/")


def _command(session: Session, flags: argparse.Namespace) -> list[str]:
    """The dashboard as each browser tab starts it."""
    command = [sys.executable, "-P", "-m", "newsdesk"]
    for name in ("config", "data", "now"):
        value = getattr(flags, name)
        command += [f"--{name}", value] if value is not None else []
    return [*command, *(["--demo"] if flags.demo else []), *map(os.path.abspath, flags.paths)]


COMMANDS = {"serve": Command(_configure, _run)}
