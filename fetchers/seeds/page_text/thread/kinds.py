"""What a thread calls each of its parts, a comment or a reply to one: "Comment posted by Ann", "Reply posted by Bo"."""

from __future__ import annotations

import re
from collections.abc import Sequence

from fetchers.seeds.page_text.thread.frames import Draft

FRAMED = 160  # columns of such a line at most
_KIND = re.compile(
    r"(?:(?P<answer>reply|antwort|réponse|respuesta|resposta|risposta|antwoord|svar|ответ)|comment|kommentar|commentaire|"
    r"comentario|comentário|commento|reactie|комментарий)\s(?:(?:posted|written|publiée?|publicad[oa]|geschrieben|geplaatst)\s)?"
    r"(?:by|von|de|par|por|di|da|door|av|af|от)\s\S",
    re.IGNORECASE,
)


def resolve_kinds(drafts: Sequence[Draft]) -> list[int | None]:
    """ "Reply posted by Ann" answers the last one that is a "Comment posted by …"."""
    targets: list[int | None] = []
    last: int | None = None
    for i, draft in enumerate(drafts):
        kinds = [found for look in draft.frame if look.width <= FRAMED and (found := _KIND.match(look.text))]
        answers = any(found["answer"] for found in kinds)
        targets.append(last if answers else None)
        last = i if kinds and not answers else last
    return targets
