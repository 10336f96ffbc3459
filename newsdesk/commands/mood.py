"""`mood`: what readers say of a story, a storyline or what a query finds; text for a person, JSON or CSV for a program.
`judge`: what a person says of a comment's mood, over what the models say."""

from __future__ import annotations

import argparse
import csv
import io
from collections.abc import Iterator, Sequence
from itertools import zip_longest
from typing import TYPE_CHECKING

from newsdesk.commands import render
from newsdesk.commands.arguments import Command, whole_number
from newsdesk.commands.browse import NONE_MATCH, each_story, meant_ids, whole_story
from newsdesk.commands.layout import cut, pad, style, wrap
from newsdesk.commands.output import add_output_file, output_to, settle_format
from newsdesk.commands.session import Session
from newsdesk.errors import Exit, UsageError
from newsdesk.export.tables import without_formula
from newsdesk.jsontext import dump_json
from newsdesk.model import Json, Mood, Story
from newsdesk.person.judgements import SAID, SAYS, labels
from newsdesk.wording import counted

if TYPE_CHECKING:
    from newsdesk.sentiment.over_time import OverTime
    from newsdesk.sentiment.overview import Overview, Said
    from newsdesk.threads.readers import Level, Readers

FORMATS = ("text", "json", "csv")
COLUMNS = ("story", "index", "author", "when", "votes", "label", "score", "confidence", "unsure", "sarcasm", "toxic", "text")
_WRITERS = 5
NONE_JUDGED = "no comment has been judged yet: newsdesk judge STORY N negative sets the mood of one"
_QUOTE_LINES = 4
_SIDE_BY_SIDE_FROM = 60  # cells
_LISTS = {
    "disputed": "negative but voted up, positive but voted down",
    "voted": "most voted for",
    "longest": "longest",
    "newest": "newest",
}


def _configure(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("query", nargs="*", metavar="ID|QUERY", help="a story, a storyline, or what a query finds")
    parser.add_argument("--format", choices=FORMATS, help="text (the default), json, or csv: a comment per row")
    add_output_file(parser)
    parser.add_argument(
        "--labels",
        action="store_true",
        help="only the comments whose mood you have judged, a JSON object per line: text, title, parent, label",
    )


def _mood(session: Session, flags: argparse.Namespace) -> int:
    if not flags.query and not flags.labels:
        raise UsageError("name a story, a storyline or a query (see newsdesk mood --help)")
    from newsdesk.threads.readers import tell_readers

    settle_format(session, flags, FORMATS, usual="text")
    chosen = session.format_or("text")
    with session.open_desk(readonly=True) as desk:
        ids = meant_ids(desk, flags.query) if flags.query else desk.judged_stories()
        stories = list(each_story(desk, ids))
        if not stories:
            session.console.note(NONE_MATCH if flags.query else NONE_JUDGED)
        told = tell_readers(desk, stories) if chosen != "csv" and not flags.labels else None
    with output_to(session, flags.output):
        if told is None:
            session.console.write(_examples(stories) if flags.labels else _table(stories))
        elif chosen == "json":
            session.console.write(dump_json(_json(told)) + "\n")
        else:
            session.console.page(_page(told, render.measure(session.console.width)))
    return Exit.OK


def _examples(stories: Sequence[Story]) -> str:
    return "".join(f"{dump_json(example)}\n" for example in labels(stories))


def _json(told: Readers) -> dict[str, Json]:
    def mood(one: Mood | None) -> Json:
        return one.to_json() if one else None

    def said(one: Said) -> Json:
        return {"story": one.story_id, "index": one.index, "comment": one.comment.to_json()}

    overview, times = told.overview, told.overview.times
    return {
        "version": 1,
        "stories": overview.stories,
        "mood": mood(overview.mood),
        "voices": mood(overview.voices),
        "likely": overview.likely and dict(zip(("negative", "neutral", "positive"), overview.likely, strict=True)),
        "usual": [level.to_json() for level in told.levels],
        "toxic": overview.toxic,
        "sarcastic": overview.sarcastic,
        "judged": overview.judged,
        "writers": [{"author": name, "mood": mood(one)} for name, one in overview.writers],
        "named": [{"name": one.name, "mood": mood(one.mood), "lean": one.lean or None} for one in overview.named],
        "days": [{"day": day, "mood": mood(one)} for day, one in overview.days],
        "times": times
        and {
            "hours": times.hours,
            "untimed": times.untimed,
            "steps": [{"start": step.start, "mood": mood(step.mood)} for step in times.steps],
        },
        "picks": {name: [said(one) for one in found] for name, found in overview.picks},
    }


def _table(stories: Sequence[Story]) -> str:
    out = io.StringIO()
    writer = csv.writer(out, lineterminator="\n")
    writer.writerow((*COLUMNS, "judged"))
    for story in stories:
        for index, comment in enumerate(story.comments):
            mood = comment.sentiment
            scored = (
                (mood.label, f"{mood.score:.3f}", f"{mood.confidence:.3f}", mood.unsure, mood.sarcasm, mood.toxic)
                if mood
                else ("",) * 6
            )
            told = (comment.author or "", comment.when or "", "" if comment.votes is None else comment.votes)
            words = (without_formula(told[0]), *told[1:], *scored, without_formula(comment.text), comment.judged is not None)
            writer.writerow((story.id, index, *words))
    return out.getvalue()


# --- for a person


def _page(told: Readers, cells: int) -> Iterator[str]:
    overview = told.overview
    mood = overview.mood
    yield f"{counted(mood.comments if mood else 0, 'comment')} on {counted(overview.stories, 'story', 'stories')}"
    if mood is None:
        return
    yield from render.mood_lines(mood, cells)
    yield from _likely(overview, cells)
    if overview.judged:
        yield from render.labelled("yours", f"{counted(overview.judged, 'comment')} as you judged", cells)
    if mood.comments > mood.scored:
        why = "in languages that newsdesk doesn't read, without a word, or excluded"
        yield from render.labelled("unscored", f"{mood.comments - mood.scored}, {why}", cells)
    voices = overview.voices
    if voices and voices.comments < mood.comments:
        yield from render.labelled("each once", f"{counted(voices.comments, 'writer')}: {_told(voices)}", cells)
    for level in told.levels_told:
        yield from render.labelled("usual", level_words(level), cells)
    if overview.toxic or overview.sarcastic:
        yield from render.labelled("besides", f"{overview.toxic:,} toxic · {overview.sarcastic:,} sarcastic", cells)
    yield from _groups(overview, cells)
    picks = dict(overview.picks)
    yield from _side_by_side(picks["negative"], picks["positive"], cells)
    for name, heading in _LISTS.items():
        if picks[name]:
            yield from ("", style(heading, "bold"))
            for one in picks[name]:
                yield from _quote(one, cells)
    yield from ("", *(style(line, "dim") for line in wrap(_footer(mood), cells)))


def _likely(overview: Overview, cells: int) -> Iterator[str]:
    from newsdesk.threads.readers import likely_words

    if overview.likely:
        yield from render.labelled("likely", likely_words(overview.likely), cells)


def level_words(level: Level) -> str:
    return f"{level.outlet or 'all here'}: {level.share:.0%} negative, of {level.sure} other comments"


def _groups(overview: Overview, cells: int) -> Iterator[str]:
    """Who writes most, who is named, and over time."""
    for name, one in overview.writers[:_WRITERS]:
        yield from render.labelled("often", f"{cut(name, 30)}: {_told(one)}", cells)
    for who in overview.named:
        lean = f"; {who.lean}" if who.lean else ""
        yield from render.labelled("named", f"{cut(who.name, 30)}: {_told(who.mood)}{lean}", cells)
    if overview.times:
        yield from _over_time(overview.times, cells)


def _over_time(times: OverTime, cells: int) -> Iterator[str]:
    for step in times.steps:
        shown = f" {render.mood_bar(step.mood)} {step.mood.comments}" if step.mood else ""
        yield from render.labelled("from", f"{pad(step.start.replace('T', ' '), 16)}{shown}".rstrip(), cells)
    if times.untimed:
        yield from render.labelled("", f"{times.untimed} without a time", cells)


def _side_by_side(against: Sequence[Said], kind: Sequence[Said], cells: int) -> Iterator[str]:
    """The surest negative comments at the left, the surest positive ones at the right; below each other where it is narrow."""
    if not against and not kind:
        return
    if cells < _SIDE_BY_SIDE_FROM or not against or not kind:
        for name, look, found in (("negative", "red", against), ("positive", "green", kind)):
            if found:
                yield from ("", style(name, look))
                for one in found:
                    yield from _quote(one, cells)
        return
    room = (cells - 3) // 2
    yield from ("", f"{style(pad('negative', room), 'red')} {style('│', 'dim')} {style('positive', 'green')}")
    for pair in zip_longest(against, kind):
        columns = [list(_quote(one, room))[:_QUOTE_LINES] if one else [] for one in pair]
        for left, right in zip_longest(*columns, fillvalue=""):
            yield f"{pad(left, room)} {style('│', 'dim')} {right}".rstrip()


def _quote(one: Said, cells: int) -> Iterator[str]:
    votes = "" if one.comment.votes is None else f" {one.comment.votes:+d}"
    text = cut(" ".join(one.comment.text.split()), cells * 3)
    yield from wrap(f"{one.comment.author or '(no name)'}{votes}: {text}", cells, "  ")


def _told(mood: Mood) -> str:
    return " · ".join(f"{number:,} {label}" for label, number in mood.counts().items() if number) or "none scored"


def _footer(mood: Mood) -> str:
    from newsdesk.threads.readers import tier_words

    return f"Read by a machine, which makes mistakes: {tier_words(mood.tier)}. newsdesk judge corrects a mood."


# --- a person's word


def _configure_judge(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("story", metavar="STORY", help="a story's id")
    parser.add_argument(
        "index", metavar="N", type=whole_number(0), help="which of its comments: the first is 0 (mood --format csv)"
    )
    parser.add_argument(
        "said",
        choices=SAID,
        metavar="MOOD",
        help="negative, neutral or positive; none: don't score it; machine: the models' reading counts again",
    )


def _judge(session: Session, flags: argparse.Namespace) -> int:
    with session.open_desk() as desk:
        story = whole_story(desk, flags.story)
        if not story.comments:
            raise UsageError(f"{story.id} has no comments")
        if flags.index >= len(story.comments):
            raise UsageError(f"{story.id} has {counted(len(story.comments), 'comment')}; the first is 0")
        comment = story.comments[flags.index]
        desk.judge(story.id, comment, flags.said)
    session.console.line(f"{SAYS[flags.said]}: {cut(' '.join(comment.text.split()), 60)}")
    return Exit.OK


COMMANDS = {"mood": Command(_configure, _mood), "judge": Command(_configure_judge, _judge)}
