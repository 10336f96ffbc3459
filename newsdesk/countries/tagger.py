"""The tagger: reads the parts of a story and decides."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Mapping, Sequence
from functools import lru_cache
from itertools import chain, islice
from typing import NamedTuple

from newsdesk.countries import gazetteer, openings, reading
from newsdesk.countries.gazetteer import SCRIPTS, Lexicon, Sense, country_names, lexicon
from newsdesk.countries.money import with_money
from newsdesk.countries.outlets import outlet_country
from newsdesk.countries.reading import is_numbered, read_all
from newsdesk.countries.scan import Scan, scan
from newsdesk.countries.weigh import LEAD_WORDS, Evidence, Heard, Placed, features, gather, likelihoods
from newsdesk.countries.words import main_script, script_of
from newsdesk.model import Country, Story
from newsdesk.printed import as_printed
from newsdesk.words.cutting import Cut, cut

THRESHOLD = 0.4
MOST = 5
_WHY = 6
_DATELINE_CHARS, _DATELINE_READ = 120, 80

# "BRUSSELS, March 5 - ", "PALATINE, Ill., March 26 - ", "PARIS (Reuters) - ", "BEIRUT: " at the head of a first paragraph.
_DATELINE = re.compile(
    r"\s*([A-Z\u00c0-\u00de][\w.'’ /-]{1,30}(?:,\s*[A-Z][\w. ]{1,25})?)"
    r"(?:,\s*[A-Z][a-z]{2,8}\.?\s+\d{1,2})?(?:,?\s*\([^)\n]{2,30}\))?\s*(?:--|[-–—:])\s"
)

# Where it goes on like this, in capitals with a colon, it is who speaks.
_SPEAKER = re.compile(r"\n[A-Z\u00c0-\u00de][A-Z\u00c0-\u00de.'’ -]{1,40}:\s")

_LETTERS = re.compile(r"[^\W\d_]+")
_NO_DOT_BESIDE = {ord("İ"): "i"}  # else its small form is two signs, the second a dot that stands by itself
_SMALL_I = {**_NO_DOT_BESIDE, ord("I"): "ı"}

# Script -> language, where a text's own is not known.
_BY_SCRIPT = dict(
    zip(
        "cyrl arab hebr grek deva beng indi thai hani hang geor armn ethi latn".split(),
        "ru ar he el hi bn ta th zh ko ka hy am en".split(),
        strict=True,
    )
)
# Languages that are written in Latin letters too, whose terms are in another script, and the relative that is read instead.
_IN_LATIN = {"sr": "hr"}


def tag_all(stories: Sequence[Story], languages: Sequence[str | None], cuts: Sequence[Cut] | None) -> list[tuple[Country, ...]]:
    """See :func:`newsdesk.countries.tag_countries_many`."""
    cuts = cut(stories) if cuts is None else cuts
    found = _find_all(stories, languages, cuts)
    some = [heard for heard in found if heard.evidence]
    scores = iter(likelihoods(features(some)) if some else ())
    return [
        _choose(heard.evidence, list(islice(scores, len(heard.evidence))), own) for heard, own in zip(found, cuts, strict=True)
    ]


def _choose(evidence: Mapping[str, Evidence], scores: Sequence[float], words: Cut) -> tuple[Country, ...]:
    likely = [(-score, evidence[code].first, code) for code, score in zip(evidence, scores, strict=True) if score >= THRESHOLD]
    names, best = country_names(), sorted(likely)[:MOST]
    return tuple(
        [Country(code, names.get(code, code), round(-score, 3), _why(evidence[code], words)) for score, _, code in best]
    )


def forget() -> None:
    """Let go of all lexicons, which are large: no more texts are to be read for now."""
    for kept in (gazetteer.lexicon, gazetteer.section, reading.openings, openings.known_in):
        kept.cache_clear()


def find_evidence(story: Story, language: str | None) -> Heard:
    """What speaks for each country that the story names at all."""
    return _find_all((story,), (language,), cut((story,)))[0]


class _Text(NamedTuple):
    """A story as it is read: `skipped` characters of its body are the dateline."""

    language: str
    words: Cut
    dateline: str | None
    skipped: int


def _find_all(stories: Sequence[Story], languages: Sequence[str | None], cuts: Sequence[Cut]) -> list[Heard]:
    """What speaks for each country, by story."""
    texts = [_text(*known) for known in zip(stories, languages, cuts, strict=True)]
    scans = _scan_all(texts)
    found = []
    for story, text, (title, body) in zip(stories, texts, scans, strict=True):
        placed, home = _mentions(text, title, body), outlet_country(story.outlet, story.url)
        found.append(Heard(gather(placed, home, text.language) if placed else {}, home, not text.words.body))
    return found


def _text(story: Story, language: str | None, words: Cut) -> _Text:
    dateline, skipped = find_dateline(story.dateline, words.body)
    return _Text(_language(story, language), words, dateline, skipped)


def _language(story: Story, language: str | None) -> str:
    """The given language, unless the script of the text says otherwise."""
    text = (story.title or "") + " " + story.lead()[:200]
    script = script_of(text)
    if language:
        own = SCRIPTS.get(language, "latn")
        script = script if script == own else main_script(text, own)
        if script == own:
            return language
    return _IN_LATIN.get(language or "", _BY_SCRIPT[script]) if script == "latn" else _BY_SCRIPT[script]


def _scan_all(texts: Sequence[_Text]) -> list[tuple[Scan, Scan]]:
    """What title and body of each text name. Those that can be read by number are, all of a language together."""
    found: dict[int, tuple[Scan, Scan]] = {}
    together: defaultdict[Lexicon, list[int]] = defaultdict(list)
    for place, text in enumerate(texts):
        words = lexicon(text.language)
        if is_numbered(words):
            together[words].append(place)
        else:
            found[place] = scan(text.words.title, words, True), scan(text.words.body[text.skipped :], words)
    for words, places in together.items():
        parts = []
        for place in places:
            own = texts[place].words
            parts += [own.title_numbers, own.starts_after(skipped) if (skipped := texts[place].skipped) else own.body_numbers]
        scans = read_all(parts, (True, False) * len(places), texts[places[0]].words.vocabulary, words)
        found |= {place: (scans[2 * at], scans[2 * at + 1]) for at, place in enumerate(places)}
    return [found[place] for place in range(len(texts))]


def _mentions(text: _Text, title: Scan, body: Scan) -> list[Placed]:
    found: list[Placed] = [(mention, "title") for mention in title.mentions]
    found += [(mention, "lead" if mention.at < LEAD_WORDS else "body") for mention in body.mentions]
    found = with_money(found, text.words.title, text.words.body, text.language)
    if people := title.people | body.people:
        found = [(mention, part) for mention, part in found if mention.placed or mention.key not in people]
    settled = [title.settled, body.settled]
    if text.dateline:
        begun = _of_dateline(text.dateline[:_DATELINE_READ], text.language)
        found += begun[0]
        settled.append(begun[1])
    return _settle(found, settled) if any(settled) else found


def _settle(found: list[Placed], settled: Sequence[Mapping[str, tuple[Sense, ...]]]) -> list[Placed]:
    """A name that stands with its state once stands for the same place elsewhere: "Peru" beside "Peru, Indiana". Method: one
    sense per discourse (Gale, Church and Yarowsky 1992)."""
    known: dict[str, tuple[Sense, ...]] = {}
    for key, options in chain.from_iterable(each.items() for each in settled):
        known[key] = options if known.get(key, options) == options else ()  # two places of a name: each is as it stands
    return [
        (mention._replace(senses=own), part) if (own := known.get(mention.key)) else (mention, part) for mention, part in found
    ]


def find_dateline(dateline: str | None, body: str) -> tuple[str | None, int]:
    """The dateline, and how many characters of the body it takes up where it was not split off before."""
    if dateline:
        return dateline, 0
    begun = body[:_DATELINE_CHARS].lstrip()
    if begun[1:2].islower():  # most texts begin with a word in small letters, but for its first
        return None, 0
    found = _DATELINE.match(body[:_DATELINE_CHARS])
    if not found or not found[1].split(",")[0].isupper() or (found[0].rstrip().endswith(":") and _SPEAKER.search(body)):
        return None, 0
    return found[1], found.end()


@lru_cache(maxsize=1024)  # most stories are from a few towns
def _of_dateline(dateline: str, language: str) -> tuple[tuple[Placed, ...], Mapping[str, tuple[Sense, ...]]]:
    """A dateline names its place without a sentence around it, often in capitals. Its mentions, and what is settled by it."""
    text = re.sub(r"[(]([^)]*)[)]", r", \1", dateline)
    text = ", ".join(
        part if part.isupper() and len(part.replace(".", "")) <= 2 else _titled(part, language)
        for part in re.split(r",\s*", text)
    )
    seen: set[str] = set()
    found: list[Placed] = []
    read = scan("in " + text, lexicon(language))
    for mention in read.mentions:
        codes = {sense.code for sense in mention.senses}
        if not codes & seen:
            found.append((mention, "dateline"))
        if len(codes) == 1:
            seen |= codes
    return tuple(found), read.settled


def _titled(name: str, language: str) -> str:
    """A name that is all in capitals, as it is written in a sentence: İzmir, Gießen, McAllen, IJmuiden. Any other as it is."""

    def written(word: re.Match[str]) -> str:
        capitals, small = word[0], word[0].translate(_SMALL_I if language in ("tr", "az") else _NO_DOT_BESIDE).lower()
        if len(small) > 3 and small.startswith("mc"):
            return f"Mc{capitals[2]}{small[3:]}"
        heads = 2 if language == "nl" and small.startswith("ij") else 1
        return capitals[:heads] + small[heads:]

    return _LETTERS.sub(written, name) if name.replace("ß", "").isupper() else name


def _why(evidence: Evidence, text: Cut) -> tuple[str, ...]:
    order = {"title": 0, "dateline": 1, "lead": 2, "body": 3}
    words = sorted(evidence.words.items(), key=lambda pair: order[pair[1]])
    whole = f"{text.title}\n{text.body}"
    return tuple(f"{as_printed(word, whole) if ' ' in word else word} ({part})" for word, part in words[:_WHY])
