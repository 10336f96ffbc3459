"""The comments of made-up pages: a thread in one of very many frames."""

from __future__ import annotations

from training.page_text.content import MONTHS, Setting, a_name, ago, phrase, unknown
from training.page_text.frames import FRAMES, random_frame
from training.page_text.furniture import slots_of
from training.page_text.prompts import prompt

REMARKS = ("Shame", "Yes", "lol", "Nice.", "ta", "Reasonable", "No!", "Agreed", "Why?", "ok", "Sad", "Finally", "First", "+1")


def fill(setting: Setting, pattern: str, number: int, author: str, title: str) -> str:
    rng = setting.rng
    values = {
        "a": author,
        "d": setting.date(),
        "g": ago(rng),
        "D": f"{rng.choice(MONTHS)[: rng.choice((3, 9))]} {rng.randint(1, 28)}",
        "v": str(rng.choice((0, 1, 2, 5, 12, 48, 130))),
        "n": str(number),
        "p": a_name(setting),
        "s": rng.choice(setting.content.places).title(),
        "u": author.replace(" ", "").lower(),
        "h": f"@{author.replace(' ', '').lower()}",
        "T": phrase(rng, "rank"),
        "X": unknown(setting, 4),
        "t": title,
        "R": phrase(rng, "reply"),
        "V": phrase(rng, "vote"),
    }
    for key, value in values.items():
        pattern = pattern.replace("{" + key + "}", value)
    return pattern


def comment_block(setting: Setting, title: str) -> None:  # noqa: C901 - a comment from top to bottom
    rng = setting.rng
    frame = random_frame(rng) if rng.random() < 0.35 else rng.choice(FRAMES)
    buttons = (phrase(rng, "reply"), phrase(rng, "reply"), phrase(rng, "vote"), phrase(rng, "vote"))
    for key, value in zip(("{R}", "{R}", "{V}", "{V}"), buttons, strict=True):
        frame = frame.replace(key, value, 1)
    count = rng.randint(3, 12)
    for _ in range(rng.choice((0, 1, 1, 2, 4))):
        setting.put(
            rng.choice(
                (
                    f"{count} {phrase(rng, 'commenthead')}",
                    phrase(rng, "commenthead"),
                    f"{phrase(rng, 'commenthead')} ({count})",
                    phrase(rng, "sort"),
                    phrase(rng, "login"),
                    f"{phrase(rng, 'sort')}: {phrase(rng, 'sort')}",
                    prompt(rng, setting.content.language, "talk", slots_of(setting)),
                    prompt(rng, setting.content.language, "talk", slots_of(setting)),
                )
            ),
            "aside",
        )
    head, _, foot = frame.partition("/")
    authors = [a_name(setting) for _ in range(max(2, count * 2 // 3))]
    nested, blank = rng.random() < 0.12, rng.random() < setting.blank
    inner, signed, quoted = rng.random(), rng.random() < 0.08, 0.4 if rng.random() < 0.15 else 0.06
    for number in range(1, count + 1):
        author = rng.choice(authors)
        indent = "    " * (rng.randint(0, 2) if nested and number > 1 else 0)
        rows = [(fill(setting, line.strip(), number, author, title), "{a}" in line) for line in head.split("|") if line.strip()]
        tails = [
            (fill(setting, line.strip(), number, author, title), "{a}" in line) for line in foot.split("|") if line.strip()
        ]
        if not any(named for _, named in rows + tails):
            target = rows if rows else tails
            if target:
                target[0] = (target[0][0], True)
        if rng.random() < 0.06 and number > 1:
            setting.put(
                indent + rng.choice((phrase(rng, "deleted"), f"[{phrase(rng, 'deleted')}]")) + rng.choice(("", ".")), "meta"
            )
            setting.gap(0.9 if blank else 0.05)
        for line, named in rows:
            setting.put(indent + line, "author" if named else "meta")
            setting.gap(0.25 if inner < 0.15 else 0.0)
        if rng.random() < quoted and number > 2:
            setting.put(
                indent
                + rng.choice(
                    (
                        f"Reply to {rng.choice(authors)}",
                        f"In reply to {rng.choice(authors)}",
                        f"Replying to {rng.choice(authors)}",
                        f"{rng.choice(authors)} wrote:",
                        f"Antwort auf {rng.choice(authors)}",
                    )
                ),
                "meta" if rows else "comment",
            )
        text = rng.choice(setting.content.comments)
        if setting.content.cased and rng.random() < 0.05:
            text = rng.choice(REMARKS)
        if rng.random() < 0.08:
            text = " ".join((text, *rng.sample(setting.content.comments, min(3, len(setting.content.comments)))))
        if rng.random() < 0.12:
            text = rng.choice(("@{p} ", "{p}, ", "> ", "#2 ")).replace("{p}", rng.choice(authors)) + text
        for n, paragraph in enumerate(part for part in text.split("\n") if part.strip()):
            if n:
                setting.gap(0.5 if blank else 0.05)
            setting.put(indent + " ".join(paragraph.split()), "comment")
        if rng.random() < 0.2:
            setting.gap(0.6 if blank else 0.0)
            setting.put(indent + " ".join(rng.choice(setting.content.comments).split()), "comment")
        if signed and rng.random() < 0.4:
            setting.put(indent + rng.choice(("--", "__________", "-- ")), "meta")
            setting.put(indent + unknown(setting, 3) + rng.choice((".", "!", "")), "meta")
        setting.gap(0.3 if inner < 0.4 else 0.0)
        for line, named in tails:
            setting.put(indent + line, "author" if named else "meta")
        setting.gap(0.97 if blank else 0.03)
    for _ in range(rng.choice((0, 0, 1, 2))):
        setting.put(
            rng.choice(
                (
                    phrase(rng, "closed"),
                    phrase(rng, "commenthead"),
                    phrase(rng, "related"),
                    phrase(rng, "legal") + ".",
                    prompt(rng, setting.content.language, "talk", slots_of(setting)),
                )
            ),
            "aside",
        )
