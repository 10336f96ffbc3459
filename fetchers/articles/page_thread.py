"""Readers' comments that a page shows below its article, without an interface to ask for them."""

from __future__ import annotations

from collections.abc import Sequence

from fetchers.articles.extract import Article
from newsdesk.model import Comment

LONGEST = 1_000_000  # characters, some ten thousand comments: they are read in this process, in ten seconds


def read_page_thread(article: Article) -> Sequence[Comment]:
    """The comments of the page's thread: its lines, below the article's, are the dump of a page as page-text reads it.

    Empty where most of what is found is neither signed nor dated: what links to other pages calls itself comments too. Also
    where the page is longer than any.
    """
    lines = [article.title or "", *article.paragraphs, "Comments", *article.thread]
    if not article.thread or sum(map(len, lines)) > LONGEST:
        return ()
    from fetchers.seeds.page_text.reading import read_page  # numpy and the weights, which --help must not load

    stories, _ = read_page("\n".join(lines))
    comments = next((story.comments for story in stories if story.comments), ())
    signed = sum(bool(comment.author or comment.when) for comment in comments)
    thread = "\n".join(article.thread)
    sound = 2 * signed > len(comments) and all(comment.text.partition("\n")[0] in thread for comment in comments)
    return comments if sound else ()
