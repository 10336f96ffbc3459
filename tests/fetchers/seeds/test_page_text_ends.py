"""Where a text begins, goes on and ends on pages of unlike kinds: results, sub-headings, stage directions, standfirsts."""

from __future__ import annotations

import pytest

from fetchers.seeds.page_text.reading import read_page

PIER = "The pier at the old lido closes for the winter after two planks were found on the beach below it on Sunday morning."
BENCH = "A survey counted 41 loose boards, 12 missing bolts and one bench that nobody remembers having put there."
KEYS = "Swimmers who had left a key in the changing rooms may fetch it on Thursday, between nine and noon."
GULL = "The council of the town will vote on a new roof for the changing rooms in the first week of the next month."
STEG = "Der Steg am alten Seebad bleibt den Winter über geschlossen, weil am Sonntag zwei Bretter am Strand lagen."


@pytest.mark.parametrize("gap", ["\n", "\n\n"])
@pytest.mark.parametrize(
    "results",
    [
        ("Goals: 0-1 Reed 19, 1-1 Marsh 71, 2-1 Dov 90+6", "Yellow cards: Kelp (coach), Reed, Lark"),
        ("Tore: 1:0 Huber (12.), 1:1 Lang (45.+2), 2:1 Huber (78.)", "Zuschauer: 12 300"),
        ("Buts : Kolo (12e, 45e), Dias (90e)", "Avertissements : Roux, Petit, Dias"),
        ("Goles: 1-0, m. 12: Reyes; 1-1, m. 45: Lugo; 1-2, m. 88: Lugo",),
        ("Fall of wickets: 34, 80, 81, 95, 102, 111",),
        ("Leading scores: 66 Reed, 67 Marsh, 67 Dov, 68 Kelp",),
    ],
)
def test_what_is_listed_of_a_match_below_its_report_is_text(results: tuple[str, ...], gap: str) -> None:
    text = gap.join((PIER, BENCH, KEYS, GULL, *results))
    page = (
        f"Lido wins by a plank\n\nOdile Farrow\n9 Jul 2022, 23:52\n\n{text}\n\n"
        "Copyright AFP. All rights reserved.\nMore on this\n"
    )
    [story] = read_page(page)[0]
    assert story.body == (PIER, BENCH, KEYS, GULL, *results)


@pytest.mark.parametrize(
    "line", ["Tags: Piers 1, Gulls 2, Keys 3", "Related: 3 piers, 4 gulls", "Views: 1,234", "Reference: 12-99-3"]
)
def test_what_is_counted_of_the_page_below_a_text_is_none(line: str) -> None:
    text = "\n".join((PIER, BENCH, KEYS, GULL, line))
    page = (
        f"Lido closes its pier\n\nOdile Farrow\n9 Jul 2022, 23:52\n\n{text}\n\n"
        "Copyright AFP. All rights reserved.\nMore on this\n"
    )
    [story] = read_page(page)[0]
    assert story.body == (PIER, BENCH, KEYS, GULL)


@pytest.mark.parametrize(
    "caption",
    [
        "Media caption Drone pictures show the bench",
        "Image caption The bench at low tide",
        "Bildunterschrift Die Bank bei Ebbe",
    ],
)
@pytest.mark.parametrize("heading", ["'Like a drum'", "'Like a wet drum'", "Planks and bolts"])
def test_a_heading_above_a_caption_is_the_text_s(heading: str, caption: str) -> None:
    page = (
        "Lido closes its pier for the winter\n31 May 2016\nFrom the section Europe\nShare this with Facebook\n"
        f"Share\n{PIER}\n{BENCH}\n"
        f"{heading}\n{caption}\n{KEYS}\n{GULL}\nRelated Topics\nSeaside\nTop Stories\nGull wins science prize\n"
    )
    [story] = read_page(page)[0]
    assert story.body == (PIER, BENCH, heading, KEYS, GULL)


@pytest.mark.parametrize("sound", ["(Sound of a bell)", "(Laughter)", "[Applause and waves]", "(Clip of gulls, then a door)"])
@pytest.mark.parametrize("names", [("ODILE FARROW", "BO MARSH"), ("Odile Farrow", "Bo Marsh")])
def test_sounds_in_a_transcript_are_no_headlines(names: tuple[str, str], sound: str) -> None:
    first, second = names
    turns = (f"{first}: {PIER}", sound, f"{second}: {BENCH}", f"{first}: {KEYS}", sound, f"{second}: {GULL}")
    page = (
        "Radio Lido\nPrograms | Podcasts | Contact\nLido closes its pier for the winter\n\n"
        "Odile Farrow reported this story on Friday, September 14, 2018 07:24:00\nMP3 download\n\n"
        + "\n\n".join(turns)
        + "\n\n© 2018 Radio Lido\n"
    )
    [story] = read_page(page)[0]
    assert story.title == "Lido closes its pier for the winter"
    assert story.body == tuple(turn for turn in turns if turn != sound)
    assert (story.byline, (story.published or "")[:10]) == ("Odile Farrow", "2018-09-14")


@pytest.mark.parametrize(
    "stands",
    [
        "A pier has no door. I have packed my towel anyway",
        "Nobody swims in the rain and so the lido will be closed.",
        "The lido's last keeper is looking for a bench with a view",
    ],
)
def test_a_standfirst_below_the_writer_and_above_the_date(stands: str) -> None:
    page = (
        "News Opinion Sport Culture Lifestyle\nOpinion\n\nThe pier is short, wet and closed, and I love it\n\n"
        f"Odile Farrow\n{stands}\n\n"
        f"Tue 6 Apr 2021 10.00 BST\nLast modified on Tue 6 Apr 2021 15.42 BST\n\n{PIER}\n{BENCH}\n{KEYS}\n"
    )
    [story] = read_page(page)[0]
    assert (story.byline, story.highlights, story.body) == ("Odile Farrow", (stands,), (PIER, BENCH, KEYS))


@pytest.mark.parametrize("sign", ["(Odile Farrow)", "(Source: KQVR)", "(Courtesy of Bo Marsh)"])
def test_a_caption_to_which_its_credit_is_glued_is_no_standfirst(sign: str) -> None:
    page = (
        f"Lido closes its pier for the winter\n\nThe east bench split a little after noon.{sign}\nBy Odile Farrow\n"
        f"Published: Sep. 2, 2021 at 11:48 AM CDT|Updated: 6 hours ago\n{PIER}\n{BENCH}\n{KEYS}\n"
        "Copyright 2021 KQVR. All rights reserved.\n"
    )
    [story] = read_page(page)[0]
    assert (story.highlights, story.body) == ((), (PIER, BENCH, KEYS))


@pytest.mark.parametrize("sender", ["odile at lido.example", "<odile@lido.example>", "odile(at)lido.example"])
def test_a_list_s_first_message_is_its_sender_s_and_headed_by_the_subject(sender: str) -> None:
    page = (
        "[Lido-L] Pier: council votes to close it for the winter season\nPrevious message: [Lido-L] Lost key\n"
        "Next message: [Lido-L] Pier: council votes to close it for the winter season\n"
        "Messages sorted by: [ date ] [ thread ] [ subject ] [ author ]\n\n"
        f"Odile Farrow {sender}\nThu Nov 3 21:14:06 GMT 2011\n\n"
        "I have just come out of the town hall. By 31 votes to 22 the\n"
        "council decided tonight to close the pier for the winter and to\n"
        "take up the planks before the first storm of the year.\n\n-- \nOdile Farrow, Lido\n\n"
        "Bo Marsh Thu Nov 3 21:52:40 GMT 2011\n\nWell, that is that then. Thirty years of Sundays with a\ntowel.\n\n"
        "Cara Dune Thu Nov 3 22:30:11 GMT 2011\nOdile Farrow wrote:\n\n> the first storm of the year.\n\n"
        "Is that before or after the fair? The fair has two tents on the\n"
        "pier that somebody has to move.\n"
    )
    [story] = read_page(page)[0]
    assert (story.title, story.byline) == ("Pier: council votes to close it for the winter season", "Odile Farrow")
    assert [(comment.author, comment.reply_to) for comment in story.comments] == [("Bo Marsh", None), ("Cara Dune", None)]


def test_whose_words_a_message_quotes_with_day_and_hour_parts_no_sender_from_it() -> None:
    heads = (("Bo Marsh", "22:02:41"), ("Cara Dune", "23:40:12"), ("Odile Farrow", "23:59:30"), ("Dov Kelp", "23:59:59"))
    said = (
        "No swimming then.",
        "My road works there, all of it.",
        f"> My road works there, all of it.\n\n{KEYS}",
        "Has anybody the order?",
    )
    quotes = ("", "", "On Tue, Mar 11, 2008 at 23:40, Cara Dune wrote:\n", "")
    messages = "".join(
        f"\n[Lido] Pier refused at the old lido\n{name} {name.split()[0].lower()} at lists.example.org\n"
        f"Tue Mar 11 {clock} GMT 2008\n\n"
        f"{quote}{text}\n\n_______________________________________________\n"
        for (name, clock), text, quote in zip(heads, said, quotes, strict=True)
    )
    page = (
        "[Lido] Pier refused at the old lido\nOdile Farrow odile at lists.example.org\nTue Mar 11 21:14:05 GMT 2008\n\n"
        f"{PIER}\n\n{BENCH}\n\n-- \nOdile Farrow, Lido\n\n_______________________________________________\n{messages}"
    )
    [story] = read_page(page)[0]
    assert [comment.author for comment in story.comments] == ["Bo Marsh", "Cara Dune", "Odile Farrow", "Dov Kelp"]
