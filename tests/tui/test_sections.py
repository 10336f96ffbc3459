"""The sections pane: what a topic and a country leave of each other, and what they hide."""

from __future__ import annotations

from newsdesk.archive.rows import Section, Sections
from tests.tui.conftest import Open
from tests.tui.driving import Room
from tests.tui.fake_desk import FakeDesk
from tui.drawing.render import ASCII, UNICODE, line_width
from tui.panes.section_rows import Within, draw_section, section_rows

NOTHING = Section("", "unknown", 0, 0)


def _rows(within: Within | None, width: int = 25) -> list[str]:
    sections = Sections(
        4321, 12, (Section("medtop:08000000", "human interest", 4000, 7),), (Section("CL", "Chile", 321, 0),), NOTHING, NOTHING
    )
    lines = [draw_section(row, False, width, UNICODE) for row in section_rows(sections, within)]
    assert {line_width(line) for line in lines} <= {width, 1}
    return ["".join(text for text, _ in line).rstrip() for line in lines]


def test_columns_say_what_they_count() -> None:
    told = [line.split() for line in _rows(None)]
    assert told[0] == ["Everything", "12", "4,321"]
    assert (told[2], told[5]) == (["TOPICS", "unread", "all"], ["COUNTRIES", "unread", "all"])
    assert (told[3], told[6]) == (["Human", "interest", "7", "4,000"], ["Chile", "321"])
    narrowed = _rows(Within(20, {"medtop:08000000": 4000}, {"CL": 0}), 32)
    assert narrowed[0].split() == ["Everything", "20", "4,301"]
    assert narrowed[2].split() == ["TOPICS", "shown", "hidden"]
    assert narrowed[3].split() == ["Human", "interest", "4,000"], "nothing of it is hidden"
    assert narrowed[6].split() == ["Chile", "·", "321"]
    row = section_rows(Sections(1, 1, (), (Section("CL", "Chile", 1, 1),), NOTHING, NOTHING), Within(0, {}, {}))[-1]
    assert "".join(text for text, _ in draw_section(row, True, 25, ASCII)).isascii()


async def test_what_waits_for_its_labels_is_not_called_unknown(newsroom: Open, desk: FakeDesk) -> None:
    async with newsroom(120, 40) as room:
        desk.unknown = "no label yet"
        room.screen.count()
        await room.settle()
        for kind in ("topic", "country"):
            (row,) = (entry for entry in room.screen.sections_pane.entries if entry.kind == kind and entry.is_unknown)
            assert (row.label, row.section and row.section.total) == ("no label yet", 1)
        assert "no label yet" in room.text
        await _choose(room, "no label yet")
        assert "topic unknown" in room.text


def _told(room: Room, label: str) -> tuple[int | None, int]:
    entry = next(entry for entry in room.screen.sections_pane.entries if entry.label == label and entry.section)
    assert entry.section
    return entry.shown, entry.section.total


async def _choose(room: Room, label: str) -> None:
    pane = room.screen.sections_pane
    room.screen.go_to("sections")
    pane.go(next(i for i, entry in enumerate(pane.entries) if entry.label == label and entry.section))
    await room.press("enter")


async def test_a_topic_and_a_country_leave_this_much_of_each_other(newsroom: Open) -> None:
    async with newsroom(120, 40) as room:
        assert _told(room, "Chile")[0] is None
        await _choose(room, "Economy")
        shown, total = _told(room, "Chile")
        assert shown is not None
        assert 0 < shown < total
        assert _told(room, "Economy")[0] == _told(room, "Economy")[1], "a topic hides no topic"
        assert "shown hidden" in room.text
        await _choose(room, "Chile")
        assert room.screen.stories_pane.listing.counted
        assert _told(room, "Everything")[0] == shown
        assert _told(room, "Economy")[0] == shown, "of the topic, what the country leaves"
        assert _told(room, "Chile")[0] == shown
        await room.press("backspace")
        assert _told(room, "Chile") == (None, total)
        await room.press("slash")
        await room.type("Iquique")
        await room.press("enter")
        assert (_told(room, "Chile")[0] or 0) > 0
