"""Typed names: taken where certain, asked where near, said back, and taken back in a tap."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from bot.conversation.talk.effects import Toast
from bot.conversation.talk.events import Tap
from bot.letters.model import Language
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


def chosen(talk: Talk) -> set[str]:
    selection = talk.session.user.selection
    return set(selection.states) if selection else set()


@pytest.mark.parametrize("typed", ["Tailand", "Saudi", "Taiwan", "EU", "Africa", "USSR", "xyzzy"])
def test_no_state_is_addressed_that_was_not_named(talk: Talk, typed: str) -> None:
    talk.command("new").type("ICESCR").type(typed)
    assert talk.session.draft
    assert talk.session.draft.state is None
    assert talk.screen.title == "Which State is the letter to?"


def test_what_is_near_is_taken_with_a_yes_and_said_back(talk: Talk) -> None:
    talk.command("new").type("CEDAW").type("Palaw")
    assert "Did you mean Palau?" in talk.screen.text
    assert talk.tap("Palau").screen.text.startswith("CEDAW · Palau ✓")
    assert talk.tap("English").screen.text.startswith("CEDAW · Palau · English\n")
    assert "↶ Not Palau" not in talk.labels


def test_an_answer_that_was_tapped_is_only_among_the_answers(talk: Talk) -> None:
    talk.command("new").tap("OPSC").tap("Kenya")
    assert talk.screen.text.splitlines()[0] == "OPSC · Kenya"
    assert not any(label.startswith("↶") for label in talk.labels)


def test_every_answer_that_was_typed_is_taken_back_in_one_tap(talk: Talk) -> None:
    talk.command("new").type("OPSC").tap("↶ Not OPSC").type("OPSC").type("Ghana")
    talk.tap("↶ Not Ghana")
    assert talk.session.draft
    assert (talk.session.draft.treaty, talk.session.draft.state) == ("OPSC", None)
    talk.type("Kenya").type("french").tap("↶ Not Français").type("english").tap("No co-signers")
    talk.type("New York").tap("↶ Not New York").tap("Geneva").type("Nairobi, 5 March 2026")
    assert talk.has_letter
    talk.tap("↶ Not Nairobi, 5 March 2026")
    assert talk.screen.title == "From where is the letter written, and on which date?"
    assert talk.screen.text.startswith("OPSC · Kenya · English · no co-signers · Geneva\n")
    assert talk.type("Nairobi, 6 March 2026").has_letter


def test_the_button_works_only_where_it_stands(talk: Talk) -> None:
    button = next(
        one
        for row in talk.command("new").type("OPSC").type("Ghana").screen.rows
        for one in row
        if one.label == "↶ Not Ghana"
    )
    talk.tap("English").do(Tap(button.data))
    assert any(isinstance(effect, Toast) for effect in talk.effects)
    assert talk.session.draft
    assert talk.session.draft.state == "GHA"


def test_as_last_time_says_which_treaty_and_state(talk: Talk) -> None:
    a_letter(talk).command("new").type("OPSC").type("ghana")
    assert talk.screen.title == "The rest as last time?"
    assert talk.screen.text.startswith("OPSC · Ghana ✓\n")
    assert talk.tap("↶ Not Ghana").type("Tonga").screen.text.startswith("OPSC · Tonga ✓\n")


@pytest.mark.parametrize("language", Language)
def test_a_long_name_stays_short_in_the_line(tmp_path: Path, language: Language) -> None:
    talk = Talk(tmp_path / "db", language=language).command("new").type("CEDAW").type("IRN")
    line = talk.screen.text.splitlines()[0]
    assert line in {"CEDAW · Iran ✓", "CEDAW · Irán ✓"}


def test_a_party_is_named_where_it_is_refused(talk: Talk) -> None:
    talk.command("new").type("OPSC").type("フランス")
    assert "France: ratified on 5 February 2003" in talk.screen.text
    assert talk.session.draft
    assert talk.session.draft.state is None


@pytest.mark.parametrize("name", ["Ireland", "Republic of Ireland", "IRL", "Éire"])
def test_an_exact_name_is_ticked_for_many_states(talk: Talk, name: str) -> None:
    a_letter(talk).tap("Many States").type(name)
    assert chosen(talk) == {"IRL"}


def test_what_is_near_is_never_ticked_silently(talk: Talk) -> None:
    a_letter(talk).tap("Many States")
    talk.type("Irelnd, Tonga; Nigr, Taiwan\nxyzzy, Hong Kong, China")
    assert chosen(talk) == {"TON"}
    assert "Did you mean Ireland?" in talk.screen.text
    assert "Not in the list of States that letters go to: Taiwan, Hong Kong." in talk.screen.text
    assert talk.screen.text.count("The list follows the United Nations") == 1
    assert "Not found: xyzzy." in talk.screen.text
    assert "Did you mean Niger? There is nothing left to ask for there" in talk.screen.text
    assert "Nothing left to ask of" not in talk.screen.text
    assert chosen(talk.tap("☐ Ireland")) == {"TON", "IRL"}
    assert chosen(talk.tap("☑ Ireland")) == {"TON"}
    assert "☐ Ireland" not in talk.type("Kenya").labels


def test_an_exact_name_of_a_party_is_stated(talk: Talk) -> None:
    a_letter(talk).tap("Many States").type("Niger, Taiwan")
    assert "Nothing left to ask of: Niger." in talk.screen.text
    assert "“Taiwan” is not in the list of States" in talk.screen.text


@pytest.mark.parametrize("everyone", ["all", "Tous les États", "todos", "ALL"])
def test_all_is_the_group_and_not_germany(talk: Talk, everyone: str) -> None:
    a_letter(talk).tap("Many States").type(everyone)
    typed = chosen(talk)
    assert "DEU" not in typed
    talk.tap("None").tap(next(one for one in talk.labels if "All that are not" in one))
    assert chosen(talk) == typed != set()


def test_a_state_that_may_not_join_is_told_so_among_many(talk: Talk) -> None:
    talk.command("new").type("CED").type("Kenya").tap("English").type(CO_SIGNERS)
    talk.tap("Done").tap("Geneva").tap("Geneva").tap("Many States").type("Niue, Tonga")
    assert "CED is open to Members of the United Nations only" in talk.screen.text
    assert "Niue: not a Member" in talk.screen.text
    assert "Nothing left to ask of" not in talk.screen.text
    assert chosen(talk) == {"TON"}


def test_a_party_that_is_only_near_is_asked(talk: Talk) -> None:
    talk.command("new").type("OPSC").type("Francee")
    assert "Did you mean France? There is nothing left to ask for there" in talk.screen.text


def test_a_comma_may_stand_within_a_name(talk: Talk) -> None:
    talk.command("new").type("ICESCR").type("Malaysia").tap("English").tap("No co-signers")
    talk.tap("Geneva").tap("Geneva").tap("Many States")
    talk.type("Bhutan, Micronesia, Federated States of, Tonga")
    assert chosen(talk) == {"BTN", "FSM", "TON"}


def test_a_state_not_yet_a_member_is_named(talk: Talk) -> None:
    a_letter(talk).tap("Change").tap("Place").type("Geneva, 1 May 2001")
    talk.tap("Change").tap("State").type("East Timor")
    assert "Timor-Leste: a Member of the United Nations only from" in talk.screen.text


def test_the_status_page_asks_too(talk: Talk) -> None:
    talk.command("status").type("Irelnd")
    assert "Did you mean Ireland?" in talk.screen.text
    assert talk.tap("Ireland").screen.title == "Ireland"
    assert talk.command("status").type("PIDESC").screen.title.startswith("ICESCR – ")
    assert "“Kosovo” is not in the list" in talk.command("status").type("Kosovo").screen.text
    talk.type("mujeres").tap("CEDAW-OP")
    assert "CEDAW-OP" in talk.screen.title + talk.screen.text
