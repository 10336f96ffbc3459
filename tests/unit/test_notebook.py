from __future__ import annotations

import json
import multiprocessing
import os
import random
import re
import stat
from pathlib import Path

import pytest
from tinydb.table import Table

from newsdesk.errors import StorageError
from newsdesk.person import notebook
from newsdesk.person.notebook import Change, Notebook


def put(name: str) -> Change:
    return Change("put", "stars", {"id": name})


def write_many(path: str, who: int) -> None:
    book = Notebook(Path(path))
    for number in range(25):
        book.apply([put(f"{who}-{number}")])


def test_no_change_of_two_processes_is_lost(tmp_path: Path) -> None:
    path = str(tmp_path / "notebook.json")
    children = [multiprocessing.get_context("spawn").Process(target=write_many, args=(path, who)) for who in range(2)]
    for child in children:
        child.start()
    for child in children:
        child.join(120)
    assert [child.exitcode for child in children] == [0, 0]
    assert len(Notebook(Path(path)).docs("stars")) == 50


def test_changes_are_all_or_none_and_tell_what_they_did(tmp_path: Path) -> None:
    book = Notebook(tmp_path / "notebook.json")
    assert book.apply([put("a"), put("b")]) == [put("a"), put("b")]
    state = book.version()
    assert book.apply([put("a"), Change("drop", "stars", {"id": "none"})]) == []
    assert book.version() == state
    assert book.apply([put("b").inverse()]) == [Change("drop", "stars", {"id": "b"})]
    assert [doc["id"] for doc in book.docs("stars")] == ["a"]


def test_what_a_writer_that_was_killed_has_left_is_written_over(tmp_path: Path) -> None:
    (tmp_path / ".notebook.json.new").write_text("{half" * 1000)
    book = Notebook(tmp_path / "notebook.json")
    book.apply([put("a")])
    assert sorted(file.name for file in tmp_path.iterdir()) == ["notebook.json", "notebook.lock"]
    assert [doc["id"] for doc in Notebook(book.path).docs("stars")] == ["a"]


def test_a_document_with_an_id_is_replaced(tmp_path: Path) -> None:
    book = Notebook(tmp_path / "notebook.json")
    book.apply([Change("put", "titles", {"id": "t1", "title": "Old"}), Change("put", "titles", {"id": "t1", "title": "New"})])
    assert book.docs("titles") == [{"id": "t1", "title": "New"}]


def test_a_document_that_is_replaced_keeps_its_place(tmp_path: Path) -> None:
    book = Notebook(tmp_path / "notebook.json")
    book.apply([Change("put", "titles", {"id": name, "title": "Old"}) for name in "abc"])
    book.apply([Change("put", "titles", {"id": "a", "title": "New"}), Change("drop", "titles", {"id": "b"})])
    for one in (book, Notebook(book.path)):
        assert [(doc["id"], doc["title"]) for doc in one.docs("titles")] == [("a", "New"), ("c", "Old")]


def test_of_two_documents_that_somebody_gave_one_id_one_stays(tmp_path: Path) -> None:
    path = tmp_path / "notebook.json"
    path.write_text(json.dumps({"titles": {str(at): {"id": "t1", "title": str(at)} for at in (1, 2)}}))
    book = Notebook(path)
    book.apply([Change("put", "titles", {"id": "t1", "title": "New"})])
    assert book.docs("titles") == [{"id": "t1", "title": "New"}]


def test_a_table_is_read_once_however_many_changes_it_sees(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    made: list[str] = []
    make = notebook._Leaf.__init__

    def noted(leaf: notebook._Leaf, table: Table) -> None:
        made.append(table.name)
        make(leaf, table)

    monkeypatch.setattr(notebook._Leaf, "__init__", noted)
    book = Notebook(tmp_path / "notebook.json")
    book.apply([*(put(str(number)) for number in range(20)), Change("put", "titles", {"id": "t1", "title": "A"}), put("20")])
    assert made == ["stars", "titles"]
    assert len(book.docs("stars")) == 21


def test_many_changes_at_once_are_as_one_after_the_other(tmp_path: Path) -> None:
    chance = random.Random(3)
    at_once, singly = Notebook(tmp_path / "a.json"), Notebook(tmp_path / "b.json")
    for _ in range(40):
        changes = [
            Change(
                chance.choice(("put", "put", "drop")),
                "together",
                {"one": "a", "other": chance.choice("xy")} | ({"id": chance.choice("abc")} if chance.random() < 0.7 else {}),
            )
            for _ in range(chance.randrange(1, 9))
        ]
        assert at_once.apply(changes) == [change for one in changes for change in singly.apply([one])]
        assert at_once.docs("together") == singly.docs("together")


def test_another_notebook_sees_the_change(tmp_path: Path) -> None:
    one, other = Notebook(tmp_path / "notebook.json"), Notebook(tmp_path / "notebook.json")
    before = other.version()
    one.apply([put("a")])
    assert other.version() != before
    assert other.docs("stars") == [{"id": "a"}]


def test_the_file_is_private_and_readable(tmp_path: Path) -> None:
    path = tmp_path / "deep" / "notebook.json"
    Notebook(path).apply([Change("put", "queries", {"id": "Japon é", "query": "country:JP"})])
    assert stat.S_IMODE(path.stat().st_mode) == 0o600
    assert "Japon é" in path.read_text("utf-8")
    assert json.loads(path.read_text("utf-8"))["notebook"]["1"] == {"format": 1}
    assert sorted(child.name for child in path.parent.iterdir()) == ["notebook.json", "notebook.lock"]


def test_a_notebook_that_is_a_link_stays_one_and_its_rights_stay(tmp_path: Path) -> None:
    real, link = tmp_path / "kept" / "desk.json", tmp_path / "notebook.json"
    real.parent.mkdir()
    link.symlink_to(real)
    Notebook(link).apply([put("a")])
    assert stat.S_IMODE(real.stat().st_mode) == 0o600
    real.chmod(0o640)
    Notebook(link).apply([put("b")])
    assert (link.is_symlink(), stat.S_IMODE(real.stat().st_mode)) == (True, 0o640)
    assert [doc["id"] for doc in Notebook(real).docs("stars")] == ["a", "b"]


def test_a_failed_write_leaves_the_old_notebook(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    book = Notebook(tmp_path / "notebook.json")
    book.apply([put("a")])

    def full(_: int) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(os, "fsync", full)
    with pytest.raises(StorageError, match=r"notebook\.json: the disk is full"):
        book.apply([put("b")])
    assert Notebook(tmp_path / "notebook.json").docs("stars") == [{"id": "a"}]
    assert sorted(child.name for child in tmp_path.iterdir()) == ["notebook.json", "notebook.lock"]


@pytest.mark.parametrize("content", [b"{", b"[]", b'{"stars": 3}', b"\xff\xfe", b"[" * 100_000])
def test_a_damaged_notebook_is_named(tmp_path: Path, content: bytes) -> None:
    path = tmp_path / "notebook.json"
    path.write_bytes(content)
    with pytest.raises(StorageError, match=r"notebook\.json: "):
        Notebook(path)
    assert path.read_bytes() == content


FOLLOW = {"id": "f1", "kind": "query", "target": "x", "name": "x"}


@pytest.mark.parametrize(
    ("table", "number", "document", "says"),
    [
        ("follows", "3", {**FOLLOW, "name": None}, 'follows 3: "name" must be a text'),
        ("follows", "3", {**FOLLOW, "kind": "person"}, '"kind" must be one of storyline, topic'),
        ("follows", "3", {**FOLLOW, "alerts": "mood"}, '"alerts" must be a list of texts'),
        ("follows", "3", {**FOLLOW, "looked": "many"}, '"looked" must be a whole number'),
        ("follows", "3", {**FOLLOW, "muted": 1}, '"muted" must be true or false'),
        ("titles", "1", {"id": "t1"}, 'titles 1: "title" must be a text'),
        ("stars", "1", ["a"], "stars 1: must be an object"),
        ("stars", "one", {"id": "s"}, "stars one: the name of an entry must be a number"),
    ],
)
def test_a_slip_of_whoever_edits_it_is_told_by_its_place(
    tmp_path: Path, table: str, number: str, document: object, says: str
) -> None:
    path = tmp_path / "notebook.json"
    path.write_text(json.dumps({"notebook": {"1": {"format": 1}}, table: {number: document}}))
    with pytest.raises(StorageError, match=re.escape(says) + r".*; repair it by hand"):
        Notebook(path)


def test_what_a_later_version_may_add_is_no_slip(tmp_path: Path) -> None:
    path = tmp_path / "notebook.json"
    path.write_text(json.dumps({"follows": {"1": {**FOLLOW, "shade": 3}}, "moons": {"1": {"x": 1}}}))
    assert Notebook(path).docs("follows") == [{**FOLLOW, "shade": 3}]


def test_a_newer_notebook_is_left_alone(tmp_path: Path) -> None:
    path = tmp_path / "notebook.json"
    path.write_text('{"notebook": {"1": {"format": 99}}}')
    with pytest.raises(StorageError, match="newer newsdesk"):
        Notebook(path)


def test_reading_only(tmp_path: Path) -> None:
    book = Notebook(tmp_path / "notebook.json", readonly=True)
    assert book.docs("follows") == []
    with pytest.raises(StorageError, match="reading only"):
        book.apply([put("a")])


def test_changes_leave_no_file_open(tmp_path: Path) -> None:
    book = Notebook(tmp_path / "notebook.json")
    book.apply([put("first")])
    before = set(Path("/dev/fd").iterdir())
    for number in range(3):
        book.apply([put(str(number))])
    assert set(Path("/dev/fd").iterdir()) <= before
