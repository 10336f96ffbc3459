"""Labels of a page's comments put right by what repeats: every comment of a thread is framed by the same kinds of line."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from itertools import pairwise

from fetchers.seeds.page_text.credits.datelines import read_slug
from fetchers.seeds.page_text.lines.looks import Look
from fetchers.seeds.page_text.lines.positions import comments_of, first_of, lines_of
from fetchers.seeds.page_text.thread.authors import read_author
from fetchers.seeds.page_text.thread.closing import (
    close_thread,
    drop_closed,
    drop_form,
    end_at_blank,
    end_heads,
    finish_last,
    keep_feet,
)
from fetchers.seeds.page_text.thread.firsts import demote_buttons, drop_preface, lift_first
from fetchers.seeds.page_text.thread.forms import FRAME_LINES, align_heads, form_of, is_named, is_remark
from fetchers.seeds.page_text.thread.frames import WROTE
from fetchers.seeds.page_text.thread.names import name_speakers, set_handles_apart
from fetchers.seeds.page_text.thread.posts import set_around_apart
from fetchers.seeds.page_text.thread.repeats import (
    begin_below_heading,
    drop_headless,
    end_texts,
    name_above_times,
    number_names,
    number_posts,
    set_buttons_apart,
    set_counts_apart,
    unify_signs,
)
from fetchers.seeds.page_text.thread.signing import set_signatures_apart, sign_dashed, sign_posts


def _lift_names(looks: Sequence[Look], labels: Sequence[str]) -> list[str]:
    """Where most dated author lines have a lone name above them that was taken for a comment, the names are the authors."""
    mended = list(labels)
    authors = lines_of(labels, "author")
    named = [
        i - 1
        for i in authors
        if i > 1
        and (looks[i].dates or looks[i].ago)
        and labels[i - 1] == "comment" != labels[i - 2]
        and is_named(looks[i - 1])
        and not (looks[i].starts in ("d", "num.", "#") and read_author(looks[i]))
    ]
    if len(named) >= 2 and len(named) * 2 > len(authors):
        for i in named:
            mended[i], mended[i + 1] = "author", "meta"
    return mended


def _lift_dated(looks: Sequence[Look], labels: list[str]) -> list[str]:
    """Where most texts stand right below a line of author and time, so do the others."""
    texts = comments_of(labels)
    dated = [i for i in texts if i and labels[i - 1] == "author" and _is_dated(looks[i - 1])]
    every = labels.count("author") * 2 <= len(texts) and all(
        i and labels[i - 1] in ("author", "meta") and _is_dated(looks[i - 1]) for i in texts
    )
    if len(texts) < 3 or not (every or (len(dated) >= 2 and len(dated) * 2 >= len(texts))):
        return labels
    for i in texts:
        if i and labels[i - 1] == "meta" and _is_dated(looks[i - 1]):
            labels[i - 1] = "author"
        elif labels[i + 1 : i + 2] == ["comment"] and _is_dated(looks[i]) and looks[i].width <= 90:
            labels[i] = "author"
    return labels


def _lift_colons(looks: Sequence[Look], labels: Sequence[str]) -> Sequence[str]:
    """Where most texts begin with a short line that ends with a colon ("~ann :"), those name the authors."""
    texts = comments_of(labels)
    heads = []
    for i in texts:
        at = i - 1 if labels[i - 1] in ("author", "meta") and looks[i - 1].ends == ":" else i
        named = (
            looks[at].ends == ":" and looks[at].width <= 60 and not looks[at].dates and labels[at + 1 : at + 2] == ["comment"]
        )
        heads += [at] if named and not WROTE.match(looks[at].text) else []
    if len(heads) < 3 or len(heads) * 3 < len(texts) * 2:
        return labels
    mended = list(labels)
    for i in range(heads[0], len(looks)):
        mended[i] = "author" if i in heads else "meta" if mended[i] == "author" else mended[i]
    return mended


def _is_dated(look: Look) -> bool:
    return (bool(look.dates) or look.ago) and look.rest > 2 and look.ends != "."


HEADING = 0.6  # of the words of a line that heads comments
UNFRAMED = 4  # "comments" at most that no heading, time, vote or button shows to be some


def _is_framed(look: Look) -> bool:
    """True for a line that tells a time, or a button or a name as threads have them."""
    told = bool(look.dates) or look.ago or look.clock or look.user or look.kind in ("num", "user")
    return told or bool({"vote", "reply", "wrote"} & set(look.found.classes))


def _undo_lists(looks: Sequence[Look], labels: Sequence[str]) -> Sequence[str]:
    """A few "comments" below a story that nothing heads or frames as such, one or two without a stop, are other stories."""
    texts = lines_of(labels, "comment")
    if not 1 <= len(texts) <= UNFRAMED or "body" not in labels[: texts[0]]:
        return labels
    heads = [look for look in looks if "commenthead" in look.found.classes and look.width <= 60]
    listed = len(texts) <= 2 and all(looks[i].kind in ("headline", "longish") and looks[i].ends != "." for i in texts)
    framed = any(label in ("author", "meta") and _is_framed(look) for look, label in zip(looks, labels, strict=True))
    said = all(looks[i].kind in ("sent", "shortsent", "long") and looks[i].ends in ".q" for i in texts)
    if any(look.found.cover >= HEADING for look in heads) or (not (listed and not heads) and (framed or said)):
        return labels
    return ["aside" if label in ("author", "meta", "comment") else label for label in labels]


def mend_threads(looks: Sequence[Look], labels: Sequence[str]) -> Sequence[str]:
    """The labels of the comments of a page, put right."""
    labels = set_around_apart(looks, labels)
    labels = set_counts_apart(looks, number_names(looks, labels))
    labels = number_posts(
        looks, _undo_lists(looks, demote_buttons(looks, lift_first(looks, sign_posts(looks, sign_dashed(looks, labels)))))
    )
    if "comment" not in labels:
        return labels
    labels = drop_closed(looks, set_handles_apart(looks, labels))
    labels = set_buttons_apart(looks, unify_signs(looks, begin_below_heading(looks, labels)))
    labels = name_speakers(looks, drop_headless(looks, _begin_below_update(looks, labels)))
    labels = _lift_colons(looks, _begin_stories(looks, name_above_times(looks, labels)))
    labels = _fill_texts(looks, _lift_dated(looks, _lift_names(looks, _keep_subjects(looks, labels))))
    labels = drop_form(looks, finish_last(looks, align_heads(looks, _keep_linked(looks, labels))))
    labels = end_heads(looks, _begin_signed(looks, end_at_blank(looks, labels)))
    labels = set_signatures_apart(looks, _return_lead(looks, close_thread(looks, keep_feet(looks, labels))))
    return drop_preface(looks, end_texts(looks, labels))


def _lift_second_title(looks: Sequence[Look], labels: Sequence[str]) -> Sequence[str]:
    """A headline below a thread, right above "By …", a date and running text, is the next story's."""
    mended = list(labels)
    for i in range(1, len(looks) - 3):
        follows = looks[i].kind in ("headline", "longish") and looks[i].ends != "." and "byword" in looks[i + 1].found.first
        told = labels[i + 1 : i + 3] == ["byline", "date"] and looks[i + 3].long and labels[i + 3] in ("body", "comment")
        if labels[i] == "comment" and follows and told:
            mended[i] = "title"
    return _lift_dated_byline(looks, mended)


def _lift_dated_byline(looks: Sequence[Look], labels: list[str]) -> list[str]:
    """Below a thread, "By … on 5 May 2024" between a headline and a paragraph with a dateline begins the next story."""
    begun = first_of(labels, "comment", len(looks))
    for i in range(begun + 2, len(looks) - 1):
        look = looks[i]
        if "byword" not in look.found.first or not look.dates or look.width > 90:
            continue
        heads = [j for j in (i - 2, i - 1) if looks[j].kind in ("headline", "longish") and looks[j].ends != "."]
        text = next((j for j in range(i + 1, min(i + 5, len(looks))) if looks[j].long), None)
        slug = read_slug(looks[text].text) if text is not None else None
        if not heads or text is None or not slug or not slug.place:
            continue
        labels[heads[0] : i + 1] = ["title", *["highlight"] * (i - heads[0] - 1), "byline"]
        for j in range(text, len(looks)):
            if looks[j].ends != "." or looks[j].width < 40 or looks[j].found.cover >= 0.5:
                break
            labels[j] = "body"
        break
    return labels


def _begin_below_update(looks: Sequence[Look], labels: Sequence[str]) -> Sequence[str]:
    """ "Last updated: …" above the first comment is nobody's: a name right below it, a time below that, is the author."""
    first = first_of(labels, "author", len(looks))
    updated = labels[first : first + 3] == ["author", "comment", "meta"] and "updword" in looks[first].found.first
    if not updated or not is_named(looks[first + 1]) or not looks[first + 2].dates:
        return labels
    return [*labels[:first], "aside", "author", *labels[first + 2 :]]


def _begin_stories(looks: Sequence[Look], labels: Sequence[str]) -> Sequence[str]:
    """Below a thread, a headline, "By …", a date and running text begin the next story; no other author is introduced so."""
    labels = _lift_second_title(looks, labels)
    heads = lines_of(labels, "author")
    introduced = [i for i in heads if "byword" in looks[i].found.first and not looks[i].dates]
    if not introduced or len(introduced) * 2 > len(heads):
        return labels
    mended = list(labels)
    for i in introduced:
        follows = i > 1 and looks[i - 1].kind in ("headline", "longish") and looks[i - 1].ends != "."
        if not follows or i + 2 >= len(looks) or not looks[i + 1].dates or not looks[i + 2].long:
            continue
        mended[i - 1 : i + 2] = ["title", "byline", "date"]
        for j in range(i + 2, len(looks)):
            if mended[j] != "comment":
                break
            mended[j] = "body"
    return mended


def _fill_texts(looks: Sequence[Look], labels: Sequence[str]) -> Sequence[str]:
    """An author without a text has the line for one that stands where the others have theirs: a comment of a word or two."""
    authors = lines_of(labels, "author")
    firsts = [next((j for j in range(i + 1, i + FRAME_LINES) if labels[j : j + 1] != ["meta"]), i) for i in authors]
    offsets = Counter(j - i for i, j in zip(authors, firsts, strict=True) if labels[j : j + 1] == ["comment"])
    offset, count = offsets.most_common(1)[0] if offsets else (0, 0)
    if count < 3 or count * 2 <= len(authors):
        return labels
    alike = Counter(look.lower for look in looks)
    forms = Counter(form_of(looks, i, i + offset) for i in authors if labels[i + offset : i + offset + 1] == ["comment"])
    usual = forms.most_common(1)[0][0]
    mended = list(labels)
    for i in authors:
        text = i + offset
        following = next((j for j in authors if j > text), len(looks))
        bare = mended[i] == "author" and text < len(looks) and "comment" not in mended[i + 1 : following]
        named = offset > 1 and mended[text : text + 2] == ["author", "comment"] and "comment" not in mended[i + 1 : text]
        if named and mended[i] == "author" and form_of(looks, i, text) == usual:
            mended[text] = "comment"  # whom the comment speaks to, on a line of its own
        elif bare and mended[text] in ("author", "meta") and alike[looks[text].lower] == 1 and is_remark(looks[text]):
            mended[text] = "comment"
    return mended


_SUBJECT = re.compile(r"(?:subject\s?:\s?)?(?:re|aw|sv|rv)\s?:", re.IGNORECASE)
_SUBJECTS = re.compile(r"^(?:subject\s?:\s?)?(?:(?:re|aw|sv|rv)\s?:\s?)+", re.IGNORECASE)


def _keep_subjects(looks: Sequence[Look], labels: Sequence[str]) -> Sequence[str]:
    """A "Re: …" line below the first comment heads no story, and what stands below it is a comment."""
    mended = list(labels)
    inside = False
    for i in range(labels.index("comment"), len(labels)):
        if labels[i] == "title" and _SUBJECT.match(looks[i].text):
            mended[i], inside = "meta", True
        elif inside and labels[i] == "body":
            mended[i] = "comment"
        elif labels[i] in ("author", "title", "aside"):
            inside = False
    return _set_subjects_apart(looks, mended)


def _set_subjects_apart(looks: Sequence[Look], labels: list[str]) -> list[str]:
    """A line between an author and a text that is "Re: …", or that such a line of the thread names, is a subject."""
    below = [i for i in range(1, len(looks) - 1) if labels[i - 1 : i + 2] == ["author", "comment", "comment"]]
    answered = {
        _SUBJECTS.sub("", look.lower)
        for look, label in zip(looks, labels, strict=True)
        if label in ("meta", "comment") and _SUBJECT.match(look.text)
    }
    for i in below:
        if looks[i].width <= 90 and (_SUBJECT.match(looks[i].text) or (looks[i].lower in answered)):
            labels[i] = "meta"
    return labels


def _keep_linked(looks: Sequence[Look], labels: Sequence[str]) -> Sequence[str]:
    """Words and an address between an author and his text are his too; a notice above a signed thread is nobody's."""
    mended = list(labels)
    for i in range(1, len(looks) - 1):
        look = looks[i]
        around = (labels[i - 1], labels[i], labels[i + 1])
        said = look.url and look.width >= 40 and len(look.words) >= 5 and not (look.dates or look.ago)
        if said and around == ("author", "meta", "comment"):
            mended[i] = "comment"
    first = first_of(mended, "comment", 0)
    signed = 0 < first < len(looks) - 1 and mended[first - 1] == "aside" and mended[first + 1] == "comment"
    apart = signed and "author" not in mended[:first] and looks[first + 1].line.blanks > 0
    if apart and "login" in looks[first].found.classes and looks[first].found.cover >= 0.2:
        mended[first] = "aside"
    return mended


def _begin_signed(looks: Sequence[Look], labels: Sequence[str]) -> Sequence[str]:
    """Where dated lines of authors and texts take turns, an author last, they sign what stands above them: the first too."""
    frame = [i for i, label in enumerate(labels) if label in ("author", "comment")]
    authors = [i for i in frame if labels[i] == "author"]
    first = authors[0] if authors else 0
    turns = all(labels[a] != labels[b] for a, b in pairwise(frame))
    if len(authors) < 3 or not first or frame[0] != first or frame[-1] != authors[-1] or not turns:
        return labels
    above = looks[first - 1]
    plain = above.found.cover < 0.5 and not (above.dates or above.ago) and (above.ends == "." or above.width >= 28)
    signs = all(_is_dated(looks[i]) for i in authors) or all(looks[i].starts == "-" for i in authors)
    if not plain or not signs or labels[first - 1] not in ("aside", "furniture", "meta"):
        return labels
    return [*labels[: first - 1], "comment", *labels[first:]]


def _return_lead(looks: Sequence[Look], labels: Sequence[str]) -> Sequence[str]:
    """A "comment" right below the story's text, above the first author of a thread, is a paragraph of the story."""
    first = labels.index("comment")
    if not first or labels[first - 1] != "body" or "author" not in labels[first:] or "author" in labels[:first]:
        return labels
    heads = [i for i in lines_of(labels, "author") if i + 1 < len(labels)]
    if sum(labels[i + 1] in ("comment", "meta", "author") for i in heads) < 2 or labels[-1] == "author":
        return labels
    end = next(i for i in range(first, len(labels)) if labels[i] != "comment")
    if end - first > 2 or any(
        look.kind not in ("sent", "long", "longish") or look.found.cover >= 0.4 for look in looks[first:end]
    ):
        return labels
    # Signed below the text, the first comment has no author above it either.
    if "author" in labels[end : end + 2] and "comment" not in labels[end + 1 : end + 4]:
        return labels
    return [*labels[:first], *["body"] * (end - first), *labels[end:]]
