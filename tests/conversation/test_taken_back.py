"""A letter that was finished loses nothing when an answer is edited and taken back."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from tests.conversation.talk import Talk
from tests.world import CO_SIGNERS

if TYPE_CHECKING:
    from pathlib import Path


@pytest.fixture
def talk(tmp_path: Path) -> Talk:
    return Talk(tmp_path / "db")


def a_letter(talk: Talk) -> Talk:
    talk.command("new").type("OPSC").type("kenya").tap("English").type(CO_SIGNERS)
    return talk.tap("Done").tap("Geneva").tap("Geneva")


def finished(talk: Talk) -> Talk:
    """A letter to Kenya in English, of Geneva, 2 March 2026; two co-signers."""
    assert a_letter(talk).has_letter
    return talk


def held(talk: Talk) -> tuple[str | None, str | None, str | None, str | None]:
    draft = talk.session.draft
    assert draft
    return draft.treaty, draft.state, draft.language, draft.place


KENYA = ("OPSC", "KEN", "en", "Geneva")


@pytest.mark.parametrize("state", ["Ghana", "Cameroon"])
@pytest.mark.parametrize("way", ["↶ Not", "‹"])
def test_a_state_edited_and_taken_back_loses_nothing(talk: Talk, state: str, way: str) -> None:
    finished(talk).tap("Change").tap("State").type(state)
    if talk.has_letter and way == "‹":
        assert talk.tap(way).screen.title == "My letters", "it is finished again"
        return
    talk.tap(way)
    assert talk.screen.title == "Which State is the letter to?"
    assert held(talk) == KENYA
    talk.tap("⌂ Home").command("letters")
    assert "Kenya" in " ".join(talk.labels)
    talk.tap("⌂ Home").command("letters")
    assert "You have no letters yet" not in talk.screen.text
    assert held(talk) == KENYA


def test_a_language_asked_for_after_another_state_is_taken_back_alone(talk: Talk) -> None:
    finished(talk).tap("Change").tap("State").type("Cameroon").type("French")
    talk.tap("↶ Not Français")
    assert talk.screen.title == "In which language is the letter?"
    assert held(talk)[1] == "CMR"
    assert talk.type("English").has_letter


def test_an_edited_place_is_taken_back_to_the_one_before(talk: Talk) -> None:
    finished(talk).tap("Change").tap("Place").type("Lyon, 4 March 2027")
    talk.tap("↶ Not Lyon, 4 March 2027")
    assert talk.screen.title.startswith("From where")
    assert held(talk) == KENYA
    assert "Mission: Geneva" in talk.screen.text.splitlines()[0]
    talk.tap("‹")
    assert "2 March 2026" in talk.screen.title + talk.screen.text + " ".join(talk.labels)


def test_a_treaty_that_the_state_has_joined_is_taken_back_with_the_state(talk: Talk) -> None:
    finished(talk).tap("Change").tap("Treaty").type("CRC")
    assert "already party" in talk.screen.text
    talk.tap("↶ Not CRC").type("OPSC")
    assert held(talk) == KENYA
    assert talk.has_letter


def test_going_back_in_an_edited_letter_takes_nothing_away(talk: Talk) -> None:
    finished(talk).tap("Change").tap("State").type("Ghana").tap("More").tap("→ Français")
    for _ in range(8):
        if [label for label in talk.labels if label.startswith("‹")]:
            talk.tap("‹")
    assert held(talk) == ("OPSC", "GHA", "fr", "Geneva")


def test_what_was_said_back_stays_while_pages_are_turned(talk: Talk) -> None:
    talk.command("new").type("OPSC").tap("Next ▶")
    assert talk.screen.text.startswith("OPSC ✓\n")
    assert talk.tap("↶ Not OPSC").screen.title == "Which treaty is the letter about?"
    talk.type("OPIC").tap("Africa")
    assert "↶ Not OPIC" in talk.labels
    assert "↶ Not OPIC" in talk.tap("All regions").labels
    talk.type("Palaw")
    assert talk.screen.text.startswith("OPIC ✓\n"), "nothing is answered yet"
    talk.tap("‹")
    talk.type("Kenya")
    assert talk.screen.text.startswith("OPIC · Kenya ✓\n")
    assert "↶ Not OPIC" not in talk.labels


@pytest.mark.parametrize("yes", ["yes", "Oui", "sí", "OK"])
def test_a_yes_is_as_last_time(talk: Talk, yes: str) -> None:
    assert finished(talk).command("new").type("OPSC").type("ghana").type(yes).has_letter


@pytest.mark.parametrize("no", ["no", "Non"])
def test_a_no_chooses_anew(talk: Talk, no: str) -> None:
    finished(talk).command("new").type("OPSC").type("ghana").type(no)
    assert talk.screen.title == "In which language is the letter?"


@pytest.mark.parametrize("text", ["Klingon", "Brussels, 3 March 2026"])
def test_anything_else_is_asked_for_as_a_tap(talk: Talk, text: str) -> None:
    finished(talk).command("new").type("OPSC").type("ghana").type(text)
    assert talk.screen.title == "The rest as last time?"
    assert "Please tap one of the buttons below." in talk.screen.text


def test_a_yes_to_two_languages_is_asked_about(talk: Talk) -> None:
    finished(talk).command("new").type("OPSC").type("Cameroon").type("oui")
    assert talk.screen.title == "The rest as last time?"
    assert "Please tap one of the buttons below." in talk.screen.text
