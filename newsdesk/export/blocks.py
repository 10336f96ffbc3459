"""A document in blocks (headings, paragraphs, list items, quotes) as Markdown or as one HTML page, for what newsdesk compiles
itself: a digest, a handover."""

from __future__ import annotations

import html
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import datetime
from typing import Literal, TypeAlias

from newsdesk.export.markdown import escape
from newsdesk.export.page import page
from newsdesk.urls import web_link

Kind: TypeAlias = Literal["heading", "paragraph", "item", "quote", "note"]


@dataclass(frozen=True, slots=True)
class Block:
    """`level` is a heading's (1 to 3). `by`, where the text is from, follows it in a lighter hand. `url` is the text's link."""

    kind: Kind
    text: str
    by: str = ""
    url: str | None = None
    level: int = 1


def to_markdown(blocks: Iterable[Block]) -> Iterator[str]:
    """CommonMark, a blank line between blocks but for the items of a list."""
    before: Kind | None = None
    for block in blocks:
        yield ("\n" if before and not before == block.kind == "item" else "") + _as_markdown(block) + "\n"
        before = block.kind


def _as_markdown(block: Block) -> str:
    text, by = escape(block.text), escape(block.by)
    if url := web_link(block.url):
        text = f"[{text}](<{url}>)"
    if block.kind == "heading":
        return f"{'#' * block.level} {text}"
    if block.kind == "quote":
        return f"> {text}" + (f"\n>\n> — {by}" if by else "")
    told = f"{text} *({by})*" if by else text
    return f"- {told}" if block.kind == "item" else f"*{told}*" if block.kind == "note" else told


def to_html(blocks: Iterable[Block], now: datetime) -> Iterator[str]:
    """One page that needs nothing else."""
    yield from page(_pieces(blocks), now)


def _pieces(blocks: Iterable[Block]) -> Iterator[str]:
    open_list = False
    for block in blocks:
        if open_list != (block.kind == "item"):
            open_list = not open_list
            yield "<ul>" if open_list else "</ul>"
        yield _as_html(block)
    if open_list:
        yield "</ul>"


def _as_html(block: Block) -> str:
    text = html.escape(block.text)
    if url := web_link(block.url):
        text = f'<a href="{html.escape(url)}" rel="noreferrer">{text}</a>'
    by = f' <span class="facts">{html.escape(block.by)}</span>' if block.by else ""
    tag = {"heading": f"h{block.level}", "item": "li", "quote": "blockquote"}.get(block.kind, "p")
    return f"<{tag}{' class=facts' if block.kind == 'note' else ''}>{text}{by}</{tag}>"
