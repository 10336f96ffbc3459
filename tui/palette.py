"""The palette: every command by its name, from the same table as the keys."""

from __future__ import annotations

from functools import partial

from textual.command import DiscoveryHit, Hit, Hits, Provider

from tui.commands import COMMANDS, Command, first_key


class DeskCommands(Provider):
    """Finds commands for the screen that the palette was opened on."""

    def _run(self, command: Command) -> None:
        self.screen.run_command(command)  # type: ignore[attr-defined]

    def _help(self, command: Command) -> str:
        keymap = getattr(self.app, "person_keys", {})
        return f"{first_key(command, keymap)}  {command.help}"

    async def discover(self) -> Hits:
        for command in COMMANDS:
            if command.where == "screen" and command.id != "palette":
                yield DiscoveryHit(command.name, partial(self._run, command), command.name, self._help(command))

    async def search(self, query: str) -> Hits:
        matcher = self.matcher(query)
        for command in COMMANDS:
            score = matcher.match(f"{command.name} {command.help}")
            if score > 0 and command.id != "palette":
                yield Hit(score, command.name, partial(self._run, command), command.name, self._help(command))
