"""A story as the archive keeps it (:func:`newsdesk.drafts.dump_story`), read in parts: a long thread takes longest."""

from __future__ import annotations


def without_comments(text: str) -> str:
    """The story that was kept as `text`, its comments left out.

    No text in it holds the marks that this goes by: there each quotation mark has a backslash before it.
    """
    start = text.find('"comments":[{')
    end = text.find('}],"mood":', start)
    return f'{text[:start]}"comments":[{text[end + 1 :]}' if 0 <= start < end else text
