"""The credits of made-up pages: bylines, dates, agencies, above a text and below it, and datelines."""

from __future__ import annotations

from training.page_text.content import AGENCIES, MONTHS, Row, Setting, a_name, ago, masthead, phrase, unknown, writer

BYLINES = (
    *("By ", "by ", "BY ", "By: ", "Written by ", "Author: ", "Courts reporter: ", "Words by ", "", "", "", ""),
    *("Par ", "Von ", "Por ", "Di ", "Oleh ", "Автор: ", "Yazan: "),
    *(
        "Text: ",
        "Das Gespräch führte ",
        "Penulis ",
        "Na ",
        "Skribent: ",
        "Autor: ",
        "Story by ",
        "Thread starter ",
        "di ",
        "door ",
    ),
    *("by: ", "Reporting by ", "Opinion by ", "Interview by ", "Texto: ", "Autor: "),
)


def other_credits(setting: Setting) -> list[Row]:
    """Byline, outlet and date in the rarer arrangements: a role below the name, the outlet in the byline or alone, initials."""
    rng = setting.rng
    name, date, agency, outlet = writer(setting), setting.date(), rng.choice(AGENCIES), masthead(rng)
    place, role = rng.choice(setting.content.places).title(), phrase(rng, "byword")
    updated = f"{rng.choice(('Updated ', 'Last Updated: ', '| Updated: '))}{ago(rng) if rng.random() < 0.5 else setting.date()}"
    nothing = rng.choice(("Share", "Save", f"{rng.randint(2, 400)}", f"{rng.randint(2, 90)} Comments", "Follow", "·", "Listen"))
    forms: tuple[list[Row], ...] = (
        [(name, "byline"), (f"{outlet}, {place}" if rng.random() < 0.6 else role, "furniture")],
        [(ago(rng), "furniture"), ("Share", "furniture"), ("Save", "furniture"), (name, "byline"), (outlet, "furniture")],
        [(f"{name} · {outlet} · Posted: {date} | {updated}", "byline")],
        [(f"{name}, {agency}", "byline"), (date, "date")],
        [(date, "date"), (f"{agency}, {name}", "byline")],
        [
            (f"{name} in {place}", "byline"),
            (date, "date"),
            (f"Last modified on {setting.date()}", "date"),
            (nothing, "furniture"),
        ],
        [(f"By {name} and {writer(setting)}", "byline"), (f"{date}{updated}", "date")],
        [(f"{outlet} {rng.choice(('avec', 'mit', 'with', 'con', 'och', '/'))} {agency}", "credit"), (date, "date")],
        [(f"{date} {rng.choice(('来源:', 'Source: ', 'Quelle: ', 'Fuente: '))}{outlet}", "credit")],
        [(outlet, "credit"), (date, "date")],
        [(date, "date"), (outlet, "credit")],
        [(f"{agency} / Updated: {date}", "credit")],
        [(f"{outlet} - {name}", "byline"), (date, "date")],
        [(f"{place} - {date}", "date"), (name, "byline")],
        [(name, "byline"), (nothing, "furniture"), (f"{rng.randint(2, 9)} min read", "furniture"), (date, "date")],
        [(name, "byline"), (date, "date"), (str(rng.randint(2, 90)), "furniture"), (nothing, "furniture")],
        [(f"by {name} to {unknown(setting, 1).lower()}", "byline"), (ago(rng), "furniture"), (nothing, "furniture")],
        [(f"Story by {name}", "byline"), (f"• {ago(rng)} •", "furniture")],
        [(f"Thread starter {a_name(setting)}", "byline"), (f"Start date {date}", "date")],
        [(f"{rng.randint(900, 90000):,} views {date}", "date")],
        [
            (f"By {name} | {name.split()[0].lower()}@example.org | {outlet}", "byline"),
            (f"PUBLISHED: {date} | UPDATED: {date}", "date"),
        ],
        [(f"{phrase(rng, 'pubword')} {date}", "date"), (f"{phrase(rng, 'byword')}: {name}", "byline")],
        [(f"Published On {date}", "date"), (f"By {name} and {rng.choice(('News Agencies', agency))}", "byline")],
        [(f"{name} | {outlet}", "byline"), (f"{date} | {rng.randint(2, 9)} min", "date")],
    )
    return rng.choice(forms)


def credit_lines(setting: Setting) -> list[Row]:
    """Byline, date and credit in one of many arrangements."""
    rng = setting.rng
    name, date, agency = writer(setting), setting.date(), rng.choice(AGENCIES)
    place = rng.choice(setting.content.places).title()
    by = rng.choice(BYLINES)
    said = rng.choice(
        (
            "",
            "",
            "Published ",
            "Updated ",
            "Posted on ",
            "Publié le ",
            "Veröffentlicht: ",
            "Опубликовано ",
            "公開 ",
            "Published: ",
            "Last updated ",
        )
    )
    lines: list[Row] = []
    pick = rng.random()
    if pick < 0.04 or rng.random() < 0.3:
        return posted_lines(setting) if pick < 0.04 else other_credits(setting)
    if pick < 0.15:
        return [(f"{by}{name}{rng.choice((' | ', ' - ', ', ', ' · '))}{said}{date}", "byline")]
    if pick < 0.22:
        return [(f"{said}{date} {rng.choice(('by', 'von', 'par', '-', '|'))} {name}", "byline")]
    if pick < 0.25:
        late = f"{rng.choice(('Last updated ', 'Updated: ', 'and last updated ', 'Last modified on '))}{setting.date()}"
        return [(f"{by}{name}", "byline"), (f"{said}{date}", "date"), (late, "date")]
    if pick < 0.3:
        return [(f"{said}{date}{rng.choice((' | ', '  Source: ', ' - '))}{agency}", "credit")]
    if rng.random() < 0.65:
        outlet = masthead(rng)
        after = rng.choice(("", "", "", f", {agency}", ", Staff Writer", f" in {place}", f" for {outlet}", f" · {outlet}"))
        lines.append((f"{by}{name}{after}", "byline"))
    if rng.random() < 0.3:
        lines.append(
            (rng.choice((agency, f"Source: {agency}", f"{agency} News", f"{phrase(rng, 'srcword')}: {agency}")), "credit")
        )
    if rng.random() < 0.85:
        second = (
            f"{rng.choice((' | Updated ', ' / Updated ', ' - mis à jour ', ' · Aktualisiert '))}{setting.date()}"
            if rng.random() < 0.2
            else ""
        )
        lines.append((f"{said}{date}{second}", "date"))
    if rng.random() < 0.2:
        rng.shuffle(lines)
    return lines


def posted_lines(setting: Setting) -> list[Row]:
    """Who submitted a post, and how long ago."""
    rng = setting.rng
    nick, when = a_name(setting), ago(rng)
    forms: tuple[list[Row], ...] = (
        [(f"submitted {when} by {nick}", "byline")],
        [(f"Posted by u/{nick} • {when}", "byline")],
        [(when, "furniture"), (nick, "byline")],
        [(nick, "byline"), (when, "furniture")],
        [(f"{nick} · {when}", "byline")],
        [(f"by {nick} | {when}", "byline")],
        [(f"{rng.randint(2, 400)} points by {nick} {when} | hide | past | favorite | {rng.randint(2, 90)} comments", "byline")],
    )
    return rng.choice(forms)


def slugged(setting: Setting, text: str) -> str:
    rng = setting.rng
    place, agency = rng.choice(setting.content.places), rng.choice(AGENCIES)
    return (
        rng.choice(
            (
                f"{place} ({agency}) - ",
                f"{place} — ",
                f"{place.upper()}: ",
                f"{place}, {rng.choice(MONTHS)[:3]} {rng.randint(1, 28)} ({agency}) -- ",
                f"({agency}) - {place.upper()}, {rng.randint(1, 28)} GEN - ",
                f"{place} – ",
            )
        )
        + text
    )


def sign(setting: Setting, outlet: str) -> None:
    """Initials, an agency or the writer's name below the text."""
    rng = setting.rng
    agency, name = rng.choice(AGENCIES), writer(setting)
    initials = "".join(rng.sample("abdefghijklmnorstu", rng.randint(2, 3)))
    stated = phrase(rng, "srcword")
    forms = (
        (f"{initials}/{agency}", "credit"),
        (f"{initials}/{initials[::-1]} ({agency}, {rng.choice(AGENCIES)})", "credit"),
        (f"{name} ({stated} {agency})", "byline"),
        (f"By {name}", "byline"),
        (agency, "credit"),
        (outlet, "credit"),
        (f"{stated.capitalize()}: {outlet}", "credit"),
        (f"{initials}/ {initials[::-1]}/", "aside"),
        (f"{agency} writer {name} contributed to this report.", "aside"),
        (f"{initials.upper()} - {agency}", "credit"),
    )
    setting.put(*rng.choice(forms))


def present_writer(setting: Setting) -> None:
    """Who the writer is, below the text."""
    rng = setting.rng
    name = writer(setting)
    first, place = name.split()[0], rng.choice(setting.content.places).title()
    beats = rng.choice(("courts", "schools and transport", "the environment", "rural affairs", "city hall", "business"))
    if rng.random() < 0.6:
        setting.put(name, "aside")
    forms = (
        f"{first} joined {masthead(rng)} in {rng.randint(2004, 2025)} and covers {beats}.",
        f"{name} covers {beats} for {masthead(rng)}. {rng.choice(('He', 'She'))} is based in {place}.",
        f"{rng.choice(('Reporter', 'Editor'))}, {place}. {rng.choice(('Covers', 'Writes about'))} {beats}.",
        f"{name}, {rng.randint(29, 71)}, {rng.choice(('schreibt seit', 'lebt seit'))} {rng.randint(1981, 2020)} in {place}.",
        f"{rng.randint(1, 9)}.{rng.randint(1, 9)}K Followers",
        f"{first} is a {rng.choice(('reporter', 'freelance writer', 'columnist'))} covering {beats}. Email news@example.org.",
    )
    setting.put(rng.choice(forms), "aside")
    for _ in range(rng.choice((0, 0, 1, 2))):
        setting.put(
            rng.choice(("Follow", "twitter", "mailto", "See all articles", f"More by {name}", f"@{first.lower()}")), "aside"
        )
