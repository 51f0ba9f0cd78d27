"""What a letter may ask, of whom and since when: the treaties' own rules."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.letters.compose import Composer
from bot.letters.joining import NoticePeriod
from bot.letters.language import full_date, treaty_forms
from bot.letters.model import Language, Letter, Stage
from bot.letters.request import NotOpen, NotThere, Request
from bot.letters.status import Act, Version
from bot.machine.resources import LOCALES, TEMPLATES
from bot.reference.acts import left_on
from bot.reference.loader import load, rows_of_treaties
from tests.letters.test_every_letter import PLACES, TWO, check
from tests.world import COMPOSER

RECORDS = load()
WITHDRAWALS = list(rows_of_treaties("withdrawals"))
PROTOCOLS = {
    "ICCPR-OP1": "ICCPR",
    "ICCPR-OP2": "ICCPR",
    "ICESCR-OP": "ICESCR",
    "CEDAW-OP": "CEDAW",
    "OPCAT": "CAT",
    "CRPD-OP": "CRPD",
}
"""Those that only parties to the parent may ratify or accede to."""


def letter(treaty: str, state: str, language: Language, on: date, *also: str) -> Letter:
    request = Request(treaty, state, language, on, PLACES[language], signatories=TWO, also=also)
    found = COMPOSER.compose(request)
    assert isinstance(found, Letter), found
    return found


def test_jamaica_was_bound_until_the_notice_had_run() -> None:
    assert RECORDS.standing("ICCPR-OP1", "JAM", date(1998, 1, 22)).stage is Stage.PARTY
    assert RECORDS.standing("ICCPR-OP1", "JAM", date(1998, 1, 23)).withdrawn_on == date(1998, 1, 23)
    assert RECORDS.parties("ICCPR-OP1", date(1997, 12, 1)) == 93
    days = {
        Language.EN: "23 January 1998",
        Language.FR: "23\u00a0janvier 1998",
        Language.ES: "23 de enero de 1998",
    }
    for language, day in days.items():
        assert day in letter("ICCPR-OP1", "JAM", language, date(2026, 3, 2)).text_of("regret")


@pytest.mark.parametrize("found", WITHDRAWALS, ids=lambda row: row[1]["iso3"])
def test_every_withdrawal_takes_effect_by_its_treaty_s_notice(
    found: tuple[str, dict[str, str]],
) -> None:
    code, row = found
    notice = RECORDS.treaties[code].notice
    assert notice
    notified = date.fromisoformat(row["denounced_on"])
    assert left_on(row, notice) == notice.effect_of(notified)
    assert left_on({**row, "denunciation_effective_on": ""}, notice) == notice.effect_of(notified)
    assert left_on(row, notice) > notified
    with pytest.raises(ValueError, match="before the notice ends"):
        left_on({**row, "denunciation_effective_on": row["denounced_on"]}, notice)
    with pytest.raises(ValueError, match="neither"):
        left_on({**row, "denunciation_effective_on": ""}, None)


def test_notice_periods() -> None:
    months = {code: one.notice.months for code, one in RECORDS.treaties.items() if one.notice}
    assert months["ICCPR-OP1"] == 3
    assert months["CEDAW-OP"] == months["ICESCR-OP"] == 6
    assert {months[code] for code in ("CERD", "CAT", "CRC", "CRPD", "OPCAT", "OPSC")} == {12}
    assert not {"ICCPR", "ICESCR", "ICCPR-OP2", "CEDAW", "CED"} & set(months)
    migrants = RECORDS.treaties["ICRMW"].notice
    assert migrants
    assert migrants.effect_of(date(2024, 3, 10)) == date(2025, 4, 1)
    assert NoticePeriod(3, False, "").effect_of(date(2023, 11, 30)) == date(2024, 2, 29)  # noqa: FBT003 -- not from a month's start


def test_the_103_pairs_that_ask_for_two_treaties() -> None:
    on = RECORDS.as_of
    pairs = [
        (code, state.iso3)
        for code in PROTOCOLS
        for state, _standing in RECORDS.not_party(code, on)
        if RECORDS.lacking(code, state.iso3, on)
    ]
    assert len(pairs) == 103
    for code, iso3 in pairs:
        for language in Language:
            found = letter(code, iso3, language, on)
            assert found.treaties == (PROTOCOLS[code], code)
            first, second = (
                treaty_forms(RECORDS.treaties[one], language) for one in found.treaties
            )
            assert first.party_to_short in found.text_of("ask")
            assert second.party_to_short in found.text_of("ask")
            check(found)


def test_the_parent_is_asked_for_and_then_the_protocol() -> None:
    asked = {
        ("SAU", Language.EN): "accede to the Covenant and then to the Optional Protocol",
        ("SAU", Language.FR): "d’adhérer au Pacte, puis au Protocole facultatif",
        ("SAU", Language.ES): "a adherirse al Pacto y, seguidamente, al Protocolo Facultativo",
        ("CHN", Language.EN): "ratify the Covenant and then to accede to the Optional Protocol",
    }
    for (iso3, language), words in asked.items():
        found = letter("ICCPR-OP1", iso3, language, date(2026, 3, 2))
        assert words in found.text_of("ask").replace("\u00a0", " ")


def test_who_may_join_is_each_treaty_s_own_rule() -> None:
    on = date(2026, 3, 2)
    # The United States signed the Convention and joined two of its protocols.
    assert not any(RECORDS.lacking(code, "USA", on) for code in ("OPSC", "OPIC"))
    # South Sudan joined the Convention on 23 January 2015.
    before = date(2014, 3, 2)
    assert {RECORDS.lacking(code, "SSD", before) for code in ("OPSC", "OPIC")} == {"CRC"}
    # Its article 9 (2) is open to accession by any State.
    assert not RECORDS.lacking("OPAC", "SSD", before)
    for code, words in {
        "OPSC": "have signed the Convention or have become a party to it",
        "OPIC": "or to one of its first two Optional Protocols",
    }.items():
        assert words in letter(code, "SSD", Language.EN, before).text_of("ask")
    conditions = {code: one.condition for code, one in RECORDS.treaties.items()}
    assert all(one.article.startswith("art. ") for one in conditions.values() if one)
    assert {code for code, one in conditions.items() if one} == {*PROTOCOLS, "OPSC", "OPIC"}


@pytest.mark.parametrize("iso3", ["VAT", "PSE", "COK", "NIU"])
def test_the_convention_on_disappearances_is_open_to_members_only(iso3: str) -> None:
    request = Request("CED", iso3, Language.EN, date(2026, 3, 2), "Geneva")
    assert COMPOSER.compose(request) == NotOpen("CED", "art. 38")
    listed = [state.iso3 for state, _standing in RECORDS.not_party("CED", date(2026, 3, 2))]
    assert iso3 not in listed


@pytest.mark.parametrize(
    ("iso3", "on"),
    [
        ("SSD", date(2010, 7, 26)),
        ("MNE", date(2005, 3, 1)),
        ("TLS", date(2001, 3, 1)),
        ("PSE", date(2010, 7, 26)),
    ],
)
def test_no_letter_to_a_state_that_was_not_there(iso3: str, on: date) -> None:
    found = COMPOSER.compose(Request("OPSC", iso3, Language.EN, on, "Geneva"))
    assert isinstance(found, NotThere)
    assert iso3 not in [state.iso3 for state, _standing in RECORDS.not_party("OPSC", on)]


@pytest.mark.parametrize(("iso3", "on"), [("CHE", date(1995, 3, 1)), ("KOR", date(1990, 11, 1))])
def test_who_had_joined_a_treaty_was_there_before_it_was_a_member(iso3: str, on: date) -> None:
    assert RECORDS.is_there(iso3, on)
    found = COMPOSER.compose(Request("CRC", iso3, Language.EN, on, "Geneva"))
    assert isinstance(found, Letter), found


def test_parties_are_counted_as_what_they_are() -> None:
    counts = {
        Language.EN: "193 parties",
        Language.FR: "193\u00a0parties",
        Language.ES: "193 partes",
    }
    for language, count in counts.items():
        support = letter("CRPD", "TJK", language, date(2026, 3, 2)).text_of("support")
        assert count in support
        several = letter("CRPD", "TJK", language, date(2026, 3, 2), "CRPD-OP")
        assert count in several.text_of("occasion")
    assert "182 States parties" in letter("CERD", "MMR", Language.EN, date(2026, 3, 2)).text_of(
        "support"
    )
    early = letter("CRPD", "TJK", Language.EN, date(2018, 4, 1)).text_of("support")
    assert " parties" in early
    assert "States parties" not in early


def test_who_denounced_one_of_several_is_asked_to_become_a_party_again() -> None:
    for language, words in {
        Language.EN: "to become, or to become again, a party to them",
        Language.FR: "d’y devenir ou d’y redevenir partie",
        Language.ES: "a pasar a ser, o a volver a ser, parte en ellos",
    }.items():
        found = letter("ICCPR-OP1", "JAM", language, date(2026, 3, 2), "CAT")
        assert words in found.text_of("ask")
    assert "accede" not in found.text_of("ask")


@settings(max_examples=200, deadline=None)
@given(
    codes=st.lists(st.sampled_from(sorted(RECORDS.acts)), min_size=1, max_size=3, unique=True),
    state=st.sampled_from(sorted(RECORDS.states)),
    language=st.sampled_from(list(Language)),
    on=st.dates(date(1990, 1, 1), date(2040, 12, 31)),
    undated=st.booleans(),
)
def test_no_letter_asks_for_what_the_state_may_not_do(
    codes: list[str], state: str, language: Language, on: date, *, undated: bool
) -> None:
    first, *also = codes
    request = Request(
        first,
        state,
        language,
        on,
        PLACES[language],
        signatories=TWO,
        also=tuple(also),
        undated=undated,
    )
    found = COMPOSER.compose(request)
    if not isinstance(found, Letter):
        return
    check(found)
    for number, code in enumerate(found.treaties):
        assert RECORDS.standing(code, state, on).stage is not Stage.PARTY
        assert RECORDS.is_there(state, on)
        assert RECORDS.is_open(code, state)
        lacking = RECORDS.lacking(code, state, on)
        assert not lacking or lacking in found.treaties[:number]
    whole = "\n".join(section.text for section in found.sections)
    for _code, row in WITHDRAWALS:
        if row["iso3"] == state:
            notified = full_date(date.fromisoformat(row["denounced_on"]), language)
            assert notified not in whole or notified in found.text_of("place_date")


def test_a_letter_that_was_sent_keeps_both_treaties_when_the_first_is_joined_since() -> None:
    on = date(2026, 3, 2)
    joined = Act(None, action="accession", acted_on=date(2026, 2, 10))
    acts = {**RECORDS.acts["CAT"], "JAM": (joined,)}
    page = Version("CAT", datetime(2026, 2, 20, tzinfo=UTC), 0, 0, acts)
    later = Composer(RECORDS.with_versions([page]), TEMPLATES, LOCALES)
    request = Request("OPCAT", "JAM", Language.EN, on, "Geneva", signatories=TWO, also=("CAT",))
    sent = later.compose(replace(request, sent=True))
    assert isinstance(sent, Letter)
    assert sent.treaties == ("CAT", "OPCAT")
    assert "and then to the Optional Protocol" in sent.text_of("ask")
    unsent = later.compose(request)
    assert isinstance(unsent, Letter)
    assert unsent.treaties == ("OPCAT",)
