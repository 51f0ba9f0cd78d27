"""Every button of somebody's, tapped by others: they see nothing of it and change nothing.

Real data of every place that the walk comes to, and forged data for every action that the sources
know, each with ids of what is the owner's.
"""

from __future__ import annotations

import itertools
from typing import TYPE_CHECKING

import pytest

from bot.conversation.screens import screen_of
from bot.conversation.talk.context import Context
from bot.conversation.talk.events import Tap
from bot.conversation.turn import turn
from bot.desk.door import sounded
from tests.everything import MARK
from tests.security.owners import Owned, actions_of_the_code

if TYPE_CHECKING:
    from pathlib import Path

    from bot.conversation.talk.effects import Turn
    from tests.conversation.talk import Talk

NOT_WALKED = """
accept acceptall again all anyway askall asked askedtexts asktreaty block campaign
closenow confirmnow congratulate copyletter day declineall early erase expiring factsage
first fits forget-later forget-now forget-sure forget-undo forget-yes forgetmissions
invite keeplanguages knownfacts lacking languageof leave leave-yes leaveall leavefacts
letin list many meant missionof news newtext noanswer notyet ofsigning onebyone openold
opensign otherday overwrite peopleinvite propose putnew putsmall redate remember restore
revokecodes setlanguage shutout stillfits storefacts take takein takenot thank top tosign
unblock undated unfinished unsetlanguage withdrawn workhere writeon
"""
"""Actions to which the walk does not come: of these only forged data are tapped."""

EACH = 1
"""With so many of the ids an action is forged; the next action with the next ones."""


@pytest.fixture
def owned(tmp_path: Path) -> Owned:
    return Owned(tmp_path / "db")


def forged(owned: Owned) -> list[str]:
    """Data of every button that stood anywhere, and of every action with ids of the owner's."""
    ids = itertools.cycle(owned.ids)
    made = [
        f"{draft}:{action}:{next(ids)}"
        for action in sorted(actions_of_the_code() | owned.walk.actions)
        for draft, _number in zip(("-", *owned.ids), range(EACH), strict=False)
    ]
    return sorted(owned.walk.offered) + made


def seen_in(effects: object) -> set[bytes]:
    """The owner's words in what somebody is shown."""
    return set(MARK.findall(repr(effects).encode(errors="replace")))


def tapped(talk: Talk, data: str) -> Turn | None:
    """What a tap on the other's button comes to; None where the person's own screen has it, too."""
    context = Context.of(talk.session, talk.desk)
    if data in screen_of(context).offered:
        return None
    return turn(talk.session, sounded(Tap(data)), talk.desk)


@pytest.mark.file
def test_others_see_nothing_and_change_nothing(owned: Owned) -> None:
    for talk in (owned.stranger, owned.former, owned.asked):
        talk.command("start")
        session, before = talk.session, owned.dump(talk.user)
        for data in forged(owned):
            turned = tapped(talk, data)
            assert turned is None or (turned.session, turned.changes) == (session, ()), data
            assert seen_in(turned) == set(), (talk.user, data)
        talk.do(Tap(data))
        assert owned.dump(talk.user) == before


def test_a_reader_changes_nothing_and_every_action_is_walked_or_named(owned: Owned) -> None:
    known, reader = actions_of_the_code(), owned.reader
    assert owned.walk.actions <= known, "an action that no source names: NAMED_ELSEWHERE"
    assert known - owned.walk.actions == set(NOT_WALKED.split()), (
        "one that is new, or walked by now"
    )
    for data in forged(owned):
        turned = tapped(reader, data)
        assert turned is None or turned.changes == (), data
    assert seen_in(reader.command("sets").effects), "but reads"
