"""What the columns of a mission book hold, by their heads in three languages, in any order."""

from __future__ import annotations

import re
from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING

from bot.letters.model import Language
from bot.letters.signatory_words import folded

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

HEAD_ROWS = 15
"""Above the head may stand a title and a few lines of advice."""

FEWEST = 2
"""So many heads make a row of heads: a title above them may be one word that a head may be."""

MOST_CHARACTERS = 80


class Column(StrEnum):
    """What a column holds."""

    STATE = "state"
    CODE = "code"
    OFFICE = "office"
    CITY = "city"
    ADDRESS = "address"
    EMAIL = "email"
    LANGUAGE = "language"
    NAME = "name"
    RANK = "rank"
    GENDER = "gender"
    AS_OF = "as_of"


HEADS: dict[Column, dict[Language, str]] = {
    Column.STATE: {Language.EN: "State", Language.FR: "État", Language.ES: "Estado"},
    Column.CODE: {Language.EN: "Code", Language.FR: "Code", Language.ES: "Código"},
    Column.OFFICE: {
        Language.EN: "Office",
        Language.FR: "Destinataire",
        Language.ES: "Destinatario",
    },
    Column.CITY: {
        Language.EN: "City (embassies)",
        Language.FR: "Ville (ambassades)",
        Language.ES: "Ciudad (embajadas)",
    },
    Column.ADDRESS: {Language.EN: "Address", Language.FR: "Adresse", Language.ES: "Dirección"},
    Column.EMAIL: {
        Language.EN: "E-mail",
        Language.FR: "Courriel",
        Language.ES: "Correo electrónico",
    },
    Column.LANGUAGE: {
        Language.EN: "Language of correspondence",
        Language.FR: "Langue de correspondance",
        Language.ES: "Idioma de correspondencia",
    },
    Column.NAME: {
        Language.EN: "Name of its head",
        Language.FR: "Nom du ou de la chef",
        Language.ES: "Nombre del titular",
    },
    Column.RANK: {Language.EN: "Rank", Language.FR: "Rang", Language.ES: "Rango"},
    Column.GENDER: {Language.EN: "Gender", Language.FR: "Genre", Language.ES: "Género"},
    Column.AS_OF: {Language.EN: "As of", Language.FR: "À la date du", Language.ES: "A fecha de"},
}
"""The heads of the template, and what the messages call the columns."""

_MORE = {
    Column.STATE: (
        "states|country|countries|member state|etats|etat membre|pays|estados|estado miembro|pais|"
        "name of state|name of the state|nom de l'etat|nombre del estado"
    ),
    Column.CODE: "iso|iso3|iso-3|iso code|code iso|codigo iso|iso3 code|state code",
    Column.OFFICE: (
        "which|which office|mission|mission or ministry|addressee|post|kind|bureau|organe|"
        "service|lequel|laquelle|quel service|mision|oficina|cual|tipo|type"
    ),
    Column.CITY: "city|town|ville|ciudad|localidad",
    Column.ADDRESS: (
        "addresses|postal address|street|street address|adresses|adresse postale|rue|"
        "direcciones|direccion postal|calle|domicilio"
    ),
    Column.EMAIL: (
        "email|mail|e-mails|emails|e-mail address|email address|adresse e-mail|adresse email|"
        "adresse electronique|adresse de courriel|courrier electronique|mel|correo|"
        "correos|direccion de correo electronico|direccion electronica"
    ),
    Column.LANGUAGE: "language|langue|idioma|lengua|lengua de correspondencia",
    Column.NAME: (
        "name|head|head's name|name of head|name of the head|head of mission|head of office|"
        "nom|chef|nom du chef|nom de la cheffe|chef de mission|titulaire|nom du titulaire|"
        "nombre|titular|jefe|jefe de mision|nombre del jefe|nombre de la titular|"
        "nombre del jefe de mision|nom du chef de mission|name of head of mission"
    ),
    Column.RANK: "title|titre|titulo|function|fonction|funcion|cargo|position",
    Column.GENDER: "sex|sexe|sexo|woman or man|femme ou homme|mujer u hombre",
    Column.AS_OF: (
        "as at|date|checked|checked on|last checked|verified on|date checked|as of date|"
        "au|a jour au|verifie le|date de verification|etat au|en date du|"
        "fecha|al|verificado el|actualizado el|a la fecha de|fecha de verificacion"
    ),
}

_WORDS: dict[str, Column] = {
    word: column
    for column, names in HEADS.items()
    for word in (*map(folded, names.values()), *_MORE[column].split("|"))
}

_BRACKETS = re.compile(r"\s*\([^()]*\)|\s*\*+\s*$")
_NUMBERED = re.compile(r"^(address|adresse|direccion)(?: (?:line|ligne|linea))? ?[#n°]*\d{1,2}$")
_LINE = re.compile(r"^(?:address |adresse )?(?:line|ligne|linea) ?\d{1,2}$")

NEEDED = (Column.OFFICE, Column.AS_OF)
"""Without these nothing can be taken; and without the State's name or code."""


def column_of(head: str) -> Column | None:
    """What a column of that head holds; None where it is not for the book."""
    if len(head) > MOST_CHARACTERS:
        return None
    word = folded(head)
    plain = folded(_BRACKETS.sub("", head))
    if _NUMBERED.match(plain) or _LINE.match(plain):
        return Column.ADDRESS
    return _WORDS.get(word) or _WORDS.get(plain)


@dataclass(frozen=True, slots=True)
class Heads:
    """Where the head stands among the rows, and which column holds what.

    `missing` are columns that a book needs, `twice` those that two heads name. An address may have
    several columns. `unused` are heads that are not for the book.
    """

    at: int
    columns: Mapping[Column, tuple[int, ...]]
    missing: tuple[Column, ...] = ()
    twice: tuple[Column, ...] = ()
    unused: tuple[str, ...] = ()


def heads_of(rows: Sequence[Sequence[str]]) -> Heads | None:
    """The row with the most heads among the first; None where none has enough of them."""
    counted = [
        (len({column_of(cell) for cell in cells} - {None}), -at)
        for at, cells in enumerate(rows[:HEAD_ROWS])
    ]
    most, behind = max(counted, default=(0, 0))
    if most < FEWEST:
        return None
    heads, found = rows[-behind], dict[Column, tuple[int, ...]]()
    for number, head in enumerate(heads):
        column = column_of(head)
        if column:
            found[column] = (*found.get(column, ()), number)
    missing = [one for one in NEEDED if one not in found]
    if Column.STATE not in found and Column.CODE not in found:
        missing.insert(0, Column.STATE)
    return Heads(
        -behind,
        found,
        tuple(missing),
        tuple(one for one, at in found.items() if len(at) > 1 and one is not Column.ADDRESS),
        tuple(head for head in heads if head.strip() and column_of(head) is None),
    )
