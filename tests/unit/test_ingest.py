from __future__ import annotations

import hashlib
import json
import random
import re
from collections.abc import Iterable
from dataclasses import replace

import pytest

from newsdesk.ingest import (
    Decision,
    Entry,
    Printed,
    decide,
    digest,
    facts_of,
    identify,
    keys_of,
    register,
    sketch_text,
    story_id,
)
from newsdesk.ingest.keys import make_id
from newsdesk.ingest.register import Register
from newsdesk.ingest.sketch import alike
from newsdesk.model import Comment, Origin, Story
from tests.unit.desks import make_story as story


def sort_out(stories: Iterable[Story], known: Iterable[Entry] = ()) -> list[Decision]:
    return decide([facts_of(one) for one in stories], known)


LONG = "The council of the harbour town voted on Monday to close the old bridge for repairs that will take two years to finish"


def ids(*stories: Story) -> list[str]:
    return [found.id for found in identify(stories)]


def test_ids_are_short_safe_and_stable() -> None:
    one = story("1", "Bridge closed", LONG)
    assert re.fullmatch("s[a-z2-7]{10}", story_id(one))
    elsewhere = story("1", "Bridge closed", LONG, path="other/place.jsonl", index=9)
    assert ids(one) == ids(one) == ids(elsewhere)


def test_same_item_in_the_same_place_is_the_same_story() -> None:
    first, second = ids(story("1", "Bridge closed", LONG), story("1", "Bridge to close", "Other words entirely."))
    assert first == second


def test_items_with_their_own_ids_are_stories_of_their_own() -> None:
    """One object a line is exactly one story, whatever two of them share."""
    found = ids(*(story(str(number), "Weather", LONG, url="https://example.org/weather") for number in range(4)))
    assert len(set(found)) == 4


def test_numbers_of_two_files_are_not_one_series() -> None:
    one, other = ids(story("1", "Bridge closed", LONG), story("1", "A cup won", "They won.", path="b.jsonl"))
    assert one != other


def test_same_address_is_the_same_story() -> None:
    one = story(None, "Bridge closed", LONG, url="http://www.example.org/bridge?utm_source=a", feed="https://example.org/rss")
    other = story(None, "Old bridge closes", "Short.", url="https://example.org/bridge/", path="b.txt")
    assert len(set(ids(one, other))) == 1


def test_a_feed_that_gives_its_items_other_ids_still_has_the_same_stories() -> None:
    """Two ids that stand in it at the same time are two stories."""

    def item(number: str, title: str, *body: str, published: str = "2026-01-10T09:00+00:00") -> Story:
        return story(number, title, *body, feed="https://example.org/rss", url="https://example.org/c1", published=published)

    def stories(*batches: list[Story]) -> int:
        known: dict[str, Entry] = {}
        for batch in batches:
            known |= {found.id: found.entry for found in sort_out(batch, known.values())}
        return len(known)

    assert stories([item("http://e.org/?p=1", "Bridge closed", LONG)], [item("https://e.org/?p=1", "Bridge closed", LONG)]) == 1
    assert stories([item("1", "Bridge closed", LONG)], [item("urn:a", "Bridge closed", "Quite another wording of it.")]) == 1
    newer = item("http://e.org/c1#1", "Old bridge closes", LONG + ", it said", published="2026-01-10T11:00+00:00")
    assert stories([item("http://e.org/c1#0", "Bridge closed", LONG)], [newer]) == 1
    other = item("http://e.org/c1#1", "A cup won", "They won it at last, after ninety minutes of play.")
    assert stories([item("http://e.org/c1#0", "Bridge closed", LONG)], [other]) == 2
    later = item("2", "Bridge closed", LONG, published="2026-01-10T14:00+00:00")
    assert stories([item("1", "Bridge closed", LONG)], [later]) == 2
    both = [item("1", "Bridge closed", LONG), item("2", "Bridge closed", LONG)]
    assert (stories(both), stories(both, both), stories(both[:1], both), stories(both[:1], both[::-1])) == (2, 2, 2, 2)


def test_same_title_and_date_is_the_same_story() -> None:
    one, other = story(None, "Bridge closed", LONG), story(None, "Bridge  CLOSED", "Closed.", path="b.txt")
    assert len(set(ids(one, other))) == 1
    later = story(None, "Bridge closed", "It is closed again.", path="b.txt", published="2026-01-19")
    assert len(set(ids(one, later))) == 2


def test_one_headline_of_two_sources_with_their_own_words_is_two_stories() -> None:
    one = story(None, "Bridge closed", LONG, source="Alpha")
    other = story(
        None, "Bridge closed", "Ferry crews cheered as work on the crossing began at dawn near the mill.", source="Beta"
    )
    assert len(set(ids(one, other))) == 2


def test_near_identical_text_of_one_source_is_the_same_story() -> None:
    edited = LONG.replace("two years", "three years") + ". " + " ".join(f"word{number}" for number in range(3))
    text = LONG + ". " + " ".join(f"more{number}" for number in range(60))
    one = story(None, "Bridge closed", text)
    other = story(None, "Council closes bridge", text + " And so on.", path="b.txt", published="2026-01-11")
    assert len(set(ids(one, other))) == 1
    assert len(set(ids(one, other.with_(source="Beta")))) == 2
    assert len(set(ids(one, story(None, "Third", edited, path="c.txt", published="2026-01-12")))) == 2


def test_without_title_and_date_the_text_decides() -> None:
    one, other = story(None, None, LONG, published=None), story(None, None, LONG, path="b.txt", published=None)
    assert len(set(ids(one, other))) == 1


def test_every_position_is_kept_with_all_origins() -> None:
    one, other = identify([story("1", "Bridge closed", LONG), story(None, "Bridge closed", LONG, path="b.txt")])
    assert one.origin == Origin("jsonl", 0, path="a.jsonl", item_id="1")
    assert other.origin == Origin("jsonl", 0, path="b.txt")
    assert set(one.origins) == set(other.origins)
    assert len(one.origins) == 2


def known(*stories: Story) -> list[Entry]:
    return list({decision.entry.id: decision.entry for decision in sort_out(stories)}.values())


def verdicts(before: list[Entry], *stories: Story) -> list[str]:
    return [decision.verdict for decision in sort_out(stories, before)]


def test_again_is_unchanged_and_an_edit_is_a_change() -> None:
    one = story("1", "Bridge closed", LONG)
    assert verdicts(known(one), one) == ["unchanged"]
    assert verdicts(known(one), story("1", "Bridge closed", LONG, "More.")) == ["changed"]


def test_a_title_without_a_date_is_found_again_in_its_place_alone() -> None:
    undated = story(None, "Bridge closed", "It is too old.", published=None)
    (first,) = sort_out([undated])
    dated = story(None, "Bridge closed", "It is far too old.", published="2026-01-11")
    other = story(None, "Bridge open", "It is new.", published=None)
    elsewhere = story(None, "Bridge closed", "Another bridge.", published=None, path="b.jsonl")
    found = [sort_out([one], [first.entry])[0].id == first.id for one in (undated, dated, other, elsewhere)]
    assert found == [True, True, False, False]


@pytest.mark.parametrize(
    "untitled",
    [
        story(None, None, "Server is down."),
        story(None, None, "Server is down.", published=None, feed="https://example.org/rss"),
        story(None, "?!", published=None),
        story(None, None, "\U0001f44d"),
        story(None, None, comments=(Comment("Well said."),)),
        story(None, None),
    ],
)
def test_what_has_neither_title_nor_id_nor_address_is_found_again(untitled: Story) -> None:
    """Each reading of a feed of short notes brought all of them again."""
    (first,) = sort_out([untitled])
    (again,) = sort_out([untitled], [first.entry])
    assert (again.id, again.verdict) == (first.id, "unchanged")
    other = story(None, None, "Server is up.", published=untitled.published, feed="https://example.org/rss", index=1)
    assert [one.verdict for one in sort_out([other, untitled], [first.entry])] == ["new", "unchanged"]
    elsewhere = untitled.with_(origins=(Origin("feed", 0, feed="https://other.example/rss"),))
    assert [one.verdict for one in sort_out([elsewhere], [first.entry])] == ["new"]


def test_an_id_for_each_of_many_of_one_name_is_found_at_the_first_try() -> None:
    """A file of five thousand empty objects took half a minute."""
    tried: list[str] = []

    class Counting(Register):
        def claim(self, identity: str) -> bool:
            tried.append(identity)
            return super().claim(identity)

    counting = Counting()
    made = [counting.new_id((None, None)) for _ in range(50)]
    assert made == tried == [make_id((None, None), salt) for salt in range(50)]


def test_a_story_that_two_files_hold_and_that_changes_in_both_is_one_new_version() -> None:
    one, copied = (story("1", "Bridge closed", LONG, path=path) for path in ("a.jsonl", "b.jsonl"))
    edited = [each.with_(body=(LONG, "It opened again.")) for each in (one, copied)]
    assert verdicts(known(one, copied), *edited) == ["changed", "unchanged"]
    entries = known(one, copied)
    assert [*verdicts(entries, edited[1]), *verdicts(entries, edited[0])] == ["changed", "unchanged"]
    assert verdicts(entries, one) == ["changed"], "taken back where it stood"


def test_the_later_of_two_lines_with_one_id_is_the_newer_version() -> None:
    first, second = story("1", "Toll of two", LONG, "More than the other has."), story("1", "Toll of five", LONG)
    assert verdicts([], first, second) == ["new", "changed"]
    entries = known(first, second)
    assert [entry.title for entry in entries] == ["Toll of five"]
    assert verdicts(entries, first, second) == ["unchanged", "unchanged"]
    third = story("1", "Toll of nine", LONG, published="2026-03-01")
    assert verdicts(entries, first, second, third) == ["unchanged", "unchanged", "changed"]


def test_the_first_of_two_items_of_a_feed_is_the_newer_one() -> None:
    items = [
        replace(story("1", title, LONG), origins=(Origin("feed", 0, feed="https://example.org", item_id="1"),))
        for title in "AB"
    ]
    assert verdicts([], *items) == ["new", "unchanged"]


def test_a_feed_that_dates_its_items_anew_each_time_has_no_new_versions() -> None:
    first = story("1", "The bridge", "Text of it here.", feed="https://a.example/rss", published="2026-01-10T09:00Z")
    before = known(first)
    moved = first.with_(published="2026-01-10T09:30Z", updated="2026-01-10T09:31Z")
    assert verdicts(before, first.with_(published="2026-01-10T09:30Z")) == ["unchanged"]
    assert verdicts(before, moved) == ["changed"]  # an update is told where none was
    assert verdicts(known(moved), moved.with_(updated="2026-01-12T08:00Z")) == ["unchanged"]
    assert verdicts(before, first.with_(published="2026-01-10T09:30Z", body=("Another text here.",))) == ["changed"]
    in_a_file = story("1", "The bridge", "Text of it here.", published="2026-01-10")
    assert verdicts(known(in_a_file), in_a_file.with_(published="2026-01-11")) == ["changed"]


def test_an_archive_that_held_the_dates_of_a_feed_gets_no_new_versions() -> None:
    one = story("1", "The bridge", "Text of it here.", feed="https://a.example/rss")
    before = known(one)
    for place in before[0].places.values():
        place.digest = digest(one)
    assert digest(one) != facts_of(one).digest
    assert verdicts(before, one) == ["unchanged"]


def test_a_renamed_file_is_the_same_stories_in_any_order() -> None:
    before = [story(str(number), "Weather", f"Number {number}. {LONG}") for number in range(5)]
    after = [story(str(number), "Weather", f"Number {number}. {LONG}", path="b.jsonl") for number in range(5)]
    random.Random(3).shuffle(after)
    entries = known(*before)
    assert verdicts(entries, *after) == ["unchanged"] * 5


def test_another_place_with_fewer_words_does_not_overwrite() -> None:
    one = story(None, "Bridge closed", LONG, "Second paragraph.", "Third paragraph.")
    brief = story(None, "Bridge closed", LONG, path="b.txt")
    entries = known(one)
    assert verdicts(entries, brief) == ["unchanged"]
    assert verdicts(entries, one) == ["unchanged"]
    fuller = story(None, "Bridge closed", LONG, "Second paragraph.", "Third paragraph.", LONG, path="c.txt")
    assert verdicts(entries, fuller) == ["changed"]
    # Having been told once, all three places say nothing new.
    assert verdicts(entries, one, brief, fuller) == ["unchanged"] * 3


def test_hostile_input_is_only_text() -> None:
    odd = ["\ud800", "'; DROP TABLE story; --", "\x00", "a" * 100_000, "", " "]
    found = identify([story(text or None, text, text, url=text, source=text, published=text) for text in odd])
    assert len(found) == len(odd)


def test_many_look_alikes_cost_no_more_than_their_number() -> None:
    batch = [story(str(number), "Weather", LONG, index=number) for number in range(1500)]
    assert len(set(ids(*batch))) == 1500


def test_texts_of_one_mould_in_one_file_are_not_held_against_each_other(monkeypatch: pytest.MonkeyPatch) -> None:
    held: list[bytes] = []

    def counting(one: bytes, other: bytes) -> float:
        held.append(one)
        return alike(one, other)

    monkeypatch.setattr(register, "alike", counting)
    batch = [story(str(number), f"Profit of firm {number}", LONG, index=number) for number in range(100)]
    assert len(set(ids(*batch))) == 100
    assert not held


def test_sketch_of_a_short_text_is_empty() -> None:
    assert sketch_text(story("1", "x", "One two.")) == ()
    assert keys_of(story("1", None, "One two.")).near == ()


def test_a_digest_is_what_archives_hold() -> None:
    """Of another value every story that is kept would be taken for changed."""
    told = Story(
        title='Pier "opens"',
        body=("A \\ back\tslash \u2014 and more.", "Second."),
        source="Wire",
        url="https://example.org/1",
        highlights=("One",),
        comments=(Comment("Well.", author="A", votes=3),),
    )
    assert (digest(told), digest(Story())) == (2809339195034161435, 8669186838340685130)


@pytest.mark.parametrize(
    "body",
    [
        (),
        ("Nothing is to be escaped \u2014 \u201chere\u201d.", "Caf\u00e9 \u6d25\u6ce2 \U0001f30a"),
        ("\uc11c\uc6b8 \ud558\ub298", "\ud55c"),
        ('Said "no",', "back\\slash", ""),
        ("a\x1eb", "c\x07d\te"),
        ("\x1e",),
        ("lone \ud800",),
    ],
)
def test_digest_and_id_are_those_of_the_body_as_json(body: tuple[str, ...]) -> None:
    one = story("1", 'The "bridge"', *body)
    said = [one.title, one.published, one.updated, one.source, one.outlet, one.byline, one.dateline, one.url]
    printed = json.dumps([said, [one.status, [], list(body), []]], ensure_ascii=False)
    once_more = json.dumps([printed], ensure_ascii=False).encode("utf-8", "surrogatepass")
    assert digest(one) == int.from_bytes(hashlib.blake2b(once_more, digest_size=8).digest(), "big") >> 1
    facts = facts_of(one, keys_of(one), Printed.of(body))
    assert (facts.digest, facts.own_id) == (digest(one), story_id(one))
    plain = [json.dumps(part, ensure_ascii=False).encode("utf-8", "replace") for part in body]
    assert Printed.of(body).once == b",".join(plain)
