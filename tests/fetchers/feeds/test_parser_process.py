"""Broken and hostile feeds: read in a process of their own, which they can stop and nothing else."""

from __future__ import annotations

import asyncio
import sys
from pathlib import Path

import pytest

from fetchers import blocking, worker
from fetchers.blocking import BlockingParser
from fetchers.feeds import xml_feed
from fetchers.feeds.depth import is_too_deep
from fetchers.feeds.parse import parse
from fetchers.worker import ParserProcess, ParsingError
from newsdesk.processes.children import end
from tests.fakes.feeds import RSS, stories


@pytest.mark.parametrize("inside", ["<b>" * 9_000, "<b>" * 9_000 + "</b>" * 9_000, "<P>\n<q cite='x'>" * 4_000])
async def test_a_feed_that_nests_absurdly_is_refused_before_it_is_parsed(inside: str) -> None:
    process = ParserProcess()
    try:
        document = RSS.replace("</title>", f"</title>{inside}").encode()
        with pytest.raises(ParsingError, match="nested too deeply"):
            await process.ask("feed", document)
    finally:
        await process.close()


def test_many_open_ends_are_no_depth() -> None:
    item = "<item><title>One<br></title><description>" + "<p>words" * 90 + "</description></item>"
    for body in (item * 200, "<![CDATA[" + "<b>" * 9_000 + "]]>", "<!--" + "<b>" * 9_000 + "-->", "<x/>" * 9_000):
        assert not is_too_deep(RSS.replace("<item>", f"{body}<item>").encode())
    for endless in ("<![CDATA[", "<!--", "<b ", "</b>", "<"):  # linear, or this takes minutes
        assert not is_too_deep(endless.encode() * 300_000)


async def test_the_worker_takes_its_modules_from_no_folder_that_it_happens_to_be_in(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    for name in ("json", "fetchers", "newsdesk", "lxml"):
        (tmp_path / f"{name}.py").write_text("raise SystemExit")
    monkeypatch.chdir(tmp_path)
    process = ParserProcess()
    try:
        assert (await process.ask("feed", RSS.replace("</rss>", "").encode()))["title"]
    finally:
        await process.close()
    waiting = BlockingParser()
    try:
        assert waiting.ask("feed", RSS.replace("</rss>", "").encode())["title"]
    finally:
        waiting.close()


async def test_a_broken_feed_is_read_in_the_worker_with_the_same_result() -> None:
    process = ParserProcess()
    try:
        feed = await parse(RSS.replace("</channel></rss>", "").encode(), "text/xml", process)
        again = await parse(RSS.replace("</rss>", "&nbsp;").encode(), None, process)
        with pytest.raises(ParsingError):
            await parse(b"just words, no feed", None, process)
    finally:
        await process.close()
    (whole,) = stories(xml_feed.read(RSS.encode()))
    for mended in (feed, again):
        (story,) = stories(mended)
        assert (story.title, story.body, story.published, story.url) == (whole.title, whole.body, whole.published, whole.url)


async def test_a_document_past_its_time_box_costs_itself_alone() -> None:
    hasty = ParserProcess(time_box_s=0.001)
    try:
        with pytest.raises(ParsingError, match="seconds"):
            await hasty.ask("feed", b"<rss>")
    finally:
        await hasty.close()
    process = ParserProcess()
    try:
        assert (await process.ask("feed", RSS.replace("</rss>", "").encode()))["title"]
    finally:
        await process.close()


@pytest.fixture
def does_as_told(monkeypatch: pytest.MonkeyPatch) -> None:
    """A process that runs the document, a statement, in place of a parser."""

    def command_of(time_box_s: float) -> list[str]:
        runs = f"from fetchers import worker; worker._do = lambda question, data: exec(data) or {{}}; worker.main({time_box_s})"
        return [sys.executable, "-P", "-c", runs]

    for module in (worker, blocking):
        monkeypatch.setattr(module, "worker_command", command_of)


_SPINS, _WAITS, _HANGS = b"while True: pass", b"import time; time.sleep(0.3)", b"import signal; signal.pause()"


@pytest.mark.usefixtures("does_as_told")
async def test_a_time_box_counts_what_a_document_takes_and_not_how_long_it_waits() -> None:
    process = ParserProcess(time_box_s=0.1)
    try:
        for _ in range(2):
            assert await process.ask("feed", _WAITS) == {}
            with pytest.raises(ParsingError, match=r"more than 0\.1 seconds"):
                await process.ask("feed", _SPINS)
    finally:
        await process.close()
    hanging = ParserProcess(wall_s=0.5)
    with pytest.raises(ParsingError, match=r"more than 0\.5 seconds"):
        await hanging.ask("feed", _HANGS)
    await hanging.close()


@pytest.mark.usefixtures("does_as_told")
def test_one_that_waits_has_the_same_two_limits() -> None:
    parser = BlockingParser(time_box_s=0.1)
    assert parser.ask("feed", _WAITS) == {}
    with pytest.raises(ParsingError, match=r"more than 0\.1 seconds"):
        parser.ask("feed", _SPINS)
    with pytest.raises(ParsingError, match=r"more than 0\.5 seconds"):
        BlockingParser(wall_s=0.5).ask("feed", _HANGS)


async def test_every_process_is_gone_when_its_parser_is_closed(monkeypatch: pytest.MonkeyPatch) -> None:
    ended: list[int] = []

    async def end_slowly(process: asyncio.subprocess.Process) -> None:
        for _ in range(50):
            await asyncio.sleep(0)
        ended.append(await end(process))

    monkeypatch.setattr(worker, "end", end_slowly)
    process = ParserProcess(time_box_s=0.001)
    for number in range(3):
        with pytest.raises(ParsingError, match="seconds"):
            await process.ask("feed", b"<rss>")
        assert len(ended) == number
    await process.close()
    assert len(ended) == 3
    assert all(code < 0 for code in ended)


async def test_a_process_that_ended_between_two_questions_is_replaced() -> None:
    process = ParserProcess()
    broken = RSS.replace("</rss>", "").encode()
    try:
        first = await process.ask("feed", broken)
        assert process._running is not None
        process._running._process.kill()
        await process._running._process.wait()
        assert await process.ask("feed", broken) == first
    finally:
        await process.close()


def test_one_that_waits_replaces_a_process_that_ended_and_closes_its_pipes() -> None:
    parser = BlockingParser()
    broken = RSS.replace("</rss>", "").encode()
    try:
        first = parser.ask("feed", broken)
        ended = parser._process
        assert ended is not None
        assert ended.stdin is not None
        ended.kill()
        ended.wait()
        assert parser.ask("feed", broken) == first
        assert ended.stdin.closed
    finally:
        parser.close()


@pytest.mark.shared
async def test_documents_made_to_exhaust_a_parser_cost_themselves_alone(shared: Path) -> None:
    process = ParserProcess(time_box_s=10.0)
    try:
        paths = sorted((shared / "corpora" / "xml-bombs-generated").iterdir())
        assert paths
        for path in paths:
            try:
                feed = await parse(path.read_bytes(), None, process)
            except ParsingError:
                continue
            size = sum(len(item.markup) + len(item.title or "") for item in feed.items)
            assert size <= 2 * 15 * 2**20, path.name
    finally:
        await process.close()
