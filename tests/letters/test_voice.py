"""Whether the letter says "I" or "we": an organisation never says "I", however it was typed."""

from __future__ import annotations

from datetime import date

import pytest

from bot.letters.model import Language, Letter, Signatory
from bot.letters.request import Request
from bot.letters.voice import holds_organisation, is_one_voice
from tests.world import COMPOSER

ORGANISATIONS = [
    "فاطمة عبد الله، منظمة المثال",
    "例 太郎、例の会",
    "例太郎，例会",
    "例太郎；例会",
    "A. Example – Example Organisation",
    "A. Example — Example Org",
    "A. Example -- Example Org",
    "A. Example - Example Org",
    "A. Example | Example Org",
    "A. Example; Example Org",
    "A. Example (Example Org)",
    "A. Example [EO]",
    "例太郎（例会）",
    "Example Organisation",
    "Example Foundation Inc.",
    "Fédération d’exemple",
    "FUNDACIÓN EJEMPLO",
    "Example & Example",
]
PERSONS = [
    "A. Example",
    "Jean-Pierre Example",
    "Example, A.",
    "A. Example, PhD",
    "A. Example (PhD)",
    "A. Example (Ms.)",
    "A. Example (she/her)",
    "A. Example (née Exemple)",
    "María de la Red Ejemplo",
    "Sinéad O’Example",
    "فاطمة عبد الله",
    "例 太郎",
    "Jean – ",
    "(",
    "()",
    "",
]


@pytest.mark.parametrize("name", ORGANISATIONS)
def test_an_organisation_is_heard_in_an_unparted_line(name: str) -> None:
    assert holds_organisation(name)
    assert not is_one_voice([Signatory(name)])


@pytest.mark.parametrize("name", PERSONS)
def test_a_person_alone_is_one_voice(name: str) -> None:
    assert not holds_organisation(name)
    assert is_one_voice([Signatory(name)])


def test_many_and_nobody_and_an_organisation_alone_are_no_one_voice() -> None:
    person = Signatory("A. Example")
    assert not is_one_voice([])
    assert not is_one_voice([person, person])
    assert not is_one_voice([Signatory("A. Example", "Example")])
    assert not is_one_voice([Signatory("", "Example")])


@pytest.mark.parametrize(
    ("language", "alone", "together"),
    [
        (Language.EN, "I urge", "We urge"),
        (Language.FR, "Je regrette", "Nous regrettons"),
        (Language.ES, "Insto", "Instamos"),
    ],
)
def test_the_letter_says_we_and_the_line_stays_as_typed(
    language: Language, alone: str, together: str
) -> None:
    def text(name: str) -> str:
        request = Request(
            "OPSC", "KEN", language, date(2026, 3, 2), "Geneva", signatories=(Signatory(name),)
        )
        letter = COMPOSER.compose(request)
        assert isinstance(letter, Letter)
        assert letter.text_of("signatories") == name
        return " ".join(section.text for section in letter.sections)

    assert alone in text("A. Example")
    assert together in text("A. Example – Example Org")
