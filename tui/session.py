"""How a person left the dashboard: theme, grouping, the story under the cursor, what was typed, how large the panes are.
Marks are the desk's."""

from __future__ import annotations

import contextlib
import json
from dataclasses import asdict, dataclass, field, fields
from pathlib import Path

from newsdesk.whole_file import write_whole
from tui.arrangement import Sizes, sizes_in
from tui.history import MOST

LARGEST_BYTES = 512 * 1024


@dataclass(frozen=True, slots=True)
class Session:
    theme: str = ""
    grouped: bool = True
    story: str = ""
    storyline: str = ""
    searches: tuple[str, ...] = ()
    commands: tuple[str, ...] = ()
    piped: tuple[str, ...] = ()
    sizes: Sizes = field(default_factory=dict)


def load_session(path: Path | None) -> Session:
    """The session that was left; the default where there is none, or none that can be read."""
    if path is None:
        return Session()
    try:
        if path.stat().st_size > LARGEST_BYTES:
            return Session()
        data = json.loads(path.read_text("utf-8"))
    except (OSError, ValueError, RecursionError):
        return Session()
    if not isinstance(data, dict):
        return Session()
    default = Session()
    for name in ("searches", "commands", "piped"):
        lines = data.get(name)
        data[name] = tuple(line for line in lines if isinstance(line, str))[-MOST:] if isinstance(lines, list) else None
    data["sizes"] = sizes_in(data.get("sizes"))
    known = {part.name: type(getattr(default, part.name)) for part in fields(Session)}
    return Session(**{name: data[name] for name, kind in known.items() if isinstance(data.get(name), kind)})


def save_session(path: Path | None, session: Session) -> None:
    """Keep the session, whole or not at all, where nobody else reads what was searched for. A home that can't be written only
    loses where the cursor was."""
    if path is None:
        return
    with contextlib.suppress(OSError):
        path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        with contextlib.suppress(FileNotFoundError):
            path.chmod(0o600)  # older versions let others read it
        write_whole(path, [json.dumps(asdict(session)).encode()], private=True)
