"""What the chat says where a State may not join, and how old facts, nuncios and Niue are met."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

import pytest

from bot.conversation.talk.context import request_of
from bot.conversation.talk.effects import RunJob, SendLetter
from bot.letters.model import Letter, Office
from tests.conversation.talk import Talk

if TYPE_CHECKING:
    from pathlib import Path

LATE = date(2026, 11, 26)


@pytest.fixture
def talk(tmp_path: Path) -> Talk:
    return Talk(tmp_path / "db")


def begun(talk: Talk, treaty: str, state: str) -> Talk:
    return talk.command("new").type(treaty).type(state)


def finished(talk: Talk, seat: str = "Geneva") -> Talk:
    talk.tap("English").tap("No co-signers yet")
    return talk.tap(seat).tap("Geneva, ")


def letter_of(talk: Talk) -> Letter:
    draft = talk.session.draft
    assert draft
    made = talk.desk.letters.compose(request_of(draft, talk.desk))
    assert isinstance(made, Letter)
    return made


def test_who_has_to_join_another_treaty_first_is_asked_for_both(talk: Talk) -> None:
    begun(talk, "ICCPR-OP1", "Saudi Arabia")
    assert "Saudi Arabia has to join ICCPR before it may join ICCPR-OP1." in talk.screen.text
    assert talk.labels[:3] == ["Both: ICCPR, then ICCPR-OP1", "ICCPR alone", "Another State"]
    talk.type("both")
    assert "tap one of the buttons" in talk.screen.text
    finished(talk.tap("Both"))
    assert letter_of(talk).treaties == ("ICCPR", "ICCPR-OP1")
    assert talk.screen.text.startswith("ICCPR, ICCPR-OP1")


def test_the_parent_alone(talk: Talk) -> None:
    finished(begun(talk, "OPCAT", "Jamaica").tap("CAT alone"))
    assert letter_of(talk).treaties == ("CAT",)


def test_another_state_instead(talk: Talk) -> None:
    begun(talk, "OPCAT", "Jamaica").tap("Another State")
    assert talk.screen.title == "Which State is the letter to?"
    talk.type("Kenya")
    assert talk.screen.title != "What does the letter ask for?", "Kenya is party to CAT"


def test_back_from_there_asks_for_the_state_again(talk: Talk) -> None:
    begun(talk, "OPCAT", "Jamaica").tap("‹")
    assert talk.screen.title == "Which State is the letter to?"


def test_a_treaty_ticked_later_brings_the_one_before_it(talk: Talk) -> None:
    finished(begun(talk, "CRC", "United States of America"))
    talk.tap("Change").tap("Add or remove treaties").tap("☐ CEDAW-OP")
    assert "has to join CEDAW before it may join CEDAW-OP" in talk.screen.text
    assert {"☑ CEDAW – discrimination against women", "☑ CEDAW-OP – complaints by women"} <= set(
        talk.labels
    )
    assert letter_of(talk).treaties == ("CEDAW", "CEDAW-OP", "CRC")


def test_what_is_needed_first_cannot_be_unticked_alone(talk: Talk) -> None:
    finished(begun(talk, "OPCAT", "India").tap("Both"))
    talk.tap("Change").tap("Add or remove treaties").tap("☑ CAT")
    assert "has to join CAT" in talk.screen.text, "it stays where it is needed"


def test_many_letters_ask_for_what_each_state_lacks(talk: Talk) -> None:
    finished(begun(talk, "OPCAT", "Kenya"))
    talk.tap("Many States").type("Jamaica, Kenya, India")
    said = "Before OPCAT the letter asks for CAT, which these have to join first: India, Jamaica."
    assert said in talk.screen.text
    talk.tap("Write 3 letters")
    assert said in talk.screen.text
    talk.tap("Write ")
    assert any(isinstance(effect, RunJob) for effect in talk.effects)


@pytest.mark.parametrize("state", ["Holy See", "Palestine", "Niue"])
def test_the_convention_on_disappearances_is_not_offered_to_who_is_no_member(
    talk: Talk, state: str
) -> None:
    begun(talk, "CED", state)
    assert talk.screen.title == "Which State is the letter to?"
    assert "CED is open to Members of the United Nations only (art. 38)" in talk.screen.text


def test_it_is_not_offered_where_the_state_stands_either(talk: Talk) -> None:
    talk.command("status").type("Holy See")
    assert "✎ CED" not in talk.labels
    assert "✎ ICCPR" in talk.labels


def test_old_facts_are_dated_and_undated_in_one_tap(tmp_path: Path) -> None:
    talk = finished(begun(Talk(tmp_path / "db", today=LATE), "CERD", "Myanmar"))
    assert "as at 3 February 2026" in letter_of(talk).text_of("support")
    talk.tap("⚠ Facts")
    assert "The letter says that its facts are as at 3 February 2026" in talk.screen.text
    talk.tap("Leave out “as at 3 February 2026”")
    assert any(isinstance(effect, SendLetter) for effect in talk.effects)
    assert "as at" not in letter_of(talk).text_of("support")
    assert "The letter does not say that its facts are of 3 February 2026" in talk.screen.text
    talk.tap("‹").tap("↶ Undo")
    assert "as at 3 February 2026" in letter_of(talk).text_of("support")
    talk.tap("⚠ Facts").tap("Leave out").tap("Say “as at 3 February 2026”")
    assert "as at 3 February 2026" in letter_of(talk).text_of("regret")


def test_fresh_facts_need_no_such_button(talk: Talk) -> None:
    finished(begun(talk, "CERD", "Myanmar"))
    assert not [label for label in talk.labels if "as at" in label]


def test_the_holy_see_has_a_nuncio_and_nothing_else(talk: Talk) -> None:
    finished(begun(talk, "OPIC", "Holy See"))
    talk.tap("Change").tap("Head of the mission")
    assert [label for label in talk.labels if label[0] in "●○" and "News" not in label] == [
        "● Not known (the neutral form)",
        "○ Apostolic Nuncio",
    ]
    talk.tap("○ Apostolic Nuncio").type("A. Example")
    made = letter_of(talk)
    assert made.text_of("addressee").startswith("His Excellency Archbishop A. Example\nApostolic")
    assert made.text_of("salutation") == "Your Excellency,"


def test_of_niue_no_mission_in_new_york_is_known(talk: Talk) -> None:
    begun(talk, "CERD", "Niue").tap("English").tap("No co-signers yet")
    assert "No mission of Niue in New York is known." in talk.screen.text
    assert "New York" not in talk.labels
    talk.type("New York")
    assert "Please type an address." in talk.screen.text
    talk.type("Ministry of Example\n  P.O. Box 1  ")
    talk.tap("Geneva, ")
    assert letter_of(talk).text_of("addressee") == "Ministry of Example\nP.O. Box 1"
    talk.tap("Change")
    assert "Addressee: Ministry of Example" in talk.labels
    talk.tap("Addressee: ").tap("Geneva")
    assert letter_of(talk).text_of("addressee").startswith("Permanent Mission of Niue")


def test_an_address_is_of_one_state_only(talk: Talk) -> None:
    begun(talk, "CERD", "Niue").tap("English").tap("No co-signers yet").type("Example Street 1")
    talk.tap("Geneva, ").tap("Another State").type("Myanmar")
    assert "Example" not in letter_of(talk).text_of("addressee")


def test_a_seat_in_new_york_is_not_taken_over_to_niue(talk: Talk) -> None:
    finished(begun(talk, "CERD", "Myanmar"), "New York")
    talk.tap("Another State").type("Niue")
    made = letter_of(talk)
    assert "in Geneva" in made.text_of("addressee")
    draft = talk.session.draft
    assert draft
    assert draft.seat is Office.NEW_YORK, "it holds for the next State"


def test_what_is_of_one_state_is_not_carried_to_another(tmp_path: Path) -> None:
    talk = finished(begun(Talk(tmp_path / "db", today=LATE), "OPCAT", "Jamaica").tap("Both"))
    talk.tap("⚠ Facts").tap("Leave out “as at 3 February 2026”").tap("‹")
    assert letter_of(talk).treaties == ("CAT", "OPCAT")
    talk.tap("Another State").type("Canada")
    while talk.screen.title != "Your letter" and "English" in talk.labels:
        talk.tap("English")
    draft = talk.session.draft
    assert draft
    assert (draft.state, draft.also, draft.undated) == ("CAN", (), False)
    assert letter_of(talk).treaties == ("OPCAT",)
