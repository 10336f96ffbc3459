"""Names of people in scripts without capitals, where only a name's form and place on the page tell it."""

from __future__ import annotations

import re

from fetchers.seeds.page_text.credits.agencies import OUTLET_WORD, find_agency
from fetchers.seeds.page_text.lines.lexicon import lexicon, split_words
from newsdesk.countries.gazetteer import is_place

# The surnames of nine in ten Chinese, traditional and simplified, and the commonest of two characters.
_CHINESE = re.compile(
    "(?:欧阳|歐陽|司马|司馬|诸葛|諸葛|上官|"
    "[王李张張刘劉陈陳杨楊黄黃赵趙吴吳周徐孙孫马馬朱胡郭何高林罗羅郑鄭梁谢謝宋唐许許韩韓冯馮邓鄧曹彭曾肖萧蕭田董袁潘于蒋蔣蔡余杜叶葉程苏蘇魏吕呂丁任沈"
    "姚卢盧姜崔钟鍾谭譚陆陸汪范石廖贾賈夏韦韋付傅方白邹鄒孟熊秦邱江尹薛闫阎段雷侯龙龍史陶黎贺賀顾顧毛郝龚龔邵万萬钱錢严嚴覃武戴莫孔向汤湯])"
    "[\u3400-\u9fff]{1,2}"
)
_KOREAN = re.compile(
    "[김이박최정강조윤장임한오서신권황안송류전홍고문양손배백허유남심노하곽성차주우구민진엄채원천방공현함변염여추도소석선설마길연위표명기반라왕금옥육인맹제모탁국어은편용]"
    "[가-힣]{2}"
)
# Frequent Japanese surnames of two characters and three; the given name is of kanji or hiragana.
_JAPANESE = re.compile(
    "(?:佐藤|鈴木|高橋|田中|伊藤|渡[辺邊邉]|山本|中村|小林|加藤|吉田|山田|佐々木|山口|松本|井上|木村|斎藤|斉藤|齋藤|清水|山崎|池田|橋本|阿部|安部|石川|山下|中島|"
    "石井|小川|前田|岡田|長谷川|藤田|後藤|近藤|村上|遠藤|青木|坂本|福田|太田|西村|藤井|金子|岡本|藤原|中野|三浦|原田|中川|松田|竹内|小野|田村|中山|和田|石田|"
    "森田|上田|柴田|酒井|工藤|横山|宮崎|宮本|内田|高木|安藤|谷口|大野|丸山|今井|河野|藤本|村田|武田|上野|杉山|増田|平野|大塚|千葉|久保|松井|小島|岩崎|桜井|"
    "野口|松尾|野村|木下|菊地|菊池|佐野|大西|杉本|新井|荒井|浜田|菅原|市川|水野|小松|古川|小山|高田|西田|山内|西川|五十嵐|北村|安田|川口|平田|中田|服部|"
    "川崎|樋口|岩田|土屋|飯田|福島|荒木|川村|本田|熊谷|永井|吉川|大橋|成田|及川|藤沢|大島|松岡|内藤|本間|須藤|黒田|望月|秋山|石原|松村|早川|矢野|"
    "吉村|尾崎|富田|片山|篠原|岩本|川上|田口|浅野|三宅|栗原|渡部|大久保|大谷|野崎|若林|白石|古賀|今村|桑原|奥村|広瀬|宮田|小池|久保田|片岡|田島|児玉|吉岡|栗田)"
    "[ \u3000]?[\u3400-\u9fff\u3041-\u309f]{1,3}"
)
# Two or three words of a script without capitals: Hebrew, Arabic, those of India and their neighbours, Thai, Georgian.
_LETTERS = "-\u0590-\u06ff\u0900-\u0fff\u10a0-\u10ff\u1200-\u137f\u1780-\u17ff"
_WORDS = re.compile(f"[{_LETTERS}]{{2,14}}\\.?(?: [{_LETTERS}]{{2,14}}){{1,2}}")


# Towns that Indian, Bengali and Chinese papers print beside a date, which the gazetteer has in Latin letters alone.
_TOWNS = frozenset(
    "दिल्ली मुंबई कोलकाता चेन्नई बेंगलुरु हैदराबाद अहमदाबाद पुणे लखनऊ कानपुर जयपुर पटना भोपाल इंदौर रांची रायपुर देहरादून शिमला "
    "चंडीगढ़ वाराणसी प्रयागराज आगरा मेरठ नोएडा गुरुग्राम जम्मू श्रीनगर गुवाहाटी नागपुर सूरत जोधपुर उदयपुर ग्वालियर जबलपुर "
    "कराची लाहौर काठमांडू ढाका वाशिंगटन लंदन "
    "郑州 徐州 苏州 江苏 江西 江门 唐山 黄山 黄石 石家庄 石狮 马尼拉 孟买 汤加 鄭州 蘇州 江蘇 黃山 馬尼拉 孟買 "
    "ঢাকা কলকাতা চট্টগ্রাম রাজশাহী খুলনা সিলেট দিল্লি শিলিগুড়ি হাওড়া சென்னை மதுரை கோவை திருச்சி டெல்லி புதுடெல்லி".split()
)
_PLACED = re.compile("[県市町村区都府道駅港局部面版]$")


def is_uncased_name(text: str) -> bool:
    """True for what has the form of a person's name, holds no word of a page and is no place, agency or outlet."""
    formed = any(form.fullmatch(text) for form in (_CHINESE, _KOREAN, _JAPANESE, _WORDS))
    if not formed or lexicon().look(split_words(text)).cover or OUTLET_WORD.search(text):
        return False
    placed = is_place(text) or _PLACED.search(text) or _TOWNS.intersection(text.split())
    return not (placed or find_agency(text))


# A bureau and the name behind it: "海峡新聞青森総局 成田みちる".
_BUREAU = re.compile(r"\S{0,12}(?:総局|支局|報道部|編集部)[ \u3000](?P<who>[\u3400-\u9fff\u3040-\u30ff]{3,8})")


def name_behind_bureau(text: str) -> str | None:
    """The person in a line that is nothing but a bureau and its reporter."""
    found = _BUREAU.fullmatch(text)
    return found["who"] if found else None
