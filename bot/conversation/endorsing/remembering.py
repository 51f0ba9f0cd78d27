"""Sets remember who confirmed last for each organisation: offered next time, and never consent."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from bot.conversation.endorsing.kept import endorsers_of
from bot.conversation.signing.kept import SetKept
from bot.conversation.talk.page import Step, looking
from bot.signings.values import Status

if TYPE_CHECKING:
    from bot.conversation.talk.context import Context
    from bot.conversation.talk.values import SignatorySet
    from bot.letters.model import Signatory
    from bot.signings.values import Signing


def behind(context: Context, signing: Signing) -> tuple[SignatorySet, ...]:
    """The sets as they would be: each organisation with who confirmed for it; only those changed.

    An organisation that stands in a set, or has confirmed, more than once is left as it is.
    """
    given: dict[str, list[Signatory]] = {}
    for one in endorsers_of(context, signing.id, (Status.CONFIRMED,)):
        if one.given.organisation:
            given.setdefault(one.given.organisation.casefold(), []).append(one.given)
    last = {name: found[0] for name, found in given.items() if len(found) == 1}
    found = []
    for saved in context.session.sets:
        names = [one.organisation.casefold() for one in saved.signatories]
        new = tuple(
            last[name] if name in last and names.count(name) == 1 else one
            for name, one in zip(names, saved.signatories, strict=True)
        )
        if new != saved.signatories:
            found.append(replace(saved, signatories=new))
    return tuple(found)


def remembered(context: Context, signing: Signing) -> Step:
    """The sets have the names that were confirmed."""
    new = {one.id: one for one in behind(context, signing)}
    sets = tuple(new.get(one.id, one) for one in context.session.sets)
    moved = context.moved(replace(context.session, sets=sets))
    notice = context._.plural(
        "%(count)s set has the names that were confirmed. That is no consent to another letter.",
        "%(count)s sets have the names that were confirmed. That is no consent to another letter.",
        len(new),
    )
    step = looking(moved, context.user.view, notice)
    return replace(step, changes=tuple(SetKept(one) for one in new.values()))
