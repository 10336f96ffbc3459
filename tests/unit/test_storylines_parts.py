"""The parts of the clusterer: words, bridges between languages, sketches, profiles, the shipped data."""

from __future__ import annotations

import json
import zlib
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest

from newsdesk.archive.profiles import ArchiveProfiles, SittingProfiles
from newsdesk.model import Country, Story
from newsdesk.ports import Profile
from newsdesk.storylines import MemoryProfiles
from newsdesk.storylines.bridges import concept, skeleton
from newsdesk.storylines.cluster import Cluster
from newsdesk.storylines.compare import WEIGHED, calibration, weigh_up
from newsdesk.storylines.consolidate import Edges, best_of_both
from newsdesk.storylines.copies import Originals, resemblance, sketch, sketch_all
from newsdesk.storylines.explain import reasons
from newsdesk.storylines.gather import Gathering
from newsdesk.storylines.index import LATEST, Index, most_shared
from newsdesk.storylines.kept import KeptSketch
from newsdesk.storylines.lexis import Lexis, Numbers, lexis
from newsdesk.storylines.prepared import CENTRALITY_OF_ONE, prepare_all, profiles_of_one
from newsdesk.storylines.profile import from_profiles, to_profile
from newsdesk.storylines.signature import TERMS, day_of, sign, sign_all
from newsdesk.storylines.signed import Signed
from newsdesk.storylines.words import NAME, NUMBER, number, resolve, stem, tokens
from newsdesk.words.cutting import vocabulary
from tests.unit.desks import open_desk

SHIPPED = Path(__file__).parents[2] / "newsdesk" / "data" / "storylines"


@pytest.mark.parametrize(
    ("text", "term", "printed"),
    [
        ("Divers dive with Diver Lynn", "diver", "Divers"),
        ("Diversity, said the divers", "diver", "divers"),
        ("The Tarns' own", "tarn", "Tarns"),
        ("Ostrava's bridge", "ostrava", "Ostrava"),
        ("The ALBATROSS", "albatross", "ALBATROSS"),
        ("東京大学の研究", "大学", "大学"),
        ("Nothing of it", "else", "else"),
    ],
)
def test_a_reason_names_whole_words_as_they_are_printed(text: str, term: str, printed: str) -> None:
    assert reasons(Story(title=text), [term], None) == (f"shares {printed}",)


@pytest.mark.parametrize(
    ("printed", "term"),
    [("3,000", "3000"), ("3.000", "3000"), ("३०००", "3000"), ("٣٬٠٠٠", "3000"), ("7.1", "7.1"), ("0", "0"), ("007", "7")],
)
def test_numbers_are_one_term_in_every_script(printed: str, term: str) -> None:
    assert number(printed) == term


@pytest.mark.parametrize(
    ("word", "term"), [("taxes", "taxe"), ("cities", "city"), ("minister's", "minister"), ("bus", "bus"), ("glass", "glass")]
)
def test_stem(word: str, term: str) -> None:
    assert stem(word) == term


def test_words_have_kinds_and_rarity() -> None:
    rare, common, figure = resolve("Kurobishi"), resolve("government"), resolve("2,417")
    assert rare is not None
    assert common is not None
    assert figure is not None
    assert rare.kind == NAME
    assert figure.kind == NUMBER
    assert rare.weight > common.weight
    assert resolve("the") is None or resolve("the").weight < 0.5  # type: ignore[union-attr]
    assert resolve("dass") is None


def test_text_without_spaces_is_cut_into_pairs_and_katakana_words() -> None:
    assert tokens("出国税") == ["出国", "国税"]
    assert "トランプ" in tokens("米トランプ大統領")
    assert tokens("G7 summit") == ["G7", "summit"]


@pytest.mark.parametrize(
    "forms",
    [("kamikawa", "カミカワ"), ("normandie", "normandy", "норманди"), ("trump", "трамп", "トランプ", "ترامب", "트럼프")],
)
def test_a_name_has_one_skeleton_in_all_scripts(forms: tuple[str, ...]) -> None:
    assert len({skeleton(form) for form in forms}) == 1


def test_a_short_name_has_no_skeleton() -> None:
    assert skeleton("xi") is None


@pytest.mark.parametrize("word", ["tax", "steuern", "国税", "налога", "ضريبة"])
def test_matters_have_one_key_in_all_languages(word: str) -> None:
    assert concept(word) == "tax"


def test_a_signature_has_length_one_and_bounded_terms() -> None:
    words = " ".join(f"Word{n} 1{n}" for n in range(900))
    signature = sign(Story("Title", (words,), "s1"))
    assert len(signature.terms) == len(set(signature.terms.tolist())) == len(signature.values) <= TERMS
    assert sum(value * value for value in signature.values.tolist()) == pytest.approx(1.0, abs=1e-6)
    assert len(sign(Story(id="s2")).terms) == 0


def test_a_text_cut_at_its_spaces_means_the_same_as_its_tokens() -> None:
    words = Lexis()
    text = "“Kurobishi's” chief—who (said) 3,000.50: Anglo-Minase, U.S. v. x' 'taxes’ don't 12-year-old don’t… «…» - ' O'Brien"
    found = []
    for stretch in text.split():
        found += [words.lower[number] for number in words.number_all([stretch])[0]]
    assert found == [word.lower for token in tokens(text) if (word := resolve(token))]


def test_a_lexis_keeps_its_numbers_when_a_vocabulary_is_forgotten(monkeypatch: pytest.MonkeyPatch) -> None:
    words, story = Lexis(), Story("Kurobishi lifts Anglo-Minase toll", ("Takemura spoke at Minase-Kurobishi hall.",), "s1")
    first, known = sign(story, words), vocabulary()
    monkeypatch.setattr("newsdesk.words.cutting._MOST", 3)
    again = sign(story, words)
    assert vocabulary() is not known
    assert [first.terms.tolist(), first.values.tolist()] == [again.terms.tolist(), again.values.tolist()]


def test_a_lexis_that_has_to_grow_means_the_same_by_its_words(monkeypatch: pytest.MonkeyPatch) -> None:
    story = Story("Kurobishi lifts Anglo-Minase toll by 3,000", ("Takemura taxes the hall in Berlin and Tokyo.",), "s1")
    roomy = sign(story, Lexis())
    monkeypatch.setattr("newsdesk.storylines.lexis._FIRST_SIZE", 2)
    words = Lexis()
    grown = sign(story, words)
    assert len(words.lower) > 8
    assert [grown.terms.tolist(), grown.values.tolist()] == [roomy.terms.tolist(), roomy.values.tolist()]
    assert grown.bridge == roomy.bridge != {}


def numbers(*values: int) -> Numbers:
    return np.array(values, np.int32)


def test_the_index_tells_what_is_shared_and_keeps_the_latest() -> None:
    index, ones = Index(6), np.ones(2, np.float32)

    def ask(*keys: int, most: int, least: float) -> list[tuple[float, int]]:
        whose, weights = np.zeros(len(keys), np.intp), np.ones(len(keys), np.float32)
        found = index.sharing(whose, numbers(*keys), weights)
        _, clusters, shared = most_shared(*found, np.array([least]), most)
        return list(zip(shared.tolist(), clusters.tolist(), strict=True))

    index.add(numbers(0, 1), ones, numbers(0, 0))
    for at in range(1, LATEST + 3):
        index.add(numbers(1, 2), ones / np.float32(at), numbers(at, at))
    assert ask(0, 3, most=5, least=0.1) == [(1.0, 0)]
    # The first that has a key stays: of key 1 cluster 0, of key 2 cluster 1, which is no longer among the latest of key 1.
    assert ask(1, 2, most=3, least=0.01)[:2] == [(1.0, 0), (1.0, 1)]
    assert {found for _, found in ask(1, most=99, least=0.01)} >= {0, LATEST + 2}
    assert ask(most=5, least=0.1) == []


@pytest.mark.parametrize(("tongue", "held"), [("en", 10**6), ("de", 10**6), ("en", 0), ("de", 0), ("de", 12)])
def test_signatures_are_the_same_packed(tongue: str, held: int, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("newsdesk.storylines.signed._MOST_HELD", held)
    at_home = (Country("NO", "Norway", 0.9, ()),)
    stories = [
        Story("Vestfjord tunnel tax of 3,400 crowns", ("The tunnel Brenna built.",), "a", "2024-03-01", language="en"),
        Story("Vestfjord", id="b", language=tongue, countries=at_home),
        Story(id="c", published="soon"),
        Story("Der Tunnel von Vestfjord", ("Brenna baut 3400 Meter.",), "d", language=tongue, countries=at_home),
    ]
    signed = Signed()
    for at in (0, 2, 4):
        signed.add(stories[at : at + 2])
    found = signed.finish([story.id for story in stories])
    expected = sign_all(stories, signed.words, across=tongue != "en")
    for own, other in zip(found, expected, strict=True):
        assert own.terms.tolist() == other.terms.tolist()
        assert own.values.tolist() == other.values.tolist()
        assert own._replace(terms=other.terms, values=other.values) == other
    assert bool(found[0].bridge) == (tongue != "en")


def test_dates_as_printed() -> None:
    assert day_of("1970-01-02T10:40-05:00") == 1
    assert day_of("soon") is None
    assert day_of(None) is None


def test_a_profile_is_read_as_it_was_written() -> None:
    story = Story("Kurobishi lifts Minase toll to 2,400 yen", ("Takemura spoke.",), "s1", "2031-09-01", language="en")
    cluster = Cluster.of(sign(story), 0)
    cluster.line_id, cluster.title = "tabc", "Toll"
    profile = to_profile(cluster, lexis(), 0)
    again = to_profile(from_profiles([profile], lexis())[0], lexis(), 0)
    assert again == profile
    assert len(profile.blob) < 4_000


@pytest.mark.parametrize("heaviest", [0.4, 9.0])
def test_a_profile_of_an_older_archive_says_the_same(heaviest: float) -> None:
    story = Story("Kurobishi lifts Minase toll to 2,400 yen", ("Takemura spoke.",), "s1", "2031-09-01", language="en")
    cluster = Cluster.of(sign(story), 0)
    cluster.values = cluster.values.copy()
    cluster.values[0] = heaviest
    cluster.line_id, cluster.originals = "tabc", (("s1", frozenset((7, 1 << 31, (1 << 32) - 1))), ("s0", frozenset((3,))))
    profile = to_profile(cluster, lexis(), 0)
    now = from_profiles([profile], lexis())[0]
    data = json.loads(profile.blob)
    data["w"] = np.rint(cluster.values.astype(np.float64) * 10_000).astype(int).tolist()
    data["o"] = [[story_id, sorted(sketch)] for story_id, sketch in cluster.originals]
    older = from_profiles([replace(profile, blob=json.dumps(data))], lexis())[0]
    assert older.values.tolist() == now.values.tolist()
    assert [[story_id, list(sketch)] for story_id, sketch in now.originals] == data["o"]
    assert to_profile(older, lexis(), 0) == profile


def test_profiles_of_storylines_of_one_story_are_what_any_profile_is() -> None:
    places = (Country("JP", "Japan", 0.91239), Country("FR", "France", 0.91239), Country("DE", "Germany", 0.2))
    text = " ".join(f"Kurobishi{at} lifts {at * 37} tolls" for at in range(90))
    told = [
        Story("Kurobishi lifts Minase toll to 2,400 yen", ("Takemura spoke.",), "s1", "2031-09-01", language="en"),
        Story(
            'カミカワ 「12」 "quoted" ✓', ("Камикава spoke of Kamikawa in Kamikava.",), "s2", countries=places, language="ru"
        ),
        Story(None, (text, text), "s3", "2031-09-02", countries=places, language="en"),
        Story(None, (), "s4", "soon"),
        Story("!", ("…",), "s5"),
    ]
    prepared = prepare_all(told, None)
    made = profiles_of_one([(one, f"t{one.story_id}", f"On {one.story_id}") for one in prepared], 7)
    for story, one, profile in zip(told, prepared, made, strict=True):
        assert list(KeptSketch(one.sketch)) == sorted(sketch(story))
        assert len(KeptSketch(one.sketch)) == len(sketch(story))
        cluster = Cluster.of(sign(story), 0)
        cluster.line_id, cluster.title, cluster.centrality = f"t{story.id}", f"On {story.id}", CENTRALITY_OF_ONE
        cluster.originals = ((story.id, sketch(story)),) if sketch(story) else ()
        assert profile == to_profile(cluster, lexis(), 7)
        json.loads(profile.blob)


def test_a_copy_is_found_among_many_originals() -> None:
    originals = Originals([(f"old{at}", range(at * 40, at * 40 + 30)) for at in range(8)])
    for at in range(100, 140):
        assert originals.earlier(f"new{at}", frozenset(range(at * 40, at * 40 + 30))) is None
    assert originals.earlier("copy", frozenset(range(120, 148))) == "old3"
    assert originals.earlier("again", frozenset(range(4_802, 4_830))) == "new120"
    assert originals.earlier("part", frozenset((*range(4_000, 4_010), *range(90_000, 90_020)))) is None
    assert originals.earlier("like it", frozenset((*range(4_000, 4_008), *range(90_000, 90_020)))) == "part"
    assert [story_id for story_id, _ in originals.latest(3)] == ["new138", "new139", "part"]


def test_which_of_two_originals_is_copied_does_not_depend_on_how_the_sketch_was_made() -> None:
    one, other = frozenset((0, 1, 8, 9)), frozenset((9, 8, 1, 0))
    assert list(one) != list(other)
    known = [("a", (0, 1)), ("b", (8, 9))]
    assert Originals(known).earlier("new", one) == Originals(known).earlier("new", other) == "a"


def test_evidence_is_the_same_both_ways() -> None:
    a = Cluster.of(sign(Story("Kurobishi lifts Minase toll", (), "s1", "2031-09-01")), 0)
    b = Cluster.of(sign(Story("Minase toll to rise, says Kurobishi chief", (), "s2", "2031-09-09")), 1)
    table = Gathering(lexis(), [a, b]).table
    pairs = ((numbers(0), numbers(1)), (numbers(1), numbers(0)))
    one, other = (weigh_up(table, left, right, table.dots(left, right)) for left, right in pairs)
    assert np.array(one).tolist() == np.array(other).tolist()
    assert one.similarity[0] > -3.0


def test_sketches_of_like_texts_are_alike() -> None:
    text = "The early train from Minase was late again and crews found three broken rails below Kurobishi plant " * 3
    base = sketch(Story("One", (text,), "a"))
    assert resemblance(base, sketch(Story("Two", (text + "More soon.",), "b"))) > 0.6
    assert (
        resemblance(base, sketch(Story("Three", ("Quite other words stood about here under these great trees " * 3,), "c")))
        == 0.0
    )
    assert sketch(Story(id="d")) == frozenset()


def test_memory_finds_those_that_share_most_first() -> None:
    store = MemoryProfiles()
    store.put(Profile("ta", ("x", "y"), 0, "{}"))
    store.put(Profile("tb", ("x", "y", "z"), 0, "{}"))
    store.put(Profile("tc", ("z",), 0, "{}"))
    assert [profile.id for profile in store.candidates(("x", "y", "z"), 2)] == ["tb", "ta"]
    store.put(Profile("tb", ("q",), 0, "{}"))
    assert [profile.id for profile in store.candidates(("z",), 5)] == ["tc"]


def test_every_store_knows_which_storylines_are_there_or_have_become_another(tmp_path: Path) -> None:
    with open_desk(tmp_path) as desk, desk.store.writing() as connection:
        below, sitting = ArchiveProfiles(connection), SittingProfiles()
        sitting.below = below
        for store in (MemoryProfiles(), below, sitting):
            for line_id in ("ta", "tb", "tc", "td"):
                store.put(Profile(line_id, ("x",), 0, "{}"))
            assert store.known(["tz", "tb"]) == {"tb"}
            store.forward("tc", "tb")
            store.forward("tb", "ta")
            store.forward("td", "te")
            assert store.known(["ta", "tb", "tc", "td", "te", "tz"]) == {"ta", "tb", "tc"}
            assert store.known([]) == set()
        sitting = SittingProfiles()
        sitting.below = below
        sitting.put(Profile("tz", ("x",), 0, "{}"))
        sitting.forward("ta", "ty")
        assert sitting.known(["ta", "tc", "tz", "ty"]) == {"tc", "tz"}


def test_shipped_files_are_small() -> None:
    assert sum(path.stat().st_size for path in SHIPPED.iterdir()) < 1_500_000


def test_calibration_weighs_every_evidence() -> None:
    data = json.loads((SHIPPED / "calibration.json").read_text("utf-8"))
    assert set(data["weights"]) == set(WEIGHED)
    assert len(calibration().weights) == len(WEIGHED)


def test_an_old_story_finds_its_contemporaries_under_many_newer_ones(tmp_path: Path) -> None:
    with open_desk(tmp_path) as desk, desk.store.writing() as connection:
        store = ArchiveProfiles(connection)
        for day in range(300):
            store.put(Profile(f"t{day:03}", ("port", f"own{day}"), day, "{}"))
        assert next(iter(store.candidates(("port",), 1))).day > 250
        days = {profile.day for profile in store.candidates(("port",), 60, day=100)}
        assert {100, 110, 95} <= days
        assert max(days) < 140
        assert [profile.id for profile in store.candidates(("port", "own7"), 9, 2, 0)] == ["t007"]


def test_sketches_of_many_texts_are_those_of_each_by_itself() -> None:
    def chains(text: str) -> set[int]:
        words = text.lower().split()
        return {zlib.crc32(" ".join(words[at : at + 4]).encode()) for at, word in enumerate(words) if len(word) == 5}

    plain = "Seven other weeks of heavy rain left roads under water, and three small towns waited for boats " * 2
    wide = plain.replace(" of ", " \u00a0of\u3000 ").replace("water", "Éläin")
    texts = [
        ("One", plain),
        ("", ""),
        ("Two", wide),
        ("  Three\twords ", ""),
        ("Four", "a few\n\nwords"),
        ("İ", plain + "ẞtraß"),
    ]
    found = list(sketch_all(texts))
    assert [found[place] for place in (0, 2, 5)] == [chains(texts[place][1]) for place in (0, 2, 5)]
    assert found[1] == frozenset()
    assert found[3:5] == [{zlib.crc32(whole)} for whole in (b"three words three words", b"four a few words")]
    assert [next(sketch_all([text])) for text in texts] == found


@pytest.mark.parametrize("seed", range(6))
def test_pairs_are_merged_together_of_which_neither_has_a_better_one(seed: int) -> None:
    draw = np.random.default_rng(seed)
    pairs = [(one, other) for one in range(12) for other in range(one) if draw.random() < 0.4]
    odds = draw.integers(0, 4, len(pairs)).astype(float)  # many are as good as another: lower numbers come first
    one, other = np.array(pairs, np.int32).T
    found = best_of_both(Edges(one, other, odds, odds), np.full(12, -1, np.int32))
    better = {pair: (-value, min(pair), max(pair)) for pair, value in zip(pairs, odds, strict=True)}
    best = [min((pair for pair in pairs if number in pair), key=better.__getitem__, default=None) for number in range(12)]
    assert [pairs[at] for at in found] == [pair for pair in pairs if best[pair[0]] == pair == best[pair[1]]]
    assert len(found)
