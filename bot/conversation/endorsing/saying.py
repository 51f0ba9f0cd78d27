"""What somebody who was asked says in a chat: recorded, or why not."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from bot.conversation.endorsing.asking import is_seen_whole
from bot.conversation.endorsing.kept import SIGNINGS
from bot.conversation.endorsing.speaking import Said, kept, newcomer, spoken
from bot.conversation.talk.page import Step, looking
from bot.conversation.talk.values import View
from bot.signings.acts import Refused
from bot.signings.values import NOBODY_YET, Shown, Status

if TYPE_CHECKING:
    from bot.conversation.endorsing.asking import Asked
    from bot.conversation.talk.context import Context
    from bot.letters.model import Signatory
    from bot.signings.values import Endorser


def may_confirm(context: Context, found: Asked) -> bool:
    """Whether the text that holds is before them: sent, or old and new side by side and whole."""
    if found.is_up_to_date:
        return True
    if found.shown is None:
        return False
    shelf, signing = SIGNINGS.of(context), found.signing
    old = shelf.text(signing.id, found.shown.version, found.shown.key)
    new = shelf.text(signing.id, signing.version, found.shown.key)
    return bool(old and new and is_seen_whole(old.letter, new.letter))


def said(
    context: Context,
    found: Asked,
    act: str,
    given: Signatory = NOBODY_YET,
    comment: str = "",
) -> Step:
    """One act of theirs, recorded; or a line that says why not."""
    view, signing, now = context.user.view, found.signing, context.library.now()
    first = view.text.partition("\n")[0]
    shown = _shown_now(context, found)
    endorser = found.endorser or newcomer(context.library.new_id(), signing.version)
    if found.is_taken:
        endorser = newcomer(context.library.new_id(), signing.version, beside=found.endorser)
    if act == "confirm" and not given.name:
        return looking(context, View("askedname", view.key, text=first))
    result = spoken(signing, endorser, Said(act, shown, given, comment), now)
    if isinstance(result, Refused):
        return looking(context, View("asked", view.key, text=first), refused_line(context, result))
    result = replace(result, user_id="" if result.erased else context.user.id)
    step = looking(
        context,
        View("asked", endorser.id, text=f"{shown.version}|{shown.key}"),
        _thanks(context, result),
    )
    if result.erased:
        step = looking(context, View("home"), _thanks(context, result))
    return replace(step, changes=kept(signing, result, found.link, b"", now))


def _shown_now(context: Context, found: Asked) -> Shown:
    """The text before them with its digest: the one that holds, where all of it was seen."""
    shown, signing = found.shown or Shown(0, ""), found.signing
    if may_confirm(context, found):
        shown = replace(shown, version=signing.version)
    digest = SIGNINGS.of(context).keys(signing.id, shown.version).get(shown.key, "")
    return replace(shown, digest=digest)


def refused_line(context: Context, why: Refused) -> str:
    """Why nothing was recorded, and what to do."""
    _ = context._
    return {
        Refused.OUTDATED: _("The text has changed since: please read it as it is now."),
        Refused.LATE: _("The deadline has passed: please write to whoever asked you."),
        Refused.CLOSED: _("The letter is final: please write to whoever asked you."),
        Refused.SPOKEN: _("Somebody has spoken for your organization already."),
        Refused.NOTHING: _("There is nothing to withdraw."),
    }[why]


def _thanks(context: Context, endorser: Endorser) -> str:
    _ = context._
    if endorser.erased:
        return _("What you gave is deleted.")
    return {
        Status.CONFIRMED: _("Thank you. Your name stands below this text."),
        Status.JOINING: _("Thank you. You stand below the letter when you are taken in."),
        Status.REFUSED: _("Noted: you do not sign."),
        Status.ASKED: _("Thank you. Your wish goes to whoever asks."),
        Status.NOT_US: _("Noted: it is not you who is meant."),
        Status.WITHDRAWN: _("Your name is taken off the letter."),
    }.get(endorser.status, "")
