"""A shell that knows one job: it runs the dashboard, says that it was stopped, and brings it back when a line is typed."""

from __future__ import annotations

import os
import signal
import sys


def main(words: list[str]) -> int:
    signal.signal(signal.SIGTTOU, signal.SIG_IGN)  # the terminal is ours to give
    job = os.fork()
    if job == 0:
        os.setpgid(0, 0)
        os.tcsetpgrp(0, os.getpgrp())
        signal.signal(signal.SIGTTOU, signal.SIG_DFL)
        os.execv(sys.executable, [sys.executable, *words])
    while True:
        _, status = os.waitpid(job, os.WUNTRACED)
        os.tcsetpgrp(0, os.getpgrp())
        if not os.WIFSTOPPED(status):
            return os.waitstatus_to_exitcode(status)
        os.write(1, b"stopped; a line brings it back\n")
        said = sys.stdin.readline().strip()
        os.write(1, f"heard {said}\n".encode())
        os.tcsetpgrp(0, job)
        os.killpg(job, signal.SIGCONT)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
