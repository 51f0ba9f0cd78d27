"""What a page would change of what was known, and what is odd about it: asked, not taken."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta

import pytest

from bot.letters.alterations import Alteration, Oddity, alterations
from bot.letters.faults import Fault, Refused
from bot.letters.status import Act, Version
from bot.reference.loader import load
from bot.reference.renewal import version_of
from bot.reference.untc import Status, read
from tests.reference.pages import Row, heads, page, shipped

RECORDS = load()
EIGHTEEN = [code for code in RECORDS.acts if RECORDS.treaties[code].untc_number.startswith("IV-")]
TODAY = date(2026, 11, 25)
JULY = "03-07-2026 10:00:00 EDT"


def status(code: str, rows: list[Row], headings: tuple[str, str] | None = None) -> Status:
    found = read(page(code, rows, as_of=JULY, headings=headings).encode(), TODAY)
    assert isinstance(found, Status), found
    return found


def version(
    code: str,
    rows: list[Row],
    withdrawn: dict[str, date] | None = None,
    headings: tuple[str, str] | None = None,
) -> Version:
    made = version_of(status(code, rows, headings), RECORDS, withdrawn)
    assert isinstance(made, Version), made
    return made


def with_row(code: str, name: str, *cells: str) -> list[Row]:
    """The shipped rows, that State's with other cells, or without it where there are none."""
    rows = [row for row in shipped(code) if row[0] != name]
    return [*rows, (name, cells[0], cells[1])] if cells else rows


def altered(code: str, name: str, *cells: str) -> Alteration:
    (found,) = alterations(RECORDS, version(code, with_row(code, name, *cells)))
    return found


@pytest.mark.parametrize("code", EIGHTEEN)
def test_no_shipped_act_is_odd_and_a_later_page_without_news_changes_nothing(code: str) -> None:
    made = version(code, shipped(code))
    assert alterations(RECORDS, made) == ()
    nothing_known = replace(RECORDS, acts={code: {}}, non_state_parties={})
    assert alterations(nothing_known, made) == ()


def test_what_grows_needs_no_further_yes() -> None:
    rows = [row for row in shipped("OPSC") if row[0] not in {"Kenya", "Austria", "Cameroon"}]
    rows += [
        ("Kenya", "8 Sep 2000", "12 May 2026"),
        ("Barbados", "1 Jun 2026", ""),
        ("Cameroon", "5 Oct 2001", "12 May 2026 a"),
        ("Austria", "6 Sep 2000", "[6 May 2004 ]"),
        ("Tonga", "", "1 Jul 2026 a"),
    ]
    assert alterations(RECORDS, version("OPSC", rows, {"AUT": date(2026, 6, 1)})) == ()


def test_one_who_had_left_may_join_again() -> None:
    rows = with_row("ICCPR-OP1", "Jamaica", "", "1 Jun 2026 a")
    assert alterations(RECORDS, version("ICCPR-OP1", rows)) == ()


COSTA_RICA = Act(date(1999, 9, 7), action="ratification", acted_on=date(2002, 4, 9))


@pytest.mark.parametrize(
    ("code", "name", "cells", "now"),
    [
        ("OPSC", "Austria", (), ()),
        ("OPSC", "Kenya", (), ()),
        ("OPSC", "Kenya", ("[8 Sep 2000]", ""), ()),
        ("OPSC", "Kenya", ("9 Sep 2000", ""), (Act(date(2000, 9, 9)),)),
        ("OPSC", "Kenya", ("8 Sep 2000 d", ""), (Act(date(2000, 9, 8), by_succession=True),)),
        ("OPSC", "Austria", ("6 Sep 2000", ""), (Act(date(2000, 9, 6)),)),
        (
            "OPSC",
            "Austria",
            ("6 Sep 2000", "7 May 2004"),
            (Act(date(2000, 9, 6), action="ratification", acted_on=date(2004, 5, 7)),),
        ),
        (
            "OPSC",
            "Austria",
            ("6 Sep 2000", "6 May 2004 a"),
            (Act(date(2000, 9, 6), action="accession", acted_on=date(2004, 5, 6)),),
        ),
        # A party that had not signed has not signed since.
        (
            "OPSC",
            "Afghanistan",
            ("1 Sep 2000", "19 Sep 2002 a"),
            (Act(date(2000, 9, 1), action="accession", acted_on=date(2002, 9, 19)),),
        ),
        # What stood in brackets is in force again, without a word.
        (
            "ICCPR-OP1",
            "Jamaica",
            ("19 Dec 1966", "3 Oct 1975"),
            (Act(date(1966, 12, 19), action="ratification", acted_on=date(1975, 10, 3)),),
        ),
    ],
)
def test_what_was_known_and_changes_is_whole(
    code: str, name: str, cells: tuple[str, ...], now: tuple[Act, ...]
) -> None:
    found = altered(code, name, *cells)
    assert found.state
    assert found.was == RECORDS.acts[code][found.state.iso3]
    assert found.now == now


def test_a_state_renamed_on_the_page_is_seen() -> None:
    rows = [("Barbados" if row[0] == "Austria" else row[0], *row[1:]) for row in shipped("OPSC")]
    (found,) = alterations(RECORDS, version("OPSC", rows))
    assert found.state
    assert (found.state.iso3, found.now) == ("AUT", ())


def test_an_organisation_that_is_gone_is_seen_with_and_without_brackets() -> None:
    signed, acted = next(row[1:] for row in shipped("CRPD") if row[0] == "European Union")
    for cells in ((), (f"[{signed}]", f"[{acted}]")):
        found = altered("CRPD", "European Union", *cells)
        assert (found.state, found.was, found.now) == (
            None,
            (Act(acted_on=date(2010, 12, 23)),),
            (),
        )
    assert altered("CRPD", "European Union", signed, "24 Dec 2010 c").now


def test_another_day_for_a_known_withdrawal_is_a_change() -> None:
    made = version("ICCPR-OP1", shipped("ICCPR-OP1"), {"BLR": date(2023, 2, 9)})
    (found,) = alterations(RECORDS, made)
    assert [act.withdrawn_on for act in (*found.was, *found.now)] == [
        date(2023, 2, 8),
        date(2023, 2, 9),
    ]


@pytest.mark.parametrize(
    ("cells", "odd"),
    [
        (("", "12 May 2026"), Oddity.UNSIGNED),
        (("", "12 May 2026 A"), Oddity.UNSIGNED),
        (("", "12 May 2026 AA"), Oddity.UNSIGNED),
        (("13 May 2026", "12 May 2026"), Oddity.LATE_SIGNATURE),
        (("12 Apr 2026", "12 May 2026 d"), Oddity.SUCCESSION),
        (("12 Apr 2026", "12 May 2026 c"), Oddity.CONFIRMATION),
    ],
)
def test_odd_acts(cells: tuple[str, str], odd: Oddity) -> None:
    found = altered("OPSC", "Barbados", *cells)
    assert found.oddities == (odd,)
    assert found.was == ()
    assert found.now


def test_a_withdrawal_from_a_treaty_that_has_no_clause_on_it() -> None:
    """Afghanistan acceded to the Covenant on 24 January 1983."""
    rows = with_row("ICCPR", "Afghanistan", "", "[24 Jan 1983 a]")
    (found,) = alterations(RECORDS, version("ICCPR", rows, {"AFG": date(2026, 6, 1)}))
    assert found.oddities == (Oddity.NO_CLAUSE,)


def test_a_signature_on_the_day_of_the_act_is_none_too_late() -> None:
    rows = with_row("OPSC", "Barbados", "12 May 2026", "12 May 2026")
    assert alterations(RECORDS, version("OPSC", rows)) == ()


@pytest.mark.parametrize(
    ("cells", "headings"),
    [
        (("12 Apr 2026 d", ""), ("Signature", "Ratification, Accession(a), Succession(d)")),
        (("12 Apr 2026", "12 May 2026 A"), ("Signature", "Ratification, Accession(a)")),
        (("12 Apr 2026", "12 May 2026"), ("Signature", "Accession(a), Succession(d)")),
        (("12 Apr 2026", "12 May 2026 a"), ("Signature", "Ratification")),
    ],
)
def test_a_mark_that_its_heading_does_not_list(
    cells: tuple[str, str], headings: tuple[str, str]
) -> None:
    rows = with_row("OPSC", "Barbados", *cells)
    found = alterations(RECORDS, version("OPSC", rows, headings=headings))
    assert [(one.state and one.state.iso3, one.oddities) for one in found] == [
        ("BRB", (Oddity.MARK,))
    ]


def test_an_organisation_with_such_a_mark() -> None:
    before = replace(RECORDS, non_state_parties={})
    made = version("CRPD", shipped("CRPD"), headings=("Signature", "Ratification, Accession(a)"))
    (found,) = alterations(before, made)
    assert (found.state, found.oddities) == (None, (Oddity.MARK,))


@pytest.mark.parametrize("mark", ["a", "A", "AA", "c", "P", "n", "x"])
def test_a_mark_that_means_nothing_there_is_refused(mark: str) -> None:
    rows = with_row("OPSC", "Barbados", f"12 May 2026 {mark}", "")
    headings = ("Signature, Accession(a)", heads(rows)[1]) if len(mark) < 2 else heads(rows)
    found = read(page("OPSC", rows, as_of=JULY, headings=headings).encode(), TODAY)
    assert isinstance(found, Refused)
    assert (found.fault, found.what) == (Fault.CELL, f"Barbados: 12 May 2026 {mark}")


def test_an_older_page_forgets_nothing_by_being_older() -> None:
    years = {str(year) for year in range(2016, 2027)}
    rows = []
    for name, signed, acted in shipped("OPSC"):
        cells = ["" if years & set(one.split()) else one for one in (signed, acted)]
        rows += [(name, *cells)] if any(cells) else []
    data = page("OPSC", rows, as_of="31-12-2015 10:00:00 EDT").encode()  # type: ignore[arg-type]
    found = read(data, TODAY)
    assert isinstance(found, Status)
    made = version_of(found, RECORDS)
    assert isinstance(made, Version)
    assert alterations(RECORDS, made) == ()


# What is refused: a count at odds with the headline.


def test_a_withdrawal_after_the_pages_own_day_is_refused() -> None:
    rows = with_row("OPSC", "Austria", "6 Sep 2000", "[6 May 2004 ]")
    found = status("OPSC", rows)
    on = found.as_of.date()
    for day in (on + timedelta(days=1), date(2027, 1, 1)):
        late = version_of(found, RECORDS, {"AUT": day})
        assert late == Refused(Fault.WITHDRAWN_LATE, f"AUT {day.isoformat()}")
        assert isinstance(late, Refused)
        assert late.as_of == on
    for day in (on, on - timedelta(days=1)):
        made = version_of(found, RECORDS, {"AUT": day})
        assert isinstance(made, Version)
        assert RECORDS.with_versions([made]).parties("OPSC", on) == made.parties == 177


def test_a_withdrawal_of_one_who_stands_in_no_brackets_is_refused() -> None:
    found = status("OPSC", shipped("OPSC"))
    assert version_of(found, RECORDS, {"AUS": date(2026, 1, 1)}) == Refused(
        Fault.NOT_WITHDRAWN, "AUS"
    )


def test_facts_that_would_give_another_number_of_parties_are_refused() -> None:
    found = replace(status("OPSC", shipped("OPSC")), parties=179)
    assert version_of(found, RECORDS) == Refused(Fault.COUNT, "178 / 179")


@pytest.mark.parametrize("code", EIGHTEEN)
def test_the_signatures_that_are_kept_are_those_of_the_headline(code: str) -> None:
    found = status(code, shipped(code))
    made = version_of(found, RECORDS)
    assert isinstance(made, Version)
    kept = sum(
        any(act.signed_on and not act.withdrawn_on for act in acts) for acts in made.acts.values()
    )
    others = sum(act.signed_on is not None for act in found.organisations.values())
    assert kept + others == made.signatories


def test_a_withdrawal_before_its_notice_could_have_run_is_refused() -> None:
    """Austria ratified on 6 May 2004; the notice of OPSC is one year (art. 15 (1))."""
    rows = with_row("OPSC", "Austria", "6 Sep 2000", "[6 May 2004 ]")
    found = version_of(status("OPSC", rows), RECORDS, {"AUT": date(2005, 5, 5)})
    assert isinstance(found, Refused)
    assert found.fault is Fault.WITHDRAWN
    version("OPSC", rows, {"AUT": date(2005, 5, 6)})
