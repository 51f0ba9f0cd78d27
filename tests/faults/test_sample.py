"""A short run of `make faults`: what it promises, and that it would see what is missing."""

from __future__ import annotations

import itertools
from typing import TYPE_CHECKING, Any

import pytest

from bot.storage.errors import StoreError
from bot.storage.store import Store
from bot.telegram.owing import Owing
from tests.faults import table
from tests.faults.killing import killed
from tests.faults.replicas import replicated
from tests.faults.storm import stormed
from tests.faults.tally import Tally
from tests.postgres import programs

if TYPE_CHECKING:
    from bot.conversation.talk.values import Changes, Session


pytestmark = pytest.mark.file


LOST = 4
"""The so-many-th answer."""


class UntilFound(Tally):
    """No more is begun when anything is found."""

    @property
    def is_over(self) -> bool:
        """Whether something was found."""
        return not self.good


def test_a_few_kills_lose_nothing() -> None:
    tally = Tally()
    killed(3, 2, tally, people=2)
    assert sum(tally.kills.values()) >= 2
    assert tally.counts["steps taken"]
    assert tally.good, tally.words


@pytest.mark.skipif(programs() is None, reason="PostgreSQL is not installed")
def test_a_few_kills_of_one_of_two_processes_lose_nothing() -> None:
    tally = Tally()
    replicated(3, 2, tally, count=2, people=2)
    assert sum(tally.kills.values()) == 2
    assert tally.counts["steps taken"]
    assert tally.good, tally.words


def test_a_few_faults_lose_nothing() -> None:
    tally = Tally()
    stormed(4, 40, tally, people=3)
    assert sum(tally.faults.values()) >= 40
    assert tally.counts["steps taken"]
    assert tally.good, tally.words


@pytest.mark.parametrize("how", ["forgotten", "refused without a word"])
def test_an_answer_that_is_lost_is_found(monkeypatch: pytest.MonkeyPatch, how: str) -> None:
    """The bot shows that it has it, and the database has not; or it says nothing at all."""
    saved, count = Store.save, itertools.count(1)

    def save(
        self: Store,
        session: Session,
        changes: Changes,
        update: tuple[str, int] | None,
        *more: Any,  # noqa: ANN401 -- as it was given
        **named: Any,  # noqa: ANN401 -- the same
    ) -> None:
        if update and next(count) == LOST:  # the shadow's desk takes no updates
            if how != "forgotten":
                raise StoreError(how)
            session, changes = more[-1].session, ()
        saved(self, session, changes, update, *more, **named)

    async def say(*_: object) -> None:
        pass

    monkeypatch.setattr(Store, "save", save)
    monkeypatch.setattr(Owing, "say", say)
    monkeypatch.setattr(table, "PATIENCE", 6)
    tally = UntilFound()
    stormed(4, 400, tally, people=1)
    assert next(count) > LOST
    assert tally.counts["lost answers"]
