"""A story as lines to read: heading, facts, labels (with their reasons on demand), highlights, body. Pure."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING

from newsdesk.archive.rows import StoryRow
from newsdesk.model import Country, Story, Topic
from newsdesk.person.labelling import corrected
from newsdesk.wording import UNKNOWN, unknown
from tui.drawing.render import Glyphs, Line, Span, age, in_lines, printed_time, wrap
from tui.panes.story_rows import NO_SOURCE

if TYPE_CHECKING:  # nobody has searched yet
    from tui.drawing.found import Sought

MEASURE = 76  # cells: the longest line that is read with ease
GUTTER = 2


@dataclass(frozen=True, slots=True)
class Reading:
    """How the article is shown: `why` adds what speaks for each label, `sought` is marked in the text."""

    width: int
    glyphs: Glyphs
    now: datetime
    why: bool = False
    sought: Sought | None = None
    original: StoryRow | None = None  # what the story is a copy of

    @property
    def measure(self) -> int:
        return max(10, min(MEASURE, self.width - 2 * GUTTER + 1))

    @property
    def margin(self) -> str:
        return " " * GUTTER if self.width > 40 else " "


def article_lines(story: Story, reading: Reading) -> list[Line]:
    """The whole article, one tuple of spans a line."""
    lines: list[Line] = []
    lines += _block(_kicker(story), reading)
    lines += _marked(_heading(story, reading), reading)
    lines += _block(_facts(story, reading), reading)
    if story.byline:
        lines += _marked(_paragraph(story.byline, "muted", reading), reading)
    lines += _labels_with_reasons(story, reading) if reading.why else []
    lines.append(((reading.margin, ""), (reading.glyphs.rule * min(24, reading.measure), "faint")))
    lines += _marked([*_highlights(story, reading), *_body(story, reading)], reading)
    lines += _foot(story, reading)
    return lines


def _marked(lines: list[Line], reading: Reading) -> list[Line]:
    if reading.sought is None:
        return lines
    from tui.drawing.found import mark

    return mark(lines, reading.sought)


def _block(parts: Sequence[Span], reading: Reading) -> list[Line]:
    return [((reading.margin, ""), *line) for line in in_lines(parts, reading.measure, reading.glyphs)]


def _paragraph(text: str, ink: str, reading: Reading, hang: str = "", first: Span = ("", "")) -> list[Line]:
    """A paragraph at the measure; `first` stands before its first line, `hang` before the others."""
    room = reading.measure - len(hang)
    lines: list[Line] = []
    for line in wrap(text, room):
        start = first if not lines else (hang, "")
        lines.append(((reading.margin, ""), start, (line, ink)))
    return lines


def _kicker(story: Story) -> list[Span]:
    """Each topic with the narrower ones behind it, then the countries: parts that a line may break between."""
    topics: list[Span] = [
        (label.name, "accent" if not place else "muted") for place, topic in enumerate(story.topics) for label in topic.family()
    ]
    places: list[Span] = [(country.name, "place") for country in story.countries]
    if not (topics or places) and unknown(story) != UNKNOWN:
        return [(unknown(story), "faint")]
    return (topics or [("topic unknown", "faint")]) + (places or [("country unknown", "faint")])


def _heading(story: Story, reading: Reading) -> list[Line]:
    if story.title:
        return _paragraph(story.title, "title", reading)
    return _paragraph("(no title on the page)", "faint", reading)


def _facts(story: Story, reading: Reading) -> list[Span]:
    parts: list[Span] = [(story.source, "muted")] if story.source else []
    if story.outlet and story.outlet != story.source:
        parts.append((story.outlet, "muted"))
    if not parts:
        parts.append((NO_SOURCE, "faint"))
    if story.published:
        parts.append((printed_time(story.published), "muted"))
        ago = age(story.published, reading.now)
        if not set(ago) & set(" ’"):  # an older one is a date, which stands there already
            parts.append((ago, "faint"))
    else:
        parts.append(("no date", "faint"))
    if story.updated and story.updated != story.published:
        parts.append((f"updated {printed_time(story.updated)}", "muted"))
    if story.revision > 1:
        parts.append((f"version {story.revision}", "muted"))
    if story.status != "usable":
        parts.append((story.status.upper(), "error"))
    return [part for part in parts if part[0]]


def _highlights(story: Story, reading: Reading) -> list[Line]:
    lines: list[Line] = []
    for text in story.highlights:
        lines += _paragraph(text, "title", reading, "  ", (f"{reading.glyphs.bullet} ", "accent"))
    return [*lines, ()] if lines else []


def _body(story: Story, reading: Reading) -> list[Line]:
    lines: list[Line] = []
    for place, text in enumerate(story.body):
        if not place and story.dateline and not text.startswith(story.dateline):
            text = f"{story.dateline} {reading.glyphs.dash} {text}"
        lines += _paragraph(text, "text", reading)
        lines.append(())
    return lines or [*_paragraph("No text came with this story.", "faint", reading), ()]


def _foot(story: Story, reading: Reading) -> list[Line]:
    lines: list[Line] = []
    if story.storyline and story.storyline.stories > 1:
        lines += _paragraph(
            f"Storyline: {story.storyline.title} ({story.storyline.stories} stories)",
            "line-read",
            reading,
        )
    if story.wire_copy_of:
        lines += _paragraph(_copied(reading.original), "muted", reading)
    if story.url:
        lines += _paragraph(story.url, "link", reading)
    for origin in story.origins[:5]:
        place = origin.feed or origin.path
        if place:
            lines += _paragraph(f"from {place}", "faint", reading)
    return lines


def _copied(original: StoryRow | None) -> str:
    """Who had the text first, and when, as far as the archive goes."""
    name = original.source or original.outlet if original else None
    if original is None or name is None:
        return "A copy of an earlier text in the archive."
    return f"A copy of what {name} had first{f', {printed_time(original.published)}' if original.published else ''}."


def _labels_with_reasons(story: Story, reading: Reading) -> list[Line]:
    lines: list[Line] = [()]
    of_topics, of_countries = corrected(story)
    if unknown(story) == UNKNOWN or any((story.topics, story.countries, of_topics, of_countries)):
        lines += _reasons("Topics", story.topics, of_topics, reading)
        lines += _reasons("Countries", story.countries, of_countries, reading)
    else:
        lines += _paragraph(f"{unknown(story)}: topics, countries and the storyline follow", "faint", reading)
    if story.published_in:
        lines += _paragraph(f"published in {story.published_in}", "muted", reading)
    if story.storyline:
        alone = ("no other story is in it",) if story.storyline.stories == 1 else ()
        lines += _reason("Storyline", story.storyline.title, None, story.storyline.why or alone, reading, "because: ", "; ")
    return lines


def _reasons(heading: str, labels: Sequence[Topic | Country], said: str, reading: Reading) -> list[Line]:
    if not labels and not said:
        return _paragraph(f"{heading}: unknown, nothing in the text points clearly to one", "faint", reading)
    lines: list[Line] = []
    for label in labels:
        lines += _reason(heading, label.name, label.score, label.why, reading)
        for concept in label.narrower if isinstance(label, Topic) else ():
            lines += _reason("Narrower", concept.name, None, concept.why, reading)
    return [*lines, *_paragraph(f"{heading}: {'' if labels else 'none, '}{said}", "muted", reading)] if said else lines


def _reason(
    heading: str,
    name: str,
    score: float | None,
    why: Sequence[str],
    reading: Reading,
    lead: str = "because of: ",
    between: str = ", ",
) -> list[Line]:
    strength = "" if score is None else f" {score:.2f}"
    first = f"{heading}: {name}{strength}"
    reasons = between.join(why) if why else "no reason kept"
    return [
        *_paragraph(first, "place" if heading == "Countries" else "line-read" if heading == "Storyline" else "accent", reading),
        *_paragraph(f"{lead}{reasons}", "muted", reading, "    ", ("  ", "")),
    ]
