"""Several treaties in one letter, and forms of address: numbers and genders agree."""

from __future__ import annotations

import itertools
import re
from dataclasses import replace
from datetime import date

import pytest

from bot.letters.model import Addressee, Gender, Language, Letter, Rank, Signatory
from bot.letters.request import AlreadyParty, Request
from tests.letters.test_every_letter import PLACES, SAMPLE, TWO, body, check
from tests.world import ALL_KNOWN
from tests.world import COMPOSER_OF_ALL as COMPOSER

RECORDS = ALL_KNOWN
ON = date(2026, 3, 2)


def letter(request: Request) -> Letter:
    made = COMPOSER.compose(request)
    assert isinstance(made, Letter)
    return made


@pytest.mark.parametrize("language", Language)
def test_every_state_with_all_it_has_not_joined(
    language: Language,
    every_letter: bool,  # noqa: FBT001 -- a fixture
) -> None:
    states = sorted(RECORDS.states)
    for number, iso3 in enumerate(states if every_letter else states[::SAMPLE]):
        codes = tuple(RECORDS.treaties)
        voices = ((Signatory("A. Example"),), TWO)[number % 2]
        request = Request(codes[0], iso3, language, ON, PLACES[language], signatories=voices)
        made = COMPOSER.compose(replace(request, also=codes[1:]))
        if not isinstance(made, Letter):
            assert isinstance(made, AlreadyParty)
            continue
        check(made)
        lacking = [
            code
            for code in codes
            if RECORDS.standing(code, iso3, ON).stage != "party" and RECORDS.is_open(code, iso3)
        ]
        assert list(made.treaties) == lacking
        if len(lacking) > 1:
            assert len(re.findall("\n–[ \u00a0]", made.text_of("occasion"))) == len(lacking)


@pytest.mark.parametrize("language", Language)
def test_every_pair_of_treaties_for_a_state_that_lacks_most(
    language: Language,
    every_letter: bool,  # noqa: FBT001 -- a fixture
) -> None:
    pairs = list(itertools.combinations(RECORDS.treaties, 2))
    for first, second in pairs if every_letter else pairs[::SAMPLE]:
        for iso3 in ("TON", "USA", "MMR"):
            if any(RECORDS.standing(c, iso3, ON).stage == "party" for c in (first, second)):
                continue
            made = letter(
                Request(
                    first, iso3, language, ON, PLACES[language], also=(second,), signatories=TWO
                )
            )
            check(made)


ASKS = {
    # signed, not signed -> the words that must stand in the request
    (2, 0): ("to ratify them", "de les ratifier", "a ratificarlos"),
    (0, 2): ("to accede to them", "d’y adhérer", "a adherirse a ellos"),
    (1, 1): (
        "the instrument already signed and to accede to the other as",
        "l’instrument dont il est signataire et d’adhérer à l’autre,",
        "el instrumento ya firmado y a adherirse al otro",
    ),
    (1, 2): ("to accede to the others as", "d’adhérer aux autres", "a adherirse a los demás"),
    (2, 1): (
        "the instruments already signed and to accede to the other as",
        "les instruments dont il est signataire et d’adhérer à l’autre,",
        "los instrumentos ya firmados y a adherirse al otro",
    ),
    (2, 2): (
        "the instruments already signed and to accede to the others",
        "aux autres",
        "demás",
    ),
}


@pytest.mark.parametrize(("counts", "words"), ASKS.items(), ids=str)
def test_the_request_agrees_in_number(counts: tuple[int, int], words: tuple[str, str, str]) -> None:
    """The United States: signed CEDAW, CRC and others; did not sign CED, ICRMW and others."""
    stages = {c: RECORDS.standing(c, "USA", ON).stage for c in RECORDS.treaties}
    signed = [c for c, stage in stages.items() if stage == "signed"][: counts[0]]
    free = [c for c, stage in stages.items() if not RECORDS.lacking(c, "USA", ON)]
    other = [c for c in free if stages[c] == "no_action"][: counts[1]]
    first, *also = (*signed, *other)
    for language, expected in zip(Language, words, strict=True):
        request = Request(first, "USA", language, ON, PLACES[language], also=tuple(also))
        assert expected in letter(request).text_of("ask")


def test_what_was_joined_is_passed_over_and_one_that_is_left_has_its_own_letter() -> None:
    request = Request("CRC", "KEN", Language.EN, ON, "Geneva", also=("OPSC",))
    assert letter(request) == letter(replace(request, treaty="OPSC", also=()))
    gone = COMPOSER.compose(replace(request, also=("OPAC",)))
    assert isinstance(gone, AlreadyParty)


def test_opac_among_others_still_asks_for_its_declaration() -> None:
    request = Request("OPAC", "TON", Language.EN, ON, "Geneva", also=("ICRMW",))
    assert "article 3" in letter(request).text_of("ask")
    assert "article 3" not in letter(replace(request, treaty="CED")).text_of("ask")


FORMS = {
    (None, None): ("Your Excellency,", "Excellence,", "Excelencia:"),
    (Rank.AMBASSADOR, None): ("Your Excellency,", "Excellence,", "Excelencia:"),
    (Rank.AMBASSADOR, Gender.WOMAN): (
        "Your Excellency,",
        "Madame l’Ambassadrice,",
        "Señora Embajadora:",
    ),
    (Rank.AMBASSADOR, Gender.MAN): (
        "Your Excellency,",
        "Monsieur l’Ambassadeur,",
        "Señor Embajador:",
    ),
    (Rank.CHARGE, Gender.WOMAN): (
        "Dear Madam,",
        "Madame la Chargée d’affaires,",
        "Señora Encargada de Negocios:",
    ),
    (Rank.CHARGE, Gender.MAN): (
        "Dear Sir,",
        "Monsieur le Chargé d’affaires,",
        "Señor Encargado de Negocios:",
    ),
    (Rank.CHARGE, None): (
        "Dear Sir or Madam,",
        "Madame, Monsieur,",
        "Distinguida señora, distinguido señor:",
    ),
}


@pytest.mark.parametrize(("form", "salutations"), FORMS.items(), ids=str)
def test_the_salutation_and_a_french_close_that_repeats_it(
    form: tuple[Rank | None, Gender | None], salutations: tuple[str, str, str]
) -> None:
    for language, expected in zip(Language, salutations, strict=True):
        for name in ("", "A. Example"):
            request = Request(
                "OPSC",
                "KEN",
                language,
                ON,
                PLACES[language],
                addressee=Addressee(*form, name),
                signatories=TWO,
            )
            made = letter(request)
            assert made.text_of("salutation") == expected
            assert (name in made.text_of("addressee")) is True
            assert bool(name) is ("A. Example\n" in made.text_of("addressee"))
            if language is Language.FR:
                assert f"agréer, {expected} l’assurance de notre" in made.text_of("closing")
            if language is Language.ES and form[0] is Rank.CHARGE:
                assert "Excelencia" not in body(made)
            if form[0] is Rank.CHARGE:
                assert not re.search(r"\b(Your Excellency|Excellence)\b", made.text_of("closing"))
