"""What a person said of a story's topics and countries, kept in the notebook and put over what newsdesk finds. Pure.

What is said is of a story, not of a version of it: it stays when the story is revised, and tagged anew.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Final

from newsdesk.model import Country, Json, Labelling, Story, Topic
from newsdesk.person.judgements import WHY

MOST_TOPICS: Final = 3  # as many as a story has at most
_SHOWN_CHARS = 80  # of the heading, so that a person who reads the notebook knows what was meant


def note_of(read: Story, topics: Sequence[str] | None, countries: Sequence[str] | None) -> dict[str, Json] | None:
    """What is said, as the notebook keeps it: exactly these topics (ids) and countries (codes), the main one first; None leaves
    one of the two to newsdesk. `read` is the story with what newsdesk says. None where nothing is said that newsdesk doesn't
    say."""
    said_topics = None if topics is None or list(topics) == [topic.id for topic in read.topics] else list(topics)
    said_countries = None if countries is None or list(countries) == [one.code for one in read.countries] else list(countries)
    if said_topics is None and said_countries is None:
        return None
    return {"id": read.id, "heading": read.heading()[:_SHOWN_CHARS], "topics": said_topics, "countries": said_countries}


def put_over(read: Story, note: Mapping[str, Json] | None) -> Story:
    """`read`, as newsdesk tagged it, with what the person said; a topic or country that both name keeps its reasons."""
    if note is None:
        return read.with_(labelled=None) if read.labelled else read
    from newsdesk.countries import country_name
    from newsdesk.topics.names import TOPICS

    topics, countries = read.topics, read.countries
    said_topics, said_countries = note.get("topics"), note.get("countries")
    if said_topics is not None:
        known = {topic.id: topic for topic in topics}
        topics = tuple(known.get(one) or Topic(one, TOPICS.get(one, one), 1.0, (WHY,)) for one in said_topics)
    if said_countries is not None:
        found = {country.code: country for country in countries}
        countries = tuple(found.get(code) or Country(code, country_name(code), 1.0, (WHY,)) for code in said_countries)
    labelled = Labelling(None if said_topics is None else read.topics, None if said_countries is None else read.countries)
    return read.with_(topics=topics, countries=countries, labelled=labelled)


def as_read(story: Story) -> Story:
    """`story` with what newsdesk said alone."""
    read = story.labelled
    if read is None:
        return story
    topics, countries = read.topics, read.countries
    return story.with_(
        topics=story.topics if topics is None else topics,
        countries=story.countries if countries is None else countries,
        labelled=None,
    )


def corrected(story: Story) -> tuple[str, str]:
    """Of its topics, and of its countries, that the person said them, and what newsdesk found; empty where that speaks."""
    read = story.labelled or Labelling()
    return _corrected(read.topics), _corrected(read.countries)


def _corrected(found: Sequence[Topic | Country] | None) -> str:
    return "" if found is None else f"you said; newsdesk found {', '.join(one.name for one in found) or 'none'}"


def says(story: Story) -> str:
    """The topics and countries of a story, in words."""
    topics = ", ".join(topic.name for topic in story.topics) or "no topic"
    countries = ", ".join(country.name for country in story.countries) or "no country"
    return f"{topics} · {countries}"
