"""Sentences, developments and quotes: what a digest and a handover are compiled from."""

from __future__ import annotations

from dataclasses import replace

import pytest

from newsdesk.briefs.developments import Told, find_developments
from newsdesk.briefs.quotes import find_quotes
from newsdesk.briefs.sentences import split_sentences
from newsdesk.model import Story

SEEN = "2026-02-01T10:00:00Z"


@pytest.mark.parametrize(
    ("text", "sentences"),
    [
        ("Mr. Hale met Dr. J. K. Lee. They left.", ["Mr. Hale met Dr. J. K. Lee.", "They left."]),
        ("It cost $3.5 million. 200 people came.", ["It cost $3.5 million.", "200 people came."]),
        ("“No. 5 is mine.” Then she left!", ["“No. 5 is mine.”", "Then she left!"]),
        ("Er kam am 3. Mai. Dann ging er.", ["Er kam am 3. Mai.", "Dann ging er."]),
        ("El Sr. Ruiz dijo: ¿Qué? ¡No! Fin.", ["El Sr. Ruiz dijo: ¿Qué?", "¡No!", "Fin."]),
        ("橋が閉じた。市は「直す」と述べた。", ["橋が閉じた。", "市は「直す」と述べた。"]),
        ("One line\nanother", ["One line", "another"]),
        ("", []),
        ("... . ...", ["... . ..."]),
    ],
)
def test_sentences(text: str, sentences: list[str]) -> None:
    assert split_sentences(text) == sentences


def test_sentences_cost_no_more_than_their_length() -> None:
    assert len(split_sentences("A.A. " * 40_000)) > 0
    assert split_sentences("x" * 200_000 + "." * 200_000) != []


def make(story_id: str, title: str, *body: str, source: str = "Gull", language: str = "en", **more: object) -> Told:
    return Told(Story(id=story_id, title=title, body=body, source=source, language=language, **more), SEEN)  # type: ignore[arg-type]


BRIDGE = (
    "The Karlsund bridge was closed on Monday after divers found a crack in its northern pier, the harbour office said.",
    "Some 14,000 cars cross the bridge each day.",
)


def test_the_first_report_then_what_is_new() -> None:
    told = [
        make("s1", "Karlsund bridge closed", *BRIDGE),
        make("s2", "Karlsund bridge still closed", *BRIDGE),
        make(
            "s3",
            "Karlsund bridge to be closed until May",
            BRIDGE[0],
            "Engineer Mirjam Oduya said a steel collar from Gdansk would arrive in May, at a cost of 3.2 million euros.",
        ),
    ]
    steps = find_developments(told)
    assert [(step.kind, step.story) for step in steps] == [("first", "s1"), ("new", "s3")]
    assert steps[0].text == BRIDGE[0]
    assert "Mirjam Oduya" in steps[1].text


def test_a_step_has_its_storys_link() -> None:
    told = make("s1", "Karlsund bridge closed", *BRIDGE, url="https://gull.example/bridge")
    steps = find_developments([replace(told, earlier=(told.story.with_(title="Karlsund bridge shut"),))])
    assert {step.kind: step.url for step in steps} == dict.fromkeys(("first", "headline"), "https://gull.example/bridge")


def test_every_sentence_is_the_storys_own() -> None:
    told = [
        make("s1", "One", *BRIDGE),
        make("s2", "Two", "Ferries from Tolvik doubled their crossings, skipper Aslak Brenna said."),
    ]
    steps = find_developments(told)
    assert [step.story for step in steps] == ["s1", "s2"]
    for step in steps:
        story = next(one.story for one in told if one.story.id == step.story)
        assert any(step.text in paragraph for paragraph in story.body)


def test_wire_copies_are_named_beside_their_original() -> None:
    told = [
        make("s1", "Karlsund bridge closed", *BRIDGE),
        make("s2", "Bridge shut", *BRIDGE, source="Tern", wire_copy_of="s1"),
    ]
    (step,) = find_developments(told)
    assert (step.story, step.also) == ("s1", ("Tern",))


def test_a_first_report_in_another_language_is_one() -> None:
    told = [
        make("s1", "Karlsund bridge closed", *BRIDGE),
        make("s2", "Karlsund-Brücke gesperrt", "Die Brücke von Karlsund ist seit Montag gesperrt.", language="de"),
    ]
    assert [step.kind for step in find_developments(told)] == ["first", "language"]


def test_a_changed_headline_says_both() -> None:
    before = Story(id="s1", title="Bridge may close", body=BRIDGE, language="en")
    after = before.with_(title="Bridge closed", revision=2, updated="2026-02-02")
    steps = find_developments([Told(after, SEEN, (before,))])
    assert [(step.kind, step.before, step.text) for step in steps][1:] == [("headline", "Bridge may close", "Bridge closed")]


def test_a_story_without_text_and_none_at_all() -> None:
    assert find_developments([]) == ()
    assert find_developments([make("s1", "")]) == ()
    assert find_developments([make("s1", "Karlsund harbour bridge closed until next May")])[0].kind == "first"


@pytest.mark.parametrize(
    ("paragraph", "text", "said"),
    [
        (
            "“We have ordered a collar of steel,” said Mirjam Oduya, the city's engineer.",
            "We have ordered a collar of steel",
            "said Mirjam Oduya, the city's engineer",
        ),
        (
            "Mayor Leif Torsen told reporters: “Nobody will swim to work here.”",
            "Nobody will swim to work here.",
            "Mayor Leif Torsen told reporters",
        ),
        (
            "„Das dauert länger als wir dachten“, sagte Jonas Ebel vom Hafenamt.",
            "Das dauert länger als wir dachten",
            "sagte Jonas Ebel vom Hafenamt",
        ),
        ("市長は「橋は五月まで開かない」と述べた。", "橋は五月まで開かない", "述べた"),
        (
            "“The data were right for years,” said Dr. Lena Hartung, who led the study. More is to come.",
            "The data were right for years",
            "said Dr. Lena Hartung, who led the study",
        ),
        (
            "Mayor Leif Torsen repeated his firm condemnation of the “cowardly attacks on the harbour and its people” today.",
            "cowardly attacks on the harbour and its people",
            "Mayor Leif Torsen repeated his firm condemnation of the …",
        ),
    ],
)
def test_quotes_and_who_said_them(paragraph: str, text: str, said: str) -> None:
    (quote,) = find_quotes(Story(id="s1", body=(paragraph,)))
    assert (quote.text, quote.said) == (text, said)


def test_a_quote_beside_which_nobody_is_named_is_nobodys_and_has_its_outlet() -> None:
    story = Story(id="s1", body=("they said “nobody knows when the bridge opens again” and left.",), outlet="Post")
    (quote,) = find_quotes(story)
    assert (quote.said, quote.source) == ("", "Post")
    (quote,) = find_quotes(story.with_(source="Wire"))
    assert quote.source == "Wire"


def test_a_word_in_quotes_is_no_quote() -> None:
    assert list(find_quotes(Story(id="s1", body=("The “so-called collar” is late.",)))) == []


def test_quotes_of_hostile_text_end() -> None:
    assert list(find_quotes(Story(id="s1", body=("“" * 50_000 + '"' * 50_001, '"a ' * 30_000)))) == []
