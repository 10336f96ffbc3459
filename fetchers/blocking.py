"""The limited parser process of :mod:`fetchers.worker` for code that may wait: seed files are read one after the other."""

from __future__ import annotations

import atexit
import json
import subprocess
import threading
from functools import cache

from fetchers.worker import TIME_BOX_S, WALL_S, Task, read_answer, too_long, why_ended, worker_command
from newsdesk.model import Json
from newsdesk.processes.own_modules import environment, read_frame, write_frame


class BlockingParser:
    """Answers one question at a time, from one thread. The process ends with this one, or with :meth:`close`."""

    def __init__(self, time_box_s: float = TIME_BOX_S, wall_s: float = WALL_S) -> None:
        """As of :class:`fetchers.worker.ParserProcess`."""
        self._time_box_s, self._wall_s = time_box_s, wall_s
        self._process: subprocess.Popen[bytes] | None = None

    def ask(self, task: Task, data: bytes, **options: Json) -> dict[str, Json]:
        """What `task` makes of `data`. Raises :class:`fetchers.worker.ParsingError`, also when time or memory runs out."""
        process = self._running()
        late = threading.Event()

        def give_up() -> None:
            late.set()
            process.kill()

        timer = threading.Timer(self._wall_s, give_up)
        timer.daemon = True
        timer.start()
        try:
            answer = _converse(process, json.dumps({"task": task, **options}).encode(), data)
        except (EOFError, OSError):
            self.close()
            if late.is_set():
                raise too_long(self._wall_s) from None
            raise why_ended(process.returncode, self._time_box_s) from None
        except BaseException:
            self.close()  # it would answer the next question with this one's answer
            raise
        finally:
            timer.cancel()
        return read_answer(answer)

    def _running(self) -> subprocess.Popen[bytes]:
        if self._process is not None and self._process.poll() is not None:
            self.close()  # its ends of the pipes are still open here
        if self._process is None:
            self._process = subprocess.Popen(
                worker_command(self._time_box_s),
                env=environment(),
                stdin=subprocess.PIPE,
                stdout=subprocess.PIPE,
                stderr=subprocess.DEVNULL,
            )
        return self._process

    def close(self) -> None:
        """Kill the process, if there is one, and wait until it is gone."""
        process, self._process = self._process, None
        if process is not None:
            process.kill()
            process.communicate()


def _converse(process: subprocess.Popen[bytes], head: bytes, data: bytes) -> bytes:
    if process.stdin is None or process.stdout is None:
        raise EOFError
    for part in (head, data):
        write_frame(process.stdin, part)
    answer = read_frame(process.stdout)
    if answer is None:
        raise EOFError
    return answer


@cache
def shared_parser() -> BlockingParser:
    """The one that the readers of seed files share, so that it is started once."""
    parser = BlockingParser()
    atexit.register(parser.close)
    return parser
