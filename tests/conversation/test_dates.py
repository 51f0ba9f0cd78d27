"""Places and dates in the chat: understood, said back, asked about, refused with a reason."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from typing import TYPE_CHECKING

import pytest

from bot.letters.model import Language
from tests.conversation.talk import Talk
from tests.world import CO_SIGNERS

if TYPE_CHECKING:
    from pathlib import Path


@pytest.fixture
def asked(tmp_path: Path) -> Talk:
    """Asked for the place and the date, on Monday 2 March 2026."""
    talk = Talk(tmp_path / "db").command("new").tap("OPSC").type("kenya").tap("English")
    return talk.type(CO_SIGNERS).tap("Done").tap("Geneva")


def given(talk: Talk) -> tuple[str, str]:
    """The place and the date in the draft."""
    draft = talk.session.draft
    assert draft
    assert draft.place
    assert draft.date
    return draft.place, draft.date.isoformat()


@pytest.mark.parametrize(
    ("text", "place", "day"),
    [
        ("Brussels, tomorrow", "Brussels", "2026-03-03"),
        ("demain", "Geneva", "2026-03-03"),
        ("Lyon, mardi 3 mars 2026", "Lyon", "2026-03-03"),
        ("Nueva York, el viernes", "New York", "2026-03-06"),
        ("٣١/١٢/٢٠٢٦", "Geneva", "2026-12-31"),
        ("Brussels", "Brussels", "2026-03-02"),
        ("Monday Island", "Monday Island", "2026-03-02"),
    ],
)
def test_a_place_a_date_or_both(asked: Talk, text: str, place: str, day: str) -> None:
    assert asked.type(text).has_letter
    assert given(asked) == (place, day)


def test_the_day_is_said_back_once_with_its_weekday(asked: Talk) -> None:
    asked.type("Brussels, next Friday")
    assert asked.screen.text.splitlines()[0] == "Brussels, Friday, 6 March 2026 ✓"
    assert asked.screen.text.count("6 March 2026") == 1
    asked.tap("Change").tap("Place and date").type("31/12/26")
    assert asked.screen.text.splitlines()[0] == "Brussels, Thursday, 31 December 2026 ✓"
    assert "↶ Not Brussels, 31 December 2026" in asked.labels


def test_what_can_be_read_as_two_days_is_asked_with_a_tap(asked: Talk) -> None:
    asked.type("Brussels, 03/04/2027")
    assert not asked.has_letter
    assert asked.screen.title == "Which day do you mean?"
    assert "more than one day" in asked.screen.text
    assert "Place: Brussels" in asked.screen.text
    assert [label.split(",")[0] for label in asked.labels[:2]] == ["Saturday", "Thursday"]
    assert asked.tap("Thursday").has_letter
    assert given(asked) == ("Brussels", "2027-03-04")


def test_the_question_which_day_is_left_by_typing_or_going_back(asked: Talk) -> None:
    assert asked.type("3/4/2027").tap("‹").screen.title.startswith("From where")
    assert asked.type("3/4/2027").type("Lyon, 4 March 2027").has_letter
    assert given(asked) == ("Lyon", "2027-03-04")


def test_a_weekday_that_does_not_fit_is_asked_about(asked: Talk) -> None:
    asked.type("Lyon, mardi 3 mars 2027")
    assert "is not a Tuesday" in asked.screen.text
    assert [label.split(",")[0] for label in asked.labels[:3]] == [
        "Wednesday",
        "Tuesday",
        "Tuesday",
    ]
    assert asked.tap("Wednesday").has_letter
    assert given(asked) == ("Lyon", "2027-03-03")


@pytest.mark.parametrize("year", ["206", "2206", "9999", "1026"])
def test_a_slip_in_the_year_is_refused_with_the_years_that_are_taken(
    asked: Talk, year: str
) -> None:
    asked.type(f"Lyon, 2 March {year}")
    assert not asked.has_letter
    assert "from 1990 to 2040" in asked.screen.text


@pytest.mark.parametrize("text", ["Brussels, next week", "tomorrow morning", "31.2.2026", "5"])
def test_what_is_no_day_becomes_no_place(asked: Talk, text: str) -> None:
    asked.type(text)
    assert not asked.has_letter
    assert "That date was not understood" in asked.screen.text


@pytest.mark.parametrize(
    ("language", "text", "says"),
    [
        (Language.FR, "Lyon, vendredi", "Lyon, vendredi 6 mars 2026 ✓"),
        (Language.FR, "mardi 3 mars 2027", "le 3 mars 2027 n’est pas un mardi"),
        (Language.ES, "Madrid, el viernes", "Madrid, viernes 6 de marzo de 2026 ✓"),
        (Language.ES, "martes 3 de marzo de 2027", "el 3 de marzo de 2027 no es martes"),
    ],
)
def test_in_the_users_own_words(tmp_path: Path, language: Language, text: str, says: str) -> None:
    talk = Talk(tmp_path / "db", language=language).command("new").tap("OPSC").type("kenya")
    talk.tap("English").type(CO_SIGNERS).tap({"fr": "Terminé", "es": "Listo"}[language])
    talk.tap({"fr": "Genève", "es": "Ginebra"}[language])
    shown = talk.type(text).screen.text.replace("\u00a0", " ")
    assert says in shown


PLAINLY_NO_PLACE = """Mon|fri|weds|March|juillet|Mars|Easter|now|ok|yes|same|idem|fin mars
quinze mars|samedi en huit|Brussels, in March|Brussels, tomorow|Brussels, mondy|Brussels tomorow|sí
lo mismo|2 mrach 2026|3 avil""".replace("\n", "|").split("|")
NEARLY_A_DAY = (
    "tomorow|wensday|demian|lundo|mardi prochian|manyana|thrusday|jeudy|Mons|Lyon tomorow"
)


@pytest.mark.parametrize("text", [*PLAINLY_NO_PLACE, *NEARLY_A_DAY.split("|")])
def test_what_is_nearly_a_day_becomes_no_place_unasked(asked: Talk, text: str) -> None:
    asked.type(text)
    assert not asked.has_letter
    assert asked.session.draft
    assert asked.session.draft.place is None
    assert "2 March 2026”" in asked.screen.text, "with an example"
    offered = any(label.startswith(f"{text}, ") for label in asked.labels)
    assert offered == (text not in PLAINLY_NO_PLACE), "what may be a place stays possible"


@pytest.mark.parametrize(
    ("text", "says", "tap", "then"),
    [
        ("tomorow", "Did you mean 3 March 2026?", "Geneva", ("Geneva", "2026-03-03")),
        ("Brussels, tomorow", "Brussels, 3 March 2026?", "Brussels", ("Brussels", "2026-03-03")),
        ("Mons", "Is “Mons” the place?", "Mons", ("Mons", "2026-03-02")),
        ("Mars, 2 March 2026", "Is “Mars” the place?", "Mars", ("Mars", "2026-03-02")),
        ("Bruxelle", "Did you mean Brussels?", "Brussels", ("Brussels", "2026-03-02")),
        ("Bruxelle", "Did you mean Brussels?", "Bruxelle", ("Bruxelle", "2026-03-02")),
        ("new yrok", "Did you mean New York?", "New York", ("New York", "2026-03-02")),
        ("NY", "Did you mean New York?", "New York", ("New York", "2026-03-02")),
        ("nyc, 3 March", "New York, 3 March 2026?", "New York", ("New York", "2026-03-03")),
        ("Genf", "Did you mean Geneva?", "Geneva", ("Geneva", "2026-03-02")),
        ("Geneva 9am tomorrow", "Geneva, 3 March", "Geneva, 3", ("Geneva", "2026-03-03")),
        ("2 mrach 2026", "Did you mean 2 March 2026?", "Geneva", ("Geneva", "2026-03-02")),
        ("Vienna, 3 avil", "Vienna, 3 April 2026?", "Vienna", ("Vienna", "2026-04-03")),
    ],
)
def test_what_is_near_is_asked_with_a_button(
    asked: Talk, text: str, says: str, tap: str, then: tuple[str, str]
) -> None:
    asked.type(text)
    assert not asked.has_letter
    assert says in asked.screen.text
    label = next(label for label in asked.labels if label.startswith(tap))
    assert asked.tap(label).has_letter
    assert given(asked) == then


@pytest.mark.parametrize("text", ["geneve", "Genéve", "GENEVA", "Ginebra"])
def test_a_known_place_is_taken_however_it_is_written(asked: Talk, text: str) -> None:
    assert asked.type(text).has_letter
    assert given(asked) == ("Geneva", "2026-03-02")


@pytest.mark.parametrize(
    "text", ["Nice", "Lima", "Lomé", "Oslo", "Tunis", "Addis Ababa", "Mai Mahiu", "La Paz"]
)
def test_other_places_are_taken_as_they_are(asked: Talk, text: str) -> None:
    assert asked.type(text).has_letter
    assert given(asked) == (text, "2026-03-02")


def test_the_question_after_a_slip_is_left_by_going_back_or_typing(asked: Talk) -> None:
    asked.type("tomorow").tap("‹")
    assert "Geneva, 2 March 2026" in asked.labels
    assert asked.type("Mons").type("Lyon, 4 March 2027").has_letter
    assert given(asked) == ("Lyon", "2027-03-04")


def test_a_place_that_was_confirmed_is_not_asked_about_again(asked: Talk) -> None:
    asked.type("Mons").tap("Mons").tap("Change").tap("Place").type("mons, 4 March 2027")
    assert asked.has_letter


def sent(talk: Talk) -> tuple[date | None, date | None]:
    draft = talk.session.draft
    assert draft
    return draft.fate.sent_on, draft.fate.answered_on


@pytest.fixture
def letter(asked: Talk) -> Talk:
    """A letter of 3 November 2025, about to be marked as sent by post."""
    asked.type("Geneva, 3 November 2025").tap("More").tap("Sent, answered")
    return asked.tap("Sent on another day").tap("By post")


@pytest.mark.parametrize(
    ("text", "day"),
    [
        ("today", date(2026, 3, 2)),
        ("hier", date(2026, 3, 1)),
        ("viernes", date(2026, 2, 27)),
        ("25 November", date(2025, 11, 25)),
    ],
)
def test_the_day_on_which_it_was_sent_is_in_the_past(letter: Talk, text: str, day: date) -> None:
    letter.type(text)
    assert sent(letter) == (day, None)


def test_which_day_it_was_sent_is_asked_too(letter: Talk) -> None:
    letter.type("2/3/2026")
    assert "more than one day" in letter.screen.text
    letter.type("3/1/2026").tap("Saturday")
    assert sent(letter) == (date(2026, 1, 3), None)
    assert "Sent by post" in letter.screen.text
    letter.tap("Answered on another day").type("1/2/2026").tap("Sunday")
    assert sent(letter) == (date(2026, 1, 3), date(2026, 2, 1))


@pytest.mark.parametrize(
    ("text", "says"),
    [
        ("tomorrow", "still to come"),
        ("demain", "still to come"),
        ("in 2 days", "still to come"),
        ("4 March 2026", "still to come"),
        ("2 March 206", "from 1990 to 2040"),
        ("soon", "was not understood"),
    ],
)
def test_a_day_that_cannot_be_is_refused(letter: Talk, text: str, says: str) -> None:
    assert says in letter.type(text).screen.text
    assert sent(letter) == (None, None)


@pytest.mark.parametrize("text", ["3 March 2026", "3.3.2026", "2026-03-03", "03/03/2026"])
def test_east_of_this_computer_it_is_tomorrow_already(letter: Talk, text: str) -> None:
    """On a server in New York it is the 2nd; whoever writes from Suva sent it on the 3rd."""
    letter.type(text)
    assert sent(letter) == (date(2026, 3, 3), None)
    letter.tap("Answered on another day").tap("Today: 3 March 2026")
    assert sent(letter) == (date(2026, 3, 3), date(2026, 3, 3))


@pytest.mark.parametrize("text", ["3 March", "3/3", "le 3 mars"])
def test_tomorrows_date_without_its_year_is_asked_about(letter: Talk, text: str) -> None:
    letter.type(text)
    assert sent(letter) == (None, None)
    assert "more than one day" in letter.screen.text
    assert letter.labels[:2] == ["Monday, 3 March 2025", "Tuesday, 3 March 2026"]
    letter.tap("Tuesday")
    assert sent(letter) == (date(2026, 3, 3), None)


def test_a_letter_dated_far_ahead_is_said_to_be(asked: Talk) -> None:
    asked.type("Lyon, 3 March 2036")
    assert given(asked) == ("Lyon", "2036-03-03")
    assert "more than a year ahead" in asked.screen.text
    asked.tap("Change").tap("Place and date").type("Lyon, 3 March 2027")
    assert "more than a year ahead" not in asked.screen.text


def test_a_place_alone_keeps_the_date_of_a_letter_that_has_one(asked: Talk) -> None:
    asked.type("Brussels, 25 February 2026").tap("Change").tap("Place").type("Lyon")
    session = asked.session
    assert session.draft
    assert (session.draft.place, session.draft.date) == ("Lyon", date(2026, 2, 25))


@pytest.mark.parametrize(("typed", "seat"), [("geneve", "geneva"), ("GENF", "geneva"), ("NY", "")])
def test_a_seat_is_typed_without_its_accents(asked: Talk, typed: str, seat: str) -> None:
    asked.tap("‹").type(typed)
    session = asked.session
    assert session.draft
    assert session.draft.seat == (seat or "new-york")


def test_a_draft_that_bears_a_date_of_another_age_opens_and_is_mended(asked: Talk) -> None:
    asked.tap("Geneva")
    session = asked.session
    assert session.draft
    for day in (date(2206, 3, 2), date.max, date.min):
        draft = replace(session.draft, date=day)
        asked.desk.store.save(replace(session, draft=draft), (), None, {})
        for command in ("letters", "status", "start"):
            asked.command(command)
        asked.tap("Open" if "Open: " in " ".join(asked.labels) else "Continue")
        assert not asked.has_letter
        if day > date(2040, 12, 31):
            assert "from 1990 to 2040" in asked.screen.text
            asked.tap("Change").tap("Place and date").type("2 March 2026")
            assert asked.has_letter
