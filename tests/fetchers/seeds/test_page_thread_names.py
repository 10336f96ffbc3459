"""Names in threads: numbers before them, words of the clock's below them, whom they answer, what they quote."""

from __future__ import annotations

from collections.abc import Sequence

import pytest

from fetchers.seeds.page_text.reading import read_page
from newsdesk.model import Comment

HEAD = """Harbour ferry stays in port for a third week

By Ann Lee
12 May 2022

The ferry to the outer islands will stay in port for a third week, the harbour office said on Thursday.
A crack in the rudder was found by a diver on Monday, and a new part has to come from Norway.
Two fishing boats will carry the mail and the milk until then, the office said.

3 Comments
"""
SAID = (
    "It was the same in 2014, and nobody learned a thing from it.",
    "Then who pays for the fishing boats, the council or the company?",
    "My cousin skippers one of them and he is paid in cheese.",
)
NAMES = ("Lothar-K", "Dr. B. Hartwig", "Elbfee 1974")


def _comments(blocks: Sequence[str]) -> Sequence[Comment]:
    stories, _ = read_page(HEAD + "".join(f"\n{block}\n" for block in blocks))
    return stories[0].comments


@pytest.mark.parametrize("time", ["{} August 2022 at 11:40", "{}. August 2022 um 11:40 Uhr", "{} augustus 2022 om 11:40 uur"])
@pytest.mark.parametrize("number", ["{}. ", "{}) ", "#{} "])
def test_a_word_of_the_clocks_below_a_numbered_name_is_no_name(number: str, time: str) -> None:
    heads = [f"{number.format(i)}{name}\n{time.format(i)}" for i, name in enumerate(NAMES, 1)]
    comments = _comments([f"{head}\n{text}\nReply" for head, text in zip(heads, SAID, strict=True)])
    assert [comment.author for comment in comments] == list(NAMES)
    assert [comment.when for comment in comments] == [f"2022-08-0{i}T11:40" for i in (1, 2, 3)]


@pytest.mark.parametrize("number", ["{}:", "{}.", "{}番 ", "No.{} ", "[{}] ", "{}-", "{} "])
@pytest.mark.parametrize("last", [3, 4])
def test_numbers_before_names_count_the_comments_even_where_one_is_gone(number: str, last: int) -> None:
    names = ("雪国の名無しさん", "鉄子", "金物屋", "通りすがり")
    heads = [f"{number.format(i)}{name} 2022/12/05 11:4{i}" for i, name in zip((1, 2, last, last + 1), names, strict=True)]
    comments = _comments([f"{head}\n{text}\n👍2 👎0 返信" for head, text in zip(heads, (*SAID, "Milk."), strict=True)])
    assert [comment.author for comment in comments] == list(names)


@pytest.mark.parametrize(
    "verb", "respondeu a|a répondu à|ha risposto a|antwortete|responded to|reageerde op|svarade|w odpowiedzi do|▸".split("|")
)
def test_a_header_says_who_answers_whom(verb: str) -> None:
    heads = ("Ivone Krüger", "zoz_filho", f"Ivone Krüger {verb} zoz_filho")
    comments = _comments([f"{head}\n5 years ago\n{text}\nLike 4 · Reply" for head, text in zip(heads, SAID, strict=True)])
    assert [comment.author for comment in comments] == ["Ivone Krüger", "zoz_filho", "Ivone Krüger"]
    assert comments[2].reply_to == 1


def test_a_score_that_is_hidden_is_no_part_of_a_name() -> None:
    scores = ("12 points", "score hidden", "[score hidden]")
    heads = [f"[–]{name} {score} 2 hours ago" for name, score in zip(("ahum", "keirin_kees", "Moi"), scores, strict=True)]
    comments = _comments([f"{head}\n{text}\npermalink reply" for head, text in zip(heads, SAID, strict=True)])
    assert [comment.author for comment in comments] == ["ahum", "keirin_kees", "Moi"]


@pytest.mark.parametrize("word", ["Empfehlen", "Recommander", "Recomendar", "Consiglia", "Polecam", "Рекомендую"])
def test_a_button_that_recommends_counts_votes(word: str) -> None:
    blocks = [f"{name}\n3 August 2022 at 11:4{i}\n{SAID[i]}\n{word} {i * 4}\nReply" for i, name in enumerate(NAMES)]
    assert [comment.votes for comment in _comments(blocks)] == [0, 4, 8]


@pytest.mark.parametrize("liked", ["Liked by Ngozi Pell", "Gefällt Ngozi Pell", "Aimé par Ngozi Pell", "Le gusta a Ngozi Pell"])
def test_who_liked_a_comment_is_no_part_of_it(liked: str) -> None:
    feet = (f"\n{liked}", "", "")
    blocks = [f"{name}\nOct 2, 2022\n{text}{foot}\nReply Share" for name, text, foot in zip(NAMES, SAID, feet, strict=True)]
    assert [comment.text for comment in _comments(blocks)] == list(SAID)


def test_quoted_words_of_an_earlier_comment_are_said_again() -> None:
    """A headline in quotation marks, by its look, with words that lists of furniture hold."""
    first = "Candles and visitors do no good to a cave, and the cave beetles do not like Bruckner."
    cited = '"the cave beetles do not like Bruckner"'
    blocks = [f"{NAMES[0]}\nOct 2, 2022\n{first}\nReply  Share", f"{NAMES[1]}\nOct 2, 2022\n{SAID[1]}\nReply  Share"]
    comments = _comments([*blocks, f"{NAMES[2]}\nOct 2, 2022\n{cited}\nIt was Gallus. They were dancing.\nReply  Share"])
    assert comments[2].text == f"{cited}\nIt was Gallus. They were dancing."
    assert comments[2].reply_to == 0


def test_a_name_between_commas_is_spoken_to() -> None:
    said = (SAID[0], SAID[1], "There is a fund, hush, but nobody can find where it ends.")
    blocks = [f"{name}\nOct 2, 2022\n{text}\nReply" for name, text in zip(("Tomaž", "hush", "Ngozi"), said, strict=True)]
    assert [comment.reply_to for comment in _comments(blocks)] == [None, None, 1]
