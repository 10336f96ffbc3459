"""Base forms of inflected names, by rule: as much grammar as a gazetteer needs.

A rule is tried only where a word is not known as it stands, and believed only where what is left is a known name. Words come
folded (:func:`newsdesk.countries.words.fold`): without accents, without Cyrillic or Greek endings.
"""

from __future__ import annotations

from collections.abc import Container, Iterator

# Endings, longest first, by languages, and what may stand in their place in the base form ("-": nothing).
_RULES = (
    ("pl cs sk hr bs sl sr", "ami ach ech iej ego emu ow om em ie ou ej im ym a e i o u y", "- a o e y"),
    ("fi", "issa ista iin ssa sta lla lta lle ksi han hin na an en in on un yn n a", "- a"),
    ("et", "sse ga ks le lt st ni s l t i", "-"),
    ("hu", "ban ben bol rol tol nak nek val vel hoz hez ert ba be ra re on en an ig at et ot n t i", "- a"),
    ("tr az", "daki deki dan den tan ten nin nun da de ta te ya ye yi yu in un a e i u", "-"),
    ("ro", "ului iei ul ei a i", "- a"),
    ("lt", "uose aus oje eje uje yje us os es a e i o u s", "- as a is us e ai"),
    ("lv", "am as es is us a e i u s", "- a s e"),
    ("sq", "ise ine es in n s", "- a e"),
    ("eu", "ko ren ra n", "-"),
    ("de nl sv da no nb nn is fy", "ens ers er s", "-"),
    ("ru uk be", "ов ев єв їв", "-"),  # Саратов-: the name itself is folded as a plural's case, to Сарат
)
# Endings before which the last consonant changes, each with what stands in the base form: Madrycie, Pradze, Rijeci, Празі.
_CHANGED = {
    "pl": (("dzie", "d"), ("cie", "t"), ("rze", "ra"), ("rze", "r"), ("dze", "ga"), ("iu", "")),
    **dict.fromkeys(("cs", "sk"), (("ze", "ha"), ("ze", "ga"))),
    **dict.fromkeys(("hr", "bs", "sr", "sl"), (("ci", "ka"), ("zi", "ga"))),
    **dict.fromkeys(("uk", "be"), (("з", "г"), ("ц", "к"))),
}
_ENDINGS = {language: tuple(endings.split()) for languages, endings, _ in _RULES for language in languages.split()}
_RESTORED = {
    language: tuple(end.strip("-") for end in restored.split())
    for languages, _, restored in _RULES
    for language in languages.split()
}
# The vowel that base forms have before a last k or c and that no other has: we Włocławku, v Písku, u Čakovcu.
_VOWEL_LOST = dict.fromkeys(("pl", "cs"), "e") | {"sk": "o"} | dict.fromkeys(("hr", "bs", "sr", "sl"), "e")
_KOREAN_PARTICLES = 4
_PREFIXES = {"ar": "وفبلك", "he": "ובהלמשכ", "fa": "", "ur": ""}


def has_rules(language: str) -> bool:
    """Whether a word of Latin letters may be a form of a name in a language."""
    return language in _ENDINGS or language in _PREFIXES


def base_form(key: str, language: str, known: Container[str]) -> str | None:
    """The known name that `key` is a form of, or None. `known` holds names and first words of names."""
    if len(key) < 3:
        return None
    if language in _PREFIXES:
        return _without_prefix(key, _PREFIXES[language], known)
    if "\uac00" <= key[0] <= "\ud7af":
        return next((key[:-n] for n in range(1, _KOREAN_PARTICLES + 1) if len(key) - n >= 2 and key[:-n] in known), None)
    for ending in _ENDINGS.get(language, ()):
        if key.endswith(ending) and len(key) - len(ending) >= 3:
            stem = key[: -len(ending)]
            for form in _base_stems(stem, language):
                if len(form) >= 4 and form in known:
                    return form
    for ending, base in _CHANGED.get(language, ()):
        form = key.removesuffix(ending) + base
        if key.endswith(ending) and len(form) >= 4 and form in known:
            return form
    return None


def _base_stems(stem: str, language: str) -> Iterator[str]:
    """What `stem` may have been before its ending: with a vowel restored; in Finnish Suome- is Suomi, Tamperee- Tampere."""
    yield from (stem + restored for restored in _RESTORED[language])
    if language == "fi" and stem[-1] == "e":
        yield stem[:-1] + "i"
    if language == "fi" and stem[-1] == stem[-2]:
        yield stem[:-1]
    if stem[-1] in "kc" and language in _VOWEL_LOST:
        yield f"{stem[:-1]}{_VOWEL_LOST[language]}{stem[-1]}"


def _without_prefix(key: str, prefixes: str, known: Container[str]) -> str | None:
    """Arabic and Hebrew write "and", "in", "to" and the article as letters before the word."""
    rest = key
    for _ in range(3):
        if len(rest) < 4 or rest[0] not in prefixes:
            return None
        rest = rest[1:]
        for form in (rest, rest[1:] if rest.startswith("ل") else "", rest[2:] if rest.startswith("ال") else ""):
            if len(form) >= 3 and form in known:
                return form
    return None
