"""A State is found by any name, code or slip of the thumb."""

from __future__ import annotations

import random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.letters.model import Language
from bot.reference.loader import load
from bot.reference.search import find_states, find_treaties, fold

STATES = load().states


@pytest.mark.parametrize(
    ("text", "iso3"),
    [
        ("ivory cost", "CIV"), ("RDC", "COD"), ("Birmania", "MMR"), ("Swaziland", "SWZ"),
        ("guyna", "GUY"), ("gb", "GBR"), ("UK", "GBR"), ("usa", "USA"), ("EE.UU.", "USA"),
        ("cote d ivoire", "CIV"), ("Côte d'Ivoire", "CIV"), ("TURKEY", "TUR"), ("turquie", "TUR"),
        ("Nauru", "NRU"), ("corée du nord", "PRK"), ("corea del sur", "KOR"), ("Burma", "MMR"),
        ("Pays-Bas", "NLD"), ("holland", "NLD"), ("the gambia", "GMB"), ("vatican", "VAT"),
        ("Afganistan", "AFG"), ("Zimbabue", "ZWE"), ("République de l’Inde", "IND"),
        ("Trinidad & Tobago", "TTO"), ("Cape Verde", "CPV"), ("kenia", "KEN"), ("burundi", "BDI"),
    ],
)  # fmt: skip
def test_found_alone(text: str, iso3: str) -> None:
    assert [state.iso3 for state in find_states(text)] == [iso3]


@pytest.mark.parametrize(
    ("text", "several"),
    [
        ("korea", {"KOR", "PRK"}),
        ("congo", {"COG", "COD"}),
        ("niger", {"NER", "NGA"}),
        ("guinea", {"GIN", "GNB"}),
    ],
)
def test_what_could_mean_several_offers_them(text: str, several: set[str]) -> None:
    assert several <= {state.iso3 for state in find_states(text)}


@pytest.mark.parametrize("iso3", STATES)
def test_every_name_and_code_finds_its_state_first(iso3: str) -> None:
    state = STATES[iso3]
    for language in Language:
        for text in (state.names[language].short, state.names[language].formal, iso3, iso3.lower()):
            assert find_states(text)[0].iso3 == iso3, text


def test_one_slip_still_finds_the_state() -> None:
    chance = random.Random(2010)  # noqa: S311 -- a test's dice
    missed = []
    for state in STATES.values():
        name = fold(state.names[Language.EN].short.split(" (")[0])
        if len(name) < 6:
            continue
        place = chance.randrange(1, len(name) - 1)
        slip = name[:place] + name[place + 1 :]
        if state.iso3 not in {found.iso3 for found in find_states(slip)}:
            missed.append(slip)
    assert not missed


@pytest.mark.parametrize("text", ["xyzzy", "", "   ", "!!!", "qq", "hello world", "Atlantis"])
def test_nothing_is_found_where_nothing_is_meant(text: str) -> None:
    assert find_states(text) == ()


@given(st.text(max_size=80))
def test_any_text_is_taken(text: str) -> None:
    assert len(find_states(text)) <= 197
    assert len(find_treaties(text)) <= 18


@pytest.mark.parametrize(
    ("text", "code"),
    [("opsc", "OPSC"), ("op crpd", "CRPD-OP"), ("CRPD-OP", "CRPD-OP"), ("sale of children", "OPSC"),
     ("ICERD", "CERD"), ("conflits armés", "OPAC"), ("desapariciones", "CED"), ("OPSX", "OPSC"),
     ("migrant workers", "ICRMW"), ("peine de mort", "ICCPR-OP2")],
)  # fmt: skip
def test_treaties(text: str, code: str) -> None:
    assert code in [treaty.code for treaty in find_treaties(text)]
