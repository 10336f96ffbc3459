"""An article out of a web page: the text by readability-lxml, the facts by what the page declares of itself (JSON-LD, meta)."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from dataclasses import asdict, dataclass
from typing import TYPE_CHECKING, Any

from fetchers.articles.encoding import decode_page
from fetchers.feeds.adapt import read_date, read_link
from fetchers.worker import ParsingError
from newsdesk.language_codes import language_code
from newsdesk.markup import read_line, read_paragraphs

if TYPE_CHECKING:
    from lxml import html

MOST_VALUES = 250  # of one piece of JSON-LD that are looked at
SHORT_WORDS = 150
_KINDS = re.compile(r"(?:https?://schema\.org/)?(?:[A-Za-z]{0,20}Article|(?:Live)?BlogPosting)")
# What stands where a paywall cut the text, in the languages of the page sets. A subscription by itself may be one to trains.
_TO_READ = r"\b(?:lire|weiter(?:zu)?lesen|(?:zu )?lesen|zugriff|(?:verder )?(?:te )?lezen|læse|lese)\b"
_SUBSCRIPTION = r"\babonnements?\b"
_PAYWALL = re.compile(
    r"subscribe (?:now )?to (?:continue|read|unlock|keep)|(?:already|existing) (?:a )?subscriber|to (?:continue|keep) reading|"
    r"this (?:article|content|story) is (?:for|only|reserved|exclusive)|become a (?:member|subscriber)\b(?! of )|"
    rf"{_SUBSCRIPTION}[^.!?]{{0,80}}{_TO_READ}|{_TO_READ}[^.!?]{{0,80}}{_SUBSCRIPTION}|"
    r"réservée?s? aux abonné|nur für abonnenten|jetzt weiterlesen|exclusivo para s|assine para|riservato agli abbonati|"
    r"подпи[сш]\w{1,8},? чтобы (?:про|до)?(?:читать|должить)|(?:только|доступ\w{0,4}) (?:для подписчиков|по подписке)|"
    r"会員限定|有料会員|この記事は有料|订阅后|付费阅读",
    re.IGNORECASE,
)
# A call to subscribe is such a note as well, unless it is to something that costs nothing.
_CALL = re.compile(
    rf"abonnez-vous|jetzt abonnieren|\babonnieren\b[^.!?]{{0,80}}{_TO_READ}|{_TO_READ}[^.!?]{{0,80}}\babonnieren\b|"
    r"suscr[ií]bete|assine já|(?:^|[.!?:] )abbonati\b|구독(?!자)",
    re.IGNORECASE,
)
_FREE = re.compile(
    r"news-?\s?letter|infolettre|bolet(?:[ií]n|im)|podcast|youtube|whatsapp|telegram|\b(?:canal[eis]{0,2}|cha[iî]nes?|kanal)\b|"
    r"뉴스레터|채널|유튜브",
    re.IGNORECASE,
)

# What asks for consent to cookies, by what pages and the makers of such notices call it; a tag of an article is none.
_NOTICE = re.compile(
    r"(?<![a-z])(?<!tag-)(?<!category-)(?<!topic-)(?:cookies?|gdpr|ccpa|(?:user)?consent|onetrust|didomi|usercentrics|truste|qc-cmp)",
    re.IGNORECASE,
)
_SITE = re.compile(r"\s+[-–—|·»]\s")
# Elements that hold a thread, and what they are called.
_HOLDERS = frozenset("div section ol ul li aside article table td".split())
_COMMENTS = re.compile(
    r"(?<![a-z])(?:(?:user|reader|view|post|article|news)?comments?|comment-?(?:list|s?area|section|thread|tree|body)|disqus_thread|"
    r"talkbacks?|kommentare?r?|commentaires?|comentarios?|commenti|reacties|opinie)(?![a-z])",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class Article:
    """What a page holds. Times as printed; `paywalled` means that the text is a teaser and not the article; `thread` is what
    the page shows of its readers' comments, line by line, where it was asked for."""

    paragraphs: tuple[str, ...] = ()
    title: str | None = None
    byline: str | None = None
    published: str | None = None
    updated: str | None = None
    canonical: str | None = None
    site: str | None = None
    language: str | None = None
    paywalled: bool = False
    thread: tuple[str, ...] = ()

    def to_json(self) -> dict[str, Any]:
        return asdict(self)

    @classmethod
    def from_json(cls, data: dict[str, Any]) -> Article:
        return cls(**{**data, "paragraphs": tuple(data["paragraphs"]), "thread": tuple(data["thread"])})


def read(data: bytes, url: str, charset: str | None = None, *, with_thread: bool = False) -> Article:
    """The article of the page `data` that came from `url`. Raises :class:`ParsingError` if it has none."""
    root = _parse(data, charset)
    facts = _declared(root)
    _take_out_notices(root)
    metas = _metas(root)
    closed = str(facts.get("isAccessibleForFree", "")).lower() == "false"
    paragraphs = _paragraphs(root)
    if not closed:
        paragraphs = _fuller(paragraphs, facts)
    if not paragraphs and not facts:
        raise ParsingError("the page holds no article")
    title = read_line(_string(facts.get("headline"))) or read_line(metas.get("og:title")) or _page_title(root)
    paragraphs = paragraphs[1:] if paragraphs[:1] == (title,) else paragraphs
    words = _words(paragraphs)
    sign = any(map(_is_note, paragraphs[-3:]))
    return Article(
        paragraphs=tuple(p for p in paragraphs if not _is_note(p)) if sign else paragraphs,
        title=title,
        byline=_names(facts.get("author")) or read_line(metas.get("author")),
        published=read_date(_string(facts.get("datePublished")) or read_line(metas.get("article:published_time"))),
        updated=read_date(_string(facts.get("dateModified")) or read_line(metas.get("article:modified_time"))),
        canonical=_canonical(root, url),
        site=_names(facts.get("publisher")) or read_line(metas.get("og:site_name")),
        language=language_code(root.get("lang")),
        paywalled=words < SHORT_WORDS and (closed or sign),
        thread=_thread(root) if with_thread else (),
    )


def _is_note(paragraph: str) -> bool:
    """Whether it stands where a paywall cut the text."""
    return bool(_PAYWALL.search(paragraph) or (_CALL.search(paragraph) and not _FREE.search(paragraph)))


def _parse(data: bytes, charset: str | None) -> html.HtmlElement:
    from lxml import etree, html

    # The parser itself leaves out all that follows the first byte which its encoding has no letter for.
    text = decode_page(data, charset)
    data = data if text is None else text.encode("utf-8", "replace")
    try:
        parser = html.HTMLParser(encoding="utf-8", remove_comments=True, huge_tree=False, no_network=True)
        return html.document_fromstring(data, parser=parser)
    except (etree.LxmlError, ValueError) as error:
        raise ParsingError("the page can't be read") from error


def _take_out_notices(root: html.HtmlElement) -> None:
    """Take out what asks for consent to cookies: it is often longer than the article, and first."""
    for element in list(root.iter("div", "section", "aside", "dialog", "form")):
        named = f"{element.get('id', '')} {element.get('class', '')}"
        if not (_NOTICE.search(named) or element.get("role") in ("dialog", "alertdialog") or element.tag == "dialog"):
            continue
        holds = any(next(element.iter(tag), None) is not None for tag in ("article", "main", "h1"))
        if not holds and element.getparent() is not None and "cookie" in element.text_content().lower():
            element.drop_tree()


def _fuller(paragraphs: tuple[str, ...], facts: dict[str, Any]) -> tuple[str, ...]:
    """The text that the page declares of itself, where the page shows far less of it: a script was to put it there."""
    told = facts.get("articleBody")
    if not isinstance(told, str):
        return paragraphs
    declared = read_paragraphs(told if "<" in told else re.sub(r"\n\s*", "\n\n", told.strip()))
    return declared if _words(declared) > 2 * _words(paragraphs) else paragraphs


def _words(paragraphs: tuple[str, ...]) -> int:
    return sum(len(paragraph.split()) for paragraph in paragraphs)


def _paragraphs(root: html.HtmlElement) -> tuple[str, ...]:
    from lxml import etree
    from readability import Document

    try:
        summary = Document(etree.tostring(root, encoding="unicode", method="html")).summary(html_partial=True)
    except Exception as error:  # readability raises its own Unparseable and whatever lxml does
        raise ParsingError(f"no article was found in the page ({type(error).__name__})") from error
    return read_paragraphs(summary)


def _thread(root: html.HtmlElement) -> tuple[str, ...]:
    """The lines of the elements that call themselves comments, the outermost of them."""
    from lxml import etree

    lines: list[str] = []
    waiting = [root]
    while waiting:
        element = waiting.pop()
        named = f"{element.get('id', '')} {element.get('class', '')} {element.get('itemprop', '')}"
        if element.tag in _HOLDERS and _COMMENTS.search(named):
            lines += read_paragraphs(etree.tostring(element, encoding="unicode", method="html", with_tail=False))
        else:
            waiting += [child for child in reversed(element) if isinstance(child.tag, str)]
    return tuple(lines)


def _declared(root: html.HtmlElement) -> dict[str, Any]:
    """The first article object of the page's JSON-LD; empty if there is none."""
    for script in root.iterfind(".//script[@type='application/ld+json']"):
        try:
            document = json.loads(script.text or "")
        except (ValueError, RecursionError):
            continue
        for found in _objects(document):
            kinds = found.get("@type")
            if any(
                isinstance(kind, str) and _KINDS.fullmatch(kind) for kind in (kinds if isinstance(kinds, list) else [kinds])
            ):
                return found
    return {}


def _objects(document: Any) -> Iterator[dict[str, Any]]:
    waiting, seen = [document], 0
    while waiting and seen < MOST_VALUES:
        value, seen = waiting.pop(0), seen + 1
        if isinstance(value, dict):
            yield value
            waiting += [value[name] for name in ("@graph", "mainEntity") if name in value]
        elif isinstance(value, list):
            waiting += value


def _string(value: Any) -> str | None:
    return value[:2000] if isinstance(value, str) else None


def _names(value: Any) -> str | None:
    """The name or names of a JSON-LD person or organisation, in any of the ways it is written."""
    people = value if isinstance(value, list) else [value]
    names = [read_line(_string(person.get("name") if isinstance(person, dict) else person)) for person in people[:5]]
    return ", ".join(name for name in names if name and not name.startswith("http")) or None


def _metas(root: html.HtmlElement) -> dict[str, str | None]:
    """What the page's meta elements say, by each name that they have; of two of one name the first."""
    told: dict[str, str | None] = {}
    for element in root.iterfind(".//meta"):
        for kind in ("property", "name", "itemprop"):
            if name := element.get(kind):
                told.setdefault(name, element.get("content"))
    return told


def _page_title(root: html.HtmlElement) -> str | None:
    """The page's title, without the name of the site behind it where the page's heading shows what comes before."""
    title = read_line(root.findtext(".//title"))
    headings = (read_line(heading.text_content()[:500]) for heading in root.iter("h1"))
    return next((heading for heading in headings if title and heading and _SITE.match(title.removeprefix(heading))), title)


def _canonical(root: html.HtmlElement, url: str) -> str | None:
    link = next((e.get("href") for e in root.iterfind(".//link") if e.get("rel") == "canonical" and e.get("href")), None)
    return read_link(link, url) or url
