# ruff: noqa: E501 - one story a line reads as the table that it is
"""A morning in a newsroom: stories made up for these tests, with labels, threads and moods as the taggers would give them."""

from __future__ import annotations

from datetime import UTC, datetime

from newsdesk.model import Comment, Country, Mood, MoodLabel, Origin, Sentiment, Story, StorylineRef, Topic

NOW = datetime(2026, 3, 4, 8, 20, tzinfo=UTC)
TOPICS = {
    "culture": ("medtop:01000000", "arts, culture, entertainment and media"),
    "crime": ("medtop:02000000", "crime, law and justice"),
    "disaster": ("medtop:03000000", "disaster, accident and emergency incident"),
    "economy": ("medtop:04000000", "economy, business and finance"),
    "education": ("medtop:05000000", "education"),
    "environment": ("medtop:06000000", "environment"),
    "health": ("medtop:07000000", "health"),
    "human": ("medtop:08000000", "human interest"),
    "labour": ("medtop:09000000", "labour"),
    "politics": ("medtop:11000000", "politics and government"),
    "science": ("medtop:13000000", "science and technology"),
    "sport": ("medtop:15000000", "sport"),
    "conflict": ("medtop:16000000", "conflict, war and peace"),
    "weather": ("medtop:17000000", "weather"),
}
COUNTRIES = {
    "CL": "Chile", "JP": "Japan", "NL": "Netherlands", "CA": "Canada", "PL": "Poland", "LT": "Lithuania", "DE": "Germany",
    "GB": "United Kingdom", "KE": "Kenya", "BR": "Brazil", "IN": "India", "NO": "Norway", "IT": "Italy", "KR": "South Korea",
}  # fmt: skip


def comments(number: int, negative: float = 0.4) -> tuple[Comment, ...]:
    """A thread of `number` comments with replies, votes and moods."""
    texts = (
        "They were warned about this slope in the autumn and nobody listened. Twice.",
        "My aunt lives there. She says the sirens worked this time, which is more than I expected.",
        "Does anyone know whether the school stays closed on Friday?",
        "Wonderful work by the night crew.",
        "Oh sure, another commission will fix it.",
        "The figures in the second paragraph don't add up: 340 and 95 are not 420.",
    )
    made = []
    for n in range(number):
        label: MoodLabel = "negative" if (n * 7 % 10) / 10 < negative else "positive" if n % 3 == 0 else "neutral"
        mood = Sentiment(
            label, {"negative": -0.7, "neutral": 0.0, "positive": 0.6}[label], 0.8, n % 6 == 5, why=("warned", "nobody")
        )
        made.append(
            Comment(
                texts[n % len(texts)],
                f"reader_{n + 1}" if n % 5 != 4 else None,
                f"2026-03-0{1 + n % 3}T0{n % 9}:15",
                (n * 13) % 40 - 6 if n % 4 else None,
                n - 1 if n % 3 == 1 else n - 2 if n % 6 == 2 else None,
                sentiment=mood,
            )
        )
    return tuple(made)


def mood_of(thread: tuple[Comment, ...]) -> Mood | None:
    if not thread:
        return None
    moods = [c.sentiment for c in thread if c.sentiment]
    unsure = sum(m.unsure for m in moods)
    n, e, p = (sum(m.label == label and not m.unsure for m in moods) for label in ("negative", "neutral", "positive"))
    share = n / (n + e + p) if n + e + p else None
    interval = None if share is None else (max(0.0, share - 0.2), min(1.0, share + 0.2))
    return Mood(len(thread), len(moods), n, e, p, unsure, share, interval)


def _story(
    number: int,
    title: str | None,
    line: tuple[str, str],
    source: str | None,
    when: str | None,
    topics: str,
    places: str,
    body: str,
    thread: int = 0,
    negative: float = 0.4,
    **more: object,
) -> Story:
    said = comments(thread, negative)
    chosen = [TOPICS[t] for t in topics.split()]
    return Story(
        title=title,
        id=f"s{number:010d}",
        body=tuple(body.split("\n")),
        published=when,
        source=source,
        outlet=source,
        url=f"https://news.example/{number}",
        origins=(Origin("page-text", path=f"seeds/{number:02d}.txt"),),
        comments=said,
        mood=mood_of(said),
        topics=tuple(Topic(i, n, 0.91 - 0.3 * k, ("quake", "tremor")) for k, (i, n) in enumerate(chosen)),
        countries=tuple(Country(c, COUNTRIES[c], 0.9 - 0.2 * k, ("capital",)) for k, c in enumerate(places.split())),
        storyline=StorylineRef(line[0], line[1], 1, ("same names",)),
        **more,  # type: ignore[arg-type]
    )


_QUAKE = ("tquakeaaaaa", "Quake off Iquique")
_LANDER = ("tlanderaaaa", "Hibari lander on the Moon")
_TRIAL = ("ttrialaaaaa", "Rotterdam port trial")
_PHONES = ("tphonesaaaa", "Phones leave Quebec classrooms")
_BORDER = ("tborderaaaa", "Balloons over the Suwalki border")


def morning() -> list[Story]:
    """Twenty-odd stories, newest first, five storylines of more than one."""
    solo = iter(f"tsoloaaa{a}{b}" for a in "abc" for b in "abcdefghij")

    def alone(title: str) -> tuple[str, str]:
        return (next(solo), title)

    return [
        _story(1, "Aftershocks keep Iquique awake as port reopens two berths", _QUAKE, "Coastal Herald", "2026-03-04T07:55+00:00", "disaster economy", "CL", "Two berths of the port took ships again on Wednesday while engineers walked the cracked quay with lamps.\nThe harbour master said that cranes five and six would stay locked until the rails had been measured. About 340 households spent a second night in school halls.\n“Nobody sleeps, but everybody is fed,” said a volunteer who had run a kitchen since Monday noon.", 14, dateline="IQUIQUE, Chile", byline="By Ines Carvallo", highlights=("Two of nine berths are open", "Schools closed until Friday")),
        _story(2, "Copper shippers count the days", _QUAKE, "Meridian Wire", "2026-03-04T06:10+00:00", "economy", "CL", "Three carriers have diverted to Antofagasta."),
        _story(3, "Sismo frente a Iquique: 95 réplicas en una noche", _QUAKE, "Diario Norte", "2026-03-03", "disaster", "CL", "La red nacional registró 95 réplicas entre la medianoche y el alba.", 3, language="es"),
        _story(4, "Hibari-2 sends first picture from the Moon's south", _LANDER, "Kyoto Wire", "2026-03-04T05:30+09:00", "science", "JP", "The lander stands at a tilt of four degrees, its makers said.", 22, 0.1),
        _story(5, "ひばり2号、月の南極付近から最初の画像を送信", _LANDER, "京都通信", "2026-03-04", "science", "JP", "着陸機は四度傾いているが、電力は十分だと開発チームは説明した。通信は一日二回行われる。", 6, 0.1, language="ja"),
        _story(6, "What four degrees of tilt mean for a drill", _LANDER, "Orbit Weekly", "2026-03-02", "science", "JP", "A drill wants to stand upright."),
        _story(7, "Captains accuse inspectors in Rotterdam cocaine trial", _TRIAL, "Harbour Post", "2026-03-03T19:00+01:00", "crime", "NL", "Two captains told the court that seals had been changed at night.", 11, 0.6),
        _story(8, "Court hears of seals changed at night", _TRIAL, "North Sea Wire", "2026-03-03", "crime", "NL BR", "The second day of the trial belonged to the captains.", revision=2),
        _story(9, "Québec retire les cellulaires des classes", _PHONES, "Le Journal", "2026-03-02", "education politics", "CA", "La mesure vise toutes les écoles publiques.", 9, 0.5, language="fr"),
        _story(10, "Teachers split over Quebec's phone ban", _PHONES, "Prairie Star", "2026-03-03", "education", "CA", "Some count it as a relief, others as one more task.", 31, 0.5),
        _story(11, "Poland shuts two crossings after balloons drift in", _BORDER, "Baltic Post", "2026-03-04T08:02+01:00", "conflict politics", "PL LT", "Trucks stood for eleven kilometres by dawn.", 18, 0.5),
        _story(12, "Live: balloons over Suwalki", _BORDER, "Baltic Post", "2026-03-04T09:10+01:00", "conflict", "PL LT", "08:40 A ninth balloon was found in a beet field."),
        _story(13, "Bus drivers in Lower Saxony walk out at four", alone("Bus drivers"), "Leine-Kurier", "2026-03-04", "labour", "DE", "Wer heute früh zur Arbeit wollte, ging zu Fuß.", 5, 0.5, language="de"),
        _story(14, None, alone("Lighthouse dog"), "Island Forum", "2026-02-28", "human", "GB", "For eleven years the dog of the lighthouse has met the mail boat, and on Saturday the boat met her.", 8, 0.0),
        _story(15, "Lake Turkana fishers get their boats back", alone("Turkana"), "Rift Daily", "2026-03-03", "economy environment", "KE", "Eighty boats had lain on the beach since the ban."),
        _story(16, "Heat dome settles over the Deccan", alone("Heat dome"), "Plateau Times", "2026-03-04T04:45+05:30", "weather health", "IN", "Forty-one degrees by ten in the morning.", 2),
        _story(17, "Oslo opera sings from the harbour crane", alone("Opera"), "Fjordavisen", "2026-03-01", "culture", "NO", "The crane does not rust, the director said, and neither do basses."),
        _story(18, "Underdogs from Lecce hold the champions", alone("Lecce"), "Il Tacco", "2026-03-03T22:50+01:00", "sport", "IT", "Nil-nil can be a thunderstorm.", 12, 0.2),
        _story(19, "Rates stay where they are, says the bank, and so do rents", alone("Rates"), "Meridian Wire", "2026-03-03", "economy", "KR", "The decision was unanimous.", 4),
        _story(20, "A note without a place or a date", alone("Note"), None, None, "", "", "Someone left this page in the tray."),
        _story(21, "Measles cluster in two Manaus districts", alone("Measles"), "Amazon Ledger", "2026-03-02", "health", "BR", "Nineteen cases in nine days.", 7, 0.6),
        _story(22, "Storm fells the oldest linden of Kaunas", alone("Linden"), "Baltic Post", "2026-03-02", "weather", "LT", "It had stood since before the bridge.", 1),
    ]  # fmt: skip
