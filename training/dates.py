"""Make newsdesk/data/dates/months.json: month and weekday names of many languages, from Babel's CLDR tables.

    python -m training.dates

Source: Unicode CLDR through Babel (Unicode licence v3). A word that names different months in different languages (Czech and
Croatian `listopad`) goes to the language that stands first in LANGUAGES. Written again byte for byte by every run.
"""

from __future__ import annotations

import json
import unicodedata
from pathlib import Path

from babel import Locale

from training.sums import write_sums

TARGET = Path(__file__).parent.parent / "newsdesk" / "data" / "dates" / "months.json"

# By how often news in them is printed; the order settles words that several languages share.
LANGUAGES = (
    "en es fr de pt it ru ar hi id tr pl nl sw fa uk vi ro cs el hu sv da nb fi he th bn ur ms fil ta "
    "te mr gu pa kn ml ne si my km "
    "am ha yo ig zu af sq sr sr_Latn hr bs sl sk bg mk lt lv et is ga cy eu ca gl be kk uz az hy ka mn "
    "ar_JO ar_MA ar_SD es_PE de_AT"
).split()

# Spellings that pages print and CLDR lacks.
MORE = {
    "en": {"sept": 9, "febr": 2},
    "de": {"jän": 1, "jänner": 1, "feber": 2, "mrz": 3, "maerz": 3},
    "fr": {"fev": 2, "fevrier": 2, "aout": 8, "decembre": 12, "sep": 9, "févr": 2, "fév": 2, "juill": 7, "aoû": 8},
    "es": {"setiembre": 9, "set": 9},
    "id": {"agt": 8, "nop": 11, "nopember": 11, "pebruari": 2},
    "hi": {"फरवरी": 2, "सितम्बर": 9, "अक्तूबर": 10, "नवम्बर": 11, "दिसम्बर": 12, "जुलाई": 7},
    "ar": {"كانون الثاني": 1, "شباط": 2, "آذار": 3, "نيسان": 4, "أيار": 5, "حزيران": 6, "تموز": 7, "آب": 8, "أيلول": 9,
           "تشرين الأول": 10, "تشرين الثاني": 11, "كانون الأول": 12},
    "bn": {"জানুয়ারি": 1, "ফেব্রুয়ারি": 2, "আগষ্ট": 8},
    "te": {"జూలై": 7},
    "ml": {"ഒക്ടോബർ": 10},
    "gu": {"ઓગસ્ટ": 8, "ઓક્ટોબર": 10},
    "pa": {"ਫਰਵਰੀ": 2},
    "hr": {"studenog": 11},
    "sl": {"januarja": 1, "februarja": 2, "aprila": 4, "junija": 6, "julija": 7, "avgusta": 8, "oktobra": 10},
    "uz": {"январ": 1, "феврал": 2, "апрел": 4, "сентябр": 9, "октябр": 10, "ноябр": 11, "декабр": 12},
    "ru": {"сен": 9, "ноя": 11},
    "fi": {"tammikuun": 1, "helmikuun": 2, "maaliskuun": 3, "huhtikuun": 4, "toukokuun": 5, "kesäkuun": 6, "heinäkuun": 7,
           "elokuun": 8, "syyskuun": 9, "lokakuun": 10, "marraskuun": 11, "joulukuun": 12},
    "sr": {"јануара": 1, "фебруара": 2, "марта": 3, "априла": 4, "маја": 5, "јуна": 6, "јула": 7, "августа": 8,
           "септембра": 9, "октобра": 10, "новембра": 11, "децембра": 12},
    "sr_Latn": {"januara": 1, "februara": 2, "marta": 3, "juna": 6, "jula": 7},
    "bg": {"септ": 9},
    "ka": {"იანვარს": 1, "თებერვალს": 2, "მარტს": 3, "აპრილს": 4, "მაისს": 5, "ივნისს": 6, "ივლისს": 7, "აგვისტოს": 8,
           "სექტემბერს": 9, "ოქტომბერს": 10, "ნოემბერს": 11, "დეკემბერს": 12},
    "lv": {"janvārī": 1, "februārī": 2, "martā": 3, "aprīlī": 4, "maijā": 5, "jūnijā": 6, "jūlijā": 7, "augustā": 8,
           "septembrī": 9, "oktobrī": 10, "novembrī": 11, "decembrī": 12},
}  # fmt: skip


def fold(name: str) -> str:
    """The form that newsdesk.dates looks up: NFC, lower case, without dots at the end."""
    return unicodedata.normalize("NFC", name).lower().strip().rstrip(".").strip()


def is_name(word: str) -> bool:
    return len(word) >= 2 and not any(letter.isdigit() for letter in word) and len(word.split()) <= 2


def collect() -> dict[str, int]:
    months: dict[str, int] = {}
    for language in LANGUAGES:
        table = Locale.parse(language).months
        for context in ("format", "stand-alone"):
            for width in ("wide", "abbreviated"):
                for number, name in table[context][width].items():
                    if is_name(fold(name)):
                        months.setdefault(fold(name), number)
        for name, number in MORE.get(language, {}).items():
            months.setdefault(fold(name), number)
    return dict(sorted(months.items()))


def collect_weekdays() -> list[str]:
    """Weekday names and abbreviations, which stand before dates."""
    names = {
        fold(name)
        for language in LANGUAGES
        for width in ("wide", "abbreviated")
        for name in Locale.parse(language).days["format"][width].values()
    }
    names |= {"thur", "thurs", "tues", "weds"}
    return sorted(name for name in names if is_name(name) and " " not in name)


def main() -> None:
    months = collect()
    TARGET.parent.mkdir(parents=True, exist_ok=True)
    about = "Month and weekday names of CLDR (Unicode licence v3), by training/dates.py"
    TARGET.write_text(
        json.dumps({"about": about, "months": months, "weekdays": collect_weekdays()}, ensure_ascii=False, indent=0) + "\n",
        "utf-8",
    )
    write_sums(TARGET.parent, [TARGET.name])
    print(f"{len(months)} names")


if __name__ == "__main__":
    main()
