"""Those who are asked: a list with filters, and each with what it said."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from bot.conversation.endorsing.inviting import invited
from bot.conversation.endorsing.kept import (
    EndorserKept,
    EndorserRemoved,
    LinksRevoked,
    SigningKept,
    endorser_of,
    endorsers_of,
    own_signing,
)
from bot.conversation.endorsing.words import MARKS, short, standing_line, status_names, title
from bot.conversation.talk.events import Typed
from bot.conversation.talk.names import labelled
from bot.conversation.talk.page import Page, Step, blocks, lines, looking
from bot.conversation.talk.paging import turning
from bot.conversation.talk.values import Screen, View
from bot.letters.signatory_lines import read_lines
from bot.signings.acts import accepted, declined
from bot.signings.values import Endorser, Status

if TYPE_CHECKING:
    from bot.conversation.talk.context import Context
    from bot.conversation.talk.events import FileSent
    from bot.conversation.talk.values import Button, Changes
    from bot.signings.values import Signing

PAGE = 10
MOST = 1000
"""So many may be asked to sign one letter."""

FILTERS = (
    *(Status.PROPOSED, Status.ASKED, Status.CONFIRMED, Status.REFUSED, Status.WITHDRAWN),
    *(Status.JOINING, Status.NOT_US),
)


class SignersPage(Page):
    """The view's key is the signing's id, its text the status that is looked at, if one is."""

    views = ("signers",)
    of_draft = False

    def screen(self, context: Context, notice: str = "") -> Screen:
        """A page of them."""
        _ = context._
        view = context.user.view
        signing = own_signing(context, view.key)
        if signing is None:
            return Screen(_("This signing is no longer there."), notice)
        chosen = (Status(view.text),) if view.text in set(Status) else ()
        count = signing.count(*chosen) if chosen else sum(signing.counts.values())
        page = min(view.page, max(0, count - 1) // PAGE)
        shown = endorsers_of(context, signing.id, chosen, page * PAGE, PAGE)
        names = status_names(_)
        heading = names[chosen[0]] if chosen else _("all")
        none = _("Nobody.") if not shown else ""
        ask = _("Type names to ask more co-signers.") if not signing.closed else ""
        if chosen == (Status.PROPOSED,) and shown and not signing.closed:
            ask = lines(_("Tap a name for an invitation to forward."), ask)
        return Screen(
            _("Co-signers of %(letter)s", letter=title(_, context.library.records, signing)),
            blocks(notice, labelled(_, heading, str(count)), none, ask),
            (
                *(() if signing.closed else _joining_row(context, chosen, count)),
                *((context.button(_label(one), "signer", one.id),) for one in shown),
                *turning(context, count, page, size=PAGE),
                *_filters(context, signing, view.text),
            ),
            _("Name, Organization"),
        )

    def tapped(self, context: Context, action: str, value: str) -> Step:
        """Another filter, one of them, or all who ask to join are taken in."""
        view = context.user.view
        signing = own_signing(context, view.key)
        if signing is None:
            return looking(context, View("signings"))
        if action == "filter":
            return looking(context, View("signers", signing.id, text=value))
        if action in {"acceptall", "declineall"} and not signing.closed:
            joining = endorsers_of(context, signing.id, (Status.JOINING,))
            changes: Changes = tuple(
                EndorserKept(
                    signing.id, accepted(signing, one) if action == "acceptall" else declined(one)
                )
                for one in joining
            )
            step = looking(context, View("signing", signing.id))
            return replace(step, changes=changes)
        found = endorser_of(context, value)
        asks = found is not None and view.text == Status.PROPOSED and not signing.closed
        if found and asks:
            return invited(context, signing, found[1], context.user.language)
        return looking(context, View("signer", value))

    def typed(self, context: Context, event: Typed | FileSent) -> Step | None:
        """More who are to be asked."""
        view = context.user.view
        signing = own_signing(context, view.key)
        if signing is None or signing.closed or not isinstance(event, Typed):
            return None
        found = read_lines(event.text)
        if not found.taken or found.doubts:
            notice = context._("Please type one co-signer to a line: Name, Role, Organization.")
            return looking(context, view, notice)
        if sum(signing.counts.values()) + len(found.taken) > MOST:
            return looking(
                context,
                view,
                context._("At most %(count)s can be asked to sign one letter.", count=MOST),
            )
        changes = tuple(
            EndorserKept(signing.id, Endorser(context.library.new_id(), one, told=signing.version))
            for one in found.taken
        )
        notice = context._.plural(
            "%(count)s co-signer was added.", "%(count)s co-signers were added.", len(changes)
        )
        step = looking(context, View("signers", signing.id, text=Status.PROPOSED), notice)
        return replace(step, changes=changes)


def _label(one: Endorser) -> str:
    return f"{MARKS[one.status]} {one.name}"


def _joining_row(
    context: Context, chosen: tuple[Status, ...], count: int
) -> tuple[tuple[Button, ...], ...]:
    if chosen != (Status.JOINING,) or not count:
        return ()
    label = context._.plural("Take %(count)s in", "Take all %(count)s in", count)
    none = context.button(context._("Take nobody in"), "declineall")
    return ((context.button(label, "acceptall", main=True), none),)


def _filters(context: Context, signing: Signing, now: str) -> tuple[tuple[Button, ...], ...]:
    """The statuses that somebody has, two to a row."""
    _ = context._
    names = status_names(_)
    found = [
        context.button(
            f"{MARKS[one]} {labelled(_, names[one], str(signing.count(one)))}", "filter", one
        )
        for one in FILTERS
        if signing.count(one) and one != now
    ]
    if now:
        found.insert(0, context.button(context._("Show all"), "filter"))
    if len(found) < 2 and not now:  # noqa: PLR2004 -- one filter alone shows what is there
        return ()
    return tuple(tuple(found[i : i + 2]) for i in range(0, len(found), 2))


class SignerPage(Page):
    """One of them; the view's key is its id."""

    views = ("signer",)
    of_draft = False

    def screen(self, context: Context, notice: str = "") -> Screen:
        """What it said, when, of which text; and what the drafter can do."""
        _ = context._
        found = endorser_of(context, context.user.view.key)
        signing = own_signing(context, found[0]) if found else None
        if found is None or signing is None:
            return Screen(_("This co-signer is no longer there."), notice)
        one = found[1]
        comment = _("They write: “%(text)s”", text=one.comment) if one.comment else ""
        digest = (
            _("SHA-256 of the text: %(digest)s", digest=short(one.shown.digest))
            if one.shown
            else ""
        )
        erased = _("They have deleted what they gave.") if one.erased else ""
        beside = (
            _("Asks to be a second signatory of an organization that has signed.")
            if one.beside
            else ""
        )
        without = _("Left out of the final letter.") if one.id in signing.without else ""
        return Screen(
            one.standing.line or one.name,
            blocks(
                notice,
                lines(standing_line(_, one, signing), digest, erased, beside, without),
                comment,
            ),
            _signer_rows(context, signing, one),
        )

    def tapped(self, context: Context, action: str, value: str) -> Step:
        """Invite, take in or not, leave out, ask no more."""
        del value
        view = context.user.view
        found = endorser_of(context, view.key)
        signing = own_signing(context, found[0]) if found else None
        if found is None or signing is None:
            return looking(context, View("signings"))
        one = found[1]
        if action == "invitethem":
            return invited(context, signing, one, context.user.language)
        if signing.closed:
            return looking(context, view)
        if action in {"takein", "takenot"}:
            changed = accepted(signing, one) if action == "takein" else declined(one)
            return replace(looking(context, view), changes=(EndorserKept(signing.id, changed),))
        if action == "leaveout":
            kept = replace(signing, without=signing.without ^ {one.id})
            return replace(looking(context, view), changes=(SigningKept(kept),))
        if action == "asknomore" and one.at is None:
            notice = context._("They are asked no more. Their links open nothing.")
            step = looking(context, View("signers", signing.id), notice)
            gone: Changes = (LinksRevoked(signing.id, one.id), EndorserRemoved(one.id))
            return replace(step, changes=gone)
        return looking(context, view)


def _signer_rows(
    context: Context, signing: Signing, one: Endorser
) -> tuple[tuple[Button, ...], ...]:
    _ = context._
    if signing.closed:
        return ()
    if one.status is Status.JOINING:
        return (
            (
                context.button(_("Take in"), "takein", main=True),
                context.button(_("Do not take in"), "takenot"),
            ),
        )
    rows: list[tuple[Button, ...]] = []
    if one.status is not Status.CONFIRMED:
        rows.append((context.button(_("Make an invitation"), "invitethem", main=True),))
    leave = _("Put back in") if one.id in signing.without else _("Leave out of the final letter")
    rows.append((context.button(leave, "leaveout"),))
    if one.at is None:
        rows.append((context.button(_("Ask them no more"), "asknomore"),))
    return tuple(rows)
