"""Where States stand: one State on every treaty, one treaty in every State, as text.

The charts are looked at in `test_charts.py`.
"""

from __future__ import annotations

import io
from datetime import date
from typing import TYPE_CHECKING

import pytest
from PIL import Image

from bot.conversation.talk.effects import SendChart
from bot.letters.model import Language
from bot.reference.loader import load
from tests.conversation.talk import Talk

if TYPE_CHECKING:
    from pathlib import Path

    from bot.desk import Preview

LONGEST = 4096 - 100
"""A card holds so many characters, less its title."""


@pytest.fixture
def talk(tmp_path: Path) -> Talk:
    return Talk(tmp_path / "db").command("status")


def drawn(talk: Talk) -> Preview:
    effect = next(e for e in talk.effects if isinstance(e, SendChart))
    receipt = talk.desk.current(talk.user)
    return talk.desk.chart(effect, receipt)


def test_one_state_on_every_treaty(talk: Talk) -> None:
    talk.type("Biélorussie")
    assert talk.screen.title == "Belarus"
    assert "Party to 13 of 24 treaties." in talk.screen.text
    assert "Status of treaties as at 3 February 2026." in talk.screen.text
    assert "● OPSC – sale of children: 23 January 2002" in talk.screen.text
    assert "○ ICCPR-OP1 – complaints, civil and political rights: withdrew, with effect from 8" in (
        talk.screen.text
    )
    marked = [line for line in talk.screen.text.splitlines() if line.startswith(("●", "◐", "○"))]
    assert len(marked) == 24
    preview = drawn(talk.tap("As a picture"))
    assert preview.alt.endswith("Party to 13 of 24 treaties.")
    assert "● OPSC" in preview.texts[0]
    assert Image.open(io.BytesIO(preview.pictures[0])).width > 1000
    talk.tap("✎ CED")
    assert talk.session.draft
    assert (talk.session.draft.treaty, talk.session.draft.state) == ("CED", "BLR")
    assert talk.screen.title == "In which language is the letter?"


def test_one_treaty_in_every_state(talk: Talk) -> None:
    talk.tap("OPSC")
    assert "178 parties." in talk.screen.text
    assert "Africa: 47 of 54 States" in talk.screen.text
    talk.tap("Oceania")
    listed = talk.screen.text.partition("Neither signed nor ratified")[2]
    assert "Tuvalu" in listed.partition("●")[0]
    assert "Vanuatu 2007" in listed.partition("●")[2]
    preview = drawn(talk.tap("As a picture"))
    assert preview.alt.endswith("1 in 2000, 178 as at 3 February 2026.")
    assert "2010: 142" in preview.texts[0]
    assert len(preview.pictures) == 3
    talk.tap("‹").tap("New letter")
    assert talk.session.draft
    assert talk.session.draft.treaty == "OPSC"


def test_what_is_typed_is_a_state_or_a_treaty(talk: Talk) -> None:
    assert talk.type("CRPD").screen.title.startswith("CRPD –")
    assert "Did you mean" in talk.type("Guinea x").screen.text or talk.screen.title == "Guinea"
    assert "No State of that name" in talk.type("qqqqq").screen.text
    assert talk.type("kenya").screen.title == "Kenya"
    assert talk.tap("‹").screen.title in {"Where States stand", "Guinea"}, "where it was typed"


def test_old_facts_are_warned_of(tmp_path: Path) -> None:
    talk = Talk(tmp_path / "db", today=date(2026, 6, 1)).command("status").type("Kenya")
    assert (
        "⚠ Status of treaties as at 3 February 2026, more than three months ago" in talk.screen.text
    )


@pytest.mark.parametrize("language", Language)
def test_every_state_and_treaty_fits_and_is_drawn(tmp_path: Path, language: Language) -> None:
    talk = Talk(tmp_path / "db", language=language).command("status")
    records = load()
    for number, state in enumerate(records.states.values()):
        talk.type(state.iso3)
        assert talk.screen.title == state.short(language)
        assert len(talk.screen.text) < LONGEST
        if number % 40 == 0:
            assert drawn(talk.tap(talk.labels[0])).pictures
    for number, code in enumerate(records.acts):
        talk.type(code)
        assert talk.screen.title.startswith(code)
        regions = talk.labels[:5]
        for region in regions:
            assert len(talk.tap(region).screen.text) < LONGEST
        if number % 6 == 0:
            pictures = drawn(talk.tap(talk.labels[5])).pictures
            assert len(pictures) == 3
