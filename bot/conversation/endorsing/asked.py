"""The screens of somebody who is asked to sign: read, confirm, refuse, ask for a change."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from bot.conversation.endorsing.asking import (
    Asked,
    asked,
    confirmed_names,
    nothing_there,
    read,
    two_texts,
)
from bot.conversation.endorsing.kept import SIGNINGS
from bot.conversation.endorsing.newtext import old_and_new
from bot.conversation.endorsing.reading import all_at_once, readings, texts_screen
from bot.conversation.endorsing.saying import as_seen, may_confirm, said, text_of
from bot.conversation.endorsing.speaking import named
from bot.conversation.endorsing.words import called, standing_line, until
from bot.conversation.talk.effects import SendSigned
from bot.conversation.talk.events import Typed
from bot.conversation.talk.page import Page, Step, blocks, lines, looking
from bot.conversation.talk.values import Screen, View
from bot.letters.signatory_lines import read_lines
from bot.signings.values import NOBODY_YET, Shown, Status

if TYPE_CHECKING:
    from bot.conversation.talk.context import Context
    from bot.conversation.talk.events import FileSent
    from bot.conversation.talk.values import Button
    from bot.letters.model import Signatory
    from bot.signings.values import Endorser, Signing

VIEWS = (
    *("asked", "askedname", "askedsure", "askedchange", "askedaway", "askederase"),
    "askedtexts",
)


class AskedPage(Page):
    """The view's key is the co-signer's id or the link; its text which text was sent last.

    Behind a line break the text holds the name that is about to be confirmed.
    """

    views = VIEWS
    of_draft = False

    def screen(self, context: Context, notice: str = "") -> Screen:
        """The letter's name, who asks, where one stands."""
        found = asked(context)
        _ = context._
        if found is None:
            return Screen(_("Joint letter"), blocks(notice, nothing_there(context)))
        name = called(_, context.library.records, found.signing)
        if context.looks_at("askedname"):
            ask = _("How shall you stand below the letter? Type: Name, Role, Organization.")
            return Screen(name, lines(notice, ask), (), _("Name, Role, Organization"))
        if context.looks_at("askedchange"):
            ask = _("What should be changed? What you type goes to whoever asks.")
            return Screen(name, lines(notice, ask), (), _("The change that you wish"))
        if context.looks_at("askedtexts"):
            return texts_screen(context, found, name, notice)
        if context.looks_at("askedsure", "askedaway", "askederase"):
            return _sure_screen(context, name, notice)
        return _asked_screen(context, found, name, notice)

    def tapped(self, context: Context, action: str, value: str) -> Step:
        """Read, or say something."""
        view, found = context.user.view, asked(context)
        if found is None:
            return looking(context, View("home"))
        if action == "read":
            return read(context, found.signing, view.key, value)
        if action == "askedpdf":
            shown = found.shown or Shown(found.signing.version, "")
            effect = SendSigned(found.signing.id, shown.key, shown.version, ("pdf",))
            return replace(looking(context, view), effects=(effect,))
        if action in {"confirmas", "askedname"} and may_confirm(context, found):
            # The button bears the version that its screen showed: a later one was seen whole.
            found = as_seen(found)
        if action in {"askedname", "askedchange", "askedaway", "askederase", "askedtexts"}:
            return looking(context, View(action, view.key, text=text_of(found)))
        if action == "confirmas":
            return said(context, found, "confirm", _proposed(found))
        if action == "confirmnow":
            return said(context, found, "confirm", _typed_name(view))
        if action in {"refuse", "notus", "withdraw", "erase"}:
            return said(context, found, action)
        return looking(context, View("asked", view.key, text=view.text.partition("\n")[0]))

    def typed(self, context: Context, event: Typed | FileSent) -> Step | None:
        """A name, or a wish."""
        view, found = context.user.view, asked(context)
        if found is None or not isinstance(event, Typed):
            return None
        if context.looks_at("askedchange"):
            return said(context, found, "change", comment=event.text)
        if not context.looks_at("askedname"):
            return None
        lines_read = read_lines(event.text)
        if len(lines_read.taken) != 1 or lines_read.doubts:
            notice = context._("Please type one line: Name, Role, Organization.")
            return looking(context, view, notice)
        one = lines_read.taken[0]
        first = view.text.partition("\n")[0]
        text = f"{first}\n{one.name}\n{one.role}\n{one.organisation}"
        return looking(context, View("askedsure", view.key, text=text))


def _typed_name(view: View) -> Signatory:
    parts = view.text.split("\n")[1:]
    return named(*parts) if len(parts) == 3 else NOBODY_YET  # noqa: PLR2004 -- the parts of a name


def _proposed(found: Asked) -> Signatory:
    return found.endorser.standing if found.endorser else NOBODY_YET


def _sure_screen(context: Context, name: str, notice: str) -> Screen:
    """Once more before something is said that cannot simply be typed again."""
    _ = context._
    back = context.button(_("No, go back"), "asked")
    if context.looks_at("askedsure"):
        ask = _("You would stand as: %(name)s.", name=_typed_name(context.user.view).line)
        version = context.user.view.text.partition("|")[0]
        yes = context.button(_("Yes, I confirm"), "confirmnow", version, main=True)
        again = context.button(_("Type it again"), "askedname")
        return Screen(name, lines(notice, ask), ((yes,), (again,), (back,)))
    if context.looks_at("askedaway"):
        ask = _("Your name will be taken off the letter, and whoever asked is told.")
        yes = context.button(_("Yes, withdraw"), "withdraw")
        return Screen(name, lines(notice, ask), ((yes,), (back,)))
    ask = _(
        "Your name, role and comment are deleted, and you no longer stand below the letter. The "
        "record keeps your organization, what you decided, when, and the digest of the text."
    )
    yes = context.button(_("Yes, delete it"), "erase")
    return Screen(name, lines(notice, ask), ((yes,), (back,)))


def _asked_screen(context: Context, found: Asked, name: str, notice: str) -> Screen:
    _, signing, endorser = context._, found.signing, found.endorser
    now = context.library.now()
    if found.is_taken and endorser:
        return _taken_screen(context, signing, endorser, name, notice)
    asks = _("%(asks)s asks you to sign this joint letter.", asks=signing.asks)
    names, more = confirmed_names(context, signing)
    others = ""
    if names:
        shown = ", ".join(names) + (f" (+{more})" if more else "")
        others = _("Confirmed so far: %(names)s.", names=shown)
    status = standing_line(_, endorser, signing) if endorser and endorser.at else ""
    given = endorser.standing.line if endorser else ""
    is_there = endorser is not None and endorser.status in {Status.CONFIRMED, Status.JOINING}
    stands = _("You stand as: %(name)s.", name=given) if is_there and given else ""
    digest = (
        _("SHA-256 of the text that you read: %(digest)s", digest=endorser.shown.digest)
        if endorser and endorser.shown
        else ""
    )
    return Screen(
        name,
        blocks(
            notice,
            lines(asks, until(_, signing, now)),
            all_at_once(context, signing),
            lines(status, stands, digest),
            *_what_changed(context, found),
            others,
        ),
        _rows(context, found, is_open=not signing.closed and now < signing.deadline),
    )


def _taken_screen(
    context: Context, signing: Signing, endorser: Endorser, name: str, notice: str
) -> Screen:
    """Somebody else has spoken for the organisation meanwhile: who, and when."""
    _ = context._
    said_first = _(
        "Somebody has spoken for your organization already: %(name)s.", name=endorser.standing.line
    )
    offer = _("You can ask to stand there, too, as a second signatory.")
    version = str(signing.version)
    second = context.button(_("Ask to be a second signatory"), "askedname", version)
    text = blocks(notice, lines(said_first, standing_line(_, endorser, signing)), offer)
    return Screen(name, text, ((second,),))


def _what_changed(context: Context, found: Asked) -> list[str]:
    """Old and new, where they read an older text."""
    _, signing = context._, found.signing
    if found.is_up_to_date or found.shown is None:
        return []
    both = two_texts(context, signing, found.shown)
    said_first = (
        _("The text has changed since you read it. It was called a small correction.")
        if signing.small
        else _("The text has changed since you read it.")
    )
    if both is None:
        return [said_first]
    return [said_first, *old_and_new(_, both[0].letter, both[1].letter)]


def _rows(context: Context, found: Asked, *, is_open: bool) -> tuple[tuple[Button, ...], ...]:
    _, endorser = context._, found.endorser
    rows: list[tuple[Button, ...]] = []
    status = endorser.status if endorser else None
    proposed, version = _proposed(found), str(found.signing.version)
    fresh = found.is_up_to_date
    stands = status in {Status.CONFIRMED, Status.JOINING} and fresh
    if is_open and may_confirm(context, found) and not stands:
        again = endorser is not None and endorser.at is not None and status is Status.PROPOSED
        if proposed.name:
            label = (
                _("Confirm again as %(name)s", name=proposed.line)
                if again
                else _("Confirm as %(name)s", name=proposed.line)
            )
            rows.append((context.button(label, "confirmas", version, main=True),))
            rows.append((context.button(_("Confirm under another name"), "askedname", version),))
        else:
            rows.append(
                (context.button(_("Confirm with my name"), "askedname", version, main=True),)
            )
    if not fresh and not found.signing.closed:
        rows.append((context.button(_("Read the new text"), "read"),))
    rows += readings(context, found)
    if is_open and not stands:
        rows.append((context.button(_("Ask for a change"), "askedchange"),))
    if is_open and endorser and status in {Status.PROPOSED, Status.ASKED}:
        rows.append(
            (
                context.button(_("We do not sign"), "refuse"),
                context.button(_("This is not us"), "notus"),
            )
        )
    if stands and is_open:
        rows.append((context.button(_("Change how I stand"), "askedname", version),))
    if status in {Status.CONFIRMED, Status.JOINING}:
        rows.append((context.button(_("Withdraw"), "askedaway"),))
    if endorser and endorser.at and not endorser.erased:
        rows.append((context.button(_("Delete what I gave"), "askederase"),))
    return tuple(rows)


class MineAskedPage(Page):
    """All letters that the user was asked to sign here."""

    views = ("myasked",)
    of_draft = False

    def screen(self, context: Context, notice: str = "") -> Screen:
        """Each, with what the user said."""
        _ = context._
        rows = []
        for signing_id, endorser in SIGNINGS.of(context).asked(context.user.id)[:20]:
            signing = SIGNINGS.of(context).find(signing_id)
            if signing:
                name = called(_, context.library.records, signing)
                rows.append((context.button(name, "tosign", endorser.id),))
        none = "" if rows else _("Nobody has asked you to sign a letter here.")
        return Screen(_("Letters I was asked to sign"), blocks(notice, none), tuple(rows))

    def tapped(self, context: Context, action: str, value: str) -> Step:
        """Look at one, as it was read last."""
        del action
        return looking(context, asked_view(context, value))


def asked_view(context: Context, endorser_id: str) -> View:
    """The view of one who is asked, with the text that it spoke of last."""
    found = SIGNINGS.of(context).endorser(endorser_id)
    shown = found[1].shown if found else None
    text = f"{shown.version}|{shown.key}" if shown else ""
    return View("asked", endorser_id, text=text)
