"""How facts differ from the facts before, State by State."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING

from bot.letters.model import Stage

if TYPE_CHECKING:
    from collections.abc import Iterable

    from bot.letters.model import State
    from bot.letters.status import Records, Standing


class Kind(StrEnum):
    """What a difference comes to; `OTHER` is one of dates or acts, and moves no State."""

    JOINED = "new parties"
    LEFT = "no longer parties"
    SIGNED = "new signatures"
    UNSIGNED = "signatures gone"
    OTHER = "other dates or acts"


@dataclass(frozen=True, slots=True)
class Difference:
    """One State whose acts on the treaty are other than before."""

    treaty: str
    state: State
    before: Standing
    after: Standing

    @property
    def kind(self) -> Kind:
        """What has become of the State."""
        if self.before.stage is self.after.stage:
            return Kind.OTHER
        if self.after.stage is Stage.PARTY:
            return Kind.JOINED
        if self.before.stage is Stage.PARTY:
            return Kind.LEFT
        return Kind.SIGNED if self.after.stage is Stage.SIGNED else Kind.UNSIGNED


def differences(before: Records, after: Records, treaty: str) -> tuple[Difference, ...]:
    """The States whose record is another, where each stood and stands at the later facts' date."""
    on = max(before.dated(treaty), after.dated(treaty))
    old, new = before.acts.get(treaty, {}), after.acts.get(treaty, {})
    return tuple(
        Difference(
            treaty,
            before.states[iso3],
            before.standing(treaty, iso3, on),
            after.standing(treaty, iso3, on),
        )
        for iso3 in before.states
        if old.get(iso3, ()) != new.get(iso3, ())
    )


def moves(before: Records, after: Records, treaties: Iterable[str]) -> tuple[Difference, ...]:
    """The States that stand elsewhere on one of those treaties."""
    return tuple(
        one
        for treaty in treaties
        for one in differences(before, after, treaty)
        if one.kind is not Kind.OTHER
    )
