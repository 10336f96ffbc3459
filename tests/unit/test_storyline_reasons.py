"""Why a story is in its storyline is said of each of its stories, also of the one that was there before the others."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

from newsdesk.archive.regroup import say_why
from tests.unit.desks import ALL, line_of, make_story, open_desk, whole_stories

BODY = "Divers of the Patache shipyard in Iquique found 40 barrels of copper slag below the pier on Tuesday, the harbour said."
FIRST = make_story("1", "Patache divers find barrels below Iquique pier", BODY, index=1, published="2026-01-10")
SECOND = make_story("2", "Barrels below Iquique pier: Patache told to stop", BODY, index=2, published="2026-01-12")
THIRD = make_story("3", "Iquique harbour closes pier after Patache barrels", BODY, index=3, published="2026-01-12")


def why_of(stories: list) -> dict[str, tuple[str, ...]]:  # type: ignore[type-arg]
    return {story.origins[0].item_id: story.storyline.why for story in stories}


def test_the_first_story_says_what_it_shares_with_those_that_came_to_it_later(tmp_path: Path) -> None:
    with open_desk(tmp_path) as desk:
        desk.keep([FIRST])
        assert why_of(whole_stories(desk)) == {"1": ()}
        desk.keep([SECOND])
        why = why_of(whole_stories(desk))
        assert why["1"][1] == why["2"][1] == "2 days from the nearest of its stories"
        assert why["1"][0].startswith("shares ")
        assert {term.lower() for term in why["1"][0].removeprefix("shares ").split(", ")} <= set(
            why["2"][0].lower().removeprefix("shares ").split(", ")
        )
        desk.keep([THIRD])
        assert all(len(reasons) == 2 for reasons in why_of(whole_stories(desk)).values())


def test_how_far_the_nearest_story_is_is_told_as_it_is_now(tmp_path: Path) -> None:
    with open_desk(tmp_path) as desk:
        desk.keep([FIRST, SECOND])
        assert {reasons[-1] for reasons in why_of(whole_stories(desk)).values()} == {"2 days from the nearest of its stories"}
        desk.keep([THIRD])
        why = why_of(whole_stories(desk))
        assert why["1"][-1] == "2 days from the nearest of its stories"
        assert why["2"][-1] == why["3"][-1] == "on the same day as another of its stories"
        third = next(story for story in whole_stories(desk) if story.title == THIRD.title)
        desk.forget([third.id])
        assert why_of(whole_stories(desk))["2"][-1] == "2 days from the nearest of its stories"


def test_a_story_between_the_first_and_the_last_is_held_against_all_of_its_storyline(tmp_path: Path) -> None:
    with open_desk(tmp_path) as desk:
        desk.keep([FIRST, replace(SECOND, published="2026-01-18"), replace(THIRD, published="2026-01-14")])
        fourth = make_story("4", "Slag barrels below Iquique pier: Patache fined", BODY, index=4, published="2026-01-14")
        desk.keep([fourth])
        assert why_of(whole_stories(desk))["4"][-1] == "on the same day as another of its stories"


def test_only_terms_that_the_story_has_itself_are_named_as_it_prints_them(tmp_path: Path) -> None:
    with open_desk(tmp_path) as desk:
        desk.keep([FIRST])
        desk.keep([SECOND])
        other = next(story for story in whole_stories(desk) if story.title == SECOND.title)
        with desk.store.writing() as connection:
            say_why(connection, other.id, ["shares Zumarraga, barrel, DIVERS, iqui, piers"])
        assert why_of(whole_stories(desk))["1"][0] == "shares barrels, divers, pier"


def test_who_was_alone_says_that_a_person_put_others_to_it(tmp_path: Path) -> None:
    with open_desk(tmp_path) as desk:
        desk.keep(ALL)
        vote, bank = line_of(desk, "russia"), line_of(desk, "金利")
        desk.merge(vote, bank)
        said = {story.storyline.why for story in whole_stories(desk) if story.storyline and story.storyline.id == vote}
        assert any("you merged its storyline into this one" in why for why in said)
        assert any("you put others of its stories to it" in why for why in said)
        desk.undo()
        assert [story.storyline.why for story in whole_stories(desk) if story.storyline and story.storyline.id == vote] == [()]
