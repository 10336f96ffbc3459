"""Reading the archive: `list`, `storylines`, `show`, `explain`."""

from __future__ import annotations

import argparse
from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING

from newsdesk.archive.rows import SORTS, STORYLINE_SORTS, StoryRow
from newsdesk.commands import render
from newsdesk.commands.arguments import Command, whole_number
from newsdesk.commands.layout import columns, cut, style, wrap
from newsdesk.commands.output import add_output_file, output_to, put_lines, put_out, settle_format
from newsdesk.commands.session import Session
from newsdesk.commands.stories import add_format, print_items, print_stories
from newsdesk.errors import Exit, UsageError
from newsdesk.export import export_stories
from newsdesk.model import Story, Storyline
from newsdesk.wording import NO_TITLE, counted

if TYPE_CHECKING:
    from datetime import datetime

    from newsdesk.desk import Desk
    from newsdesk.edits import Edit

LIST_FORMATS = ("text", "ndjson", "json", "csv", "tsv")
STORYLINE_FORMATS = ("text", "ndjson", "json", "csv", "tsv")
SHOW_FORMATS = ("text", "ndjson", "json", "md", "ninjs")
NO_STORIES = "no stories yet: newsdesk refresh reads the sources"
NONE_MATCH = "no story matches"
_ROOMY, _USUAL = 100, 80  # cells from which lists have room for sources, and for a part of their names


def add_query(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("query", nargs="*", metavar="QUERY", help="words, topic:, country:, is:unread, ...")


def _configure_list(parser: argparse.ArgumentParser) -> None:
    add_query(parser)
    add_format(parser, LIST_FORMATS)
    add_output_file(parser)
    parser.add_argument("--limit", type=whole_number(0), metavar="N", help="at most this many")
    parser.add_argument("--sort", choices=SORTS, default="newest", help=f"{', '.join(SORTS)}; newest is the default")


def _list(session: Session, flags: argparse.Namespace) -> int:
    settle_format(session, flags, LIST_FORMATS)
    chosen = session.choose_format()
    query = " ".join(flags.query)
    with session.open_desk(readonly=True) as desk:
        if chosen == "text":
            rows = desk.rows(query, flags.sort, flags.limit)
            lines = story_lines(rows, session.console.width, session.clock(), sources=flags.sort == "source")
            put_lines(session, flags.output, lines)
            found = len(rows)
        else:
            ids = desk.ids(query, flags.sort, flags.limit)
            put_out(session, flags.output, export_stories(each_story(desk, ids), chosen, session.clock()))
            found = len(ids)
        if not found and flags.limit != 0:
            _say_why_nothing(session, desk, chosen, NONE_MATCH)
    return Exit.OK


def _say_why_nothing(session: Session, desk: Desk, chosen: str, none_match: str) -> None:
    """That the archive is empty or that an id is no query, which a script may not have meant either; to a person also that
    nothing matches."""
    words = session.flags.query
    if not desk.count(with_muted=True):
        session.console.note(NO_STORIES)
    elif len(words) == 1 and (known := known_id(desk, words[0])):
        session.console.note(
            f"{known} is an id: newsdesk show {known}, or newsdesk list storyline:ID for a storyline's stories"
        )
    elif chosen == "text":
        session.console.note(none_match)


def each_story(desk: Desk, ids: Sequence[str]) -> Iterator[Story]:
    """Whole stories one after the other, so that an archive of any size can be printed."""
    for story_id in ids:
        story = desk.story(story_id)
        if story is not None:
            yield story


def story_lines(rows: Sequence[StoryRow], cells: int, now: datetime, sources: bool = False) -> Iterator[str]:
    """A line a story: its id, mark, day, source (where there is room, or with `sources`), countries, comments, heading."""
    source_cells = min(20, cells - _ROOMY + 8) if cells >= _ROOMY else 16 if sources else 10 if cells >= _USUAL else 0
    return columns((_story_columns(row, source_cells, now) for row in rows), cells, grow=-1, right=frozenset({4}))


def _day(row: StoryRow, now: datetime) -> str:
    """The day that is printed in the story; where there is none the day it came in, which is said to be that."""
    if row.published:
        return row.published[:10]
    return f"seen {row.seen[5:10] if row.seen[:4] == f'{now:%Y}' else row.seen[:4]}"


def _story_columns(row: StoryRow, source_cells: int, now: datetime) -> tuple[str, ...]:
    heading = style(row.heading, "bold" if row.unread else "plain") if row.titled else style(row.heading or NO_TITLE, "dim")
    marks = [style("●", "cyan") if row.unread else " ", "★" if row.starred else "", "◆" if row.followed else ""]
    source = cut(row.source or row.outlet or "", source_cells)
    return (
        style(row.id, "dim"),
        "".join(marks),
        _day(row, now),
        " ".join(row.countries[: 3 if source_cells else 2]) or "-",
        str(row.comments) if row.comments else "",
        *((style(source, "dim"),) if source_cells else ()),
        heading,
    )


def _configure_storylines(parser: argparse.ArgumentParser) -> None:
    add_query(parser)
    add_format(parser, STORYLINE_FORMATS)
    add_output_file(parser)
    parser.add_argument("--limit", type=whole_number(0), metavar="N", help="at most this many")
    parser.add_argument(
        "--sort", choices=STORYLINE_SORTS, default="newest", help=f"{', '.join(STORYLINE_SORTS)}; newest is the default"
    )


def _storylines(session: Session, flags: argparse.Namespace) -> int:
    settle_format(session, flags, STORYLINE_FORMATS)
    chosen = session.choose_format()
    query = " ".join(flags.query)
    with session.open_desk(readonly=True) as desk:
        storylines = desk.storylines(query, flags.sort, flags.limit)
        with output_to(session, flags.output):
            print_storylines(session, chosen, storylines)
        if not storylines and flags.limit != 0:
            _say_why_nothing(session, desk, chosen, "no storyline matches")
    return Exit.OK


def print_storylines(session: Session, chosen: str, storylines: Sequence[Storyline]) -> None:
    if chosen in ("json", "ndjson"):
        print_items(session, chosen, "storylines", (storyline.to_json() for storyline in storylines))
    elif chosen in ("csv", "tsv"):
        from newsdesk.export.tables import storylines_to

        for piece in storylines_to(chosen, storylines):
            session.console.write(piece)
    else:
        cells = session.console.width
        rows = (_storyline_columns(storyline, roomy=cells >= _ROOMY) for storyline in storylines)
        session.console.lines(columns(rows, cells, grow=-1, right=frozenset({1})))


def _storyline_columns(line: Storyline, roomy: bool) -> tuple[str, ...]:
    first, last = (line.first_seen or "")[:10], (line.last_seen or "")[:10]
    sources = (style(cut(", ".join(line.sources), 24), "dim"),) if roomy else ()
    return (
        style(line.id, "dim"),
        str(line.stories),
        last if first == last else f"{first} to {last[5:] if first[:4] == last[:4] else last}",
        " ".join(line.countries[: 3 if roomy else 2]) or "-",
        *sources,
        line.title or NO_TITLE,
    )


def _configure_show(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("id", metavar="ID", help="a story's or storyline's id, or the start of it")
    parser.add_argument("--fetch", action="store_true", help="first fetch the page it links to: its full text and new comments")
    parser.add_argument("--changes", action="store_true", help="what changed in the story from version to version")
    add_format(parser, SHOW_FORMATS)
    add_output_file(parser)


def _show(session: Session, flags: argparse.Namespace) -> int:
    settle_format(session, flags, SHOW_FORMATS)
    chosen = session.choose_format()
    code = _fetch(session, flags.id) if flags.fetch else Exit.OK
    with output_to(session, flags.output):
        _show_found(session, flags, chosen)
    return code


def _show_found(session: Session, flags: argparse.Namespace, chosen: str) -> None:
    with session.open_desk(readonly=True) as desk:
        found = desk.find(flags.id)
        if found.startswith("t"):
            if flags.changes:
                raise UsageError(f"{found} is a storyline; --changes are those of a story")
            _show_storyline(session, desk, found, chosen)
            return
        story = whole_story(desk, found)
        edits = desk.edits(story.id) if flags.changes else []
    if flags.changes:
        _print_edits(session, chosen, edits)
    elif chosen == "text":
        session.console.page(render.article(story, session.console.width))
    else:
        print_stories(session, chosen, [story])


def _print_edits(session: Session, chosen: str, edits: Sequence[tuple[str, Edit]]) -> None:
    if chosen in ("json", "ndjson"):
        print_items(session, chosen, "changes", ({"seen": seen, **edit.to_json()} for seen, edit in edits))
    elif chosen == "text":
        session.console.page(list(render.edits(edits, session.console.width)))
        if not edits:
            session.console.note("nothing changed in this story from one version to the next")
    else:
        raise UsageError(f"no format '{chosen}' for changes; there are text, ndjson, json")


def _fetch(session: Session, text: str) -> Exit:
    """Follow a story's link into the archive; why that can't be done is told, and the story is shown as it is."""
    import asyncio

    from newsdesk.config import user_agent
    from newsdesk.refresh.story import Fetched, fetch_article

    with session.open_desk() as desk:
        story = whole_story(desk, text)

        async def fetch() -> Fetched:
            async with session.outside.make_feed_reader(user_agent(session.config), session.config.threads) as reader:
                return await fetch_article(desk, reader, story.id, session.config.feeds)

        session.console.progress(f"fetching {story.url}")
        fetched = asyncio.run(fetch())
        session.console.end_progress()
    if fetched.error is not None:
        session.console.complain(f"{story.url}: {fetched.error}")
        return Exit.PARTIAL
    return Exit.OK


def whole_story(desk: Desk, text: str) -> Story:
    """The story that an id, or the start of one, stands for. Raises UsageError."""
    story = desk.story(desk.find(text))
    if story is None:
        raise UsageError(f"{text} is not a story's id")
    return story


def _show_storyline(session: Session, desk: Desk, storyline_id: str, chosen: str) -> None:
    storyline = desk.storyline(storyline_id)
    if storyline is None:
        raise UsageError(f"{storyline_id} is not a storyline's id")
    rows = desk.storyline_stories(storyline.id)
    if chosen == "text":
        cells = session.console.width
        head = _storyline_head(storyline, _originals(desk, storyline), cells)
        session.console.page([*head, *story_lines(rows, cells, session.clock())])
    elif chosen in ("json", "ndjson"):
        print_storylines(session, chosen, [storyline])
    else:
        print_stories(session, chosen, each_story(desk, [row.id for row in rows]))


def _originals(desk: Desk, storyline: Storyline) -> str:
    """Wire copies counted apart, where there are any: `12 outlets, 3 originals`; and what is muted."""
    detail = desk.storyline_detail(storyline.id)
    told = [f"{detail.muted:,} muted, left out"] if detail and detail.muted else []
    if detail and detail.copies:
        told.append(f"{counted(detail.outlets, 'outlet')}, {counted(detail.originals, 'original')}")
    return " · ".join(told)


def _storyline_head(storyline: Storyline, originals: str, cells: int) -> Iterator[str]:
    yield from (style(line, "heading") for line in wrap(storyline.title or NO_TITLE, cells))
    days = " to ".join(dict.fromkeys(day[:10] for day in (storyline.first_seen, storyline.last_seen) if day))
    told = [
        counted(storyline.stories, "story", "stories"),
        originals,
        days,
        ", ".join(storyline.countries),
        ", ".join(storyline.sources),
        storyline.id,
    ]
    yield from (style(line, "dim") for line in wrap(" · ".join(part for part in told if part), cells))
    for why in storyline.why:
        yield from wrap(why, cells, "  ")
    yield ""


def _configure_explain(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("id", metavar="ID", help="a story's or storyline's id, or the start of it")
    parser.add_argument("--format", choices=("text", "json"), help="text (the default) or json")


def _explain(session: Session, flags: argparse.Namespace) -> int:
    chosen = session.format_or("text")
    with session.open_desk(readonly=True) as desk:
        found = desk.find(flags.id)
        ids = [row.id for row in desk.storyline_stories(found)] if found.startswith("t") else [found]
        stories = [whole_story(desk, story_id) for story_id in ids]
    if chosen == "json":
        print_stories(session, chosen, stories)
    else:
        pages = [render.explanation(story, session.console.width) for story in stories]
        session.console.page([line for page in pages for line in (*page, "")][:-1])
    return Exit.OK


def meant_ids(desk: Desk, words: Sequence[str]) -> list[str]:
    """The stories that words on the command line stand for: ids of stories and storylines, else a query; all without words."""
    if not words:
        return desk.ids()
    found: list[str] = []
    for word in words:
        known = known_id(desk, word)
        if known is None:
            return desk.ids(" ".join(words))
        found += [row.id for row in desk.storyline_stories(known)] if known.startswith("t") else [known]
    return found


def known_id(desk: Desk, word: str) -> str | None:
    """The full id of a story or storyline, if `word` is one, or the start of one."""
    from newsdesk.query.values import may_be_id

    if not may_be_id(word.casefold()):
        return None
    try:
        return desk.find(word)
    except UsageError:
        return None


COMMANDS = {
    "list": Command(_configure_list, _list),
    "storylines": Command(_configure_storylines, _storylines),
    "show": Command(_configure_show, _show),
    "explain": Command(_configure_explain, _explain),
}
