"""Topics: the 17 in English, word lists in other languages, hints of the source, abstention, and the shipped data."""

from __future__ import annotations

import gzip
import json
import os
from pathlib import Path

import pytest

from newsdesk.model import Story
from newsdesk.topics import TOPICS, choosing, hints, lexicon, model, tag_topics, tag_topics_many
from newsdesk.topics.names import ORDER
from newsdesk.words import letters
from newsdesk.words.cutting import cut

ROOT = Path(__file__).parents[2]
DATA = ROOT / "newsdesk" / "data" / "topics"
FIXTURES = ROOT / "tests" / "data" / "topics"
LANGUAGES = sorted(path.stem for path in (DATA / "lexicon").glob("*.txt"))


def rows(name: str) -> list[list[str]]:
    return [line.split("\t") for line in (FIXTURES / name).read_text("utf-8").splitlines() if not line.startswith("#")]


def digits(story: Story, language: str | None = "en") -> list[str]:
    return [topic.id[7:9] for topic in tag_topics(story, language)]


@pytest.mark.parametrize(("code", "title", "text"), rows("english.tsv"))
def test_each_topic_in_english_with_words_that_stand_there(code: str, title: str, text: str) -> None:
    first, *rest = tag_topics(Story(title=title, body=(text,)), "en")
    assert first.id == f"medtop:{code}000000"
    assert first.name == TOPICS[first.id]
    assert len(rest) <= 2
    assert 0 < first.score <= 1
    assert [first.score, *(one.score for one in rest)] == sorted((first.score, *(one.score for one in rest)), reverse=True)
    assert first.why
    assert all(part in f"{title} {text}".lower() for phrase in first.why for part in phrase.split())


@pytest.mark.parametrize(
    ("title", "text", "word", "parts"),
    [
        ("Aid waits for a cease-fire", "The convoy waits for a cease-fire, the rebels said.", "cease-fire", "fire"),
        ("Attorney-general resigns", "The attorney-general of Kenya resigned.", "attorney-general", "attorney general"),
        ("Covid-19 booster offered", "Health officials offer a Covid-19 booster.", "covid-19", "covid"),
    ],
)
def test_a_word_that_speaks_for_a_topic_is_told_with_what_hyphens_join_to_it(
    title: str, text: str, word: str, parts: str
) -> None:
    for topic in tag_topics(Story(title=title, body=(text,)), "en"):
        assert topic.why.count(word) == 1
        assert not {*topic.why} & {*parts.split()}


@pytest.mark.parametrize(("language", "code", "text"), [row for row in rows("languages.tsv") if row[1] != "-"])
def test_each_language_that_has_a_list(language: str, code: str, text: str) -> None:
    first, *_ = tag_topics(Story(title=text), language)
    assert first.id == f"medtop:{code}000000"
    assert all(word in text.lower() for phrase in first.why for word in phrase.split())


@pytest.mark.parametrize(
    ("language", "text", "first"),
    [
        ("de", "Straßenbahn fährt im Winter häufiger. Der neue Fahrplan gilt ab Dezember.", "04"),
        ("fr", "Le tramway passera plus souvent. La navette sera gratuite pour les usagers.", "04"),
        ("sv", "Spårvagnen går oftare. Den nya tidtabellen gäller från december.", "04"),
        ("tr", "Vapur seferleri artıyor. Yeni iskele aralıkta açılıyor.", "04"),
        ("ja", "市電を増便へ。運賃は据え置く。", "04"),
        ("de", "Bus stürzt in Schlucht, zwölf Verletzte. Die Feuerwehr barg die Fahrgäste.", "03"),
        ("fr", "Accident de bus : douze blessés. Les secours ont évacué les voyageurs du tramway.", "03"),
    ],
)
def test_local_transport_is_of_the_economy_unless_there_was_an_accident(language: str, text: str, first: str) -> None:
    assert digits(Story(title=None, body=(text,)), language)[0] == first


@pytest.mark.parametrize(
    ("language", "title", "text", "first"),
    [
        ("de", "Kran stürzt auf Containerschiff", "Der Schaden liegt bei zwei Millionen Euro.", "03"),
        ("de", "Brücke gesperrt: Schiff rammt Pfeiler", "Der Kapitän blieb unverletzt.", "03"),
        ("es", "Vuelca un remolque de naranjas", "El mercado esperaba la fruta.", "03"),
        ("tr", "Kaçak çay operasyonunda on kişi yakalandı", "Depoda paketler bulundu.", "02"),
    ],
)
def test_a_headline_in_the_present_tense_says_what_happened(language: str, title: str, text: str, first: str) -> None:
    assert digits(Story(title=title, body=(text,)), language)[0] == first


@pytest.mark.parametrize(
    ("language", "text", "other"),
    [
        ("ar", "الأمطار تتواصل على الساحل.", "07"),  # and no pains
        ("it", "Il pane profuma di bosco.", "05"),  # and no professor
        ("it", "Saverio De Luca, postino, ha 51 anni.", "11"),  # and no president
        ("ru", "Жители сёл ждут весны.", "03"),  # and no mudflow
    ],
)
def test_a_word_that_only_begins_like_another_or_is_a_name_speaks_for_nothing(language: str, text: str, other: str) -> None:
    assert other not in digits(Story(title=text, body=(text,)), language)


@pytest.mark.parametrize(
    ("language", "text", "first"),
    [
        ("fr", "Le moulin et son orgue seront restaurés, dit un potier.", "01"),
        ("nl", "De molen kreeg nieuw aardewerk van een pottenbakker.", "01"),
        ("pt", "O moinho e o oleiro da aldeia.", "01"),
        ("ja", "獅子舞と方言を守る窯元。", "01"),
        ("de", "Quallen und Seegras vor dem Deich.", "06"),
        ("es", "La erosión y las medusas preocupan.", "06"),
        ("ko", "해파리와 박쥐, 해안 침식.", "06"),
        ("uk", "Болото, торф і видра.", "06"),
    ],
)
def test_what_was_handed_down_is_culture_and_shores_and_bogs_are_environment(language: str, text: str, first: str) -> None:
    assert digits(Story(title=None, body=(text,)), language)[0] == first


def test_what_people_go_to_work_by_is_of_the_economy_in_english_too() -> None:
    text = "The tramway said that fares stay as they are and that a new timetable is out."
    assert digits(Story(title="Trams to run later at night", body=(text,))) == ["04"]


def test_every_list_has_every_topic() -> None:
    assert len(LANGUAGES) >= 16
    assert {row[0] for row in rows("languages.tsv") if row[1] != "-"} == set(LANGUAGES) - {"en"}
    for language in LANGUAGES:
        codes = [line[:2] for line in (DATA / "lexicon" / f"{language}.txt").read_text("utf-8").splitlines() if line[0] != "#"]
        assert codes == [topic[7:9] for topic in TOPICS], language


def test_nothing_is_said_of_nothing() -> None:
    assert tag_topics(Story(), "en") == ()
    assert tag_topics(Story(title="  ", body=("", "— 12 —")), "en") == ()
    assert tag_topics(Story(title="Tere tulemast", body=("Tere",)), "et") == ()
    assert tag_topics(Story(title="zzqx"), None) == ()


@pytest.mark.parametrize(
    ("hint", "code"),
    [
        ("medtop:15000000", "15"),
        ("medtop:20000065", "15"),
        ("subj:07001000", "07"),
        ("Sports", "15"),
        ("Politique", "11"),
        ("Wirtschaft", "04"),
        ("経済", "04"),
        ("News/Weather", "17"),
        ("judaism", "12"),
    ],
)
def test_a_hint_speaks_where_the_text_says_nothing(hint: str, code: str) -> None:
    if hint == "medtop:20000065":
        code = next(
            line.split("\t")[1] for line in (DATA / "concepts.tsv").read_text("utf-8").splitlines() if line[:8] == "20000065"
        )
    first, *_ = tag_topics(Story(title="Zzqx", hints=(hint,)), "en")
    assert first.id[7:9] == code
    assert first.why[0].startswith(("code ", "section "))


def test_a_tag_that_only_a_narrower_topic_is_called_does_not_outweigh_the_text() -> None:
    text = "The board rejected the only bid. The town will vote on the roof in May."
    assert digits(Story(title="Pool stays shut for a second summer", body=(text,), hints=("pool",)))[0] == "11"
    assert digits(Story(title="Zzqx", hints=("pool",))) == ["15"]


@pytest.mark.parametrize("hint", ["12032026", "03122026", "01011999", "20260312", "Case 12345678", "issue-04012003"])
def test_a_number_of_eight_digits_need_be_no_code(hint: str) -> None:
    assert list(hints.read(Story(hints=(hint,)))) == []
    [(topic, trust, _)] = hints.read(Story(hints=(f"Sport/{hint}",)))
    assert (topic, trust) == (14, hints.NAME_TRUST)


@pytest.mark.parametrize("code", ["04012003", "subj:15054000", "http://cv.iptc.org/newscodes/subjectcode/15073026"])
def test_a_subject_code_is_one_by_itself_or_with_what_it_is_a_code_of(code: str) -> None:
    [(_, trust, _)] = hints.read(Story(hints=(code,)))
    assert trust == hints.CODE_TRUST


def test_of_several_codes_each_is_said() -> None:
    codes = ("medtop:15000000", "medtop:12000000", "medtop:17000000")
    for count in (2, 3):
        assert set(digits(Story(title="Zzqx", hints=codes[:count]))) == {code[7:9] for code in codes[:count]}


def test_what_a_story_is_on_beside_its_main_topic_is_said_with_the_words_for_it() -> None:
    story = Story(title="Budget passed", body=("Parliament voted for the budget, which raises taxes on company profits.",))
    french = Story(title="Budget voté", body=("Les députés ont voté le budget, qui augmente les impôts des entreprises.",))
    for one, language in ((story, "en"), (french, "fr")):
        assert sorted(topic.id[7:9] for topic in tag_topics(one, language)) == ["04", "11"]
    scores = [topic.score for topic in tag_topics(story, "en")]
    assert scores == sorted(scores, reverse=True)


def test_a_word_list_says_no_topic_that_none_of_its_words_speaks_for() -> None:
    """However often a topic stands beside another, politics beside labour for one."""
    for title in ("Grève", "La grève des syndicats", "Un incendie"):
        topics = tag_topics(Story(title=title), "fr")
        assert topics
        assert all(topic.why for topic in topics)


def test_a_text_in_no_known_language_is_read_as_english_only_where_most_of_it_is() -> None:
    turkish = Story(title="Sahte altın satan çeteye dört ilde baskın")
    assert tag_topics(turkish, None) == ()
    assert digits(turkish.with_(hints=("Crime",)), None) == ["02"]
    assert digits(Story(title="Ebola toll hits 99"), None) == ["07"]
    assert "12" in digits(Story(title="Church bells stolen in Trzebnica"), None)


def test_a_section_in_the_address_is_a_hint_but_the_slug_is_not() -> None:
    sport = Story(title="Zzqx", url="https://news.example.org/sport/football/2031/05/war-of-words")
    assert digits(sport) == ["15"]
    assert digits(Story(title="Zzqx", url="https://weather.example.org/x")) == ["17"]
    assert digits(Story(title="Zzqx", url="https://example.org/2031/weather-report")) == []


def test_a_code_outweighs_the_text_and_a_section_does_not_drown_it() -> None:
    _, title, text = rows("english.tsv")[14]
    assert digits(Story(title=title, body=(text,), hints=("medtop:04000000",)))[0] == "04"
    weak = [topic for topic, trust, _ in hints.read(Story(hints=("Opinion", "World", "news")))]
    assert weak == []


@pytest.mark.parametrize("url", ["http://[", "https://exa mple/%ff%00/sport/x", "::::", "/" * 5000, "https://" + "a." * 2000])
def test_addresses_may_be_anything(url: str) -> None:
    tag_topics(Story(title="A story", url=url), "en")


@pytest.mark.parametrize("language", ["en", "fr", "ja", "ar", "th", "../x", "x" * 500, "", None])
@pytest.mark.parametrize("text", ["a" * 200_000, "match " * 40_000, "\ud800\x00\u202e" * 100, "経済" * 50_000, "-'" * 50_000])
def test_takes_anything(text: str, language: str | None) -> None:
    story = Story(title=text, body=(text, text), hints=(text, text), url=text)
    assert len(tag_topics(story, language)) <= 3


def test_the_model_reads_only_as_far_as_it_says() -> None:
    _, title, text = rows("english.tsv")[0]
    near = Story(title=title, body=(text, "Filler. " * 400))
    assert tag_topics(near, "en") == tag_topics(Story(title=title, body=(*near.body, "War, troops and shelling. " * 50)), "en")


def test_the_same_story_gets_the_same_topics() -> None:
    _, title, text = rows("english.tsv")[3]
    assert tag_topics(Story(title=title, body=(text,)), "en") == tag_topics(Story(title=title, body=(text,)), "en")


def test_stories_without_a_word_change_nothing_for_those_beside_them() -> None:
    full = Story(title="A report of the day", body=("This text and nothing else.",))
    other, empty = Story(title="Bank raises rates", body=("Inflation, said the bank.",)), Story(title="")
    said = {id(story): tag_topics(story, "en") for story in (full, other, empty)}
    assert said[id(full)]
    for together in ([full, empty], [empty, other, empty, empty], [full, other, empty], [empty, empty]):
        for story, found in zip(together, tag_topics_many(together, ["en"] * len(together)), strict=True):
            assert [(one.id, round(one.score, 3)) for one in found] == [
                (one.id, round(one.score, 3)) for one in said[id(story)]
            ]


def test_compounds_phrases_and_clitics_in_lists() -> None:
    words = lexicon.parse("01 -oper tour-de-chant\n02 justice$", "de")
    assert [found[0] for found in words.find("die staatsoper spielt, justice justices; tour de chant")] == [
        "oper",
        "justice",
        "tour de chant",
    ]
    arabic = lexicon.parse("15 مباراة", "ar")
    assert [found[0] for found in arabic.find("والمباراة")] == ["مباراة"]


def test_the_second_letter_of_a_hebrew_word_may_be_its_own() -> None:
    """Of "the Knesset" the article alone is taken off, though its first letter could be a prefix too."""
    assert digits(Story(title="הכנסת אישרה את תקציב המדינה"), "he") == ["04", "11"]
    listed = lexicon.load("he")
    assert listed
    for word in ("הכנסת", "והכנסת", "בכנסת"):
        assert listed.match(word) == ("כנסת", (ORDER["11"],))


def test_weak_words_of_lists_say_less_and_letters_written_in_two_ways_are_one() -> None:
    words = lexicon.parse("04 euro$? gold\n15 pokal", "de")
    strengths, said = lexicon.read(words, "", "euro pokal gold")
    assert 0 < strengths[3] - strengths[14] == pytest.approx(lexicon.WEAK * strengths[14])
    assert said[3] == ["gold", "euro"]
    for language, entry, text in (
        ("ru", "полет", "полёт"),
        ("zh", "电影", "電影"),
        ("tr", "ışık", "IŞIK"),
        ("ar", "اسعار", "أسعار"),
    ):
        one = lexicon.parse(f"01 {entry}", language)
        assert [found[1] for found in one.find(one.lower(text))] == [one.lower(text)]


def test_serbian_is_read_in_both_scripts_and_slovak_by_the_list_of_its_neighbour() -> None:
    for language, text in (
        ("sr", "Посланици опозиције напустили су скупштину после гласања о закону"),
        ("sr", "Poslanici opozicije napustili su skupštinu posle glasanja o zakonu"),
        ("sk", "Poslanci hlasovali o zákone, premiér hovorí o úspechu koalície"),
    ):
        first, *_ = tag_topics(Story(title=text), language)
        assert first.id == "medtop:11000000"
        assert all(word in text.lower() for word in first.why)


def test_a_short_loan_word_is_not_found_inside_another() -> None:
    words = lexicon.parse("09 スト", "ja")
    assert [found[0] for found in words.find("私鉄のスト決行")] == ["スト"]
    assert not list(words.find("コストとテスト"))


def test_words_are_letters_between_anything_else() -> None:
    plain = letters.words_of('"It\'s 5% - or $3", said Zo\u00eb')
    dressed = letters.words_of("\u201cIt\u2019s 5% \u2014 or $3\u201d, said\u00a0Zo\u00eb")
    assert plain == dressed == [b"it", b"s", b"%", b"or", b"$", b"said", "zo\u00eb".encode()]


def test_a_word_that_stands_near_a_topic_speaks_for_it_without_pairs_or_list() -> None:
    english = model.load()
    reading = english.read([("", "12"), ("", "a surgeon and a nurse")])
    health = list(TOPICS).index("medtop:07000000")
    assert reading.found.bounds[:2] == [0, 0]
    assert not reading.meanings.logits[0].any()
    assert int(reading.meanings.logits[1].argmax()) == health
    slope = english.network.slopes(reading.meanings, [1], [health])[0]
    assert (reading.numbers[1][:, model.TOPIC_COUNT :] @ slope).max() > 0
    assert english.speakers(reading, [(1, [health])]) == [[("nurse", "surgeon")]]


def test_what_a_brief_says_is_not_outweighed_by_how_often_its_topics_are_met() -> None:
    """Its few words stood against constants fitted on longer texts, which favoured leisure and the economy."""
    brief = Story(
        title="Kites nest in the valley", body=("Two chicks have hatched, the first for a century. Farmers are pleased.",)
    )
    assert digits(brief)[0] == "06"


def test_the_title_of_a_brief_is_heard_beside_its_text() -> None:
    text = "The company makes lager for four supermarkets and sold a record 90 million cans last year."
    assert "09" in digits(Story(title="Strike at the brewery", body=(text,)))


def test_a_long_text_without_a_topic_beside_a_short_one_with_a_topic_breaks_nothing() -> None:
    """Twenty known words of a text that has no topic stopped a whole refresh with an internal error."""
    english = model.load()
    lines = [name.decode() for name in english.names[:40]]
    reading = english.read([("", "a surgeon and a nurse"), ("", " ".join(lines))])
    assert reading.found.bounds[2] - reading.found.bounds[1] > 30
    health = list(TOPICS).index("medtop:07000000")
    assert english.speakers(reading, [(0, [health]), (1, [])]) == [[("nurse", "surgeon")], []]


def test_more_texts_than_keys_can_number_are_refused_and_chances_asked_in_parts() -> None:
    """They overflowed inside the sums, or would have been taken for one another."""
    english = model.load()
    with pytest.raises(ValueError, match="4,097 texts at once"):
        english.read([("", "nurse")] * 4_097)
    stories = [Story(title="A surgeon and a nurse")] * 4_100
    chances = choosing.main_chances(stories, ["en"] * len(stories), cut(stories))
    assert chances.shape == (4_100, 17)
    assert abs(chances - chances[0]).max() < 1e-6
    assert choosing.main_chances([], [], []).shape == (0, 17)


def test_the_model_has_each_word_under_the_topic_of_the_english_list() -> None:
    """After a change of the list: python -m training.topics.listed."""
    words, shipped = lexicon.load("en"), model.load()
    assert words
    entries = [words.match(name.decode()) for name in shipped.names]
    assert [entry[1][0] if entry else model.NOT_LISTED for entry in entries] == shipped.listed.tolist()


def test_shipped_model_is_small() -> None:
    assert sum(path.stat().st_size for path in DATA.rglob("*") if path.is_file()) < 4_000_000
    shipped = model.load()
    assert len(shipped.both) == len(shipped.names) + len(shipped.pairs)
    assert (shipped.pairs[1:] > shipped.pairs[:-1]).all()


def _shared() -> Path:
    shared = os.environ.get("NEWSDESK_SHARED")
    if not shared:
        pytest.skip("NEWSDESK_SHARED is not set: the labelled sets are not there")
    return Path(shared)


def _right(name: str, keep: tuple[str, ...], every: int) -> float:
    """Share of stories whose first topic is acceptable, of those whose id begins with one of `keep`, every n-th."""
    with gzip.open(_shared() / "datasets" / "topics" / f"{name}.jsonl.gz", "rt", encoding="utf-8") as file:
        chosen = [one for one in map(json.loads, file) if one["id"].startswith(keep)][::every]
    assert len(chosen) > 300
    said = [tag_topics(Story(title=one["title"], body=tuple(one["body"].split("\n"))), "en") for one in chosen]
    return sum(
        bool(topics) and topics[0].name in one["gold"]["topics"] for topics, one in zip(said, chosen, strict=True)
    ) / len(chosen)


@pytest.mark.shared
def test_first_topic_of_sources_never_learnt_from() -> None:
    assert _right("gold-dev", ("lgl-", "cliff-", "basil-", "reuters-", "bbc-"), 1) >= 0.89
    assert _right("bbc-dev", ("bbc-",), 3) >= 0.85


@pytest.mark.shared
def test_first_topic_of_the_labelled_pages() -> None:
    right = total = 0
    for path in sorted((_shared() / "pages" / "dev").glob("*.json")):
        page = json.loads(path.read_text("utf-8"))
        for one in page["stories"]:
            story = Story(title=one["title"], body=tuple(one["body"]), highlights=tuple(one["highlights"]))
            topics = tag_topics(story, page["language"])
            right += bool(topics) and topics[0].name in one["topics"]
            total += 1
    assert total > 40
    assert right / total >= 0.84
