"""Of which coalition somebody is a member, and what they may do there."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum


class Role(StrEnum):
    """What a member of a coalition may do: everything; all but what concerns members; look."""

    OWNER = "owner"
    EDITOR = "editor"
    READER = "reader"


@dataclass(frozen=True, slots=True)
class Membership:
    """A coalition, by its id ("coalition:abcd1234") and name, and what the user may do there.

    Where it is not `told`, somebody else has given the user that role, of which they are to hear.
    """

    coalition: str
    name: str
    role: Role
    told: bool = True
