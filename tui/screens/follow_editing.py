"""What is done to the follow under the cursor: on the following screen, and in the newsroom's pane of follows."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial

from newsdesk.archive.rows import FollowState
from newsdesk.desk import Desk
from newsdesk.wording import counted
from tui.keys.commands import Command
from tui.panes.following import FollowRows, name_of
from tui.screens.base import DeskScreen


class FollowEditing(DeskScreen):
    """The screen says which follow is meant, and shows what has become of it."""

    @property
    def follow_rows(self) -> FollowRows:
        """The list of follows."""
        raise NotImplementedError

    @property
    def follow_here(self) -> FollowState | None:
        """The follow under the cursor."""
        return self.follow_rows.current

    async def change(self, work: Callable[[Desk], object]) -> None:
        raise NotImplementedError

    def follow_changed(self) -> None:
        """Show follows anew, where :meth:`change` does not."""

    def hint_for(self, command: Command) -> str:
        among = "follows" in self.places or "following" in self.places
        wants_one = command.where == "follows" or command.id in ("choose", "follow")
        return "" if among and wants_one and self.follow_here is None else super().hint_for(command)

    def action_catch_up(self) -> None:
        self.do_to_follow(lambda desk, follow_id: desk.catch_up(follow_id), "caught up with {}")

    def action_catch_up_all(self) -> None:
        self.change_follows(lambda desk: desk.catch_up(), _caught_up)

    def action_follow_mute(self) -> None:
        state = self.follow_here
        muted = state is not None and not state.follow.muted
        self.edit_follow("{} muted: it raises no alert" if muted else "{} raises alerts again", muted=muted)

    def action_follow_pause(self) -> None:
        state = self.follow_here
        paused = state is not None and not state.follow.paused
        self.edit_follow("{} paused: neither counted nor told" if paused else "{} counted again", paused=paused)

    def action_follow_name(self) -> None:
        from tui.screens.entry import Prompt

        state = self.follow_here
        if state is not None:
            words = (("Another name for it", "title"), (f"It follows: {state.query}", "muted"))
            answered = partial(self._rename_follow, state)
            self.app.push_screen(Prompt(words, answered, text=state.follow.name))

    def _rename_follow(self, state: FollowState, name: str) -> None:
        self.edit_follow("{} renamed", state, name=name)

    def action_follow_alerts(self) -> None:
        from tui.screens.alerting import alerts_entry

        state = self.follow_here
        if state is not None:
            self.app.push_screen(alerts_entry(state, partial(self._set_alerts, state)))

    def _set_alerts(self, state: FollowState, rules: tuple[str, ...]) -> None:
        from tui.screens.alerting import alerts_words

        self.edit_follow(alerts_words(rules), state, alerts=rules)

    def action_follow_folder(self) -> None:
        from tui.screens.alerting import NOTHING
        from tui.screens.entry import Prompt

        state = self.follow_here
        if state is not None:
            folders = sorted({one.follow.folder for one in self.follow_rows.follows if one.follow.folder})
            there = f"There are: {', '.join(folders)}." if folders else "There is none yet."
            words = (("Put it into which folder?", "title"), (f"{there} '{NOTHING}' takes it out.", "muted"))
            self.app.push_screen(Prompt(words, partial(self._put_into, state), text=state.follow.folder))

    def _put_into(self, state: FollowState, text: str) -> None:
        from tui.screens.alerting import NOTHING

        folder = "" if text == NOTHING else text
        said = f"{{}} put into {folder}" if folder else "{} taken out of its folder"
        self.edit_follow(said, state, folder=folder)

    def edit_follow(self, said: str, state: FollowState | None = None, **changes: object) -> None:
        """Change a follow, that under the cursor unless another `state` is meant; `said` as :meth:`do_to_follow` takes it."""

        def edit(desk: Desk, follow_id: str) -> object:
            return desk.edit_follow(follow_id, **changes)  # type: ignore[arg-type]

        self.do_to_follow(edit, said, state)

    def do_to_follow(self, work: Callable[[Desk, str], object], said: str, state: FollowState | None = None) -> None:
        """Do what takes a follow's id, and say `said`, with the follow's name for ``{}``."""
        state = state or self.follow_here
        if state is None:
            self.say("there is nothing to do that with: you follow nothing yet", "muted")
            return
        follow_id, told = state.follow.id, said.replace("{}", f"“{name_of(state)}”")
        self.change_follows(lambda desk: work(desk, follow_id), lambda _: told)

    def change_follows(self, work: Callable[[Desk], object], says: Callable[[object], str]) -> None:
        self.work("follow", self._change_follows, work, says)

    async def _change_follows(self, work: Callable[[Desk], object], says: Callable[[object], str]) -> None:
        told: list[object] = []
        await self.change(lambda desk: told.append(work(desk)))
        said = says(told[0])
        if said:
            self.say_done(said)
        else:
            self.say("there was nothing new anywhere")
        self.follow_changed()


def _caught_up(number: object) -> str:
    return f"caught up with {counted(number, 'follow')}" if isinstance(number, int) and number else ""
