"""The State's own language comes first, and what is set for a mission holds everywhere."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from bot.letters.correspondence import Origin
from bot.letters.model import Language
from bot.reference.loader import load, rows
from bot.reference.official import correspondence
from tests.conversation.talk import Talk
from tests.world import CO_SIGNERS

if TYPE_CHECKING:
    from pathlib import Path

STATES = load().states


@pytest.fixture
def talk(tmp_path: Path) -> Talk:
    """One who has written to Chad in French."""
    talk = Talk(tmp_path / "db").command("new").tap("OPIC").type("chad").tap("Français")
    talk.type(CO_SIGNERS).tap("Done").tap("Geneva").tap("Geneva")
    assert talk.has_letter
    return talk


def language_of(talk: Talk) -> Language | None:
    draft = talk.session.draft
    assert draft
    return draft.language


@pytest.mark.parametrize(
    ("iso3", "language", "origin"),
    [
        ("MRT", Language.FR, Origin.DOCUMENTS),
        ("SYC", Language.EN, Origin.DOCUMENTS),
        ("MUS", Language.EN, Origin.DOCUMENTS),
        ("AND", Language.ES, Origin.DOCUMENTS),
        ("TCD", Language.FR, Origin.OFFICIAL),
        ("GHA", Language.EN, Origin.OFFICIAL),
        ("CHL", Language.ES, Origin.OFFICIAL),
        ("IRN", Language.EN, Origin.NONE),
        ("LBN", Language.EN, Origin.NONE),
    ],
)
def test_a_states_own_language(iso3: str, language: Language, origin: Origin) -> None:
    found = correspondence(STATES[iso3])
    assert (found.language, found.origin) == (language, origin)


def test_every_language_of_documents_names_documents_of_that_state() -> None:
    old_symbols = {"CRC/C/3/Add.64": "SYC"}
    for row in rows("correspondence"):
        assert row["iso3"] in STATES
        assert row["documents"]
        for symbol in row["documents"].split("; "):
            assert f"/{row['iso3']}/" in symbol or old_symbols.get(symbol) == row["iso3"]


@pytest.mark.parametrize(
    ("state", "first", "says"),
    [
        ("Ghana", "English (official language)", "English is an official language (Unicode CLDR)"),
        ("Mauritania", "Français (its language at the UN)", "HRI/CORE/MRT/2020; CED/C/MRT/1"),
        ("Cameroon", "Français (official language)", "Français, English are official languages"),
        ("Iran", "English", "no official language among English, French and Spanish; so English"),
    ],
)
def test_the_states_own_language_stands_first_and_says_where_it_comes_from(
    tmp_path: Path, state: str, first: str, says: str
) -> None:
    talk = Talk(tmp_path / "db", language=Language.ES).command("settings").tap("○ English")
    talk.command("new").tap("OPIC").type(state)
    assert talk.labels[0] == first
    assert says in talk.screen.text
    assert len([one for one in talk.labels if one.startswith("Always")]) == 2


def test_as_last_time_offers_the_states_own_language_and_last_times(talk: Talk) -> None:
    before = talk.count
    talk.command("new").tap("OPIC").type("Ghana")
    assert talk.labels[:2] == ["As last time, in English", "As last time, in Français"]
    assert "Ghana: English is an official language" in talk.screen.text
    assert "Language last time: Français" in talk.screen.text
    assert talk.tap("As last time, in English").has_letter
    assert talk.count - before - 1 == 3, "three taps from /new to the letter"
    assert language_of(talk) is Language.EN
    talk.command("new").tap("OPIC").type("Tonga")
    assert talk.labels[0] == "As last time", "its own is last time's"


def test_last_times_language_is_one_tap_too(talk: Talk) -> None:
    talk.command("new").tap("OPIC").type("Ghana").tap("As last time, in Français")
    assert talk.has_letter
    assert language_of(talk) is Language.FR


def test_a_letter_for_another_state_asks_for_its_language_where_its_own_is_another(
    talk: Talk,
) -> None:
    talk.tap("Another State").type("Ghana")
    assert talk.screen.title == "In which language is the letter?"
    assert talk.tap("English").has_letter
    assert talk.tap("Another State").type("Tonga").has_letter
    talk.tap("Change").tap("State").type("Haiti")
    assert talk.screen.title == "In which language is the letter?"
    assert talk.tap("Français").has_letter


@pytest.mark.parametrize("state", ["Egypt", "Saudi Arabia", "China", "Russia", "Viet Nam"])
def test_a_language_that_is_not_known_to_be_the_states_own_is_asked_about(
    talk: Talk, state: str
) -> None:
    talk.tap("Another State").type("Kenya").tap("Español")
    assert talk.has_letter
    talk.tap("Another State").type(state)
    assert not talk.has_letter
    assert talk.screen.title == "In which language is the letter?"
    assert "no official language among English, French and Spanish" in talk.screen.text
    assert talk.tap("English").has_letter
    assert talk.tap("Another State").type("Lebanon").has_letter, "English by default"


def test_always_holds_for_the_next_letters_and_is_taken_away_in_the_settings(talk: Talk) -> None:
    talk.command("new").tap("OPIC").type("Ghana").tap("Choose anew").tap("Always Français")
    assert talk.session.user.correspondence == {"GHA": Language.FR}
    assert "Kept: Ghana – Français." in talk.screen.text
    assert language_of(talk) is Language.FR
    talk.command("new").tap("OPIC").type("Ghana")
    assert "As last time" in talk.labels
    assert talk.tap("Choose anew").labels[0] == "Français (set by you)"
    assert "Ghana: you have set Français." in talk.screen.text
    talk.command("settings").tap("Languages of missions")
    assert talk.tap("Ghana – Français").screen.title == "Language of the mission: Ghana"
    assert "English is an official language" in talk.screen.text, "what is known without it"
    talk.tap("Take the setting away")
    assert talk.session.user.correspondence == {}
    assert "You have set none yet." in talk.screen.text


def test_always_in_the_states_own_language_needs_no_setting(talk: Talk) -> None:
    talk.command("new").tap("OPIC").type("Ghana").tap("Choose anew").tap("Always Español")
    talk.command("new").tap("OPIC").type("Ghana").tap("Choose anew").tap("Always English")
    assert talk.session.user.correspondence == {}


def test_a_language_is_set_by_a_states_name(talk: Talk) -> None:
    talk.command("settings").tap("Languages of missions").type("xyzzy")
    assert "No State of that name" in talk.screen.text
    talk.type("Lebanon")
    assert talk.session.user.correspondence == {}, "what was typed is offered, not taken"
    talk.tap("Lebanon").tap("○ Français")
    assert talk.session.user.correspondence == {"LBN": Language.FR}
    assert "Lebanon – Français" in talk.labels
    talk.tap("Lebanon").tap("‹").tap("‹")
    assert talk.screen.title == "Settings"


def test_letters_to_many_states_go_in_the_languages_that_were_set(talk: Talk) -> None:
    talk.command("settings").tap("Languages of missions").type("Lebanon").tap("Lebanon")
    talk.tap("○ Français").command("new").tap("OPIC").type("Chad").tap("As last time")
    talk.tap("Many States").type("Lebanon, Mauritania, Mauritius, Ghana")
    assert "4 letters (English 2, Français 2)" in talk.screen.text
    talk.tap("Languages").tap("● its own language")
    assert "4 letters (English 2, Français 2)" in talk.screen.text


def test_the_languages_ticked_for_many_states_can_be_kept(talk: Talk) -> None:
    talk.tap("Many States").type("Bahamas").tap("Tick States one by one")
    assert "Keep these languages for next time" not in talk.labels
    row = next(row for row in talk.screen.rows if row[0].label == "☑ Bahamas")
    talk.press(row[1])
    talk.press(next(row for row in talk.screen.rows if row[0].label == "☑ Bahamas")[1])
    talk.tap("Keep these languages")
    assert talk.session.user.correspondence == {"BHS": Language.ES}
    assert "Kept: Bahamas – Español." in talk.screen.text
    assert "Keep these languages for next time" not in talk.labels


def test_what_was_set_is_deleted_with_everything(talk: Talk) -> None:
    talk.command("new").tap("OPIC").type("Ghana").tap("Choose anew").tap("Always Français")
    talk.command("privacy").tap("What I keep")
    assert "the languages you set for missions" in talk.screen.text
    talk.tap("‹ Back")
    talk.tap("Delete everything").tap("Delete at once")
    assert talk.session.user.correspondence == {}
