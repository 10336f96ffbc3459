"""The kinds of line that stand between an author and a text: the same ones all through a thread."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence

from fetchers.seeds.page_text.lines.looks import Look
from fetchers.seeds.page_text.lines.positions import comments_of
from fetchers.seeds.page_text.thread.frames import WROTE, answers_whom

FRAME_LINES = 8  # no frame has more lines above its text
_SKIPPED = ("wrote", "rank", "sign", "byword")  # lines that some frames of a thread have and others lack
WORDS = ("name", "user", "short", "placetitle")
_NO_HEAD = ("reply", "vote", "share", "num", "sign", "wrote", "sort", "login", "deleted", "commenthead", "rank", "byword")


def form_of(looks: Sequence[Look], head: int, text: int) -> tuple[str, ...]:
    """The kinds of the lines between an author and the text."""
    lines = [look for look in looks[head + 1 : text] if look.kind not in _SKIPPED and not _answers(look) and not _edited(look)]
    return tuple("words" if look.kind in WORDS else look.kind for look in lines)


def _edited(look: Look) -> bool:
    """True for a line that says that a comment was changed, or when: "(Edited)", "Edited 3 yr. ago"."""
    return (look.ago or look.found.cover >= 0.99) and {"ago", "pubword"} <= set(look.found.first) and look.width <= 40


def _answers(look: Look) -> bool:
    """True for a line that says whom a comment answers, or whose words it quotes."""
    quotes = look.ends == ":" and bool(look.dates) and "wrote" in look.found.classes  # "On May 4, 2019 at 07:40, Ann wrote:"
    return bool(quotes or answers_whom(look.text) or (look.width <= 60 and WROTE.match(look.text)))


def head_of(labels: Sequence[str], text: int) -> int | None:
    """The author line above a text, if nothing but frame lines lie between."""
    for i in range(text - 1, max(-1, text - FRAME_LINES), -1):
        if labels[i] == "author":
            return i
        if labels[i] in ("comment", "body", "title"):
            return None
    return None


def is_named(look: Look) -> bool:
    """True if a line may be a name and nothing else."""
    return look.kind in ("name", "user", "short") and look.ends != "."


def _find_head(looks: Sequence[Look], labels: Sequence[str], text: int, form: tuple[str, ...]) -> int | None:
    """The line above a text that heads it as `form` has it."""
    for i in range(text - 1, max(-1, text - FRAME_LINES), -1):
        if labels[i] in ("comment", "body", "title") and not (is_named(looks[i]) and form_of(looks, i, text) == form):
            return None
        linked = "related" in looks[i].found.first
        if looks[i].kind not in _NO_HEAD and not linked and not answers_whom(looks[i].text) and form_of(looks, i, text) == form:
            return i
    return None


def is_remark(look: Look) -> bool:
    """True for a line of few words that is neither a time nor a button."""
    return look.kind in (*WORDS, "sent", "shortsent", "headline") and look.found.cover < 0.6 and not (look.dates or look.ago)


def align_heads(looks: Sequence[Look], labels: Sequence[str]) -> Sequence[str]:
    """Where most comments of a thread have the same kinds of line between author and text, the others have them too.

    Mends the first comment, whose author is easily lost to what stands above the thread, and lone slips inside.
    """
    texts = comments_of(labels)
    heads = {text: head_of(labels, text) for text in texts}
    forms = Counter(form_of(looks, head, text) for text, head in heads.items() if head is not None)
    form, count = forms.most_common(1)[0] if forms else ((), 0)
    if len(texts) < 3 or not form or count < 2 or count * 2 <= len(texts):
        return labels
    apart = all(looks[head].line.blanks for head in heads.values() if head)  # every head is parted from what is above it
    mended = list(labels)
    for text, head in heads.items():
        if head is not None and form_of(looks, head, text) == form:
            _drop_badge(looks, mended, head)
            continue
        found = _find_head(looks, labels, text, form)
        if found is None or (head is not None and apart and looks[head].line.blanks and not looks[found].line.blanks):
            continue
        if head is not None:
            mended[head] = "meta"
        mended[found:text] = ["author", *["meta"] * (text - found - 1)]
        _drop_badge(looks, mended, found)
    return mended


def _drop_badge(looks: Sequence[Look], labels: list[str], head: int) -> None:
    """What stands right below a comment's buttons, and well above the next author, is a badge of that comment and no author."""
    badge = head - 1
    set_apart = badge > 1 and looks[head].line.blanks > 0 and not looks[badge].line.blanks
    if set_apart and labels[badge - 1 : badge + 1] == ["meta", "author"] and "reply" in looks[badge - 1].found.first:
        labels[badge] = "meta"
