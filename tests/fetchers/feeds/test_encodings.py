"""Feeds are read in the encoding that they are in, whatever they and their servers say."""

from __future__ import annotations

import pytest

from tests.fakes.feeds import read, rss

CYRILLIC = "<item><title>Парламент принял бюджет</title><description>Комитет сообщил о третьем чтении.</description></item>"
KANA = "<item><title>首相が予算案に署名</title><description>国会は法案を可決した。これは初めてのことです。</description></item>"


@pytest.mark.parametrize(
    ("encoding", "declared", "content_type"),
    [
        ("utf-16", "utf-16", None),
        ("utf-16-le", None, None),
        ("utf-8", "windows-1251", None),
        ("utf-8", "iso-8859-1", "text/xml; charset=iso-8859-1"),
        ("cp1251", "windows-1251", "text/xml; charset=utf-8"),
        ("cp1251", "utf-8", "text/xml; charset=utf-8"),
        ("cp1251", None, "text/xml; charset=windows-1251"),
        ("koi8-r", "utf-8", None),
    ],
)
def test_a_feed_is_read_in_the_encoding_that_it_is_in_whatever_is_said_of_it(
    encoding: str, declared: str | None, content_type: str | None
) -> None:
    (story,) = read(rss(CYRILLIC, encoding, declared), content_type)
    assert (story.title, story.body) == ("Парламент принял бюджет", ("Комитет сообщил о третьем чтении.",))


@pytest.mark.parametrize(
    ("encoding", "declared"),
    [("shift_jis", "utf-8"), ("iso-2022-jp", None), ("iso-2022-jp", "utf-8"), ("iso-2022-jp", "iso-2022-jp")],
)
def test_two_byte_letters_are_found_out_too(encoding: str, declared: str | None) -> None:
    (story,) = read(rss(KANA, encoding, declared))
    assert story.title == "首相が予算案に署名"


@pytest.mark.parametrize("content_type", [None, "text/xml; charset=utf-8", "text/xml; charset=iso-8859-1"])
def test_an_excerpt_that_is_cut_in_a_letter_costs_that_letter(content_type: str | None) -> None:
    data = rss(CYRILLIC + CYRILLIC).replace("чтении.".encode(), "чтени".encode() + b"\xd0", 1)
    cut, whole = read(data, content_type)
    assert cut.title == whole.title == "Парламент принял бюджет"
    assert cut.body == ("Комитет сообщил о третьем чтени\ufffd",)


@pytest.mark.parametrize("more", ["", "&nbsp;"], ids=["strictly", "by feedparser"])
@pytest.mark.parametrize("encoding", ["utf-8", "utf-16"])
def test_references_to_the_halves_of_a_pair_are_one_sign_and_those_to_none_cost_no_feed(more: str, encoding: str) -> None:
    told = "&#xD83D;&#xDE00; &#55357;&#56832; &#x1F600; &#x00D83D;&#56832; &#55000; &#xD83D;! &#56832;&#55357; &#99999999;"
    (story,) = read(rss(f"<item><title>{told}</title><description>{more}</description></item>", encoding, encoding))
    assert story.title == "\U0001f600 \U0001f600 \U0001f600 \U0001f600 \ud6d8 \ufffd! \ufffd\ufffd \ufffd"


def test_references_to_controls_are_the_signs_of_windows() -> None:
    (story,) = read(rss("<item><title>It&#146;s &#x93;over&#148; &#150; &amp;#146;tis &#129;</title></item>"))
    assert story.title == "It’s “over” – ’tis"


@pytest.mark.parametrize(
    ("data", "title"),
    [
        ('{"items": [{"title": "Парламент X"}]}'.encode().replace(b"X", b"\xd0"), "Парламент \ufffd"),
        ('{"items": [{"title": "Café fermé"}]}'.encode("cp1252"), "Café fermé"),
        ('{"items": [{"title": "Café fermé"}]}'.encode("utf-16"), "Café fermé"),
        ('{"items": [{"title": "Café fermé"}]}'.encode("utf-16-be"), "Café fermé"),
    ],
    ids=["cut in a letter", "an old encoding", "utf-16 with its mark", "utf-16 without"],
)
def test_a_json_feed_that_is_not_in_utf_8_is_read(data: bytes, title: str) -> None:
    assert [story.title for story in read(data)] == [title]
