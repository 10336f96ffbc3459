"""Printed dates: as printed, in many languages, nothing guessed."""

from __future__ import annotations

import random

import pytest

from newsdesk.dates import choose_order, find_dates, parse_printed


@pytest.mark.parametrize(
    ("text", "iso"),
    [
        ("Updated 03 November 2023", "2023-11-03"),
        ("30 جون، 2022، 18:10", "2022-06-30T18:10"),
        ("2022年6月30日、18:10", "2022-06-30T18:10"),
        ("৩০ জুন ২০২২, সন্ধ্যা ৬:১০", "2022-06-30T18:10"),
        ("30 जून 2022, रात 12:10", "2022-06-30T00:10"),
        ("30 जून 2022, रात 10:10", "2022-06-30T22:10"),
        ("30 juni 2022, 18.10 uur", "2022-06-30T18:10"),
        ("27. септембра 2017.", "2017-09-27"),
        ("Posted at 10:40 AM ET, 02/28/2025", "2025-02-28T10:40-05:00"),
        ("July 4, 2025 10:40 AM ET", "2025-07-04T10:40-04:00"),
        ("2023-11-03T10:40:00Z", "2023-11-03T10:40+00:00"),
        ("2023-11-03T10:40:00+09:00", "2023-11-03T10:40+09:00"),
        ("20231103", "2023-11-03"),
        ("20231103T104000Z", "2023-11-03T10:40+00:00"),
        ("20231103T1040-0530", "2023-11-03T10:40-05:30"),
        ("2023-11-03t10:40:00z", "2023-11-03T10:40+00:00"),
        ("2023-11-03T10:40:00,1234567890+0900", "2023-11-03T10:40+09:00"),
        ("Fri, 03 Nov 2023 10:40:00 CST", "2023-11-03T10:40"),
        ("publié le 07/02/2019 à 06:48", "2019-02-07T06:48"),
        ("7 février 2019 à 6 h 48", "2019-02-07T06:48"),
        ("12. März 2019, 10:15 Uhr", "2019-03-12T10:15"),
        ("4 มิ.ย. 2567 12:30 น.", "2024-06-04T12:30"),
        ("12 เม.ย. 2565", "2022-04-12"),
        ("2024. gada 4. jūnijs 12:30", "2024-06-04T12:30"),
        ("12 באפריל 2022", "2022-04-12"),
        ("19.out.2023 às 15h20", "2023-10-19T15:20"),
        ("5 марта 2024 г. 14:20", "2024-03-05T14:20"),
        ("2023年10月17日 18:50", "2023-10-17T18:50"),
        ("令和5年10月17日", "2023-10-17"),
        ("2023. 10. 17. 오후 3:05", "2023-10-17T15:05"),
        ("14 फरवरी, 2022 18:05 IST", "2022-02-14T18:05"),
        ("१७ अक्टूबर २०२३", "2023-10-17"),
        ("16 كانون الثاني 2023", "2023-01-16"),
        ("17 ต.ค. 2566", "2023-10-17"),
        ("২৩ জানুয়ারি ২০২২ ০৬:৩০", "2022-01-23T06:30"),
        ("5. studenog 2021.", "2021-11-05"),
        ("Granada | 12·11·23 | 07:01", "2023-11-12T07:01"),
        ("شنبه / ۱۲ مهر ۱۳۹۹ / ۱۰:۰۵", "2020-10-03T10:05"),
        ("۱۴۰۲/۱۲/۲۹ - ۱۰:۰۵", "2024-03-19T10:05"),
        ("30 اسفند 1403", "2025-03-20"),
        ("Senin, 17 Okt 2023 14:30 WIB", "2023-10-17T14:30+07:00"),
        ("17 Ekim 2023 Salı 10:33", "2023-10-17T10:33"),
        ("Jumanne, 17 Oktoba 2023", "2023-10-17"),
        ("12:05 a.m. 3 May 2022", "2022-05-03T00:05"),
        ("Sun Jan  4 16:29:06 2004", "2004-01-04T16:29"),
        ("Thu, 01 Jan 04 19:48:21 GMT", "2004-01-01T19:48+00:00"),
        ("2025-01-01T10:40+14:00", "2025-01-01T10:40+14:00"),
        ("2025-01-01T10:40-99:00", "2025-01-01T10:40"),
        ("2025-01-01T10:40+05:75", "2025-01-01T10:40"),
    ],
)
def test_printed_forms(text: str, iso: str) -> None:
    assert parse_printed(text) == iso


@pytest.mark.parametrize(
    "text",
    [
        "",
        "yesterday",
        "12 March 1402",
        "31 مهر 1399",
        "5 · 11 · 23",
        "3 hours ago",
        "October 2023",
        "Nov. 6",
        "30 February 2023",
        "31/04/2023",
        "2023-13-01",
        "9999-12-31",
        "Version 5.1.11",
        "12-15, 12-16",
        "30 ²² 2020",
        "3 ② 2021",
    ],
)
def test_what_names_no_day_is_null(text: str) -> None:
    assert parse_printed(text) is None


def test_the_page_decides_the_order_of_day_and_month() -> None:
    forum = [one for text in ("06-09-2015, 08:02 PM", "06-10-2015, 07:12 AM") for one in find_dates(text)]
    assert choose_order(forum) == "mdy"
    french = [one for text in ("07/02/2019 06:48", "08/02/2019 09:15") for one in find_dates(text)]
    assert choose_order(french) == "dmy"
    assert find_dates("06-09-2015", "mdy")[0].date == "2015-06-09"


def test_several_dates_keep_their_own_times() -> None:
    found = find_dates("Oct. 20, 2022, 10:31 AM UTC / Updated Oct. 21, 2022, 11:05 AM UTC")
    assert [one.iso for one in found] == ["2022-10-20T10:31+00:00", "2022-10-21T11:05+00:00"]


def test_any_text_is_survived() -> None:
    rng = random.Random(3)
    signs = "0123456789 /-.:,年月日TZ+aprmayh時é\u0660\u0967\x00\n"
    for _ in range(300):
        text = "".join(rng.choice(signs) for _ in range(rng.randint(0, 60)))
        for one in find_dates(text):
            assert 0 <= one.start < one.end <= len(text)
    assert parse_printed("1 " * 100_000) is None
