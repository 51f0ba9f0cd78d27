"""French forms: contractions, elisions, ordinals in words, "1er", no-break blanks in dates."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from datetime import date

    from bot.letters.facts import Session

YOUR_COUNTRY = "votre pays"
YOUR_GOVERNMENT = "votre Gouvernement"
COURTESY_TRANSLATION = "Traduction de courtoisie"

NBSP, THIN = "\u00a0", "\u202f"

MONTHS = (
    "janvier",
    "février",
    "mars",
    "avril",
    "mai",
    "juin",
    "juillet",
    "août",
    "septembre",
    "octobre",
    "novembre",
    "décembre",
)

_UNITS = (
    "un",
    "deux",
    "trois",
    "quatre",
    "cinq",
    "six",
    "sept",
    "huit",
    "neuf",
    "dix",
    "onze",
    "douze",
    "treize",
    "quatorze",
    "quinze",
    "seize",
    "dix-sept",
    "dix-huit",
    "dix-neuf",
)
_TENS = {20: "vingt", 30: "trente", 40: "quarante", 50: "cinquante", 60: "soixante"}


def _cardinal(number: int) -> str:
    """The cardinal from 1 to 199, as an ordinal is built on it."""
    if number >= 100:
        return "cent" if number == 100 else f"cent {_cardinal(number - 100)}"
    if number < 20:
        return _UNITS[number - 1]
    base = number // 10 * 10
    if base in (70, 90):
        base -= 10
    if base == 80:
        return "quatre-vingt" if number == 80 else f"quatre-vingt-{_UNITS[number - 81]}"
    rest = number - base
    if rest == 0:
        return _TENS[base]
    return f"{_TENS[base]}{' et ' if rest in (1, 11) else '-'}{_UNITS[rest - 1]}"


def ordinal(number: int) -> str:
    """Dixième, vingt-cinquième, quatre-vingt-unième (2 to 199)."""
    stem = _cardinal(number)
    if stem.endswith("cinq"):
        stem += "u"
    elif stem.endswith("neuf"):
        stem = stem[:-1] + "v"
    elif stem.endswith("e"):
        stem = stem[:-1]
    return f"{stem}ième"


def full_date(day: date) -> str:
    """26 juillet 2010, with a no-break blank between day and month; 1er on the first."""
    return f"{day_in_year(day)} {day.year}"


def day_in_year(day: date) -> str:
    """25 mai."""
    number = "1er" if day.day == 1 else str(day.day)
    return f"{number}{NBSP}{MONTHS[day.month - 1]}"


def with_articles(title: str, *, capitals: bool = True) -> tuple[str, str, str]:
    """The title with its article, with "de" and with "à"."""
    del capitals  # French has one usage
    if title.startswith("Convention"):
        return f"la {title}", f"de la {title}", f"à la {title}"
    if title.startswith("Deuxième"):
        title = title.replace("Deuxième", "deuxième", 1)
    return f"le {title}", f"du {title}", f"au {title}"


def short_title(title: str) -> str:
    """What the letter calls the treaty once its title was given."""
    for name in ("Deuxième Protocole facultatif", "Protocole facultatif", "Pacte"):
        if title.startswith(name):
            return name
    return "Convention"


def of_name(formal: str) -> str:
    """Of a State: contracts le and les, keeps la and l’, elides before a vowel."""
    for article, of in (("le ", "du "), ("les ", "des "), ("la ", "de la "), ("l’", "de l’")):
        if formal.startswith(article):
            return of + formal.removeprefix(article)
    return ("d’" if re.match("[AÂEÉÈÊIÎOÔUÙYaeéèiou]", formal) else "de ") + formal


def of_session(session: Session, *, capitals: bool = True) -> str:
    """De la quatre-vingt-deuxième session de l’Assemblée générale: the number says which."""
    del capitals
    return f"de la {ordinal(session.number)} session de l’Assemblée générale"


def spaced(text: str) -> str:
    """French spaces: U+202F before ; ! ?, U+00A0 before : and inside « », numbers with nouns."""
    text = re.sub(r"[ \u00a0\u202f]*([;!?])(?=\s|$|»)", rf"{THIN}\1", text)
    text = re.sub(r"[ \u00a0\u202f]+:(?=\s|$)", f"{NBSP}:", text)
    text = re.sub(r"«[ \u00a0\u202f]*", f"«{NBSP}", text)
    text = re.sub(r"[ \u00a0\u202f]*»", f"{NBSP}»", text)
    return re.sub(r"(%\(count\)s|%\(years\)s) (?=\w)", rf"\1{NBSP}", text)
