"""The drafter's card of a signing: how far it is, and what can be done."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from bot.conversation.endorsing.freezing import Moved, moved_on
from bot.conversation.endorsing.kept import (
    SIGNINGS,
    SigningKept,
    own_signing,
)
from bot.conversation.endorsing.opening import day_typed
from bot.conversation.endorsing.remembering import behind, remembered
from bot.conversation.endorsing.reminding import reminded_all
from bot.conversation.endorsing.words import progress, short, title, until
from bot.conversation.talk.effects import SendSigned
from bot.conversation.talk.events import Typed
from bot.conversation.talk.page import Page, Step, blocks, lines, looking
from bot.conversation.talk.values import Screen, View
from bot.signings.deadlines import end_of
from bot.signings.values import Status

if TYPE_CHECKING:
    from bot.conversation.talk.context import Context
    from bot.conversation.talk.events import FileSent
    from bot.conversation.talk.values import Button
    from bot.signings.values import Signing

FILES = frozenset({"pdf", "docx", "txt", "csv", "sheet", "zip"})


class SigningPage(Page):
    """The view's key is the signing's id. It moves by itself while others answer."""

    views = ("signing", "newuntil")
    of_draft = False

    def screen(self, context: Context, notice: str = "") -> Screen:
        """How many have confirmed, until when, which text."""
        _ = context._
        signing = own_signing(context, context.user.view.key)
        if signing is None:
            return Screen(_("This signing is no longer there."), notice)
        if context.looks_at("newuntil"):
            ask = _("Type the last day on which one may confirm: it ends at 23:59.")
            return Screen(_("Open until when?"), lines(notice, ask), (), _("A date"))
        keys = SIGNINGS.of(context).keys(signing.id, signing.version)
        moved = Moved.SAME if signing.closed else moved_on(context, signing, keys)
        changed = moved is Moved.CHANGED
        said = _(
            "⚠ The letter has changed since: co-signers still see the text that was opened. Put "
            "the new text to them, or undo your changes."
        )
        gone = _("There is no such letter today: please open it and see what it says.")
        return Screen(
            _("Signing: %(letter)s", letter=title(_, context.library.records, signing)),
            blocks(
                notice,
                lines(progress(_, signing), until(_, signing, context.library.now())),
                said if changed else "",
                f"⚠ {gone}" if moved is Moved.GONE else "",
                _text_line(context, signing, keys),
            ),
            _rows(context, signing, changed=changed),
            moves=not signing.closed,
        )

    def tapped(self, context: Context, action: str, value: str) -> Step:
        """Look on, remind, get files."""
        signing = own_signing(context, context.user.view.key)
        if signing is None:
            return looking(context, View("signings"))
        if action == "remember":
            return remembered(context, signing)
        if action == "remindall":
            return reminded_all(context, signing)
        if action == "signedfile" and value in FILES:
            effect = SendSigned(signing.id, formats=(value,))
            return replace(looking(context, context.user.view), effects=(effect,))
        if action == "signshows":
            kept = replace(signing, shows=not signing.shows)
            return replace(looking(context, context.user.view), changes=(SigningKept(kept),))
        if action == "ofsigning":
            return looking(context, View("fate", signing.letter_id))
        return looking(context, View(action, signing.id, text=value))

    def typed(self, context: Context, event: Typed | FileSent) -> Step | None:
        """Another last day."""
        signing = own_signing(context, context.user.view.key)
        if signing is None or not isinstance(event, Typed) or not context.looks_at("newuntil"):
            return None
        day, notice = day_typed(context, event.text)
        if day is None:
            return looking(context, context.user.view, notice)
        kept = replace(signing, deadline=end_of(day, signing.zone), nudged=False)
        if kept.deadline <= context.library.now():
            return looking(
                context,
                context.user.view,
                context._("Please name a day from today on, within a year."),
            )
        step = looking(context, View("signing", signing.id))
        return replace(step, changes=(SigningKept(kept),))


def _text_line(context: Context, signing: Signing, keys: dict[str, str]) -> str:
    """Which text holds, by the beginning of its digest."""
    _ = context._
    if not keys:
        return ""
    digest = next(iter(keys.values()))
    return _(
        "Version %(number)s of the text, SHA-256 %(digest)s",
        number=signing.version,
        digest=short(digest),
    )


def _rows(context: Context, signing: Signing, *, changed: bool) -> tuple[tuple[Button, ...], ...]:
    _ = context._
    people = _.plural(
        "%(count)s co-signer", "All %(count)s co-signers", sum(signing.counts.values())
    )
    files = (
        context.button(_("PDF"), "signedfile", "pdf"),
        context.button(_("Word"), "signedfile", "docx"),
    )
    if signing.closed:
        return (
            (context.button(_("Letter and record (ZIP)"), "signedfile", "zip", main=True),),
            files,
            (
                context.button(_("Endorsement sheet"), "signedfile", "sheet"),
                context.button(_("Table (CSV)"), "signedfile", "csv"),
            ),
            (context.button(people, "signers"),),
            *_sets_row(context, signing),
            (context.button(_("Sent, answered, archive, delete"), "ofsigning"),),
        )
    rows: list[tuple[Button, ...]] = []
    if changed:
        rows.append(
            (context.button(_("Put the new text to the co-signers"), "newtext", main=True),)
        )
    joining = signing.count(Status.JOINING)
    if joining:
        label = _.plural("%(count)s asks to join", "%(count)s ask to join", joining)
        rows.append((context.button(label, "signers", Status.JOINING),))
    asked = signing.count(Status.ASKED)
    if asked:
        label = _.plural("%(count)s asks for a change", "%(count)s ask for a change", asked)
        rows.append((context.button(label, "signers", Status.ASKED),))
    passed = context.library.now() >= signing.deadline
    if not passed:
        rows.append(
            (
                context.button(_("Invite"), "signers", Status.PROPOSED, main=not changed),
                context.button(_("Open link"), "openlink"),
            )
        )
    rows.append((context.button(people, "signers"),))
    if signing.count(Status.PROPOSED, Status.ASKED) and not passed:
        rows.append((context.button(_("Remind those waiting"), "remindall"),))
    shows = _("Names: shown to those asked") if signing.shows else _("Names: shown to nobody")
    rows += [
        files,
        (
            context.button(_("Another deadline"), "newuntil"),
            context.button(shows, "signshows"),
        ),
        (context.button(_("Close and make the final letter"), "closesign"),),
    ]
    return tuple(rows)


def _sets_row(context: Context, signing: Signing) -> tuple[tuple[Button, ...], ...]:
    """Once it is closed: sets that have other names for organisations that have confirmed."""
    count = len(behind(context, signing))
    label = context._.plural(
        "Take the confirmed names into %(count)s set",
        "Take the confirmed names into %(count)s sets",
        count,
    )
    return ((context.button(label, "remember"),),) if count else ()


class SigningsPage(Page):
    """All signings of the user's own."""

    views = ("signings",)
    of_draft = False

    def screen(self, context: Context, notice: str = "") -> Screen:
        """Each with how far it is."""
        _ = context._
        found = SIGNINGS.of(context).of(context.owner)
        rows = tuple(
            (context.button(_label(context, one), "signing", one.id),) for one in found[:20]
        )
        none = _("No letter is open for signing. Open one from a finished letter, under “Share”.")
        return Screen(_("Signings"), blocks(notice, "" if rows else none), rows)

    def tapped(self, context: Context, action: str, value: str) -> Step:
        """Look at one."""
        return looking(context, View(action, value))


def _label(context: Context, one: Signing) -> str:
    name = title(context._, context.library.records, one)
    return f"{name} · {one.count(Status.CONFIRMED)}/{one.asked}"
