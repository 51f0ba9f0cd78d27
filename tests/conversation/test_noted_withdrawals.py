"""Withdrawals that a page's notes date: asked about in the chat, told before they take effect."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

import pytest

from bot.letters.model import Language
from tests.conversation.talk import Talk
from tests.conversation.test_news import EVERYONE, in_july
from tests.reference.pages import leaves, noted, other_page

if TYPE_CHECKING:
    from pathlib import Path

GONE = noted(
    "Austria", ("6 Sep 2000", "[6 May 2004]"), leaves("Austria", "1 May 2025", "1 May 2026")
).encode()
GOING = noted(
    "Austria",
    ("6 Sep 2000", "6 May 2004"),
    leaves("Austria", "1 May 2026", "1 May 2027", "will take"),
).encode()


@pytest.fixture
def talk(tmp_path: Path) -> Talk:
    """One who may renew the facts."""
    return Talk(tmp_path / "db", administrators=EVERYONE)


def test_the_day_of_a_note_takes_a_yes_of_its_own(talk: Talk) -> None:
    in_july(talk).file(GONE, "page.html")
    assert "No longer parties: Austria (1 May 2026)" in talk.screen.text
    assert "The next screen asks whether these days are right" in talk.screen.text
    assert not [label for label in talk.labels if "tore it" in label]
    talk.tap("See the days of withdrawal")
    assert talk.screen.title == "Since when are they no longer parties?"
    assert "no longer party since 1 May 2026" in talk.screen.text
    assert "Austria: note 1: “On 1 May 2025, the Government of Austria" in talk.screen.text
    assert talk.desk.records.parties("OPSC", date(2026, 7, 3)) == 178
    talk.tap("These days are right: store it")
    assert "Stored" in talk.screen.text
    talk.command("start")
    assert talk.desk.records.parties("OPSC", date(2026, 7, 3)) == 177
    again = talk.file(GONE, "page.html")
    assert "Store it" in again.labels, "known by now"


def test_it_is_left_as_easily(talk: Talk) -> None:
    in_july(talk).file(GONE, "page.html").tap("See the days of withdrawal").tap("Leave it")
    assert "Nothing was stored" in talk.screen.text
    assert talk.desk.records.parties("OPSC", date(2026, 7, 3)) == 178


def test_what_was_typed_is_not_asked_about(talk: Talk) -> None:
    in_july(talk).command("settings").tap("Status of treaties").type("Austria 2 May 2026")
    talk.file(GONE, "page.html").tap("Store it").command("start")
    assert talk.desk.records.parties("OPSC", date(2026, 5, 1)) == 178
    assert talk.desk.records.parties("OPSC", date(2026, 5, 2)) == 177


def test_where_a_note_has_no_day_it_is_quoted(talk: Talk) -> None:
    text = noted("Austria", ("6 Sep 2000", "[6 May 2004]"), "Austria notified its denunciation.")
    in_july(talk).file(text.encode(), "page.html")
    assert "AUT: note 1: “Austria notified its denunciation.”" in talk.screen.text
    assert "such as “AUT 3 July 2026”" in talk.screen.text
    assert "Nothing was stored." in talk.screen.text


def test_a_withdrawal_to_come_is_told_and_stands_on_the_states_page(talk: Talk) -> None:
    in_july(talk).file(GOING, "page.html")
    assert (
        "Austria has notified its withdrawal, with effect from 1 May 2027: until then it is a"
        " party." in talk.screen.text
    )
    assert "Austria: note 1: “On 1 May 2026" in talk.screen.text
    talk.tap("Store it").command("status").type("Austria")
    said = "6 May 2004; withdrawal notified, with effect from 1 May 2027"
    assert said in talk.screen.text
    talk.command("status").type("OPSC").tap("Europe")
    assert f"Austria ({said})" in talk.screen.text
    assert talk.desk.records.parties("OPSC", date(2027, 4, 30)) == 178
    assert talk.desk.records.parties("OPSC", date(2027, 5, 1)) == 177


@pytest.mark.parametrize(
    ("language", "says"),
    [
        (Language.EN, "That page is on a treaty that has no folder here"),
        (Language.FR, "Cette page porte sur un traité qui n’a pas encore de dossier ici"),
        (Language.ES, "Esa página trata de un tratado que aún no tiene carpeta aquí"),
    ],
)
def test_a_page_of_a_treaty_without_a_folder_says_how_it_is_made(
    tmp_path: Path, language: Language, says: str
) -> None:
    talk = Talk(tmp_path / "db", administrators=EVERYONE, language=language)
    text = other_page(("Participant", "Acceptance(A)"), [("Kenya", "3 Dec 1999 A")], "Parties : 1")
    talk.command("start").file(text.encode(), "page.html")
    assert says in talk.screen.text
    assert "XXVI-99 Treaty on Examples" in talk.screen.text
    assert "demarche treaties new PAGE" in talk.screen.text
