"""What a turn's changes say was told unasked: should that not arrive, it is told again."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from bot.conversation.endorsing.kept import Heard, Told
from bot.conversation.facts.kept import NoticesTold
from bot.conversation.mine.expiring import ExpiryTold
from bot.conversation.mine.kept import ReminderSet
from bot.conversation.talk.effects import SendText, Show
from bot.conversation.talk.values import of_kind

if TYPE_CHECKING:
    from bot.conversation.facts.kept import Notice
    from bot.conversation.mine.expiring import Expiring
    from bot.conversation.mine.kept import Reminder
    from bot.conversation.talk.effects import Effect
    from bot.conversation.talk.values import Changes


def notices(changes: Changes) -> tuple[Notice, ...]:
    """The moves of States that the user is told of."""
    return tuple(one for told in of_kind(changes, NoticesTold) for one in told.notices)


def due(changes: Changes) -> tuple[Reminder, ...]:
    """What the user is reminded of with these changes."""
    return tuple(one.reminder for one in of_kind(changes, ReminderSet) if one.reminder.told)


def expiring(changes: Changes) -> tuple[Expiring, ...]:
    """The letters of which the user is told that they are deleted soon."""
    return tuple(one for told in of_kind(changes, ExpiryTold) for one in told.letters)


def unheard(changes: Changes) -> Changes:
    """What makes that be told again which these changes say was told of signings."""
    heard = (replace(one, acts=one.before) for one in of_kind(changes, Heard))
    told = (replace(one, version=one.version - 1) for one in of_kind(changes, Told))
    return (*heard, *told)


def first(text: str, effects: tuple[Effect, ...]) -> tuple[Effect, ...]:
    """A message of its own, and below it what there was to show."""
    below = (replace(one, below=True) if isinstance(one, Show) else one for one in effects)
    return (SendText(text), *below)
