"""The desk line by line, for screen readers and terminals that can't be drawn on: lists with numbers, commands by word.

Nothing here knows a terminal: a line comes in, lines go out. What stands in a line is in words, no sign stands for anything.
"""

from __future__ import annotations

import inspect
import shlex
from collections.abc import Callable, Iterable, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from newsdesk.commands.plain_changing import Changing
from newsdesk.commands.plain_lists import PAGE, ListKind
from newsdesk.commands.plain_words import (
    WORDS,
    tell_beside,
    tell_comment,
    tell_coverage,
    tell_digest,
    tell_facts,
    tell_handover,
    tell_mood,
    tell_readers_of,
    tell_when,
)
from newsdesk.errors import NewsdeskError, UsageError
from newsdesk.model import Story
from newsdesk.person.labelling import corrected
from newsdesk.threads.kept_text import thread_order
from newsdesk.wording import counted, label_words, stories

if TYPE_CHECKING:
    from newsdesk.briefs.briefing import Handover

_NAMES = tuple(word.name for word in WORDS)
_ALSO = {"com": "comments", "find": "search", "exit": "quit", "q": "quit", "bye": "quit", "?": "help"}


class Plain(Changing):
    """A sitting by words."""

    def greet(self) -> None:
        sections = self.desk.sections()
        self.say(f"newsdesk. {counted(sections.total, 'story', 'stories')}, {sections.unread:,} unread.")
        self.say("Type help for the commands, list for the stories, quit to leave.")

    def do(self, line: str) -> bool:
        """Carry out a line; false to leave. What is wrong with it is said."""
        name, _, rest = line.strip().partition(" ")
        try:
            word = self._word(name)
            if word == "quit":
                return False
            act: Callable[..., None] = getattr(self, f"do_{word}")
            if inspect.signature(act).parameters:
                act(name if word == "open" and name.isdecimal() else rest.strip())
            else:
                act()
        except NewsdeskError as error:
            said = error.in_words()
            self.say(said if said.endswith(("?", ".")) else f"{said}.")
        return True

    def _word(self, name: str) -> str:
        """The command meant: its word, the start of it, a number alone, or nothing at all."""
        name = name.casefold()  # a dictated command, or one of a phone, begins with a capital
        if not name:
            return "more"
        if name.isdecimal():
            return "open"
        if name in _NAMES:
            return name
        if name in _ALSO:
            return _ALSO[name]
        near = [word for word in _NAMES if word.startswith(name)]
        if len(near) == 1:
            return near[0]
        if near:
            raise UsageError(f"'{name}' may be {' or '.join(near)}; write more of it")
        raise UsageError(f"there is no command '{name}'; help lists them")

    # Reading

    def do_open(self, number: str) -> None:
        target = self._target(number)
        if self.kind == "stories":
            self._read(target)
        elif self.kind == "storylines":
            self._begin("stories", f"storyline:{target}", [row.id for row in self.desk.storyline_stories(target)])
        elif self.kind == "follows":
            self._look_at(target)
        elif self.kind == "searches":
            self.do_list(self.desk.saved_queries().get(target, ""))
        elif self.kind == "feeds":
            self.say(f"{target}: retry {number} asks it now, feeds remove {target} takes it out.")
        else:
            self.do_list(target)

    def _look_at(self, follow_id: str) -> None:
        """List a follow's stories, with what is new since the last look, which is this one from now on."""
        sight = self.desk.sight()  # first: what comes in meanwhile stays new
        follow = next((one for one in self.desk.all_follows() if one.id == follow_id), None)
        if follow is None:
            raise UsageError("that is no longer followed; say follows")
        query = self.desk.follow_query(follow)
        new = 0 if follow.paused else self.desk.count(self.desk.follow_query(follow, new_only=True))
        if new:
            when = f"{tell_when(follow.looked_at[:16])} UTC" if follow.looked_at else "the last look"
            self.say(f"{new} new since {when}.")
        self._begin("stories", query.text, self.desk.ids(query), since=follow.looked if new else None)
        self.desk.look_at([follow], sight)

    def _read(self, story_id: str) -> None:
        story = self.story = self._there(story_id)
        self._rest, self.thread = [], ()
        self.say(story.title or "No title.")
        self.say(tell_facts(story))
        for highlight in story.highlights:
            self.say(f"Highlight: {highlight}")
        for paragraph in story.body:
            self.say(paragraph)
        topics, countries = label_words(story)
        self.say(f"Topics: {topics}.")
        self.say(f"Countries: {countries}.")
        if story.storyline and story.storyline.stories > 1:
            self.say(f"Storyline: {story.storyline.title}, {story.storyline.stories} stories.")
        if story.comments:
            self.say(f"{counted(len(story.comments), 'comment', 'comments')}: say comments.")
        self.desk.mark([story.id], "read")

    def do_next(self) -> None:
        if self.kind != "stories" or not self.targets:
            self.kind, self.query, self.targets, self.shown = "stories", "is:unread", self.desk.ids("is:unread"), 0
        begin = self.targets.index(self.story.id) + 1 if self.story and self.story.id in self.targets else 0
        for at in range(begin, len(self.targets), PAGE):
            for row in self.desk.rows_of(self.targets[at : at + PAGE]):
                if row.unread:
                    self._read(row.id)
                    return
        left = self.desk.count("is:unread")
        self.say(f"No unread story further down the list.{f' {left} unread in all: list is:unread.' if left else ''}")

    def do_comments(self) -> None:
        story = self._open_story()
        self.say(tell_mood(story.mood))
        order = tuple(thread_order(story.comments))
        self.thread = tuple(story.comments[index] for index, _ in order)
        lines = [f"{number}. {tell_comment(story.comments[at], depth)}" for number, (at, depth) in enumerate(order, 1)]
        if lines:
            self._tell_in_parts(lines)

    def do_mood(self, query: str) -> None:
        from newsdesk.threads.readers import tell_readers

        told: list[Story] = list(self._each(self.desk.ids(query))) if query else [self._open_story()]
        for line in tell_readers_of(tell_readers(self.desk, told)):
            self.say(line)

    def do_why(self) -> None:
        story = self._open_story()
        for label in (*story.all_topics(), *story.countries):
            self.say(f"{label.name}: {', '.join(dict.fromkeys(label.why)) or 'no reason is recorded'}.")
        for what, said in zip(("Topics", "Countries"), corrected(story), strict=True):
            if said:
                self.say(f"{what}: {said}.")
        if story.storyline:
            self.say(f"Storyline {story.storyline.title}: {', '.join(story.storyline.why) or 'alone'}.")

    def do_compare(self, number: str) -> None:
        from newsdesk.briefs.accounts import pair_of

        one = self._open_story()
        if number:
            other = self._meant_story(number)
        else:
            rows = self.desk.storyline_stories(one.storyline.id) if one.storyline else []
            pair = pair_of(rows, [one.id])
            if len(pair) < 2:
                raise UsageError("no other story tells of this yet; merge joins storylines")
            other = self._there(pair[1])
        if other.id == one.id:
            raise UsageError("that is the story that is open")
        self._tell_in_parts(list(tell_beside(one, other)))
        self.desk.mark([other.id], "read")

    def do_coverage(self, query: str) -> None:
        coverage = self.desk.coverage(query)
        if not coverage.total:
            self._begin("stories", query, [])
            return
        told = [(line, f"({query}) {found}" if query else found) for line, found in tell_coverage(coverage)]
        self.say(f"{stories(coverage.total)} by topic.")
        self._tell_with_numbers("sections", told)

    def do_changes(self) -> None:
        from newsdesk.edits import told

        found = self.desk.edits(self._open_story().id)
        for seen, edit in found:
            before, after = told(edit)
            was = f"was: {before}" if before is not None else "added"
            self.say(f"Version {edit.version}, came in {seen}, {edit.what} {was}")
            self.say(f"Now: {after}" if after is not None else "Now taken out.")
        if not found:
            self.say("Nothing changed in this story.")

    def do_link(self) -> None:
        story = self._open_story()
        self.say(story.url or "The story has no address.")
        self.say(f"Its id: {story.id}.")

    # The desk

    def do_digest(self) -> None:
        from newsdesk.briefs.briefing import make_digest

        self._tell_with_numbers("stories", tell_digest(make_digest(self.desk)))

    def _tell_with_numbers(self, kind: ListKind, told: Iterable[tuple[str, str | None]]) -> None:
        """Say lines, those that have a target (of that kind of list) with a number that opens it."""
        targets: list[str] = []
        lines: list[str] = []
        for line, target in told:
            if target is None:
                lines.append(line)
                continue
            targets.append(target)
            lines.append(f"{len(targets)}. {line}")
        self.kind, self.query, self.targets, self.shown, self.start = kind, "", targets, len(targets), 0
        self.since = None
        self._tell_in_parts(lines)

    def do_handover(self, words: str) -> None:
        from newsdesk.briefs.briefing import make_handover

        first, _, rest = words.partition(" ")
        number, name = (first, rest.strip()) if first.isdecimal() else ("", words)
        handover = make_handover(self.desk, self._line_of(number))
        if name:
            self._write_handover(name, handover)
        else:
            self._tell_with_numbers("stories", tell_handover(handover))

    def _write_handover(self, name: str, handover: Handover) -> None:
        from newsdesk.commands.output import write_file
        from newsdesk.export.blocks import to_html, to_markdown
        from newsdesk.export.briefing import handover_blocks

        chosen = _format_of(name, ("md", "html"), "handover strike.md")
        blocks, path = handover_blocks(handover), Path(name).expanduser()
        write_file(path, to_html(blocks, self.desk.now()) if chosen == "html" else to_markdown(blocks))
        self.say(f"Written to {path.absolute()}.")

    def do_export(self, name: str) -> None:
        from newsdesk.commands.output import write_file
        from newsdesk.export import FORMATS, export_stories

        if not name:
            raise UsageError("say the name of a file, as in export stories.md")
        self._check_listed("stories")
        if not self.targets:
            raise UsageError("nothing is listed: say list")
        path, chosen = Path(name).expanduser(), _format_of(name, FORMATS, "export stories.md")
        ids = list(dict.fromkeys(self.targets))
        write_file(path, export_stories(self._each(ids), chosen, self.desk.now()))
        self.say(f"{stories(len(ids))} written to {path.absolute()}.")

    def do_refresh(self) -> None:
        self.beside.refresh(self.say)

    def do_feeds(self, words: str) -> None:
        try:
            said = shlex.split(words)
        except ValueError:
            raise UsageError("a quotation mark is not closed") from None
        if not said or said == ["list"]:
            self._list_feeds()
            return
        self.beside.run(self.say, ["feeds", *said])

    def do_retry(self, number: str) -> None:
        if self.kind != "feeds":
            raise UsageError("say feeds first, then retry and a number")
        self.beside.refresh(self.say, self._target(number))

    def do_help(self, name: str) -> None:
        words = [word for word in WORDS if not name or word.name == self._word(name)]
        for word in words:
            self.say(f"{word.name}{' ' + word.takes if word.takes else ''}: {word.help}.")
        if not name:
            self.say("The beginning of a word is enough where no other word begins the same way; help search tells of queries.")
        elif words[0].takes.startswith("QUERY"):
            self._help_query()

    def _help_query(self) -> None:
        from newsdesk.query import PREFIXES

        self.say("A query: words that a story has, a minus sign before one that it must not have, OR between two.")
        for prefix, value in PREFIXES.items():
            self.say(f"{prefix}, a colon, then {value}.")


def _format_of(name: str, formats: Sequence[str], example: str) -> str:
    from newsdesk.commands.output import format_of_ending

    chosen = format_of_ending(name, formats)
    if chosen is None:
        raise UsageError(f"end the file's name in one of {', '.join(formats)}, as in {example}")
    return chosen
