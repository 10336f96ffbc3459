"""Links: opened by the person's browser, or copied where the browser would open on another machine."""

from __future__ import annotations

import os
import re
import shlex
import shutil
import subprocess
import threading
from collections.abc import Mapping
from urllib.parse import urlsplit

from newsdesk.errors import UsageError
from newsdesk.model import Story
from newsdesk.text import strip_unsafe

MOST_LINKS = 99
_ADDRESS = re.compile(r"https?://[^\s<>\"“”«»`\\^{|}]+", re.IGNORECASE)
_OPENERS = ("xdg-open", "open", "wslview")


def safe_link(url: str | None) -> str:
    """`url`, if it is a plain web address. Raises UsageError: no address, another scheme, or characters no address has."""
    if not url:
        raise UsageError("this story came without a link")
    try:
        parts = urlsplit(url)
    except ValueError:
        raise UsageError("this story's link is damaged") from None
    if parts.scheme.lower() not in ("http", "https") or not parts.netloc:
        raise UsageError(f"only http and https links are opened, not {parts.scheme or 'this one'}")
    if not url.isascii() or not url.isprintable() or " " in url:
        url = _escape(url)
    return url


def _escape(url: str) -> str:
    from urllib.parse import quote

    return quote(url, safe="%/:=&?~#+!$,;'@()*[]")


def links_of(story: Story) -> list[tuple[str, str]]:
    """The web addresses of a story, each once, and where it stands: its own, those in its text, those in comments."""
    texts = [("text", text) for text in (*story.highlights, *story.body)]
    texts += [(f"comment of {comment.author}" if comment.author else "comment", comment.text) for comment in story.comments]
    found = {story.url: "the story"} if story.url else {}
    for where, text in texts:
        for match in _ADDRESS.finditer(strip_unsafe(text)):
            url = match[0].rstrip(".,;:!?'’…")
            url = url if "(" in url else url.rstrip(")")
            found.setdefault(url, where)
            if len(found) > MOST_LINKS:
                break
    return [(url, where) for url, where in found.items() if _is_safe(url)][:MOST_LINKS]


def _is_safe(url: str) -> bool:
    try:
        safe_link(url)
    except UsageError:
        return False
    return True


def is_remote(env: Mapping[str, str]) -> bool:
    """Whether the screen is on another machine than this process: a browser started here would not be seen."""
    return any(env.get(name) for name in ("SSH_CONNECTION", "SSH_TTY", "SSH_CLIENT"))


def browser_command(url: str, env: Mapping[str, str]) -> list[str] | None:
    """The argument list that opens `url`: BROWSER (its first entry, `%s` is the address), else the desktop's opener."""
    chosen = env.get("BROWSER", "").split(os.pathsep)[0].strip()
    if chosen:
        try:
            arguments = shlex.split(chosen)
        except ValueError:
            arguments = [chosen]
        if any("%s" in argument for argument in arguments):
            return [argument.replace("%s", url) for argument in arguments]
        return [*arguments, url]
    if not any(env.get(name) for name in ("DISPLAY", "WAYLAND_DISPLAY")) and os.uname().sysname != "Darwin":
        return None
    found = next((path for name in _OPENERS if (path := shutil.which(name))), None)
    return [found, url] if found else None


def open_link(url: str, env: Mapping[str, str]) -> bool:
    """Open `url` (safe, see :func:`safe_link`) in the browser. False where there is none to open it: copy it then.

    Raises UsageError where BROWSER names a program that can't be started.
    """
    if is_remote(env):
        return False
    command = browser_command(url, env)
    if command is None:
        return False
    try:
        browser = subprocess.Popen(
            command,
            stdin=subprocess.DEVNULL,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
            start_new_session=True,
        )
    except OSError as error:
        raise UsageError(f"{command[0]} could not be started ({error.strerror}); set BROWSER to a browser") from None
    threading.Thread(target=browser.wait, daemon=True).start()  # so that no zombie stays
    return True
