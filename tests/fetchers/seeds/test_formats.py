"""Seed files that programs write: saved pages, feeds, newsdesk's JSON, and the IPTC's formats."""

from __future__ import annotations

import json
import re
import tarfile
from collections import Counter
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path

import lxml.html
import pytest

from fetchers.blocking import BlockingParser
from fetchers.feeds.wire import CUT
from fetchers.seeds import Reader, jsonl, whole
from fetchers.worker import ParsingError
from newsdesk.export import export_stories
from newsdesk.model import Json, Story
from newsdesk.ports import SeedFile

NOW = datetime(2026, 3, 12, 12, tzinfo=UTC)
TEXT = [
    "The ferry came back to the pier at noon, with its flag torn and its passengers singing, and nobody could say why.",
    "A crowd of two hundred had waited since the early morning, because the radio had fallen silent somewhere off the point.",
    "The captain, a woman of few words, said that the sea had been unkind and that the coffee had run out, in that order.",
    "Engineers will look at the antenna on Friday, and the company has promised to carry a second one from now on.",
]
PARAGRAPHS = "".join(f"<p>{text}</p>" for text in TEXT)
READERS = "".join(
    f'<li class="comment"><b>{who}</b> <time>12 March 2026, 13:{minute}</time><p>{text}</p><a href="#">Reply</a></li>'
    for who, minute, text in (
        ("Ida Holm", "02", "My uncle was on it, and he says the singing was worse than the waves."),
        ("old_salt", "10", "A second antenna, at last. We asked for one in the spring of last year."),
        ("Marek", "41", "Who pays for the coffee?"),
    )
)
PAGE = f"""<!DOCTYPE html><html lang="en"><head><meta charset="utf-8"><title>Ferry returns | Harbour Post</title>
<meta property="og:site_name" content="Harbour Post"><link rel="canonical" href="https://harbour.example/ferry">
<script type="application/ld+json">{{"@type": "NewsArticle", "headline": "Ferry returns",
"datePublished": "2026-03-12T12:30:00+01:00", "author": {{"name": "Bo Lind"}}}}</script></head>
<body><nav><a href="/">Home</a><a href="/sport">Sport</a></nav><article><h1>Ferry returns</h1>{PARAGRAPHS}</article>
<section id="comments"><h2>3 comments</h2><ul>{READERS}</ul></section><footer>About us</footer></body></html>"""

RSS = """<?xml version="1.0"?><!-- saved --><rss version="2.0"><channel><title>Harbour Post</title><link>https://harbour.example/</link>
<item><guid>f-1</guid>
<title>Ferry &amp;amp; crew return</title><link>/ferry</link><description>&lt;p&gt;At noon.&lt;/p&gt;</description>
<pubDate>Thu, 12 Mar 2026 11:30:00 GMT</pubDate></item><item><title>Second</title></item></channel></rss>"""

NEWSML = f"""<?xml version="1.0"?>
<newsMessage xmlns="http://iptc.org/std/nar/2006-10-01/"><itemSet>
<newsItem guid="urn:newsml:harbour:1" version="3" xml:lang="en-GB"><itemMeta><itemClass qcode="ninat:text"/>
<provider><name>Harbour Wire</name></provider>
<versionCreated>2026-03-12T11:30:00Z</versionCreated><pubStatus qcode="stat:withheld"/>
</itemMeta><contentMeta><by>By Bo Lind</by><headline>Dockers end strike</headline><dateline>HARBOUR, Denmark</dateline>
<subject qcode="medtop:20000531"><name>strike</name></subject></contentMeta><contentSet><inlineXML>
<html xmlns="http://www.w3.org/1999/xhtml"><head><title>no</title></head><body>{PARAGRAPHS}</body></html></inlineXML></contentSet>
</newsItem><newsItem guid="urn:newsml:harbour:2"><itemMeta><itemClass qcode="ninat:picture"/></itemMeta>
<contentMeta><headline>A picture</headline></contentMeta></newsItem></itemSet></newsMessage>"""

NITF = f"""<?xml version="1.0"?><!DOCTYPE nitf SYSTEM "nitf-3-6.dtd">
<nitf><head><title>Slug</title><tobject><tobject.subject tobject.subject.refnum="09000000"/></tobject>
<docdata management-status="canceled"><doc-id id-string="n-7"/><date.issue norm="20260312T123000+0100"/></docdata>
<pubdata name="Harbour Daily"/></head><body><body.head><hedline><hl1>Dockers <em>end</em> strike</hl1></hedline>
<byline>By <person>Bo Lind</person><byttl>Writer</byttl></byline><distributor><org>Harbour Wire</org></distributor>
<dateline><location>HARBOUR</location></dateline></body.head><body.content>{PARAGRAPHS}</body.content></body></nitf>"""

NINJS = {
    "uri": "https://harbour.example/n/1",
    "type": "text",
    "versioncreated": "2026-03-12T11:30:00Z",
    "pubstatus": "usable",
    "headline": "Dockers end strike",
    "byline": "Bo Lind",
    "located": "Harbour",
    "language": "en-GB",
    "body_html": PARAGRAPHS,
    "subject": [{"code": "20000531", "name": "strike"}],
}


def read(text: str, name: str = "x") -> SeedFile:
    return Reader().read_bytes(text.encode(), name)


def test_a_saved_page_is_its_article_and_its_readers() -> None:
    found = read(PAGE)
    (story,) = found.stories
    assert (found.format, story.title, story.outlet, story.byline) == ("html", "Ferry returns", "Harbour Post", "Bo Lind")
    assert (story.published, story.url, story.language) == ("2026-03-12T12:30+01:00", "https://harbour.example/ferry", "en")
    assert story.body == tuple(TEXT)
    assert [comment.author for comment in story.comments] == ["Ida Holm", "old_salt", "Marek"]
    assert story.comments[2].text == "Who pays for the coffee?"


@pytest.mark.parametrize(
    ("above", "below"),
    [
        ("<h1>Ferry clock runs backwards</h1><p class=by>By Ada Quill</p><p>March 4, 2019</p>", ""),
        (
            "<font size=5>Ferry clock runs backwards</font><br><i>March 4, 2019</i><p>By Ada Quill<p>",
            "<p><font size=1>Top</font>",
        ),
    ],
)
def test_an_old_page_that_declares_nothing_of_itself_is_read_by_what_stands_above_its_text(above: str, below: str) -> None:
    head = "<html><head><title>Harbour Post Online</title></head>"
    page = f"{head}<body><table><tr><td>{above}{PARAGRAPHS}{below}</table></body></html>"
    (story,) = read(page, "old.html").stories
    assert (story.title, story.byline, story.published) == ("Ferry clock runs backwards", "Ada Quill", "2019-03-04")
    assert story.body[: len(TEXT)] == tuple(TEXT)


def test_links_below_a_page_are_no_comments() -> None:
    more = '<div class="comments-more"><h3>More</h3><a href="/1">Harbour master retires after a long spring</a></div>'
    (story,) = read(re.sub(r'<section id="comments">.*</section>', more, PAGE)).stories
    assert story.comments == ()


def test_a_page_in_the_encoding_that_it_declares() -> None:
    page = PAGE.replace('charset="utf-8"', 'charset="windows-1252"').replace("Ferry returns", "Fähre – zurück")
    (story,) = Reader().read_bytes(page.encode("cp1252"), "x.html").stories
    assert story.title == "Fähre – zurück"


def test_an_encoding_that_no_page_is_in_is_not_believed() -> None:
    for name in ("punycode", "unicode_escape", "no-such"):
        page = PAGE.replace('charset="utf-8"', f'charset="{name}"').replace("Ferry returns", "Fähre – zurück")
        (story,) = read(page).stories
        assert story.title == "Fähre – zurück"


def test_many_comments_before_the_root_cost_no_more_than_their_length() -> None:
    """A pattern that may end a comment at any of the ends behind it takes twice the time for each one more."""
    comments = "<!-- a - b --> <!---->\n" * 80
    assert read(f"{comments}{PAGE}", "x").format == "html"
    assert read(f"{comments}{RSS.partition('?>')[2]}", "x").format == "feed"
    assert (
        read(f"{comments}<nitf><body><body.head><hedline><hl1>A</hl1></hedline></body.head></body></nitf>", "x").format
        == "nitf"
    )
    assert read(f"{comments} and nothing behind", "x").format not in ("feed", "nitf", "newsml-g2", "html")


def test_a_front_page_is_no_failure() -> None:
    found = read("<!doctype html><html><head><title>Harbour Post</title></head><body></body></html>", "index.html")
    assert not found.stories
    assert [problem.harmless for problem in found.problems] == [True]


def test_parts_of_a_saved_page_are_passed_over(tmp_path: Path) -> None:
    (tmp_path / "ferry.html").write_text(PAGE, "utf-8")
    for folder in ("ferry_files", "other_files"):
        (tmp_path / folder).mkdir()
        (tmp_path / folder / "frame.html").write_text(PAGE, "utf-8")
    found = [path.relative_to(tmp_path).as_posix() for path in Reader().find([str(tmp_path)]) if isinstance(path, Path)]
    assert found == ["ferry.html", "other_files/frame.html"]


def test_a_feed_in_a_file() -> None:
    found = read(RSS, "feed.xml")
    first, second = found.stories
    assert (found.format, first.title, first.body, first.outlet) == (
        "feed",
        "Ferry & crew return",
        ("At noon.",),
        "Harbour Post",
    )
    assert (first.published, first.url) == ("2026-03-12T11:30+00:00", "https://harbour.example/ferry")
    assert first.origin is not None
    assert (first.origin.path, first.origin.feed, first.origin.item_id, second.title) == ("feed.xml", None, "f-1", "Second")


def test_a_feed_that_only_feedparser_reads() -> None:
    found = read("<rss><channel><item><title>Half &nbsp; a feed</title><description>Text.</description></item>", "x.rss")
    assert [(story.title, story.body) for story in found.stories] == [("Half a feed", ("Text.",))]
    assert found.problems == ()


def test_of_a_feed_that_is_cut_off_what_is_whole_is_taken_and_the_rest_told() -> None:
    entire = "<rss version='2.0'><channel><item><title>One</title></item>"
    found = read(f"{entire}<item><title>Two</title><description>half a", "x.rss")
    assert [story.title for story in found.stories] == ["One"]
    assert [problem.why for problem in found.problems] == [CUT]
    assert read(f"{entire}<item><title>Two</title></channel></rss>", "x.rss").stories[-1].title == "Two", "ended, if badly"
    nothing = read("<rss><channel><item><title>oh", "x.rss")
    assert (list(nothing.stories), [problem.why for problem in nothing.problems]) == (
        [],
        ["the feed is cut off in its first story"],
    )


def test_json_feed_on_one_line_is_no_json_lines() -> None:
    document = {
        "version": "https://jsonfeed.org/version/1.1",
        "title": "T",
        "items": [{"id": "1", "title": "A", "content_text": "B"}],
    }
    found = read(json.dumps(document), "x.json")
    assert (found.format, [story.body for story in found.stories]) == ("feed", [("B",)])


def test_what_newsdesk_prints_it_reads() -> None:
    story = Story(title="Ferry returns", body=tuple(TEXT), published="2026-03-12T11:30+00:00", byline="Bo Lind", language="en")
    for name, format_name in (("json", "json"), ("ninjs", "ninjs"), ("ndjson", "jsonl")):
        text = json.dumps(story.to_json()) if name == "ndjson" else "".join(export_stories([story], name, NOW))
        found = read(text)
        assert (found.format, len(found.stories)) == (format_name, 1)
        again = found.stories[0]
        assert (again.title, again.body, again.published) == (story.title, story.body, story.published)
        assert (again.byline, again.language) == (story.byline, story.language)


def test_a_list_of_stories_with_bad_ones() -> None:
    found = read('[{"title": "A"}, 7, {"title": "B", "body": 5}]', "x.json")
    assert [story.title for story in found.stories] == ["A", "B"]
    assert [problem.why for problem in found.problems] == [
        "story 2 is no JSON object",
        "story 3: body is neither a string nor a list of strings",
    ]


def test_newsml_g2() -> None:
    found = read(NEWSML, "x.xml")
    (story,) = found.stories
    assert (found.format, story.title, story.byline, story.dateline) == (
        "newsml-g2",
        "Dockers end strike",
        "Bo Lind",
        "HARBOUR, Denmark",
    )
    assert (story.outlet, story.language, story.status, story.body) == ("Harbour Wire", "en", "withheld", tuple(TEXT))
    assert story.hints == ("medtop:20000531", "strike")
    assert story.origin is not None
    assert story.origin.item_id == "urn:newsml:harbour:1"


def test_nitf() -> None:
    found = read(NITF, "x.xml")
    (story,) = found.stories
    assert (found.format, story.title, story.byline, story.dateline) == ("nitf", "Dockers end strike", "Bo Lind", "HARBOUR")
    assert (story.source, story.outlet, story.status) == ("Harbour Wire", "Harbour Daily", "canceled")
    assert (story.published, story.body, story.hints) == ("2026-03-12T12:30+01:00", tuple(TEXT), ("09000000",))


def test_nitf_inside_newsml() -> None:
    inner = re.sub(r"<\?xml.*?<nitf", '<nitf xmlns="http://iptc.org/std/NITF/2006-10-18/"', NITF, flags=re.DOTALL)
    message = re.sub(r"<html .*</html>", inner, NEWSML, flags=re.DOTALL)
    (story,) = read(message).stories
    assert (story.title, story.body, story.source) == ("Dockers end strike", tuple(TEXT), "Harbour Wire")


@pytest.mark.parametrize("form", ['<inlineData contenttype="text/html">{}', "<inlineData/><inlineData>{}"])
def test_newsml_g2_with_text_and_markup_as_data(form: str) -> None:
    is_markup = "html" in form
    told = "".join(f"<p>{text}</p>" for text in TEXT).replace("<", "&lt;") if is_markup else "\n\n".join(TEXT)
    (story,) = read(re.sub(r"<inlineXML>.*</inlineXML>", form.format(told) + "</inlineData>", NEWSML, flags=re.DOTALL)).stories
    assert story.body == tuple(TEXT)


@pytest.mark.parametrize(
    "wrap", [json.dumps, lambda item: json.dumps({"data": {"items": [{"item": item}]}}), lambda i: json.dumps([i])]
)
def test_ninjs(wrap: Callable[[Json], str]) -> None:
    found = read(wrap(NINJS), "x.json")
    (story,) = found.stories
    assert (found.format, story.title, story.body, story.dateline) == ("ninjs", "Dockers end strike", tuple(TEXT), "Harbour")
    assert (story.url, story.language, story.published, story.hints) == (
        NINJS["uri"],
        "en",
        "2026-03-12T11:30+00:00",
        ("20000531",),
    )


def test_what_a_list_holds_beside_its_items_is_passed_over() -> None:
    told = {**NINJS, "uri": "urn:2", "headline": "Second"}
    found = read(f"[{json.dumps(NINJS)}{', 0' * 300_000}, [{json.dumps(told)}]]", "x.json")
    assert [story.title for story in found.stories] == ["Dockers end strike", "Second"]


def test_ninjs_an_item_a_line_and_embargoes() -> None:
    later = {**NINJS, "uri": "urn:2", "embargoed": "9999-01-01T00:00:00Z"}
    over = {**NINJS, "uri": "urn:3", "embargoed": "2001-01-01T00:00:00+02:00"}
    picture = {**NINJS, "uri": "urn:4", "type": "picture"}
    found = read("\n".join(map(json.dumps, (NINJS, later, over, picture))) + "\n{bad\n", "x.jsonl")
    assert [story.status for story in found.stories] == ["usable", "embargoed", "usable"]
    assert [(problem.line, problem.whole) for problem in found.problems] == [(5, False)]


def test_every_item_of_a_long_document_is_read() -> None:
    items = ", ".join(['{"uri": "urn:1", "headline": "H", "pubstatus": "usable"}'] * 10_001)
    assert len(read(f"[{items}]", "x.json").stories) == 10_001


@pytest.mark.parametrize("encoding", ["utf-8-sig", "utf-16", "utf-16-le", "utf-16-be", "utf-32-le", "cp1252"])
def test_json_in_other_encodings(encoding: str) -> None:
    texts = [
        json.dumps(story, ensure_ascii=False)
        for story in ({**NINJS, "headline": "Café déjà fermé"}, {"title": "Été à Orléans"})
    ]
    for text in (texts[0], f"{texts[0]}\n{texts[0]}", f"[{texts[1]}]", f"{texts[1]}\n"):
        found = Reader().read_bytes(text.encode(encoding), "x.json")
        told = text.split("\n") if "uri" in text else [text]
        assert [story.title for story in found.stories] == ["Café déjà fermé" if "uri" in text else "Été à Orléans"] * len(told)
        assert not found.problems


def test_many_faults_of_one_document_are_counted(monkeypatch: pytest.MonkeyPatch) -> None:
    found = read(f'[{{"title": "Dockers end strike"}}{", 1" * 500}]', "x.json")
    assert (len(found.stories), len(found.problems), found.problems[-1].why) == (1, 21, "480 more stories like these")
    monkeypatch.setattr(jsonl, "LINE_LIMIT", 10_000)
    found = read("\n".join([json.dumps(NINJS), f'"{"x" * 10_000}"', *["{"] * 500]), "x.json")
    assert (len(found.stories), len(found.problems)) == (1, 21)
    assert found.problems[0].why == "a line of more than 0 MB, skipped"


@pytest.mark.parametrize(
    ("declared", "encoding", "written"),
    [
        ("UTF-8", "cp1252", "Café “fermé”"),
        ("UTF-16", "utf-8", "Café “fermé”"),
        ("iso-8859-1", "cp1252", "Café “fermé”"),
        ("UTF-8", "utf-16-le", "Café “fermé”"),
        ("UTF-8", "utf-8", "Caf&eacute; &ldquo;ferm\x08é&rdquo;"),
        ("UTF-8", "utf-8", "Café &ldquo;fermé&rdquo;<!-- R&D -->"),
    ],
)
def test_agency_xml_that_is_not_what_it_says(declared: str, encoding: str, written: str) -> None:
    prose = "<p>Le café du port est fermé depuis mardi, dit-on à la mairie.</p>"
    text = f'<?xml version="1.0" encoding="{declared}"?><nitf><body><body.head><hedline><hl1>{written}</hl1></hedline>'
    data = f"{text}</body.head><body.content>{prose}</body.content></body></nitf>".encode(encoding)
    found = Reader().read_bytes(data, "x")
    assert [(story.title, story.body) for story in found.stories] == [("Café “fermé”", (prose[3:-4],))]
    assert not found.problems


@pytest.mark.parametrize(
    ("text", "why"),
    [
        ("<nitf><head>", "no well-formed XML, line 1"),
        ("<newsItem>" + "<a>" * 5000, "no well-formed XML, line 1"),
        ('{"stories": [', "no JSON: expecting value, column 14"),
        ('{"stories": [\n  {"title": ]}', "no JSON: expecting value, line 2, column 13"),
        ('{"stories": ' + "[" * 90_000, "nested too deeply"),
    ],
)
def test_broken_documents_cost_themselves(text: str, why: str) -> None:
    found = read(text, "x")
    assert not found.stories
    assert [problem.why for problem in found.problems] == [why]


def test_entities_neither_grow_nor_reach_out() -> None:
    bomb = '<!DOCTYPE nitf [<!ENTITY a "aaaaaaaaaa"><!ENTITY b "&a;&a;&a;"><!ENTITY f SYSTEM "file:///etc/passwd">]>'
    found = Reader().read_bytes(
        (bomb + "<nitf><body><body.content><p>x &b; &f;</p></body.content></body></nitf>").encode(), "x", "nitf"
    )
    assert all("root" not in " ".join(story.body) and len(" ".join(story.body)) < 50 for story in found.stories)


def test_a_list_of_feeds_is_sent_to_where_it_belongs() -> None:
    found = read('<?xml version="1.0"?><opml version="2.0"><body/></opml>', "mine.opml")
    assert [problem.why for problem in found.problems] == [
        "a list of feeds, not of stories; `newsdesk feeds import mine.opml` takes it in"
    ]


def test_a_document_that_takes_too_long_is_given_up() -> None:
    parser = BlockingParser(time_box_s=0.001)
    with pytest.raises(ParsingError, match="given up"):
        parser.ask("feed", b"<rss><channel><item><title>" + b"x<b>" * 200_000)


@pytest.mark.shared
def test_articles_of_the_readability_pages(shared: Path, tmp_path: Path) -> None:
    with tarfile.open(shared / "corpora" / "readability-test-pages" / "readability-test-pages.tar.gz") as archive:
        archive.extractall(tmp_path, filter="data")
    pages = sorted(tmp_path.glob("*/test/test-pages/*/source.html"))[::6]
    scores = []
    for page in pages:
        expected = lxml.html.fromstring((page.parent / "expected.html").read_text("utf-8"))
        wanted = Counter(re.findall(r"\w+", str(expected.xpath("string()"))))
        found = Counter(re.findall(r"\w+", " ".join(" ".join(story.body) for story in whole(Reader().read(page)).stories)))
        scores.append(2 * (wanted & found).total() / (wanted.total() + found.total()))
    assert len(scores) > 20
    assert sum(scores) / len(scores) > 0.94
