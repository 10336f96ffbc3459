"""Threads whose comments all begin alike: times above the names, votes above the texts, answers of one word."""

from __future__ import annotations

import pytest

from fetchers.seeds.page_text.lines.lines import Line
from fetchers.seeds.page_text.lines.looks import look_at
from fetchers.seeds.page_text.reading import read_page
from fetchers.seeds.page_text.thread.authors import read_author
from fetchers.seeds.page_text.thread.rhythm import keep_rhythm
from newsdesk.dates import find_dates
from tests.fetchers.seeds.labelled_lines import looks_of
from tests.fetchers.seeds.test_page_threads import thread_of


@pytest.mark.parametrize(
    ("line", "minute"),
    [
        ("Ann wrote on 24 Nov 2022 07:31:", "2022-11-24T07:31"),
        ("Ann a écrit le 6 février 2024 à 12 h 10:", "2024-02-06T12:10"),
        ("Ann schrieb am 12. März 2019, 10:31:", "2019-03-12T10:31"),
        ("Ann, 2019-03-12 10:31:05", "2019-03-12T10:31"),
    ],
)
def test_a_colon_behind_a_time_is_none_of_it(line: str, minute: str) -> None:
    assert [(one.minute_iso or "")[:16] for one in find_dates(line)] == [minute]


@pytest.mark.parametrize(
    "line", ["bob14 (le 07/02/2019 à 07:31)", "bob14 (am 12. März 2019, 10:31)", "bob14 (12 May 2020 10:15)"]
)
def test_a_name_ends_before_a_time_in_brackets(line: str) -> None:
    assert read_author(look_at(Line(line))) == "bob14"


def rhythm_of(*rows: tuple[str, str]) -> list[str]:
    return list(keep_rhythm(looks_of(rows), [label for label, _ in rows]))


def test_names_below_their_times_are_the_authors() -> None:
    rows = [
        ("author", "le 07/02/2019 à 07:31"), ("comment", "bobcaen14"), ("comment", "Deux heures sur le quai."),
        ("author", "le 07/02/2019 à 07:52"), ("meta", "Mado"), ("comment", "Je soutiens."),
        ("author", "le 07/02/2019 à 10:20"), ("comment", "citoyen_bis"), ("comment", "Honteux."),
    ]  # fmt: skip
    assert rhythm_of(*rows) == ["meta", "author", "comment"] * 3


def test_a_word_below_name_time_and_votes_is_what_was_said() -> None:
    rows = [
        ("author", "Zeeba"), ("meta", "Jul 17, 2019 10:18pm"), ("meta", "Recommend 0"), ("comment", "Is it much or small?"),
        ("author", "Kamran"), ("meta", "Jul 18, 2019 08:02am"), ("meta", "Recommend 6"), ("author", "Disappointing"),
        ("comment", "Rizwan from Multan"), ("meta", "Jul 18, 2019 08:45am"), ("meta", "Recommend 11"),
        ("comment", "My savings are two goats."),
    ]  # fmt: skip
    assert rhythm_of(*rows) == ["author", "meta", "meta", "comment"] * 3


def test_a_second_name_below_an_author_is_whom_he_answers() -> None:
    rows = [
        ("author", "Jo Ferrante"), ("meta", "5 May 2021 10:15"), ("comment", "My grandmother had that model."),
        ("author", "percolator"), ("meta", "Jo Ferrante"), ("meta", "5 May 2021 10:25"), ("comment", "The cat knew brisk."),
        ("author", "Gasket"), ("meta", "percolator"), ("meta", "5 May 2021 10:35"), ("comment", "Those pumps were recalled."),
    ]  # fmt: skip
    assert rhythm_of(*rows) == [label for label, _ in rows]


def test_a_score_below_nought_is_a_score_like_the_others() -> None:
    rows = []
    for name, votes, text in (
        ("#1", "14", "Once."),
        ("#2", "-6", "Yo lo firmo."),
        ("#3", "9", "Ya no."),
        ("#4", "3", "Pues sí."),
    ):
        rows += [("author", name), ("meta", "03.03.2021 | 13:11"), ("comment", f"Votos: {votes}"), ("comment", text)]
    assert [text for _, text, _ in thread_of(*rows)[0]] == ["Once.", "Yo lo firmo.", "Ya no.", "Pues sí."]


def test_a_menu_with_a_live_radio_makes_no_thread_a_live_page() -> None:
    story = (
        "Home Page News Sports Business Africa Live Radio\n\nShea pickers want a price before the harvest\n\n"
        "Tue, 14 May 2019 Source: GNA\n\nDamongo, May 14, GNA - "
    )
    text = "Women who gather shea nuts have asked the government to announce a price before the season opens in June."
    said = (
        "They have been setting up this authority since I was in school, and I now have two children of my own.",
        "My mother picks. 65 cedis for four days of walking, and the butter is 40 dollars in a shop in London.",
        "Does anybody know if the five tonnes rule is written somewhere or is it just advice, as it was before?",
        "Only advice. The big processors will not send a truck for less than that, as they told us in May.",
    )
    thread = "\n\n".join(f"Reader {n} 2019-05-14 09:0{n}:11\n{one}\nReply to this comment" for n, one in enumerate(said, 1))
    stories, _ = read_page(f"{story}{text}\n{text[:-1]}, they said.\n\n{thread}\n")
    assert [one.text for one in stories[0].comments] == list(said)


def test_names_that_are_counted_head_comments_without_a_heading() -> None:
    text = "The government is considering tripling the tax that every traveler pays on leaving, officials said Tuesday.\n"
    names = ("Harbor Lane", "tetsuo_b", "Old Marunouchi Hand", "Miki N", "gerhardt")
    said = (
        "So I pay to visit my own mother?",
        "Brilliant. Charge people for leaving.",
        "Lunch costs as much.",
        "Good.",
        "Reasonable",
    )
    thread = "\n".join(f"#{n} {name}\n{one}" for n, (name, one) in enumerate(zip(names, said, strict=True), 1))
    stories, _ = read_page(f" date 2024-11-26 {text * 3}{text.strip()}\u00a9 KYODO\n{thread}")
    assert [(one.author, one.text) for one in stories[0].comments] == list(zip(names, said, strict=True))
