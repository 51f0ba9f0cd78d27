"""What the head of a column says that the column holds, in three languages and both spellings."""

from __future__ import annotations

import re
from enum import StrEnum

from bot.letters.signatory_words import folded

MOST_WORDS = 12
"""A head with more words is a question of a form, and no name of a column."""


class Meaning(StrEnum):
    """What a column holds."""

    NAME = "name"
    FIRST_NAME = "first"
    LAST_NAME = "last"
    ROLE = "role"
    ORGANISATION = "organisation"


def _words(text: str) -> frozenset[str]:
    return frozenset(text.split())


_ORGANISATION = _words(
    """
    organisation organization org organisations organizations institution institutions ngo ngos
    association company network coalition group ong ongs organisme structure organizacion
    organizaciones institucion entidad asociacion empresa red reseau affiliation afiliacion
    organismo employer
    """
)
_ROLE = _words(
    """
    role title position function fonction titre qualite poste cargo funcion puesto titulo job
    designation capacity rol
    """
)
_PERSON = _words(
    """
    signatory signatories signer cosigner representative person contact signataire signataires
    cosignataire representant representante personne firmante firmantes persona
    """
)
_NAME = _words("name names nom noms nombre nombres fullname")
_FIRST = _words("first given prenom prenoms pila firstname forename")
_LAST = _words("last family surname apellido apellidos lastname famille")
_FILLERS = _words(
    """
    of the your a an and or in full complete complet complete completo de la le les l'organisation
    d'organisation du des votre vos su sus del el los las y et en as it should appear to be on
    letter lettre carta que such full official officiel oficial or ou o for pour para que represent
    who signs signing
    """
)
_OTHERS = _words(
    """
    timestamp horodateur horodatage marca temporal email e-mail mail courriel correo electronico
    phone tel telephone telefono mobile whatsapp date fecha country pays pais city ville ciudad
    address adresse direccion website site web url id no number numero n° nr # comments comment
    commentaires comentarios notes language langue idioma gender genre sexo honorific civilite
    tratamiento region logo
    """
)
_CONSENT = _words(
    """
    agree agrees consent permission allow may can acuerdo autoriza autorizo acepta acepto accord
    acceptez acceptons autorisez consentement consentimiento consiente do does
    """
)


def _parts(head: str) -> list[str]:
    plain = folded(head).replace("’", "'")
    plain = re.sub(r"\b[ld]'", "", plain)
    return re.findall(r"[\w#°-]+", plain)


def is_known(head: str) -> bool:
    """Whether every word is one that stands in heads: so no name of a person or organisation is."""
    words = _parts(head)
    known = _ORGANISATION | _ROLE | _PERSON | _NAME | _FIRST | _LAST | _FILLERS | _OTHERS
    return bool(words) and len(words) <= MOST_WORDS and all(word in known for word in words)


def meaning_of(head: str) -> Meaning | None:
    """What a column of that head holds; None where it holds nothing that signs."""
    words = set(_parts(head))
    if not words or len(_parts(head)) > MOST_WORDS or words & _CONSENT or "?" in head:
        return None
    if words & (_words("email e-mail mail courriel correo timestamp horodateur phone telephone")):
        return None
    if words & _PERSON and not words & _ROLE:
        return Meaning.NAME
    if words & _ORGANISATION and not (words & _ROLE and not words & _NAME):
        return Meaning.ORGANISATION
    if words & _ROLE:
        return Meaning.ROLE
    return _part_of_name(words)


def _part_of_name(words: set[str]) -> Meaning | None:
    first, last = words & _FIRST, words & _LAST
    if first and last:
        return Meaning.NAME  # "Prénom et nom de famille"
    if "prenom" in words and "nom" in words:
        return Meaning.NAME
    if first:
        return Meaning.FIRST_NAME
    if last:
        return Meaning.NAME if words & _words("nombre nombres") else Meaning.LAST_NAME
    return Meaning.NAME if words & _NAME else None


HONORIFICS = _words("mr mrs ms miss mx dr prof m mme mlle sr sra srta dra rev fr sir dame hon")
"""What may fill a column called "Title" that holds no role."""
