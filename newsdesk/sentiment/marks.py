"""The marks of manner in a comment: how it is written, turns of phrase that tell mockery, praise or a plain question, emoji.

Each mark is a number between about 0 and 1 with a name, so that a mark that decides a comment can be named to the reader.
The turns of phrase are authored; what they weigh is learnt (see ``training/mood``).
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence

import numpy as np
from numpy.typing import NDArray

Matrix = NDArray[np.float32]

_SCARE = re.compile(r'"[^"\s]{2,20}(?: [^"\s]{2,15})?"')
_SMILEY = re.compile(r"[:;=]-?[)D]")
_FROWNY = re.compile(r":'?-?[(/|]")
_SHOUTED = re.compile(r"\b[A-Z]{3,}\b")
_OPENERS = (
    "why how who what when where which is are do does did can could will would should has have isn't aren't don't doesn't "
    "didn't can't won't wouldn't shouldn't so and but if anyone".split()
)

HAPPY = frozenset("😀😃😄😁😊🙂☺😍🥰😘👍👏🙏❤♥💕💖💗💙💚💛🧡💜🎉🎊🥳🤗😇💪🙌✨🌹🌟⭐👌💐🌈🫶😻")
ANGRY = frozenset("😠😡🤬👎💩🤮🤢😤😒🙄🤡🖕😞😢😭😔😩😫😱💔😂🤣🤦🤷😏🤥🤨")

# (name for a person, pattern on the folded text). Forms of English that carry attitude in news comments.
_TURNS: tuple[tuple[str, str], ...] = (
    (
        "question that accuses",
        r"^(?:so |and |but |oh |then )?(?:why (?:don't|doesn't|didn't|do|does|did|is|are|was|isn't|aren't|can't|would|should|not|on earth|the hell)"
        r"|how (?:dare|can|could|come|many more|much more|long)|who (?:cares|needs|in their|would|do they|does|the)|since when"
        r"|what (?:the|kind of|about|happened|a |else|do you expect|did you|is wrong|makes)|when (?:will|are|did|is)|where (?:is|are|was|were) (?:the|all|their|our|your|his)"
        r"|isn't|aren't|don't|doesn't|didn't|really|seriously|do you (?:really|even|honestly|think)|are you|have you|is (?:this|that|he|she|it) (?:really|the same|supposed))\b[^?]*\?",
    ),
    ("plain question", r"\b(?:does anyone|do we know|anyone know|somebody know|is there (?:a|any)|are there any|which (?:one|of|is)|what time|how do (?:i|you|we)|can (?:i|someone|anyone)|what does|where can|has anyone)\b[^?]*\?"),
    (
        "mock praise",
        r"^(?:oh |ah |well |yes |yeah |wow )*(?:brilliant|genius|bravo|great(?: job| work| idea| plan| news)?|wonderful|fantastic|terrific|lovely|charming|perfect|excellent|amazing|awesome|nice(?: job| try| work)?|good (?:job|luck|one|for)|how (?:nice|lovely|convenient|generous|thoughtful|sweet|noble|quaint)|well done|congratulations|congrats)\s*(?:[.!,;:]|\.\.+|$)",
    ),
    (
        "mock surprise",
        r"\b(?:what a (?:surprise|shock|joke)|surprise,? surprise|shocking|shocker|who knew|imagine that|go figure|no kidding|you don't say|color me|i am shocked|i'm shocked|shocked i|what could (?:possibly )?go wrong|who could have|who would have|gee|golly|oh my|wow)\b",
    ),
    (
        "mock assent",
        r"(?:^|[.!?\"] )(?:sure|yeah|yea|yep|right|ok|okay|oh sure|oh yes|oh yeah|yes|of course|uh huh|riight|lol|haha+|ha|hah|naturally|obviously|clearly|apparently|no doubt|i'm sure|i am sure|im sure|we all know|because)\b",
    ),
    ("says thanks", r"\b(?:thank you|thanks|thankyou|thx|grateful|gratitude|appreciated?|kudos|hats off|bless (?:you|him|her|them|his|these)|god bless)\b"),
    ("praises", r"\b(?:well (?:said|done|written|deserved|put)|great (?:article|news|job|work|man|woman|story|post|comment|idea|to (?:see|hear))|good (?:for (?:him|her|them|you|the)|job|news|work|article|point|idea|to (?:see|hear)|man)|nice (?:to|article|work|job|story)|congrat\w*|bravo|awesome|beautiful\w*|wonderful\w*|brilliant|excellent|fantastic|amazing|impress\w+|inspir\w+|proud|heroes?|true that|about time|way to go|happy (?:for|to|birthday)|glad|love (?:this|it|that|him|her|them|the)|loved|best (?:of|wishes|thing|news))\b"),
    ("agrees", r"\b(?:i (?:totally |completely |fully |strongly )?(?:agree|support|second)|agreed|exactly|absolutely|well said|spot on|you're right|you are right|so true|amen|fair enough|good point|makes sense|reasonable|sensible)\b"),
    ("hopes", r"\b(?:i hope|hope(?:fully)? (?:they|he|she|it|you|we|all|this|everyone)|hoping|prayers?|praying|pray for|rest in peace|r\.?i\.?p|best of luck|good luck|get well|condolences|thoughts are|looking forward|can't wait)\b"),
    ("blames", r"\b(?:blame[sd]?|fault|responsible for|caused by|ruin\w*|destroy\w*|because of (?:him|her|them|you|obama|trump|the)|should be (?:ashamed|fired|jailed|in jail|in prison|shot|arrested|charged|deported)|shame on|shameful|disgrace\w*|resign|impeach|lock (?:him|her|them) up|get rid of|fed up|sick (?:of|and)|tired of|enough of)\b"),
    ("insults", r"\b(?:idiot\w*|moron\w*|stupid\w*|dumb\w*|fools?|foolish|clowns?|liars?|lying|lies|lied|losers?|pathetic|disgusting|ridiculous|ignorant|ignorance|incompeten\w+|corrupt\w*|crooks?|crooked|thugs?|scum\w*|trash|garbage|crap|bull\w*|bs|nonsense|hypocri\w+|racis\w+|bigot\w*|nazis?|terrorists?|criminals?|thie(?:f|ves)|cowards?|traitors?|trolls?|morally|evil|sick|insane|crazy|joke|laughable|propaganda|sheep\w*|libs?|libtards?|lefties?|snowflakes?|puppets?|parasites?|savages?|animals?)\b"),
    ("name-calling of groups", r"\b(?:liberals?|leftists?|left-?wing\w*|right-?wing\w*|democrats?|dems|republicans?|elites?|politicians?|bureaucrats?|illegals?|migrants?|muslims?|islam\w*|feminists?|media|msm|establishment|regime)\b"),
    ("but", r"\b(?:but|however|although|though|yet|unfortunately|sadly|instead|rather than|supposed to|so-called|pretend\w*)\b"),
    ("you", r"\b(?:you|your|you're|ur|u)\b"),
    ("they", r"\b(?:they|them|their|these people|those people|these guys)\b"),
    ("i feel", r"\b(?:i (?:think|feel|believe|guess|wonder|remember|was|had|have|live|work|used)|my|we (?:did|have|had|were)|imo|personally)\b"),
    ("must", r"\b(?:must|should|need(?:s)? to|ought|have to|has to|time to|stop|let's|let them|deport|ban|vote)\b"),
    ("tells facts", r"\b(?:according to|percent|per cent|source|study|report(?:s|ed)?|article|data|statistics|section|page|billion|million|km|miles|because|for example|in fact|actually|note|correction|fyi|e\.g|i\.e|means|refers)\b"),
    ("all or none", r"\b(?:all|always|never|every|everyone|nobody|no one|nothing|none|any ?more|anymore|again|still|another|yet another|same old)\b"),
    ("if only", r"\b(?:if only|wish|would be nice|too bad|so much for|let alone|even|just another|just like|just a|nothing but|only (?:in|a)|as if|like that|supposedly|waste of|lack of|failed|failure|fail)\b"),
)  # fmt: skip

_COMPILED = tuple((name, re.compile(pattern)) for name, pattern in _TURNS)

_STYLE: tuple[tuple[str, Callable[[str, str, Sequence[str]], float]], ...] = (
    ("short", lambda raw, folded, words: 1.0 if len(words) <= 4 else 0.0),
    ("fairly short", lambda raw, folded, words: 1.0 if 4 < len(words) <= 12 else 0.0),
    ("long", lambda raw, folded, words: min(len(words) / 120, 1.5)),
    ("exclamation", lambda raw, folded, words: min(raw.count("!"), 3) / 3),
    ("!! or more", lambda raw, folded, words: 1.0 if "!!" in raw else 0.0),
    ("question", lambda raw, folded, words: min(raw.count("?"), 3) / 3),
    ("ends in a question", lambda raw, folded, words: 1.0 if raw.rstrip("\" ')").endswith("?") else 0.0),
    ("?? or ?!", lambda raw, folded, words: 1.0 if "??" in raw or "?!" in raw or "!?" in raw else 0.0),
    ("trails off", lambda raw, folded, words: 1.0 if ".." in raw or "…" in raw else 0.0),
    ("quotes", lambda raw, folded, words: min(folded.count('"'), 4) / 4),
    ("word in quotes", lambda raw, folded, words: 1.0 if _SCARE.search(folded) else 0.0),
    ("capitals", lambda raw, folded, words: min(len(_SHOUTED.findall(raw)), 6) / 6),
    ("all capitals", lambda raw, folded, words: 1.0 if len(raw) > 8 and raw.isupper() else 0.0),
    ("link", lambda raw, folded, words: 1.0 if "urlhere" in folded else 0.0),
    ("numbers", lambda raw, folded, words: min(sum(map(raw.count, "0123456789")) / 12, 1.0)),
    ("bracket", lambda raw, folded, words: 1.0 if "(" in raw else 0.0),
    ("opens with a question word", lambda raw, folded, words: 1.0 if words and words[0] in _OPENERS else 0.0),
    ("happy emoji", lambda raw, folded, words: _emoji(raw, HAPPY)),
    ("angry or laughing emoji", lambda raw, folded, words: _emoji(raw, ANGRY)),
    ("smiley", lambda raw, folded, words: 1.0 if _SMILEY.search(raw) else 0.0),
    ("frowny", lambda raw, folded, words: 1.0 if _FROWNY.search(raw) else 0.0),
)  # fmt: skip
_CONTEXT = ("answers someone", "repeats what it answers", "repeats the headline")
_LEXICON = ("good words", "bad words", "denied good words", "denied bad words", "words good on balance", "words bad on balance")

MARK_NAMES: tuple[str, ...] = (
    *(name for name, _ in _COMPILED),
    *(name for name, _ in _STYLE),
    *_CONTEXT,
    *_LEXICON,
)


def _emoji(raw: str, kind: frozenset[str]) -> float:
    return 0.0 if raw.isascii() else min(sum(map(raw.count, kind)), 3) / 3


def read_manner(raw: str, folded: str, words: Sequence[str]) -> list[float]:
    """The turns of phrase and the style of one comment, in the order of :data:`MARK_NAMES`."""
    values = [1.0 if pattern.search(folded) else 0.0 for _, pattern in _COMPILED]
    values += [rule(raw, folded, words) for _, rule in _STYLE]
    return values


def read_context(words: Sequence[str], title: str | None, parent: str | None) -> list[float]:
    """How a comment stands to what it answers and to the headline: whether it answers, and the share of its words they hold."""
    own = {word for word in words if len(word) > 3}
    return [1.0 if parent else 0.0, _shared(own, parent), _shared(own, title)]


def _shared(own: set[str], other: str | None) -> float:
    if not other or not own:
        return 0.0
    theirs = other[:2000].lower().split()
    return len(own.intersection(theirs)) / len(own)


def read_lexicon(words: Sequence[str], denied: Sequence[bool], lexicon: Mapping[str, float]) -> list[float]:
    """Sums of the lexicon's valences (-4..+4) over a comment, good and bad, said and denied, squashed to 0..1."""
    good = bad = no_good = no_bad = 0.0
    for word, is_denied in zip(words, denied, strict=True):
        valence = lexicon.get(word)
        if valence is None:
            continue
        if valence > 0:
            if is_denied:
                no_good += valence
            else:
                good += valence
        elif is_denied:
            no_bad -= valence
        else:
            bad -= valence
    balance = (good + 0.5 * no_bad - bad - 0.7 * no_good) / (4 + len(words)) ** 0.5
    squash = (good / (good + 3), bad / (bad + 3), no_good / (no_good + 3), no_bad / (no_bad + 3))
    return [*squash, min(max(balance, 0.0), 3.0) / 3, min(max(-balance, 0.0), 3.0) / 3]


def read_marks(
    raws: Sequence[str],
    folded: Sequence[str],
    words: Sequence[Sequence[str]],
    denied: Sequence[Sequence[bool]],
    titles: Sequence[str | None],
    parents: Sequence[str | None],
    lexicon: Mapping[str, float],
) -> Matrix:
    """One row of marks a comment, one column a name of :data:`MARK_NAMES`."""
    rows = [
        read_manner(raw, fold, own) + read_context(own, title, parent) + read_lexicon(own, no, lexicon)
        for raw, fold, own, no, title, parent in zip(raws, folded, words, denied, titles, parents, strict=True)
    ]
    return np.array(rows, dtype=np.float32).reshape(len(rows), len(MARK_NAMES))
