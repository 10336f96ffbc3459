"""JSONL seed files: one object a line is one story; a bad line is one problem with its number."""

from __future__ import annotations

import json
import os
import tarfile
import tracemalloc
from pathlib import Path

import pytest

from fetchers.seeds import Reader, jsonl, whole
from newsdesk.ports import SeedFile


def read(*lines: str | bytes) -> SeedFile:
    data = b"\n".join(line if isinstance(line, bytes) else line.encode("utf-8", "surrogatepass") for line in lines)
    return Reader().read_bytes(data, "x.jsonl")


def test_a_whole_story() -> None:
    found = read(
        json.dumps(
            {
                "id": "n-1",
                "title": " Snow\u200b ",
                "body": ["One.", "Two\nlines.", ""],
                "published": "Mon, 06 Mar 2023 10:00:00 GMT",
                "source": "AP",
                "byline": "A. B.",
                "dateline": "OSLO",
                "language": "en-GB",
                "url": "https://example.org/1",
                "section": "Weather",
                "mood": {"x": [1]},
                "comments": [
                    "Brr.",
                    {
                        "author": "Z",
                        "text": "a\nb",
                        "when": "2023-03-06T11:00:00Z",
                        "votes": "-3",
                        "reply_to": 0,
                        "answers": "Brr.",
                    },
                    None,
                    {"reply_to": 99},
                ],
            }
        )
    )
    story = found.stories[0]
    assert (story.title, story.body, story.published, story.language) == (
        "Snow",
        ("One.", "Two lines."),
        "2023-03-06T10:00+00:00",
        "en",
    )
    assert (story.hints, story.extra) == (("Weather",), {"section": "Weather", "mood": {"x": [1]}})
    assert [comment.text for comment in story.comments] == ["Brr.", "a\nb", "", ""]
    second = story.comments[1]
    assert (second.author, second.when, second.votes, second.reply_to, second.answers) == (
        "Z",
        "2023-03-06T11:00",
        -3,
        0,
        "Brr.",
    )
    assert story.comments[3].reply_to is None
    assert found.problems == ()


def test_a_line_that_is_cut_is_told_with_the_column_where_it_ends() -> None:
    (problem,) = read('{"title":\n{"title": "y"}\n').problems
    assert (problem.line, problem.why) == (1, "no JSON: expecting value, column 10")


def test_paragraphs_of_a_string() -> None:
    assert read('{"body": "One.\\nTwo."}').stories[0].body == ("One.", "Two.")
    assert read('{"body": "One\\nwrapped.\\n\\nTwo."}').stories[0].body == ("One wrapped.", "Two.")


@pytest.mark.parametrize(
    "line",
    ["{", "[1]", '"x"', '{"title": NaN}', '{"title": "x"', "[" * 100_000, '{"a":' * 50_000, b"\xff\xfe\x00", "{'title': 1}"],
)
def test_bad_lines_cost_themselves_alone(line: str | bytes) -> None:
    found = read('{"title": "before"}', line, '{"title": "after"}')
    assert [story.title for story in found.stories] == ["before", "after"]
    assert [(problem.line, problem.whole) for problem in found.problems] == [(2, False)]


@pytest.mark.parametrize(
    "line",
    [
        '{"title": "a", "title": "b"}',
        '{"title": "b", "n": 1' + "0" * 5000 + "}",
        '{"title": "\\ud800b"}',
        '{"title": "b", "n": 1e999}',
        '\ufeff{"title": "b"}\r',
    ],
)
def test_odd_lines_are_read(line: str) -> None:
    found = read(line)
    assert found.stories[0].title is not None
    assert found.stories[0].title.endswith("b")
    json.dumps(found.stories[0].to_json(), ensure_ascii=False).encode()


def test_long_numbers_tell_stories_apart_by_their_figures() -> None:
    ids = ["1234567890123456781", "1234567890123456782", str(2**128 - 1)]
    found = read(*(f'{{"id": {one}, "title": "T", "kept": {one}, "comments": [{{"votes": {one}}}]}}' for one in ids))
    assert [story.origins[0].item_id for story in found.stories] == ids
    assert [story.extra["kept"] for story in found.stories] == [int(ids[0]), int(ids[1]), float(ids[2])]
    assert [story.comments[0].votes for story in found.stories] == [int(ids[0]), int(ids[1]), None]


@pytest.mark.parametrize(
    ("encoding", "title", "long"),
    [
        ("cp1251", "Да", "Президент рассказал журналистам о том, что выборы пройдут в срок."),
        ("big5", "雨", "他們在這個國家的大會上說，這是一個很好的時候。"),
    ],
)
def test_a_short_line_is_in_the_encoding_of_its_file(encoding: str, title: str, long: str) -> None:
    lines = [json.dumps({"title": text}, ensure_ascii=False) for text in (title, long, title)]
    found = read("\n".join(lines).encode(encoding), '{"title": "déjà"}')
    assert [story.title for story in found.stories] == [title, long, title, "déjà"]


def test_files_that_were_put_one_behind_the_other_keep_their_marks_at_the_beginning() -> None:
    found = read('\ufeff{"title": "a"}\n\ufeff{"title": "b"}\n\ufeff\n')
    assert [story.title for story in found.stories] == ["a", "b"]
    assert not found.problems


def test_wrong_types_are_told_and_the_story_kept() -> None:
    found = read('{"title": ["x"], "body": {"a": 1}, "comments": 3, "id": true}')
    assert len(found.stories) == 1
    assert [problem.why for problem in found.problems if not problem.harmless] == [
        "comments is no list",
        "title is no string",
        "body is neither a string nor a list of strings",
    ]


@pytest.mark.parametrize(("opened", "closed"), [("[", "]"), ('{"a":', "}")])
@pytest.mark.parametrize("levels", [65, 480, 900])
def test_an_unknown_key_that_nests_absurdly_costs_itself_alone(opened: str, closed: str, levels: int) -> None:
    deep = f'{{"title": "Deep", "section": "World", "kept": [1], "odd": {opened * levels}1{closed * levels}}}'
    found = read(deep, '{"title": "Next"}')
    assert [(story.title, dict(story.extra)) for story in found.stories] == [
        ("Deep", {"section": "World", "kept": [1]}),
        ("Next", {}),
    ]
    assert [str(problem) for problem in found.problems] == ["x.jsonl:1: odd is nested too deeply"]


def test_a_story_of_nothing_is_told_without_harm() -> None:
    found = read('{"id": 1}')
    assert len(found.stories) == 1
    assert [problem.harmless for problem in found.problems] == [True]


def test_many_bad_lines_are_counted() -> None:
    found = read(*["nonsense"] * 500, '{"title": "x"}')
    assert len(found.stories) == 1
    assert len(found.problems) == 21
    assert found.problems[-1].why == "480 more lines like these"


def test_a_line_over_the_limit_is_told_and_not_that_there_is_no_story(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(jsonl, "LINE_LIMIT", 1_000_000)
    long = b'{"title": "' + b"x" * 1_000_000
    assert [(p.line, p.why, p.harmless) for p in read(long).problems] == [(1, "a line of more than 1 MB, skipped", False)]
    found = read(long + b'"}', '{"title": "Bridge closed"}')
    assert [story.title for story in found.stories] == ["Bridge closed"]
    assert [p.line for p in found.problems] == [1]


@pytest.mark.parametrize("part", ["[]", '{"":1}'])
def test_a_line_of_nothing_but_lists_or_objects_costs_itself_alone_and_little_memory(part: str) -> None:
    line = f'{{"title": "Many", "odd": [{",".join([part] * 1_000_000)}]}}'
    tracemalloc.start()
    try:
        found = read(line, '{"title": "Next"}')
        assert tracemalloc.get_traced_memory()[1] < 50_000_000
    finally:
        tracemalloc.stop()
    assert [story.title for story in found.stories] == ["Next"]
    assert [str(problem) for problem in found.problems] == ["x.jsonl:1: more than 1,000,000 lists and objects"]


def test_only_line_feeds_end_lines() -> None:
    assert read('{"title": "a\u2028b\u0085c"}').stories[0].title is not None


@pytest.mark.shared
def test_the_json_test_suite(tmp_path: Path) -> None:
    folder = os.environ.get("NEWSDESK_SHARED")
    if not folder:
        pytest.skip("NEWSDESK_SHARED is unset: the JSON test suite is not there")
    with tarfile.open(Path(folder) / "corpora" / "jsontestsuite" / "jsontestsuite.tar.gz") as archive:
        archive.extractall(tmp_path, filter="data")
    files = sorted(tmp_path.rglob("*.json"))
    assert len(files) > 300
    for path in files:
        found = whole(Reader().read(path, "jsonl"))
        assert not any("can't be read" in problem.why for problem in found.problems), path.name
        for story in found.stories:
            json.dumps(story.to_json()).encode()
