"""Start a command in a pty of 120x40, wait for a story on its screen, press q, expect exit code 0 and a restored terminal.

    boot.py COMMAND...

Whatever it waits for, it waits LIMIT_S seconds in all, then ends the command and says what was missing. Needs nothing but
Python's library, so that it runs in an environment that holds the wheel alone.
"""

from __future__ import annotations

import fcntl
import os
import pty
import select
import signal
import struct
import sys
import termios
import time

LIMIT_S = 180.0
SIGN = b"Iquique"  # in a headline of the sample seeds


def read_until(screen: int, seen: bytearray, sign: bytes, until: float) -> bool:
    """Read into `seen` until `sign` is in it; false if the terminal closed or the time is up."""
    while sign not in seen:
        ready, _, _ = select.select([screen], [], [], max(0.0, until - time.monotonic()))
        if not ready:
            return False
        try:
            part = os.read(screen, 65536)
        except OSError:
            return sign in seen
        if not part:
            return sign in seen
        seen += part
    return True


def ended(child: int, until: float) -> int | None:
    """The child's exit code, negative for a signal; null, and the child killed, where it has not ended in time."""
    while time.monotonic() < until:
        done, status = os.waitpid(child, os.WNOHANG)
        if done:
            return os.waitstatus_to_exitcode(status)
        time.sleep(0.05)
    os.kill(child, signal.SIGKILL)
    os.waitpid(child, 0)
    return None


def main() -> int:
    child, screen = pty.fork()
    if child == 0:
        fcntl.ioctl(0, termios.TIOCSWINSZ, struct.pack("HHHH", 40, 120, 0, 0))
        os.environ |= {"TERM": "xterm-256color", "COLORTERM": "truecolor", "LANG": "C.UTF-8"}
        for name in ("NO_COLOR", "LC_ALL", "LC_CTYPE", "COLUMNS", "LINES"):
            os.environ.pop(name, None)
        os.execvp(sys.argv[1], sys.argv[1:])
    until, seen = time.monotonic() + LIMIT_S, bytearray()
    shown = read_until(screen, seen, SIGN, until)
    if shown:
        os.write(screen, b"q")
    restored = read_until(screen, seen, b"\x1b[?1049l", until)
    read_until(screen, seen, b"\0never\0", until)
    code = ended(child, until)
    ending = f"exit code {code}" if code is not None else f"not ended after {LIMIT_S:.0f} s"
    print(f"the dashboard in a pty: story shown {shown}, terminal restored {restored}, {ending}")
    if not (shown and restored and code == 0):
        sys.stderr.write(bytes(seen[-2000:]).decode("utf-8", "replace").replace("\x1b", "^["))
        return 1
    return 0


if __name__ == "__main__":
    sys.exit(main())
