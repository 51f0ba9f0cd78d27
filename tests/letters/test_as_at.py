"""Old facts are stated as of their day; the signer may answer for them."""

from __future__ import annotations

import re
from datetime import date

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.letters.facts import is_stale
from bot.letters.language import full_date, grammar
from bot.letters.model import Language, Letter, Purpose
from bot.letters.request import Request
from tests.letters.test_every_letter import PLACES, TWO, body
from tests.world import ALL_KNOWN
from tests.world import COMPOSER_OF_ALL as COMPOSER

RECORDS = ALL_KNOWN
FRESH, STALE = date(2026, 3, 2), date(2026, 11, 26)
DAYS = {
    language: {
        full_date(RECORDS.as_of, language),
        str(grammar(language, as_in_2010=True).full_date(RECORDS.as_of)),
    }
    for language in Language
}


def named(text: str, language: Language) -> bool:
    return any(day in text for day in DAYS[language])


@pytest.mark.parametrize("language", Language)
@pytest.mark.parametrize("treaty", RECORDS.treaties)
def test_what_could_have_changed_since_names_its_day(treaty: str, language: Language) -> None:
    for state, _standing in RECORDS.not_party(treaty, STALE):
        request = Request(treaty, state.iso3, language, STALE, PLACES[language], signatories=TWO)
        found = COMPOSER.compose(request)
        assert isinstance(found, Letter)
        counts = "occasion" if len(found.treaties) > 1 else "support"
        assert named(found.text_of(counts), language)
        assert named(found.text_of("regret"), language)


@pytest.mark.parametrize("language", Language)
def test_the_signer_may_leave_the_day_out(language: Language) -> None:
    for treaty in RECORDS.treaties:
        state = RECORDS.not_party(treaty, STALE)[0][0].iso3
        request = Request(treaty, state, language, STALE, PLACES[language], undated=True)
        found = COMPOSER.compose(request)
        assert isinstance(found, Letter)
        told = [section.text for section in found.sections if section.key != "source"]
        assert not named("\n".join(told), language)


def test_fresh_facts_need_no_day() -> None:
    found = COMPOSER.compose(Request("CERD", "MMR", Language.EN, FRESH, "Geneva"))
    assert isinstance(found, Letter)
    assert not named(found.text_of("support") + found.text_of("regret"), Language.EN)


def test_a_congratulation_counts_as_of_the_day_too() -> None:
    request = Request("CRPD", "SSD", Language.EN, STALE, "Geneva", purpose=Purpose.CONGRATULATION)
    found = COMPOSER.compose(request)
    assert isinstance(found, Letter)
    assert "as at 3 February 2026, it had 193 parties" in found.text_of("support")


@settings(max_examples=150, deadline=None)
@given(
    treaty=st.sampled_from(sorted(RECORDS.treaties)),
    state=st.sampled_from(sorted(RECORDS.states)),
    language=st.sampled_from(list(Language)),
    on=st.dates(date(1990, 1, 1), date(2040, 12, 31)),
)
def test_an_anniversary_is_told_once(treaty: str, state: str, language: Language, on: date) -> None:
    found = COMPOSER.compose(Request(treaty, state, language, on, PLACES[language]))
    if not isinstance(found, Letter) or len(found.treaties) > 1:
        return
    assert named(found.text_of("support"), language) <= is_stale(found.as_of, on)
    anniversary = {
        Language.EN: r"(\S+ anniversary of the entry into force)",
        Language.FR: r"(\S+ anniversaire de l’entrée en vigueur)",
        Language.ES: r"(\S+ \S+ aniversario de la entrada en vigor)",
    }[language]
    told = re.findall(anniversary, body(found))
    assert len(told) == len(set(told)), told


@pytest.mark.parametrize("treaty", ["CAT", "OPAC", "OPSC"])
def test_the_deadline_is_that_anniversary(treaty: str) -> None:
    words = {Language.EN: "that anniversary", Language.FR: "cet", Language.ES: "ese aniversario"}
    state = RECORDS.not_party(treaty, STALE)[0][0].iso3
    for language, that in words.items():
        request = Request(treaty, state, language, STALE, PLACES[language])
        found = COMPOSER.compose(request)
        assert isinstance(found, Letter)
        assert that in found.text_of("opportunity")
        without = COMPOSER.compose(
            Request(
                treaty, state, language, STALE, PLACES[language], without=frozenset({"occasion"})
            )
        )
        assert isinstance(without, Letter)
        assert that + " anniv" not in without.text_of("opportunity")
