"""What somebody who was asked says in a chat: recorded, or why not."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from bot.conversation.endorsing.asking import is_seen_whole, two_texts
from bot.conversation.endorsing.kept import SIGNINGS
from bot.conversation.endorsing.speaking import Said, kept, newcomer, spoken
from bot.conversation.endorsing.words import refusals, thanks
from bot.conversation.talk.page import Step, looking
from bot.conversation.talk.values import View
from bot.signings.acts import Refused
from bot.signings.values import NOBODY_YET, Shown

if TYPE_CHECKING:
    from bot.conversation.endorsing.asking import Asked
    from bot.conversation.talk.context import Context
    from bot.letters.model import Signatory


def may_confirm(context: Context, found: Asked) -> bool:
    """Whether the text that holds is before them: sent, or old and new side by side and whole."""
    if found.is_up_to_date:
        return True
    if found.shown is None or found.signing.is_many:
        return False
    both = two_texts(context, found.signing, found.shown)
    # Compared in another language than they read, what changed is not yet the text itself.
    if both is None or both[1].key != found.shown.key:
        return False
    return is_seen_whole(both[0].letter, both[1].letter)


def as_seen(found: Asked) -> Asked:
    """The same, where the text that holds is before them: what changed was seen whole."""
    if found.shown is None:
        return found
    return replace(found, shown=replace(found.shown, version=found.signing.version))


def text_of(found: Asked) -> str:
    """The text before them, for a view."""
    return f"{found.shown.version}|{found.shown.key}" if found.shown else ""


def said(
    context: Context,
    found: Asked,
    act: str,
    given: Signatory = NOBODY_YET,
    comment: str = "",
) -> Step:
    """One act of theirs, recorded; or a line that says why not."""
    view, signing, now = context.user.view, found.signing, context.library.now()
    known = found.shown or Shown(0, "")
    digest = SIGNINGS.of(context).keys(signing.id, known.version).get(known.key, "")
    shown = replace(known, digest=digest)
    endorser = found.endorser or newcomer(context.library.new_id(), signing.version)
    if found.is_taken:
        endorser = newcomer(context.library.new_id(), signing.version, beside=found.endorser)
    if act == "confirm" and not given.name:
        return looking(context, View("askedname", view.key, text=text_of(found)))
    result = spoken(signing, endorser, Said(act, shown, given, comment), now)
    if isinstance(result, Refused):
        back = View("asked", view.key, text=view.text.partition("\n")[0])
        return looking(context, back, refusals(context._)[result])
    result = replace(result, user_id="" if result.erased else context.user.id)
    to = View("home") if result.erased else View("asked", endorser.id, text=text_of(found))
    step = looking(context, to, thanks(context._, result))
    return replace(step, changes=kept(signing, result, found.link, b"", now))
