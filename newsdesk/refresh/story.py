"""One story, followed to where it points on a person's word: the whole text of its page, and its readers' comments."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

from newsdesk.config import Feed
from newsdesk.desk import Desk
from newsdesk.errors import UsageError
from newsdesk.model import Story
from newsdesk.ports import FeedReader

# What a page may tell; the rest of a story stays as it is.
_FIELDS = ("title", "body", "byline", "published", "updated", "language", "url")


@dataclass(frozen=True, slots=True)
class Fetched:
    """What following a story's link came to. `error` is one sentence why the page can't be had; comments may be new all the
    same. `changed`: the story has a new version with the page's text."""

    story: Story
    changed: bool = False
    comments: int = 0
    error: str | None = None


async def fetch_article(desk: Desk, reader: FeedReader, story_id: str, feeds: Sequence[Feed]) -> Fetched:
    """Fetch the page behind a story, and its thread where there is one, into the archive. `feeds` are the settings': a page on
    the host of the feed that gave the story may be private if that one may.

    Raises UsageError for a story that is not there or that has no link, StorageError where the archive can't be written.
    """
    story = desk.story(story_id)
    if story is None:
        raise UsageError(f"'{story_id}' is not a story's id")
    if story.url is None:
        raise UsageError(f"{story_id}: this story came without a link")
    places = {origin.feed for origin in story.origins}
    feed = next((feed for feed in feeds if feed.id in places), None)
    answer = await reader.read_story(story, feed, desk.now())
    changed = False
    if (page := answer.story) is not None:
        told = {name: getattr(page, name) for name in _FIELDS if getattr(page, name) != getattr(story, name)}
        changed = desk.put_text(story.id, lambda now: replace(now, **told))
    new = desk.add_comments(story.id, answer.discussion)[1] if answer.discussion else 0
    return Fetched(desk.story(story.id) or story, changed, new, answer.error)
