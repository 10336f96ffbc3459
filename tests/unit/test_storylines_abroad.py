"""Storylines in other languages and scripts than English: their function words tell nothing, their vowel signs are no gaps."""

from __future__ import annotations

import pytest

from newsdesk.model import Story
from newsdesk.storylines import Grouper, NoProfiles
from newsdesk.storylines.lexis import lexis
from newsdesk.storylines.signature import sign
from newsdesk.storylines.words import function_words, resolve, tokens

# Invented: of a language stories of one day that have nothing to do with each other, the last one tells the second once more.
TOLD = {
    "fr": (
        "Les boulangers de Lannion rouvrent le four communal|Le four était fermé depuis 1974. Les habitants y cuiront le pain.",
        "La justice suspend le chantier de la rocade de Tarbes|Les riverains avaient déposé un recours contre la mairie. Le"
        " tribunal a jugé la procédure irrégulière.",
        "Le musée de Besançon expose les horloges du comte Vial|La collection, donnée par les héritiers, compte trente pièces.",
        "Les pêcheurs de Sète réclament la réouverture de la criée|Le bâtiment a brûlé en mars. La vente à quai les ruine.",
        "Le prix de la tonne de colza recule à la Bourse|Les stocks ont gonflé et la demande des huileries faiblit.",
        "Tarbes : le tribunal arrête le chantier de la rocade|La procédure de la mairie était irrégulière. Les riverains, qui"
        " avaient déposé le recours, se réjouissent.",
    ),
    "es": (
        "El Ayuntamiento de Loja cierra la piscina por una fuga|Los técnicos hallaron la avería en el fondo del vaso.",
        "La Audiencia absuelve al dueño de la cantera de Aldán|El tribunal no ve probada la culpa en el derrumbe. Las familias"
        " de los obreros recurrirán.",
        "La orquesta de Vigo estrena la sinfonía de un panadero|El autor la escribió en el obrador. La tocarán en la plaza.",
        "Los apicultores de Soria pierden las colmenas|El avispón y la sequía han diezmado las abejas. Piden ayudas.",
        "El portero Iker Lasa ficha por el Malmö|El club sueco paga la cláusula. Los aficionados lo despidieron en el estadio.",
        "Absuelto el dueño de la cantera de Aldán|Las familias de los obreros recurrirán la sentencia de la Audiencia sobre el"
        " derrumbe.",
    ),
    "hi": (
        "पहलवान रोहन कादियान ने एशियाई कुश्ती में जीता स्वर्ण|फाइनल में उन्होंने जापान के खिलाड़ी को हराया। गांव में जश्न मनाया गया।",
        "सीतापुर के पुल में दरार, भारी वाहनों पर रोक|लोक निर्माण विभाग ने पुल की जांच के लिए टीम भेजी है। मरम्मत में दो महीने लगेंगे।",
        "प्याज के निर्यात पर शुल्क हटा, मंडी में भाव चढ़े|लासलगांव के व्यापारियों ने फैसले का स्वागत किया।",
        "कोचिंग संस्थान में आग, छात्रों को सीढ़ी से निकाला गया|दमकल की छह गाड़ियों ने आग बुझाई। किसी की मौत नहीं हुई।",
        "सीतापुर का पुल भारी वाहनों के लिए बंद, दरार की जांच|पुल में दरार मिलने के बाद लोक निर्माण विभाग ने टीम भेजी। मरम्मत दो महीने चलेगी।",
    ),
}


@pytest.mark.parametrize("language", TOLD)
def test_only_the_two_stories_of_one_event_meet(language: str) -> None:
    told = [text.split("|") for text in TOLD[language]]
    stories = [Story(title, (body,), f"s{at}", "2031-03-04", language=language) for at, (title, body) in enumerate(told)]
    found = [own.storyline_id for own in Grouper(NoProfiles()).group(stories).assignments]
    assert found[-1] == found[1]
    assert len(set(found)) == len(stories) - 1


def terms_of(title: str, language: str | None) -> set[str]:
    words = lexis()
    return set(words.terms.read(sign(Story(title, language=language), words).terms))


def test_function_words_are_those_of_the_storys_language() -> None:
    assert terms_of("Les mineurs de la Sambre", "fr") == {"mineur", "sambre"}
    assert {"les", "la"} <= terms_of("Les mineurs de la Sambre", "en")
    assert terms_of("Die Bergleute und der Krieg", "de") == {"bergleute", "krieg"}
    assert {"die", "war"} <= terms_of("Miners die in war", "en")
    assert terms_of("Jana Novak in Bergen", "nb") == {"jana", "novak", "bergen"}


def test_what_english_does_not_have_is_a_function_word_where_no_language_is_known() -> None:
    assert terms_of("dass Bergleute", None) == {"bergleute"}
    assert terms_of("war Bergleute", None) == {"war", "bergleute"}
    assert resolve("dass") is None


def test_a_note_without_a_title_keeps_the_language_that_its_letters_tell() -> None:
    note = Story(None, ("Пожар на складе в Туле потушен, сообщили в МЧС.",), language="ru")
    assert sign(note).language == "ru"
    assert sign(Story(None, ("Fire in Tula put out.",), language="ru")).language is None


def test_every_language_has_a_bit_of_its_own() -> None:
    languages = 0
    for bits in function_words().values():
        languages |= bits
    assert 0 < languages < 1 << 62


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("नरेंद्र मोदी", ["नरेंद्र", "मोदी"]),
        ("শেখ হাসিনা।", ["শেখ", "হাসিনা"]),
        ("தமிழ்நாடு முதலமைச்சர்", ["தமிழ்நாடு", "முதலமைச்சர்"]),
        ("తెలుగు", ["తెలుగు"]),
        ("ที่กรุง", ["ที่ก", "กรุ", "รุง"]),
        ("မြန်မာ", ["မြန်", "န်မာ"]),
        ("Ọ̀ṣun", ["Ọ̀ṣun"]),
        ("مُحَمَّد", ["محمد"]),
        ("שָׁלוֹם", ["שלום"]),
        ("בית־ספר", ["בית", "ספר"]),
    ],
)
def test_vowel_signs_belong_to_their_words(text: str, found: list[str]) -> None:
    assert tokens(text) == found
