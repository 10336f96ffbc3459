"""What a story points to: its link opened or copied, and the whole page fetched."""

from __future__ import annotations

from newsdesk.errors import UsageError
from newsdesk.model import Story
from tui.drawing.render import Line
from tui.messages import LinkChosen
from tui.screens.base import DeskScreen


class LinkingScreen(DeskScreen):
    """Subclasses say which story is read."""

    def story_read(self) -> Story | None:
        """The story that the article pane shows."""
        raise NotImplementedError

    def action_open_link(self) -> None:
        self._link(open_it=True)

    def action_copy_link(self) -> None:
        self._link(open_it=False)

    def action_links(self) -> None:
        """Choose among the addresses in the story and its comments."""
        from tui.outside import links
        from tui.screens.asking import Choice

        story = self.story_read()
        found = links.links_of(story) if story else []
        if not found:
            self.say("no web address stands in this story", "muted")
            return
        lines: list[Line] = [
            ((f"{number:>2}  ", "accent"), (url, "text"), (f"  {where}", "muted"))
            for number, (url, where) in enumerate(found, 1)
        ]
        words = (("Which link?", "title"), ("Over SSH it is copied.", "muted"))
        keys = "Enter or its number opens it, Esc leaves"
        self.app.push_screen(Choice(words, lines, lambda at: self._follow_link(found[at][0], open_it=True), keys=keys))

    def on_link_chosen(self, message: LinkChosen) -> None:
        self._follow_link(message.url, open_it=True)

    def _link(self, *, open_it: bool) -> None:
        story = self.story_read()
        self._follow_link(story.url if story else None, open_it=open_it)

    def _follow_link(self, link: str | None, *, open_it: bool) -> None:
        from tui.outside import links

        try:
            url = links.safe_link(link)
            if open_it and self._opened(url):
                self.say("opened in the browser", "muted")
                return
        except UsageError as error:
            self.say_error(str(error))
            return
        self.app.copy_to_clipboard(url)
        over_ssh = links.is_remote(self.setup.env)
        why = "" if not open_it else "over SSH no browser is opened; " if over_ssh else "no browser found (set BROWSER); "
        self.say(f"{why}link copied: {url}", "muted")

    def _opened(self, url: str) -> bool:
        from tui.outside import links

        if self.app.is_web:  # the person's browser is where the dashboard is
            self.app.open_url(url)
            return True
        return links.open_link(url, self.setup.env)

    def action_full_text(self) -> None:
        from tui.outside import links

        story = self.story_read()
        try:
            links.safe_link(story.url if story else None)
        except UsageError as error:
            self.say_error(str(error))
            return
        if story is None or "refresh" not in self.setup.refresh_command:
            self.say("pages can't be fetched here", "muted")
            return
        self.say(f"fetching {story.url}", "muted")
        self.work("fetch", self._fetch, story)

    async def _fetch(self, story: Story) -> None:
        """The child stores what it finds; what the archive has then is shown."""
        from newsdesk.processes.children import sibling
        from tui.outside import errands

        command = sibling(self.setup.refresh_command, ("show", "--fetch", "--format", "json", story.id))
        outcome = await errands.run(command)
        if outcome.code:
            self.say_error(outcome.says or f"{story.url} could not be fetched")
            return
        found = await self.lanes.front(lambda desk: desk.story(story.id))
        self.story_fetched(found)
        grown = found is not None and (found.body != story.body or len(found.comments) != len(story.comments))
        self.say("the whole page" if grown else "the page has no more than is here already", "muted")

    def story_fetched(self, story: Story | None) -> None:
        """Show the story as it is now, if it is still the one that is read."""
        raise NotImplementedError
