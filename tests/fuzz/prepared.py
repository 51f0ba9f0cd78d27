"""Where the people of the flood are when it begins: one has all that can be had."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tests.conversation.talk import Talk
from tests.everything import everything
from tests.fuzz.updates import PEOPLE
from tests.test_forgotten import do

if TYPE_CHECKING:
    from pathlib import Path

    from bot.desk import Desk


def prepare(desk: Desk) -> None:
    """One with everything, one in the midst of a letter, one at a finished letter, one new."""
    whole, midst, finished = (_talk(desk, person) for person in PEOPLE[:3])
    do(whole, everything())
    begun(midst)
    begun(finished).type("A. Example, Example Organisation").tap("Done").tap("Geneva")
    finished.tap("Geneva, ")


def begun(talk: Talk) -> Talk:
    """At the question who signs."""
    return talk.command("new").tap("OPSC").type("kenia").tap("English")


def in_the_midst(desk: Desk) -> None:
    """What is prepared for a few updates: a letter that was begun."""
    begun(_talk(desk, PEOPLE[0]))


def _talk(desk: Desk, person: int) -> Talk:
    path: Path | None = None
    return Talk(path, user=f"telegram:{person}", desk=desk)  # type: ignore[arg-type]
