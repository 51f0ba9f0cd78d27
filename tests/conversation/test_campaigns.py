"""An organisation's own campaign in the chat."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from bot.conversation.talk.context import request_of
from bot.letters.compose import Composer
from bot.letters.model import Language, Letter
from bot.machine.resources import LOCALES, TEMPLATES
from bot.reference.loader import load
from tests.campaigns.folders import campaign, write
from tests.conversation.talk import Talk
from tests.world import CO_SIGNERS

if TYPE_CHECKING:
    from pathlib import Path


@pytest.fixture
def talk(tmp_path: Path) -> Talk:
    """One at a bot that has the campaign."""
    talk = Talk(tmp_path / "db")
    found = campaign(write(tmp_path))
    talk.desk.letters = Composer(load(), TEMPLATES, LOCALES, {found.key: found})
    return talk


def letter_of(talk: Talk) -> Letter:
    assert talk.session.draft
    letter = talk.desk.letters.compose(request_of(talk.session.draft, talk.desk))
    assert isinstance(letter, Letter)
    return letter


def a_letter(talk: Talk) -> Talk:
    talk.command("new").tap("★ Children online (OPSC)").type("kenya")
    languages = [one.split()[0] for one in talk.labels]
    assert [one for one in languages if one in {"English", "Français", "Español"}] == [
        "English",
        "Français",
    ]
    assert "This campaign has these languages" in talk.type("español").screen.text
    return talk.tap("English").type(CO_SIGNERS).tap("Done").tap("Geneva").tap("Geneva")


def test_a_letter_of_a_campaign(talk: Talk) -> None:
    a_letter(talk)
    assert talk.has_letter
    assert "★ Children online" in talk.screen.text
    assert "Next: the meeting of Example Organisation, Geneva, 30 Nov" in talk.screen.text
    assert "We hope to meet you" in letter_of(talk).text_of("hope")
    assert "→ Español" not in talk.labels
    assert "Nous espérons vous rencontrer" in letter_of(talk.tap("More").tap("→ Français")).text_of(
        "hope"
    )
    talk.tap("More")
    assert "Add or remove treaties" not in talk.labels
    talk.tap("Two languages")
    assert len([label for label in talk.labels if "+" in label]) == 2
    talk.tap("‹").tap("‹").tap("Change").tap("Treaty: Children online")
    talk.tap("OPSC – sale of children")
    assert "We hope to meet you" not in letter_of(talk).text_of("hope")


def test_states_of_other_languages_get_the_campaigns_first(talk: Talk) -> None:
    a_letter(talk).tap("Many States").type("Barbados, Trinidad and Tobago, Cameroun")
    assert "3 letters (English 2, Français 1)" in talk.screen.text
    talk.tap("Languages").tap("○ Español")
    assert "3 letters (English 3)" in talk.screen.text


def test_last_time_in_a_language_that_the_campaign_has_not_is_not_offered(talk: Talk) -> None:
    talk.command("new").tap("OPSC –").type("kenya").tap("Español").type(CO_SIGNERS)
    talk.tap("Done").tap("Geneva").tap("Geneva")
    talk.command("new").tap("★ Children online").type("ghana")
    assert talk.screen.title == "In which language is the letter?"


def test_a_campaign_that_is_gone_leaves_a_letter_on_its_treaty(tmp_path: Path, talk: Talk) -> None:
    a_letter(talk)
    again = Talk(tmp_path / "db", language=Language.EN)
    again.count = 100
    again.command("letters").tap("Kenya · OPSC")
    assert again.has_letter
    assert "We hope to meet you" not in letter_of(again).text_of("hope")
