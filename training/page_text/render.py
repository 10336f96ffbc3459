"""Made-up layouts: stories and comments set in random frames, every line with its label.

A page is a random order of random parts (menus, headline, standfirst, credits, captions, text, asides, notices, comments in
one of very many frames), so that the model learns what a line is from its kind and place and not from a handful of outlets.
Texts: Wikinews and labelled comments of the shared sets marked *ship* (English), and texts.py. Deterministic.
"""

from __future__ import annotations

import random
from collections.abc import Sequence
from pathlib import Path

from fetchers.seeds.page_text.lines.lines import split_page
from fetchers.seeds.page_text.lines.looks import look_at
from training.page_text.align import INDEX, Labelled
from training.page_text.content import Content, Row, Setting, date_maker, load_contents, masthead, phrase
from training.page_text.credits import slugged
from training.page_text.furniture import furniture, menu, slots_of
from training.page_text.prompts import prompt
from training.page_text.stories import body_block, head_block, make_story, tail_block
from training.page_text.talk import comment_block

SEED = 20260101
LONGEST = 80  # lines; the longest page sets the cost of a batch


def _digest(setting: Setting) -> None:
    rng = setting.rng
    headings = rng.random()
    link = phrase(rng, "related") + rng.choice(("", " →", " »")) if rng.random() < 0.5 else ""
    if rng.random() < 0.4:
        setting.put(prompt(rng, setting.content.language, "mid", slots_of(setting)), "furniture")
    dated = setting.date() if rng.random() < 0.15 else ""
    for number in range(1, rng.randint(3, 7)):
        title, body = make_story(setting, short=True)
        if headings < 0.2:
            setting.put(f"{number} |", "furniture" if number == 1 else "aside")
        setting.put(f"{number}. {title}" if 0.2 <= headings < 0.45 else title, "title")
        setting.put(dated, "date")
        setting.gap(0.4)
        setting.put(slugged(setting, body[0]) if rng.random() < 0.3 else body[0], "body")
        if len(body) > 1 and rng.random() < 0.2:
            setting.put(body[1], "body")
        setting.put(link or (phrase(rng, "related") if rng.random() < 0.2 else ""), "aside")
        setting.gap(0.9)


def _empty(setting: Setting) -> None:
    for _ in range(setting.rng.randint(4, 16)):
        if setting.rng.random() < 0.25:
            menu(setting, "furniture", 12)
        else:
            furniture(setting, "furniture")
        setting.gap()


def _forum(setting: Setting) -> None:
    """A thread: the first post is the story, the others answer it."""
    title, body = make_story(setting)
    menu(setting, "furniture")
    setting.put(title, "title")
    setting.gap()
    before = len(setting.rows)
    comment_block(setting, title)
    thread = setting.rows[before:]
    del setting.rows[before:]
    first = next((i for i, (_, label) in enumerate(thread) if label == "author"), None)
    if first is None or not any(label == "comment" for _, label in thread[first:]):
        setting.rows += thread
        return
    begun = False
    for i, (text, label) in enumerate(thread):
        later = begun and label == "author" and i > first + 1
        if later:
            setting.rows += thread[i:]
            return
        if label == "comment":
            for part in [] if begun else body[:2]:
                setting.put(part, "body")
            begun = True
        elif label in ("author", "meta"):
            setting.rows.append(
                (
                    text,
                    ("byline" if label == "author" else "date" if any(c.isdigit() for c in text) else "furniture")
                    if not begun
                    else "aside",
                )
            )
        else:
            setting.rows.append((text, "furniture" if label else ""))


def make_page(rng: random.Random, contents: Sequence[Content]) -> list[Row]:  # noqa: C901 - a page from top to bottom
    setting = Setting(rng, rng.choice(contents), rng.choice((0.0, 0.2, 0.6, 0.95)), date_maker(rng))
    setting.sentences, setting.crowded = rng.random() < 0.4, rng.choice((0.05, 0.16, 0.16, 0.35))
    kind = rng.random()
    name = masthead(rng)
    if rng.random() < 0.6:
        setting.put(name, "furniture")
    if kind < 0.06:
        _empty(setting)
        return setting.rows
    if kind < 0.13:
        _forum(setting)
        return setting.rows
    for _ in range(rng.choice((0, 0, 1, 1, 2))):
        menu(setting, "furniture")
        setting.gap()
    if kind < 0.25:
        if rng.random() < 0.7:
            setting.put(setting.date(), "date")
        if rng.random() < 0.7:
            furniture(setting, "furniture")
        _digest(setting)
        tail_block(setting, name)
        return setting.rows
    stories = 2 if rng.random() < 0.18 else 1
    untitled = rng.random() < 0.08
    for _ in range(stories):
        title, body = make_story(setting)
        if not untitled:
            head_block(setting, title, body)
        body_block(setting, body)
        tail_block(setting, name)
        if rng.random() < 0.62:
            comment_block(setting, title)
            setting.gap()
    for _ in range(rng.choice((0, 1, 2))):
        furniture(setting, "aside")
    if rng.random() < 0.5:
        setting.put(f"© {rng.randint(2005, 2026)} {name}{rng.choice(('', '. All rights reserved.', ' Ltd.'))}", "aside")
    return setting.rows


def label_rows(rows: Sequence[Row], name: str) -> Labelled | None:
    """The rows as the reader would see them; None if it cuts them into other lines."""
    page = split_page("\n".join(text for text, _ in rows))
    labels: list[int] = []
    wanted = [(" ".join(text.split()), label) for text, label in rows if text]
    at = 0
    for line in page.lines:
        if at and line.glued and line.text in wanted[at - 1][0]:
            labels.append(INDEX["credit"])
            continue
        if at >= len(wanted) or line.text not in wanted[at][0]:
            return None
        labels.append(INDEX[wanted[at][1]])
        at += 1
    return Labelled(name, [look_at(line) for line in page.lines], labels, name)


def render_pages(shared: Path, count: int, draw: int) -> list[Labelled]:
    """`count` made-up pages; `draw` chooses other ones."""
    contents = load_contents(shared)
    rng = random.Random(SEED + draw)
    pages = []
    for number in range(count):
        page = label_rows(make_page(rng, contents), f"made-up-{number}")
        if page is not None and 0 < len(page.looks) <= LONGEST:
            pages.append(page)
    return pages


def tagged_pages(folder: Path) -> list[Labelled]:
    """Pages written with a label before every line ("title|A headline"); an empty line is an empty line."""
    pages = []
    for path in sorted(folder.glob("*.tagged")):
        rows = [tuple(row.partition("|")[::2]) if row else ("", "") for row in path.read_text("utf-8").splitlines()]
        page = label_rows([(text, label) for label, text in rows], path.stem)
        if page is None:
            raise ValueError(f"{path}: lines are cut apart when they are read")
        pages.append(page)
    return pages
