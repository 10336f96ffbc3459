"""Topic word lists for the languages that have no trained model: data/topics/lexicon/LANGUAGE.txt.

The English list is read by training/topics alone: by word it is part of the model.

A line is a two-digit topic and its words. A word stands for every token that begins with it (a stem); ``word$`` for itself
alone; ``-word`` also for tokens that end with it (compounds); ``one-two`` for tokens that follow each other, each part of four
letters or more for all that begin with it. In scripts without spaces (Chinese, Japanese, Thai) a word is looked for at every
character. ``word?`` (``word$?``) is weak: stories of any subject hold it, as "million" or "minister". A title counts three
times, the lead twice; repeats of one word count by their logarithm.
Letters that are written one way and another (Russian yo, the Arabic alefs, Hindi's dots) are one, in lists and texts.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import cache
from importlib import resources
from math import log1p
from typing import Any, TypeAlias

from newsdesk.topics.names import ORDER, TOPICS

_TOKEN = re.compile(r"[^\W\d_][\w\u200c\u0300-\u036f\u0900-\u0dff\u064b-\u065f]*")
_LOAN = re.compile("[a-z0-9\u30a1-\u30fa\u30fc]")
_LONE = re.compile("[\u30a1-\u30fa\u30fc]{1,3}|[a-z0-9]{1,4}")
_UNSPACED = frozenset({"zh", "ja", "th", "lo", "km", "my"})
_RELATED = {"ms": "id", "nb": "no", "nn": "no", "gl": "pt", "bs": "hr", "sr": "hr", "be": "ru", "mk": "bg", "sk": "cs"}
_ARABIC_PREFIX = re.compile("^(?:[وف]?(?:[بك]?ال|لل)|[وفبل])")
# Tried one after the other: the second letter of a Hebrew word is rather its own than a second prefix.
_PREFIXED = {"ar": (_ARABIC_PREFIX,), "he": (re.compile("^[והבלכמש]"), re.compile("^[והבלכמש]{2}"))}
_TITLE_CHARS, _BODY_CHARS, _LEAD_CHARS = 400, 2500, 300
_PHRASE = re.compile("[-'’]")
_LONGEST = 24  # no stem is longer
_HEAD = 4  # letters of its first part that a phrase lies by: a part that has as many stands for all that begins so
_FOLDS: dict[str, dict[int, Any]] = {
    "ru": str.maketrans("ё", "е"),
    # Traditional signs are the simplified ones.
    "zh": str.maketrans(
        "電導劇藝術壇樂張專輯話舊書學體場團員獎評論見報審處獄檢罰殺兇強搶竊騙詐販貪賄敗違紀災難傷遺隊燒煙發車禍沒續經濟業產貿關稅價漲錢幣銀貸債務虧損購併買賣銷費資財師課試題錄畢園環氣變濕瀕絕種動護態樹葉魚鳥豬貓馬龍龜醫療藥診斷癥"
        "驗臟腦腎膚擴傳針劑嬰婦壽獲鄰親愛戀夢驚跡勞職僱罷辭離養遊飯館廳廚燉麵蔥薑雞鴨湯鹽醬髮飾裝時選舉黨議總統國會長憲條約聯協談訪領駐繼權競廟禪鐘聖禱靈實證據數碼網絡機號線衛飛彈戰爭軍擊砲雲霧陣風颱溫凍熱涼陰預級測區縣鄉鎮貧窮遷"
        "視殘礙獨眾參賽贏輸練籃壘錦標鬥劍輪賓劃開觀東義烏歐亞蘭羅爾韓臺灣澤連納軋際",
        "电导剧艺术坛乐张专辑话旧书学体场团员奖评论见报审处狱检罚杀凶强抢窃骗诈贩贪贿败违纪灾难伤遗队烧烟发车祸没续经济业产贸关税价涨钱币银贷债务亏损购并买卖销费资财师课试题录毕园环气变湿濒绝种动护态树叶鱼鸟猪猫马龙龟医疗药诊断症"
        "验脏脑肾肤扩传针剂婴妇寿获邻亲爱恋梦惊迹劳职雇罢辞离养游饭馆厅厨炖面葱姜鸡鸭汤盐酱发饰装时选举党议总统国会长宪条约联协谈访领驻继权竞庙禅钟圣祷灵实证据数码网络机号线卫飞弹战争军击炮云雾阵风台温冻热凉阴预级测区县乡镇贫穷迁"
        "视残碍独众参赛赢输练篮垒锦标斗剑轮宾划开观东义乌欧亚兰罗尔韩台湾泽连纳轧际",
    ),
    "ar": str.maketrans("أإآى", "اااي", "\u0640"),
    "fa": str.maketrans("يكأإآ", "یکااا", "\u0640\u200c"),
    # Serbian is written in both scripts.
    "hr": str.maketrans(
        dict(zip("абвгдђежзијклмнопрстћуфхцчш", "abvgdđežzijklmnoprstćufhcčš", strict=True)) | {"љ": "lj", "њ": "nj", "џ": "dž"}
    ),
    # Consonants with a dot are those without; one nasal sign is the other.
    "hi": str.maketrans("\u0958\u0959\u095a\u095b\u095c\u095d\u095e\u0901", "कखगजडढफ\u0902", "\u093c"),
}
_CAPITALS = {"tr": str.maketrans({"I": "ı", "İ": "i"})}

WEAK = 0.4  # the strength of a weak word
PRIOR, SHARPNESS = 0.15, 2.2  # of the shares of strength that become chances
_MEMO = 100_000  # words whose entry is remembered; then the memory starts anew


_Phrases: TypeAlias = tuple[tuple[tuple[str, ...], int], ...]
"""Their parts and topics."""


@dataclass(frozen=True, slots=True)
class Lexicon:
    """Stems, whole words and endings, each with its topics (one, seldom two)."""

    stems: dict[str, tuple[int, ...]] = field(default_factory=dict)
    wholes: dict[str, tuple[int, ...]] = field(default_factory=dict)
    endings: dict[str, tuple[int, ...]] = field(default_factory=dict)
    phrases: dict[str, _Phrases] = field(default_factory=dict)  # by their head
    stem_lengths: tuple[int, ...] = ()
    ending_lengths: tuple[int, ...] = ()
    spaced: bool = True
    prefixes: tuple[re.Pattern[str], ...] = ()
    weak: frozenset[str] = frozenset()  # entries of any kind
    folds: dict[int, Any] | None = None
    capitals: dict[int, Any] | None = None  # of what they are in small letters, where Unicode has it otherwise
    memo: dict[str, tuple[tuple[str, tuple[int, ...]] | None, _Phrases]] = field(default_factory=dict)

    def lower(self, text: str) -> str:
        """`text` in small letters."""
        return (text.translate(self.capitals) if self.capitals else text).lower()

    def recall(self, token: str) -> tuple[tuple[str, tuple[int, ...]] | None, _Phrases]:
        """`match`, and the phrases that begin so, remembered: most words of a text were looked up before."""
        try:
            return self.memo[token]
        except KeyError:
            if len(self.memo) >= _MEMO:
                self.memo.clear()
            phrases = tuple(one for one in self.phrases.get(token[:_HEAD], ()) if token.startswith(one[0][0]))
            return self.memo.setdefault(token, (self.match(token), phrases))

    def match(self, token: str) -> tuple[str, tuple[int, ...]] | None:
        """The entry that `token` falls under, the longest first."""
        found = self._match_bare(token)
        for prefix in self.prefixes:
            if found:
                break
            bare = prefix.sub("", token, count=1)
            found = self._match_bare(bare) if len(bare) > 2 and bare != token else None
        return found

    def _match_bare(self, token: str) -> tuple[str, tuple[int, ...]] | None:
        if token in self.wholes:
            return token, self.wholes[token]
        for length in self.stem_lengths:
            topics = self.stems.get(token[:length])
            if topics:
                return token[:length], topics
        for length in self.ending_lengths:
            topics = self.endings.get(token[-length:])
            if topics:
                return token[-length:], topics
        return None

    def find(self, text: str) -> Iterator[tuple[str, str, tuple[int, ...]]]:
        """(entry, the word as it stands, topics) for every word of `text` that has an entry."""
        if not self.spaced:
            yield from self._find_unspaced(text)
            return
        words = _TOKEN.findall(text)
        tokens = [word.translate(self.folds) for word in words] if self.folds else words
        for i, token in enumerate(tokens):
            found, phrases = self.recall(token[:_LONGEST])
            for parts, topic in phrases:
                end = i + len(parts)
                if end <= len(tokens) and all(map(_begins, tokens[i + 1 : end], parts[1:])):
                    yield " ".join(parts), " ".join(words[i:end]), (topic,)
            if found:
                yield found[0], words[i], found[1]

    def _find_unspaced(self, text: str) -> Iterator[tuple[str, str, tuple[int, ...]]]:
        folded = text.translate(self.folds) if self.folds else text
        at = 0
        while at < len(text):
            for length in self.stem_lengths:
                word = folded[at : at + length]
                topics = self.stems.get(word)
                if topics and not (_LONE.fullmatch(word) and _is_inside(text, at, at + length)):
                    yield word, text[at : at + length], topics
                    at += length - 1
                    break
            at += 1


def _begins(token: str, part: str) -> bool:
    """Whether a token is a form of a part of a phrase: begins with it, or is it where that is short."""
    return token.startswith(part) if len(part) >= _HEAD else token == part


def _is_inside(text: str, start: int, end: int) -> bool:
    """Whether the same letters go on before or behind: a short loan word is then a part of another one."""
    around = text[max(0, start - 1) : start], text[end : end + 1]
    return any(_LOAN.fullmatch(letter) for letter in around)


@cache
def load(language: str) -> Lexicon | None:
    """The word list of a language (ISO 639-1), or of a near relative; None if there is none."""
    name = _RELATED.get(language, language)
    path = resources.files("newsdesk") / "data" / "topics" / "lexicon" / f"{name}.txt"
    if not (len(name) == 2 and name.isascii() and name.isalpha() and path.is_file()):
        return None
    return parse(path.read_text("utf-8"), name)


def parse(text: str, language: str) -> Lexicon:
    """A lexicon from its file's text."""
    stems: dict[str, tuple[int, ...]] = {}
    wholes: dict[str, tuple[int, ...]] = {}
    endings: dict[str, tuple[int, ...]] = {}
    phrases: dict[str, _Phrases] = {}
    weak: set[str] = set()
    folds = _FOLDS.get(language)
    lines = [line for line in text.splitlines() if line and not line.startswith("#")]
    for line in lines:
        code, *words = line.translate(folds or {}).lower().split()
        topic = ORDER[code]
        for word in words:
            first, *rest = _PHRASE.split(word.strip("-$?"))
            if word.endswith("?"):
                weak.add(" ".join((first, *rest)))
                word = word[:-1]
            if rest:
                phrases[first[:_HEAD]] = (*phrases.get(first[:_HEAD], ()), ((first, *rest), topic))
                continue
            for kind in _kinds(word, stems, wholes, endings):
                if topic not in kind.get(first, ()):
                    kind[first] = (*kind.get(first, ()), topic)
    return Lexicon(
        stems,
        wholes,
        endings,
        phrases,
        tuple(sorted({len(word) for word in stems}, reverse=True)),
        tuple(sorted({len(word) for word in endings}, reverse=True)),
        language not in _UNSPACED,
        _PREFIXED.get(language, ()),
        frozenset(weak),
        folds,
        _CAPITALS.get(language),
    )


_Entries = dict[str, tuple[int, ...]]


def _kinds(word: str, stems: _Entries, wholes: _Entries, endings: _Entries) -> tuple[_Entries, ...]:
    """Where a word of a list belongs."""
    if word.startswith("-"):
        return wholes if word.endswith("$") else stems, endings
    return (wholes if word.endswith("$") else stems,)


def read(lexicon: Lexicon, title: str, body: str) -> tuple[list[float], dict[int, list[str]]]:
    """(strength of each topic, the words that speak for it, strongest first)."""
    counts: dict[str, float] = defaultdict(float)
    seen: dict[str, tuple[str, tuple[int, ...]]] = {}
    zones = ((title[:_TITLE_CHARS], 3.0), (body[:_LEAD_CHARS], 2.0), (body[_LEAD_CHARS:_BODY_CHARS], 1.0))
    for text, weight in zones:
        for entry, word, topics in lexicon.find(lexicon.lower(text)):
            counts[entry] += weight
            seen.setdefault(entry, (word, topics))
    strengths = [0.0] * len(TOPICS)
    words: dict[int, list[str]] = defaultdict(list)
    said = {entry: log1p(count) * (WEAK if entry in lexicon.weak else 1.0) for entry, count in counts.items()}
    for entry, strength in sorted(said.items(), key=lambda item: -item[1]):
        word, topics = seen[entry]
        for topic in topics:
            strengths[topic] += strength / len(topics)
            words[topic].append(word)
    return strengths, words
