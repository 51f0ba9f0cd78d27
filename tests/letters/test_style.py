"""English as the United Nations writes it; the two campaigns of 2010 as they were begun."""

from __future__ import annotations

import re
from datetime import date, timedelta

import pytest

from bot.letters.model import MISSIONS, Addressee, Gender, Language, Letter, Rank, Signatory
from bot.letters.request import Request
from tests.letters.test_every_letter import PLACES, TWO
from tests.world import ALL_KNOWN, COMPOSER_OF_ALL

RECORDS, COMPOSER = ALL_KNOWN, COMPOSER_OF_ALL
OLD = {"OPSC", "OPAC"}
YEARS = [date(2026, 11, 26) + timedelta(days=97 * step) for step in range(24)]
MONTHS = "January|February|March|April|May|June|July|August|September|October|November|December"


def text(treaty: str, on: date, *also: str) -> str:
    state = RECORDS.not_party(treaty, on)[0][0].iso3
    request = Request(treaty, state, Language.EN, on, "Geneva", signatories=TWO, also=also)
    letter = COMPOSER.compose(request)
    assert isinstance(letter, Letter)
    return "\n".join(section.text for section in letter.sections)


@pytest.mark.parametrize("treaty", [code for code in RECORDS.treaties if code not in OLD])
def test_united_nations_style(treaty: str) -> None:
    for on in YEARS:
        for whole in (text(treaty, on), text(treaty, on, "ICRMW" if treaty != "ICRMW" else "CED")):
            assert not re.search(r"\d(?:st|nd|rd|th) (?!anniversary)", whole)
            assert not re.search(rf"(?:{MONTHS}) \d\d?\b", whole), "month first"
            assert not re.search(r"\bUN\b|human-rights|states part|organisation(?!\n|$)", whole)
            assert not re.search(r"\b\w*(?:recognis|realis|demobilis)\w*", whole)
            assert not re.search(r"\d{4}, the \S+ anniversary", whole), "a year is no anniversary"
            first = whole.find("General Assembly")
            if first >= 0:
                assert whole[:first].endswith("United Nations ")
                assert "United Nations General Assembly" not in whole[first + 1 :]


@pytest.mark.parametrize("treaty", sorted(OLD))
def test_the_style_of_2010_is_of_one_piece(treaty: str) -> None:
    for on in YEARS:
        whole = text(treaty, on)
        assert not re.search(r"States part|Optional Protocol|Member State|your Government", whole)
        assert not re.search(rf"\d (?:{MONTHS})", whole), "a day without its ending"
        assert not re.search(r"(?<!UN )General Assembly", whole)


def test_one_person_who_writes_to_a_successor_says_i() -> None:
    alone = (Signatory("A. Example"),)
    for treaty, state, on in (
        ("ICRMW", "MNE", date(2026, 3, 2)),
        ("OPCAT", "MNE", date(2007, 3, 2)),
        ("ICCPR-OP1", "SRB", date(2001, 5, 2)),
    ):
        letter = COMPOSER.compose(
            Request(treaty, state, Language.EN, on, "Geneva", signatories=alone)
        )
        assert isinstance(letter, Letter)
        assert letter.text_of("record").startswith("I note with appreciation")
        assert not re.search(r"\b[Ww]e\b", letter.text_of("record") + letter.text_of("ask"))


@pytest.mark.parametrize("language", Language)
@pytest.mark.parametrize("rank", [Rank.AMBASSADOR, Rank.NUNCIO, Rank.CHARGE])
@pytest.mark.parametrize("gender", [None, *Gender])
def test_the_holy_see_sends_a_nuncio(language: Language, rank: Rank, gender: Gender | None) -> None:
    addressee = Addressee(rank, gender, "A. Example")
    request = Request(
        "OPIC", "VAT", language, date(2026, 3, 2), PLACES[language], addressee=addressee
    )
    letter = COMPOSER.compose(request)
    assert isinstance(letter, Letter)
    whole = "\n".join(section.text for section in letter.sections)
    assert not re.search("[Aa]mba[sj]|[Ee]mbaj|[Cc]hargé|Encargad", whole)
    assert (
        letter.text_of("salutation")
        == {
            Language.EN: "Your Excellency,",
            Language.FR: "Excellence,",
            Language.ES: "Excelencia:",
        }[language]
    )
    if rank is not Rank.CHARGE:
        assert (
            letter.text_of("addressee").split("\n")[:2]
            == {
                Language.EN: [
                    "His Excellency Archbishop A. Example",
                    "Apostolic Nuncio, Permanent Observer",
                ],
                Language.FR: [
                    "Son Excellence Monseigneur A. Example",
                    "Nonce apostolique, Observateur permanent",
                ],
                Language.ES: [
                    "Excmo. Mons. A. Example",
                    "Nuncio Apostólico, Observador Permanente",
                ],
            }[language]
        )


@pytest.mark.parametrize("iso3", ["COK", "NIU"])
@pytest.mark.parametrize("language", Language)
def test_no_copy_goes_to_a_mission_that_is_not_known(iso3: str, language: Language) -> None:
    for seat in MISSIONS:
        request = Request("CERD", iso3, language, date(2026, 3, 2), PLACES[language], seat)
        letter = COMPOSER.compose(request)
        assert isinstance(letter, Letter)
        assert not letter.text_of("copies")


def test_an_address_of_one_s_own_stands_for_the_mission_s() -> None:
    address = "Ministry of Foreign Affairs\nP.O. Box 1"
    request = Request("CERD", "NIU", Language.FR, date(2026, 3, 2), "Genève", address=address)
    letter = COMPOSER.compose(request)
    assert isinstance(letter, Letter)
    assert letter.text_of("addressee") == address
    assert not letter.text_of("copies")
