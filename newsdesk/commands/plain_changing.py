"""What `newsdesk --plain` changes: marks, follows, saved searches, the grouping, labels, muted sources; and takes back."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import TYPE_CHECKING, cast

from newsdesk.commands.plain_lists import Lists
from newsdesk.errors import UsageError
from newsdesk.model import Story
from newsdesk.wording import counted, label_words, stories

if TYPE_CHECKING:
    from newsdesk.person.judgements import Said

_WORD = re.compile(r'(?:"[^"]*"|\S)+')  # country:"New Zealand" is one
_SAID = {"star": "Starred.", "unstar": "No longer starred."}


class Changing(Lists):
    """Each change is one step that `undo` takes back."""

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
        self._check_listed("stories")
        self.say(f"{stories(self.desk.mark(self.targets, 'read'))} marked read; undo takes it back.")

    # Follows and searches

    def do_follow(self, what: str) -> None:
        target = what if what and not what.isdecimal() else self._follow_target(what)
        self.say(f"You follow {self.desk.follow(target).name}.")

    def _follow_target(self, number: str) -> str:
        if not number:
            return self._open_story().id
        target = self._target(number)
        if self.kind == "follows":
            raise UsageError("you follow that already")
        return self.desk.saved_queries()[target] if self.kind == "searches" else target

    def do_unfollow(self, what: str) -> None:
        target = self._target(what) if what.isdecimal() else what or self._open_story().id
        self.say(f"You no longer follow {self.desk.unfollow(target).name}.")

    def do_save(self, name: str) -> None:
        if not name:
            raise UsageError("say a name for the search, as in save quakes")
        if self.kind not in ("stories", "storylines") or not self.query:
            raise UsageError("search for something first: that is saved")
        self.desk.save_query(name, self.query)
        self.say(f"Saved as {name}: {self.query}. saved lists what is saved.")

    def do_drop(self, what: str) -> None:
        if self.kind != "searches" and (not what or what.isdecimal()):
            raise UsageError("say saved first, then drop and a number, or drop and a name")
        name = self._target(what) if what.isdecimal() else what
        self.desk.drop_query(name)
        self.say(f"Dropped {name}; undo takes it back.")

    # The grouping

    def do_merge(self, numbers: str) -> None:
        words = numbers.split()
        if not 1 <= len(words) <= 2:
            raise UsageError("say merge 2 3 to put the storyline of 3 into that of 2, or merge 3 for the open story's")
        into, other = [self._line_of(number) for number in (words if len(words) == 2 else ["", *words])]
        if into == other:
            raise UsageError("they are in one storyline already")
        line = self.desk.merge(into, other)
        self._look_again()
        self.say(f"One storyline now, {stories(line.stories)}: {line.title}; undo takes it back.")

    def do_split(self, number: str) -> None:
        story = self._meant_story(number)
        if story.storyline is None or story.storyline.stories == 1:
            raise UsageError("the story is alone in its storyline; there is nothing to split")
        before = story.storyline.title
        self.desk.split(story.storyline.id, story.id)
        self._look_again()
        self.say(f"Taken out of {before}, and a storyline of its own now; undo takes it back.")

    def do_move(self, numbers: str) -> None:
        words = numbers.split()
        if not 1 <= len(words) <= 2:
            raise UsageError("say move 2 3 to put story 2 into the storyline of 3, or move 3 for the open story")
        story = self._meant_story(words[0] if len(words) == 2 else "")
        line_id = self._line_of(words[-1])
        if story.storyline is not None and story.storyline.id == line_id:
            raise UsageError("the story is in that storyline already")
        line = self.desk.move(story.id, line_id)
        self._look_again()
        self.say(f"Moved into {line.title}, {stories(line.stories)}; undo takes it back.")

    def do_rename(self, words: str) -> None:
        first, _, rest = words.partition(" ")
        number, title = (first, rest.strip()) if first.isdecimal() else ("", words)
        if not title:
            raise UsageError(
                "say its new title, as in rename 2 The port strike, or rename The port strike for the open story's"
            )
        line = self.desk.rename(self._line_of(number), title)
        self._look_again()
        self.say(f"Renamed to {line.title}; undo takes it back.")

    def do_pin(self, number: str) -> None:
        self._pin(number, pinned=True)

    def do_unpin(self, number: str) -> None:
        self._pin(number, pinned=False)

    def _pin(self, number: str, *, pinned: bool) -> None:
        line_id = self._line_of(number)
        before = self.desk.storyline(line_id)
        if before is None:
            raise UsageError("that storyline is gone; say storylines")
        if before.pinned == pinned:
            self.say(f"{before.title} is {'pinned already' if pinned else 'not pinned'}.")
            return
        self.desk.pin(line_id, pinned)
        state = "pinned: it is never merged or split unasked" if pinned else "no longer pinned"
        self.say(f"{before.title} is {state}; undo takes it back.")

    def _look_again(self) -> None:
        """Have the open story as it is after a change."""
        if self.story is not None:
            self.story = self.desk.story(self.story.id)

    # Labels, moods and sources

    def do_judge(self, words: str) -> None:
        from newsdesk.person.judgements import SAYS

        story = self._open_story()
        number, _, said = words.partition(" ")
        said = said.strip().casefold()
        if not story.comments:
            raise UsageError("the story has no comments")
        if not self.thread:
            raise UsageError("say comments first, then judge, a number and a mood")
        if not number.isdecimal() or not said:
            raise UsageError("say judge, the number of a comment and its mood, as in judge 2 negative")
        if not 1 <= int(number) <= len(self.thread):
            raise UsageError(f"the story has comments 1 to {len(self.thread)}")
        self.desk.judge(story.id, self.thread[int(number) - 1], cast("Said", said))  # which refuses what is no mood
        self._look_again()
        told = "what the models say counts again" if said == "machine" else f"{SAYS[said]}, you say"
        self.say(f"Comment {number}: {told}; undo takes it back.")

    def do_label(self, labels: str) -> None:
        from newsdesk.commands.correct import read_labels

        story = self._open_story()
        words = [word.replace('"', "") for word in _WORD.findall(labels)]
        if words[:1] == ["all"]:
            self._label_all(story, words[1:])
            return
        labelled = self.desk.label(story.id, *read_labels(words))
        self._look_again()
        topics, countries = label_words(labelled)
        self.say(f"Topics: {topics}. Countries: {countries}; undo takes it back.")

    def _label_all(self, story: Story, words: Sequence[str]) -> None:
        from newsdesk.commands.correct import read_labels

        told = words[0].removeprefix("-") if words else "machine"
        topics, countries = read_labels([told])
        if len(words) != 1 or not (topics or countries):
            raise UsageError("say one label, as in label all topic:sport, or label all -topic:sport to take it away")
        away = words[0] != told
        ids = self.desk.ids(f"storyline:{story.storyline.id}") if story.storyline else [story.id]
        number = self.desk.label_all(ids, "topic" if topics else "country", (topics or countries or [""])[0], away=away)
        self._look_again()
        done = f"{told} {'taken from' if away else 'said of'} {stories(number)}"
        self.say(f"{done}; undo takes it back." if number else "Nothing changes by that.")

    def do_mute(self, name: str) -> None:
        if not name:
            self.say(f"Muted: {', '.join(self.desk.muted()) or 'nothing'}.")
            return
        if name.isdecimal():
            story = self._meant_story(name)
            name = story.outlet or story.source or ""
            if not name:
                raise UsageError("the story names no source that could be muted")
        back = name.casefold() in {one.casefold() for one in self.desk.muted()}
        before = self.desk.count("is:muted")
        self.desk.mute([name], back=back)
        if back:
            self.say(f"{name} is let in again.")
            return
        if (after := self.desk.count("is:muted")) == before:
            self.say(f"{name} is muted, but no story names a source so yet; undo takes it back.")
            return
        self.say(f"{name} is muted, {counted(after, 'story', 'stories')} muted in all; list is:muted shows them.")

    def do_undo(self) -> None:
        undone = self.desk.undo()
        self._look_again()
        self.say(f"Undone: {undone}." if undone else "There is nothing to undo.")

    def do_redo(self) -> None:
        redone = self.desk.redo()
        self._look_again()
        self.say(f"Done again: {redone}." if redone else "There is nothing to redo.")
