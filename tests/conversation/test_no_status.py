"""A treaty whose status is not known yet: the chat says so; its first page becomes its facts."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from typing import TYPE_CHECKING

import pytest

from bot.reference import renewal
from bot.reference.loader import load
from tests import world
from tests.conversation.talk import Talk
from tests.conversation.test_news import EVERYONE, in_july
from tests.reference.pages import page, shipped

if TYPE_CHECKING:
    from pathlib import Path

RECORDS = load()
NOTHING = replace(
    RECORDS, acts={code: acts for code, acts in RECORDS.acts.items() if code != "OPIC"}
)


@pytest.fixture
def talk(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Talk:
    """One who may renew the facts, where none are shipped on the third Optional Protocol."""
    monkeypatch.setattr(renewal, "load", lambda: NOTHING)
    monkeypatch.setattr(world, "COMPOSER", world.COMPOSER.on(NOTHING))
    return Talk(tmp_path / "db", administrators=EVERYONE)


def test_it_is_said_that_nothing_is_known(talk: Talk) -> None:
    in_july(talk).command("settings").tap("Status of treaties")
    assert "No status yet: OPIC" in talk.screen.text
    talk.command("status").type("OPIC")
    assert "it is not known here yet which States have joined" in talk.screen.text
    assert "number IV-11-d" in talk.screen.text
    assert "New letter" not in talk.labels
    talk.command("status").type("Kenya")
    assert "OPIC" not in talk.screen.text


def test_its_first_page_becomes_its_facts(talk: Talk) -> None:
    text = page("OPIC", shipped("OPIC"))
    in_july(talk).file(text.encode(), "page.html")
    assert "OPIC, first status, as at 3 February 2026. Parties: 53." in talk.screen.text
    talk.tap("Store it")
    assert "Stored" in talk.screen.text


def test_an_older_first_page_is_not_older_than_nothing() -> None:
    assert not NOTHING.has_status("OPIC")
    assert NOTHING.parties("OPIC", date(2026, 2, 3)) == len(
        NOTHING.non_state_parties.get("OPIC", ())
    )
