"""Dates that move: anniversaries, deadlines, sessions; and the numbers' words."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.letters import english, french, spanish
from bot.letters.days import parse_date
from bot.letters.facts import NEAR_DAYS, SessionKind, deadline, is_stale, occasion, session
from bot.letters.language import full_date
from bot.letters.model import Language
from bot.reference.loader import load

TREATIES = load().treaties


def test_2010() -> None:
    found = occasion(TREATIES["OPSC"], date(2010, 7, 26))
    assert found
    assert (found.event, found.years, found.tense) == ("adoption", 10, "past")
    due = deadline(TREATIES["OPSC"], date(2010, 7, 26))
    assert due
    assert (due.year, due.years) == (2012, 10)


@pytest.mark.parametrize(
    ("on", "event", "years", "tense"),
    [
        (date(2026, 11, 24), "entry_into_force", 25, "future"),
        (date(2027, 1, 18), "entry_into_force", 25, "today"),
        (date(2025, 5, 24), "adoption", 25, "future"),
        (date(2025, 5, 26), "adoption", 25, "past"),
    ],
)
def test_the_nearest_anniversary_opens_the_letter(
    on: date, event: str, years: int, tense: str
) -> None:
    found = occasion(TREATIES["OPSC"], on)
    assert found
    assert (found.event, found.years, found.tense) == (event, years, tense)


def test_no_anniversary_near() -> None:
    assert occasion(TREATIES["OPSC"], date(2008, 6, 1)) is None


@given(st.sampled_from(sorted(TREATIES)), st.dates(date(1966, 1, 1), date(2080, 1, 1)))
def test_anniversaries_are_round_and_near_and_deadlines_ahead(code: str, on: date) -> None:
    found = occasion(TREATIES[code], on)
    if found:
        assert found.years % 5 == 0
        assert abs((found.day - on).days) <= NEAR_DAYS
        assert (found.tense == "past") == (found.day < on)
    due = deadline(TREATIES[code], on)
    assert (due is None) == (not TREATIES[code].is_in_force(on))
    if due:
        assert due.years % 5 == 0
        assert on.year <= due.year <= on.year + 5


@pytest.mark.parametrize(
    ("on", "number", "kind"),
    [
        (date(2010, 7, 26), 65, SessionKind.UPCOMING),
        (date(2026, 9, 7), 81, SessionKind.UPCOMING),
        (date(2026, 9, 8), 81, SessionKind.CURRENT),
        (date(2026, 12, 31), 81, SessionKind.CURRENT),
        (date(2027, 1, 1), 82, SessionKind.UPCOMING),
        (date(2035, 9, 10), 90, SessionKind.PLAIN),
        (date(2035, 10, 1), 90, SessionKind.CURRENT),
    ],
)
def test_session(on: date, number: int, kind: SessionKind) -> None:
    assert (session(on).number, session(on).kind) == (number, kind)


def test_stale_after_ninety_days() -> None:
    assert not is_stale(date(2026, 2, 3), date(2026, 5, 4))
    assert is_stale(date(2026, 2, 3), date(2026, 5, 5))


@pytest.mark.parametrize(
    ("number", "en", "fr", "es"),
    [
        (5, "5th", "cinquième", "quinto"),
        (10, "10th", "dixième", "décimo"),
        (15, "15th", "quinzième", "decimoquinto"),
        (20, "20th", "vingtième", "vigésimo"),
        (25, "25th", "vingt-cinquième", "vigésimo quinto"),
        (35, "35th", "trente-cinquième", "trigésimo quinto"),
        (40, "40th", "quarantième", "cuadragésimo"),
        (50, "50th", "cinquantième", "quincuagésimo"),
        (60, "60th", "soixantième", "sexagésimo"),
        (65, "65th", "soixante-cinquième", "sexagésimo quinto"),
        (70, "70th", "soixante-dixième", "septuagésimo"),
        (71, "71st", "soixante et onzième", "septuagésimo primer"),
        (75, "75th", "soixante-quinzième", "septuagésimo quinto"),
        (80, "80th", "quatre-vingtième", "octogésimo"),
        (81, "81st", "quatre-vingt-unième", "octogésimo primer"),
        (83, "83rd", "quatre-vingt-troisième", "octogésimo tercer"),
        (89, "89th", "quatre-vingt-neuvième", "octogésimo noveno"),
        (90, "90th", "quatre-vingt-dixième", "nonagésimo"),
        (91, "91st", "quatre-vingt-onzième", "nonagésimo primer"),
        (100, "100th", "centième", "centésimo"),
        (21, "21st", "vingt et unième", "vigésimo primer"),
        (111, "111th", "cent onzième", "centésimo undécimo"),
    ],
)
def test_ordinals(number: int, en: str, fr: str, es: str) -> None:
    assert (english.ordinal(number), french.ordinal(number), spanish.ordinal(number)) == (
        en,
        fr,
        es,
    )


def test_sessions_in_english_words() -> None:
    words = [english.ordinal_words(n) for n in (65, 80, 81, 82, 90, 100, 101)]
    assert words == [
        "sixty-fifth",
        "eightieth",
        "eighty-first",
        "eighty-second",
        "ninetieth",
        "one hundredth",
        "one hundred and first",
    ]


def test_dates_in_each_language() -> None:
    first = date(2026, 8, 1)
    assert full_date(first, Language.EN) == "1 August 2026"
    assert full_date(first, Language.FR) == "1er\u00a0août 2026"
    assert full_date(first, Language.ES) == "1 de agosto de 2026"


@given(st.dates(date(1900, 1, 1), date(2100, 12, 31)), st.sampled_from(list(Language)))
def test_a_date_is_understood_as_it_is_written(day: date, language: Language) -> None:
    assert parse_date(full_date(day, language)) == day


@pytest.mark.parametrize(
    "text",
    [
        "2010-07-26",
        "26.7.2010",
        "26/07/2010",
        "le 26 juillet 2010",
        "July 26th, 2010",
        "26 JUL 2010",
    ],
)
def test_dates_as_people_type_them(text: str) -> None:
    assert parse_date(text) == date(2010, 7, 26)


@pytest.mark.parametrize("text", ["", "tomorrow", "31.2.2026", "26 ju 2010", "2026", "99.99.2026"])
def test_no_date(text: str) -> None:
    assert parse_date(text) is None
