"""Pages of any treaty: their columns, marks and participants; the headline is the judge."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from random import Random
from typing import TYPE_CHECKING

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.letters.alterations import alterations
from bot.letters.differences import differences
from bot.letters.faults import Fault, Refused
from bot.letters.model import Language, Stage
from bot.letters.status import Act, Records, Version
from bot.reference import untc
from bot.reference.grids import grid_of
from bot.reference.loader import load
from bot.reference.participants import other, participant
from bot.reference.renewal import version_of
from bot.reference.untc import Status, numbers_of, read, read_table, title_of
from tests.reference.pages import other_page, page, shipped

if TYPE_CHECKING:
    from collections.abc import Sequence

    from bot.letters.treaties import Treaty

TODAY, ADOPTED = date(2026, 11, 25), date(1990, 1, 1)
THREE = ("Participant", "Signature", "Ratification, Accession(a)")


def table(
    headings: Sequence[str], rows: Sequence[Sequence[str]], headline: str
) -> Status | Refused:
    found = grid_of(other_page(headings, rows, headline).encode())
    assert not isinstance(found, Fault), found
    return read_table(found, "EXAMPLE", ADOPTED, TODAY)


def taken(headings: Sequence[str], rows: Sequence[Sequence[str]], headline: str) -> Status:
    found = table(headings, rows, headline)
    assert isinstance(found, Status), found
    return found


def test_provisional_application_is_no_joining() -> None:
    found = taken(
        ("Participant", "Signature", "Provisional application(n)", "Accession(a), Ratification"),
        [
            ("Albania", "3 Dec 2008", "", "16 Jun 2009"),
            ("Angola", "3 Dec 2008", "4 Dec 2008 n", ""),
            ("Lithuania", "[3 Dec 2008 ]", "[24 Mar 2011 n]", "[24 Mar 2011 ]"),
        ],
        "Signatories : 2. Parties : 1",
    )
    assert found.acts["ALB"].action == "ratification"
    assert found.acts["AGO"] == Act(date(2008, 12, 3))
    assert set(found.ended) == {"LTU"}


def test_a_column_of_consent_without_signatures_or_signatories() -> None:
    found = taken(
        ("Participant", "Consent to be bound(P), Succession(d)"),
        [("Albania", "28 Aug 2002 P"), ("Montenegro", "23 Oct 2006 d")],
        "Parties : 2",
    )
    assert [one.action for one in found.acts.values()] == ["consent to be bound", "succession"]
    assert (found.signatories, found.parties) == (0, 2)


@pytest.mark.parametrize("signatories", [1, 2])
def test_a_definitive_signature_is_a_joining_wherever_it_stands(signatories: int) -> None:
    among = taken(
        ("Participant", "Signature, Definitive signature(s)", "Ratification, Accession(a)"),
        [("Albania", "3 Dec 1998 s", ""), ("Angola", "3 Dec 1998", "")],
        f"Signatories : {signatories}. Parties : 1",
    )
    assert among.acts["ALB"] == Act(action="definitive signature", acted_on=date(1998, 12, 3))
    apart = taken(
        ("Participant", "Signature", "Definitive signature(s), Ratification"),
        [("Albania", "", "3 Dec 1998 s"), ("Angola", "3 Dec 1998", "")],
        "Signatories : 1. Parties : 1",
    )
    assert apart.acts == among.acts


def test_acts_in_several_columns_are_one_joining() -> None:
    found = taken(
        ("Participant", "Ratification", "Signature", "Accession(a), Succession(d)"),
        [
            ("Albania", "3 Dec 1999", "3 Dec 1998", ""),
            ("Angola", "", "", "4 Dec 1998 a"),
            ("Austria", "[3 Dec 1999]", "", "4 Dec 2001 a"),
        ],
        "Signatories : 1. Parties : 3",
    )
    assert found.acts["AUT"].acted_on == date(2001, 12, 4)


@given(st.integers())
def test_the_order_of_columns_and_rows_changes_nothing(seed: int) -> None:
    heads = ["Participant", "Signature", "Provisional application(n)", "Ratification, Accession(a)"]
    rows = [
        ["Albania", "3 Dec 2008", "", "16 Jun 2009"],
        ["Angola", "3 Dec 2008", "4 Dec 2008 n", ""],
        ["Kenya", "", "", "4 Dec 2009 a"],
    ]
    order = Random(seed)  # noqa: S311 -- an order
    columns = order.sample(range(4), 4)
    order.shuffle(rows)
    found = taken(
        [heads[at] for at in columns],
        [[row[at] for at in columns] for row in rows],
        "Signatories : 2. Parties : 2",
    )
    assert set(found.acts) == {"ALB", "AGO", "KEN"}
    assert found.acts["KEN"] == Act(action="accession", acted_on=date(2009, 12, 4))


@pytest.mark.parametrize(
    "name",
    [
        *("Czechoslovakia", "Yugoslavia", "German Democratic Republic", "Serbia and Montenegro"),
        *("European Union", "European Community", "East African Community", "African Union"),
        *("International Criminal Police Organization (INTERPOL)", "Universal Postal Union"),
        *("Netherlands Antilles", "Macao, China", "Hong Kong", "Democratic Yemen"),
    ],
)
def test_participants_that_are_no_states_of_ours_are_parties_all_the_same(name: str) -> None:
    found = taken(
        THREE, [("Albania", "", "16 Jun 2009 a"), (name, "", "17 Jun 2009 a")], "Parties:2"
    )
    assert set(found.acts) == {"ALB"}
    assert list(found.organisations) == [other(name)]
    made = version_of(replace(found, treaty="OPSC"), nothing_known())
    assert isinstance(made, Version)
    assert made.organisations == (date(2009, 6, 17),)


def test_no_participant_is_both_a_state_and_none() -> None:
    for state in load().states.values():
        assert not other(state.short(Language.EN)), state.iso3
    for name in ("Zaire", "Ceylon", "Western Samoa", "Byelorussian Soviet Socialist Republic"):
        assert participant(name)
        assert not other(name)


@pytest.mark.parametrize(
    ("rows", "headline", "fault", "what"),
    [
        ([("Atlantis", "", "3 Dec 1998 a")], "Parties : 1", Fault.UNKNOWN, "Atlantis"),
        ([("Kenya", "", "3 Dec 1989 a")], "Parties : 1", Fault.CELL, "Kenya: 1989-12-03"),
        ([("Kenya", "", "3 Dec 1998 x")], "Parties : 1", Fault.CELL, "Kenya: 3 Dec 1998 x"),
        ([("Kenya", "3 Dec 1998 a", "")], "Parties : 0", Fault.CELL, "Kenya: 3 Dec 1998 a"),
        ([("Kenya", "", "3 Dec 1998 a")], "Parties : 2", Fault.PARTIES, "1 / 2"),
        (
            [("Kenya", "", "3 Dec 1998 a")],
            "Signatories : 1. Parties : 1",
            Fault.SIGNATORIES,
            "0 / 1",
        ),
        ([("Kenya", "", "3 Dec 1998 a")], "Status", Fault.NO_TOTALS, ""),
    ],
)
def test_what_does_not_agree_with_itself_gives_nothing(
    rows: list[tuple[str, ...]], headline: str, fault: Fault, what: str
) -> None:
    assert table(THREE, rows, headline) == Refused(fault, what)


def test_headings_that_are_not_understood_are_named() -> None:
    found = table(("Participant", "Notification"), [("Kenya", "3 Dec 1998")], "Parties : 1")
    assert found == Refused(Fault.COLUMNS, "Participant | Notification")


@pytest.mark.parametrize(
    ("number", "title"),
    [
        ("XXVI-2-a", "Additional Protocol on Examples"),
        ("XI-A-16", "Customs Convention on Examples"),
        ("XVIII-12-a", "Protocol on Examples"),
        ("XXVII-9", "Amendment to a Convention on Examples"),
    ],
)
def test_a_page_of_a_treaty_without_a_folder_says_which_it_is(number: str, title: str) -> None:
    for headings, row in (
        (("Participant", "Acceptance(A)"), ("Kenya", "3 Dec 1998 A")),
        (("What", "Else"), ("Kenya", "3 Dec 1998")),
    ):
        text = other_page(headings, [row], "Parties : 1", number=number, title=title)
        assert read(text.encode(), TODAY) == Refused(Fault.OTHER_TREATY, f"{number} {title}")
        without_table = text.replace("x_tblgrid", "x_none")
        found = read(without_table.encode(), TODAY)
        assert isinstance(found, Refused)
        assert found.fault is Fault.OTHER_TREATY


def test_the_section_of_a_chapter_is_read_from_the_address() -> None:
    text = other_page(THREE, [], "Parties : 0", number="XI-A-16", title="TIR Convention")
    spaced = text.replace(">16.", ">16 . ").replace("XI-A-16", "xi~a~16")
    for one in (text, spaced):
        grid = grid_of(one.encode())
        assert not isinstance(grid, Fault)
        assert numbers_of(grid) == {"XI-A-16"}
        assert title_of(grid) == "TIR Convention"
    assert untc._are(frozenset({"XI-16"}), "XI-A-16")  # noqa: SLF001 -- XML has the section apart


def nothing_known() -> Records:
    records = load()
    return replace(
        records, acts={code: acts for code, acts in records.acts.items() if code != "OPSC"}
    )


def test_the_first_page_of_a_treaty_without_status_becomes_its_facts() -> None:
    before = nothing_known()
    assert not before.has_status("OPSC")
    assert before.parties("OPSC", TODAY) == 0
    assert before.standing("OPSC", "KEN", TODAY).stage is Stage.NO_ACTION
    rows = [row for row in shipped("OPSC") if not {"2025", "2026"} & set(" ".join(row[1:]).split())]
    found = read(page("OPSC", rows, as_of="03-02-2024 10:00:00 EDT").encode(), TODAY)
    assert isinstance(found, Status), found
    made = version_of(found, before)
    assert isinstance(made, Version)
    assert not before.is_newer(made)
    after = before.with_versions([made])
    assert after.parties("OPSC", date(2026, 2, 3)) == made.parties
    assert len(differences(before, after, "OPSC")) == len(made.acts)
    assert alterations(before, made) == ()


def with_treaty(treaty: Treaty) -> Records:
    records = load()
    return replace(records, treaties={**records.treaties, treaty.code: treaty})


def test_a_treaty_of_another_chapter_is_known_by_its_number_and_title(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    treaty = replace(
        load().treaties["OPSC"],
        code="EXAMPLE",
        untc_number="XXVI-99",
        adopted_on=ADOPTED,
        page_title="Treaty on Examples",
    )
    monkeypatch.setattr(untc, "load", lambda: with_treaty(treaty))
    text = other_page(THREE, [("Kenya", "", "3 Dec 1998 a")], "Signatories : 0. Parties : 1")
    found = read(text.encode(), TODAY)
    assert isinstance(found, Status), found
    made = version_of(found, with_treaty(treaty))
    assert isinstance(made, Version), made
    assert alterations(with_treaty(treaty), made) == ()


def test_checks_that_hold_for_some_treaties_only() -> None:
    """Where nothing is signed, or many accept unsigned, that is none; nor is succeeding to both."""
    unsigned = taken(
        ("Participant", "Acceptance(A), Ratification"),
        [("Kenya", "3 Dec 1998 A"), ("Albania", "4 Dec 1998")],
        "Parties : 2",
    )
    many = taken(
        ("Participant", "Signature", "Acceptance(A)"),
        [
            *((name, "", "3 Dec 1998 A") for name in ("Kenya", "Albania", "Angola")),
            ("Austria", "3 Dec 1998", "3 Dec 1999 A"),
        ],
        "Signatories : 1. Parties : 4",
    )
    succeeded = taken(
        ("Participant", "Signature, Succession to signature(d)", "Succession(d)"),
        [("Montenegro", "23 Oct 2006 d", "23 Oct 2006 d")],
        "Signatories : 1. Parties : 1",
    )
    for found in (unsigned, many, succeeded):
        made = version_of(replace(found, treaty="OPSC"), nothing_known())
        assert isinstance(made, Version)
        assert alterations(nothing_known(), made) == ()
