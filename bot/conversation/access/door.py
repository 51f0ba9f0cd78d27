"""What somebody sees who is not let in: one screen that says what to do."""

from __future__ import annotations

from typing import TYPE_CHECKING

from bot.conversation.access.kept import standing_of
from bot.conversation.endorsing.kept import SIGNINGS
from bot.conversation.talk.access import Mode, Standing
from bot.conversation.talk.page import blocks
from bot.conversation.talk.values import Screen, Session, User

if TYPE_CHECKING:
    from bot.conversation.talk.context import Context
    from bot.conversation.talk.paging import Rows


def door_screen(context: Context, notice: str = "") -> Screen:
    """Whom to ask, and for what; and what is theirs here all the same."""
    _, standing, hint = context._, standing_of(context), ""
    title = _("Démarche: letters to Permanent Missions")
    if standing is Standing.BLOCKED:
        return Screen(title, blocks(notice, blocked_line(context)))
    if context.library.access.mode is Mode.LIST:
        how = _(
            "This bot is for people whom its administrators have let in. If you would like to use "
            "it, please ask whoever runs it, and give them your number here: %(number)s.",
            number=context.user.id.partition(":")[2],
        )
    else:
        how = _(
            "This bot is for people who were invited. If you would like to use it, please ask "
            "whoever runs it for an invitation: then open its link, or type its code here."
        )
        hint = _("The code of your invitation")
    if standing is Standing.OUTSIDE or _is_blank(context.session):
        nothing = _("Until then, nothing is kept about you here.")
        return Screen(title, blocks(notice, how, nothing), (), hint)
    kept = _(
        "What you were asked to sign stays open to you, and under “Privacy” you decide on what is "
        "kept about you."
    )
    return Screen(title, blocks(notice, how, kept), _rows(context), hint)


def _is_blank(session: Session) -> bool:
    """Whether everything about the user was just deleted."""
    return session == Session(User(session.user.id, session.user.language))


def _rows(context: Context) -> Rows:
    """Of whom something is known: what they were asked to sign, and what is kept."""
    _ = context._
    privacy = (context.button(_("Privacy"), "privacy"),)
    if SIGNINGS.is_empty(context):
        return (privacy,)
    asked = len(SIGNINGS.of(context).asked(context.user.id))
    if not asked:
        return (privacy,)
    label = _.plural("%(count)s letter to sign", "%(count)s letters to sign", asked)
    return ((context.button(label, "myasked"),), privacy)


def welcome(context: Context) -> str:
    """To who has found in."""
    return context._("Welcome: you may use this bot now.")


def wrong_code(context: Context) -> str:
    """One answer for every code that lets nobody in, whyever."""
    return context._(
        "This code does not work (any more). Please look whether it was typed as it was given to "
        "you, or ask for a new one."
    )


def blocked_line(context: Context) -> str:
    """To who is blocked: what they can still do."""
    return context._(
        "Whoever runs this bot has blocked you here: I do not answer any more. /privacy says what "
        "is kept about you, and deletes it. If this is a mistake, please write to whoever runs it."
    )
