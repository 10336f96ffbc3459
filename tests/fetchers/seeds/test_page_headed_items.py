"""Digests, alerts and press cuttings: stories under heads of one form, a headline and an outlet with the time beside it."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from fetchers.seeds.page_text.reading import read_page
from fetchers.seeds.page_text.stories.headed_items import credit_titles
from newsdesk.model import Story
from tests.fetchers.seeds.digest_items import ITEMS

LONG = (
    "The council will close Mill Lane to cars for a year from May, it decided on Tuesday evening after a long debate.",
    "Shopkeepers had collected 1,200 signatures against the trial, and parents spoke for it until midnight came.",
    "The lane carries 6,000 vehicles a day, and buses and bicycles may still pass through it in both directions.",
)
OUTLETS = [outlet for _, outlet, _ in ITEMS]
Form = Callable[[str, str, str, int], str]


def _digest(form: Form, count: int = len(ITEMS), gap: str = "\n\n") -> str:
    return "Morning digest\n\n" + gap.join(form(*item, 10 + i) for i, item in enumerate(ITEMS[:count])) + "\n"


def _below(sign: str) -> Form:
    return lambda title, outlet, text, day: f"{title}\n{sign.format(outlet=outlet, day=day)}\n{text}"


@pytest.mark.parametrize(
    ("form", "gap"),
    [
        (_below("{outlet} - Sat, {day} Jan 2026 07:12:00 GMT"), "\n\n"),
        (_below("{outlet} - Sat, {day} Jan 2026 07:12:00 GMT"), "\n"),
        (_below("{outlet} | {day} January 2026"), "\n\n"),
        (_below("{outlet} · Jan {day}, 2026, 7:12 AM"), "\n"),
        (_below("{outlet} — {day} January 2026"), "\n\n* * *\n\n"),
        (_below("{outlet}, p. 4, {day} January 2026"), "\nRead more\n\n"),
        (_below("{day} January 2026 - {outlet}"), "\n\n"),
        (_below("[{outlet}, {day} January 2026]"), "\n\n"),
        (lambda title, outlet, text, day: f"{outlet} | {day} January 2026\n{title}\n{text}", "\n\n"),
        (lambda title, outlet, text, day: f"{title}\n{text}\n{outlet} - {day} January 2026", "\n\n"),
    ],
)
def test_heads_that_come_again_are_stories_whatever_parts_outlet_and_time(form: Form, gap: str) -> None:
    stories, _ = read_page(_digest(form, gap=gap))
    assert [(story.title, story.source, *story.body) for story in stories] == list(ITEMS)
    assert [(story.published or "")[:10] for story in stories] == [f"2026-01-{10 + i}" for i in range(len(ITEMS))]
    assert not any(story.byline or story.comments for story in stories)


@pytest.mark.parametrize(
    "head",
    [
        "{title} - {outlet}\nSat, {day} Jan 2026 07:12:00 GMT",
        "{title} | {outlet}\n{day} January 2026",
        "{title} ({outlet}, {day} January 2026)",
        "[{outlet}] {title}\n{day} January 2026",
        "{outlet}: {title}\n{day} January 2026",
    ],
)
def test_an_outlet_in_each_headline_s_own_line_is_the_source_and_no_part_of_it(head: str) -> None:
    form: Form = lambda title, outlet, text, day: f"{head.format(title=title, outlet=outlet, day=day)}\n{text}"  # noqa: E731
    stories, _ = read_page(_digest(form))
    assert [(story.title, story.source, *story.body) for story in stories] == list(ITEMS)
    assert [(story.published or "")[:10] for story in stories] == [f"2026-01-{10 + i}" for i in range(len(ITEMS))]


def test_headlines_with_a_dash_before_other_words_stay_whole() -> None:
    ends = ("and it rained", "Two held", "what we know", "Ann Lee", "a year on")
    stories = [Story(title=f"{title} - {end}") for (title, *_), end in zip(ITEMS, ends, strict=False)]
    assert credit_titles(stories) == stories


@pytest.mark.parametrize("sign", ["{outlet}", "{outlet} · {day} hours ago"])
def test_heads_without_a_date_are_told_by_what_papers_are_called(sign: str) -> None:
    stories, _ = read_page(_digest(_below(sign)))
    assert [story.title for story in stories] == [title for title, *_ in ITEMS]
    assert [story.body for story in stories] == [(text,) for *_, text in ITEMS]


def test_names_of_people_in_such_heads_are_bylines() -> None:
    writers = dict(zip(OUTLETS, ["Mary Colt", "Ian Frost", "Sanjay Rao", "Nora Beck", "Ada Cole", "Ben Frith"], strict=False))
    form: Form = lambda title, outlet, text, day: f"{title}\n{writers[outlet]} - {day} March 2026\n{text}"  # noqa: E731
    stories, _ = read_page(_digest(form, 5))
    assert [(story.byline, story.source) for story in stories] == [(writers[outlet], None) for outlet in OUTLETS[:5]]


def test_comments_with_subjects_below_a_story_are_no_stories() -> None:
    form: Form = lambda title, _, text, day: f"{title}\n{NICKNAMES[day % 3]}, {day} January 2026\n{text}"  # noqa: E731
    thread = _digest(form, 6).removeprefix("Morning digest")
    story = "\n".join(("Mill Lane to close to cars for a year", "By Owen Price", "9 January 2026", "", *LONG))
    (read,), _ = read_page(f"{story}\n\nComments\n{thread}")
    assert (read.title, read.byline, len(read.comments)) == ("Mill Lane to close to cars for a year", "Owen Price", 6)


NICKNAMES = ("Marlin", "Oldsalt", "Kittiwake")


@pytest.mark.parametrize("hole", [1, 2, 5])
@pytest.mark.parametrize(("head", "day"), [("", None), ("Morning digest\n20 January 2026\n\n", "2026-01-20")])
def test_a_story_of_a_digest_without_a_date_has_the_pages_or_none(hole: int, head: str, day: str | None) -> None:
    items = (
        f"{title}\n{outlet}\n" + ("" if i == hole else f"{10 + i} January 2026\n") + text
        for i, (title, outlet, text) in enumerate(ITEMS)
    )
    stories, _ = read_page(head + "\n\n".join(items) + "\n")
    assert [story.title for story in stories] == [title for title, _, _ in ITEMS]
    assert [story.published for story in stories] == [day if i == hole else f"2026-01-{10 + i}" for i in range(len(ITEMS))]


SAID = (
    "Storm tides raise the harbour wall",
    "Owls leave the tower at dusk again",
    "Tram drivers vote for a strike",
    "Baker wins back her name at last",
    "Rare clock comes back by post",
    "Rain washes out the final day",
    "Painters find what boatmen wrote",
    "Ferry turns back before the pier",
    "School saves its oldest chestnut",
)


@pytest.mark.parametrize("form", ["{title}\n{day} January 2026\n{text}", "{day} January 2026\n{title}\n{text}"])
@pytest.mark.parametrize(("head", "digest"), [("Our notes", True), ("Comments (9)", False)])
def test_headlines_with_only_a_date_are_a_digest_unless_a_thread_begins_above(form: str, head: str, digest: bool) -> None:
    text = "Nobody in the hall had expected that on Monday evening. Vote {} comes in June, as its clerk told us."
    items = [form.format(title=title, day=10 + i, text=text.format(i)) for i, title in enumerate(SAID)]
    stories, _ = read_page("\n\n".join((head, *items)) + "\n")
    found = [(story.title, story.published, story.comments) for story in stories]
    assert (found == [(title, f"2026-01-{10 + i}", ()) for i, title in enumerate(SAID)]) == digest


MAIL = """From: Press Office <press@council.example>
To: Members <members@council.example>
Date: Tue, 19 May 2026 08:05:11 +0100
Subject: Press cuttings 19 May

Dear all, please find today's cuttings below.

"""
NOTICE = "This e-mail and any attachment are confidential. If you have received it in error, please delete it."
RULE = "-" * 40


@pytest.mark.parametrize("signed", [(0, 2), (1,), (0, 1, 2, 3), ()])
def test_cuttings_in_an_email_are_parted_whichever_of_them_have_a_writer(signed: tuple[int, ...]) -> None:
    page = MAIL
    for i, (title, outlet, text) in enumerate(ITEMS[:4]):
        by = "By Ann Lee\n" if i in signed else ""
        page += f"{RULE}\n[Cutting {i + 1}]\n{title}\n{outlet}, 18 May 2026\n{by}\n{text}\nMore is said in June.\n\n"
    stories, _ = read_page(f"{page}{RULE}\n{NOTICE}\n")
    assert [(story.title, story.source) for story in stories] == [(title, outlet) for title, outlet, _ in ITEMS[:4]]
    assert [story.byline for story in stories] == ["Ann Lee" if i in signed else None for i in range(4)]
    assert [len(story.body) for story in stories] == [2, 2, 2, 2]


@pytest.mark.parametrize(
    "notice",
    [
        NOTICE,
        "The information contained in this message is confidential and may be legally privileged.",
        "Ce message et toutes les pièces jointes sont confidentiels et établis à l'intention de leurs destinataires.",
        "Este mensaje y sus anexos son confidenciales y van dirigidos exclusivamente a su destinatario.",
    ],
)
def test_who_may_read_a_message_is_none_of_the_text_in_it(notice: str) -> None:
    head = (MAIL, "Mill Lane to close to cars for a year", "Fenland Mercury, 18 May 2026", "By Alice Thurgood", "")
    (story,), _ = read_page("\n".join((*head, *LONG, "", notice)))
    assert (story.source, story.byline, story.body) == ("Fenland Mercury", "Alice Thurgood", LONG)


@pytest.mark.parametrize("outlet", ["Fenland Mercury", "Cam Valley News", "Anglia Business Wire"])
def test_the_outlet_beside_the_time_of_one_story_is_its_source_as_printed(outlet: str) -> None:
    (story,), _ = read_page("\n".join(("Mill Lane to close to cars for a year", f"{outlet}, 18 May 2026", "", *LONG)))
    assert (story.title, story.source, story.byline) == ("Mill Lane to close to cars for a year", outlet, None)


def test_a_film_between_paragraphs_is_none_whatever_time_its_words_hold() -> None:
    film = "WATCH | What riders on the 7:15 think of the plan:"
    head = ("Mill Lane to close to cars for a year", "By Ann Lee", "18 May 2026", "")
    (story,), _ = read_page("\n".join((*head, *LONG[:2], film, LONG[2])))
    assert story.body == LONG
