"""The search box of the newsroom: the list follows what is typed, and comes back as it was where the box is left."""

from __future__ import annotations

from dataclasses import replace
from time import monotonic
from typing import TYPE_CHECKING

from textual.timer import Timer

from newsdesk.errors import UsageError
from newsdesk.query import parse
from tui.keys.hints import Hint
from tui.lanes import Lanes
from tui.lists.narrowing import Narrowing
from tui.messages import PaneEntered, SearchCompleting, SearchEntered, SearchLeft, SearchTyped
from tui.screens.commanding import CommandingScreen
from tui.session import Session
from tui.widgets.search_box import SearchBox

if TYPE_CHECKING:
    from tui.app import Setup

SEARCH_AFTER_S = 0.02  # how long fast typing rests before the list follows it: no longer than a paste
MOST_OFFERED = 8  # words that a search may go on with, said at once
SLOW_TYPING_S = 0.06  # between letters: then the list follows each at once


class SearchingScreen(CommandingScreen):
    """The newsroom lays the box out."""

    def __init__(self, setup: Setup, lanes: Lanes, session: Session) -> None:
        super().__init__(setup, lanes, session)
        self.search_box = SearchBox()
        self.search_box.history = self.searches
        self._typing: Timer | None = None
        self._typed_at = 0.0
        self._before_search: Narrowing | None = None
        self._mistake = ""  # stays said while the list comes back that was there before

    def _hints(self) -> list[Hint]:
        if self.focused is not self.search_box:
            return super()._hints()
        told = [("Enter", "keep"), ("Esc", "as before"), ("Tab", "completes")]
        if self.searches.lines:
            told.append(("Up", "earlier searches"))
        return [Hint("", ((key, "accent"), (f" {word}", "muted")), kept=True) for key, word in told]

    def clear_for_search(self) -> None:
        """Bring the list into sight."""
        raise NotImplementedError

    def action_search(self) -> None:
        self._before_search = self.wanted.narrowing
        self.clear_for_search()
        self.search_box.display = True
        with self.search_box.prevent(SearchBox.Changed):
            self.search_box.value = self._before_search.search
        self.search_box.cursor_position = len(self.search_box.value)
        self.set_focus(self.search_box)
        self.hush()

    def on_search_typed(self, message: SearchTyped) -> None:
        self._rest_typing()
        before, self._typed_at = self._typed_at, monotonic()
        if self._typed_at - before > SLOW_TYPING_S:
            self._search_typed()
        else:
            self._typing = self.set_timer(SEARCH_AFTER_S, self._search_typed)

    def on_search_entered(self, message: SearchEntered) -> None:
        """Narrow to what was written; what can't be read is left to be mended, with the reason below it."""
        self._search(message.text)
        if self._remember(message.text):
            self._close_search()

    def _remember(self, text: str) -> bool:
        """Have a search found again with Up, if it can be read."""
        try:
            parse(text)
        except UsageError:
            return False
        self.searches.add(text)
        return True

    def on_search_left(self, message: SearchLeft) -> None:
        self._close_search()
        self._search_as_before()

    def _search_as_before(self) -> None:
        before, self._mistake = self._before_search, ""
        self.searches.rest()
        self.show_trouble("")
        if before is not None and before != self.wanted.narrowing:
            self.narrow(before)

    def on_search_completing(self, message: SearchCompleting) -> None:
        self.work("complete", self._complete, message.text, exclusive=True)

    async def _complete(self, text: str) -> None:
        from tui.palette import complete

        offers = await self.offers()
        if self.search_box.value != text:
            return
        self.search_box.take(complete(f"search {text}", None, offers).removeprefix("search "))
        last = self.search_box.value.rpartition(" ")[2]
        going_on = [one for one in offers["search"] if one.casefold().startswith(last.casefold())] if last else []
        if len(going_on) > 1:
            values = (one[last.find(":") + 1 :] for one in going_on)
            self.say_briefly(", ".join(list(filter(None, values))[:MOST_OFFERED]))
        elif last and not going_on:
            self.say_briefly(f"nothing known begins with “{last}”")

    def on_pane_entered(self, message: PaneEntered) -> None:
        """The mouse has left the box: what is typed stays, if it can be read."""
        if self.search_box.display and self.focused is not self.search_box:
            self._rest_typing()
            self.search_box.display = False
            if not self._remember(self.search_box.value.strip()):
                self._search_as_before()

    def show_trouble(self, sentence: str) -> None:
        """Above a mistake stays the list of the whole words before it. One of its first letters would be taken for its own: in
        the place of that comes the list as it was before the search."""
        before, listed, typed = self._before_search, self.view.narrowing.search, self.search_box.value.strip()
        if not sentence:
            sentence, self._mistake = self._mistake, ""
        elif self.search_box.display and before is not None and before != self.view.narrowing:
            whole = typed.startswith(listed) and not typed[len(listed) :][:1].isalnum()
            if not whole:
                self._mistake = sentence
                self.narrow(before)
        super().show_trouble(sentence)

    def _search(self, text: str) -> None:
        self._rest_typing()
        self._mistake = ""
        if text != self.wanted.narrowing.search or self.trouble_bar.has_class("-shown"):
            self.narrow(replace(self.wanted.narrowing, search=text))

    def _rest_typing(self) -> None:
        if self._typing is not None:
            self._typing.stop()
            self._typing = None

    def _close_search(self) -> None:
        self._rest_typing()
        self.search_box.display = False
        self.hush()
        self.go_to("stories")

    def hurry(self) -> None:
        """Do now what waits for typing or the cursor to rest."""
        super().hurry()
        if self._typing is not None:
            self._search_typed()

    def _search_typed(self) -> None:
        self._rest_typing()
        self._search(self.search_box.value.strip())
