"""Who was asked, in a chat: which letter, by which link, and which text they have before them."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from bot.conversation.endorsing.kept import (
    SIGNINGS,
    EndorserBound,
    LinkVisited,
    endorser_of,
    endorsers_of,
    link_of,
    signing_of,
)
from bot.conversation.endorsing.newtext import ROOM, SHOWN
from bot.conversation.endorsing.words import nearest
from bot.conversation.talk.effects import SendSigned
from bot.conversation.talk.page import Step, looking
from bot.conversation.talk.values import View
from bot.signings.changes import changed
from bot.signings.tokens import digest_of, is_token, works
from bot.signings.values import Kind, Shown, Status

if TYPE_CHECKING:
    from bot.conversation.talk.context import Context
    from bot.conversation.talk.values import Changes
    from bot.letters.model import Letter
    from bot.signings.texts import Text
    from bot.signings.values import Endorser, Link, Signing

BY_LINK = "link:"
"""A view's key that is no co-signer's id, but the digest of the link that led here."""

NAMES_SHOWN = 20


@dataclass(frozen=True, slots=True)
class Asked:
    """Where somebody is who was asked; `endorser` is None by the open link, `link` once known.

    `is_taken`: while they read, somebody else has spoken for the organisation by the same link.
    """

    signing: Signing
    endorser: Endorser | None
    link: Link | None
    shown: Shown | None
    is_taken: bool = False

    @property
    def is_up_to_date(self) -> bool:
        """Whether the text that they have before them is the one that holds."""
        return self.shown is not None and self.shown.version == self.signing.version


def nothing_there(context: Context) -> str:
    """The one line for every link that does not work, whyever."""
    return context._(
        "This link does not work (any more). Please ask whoever sent it to you for a new one."
    )


def linked(context: Context, token: str) -> Step | None:
    """Somebody has come by a link: the letter is shown, and what they can say of it.

    None where the link opens nothing, whyever.
    """
    link = link_of(context, digest_of(token)) if is_token(token) else None
    signing = signing_of(context, link.signing_id) if link else None
    if link is None or signing is None or not works(link, context.library.now()):
        return None
    changes: Changes = (LinkVisited(link.digest),)
    key = BY_LINK + link.digest.hex()
    mine = _mine(context, signing)
    found = endorser_of(context, link.endorser_id) if link.endorser_id else None
    if found and (link.kind is Kind.PRIVATE or not found[1].user_id):
        # From now on the bot can remind them, and tell them what has changed.
        changes = (*changes, EndorserBound(found[1].id))
    if link.kind is Kind.PRIVATE:
        key = link.endorser_id
    elif link.kind is Kind.OPEN and mine:
        key = mine.id
    return read(context, signing, key, changes=changes)


def _mine(context: Context, signing: Signing) -> Endorser | None:
    """What the user has said already by the open link."""
    mine = SIGNINGS.of(context).asked(context.user.id)
    return next((one for which, one in mine if which == signing.id and one.is_open), None)


def read(
    context: Context, signing: Signing, key: str, text: str = "", changes: Changes = ()
) -> Step:
    """The text that holds is sent, in the reader's language or another that was asked for."""
    keys = tuple(SIGNINGS.of(context).keys(signing.id, signing.version))
    if not keys:
        return looking(context, View("home"), nothing_there(context))
    chosen = text if text in keys else nearest(keys, context.user.language, signing.language)
    view = View("asked", key, text=f"{signing.version}|{chosen}")
    effect = SendSigned(signing.id, chosen, signing.version)
    return replace(looking(context, view), changes=changes, effects=(effect,))


def shown_in(view: View) -> Shown | None:
    """The text that was sent last, as the view has it."""
    number, _bar, rest = view.text.partition("|")
    key = rest.partition("\n")[0]
    return Shown(int(number), key) if number.isdecimal() and key else None


def asked(context: Context) -> Asked | None:
    """Who is asked at the view that is looked at; None where the link opens nothing any more."""
    view = context.user.view
    shown = shown_in(view)
    if not view.key.startswith(BY_LINK):
        found = endorser_of(context, view.key)
        signing = signing_of(context, found[0]) if found else None
        if found is None or signing is None or found[1].user_id != context.user.id:
            return None
        return Asked(signing, found[1], None, shown)
    link = link_of(context, bytes.fromhex(view.key.removeprefix(BY_LINK)))
    signing = signing_of(context, link.signing_id) if link else None
    now = context.library.now()
    if link is None or signing is None or not works(replace(link, used=False), now):
        return None
    found = endorser_of(context, link.endorser_id) if link.endorser_id else None
    if link.kind is Kind.INVITATION and found is None:
        return None
    endorser = found[1] if found else _mine(context, signing)
    if link.used and endorser and endorser.user_id == context.user.id:
        return Asked(signing, endorser, None, shown)
    return Asked(signing, endorser, link, shown, is_taken=link.used)


def two_texts(context: Context, signing: Signing, shown: Shown) -> tuple[Text, Text] | None:
    """The text that somebody has read, and the one that holds now, to be compared.

    Where there is none in that language any more: both versions in one that they have.
    """
    shelf = SIGNINGS.of(context)
    older = shelf.keys(signing.id, shown.version)
    keys = tuple(shelf.keys(signing.id, signing.version))
    if not keys:
        return None
    key = shown.key if shown.key in keys else nearest(keys, shown.language, signing.language)
    old = shelf.text(signing.id, shown.version, key) if key in older else None
    new = shelf.text(signing.id, signing.version, key)
    return (old, new) if old and new else None


def confirmed_names(context: Context, signing: Signing) -> tuple[list[str], int]:
    """Who has confirmed, as far as those asked may see it; and how many more there are."""
    if not signing.shows:
        return [], 0
    some = endorsers_of(context, signing.id, (Status.CONFIRMED,), 0, NAMES_SHOWN)
    return [one.name for one in some], max(0, signing.count(Status.CONFIRMED) - len(some))


def is_seen_whole(before: Letter, after: Letter) -> bool:
    """Whether old and new stand side by side on one screen, with nothing left out."""
    found = changed(before, after)
    return len(found) <= SHOWN and all(max(len(one.old), len(one.new)) <= ROOM for one in found)
