"""What is to be shown and sent for an update that was taken."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from bot.conversation.facts.kept import Notice
    from bot.conversation.mine.expiring import Expiring
    from bot.conversation.mine.kept import Reminder
    from bot.conversation.talk.draft import Json
    from bot.conversation.talk.effects import Effect
    from bot.conversation.talk.values import Changes
    from bot.letters.model import Language


@dataclass(frozen=True, slots=True)
class Receipt:
    """An update that was taken and saved: what to show and send, in order."""

    user_id: str
    language: Language
    effects: tuple[Effect, ...]
    update: tuple[str, int] | None = None
    told: tuple[Notice, ...] = ()
    forgotten: Json | None = None
    """Where everything about the user was just deleted: the messages that showed the last letter,
    as they were remembered (see `Cards.preview`)."""
    reminders: tuple[Reminder, ...] = ()
    expiring: tuple[Expiring, ...] = ()
    unheard: Changes = ()
    """What is kept where the message did not arrive: it is told of signings again."""
    screen: int = 0
    """For which update the screen is owed, 0 where it is not (see `Cards`)."""
    put_away: bool = False
    """Whether everything about the user was just put away, to be deleted later."""
    again: bool = False
    """Whether the update was taken before, so that nothing was changed."""
    card: int = 0
    """The message that showed the user's screen, where nothing remembers it any more."""
