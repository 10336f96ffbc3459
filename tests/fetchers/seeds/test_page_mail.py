"""Threads of mailing lists and newsgroups, and plain text as programs and letters print it."""

from __future__ import annotations

import pytest

from fetchers.seeds.page_text.lines.lines import split_page
from fetchers.seeds.page_text.reading import read_page
from newsdesk.model import Story

LIST = """[Hafen] Fähre am Sonntag

Imke Tonn imke.tonn at example.org
Do Mär 12 08:12:40 CET 2009

    * Nächste Nachricht: [Hafen] Fähre am Sonntag
    * Nachrichten sortiert nach: [ Datum ] [ Autor ]

Liebe Leute, die Fähre bleibt am Sonntag im Hafen liegen, weil niemand
gefunden wurde, der sie fährt.

Viele Grüße
Imke

Onno Raak o.raak at example.org
Do Mär 12 09:30:11 CET 2009

Am 12. März 2009 08:12 schrieb Imke Tonn <imke.tonn at example.org>:
> weil niemand gefunden wurde

Ich hätte Zeit gehabt, aber mich hat wieder einmal kein Mensch
gefragt, wie immer.

--
Onno Raak
Kapitän a. D.

Ada Petz ada at example.org
Do Mär 12 10:02:00 CET 2009

Dann fahren wir eben mit dem Rad.

    * Nächste Nachricht: [Hafen] Fähre am Sonntag
    * Nachrichten sortiert nach: [ Datum ] [ Autor ]

Mehr Informationen über die Mailingliste Hafen
"""
GROUP = """uk.rec.sheds
Roof leaks again
12 views

Roy Tarn
unread,
Jan 11, 2013, 9:20:15 AM
to

The felt on the shed has gone again, and this time it has taken the gutter with it.

Pam Moss
unread,
Jan 11, 2013, 10:01:44 AM
to

On 11/01/2013 09:20, Roy Tarn wrote:
> it has taken the gutter with it

Mine went in November.

Reply all
Reply to author
Forward
"""


def only(text: str) -> Story:
    (story,) = read_page(text)[0]
    return story


def test_a_mailing_list_is_a_story_and_what_was_answered() -> None:
    story = only(LIST)
    assert (story.title, story.byline) == ("Fähre am Sonntag", "Imke Tonn")
    assert story.body == (
        "Liebe Leute, die Fähre bleibt am Sonntag im Hafen liegen, weil niemand gefunden wurde, der sie fährt.",
    )
    assert [(one.author, one.text, one.reply_to) for one in story.comments] == [
        (
            "Onno Raak",
            "> weil niemand gefunden wurde\nIch hätte Zeit gehabt, aber mich hat wieder einmal kein Mensch gefragt, wie immer.",
            None,
        ),
        ("Ada Petz", "Dann fahren wir eben mit dem Rad.", None),
    ]


def test_the_last_message_may_end_without_a_full_stop() -> None:
    story = only(LIST.replace("Dann fahren wir eben mit dem Rad.", "Dann fahren wir eben\nmit dem Rad"))
    assert story.comments[-1].text == "Dann fahren wir eben\nmit dem Rad"


def test_a_group_names_its_senders_above_the_time() -> None:
    story = only(GROUP)
    assert (story.title, story.byline) == ("Roof leaks again", "Roy Tarn")
    assert [(one.author, one.text) for one in story.comments] == [
        ("Pam Moss", "> it has taken the gutter with it\nMine went in November."),
    ]


def test_one_message_is_no_thread() -> None:
    head = LIST[: LIST.index("Onno Raak o.raak")]
    assert all(not story.comments for story in read_page(head)[0])


@pytest.mark.parametrize("rule", ["-" * 49, "=" * 60, "  " + "━" * 40, "_" * 72])
def test_a_line_across_the_page_is_an_empty_one(rule: str) -> None:
    page = split_page(f"Ferry to stay in harbour\n{rule}\nNobody was found to sail it.")
    assert [(line.text, line.blanks) for line in page.lines] == [
        ("Ferry to stay in harbour", 0),
        ("Nobody was found to sail it.", 1),
    ]


def test_a_short_line_above_a_signature_stays() -> None:
    assert [line.text for line in split_page("Nobody came.\n____________\nAnn").lines] == [
        "Nobody came.",
        "____________",
        "Ann",
    ]


def test_two_lines_that_go_on_tell_of_wrapping_if_no_sentence_is_longer() -> None:
    wrapped = (
        "The felt on the shed has gone again, and this time\nit has taken the gutter with it.\n\n"
        "Mine went in the storm of last November, and I said\nso at the time.\n"
    )
    assert [line.text for line in split_page(wrapped).lines] == [
        "The felt on the shed has gone again, and this time it has taken the gutter with it.",
        "Mine went in the storm of last November, and I said so at the time.",
    ]
    longer = (
        wrapped + "\nNobody else has said a single word about gutters, felt, storms or sheds since then, and it is April now.\n"
    )
    assert len(split_page(longer).lines) == 5


def test_menus_that_go_on_tell_of_no_wrapping() -> None:
    menus = (
        "Lantern News new | past | comments | ask | show | submit\nlogin\n"
        "211 points by fold 3 days ago | hide | favorite | 4 comments\ncrease 3 days ago | next\n"
    )
    assert len(split_page(menus).lines) == 4
