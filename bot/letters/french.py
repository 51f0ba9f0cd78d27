"""French forms: contractions, elisions, ordinals in words, "1er", no-break blanks in dates."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from bot.letters.addresses import outside_addresses
from bot.letters.facts import Instrument
from bot.letters.treaties import Register

if TYPE_CHECKING:
    from datetime import date

    from bot.letters.facts import Session

YOUR_COUNTRY = "votre pays"
YOUR_GOVERNMENT = "votre Gouvernement"
TO_YOUR_GOVERNMENT = "à votre Gouvernement"
OTHER_STATES = "d’autres États"
GENERAL_ASSEMBLY = "l’Assemblée générale des Nations Unies"
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

INSTRUMENTS = {
    Instrument.RATIFICATION: "son instrument de ratification",
    Instrument.ACCESSION: "son instrument d’adhésion",
    Instrument.EITHER: "son instrument de ratification ou d’adhésion",
    Instrument.CONSENT: "la notification de son consentement à être lié",
}
SEVERAL_INSTRUMENTS = {
    Instrument.RATIFICATION: "ses instruments de ratification",
    Instrument.ACCESSION: "ses instruments d’adhésion",
    Instrument.EITHER: "ses instruments de ratification ou d’adhésion",
    Instrument.CONSENT: "les notifications de son consentement à être lié",
}

AIMS = {
    Register.HUMAN_RIGHTS: "à la protection des droits de l’homme",
    Register.DISARMAMENT: "au désarmement",
    Register.JUSTICE: "à la justice internationale",
    Register.PROTECTION: "au droit international",
    None: "au droit international",
}
"""What a State shows its commitment to that joins several treaties; of several kinds at the end."""

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
_THAT = {"la": "cette", "le": "ce", "l’": "cet"}
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


def cardinal(number: int) -> str:
    """Numbers below ten in words."""
    return _UNITS[number - 1] if 0 < number < 10 else str(number)


def full_date(day: date) -> str:
    """26 juillet 2010, with a no-break blank between day and month; 1er on the first."""
    return f"{day_in_year(day)} {day.year}"


def day_in_year(day: date) -> str:
    """25 mai."""
    number = "1er" if day.day == 1 else str(day.day)
    return f"{number}{NBSP}{MONTHS[day.month - 1]}"


opening_day = day_in_year


def parties(count: int, *, only_states: bool) -> str:
    """174 États parties; 193 parties where one of them is no State."""
    noun = "État partie" if only_states else "partie"
    if count > 1:
        noun = "États parties" if only_states else "parties"
    number = "une" if count == 1 and not only_states else cardinal(count)
    return f"{number}{NBSP}{noun}"


def states(count: int) -> str:
    """178 États."""
    return f"{cardinal(count)}{NBSP}{'État' if count == 1 else 'États'}"


def with_articles(title: str, article: str) -> tuple[str, ...]:
    """The title with its article, with "de" and with "à", after "partie" and "succession"."""
    if title.startswith("Deuxième"):
        title = title.replace("Deuxième", "deuxième", 1)
    blank = "" if article == "l’" else " "
    the = f"{article}{blank}{title}"
    of, to = {"le": ("du", "au")}.get(article, (f"de {article}", f"à {article}"))
    to = f"{to}{blank}{title}"
    return the, f"{of}{blank}{title}", to, f"partie {to}", f"succession {to}"


def party_to_that(short: str, article: str) -> str:
    """After a title that holds this one: « partie à ce Pacte », « partie à cette Convention »."""
    return f"partie à {_THAT[article]} {short}"


def of_name(formal: str) -> str:
    """Of a State: contracts le and les, keeps la and l’, elides before a vowel."""
    for article, of in (("le ", "du "), ("les ", "des "), ("la ", "de la "), ("l’", "de l’")):
        if formal.startswith(article):
            return of + formal.removeprefix(article)
    return ("d’" if re.match("[AÂEÉÈÊIÎOÔUÙYaeéèiou]", formal) else "de ") + formal


def to_name(formal: str) -> str:
    """To a State: contracts le and les."""
    for article, to in (("le ", "au "), ("les ", "aux ")):
        if formal.startswith(article):
            return to + formal.removeprefix(article)
    return f"à {formal}"


def bare_name(formal: str) -> str:
    """A State's formal name without its article, as it stands in an address."""
    return re.sub(r"^(?:les? |la |l’)", "", formal)


def of_session(session: Session, *, first: bool = False) -> str:
    """De la quatre-vingt-deuxième session de l’Assemblée générale: the number says which."""
    whose = " des Nations Unies" if first else ""
    return f"de la {ordinal(session.number)} session de l’Assemblée générale{whose}"


def spaced(text: str) -> str:
    """French spaces: U+202F before ; ! ?, U+00A0 before : and inside « », numbers with nouns.

    Addresses have none.
    """
    return outside_addresses(text, _spaced)


def _spaced(text: str) -> str:
    text = re.sub(r"[ \u00a0\u202f]*([;!?]+)(?=\s|$|»)", rf"{THIN}\1", text)
    text = re.sub(r"[ \u00a0\u202f]+:(?=\s|$|»)", f"{NBSP}:", text)
    text = re.sub(r"«[ \u00a0\u202f]*", f"«{NBSP}", text)
    text = re.sub(r"[ \u00a0\u202f]*»", f"{NBSP}»", text)
    return re.sub(r"(%\(count\)s|%\(years\)s) (?=\w)", rf"\1{NBSP}", text)
