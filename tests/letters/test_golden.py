"""Reviewed letters per campaign, language and stage, and every State's "of" form."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

from bot.documents.text import to_text
from bot.letters.bilingual import Bilingual
from bot.letters.compose import default_without
from bot.letters.language import state_forms
from bot.letters.model import Language, Letter, Office, Purpose, Signatory
from bot.letters.request import Request
from bot.reference.loader import load
from tests.world import COMPOSER, COMPOSER_OF_ALL

if TYPE_CHECKING:
    from collections.abc import Callable

GOLDEN = Path(__file__).parent / "golden"
PLACES = {Language.EN: "Geneva", Language.FR: "Genève", Language.ES: "Ginebra"}
TWO = (
    Signatory("A. Example", "Example Organisation"),
    Signatory("B. Example", "Second Organisation", "Chair"),
)
LETTERS: dict[str, tuple[Any, ...]] = {
    "opsc-no-action": ("OPSC", "LBR", date(2027, 1, 18), Office.GENEVA, TWO),
    "opsc-signed": ("OPSC", "KEN", date(2026, 3, 2), Office.GENEVA, TWO),
    "opac-no-action": ("OPAC", "STP", date(2025, 5, 1), Office.NEW_YORK, TWO),
    "opac-signed": ("OPAC", "IRN", date(2026, 10, 1), Office.GENEVA, TWO),
    "opic-no-action": ("OPIC", "VAT", date(2026, 3, 2), Office.GENEVA, TWO),
    "opic-signed": ("OPIC", "GHA", date(2026, 9, 8), Office.GENEVA, TWO),
    "general-no-action": ("CRPD", "TON", date(2026, 12, 13), Office.NEW_YORK, TWO[:1]),
    "general-signed": (
        "CEDAW",
        "USA",
        date(2026, 3, 2),
        Office.NEW_YORK,
        (Signatory("A. Example"),),
    ),
    "general-withdrew": ("ICCPR-OP1", "JAM", date(2026, 3, 2), Office.GENEVA, TWO),
    "several-protocols-of-2000": ("OPSC", "LBR", date(2026, 3, 2), Office.NEW_YORK, TWO, ("OPAC",)),
    "several-mixed": (
        "CEDAW",
        "USA",
        date(2026, 3, 2),
        Office.GENEVA,
        TWO,
        ("CRC", "CED", "OPCAT"),
    ),
    "congratulation-ratified": ("OPSC", "BGD", date(2026, 3, 2), Office.GENEVA, TWO),
    "congratulation-acceded": ("CRPD", "SSD", date(2026, 3, 2), Office.NEW_YORK, TWO[:1]),
    "congratulation-succeeded": (
        "CRC",
        "MNE",
        date(2026, 3, 2),
        Office.GENEVA,
        (Signatory("A. Example"),),
    ),
    "closed-no-action": ("APMBC", "USA", date(2026, 3, 2), Office.GENEVA, TWO),
    "closed-signed": ("ATT", "TUR", date(2026, 3, 2), Office.NEW_YORK, TWO),
    "closed-withdrew": ("CCM", "LTU", date(2026, 3, 2), Office.GENEVA, TWO),
    "closed-leaves-later": ("APMBC", "POL", date(2026, 3, 2), Office.GENEVA, TWO),
    "closed-leaves-later-old-facts": ("APMBC", "POL", date(2026, 11, 27), Office.GENEVA, TWO),
    "several-leaves-later": ("APMBC", "POL", date(2026, 11, 27), Office.GENEVA, TWO, ("CCM",)),
    "open-no-action": ("TPNW", "CHE", date(2026, 3, 2), Office.GENEVA, TWO[:1]),
    "not-yet-closed": ("APMBC", "USA", date(1998, 6, 1), Office.GENEVA, TWO),
    "named-states-one-of-them": ("CTBT", "IND", date(2026, 3, 2), Office.GENEVA, TWO),
    "named-states-another": ("CTBT", "SOM", date(2026, 9, 1), Office.GENEVA, TWO),
    "consent": ("CCW-P4", "KEN", date(2026, 3, 2), Office.GENEVA, TWO),
    "several-kinds": (
        "TPNW",
        "USA",
        date(2026, 3, 2),
        Office.GENEVA,
        TWO,
        ("CCM", "CCW-P4", "CRC"),
    ),
    "congratulation-consented": ("CCW-P4", "ALB", date(2026, 3, 2), Office.GENEVA, TWO),
    "no-status-signed": ("PALERMO-PROTOCOL", "AGO", date(2026, 3, 2), Office.GENEVA, TWO),
    "no-status-concluded": ("REFUGEES-1967", "ARE", date(2026, 12, 2), Office.GENEVA, TWO),
    "no-status-closed": ("ROME-STATUTE", "AFG", date(2026, 3, 2), Office.GENEVA, TWO),
    "general-not-in-force": ("CED", "FRA", date(2008, 6, 1), Office.GENEVA, TWO),
}


@pytest.mark.parametrize("language", Language)
@pytest.mark.parametrize("name", LETTERS)
def test_letter(name: str, language: Language, golden: Callable[[Path, str], None]) -> None:
    treaty, iso3, day, seat, signatories, *also = LETTERS[name]
    without = default_without(seat, load().states[iso3])
    new_york = "Nueva York" if language is Language.ES else "New York"
    place = PLACES[language] if seat is Office.GENEVA else new_york
    request = Request(treaty, iso3, language, day, place, seat, signatories, without, *also)
    if name.startswith("congratulation"):
        request = replace(request, purpose=Purpose.CONGRATULATION)
    composer = COMPOSER_OF_ALL if name.startswith("no-status") else COMPOSER
    letter = composer.compose(request)
    assert isinstance(letter, Letter)
    golden(GOLDEN / f"{name}.{language}.txt", to_text(letter))


def test_every_state_in_its_of_form(golden: Callable[[Path, str], None]) -> None:
    lines = [
        f"{iso3} | {state_forms(state, Language.EN).of_formal}"
        f" | {state_forms(state, Language.FR).of_formal}"
        f" | {state_forms(state, Language.ES).of_formal}\n"
        for iso3, state in sorted(load().states.items())
    ]
    golden(GOLDEN / "of_forms.txt", "".join(lines))


@pytest.mark.parametrize(
    ("iso3", "french", "spanish"),
    [
        ("TCD", "de la République du Tchad", "de la República del Chad"),
        ("BEL", "du Royaume de Belgique", "del Reino de Bélgica"),
        ("ISR", "de l’État d’Israël", "del Estado de Israel"),
        ("USA", "des États-Unis d’Amérique", "de los Estados Unidos de América"),
        ("ATG", "d’Antigua-et-Barbuda", "de Antigua y Barbuda"),
        ("LCA", "de Sainte-Lucie", "de Santa Lucía"),
        ("ESP", "du Royaume d’Espagne", "del Reino de España"),
        ("ARE", "des Émirats arabes unis", "de los Emiratos Árabes Unidos"),
        ("AUS", "de l’Australie", "de Australia"),
        ("SLV", "de la République d’El Salvador", "de la República de El Salvador"),
        ("IND", "de la République de l’Inde", "de la República de la India"),
        ("IRQ", "de la République d’Iraq", "de la República del Iraq"),
        ("VAT", "du Saint-Siège", "de la Santa Sede"),
    ],
)
def test_of_forms_by_the_book(iso3: str, french: str, spanish: str) -> None:
    state = load().states[iso3]
    assert state_forms(state, Language.FR).of_formal == french
    assert state_forms(state, Language.ES).of_formal == spanish


PAIRS = ((Language.EN, Language.FR), (Language.FR, Language.ES), (Language.ES, Language.EN))


@pytest.mark.parametrize("beside", [False, True], ids=["after", "beside"])
@pytest.mark.parametrize("pair", PAIRS, ids="-".join)
def test_bilingual(
    pair: tuple[Language, Language], *, beside: bool, golden: Callable[[Path, str], None]
) -> None:
    first, second = (
        COMPOSER.compose(
            Request("OPSC", "KEN", language, date(2026, 3, 2), PLACES[language], Office.GENEVA, TWO)
        )
        for language in pair
    )
    assert isinstance(first, Letter)
    assert isinstance(second, Letter)
    layout = "beside" if beside else "after"
    text = to_text(Bilingual(first, second, beside))
    golden(GOLDEN / f"bilingual-{layout}.{'-'.join(pair)}.txt", text)
    for section in (*first.sections, *second.sections):
        assert section.text in text
