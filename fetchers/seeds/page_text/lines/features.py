"""What speaks for a line's label: features of the line, its neighbours, its place and what repeats on the page.

Features are short strings; the weights of each for each label are learnt (training/page_text). None of them names an outlet.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise

from fetchers.seeds.page_text.lines.looks import Look

_WIDTHS = (4, 9, 16, 26, 40, 60, 85, 120, 180, 300)
_COUNTS = (0, 1, 2, 3, 5, 8, 12, 20, 40)
_FAR = 6
# Classes that tell furniture from text on a long line too.
_PROMPTING = frozenset(("letter", "login", "legal", "ad", "related", "photo", "closed", "readtime", "share"))
# Whom a page speaks to, and for whom: rare in a story outside quotes.
_READER = frozenset(
    "you your yours our us we vous votre vos notre nos nous sie ihr ihre ihren unser unsere unserem tu tus usted su nuestro "
    "nuestra você seu sua nosso nossa tuo tua nostro nostra вы вас вам ваш ваша наш нашу нашем siz sizin bizi anda kami".split()
)
_REPLYLIKE = ("reply", "vote", "ago", "deleted")
_ADDRESS = re.compile(r"@([^\s,:;!?][^,:;!?]{0,30})|([^,:;!?.\"“]{2,30}?),\s")


def _bucket(value: float, limits: Sequence[float]) -> int:
    """The index of the first limit that `value` does not pass."""
    return bisect_left(limits, value)


@dataclass(slots=True)
class PageView:
    """What the whole page tells: how often lines and shapes repeat, where running text and comments lie."""

    looks: list[Look]
    exact: Counter[str]
    shapes: Counter[str]
    heads: Counter[str]
    addressed: set[str]
    long_before: list[int]
    long_after: list[int]
    last_long: list[int]
    next_long: list[int]
    headings: list[int]
    periodic: list[int]
    authors_near: list[int]
    overlap: list[float]
    items: list[bool]
    prose: list[bool]
    prose_near: list[int]
    framed: str
    blanks: bool


def _head_of(look: Look) -> str:
    """What a comment's header would begin with: the line up to its first separator, figure or bracket."""
    return _HEAD_END.split(look.lower, maxsplit=1)[0].strip() if look.width <= 90 else ""


_HEAD_END = re.compile(r"\s[-–—]\s|[|•·:(\[\d]|\s{2}")


def _addressed(looks: Sequence[Look]) -> set[str]:
    """Names that lines of the page speak to: "@name", "name, …"."""
    names = set()
    for look in looks:
        found = _ADDRESS.match(look.text)
        if found and look.width >= 12:
            names.add((found[1] or found[2]).strip().lower())
            if found[1]:
                names.add(found[1].split(" ")[0].lower())
    return names


def _running(looks: Sequence[Look]) -> tuple[list[int], list[int], list[int], list[int]]:
    """For each line: long lines before and after it, distance to the last and the next one."""
    count = len(looks)
    before, after, last, following = [0] * count, [0] * count, [count] * count, [count] * count
    seen = 0
    at = -1000
    for i, look in enumerate(looks):
        before[i], last[i] = seen, i - at
        if look.long:
            seen, at = seen + 1, i
    seen, at = 0, count + 1000
    for i in range(count - 1, -1, -1):
        after[i], following[i] = seen, at - i
        if looks[i].long:
            seen, at = seen + 1, i
    return before, after, last, following


def _headings(looks: Sequence[Look]) -> list[int]:
    """How many lines that head a comment section stand at or before each line."""
    counts, seen = [], 0
    for look in looks:
        if (
            "commenthead" in look.found.first
            and look.width <= 60
            and look.found.cover >= 0.4
            and "closed" not in look.found.classes
        ) or ("commenthead" in look.found.classes and look.width <= 40 and look.found.cover >= 0.5):
            seen += 1
        counts.append(seen)
    return counts


def _is_periodic(look: Look, exact: Counter[str], shapes: Counter[str]) -> bool:
    """True if the line looks like the part of a comment's frame that comes with every comment."""
    if look.width > 90 or look.kind in ("sent", "shortsent", "headline", "longish", "long"):
        return False
    framed = bool(look.dates) or look.clock or look.ago or any(kind in look.found.classes for kind in _REPLYLIKE)
    return framed and (exact[look.lower] >= 3 or shapes[look.shape] >= 3)


def speaks_to_reader(look: Look) -> bool:
    """True for a line with "you", "our" and their like in many languages."""
    return not _READER.isdisjoint(look.words)


def count_readers(look: Look) -> int:
    """How many words of a line are "you", "our" and their like."""
    return sum(word in _READER for word in look.words)


def is_prose(look: Look) -> bool:
    """True for a sentence that speaks to nobody and holds no word of a page's furniture."""
    return (
        look.ends in ".q)"
        and look.width >= 25
        and look.case in ("Sentence", "none")
        and len(look.words) >= (1 if look.case == "none" else 4)
        and look.found.cover < 0.15
        and not speaks_to_reader(look)
    )


def _window(flags: Sequence[bool], reach: int) -> list[int]:
    """How many flags stand within `reach` of each place."""
    sums = [0]
    for flag in flags:
        sums.append(sums[-1] + flag)
    return [sums[min(len(flags), i + reach + 1)] - sums[max(0, i - reach)] for i in range(len(flags))]


def _content(look: Look) -> set[str]:
    words = {word for word in look.words if len(word) > 3}
    if len(words) < 3 and look.case in ("none", "nil"):
        run = "".join(look.words)
        words |= {run[i : i + 2] for i in range(len(run) - 1)}
    return words


def _overlaps(looks: Sequence[Look]) -> list[float]:
    """Share of each short line's words that the next running lines hold: headlines share, menus don't."""
    contents = [_content(look) if look.long or look.width <= 200 else set() for look in looks]
    longs = [i for i, look in enumerate(looks) if look.long]
    shares, at = [], 0
    for i, look in enumerate(looks):
        while at < len(longs) and longs[at] <= i:
            at += 1
        own = contents[i]
        if look.long or len(own) < 2:
            shares.append(-1.0)
            continue
        text: set[str] = set().union(*(contents[j] for j in longs[at : at + 5])) if at < len(longs) else set()
        shares.append(len(own & text) / len(own))
    return shares


_ITEM_NUMBER = re.compile(r"(?:#\s?)?(\d{1,2})\s?[.):|]\s*(?=\D)")


def _items(looks: Sequence[Look]) -> list[bool]:
    """Lines that head one of several like items: numbered in a row or of one shape, running text below each."""
    heads = [
        i
        for i, look in enumerate(looks[:-1])
        if look.kind in ("headline", "longish", "name", "short") and look.width <= 120 and looks[i + 1].width >= 110
    ]
    numbers = {i: int(found[1]) for i in heads if (found := _ITEM_NUMBER.match(looks[i].text))}
    listed = set(numbers) if len(numbers) >= 3 and sorted(numbers.values()) == list(numbers.values()) else set()
    if len(heads) >= 3 and not listed:
        gaps = [b - a for a, b in pairwise(heads)]
        near = [i for i, gap in zip(heads, [*gaps, gaps[-1]], strict=True) if gap <= 5]
        listed = set(near) if len(near) >= 3 else set()
    return [i in listed for i in range(len(looks))]


def view_page(looks: list[Look]) -> PageView:
    exact = Counter(look.lower for look in looks)
    shapes = Counter(look.shape for look in looks if look.width <= 90)
    before, after, last, following = _running(looks)
    prose = [is_prose(look) for look in looks]
    periodic = [_is_periodic(look, exact, shapes) for look in looks]
    headings = _headings(looks)
    return PageView(
        looks=looks,
        exact=exact,
        shapes=shapes,
        heads=Counter(filter(None, map(_head_of, looks))),
        addressed=_addressed(looks),
        long_before=before,
        long_after=after,
        last_long=last,
        next_long=following,
        headings=headings,
        periodic=_window(periodic, 5),
        authors_near=_window([look.kind in ("name", "user") for look in looks], 6),
        overlap=_overlaps(looks),
        items=_items(looks),
        prose=prose,
        prose_near=_window(prose, 4),
        framed=f"{_bucket(sum(periodic), (0, 3, 12))}{min(headings[-1], 2) if headings else 0}",
        blanks=sum(look.line.blanks > 0 for look in looks) * 8 > len(looks),
    )


def _own(look: Look) -> list[str]:
    """Features of the line alone."""
    classes = look.found.classes
    features = [
        f"w{_bucket(look.width, _WIDTHS)}",
        f"n{_bucket(len(look.words), _COUNTS)}",
        f"e{look.ends}",
        f"s{look.starts}",
        f"c{look.case}",
        f"k{look.kind}",
        f"e{look.ends}c{look.case}",
        f"cov{_bucket(look.found.cover, (0.0, 0.2, 0.45, 0.7, 0.99))}",
        f"sep{min(look.separators, 4)}",
    ]
    if look.width > 120:
        features += [f"l:{kind}" for kind in classes if kind in _PROMPTING]
    elif look.width > 40 and look.found.cover < 0.3:  # single words of a headline mean little
        features += [f"h:{kind}" for kind in classes if kind in _PROMPTING or kind == "agency"]
    else:
        features += [f"h:{kind}" for kind in classes]
        features += [f"f:{kind}" for kind in look.found.first]
        if look.found.cover >= 0.7:
            features += [f"a:{kind}" for kind in classes[:2]]
    told = count_readers(look)
    if told:
        features += [f"you{min(told, 3)}", f"you{min(told, 2)}k{look.kind}"]
    if look.dates:
        features += ["date", f"dr{_bucket(look.rest, (0, 8, 20, 40, 80))}", "date1" if look.dates[0].start < 3 else "date2"]
        features += ["date+time"] if look.dates[0].hour is not None else []
    flags = (
        ("clock", look.clock), ("ago", look.ago), ("name", look.name), ("user", look.user), ("num", look.number),
        ("url", look.url), ("bul", bool(look.line.bullet)), ("glued", look.line.glued), ("ind", look.line.indent > 1),
        ("gap", look.line.gaps > 1), ("digit", any(c.isdigit() for c in look.text[:60])), ("under", "_" in look.text[:40]),
        ("q?", "?" in look.text[-3:]), ("shout", look.case == "upper" and len(look.words) > 4),
    )  # fmt: skip
    features += [name for name, on in flags if on]
    return features


def _placed(view: PageView, i: int) -> list[str]:
    """Features of the line's place and of what repeats."""
    look, count = view.looks[i], len(view.looks)
    long_before = _bucket(view.long_before[i], (0, 1, 2, 5))
    headings = min(view.headings[i], 2)
    periodic = _bucket(view.periodic[i], (0, 1, 3))
    exact, shape = min(view.exact[look.lower], 4), min(view.shapes[look.shape], 4)
    head = view.heads[_head_of(look)] if look.width <= 90 else 0
    overlap = _bucket(view.overlap[i], (-0.5, 0.0, 0.25, 0.45, 0.65))
    features = [
        f"i{_bucket(i, (0, 1, 2, 4, 8))}",
        f"r{_bucket(count - 1 - i, (0, 1, 2, 4, 8))}",
        f"lb{long_before}",
        f"la{_bucket(view.long_after[i], (0, 1, 2, 5))}",
        f"dl{_bucket(view.last_long[i], (1, 2, 3, _FAR, 20))}",
        f"nl{_bucket(view.next_long[i], (1, 2, 3, _FAR, 20))}",
        f"ch{headings}",
        f"ch{headings}k{look.kind}",
        f"p{periodic}",
        f"p{periodic}k{look.kind}",
        f"x{exact}",
        f"sh{shape}",
        f"ov{overlap}",
        f"ov{overlap}lb{long_before}",
        f"lb{long_before}k{look.kind}",
        f"an{_bucket(view.authors_near[i], (0, 1, 2, 4))}ch{headings}",
    ]
    near = view.prose_near[i] - view.prose[i]
    features += [f"pn{min(near, 4)}", f"pn{min(near, 2)}k{look.kind}", f"fr{view.framed}", f"fr{view.framed}k{look.kind}"]
    if view.prose[i]:
        before = look.kind if not i else view.looks[i - 1].kind
        features += ["prose", f"prose ch{headings}", f"prose p{periodic}", f"prose pn{min(near, 3)}", f"prose -1{before}"]
    blank = look.line.blanks if view.blanks else 3
    after = (view.looks[i + 1].line.blanks if i + 1 < count else 1) if view.blanks else 3
    features += [f"b{min(blank, 3)}", f"b{min(blank, 2)}{min(after, 2)}", f"b{min(blank, 2)}{min(after, 2)}k{look.kind}"]
    if exact >= 2 and 20 <= look.width <= 200:
        features.append("twice")
    if view.items[i]:
        features.append("item")
    if i and view.items[i - 1]:
        features.append("-1item")
    if head >= 2:
        features.append("head2")
    if look.lower in view.addressed or _head_of(look) in view.addressed:
        features.append("addressed")
    return features


def _around(view: PageView, i: int) -> list[str]:
    """Features of the neighbours."""
    looks, count = view.looks, len(view.looks)

    def kind(at: int) -> str:
        return looks[at].kind if 0 <= at < count else "edge"

    own, before, after = kind(i), kind(i - 1), kind(i + 1)
    features = [
        f"-1{before}",
        f"-2{kind(i - 2)}",
        f"+1{after}",
        f"+2{kind(i + 2)}",
        f"-1{before}k{own}",
        f"+1{after}k{own}",
        f"-1{before}+1{after}",
        f"-1{before}k{own}+1{after}",
        f"+1{after}+2{kind(i + 2)}k{own}",
    ]
    for step in (-1, 1, 2):
        if 0 <= i + step < count:
            near = looks[i + step]
            features += [f"{step}h:{one}" for one in near.found.classes[:3] if near.width <= 160]
            if near.dates and near.width <= 100:
                features.append(f"{step}date")
            if near.ends == ":":
                features.append(f"{step}colon")
    if i and looks[i - 1].line.indent < looks[i].line.indent:
        features.append("deeper")
    return features


def features_of(view: PageView) -> list[list[str]]:
    """The features of every line of a page."""
    return [[*_own(look), *_placed(view, i), *_around(view, i)] for i, look in enumerate(view.looks)]
