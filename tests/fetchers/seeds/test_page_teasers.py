"""Teasers of other stories below a story, each closed by the same link with an arrow: no text of it, and no comments on it."""

from __future__ import annotations

import pytest

from fetchers.seeds.page_text.reading import read_page

STORY = {
    "de": (
        "Mühlgasse wird für ein Jahr autofrei\nVon Owen Preis\n9. Januar 2026\n\n",
        "Der Stadtrat sperrt die Mühlgasse von Mai an für Autos, beschloss er am Dienstagabend nach langer Debatte.",
        "Händler hatten 1.200 Unterschriften gegen den Versuch gesammelt, Eltern sprachen bis Mitternacht dafür.",
    ),
    "fr": (
        "La rue du Moulin fermée aux voitures pendant un an\nPar Owen Prix\n9 janvier 2026\n\n",
        "Le conseil ferme la rue du Moulin aux voitures à partir de mai, a-t-il décidé mardi soir après un long débat.",
        "Les commerçants avaient réuni 1 200 signatures contre l'essai, et des parents l'ont défendu jusqu'à minuit.",
    ),
}
OTHERS = {
    "de": (
        ("Bremerhaven baggert die Weser tiefer", "Der Senat hat die Vertiefung der Außenweser auf 14 Meter beschlossen."),
        (
            "Lotsen einigen sich auf neuen Tarif",
            "Die Lotsgelder auf der Elbe steigen um 6,2 Prozent. Der Vertrag gilt bis 2027.",
        ),
        ("Kran stürzt auf Containerschiff", "Beim Entladen ist der Ausleger auf das Deck gefallen. Verletzt wurde niemand."),
    ),
    "fr": (
        ("Une digue cède en Camargue", "Environ 300 hectares de rizières ont été inondés. Aucun habitant n'a été évacué."),
        (
            "Un village rachète son dernier café",
            "Les habitants ont réuni 80 000 euros en trois semaines, sans aucune aide publique.",
        ),
        (
            "Les nappes au plus haut depuis dix ans",
            "Après trois mois de pluies, les deux tiers des points de mesure sont au-dessus.",
        ),
    ),
}
LINKS = {"de": "Weiter »", "fr": "Lire la suite »"}


FORMS = ("{title}\n{day}/01/2026\n{text}\n{link}", "{text} {link}", "{title}\n{text}\n{link}", "{title}\n{text} {link}")


# Headlines that are all clear, each above one text apart from the next, are stories of a letter: no French ones here.
@pytest.mark.parametrize(("tongue", "form"), [*(("de", form) for form in FORMS), *(("fr", form) for form in FORMS[:2])])
@pytest.mark.parametrize("gap", ["\n", "\n\n"])
def test_teasers_below_a_story_are_none_of_it(tongue: str, form: str, gap: str) -> None:
    head, *text = STORY[tongue]
    teasers = enumerate(OTHERS[tongue], 13)
    below = gap.join(form.format(title=one, text=said, link=LINKS[tongue], day=day) for day, (one, said) in teasers)
    (story,) = read_page(head + "\n\n".join(text) + "\n\n" + below + "\n")[0]
    assert (story.body, story.comments) == (tuple(text), ())


@pytest.mark.parametrize("button", ["Reply »", "Antworten ›", "Répondre →"])
def test_a_button_with_an_arrow_below_each_comment_closes_no_teaser(button: str) -> None:
    head, *text = STORY["de"]
    posts = [
        f"{who}\n1{i} January 2026 10:0{i}\nNobody asked us about it.\n{button}"
        for i, who in enumerate(("Kit", "Ann", "Pelle"))
    ]
    (story,) = read_page(head + "\n\n".join(text) + "\n\n" + "\n\n".join(posts) + "\n")[0]
    assert [comment.author for comment in story.comments] == ["Kit", "Ann", "Pelle"]
