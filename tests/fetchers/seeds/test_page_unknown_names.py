"""Names that no list knows, in places where a name's form and place tell what it is."""

from __future__ import annotations

import pytest

from fetchers.seeds.page_text.credits.agencies import read_sign
from fetchers.seeds.page_text.credits.bylines import read_byline
from fetchers.seeds.page_text.credits.datelines import read_slug, read_town
from fetchers.seeds.page_text.credits.informants import read_notice
from fetchers.seeds.page_text.credits.sources import outlet_of_writer, read_outlet_and_place, read_source
from fetchers.seeds.page_text.credits.towns import place_beside_date
from fetchers.seeds.page_text.labels.tails import cut_tail
from fetchers.seeds.page_text.lines.lines import Line, split_page
from fetchers.seeds.page_text.lines.looks import look_at
from fetchers.seeds.page_text.reading import read_page
from tests.fetchers.seeds.labelled_lines import ICE, SNOW, drafts_of, mended

TEXT = "The harbour board voted on Tuesday to keep the old crane, which has lifted nothing since 1988, for another ten years."
WIRES = ("Kvikk", "MarshNews24", "Halden Wire", "Quill & Anchor", "The Fathom", "The Zimbabwe Mail", "KVN", "IRNA")


@pytest.mark.parametrize("wire", WIRES)
@pytest.mark.parametrize("town", ["Tarnwick", "BAD MÜNDER", "SKELLEFTEÅ, Sweden"])
@pytest.mark.parametrize("head", ["{}, March 12 ({}) — ", "{}, 12 nov. 2025 ({}).- ", "{}, March 12, 2026 /{}/ -- "])
def test_the_name_in_brackets_behind_a_town_and_a_day_is_the_agency(head: str, town: str, wire: str) -> None:
    slug = read_slug(head.format(town, wire) + TEXT)
    assert slug is not None
    assert (slug.place, slug.agency, slug.rest) == (town, wire, TEXT)


@pytest.mark.parametrize("wire", WIRES)
@pytest.mark.parametrize("town", ["TARNWICK", "Bergen"])
def test_without_a_day_it_is_behind_a_town_in_capitals_or_a_known_one(town: str, wire: str) -> None:
    slug = read_slug(f"{town} ({wire}) - {TEXT}")
    assert slug is not None
    assert (slug.place, slug.agency, slug.rest) == (town, wire, TEXT)


@pytest.mark.parametrize("place", ["Antofagasta (Chile)", "GUADALAJARA (Jalisco)", "CHIOGGIA (Venezia)"])
def test_a_region_in_brackets_is_the_places(place: str) -> None:
    slug = read_slug(f"{place} - {TEXT}")
    assert slug is not None
    assert (slug.place, slug.agency) == (place, None)


def test_a_long_town_and_one_in_capitals_before_a_stop_begin_a_text() -> None:
    assert [
        (found.place, found.rest) for head in ("São Gabriel da Cachoeira — ", "OBERZELL. ") if (found := read_slug(head + TEXT))
    ] == [
        ("São Gabriel da Cachoeira", TEXT),
        ("OBERZELL", TEXT),
    ]


def test_a_time_s_zone_in_brackets_is_no_agency() -> None:
    assert read_slug(f"Updated: Wed, 15 May 2024 07:41 PM (IST) {TEXT}") is None


@pytest.mark.parametrize(
    ("line", "writer"),
    [
        ("By J. R. Okonkwo", "J. R. Okonkwo"),
        ("Karl von Thaden", "Karl von Thaden"),
        ("Maria di Leo, staff writer", "Maria di Leo"),
        ("Beitrag von Anna Lie", "Anna Lie"),
        ("By Mary K. Obuya North Coast correspondent", "Mary K. Obuya"),
        ("Ludo De Smedt North of England correspondent", "Ludo De Smedt"),
    ],
)
def test_initials_and_particles_are_a_name_s(line: str, writer: str) -> None:
    assert read_byline(look_at(Line(line)), "byline") == writer


def test_by_and_two_names_are_a_byline() -> None:
    rows = [("title", "Crane stays in the harbour"), ("furniture", "By Mary Beth Tollefsen and Nguyen Thi Minh")]
    assert mended([*rows, ("furniture", "Share"), ("body", SNOW), ("body", ICE)])[1] == "byline"


@pytest.mark.parametrize(
    ("line", "outlet"),
    [
        ("-- Halden Wire", "Halden Wire"),
        ("/Kvikk/", "Kvikk"),
        ("(QWA, zau)", "QWA"),
        ("jko/Kvikk", "Kvikk"),
        ("- MarshNews24/ka", "MarshNews24"),
        ("- Anna Lie", None),
        ("(laughs)", None),
        ("and/or", None),
    ],
)
def test_a_sign_below_the_text_names_the_outlet(line: str, outlet: str | None) -> None:
    assert read_sign(line) == outlet


def test_an_outlet_that_no_list_knows_is_read_beside_its_town_its_writer_and_its_helpers() -> None:
    assert read_outlet_and_place("MarshNews24 (Blantyre)") == ("MarshNews24", "Blantyre")
    assert outlet_of_writer(look_at(Line("Kristaps Ozols, VZP"))) == "VZP"
    assert outlet_of_writer(look_at(Line("Kristaps Ozols, CEO"))) is None
    assert read_notice(look_at(Line("Additional reporting by VZP"))) == "VZP"
    assert cut_tail(f"{TEXT} — Halden Wire") == (TEXT, "Halden Wire")


@pytest.mark.parametrize("behind", [" Senior Reporter", ", Jos", " and Bo Ek · Jun 6, 2023", " at Mill Road"])
def test_who_reported_is_no_outlet(behind: str) -> None:
    assert read_source(look_at(Line(f"Reporting by Craig Lennox{behind}")), "byline") is None


def test_a_town_that_no_list_knows_stands_beside_the_date_if_the_story_was_in_it() -> None:
    line = "Hvolsvöllur - 04 jun 2024 - 12:30"
    start = line.index("04")
    assert place_beside_date(line, start) is None
    assert place_beside_date(line, start, "El burro que vota: un pueblo de Hvolsvöllur lo inscribe") == "Hvolsvöllur"


def test_a_button_in_words_that_no_list_knows_is_no_author() -> None:
    names = ("mom of 3", "Ron Aldous", "Gwen Tarrow", "Dale Pruitt")
    rows = [("author", "T. Okafor says:"), ("meta", "March 2, 2019 at 2:12 pm"), ("comment", SNOW)]
    for hour, name in enumerate(names, 3):
        rows += [
            ("author", "Antworti"),
            ("meta", f"{name} says:"),
            ("meta", f"March 2, 2019 at {hour}:12 pm"),
            ("comment", ICE),
        ]
    assert [draft.author for draft in drafts_of(rows)] == ["T. Okafor", *names]


@pytest.mark.parametrize("line", ["By Anna Lie", "BY ANNA LIE", "Por Anna Lie y Bo Ek"])
def test_by_and_a_name_below_the_text_is_who_wrote_it(line: str) -> None:
    stories, _ = read_page(f"Crane stays in the harbour\nMarch 2, 2019\n{SNOW}\n{ICE}\n{TEXT}\n{line}\nShare this article\n")
    assert [story.byline for story in stories] == [line.partition(" ")[2]]


def test_a_page_with_a_margin_and_wide_gaps_is_read_as_without() -> None:
    rows = [
        "Crane stays in the harbour",
        "By Anna Lie",
        "March 2, 2019",
        SNOW,
        f"{ICE}\n",
        "Comments (1)",
        "Bo Ek",
        "3 hours ago",
    ]
    plain = "\n\n".join([*rows, "Paint it."])
    wide = "\n".join(f"  {row}" if row else "" for row in plain.replace("\n\n", "\n\n\n").split("\n"))
    assert split_page(wide) == split_page(plain)


@pytest.mark.parametrize("town", ["Bad Münder", "Châteauneuf-du-Faou", "Eppstett"])
def test_towns_that_no_list_knows_begin_items_alike(town: str) -> None:
    looks = [look_at(Line(row)) for row in ("Crane stays", f"Oberzell. {TEXT}", "Bees on the line", f"{town}. {TEXT}")]
    found = read_town(f"{town}. {TEXT}", looks)
    assert found is not None
    assert (found.place, found.rest) == (town, TEXT)
    assert read_town(f"{town}. {TEXT}", looks[2:]) is None
