"""The reader of seed files: every kind of bad input is one problem that names the file, and the rest is read."""

from __future__ import annotations

import json
import os
import random
import tracemalloc
from itertools import islice
from pathlib import Path

import pytest

import fetchers.seeds as seeds
from fetchers.seeds import FORMATS, Reader, whole
from newsdesk.errors import Problem

STORY = {
    "id": 7,
    "title": "A bell",
    "body": "It rang.\nTwice.",
    "published": "2023-03-14",
    "source": "PA",
    "comments": ["Good.", {"text": "No.", "reply_to": 0}],
}
PAGE = (Path(__file__).parent.parent.parent / "data" / "pages" / "harbour-bell.txt").read_text("utf-8")


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    (tmp_path / "b.txt").write_text(PAGE, "utf-8")
    (tmp_path / "a.jsonl").write_text(json.dumps(STORY) + "\n", "utf-8")
    (tmp_path / ".hidden.txt").write_text(PAGE, "utf-8")
    (tmp_path / "deep").mkdir()
    (tmp_path / "deep" / "c.txt").write_text(PAGE, "utf-8")
    return tmp_path


def names(found: list[Path | Problem]) -> list[str]:
    return [one.name if isinstance(one, Path) else f"{Path(one.what).name}: {one.why}" for one in found]


def test_files_come_in_order_without_hidden_ones(folder: Path) -> None:
    assert names(list(Reader().find([str(folder)]))) == ["a.jsonl", "b.txt", "c.txt"]
    assert names(list(Reader().find([str(folder / "b.txt"), str(folder / "a.jsonl")]))) == ["b.txt", "a.jsonl"]


def test_paths_that_are_no_files(folder: Path) -> None:
    (folder / "loop").symlink_to(folder)
    (folder / "self").symlink_to(folder / "self")
    (folder / "gone").symlink_to(folder / "nowhere")
    os.mkfifo(folder / "pipe")
    found = list(Reader().find([str(folder), str(folder / "missing"), "nul\0byte"]))
    problems = {Path(one.what).name: one for one in found if isinstance(one, Problem)}
    assert [one.name for one in found if isinstance(one, Path)] == ["a.jsonl", "b.txt", "c.txt"]
    assert problems["loop"].harmless
    assert problems["gone"].why == "a link to nowhere"
    assert problems["missing"].why == "no such file or folder"
    assert set(problems) >= {"self", "pipe", "missing"}


def test_folders_full_of_links_to_each_other_are_read_in_a_moment(tmp_path: Path) -> None:
    """Each link of a folder leads to the next folder: by every way there are 2 ** 30 to the last."""
    last = tmp_path / "30"
    last.mkdir()
    (last / "news.jsonl").write_text("{}\n", "utf-8")
    for number in reversed(range(30)):
        folder = tmp_path / f"{number:02}"
        folder.mkdir()
        for name in ("one", "other"):
            (folder / name).symlink_to(tmp_path / f"{number + 1:02}")
    found = list(islice(Reader().find([str(tmp_path / "00")]), 1000))
    assert [one.name for one in found if isinstance(one, Path)] == ["news.jsonl"]
    assert {one.why for one in found if isinstance(one, Problem)} == {
        "a link to a folder that another link led to; not followed"
    }
    assert all(one.harmless for one in found if isinstance(one, Problem))


def test_reading_never_waits_for_a_pipe(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "pipe")
    assert "a pipe" in whole(Reader().read(tmp_path / "pipe")).problems[0].why
    assert "a folder" in whole(Reader().read(tmp_path)).problems[0].why
    assert Reader().fingerprint(tmp_path / "pipe") is None
    assert whole(Reader().read(tmp_path / "missing")).problems[0].whole


@pytest.mark.skipif(os.geteuid() == 0, reason="root may read everything")
def test_an_unreadable_file_is_a_problem(folder: Path) -> None:
    (folder / "b.txt").chmod(0)
    assert whole(Reader().read(folder / "b.txt")).problems[0].why == "permission denied"


def test_origins_fingerprint_and_format(folder: Path) -> None:
    reader = Reader()
    page = whole(reader.read(folder / "b.txt"))
    assert page.format == "page-text"
    assert page.fingerprint == reader.fingerprint(folder / "b.txt")
    assert [(s.origin.path, s.origin.index, s.origin.format) for s in page.stories if s.origin] == [
        (str(folder / "b.txt"), 0, "page-text")
    ]
    lines = whole(reader.read(folder / "a.jsonl"))
    assert lines.stories[0].origin is not None
    assert lines.stories[0].origin.item_id == "7"
    (folder / "b.txt").write_text(PAGE + "more", "utf-8")
    assert reader.fingerprint(folder / "b.txt") != page.fingerprint


@pytest.mark.parametrize(
    ("data", "why", "harmless"),
    [
        (b"", "empty", True),
        (b" \n\n", "empty", True),
        (b"\x89PNG\r\n\x1a\n" + bytes(range(256)) * 20, "binary data, of no known seed format", False),
        (b"<svg><p>Words</p></svg>", "of no known seed format", False),
        (b"Home\nNews\nSport\nLog in\n", "no story in it", True),
    ],
)
def test_files_without_stories(data: bytes, why: str, harmless: bool) -> None:
    found = Reader().read_bytes(data, "x")
    assert [(problem.why, problem.harmless) for problem in found.problems] == [(why, harmless)]
    assert not found.stories


@pytest.mark.parametrize("seed", range(20))
def test_noise_is_no_text(seed: int) -> None:
    noise = random.Random(seed).randbytes(500 + 100 * seed)
    assert [problem.why for problem in Reader().read_bytes(noise, "x.txt").problems] == ["binary data, of no known seed format"]


def test_an_unknown_format_in_a_folder_is_a_note(folder: Path) -> None:
    (folder / "logo.png").write_bytes(b"\x89PNG\r\n\x1a\n" + bytes(999))
    reader = Reader()
    path = next(one for one in reader.find([str(folder)]) if isinstance(one, Path) and one.name == "logo.png")
    assert whole(reader.read(path)).problems[0].harmless
    assert not whole(Reader().read(path)).problems[0].harmless


def test_a_named_format_overrides_detection() -> None:
    found = Reader().read_bytes(PAGE.encode(), "page.xml", "page-text")
    assert (found.format, len(found.stories)) == ("page-text", 1)
    assert set(FORMATS) == {"page-text", "jsonl", "json", "html", "feed", "ninjs", "nitf", "newsml-g2"}


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-16-le", "utf-32"])
def test_unicode_encodings(encoding: str) -> None:
    assert Reader().read_bytes(PAGE.encode(encoding), "x.txt").stories[0].title == "Old harbour bell rings again after 60 years"


@pytest.mark.parametrize(
    ("encoding", "text"),
    [
        ("cp1252", "Les élèves ont déjà reçu leurs cahiers, a dit la maîtresse à l’école. "),
        ("shift_jis", "古い鐘が六十年ぶりに港で鳴り、町の人たちが集まって耳を澄ませました。"),
        ("gb18030", "港口的老钟在六十年后再次响起,大家都来听,有人说这是一个好的开始。"),
        ("euc_kr", "항구의 낡은 종이 육십 년 만에 다시 울렸고 사람들이 모여 귀를 기울였다."),
        ("cp1251", "Старый колокол зазвонил в порту впервые за шестьдесят лет, и люди пришли послушать."),
        ("koi8_r", "Старый колокол зазвонил в порту впервые за шестьдесят лет, и люди пришли послушать."),
        ("cp1256", "رن الجرس القديم في الميناء لأول مرة منذ ستين عاما وجاء الناس ليسمعوا."),
        ("gb18030", "渡輪中午回到碼頭,旗子破了,乘客唱著歌,沒有人說得出原因。"),
        ("gbk", "渡轮中午回到码头,旗帜破损,乘客唱歌,船长称天线周五检修,耗资十一万元。"),
        ("cp1251", "Старий дзвін у порту задзвонив уперше за шістдесят років, і люди прийшли послухати його."),
        ("cp1252", "Il va à pied de Lille à Lens, puis de Lens à Arras, et personne ne sait pourquoi il marche."),
        *(
            (encoding, "Старый колокол зазвонил в порту впервые за шестьдесят лет, и люди пришли послушать.")
            for encoding in ("iso8859_5", "cp866", "mac_cyrillic", "euc_jp", "shift_jis", "gb18030")
        ),
    ],
)
def test_legacy_encodings(encoding: str, text: str) -> None:
    from fetchers.seeds.decode import decode

    decoded = decode((text * 8).encode(encoding))
    assert decoded is not None
    assert decoded.text == text * 8


def test_a_file_that_changes_is_read_again(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    # Two looks a reading: before and after it.
    marks = iter(["1", "2", "3", "3"])
    monkeypatch.setattr(seeds, "_mark", lambda state: next(marks))
    assert whole(Reader().read(folder / "b.txt")).problems == ()
    marks = iter(["1", "2", "3", "4"])
    found = whole(Reader().read(folder / "b.txt"))
    assert len(found.stories) == 1
    assert "changed while it was read" in found.problems[0].why


def lines(start: int, end: int) -> str:
    return "".join(f'{{"id": "w{number}", "title": "Story {number}"}}\n' for number in range(start, end))


@pytest.fixture
def long_file(tmp_path: Path) -> Path:
    """2,500 lines, of which one is broken."""
    path = tmp_path / "long.jsonl"
    path.write_text(lines(0, 1199) + "{broken\n" + lines(1200, 2500), "utf-8")
    return path


def test_a_long_file_comes_in_parts_each_with_its_problems(long_file: Path) -> None:
    parts = list(Reader().read(long_file))
    assert [len(part.stories) for part in parts] == [1000, 1000, 499]
    assert [[problem.line for problem in part.problems] for part in parts] == [[], [1200], []]
    assert [part.ahead for part in parts] == [2000, 1000, 0], "about"
    assert {part.fingerprint for part in parts} == {Reader().fingerprint(long_file)}
    places = [story.origin for part in parts for story in part.stories]
    assert [place.index for place in places if place] == list(range(2499))
    assert [place.item_id for place in places if place] == [f"w{number}" for number in range(2500) if number != 1199]


def test_a_file_of_just_a_part_or_two_ends_with_them(tmp_path: Path) -> None:
    path = tmp_path / "a.jsonl"
    for text, parts in ((lines(0, 1000), [1000]), (lines(0, 2000), [1000, 1000]), (lines(0, 1000) + "{broken", [1000, 0])):
        path.write_text(text, "utf-8")
        assert [len(part.stories) for part in Reader().read(path)] == parts


def test_a_document_that_is_read_whole_comes_whole(tmp_path: Path) -> None:
    path = tmp_path / "a.json"
    path.write_text(json.dumps([{"id": number, "title": f"Story {number}"} for number in range(2500)]), "utf-8")
    assert [len(part.stories) for part in Reader().read(path)] == [2500]


def test_few_stories_that_are_very_long_come_in_parts_too(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(seeds, "PART_BYTES", 1_000)
    path = tmp_path / "a.jsonl"
    path.write_text(
        "".join(json.dumps({"title": f"Story {number}", "body": "word " * 90}) + "\n" for number in range(9)), "utf-8"
    )
    assert [len(part.stories) for part in Reader().read(path)] == [4, 4, 1]


def test_what_was_given_of_a_file_that_changes_is_not_given_again(long_file: Path) -> None:
    parts = Reader().read(long_file)
    found = [next(parts)]
    with long_file.open("a", encoding="utf-8") as file:
        file.write(lines(2500, 2600))
    found += parts
    assert sum(len(part.stories) for part in found) == 2599
    assert [problem.why for problem in found[-1].problems] == ["changed while it was read; some of it may be missing"]


def test_stories_with_nothing_in_them_are_told_once(tmp_path: Path) -> None:
    path = tmp_path / "a.jsonl"
    path.write_text('{"source": "Wire"}\n' * 2100, "utf-8")
    found = whole(Reader().read(path))
    assert len(found.stories) == 2100
    assert [problem.line for problem in found.problems] == [*range(1, 21), None]
    assert found.problems[-1].why == "2080 more lines like these"


def test_of_a_long_file_no_more_than_a_part_is_in_memory(tmp_path: Path) -> None:
    path = tmp_path / "long.jsonl"
    path.write_text(
        "".join(json.dumps({"title": f"Story {at}", "body": f"{at} " * 50}) + "\n" for at in range(12_000)), "utf-8"
    )
    Reader().read_bytes(path.read_bytes()[:100_000], "x")  # what is loaded once
    tracemalloc.start()
    try:
        assert sum(len(part.stories) for part in Reader().read(path)) == 12_000
        _, parts = tracemalloc.get_traced_memory()
        tracemalloc.reset_peak()
        assert len(whole(Reader().read(path)).stories) == 12_000
        _, at_once = tracemalloc.get_traced_memory()
    finally:
        tracemalloc.stop()
    assert parts < at_once / 3


def test_an_error_of_a_parser_costs_one_file(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("fetchers.seeds.page_text.decode", lambda data: 1 / 0)
    assert "ZeroDivisionError" in whole(Reader().read(folder / "b.txt")).problems[0].why
    assert whole(Reader().read(folder / "a.jsonl")).stories


def test_a_file_longer_than_a_page_is_cut(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("fetchers.seeds.page_text.BYTES_LIMIT", 3000)
    found = Reader().read_bytes(PAGE.encode() + b"more words\n" * 500, "x.txt")
    assert "the rest is left unread" in found.problems[0].why
    assert found.stories
