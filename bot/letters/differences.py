"""How facts differ from the facts before, State by State."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from bot.letters.model import State
    from bot.letters.status import Records, Standing


@dataclass(frozen=True, slots=True)
class Difference:
    """One State whose acts on the treaty are other than before."""

    treaty: str
    state: State
    before: Standing
    after: Standing

    @property
    def moves(self) -> bool:
        """Whether the State stands elsewhere now; else only dates or kinds of acts differ."""
        return self.before.stage is not self.after.stage


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
