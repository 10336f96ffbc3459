"""The desk line by line, for screen readers and terminals that can't be drawn on: lists with numbers, commands by word.

Nothing here knows a terminal: a line comes in, lines go out. What stands in a line is in words, no sign stands for anything.
"""

from __future__ import annotations

import inspect
import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from typing import TYPE_CHECKING, Literal, TypeAlias

from newsdesk.archive.rows import Section
from newsdesk.commands.plain_words import (
    WORDS,
    tell_comment,
    tell_facts,
    tell_follow,
    tell_mood,
    tell_section,
    tell_story,
    tell_storyline,
)
from newsdesk.errors import NewsdeskError, UsageError
from newsdesk.kept_text import thread_order
from newsdesk.labelling import corrected
from newsdesk.model import Story
from newsdesk.wording import counted, label_words

if TYPE_CHECKING:
    from newsdesk.desk import Desk

PAGE = 15
_WORD = re.compile(r'(?:"[^"]*"|\S)+')  # country:"New Zealand" is one

Say: TypeAlias = Callable[[str], None]
_NAMES = tuple(word.name for word in WORDS)
_ALSO = {"find": "search", "exit": "quit", "q": "quit", "bye": "quit", "?": "help"}
_SAID = {"star": "Starred.", "unstar": "No longer starred."}

ListKind: TypeAlias = Literal["stories", "storylines", "sections", "follows"]


def _by_query(field: str, sections: Sequence[Section]) -> dict[str, Section]:
    """Sections by the query that finds what is in them."""
    return {f"{field}:{section.id or 'unknown'}": section for section in sections}


class Plain:
    """A sitting by words. `refresh` reads the sources, and says what came of it."""

    def __init__(self, desk: Desk, say: Say, refresh: Callable[[Say], None]) -> None:
        self.desk, self.say, self.refresh_sources = desk, say, refresh
        self.kind: ListKind = "stories"
        self.query = ""
        self.targets: list[str] = []  # ids or queries of the whole list, in order
        self.shown = 0  # how many of them have been read out
        self.start = 0  # the first of the part that was read out last
        self.story: Story | None = None

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
            said = str(error)
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

    # Lists

    def do_list(self, query: str) -> None:
        self._begin("stories", query, self.desk.ids(query))

    def do_search(self, query: str) -> None:
        if not query:
            raise UsageError("say what to search for, as in search quake topic:disaster")
        self.do_list(query)

    def do_storylines(self, query: str) -> None:
        self._begin("storylines", query, self.desk.storyline_ids(query))

    def do_topics(self) -> None:
        self._list_sections("topic", self._topics())

    def do_countries(self) -> None:
        self._list_sections("country", self._countries())

    def _topics(self) -> dict[str, Section]:
        sections = self.desk.sections()
        return _by_query("topic", [*sections.topics, sections.unknown_topic])

    def _countries(self) -> dict[str, Section]:
        sections = self.desk.sections()
        return _by_query("country", [*sections.countries, sections.unknown_country])

    def _list_sections(self, field: str, sections: Mapping[str, Section]) -> None:
        self._begin("sections", field, [query for query, section in sections.items() if section.total])

    def do_follows(self) -> None:
        self._begin("follows", "", [follow.id for follow in self.desk.all_follows()])

    def _begin(self, kind: ListKind, query: str, targets: list[str]) -> None:
        self.kind, self.query, self.targets, self.shown = kind, query, targets, 0
        if not targets:
            self.say(self._emptiness())
            return
        self.do_more()

    def _emptiness(self) -> str:
        if self.kind == "follows":
            return "You follow nothing yet: open a story and say follow."
        if self.query and self.kind != "sections":
            return f"No story matches {self.query}: list shows all."
        return "There are no stories yet: refresh reads the sources; newsdesk feeds add URL adds one."

    def do_more(self) -> None:
        if self.shown >= len(self.targets):
            self.say("That is the end of the list." if self.targets else "Nothing is listed: say list.")
            return
        self.start = self.shown
        self.shown = min(self.start + PAGE, len(self.targets))
        for number, line in enumerate(self._lines(self.targets[self.start : self.shown]), self.start + 1):
            self.say(f"{number}. {line}")
        left = len(self.targets) - self.shown
        self.say(f"{left} more: press Enter." if left else "That is all.")

    def do_previous(self) -> None:
        if self.start == 0:
            self.say("That is the start of the list.")
            return
        self.shown = max(0, self.start - PAGE)
        self.do_more()

    def _lines(self, targets: Sequence[str]) -> Iterator[str]:
        if self.kind == "stories":
            yield from map(tell_story, self.desk.rows_of(targets))
        elif self.kind == "storylines":
            yield from map(tell_storyline, self.desk.storyline_rows_of(targets))
        elif self.kind == "follows":
            states = {state.follow.id: state for state in self.desk.follows()}
            for target in targets:
                yield tell_follow(states[target]) if target in states else "No longer followed."
        else:
            sections = self._topics() if self.query == "topic" else self._countries()
            for target in targets:
                yield tell_section(sections[target])

    # Reading

    def do_open(self, number: str) -> None:
        target = self._target(number)
        if self.kind == "stories":
            self._read(target)
        elif self.kind == "storylines":
            self._begin("stories", f"storyline:{target}", [row.id for row in self.desk.storyline_stories(target)])
        elif self.kind == "follows":
            query = self.desk.follow_query(target)
            self._begin("stories", query.text, self.desk.ids(query))
            self.desk.look(target)
        else:
            self.do_list(target)

    def _target(self, number: str) -> str:
        if not number.isdecimal() or not 1 <= int(number) <= len(self.targets):
            size = len(self.targets)
            raise UsageError(f"the list has numbers 1 to {size}" if size else "nothing is listed: say list")
        return self.targets[int(number) - 1]

    def _read(self, story_id: str) -> None:
        story = self.desk.story(story_id)
        if story is None:
            raise UsageError("that story is gone; say list")
        self.story = story
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
        self.say("No unread story further down the list.")

    def _open_story(self) -> Story:
        if self.story is None:
            raise UsageError("no story is open; say the number of one in the list")
        return self.story

    def do_comments(self) -> None:
        story = self._open_story()
        self.say(tell_mood(story.mood))
        for index, depth in thread_order(story.comments):
            self.say(tell_comment(story.comments[index], depth))

    def do_why(self) -> None:
        story = self._open_story()
        for label in (*story.all_topics(), *story.countries):
            self.say(f"{label.name}: {', '.join(dict.fromkeys(label.why)) or 'no reason is recorded'}.")
        for what, said in zip(("Topics", "Countries"), corrected(story), strict=True):
            if said:
                self.say(f"{what}: {said}.")
        if story.storyline:
            self.say(f"Storyline {story.storyline.title}: {', '.join(story.storyline.why) or 'alone'}.")

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

    def do_label(self, labels: str) -> None:
        from newsdesk.commands.correct import read_labels
        from newsdesk.labelling import says

        story = self._open_story()
        words = [word.replace('"', "") for word in _WORD.findall(labels)]
        labelled = self.desk.label(story.id, *read_labels(words))
        self.story = self.desk.story(story.id)
        self.say(f"{says(labelled)}; undo takes it back.")

    def do_link(self) -> None:
        self.say(self._open_story().url or "The story has no address.")

    # Marks and follows

    def _meant(self, number: str) -> str:
        if not number:
            return self._open_story().id
        if self.kind != "stories":
            raise UsageError("the list is not one of stories; say list")
        return self._target(number)

    def _mark(self, number: str, how: str) -> None:
        changed = self.desk.mark([self._meant(number)], how)
        if not changed:
            self.say({"star": "It has a star already.", "unstar": "It has no star."}.get(how, f"It was {how} already."))
            return
        self.say(_SAID.get(how, f"Marked {how}."))

    def do_read(self, number: str) -> None:
        self._mark(number, "read")

    def do_unread(self, number: str) -> None:
        self._mark(number, "unread")

    def do_star(self, number: str) -> None:
        self._mark(number, "star")

    def do_unstar(self, number: str) -> None:
        self._mark(number, "unstar")

    def do_catchup(self) -> None:
        if self.kind != "stories":
            raise UsageError("the list is not one of stories; say list")
        self.say(f"{counted(self.desk.mark(self.targets, 'read'), 'story', 'stories')} marked read; undo takes it back.")

    def do_follow(self, what: str) -> None:
        target = what if what and not what.isdecimal() else self._follow_target(what)
        self.say(f"You follow {self.desk.follow(target).name}.")

    def _follow_target(self, number: str) -> str:
        if not number:
            return self._open_story().id
        target = self._target(number)
        if self.kind == "follows":
            raise UsageError("you follow that already")
        return target

    def do_unfollow(self, what: str) -> None:
        target = self._target(what) if what.isdecimal() else what or self._open_story().id
        self.say(f"You no longer follow {self.desk.unfollow(target).name}.")

    def do_mute(self, name: str) -> None:
        if not name:
            self.say(f"Muted: {', '.join(self.desk.muted()) or 'nothing'}.")
            return
        back = name.casefold() in {one.casefold() for one in self.desk.muted()}
        self.desk.mute([name], back=back)
        muted = f"{counted(self.desk.count('is:muted'), 'story', 'stories')} muted in all; list is:muted shows them."
        self.say(f"{name} is let in again." if back else f"{name} is muted, {muted}")

    def do_undo(self) -> None:
        undone = self.desk.undo()
        self.say(f"Undone: {undone}." if undone else "There is nothing to undo.")

    def do_redo(self) -> None:
        redone = self.desk.redo()
        self.say(f"Done again: {redone}." if redone else "There is nothing to redo.")

    # The desk

    def do_digest(self) -> None:
        from newsdesk.briefing import make_digest
        from newsdesk.export.briefing import digest_blocks

        for block in digest_blocks(make_digest(self.desk)):
            self.say(f"{block.text} ({block.by})" if block.by else block.text)

    def do_refresh(self) -> None:
        self.refresh_sources(self.say)

    def do_help(self) -> None:
        for word in WORDS:
            self.say(f"{word.name}{' ' + word.takes if word.takes else ''}: {word.help}.")
        self.say("The beginning of a word is enough where no other word begins the same way.")
