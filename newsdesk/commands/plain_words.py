"""What `newsdesk --plain` says of stories, lists and comments: sentences, without a sign that stands for something; and the
words that it takes."""

from __future__ import annotations

from calendar import month_name
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from newsdesk.archive.rows import FollowState, Section, StorylineRow, StoryRow
from newsdesk.model import Comment, Mood, Story
from newsdesk.wording import NO_TITLE, counted, stories

if TYPE_CHECKING:
    from newsdesk.archive.coverage import Coverage
    from newsdesk.briefs.briefing import Digest, Handover
    from newsdesk.feeds.health import FeedHealth
    from newsdesk.threads.readers import Readers


_MOST_PLACES = 5  # countries that are named of a topic
_ENDS = (".", "?", "!", "…", "。", "？", "！", "؟", "।")  # of a sentence, as scripts write it


def _joined(parts: Iterable[str | None]) -> str:
    return ", ".join(part for part in parts if part)


def _ended(sentence: str) -> str:
    return sentence if sentence.rstrip("”»\"'」』)").endswith(_ENDS) else f"{sentence}."


def tell_when(when: str) -> str:
    """A date as it is said, with the time and the offset where they were printed: `12 March 2026, 09:40, UTC minus 03:00`."""
    day, _, time = when.partition("T")
    try:
        year, month, number = (int(part) for part in day.split("-"))
        told = f"{number} {month_name[month]} {year}"
    except (ValueError, IndexError):
        return when
    offset = f"UTC {'minus' if time[5] == '-' else 'plus'} {time[6:]}" if time[5:6] in ("-", "+") else None
    return _joined([told, time[:5], offset])


def _countries(codes: Sequence[str]) -> str:
    from newsdesk.countries import country_name

    return _joined(map(country_name, codes))


def tell_story(row: StoryRow, since: int | None = None) -> str:
    """A story of a list, in a line; new is what came in after the arrival number `since`."""
    state = _joined(
        ["unread" if row.unread else None, "starred" if row.starred else None, "followed" if row.followed else None]
    )
    new = "new" if since is not None and row.arrived > since else None
    comments = counted(row.comments, "comment", "comments") if row.comments else None
    when = tell_when(row.published[:10]) if row.published else f"no date, came in {tell_when(row.seen[:10])}"
    facts = _joined([new, row.source or row.outlet, when, _countries(row.countries), comments, state])
    return f"{_ended(row.heading or NO_TITLE)} {facts}."


def tell_storyline(row: StorylineRow) -> str:
    """A storyline of a list, in a line."""
    line = row.storyline
    facts = _joined([counted(row.stories, "story", "stories"), f"{row.unread} unread", _countries(line.countries[:4])])
    state = _joined([facts, "followed" if row.followed else None, "pinned" if row.pinned else None])
    return f"{_ended(line.title or NO_TITLE)} {state}."


def tell_section(section: Section) -> str:
    """A topic or a country of a list, in a line."""
    return f"{section.name}. {counted(section.total, 'story', 'stories')}, {section.unread} unread."


def tell_coverage(coverage: Coverage) -> Iterator[tuple[str, str]]:
    """Each topic with its stories and in which countries they are, most first, and the query that finds them."""
    from newsdesk.countries import country_name
    from newsdesk.topics.names import TOPICS

    cells = sorted(coverage.cells.items(), key=lambda cell: (-cell[1], cell[0]))
    for topic, number in sorted(coverage.topics.items(), key=lambda one: -one[1]):
        places = [f"{country_name(code) if code else 'no country'} {n:,}" for (of, code), n in cells if of == topic]
        left = len(places) - _MOST_PLACES
        more = [counted(left, "more country", "more countries")] if left > 0 else []
        name = TOPICS.get(topic, topic) if topic else "no topic"
        yield f"{name}. {stories(number)}: {_joined([*places[:_MOST_PLACES], *more])}.", f"topic:{topic or 'unknown'}"


def tell_beside(one: Story, other: Story) -> Iterator[str]:
    """Two accounts of one event, a paragraph of each in turn."""
    names = [story.outlet or story.source for story in (one, other)]
    first, second = names if all(names) and names[0] != names[1] else ("The first", "The second")
    for name, story in ((first, one), (second, other)):
        yield f"{name}: {_ended(story.title or NO_TITLE)} {tell_facts(story)}"
    texts = [(*story.highlights, *story.body) for story in (one, other)]
    for number in range(max(map(len, texts))):
        for name, text in ((first, texts[0]), (second, texts[1])):
            if number < len(text):
                yield f"{name}, {number + 1}: {text[number]}"
            elif number == len(text):
                yield f"{name} ends here."


def tell_follow(state: FollowState) -> str:
    """What is followed, in a line."""
    alerts = "".join(f" Alert: {alert}." for alert in state.alerts)
    return f"{state.follow.name}. {counted(state.total, 'story', 'stories')}, {state.new} new.{alerts}"


def tell_facts(story: Story) -> str:
    """Where a story is from, when and by whom, in a line."""
    when = tell_when(story.published) if story.published else "no date"
    labelled = (("From", story.source or story.outlet), ("By", story.byline))
    facts = [*(f"{label} {value}" for label, value in labelled if value), when[0].upper() + when[1:]]
    facts += filter(None, (story.dateline, story.status if story.status != "usable" else None))
    return ". ".join(facts) + "."


def tell_mood(mood: Mood | None) -> str:
    """The readers' mood in a sentence."""
    if mood is None:
        return "No comments."
    from newsdesk.export.briefing import mood_sentence

    return f"{mood_sentence(mood)}."


def tell_comment(comment: Comment, depth: int) -> str:
    """A comment with its author and mood; `depth`: of how many it is a reply."""
    mood = comment.sentiment
    label: str | None = None if mood is None else "mood unsure" if mood.unsure else mood.label
    label = f"{label or 'not scored'}, you said" if comment.judged else label
    votes = counted(comment.votes, "vote", "votes") if comment.votes is not None else None
    reply = f"reply, level {depth}" if depth else None
    head = _joined([comment.author or "no name", tell_when(comment.when) if comment.when else None, votes, label, reply])
    return f"{head}: {comment.text.replace(chr(10), ' ')}"


def tell_readers_of(told: Readers) -> Iterator[str]:
    """What readers say of some stories: how many and of which mood, what is usual, and the surest against and for."""
    from newsdesk.threads.readers import likely_words

    overview = told.overview
    yield tell_mood(overview.mood)
    if overview.mood is None:
        return
    if overview.likely:
        yield f"Likely: {likely_words(overview.likely)}."
    for level in told.levels_told:
        yield f"Usual for {level.outlet or 'all here'}: {level.share:.0%} negative, of {level.sure} other comments."
    if overview.toxic or overview.sarcastic:
        yield f"{overview.toxic:,} toxic, {overview.sarcastic:,} sarcastic."
    for name, one in overview.writers[:3]:
        yield f"Writes often: {name}, {tell_mood(one)}"
    for who in overview.named:
        yield f"Named: {who.name}, {tell_mood(who.mood)}"
    picks = dict(overview.picks)
    for name in ("negative", "positive", "disputed"):
        for said in picks[name]:
            yield f"{'Disputed' if name == 'disputed' else f'Surely {name}'}: {tell_comment(said.comment, 0)}"


def tell_feed(health: FeedHealth) -> str:
    """How a feed is doing, in a line."""
    if health.last_error:
        times = f", {health.failures} times" if health.failures > 1 else ""
        state = f"fails{times}: {health.last_error}"
    else:
        state = f"well, last read {_minute(health.last_success)}" if health.last_success else "never asked yet"
    after = "paused" if health.paused else "gone for good" if health.gone else None
    if after is None and health.next_try:
        after = f"next asked {_minute(health.next_try)}"
    title = f"{health.title}, " if health.title else ""
    return f"{title}{health.url}. {stories(health.stories)}, {_joined([state, after])}."


def _minute(moment: str) -> str:
    return f"{tell_when(moment[:16])} UTC"


def tell_digest(digest: Digest) -> Iterator[tuple[str, str | None]]:
    """What came in, in lines, those of a story with its id."""
    from newsdesk.export.briefing import since_words, step_words

    muted = f", {stories(digest.muted)} of muted sources left out" if digest.muted else ""
    yield f"Digest: {stories(digest.new) if digest.new else 'nothing new'} {since_words(digest)}{muted}.", None
    for follow in digest.follows:
        alerts = "".join(f" Alert: {alert}." for alert in follow.state.alerts)
        yield f"You follow {follow.state.follow.name}, {follow.new:,} new.{alerts}", None
        yield from ((tell_story(row), row.id) for row in follow.rows)
        if left := follow.new - len(follow.rows):
            yield f"And {stories(left)} more: follows lists them.", None
    for line in digest.lines:
        storyline = line.row.storyline
        sources = counted(line.sources, "source") if line.sources else None
        facts = [f"{line.row.stories:,} new of {stories(storyline.stories)}", _countries(storyline.countries[:4]), sources]
        yield f"Storyline: {_ended(storyline.title or NO_TITLE)} {_joined(facts)}.", None
        for step in line.steps:
            also = f"also {_joined(step.also[:4])}" if step.also else None
            yield f"{_ended(step_words(step))} {_joined([step.source, tell_when(step.when), also])}.", step.story
    if digest.more:
        yield f"And {counted(digest.more, 'more storyline')}: say storylines {digest.query}.", None


def tell_handover(handover: Handover) -> Iterator[tuple[str, str | None]]:
    """What someone who takes a storyline over has to know, in lines, those of a story with its id."""
    from newsdesk.export.briefing import step_words

    line = handover.storyline
    facts = [stories(line.stories), _countries(line.countries), tell_when(line.last_seen[:10]) if line.last_seen else None]
    yield f"Handover of {_ended(line.title or NO_TITLE)} {_joined(facts)}.", None
    if handover.developments:
        yield "The story so far.", None
    for step in handover.developments:
        yield f"{_ended(step_words(step))} {_joined([step.source, tell_when(step.when)])}.", step.story
    sources = [f"{source.name}, {stories(source.stories)}" for source in handover.sources]
    if sources:
        yield f"Sources: {'; '.join(sources)}.", None
    for quote in handover.quotes:
        yield f"Quote, {_joined([quote.said, quote.source]) or 'by nobody named'}: {_ended(quote.text)}", quote.story
    if handover.mood:
        yield f"Readers: {tell_mood(handover.mood)}", None
        yield from ((tell_comment(comment, 0), None) for _, comment in handover.comments)  # judge knows other numbers


@dataclass(frozen=True, slots=True)
class Word:
    """A command: its word, what may follow it, and what it does."""

    name: str
    takes: str
    help: str


WORDS: tuple[Word, ...] = (
    Word("list", "QUERY", "stories, newest first; with a query those that match"),
    Word("search", "QUERY", "the stories that match; words and the query language"),
    Word("storylines", "QUERY", "storylines; with a query those with a story that matches"),
    Word("topics", "", "topics, with what is unread"),
    Word("countries", "", "countries, with what is unread"),
    Word("coverage", "QUERY", "how many stories there are by topic, and in which countries; coverage newer:today is of today"),
    Word("follows", "", "what you follow, and what is new in it"),
    Word("more", "", "the next part of the list (an empty line does the same)"),
    Word("previous", "", "the previous part of the list"),
    Word("open", "NUMBER", "what has that number in the list; the number alone does the same"),
    Word("next", "", "read the next unread story of the list"),
    Word("comments", "", "what readers wrote below the story, with numbers, and their mood"),
    Word("judge", "NUMBER MOOD", "say the mood of a comment: negative, neutral, positive, none or machine"),
    Word("mood", "QUERY", "the readers' mood in more words: of the open story, or of all that match"),
    Word("why", "", "why the story has its labels"),
    Word(
        "compare",
        "NUMBER",
        "read the open story beside another outlet's account, a paragraph of each in turn; with a number, beside that one",
    ),
    Word("changes", "", "what its outlet changed in the story"),
    Word(
        "label",
        "LABELS",
        "say what the story is about: topic:sport country:FI, or machine; label all topic:sport says it of the whole storyline,"
        " label all -topic:sport takes it away",
    ),
    Word("link", "", "the story's address, and its id"),
    Word("read", "NUMBER", "mark a story read; without a number the one that is open"),
    Word("unread", "NUMBER", "mark it unread"),
    Word("star", "NUMBER", "give it a star"),
    Word("unstar", "NUMBER", "remove its star"),
    Word("catchup", "", "mark every story of the list read"),
    Word("follow", "NUMBER or QUERY", "follow the storyline of a story, or a query"),
    Word("unfollow", "NUMBER or NAME", "stop following"),
    Word("save", "NAME", "keep the search that made the list under a name"),
    Word("saved", "", "the searches that are saved; a number lists what one finds"),
    Word("drop", "NUMBER or NAME", "forget a saved search"),
    Word(
        "merge",
        "NUMBER NUMBER",
        "make one storyline of two; with one number, of that and the open story's",
    ),
    Word("split", "NUMBER", "take a story out of its storyline"),
    Word("move", "NUMBER NUMBER", "put a story into the storyline of the second number; with one number, the open story"),
    Word("rename", "NUMBER TITLE", "give a storyline another title; without a number that of the open story"),
    Word("pin", "NUMBER", "keep a storyline as it is: never merged or split unasked"),
    Word("unpin", "NUMBER", "let it go again"),
    Word(
        "mute",
        "SOURCE or NUMBER",
        "keep a source out of the lists, or let it in again; without a name: which are muted",
    ),
    Word("digest", "", "what came in with the last refresh; its stories have numbers"),
    Word("handover", "NUMBER FILE", "all that is known of a storyline; with a file's name it is written there"),
    Word("export", "FILE", "write the stories of the list to a file: .md, .html, .csv, .json and others"),
    Word("refresh", "", "read the sources now"),
    Word("feeds", "", "the feeds, and how each is doing; feeds add ADDRESS, feeds remove ADDRESS, feeds discover PAGE"),
    Word("retry", "NUMBER", "ask a feed of the list now"),
    Word("undo", "", "undo the last mark, follow or correction"),
    Word("redo", "", "do again what was undone last"),
    Word("help", "COMMAND", "these commands, or one of them"),
    Word("quit", "", "quit; everything is saved"),
)
