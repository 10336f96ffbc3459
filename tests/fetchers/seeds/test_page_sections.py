"""The section that a page files a story under is a hint at its topic; a site's menu is none."""

from __future__ import annotations

import pytest

from fetchers.seeds.page_text.reading import read_page
from newsdesk.tagging.tagger import tag_many

TITLE = "The clock that stood still for seventy years is back"
TEXT = (
    "The parcel came on a Monday, and the woman who opened it needed only a minute to know what was inside it.\n"
    "She had looked for it since she began to work there, and the letter that lay beside it bore no name at all.\n"
    "It will stay as it is, she said on Tuesday, because nobody can tell any more how it looked when it was new.\n"
)


def hints(head: str, tail: str = "") -> tuple[str, ...]:
    (story,) = read_page(f"{head}\n\n{TITLE}\n\nBy Anna Brook\n5 November 2022\n\n{TEXT}\n{tail}\n")[0]
    assert story.title == TITLE
    return story.hints


@pytest.mark.parametrize(
    ("head", "found"),
    [
        ("Low Country Review\nCulture / Museums", "Culture"),
        ("Home > News > Religion", "Religion"),
        ("Portada » Ciencia » Astronomía", "Ciencia"),
        ("Skip to main content\nSign in\nHealth", "Health"),
    ],
)
def test_a_path_or_the_line_above_the_headline_is_the_section(head: str, found: str) -> None:
    assert hints(head) == (found,)


@pytest.mark.parametrize(
    "head",
    [
        "News\nWorld\nSport",
        "Politics\nEconomy\nScience\nSport",
        "Read more\nSport",
        "Home | News | Sport | Weather",
        "Sport > Football | Weather > Radar",
        "Home",
        "Harbour Gazette",
    ],
)
def test_a_menu_is_no_section(head: str) -> None:
    assert hints(head) == ()


def test_tags_below_the_text_are_hints() -> None:
    assert hints("Harbour Gazette", "Tags: museums, stolen clocks, Utrecht") == ("museums", "stolen clocks", "Utrecht")


def test_the_section_of_a_page_speaks_for_a_topic() -> None:
    page = f"Low Country Review\nCulture / Museums\n\n{TITLE}\n\n5 November 2022\n\n{TEXT}"
    (story,) = tag_many(read_page(page)[0])
    assert story.topics[0].id == "medtop:01000000"
    assert "section Culture" in story.topics[0].why
