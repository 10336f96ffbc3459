"""The frames of comments on made-up pages: what stands before and after every text."""

from __future__ import annotations

import random

# Lines before the text "/" lines after it; {a} author, {d} date, {g} relative time, {v} votes, {n} number, {p} another author.
FRAMES = (
    "[–]{a} {v} points {g} / permalink embed save report reply",
    "{a}|• {g} / {v}|Reply|Share",
    "{a} {g} | next [–] / reply",
    "▲ {a} {g} | parent | prev [–] /",
    "@{a}|{g} / {v}|Reply",
    "{a} / Like · Reply · {g}",
    "{a} / Like|Reply|{g}|{v}",
    "{a}|{d}|{v} / Reply|Share|Report",
    "{a}|{s}|{d} / Reply {v} Recommend|Share|Flag",
    "{a}|{n}|{d} / {v} Likes|Reply",
    "{a}|{v} · {g} / reply",
    "{a}|@{u}@example.social|{d} / Boosts: {v}",
    "{d}|{a}|Senior Member|Posts: 1,204 / Reply With Quote",
    "by {a} » {d} / Top",
    "{a} on {d} said: /",
    "{n}. {a} says:|{d} / Reply",
    "{a} says:|{d} / Reply",
    "{a} said... / {d}",
    "{a} {g} / Flag Share LikeReply",
    "/ — {a}, {s}",
    "/ Posted by {a} on {d}",
    "/ {a} | {d}",
    "/ {a}, {d} | Report abuse",
    "/ Comment by {a} — {d}",
    "/ - {a}",
    "Comment posted by {a}, at {d} / Report|{v}",
    "{a}, {s}, {g} / {v}|Click to rate",
    "#{n} {a} {d} /",
    "{n}楼 {a} {d} / 回复",
    "{n} : {a} : {d} /",
    "{a}|{g} / 返信{n}件|共感した{v}|なるほど3",
    "{a}|{d} / 답글쓰기|공감{v} 비공감1",
    "{n} {a} {d} / Responder {v}",
    "{a}|#{n} — {g} / Antworten {v} Leserempfehlungen",
    "{a}|{d} / Répondre|Signaler",
    "{a} • {g} / {v} • Reply • Share ›",
    "{a} /",
    "{a} /",
    "{a} /",
    "{a}|{d} /",
    "{a} - {d} / Likes: {v} | Reply",
    "{a} ({d}) /",
    "By {a} {d} / Reply",
    "{a}:|{d} /",
    "/ {v}",
    "/ +{v} / -3",
    "/ {v} ( +{v} / -1 )",
    "/ ▲ {v}",
    "#{n} / {v} {V}",
    "/ {v} {V}",
    "Author: {a} [ {d} ]|Post subject: Re: {t} /",
    "{a}|Re: {t}|{d} /",
    "Re: {t}|by {a} » {d} /",
    "{a}, {d}|Re: / Reply",
    "{d}|{a}|Subject: Re: {t} / Quote",
    "{n}. {t} by {a} · · Score: {v}, Insightful /",
    "{a} (profile), {d} / Reply",
    "From: {a}|Date: {d}|Subject: Re: {t} /",
    "{a} wrote on {d}: /",
    "{d} {a} / +{v}",
    "{a} · {g} / ▲ {v} ▼",
    "{a} {v} / Reply",
    "/ {a}",
    "/ {a}|{d}",
    "/ {v} ( +{v} / -2 )",
    "#{n}|{d} / {v}|Reply",
    "{a}|Top contributor|{g} / {v} likes|Reply",
    "{a} rated it {v}|{d} /",
    "Name: {a}|Posted: {d} / Quote",
    "{a} ★ {d} / Antworten",
    "{a} in {s} {d} / Recommend {v}",
    "MODERATOR|{a}|{d} / Respect {v}|Reply Share Report",
    "u/{a}|•|{g} / Upvote|{v}|Downvote|Reply|reply|Share",
    "u/{a} • {g} / Upvote|{v}|Downvote|Reply|Share",
    "u/{a}|{g}|{T} / {v}|Reply|Give Award|Share|Report|Save",
    "[–]{a}[S] {v} points {g} / permalink|embed|save|report|reply",
    "[–]{a} {v} points {g} / permalink|embed|save|parent|report|reply",
    "{a}|{d}|{v} / Report",
    "{a}|{g}|{v} / Reply|Report|Share",
    "{a}, {s}, {s}, {g} / Reply|New|Click to rate|{v}|{v}",
    "{a}, {s}, {g} / Click to rate|{v}|{v}|Reply",
    "{a}|{T}|{d} / {v} Likes",
    "{a}|{d} / {v} Likes|Reply",
    "{a}|{d} / {v}",
    "{a}|{T}|Joined: {d}|Posts: {v}|{d} / Quote|Report",
    "{n}. {X}|{a} {d} / {R}",
    "{X}|{a}|{d} / {R}",
    "{a}|{d} / {R}|{V} {v}|{V} {v}",
    "{a}|{d} / {R} {v}",
    "{a} »|{d} /",
    "{n} 名前:{a} 投稿日:{d} /",
    "{n}:{a} {d} ID:ab{v} /",
    "{a}|·|{g} / Like|Reply|{v}",
    "{a}|{h}|{g} / {v}|{v}|Reply",
    "{a} {h} · {g} / Reply {v} Repost {v} Like {v}",
    "{h}|{g} / {v}|Reply|{n} replies",
    "{h}|{g} (edited) / {v}|Reply",
    "[{d}] {a}: /",
    "{a} ({s}) – {d} /",
    "{g}|{a} / {v} {V}|{R}",
    "{V} {v}|{a}|{d} / {R}",
    "Avatar|{a}|{d} / {R}",
    "{a} avatar|{a}|{g} / {R}|{V}",
    "Profile photo for {a}|{a}|{s}|{g} / Like ({v})|Reply ({n})|Share|Report this comment",
    "{a}|Commented {g} / {V} {v}|{R}",
    "Comment #{n}|{a}|{d} / {R}",
    "{a} {d} #{n} / {R}",
    "/ {a}|{s}|{d}",
    "/ {a} · {g}|{V} {v}",
    "Posted by {a}, {s} on {d} / {R}",
    "{v}|{a}|{d} / {R}",
    "{a} / {d}|{R}|{V}",
    "{a}|{T}|{g} / {V}|{R}|{v}",
    "{a}|{g} / {V}|{v}|{R}|Share|More",
    "{a}|{g} / Like|Reply|Hide {n} Replies",
    "{a}|• {d} / +{v}|{R}",
    "{a}|{d} / +{v}|{R}",
    "{a}|{d} / 👍 {v}|👎 {n}|{R}",
    "{a}|{d} / ▲ {v} ▼ {n}|{R}",
    "by {a} » {d}|» Re: {t} / Top",
    "Re: {t}|by {a} » {d} / Top",
    "#{n}|{a}|{d} / {R}|{V}",
    "{a} escribió el {d}: / {R}",
    "Von {a} am {d} / {R}",
    "Par {a} le {d} / {R}|{V}",
    "{a} в {d} / {R}|{V} {v}",
    "{a}|{d}|IP属地:{s} / {v}|回复",
    "{a}|{d} / 返信|{v}",
    "{a}|{d} / 추천 {v}|반대 {n}|답글",
    "{a}|{g}|{s} / {R}|{V} ({v})",
    "{a} from {s}|{d} / {R}",
    "{s}|{a}|{d} / {R}",
    "{d}|{a}, {s} / {R}",
    "/ {a}, {s}",
    "/ Name: {a}|Location: {s}|Posted on {d}",
    "/ {a}, {s}, {d}",
    "{d}|{a} /",
    "{a}|#{n} — {d} / {R}|{v} {V}",
    "{a}|#{n} — {d} / {R}",
    "{a}|{s}|{d} / {v} {V}|Share|Flag",
    "{a}|{s}|{d} / {R}|{v} {V}|Share",
    "{a} said... / {d}",
    "{a} said... / {d}",
    "{a} said:|{d} /",
)


def random_frame(rng: random.Random) -> str:
    """A frame that nobody has written down: some of the usual parts, on one line or one below the other."""
    if rng.random() < 0.45:
        return _stacked(rng)
    parts = ["{a}"] + [part for part in ("{d}", "{g}", "{v}", "{s}", "#{n}", "{T}") if rng.random() < 0.3]
    if rng.random() < 0.3:
        rng.shuffle(parts)
    head = rng.choice(("|", " · ", " - ", ", ", " | ", "  ", " (")).join(parts)
    after = [part for part in ("{v}", "{R}", "{R}", "{d}", "{v} {V}", "{V} {v}") if rng.random() < 0.25]
    foot = rng.choice(("|", " · ", " | ", "  ")).join(after)
    return f"/ {head}" if rng.random() < 0.15 else f"{head} / {foot}"


def _stacked(rng: random.Random) -> str:
    """One thing a line, as pages whose boxes were lost are dumped."""
    head = ["{a}"]
    when = rng.choice(("{d}", "{d}", "{g}", "{g}", ""))
    parts = ("{T}", "•", "{s}", when, "{v}", "#{n}")
    head += [part for part in parts if part and rng.random() < (0.75 if part == when else 0.17)]
    if rng.random() < 0.12:
        head.insert(0, rng.choice(("Avatar", "{v}", "#{n}", "{g}", "{d}", "{a} avatar")))
    feet = [part for part in ("{V}", "{v}", "{V}", "{R}", "{R}", "{V} {v}", "Share", "{n} replies") if rng.random() < 0.3]
    if rng.random() < 0.25:
        rng.shuffle(feet)
    return f"{'|'.join(head)} / {'|'.join(feet)}"
