"""Digests whose headlines hold the day, and whose outlets are named by "Source: " or alone: whatever they are called."""

from __future__ import annotations

import pytest

from fetchers.seeds.page_text.reading import read_page
from tests.fetchers.seeds.digest_items import ITEMS

OUTLETS = [outlet for _, outlet, _ in ITEMS]
DAYS = ("13 February 2026", "15 February 2026", "30 January 2026", "2 February 2026")
ISO = ["2026-02-13", "2026-02-15", "2026-01-30", "2026-02-02"]


@pytest.mark.parametrize(
    "form",
    [
        "{title} - {day}\n{text}",
        "{title} ({day})\n{text}\nRead on »",
        "{title} | {day}\n{text}",
        "{day}: {title}\n{text}",
        "{day} – {title}\n{text}\nSource: {outlet}",
        "{title} [{day}]\n{text}\nSource: {outlet}",
    ],
)
def test_the_day_in_each_headline_s_line_dates_the_story_and_is_no_part_of_it(form: str) -> None:
    items = [form.format(title=a, outlet=b, text=c, day=d) for (a, b, c), d in zip(ITEMS, DAYS, strict=False)]
    stories, _ = read_page("\n\n".join(items) + "\n")
    assert [(story.title, *story.body) for story in stories] == [(a, c) for a, _, c in ITEMS[:4]]
    assert [story.published for story in stories] == ISO
    assert [story.source for story in stories] == (OUTLETS[:4] if "outlet" in form else [None] * 4)
    assert not any(story.byline or story.comments for story in stories)


TONGUES = [
    (
        ("Bremerhaven baggert die Weser tiefer", "Lotsen einigen sich auf neuen Tarif", "Kran stürzt auf Containerschiff"),
        "Der Senat hat am Dienstag {} Millionen Euro bewilligt. Die Arbeiten beginnen im Herbst.",
        "{title} - {n}. Januar 2026",
    ),
    (
        ("Une digue cède en Camargue", "Un village rachète son dernier café", "Les nappes d'eau au plus haut"),
        "Environ {} hectares de rizières ont été inondés dans la nuit. Aucun habitant n'a été évacué.",
        "{title} ({n}/01/2026)",
    ),
    (
        ("停電で新幹線が止まる", "飯田のリンゴ、台湾へ初出荷", "上田のスイセン、早くも見頃"),
        "農協は{}日、台湾の旧正月向けに初めて出荷した。店頭価格は国内の2倍近いという。",
        "◆{title}(2026年1月{n}日)",
    ),
    (
        ("गन्ना किसानों ने रोका दिल्ली मेरठ हाईवे", "बस चालकों की हड़ताल अगले सप्ताह से", "बाजार के नीचे मिला प्राचीन मंदिर"),
        "यूनियन ने {} दिन की हड़ताल का ऐलान किया है। बातचीत अभी जारी है और किराया वही रहेगा।",
        "{title} | {n} जनवरी 2026",
    ),
]


@pytest.mark.parametrize(("titles", "text", "form"), TONGUES)
def test_days_in_headlines_are_read_in_other_tongues(titles: tuple[str, ...], text: str, form: str) -> None:
    items = [f"{form.format(title=title, n=14 + i)}\n{text.format(14 + i)}" for i, title in enumerate(titles)]
    stories, _ = read_page("\n\n".join(items) + "\n")
    assert [story.title for story in stories] == list(titles)
    assert [story.published for story in stories] == [f"2026-01-{14 + i}" for i in range(3)]


def test_a_day_without_its_year_in_headlines_is_no_part_of_them_and_dates_nothing() -> None:
    items = [f"{title} ({day[:-5]})\n{text}" for (title, _, text), day in zip(ITEMS, DAYS, strict=False)]
    stories, _ = read_page("\n\n".join(items) + "\n")
    assert [(story.title, story.published) for story in stories] == [(title, None) for title, _, _ in ITEMS[:4]]


PLAIN_OUTLETS = ("Shore Argus", "Northern Scot", "Hythe Weekly", "Fell Weekly")  # one is called like a person


@pytest.mark.parametrize(
    ("form", "dated"),
    [
        ("{title}\nSource: {outlet} | Date: {day}\n{text}", True),
        ("{title}\nDate: {day} | Source: {outlet}\n{text}", True),
        ("{title}\nSource: {outlet}, {day}\n{text}", True),
        ("{title}\nSource: {outlet}\nDate: {day}\n{text}", True),
        ("{title}\nDate: {day}\nSource: {outlet}\n{text}", True),
        ("{title}\n{text}\nSource: {outlet}\nDate: {day}", True),
        ("{title}\n{outlet}\n{text}", False),
        ("{title}\n{outlet}\n{text}\nRead on »", False),
        ("{outlet}\n{title}\n{text}", False),
        ("{title}\n{text}\n{outlet}", False),
    ],
)
def test_an_outlet_named_as_the_source_is_one_whatever_it_is_called(form: str, dated: bool) -> None:
    outlets = zip(ITEMS, PLAIN_OUTLETS, DAYS, strict=False)
    items = [form.format(title=a, outlet=outlet, text=c, day=day) for (a, _, c), outlet, day in outlets]
    stories, _ = read_page("\n\n".join(items) + "\n")
    assert [(story.title, *story.body) for story in stories] == [(a, c) for a, _, c in ITEMS[:4]]
    assert [(story.source, story.byline) for story in stories] == [(outlet, None) for outlet in PLAIN_OUTLETS]
    assert [story.published for story in stories] == (ISO if dated else [None] * 4)
