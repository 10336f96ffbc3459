"""Messages passed on by somebody who read them: the story is the message inside, whatever program and tongue it is in."""

from __future__ import annotations

import pytest

from fetchers.seeds.page_text.reading import read_page

TITLE = "Shipyard wins order for two hydrogen ferries"
TEXT = (
    "A yard on the river has won an order to build two hydrogen ferries for the northern islands, the first of their kind.",
    "The vessels will carry 24 cars each and are due in service in 2029. Ministers had been urged to buy from abroad.",
    "“It is a vote of confidence in 300 people,” said the managing director of the yard, Isla Kerr.",
)
OUTER = {
    "en": f"From: Dana Whit\nSent: Tuesday, January 27, 2026 8:14 AM\nTo: Desk\nSubject: FW: {TITLE}\n\nWorth a look?\n\n",
    "de": f"Von: Dana Witt\nGesendet: Dienstag, 27. Januar 2026 08:14\nAn: Redaktion\nBetreff: WG: {TITLE}\n\nWas für uns?\n\n",
    "fr": f"De : Dana Vitry\nEnvoyé : mardi 27 janvier 2026 08:14\nÀ : Bureau\nObjet : TR : {TITLE}\n\nÇa vaut un papier ?\n\n",
    "none": "",
}
INNER = {
    "gmail": "---------- Forwarded message ---------\nFrom: Isles Brief <isles@example.org>\n"
    "Date: Mon, Jan 26, 2026 at 6:30 PM\nSubject: {subject}\nTo: <dana@example.com>\n\n\n",
    "apple": "Begin forwarded message:\n\nFrom: Isles Brief <isles@example.org>\nSubject: {subject}\n"
    "Date: 26 January 2026 at 18:30:12 GMT\nTo: dana@example.com\n\n",
    "thunderbird": "-------- Weitergeleitete Nachricht --------\nBetreff: {subject}\nDatum: Mon, 26 Jan 2026 18:30:12 +0100\n"
    "Von: Inselbrief <brief@example.org>\nAn: dana@example.org\n\n\n",
    "yahoo": "----- Mensaje reenviado -----\nDe: Carta <carta@example.org>\nPara: Dana <dana@example.org>\n"
    "Enviado: lunes, 26 de enero de 2026, 18:30\nAsunto: {subject}\n\n",
    "japanese": "---------- 転送メッセージ ----------\n差出人: 島便り <brief@example.org>\n件名: {subject}\n"
    "日付: 2026年1月26日 18:30\n宛先: dana@example.org\n\n",
    "outlook": "From: Isles Brief [mailto:brief@example.org]\n"
    "Sent: Monday, January 26, 2026 6:30 PM\nTo: Dana\nSubject: {subject}\n\n",
}


@pytest.mark.parametrize("outer", OUTER)
@pytest.mark.parametrize("program", INNER)
@pytest.mark.parametrize("head", ["", f"{TITLE}\n\nBy Fergus Auley\n\n"])
def test_the_message_that_was_passed_on_is_the_story(outer: str, program: str, head: str) -> None:
    page = OUTER[outer] + INNER[program].format(subject=TITLE) + head + "\n\n".join(TEXT) + "\n\nUnsubscribe | Preferences\n"
    (story,) = read_page(page)[0]
    assert (story.title, story.body, story.comments) == (TITLE, TEXT, ())
    assert (story.byline, (story.published or "")[:10]) == ("Fergus Auley" if head else None, "2026-01-26")


def test_a_message_passed_on_twice_is_the_innermost_that_tells_something() -> None:
    middle = INNER["gmail"].format(subject=f"Fwd: {TITLE}") + "Have you seen this?\n\n"
    (story,) = read_page(OUTER["en"] + middle + INNER["outlook"].format(subject=TITLE) + "\n\n".join(TEXT) + "\n")[0]
    assert (story.title, story.body, (story.published or "")[:10]) == (TITLE, TEXT, "2026-01-26")


def test_a_text_of_its_own_above_a_message_that_is_passed_on_stays() -> None:
    own = [f"{sentence} That is what I was told at the gate." for sentence in (*TEXT, TEXT[0])]
    page = OUTER["en"] + "\n\n".join(own) + "\n\n" + INNER["gmail"].format(subject="Berths") + "See you there.\n"
    assert own[0] in [paragraph for story in read_page(page)[0] for paragraph in story.body]


def test_answers_below_a_button_that_passes_them_on_are_a_thread() -> None:
    posts = [
        f"From: {who}\nDate: Sun, Jan 17 1999 6:0{i} pm\nSubject: Re: Swans shut the road\n{text}\nReply | Forward | Print\n"
        for i, (who, text) in enumerate(zip(("Derek Wix", "M. Thurlow", "Ida Crombe"), TEXT, strict=True))
    ]
    (story,) = read_page("Swans shut the road\n" + "\n".join(posts))[0]
    assert (len(story.body), len(story.comments)) == (1, 2)
