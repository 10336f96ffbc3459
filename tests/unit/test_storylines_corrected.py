"""A person's word on the grouping: stories moved, storylines pinned; and what the desk says of one storyline in full."""

from __future__ import annotations

from pathlib import Path

import pytest

from newsdesk.briefs.briefing import make_digest, make_handover
from newsdesk.desk import Desk, Tally
from newsdesk.errors import UsageError
from newsdesk.export.briefing import digest_blocks, handover_blocks
from newsdesk.model import Story
from newsdesk.storylines import Corrections, Grouper, MemoryProfiles
from tests.unit.desks import assert_well, line_of, make_story, open_desk

PORT = tuple(
    make_story(str(n), title, body, index=n, published=f"2026-01-1{n}", hints=("NL",), source=source)
    for n, title, body, source in (
        (
            1,
            "Oosterhaven dockers strike over night shifts",
            "Dockers at Oosterhaven stopped work on Monday, a union said.",
            "A",
        ),
        (2, "Oosterhaven dockers strike grows", "The strike of the dockers at Oosterhaven spread to a second terminal.", "B"),
        (3, "Oosterhaven dockers end strike", "Dockers at Oosterhaven went back to work after a deal on nights.", "C"),
    )
)
SCROLL = make_story("7", "Kyoto temple finds a scroll", "Monks in Kyoto found a scroll.", index=7, hints=("JP",), source="D")
OTHER = make_story("8", "Kyoto scroll goes to museum", "The scroll that monks found in Kyoto.", index=8, hints=("JP",))


def lines(desk: Desk) -> dict[str, int]:
    return {line.id: line.stories for line in desk.storylines()}


def test_a_story_moved_stays_where_it_was_put(tmp_path: Path) -> None:
    with open_desk(tmp_path) as desk:
        desk.keep([*PORT, SCROLL, OTHER])
        before = lines(desk)
        port, scroll = line_of(desk, "title:grows"), line_of(desk, "title:finds")
        moved = desk.move(desk.ids("title:grows")[0], scroll)
        assert (moved.id, moved.stories) == (scroll, before[scroll] + 1)
        with pytest.raises(UsageError, match="already"):
            desk.move(desk.ids("title:grows")[0], scroll)
        desk.keep([story.with_(body=(*story.body, "More was to come.")) for story in PORT])
        assert line_of(desk, "title:grows") == scroll != port
        assert "moved “Oosterhaven dockers strike grows” into" in str(desk.undo())
        assert lines(desk) == before
        assert line_of(desk, "title:grows") == port
        assert desk.notebook.docs("apart") == desk.notebook.docs("together") == []
        assert_well(desk)


def test_a_story_left_alone_is_not_said_to_be_like_the_others(tmp_path: Path) -> None:
    with open_desk(tmp_path) as desk:
        desk.keep(PORT[:2])
        first, second = desk.ids("title:grows")[0], desk.ids("title:night")[0]
        port = line_of(desk, "title:grows")
        assert len(_why_together(desk, port)) > 1
        assert any(reason.startswith("shares") for reason in _why(desk, first))
        desk.split(port, second)
        assert _why_together(desk, port) == _why(desk, first) == ()
        desk.undo()
        assert any(reason.startswith("shares") for reason in _why(desk, first))
        desk.forget([second])
        assert _why_together(desk, line_of(desk, "title:grows")) == _why(desk, first) == ()


def _why(desk: Desk, story_id: str) -> tuple[str, ...]:
    story = desk.story(story_id)
    assert story is not None
    assert story.storyline is not None
    return story.storyline.why


def _why_together(desk: Desk, storyline_id: str) -> tuple[str, ...]:
    line = desk.storyline(storyline_id)
    assert line is not None
    return line.why


def test_what_a_person_corrected_says_so_and_undone_says_what_it_said(tmp_path: Path) -> None:
    with open_desk(tmp_path) as desk:
        desk.keep([*PORT, SCROLL])

        def why(query: str) -> tuple[str, ...]:
            story = desk.story(desk.ids(query)[0])
            assert story is not None
            assert story.storyline is not None
            return story.storyline.why

        machines, scroll = why("title:grows"), line_of(desk, "title:finds")
        assert any(reason.startswith("shares") for reason in machines)
        desk.split(line_of(desk, "title:grows"), desk.ids("title:grows")[0])
        assert why("title:grows")[0].startswith("you took it out of “Oosterhaven dockers")
        desk.undo()
        assert why("title:grows") == machines
        desk.move(desk.ids("title:grows")[0], scroll)
        assert why("title:grows") == ("you put it here",)
        desk.undo()
        assert why("title:grows") == machines
        desk.merge(line_of(desk, "title:grows"), scroll)
        assert why("title:finds") == ("you merged its storyline into this one",)
        assert why("title:grows") == machines
        desk.undo()
        assert why("title:finds") == ()


def test_a_move_survives_a_new_archive_and_undoes_a_split(tmp_path: Path) -> None:
    with open_desk(tmp_path) as desk:
        desk.keep([*PORT, SCROLL])
        desk.split(line_of(desk, "title:grows"), desk.ids("title:grows")[0])
        assert line_of(desk, "title:grows") != line_of(desk, "title:night")
        desk.move(desk.ids("title:grows")[0], line_of(desk, "title:night"))
        assert desk.notebook.docs("apart") == []
        desk.move(desk.ids("title:grows")[0], line_of(desk, "title:finds"))
    for file in (tmp_path / "data").glob("archive*"):
        file.unlink()
    with open_desk(tmp_path) as desk:
        desk.keep([*PORT, SCROLL])
        assert line_of(desk, "title:grows") == line_of(desk, "title:finds") != line_of(desk, "title:night")


def test_a_merge_survives_a_new_archive_and_undoes_a_split(tmp_path: Path) -> None:
    with open_desk(tmp_path) as desk:
        desk.keep([*PORT, SCROLL])
        port = line_of(desk, "title:night")
        alone = desk.split(port, desk.ids("title:grows")[0])
        said = desk.notebook.docs("apart")
        assert said
        desk.merge(port, alone.id)
        assert desk.notebook.docs("apart") == []
        desk.undo()
        assert sorted(map(str, desk.notebook.docs("apart"))) == sorted(map(str, said))
        desk.redo()
    for file in (tmp_path / "data").glob("archive*"):
        file.unlink()
    with open_desk(tmp_path) as desk:
        desk.keep([*PORT, SCROLL])
        assert line_of(desk, "title:grows") == line_of(desk, "title:night") != line_of(desk, "title:finds")


def test_the_last_story_moved_leaves_a_forwarding_id(tmp_path: Path) -> None:
    with open_desk(tmp_path) as desk:
        desk.keep([*PORT, SCROLL])
        port, scroll = line_of(desk, "title:grows"), line_of(desk, "title:finds")
        desk.move(desk.ids("title:finds")[0], port)
        assert desk.find(scroll) == port
        assert lines(desk) == {port: 4}
        desk.undo()
        assert lines(desk) == {port: 3, scroll: 1}
        assert desk.find(scroll) == scroll
        with pytest.raises(UsageError, match="no story"):
            desk.move(port, scroll)


def test_a_pin_is_seen_kept_and_undone(tmp_path: Path) -> None:
    with open_desk(tmp_path) as desk:
        desk.keep([*PORT[:2], SCROLL])
        port, scroll = line_of(desk, "title:grows"), line_of(desk, "title:finds")
        assert desk.pin(port).pinned
        assert {row.id: row.pinned for row in desk.storyline_rows()} == {port: True, scroll: False}
        desk.keep(PORT)
        assert lines(desk)[port] == 3
        assert desk.pin(port) == desk.storyline(port)
        assert not desk.pin(port, False).pinned
        assert "unpinned" in str(desk.undo())
    with open_desk(tmp_path) as desk:
        assert [line.pinned for line in desk.storylines("title:grows")] == [True]
        desk.merge(scroll, port)
        assert [line.pinned for line in desk.storylines()] == [True]
        desk.undo()
        assert {line.id: line.pinned for line in desk.storylines()} == {port: True, scroll: False}
        desk.undo()
        assert desk.pins() == frozenset()


def test_no_run_merges_a_pinned_storyline(tmp_path: Path) -> None:
    """Two halves of one affair, stored apart, are merged when a third story ties them; not where one is pinned."""
    ids = [story.with_(id=f"s{n}") for n, story in enumerate(PORT)]

    def third(pinned: bool) -> tuple[tuple[str, str], ...]:
        profiles = MemoryProfiles()
        apart = Corrections(apart=frozenset((frozenset(("s0", "s1")),)))
        first = Grouper(profiles, apart).group(ids[:2])
        homes = [home.storyline_id for home in first.assignments]
        assert len(set(homes)) == 2
        said = Corrections(pinned=frozenset(homes[:1]) if pinned else frozenset())
        copies = [_again(story, n) for n, story in enumerate(ids[:2])]
        grouping = Grouper(profiles, said).group([ids[2], *copies])
        assert {home.storyline_id for home in grouping.assignments} <= set(homes)
        return grouping.merged

    assert third(pinned=False)
    assert not third(pinned=True)


def _again(story: Story, number: int) -> Story:
    return story.with_(id=f"s9{number}", body=(*story.body, "The port said that it would talk."))


def test_a_storyline_in_full(tmp_path: Path) -> None:
    wire = " ".join(f"Dockers at Oosterhaven port stopped crane {n} again after talks broke up." for n in range(30))
    batch = [
        PORT[0].with_(body=(wire,), published="2026-01-11T10:20+01:00"),
        PORT[1].with_(body=(wire,), outlet="Second Post", published="2026-01-11T10:50+01:00"),
        PORT[2],
    ]
    with open_desk(tmp_path) as desk:
        desk.keep(batch)
        line = line_of(desk, "title:end")
        desk.keep([batch[0].with_(title="Oosterhaven dockers walk out", updated="2026-01-12T09:00+01:00")])
        detail = desk.storyline_detail(line)
        assert detail is not None
        assert detail.storyline == desk.storyline(line)
        assert (detail.storyline.stories, detail.outlets, detail.originals, detail.copies) == (3, 3, 2, 1)
        assert detail.days == (Tally("2026-01-11", 2, 1), Tally("2026-01-13", 1, 1))
        assert detail.hours == (Tally("2026-01-11T10", 2, 1),)
        assert sorted(tally.name for tally in detail.sources) == ["A", "B", "C"]
        assert detail.countries == (Tally("NL", 3, 2),)
        heads = {(head.text, head.revision) for head in detail.headlines if head.source == "A"}
        assert heads == {("Oosterhaven dockers strike over night shifts", 1), ("Oosterhaven dockers walk out", 2)}
        assert [head.when for head in detail.headlines] == sorted(head.when for head in detail.headlines)
        assert detail.undated == 0
        desk.keep([batch[2].with_(published=None)])
        again = desk.storyline_detail(line)
        assert again is not None
        assert again.undated == 1
        assert desk.storyline_detail("tnothing222") is None


def test_a_storyline_is_told_without_what_is_muted_and_says_how_much_that_is(tmp_path: Path) -> None:
    with open_desk(tmp_path) as desk:
        desk.keep(PORT)
        line = line_of(desk, "title:grows")
        whole = desk.storyline_detail(line)
        assert whole is not None
        assert (whole.stories, whole.muted) == (3, 0)
        desk.mute(["b"])
        detail, handover, digest = desk.storyline_detail(line), make_handover(desk, line), make_digest(desk, "2026-01-01")
        assert detail is not None
        assert (detail.stories, detail.muted, detail.outlets) == (2, 1, 2)
        assert [tally.name for tally in detail.sources] == ["A", "C"]
        assert "grows" not in str(detail.headlines)
        assert len(desk.storyline_stories(line)) == 2
        assert (len(handover.stories), handover.muted, handover.to_json()["muted"]) == (2, 1, 1)
        assert "1 of muted sources left out" in "".join(block.text for block in handover_blocks(handover))
        assert (digest.new, digest.muted) == (2, 1)
        assert "1 story of muted sources left out" in "".join(block.text for block in digest_blocks(digest))
        told = next(block.text for block in digest_blocks(digest) if " new of " in block.text)
        assert told.startswith("2 new of 3 stories · 1 of muted sources left out · ")
        assert " · 2 sources · " in told
        assert make_digest(desk, "2026-01-01", asked="is:muted").muted == 0
        desk.mute(["a", "c"])
        assert desk.storyline_detail(line) == whole, "who asks for one that is muted as a whole sees it"
        assert len(desk.storyline_stories(line)) == len(make_handover(desk, line).stories) == 3
        assert "3 stories of muted sources" in "".join(block.text for block in digest_blocks(make_digest(desk, "2026-01-01")))
