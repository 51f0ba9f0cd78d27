"""Everything deleted: what is asked, what is said while it may be undone, and when it is gone."""

from __future__ import annotations

from typing import TYPE_CHECKING

from bot.conversation.coalitions.kept import COALITIONS
from bot.conversation.endorsing.words import moment
from bot.conversation.person.taking import EXPORT
from bot.conversation.talk.page import blocks
from bot.conversation.talk.values import Screen, Session, User

if TYPE_CHECKING:
    from bot.conversation.talk.context import Context

FORGET, LATER, KEEP = "forget-yes", "forget-later", "forget-undo"
"""At once; in a day; not at all."""

NOW, SURE, WAIT = "forget-now", "forget-sure", "forget-wait"
"""Sooner than in a day: asked about, for what was tapped twice is not meant; yes; no."""


def forget_screen(context: Context, notice: str = "") -> Screen:
    """Ask before everything is deleted."""
    _ = context._
    what = _("All your letters, sets, signings and settings and your letterhead will be deleted.")
    if not COALITIONS.is_empty(context):
        left = _(
            "You leave your coalitions. What belongs to one stays with it; where you are its only "
            "member, it is closed and deleted. Where you are the last owner, whoever has been a "
            "member for the longest time becomes the owner, and is told so."
        )
        what = blocks(what, left)
    ways = _(
        "With 24 hours to undo, all of it is put away now: nobody sees it, links to your signings "
        "open nothing, and no reminder is sent. After that it is deleted for good. If you delete "
        "it at once, nothing can be had back."
    )
    rows = (
        (context.button(_("Delete, with 24 hours to undo"), LATER, main=True),),
        (context.button(_("Delete at once, for good"), FORGET),),
        (context.button(_("Export everything first"), EXPORT),),
        (context.button(_("No, keep it"), "privacy"),),
    )
    text = blocks(notice, what, ways, _remains(context))
    return Screen(_("Delete everything?"), text, rows)


def _remains(context: Context) -> str:
    """What is not deleted with it."""
    _ = context._
    if context.is_on_page:
        return _(
            "What remains: backups that were made before, until they are replaced, as a rule after "
            "14 nights; and the files that you saved."
        )
    return _(
        "What remains: backups that were made before, until they are replaced, as a rule after 14 "
        "nights; and the messages and files in this chat, which only you can clear. The letter "
        "that I showed you last is taken out of the chat, if I sent it within the last two days."
    )


def leaving_screen(context: Context, notice: str = "") -> Screen:
    """The one screen of a person whose data is put away."""
    _, ends = context._, context.session.leaving
    if ends is None:
        message = "nothing is put away"
        raise RuntimeError(message)
    when = _(
        "Everything about you is deleted for good on %(when)s. Until then you can undo it, and all "
        "is as it was.",
        when=moment(_, ends, "UTC"),
    )
    meanwhile = _(
        "Meanwhile nobody sees it: links to your signings and invitations open nothing, and I send "
        "you no reminders and no news. What you gave as a co-signer stays in the letters of "
        "others, and you stay in coalitions with other members, until then."
    )
    return Screen(
        _("Your data is put away"),
        blocks(notice, when, meanwhile),
        (
            (context.button(_("Undo: keep everything"), KEEP, main=True),),
            (context.button(_("Delete now, for good"), NOW),),
        ),
    )


def sure_screen(context: Context) -> Screen:
    """Ask before what may still be undone is deleted sooner."""
    _ = context._
    return Screen(
        _("Delete everything now?"),
        _("Nothing can be had back then."),
        (
            (context.button(_("Yes, delete everything"), SURE),),
            (context.button(_("No, keep it until then"), WAIT),),
        ),
    )


def undone_notice(context: Context) -> str:
    """What is said when all was had back."""
    return context._("Nothing was deleted. Everything is there again, as it was before.")


def nothing_known(context: Context) -> Session:
    """The session of somebody of whom nothing is known."""
    nothing = frozenset({"notices", "expiring", "reminders", "jobs", "signings"})
    return Session(User(context.user.id, context.user.language), empty=nothing)


def is_forgotten(session: Session) -> bool:
    """Whether nothing is known of the user, as of one whose data was all deleted."""
    return session == Session(User(session.user.id, session.user.language))


def forgotten(context: Context, *, at_once: bool = True) -> str:
    """What is said when everything was deleted, and where it still is.

    Not `at_once`: what was deleted could not be written over yet.
    """
    _ = context._
    said = [_("Everything about you was deleted.")]
    if not at_once:
        said = [
            _(
                "Your letters, sets and settings and your letterhead were deleted. To overwrite "
                "them has to wait a little, as another program is using the database or the disk "
                "is full: until then, parts of them can still be found in the database’s files. It "
                "is done as soon as it can be, and you need do nothing."
            )
        ]
    if context.is_on_page:
        said.append(
            _(
                "This page was cleared as well. Files that you saved from it are still where you "
                "saved them."
            )
        )
    else:
        said.append(
            _(
                "Please clear this chat, too: only you can delete the messages and files that "
                "remain in it. Open its menu and choose to clear the history, or delete the chat."
            )
        )
    said.append(_("Backups that were made before still have it until they are replaced."))
    return " ".join(said)
