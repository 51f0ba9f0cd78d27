"""Closing: the final letter, with the names of those who confirmed its text, and no other."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from bot.conversation.endorsing.freezing import Moved, letters_by, moved_on
from bot.conversation.endorsing.kept import SIGNINGS, SigningKept, endorsers_of, own_signing
from bot.conversation.endorsing.opening import marked_open
from bot.conversation.endorsing.words import progress, title
from bot.conversation.talk.effects import SendSigned
from bot.conversation.talk.page import Page, Step, blocks, lines, looking
from bot.conversation.talk.values import Screen, View
from bot.signings.final import final_names
from bot.signings.values import WAITING, Order

if TYPE_CHECKING:
    from bot.conversation.talk.context import Context
    from bot.conversation.talk.values import Button, Changes
    from bot.letters.model import Signatory
    from bot.signings.values import Endorser, Signing

SHOWN = 12


class ClosingPage(Page):
    """The view's key is the signing's id; its text that of one whom the drafter decides on."""

    views = ("closesign",)
    of_draft = False

    def screen(self, context: Context, notice: str = "") -> Screen:
        """Who stands below the letter, and who does not."""
        _ = context._
        signing = own_signing(context, context.user.view.key)
        if signing is None or signing.closed:
            return Screen(_("This signing is closed."), notice)
        everyone = endorsers_of(context, signing.id)
        one = _undecided(signing, everyone, context.user.view.text)
        if one:
            return _one_screen(context, signing, one, notice)
        names = final_names(signing, everyone)
        waiting = [x for x in everyone if x.status in WAITING and x.id not in signing.without]
        below = _.plural(
            "%(count)s co-signer stands below the final letter.",
            "%(count)s co-signers stand below the final letter.",
            len(names),
        )
        missing = ""
        if waiting:
            shown = ", ".join(x.name for x in waiting[:SHOWN]) + (
                ", …" if len(waiting) > SHOWN else ""
            )
            missing = _(
                "Not confirmed, so left out: %(names)s. Nobody’s name stands there without a yes.",
                names=shown,
            )
        return Screen(
            _("Close %(letter)s?", letter=title(_, context.library.records, signing)),
            blocks(
                notice,
                progress(_, signing),
                lines(below, missing),
                _("After that nobody can confirm any more, and the mark of a draft goes."),
            ),
            _rows(context, signing, names, waiting),
        )

    def tapped(self, context: Context, action: str, value: str) -> Step:
        """Close, decide one by one, or choose the order."""
        view = context.user.view
        signing = own_signing(context, view.key)
        if signing is None or signing.closed:
            return looking(context, View("signings"))
        if action == "closenow":
            return closed(context, signing)
        if action == "order":
            other = Order.ORGANISATION if signing.order is Order.LISTED else Order.LISTED
            kept = replace(signing, order=other)
            return replace(looking(context, view), changes=(SigningKept(kept),))
        if action == "onebyone":
            return looking(context, replace(view, text="*"))
        if action == "leave":
            kept = replace(signing, without=signing.without | {value})
            step = looking(context, replace(view, text="*"))
            return replace(step, changes=(SigningKept(kept),))
        if action == "invite":
            return looking(context, View("invite", value))
        return looking(context, View("signing", signing.id))


def _undecided(signing: Signing, everyone: tuple[Endorser, ...], text: str) -> Endorser | None:
    """The next who waits and was not left out, where the drafter goes through them."""
    if text != "*":
        return None
    waiting = (x for x in everyone if x.status in WAITING and x.id not in signing.without)
    return next(waiting, None)


def _one_screen(context: Context, signing: Signing, one: Endorser, notice: str) -> Screen:
    _ = context._
    said = _("They have not confirmed: %(name)s.", name=one.standing.line)
    return Screen(
        _("Close %(letter)s?", letter=title(_, context.library.records, signing)),
        blocks(notice, said),
        (
            (context.button(_("Leave out"), "leave", one.id),),
            (context.button(_("Make an invitation"), "invite", one.id),),
            (context.button(_("Do not close yet"), "notyet"),),
        ),
    )


def _rows(
    context: Context, signing: Signing, names: tuple[Signatory, ...], waiting: list[Endorser]
) -> tuple[tuple[Button, ...], ...]:
    _ = context._
    rows: list[tuple[Button, ...]] = []
    if names:
        label = _.plural(
            "Close with %(count)s confirmed name",
            "Close with %(count)s confirmed names",
            len(names),
        )
        rows.append((context.button(label, "closenow", main=True),))
    if waiting:
        rows.append((context.button(_("Go through the others one by one"), "onebyone"),))
    order = _("Order: as listed") if signing.order is Order.LISTED else _("Order: by organization")
    rows += [(context.button(order, "order"),), (context.button(_("Do not close yet"), "notyet"),)]
    return tuple(rows)


def closed(context: Context, signing: Signing) -> Step:
    """The letter is final: its text as it was read, its names as they were given."""
    _ = context._
    everyone = endorsers_of(context, signing.id)
    names = final_names(signing, everyone)
    if not names:
        return looking(context, context.user.view, _("Nobody has confirmed yet."))
    kept = replace(signing, closed=context.library.now())
    changes: Changes = (SigningKept(kept),)
    letters = letters_by(context, signing.letter_id)
    if letters is None:
        return looking(
            context, context.user.view, _("Please finish your change of the letter first.")
        )
    keys = SIGNINGS.of(context).keys(signing.id, signing.version)
    if moved_on(context, signing, keys) is Moved.CHANGED:
        changed = _(
            "The letter has changed since it was opened: put the new text to the co-signers first, "
            "or undo your changes."
        )
        return looking(context, View("signing", signing.id), changed)
    step = marked_open(context, letters, signing.id, signed=True)
    effects = (SendSigned(signing.id), SendSigned(signing.id, formats=("zip",)))
    return replace(
        step,
        session=step.session.looking(View("signing", signing.id)),
        notice=_("Closed. The final letter is above, with its record."),
        changes=(*step.changes, *changes),
        effects=effects,
    )
