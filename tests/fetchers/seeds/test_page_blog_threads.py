"""Threads as blogs and link sites print them: long names before "said:", signs below the text, what is shown no more."""

from __future__ import annotations

import pytest

from fetchers.seeds.page_text.reading import read_page
from newsdesk.model import Comment

BLOG = """The Ferry Post

The ferry has a new horn
By Nell Okafor
May 4, 2019

The ferry that crosses the sound nine times a day has a new horn, and people on both shores have written about it.

The company says the old horn was two notes and broke on one of them, and that the crew chose the new one from a list.

{count} Comments

"""


def _comments(thread: str) -> list[Comment]:
    (story,) = read_page(BLOG.format(count=5) + thread)[0]
    assert (story.title, len(story.body)) == ("The ferry has a new horn", 2)
    return list(story.comments)


SAID = """Nell Okafor at the harbour office on May 4, 2019 at 3:12 pm {said}
I will read every one of these.

{long} on May 4, 2019 at 4:00 pm {said}
Two notes were plenty for my mother.

Bo on May 4, 2019 at 4:31 pm {said}
It sounds like a goose.

{long} on May 4, 2019 at 5:10 pm {said}
{quoted}A goose has one note. I have kept geese.

Cy on May 5, 2019 at 7:00 am {said}
Can we vote on it?
"""
LONG = "Concerned resident of the Upper Harbour"


@pytest.mark.parametrize("said", ["said:", "a dit :", "wrote:"])
def test_who_said_it_and_when_heads_a_comment_however_long_the_name_is(said: str) -> None:
    comments = _comments(SAID.format(said=said, long=LONG, quoted=""))
    assert [comment.author for comment in comments] == ["Nell Okafor at the harbour office", LONG, "Bo", LONG, "Cy"]
    assert comments[1].text == "Two notes were plenty for my mother."


def test_the_head_of_an_earlier_comment_right_below_another_head_is_quoted() -> None:
    quoted = "Bo on May 4, 2019 at 4:31 pm said:\nIt sounds like a goose.\n"
    comments = _comments(SAID.format(said="said:", long=LONG, quoted=quoted))
    assert [comment.author for comment in comments] == ["Nell Okafor at the harbour office", LONG, "Bo", LONG, "Cy"]
    assert (comments[3].text, comments[3].reply_to) == ("It sounds like a goose.\nA goose has one note. I have kept geese.", 2)


LINKS = """Hacker News new | past | comments | ask | show | jobs | submit	login
The lighthouse that was switched off by a spreadsheet (harbourpost.example)
91 points by kestrel 3 months ago | hide | past | favorite | 6 comments

kelp 3 months ago | next [–]

We had the same with a bridge, which was scheduled to open at 25:00 for a year.

prj 3 months ago | prev | next [–]

Who owns the lamp?

    {gone}

    tarn 3 months ago | parent | next [–]

    The county does, and the county has lost the key.

ulrike 3 months ago | prev | next [–]

{gone}

Guidelines | FAQ | Lists | API | Security | Legal | Contact
"""


@pytest.mark.parametrize("gone", ["[flagged]", "[dead]", "[flagged] [dead]", "(hidden)", "[скрыт]"])
def test_what_a_site_shows_no_more_is_no_comment(gone: str) -> None:
    (story,) = read_page(LINKS.format(gone=gone))[0]
    assert [comment.author for comment in story.comments] == ["kelp", "prj", "tarn"]
    assert story.comments[1].text == "Who owns the lamp?"


DASHED = """Blogs
The Kettle
{slogan}
{search}
{day} 7:40{zone}
{title}
{by} ANN CORRIGAN

I have had the kettle since my aunt moved to Hull, and in eleven years I have never once seen the bottom of it.

On Sunday the lid stuck, and on Monday I put it in the freezer, which is what the man at the market said to do.

4 Comments

{posts}

{closed}
"""
POSTS = (
    ("Boil it. I know how that sounds.", "Bo Ek"),
    ("Mine is still in the freezer.\nIt has been there since March.", "freezer_owner"),
    ("Which market?", "Priscilla K."),
    ("#2 Take it out.", "Bo Ek"),
)


@pytest.mark.parametrize(
    ("day", "zone", "sign", "words"),
    [
        ("October 9, 2019,", " am", "— ", ("Dispatches from a kitchen in Hull", "Search This Blog", "By", "Link")),
        ("9. Oktober 2019", " Uhr", "– ", ("Notizen aus einer Küche", "Suche in diesem Blog", "Von", "Link")),
        ("9 October 2019", "", "-- ", ("A blog of small repairs", "About this blog | RSS", "By", "")),
    ],
)
def test_a_dash_and_a_name_sign_what_a_number_and_a_time_head(
    day: str, zone: str, sign: str, words: tuple[str, str, str, str]
) -> None:
    slogan, search, by, link = words
    posts = "\n\n".join(
        f"{n}. {day} 8:1{n}{zone} {link}".rstrip() + f"\n{text}\n{sign}{name}" for n, (text, name) in enumerate(POSTS, 1)
    )
    head = {"slogan": slogan, "search": search, "by": by, "title": "The Lid That Would Not Lift"}
    (story,) = read_page(DASHED.format(day=day, zone=zone, posts=posts, closed="Comments are closed.", **head))[0]
    assert (story.title, story.byline, len(story.body)) == ("The Lid That Would Not Lift", "ANN CORRIGAN", 2)
    assert [(comment.text, comment.author) for comment in story.comments] == list(POSTS)
    assert [comment.reply_to for comment in story.comments] == [None, None, None, 1]
    assert [comment.when for comment in story.comments] == [f"2019-10-09T08:1{n}" for n in range(1, 5)]
