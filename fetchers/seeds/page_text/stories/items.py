"""The items of a digest and of a letter: what tells their headlines, by number, bullet, picture, link or name below."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from itertools import pairwise

from fetchers.seeds.page_text.credits.bylines import are_people, is_person, names_writer, read_byline
from fetchers.seeds.page_text.credits.datelines import read_slug
from fetchers.seeds.page_text.lines.features import speaks_to_reader
from fetchers.seeds.page_text.lines.lexicon import lexicon, split_words
from fetchers.seeds.page_text.lines.looks import Look
from fetchers.seeds.page_text.lines.positions import lines_of
from fetchers.seeds.page_text.stories.division import number_of


def number_items(looks: Sequence[Look], labels: Sequence[str]) -> Sequence[str]:
    """In a digest, headlines numbered from 1 with one running paragraph below each are stories of their own.

    A list inside one article is told by its byline, or by more than one paragraph under a number.
    """
    told = _letter_items(looks, labels) or _picture_items(looks, labels) or _bullet_items(looks, labels)
    if told:
        return told
    heads = [
        i
        for i, look in enumerate(looks[:-1])
        if look.starts == "num."
        and (look.ends != "." or look.width <= 80)
        and looks[i + 1].width >= 60
        and looks[i + 1].ends == "."
    ]
    numbers = [int(looks[i].text.split(".")[0].split(")")[0]) for i in heads]
    if len(heads) < 3 or numbers != list(range(1, len(heads) + 1)) or "author" in labels[heads[0] :]:
        return labels
    if any(label == "byline" and names_writer(look) for look, label in zip(looks, labels, strict=True)):
        return labels
    ends = [*heads[1:], len(looks)]
    if any(sum(look.long for look in looks[i + 1 : end]) > 1 for i, end in zip(heads[:-1], ends[:-1], strict=True)):
        return labels
    mended = list(labels)
    if "title" not in labels[: heads[0]]:  # what greets the reader is no story
        mended[: heads[0]] = ["furniture" if label == "body" else label for label in labels[: heads[0]]]
    for i in heads:
        mended[i], mended[i + 1] = "title", "body"
    return mended


FOOT = 8  # lines at a letter's end in which it speaks of itself
LED = 4  # lines at most from a headline to its text: who drew the picture, what it shows


# How a letter says that it is one: where else it can be read, how it is ended.
_LETTER = re.compile(
    r"\b(?:unsubscribe|browser|navegador|navigateur|webbläsar\w+|abbestellen|abmelden|désabonner|désinscrire|darse de baja|"
    r"cancelar (?:la |a )?(?:suscripción|inscrição|assinatura)|disiscriv\w+|cancella l'iscrizione|afmelden|uitschrijven|"
    r"avregistrera|avprenumerera|wypisz|отписаться|відписатися)\b|配信停止|退订|退訂|수신거부",
    re.IGNORECASE,
)


def _letter_items(looks: Sequence[Look], labels: Sequence[str]) -> Sequence[str] | None:
    """In a letter that no headline heads, lines numbered from 1, each apart with a paragraph below, are headlines: what stands
    between two of them is the first one's, and who is named above them all wrote them."""
    heads: list[int] = []
    for i, look in enumerate(looks[:-1]):
        apart = look.line.blanks > 0 and look.width <= 120 and look.ends != "."
        if apart and number_of(look.text) == len(heads) + 1 and any(map(_runs, looks[i + 1 : i + 1 + LED])):
            heads.append(i)
    spoken = [i for i, look in enumerate(looks) if "letter" in look.found.classes or _LETTER.search(look.text)]
    if len(heads) < 3 or len(spoken) < 2 or spoken[-1] < len(looks) - FOOT:
        return None
    if "title" in labels[: heads[0]] or any("commenthead" in look.found.first for look in looks[heads[0] :]):
        return None
    mended = ["furniture" if label in ("body", "highlight") else label for label in labels[: heads[0]]]
    writers = (i for i in range(heads[0]) if names_writer(looks[i]) and looks[i].width <= 90)
    by = next((i for i in writers if are_people(read_byline(looks[i], "byline") or "")), None)
    mended = ["byline" if i == by else label for i, label in enumerate(mended)] + list(labels[heads[0] :])
    for i in range(heads[0], len(looks)):
        told = mended[i] == "body" or (mended[i] == "comment" and _runs(looks[i]))
        mended[i] = "title" if i in heads else "body" if told else "aside"
    for i in heads:
        text = next(j for j in range(i + 1, i + 1 + LED) if _runs(looks[j]))
        mended[i + 1 : text + 1] = [*["furniture"] * (text - i - 1), "body"]
    return mended


def _bullet_items(looks: Sequence[Look], labels: Sequence[str]) -> Sequence[str] | None:
    """In a letter, three bullets or more with one paragraph below each, nothing else between them, are headlines."""
    heads = [
        i
        for i, look in enumerate(looks[:-1])
        if look.line.bullet and 12 <= look.width <= 100 and look.ends not in ".:" and _runs(looks[i + 1])
    ]
    if len(heads) < 3 or "author" in labels or any(label == "byline" for label in labels):
        return None
    inner = [i for i in range(heads[0], heads[-1] + 2) if i not in heads and i - 1 not in heads]
    if any(looks[i].line.bullet or looks[i].long for i in inner):
        return None
    mended = ["furniture" if label in ("body", "title", "highlight") else label for label in labels[: heads[0]]]
    mended += labels[heads[0] :]
    for i in heads:
        mended[i], mended[i + 1] = "title", "body"
    return mended


def _runs(look: Look) -> bool:
    return look.width >= 60 and look.ends in ".q" and not look.line.bullet


_PICTURED = re.compile("[\U0001f300-\U0001faff\u2600-\u27bf\u2b50]\ufe0f?\\s?\\w.{10}")


def _picture_items(looks: Sequence[Look], labels: Sequence[str]) -> Sequence[str] | None:
    """In a letter, three lines or more that begin with a small picture, a paragraph below each, are headlines."""
    heads = [
        i
        for i, look in enumerate(looks[:-1])
        if _PICTURED.match(look.text) and look.width <= 100 and look.ends != "." and looks[i + 1].width >= 60
    ]
    if len(heads) < 3 or "author" in labels[heads[0] :] or any(looks[i + 1].ends not in ".q?" for i in heads):
        return None
    mended = list(labels)
    for i in heads:
        mended[i], mended[i + 1] = "title", "body"
    return mended


def head_items(looks: Sequence[Look], labels: Sequence[str]) -> Sequence[str]:
    """In a digest, a line like the other headlines right above a dateline is a headline too."""
    titles = [i for i in lines_of(labels, "title") if labels[i + 1 : i + 2] == ["body"]]
    if not titles or "author" in labels:
        return labels
    heads = []
    shouted = sum(looks[i].case == "upper" for i in titles) >= 2
    for i in range(titles[0] + 1, len(looks) - 1):
        shouts = shouted and looks[i].case == "upper" and len(looks[i].words) >= 3 and looks[i + 1].long
        if shouts and labels[i] in ("aside", "body") and labels[i + 1] == "body" and not looks[i].found.cover >= 0.5:
            heads.append(i)
            continue
        alike = labels[i] in ("aside", "furniture") and looks[i].kind == "headline" and not looks[i].found.cover >= 0.5
        slug = read_slug(looks[i + 1].text) if alike and labels[i + 1] == "body" and looks[i + 1].long else None
        if slug and slug.place and not looks[i].line.bullet:
            heads.append(i)
    return ["title" if i in heads else label for i, label in enumerate(labels)] if len(heads) + len(titles) >= 3 else labels


# How a letter's item ends: with the link to its story.
_LINKED_END = re.compile(
    r"(?:\((?:[Mm]ore|[Ll]ink|[Rr]ead more|[Ss]ource|w/\w{2,12})\)|"
    r"\b(?:[Rr]ead|[Ss]ee|[Ww]atch|[Ll]isten)(?: \w+){0,3} here)\.?$"
)


def head_linked(looks: Sequence[Look], labels: Sequence[str]) -> Sequence[str]:
    """In a letter, lines like headlines are some, if a single paragraph stands below each and most end with a link to more."""
    heads = [
        i
        for i in range(len(looks) - 1)
        if labels[i] in ("title", "aside", "body", "furniture")
        and looks[i].kind in ("name", "headline", "short")
        and looks[i].ends not in ".:"
        and looks[i].found.cover < 0.5
        and looks[i + 1].long
        and looks[i + 1].width >= 110
        and labels[i + 1] in ("body", "aside")
    ]
    linked = sum(bool(_LINKED_END.search(looks[i + 1].text, max(0, len(looks[i + 1].text) - 40))) for i in heads)
    lone = all(not looks[i + 2].long for i in heads[:-1])
    if len(heads) < 3 or linked < 2 or linked * 2 < len(heads) or not lone or {"author", "byline"} & set(labels):
        return labels
    mended = ["furniture" if label in ("body", "title") else label for label in labels[: heads[0]]] + list(labels[heads[0] :])
    for i in heads:
        mended[i : i + 2] = ["title", "body"]
    for i in range(heads[-1] + 2, len(looks)):
        mended[i] = "aside" if mended[i] in ("body", "title") else mended[i]
    return mended


_READ_ON = re.compile(r"(?P<who>[^|]{3,40}?)\s?\|\s?(?P<link>[^|]{4,30})$")
SIGNED_MOST = 4  # paragraphs of such an item at most


def head_signed(looks: Sequence[Look], labels: Sequence[str]) -> Sequence[str]:
    """In a letter whose items each end with "Ann Lee | Read more", the line that begins an item is its headline."""
    ends = [i for i in range(2, len(looks)) if _signs_item(looks[i])]
    if len(ends) < 3 or {"author", "comment"} & set(labels):
        return labels
    items = [(_first_of_item(looks, end, above), end) for above, end in pairwise([-1, *ends])]
    if any(head is None for head, _ in items):
        return labels
    mended = list(labels)
    for head, end in items:
        mended[head : end + 1] = ["title", *["body"] * (end - head - 1), "byline"] if head is not None else []
    first, last = items[0][0] or 0, ends[-1]
    mended[:first] = ["furniture" if label in ("title", "body", "highlight") else label for label in mended[:first]]
    mended[last + 1 :] = ["aside" if label in ("title", "body") else label for label in mended[last + 1 :]]
    return mended


def _signs_item(look: Look) -> bool:
    """True for a person's name and, behind a bar, what leads to a story: "Ann Lee | READ MORE"."""
    found = _READ_ON.fullmatch(look.text) if look.width <= 60 else None
    return found is not None and lexicon().opening(split_words(found["link"]), "related") > 0 and is_person(found["who"])


def _first_of_item(looks: Sequence[Look], end: int, above: int) -> int | None:
    """The line like a headline that begins the item that ends at line `end`, below line `above`, or None."""
    for i in range(end - 1, max(above, end - 2 - SIGNED_MOST), -1):
        if looks[i].line.blanks or i == above + 1:
            headed = (
                i < end - 1 and 12 <= looks[i].width <= 120 and not looks[i].text.endswith(".") and looks[i + 1].width >= 60
            )
            return i if headed else None
    return None


CLOSING_MOST = 30  # columns of the link that ends an item


def head_closed(looks: Sequence[Look], labels: Sequence[str]) -> Sequence[str]:
    """Where the same short line stands below the text of every item, whatever its words ("Read on »"), the line above each text
    is a headline, if half were taken for one: what greets the reader above them and what stands below is no story's."""
    counts = Counter(look.lower for i, look in enumerate(looks) if _could_close(looks, i))
    closing, count = counts.most_common(1)[0] if counts else ("", 0)
    ends = [i for i, look in enumerate(looks) if look.lower == closing]
    if count < 3 or count < len(ends) or not set(lines_of(labels, "author")) <= set(ends):
        return labels
    items = [(_head_of_closed(looks, end, above), end) for above, end in pairwise([-1, *ends])]
    heads = [head for head, _ in items if head is not None]
    if len(heads) < len(items) or sum(labels[i] == "title" for i in heads) * 2 < len(heads):
        return labels
    mended = ["aside" if label in ("title", "body", "highlight", "comment") else label for label in labels]
    for head, end in zip(heads, ends, strict=True):
        mended[head : end + 1] = ["title", *["body"] * (end - head - 1), "aside"]
    told = sum(look.long and label == "body" for look, label in zip(looks[: heads[0]], labels, strict=False))
    opened = told > ("title" not in labels[: heads[0]])  # a text of its own stands above the items
    mended[: heads[0]] = labels[: heads[0]] if opened else map(_greets, looks[: heads[0]], labels)
    return mended


def _could_close(looks: Sequence[Look], i: int) -> bool:
    """True for a few words, neither a sentence nor a button of answers, right below a text."""
    look = looks[i]
    short = 3 <= look.width <= CLOSING_MOST and look.ends != "." and not (look.dates or look.ago)
    return short and i > 1 and _runs(looks[i - 1]) and not {"reply", "vote", "login"} & set(look.found.classes)


def _head_of_closed(looks: Sequence[Look], end: int, above: int) -> int | None:
    """The line like a headline right above the text that line `end` closes, below line `above`, or None."""
    head = next((i for i in range(end - 1, above, -1) if not _runs(looks[i])), None)
    if head is None or end - head - 1 > SIGNED_MOST:
        return None
    plain = 12 <= looks[head].width <= 120 and looks[head].ends not in ".:" and len(looks[head].words) >= 2
    return head if plain and not (looks[head].dates or looks[head].ago) else None


def _greets(look: Look, label: str) -> str:
    """The label of a line above a letter's first item: its date and a person who wrote it are kept."""
    return "furniture" if label in ("title", "body", "highlight") or (label == "byline" and not names_writer(look)) else label


# How a letter greets its reader.
_GREETING = re.compile(
    r"(?:good (?:morning|afternoon|evening|day)|gute[nr]? (?:morgen|tag|abend)|moin|bonjour|bonsoir|buenos días|"
    r"buenas (?:tardes|noches)|bom dia|boa (?:tarde|noite)|buongiorno|buon pomeriggio|buonasera|goede(?:morgen|middag|navond)|"
    r"god (?:morgon|morgen|kväll|kveld|aften|dag)|hyvää (?:huomenta|päivää|iltaa)|dzień dobry|dobry wieczór|dobré ráno|"
    r"dobrý (?:den|večer)|доброе утро|добрый (?:день|вечер)|доброго ранку|добрий день|günaydın|iyi (?:günler|akşamlar)|"
    r"selamat (?:pagi|siang|sore|malam)|καλημέρα|καλησπέρα|صباح الخير|مساء الخير|おはようございます|こんばんは|"
    r"早上好|早安|晚上好|좋은 아침)",
    re.IGNORECASE,
)


def head_greeted(looks: Sequence[Look], labels: Sequence[str]) -> Sequence[str]:
    """In a letter that greets its reader, lines apart with a single paragraph below each, three or more, are headlines."""
    greeting = next((i for i, look in enumerate(looks) if _GREETING.match(look.text)), len(looks))
    parted = any(look.line.blanks for look in looks)
    heads = [
        i
        for i in range(greeting + 1, len(looks) - 1)
        if (looks[i].line.blanks or not parted)
        and looks[i].width <= 100
        and looks[i].ends not in ".:"
        and looks[i].found.cover < 0.5
        and labels[i + 1] == "body"
        and _runs(looks[i + 1])
    ]
    told = sum(label == "body" and _runs(look) for look, label in list(zip(looks, labels, strict=True))[greeting + 1 :])
    if any(look.long and label == "body" for look, label in zip(looks[:greeting], labels, strict=False)):
        return labels
    if len(heads) < 3 or heads[0] > greeting + LED or told - len(heads) > 1 or {"author", "comment"} & set(labels):
        return labels
    mended = list(map(_greets, looks[: heads[0]], labels)) + [
        "aside" if label != "byline" else label for label in labels[heads[0] :]
    ]
    for i in heads:
        mended[i : i + 2] = ["title", "body"]
    return mended


def end_letter(looks: Sequence[Look], labels: Sequence[str]) -> Sequence[str]:
    """Where each headline of three or more has a single paragraph below it, so has the last: a few words below that, apart, are
    the letter's farewell."""
    titles, texts = lines_of(labels, "title"), lines_of(labels, "body")
    if len(titles) < 3 or {"author", "comment"} & set(labels):
        return labels
    counts = [sum(above < i < below for i in texts) for above, below in pairwise(titles)]
    told = [i for i in texts if i > titles[-1]]
    parting = told[1:]
    if not parting or set(counts) != {1} or not looks[told[0]].long:
        return labels
    if not looks[parting[0]].line.blanks and any(look.line.blanks for look in looks):
        return labels
    if any(looks[i].long and not speaks_to_reader(looks[i]) for i in parting):
        return labels
    return ["aside" if i in parting else label for i, label in enumerate(labels)]
