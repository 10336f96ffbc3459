"""What a thread calls each of its parts, a comment or a reply to one: "Comment posted by Ann", "Reply posted by Bo"."""

from __future__ import annotations

import re
from collections.abc import Sequence

from fetchers.seeds.page_text.frames import Draft

REACH = 400  # comments above a reply in which the one that it answers is looked for

_KIND = re.compile(
    r"(?:(?P<answer>reply|antwort|réponse|respuesta|resposta|risposta|antwoord|svar|ответ)|comment|kommentar|commentaire|"
    r"comentario|comentário|commento|reactie|комментарий)\s(?:(?:posted|written|publiée?|publicad[oa]|geschrieben|geplaatst)\s)?"
    r"(?:by|von|de|par|por|di|da|door|av|af|от)\s\S",
    re.IGNORECASE,
)


def comment_above(drafts: Sequence[Draft], i: int) -> int | None:
    """ "Reply posted by Ann" answers the last one that is a "Comment posted by …"."""
    if not any(found["answer"] for found in _kinds(drafts[i])):
        return None
    return next((j for j in range(i - 1, max(-1, i - 1 - REACH), -1) if any(not k["answer"] for k in _kinds(drafts[j]))), None)


def _kinds(draft: Draft) -> list[re.Match[str]]:
    return [found for look in draft.frame if look.width <= 160 and (found := _KIND.match(look.text))]
