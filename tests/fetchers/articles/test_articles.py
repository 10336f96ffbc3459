"""A linked page becomes its text, what it says of itself is believed, and a paywall's note is not shown as the article."""

from __future__ import annotations

import asyncio
import json
import re
import tarfile
import time
from collections import Counter
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path

import lxml.html
import pytest

from fetchers.articles import page_thread
from fetchers.articles.extract import Article, read
from fetchers.articles.page_thread import read_page_thread
from fetchers.articles.reader import ArticleReader, Refusal
from fetchers.http import Fetcher, Limits
from fetchers.worker import ParserProcess, ParsingError
from newsdesk.wording import ALLOWS_PRIVATE
from tests.fakes.server import Server, answer, redirect, serving

SENTENCES = [
    "The ferry came back to the pier at noon, with its flag torn and its passengers singing, and nobody could say why.",
    "A crowd of two hundred had waited since the early morning, because the radio had fallen silent somewhere off the point.",
    "The captain, a woman of few words, said that the sea had been unkind and that the coffee had run out, in that order.",
    "Engineers will look at the antenna on Friday, and the company has promised to carry a second one from now on.",
]
FACTS = {
    "@context": "https://schema.org",
    "@graph": [
        {"@type": "WebSite", "name": "Harbour Post"},
        {
            "@type": ["NewsArticle"],
            "headline": "Ferry returns &amp; sings",
            "datePublished": "2026-03-12T12:30:00+01:00",
            "dateModified": "2026-03-12T13:00:00+01:00",
            "author": [{"@type": "Person", "name": "Ida Holm"}, "https://example.org/bo"],
            "publisher": {"name": "Harbour Post"},
        },
    ],
}


def page(sentences: list[str], facts: object = None, extra: str = "") -> bytes:
    """A page with furniture around an article."""
    body = "".join(f"<p>{sentence}</p>" for sentence in sentences * 2)
    script = f'<script type="application/ld+json">{json.dumps(facts)}</script>' if facts else ""
    return f"""<!doctype html><html lang="en-GB"><head><title>Ferry returns | Harbour Post</title>{script}
    <link rel="canonical" href="/news/ferry"><meta property="og:site_name" content="Harbour Post">{extra}</head><body>
    <nav><a href="/">Home</a><a href="/sport">Sport</a></nav><div id="article" class="article-body">{body}</div>
    <div class="footer"><a href="/terms">Terms</a></div></body></html>""".encode()


def test_text_and_facts_of_a_page() -> None:
    article = read(page(SENTENCES, FACTS), "https://example.org/news/ferry?utm=x")
    assert article.paragraphs == tuple(SENTENCES * 2)
    assert (article.title, article.byline, article.site) == ("Ferry returns & sings", "Ida Holm", "Harbour Post")
    assert (article.published, article.updated) == ("2026-03-12T12:30+01:00", "2026-03-12T13:00+01:00")
    assert (article.canonical, article.language, article.paywalled) == ("https://example.org/news/ferry", "en", False)
    assert Article.from_json(json.loads(json.dumps(article.to_json()))) == article


@pytest.mark.parametrize(
    "facts",
    [
        None,
        [],
        {"@type": 3},
        {"@type": "NewsArticle", "headline": ["x"], "author": 7, "datePublished": []},
        {"@graph": [[[[]]]]},
    ],
)
def test_facts_of_the_wrong_shape_cost_nothing(facts: object) -> None:
    article = read(page(SENTENCES, facts), "https://example.org/")
    assert article.paragraphs == tuple(SENTENCES * 2)
    assert article.title == "Ferry returns | Harbour Post"
    assert article.published is None


def test_a_paywall_is_recognised_by_its_note_or_by_what_the_page_declares() -> None:
    note = "Subscribe to continue reading this and every other story of the harbour, for less than the price of a ferry ticket."
    by_note = read(page([SENTENCES[0], note]), "https://example.org/")
    assert by_note.paywalled
    assert note not in by_note.paragraphs
    declared = {"@type": "NewsArticle", "headline": "x", "isAccessibleForFree": False}
    assert read(page(SENTENCES[:2], declared), "https://example.org/").paywalled
    assert not read(page(SENTENCES, FACTS), "https://example.org/").paywalled


@pytest.mark.parametrize(
    "sentence",
    [
        "The islands hope to become a member of the union by spring, the minister said at the pier, and nobody contradicted.",
        "Фото разошлось по сети: у автора канала уже двадцать тысяч подписчиков, и подписаться на него советуют все.",
        "Le prix de l'abonnement mensuel aux ferries augmente de quatre euros, et celui des étudiants reste le même.",
        "Wer die Fähre täglich nimmt, kann ein Abonnement für das ganze Jahr kaufen, und die Stadt zahlt die Hälfte davon.",
        "Man kann den Kanal des Kapitäns abonnieren, und zwanzigtausend haben das getan, sagte die Reederei am Donnerstag.",
        "Abonnez-vous à notre newsletter quotidienne, elle est gratuite et arrive chaque matin avec les nouvelles du port.",
        "Suscríbete a nuestro boletín y recibe cada mañana las noticias del puerto y de todas las islas en tu correo.",
        "Unseren Newsletter jetzt abonnieren und jeden Morgen die Nachrichten aus dem Hafen lesen, kostenlos und ohne Werbung.",
        "Gli abbonati ai traghetti sono ventimila, il doppio di un anno fa, ha detto la compagnia giovedì al molo del porto.",
        "항구의 소식을 매일 전하는 채널을 구독해 주세요. The harbour's channel has news of every ship that comes in each day.",
        "The captain's channel (구독자 20,000명) is the most read one of the harbour, the company said, and it has news daily.",
    ],
)
def test_what_a_story_tells_of_members_and_subscribers_is_no_paywall(sentence: str) -> None:
    article = read(page([SENTENCES[0], sentence]), "https://example.org/", "utf-8")
    assert (article.paywalled, sentence in article.paragraphs) == (False, True)


@pytest.mark.parametrize(
    "note",
    [
        "Оформите подписку, чтобы читать дальше.",
        "Il vous reste 80 % de cet article à lire. La suite est réservée aux abonnés.",
        "Abonnez-vous pour lire la suite de cet article.",
        "Weiterlesen mit einem Abonnement ab einem Euro im Monat.",
        "Mit einem digitalen Abonnement können Sie alle Artikel der Zeitung lesen.",
        "Jetzt abonnieren und alle Vorteile sichern.",
        "Neem een abonnement om dit artikel verder te lezen.",
        "Abonnez-vous dès un euro par mois.",
        "Suscríbete y sigue leyendo sin límites.",
        "Questo contenuto è per chi sostiene il giornale. Abbonati a un euro al mese.",
    ],
)
def test_a_paywall_is_known_by_its_note_in_other_languages(note: str) -> None:
    assert read(page([SENTENCES[0], note]), "https://example.org/", "utf-8").paywalled


@pytest.mark.parametrize(
    "kind", ["ReportageNewsArticle", "OpinionNewsArticle", "BackgroundNewsArticle", "https://schema.org/Article"]
)
def test_every_kind_of_article_may_say_what_it_is(kind: str) -> None:
    declared = {"@type": kind, "headline": "Ferry returns & sings", "author": "Ida Holm"}
    article = read(page(SENTENCES, declared), "https://example.org/")
    assert (article.title, article.byline) == ("Ferry returns & sings", "Ida Holm")


@pytest.mark.parametrize(
    ("encoding", "declared", "charset", "said"),
    [
        ("utf-8", "", None, "항구의 소식 “Ahoj”"),
        ("utf-8", '<meta charset="iso-8859-1">', None, "항구의 소식 “Ahoj”"),
        ("utf-8", "", "iso-8859-1", "항구의 소식 “Ahoj”"),
        ("cp1252", '<meta charset="iso-8859-1">', None, "“Ahoj” à bord"),
        ("cp1252", "", "ISO-8859-1", "“Ahoj” à bord"),
        ("shift-jis", '<meta charset="shift-jis">', "no-such", "港のニュース"),
        ("utf-16", "", None, "항구의 소식 “Ahoj”"),
        ("ascii", '<meta charset="utf-16">', "utf-16", "Ahoj"),
    ],
)
def test_a_page_is_read_in_the_encoding_that_it_is_in(encoding: str, declared: str, charset: str | None, said: str) -> None:
    data = page([*SENTENCES, SENTENCES[0] + said], extra=declared).decode().encode(encoding)
    assert read(data, "https://example.org/", charset).paragraphs[4] == SENTENCES[0] + said


def test_a_byte_that_is_no_letter_ends_no_page() -> None:
    data = page(SENTENCES).replace(b"captain", b"captain\x81")
    assert len(read(data, "https://example.org/", "windows-1252").paragraphs) == 8


def test_a_declared_text_of_spaces_takes_no_time() -> None:
    """As many steps as it has signs, not their square: that would be minutes."""
    declared = {"@type": "NewsArticle", "articleBody": "Ferry" + " " * 400_000 + "sings"}
    began = time.process_time()
    assert read(page(SENTENCES, declared), "https://example.org/").paragraphs == tuple(SENTENCES * 2)
    assert time.process_time() - began < 30


@pytest.mark.parametrize("data", [b"", b"<html></html>", b"<div>" * 3000])
def test_a_page_without_article_says_so(data: bytes) -> None:
    with pytest.raises(ParsingError, match=r"the page|no article"):
        read(data, "https://example.org/")


@pytest.mark.parametrize("data", [b"\x00\xff" * 500, b"<" * 5000, "\u202ebidi \x1b[31m".encode() * 200])
def test_garbage_comes_out_clean_or_not_at_all(data: bytes) -> None:
    text = "".join(read(data, "https://example.org/").paragraphs)
    assert not re.search("[\x00-\x1f\x7f-\x9f\u202e]", text)


@asynccontextmanager
async def reading(server: Server) -> AsyncIterator[ArticleReader]:
    parser = ParserProcess()
    try:
        async with Fetcher("newsdesk/test", Limits(deadline_s=60)) as fetcher:
            yield ArticleReader(fetcher, parser)
    finally:
        await parser.close()


async def test_robots_are_asked_once_and_obeyed() -> None:
    robots = b"User-agent: *\nDisallow: /private/\n"
    plays = {
        "/robots.txt": answer(robots),
        "/a": answer(page(SENTENCES), content_type="text/html"),
        "/pic": answer(b"x", content_type="image/png"),
    }
    async with serving(plays) as server, reading(server) as reader:
        article = await reader.read(server.url("/a"), allow_private=True)
        refused = await reader.read(server.url("/private/b"), allow_private=True)
        picture = await reader.read(server.url("/pic"), allow_private=True)
    assert isinstance(article, Article)
    assert article.paragraphs[0] == SENTENCES[0]
    assert "robots.txt" in str(refused)
    assert "image/png" in str(picture)
    assert [request.path for request in server.seen] == ["/robots.txt", "/a", "/pic"]


async def test_robots_are_asked_once_also_for_pages_at_once() -> None:
    plays = {"/robots.txt": answer(b"User-agent: *\nDisallow: /no/\n")}
    async with serving(plays) as server, reading(server) as reader:
        got = await asyncio.gather(*(reader.read(server.url(f"/no/{n}"), allow_private=True) for n in range(5)))
    assert all("robots.txt" in str(one) for one in got)
    assert len(server.seen) == 1


async def test_a_page_that_may_be_private_is_read_after_one_of_its_host_that_may_not() -> None:
    plays = {"/robots.txt": answer(status="404 Not Found"), "/a": answer(page(SENTENCES), content_type="text/html")}
    async with serving(plays) as server, reading(server) as reader:
        assert isinstance(await reader.read(server.url("/a")), Refusal)
        assert isinstance(await reader.read(server.url("/a"), allow_private=True), Article)


async def test_robots_are_obeyed_where_a_redirect_leads() -> None:
    plays = {
        "/robots.txt": answer(b"User-agent: *\nDisallow: /private/\n"),
        "/a": redirect("/private/a"),
        "/b": redirect("/c"),
        "/c": answer(page(SENTENCES), content_type="text/html"),
    }
    async with serving(plays) as server, reading(server) as reader:
        refused = await reader.read(server.url("/a"), allow_private=True)
        article = await reader.read(server.url("/b"), allow_private=True)
    assert isinstance(refused, Refusal)
    assert (refused.final, "robots.txt asks" in refused.sentence) == (True, True)
    assert isinstance(article, Article)
    assert [request.path for request in server.seen] == ["/robots.txt", "/a", "/b", "/c"]


def test_a_notice_about_cookies_is_no_article() -> None:
    asks = "".join(f"<p>We and our {number} partners use cookies and the like to know you.</p>" * 4 for number in range(30))
    for notice in ('<div id="onetrust-banner">', '<section class="Cookie-Wall">', '<div role="dialog">'):
        around = page(SENTENCES).replace(b"<nav>", f"{notice}{asks}</{notice[1:].split()[0]}><nav>".encode())
        assert read(around, "https://example.org/a").paragraphs == tuple(SENTENCES * 2)
    about = [f"{sentence} It was about cookies." for sentence in SENTENCES]
    for name in ("article-body tag-cookies", "category-gdpr"):
        kept = page(about).replace(b"article-body", name.encode())
        assert read(kept, "https://example.org/a").paragraphs == tuple(about * 2)
    shown = "".join(f"<p>{sentence}</p>" for sentence in SENTENCES * 2)
    over = f'<html><head><title>x</title></head><body><div role="dialog">{shown}</div></body></html>'.encode()
    assert read(over, "https://example.org/a").paragraphs == tuple(SENTENCES * 2), "what says nothing of cookies is no notice"


def test_a_page_that_a_script_would_fill_is_read_by_what_it_declares() -> None:
    empty = b'<html><head><title>x</title>%b</head><body><div id="root">Loading...</div></body></html>'
    for text, paragraphs in (
        ("\n".join(SENTENCES), tuple(SENTENCES)),
        ("".join(f"<p>{sentence}</p>" for sentence in SENTENCES), tuple(SENTENCES)),
    ):
        facts = {"@type": "NewsArticle", "headline": "Ferry returns", "articleBody": text}
        script = b'<script type="application/ld+json">%b</script>' % json.dumps(facts).encode()
        assert read(empty % script, "https://example.org/a").paragraphs == paragraphs
        closed = b'<script type="application/ld+json">%b</script>' % json.dumps(facts | {"isAccessibleForFree": False}).encode()
        assert read(empty % closed, "https://example.org/a").paywalled
    shown = page(SENTENCES, {"@type": "Article", "headline": "x", "articleBody": "A summary."})
    assert read(shown, "https://example.org/a").paragraphs == tuple(SENTENCES * 2)


async def test_no_robots_allows_all_and_a_broken_server_nothing() -> None:
    fine = {"/robots.txt": answer(status="404 Not Found"), "/a": answer(page(SENTENCES), content_type="text/html")}
    broken = {**fine, "/robots.txt": answer(status="500 Oops")}
    busy = {**fine, "/robots.txt": answer(status="429 Too Many Requests")}
    for plays, kind in ((fine, Article), (broken, Refusal), (busy, Refusal)):
        async with serving(plays) as server, reading(server) as reader:
            assert isinstance(await reader.read(server.url("/a"), allow_private=True), kind)


async def test_why_robots_can_not_be_read_is_told_with_what_may_be_done() -> None:
    async with serving({"/robots.txt": answer(status="500 Oops")}) as server, reading(server) as reader:
        private, broken = (
            await reader.read(server.url("/a")),
            await reader.read(server.url("/a", "localhost"), allow_private=True),
        )
    assert isinstance(private, Refusal)
    assert private.sentence.endswith(f"now: 127.0.0.1 is a private address; {ALLOWS_PRIVATE} allows it")
    assert isinstance(broken, Refusal)
    assert broken.sentence.endswith("its robots.txt can't be read now: the server answered 500")


@pytest.mark.shared
def test_articles_of_real_pages_are_found(shared: Path, tmp_path: Path) -> None:
    def words(text: str) -> Counter[str]:
        return Counter(re.findall(r"\w+", text.lower()))

    with tarfile.open(shared / "corpora" / "readability-test-pages" / "readability-test-pages.tar.gz") as archive:
        archive.extractall(tmp_path, filter="data")
    scores = []
    for source in sorted(tmp_path.rglob("source.html"))[::6]:
        page = lxml.html.fromstring(source.with_name("expected.html").read_text("utf-8"))
        expected = words(str(page.xpath("string()")))
        try:
            got = words(" ".join(read(source.read_bytes(), "http://fakehost/").paragraphs))
        except ParsingError:
            got = Counter()
        scores.append(2 * (expected & got).total() / (expected.total() + got.total()))
    assert len(scores) > 20
    assert sum(scores) / len(scores) >= 0.93


def test_a_thread_that_is_longer_than_any_is_left_alone(monkeypatch: pytest.MonkeyPatch) -> None:
    said = [line for at in range(6) for line in (f"Reader{at}", "2 hours ago", f"The {at}th ferry should sail every day.")]
    article = Article(paragraphs=tuple(SENTENCES), title="Ferry returns to the pier", thread=tuple(said))
    assert len(read_page_thread(article)) == 6
    monkeypatch.setattr(page_thread, "LONGEST", 200)
    assert read_page_thread(article) == ()
