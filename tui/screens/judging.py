"""What a person wants of a thread: words, an author, and to say that the mood of a comment is wrong."""

from __future__ import annotations

from functools import partial
from typing import Final

from newsdesk.model import Comment
from newsdesk.person.judgements import SAYS, Said
from newsdesk.query.words import fold
from tui.drawing.render import Line, shorten
from tui.panes.comments import CommentsPane
from tui.panes.thread import mood_told
from tui.screens.correcting import CorrectingScreen

ANSWERS: Final[tuple[tuple[Said, str], ...]] = (
    ("negative", "contempt, mockery, accusation: what is meant counts"),
    ("neutral", "a question, a fact, neither for nor against"),
    ("positive", "praise, thanks, warmth, hope"),
    ("none", "it can't be said, or is not about this"),
    ("machine", "take back what you said of it"),
)


class JudgingScreen(CorrectingScreen):
    """Asks which mood a comment has."""

    def ask_mood(self, story_id: str, comment: Comment) -> None:
        """Let a person say what the mood of a comment is."""
        from tui.screens.asking import Choice

        answers = ANSWERS if comment.judged else ANSWERS[:-1]
        room = max(len(SAYS[said]) for said, _ in answers) + 2
        lines: list[Line] = [
            ((f"{number}  {SAYS[said]:<{room}}", "text"), (why, "muted")) for number, (said, why) in _numbered(answers)
        ]
        words = (
            (f"“{shorten(' '.join(comment.text.split()), 62)}”", "title"),
            (f"{mood_told(comment)}. What is it?", "muted"),
        )
        self.app.push_screen(Choice(words, lines, partial(self._judge, story_id, comment)))

    def _judge(self, story_id: str, comment: Comment, answer: int) -> None:
        said = ANSWERS[answer][0]
        told = "the models' word counts again" if said == "machine" else f"{SAYS[said]}, you say"
        self.work("correct", self.correct, lambda desk: desk.judge(story_id, comment, said), told)


def _numbered(answers: tuple[tuple[Said, str], ...]) -> list[tuple[int, tuple[Said, str]]]:
    return list(enumerate(answers, 1))


class ThreadScreen(JudgingScreen):
    """A screen with a comments pane."""

    comments_pane: CommentsPane

    def on_comments_pane_asked(self, message: CommentsPane.Asked) -> None:
        pane = self.comments_pane
        if pane.story is None or pane.current is None:
            return
        if message.wish == "mood":
            self.ask_mood(pane.story.id, pane.current)
        elif message.wish == "author":
            self._ask_author(pane)
        else:
            self._ask_words(pane)

    def _ask_words(self, pane: CommentsPane) -> None:
        from tui.screens.entry import Prompt

        words = (("Find in the thread", "title"), ("Words that stand in a comment, or its author's name.", "muted"))
        self.app.push_screen(Prompt(words, lambda text: self.work("find", self._find, pane, text), example="locker"))

    async def _find(self, pane: CommentsPane, text: str) -> None:
        from tui.drawing.found import words_in_thread

        words = fold(text).split()
        again = self.key_of("thread-again")
        number = await pane.find(lambda comment: _has(comment, words), words_in_thread(text))
        if number:
            told = f"{number:,} comments have “{text}”" if number > 1 else f"one comment has “{text}”"
            self.say(f"{told}; {again} goes to the next" if number > 1 else told, "muted")
        elif number == 0:
            self.say(f"no comment here has “{text}”", "muted")

    def _ask_author(self, pane: CommentsPane) -> None:
        from tui.screens.picking import NamePicker

        writers = pane.talk.writers()
        if not writers:
            self.say("no author is named here", "muted")
            return
        question = f"Whose comments? Afterwards {self.key_of('thread-again')} goes to the next one of the same author."
        self.app.push_screen(NamePicker(question, writers, lambda author: self.work("find", self._go_to_author, pane, author)))

    async def _go_to_author(self, pane: CommentsPane, author: str) -> None:
        from tui.drawing.found import author_in_thread

        number = await pane.find(lambda comment: comment.author == author, author_in_thread(author))
        if not number:
            return
        told = f"{number:,} comments of {author}; {self.key_of('thread-again')} goes to the next"
        self.say(told if number > 1 else f"the one comment of {author}", "muted")


def _has(comment: Comment, words: list[str]) -> bool:
    text = fold(f"{comment.author or ''} {comment.text}")
    return all(word in text for word in words)
