"""How a process is started on a module of ours, and spoken to.

It has what this process has, and nothing of the folder a person is in. A frame on its pipes is 4 bytes of length and as many
of the message.
"""

from __future__ import annotations

import contextlib
import marshal
import os
import struct
import sys
from pathlib import Path
from typing import IO, Any, BinaryIO

PIPE = 2**20  # bytes: most messages fit, so that who writes need not wait until they are read
LENGTH = struct.Struct(">I")


def command(module: str) -> list[str]:
    """The arguments that run `module` in this Python. ``-P``: a ``json.py`` that lies in the current folder is not taken."""
    return [sys.executable, "-P", "-m", module]


def environment(**more: str) -> dict[str, str]:
    """This process's environment, by which modules are looked for where this one found its own."""
    places = [str(Path(__file__).parents[2]), *filter(None, [os.environ.get("PYTHONPATH")])]
    return {**os.environ, "PYTHONPATH": os.pathsep.join(places), **more}


def widen(pipe: IO[Any]) -> None:
    """Let a pipe hold :data:`PIPE` bytes."""
    import fcntl

    with contextlib.suppress(OSError, AttributeError):  # Linux alone has pipes that can grow
        fcntl.fcntl(pipe, fcntl.F_SETPIPE_SZ, PIPE)


def pack(said: Any) -> bytes:
    """Plain data as bytes, which :func:`marshal.loads` reads: a sixth of the price of JSON for much text."""
    try:
        return marshal.dumps(said)
    except ValueError:  # a kind of string of a parser's own
        return marshal.dumps(_plain(said))


def _plain(said: Any) -> Any:
    if isinstance(said, dict):
        return {_plain(name): _plain(value) for name, value in said.items()}
    if isinstance(said, list | tuple):
        return [_plain(value) for value in said]
    return str.__str__(said) if isinstance(said, str) else said


def frame(message: bytes) -> bytes:
    return LENGTH.pack(len(message)) + message


def write_frame(stream: BinaryIO | IO[bytes], message: bytes) -> None:
    stream.write(frame(message))
    stream.flush()


def read_frame(stream: BinaryIO | IO[bytes]) -> bytes | None:
    """The next message; None where the pipe ends before it does."""
    if len(length := stream.read(LENGTH.size)) < LENGTH.size:
        return None
    (size,) = LENGTH.unpack(length)
    message = stream.read(size)
    return message if len(message) == size else None
