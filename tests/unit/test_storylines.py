"""Which stories belong together: the clusterer as a whole, on own texts."""

from __future__ import annotations

import datetime
import json
import random
from collections import defaultdict
from collections.abc import Iterable
from pathlib import Path

import pytest

from newsdesk.model import Country, Story
from newsdesk.ports import Profile
from newsdesk.storylines import Corrections, Grouper, Grouping, MemoryProfiles, NoProfiles, refs, storyline_id
from newsdesk.storylines.explain import reasons

DATA = Path(__file__).parents[1] / "data" / "storylines"
TODAY = datetime.date(2031, 9, 3)


def load() -> list[tuple[Story, str]]:
    found = []
    for line in json.loads((DATA / "events.json").read_text("utf-8"))["stories"]:
        countries = tuple(Country(code, code, 0.9) for code in line["countries"])
        story = Story(line["title"], tuple(line["body"]), line["id"], line["published"], language=line["language"])
        found.append((story.with_(countries=countries), line["event"]))
    return found


STORIES = {story.id: story for story, _ in load()}
EVENTS = {story.id: event for story, event in load()}


def group(stories: Iterable[Story], profiles: MemoryProfiles | None = None, corrections: Corrections | None = None) -> Grouping:
    return Grouper(MemoryProfiles() if profiles is None else profiles, corrections, TODAY).group(list(stories))


def lines(grouping: Grouping) -> set[frozenset[str]]:
    out = defaultdict(set)
    for assignment in grouping.assignments:
        out[assignment.storyline_id].add(assignment.story_id)
    return {frozenset(ids) for ids in out.values()}


def gold() -> set[frozenset[str]]:
    out = defaultdict(set)
    for story_id, event in EVENTS.items():
        out[event].add(story_id)
    return {frozenset(ids) for ids in out.values()}


def home(grouping: Grouping, story_id: str) -> str:
    return next(a.storyline_id for a in grouping.assignments if a.story_id == story_id)


def test_look_alike_events_are_apart_and_languages_meet() -> None:
    assert lines(group(STORIES.values())) == gold()


def test_a_closed_batch_is_grouped_as_one_that_is_kept() -> None:
    kept, closed = group(STORIES.values()), Grouper(NoProfiles(), today=TODAY).group(list(STORIES.values()))
    assert closed == kept


def test_order_of_arrival_in_a_batch_does_not_matter() -> None:
    first = group(STORIES.values())
    for seed in range(5):
        mixed = list(STORIES.values())
        random.Random(seed).shuffle(mixed)
        assert {(a.story_id, a.storyline_id, a.why) for a in group(mixed).assignments} == {
            (a.story_id, a.storyline_id, a.why) for a in first.assignments
        }


@pytest.mark.parametrize("seed", range(3))
def test_one_by_one_gives_the_same_lines_as_all_at_once(seed: int) -> None:
    profiles, mixed = MemoryProfiles(), list(STORIES.values())
    random.Random(seed).shuffle(mixed)
    where: dict[str, str] = {}
    for story in mixed:
        grouping = group([story], profiles)
        forwards = dict(grouping.merged)
        where = {story_id: forwards.get(line_id, line_id) for story_id, line_id in where.items()}
        where[story.id] = home(grouping, story.id)
    out = defaultdict(set)
    for story_id, line_id in where.items():
        out[line_id].add(story_id)
    assert {frozenset(ids) for ids in out.values()} == gold()


def test_a_storyline_keeps_its_id_as_it_grows() -> None:
    profiles = MemoryProfiles()
    first = home(group([STORIES["quake-a1"]], profiles), "quake-a1")
    assert first == storyline_id("quake-a1")
    assert home(group([STORIES["quake-a2"]], profiles), "quake-a2") == first
    profile = profiles.get(first)
    assert profile is not None
    assert json.loads(profile.blob)["n"] == 2
    assert profile.day == (datetime.date(2031, 4, 3) - datetime.date(1970, 1, 1)).days


def test_ids_are_short_and_shell_safe() -> None:
    for assignment in group(STORIES.values()).assignments:
        assert assignment.storyline_id[0] == "t"
        assert len(assignment.storyline_id) == 11
        assert assignment.storyline_id.isalnum()


def test_a_story_given_twice_is_one_story() -> None:
    story = STORIES["quake-a1"]
    profiles = MemoryProfiles()
    grouping = group([story, story], profiles)
    assert len(grouping.assignments) == 2
    assert [ref.storyline.stories for ref in refs([story, story], grouping) if ref.storyline] == [1, 1]


def test_a_merge_forwards() -> None:
    profiles = MemoryProfiles()
    pair = frozenset({"quake-a1", "quake-a2"})
    apart = group([STORIES["quake-a1"], STORIES["quake-a2"]], profiles, Corrections(apart=frozenset({pair})))
    old = {home(apart, story_id) for story_id in pair}
    assert len(old) == 2
    third = STORIES["quake-a2"].with_(
        id="quake-a3", title="Tamsweg valley: Katschberg tunnel safe after 5.1 quake, says Aigner"
    )
    grown = group([third], profiles, Corrections(together=(("quake-a1", "quake-a3"), ("quake-a2", "quake-a3"))))
    assert set(dict(grown.merged)) | {home(grown, "quake-a3")} == old or home(grown, "quake-a3") in old
    merged = dict(grown.merged)
    for line_id in old:
        assert merged.get(line_id, line_id) in old
        found = profiles.get(line_id)
        assert found is not None
        assert found.id == merged.get(line_id, line_id)


def test_profiles_forward_along_a_chain_and_never_in_a_circle() -> None:
    profiles = MemoryProfiles()
    group([STORIES["quake-a1"]], profiles)
    new = storyline_id("quake-a1")
    profiles.forward("tone", "ttwo")
    profiles.forward("ttwo", new)
    profiles.forward(new, "tone")
    found = profiles.get("tone")
    assert found is not None
    assert found.id == new


def test_stories_put_apart_stay_apart_in_a_batch_and_later() -> None:
    corrections = Corrections(apart=frozenset({frozenset({"quake-a1", "quake-a2"})}))
    both = group([STORIES["quake-a1"], STORIES["quake-a2"]], corrections=corrections)
    assert home(both, "quake-a1") != home(both, "quake-a2")
    profiles = MemoryProfiles()
    first = group([STORIES["quake-a1"]], profiles, corrections)
    later = group([STORIES["quake-a2"]], profiles, corrections)
    assert home(first, "quake-a1") != home(later, "quake-a2")


def test_a_story_taken_out_of_its_storyline_leaves_it() -> None:
    profiles = MemoryProfiles()
    grouping = group([STORIES["quake-a1"], STORIES["quake-a2"]], profiles)
    known = refs([STORIES["quake-a1"]], grouping)[0]
    corrections = Corrections(apart=frozenset({frozenset({"quake-a1", "quake-a2"})}))
    assert home(group([known], profiles, corrections), "quake-a1") != home(grouping, "quake-a2")


def test_a_new_storyline_takes_an_id_that_no_other_has_or_had() -> None:
    profiles = MemoryProfiles()
    taken = [storyline_id("quake-a1", attempt) for attempt in range(3)]
    profiles.put(Profile(taken[0], ("other",), 0, "{}"))
    profiles.put(Profile(taken[1], ("others",), 0, "{}"))
    profiles.forward(taken[1], taken[0])
    grouping = group([STORIES["quake-a1"], STORIES["trial-b1"]], profiles)
    assert home(grouping, "quake-a1") == taken[2]
    assert home(grouping, "trial-b1") == storyline_id("trial-b1")


def test_stories_put_together_are_together_in_a_batch_and_later() -> None:
    corrections = Corrections(together=(("quake-a1", "trial-b1"),))
    both = group([STORIES["quake-a1"], STORIES["trial-b1"]], corrections=corrections)
    assert home(both, "quake-a1") == home(both, "trial-b1")
    profiles = MemoryProfiles()
    first = group([STORIES["quake-a1"]], profiles, corrections)
    later = group([STORIES["trial-b1"]], profiles, corrections)
    assert home(first, "quake-a1") == home(later, "trial-b1")


def test_a_title_given_by_a_person_stays() -> None:
    line_id = storyline_id("quake-a1")
    corrections = Corrections(titles={line_id: "The valley that shook"})
    grouping = group([STORIES["quake-a1"], STORIES["quake-a2"]], corrections=corrections)
    assert grouping.titles[line_id] == "The valley that shook"


def test_profile_is_made_of_exactly_the_stories_given() -> None:
    profiles = MemoryProfiles()
    Grouper(profiles, today=TODAY).profile("tmovedstory", [STORIES["quake-b1"]])
    assert home(group([STORIES["quake-b2"]], profiles), "quake-b2") == "tmovedstory"


def test_why_names_what_is_shared_and_the_time_between() -> None:
    grouping = group([STORIES["trial-a1"], STORIES["trial-a2"]])
    words, distance = next(a.why for a in grouping.assignments if a.story_id == "trial-a2")
    assert "Quandel" in words
    assert "Baltram" in words
    assert distance == "2 days from the nearest of its stories"
    assert group([STORIES["bear-ja"]]).assignments[0].why == ()


def test_why_is_silent_of_words_that_are_everywhere() -> None:
    fires = [
        Story("Motorway shut as homes burn at Kato Achaia", (), "fire-1", "2031-08-03"),
        Story("Crews hold the line at Kato Achaia, motorway open", (), "fire-2", "2031-08-05"),
    ]
    for assignment in group(fires).assignments:
        assert set(assignment.why[0].removeprefix("shares ").lower().split(", ")) == {"kato", "achaia", "motorway"}
    assert reasons(fires[0], ["at", "as"], None) == ("shares at, as",)


def test_a_storyline_is_called_after_a_story_or_its_lead() -> None:
    assert group([STORIES["bear-ja"]]).titles[storyline_id("bear-ja")] == STORIES["bear-ja"].title
    untitled = Story(None, ("Long words " * 40,), "x1")
    title = group([untitled]).titles[storyline_id("x1")]
    assert title.startswith("Long words")
    assert len(title) <= 161


def test_wire_copies_are_told_from_originals() -> None:
    original = STORIES["quake-a1"].with_(body=(" ".join(f"{word} about under the grand valley" for word in "abcdefghijkl"),))
    copy = original.with_(id="quake-z9", published="2031-04-04", title="Valley shaken", body=(original.body[0] + " (end)",))
    grouping = group([copy, original, STORIES["quake-a2"]])
    assert dict(grouping.copies) == {"quake-z9": "quake-a1"}
    assert [story.wire_copy_of for story in refs([copy, original], grouping)] == ["quake-a1", None]


def test_the_original_is_the_text_with_the_earliest_printed_time() -> None:
    body = (" ".join(f"{word} about under the grand valley" for word in "abcdefghijkl"),)
    longer = (body[0] + " as was told",)
    early = STORIES["quake-a1"].with_(id="quake-z9", body=body, published="2031-04-03T23:10+09:00")
    late = STORIES["quake-a1"].with_(id="quake-a0", body=longer, published="2031-04-03T15:10+00:00")
    dated = STORIES["quake-a1"].with_(id="quake-a5", body=longer, published="2031-04-03")
    stories = [dated, late, early]
    assert dict(group(stories).copies) == {"quake-a0": "quake-z9", "quake-a5": "quake-z9"}
    assert dict(Grouper(NoProfiles(), None, TODAY).group(stories).copies) == {"quake-a0": "quake-z9", "quake-a5": "quake-z9"}


def test_a_copy_of_a_stored_story_is_found() -> None:
    profiles = MemoryProfiles()
    group([STORIES["quake-a1"]], profiles)
    copy = STORIES["quake-a1"].with_(id="quake-z9", published="2031-04-03")
    assert dict(group([copy], profiles).copies) == {"quake-z9": "quake-a1"}


def test_a_new_affair_months_later_is_another_storyline() -> None:
    later = STORIES["quake-a1"].with_(
        id="quake-late",
        published="2032-11-20",
        title="Tamsweg valley shaken by new quake",
        body=("An earthquake of magnitude 3.9 woke people in the Tamsweg valley. Deputy Franz Moser said that nothing broke.",),
    )
    grouping = group([STORIES["quake-a1"], STORIES["quake-a2"], later])
    assert home(grouping, "quake-late") != home(grouping, "quake-a1")


def test_a_bare_headline_is_with_the_text_on_the_same_thing() -> None:
    """A page that shows its readers nothing else, and most items of feeds."""
    told = Story(
        title="Mendra to fine tourists who enter old timber lanes after 5 p.m.",
        body=(
            "Visitors who walk into the oldest streets of Mendra's Kelvik district after 5 p.m. will pay a fine from March, "
            "the city said on Tuesday, after years of complaints from the people who live there.",
            "The rule covers 34,000 square metres lined with traditional houses and applies until 10 a.m. the next day.",
            "Residents, their guests, shop customers and people who have booked a room are exempt.",
            "Eight wardens in orange vests will patrol in pairs and carry signs in five languages.",
        ),
        id="told",
        published="2031-10-29",
        language="en",
    )
    bare = Story(title="Evening ban on tourists begins in Kelvik", id="bare", language="en")
    strange = Story(title="Evening ban on scooters begins in Ostholm", id="strange", language="en")
    grouping = group([told, bare, strange])
    assert home(grouping, "bare") == home(grouping, "told") != home(grouping, "strange")


HOSTILE = {
    "nothing": Story(id="h1"),
    "blank": Story("", ("", " "), "h2"),
    "giant token": Story("x" * 1_000_000, ("y" * 1_000_000,), "h3"),
    "giant title": Story("Kurobishi toll " * 70_000, (), "h4"),
    "digits": Story("9" * 50_000, ("१" * 50_000, "1.000" * 9_000), "h5"),
    "surrogate": Story("\ud800 \udfff", ("\ud800",), "h6"),
    "controls": Story("\x1b]0;x\x07\u202e", ("\u200b" * 999,), "h7"),
    "han": Story("税" * 100_000, ("地震" * 100_000,), "h8"),
    "thai": Story("กขค" * 10_000, (), "h9"),
    "no date": Story("Kurobishi", ("Minase",), "h10", published="someday soon"),
    "apostrophes": Story("'s" * 9_999, ("’" * 9_999,), "h11"),
    "many paragraphs": Story(None, ("a b",) * 100_000, "h12"),
    "odd id": Story("Minase", (), "\ud800"),
}


@pytest.mark.parametrize("name", HOSTILE)
def test_hostile_stories_get_a_storyline(name: str) -> None:
    profiles = MemoryProfiles()
    grouping = group([HOSTILE[name], STORIES["toll-en"]], profiles)
    assert {a.story_id for a in grouping.assignments} == {HOSTILE[name].id, "toll-en"}
    assert len(max(grouping.titles.values(), key=len)) <= 161
    assert group([HOSTILE[name]], profiles).assignments


def test_hostile_stories_together_and_an_empty_batch() -> None:
    grouping = group(HOSTILE.values())
    assert [a.story_id for a in grouping.assignments] == [story.id for story in HOSTILE.values()]
    assert group([]) == Grouping()


def test_one_huge_affair_stays_cheap() -> None:
    """Hundreds of headlines with the same names are valued against a bounded number of others each."""
    rng = random.Random(3)
    verbs = "opens shuts sells buys drops lifts holds backs denies plans".split()
    stories = [Story(f"Kurobishi {rng.choice(verbs)} Minase {rng.choice(verbs)} {n}", (), f"k{n}") for n in range(600)]
    assert max(map(len, lines(group(stories)))) > 300


def test_what_shares_a_month_and_a_day_of_the_week_shares_no_name() -> None:
    ice = Story(
        "Lake Superior stays without ice",
        (
            "Ice covered less of Lake Superior on Wednesday than on any day of its kind since satellites count it.",
            "Open water lets the storms of March eat at the bluffs.",
        ),
        "ice",
        "2031-03-06",
    )
    buses = Story(
        "Routes of school buses shrink",
        (
            "Duluth merges nine routes for want of drivers, the district said on Wednesday.",
            "The warehouse in Superior pays as much without the children. In March there is a fair for new drivers.",
        ),
        "buses",
        "2031-03-06",
    )
    assert len(lines(group([ice, buses]))) == 2
