"""A treaty whose folder is there no more: letters on it are told so, and nobody is locked out."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import pytest

from bot.reference.loader import load
from tests import world
from tests.conversation.talk import Talk

if TYPE_CHECKING:
    from pathlib import Path

GONE = "ATT"
COMMANDS = ("start", "new", "letters", "status", "sets", "settings", "help", "privacy", "cancel")


@pytest.fixture
def talk(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Talk:
    """Who has finished a letter on a treaty that is then taken away."""
    path = tmp_path / "db"
    before = Talk(path).command("new").type(GONE).type("Türkiye")
    before.tap("English").tap("No co-signers").tap("Geneva").tap("Geneva")
    assert before.has_letter
    before.close()
    records = load()
    without = replace(
        records,
        treaties={code: one for code, one in records.treaties.items() if code != GONE},
    )
    monkeypatch.setattr(world, "COMPOSER", world.COMPOSER.on(without))
    return Talk(path)


@pytest.mark.parametrize("command", COMMANDS)
def test_every_command_goes_on(talk: Talk, command: str) -> None:
    assert talk.command(command).screen.title


@pytest.mark.parametrize("text", ["Kenya", "hello", "ATT", "CRC", "3 May 2026", "undo", "pdf"])
def test_whatever_is_typed_is_answered(talk: Talk, text: str) -> None:
    assert talk.command("start").type(text).screen.title


def test_the_letter_says_so_and_every_button_of_it_answers(talk: Talk) -> None:
    talk.command("letters")
    assert "ATT is no longer among the treaties here" in talk.screen.text
    for label in list(talk.labels):
        talk.command("letters")
        assert talk.tap(label).screen.title, label
