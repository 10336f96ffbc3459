"""Text to cells: cleaning, fitting, wrapping, ages and mood words."""

from __future__ import annotations

import random
from datetime import UTC, datetime

import pytest
from rich.cells import cell_len

from newsdesk.archive.rows import MoodCounts
from newsdesk.model import Mood, Story, StorylineRef
from tests.tui.hostile import HOSTILE
from tui.drawing.render import (
    ASCII,
    UNICODE,
    Glyphs,
    age,
    clean,
    count,
    crop,
    fit,
    line_width,
    mood_bar,
    mood_sign,
    mood_words,
    printed_time,
    shorten_quoted,
    spread,
    wrap,
)
from tui.panes.article_text import Reading, article_lines

NOW = datetime(2026, 3, 4, 8, 20, tzinfo=UTC)


@pytest.mark.parametrize("text", HOSTILE)
def test_cleaned_text_is_one_harmless_line(text: str) -> None:
    assert not [char for char in clean(text) if not char.isprintable() and char not in "\u200c\u200d"]


@pytest.mark.parametrize("text", HOSTILE)
@pytest.mark.parametrize("width", [0, 1, 2, 7, 40])
def test_fitted_text_has_exactly_its_width(text: str, width: int) -> None:
    assert cell_len(fit(text, width)) == width


@pytest.mark.parametrize("text", HOSTILE)
def test_wrapped_lines_are_never_wider_and_lose_nothing(text: str) -> None:
    for width in (2, 9, 40):
        lines = wrap(text, width)
        assert lines
        assert all(cell_len(line) <= width for line in lines)
    assert "".join("".join(wrap(text, 40)).split()) == "".join(clean(text.replace("\n", " ")).split())


def test_long_words_and_scripts_without_spaces_wrap() -> None:
    assert wrap("abcdefghij", 4) == ["abcd", "efgh", "ij"]
    assert wrap("月の南極、付近。", 6) == ["月の南", "極、付", "近。"]
    assert wrap("one two  three", 7) == ["one two", "three"]
    assert wrap("", 10) == [""]


def test_a_megabyte_is_fitted_without_reading_it_and_wrapped_in_a_line_of_time() -> None:
    assert fit("x" * 10**6, 20).endswith("…")
    assert len(wrap("word " * 200_000, 80)) == 12_500


def test_columns_keep_their_spaces_in_every_script() -> None:
    assert clean("京都  通信   ●") == "京都  通信   ●"
    assert clean("a\u00a0\tb\n\nc") == "a  b  c"


def test_bombs_of_combining_marks_are_cut_to_a_tower_that_fits() -> None:
    assert clean("Z" + "\u0301" * 500) == "Z" + "\u0301" * 4


@pytest.mark.parametrize(
    ("printed", "said"),
    [
        ("2026-03-04T08:10+00:00", "10m"),
        ("2026-03-04T08:20+00:00", "now"),
        ("2026-03-04T05:20-01:00", "2h"),
        ("2026-03-04T08:10", "today"),
        ("2026-03-04", "today"),
        ("2026-03-02", "2d"),
        ("2026-02-01", "1 Feb"),
        ("2023-11-03", "Nov’23"),
        ("2026-03-04T09:00+00:00", "today"),
        ("2026-13-99", ""),
        (None, ""),
    ],
)
def test_age_guesses_neither_a_zone_nor_a_day(printed: str | None, said: str) -> None:
    assert age(printed, NOW) == said


def test_printed_times_in_words() -> None:
    assert printed_time("2023-11-03") == "3 November 2023"
    assert printed_time("2025-02-28T10:40-05:00") == "28 February 2025, 10:40 -05:00"
    assert printed_time("whenever") == "whenever"


def _mood(negative: int, neutral: int, positive: int, unsure: int) -> Mood:
    scored = negative + neutral + positive + unsure
    sure = scored - unsure
    return Mood(scored, scored, negative, neutral, positive, unsure, negative / sure if sure else None, (0.1, 0.9))


def test_no_share_below_ten_comments() -> None:
    moods = _mood(3, 3, 2, 1), _mood(5, 3, 2, 0)
    few, many = ("".join(text for line in mood_words(mood, UNICODE, 80) for text, _ in line) for mood in moods)
    assert "%" not in few
    assert "too few" in few
    assert "50% negative (10% to 90%)" in many


@pytest.mark.parametrize("width", range(26, 90))
def test_a_share_is_told_with_the_whole_of_its_interval(width: int) -> None:
    lines = mood_words(_mood(5, 3, 2, 0), UNICODE, width)
    assert "".join(text for text, _ in lines[-1]).endswith("50% negative (10% to 90%)")
    assert max(map(line_width, lines)) <= width


@pytest.mark.parametrize("glyphs", [UNICODE, ASCII])
def test_the_parts_of_a_mood_bar_are_told_apart_without_colours(glyphs: Glyphs) -> None:
    bar = mood_bar(_mood(2, 2, 2, 2), 24, glyphs)
    assert len({text[0] for text, _ in bar}) == 4


def test_mood_bars_fill_their_width_and_show_every_part() -> None:
    chance = random.Random(3)
    for _ in range(300):
        counts = [chance.choice((0, 1, 2, 40, 900)) for _ in range(4)]
        if not sum(counts):
            continue
        bar = mood_bar(_mood(*counts), 24, UNICODE)
        assert line_width(bar) == 24
        assert len(bar) == sum(1 for n in counts if n)
        for width in range(-2, 4):
            assert line_width(mood_bar(_mood(*counts), width, UNICODE)) == max(0, width)


def test_mood_signs() -> None:
    assert mood_sign(MoodCounts(0, 0, 0, 0), UNICODE) == (" ", "")
    assert mood_sign(MoodCounts(9, 1, 1, 0), UNICODE)[1] == "negative"
    assert mood_sign(MoodCounts(1, 1, 9, 0), UNICODE)[1] == "positive"
    assert mood_sign(MoodCounts(3, 3, 3, 0), UNICODE)[1] == "neutral"
    assert mood_sign(MoodCounts(0, 0, 0, 4), UNICODE)[1] == "unsure"


def test_spread_gives_the_left_away_first() -> None:
    line = spread((("a long title of a story", ""),), (("Reuters", ""),), 16)
    assert "".join(text for text, _ in line) == "a long…  Reuters"
    assert line_width(spread((("月月月月", ""),), (("x", ""),), 5)) == 5
    assert line_width(crop((("月月月月", ""),), 3)) == 3


@pytest.mark.parametrize(
    ("number", "said"), [(7, "7"), (9999, "9,999"), (12_345, "12.3k"), (99_999, "100k"), (999_499, "999k"), (10**6, "1.0M")]
)
def test_counts_take_five_cells_at_most(number: int, said: str) -> None:
    assert count(number) == said


@pytest.mark.parametrize(
    ("printed", "facts"), [("2026-03-02", "Wire · 2 March 2026 · 2d"), ("2023-11-03", "Wire · 3 November 2023")]
)
def test_how_old_a_story_is_stands_beside_its_date_where_it_is_no_date_itself(printed: str, facts: str) -> None:
    lines = article_lines(Story(id="s1", title="Pier opens", source="Wire", published=printed), Reading(80, UNICODE, NOW))
    assert facts in ["".join(text for text, _ in line).strip() for line in lines]


def test_what_to_do_next_stands_behind_a_name_however_long_it_is() -> None:
    said = f"merging “{'a long headline ' * 9}”: M on the storyline that it belongs to, Esc drops it"
    short = shorten_quoted(said, 77)
    assert short.endswith("…”: M on the storyline that it belongs to, Esc drops it")
    assert cell_len(short) <= 77
    assert (
        shorten_quoted("“東京の見出し” merged into “Pier”; u takes it back", 40)
        == "“東京の…” merged into “Pier”; u takes it back"
    )
    two = shorten_quoted(f"“{'one ' * 20}” merged into “{'other ' * 5}”; u takes it back", 77)
    assert two == "“one one one one one o…” merged into “other other other ot…”; u takes it back"
    assert shorten_quoted("no name in it, whatever its length", 10) == "no name in it, whatever its length"
    assert shorten_quoted("“short”", 77) == "“short”"


def test_an_article_without_labels_says_whether_anybody_has_looked_yet() -> None:
    story = Story(id="s1", title="Pier opens")

    def told(story: Story) -> str:
        return "\n".join(
            "".join(text for text, _ in line) for line in article_lines(story, Reading(80, UNICODE, NOW, why=True))
        )

    assert "no label yet" in told(story)
    assert "unknown" not in told(story)
    grouped = told(story.with_(storyline=StorylineRef("t1", "Pier opens", 1)))
    assert "topic unknown" in grouped
    assert "Countries: unknown" in grouped
    assert "no label yet" not in grouped
