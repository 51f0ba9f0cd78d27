"""A letter or a set is copied to another whom the person works for; the one at hand stays."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from bot.conversation.coalitions.kept import COALITIONS, Copied, memberships_of
from bot.conversation.talk.draft import Fate
from bot.conversation.talk.drafts import draft_of
from bot.conversation.talk.membership import Role
from bot.conversation.talk.page import DRAFT, Page, Step, blocks, looking
from bot.conversation.talk.paging import in_rows
from bot.conversation.talk.values import Screen, View

if TYPE_CHECKING:
    from bot.conversation.talk.context import Context
    from bot.conversation.talk.values import Button, SignatorySet

MOST_SETS = 50


def copy_buttons(context: Context, view: str, key: str) -> tuple[Button, ...]:
    """The way to a copy; none for who works for nobody else."""
    if not _others(context):
        return ()
    return (context.button(context._("Copy to another"), view, key),)


class CopyPage(Page):
    """The view's key is the set's or the letter's id."""

    views = ("copyset", "copyletter")
    of_draft = False

    def screen(self, context: Context, notice: str = "") -> Screen:
        """To whom."""
        _ = context._
        ask = _("Whose is the copy to be? What is here stays as it is.")
        buttons = [
            context.button(name, "copyto", owner) for owner, name in _others(context).items()
        ]
        return Screen(_("Copy to another"), blocks(notice, ask), in_rows(buttons, 1))

    def tapped(self, context: Context, action: str, value: str) -> Step:
        """The copy is made."""
        del action
        key, name = context.user.view.key, _others(context).get(value, "")
        owner = value or context.user.id
        saved = context.session.set_of(key) if context.looks_at("copyset") else None
        if saved:
            return _set_copied(context, saved, owner, name)
        draft = draft_of(context, key)
        if draft is None or not name:
            return looking(context, View("home"))
        new_id = context.library.new_id()
        copy = replace(draft, id=new_id, fate=Fate(), doubts=(), revision=0, revisions=0)
        step = looking(context, DRAFT, _copied_line(context, name))
        return replace(step, changes=(Copied(owner, draft=copy),))


def _others(context: Context) -> dict[str, str]:
    """For whom else the person may write: the coalition's id, or nothing for themself; the name."""
    own = context.session.membership
    if COALITIONS.is_empty(context):
        return {}
    found = {"": context._("Myself")} if own else {}
    for one in memberships_of(context):
        if one.role is not Role.READER and (own is None or own.coalition != one.coalition):
            found[one.coalition] = one.name
    return found


def _copied_line(context: Context, name: str) -> str:
    return context._("Copied. To find it there, work for: %(name)s.", name=name)


def _set_copied(context: Context, saved: SignatorySet, owner: str, name: str) -> Step:
    _ = context._
    view, names = View("set", saved.id), COALITIONS.of(context).set_names(owner)
    if saved.name.casefold() in {one.casefold() for one in names}:
        return looking(context, view, _("There is a set of that name already."))
    if len(names) >= MOST_SETS or not name:
        return looking(context, view, _("There are many sets already."))
    copy = replace(saved, id=context.library.new_id())
    step = looking(context, view, _copied_line(context, name))
    return replace(step, changes=(Copied(owner, saved=copy),))
