"""What stands in the place of a comment that is gone: "This comment was removed by a moderator"."""

from __future__ import annotations

import re

# What is gone, by the beginnings of its words.
_POSTING = (
    r"(?:(?<![^\W\d_])(?:[ck]om+ent|komen\b|contribu|reacti[eo]|bericht|beitrag|post(?:s|ul|area)?\b|repl(?:y|ies)\b|response|"
    r"message|mensaje|mensagem|messaggio|viesti|inlägg|innlegg|indlæg|wpis|wiadomość|treść|příspěv|príspev|hozzászólás|"
    r"content(?:o|s)?\b|contenu\b|contenido|conteúdo|inhalt\b|objava|réponse|respuesta|resposta|risposta|"
    r"комм?ентар|сообщени|повідомлен|запис|пікір|մեկնաբան|σχόλι|σχολι|yorum|şərh|izoh|bình luận|ý kiến|maoni|"
    r"(?:هذا |هذه )?(?:ال)?تعليق|نظر|دیدگاه|تبصر|ה?תגוב|टिप्पणी|कमेंट|মন্তব্য|கருத்து|კომენტარ|մեկնաբան)|"
    r"\w{0,4}?(?:コメント|投稿|レス|评论|評論|留言|回复|回覆|此帖|该帖|댓글|ความคิดเห็น))"
)
# How it went, likewise.
_GONE = (
    r"(?:(?<![^\W\d_])(?:deleted|removed|hidden|moderated|withheld|unavailable|no longer available|await\w+ moderation|"
    r"supprimé|masqué|effacé|modéré|retiré|plus disponible|eliminad|borrad|ocult|apagad|removid|excluíd|retirad|"
    r"gelöscht|entfernt|ausgeblendet|gesperrt|rimoss|eliminat|cancellat|nascost|verwijderd|tagits bort|borttag|raderat|raderad|"
    r"slettet|fjernet|poistet|poistanut|usunięt|ukryt|smazán|odstraněn|odstránen|vymazan|zmazan|obrisan|uklon|izbrisan|"
    r"odstranjen|töröl|moderált|șters|şters|ştears|удал[её]н|обрисан|уклоњен|избрисан|скрыт|видален|приховано|изтрит|"
    r"премахнат|скрит|διαγρ|αφαιρ|"
    r"silin|kaldırıl|gizlen|(?:تم |جرى )?(?:حذف|إخفاء|محذوف)|נמחק|הוסר|हटा|মুছে|நீக்க|bị xóa|đã xóa|gỡ bỏ|"
    r"(?:di)?hapus|(?:di)?padam|dibuang|yame|tinanggal|inalis|kustutatud|eemaldatud|dzēst|izdzēst|pašalint|ištrint|"
    r"жойылды|წაშლ|ջնջ|fshir|forigit)|\w{0,8}?(?:削除|非表示|删除|刪除|屏蔽|삭제|블라인드|비공개|감지한|ถูกลบ|ถูกซ่อน))"
)
_FEW = r"(?:[^\s.!?;:,\"“«„]{1,14}\s){0,%d}"  # words before it
_SENTENCE = re.compile(
    rf"{_FEW % 4}?(?:{_POSTING}[^.!?;:,\"“«„]{{0,40}}?{_GONE}|"
    rf"{_GONE}[^.!?;:,\"“«„]{{0,24}}?{_POSTING})[^.!?;:,\"“«„]*(?:[.!;]|$)"
    rf"|{_GONE}\w*\.(?:\s|$)",
    re.IGNORECASE,
)
_READER = re.compile(  # who speaks of what happened to him, or asks
    r"[?？؟]|(?<![^\W\d_])(?:i|my|me|mon|mes|mi|mis|meu|meus|mein|meine|meinen|ich|mio|miei|mijn|min|mitt|mina|mój|moje|mam|"
    r"můj|môj|moj|мой|мои|мо[йї]|моя|я|mano|mans|minu|benim|saya|tôi)(?![^\W\d_])|私|我的|내 |제 ",
    re.IGNORECASE,
)
LENGTH = 160  # characters: who writes more says something


def is_placeholder(text: str) -> bool:
    """True for a sentence, and not much more, that says a comment was taken away."""
    bare = text.strip("[](){}*-–— ")
    if len(bare) > LENGTH or _READER.search(bare):
        return False
    return bool(_SENTENCE.match(bare))
