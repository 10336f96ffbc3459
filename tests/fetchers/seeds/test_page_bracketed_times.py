"""Boards that print a post's time in angle brackets below its subject, a number before it in answers; and numbered posts."""

from __future__ import annotations

import pytest

from fetchers.seeds.page_text.reading import read_page

POSTS = (
    ("tug_mate", "Newbie", "Offline", "9"),
    ("Ann of the Quay", "Global Moderator", "", "2210"),
    ("tug_mate", "Newbie", "Offline", "9"),
    ("Bo", "Full Member", "", "140"),
)
TEXTS = (
    "She goes to Esbjerg on Friday, with the engine that we rebuilt over two winters and the kettle that nobody rebuilt.\n"
    "Nobody asked us, and the money goes to the bank.",
    "Which Friday?",
    "{quoted} Ann of the Quay {on} {day} 10:02:41\nWhich Friday?\nThis one. High water is at noon.",
    "I will be on the quay with my kettle.\n« Last Edit: {day} 11:59:00 by Bo »",
)


def _board(words: tuple[str, str, str, str, str], gap: str) -> str:
    on, answer, quoted, counted, logged = words
    day = "March 02, 2011," if on == "on" else "2. März 2011,"
    board = "Harbour Boats Board\nHome | Help | Search | Login | Register\nPages: [1] 2\n"
    for n, ((name, rank, status, count), text) in enumerate(zip(POSTS, TEXTS, strict=True)):
        known = "\n".join(filter(None, (name, rank, status, f"{counted}: {count}")))
        number = f"{answer} #{n} " if n else ""
        sign = f"« {number}{on}: {day} {9 + n:02}:15:00 »"
        subject = "Re: The tug is sold" if n else "The tug is sold"
        board += f"\n{known}\n{gap}{subject}\n{sign}\n{gap}{text.format(quoted=quoted, on=on, day=day)}\n{logged}\n"
    return f"{board}\nPages: [1] 2\nJump to:\n"


ENGLISH = ("on", "Reply", "Quote from:", "Posts", "Logged")


@pytest.mark.parametrize("words", [ENGLISH, ("am", "Antworten", "Zitat von:", "Beiträge", "Gespeichert")])
@pytest.mark.parametrize("gap", ["", "\n"])
def test_times_in_angle_brackets_part_the_posts_of_a_board(words: tuple[str, str, str, str, str], gap: str) -> None:
    (story,) = read_page(_board(words, gap))[0]
    assert (story.title, story.byline, list(story.body)) == ("The tug is sold", "tug_mate", TEXTS[0].split("\n"))
    assert [comment.author for comment in story.comments] == ["Ann of the Quay", "tug_mate", "Bo"]
    assert story.comments[1].text == "Which Friday?\nThis one. High water is at noon."
    assert [comment.reply_to for comment in story.comments] == [None, 0, None]
    assert [comment.when for comment in story.comments] == [f"2011-03-02T{hour}:15" for hour in (10, 11, 12)]
    assert story.comments[2].text == "I will be on the quay with my kettle."


def test_a_signature_above_an_empty_line_is_no_author() -> None:
    signed = "Which Friday?\n--\nSteam is a state of mind"
    board = _board(ENGLISH, "").replace("Which Friday?\nLogged", signed).replace("Logged\n", "")
    (story,) = read_page(board)[0]
    assert [comment.author for comment in story.comments] == ["Ann of the Quay", "tug_mate", "Bo"]


@pytest.mark.parametrize("head", ["{0} :{1}:2021/05/12(水) 18:{3}:33\n{2}", "{0}：{1}：2021/05/12(水) 18:{3}:33\n{2}"])
def test_who_began_a_board_of_numbered_posts_is_named_between_colons(head: str) -> None:
    first = "今日、港の食堂が八月で閉まるという貼り紙が出ました。建物が古く、屋根を直す金がないそうです。"
    said = {
        "魚市場": first,
        "名無しの船頭": "あそこの定食が一番うまいのに。",
        "孫三人": "屋根なら手伝います。",
        "元会計": "八月のいつですか。",
    }
    posts = "\n\n".join(f"{head.format(n, *both, 20 + n)}" for n, both in enumerate(said.items(), 1))
    (story,) = read_page(f"港の掲示板\n■掲示板に戻る■ 全部 最新50\n港の食堂、八月で閉店\n\n{posts}\n\n新着レスの表示\n")[0]
    assert (story.byline, [comment.author for comment in story.comments]) == ("魚市場", list(said)[1:])
