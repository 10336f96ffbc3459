"""Child processes of the durability tests: they write, and print a line for each write that was acknowledged."""

from __future__ import annotations

import sys
from pathlib import Path

from newsdesk.desk import Desk
from newsdesk.model import Country, Origin, Story, Topic
from newsdesk.paths import Paths

WORDS = "harbour mill council strike river bridge court vote storm school market train island festival teacher doctor".split()


def paths(folder: str) -> Paths:
    root = Path(folder)
    return Paths(root / "config.toml", root / "data", root / "state")


def make_story(who: str, number: int) -> Story:
    """A story of its own: no two of them share enough to be taken for one."""
    picked = [WORDS[(number * step + step) % len(WORDS)] for step in (1, 3, 5, 7, 11)]
    text = " ".join(f"{word}{number}{who}" for word in picked)
    return Story(
        title=f"{picked[0]} {picked[1]} {who} {number}",
        body=(f"The {text} was talked about.", f"Number {number} of {who}."),
        published=f"2026-01-{number % 28 + 1:02d}",
        source="Durability Wire",
        origins=(Origin("jsonl", number, path=f"{who}.jsonl", item_id=str(number)),),
    )


def tag(story: Story) -> Story:
    """A stand-in for the taggers, which are slow and not what is tested here."""
    number = int(story.origins[0].item_id or 0)
    topics = (Topic(f"medtop:{number % 17 + 1:02d}000000", "", 0.9),) if number % 5 else ()
    return story.with_(topics=topics, countries=(Country("JP" if number % 2 else "FR", "", 0.9),) if number % 3 else ())


def say(*words: str) -> None:
    """One line, in the pipe when this returns."""
    sys.stdout.write(" ".join(words) + "\n")
    sys.stdout.flush()


def load(folder: str, who: str, batches: int, size: int) -> None:
    with Desk.open(paths(folder), tag=tag) as desk:
        say("ready")
        for batch in range(batches):
            kept = desk.keep([make_story(who, batch * size + at) for at in range(size)])
            say(*kept.new)


def mark(folder: str, rounds: int) -> None:
    """Marks one story after the other read, and stars each fifth."""
    with Desk.open(paths(folder), tag=tag) as desk:
        say("ready")
        ids = desk.ids("is:unread")
        for at, story_id in enumerate(ids[:rounds]):
            desk.mark([story_id], "read")
            if at % 5 == 0:
                desk.mark([story_id], "star")
                say(story_id, "starred")
            else:
                say(story_id)


def main() -> None:
    what, folder, *rest = sys.argv[1:]
    if what == "load":
        load(folder, rest[0], int(rest[1]), int(rest[2]))
    else:
        mark(folder, int(rest[0]))


if __name__ == "__main__":
    main()
