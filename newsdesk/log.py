"""The log: one small file in the state folder, for what a person would not read on a terminal."""

from __future__ import annotations

import os
import traceback
from collections.abc import Mapping
from pathlib import Path

from newsdesk.clock import stamp, utc_now

_KEEP_BYTES = 512 * 1024


def log_file(env: Mapping[str, str]) -> Path:
    """Where the log is: under XDG_STATE_HOME."""
    from newsdesk.paths import state_dir

    return state_dir(env) / "newsdesk.log"


def append_log(path: Path, text: str) -> bool:
    """Add an entry with its time; false where it can't be written. A log of more than 512 KiB starts anew, one old one kept."""
    try:
        path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        if path.exists() and path.stat().st_size > _KEEP_BYTES:
            path.replace(path.with_suffix(".old.log"))
        with path.open("a", encoding="utf-8", errors="backslashreplace") as log:
            log.write(f"{stamp(utc_now())} {os.getpid()} {text.rstrip()}\n")
    except OSError:
        return False
    return True


def record_crash(error: BaseException, env: Mapping[str, str]) -> str:
    """Write an error's traceback to the log; returns the line that a person sees."""
    path = log_file(env)
    kept = append_log(path, "internal error\n" + "".join(traceback.format_exception(error)))
    frames = traceback.extract_tb(error.__traceback__)
    place = f" at {Path(frames[-1].filename).name}:{frames[-1].lineno}" if frames else ""
    where = f"; the details are in {path}" if kept else ""
    return f"internal error: {type(error).__name__}: {error}{place}{where}"
