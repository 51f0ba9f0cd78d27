"""End notes: the days of a withdrawal in them, found and offered, never taken by themselves."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta
from time import perf_counter
from typing import TYPE_CHECKING

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.letters.alterations import Oddity, alterations
from bot.letters.faults import Fault, Quoted, Refused
from bot.letters.model import Stage
from bot.letters.status import Version
from bot.reference.grids import grid_of
from bot.reference.loader import load
from bot.reference.notes import LONGEST_QUOTE, MONTHS, leaving
from bot.reference.renewal import version_of
from bot.reference.untc import Status, read_table
from tests.reference.pages import leaves, other_page

if TYPE_CHECKING:
    from collections.abc import Sequence

TODAY = date(2026, 11, 25)


@given(st.dates(date(1950, 1, 1), date(2100, 1, 1)), st.integers(1, 700))
def test_the_two_days_of_a_note(notified: date, later: int) -> None:
    effect = notified + timedelta(later)
    said = leaving(leaves("Austria", _day(notified), _day(effect)), "AUT")
    assert said
    assert (said.notified_on, said.effects) == (notified, (effect,))
    assert said.one_day(notified, effect) == effect
    assert said.one_day(effect + timedelta(1), date.max) is None


def _day(day: date) -> str:
    return f"{day.day} {MONTHS[day.month - 1]} {day.year}"


@pytest.mark.parametrize(
    ("text", "effects"),
    [
        ("The denunciation took effect for Austria on 27 December 2025.", [(2025, 12, 27)]),
        ("It gave notice of its withdrawal, effective 6 March 2025.", [(2025, 3, 6)]),
        ("… denounced the Protocol with effect from 26 August 1998.", [(1998, 8, 26)]),
        ("It withdrew from the Convention, with effect as from March 6, 2025.", [(2025, 3, 6)]),
        ("On 6 March 2025 the withdrawal took effect.", [(2025, 3, 6)]),
        (
            (
                "It denounced the Protocol with effect from 26 August 1998. It acceded again. It"
                " denounced it anew with effect from 27 June 2000."
            ),
            [(1998, 8, 26), (2000, 6, 27)],
        ),
        ("The withdrawal took effect on 31 February 2025.", []),
        ("On 27 June 2025, Austria deposited a notification of withdrawal.", []),
        ("The withdrawal took effect for Kenya on 27 December 2025.", None),
        ("It decided to withdraw the reservation with effect from 18 June 2008.", None),
        ("Extension to Aruba with effect from 17 October 2006.", None),
        ("", None),
    ],
)
def test_what_is_said_of_a_withdrawal(
    text: str, effects: list[tuple[int, int, int]] | None
) -> None:
    said = leaving(text, "AUT")
    found = [(one.year, one.month, one.day) for one in said.effects] if said else None
    assert found == effects


def test_what_is_taken_back_is_no_withdrawal_to_come() -> None:
    text = leaves("Austria", "1 June 2025", "1 June 2027", "shall take")
    for more in (
        (
            " On 7 March 2026, Austria notified the Secretary-General of its decision to"
            " withdraw its notification of withdrawal."
        ),
        " On 7 March 2026, Austria rescinded its notification of withdrawal.",
    ):
        said = leaving(text + more, "AUT")
        assert said
        assert said.taken_back
    said = leaving(text, "AUT")
    assert said
    assert not said.taken_back


def test_a_quote_is_short_and_begins_with_the_withdrawal() -> None:
    said_before = "In its notification of something else, Austria said so."
    text = f"{said_before} {leaves('A', '1 May 2025', '2 May 2026')}"
    said = leaving(text * 20)
    assert said
    assert said.quote.startswith("On 1 May 2025")
    assert len(said.quote) <= LONGEST_QUOTE + 2


@pytest.mark.parametrize(
    "text",
    [
        "withdrawal " * 600,
        "withdrawal took effect for A" + " a" * 3000,
        "The withdrawal of the " * 300,
        "1 May 2025 " * 600,
        "withdrawal. A" * 500,
        "took effect with effect effective " * 200,
        "withdraw the the the the " * 240,
    ],
)
def test_a_long_note_is_read_at_once(text: str) -> None:
    begun = perf_counter()
    leaving(text, "AUT")
    assert perf_counter() - begun < 1


ROWS = [
    ("Kenya", "8 Sep 2000", "12 May 2005"),
    ("Austria", "[6 Sep 2000]", "[6 May 2004]"),
    ("Albania", "", "5 Feb 2008 a"),
]


def status(*notes: str, rows: Sequence[tuple[str, ...]] = ROWS) -> Status:
    """A page of which the first note is Austria's, the second Albania's."""
    text = other_page(
        ("Participant", "Signature", "Ratification, Accession(a)"),
        rows,
        f"Parties : {sum(bool(row[2]) and row[2][0] != '[' for row in rows)}",
        notes=dict(enumerate(notes, 1)),
        noted={"Austria": 1, "Albania": 2},
    )
    grid = grid_of(text.encode())
    assert not isinstance(grid, Fault)
    found = read_table(grid, "OPSC", date(2000, 5, 25), TODAY)
    assert isinstance(found, Status), found
    return found


RECORDS = replace(load(), acts={**load().acts, "OPSC": {}}, non_state_parties={})
LEFT = leaves("Austria", "1 June 2024", "1 June 2025")


def test_the_note_is_quoted_and_its_day_offered() -> None:
    found = version_of(status(LEFT), RECORDS)
    assert isinstance(found, Refused)
    assert (found.fault, found.what) == (Fault.WITHDRAWN, "AUT")
    (quoted,) = found.quoted
    assert (quoted.state, quoted.number, quoted.day) == ("AUT", "1", date(2025, 6, 1))
    assert quoted.text.startswith("On 1 June 2024, the Government of Austria deposited")


@pytest.mark.parametrize(
    "note",
    [
        leaves("Austria", "1 June 2004", "6 June 2004"),
        leaves("Austria", "1 June 2025", "1 June 2026", "will take"),
        "On 1 June 2024, Austria notified its denunciation.",
        "See the Historical Information.",
        "",
    ],
)
def test_no_day_is_offered_that_cannot_be(note: str) -> None:
    """It is after the act by the treaty's own notice, and no later than the page; and is one."""
    found = version_of(status(note), RECORDS, by_notes=True)
    assert isinstance(found, Refused)
    assert [(one.state, one.day) for one in found.quoted] == [("AUT", None)]
    assert found.quoted[0].text in note


def test_a_day_of_a_note_is_taken_only_for_one_who_is_asked() -> None:
    made = version_of(status(LEFT), RECORDS, by_notes=True)
    assert isinstance(made, Version)
    assert made.dated == {"AUT"}
    assert made.acts["AUT"][0].withdrawn_on == date(2025, 6, 1)
    (asked,) = alterations(RECORDS, made)
    assert asked.oddities == (Oddity.DATED,)
    # Known by then, it is asked no more; and what was typed is not the note's.
    again = version_of(status(LEFT), RECORDS.with_versions([made]))
    typed = version_of(status(LEFT), RECORDS, {"AUT": date(2025, 6, 2)}, by_notes=True)
    assert isinstance(again, Version)
    assert isinstance(typed, Version)
    assert again.dated == typed.dated == frozenset()
    assert typed.acts["AUT"][0].withdrawn_on == date(2025, 6, 2)


def test_where_one_note_has_no_day_all_are_asked() -> None:
    rows = [*ROWS[:2], ("Albania", "", "[5 Feb 2008 a]")]
    found = version_of(status(LEFT, "See elsewhere.", rows=rows), RECORDS, by_notes=True)
    assert isinstance(found, Refused)
    assert found.what == "ALB, AUT"
    assert found.quoted[0] == Quoted("ALB", "2", "See elsewhere.")
    assert found.quoted[1].day == date(2025, 6, 1)


def test_a_withdrawal_to_come_is_kept_and_counts_from_its_day() -> None:
    note = leaves("Albania", "20 August 2025", "20 August 2026", "will take")
    found = status(LEFT, note)
    assert found.leaving == {"ALB": date(2026, 8, 20)}
    made = version_of(found, RECORDS, {"AUT": date(2025, 6, 1)})
    assert isinstance(made, Version)
    assert made.leaving == found.leaving
    assert made.notes["ALB"].number == "2"
    after = RECORDS.with_versions([made])
    assert alterations(RECORDS, made) == alterations(after, made) == ()
    assert after.parties("OPSC", date(2026, 8, 19)) == 2
    assert after.parties("OPSC", date(2026, 8, 20)) == 1
    before = after.standing("OPSC", "ALB", date(2026, 2, 3))
    assert (before.stage, before.leaving_on) == (Stage.PARTY, date(2026, 8, 20))
    assert after.standing("OPSC", "ALB", date(2026, 8, 20)).withdrawn_on == date(2026, 8, 20)


def test_a_withdrawal_to_come_that_a_later_page_does_not_tell_of_is_asked_about() -> None:
    note = leaves("Albania", "20 August 2025", "20 August 2026", "will take")
    made = version_of(status(LEFT, note), RECORDS, {"AUT": date(2025, 6, 1)})
    assert isinstance(made, Version)
    after = RECORDS.with_versions([made])
    for later in ("", note.replace("20 August 2026", "20 November 2026")):
        found = version_of(status(LEFT, later), after)
        assert isinstance(found, Version)
        (asked,) = alterations(after, found)
        assert asked.was[0].withdrawn_on == date(2026, 8, 20)
        assert asked.now[0].withdrawn_on != date(2026, 8, 20)


def test_a_withdrawal_of_the_past_or_of_something_else_is_none_to_come() -> None:
    for note in (
        leaves("Albania", "20 August 2010", "20 August 2011"),
        leaves("Kenya", "20 August 2025", "20 August 2026", "will take"),
        "Albania decided to withdraw the reservation with effect from 20 August 2026.",
        leaves("Albania", "20 August 2025", "20 August 2026", "will take")
        + " On 1 January 2026, Albania withdrew its notification of withdrawal.",
    ):
        assert status(LEFT, note).leaving == {}
