"""A short run of `make faults`: what it promises, and that it would see what is missing."""

from __future__ import annotations

import pytest

from tests.faults.killing import killed
from tests.faults.storm import stormed
from tests.faults.tally import Tally

pytestmark = pytest.mark.file


def test_a_few_kills_lose_nothing() -> None:
    tally = Tally()
    killed(3, 2, tally, people=2)
    assert sum(tally.kills.values()) >= 2
    assert tally.counts["steps taken"]
    assert tally.good, tally.words


def test_a_few_faults_lose_nothing() -> None:
    tally = Tally()
    stormed(4, 40, tally, people=3)
    assert sum(tally.faults.values()) >= 40
    assert tally.counts["steps taken"]
    assert tally.good, tally.words
