"""Exports: every format reads back, and a story's text stays text in it."""

from __future__ import annotations

import csv
import html
import io
import json
import xml.etree.ElementTree as ET
from datetime import UTC, datetime
from html.parser import HTMLParser

import pytest

from newsdesk.errors import UsageError
from newsdesk.export import FORMATS, export_stories
from newsdesk.export.atom import moment
from newsdesk.export.markdown import escape
from newsdesk.export.tables import without_formula
from newsdesk.model import Comment, Country, Mood, Origin, Sentiment, Story, StorylineRef, Topic

NOW = datetime(2026, 3, 1, 12, tzinfo=UTC)
ATOM = "{http://www.w3.org/2005/Atom}"

WHOLE = Story(
    id="saaaaaaaaaa",
    title="Harbour <b>strike</b> & [quay](http://x)",
    body=("First *paragraph*.", "=1+1 second one"),
    published="2026-02-27T10:40-05:00",
    updated="2026-02-28",
    source="=Wire",
    byline="Ann Bee",
    dateline="ROTTERDAM",
    language="en",
    url='https://example.org/a?b=1&c="2"',
    origins=(Origin("jsonl", path="x.jsonl"),),
    highlights=("- one", "1. two"),
    comments=(
        Comment("Good.\nReally.", "joe", votes=-3, sentiment=Sentiment("positive", 0.8, 0.9)),
        Comment("<script>alert(1)</script>", None, sentiment=Sentiment("negative", -0.8, 0.4, unsure=True)),
    ),
    mood=Mood(2, 2, 0, 0, 1, 1, 0.0, (0.0, 0.8)),
    topics=(Topic("medtop:09000000", "labour", 0.91),),
    countries=(Country("NL", "Netherlands", 0.8),),
    storyline=StorylineRef("tbbbbbbbbbb", "Harbour strike", 3),
)
BARE = Story(id="scccccccccc")
STORIES = (WHOLE, BARE)


def text_of(name: str, stories: tuple[Story, ...] = STORIES) -> str:
    return "".join(export_stories(stories, name, NOW))


@pytest.mark.parametrize("name", FORMATS)
def test_every_format_takes_a_story_with_everything_one_with_nothing_and_none(name: str) -> None:
    assert text_of(name).endswith("\n")
    text_of(name, ())


@pytest.mark.parametrize("name", FORMATS)
def test_every_format_names_the_outlet_where_no_source_is_credited(name: str) -> None:
    assert "Harbour Post" in text_of(name, (Story(id="sdddddddddd", title="Quay closed", outlet="Harbour Post"),))


@pytest.mark.parametrize("name", ["md", "html"])
def test_a_story_that_waits_for_its_labels_is_not_called_unknown(name: str) -> None:
    waits = text_of(name, (BARE,))
    assert waits.count("no label yet") == 2
    assert "unknown" not in waits
    assert "Countries: unknown" in text_of(name, (BARE.with_(storyline=WHOLE.storyline),))


def test_an_unknown_format_is_named_with_those_there_are() -> None:
    with pytest.raises(UsageError, match=r"no export format 'pdf'; there are md, json"):
        text_of("pdf")


def test_json_and_ndjson_are_the_contract() -> None:
    assert json.loads(text_of("json")) == {"version": 1, "stories": [story.to_json() for story in STORIES]}
    assert json.loads(text_of("json", ())) == {"version": 1, "stories": []}
    assert [json.loads(line) for line in text_of("ndjson").splitlines()] == [story.to_json() for story in STORIES]


def test_csv_reads_back_and_starts_no_formula() -> None:
    rows = list(csv.DictReader(io.StringIO(text_of("csv"))))
    assert [row["id"] for row in rows] == ["saaaaaaaaaa", "scccccccccc"]
    assert rows[0]["title"] == WHOLE.title
    assert rows[0]["source"] == "'=Wire"
    assert [without_formula(text)[0] for text in ("@SUM(1)", "\uff1d1+1", "1+1")] == ["'", "'", "1"]
    assert rows[0]["countries"] == "NL"
    assert rows[0]["positive"] == "1"
    assert rows[1]["positive"] == ""


def test_tsv_has_a_line_a_story_and_the_same_columns() -> None:
    lines = text_of("tsv").splitlines()
    assert len(lines) == 3
    assert len({line.count("\t") for line in lines}) == 1


def test_atom_is_a_feed_with_the_text_in_it() -> None:
    feed = ET.fromstring(text_of("atom"))
    entries = feed.findall(f"{ATOM}entry")
    assert len(entries) == 2
    assert entries[0].findtext(f"{ATOM}title") == WHOLE.title
    assert entries[0].findtext(f"{ATOM}published") == "2026-02-27T10:40:00-05:00"
    assert entries[0].findtext(f"{ATOM}updated") == "2026-02-28T00:00:00Z"
    link = entries[0].find(f"{ATOM}link")
    assert link is not None
    assert link.get("href") == WHOLE.url
    content = entries[0].findtext(f"{ATOM}content") or ""
    assert html.unescape(content) == "<p>First *paragraph*.</p><p>=1+1 second one</p>"
    assert entries[1].findtext(f"{ATOM}updated") == "2026-03-01T12:00:00Z"
    for entry in (feed, *entries):
        assert [entry.findtext(f"{ATOM}{name}") for name in ("id", "title", "updated")].count(None) == 0


def test_atom_stays_well_formed_with_what_xml_has_no_place_for() -> None:
    odd = Story(id="sdddddddddd", title="a\uffffb", body=("c\ufffed",), url="https://x.example/\uffff")
    assert ET.fromstring(text_of("atom", (odd,))).findtext(f"{ATOM}entry/{ATOM}title") == "a\ufffdb"


def test_no_zone_is_guessed_but_where_atom_asks_for_one() -> None:
    assert moment("2026-02-28") == "2026-02-28T00:00:00Z"
    assert moment("2026-02-28T10:00") == "2026-02-28T10:00:00Z"
    assert moment("soon") is None
    assert moment(None) is None
    first, second = json.loads(text_of("ninjs"))
    assert first["firstcreated"] == "2026-02-27T10:40:00-05:00"
    assert "firstcreated" not in second


def test_ninjs_has_what_an_item_must_have_and_no_empty_properties() -> None:
    for item in json.loads(text_of("ninjs")):
        assert item["uri"]
        assert item["standard"]["name"] == "ninjs"
        assert None not in item.values()
        assert [] not in item.values()
    first = json.loads(text_of("ninjs"))[0]
    assert first["headlines"] == [{"role": "main", "value": WHOLE.title}]
    assert first["subjects"][0]["uri"] == "http://cv.iptc.org/newscodes/mediatopic/09000000"
    assert [body["contenttype"] for body in first["bodies"]] == ["text/plain", "text/html"]


def test_a_ninjs_uri_is_one_whatever_the_address_holds() -> None:
    def uri(url: str | None) -> str:
        (item,) = json.loads(text_of("ninjs", (Story(id="sdddddddddd", title="a", url=url),)))
        return str(item["uri"])

    assert uri("https://e.example/a%20b/?q=1&r=[2]#c") == "https://e.example/a%20b/?q=1&r=[2]#c"
    assert uri('https://e.example/?b="ü|"') == "https://e.example/?b=%22%C3%BC%7C%22"
    for none in (None, "javascript:alert(1)", "http://e.example/a b", "data:text/html,x"):
        assert uri(none) == "urn:newsdesk:sdddddddddd"


class _Tags(HTMLParser):
    def __init__(self) -> None:
        super().__init__()
        self.seen: list[str] = []
        self.told = ""

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.seen.append(tag)

    def handle_data(self, data: str) -> None:
        self.told += data


def test_html_shows_markup_as_text_and_runs_nothing() -> None:
    page = _Tags()
    page.feed(text_of("html"))
    assert "script" not in page.seen
    assert "<script>alert(1)</script>" in page.told
    assert WHOLE.title is not None
    assert WHOLE.title in page.told
    evil = _Tags()
    evil.feed(text_of("html", (Story(id="s", title="x", url="javascript:alert(1)"),)))
    assert "a" not in evil.seen


@pytest.mark.parametrize(
    ("name", "link"), [("md", "<{}>"), ("html", '<a href="{}"'), ("atom", '<link rel="alternate" href="{}"/>')]
)
def test_a_web_address_is_a_link_and_nothing_else_is(name: str, link: str) -> None:
    for url, linked in (
        ("https://example.org/a?b=1", True),
        ("javascript:alert(1)", False),
        ("https://example.org/> x", False),
    ):
        assert (link.format(url) in text_of(name, (Story(id="s", title="x", url=url),))) is linked


def test_markdown_escapes_what_would_be_markup() -> None:
    assert escape("*a* [b](c) <d> `e` #f") == r"\*a\* \[b\](c) \<d\> \`e\` \#f"
    assert escape("- a") == r"\- a"
    assert escape("1. a") == r"1\. a"
    assert escape("1990 was a year - so") == "1990 was a year - so"
    page = text_of("md")
    assert page.startswith("# Harbour \\<b\\>strike")
    assert "- \\- one\n- 1\\. two" in page
    assert "> **joe** · -3 · positive\n>\n> Good.\n>\n> Really." in page
    assert "\n---\n" in page
