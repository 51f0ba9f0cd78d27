"""Who has not decided is reminded, once a day at most."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from bot.conversation.endorsing.inviting import reminder_text
from bot.conversation.endorsing.kept import Reminded, endorsers_of
from bot.conversation.talk.effects import SendText
from bot.conversation.talk.page import Step, looking
from bot.conversation.talk.values import View
from bot.signings.acts import may_be_reminded
from bot.signings.values import WAITING

if TYPE_CHECKING:
    from bot.conversation.talk.context import Context
    from bot.conversation.talk.effects import Effect
    from bot.conversation.talk.values import Changes
    from bot.signings.values import Signing


def reminded_all(context: Context, signing: Signing) -> Step:
    """Those whom the bot can write to are written to; for the others a text to forward is ready."""
    _, now = context._, context.library.now()
    waiting = endorsers_of(context, signing.id, WAITING)
    due = [one for one in waiting if may_be_reminded(signing, one, now)]
    view = View("signing", signing.id)
    if not due:
        return looking(context, view, _("Everybody who waits was reminded today already."))
    here = [one for one in due if one.user_id]
    changes: Changes = tuple(Reminded(one.id, now, here=bool(one.user_id)) for one in due)
    said = []
    if here:
        said.append(
            _.plural("%(count)s is reminded here.", "%(count)s are reminded here.", len(here))
        )
    effects: tuple[Effect, ...] = ()
    if len(here) < len(due):
        effects = (SendText(reminder_text(context, signing)),)
        said.append(
            _(
                "The others came by no chat: please forward the text above to them, with their "
                "links."
            )
        )
    return replace(looking(context, view, " ".join(said)), changes=changes, effects=effects)
