"""Who may use the bot: everybody, who has an invitation, or who is on a list."""

from __future__ import annotations

from dataclasses import dataclass, field
from enum import StrEnum

from bot.conversation.talk.limits import Limits


class Mode(StrEnum):
    """Who is let in: whoever comes, who has a code, who is named."""

    OPEN = "open"
    INVITATION = "invitation"
    LIST = "list"


class Way(StrEnum):
    """How somebody was let in: by an administrator, a code, or into a coalition."""

    ADMINISTRATOR = "administrator"
    CODE = "code"
    COALITION = "coalition"


class Standing(StrEnum):
    """What somebody is here.

    `IN` may use everything. `GUEST` is known and not let in: came by a link to a letter to sign, or
    was here before the bot was closed. Of who is `OUTSIDE` nothing is known.
    """

    IN = "in"
    GUEST = "guest"
    OUTSIDE = "outside"
    BLOCKED = "blocked"


@dataclass(frozen=True, slots=True)
class Known:
    """What the store knows of somebody: `told` is the day they last read that they are blocked."""

    is_known: bool = False
    way: Way | None = None
    is_blocked: bool = False
    told: str = ""


@dataclass(frozen=True, slots=True)
class Access:
    """The settings of whoever runs the bot: whom it is for, and how much one person may do."""

    mode: Mode = Mode.OPEN
    allowed: frozenset[str] = field(default=frozenset(), repr=False)
    limits: Limits = field(default_factory=Limits)

    def standing(self, user_id: str, known: Known, *, is_administrator: bool) -> Standing:
        """What somebody is. Nobody can block an administrator; a list knows no invitations."""
        if is_administrator:
            return Standing.IN
        if known.is_blocked:
            return Standing.BLOCKED
        if self.mode is Mode.OPEN or user_id in self.allowed:
            return Standing.IN
        if known.way is Way.ADMINISTRATOR or (known.way and self.mode is Mode.INVITATION):
            return Standing.IN
        return Standing.GUEST if known.is_known else Standing.OUTSIDE
