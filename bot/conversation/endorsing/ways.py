"""The ways to a signing from elsewhere: from a finished letter, from home."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from bot.conversation.endorsing.kept import (
    SIGNINGS,
    EndorserSpoke,
    SigningKept,
    SigningRemoved,
    own_signing,
)
from bot.conversation.endorsing.words import progress
from bot.conversation.talk.page import Step, looking
from bot.conversation.talk.values import View, of_kind

if TYPE_CHECKING:
    from bot.conversation.talk.context import Context
    from bot.conversation.talk.draft import Fate
    from bot.conversation.talk.paging import Rows
    from bot.conversation.talk.values import Changes
    from bot.letters.model import Language


def signing_rows(context: Context) -> Rows:
    """At a finished letter: to its signing, or to open one. A letter that was sent has none."""
    _ = context._
    fate = context.draft.fate
    if fate.signing:
        return ((context.button(_("The signing of this letter"), "cosign"),),)
    if fate.sent_on:
        return ()
    return ((context.button(_("Ask the co-signers to confirm"), "cosign"),),)


def signed_line(context: Context) -> str:
    """How far the letter's signing is; empty where it has none."""
    fate = context.draft.fate
    signing = own_signing(context, fate.signing) if fate.signing else None
    return progress(context._, signing) if signing else ""


def signing_line(context: Context) -> str:
    """At the last look: how far the signing is, or that everybody has to agree."""
    if context.draft.fate.signing or not context.draft.signatories:
        return signed_line(context)
    return context._("Please make sure that everyone who signs has agreed to this letter.")


def to_signing(context: Context) -> Step:
    """To the letter's signing; to where one is opened, if there is none."""
    fate = context.draft.fate
    if fate.signing and own_signing(context, fate.signing):
        return looking(context, View("signing", fate.signing))
    return looking(context, View("opensign", context.draft.id))


def home_rows(context: Context) -> Rows:
    """At home: one's own signings, and what one was asked to sign; nothing where there is none."""
    if SIGNINGS.is_empty(context):
        return ()
    _, shelf = context._, SIGNINGS.of(context)
    buttons = []
    open_now = [one for one in shelf.of(context.owner) if not one.closed]
    if open_now:
        label = _.plural("%(count)s signing", "%(count)s signings", len(open_now))
        buttons.append(context.button(label, "signings"))
    gone = {
        one.endorser.id
        for one in of_kind(context.pending, EndorserSpoke)
        if not one.endorser.user_id
    }
    asked = sum(one.id not in gone for _id, one in shelf.asked(context.user.id))
    if asked:
        label = _.plural("%(count)s letter to sign", "%(count)s letters to sign", asked)
        buttons.append(context.button(label, "myasked"))
    return (tuple(buttons),) if buttons else ()


def when_sent(context: Context, fate: Fate) -> Changes:
    """What marking a letter as sent, or as not sent after all, changes of its signing."""
    signing = own_signing(context, fate.signing) if fate.signing else None
    if signing is None or signing.sent == bool(fate.sent_on):
        return ()
    return (SigningKept(replace(signing, sent=bool(fate.sent_on))),)


def when_deleted(fate: Fate) -> Changes:
    """The signing goes with its letter, and all that was said in it."""
    return (SigningRemoved(fate.signing),) if fate.signing else ()


def is_signed_in(context: Context, language: Language) -> bool:
    """Whether there is a text in the language: of a letter that was signed, a frozen one."""
    draft = context.draft
    if not draft.fate.signed:
        return True
    signing = own_signing(context, draft.fate.signing)
    keys = SIGNINGS.of(context).keys(signing.id, signing.version) if signing else {}
    return f"{draft.state}.{language}" in keys
