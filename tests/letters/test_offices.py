"""Every office of every State, whoever holds it: the right words, and none that fits another."""

from __future__ import annotations

import re
from datetime import date
from typing import TYPE_CHECKING

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.documents.text import to_text
from bot.letters.compose import default_without
from bot.letters.model import (
    MISSIONS,
    NOBODY,
    Addressee,
    Gender,
    Language,
    Letter,
    Office,
    Purpose,
    Rank,
    Signatory,
    Stage,
)
from bot.letters.offices import Style, fitting, is_kingdom, is_republic, ranks_of, style_of
from bot.letters.request import Request
from tests.letters.test_every_letter import PLACES, TWO, check
from tests.letters.test_golden import GOLDEN
from tests.world import ALL_KNOWN
from tests.world import COMPOSER_OF_ALL as COMPOSER

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

RECORDS = ALL_KNOWN
ON = date(2026, 3, 2)
OTHERS = tuple(office for office in Office if not office.is_mission)
CITIES = {Language.EN: "London", Language.FR: "Londres", Language.ES: "Londres"}

WOMANS = {
    Language.EN: r"Her (Excellency|Majesty)|Ms\.|Queen|Madam\b",
    Language.FR: r"Madame|Ambassadrice|Reine|Présidente|Chargée|Première",
    Language.ES: r"Sra\.|Señora|señora|Excelentísima|Reina|Presidenta|Ministra|"
    r"Embajadora|Encargada",
}
MANS = {
    Language.EN: r"His (Excellency|Majesty)|Mr\.|King\b(?!dom)|Sir\b",
    Language.FR: r"Monsieur|Ambassadeur|\bRoi\b|Sire|Président\b|Chargé d|Premier Min",
    Language.ES: r"Sr\.|Señor\b|señor\b|Excelentísimo|\bRey\b|Presidente|Ministro|Embajador\b|"
    r"Encargado",
}


def treaty_for(state: str) -> str:
    """One that the State has not joined, and may; empty where it has joined them all."""
    found = (
        code
        for code in ("OPSC", "OPIC", "CED", "ICRMW", "CRPD-OP", *RECORDS.treaties)
        if RECORDS.standing(code, state, ON).stage is not Stage.PARTY
        and RECORDS.is_open(code, state)
    )
    return next(found, "")


def letter(  # noqa: PLR0913 -- one parameter an answer
    state: str,
    office: Office,
    language: Language,
    addressee: Addressee = NOBODY,
    *,
    address: str = "",
    signatories: tuple[Signatory, ...] = TWO,
    without: frozenset[str] = frozenset(),
) -> Letter:
    made = COMPOSER.compose(
        Request(
            treaty_for(state) or "CRC",
            state,
            language,
            ON,
            PLACES[language],
            office,
            signatories,
            without,
            addressee=addressee,
            purpose=Purpose.REQUEST if treaty_for(state) else Purpose.CONGRATULATION,
            address=address,
            city=CITIES[language],
        )
    )
    assert isinstance(made, Letter)
    return made


def spoken(made: Letter) -> str:
    """What speaks to the addressee."""
    return "\n".join(made.text_of(key) for key in ("addressee", "salutation", "closing"))


@settings(max_examples=150, deadline=None)
@given(
    state=st.sampled_from(sorted(RECORDS.states)),
    office=st.sampled_from(OTHERS),
    language=st.sampled_from(list(Language)),
    rank=st.none() | st.sampled_from(Rank),
    gender=st.none() | st.sampled_from(Gender),
    name=st.sampled_from(["", "A. Example"]),
    address=st.sampled_from(["", "", "P.O. Box 1\n1000 Example"]),
    alone=st.booleans(),
)
def test_every_office_of_every_state(  # noqa: PLR0913, PLR0917 -- one argument an answer
    state: str,
    office: Office,
    language: Language,
    rank: Rank | None,
    gender: Gender | None,
    name: str,
    address: str,
    alone: bool,  # noqa: FBT001 -- drawn by hypothesis
) -> None:
    signatories = (Signatory("A. Example"),) if alone else TWO
    addressee = Addressee(rank, gender, name)
    made = letter(state, office, language, addressee, address=address, signatories=signatories)
    whole = made if not address else letter(state, office, language, addressee)
    check(whole)
    found = fitting(addressee, RECORDS.states[state], office, address=bool(address))
    style = style_of(found, RECORDS.states[state], office)
    said = spoken(made)
    both = style in {Style.SIR_OR_MADAM, Style.UNTITLED, Style.CHARGE}
    if style.endswith("-woman") or style is Style.QUEEN:
        assert not re.search(MANS[language], said), said
    elif style.endswith("-man") or style is Style.KING:
        assert not re.search(WOMANS[language], said), said
    elif not both and "VAT" not in state:
        assert not re.search(f"{WOMANS[language]}|{MANS[language]}", said), said
    one = re.search(r"\b(my|ma|mon|mi|je|aprovecho)\b", made.text_of("closing"), re.IGNORECASE)
    many = re.search(
        r"\b(our|notre|nos|nous|nuestra|nuestro)\b", made.text_of("closing"), re.IGNORECASE
    )
    assert not (many if alone else one), made.text_of("closing")
    if address:
        assert made.text_of("addressee") == address
        assert not made.text_of("copies")
    if name and not address:
        assert name in made.text_of("addressee")


@pytest.mark.parametrize("language", Language)
@pytest.mark.parametrize("office", OTHERS)
@pytest.mark.parametrize("state", ["KEN", "BEL", "JPN", "VAT", "PSE", "COK", "NIU"])
def test_french_and_spanish_repeat_the_salutation(
    state: str, office: Office, language: Language
) -> None:
    found = RECORDS.states[state]
    for rank in (None, *ranks_of(found, office)):
        for gender in (None, *Gender):
            made = letter(state, office, language, Addressee(rank, gender))
            word = made.text_of("salutation").rstrip(",:")
            closing = made.text_of("closing")
            if language is Language.FR:
                assert word in closing or word == "Majesté", closing
            if language is Language.ES and word not in {"Majestad", "Santidad"}:
                assert word in closing or word.startswith(("Señora o", "Distinguida")), closing


@pytest.mark.parametrize("language", Language)
def test_no_king_is_an_excellency_and_no_president_a_majesty(language: Language) -> None:
    excellency = {
        Language.EN: "Excellency",
        Language.FR: "Excellence",
        Language.ES: "Excelen",
    }[language]
    majesty = {Language.EN: "Majesty", Language.FR: "Majesté", Language.ES: "Majestad"}[language]
    kingdoms = republics = 0
    for code, state in RECORDS.states.items():
        said = spoken(letter(code, Office.HEAD_OF_STATE, language))
        if is_kingdom(state):
            kingdoms += 1
            assert majesty in said
            assert excellency not in said
        elif is_republic(state):
            republics += 1
            assert excellency in said
            assert majesty not in said
        else:
            assert excellency not in said, state.iso3
            assert majesty not in said, state.iso3
    assert kingdoms == 17
    assert republics > 100


HOLY_SEE = {
    Office.HEAD_OF_STATE: {
        Language.EN: ("His Holiness Pope A. Example", "Your Holiness,"),
        Language.FR: ("Sa Sainteté le Pape A. Example", "Très Saint-Père,"),
        Language.ES: ("Su Santidad el Papa A. Example", "Santidad:"),
    },
    Office.HEAD_OF_GOVERNMENT: {
        Language.EN: (
            "His Eminence Cardinal A. Example\nSecretary of State of His Holiness",
            "Your Eminence,",
        ),
        Language.FR: (
            "Son Éminence le Cardinal A. Example\nSecrétaire d’État de Sa Sainteté",
            "Éminence,",
        ),
        Language.ES: (
            "Su Eminencia el Cardenal A. Example\nSecretario de Estado de Su Santidad",
            "Eminencia:",
        ),
    },
    Office.MINISTRY: {
        Language.EN: (
            (
                "Secretary for Relations with States and International Organizations\n"
                "Secretariat of State of the Holy See"
            ),
            "Your Excellency,",
        ),
        Language.FR: (
            (
                "Secrétaire pour les relations avec les États et "
                "les organisations internationales\n"
                "Secrétairerie d’État du Saint-Siège"
            ),
            "Excellence,",
        ),
        Language.ES: (
            (
                "Secretario para las Relaciones con los Estados y "
                "las Organizaciones Internacionales\n"
                "Secretaría de Estado de la Santa Sede"
            ),
            "Excelencia:",
        ),
    },
    Office.EMBASSY: {
        Language.EN: ("Apostolic Nunciature, London", "Your Excellency,"),
        Language.FR: ("Nonciature apostolique, Londres", "Excellence,"),
        Language.ES: ("Nunciatura Apostólica, Londres", "Excelencia:"),
    },
}


@pytest.mark.parametrize("language", Language)
@pytest.mark.parametrize("office", OTHERS)
@pytest.mark.parametrize("gender", [None, *Gender])
def test_the_holy_see_has_forms_of_its_own(
    office: Office, language: Language, gender: Gender | None
) -> None:
    block, salutation = HOLY_SEE[office][language]
    for rank in (None, *Rank):
        made = letter("VAT", office, language, Addressee(rank, gender, "A. Example"))
        assert block in made.text_of("addressee")
        assert made.text_of("salutation") == salutation
        assert not re.search("[Aa]mba|[Ee]mba[js]|[Mm]inist", spoken(made))


@pytest.mark.parametrize("office", OTHERS)
def test_copies_go_to_others_and_are_left_out_by_default(office: Office) -> None:
    for code in ("KEN", "VAT", "PSE", "COK"):
        state = RECORDS.states[code]
        assert "copies" in default_without(office, state)
        copies = letter(code, office, Language.EN).text_of("copies").split("\n")
        to_missions = [line for line in copies if "Mission" in line]
        to_ministry = [line for line in copies if "Ministry" in line or "Secretariat" in line]
        assert len(to_missions) == (0 if code == "COK" or office is Office.EMBASSY else 2)
        own = office is Office.MINISTRY or (code, office) == ("VAT", Office.HEAD_OF_GOVERNMENT)
        assert len(to_ministry) == (0 if own else 1)


def test_who_is_untitled_stands_at_an_address_only() -> None:
    state = RECORDS.states["KEN"]
    someone = Addressee(Rank.UNTITLED)
    for office in Office:
        assert fitting(someone, state, office, address=False).rank is None
    for language, word in {
        Language.EN: "Dear Sir or Madam,",
        Language.FR: "Madame, Monsieur,",
        Language.ES: "Distinguida señora, distinguido señor:",
    }.items():
        made = letter("KEN", MISSIONS[0], language, someone, address="Example Street 1")
        assert made.text_of("salutation") == word
        bare = letter("KEN", MISSIONS[0], language, address="Example Street 1")
        assert "Excel" in bare.text_of("salutation"), "as before, of a mission"


LETTERS: dict[str, tuple[str, Office, Addressee]] = {
    "minister-woman": (
        "KEN",
        Office.MINISTRY,
        Addressee(Rank.MINISTER, Gender.WOMAN, "A. Example"),
    ),
    "minister-man": ("GHA", Office.MINISTRY, Addressee(Rank.MINISTER, Gender.MAN)),
    "minister-not-known": ("FRA", Office.MINISTRY, Addressee(name="A. Example")),
    "prime-minister-woman": (
        "IND",
        Office.HEAD_OF_GOVERNMENT,
        Addressee(Rank.PRIME_MINISTER, Gender.WOMAN, "A. Example"),
    ),
    "prime-minister-man": (
        "COK",
        Office.HEAD_OF_GOVERNMENT,
        Addressee(Rank.PRIME_MINISTER, Gender.MAN),
    ),
    "president-woman": ("USA", Office.HEAD_OF_STATE, Addressee(Rank.PRESIDENT, Gender.WOMAN)),
    "president-man": (
        "PSE",
        Office.HEAD_OF_STATE,
        Addressee(Rank.PRESIDENT, Gender.MAN, "A. Example"),
    ),
    "king": ("NOR", Office.HEAD_OF_STATE, Addressee(Rank.MONARCH, Gender.MAN)),
    "queen": ("DNK", Office.HEAD_OF_STATE, Addressee(Rank.MONARCH, Gender.WOMAN, "A. Example")),
    "head-of-state-not-known": ("QAT", Office.HEAD_OF_STATE, NOBODY),
    "head-of-government-not-known": ("ESP", Office.HEAD_OF_GOVERNMENT, NOBODY),
    "pope": ("VAT", Office.HEAD_OF_STATE, NOBODY),
    "embassy-ambassador": (
        "KEN",
        Office.EMBASSY,
        Addressee(Rank.AMBASSADOR, Gender.WOMAN, "A. Example"),
    ),
    "embassy-charge": ("CHE", Office.EMBASSY, Addressee(Rank.CHARGE, Gender.MAN, "A. Example")),
    "embassy-nuncio": ("VAT", Office.EMBASSY, Addressee(Rank.NUNCIO, None, "A. Example")),
}


@pytest.mark.parametrize("language", Language)
@pytest.mark.parametrize("name", LETTERS)
def test_letter(name: str, language: Language, golden: Callable[[Path, str], None]) -> None:
    state, office, addressee = LETTERS[name]
    alone = name.endswith("-man")
    made = letter(
        state,
        office,
        language,
        addressee,
        signatories=(Signatory("A. Example"),) if alone else TWO,
        without=frozenset({"source"}),
    )
    golden(GOLDEN / f"to-{name}.{language}.txt", to_text(made))
