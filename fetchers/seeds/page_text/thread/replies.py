"""Which comment a comment answers: only where the page shows it, in the order of how surely it does."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Sequence
from functools import partial

from fetchers.seeds.page_text.lines.looks import Look
from fetchers.seeds.page_text.thread.addressed import Names, by_address, by_mention
from fetchers.seeds.page_text.thread.authors import is_rank, read_author, trim_name
from fetchers.seeds.page_text.thread.frames import Draft
from fetchers.seeds.page_text.thread.kinds import resolve_kinds

REACH = 400  # a comment further back than this is not searched for quoted words, so that long threads stay fast

_RE = re.compile(r"\s*(?:re|aw|sv|rv|antw|odp)\s?:\s?", re.IGNORECASE)
_BY = re.compile(r"\s\(score\s?:.*|\sby\s+[^:]*$|\s·.*$", re.IGNORECASE)
_SCORED = re.compile(r"\sby\s.*(?:score|·)|\(score\s?:.*\sby\s", re.IGNORECASE)
_NUMBERED = re.compile(
    r"^(?:>>?|#|№|@#?)\s?(\d{1,5})\b|^(?:回复|回覆|回|引用|@)\s?(\d{1,5})\s?[楼樓#]|"
    r"^(?:إلى|الى|to|re|al|à|an|zu|к|до)\s(?:رقم\s?|n[.º°]\s?|no\.?\s|nr\.?\s)?(\d{1,4})(?=\s?[-–:,])",
    re.IGNORECASE,
)
_QUOTES = re.compile(r"[\"“«„「『](.{6,400}?)[\"”»“」』]", re.DOTALL)
_PLAIN = re.compile(r"[\W_]+")


def _plain(text: str) -> str:
    return _PLAIN.sub(" ", text).strip().lower()


def _resolve_subjects(drafts: Sequence[Draft], title: str | None) -> list[int | None]:
    """By "Re:" lines: the latest comment one "Re:" shallower under the same subject."""
    targets: list[int | None] = [None] * len(drafts)
    topic = _plain(title or "")
    seen: list[tuple[int, str]] = []
    for i, draft in enumerate(drafts):
        text = draft.subject or ""
        if draft.header is not None and draft.subject in (None, draft.header.text):
            head = re.sub(r"^\s*\d+\.\s+", "", draft.header.text)
            text = _BY.sub("", head) if _RE.match(head) or _SCORED.search(head) else ""
        depth = 0
        while found := _RE.match(text):
            depth, text = depth + 1, text[found.end() :]
        base = _plain(text)
        if not base and draft.subject is None:
            above = draft.frame[1:] if draft.header in draft.frame[:1] else []
            asked = [look for look in above[:1] if look.kind == "shortsent"]  # "Who paid?" right below the name
            named = [look for look in above if not look.dates and look.kind in ("short", "name", "headline")]
            base = next((_plain(look.text) for look in (*asked, *named)), "")
        if depth and base != topic:
            for j in range(i - 1, max(-1, i - 1 - REACH), -1):
                if seen[j][0] == depth - 1 and (seen[j][1] == base or not base):
                    targets[i] = j
                    break
        seen.append((depth, base))
    return targets


def _resolve_depths(drafts: Sequence[Draft]) -> list[int | None]:
    """By indentation: the last comment that stands further left."""
    depths = [draft.depth for draft in drafts]
    targets: list[int | None] = [None] * len(drafts)
    if len(set(depths)) < 2 or depths[0] != min(depths):
        return targets
    stack: list[int] = []
    for i, depth in enumerate(depths):
        while stack and depths[stack[-1]] >= depth:
            stack.pop()
        targets[i] = stack[-1] if stack else None
        stack.append(i)
    return targets


_OUTLINED = re.compile(r"\s*#?(?P<at>\d{1,4}(?:\.\d{1,4}){0,5})\.?\s")


def _resolve_outline(drafts: Sequence[Draft]) -> list[int | None]:
    """By numbers with parts: "3.1" answers "3", "3.1.2" answers "3.1"."""
    targets: list[int | None] = []
    places: dict[str, int] = {}
    for i, draft in enumerate(drafts):
        found = _OUTLINED.match(draft.header.text) if draft.header else None
        targets.append(places.get(found["at"].rpartition(".")[0]) if found else None)
        if found:
            places[found["at"]] = i
    return targets


def _resolve_counts(drafts: Sequence[Draft]) -> list[int | None]:
    """By counts of answers, comments standing in the order of the thread; none where the counts don't add up."""
    counts = [draft.children or 0 for draft in drafts]
    if not any(counts):
        return [None] * len(drafts)
    # Where they add up as answers and as all that stands below a comment, as Reddit counts, they are rather the latter.
    return _by_descendants(counts) or _by_children(counts) or [None] * len(drafts)


def _by_children(counts: Sequence[int]) -> list[int | None] | None:
    targets: list[int | None] = []
    open_: list[list[int]] = []  # [comment, answers still to come]
    for i, count in enumerate(counts):
        while open_ and not open_[-1][1]:
            open_.pop()
        targets.append(open_[-1][0] if open_ else None)
        if open_:
            open_[-1][1] -= 1
        open_.append([i, count])
    return targets if all(not left for _, left in open_) else None


def _by_descendants(counts: Sequence[int]) -> list[int | None] | None:
    targets: list[int | None] = []
    open_: list[tuple[int, int]] = []  # (comment, last one below it)
    for i, count in enumerate(counts):
        while open_ and open_[-1][1] < i:
            open_.pop()
        if i + count >= len(counts) or (open_ and i + count > open_[-1][1]):
            return None
        targets.append(open_[-1][0] if open_ else None)
        open_.append((i, i + count))
    return targets


def _by_quote(drafts: Sequence[Draft], plains: Sequence[str], i: int) -> int | None:
    """Words of an earlier comment: in quotation marks, behind ">", or a whole first paragraph. Where two hold them, the
    one of the author whom the quote's marker names."""
    first, said = drafts[i].paragraphs[0].text, (drafts[i].nested or "\n").lower()
    pieces = []
    if first.startswith((">", "\uff1e")):
        pieces.append(first.lstrip("> \uff1e"))
    pieces += [found[1] for found in _QUOTES.finditer(first[:500])]
    if len(drafts[i].paragraphs) > 1:
        pieces.append(first)
    for piece in pieces:
        plain = _plain(piece)
        if len(plain) < 8 or (plain.isascii() and len(plain.split()) < 2):
            continue
        near = range(i - 1, max(-1, i - 1 - REACH), -1)
        holds = [j for j in near if plain in plains[j] and (not plain.isascii() or f" {plain} " in f" {plains[j]} ")]
        if holds:
            return next((j for j in holds if (drafts[j].author or "").lower().startswith(said)), holds[0])
    return None


_ARROWS = " ▶►>→➜➔"  # between who answers and whom


def _split_header_names(drafts: Sequence[Draft]) -> None:
    """ "Ann Bob" over an answer of Ann to Bob: the second name is an earlier author's."""
    authors: set[str] = set()
    hits: list[tuple[Draft, str]] = []
    for draft in drafts:
        name = draft.author or ""
        lower = name.lower()
        ends = (lower[i + 1 :] for i, char in enumerate(lower) if char == " ")  # the longest first
        target = next((end for end in ends if end in authors), None)
        if target:
            hits.append((draft, target))
            authors.add(name[: -len(target)].strip(_ARROWS).lower())
        elif name:
            authors.add(name.lower())
    bullets = sum(any(sign in (draft.header.text if draft.header else "") for sign in "•·▶→") for draft, _ in hits)
    if len(hits) >= 2 or bullets:
        for draft, target in hits:
            assert draft.author
            draft.target = target
            draft.author = trim_name(draft.author[: -len(target)].strip(_ARROWS))


_ANSWERING = re.compile(
    r"^(?P<who>.{2,40}?)\s(?:answered|hat geantwortet auf|replied to|replies to|responded to|in reply to|to|回复|回覆|"
    r"antworte(?:te?)?(?: auf| an)?|répond à|a répondu à|à|respondió al?|respondeu (?:a|ao)|ha risposto a|risponde a|"
    r"do|dla|w odpowiedzi do|odpow\w+(?: na)?|odpov\w+(?: na)?|reaguje na|odgov\w+(?: na)?|an|til|till|aan|إلى|responde al?|"
    r"reageer(?:t|de) op|antwoordt(?: op)?|svara(?:r|de)|svar(?:er|te|ede)|membalas|válaszol\w*|răspun\w+(?: lui)?|"
    r"a răspuns lui|"
    r"відпов\w+|ответил[а]?|отвечает|отговори(?: на)?|απάντησε στ\w+|απαντά στ\w+|yanıt\w*(?: verdi)?|cevap\w*(?: verdi)?|"
    r"trả lời|phản hồi|atbild\w*|atsak\w*|vasta[asb]\w*|رد على|در پاسخ به|השיב ל|"
    r"[→▸▶►➤➜➔⇒>»›↪@]|[-=—–]>)\s@?(?P<whom>.{2,40})$",
    re.IGNORECASE,
)


def _split_answering(drafts: Sequence[Draft]) -> None:
    """ "Ann replied to Bob" over an answer of Ann to Bob, an earlier author."""
    authors: set[str] = set()
    for draft in drafts:
        found = _ANSWERING.match(draft.author or "")
        if found and found["whom"].lower() in authors:
            draft.author, draft.target = trim_name(found["who"]), found["whom"]
        authors.add((draft.author or "").lower())


def _named_in(look: Look, draft: Draft) -> str:
    """What a line of a frame names, if it is a name alone or with a time ("Bob, 3 March 2021, 11:31"), in lower case."""
    if not look.dates:
        return look.lower.strip("@ ")
    return ((draft.headed if look is draft.header else read_author(look)) or "").lower()


def _read_second_names(drafts: Sequence[Draft]) -> None:
    """A line of a frame that is nothing but an earlier author's name says whom the comment answers.

    Where such a line was taken for the head, the name that stands where the other comments have theirs is the author.
    """
    authors: set[str] = set()
    places = Counter(draft.frame.index(draft.header) for draft in drafts if draft.header in draft.frame)
    usual = places.most_common(1)[0][0] if places else 0
    for draft in drafts:
        names = [look for look in draft.frame if look.width <= 60 and _named_in(look, draft) in authors]
        first = draft.frame[usual] if len(draft.frame) > usual else None
        if draft.header in names and first in draft.frame and first is not draft.header and draft.target is None:
            own = read_author(first) if first.kind in ("name", "user", "short") and not is_rank(first) else None
            if own and draft.frame.index(draft.header) == usual + 1:
                draft.target, draft.author = _named_in(draft.header, draft), own
        elif draft.target is None and draft.author:
            others = [look for look in names if look is not draft.header and _named_in(look, draft) != draft.author.lower()]
            if others and draft.header in draft.frame:
                draft.target = _named_in(others[0], draft)
        authors.add((draft.author or "").lower())
    authors.discard("")


def resolve_replies(drafts: Sequence[Draft], title: str | None) -> list[int | None]:
    """For each comment the index of the one it answers, or None."""
    _split_answering(drafts)
    _read_second_names(drafts)
    _split_header_names(drafts)
    by_subject = _resolve_subjects(drafts, title)
    by_depth, by_outline = _resolve_depths(drafts), _resolve_outline(drafts)
    indented = any(target is not None for target in by_depth)  # which tells of the outermost too that they answer nobody
    by_count = [None] * len(drafts) if indented else _resolve_counts(drafts)
    by_kind = resolve_kinds(drafts)
    shallow_thread = len({draft.depth for draft in drafts}) == 2
    numbers: dict[int, int] = {}
    for i, draft in enumerate(drafts):
        if draft.number is not None:
            numbers.setdefault(draft.number, i)
    plains = [_plain(draft.text) for draft in drafts]
    names = Names()
    targets: list[int | None] = []
    for i, draft in enumerate(drafts):
        own = draft.author.lower().removeprefix("u/").removeprefix("@") if draft.author else None
        text = draft.paragraphs[0].text
        ways: tuple[Callable[[], int | None], ...] = (
            partial(_by_frame, draft, names, numbers),
            partial(by_subject.__getitem__, i),
            partial(by_outline.__getitem__, i),
            partial(by_depth.__getitem__, i),
            partial(by_count.__getitem__, i),
            partial(by_mention, text, names, own),
            partial(_by_number, text, numbers, i),
            partial(_by_quote, drafts, plains, i),
            partial(by_address, text, names, own),
            partial(_by_parent, drafts, i),
            partial(by_kind.__getitem__, i),
        )
        found = next((target for way in ways if (target := way()) is not None), None)
        deep, shallow = by_depth[i], by_subject[i]
        if deep is not None and shallow is not None and shallow < deep and found == shallow and _leads_to(deep, found, targets):
            found = deep  # under one subject the indentation tells which
        nested = found is not None and found in (by_depth[i], by_count[i])
        named = by_mention(text, names, own) if nested else None
        named = by_address(text, names, own) if nested and shallow_thread and named is None else named
        if named is not None and named > (found or 0) and _leads_to(named, found, targets):
            found = named  # "@name", or a name, inside a thread that is nested one level deep
        targets.append(found if found is not None and found < i else None)
        if draft.author:
            names.add(draft.author, i)
            names.latest[draft.author.lower().removeprefix("~")] = i  # who has no account, as boards mark them
        for handle in _handles(draft):
            names.latest[handle] = i
    return targets


_PARENT = frozenset(("parent", "уровень выше", "на уровень вверх"))


def _links_up(draft: Draft) -> bool:
    """True if a comment has a link to the one that it answers."""
    linked = (re.findall(r"[(\[]\s?([^()\[\]]{2,30}?)\s?[)\]]", look.lower) for look in draft.frame)
    return any(not _PARENT.isdisjoint(words) for words in linked)


def _by_parent(drafts: Sequence[Draft], i: int) -> int | None:
    """A link to the comment answered, right below one that answers none: that one."""
    return i - 1 if i and _links_up(drafts[i]) and not _links_up(drafts[i - 1]) else None


def _leads_to(start: int, end: int | None, targets: Sequence[int | None]) -> bool:
    """True if the comment at `start` stands in the thread that the one at `end` began."""
    at: int | None = start
    for _ in range(REACH):
        if at is None or at == end:
            break
        at = targets[at]
    return at is not None and at == end


def _handles(draft: Draft) -> list[str]:
    """What else an author is called by: "@woolwire@example.social" below the name."""
    lines = [look.lower for look in draft.frame if look.text.startswith("@") and look.width <= 60 and look.separators < 2]
    return [found[1] for line in lines if (found := re.match(r"@([\w.-]{2,40})", line))]


def _by_frame(draft: Draft, names: Names, numbers: dict[int, int]) -> int | None:
    if draft.target_number is not None:
        return numbers.get(draft.target_number)
    for name in (draft.target, draft.nested):
        if name:
            who = names.latest.get(name.lower().strip(" @"))
            if who is not None:
                return who
    return None


def _by_number(text: str, numbers: dict[int, int], i: int) -> int | None:
    """ ">>2" at the start of what comment `i` says; where no numbers are printed, readers count from the top."""
    found = _NUMBERED.match(text)
    if not found:
        return None
    number = int(next(filter(None, found.groups())))
    counted = not numbers and found[0].startswith(">>") and 1 <= number <= i
    return number - 1 if counted else numbers.get(number)
