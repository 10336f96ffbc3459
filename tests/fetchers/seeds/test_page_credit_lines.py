"""Lines of credit between a headline and its text: whose words and whose pictures, and a dateline of its own."""

from __future__ import annotations

import pytest

from fetchers.seeds.page_text.lines.lines import split_page
from fetchers.seeds.page_text.lines.slug_lines import with_slug_lines
from fetchers.seeds.page_text.reading import read_page

PAGE = """Harbour ferry stays in port for a third week

{}

The ferry to the outer islands will stay in port for a third week, the harbour office said on Thursday.
A crack in the rudder was found by a diver on Monday, and a new part has to come from Norway.
Two fishing boats will carry the mail and the milk until then, the office said.
"""


@pytest.mark.parametrize(
    "credit",
    [
        "Words: Eilidh Macaskill. Pictures: Northern Lights Board",
        "Words by Eilidh Macaskill, pictures by Bo Ek",
        "Story by Eilidh Macaskill, video by Bo Ek",
        "Report: Eilidh Macaskill; Photos: Bo Ek",
        "Text: Eilidh Macaskill Foto: Bo Ek",
        "Texte : Eilidh Macaskill - Photos : Bo Ek",
        "Texto: Eilidh Macaskill / Fotos: Bo Ek",
        "Testo di Eilidh Macaskill, foto di Bo Ek",
        "Tekst: Eilidh Macaskill, Foto: Bo Ek",
        "Pictures: Bo Ek. Words: Eilidh Macaskill",
        "Foto: Bo Ek, Text: Eilidh Macaskill",
        "Words and pictures: Eilidh Macaskill",
        "Story and photos by Eilidh Macaskill",
        "Text und Fotos: Eilidh Macaskill",
        "Texte et photos : Eilidh Macaskill",
    ],
)
@pytest.mark.parametrize("order", ["{credit}\n30 May 2017", "Tuesday, 30 May 2017\n{credit}"])
def test_whose_words_stand_beside_whose_pictures(credit: str, order: str) -> None:
    stories, _ = read_page(PAGE.format(order.format(credit=credit)))
    assert (stories[0].byline, stories[0].published) == ("Eilidh Macaskill", "2017-05-30")
    assert len(stories[0].body) == 3
    assert not stories[0].highlights


@pytest.mark.parametrize(
    ("line", "place", "agency"),
    [
        ("LEÓN 9 Ago. (EUROPA PRESS) -", "LEÓN", "EUROPA PRESS"),
        ("NEW DELHI, Aug 9 (PTI)", "NEW DELHI", "PTI"),
        ("LONDON (AP) —", "LONDON", "AP"),
        ("Paris, 9 août (AFP) -", "Paris", "AFP"),
        ("Oslo, 9. August (dpa) -", "Oslo", "dpa"),
        ("LEÓN, 9 ago (EFE).-", "LEÓN", "EFE"),
    ],
)
@pytest.mark.parametrize("gap", ["\n", "\n\n"])
def test_a_dateline_may_have_a_line_of_its_own(line: str, place: str, agency: str, gap: str) -> None:
    page = PAGE.format("By Ann Lee\n9 August 2023").replace("\nThe ferry", f"\n{line}{gap}The ferry")
    stories, _ = read_page(page)
    assert (stories[0].dateline, stories[0].source) == (place, agency)
    assert len(stories[0].body) == 3
    assert stories[0].body[0].startswith("The ferry")


def test_an_agency_right_below_a_paragraph_heads_no_other() -> None:
    signed = PAGE.format("By Ann Lee\n9 August 2023").replace("from Norway.\n", "from Norway.\nOSLO (Reuters)\n\n")
    assert "OSLO" not in " ".join(read_page(signed)[0][0].body)
    assert with_slug_lines(split_page(signed)) == split_page(signed)


def test_a_state_behind_a_town_is_no_agency() -> None:
    page = PAGE.format("BELÉM (PA)").replace("\n\nThe ferry", "\nThe ferry")
    assert with_slug_lines(split_page(page)) == split_page(page)


@pytest.mark.parametrize(
    ("fields", "source"),
    [
        ("Format\nNews and Press Release\nSource\nWells for All\nPosted\n14 Feb 2017", "Wells for All"),
        ("Format\nSituation Report\nSources\n- OCHA\n- Wells for All\nPosted\n14 Feb 2017", "OCHA"),
        ("Art\nMeldung\nQuelle\nBrunnenwerk Ahlen e. V.\nVeröffentlicht\n14. Februar 2017", "Brunnenwerk Ahlen e. V."),
        ("Source\nPuits pour tous\nDate de publication\n14 février 2017", "Puits pour tous"),
    ],
)
def test_a_list_of_fields_on_two_lines_each_names_the_source(fields: str, source: str) -> None:
    (story,) = read_page(f"Skip to main content\nSouth Sudan + 2 more\n{PAGE.format(fields)}")[0]
    assert (story.source, story.byline, len(story.body)) == (source, None, 3)


@pytest.mark.parametrize("sender", ["Harbour University", "Rudder Works of Olsund"])
@pytest.mark.parametrize("kind", ["Peer-Reviewed Publication", "Reports and Proceedings", "Business Announcement"])
def test_the_institution_below_what_kind_of_release_it_is_sent_the_release(kind: str, sender: str) -> None:
    page = PAGE.format(f"A new rudder is hard to find\n{kind}\n{sender}\n").replace(
        "Harbour ferry", "News Release 4-Mar-2021\nHarbour ferry", 1
    )
    (story,) = read_page(page)[0]
    assert (story.byline, story.source) == (None, sender)
