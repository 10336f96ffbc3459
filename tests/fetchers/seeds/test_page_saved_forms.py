"""Pages that were saved or sent in another form under the name of a text."""

from __future__ import annotations

import base64
import quopri
import time

import pytest

from fetchers.seeds import Reader
from fetchers.seeds.page_text.saved.rich_text import read_rich_text
from fetchers.seeds.page_text.saved.saved_forms import cut_run_together, page_text
from newsdesk.model import Story

PAGE = """The Marsh Courier
News  Sport  Letters

Ferry clock at Ölsund runs backwards for a week

By Ada Quill
March 4, 2019

The clock above the ferry landing at Ölsund has gone backwards since Monday, and the ferry has followed it – twice.

"We left before we had come," the mate, Jens Roe, told passengers, who were given soup.

A clockmaker is expected on Friday, or on the Friday before.

Subscribe to our newsletter
"""
TITLE = "Ferry clock at Ölsund runs backwards for a week"


def read(data: bytes | str, name: str = "page.txt") -> Story:
    found = Reader().read_bytes(data if isinstance(data, bytes) else data.encode(), name)
    assert not found.problems
    assert [story.title for story in found.stories] == [TITLE]
    return found.stories[0]


@pytest.fixture(scope="module")
def plain() -> Story:
    return read(PAGE)


def rich(text: str) -> str:
    signs = {"\\": "\\\\", "{": "\\{", "}": "\\}", "\n": "\\par\n", "–": "\\endash ", "Ö": "\\'d6"}
    body = "".join(signs.get(char, char if char.isascii() else f"\\u{ord(char)}?") for char in text)
    return (
        "{\\rtf1\\ansi\\ansicpg1252{\\fonttbl\\f0\\fswiss Helvetica;}{\\colortbl;\\red255\\green0\\blue0;}\n"
        "{\\*\\generator Some Writer 5;}\\pard\\f0\\fs24 " + body + "}"
    )


def message(text: bytes, coding: str, kind: str = "text/plain") -> bytes:
    head = f"From: Ada <ada@example.org>\r\nSubject: {TITLE}\r\nMIME-Version: 1.0\r\nContent-Type: {kind}; charset=utf-8\r\n"
    return head.encode() + f"Content-Transfer-Encoding: {coding}\r\n\r\n".encode() + text


PARTS = "".join(f"<p>{row}</p>" for row in PAGE.split("\n") if row)
MARKDOWN = f"""---
title: Clock
tags:
  - clocks
---

# {TITLE}

*By [Ada Quill](https://example.org/ada)* · March 4, 2019

![The clock](https://example.org/clock.jpg)

The clock above the [ferry landing](https://example.org/landing "Landing") at Ölsund has gone **backwards** since Monday, and \
the ferry has followed it – twice.

> "We left before we had come," the mate, Jens Roe, told passengers, who were given soup.

A clockmaker is expected on Friday, or on the Friday before.
"""
FORMS = {
    "rich text": rich(PAGE).encode(),
    "quoted": "\n".join(f"> {row}".rstrip() for row in PAGE.split("\n")).encode(),
    "quoted twice": (
        "Look at this.\n\nOn Tue, 5 Mar 2019 at 9:14, Ann wrote:\n" + "\n".join(f">> {row}" for row in PAGE.split("\n"))
    ).encode(),
    "quoted-printable": message(quopri.encodestring(PAGE.encode()), "quoted-printable"),
    "base64": message(base64.encodebytes(PAGE.encode()), "base64"),
    "HTML in a message": message(quopri.encodestring(PARTS.encode()), "quoted-printable", "text/html"),
    "piece of HTML": f"<div class='page'><nav><a href='/'>Home</a></nav>{PARTS}</div>".encode(),
    "Markdown": MARKDOWN.encode(),
    "entities": PAGE.replace('"', "&quot;").replace("–", "&ndash;").replace("Ö", "&#214;").encode(),
}


@pytest.mark.parametrize("form", FORMS)
def test_a_page_in_another_form_is_read_as_the_page(form: str, plain: Story) -> None:
    story = read(FORMS[form], {"base64": "letter.eml", "rich text": "page.rtf"}.get(form, "page.txt"))
    assert (story.byline, story.published, story.body) == (plain.byline, plain.published, plain.body)
    assert plain.body[0].startswith("The clock above")
    assert plain.byline == "Ada Quill"


def test_nothing_of_markdown_is_left_but_its_text() -> None:
    text = page_text(MARKDOWN.encode(), MARKDOWN + "\nFive \\*stars\\* for the ferry.\n")
    assert "Five *stars* for the ferry." in text
    assert not [mark for mark in ("![", "!The", "](", "**", "tags:", "\n#", "\n>") if mark in text]


def test_a_message_of_too_many_parts_in_parts_is_told_as_that() -> None:
    parts = (f'Content-Type: multipart/mixed; boundary="b{i}"\n\n--b{i}\n' for i in range(3000))
    found = Reader().read_bytes(f"Subject: x\nMIME-Version: 1.0\n{''.join(parts)}\nhello\n".encode(), "letter.eml")
    assert [problem.why for problem in found.problems] == ["nested too deeply"]


def test_a_page_that_a_browser_saved_as_a_message_is_not_dated_by_that(plain: Story) -> None:
    undated = PARTS.replace("March 4, 2019", "")
    saved = message(undated.encode(), "8bit", "text/html").replace(
        b"From: Ada <ada@example.org>", b"From: <Saved by Blink>\r\nDate: Tue, 5 Mar 2024 10:00:00 +0000"
    )
    assert read(saved, "page.mhtml").published is None
    assert read(saved.replace(b"<Saved by Blink>", b"ann@example.org")).published == "2024-03-05T10:00+00:00"


def test_a_fault_in_a_message_costs_no_more_than_itself() -> None:
    text = "津波注意報を解除\n\n北海道の沿岸に出されていた注意報は12日に解除。\n\n漁港では船が次々に戻っています。\n"
    whole = text.encode("iso-2022-jp")
    head = b"Subject: x\nContent-Type: text/plain; charset=iso-2022-jp\n\n"
    assert page_text(head + whole, "").endswith(text)
    assert "漁港では船が次々に戻っています。" in page_text(head + whole.replace(b"12", b"1\xff"), "")
    wrong = "Der Bürgermeister von Ölsund fährt rückwärts.\n".encode("cp1252")
    assert page_text(head.replace(b"iso-2022-jp", b"utf-8") + wrong, "").endswith(wrong.decode("cp1252"))


@pytest.mark.parametrize(
    "start", ["{* MENU *}\n", "<Back to the list\n", "<< Previous | Next >>\n", "< Zurück\n", "[banner]\n", "[10:15] Live\n"]
)
def test_what_looks_like_markup_at_a_menus_start_is_none(start: str, plain: Story) -> None:
    assert read(start + PAGE).body == plain.body


@pytest.mark.parametrize(
    "text",
    [
        PAGE,
        "> one quoted line\n> and another\n\nAnswer to both, which is longer.\nAnd goes on.\n",
        "A page with one [link](https://example.org) in it.\n",
        "# 1 in the charts\n\nThe song about the ferry.\n",
        "Salt &amp; soup is no entity for AT&T.\n",
        "From: Ada\nDate: 4 March 2019\nSubject: Clock\n\nA printed letter, which is nothing encoded.\n",
        "Content-Type: what a page may say of itself\n\nAnd go on.\n",
    ],
)
def test_other_text_stays_as_it_is(text: str) -> None:
    assert page_text(text.encode(), text) == text


def test_rich_text_of_other_code_pages_and_beyond_the_first_plane() -> None:
    assert read_rich_text("{\\rtf1\\ansicpg932 \\'8f\\'ac\\'92\\'4d}") == "小樽"
    assert read_rich_text("{\\rtf1\\uc2 \\u-10179 ??\\u-8704 \\'3f\\'3f!}") == "\U0001f600!"
    assert read_rich_text("{\\rtf1 {\\pict\\pngblip 89504e47}a\\~b{\\info{\\title no}}\\}c}") == "a b}c"
    assert read_rich_text("{\\rtf1 }}}} a {{{{\\") == " a "


@pytest.mark.parametrize(
    "text",
    [
        "{\\rtf1" + "{" * 300_000,
        "{\\rtf1" + "\\'" * 200_000,
        "[" * 300_000 + "](",
        "![" * 200_000 + "](" + "[a](https:" * 50_000,
        "# " + "# " * 200_000 + "[a](https://example.org)",
        "[a](/a)" * 3 + "*a" * 200_000,
        "---\n" + "   \n" * 100_000 + "[a](/a)" * 3,
        "\n".join(["> " * 50] * 20_000),
        "&" * 300_000,
        "a: b\n" * 60_000,
        "MIME-Version: 1.0\nContent-Type: multipart/mixed; boundary=a\n\n" + "--a\n" * 60_000,
        "<p>" * 100_000 + "</p>",
    ],
    ids=range(12),
)
def test_hostile_forms_take_no_long_time(text: str) -> None:
    started = time.process_time()
    page_text(text.encode(), text)
    assert time.process_time() - started < 3


MORE = (
    "The mate had seen clocks do this before, but never the one above the landing.",
    "It was built in 1911 by a smith from the far shore, who could not read the time and was paid in herring.",
    "The harbor board will meet on Thursday to decide which of the two hands it should believe in the meantime.",
    "Until then the ferry sails when the cook is awake, a spokesman for the board told reporters on the pier.",
)


def test_a_page_whose_line_ends_were_lost_keeps_its_text() -> None:
    text = " ".join((*PAGE.removesuffix("Subscribe to our newsletter\n").split(), *MORE, "Subscribe to our newsletter"))
    (story,) = Reader().read_bytes(text.encode(), "page.txt").stories
    assert set(MORE) <= set(story.body)
    assert any(paragraph.endswith("told passengers, who were given soup.") for paragraph in story.body)


def test_a_notice_on_one_line_is_no_story() -> None:
    notice = (
        "We use cookies and similar technologies to personalise content and ads, to provide social media features and to "
        "analyse our traffic. By clicking Accept you agree to the storing of cookies on your device. You can change your "
        "settings at any time. See our privacy policy and our cookie policy for more. Some of our partners process your data "
        "on the basis of their legitimate interest. You can object to this in the list of partners. We and our 412 partners "
        "measure content and ads, learn of our audience and develop products. Your choice is kept for a year on the device, "
        "and we ask again after that. Accept all Manage options Reject all"
    )
    assert cut_run_together(notice)
    assert not Reader().read_bytes(notice.encode(), "page.txt").stories
