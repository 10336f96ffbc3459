"""Signs beyond ASCII, where the terminal has none."""

from __future__ import annotations

import pytest
from rich.segment import Segment

from newsdesk.commands.console import Console
from newsdesk.signs import IN_ASCII, speaks_unicode
from tui.terminal.paper import Paper, make_paper


@pytest.mark.parametrize(
    ("env", "speaks"),
    [
        ({}, True),
        ({"LANG": "C"}, True),
        ({"LANG": "POSIX"}, False),
        ({"LANG": "de_DE.UTF-8"}, True),
        ({"LANG": "de_DE.UTF-8", "LC_ALL": "de_DE.ISO-8859-1"}, False),
        ({"LANG": "C.utf8", "TERM": "linux"}, False),
        ({"LANG": "C.utf8", "NEWSDESK_ASCII": "1"}, False),
    ],
)
def test_what_a_terminal_is_trusted_with(env: dict[str, str], speaks: bool) -> None:
    assert speaks_unicode(env) == speaks
    assert make_paper(Paper().colours, env).ascii_signs != speaks


def test_every_sign_has_one_of_ascii_for_it() -> None:
    assert all(chr(other).isascii() for other in IN_ASCII.values())


def test_a_screen_in_ascii_has_no_typeset_signs() -> None:
    paper = Paper(ascii_signs=True)
    paper.resize(40, 1)
    written = paper.show([(0, 0, [Segment("merging “Nov’22 – Łódź…” · 東京")])])
    assert 'merging "Nov\'22 - Łódź~" - 東京' in written


def test_a_command_writes_ascii_signs_on_such_a_terminal_alone(capsysbinary: pytest.CaptureFixture[bytes]) -> None:
    console = Console({"LANG": "POSIX"})
    console.line("● “a” … é")
    console.flush()
    assert capsysbinary.readouterr().out.decode() == "● “a” … é\n"  # a file takes all
    console._ascii_signs = True
    console.line("● “a” … é")
    console.fix_appearance()
    console.line("●")
    console.flush()
    assert capsysbinary.readouterr().out.decode() == '* "a" ~ é\n●\n'
