"""Emoji by the feeling that they stand for: the one list for both tiers and for other languages.

The tiers read those of a plain feeling aloud, as an English word that they know: the larger one knows no emoji at all, the base
one learnt them from few comments, and from teachers that know none either. Who laughs, shrugs, applauds or shows a fire may
praise or mock: that is left as it stands.
"""

from __future__ import annotations

import re

# The words were chosen on one half of GoEmotions' comments with emoji; what they mend is told in ``data/mood/README.md``.
_GOOD = {
    "love": "❤♥❣♡💕💖💗💙💚💛🧡💜💝💞💓💘🤍🖤💟😍🥰😘😗😙😚💋🤗🫶😻💐🌹",
    "happy": "😀😃😄😁😊☺😇🥳🤩😌😋😎😸🎉🎊✨🌟🌈",
    "good": "👍👌💪🙌💯✅✔🤝👊✊✌🏆🥇⭐🫡",
    "thanks": "🙏",
}
_BAD = {
    "angry": "😠😡🤬😤👿😾💢🖕",
    "ridiculous": "🙄😒🤡🤨🤥😑",
    "disgusting": "🤮🤢💩",
    "bad": "👎❌🚫",
    "sadly": "😞😢😭😔😩😫💔😿☹🙁😟😥😓😣😖😕😪",
}
_WORD = {sign: word for words in (_GOOD, _BAD) for word, signs in words.items() for sign in signs}
_PLAIN = frozenset({"love"})  # it stands for a verb, too ("I ❤ this"), so it is no sentence of its own
_HEART = re.compile(r"<3+(?![\w%.])")
# A skin tone, a joiner, or what says how an emoji is drawn.
_DRAWN = "\ufe0e\ufe0f\u200d\u2640\u2642\U0001f3fb-\U0001f3ff"
# Where any emoji is, and no quotation mark: looked for first, for it is found twenty times faster.
_ANY = re.compile("[\u2600-\U0001faff]")
_SIGN = re.compile(f"([{''.join(_WORD)}])[{_DRAWN}]*")
_SMILING, _FROWNING = re.compile(r"(?<!\S)[:;=]'?-?[)d]+(?!\w)"), re.compile(r"(?<!\S)[:=]'?-?\(+(?!\w)")


def read_aloud(text: str) -> str:
    """`text` with a word for each emoji of a plain feeling, once for each feeling."""
    if "<3" in text:
        text = _HEART.sub("❤", text)
    if not _ANY.search(text):
        return text
    said: set[str] = set()
    loud = text.isupper()

    def word(found: re.Match[str]) -> str:
        own = _WORD[found[1]]
        if own in said:
            return " "
        said.add(own)
        spoken = own.upper() if loud else own
        return f" {spoken} " if own in _PLAIN else f". {spoken}. "

    return _SIGN.sub(word, text)


def find_feelings(folded: str) -> tuple[list[str], list[str]]:
    """The good emoji and the bad ones in a folded comment, smiling and frowning signs among them."""
    good, bad = _SMILING.findall(folded) + _HEART.findall(folded), _FROWNING.findall(folded)
    if _ANY.search(folded):
        for sign in _SIGN.findall(folded):
            (good if _WORD[sign] in _GOOD else bad).append(sign)
    return good, bad
