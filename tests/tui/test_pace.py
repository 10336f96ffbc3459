"""How long the cursor rests before a story is shown: over a line that may be slow, what is only gone past is not."""

from __future__ import annotations

from tests.tui.conftest import Open
from tests.tui.driving import drain, strike
from tui.lists.pace import PREVIEW_AFTER_S, SKIM_S, Pace

REMOTE = {"SSH_CONNECTION": "192.0.2.1 50000 192.0.2.2 22"}


def test_moves_that_follow_each_other_over_ssh_wait_longer() -> None:
    moments = [0.0, 0.2, 0.4, 2.0, 2.1]
    for env, rests in ((REMOTE, [0, 1, 1, 0, 1]), ({}, [0, 0, 0, 0, 0])):
        clock = iter(moments)
        pace = Pace(env, lambda: next(clock))  # noqa: B023, it is used up within the turn
        assert [pace.rest_s() for _ in moments] == [SKIM_S if one else PREVIEW_AFTER_S for one in rests]


async def test_the_story_that_the_cursor_comes_to_rest_on_is_shown(newsroom: Open) -> None:
    async with newsroom(env={"LANG": "C.UTF-8", **REMOTE}) as room:
        shown = room.screen.article_pane.story
        strike(room.app, "j", "j", "j")
        await drain(room.app)
        assert room.screen.article_pane.story is shown
        await room.settle()
        item = room.screen.stories_pane.current
        assert item is not None
        assert room.screen.article_pane.story is not None
        assert room.screen.article_pane.story.id == item.story_id
