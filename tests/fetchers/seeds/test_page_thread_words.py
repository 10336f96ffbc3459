"""The same words of a thread in the languages that the reader claims: votes, answers, comments that are gone."""

from __future__ import annotations

import pytest

from fetchers.seeds.page_text.reading import read_page
from fetchers.seeds.page_text.thread.comments import split_comments
from fetchers.seeds.page_text.thread.replies import resolve_replies
from tests.fetchers.seeds.labelled_lines import drafts_of, looks_of

SAID = ("comment", "The ferry was late again and nobody told us why it was.")
TIME = ("meta", "4 March 2021, 10:15")
ANN, BOB = ("author", "Ann Lee"), ("author", "Bob Wray")


@pytest.mark.parametrize(
    "row",
    [
        "34 Likes 3 Dislikes",
        "34 agree 3 disagree",
        "34 J'aime 3 Je n'aime pas",
        "34 De acuerdo 3 En desacuerdo",
        "34 Gostei 3 Não gostei",
        "34 Mi piace 3 Non mi piace",
        "34 Vind ik leuk 3 Vind ik niet leuk",
        "34 Gillar 3 Ogillar",
        "34 Líbí se 3 Nelíbí se",
        "34 Podoba mi się 3 Nie podoba mi się",
        "34 лайка 3 дизлайка",
        "Свиђа ми се 34 Не свиђа ми се 3",
        "Μου αρέσει 34 Δεν μου αρέσει 3",
        "Beğen 34 Beğenme 3",
        "אהבתי 34 לא אהבתי 3",
        "पसंद 34 नापसंद 3",
        "高評価 34 低評価 3",
        "喜欢 34 不喜欢 3",
        "Setuju 34 Tidak setuju 3",
    ],
)
def test_votes_against_are_taken_from_those_for_whichever_side_the_number_stands(row: str) -> None:
    assert [draft.votes for draft in drafts_of([ANN, TIME, SAID, ("meta", row)])] == [31]


@pytest.mark.parametrize(
    ("row", "votes"),
    [
        ("Me gusta · Responder · 7 años", None),
        ("Me gusta · Responder · 14 · 7 años", 14),
        ("Gefällt mir · Antworten · 7 Jahre", None),
        ("いいね！ · 返信 · 3 · 7年", 3),
        ("좋아요 · 답글 달기 · 7년", None),
        ("Like · Reply · 3 likes", 3),
    ],
)
def test_how_long_ago_it_was_is_no_vote_behind_a_button(row: str, votes: int | None) -> None:
    assert [draft.votes for draft in drafts_of([ANN, SAID, ("meta", row)])] == [votes]


@pytest.mark.parametrize(
    "gone",
    [
        "This comment was removed by a moderator because it didn’t abide by our standards. Replies may also be deleted.",
        "[A couple of comments deleted. Keep to the ferry, please. -- mod]",
        "Cette contribution a été supprimée par la modération",
        "Este comentário foi removido por um moderador.",
        "Dieser Beitrag wurde von einem Moderator entfernt",
        "Entfernt. Bitte bleiben Sie sachlich.",
        "Commento rimosso dal moderatore",
        "Deze reactie is verwijderd door de redactie",
        "Kommentaren er fjernet",
        "Viesti on poistettu ylläpidon toimesta",
        "Komentarz usunięty przez moderatora",
        "Tento príspevok bol vymazaný",
        "Коментарът е премахнат от модератор",
        "Этот комментарий был удален",
        "A hozzászólást moderálták",
        "Bu yorum yayından kaldırılmıştır",
        "هذا التعليق محذوف",
        "תגובה זו הוסרה על ידי הצוות",
        "運営により削除されたコメント",
        "此条评论已被管理员删除",
        "관리자에 의해 삭제된 댓글입니다.",
        "Komentar ini telah dihapus",
        "ความคิดเห็นนี้ถูกลบโดยผู้ดูแล",
    ],
)
def test_what_stands_for_a_comment_that_is_gone_is_none(gone: str) -> None:
    drafts = split_comments(looks_of([ANN, TIME, SAID, BOB, TIME, ("comment", gone)]), ["author", "meta", "comment"] * 2)
    assert [draft.header.text if draft.header else None for draft in drafts] == ["Ann Lee"]


@pytest.mark.parametrize(
    "said",
    [
        "My comment was removed yesterday, so here it is again: close the road.",
        "Commentaire supprimé hier, je le remets : vive le vélo.",
        "They removed the bench and now nobody sits there.",
    ],
)
def test_a_reader_who_speaks_of_what_is_gone_says_something(said: str) -> None:
    assert len(split_comments(looks_of([ANN, TIME, ("comment", said)]), ["author", "meta", "comment"])) == 1


@pytest.mark.parametrize(
    "row",
    [
        "En réponse au commentaire de Ann Lee",
        "Antwort auf den Kommentar von Ann Lee",
        "In risposta al commento di Ann Lee",
        "Em resposta ao comentário de Ann Lee",
        "In antwoord op Ann Lee",
        "Som svar på Ann Lee",
        "Odpověď pro Ann Lee",
        "Kao odgovor na Ann Lee",
        "Ответ пользователю Ann Lee",
        "Απάντηση προς Ann Lee",
        "בתגובה ל-Ann Lee",
        "Ann Lee님께 답글",
        "Ann Leeに返信",
        "Ann Lee kullanıcısına yanıt",
        "Atbilde uz Ann Lee",
        "03/04/2021 à 19h05 En réponse à Ann Lee",
        "4. marts 2021 kl. 10.15 som svar til Ann Lee",
        "4. 3. 2021 10:15 odpověď na Ann Lee",
    ],
)
def test_a_line_of_the_frame_says_whom_a_comment_answers(row: str) -> None:
    other = ("comment", "It was the fog, as the harbour master said.")
    drafts = drafts_of([ANN, TIME, SAID, ("author", "Cleo"), TIME, SAID, BOB, ("meta", row), other])
    assert resolve_replies(drafts, None) == [None, None, 0]


def test_the_second_of_two_names_is_whom_the_first_answers_however_often_the_first_writes() -> None:
    rows = []
    for name, whom in [
        ("Ann Lee", ""),
        ("Cleo", ""),
        ("Bob Wray", "Ann Lee"),
        ("Ann Lee", "Bob Wray"),
        ("Bob Wray", "Ann Lee"),
    ]:
        rows += [("meta", name), ("author", whom)] if whom else [("author", name)]
        rows += [TIME, ("comment", f"The ferry was late {len(rows)} times, and nobody told us why it was.")]
    drafts = drafts_of(rows)
    answered = resolve_replies(drafts, None)
    assert [draft.author for draft in drafts] == ["Ann Lee", "Cleo", "Bob Wray", "Ann Lee", "Bob Wray"]
    assert answered == [None, None, 0, 2, 3]


@pytest.mark.parametrize(
    ("head", "author"),
    [
        ("徽州老茶客 安徽", "徽州老茶客"),
        ("茶客 来自广东深圳", "茶客"),
        ("茶客 IP属地：北京", "茶客"),
        ("茶客（四川成都）", "茶客"),
        ("老上海", "老上海"),
        ("3.1 Saulosi 10 years ago", "Saulosi"),
        ("3.1.2. Ann Lee 3 May 2021 10:15", "Ann Lee"),
    ],
)
def test_a_province_behind_a_name_and_a_number_with_parts_before_it_are_none_of_it(head: str, author: str) -> None:
    assert [draft.author for draft in drafts_of([("author", head), SAID])] == [author]


def test_where_a_comment_is_from_on_a_line_of_its_own_is_no_text() -> None:
    rows = [("author", "茶客"), ("comment", "IP属地：安徽"), ("comment", "看着心疼,茶农真不容易。")]
    assert [draft.text for draft in drafts_of(rows)] == ["看着心疼,茶农真不容易。"]


def test_numbers_with_parts_say_whom_a_comment_answers() -> None:
    rows = []
    for at in ("1.", "2.", "2.1", "2.1.1", "2.2", "3."):
        rows += [
            ("author", f"{at} Reader{at.replace('.', '')} 10 years ago"),
            ("comment", f"Was the ferry late {at} times or more?"),
        ]
    assert resolve_replies(drafts_of(rows), None) == [None, None, 1, 2, 1, None]


def test_a_score_that_is_named_counts_without_a_sign() -> None:
    rows = [("author", "ktoś 28.02.2018, 08:12"), ("comment", "nudy"), ("meta", "Ocena: 0"), ("meta", "Odpowiedz Zgłoś")]
    assert [draft.votes for draft in drafts_of(rows)] == [0]


def test_counts_of_children_place_nobody_where_comments_are_indented() -> None:
    page = ANSWERED.format(TEXT)
    (story,) = read_page(page)[0]
    assert [comment.reply_to for comment in story.comments] == [None, 0, 1, 1, None, 4]


def test_hidden_comments_are_no_author_and_who_sent_a_story_in_wrote_it() -> None:
    (story,) = read_page(BOARD)[0]
    assert (story.byline, story.body[1:]) == ("wheelwright", ())
    assert [(comment.author, comment.votes) for comment in story.comments] == [("netmend", 5), ("saltson", 0), ("mrs_knot", 3)]


TEXT = "The ferry was late again on Monday, the ninth time this year, and the harbour board says that it knows why it was."
ANSWERED = """jump to content
reddit HARBOUR comments
2418
Ferry late for the ninth time this year (harbourpost.example)
submitted 7 hours ago by gull
6 comments share save hide report

{}

all 6 comments
sorted by: best
[–]mossie 1342 points 7 hours ago
The captain deserves a statue. Made entirely of rust.
permalink embed save report reply
    [–]ledger -23 points 6 hours ago
    A new engine costs more than the ferry does. It had to happen.
    comment score below threshold (4 children)
    permalink embed save parent report reply
        [–]nadia 201 points 5 hours ago
        Tell him yourself. He is on the quay at noon.
        permalink embed save parent report reply
        [–]opal 77 points 4 hours ago
        There is a bus round the bay, it takes an hour more.
        permalink embed save parent report reply
load more comments (9 replies)
[–]tidetable -2 points 3 hours ago
What happens to the old timetable then?
permalink embed save report reply
    [–]brolga 58 points 3 hours ago
    The museum has asked for two of them, no joke.
    permalink embed save parent report reply
"""
BOARD = f"""Tidemark
Stories
Submit
All
Harbour Board Knows Why The Ferry Was Late
Posted by editor_ii on Thursday October 04, 2012 @08:12AM
from the slow-boat dept.
wheelwright writes "{TEXT} A report is to follow in the spring, and the captain was not asked for it."
ferry harbour board
You may like to read:
This discussion has been archived. No new comments can be posted.
The Fine Print: The following comments are owned by whoever posted them. We are not responsible for them in any way.
A boat (Score:5, Informative)
by netmend (90113) writes: on Thursday October 04, 2012 @08:31AM (#41548901)
A new shaft costs less than a report. They have now paid for both of them.
Reply to This Share
    Re:A boat (Score:0)
    by saltson (90114) writes: on Thursday October 04, 2012 @08:40AM (#41548977)
    So now every gull knows it as well.
    Reply to This Parent Share
    1 hidden comment
Not a boat (Score:3, Interesting)
by mrs_knot (655321) writes: on Thursday October 04, 2012 @09:05AM (#41549107)
The shaft went to a brewery. Wait for the report before you buy one.
Reply to This Share
"""


def test_a_subject_before_score_and_name_on_one_line_says_whom_a_comment_answers() -> None:
    heads = ("Rope (Score: 4) by Ann", "Re:Rope (Score: 0) by Bob", "Re:Re:Rope (Score: 2) by Cleo", "Fog (Score: 1) by Dan")
    behind = " on Tuesday February 20 2018, @03:{}PM (#64101{})"
    rows = [row for i, head in enumerate(heads) for row in (("author", head + behind.format(31 + i, i)), SAID)]
    assert resolve_replies(drafts_of(rows), None) == [None, 0, 1, None]


@pytest.mark.parametrize(
    "said",
    [
        "رد على Ann Lee: It was the fog.",
        "Svar til Ann Lee: It was the fog.",
        "Відповідь для Ann Lee: It was the fog.",
        "Respuesta a Ann Lee: it was the fog.",
        "Thank you madam Ann Lee. It was the fog.",
        "Merci M. Ann Lee, it was the fog.",
        "Because it was the fog on the outer bank as every year, Ann Lee, that is why.",
    ],
)
def test_a_comment_says_whom_it_answers(said: str) -> None:
    drafts = drafts_of([ANN, TIME, SAID, ("author", "Cleo"), TIME, SAID, BOB, TIME, ("comment", said)])
    assert resolve_replies(drafts, None) == [None, None, 0]


@pytest.mark.parametrize("row", ["۲۷  ۲  پاسخ", "27 2 Reply", "27  2  Antworten"])
def test_two_numbers_before_a_button_are_votes_for_and_against(row: str) -> None:
    drafts = drafts_of([ANN, TIME, SAID, ("meta", row), BOB, TIME, SAID, ("meta", row)])
    assert [draft.votes for draft in drafts] == [25, 25]


def test_an_initial_behind_a_name_is_no_word_for_at() -> None:
    rows = [("author", "Сергій В. | 15.07.2021 15:02 | +1"), ("comment", "Обіцяють ті платформи вже шостий рік, і нічого.")]
    assert [draft.author for draft in drafts_of(rows)] == ["Сергій В."]


def test_a_signature_behind_two_strokes_on_the_last_line_is_none_of_what_is_said() -> None:
    drafts = drafts_of([ANN, TIME, SAID, ("comment", "-- 73 de CX2"), BOB, TIME, SAID, ("comment", "-- but it came.")])
    assert [draft.text for draft in drafts] == [SAID[1], f"{SAID[1]}\n-- but it came."]
