"""What pages say to their readers, which is no text: prompts, notices, lists of subjects, who the writer is."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from functools import cache

from fetchers.seeds.page_text.credits.republishing import tells_unedited
from fetchers.seeds.page_text.lines.lexicon import lexicon, split_words
from fetchers.seeds.page_text.lines.looks import Look
from fetchers.seeds.page_text.lines.positions import first_of, last_of, lines_of
from fetchers.seeds.page_text.lines.stems import LONGER, stems_of

_PROMPTS = frozenset(("legal", "login", "letter", "ad", "closed", "related"))


_LISTED = re.compile(r"[^\s:][^:]{2,30}:\s")


def set_lists_apart(looks: Sequence[Look], labels: Sequence[str]) -> Sequence[str]:
    """ "More information: …", "Topics: …" below a text is none of it; nor are a few words in small letters that end it."""
    return [
        "aside"
        if label == "body"
        and "body" in labels[:i]
        and (("tags" in look.found.first and _LISTED.match(look.text)) or _is_tail_of_tags(looks, labels, i))
        else label
        for i, (look, label) in enumerate(zip(looks, labels, strict=True))
    ]


TAGGED = 60  # columns of a line of tags at most
CLOSE_TAGS = 4  # words at most of one that no empty line parts from the text


def _is_tail_of_tags(looks: Sequence[Look], labels: Sequence[str], i: int) -> bool:
    """True for words without a capital or a stop below a text, many of them apart from it: "clocks switzerland time"."""
    look, above = looks[i], looks[i - 1]
    ended = labels[i - 1] == "body" and above.long and above.ends in ".q" and labels[i + 1 : i + 2] == ["aside"]
    small = look.text.islower() and look.ends == "a" and len(look.words) >= 2 and look.width <= TAGGED
    apart = look.line.blanks > 0 or len(look.words) <= CLOSE_TAGS
    return ended and small and apart and not look.line.bullet


# What outlets print about a writer's interests, and players about themselves.
_DISCLOSURE = re.compile(
    r"^A version of this (?:article|story|column) (?:appears|appeared) in print\b|"
    r"^(?i:(?:een|eine|une|una|uma|en|ett?)? ?(?:versie|versi[oóõ]n|versione|versão|verze|wersja|версия|версія) "
    r"(?:[^\W\d_]{1,8} ){0,3}?(?:artikk?el\w*|textes|beitrags|article|artículo|articolo|artigo|článku|artykułu|tekstu|статьи|"
    r"статті)\b).{10,110}$|"
    r"^Read the original article on [A-Z]|"
    r"^Th(?:is|e) (?:interview|conversation|transcript|exchange) (?:has been|was) (?:\w+ )?(?:edited|condensed)\b.{0,80}$|"
    r"^(?:\w+ )?This content is provided by .{2,40}\bcookies\b"
)
_DISCLOSED = re.compile(
    r"\b(?:receives? funding from|(?:does|do) not (?:own shares|work for, consult))\b.{0,160}\barticle\b|"
    r"\bdoes not have the legal right to edit or correct\b|\bnewsletter\b.{0,80}\bSign up here\.?$|"
    r"provides? funding as an? \w+ partner"
)
_DISCLOSING = ("funding", " not ", "Sign up here")  # one of these is in whatever that finds, and costs less to look for


# What was put right in a text after it was first published.
_CORRECTED = re.compile(
    r"(?:correction|clarification|oikaisu|rättelse|korrektur|korrigering|rettelse|correctif|erratum|rectificatie|"
    r"fe de erratas?|errata|corrección|"
    r"sprostowanie|исправление|виправлення|düzeltme|helyesbítés|oprava|訂正|更正|정정)\b[^:.]{0,40}[:.–—-]",
    re.IGNORECASE,
)
# "This article was amended on …": below the text too.
_AMENDED = re.compile(
    r"(?:A )?(?:correction|clarification) was (?:made|appended|added) (?:on|to)\b|"
    r"This (?:article|story|column|piece|report|headline|post) (?:was|has been) (?:amended|corrected|updated|edited|changed)\b|"
    r"(?:Article|Texte) (?:modifié|corrigé|actualisé) le\b|In einer (?:früheren|ersten|vorherigen) (?:Version|Fassung)\b|"
    r"(?:An earlier|A previous) version of this (?:article|story|report|column)\b|Este artículo (?:ha sido|fue) (?:corregido|"
    r"modificado)|Este texto foi (?:corrigido|alterado)|Dit artikel is (?:aangepast|gewijzigd)|"
    r"(?:Questo articolo|L'articolo) è stato (?:modificato|corretto)"
)
# Who may read the message of e-mail that a text was sent in, below the last text.
_CONFIDENTIAL = re.compile(
    r"(?:this|these|the information (?:contained )?in this|diese|dieses|ce|cet|le présent|este|esta|esse|essa|questo|questa|"
    r"la presente|dit|deze) (?:e-?mails?|mails?|messages?|nachricht|courriels?|correo|mensaje|mensagem|messaggio|bericht|"
    r"communication)\b.{0,120}(?:confidential|privileged|vertraulich|confidentiel|confidencia|riservat|vertrouwelijk)",
    re.IGNORECASE,
)
# Whom readers in need may call: a help line's number, below the text.
_HELPLINE = re.compile(
    r"\b(?:help ?lines?|hotlines?|life ?lines?|listening (?:line|service)|crisis (?:line|text)|samaritans|telefonseelsorge|"
    r"numéro d['’]écoute|écoute gratuit|sos amitié|teléfono de la esperanza|línea de (?:ayuda|atención)|linha de apoio|"
    r"centro de valorização|telefono amico|hulplijn|luisterlijn|zelfmoord\w*|jourhavande|mental health (?:support|services)|"
    r"(?:call|contact|ring|phone|dial) [^.]{0,50}(?:support|help|advice))\b[^.]{0,140}\d{3}",
    re.IGNORECASE,
)
_HELPLINE_CJK = re.compile(
    "(?:相談窓口|いのちの電話|ホットライン|生命线|生命線|安心专线|安心專線|热线|상담전화|위기상담).{0,60}[\\d-]{4,}"
)
# Who the writer is, below the text.
_PRESENTED = re.compile(
    r"[A-ZÀ-Þ][\w.'’-]+(?: [A-ZÀ-Þ][\w.'’-]+){0,3},? (?:is an? (?:[\w-]+ ){0,4}(?:reporter|writer|journalist|editor|"
    r"correspondent|columnist|producer|intern|contributor|author|professor|lecturer|researcher)\b|covers |teaches |edits |"
    r"hosts |"
    r"lives in |writes (?:about |the |for )|reports (?:on|for) )"
)
_REPORTED_FROM = re.compile(  # where each of several writers was, below their byline
    r"(?:[A-ZÀ-Þ][\w.'’-]+ ){2,3}(?:reported|contributed|(?:ha )?inform(?:ó|aron)|a rapporté|berichtete|rapporteerde|relatou)\s"
    r"(?:from|desde|depuis|aus|vanuit|de) [A-ZÀ-Þ][^.!?]{2,90}\.$"
)
_HELPED = re.compile(
    r"(?:Additional |With )?[Rr]eporting by [A-Z]|[A-Z][\w. ]{3,40} contributed to this (?:report|story|article)\b|"
    r"[A-Z][\w.,’' -]{3,60} contributed (?:research|reporting|additional reporting)\.$|"
    r"This (?:story|article|report|investigation) (?:was|is) (?:co-published|co-reported|(?:published|produced|reported) in "
    r"(?:partnership|collaboration)) with [^.]{3,60}\.$"
)
# Who publishes, above the text or below it: "The Harbour Desk is a nonprofit newsroom that … Sign up to …"
_SUPPORTED = re.compile(
    r"[A-Z][\w.’' -]{2,60} is an? (?:independent,? |local,? )?(?:non-?profit|reader-(?:funded|supported)|member-supported)[, ]"
    r".{0,40}\b(?:newsroom|news (?:organi[sz]ation|site|outlet)|publication|magazine)\b.{0,160}"
    r"\b(?:[Ss]ign up|[Ss]ubscribe|[Dd]onate)\b"
)
# What stands where a page was.
_GONE = re.compile(
    r"\b(?:page|article|story|content|item) (?:that )?you (?:(?:have )?requested|(?:are|were) (?:looking for|trying to \w+))\b|"
    r"^th(?:is|e) (?:page|article|story|content|item)\b.{0,30}\b(?:expired|no longer (?:available|online|exists)|taken down)|"
    r"^(?:dieser?|der|die|cet|cette|l['’]|est[ae]|el|la|o|a|quest[ao]|dit|deze)? ?(?:artikel\w*|beitrag|seite|article|página|"
    r"artículo|artigo|articolo|pagina|статья|страница)\b.{0,30}\b(?:nicht (?:mehr|länger) (?:verfügbar|abrufbar|online)|"
    r"n['’]est plus (?:disponible|en ligne|accessible)|ya no (?:est[áa] disponible|existe)|não está mais dispon|"
    r"non (?:è|e) più disponibile|niet (?:meer|langer) beschikbaar|больше не доступн|недоступн)|"
    r"may have been moved or deleted|\bpage not found\b|"
    r"\bpage (?:demandée|introuvable)\b|página (?:no encontrada|não encontrada|solicitada)|"
    r"seite (?:wurde )?(?:leider )?nicht gefunden|"
    r"verschoben oder gelöscht|déplacée? ou supprimée?|movid[ao] o (?:eliminad|borrad)|movida ou (?:apagada|removida)|"
    r"^Archived post\b|\bnew comments cannot be posted\b|spostat[ao] o (?:eliminat|cancellat)|verplaatst of verwijderd|"
    r"pagina non trovata|страница не найдена",
    re.IGNORECASE,
)
# "We and our 164 partners …": who is asked for consent.
_CONSENT = re.compile(
    r"\b\d{2,4} (?:partners?|partenaires|socios|parceiros|partnere?|partnerów|партн\w+)\b.{0,160}"
    r"(?:cookie|device|Gerät|appareil|dispositiv|terminal|apparaat|enhed|enhet|urządzeni)",
    re.IGNORECASE,
)
BOXED_LINK = re.compile("【(?:関連(?:記事)?|あわせて読む|写真|画像|動画|図解)】.")  # "【関連】…" between paragraphs
_TRIAL = re.compile(
    r"^(?:Get|Try|Enjoy|Read) .{0,40}\b(?:\d+ (?:days?|weeks?|months?) free|free for \d+ (?:days?|weeks?|months?))\b"
)
# What a page would send to its reader.
_SENT = re.compile(
    r"\b(?:newsletters?|infolettre|bulletins?|bolet[ií]n|boletim|nieuwsbrief|nyhetsbrev\w*|rundbrief|biuletyn|"
    r"рассылк\w+)\b.{0,60}"
    r"\b(?:in(?:to)? your (?:inbox|e-?mail)|dans votre boîte|in (?:Ihr|dein)\w* Postfach|en [st]u (?:correo|"
    r"bandeja)|na sua caixa|nella tua (?:casella|posta)|in je (?:mailbox|inbox)|"
    r"na (?:Twoją|swoją) skrzynkę|на (?:вашу )?почту)\b"
)
_KEYS = re.compile(r"Ctrl\s?\+\s?Enter", re.IGNORECASE)  # how readers of many sites report a slip

# Who made a summary: "Summary generated by AI", "KI-generiert und redaktionell geprüft", "Gerado por inteligência artificial".
_AI = (
    r"(?:(?-i:AI|A\.I\.|KI|IA)|artificial intelligence|künstliche\w* intelligenz|inteligencia artificial|inteligência "
    r"artificial|intelligence artificielle|intelligenza artificiale|kunstmatige intelligentie|kunstig intelligens|"
    r"artificiell intelligens)\b"
)
_CHECKED = (  # and by whom else, or nothing more
    r"(?: (?:erstellt|erzeugt|generiert))?(?:[.,;]? [^.]{0,40}(?:review|check|edit|geprüft|redakt|redac|revis|relu|vérifi|"
    r"verific|controll|gecontroleerd|kontroll).{0,60}|\s?\(.{2,20}\))?\.?$"
)
_MADE = re.compile(
    r"(?:\w{2,6} )?(?:(?:article|story) )?(?:summar(?:y|ies)|key points|highlights|takeaways|zusammenfassung|resumen|resumo|"
    r"résumé|riassunto|sintesi|samenvatting|sammendrag|resumé|sammanfattning)\b[^.,:;]{0,40} "
    rf"(?:by|with|using|mit|von|par|avec|con|por|com|med|av|af|door|dall) ?(?:[\w]{{1,5}}['’ ])?{_AI}{_CHECKED}|"
    r"(?:automatically )?(?:generated|created|produced|written|summari[sz]ed|generad[ao]|gerad[ao]|generat[ao]|générée?|"
    rf"erstellt|erzeugt|gegenereerd|genereret|generert|genererad) (?:\w+['’ ]){{1,3}}{_AI}{_CHECKED}|"
    rf"{_AI}[- ](?:generated|generiert|assisted|gestützt)(?: summary| zusammenfassung)?{_CHECKED}",
    re.IGNORECASE,
)
_ACCESS = re.compile(  # what stands above a text that only some may read
    r"\b(?:have a preview view of this article|(?:checking|verify(?:ing)?|confirmed|confirming) (?:your )?access\b)"
)


def _tells_how_made(look: Look) -> bool:
    """True for a line that says how old the page is, who may read it, or that a machine made its summary."""
    made = look.width <= 160 and _MADE.match(look.text)
    return bool(made or _AGED.match(look.text) or _ACCESS.search(look.text))


_POINTER = re.compile(r"(?P<head>[^:|]{1,24})(?P<mark>[:|]).")


def _points_elsewhere(look: Look) -> bool:
    """True for a line of text that is "Also read:" and another headline, or "WATCH | " and what a film shows."""
    pointer = _POINTER.match(look.text) if look.width <= 120 and not look.text.endswith(".") else None
    if pointer is None:
        return False
    words = split_words(pointer["head"])
    found = lexicon().look(words)
    filmed = pointer["mark"] == "|" and pointer["head"].isupper() and found.cover >= 0.99
    return filmed or ("related" in found.first and lexicon().opening(words, "related") == len(words))


def _discloses(text: str) -> bool:
    """True for what an outlet prints about interests, and about itself."""
    return bool(_DISCLOSURE.match(text)) or (any(words in text for words in _DISCLOSING) and bool(_DISCLOSED.search(text)))


def _is_notice(look: Look, before: int, last: bool) -> bool:
    """True for a line of text that is a notice: `before` paragraphs stand above it, it is the `last` or all but."""
    text = look.text
    brief = look.width <= 120 and (
        bool(_HELPED.match(text) or _REPORTED_FROM.match(text)) or (before < 2 and bool(_GONE.search(text)))
    )
    links = text.count(" | ") >= 2 and look.width <= 160 and look.ends != "."
    below = before >= 2 and (
        bool(_CORRECTED.match(text) or _AMENDED.search(text[:120]) or (last and tells_unedited(text)))
        or (last and any(said.match(text) for said in (_PRESENTED, _CONFIDENTIAL)))
        or (last and any(said.search(text) for said in (_HELPLINE, _HELPLINE_CJK)))
    )
    linked = look.ends != "." and BOXED_LINK.match(text)
    told = linked or _CONSENT.search(text) or _discloses(text) or _KEYS.search(text) or _TRIAL.match(text)
    offered = "wrote" not in look.found.classes and look.width <= 220 and bool(_SENT.search(text))
    offered = offered or bool(_SUPPORTED.match(text)) or (before >= 2 and bool(_HOUSE_RULES.match(text)))
    return brief or links or below or offered or _points_elsewhere(look) or _tells_how_made(look) or bool(told)


# What papers ask of those who comment, below the thread or above it.
_HOUSE_RULES = re.compile(
    r"(?:Welcome to the discussion\.?$|Keep it Clean\. Please |PLEASE TURN OFF YOUR CAPS LOCK|Don't Threaten\. |Be Truthful\. |"
    r"The rules of replying:$|Be respectful\. This is a space |Be transparent\. Use your real name|"
    r"Keep it local and relevant\. |"
    r"To (?:plant|send) .{3,60}, please visit |"
    r"Please email us to report offensive comments|Be Nice\. No |Be Proactive\. |Share with Us\. )"
)
_AGED = re.compile(
    r"This (?:article|story|page|report) is (?:more than|over|about) (?:\d+|an?|one|two) \w+ old|"
    r"(?:This|The|Our) (?:live )?(?:blog|page|coverage|event|feed) (?:is|has) (?:now )?(?:closed|ended)\b"
)
_OFFICIAL = re.compile(r"(?:An official website of |Un sitio web oficial de|Site officiel d).{3,60}$")


# "← Stoppages of the week", "Why bells hum →": what stands before and after in the same blog.
_NEIGHBOUR = re.compile(r"[←⟵‹]\s?\S|«\s?[^»]+$|[^«]*\S\s?[→⟶›»]$")


def tells_of_page(look: Look) -> bool:
    """True for a line that says how old the page is or whose, leads to the page before or after it, or is a row of choices."""
    return bool(_AGED.match(look.text) or _OFFICIAL.match(look.text) or _NEIGHBOUR.match(look.text)) or _is_switch(look)


def _is_switch(look: Look) -> bool:
    """True for a row that says one word three times: "Size Small Standard Width Standard Links Standard"."""
    repeated = any(count > 2 and len(word) > 3 for word, count in Counter(look.words).items())
    return repeated and look.ends not in ".q?" and look.width <= 160


def drop_notice_titles(looks: Sequence[Look], labels: Sequence[str]) -> Sequence[str]:
    """What a page says of its age, owner or neighbours is no headline; if it was taken for the only one, that stands below."""
    titles = lines_of(labels, "title")
    noticed = [i for i in titles if tells_of_page(looks[i])]
    if not noticed:
        return labels
    mended = ["furniture" if i in noticed else label for i, label in enumerate(labels)]
    first = next((i for i in range(noticed[0] + 1, len(labels)) if labels[i] == "body"), len(labels))
    heads = (i for i in range(noticed[0] + 1, first) if labels[i] == "highlight" and looks[i].ends in "aq0?")
    head = next(heads, None) if len(noticed) == len(titles) else None
    if head is not None:
        mended[head] = "title"
    return mended


_CONTACT = re.compile(r"(?:Media |Press )?(?:Contacts?|Kontakt|Contatto|Contacto|Contato)\s?:", re.IGNORECASE)


_WORKS = re.compile(
    r"(?:bibliographie|références?|references?|journal references?|literatur|originalpublikation|original ?paper|publikation|"
    r"bibliografía|referencias?|referências?|riferiment[oi]|publication|reference)\s?:?$",
    re.IGNORECASE,
)
WORKS = 3  # lines at most below such a heading


def set_works_apart(looks: Sequence[Look], labels: Sequence[str]) -> Sequence[str]:
    """Below the text of a release, the paper that it is about ("Journal reference") is none of it."""
    mended = list(labels)
    texts = lines_of(labels, "body")
    for i in range(texts[1] + 1 if len(texts) > 1 else len(looks), len(looks)):
        if looks[i].width > 30 or not _WORKS.match(looks[i].text):
            continue
        mended[i] = "aside" if mended[i] == "body" else mended[i]
        for j in range(i + 1, min(i + 1 + WORKS, len(looks))):
            cited = bool(looks[j].dates) or re.search(r"\b(?:19|20)\d\d\b|doi", looks[j].text)
            mended[j] = "aside" if mended[j] == "body" and cited else mended[j]
    return mended


_BOXED = re.compile(r"(?:FAST ?FACTS?|Fast ?facts?|BACKGROUND|KEY FACTS|In numbers|IN NUMBERS|By the numbers)\s?:?$")
# "Fakta: Trams", and FAKTA alone: the heading of a box whose lines stand right below it.
_FACTS = re.compile(
    r"(?:fakta(?:boks|box|ruta)?|fakten(?:check|box)?|faktat|faktaa|fakty|fast facts|datos|feiten|tietoa|tausta|infobox|"
    r"factbox|en chiffres|en bref|repères|in cifre|in sintesi|la scheda)(?:\s?[:|–—-]\s?\S.{2,60}|\s?:)?$",
    re.IGNORECASE,
)


def _is_boxed(looks: Sequence[Look], labels: Sequence[str], i: int) -> bool:
    """True for the heading of a box of facts between paragraphs, and for the brief line below it."""
    heads = bool(_BOXED.match(looks[i].text)) and labels[i + 1 : i + 2] != ["aside"]
    below = i > 0 and bool(_BOXED.match(looks[i - 1].text)) and not looks[i].long and looks[i].line.blanks == 0
    return heads or below or _is_fact(looks, labels, i)


FACTS = 6  # lines at most in a box of facts


def _is_fact(looks: Sequence[Look], labels: Sequence[str], i: int) -> bool:
    """True for "Facts: Trams" with lines right below it, below a text, and for those: none long, no empty line between."""
    head = next((j for j in range(i, max(0, i - FACTS), -1) if looks[j].line.blanks), 0)
    boxed = bool(head) and looks[head].width <= 70 and looks[head].ends != "." and bool(_FACTS.match(looks[head].text))
    joined = boxed and head + 1 < len(looks) and not looks[head + 1].line.blanks
    return joined and "body" in labels[:head] and not any(look.long for look in looks[head : i + 1])


def _is_linked(looks: Sequence[Look], labels: Sequence[str], i: int) -> bool:
    """True for a headline between paragraphs right below a line that is nothing but "See also:"."""
    look, above = looks[i], looks[i - 1] if i else None
    pointed = above is not None and above.ends == ":" and above.found.cover >= 0.99 and "related" in above.found.first
    between = labels[i - 1] == "aside" and labels[i + 1 : i + 2] == ["body"] and looks[i + 1].width > look.width
    return pointed and between and look.width <= 90 and look.ends not in ".q:" and not look.line.bullet


OWN_LETTERS = 3  # of a masthead's name at least


def _own_name(looks: Sequence[Look]) -> re.Pattern[str] | None:
    """What a page calls itself: its first line that is no menu's."""
    heads = (look for look in looks[:4] if OWN_LETTERS <= len(look.text) <= 30 and look.words and not _is_menu(look))
    named = next((re.escape(look.lower.removeprefix("the ")) for look in heads), None)
    return re.compile(rf"(?<!\w){named}(?!\w)") if named else None


def _is_menu(look: Look) -> bool:
    return bool({"nav", "login", "legal", "share"} & set(look.found.first)) and look.found.cover >= 0.5


def _praises_itself(look: Look, own: re.Pattern[str] | None, count_said: Callable[[], Mapping[str, int]]) -> bool:
    """True for a sentence of a text that names the page's own outlet, quotes nobody and says nothing that the text does."""
    if own is None or look.found.cover < 0.15 or look.width > 220 or not own.search(look.lower):
        return False
    if "wrote" in look.found.classes or any(sign in look.text for sign in '"“”«»„'):
        return False
    stems, said = stems_of(look, shortest=LONGER), count_said()
    return sum(said[stem] <= 1 for stem in stems) * 4 >= len(stems) * 3


_BEGINS_NAMED = re.compile(r"[^\W\d_a-z][\w'’.-]+ [^\W\d_a-z][\w'’.-]+\b(?!\s?:)")


def tells_of_writer(look: Look, writers: Sequence[str]) -> bool:
    """True for a line that begins with a person's name that one of the bylines `writers` holds, and is no speaker's words."""
    found = _BEGINS_NAMED.match(look.text)
    return found is not None and any(found[0] in line for line in writers)


def set_prompts_apart(looks: Sequence[Look], labels: Sequence[str]) -> Sequence[str]:
    """A line of text that begins with, and mostly is, what pages say to their readers is none of the story's."""
    mended = list(labels)
    last = last_of(labels, "comment", 0)
    final = last_of(labels, "body", 0)
    author = first_of(labels, "author", -1)
    before = 0
    own = _own_name(looks)
    writers = [one.text for one, label in zip(looks, labels, strict=True) if label == "byline"]

    @cache  # few pages ask, and one that is nothing but such lines asks for each
    def count_said() -> Counter[str]:
        texts = (look for look, label in zip(looks, labels, strict=True) if label in ("body", "title"))
        return Counter(stem for text in texts for stem in stems_of(text))

    for i, look in enumerate(looks):
        if labels[i] == "body":
            apart = _is_linked(looks, labels, i) or _is_boxed(looks, labels, i)
            apart = apart or (before >= 2 and _praises_itself(look, own, count_said))
            apart = apart or (before >= 2 and i + 1 >= final and tells_of_writer(look, writers))
            mended[i] = "aside" if apart or _is_notice(look, before, i + 1 >= final) else "body"
            before += 1
        if labels[i] == "highlight" and ((look.url and _CONTACT.match(look.text)) or _tells_how_made(look)):
            mended[i] = "furniture"
        if labels[i] == "comment" and look.width <= 140 and _HOUSE_RULES.match(look.text):
            mended[i] = "aside"
        if look.width < 20 or not _PROMPTS & set(look.found.first):
            continue
        offered = labels[i] == "body" and any(lexicon().opening(look.words, kind) >= 3 for kind in _PROMPTS)
        if offered and look.found.cover < 0.55:
            mended[i] = "aside"
        lone = labels[i] == "comment" and labels[max(0, i - 1)] in ("meta", "aside") and i == last
        headless = labels[i] == "comment" and i < author
        if look.found.cover >= 0.55 and (labels[i] == "body" or headless or (lone and "legal" in look.found.first)):
            mended[i] = "aside"
    return mended
