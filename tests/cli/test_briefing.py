"""`digest` and `handover`."""

from __future__ import annotations

import json
import re
from pathlib import Path

import pytest

from tests.cli.conftest import Run, write_jsonl

BODY = (
    "A fire at a paint works in Utrecht, in the Netherlands, burned all night, and firemen asked people to keep windows shut."
)

pytestmark = pytest.mark.usefixtures("archive")


def line_id(newsdesk: Run) -> str:
    lines = newsdesk("storylines", "rotterdam", "--format", "ndjson").lines()
    return str(lines[0]["id"])


def test_a_digest_tells_what_came_in(newsdesk: Run) -> None:
    newsdesk("follow", "country:NL")
    told = newsdesk("digest").text
    assert "3 stories since the last run" in told
    assert re.search(r"Netherlands: [23] new", told)
    assert "Kyoto temple finds a lost scroll" in told


def test_a_digest_since_the_dashboard_was_closed_last(newsdesk: Run) -> None:
    data = json.loads(newsdesk("digest", "--since", "last-visit", "--format", "json").text)["digest"]
    assert (data["since"], data["query"], data["new"]) == ("last-visit", "since:last-visit", 3)
    told = newsdesk("digest", "--since", "last-visit").text
    assert "3 stories in all: nobody has closed the dashboard yet" in told


def test_a_digest_of_a_query(newsdesk: Run) -> None:
    newsdesk("follow", "country:JP")
    told = newsdesk("digest", "country:NL", "OR", "title:nothing").text
    assert re.search(r"[12] stor(y|ies) since the last run, of country:NL OR title:nothing", told)
    assert "Kyoto" not in told
    assert "Japan" not in told
    data = json.loads(newsdesk("digest", "country:NL", "--format", "json").text)["digest"]
    assert data["query"] == "since:last-run (country:NL)"
    assert data["new"] == len(newsdesk("list", "country:NL", "--format", "ndjson").lines())
    assert "newsdesk storylines 'since:last-run (country:NL OR country:JP)'" in newsdesk(
        "digest", "country:NL OR country:JP", "--most", "1"
    ).text.replace("\n", " ")
    slip = newsdesk("digest", "contry:NL")
    assert slip.code == 2
    assert b"column 1: " in slip.err
    assert b"did you mean 'country'" in slip.err


def test_a_digest_names_a_story_of_comments_alone(newsdesk: Run, tmp_path: Path) -> None:
    write_jsonl(
        tmp_path / "bare.jsonl", [{"id": "1", "title": None, "body": [], "source": "Nameless", "comments": ["Well done"]}]
    )
    newsdesk("refresh", "--seeds", str(tmp_path / "bare.jsonl"))
    newsdesk("follow", "source:nameless")
    assert "\n• (no title)\n  Nameless · " in newsdesk("digest").text
    assert "\n- (no title) *(Nameless · " in newsdesk("digest", "--format", "md").text


def test_a_digest_links_what_it_tells_and_says_how_much_it_leaves_out(newsdesk: Run, tmp_path: Path) -> None:
    told = [
        {
            "id": name,
            "title": f"Utrecht paint works fire: {name} help",
            "url": f"https://wire.example/{at}",
            "source": name,
            "body": BODY,
        }
        for at, name in enumerate(("Tram drivers", "Bakers", "Nurses", "Pilots", "Postmen", "Painters", "Judges"))
    ]
    newsdesk("follow", "country:NL")
    newsdesk("refresh", "--quiet", "--seeds", str(write_jsonl(tmp_path / "more" / "wire.jsonl", told)))
    said = newsdesk("digest", "--format", "md").text
    followed, _, storylines = said.partition("## Storylines")
    assert "### Netherlands: 7 new" in followed
    assert (followed.count("](<https://wire.example/"), "*and 2 more stories*" in followed) == (5, True)
    assert "](<https://wire.example/" in storylines


def test_a_digest_without_anything_new_says_so(newsdesk: Run) -> None:
    ran = newsdesk("digest", "--since", "2030-01-01")
    assert (ran.code, "Nothing new since 2030-01-01." in ran.text) == (0, True)
    assert "Nothing new in the last 1m." in newsdesk("digest", "--since", "1m", "--now", "2030-01-01").text


def test_a_digest_in_every_format(newsdesk: Run, tmp_path: Path) -> None:
    data = json.loads(newsdesk("digest", "--format", "json").text)
    assert data["version"] == 1
    assert data["digest"]["new"] == 3
    assert data["digest"]["storylines"][0]["developments"][0]["kind"] == "first"
    assert newsdesk("digest", "--format", "md").text.startswith("# Digest\n")
    assert newsdesk("digest", "--format", "atom").text.count("<entry>") == 3
    assert newsdesk("digest", "--format", "csv").text.count("\ns") == 3
    assert len(json.loads(newsdesk("digest", "--format", "ninjs").text)) == 3
    target = tmp_path / "digest.html"
    assert newsdesk("digest", "--format", "html", "--output", str(target)).text == ""
    assert "<h1>Digest</h1>" in target.read_text("utf-8")
    plain = tmp_path / "digest.txt"
    newsdesk("digest", "--output", str(plain))
    assert not re.search("[\ufdd0-\ufdef\x1b]", plain.read_text("utf-8"))


def test_a_slip_in_since_is_named(newsdesk: Run) -> None:
    ran = newsdesk("digest", "--since", "yesterdayish")
    assert (ran.code, ran.text) == (2, "")
    assert "yesterdayish" in ran.told


def test_a_handover_has_story_sources_and_readers(newsdesk: Run) -> None:
    told = newsdesk("handover", line_id(newsdesk)).text
    for part in ("## The story so far", "## Timeline", "## Sources", "## Readers", "Harbour Wire: 2 stories"):
        assert part in told


def test_a_handover_by_a_storys_id_in_other_formats(newsdesk: Run) -> None:
    story = newsdesk("list", "rotterdam", "--format", "ndjson").lines()[0]["id"]
    data = json.loads(newsdesk("handover", story, "--format", "json").text)["handover"]
    assert data["storyline"]["stories"] == 2
    assert [told["id"] for told in data["stories"]][-1] == story
    assert newsdesk("handover", story, "--format", "csv").text.count("\n") == 3
    assert "<blockquote>" in newsdesk("handover", story, "--format", "html").text


def test_a_handover_of_nothing(newsdesk: Run) -> None:
    assert newsdesk("handover", "t2222222222").code == 2


def test_hostile_text_is_text_in_a_handover(newsdesk: Run, tmp_path: Path) -> None:
    seed = tmp_path / "evil.jsonl"
    evil = {
        "id": "e1",
        "title": "<script>x</script> **bold** \u001b]52;c;eA==\u0007 end",
        "body": ["<b>Mayor</b> [x](javascript:1) said so."],
    }
    seed.write_text(json.dumps(evil) + "\n", "utf-8")
    newsdesk("refresh", "--seeds", str(seed))
    story = newsdesk("list", "script", "--format", "ndjson").lines()[0]["id"]
    page = newsdesk("handover", story, "--format", "html").text
    assert "<script" not in page
    assert "<b>" not in page
    told = newsdesk("handover", story).text
    assert "\x1b" not in told
    assert r"\[x\](javascript:1)" in told
