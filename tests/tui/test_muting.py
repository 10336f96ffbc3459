"""Muting a source: its stories leave every list and count, can be looked at, and come back."""

from __future__ import annotations

from pathlib import Path

from newsdesk.archive.rows import StoryRow
from tests.tui.conftest import Open
from tests.tui.fake_desk import FakeDesk
from tests.tui.morning import morning
from tests.tui.sources import HERALD, with_sources, write_config


async def test_a_key_mutes_the_source_of_a_story_and_another_shows_what_is_muted(newsroom: Open, desk: FakeDesk) -> None:
    async with newsroom(160, 48) as room:
        await room.press("t")
        pane = room.screen.stories_pane
        pane.go(next(at for at, head in pane.listing.loaded() if isinstance(head, StoryRow) and head.source == "Meridian Wire"))
        await room.press("exclamation_mark")
        (name,) = desk.muted()
        muted = [row.id for row in desk.rows("is:muted")]
        assert len(muted) > 1
        assert f"“{name}” muted; {len(muted)} stories muted in all, * shows them; u takes it back" in room.text
        every = 22
        assert f"{every - len(muted)} stories" in room.text
        assert f"{len(muted)} muted (*)" in room.text
        assert room.screen.stories_pane.rows == every - len(muted)
        await room.press("asterisk")
        assert room.screen.stories_pane.rows == len(muted)
        assert f"{len(muted)} shown, {every - len(muted)} hidden" in room.text
        whole = room.screen.sections_pane.entries[0]
        assert whole.section is not None
        assert (whole.shown, whole.section.total) == (len(muted), every), "the sections count as the line above the list does"
        await room.press("exclamation_mark")
        assert desk.muted() == ()
        assert f"“{name}” let in again" in room.text
        await room.press("u", "asterisk")
        assert desk.muted() == (name,)
        assert room.screen.stories_pane.rows == every - len(muted)
        await room.press("u")
        assert room.screen.stories_pane.rows == every
        assert "muted (" not in room.text
        await room.press("asterisk")
        assert "no story is muted; ! mutes the source of one" in room.text


async def test_a_storyline_of_several_sources_is_not_muted_by_guess(newsroom: Open, desk: FakeDesk) -> None:
    async with newsroom(160, 48) as room:
        pane = room.screen.stories_pane
        several = (at for at, head in pane.listing.loaded() if len(desk.storyline_stories(head.id)) > 1)
        pane.go(pane.listing.row_of(next(several)))
        await room.press("exclamation_mark")
        assert "of several sources" in room.text
        assert desk.muted() == ()


async def test_where_all_is_muted_the_list_says_so(newsroom: Open) -> None:
    desk = FakeDesk([story for story in morning() if story.source])
    desk.mute(sorted({row.source for row in desk.rows() if row.source}))
    async with newsroom(120, 40, desk=desk) as room:
        assert "Every story is of a muted source." in room.text
        assert "no stories" in room.text
        assert "All sources are muted." in room.text
        assert "* shows the stories." in room.text
        await room.press("asterisk")
        assert room.screen.stories_pane.rows
        assert "TOPICS" in room.text, "what is muted can be narrowed, too"
        desk.mute(desk.muted(), back=True)
        room.screen.load(keep=True)
        await room.settle()
        assert "No source is muted any more." in room.text


async def test_a_feed_is_muted_by_the_name_that_its_stories_have(newsroom: Open, desk: FakeDesk, tmp_path: Path) -> None:
    async with newsroom(160, 48, desk=with_sources(desk), config_file=write_config(tmp_path)) as room:
        await room.press("9")
        pane = room.app.screen.sources_pane  # type: ignore[attr-defined]
        pane.go(next(at for at, row in enumerate(pane.entries) if getattr(row, "id", "") == HERALD))
        await room.press("exclamation_mark")
        (name,) = desk.muted()
        assert name == pane.current.name
        assert f"{name} muted" in room.text
        await room.press("exclamation_mark")
        assert desk.muted() == ()
