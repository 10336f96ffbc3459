"""What stands around comments in systems of unlike kinds, and what is no page of news at all."""

from __future__ import annotations

import pytest

from fetchers.seeds.page_text.lines.lines import Line
from fetchers.seeds.page_text.lines.looks import look_at
from fetchers.seeds.page_text.reading import read_page
from fetchers.seeds.page_text.thread.authors import read_author

STORY = (
    "Council to drain the old harbour pool in spring\n\nBy Odile Farrow\n4 May 2019 08:00\n\n"
    "The council of the town decided on Monday to drain the old harbour pool in spring, when the water is at its lowest.\n"
    "Workers found three anchors and a piano in the mud during a survey that took two days and cost 4,000 pounds.\n"
    "A decision on the piano was put off until June because nobody knew whose it was.\n"
)
FOOT = "\nAbout us\nContact\nPrivacy policy\n"
SAID = (
    ("moss_cara", "Cara Moss", "Bergen", "The piano was my aunt's. She will want it back, and she will want it tuned."),
    ("tide9", "Bo Marsh", "Leeds", "About time. That pool has smelled since I was a boy."),
    ("ann.reed", "Ann Reed", "York", "Who pays for it? I could not find it in the minutes of the meeting."),
    ("gull77", "Eva Lark", "Oslo", "Sure, drain it. Where will the ducks go, to the car park?"),
)
TEXTS = [text for *_, text in SAID]
HANDLES, NAMES = [handle for handle, *_ in SAID], [name for _, name, *_ in SAID]


def comments(head: str, *posts: str) -> list[tuple[str | None, str]]:
    [story] = read_page(STORY + "\n" + head + "".join(posts) + FOOT)[0]
    return [(comment.author, comment.text) for comment in story.comments]


@pytest.mark.parametrize("label", ["Comment by {}.", "Kommentar von {}."])
def test_a_label_that_is_read_out_above_each_comment_heads_no_thread(label: str) -> None:
    posts = [
        f"\n{label.format(handle)}\n{handle}\n{n} May, 2019\n{text}\nReply\nRecommend\n{n}\nShare\nReport\n"
        for n, (handle, *_, text) in enumerate(SAID, 4)
    ]
    assert comments("All Comments 4\nSort by Newest\n", *posts) == list(zip(HANDLES, TEXTS, strict=True))


def test_the_stop_of_such_a_label_is_no_part_of_the_name() -> None:
    assert read_author(look_at(Line("Comment by Cara Moss."))) == "Cara Moss"
    assert read_author(look_at(Line("Posted by Cara M."))) == "Cara M."


@pytest.mark.parametrize("host", ["@reef.example", ""])
def test_a_handle_below_a_name_is_no_comment(host: str) -> None:
    posts = [
        f"\n{name}\n@{handle}{host}\n{text}\nMay 0{n}, 2019, 10:1{n} · {n} replies\n"
        for n, (handle, name, _, text) in enumerate(SAID, 2)
    ]
    assert comments("", *posts) == list(zip(NAMES, TEXTS, strict=True))


@pytest.mark.parametrize("gap", ["", "\n"])
@pytest.mark.parametrize("land", ["", ", UK"])
def test_names_with_a_town_sign_the_text_above_them(gap: str, land: str) -> None:
    posts = [f"{gap}{text}\n{name}, {town}{land}\n" for _, name, town, text in SAID]
    assert comments("Have your say\n", *posts) == list(zip(NAMES, TEXTS, strict=True))


@pytest.mark.parametrize(
    "page",
    [
        "Reed Bay Times\nPlease verify that you are a human\nPress & hold the button below\n"
        "451: Unavailable due to legal reasons\n"
        "We see that you are attempting to reach this website from a country to which we cannot grant access at this time.\n",
        "Access Denied\nYou don't have permission to access this page of the Reed Bay Times from where you are.\n"
        "Reference 18.2f3\n",
        "Seebader Bote\nInhalt nicht verfügbar\n"
        "Sie können diese Seite dort, wo Sie sich gerade befinden, aus rechtlichen Gründen "
        "leider nicht sehen.\n",
        "Le Courrier du Lido\nAccès impossible\n"
        "Nous ne pouvons pas vous donner accès à ce site depuis votre pays en ce moment, "
        "pour des raisons juridiques.\n",
    ],
)
def test_a_page_that_keeps_its_readers_out_has_no_story(page: str) -> None:
    assert read_page(page + "\nMy Account\nManage subscription\nLog out\n\n© 2022 Reed Bay Times\n")[0] == []


@pytest.mark.parametrize(
    "shown",
    ["A section of the wall at Reed Bay yesterday.", "The old pool on Sunday morning.", "Workers by the piano in 2019."],
)
def test_what_a_picture_shows_below_the_credits_is_no_standfirst(shown: str) -> None:
    text = STORY.split("\n\n")[-1].removesuffix("\n")
    page = (
        "The Reed Bay Beacon\nLead Stories | Sport | Business\nCouncil to drain the old harbour pool in spring\n\n"
        f"Published:Thursday | May 18, 2017 | 12:06 AM\nOdile Farrow, Staff Reporter\n{shown}\n\n"
        f"REED BAY: {text}\n\nLatest News\n"
    )
    [story] = read_page(page)[0]
    assert (story.highlights, story.body) == ((), tuple(text.split("\n")))


@pytest.mark.parametrize("word", ["lol", "disgraceful", "Bravo"])
@pytest.mark.parametrize(
    "post",
    [
        "#{n}\n04.05.2019 | 10:1{n} | {name}\n{text}\n",
        "{n}. Piano\n{name} 04.05.2019, 10:1{n} Uhr\n{text}\n",
        "{name}\nFull Member\nPosts: 10{n}\nRe: Council\n« Reply #{n} on: May 04, 2019, 10:1{n}:33 AM »\n{text}\nLogged\n\n",
    ],
)
def test_one_word_between_posts_that_are_numbered_is_what_is_said(post: str, word: str) -> None:
    said = [
        *zip(HANDLES, TEXTS, strict=True),
        ("dune", word),
        ("reef_finn", "I swam there every summer and never met a piano."),
    ]
    posts = [post.format(n=n, name=name, text=text) for n, (name, text) in enumerate(said, 1)]
    assert comments("6 Comments\n\n", *posts) == said


@pytest.mark.parametrize(
    ("line", "name"),
    [
        ("Pier Staff", "Pier Staff"),
        ("Lido Moderator", "Lido Moderator"),
        ("Cara Moss Staff", "Cara Moss"),
        ("gull77 Staff", "gull77"),
    ],
)
def test_a_house_s_staff_is_a_name_and_a_badge_behind_a_name_is_none(line: str, name: str) -> None:
    assert read_author(look_at(Line(line))) == name
