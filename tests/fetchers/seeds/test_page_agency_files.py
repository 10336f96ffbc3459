"""Pages of agencies, live texts and interviews: several reports on a page, whose words head a text, who signs comments."""

from __future__ import annotations

import pytest

from fetchers.seeds.page_text.credits.bylines import read_byline
from fetchers.seeds.page_text.credits.datelines import read_slug
from fetchers.seeds.page_text.lines.lines import Line
from fetchers.seeds.page_text.lines.looks import look_at
from fetchers.seeds.page_text.reading import read_page
from fetchers.seeds.page_text.thread.authors import read_author

REPORTS = """Home | World | Business | Photos
Kelp exports pass 600 tonnes in five months

2021-06-09 09:12 (KST)

BUSAN, June 9 (Tidewire) -- The country sold a record 611 tonnes of dried kelp abroad in five months, data showed Wednesday.
Shipments to the north rose by a third as people ate more at home, the fisheries ministry said.
(END)
Copyrights (c) Tidewire News Agency. Unauthorized reproduction prohibited.

Robot crab crosses Daegu stream without getting wet

2021-06-09 10:47 (KST)

DAEGU, June 9 (Tidewire) -- A robot the size of a walnut has walked 40 meters across a stream in Daegu, engineers said.
It is driven by sunlight and stops under bridges, which the team called a habit.
(END)
Copyrights (c) Tidewire News Agency. Unauthorized reproduction prohibited.

{version}Forest fire in Samcheok put out after nine hours
2021-06-09 16:30 (KST)

(ATTN: UPDATES with area burned in para 2)
SAMCHEOK, June 9 (Tidewire) -- A fire that drove 130 people from their homes above the port was put out on Wednesday.
About 22 hectares of pine burned. A firefighter was treated for smoke inhalation.
(END)
Copyrights (c) Tidewire News Agency. Unauthorized reproduction prohibited.
"""


@pytest.mark.parametrize("version", ["(2nd LD) ", "(LEAD) ", "3rd Ld-Writethru: ", ""])
def test_reports_with_their_times_below_their_headlines_are_no_live_blog(version: str) -> None:
    stories = read_page(REPORTS.format(version=version))[0]
    assert [story.title for story in stories] == [
        "Kelp exports pass 600 tonnes in five months",
        "Robot crab crosses Daegu stream without getting wet",
        "Forest fire in Samcheok put out after nine hours",
    ]
    assert [story.dateline for story in stories] == ["BUSAN", "DAEGU", "SAMCHEOK"]
    assert [len(story.body) for story in stories] == [2, 2, 2]


LIVE = """LIVE
Bergen tram strike as it happened: drivers back at work by supper

{point}
City offers 6.5 percent, union had asked for 17

Anneli Lund
5 October 2022

Key events

18:40 CEST
We are closing this page. Trams on all four lines are running and the first one out of the depot had flowers on it.

17:55 CEST
The union says its committee has voted 9 to 2 for the offer of 6.5 percent from November and two toilets on line 4.

14:10 CEST
Talks have begun again in the city hall. Reporters can see the top of a tray of sandwiches through the window.

06:00 CEST
Good morning from the depot, where the trams are asleep and only a cat is up, waiting for the first driver.
"""


@pytest.mark.parametrize("point", ["Lines 1 to 4 stood still from 05:15", "Depots 2 and 3 opened again at 17:40"])
def test_a_point_that_ends_with_a_time_labels_no_entry(point: str) -> None:
    (story,) = read_page(LIVE.format(point=point))[0]
    assert story.title == "Bergen tram strike as it happened: drivers back at work by supper"
    assert (story.highlights, story.byline) == ((point, "City offers 6.5 percent, union had asked for 17"), "Anneli Lund")


@pytest.mark.parametrize("line", ["A+ A-", "A- A A+", "On October 29, 2015 3:14 pm   In Metro"])
def test_buttons_and_sections_write_nothing(line: str) -> None:
    assert read_byline(look_at(Line(line)), "byline") is None


INTERVIEW = """The Inlet Review
Culture  Books  Glass
{kicker}
{title}

Glassmaker Bero Hinn on sand, patience and the canal

By Marta Quint | 23 January 2020 | 4 min read

Bero Hinn, 71, melts sand from the canal dredgers in a yard behind the fish market. We spoke beside the furnace.

MQ: Why dredged sand?
BH: It is free, and it has been to both oceans.
MQ: Is it good sand?
BH: No. It is dirty and a little green. People think the green is art.
"""


@pytest.mark.parametrize(
    ("kicker", "title"),
    [
        ("INTERVIEW", "“I break one in three, and I keep the third”"),
        ("Q&A", "«One in three breaks, and that one stays with me»"),
        ("INTERVIEW", "One in three breaks, and that one stays with me"),
    ],
)
def test_words_in_quotation_marks_head_a_text_and_are_no_slogan(kicker: str, title: str) -> None:
    (story,) = read_page(INTERVIEW.format(kicker=kicker, title=title))[0]
    assert story.title == title
    assert story.highlights == ("Glassmaker Bero Hinn on sand, patience and the canal",)


@pytest.mark.parametrize("laughs", ["(LAUGHS)", "(laughs)", "[Laughter]", "(lacht)", "(risas)", "(смеётся)"])
def test_who_speaks_goes_on_below_a_picture_and_laughs_in_no_word(laughs: str) -> None:
    page = INTERVIEW.format(kicker="INTERVIEW", title="“I break one in three, and I keep the third”").replace(
        "is art.", f"art. {laughs} I let them."
    )
    page += "\nPHOTO: Bero Hinn's hands. Credit: R. Bello\n\n"
    page += "MQ: Who will do it after you?\nBH: My granddaughter, if she breaks fewer.\n"
    (story,) = read_page(page)[0]
    assert story.body[4:] == (
        "BH: No. It is dirty and a little green. People think the green art. I let them.",
        "MQ: Who will do it after you?",
        "BH: My granddaughter, if she breaks fewer.",
    )


@pytest.mark.parametrize(
    ("line", "author"),
    [
        ("Ramesh K (Pune)  - 21 Mar, 2016 09:05 PM", "Ramesh K"),
        ("Ramesh K (retd)  - 21 Mar, 2016 09:05 PM", "Ramesh K (retd)"),
        ("匿名[网友]", "匿名"),
    ],
)
def test_where_a_reader_lives_is_no_part_of_the_name(line: str, author: str) -> None:
    assert read_author(look_at(Line(line))) == author


TOWNS = """Four held for stealing two kilometres of cable

Mar 21, 2016, 08.47 PM IST

NAGPUR: Police here have arrested four men who used a rented elephant to pull two kilometres of cable out of the ground.
The elephant had been hired for a wedding at Rs 9,000 a day, an inspector said on Monday, and did not know better.

All Comments (4)

Ramesh K (Pune)  - 21 Mar, 2016 09:05 PM
Elephant is innocent until proven guilty.
Agree (12)  Disagree (0)  Offensive

Sunita (Dubai)  - 21 Mar, 2016 10:12 PM
in reply to Ramesh K (Pune)
In another country they stole a whole bridge. Please read before running down your own.
Agree (4)  Disagree (5)  Offensive

Common Man  - 21 Mar, 2016 10:20 PM
in reply to Sunita (Dubai)
Thank you madam, I will come to you and read it there.
Agree (10)  Disagree (0)  Offensive
"""


def test_whom_a_comment_answers_is_named_without_the_town() -> None:
    (story,) = read_page(TOWNS)[0]
    assert [(one.author, one.reply_to) for one in story.comments] == [("Ramesh K", None), ("Sunita", 0), ("Common Man", 1)]


@pytest.mark.parametrize(
    ("slug", "place", "source"),
    [
        ("Zinnowitz (dpa/mv).", "Zinnowitz", "dpa"),
        ("Zinnowitz. (dpa/mv)", "Zinnowitz", "dpa"),
        ("Zinnowitz/Rostock (dpa/mv).", "Zinnowitz/Rostock", "dpa"),
        ("Bad Doberan (mv/epd):", "Bad Doberan", "epd"),
        ("Kiel (dpa-lno) –", "Kiel", "dpa"),
        ("Wien (APA/dpa).", "Wien", "APA/dpa"),
    ],
)
def test_an_agency_s_sign_may_have_a_desk_s_beside_it(slug: str, place: str, source: str) -> None:
    text = "Wer am Strand einen Korb mieten will, braucht dafür seit dieser Woche ein Telefon und etwas Geduld mit dem Schloss."
    found = read_slug(f"{slug} {text}")
    assert found is not None
    assert (found.place, found.agency, found.rest) == (place, source, text)


def test_what_has_an_agency_s_sign_and_its_own_beside_it_may_be_a_sentence_s_subject() -> None:
    assert read_slug("Der Verband (dpa/vdz) sagte am Montag, dass die Zahl der Strandkörbe weiter steigen werde.") is None


@pytest.mark.parametrize("slug", ["MADRID, 9 (EUROPA PRESS)", "MADRID 9 (EUROPA PRESS).", "MADRID, 19 (Europa Press) –"])
def test_the_day_of_the_month_alone_may_stand_before_an_agency(slug: str) -> None:
    text = "El ministro de Transportes ha dicho este lunes que los trenes volverán a circular antes del fin de semana."
    found = read_slug(f"{slug} {text}")
    assert found is not None
    assert (found.place, (found.agency or "").upper(), found.rest) == ("MADRID", "EUROPA PRESS", text)


@pytest.mark.parametrize("head", ["By Ann Lee\nOslo\nMay 4, 2019\n", "Ann Lee\nOSLO:\nMay 4, 2019\n", "May 4, 2019\n\nOSLO:"])
def test_a_town_alone_between_writer_date_and_text_is_where_it_was_written(head: str) -> None:
    told = "The bell that was stolen from St. Olave's in 1987 came back in the mail on Tuesday, and its stamps were new."
    more = "The postman had to carry it with his cousin, and the vicar says that it rings lower than it did before."
    (story,) = read_page(f"The Quay\nBell stolen in 1987 comes home by post\n{head}\n{told}\n\n{more}\n")[0]
    assert ((story.dateline or "").upper(), story.body) == ("OSLO", (told, more))


@pytest.mark.parametrize("answers", ["hat geantwortet auf", "answered", "replied to"])
def test_who_answers_whom_stands_in_one_line(answers: str) -> None:
    page = f"""The Quay
Bell comes home by post
By Nell Okafor
May 4, 2019

The bell that was stolen from St. Olave's in 1987 came back in the mail on Tuesday, and its stamps were new.

The postman had to carry it with his cousin, and the vicar says that it rings lower than it did before.

3 comments

Anna Lund
May 4, 2019, 10:12
It never rang well.
Reply

Bodo {answers} Anna Lund
May 4, 2019, 10:20
It rang well in 1980.
Reply

Carl
May 4, 2019, 10:31
Good.
Reply
"""
    (story,) = read_page(page)[0]
    assert [(one.author, one.reply_to) for one in story.comments] == [("Anna Lund", None), ("Bodo", 0), ("Carl", None)]
