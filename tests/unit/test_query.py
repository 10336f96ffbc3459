from __future__ import annotations

import time
import unicodedata
from datetime import UTC, datetime
from pathlib import Path

import pytest

from newsdesk.errors import UsageError
from newsdesk.query import PREFIXES, Query, parse
from newsdesk.query.moments import read_minute
from newsdesk.query.parser import parts_of
from newsdesk.query.patterns import measure, pattern_found, read_pattern
from newsdesk.query.terms import (
    And,
    Between,
    CommentHas,
    Comments,
    CountryIs,
    Not,
    Or,
    Regex,
    StorylineIs,
    Term,
    TopicIs,
    Words,
)
from newsdesk.query.values import READERS
from newsdesk.query.words import holds, index_words, search_words
from tests.unit.desks import make_story, open_desk

NOW = datetime(2026, 2, 1, 12, 0, tzinfo=UTC)


def term(text: str) -> Term | None:
    return parse(text, NOW).term


def word(*tokens: str, prefix: bool = False) -> Words:
    return Words(tokens, prefix)


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        ("", None),
        ("  ", None),
        ("Bridge", word("bridge")),
        ("Citroën", word("citroen")),
        ("covid-19", word("covid", "19")),
        ('"south  korea"', word("south", "korea")),
        ("elect*", word("elect", prefix=True)),
        ('"prime minis"*', word("prime", "minis", prefix=True)),
        ("“prime minis”*", word("prime", "minis", prefix=True)),
        ("„prime minis“ OR »south korea«", Or((word("prime", "minis"), word("south", "korea")))),
        ("title:«south korea»", Words(("south", "korea"), field="title")),
        ("“south korea", And((word("south"), word("korea")))),
        ("–b", Not(word("b"))),
        ("a b", And((word("a"), word("b")))),
        ("– a – b & (c | d) …", And((word("a"), word("b"), And((word("c"), word("d")))))),
        ("a AND b", And((word("a"), word("b")))),
        ("a OR b c", Or((word("a"), And((word("b"), word("c")))))),
        ("(a OR b) -c", And((Or((word("a"), word("b"))), Not(word("c"))))),
        ("-(a b)", Not(And((word("a"), word("b"))))),
        ("NOT a", Not(word("a"))),
        ("or not", And((word("or"), word("not")))),
        ("10:30", word("10", "30")),
        ("topic:politics", TopicIs(("medtop:11000000",))),
        ("topic:medtop:15000000", TopicIs(("medtop:15000000",))),
        ("topic:war", TopicIs(("medtop:16000000",))),
        ("topic:sports", TopicIs(("medtop:15000000",))),
        ("topic:Wars", TopicIs(("medtop:16000000",))),
        ("topic:unknown", TopicIs(("",))),
        ("country:JP", CountryIs("JP")),
        ("country:japan", CountryIs("JP")),
        ('country:"south korea"', CountryIs("KR")),
        ("comments:>10", Comments(11, None)),
        ("comments:<=3", Comments(0, 3)),
        ("comments:5..20", Comments(5, 20)),
        ('comment:"total disgrace"', CommentHas("text", ("total", "disgrace"))),
        ("commenter:Zoë*", CommentHas("author", ("zoe",), True)),
        ("/foo.*bar/", Regex("foo.*bar")),
        ("storyline:bri*", StorylineIs("", ("bri",), True)),
        (r"title:/a\/b/", Regex(r"a\/b", "title")),
        ("/etc/passwd", word("etc", "passwd")),
    ],
)
def test_parse(text: str, wanted: Term | None) -> None:
    assert term(text) == wanted


def test_ages_and_dates_count_back_from_now() -> None:
    newer, older = term("newer:2d"), term("older:2026-01-30T12:00Z")
    assert isinstance(newer, Between)
    assert isinstance(older, Between)
    assert newer.low == older.high
    assert term("newer:2026") == term("newer:2026-01-01")


def test_today_and_yesterday_begin_at_midnight_where_the_person_is(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("TZ", "XXX-13")  # 13 hours ahead of UTC: the next day has begun there
    time.tzset()
    try:
        now = datetime(2026, 1, 31, 12, 0, tzinfo=UTC)
        # A story that prints the day before and no time is not of today, though its day ends later in Greenwich.
        dated = Between(read_minute("2026-01-31T23:59"), read_minute("2026-02-01"))
        midnight = parse("newer:2026-02-01T00:00+13:00", now).term
        assert midnight is not None
        assert parse("newer:today", now).term == And((midnight, Not(dated)))
        dated = Between(read_minute("2026-01-30T23:59"), read_minute("2026-01-31"))
        midnight = parse("older:2026-01-31T00:00+13:00", now).term
        assert midnight is not None
        assert parse("older:Yesterday", now).term == Or((midnight, dated))
        with pytest.raises(UsageError, match="neither an age nor a date"):
            parse("newer:yesterday", datetime(1, 1, 1, 12, tzinfo=UTC))
        monkeypatch.setenv("TZ", "XXX8")  # behind UTC
        time.tzset()
        assert parse("newer:today", now).term == parse("newer:2026-01-31T00:00-08:00", now).term
    finally:
        monkeypatch.undo()
        time.tzset()


def test_what_prints_no_time_is_of_the_day_that_it_prints(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("TZ", "XXX-2")
    time.tzset()
    try:
        days = ("2026-01-30", "2026-01-31", "2026-02-01", "2026-02-01T01:00+02:00", "2026-01-31T23:30+02:00")
        with open_desk(tmp_path, NOW) as desk:
            desk.keep([make_story(str(at), f"Story {at}", f"Text {at}.", published=day) for at, day in enumerate(days)])
            for query, found in (
                ("newer:today", {2, 3}),
                ("older:today", {0, 1, 4}),
                ("newer:yesterday", {1, 2, 3, 4}),
                ("older:yesterday", {0}),
                ("newer:2026-02-01", {2}),
            ):
                assert {row.heading for row in desk.rows(query)} == {f"Story {at}" for at in found}, query
    finally:
        monkeypatch.undo()
        time.tzset()


def test_ages_of_several_parts_and_times_of_today(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("TZ", "XXX-2")
    time.tzset()
    try:
        now = datetime(2026, 1, 31, 20, 0, tzinfo=UTC)
        assert parse("newer:1d12h", now).term == parse("newer:36h", now).term
        assert parse("newer:18:00", now).term == parse("newer:2026-01-31T18:00+02:00", now).term
        assert parse("older:9:30", now).term == parse("older:2026-01-31T09:30+02:00", now).term
        for wrong in ("newer:24:00", "newer:18:60", "newer:1d12", "newer:d12h"):
            with pytest.raises(UsageError, match="neither an age nor a date"):
                parse(wrong, now)
    finally:
        monkeypatch.undo()
        time.tzset()


@pytest.mark.parametrize(
    ("text", "column", "says"),
    [
        ("title:a sorce:b", 9, "did you mean 'source'"),
        ("is:unred", 1, "did you mean 'unread'"),
        ("a (b", 3, "never closed"),
        ("a )", 3, "never opened"),
        ("()", 2, "missing inside"),
        ("OR a", 1, "missing before OR"),
        ("a OR", 5, "missing at the end"),
        (" AND AND", 9, "missing at the end"),
        ("a -", 3, "right before"),
        ("a -OR b", 4, "after the minus"),
        ('"open', 1, "never closed"),
        ('""', 1, "nothing between"),
        ("title:", 1, "needs a value"),
        ("topic: x", 1, "needs a value"),
        ("topic:zzz", 1, "no topic is called"),
        ("country:Atlantis9", 1, "no country is called"),
        ("language:French", 1, "its two letters, as in language:fr"),
        ("comments:many", 1, "write comment:many"),
        ("comment:>10", 1, "write comments:>10"),
        ("comment:…", 1, "holds no word"),
        ("newer:soon", 1, "neither an age nor a date"),
        ("since:yesterday", 1, "since:last-run"),
        ("mood:angry", 1, "it can be"),
        ("a before:2026-01-31", 3, "did you mean 'older'"),
        ("feed:bbc", 1, "did you mean 'source'"),
        ("published:2026-01-31", 1, "write newer:2026-01-31 older:"),
        ("!!!", 1, "no word"),
        ("/open", 1, "no closing slash"),
        ("/(/", 1, "is not a pattern"),
        ("country:/x/", 9, "can stand alone"),
        ("https://example.org/x", 1, "no prefix"),
    ],
)
def test_errors_say_where_and_what_to_write(text: str, column: int, says: str) -> None:
    with pytest.raises(UsageError, match=f"column {column}: .*{says}"):
        parse(text, NOW)


def test_any_number_of_ands_say_no_more_than_a_space() -> None:
    assert term("AND " * 990 + "a AND b") == And((word("a"), word("b")))


def test_a_pattern_ends_at_any_space() -> None:
    assert term("/a.c/\u3000b") == And((Regex("a.c"), word("b")))


@pytest.mark.parametrize("text", ["(" * 5000, "-" * 3000 + "a", "a " * 5000, "(" * 200 + "a" + ")" * 200, "a OR " * 700 + "a"])
def test_monsters_are_refused(text: str) -> None:
    with pytest.raises(UsageError):
        parse(text, NOW)


def test_every_prefix_is_described() -> None:
    assert set(PREFIXES) == set(READERS)


def test_queries_combine() -> None:
    for text in ("a OR b", "a OR(b c)", "a\tOR\tb", '"a OR b"'):
        joined = parse(text, NOW) & parse("c", NOW)
        assert parse(joined.text, NOW).term == joined.term
    assert (Query("") & parse("c", NOW)).text == "c"


@pytest.mark.parametrize(
    "pattern",
    [
        "(a+)+",
        "(a|aa)+b",
        "(a*)*",
        r"(\w+\s?)*$",
        "(?=a)b",
        r"(a)\1",
        ".*.*.*x",
        "a?" * 30 + "a" * 30,
        "(ab|cd)(ef|gh)" * 8,
        "(a+){4}b",
        "(a{0,40}){8}b",
        "((((ab|cd){40}){40}){40}){40}",
        "(?L)a",
        "x" * 400,
    ],
)
def test_patterns_that_could_run_away_are_refused(pattern: str) -> None:
    with pytest.raises(UsageError):
        read_pattern(pattern)


def test_a_pattern_finds_accents_however_they_are_typed() -> None:
    story = make_story("1", "Crue à Besançon", "Les pompiers sont sur place.")
    for pattern in ("à besançon", "[çč]on"):
        assert parse(f"/{unicodedata.normalize('NFD', pattern)}/").matches(story)


@pytest.mark.parametrize(
    "pattern",
    [
        r"\bstrik\w+",
        "dead|killed|hurt",
        r"\d{1,3} (?:dead|killed)",
        "colou?r",
        r"(?:\d{3} ){2}",
        "foo.*bar",
        "^The",
        r"\w+ \w+ dead",
    ],
)
def test_patterns_that_are_fine_are_bounded(pattern: str) -> None:
    """The worst text for a pattern still ends: its cost is bounded by its shape. The bound is in steps, not in seconds."""
    read_pattern(pattern)
    deadline = time.monotonic() + 60
    for text in ("a " * 20_000, "foo" * 10_000, "w" * 30_000):
        assert not pattern_found(pattern, [text], deadline)


def test_a_match_in_a_long_paragraph_is_found() -> None:
    assert pattern_found("foo.*bar", ["x" * 9990 + "foo and bar" + "y" * 9990])
    assert pattern_found("FOO", ["one", "a foo"])


@pytest.mark.parametrize(
    "pattern",
    [
        "^The.*said",
        r"\bThe.*said",
        r"\AThe.*said",
        "word.*[word ]$",
        r"word.*(?:w|wo|wor)\b",
        r"word.*[word ]\Z",
    ],
)
def test_a_stretch_of_a_long_paragraph_neither_begins_nor_ends_it(pattern: str) -> None:
    text = "x" * 2000 + "The cat said " + "a" * 3000 + " word" * 1500 + "-"
    assert not pattern_found(pattern, [text])
    assert pattern_found("x+The.*said", [text])


@pytest.mark.parametrize(("pattern", "length"), [(".*.*x", 500), ("a?" * 8 + ".*.*x", 213), ("(?:a|b)" * 3 + ".*x", 4000)])
def test_the_more_choices_a_pattern_has_the_shorter_the_stretches(pattern: str, length: int) -> None:
    assert measure(pattern).stretch() == length


@pytest.mark.parametrize(
    ("text", "query", "found"),
    [
        ("日本銀行は金利を引き上げた", "金利", True),
        ("日本銀行は金利を引き上げた", "日本銀行", True),
        ("日本銀行は金利を引き上げた", "銀", True),
        ("日本銀行は金利を引き上げた", "た", True),
        ("日本銀行は金利を引き上げた", "銀日", False),
        ("日本 銀行", "日本 銀行", True),
        ("서울에서 열린", "서울", True),
        ("ประเทศไทย", "ไทย", True),
        ("Ambassador", "assad", False),
        ("the École's ŒUVRE", "ecole", True),
        ("the École's ŒUVRE", "oeuvre", True),
        ("Lech Wałęsa", "LECH WALESA", True),
        ("Lech Walesa", "Wałęsa", True),
        ("DİYARBAKIR, Diyarbakır'da", "diyarbakir", True),
        ("Tromsø og Færøyene", "tromso og faeroyene", True),
        ("ｗｉｄｅ", "wide", True),
        ("Straße", "strasse", True),
        ("हिन्दी में", "हिन्दी", True),
        ("مُحَمَّد", "محمد", True),
        ("ещё", "еще", True),
        ("iPhone15 日本語", "iphone15", True),
    ],
)
def test_words_of_many_scripts(text: str, query: str, found: bool) -> None:
    tokens, prefix = search_words(query)
    assert holds(index_words(text), tokens, prefix) is found


@pytest.mark.parametrize(
    ("text", "parts"),
    [
        ("quake", ["quake"]),
        (' country:CL  "tsunami alert" -topic:sport ', ["country:CL", '"tsunami alert"', "-topic:sport"]),
        ("a AND (b OR c) AND NOT (d e) -title:/x y/", ["a", "(b OR c)", "NOT (d e)", "-title:/x y/"]),
        ("a – b & AND c …", ["a", "b", "c"]),
        ("a OR b c", ["a OR b c"]),
        ("(a OR b)", ["(a OR b)"]),
        ("", []),
    ],
)
def test_the_parts_that_all_must_match_are_cut_as_they_are_typed(text: str, parts: list[str]) -> None:
    assert parts_of(text, NOW) == parts
    if "OR" not in parts[:1] and len(parts) > 1:
        assert parse(" ".join(parts), NOW).term == parse(text, NOW).term
