"""Invitations: a link, and a text around it that can be forwarded as it is, in each language."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from bot.conversation.endorsing.kept import (
    SIGNINGS,
    LinkMade,
    LinksRevoked,
    endorser_of,
    own_signing,
)
from bot.conversation.endorsing.words import called, moment
from bot.conversation.talk.context import LANGUAGE_NAMES
from bot.conversation.talk.effects import SendInvitation
from bot.conversation.talk.page import Page, Step, blocks, looking
from bot.conversation.talk.paging import in_rows
from bot.conversation.talk.values import Screen, View, of_kind
from bot.letters.model import Language
from bot.signings.tokens import AFTER_DEADLINE, PREFIX, digest_of
from bot.signings.values import Kind, Link

if TYPE_CHECKING:
    from bot.conversation.talk.context import Context
    from bot.conversation.talk.library import Translator
    from bot.conversation.talk.paging import Rows
    from bot.signings.values import Endorser, Signing


class InvitePage(Page):
    """One who is asked: the view's key is its id; or, at the open link, the signing's.

    The view's text is the language of the invitation made last. The link itself is in the message
    alone: nothing that is kept could show it again, so each time a new one is made.
    """

    views = ("invite", "openlink")
    of_draft = False

    def screen(self, context: Context, notice: str = "") -> Screen:
        """What to do with the invitation, and the ways to another."""
        _ = context._
        signing, endorser = _about(context)
        if signing is None:
            return Screen(_("This signing is no longer there."), notice)
        if context.looks_at("openlink"):
            name = _("Open link, for a mailing list")
            what = _(
                "Whoever comes by the open link asks to join. Nobody’s name appears before you "
                "take them in."
            )
        else:
            name = endorser.standing.line if endorser else ""
            what = _("This link is for them alone, and works once. Please send it to nobody else.")
        made = _("Forward the invitation above as it is.") if context.user.view.text else ""
        return Screen(
            name, blocks(notice, what, made, _links_line(context, signing)), _rows(context)
        )

    def tapped(self, context: Context, action: str, value: str) -> Step:
        """Make an invitation, or let those that were made open nothing more."""
        view = context.user.view
        signing, endorser = _about(context)
        if signing is None:
            return looking(context, View("signings"))
        who = endorser.id if endorser else ""
        if action == "invitein":
            return invited(context, signing, endorser, Language(value))
        if action == "revoke":
            notice = context._("The links that were sent open nothing any more.")
            step = looking(context, replace(view, text=""), notice)
            return replace(step, changes=(LinksRevoked(signing.id, who),))
        return looking(context, View(action, value))


def _about(context: Context) -> tuple[Signing | None, Endorser | None]:
    view = context.user.view
    if context.looks_at("openlink"):
        return own_signing(context, view.key), None
    found = endorser_of(context, view.key)
    if found is None:
        return None, None
    return own_signing(context, found[0]), found[1]


def _rows(context: Context) -> Rows:
    _ = context._
    own = context.user.language
    languages = (own, *(one for one in Language if one is not own))
    made = context.user.view.text
    buttons = [
        context.button(
            _("Invitation in %(language)s", language=LANGUAGE_NAMES[one]),
            "invitein",
            one,
            main=not made and one is own,
        )
        for one in languages
    ]
    rows = in_rows(buttons, 1)
    revoke = context.button(_("Revoke the links that were sent"), "revoke")
    if context.looks_at("openlink"):
        return (*rows, (revoke,))
    more = context.button(_("More about this co-signer"), "signer", context.user.view.key)
    return (*rows, (revoke,), (more,))


def _links_line(context: Context, signing: Signing) -> str:
    """How many links there are, and how often they were opened."""
    view = context.user.view
    who = "" if context.looks_at("openlink") else view.key
    made = (one.link for one in of_kind(context.pending, LinkMade))
    found = [
        one
        for one in (*SIGNINGS.of(context).links(signing.id), *made)
        if one.endorser_id == who and one.kind is not Kind.PRIVATE and not one.revoked
    ]
    if not found:
        return ""
    opened = sum(one.visits for one in found)
    return context._(
        "Links sent: %(count)s. Opened: %(opened)s times.", count=len(found), opened=opened
    )


def invited(
    context: Context, signing: Signing, endorser: Endorser | None, language: Language
) -> Step:
    """A new link, in a text to forward."""
    token = context.library.new_token(PREFIX)
    link = Link(
        digest_of(token),
        signing.id,
        Kind.INVITATION if endorser else Kind.OPEN,
        signing.deadline + AFTER_DEADLINE,
        endorser.id if endorser else "",
    )
    _ = context.library.translator(language)
    address = context.library.page_link(token)
    chat = context.library.chat_link(token)
    subject = _("Will you sign? %(letter)s", letter=called(_, context.library.records, signing))
    text = invitation(_, context, signing, endorser, (address, chat))
    view = (
        View("invite", endorser.id, text=language)
        if endorser
        else View("openlink", signing.id, text=language)
    )
    effect = SendInvitation(text, address or chat, subject)
    return replace(looking(context, view), changes=(LinkMade(link),), effects=(effect,))


def invitation(
    _: Translator,
    context: Context,
    signing: Signing,
    endorser: Endorser | None,
    links: tuple[str, str],
) -> str:
    """The text to forward, with the links."""
    address, chat = links
    letter = called(_, context.library.records, signing)
    if endorser:
        first = _(
            "%(asks)s asks you to sign a joint letter (%(letter)s). You are proposed as a "
            "co-signer: %(name)s.",
            asks=signing.asks,
            letter=letter,
            name=endorser.standing.line,
        )
    else:
        first = _(
            "%(asks)s invites organizations to sign a joint letter (%(letter)s).",
            asks=signing.asks,
            letter=letter,
        )
    what = _(
        "Please read the text and say by %(when)s whether your name may stand below it. Without "
        "your yes it will not.",
        when=moment(_, signing.deadline, signing.zone),
    )
    ways = []
    if address:
        ways.append(_("In any browser, without an account: %(link)s", link=address))
    if chat:
        ways.append(_("In Telegram: %(link)s", link=chat))
    alone = _("This link is for you alone: please do not pass it on.") if endorser else ""
    return blocks(first, what, "\n".join(ways), alone)


def reminder_text(context: Context, signing: Signing) -> str:
    """What to forward to those who wait, beside their own links."""
    _ = context._
    return _(
        "A reminder: %(asks)s asks you to sign a joint letter (%(letter)s). Please open the link "
        "that you were sent and say by %(when)s whether your name may stand below it.",
        asks=signing.asks,
        letter=called(_, context.library.records, signing),
        when=moment(_, signing.deadline, signing.zone),
    )
