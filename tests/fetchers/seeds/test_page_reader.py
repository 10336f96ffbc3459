"""Pages that hold little but a story, as reader modes and agencies print them, in scripts without capitals too."""

from __future__ import annotations

import pytest

from fetchers.seeds.page_text.credits.bylines import read_byline
from fetchers.seeds.page_text.credits.datelines import read_slug
from fetchers.seeds.page_text.credits.sources import read_source
from fetchers.seeds.page_text.credits.towns import place_behind_date
from fetchers.seeds.page_text.credits.uncased import is_uncased_name
from fetchers.seeds.page_text.labels.captions import is_caption
from fetchers.seeds.page_text.labels.mending import mend_page
from fetchers.seeds.page_text.lines.lexicon import lexicon, split_words
from fetchers.seeds.page_text.lines.lines import Line, split_page
from fetchers.seeds.page_text.lines.looks import look_at
from fetchers.seeds.page_text.reading import read_page
from fetchers.seeds.page_text.stories.division import divide
from fetchers.seeds.page_text.thread.authors import read_author
from fetchers.seeds.page_text.thread.comments import split_comments
from newsdesk.model import Story
from tests.fetchers.seeds.labelled_lines import ICE, SNOW, looks_of, mended


def read(*lines: str) -> Story:
    (story,) = read_page("\n".join(lines) + "\n")[0]
    return story


HINDI = (
    "पहाड़ के डाकघर में आज भी घंटी से खुलती है खिड़की",
    "चमोली के एक डाकघर में खिड़की खोलने के लिए आज भी पीतल की घंटी बजाई जाती है।",
    "डाकपाल ने बताया कि घंटी सौ साल पुरानी है और हर सुबह उसे साफ किया जाता है।",
)
THAI = (
    "วัดริมแม่น้ำใช้เรือเก่าเป็นห้องสมุดให้เด็ก",
    "วัดแห่งหนึ่งในจังหวัดหนองคายนำเรือเก่าที่จอดทิ้งไว้สิบปีมาทำเป็นห้องสมุดให้เด็กในหมู่บ้าน",
    "เจ้าอาวาสกล่าวว่าเด็กชอบนั่งอ่านหนังสือบนดาดฟ้ามากกว่าในศาลา และไม่มีใครลืมคืนหนังสือ",
)
GEORGIAN = (
    "სოფელმა საათი იყიდა, კოშკი კი არ აქვს",
    "რაჭის ერთ სოფელში მოსახლეობამ ფული შეაგროვა და კოშკის საათი იყიდა, თუმცა კოშკი ჯერ არ აშენებულა.",
    "საათს ყოველ კვირას მართავენ და დროს სოფლის გამგეობაში ნახულობენ, ამბობენ ადგილობრივები.",
)
CHINESE = (
    "山村为晚归的羊群设立路灯",
    "甘肃定西一个山村近日在村口装上二十盏路灯，供晚归的羊群照明，村民说羊认得路。",
    "村委会表示，路灯每晚八点熄灭，电费由各户按羊的数目分摊，大家都没有意见。",
)


@pytest.mark.parametrize(
    ("parts", "name", "day", "date"),
    [
        (HINDI, "दीपिका नेगी", "14 सितंबर 2019", "2019-09-14"),
        (THAI, "สมชาย ใจดี", "16 พฤศจิกายน 2564", "2021-11-16"),
        (CHINESE, "叶根土", "2022年5月8日 10:32", "2022-05-08T10:32"),
        (GEORGIAN, "ნინო ბერიძე", "12 მარტი 2021", "2021-03-12"),
    ],
    ids=["hi", "th", "zh", "ka"],
)
@pytest.mark.parametrize("form", ["{name}\n{day}", "{day}\n{name}", "{name} | {day}"])
def test_names_and_texts_of_scripts_without_capitals(
    parts: tuple[str, str, str], name: str, day: str, date: str, form: str
) -> None:
    story = read(parts[0], form.format(name=name, day=day), *parts[1:])
    assert (story.byline, story.published, list(story.body)) == (name, date, list(parts[1:]))


@pytest.mark.parametrize("text", ["नई दिल्ली", "新华社", "国际", "खेल समाचार", "福島県", "תל אביב", "דף הבית"])
def test_places_agencies_and_sections_are_no_names(text: str) -> None:
    assert not is_uncased_name(text)


@pytest.mark.parametrize("text", ["森田さやか", "田中 恵子", "문가람", "欧阳文", "עידית קרן-צור", "ნინო ბერიძე"])
def test_forms_of_names_without_capitals(text: str) -> None:
    assert is_uncased_name(text)


def test_lines_that_say_who_reports() -> None:
    assert read_byline(look_at(Line("叶根土 报道")), "credit") == "叶根土"
    assert read_source(look_at(Line("叶根土 报道")), "credit") is None
    assert read_byline(look_at(Line("정다온 입력 2019.11.22. 09:13")), "date") == "정다온"
    assert read_byline(look_at(Line("de Ana Rusu ZiarulLocal.ro")), "byline") == "Ana Rusu"
    assert read_byline(look_at(Line("Zdroj: ČTK Autor: Ema Malá")), "credit") is None
    assert read_byline(look_at(Line("Oona Tully and Marcus Aird | 24.03.2021")), "date") == "Oona Tully and Marcus Aird"
    assert read_source(look_at(Line("Story from Harbour Mail")), "credit") == "Harbour Mail"


def test_datelines_with_a_date_in_figures_a_site_or_a_reporter() -> None:
    rest = "افتتحت جمعية شبابية مكتبة متنقلة يحملها جمل بين تجمعات البدو جنوب المدينة."
    slug = read_slug(f"الخليل 9-11-2020 وفد- {rest}")
    assert slug is not None
    assert (slug.place, slug.agency, slug.rest) == ("الخليل", "وفد", rest)
    slug = read_slug(f"KOTAKITA.CO, Bandung - {SNOW}")
    assert slug is not None
    assert (slug.place, slug.agency, slug.rest) == ("Bandung", "KOTAKITA.CO", SNOW)
    slug = read_slug("[남해뉴스 김나래 기자] 섬마을 우체통에 박새가 알을 낳아 투입구를 막기로 했다.")
    assert slug is not None
    assert (slug.byline, slug.agency, slug.rest[:3]) == ("김나래", "남해뉴스", "섬마을")


def test_a_town_that_no_list_knows_stands_behind_the_zone() -> None:
    text = "January 15, 2019 06:32 pm | Updated January 16, 2019 09:11 am IST - Nowhereppady"
    assert place_behind_date(text, 16) == "Nowhereppady"
    assert place_behind_date(text.replace("IST - Nowhereppady", "IST - Read More"), 16) is None


@pytest.mark.parametrize(
    ("caption", "label"),
    [
        ("FILE - A plough works near the airport in Kotzebue, Alaska, on Jan. 14, 2022.", "body"),
        ("The light has been out since a storm in October. (Bram Oleson/CBN)", "body"),
        ("इमेज कैप्शन, यह डाकघर 1936 में बना था", "highlight"),
        ("Pie de foto, El faro de la isla cerró en 1966", "highlight"),
        ("Le phoque gris dans le petit bassin, dimanche. | OUEST-RIVAGE", "highlight"),
    ],
)
def test_captions_that_say_so(caption: str, label: str) -> None:
    rows = [("title", "Snow closes school"), ("date", "4 May 2024"), (label, caption), ("body", SNOW), ("body", ICE)]
    assert mended(rows)[2] in ("furniture", "aside")


def test_two_sentences_in_a_script_without_capitals_are_no_caption() -> None:
    assert not is_caption(look_at(Line("המשטרה מחפשת את הבעלים. התושבים מבקשים להשאיר")), None)


def test_greek_in_capitals_has_no_accents() -> None:
    assert lexicon().look(split_words("3 ΣΧΟΛΙΑ")).first == ("commenthead",)


def test_the_last_sentence_of_a_page_is_its_text() -> None:
    last = "The Forest Department has said it will send a man with grain."
    rows = [("title", "Snow closes school"), ("byline", "By Anna Lie"), ("body", SNOW), ("body", ICE), ("aside", last)]
    assert mended(rows)[4] == "body"
    for other in ("Anna Lie covers the coast.", "Reproduction without permission is prohibited.", "Follow us on our channels."):
        assert mended([*rows[:4], ("aside", other)])[4] == "aside"
    assert mended([*rows, ("aside", "More snow stories")])[4] == "aside"


def test_a_sub_heading_taken_for_a_headline_is_text_where_no_story_begins() -> None:
    rows = [("title", "Snow closes school"), ("body", SNOW), ("title", "A code of couplets"), ("body", ICE), ("body", SNOW)]
    labels = [label for label, _ in rows]
    assert [part.body for part in divide(looks_of(rows), labels)] == [[1, 2, 3, 4]]
    other = [*rows[:2], ("title", "Twins arrested over stolen lighthouse lamp"), *rows[3:]]
    assert [part.body for part in divide(looks_of(other), labels)] == [[1, 3, 4]]


@pytest.mark.parametrize("rule", ["* * *", "-----", "-" * 40, "***"])
def test_stories_between_rules(rule: str) -> None:
    items = [
        (
            "Swan delays the 8.14",
            "A swan held up the morning train for 22 minutes on Tuesday by sitting down between the rails.",
        ),
        ("Library fine paid after 60 years", "A reader has paid £311 for a book on bees that was due back in March 1962."),
        ("Council to count its benches", "Nobody knows how many benches there are in the district, a meeting heard on Monday."),
    ]
    page = f"\n{rule}\n".join(f"{head}\n{text}\nTwo people came to look." for head, text in items)
    stories = read_page(f"News round-up\nWednesday 13 April 2022\n{page}\n")[0]
    assert [(story.title, len(story.body), story.published) for story in stories] == [
        (head, 2, "2022-04-13") for head, _ in items
    ]


def test_rules_inside_a_text_begin_no_story() -> None:
    assert len(read_page(f"Snow closes school\nAnna Lie\n4 May 2024\n{SNOW}\n* * *\n{ICE}\n{SNOW}\n")[0]) == 1


def test_a_drawn_line_is_known_of_the_line_below() -> None:
    assert [line.ruled for line in split_page("Snow\n" + "-" * 30 + "\n\nIce\nRain").lines] == [False, True, False]


def test_a_name_alone_below_the_text_wrote_it() -> None:
    page = ("Snow closes school", "4 May 2024", "", SNOW, ICE)
    assert read(*page, "", "Anna Lie").byline == "Anna Lie"
    assert read(*page, "", "Anna Lie", "Bo Ek").byline is None
    assert read(*page, f"{SNOW} Anna Lie watched.", "", "Anna Lie").byline is None


def test_sentences_between_headline_and_writer_stand_first() -> None:
    first = "À 8h10, onze voitures se retrouvent au même carrefour – et personne ne passe."
    rows = [("title", "Snow closes school"), ("furniture", first), ("furniture", ICE), ("byline", "Anna Lie"), ("body", SNOW)]
    assert mended(rows)[1:3] == ["highlight", "highlight"]
    headless = [("furniture", "Why your train is a bus this winter"), ("furniture", first), *rows[3:]]
    assert mended(headless)[:2] == ["title", "highlight"]


def test_the_first_paragraph_below_an_empty_line_is_no_standfirst() -> None:
    labels = ["title", "date", "highlight", "highlight", "body", "body", "body"]
    texts = ["Snow closes school", "4 May 2024", "Ploughs wait until noon, and nobody knows for what.", SNOW, ICE, SNOW, ICE]
    looks = [look_at(Line(text, blanks=int(i in (2, 3)))) for i, text in enumerate(texts)]
    assert list(mend_page(looks, labels))[2:4] == ["highlight", "body"]
    looks = [look_at(Line(text, blanks=1)) for text in texts]
    assert list(mend_page(looks, labels))[2:4] == ["highlight", "highlight"]


def test_who_speaks_again_is_text() -> None:
    rows = [("body", "Jan Fedder: Warum so viele?"), ("body", "Birte Lohse: Der Wind treibt sie an den Strand.")]
    asked = [("aside", "Fedder: Sind sie gefährlich?"), ("aside", "Lohse: Nein."), ("aside", "Eintritt: 4 Euro")]
    assert mended([("title", "Quallen"), *rows, *asked])[3:] == ["body", "body", "aside"]


def test_a_paper_that_credits_its_own_pictures_is_no_writer() -> None:
    story = read(
        "Un phoque s’installe dans la piscine municipale",
        "Ouest-Rivage",
        "Publié le 19/06/2023 à 18h30",
        "",
        "Le phoque gris dans le petit bassin, dimanche. | OUEST-RIVAGE",
        "",
        "Le jeune phoque gris est entré samedi matin par le canal qui relie le bassin à la mer, selon la mairie.",
        "Un vétérinaire l’a jugé en bonne santé. Il devrait repartir avec la grande marée de mardi prochain.",
        "Les 140 enfants inscrits cette semaine aux cours de natation seront remboursés par la commune.",
    )
    assert (story.byline, story.source) == (None, "Ouest-Rivage")


def test_whom_a_comment_speaks_to_on_a_line_of_its_own() -> None:
    assert read_author(look_at(Line("taras_uz_14.10.2020 13:15"))) == "taras_uz"
    rows = [
        ("author", "Anna_14.10.2020 12:40"),
        ("comment", SNOW),
        ("author", "Bo_14.10.2020 13:15"),
        ("comment", "IP: 91.196.---.---"),
        ("author", "Anna:"),
        ("comment", ICE),
    ]
    drafts = split_comments(looks_of(rows), [label for label, _ in rows])
    assert [[look.text for look in draft.paragraphs] for draft in drafts] == [[SNOW], ["Anna:", ICE]]


def test_the_first_remark_below_a_link_is_no_story() -> None:
    story = read(
        "Home of the board",
        "I rebuilt a 1979 bus timetable from ticket stubs",
        "(example.net)",
        "212 points by ferrous on March 4, 2021 | hide | past | favorite | 3 comments",
        "mrkv on March 4, 2021 | next [–]",
        "Lovely work. How did you deal with stubs that had no stamp?",
        "ferrous on March 4, 2021 | parent | next [–]",
        "Paper colour. They changed it every quarter, and the printer kept a book.",
        "oolong on March 4, 2021 | prev [–]",
        "The 14:10 on page 3 cannot be right. It overtakes itself.",
    )
    assert (story.body, [comment.author for comment in story.comments]) == ((), ["mrkv", "ferrous", "oolong"])


def test_captions_between_headline_and_writer_do_not_hide_the_standfirst() -> None:
    rows = [
        ("title", "Snow closes school"),
        ("furniture", "A plough on the bridge. Photo: Anna Lie"),
        ("furniture", SNOW),
        ("byline", "Bo Ek"),
        ("body", ICE),
    ]
    assert mended(rows)[1:3] == ["furniture", "highlight"]


def test_a_caption_printed_again_below_its_credit_is_none_of_the_text() -> None:
    caption = "The plough has stood on the bridge since Tuesday evening."
    rows = [("title", "Snow closes school"), ("body", caption), ("aside", "Anna Lie/Harbour Radio"), ("body", caption)]
    assert "body" not in mended([*rows, ("body", SNOW), ("body", ICE)])[:4]
    assert mended([*rows[:3], ("aside", "hide caption"), ("body", SNOW), ("body", ICE)])[1] == "furniture"


def test_a_headline_above_read_more_is_a_link() -> None:
    rows = [
        ("title", "Snow closes school"),
        ("body", SNOW),
        ("body", "Homeless figures reach new high for fourth month in a row"),
    ]
    assert mended([*rows, ("aside", "Read More"), ("body", ICE)])[2] == "aside"


def test_hindi_reporters_and_their_towns() -> None:
    rest = "लोगों ने चंदा जुटाकर घंटाघर की घड़ी खरीदी, लेकिन घंटाघर अब तक नहीं बना।"
    for head in ("जागृति संवाददाता, बलिया। ", "संवाद सूत्र, बलिया : "):
        slug = read_slug(head + rest)
        assert slug is not None
        assert (slug.place, slug.rest) == ("बलिया", rest)


def test_thai_paragraphs_need_no_stop_and_the_last_one_need_not_be_long() -> None:
    rows = [("title", THAI[0]), ("date", "16 พ.ย. 2564"), ("body", THAI[1]), ("aside", THAI[2]), ("aside", THAI[1])]
    assert mended([*rows, ("aside", "แท็ก")])[3:] == ["body", "body", "aside"]
    korean = [("title", "박새"), ("body", "전남의 작은 섬 우체통에 박새가 알을 낳아 우체국이 한 달 동안 투입구를 막기로 했다.")]
    assert mended([*korean, ("aside", "섬에는 31가구가 산다."), ("aside", "문가람 기자 garam@example.org")])[2] == "body"


def test_numbers_of_links_go_with_their_list() -> None:
    page = "By [8]Anna Lie\nSnow fell.\n\nReferences\n   1. https://www.example.org/a\n   8. https://www.example.org/b\n"
    assert [line.text for line in split_page(page).lines] == ["By Anna Lie", "Snow fell."]
    assert split_page("See [8]below.\n").lines[0].text == "See [8]below."
