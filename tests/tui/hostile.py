"""Strings that try to drive a terminal, a markup parser, a command line or a layout. Made for these tests."""

from __future__ import annotations

from typing import Final

HOSTILE: Final = (
    "\x1b[2J\x1b[31mred\x1b[0m",
    "\x1b]0;owned\x07title",
    "\x1b]52;c;aGVsbG8=\x07clip",
    "\x1b]8;;http://evil.example\x1b\\link\x1b]8;;\x1b\\",
    "\x9b31mC1 red \x9d0;c1\x9c",
    "\x1bP+q544e\x1b\\dcs \x1b_apc\x1b\\ \x1b^pm\x1b\\",
    "\x1bc reset \x1b(0 lqk \x0e shifted \x0f",
    "back\b\b\b\bspace \x7f del \x00 nul \x05 enq",
    "line\rover\r\nwritten\x0b\x0c\x85 \u2028 \u2029 tail",
    "tab\tstop",
    "[bold red]markup[/bold red] [/] [/x] [EU] talks",
    "[@click=app.quit]press me[/] [link=file:///etc/passwd]x[/link]",
    "$text-error {0} %s %n \\[escaped\\] \\",
    "\u202egnp.exe\u202c \u2066isolate\u2069 \u200e\u200f",
    "zero\u200bwidth\u2060join\ufeffbom\u00adsoft",
    "tag\U000e0041\U000e0042s",
    "Z" + "\u0310\u0301\u0317" * 60 + "algo",
    "👩‍👩‍👧‍👦 family 🇯🇵 🏴󠁧󠁢󠁥󠁮󠁧󠁿 ❤️ ☎︎",
    "月の南極付近から最初の画像を送信" * 9,
    "नमस्ते دنیا שלום ไทย ᠮᠣᠩᠭᠣᠯ",
    "x" * 3000,
    " " * 300,
    "a" + " b" * 400,
    "\ud800 lone \udfff surrogate",
    "ﷺ ꧅ 𒐫 𝕳𝖊𝖑𝖑𝖔 ｆｕｌｌ ① ﬀ",
    "; rm -rf ~ `id` $(id) | cat & \n# comment",
    "-", "--", "()", "\"", "'", "/(((((a+)+)+)+$/", "OR OR OR", "title:", "is:nothing", "comments:>>9",
)  # fmt: skip
