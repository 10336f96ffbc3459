"""Stories are found by what their readers wrote and by who wrote it: `comment:` and `commenter:`."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from newsdesk.archive import texts
from newsdesk.errors import UsageError
from newsdesk.model import Comment, Story
from newsdesk.threads.kept_text import LONG
from tests.unit.desks import make_story, open_desk

THREAD = (
    Comment("A total DISGRACE, as “café” owners know.", "Zoë K."),
    Comment('He said {"author":"nobody"} and \\n left', "larry_loud"),
    Comment("Très bien", None),
)


def story_with(item: str, *said: Comment) -> Story:
    return make_story(item, f"Bridge number {item} closes", f"The bridge of {item} closes for repairs.", comments=said)


@pytest.mark.parametrize(
    ("query", "found"),
    [
        ("comment:disgrace", True),
        ('comment:"total disgrace"', True),
        ('comment:"disgrace total"', False),
        ("comment:disgr", False),
        ("comment:disgr*", True),
        ("comment:cafe", True),
        ("comment:tres", True),
        ("comment:nobody", True),
        ("comment:zoe", False),  # that is who wrote it
        ("comment:bridge", False),  # that is what it is about
        ('comment:"know he"', False),  # no phrase goes on in the next comment
        ("commenter:zoe", True),
        ("commenter:loud", True),
        ("commenter:nobody", False),
        ("commenter:disgrace", False),
        ("-comment:disgrace", False),
        ("comment:disgrace bridge", True),
        ("comment:disgrace title:tunnel", False),
        ("comment:sentiment", False),  # how a comment is kept is not what it says
    ],
)
def test_by_words_and_by_author(tmp_path: Path, query: str, found: bool) -> None:
    with open_desk(tmp_path) as desk:
        desk.keep([story_with("1", *THREAD)])
        assert bool(desk.ids(query)) == found
        assert bool(desk.storyline_ids(query)) == found


def test_a_long_thread_is_searched_to_its_end(tmp_path: Path) -> None:
    many = tuple(Comment(f"Point {n}", "ada") for n in range(LONG + 5))
    with open_desk(tmp_path) as desk:
        desk.keep([story_with("1", *many), story_with("2", *many[:3])])
        assert len(desk.ids(f'comment:"point {LONG + 4}"')) == 1
        assert len(desk.ids("commenter:ada")) == 2


def test_a_comment_that_came_later_is_found(tmp_path: Path) -> None:
    story = story_with("1", *THREAD)
    with open_desk(tmp_path) as desk:
        desk.keep([story])
        desk.keep([replace(story, comments=(*THREAD, Comment("Splendid", "bo")))])
        assert desk.ids("comment:splendid commenter:bo comment:disgrace")


def test_a_search_that_takes_too_long_says_how_to_mend_it(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(texts, "MOST_S", -1.0)
    with open_desk(tmp_path) as desk:
        desk.keep([story_with("1", *THREAD)])
        with pytest.raises(UsageError, match="“disgrace” take too long"):
            desk.ids("comment:disgrace")
        assert desk.ids("bridge")
