"""OPML in and out: folders as tags, each feed once, broken files as far as they go, nothing that is no web address."""

from __future__ import annotations

import io
import tarfile
import xml.etree.ElementTree as ET
from collections.abc import Iterator
from pathlib import Path

import pytest

from newsdesk.feeds import opml
from newsdesk.feeds.opml import Entry
from newsdesk.urls import canonical

SAMPLE = b"""<?xml version="1.0" encoding="UTF-8"?>
<opml version="2.0"><head><title>Mine</title></head><body>
<!-- <outline xmlUrl="https://hidden.example/rss"/> -->
<outline text="Ports">
  <outline type="rss" text="Quay &amp; Crane" xmlUrl="https://quay.example/rss?a=1&amp;b=2"/>
  <outline title="North">
    <outline text='Say "Fjord"' xmlUrl='feed://fjord.example/atom'></outline>
  </outline>
</outline>
<outline type="rss" title="Plain" XMLURL="https://plain.example/feed" category="/wires,night desk"/>
<outline text="Again" xmlUrl="http://www.plain.example/feed/" category="late"/>
</body></opml>"""


def test_folders_and_categories_are_tags() -> None:
    assert opml.read(SAMPLE) == opml.Listing(
        (
            Entry("https://quay.example/rss?a=1&b=2", "Quay & Crane", ("Ports",)),
            Entry("http://fjord.example/atom", 'Say "Fjord"', ("Ports", "North")),
            Entry("https://plain.example/feed", "Plain", ("wires", "night desk", "late")),
        )
    )


@pytest.mark.parametrize(
    "address", ["exec:rm", "exec:~/bin/x", "|~/bin/x", "filter:x:https://a.example/", "file:///etc/passwd", "javascript:1",
                "https://a.example/\x1b[2J", "https://a.example/ x", "query:unread", "https:///x", "feed:exec:rm"],
)  # fmt: skip
def test_what_is_no_web_address_is_never_taken(address: str) -> None:
    listing = opml.read(f'<opml><body>\n<outline text="x" xmlUrl="{address}"/></body></opml>'.encode())
    assert listing.entries == ()
    assert len(listing.problems) == 1
    assert listing.problems[0].startswith("line 2: not a web address: ")
    assert "\x1b" not in listing.problems[0]


@pytest.mark.parametrize(
    "head",
    [
        '<!DOCTYPE opml [<!ENTITY a "aaaa"><!ENTITY b "&a;&a;">]>',
        '<!DOCTYPE opml SYSTEM "file:///etc/passwd">',
        "<!doctype opml>",
    ],
)
def test_a_document_type_is_refused(head: str) -> None:
    listing = opml.read(f'{head}<opml><body><outline text="&b;" xmlUrl="https://a.example/rss"/></body></opml>'.encode())
    assert listing.entries == ()
    assert listing.problems == ("line 1: it declares a document type or entities, which is refused",)


def test_a_broken_file_is_read_as_far_as_it_goes() -> None:
    data = SAMPLE.replace(b'title="Plain"', b'title="Pl<ain"').replace(b"</body></opml>", b"")
    listing = opml.read(data)
    assert [entry.title for entry in listing.entries] == ["Quay & Crane", 'Say "Fjord"', "Again"]
    assert listing.problems == (
        "line 10: an outline is broken and was left out",
        "line 12: the file is cut off here: feeds behind it are not in it",
    )


def test_a_file_that_is_cut_off_between_two_feeds_is_said_to_be() -> None:
    whole = b"".join(piece.encode() for piece in opml.write([opml.Entry(f"https://{n}.example/rss") for n in range(9)], "all"))
    end = whole.index(b"<outline", whole.index(b"4.example"))
    cut = opml.read(whole[:end])
    assert (len(cut.entries), cut.problems) == (5, ("line 12: the file is cut off here: feeds behind it are not in it",))
    assert opml.read(whole).problems == opml.read(whole + b"\n<!-- made by a program -->").problems == ()
    assert opml.read(b'<outline xmlUrl="https://a.example/rss"/>').problems == ()


def test_a_broken_folder_keeps_the_others_right() -> None:
    data = b"""<opml><body><outline text="A"><outline text="b" x=">
    <outline text="one" xmlUrl="https://one.example/rss"/></outline></outline>
    <outline text="two" xmlUrl="https://two.example/rss"/></body></opml>"""
    assert [(entry.title, entry.tags) for entry in opml.read(data).entries] == [("one", ("A",)), ("two", ())]


def test_what_is_no_opml_is_said() -> None:
    assert opml.read(b"<html><body>hello</body></html>").problems == ("this is not an OPML file",)
    assert opml.read(b"").problems == ("this is not an OPML file",)
    assert opml.read(b"<opml><body/></opml>") == opml.Listing()


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-16-le", "utf-16-be", "iso-8859-1"])
def test_encodings(encoding: str) -> None:
    assert_read(encoding, declared="utf-8" if encoding == "utf-8-sig" else encoding)


def test_a_file_that_says_that_it_is_in_an_encoding_that_it_can_not_be_in_is_read() -> None:
    assert_read("utf-8", declared="utf-16")


@pytest.mark.parametrize("encoding", ["utf-8", "cp1252", "utf-16", "utf-16-le"])
def test_a_file_that_says_nothing_of_its_encoding(encoding: str) -> None:
    assert_read(encoding, declared="")


def assert_read(encoding: str, declared: str) -> None:
    head = f'<?xml version="1.0" encoding="{declared}"?>' if declared else ""
    text = f'{head}<opml><outline text="Zürich" xmlUrl="https://z.example/"/></opml>'
    assert opml.read(text.encode(encoding)).entries == (Entry("https://z.example/", "Zürich"),)


def test_what_is_written_is_read_again() -> None:
    entries = (
        Entry("https://a.example/rss?x=1&y=2", 'A "quoted" <title> & more', ("Ports", "North, far")),
        Entry("https://b.example/rss", None, ()),
        Entry("https://c.example/rss", "C", ("Ports",)),
        Entry("https://d.example/rss", "D", ("Süd", "Ports")),
        Entry("https://e.example/rss", "E", ("Ports", "North, far")),
    )
    text = "".join(opml.write(entries, "Mine & yours"))
    ET.fromstring(text)
    again = {entry.url: entry for entry in opml.read(text.encode()).entries}
    assert again == {entry.url: Entry(entry.url, entry.title or entry.url, entry.tags) for entry in entries}
    assert text.count('<outline text="North, far">') == 1


def test_five_thousand_feeds() -> None:
    entries = [Entry(f"https://host{n}.example/rss", f"Feed {n}", (f"Folder {n % 50}",)) for n in range(5000)]
    listing = opml.read("".join(opml.write(entries, "many")).encode())
    assert sorted(listing.entries, key=lambda entry: entry.url) == sorted(entries, key=lambda entry: entry.url)


@pytest.mark.parametrize(
    "unit", ["<outline ", "<outline '", "<outline \"'", '<outline a="', "<outline text='a'>", "<!--", "<outline"]
)
def test_hostile_repetition_ends(unit: str) -> None:
    """Two million characters: a quadratic reader would not come back from them."""
    listing = opml.read(b"<opml>" + unit.encode() * (2_000_000 // len(unit)))
    assert listing.entries == ()
    assert len(listing.problems) <= 1000


@pytest.mark.parametrize("inside", ["{}", "{}=", 'xmlUrl="http://{}&quot;"', 'xmlUrl="{}"', 'category="{}"'])
def test_a_hostile_length_ends(inside: str) -> None:
    """As above, of one attribute or name."""
    listing = opml.read(f"<opml><body><outline {inside.format('a' * 2_000_000)}/></body></opml>".encode())
    assert listing.entries == ()


def _samples(shared: Path) -> Iterator[tuple[str, bytes]]:
    for path in sorted((shared / "corpora" / "opml-samples").rglob("*.opml")):
        yield path.name, path.read_bytes()
    archive = shared / "corpora" / "newsboat-testdata" / "newsboat-testdata.tar.gz"
    with tarfile.open(archive) as files:
        for member in files:
            if member.name.endswith(".opml") and (file := files.extractfile(member)):
                yield Path(member.name).name, file.read()


def _parsed(data: bytes) -> list[str] | None:
    """The addresses that an XML parser finds, None where it finds the file broken."""
    try:
        tree = ET.parse(io.BytesIO(data))
    except ET.ParseError:
        return None
    urls = [element.get("xmlUrl", "").strip() for element in tree.iter("outline")]
    return [url for url in dict.fromkeys(urls) if url.startswith("http")]


@pytest.mark.shared
def test_the_sample_sets_give_what_an_xml_parser_finds(shared: Path) -> None:
    read = parsed = 0
    for name, data in _samples(shared):
        read += 1
        found = [entry.url for entry in opml.read(data).entries]
        expected = _parsed(data)
        if expected is None:
            assert len(found) > 5, name
        else:
            parsed += 1
            assert {canonical(url) for url in found} == {canonical(url) for url in expected}, name
    assert read >= 14
    assert parsed >= 12


@pytest.mark.shared
def test_programs_in_the_sample_sets_are_left_out(shared: Path) -> None:
    listing = opml.read(dict(_samples(shared))["piped.opml"])
    assert [entry.tags for entry in listing.entries] == [("tagged",)]
    assert len(listing.problems) == 1
