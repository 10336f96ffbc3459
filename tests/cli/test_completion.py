"""What shells offer on Tab: asked as their scripts ask, and through the shells themselves where they are installed."""

from __future__ import annotations

import os
import shutil
import subprocess
from pathlib import Path

import pytest

from newsdesk.commands import TABLE
from newsdesk.commands.arguments import make_parser
from newsdesk.commands.completion import split_line
from newsdesk.query import parse
from newsdesk.query.offers import values_of
from tests.cli.conftest import PROGRAM, Run

SETTINGS = '[[feeds]]\nurl = "https://one.example/rss"\ntitle = "Quay Times"\ntags = ["ports"]\n[[feeds]]\nurl = "https://two.example/rss"\n'


@pytest.fixture
def config(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    path = tmp_path / "config.toml"
    path.write_text(SETTINGS)
    monkeypatch.setenv("NEWSDESK_CONFIG", str(path))
    return path


def offered(newsdesk: Run, line: str) -> list[str]:
    done = newsdesk("completion", "words", "--line", line)
    assert (done.code, done.err) == (0, b"")
    return [offer.partition("\t")[0] for offer in done.text.splitlines()]


def test_commands_flags_and_their_values_are_those_of_the_parsers(newsdesk: Run) -> None:
    assert offered(newsdesk, "newsdesk ") == list(TABLE)
    assert offered(newsdesk, "newsdesk refr") == ["refresh"]
    for name in TABLE:
        assert offered(newsdesk, f"newsdesk {name} --") == [o for o in make_parser(name).options() if o.startswith("--")], name
    assert offered(newsdesk, "newsdesk --de") == ["--demo"]
    assert offered(newsdesk, "newsdesk list --sort n") == ["newest"]
    assert offered(newsdesk, "newsdesk list --format=c") == ["--format=csv"]
    assert offered(newsdesk, "newsdesk list --format cs") == ["csv"]
    assert offered(newsdesk, "newsdesk list --limit ") == []
    assert offered(newsdesk, "newsdesk mark un") == ["unread", "unstar"]
    assert offered(newsdesk, "newsdesk list --limit 3 quay publ") == ["published-in:"]


def test_feeds_are_offered_where_one_is_meant(newsdesk: Run, config: Path) -> None:
    assert offered(newsdesk, "newsdesk refresh --only ") == ["Quay Times", "https://one.example/rss", "https://two.example/rss"]
    assert offered(newsdesk, "newsdesk feeds remove https://t") == ["https://two.example/rss"]
    assert offered(newsdesk, "newsdesk feeds discover ") == []
    assert offered(newsdesk, "newsdesk mute Q") == ["Quay Times"]
    config.write_text("sead = 1\n")
    assert offered(newsdesk, "newsdesk refresh --only ") == []
    elsewhere = config.with_name("other.toml")
    elsewhere.write_text(SETTINGS)
    assert offered(newsdesk, f"newsdesk --config {elsewhere} feeds pause Q") == ["Quay Times"]
    assert offered(newsdesk, f"newsdesk --config={elsewhere} feeds pause Q") == ["Quay Times"]
    assert offered(newsdesk, f"newsdesk --data list --config {elsewhere} feeds pause Q") == ["Quay Times"]


@pytest.mark.parametrize(
    ("typed", "expected"),
    [
        ("topic:poli", ["topic:politics", "topic:political-crisis", "topic:political-parties-and-movements"]),
        ("country:n", ["country:na", "country:nc", "country:ne", "country:nf", "country:ng", "country:new-zealand"]),
        ("-country:JP", ["-country:JP"]),
        ("(country:Ja", ["(country:Jamaica", "(country:Japan"]),
        ("published-in:jap", ["published-in:japan"]),
        ("is:s", ["is:starred"]),
        ("-mood:n", ["-mood:negative", "-mood:neutral", "-mood:none"]),
        ("newer:", ["newer:today", "newer:yesterday"]),
        ("source:q", ["source:quay-times"]),
        ("source:", ["source:Quay-Times", "source:ports"]),
        ("title:", []),
        ("zork:", []),
        ("-topi", ["-topic:"]),
    ],
)
def test_behind_a_prefix_its_values_are_offered(newsdesk: Run, config: Path, typed: str, expected: list[str]) -> None:
    found = offered(newsdesk, f"newsdesk export copper {typed}")
    if typed in ("topic:poli", "country:n"):  # these are many
        assert set(expected) <= set(found)
    else:
        assert found == expected


def test_every_topic_and_country_is_offered_and_all_that_is_offered_is_understood(newsdesk: Run) -> None:
    for prefix in ("topic", "country", "is", "mood", "newer", "older", "since"):
        every = {word for begun in ("", *"abcdefghijklmnopqrstuvwxyzåç") for word, _ in values_of(prefix, begun)}
        for word in every - {"government"}:  # which is a topic and the beginning of another
            parse(f"{prefix}:{word}")
    offers = offered(newsdesk, "newsdesk follow topic:")
    assert (len(offers), offers[0], offers[-1]) == (18, "topic:arts", "topic:unknown")
    assert len(offered(newsdesk, "newsdesk follow country:")) == 251
    assert offered(newsdesk, "newsdesk label s2 topic:sp") == ["topic:sport"]
    assert offered(newsdesk, "newsdesk label s2 m") == ["machine"]


def test_follows_are_offered_and_no_desk_is_made(newsdesk: Run, archive: Path, tmp_path: Path) -> None:
    newsdesk("follow", "rotterdam dockers", "--name", "On strike")
    assert offered(newsdesk, "newsdesk unfollow O") == ["On strike"]
    assert offered(newsdesk, 'newsdesk unfollow "On st') == ["On strike"]
    assert offered(newsdesk, f"newsdesk --data {tmp_path / 'none'} unfollow ") == []
    assert not (tmp_path / "none").exists()


@pytest.mark.parametrize(
    ("line", "words"),
    [
        ("newsdesk ", ["newsdesk", ""]),
        ("newsdesk show --fe", ["newsdesk", "show", "--fe"]),
        (r"newsdesk unfollow On\ st", ["newsdesk", "unfollow", "On st"]),
        ("newsdesk unfollow 'On \"s", ["newsdesk", "unfollow", 'On "s']),
        ("newsdesk list 'a b' ", ["newsdesk", "list", "a b", ""]),
        ("newsdesk list \\", ["newsdesk", "list", ""]),
    ],
)
def test_a_line_is_split_as_a_shell_does_it(line: str, words: list[str]) -> None:
    assert split_line(line) == words


def test_words_go_with_words_alone(newsdesk: Run) -> None:
    assert newsdesk("completion", "bash", "list").code == 2
    assert newsdesk("completion", "tcsh").code == 2


@pytest.fixture
def program(tmp_path: Path, config: Path) -> dict[str, str]:
    """An environment in which a shell finds the command, and no start file of a person.

    The scripts hide what the command says on stderr: here it is kept, so that a test that fails tells why.
    """
    path = tmp_path / "bin" / "newsdesk"
    path.parent.mkdir()
    path.write_text(f'#!/bin/sh\nexec 2>>"$TOLD"\nexec {" ".join(PROGRAM)} "$@"\n')
    path.chmod(0o755)
    env = {name: value for name, value in os.environ.items() if name not in ("BASH_ENV", "ENV", "COMP_WORDBREAKS")}
    return env | {"PATH": f"{path.parent}:{env['PATH']}", "HOME": str(tmp_path), "TOLD": str(tmp_path / "told")}


def in_shell(program: dict[str, str], *words: str) -> str:
    """What a shell prints, started away from files that it could offer; its own words and the command's where it fails."""
    done = subprocess.run(words, env=program, cwd=program["HOME"], stdin=subprocess.DEVNULL, capture_output=True, text=True)
    told = Path(program["TOLD"])
    assert not told.exists() or told.read_text() == ""
    assert done.returncode == 0, done.stderr
    return done.stdout


IN_BASH = """
source <(newsdesk completion bash)
for COMP_LINE; do
    COMP_POINT=${#COMP_LINE}
    _newsdesk newsdesk
    echo "${COMPREPLY[*]}"
done
"""


@pytest.mark.skipif(shutil.which("bash") is None, reason="needs bash")
def test_bash_offers_them(program: dict[str, str]) -> None:
    expected = {
        "newsdesk refr": "refresh",
        "newsdesk refresh --only Q": r"Quay\ Times",
        "newsdesk feeds remove https://t": "//two.example/rss",  # what follows the last colon is all that bash replaces
        "newsdesk list --format=c": "csv",
        "newsdesk list --limit ": "",
        "newsdesk list country:jap": "japan",
        "newsdesk list -is:sta": "starred",
    }
    assert in_shell(program, "bash", "-c", IN_BASH, "bash", *expected).splitlines() == list(expected.values())


@pytest.mark.skipif(shutil.which("fish") is None, reason="needs fish")
def test_fish_offers_them(program: dict[str, str]) -> None:
    script = "newsdesk completion fish | source; complete -C 'newsdesk refresh --only Q'"
    assert in_shell(program, "fish", "-N", "-c", script) == "Quay Times\thttps://one.example/rss\n"


@pytest.mark.skipif(shutil.which("zsh") is None, reason="needs zsh")
def test_zsh_can_read_its_script(program: dict[str, str]) -> None:
    script = "compdef() { print $@ }; newsdesk completion zsh > $1; source $1; whence -w _newsdesk"
    path = f"{program['PATH'].partition(':')[0]}/_newsdesk"
    assert in_shell(program, "zsh", "-f", "-c", script, "zsh", path).splitlines() == [
        "_newsdesk newsdesk",
        "_newsdesk: function",
    ]
