"""Where newsdesk keeps things. XDG folders, each moved by a flag or the environment; nothing is made before it is written."""

from __future__ import annotations

import os
import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path

from newsdesk.errors import UsageError

# Surrogates that stand for no byte of a file name (PEP 383 uses U+DC80 to U+DCFF).
_NO_BYTE = re.compile("[\ud800-\udc7f\udd00-\udfff]")


@dataclass(frozen=True, slots=True)
class Paths:
    """`config`: the settings file, which may be missing. `data`: folder of archive, marks, notebook. `state`: of the log."""

    config: Path
    data: Path
    state: Path

    @property
    def archive(self) -> Path:
        return self.data / "archive.sqlite3"

    @property
    def marks(self) -> Path:
        return self.data / "marks.sqlite3"

    @property
    def notebook(self) -> Path:
        return self.data / "notebook.json"

    @property
    def lock(self) -> Path:
        """The file that a refresh holds a lock on."""
        return self.data / "refresh.lock"

    @property
    def alerts_lock(self) -> Path:
        """The file that a refresh holds a lock on while it carries alerts, when the next one may run already."""
        return self.data / "alerts.lock"

    @property
    def kept_seeds(self) -> Path:
        """The list of paths that `--keep` made sources."""
        return self.data / "seeds.json"

    @property
    def log(self) -> Path:
        return self.state / "newsdesk.log"


def is_missing(path: str) -> bool:
    """Whether nothing has that name. What is in a folder that is closed to this person counts as there: its reader says why."""
    try:
        os.lstat(path)  # a Path would fold a trailing slash away, with which a file is not there
    except PermissionError:
        return False
    except (OSError, ValueError):
        return True
    return False


def told_missing(path: str) -> str:
    """What is said of a path that is not there; one of blanks alone is seen between quotation marks."""
    return f"{path if path.strip() else repr(path)}: no such file or folder"


def check_there(paths: Iterable[str]) -> None:
    """Raises UsageError for the first of `paths` that is not there."""
    for path in filter(is_missing, paths):
        raise UsageError(told_missing(path))


def find_paths(env: Mapping[str, str], config: str | None = None, data: str | None = None) -> Paths:
    """The paths by flag (`config`, `data`), else environment, else XDG. Makes and reads nothing."""
    config_file = config or env.get("NEWSDESK_CONFIG")
    data_dir = data or env.get("NEWSDESK_DATA")
    return Paths(
        config=_expand(config_file, env) if config_file else _xdg(env, "XDG_CONFIG_HOME", ".config") / "config.toml",
        data=_expand(data_dir, env) if data_dir else _xdg(env, "XDG_DATA_HOME", ".local/share"),
        state=state_dir(env),
    )


def path_text(path: str) -> str:
    """A path as text that can be stored and printed: bytes of a name that are no UTF-8 as ``\\xff``."""
    try:
        path.encode()
    except UnicodeEncodeError:
        whole = _NO_BYTE.sub("\ufffd", path)
        return whole.encode("utf-8", "surrogateescape").decode("utf-8", "backslashreplace")
    return path


def state_dir(env: Mapping[str, str]) -> Path:
    return _xdg(env, "XDG_STATE_HOME", ".local/state")


def home(env: Mapping[str, str]) -> Path:
    """The home folder; a path that is not there where none is known, so that the error comes with the first write."""
    told = env.get("HOME", "")
    if told.startswith("/"):
        return Path(told)
    try:  # not Path.home(): where HOME is there and empty, that is the root folder
        import pwd

        return Path(pwd.getpwuid(os.getuid()).pw_dir)
    except (ImportError, KeyError):
        return Path("/nonexistent")


def expand(text: str, env: Mapping[str, str] = os.environ) -> str:
    """`text` with a leading ``~`` replaced by the home folder; that of another person, as ``~ann``, is a name as any other."""
    return str(_expand(text, env))


def shorten_home(path: Path, env: Mapping[str, str]) -> str:
    """`path` as a person writes it: with ``~`` for the home folder."""
    folder = home(env)
    return f"~/{path.relative_to(folder)}" if path.is_relative_to(folder) else str(path)


def _expand(text: str, env: Mapping[str, str]) -> Path:
    path = Path(text)
    if path.parts and path.parts[0] == "~":
        return home(env).joinpath(*path.parts[1:])
    return path


def _xdg(env: Mapping[str, str], variable: str, fallback: str) -> Path:
    """An XDG base folder, with our own in it. A relative one is ignored, as the specification says."""
    base = env.get(variable, "")
    return (Path(base) if base.startswith("/") else home(env) / fallback) / "newsdesk"
