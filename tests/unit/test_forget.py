"""Forgotten stories are gone everywhere, and don't come back."""

from __future__ import annotations

import json
from dataclasses import replace
from datetime import date, timedelta
from pathlib import Path

import pytest

from newsdesk.desk import keeping
from newsdesk.model import Story
from newsdesk.tagging.drafts import Draft, Drafted
from tests.unit.desks import assert_well, comments, make_story, open_desk, paths, tag

FEED = "https://example.org/rss"
QUAKE = make_story(
    "1", "Quake off Chile", "A quake shook the coast.", feed=FEED, hints=("disaster", "CL"), comments=comments("bad")
)
VOTE = make_story("2", "Vote in Paris", "The vote was close.", feed=FEED, index=1, hints=("politics", "FR"))
CUP = make_story("3", "Cup final", "It is tonight.", feed=FEED, index=2, hints=("sport", "FR"))


def take(desk: object, stories: list[Story]) -> list[str]:
    with desk.taking_in() as intake:  # type: ignore[attr-defined]
        return list(intake.take(Drafted.of(map(Draft.of, stories))).new)


def test_nothing_is_left_of_a_forgotten_story(tmp_path: Path) -> None:
    with open_desk(tmp_path) as desk:
        quake, vote, _ = desk.keep([QUAKE, VOTE, CUP]).new
        desk.mark([quake, vote], "read")
        desk.mark([quake], "star")
        done: list[int] = []
        assert desk.forget([quake, "s2222222222"], done.append) == 1
        assert done == [1]
        assert desk.story(quake) is None
        assert (desk.ids("quake"), desk.ids("country:CL"), desk.ids("is:starred")) == ([], [], [])
        assert (desk.count(), desk.sections().total, desk.sections().unread) == (2, 2, 1)
        assert len(desk.storylines()) == 2
        assert_well(desk)


def test_an_alert_that_waits_to_be_carried_goes_with_the_story_that_it_names(tmp_path: Path) -> None:
    long = CUP.with_(title="Cup final " + "of the harbour towns " * 9)
    with open_desk(tmp_path) as desk:
        desk.follow("quake OR vote OR cup", alerts=("keyword:quake", "keyword:vote", "keyword:cup"))
        quake, _, cup = desk.keep([QUAKE, VOTE, long]).new
        desk.fire_alerts(("file",))
        assert len(desk.waiting_alerts()) == 3
        desk.forget([quake, cup])
        assert ["Vote in Paris" in alert.text for alert in desk.waiting_alerts()] == [True]


def test_who_carries_an_alert_whose_story_is_forgotten_meanwhile_settles_no_other(tmp_path: Path) -> None:
    """The next one that was raised stood under the number that had become free, and counted as carried."""
    with open_desk(tmp_path) as desk:
        desk.follow("quake OR vote", alerts=("keyword:quake", "keyword:vote"))
        quake = desk.keep([QUAKE]).new
        desk.fire_alerts(("file",))
        carried = desk.waiting_alerts()
        desk.forget(quake)
        desk.keep([VOTE])
        desk.fire_alerts(("file",))
        desk.settle_alerts("file", carried)
        assert [alert.text for alert in desk.waiting_alerts()] == ["keyword vote: “Vote in Paris”"]


PATACHE = "Divers of the Patache shipyard in Iquique found barrels of copper slag below the pier, the harbour said."
TITLES = (
    "Patache divers find barrels",
    "Iquique harbour closes pier after Patache barrels",
    "Zumarraga told of Patache barrels",
)
AFFAIR = [
    make_story(str(at), title, PATACHE, feed=FEED, index=at, published=f"2026-01-1{at}") for at, title in enumerate(TITLES)
]


def test_nothing_is_left_of_it_in_its_storyline_either(tmp_path: Path) -> None:
    quoting = replace(AFFAIR[0], body=(f"{PATACHE} Quintanilla spoke.",))
    with open_desk(tmp_path) as desk:
        first, _, last = desk.keep([quoting, *AFFAIR[1:]]).new
        assert [(line.title, line.stories) for line in desk.storylines()] == [(TITLES[2], 3)]
        assert desk.forget([first, last]) == 2
        assert [(line.title, line.stories) for line in desk.storylines()] == [(TITLES[1], 1)]
        assert desk.storylines("storyline:zumarraga") == []
        with desk.store.reading() as connection:
            ((blob, keys, day),) = connection.execute("SELECT blob, keys, day FROM profile").fetchall()
        assert not any(word in blob.lower() + keys for word in ("zumarraga", "quintanilla", first, last))
        assert json.loads(blob)["n"] == 1
        assert date(1970, 1, 1) + timedelta(day) == date(2026, 1, 11)
        desk.keep([make_story("4", "Patache barrels below Iquique harbour pier", PATACHE, feed=FEED, published="2026-01-12")])
        assert [line.stories for line in desk.storylines()] == [2]
        assert_well(desk)


def test_a_follow_that_was_called_after_it_is_called_as_its_storyline_is(tmp_path: Path) -> None:
    with open_desk(tmp_path) as desk:
        *_, last, cup = desk.keep([*AFFAIR, CUP]).new
        own = {line.title: line.id for line in desk.storylines()}
        for line in own.values():
            desk.follow(line)
        desk.forget([last, cup])
        assert {follow.name for follow in desk.all_follows()} == {TITLES[1], own[CUP.heading()]}
        desk.follow(own[TITLES[2]], name="Barrels")
        desk.forget(desk.ids("barrels"))
        assert {follow.name for follow in desk.all_follows()} == {"Barrels", own[CUP.heading()]}
        assert not any(title in paths(tmp_path).notebook.read_text() for title in (*TITLES[1:], CUP.heading()))


def test_a_name_that_a_person_gave_its_storyline_stays(tmp_path: Path) -> None:
    with open_desk(tmp_path) as desk:
        *_, last = desk.keep(AFFAIR).new
        desk.rename(desk.storylines()[0].id, TITLES[2])
        desk.forget([last])
        assert [line.title for line in desk.storylines()] == [TITLES[2]]


def test_who_is_killed_while_it_forgets_leaves_no_word_that_is_never_forgotten(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def end(*_: object) -> int:
        raise KeyboardInterrupt

    with open_desk(tmp_path) as desk:
        (quake, _) = desk.keep([QUAKE, VOTE]).new
        desk.mark([quake], "star")
        desk.label(quake, countries=["FR"])
        with monkeypatch.context() as patch:
            patch.setattr("newsdesk.archive.forget.forget", end)
            with pytest.raises(KeyboardInterrupt):
                desk.forget([quake])
        assert desk.story(quake), "it is found by who forgets it once more"
        assert desk.notebook.docs("labels") == desk.notebook.docs("stars") == []
        assert [step.says for step in desk.marks.steps()] == ["starred 1 story"]
        assert desk.forget([quake]) == 1
        assert_well(desk)


def test_a_merge_that_was_taken_back_does_not_keep_the_title_of_what_is_forgotten(tmp_path: Path) -> None:
    with open_desk(tmp_path) as desk:
        quake, vote = desk.keep([QUAKE, VOTE]).new
        into, other = (line.id for line in (desk.story(one).storyline for one in (quake, vote)))  # type: ignore[union-attr]
        desk.merge(into, other)
        desk.undo()
        desk.forget([vote])
        assert [step.says for step in desk.marks.steps()] == []
        assert desk.redo() is None


def test_its_source_does_not_bring_it_back_but_may_be_let_to(tmp_path: Path) -> None:
    with open_desk(tmp_path) as desk:
        (quake, *_) = desk.keep([QUAKE, VOTE]).new
        desk.forget([quake])
        assert desk.keep([QUAKE, VOTE, QUAKE]).new == ()
        assert desk.keep([QUAKE.with_(body=("Told anew, with other words.",))]).new == ()
        assert take(desk, [QUAKE, CUP]) != [quake]
        assert desk.count("quake") == 0
        assert desk.count("cup") == 1
        desk.let_back()
        assert desk.keep([QUAKE]).new == (quake,)


def test_another_story_of_that_title_on_another_day_is_one(tmp_path: Path) -> None:
    with open_desk(tmp_path) as desk:
        (quake,) = desk.keep([QUAKE]).new
        desk.forget([quake])
        other = make_story("9", "Quake off Chile", "A second quake.", feed=FEED, index=8, published="2026-05-05")
        assert len(desk.keep([other]).new) == 1


def test_a_sitting_shows_what_a_person_opens(tmp_path: Path) -> None:
    with open_desk(tmp_path) as desk:
        (quake,) = desk.keep([QUAKE]).new
        desk.forget([quake])
        token = desk.begin_sitting()
        assert desk.keep([QUAKE], sitting=token).new == (quake,)


def test_a_story_that_is_known_again_is_not_the_forgotten_one(tmp_path: Path) -> None:
    with open_desk(tmp_path) as desk:
        (quake,) = desk.keep([QUAKE]).new
        desk.forget([quake])
        desk.let_back()
        desk.keep([QUAKE])
        desk.forget(desk.ids("vote"))
        assert desk.keep([QUAKE.with_(body=("A quake shook the coast, twice.",))]).changed == (quake,)


def test_what_is_forgotten_while_a_batch_is_tagged_stays_away(tmp_path: Path) -> None:
    """It was known when the batch was looked at, and new when it was written."""
    known: list[str] = []

    def forgetting(story: Story) -> Story:
        if known:
            with open_desk(tmp_path) as other:
                other.forget([known.pop()])
        return tag(story)

    with open_desk(tmp_path, tag=forgetting) as desk:
        quake, vote = desk.keep([QUAKE, VOTE]).new
        known.append(quake)
        kept = desk.keep([story.with_(body=("It is other now.",)) for story in (QUAKE, VOTE)])
        assert (kept.new, kept.changed) == ((), (vote,))
        assert desk.ids() == [vote]
        assert [story.body for story in desk.revisions(vote)] == [VOTE.body, ("It is other now.",)]
        assert_well(desk)


def test_no_step_of_a_storyline_that_stays_tells_of_one_that_was_called_by_it(tmp_path: Path) -> None:
    with open_desk(tmp_path) as desk:
        quake, vote, cup = desk.keep([QUAKE, VOTE, CUP]).new
        lines = [story.storyline.id for one in (quake, vote, cup) if (story := desk.story(one)) and story.storyline]
        desk.mark([cup], "star")
        desk.pin(lines[0])
        desk.keep([QUAKE.with_(title="Quake off Chile and Peru")])
        desk.follow(lines[0])
        desk.merge(lines[0], lines[1])
        desk.rename(lines[0], "Both of them")
        desk.move(cup, lines[0])
        desk.forget([quake])
        assert [step.says for step in desk.marks.steps()] == ["starred 1 story", "moved “Cup final” into “Both of them”"]


def test_a_story_that_was_taken_out_leaves_no_long_headline_behind(tmp_path: Path) -> None:
    long = AFFAIR[1].with_(title=f"{TITLES[1]} {'and says so ' * 12}today")
    with open_desk(tmp_path) as desk:
        first, out, _ = desk.keep([AFFAIR[0], long, AFFAIR[2]]).new
        own = desk.split(desk.storylines()[0].id, out)
        desk.move(first, own.id)
        desk.forget([out])
        assert [line.title for line in desk.storylines()] == [TITLES[2], TITLES[0]]


def test_what_a_person_took_to_meanwhile_is_spared(tmp_path: Path) -> None:
    with open_desk(tmp_path) as desk, open_desk(tmp_path) as other:
        quake, vote, cup = desk.keep([QUAKE, VOTE, CUP]).new
        stale = desk.stale("")
        assert set(stale) == {quake, vote, cup}
        other.mark([quake], "star")
        other.follow("final")
        assert desk.forget([*stale, quake], spared=set(stale)) == 1
        assert set(other.ids()) == {quake, cup}
        other.label(cup, countries=["CL"])
        other.unfollow("final")
        assert desk.forget([quake, cup], spared={cup}) == 1
        assert other.ids() == [cup]


@pytest.mark.parametrize("few", [0, 2000])
def test_what_a_person_holds_on_to_is_not_stale(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, few: int) -> None:
    monkeypatch.setattr(keeping, "_FEW", few)
    with open_desk(tmp_path) as desk:
        quake, vote, cup = desk.keep([QUAKE, VOTE, CUP]).new
        assert desk.stale("") == desk.ids()
        desk.mark([quake], "star")
        assert set(desk.stale("")) == {vote, cup}
        desk.follow("final")
        assert desk.stale("") == [vote]
        desk.label(vote, countries=["CL"])
        assert desk.stale("") == []


@pytest.mark.parametrize("few", [0, 2000])
@pytest.mark.parametrize(
    ("follow", "held"), [("is:muted", {"quake"}), ("-is:muted", {"vote"}), ("country:CL", {"quake"}), ("country:FR", {"vote"})]
)
def test_what_is_muted_is_held_by_the_follows_that_match_it(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, few: int, follow: str, held: set[str]
) -> None:
    """However many stories there are."""
    monkeypatch.setattr(keeping, "_FEW", few)
    with open_desk(tmp_path) as desk:
        quake, vote = desk.keep([replace(QUAKE, source="Din"), VOTE]).new
        names = {quake: "quake", vote: "vote"}
        desk.mute(["Din"])
        desk.follow(follow)
        assert {names[one] for one in desk.stale("")} == {"quake", "vote"} - held
        assert {names[one] for one in desk.stale("is:muted")} == {"quake"} - held
        assert desk.ids("is:muted", with_muted=True) == [quake]
        assert desk.ids("-is:muted", with_muted=True) == [vote]
        assert set(desk.ids(with_muted=True)) == {quake, vote}
        assert desk.count("is:muted", with_muted=True) == desk.sections("is:muted", with_muted=True).total == 1


def test_of_a_few_old_stories_no_more_is_asked_than_whether_they_are_followed(tmp_path: Path) -> None:
    with open_desk(tmp_path) as desk:
        desk.keep([QUAKE, VOTE, CUP])
        for at in range(10):
            desk.follow(f"final {at}")
        statements: list[str] = []
        with desk.store.reading() as connection:
            connection.set_trace_callback(statements.append)
            assert desk.stale("") == desk.ids()
        assert statements
        assert not [sql for sql in statements if "words MATCH" in sql]
