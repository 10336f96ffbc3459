"""Adding a feed: an address is asked for, feeds are looked for there, and the one that is chosen goes into the settings."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Coroutine, Sequence
from functools import partial
from typing import Any, Final, TypeAlias

from textual.app import App

from newsdesk.model import Json
from newsdesk.processes.children import sibling
from tui.drawing.render import Line, Span, clean
from tui.outside import errands
from tui.panes.source_words import bare_address
from tui.screens.asking import Choice
from tui.screens.entry import Entry

_WHAT: Final = "Its address, or that of a page that names it. Enter looks for it."
_FLAGS: Final = {"--allow-private": "add", "--guess": "discover"}  # named by a command that nobody here has typed

Task: TypeAlias = Callable[[], Coroutine[Any, Any, None]]


class FeedAdder:
    """`command` is that of a refresh, `do` runs a task beside the screen, `say` shows a sentence in an ink; `added` is told the
    feed's address when it stands in the settings."""

    def __init__(
        self,
        app: App[Any],
        command: Sequence[str],
        do: Callable[[Task], None],
        say: Callable[[str, str], None],
        added: Callable[[str], Awaitable[None]],
    ) -> None:
        self._app, self._command = app, command
        self._do, self._say, self._added = do, say, added

    def ask(self, text: str = "", wrong: str = "") -> None:
        """Ask for an address; again, with what was written and what is `wrong` with it, where that led to nothing."""
        words: list[Span] = [("Add a feed", "title")]
        words.append((clean(wrong), "error") if wrong else (_WHAT, "muted"))
        begin = lambda text: self._do(partial(self._look_for, text))  # noqa: E731
        self._app.push_screen(Entry(words, begin, text=text, example="https://example.org", check=_wrong_address))

    async def _look_for(self, text: str) -> None:
        url = text if "://" in text else f"https://{text}"
        self._say(f"looking for feeds at {url}; Esc stops", "text")
        outcome = await self._run("feeds", "discover", "--format", "json", "--", url)
        found = [row for row in outcome.listed("feeds") if isinstance(row.get("url"), str)]
        if not found:
            wrong = outcome.says or f"{url}: the page names no feed; give the feed's own address"
            self._say("no feed was found there", "error")
            for flag, command in _FLAGS.items():
                wrong = wrong.replace(flag, f"newsdesk feeds {command} {flag}")
            self.ask(text, wrong)
        elif len(found) == 1:
            await self._add(str(found[0]["url"]))
        else:
            self._say("Which of them?", "muted")
            self._app.push_screen(
                Choice(
                    (("Which of them?", "title"),),
                    [_feed_line(row) for row in found],
                    lambda at: self._do(partial(self._add, str(found[at]["url"]))),
                    keys="Enter or its number adds it, Esc leaves",
                )
            )

    async def _add(self, url: str) -> None:
        self._say(f"adding {url}", "text")
        outcome = await self._run("feeds", "add", "--", url)
        if outcome.code:
            self._say(outcome.says or f"{url} could not be added", "error")
        else:
            await self._added(url)

    async def _run(self, *words: str) -> errands.Outcome:
        return await errands.run(sibling(self._command, words))


def _wrong_address(text: str) -> str:
    return "" if text and " " not in text else "write one address, like https://example.org"


def _feed_line(row: dict[str, Json]) -> Line:
    title = str(row.get("title") or bare_address(str(row["url"])))
    return (title, "text"), (f"  {row.get('kind')}  {row['url']}", "muted")
