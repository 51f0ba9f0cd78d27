"""What the pages of coalitions have in common: roles in words, names that are typed."""

from __future__ import annotations

from typing import TYPE_CHECKING

from bot.conversation.talk.membership import Role
from bot.letters.signatories import clean

if TYPE_CHECKING:
    from bot.conversation.coalitions.kept import Held, Member
    from bot.conversation.talk.context import Context
    from bot.conversation.talk.library import Translator

MAX_NAME = 60
MOST_MEMBERS = 30
MOST_COALITIONS = 20


def role_names(_: Translator) -> dict[Role, str]:
    """The roles in a word each."""
    return {Role.OWNER: _("Owner"), Role.EDITOR: _("Editor"), Role.READER: _("Reader")}


def role_lines(_: Translator) -> str:
    """What each role may do."""
    return "\n".join(
        (
            _("Owner: does everything, and decides who is a member."),
            _("Editor: writes and changes letters, sets, the letterhead and the mission book."),
            _("Reader: sees all of it and gets the files, and changes nothing."),
        )
    )


def member_line(context: Context, member: Member) -> str:
    """A member with their role, and since when."""
    _ = context._
    values = {
        "name": member.shown_as,
        "role": role_names(_)[member.role],
        "date": context.day(member.joined),
    }
    if member.is_user:
        return _("• %(name)s (you): %(role)s, since %(date)s", **values)
    return _("• %(name)s: %(role)s, since %(date)s", **values)


def held_line(context: Context, held: Held) -> str:
    """How much would be lost."""
    _ = context._
    letters = _.plural("%(count)s letter", "%(count)s letters", held.letters)
    sets = _.plural("%(count)s set of co-signers", "%(count)s sets of co-signers", held.sets)
    said = (
        _(
            "This is deleted: %(letters)s with their history, %(sets)s, and the letterhead.",
            letters=letters,
            sets=sets,
        )
        if held.letterhead
        else _(
            "This is deleted: %(letters)s with their history, %(sets)s.", letters=letters, sets=sets
        )
    )
    if held.missions:
        book = _("Its mission book is deleted, too.")
        said = f"{said} {book}"
    if not held.signings:
        return said
    signings = _.plural(
        "%(count)s signing goes with them, and all that co-signers said in it.",
        "%(count)s signings go with them, and all that co-signers said in them.",
        held.signings,
    )
    return f"{said} {signings}"


def name_of(context: Context, text: str) -> tuple[str, str]:
    """A name as typed, in one line; or what is wrong with it."""
    _ = context._
    name, _removed = clean(text.replace("\n", " "))
    if not name:
        return "", _("That is no name. Please type one.")
    if len(name) > MAX_NAME:
        return "", _("A name has at most %(count)s characters.", count=MAX_NAME)
    return name, ""
