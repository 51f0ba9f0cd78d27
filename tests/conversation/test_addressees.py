"""Another addressee than a mission: chosen, typed, said back, remembered, taken to many States."""

from __future__ import annotations

import io
import zipfile
from dataclasses import replace
from datetime import date
from typing import TYPE_CHECKING

import docx
import pytest

from bot.conversation.endorsing.freezing import Letters
from bot.conversation.endorsing.opening import plan_of
from bot.conversation.talk.context import Context, request_of
from bot.conversation.talk.draft import Draft
from bot.desk.papers import file_stem
from bot.letters.model import Addressee, Gender, Letter, Office, Rank
from tests.conversation.talk import Talk
from tests.conversation.test_living import run_job

if TYPE_CHECKING:
    from pathlib import Path


@pytest.fixture
def asked(tmp_path: Path) -> Talk:
    """At the question, of a letter to Kenya."""
    return begun(Talk(tmp_path / "db"), "Kenya")


def begun(talk: Talk, state: str, treaty: str = "OPSC") -> Talk:
    return talk.command("new").type(treaty).type(state).tap("English").tap("No co-signers yet")


def draft_of(talk: Talk) -> Draft:
    draft = talk.session.draft
    assert draft
    return draft


def letter_of(talk: Talk) -> Letter:
    made = talk.desk.letters.compose(request_of(draft_of(talk), talk.desk))
    assert isinstance(made, Letter)
    return made


@pytest.mark.parametrize(
    ("typed", "office", "city"),
    [
        ("ministry", Office.MINISTRY, ""),
        ("le Ministère", None, ""),
        ("Ministre des Affaires étrangères", Office.MINISTRY, ""),
        ("Chef de l’État", Office.HEAD_OF_STATE, ""),
        ("presidenta", Office.HEAD_OF_STATE, ""),
        ("Prime Minister", Office.HEAD_OF_GOVERNMENT, ""),
        ("Primera Ministra", Office.HEAD_OF_GOVERNMENT, ""),
        ("embassy in Berlin", Office.EMBASSY, "Berlin"),
        ("ambassade à Bruxelles", Office.EMBASSY, "Brussels"),
        ("embajada, Londres", Office.EMBASSY, "London"),
        ("NYC", Office.NEW_YORK, ""),
        ("the moon", None, ""),
    ],
)
def test_an_office_is_typed_in_any_language(
    asked: Talk, typed: str, office: Office | None, city: str
) -> None:
    asked.type(typed)
    assert (draft_of(asked).seat, draft_of(asked).city) == (office, city)


def test_what_was_typed_is_said_back_and_taken_back(asked: Talk) -> None:
    asked.type("embassy in Berlin")
    assert "Embassy, Berlin ✓" in asked.screen.text
    asked.tap("↶ Not Embassy, Berlin")
    assert draft_of(asked).seat is None
    asked.type("embassy")
    assert asked.screen.title == "In which city is the embassy?"


def test_a_city_is_taken_asked_about_or_refused(asked: Talk) -> None:
    asked.tap("Another addressee").tap("Embassy")
    for nonsense in ("", "12", "x" * 61):
        asked.type(nonsense)
        assert draft_of(asked).seat is None
    assert "Please type the city’s name, of at most 60 characters." in asked.screen.text
    asked.type("Brusels")
    assert "Did you mean Brussels?" in asked.screen.text
    asked.type("Brusels")
    assert draft_of(asked).city == "Brusels", "typed twice it is meant"


def test_a_city_stands_in_the_letter_s_language(asked: Talk) -> None:
    asked.tap("Another addressee").tap("Embassy").tap("London").tap("Geneva,")
    assert letter_of(asked).text_of("addressee") == "Embassy of the Republic of Kenya, London"
    asked.tap("More").tap("→ Français")
    assert letter_of(asked).text_of("addressee") == "Ambassade de la République du Kenya, Londres"
    assert file_stem(letter_of(asked)) == "OPSC-KEN-embassy-fr-2026-03-02"


def test_another_office_has_another_head(asked: Talk) -> None:
    asked.tap("Geneva").tap("Geneva,").tap("Change").tap("Head of the mission")
    asked.tap("○ Ambassador, a woman").type("A. Example").tap("‹").tap("Mission: ").tap("New York")
    assert draft_of(asked).addressee == Addressee(Rank.AMBASSADOR, Gender.WOMAN, "A. Example")
    asked.tap("Change").tap("Mission: ").tap("Another addressee").tap("Head of Government")
    assert draft_of(asked).addressee == Addressee()
    assert letter_of(asked).text_of("addressee") == "Head of Government of the Republic of Kenya"


def test_an_address_is_said_sir_or_madam_until_it_is_known_whose_it_is(asked: Talk) -> None:
    asked.tap("Another addressee").tap("Another address")
    asked.type("\n".join(["a line"] * 9))
    assert "An address has at most 8 lines" in asked.screen.text
    asked.type("Office of A. Example\nP.O. Box 1").tap("Geneva,")
    made = letter_of(asked)
    assert made.text_of("addressee") == "Office of A. Example\nP.O. Box 1"
    assert made.text_of("salutation") == "Dear Sir or Madam,"
    assert "To: Kenya, Office of A. Example" in asked.screen.text
    asked.tap("Share").tap("Whom it addresses").tap("○ Prime Minister, a woman")
    asked.tap("‹").tap("‹").tap("More").tap("→ Français")
    assert letter_of(asked).text_of("salutation") == "Madame la Première Ministre,"


def test_the_office_is_remembered(asked: Talk) -> None:
    asked.type("embassy in Berlin").tap("Geneva,")
    begun_again = asked.command("new").type("OPSC").type("Ghana")
    assert "Addressee: Embassy, Berlin" in begun_again.screen.text
    begun_again.tap("As last time")
    assert letter_of(asked).text_of("addressee") == "Embassy of the Republic of Ghana, Berlin"
    asked.command("new").type("OPSC").type("Tonga").tap("Choose anew").tap("English").tap("No co")
    assert asked.labels[:4] == ["Geneva", "New York", "Embassy, Berlin", "Another addressee"]
    asked.tap("Embassy, Berlin")
    assert (draft_of(asked).seat, draft_of(asked).city) == (Office.EMBASSY, "Berlin")


@pytest.mark.parametrize(
    ("state", "treaty", "offered"),
    [
        (
            "Ghana",
            "OPSC",
            ["President, a woman", "President, a man", "President, gender not known"],
        ),
        ("Tonga", "OPSC", ["Queen", "King"]),
        (
            "Tuvalu",
            "OPSC",
            [
                *("President, a woman", "President, a man", "President, gender not known"),
                *("Queen", "King", "King or Queen, not known which"),
            ],
        ),
        ("Holy See", "OPIC", []),
    ],
)
def test_the_ranks_fit_the_office_and_the_state(
    tmp_path: Path, state: str, treaty: str, offered: list[str]
) -> None:
    talk = begun(Talk(tmp_path / "db"), state, treaty).tap("Another addressee")
    talk.tap("The Pope" if state == "Holy See" else "Head of State").tap("Geneva,").tap("Change")
    talk.tap("Whom it addresses" if state == "Holy See" else "The Head of State")
    known = [label[2:] for label in talk.labels if label.startswith("○")]
    assert known == offered
    assert ("Sir or Madam" in talk.screen.text) is (state == "Tuvalu")


def test_of_who_is_no_member_every_other_office_may_be_written_to(tmp_path: Path) -> None:
    talk = begun(Talk(tmp_path / "db"), "Niue", "CERD")
    assert talk.labels[:2] == ["Geneva", "Another addressee"]
    talk.tap("Another addressee").tap("Minister").tap("Geneva,")
    assert letter_of(talk).text_of("addressee") == "Minister for Foreign Affairs of Niue"
    talk.tap("Another State").type("Myanmar")
    assert (
        letter_of(talk).text_of("addressee").startswith("Minister for Foreign Affairs of the Rep")
    )


def test_letters_to_many_states_go_to_the_same_office(asked: Talk) -> None:
    asked.type("embassy in Berlin").tap("Geneva,").tap("Many States").type("Ghana, Niue, Tonga")
    assert "Addressee: Embassy, Berlin" in asked.screen.text
    assert "check that they have a mission" not in asked.screen.text
    asked.tap("Write 3").tap("Write the letters")
    (document,) = run_job(asked)
    with zipfile.ZipFile(io.BytesIO(document.data)) as package:
        names = [name for name in package.namelist() if "OPSC-" in name]
        with package.open(next(name for name in names if "GHA" in name and "docx" in name)) as file:
            first = docx.Document(io.BytesIO(file.read())).paragraphs[0].text
    assert all("-embassy-" in name for name in names)
    assert first == "Embassy of the Republic of Ghana, Berlin"
    assert "OPSC · 3 States · Embassy, Berlin · 2 Mar" in asked.command("letters").labels


def test_an_address_goes_to_its_own_state_only(asked: Talk) -> None:
    asked.tap("Another addressee").tap("Another address").type("Office of A. Example")
    asked.tap("Geneva,").tap("Many States").type("Ghana")
    assert "is of Kenya alone: the others go to “Mission: Geneva”" in asked.screen.text


def test_back_leads_through_the_parts_of_the_question(asked: Talk) -> None:
    asked.tap("Another addressee").tap("Embassy").tap("‹ Back")
    assert asked.screen.title == "Whom is the letter addressed to?"
    asked.tap("‹ Back")
    assert asked.screen.title == "Which Permanent Mission is the letter to?"
    asked.tap("Another addressee").tap("Embassy").tap("London").tap("‹ Back")
    assert asked.screen.title == "Which Permanent Mission is the letter to?"
    assert "Keep: Embassy, London" in asked.labels
    asked.tap("‹ Back")
    assert asked.screen.title == "Who signs the letter?"


def test_a_text_for_the_city_is_no_address(asked: Talk) -> None:
    about = asked.tap("Another addressee").tap("Embassy").screen.topic
    assert about != asked.tap("‹ Back").tap("Another address").screen.topic


def test_a_deadline_is_in_a_time_zone_that_is_known(asked: Talk) -> None:
    asked.tap("Another addressee").tap("Minister").tap("Geneva,")
    context = Context.of(asked.session, asked.desk)
    assert plan_of(context, Letters(draft_of(asked), None)).zone == "UTC"


def test_drafts_of_before_open_as_they_were() -> None:
    draft = Draft("draft001", seat=Office.GENEVA, place="Geneva", date=date(2026, 3, 2))
    old = {key: value for key, value in draft.to_json().items() if key != "city"}
    assert Draft.from_json("draft001", old) == draft
    embassy = replace(draft, seat=Office.EMBASSY, city="Berlin")
    assert Draft.from_json("draft001", embassy.to_json()) == embassy
