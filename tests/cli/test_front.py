"""The front door: help, names, flags, exit codes, and streams that aren't as usual."""

from __future__ import annotations

import os
import resource
import signal
import subprocess
from pathlib import Path

import pytest

from newsdesk import __version__, cli
from newsdesk.cli import main
from newsdesk.commands import TABLE
from newsdesk.commands.arguments import load, make_parser, split_command
from newsdesk.commands.console import Console
from newsdesk.errors import UsageError
from tests.cli.conftest import PROGRAM, Run, write_jsonl

MORE_THAN_A_PIPE_HOLDS = 2**21


def test_help_names_every_command_and_goes_to_stdout(newsdesk: Run) -> None:
    done = newsdesk("--help")
    assert done.code == 0
    assert done.err == b""
    for name, (_, summary) in TABLE.items():
        assert f"  {name} " in done.text
        assert summary in done.text
    assert max(map(len, done.text.split("\n"))) <= 80


@pytest.mark.parametrize("name", TABLE)
def test_every_command_is_there_and_has_its_help(newsdesk: Run, name: str) -> None:
    assert callable(load(name).run)
    done = newsdesk(name, "--help")
    assert done.code == 0
    assert done.text.startswith(f"usage: newsdesk {name}")
    for flag in ("--config", "--data", "--now"):
        assert flag in done.text


def test_help_that_is_interrupted_ends_quietly(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> None:
    def interrupt() -> str:
        raise KeyboardInterrupt

    monkeypatch.setattr(cli, "help_text", interrupt)
    assert main(["--help"]) == 130
    assert capsys.readouterr() == ("", "")


def test_version(newsdesk: Run) -> None:
    assert newsdesk("--version").text == f"newsdesk {__version__}\n"
    assert newsdesk("list", "--version").text == f"newsdesk {__version__}\n"


@pytest.mark.parametrize(
    ("words", "says"),
    [
        (["lst"], "did you mean 'list'?"),
        (["inspct", "x"], "did you mean 'inspect'?"),
        (["no/such/file.txt"], "no/such/file.txt: no such file or folder"),
        (["xyzzy"], "xyzzy: no such file or folder"),
        (["list", "--nosuch"], "--nosuch"),
        (["list", "--limit", "many"], "--limit"),
        (["list", "--limit", "-1"], "--limit"),
        (["list", "--format", "pdf"], "argument --format: invalid choice: 'pdf'; it can be text, ndjson, json, csv, tsv"),
        (["inspect"], "PATH"),
        (["mark", "red", "x"], "invalid choice"),
        (["list", "--now", "someday"], "not a time: 'someday'"),
        (["list", "--now", "9999-12-31T23:59-12:00"], "not a time: '9999-12-31T23:59-12:00'"),
        (["list", "colour:red"], "colour"),
        (["show", "snosuchstory"], "snosuchstory"),
        (["--config", "/no/such.toml", "list"], "/no/such.toml: no such file"),
    ],
)
def test_a_mistake_is_one_line_and_2(newsdesk: Run, archive: Path, words: list[str], says: str) -> None:
    done = newsdesk(*words)
    assert done.code == 2
    assert done.out == b""
    assert done.told.count("\n") == 1
    assert says in done.told


@pytest.mark.parametrize(
    "words",
    [["list"], ["storylines"], ["show", "s2n5xk7m3qa"], ["follows"], ["mark", "read", "dockers"], ["undo"], ["feeds", "list"]],
)
def test_a_settings_file_that_was_named_and_is_wrong_is_told_alike_by_every_command(
    newsdesk: Run, archive: Path, tmp_path: Path, words: list[str]
) -> None:
    settings = tmp_path / "config.toml"
    settings.write_text('[display]\nthem = "light"\n')
    done = newsdesk("--config", str(settings), *words)
    assert (done.code, done.out) == (2, b"")
    assert done.told == f"newsdesk: {settings}:2: display: unknown key 'them': did you mean 'theme'?\n"


def test_a_name_that_is_a_command_is_the_command_and_a_path_is_a_path(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    Path("list").mkdir()
    Path("lst").mkdir()
    assert split_command(["list"]) == ("list", [])
    assert split_command(["./list"]) == (None, ["./list"])
    assert split_command(["lst"]) == (None, ["lst"])
    assert split_command(["--data", "list", "list", "x"]) == ("list", ["--data", "list", "x"])
    assert split_command(["--", "list"]) == (None, ["--", "list"])
    assert split_command([]) == (None, [])
    with pytest.raises(UsageError):
        split_command(["lost"])


def test_shared_flags_may_stand_before_and_after_the_command(newsdesk: Run, archive: Path) -> None:
    for words in (["--data", str(archive), "list", "dockers"], ["list", "dockers", "--data", str(archive)]):
        assert len(newsdesk(*words).lines()) == 2


def test_a_word_that_begins_with_a_dash_is_part_of_the_query(newsdesk: Run, archive: Path) -> None:
    titles = [
        story["title"] for story in newsdesk("list", "--limit", "5", "-country:JP", "Rotterdam", "--sort", "oldest").lines()
    ]
    assert [title[:17] for title in titles] == ["Rotterdam dockers", "Rotterdam dockers"]
    assert make_parser("list").prog == "newsdesk list"


def test_an_interrupt_while_the_program_is_loaded_is_130_too(monkeypatch: pytest.MonkeyPatch) -> None:
    def interrupt(*_: object) -> int:
        raise KeyboardInterrupt

    monkeypatch.setattr("newsdesk.commands.dispatch.run_guarded", interrupt)
    assert main(["list"]) == 130


ENDS_EARLY = "what was written is incomplete: free some space, or write to another place"


def test_a_pipe_that_closes_ends_it_quietly(archive: Path) -> None:
    ours, theirs = os.pipe()
    os.close(ours)
    with os.fdopen(theirs, "wb") as closed:
        done = subprocess.run(
            [*PROGRAM, "list", "--format", "ndjson"], stdout=closed, stderr=subprocess.PIPE, check=False, timeout=120
        )
    assert (done.returncode, done.stderr) == (0, b"")


@pytest.mark.parametrize("unbuffered", ["", "1"])
@pytest.mark.parametrize("words", [["list", "--format", "ndjson"], ["--help"], ["list", "--help"]])
def test_a_full_disk_under_stdout_is_told(archive: Path, words: list[str], unbuffered: str) -> None:
    env = {**os.environ, "PYTHONUNBUFFERED": unbuffered}
    with Path("/dev/full").open("wb") as full:
        done = subprocess.run([*PROGRAM, *words], stdout=full, stderr=subprocess.PIPE, env=env, check=False, timeout=120)
    assert done.returncode == 1
    assert done.stderr == f"newsdesk: stdout: No space left on device; {ENDS_EARLY}\n".encode()
    with Path("/dev/full").open("wb") as full:
        assert subprocess.run([*PROGRAM, *words], stdout=full, stderr=full, env=env, check=False, timeout=120).returncode == 1


@pytest.mark.parametrize("unbuffered", ["", "1"])
def test_a_full_disk_under_stderr_changes_no_exit_code(archive: Path, unbuffered: str) -> None:
    env = {**os.environ, "PYTHONUNBUFFERED": unbuffered}
    with Path("/dev/full").open("wb") as full:
        done = subprocess.run([*PROGRAM, "list", "titel:x"], stderr=full, env=env, check=False, timeout=120)
    assert done.returncode == 2


@pytest.mark.parametrize("unbuffered", ["", "1"])
def test_a_disk_that_fills_up_halfway_is_told(tmp_path: Path, unbuffered: str) -> None:
    env = {**os.environ, "PYTHONUNBUFFERED": unbuffered}
    with (tmp_path / "out").open("wb") as out:
        done = subprocess.run(
            [*PROGRAM, "config", "example"],
            stdout=out,
            stderr=subprocess.PIPE,
            env=env,
            preexec_fn=lambda: resource.setrlimit(resource.RLIMIT_FSIZE, (1000, 1000)),
            check=False,
            timeout=120,
        )
    assert (done.returncode, done.stderr) == (
        1,
        f"newsdesk: stdout: File too large; {ENDS_EARLY}\n".encode(),
    )


@pytest.mark.parametrize("closing", ["1>&-", "2>&-", "0<&-", "0<&- 1>&- 2>&-"])
def test_closed_standard_streams_harm_nothing(archive: Path, closing: str) -> None:
    shell = ["sh", "-c", f'exec "$0" -P -m newsdesk list {closing}', PROGRAM[0]]
    done = subprocess.run(shell, capture_output=True, check=False, timeout=120)
    assert done.returncode == 0
    assert done.stderr == b""


@pytest.mark.parametrize(("command", "code"), [("inspect", 0), ("feeds import", 4)])
def test_a_closed_stdin_that_is_to_be_read_is_empty(archive: Path, command: str, code: int) -> None:
    shell = ["sh", "-c", f'exec "$0" -P -m newsdesk {command} - 0<&-', PROGRAM[0]]
    done = subprocess.run(shell, capture_output=True, check=False, timeout=120, text=True)
    assert (done.returncode, done.stderr[:3]) == (code, "-: ")


def test_output_is_utf8_whatever_the_locale_says(program: Run, tmp_path: Path) -> None:
    path = write_jsonl(tmp_path / "é.jsonl", [{"id": "1", "title": "Žluťoučký kůň 日本 🙂", "body": "Ünï. " * 20}])
    env = {"LC_ALL": "C", "PYTHONUTF8": "0", "PYTHONCOERCECLOCALE": "0", "PYTHONIOENCODING": ""}
    done = program("inspect", os.fsencode(path), "--format", "ndjson", env=env)
    assert done.code == 0
    assert done.lines()[0]["title"] == "Žluťoučký kůň 日本 🙂"
    assert "Žluťoučký kůň 日本 🙂" in program("inspect", os.fsencode(path), "--format", "text", env=env).text


@pytest.mark.parametrize(("number", "code"), [(signal.SIGTERM, 143), (signal.SIGHUP, 129), (signal.SIGINT, 130)])
def test_a_signal_ends_it_with_its_code_and_no_traceback(number: signal.Signals, code: int) -> None:
    """It waits for stdin, and is told to end there."""
    process = subprocess.Popen(
        [*PROGRAM, "inspect", "-"], stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.PIPE
    )
    assert process.stdin is not None
    process.stdin.write(b" " * MORE_THAN_A_PIPE_HOLDS)
    process.stdin.flush()  # which takes until it reads
    process.send_signal(number)
    out, err = process.communicate(timeout=120)
    assert process.returncode == code
    assert (out, err) == (b"", b"")


@pytest.mark.parametrize(("number", "code"), [(signal.SIGTERM, 143), (signal.SIGINT, 130)])
def test_a_signal_while_a_class_is_made_ends_it_as_any_other(
    newsdesk: Run, archive: Path, monkeypatch: pytest.MonkeyPatch, number: signal.Signals, code: int
) -> None:
    class Named:
        def __set_name__(self, *_: object) -> None:
            os.kill(os.getpid(), number)

    monkeypatch.setattr("newsdesk.desk.Desk.ids", lambda *_: type("Made", (), {"name": Named()}))
    done = newsdesk("list")
    assert (done.code, done.out, done.told) == (code, b"", "")


def test_an_error_nobody_foresaw_is_one_line_and_1(newsdesk: Run, archive: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def break_down(*_: object) -> None:
        raise LookupError("odd \x1b[31m thing\nof two lines")

    monkeypatch.setattr("newsdesk.desk.Desk.ids", break_down)
    done = newsdesk("list")
    assert done.code == 1
    assert done.told.startswith("newsdesk: internal error: LookupError: odd [31m thing of two lines at test_front.py:")
    assert done.told.count("\n") == 1


@pytest.mark.parametrize("pager", ["false", "sh -c 'exit 127'", "/nowhere/pager"])
@pytest.mark.parametrize("lines", [100, 50_000], ids=["that the pipe holds", "of which the pipe holds a part"])
def test_where_a_pager_fails_the_text_is_there_without_it(capfd: pytest.CaptureFixture[str], pager: str, lines: int) -> None:
    console = Console({"PAGER": pager, "PATH": os.environ["PATH"]})
    console.out_is_terminal = True
    console.page(["a line"] * lines)
    console.flush()
    assert capfd.readouterr().out == "a line\n" * lines


def test_what_follows_a_pager_that_was_left_early_is_printed(capfd: pytest.CaptureFixture[str]) -> None:
    console = Console({"PAGER": "true", "PATH": os.environ["PATH"]})
    console.out_is_terminal = True
    console.page(["a line"] * 50_000)
    console.line("the rest")
    console.flush()
    assert capfd.readouterr().out == "the rest\n"


def test_a_pager_has_control_c_to_itself(tmp_path: Path) -> None:
    seen = tmp_path / "seen"
    console = Console({"PAGER": f"sh -c 'trap : INT; kill -INT $PPID; cat > {seen}'", "PATH": os.environ["PATH"]})
    console.out_is_terminal = True
    console.page(["a line"] * 100)
    assert seen.read_text() == "a line\n" * 100
    assert signal.getsignal(signal.SIGINT) is signal.default_int_handler


def test_too_little_memory_is_told_as_that(newsdesk: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    def fail(*_: object, **__: object) -> None:
        raise MemoryError("Unable to allocate 1.00 MiB for an array")

    monkeypatch.setattr("newsdesk.commands.session.Session.open_desk", fail)
    done = newsdesk("list")
    assert (done.code, done.told) == (
        1,
        "newsdesk: there is not enough memory for this; ulimit -v shows whether it is limited\n",
    )
