"""The tagger: reads the parts of a story and decides."""

from __future__ import annotations

import re
from collections.abc import Iterator

from newsdesk.countries.gazetteer import SCRIPTS, country_names, lexicon
from newsdesk.countries.outlets import outlet_country
from newsdesk.countries.scan import scan
from newsdesk.countries.weigh import LEAD_WORDS, Evidence, Placed, features, gather, likelihood
from newsdesk.countries.words import script_of
from newsdesk.model import Country, Story

THRESHOLD = 0.4
MOST = 5
_READ_CHARS = 24_000  # what stands after some 4,000 words no longer changes what a story is about
_WHY = 6

# "BRUSSELS, March 5 - ", "PALATINE, Ill., March 26 - ", "PARIS (Reuters) - ", "BEIRUT: " at the head of a first paragraph.
_DATELINE = re.compile(
    r"\s*([A-Z\u00c0-\u00de][\w.'’ /-]{1,30}(?:,\s*[A-Z][\w. ]{1,25})?)"
    r"(?:,\s*[A-Z][a-z]{2,8}\.?\s+\d{1,2})?(?:,?\s*\([^)\n]{2,30}\))?\s*(?:--|[-–—:])\s"
)

# Script -> language, where a text's own is not known.
_BY_SCRIPT = dict(
    zip(
        "cyrl arab hebr grek deva beng indi thai hani hang geor armn ethi latn".split(),
        "ru ar he el hi bn ta th zh ko ka hy am en".split(),
        strict=True,
    )
)


def tag_countries(story: Story, language: str | None) -> tuple[Country, ...]:
    """The countries `story` is about, the main one first, with scores from 0 to 1 and the words that speak for each.

    `language` is ISO 639-1 or null. Pure; linear in the length of the story, of which some 4,000 words are read.
    """
    evidence = find_evidence(story, language)
    if not evidence:
        return ()
    home = outlet_country(story.outlet, story.url)
    scored = sorted(
        ((likelihood(numbers), code) for code, numbers in features(evidence, home).items()),
        key=lambda pair: (-pair[0], evidence[pair[1]].first, pair[1]),
    )
    names = country_names()
    return tuple(
        Country(code, names.get(code, code), round(score, 3), _why(evidence[code]))
        for score, code in scored[:MOST]
        if score >= THRESHOLD
    )


def find_evidence(story: Story, language: str | None) -> dict[str, Evidence]:
    """What speaks for each country that the story names at all."""
    tongue = _language(story, language)
    placed = list(_mentions(story, tongue))
    return gather(placed, outlet_country(story.outlet, story.url)) if placed else {}


def _language(story: Story, language: str | None) -> str:
    """The given language, unless the script of the text says otherwise."""
    script = script_of((story.title or "") + " " + story.lead()[:200])
    if language and SCRIPTS.get(language, "latn") == script:
        return language
    return _BY_SCRIPT[script]


def _mentions(story: Story, language: str) -> Iterator[Placed]:
    words = lexicon(language)
    people: set[str] = set()
    found: list[Placed] = []
    body = "\n".join([*story.highlights, *story.body])[:_READ_CHARS]
    dateline, body = split_dateline(story.dateline, body)
    for part, text in (("title", story.title or ""), ("body", body)):
        if text:
            result = scan(text, words, part == "title")
            people |= result.people
            found += [Placed(one, "lead" if part == "body" and one.at < LEAD_WORDS else part) for one in result.mentions]
    for item in found:
        if item.mention.placed or item.mention.key not in people:
            yield item
    if dateline:
        yield from _of_dateline(dateline, language)


def split_dateline(dateline: str | None, body: str) -> tuple[str | None, str]:
    """The dateline and the body without it, where it was not split off before."""
    if dateline:
        return dateline, body
    found = _DATELINE.match(body[:120])
    if found and found[1].split(",")[0].isupper():
        return found[1], body[found.end() :]
    return None, body


def _of_dateline(dateline: str, language: str) -> Iterator[Placed]:
    """A dateline names its place without a sentence around it, often in capitals."""
    text = re.sub(r"[(]([^)]*)[)]", r", \1", dateline[:80])
    text = ", ".join(
        part if part.isupper() and len(part.replace(".", "")) <= 2 else part.title() if part.isupper() else part
        for part in re.split(r",\s*", text)
    )
    seen: set[str] = set()
    for mention in scan("in " + text, lexicon(language)).mentions:
        codes = {sense.code for sense in mention.senses}
        if not codes & seen:
            yield Placed(mention, "dateline")
        if len(codes) == 1:
            seen |= codes


def _why(evidence: Evidence) -> tuple[str, ...]:
    order = {"title": 0, "dateline": 1, "lead": 2, "body": 3}
    words = sorted(evidence.words.items(), key=lambda pair: order[pair[1]])
    return tuple(f"{word} ({part})" for word, part in words[:_WHY])
