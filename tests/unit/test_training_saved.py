"""Real pages as they were saved: how they become text, and how what is read of them is counted."""

from __future__ import annotations

import io
import json
import tarfile
from dataclasses import replace
from pathlib import Path

from newsdesk.model import Comment, Story
from training.page_text.saved import score, to_row
from training.page_text.saved_pages import SavedPage, inner_text, parse, read_archive, read_page

SNOW = "The harbour was closed for a third day on Friday after snow drifted over both slipways."
ICE = "Nobody could say when the ice would let the ferries out again, and the baker had no flour."
SOURCE = f"""<html><head><title>Snow | Harbour News</title><meta property="og:title" content="Snow keeps ferries in">
<style>p {{ color: red }}</style></head><body><nav>Home</nav><h1>Snow keeps  ferries in</h1><div>By Ann Moss<br>5 May 2024</div>
<p>{SNOW}</p><p style="display:none">Hidden.</p><pre>one
two</pre><table><tr><td>Ice</td><td>3</td></tr></table><p>{ICE}</p><div class="comments">So did I.</div></body></html>"""
METADATA = {"title": "Snow keeps ferries in", "byline": "By Ann Moss", "publishedTime": "2024-05-05T10:00:00Z"}


def saved() -> SavedPage:
    expected = f"<div><p>{SNOW}</p><p>{ICE}</p></div>"
    return read_page("snow", SOURCE.encode(), expected.encode(), json.dumps(METADATA).encode())


def test_the_text_of_a_page_is_what_a_browser_copies() -> None:
    rows = ["Home", "Snow keeps ferries in", "By Ann Moss", "5 May 2024", "", SNOW, "", "one", "two", "Ice\t3", "", ICE, ""]
    assert inner_text(parse(SOURCE.encode())).split("\n")[:-1] == [*rows, "So did I."]


def test_what_is_expected_of_a_page() -> None:
    page = saved()
    assert (page.paragraphs, page.byline, page.published) == ((SNOW, ICE), "Ann Moss", "2024-05-05")
    assert page.titles == ("Snow keeps ferries in", "Snow keeps ferries in", "Snow keeps ferries in")
    assert page.comments == "So did I."


def test_a_page_read_without_a_fault() -> None:
    story = Story(title="Snow keeps ferries in", body=(SNOW, ICE), byline="Ann Moss", published="2024-05-05")
    story = replace(story, comments=(Comment(text="So did I."),))
    counts = score(saved(), inner_text(parse(SOURCE.encode())), [story])
    assert to_row("open", "inner", 1, counts) == (
        "open   inner 1 pages  paragraphs found 1.000 · right 1.000  found of a page, on average 1.000  "
        "title 1 of 1 · byline 1 of 1 · date 1 of 1  false comments 0  stories too many 0  none 0"
    )


def test_each_fault_is_counted() -> None:
    told = Story(title="Home", body=(SNOW, "Home is where the menu is."), published="2024-06-05")
    other = Story(title="Ice", body=("One line more.",), comments=(Comment(text=ICE),))
    counts = score(saved(), inner_text(parse(SOURCE.encode())), [told, other])
    assert to_row("open", "inner", 1, counts) == (
        "open   inner 1 pages  paragraphs found 0.500 · right 0.333  found of a page, on average 0.500  "
        "title 0 of 1 · byline 0 of 1 · date 0 of 1  false comments 1  stories too many 1  none 0"
    )
    assert score(saved(), SNOW, [])["none"] == 1


def test_only_whole_pages_of_the_archive_are_read(tmp_path: Path) -> None:
    padded = SOURCE.replace("</body>", "<!--" + "x" * 10_000 + "--></body>")
    pages = {"large": padded, "small": SOURCE, "partial": padded}
    path = tmp_path / "pages.tar.gz"
    with tarfile.open(path, "w:gz") as archive:
        for folder, source in pages.items():
            files = {
                "source.html": source,
                "expected.html": f"<p>{SNOW}</p>" * 12,
                "expected-metadata.json": json.dumps(METADATA),
            }
            for name, text in list(files.items())[: 2 if folder == "partial" else 3]:
                member = tarfile.TarInfo(f"x/test/test-pages/{folder}/{name}")
                member.size = len(text.encode())
                archive.addfile(member, io.BytesIO(text.encode()))
    assert [page.name for page in read_archive(path)] == ["large"]
