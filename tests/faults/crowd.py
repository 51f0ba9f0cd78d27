"""The people of one bot: what each does is drawn by the seed, and never changes with the others."""

from __future__ import annotations

import random
from typing import TYPE_CHECKING

from tests.faults.people import Person
from tests.faults.scripts import Invitations, days_of

if TYPE_CHECKING:
    from tests.botapi import BotApi
    from tests.faults.shadow import Shadow
    from tests.faults.tally import Tally

ADMINISTRATOR = 1
INVITED = 2


def crowd(api: BotApi, shadow: Shadow, seed: int, tally: Tally, count: int) -> list[Person]:
    """So many people, by their numbers from 1 on; they give each other their invitations."""
    invitations = Invitations()
    return [
        Person(
            api,
            shadow,
            number,
            days_of(
                random.Random(f"{seed}:{number}"),  # noqa: S311 -- to be repeated, not to be secret
                administrator=number == ADMINISTRATOR,
                invited=number == INVITED,
            ),
            invitations,
            tally,
        )
        for number in range(1, count + 1)
    ]
