"""Stories sent to a program: what it is given, what is shown of its answer, and how it is stopped."""

from __future__ import annotations

import asyncio
import contextlib
import json
import os
import sys
import threading
from pathlib import Path

import pytest

from newsdesk.errors import UsageError
from tests.tui.conftest import Open
from tests.tui.driving import Room, drain, strike
from tests.tui.fake_desk import FakeDesk
from tests.tui.morning import NOW, morning
from tui.outside.piping import LARGEST_OUTPUT_BYTES, Pipe, bytes_of, lines_of, read_pipe, run_filter
from tui.screens.packing import fault_of_place
from tui.screens.piping import AnswerSheet
from tui.session import load_session
from tui.widgets.search_box import SearchBox


def test_a_line_is_words_and_never_a_shells() -> None:
    assert read_pipe("wc -w") == Pipe(("wc", "-w"))
    assert read_pipe("json: list: jq '.stories | length'") == Pipe(("jq", ".stories | length"), "json", "list")
    assert read_pipe("cat; rm -rf x > y $HOME") == Pipe(("cat;", "rm", "-rf", "x", ">", "y", "$HOME"))
    for wrong in ("", "json:", "list: text:"):
        with pytest.raises(UsageError, match="name a program"):
            read_pipe(wrong)
    with pytest.raises(UsageError, match="close the quotation"):
        read_pipe("echo 'a")


def test_what_a_program_is_given() -> None:
    story = morning()[0]
    assert bytes_of([story], "text", NOW).decode().startswith(f"{story.title}\n\n")
    assert bytes_of([story], "md", NOW).startswith(b"# ")
    assert b'"stories": [' in bytes_of([story], "json", NOW)


def test_what_drives_a_terminal_is_no_part_of_an_answer() -> None:
    assert lines_of(b"\x1b[31mred\x1b[0m\n\x1b]52;c;QUJD\x07two\tx\r\nold\rnew\n\n") == ("red", "two     x", "new")
    assert lines_of(b"\n \n") == ()


def _python(code: str) -> list[str]:
    return [sys.executable, "-c", code]


async def test_a_program_answers() -> None:
    answer = await run_filter(
        _python("import sys; t = sys.stdin.read(); print(len(t)); print('no', file=sys.stderr); exit(3)"), b"x" * 9
    )
    assert set(answer.lines) == {"9", "no"}
    assert (answer.code, answer.says) == (3, "exit code 3")
    large = b"y" * 3_000_000
    assert (await run_filter(_python("print(1)"), large)).lines == ("1",), "it need not read what it is given"
    answer = await run_filter(_python("import os; os.kill(os.getpid(), 9)"), b"")
    assert answer.says == "ended by signal 9"
    assert "could not be started" in (await run_filter(["/no/such/program"], b"")).says
    assert "could not be started" in (await run_filter(["a\0b"], b"")).says


async def test_one_that_never_ends_is_stopped_with_what_it_started(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    answer = await run_filter(_python("while True: print('y' * 1000)"), b"")
    assert "says more than can be shown" in answer.says
    assert sum(map(len, answer.lines)) <= LARGEST_OUTPUT_BYTES
    monkeypatch.setattr("tui.outside.piping.LONGEST_S", 0.0)
    assert "it took longer than" in (await run_filter(_python("input()"), b"")).says
    monkeypatch.undo()
    told = tmp_path / "pids"
    os.mkfifo(told)
    code = f"import os, signal; os.fork(); open({str(told)!r}, 'w').write(f'{{os.getpid()}}\\n'); signal.pause()"
    # Open for both, so that it has a reader from before the first of the two writes until after the second.
    pipe, text = os.open(told, os.O_RDWR | os.O_NONBLOCK), b""
    task = asyncio.ensure_future(run_filter(_python(code), b""))
    while text.count(b"\n") < 2:
        assert not task.done()
        with contextlib.suppress(BlockingIOError):
            text += os.read(pipe, 64)
        await asyncio.sleep(0)
    os.close(pipe)
    task.cancel()
    with pytest.raises(asyncio.CancelledError):
        await task
    async with asyncio.timeout(60):
        for pid in map(int, text.split()):
            while _runs(pid):  # the kernel ends it in its own time
                await asyncio.sleep(0)


def _runs(pid: int) -> bool:
    """Whether a process is there and no zombie."""
    try:
        return Path(f"/proc/{pid}/stat").read_text().rsplit(")", 1)[1].split()[0] not in "ZX"
    except OSError:
        return False


async def _answered(room: Room) -> str:
    sheet = room.app.screen
    assert isinstance(sheet, AnswerSheet)
    async with asyncio.timeout(60):
        while sheet._page.answer is None:
            await asyncio.sleep(0)
    await drain(room.app)
    return room.text


async def test_the_story_goes_to_a_program_and_its_answer_is_read(
    newsroom: Open, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    file = tmp_path / "dashboard.json"
    count = f"""json: {sys.executable} -c "import json, sys; print('got', len(json.load(sys.stdin)['stories']))" """.strip()
    async with newsroom(120, 40, session_file=file) as room:
        await room.press("j", "vertical_line")
        assert "no shell" in room.text
        await room.type(count)
        await room.press("enter")
        text = await _answered(room)
        assert "got 1" in text
        assert "exit code 0" in text
        copied: list[str] = []
        monkeypatch.setattr(room.app, "copy_to_clipboard", copied.append)
        await room.press("y", "escape")
        assert copied == ["got 1"]
        assert room.app.screen is room.screen
        room.screen.do_pipe(f"list: {count}")
        await room.settle()
        assert "got 22" in await _answered(room)
        await room.press("q")
        room.screen.do_pipe(f"starred: {count}")
        await room.settle()
        assert "there is no story to send" in room.status
        room.screen.do_pipe("echo 'x")
        assert "close the quotation" in room.status
    assert load_session(file).piped[0] == count
    async with newsroom(120, 40, session_file=file) as room:
        await room.press("vertical_line", "up", "up")
        assert room.app.screen.query_one(SearchBox).value == f"list: {count}"
        await room.press("escape")


async def test_a_program_may_be_given_what_looks_like_markup(newsroom: Open) -> None:
    async with newsroom(120, 40) as room:
        room.screen.do_pipe("echo [/b] [link= [dim]x")
        await room.settle()
        assert "to echo [/b] [link= [dim]x  exit code 0" in await _answered(room)


async def test_a_story_is_copied_and_saved(newsroom: Open, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    async with newsroom(120, 40) as room:
        copied: list[str] = []
        monkeypatch.setattr(room.app, "copy_to_clipboard", copied.append)
        await room.press("j", "Y", "greater_than_sign", "enter")
        story = room.screen.article_pane.story
        assert story is not None
        assert copied[0].startswith(f"{story.title}\n\n")
        [file] = tmp_path.glob("*.md")
        assert story.body[0][:40] in file.read_text("utf-8")
        assert "written: " in room.status


async def test_a_folder_that_is_long_in_answering_keeps_no_key_waiting_where_a_story_is_saved(
    newsroom: Open, monkeypatch: pytest.MonkeyPatch
) -> None:
    answers = threading.Event()

    def look(folder: Path, name: str) -> Path:
        answers.wait(10)
        return folder / name

    monkeypatch.setattr("tui.screens.packing.free_path", look)
    async with newsroom() as room:
        before = room.screen.stories_pane.cursor
        strike(room.app, "greater_than_sign", "j")
        await drain(room.app)
        assert room.is_bare()
        assert room.screen.stories_pane.cursor == before + 1
        answers.set()
        await room.settle()
        assert "Save “" in room.text


async def test_without_a_story_to_copy_or_save_it_is_said_what_to_do(newsroom: Open) -> None:
    async with newsroom(desk=FakeDesk([])) as room:
        for key in ("greater_than_sign", "Y"):
            await room.press(key)
            assert "put the list's cursor on a story first" in room.status
            room.screen.hush()


async def test_the_list_is_saved_in_the_format_that_the_name_ends_with(
    newsroom: Open, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    async with newsroom(120, 40) as room:
        await room.press("slash")
        await room.type("iquique")
        await room.press("enter", "ctrl+e")
        assert "Save 2 stories of the list" in room.text
        assert "iquique-2026-03-04-0820.csv" in room.text
        assert fault_of_place("~nobody-of-that-name/x.csv").startswith("there is no folder ~nobody-of-that-name")
        await room.press("enter")
        (file,) = tmp_path.glob("*.csv")
        assert file.read_text("utf-8").startswith("id,")
        assert len(file.read_text("utf-8").splitlines()) == 3
        await room.press("ctrl+e")
        assert "iquique-2026-03-04-0820-2.csv" in room.text
        await room.press("ctrl+u")
        await room.type("found.docx")
        await room.press("enter")
        assert "end the name with .md .csv .tsv" in room.text
        await room.press("ctrl+u")
        await room.type("found.json")
        await room.press("enter")
        assert len(json.loads((tmp_path / "found.json").read_text("utf-8"))["stories"]) == 2
        await room.press("slash", "ctrl+u")
        await room.type("nothinghasthis")
        await room.press("enter", "ctrl+e")
        assert "there is no story in the list to write" in room.status


async def test_a_line_that_names_no_program_is_there_to_be_mended(newsroom: Open) -> None:
    async with newsroom(120, 40) as room:
        await room.press("vertical_line")
        await room.type("pdf: cat")
        await room.press("enter")
        assert "'pdf:' is none of these: text:, md:, json:" in room.text
        assert "pdf: cat" in room.text
        await room.press("escape", "vertical_line", "enter")
        assert room.app.screen is room.screen, "an empty line sends nothing"
