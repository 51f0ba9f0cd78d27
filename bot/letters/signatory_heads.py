"""What the head of a column says that the column holds, in three languages and both spellings."""

from __future__ import annotations

import re
from enum import StrEnum

from bot.letters.signatory_words import folded

MOST_WORDS = 25
MOST_CHARACTERS = 400
"""A head that is longer is a text, and no name of a column."""


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
    organismo employer cso csos osc collectif colectivo colectiva denominacion agency agencia
    movement mouvement movimiento fondation foundation fundacion universite university universidad
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
    letter lettre carta que such official officiel oficial ou o for pour para represent
    who signs signing represented representing represents supporting endorsing legal legale
    contact please write enter provide indicate what is which you are within held at by au sein
    dans quel quelle est sont cual es representa representada representee s'il vous plait veuillez
    indiquer por favor escriba indique authorised authorized this behalf
    """
)
_OTHERS = _words(
    """
    timestamp horodateur horodatage marca temporal email e-mail mail courriel correo electronico
    phone tel telephone telefono mobile whatsapp date fecha country pays pais city ville ciudad
    address adresse direccion website site web url id no number numero n° nr # comments comment
    commentaires comentarios notes language langue idioma gender genre sexo honorific civilite
    tratamiento region logo type tipo kind acronym sigle siglas acronyme signature firma members
    membres miembros size taille mission description sector secteur contact_email link lien enlace
    """
)
_NEVER = _words(
    """
    timestamp horodateur horodatage marca email e-mail mail courriel correo phone telephone telefono
    tel mobile whatsapp country pays pais city ville ciudad address adresse direccion website site
    web url logo type tipo members membres miembros description sector secteur
    link lien enlace
    """
)
"""What a column says of a person or an organisation, and is no name of it."""

_CONSENT = _words(
    """
    agree agrees consent permission allow may can acuerdo autoriza autorizo acepta acepto accord
    acceptez acceptons autorisez consentement consentimiento consiente do does did would will
    have has etes avez souhaitez voulez desea tiene confirm confirmez confirma
    """
)
_ASKING = _words("is are was will est-ce est sont es son esta")
"""How a question begins that is answered by yes or no."""

_SEGMENTS = re.compile(r"\s*(?:[/|,;+&]|\b(?:and|et|y|or|ou)\b)\s*")
_BRACKETS = re.compile(r"\s*\([^()]*\)")


def _parts(head: str) -> list[str]:
    """The words of a head, folded; none of what is too long to be one."""
    if len(head) > MOST_CHARACTERS:
        return []
    plain = folded(head).replace("’", "'").replace("(s)", "")
    plain = re.sub(r"\b[ld]'", "", plain)
    return re.findall(r"[\w#°-]+", plain)


def is_known(head: str) -> bool:
    """Whether every word is one that stands in heads: so no name of a person or organisation is."""
    words = _parts(head)
    known = _ORGANISATION | _ROLE | _PERSON | _NAME | _FIRST | _LAST | _FILLERS | _OTHERS
    return bool(words) and len(words) <= MOST_WORDS and all(word in known for word in words)


def is_of_form(head: str) -> bool:
    """Whether it is a head that forms add, and that nobody is called: Timestamp, E-mail address."""
    words = set(_parts(head))
    form = _words("timestamp horodateur horodatage marca temporal email e-mail courriel correo")
    return bool(words & form) and is_known(head)


def meaning_of(head: str) -> Meaning | None:
    """What a column of that head holds; None where it holds nothing that signs.

    Of a head that names two things, the first counts: "Name and title", "Nom / Name".
    """
    words = _parts(head)
    if not words or len(words) > MOST_WORDS or set(words) & _CONSENT or words[0] in _ASKING:
        return None
    name = _whole_name(set(words))
    if name:
        return name
    first = next((part for part in _SEGMENTS.split(folded(head)) if part.strip()), "")
    for text in (first, head, _BRACKETS.sub("", head)):
        meaning = _meaning(set(_parts(text)))
        if meaning:
            return meaning
    return None


def _whole_name(words: set[str]) -> Meaning | None:
    """A person's name, of which both halves are named: "Apellidos y nombre"."""
    if words & (_ORGANISATION | _ROLE | _NEVER):
        return None
    both = (words & _FIRST and words & _LAST) or {"nom", "prenom"} <= words
    both = both or ("apellidos" in words and "nombre" in words)
    both = both or (words & _words("surname lastname") and "name" in words and "and" in words)
    return Meaning.NAME if both else None


def _meaning(words: set[str]) -> Meaning | None:
    if words & _NEVER:
        return None
    if words & _PERSON and not words & _ROLE:
        # "Organisation signataire" and "signatory organisation" are organisations'.
        signing = _words("signatory signataire firmante signataires firmantes signatories")
        if not (words & _ORGANISATION and words & _PERSON <= signing and not words & _NAME):
            return Meaning.NAME
    if words & _ORGANISATION and not (words & _ROLE and not words & _NAME):
        return Meaning.ORGANISATION
    if words & _ROLE:
        return Meaning.ROLE
    return _part_of_name(words)


def _part_of_name(words: set[str]) -> Meaning | None:
    if words & _FIRST:
        return Meaning.FIRST_NAME
    if words & _LAST:
        return Meaning.LAST_NAME
    return Meaning.NAME if words & _NAME else None


HONORIFICS = _words("mr mrs ms miss mx dr prof m mme mlle sr sra srta dra rev fr sir dame hon")
"""What may fill a column called "Title" that holds no role."""
