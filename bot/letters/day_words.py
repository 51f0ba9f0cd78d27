"""The words for days and months in English, French and Spanish, as people type them: folded."""

from __future__ import annotations

import unicodedata
from functools import lru_cache

from bot.letters import english, french, spanish

_SHORTEST_MONTH = 3
_MARKS = str.maketrans(
    {"’": "'", "‘": "'", "ʼ": "'", "،": ",", "、": ",", "‐": "-", "–": "-", "−": "-"}
)

WEEKDAYS = {
    word: number
    for number, words in enumerate(
        (
            ("monday", "lundi", "lunes"),
            ("tuesday", "mardi", "martes"),
            ("wednesday", "mercredi", "miercoles"),
            ("thursday", "jeudi", "jueves"),
            ("friday", "vendredi", "viernes"),
            ("saturday", "samedi", "sabado"),
            ("sunday", "dimanche", "domingo"),
        )
    )
    for word in words
}
"""Monday is 0, as in `date.weekday`."""

SHORT_WEEKDAYS = {
    word: number
    for number, words in enumerate(
        (
            ("mon", "lun"),
            ("tue", "tues", "mar"),
            ("wed", "weds", "mer", "mie"),
            ("thu", "thur", "thurs", "jeu", "jue"),
            ("fri", "ven", "vie"),
            ("sat", "sam", "sab"),
            ("sun", "dim", "dom"),
        )
    )
    for word in words
}
"""They mean a day only before a date: « Viña del Mar » is a place."""

RELATIVE = {
    "today": 0,
    "aujourd'hui": 0,
    "aujourdhui": 0,
    "aujourd hui": 0,
    "ce jour": 0,
    "hoy": 0,
    "tomorrow": 1,
    "demain": 1,
    "manana": 1,
    "yesterday": -1,
    "hier": -1,
    "ayer": -1,
    "day after tomorrow": 2,
    "apres-demain": 2,
    "apres demain": 2,
    "pasado manana": 2,
    "day before yesterday": -2,
    "avant-hier": -2,
    "avant hier": -2,
    "anteayer": -2,
    "antes de ayer": -2,
    "tmrw": 1,
    "tmr": 1,
    "auj": 0,
    "heute": 0,
    "morgen": 1,
    "hoje": 0,
    "amanha": 1,
    "сегодня": 0,
    "завтра": 1,
    "今天": 0,
    "明天": 1,
    "اليوم": 0,
    "غدا": 1,
}
"""Days from today; of other languages the two that are typed most."""

NUMBERS = {
    word: number
    for number, words in {
        1: "a an one un une uno una",
        2: "two deux dos",
        3: "three trois tres",
        4: "four quatre cuatro",
        5: "five cinq cinco",
        6: "six seis",
        7: "seven sept siete",
        8: "eight huit ocho",
        9: "nine neuf nueve",
        10: "ten dix diez",
    }.items()
    for word in words.split()
}
"""How many days or weeks."""

_ARABIC_MONTHS = [
    "يناير",
    "فبراير",
    "مارس",
    "أبريل",
    "مايو",
    "يونيو",
    "يوليو",
    "أغسطس",
    "سبتمبر",
    "أكتوبر",
    "نوفمبر",
    "ديسمبر",
]
"""As the Unicode CLDR has them for ar."""

FIRST = {"first": "1", "premier": "1", "primero": "1", "uno": "1"}

ARTICLES = frozenset(
    {"on", "the", "le", "ce", "du", "au", "el", "este", "esta", "a", "al", "del", "this", "dated"}
)
NEXT = frozenset({"next", "coming", "prochain", "proximo", "vient", "viene", "entrante"})
LAST = frozenset({"last", "past", "dernier", "passe", "pasado"})
FILLERS = ARTICLES | {"qui", "que"}

YES = frozenset({"yes", "yes please", "yeah", "yep", "ok", "okay", "oui", "d'accord", "si", "vale"})
NO = frozenset({"no", "no thanks", "nope", "non", "no gracias"})


def folded(text: str) -> str:
    """Without accents, capitals and invisible marks, digits of any script as 0 to 9."""
    kept = []
    for char in unicodedata.normalize("NFKD", text.casefold()).translate(_MARKS):
        digit = unicodedata.decimal(char, None)
        if digit is not None:
            kept.append(str(digit))
        elif not unicodedata.combining(char) and unicodedata.category(char) != "Cf":
            kept.append(char)
    return " ".join("".join(kept).split()).strip(' .,;:!?¡¿()“”"')


def month_of(word: str) -> int:
    """1 to 12, from a month's name or a start of it that means one month; else 0."""
    months = _months()
    if word in months:
        return months[word]
    if len(word) < _SHORTEST_MONTH:
        return 0
    found = {number for name, number in months.items() if name.startswith(word)}
    return found.pop() if len(found) == 1 else 0


@lru_cache(maxsize=1)
def _months() -> dict[str, int]:
    return {
        folded(name): number
        for language in (english, french, spanish)
        for number, name in enumerate(language.MONTHS, start=1)
    } | {
        "sept": 9,
        "setiembre": 9,
        **{folded(name): number for number, name in enumerate(_ARABIC_MONTHS, start=1)},
    }


MONTH_NAMES = frozenset(_months())
"""Folded."""
