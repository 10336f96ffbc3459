"""`mood`: what readers say of a story, a storyline or what a query finds; text for a person, JSON or CSV for a program."""

from __future__ import annotations

import argparse
import csv
import io
from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING

from newsdesk.commands import render
from newsdesk.commands.arguments import Command
from newsdesk.commands.browse import each_story, meant_ids
from newsdesk.commands.layout import cut, style, wrap
from newsdesk.commands.session import Session
from newsdesk.errors import Exit
from newsdesk.jsontext import dump_json
from newsdesk.model import FEWEST_FOR_SHARE, Json, Mood, Story
from newsdesk.wording import counted

if TYPE_CHECKING:
    from newsdesk.desk import Desk
    from newsdesk.sentiment.overview import Overview, Said

FORMATS = ("text", "json", "csv")
COLUMNS = ("story", "index", "author", "when", "votes", "label", "score", "confidence", "unsure", "sarcasm", "toxic", "text")
# A spreadsheet would run a cell that begins like this as a formula (OWASP, CSV injection).
_FORMULA = ("=", "+", "-", "@")
_WRITERS = 5
_DAYS = 14
# So many stories with comments make the usual level that a mood is held against.
_USUAL_STORIES = 2000
_HEADINGS = {"disputed": "votes against the mood"}
_LOOKS = {"negative": "red", "positive": "green"}


def _configure(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("query", nargs="+", metavar="ID|QUERY", help="a story, a storyline, or what a query finds")
    parser.add_argument("--format", choices=FORMATS, default="text", help="text (the default), json, or csv: a comment a row")


def _mood(session: Session, flags: argparse.Namespace) -> int:
    from newsdesk.sentiment.overview import survey

    with session.open_desk(readonly=True) as desk:
        stories = list(each_story(desk, meant_ids(desk, flags.query)))
        usual = _usual(desk, stories) if flags.format == "text" else []
    if flags.format == "csv":
        session.console.write(_table(stories))
    elif flags.format == "json":
        session.console.write(dump_json(_json(survey(stories))) + "\n")
    else:
        session.console.page(_page(survey(stories), usual, render.measure(session.console.width)))
    return Exit.OK


def _json(overview: Overview) -> dict[str, Json]:
    def mood(one: Mood | None) -> Json:
        return one.to_json() if one else None

    def said(one: Said) -> Json:
        return {"story": one.story_id, "index": one.index, "comment": one.comment.to_json()}

    return {
        "version": 1,
        "stories": overview.stories,
        "mood": mood(overview.mood),
        "voices": mood(overview.voices),
        "toxic": overview.toxic,
        "sarcastic": overview.sarcastic,
        "writers": [{"author": name, "mood": mood(one)} for name, one in overview.writers],
        "days": [{"day": day, "mood": mood(one)} for day, one in overview.days],
        "picks": {name: [said(one) for one in found] for name, found in overview.picks},
    }


def _table(stories: Sequence[Story]) -> str:
    out = io.StringIO()
    writer = csv.writer(out, lineterminator="\n")
    writer.writerow(COLUMNS)
    for story in stories:
        for index, comment in enumerate(story.comments):
            mood = comment.sentiment
            scored = (
                (mood.label, f"{mood.score:.3f}", f"{mood.confidence:.3f}", mood.unsure, mood.sarcasm, mood.toxic)
                if mood
                else ("",) * 6
            )
            told = (comment.author or "", comment.when or "", "" if comment.votes is None else comment.votes)
            words = (_cell(told[0]), *told[1:], *scored, _cell(comment.text))
            writer.writerow((story.id, index, *words))
    return out.getvalue()


def _cell(text: str) -> str:
    return f"'{text}" if text.startswith(_FORMULA) else text


def _usual(desk: Desk, stories: Sequence[Story]) -> list[tuple[str, Sequence[int]]]:
    """What is usual: counts of negative, neutral, positive and unsure over the outlet's stories and over all of the archive."""
    rows = desk.rows("comments:>0", "newest", _USUAL_STORIES)
    outlets = {story.outlet or story.source for story in stories if story.comments}
    outlet = outlets.pop() if len(outlets) == 1 else None
    found = [("all comments here", rows)]
    if outlet:
        found.insert(0, (outlet, [row for row in rows if outlet in (row.outlet, row.source)]))
    levels: list[tuple[str, Sequence[int]]] = []
    for name, group in found:
        moods = [row.mood for row in group]
        sums = [sum(getattr(mood, label) for mood in moods) for label in ("negative", "neutral", "positive", "unsure")]
        levels.append((name, sums))
    return levels


def _page(overview: Overview, usual: Sequence[tuple[str, Sequence[int]]], cells: int) -> Iterator[str]:
    mood, stories = overview.mood, overview.stories
    count = mood.comments if mood else 0
    yield f"{counted(count, 'comment')} on {counted(stories, 'story', 'stories')}"
    if mood is None:
        return
    yield from render.mood_lines(mood, cells)
    if mood.comments > mood.scored:
        yield from render.labelled("not scored", f"{mood.comments - mood.scored}, in languages that aren't read yet", cells)
    voices = overview.voices
    if voices and voices.comments < mood.comments:
        yield from render.labelled("each once", f"{voices.comments} writers: {_told(voices)}", cells)
    yield from _levels(mood, usual, cells)
    if overview.toxic or overview.sarcastic:
        yield from render.labelled("besides", f"{overview.toxic} toxic · {overview.sarcastic} sarcastic", cells)
    for name, one in overview.writers[:_WRITERS]:
        yield from render.labelled("often", f"{cut(name, 30)}: {_told(one)}", cells)
    if len(overview.days) > 1:
        for day, one in overview.days[-_DAYS:]:
            yield from render.labelled("day", f"{day}  {render.mood_bar(one)} {one.comments}", cells)
    for name, found in overview.picks:
        yield from _quotes(name, found, cells)
    yield ""
    yield from (style(line, "dim") for line in wrap(_footer(mood), cells))


def _levels(mood: Mood, usual: Sequence[tuple[str, Sequence[int]]], cells: int) -> Iterator[str]:
    """The usual levels that have enough comments, and more than are looked at."""
    for name, sums in usual:
        sure = sum(sums[:3])
        if sure >= FEWEST_FOR_SHARE and sure > mood.scored - mood.unsure:
            yield from render.labelled("usual", f"{name}: {sums[0] / sure:.0%} negative of {sure} sure ones", cells)


def _quotes(name: str, found: Sequence[Said], cells: int) -> Iterator[str]:
    if found and name in ("negative", "positive", "disputed"):
        yield ""
        yield style(_HEADINGS.get(name, name), _LOOKS.get(name, "bold"))
        for one in found:
            votes = "" if one.comment.votes is None else f" {one.comment.votes:+d}"
            text = cut(" ".join(one.comment.text.split()), cells * 3)
            yield from wrap(f"{one.comment.author or '(no name)'}{votes}: {text}", cells, "  ")


def _told(mood: Mood) -> str:
    counts = (("negative", mood.negative), ("neutral", mood.neutral), ("positive", mood.positive), ("unsure", mood.unsure))
    return " · ".join(f"{number} {label}" for label, number in counts if number) or "none scored"


def _footer(mood: Mood) -> str:
    from newsdesk.sentiment import measured

    return f"read by the {mood.tier} tier, a machine that errs: {measured(mood.tier)}"


COMMANDS = {"mood": Command(_configure, _mood)}
