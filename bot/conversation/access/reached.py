"""What is said where somebody has done as much as one person may."""

from __future__ import annotations

from typing import TYPE_CHECKING

from bot.conversation.talk.limits import Kind

if TYPE_CHECKING:
    from bot.conversation.talk.context import Context


def line_of(context: Context, kind: Kind, most: int) -> str:
    """What was reached, that nothing is lost, and when it goes on."""
    _ = context._
    if kind is Kind.STORAGE:
        return _(
            "What you keep here has reached %(most)s MB, which is as much as one person may. "
            "Nothing is lost: delete letters or sets that you no longer need, and go on.",
            most=most,
        )
    said = {
        Kind.DRAFTS: _("You have begun as many letters today as one person may: %(most)s."),
        Kind.DOCUMENTS: _("You have had as many files made today as one person may: %(most)s."),
        Kind.LETTERS: _(
            "Today one person may have %(most)s letters to many States written, and these would be "
            "more."
        ),
        Kind.UPLOADS: _("You have sent as many files today as one person may: %(most)s."),
        Kind.MEGABYTES: _("Today one person may send files of %(most)s MB, and these are more."),
        Kind.SIGNINGS: _(
            "You have opened as many letters for signing today as one person may: %(most)s."
        ),
        Kind.LINKS: _("You have made as many links today as one person may: %(most)s."),
        Kind.TOKENS: _("Too many codes or links that do not work were tried today (%(most)s)."),
        Kind.EXPORTS: _("You have had your data handed out as often today as one may: %(most)s."),
    }[kind] % {"most": most}
    goes_on = _("It goes on tomorrow, from midnight UTC. Nothing is lost.")
    return f"{said} {goes_on}"
