"""What is kept of signings: the frozen texts, who was asked, what each said, the links."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Protocol

from bot.conversation.talk.shelf import Shelf
from bot.conversation.talk.values import Change, Owned, of_kind
from bot.signings.acts import renewed

if TYPE_CHECKING:
    from collections.abc import Collection
    from datetime import datetime

    from bot.conversation.talk.context import Context
    from bot.signings.texts import Text
    from bot.signings.values import Endorser, Link, Signing, Status


@dataclass(frozen=True, slots=True)
class SigningOpened(Owned):
    """A letter is open for signing, with these texts, and these are asked."""

    signing: Signing
    texts: tuple[Text, ...]
    endorsers: tuple[Endorser, ...]


@dataclass(frozen=True, slots=True)
class SigningKept(Owned):
    """A signing of which more is known: another deadline, closed, sent."""

    signing: Signing


@dataclass(frozen=True, slots=True)
class VersionMade(Owned):
    """Another text holds, the `signing`'s version: what was confirmed is confirmed no more."""

    signing: Signing
    texts: tuple[Text, ...]
    made: datetime


@dataclass(frozen=True, slots=True)
class SigningRemoved(Owned):
    """The signing is deleted, with all that was said in it."""

    signing_id: str


@dataclass(frozen=True, slots=True)
class EndorserKept(Owned):
    """One who is asked, as whoever asks has it: new, taken in or not."""

    signing_id: str
    endorser: Endorser


@dataclass(frozen=True, slots=True)
class EndorserSpoke(Change):
    """What one who was asked said itself."""

    signing_id: str
    endorser: Endorser


@dataclass(frozen=True, slots=True)
class EndorserBound(Change):
    """The user has come by the link of one who is asked: it is whom the bot tells and reminds."""

    endorser_id: str


@dataclass(frozen=True, slots=True)
class EndorserRemoved(Owned):
    """One is asked no more; its links open nothing."""

    endorser_id: str


@dataclass(frozen=True, slots=True)
class LinkMade(Owned):
    """A new link."""

    link: Link


@dataclass(frozen=True, slots=True)
class LinkVisited(Change):
    """Somebody has opened the link."""

    digest: bytes


@dataclass(frozen=True, slots=True)
class LinkUsed(Change):
    """Somebody has spoken by the link: it opens nothing more."""

    digest: bytes


@dataclass(frozen=True, slots=True)
class LinksRevoked(Owned):
    """The links of one who is asked, or the open link, open nothing more."""

    signing_id: str
    endorser_id: str


@dataclass(frozen=True, slots=True)
class Heard(Owned):
    """Who asks was told of what was said, up to that act; until then, up to the one `before`."""

    signing_id: str
    acts: int
    before: int = 0


@dataclass(frozen=True, slots=True)
class Nudged(Owned):
    """Who asks was told that the deadline is near."""

    signing_id: str


@dataclass(frozen=True, slots=True)
class Reminded(Owned):
    """One who waits is reminded then; `here`: the bot does so itself, else who asks does."""

    endorser_id: str
    at: datetime
    here: bool


@dataclass(frozen=True, slots=True)
class Told(Change):
    """One who was asked was told of the text of that version."""

    endorser_id: str
    version: int


class Signings(Protocol):
    """What is asked of the store."""

    def find(self, signing_id: str) -> Signing | None:
        """A signing, whoever's it is."""
        ...

    def of(self, owner: str) -> tuple[Signing, ...]:
        """Those of a person, or of a coalition, the latest first."""
        ...

    def texts(self, signing_id: str, version: int) -> tuple[Text, ...]:
        """All texts of a version, in their order."""
        ...

    def keys(self, signing_id: str, version: int) -> dict[str, str]:
        """The digests of a version's texts, by their keys, in their order."""
        ...

    def text(self, signing_id: str, version: int, key: str) -> Text | None:
        """One of them."""
        ...

    def endorsers(
        self, signing_id: str, statuses: Collection[Status] = (), offset: int = 0, limit: int = -1
    ) -> tuple[Endorser, ...]:
        """Those who are asked, in their order; those of some statuses alone, if wanted."""
        ...

    def endorser(self, endorser_id: str) -> tuple[str, Endorser] | None:
        """One who is asked, and the signing's id."""
        ...

    def asked(self, user_id: str) -> tuple[tuple[str, Endorser], ...]:
        """What the user was asked to sign, and the signings' ids; the latest first."""
        ...

    def acts_since(self, signing_id: str, number: int) -> tuple[str, ...]:
        """The ids of those who have said something after that act, in its order."""
        ...

    def link(self, digest: bytes) -> Link | None:
        """A link by its token's digest, whether it still opens anything or not."""
        ...

    def links(self, signing_id: str) -> tuple[Link, ...]:
        """All links of a signing."""
        ...


SIGNINGS = Shelf[Signings]("signings")


def signing_of(context: Context, signing_id: str) -> Signing | None:
    """A signing, with what the turn has changed so far."""
    found = SIGNINGS.of(context).find(signing_id)
    counts = Counter(found.counts if found else {})
    for change in context.pending:
        if isinstance(change, SigningRemoved) and change.signing_id == signing_id:
            return None
        if isinstance(change, SigningOpened) and change.signing.id == signing_id:
            found = change.signing
            counts = Counter(one.status for one in change.endorsers)
        elif isinstance(change, SigningKept | VersionMade) and change.signing.id == signing_id:
            found = change.signing
        if isinstance(change, VersionMade):
            everyone = endorsers_of(context, signing_id)
            counts = Counter(one.status for one in everyone)
        elif isinstance(change, EndorserKept | EndorserSpoke) and (change.signing_id == signing_id):
            known = SIGNINGS.of(context).endorser(change.endorser.id)
            counts[change.endorser.status] += 1
            if known:
                counts[known[1].status] -= 1
        elif isinstance(change, EndorserRemoved):
            known = SIGNINGS.of(context).endorser(change.endorser_id)
            if known and known[0] == signing_id:
                counts[known[1].status] -= 1
    return replace(found, counts=dict(+counts)) if found else None


def own_signing(context: Context, signing_id: str) -> Signing | None:
    """A signing of whom the user works for."""
    found = signing_of(context, signing_id)
    return found if found and found.owner == context.owner else None


def endorsers_of(
    context: Context,
    signing_id: str,
    statuses: Collection[Status] = (),
    offset: int = 0,
    limit: int = -1,
) -> tuple[Endorser, ...]:
    """Those who are asked, with what the turn has changed so far."""
    if not context.pending:
        return SIGNINGS.of(context).endorsers(signing_id, statuses, offset, limit)
    found = {one.id: one for one in SIGNINGS.of(context).endorsers(signing_id)}
    for change in context.pending:
        if isinstance(change, SigningOpened) and change.signing.id == signing_id:
            found = {one.id: one for one in change.endorsers}
        elif isinstance(change, EndorserKept | EndorserSpoke) and (change.signing_id == signing_id):
            found[change.endorser.id] = change.endorser
        elif isinstance(change, EndorserRemoved):
            found.pop(change.endorser_id, None)
        elif isinstance(change, VersionMade):
            found = {key: renewed(one) for key, one in found.items()}
    chosen = [one for one in found.values() if not statuses or one.status in statuses]
    return tuple(chosen[offset:] if limit < 0 else chosen[offset : offset + limit])


def endorser_of(context: Context, endorser_id: str) -> tuple[str, Endorser] | None:
    """One who is asked, and the signing's id."""
    for change in reversed(context.pending):
        if isinstance(change, EndorserKept | EndorserSpoke) and change.endorser.id == endorser_id:
            return change.signing_id, change.endorser
    for removed in of_kind(context.pending, EndorserRemoved):
        if removed.endorser_id == endorser_id:
            return None
    found = SIGNINGS.of(context).endorser(endorser_id)
    if found and any(
        one.endorser_id == endorser_id for one in of_kind(context.pending, EndorserBound)
    ):
        return found[0], replace(found[1], user_id=context.user.id)
    return found


def link_of(context: Context, digest: bytes) -> Link | None:
    """A link by its token's digest."""
    return SIGNINGS.of(context).link(digest)
