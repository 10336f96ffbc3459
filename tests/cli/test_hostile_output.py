"""Foreign text through every command's output: no control byte that isn't ours, nothing that hides or reorders, no crash."""

from __future__ import annotations

import json
import os
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from tests.cli.conftest import Run, write_jsonl
from tests.cli.test_inspect import assert_calm

STRINGS = (
    "\x1b[2J\x1b[31mred\x1b[0m",
    "\x1b]0;title\x07bell",
    "\x1b]52;c;aGVsbG8=\x1b\\clipboard",
    "\x1b]8;;https://evil.example\x07link\x1b]8;;\x07",
    "\x1bP+q544e\x1b\\dcs",
    "\x9b31mc1\x9d0;x\x9c",
    "back\b\b\b\bspace\r\roverwritten",
    "\u202eesrever\u202c \u2066isolate\u2069",
    "zero\u200bwidth\ufeff\u00adsoft\u2060join",
    "\U000e0041\U000e0042tags",
    "line\u2028separator\u2029and\x85nel\x0bvt\x0cff",
    "[bold]markup[/bold] [/x] [@click=app.quit]quit[/]",
    "%s %n {0} {title} $HOME `id` $(id) ;rm -rf",
    "<script>alert(1)</script> & <!-- --> ]]>",
    '=HYPERLINK("http://evil.example")',
    "Z\u0353\u0321a\u0489l\u0361g\u0334o" + "\u0301" * 200,
    "𝕳𝖊𝖑𝖑𝖔 ﷽ ⚧️ 👩‍👩‍👧‍👦 한국 日本語 العربية",
    "x" * 5000,
    "\ufffe\uffff\ud83d",
)


def make_stories(strings: tuple[str, ...]) -> Iterator[dict[str, Any]]:
    for number, text in enumerate(strings):
        comment = {"author": text, "text": text, "when": text}
        fields = dict.fromkeys(("title", "source", "byline", "dateline", "url", "language", "published"), text)
        yield {"id": f"{number}{text[:40]}", "body": [text, f"Body {number * 7919}"], "comments": [comment], **fields}


FORMS = ("text", "ndjson", "json", "csv", "tsv", "md")


def check_everything(newsdesk: Run, seeds: Path, forms: tuple[str, ...] = FORMS) -> int:
    """Read the seeds, then say them in every way that commands know. Returns how many stories there are."""
    for form in forms:
        done = newsdesk("inspect", str(seeds), "--format", form)
        assert done.code in (0, 3)
        assert_calm(done.text + done.told)
    for words in (["refresh", "--seeds", str(seeds)], ["refresh", "--json", "--since-last", "--seeds", str(seeds)]):
        done = newsdesk(*words)
        assert done.code in (0, 3)
        assert_calm(done.text + done.told)
    stories = newsdesk("list").lines()
    newsdesk("follow", "is:unread", "--name", STRINGS[0])
    newsdesk("follow", stories[0]["storyline"]["id"])
    for command in ("list", "storylines", "follows"):
        for form in ("text", "ndjson", "json"):
            assert_calm(newsdesk(command, "--format", form).text)
    assert_calm(newsdesk("follows", "--new", "--peek", "--format", "text").text)
    for form in ("md", "json", "ninjs", "atom", "csv", "html", "tsv"):
        assert_calm(newsdesk("export", "--format", form).text)
    for form in ("md", "json", "ninjs", "atom", "csv", "html"):
        for words in (["digest", "--since", "9999d"], ["handover", stories[0]["storyline"]["id"]]):
            done = newsdesk(*words, "--format", form)
            assert done.code == 0
            assert_calm(done.text)
    for story in stories[:40]:
        for words in (["show", "--format", "text"], ["explain"], ["mood"]):
            done = newsdesk(words[0], story["id"], *words[1:])
            assert done.code == 0
            assert_calm(done.text + done.told)
    return len(stories)


def test_hostile_stories_are_calm_everywhere(newsdesk: Run, tmp_path: Path) -> None:
    seeds = tmp_path / "nasty.jsonl"
    lines = [json.dumps(story) for story in make_stories(STRINGS)]  # ascii: the lone surrogate comes as an escape
    seeds.write_text("\n".join(lines) + "\n")
    assert check_everything(newsdesk, seeds) >= len(STRINGS) - 2
    shown = newsdesk("list", "markup", "--format", "text").text
    assert "[bold]markup[/bold]" in shown


@pytest.mark.parametrize("text", STRINGS)
def test_hostile_words_on_the_command_line_are_calm(newsdesk: Run, archive: Path, text: str) -> None:
    word = text.replace("\x00", "")
    for words in (
        ["list", word],
        ["show", word],
        ["follow", word],
        ["unfollow", word],
        ["export", word, "--format", "csv"],
        ["mark", "read", word],
        ["mark", word, "x"],
        ["inspect", word],
        ["refresh", "--only", word],
        ["list", "--now", word],
        ["list", "--config", word],
        ["list", f"--{word}"],
        [word],
    ):
        done = newsdesk(*words)
        assert done.code in (0, 2, 4), (words, done)
        assert "internal error" not in done.told
        assert_calm(done.told + done.text)


def test_hostile_file_names_are_calm_in_a_refresh(newsdesk: Run, tmp_path: Path) -> None:
    folder = tmp_path / "news"
    folder.mkdir()
    for name in (b"\x1b[31m.jsonl", b"two\nlines.jsonl", b"\xff.jsonl", "\u202e.jsonl".encode()):
        place = os.path.join(os.fsencode(folder), name)  # noqa: PTH118 - bytes
        with open(place, "wb") as file:  # noqa: PTH123
            file.write(b'{"id": "1", "title": "The same story", "body": "It is here and there."}\nbroken\n')
    for words in (["refresh"], ["refresh", "--json"], ["refresh", "--events"]):
        done = newsdesk(*words, "--seeds", str(folder))
        assert done.code == 3
        assert_calm(done.text + done.told)
    (story,) = newsdesk("list").lines()
    assert len(story["origins"]) == 4
    assert_calm(newsdesk("list", "--format", "json").text)


@pytest.mark.shared
def test_the_collected_cases_are_calm(newsdesk: Run, tmp_path: Path, shared: Path) -> None:
    strings = [text for text in json.loads((shared / "corpora/blns/blns.json").read_text("utf-8")) if text]
    cases = json.loads((shared / "corpora/terminal-hostile/cases.json").read_text("utf-8"))
    strings += [case["text"] for case in cases]
    seeds = write_jsonl(tmp_path / "blns.jsonl", list(make_stories(tuple(strings))))
    assert check_everything(newsdesk, seeds, ("text",)) > 100
