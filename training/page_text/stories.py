"""The stories of made-up pages, from the kicker to the last notice below the text."""

from __future__ import annotations

import random
import re
from collections.abc import Sequence

from training.page_text.content import AGENCIES, LAST, SUBTITLES, Setting, a_name, phrase, unknown, writer
from training.page_text.credits import credit_lines, present_writer, sign, slugged
from training.page_text.furniture import between, furniture, put_caption


def shorten(rng: random.Random, title: str) -> str:
    """Now and then a headline of a few words, as "Bridge closed"."""
    if rng.random() > 0.08:
        return title
    words = title.split()
    return " ".join(words[: rng.randint(2, 4)]).strip(",:;-") if len(words) > 4 else title


# T headline, H standfirsts, C credits, K kicker, P caption, S a heading over standfirsts, X furniture
ORDERS = "THC THC TCH CTH TC TXCTHX TXCH KTHXC TCXH KTCPSH TCPSH TCSH TSHC TPCH KTHCP THCXP KKTHCX PTC TPC".split()


def two_sentences(rng: random.Random, part: str) -> str:
    """A standfirst may be two sentences long, with their stops."""
    first, stop, rest = part.partition(". ")
    return f"{first}. {rest.split('. ')[0].strip(' .')}." if stop and rest and rng.random() < 0.8 else first


def standfirsts(body: Sequence[str], count: int) -> list[str]:
    return [part.split(". ")[0].strip(" .") for part in body[1:] if len(part.split(". ")[0]) < 200][:count]


def put_standfirsts(setting: Setting, body: Sequence[str]) -> None:
    """One or two lines, or a list of up to four with or without marks."""
    rng = setting.rng
    stand = standfirsts(body, rng.choice((0, 0, 1, 1, 1, 2, 3, 4)))
    bullet = rng.choice(("", "", "", "  • ", "- ", "• ")) if len(stand) > 1 else ""
    stop = "." if rng.random() < 0.3 else ""
    if len(stand) == 1 and rng.random() < 0.3 and len(body) > 1:
        setting.put(two_sentences(rng, body[1]), "highlight")
        return
    for part in stand:
        short = " ".join(part.split()[: rng.randint(7, 14)]).strip(",;:") if len(stand) > 1 and setting.content.cased else part
        setting.put(bullet + short + stop, "highlight")


def head_block(setting: Setting, title: str, body: Sequence[str]) -> None:
    """Everything between the menus and the text, the headline once or twice in it."""
    rng = setting.rng
    lines = credit_lines(setting)
    for step in rng.choice(ORDERS):
        if step == "T":
            setting.put(title, "title")
        elif step == "H":
            put_standfirsts(setting, body)
        elif step == "C":
            for text, label in lines:
                setting.put(text, label)
        else:
            _above_text(setting, step)
        setting.gap()


def _above_text(setting: Setting, step: str) -> None:
    rng = setting.rng
    if step == "K":
        setting.put(phrase(rng, "nav") if rng.random() < 0.6 else unknown(setting, 2) + rng.choice(("", ":")), "furniture")
    elif step == "P":
        put_caption(setting, "furniture")
    elif step == "S":
        for _ in range(rng.randint(1, 2)):
            setting.put(phrase(rng, "standfirst") + rng.choice(("", "", ":")), "furniture")
    else:
        for _ in range(rng.randint(1, 3)):
            furniture(setting, "furniture", "top")


def _stamp(setting: Setting, text: str, form: str, heads: bool, first: bool) -> str:
    """The time of a live blog's entry, on a line of its own or before the text; the entry's text."""
    rng = setting.rng
    stamp = f"{rng.randint(0, 23):02}:{rng.randint(0, 59):02}"
    label = "furniture" if first else "aside"
    if form != "glued":
        setting.put(form.replace("{}", stamp), label)
        if heads and rng.random() < 0.8:
            setting.put(unknown(setting, 6 if setting.content.cased else 2), "body")
    elif rng.random() < 0.5:
        forms = (stamp, f"{stamp} GMT", f"{unknown(setting, 3)} {stamp}:", f"{stamp} - {writer(setting)}")
        setting.put(rng.choice(forms), label)
    else:
        return f"{stamp}: {text}"
    return text


def _spoken(setting: Setting, text: str, first: bool) -> str:
    """A paragraph of a transcript, its speaker before it or on a line of the host's own."""
    name = a_name(setting).upper()
    if first or setting.rng.random() < 0.15:
        setting.put(f"{name}{setting.rng.choice((', HOST', ', BYLINE', ''))}:", "body")
        return text
    return f"{name}: {text}"


def _interrupt(setting: Setting) -> None:
    if setting.rng.random() < setting.crowded:
        for _ in range(setting.rng.choice((1, 1, 1, 2, 3))):
            between(setting)
        setting.gap()


def body_block(setting: Setting, body: Sequence[str]) -> None:
    rng = setting.rng
    kind, spaced, heads = rng.random(), rng.random() < 0.6, rng.random() < 0.6
    form = rng.choice(("glued", "glued", "{}", "{}", "{} GMT", "Posted at {}", "{} Uhr", "{}:"))
    for n, text in enumerate(body):
        if n == 0 and rng.random() < 0.5:
            text = slugged(setting, text)
        if kind < 0.07:
            text = _stamp(setting, text, form, heads, n == 0)
        elif kind < 0.12:
            if rng.random() < 0.5:
                text = _spoken(setting, text, n == 0)
            elif n:
                setting.put(f"{unknown(setting, 3)} {rng.choice(('then', 'now', 'there'))}?", "body")
        elif kind > 0.96 and n:
            setting.put(f"{n}. {unknown(setting, 6 if setting.content.cased else 2)}", "body")
        elif n and rng.random() < 0.07:
            setting.put(rng.choice(SUBTITLES) if setting.content.cased else unknown(setting, 2), "body")
        setting.put(text, "body")
        setting.gap(0.95 if spaced else 0.02)
        if n + 1 < len(body):
            _interrupt(setting)


def tail_block(setting: Setting, name: str) -> None:
    rng = setting.rng
    agency = rng.choice(AGENCIES)
    if rng.random() < 0.35:
        setting.put(
            rng.choice(
                (
                    f"© {agency}",
                    f"© {rng.randint(2008, 2026)} {agency}",
                    f"- {agency}",
                    f"({agency})",
                    f"Copyright {rng.randint(2008, 2026)} {agency}. All rights reserved.",
                    f"Source: {agency}",
                    f"Additional reporting by {agency}",
                    f"{agency}/{rng.choice(AGENCIES)}",
                )
            ),
            "credit",
        )
    if rng.random() < 0.06:
        company = f"{rng.choice(LAST)} {rng.choice(('Group', 'Labs', 'Energy', 'Foods'))}"
        setting.put(f"About {company}", "aside")
        setting.put(
            f"Founded in {rng.randint(1950, 2020)}, {company} serves customers in {rng.randint(2, 60)} countries "
            f"and employs {rng.randint(20, 9000)} people around the world.",
            "aside",
        )
        setting.put(f"Media contact: {writer(setting)}, press@{company.split()[0].lower()}.example", "aside")
        setting.put(rng.choice((f"SOURCE {company}", f"Source: {company}")), "credit")
    if rng.random() < 0.12:
        setting.put(f"Reporting by {writer(setting)}; Editing by {writer(setting)}", "byline")
    if rng.random() < 0.12:
        sign(setting, name)
    if rng.random() < 0.15:
        present_writer(setting)
    walled = rng.random() < 0.08
    for _ in range(rng.randint(2, 5) if walled else rng.randint(0, 4)):
        furniture(setting, "aside", "mid" if walled else "end")
        setting.gap()


_STOP = re.compile(r"(?<=[a-zа-яё\u3400-\u9fff][.!?])\s+(?=[^\W\d_a-z])|(?<=。)")


def make_story(setting: Setting, short: bool = False) -> tuple[str, list[str]]:
    rng, content = setting.rng, setting.content
    at = rng.randrange(len(content.stories))
    title = shorten(rng, content.titles[at] if len(content.titles) == len(content.stories) else rng.choice(content.titles))
    body = content.stories[at]
    if len(content.stories) == 1:
        body = rng.sample(body, rng.randint(2, len(body)))
    if not short and setting.sentences:
        body = [sentence for part in body for sentence in _STOP.split(part) if len(sentence) > 12]
        return title, body[: rng.randint(2, 12)]
    return title, body[:1] if short else body[: rng.randint(2, len(body))]
