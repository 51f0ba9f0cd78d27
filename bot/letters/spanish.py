"""Spanish forms: al and del, ordinals in words with primer and tercer, períodos de sesiones."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from bot.letters.facts import Instrument
from bot.letters.treaties import Register

if TYPE_CHECKING:
    from datetime import date

    from bot.letters.facts import Session

YOUR_COUNTRY = "su país"
YOUR_GOVERNMENT = "su Gobierno"
TO_YOUR_GOVERNMENT = "a su Gobierno"
OTHER_STATES = "otros Estados"
GENERAL_ASSEMBLY = "la Asamblea General de las Naciones Unidas"
COURTESY_TRANSLATION = "Traducción de cortesía"

MONTHS = (
    "enero",
    "febrero",
    "marzo",
    "abril",
    "mayo",
    "junio",
    "julio",
    "agosto",
    "septiembre",
    "octubre",
    "noviembre",
    "diciembre",
)

INSTRUMENTS = {
    Instrument.RATIFICATION: "su instrumento de ratificación",
    Instrument.ACCESSION: "su instrumento de adhesión",
    Instrument.EITHER: "su instrumento de ratificación o de adhesión",
    Instrument.CONSENT: "la notificación de su consentimiento en obligarse",
}
SEVERAL_INSTRUMENTS = {
    Instrument.RATIFICATION: "sus instrumentos de ratificación",
    Instrument.ACCESSION: "sus instrumentos de adhesión",
    Instrument.EITHER: "sus instrumentos de ratificación o de adhesión",
    Instrument.CONSENT: "las notificaciones de su consentimiento en obligarse",
}

AIMS = {
    Register.HUMAN_RIGHTS: "con la protección de los derechos humanos",
    Register.DISARMAMENT: "con el desarme",
    Register.JUSTICE: "con la justicia internacional",
    Register.PROTECTION: "con el derecho internacional",
    None: "con el derecho internacional",
}
"""What a State shows its commitment to that joins several treaties; of several kinds at the end."""

_CARDINALS = ("un", "dos", "tres", "cuatro", "cinco", "seis", "siete", "ocho", "nueve")
_UNITS = (
    "primer",
    "segundo",
    "tercer",
    "cuarto",
    "quinto",
    "sexto",
    "séptimo",
    "octavo",
    "noveno",
)
_TENS = (
    "décimo",
    "vigésimo",
    "trigésimo",
    "cuadragésimo",
    "quincuagésimo",
    "sexagésimo",
    "septuagésimo",
    "octogésimo",
    "nonagésimo",
)


def ordinal(number: int) -> str:
    """Décimo, vigésimo quinto, octogésimo primer: masculine, before its noun (1 to 199)."""
    if number >= 100:
        return "centésimo" if number == 100 else f"centésimo {ordinal(number - 100)}"
    if number in (11, 12):
        return {11: "undécimo", 12: "duodécimo"}[number]
    tens, unit = divmod(number, 10)
    if tens == 0:
        return _UNITS[unit - 1]
    if unit == 0:
        return _TENS[tens - 1]
    if tens == 1:
        return "decimoctavo" if number == 18 else f"decimo{_UNITS[unit - 1]}"
    return f"{_TENS[tens - 1]} {_UNITS[unit - 1]}"


def cardinal(number: int) -> str:
    """Numbers below ten in words, before a masculine noun."""
    return _CARDINALS[number - 1] if 0 < number <= len(_CARDINALS) else str(number)


def full_date(day: date) -> str:
    """26 de julio de 2010."""
    return f"{day_in_year(day)} de {day.year}"


def day_in_year(day: date) -> str:
    """25 de mayo; the first of the month is 1 de mayo."""
    return f"{day.day} de {MONTHS[day.month - 1]}"


opening_day = day_in_year


def parties(count: int, *, only_states: bool) -> str:
    """174 Estados partes; 193 partes where one of them is no State."""
    if only_states:
        return f"{cardinal(count)} {'Estado parte' if count == 1 else 'Estados partes'}"
    return "una parte" if count == 1 else f"{cardinal(count)} partes"


def states(count: int) -> str:
    """178 Estados."""
    return f"{cardinal(count)} {'Estado' if count == 1 else 'Estados'}"


def with_articles(title: str, article: str) -> tuple[str, ...]:
    """The title with its article, with "de" and with "a", after "parte" and "sucesión".

    A State is party in a treaty, and succeeds in it.
    """
    the = f"{article} {title}"
    of, to = ("del", "al") if article == "el" else (f"de {article}", f"a {article}")
    return the, f"{of} {title}", f"{to} {title}", f"parte en {the}", f"sucesión en {the}"


def party_to_that(short: str, article: str) -> str:
    """After a title that holds this one: «parte en ese Pacto», «parte en esa Convención»."""
    return f"parte en {'ese' if article == 'el' else 'esa'} {short}"


def of_name(formal: str) -> str:
    """Of a State: contracts el; an article that belongs to the name stays (de El Salvador)."""
    if formal.startswith("el "):
        return f"d{formal}"
    return f"de {formal}"


def to_name(formal: str) -> str:
    """To a State: contracts el."""
    return f"al {formal.removeprefix('el ')}" if formal.startswith("el ") else f"a {formal}"


def bare_name(formal: str) -> str:
    """A State's formal name without its article, as it stands in an address."""
    return re.sub(r"^(?:el |las? |los )", "", formal)


def of_session(session: Session, *, first: bool = False) -> str:
    """Del octogésimo segundo período de sesiones de la Asamblea General: its number says which."""
    whose = " de las Naciones Unidas" if first else ""
    return f"del {ordinal(session.number)} período de sesiones de la Asamblea General{whose}"
