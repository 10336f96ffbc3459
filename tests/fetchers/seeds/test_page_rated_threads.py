"""Threads whose comments have a subject each, and below it a name beside a score."""

from __future__ import annotations

import pytest

from fetchers.seeds.page_text.reading import read_page

BOARD = (
    "The harbour board voted on Monday to let the old ice plant stand for another ten years, at a cost of four million crowns "
    "that nobody has yet found. The plant has not made ice since 1998 and leaks when it rains."
)
RADA = "Der Hafenrat hat am Montag beschlossen, das alte Eiswerk noch zehn Jahre stehen zu lassen. Das Geld dafür fehlt noch."
JUNTA = (
    "La junta del puerto decidió el lunes dejar en pie la vieja fábrica de hielo otros diez años, con un coste de cuatro "
    "millones que nadie ha encontrado todavía."
)
NUMBERED = f"""Tidemark
News · Archive · About

Harbour Board Lets The Old Ice Plant Stand

gullwatcher writes: {BOARD}

5 of 40 comments (threshold 2)

  1. Ten years of what, exactly
     by net2mend · Score: 5, Insightful

     A roof costs less than a vote. They have now paid for both.

     --
     my other boat is a boat

     1. Re:Ten years of what, exactly
        by Anonymous Coward · Score: 0

        It keeps the gulls dry.

        1. Re:Ten years of what, exactly
           by pier.rat · Score: 3, Funny

           Nothing keeps the gulls dry. I have tried a hat.

  2. Old pipes
     by Salt&Son · Score: 2

     I worked there. The pipes were tired when I was young.

     1. Re:Old pipes
        by mrs_knot · Score: 4, Informative

        The pipes went to a brewery in 2003.

Tidemark is nobody's fault
"""
FLAT = f"""Hafenblatt
Nachrichten Archiv Kontakt

Hafenrat lässt das alte Eiswerk stehen

{RADA}

4 von 31 Kommentaren

Zehn Jahre wofür
von netzflicker (Bewertung: 5)

Ein Dach kostet weniger als eine Sitzung. Jetzt haben sie beides bezahlt.

Re: Zehn Jahre wofür
von Gast (Bewertung: 0)

Es hält die Möwen trocken.

Alte Rohre
von salz_und_sohn (Bewertung: 2)

Ich habe dort gearbeitet. Die Rohre waren schon müde, als ich jung war.

Re: Alte Rohre
von frau.knoten (Bewertung: 4)

Die Rohre gingen 2003 an eine Brauerei.
Dort laufen sie noch.

Impressum
"""
INDENTED = f"""El Muelle
Portada | Archivo

La junta del puerto deja en pie la vieja fábrica de hielo

{JUNTA}

4 comentarios de 22

  Diez años de qué
  por redero | Puntos: 5 (Interesante)

  Un tejado cuesta menos que una votación. Ahora han pagado las dos cosas.

    Re: Diez años de qué
    por Anónimo | Puntos: 0 (Troll)

    Así las gaviotas no se mojan.

  Tubos viejos
  por sal_e_hijo | Puntos: 2

  Yo trabajé allí. Los tubos ya estaban cansados cuando yo era joven.

    Re: Tubos viejos
    por la nudos | Puntos: 4 (Informativo)

    Los tubos fueron a una cervecera en 2003.

Aviso legal
"""


@pytest.mark.parametrize(
    ("page", "body", "authors", "votes", "targets"),
    [
        (
            NUMBERED,
            f"gullwatcher writes: {BOARD}",
            ["net2mend", "Anonymous Coward", "pier.rat", "Salt&Son", "mrs_knot"],
            [5, 0, 3, 2, 4],
            [None, 0, 1, None, 3],
        ),
        (FLAT, RADA, ["netzflicker", "Gast", "salz_und_sohn", "frau.knoten"], [5, 0, 2, 4], [None, 0, None, 2]),
        (INDENTED, JUNTA, ["redero", "Anónimo", "sal_e_hijo", "la nudos"], [5, 0, 2, 4], [None, 0, None, 2]),
    ],
)
def test_subjects_with_a_name_and_a_score_below_them_head_comments(
    page: str, body: str, authors: list[str], votes: list[int], targets: list[int | None]
) -> None:
    (story,) = read_page(page)[0]
    assert story.body == (body,)
    assert [comment.author for comment in story.comments] == authors
    assert [comment.votes for comment in story.comments] == votes
    assert [comment.reply_to for comment in story.comments] == targets
    assert not any("pressum" in comment.text or "legal" in comment.text or "boat" in comment.text for comment in story.comments)


def test_who_sent_a_text_in_wrote_it_without_marks_of_quotation_too() -> None:
    (story,) = read_page(NUMBERED)[0]
    assert story.byline == "gullwatcher"


def test_who_sent_a_text_in_wrote_it_where_a_line_above_the_text_says_so() -> None:
    (story,) = read_page(NUMBERED.replace("gullwatcher writes: ", "gullwatcher writes:\n"))[0]
    assert story.byline == "gullwatcher"
    assert story.body == (BOARD,)


def test_dishes_with_a_cook_and_a_number_of_likes_below_them_are_no_comments() -> None:
    text = "The soup was made of the carrots that nobody had wanted on Monday, and it was gone on Wednesday morning at nine."
    dishes = (
        f"{dish}\nby {cook} · {likes} likes\n\n{text}\n\n"
        for dish, cook, likes in (
            ("Soup", "Ann Lee", 12),
            ("Bread", "Bo Roe", 4),
            ("Cheese", "Jo Day", 7),
        )
    )
    stories = read_page("Three kitchens\n\nThe week in food, told by our readers.\n\n" + "".join(dishes))[0]
    assert not any(story.comments for story in stories)
