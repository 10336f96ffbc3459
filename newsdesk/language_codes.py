"""The language that a document says it is in, as a code of ISO 639-1."""

from __future__ import annotations

import re

CODES = frozenset(
    "aa ab ae af ak am an ar as av ay az ba be bg bi bm bn bo br bs ca ce ch co cr cs cu cv cy da de dv dz ee el en eo es et eu"
    " fa ff fi fj fo fr fy ga gd gl gn gu gv ha he hi ho hr ht hu hy hz ia id ie ig ii ik io is it iu ja jv ka kg ki kj kk kl"
    " km kn ko kr ks ku kv kw ky la lb lg li ln lo lt lu lv mg mh mi mk ml mn mr ms mt my na nb nd ne ng nl nn no nr nv ny oc"
    " oj om or os pa pi pl ps pt qu rm rn ro ru rw sa sc sd se sg si sk sl sm sn so sq sr ss st su sv sw ta te tg th ti tk tl"
    " tn to tr ts tt tw ty ug uk ur uz ve vi vo wa wo xh yi yo za zh zu".split()
)
# Withdrawn in 1989, and still written by old programs.
_FORMER = {"in": "id", "iw": "he", "ji": "yi"}
_TAG = re.compile(r"\s*([a-z]{2})(?![a-z0-9])", re.IGNORECASE | re.ASCII)


def language_code(tag: str | None) -> str | None:
    """``en`` of "en", "EN" and "en-GB"; None for what begins with no code of ISO 639-1 ("jp", "eng", "x-none")."""
    found = _TAG.match(tag) if tag else None
    code = found[1].lower() if found else ""
    code = _FORMER.get(code, code)
    return code if code in CODES else None
