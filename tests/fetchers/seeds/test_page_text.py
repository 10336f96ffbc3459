"""Page dumps come out as their labels say, and nothing that a page holds breaks the reading."""

from __future__ import annotations

import hashlib
import json
import os
import random
from importlib import resources
from pathlib import Path
from typing import Any

import pytest

from fetchers.seeds.page_text.labels.mending import mend_page
from fetchers.seeds.page_text.lines import lines
from fetchers.seeds.page_text.lines.labelling import LABELS, shipped_model
from fetchers.seeds.page_text.lines.lines import Line, split_page
from fetchers.seeds.page_text.lines.looks import look_at
from fetchers.seeds.page_text.reading import read_page
from fetchers.seeds.page_text.thread.threads import mend_threads
from newsdesk.model import Story
from tests.fetchers.seeds.labelled_lines import SNOW, look

PAGES = Path(__file__).parent.parent.parent / "data" / "pages"
ROOT = PAGES.parent.parent.parent
BARRED = set(
    map(
        chr,
        [
            *range(9),
            11,
            12,
            *range(14, 32),
            *range(127, 160),
            0xAD,
            0x200B,
            0x200E,
            0x200F,
            0x2028,
            0x2029,
            0xFEFF,
            *range(0x202A, 0x202F),
        ],
    )
)


def plain(story: Story) -> dict[str, Any]:
    """The labelled fields of a story."""
    data = story.to_json()
    fields = ("title", "published", "source", "byline", "dateline", "highlights", "body")
    comments = [{key: comment[key] for key in ("author", "text", "when", "votes", "reply_to")} for comment in data["comments"]]
    return {
        **{field: data[field] for field in fields},
        "published": (data["published"] or "")[:10] or None,
        "comments": comments,
    }


@pytest.mark.parametrize("path", sorted(PAGES.glob("*.txt")), ids=lambda path: path.stem)
def test_a_page_comes_out_as_labelled(path: Path) -> None:
    wanted = json.loads(path.with_suffix(".json").read_text("utf-8"))["stories"]
    assert [plain(story) for story in read_page(path.read_text("utf-8"))[0]] == wanted


def variants(text: str) -> dict[str, str]:
    return {
        "CRLF": text.replace("\n", "\r\n"),
        "BOM": "\ufeff" + text,
        "no-break spaces": text.replace(" and ", "\u00a0and\u00a0"),
        "zero-width": text.replace("bell", "b\u200bell"),
        "mojibake": text.encode().decode("cp1252", "replace") if "\u201d" not in text else text,
        "trailing spaces": text.replace("\n", "  \n"),
    }


@pytest.mark.parametrize("name", list(variants("")))
def test_how_the_text_was_stored_does_not_matter(name: str) -> None:
    path = PAGES / "harbour-bell.txt"
    text = path.read_text("utf-8")
    assert [plain(s) for s in read_page(variants(text)[name])[0]] == [plain(s) for s in read_page(text)[0]]


def test_hard_wrapped_paragraphs_are_joined() -> None:
    text = "The council met on\nTuesday."
    wide = (
        "   The ferry had left the island shortly after dawn with\n40 sheep and a piano on board, according to the owner of\n"
        "the line, and was found at noon on a sandbank from which\nit could not free itself.\n\n "
        "  A second ferry took off the passengers, who had been\n"
        "singing for two hours, and left the sheep where they were\nuntil the tide came in.\n"
    )
    assert len(split_page(text).lines) == 2
    joined = [line.text for line in split_page(wide).lines]
    assert len(joined) == 2
    assert joined[0].endswith("from which it could not free itself.")


FURNITURE = (
    *("Home", "News", "Sport", "Log in", "Subscribe", "Accept all cookies", "Most read", "1", "2", "3"),
    "Privacy policy | Terms of use",
    "© 2024 Example Media. All rights reserved.",
)


def test_a_page_of_furniture_holds_no_story() -> None:
    menu = "\n".join(FURNITURE)
    assert read_page(menu)[0] == []
    assert read_page("")[0] == []


def test_a_headline_above_a_dateline_begins_the_next_story() -> None:
    rows = [("title", "Snow closes the road"), ("body", f"Bergen. {SNOW}"), ("aside", "Ferries wait for the ploughs at noon")]
    rows += [("body", f"Ljubljana. {SNOW}"), ("aside", "Bakers sell bread from the church tower"), ("body", f"Gdansk. {SNOW}")]
    labels = mend_page([look_at(Line(text)) for _, text in rows], [label for label, _ in rows])
    assert list(labels) == ["title", "body"] * 3


def test_a_time_glued_to_its_date_is_read() -> None:
    look = look_at(split_page("January 5, 20244:12 PM GMT+0Updated 3 hours ago").lines[0])
    assert [one.date for one in look.dates] == ["2024-01-05"]


def test_buttons_without_spaces_are_buttons() -> None:
    assert look_at(Line("ReplyShare")).kind == "reply"
    assert look_at(Line("ReplyDelete")).kind == "reply"
    assert look_at(Line("MacDonald")).kind != "reply"


def test_a_second_story_below_a_thread_begins_with_its_headline() -> None:
    text = "An ice cream van rolled down the slipway on Tuesday night and settled in two metres of water, its bell ringing."
    rows = (
        "Bosun Bob, 3 Oct 2023",
        "First member.",
        "Van sinks, nobody hurt, most saved",
        "By Nell Tarr",
        "4 Oct 2023, 09:10",
        text,
    )
    labels = ["author", "comment", "comment", "author", "meta", "comment"]
    more = ["author", "comment"]
    mended = list(mend_threads(look(*rows, "Kelp, 4 Oct 2023", "I can confirm it."), [*labels, *more]))
    assert mended == ["author", "comment", "title", "byline", "date", "body", *more]


def test_headed_entries_of_a_live_blog_are_one_story() -> None:
    text = "The bell in the harbour has been lifted by two cranes and a fire engine, and the crowd is singing."
    page = ("Bell day: as it happened", "4:40pm", "That's all", text, "3:15pm", "Safe", text, "1:50pm", "Up it goes", text)
    labels = ["title", *["furniture", "title", "body"] * 3]
    mended = list(mend_page(look(*page), labels))
    assert mended.count("title") == 1
    assert [mended[i] for i in (2, 3, 5, 6, 8, 9)] == ["body"] * 6


# Lines without an end in a text and around a comment, where more is looked for than in a line alone.
_TEXT = (
    "Quake hits the north of Chile\n\nBy Ann Lee\n\n12 May 2020\n\nA strong quake hit Chile on Monday, officials said.\n\n"
    "{}\n\nThe end of the text came on Tuesday.\n"
)
_THREAD = (
    "Quake hits the north of Chile\n\nA strong quake hit Chile on Monday, officials said.\n\nComments (2)\n\n"
    "ann_lee\n2 hours ago\nThis is bad.\n\n{}\n2 hours ago\n{}\nReply\n\nbob\n1 hour ago\nSo it is.\n"
)


def hostile_pages() -> list[str]:
    rng = random.Random(7)
    letters = 'aB \n\t\x00\x1b[31m\u202e\u200b\ud800é中ا🙂•|@#>-—:()[]{}©0123456789%.,!?"“”'
    random_ones = ["".join(rng.choice(letters) for _ in range(rng.randint(0, 3000))) for _ in range(40)]
    repeated = [sign * 100_000 for sign in ("(", "- ", "@a, ", "\n", "9", '"a ', "a\n", "1 ", ": ", "\u0301", "[x](")]
    inside = [_TEXT.replace("{}", long) for long in ("水" * 200_000 + "!", "水" * 50 + "A" * 400_000 + "!")]
    inside += [_THREAD.replace("{}", long) for long in ("a, " * 50_000, "9" * 100_000, "9" * 5000 + " replies")]
    return [*random_ones, *repeated, *inside, "x" * 1_000_000, ("word " * 20 + "\n") * 3000]


@pytest.mark.parametrize("text", hostile_pages(), ids=range(len(hostile_pages())))
def test_nothing_breaks_the_reading(text: str) -> None:
    for story in read_page(text)[0]:
        strings = [
            story.title or "",
            *story.body,
            *story.highlights,
            story.byline or "",
            story.source or "",
            story.dateline or "",
        ]
        strings += [comment.text + (comment.author or "") for comment in story.comments]
        assert not BARRED & set("".join(strings).replace("\n", "").replace("\t", ""))
        assert all(comment.reply_to is None or comment.reply_to < i for i, comment in enumerate(story.comments))


def test_long_pages_are_cut_and_said_so(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(lines, "LINES_LIMIT", 500)
    assert read_page("word\n" * 600)[1] == 101
    assert read_page("word\n" * 499)[1] == 0


def test_the_shipped_weights_are_those_that_were_measured() -> None:
    report = json.loads((ROOT / "training" / "page_text" / "report.json").read_text("utf-8"))
    shipped = (resources.files("newsdesk") / "data" / "page_text" / "weights.json.gz").read_bytes()
    assert hashlib.sha256(shipped).hexdigest() == report["sha256"]
    assert shipped_model().steps.shape == (len(LABELS), len(LABELS))


def shared() -> Path:
    folder = os.environ.get("NEWSDESK_SHARED")
    if not folder:
        pytest.skip("NEWSDESK_SHARED is unset: the labelled pages are not there")
    return Path(folder)


@pytest.mark.shared
def test_the_two_seeds_come_out_exactly() -> None:
    paths = sorted((shared() / "seeds").glob("*.txt"))
    assert len(paths) == 2
    for path in paths:
        wanted = json.loads(path.with_suffix(".json").read_text("utf-8"))["stories"]
        for said, gold in zip(map(plain, read_page(path.read_text("utf-8"))[0]), wanted, strict=True):
            for field in ("title", "published", "source", "byline", "dateline", "highlights", "body"):
                assert said[field] == gold[field], (path.name, field)
            keys = ("author", "text", "when", "votes", "reply_to")
            assert said["comments"] == [{key: comment[key] for key in keys} for comment in gold["comments"]]


FLOORS = {
    "stories": 0.98,
    "title": 0.98,
    "published": 0.98,
    "published printed": 0.97,
    "source printed": 0.95,
    "byline printed": 0.97,
    "dateline printed": 0.97,
    "highlights": 0.97,
    "body": 0.98,
    "comments": 0.98,
    "comment author": 0.98,
    "comment when printed": 0.97,
    "comment votes printed": 0.97,
    "comment reply_to printed": 0.95,
}


@pytest.mark.shared
def test_the_development_pages_reach_their_figures(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.syspath_prepend(str(ROOT))
    score = pytest.importorskip("training.page_text.score")
    folder = shared() / "pages" / "dev"
    stories = {path.name: read_page(path.read_text("utf-8"))[0] for path in sorted(folder.glob("*.txt"))}
    figures = score.score(shared(), folder, stories)
    assert {name: figures[name] for name in FLOORS if figures[name] < FLOORS[name]} == {}
    assert figures["leaks"] <= 2
    assert figures["bad lines"] == figures["crashes"] == 0


def test_the_sample_from_japan_keeps_its_subject_and_its_last_comment() -> None:
    page = resources.files("newsdesk").joinpath("data/samples/05-hibari-tsukimen.txt").read_text("utf-8")
    (story,) = read_page(page)[0]
    assert story.body[0].startswith("宇宙航空研究開発機構")
    assert [comment.author for comment in story.comments] == ["moon_rabbit", "相模の技術屋", "納税者", "hoshi3", "みかん"]
    assert story.comments[-1].text.startswith("インドとの協力")


def test_running_text_of_a_script_without_full_stops_is_text() -> None:
    paragraph = "สภาผู้แทนราษฎรลงมติผ่านร่างกฎหมายคุ้มครองแม่น้ำเมื่อวันอังคาร ด้วยคะแนนเสียงข้างมาก หลังจากการอภิปรายที่ยาวนานถึงสองวันเต็ม"
    other = "รัฐมนตรีกล่าวว่ากฎหมายฉบับนี้จะช่วยลดมลพิษในแม่น้ำเจ้าพระยาและแม่น้ำสายสำคัญอื่น ๆ ทั่วประเทศไทยในปีหน้า"
    (story,) = read_page(f"สภาผ่านกฎหมายคุ้มครองแม่น้ำ\n\n3 March 2026\n\n{paragraph}\n\n{other}\n")[0]
    assert story.body == (paragraph, other)
