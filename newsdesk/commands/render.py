"""Stories as text for a person: a card (inspect) and a whole article (show). Lines with style marks, cut to a width."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import TYPE_CHECKING

from newsdesk.commands.layout import cut, pad, style, wrap
from newsdesk.model import Comment, Country, Judgement, Mood, Story, Topic
from newsdesk.person.labelling import corrected
from newsdesk.threads.kept_text import thread_order
from newsdesk.threads.quoted_lines import split_lines
from newsdesk.wording import NO_TITLE, counted, label_words, share_out, unknown

if TYPE_CHECKING:
    from newsdesk.edits import Edit

MEASURE = 92  # cells: longer lines of prose are hard to read
_LABEL = 12
_BAR = 20


def measure(cells: int) -> int:
    """The line length for prose on a terminal of that many cells."""
    return min(cells, MEASURE)


def story_card(story: Story, cells: int) -> list[str]:
    """A story in a few lines: what it is, what was found out about it, how it begins."""
    cells = measure(cells)
    lines = [style(line, "heading") for line in wrap(story.title or NO_TITLE, cells)]
    lines += labelled("", facts(story), cells, "dim")
    topics = " · ".join(f"{topic.full_name()} {topic.score:.2f}" for topic in story.topics)
    lines += labelled("topics", topics or unknown(story), cells)
    lines += labelled("countries", countries_line(story), cells)
    if story.storyline:
        others = "alone" if story.storyline.stories == 1 else f"{story.storyline.stories} stories"
        lines += labelled("storyline", f"{story.storyline.title} ({others}) {story.storyline.id}", cells)
    if story.wire_copy_of:
        lines += labelled("copy of", story.wire_copy_of, cells)
    if story.comments:
        lines += labelled("comments", f"{len(story.comments)}", cells)
        lines += mood_lines(story.mood, cells)
    lead = story.lead()
    if lead:
        lines += wrap(cut(lead, cells * 3 - 8), cells, "  ")
    return lines


def facts(story: Story) -> str:
    """Who says it, when and where, in one line."""
    when = story.published or (f"updated {story.updated}" if story.updated else None)
    parts = [story.source or story.outlet, story.byline, when, story.dateline, story.language]
    parts.append(story.status if story.status != "usable" else None)
    parts.append(f"revision {story.revision}" if story.revision > 1 else None)
    parts.append(story.id)
    return " · ".join(part for part in parts if part)


def countries_line(story: Story) -> str:
    named = " · ".join(f"{country.name} {country.score:.2f}" for country in story.countries) or unknown(story)
    return f"{named}   published in {story.published_in}" if story.published_in else named


def labelled(label: str, text: str, cells: int, look: str | None = None) -> list[str]:
    """A fact with its name at the left; long ones go on below themselves."""
    head = "  " + pad(label, _LABEL - 2) if label else "  "
    lines = wrap(text, cells, head)
    if look:
        return [style(line, look) for line in lines]
    return [style(lines[0][: len(head)], "dim") + lines[0][len(head) :], *lines[1:]]


def mood_lines(mood: Mood | None, cells: int) -> list[str]:
    """The readers' mood: a bar, the counts, and how sure the share is."""
    if mood is None or not mood.scored:
        return []
    told = " · ".join(f"{count} {name}" for name, count in mood.counts().items())
    if known := mood.share_to_tell():
        share, low, high = known
        told += f"; {share:.0%} negative ({low:.0%} to {high:.0%})"
    return labelled("mood", f"{mood_bar(mood)} {told}", cells)


def mood_bar(mood: Mood, cells: int = _BAR) -> str:
    """Negative, neutral, positive and unsure as parts of a bar. The signs differ, so that it can be read without colour."""
    looks = (("━", "red"), ("─", "dim"), ("═", "green"), ("·", "dim"))
    parts = share_out([*mood.counts().values()], cells)
    return "".join(style(sign * part, look) for part, (sign, look) in zip(parts, looks, strict=True))


def edits(found: Iterable[tuple[str, Edit]], cells: int) -> Iterator[str]:
    """What changed in a story, version by version: each with the moment at which it came in."""
    from newsdesk.edits import told

    cells, version = measure(cells), 0
    for seen, edit in found:
        if edit.version != version:
            version = edit.version
            yield style(f"Version {version}, came in {seen}", "heading")
        before, after = told(edit)
        yield from labelled(edit.what, f"was: {before}" if before is not None else f"added: {after}", cells)
        if before is not None:
            yield from labelled(" ", f"now: {after}" if after is not None else "now: taken out", cells)


def article(story: Story, cells: int) -> list[str]:
    """A whole story to read: title, facts, highlights, body, tags, comments as a thread."""
    cells = measure(cells)
    lines = [style(line, "heading") for line in wrap(story.title or NO_TITLE, cells)]
    lines += [style(line, "dim") for line in wrap(facts(story), cells)]
    if story.url:
        lines += [style(story.url, "dim")]
    lines += [""] * bool(story.highlights)
    for highlight in story.highlights:
        lines += wrap(highlight, cells, "  • ")
    for paragraph in story.body:
        lines += ["", *wrap(paragraph, cells)]
    lines += ["", *tag_lines(story, cells)]
    if story.comments:
        lines += ["", *thread(story, cells)]
    return lines


def tag_lines(story: Story, cells: int) -> list[str]:
    topics, countries = label_words(story, " · ")
    lines = [*labelled("topics", topics, cells), *labelled("countries", countries, cells)]
    if story.published_in:
        lines += labelled("published in", story.published_in, cells)
    if story.storyline:
        lines += labelled("storyline", f"{story.storyline.title} ({story.storyline.stories}) {story.storyline.id}", cells)
    if story.wire_copy_of:
        lines += labelled("copy of", story.wire_copy_of, cells)
    return lines + mood_lines(story.mood, cells)


def thread(story: Story, cells: int) -> Iterator[str]:
    """The comments, answers below what they answer."""
    yield style(counted(len(story.comments), "comment"), "bold")
    for index, depth in thread_order(story.comments):
        indent = "  " * min(depth, 6)
        yield ""
        yield indent + comment_head(story.comments[index])
        for mark, said in split_lines(story.comments[index].text):
            yield from (f"{indent}  {mark}{line}" for line in wrap(said, cells - len(f"{indent}  {mark}")))


def comment_head(comment: Comment) -> str:
    """Author, time, votes and mood of a comment, in a line."""
    said = [style(comment.author or "(no name)", "bold")]
    said += [comment.when] if comment.when else []
    said += [f"{comment.votes:+d}"] if comment.votes is not None else []
    mood = comment.sentiment
    if mood:
        look = {"negative": "red", "positive": "green"}.get(mood.label, "dim")
        said.append(style("unsure" if mood.unsure else mood.label, "dim" if mood.unsure else look))
    if comment.judged:
        said.append(style("you said" if mood else "not scored, you said", "dim"))
    return " · ".join(said)


def reasons(tags: Iterable[Topic | Country], corrected: str, cells: int, none: str) -> list[str]:
    """Tags with their scores, and below each why it is there; `corrected` tells that a person named them, `none` that there
    are none."""
    lines = []
    for tag in tags:
        lines.append(f"  {style(tag.name, 'bold')} {tag.score:.2f}")
        lines += wrap(" · ".join(dict.fromkeys(tag.why)), cells, "    ") if tag.why else []
        for concept in tag.narrower if isinstance(tag, Topic) else ():
            lines += [f"    {style(concept.name, 'bold')}", *wrap(" · ".join(concept.why), cells, "      ")]
    lines = lines or ["  none" if corrected else f"  {none}"]
    return [*lines, *wrap(corrected, cells, "  ")] if corrected else lines


def explanation(story: Story, cells: int) -> list[str]:
    """Why each label of a story is there."""
    cells, (of_topics, of_countries) = measure(cells), corrected(story)
    lines = [style(line, "heading") for line in wrap(story.title or NO_TITLE, cells)]
    lines += [style(line, "dim") for line in wrap(facts(story), cells)]
    lines += ["", style("topics", "cyan"), *reasons(story.topics, of_topics, cells, unknown(story))]
    lines += ["", style("countries", "cyan"), *reasons(story.countries, of_countries, cells, unknown(story))]
    lines += ["", style("published in", "cyan"), f"  {story.published_in or 'unknown'}"]
    if story.storyline:
        told = wrap(f"{story.storyline.title} {story.storyline.id}", cells, "  ")
        lines += ["", style("storyline", "cyan"), *(style(line, "bold") for line in told)]
        for why in story.storyline.why:
            lines += wrap(why, cells, "    ")
    if story.wire_copy_of:
        lines += ["", style("copy of", "cyan"), f"  {style(story.wire_copy_of, 'bold')}", "    near-identical text"]
    if story.comments:
        lines += ["", style("mood", "cyan"), *mood_lines(story.mood, cells)]
        for comment in story.comments:
            lines += _why_comment(comment, cells)
    return lines


def _read_as(judged: Judgement) -> str:
    return judged.read.label if judged.read else "nothing"


def _why_comment(comment: Comment, cells: int) -> list[str]:
    mood = comment.sentiment
    verdict = "not scored" if mood is None else f"{mood.label} {mood.score:+.2f}, {mood.confidence:.0%} sure"
    verdict += f", you said; read as {_read_as(comment.judged)}" if comment.judged else ""
    marks = [name for name in ("unsure", "sarcasm", "toxic") if mood and getattr(mood, name)]
    first = comment.text.split("\n", 1)[0]
    room = max(20, cells - 4)
    lines = [f"  {style(', '.join([verdict, *marks]), 'bold')}", *wrap(cut(first, room), cells, "    ")]
    if mood and mood.why:
        lines += [style(line, "dim") for line in wrap(" · ".join(dict.fromkeys(mood.why)), cells, "      ")]
    return lines
