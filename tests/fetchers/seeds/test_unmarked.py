"""Encodings that nothing announces: UTF-16 and UTF-32 without a mark, and those that switch character sets."""

from __future__ import annotations

import random

import pytest

from fetchers.seeds.decode import decode, decode_head
from fetchers.seeds.unmarked import find_switched, find_wide

RUSSIAN = "Паром вернулся в порт\n\n3 марта 2025, 10:40\n\nПаром вернулся в порт в понедельник, сообщила служба порта.\n" * 3
JAPANESE = "港に船が戻る\n\n船は月曜日に港へ戻った。けが人はいない。\n" * 8
KOREAN = "배가 항구로 돌아왔다\n\n배는 월요일에 항구로 돌아왔다. 다친 사람은 없다.\n" * 4
GREEK = "Το πλοίο επέστρεψε\n\nΤο πλοίο επέστρεψε στο λιμάνι τη Δευτέρα.\n" * 4
TEXTS = (RUSSIAN, JAPANESE, KOREAN, GREEK, "The ferry is back.\nNobody was hurt.\n")


@pytest.mark.parametrize("text", TEXTS)
@pytest.mark.parametrize("encoding", ["utf-16-le", "utf-16-be", "utf-32-le", "utf-32-be"])
def test_wide_text_without_a_mark_is_read(text: str, encoding: str) -> None:
    found = decode(text.encode(encoding))
    assert found is not None
    assert (found.text, found.damaged) == (text, False)


@pytest.mark.parametrize(("text", "encoding"), [(JAPANESE, "iso-2022-jp"), (JAPANESE, "iso2022_jp_2"), (KOREAN, "iso2022_kr")])
def test_text_that_switches_sets_is_read(text: str, encoding: str) -> None:
    found = decode(text.encode(encoding))
    assert found is not None
    assert (found.text, found.damaged) == (text, False)
    cut = decode_head(text.encode(encoding)[:150], complete=False)
    assert cut is not None
    assert text.startswith(cut.text.rstrip("\n"))


def test_an_escape_in_a_text_is_no_switch() -> None:
    assert find_switched(b"a \x1b[31mred\x1b[0m word and \x1b$ alone") is None
    assert find_switched(b"\x1b$B is said to begin with \xff") is None


@pytest.mark.parametrize("seed", range(40))
def test_numbers_with_zeros_are_no_text(seed: int) -> None:
    chance = random.Random(seed)
    size, most = chance.choice((2, 4)), chance.choice((200, 5_000, 60_000))
    data = b"".join(chance.randrange(most).to_bytes(size, chance.choice(("little", "big"))) for _ in range(1500))
    assert find_wide(data) is None
