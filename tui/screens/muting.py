"""Muting the source under the cursor: its stories are in no list until it is let in again."""

from __future__ import annotations

from collections.abc import Callable

from newsdesk.desk import Desk
from newsdesk.wording import stories
from tui.screens.base import DeskScreen


class MutingScreen(DeskScreen):
    """The screen says which source is meant, and shows what has become of it."""

    def source_here(self) -> str:
        """The name of the source under the cursor; empty where there is none, which is said."""
        raise NotImplementedError

    async def change(self, work: Callable[[Desk], object]) -> None:
        raise NotImplementedError

    def muting_changed(self) -> None:
        """Show the list anew, where :meth:`change` does not."""

    def action_mute_source(self) -> None:
        name = self.source_here()
        if name:
            self.work("mute", self.turn_muting, name)

    async def turn_muting(self, name: str) -> None:
        """Mute a source, or let one that is muted in again, and say so."""
        said = ""

        def turn(desk: Desk) -> None:
            nonlocal said
            back = name.casefold() in {one.casefold() for one in desk.muted()}
            desk.mute([name], back=back)
            number = stories(desk.count("is:muted"))
            told = "let in again" if back else f"muted; {number} muted in all, {self.key_of('muted-only')} shows them"
            said = f"“{name}” {told}"

        await self.change(turn)
        self.on_top.say_done(said)
        self.muting_changed()
