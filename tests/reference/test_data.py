"""The shipped facts: the checks that their sources give."""

from __future__ import annotations

from datetime import date

import pytest

from bot.letters.model import Kind, Language, Stage
from bot.reference.loader import load, places

RECORDS = load()

# United Nations Treaty Collection, headlines of the status pages as at 3 February 2026.
PARTIES = {
    "CERD": 182,
    "ICESCR": 173,
    "ICESCR-OP": 31,
    "ICCPR": 175,
    "ICCPR-OP1": 116,
    "ICCPR-OP2": 92,
    "CEDAW": 189,
    "CEDAW-OP": 116,
    "CAT": 175,
    "OPCAT": 96,
    "CRC": 196,
    "OPAC": 173,
    "OPSC": 178,
    "OPIC": 53,
    "ICRMW": 60,
    "CRPD": 193,
    "CRPD-OP": 108,
    "CED": 78,
    "APMBC": 162,
    "CCM": 112,
    "ATT": 117,
    "TPNW": 74,
    "CTBT": 178,
    "CCW-P4": 111,
}
# Signatories of the six outside chapter IV; the sixth is not signed.
SIGNATORIES = {"APMBC": 132, "CCM": 107, "ATT": 130, "TPNW": 95, "CTBT": 187, "CCW-P4": 0}
WITHOUT_STATUS = {
    "ROME-STATUTE", "GENOCIDE", "REFUGEES-1951", "REFUGEES-1967", "STATELESS-1954",
    "STATELESS-1961", "PALERMO-PROTOCOL",
}  # fmt: skip


@pytest.mark.parametrize("code", PARTIES)
def test_parties_equal_the_printed_totals(code: str) -> None:
    assert RECORDS.parties(code, date(2026, 2, 3)) == PARTIES[code]


@pytest.mark.parametrize("code", SIGNATORIES)
def test_signatories_equal_the_printed_totals(code: str) -> None:
    acts = [one for of_state in RECORDS.acts[code].values() for one in of_state]
    still = [
        one
        for one in acts
        if one.signed_on and not (one.withdrawn_on and one.withdrawn_on <= RECORDS.as_of)
    ]
    assert len(still) == SIGNATORIES[code]


def test_a_withdrawal_that_is_still_to_come_counts_from_its_day() -> None:
    assert RECORDS.parties("APMBC", date(2026, 2, 19)) == 162
    assert RECORDS.parties("APMBC", date(2026, 2, 20)) == 161
    assert RECORDS.standing("APMBC", "POL", date(2026, 2, 20)).withdrawn_on == date(2026, 2, 20)


def test_parties_in_2010() -> None:
    day = date(2010, 7, 26)
    assert [RECORDS.parties(code, day) for code in ("OPSC", "OPAC", "OPIC")] == [137, 133, 0]


def test_every_state_and_treaty() -> None:
    kinds = [state.kind for state in RECORDS.states.values()]
    assert [kinds.count(kind) for kind in Kind] == [193, 2, 2]
    assert set(RECORDS.treaties) == {*PARTIES, *WITHOUT_STATUS}
    assert set(RECORDS.acts) == set(PARTIES)
    for treaty in RECORDS.treaties.values():
        assert treaty.entry_into_force is None or treaty.adopted_on < treaty.entry_into_force
        for language in Language:
            assert treaty.titles[language]
            assert "'" not in treaty.titles[language]


def test_acts_are_of_known_states_and_in_order() -> None:
    for code, acts in RECORDS.acts.items():
        for iso3, rows in acts.items():
            assert iso3 in RECORDS.states
            for act in rows:
                if act.acted_on:
                    assert (
                        act.acted_on >= RECORDS.treaties[code].adopted_on
                        or act.action == "succession"
                    )
                if act.signed_on and act.acted_on:
                    assert act.signed_on <= act.acted_on


def test_a_withdrawal_ends_the_membership_on_the_day_it_takes_effect() -> None:
    for day, stage in (
        (date(1992, 9, 29), Stage.NO_ACTION),
        (date(1992, 9, 30), Stage.PARTY),
        (date(2023, 2, 7), Stage.PARTY),
        (date(2023, 2, 8), Stage.NO_ACTION),
    ):
        assert RECORDS.standing("ICCPR-OP1", "BLR", day).stage is stage
    assert RECORDS.standing("ICCPR-OP1", "GUY", date(2020, 1, 1)).stage is Stage.PARTY


def test_a_state_is_listed_from_its_admission() -> None:
    def listed(day: date) -> set[str]:
        return {state.iso3 for state, _standing in RECORDS.not_party("OPIC", day)}

    assert "SSD" not in listed(date(2011, 7, 13))
    assert "SSD" in listed(date(2012, 7, 14))


def test_succession_to_signature() -> None:
    standing = RECORDS.standing("ICRMW", "MNE", date(2026, 2, 3))
    assert standing.stage is Stage.SIGNED
    assert standing.by_succession
    assert not RECORDS.standing("CED", "IND", date(2026, 2, 3)).by_succession


def test_places_have_a_name_in_every_language() -> None:
    assert [names[Language.FR] for names in places()[:2]] == ["Genève", "New York"]
    assert all(names[language] for names in places() for language in Language)
