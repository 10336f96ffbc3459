"""Headlines found by what stands around them: a page's, its second story's, that of a block of lines."""

from __future__ import annotations

from collections.abc import Sequence

from fetchers.seeds.page_text.credits.bylines import is_person, read_byline
from fetchers.seeds.page_text.credits.datelines import read_slug
from fetchers.seeds.page_text.labels.captions import is_caption
from fetchers.seeds.page_text.labels.headings import TITLE_KINDS
from fetchers.seeds.page_text.labels.notices import tells_of_page
from fetchers.seeds.page_text.lines.looks import Look
from fetchers.seeds.page_text.lines.pictures import is_captioned
from fetchers.seeds.page_text.lines.positions import first_of
from fetchers.seeds.page_text.lines.stems import FEWER, stems_of
from fetchers.seeds.page_text.stories.division import is_below_rule


def begin_second(looks: Sequence[Look], labels: Sequence[str]) -> Sequence[str]:
    """Below a text, credits and a paragraph with a dateline begin a story: of the lines right above its headline is one."""
    labels = _name_writers(looks, labels)
    mended = list(labels)
    for i in range(1, len(looks)):
        slug = (
            read_slug(looks[i].text) if labels[i] == "body" and looks[i].long and labels[i - 1] in ("byline", "date") else None
        )
        begun = bool(slug and slug.place) or _is_headed(looks, labels, i)
        if not begun or "body" not in labels[:i] or _is_introduced(looks, labels, i):
            continue
        last = max(j for j in range(i) if labels[j] == "body")
        block = _headline_block(looks, mended, last, i)
        if not block or "comment" in mended[last:i]:
            continue
        said = stems_of(*looks[i : i + 4])
        shared = {j: len(said & stems_of(looks[j])) for j in range(max(1, block[0] - 1), i)}
        whole = block[0] if looks[block[0]].line.blanks else max(block, key=lambda j: shared[j])
        above = block[0] - 1  # its standfirst may stand apart from it
        if above > last and shared[above] > shared[whole] and _may_head(looks, labels, above, True):
            whole, block = above, [above, *block]
        for j in block:
            mended[j] = "title" if j == whole else "highlight" if j > whole else mended[j]
    return mended


def drop_lead_ins(looks: Sequence[Look], labels: Sequence[str]) -> Sequence[str]:
    """Below a text, a sentence that announces what follows ("This is what she wrote:") is the text's and no headline, and a
    box of links that its heading calls related begins no story."""
    mended = list(labels)
    text = False
    for i, (look, label) in enumerate(zip(looks, labels, strict=True)):
        text = text or (label == "body" and look.long)
        if label == "title" and text:
            announced = look.ends == ":" and look.case == "Sentence" and "related" not in look.found.first
            linked = "related" in look.found.first and look.ends != "." and labels[i + 1 : i + 2] != ["body"]
            mended[i] = "body" if announced else "aside" if linked else label
    return mended


BRIEF = 12  # columns of a headline below a rule at least


def begin_below_rules(looks: Sequence[Look], labels: Sequence[str]) -> Sequence[str]:
    """Headlines right below lines like "* * *" or "-----" begin stories: two or more, or one that its own text repeats."""
    parted = (i for i in range(2, len(looks) - 1) if looks[i].line.ruled or not looks[i - 1].words)
    heads = [i for i in parted if _is_parted(looks, labels, i)]
    first = first_of(labels, "body", len(labels))
    if not heads or {"author", "comment"} & set(labels[first : heads[-1]]):
        return labels
    if "title" not in labels[:first]:
        heads = [first - 1, *heads] if len(heads) > 1 and first and _could_head(looks[first - 1]) else []
    if len(heads) == 1 and not stems_of(looks[heads[0]]) & stems_of(*looks[heads[0] + 1 : heads[0] + 4]):
        return labels
    return ["title" if i in heads else label for i, label in enumerate(labels)]


def _is_parted(looks: Sequence[Look], labels: Sequence[str], i: int) -> bool:
    """True for a line like a headline between a rule and a paragraph of the text, a text above the rule."""
    look = looks[i]
    if look.line.bullet or labels[i] not in ("aside", "furniture", "body", "highlight", "title") or not is_below_rule(looks, i):
        return False
    text = next((j for j in range(i + 1, min(i + 4, len(looks))) if labels[j] == "body"), None)
    return _could_head(look) and text is not None and looks[text].width >= 60 and "body" in labels[max(0, i - 5) : i]


def _could_head(look: Look) -> bool:
    headed = (look.kind in TITLE_KINDS or look.kind in ("short", "clock")) and look.ends in "aq0?" and look.width >= BRIEF
    return headed and look.found.cover < 0.5 and not (look.dates or look.url) and "related" not in look.found.first


def _name_writers(looks: Sequence[Look], labels: Sequence[str]) -> list[str]:
    """Below a text, a headline, a person's name and a paragraph with a dateline: the person wrote what follows."""
    mended = list(labels)
    begun = first_of(mended, "body", len(looks))
    for i in range(max(2, begun + 2), len(looks) - 1):
        named = labels[i] in ("aside", "body") and looks[i].kind == "name" and is_person(looks[i].text.title())
        if not named or labels[i + 1] != "body" or looks[i - 1].kind != "headline":
            continue
        slug = read_slug(looks[i + 1].text) if looks[i + 1].long else None
        if slug and slug.place and looks[i - 1].ends != "." and looks[i - 1].line.blanks and looks[i].line.blanks:
            mended[i] = "byline"
    return mended


def _is_introduced(looks: Sequence[Look], labels: Sequence[str], text: int) -> bool:
    """True if one headline, a paragraph or two and a picture, but no credits, stand above: standfirsts of the same story."""
    above = [i for i in range(text) if labels[i] == "body"]
    heads = [i for i in range(text) if labels[i] == "title"]
    if not above or len(above) > 2 or len(heads) != 1 or not heads[0] < above[0] <= heads[0] + 3:
        return False
    credited = any(label in ("byline", "date", "credit") for label in labels[: above[-1]])
    return not credited and any("photo" in look.found.first for look in looks[heads[0] : text])


BLOCK = 3  # lines at most between a headline and what was taken for it


def raise_titles(looks: Sequence[Look], labels: Sequence[str]) -> Sequence[str]:
    """Of the lines right above a story's credits its headline is the one that shares most words with its text."""
    mended = list(labels)
    for i in range(1, len(looks) - 2):
        if labels[i] != "title":
            continue
        second = "body" in labels[:i]
        credit = next((j for j in range(i + 1, min(i + 6, len(looks))) if labels[j] != "highlight"), i)
        if labels[credit] not in ("byline", "date") or (second and credit > i + 1):
            continue
        text = next((j for j in range(credit, min(credit + 9, len(looks))) if labels[j] == "body"), None)
        said = stems_of(*looks[text : text + 3]) if text else set()
        above = i
        while above > max(1, i - BLOCK) and _may_head(looks, labels, above - 1, second):
            above -= 1
        shared = {j: len(said & stems_of(looks[j])) for j in range(above, i + 1)}
        if above == i == 1 and _may_head(looks, labels, 0, True) and not looks[1].line.blanks:
            shared[0] = len(said & stems_of(looks[0])) or -1  # the page's first line may be its masthead
        best = max(shared, key=lambda j: (shared[j], -j))
        if best < i:
            mended[best : i + 1] = ["title", *["highlight"] * (i - best)]
    return mended


def _may_head(looks: Sequence[Look], labels: Sequence[str], i: int, second: bool) -> bool:
    """True if the line right above what was taken for a headline may be it: of a block with it, if the page's first."""
    look = looks[i]
    plain = (
        look.kind in TITLE_KINDS and look.ends != "." and not look.line.bullet and look.found.cover < 0.5 and look.width >= 28
    )
    linked = i > 0 and "related" in looks[i - 1].found.first and (second or not look.line.blanks)
    if not plain or linked or labels[i] not in ("aside", "furniture") or tells_of_page(look):
        return False
    return second or (look.line.blanks > 0 and not looks[i + 1].line.blanks)


def _is_headed(looks: Sequence[Look], labels: Sequence[str], text: int) -> bool:
    """True if a writer and a full date stand right above a paragraph, with a standfirst or without, and more text below it."""
    if labels[text : text + 2] != ["body", "body"] or not looks[text].long:
        return False
    above = [j for j in range(max(0, text - 4), text) if labels[j] in ("byline", "date", "highlight")]
    whole = bool(above) and above == list(range(above[0], text))
    written = any(labels[j] == "byline" for j in above) and any(labels[j] == "date" and looks[j].dates for j in above)
    return whole and written and labels[text - 1] != "title"


def _headline_block(looks: Sequence[Look], labels: Sequence[str], last: int, text: int) -> list[int]:
    """The lines right above the credits between two texts, up to an empty line; none if a headline is among them."""
    if "title" in labels[last:text]:
        return []
    credit = next((j for j in range(last + 1, text) if labels[j] in ("byline", "date", "credit")), text)
    block: list[int] = []
    for j in range(credit - 1, max(last, credit - 5), -1):
        if labels[j] not in ("aside", "highlight", "furniture") or looks[j].kind not in ("headline", "longish", "sent"):
            break
        if is_caption(looks[j], None):
            continue
        if "related" in looks[j].found.first:
            return []
        block.insert(0, j)
        if looks[j].line.blanks:
            break
    return block


HEADLINE = 28  # columns of a headline that nothing but its place tells, at least


def head_credited(looks: Sequence[Look], labels: Sequence[str]) -> Sequence[str]:
    """Where no line was taken for the headline, the one right above "Published: " and a full date is; else a first line of
    text with a capital to every word, a paragraph between it and the credits."""
    first = first_of(labels, "body", 0)
    if "title" in labels or not first:
        return labels
    dated = (i for i in range(1, first) if labels[i] == "date" and looks[i].dates and "pubword" in looks[i].found.first)
    head = next(dated, 0) - 1
    free = head >= 0 and labels[head] in ("furniture", "aside", "highlight") and looks[head].kind in TITLE_KINDS
    if free and _could_head(looks[head]) and looks[head].width >= HEADLINE and "photo" not in looks[head].found.first:
        return [*labels[:head], "title", *labels[head + 1 :]]
    look = looks[first]
    capital = look.case == "Title" and len(look.words) >= 5 and not look.long and look.found.cover < 0.5
    below = labels[first + 1 : first + 4]
    if capital and look.line.blanks and below[:1] == ["body"] and "date" in below and labels.count("body") > 3:
        return [*labels[:first], "title", *labels[first + 1 :]]
    return labels


def head_unlike(looks: Sequence[Look], labels: Sequence[str]) -> Sequence[str]:
    """What was taken for the headline is the standfirst of a line right above it that the page has twice, or the words for a
    picture whose caption parts it from a line above the credits that says no less of what the text does."""
    i = first_of(labels, "title", 0)
    if i < 1 or i + 3 >= len(looks):
        return labels
    mended = list(labels)
    if labels[i + 1] in ("byline", "date") and not looks[i].line.blanks and _is_repeated(looks, labels, i - 1):
        mended[i - 1 : i + 1] = ["title", "highlight"]
    told = labels[i + 2] == "highlight" and _could_head(looks[i + 2]) and labels[i + 3] in ("byline", "date")
    if told and looks[i + 2].width >= HEADLINE and "body" in labels[i:] and is_captioned(looks, i):
        text = labels.index("body", i)
        said = stems_of(*looks[text : text + 4], letters=FEWER)
        if len(said & stems_of(looks[i], letters=FEWER)) <= len(said & stems_of(looks[i + 2], letters=FEWER)):
            mended[i : i + 3] = ["furniture", labels[i + 1], "title"]
    return mended


def _is_repeated(looks: Sequence[Look], labels: Sequence[str], i: int) -> bool:
    """True for a line of three words or more, no name of a section, that stands further up too."""
    look = looks[i]
    plain = look.case == "Sentence" and len(look.words) >= 3 and look.ends in "aq0?" and look.found.cover < 0.34
    return plain and labels[i] == "furniture" and any(above.lower == look.lower for above in looks[:i])


def head_written(looks: Sequence[Look], labels: Sequence[str]) -> Sequence[str]:
    """Where no line near it was taken for a headline, the one right above "By Ann Lee May 4, 2021" is, however much of the
    page stands between that and the text."""
    first = first_of(labels, "body", 0)
    dated = (i for i in range(1, first) if labels[i] in ("byline", "date", "furniture") and _is_signed_and_dated(looks[i]))
    head = next(dated, 0) - 1
    free = head >= 0 and labels[head] in ("furniture", "aside") and _could_head(looks[head]) and looks[head].width >= HEADLINE
    if not free or "title" in labels[max(0, head - FAR) : head + FAR]:
        return labels
    return [*labels[:head], "title", *labels[head + 1 :]]


FAR = 14  # lines at most between a headline and another line of the same story's head


def _is_signed_and_dated(look: Look) -> bool:
    return look.width <= 90 and bool(look.dates) and look.text[:3] == "By " and is_person(read_byline(look, "byline") or "")
