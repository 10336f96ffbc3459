"""The comments pane: a cursor that walks the thread, folding, finding, authors, and a person's word on a mood."""

from __future__ import annotations

from dataclasses import replace

from newsdesk.model import Comment, Sentiment
from newsdesk.sentiment import summarise
from tests.tui.conftest import Open
from tests.tui.driving import Room, strike
from tests.tui.fake_desk import FakeDesk
from tests.tui.morning import morning
from tui.drawing.render import UNICODE
from tui.panes.comments import CommentsPane
from tui.panes.thread import Thread, comment_lines
from tui.panes.thread_page import NEAR
from tui.panes.thread_tree import ThreadTree

#                 0     1     2     3     4     5     6     7
REPLIES = (None, 0, 1, 1, 0, None, 5, None)


def _mood(number: int) -> Sentiment:
    return Sentiment("negative" if number % 2 else "positive", 0.5, 0.8, why=("a word",))


def thread(replies: tuple[int | None, ...] = REPLIES) -> tuple[Comment, ...]:
    return tuple(
        Comment(
            f"comment {n} says {'granite' if n in (3, 6) else 'sand'}", f"writer{n % 3}", None, n, reply, sentiment=_mood(n)
        )
        for n, reply in enumerate(replies)
    )


def desk_with(comments: tuple[Comment, ...]) -> FakeDesk:
    first, *others = morning()
    return FakeDesk([replace(first, comments=comments, mood=summarise(comments)), *others])


def pane(room: Room) -> CommentsPane:
    return room.screen.comments_pane


def here(room: Room) -> int:
    found = pane(room)
    return found.talk.index(found.at)


def shown(room: Room) -> list[str]:
    return [line.split("says")[0].split()[-1] for line in room.text.splitlines() if "says" in line]


def test_a_tree_is_walked_without_its_folded_parts() -> None:
    tree = ThreadTree(thread())
    assert [tree.depth(place) for place in range(8)] == [0, 1, 2, 2, 1, 0, 1, 0]
    assert (tree.end(0), tree.end(1), tree.end(7)) == (5, 4, 8)
    assert [tree.parent(place) for place in (0, 2, 4, 6)] == [None, 1, 0, 5]
    assert [tree.beside(place, 1) for place in (0, 1, 2, 4, 5, 7)] == [5, 4, 3, None, 7, None]
    assert [tree.beside(place, -1) for place in (5, 4, 3, 1, 0)] == [0, 1, 2, None, None]
    assert tree.turn(1)
    assert not tree.turn(7)
    assert (tree.hidden(1), tree.after(1), tree.after(7)) == (2, 4, None)
    assert tree.uncover(3) == 1
    assert tree.hidden(1) == 0
    assert tree.fold_all()
    assert tree.folded == {0, 5}
    assert (tree.uncover(2), tree.folded) == (0, {5})
    assert not tree.fold_all()
    assert tree.place_of(6) == 6
    assert tree.place_of(99) is None
    assert tree.next_of({tree.index(3), tree.index(6)}, 4) == 6
    assert tree.next_of({tree.index(3), tree.index(6)}, 7) == 3
    assert tree.next_of(set(), 0) is None
    assert tree.writers() == [("writer0", 3), ("writer1", 3), ("writer2", 2)]


def test_each_line_of_what_a_comment_quotes_stands_behind_its_mark() -> None:
    quoted = "> al:\n> > " + "granite " * 12 + "\n>sand, he says\n>50 % of it\n" + "> " * 40 + "deep"
    lines = comment_lines(Comment(quoted), 0, Thread(42, UNICODE), 0)[1:-1]
    told = [("".join(text for text, _ in line).rstrip(), line[-1][1]) for line in lines]
    assert told == [
        ("   > al:", "muted"),
        *[("   > > granite granite granite granite", "muted")] * 3,
        ("   > sand, he says", "muted"),
        ("   >50 % of it", "text"),
        ("   > > > > deep", "muted"),
    ]


async def test_the_cursor_walks_the_thread(newsroom: Open) -> None:
    async with newsroom(120, 40, desk=desk_with(thread())) as room:
        await room.press("j", "4")
        assert here(room) == 0
        await room.press("j", "j")
        assert here(room) == 2
        await room.press("J")
        assert here(room) == 3
        await room.press("p")
        assert here(room) == 1
        await room.press("J")
        assert here(room) == 4
        await room.press("K", "h", "h")
        assert here(room) == 0
        await room.press("J", "J", "J")
        assert here(room) == 7
        await room.press("g")
        assert here(room) == 0
        await room.press("G")
        assert here(room) == 7


async def test_what_is_folded_is_counted_and_opens_for_what_is_looked_for(newsroom: Open) -> None:
    async with newsroom(120, 40, desk=desk_with(thread())) as room:
        await room.press("j", "4", "z", "enter")
        assert "4 replies" in room.text
        assert shown(room) == ["0", "5", "6", "7"]
        await room.press("l", "l", "l")
        assert here(room) == 2
        await room.press("O")
        assert shown(room) == ["0", "5", "7"]
        assert "1 reply " in room.text
        assert here(room) == 0
        await room.press("comma")
        await room.type("GRANITE")
        await room.press("enter")
        assert here(room) == 3
        assert "2 comments have “GRANITE”; . goes to the next" in room.status
        assert shown(room) == ["0", "1", "2", "3", "4", "5", "7"]
        await room.press("full_stop")
        assert here(room) == 6
        assert "2 of 2" in room.status
        await room.press("full_stop")
        assert here(room) == 3
        assert "1 of 2" in room.status
        await room.press("full_stop")
        await room.press("comma")
        await room.type("basalt")
        await room.press("enter")
        assert "no comment here has “basalt”" in room.status
        await room.press("at")
        await room.type("no such")
        assert "No name has these letters." in room.text
        await room.press(*["backspace"] * 7, "down", "enter")
        assert here(room) == 7
        await room.press("full_stop")
        assert here(room) == 1


async def test_a_mood_that_is_wrong_is_put_right_and_back(newsroom: Open) -> None:
    desk = desk_with(thread())
    async with newsroom(120, 40, desk=desk) as room:
        await room.press("j", "4", "j", "x")
        assert "Read as negative. What is it?" in room.text
        await room.press("3")
        assert "positive, you say; u takes it back" in room.status
        assert "you: positive" in room.text
        assert here(room) == 1
        assert "▲ 5" in room.text
        await room.press("x", "4")
        assert "you: not scored" in room.text
        await room.press("u", "u")
        assert "you:" not in room.text
        assert "▲ 4" in room.text
        await room.press("x", "escape")
        assert desk.notes == {}


async def test_a_long_thread_keeps_its_place_when_it_grows(newsroom: Open) -> None:
    comments = thread(tuple(None if n % 7 == 0 else n - 1 for n in range(NEAR * 3)))
    desk = desk_with(comments)
    story_id = morning()[0].id
    async with newsroom(100, 30, desk=desk) as room:
        await room.press("j", "4", "G")
        assert here(room) == len(comments) - 1
        assert f"comment {len(comments) - 1} says" in room.text
        await room.press("K", "h")
        at, row = here(room), pane(room)._row_in_sight()
        story = desk.story(story_id)
        assert story is not None
        grown = (
            Comment("comment new says hello", "new"),
            *(replace(c, reply_to=None if c.reply_to is None else c.reply_to + 1) for c in comments),
        )
        pane(room).show(replace(story, comments=tuple(grown)))
        await room.settle()
        assert pane(room).current == grown[at + 1]
        assert pane(room)._row_in_sight() == row
        await room.press("g")
        await room.resize(60, 20)
        await room.press("J")
        assert here(room) == 1


async def test_of_comments_that_say_the_same_the_cursor_stays_on_its_own(newsroom: Open) -> None:
    same = tuple(Comment("Disgraceful.", None, None, n, reply) for n, reply in enumerate((None, 0, None, 2, None)))
    async with newsroom(100, 30, desk=desk_with(same)) as room:
        await room.press("j", "4", "h", "J")
        story = pane(room).story
        assert story is not None
        assert (here(room), pane(room).talk.folded) == (2, {0})
        pane(room).show(replace(story, comments=(*same, Comment("Another one"))))
        await room.settle()
        assert (here(room), pane(room).talk.folded) == (2, {0})


async def test_no_comments_nothing_happens(newsroom: Open) -> None:
    async with newsroom(100, 30, desk=FakeDesk([replace(morning()[1], comments=(), mood=None)])) as room:
        keys = ("enter", "h", "l", "J", "K", "p", "O", "comma", "full_stop", "at", "x", "j", "k", "g", "G", "space")
        await room.press("4", *keys)
        assert "No reader comments came with this story." in room.text


async def test_what_was_laid_out_of_a_thread_is_forgotten_where_another_comes_into_a_hidden_pane(newsroom: Open) -> None:
    first, second, *others = morning()
    long, short = thread((None,) * 300), thread()
    told = [replace(one, comments=said, mood=summarise(said)) for one, said in ((first, long), (second, short))]
    async with newsroom(80, 24, desk=FakeDesk([*told, *others])) as room:
        await room.press("t", "g", "4", "G", "2", "j")
        assert len(pane(room).talk) == len(short)
        pane(room).set_reactive(CommentsPane.scroll_y, 500.0)  # as long as nothing has scrolled a pane that is not shown
        strike(room.app, "4", "at")
        await room.settle()
        await room.press("escape")
        assert here(room) == 0
        assert "comment 0" in room.text
