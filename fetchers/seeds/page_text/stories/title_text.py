"""A headline as it is kept: without numbering, kicker and site name."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence

from fetchers.seeds.page_text.lines.lexicon import lexicon, split_words
from fetchers.seeds.page_text.lines.looks import Look
from fetchers.seeds.page_text.stories.division import FIRST_THING, Part
from fetchers.seeds.page_text.stories.fields import without_field
from newsdesk.dates import find_dates

LISTED_LINES = 2000  # a page with more is no thread of a mailing list
_LABELLED = re.compile(r"^(?:標題|标题)\s?[:\uff1a]?\s?(?:\[[^\[\]]{1,6}\])?\s?")
_NUMBERING = re.compile(r"^(?:\d{1,2}[.)]|#\d{1,2}|\d{1,2}\s?[|:])\s+(?=\D)")
_EMOJI = re.compile(
    "^[\U0001f300-\U0001faff\u25a0-\u27bf\u2b50][\U0001f300-\U0001faff\u25a0-\u27bf\u2b50\ufe0f\u200d ]{0,12}(?=\\w.{8})"
)  # what letters set before headlines, and boards the button for a vote: "▲ "
# What agencies set before the headline of a text that they send again.
_VERSION = re.compile(
    r"^(?:UPDATE|WRAPUP|RPT|REFILE|CORRECTED|CORRECTED-UPDATE|ADVISORY|EXCLUSIVE|FACTBOX|TIMELINE|PREVIEW|POLL|RECAP|INSIGHT|"
    r"ANALYSIS|FEATURE|INTERVIEW|SNAPSHOT|NEWSMAKER|EXPLAINER|FOCUS)(?: \d{1,2})?[-–](?=[^\W\d_a-z\s])|"
    r"^\((?:\d(?:st|nd|rd|th) )?(?:LD|LEAD|Lead|URGENT)(?:-\w+)?\)\s|"  # "(2nd LD) …", "3rd Ld-Writethru: …"
    r"^\d(?:st|nd|rd|th) (?:LD|Ld|LEAD|Lead)(?:-\w+)?(?:\s?[:–—-])?\s"
)
SELF_POST = re.compile(r"\s\(self\.\w+\)$")  # a board's mark of a post that links to nothing
# The site of a link in brackets behind it, and how many spoke of it.
LINKED = re.compile(r"\s\((?P<site>(?!self\.)(?:[\w-]+\.)+[a-z]{2,})\)(?:\s\d{1,4})?$")
# A kicker, as Chinese and Japanese pages and boards print it: "【…】", "[讨论]".
_BRACKETED = re.compile(r"^(?:【[^】]{1,8}】|\[[\u3040-\u30ff\u3400-\u9fff\uac00-\ud7a3]{2,6}\])\s?(?=.{8})")


def read_title(part: Part, looks: Sequence[Look], page_words: Counter[str]) -> str | None:
    """The headline without numbering, kicker and site name."""
    if not part.titles:
        return None
    title = min((looks[i].text for i in part.titles), key=len)
    dated = any(one.start == 0 for one in find_dates(title[:40]))  # "4. Mai 2024: Owls vote" counts nothing
    title = _VERSION.sub("", _EMOJI.sub("", title if dated else _NUMBERING.sub("", title)))
    if any(line.startswith(("2. ", "2) ")) for line in page_words):
        title = FIRST_THING.sub("", title)
    label, colon, rest = title.partition(":")
    known = lexicon().look(split_words(label))
    before_colon = {"wrote", "kicker"} & set(known.classes)
    section = "nav" in known.classes and label.lower() in page_words  # "Sport: …" on a page with a line "Sport"
    again = len(label) <= 12 and rest.strip().lower() in page_words  # "Thread: …"
    if colon and len(rest) > 8 and (again or (known.cover >= 0.99 and (before_colon or section or "version" in label.lower()))):
        title = rest.strip()  # "Post subject: …", "View Full Version : …"
    shouted, stop, rest = title.partition(". ")
    if stop and shouted.isupper() and len(rest) > 15 and "kicker" in lexicon().look(split_words(shouted)).first:
        title = rest.strip()  # "EN DIRECT. …"
    kicker, bar, rest = title.partition(" | ")
    if bar and len(rest) > 20 and lexicon().look(split_words(kicker)).cover >= 0.99:
        title = rest.strip()
    title = _LABELLED.sub("", without_field(title))
    listed = re.match(r"\[[\w.-]{2,20}\]\s(?=\S.{8})", title)
    if listed and len(page_words) <= LISTED_LINES and sum(listed[0].lower() in line for line in page_words) >= 2:
        title = title[listed.end() :]  # "[name of a mailing list] …"
    return LINKED.sub("", _BRACKETED.sub("", SELF_POST.sub("", title)))
