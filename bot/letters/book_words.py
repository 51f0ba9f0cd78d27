"""The words of a mission book, in English, French and Spanish: offices, ranks, women and men.

Folded as by `signatory_words.folded`. What may mean two things is no word here.
"""

from __future__ import annotations

from bot.letters.model import Gender, Language, Office, Rank
from bot.letters.signatory_words import folded

OFFICE_NAMES: dict[Office, dict[Language, str]] = {
    Office.GENEVA: {
        Language.EN: "Mission in Geneva",
        Language.FR: "Mission à Genève",
        Language.ES: "Misión en Ginebra",
    },
    Office.NEW_YORK: {
        Language.EN: "Mission in New York",
        Language.FR: "Mission à New York",
        Language.ES: "Misión en Nueva York",
    },
    Office.MINISTRY: {
        Language.EN: "Ministry of Foreign Affairs",
        Language.FR: "Ministère des affaires étrangères",
        Language.ES: "Ministerio de Relaciones Exteriores",
    },
    Office.HEAD_OF_STATE: {
        Language.EN: "Head of State",
        Language.FR: "Chef de l’État",
        Language.ES: "Jefatura del Estado",
    },
    Office.HEAD_OF_GOVERNMENT: {
        Language.EN: "Head of Government",
        Language.FR: "Chef du gouvernement",
        Language.ES: "Jefatura del Gobierno",
    },
    Office.EMBASSY: {
        Language.EN: "Embassy",
        Language.FR: "Ambassade",
        Language.ES: "Embajada",
    },
}
"""What the template and the messages call them."""

_MORE_OFFICES = {
    Office.GENEVA: (
        "geneva|geneve|ginebra|genf|gva|mission geneva|mission geneve|mision ginebra|"
        "permanent mission geneva|permanent mission in geneva|mission permanente a geneve|"
        "mision permanente en ginebra|unog|onug"
    ),
    Office.NEW_YORK: (
        "new york|new-york|nueva york|ny|nyc|mission new york|mision nueva york|"
        "permanent mission new york|permanent mission in new york|"
        "mission permanente a new york|mision permanente en nueva york|unhq"
    ),
    Office.MINISTRY: (
        "ministry|mfa|foreign ministry|foreign minister|minister|minister of foreign affairs|"
        "minister for foreign affairs|ministere|mae|maece|ministre|"
        "ministre des affaires etrangeres|ministerio|ministro|ministra|cancilleria|"
        "ministerio de asuntos exteriores|ministerio de relaciones exteriores y culto"
    ),
    Office.HEAD_OF_STATE: (
        "head-of-state|president|presidency|presidence|presidencia|chef d'etat|jefe de estado|"
        "jefa de estado|jefe del estado|jefa del estado|jefatura de estado"
    ),
    Office.HEAD_OF_GOVERNMENT: (
        "head-of-government|prime minister|prime minister's office|premier ministre|primature|"
        "chef de gouvernement|cheffe du gouvernement|primer ministro|primera ministra|"
        "jefe de gobierno|jefa de gobierno|jefe del gobierno|jefa del gobierno|jefatura de gobierno"
    ),
    Office.EMBASSY: "embassies|ambassades|embajadas",
}

OFFICES: dict[str, Office] = {
    word: office
    for office in Office
    for word in (
        str(office),
        *(folded(name) for name in OFFICE_NAMES[office].values()),
        *_MORE_OFFICES[office].split("|"),
    )
}

RANK_NAMES: dict[str, dict[Language, str]] = {
    "ambassador": {
        Language.EN: "ambassador",
        Language.FR: "ambassadeur",
        Language.ES: "embajador",
    },
    "charge": {
        Language.EN: "chargé d’affaires",
        Language.FR: "chargé d’affaires",
        Language.ES: "encargado de negocios",
    },
    "nuncio": {Language.EN: "nuncio", Language.FR: "nonce", Language.ES: "nuncio"},
    "minister": {Language.EN: "minister", Language.FR: "ministre", Language.ES: "ministro"},
    "prime-minister": {
        Language.EN: "prime minister",
        Language.FR: "premier ministre",
        Language.ES: "primer ministro",
    },
    "president": {Language.EN: "president", Language.FR: "président", Language.ES: "presidente"},
    "monarch": {Language.EN: "monarch", Language.FR: "monarque", Language.ES: "monarca"},
}
"""By the rank's own value. Nobody of no title is named in a book."""

_MORE_RANKS = {
    "ambassador": (
        "ambassadrice|embajadora|permanent representative|representant permanent|"
        "representante permanente|permanent observer|observateur permanent|observador permanente"
    ),
    "charge": (
        "charge|chargee|charge d'affaires|chargee d'affaires|charge d'affaires ai|"
        "chargee d'affaires ai|encargada de negocios|encargado de negocios ai|"
        "encargada de negocios ai|charge(e) d'affaires"
    ),
    "nuncio": "apostolic nuncio|nonce apostolique|nuncio apostolico",
    "minister": (
        "ministra|foreign minister|minister of foreign affairs|minister for foreign affairs|"
        "ministre des affaires etrangeres|ministro de relaciones exteriores|"
        "ministra de relaciones exteriores|ministro de asuntos exteriores|"
        "ministra de asuntos exteriores|canciller"
    ),
    "prime-minister": "premiere ministre|primera ministra|pm",
    "president": "presidente|presidenta",
    "monarch": "king|queen|roi|reine|rey|reina",
}

RANKS: dict[str, Rank] = {
    word: Rank(value)
    for value, names in RANK_NAMES.items()
    if value in set(Rank)
    for word in (value, *map(folded, names.values()), *_MORE_RANKS[value].split("|"))
}

HEADS_OF_OFFICE = frozenset({"minister", "prime-minister", "president", "monarch"})
"""Ranks of those who hold an office at home; all others are of diplomats."""

GENDER_NAMES = {
    Gender.WOMAN: {Language.EN: "woman", Language.FR: "femme", Language.ES: "mujer"},
    Gender.MAN: {Language.EN: "man", Language.FR: "homme", Language.ES: "hombre"},
}

_MORE_GENDERS = {
    Gender.WOMAN: "f|w|female|feminine|feminin|femenino|femenina|she|ms|mrs|mme|madame|sra|senora",
    Gender.MAN: "h|male|masculine|masculin|masculino|varon|he|mr|monsieur|sr|senor",
}

GENDERS: dict[str, Gender] = {
    word: gender
    for gender, names in GENDER_NAMES.items()
    for word in (*map(folded, names.values()), *_MORE_GENDERS[gender].split("|"))
}

EITHER_GENDER = frozenset({"m"})
"""Masculine in English and French, but “mujer” where a Spanish form has H and M."""

MISSION = frozenset({"mission", "mision"})
MINISTRY = frozenset({"ministry", "ministere", "ministerio", "cancilleria"})
EMBASSY = frozenset({"embassy", "ambassade", "embajada"})
"""Words by which an address says that it begins with the office's own name."""

NOTHING = frozenset({"", "-", "–", "—", "n/a", "na", "none", "?"})
"""What a cell holds that holds nothing. “-” and the like are typed so that no cell is empty."""
