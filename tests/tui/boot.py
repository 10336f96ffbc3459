"""Opens the dashboard on a desk in memory, for tests that need a process and a real terminal."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import cast

from newsdesk.desk import Desk
from tests.tui.fake_desk import FakeDesk
from tests.tui.hostile import HOSTILE
from tests.tui.morning import NOW, morning
from tests.tui.test_hostile import hostile_stories
from tui.app import NewsdeskApp, Setup


def main(kind: str, session: str) -> int:
    stories = hostile_stories(HOSTILE) if kind == "hostile" else morning()
    app = NewsdeskApp(Setup(desk=cast(Desk, FakeDesk(stories)), now=lambda: NOW, session_file=Path(session)))
    try:
        app.run()
    finally:
        app.finish()
    return app.return_code or 0


if __name__ == "__main__":
    sys.exit(main(*sys.argv[1:]))
