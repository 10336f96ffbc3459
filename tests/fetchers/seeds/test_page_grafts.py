"""Pages composed of two labelled ones hold the parts that their labels say, and nothing that the labels leave open."""

from __future__ import annotations

from training.page_text.grafts import other_article, other_comments, other_foot, other_head, other_order, other_prompt
from training.page_text.parted import Parted, part_page
from training.page_text.variants import LabelledPage

LONG = "The harbour board voted on Tuesday to keep the old crane for another ten years, after a night of talks with its owners."
MORE = (
    "A spokesman said that the paint would be paid for by the port, and that nobody had asked the gulls what they think of it."
)
HALL = "The town hall of Skelby will be open on Sundays from May, the mayor said on Friday, so that people can pay their fines."
FINES = (
    "Fines have been paid in coins since the spring, when the last machine was taken to the museum of the county by mistake."
)
CRANE = (
    f"Harbour News\nMenu | Sport\n\nCrane stays\nAnn Lee\nMay 4, 2021\n\n{LONG}\n\nADVERTISEMENT\n\n{MORE}\n\n"
    "Share on Facebook\n\n2 comments\n\nBo Ek\nPaint it red.\n3\nReply\n\nCy Orr\nWhy not blue, I wonder.\n-2\nReply\n\n"
    "Most read\nGulls return\n"
)
TOWN = (
    f"Skelby Echo\nSubscribe\n\nTown hall opens on Sundays\nMarch 3, 2020\nDi Poe\n\n{HALL}\n\n{FINES}\n\n"
    "More from Skelby\nBus is late\n"
)


def comment(author: str, text: str, votes: int) -> dict[str, object]:
    return {"author": author, "text": text, "when": None, "votes": votes, "reply_to": None}


def story(title: str, byline: str, published: str, body: list[str], comments: list[dict[str, object]]) -> dict[str, object]:
    named = {"title": title, "byline": byline, "published": published, "source": None, "dateline": None}
    return {**named, "highlights": [], "body": body, "comments": comments}


SAID = [comment("Bo Ek", "Paint it red.", 3), comment("Cy Orr", "Why not blue, I wonder.", -2)]
CRANE_STORY = story("Crane stays", "Ann Lee", "2021-05-04", [LONG, MORE], SAID)
TOWN_STORY = story("Town hall opens on Sundays", "Di Poe", "2020-03-03", [HALL, FINES], [])


def parted(text: str, one: dict[str, object]) -> Parted:
    found = part_page("page", LabelledPage(text, {"language": "en", "stories": [one], "dropped": []}))
    assert found is not None
    return found


def test_a_page_is_parted_where_its_labels_say() -> None:
    page = parted(CRANE, CRANE_STORY)
    shown = [[row.text for row in rows if row.text] for rows in (page.head, page.gap, page.foot)]
    assert shown == [["Harbour News", "Menu | Sport"], ["Share on Facebook"], ["Most read", "Gulls return"]]
    assert page.article[0].text == "Crane stays"
    # The last score is written otherwise than the first and belongs to the last comment none the less.
    assert [row.text for row in page.talk if row.text][0::8] == ["2 comments", "Reply"]
    assert "".join(row.text for row in page.talk).endswith("-2Reply")


def test_a_page_is_left_out_where_a_label_is_not_found_or_a_paragraph_is_broken_into_rows() -> None:
    for text in (CRANE.replace(" Tuesday", " Monday"), CRANE.replace("on Tuesday to", "on\nTuesday to")):
        assert part_page("page", LabelledPage(text, {"stories": [CRANE_STORY], "dropped": []})) is None


def test_comments_come_with_their_labels_and_an_article_leaves_them() -> None:
    crane, town = parted(CRANE, CRANE_STORY), parted(TOWN, TOWN_STORY)
    below = other_comments(town, crane)
    assert below is not None
    assert below.stories[0]["comments"] == SAID
    assert (
        below.text.index(FINES)
        < below.text.index("2 comments")
        < below.text.index("Why not blue")
        < below.text.index("More from")
    )
    assert "Crane stays" not in below.text
    assert other_comments(crane, town) is None
    within = other_article(crane, town)
    assert within is not None
    assert (within.stories[0]["title"], within.stories[0]["comments"]) == ("Town hall opens on Sundays", SAID)
    assert within.text.startswith("Harbour News")
    assert HALL in within.text
    assert LONG not in within.text


def test_furniture_is_put_where_its_own_stood() -> None:
    crane, town = parted(CRANE, CRANE_STORY), parted(TOWN, TOWN_STORY)
    above = other_head(crane, town)
    assert above is not None
    assert above.text.startswith("Skelby Echo\nSubscribe\n\nCrane stays\nAnn Lee")
    dated = parted(TOWN.replace("Subscribe", "Tuesday, March 3, 2020"), {**TOWN_STORY, "published": None})
    assert other_head(crane, dated) is None  # a day above the headline may be the article's
    between = other_prompt(town, crane)
    assert between is not None
    assert between.text.index(HALL) < between.text.index("ADVERTISEMENT") < between.text.index(FINES)
    assert other_foot(crane, town) is None  # one has comments, of which a foot may speak


def test_credits_change_their_order() -> None:
    turned = other_order(parted(CRANE, CRANE_STORY), parted(TOWN, TOWN_STORY))
    assert turned is not None
    assert "Crane stays\n\nMay 4, 2021\n\nAnn Lee\n\n" in turned.text
