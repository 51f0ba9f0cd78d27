"""Signatory sets: save, reuse, overwrite, rename, delete."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from bot.conversation.coalitions.copying import copy_buttons
from bot.conversation.signing.joining import ON_PAGE, ON_SCREEN, shortened
from bot.conversation.signing.kept import SetKept, SetRemoved
from bot.conversation.signing.members import SetMembersPage
from bot.conversation.talk.events import Reader, Typed
from bot.conversation.talk.page import Page, Step, looking
from bot.conversation.talk.paging import paged, turning
from bot.conversation.talk.values import Screen, SignatorySet, View
from bot.letters.signatories import clean
from bot.letters.sorting import by_name, by_organisation

if TYPE_CHECKING:
    from bot.conversation.talk.context import Context
    from bot.conversation.talk.events import FileSent
    from bot.letters.model import Signatory

PAGE = 8
MAX_NAME = 60
MAX_SETS = 50
SORTINGS = {"byorganisation": by_organisation, "byname": by_name}


class SetsPage(Page):
    """The sets; the view's key is one of them."""

    views = ("sets", "set", "newset", "renameset", "deleteset")
    of_draft = False

    def screen(self, context: Context, notice: str = "") -> Screen:
        """One set and what is done to it, or all of them."""
        saved = context.session.set_of(context.user.view.key)
        if context.looks_at("newset"):
            return new_screen(context, notice)
        screens = {"set": set_screen, "renameset": rename_screen, "deleteset": delete_screen}
        chosen = screens.get(context.user.view.name)
        return chosen(context, saved, notice) if chosen and saved else sets_screen(context, notice)

    def tapped(self, context: Context, action: str, value: str) -> Step:
        """Open a set, ask on, or delete it."""
        if action == "newset":
            return looking(context, View("newset"))
        saved = context.session.set_of(value)
        if saved is None:
            return looking(context, View("sets"))
        if action == "deleteset-yes":
            return deleted(context, saved)
        if action in SORTINGS:
            return sorted_anew(context, saved, action)
        return looking(context, View("set" if action == "openset" else action, value))

    def typed(self, context: Context, event: Typed | FileSent) -> Step | None:
        """The name of a new set, or a new name; at a set, its members."""
        saved = context.session.set_of(context.user.view.key)
        if saved and context.looks_at("set"):
            members = context.moved(context.session.looking(View("members", saved.id)))
            return SetMembersPage().typed(members, event)
        if not isinstance(event, Typed):
            return None
        if context.looks_at("newset", "sets"):
            return named(context, event.text, ())
        if saved and context.looks_at("renameset"):
            return named(context, event.text, renaming=saved)
        return None

    def reads(self, context: Context, event: FileSent) -> Reader | None:
        """At a set, a list of its members."""
        del event
        return Reader.SIGNATORIES if context.looks_at("set") else None


class SaveSetPage(Page):
    """The draft's co-signers become a set."""

    views = ("saveset",)

    def screen(self, context: Context, notice: str = "") -> Screen:
        """A new name, or a set to overwrite."""
        return save_screen(context, notice)

    def tapped(self, context: Context, action: str, value: str) -> Step:
        """Overwrite a set, or leave it."""
        saved = context.session.set_of(value)
        if action == "overwrite" and saved:
            return overwritten(context, saved)
        return looking(context, View("draft"))

    def typed(self, context: Context, event: Typed | FileSent) -> Step | None:
        """The new set's name."""
        if not isinstance(event, Typed):
            return None
        return named(context, event.text, context.draft.signatories)


def sets_screen(context: Context, notice: str = "") -> Screen:
    """The user's sets."""
    _ = context._
    buttons = [
        context.button(f"{saved.name} ({len(saved.signatories)})", "openset", saved.id)
        for saved in context.session.sets
    ]
    advice = (
        _("Tap a set to see or change it.")
        if buttons
        else _("You have no sets yet. Begin one here, or save the co-signers of a finished letter.")
    )
    rows = paged(context, buttons, context.user.view.page, size=PAGE)
    return Screen(
        _("Co-signer sets"),
        "\n".join(x for x in (notice, advice) if x),
        (*rows, (context.button(_("New set"), "newset"),)),
        _("Name of a new set"),
    )


def new_screen(context: Context, notice: str = "") -> Screen:
    """Ask for the new set's name."""
    _ = context._
    ask = _("Type a name for the new set; its members come next.")
    said = "\n".join(x for x in (notice, ask) if x)
    return Screen(_("A new set"), said, (), _("Name of the set"))


def set_screen(context: Context, saved: SignatorySet, notice: str = "") -> Screen:
    """One set, a page of it at a time, and what can be done with it."""
    _ = context._
    page = min(context.user.view.page, max(0, len(saved.signatories) - 1) // ON_PAGE)
    shown = saved.signatories[page * ON_PAGE : (page + 1) * ON_PAGE]
    lines = [
        f"{n}. {shortened(one.line, ON_SCREEN)}"
        for n, one in enumerate(shown, start=page * ON_PAGE + 1)
    ]
    ask = _("Type or send names to add them.")
    return Screen(
        saved.name,
        "\n\n".join(x for x in (notice, "\n".join(lines), ask) if x),
        (
            (context.button(_("Add, change or remove members"), "members", saved.id),),
            *turning(context, len(saved.signatories), page, size=ON_PAGE),
            (
                context.button(_("Sort by organization"), "byorganisation", saved.id),
                context.button(_("Sort by name"), "byname", saved.id),
            ),
            (
                context.button(_("Rename"), "renameset", saved.id),
                context.button(_("Delete"), "deleteset", saved.id),
            ),
            *filter(None, (copy_buttons(context, "copyset", saved.id),)),
        ),
        _("Name, Organization"),
    )


def rename_screen(context: Context, saved: SignatorySet, notice: str = "") -> Screen:
    """Ask for the new name."""
    _ = context._
    ask = _("Type the new name of the set “%(set)s”.", set=saved.name)
    return Screen(
        _("Rename the set"),
        "\n".join(x for x in (notice, ask) if x),
        ((context.button(_("Keep the name"), "openset", saved.id),),),
        _("Name of the set"),
        filled=saved.name,
    )


def delete_screen(context: Context, saved: SignatorySet, notice: str = "") -> Screen:
    """Ask before a set is deleted."""
    _ = context._
    return Screen(
        _("Delete the set?"),
        "\n".join(
            x
            for x in (
                notice,
                _("“%(set)s” will be deleted. Letters keep their co-signers.", set=saved.name),
            )
            if x
        ),
        (
            (context.button(_("Yes, delete it"), "deleteset-yes", saved.id),),
            (context.button(_("No, keep the set"), "openset", saved.id),),
        ),
    )


def save_screen(context: Context, notice: str = "") -> Screen:
    """Save the draft's co-signers: over a set, or under a new name by typing it."""
    _ = context._
    buttons = [
        context.button(_("Overwrite “%(set)s”", set=saved.name), "overwrite", saved.id)
        for saved in context.session.sets
    ]
    ask = _("Type a name for the new set, or choose one to overwrite.")
    if not buttons:
        ask = _("Type a name for the set.")
    rows = paged(context, buttons, context.user.view.page, size=PAGE)
    return Screen(
        _("Save the co-signers as a set"),
        "\n".join(x for x in (notice, ask) if x),
        rows,
        _("Name of the set"),
    )


def named(
    context: Context,
    text: str,
    signatories: tuple[Signatory, ...] = (),
    *,
    renaming: SignatorySet | None = None,
) -> Step:
    """Save co-signers under a name, or rename a set; a set of nobody asks for its members."""
    _ = context._
    session = context.session
    name, _removed = clean(text.replace("\n", " "))
    taken = {saved.name.casefold() for saved in session.sets if saved != renaming}
    if not name:
        return Step(session, _("A set needs a name."))
    if len(name) > MAX_NAME:
        return Step(session, notice=_("A name has at most %(count)s characters.", count=MAX_NAME))
    if name.casefold() in taken:
        return Step(
            session, notice=_("You have a set of that name already. Please type another name.")
        )
    if renaming:
        return _kept(context, replace(renaming, name=name), View("set", renaming.id))
    if len(session.sets) >= MAX_SETS:
        return Step(session, _("You have many sets already: please overwrite one."))
    new = SignatorySet(context.library.new_id(), name, signatories)
    if not signatories:
        return _kept(context, new, View("set", new.id))
    return _kept(context, new, View("draft"), _("Saved as “%(set)s”.", set=name))


def overwritten(context: Context, saved: SignatorySet) -> Step:
    """The set, holding the draft's co-signers now."""
    new = replace(saved, signatories=context.draft.signatories)
    notice = context._("Saved as “%(set)s”.", set=saved.name)
    return _kept(context, new, View("draft"), notice)


def sorted_anew(context: Context, saved: SignatorySet, action: str) -> Step:
    """The set in the order of the alphabet; letters keep their own order."""
    new = replace(saved, signatories=SORTINGS[action](saved.signatories))
    return _kept(context, new, View("set", saved.id), context._("Sorted."))


def deleted(context: Context, saved: SignatorySet) -> Step:
    """The sets without that one."""
    kept = tuple(one for one in context.session.sets if one.id != saved.id)
    session = replace(context.session, sets=kept).looking(View("sets"))
    notice = context._("“%(set)s” was deleted.", set=saved.name)
    return Step(session, notice, (SetRemoved(saved.id),))


def _kept(context: Context, new: SignatorySet, view: View, notice: str = "") -> Step:
    others = [one for one in context.session.sets if one.id != new.id]
    ordered = tuple(sorted([*others, new], key=lambda one: one.name.casefold()))
    session = replace(context.session, sets=ordered).looking(view)
    return Step(session, notice, (SetKept(new),))
