"""Dates and places as people type them, in three languages, on Monday 2 March 2026."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.letters import english, french, spanish
from bot.letters.days import is_vague, parse_date, understand, within_reach
from bot.letters.language import full_date
from bot.letters.model import Language
from bot.letters.place_line import place_and_days

MONDAY = date(2026, 3, 2)
GRAMMARS = {Language.EN: english, Language.FR: french, Language.ES: spanish}
KNOWN = {"geneva", "new york", "brussels", "santo domingo"}
DAYS = st.dates(date(1990, 1, 1), date(2040, 12, 31))


def typed(text: str) -> tuple[str, list[str]]:
    """The place and the days, as a test writes them."""
    place, found = place_and_days(text, MONDAY, lambda one: one.casefold() in KNOWN)
    return place, [day.isoformat() for day in found.days] if found else []


@pytest.mark.parametrize(
    ("text", "day"),
    [
        ("today", "2026-03-02"),
        ("aujourd’hui", "2026-03-02"),
        ("aujourd'hui", "2026-03-02"),
        ("Hoy", "2026-03-02"),
        ("tomorrow", "2026-03-03"),
        ("demain", "2026-03-03"),
        ("mañana", "2026-03-03"),
        ("manana", "2026-03-03"),
        ("yesterday", "2026-03-01"),
        ("hier", "2026-03-01"),
        ("ayer", "2026-03-01"),
        ("the day after tomorrow", "2026-03-04"),
        ("après-demain", "2026-03-04"),
        ("pasado mañana", "2026-03-04"),
        ("avant-hier", "2026-02-28"),
        ("anteayer", "2026-02-28"),
        ("in 3 days", "2026-03-05"),
        ("dans 2 semaines", "2026-03-16"),
        ("dentro de 10 días", "2026-03-12"),
        ("in two days", "2026-03-04"),
        ("in two weeks", "2026-03-16"),
        ("in a week", "2026-03-09"),
        ("dans une semaine", "2026-03-09"),
        ("dentro de dos días", "2026-03-04"),
        ("as of today", "2026-03-02"),
        ("Tomorrow please", "2026-03-03"),
        ("demain, s’il vous plaît", "2026-03-03"),
        ("tmrw", "2026-03-03"),
        ("auj", "2026-03-02"),
        ("غدا", "2026-03-03"),
        ("amanhã", "2026-03-03"),
        ("heute", "2026-03-02"),
        ("завтра", "2026-03-03"),
        ("明天", "2026-03-03"),
        ("le 6", "2026-03-06"),
        ("the 6th", "2026-03-06"),
        ("vendredi 6", "2026-03-06"),
        ("friday 6th", "2026-03-06"),
        ("el viernes 6", "2026-03-06"),
        ("1 er mars 2026", "2026-03-01"),
        ("20261231", "2026-12-31"),
        ("٣ مارس ٢٠٢٦", "2026-03-03"),
        ("Monday", "2026-03-02"),
        ("next Monday", "2026-03-09"),
        ("lundi prochain", "2026-03-09"),
        ("Friday", "2026-03-06"),
        ("next Friday", "2026-03-06"),
        ("this Friday", "2026-03-06"),
        ("vendredi", "2026-03-06"),
        ("vendredi qui vient", "2026-03-06"),
        ("el viernes", "2026-03-06"),
        ("el próximo viernes", "2026-03-06"),
        ("el viernes que viene", "2026-03-06"),
        ("last Friday", "2026-02-27"),
        ("vendredi dernier", "2026-02-27"),
        ("el sábado pasado", "2026-02-28"),
        ("miércoles", "2026-03-04"),
        ("31/12/2026", "2026-12-31"),
        ("12/31/2026", "2026-12-31"),
        ("31-12-2026", "2026-12-31"),
        ("31 12 2026", "2026-12-31"),
        ("31 / 12 / 2026", "2026-12-31"),
        ("31.12.2026", "2026-12-31"),
        ("3.4.2027", "2027-04-03"),
        ("12.31.2026", "2026-12-31"),
        ("3/3/2027", "2027-03-03"),
        ("2027-03-04", "2027-03-04"),
        ("2027/3/4", "2027-03-04"),
        ("31/12/26", "2026-12-31"),
        ("2 mars '27", "2027-03-02"),
        ("31/12", "2026-12-31"),
        ("31.12.", "2026-12-31"),
        ("٣١/١٢/٢٠٢٦", "2026-12-31"),
        ("\u200f٣١/١٢/٢٠٢٦\u200e", "2026-12-31"),
        ("۳۱/۱۲/۲۰۲۶", "2026-12-31"),
        ("३१/१२/२०२६", "2026-12-31"),
        ("３１／１２／２０２６", "2026-12-31"),
        ("1er mars 2027", "2027-03-01"),
        ("1ᵉʳ mars 2027", "2027-03-01"),
        ("le premier mars 2027", "2027-03-01"),
        ("1º de marzo de 2027", "2027-03-01"),
        ("1ro de marzo del 2027", "2027-03-01"),
        ("primero de marzo de 2027", "2027-03-01"),
        ("2nd of March 2027", "2027-03-02"),
        ("the 2nd of March, 2027", "2027-03-02"),
        ("March 2, 2027", "2027-03-02"),
        ("march 2nd 2027", "2027-03-02"),
        ("on 2 March 2027", "2027-03-02"),
        ("2-mar-2027", "2027-03-02"),
        ("2 déc. 2026", "2026-12-02"),
        ("26JUL2030", "2030-07-26"),
        ("2 sept 2026", "2026-09-02"),
        ("2 setiembre 2026", "2026-09-02"),
        ("mardi 2 mars 2027", "2027-03-02"),
        ("Tue. 2 March 2027", "2027-03-02"),
        ("Tuesday, March 2, 2027", "2027-03-02"),
        ("martes, 2 de marzo de 2027", "2027-03-02"),
        ("dimanche 1er mars 2026", "2026-03-01"),
        ("2 March", "2026-03-02"),
        ("le 25 novembre", "2026-11-25"),
        ("25 de noviembre", "2026-11-25"),
        ("29 February", "2028-02-29"),
        ("Wednesday 3/4/2030", "2030-04-03"),
    ],
)
def test_a_day(text: str, day: str) -> None:
    assert typed(text) == ("", [day])


@pytest.mark.parametrize(
    ("text", "days"),
    [
        ("03/04/2027", ["2027-04-03", "2027-03-04"]),
        ("3-4-2027", ["2027-04-03", "2027-03-04"]),
        ("٣/٤/٢٠٢٧", ["2027-04-03", "2027-03-04"]),
        ("3/4/27", ["2027-04-03", "2027-03-04"]),
        ("3/4", ["2026-04-03", "2026-03-04"]),
        ("1 March", ["2026-03-01", "2027-03-01"]),
        ("le 28 février", ["2026-02-28", "2027-02-28"]),
        ("Tuesday 3 March 2027", ["2027-03-03", "2027-03-02", "2026-03-03"]),
        ("lundi 2 mars 2027", ["2027-03-02", "2027-03-01", "2026-03-02"]),
    ],
)
def test_what_could_be_several_days_is_left_to_the_user(text: str, days: list[str]) -> None:
    assert typed(text) == ("", days)
    assert parse_date(text) is None


@pytest.mark.parametrize(
    ("text", "place", "day"),
    [
        ("Brussels, tomorrow", "Brussels", "2026-03-03"),
        ("Brussels tomorrow", "Brussels", "2026-03-03"),
        ("Bruxelles, demain", "Bruxelles", "2026-03-03"),
        ("Bruselas, mañana", "Bruselas", "2026-03-03"),
        ("Lyon, hier", "Lyon", "2026-03-01"),
        ("Lyon, dans deux jours", "Lyon", "2026-03-04"),
        ("Berlin, morgen", "Berlin", "2026-03-03"),
        ("Brussels - 3 March", "Brussels", "2026-03-03"),
        ("Brussels – 3 March 2026", "Brussels", "2026-03-03"),
        ("3 March 2026 - Brussels", "Brussels", "2026-03-03"),
        ("Brussels; 3 March", "Brussels", "2026-03-03"),
        ("Brussels as of today", "Brussels", "2026-03-02"),
        ("tomorrow Brussels", "Brussels", "2026-03-03"),
        ("tomorrow in Brussels", "Brussels", "2026-03-03"),
        ("3 March Brussels", "Brussels", "2026-03-03"),
        ("today Geneva", "Geneva", "2026-03-02"),
        ("Friday Brussels", "Brussels", "2026-03-06"),
        ("demain à Lyon", "Lyon", "2026-03-03"),
        ("Lyon, mardi", "Lyon", "2026-03-03"),
        ("Lyon, mardi 2 mars 2027", "Lyon", "2027-03-02"),
        ("Lyon, le mardi 2 mars 2027", "Lyon", "2027-03-02"),
        ("Lyon mardi 2 mars 2027", "Lyon", "2027-03-02"),
        ("Lyon, ce 2 mars 2027", "Lyon", "2027-03-02"),
        ("Brussels on Friday", "Brussels", "2026-03-06"),
        ("Nueva York, el viernes", "Nueva York", "2026-03-06"),
        ("Madrid, a 2 de marzo de 2027", "Madrid", "2027-03-02"),
        ("Geneva March 2, 2027", "Geneva", "2027-03-02"),
        ("Washington, D.C., March 2, 2027", "Washington, D.C.", "2027-03-02"),
        ("Paris 75001, 2 mars 2027", "Paris 75001", "2027-03-02"),
        ("2 March 2027, Brussels", "Brussels", "2027-03-02"),
        ("March 2, 2027, Brussels", "Brussels", "2027-03-02"),
        ("demain, Lyon", "Lyon", "2026-03-03"),
        ("بروكسل، ٣١/١٢/٢٠٢٦", "بروكسل", "2026-12-31"),
        ("Viña del Mar, martes 2 de marzo de 2027", "Viña del Mar", "2027-03-02"),
        ("Viña del Mar 2 marzo 2027", "Viña del Mar", "2027-03-02"),
        ("Santo Domingo, 3 marzo 2027", "Santo Domingo", "2027-03-03"),
        ("Santo Domingo 3 marzo 2027", "Santo Domingo", "2027-03-03"),
        ("Viña del Mar", "Viña del Mar", ""),
        ("Santo Domingo", "Santo Domingo", ""),
        ("Monday Island", "Monday Island", ""),
        ("Friday Harbor", "Friday Harbor", ""),
        ("Mai Mahiu", "Mai Mahiu", ""),
    ],
)
def test_a_place_and_a_day(text: str, place: str, day: str) -> None:
    assert typed(text) == (place, [day] if day else [])


@pytest.mark.parametrize(
    "text",
    [
        "31.2.2026",
        "Geneva, 31.2.2026",
        "Geneva, 31 February 27",
        "Geneva, 2 March 22026",
        "206-03-02",
        "Friday 2",
        "99/99/2026",
        "0/0/2026",
        "March 2027",
        "2027",
    ],
)
def test_no_such_day(text: str) -> None:
    assert typed(text)[1] == []


@pytest.mark.parametrize(
    "text",
    [
        "tomorrow morning",
        "Brussels, tomorrow morning",
        "Brussels, next week",
        "Lyon, la semaine prochaine",
        "Bruselas, mañana por la mañana",
        "Bruselas, la semana que viene",
        "ce soir",
        "Lyon, dans quelques jours",
        "in many weeks",
    ],
)
def test_a_time_that_is_no_day_is_no_place_either(text: str) -> None:
    place, days = typed(text)
    assert not days
    assert is_vague(place)


@pytest.mark.parametrize("text", ["Geneva", "Mar del Plata", "Mesa", "Soirans", "Matina", "Year"])
def test_a_place_is_not_vague(text: str) -> None:
    assert not is_vague(text)


@pytest.mark.parametrize(
    ("text", "day"),
    [
        ("Friday", "2026-02-27"),
        ("Monday", "2026-03-02"),
        ("viernes", "2026-02-27"),
        ("25 November", "2025-11-25"),
        ("28 février", "2026-02-28"),
        ("2/3/2026", "2026-03-02 2026-02-03"),
        ("1/4/2026", "2026-01-04"),
        ("3 March", "2025-03-03 2026-03-03"),
        ("4 March", "2025-03-04"),
        ("3.3.", "2025-03-03 2026-03-03"),
        ("the 3rd", "2026-02-03 2026-03-03"),
        ("the 4th", "2026-02-04"),
        ("3/3/2026", "2026-03-03"),
    ],
)
def test_of_what_has_happened_the_latest_day_is_meant(text: str, day: str) -> None:
    found = understand(text, MONDAY, past=True)
    assert found
    assert " ".join(one.isoformat() for one in found.days) == day


@given(DAYS, st.sampled_from(list(Language)))
def test_every_date_is_understood_as_each_language_writes_it(day: date, language: Language) -> None:
    weekday = {
        Language.EN: "Monday Tuesday Wednesday Thursday Friday Saturday Sunday",
        Language.FR: "lundi mardi mercredi jeudi vendredi samedi dimanche",
        Language.ES: "lunes martes miércoles jueves viernes sábado domingo",
    }[language].split()[day.weekday()]
    month = GRAMMARS[language].MONTHS[day.month - 1]
    written = (
        full_date(day, language),
        f"{weekday} {full_date(day, language)}",
        f"{weekday}, {full_date(day, language)}",
        f"{month.upper()} {day.day}, {day.year}",
        f"{day.day} {month} {day.year}",
        f"{day.day} de {month} del {day.year}",
        day.isoformat(),
        f"{day:%d.%m.%Y}",
        f"{day.day}.{day.month}.{day.year}",
        f"{weekday} {day:%d/%m/%Y}",
    )
    for text in written:
        assert place_and_days(text, MONDAY, lambda _: False)[1], text
        assert parse_date(text) == day or "/" in text, text
        place, found = place_and_days(f"Lyon, {text}", MONDAY, lambda _: False)
        assert place == "Lyon"
        assert found
        assert day in found.days


@given(DAYS)
def test_with_slashes_the_day_is_among_the_readings_in_either_order(day: date) -> None:
    for text in (f"{day:%d/%m/%Y}", f"{day:%m/%d/%Y}"):
        found = understand(text, MONDAY)
        assert found
        assert day in found.days
        assert (len(found.days) == 2) == (day.day <= 12 and day.day != day.month)


@given(DAYS, st.sampled_from(["٠", "۰", "०", "０"]))
def test_digits_of_any_script(day: date, zero: str) -> None:
    digits = str.maketrans("0123456789", "".join(chr(ord(zero) + n) for n in range(10)))
    assert parse_date(day.isoformat().translate(digits)) == day


@given(st.text(max_size=80) | st.text("0123456789/.- marzomrtsdilun'", max_size=30))
def test_nothing_that_is_typed_raises(text: str) -> None:
    place_and_days(text, MONDAY, lambda _: False)
    understand(text, MONDAY, past=True)
    parse_date(text)
    is_vague(text)


@pytest.mark.parametrize("text", ["2 March 206", "2 March 2206", "9999-12-31", "Monday 31/12/9999"])
def test_a_slip_in_the_year_is_out_of_reach(text: str) -> None:
    found = understand(text, MONDAY)
    assert found
    assert not any(within_reach(day) for day in found.days)
